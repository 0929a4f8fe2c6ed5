"""The language of the program, switched while it runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, QTranslator

from desktop.core.text import Language
from desktop.store.resources import resource_path

LOCALES: dict[Language, str] = {"en": "en", "zh": "zh_CN"}


NAME = "lanewise-words"


class Translators(QObject):
    """Holds the translators in force: ours and Qt's own. English is the source and needs none.

    They belong to the application and not to a window: a second window changes the language of both.
    """

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app

    def set_language(self, language: Language) -> None:
        """Every widget has heard a LanguageChange when this returns; the window then sets what it composes itself."""
        self._change(language)
        # not in a later turn: what is painted before would be half in each language
        for receiver in (self._app, None):
            # the application hands it on to its windows, again by post
            QCoreApplication.sendPostedEvents(receiver, QEvent.Type.LanguageChange.value)

    def _change(self, language: Language) -> None:
        for translator in self._app.findChildren(QTranslator, NAME):
            self._app.removeTranslator(translator)
            translator.setObjectName("")
            translator.deleteLater()
        locale = LOCALES[language]
        QLocale.setDefault(QLocale(locale))
        if language == "en":
            return
        own = str(resource_path("translations"))
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        found = (
            (QTranslator(self._app), f"qtbase_{locale}", qt),
            (QTranslator(self._app), f"lanewise_{locale}", own),
        )
        for translator, name, folder in found:
            if translator.load(name, folder):
                translator.setObjectName(NAME)
                self._app.installTranslator(translator)


def words_inside_f_strings() -> tuple[str, ...]:
    """Words that stand in a call inside an f-string, where lupdate does not look: named here so that it finds them."""
    return (
        QCoreApplication.translate("LogisticsPage", "an order"),
        QCoreApplication.translate("LogisticsPage", "cannot say, because"),
        QCoreApplication.translate("MarketsPage", "growth"),
        QCoreApplication.translate("MarketsPage", "of foreign trade"),
        QCoreApplication.translate("PlatformsPage", "list price"),
        QCoreApplication.translate("PlatformsPage", "Net"),
        QCoreApplication.translate("PlatformsPage", "score"),
    )
