"""Amazon's fee for packing and sending a piece, read off its cards.

A card says into which size a piece falls (sides, girth, weight) and what a piece of that size costs by weight and price.
Inches and pounds are exact: 25.4 mm, 453.59237 g.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from oracle.order import Sku
from oracle.rules import How, Rules, cents, up

INCH, POUND = Decimal("25.4"), Decimal("453.59237")
OUNCE = POUND / 16
CM, KILO = Decimal(10), Decimal(1000)
CLOTHING = ("apparel", "wedding-dresses", "accessories")
"""Has a dearer card for the standard sizes in the United States."""
SELECTED = ("apparel", "wedding-dresses", "accessories", "shoes", "bags", "food", "milk-powder")
"""Parcels of these have sizes of their own in Europe."""
LISTED = ("beauty", "health", "business-industrial", "office", "food", "books-media", "home-kitchen")
"""Keep the lower price limit of Europe's cheap card."""

Tables = Mapping[str, tuple[Any, str]]
"""By name: what the fact says, and the entry of it that is meant."""


@dataclass(frozen=True)
class Size:
    """A size: no side, girth, sum or weight may be over; None where there is no such limit. Millimetres and grams."""

    name: str
    sides: tuple[Decimal | None, Decimal | None, Decimal | None] = (None, None, None)
    girth: Decimal | None = None
    """Longest side and twice the other two."""
    sum: Decimal | None = None
    unit_g: Decimal | None = None
    """Limit of what a piece weighs."""
    counted_g: Decimal | None = None
    """Limit of the weight that counts."""
    volume: bool = False
    """The larger of weight and dimensional weight counts."""
    least_mm: Decimal = Decimal(0)
    """The two shorter sides count at least so much in the dimensional weight."""


@dataclass(frozen=True)
class Row:
    """A fee of a size up to a weight, by price band, and so much for each started step above a weight."""

    size: str
    up_to_g: Decimal | None
    fees: tuple[Decimal, ...]
    over_g: Decimal = Decimal(0)
    step_g: Decimal | None = None
    step_fee: Decimal = Decimal(0)


@dataclass(frozen=True)
class Card:
    sizes: tuple[Size, ...]
    rows: tuple[Row, ...]
    bands: tuple[tuple[Decimal, bool], ...] = ()
    """Prices at which the next price band begins: at the price itself (True), or above it."""
    grams_per_mm3: Decimal = Decimal("0.0002")
    """A kilogram for 5000 cm³."""
    cheap: Card | None = field(default=None)
    """Holds in the lowest price band, for what it has a row for."""


def fee(rules: Rules, card: Card, sku: Sku, currency: str) -> tuple[Decimal | None, How]:
    """The fee of an order: so much a piece."""
    if not sku.weight_g or sku.sides_mm is None:
        return None, ("weight and sides are not known",)
    band = 0
    if card.bands:
        paid = rules.convert(sku.paid, sku.currency, currency)
        if paid is None:
            return None, ("the price is not known in {}", currency)
        each = paid / sku.pieces
        band = sum(each >= price if at else each > price for price, at in card.bands)
    found = None
    if band == 0 and card.cheap is not None:
        found = _row(card.cheap, sku, band)
        rules.met["fba.low-price"] += found is not None
    found = found or _row(card, sku, band)
    if found is None:
        rules.met["fba.none"] += 1
        return None, ("no row of the card holds it",)
    size, grams, row = found
    rules.met[f"fba.{'volume' if grams > sku.weight_g else 'weight'}"] += 1
    amount = cents(row.fees[min(band, len(row.fees) - 1)], currency)
    if row.step_g is not None:
        steps = max(up((grams - row.over_g) / row.step_g), Decimal(0))
        rules.met["fba.steps"] += steps > 0
        amount += steps * cents(row.step_fee, currency)
    return amount * sku.pieces, ("{} at {} g: {} x {}", size.name, grams, amount, sku.pieces)


def _row(card: Card, sku: Sku, band: int) -> tuple[Size, Decimal, Row] | None:
    assert sku.sides_mm is not None
    assert sku.weight_g is not None
    short, middle, long = (Decimal(side) for side in sorted(sku.sides_mm))
    unit = Decimal(sku.weight_g)
    for size in card.sizes:
        grams = unit
        if size.volume:
            volume = max(short, size.least_mm) * max(middle, size.least_mm) * long
            grams = max(unit, volume * card.grams_per_mm3)
        sides = zip(size.sides, (long, middle, short), strict=True)
        measured = (
            *sides,
            (size.girth, long + 2 * (middle + short)),
            (size.sum, long + middle + short),
            (size.unit_g, unit),
            (size.counted_g, grams),
        )
        if all(limit is None or amount <= limit for limit, amount in measured):
            for row in card.rows:
                if row.size == size.name and (row.up_to_g is None or grams <= row.up_to_g):
                    return size, grams, row
            return None
    return None


# ---------------------------------------------------------------- the cards
def card_of(kind: str, tables: Tables, category: str) -> Card | None:
    """The card of a store, or None where a table that it cannot do without says nothing on the day."""
    needed = {
        "us": {"sizes", "small", "large", "bulky"},
        "eu": {"sizes", "standard", "low", "oversize", "threshold", "threshold_listed"},
        "ca": {"sizes", "fulfil"},
        "jp": {"small"},
    }[kind]
    if needed - set(tables):
        return None
    return {"us": _us, "eu": _eu, "ca": _ca, "jp": _jp}[kind](tables, category)


def _all(tables: Tables, name: str) -> list[Mapping[str, Any]]:
    return list(tables[name][0]) if name in tables else []


def _mm(values: list[str], unit: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    long, middle, short = sorted((Decimal(value) * unit for value in values), reverse=True)
    return long, middle, short


def _times(row: Mapping[str, Any], key: str, unit: Decimal) -> Decimal | None:
    return Decimal(row[key]) * unit if key in row else None


def _us(tables: Tables, category: str) -> Card:
    """Inches and pounds. What is larger than bulky is split by weight: to 50, 70, 150 lb and over."""
    sizes = []
    *listed, largest = _all(tables, "sizes")
    two_inches = 2 * INCH  # bulky and larger count at least two inches of width and height
    for row in listed:
        sizes.append(
            Size(
                row["tier"],
                _mm(row["max_in"], INCH),
                girth=_times(row, "max_length_plus_girth_in", INCH),
                counted_g=Decimal(row["max_weight_lb"]) * POUND,
                volume=row.get("weight_used") != "unit",
                least_mm=two_inches if "bulky" in row["tier"] else Decimal(0),
            )
        )
    longest = _times(largest, "max_length_in", INCH)
    for name, pounds in (("xl_0_50", 50), ("xl_50_70", 70), ("xl_70_150", 150), ("xl_over_150", None)):
        sizes.append(
            Size(
                name,
                (longest, None, None),
                girth=_times(largest, "max_length_plus_girth_in", INCH),
                counted_g=None if pounds is None else pounds * POUND,
                volume=True,
                least_mm=two_inches,
            )
        )
    clothing = category in CLOTHING
    rows = []
    for size, table in (("small_standard", "small"), ("large_standard", "large")):
        for row in _all(tables, f"apparel_{table}" if clothing else table):
            cells = row.get("base", row)
            fees = tuple(Decimal(cells[band]) for band in ("under_10", "from_10_to_50", "over_50"))
            up_to = _times(row, "max_oz", OUNCE) or _times(row, "max_lb", POUND)
            step = next((key for key in row if key.startswith("plus_per_started_")), None)
            if step is None:
                rows.append(Row(size, up_to, fees))
            else:
                ounces = Decimal(step.removeprefix("plus_per_started_").partition("oz")[0])
                over = Decimal(row["over_lb"]) * POUND
                rows.append(Row(size, up_to, fees, over, ounces * OUNCE, Decimal(row[step])))
    for row in _all(tables, "bulky"):
        step = next(key for key in row if key.startswith("plus_per_lb_above_"))
        over = Decimal(step.removeprefix("plus_per_lb_above_")) * POUND
        fees = (Decimal(row["under_10"]), Decimal(row["from_10"]))
        rows.append(Row(row["tier"], None, fees, over, POUND, Decimal(row[step])))
    # below 10 dollars, from 10 to 50, above 50; a pound for 139 cubic inches
    bands = ((Decimal(10), True), (Decimal(50), False))
    return Card(tuple(sizes), tuple(rows), bands, POUND / (139 * INCH**3))


def _eu_size(row: Mapping[str, Any], *, by_unit: bool = False) -> Size:
    sides: tuple[Decimal | None, Decimal | None, Decimal | None] = (
        _times(row, "longest_cm", CM),
        None,
        None,
    )
    return Size(
        row["tier"],
        _mm(row["max_cm"], CM) if "max_cm" in row else sides,
        girth=_times(row, "girth_cm", CM),
        unit_g=_grams(row),
        counted_g=_times(row, "max_dim_kg", KILO),
        volume=row["weight_used"] != "unit" and not by_unit,
    )


def _grams(row: Mapping[str, Any]) -> Decimal | None:
    return _times(row, "max_kg", KILO) or _times(row, "max_g", Decimal(1))


def _eu_rows(rows: list[Mapping[str, Any]]) -> list[Row]:
    found = []
    for row in rows:
        fees = (Decimal(row["fee"]),)
        step = "per_kg" if "per_kg" in row else "per_100g" if "per_100g" in row else None
        if step is None:
            found.append(Row(row["tier"], _grams(row), fees))
        else:
            each = KILO if step == "per_kg" else Decimal(100)
            found.append(Row(row["tier"], None, fees, Decimal(row["base_g"]), each, Decimal(row[step])))
    return found


def _eu(tables: Tables, category: str) -> Card:
    """Envelopes by unit weight, parcels by the larger weight, selected goods in sizes of their own; cheap goods apart."""
    sizes: list[Size] = []
    own = category in SELECTED and "selected" in tables
    for row in _all(tables, "sizes"):
        if own and row["tier"] == "small_parcel":
            sizes += [_eu_size(parcel) for parcel in _all(tables, "selected")]
        if not (own and row["tier"].endswith("_parcel")):
            sizes.append(_eu_size(row))
    rows = _eu_rows([*_all(tables, "standard"), *_all(tables, "selected"), *_all(tables, "oversize")])
    low = _eu_rows(_all(tables, "low"))
    named = {row.size for row in low}
    cheap = [_eu_size(row, by_unit=True) for row in _all(tables, "sizes") if row["tier"] in named]
    raw, key = tables["threshold_listed" if category in LISTED else "threshold"]
    limit = Decimal(raw[key] if key else raw)
    return Card(
        tuple(sizes), tuple(rows), ((limit, False),), cheap=Card(tuple(cheap), tuple(low), ((limit, False),))
    )


def _ca(tables: Tables, category: str) -> Card:
    """Metric, steps of 100 or 500 g above a weight; one price band."""
    sizes = []
    for row in _all(tables, "sizes"):
        open_ = (_times(row, "longest_cm", CM), _times(row, "median_cm", CM), None)
        sizes.append(
            Size(
                row["tier"],
                _mm(row["max_cm"], CM) if "max_cm" in row else open_,
                girth=_times(row, "girth_cm", CM),
                counted_g=_times(row, "max_kg", KILO),
                volume=row["weight_used"] != "unit",
            )
        )
    rows = []
    for row in _all(tables, "fulfil"):
        fees = (Decimal(row["fee"]),)
        if "step_g" in row:
            step = (Decimal(row["over_g"]), Decimal(row["step_g"]), Decimal(row["per_step"]))
            rows.append(Row(row["tier"], None, fees, *step))
        else:
            rows.append(Row(row["tier"], Decimal(row["max_g"]), fees))
    return Card(tuple(sizes), tuple(rows))


def _jp(tables: Tables, category: str) -> Card:
    """By the sum of the sides and the weight; the card of 2026 is cheaper up to a price."""
    sizes, rows = [], []
    for row in _all(tables, "card"):
        sizes.append(
            Size(
                row["tier"],
                _mm(row["max_cm"], CM) if "max_cm" in row else (None, None, None),
                sum=_times(row, "sum_of_sides_cm", CM),
                counted_g=Decimal(row["kg"]) * KILO,
            )
        )
        rows.append(Row(row["tier"], None, (Decimal(row["low_price_fee"]), Decimal(row["fee"]))))
    if sizes:
        return Card(tuple(sizes), tuple(rows), ((Decimal(tables["threshold"][0]), False),))
    sizes = [Size("small", _mm(["25", "18", "2"], CM), counted_g=Decimal(250))]
    rows = [Row("small", None, (Decimal(tables["small"][0]),))]
    steps = [(row["sum_of_sides_cm"], "1", row["fee"]) for row in _all(tables, "standard")]
    steps += [(row["cm"], row["kg"], row["fee"]) for row in _all(tables, "oversize")]
    for cm, kg, amount in steps:
        name = f"{cm} cm, {kg} kg"
        sizes.append(Size(name, sum=Decimal(cm) * CM, counted_g=Decimal(kg) * KILO))
        rows.append(Row(name, None, (Decimal(amount),)))
    return Card(tuple(sizes), tuple(rows))
