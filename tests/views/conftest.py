"""What the tests of the views share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fakes import TODAY, OpenWindow, shipped_book

from desktop.core.facts import RuleBook
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views.design import theme
from desktop.views.language import Translators
from desktop.views.message import Asker
from desktop.views.opening import Opening
from desktop.views.window import Window


@pytest.fixture
def translators(qapp: QApplication) -> Iterator[Translators]:
    """Changes the language of the application; English again when the test is over."""
    found = Translators(qapp)
    yield found
    found.set_language("en")
    QLocale.setDefault(QLocale("en"))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step is open when it was asked for; tests/views/test_opening.py has it as users do."""
    monkeypatch.setattr(Opening, "IN_TURNS", False)


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenWindow]:
    """Light, in English, in the size of the drawings, on the start page; what it keeps is the test's own."""
    prefs = Preferences(str(tmp_path / "settings.ini"))

    def opened(
        asker: Asker | None = None,
        book: RuleBook | None = None,
        today: date = TODAY,
        *,
        shown: bool = True,
    ) -> Window:
        theme().apply(qapp, "light")
        prefs.set_language("en")
        made = Window(CaseModel(book or shipped_book(), today), prefs, asker)
        if asker is None:
            made.asker.save_first = lambda _name: "discard"  # type: ignore[method-assign]
        qtbot.addWidget(made)
        made.resize(1440, 900)
        if shown:
            made.show()
            qtbot.waitExposed(made)
            made.activateWindow()
        return made

    yield opened
    theme().set_scheme("light")
    prefs.set_language("en")
    QLocale.setDefault(QLocale("en"))


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """A window on the start page."""
    return open_window()
