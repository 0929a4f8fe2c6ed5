"""Cost against days: one range a service."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class RangePoint(Struct, frozen=True):
    """One service of cost against days: soonest to latest, the middle, the cost."""

    key: str
    name: str
    low: Decimal
    middle: Decimal
    high: Decimal
    cost: Decimal
    label: str = ""
    detail: str = ""
    closed: bool = False
    first: bool = False


class RangeData(Struct, frozen=True):
    """Cost against days. `y_max` and `x_max` of None are chosen; what lies above gets an arrow."""

    points: tuple[RangePoint, ...] = ()
    x_title: str = ""
    y_title: str = ""
    x_max: Decimal | None = None
    y_max: Decimal | None = None
    above_word: str = ""
    frontier: bool = True
