"""What the user prefers, kept between starts: language, scheme, text size, recent files, window state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QSettings, Signal

from desktop.core.text import LANGUAGES, Language
from desktop.store.paths import user_folder

SCHEMES = ("system", "light", "dark", "contrast")
TEXT_SIZES = (100, 110, 125, 150, 175, 200)
"""Percent of the design size; besides them 0, as the system has it."""
RECENT = 10
USED = 12


def next_text_size(now: float, by: int) -> int:
    """The size beside the one in force, in percent: `by` 1 the next larger, -1 the next smaller."""
    larger = [size for size in TEXT_SIZES if size > round(now)]
    smaller = [size for size in TEXT_SIZES if size < round(now)]
    return (larger or TEXT_SIZES[-1:])[0] if by > 0 else (smaller or list(TEXT_SIZES[:1]))[-1]


def system_language() -> Language:
    """Chinese on a Chinese system, else English."""
    return "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"


class Preferences(QObject):
    """One INI file in the user's folder. Every setter writes at once and says so once, only on a change."""

    languageChanged = Signal(str)
    schemeChanged = Signal(str)
    textSizeChanged = Signal(int)
    recentChanged = Signal()

    def __init__(self, path: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = QSettings(path or str(user_folder() / "settings.ini"), QSettings.Format.IniFormat)
        kept = str(self._store.value("language", system_language(), type=str))
        self._language: Language = "zh" if kept == "zh" else "en"
        scheme = str(self._store.value("scheme", "system", type=str))
        self._scheme = scheme if scheme in SCHEMES else "system"
        try:
            size = int(str(self._store.value("text_size", "0", type=str)))
        except ValueError:
            size = 0
        self._text_size = size if size in TEXT_SIZES else 0

    @property
    def language(self) -> Language:
        return self._language

    def set_language(self, language: str) -> None:
        if language not in LANGUAGES or language == self._language:
            return
        self._language = "zh" if language == "zh" else "en"
        self._store.setValue("language", language)
        self.languageChanged.emit(language)

    @property
    def scheme(self) -> str:
        return self._scheme

    def set_scheme(self, scheme: str) -> None:
        if scheme not in SCHEMES or scheme == self._scheme:
            return
        self._scheme = scheme
        self._store.setValue("scheme", scheme)
        self.schemeChanged.emit(scheme)

    @property
    def text_size(self) -> int:
        """Percent of the design's text size; 0 where it is left to the system."""
        return self._text_size

    def set_text_size(self, percent: int) -> None:
        if percent not in (0, *TEXT_SIZES) or percent == self._text_size:
            return
        self._text_size = percent
        self._store.setValue("text_size", percent)
        self.textSizeChanged.emit(percent)

    def folder(self, kind: str) -> str:
        """Where files of a kind (cases, catalogues, price-lists, results) were last; the home folder at first."""
        kept = str(self._store.value(f"folder/{kind}", "", type=str))
        return kept if kept and Path(kept).is_dir() else str(Path.home())

    def keep_folder(self, kind: str, folder: str) -> None:
        self._store.setValue(f"folder/{kind}", folder)

    def recent(self) -> tuple[str, ...]:
        """Paths of the last case files, newest first."""
        count = self._store.beginReadArray("recent")
        found = []
        for i in range(count):
            self._store.setArrayIndex(i)
            found.append(str(self._store.value("path", "", type=str)))
        self._store.endArray()
        return tuple(path for path in found if path)

    def add_recent(self, path: str) -> None:
        self._keep_recent([path, *(old for old in self.recent() if old != path)][:RECENT])

    def drop_recent(self, path: str) -> None:
        """Takes one path off the list."""
        self._keep_recent([old for old in self.recent() if old != path])

    def clear_recent(self) -> None:
        """Empties the list; the files stay."""
        self._keep_recent([])

    def _keep_recent(self, kept: list[str]) -> None:
        self._store.remove("recent")
        self._store.beginWriteArray("recent", len(kept))
        for i, each in enumerate(kept):
            self._store.setArrayIndex(i)
            self._store.setValue("path", each)
        self._store.endArray()
        self.recentChanged.emit()

    def used(self) -> tuple[str, ...]:
        """Keys of what was last chosen in the search for everything, newest first."""
        try:
            kept = json.loads(str(self._store.value("used", "[]", type=str)))
        except ValueError:
            return ()
        return tuple(str(key) for key in kept) if isinstance(kept, list) else ()

    def add_used(self, key: str) -> None:
        self.keep_used((key, *(old for old in self.used() if old != key)))

    def keep_used(self, keys: tuple[str, ...]) -> None:
        self._store.setValue("used", json.dumps(keys[:USED], ensure_ascii=True))

    def catalogue_mapping(self, key: str) -> dict[str, object]:
        """What the columns of a catalogue with these headings were taken for; empty where nothing was kept."""
        try:
            kept = json.loads(str(self._store.value(f"catalogue/{key}", "", type=str)))
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}

    def keep_catalogue_mapping(self, key: str, mapping: Mapping[str, object] | None) -> None:
        """Keeps it for the next catalogue with the same headings; None forgets it."""
        if mapping is None:
            self._store.remove(f"catalogue/{key}")
        else:
            self._store.setValue(f"catalogue/{key}", json.dumps(mapping, ensure_ascii=True))

    def paper(self, key: str) -> str:
        """What was last chosen for paper: `tongue`, `adviser`, `printer`; empty where nothing was."""
        return str(self._store.value(f"paper/{key}", "", type=str))

    def keep_paper(self, key: str, value: str) -> None:
        self._store.setValue(f"paper/{key}", value)

    def state(self, key: str) -> bytes:
        """A widget's saved state (window geometry, splitter), empty where there is none."""
        value = self._store.value(f"state/{key}")
        return bytes(value.data()) if value is not None and hasattr(value, "data") else b""

    def keep_state(self, key: str, state: object) -> None:
        self._store.setValue(f"state/{key}", state)
