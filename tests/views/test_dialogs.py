"""The small dialogs: what may be typed into them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.views.dialogs import OverrideDialog


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("13.6", "13.6"),
        ("13,6", "13.6"),
        ("１３．６", "13.6"),
        ("1,250", "1250"),
        (" 0.10\n", "0.10"),
        ("", ""),
    ],
)
def test_an_own_value_is_read_as_in_every_other_field(qtbot: QtBot, typed: str, value: str) -> None:
    dialog = OverrideDialog("15 %", False, "A rate")
    qtbot.addWidget(dialog)
    dialog.field.setText(typed)
    with qtbot.waitSignal(dialog.accepted):
        dialog._try()
    assert dialog.value() == value


@pytest.mark.parametrize("typed", ["abc", "10..20", "12 USD", "12%", "1e5"])
def test_what_is_no_number_is_refused_where_it_stands(qtbot: QtBot, typed: str) -> None:
    dialog = OverrideDialog("15 %", False, "A rate")
    qtbot.addWidget(dialog)
    dialog.field.setText(typed)
    dialog._try()
    assert dialog.error.text() == f"“{typed}” is not a number"
    assert not dialog.result()
