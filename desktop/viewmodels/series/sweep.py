"""What is left at every list price, one line a platform, with a handle at the price in force.

Columns are arrays of numbers; words and figures of a mark are asked for when it is drawn, so that a move which redraws a
hundred times a second makes no text that nobody sees.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

Floats = npt.NDArray[np.float64]
EMPTY = np.zeros(0)


class SweepScale(Struct, frozen=True, eq=False):
    """The ends of both axes. It stays the same while a handle is dragged."""

    x_low: float = 0.0
    x_high: float = 1.0
    y_low: float = 0.0
    y_high: float = 1.0


class SweepLine(Struct, frozen=True, eq=False):
    """One platform: what is left at each price (not a number where nothing is known) and at the handle.

    `dash` tells lines apart beside their names; `doubtful` lines are at most: drawn in grey and dotted.
    """

    key: str
    name: str
    y: Floats
    here: float
    dash: int = 0
    first: bool = False
    doubtful: bool = False


class Shade(Struct, frozen=True):
    """A stretch of prices at which another platform leads."""

    low: float
    high: float
    key: str


class CliffMark(Struct, frozen=True):
    """A fall of what is left at a price: from the value that holds to the one after it."""

    key: str
    price: float
    left: float
    falls_to: float
    title: str = ""
    line: str = ""


class SweepData(Struct, frozen=True, eq=False):
    """The whole chart. `cuts` are where lines cross zero, by key of the line."""

    scale: SweepScale = SweepScale()
    x: Floats = field(default_factory=lambda: EMPTY)
    lines: tuple[SweepLine, ...] = ()
    price: float = 0.0
    shades: tuple[Shade, ...] = ()
    cuts: tuple[tuple[str, float], ...] = ()
    cliffs: tuple[CliffMark, ...] = ()
    figure: Callable[[float], str] = str
    """An amount as it is shown."""
    shade_text: Callable[[Shade], tuple[str, str]] = lambda _shade: ("", "")
    x_title: str = ""
    y_title: str = ""
    at_most: str = ""
    heads: tuple[str, str] = ("", "")
    """Of the table twin: the price, who leads."""
    leads: Callable[[int], str] = lambda _row: ""
    """Who leads at a price, by its place."""
