"""How the columns of a table share its width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class ColumnRoom(NamedTuple):
    """The width that a column wants and the least that it needs, in pixels; its part of what is over, 0 for none; and
    whether it holds a number."""

    wanted: int
    least: int
    part: int = 0
    number: bool = False


def widths(columns: Sequence[ColumnRoom], room: int) -> list[int]:
    """The width of each column in a table of a width, all in pixels.

    What is over goes to the columns that have a part of it, as far as each has what it wants. What is missing is the air
    beside numbers first, and then comes from the widest words. Where not even the least of all has room, each has what
    it wants: the table scrolls anyway.
    """
    over = room - sum(column.wanted for column in columns)
    if over >= 0:
        return _grown(columns, over)
    if sum(column.least for column in columns) > room:
        return [column.wanted for column in columns]
    return _shrunk(columns, -over)


def _grown(columns: Sequence[ColumnRoom], over: int) -> list[int]:
    """Columns with a part become as wide as it says; those that want more than that stay as they are."""
    growing = sorted((column for column in columns if column.part), key=lambda each: each.wanted / each.part)
    width, parts, level = over, 0, 0.0
    for column in growing:
        if parts and level <= column.wanted / column.part:
            break
        width, parts = width + column.wanted, parts + column.part
        level = width / parts
    return [max(column.wanted, int(level * column.part)) for column in columns]


def _shrunk(columns: Sequence[ColumnRoom], missing: int) -> list[int]:
    """So many pixels less than all want; all together can give as much."""
    found = [column.wanted for column in columns]
    for at, column in enumerate(columns):
        if column.number:
            given = min(missing, column.wanted - column.least)
            found[at], missing = found[at] - given, missing - given
    while missing:
        # the widest words are made as narrow as the next wide ones, until it is enough
        giving = [at for at, column in enumerate(columns) if found[at] > column.least and not column.number]
        widest = max(found[at] for at in giving)
        alike = [at for at in giving if found[at] == widest]
        next_wide = max((found[at] for at in giving if found[at] < widest), default=0)
        step = min(widest - max(next_wide, columns[alike[0]].least), max(1, missing // len(alike)))
        found[alike[0]], missing = widest - step, missing - step
    return found
