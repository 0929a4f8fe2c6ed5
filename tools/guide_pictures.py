"""Takes the pictures of the guide, in both languages and the light palette, into resources/help/pictures.

    python tools/guide_pictures.py

Each is a part of the window as the shipped example shows it. Run after a change of the screens that they show.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1.25"
sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.app import application, build
from desktop.core.text import LANGUAGES, Language
from desktop.store import rulebook
from desktop.viewmodels.preferences import Preferences

TARGET = Path(__file__).parent.parent / "resources" / "help" / "pictures"
DAY = date(2026, 11, 24)
"""A fixed day, so that a picture changes only with the screen."""
SIZE = (1180, 720)
MOST_BYTES = 150_000
CASE = "1-clothing.lanewise"


class Pictures:
    def __init__(self, own: Path) -> None:
        self.app = application()
        self.app.setCursorFlashTime(0)
        self.prefs = Preferences(str(own / "settings.ini"))
        self.prefs.set_scheme("light")
        self.window = build(rulebook.load(), self.prefs, DAY)
        self.window.asker.save_first = lambda _name: "discard"  # type: ignore[method-assign]
        self.window.resize(*SIZE)
        self.window.show()

    def take_all(self) -> None:
        TARGET.mkdir(exist_ok=True)
        for language in LANGUAGES:
            self.prefs.set_language(language)
            for name, stop in self._stops().items():
                self.window.filing.open_example(CASE)
                self._settle()
                stop()
                self._settle()
                self._take(name, language)
        self.window.close()

    def _stops(self) -> dict[str, Callable[[], None]]:
        window = self.window
        return {
            "product": self._product,
            "platforms": lambda: window.open_step("platforms"),
            "why": self._why,
            "what-if": lambda: window.open_step("what-if"),
            "rule-book": lambda: window.explaining.open_fact("dest.us.s301.list4a"),
            "search": self._search,
        }

    def _product(self) -> None:
        self.window.open_step("product")
        self._settle()
        page = self.window.page("product")
        page.verticalScrollBar().setValue(0)
        page.setFocus()

    def _why(self) -> None:
        self.window.open_step("platforms")
        self._settle()
        self.window.explaining.why()

    def _search(self) -> None:
        self.window.open_step("product")
        self.window.helping.find()
        assert self.window.helping.palette is not None
        self.window.helping.palette.palette_model.finish()
        self.window.helping.palette.line.setText("yunfei")

    def _settle(self) -> None:
        self.window.opening.finish()
        for _ in range(60):
            self.app.processEvents()

    def _take(self, name: str, language: Language) -> None:
        shot = self.window.grab().toImage()
        small = few_colours(shot)
        path = TARGET / f"{name}-{language}.png"
        small.save(str(path), "PNG", 0)
        assert path.stat().st_size <= MOST_BYTES, f"{path.name}: {path.stat().st_size} bytes"
        print(path.name, path.stat().st_size)
        if self.window.helping.palette is not None:
            self.window.helping.palette.close_palette()
        self.window.explaining.close()


def few_colours(shot: QImage) -> QImage:
    """The same in the 256 colours that it has most of: what is beyond them are the edges of letters."""
    shot = shot.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(shot.constBits(), np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    table = [int(colour) for colour in colours[np.argsort(counts)[::-1][:256]]]
    return shot.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        Pictures(Path(folder)).take_all()
