"""What is left on each platform in each market, as a grid."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field


def _none() -> npt.NDArray[np.float64]:
    return np.zeros((0, 0))


class MarginsData(Struct, frozen=True, eq=False):
    """Rows are platforms, columns markets. `percent` colours a square, `text` labels it when it is drawn.

    `state` of a square is one of known, most (at most), unknown, closed.
    """

    rows: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    percent: npt.NDArray[np.float64] = field(default_factory=_none)
    state: tuple[tuple[str, ...], ...] = ()
    leaders: tuple[int, ...] = ()
    """The row that leads in each column; -1 where none does."""
    chosen: int = -1
    text: Callable[[int, int], str] = lambda _row, _column: ""
    detail: Callable[[int, int], str] = lambda _row, _column: ""
