"""What moves a figure most: for each driver what a lower and a higher value of it would leave."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class TornadoEnd(Struct, frozen=True):
    """One end of a driver: the figure in words ("−10%"), and how far it moves what is left; None where it is closed."""

    share: str
    value: str
    effect: float | None


class TornadoBar(Struct, frozen=True):
    """One driver with both ends."""

    key: str
    name: str
    low: TornadoEnd
    high: TornadoEnd


class TornadoData(Struct, frozen=True):
    """Bars, the largest first, about a start."""

    bars: tuple[TornadoBar, ...] = ()
    start: float = 0.0
    figure: Callable[[float], str] = str
    signed: Callable[[float], str] = str
    closed_word: str = ""
    heads: tuple[str, ...] = ()
