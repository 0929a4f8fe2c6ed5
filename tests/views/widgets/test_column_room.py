"""How columns share the width of a table."""

from __future__ import annotations

import pytest

from desktop.views.widgets.column_room import ColumnRoom, widths

RANK, PRICE = ColumnRoom(30, 30, number=True), ColumnRoom(90, 60, number=True)
NAME, REASON = ColumnRoom(200, 96, part=1), ColumnRoom(150, 96, part=1)


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (670, [30, 275, 275, 90]),  # what is over is shared
        (490, [30, 200, 170, 90]),  # as far as each has what it wants
        (470, [30, 200, 150, 90]),
        (450, [30, 200, 150, 70]),  # the air of a number goes first
        (420, [30, 180, 150, 60]),  # then the widest words
        (340, [30, 125, 125, 60]),
        (282, [30, 96, 96, 60]),
        (281, [30, 200, 150, 90]),  # it scrolls anyway
    ],
)
def test_widths_in_a_room(room: int, expected: list[int]) -> None:
    assert widths([RANK, NAME, REASON, PRICE], room) == expected


def test_columns_with_unlike_parts_grow_by_them() -> None:
    columns = [ColumnRoom(90, 90, part=90), ColumnRoom(180, 180, part=180), ColumnRoom(50, 50)]
    assert widths(columns, 590) == [180, 360, 50]


def test_a_table_without_words_and_one_without_columns() -> None:
    assert widths([RANK, PRICE], 500) == [30, 90]
    assert widths([RANK, PRICE], 100) == [30, 70]
    assert widths([], 100) == []
