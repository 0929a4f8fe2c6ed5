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
    from desktop.views.recent_table import RecentTable

FEW_COLUMNS_BELOW, STACKED_BELOW, ABOVE_BELOW = 1180, 1000, 640
LEFT = 344
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
        theme().changed.connect(self.update)

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
        theme().changed.connect(self._retheme)
        self._retheme()

    def access_press(self) -> None:
        """What Enter does."""
        self.activated.emit()

    def _retheme(self) -> None:
        name = {"import": "tray-in", "both": "globe"}.get(self.example.card.direction, "box")
        self.picture.setPixmap(pixmap(name, "acctext", 18))

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
        self.catalogue = StartButton("catalogue", _keys("Ctrl+G"), "quiet")
        self.notice = Notice("err")
        self.notice.hide()
        self._table: RecentTable | None = None
        self.discreet = False
        self.none = EmptyState("folder")
        self.cards = [ExampleCard(example) for example in example_cards(model.questions)]
        self._build()
        self._connect()
        theme().changed.connect(self._fit)
        self.retranslate(prefs.language)

    # ------------------------------------------------------------------ building
    def _build(self) -> None:
        content = QWidget()
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.left = self._left()
        self.row.addWidget(self.left)
        self.row.addWidget(Edge())
        self.row.addWidget(self._right(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _left(self) -> QWidget:
        left = QWidget()
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
        column.addWidget(self.open)
        column.addWidget(self.catalogue)
        column.addStretch(1)
        column.addWidget(Hairline())
        column.addSpacing(SPACE.s)
        column.addWidget(self.rules_head)
        column.addLayout(self.figures)
        return left

    def _right(self) -> QWidget:
        content = QWidget()
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
        column.addWidget(self.notice)
        column.addWidget(self.recent_head)
        self.recent_room = QVBoxLayout()
        self.recent_room.addWidget(self.none)
        column.addLayout(self.recent_room)
        column.addSpacing(SPACE.xl)
        column.addWidget(self.examples_head)
        column.addLayout(self.grid)
        column.addStretch(1)
        return content

    def _connect(self) -> None:
        self.new.clicked.connect(self.newRequested)
        self.open.clicked.connect(self.openRequested)
        self.catalogue.clicked.connect(self.catalogueRequested)
        self.reviews.activated.connect(self.reviewsRequested)
        self.missing.activated.connect(self.missingRequested)
        for card in self.cards:
            card.activated.connect(lambda name=card.example.id: self.exampleRequested.emit(name))
        self.prefs.recentChanged.connect(self.show_recent)

    @property
    def table(self) -> RecentTable:
        """The recent files, made with the first of them: the first paint of a new user has none."""
        if self._table is None:
            from desktop.views.recent_table import RecentTable

            self._table = RecentTable()
            self._table.rowActivated.connect(self.fileRequested)
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
        self.digest.setText(state.digest)
        self.facts.setText(f"{state.facts:,}")
        self.newest.setText(a_date(state.newest, self.prefs.language) if state.newest else "")
        self.reviews.setText(str(state.past_review))
        for part in (self.reviews, self.review_words):
            part.setVisible(state.past_review > 0)
        self.missing.setText(f"{state.missing:,}")
        for words, link in ((self.review_words, self.reviews), (self.missing_words, self.missing)):
            link.setAccessibleName(f"{words.text()}: {link.text()}")

    def show_recent(self) -> None:
        """The recent files; one that is gone stays in the list, in grey."""
        paths = () if self.discreet else self.prefs.recent()
        self.recent = recents(paths, self.model.questions)
        self.none.setVisible(not self.recent)
        if self._table is not None:
            self._table.setVisible(bool(self.recent))
        if not self.recent:
            if self._table is not None:
                # a hidden table still holds its rows
                self._table.show_recent((), self.prefs.language, self.model.today, self.compact)
            return
        self.table.show_recent(self.recent, self.prefs.language, self.model.today, self.compact)

    def set_discreet(self, discreet: bool) -> None:
        """Other cases are not named while a visitor looks on; they are shown again when the page is next opened."""
        if discreet != self.discreet:
            self.discreet = discreet
            if discreet:
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
        self.none.set_text(self.tr("No case has been saved yet"), self.tr("Press"), self.new.cap.text(),
                           self.tr("to begin one"))  # fmt: skip
        for card in self.cards:
            self._word_card(card, language)
        self.show_state(self.state)
        self.show_recent()

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
        room = self.width() / theme().text_scale
        self.left.setMinimumWidth(0 if room < ABOVE_BELOW else theme().px(LEFT))
        self.left.setMaximumWidth(QWIDGETSIZE_MAX if room < ABOVE_BELOW else theme().px(LEFT))
        ways = QBoxLayout.Direction
        self.row.setDirection(ways.TopToBottom if room < ABOVE_BELOW else ways.LeftToRight)
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
