"""Dialogs of the help menu: what the program is made of, whether this computer is as it should be; and a fault."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.core.facts import RuleBook
from desktop.core.text import Language
from desktop.store.doctor import Check
from desktop.store.trouble import Fault
from desktop.viewmodels.about import LGPL, about_text, part_rows, version_rows
from desktop.viewmodels.health import Health
from desktop.views.design import SPACE, TYPE, pixmap, set_ground, theme
from desktop.views.design.icons import mark
from desktop.views.platform_check import checks as window_checks
from desktop.views.widgets import Button, Cell, Column, DataTable, Row, ScrollPage, TextLabel

ICONS = {"ok": ("tick", "acctext"), "warn": ("triangle", "warn"), "bad": ("cross", "err")}
TONES = {"ok": "text", "warn": "warn", "bad": "err"}


class PlainDialog(QDialog):
    """A dialog on the surface of the program: content above, own buttons left and Close right at its foot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_ground(self, "surface")
        self.column = QVBoxLayout()
        self.column.setSpacing(SPACE.m)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(SPACE.s)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.l)
        whole.setSpacing(SPACE.l)
        whole.addLayout(self.column, 1)
        whole.addLayout(self.foot)

    def finish(self, *own: QWidget) -> None:
        """Lays out the foot."""
        for widget in own:
            self.foot.addWidget(widget)
        self.foot.addStretch(1)
        self.foot.addWidget(self.buttons)

    def retranslate(self) -> None:
        """Every word in the language in force."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def copy_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


class AboutDialog(PlainDialog):
    """Versions, rule book, and every part with its licence; all of it can be copied."""

    def __init__(self, book: RuleBook, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book, self.language = book, language
        self.setWindowTitle(self.tr("About Lanewise"))
        sign = QLabel()
        sign.setPixmap(mark(48))
        head = QHBoxLayout()
        head.setSpacing(SPACE.l)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(TextLabel("Lanewise", TYPE.product))
        lead = self.tr("From a product to a plan, with every figure dated and sourced.")
        away = self.tr("It works without a network; nothing leaves this computer.")
        names.addWidget(TextLabel(lead))
        names.addWidget(TextLabel(away, TYPE.caption, "text2"))
        head.addLayout(names, 1)
        self.column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.l)
        grid.setVerticalSpacing(SPACE.xs)
        rows = version_rows(book, language)
        half = (len(rows) + 1) // 2
        for at, (name, value) in enumerate(rows):
            place = at % half, at // half * 2
            grid.addWidget(TextLabel(name[language], TYPE.caption, "text2"), *place)
            shown = TextLabel(value, TYPE.caption)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, place[0], place[1] + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.column.addLayout(grid)
        columns = (
            Column("name", self.tr("Part"), width=230),
            Column("version", self.tr("Version"), width=110),
            Column("licence", self.tr("Licence"), stretch=True),
        )
        made = [
            Row(part.name, (Cell(part.name), Cell(part.version), Cell(part.licence, tone="text2")))
            for part in part_rows()
        ]
        self.table = DataTable(
            columns, made, name=self.tr("Parts and their licences"), row_height=26, fit_rows=False, wrap=True
        )
        self.table.setMinimumHeight(theme().px(180))
        self.column.addWidget(self.table, 1)
        self.column.addWidget(TextLabel(LGPL[language], TYPE.small, "text2", wrap=True))
        self.copy = Button(self.tr("Copy all"), "copy")
        self.copy.clicked.connect(lambda: copy_text(about_text(self.book, self.language)))
        self.finish(self.copy)
        self.resize(theme().px(680), theme().px(600))
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()


class CheckRow(QWidget):
    """What was looked at, what was found, and what mends it."""

    def __init__(self, check: Check, language: Language) -> None:
        super().__init__()
        name, tone = ICONS[check.state]
        sign = QLabel()
        sign.setPixmap(pixmap(name, tone, theme().px(16)))
        says = TextLabel(check.says[language], TYPE.body, TONES[check.state], wrap=True)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(says)
        if check.mend:
            mend = TextLabel(check.mend[language], TYPE.caption, "text2", wrap=True)
            mend.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(mend)
        label = TextLabel(check.name[language], TYPE.body_medium)
        label.setFixedWidth(theme().px(140))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.m)
        for widget in (sign, label):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)


class HealthDialog(PlainDialog):
    """Check this computer: each check as it is done, beside the window."""

    def __init__(self, health: Health, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.health, self.language = health, language
        self.setWindowTitle(self.tr("Check this computer"))
        self.lead = TextLabel("", TYPE.option, wrap=True)
        page = ScrollPage(margin=0)
        inside = page.content.layout()
        if inside is not None:
            # there is no title above the rows
            inside.setContentsMargins(0, 0, SPACE.m, 0)
            inside.setSpacing(0)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(SPACE.m)
        page.body.addLayout(self.rows)
        page.body.addStretch(1)
        self.column.addWidget(self.lead)
        self.column.addWidget(page, 1)
        self.copy = Button(self.tr("Copy"), "copy")
        self.again = Button(self.tr("Check again"), "")
        self.copy.clicked.connect(lambda: copy_text(self.health.text(self.language)))
        self.again.clicked.connect(self.look)
        self.finish(self.again, self.copy)
        health.changed.connect(self._show)
        health.finished.connect(self._on_finished)
        self.resize(theme().px(700), theme().px(600))
        self.look()

    def look(self) -> None:
        """Looks at everything anew."""
        self.again.setEnabled(False)
        self.health.start()
        self.lead.setText(self.tr("Looking …"))

    def _on_finished(self) -> None:
        self.health.add(window_checks())
        wrong = sum(check.state == "bad" for check in self.health.checks)
        said = self.tr("Everything is as it should be.")
        self.lead.setText(self.tr("To mend: {count}").format(count=wrong) if wrong else said)
        self.lead.set_tone("err" if wrong else "text")
        self.again.setEnabled(True)

    def _show(self) -> None:
        shown, found = self.rows.count(), self.health.checks
        if shown > len(found):
            while (item := self.rows.takeAt(0)) is not None:
                item.widget().deleteLater()
            shown = 0
        for check in found[shown:]:
            self.rows.addWidget(CheckRow(check, self.language))

    def done(self, result: int) -> None:
        self.health.stop()
        super().done(result)


class FaultDialog(PlainDialog):
    """A fault of the program: what happened, what to do, and the report to copy. The window stays usable."""

    def __init__(self, fault: Fault, save_copy: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fault = fault
        self.setWindowTitle("Lanewise")
        sign = QLabel()
        sign.setPixmap(pixmap("triangle", "err", theme().px(24)))
        head = QHBoxLayout()
        head.setSpacing(SPACE.m)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(SPACE.xs)
        said.addWidget(TextLabel(self.tr("Something went wrong in the program."), TYPE.option, wrap=True))
        way = self.tr(
            "The case stays open. Save a copy to be safe; if it happens again, start the program anew."
        )
        said.addWidget(TextLabel(way, wrap=True))
        head.addLayout(said, 1)
        self.column.addLayout(head)
        kept = (
            self.tr(
                "The report below is kept as {file}. It holds none of your answers, and nothing was sent."
            )
            if fault.path
            else self.tr(
                "The report could not be written to the disk; copy it. It holds none of your answers."
            )
        )
        self.column.addWidget(
            TextLabel(
                kept.format(file=fault.path.name if fault.path else ""), TYPE.caption, "text2", wrap=True
            )
        )
        self.report = QPlainTextEdit(fault.report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme().font(TYPE.caption).pixelSize())
        self.report.setFont(fixed)
        self.report.setAccessibleName(self.tr("Report"))
        self.column.addWidget(self.report, 1)
        self.copy = Button(self.tr("Copy the report"), "copy")
        self.save = Button(self.tr("Save a copy…"), "", "primary")
        self.copy.clicked.connect(lambda: copy_text(self.fault.report))
        self.save.clicked.connect(lambda: save_copy())
        own = [self.copy, self.save]
        if fault.path is not None:
            self.folder = Button(self.tr("Show the folder"), "folder")
            self.folder.clicked.connect(lambda: open_folder(str(fault.path.parent)))  # type: ignore[union-attr]
            own.insert(1, self.folder)
        self.finish(*own)
        self.resize(theme().px(640), theme().px(420))
        self.save.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.deleteLater()


def open_folder(folder: str) -> bool:
    """Shows a folder in the system's own way."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(folder))
