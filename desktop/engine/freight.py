"""Freight: what a logistics service asks for a parcel, what it refuses, how it weighs, and how long it takes.

Rules (data/rules/freight) name facts and rate tables; nothing here holds a rate. Weights are whole grams, sides whole
millimetres, amounts int64 minor units of the currency of the price list (CNY in the rule book). A price is rounded once,
half up, to the minor unit.

How a weight is billed (docs of the tables in data/rates): order weight = weight of a piece × pieces; volumetric weight =
volume of all pieces in mm³ ÷ divisor (a divisor in cm³ per kg gives grams from mm³); the larger is rounded up to the
step of the service, then lifted to the least billed weight of its band. Bands are inclusive and hold for all of the
weight. A forwarder may count half of what the volume adds, or none of it (`VolumeMode`).

A list by the cubic metre bills the larger of cubic metres and tonnes (W/M): a cubic metre is so many grams as the
divisor says, a million where it says nothing, and its price is taken for so many grams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, partial
from typing import Any, Literal

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from desktop.core.dates import day
from desktop.core.facts import Reading, Unknown, Value, View
from desktop.core.money import Money, decimals, plain, ppm
from desktop.core.places import in_sentence, place, places
from desktop.core.result import Datum, Exclusion, Payer, Series
from desktop.core.text import EMPTY, Text, both, joined, text_of
from desktop.core.words import money_text, weight
from desktop.engine.days import calendar_days
from desktop.engine.exchange import ViewExchange
from desktop.engine.kernel import (
    HOME,
    OPEN,
    Bands,
    Bools,
    Column,
    Explanation,
    Ints,
    Ledger,
    PercentStep,
    Step,
    UnknownStep,
    converted,
    fact_datum,
    half_up,
    percent_text,
    share,
    up_to_step,
)

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


# ---------------------------------------------------------------------------------------------------- weighing
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


# ---------------------------------------------------------------------------------------------------- price bands
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


# ---------------------------------------------------------------------------------------------------- steps
class Words(Struct, frozen=True, eq=False):
    """Wordings of the step, taken from data/texts once."""

    billed: Text
    volumetric: Text
    own: Text
    divisor: Text
    no_weight: Unknown
    no_band: Text
    over: Text
    no_volume: Unknown
    measure: Text
    half: Text

    @classmethod
    def of(cls, view: View) -> Words:
        """The wordings on a day; made once a view."""
        return view.once("freight.words", lambda: cls._made(view))

    @classmethod
    def _made(cls, view: View) -> Words:
        text = view.text
        return cls(
            text("freight.word.billed"), text("freight.word.volumetric"), text("freight.word.row"),
            text("freight.word.divisor"), view.unknown("weight_g", "freight.no-weight"),
            text_of(view.book.texts["freight.no-band"]), text_of(view.book.texts["freight.closed.weight"]),
            view.unknown("volume_cbm", "freight.no-volume"), text("freight.word.measure"), text("freight.word.half"),
        )  # fmt: skip


class FreightStep(Struct, frozen=True, eq=False):
    """The price of a price list for the chargeable weight of each order, in the currency of the list."""

    label: Text
    currency: str
    weighing: Weighing
    bands: PriceBands
    words: Words
    tables: tuple[Reading, ...] = ()
    cap_order_g: int = OPEN
    cap_piece_g: int = OPEN
    floor_g: int = 0
    """Order weight from which the price list speaks: a parcel is not an air parcel because it is rounded up to one."""
    id: str = "freight"
    series: Series = "freight"
    payer: Payer = "seller"

    def run(self, ledger: Ledger) -> Column:
        if "weight_g" not in ledger.numbers:
            return Column.unknown(self.currency, ledger.n)
        return self.price(Scales.of(ledger))

    def price(self, scales: Scales) -> Column:
        """The price of each order; unknown where no band holds it or the service takes no such weight."""
        billed, index, known = self.weigh(scales)
        units = np.where(known, self.bands.price(billed, index, self.currency), 0)
        return Column(units, known, self.currency)

    def weigh(self, scales: Scales) -> tuple[Ints, Ints, Bools]:
        """Billed grams, band, and whether the price is known."""
        billed, index, held = self.bands.billed(self.weighing.rounded(scales), scales)
        known = held & (scales.piece_g > 0)
        if self.cap_order_g != OPEN:
            known &= scales.order_g <= self.cap_order_g
        if self.cap_piece_g != OPEN:
            known &= scales.piece_g <= self.cap_piece_g
        if self.floor_g:
            known &= scales.order_g >= self.floor_g
        if self.bands.cubic:
            known &= scales.volume_mm3 > 0
        return billed, index, known

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        if "weight_g" not in ledger.numbers or ledger.number("weight_g")[i] <= 0:
            return Explanation((), EMPTY, self.words.no_weight)
        scales = Scales.of_ledger(ledger, slice(i, i + 1))
        billed, index, known = (part[0] for part in self.weigh(scales))
        band, order = self.bands.bands[int(index)], int(scales.order_g[0])
        data = (*self._weights(ledger, i), *(self._row(order, int(billed), band) if known else ()))
        if not known:
            if self.bands.cubic and not int(scales.volume_mm3[0]):
                return Explanation(data, EMPTY, self.words.no_volume)
            return Explanation(data, EMPTY, self._unknown(order, int(scales.piece_g[0])))
        return Explanation(data, both(price_text(band, int(billed), self.bands.divisor)))

    def _unknown(self, order: int, piece: int) -> Unknown:
        """Over the limit of the service, or in no band of its price list."""
        caps = ((order, self.cap_order_g), (piece, self.cap_piece_g))
        over = [
            self.words.over.format(weight=weight(grams), limit=weight(cap))
            for grams, cap in caps
            if grams > cap
        ]
        why = over[0] if over else self.words.no_band.format(weight=weight(order))
        return replace(
            self.words.no_weight, what="freight", why=why, fact=self.tables[0].id if self.tables else None
        )

    def _weights(self, ledger: Ledger, i: int) -> Iterator[Datum]:
        """Weight, pieces, volumetric weight and step of one order."""
        yield ledger.datum("weight_g", i, GRAM)
        pieces = int(ledger.numbers["pieces"][i]) if "pieces" in ledger.numbers else 1
        if pieces != 1:
            yield ledger.datum("pieces", i)
        volume, reading = self.weighing.volume, self.weighing.step_reading
        cubic = int(Scales.of_ledger(ledger, slice(i, i + 1)).volume_mm3[0])
        if volume and cubic:
            if volume.reading:
                yield fact_datum(volume.reading, str(volume.divisor), CM3)
            else:
                yield Datum(self.words.divisor, str(volume.divisor), CM3, "typed")
            yield Datum(self.words.volumetric, plain(_volumetric(cubic, volume.divisor)), GRAM, "computed")
            if volume.counted == "half":
                mean = int(self.weighing.grams(Scales.of_ledger(ledger, slice(i, i + 1)))[0])
                yield Datum(self.words.half, str(mean), GRAM, "computed")
        if reading:
            grams = int(self.weighing.grams(Scales.of_ledger(ledger, slice(i, i + 1)))[0])
            yield fact_datum(reading, plain(Decimal(self.weighing.step_at(grams)) / 1000), both("kg"))

    def _row(self, order: int, billed: int, band: Band) -> Iterator[Datum]:
        """Billed weight where it differs, and the row of the price list."""
        if billed != order:
            yield Datum(self.words.billed, str(billed), GRAM, "computed")
        if band.per_cbm:
            yield Datum(self.words.measure, plain(_cubic_metres(billed, self.bands.divisor)), CBM, "computed")
        if self.tables:
            yield fact_datum(self.tables[band.table], row_text(band), both(self.currency))
        else:
            yield Datum(self.words.own, row_text(band), both(self.currency), "typed")


class TypedShareStep(Struct, frozen=True, eq=False):
    """A percentage of the freight that the user typed: the fuel surcharge."""

    id: str
    label: Text
    rate_ppm: int
    currency: str
    word: Text
    series: Series = "freight"
    payer: Payer = "seller"

    def run(self, ledger: Ledger) -> Column:
        base = ledger.column("freight")
        return Column(share(base.units, self.rate_ppm), base.known, self.currency)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        base, rate = ledger.column("freight"), percent_text(self.rate_ppm)
        data = (Datum(self.word, rate.rstrip("%"), both("%"), "typed"),)
        if not base.known[i]:
            return Explanation(data, EMPTY, Unknown("freight", Text("the freight is not known", "运费未知")))
        return Explanation(data, both(f"{money_text(int(base.units[i]), self.currency)} × {rate}"))


def _unit_price(micro: int | Decimal) -> str:
    """A price of a table with at least two places: 54.30, 51.9479."""
    value = Decimal(micro) / MICRO
    exponent = value.normalize().as_tuple().exponent
    return (
        f"{value.quantize(Decimal('0.01')):f}"
        if isinstance(exponent, int) and exponent >= -2
        else plain(value)
    )


def price_text(band: Band, billed: int, divisor: int = WM_DIVISOR) -> str:
    """The calculation of one price: `0.35 kg × 54.30 + 16.00`, `116.00 + 2 × 39.00`, `1.2 W/M × 150.00`."""
    parts = []
    if band.per_cbm:
        parts.append(f"{plain(_cubic_metres(billed, divisor))} W/M × {_unit_price(band.per_cbm)}")
    if band.stepped:
        if band.first:
            parts.append(_unit_price(band.first))
        started = max(-(-(billed - band.first_g) // max(band.step_g, 1)), 0)
        if band.step and started:
            parts.append(f"{started} × {_unit_price(Decimal(band.step) / 1000)}")
    elif band.per_kg:
        parts.append(f"{plain(Decimal(billed) / 1000)} kg × {_unit_price(band.per_kg)}")
    if band.per_item or not parts:
        parts.append(_unit_price(band.per_item))
    return " + ".join(parts)


def row_text(band: Band) -> str:
    """A row of a price list in short: `54.30/kg + 16.00`, `116.00/500 g + 39.00/500 g`, `150.00/m³`."""
    parts = []
    if band.per_cbm:
        parts.append(f"{_unit_price(band.per_cbm)}/m³")
    if band.stepped:
        if band.first_g:
            parts.append(f"{_unit_price(band.first)}/{band.first_g} g")
        parts.append(f"{_unit_price(Decimal(band.step) / 1000)}/{max(band.step_g, 1)} g")
    elif band.per_kg:
        parts.append(f"{_unit_price(band.per_kg)}/kg")
    if band.per_item or not parts:
        parts.append(_unit_price(band.per_item))
    return " + ".join(parts)


def _cubic_metres(billed: int, divisor: int) -> Decimal:
    """Billed grams as cubic metres, to a litre: what W/M counts, be it volume or weight."""
    return (Decimal(billed) * divisor / 10**9).quantize(Decimal("0.001"), ROUND_HALF_UP)


def _volumetric(volume_mm3: int, divisor: int) -> Decimal:
    """Volumetric grams before rounding, to a hundredth: mm³ ÷ (cm³ per kg) is grams."""
    return (Decimal(volume_mm3) / divisor).quantize(Decimal("0.01"), ROUND_HALF_UP)


# ---------------------------------------------------------------------------------------------------- finding a price
class Price(Struct, frozen=True, dict=True, eq=False):
    """A price list found for a lane: its rows, terms and the facts that it stands on."""

    rows: tuple[Mapping[str, str], ...]
    terms: Mapping[str, str]
    currency: str
    readings: tuple[Reading, ...] = ()
    entry: Mapping[str, Any] | None = None
    product: str | None = None
    others: tuple[tuple[Mapping[str, str], ...], ...] = ()

    divisor: int = WM_DIVISOR
    """Of a list by the cubic metre: cm³ that count as a kilogram."""

    @cached_property
    def bands(self) -> PriceBands:
        return bands_from(self.rows, self.terms, self.divisor)

    @property
    def cubic(self) -> bool:
        """Whether the list goes by the cubic metre."""
        return any(row.get("per_cbm") for row in self.rows)

    @property
    def suspended(self) -> bool:
        return bool(self.rows) and all(row.get("suspended") for row in self.rows)


class Missed(Struct, frozen=True, eq=False):
    """No price list: why, and whether the list that there is leaves the destination out."""

    unknown: Unknown
    left_out: Reading | None = None


class Lane(Struct, frozen=True, dict=True, eq=False):
    """One service to one destination for one parcel, on a view."""

    view: View
    service: str
    rule: Mapping[str, Any]
    to: str
    parcel: Parcel
    options: FreightOptions

    @property
    def name(self) -> Text:
        return text_of({"en": self.rule["en"], "zh": self.rule["zh"]})

    @property
    def place(self) -> Text:
        """The destination as a sentence names it; by its code where the rules have no name."""
        return in_sentence(place(self.view.book, self.to))

    def here(self, places: Sequence[str] | None) -> bool:
        """Whether the destination is among countries or groups; no places means everywhere."""
        groups = self.view.rules("freight")["groups"]
        return not places or any(self.to == place or self.to in groups.get(place, ()) for place in places)

    def fact(self, fact_id: str | None) -> Reading | None:
        """A fact where it is in force; not asking for it otherwise keeps the trace free of what does not apply."""
        if fact_id is None or not self.view.has(fact_id):
            return None
        found = self.view.read(fact_id)
        return found if isinstance(found, Reading) else None

    def limit(self, limit: Mapping[str, Any] | None, unit: str, per_unit: int) -> tuple[int, Reading] | None:
        """A limit in grams or millimetres with its fact; None where it is not known or not for this destination."""
        if limit is None or not self.here(limit.get("to")):
            return None
        reading = self.fact(limit["fact"])
        if reading is None:
            return None
        raw = reading.raw
        if isinstance(raw, list):
            exact = [row for row in raw if self.to in row["dest"]] or [
                row for row in raw if "*" in row["dest"]
            ]
            if not exact:
                return None
            raw = exact[0][unit]
        return int(Decimal(raw) * per_unit), reading

    def later_limits(self, key: str, unit: str, per_unit: int) -> Iterator[tuple[int, Value]]:
        """Limits that are not known yet at the date of the view, with the first value that is."""
        for limit in self.rule.get(key, ()):
            fact = self.view.book.fact(limit["fact"])
            if not self.here(limit.get("to")) or self.view.has(fact.id) or not fact.values:
                continue
            first = fact.values[0]
            if self.view.date < first.start.first and isinstance(first.raw, str):
                yield int(Decimal(first.raw) * per_unit), first

    def limits(self, key: str, unit: str, per_unit: int) -> Iterator[tuple[int, Reading, str]]:
        for limit in self.rule.get(key, ()):
            found = self.limit(limit, unit, per_unit)
            if found:
                yield (*found, limit.get("per", "order"))

    # ------------------------------------------------------------------ price list
    def price(self) -> Price | Missed:
        """The price list for the lane: the user's, else the first that fits; one that holds the weight comes first."""
        if self.options.rows is not None:
            return self._own(self.options.rows)
        fallback: Price | None = None
        missed: list[Missed] = []
        for entry in self.entries():
            found = self.listed(entry)
            if isinstance(found, Missed):
                missed.append(found)
            elif self.holds(found):
                return found
            else:
                fallback = fallback or found
        if fallback:
            return fallback
        left_out = next((miss for miss in missed if miss.left_out), None)
        return left_out or (missed[0] if missed else Missed(self._no_list()))

    def entries(self) -> list[Mapping[str, Any]]:
        """Price lists in the order of the rules; those for special goods last where the category is not known."""
        entries = list(self.rule.get("prices", ()))
        return (
            entries
            if self.parcel.category
            else sorted(entries, key=lambda entry: bool(entry.get("categories")))
        )

    def _no_list(self, fact: str | None = None) -> Unknown:
        why = self.view.text("freight.no-list", service=self.name, to=self.place, date=self.view.date)
        return Unknown("freight", why, fact, self.view.date)

    def _own(self, given: Sequence[Mapping[str, str]]) -> Price | Missed:
        rows = tuple(row for row in given if row.get("service") == self.service and row.get("to") == self.to)
        if not rows:
            return Missed(
                self.view.unknown("freight", "freight.no-own-row", service=self.name, to=self.place)
            )
        terms = {"divisor": rows[0]["divisor"]} if rows[0].get("divisor") else {}
        return self._measured(Price(rows, terms, rows[0].get("currency") or HOME))

    def _measured(self, price: Price) -> Price:
        """A list by the cubic metre with what a cubic metre counts for: as typed, as the list says, else a tonne."""
        if not price.cubic:
            return price
        return replace(price, divisor=self.options.divisor or int(price.terms.get("divisor", WM_DIVISOR)))

    def listed(self, entry: Mapping[str, Any]) -> Price | Missed:
        """One price list of the rules: in force, for these goods, to this destination."""
        goods, categories = entry.get("goods"), entry.get("categories")
        if goods and self.parcel.goods_class not in goods:
            word = self.view.text(f"freight.goods.{self.parcel.goods_class}")
            why = self.view.text(
                "freight.no-list-goods", service=self.name, to=self.place, goods=word, date=self.view.date
            )
            return Missed(Unknown("freight", why, None, self.view.date))
        readings = self._tables(entry)
        if not readings:
            return Missed(self._no_list(entry["tables"][0]))
        tables = [self.view.book.rates[reading.raw] for reading in readings]
        rows, terms = self.rows_of(entry), self.terms_of(entry)
        if not rows:
            return Missed(self._no_list(readings[0].id), readings[0] if "complete" in terms else None)
        if categories and self.parcel.category and self.parcel.category not in categories:
            label = text_of(entry["label"])
            why = self.view.text(
                "freight.no-list-category", service=self.name, label=label, date=self.view.date
            )
            return Missed(Unknown("freight", why, None, self.view.date))
        found = Price(rows, terms, tables[0]["currency"], tuple(readings), entry)
        variant = self._variant(found)
        return variant if isinstance(variant, Missed) else self._measured(variant)

    def _tables(self, entry: Mapping[str, Any]) -> list[Reading]:
        """The rate tables of a price list that are in force."""
        return [reading for table in entry["tables"] if (reading := self.fact(table))]

    def rows_of(self, entry: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
        """The rows of a price list to the destination, each with the table that it stands in."""
        tables = [self.view.book.rates[reading.raw] for reading in self._tables(entry)]
        return tuple({**row, "table": table["id"]} for table in tables for row in self._rows(table["rows"]))

    def terms_of(self, entry: Mapping[str, Any]) -> Mapping[str, str]:
        """The terms of a price list: those of its first table; none where none is in force."""
        for reading in self._tables(entry)[:1]:
            terms: Mapping[str, str] = self.view.book.rates[reading.raw].get("rule", {})
            return terms
        return {}

    def _rows(self, rows: Sequence[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
        """Rows to the destination; else of the rest of the EU; else of all others, as the list groups them."""
        for name in (self.to, "EU_OTHER", "OTHER"):
            if name == "EU_OTHER" and self.to not in self.view.rules("freight")["groups"]["EU_OTHER"]:
                continue
            found = tuple(row for row in rows if row["to"] == name)
            if found:
                return found
        return ()

    def _variant(self, price: Price) -> Price | Missed:
        """The rows of one zone or product, and of one band of parcel prices where the list has such bands."""
        rows = price.rows
        if any(row.get("price_from") for row in rows):
            paid = self._paid(price.terms["price_currency"])
            if isinstance(paid, Unknown):
                return Missed(paid)
            rows = tuple(r for r in rows if Decimal(r["price_from"]) <= paid <= Decimal(r["price_to"]))
        products = list(dict.fromkeys(row.get("product", "") for row in rows))
        entry = price.entry or {}
        if self.options.product is not None and self.options.product not in products:
            names = ", ".join(name for name in products if name)
            said = {"service": self.name, "product": self.options.product, "products": names or "-"}
            return Missed(self.view.unknown("freight", "freight.no-product", **said))
        wanted = (entry.get("product"), self.options.product, price.terms.get("product"), *products[:1])
        chosen = next((product for product in wanted if product in products), None)
        if chosen is None or (entry.get("product") and chosen != entry["product"]):
            return Missed(self._no_list(price.readings[0].id))
        split = {product: tuple(r for r in rows if r.get("product", "") == product) for product in products}
        others = () if "quote" in price.terms else tuple(split[p] for p in products if p != chosen)
        return replace(price, rows=split[chosen], product=chosen or None, others=others)

    def _paid(self, currency: str) -> Decimal | Unknown:
        """The price of the parcel in a currency, rounded up to whole units: bands of Ozon go by whole roubles."""
        price = self.parcel.price
        if price is None:
            return self.view.unknown("price", "freight.no-price-given", currency=currency)
        rate = ViewExchange(self.view).rate(price.currency, currency)
        if isinstance(rate, Unknown):
            return rate
        units = converted(np.asarray([price.units], dtype=np.int64), rate[0], price.currency, currency)
        return Decimal(-(-int(units[0]) // 10 ** decimals(currency)))

    def holds(self, price: Price) -> bool:
        if self.parcel.order_g is None:
            return True
        return self.unit_cost(price) is not None

    # ------------------------------------------------------------------ weighing
    def weighing(self, price: Price | None) -> Weighing:
        steps, reading = self._steps(price)
        return Weighing(self._volume(price), steps, reading)

    def _steps(self, price: Price | None) -> tuple[tuple[tuple[int, int], ...], Reading | None]:
        """Typed step, else that of the price list, else that of the service, else grams."""
        if self.options.step_g:
            return ((OPEN, self.options.step_g),), None
        terms = price.terms if price else {}
        if "step_to_g" in terms:
            return ((int(terms["step_to_g"]), int(terms["step_g"])), (OPEN, int(terms["step_above_g"]))), None
        if "step_g" in terms:
            return ((OPEN, int(terms["step_g"])),), None
        reading = self.fact(self.rule.get("step"))
        if reading is None:
            return ((OPEN, 1),), None
        kilograms = [
            (OPEN if tier.up_to is None else int(tier.up_to * 1000), int(tier.value * 1000))
            for tier in reading.steps()
        ]
        return tuple(kilograms), reading

    def _volume(self, price: Price | None) -> Volume | None:
        """The rule of volume as the user has it counted; by the cubic metre volume always counts in full."""
        if price and price.cubic:
            stated = self.options.divisor or "divisor" in price.terms
            reading = next(iter(price.readings), None) if stated else self.fact(WM_FACT)
            return Volume(price.divisor, reading=None if self.options.divisor else reading)
        found = self._stated_volume(price)
        return replace(found, counted=self.options.volume_mode) if found else None

    def _stated_volume(self, price: Price | None) -> Volume | None:
        """Typed divisor, else that of the price list, else the rule of the service in force at the date."""
        if self.options.divisor is not None:
            return Volume(self.options.divisor) if self.options.divisor > 0 else None
        listed = price.terms.get("divisor") if price else None
        if price and listed is not None:
            return (
                None
                if listed in ("none", "0")
                else Volume(int(listed), reading=next(iter(price.readings), None))
            )
        rule = next((rule for rule in self.rule.get("volumetric", ()) if self.here(rule.get("to"))), None)
        reading = next((r for fact in rule["divisors"] if (r := self.fact(fact))), None) if rule else None
        if rule is None or reading is None or reading.decimal() <= 0:
            return None
        divisor = int(reading.decimal())
        if rule["mode"] == "always":
            return Volume(divisor, reading=reading)
        side = self.fact(rule["side"])
        if side is None:
            return None
        terms = side.raw
        at_least = int(terms["at_least"]) * 10 if "at_least" in terms else int(terms["over"]) * 10 + 1
        return Volume(divisor, rule["mode"], at_least, int(terms.get("above_percent", 100)), reading)

    def volumetric_g(self) -> int:
        """Grams by the volume that a consignment fills: a large light one is no small one. Zero where not known."""
        divisor, cubic = self.stated_divisor(), self.parcel.cubic_mm3
        return -(-cubic // divisor) if divisor and cubic else 0

    def stated_divisor(self) -> int:
        """The divisor in cm³ per kg that the service states; 0 where it states none."""
        volume = self._stated_volume(None)
        return volume.divisor if volume else 0

    # ------------------------------------------------------------------ steps
    @cached_property
    def _steps_made(self) -> dict[int, tuple[Price, FreightStep]]:
        return {}

    def step(self, price: Price) -> FreightStep:
        """The step of a price list; made once for a list that is asked whether it holds the parcel and then priced."""
        kept = self._steps_made.get(id(price))
        if kept is None:
            kept = self._steps_made[id(price)] = (price, self._step(price))
        return kept[1]

    def _step(self, price: Price) -> FreightStep:
        words = replace(Words.of(self.view), no_band=self._no_band(price))
        caps = {"order": OPEN, "piece": OPEN}
        for grams, _, per in self.limits("weight", "kg", 1000):
            caps[per] = min(caps[per], grams)
        return FreightStep(
            self.view.text("freight.line.freight"), price.currency, self.weighing(price), price.bands, words,
            price.readings, caps["order"], caps["piece"], int(price.terms.get("from_g", 0)),
        )  # fmt: skip

    def _no_band(self, price: Price) -> Text:
        if "quote" in price.terms:
            words, quoted = text_of(self.view.book.texts["freight.quote-only"]), _quoted(price)
            return Text(words.en.replace("{quoted}", quoted.en), words.zh.replace("{quoted}", quoted.zh))
        return text_of(self.view.book.texts["freight.no-band"])

    def ledger(self) -> Ledger:
        """The parcel as a batch of one."""
        parcel = self.parcel
        given: dict[str, int] = {} if parcel.weight_g is None else {"weight_g": parcel.weight_g}
        given |= {"pieces": parcel.pieces}
        if parcel.dims_mm:
            given |= dict(zip(SIDES, parcel.dims_mm, strict=True))
        if parcel.volume_mm3:
            given[VOLUME] = parcel.volume_mm3
        numbers = {name: np.asarray([value], dtype=np.int64) for name, value in given.items()}
        return Ledger(1, HOME, ViewExchange(self.view), {}, numbers)

    def unit_cost(self, price: Price) -> int | None:
        """What the parcel costs by a price list, in minor units of its currency; None where it has no price."""
        scales = self.parcel.scales
        column = None if scales is None else self.step(price).price(scales)
        return int(column.units[0]) if column is not None and column.known[0] else None


def _quoted(price: Price) -> Text:
    """The weight of the one parcel that an agent quoted."""
    return weight(int(price.rows[0]["min_g"]))


# ---------------------------------------------------------------------------------------------------- hard rules
def _exclusion(lane: Lane, price: Price | Missed) -> Exclusion | None:
    """The first hard rule that closes the service to this parcel, with what would open it."""
    return hard_rule(lane) or _list_closed(lane, price)


def hard_rule(lane: Lane) -> Exclusion | None:
    """The first rule that closes the service whatever its price list says."""
    checks = (
        _import, _not_yet, _platform, _fulfilment, _serves, _stopped, _goods, _weight, _light, _size, _order_price,
    )  # fmt: skip
    for check in checks:
        found = check(lane)
        if found:
            return found
    return None


def _closed(lane: Lane, rule: str, reading: Reading | None, values: Mapping[str, object]) -> Exclusion:
    text = lane.view.text(f"freight.closed.{rule}", **values)
    return Exclusion(text, lane.view.text(f"freight.opens.{rule}", **values), reading, rule)


def _import(lane: Lane) -> Exclusion | None:
    if lane.rule.get("kind") != "import":
        return None
    return _closed(lane, "import", None, {"service": lane.name})


def _not_yet(lane: Lane) -> Exclusion | None:
    """A service that began after the date of the view, by the fact that tells of its beginning."""
    since = lane.rule.get("since")
    if since is None or lane.view.has(since):
        return None
    start = lane.view.book.fact(since).values[0].start
    if lane.view.date >= start.first:
        return None
    return _closed(lane, "not-yet", None, {"service": lane.name, "from": start})


def _platform(lane: Lane) -> Exclusion | None:
    allowed, platform = lane.rule.get("platforms"), lane.parcel.platform
    if not allowed or platform is None or platform in allowed:
        return None
    found = _closed(
        lane, "platform", None, {"service": lane.name, "platforms": _platform_names(lane, allowed)}
    )
    return replace(found, text=text_of(lane.rule["closed"])) if "closed" in lane.rule else found


def _platform_names(lane: Lane, platforms: Sequence[str]) -> Text:
    return joined([lane.view.text(f"freight.platform.{platform}") for platform in platforms], ", ", "、")


def _fulfilment(lane: Lane) -> Exclusion | None:
    allowed, chosen = lane.rule.get("fulfilment"), lane.parcel.fulfilment
    if not allowed or chosen in allowed:
        return None
    names = [lane.view.text(f"freight.fulfilment.{name}") for name in allowed]
    values = {
        "service": lane.name,
        "fulfilment": lane.view.text(f"freight.fulfilment.{chosen}"),
        "fulfilments": joined(names, " or ", "或"),
    }
    return _closed(lane, "fulfilment", None, values)


def _serves(lane: Lane) -> Exclusion | None:
    served = lane.rule.get("serves")
    if not served or lane.here(served):
        return None
    names = places(lane.view.book, served)
    return _closed(lane, "serves", None, {"service": lane.name, "to": lane.place, "countries": names})


def _stopped(lane: Lane) -> Exclusion | None:
    """A carrier that stopped serving a country."""
    for stop in lane.rule.get("suspended", ()):
        reading = lane.fact(stop["fact"]) if lane.here(stop["to"]) else None
        if reading is not None:
            said = {"service": lane.name, "to": lane.place, "since": reading.value.start}
            return _closed(lane, "stopped", reading, said)
    return None


def _classes(reading: Reading | None) -> tuple[str, ...]:
    if reading is None:
        return ()
    return (
        tuple(reading.raw)
        if isinstance(reading.raw, list)
        else tuple(str(reading.raw).replace(",", " ").split())
    )


def _goods(lane: Lane) -> Exclusion | None:
    kind = lane.parcel.goods_class
    if kind == "plain":
        return None
    refused = lane.fact(lane.rule.get("goods", {}).get("refused"))
    if kind not in _classes(refused):
        return None
    word = lane.view.text(f"freight.goods.{kind}")
    return _closed(lane, "goods", refused, {"service": lane.name, "goods": word})


def _weight(lane: Lane) -> Exclusion | None:
    for grams, reading, per in lane.limits("weight", "kg", 1000):
        mass = lane.parcel.order_g if per == "order" else lane.parcel.weight_g
        if mass is not None and mass > grams:
            return _closed(lane, "weight", reading, {"weight": weight(mass), "limit": weight(grams)})
    return None


def _light(lane: Lane) -> Exclusion | None:
    least = lane.limit(lane.rule.get("minimum"), "kg", 1000)
    mass = lane.parcel.order_g
    if least is None or mass is None or max(mass, lane.volumetric_g()) >= least[0]:
        return None
    return _closed(lane, "light", least[1], {"weight": weight(mass), "limit": weight(least[0])})


def _size(lane: Lane) -> Exclusion | None:
    dims = lane.parcel.dims_mm
    if dims is None:
        return None
    for key, rule, size in (("side", "side", max(dims)), ("side_sum", "sum", sum(dims))):
        for limit, reading, _ in lane.limits(key, "cm", 10):
            if size > limit:
                return _closed(lane, rule, reading, {"side": Decimal(size), "limit": Decimal(limit)})
    return None


def _order_price(lane: Lane) -> Exclusion | None:
    reading = lane.fact(lane.rule.get("price_below"))
    price = lane.parcel.price
    if reading is None or price is None:
        return None
    currency = reading.fact.unit.upper()
    rate = ViewExchange(lane.view).rate(price.currency, currency)
    if isinstance(rate, Unknown):
        return None
    units = int(converted(np.asarray([price.units], dtype=np.int64), rate[0], price.currency, currency)[0])
    if Decimal(units) < reading.decimal() * 10 ** decimals(currency):
        return None
    values = {"service": lane.name, "limit": reading.decimal(), "currency": currency}
    return _closed(lane, "price", reading, values)


def _list_closed(lane: Lane, price: Price | Missed) -> Exclusion | None:
    """A destination that a whole price list leaves out, or that it marks as suspended."""
    if isinstance(price, Missed):
        left_out = price.left_out
        if left_out is None:
            return None
        values = {"service": lane.name, "to": lane.place, "date": left_out.value.start}
        return _closed(lane, "list", left_out, values)
    if not price.suspended:
        return None
    values = {"service": lane.name, "to": lane.place, "date": price.readings[0].value.start}
    return _closed(lane, "suspended", price.readings[0], values)


# ---------------------------------------------------------------------------------------------------- warnings
def _warnings(lane: Lane, price: Price | Missed) -> tuple[Text, ...]:
    """What the reader of the price must know: not rules that close, but doubts and conditions."""
    found = [*_goods_warnings(lane), *_platform_warnings(lane)]
    if isinstance(price, Price):
        found += [*_list_warnings(lane, price), *_volume_warnings(lane, price)]
    for mention in lane.rule.get("mentions", ()):
        reading = lane.fact(mention["fact"]) if lane.here(mention.get("to")) else None
        if reading:
            found.append(reading.fact.says)
    return tuple(dict.fromkeys(found))


def _goods_warnings(lane: Lane) -> Iterator[Text]:
    kind, rule = lane.parcel.goods_class, lane.rule.get("goods", {})
    if kind == "plain":
        return
    word = lane.view.text(f"freight.goods.{kind}")
    accepted, refused = lane.fact(rule.get("accepted")), lane.fact(rule.get("refused"))
    if kind in _classes(accepted):
        if "word" in rule:
            yield lane.view.text("freight.warn.goods-terms", goods=word, terms=text_of(rule["word"]))
    elif kind not in _classes(refused):
        yield lane.view.text("freight.warn.goods", service=lane.name, goods=word)


def doubts(lane: Lane) -> Iterator[Unknown]:
    """Whether the service takes the goods, and a size or weight above a limit that is known only for later days."""
    kind, rule, view = lane.parcel.goods_class, lane.rule.get("goods", {}), lane.view
    if kind != "plain" and kind not in _classes(lane.fact(rule.get("accepted"))):
        word = view.text(f"freight.goods.{kind}")
        yield view.unknown(
            "goods_class", "freight.doubt.goods", service=lane.name, goods=word, date=view.date
        )
    dims, mass = lane.parcel.dims_mm, lane.parcel.order_g
    asked = [("weight", "kg", 1000, mass), ("side", "cm", 10, max(dims) if dims else None),
             ("side_sum", "cm", 10, sum(dims) if dims else None)]  # fmt: skip
    for key, unit, per_unit, size in asked:
        for limit, value in lane.later_limits(key, unit, per_unit):
            if size is not None and size > limit:
                said = {
                    "service": lane.name,
                    "date": view.date,
                    "from": value.start,
                    "limit": value.raw,
                    "unit": unit,
                }
                yield view.unknown(key, f"freight.doubt.{'weight' if key == 'weight' else 'size'}", **said)


def _platform_warnings(lane: Lane) -> Iterator[Text]:
    allowed = lane.rule.get("platforms")
    if allowed and lane.parcel.platform is None:
        names = _platform_names(lane, allowed)
        yield lane.view.text("freight.warn.platform", service=lane.name, platforms=names)


def _list_warnings(lane: Lane, price: Price) -> Iterator[Text]:
    entry = price.entry or {}
    text = lane.view.text
    if entry.get("categories") and lane.parcel.category is None:
        yield text("freight.warn.category", label=text_of(entry["label"]))
    elif entry.get("label") and "quote" not in price.terms:
        yield text("freight.warn.label", service=lane.name, label=text_of(entry["label"]))
    if "quote" in price.terms:
        yield text("freight.warn.quote", quoted=_quoted(price))
    if "step_stated" in price.terms and not lane.options.step_g:
        yield text("freight.warn.step")
    if "approximate" in price.terms:
        yield text("freight.warn.approximate")
    if "approximate" in price.terms or "compare" in price.terms:
        yield from _other_lists(lane, price)
    stated = price.terms.get("stated_to")
    if stated and lane.view.date > day(stated).first:
        yield text("freight.warn.stated", until=day(stated))
    if "share" in price.terms:
        yield text("freight.warn.share", least=weight(price.bands.bands[0].min_g))
    if "share" in price.terms or "after" in price.terms:
        yield text("freight.warn.after")
    yield from _edge_warning(lane, price)
    yield from _zone_warning(lane, price)
    fee = lane.rule.get("agent_fee")
    if fee and not lane.options.agent_fee and any(r.id == fee["table"] for r in price.readings):
        rate, least = lane.fact(fee["rate"]), lane.fact(fee["minimum"])
        if rate and least:
            yield text("freight.warn.agent", rate=rate.decimal(), minimum=least.decimal())
    if price.readings and price.readings[0].value.confidence == "low":
        yield text("freight.warn.weak", source=price.readings[0].source.publisher)


def _edge_warning(lane: Lane, price: Price) -> Iterator[Text]:
    """A list that falls at the edge of a band: the heavier weight from which on an order costs less than this one."""
    order, paid = lane.parcel.order_g, lane.unit_cost(price)
    if order is None or paid is None:
        return
    starts = sorted({max(band.min_g, band.least_g) for band in price.bands.bands})
    weights = np.asarray([start for start in starts if start > order], dtype=np.int64)
    if not len(weights):
        return
    column = lane.step(price).price(Scales.of_parcel(lane.parcel, weights))
    less = np.flatnonzero(column.known & (column.units < paid))
    if len(less):
        at = int(less[np.argmin(column.units[less])])
        yield lane.view.text(
            "freight.warn.edge",
            weight=weight(int(weights[at])),
            price=money_text(int(column.units[at]), price.currency),
            currency=price.currency,
            saved=money_text(paid - int(column.units[at]), price.currency),
        )


def _zone_warning(lane: Lane, price: Price) -> Iterator[Text]:
    """Where a list has zones or products: which is shown, and what the others cost at this weight."""
    costs = [lane.unit_cost(replace(price, rows=rows)) for rows in price.others]
    known = [cost for cost in costs if cost is not None]
    if known and price.product:
        low, high = (money_text(cost, price.currency) for cost in (min(known), max(known)))
        kind = lane.view.text("freight.warn.zones-kind")
        shown = _product_name(lane, price.product)
        if price.product == "high":
            yield lane.view.text("freight.warn.range", low=low, currency=price.currency)
            return
        yield lane.view.text(
            "freight.warn.zones" if low != high else "freight.warn.zone",
            kind=kind,
            shown=shown,
            low=low,
            high=high,
            currency=price.currency,
        )


def _other_lists(lane: Lane, price: Price) -> Iterator[Text]:
    """What other lists of the service ask for the same parcel: published ranges differ, and the reader must see it."""
    for entry in lane.rule.get("prices", ()):
        found = None if entry is price.entry else lane.listed(entry)
        if not isinstance(found, Price) or not found.readings:
            continue
        costs = [lane.unit_cost(replace(found, rows=rows)) for rows in (found.rows, *found.others)]
        known = [cost for cost in costs if cost is not None]
        if known:
            low, high = (money_text(cost, found.currency) for cost in (min(known), max(known)))
            value, source = found.readings[0].value, found.readings[0].source
            yield lane.view.text(
                "freight.warn.other-list",
                source=source.publisher,
                date=value.start,
                low=low,
                high=high,
                currency=found.currency,
            )


def _product_name(lane: Lane, product: str) -> Text:
    """A zone or product of a list by name; as the list prints it where the texts have no name."""
    found = lane.view.book.texts.get(f"freight.product.{product}")
    return text_of(found) if found else both(product)


def _volume_warnings(lane: Lane, price: Price) -> Iterator[Text]:
    weighing, mode = lane.weighing(price), lane.options.volume_mode
    if price.cubic:
        reading = lane.fact(WM_FACT)
        if reading and weighing.volume and weighing.volume.divisor == WM_DIVISOR:
            yield reading.fact.says
        if mode != "full":
            yield lane.view.text("freight.warn.mode-cubic")
        return
    if mode != "full":
        half = lane.fact(HALF_FACT)
        key = "freight.warn.mode" if weighing.volume else "freight.warn.mode-idle"
        yield lane.view.text(key)
        if half and weighing.volume:
            yield half.fact.says
    if weighing.volume and not lane.parcel.cubic_mm3 and "quote" not in price.terms:
        yield lane.view.text("freight.warn.dims", divisor=Decimal(weighing.volume.divisor))
    stated = "divisor" in price.terms or lane.options.divisor is not None
    if weighing.volume is None and not stated and lane.rule.get("volumetric"):
        yield lane.view.text("freight.warn.divisor", service=lane.name, date=lane.view.date)


# ---------------------------------------------------------------------------------------------------- days
def days_of(lane: Lane, price: Price | Missed) -> tuple[tuple[int, int], Reading, Text] | None:
    """Days to the door: of the rows of the price list, else of the first fact that speaks of the destination."""
    # a quote speaks of the one parcel that it was given for
    if isinstance(price, Price) and price.readings and ("quote" not in price.terms or lane.holds(price)):
        found = _row_days(lane, price.rows, price.readings[0], price.terms)
        if found:
            return found
        special = lane.fact((price.entry or {}).get("days"))
        if special:
            return _fact_days(lane, special)
    for entry in lane.rule.get("days", ()):
        reading = lane.fact(entry.get("fact") or entry["table"]) if lane.here(entry.get("to")) else None
        if reading is None:
            continue
        if "fact" in entry:
            return _fact_days(lane, reading)
        table = lane.view.book.rates[reading.raw]
        rows = [r for r in table["rows"] if r["to"] == lane.to and r.get("product") == entry.get("product")]
        found = _row_days(lane, rows, reading, table.get("rule", {}))
        if found:
            return found
    return None


def _row_days(
    lane: Lane, rows: Sequence[Mapping[str, str]], reading: Reading, terms: Mapping[str, str]
) -> tuple[tuple[int, int], Reading, Text] | None:
    timed = [row for row in rows if row.get("days_min")]
    if not timed:
        return None
    low = min(Decimal(row["days_min"]) for row in timed)
    high = max(Decimal(row["days_max"]) for row in timed)
    return _shown_days(lane, low, high, reading, terms.get("days") == "working")


def _fact_days(lane: Lane, reading: Reading) -> tuple[tuple[int, int], Reading, Text]:
    low, high = reading.low_high()
    return _shown_days(lane, low, high, reading, reading.fact.unit == "working_days")


def _shown_days(
    lane: Lane, low: Decimal, high: Decimal, reading: Reading, working: bool
) -> tuple[tuple[int, int], Reading, Text]:
    key = "freight.days.working" if working else "freight.days.calendar"
    text = lane.view.text(key, low=plain(low), high=plain(high))
    if working:
        return (calendar_days(low), calendar_days(high)), reading, text
    return (int(low), int(high)), reading, text


# ---------------------------------------------------------------------------------------------------- public
def service_ids(view: View) -> tuple[str, ...]:
    """All services that carry exports, in the order of the rules."""
    services = view.rules("freight")["services"]
    return tuple(key for key, rule in services.items() if rule["kind"] != "import")


def _lane(view: View, service: str, to: str, parcel: Parcel, options: FreightOptions) -> Lane:
    rule = view.rules("freight")["services"].get(service)
    if rule is None:
        rule = {"en": service, "zh": service, "kind": "line", "goods": {}}
    return Lane(view, service, rule, to, parcel, options)


def closed_to(view: View, service: str, to: str, parcel: Parcel) -> tuple[Text, Exclusion] | None:
    """Name and hard rule of a service that is closed to the parcel, found without its price list; None: look further."""
    lane = _lane(view, service, to, parcel, DEFAULT)
    found = hard_rule(lane)
    return (lane.name, found) if found else None


def compile_freight(
    view: View, service: str, to: str, parcel: Parcel, options: FreightOptions = DEFAULT
) -> FreightPlan:
    """A service to a destination: its lines, days, what closes it to this parcel, and what is not known.

    The exclusion is decided for the given parcel; the steps work on batches and leave an order unknown where no band of
    the price list holds its weight. A service that the rules do not know is priced by the typed price list alone.
    """
    lane = _lane(view, service, to, parcel, options)
    price = lane.price()
    steps = steps_of(lane, price)
    days = days_of(lane, price)
    exclusion = _exclusion(lane, price)
    doubted = () if exclusion else tuple(doubts(lane))
    rule = lane.rule

    def words(key: str) -> Text:
        return text_of(rule.get(key))

    return FreightPlan(
        service=service,
        name=lane.name,
        steps=steps,
        days=days[0] if days else None,
        days_reading=days[1] if days else None,
        days_text=days[2] if days else EMPTY,
        exclusion=exclusion,
        warn=partial(_warnings, lane, price),
        unknown=() if exclusion and exclusion.rule == "weight" else (*_unknown(lane, price, steps), *doubted),
        doubts=doubted,
        tracked=rule.get("tracked", "unknown"),
        tracking=words("tracking"),
        compensation=words("compensation"),
        importer=words("importer"),
        kind=rule["kind"],
        table=price.readings[0] if isinstance(price, Price) and price.readings else None,
        product=price.product if isinstance(price, Price) else None,
    )


def steps_of(lane: Lane, price: Price | Missed) -> tuple[Step, ...]:
    if isinstance(price, Missed):
        return (UnknownStep("freight", "freight", lane.view.text("freight.line.freight"), price.unknown),)
    steps: list[Step] = [lane.step(price)]
    steps += _agent_step(lane, price)
    steps += _fuel_step(lane, price)
    return tuple(steps)


def _agent_step(lane: Lane, price: Price) -> list[Step]:
    """The optional charge of an agent: a percentage of the freight with a least amount."""
    fee = lane.rule.get("agent_fee")
    if not fee or not lane.options.agent_fee or not any(r.id == fee["table"] for r in price.readings):
        return []
    rate, least = lane.fact(fee["rate"]), lane.fact(fee["minimum"])
    if rate is None or least is None:
        return []
    bands = Bands((OPEN,), (ppm(rate.decimal()),))
    minimum = (Money.of(least.decimal(), price.currency).units, least)
    label = lane.view.text("freight.line.agent")
    return [
        PercentStep(
            "freight.agent", "freight", label, price.currency, ("freight",), bands, rate, minimum=minimum
        )
    ]


def _fuel_step(lane: Lane, price: Price) -> list[Step]:
    """Fuel: as typed; else, where the list leaves it out, the dated fact in force, or unknown."""
    label = lane.view.text("freight.line.fuel")
    if lane.options.fuel_rate is not None:
        word = lane.view.text("freight.word.fuel-rate")
        return [TypedShareStep("freight.fuel", label, ppm(lane.options.fuel_rate), price.currency, word)]
    if price.terms.get("fuel") != "extra":
        return []
    facts: Sequence[str] = lane.rule.get("fuel", ())
    reading = next((found for fact in facts if (found := lane.fact(fact))), None)
    if reading:
        bands = Bands((OPEN,), (ppm(reading.decimal()),))
        return [PercentStep("freight.fuel", "freight", label, price.currency, ("freight",), bands, reading)]
    why = lane.view.text("freight.no-fuel", service=lane.name, date=lane.view.date)
    unknown = Unknown("freight.fuel", why, facts[0] if facts else None, lane.view.date)
    return [UnknownStep("freight.fuel", "freight", label, unknown)]


def _unknown(lane: Lane, price: Price | Missed, steps: Sequence[Step]) -> tuple[Unknown, ...]:
    """What keeps the total of this parcel open: no list, no weight, no band, no fuel surcharge."""
    if isinstance(price, Missed):
        return (price.unknown,)
    found: list[Unknown] = []
    first = steps[0]
    ledger = lane.ledger()
    if not bool(first.run(ledger).known[0]):
        explained = first.explain(ledger, 0)
        found += [explained.unknown] if explained.unknown is not None else []
    found += [step.unknown for step in steps if isinstance(step, UnknownStep)]
    return tuple(found)


def chargeable(
    view: View, service: str, parcel: Parcel, options: FreightOptions = DEFAULT, to: str | None = None
) -> ChargeableWeight:
    """How the service weighs an order: volumetric weight before rounding, billed weight after.

    `to` names the destination where steps, least weights and divisors differ by price list; without it only the rules
    of the service itself are used.
    """
    lane = _lane(view, service, to or "", parcel, options)
    found = lane.price() if to else None
    price = found if isinstance(found, Price) else None
    weighing = lane.weighing(price)
    volume, order = weighing.volume, parcel.order_g
    cubic = parcel.cubic_mm3
    volumetric = _volumetric(cubic, volume.divisor) if volume and cubic else None
    billed = before = None
    if order is not None:
        scales = Scales.of_parcel(parcel, np.asarray([order], dtype=np.int64))
        before = int(weighing.grams(scales)[0])
        bands = price.bands if price else PriceBands((Band(0, OPEN),))
        billed = int(bands.billed(weighing.rounded(scales), scales)[0][0])
    least = max((band.least_g for band in price.bands.bands), default=0) if price else 0
    readings = (volume.reading if volume else None, weighing.step_reading, *(price.readings if price else ()))
    return ChargeableWeight(
        actual_g=order,
        volumetric_g=volumetric,
        billed_g=billed,
        step_g=weighing.step_at(before or 0),
        minimum_g=least or None,
        divisor=volume.divisor if volume else None,
        by_volume=order is not None and before is not None and before > order,
        readings=tuple(reading for reading in readings if reading),
    )


def next_step(
    view: View, service: str, to: str, parcel: Parcel, options: FreightOptions = DEFAULT
) -> tuple[int, Money] | None:
    """Up to how many grams of the order nothing changes, and what the next gram then adds (it may be negative).

    None where the price is not known, or where no dearer or cheaper step follows before the list ends.
    """
    lane = _lane(view, service, to, parcel, options)
    price = lane.price()
    order = parcel.order_g
    if isinstance(price, Missed) or order is None or lane.unit_cost(price) is None:
        return None
    weights = np.arange(order, order + SEARCH_G, dtype=np.int64)
    column = lane.step(price).price(Scales.of_parcel(parcel, weights))
    changed = np.flatnonzero(~column.known | (column.units != column.units[0]))
    if len(changed) == 0 or not column.known[changed[0]]:
        return None
    at = int(changed[0])
    return int(weights[at - 1]), Money(int(column.units[at] - column.units[0]), price.currency)


def lists(view: View, service: str, to: str) -> bool | None:
    """Whether a price list of a service to a destination is known; None where the service does not go there.

    Asked for no parcel in particular: what a list leaves out by weight, goods or sale is not looked at.
    """
    rule = view.rules("freight")["services"][service]
    platform = next(iter(rule["platforms"]), None)
    fulfilment = next(iter(rule.get("fulfilment", ())), "seller")
    lane = _lane(view, service, to, Parcel(None, platform=platform, fulfilment=fulfilment), DEFAULT)
    if _import(lane) or _not_yet(lane) or _serves(lane) or _stopped(lane):
        return None
    found = lane.price()
    return isinstance(found, Price) and "quote" not in found.terms and not found.suspended
