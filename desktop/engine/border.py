"""Duty, VAT or GST and fees at the border of the buyer's country, from the rules in data/rules/border.

A destination has regimes by start date; a regime has brackets by value of the order; a bracket has
lines. All of it is compiled once per view, destination and category into steps. At the run each order
falls into the first bracket that fits (whole arrays, no loop over orders), and every line is computed in
the currency of the ledger. Only amounts that the law fixes in a currency of its own (3 EUR an item type,
2.69 USD an entry) are charged in that currency and converted once. Limits are compared in the currency
of the destination and include the amount itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, Protocol

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.dates import day
from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import PPM, Money, minor, plain, ppm
from desktop.core.places import in_sentence, place
from desktop.core.result import Datum, Line, Payer, Series
from desktop.core.text import EMPTY, Text, both, text_of
from desktop.core.words import money_text, weight
from desktop.engine.kernel import (
    Bands,
    Bools,
    Column,
    Explanation,
    Ints,
    Ledger,
    Step,
    UnknownStep,
    bands_of,
    fact_datum,
    half_up,
    inside,
    percent_text,
    pieces_of,
    share,
)

Channel = Literal["marketplace", "own"]
Carrier = Literal["post", "express"]
"""Handed over as mail, or cleared by a carrier of its own: express, lines and platforms' services."""
Supply = Literal["parcel", "stock"]
"""Sent to the buyer after the sale, or brought into the country ahead of it."""
_ORDER = ("duty", "excise", "handling", "vat", "other")
"""Lines in the order in which they are computed: VAT runs on duty, and in places on the clearance charge."""
_BRACKET: Mapping[str, Any] = {
    "compares": "goods",
    "base": "fob",
    "low_value": False,
    "lines": (),
    "says": (),
}
_LINE: Mapping[str, Any] = {"of": ("customs",), "own_base": False, "per": "order", "layer": False}
"""What a rule leaves open; the rules hold only what differs (desktop/store/schemas/border.py)."""


class BorderOptions(Struct, frozen=True, eq=False):
    """How an order reaches the border, and what the user typed.

    `price_includes_tax`: the ledger holds `price`, what the buyer pays with free delivery, not `value`.
    Rates are percent; `addon_rates` replace the layers above the tariff that the rules know. `handling` says
    that the ledger holds a column of that name, the clearance charge of the carrier.
    """

    channel: Channel = "marketplace"
    platform: str | None = None
    """The platform of the sale, where a country tells platforms apart (Brazil's programme); None: not told apart."""
    supply: Supply = "parcel"
    carrier: Carrier = "post"
    price_includes_tax: bool = False
    region: str | None = None
    duty_rate: Decimal | None = None
    vat_rate: Decimal | None = None
    addon_rates: tuple[Decimal, ...] | None = None
    hs: str | None = None
    handling: bool = False


DEFAULT = BorderOptions()


class Rate(Struct, frozen=True, eq=False):
    """A percentage as it is counted, and what is behind it; `span` where the fact is a range."""

    units: int
    datum: Datum
    span: str = ""

    @property
    def reading(self) -> Reading | None:
        return self.datum.reading


class Amount(Struct, frozen=True, eq=False):
    """An amount that the law fixes, in minor units of its own currency."""

    units: int
    currency: str
    reading: Reading

    @property
    def text(self) -> str:
        return money_text(self.units, self.currency)

    def datum(self) -> Datum:
        return fact_datum(self.reading, plain(self.reading.low_high()[0]), both(self.currency))

    def column(self, ledger: Ledger) -> Column:
        """The amount for every order, in the ledger's currency."""
        return ledger.in_currency(Column.of(self.units, self.currency, ledger.n), ledger.currency)


# ── where an order falls ──


class Inside(Struct, frozen=True, eq=False):
    """The tax that stands inside a price, where it is collected at the sale.

    Where the tax is part of its own base (Brazil), the duty of the sale stands inside the price too.
    """

    vat: Rate | Unknown
    own_base: bool = False
    duty: Rate | None = None
    minus: Amount | None = None

    def goods(self, ledger: Ledger) -> Column:
        """The price without tax, rounded to the minor unit."""
        price = ledger.column("price")
        if isinstance(self.vat, Unknown):
            return Column(price.units, np.zeros(ledger.n, dtype=np.bool_), price.currency)
        if not self.own_base:
            return Column(price.units - inside(price.units, self.vat.units), price.known, price.currency)
        rest = price.units - share(price.units, self.vat.units)
        known = price.known
        if self.minus:
            minus = ledger.in_currency(
                Column.of(self.minus.units, self.minus.currency, ledger.n), price.currency
            )
            rest, known = rest + minus.units, known & minus.known
        if self.duty:
            rest = half_up(rest * PPM, PPM + self.duty.units)
        return Column(rest, known, price.currency)


class Bracket(Struct, frozen=True, eq=False):
    """Orders up to a value and what they meet."""

    index: int
    outcome: str
    collected_by: str
    at_sale: bool
    cif: bool
    compares_customs: bool
    limit: Amount | Unknown | None
    limit_kg: Reading | Unknown | None
    share: Rate | None
    inside: Inside | None
    warnings: tuple[Text, ...]
    under: bool = False
    tax_limit: Amount | Unknown | None = None
    """Orders on which the lines of the next bracket come to less."""

    def goods(self, ledger: Ledger, inclusive: bool) -> Column:
        """Value of the goods net of tax, in the currency of the input."""
        if not inclusive:
            return ledger.column("value")
        return self.inside.goods(ledger) if self.inside else ledger.column("price")

    def parts(self, inclusive: bool) -> tuple[str, ...]:
        """What the customs value adds to the goods. With free delivery the freight is inside the price."""
        return ("freight", "insurance") if self.cif and not inclusive and not self.share else ()

    def unrounded(self, ledger: Ledger, goods: Column, inclusive: bool) -> Column:
        """The customs value before the share of personal imports is taken."""
        return added(ledger, goods, self.parts(inclusive))

    def customs(self, ledger: Ledger, goods: Column, inclusive: bool) -> Column:
        """The customs value in the ledger's currency, rounded to its minor unit where a share is taken."""
        whole = self.unrounded(ledger, goods, inclusive)
        if self.share is None:
            return whole
        return Column(share(whole.units, self.share.units), whole.known, whole.currency)

    def fits(self, ledger: Ledger, goods: Column, inclusive: bool, currency: str) -> tuple[Bools, Bools]:
        """Whether an order falls in here, and where that is known. The limit itself is inside, but for `under`."""
        yes = np.ones(ledger.n, dtype=np.bool_)
        known = goods.known.copy()
        if isinstance(self.limit, Unknown) or isinstance(self.limit_kg, Unknown):
            return yes, np.zeros(ledger.n, dtype=np.bool_)
        if self.limit is not None:
            compared = self.unrounded(ledger, goods, inclusive) if self.compares_customs else goods
            value = ledger.in_currency(compared, currency)
            least = 1 if self.under else 0
            if self.share and self.compares_customs:
                # compared before rounding: 16 667 JPY × 60 % is above 10 000 JPY
                yes = value.units * self.share.units <= self.limit.units * PPM - least
            else:
                yes = value.units <= self.limit.units - least
            known = known & value.known
        if self.limit_kg is not None:
            grams = int(self.limit_kg.decimal() * 1000)
            if "weight_g" not in ledger.numbers:
                # an order over the value is out, whatever it weighs
                return yes, known & ~yes
            yes = yes & (_order_g(ledger) <= grams)
        return yes, known


def _order_g(ledger: Ledger) -> Ints:
    """Grams of the whole order: of its pieces where they are counted, else the weight is the order's already."""
    return ledger.number("weight_g") * pieces_of(ledger)


def _weight_data(ledger: Ledger, i: int) -> tuple[Datum, ...]:
    """The weight of a piece and, where there are several, how many."""
    several = "pieces" in ledger.numbers and int(ledger.number("pieces")[i]) != 1
    return (ledger.datum("weight_g", i, both("g")), *((ledger.datum("pieces", i),) if several else ()))


def added(ledger: Ledger, goods: Column, names: Sequence[str]) -> Column:
    """The goods and further columns as one, in the ledger's currency."""
    first = ledger.in_currency(goods, ledger.currency)
    rest = ledger.sum(names, ledger.currency)
    return Column(first.units + rest.units, first.known & rest.known, ledger.currency)


class Assessment(Struct, frozen=True, eq=False):
    """For every order: the bracket (-1: cannot be said), the goods net of tax and the customs value."""

    where: Ints
    goods: Column
    customs: Column


class Assessor(Struct, frozen=True, eq=False):
    """Puts every order of a ledger into its bracket, once per ledger."""

    currency: str
    country: Text
    brackets: tuple[Bracket, ...]
    inclusive: bool
    words: Callable[..., Text]
    parts: dict[int, list[tuple[str, Part]]] = msgspec.field(default_factory=dict)
    """The lines of the brackets that a `tax_limit` looks at, in the order in which they are computed."""

    def of(self, ledger: Ledger) -> Assessment:
        columns: list[object] = [
            ledger.money.get(name) for name in ("value", "price", "freight", "insurance")
        ]
        inputs = (*columns, ledger.numbers.get("weight_g"), ledger.numbers.get("pieces"))
        kept = ledger.extra.get("border")
        if kept and kept[0] is self and all(a is b for a, b in zip(kept[1], inputs, strict=True)):
            found: Assessment = kept[2]
            return found
        result = self._assess(ledger)
        ledger.extra["border"] = (self, inputs, result)
        return result

    def _assess(self, ledger: Ledger) -> Assessment:
        n = ledger.n
        where = np.full(n, -1, dtype=np.int64)
        left = np.ones(n, dtype=np.bool_)
        goods, customs = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        goods_known, customs_known = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
        for bracket in self.brackets:
            own = ledger.in_currency(bracket.goods(ledger, self.inclusive), ledger.currency)
            value = bracket.customs(ledger, own, self.inclusive)
            yes, known = bracket.fits(ledger, own, self.inclusive, self.currency)
            if bracket.tax_limit is not None:
                small, sure = self._small(ledger, bracket)
                yes, known = yes & small, known & (sure | ~yes)
            # an order whose place here cannot be said has no place further down either
            take = left & (yes | ~known)
            where[take & known] = bracket.index
            goods[take], goods_known[take] = own.units[take], own.known[take]
            customs[take], customs_known[take] = value.units[take], value.known[take]
            left = left & ~take
        return Assessment(
            where,
            Column(goods, goods_known, ledger.currency),
            Column(customs, customs_known, ledger.currency),
        )

    def tax(self, ledger: Ledger, bracket: Bracket) -> tuple[Column, Bools]:
        """What the bracket after this one asks of each order, and where all of it is known."""
        after = self.brackets[bracket.index + 1]
        goods = ledger.in_currency(after.goods(ledger, self.inclusive), ledger.currency)
        where = np.full(ledger.n, after.index, dtype=np.int64)
        found = Assessment(where, goods, after.customs(ledger, goods, self.inclusive))
        trial = replace(ledger, lines={}, quoted={}, buyers=set(), extra={})
        whole = np.ones(ledger.n, dtype=np.bool_)
        for line, part in self.parts.get(after.index, ()):
            trial.lines[line] = part.run(trial, found)
            whole = whole & trial.lines[line].known
        total = np.zeros(ledger.n, dtype=np.int64)
        for column in trial.lines.values():
            total = total + np.where(column.known, trial.in_currency(column, ledger.currency).units, 0)
        return Column(total, goods.known, ledger.currency), whole

    def _small(self, ledger: Ledger, bracket: Bracket) -> tuple[Bools, Bools]:
        """Whether the tax is below the limit of a bracket, and where that can be said: a part may be enough."""
        if not isinstance(bracket.tax_limit, Amount):
            return np.ones(ledger.n, dtype=np.bool_), np.zeros(ledger.n, dtype=np.bool_)
        total, whole = self.tax(ledger, bracket)
        own = ledger.in_currency(total, bracket.tax_limit.currency)
        small = own.units < bracket.tax_limit.units
        return small, own.known & (whole | ~small)

    def bracket(self, ledger: Ledger, i: int) -> Bracket | None:
        found = int(self.of(ledger).where[i])
        return self.brackets[found] if found >= 0 else None

    def why(self, ledger: Ledger, i: int) -> Unknown:
        """Why an order could not be put into a bracket."""
        column = ledger.column("price" if self.inclusive else "value")
        if not column.known[i]:
            return Unknown("value", self.words("border.value-missing"))
        for bracket in self.brackets:
            vat = bracket.inside.vat if bracket.inside else None
            for bound in (bracket.limit, bracket.limit_kg, bracket.tax_limit, vat):
                if isinstance(bound, Unknown):
                    return bound
        if any(bracket.limit_kg for bracket in self.brackets) and "weight_g" not in ledger.numbers:
            return Unknown("weight_g", self.words("border.weight-missing", country=in_sentence(self.country)))
        rate = ledger.exchange.rate(column.currency, self.currency)
        if isinstance(rate, Unknown):
            return rate
        for bracket in self.brackets:
            for _, part in self.parts.get(bracket.index + 1, ()) if bracket.tax_limit else ():
                if isinstance(part, NotKnown):
                    return part.unknown
        return Unknown("border", self.words("border.no-bracket", country=in_sentence(self.country)))


# ── what an order pays ──


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
            due = _shown(ledger.in_currency(self.tax(ledger), self.own), i)
            text = self.words("border.tax-small", amount=due, limit=self.limit.text, currency=self.own)
            return Explanation((self.limit.datum(),), text)
        source = found.customs if self.compares_customs else found.goods
        value = ledger.in_currency(source, self.own)
        said = {
            "value": _shown(value, i),
            "currency": self.own,
            "limit": self.limit.reading.low_high()[0],
        }
        data = [self.limit.datum()]
        if self.limit_kg is None:
            key = "border.relieved-under" if self.under else "border.relieved"
            return Explanation(tuple(data), self.words(key, **said))
        data.append(fact_datum(self.limit_kg, plain(self.limit_kg.decimal()), both("kg")))
        grams, limit = int(_order_g(ledger)[i]), weight(self.limit_kg.decimal() * 1000)
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
        text = _shown(found.customs if self.customs else found.goods, i)
        if self.uplift:
            text = f"{text} × {percent_text(PPM + self.uplift.units)}"
        if self.above:
            text = f"({text} − {_shown(self.above.column(ledger), i)})"
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
                    parts.append(_shown(column, i))
        return "".join(parts) or "0" if len(parts) < 2 else f"({' + '.join(parts)})"

    def wrapped(self, text: Text, ledger: Ledger, found: Assessment, i: int) -> Text:
        """The calculation with the share of the price that counts, where one is taken."""
        if self.share is None or not self.customs:
            return text
        return self.words(
            "border.share",
            value=_shown(found.goods, i),
            share=percent_text(self.share.units),
            customs=_shown(found.customs, i),
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
            amount = _shown(Column(units, base.known, ledger.currency), i)
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
            text = self.words("border.inside-own", price=_shown(price, i), rate=rate)
        else:
            gross = percent_text(PPM + self.rate.units)
            text = self.words("border.inside", price=_shown(price, i), rate=rate, gross=gross)
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
            units = half_up(self.amount.units * _order_g(ledger), 1000)
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
        weight = plain(Decimal(int(_order_g(ledger)[i])) / 1000)
        text = both(f"{self.amount.text} {self.amount.currency} × {weight} kg")
        return Explanation((*data, *_weight_data(ledger, i)), text)


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
        over: Ints = np.maximum(_order_g(ledger) - limit, 0)
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
            "value": _shown(value, i),
            "rate": percent_text(self.rate.units),
            "minimum": self.minimum.reading.decimal(),
            "currency": self.minimum.currency,
            "weight": plain(Decimal(int(self._grams(ledger)[i])) / 1000),
        }
        data = (*data, *_weight_data(ledger, i))
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
            "border.between", base=_shown(base, i), rate=rate, low=self.low.text, high=self.high.text
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
        return Explanation(data, both(f"{_shown(column, i)} {self.own}"), unknown)


def _ranged(rate: Rate, text: Text, words: Callable[..., Text]) -> Text:
    return words("border.high-end", calculation=text, range=rate.span) if rate.span else text


def _shown(column: Column, i: int) -> str:
    return money_text(int(column.units[i]), column.currency) if column.known[i] else "?"


class BorderLine(Struct, frozen=True, eq=False):
    """One line of the border: what it is in each bracket; zero in the others."""

    id: str
    series: Series
    label: Text
    payer: Payer
    assessor: Assessor
    parts: Mapping[int, Part]
    waivers: frozenset[int] = frozenset()

    def currency_of(self, ledger: Ledger) -> str:
        """The law's own currency where all amounts of the line are fixed in one; else the ledger's."""
        charged = {
            part.currency for part in self.parts.values() if not isinstance(part, NothingDue | NotKnown)
        }
        only = charged.pop() if len(charged) == 1 else None
        return only or ledger.currency

    def run(self, ledger: Ledger) -> Column:
        found = self.assessor.of(ledger)
        currency = self.currency_of(ledger)
        units = np.zeros(ledger.n, dtype=np.int64)
        known = found.where >= 0
        for index, part in self.parts.items():
            here = found.where == index
            if here.any():
                column = ledger.in_currency(part.run(ledger, found), currency)
                units[here] = column.units[here]
                known = known & (~here | column.known)
        return Column(units, known, currency)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        found = self.assessor.of(ledger)
        index = int(found.where[i])
        if index < 0:
            return Explanation((), EMPTY, self.assessor.why(ledger, i))
        part = self.parts.get(index)
        if part is None:
            return Explanation((), self.assessor.words("border.elsewhere"))
        return part.explain(ledger, found, i)

    def applies(self, ledger: Ledger, i: int) -> bool:
        """Whether the line says anything of an order: its bracket has it, or the bracket is not known."""
        index = int(self.assessor.of(ledger).where[i])
        return index < 0 or index in self.parts


class HandlingLine(Struct, frozen=True, eq=False):
    """The clearance charge of the carrier as the case gives it."""

    id: str
    series: Series
    label: Text
    payer: Payer
    missing: Unknown

    def run(self, ledger: Ledger) -> Column:
        return ledger.money.get("handling") or Column.unknown(ledger.currency, ledger.n)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        column = self.run(ledger)
        if not column.known[i]:
            return Explanation((), EMPTY, self.missing)
        return Explanation((ledger.datum("handling", i),), both(_shown(column, i)))


# ── the plan ──


class BorderPlan(Struct, frozen=True, eq=False):
    """What an order to a destination meets at a date, ready to run.

    `warnings` hold for every order, `warnings_for` adds those of one order's bracket. `unknown` is what the
    rules could not answer in any bracket. A ledger of several destinations needs a plan and a run each.
    """

    to: str
    currency: str
    regime: Mapping[str, Any]
    steps: tuple[Step, ...]
    warnings: tuple[Text, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    name: Text = EMPTY
    readings: tuple[Reading, ...] = ()
    assessor: Assessor | None = None
    buyer: Text = EMPTY
    tax_on_sale: Text = EMPTY
    bracket_warnings: Mapping[int, tuple[Text, ...]] = field(default_factory=dict)

    def outcome(self, ledger: Ledger, i: int) -> str:
        """`taxed`, `relieved`, `refused`, or `unknown` where the bracket is not known."""
        bracket = self._bracket(ledger, i)
        if bracket is None:
            return "unknown"
        if bracket.outcome == "taxed" and self._waived(ledger, i, bracket):
            return "relieved"
        return bracket.outcome

    def _waived(self, ledger: Ledger, i: int, bracket: Bracket) -> bool:
        """Whether a charge too small to be collected leaves nothing due."""
        lines = [s for s in self.steps if isinstance(s, BorderLine) and bracket.index in s.parts]
        if not any(bracket.index in line.waivers for line in lines):
            return False
        columns = [ledger.lines.get(line.id) or line.run(ledger) for line in lines]
        return all(bool(column.known[i]) and int(column.units[i]) == 0 for column in columns)

    def collected_by(self, ledger: Ledger, i: int) -> str:
        """marketplace, seller, carrier, post, importer, or none."""
        bracket = self._bracket(ledger, i)
        if bracket is None:
            return "unknown"
        return "none" if self.outcome(ledger, i) == "relieved" else bracket.collected_by

    def customs_value(self, ledger: Ledger, i: int) -> Money | None:
        """The value that duty runs on, in the ledger's currency; None where it is not known."""
        if self.assessor is None:
            return None
        customs = self.assessor.of(ledger).customs
        return Money(int(customs.units[i]), customs.currency) if customs.known[i] else None

    def warnings_for(self, ledger: Ledger, i: int) -> tuple[Text, ...]:
        """The warnings for one order, those of its bracket among them."""
        bracket = self._bracket(ledger, i)
        if bracket is None:
            return self.warnings
        said = [*self.warnings, *bracket.warnings, *self.bracket_warnings.get(bracket.index, ())]
        asked = any(
            step.payer == "buyer" and isinstance(step, BorderLine) and bracket.index in step.parts
            for step in self.steps
        )
        if bracket.at_sale:
            said.append(self.tax_on_sale)
        elif asked and self.outcome(ledger, i) == "taxed":
            said.append(self.buyer)
        return tuple(dict.fromkeys(text for text in said if text))

    def lines(self, ledger: Ledger, i: int) -> tuple[Line, ...]:
        """The lines that apply to one order, after the run; those of other brackets are left out."""
        return tuple(ledger.line(step, i) for step in self.applying(ledger, i))

    def applying(self, ledger: Ledger, i: int) -> tuple[Step, ...]:
        """The steps that say anything of one order."""
        return tuple(
            step for step in self.steps if not isinstance(step, BorderLine) or step.applies(ledger, i)
        )

    def _bracket(self, ledger: Ledger, i: int) -> Bracket | None:
        return self.assessor.bracket(ledger, i) if self.assessor else None


def destinations(view: View) -> tuple[str, ...]:
    """Countries whose border the rules cover, as ISO codes."""
    return tuple(sorted(view.rules("border")["destinations"]))


def name(view: View, to: str) -> Text:
    """The name of a country; its code where the rules do not cover it."""
    member = view.rules("border")["destinations"].get(to)
    return text_of(member["name"]) if member else both(to)


def compile_border(view: View, to: str, category: str, options: BorderOptions = DEFAULT) -> BorderPlan:
    """The border of a destination for a category of goods, as it stands at the date of the view."""
    rules = view.rules("border")
    member = rules["destinations"].get(to)
    if member is None:
        country = place(view.book, to)
        unknown = view.unknown("border", "border.no-destination", country=in_sentence(country))
        return _nothing(view, to, country, unknown)
    area = rules["areas"][member["area"]]
    country = text_of(member["name"])
    regime = view.in_force(area.get("stock" if options.supply == "stock" else "regimes", ()))
    if regime is None and options.supply == "stock":
        unknown = view.unknown("border", "border.no-stock", country=in_sentence(country))
        return _nothing(view, to, country, unknown)
    if regime is None:
        said = {"country": in_sentence(country), "date": view.date}
        return _nothing(view, to, country, view.unknown("border", "border.before-rules", **said))
    return _Compiler(view, to, category, _with_channel(view, options, area), member, area, regime).plan()


def tells_apart(view: View, to: str, supply: Supply) -> tuple[bool, bool]:
    """Whether the rules in force tell platforms apart, and a parcel by post from one that a carrier clears."""
    rules = view.rules("border")
    member = rules["destinations"].get(to)
    if member is None:
        return False, False
    area = rules["areas"][member["area"]]
    regime = view.in_force(area.get("stock" if supply == "stock" else "regimes", ()))
    brackets = regime["brackets"] if regime else ()
    carriers = any("carrier" in rule for each in brackets for rule in (each, *each.get("lines", ())))
    return "programme" in area, carriers


def _with_channel(view: View, options: BorderOptions, area: Mapping[str, Any]) -> BorderOptions:
    """A platform outside a country's programme sells there like a shop of one's own."""
    programme = area.get("programme")
    if programme is None or options.platform is None or options.platform in programme["platforms"]:
        return options
    return replace(options, channel="own") if view.date >= day(programme["from"]).first else options


def _nothing(view: View, to: str, country: Text, why: Unknown) -> BorderPlan:
    steps = tuple(UnknownStep(i, i, view.text(f"border.line.{i}"), why) for i in ("duty", "vat"))
    return BorderPlan(to, "", {}, steps, unknown=(why,), name=country)


def _whole(bracket: Mapping[str, Any]) -> dict[str, Any]:
    """A bracket of the rules with what it leaves open."""
    return {**_BRACKET, **bracket, "lines": [{**_LINE, **line} for line in bracket.get("lines", ())]}


@dataclass
class _Entry:
    """A line of one bracket while the plan is made."""

    id: str
    payer: Payer | None
    bracket: int
    part: Part
    label: Text
    waived: bool = False


@dataclass
class _Compiler:
    """Makes a plan of one regime. Everything that can be known before the orders are is settled here."""

    view: View
    to: str
    category: str
    options: BorderOptions
    member: Mapping[str, Any]
    area: Mapping[str, Any]
    regime: Mapping[str, Any]
    warnings: list[Text] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    said_of: dict[int, list[Text]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.country = text_of(self.member["name"])
        self.own: str = self.area["currency"]
        self.hs = "".join(c for c in self.options.hs or "" if c.isdigit())
        self.says = self.view.text

    def plan(self) -> BorderPlan:
        chosen = [_whole(b) for b in self.regime["brackets"] if self._chosen(b)]
        self._cite(self.regime.get("facts", ()))
        self.warnings += self._said([*self.regime.get("says", ()), *self.member.get("says", ())])
        if self.to == "GB" and (self.options.region or "").upper() in {"NI", "NIR", "GB-NIR"}:
            self.warnings.append(self.says("border.gb.northern-ireland"))
        brackets = tuple(self._bracket(i, b) for i, b in enumerate(chosen))
        assessor = Assessor(self.own, self.country, brackets, self.options.price_includes_tax, self.says)
        for bracket, rule in zip(brackets, chosen, strict=True):
            self._lines(bracket, rule, assessor)
        for bracket in brackets:
            if bracket.tax_limit is not None:
                # fees are no tax: only duty and what runs on it are too small to collect
                after = (e for e in self.entries if e.bracket == bracket.index + 1)
                mine = [entry for entry in after if entry.id.split(".")[0] != "other"]
                mine.sort(key=lambda entry: _ORDER.index(entry.id.split(".")[0]))
                assessor.parts[bracket.index + 1] = [(entry.id, entry.part) for entry in mine]
        who = "marketplace" if self.options.channel == "marketplace" else "seller"
        sale = self.says("border.warn.tax-on-sale", who=self.says(f"border.who.{who}"))
        return BorderPlan(
            self.to,
            self.own,
            self.regime,
            self._steps(assessor),
            tuple(dict.fromkeys(self.warnings)),
            tuple(self.unknown),
            self.country,
            tuple(self.readings),
            assessor,
            self.says("border.warn.buyer", country=in_sentence(self.country)),
            sale if self.options.price_includes_tax else EMPTY,
            {index: tuple(dict.fromkeys(texts)) for index, texts in self.said_of.items()},
        )

    # which rules speak of this order

    def _chosen(self, rule: Mapping[str, Any]) -> bool:
        for key, wanted in (("channel", self.options.channel), ("carrier", self.options.carrier)):
            if key in rule and rule[key] != wanted:
                return False
        return "not_for" not in rule or not self._left_out(rule["not_for"])

    def _left_out(self, rule: Mapping[str, Any]) -> bool:
        """Whether a relief leaves these goods out; a code decides, a category only where there is none."""
        if self.hs:
            return any(self.hs.startswith(code) for code in rule["codes"])
        if self.category not in rule["categories"]:
            return False
        self.warnings.append(self.says(rule["text"]))
        return True

    def _said(self, rules: Sequence[Mapping[str, Any]]) -> list[Text]:
        texts = []
        for rule in rules:
            dated = (
                day(rule.get("from", "0001-01-01")).first
                <= self.view.date
                <= day(rule.get("until", "9999-12-31")).first
            )
            goods = rule.get("categories")
            if dated and self._chosen(rule) and (not goods or self.category in goods):
                self._cite(rule.get("facts", ()))
                texts.append(self.says(rule["text"]))
        return texts

    def _cite(self, facts: Sequence[str]) -> None:
        """Facts that stand behind the regime, those that answer at the date; none is a figure of the sum."""
        for fact in facts:
            if self.view.has(fact):
                found = self.view.read(fact)
                assert isinstance(found, Reading)
                self.readings.append(found)

    # figures

    def _rate(self, fact: str) -> Rate | Unknown:
        """A percentage of the rules; of a range the higher end is counted."""
        found = self.view.read(fact)
        if isinstance(found, Unknown):
            return found
        low, high = found.low_high()
        span = f"{plain(low)}–{plain(high)}" if low != high else ""
        return Rate(ppm(high), fact_datum(found, span or plain(high), both("%")), span)

    def _typed(self, percent: Decimal, label: Text) -> Rate:
        return Rate(ppm(percent), Datum(label, plain(percent), both("%"), "typed"))

    def _amount(self, fact: str, currency: str) -> Amount | Unknown:
        """An amount of the rules; of a range of limits the lower is used, and said."""
        found = self.view.read(fact)
        if isinstance(found, Unknown):
            return found
        low, high = found.low_high()
        if low != high:
            said = {"low": low, "high": high, "currency": currency}
            self.warnings.append(self.says("border.warn.limit-range", **said))
        return Amount(minor(low, currency), currency, found)

    def _share(self, rule: Mapping[str, Any]) -> Rate | None:
        if "share" not in rule:
            return None
        found = self._rate(rule["share"])
        if isinstance(found, Unknown):
            self.warnings.append(self.says("border.warn.share-unknown", date=self.view.date))
            return None
        return found

    def _vat(self, rule: Mapping[str, Any]) -> Rate | Unknown:
        if self.options.vat_rate is not None:
            return self._typed(self.options.vat_rate, self._label("vat"))
        region = (self.options.region or "").upper().rpartition("-")[2]
        special = rule.get("regions", {}).get(region) or rule.get("by", {}).get(self.category)
        fact = special or rule.get("fact") or self.member.get("vat")
        assert isinstance(fact, str)
        return self._rate(fact)

    def _label(self, line: str) -> Text:
        for key in (f"border.line.{line}.{self.to}", f"border.line.{line}"):
            if key in self.view.book.texts:
                return self.says(key)
        return self.says(f"border.line.{line.split('.')[0]}")

    # brackets

    def _bracket(self, index: int, rule: Mapping[str, Any]) -> Bracket:
        at_sale = rule["collected"] == "sale"
        reading = self.view.read(rule["up_to_kg"]) if "up_to_kg" in rule else None
        taken = self._share(rule)
        return Bracket(
            index,
            rule["outcome"],
            self._collector(rule["collected"]),
            at_sale,
            rule["base"] == "cif",
            rule["compares"] == "customs",
            self._amount(rule["up_to"], self.own) if "up_to" in rule else None,
            reading,
            taken,
            self._inside(rule) if at_sale and self.options.price_includes_tax else None,
            (
                *self._said(rule["says"]),
                *(
                    [self.says("border.warn.refused", country=in_sentence(self.country))]
                    if rule["outcome"] == "refused"
                    else []
                ),
            ),
            rule.get("under", False),
            self._amount(rule["tax_below"], self.own) if "tax_below" in rule else None,
        )

    def _collector(self, how: str) -> str:
        marketplace = self.options.channel == "marketplace"
        if how == "sale":
            return "marketplace" if marketplace else "seller"
        carrier = "post" if self.options.carrier == "post" else "carrier"
        if how == "operator":
            return "marketplace" if marketplace else carrier
        return carrier if how == "border" else how

    def _inside(self, rule: Mapping[str, Any]) -> Inside | None:
        """How the tax stands inside a price of the sale."""
        vat = next((line for line in rule["lines"] if line["id"] == "vat"), None)
        if vat is None:
            return None
        if vat["kind"] == "unknown":
            return Inside(self.view.unknown("vat", vat["text"]))
        if not vat["own_base"]:
            return Inside(self._vat(vat))
        duty = next(line for line in rule["lines"] if line["id"] == "duty")
        rate = self._duty_rate(duty)
        minus = self._amount(duty["minus"], duty["currency"]) if "minus" in duty else None
        if isinstance(rate, Unknown):
            return Inside(rate)
        if isinstance(minus, Unknown):
            return Inside(minus)
        return Inside(self._vat(vat), True, rate, minus)

    # lines

    def _lines(self, bracket: Bracket, rule: Mapping[str, Any], assessor: Assessor) -> None:
        chosen = [line for line in rule["lines"] if self._chosen(line)]
        replaced = self.options.addon_rates is not None
        layers = replaced and any(line["layer"] for line in chosen)
        taxed = any(line["kind"] in ("tariff", "percent", "kilo", "minus") for line in rule["lines"])
        kept = [line for line in chosen if not (replaced and line["layer"])]
        duties = [line for line in kept if line["id"].split(".")[0] == "duty"]
        for line in duties:
            self._entry(bracket, rule, line, assessor)
        # typed additions stand before the taxes that run on all of the duty
        if layers or (self.options.addon_rates and taxed and self._has_duty(rule)):
            self._addons(bracket, rule)
        for line in kept:
            if line["id"].split(".")[0] != "duty":
                self._entry(bracket, rule, line, assessor)
        if self.options.vat_rate is not None and not any(line["id"] == "vat" for line in rule["lines"]):
            self._untaxed_vat(bracket)
        if rule["low_value"]:
            self._fees(bracket)
        if self.options.duty_rate is not None and bracket.outcome == "taxed" and not self._has_duty(rule):
            self._warn(bracket, "border.warn.rate-unused")

    @staticmethod
    def _has_duty(rule: Mapping[str, Any]) -> bool:
        return any(
            line["id"] == "duty" and line["kind"] not in ("relieved", "flat") for line in rule["lines"]
        )

    def _addons(self, bracket: Bracket, rule: Mapping[str, Any]) -> None:
        """Typed additions in place of the layers of the rules."""
        for number, percent in enumerate(self.options.addon_rates or (), start=1):
            label = self._label("duty.addon")
            base = Base(True, (), bracket.share, self.says)
            part = Percent(self._typed(percent, label), base, self.says, whole=self._whole(bracket))
            self._add(f"duty.addon{number}", self._payer(rule, {}), bracket, part, label)

    def _untaxed_vat(self, bracket: Bracket) -> None:
        """A typed tax where the rules know none (a state's sales tax): on the goods, asked of the buyer."""
        label = self._label("vat")
        assert self.options.vat_rate is not None
        part = Percent(self._typed(self.options.vat_rate, label), Base(False, (), None, self.says), self.says)
        self._add("vat", "buyer", bracket, part, label)

    def _fees(self, bracket: Bracket) -> None:
        for fee in self.member.get("fees", ()):
            if not day(fee["from"]).first <= self.view.date <= day(fee.get("until", "9999-12-31")).first:
                continue
            amount = self._amount(fee["fact"], fee["currency"])
            part: Part = (
                NotKnown(amount) if isinstance(amount, Unknown) else Flat(amount, fee["per"], self.says)
            )
            self._add("other.fee", "seller", bracket, part, self._label("other.fee"))

    def _payer(self, rule: Mapping[str, Any], line: Mapping[str, Any]) -> Payer:
        """Who bears a line: as the rule says; a tax of the sale is the seller's if the price contains it."""
        said = line.get("payer") or rule.get("payer")
        if said in ("seller", "buyer"):
            payer: Payer = "seller" if said == "seller" else "buyer"
            return payer
        if rule["collected"] == "sale":
            return "seller" if self.options.price_includes_tax else "buyer"
        return "seller" if rule["collected"] == "operator" else "buyer"

    def _entry(
        self, bracket: Bracket, rule: Mapping[str, Any], line: Mapping[str, Any], assessor: Assessor
    ) -> None:
        label = self._label(line["id"])
        part = self._part(bracket, line, label)
        if isinstance(part, NothingDue) and isinstance(bracket.tax_limit, Amount):
            part = replace(part, limit=bracket.tax_limit, tax=lambda ledger: assessor.tax(ledger, bracket)[0])
        if isinstance(part, NotKnown):
            self.unknown.append(part.unknown)
        rate = getattr(part, "rate", None)
        if isinstance(rate, Rate) and rate.span and line["id"] != "vat":
            self._warn(bracket, "border.warn.high-end", line=label, range=rate.span)
        payer = None if isinstance(part, NothingDue) else self._payer(rule, line)
        waived = isinstance(part, Percent) and part.waived is not None
        self._add(line["id"], payer, bracket, part, label, waived)

    def _warn(self, bracket: Bracket, key: str, **said: object) -> None:
        """A warning for the orders of one bracket."""
        self.said_of.setdefault(bracket.index, []).append(self.says(key, **said))

    def _add(
        self, line: str, payer: Payer | None, bracket: Bracket, part: Part, label: Text, waived: bool = False
    ) -> None:
        self.entries.append(_Entry(line, payer, bracket.index, part, label, waived))

    def _part(self, bracket: Bracket, line: Mapping[str, Any], label: Text) -> Part:
        kind = line["kind"]
        if kind == "relieved":
            limit = bracket.limit if isinstance(bracket.limit, Amount) else None
            kilograms = bracket.limit_kg if isinstance(bracket.limit_kg, Reading) else None
            return NothingDue(
                limit, kilograms, bracket.compares_customs, self.says, self.own, under=bracket.under
            )
        if kind == "unknown":
            fact = self.view.read(line["fact"]) if "fact" in line else None
            reading = fact if isinstance(fact, Reading) else None
            return NotKnown(self.view.unknown(line["id"], line["text"]), reading)
        if kind in ("flat", "banded"):
            return self._fixed(bracket, line)
        rate = self._vat(line) if line["id"] == "vat" else self._duty_rate(line, label)
        if isinstance(rate, Unknown):
            return NotKnown(rate)
        if line["id"] == "vat" and bracket.inside is not None:
            return TaxInside(rate, line["own_base"], self.says)
        return self._rated(bracket, line, rate)

    def _duty_rate(self, line: Mapping[str, Any], label: Text = EMPTY) -> Rate | Unknown:
        """The rate of a duty line: as typed, of the tariff by code or category, or the one of the rule."""
        if line["id"] == "duty" and self.options.duty_rate is not None:
            return self._typed(self.options.duty_rate, self._label("duty"))
        if line["kind"] != "tariff":
            return self._rate(line.get("by", {}).get(self.category, line["fact"]))
        table = self.area["tables"][line["table"]]
        codes = [code for code in table.get("codes", ()) if self.hs.startswith(code)]
        by_category = table.get("categories", {})
        fact = table["codes"][max(codes, key=len)] if codes else by_category.get(self.category)
        if fact is None:
            said = {"line": label, "category": self.category, "country": in_sentence(self.country)}
            return self.view.unknown(line["id"], "border.no-rate", **said)
        return self._rate(fact)

    def _fixed(self, bracket: Bracket, line: Mapping[str, Any]) -> Part:
        if line["kind"] == "banded":
            found = self.view.read(line["fact"])
            if isinstance(found, Unknown):
                return NotKnown(found)
            bands = bands_of(found, line["currency"], rates=False)
            return Banded(bands, found, line["currency"], Base(True, (), bracket.share, self.says))
        amount = self._amount(line["fact"], line["currency"])
        return NotKnown(amount) if isinstance(amount, Unknown) else Flat(amount, line["per"], self.says)

    def _rated(self, bracket: Bracket, line: Mapping[str, Any], rate: Rate) -> Part:
        base = self._base(bracket, line)
        if isinstance(base, Unknown):
            return NotKnown(base)
        kind = line["kind"]
        if kind == "kilo":
            return self._kilo(line, rate)
        if kind == "minus":
            minus = self._amount(line["minus"], line["currency"])
            return NotKnown(minus) if isinstance(minus, Unknown) else Less(rate, base, minus, self.says)
        if kind == "bounded":
            low = self._amount(line["minimum"], line["currency"])
            high = self._amount(line["maximum"], line["currency"])
            if isinstance(low, Unknown) or isinstance(high, Unknown):
                return NotKnown(low if isinstance(low, Unknown) else high)  # type: ignore[arg-type]
            return Between(rate, base, low, high, self.says)
        return Percent(rate, base, self.says, line["own_base"], self._waiver(line), self._whole(bracket))

    def _kilo(self, line: Mapping[str, Any], rate: Rate) -> Part:
        least = self._amount(line["min_per_kg"], self.own)
        above = self._amount(line["above"], self.own) if "above" in line else None
        kilograms = self.view.read(line["above_kg"]) if "above_kg" in line else None
        for found in (least, above, kilograms):
            if isinstance(found, Unknown):
                return NotKnown(found)
        assert isinstance(least, Amount)
        assert not isinstance(above, Unknown)
        assert not isinstance(kilograms, Unknown)
        return Kilo(rate, least, self.says, above, kilograms)

    def _waiver(self, line: Mapping[str, Any]) -> Amount | None:
        """The amount below which a charge is not collected; none where the date has no such rule."""
        fact = line.get("waived_below") or (self.member.get("waived_below") if line["id"] == "vat" else None)
        if fact is None or not self.view.has(fact):
            return None
        amount = self._amount(fact, self.own)
        return amount if isinstance(amount, Amount) else None

    def _whole(self, bracket: Bracket) -> Amount | None:
        """What customs rounds to; a tax of the sale keeps its cents."""
        fact = self.area.get("rounded")
        if fact is None or bracket.at_sale or not self.view.has(fact):
            return None
        amount = self._amount(fact, self.own)
        return amount if isinstance(amount, Amount) else None

    def _base(self, bracket: Bracket, line: Mapping[str, Any]) -> Base | Unknown:
        names: list[str] = []
        for item in line["of"]:
            if item == "duty":
                names += [entry.id for entry in self.entries if entry.id.split(".")[0] == "duty"]
                names += [f"{entry.id}.buyer" for entry in self.entries if entry.id.split(".")[0] == "duty"]
            elif item in ("freight", "insurance"):
                names += [] if self.options.price_includes_tax else [item]
            elif item == "handling":
                names += [item]
        uplift = self._rate(line["uplift"]) if "uplift" in line else None
        above = None
        if "above" in line and line["kind"] != "kilo":
            above = self._amount(line["above"], self.own)
        if isinstance(uplift, Unknown) or isinstance(above, Unknown):
            return uplift if isinstance(uplift, Unknown) else above  # type: ignore[return-value]
        customs = "customs" in line["of"]
        value = customs or "goods" in line["of"]
        further = tuple(dict.fromkeys(names))
        return Base(customs, further, bracket.share, self.says, value, uplift, above)

    # steps

    def _steps(self, assessor: Assessor) -> tuple[Step, ...]:
        """One step for each line and payer; the buyer's has its own id only where the seller has one too."""
        steps: list[Step] = []
        for line in dict.fromkeys(entry.id for entry in self.entries):
            same = [entry for entry in self.entries if entry.id == line]
            payers = list(dict.fromkeys(entry.payer for entry in same if entry.payer is not None)) or [
                "seller"
            ]
            for payer in sorted(payers, reverse=True):
                # a relief belongs to whoever bears the line, to the seller where both do
                mine = [e for e in same if e.payer == payer or (e.payer is None and payer == max(payers))]
                suffix = ".buyer" if payer == "buyer" and len(payers) > 1 else ""
                steps.append(self._step(f"{line}{suffix}", payer, mine, assessor))
        if self.options.handling:
            steps.append(self._handling(assessor))
        return tuple(sorted(steps, key=lambda step: _ORDER.index(step.id.split(".")[0])))

    def _step(self, line: str, payer: Payer, mine: Sequence[_Entry], assessor: Assessor) -> BorderLine:
        series: Series = "vat" if line.split(".")[0] == "vat" else "duty"
        parts = {entry.bracket: entry.part for entry in mine}
        waivers = frozenset(entry.bracket for entry in mine if entry.waived)
        return BorderLine(line, series, mine[0].label, payer, assessor, parts, waivers)

    def _handling(self, assessor: Assessor) -> HandlingLine:
        sale = any(bracket.at_sale for bracket in assessor.brackets)
        seller = sale or any(e.payer == "seller" for e in self.entries)
        missing = Unknown("handling", self.says("border.base-missing"))
        return HandlingLine(
            "handling", "duty", self._label("handling"), "seller" if seller else "buyer", missing
        )


def without_payers(plan: BorderPlan, payer: Payer) -> BorderPlan:
    """The plan with only the lines that one side bears."""
    return replace(plan, steps=tuple(step for step in plan.steps if step.payer == payer))
