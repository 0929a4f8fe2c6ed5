"""Amazon's fulfilment fee by size tier, weight and price of a piece: the cards of the US, Canada, Europe and Japan.

Lengths are millimetres in and micrometres inside, weights grams in and milligrams inside, so that inches,
ounces and pounds (25.4 mm, 28.349523125 g, 453.59237 g) stay whole numbers to the milligram. Sources: the
facts amazon.<site>.fba.*; limits stand in `size_tiers` or in notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import numpy as np
from msgspec import Struct

from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import minor, plain
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


class SizeTier(Struct, frozen=True):
    """Limits of a size tier: sides in micrometres (longest first), weight in mg; OPEN where there is none."""

    name: Text
    sides: tuple[int, int, int] = (OPEN, OPEN, OPEN)
    max_mg: int = OPEN
    """Limit of the weight that counts."""
    max_unit_mg: int = OPEN
    girth: int = OPEN
    """Longest side plus twice the other two."""
    sum_of_sides: int = OPEN
    dimensional: bool = False
    """The greater of unit and dimensional weight counts; else the unit weight."""
    least_side: int = 0
    """The two shorter sides count at least this much in the dimensional weight."""


class CardRow(Struct, frozen=True):
    """A fee up to a weight: an amount a price band (-1: none known), and so much a started step above it."""

    tier: int
    max_mg: int
    fees: tuple[int, ...]
    table: str
    """The fact table that the fee stands in."""
    over_mg: int = 0
    step_mg: int = 0
    step_fee: int = 0


class PriceEdge(Struct, frozen=True):
    """Where the next price band begins: at the amount, or only above it."""

    amount: int
    above: bool


class Card(Struct, frozen=True):
    tiers: tuple[SizeTier, ...]
    rows: tuple[CardRow, ...]
    edges: tuple[PriceEdge, ...]
    dim: tuple[int, int]
    cheap: Card | None = None
    """The card of the lowest price band, where a piece that it does not hold goes by the main one."""


class FbaWords(Struct, frozen=True):
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


class FbaStep(Struct, frozen=True):
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
        fee = self._fees(ledger)
        known = (fee != _NONE) & _measured(ledger) & self._priced(ledger).known
        return Column(np.where(known, fee * pieces_of(ledger), 0), known, self.currency)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        data = [fact_datum(self.readings["sizes"], "", EMPTY)] if "sizes" in self.readings else []
        if not _sized(ledger) or not _measured(ledger)[i]:
            return Explanation(tuple(data), EMPTY, Unknown("size", self.words.no_size))
        card, tier, weight, fee = self._at(ledger, i)
        numbers = [int(ledger.numbers[name][i]) for name in SIZE_NAMES]
        size = " × ".join(str(side) for side in numbers[1:])
        data += [
            Datum(self.words.unit_weight, str(numbers[0]), both("g"), ledger.marks.get("weight_g", "case")),
            Datum(self.words.unit_size, size, both("mm"), ledger.marks.get("length_mm", "case")),
        ]
        if tier == len(card.tiers) or fee == _NONE:
            return Explanation(tuple(data), EMPTY, Unknown("fulfilment", self.words.no_row))
        name = card.tiers[tier].name
        grams = plain((Decimal(weight) / 1000).quantize(Decimal("0.1")))
        data.append(Datum(self.words.weight, grams, both("g"), "computed"))
        row = next(row for row in card.rows if row.tier == tier and weight <= row.max_mg)
        data.append(fact_datum(self.readings[row.table], money_text(fee, self.currency), both(self.currency)))
        count = int(pieces_of(ledger)[i])
        amount = money_text(fee, self.currency) + (f" × {count}" if count > 1 else "")
        text = Text(f"{name.en}, {grams} g: {amount}", f"{name.zh}，{grams} 克：{amount}")
        return Explanation(tuple(data), text)

    def fees_by_price(self, ledger: Ledger) -> tuple[tuple[int | None, str], ...]:
        """For the first order, in each price band of a piece: its fee in minor units (None: none known) and its table.

        Empty where weight and sides are not given.
        """
        if not _sized(ledger) or not bool(_measured(ledger)[0]):
            return ()
        return tuple(self._in_band(ledger, band) for band in range(len(self.card.edges) + 1))

    # -- parts

    def _in_band(self, ledger: Ledger, band: int) -> tuple[int | None, str]:
        cards = (self.card.cheap, self.card) if self.card.cheap and band == 0 else (self.card,)
        for card in cards:
            tier, weight, fee = (int(part[0]) for part in _resolve(card, ledger, np.asarray([band])))
            if fee != _NONE:
                return fee, next(row.table for row in card.rows if row.tier == tier and weight <= row.max_mg)
        return None, ""

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

    def _fees(self, ledger: Ledger) -> Ints:
        band = self._band(ledger)
        fee = _resolve(self.card, ledger, band)[2]
        if self.card.cheap:
            low = _resolve(self.card.cheap, ledger, band)[2]
            fee = np.where((band == 0) & (low != _NONE), low, fee)
        return fee

    def _at(self, ledger: Ledger, i: int) -> tuple[Card, int, int, int]:
        """The card that holds for one order, and its tier, weight and fee there."""
        band = self._band(ledger)
        cards = (self.card.cheap, self.card) if self.card.cheap and band[i] == 0 else (self.card,)
        for card in cards:
            tier, weight, fee = (int(part[i]) for part in _resolve(card, ledger, band))
            if fee != _NONE:
                break
        return card, tier, weight, fee


def _resolve(card: Card, ledger: Ledger, band: Ints) -> tuple[Ints, Ints, Ints]:
    """Tier, weight and fee of one piece by one card."""
    tier, weight = _tier(card, ledger)
    return tier, weight, _fee(card, tier, weight, band)


def _tier(card: Card, ledger: Ledger) -> tuple[Ints, Ints]:
    """The first tier that a piece fits (len(tiers): none) and the weight that counts there, in mg."""
    given = [np.minimum(ledger.numbers[name], _LONGEST) for name in SIZE_NAMES[1:]]
    sides = np.sort(np.stack(given), axis=0)
    short, middle, long = (row * _MM for row in sides)
    unit = ledger.numbers["weight_g"] * 1000
    index = np.full(ledger.n, len(card.tiers), dtype=np.int64)
    weight = unit.copy()
    for at, tier in enumerate(card.tiers):
        counted = unit
        if tier.dimensional:
            counted = np.maximum(unit, _dimensional(card, short, middle, long, tier))
        fits = (long <= tier.sides[0]) & (middle <= tier.sides[1]) & (short <= tier.sides[2])
        fits &= (counted <= tier.max_mg) & (unit <= tier.max_unit_mg)
        fits &= long + 2 * (middle + short) <= tier.girth
        fits &= (long + middle + short <= tier.sum_of_sides) & (index == len(card.tiers))
        index = np.where(fits, at, index)
        weight = np.where(fits, counted, weight)
    return index, weight


def _dimensional(card: Card, short: Ints, middle: Ints, long: Ints, tier: SizeTier) -> Ints:
    """Dimensional weight in mg, a started milligram counted in full."""
    tenths = [np.maximum(side, tier.least_side) // 100 for side in (short, middle)]
    volume = -(-(tenths[0] * tenths[1] * (long // 100)) // 1000)
    top, bottom = card.dim
    result: Ints = -(-volume * top // bottom)
    return result


def _fee(card: Card, tier: Ints, weight: Ints, band: Ints) -> Ints:
    fee = np.full(len(tier), _NONE, dtype=np.int64)
    open_: Bools = np.ones(len(tier), dtype=np.bool_)
    for row in card.rows:
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


# ---------------------------------------------------------------- the cards

Tables = Mapping[str, Reading]
Build = Callable[[View, str, Tables, str, Mapping[str, str]], Card]


def compile_card(
    view: View,
    card: str,
    line_id: str,
    label: Text,
    currency: str,
    tables: Tables,
    category: str,
    keys: Mapping[str, str],
) -> FbaStep:
    """The card of a store from its fact tables, for a category; `keys` name entries of maps."""
    build: dict[str, Build] = {"us": _us, "ca": _ca, "eu": _eu, "jp": _jp}
    built = build[card](view, currency, tables, category, keys)
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


def _us(view: View, currency: str, tables: Tables, category: str, keys: Mapping[str, str]) -> Card:
    """The US card: tiers by inches and pounds, dimensional weight from large standard on."""
    tiers = tuple(_us_tiers(view, tables["sizes"].raw))
    names = [str(row["tier"]) for row in tables["sizes"].raw[:-1]] + [name for name, _ in _XL_WEIGHTS]
    # clothing has a card of its own for the standard sizes
    small, large = ("apparel_small", "apparel_large") if category in _US_CLOTHING else ("small", "large")
    rows = [
        *_us_standard(small, tables, names.index("small_standard"), currency),
        *_us_standard(large, tables, names.index("large_standard"), currency),
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
            girth=OPEN if girth is None else int(Decimal(girth) * _INCH),
            dimensional=row.get("weight_used", "greater") != "unit",
            least_side=least if "bulky" in row["tier"] else 0,
        )
    # extra-large has limits since 2026; what is larger ("overmax") has no fee in the facts
    longest, girth_um = (
        int(Decimal(raw[-1][key]) * _INCH) if key in raw[-1] else OPEN
        for key in ("max_length_in", "max_length_plus_girth_in")
    )
    for name, pounds in _XL_WEIGHTS:
        limit = OPEN if pounds is None else _mg(pounds, _LB)
        yield SizeTier(
            _name(view, name),
            (longest, longest, longest),
            limit,
            girth=girth_um,
            dimensional=True,
            least_side=least,
        )


def _us_standard(table: str, tables: Tables, tier: int, currency: str) -> Iterator[CardRow]:
    for row in _raw(tables, table):
        limit = _mg(row["max_oz"], _OZ) if "max_oz" in row else _mg(row["max_lb"], _LB)
        cells = row.get("base", row)
        fees = tuple(minor(cells[band], currency) for band in _US_BANDS)
        if "base" in row:
            # a started quarter pound, for clothing half a pound
            ounces = next(n for n in ("4", "8") if f"plus_per_started_{n}oz_above_3lb" in row)
            step = minor(row[f"plus_per_started_{ounces}oz_above_3lb"], currency)
            over = _mg(row["over_lb"], _LB)
            yield CardRow(tier, limit, fees, table, over_mg=over, step_mg=_mg(ounces, _OZ), step_fee=step)
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


_KG = Decimal(1_000_000)
_G = Decimal(1_000)
_CM = Decimal(10_000)
_LOWER_LIMIT = frozenset(
    {"beauty", "health", "business-industrial", "office", "food", "books-media", "home-kitchen"}
)
"""Categories that keep the lower limit of low-price fulfilment (amazon.*.fba.low_price_listed)."""
_SELECTED = frozenset({"apparel", "wedding-dresses", "accessories", "shoes", "bags", "food", "milk-powder"})
"""Categories whose parcels go by unit weight in tiers of their own (amazon.*.fba.fulfil.selected_2026)."""


def _eu(view: View, currency: str, tables: Tables, category: str, keys: Mapping[str, str]) -> Card:
    """The European card of 2026: envelopes by unit weight, the rest by the greater of unit and dimensional one."""
    selected = category in _SELECTED and "selected" in tables
    tiers: list[SizeTier] = []
    names: list[str] = []
    for row in tables["sizes"].raw:
        if selected and row["tier"] == "small_parcel":
            for parcel in tables["selected"].raw:
                names.append(parcel["tier"])
                tiers.append(_eu_tier(view, parcel))
        if not (selected and row["tier"].endswith("_parcel")):
            names.append(row["tier"])
            tiers.append(_eu_tier(view, row))
    rows = list(_eu_rows(tables, "standard", names, currency))
    rows += _eu_rows(tables, "selected", names, currency) if selected else ()
    rows += _eu_rows(tables, "oversize", names, currency)
    threshold = minor(_threshold(tables, keys, category), currency)
    return Card(
        tuple(tiers), tuple(rows), (PriceEdge(threshold, True),), _EU_DIM, _eu_cheap(view, currency, tables)
    )


def _eu_cheap(view: View, currency: str, tables: Tables) -> Card:
    """Low-price fulfilment: the same sizes, all by unit weight, and no row for what is heavier."""
    sizes = [
        row for row in tables["sizes"].raw if any(low["tier"] == row["tier"] for low in tables["low"].raw)
    ]
    tiers = tuple(_eu_tier(view, {**row, "weight_used": "unit"}) for row in sizes)
    rows = _eu_rows(tables, "low", [row["tier"] for row in sizes], currency)
    return Card(tiers, tuple(rows), (), _EU_DIM)


def _eu_tier(view: View, row: Mapping[str, Any]) -> SizeTier:
    sides = (OPEN, OPEN, OPEN) if "max_cm" not in row else _um(row["max_cm"], _CM)
    if "longest_cm" in row:
        sides = (int(Decimal(row["longest_cm"]) * _CM), OPEN, OPEN)
    return SizeTier(
        _name(view, row["tier"]),
        sides,
        _mg(row["max_dim_kg"], _KG) if "max_dim_kg" in row else OPEN,
        _weight_limit(row),
        int(Decimal(row["girth_cm"]) * _CM) if "girth_cm" in row else OPEN,
        dimensional=row["weight_used"] != "unit",
    )


def _weight_limit(row: Mapping[str, Any]) -> int:
    if "max_kg" in row:
        return _mg(row["max_kg"], _KG)
    return _mg(row["max_g"], _G) if "max_g" in row else OPEN


def _eu_rows(tables: Tables, table: str, names: list[str], currency: str) -> Iterator[CardRow]:
    for row in tables[table].raw:
        if row["tier"] not in names:
            continue
        at, fee = names.index(row["tier"]), (minor(row["fee"], currency),)
        step = next((key for key in ("per_kg", "per_100g") if key in row), "")
        if step:
            size = int(_KG) if step == "per_kg" else int(100 * _G)
            over, more = _mg(row["base_g"], _G), minor(row[step], currency)
            yield CardRow(at, OPEN, fee, table, over_mg=over, step_mg=size, step_fee=more)
        else:
            yield CardRow(at, _weight_limit(row), fee, table)


def _threshold(tables: Tables, keys: Mapping[str, str], category: str) -> str:
    """The price up to which low-price fulfilment holds."""
    name = "threshold_listed" if category in _LOWER_LIMIT else "threshold"
    raw = tables[name].raw
    return str(raw[keys[name]] if isinstance(raw, Mapping) else raw)


def _ca(view: View, currency: str, tables: Tables, category: str, keys: Mapping[str, str]) -> Card:
    """The Canadian card: steps of 100 g in an envelope and a standard parcel, of 500 g beyond; one price band."""
    sizes = tables["sizes"].raw
    names = [str(row["tier"]) for row in sizes]
    tiers = []
    for row in sizes:
        sides = [int(Decimal(row[key]) * _CM) if key in row else OPEN for key in ("longest_cm", "median_cm")]
        tiers.append(
            SizeTier(
                _name(view, row["tier"]),
                _um(row["max_cm"], _CM) if "max_cm" in row else (sides[0], sides[1], OPEN),
                _mg(row["max_kg"], _KG) if "max_kg" in row else OPEN,
                girth=int(Decimal(row["girth_cm"]) * _CM) if "girth_cm" in row else OPEN,
                dimensional=row["weight_used"] != "unit",
            )
        )
    rows = []
    for row in tables["fulfil"].raw:
        at, fee = names.index(row["tier"]), (minor(row["fee"], currency),)
        if "step_g" in row:
            step = _mg(row["step_g"], _G)
            over = _mg(row["over_g"], _G)
            more = minor(row["per_step"], currency)
            rows.append(CardRow(at, OPEN, fee, "fulfil", over_mg=over, step_mg=step, step_fee=more))
        else:
            rows.append(CardRow(at, _mg(row["max_g"], _G), fee, "fulfil"))
    return Card(tuple(tiers), tuple(rows), (), _EU_DIM)


def _jp(view: View, currency: str, tables: Tables, category: str, keys: Mapping[str, str]) -> Card:
    """The Japanese card: by sides and weight, most tiers by the sum of the sides; cheaper at low prices."""
    if "card" in tables:
        return _jp_2026(view, currency, tables["card"].raw, minor(tables["threshold"].raw, currency))
    tiers = [SizeTier(_name(view, "small"), (250_000, 180_000, 20_000), 250_000)]
    rows = [CardRow(0, OPEN, (minor(tables["small"].raw, currency),), "small")]
    steps = [(row["sum_of_sides_cm"], "1", row["fee"], "standard") for row in _raw(tables, "standard")]
    steps += [(row["cm"], row["kg"], row["fee"], "oversize") for row in _raw(tables, "oversize")]
    for cm, kg, fee, table in steps:
        name = view.text("fees.tier.sum", cm=cm)
        rows.append(CardRow(len(tiers), OPEN, (minor(fee, currency),), table))
        tiers.append(SizeTier(name, max_mg=_mg(kg, _KG), sum_of_sides=int(Decimal(cm) * _CM)))
    return Card(tuple(tiers), tuple(rows), (), _EU_DIM)


def _jp_2026(view: View, currency: str, raw: list[Mapping[str, Any]], edge: int) -> Card:
    tiers: list[SizeTier] = []
    rows: list[CardRow] = []
    for row in raw:
        cm = row.get("sum_of_sides_cm")
        name = _name(view, row["tier"]) if cm is None else view.text("fees.tier.sum", cm=cm)
        rows.append(
            CardRow(
                len(tiers), OPEN, (minor(row["low_price_fee"], currency), minor(row["fee"], currency)), "card"
            )
        )
        tiers.append(
            SizeTier(
                name,
                _um(row["max_cm"], _CM) if "max_cm" in row else (OPEN, OPEN, OPEN),
                _mg(row["kg"], _KG),
                sum_of_sides=OPEN if cm is None else int(Decimal(cm) * _CM),
            )
        )
    return Card(tuple(tiers), tuple(rows), (PriceEdge(edge, True),), _EU_DIM)


def _raw(tables: Tables, name: str) -> list[Mapping[str, Any]]:
    return list(tables[name].raw) if name in tables else []


def _name(view: View, tier: str) -> Text:
    return view.text(f"fees.tier.{tier}")
