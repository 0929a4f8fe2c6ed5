"""Paper and the system: printers, the preview, and the dialog with the choices for a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.reports.sheet.paper import print_pages
from desktop.viewmodels.papers import PaperChoice
from desktop.views.design import TYPE
from desktop.views.widgets import Segmented, TextLabel

if TYPE_CHECKING:
    from desktop.reports.sheet.page import Canvas

translate = QCoreApplication.translate

LONGEST = 80
"""Signs of a name on the sheet."""


def printers() -> tuple[str, ...]:
    """The printers of the system, its own choice first."""
    names = list(QPrinterInfo.availablePrinterNames())
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: name != usual))


def printer_of(name: str, title: str) -> QPrinter:
    """A printer set up for A4 without margins of its own: the page has them."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    printer.setDocName(title)
    printer.setCreator("Lanewise")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    return printer


def print_on(printer: QPrinter, pages: Sequence[Canvas]) -> None:
    """Paints the pages that were asked for on a printer's paper."""
    area = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    print_pages(pages, printer, area, printer.fromPage(), printer.toPage())


def preview(pages: Sequence[Canvas], title: str, name: str, parent: QWidget) -> str:
    """Shows the pages as they will be printed; the printer that was used, empty where nothing was printed."""
    printer = printer_of(name, title)
    done = preview_dialog(pages, title, printer, parent).exec() == QDialog.DialogCode.Accepted
    return printer.printerName() if done else ""


def preview_dialog(
    pages: Sequence[Canvas], title: str, printer: QPrinter, parent: QWidget | None
) -> QPrintPreviewDialog:
    """Qt's own preview, with the names that it leaves out. The printer has to outlive it."""
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.resize(900, 900)
    dialog.paintRequested.connect(lambda device: print_on(device, pages))
    names: tuple[tuple[type[QWidget], str], ...] = (
        (QPrintPreviewWidget, translate("Printing", "Pages as they are printed")),
        (QComboBox, translate("Printing", "Size on the screen")),
        (QLineEdit, translate("Printing", "Page")),
    )
    for kind, name in names:
        for widget in dialog.findChildren(kind):
            if not isinstance(widget.parentWidget(), QComboBox):
                widget.setAccessibleName(name)
    return dialog


class PaperDialog(QDialog):
    """What the sheet is to be: its language, for whom, by whom, and whether a customer gets it."""

    def __init__(self, choice: PaperChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sheet options"))
        self._choice = choice
        languages = [
            ("", self.tr("As the window")),
            ("en", "English"),
            ("zh", "中文"),
            ("both", self.tr("Both")),
        ]
        self.tongue = Segmented(languages, choice.tongue or "", self.tr("Language of the sheet"))
        self.client = QLineEdit(choice.client)
        self.client.setMaxLength(LONGEST)
        self.adviser = QLineEdit(choice.adviser)
        self.adviser.setMaxLength(LONGEST)
        self.customer = QCheckBox(self.tr("Customer copy: without purchase cost and margin"))
        self.customer.setChecked(choice.customer)
        form = QFormLayout()
        form.addRow(self.tr("Language"), self.tongue)
        form.addRow(self.tr("For"), self.client)
        form.addRow(self.tr("Calculated by"), self.adviser)
        hint = self.tr("Left empty, there is a line to write on. Nothing of it leaves this computer.")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(TextLabel(hint, TYPE.caption, "text2", wrap=True))
        column.addWidget(self.customer)
        column.addWidget(buttons)
        self.setMinimumWidth(460)

    def choice(self) -> PaperChoice:
        tongue = self.tongue.current()
        return replace(
            self._choice,
            tongue=tongue or None,  # type: ignore[arg-type]
            customer=self.customer.isChecked(),
            client=self.client.text().strip(),
            adviser=self.adviser.text().strip(),
        )
