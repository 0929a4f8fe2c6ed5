"""The answer of a calculator: the total, its further figures, the lines with their facts, what is open, what to mind."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGraphicsOpacityEffect, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.text import EMPTY, Language
from desktop.viewmodels.calculators import (
    AT_LEAST,
    COLUMNS,
    LEFT_OUT,
    NOT_KNOWN,
    Answer,
    source_text,
)
from desktop.viewmodels.why import WhyRow
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.verdict_pane import Section, lined
from desktop.views.why_panel import WhyLine
from desktop.views.widgets import Badge, EmptyState, FigureLabel, FlowLayout, Hairline, Notice, TextLabel

WIDTHS = (120, 240, 170, 80)
BRIEF = (1, 0, 0, 0)
"""Beside the why panel only names and amounts stand, the panel has the rest; so where a line has no more to say."""
AMOUNT = 90
STALE = 0.45


class AnswerTable(QWidget):
    """Line | Data | Calculation | Amount. Arrows move, Enter or a click opens a line, Ctrl+C copies the table."""

    lineRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer = Answer()
        self._language: Language = "en"
        self._brief = False
        self.lines: list[WhyLine] = []
        self._said: tuple[object, ...] = ()
        self.heads = [TextLabel("", TYPE.caption_medium, "text2") for _ in COLUMNS]
        self._head = QGridLayout()
        self._head.setContentsMargins(SPACE.m, 0, SPACE.m, 6)
        self._head.setHorizontalSpacing(SPACE.m)
        for column, head in enumerate(self.heads):
            right = Qt.AlignmentFlag.AlignRight if column == 3 else Qt.AlignmentFlag.AlignLeft
            self._head.addWidget(head, 0, column, right)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(Hairline(strong=True))

    def show_answer(self, answer: Answer, language: Language, brief: bool) -> None:
        """Shows the lines; those that stay as they were are kept, and so is the focus."""
        self.answer = answer
        wide = (language, brief)
        if wide != (self._language, self._brief) or not self._said:
            self._show_head(language, brief)
        self.heads[3].setText(self._amount_head(language))
        total = (answer.subject.total,) if answer.subject and answer.subject.total else ()
        rows = tuple(self._shown(row, brief) for row in (*answer.rows, *total))
        said = (wide, rows)
        if said == self._said:
            return
        focused = next((line.row.key for line in self.lines if line.hasFocus()), "")
        kept = self.lines if self._said and self._said[0] == wide else []
        self._replace(rows, kept, language, brief)
        self._said = said
        if focused:
            self.focus_line(focused)

    @staticmethod
    def _shown(row: WhyRow, brief: bool) -> WhyRow:
        """A row as it stands here: why a line is unknown is said once, below the table."""
        return replace(row, data=() if brief else row.data, calculation=EMPTY if brief else row.calculation,
                       note=EMPTY)  # fmt: skip

    def _replace(
        self, rows: tuple[WhyRow, ...], kept: list[WhyLine], language: Language, brief: bool
    ) -> None:
        made = []
        for number, row in enumerate(rows):
            widths = WIDTHS if row.data or row.calculation else BRIEF
            line = kept[number] if number < len(kept) else None
            if line is None or line.row != row:
                shown = [datum.value[language] for datum in row.data]
                line = WhyLine(row, language, shown, widths, source_text)
                line.opened.connect(self.lineRequested)
                line.stepped.connect(self._step)
                line.setCursor(Qt.CursorShape.PointingHandCursor)
            made.append(line)
        for line in self.lines:
            if line not in made:
                self._column.removeWidget(line)
                line.hide()
                line.deleteLater()
        for number, line in enumerate(made):
            self._column.insertWidget(2 + number, line)
            line.show()
        self.lines = made

    def _show_head(self, language: Language, brief: bool) -> None:
        self._language, self._brief = language, brief
        for column, (head, width) in enumerate(zip(self.heads, BRIEF if brief else WIDTHS, strict=True)):
            head.setText(COLUMNS[column][language])
            head.setVisible(bool(width) or column == 3)
            self._head.setColumnStretch(column, width)
        self._head.setColumnMinimumWidth(3, AMOUNT)

    def _amount_head(self, language: Language) -> str:
        word, currency = COLUMNS[3][language], self.answer.currency
        if not currency:
            return word
        return f"{word}（{currency}）" if language == "zh" else f"{word}, {currency}"

    # ------------------------------------------------------------------ keys
    def current_key(self) -> str:
        """The line in focus, or nothing."""
        return next((line.row.key for line in self.lines if line.hasFocus()), "")

    def focus_line(self, key: str) -> None:
        line = next((line for line in self.lines if line.row.key == key), None)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        at = next((i for i, line in enumerate(self.lines) if line.hasFocus()), 0)
        self.lines[max(0, min(len(self.lines) - 1, at + by))].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.answer.tsv(self._language))
        elif event.key() == Qt.Key.Key_W and not event.modifiers():
            self.lineRequested.emit(self.current_key())
        else:
            super().keyPressEvent(event)


class AnswerView(QWidget):
    """All of an answer. `whyRequested(key)`: a line was opened, or the total (empty key)."""

    whyRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer = Answer()
        self._language: Language = "en"
        self._brief = False
        self.fault = Notice("err", parent=self)
        self.whole = QWidget()
        self.heading = TextLabel("", TYPE.caption, "text2")
        self.figure = FigureLabel("", step=TYPE.figure)
        self.badge = Badge("", "question", "unk")
        self.outcome = TextLabel("", TYPE.body, "text2", wrap=True)
        self.extras = QWidget()
        self._extras = FlowLayout(self.extras, SPACE.xl, SPACE.s)
        self._extras_said: tuple[object, ...] = ()
        self.table = AnswerTable()
        self.unknown, self.mind = Section(), Section()
        self.empty = EmptyState("grid")
        self._grey: QGraphicsOpacityEffect | None = None
        self._lay_out()
        self.figure.whyRequested.connect(lambda: self.whyRequested.emit(""))
        self.table.lineRequested.connect(self.whyRequested)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE.m)
        top.addWidget(self.figure)
        top.addWidget(self.badge)
        top.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.heading, self.outcome):
            part.setContentsMargins(3, 0, 0, 0)
        self.extras.setContentsMargins(3, 0, 0, 0)
        words.addWidget(self.heading)
        words.addLayout(top)
        words.addWidget(self.outcome)
        inside = QVBoxLayout(self.whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE.l)
        inside.addLayout(words)
        for part in (self.extras, self.table, self.unknown, self.mind):
            inside.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, SPACE.xl)
        column.setSpacing(SPACE.l)
        for part in (self.empty, self.whole):
            column.addWidget(part)
        column.addStretch(1)

    # ------------------------------------------------------------------ showing
    def show_answer(self, answer: Answer, language: Language, brief: bool = False) -> None:
        """Says an answer in a language; `brief` where the why panel stands beside it."""
        self.answer, self._language, self._brief = answer, language, brief
        self.fault.setVisible(answer.stale)
        self.fault.set_notice("err", self.tr("One input cannot be used."), self._fault_text())
        self.empty.setVisible(answer.subject is None and not answer.stale)
        self.empty.set_text(
            self.tr("Still needed"), self._joined(*(text[language] for text in answer.needed))
        )
        self.whole.setVisible(answer.subject is not None)
        self._show_stale(answer.stale)
        if answer.subject is not None:
            self._show_total(answer, language)
            self._show_extras(answer, language)
            self.table.setVisible(bool(answer.rows))
            self.table.show_answer(answer, language, brief)
            self._show_lists(answer, language)

    def _fault_text(self) -> str:
        said = self.answer.fault[self._language]
        if self.answer.subject is None:
            return said
        rest = self.tr("Below is the answer to the inputs before it.")
        return f"{said}{'。' if self._language == 'zh' else '. '}{rest}"

    def _show_total(self, answer: Answer, language: Language) -> None:
        self.heading.setText(answer.subject.title[language] if answer.subject else "")
        figure = answer.total if answer.known else NOT_KNOWN[language]
        self.figure.set_figure(
            figure, answer.currency if answer.known else "", "text" if answer.known else "unk"
        )
        self.figure.set_name(answer.heading[language])
        at_least = answer.known and not answer.complete
        self.badge.setVisible(at_least)
        self.badge.set_badge(AT_LEAST[language], "question", "unk")
        said = (answer.outcome[language], LEFT_OUT[language] if at_least else "")
        self.outcome.setText(self._joined(*said))

    def _joined(self, *parts: str) -> str:
        return ("，" if self._language == "zh" else ", ").join(part for part in parts if part)

    def _show_extras(self, answer: Answer, language: Language) -> None:
        said = (language, answer.extras)
        self.extras.setVisible(bool(answer.extras))
        if said == self._extras_said:
            return
        self._extras_said = said
        while (item := self._extras.takeAt(0)) is not None:
            widget = item.widget()
            widget.hide()
            widget.deleteLater()
        for name, value in answer.extras:
            made = QWidget()
            column = QVBoxLayout(made)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(TextLabel(name[language], TYPE.caption, "text2"))
            column.addWidget(TextLabel(value[language], TYPE.margin))
            self._extras.addWidget(made)
            made.show()

    def _show_lists(self, answer: Answer, language: Language) -> None:
        gaps = tuple(text[language] for text in answer.unknown)
        self.unknown.fill(
            self.tr("Not known"), gaps, lambda: [lined("question", "unk", text) for text in gaps], len(gaps)
        )
        minded = tuple(text[language] for text in answer.mind)
        self.mind.fill(self.tr("Mind"), minded, lambda: [lined("triangle", "warn", text) for text in minded])

    def _show_stale(self, stale: bool) -> None:
        """Greys the old answer, and only while it is old: the effect costs on every paint."""
        if stale == (self._grey is not None):
            return
        self._grey = QGraphicsOpacityEffect(self.whole) if stale else None
        if self._grey is not None:
            self._grey.setOpacity(STALE)
        self.whole.setGraphicsEffect(self._grey)  # type: ignore[arg-type]
