"""The workbook from the File menu, and a settlement from the Case menu: done beside the window, said in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from window_fakes import OpenWindow

from desktop.store.casefile import read_example
from desktop.views.message import Asker
from desktop.views.widgets.table import Column, Row
from desktop.views.window import Window


class Choosing(Asker):
    """Answers with a path and remembers what was proposed."""

    path: Path | None = None
    proposed = ""
    shown: tuple[str, str, Sequence[Row]] | None = None

    def workbook_path(self, proposed: str) -> Path | None:
        self.proposed = proposed
        return self.path

    def settlement_path(self, folder: str) -> Path | None:
        return self.path

    def show_list(self, title: str, lead: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self.shown = (title, lead, rows)


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    made = open_window()
    made.asker = Choosing(made)
    return made


def asker_of(window: Window) -> Choosing:
    assert isinstance(window.asker, Choosing)
    return window.asker


def open_example(window: Window) -> None:
    window.model.replace(read_example("1-clothing.lanewise", window.model.questions))
    window.open_step("platforms")


def test_the_menu_writes_the_open_case(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    action = window.menus["save-workbook"]
    assert not action.isEnabled(), "the start page has no case"
    open_example(window)
    assert action.isEnabled()
    asker_of(window).path = tmp_path / "out.xlsx"
    action.trigger()
    assert asker_of(window).proposed.endswith(".xlsx")
    assert window.exchanging.workbooks is not None
    with qtbot.waitSignal(window.exchanging.workbooks.written, timeout=20_000):
        pass
    assert CalamineWorkbook.from_path(tmp_path / "out.xlsx").sheet_names[0] == "Summary"
    assert window.toast.label.text() == "Saved “out.xlsx”."


def test_a_path_that_cannot_be_written_is_said(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_example(window)
    asker_of(window).path = tmp_path / "nowhere" / "out.xlsx"
    window.menus["save-workbook"].trigger()
    assert window.exchanging.workbooks is not None
    with qtbot.waitSignal(window.exchanging.workbooks.failed, timeout=20_000):
        pass
    assert window.telling.refused is not None
    assert window.telling.refused[0] == "workbook"
    assert window.work.notice_room.isVisible()
    assert not (tmp_path / "nowhere").exists()


def test_nothing_is_written_where_no_path_is_chosen(window: Window) -> None:
    open_example(window)
    window.menus["save-workbook"].trigger()
    assert window.exchanging.workbooks is None


def test_a_settlement_is_shown_against_the_estimate(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    action = window.menus["reconcile"]
    assert not action.isEnabled(), "the start page has no case"
    open_example(window)
    asker_of(window).path = tmp_path / "settled.csv"
    (tmp_path / "settled.csv").write_text("line,amount,currency\nfreight,29.50,CNY\n", encoding="utf-8")
    action.trigger()
    assert window.exchanging.reconciler is not None
    qtbot.waitUntil(lambda: asker_of(window).shown is not None, timeout=20_000)
    shown = asker_of(window).shown
    assert shown is not None
    title, lead, rows = shown
    assert title == "Estimate and real amounts"
    assert "was left by the estimate" in lead
    assert rows[0].key == "freight"
    assert "a billed weight of 300 g comes to this, against 250 g" in rows[0].parts[4].text
    assert {row.parts[4].text for row in rows[1:]} == {"no real amount: counted as estimated"}


def test_a_settlement_that_cannot_be_read_is_said(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_example(window)
    asker_of(window).path = tmp_path / "nowhere.csv"
    window.menus["reconcile"].trigger()
    assert window.exchanging.reconciler is not None
    with qtbot.waitSignal(window.exchanging.reconciler.failed, timeout=20_000):
        pass
    assert window.telling.refused is not None
    assert window.telling.refused[0] == "settlement"
    assert asker_of(window).shown is None
