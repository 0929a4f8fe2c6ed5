"""Settings: a few choices, each applied at once and kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from desktop.viewmodels.preferences import TEXT_SIZES, Preferences
from desktop.views.design import SPACE, TYPE
from desktop.views.design.theme import system_text_scale
from desktop.views.help_dialogs import PlainDialog
from desktop.views.widgets import Button, Segmented, TextLabel


class SettingsDialog(PlainDialog):
    """Language, colours, text size, and the folder for cases."""

    def __init__(self, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prefs = prefs
        self.words = [TextLabel("", TYPE.body_medium) for _ in range(4)]
        self.language = Segmented([("en", "English"), ("zh", "中文")], prefs.language)
        self.scheme = Segmented([], prefs.scheme)
        sizes = [(str(percent), f"{percent}%") for percent in TEXT_SIZES]
        self.size = Segmented(sizes)
        self._show_size(prefs.text_size)
        self.folder = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.choose = Button("", "folder")
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.xl)
        grid.setVerticalSpacing(SPACE.l)
        for row, (label, field) in enumerate(
            zip(self.words, (self.language, self.scheme, self.size, self.choose), strict=True)
        ):
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.folder, len(self.words), 1)
        grid.setColumnStretch(1, 1)
        self.note = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self.column.addWidget(self.note)
        self.finish()
        self.language.changed.connect(prefs.set_language)
        self.scheme.changed.connect(prefs.set_scheme)
        self.size.changed.connect(lambda percent: prefs.set_text_size(int(percent)))
        self.choose.clicked.connect(self.choose_folder)
        prefs.languageChanged.connect(lambda language: self.language.set_current(language))
        prefs.schemeChanged.connect(lambda scheme: self.scheme.set_current(scheme))
        prefs.textSizeChanged.connect(self._show_size)
        self.retranslate()
        self.language.setFocus()

    def _show_size(self, percent: int) -> None:
        """The size that is kept, else the one that the system has."""
        self.size.set_current(str(percent or round(system_text_scale() * 100)))

    def choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder for cases"), self.prefs.folder("cases"))
        if name:
            self.prefs.keep_folder("cases", name)
            self._show_folder()

    def _show_folder(self) -> None:
        self.folder.setText(str(Path(self.prefs.folder("cases"))))

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        named = (self.tr("Language"), self.tr("Colours"), self.tr("Text size"), self.tr("Folder for cases"))
        for label, word in zip(self.words, named, strict=True):
            label.setText(word)
        self.scheme.set_choices(
            [
                ("system", self.tr("System")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("contrast", self.tr("High contrast")),
            ]
        )
        self.scheme.set_current(self.prefs.scheme)
        for field, word in zip((self.language, self.scheme, self.size), named, strict=False):
            field.set_name(word)
        self.choose.setText(self.tr("Choose…"))
        self.note.setText(self.tr("Every choice counts at once and is kept on this computer."))
        self._show_folder()
