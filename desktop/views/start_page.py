"""The start page: where was I, can I trust the data, and what is there to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.core.text import Language
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.start import Example, Recent, example_cards, recents, where_to
from desktop.viewmodels.status import RuleState
from desktop.viewmodels.wording import a_date
from desktop.views.design import SPACE, TYPE, pixmap, set_ground, theme
from desktop.views.design.icons import mark
from desktop.views.design.theme import clear_viewport
from desktop.views.widgets import (
    Badge,
    Button,
    EmptyState,
    Hairline,
    KeyCap,
    LinkLabel,
    Notice,
    SectionHead,
    TextLabel,
)

if TYPE_CHECKING:
    from desktop.viewmodels.casebook.visitors import Visitors
    from desktop.views.recent_table import RecentTable
    from desktop.views.widgets.number_field import FieldLine

CASE = "case:"
MOST_CASES = 8
FIND_WIDTH, LOW = 240, 640
FEW_COLUMNS_BELOW, STACKED_BELOW, ABOVE_BELOW = 1280, 1000, 640
SIDE = 344
QWIDGETSIZE_MAX = 16_777_215


class StartButton(Button):
    """A wide button with its key at the right."""

    def __init__(self, icon_name: str, key: str, role: str) -> None:
        super().__init__("", icon_name, role)
        self.cap = KeyCap(key, "onaccent" if role == "primary" else "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, SPACE.m, 0)
        row.addStretch(1)
        row.addWidget(self.cap)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)
        self._dressed = 0
        self._retheme()

    def _retheme(self) -> None:
        super()._retheme()
        height = theme().px(42)
        if height != getattr(self, "_dressed", height):
            self._dressed = height
            # by the class, so that the key inside keeps its own height
            self.setStyleSheet(
                f"QPushButton {{ text-align: left; min-height: {height}px; max-height: {height}px; }}"
            )

    def sizeHint(self) -> QSize:
        """Wide enough for the words with the key beside them."""
        hint = super().sizeHint()
        return QSize(hint.width() + self.cap.sizeHint().width() + SPACE.m, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Edge(QWidget):
    """The line between two panes."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)
        theme().follow(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().color("line2"))


class ExampleCard(QFrame):
    """A card that opens an example by click, Enter or Space."""

    access_role = QAccessible.Role.Button

    activated = Signal()

    def __init__(self, example: Example) -> None:
        super().__init__()
        self.example = example
        self.setProperty("card", True)
        self.setProperty("focusRing", SPACE.radius_card)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.picture = QLabel()
        self.badge = Badge("")
        self.name = TextLabel("", TYPE.option, wrap=True)
        self.facts = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.shows = TextLabel("", TYPE.caption, "text2", wrap=True)
        top = QHBoxLayout()
        top.setSpacing(SPACE.s)
        top.addWidget(self.picture)
        top.addWidget(self.badge)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.l, SPACE.l, SPACE.l, SPACE.l)
        column.setSpacing(4)
        column.addLayout(top)
        column.addSpacing(4)
        for part in (self.name, self.facts, self.shows):
            column.addWidget(part)
        column.addStretch(1)
        theme().follow(self._retheme)
        self._retheme()

    def access_press(self) -> None:
        """What Enter does."""
        self.activated.emit()

    def _retheme(self) -> None:
        name = {"import": "tray-in", "both": "globe"}.get(self.example.card.direction, "box")
        self.picture.setPixmap(pixmap(name, "acctext", theme().px(18)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()


class StartPage(QWidget):
    """Left what can be begun and the state of the rules, right recent files and the examples."""

    newRequested = Signal()
    openRequested = Signal()
    fileRequested = Signal(str)
    exampleRequested = Signal(str)
    reviewsRequested = Signal()
    missingRequested = Signal()
    catalogueRequested = Signal()
    casebookRequested = Signal()
    visitorRequested = Signal()
    leftRequested = Signal()
    """The case that was open when the program last ended is to be opened again."""
    leaveRequested = Signal()
    toldRead = Signal()

    def __init__(
        self, model: CaseModel, prefs: Preferences, state: RuleState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model, self.prefs, self.state = model, prefs, state
        self.recent: tuple[Recent, ...] = ()
        self.compact = self.stacked = False
        set_ground(self, "surface")
        self.new = StartButton("plus", _key(QKeySequence.StandardKey.New, "Ctrl+N"), "primary")
        self.open = StartButton("folder", _key(QKeySequence.StandardKey.Open, "Ctrl+O"), "quiet")
        self.visitor = StartButton("people", _keys("F2"), "quiet")
        self.catalogue = StartButton("catalogue", _keys("Ctrl+G"), "quiet")
        self.notice = Notice("err")
        self.trouble, self.told, self.left = Notice("err"), Notice("warn"), Notice("warn")
        for notice in (self.notice, self.trouble, self.told, self.left):
            notice.hide()
        self.cases: Visitors | None = None
        self.waits = False
        """Whether a casebook is being opened: until then nobody can say that there is no case."""
        self.all_cases = LinkLabel("")
        self.all_cases.hide()
        self._table: RecentTable | None = None
        self.discreet = self.reserved = False
        """`reserved`: what is left of other cases is not shown, for the visitor may still stand there."""
        self.none = EmptyState("folder")
        self.cards = [ExampleCard(example) for example in example_cards(model.questions)]
        self._build()
        self._connect()
        theme().follow(self._fit)
        self.retranslate(prefs.language)

    # ------------------------------------------------------------------ building
    def _build(self) -> None:
        # from the outside in: what is put into another is told of fonts and colours with all that it holds
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        whole.addWidget(area)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        clear_viewport(area)
        content = QWidget()
        area.setWidget(content)
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.ways_in, right = QWidget(), QWidget()
        self.row.addWidget(self.ways_in)
        self.row.addWidget(Edge())
        self.row.addWidget(right, 1)
        self._fill_left(self.ways_in)
        self._fill_right(right)

    def _fill_left(self, left: QWidget) -> None:
        set_ground(left, "surface2")
        self.mark = QLabel()
        self.mark.setPixmap(mark(40))
        self.name = TextLabel("Lanewise", TYPE.product)
        self.lead = TextLabel("", TYPE.option, "text2", wrap=True)
        self.lead.set_step(type(TYPE.option)(15, 20, 400))
        self.rules_head = SectionHead("")
        self.figures = QGridLayout()
        self.figures.setVerticalSpacing(SPACE.s)
        self.figures.setColumnStretch(0, 1)
        self.words = [TextLabel("", wrap=True) for _ in range(3)]
        self.facts, self.newest, self.digest = TextLabel(""), TextLabel(""), TextLabel("")
        self.reviews, self.missing = LinkLabel("", tone="warn"), LinkLabel("")
        self.review_words = TextLabel("", tone="warn", wrap=True)
        self.missing_words = TextLabel("", wrap=True)
        pairs = zip([*self.words, self.review_words, self.missing_words],
                    [self.digest, self.facts, self.newest, self.reviews, self.missing], strict=True)  # fmt: skip
        for number, (words, value) in enumerate(pairs):
            self.figures.addWidget(words, number, 0)
            self.figures.addWidget(value, number, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(left)
        column.setContentsMargins(SPACE.xxl, 40, SPACE.xxl, SPACE.xl)
        column.setSpacing(SPACE.s)
        column.addWidget(self.mark)
        column.addSpacing(SPACE.s)
        column.addWidget(self.name)
        column.addWidget(self.lead)
        column.addSpacing(SPACE.xl)
        column.addWidget(self.new)
        column.addWidget(self.visitor)
        column.addWidget(self.open)
        column.addWidget(self.catalogue)
        column.addStretch(1)
        column.addWidget(Hairline())
        column.addSpacing(SPACE.s)
        column.addWidget(self.rules_head)
        column.addLayout(self.figures)

    def _fill_right(self, content: QWidget) -> None:
        set_ground(content, "surface")
        self.recent_head, self.examples_head = SectionHead("", large=True), SectionHead("", large=True)
        self.grid = QGridLayout()
        self.grid.setSpacing(SPACE.l)
        for number, card in enumerate(self.cards):
            self.grid.addWidget(card, 0, number)
            self.grid.setColumnStretch(number, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(40, SPACE.xxl, 40, SPACE.xxl)
        column.setSpacing(SPACE.m)
        for notice in (self.left, self.trouble, self.told, self.notice):
            column.addWidget(notice)
        self.find: FieldLine | None = None
        self.recent_top = QHBoxLayout()
        self.recent_top.addWidget(self.recent_head, 1)
        column.addLayout(self.recent_top)
        self.recent_room = QVBoxLayout()
        self.recent_room.addWidget(self.none)
        column.addLayout(self.recent_room)
        column.addWidget(self.all_cases)
        column.addSpacing(SPACE.xl)
        column.addWidget(self.examples_head)
        column.addLayout(self.grid)
        column.addStretch(1)

    def _connect(self) -> None:
        self.new.clicked.connect(self.newRequested)
        self.visitor.clicked.connect(self.visitorRequested)
        self.open.clicked.connect(self.openRequested)
        self.catalogue.clicked.connect(self.catalogueRequested)
        self.reviews.activated.connect(self.reviewsRequested)
        self.missing.activated.connect(self.missingRequested)
        for card in self.cards:
            card.activated.connect(lambda name=card.example.id: self.exampleRequested.emit(name))
        self.prefs.recentChanged.connect(self.show_recent)
        self.all_cases.activated.connect(self.casebookRequested)
        self.left.linkActivated.connect(self.leftRequested)
        self.left.secondActivated.connect(self.leaveRequested)
        self.told.linkActivated.connect(self.toldRead)

    @property
    def table(self) -> RecentTable:
        """The recent files, made with the first of them: the first paint of a new user has none."""
        if self._table is None:
            from desktop.views.recent_table import RecentTable

            self._table = RecentTable()
            self._table.rowActivated.connect(self._on_row)
            self.recent_room.addWidget(self._table)
        return self._table

    # ------------------------------------------------------------------ showing
    def refuse(self, lead: str, text: str) -> None:
        """A file could not be opened: what, why, and that nothing was changed."""
        self.notice.set_notice("err", lead, text)
        self.notice.show()

    def clear_notice(self) -> None:
        self.notice.hide()

    def show_state(self, state: RuleState) -> None:
        """The figures of the rule book."""
        self.state = state
        pack = state.used.pack
        marks = [text[self.prefs.language] for text in state.used.marks]
        self.digest.setText(" · ".join((pack.name or state.digest, *marks)))
        self.digest.set_tone("warn" if marks else "text")
        self.facts.setText(f"{state.facts:,}")
        self.newest.setText(a_date(state.newest, self.prefs.language) if state.newest else "")
        self.reviews.setText(str(state.past_review))
        for part in (self.reviews, self.review_words):
            part.setVisible(state.past_review > 0)
        self.missing.setText(f"{state.missing:,}")
        for words, link in ((self.review_words, self.reviews), (self.missing_words, self.missing)):
            link.setAccessibleName(f"{words.text()}: {link.text()}")

    def show_cases(self, cases: Visitors) -> None:
        """From now on the cases of the casebook are shown; recent files only where it has none."""
        self.cases, self.waits = cases, True
        cases.listed.connect(self._on_cases)
        if self.isVisible() and not self.discreet:
            cases.refresh()

    def _on_cases(self) -> None:
        self.waits = False
        self._show_rows()

    def clear_cases(self) -> None:
        """No case stays in the list; it is read anew when the page is next opened."""
        if self.find is not None:
            self.find.clear()
        self._show_rows()

    def stop_waiting(self) -> None:
        """The casebook does not open: what else there is is shown."""
        if self.waits:
            self.waits = False
            self._show_rows()

    def show_left(self, label: str) -> None:
        """The case that was open when the program last ended; empty for none."""
        lead = self.tr("Case {number} was open.").format(number=label)
        self.left.set_notice("warn", lead, self.tr("Nothing is lost."), self.tr("Open"), self.tr("Leave"))
        self.left.setVisible(bool(label))

    def show_told(self, text: str) -> None:
        """What the casebook has to say once."""
        self.told.set_notice("warn", self.tr("Casebook:"), text, self.tr("Understood"))
        self.told.setVisible(bool(text))

    def _find_line(self) -> FieldLine:
        """The search among the cases, made with the first of them."""
        if self.find is None:
            from desktop.views.widgets.number_field import FieldBox, FieldLine

            box = FieldBox()
            box.icon_name = "magnifier"
            self.find = FieldLine(box, letters=True)
            inside = QHBoxLayout(box)
            inside.addWidget(self.find)
            box._retheme()
            box.setFixedWidth(theme().px(FIND_WIDTH))
            self.recent_top.addWidget(box)
            self.find.textChanged.connect(self._on_find)
            self.find.escaped.connect(self.find.clear)
            self._word_find()
        return self.find

    def _word_find(self) -> None:
        if self.find is not None:
            self.find.setPlaceholderText(self.tr("Find by name or product"))
            self.find.setAccessibleName(self.tr("Find a case by name, contact, product, note or tag"))

    def _on_find(self, text: str) -> None:
        if self.cases is not None:
            self.cases.show(text=text.strip())

    def _on_row(self, key: str) -> None:
        if self.cases is not None and key.startswith(CASE):
            self.cases.open(int(key.removeprefix(CASE)))
        else:
            self.fileRequested.emit(key)

    def show_recent(self) -> None:
        """What was last worked on, read anew."""
        if self.cases is not None and not self.discreet:
            self.cases.refresh()
        self._show_rows()

    def _show_rows(self) -> None:
        """The cases of the casebook, else the recent files; one that is gone stays in the list, in grey."""
        cases = self.cases
        searched = cases is not None and bool(cases.shown.text)
        shown = cases is not None and not self.discreet and (cases.total > 0 or searched)
        if shown or self.find is not None:
            self._find_line().parentWidget().setVisible(shown)
        if cases is not None and shown:
            self.none.setVisible(not cases.total)
            if not cases.total:
                words = self.tr("No case matches “{text}”").format(text=cases.shown.text)
                self.none.set_text(words, self.tr("Press"), "Esc", self.tr("to see all again"))
            lines = [(row, line) for at in range(min(cases.total, MOST_CASES))
                     if (row := cases.row(at)) is not None and (line := cases.line(at)) is not None]  # fmt: skip
            self.table.show_cases(lines, self.prefs.language, cases.today, self.compact, self.reserved)
            self.table.setVisible(cases.total > 0)
            count = cases.counts.open if cases.counts is not None else cases.total
            self.all_cases.setText(self.tr("All cases: {count}").format(count=f"{count:,}"))
            self.all_cases.setVisible(True)
            return
        self._say_none()
        self.all_cases.hide()
        paths = () if self.discreet else self.prefs.recent()
        self.recent = recents(paths, self.model.questions)
        self.none.setVisible(not self.recent and not self.waits)
        if self._table is not None:
            self._table.setVisible(bool(self.recent))
        if not self.recent:
            if self._table is not None:
                # a hidden table still holds its rows
                self._table.show_recent((), self.prefs.language, self.model.today, self.compact)
            return
        self.table.show_recent(self.recent, self.prefs.language, self.model.today, self.compact)

    def set_discreet(self, discreet: bool) -> None:
        """Other cases are not named while a visitor looks on; they are named again when the page is next opened, but what
        is left of them is not shown until the casebook was asked for."""
        self.reserved = self.reserved or discreet
        if discreet != self.discreet:
            self.discreet = discreet
            if discreet:
                if self.find is not None:
                    self.find.clear()
                self.show_recent()

    def shows(self, example: Example) -> str:
        """What an example is there to show."""
        known = {
            "1-clothing": self.tr(
                "Four platforms, five markets: what is left of the price, what each border takes."
            ),
            "2-lighting": self.tr("Two markets whose buyers look at the price first, with little capital."),
            "3-milk-powder": self.tr(
                "The import modes side by side; the same order taxed in 2015 and today."
            ),
        }
        return known.get(example.id.partition(".")[0], "")

    def retranslate(self, language: Language) -> None:
        self.lead.setText(
            self.tr(
                "From a product to a plan, with every figure dated and sourced. Nothing leaves this computer."
            )
        )
        for button, words in (
            (self.new, self.tr("New case")),
            (self.visitor, self.tr("New visitor at the stand")),
            (self.open, self.tr("Open a .lanewise file")),
            (self.catalogue, self.tr("Screen a catalogue")),
        ):
            button.setText(f"  {words}")
            button.setAccessibleName(words)
            button.setAccessibleDescription(button.cap.text())
        self.rules_head.setText(self.tr("Rule book"))
        for label, word in zip(self.words, (self.tr("Fingerprint"), self.tr("Facts, with a source each"),
                                            self.tr("Newest source")), strict=True):  # fmt: skip
            label.setText(word)
        self.review_words.setText(self.tr("Past their review date"))
        self.missing_words.setText(self.tr("Known to be missing"))
        self.recent_head.setText(self.tr("Recent cases"))
        self.examples_head.setText(self.tr("Examples, to look around"))
        self._word_find()
        self._say_none()
        for card in self.cards:
            self._word_card(card, language)
        self.show_state(self.state)
        self.show_recent()

    def _say_none(self) -> None:
        self.none.set_text(self.tr("No case has been saved yet"), self.tr("Press"), self.new.cap.text(),
                           self.tr("to begin one"))  # fmt: skip

    def _word_card(self, card: ExampleCard, language: Language) -> None:
        content = card.example.card
        words = {"import": self.tr("Import"), "both": self.tr("Both ways")}
        card.badge.set_badge(words.get(content.direction, self.tr("Export")))
        card.name.setText(content.name[language] or card.example.id)
        price = f"{content.price} {content.currency}".strip()
        facts = (content.product[language], price, where_to(content, language))
        card.facts.setText(" · ".join(part for part in facts if part))
        card.shows.setText(self.shows(card.example))
        card.setAccessibleName(card.name.text())
        card.setAccessibleDescription(f"{card.facts.text()}. {card.shows.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer columns, and cards one below the other, where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room, height = (size / theme().text_scale for size in (self.width(), self.height()))
        # where it is low, the state of the rules matters more than the sign
        self.mark.setVisible(height >= LOW)
        above = room < ABOVE_BELOW
        self.ways_in.setMinimumWidth(0 if above else theme().px(SIDE))
        self.ways_in.setMaximumWidth(QWIDGETSIZE_MAX if above else theme().px(SIDE))
        ways = QBoxLayout.Direction
        self.row.setDirection(ways.TopToBottom if above else ways.LeftToRight)
        compact, stacked = room < FEW_COLUMNS_BELOW, room < STACKED_BELOW
        if compact != self.compact:
            self.compact = compact
            self.show_recent()
        if stacked != self.stacked:
            self.stacked = stacked
            self._place_cards()

    def _place_cards(self) -> None:
        for number, card in enumerate(self.cards):
            self.grid.removeWidget(card)
            self.grid.addWidget(card, number if self.stacked else 0, 0 if self.stacked else number)
            self.grid.setColumnStretch(number, 1 if number == 0 or not self.stacked else 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate(self.prefs.language)
        super().changeEvent(event)


def _keys(sequence: str) -> str:
    text = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText) or sequence
    return text.replace("+", " ")


def _key(standard: QKeySequence.StandardKey, fallback: str) -> str:
    text = QKeySequence(standard).toString(QKeySequence.SequenceFormat.NativeText) or fallback
    return text.replace("+", " ")
