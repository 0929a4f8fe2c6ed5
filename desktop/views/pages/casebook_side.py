"""The side of the casebook: the chosen case in short, what was noted of its client, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.core.casebook import CONSENTS, CaseRow
from desktop.core.errors import OptionError
from desktop.viewmodels.casebook import words
from desktop.viewmodels.casebook.visitors import Visitors
from desktop.viewmodels.series.stack import StackData
from desktop.views.charts.base import fill_series
from desktop.views.design.theme import clear_viewport, set_ground, theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.verdict_pane import Foot, Icon
from desktop.views.widgets import (
    ChipGroup,
    Choice,
    Hairline,
    PrimaryButton,
    SecondaryButton,
    SectionHead,
    TextLabel,
)
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.number_field import FieldBox, FieldLine, MessageLine
from desktop.views.work_area import OwnSide

FIELDS = ("client", "contact", "languages", "tags", "follow_up")
NOTE_LINES = 4


class TypedField(QWidget):
    """A name, a line to type in, and below it what is wrong. `typed(str)` when it was left with another text."""

    typed = Signal(str)
    advanceRequested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.label = TextLabel("", TYPE.caption, "text2")
        self.box = FieldBox()
        self.line = FieldLine(self.box, letters=True)
        self.message = MessageLine()
        self._value = ""
        inside = QHBoxLayout(self.box)
        inside.addWidget(self.line)
        self.box._retheme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.label, self.box, self.message):
            column.addWidget(widget)
        self.line.entered.connect(self._on_enter)
        self.line.left.connect(self.commit)
        self.line.escaped.connect(lambda: self.set_value(self._value))

    def set_name(self, name: str, hint: str = "") -> None:
        self.label.setText(name)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(name)

    def set_value(self, text: str) -> None:
        """What is kept; emits nothing. What is being typed stays."""
        if self.line.isModified() and self.line.hasFocus() and text == self._value:
            return
        self._value = text
        self.line.setText(text)
        self.line.setModified(False)
        self.refuse("")

    def refuse(self, text: str) -> None:
        self.message.show_text(text, "err")
        self.box.set_level("err" if text else "")

    def say(self, text: str) -> None:
        self.message.show_text(text, "quiet")

    def commit(self) -> None:
        if self.line.isModified() and self.line.text() != self._value:
            self.line.setModified(False)
            self.typed.emit(self.line.text())

    def _on_enter(self) -> None:
        self.commit()
        if not self.box.level:
            self.advanceRequested.emit()


class NoteEdit(QPlainTextEdit):
    """A note of several lines. `left` when the focus leaves it; Ctrl+Enter and Esc go on."""

    left = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setProperty("focusRing", SPACE.radius)
        theme().follow(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        self.setFont(theme().font(TYPE.body))
        self.setFixedHeight(theme().px(NOTE_LINES * 20 + 14))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.done.emit()
            return
        super().keyPressEvent(event)


class NoteHead(QWidget):
    """Your note, never on the sheet: with the lock that says so."""

    def __init__(self) -> None:
        super().__init__()
        self.name = SectionHead("")
        self.never = TextLabel("", TYPE.caption, "text2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.s)
        row.addWidget(Icon("lock", "text2"))
        row.addWidget(self.name)
        row.addWidget(self.never, 1)

    def retranslate(self) -> None:
        self.name.setText(self.tr("Your note"))
        self.never.setText(self.tr("never on the sheet"))


class RulesMark(QWidget):
    """That rules of one's own, which nobody signed, answered the case: a shield and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.words = TextLabel("", TYPE.caption, "warn", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.s)
        row.addWidget(Icon("shield", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.hide()

    def show_mark(self, mark: str) -> None:
        self.words.setText(self.tr("Last answered with rules: {mark}").format(mark=mark) if mark else "")
        self.setVisible(bool(mark))


class MiniBar(QWidget):
    """The parts of a price as one low bar, what is left last. Its figures stand in words beside it."""

    HEIGHT, GAP = 20, 2

    def __init__(self) -> None:
        super().__init__()
        self._data = StackData()
        self.setFixedHeight(theme().px(self.HEIGHT))
        theme().follow(self.update)

    def set_data(self, data: StackData) -> None:
        self._data = data
        parts = [f"{s.name} {s.label}" for row in data.rows for s in row.segments]
        self.setAccessibleDescription(", ".join(parts))
        self.setToolTip("\n".join(parts))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._data.rows:
            return
        painter = QPainter(self)
        row = self._data.rows[0]
        known = [(s.series, float(s.value)) for s in row.segments if s.value is not None and s.value > 0]
        unit = self.width() / (max(float(self._data.price), sum(value for _, value in known)) or 1)
        x = 0.0
        for series, value in known:
            gap = 0 if series == "net" else self.GAP
            fill_series(painter, QRectF(x, 0, max(1.0, value * unit - gap), self.height()), series)
            x += value * unit


def consent_choices(language: str) -> list[Choice]:
    return [Choice(key, said["zh" if language == "zh" else "en"]) for key, said in CONSENTS.items()]


class CasebookSide(OwnSide):
    """The chosen case. `action(str)`: duplicate, archive, export, delete, erase."""

    openRequested = Signal()
    sheetRequested = Signal()
    action = Signal(str)

    def __init__(self, visitors: Visitors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visitors = visitors
        self._number = 0
        set_ground(self, "surface2")
        self.case = TextLabel("", TYPE.caption_medium, "text2")
        self.name = TextLabel("", TYPE.verdict, wrap=True)
        self.about = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.rules = RulesMark()
        self.first = TextLabel("", TYPE.body_strong, wrap=True)
        self.net = TextLabel("", TYPE.option)
        self.bar = MiniBar()
        self.caption = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.next_head = SectionHead("")
        self.next = TextLabel("", TYPE.body, wrap=True)
        self.fields = {name: TypedField() for name in FIELDS}
        self.consent_name = TextLabel("", TYPE.caption, "text2")
        self.consent = ChipGroup(small=True)
        self.note_head = NoteHead()
        self.note = NoteEdit()
        self.nothing = TextLabel("", TYPE.body, "text2", wrap=True)
        self.sheet = SecondaryButton("", "printer")
        self.more = SecondaryButton("")
        self.open = PrimaryButton("")
        self.foot = Foot()
        self.menu = QMenu(self)
        self.actions_of: dict[str, QAction] = {}
        for name in ("duplicate", "archive", "export", "delete", "erase"):
            if name == "delete":
                self.menu.addSeparator()
            action = self.menu.addAction("")
            action.triggered.connect(lambda _on=False, name=name: self.action.emit(name))
            self.actions_of[name] = action
        self._build()
        self._connect()

    def begin(self) -> QWidget:
        return self.fields["client"].line if self._number else self

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE.side_margin, SPACE.l, SPACE.side_margin, SPACE.l)
        column.setSpacing(SPACE.s)
        self.whole = QWidget()
        inside = QVBoxLayout(self.whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE.s)
        top = QVBoxLayout()
        top.setSpacing(0)
        for widget in (self.case, self.name, self.about):
            top.addWidget(widget)
        inside.addLayout(top)
        inside.addWidget(self.rules)
        option = QHBoxLayout()
        option.addWidget(self.first, 1)
        option.addWidget(self.net, 0, Qt.AlignmentFlag.AlignBottom)
        inside.addLayout(option)
        inside.addWidget(self.bar)
        inside.addWidget(self.caption)
        inside.addWidget(Hairline())
        inside.addWidget(self.next_head)
        inside.addWidget(self.next)
        inside.addWidget(self.fields["follow_up"])
        inside.addWidget(self.consent_name)
        inside.addWidget(self.consent)
        inside.addWidget(self.note_head)
        inside.addWidget(self.note)
        inside.addWidget(Hairline())
        for name in ("client", "contact", "languages", "tags"):
            inside.addWidget(self.fields[name])
        column.addWidget(self.nothing)
        column.addWidget(self.whole)
        column.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        clear_viewport(self.scroll)
        self.scroll.setWidget(content)
        content.setAutoFillBackground(False)
        buttons = FlowLayout(spacing=SPACE.s)
        for button in (self.more, self.sheet, self.open):
            buttons.addWidget(button)
        self.buttons = QWidget()
        self.buttons.setLayout(buttons)
        buttons.setContentsMargins(SPACE.side_margin, SPACE.s, SPACE.side_margin, SPACE.l)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.scroll, 1)
        whole.addWidget(Hairline())
        whole.addWidget(self.buttons)
        self.foot.setParent(self)
        self.foot.hide()

    def _connect(self) -> None:
        for name, field in self.fields.items():
            field.typed.connect(lambda text, name=name: self._on_typed(name, text))
            field.advanceRequested.connect(lambda: self.focusNextChild())
        self.consent.picked.connect(self._on_consent)
        self.note.left.connect(self._on_note)
        self.note.done.connect(lambda: self.fields["client"].line.setFocus())
        self.open.clicked.connect(self.openRequested)
        self.sheet.clicked.connect(self.sheetRequested)
        self.more.clicked.connect(self.open_menu)
        self.visitors.looked.connect(self.show_preview)

    def open_menu(self, at: QPoint | None = None) -> None:
        """What can be done with the case, above the button or at a place."""
        size = self.menu.sizeHint()
        place = self.more.mapToGlobal(QPoint(0, -size.height() - 2))
        self.menu.popup(at if isinstance(at, QPoint) else place)

    # ------------------------------------------------------------------ what was typed
    @property
    def row(self) -> CaseRow | None:
        found = self.visitors.current
        return found if found is not None and found.number == self._number else None

    def commit(self) -> None:
        """What is being typed counts once something else is done."""
        for field in self.fields.values():
            field.commit()
        self._on_note()

    def _on_typed(self, name: str, text: str) -> None:
        row = self.row
        if row is None:
            return
        try:
            self.visitors.type(row, name, text)
            self.fields[name].refuse("")
        except OptionError as error:
            self.fields[name].refuse(error.text[self.visitors.language])

    def _on_consent(self, key: str) -> None:
        row = self.row
        if row is not None:
            self.visitors.edit(row, "consent", key)

    def _on_note(self) -> None:
        row = self.row
        if row is not None and self.note.document().isModified():
            self.note.document().setModified(False)
            self.visitors.edit(row, "note", self.note.toPlainText().strip())

    # ------------------------------------------------------------------ showing
    def show_case(self) -> None:
        """The chosen case; what is being typed of the same one stays."""
        row = self.visitors.current
        same = row is not None and row.number == self._number
        self._number = row.number if row is not None else 0
        self.whole.setVisible(row is not None)
        self.buttons.setVisible(row is not None)
        self.nothing.setVisible(row is None)
        if row is None:
            self._clear()
            return
        today, language = self.visitors.today, self.visitors.language
        line = self.visitors.line_of(row)
        self.rules.show_mark(line.mark)
        self.case.setText(self.tr("Case {number}").format(number=row.label))
        self.name.setText(line.client)
        comma = "、" if language == "zh" else ", "
        said = (line.product, comma.join(row.details.languages), comma.join(row.details.tags))
        self.about.setText(" · ".join(part for part in said if part))
        call = row.details.follow_up
        texts = {
            "client": row.client,
            "contact": row.contact,
            "languages": comma.join(row.details.languages),
            "tags": comma.join(row.details.tags),
            "follow_up": call.isoformat() if call else "",
        }
        for name, text in texts.items():
            if not same:
                self.fields[name].line.setModified(False)
            self.fields[name].set_value(text)
        self.next.setText(
            self.tr("Call back {day}").format(day=words.day_words(call, today, language))
            if call
            else self.tr("No day to call back yet")
        )
        self.next.set_tone("warn" if line.due else "text" if call else "text2")
        self.consent.set_current(row.consent)
        if not (same and self.note.document().isModified()):
            self.note.setPlainText(row.note)
            self.note.document().setModified(False)
        self.actions_of["archive"].setText(
            self.tr("Take out of the archive") if row.archived else self.tr("Put into the archive")
        )
        self.actions_of["erase"].setText(
            self.tr("Erase “{client}” wholly…").format(client=row.client.replace("&", "&&"))
            if row.client
            else self.tr("Erase this case wholly…")
        )
        if not same:
            self.first.setText(line.first)
            self.net.setText(line.net)
            self.caption.setText("")
            self.bar.hide()
        self.show_preview()

    def show_preview(self) -> None:
        """The first option as it is evaluated now."""
        found, problem = self.visitors.preview, self.visitors.problem
        if not self._number or found is None:
            return
        self.first.setText(found.name if not problem else self.tr("It cannot be worked out"))
        self.first.set_tone("text" if found.known else "unk")
        self.net.setText(found.net)
        self.caption.setText(problem[self.visitors.language] or found.caption)
        self.bar.set_data(found.bar)
        self.bar.setVisible(bool(found.bar.rows))

    def _clear(self) -> None:
        """A case that is no longer shown leaves no word behind."""
        for label in (self.case, self.name, self.about, self.first, self.net, self.caption, self.next):
            label.setText("")
        for field in self.fields.values():
            field.line.setModified(False)
            field.set_value("")
        self.note.setPlainText("")
        self.bar.hide()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("The chosen case"))
        self.next_head.setText(self.tr("Next step"))
        self.note_head.retranslate()
        self.note.setAccessibleName(self.tr("Your note"))
        self.note.setPlaceholderText(self.tr("For yourself alone"))
        self.fields["client"].set_name(self.tr("Client"), self.tr("may stay empty"))
        self.fields["contact"].set_name(self.tr("Contact"), self.tr("email or phone"))
        self.fields["languages"].set_name(self.tr("Languages"), self.tr("such as German, English"))
        self.fields["tags"].set_name(self.tr("Tags"), self.tr("such as owner, hall 4.1"))
        self.fields["follow_up"].set_name(self.tr("Call back on"), self.tr("+2, 24 Nov or 2026-11-24"))
        self.consent_name.setText(self.tr("May be written to or called"))
        self.consent.set_name(self.tr("May be written to or called"))
        self.consent.set_choices(consent_choices(self.visitors.language))
        self.nothing.setText(self.tr("Choose a case to see what was noted of it."))
        self.sheet.setText(self.tr("Sheet"))
        self.open.setText(self.tr("Open case"))
        self.more.setText(self.tr("More"))
        self.bar.setAccessibleName(self.tr("Cost and margin of the first option"))
        self.actions_of["duplicate"].setText(self.tr("Duplicate"))
        self.actions_of["export"].setText(self.tr("Save as a file…"))
        self.actions_of["delete"].setText(self.tr("Delete"))
        self.show_case()
