"""What the window asks and says in dialogs. A test gives the window another `Asker`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtWidgets
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.store.casefile import SUFFIX

if TYPE_CHECKING:
    from desktop.core.facts import RuleBook
    from desktop.core.text import Language
    from desktop.reports.sheet.page import Canvas
    from desktop.store.trouble import Fault
    from desktop.viewmodels.papers import PaperChoice
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.next_step import NextStep
    from desktop.views.widgets.table import Column, Row

SIGN = 28
"""The side of the sign of a message, at the design size of the text."""


class Asker(QObject):
    """The dialogs of the window. Our own and Qt's are loaded when first asked for: the first paint does without."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent

    def save_first(self, name: str) -> str:
        """Unsaved changes: save, discard or cancel."""
        buttons = QtWidgets.QMessageBox.StandardButton
        answers = {buttons.Save: "save", buttons.Discard: "discard"}
        return answers.get(buttons(self.save_box(name).exec()), "cancel")

    def save_box(self, name: str) -> QtWidgets.QMessageBox:
        """The question before unsaved changes are left."""
        box = self._box(
            "question",
            "acctext",
            self.tr("Save the changes to “{name}”?").format(name=name),
            self.tr("Without saving, the changes since the last saving are lost."),
        )
        buttons = QtWidgets.QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        return box

    def _box(
        self, sign: str, tone: str, text: str, more: str, over: QWidget | None = None
    ) -> QtWidgets.QMessageBox:
        """A message with a sign of the program's own in the colours in force, and a sentence more below it."""
        from desktop.views.design import pixmap, theme

        box = QtWidgets.QMessageBox(over or self._parent)
        box.setIconPixmap(pixmap(sign, tone, theme().px(SIGN)))
        box.setWindowTitle("Lanewise")
        box.setText(text)
        box.setInformativeText(more)
        return box

    def open_path(self, folder: str) -> Path | None:
        name, _ = QtWidgets.QFileDialog.getOpenFileName(
            self._parent, self.tr("Open a case"), folder, self._filter() + ";;" + self.tr("All files (*)")
        )
        return Path(name) if name else None

    def save_file_first(self, name: str, label: str) -> str:
        """A file whose changes are in the casebook and not in the file: save, discard or cancel."""
        box = self._box(
            "question",
            "acctext",
            self.tr("Save the changes to the file “{name}”?").format(name=name),
            self.tr(
                "Without saving, the file stays as it was. The answers are kept in the casebook as {number}."
            ).format(number=label),
        )
        buttons = QtWidgets.QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        return {buttons.Save: "save", buttons.Discard: "discard"}.get(buttons(box.exec()), "cancel")

    def case_paths(self, folder: str) -> list[Path]:
        """Case files to take into the casebook, or a .zip of them."""
        kinds = self.tr("Lanewise cases") + f" (*{SUFFIX} *.zip)"
        names, _ = QtWidgets.QFileDialog.getOpenFileNames(
            self._parent, self.tr("Import cases"), folder, kinds + ";;" + self.tr("All files (*)")
        )
        return [Path(name) for name in names]

    def cases_folder(self, folder: str) -> Path | None:
        """Where several cases are written as files."""
        name = QtWidgets.QFileDialog.getExistingDirectory(
            self._parent, self.tr("A folder for the cases"), folder
        )
        return Path(name) if name else None

    def case_list_path(self, proposed: str) -> Path | None:
        """Where a list of cases is written; the kind that is chosen gives the ending."""
        kinds = {self.tr("Workbook") + " (*.xlsx)": ".xlsx", "CSV (*.csv)": ".csv"}
        name, kind = QtWidgets.QFileDialog.getSaveFileName(
            self._parent, self.tr("Save the list"), proposed, ";;".join(kinds)
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix.lower() in kinds.values() else Path(name + kinds.get(kind, ".xlsx"))

    def erase(self, client: str, count: int) -> bool:
        """Whether a client is to be erased for good. Cancel is the default."""
        box = self._box(
            "triangle",
            "warn",
            self.tr("Erase “{client}” wholly? Cases: {count}").format(client=client, count=count),
            self.tr(
                "From the casebook, its backups and its logs. This cannot be undone. "
                "Files that were saved elsewhere stay where they are."
            ),
        )
        yes = box.addButton(self.tr("Erase"), QtWidgets.QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QtWidgets.QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is yes

    def backup(self, names: Sequence[str]) -> int:
        """Which of the backups takes the casebook's place; -1 for none."""
        name, chosen = QtWidgets.QInputDialog.getItem(
            self._parent,
            "Lanewise",
            self.tr("Go back to the backup of. What is there now is set aside."),
            list(names),
            0,
            False,
        )
        return list(names).index(name) if chosen else -1

    def next_step(self, visitors: NextStep) -> NextStep | None:
        """Day to call back, consent and note of the open case; None where nothing is to change."""
        from desktop.views.next_step import NextStepDialog

        dialog = NextStepDialog(visitors, self._parent)
        return dialog.found() if dialog.exec() == QtWidgets.QDialog.DialogCode.Accepted else None

    def price_list_path(self, folder: str) -> Path | None:
        name, _ = QtWidgets.QFileDialog.getOpenFileName(
            self._parent,
            self.tr("Open a price list"),
            folder,
            self.tr("Price lists (*.csv)") + ";;" + self.tr("All files (*)"),
        )
        return Path(name) if name else None

    def catalogue_path(self, folder: str) -> Path | None:
        kinds = self.tr("Catalogues") + " (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods *.parquet)"
        name, _ = QtWidgets.QFileDialog.getOpenFileName(
            self._parent, self.tr("Open a catalogue"), folder, kinds + ";;" + self.tr("All files (*)")
        )
        return Path(name) if name else None

    def results_path(self, proposed: str) -> Path | None:
        """Where what was found is written; the kind that is chosen gives the ending."""
        kinds = {
            self.tr("Workbook") + " (*.xlsx)": ".xlsx",
            "CSV (*.csv)": ".csv",
            "Parquet (*.parquet)": ".parquet",
        }
        name, kind = QtWidgets.QFileDialog.getSaveFileName(
            self._parent, self.tr("Save what was found"), proposed, ";;".join(kinds)
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix.lower() in kinds.values() else Path(name + kinds.get(kind, ".xlsx"))

    def chart_path(self, proposed: str) -> Path | None:
        """Where a chart is written; the kind that is chosen gives the ending."""
        kinds = {
            self.tr("Picture") + " (*.png)": ".png",
            self.tr("Drawing") + " (*.svg)": ".svg",
            self.tr("Table") + " (*.csv)": ".csv",
        }
        name, kind = QtWidgets.QFileDialog.getSaveFileName(
            self._parent, self.tr("Save chart"), proposed, ";;".join(kinds)
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix.lower() in kinds.values() else Path(name + kinds.get(kind, ".png"))

    def bad_list_path(self, proposed: str) -> Path | None:
        name, _ = QtWidgets.QFileDialog.getSaveFileName(
            self._parent, self.tr("Save the rows that were not read"), proposed, "CSV (*.csv)"
        )
        if not name:
            return None
        return Path(name) if name.lower().endswith(".csv") else Path(name + ".csv")

    def paper_path(self, proposed: str, report: bool) -> Path | None:
        """Where a sheet or a full report is written; the kind that is chosen gives the ending."""
        kinds = {"PDF (*.pdf)": ".pdf", "HTML (*.html)": ".html"}
        first = next(kind for kind, ending in kinds.items() if proposed.endswith(ending))
        title = self.tr("Save the full report") if report else self.tr("Save the sheet")
        name, kind = QtWidgets.QFileDialog.getSaveFileName(
            self._over(), title, proposed, ";;".join(kinds), first
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix.lower() in kinds.values() else Path(name + kinds.get(kind, ".pdf"))

    def paper_choice(self, choice: PaperChoice) -> PaperChoice | None:
        from desktop.views.printing import PaperDialog

        dialog = PaperDialog(choice, self._over())
        return dialog.choice() if dialog.exec() == QtWidgets.QDialog.DialogCode.Accepted else None

    def no_printer(self) -> bool:
        """There is no printer: whether the sheet is to be saved as a PDF instead."""
        box = self._box(
            "printer",
            "text2",
            self.tr("No printer is set up on this computer."),
            self.tr("Save the sheet as a PDF instead?"),
            self._over(),
        )
        buttons = QtWidgets.QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        return buttons(box.exec()) == buttons.Save

    def printers(self) -> tuple[str, ...]:
        """The printers of this computer, its own choice first."""
        from desktop.views.printing import printers

        return printers()

    def preview(self, pages: Sequence[Canvas], title: str, printer: str) -> str:
        """Shows pages as they will be printed; the printer that was used, empty where nothing was printed."""
        from desktop.views.printing import preview

        return preview(pages, title, printer, self._over())

    def print_pages(self, pages: Sequence[Canvas], title: str, printer: str) -> None:
        """Prints pages without a question. Called beside the window."""
        from desktop.views.printing import print_on, printer_of

        print_on(printer_of(printer, title), pages)

    def _over(self) -> QWidget:
        """The window that is seen: the visitor view covers the desk."""
        return QApplication.activeWindow() or self._parent

    def pack_path(self, folder: str) -> Path | None:
        """The file of a rule pack."""
        kinds = self.tr("Rule packs") + " (*.lwrules)"
        name, _ = QtWidgets.QFileDialog.getOpenFileName(
            self._parent, self.tr("Renew the rules"), folder, kinds + ";;" + self.tr("All files (*)")
        )
        return Path(name) if name else None

    def remove_pack(self, name: str) -> bool:
        """Whether an installed pack is to be deleted for good."""
        box = self._box(
            "triangle",
            "warn",
            self.tr("Remove the rules “{name}” from this computer?").format(name=name),
            self.tr("Cases that were answered with them can then no longer be seen with them."),
        )
        remove = box.addButton(self.tr("Remove"), QtWidgets.QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QtWidgets.QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is remove

    def save_path(self, proposed: str) -> Path | None:
        name, _ = QtWidgets.QFileDialog.getSaveFileName(
            self._parent, self.tr("Save the case"), proposed, self._filter()
        )
        if not name:
            return None
        return Path(name) if name.endswith(SUFFIX) else Path(name + SUFFIX)

    def settlement_path(self, folder: str) -> Path | None:
        """The real lines of an order."""
        kinds = self.tr("Settlements") + " (*.csv)"
        name, _ = QtWidgets.QFileDialog.getOpenFileName(
            self._parent, self.tr("Open a settlement"), folder, kinds + ";;" + self.tr("All files (*)")
        )
        return Path(name) if name else None

    def workbook_path(self, proposed: str) -> Path | None:
        """Where the advice is written as a workbook."""
        kind = self.tr("Workbook") + " (*.xlsx)"
        name, _ = QtWidgets.QFileDialog.getSaveFileName(
            self._parent, self.tr("Save the workbook"), proposed, kind
        )
        if not name:
            return None
        return Path(name) if name.lower().endswith(".xlsx") else Path(name + ".xlsx")

    def _filter(self) -> str:
        return self.tr("Lanewise cases") + f" (*{SUFFIX})"

    def day(self, current: date) -> date | None:
        from desktop.views.dialogs import DayDialog

        dialog = DayDialog(current, self._parent)
        return dialog.day() if dialog.exec() == QtWidgets.QDialog.DialogCode.Accepted else None

    def override(self, held: str, tiers: bool, says: str) -> str | None:
        """A typed value in a fact's place, which holds `held` in the rules, in tiers or not.

        None where nothing is to change, empty where the rule is to count again.
        """
        from desktop.views.dialogs import OverrideDialog

        dialog = OverrideDialog(held, tiers, says, self._parent)
        return dialog.value() if dialog.exec() == QtWidgets.QDialog.DialogCode.Accepted else None

    def show_list(self, title: str, lead: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        from desktop.views.dialogs import ListDialog

        ListDialog(title, lead, columns, rows, self._parent).exec()

    def about(self, book: RuleBook, language: Language) -> None:
        from desktop.views.help_dialogs import AboutDialog

        AboutDialog(book, language, self._parent).exec()

    def settings(self, prefs: Preferences) -> None:
        from desktop.views.settings import SettingsDialog

        SettingsDialog(prefs, self._parent).exec()

    def health(self, today: date, language: Language) -> None:
        """Whether this computer is as it should be."""
        from desktop.viewmodels.health import Health
        from desktop.views.help_dialogs import HealthDialog

        HealthDialog(Health(today, self), language, self._parent).exec()

    def show_folder(self, folder: Path) -> bool:
        """Shows a folder in the system's own way; False where that cannot be."""
        from desktop.views.help_dialogs import open_folder

        return folder.is_dir() and open_folder(str(folder))

    def fault(self, fault: Fault, save_copy: Callable[[], object]) -> None:
        """Says a fault beside the work, which goes on."""
        from desktop.views.help_dialogs import FaultDialog

        FaultDialog(fault, save_copy, self._parent).open()
