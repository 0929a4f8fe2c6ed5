"""From the price down to the margin, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One step from the price down. `series` "price" is the start, "net" the end."""

    key: str
    name: str
    series: str
    value: Decimal | None
    label: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class WaterfallData:
    """From the list price to the net margin; values of the parts are positive costs."""

    steps: tuple[WaterfallStep, ...] = ()
