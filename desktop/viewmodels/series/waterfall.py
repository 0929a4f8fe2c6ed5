"""From the price down to the margin, step by step."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class WaterfallStep(Struct, frozen=True):
    """One step from the price down. `series` "price" is the start, "net" the end."""

    key: str
    name: str
    series: str
    value: Decimal | None
    label: str = ""
    detail: str = ""


class WaterfallData(Struct, frozen=True):
    """From the list price to the net margin; values of the parts are positive costs."""

    steps: tuple[WaterfallStep, ...] = ()
