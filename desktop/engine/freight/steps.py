"""The lines of a freight in the kernel: the price by bands, surcharges, and how they are said."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import plain
from desktop.core.result import Datum, Payer, Series
from desktop.core.text import EMPTY, Text, both, text_of
from desktop.core.words import money_text, weight
from desktop.engine.freight.bands import Band, PriceBands
from desktop.engine.freight.plan import CBM, CM3, GRAM, MICRO, WM_DIVISOR
from desktop.engine.freight.weighing import Scales, Weighing
from desktop.engine.kernel import (
    OPEN,
    Bools,
    Column,
    Explanation,
    Ints,
    Ledger,
    fact_datum,
    percent_text,
    share,
)


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
            yield Datum(self.words.volumetric, plain(volumetric_kg(cubic, volume.divisor)), GRAM, "computed")
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


def volumetric_kg(volume_mm3: int, divisor: int) -> Decimal:
    """Volumetric grams before rounding, to a hundredth: mm³ ÷ (cm³ per kg) is grams."""
    return (Decimal(volume_mm3) / divisor).quantize(Decimal("0.01"), ROUND_HALF_UP)
