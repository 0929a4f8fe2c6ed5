"""The table of the commands, and the controllers that they ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_fakes import TODAY, small_book

from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views.commands import commands
from desktop.views.window import Window

RENEWING = {"renew", "rules-back"}
"""Connected by what renews the rules, once there is something to renew them from."""
CONTROLLERS = (
    "asker", "telling", "filing", "exchanging", "dropping", "explaining", "helping", "receiving", "keyboard",
    "freezing", "charts", "ahead",
)  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Window:
    prefs = Preferences(str(tmp_path / "settings.ini"))
    prefs.set_language("en")
    made = Window(CaseModel(small_book(), TODAY), prefs)
    qtbot.addWidget(made)
    return made


def test_every_command_of_the_menus_does_something(window: Window) -> None:
    assert set(commands(window)) == set(window.menus.actions) - RENEWING


def test_no_controller_is_made_for_the_first_paint(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.firstPainted):
        window.show()
    assert not set(CONTROLLERS) & set(vars(window))


@pytest.mark.parametrize("name", CONTROLLERS)
def test_a_controller_is_made_once_and_leaves_with_the_window(window: Window, name: str) -> None:
    made = getattr(window, name)
    assert getattr(window, name) is made
    assert made.parent() is window
