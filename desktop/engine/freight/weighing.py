"""A parcel and how it is weighed: scale, volume, steps, the least that is billed."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np
from msgspec import Struct, field

from desktop.core.facts import Reading
from desktop.core.money import Money
from desktop.engine.freight.plan import SIDES, VOLUME, VolumeMode
from desktop.engine.kernel import OPEN, Ints, Ledger, up_to_step


class Parcel(Struct, frozen=True, dict=True, eq=False):
    """One order as a carrier sees it: weight and sides of a piece, how many pieces, what it is and where it is sold."""

    weight_g: int | None
    dims_mm: tuple[int, int, int] | None = None
    goods_class: str = "plain"
    pieces: int = 1
    platform: str | None = None
    fulfilment: str = "seller"
    price: Money | None = None
    """What the buyer pays for the order."""
    category: str | None = None
    volume_mm3: int | None = None
    """Volume of the whole order where it was measured; else it follows from the sides."""

    @property
    def order_g(self) -> int | None:
        return None if self.weight_g is None else self.weight_g * self.pieces

    @cached_property
    def scales(self) -> Scales | None:
        """What the scale and the ruler say of it; None without a weight."""
        return (
            None
            if self.order_g is None
            else Scales.of_parcel(self, np.asarray([self.order_g], dtype=np.int64))
        )

    @property
    def cubic_mm3(self) -> int:
        """Volume of the order; zero where neither it nor the sides are known."""
        a, b, c = self.dims_mm or (0, 0, 0)
        return self.volume_mm3 or a * b * c * self.pieces


class Scales(Struct, frozen=True, eq=False):
    """What the scale and the ruler say of a batch: order and piece in grams, volume of the order in mm³, sides in mm."""

    order_g: Ints
    piece_g: Ints
    volume_mm3: Ints
    longest_mm: Ints
    sum_mm: Ints
    kept: dict[tuple[object, ...], Ints] = field(default_factory=dict)
    """Rounded grams by the way of weighing."""

    @classmethod
    def of(cls, ledger: Ledger) -> Scales:
        """Of a whole batch; kept with it, for every service weighs the same parcels."""
        kept = ledger.extra.get("scales")
        if kept is None or kept[0] is not ledger.numbers:
            kept = ledger.extra["scales"] = (ledger.numbers, cls.of_ledger(ledger, slice(None)))
        found: Scales = kept[1]
        return found

    @classmethod
    def of_ledger(cls, ledger: Ledger, part: slice) -> Scales:
        """Of a part of a batch; sides that are not given count as none."""
        piece = ledger.number("weight_g")[part]
        pieces = (
            np.maximum(ledger.numbers["pieces"][part], 1)
            if "pieces" in ledger.numbers
            else np.ones_like(piece)
        )
        nothing = np.zeros_like(piece)
        measured = ledger.numbers.get(VOLUME)
        if not all(name in ledger.numbers for name in SIDES):
            volume = nothing if measured is None else measured[part]
            return cls(piece * pieces, piece, volume, nothing, nothing)
        a, b, c = (ledger.numbers[name][part] for name in SIDES)
        volume = a * b * c * pieces if measured is None else measured[part]
        return cls(piece * pieces, piece, volume, np.maximum(np.maximum(a, b), c), a + b + c)

    @classmethod
    def of_parcel(cls, parcel: Parcel, order_g: Ints) -> Scales:
        """Of one parcel at several order weights: what it would be if only the weight changed."""
        dims = parcel.dims_mm or (0, 0, 0)
        figures = (parcel.cubic_mm3, max(dims), sum(dims))
        volumes, longest, total = (np.full_like(order_g, value) for value in figures)
        return cls(order_g, -(-order_g // max(parcel.pieces, 1)), volumes, longest, total)


class Volume(Struct, frozen=True, eq=False):
    """Volumetric rule: divisor in cm³ per kg; counts from `side_mm` on; `above_percent` of the weight is free."""

    divisor: int
    mode: Literal["always", "side", "split"] = "always"
    side_mm: int = 0
    above_percent: int = 100
    reading: Reading | None = None
    """The fact of the divisor, or the price list that names it; None where it was typed."""
    counted: VolumeMode = "full"

    def grams(self, scales: Scales) -> Ints:
        """Grams to bill before the step: the weight, or by volume where that counts and is more."""
        heavier = -(-scales.volume_mm3 // self.divisor)
        if self.mode == "split":
            free = (self.above_percent - 100) * scales.order_g * self.divisor
            heavier = -(-(100 * scales.volume_mm3 - free) // (100 * self.divisor))
        counts = scales.longest_mm >= self.side_mm
        result: Ints = np.where(counts, np.maximum(scales.order_g, heavier), scales.order_g)
        if self.counted == "half":
            return -(-(scales.order_g + result) // 2)
        return scales.order_g if self.counted == "free" else result


class Weighing(Struct, frozen=True, dict=True, eq=False):
    """From the scale to the chargeable weight. `steps` are (up to and including grams, step in grams)."""

    volume: Volume | None
    steps: tuple[tuple[int, int], ...] = ((OPEN, 1),)
    step_reading: Reading | None = None

    def grams(self, scales: Scales) -> Ints:
        """Grams that count, before they are rounded up."""
        return self.volume.grams(scales) if self.volume else scales.order_g

    @cached_property
    def _key(self) -> tuple[object, ...]:
        volume = self.volume
        if volume is None:
            return (self.steps,)
        return self.steps, volume.divisor, volume.mode, volume.side_mm, volume.above_percent, volume.counted

    def rounded(self, scales: Scales) -> Ints:
        """Grams after rounding; worked out once for all services that weigh the parcels alike."""
        found = scales.kept.get(self._key)
        if found is None:
            found = scales.kept[self._key] = self._rounded(scales)
        return found

    def _rounded(self, scales: Scales) -> Ints:
        raw = self.grams(scales)
        if len(self.steps) == 1:
            step = self.steps[0][1]
            return raw if step == 1 else up_to_step(raw, step)
        bounds = np.asarray([bound for bound, _ in self.steps], dtype=np.int64)
        steps = np.asarray([step for _, step in self.steps], dtype=np.int64)
        return up_to_step(raw, steps[np.minimum(np.searchsorted(bounds, raw), len(steps) - 1)])

    def step_at(self, grams: int) -> int:
        return next(step for bound, step in self.steps if grams <= bound or bound == self.steps[-1][0])
