"""Amazon's fulfilment fee by size tier, weight and price of a piece: the cards of the US, the UK and Japan.

Lengths are millimetres in and micrometres inside, weights grams in and milligrams inside, so that inches,
ounces and pounds (25.4 mm, 28.349523125 g, 453.59237 g) stay whole numbers to the milligram. Sources: the
facts amazon.us.fba.*, amazon.uk.fba.* and amazon.jp.fba.*; limits stand in `size_tiers` or in notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import numpy as np

from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import major, minor, plain
from desktop.core.result import Datum, Payer, Series
from desktop.core.text import EMPTY, Text, both, text_of
from desktop.core.words import money_text
from desktop.engine.kernel import OPEN, Bools, Column, Explanation, Ints, Ledger, fact_datum, pieces_of

_LB = Decimal("453592.37")
_OZ = _LB / 16
_INCH = Decimal(25_400)
_MM = 1_000
# dimensional pounds are in³ / 139: mg = mm³ × 453592.37 / (16387.064 × 139), scaled to whole numbers
_US_DIM = (226_796_185, 1_138_900_948)
# dimensional kilograms are cm³ / 5000: mg = mm³ / 5
_EU_DIM = (1, 5)
_LONGEST = 3_000
"""Sides are cut at 3 m: beyond every tier, and small enough for exact 64-bit volumes."""
_NONE = -1
SIZE_NAMES = ("weight_g", "length_mm", "width_mm", "height_mm")


@dataclass(frozen=True, slots=True)
class SizeTier:
    """Limits of a size tier: sides in micrometres (longest first), weight in mg; OPEN where there is none."""

    name: Text
    sides: tuple[int, int, int] = (OPEN, OPEN, OPEN)
    max_mg: int = OPEN
    girth: int = OPEN
    """Longest side plus twice the other two."""
    sum_of_sides: int = OPEN
    dimensional: bool = False
    """The greater of unit and dimensional weight counts; else the unit weight."""
    least_side: int = 0
    """The two shorter sides count at least this much in the dimensional weight."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """A fee up to a weight: an amount a price band (-1: none known), and so much a started step above it."""

    tier: int
    max_mg: int
    fees: tuple[int, ...]
    table: str
    """The fact table that the fee stands in."""
    low_table: str = ""
    """The table of the lowest price band, where it is another one."""
    over_mg: int = 0
    step_mg: int = 0
    step_fee: int = 0


@dataclass(frozen=True, slots=True)
class PriceEdge:
    """Where the next price band begins: at the amount, or only above it."""

    amount: int
    above: bool


@dataclass(frozen=True)
class Card:
    tiers: tuple[SizeTier, ...]
    rows: tuple[CardRow, ...]
    edges: tuple[PriceEdge, ...]
    dim: tuple[int, int]


@dataclass(frozen=True, slots=True)
class FbaWords:
    no_size: Text
    no_row: Text
    tier: Text
    weight: Text
    unit_weight: Text
    unit_size: Text

    @classmethod
    def of(cls, view: View) -> FbaWords:
        keys = ("fba-no-size", "fba-no-row", "size-tier", "counted-weight", "unit-weight", "unit-size")
        return cls(*(text_of(view.book.texts[f"fees.{key}"]) for key in keys))


@dataclass(frozen=True)
class FbaStep:
    """The fulfilment fee of an order: the fee of one piece times the pieces."""

    id: str
    label: Text
    currency: str
    card: Card
    words: FbaWords
    readings: Mapping[str, Reading]
    series: Series = "freight"
    payer: Payer = "seller"

    def run(self, ledger: Ledger) -> Column:
        if not _sized(ledger):
            return Column.unknown(self.currency, ledger.n)
        tier, weight = self._tier(ledger)
        fee = self._fee(tier, weight, self._band(ledger))
        known = (fee != _NONE) & _measured(ledger) & self._priced(ledger).known
        return Column(np.where(known, fee * pieces_of(ledger), 0), known, self.currency)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        data = [fact_datum(self.readings["sizes"], "", EMPTY)] if "sizes" in self.readings else []
        if not _sized(ledger) or not _measured(ledger)[i]:
            return Explanation(tuple(data), EMPTY, Unknown("size", self.words.no_size))
        tier, weight = self._tier(ledger)
        fee = int(self._fee(tier, weight, self._band(ledger))[i])
        numbers = [int(ledger.numbers[name][i]) for name in SIZE_NAMES]
        size = " × ".join(str(side) for side in numbers[1:])
        data += [
            Datum(self.words.unit_weight, str(numbers[0]), both("g"), ledger.marks.get("weight_g", "case")),
            Datum(self.words.unit_size, size, both("mm"), ledger.marks.get("length_mm", "case")),
        ]
        if tier[i] == len(self.card.tiers) or fee == _NONE:
            return Explanation(tuple(data), EMPTY, Unknown("fulfilment", self.words.no_row))
        name = self.card.tiers[int(tier[i])].name
        grams = plain((Decimal(int(weight[i])) / 1000).quantize(Decimal("0.1")))
        data.append(Datum(self.words.weight, grams, both("g"), "computed"))
        row = self._row(int(tier[i]), int(weight[i]))
        table = row.low_table or row.table if self._band(ledger)[i] == 0 else row.table
        data.append(fact_datum(self.readings[table], f"{major(fee, self.currency):f}", both(self.currency)))
        count = int(pieces_of(ledger)[i])
        amount = money_text(fee, self.currency) + (f" × {count}" if count > 1 else "")
        text = Text(f"{name.en}, {grams} g: {amount}", f"{name.zh}，{grams} 克：{amount}")
        return Explanation(tuple(data), text)

    # -- parts

    def _priced(self, ledger: Ledger) -> Column:
        if len(self.card.edges) == 0:
            return Column.of(0, self.currency, ledger.n)
        return ledger.in_currency(ledger.column("price"), self.currency)

    def _band(self, ledger: Ledger) -> Ints:
        """The price band of one piece: edges are multiplied by the pieces, so that nothing is rounded."""
        price, count = self._priced(ledger).units, pieces_of(ledger)
        band = np.zeros(ledger.n, dtype=np.int64)
        for edge in self.card.edges:
            reached = price > edge.amount * count if edge.above else price >= edge.amount * count
            band += reached
        return band

    def _tier(self, ledger: Ledger) -> tuple[Ints, Ints]:
        """The first tier that a piece fits (len(tiers): none) and the weight that counts there, in mg."""
        given = [np.minimum(ledger.numbers[name], _LONGEST) for name in SIZE_NAMES[1:]]
        sides = np.sort(np.stack(given), axis=0)
        short, middle, long = (row * _MM for row in sides)
        unit = ledger.numbers["weight_g"] * 1000
        index = np.full(ledger.n, len(self.card.tiers), dtype=np.int64)
        weight = unit.copy()
        for at, tier in enumerate(self.card.tiers):
            counted = unit
            if tier.dimensional:
                counted = np.maximum(unit, self._dimensional(short, middle, long, tier))
            fits = (long <= tier.sides[0]) & (middle <= tier.sides[1]) & (short <= tier.sides[2])
            fits &= (counted <= tier.max_mg) & (long + 2 * (middle + short) <= tier.girth)
            fits &= (long + middle + short <= tier.sum_of_sides) & (index == len(self.card.tiers))
            index = np.where(fits, at, index)
            weight = np.where(fits, counted, weight)
        return index, weight

    def _dimensional(self, short: Ints, middle: Ints, long: Ints, tier: SizeTier) -> Ints:
        """Dimensional weight in mg, a started milligram counted in full."""
        tenths = [np.maximum(side, tier.least_side) // 100 for side in (short, middle)]
        volume = -(-(tenths[0] * tenths[1] * (long // 100)) // 1000)
        top, bottom = self.card.dim
        result: Ints = -(-volume * top // bottom)
        return result

    def _row(self, tier: int, weight: int) -> CardRow:
        return next(row for row in self.card.rows if row.tier == tier and weight <= row.max_mg)

    def _fee(self, tier: Ints, weight: Ints, band: Ints) -> Ints:
        fee = np.full(len(tier), _NONE, dtype=np.int64)
        open_: Bools = np.ones(len(tier), dtype=np.bool_)
        for row in self.card.rows:
            hit = open_ & (tier == row.tier) & (weight <= row.max_mg)
            amount = np.asarray(row.fees, dtype=np.int64)[np.minimum(band, len(row.fees) - 1)]
            if row.step_mg:
                steps = -(-np.maximum(weight - row.over_mg, 0) // row.step_mg)
                amount = np.where(amount == _NONE, _NONE, amount + steps * row.step_fee)
            fee = np.where(hit, amount, fee)
            open_ &= ~hit
        return fee


def _sized(ledger: Ledger) -> bool:
    return all(name in ledger.numbers for name in SIZE_NAMES)


def _measured(ledger: Ledger) -> Bools:
    """Where weight and all three sides are given (a zero is not given)."""
    result: Bools = np.ones(ledger.n, dtype=np.bool_)
    for name in SIZE_NAMES:
        result &= ledger.numbers[name] > 0
    return result


# ---------------------------------------------------------------- the three cards

Build = Callable[[View, str, Mapping[str, Reading], str], Card]


def compile_card(
    view: View,
    card: str,
    line_id: str,
    label: Text,
    currency: str,
    tables: Mapping[str, Reading],
    category: str,
) -> FbaStep:
    """The card of a store from its fact tables, for a category."""
    build: dict[str, Build] = {"us": _us, "uk": _uk, "jp": _jp}
    built = build[card](view, currency, tables, category)
    return FbaStep(line_id, label, currency, built, FbaWords.of(view), dict(tables))


def _mg(value: str | Decimal, unit: Decimal) -> int:
    """A weight in milligrams, rounded down: 4 oz are 113398.09 mg, and 113398 mg still lie within."""
    return int((Decimal(value) * unit).to_integral_value(ROUND_FLOOR))


def _um(values: list[str], unit: Decimal) -> tuple[int, int, int]:
    sides = sorted((int(Decimal(value) * unit) for value in values), reverse=True)
    return sides[0], sides[1], sides[2]


_US_BANDS = ("under_10", "from_10_to_50", "over_50")
_US_EDGES = (("10", False), ("50", True))
_XL_WEIGHTS = (("xl_0_50", "50"), ("xl_50_70", "70"), ("xl_70_150", "150"), ("xl_over_150", None))
_US_CLOTHING = frozenset({"apparel", "wedding-dresses", "accessories"})


def _us(view: View, currency: str, tables: Mapping[str, Reading], category: str) -> Card:
    """The US card of January 2026: tiers by inches and pounds, dimensional weight from large standard on."""
    tiers = tuple(_us_tiers(view, tables["sizes"].raw))
    names = [str(row["tier"]) for row in tables["sizes"].raw[:-1]] + [name for name, _ in _XL_WEIGHTS]
    if category in _US_CLOTHING:
        # clothing has its own card, of which only one weakly sourced column is known
        rows = _clothing(tables.get("apparel"), names.index("large_standard"), currency)
    else:
        rows = [
            *_us_standard("small", tables, names.index("small_standard"), currency),
            *_us_standard("large", tables, names.index("large_standard"), currency),
            *_us_bulky(tables["bulky"].raw, names, currency),
        ]
    edges = tuple(PriceEdge(minor(amount, currency), above) for amount, above in _US_EDGES)
    return Card(tiers, tuple(rows), edges, _US_DIM)


def _us_tiers(view: View, raw: list[Mapping[str, Any]]) -> Iterator[SizeTier]:
    least = int(2 * _INCH)  # bulky and larger count at least 2 in of width and height
    for row in raw[:-1]:
        girth = row.get("max_length_plus_girth_in")
        yield SizeTier(
            _name(view, row["tier"]),
            _um(row["max_in"], _INCH),
            _mg(row["max_weight_lb"], _LB),
            OPEN if girth is None else int(Decimal(girth) * _INCH),
            dimensional=row.get("weight_used", "greater") != "unit",
            least_side=least if "bulky" in row["tier"] else 0,
        )
    # extra-large: to 96 in and 130 in of length and girth; what is larger ("overmax") has no fee in the facts
    longest, girth_um = int(96 * _INCH), int(130 * _INCH)
    for name, pounds in _XL_WEIGHTS:
        limit = OPEN if pounds is None else _mg(pounds, _LB)
        yield SizeTier(
            _name(view, name),
            (longest, longest, longest),
            limit,
            girth_um,
            dimensional=True,
            least_side=least,
        )


def _us_standard(table: str, tables: Mapping[str, Reading], tier: int, currency: str) -> Iterator[CardRow]:
    for row in tables[table].raw:
        limit = _mg(row["max_oz"], _OZ) if "max_oz" in row else _mg(row["max_lb"], _LB)
        cells = row.get("base", row)
        fees = tuple(minor(cells[band], currency) for band in _US_BANDS)
        if "base" in row:
            step = minor(row["plus_per_started_4oz_above_3lb"], currency)
            over = _mg(row["over_lb"], _LB)
            yield CardRow(tier, limit, fees, table, over_mg=over, step_mg=_mg("4", _OZ), step_fee=step)
        else:
            yield CardRow(tier, limit, fees, table)


def _us_bulky(raw: list[Mapping[str, Any]], names: list[str], currency: str) -> Iterator[CardRow]:
    for row in raw:
        plus = next(key for key in row if key.startswith("plus_per_lb_above_"))
        over = plus.removeprefix("plus_per_lb_above_")
        fees = (minor(row["under_10"], currency), minor(row["from_10"], currency))
        at = names.index(row["tier"])
        step = minor(row[plus], currency)
        yield CardRow(at, OPEN, fees, "bulky", over_mg=_mg(over, _LB), step_mg=_mg("1", _LB), step_fee=step)


def _clothing(reading: Reading | None, tier: int, currency: str) -> list[CardRow]:
    """Large standard, 10 to 50 dollars: all that was found of the clothing card."""
    if reading is None:
        return []
    return [
        CardRow(tier, _mg(row["max_lb"], _LB), (_NONE, minor(row["fee"], currency), _NONE), "apparel")
        for row in reading.raw
    ]


_KG = Decimal(1_000_000)
_CM = Decimal(10_000)
_LOWER_LIMIT = frozenset(
    {"beauty", "health", "business-industrial", "office", "food", "books-media", "home-kitchen"}
)
"""Categories that keep the lower limit of low-price fulfilment (amazon.uk.fba.low_price_listed)."""


def _uk(view: View, currency: str, tables: Mapping[str, Reading], category: str) -> Card:
    """The UK card of February 2026: parcels by unit weight, a cheaper column up to the low-price limit."""
    sizes = tables["sizes"].raw
    tiers, names = [], [str(row["tier"]) for row in sizes]
    for row in sizes:
        weight = row.get("max_kg", row.get("max_unit_kg"))
        limit = _mg(row["max_g"], Decimal(1000)) if weight is None else _mg(weight, _KG)
        # parcels count by unit weight (amazon.eu.fba.unit_weight); oversize still by the greater of the two
        tiers.append(
            SizeTier(
                _name(view, row["tier"]),
                _um(row["max_cm"], _CM),
                limit,
                dimensional="oversize" in row["tier"],
            )
        )
    low = {(row["tier"], row["max_g"]): row["fee"] for row in tables["low"].raw}
    rows = []
    for row in tables["standard"].raw:
        full = minor(row["fee"], currency)
        cheap = low.get((row["tier"], row["max_g"]))
        fees = (full if cheap is None else minor(cheap, currency), full)
        table = "standard" if cheap is None else "low"
        limit = _mg(row["max_g"], Decimal(1000))
        rows.append(CardRow(names.index(row["tier"]), limit, fees, "standard", table))
    for row in tables["oversize"].raw:
        if row["tier"] in names:
            step, fee = minor(row["per_kg"], currency), minor(row["fee"], currency)
            over = _mg(row["base_g"], Decimal(1000))
            at = names.index(row["tier"])
            rows.append(
                CardRow(at, OPEN, (fee, fee), "oversize", over_mg=over, step_mg=int(_KG), step_fee=step)
            )
    reading = tables["threshold_listed" if category in _LOWER_LIMIT else "threshold"]
    threshold = reading.raw["GBP"] if isinstance(reading.raw, Mapping) else reading.raw
    return Card(tuple(tiers), tuple(rows), (PriceEdge(minor(threshold, currency), True),), _EU_DIM)


def _jp(view: View, currency: str, tables: Mapping[str, Reading], category: str) -> Card:
    """The Japanese card: small by sides and weight, the rest by the sum of the sides and the weight."""
    tiers = [SizeTier(_name(view, "small"), (250_000, 180_000, 20_000), 250_000)]
    rows = [CardRow(0, OPEN, (minor(tables["small"].raw, currency),), "small")]
    steps = [(row["sum_of_sides_cm"], "1", row["fee"], "standard") for row in _raw(tables, "standard")]
    steps += [(row["cm"], row["kg"], row["fee"], "oversize") for row in _raw(tables, "oversize")]
    for cm, kg, fee, table in steps:
        name = view.text("fees.tier.sum", cm=cm)
        rows.append(CardRow(len(tiers), OPEN, (minor(fee, currency),), table))
        tiers.append(SizeTier(name, max_mg=_mg(kg, _KG), sum_of_sides=int(Decimal(cm) * _CM)))
    return Card(tuple(tiers), tuple(rows), (), _EU_DIM)


def _raw(tables: Mapping[str, Reading], name: str) -> list[Mapping[str, Any]]:
    return list(tables[name].raw) if name in tables else []


def _name(view: View, tier: str) -> Text:
    return view.text(f"fees.tier.{tier}")
