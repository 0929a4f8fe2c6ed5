"""A service compiled for a parcel, as its callers see it, and the options of the calculator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from desktop.core.facts import Reading, Unknown
from desktop.core.result import Exclusion
from desktop.core.text import EMPTY, Text, both
from desktop.engine.kernel import Step

GRAM, CM3, CBM = both("g"), both("cm³/kg"), both("m³")
MICRO = 1_000_000
"""Prices of a table are held in millionths of a currency unit: 0.0281 CNY a gram is exact."""
WM_DIVISOR = 1000
"""Weight or measure: a cubic metre counts as a tonne where a list by the cubic metre names nothing else."""
WM_FACT, HALF_FACT = "logistics.lcl.wm", "logistics.billing.half_volume"
VolumeMode = Literal["full", "half", "free"]
"""How much of the volume is billed: the larger weight, the mean of both where volume weighs more, the scale alone."""
SIDES = ("length_mm", "width_mm", "height_mm")
VOLUME = "volume_mm3"
FEW_BANDS = 8
"""Up to so many bounds it is quicker to ask each than to search among them."""
SEARCH_G = 30_000
"""How far above a weight the next price step is looked for."""


class FreightOptions(Struct, frozen=True, eq=False):
    """What the user typed over the rules. `fuel_rate` is in percent; `rows` a price list in place of the rule book's.

    `product` names a zone or variant of a price list; `agent_fee` adds the optional charge of an agent.
    """

    divisor: int | None = None
    step_g: int | None = None
    fuel_rate: Decimal | None = None
    rows: Sequence[Mapping[str, str]] | None = None
    product: str | None = None
    agent_fee: bool = False
    volume_mode: VolumeMode = "full"


DEFAULT = FreightOptions()


class ChargeableWeight(Struct, frozen=True, eq=False):
    """How an order is weighed, in grams: as on the scale, by volume before rounding, and as billed after rounding."""

    actual_g: int | None
    volumetric_g: Decimal | None
    billed_g: int | None
    step_g: int
    minimum_g: int | None
    divisor: int | None
    by_volume: bool
    readings: tuple[Reading, ...] = ()


class FreightPlan(Struct, frozen=True, eq=False):
    """A service compiled for a destination and a parcel.

    `days` are calendar days (working days of a source × 7/5, half up); `days_text` keeps them as published.
    """

    service: str
    name: Text
    steps: tuple[Step, ...]
    days: tuple[int, int] | None = None
    days_reading: Reading | None = None
    days_text: Text = EMPTY
    exclusion: Exclusion | None = None
    warn: Callable[[], tuple[Text, ...]] = tuple
    unknown: tuple[Unknown, ...] = ()
    doubts: tuple[Unknown, ...] = ()
    """What is not known of whether the service takes this parcel at all; also part of `unknown`."""
    tracked: str = "unknown"
    tracking: Text = EMPTY
    compensation: Text = EMPTY
    importer: Text = EMPTY
    kind: str = ""
    table: Reading | None = None
    product: str | None = None

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What the reader of the price must know; made when asked for, for most plans are only compared."""
        return self.warn()
