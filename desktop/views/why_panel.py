"""The why panel: Line | Data | Calculation | Value, and under the chosen line the rule with source, date and doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QDesktopServices,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.facts import Reading
from desktop.core.text import Language
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import FactCard, WhyDatum, WhyRow, WhySubject, datum_text, fact_card
from desktop.viewmodels.wording import a_date
from desktop.views.design.theme import set_ground, theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets import (
    Badge,
    Button,
    Hairline,
    KeyCap,
    LinkLabel,
    Notice,
    ProvenanceMark,
    ShortLabel,
    TextLabel,
)

LINE, DATA, CALCULATION, VALUE = range(4)
WIDTHS = (150, 220, 190, 90)


class WhyLine(QWidget):
    """One line of the explanation. Focusable; Enter or a click opens its rule in place.

    `widths` share out the columns; `sources` gives the line under an input.
    """

    access_role = QAccessible.Role.Button

    opened = Signal(str)
    stepped = Signal(int)

    def __init__(
        self,
        row: WhyRow,
        language: Language,
        data: Sequence[str],
        widths: tuple[int, ...] = WIDTHS,
        sources: Callable[[WhyDatum, Language], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`data` are the inputs of the row as they are shown."""
        super().__init__(parent)
        self.row = row
        self._sources = sources
        self._chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", SPACE.radius_badge)
        self.setCursor(Qt.CursorShape.PointingHandCursor if row.readings else Qt.CursorShape.ArrowCursor)
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE.m, 6, SPACE.m, 6)
        grid.setHorizontalSpacing(SPACE.m)
        grid.setVerticalSpacing(2)
        for column, width in enumerate(widths):
            grid.setColumnMinimumWidth(column, 0 if column != VALUE else WIDTHS[VALUE])
            grid.setColumnStretch(column, width)
        self._fill(grid, data, language)
        said = (row.name[language], row.calculation[language], row.value, row.note[language])
        self.setAccessibleName(", ".join(part for part in said if part))
        marks = [mark.word() for mark in self.findChildren(ProvenanceMark)]
        inputs = [
            f"{datum.label[language]}: {text} ({mark})"
            for datum, text, mark in zip(row.data, data, marks, strict=True)
        ]
        self.setAccessibleDescription("; ".join(inputs))
        theme().follow(self.update)

    def _fill(self, grid: QGridLayout, shown: Sequence[str], language: Language) -> None:
        row = self.row
        strong = TYPE.option if row.strong else TYPE.body
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(TextLabel(row.name[language], strong, wrap=True), 0, LINE, top)
        data = QVBoxLayout()
        data.setSpacing(2)
        for datum, text in zip(row.data, shown, strict=True):
            data.addWidget(DatumLabel(text, datum.mark, datum.label[language]))
            source = self._sources(datum, language) if self._sources else ""
            if source:
                short = ShortLabel(source, TYPE.small, "text3")
                short.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                data.addWidget(short)
        data.addStretch(1)
        grid.addLayout(data, 0, DATA)  # aligned, the layout would not get the height that wrapped inputs need
        grid.addWidget(
            TextLabel(row.calculation[language], TYPE.body, "text2", wrap=True), 0, CALCULATION, top
        )
        value = TextLabel(row.value, strong, "unk" if row.unknown else "text")
        value.setAlignment(Qt.AlignmentFlag.AlignRight | top)
        grid.addWidget(value, 0, VALUE, Qt.AlignmentFlag.AlignRight | top)
        if row.note:
            tone = "unk" if row.unknown else "text2"
            grid.addWidget(TextLabel(row.note[language], TYPE.caption, tone, wrap=True), 1, LINE, 1, 4)

    def access_press(self) -> None:
        """What Enter does."""
        self.opened.emit(self.row.key)

    def set_chosen(self, chosen: bool) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._chosen:
            painter.fillRect(self.rect(), theme().color("sel"))
            painter.fillRect(0, 0, SPACE.bar, self.height(), theme().color("accent"))
        painter.setPen(QPen(theme().color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def mouseReleaseEvent(self, event: object) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.opened.emit(self.row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.row.key)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class DatumLabel(QWidget):
    """A value with the mark of where it comes from."""

    def __init__(self, value: str, mark: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        text = TextLabel(value, TYPE.body, wrap=True)
        # a policy of its own would forget that the height of wrapped text follows from its width
        policy = text.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        text.setSizePolicy(policy)
        row.addWidget(text, 1)
        row.addWidget(ProvenanceMark(mark), 0, Qt.AlignmentFlag.AlignTop)  # type: ignore[arg-type]
        self.setToolTip(label)
        self.setAccessibleName(f"{label}: {value}")


class RuleCard(QWidget):
    """The rule behind a line: what it says, since when, source, confidence, note, doubts, history."""

    overrideRequested = Signal(str)
    openFactRequested = Signal(str)

    def __init__(self, card: FactCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        set_ground(self, "surface2")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, SPACE.m)
        column.setSpacing(SPACE.xs)
        head = QHBoxLayout()
        head.addWidget(TextLabel(card.says, TYPE.section, wrap=True), 1)
        if card.weak:
            head.addWidget(Badge(self.tr("weak source"), "triangle", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        if card.due:
            head.addWidget(Badge(self.tr("past review"), "clock", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(TextLabel(card.value, TYPE.body, wrap=True))
        facts = [card.force, card.source]
        if card.read:
            facts.append(self.tr("read {day}").format(day=card.read))
        facts.append(self.tr("confidence {level}").format(level=card.confidence))
        column.addWidget(
            TextLabel(" · ".join(part for part in facts if part), TYPE.caption, "text2", wrap=True)
        )
        column.addWidget(TextLabel(card.fact, TYPE.small, "text3"))
        if card.note:
            column.addWidget(TextLabel(card.note, TYPE.caption, "text2", wrap=True))
        for doubt in card.doubts:
            column.addWidget(Notice("warn", self.tr("Doubt."), doubt))
        if len(card.history) > 1:
            column.addWidget(TextLabel(self.tr("History"), TYPE.caption, "text2"))
            for start, value in card.history:
                column.addWidget(TextLabel(f"{start}   {value}", TYPE.caption, wrap=True))
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE.s)
        if self._card.url:
            source = Button(self.tr("Open source"), "arrow-out", small=True)
            source.setToolTip(self._card.url)
            source.clicked.connect(self._open_source)
            row.addWidget(source)
        copy = Button(self.tr("Copy"), "copy", small=True)
        copy.clicked.connect(self._copy)
        row.addWidget(copy)
        override = Button(self.tr("Override…"), "sliders", small=True)
        override.setToolTip(self.tr("Put a value of your own in its place, for this case"))
        override.clicked.connect(self._override)
        row.addWidget(override)
        book = Button(self.tr("Open in the rule book"), "book", small=True)
        book.clicked.connect(self._open_fact)
        row.addWidget(book)
        row.addStretch(1)
        return row

    def _open_source(self) -> None:
        QDesktopServices.openUrl(QUrl(self._card.url))

    def _override(self) -> None:
        self.overrideRequested.emit(self._card.fact)

    def _open_fact(self) -> None:
        self.openFactRequested.emit(self._card.fact)

    def _copy(self) -> None:
        card = self._card
        parts = (card.says, card.value, card.force, card.source, card.url, card.fact)
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))


class WhyPanel(QWidget):
    """Explains one figure. `explain(subject)` shows it; Esc or the cross closes (`closed`)."""

    closed = Signal()
    overrideRequested = Signal(str)
    openFactRequested = Signal(str)

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.prefs = model, prefs
        self.subject: WhySubject | None = None
        self._open_key = ""
        self._lines: list[WhyLine] = []
        set_ground(self, "surface")
        self.kicker = TextLabel("", TYPE.caption, "text2")
        self.title = TextLabel("", TYPE.verdict, wrap=True)
        self.copy_button = Button("", "sheet", small=True)
        self.close_button = Button("", "cross", role="quiet", small=True)
        self.close_key = KeyCap("Esc")
        self.foot = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.sources_link = LinkLabel("", TYPE.caption)
        self._scroll = QScrollArea()
        self._lay_out()
        self.copy_button.clicked.connect(self.copy)
        self.close_button.clicked.connect(self.closed)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.kicker)
        words.addWidget(self.title)
        head = QHBoxLayout()
        head.setSpacing(SPACE.s)
        head.addLayout(words, 1)
        top = Qt.AlignmentFlag.AlignTop
        for widget in (self.copy_button, self.close_button, self.close_key):
            head.addWidget(widget, 0, top)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_ground(self._scroll, "surface")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.xl, SPACE.l, SPACE.xl, SPACE.l)
        column.setSpacing(SPACE.m)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.foot)

    # ------------------------------------------------------------------ showing
    def explain(self, subject: WhySubject) -> None:
        """Show where a figure comes from; the focus goes to the line that was meant, or the first."""
        self.subject = subject
        self._open_key = ""
        self._show()
        self.focus_line(subject.focus)

    def _show(self) -> None:
        subject = self.subject
        if subject is None:
            return
        language = self.prefs.language
        self.kicker.setText(self.tr("Why"))
        self.setAccessibleName(self.tr("Why"))
        unit = f" {subject.unit}" if subject.unit and not subject.unit.startswith("/") else ""
        self.title.setText(f"{subject.title[language]}  {subject.figure}{unit}".strip())
        self.copy_button.setText(self.tr("Copy"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close"))
        body = QWidget()
        set_ground(body, "surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(0)
        column.addWidget(self._head(subject.unit))
        column.addWidget(Hairline(strong=True))
        self._lines = []
        rows = (*subject.rows, *((subject.total,) if subject.total else ()))
        for row in rows:
            self._add_line(column, row, language)
        if subject.left_out:
            names = ("、" if language == "zh" else ", ").join(text[language] for text in subject.left_out)
            column.addSpacing(SPACE.m)
            column.addWidget(
                TextLabel(
                    self.tr("Not counted: {names}").format(names=names), TYPE.caption, "warn", wrap=True
                )
            )
        column.addStretch(1)
        self._scroll.setWidget(body)
        self._show_foot(subject, language)

    def _head(self, unit: str) -> QWidget:
        head = QWidget()
        grid = QGridLayout(head)
        grid.setContentsMargins(SPACE.m, 0, SPACE.m, 4)
        grid.setHorizontalSpacing(SPACE.m)
        value = self.tr("Value")
        if unit.startswith("/"):
            value = self.tr("Points of 100")
        elif unit:
            value = f"{value}, {unit}"
        words = (self.tr("Line"), self.tr("Data"), self.tr("Calculation"), value)
        for column, (word, width) in enumerate(zip(words, WIDTHS, strict=True)):
            grid.setColumnStretch(column, width)
            label = TextLabel(word, TYPE.caption, "text2")
            right = Qt.AlignmentFlag.AlignRight if column == VALUE else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(label, 0, column, right)
        grid.setColumnMinimumWidth(VALUE, WIDTHS[VALUE])
        return head

    def _add_line(self, column: QVBoxLayout, row: WhyRow, language: Language) -> None:
        line = WhyLine(row, language, self._data(row, language))
        line.opened.connect(self.toggle)
        line.stepped.connect(self._step)
        line.set_chosen(row.key == self._open_key)
        column.addWidget(line)
        self._lines.append(line)
        if row.key == self._open_key:
            for reading in row.readings:
                card = RuleCard(self._card(reading, language))
                card.overrideRequested.connect(self.overrideRequested)
                card.openFactRequested.connect(self.openFactRequested)
                column.addWidget(card)

    def _data(self, row: WhyRow, language: Language) -> list[str]:
        return [datum_text(datum, self.model.book, language) for datum in row.data]

    def _card(self, reading: Reading, language: Language) -> FactCard:
        return fact_card(reading, self.model.book, language, reading.source.due(self.model.today))

    def _show_foot(self, subject: WhySubject, language: Language) -> None:
        readings = [reading for reading in subject.readings if not reading.typed]
        if not readings:
            self.foot.setText("")
            return
        oldest = min(reading.source.day for reading in readings)
        count = len({reading.value.source for reading in readings})
        words = (
            self.tr("One source, of {day}") if count == 1 else self.tr("{count} sources, the oldest of {day}")
        )
        said = words.format(count=count, day=a_date(oldest, language))
        used = self.model.book.used(self.model.today)
        marks = [text[language] for text in used.marks]
        self.foot.setText(" · ".join((said, *marks)))
        self.foot.set_tone("warn" if marks else "text2")

    # ------------------------------------------------------------------ moving
    def focus_line(self, key: str = "") -> None:
        target = next((line for line in self._lines if line.row.key == key), None)
        target = target or (self._lines[0] if self._lines else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focused_key(self) -> str:
        """The line in focus, else the one whose rule is open."""
        return next((line.row.key for line in self._lines if line.hasFocus()), self._open_key)

    def focused_fact(self) -> str:
        """The first fact behind the line in focus, else behind any line; empty where there is none."""
        key = self.focused_key()
        lines = [line.row for line in self._lines if line.row.key == key] or [
            line.row for line in self._lines
        ]
        return next((reading.id for row in lines for reading in row.readings), "")

    def toggle(self, key: str) -> None:
        """Open or close the rule of a line, and keep the focus on the line."""
        self._open_key = "" if key == self._open_key else key
        place = self._scroll.verticalScrollBar().value()
        self._show()
        self._scroll.verticalScrollBar().setValue(place)
        self.focus_line(key)

    def _step(self, by: int) -> None:
        at = next((i for i, line in enumerate(self._lines) if line.hasFocus()), 0)
        self._lines[max(0, min(len(self._lines) - 1, at + by))].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self, language: Language) -> None:
        """The same figure, the same open line, in another language."""
        focused = next((line.row.key for line in self._lines if line.hasFocus()), "")
        self._show()
        if focused:
            self.focus_line(focused)

    def copy(self) -> None:
        """The explanation as tab separated text."""
        subject, language = self.subject, self.prefs.language
        if subject is None:
            return
        rows: list[tuple[str, ...]] = [(subject.title[language], subject.figure, subject.unit)]
        for row in (*subject.rows, *((subject.total,) if subject.total else ())):
            data = "; ".join(self._data(row, language))
            rows.append((row.name[language], data, row.calculation[language], row.value, row.note[language]))
        used = self.model.book.used(self.model.today)
        rows += [(text[language],) for text in used.cautions]
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        # one that is closed is written anew when it is opened
        if event.type() == QEvent.Type.LanguageChange and not self.isHidden():
            self.retranslate(self.prefs.language)
        super().changeEvent(event)
