"""What the window asks and says in dialogs, and where faults go. A test gives the window another `Asker`."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QDate, QObject, Qt
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from desktop.core.facts import Reading, Unknown
from desktop.core.money import decimal_of
from desktop.core.text import Language
from desktop.store.casefile import SUFFIX
from desktop.views.design import TYPE
from desktop.views.widgets import Column, DataTable, Row, ScrollPage, TextLabel

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2030, 12, 31)
log = logging.getLogger("lanewise")


class Asker(QObject):
    """The native dialogs of the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent

    def save_first(self, name: str) -> str:
        """Unsaved changes: save, discard or cancel."""
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Lanewise")
        box.setText(self.tr("Save the changes to “{name}”?").format(name=name))
        box.setInformativeText(self.tr("Without saving, the changes since the last saving are lost."))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        return {buttons.Save: "save", buttons.Discard: "discard"}.get(buttons(box.exec()), "cancel")

    def open_path(self, folder: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(
            self._parent, self.tr("Open a case"), folder, self._filter() + ";;" + self.tr("All files (*)")
        )
        return Path(name) if name else None

    def save_path(self, proposed: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(
            self._parent, self.tr("Save the case"), proposed, self._filter()
        )
        if not name:
            return None
        return Path(name) if name.endswith(SUFFIX) else Path(name + SUFFIX)

    def _filter(self) -> str:
        return self.tr("Lanewise cases") + f" (*{SUFFIX})"

    def day(self, current: date) -> date | None:
        dialog = DayDialog(current, self._parent)
        return dialog.day() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def override(self, found: Reading | Unknown, says: str, language: Language) -> str | None:
        """A typed value in a fact's place; None where nothing is to change, empty where the rule is to count again."""
        dialog = OverrideDialog(found, says, self._parent)
        return dialog.value() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def show_list(self, title: str, lead: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        ListDialog(title, lead, columns, rows, self._parent).exec()

    def about(self, title: str, text: str) -> None:
        QMessageBox.about(self._parent, title, text)

    def fault(self, text: str, detail: str) -> None:
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle("Lanewise")
        box.setText(text)
        box.setDetailedText(detail)
        box.open()


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
        self.calendar.setAccessibleName(self.tr("Rules as of"))
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

    def day(self) -> date:
        chosen = self.calendar.selectedDate()
        return date(chosen.year(), chosen.month(), chosen.day())


class OverrideDialog(QDialog):
    """A value of your own in a fact's place."""

    def __init__(self, found: Reading | Unknown, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A value of your own"))
        self.field = QLineEdit()
        self.error = TextLabel("", TYPE.caption, "err", wrap=True)
        said = TextLabel(says, TYPE.body_medium, wrap=True)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(said)
        if isinstance(found, Reading):
            held = TextLabel(
                self.tr("In the rules: {value}").format(value=found.raw), TYPE.caption, "text2", wrap=True
            )
            column.addWidget(held)
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
        text = self.field.text().strip()
        return f"{decimal_of(text):f}" if text else ""

    def _try(self) -> None:
        try:
            self.value()
        except ValueError:
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
        self.table = DataTable(columns, rows, name=title)
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


def install_excepthook(log_file: Path, tell: Callable[[str, str], None]) -> None:
    """A fault in a slot goes to the log and is said once; the case stays open."""
    log_file.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(log_file, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    told: set[str] = set()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        detail = "".join(traceback.format_exception(kind, error, trace))
        log.error(detail)
        print(detail, file=sys.stderr)
        # the same fault again and again (in a paint event) is said once
        key = f"{kind.__name__}{traceback.extract_tb(trace)[-1:] if trace else ''}"
        if key in told:
            return
        told.add(key)
        text = QCoreApplication.translate(
            "message", "Something went wrong in the program. The case stays open; save a copy to be safe."
        )
        tell(text, f"{detail}\n{log_file}")

    sys.excepthook = hook
