"""The verdict beside the work: what it says in words that a colour alone would tell."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from window_fakes import OpenWindow

from desktop.store.casefile import read_example
from desktop.viewmodels.wording import MINUS


@pytest.mark.parametrize("compact", [False, True])
def test_a_loss_is_said_in_a_word_and_not_by_colour_alone(
    qtbot: QtBot, open_window: OpenWindow, compact: bool
) -> None:
    window = open_window()
    window.resize(900 if compact else 1440, 900)
    model = window.model
    model.replace(read_example("1-clothing.lanewise", model.questions))
    model.evaluate()
    window.open_step("platforms")
    shown = window.work.words(compact)
    assert "loss" not in shown.figure.text()
    model.set("unit_cost", "160")
    model.evaluate()
    assert MINUS in shown.figure.text()
    assert shown.figure.text().endswith(" · loss")
    assert shown.figure.accessibleName().endswith(" · loss")
    assert " · loss" in shown.spoken()
    suffix = shown.figure.suffix
    qtbot.waitUntil(lambda: suffix.width() >= suffix.sizeHint().width())
    window.prefs.set_language("zh")
    qtbot.waitUntil(lambda: window.work.words(compact).figure.text().endswith(" · 亏损"))
