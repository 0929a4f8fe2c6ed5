"""No table of a screen scrolls sideways where its words can give way, and no number in it is shortened for that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clipping import open_eye
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from walking import Walk, walking

from desktop import tour
from desktop.views.design import theme
from desktop.views.verdict_pane import STRIP_HEIGHT
from desktop.views.widgets import DataTable
from desktop.views.widgets.table import Cell, Column, Row
from desktop.views.work_area import SIDE_LEAST, SIDE_LEAST_LARGE

SIZES = [(100, 1180, 800), (100, 1440, 900), (125, 1440, 900), (150, 1180, 800)]
"""Size of the text in per cent, and the window."""


@pytest.fixture
def walk(qtbot: QtBot, tmp_path: Path) -> Iterator[Walk]:
    with walking(tmp_path, lambda _place, _shown: None) as made:
        yield made


def tables(shown: QWidget) -> list[DataTable]:
    return [table for table in shown.findChildren(DataTable) if table.isVisible()]


def sideways(place: str, shown: QWidget) -> list[str]:
    """The tables that are wider than what is seen of them, and the numbers that are."""
    found = []
    for table in tables(shown):
        said, head = f"{place}: {table.accessibleName()}", table.horizontalHeader()
        over = table.horizontalScrollBar().maximum()
        found += [f"{said} is {over} px too wide"] if over else []
        found += [
            f"{said}: {column.title} is shortened"
            for at, column in enumerate(table.table_model.columns)
            if column.numeric
            and not head.isSectionHidden(at)
            and head.sectionSize(at) < table.sizeHintForColumn(at)
        ]
    return found


def look_at(walk: Walk, language: str, text: int, wide: int, high: int) -> None:
    walk.prefs.set_language(language)
    walk.prefs.set_text_size(text)
    walk.window.resize(wide, high)
    walk._settle()


def open_step(walk: Walk, step: str) -> None:
    """A step with all that it works out."""
    walk._step(step)
    if step == "what-if":
        walk.window.page(step).what.finish()  # type: ignore[attr-defined]
        walk._settle()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_no_table_of_a_step_scrolls_sideways(walk: Walk, size: tuple[int, int, int], language: str) -> None:
    look_at(walk, language, *size)
    seen, found = 0, []
    for example in (tour.CLOTHING, tour.MILK):
        walk._open(example)
        for step in [step.id for step in walk.model.flow.steps]:
            open_step(walk, step)
            seen += len(tables(walk.window))
            found += sideways(f"{example} {step}", walk.window)
    assert seen >= 10
    assert found == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(100, 1180, 800), (200, 1024, 700), (200, 1440, 900)])
def test_no_list_of_visitors_scrolls_sideways(
    walk: Walk, qtbot: QtBot, size: tuple[int, int, int], language: str
) -> None:
    _text, wide, high = size
    look_at(walk, language, *size)
    desk = walk._desk_of_visitors()
    desk.resize(wide, high)
    desk.show()
    for step in ("start", "casebook"):
        desk.open_step(step)
        walk._until_read()
        if step == "casebook":
            qtbot.waitUntil(lambda: desk.current_page() is not None)
            desk.current_page().visitors._on_look()  # type: ignore[union-attr]
            walk._until_read()
        assert any(table.table_model.rows for table in tables(desk)), step
        assert sideways(step, desk) == []


def test_a_shortened_cell_is_told_whole(walk: Walk) -> None:
    look_at(walk, "en", 150, 1180, 800)
    walk._open(tour.CLOTHING)
    open_step(walk, "what-if")
    holds = walk.window.page("what-if").holds  # type: ignore[attr-defined]
    column = [each.key for each in holds.table_model.columns].index("name")
    assert holds.columnWidth(column) < holds.sizeHintForColumn(column), "or this says nothing"
    longest = max(
        range(len(holds.table_model.rows)), key=lambda row: len(holds.table_model.rows[row].parts[0].text)
    )
    index = holds.table_model.index(longest, column)
    assert holds.itemDelegate().tip(index, holds.visualRect(index)) == holds.table_model.cell(index).plain()


def test_a_code_behind_a_name_stands_whole_or_not_at_all(qtbot: QtBot) -> None:
    row = Row("bonded", (Cell("Bonded stocking-up", "1210"),))
    table = DataTable((Column("name", "", stretch=True, short=24),), (row,))
    qtbot.addWidget(table)
    table.show()
    table.resize(600, 200)
    with open_eye() as eye:
        for wide in range(table.sizeHintForColumn(0) + 4, 100, -1):
            table.resize(wide, 200)
            table.grab()
    seen = {each.text for each in eye.written}
    assert {text for text in seen if not text.startswith("B")} == {"1210"}
    assert any(text.endswith("…") for text in seen), "narrow enough"


def test_what_a_table_leaves_out_is_copied_all_the_same(walk: Walk) -> None:
    look_at(walk, "en", 200, 1440, 900)
    walk._open(tour.MILK)
    walk._step("plan")
    walk._settle()
    taxes = walk.window.page("plan").taxes  # type: ignore[attr-defined]
    assert taxes.isColumnHidden(1)
    assert taxes.table_model.rows[0].parts[1].text in taxes.row_text(0)
    assert taxes.horizontalHeader().length() == taxes.viewport().width(), "what is left has the room"
    look_at(walk, "en", 100, 1440, 900)
    assert not taxes.isColumnHidden(1)


# ---------------------------------------------------------------------- beside the page
def test_the_side_follows_another_text_size_at_once(walk: Walk) -> None:
    look_at(walk, "en", 100, 2400, 1400)
    walk._open(tour.CLOTHING)
    work = walk.window.work
    assert work.beside.minimumWidth() == SIDE_LEAST
    for text in (125, 200, 100):
        walk.prefs.set_text_size(text)
        walk._settle()
        assert work.beside.minimumWidth() == min(SIDE_LEAST * text // 100, SIDE_LEAST_LARGE)
        assert work.beside.width() >= work.beside.minimumWidth()


def test_the_icons_of_the_narrow_rail_keep_one_size_from_page_to_page(walk: Walk) -> None:
    look_at(walk, "en", 200, 1440, 900)
    walk._open(tour.CLOTHING)
    work, sizes = walk.window.work, set()
    for step, with_strip in (
        ("platforms", True),
        ("rule-book", False),
        ("what-if", True),
        ("coverage", False),
    ):
        walk._step(step)
        walk._settle()
        assert work.foot_height() == (theme().px(STRIP_HEIGHT) if with_strip else 0)
        sizes |= {(item.height(), round(work.rail.icon_scale(), 3)) for item in work.rail.items()}
    assert len(sizes) == 1
