"""Price bands of a list: which band a billed weight falls into and what it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from msgspec import Struct, field

from desktop.core.money import decimals
from desktop.engine.freight.plan import FEW_BANDS, MICRO, WM_DIVISOR
from desktop.engine.freight.weighing import Scales
from desktop.engine.kernel import OPEN, Bools, Ints, half_up


class Band(Struct, frozen=True, eq=False):
    """One row of a price list: `min_g`..`max_g` of billed weight, prices in millionths of a currency unit.

    The price of a step is in thousandths of that: the gram of a kilogram at 65.1234 costs 0.0651234.
    """

    min_g: int
    max_g: int
    per_kg: int = 0
    per_item: int = 0
    first_g: int = 0
    first: int = 0
    step_g: int = 0
    step: int = 0
    least_g: int = 0
    max_side_mm: int = OPEN
    max_sum_mm: int = OPEN
    divisor: int = 0
    per_cbm: int = 0
    table: int = 0
    """Which of the tables of the price list holds the row."""

    @property
    def stepped(self) -> bool:
        return bool(self.first_g or self.step_g)


def band_of(row: Mapping[str, str], table: int = 0) -> Band:
    """A row of a rate table or of a user's price list, with one price for its weight; an empty cell does not apply.

    By the kilogram, or a first weight and steps: a price per kg beside a step counts started steps, beside a first
    weight each gram above it.
    """

    def whole(name: str, default: int) -> int:
        text = row.get(name)
        return int(Decimal(text)) if text else default

    def price(name: str) -> int:
        text = row.get(name)
        return int((Decimal(text) * MICRO).quantize(Decimal(1), ROUND_HALF_UP)) if text else 0

    per_kg, first_g, step_g = price("per_kg"), whole("first_g", 0), whole("step_g", 0)
    first, step = price("first_price"), price("step_price") * 1000
    if not (first_g or step_g):
        first = step = 0
    elif per_kg and not step:
        step_g = step_g or 1
        per_kg, step = 0, per_kg * step_g
    else:
        per_kg = 0
    return Band(
        whole("min_g", 0), whole("max_g", OPEN), per_kg, price("per_item"), first_g, first, step_g, step,
        whole("min_billed_g", 0), whole("max_side_mm", OPEN), whole("max_sum_mm", OPEN), whole("divisor", 0),
        price("per_cbm"), table,
    )  # fmt: skip


class PriceBands(Struct, frozen=True, eq=False):
    """All bands of one destination. `share`: below the first band its price per kg holds; `lift`: its weight does.

    `divisor` makes kilograms of cubic metres where the price is that of a cubic metre.
    """

    bands: tuple[Band, ...]
    share: bool = False
    lift: bool = False
    divisor: int = WM_DIVISOR

    _columns: dict[str, Ints] = field(default_factory=dict)
    _same: dict[str, int | None] = field(default_factory=dict)

    @property
    def cubic(self) -> bool:
        """Whether the list goes by the cubic metre."""
        return any(band.per_cbm for band in self.bands)

    def column(self, name: str) -> Ints:
        """A figure of every band: of its row, or `kilo`, `flat` and `started_g`, which its price is made of."""
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = self._column(name)
        return found

    def _column(self, name: str) -> Ints:
        if name == "kilo":
            return self.column("per_kg") + half_up(self.column("per_cbm") * self.divisor, MICRO)
        if name == "flat":
            return self.column("per_item") + self.column("first")
        if name == "started_g":
            return np.maximum(self.column("step_g"), 1)
        return np.asarray([getattr(band, name) for band in self.bands], dtype=np.int64)

    def billed(self, grams: Ints, scales: Scales) -> tuple[Ints, Ints, Bools]:
        """Billed grams, index of the band, and whether a band holds the weight."""
        if self.lift:
            return self._lifted(grams, scales)
        weight, index = self._least(grams)
        low = self._of("min_g", index)
        if self.share:
            low = np.where(index == 0, 0, low)
        return weight, index, np.asarray((weight >= low) & (weight <= self._of("max_g", index)))

    def _least(self, grams: Ints) -> tuple[Ints, Ints]:
        """Weights lifted to the least billed weight of their band, and the band that then holds them."""
        index = self._index(grams)
        if not self.column("least_g").any():
            return grams, index
        weight = np.maximum(grams, self._of("least_g", index))
        return weight, self._index(weight)

    def _index(self, grams: Ints) -> Ints:
        """The first band whose highest weight is not passed; the last one where all are."""
        highest = self.column("max_g")[:-1]
        if len(highest) > FEW_BANDS:
            return np.asarray(np.searchsorted(highest, grams), dtype=np.int64)
        index = np.zeros_like(grams)
        for bound in highest.tolist():
            index += grams > bound
        return index

    def _of(self, name: str, index: Ints) -> Ints | int:
        """A column of the band of each parcel; one number where all bands have the same."""
        if name not in self._same:
            column = self.column(name)
            self._same[name] = int(column[0]) if (column == column[0]).all() else None
        same = self._same[name]
        return self.column(name)[index] if same is None else same

    def _lifted(self, grams: Ints, scales: Scales) -> tuple[Ints, Ints, Bools]:
        """The first band whose size and weight hold the parcel; a light parcel pays for the least weight of it."""
        weight, index = grams.copy(), np.zeros_like(grams)
        found = np.zeros(len(grams), dtype=np.bool_)
        for k, band in enumerate(self.bands):
            heavier = grams if not band.divisor else np.maximum(grams, -(-scales.volume_mm3 // band.divisor))
            fits = ~found & (heavier <= band.max_g)
            fits &= (scales.longest_mm <= band.max_side_mm) & (scales.sum_mm <= band.max_sum_mm)
            weight = np.where(fits, np.maximum(heavier, band.min_g), weight)
            index = np.where(fits, k, index)
            found |= fits
        return weight, index, found

    def price(self, billed: Ints, index: Ints, currency: str) -> Ints:
        """Minor units for billed grams, rounded half up once."""
        total = self._of("kilo", index) * billed + self._of("flat", index) * 1000
        if self.column("step").any():
            started = -(-(billed - self._of("first_g", index)) // self._of("started_g", index))
            total = total + np.maximum(started, 0) * self._of("step", index)
        return half_up(total, 1000 * MICRO // 10 ** decimals(currency))


def bands_from(
    rows: Sequence[Mapping[str, str]], terms: Mapping[str, str], divisor: int = WM_DIVISOR
) -> PriceBands:
    """Rows as bands in the order of weight."""
    tables = list(dict.fromkeys(row.get("table", "") for row in rows))
    found = [band_of(row, tables.index(row.get("table", ""))) for row in rows]
    ordered = tuple(sorted(found, key=lambda band: (band.max_g, band.min_g)))
    return PriceBands(ordered, "share" in terms, "lift" in terms, divisor)
