"""What a line is made of: shares, amounts, what is due by the kilo, in bands, within limits, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

import numpy as np
from msgspec import Struct

from desktop.core.facts import Reading, Unknown
from desktop.core.money import PPM, plain
from desktop.core.result import Datum
from desktop.core.text import EMPTY, Text, both
from desktop.core.words import money_text, weight
from desktop.engine.border.brackets import Assessment, added, order_g, weight_data
from desktop.engine.border.terms import Amount, Rate
from desktop.engine.kernel import (
    Bands,
    Bools,
    Column,
    Explanation,
    Ints,
    Ledger,
    fact_datum,
    half_up,
    inside,
    percent_text,
    share,
)


class Part(Protocol):
    """One line within one bracket."""

    @property
    def currency(self) -> str | None:
        """The currency in which it is charged; None where that is the ledger's."""
        ...

    def run(self, ledger: Ledger, found: Assessment) -> Column: ...
    def explain(self, ledger: Ledger, found: Assessment, i: int) -> Explanation: ...


class NothingDue(Struct, frozen=True, eq=False):
    """A relief: a zero with the limit that grants it."""

    limit: Amount | None
    limit_kg: Reading | None
    compares_customs: bool
    words: Callable[..., Text]
    own: str
    currency: str | None = None
    under: bool = False
    tax: Callable[[Ledger], Column] | None = None
    """What would be due, where it is that which is too small to be collected."""

    def run(self, ledger: Ledger, found: Assessment) -> Column:
        return Column.of(0, ledger.currency, ledger.n)

    def explain(self, ledger: Ledger, found: Assessment, i: int) -> Explanation:
        if self.limit is None:
            return Explanation((), both("0"))
        if self.tax is not None:
            due = amount_text(ledger.in_currency(self.tax(ledger), self.own), i)
            text = self.words("border.tax-small", amount=due, limit=self.limit.text, currency=self.own)
            return Explanation((self.limit.datum(),), text)
        source = found.customs if self.compares_customs else found.goods
        value = ledger.in_currency(source, self.own)
        said = {
            "value": amount_text(value, i),
            "currency": self.own,
            "limit": self.limit.reading.low_high()[0],
        }
        data = [self.limit.datum()]
        if self.limit_kg is None:
            key = "border.relieved-under" if self.under else "border.relieved"
            return Explanation(tuple(data), self.words(key, **said))
        data.append(fact_datum(self.limit_kg, plain(self.limit_kg.decimal()), both("kg")))
        grams, limit = int(order_g(ledger)[i]), weight(self.limit_kg.decimal() * 1000)
        text = self.words("border.relieved-kg", **said, weight=weight(grams), limit_kg=limit)
        return Explanation(tuple(data), text)


class NotKnown(Struct, frozen=True, eq=False):
    """A charge of which only is known that it exists."""

    unknown: Unknown
    reading: Reading | None = None
    currency: str | None = None

    def run(self, ledger: Ledger, found: Assessment) -> Column:
        return Column.unknown(ledger.currency, ledger.n)

    def explain(self, ledger: Ledger, found: Assessment, i: int) -> Explanation:
        data = () if self.reading is None else (fact_datum(self.reading, str(self.reading.raw), EMPTY),)
        return Explanation(data, EMPTY, self.unknown)


class Base(Struct, frozen=True, eq=False):
    """What a percentage is taken on: the customs value or the goods, with further columns and lines.

    `value` is false where only the further lines count (a surcharge on the duty); `uplift` raises the value by
    a percentage; only what is `above` an amount counts.
    """

    customs: bool
    names: tuple[str, ...]
    share: Rate | None
    words: Callable[..., Text]
    value: bool = True
    uplift: Rate | None = None
    above: Amount | None = None

    def column(self, ledger: Ledger, found: Assessment) -> Column:
        if not self.value:
            return ledger.sum(self.names, ledger.currency)
        first = ledger.in_currency(found.customs if self.customs else found.goods, ledger.currency)
        units, known = first.units, first.known
        if self.uplift:
            units = share(units, PPM + self.uplift.units)
        if self.above:
            limit = self.above.column(ledger)
            units, known = np.maximum(units - limit.units, 0), known & limit.known
        return added(ledger, Column(units, known, ledger.currency), self.names)

    def _first(self, ledger: Ledger, found: Assessment, i: int) -> str:
        text = amount_text(found.customs if self.customs else found.goods, i)
        if self.uplift:
            text = f"{text} × {percent_text(PPM + self.uplift.units)}"
        if self.above:
            text = f"({text} − {amount_text(self.above.column(ledger), i)})"
        return text

    def data(self) -> tuple[Rate | Amount, ...]:
        """The figures of the rules that shape the base."""
        parts = (self.share if self.customs else None, self.uplift, self.above)
        return tuple(part for part in parts if part is not None)

    def text(self, ledger: Ledger, found: Assessment, i: int) -> str:
        """The sum as shown: `(24.90 + 5.00)`; a single part without brackets; zero parts left out."""
        parts = [self._first(ledger, found, i)] if self.value else []
        for name in self.names:
            if name in ledger.money or name in ledger.lines:
                column = ledger.in_currency(ledger.column(name), ledger.currency)
                if int(column.units[i]):
                    parts.append(amount_text(column, i))
        return "".join(parts) or "0" if len(parts) < 2 else f"({' + '.join(parts)})"

    def wrapped(self, text: Text, ledger: Ledger, found: Assessment, i: int) -> Text:
        """The calculation with the share of the price that counts, where one is taken."""
        if self.share is None or not self.customs:
            return text
        return self.words(
            "border.share",
            value=amount_text(found.goods, i),
            share=percent_text(self.share.units),
            customs=amount_text(found.customs, i),
            calculation=text,
        )

    def unknown(self) -> Unknown:
        return Unknown("base", self.words("border.base-missing"))


def _data(rate: Rate, *more: Rate | Amount | None) -> tuple[Datum, ...]:
    extra = [item.datum if isinstance(item, Rate) else item.datum() for item in more if item is not None]
    return (rate.datum, *extra)


class Percent(Struct, frozen=True, eq=False):
    """A rate of a base; inside its own base where `own_base`; nothing where it is less than `waived`.

    `whole`: the result is rounded half up to multiples of this amount (full kroner in Norway).
    """

    rate: Rate
    base: Base
    words: Callable[..., Text]
    own_base: bool = False
    waived: Amount | None = None
    whole: Amount | None = None
    currency: str | None = None

    def run(self, ledger: Ledger, found: Assessment) -> Column:
        base = self.base.column(ledger, found)
        units, small = self._units(ledger, base)
        return Column(np.where(small, 0, units), self._known(ledger, base), ledger.currency)

    def _known(self, ledger: Ledger, base: Column) -> Bools:
        """Where the base is known, and the rate to the currency in which customs rounds."""
        return ledger.in_currency(base, self.whole.currency).known if self.whole else base.known

    def _units(self, ledger: Ledger, base: Column) -> tuple[Ints, Bools]:
        rate = self.rate.units
        # net / (1 - r) × r in one rounding
        units = half_up(base.units * rate, PPM - rate) if self.own_base else share(base.units, rate)
        if self.whole:
            # from the base itself: rounding to cents first would lift 87.4975 to 88
            own = ledger.in_currency(base, self.whole.currency)
            parts = (PPM - rate if self.own_base else PPM) * self.whole.units
            whole = half_up(own.units * rate, parts) * self.whole.units
            units = ledger.in_currency(Column(whole, own.known, own.currency), ledger.currency).units
        small = np.zeros(ledger.n, dtype=np.bool_)
        if self.waived:
            own = ledger.in_currency(Column(units, base.known, ledger.currency), self.waived.currency)
            small = own.known & (own.units < self.waived.units)
        return units, small

    def explain(self, ledger: Ledger, found: Assessment, i: int) -> Explanation:
        base = self.base.column(ledger, found)
        data = _data(self.rate, *self.base.data())
        if not base.known[i]:
            return Explanation(data, EMPTY, self.base.unknown())
        found_rate = ledger.exchange.rate(ledger.currency, self.whole.currency) if self.whole else None
        if isinstance(found_rate, Unknown):
            return Explanation(data, EMPTY, found_rate)
        shown, rate = self.base.text(ledger, found, i), percent_text(self.rate.units)
        text = (
            self.words("border.own-base", base=shown, rate=rate)
            if self.own_base
            else both(f"{shown} × {rate}")
        )
        text = self.base.wrapped(_ranged(self.rate, text, self.words), ledger, found, i)
        if self.whole:
            data = (*data, self.whole.datum())
            text = self.words(
                "border.whole", calculation=text, amount=self.whole.text, currency=self.whole.currency
            )
        units, small = self._units(ledger, base)
        if self.waived and small[i]:
            data = (*data, self.waived.datum())
            amount = amount_text(Column(units, base.known, ledger.currency), i)
            text = self.words(
                "border.waived",
                calculation=text,
                amount=amount,
                limit=self.waived.text,
                currency=self.waived.currency,
            )
        return Explanation(data, text)


class TaxInside(Struct, frozen=True, eq=False):
    """The tax inside the price paid at the sale: gross × r / (1 + r), or gross × r in its own base."""

    rate: Rate
    own_base: bool
    words: Callable[..., Text]
    currency: str | None = None

    def run(self, ledger: Ledger, found: Assessment) -> Column:
        price = ledger.in_currency(ledger.column("price"), ledger.currency)
        units = share(price.units, self.rate.units) if self.own_base else inside(price.units, self.rate.units)
        return Column(units, price.known, ledger.currency)

    def explain(self, ledger: Ledger, found: Assessment, i: int) -> Explanation:
        price = ledger.in_currency(ledger.column("price"), ledger.currency)
        rate = percent_text(self.rate.units)
        if self.own_base:
            text = self.words("border.inside-own", price=amount_text(price, i), rate=rate)
        else:
            gross = percent_text(PPM + self.rate.units)
            text = self.words("border.inside", price=amount_text(price, i), rate=rate, gross=gross)
        data = (*((ledger.datum("price", i),) if ledger.has("price") else ()), self.rate.datum)
        return Explanation(data, _ranged(self.rate, text, self.words))


class Flat(Struct, frozen=True, eq=False):
    """An amount for each order, item type, piece or kilogram, in the currency of the law."""

    amount: Amount
    per: str
    words: Callable[..., Text]

    @property
    def currency(self) -> str | None:
        return self.amount.currency

    def _count(self, ledger: Ledger) -> Ints:
        # one item type and one piece where the case does not say
        if self.per == "order" or self.per not in ledger.numbers:
            return np.ones(ledger.n, dtype=np.int64)
        return ledger.number(self.per)

    def run(self, ledger: Ledger, found: Assessment) -> Column:
        if self.per == "kg":
            if "weight_g" not in ledger.numbers:
                return Column.unknown(self.amount.currency, ledger.n)
            units = half_up(self.amount.units * order_g(ledger), 1000)
        else:
            units = self.amount.units * self._count(ledger)
        return Column(units, np.ones(ledger.n, dtype=np.bool_), self.amount.currency)

    def explain(self, ledger: Ledger, found: Assessment, i: int) -> Explanation:
        data: tuple[Datum, ...] = (self.amount.datum(),)
        if self.per == "order":
            return Explanation(data, both(f"{self.amount.text} {self.amount.currency}"))
        if self.per == "kg":
            return self._by_weight(ledger, data, i)
        if self.per in ledger.numbers:
            data = (*data, ledger.datum(self.per, i))
        key = "border.flat" if self.per == "items" else "border.flat-pieces"
        count = int(self._count(ledger)[i])
        text = self.words(key, amount=self.amount.text, currency=self.amount.currency, count=count)
        return Explanation(data, text)

    def _by_weight(self, ledger: Ledger, data: tuple[Datum, ...], i: int) -> Explanation:
        if "weight_g" not in ledger.numbers:
            why = self.words("border.weight-missing", country=EMPTY)
            return Explanation(data, EMPTY, Unknown("weight_g", why))
        weight = plain(Decimal(int(order_g(ledger)[i])) / 1000)
        text = both(f"{self.amount.text} {self.amount.currency} × {weight} kg")
        return Explanation((*data, *weight_data(ledger, i)), text)


class Kilo(Struct, frozen=True, eq=False):
    """A rate with a minimum for each kilogram, of the whole order or of what is above value and weight."""

    rate: Rate
    minimum: Amount
    words: Callable[..., Text]
    above: Amount | None = None
    above_kg: Reading | None = None

    @property
    def currency(self) -> str | None:
        return self.minimum.currency

    def _grams(self, ledger: Ledger) -> Ints:
        limit = int(self.above_kg.decimal() * 1000) if self.above_kg else 0
        over: Ints = np.maximum(order_g(ledger) - limit, 0)
        return over

    def run(self, ledger: Ledger, found: Assessment) -> Column:
        value = ledger.in_currency(found.goods, self.minimum.currency)
        if "weight_g" not in ledger.numbers:
            return Column.unknown(self.minimum.currency, ledger.n)
        over = np.maximum(value.units - (self.above.units if self.above else 0), 0)
        least = half_up(self._grams(ledger) * self.minimum.units, 1000)
        return Column(np.maximum(share(over, self.rate.units), least), value.known, self.minimum.currency)

    def explain(self, ledger: Ledger, found: Assessment, i: int) -> Explanation:
        data = _data(self.rate, self.minimum, self.above)
        if "weight_g" not in ledger.numbers:
            return Explanation(
                data, EMPTY, Unknown("weight_g", self.words("border.weight-missing", country=EMPTY))
            )
        value = ledger.in_currency(found.goods, self.minimum.currency)
        said: dict[str, object] = {
            "value": amount_text(value, i),
            "rate": percent_text(self.rate.units),
            "minimum": self.minimum.reading.decimal(),
            "currency": self.minimum.currency,
            "weight": plain(Decimal(int(self._grams(ledger)[i])) / 1000),
        }
        data = (*data, *weight_data(ledger, i))
        if self.above is None or self.above_kg is None:
            return Explanation(data, self.words("border.kilo", **said))
        limit_kg = plain(self.above_kg.decimal())
        return Explanation(
            data, self.words("border.kilo-excess", **said, limit=self.above.text, limit_kg=limit_kg)
        )


class Less(Struct, frozen=True, eq=False):
    """A rate of a base less an amount, never below zero (Brazil: 60 % minus 20 USD)."""

    rate: Rate
    base: Base
    minus: Amount
    words: Callable[..., Text]
    currency: str | None = None

    def run(self, ledger: Ledger, found: Assessment) -> Column:
        base = self.base.column(ledger, found)
        minus = self.minus.column(ledger)
        units = np.maximum(share(base.units, self.rate.units) - minus.units, 0)
        return Column(units, base.known & minus.known, ledger.currency)

    def explain(self, ledger: Ledger, found: Assessment, i: int) -> Explanation:
        text = self.words(
            "border.minus",
            base=self.base.text(ledger, found, i),
            rate=percent_text(self.rate.units),
            minus=self.minus.text,
            currency=self.minus.currency,
        )
        unknown = None if self.run(ledger, found).known[i] else self.base.unknown()
        return Explanation(_data(self.rate, self.minus), text, unknown)


class Between(Struct, frozen=True, eq=False):
    """A rate of the customs value, at least one amount and at most another (a formal entry in the US)."""

    rate: Rate
    base: Base
    low: Amount
    high: Amount
    words: Callable[..., Text]

    @property
    def currency(self) -> str | None:
        return self.low.currency

    def run(self, ledger: Ledger, found: Assessment) -> Column:
        base = ledger.in_currency(self.base.column(ledger, found), self.low.currency)
        units = np.clip(share(base.units, self.rate.units), self.low.units, self.high.units)
        return Column(units, base.known, self.low.currency)

    def explain(self, ledger: Ledger, found: Assessment, i: int) -> Explanation:
        base = ledger.in_currency(self.base.column(ledger, found), self.low.currency)
        rate = percent_text(self.rate.units)
        text = self.words(
            "border.between", base=amount_text(base, i), rate=rate, low=self.low.text, high=self.high.text
        )
        return Explanation(
            _data(self.rate, self.low, self.high), text, None if base.known[i] else self.base.unknown()
        )


class Banded(Struct, frozen=True, eq=False):
    """An amount by the value of the goods (Australia's import processing charge)."""

    bands: Bands
    reading: Reading
    own: str
    base: Base

    @property
    def currency(self) -> str | None:
        return self.own

    def run(self, ledger: Ledger, found: Assessment) -> Column:
        base = ledger.in_currency(self.base.column(ledger, found), self.own)
        return Column(self.bands.whole(base.units), base.known, self.own)

    def explain(self, ledger: Ledger, found: Assessment, i: int) -> Explanation:
        column = self.run(ledger, found)
        tiers = ", ".join(
            f"{plain(tier.value)} ≤ {plain(tier.up_to)}" if tier.up_to is not None else plain(tier.value)
            for tier in self.reading.steps()
        )
        data = (fact_datum(self.reading, tiers, both(self.own)),)
        unknown = None if column.known[i] else self.base.unknown()
        return Explanation(data, both(f"{amount_text(column, i)} {self.own}"), unknown)


def _ranged(rate: Rate, text: Text, words: Callable[..., Text]) -> Text:
    return words("border.high-end", calculation=text, range=rate.span) if rate.span else text


def amount_text(column: Column, i: int) -> str:
    """An amount of one order as it is shown; a question mark where it is not known."""
    return money_text(int(column.units[i]), column.currency) if column.known[i] else "?"
