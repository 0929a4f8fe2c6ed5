"""The language of the program, switched while it runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from desktop.core.text import Language
from desktop.store.resources import resource_path

LOCALES: dict[Language, str] = {"en": "en", "zh": "zh_CN"}


class Translators(QObject):
    """Holds the translators in force: ours and Qt's own. English is the source and needs none."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []

    def set_language(self, language: Language) -> None:
        """Every widget hears a LanguageChange; the window then sets the words that it composes itself."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []
        locale = LOCALES[language]
        QLocale.setDefault(QLocale(locale))
        if language == "en":
            return
        own = str(resource_path("translations"))
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{locale}", qt), (f"lanewise_{locale}", own)):
            translator = QTranslator(self)
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._installed.append(translator)
