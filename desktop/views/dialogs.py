"""The program's own dialogs: a day, a typed value, a list to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QIcon, QTextCharFormat, QTransform
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.design import TYPE, theme
from desktop.views.design.icons import pixmap
from desktop.views.widgets import Column, DataTable, Row, ScrollPage, TextLabel
from desktop.views.widgets.number_text import NotANumber, read_number

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2030, 12, 31)


class DayDialog(QDialog):
    """A calendar for the day whose rules count."""

    def __init__(self, current: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Rules as of"))
        self.calendar = QCalendarWidget()
        self.calendar.setMinimumDate(QDate(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day))
        self.calendar.setMaximumDate(QDate(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day))
        self.calendar.setSelectedDate(QDate(current.year, current.month, current.day))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setGridVisible(False)
        self._dress()
        theme().follow(self._dress)
        self.calendar.setAccessibleName(self.tr("Rules as of"))
        for table in self.calendar.findChildren(QTableView):
            table.setAccessibleName(self.tr("Rules as of"))
            table.setAccessibleDescription(self.tr("Arrows choose a day, Enter takes it"))
        self.calendar.activated.connect(lambda _day: self.accept())
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        lead = self.tr("The figures of that day count, where they are known.")
        column.addWidget(TextLabel(lead, TYPE.caption, "text2"))
        column.addWidget(self.calendar)
        column.addWidget(buttons)
        self.calendar.setFocus()

    def _dress(self) -> None:
        """Its own colours: Qt has a red of its own for the end of the week, and black arrows on every ground."""
        plain, quiet = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(theme().color("text"))
        quiet.setForeground(theme().color("text2"))
        for day in Qt.DayOfWeek:
            self.calendar.setWeekdayTextFormat(day, plain)
        self.calendar.setHeaderTextFormat(quiet)
        for name, turn in (("qt_calendar_prevmonth", 180), ("qt_calendar_nextmonth", 0)):
            button = self.calendar.findChild(QToolButton, name)
            arrow = pixmap("chevron", "text", theme().px(16))
            button.setIcon(QIcon(arrow.transformed(QTransform().rotate(turn))))

    def day(self) -> date:
        chosen = self.calendar.selectedDate()
        return date(chosen.year(), chosen.month(), chosen.day())


class OverrideDialog(QDialog):
    """A value of your own in a fact's place."""

    def __init__(self, held: str, tiers: bool, says: str, parent: QWidget | None = None) -> None:
        """`held` is the value of the rules in words, empty where there is none; `tiers`: it has several steps."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("A value of your own"))
        self.field = QLineEdit()
        self.error = TextLabel("", TYPE.caption, "err", wrap=True)
        said = TextLabel(says, TYPE.body_medium, wrap=True)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(said)
        if held:
            words = self.tr("In the rules: {value}").format(value=held)
            column.addWidget(TextLabel(words, TYPE.caption, "text2", wrap=True))
        if tiers:
            words = self.tr("Your number takes the place of all steps.")
            column.addWidget(TextLabel(words, TYPE.caption, "warn", wrap=True))
        hint = self.tr("A number, such as 13.6. Leave it empty to let the rule count again.")
        column.addWidget(self.field)
        column.addWidget(TextLabel(hint, TYPE.caption, "text2", wrap=True))
        column.addWidget(self.error)
        self.field.setAccessibleName(says)
        self.field.setAccessibleDescription(hint)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(420)

    def value(self) -> str:
        """Plain digits of what was typed, empty where the rule is to count again. Raises NotANumber."""
        text = self.field.text().strip()
        if not text:
            return ""
        typed = read_number(text)
        if typed.unit:
            # the fact has its own unit: another one would be taken for it
            raise NotANumber(text)
        return f"{typed.value:f}"

    def _try(self) -> None:
        try:
            self.value()
        except NotANumber:
            self.error.setText(self.tr("“{text}” is not a number").format(text=self.field.text().strip()))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accept()


class ListDialog(QDialog):
    """A list to read: sources past their review, figures known to be missing."""

    def __init__(
        self,
        title: str,
        lead: str,
        columns: Sequence[Column],
        rows: Sequence[Row],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        page = ScrollPage(title, lead)
        self.table = DataTable(columns, rows, name=title, wrap=True)
        page.body.addWidget(self.table)
        page.body.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 12)
        column.addWidget(page, 1)
        column.addWidget(buttons)
        self.resize(860, 560)
        self.table.setFocus()
