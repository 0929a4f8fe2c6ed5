"""The one kernel: exact integer arithmetic over arrays, one element a SKU. A single quote is a batch of one.

Rules are compiled once per view and lane into `Step`s; a step computes one line for the whole batch (`run`) and can
explain any one element afterwards from the same columns (`explain`). Amounts are int64 minor units of a currency, rates
parts per million, exchange rates whole numbers of 1e-8. Each rounding happens in one named function here, half up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

from desktop.core.facts import Reading, Unknown
from desktop.core.money import PPM, RATE_SCALE, Money, decimals, major, plain, tiers_text
from desktop.core.result import Datum, Line, Mark, Payer, Series
from desktop.core.text import EMPTY, Text, both
from desktop.core.words import money_text

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_LARGEST = int(np.iinfo(np.int64).max)
HOME = "CNY"
"""The currency in which price lists of carriers and exchange rates are published."""
EXCHANGE_SHARE = "exchange_ppm"
"""A number of orders: what the yuan is worth in other currencies, in parts per million of the rates of the rules, where
a client asks what if."""
LARGEST_ORDER = 10**9
"""The highest price of an order in minor units: beyond it, in rupiah or roubles, exact sums would leave their 64 bits."""
OPEN = _LARGEST // 4
"""An upper bound that no amount reaches: the last tier is open."""


def half_up(numerator: Ints, denominator: int | Ints) -> Ints:
    """numerator / denominator to the nearest whole number; a half goes away from zero. The denominator is positive."""
    return _rounded(numerator, denominator, signed=numerator.size > 0 and bool(numerator.min() < 0))


def _rounded(numerator: Ints, denominator: int | Ints, *, signed: bool) -> Ints:
    """`half_up` where it is known whether any numerator is negative."""
    above = np.abs(numerator) if signed else numerator
    if isinstance(denominator, int) and denominator % 2 == 0:
        nearest = (above + denominator // 2) // denominator
    else:
        nearest = (2 * above + denominator) // (2 * denominator)
    return np.asarray(np.where(numerator < 0, -nearest, nearest) if signed else nearest)


def share(amount: Ints, rate_ppm: int | Ints) -> Ints:
    """A rate of an amount, rounded half up to the minor unit."""
    return half_up(amount * rate_ppm, PPM)


def inside(gross: Ints, rate_ppm: int | Ints) -> Ints:
    """The tax inside a gross amount (20 % of 12.00 gross is 2.00), rounded half up to the minor unit."""
    return half_up(gross * rate_ppm, PPM + rate_ppm)


def grossed_up(net: Ints, rate_ppm: int | Ints) -> Ints:
    """net / (1 - rate): the base of a tax that is part of its own base (Brazil's ICMS, China's consumption tax)."""
    return half_up(net * PPM, PPM - rate_ppm)


def up_to_step(amount: Ints, step: int | Ints) -> Ints:
    """The next whole multiple of a step (weights: 251 g in 50 g steps is 300 g)."""
    result: Ints = -(-amount // step) * step
    return result


def converted(amount: Ints, rate: int | Ints, from_currency: str, to_currency: str) -> Ints:
    """Minor units of one currency in another at a rate of 1e-8 per major unit, rounded half up once.

    The rate is one for all amounts, or one for each.

    Amounts whose product does not fit into 64 bits (millions of dollars in dongs) are converted one by one.
    """
    shift = decimals(to_currency) - decimals(from_currency)
    rate, scale = (rate * 10**shift, RATE_SCALE) if shift >= 0 else (rate, RATE_SCALE * 10**-shift)
    least, most = int(amount.min(initial=0)), int(amount.max(initial=0))
    if 2 * max(most, -least) * int(np.max(rate)) + scale < _LARGEST:
        return _rounded(amount * rate, scale, signed=least < 0)
    amounts, rates = np.broadcast_arrays(amount, rate)
    pairs = zip(amounts.ravel().tolist(), rates.ravel().tolist(), strict=True)
    exact = [(2 * abs(a) * r + scale) // (2 * scale) * (1 if a >= 0 else -1) for a, r in pairs]
    return np.asarray(exact, dtype=np.int64).reshape(amounts.shape)


class Bands(Struct, frozen=True, eq=False):
    """Tiers in integers. `bounds[i]` is the last amount of band i (inclusive); the last one is OPEN."""

    bounds: tuple[int, ...]
    values: tuple[int, ...]

    def index(self, amount: Ints) -> Ints:
        found: Ints = np.searchsorted(np.asarray(self.bounds, dtype=np.int64), amount, side="left").astype(
            np.int64
        )
        return np.minimum(found, len(self.bounds) - 1)

    def whole(self, amount: Ints) -> Ints:
        """The value of the band that holds the amount, for all of it."""
        picked: Ints = np.asarray(self.values, dtype=np.int64)[self.index(amount)]
        return picked

    def marginal_share(self, amount: Ints) -> Ints:
        """Each part of the amount at the rate (ppm) of its own band, rounded half up once at the end."""
        total = np.zeros_like(amount)
        lower = 0
        for bound, rate in zip(self.bounds, self.values, strict=True):
            total += np.clip(amount - lower, 0, max(bound - lower, 0)) * rate
            lower = bound
        return half_up(total, PPM)


class Column(Struct, frozen=True, eq=False):
    """One figure for every SKU of the batch: minor units of a currency, and where it is known."""

    units: Ints
    known: Bools
    currency: str

    @classmethod
    def of(cls, units: Ints | Sequence[int] | int, currency: str, n: int = 1) -> Column:
        array = np.asarray(units, dtype=np.int64)
        if array.ndim == 0:
            array = np.full(n, int(array), dtype=np.int64)
        return cls(array, np.ones(len(array), dtype=np.bool_), currency)

    @classmethod
    def unknown(cls, currency: str, n: int) -> Column:
        return cls(np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.bool_), currency)


class Exchange(Protocol):
    """Exchange rates of a view."""

    def rate(self, from_currency: str, to_currency: str) -> tuple[int, tuple[Reading, ...]] | Unknown:
        """Units of `to` per unit of `from` in 1e-8, with the facts it was made from; or the Unknown."""
        ...


class Explanation(Struct, frozen=True, eq=False):
    """How one element of a line came about."""

    data: tuple[Datum, ...] = ()
    calculation: Text = EMPTY
    unknown: Unknown | None = None


class Step(Protocol):
    """One line of a lane, compiled from the rules."""

    @property
    def id(self) -> str: ...
    @property
    def series(self) -> Series: ...
    @property
    def label(self) -> Text: ...
    @property
    def payer(self) -> Payer: ...

    def run(self, ledger: Ledger) -> Column:
        """The line for every SKU, in the currency in which it is charged."""
        ...

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        """Data and calculation of one SKU, from the columns of the run."""
        ...


class Ledger(Struct, eq=False):
    """The columns of one run: the inputs, then each line as it is computed.

    `money` holds input amounts (price, cost, value, freight …) and `numbers` plain whole numbers (weight_g, length_mm,
    width_mm, height_mm, pieces, items …), all arrays of length `n`. `marks` says where each input comes from.
    """

    n: int
    currency: str
    exchange: Exchange
    money: dict[str, Column]
    numbers: dict[str, Ints]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)
    lines: dict[str, Column] = field(default_factory=dict)
    quoted: dict[str, Column] = field(default_factory=dict)
    buyers: set[str] = field(default_factory=set)
    """Lines that the buyer bears: nothing of the seller's is taken for them."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Whatever a step wants to show later (chargeable weights, bases), by name."""

    def branch(self, *others: Ledger) -> Ledger:
        """A ledger of the same orders with the lines of others; what is computed once for the orders is shared."""
        made = Ledger(
            self.n,
            self.currency,
            self.exchange,
            self.money,
            self.numbers,
            self.marks,
            self.names,
            extra=self.extra,
        )
        for other in others:
            made.lines.update(other.lines)
            made.quoted.update(other.quoted)
            made.buyers.update(other.buyers)
        return made

    def run(self, steps: Sequence[Step]) -> None:
        """Compute the steps in order; each may read the inputs and the lines before it."""
        for step in steps:
            column = step.run(self)
            self.lines[step.id] = column
            self.quoted[step.id] = self.in_currency(column, self.currency)
            if step.payer == "buyer":
                self.buyers.add(step.id)

    def column(self, name: str) -> Column:
        """An input amount or a line already computed, by name; unknown where there is none."""
        if name in self.money:
            return self.money[name]
        return self.lines.get(name) or Column.unknown(self.currency, self.n)

    def in_currency(self, column: Column, currency: str) -> Column:
        """A column in another currency, rounded once; unknown where the rate is."""
        if column.currency == currency:
            return column
        rate = self.rate(column.currency, currency)
        if rate is None:
            return Column.unknown(currency, self.n)
        return Column(converted(column.units, rate, column.currency, currency), column.known, currency)

    def rate(self, from_currency: str, to_currency: str) -> int | Ints | None:
        """Units of `to` per unit of `from` in 1e-8: one rate, or one an order where these have EXCHANGE_SHARE."""
        found = self.exchange.rate(from_currency, to_currency)
        if isinstance(found, Unknown):
            return None
        worth = self.numbers.get(EXCHANGE_SHARE)
        if worth is None or (from_currency == HOME) == (to_currency == HOME):
            return found[0]
        return (
            share(np.asarray(found[0]), worth)
            if from_currency == HOME
            else half_up(np.asarray(found[0] * PPM), worth)
        )

    def sum(self, names: Sequence[str], currency: str) -> Column:
        """Several columns as one in a currency; unknown where any part is. Names that do not exist are left out."""
        there = tuple(name for name in names if name in self.money or name in self.lines)
        if not all(name in self.money for name in there):
            return self._sum(there, currency)
        # inputs are the same for all steps: the price in euros is worked out once
        kept = self.extra.setdefault("sums", {})
        found = kept.get((there, currency))
        if found is None or found[0] is not self.money:
            found = kept[there, currency] = (self.money, self._sum(there, currency))
        column: Column = found[1]
        return column

    def _sum(self, names: Sequence[str], currency: str) -> Column:
        if len(names) == 1:
            return self.in_currency(self.column(names[0]), currency)
        units = np.zeros(self.n, dtype=np.int64)
        known = np.ones(self.n, dtype=np.bool_)
        for name in names:
            part = self.in_currency(self.column(name), currency)
            units = units + part.units
            known = known & part.known
        return Column(units, known, currency)

    def number(self, name: str) -> Ints:
        return self.numbers[name]

    def has(self, name: str) -> bool:
        return name in self.money or name in self.numbers

    def datum(self, name: str, i: int, unit: Text | None = None) -> Datum:
        """An input as shown in an explanation."""
        label = self.names.get(name, both(name))
        mark: Mark = self.marks.get(name, "case")
        if name in self.money:
            column = self.money[name]
            if not column.known[i]:
                return Datum(label, "?", both(column.currency), "unknown")
            return Datum(
                label, f"{major(int(column.units[i]), column.currency):f}", both(column.currency), mark
            )
        return Datum(label, str(int(self.numbers[name][i])), unit or EMPTY, mark)

    def line(self, step: Step, i: int) -> Line:
        """One line of one SKU with its explanation."""
        column, quoted = self.lines[step.id], self.quoted[step.id]
        explained = step.explain(self, i)
        known = bool(quoted.known[i])
        own = Money(int(column.units[i]), column.currency) if column.known[i] else None
        data = explained.data
        unknown = None if known else explained.unknown
        if column.currency != self.currency and column.known[i]:
            rate = self.exchange.rate(column.currency, self.currency)
            if isinstance(rate, Unknown):
                unknown = rate
            else:
                data = (*data, *(rate_datum(r) for r in rate[1]))
        return Line(
            id=step.id,
            series=step.series,
            label=step.label,
            amount=int(quoted.units[i]) if known else None,
            currency=self.currency,
            data=data,
            calculation=explained.calculation,
            payer=step.payer,
            own=own if column.currency != self.currency else None,
            unknown=unknown,
        )


def pieces_of(ledger: Ledger) -> Ints:
    """Pieces in the order; one where not given."""
    if "pieces" not in ledger.numbers:
        return np.ones(ledger.n, dtype=np.int64)
    return np.maximum(ledger.numbers["pieces"], 1)


def fact_datum(reading: Reading, value: str, unit: Text) -> Datum:
    """A fact as an input of a calculation."""
    return Datum(reading.fact.says, value, unit, "typed" if reading.typed else "rules", reading)


def rate_datum(reading: Reading) -> Datum:
    """An exchange rate as an input: 6.9858 CNY per USD."""
    home, _, foreign = reading.fact.unit.upper().partition("_PER_")
    return fact_datum(reading, plain(reading.decimal()), Text(f"{home} per {foreign}", f"{home}/{foreign}"))


def percent_text(rate_ppm: int) -> str:
    """136000 → 13.6%."""
    return f"{plain(Decimal(rate_ppm) / 10_000)}%"


def bands_of(reading: Reading, currency: str | None, *, rates: bool) -> Bands:
    """A fact's tiers as integer bands: bounds in minor units of `currency`, values as ppm (rates) or minor units.

    `below` bounds (the bound itself belongs to the next tier) are lowered by one minor unit.
    """
    from desktop.core.money import minor, ppm

    bounds, values = [], []
    for step in reading.steps():
        bound = (
            OPEN if step.up_to is None else minor(step.up_to, currency or "USD") - (1 if step.below else 0)
        )
        bounds.append(bound)
        values.append(ppm(step.value) if rates else minor(step.value, currency or "USD"))
    return Bands(tuple(bounds), tuple(values))


class PercentStep(Struct, frozen=True, eq=False):
    """A percentage of one or more columns: whole-price or marginal tiers, with a minimum and a maximum."""

    id: str
    series: Series
    label: Text
    currency: str
    bases: tuple[str, ...]
    bands: Bands
    reading: Reading
    marginal: bool = False
    minimum: tuple[int, Reading] | None = None
    maximum: tuple[int, Reading] | None = None
    payer: Payer = "seller"
    also: tuple[Reading, ...] = ()

    def run(self, ledger: Ledger) -> Column:
        base = ledger.sum(self.bases, self.currency)
        if self.marginal:
            units = self.bands.marginal_share(base.units)
        else:
            units = share(base.units, self.bands.whole(base.units))
        if self.minimum:
            units = np.maximum(units, self.minimum[0])
        if self.maximum:
            units = np.minimum(units, self.maximum[0])
        return Column(units, base.known, self.currency)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        base = ledger.sum(self.bases, self.currency)
        amount = int(base.units[i])
        shown = money_text(amount, self.currency)
        rate = int(self.bands.whole(np.asarray([amount]))[0])
        rate_text = self._marginal_text(amount) if self.marginal else f"{shown} × {percent_text(rate)}"
        data = [fact_datum(self.reading, _tiers_text(self.reading), both("%"))]
        data += [fact_datum(r, plain(r.decimal()), both(r.fact.unit.replace("_", " "))) for r in self.also]
        units = int(self.run_one(amount))
        for bound, word in (
            (self.minimum, Text("at least", "不低于")),
            (self.maximum, Text("at most", "不高于")),
        ):
            if bound and units == bound[0]:
                raw = f"{major(bound[0], self.currency):f}"
                data.append(fact_datum(bound[1], raw, both(self.currency)))
                limit = money_text(bound[0], self.currency)
                return Explanation(
                    tuple(data), Text(f"{rate_text}, {word.en} {limit}", f"{rate_text}，{word.zh} {limit}")
                )
        unknown = None
        if not base.known[i]:
            unknown = _first_unknown(ledger, self.bases)
        return Explanation(tuple(data), both(rate_text), unknown)

    def run_one(self, amount: int) -> int:
        one = np.asarray([amount], dtype=np.int64)
        units = self.bands.marginal_share(one) if self.marginal else share(one, self.bands.whole(one))
        result = int(units[0])
        if self.minimum:
            result = max(result, self.minimum[0])
        if self.maximum:
            result = min(result, self.maximum[0])
        return result

    def _marginal_text(self, amount: int) -> str:
        parts: list[str] = []
        lower = 0
        for bound, rate in zip(self.bands.bounds, self.bands.values, strict=True):
            part = max(0, min(amount, bound) - lower)
            if part or not parts:
                parts.append(f"{money_text(part, self.currency)} × {percent_text(rate)}")
            lower = bound
            if amount <= bound:
                break
        return " + ".join(parts)


class FixedStep(Struct, frozen=True, eq=False):
    """A fixed amount by the band that a base falls into (0.30 up to 10.00, 0.40 above), divided by a number if given."""

    id: str
    series: Series
    label: Text
    currency: str
    bands: Bands
    reading: Reading
    bases: tuple[str, ...] = ()
    divide_by: str | None = None
    payer: Payer = "seller"

    def run(self, ledger: Ledger) -> Column:
        base = ledger.sum(self.bases, self.currency)
        units = self.bands.whole(base.units)
        if self.divide_by:
            units = half_up(units, np.maximum(ledger.number(self.divide_by), 1))
        return Column(units, base.known, self.currency)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        base = ledger.sum(self.bases, self.currency)
        amount = int(self.bands.whole(base.units)[i])
        shown = money_text(amount, self.currency)
        data = [fact_datum(self.reading, _tiers_text(self.reading), both(self.currency))]
        text = shown
        if self.divide_by:
            data.append(ledger.datum(self.divide_by, i))
            text = f"{shown} ÷ {int(ledger.number(self.divide_by)[i])}"
        unknown = None if base.known[i] else _first_unknown(ledger, self.bases)
        return Explanation(tuple(data), both(text), unknown)


class InputStep(Struct, frozen=True, eq=False):
    """A line that is an input of the case: the goods, packing, what the user typed."""

    id: str
    series: Series
    label: Text
    input: str
    missing: Unknown | None = None
    payer: Payer = "seller"

    def run(self, ledger: Ledger) -> Column:
        return ledger.column(self.input)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        column = ledger.column(self.input)
        if not column.known[i]:
            return Explanation((), EMPTY, self.missing)
        return Explanation(
            (ledger.datum(self.input, i),), both(money_text(int(column.units[i]), column.currency))
        )


class UnknownStep(Struct, frozen=True, eq=False):
    """A line of which the rules know that it exists and not what it costs."""

    id: str
    series: Series
    label: Text
    unknown: Unknown
    payer: Payer = "seller"

    def run(self, ledger: Ledger) -> Column:
        return Column.unknown(ledger.currency, ledger.n)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        return Explanation((), EMPTY, self.unknown)


def _tiers_text(reading: Reading) -> str:
    return tiers_text(
        [
            (None if step.up_to is None else plain(step.up_to), step.below, plain(step.value))
            for step in reading.steps()
        ]
    )


def _first_unknown(ledger: Ledger, names: Sequence[str]) -> Unknown:
    for name in names:
        exists = name in ledger.money or name in ledger.lines
        if exists and not ledger.column(name).known.all():
            label = ledger.names.get(name, both(name))
            return Unknown(name, Text(f"{label.en} is not known", f"{label.zh}未知"))
    return Unknown("base", Text("its base is not known", "计算基数未知"))
