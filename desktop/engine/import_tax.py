"""Import tax into China by five modes: personal postal articles tax, composite tax, taxes of general trade.

Amounts are CNY fen, rates parts per million. A plan is compiled once per view, mode and category; its steps
price any number of orders. Rules: data/rules/import_tax. Formulas: facts cn.ppat.formula (value times rate),
cn.import.cbec.formula_steps and cn.import.general.formulas (duty, then consumption tax inside its own base,
then VAT).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from msgspec import Struct

from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import PPM, major, minor, plain, ppm
from desktop.core.result import Datum, Payer, Series
from desktop.core.text import EMPTY, Text, both, text_of
from desktop.core.words import money_text, number
from desktop.engine.kernel import (
    Bools,
    Column,
    Explanation,
    Ints,
    Ledger,
    Step,
    UnknownStep,
    fact_datum,
    half_up,
    percent_text,
    share,
)

CNY = "CNY"
REFORM = "2016-04-08"
Outcome = Literal["taxed", "waived", "refused", "general-trade", "unknown"]
OUTCOMES: tuple[Outcome, ...] = ("taxed", "waived", "refused", "general-trade", "unknown")
TAXED, WAIVED, REFUSED, GENERAL, NOT_KNOWN = range(5)
VALUE_PARTS = ("value", "freight", "insurance")

_FINEST = 10**9
"""Largest denominator of a rate as a fraction: keeps products in 64 bits for orders to 46 million CNY."""


class ImportOptions(Struct, frozen=True):
    """What the user typed. Rates in percent; `table_price` in CNY of one piece, or of a kg with `net_g`."""

    duty_rate: Decimal | None = None
    vat_rate: Decimal | None = None
    consumption_rate: Decimal | None = None
    postal_rate: Decimal | None = None
    table_price: Decimal | None = None
    annual_so_far: Decimal | None = None
    origin_hk_mo_tw: bool = False
    hs: str | None = None


DEFAULT = ImportOptions()


class ImportPlan(Struct, frozen=True):
    """One mode for one category on one day, ready to price orders."""

    mode: str
    name: Text
    code: Text
    steps: tuple[Step, ...]
    warnings: tuple[Text, ...]
    unknown: tuple[Unknown, ...]
    kind: str = ""
    basis: tuple[Reading, ...] = ()
    tariff: Tariff | None = None

    def outcome(self, ledger: Ledger, i: int) -> Outcome:
        """How one order is treated: taxed, waived, refused, general-trade (full taxes), or unknown."""
        return OUTCOMES[int(self.outcomes(ledger)[i])]

    def outcomes(self, ledger: Ledger) -> Ints:
        """The treatment of each order as an index of OUTCOMES."""
        if self.tariff is None:
            return np.full(ledger.n, NOT_KNOWN, dtype=np.int64)
        return self.tariff.assess(ledger).codes

    def composite_rate(self, ledger: Ledger, i: int) -> Decimal | None:
        """The composite rate of one order in percent; None where the composite tax does not apply."""
        return self.tariff.composite_rate(ledger, i) if isinstance(self.tariff, Composite) else None


# ---------------------------------------------------------------- rates


class Rate(Struct, frozen=True):
    """One rate with where it comes from. A range counts at its high end and is said."""

    label: Text
    ppm: int | None
    reading: Reading | None = None
    unknown: Unknown | None = None
    span: tuple[Decimal, Decimal] | None = None

    @property
    def counted(self) -> int:
        """The rate in ppm, 0 where it is not known (the column is then marked unknown)."""
        return self.ppm or 0

    def datum(self) -> Datum:
        if self.ppm is None:
            return Datum(self.label, "?", both("%"), "unknown")
        shown = plain(Decimal(self.ppm) / 10_000)
        if self.reading is None:
            return Datum(self.label, shown, both("%"), "typed")
        if self.span:
            shown = f"{plain(self.span[0])}–{plain(self.span[1])}"
        return fact_datum(self.reading, shown, both("%"))


class Limit(Struct, frozen=True):
    """An amount in fen with the fact that says it."""

    units: int
    reading: Reading

    @property
    def shown(self) -> str:
        return f"{major(self.units, CNY):f}"

    def datum(self) -> Datum:
        return fact_datum(self.reading, plain(major(self.units, CNY)), both(CNY))


class Pick(Struct, frozen=True):
    """Which of two rates each order takes, and where that can be said."""

    high: Bools
    decided: Bools


class Split(Struct, frozen=True):
    """A rate, and a higher one from a value per ml or g, per sheet, or per piece on (at least, not above)."""

    ordinary: Rate
    high: Rate | None = None
    per_ml: Limit | None = None
    per_sheet: Limit | None = None
    per_unit: Limit | None = None

    @property
    def rates(self) -> tuple[Rate, ...]:
        return (self.ordinary, self.high) if self.high else (self.ordinary,)

    def pick(self, ledger: Ledger, value: Ints) -> Pick:
        """The test of the value of an order against each threshold times its content."""
        no = np.zeros(ledger.n, dtype=np.bool_)
        if self.high is None or self.high.ppm == self.ordinary.ppm:
            return Pick(no, ~no)
        pieces = _quantity(ledger)
        if self.per_unit:
            return Pick(value >= self.per_unit.units * pieces, ~no)
        high, decided = no, no
        for limit, content in ((self.per_ml, _content(ledger)), (self.per_sheet, _number(ledger, "pieces"))):
            if limit is None:
                continue
            given = (content > 0) & ~decided
            high = np.where(given, value >= limit.units * pieces * content, high)
            decided = decided | given
        return Pick(high, decided)

    def at(self, pick: Pick, i: int) -> Rate:
        return self.high if self.high is not None and bool(pick.high[i]) else self.ordinary

    def known(self, pick: Pick) -> Bools:
        """Where the rate of each order is known."""
        high = self.high is not None and self.high.ppm is not None
        found: Bools = pick.decided & np.where(pick.high, high, self.ordinary.ppm is not None)
        return found

    def data(self, pick: Pick, i: int) -> tuple[Datum, ...]:
        limits = [limit for limit in (self.per_ml, self.per_sheet, self.per_unit) if limit]
        return (self.at(pick, i).datum(), *(limit.datum() for limit in limits if self.high))


class Rates(Struct, frozen=True):
    """The four rates of a category at the date, with what the user typed in their place."""

    duty: Rate
    vat: Rate
    consumption: Split
    postal: Split


class TaxRow(Struct, frozen=True):
    """One rate of a category for the screen: a Reading, or an Unknown that says why not."""

    kind: str
    label: Text
    found: Reading | Unknown
    low: Decimal | None = None
    high: Decimal | None = None


class Offered(Struct, frozen=True):
    """Whether a city offers a mode (None: not known), with the facts that say so."""

    state: bool | None
    readings: tuple[Reading, ...] = ()
    note: Text = EMPTY


def _number(ledger: Ledger, name: str) -> Ints:
    """A plain number of each order; nothing where it is not given."""
    return ledger.numbers.get(name, np.zeros(ledger.n, dtype=np.int64))


def _quantity(ledger: Ledger) -> Ints:
    """Pieces in each order, at least one."""
    return np.maximum(ledger.numbers.get("quantity", np.ones(ledger.n, dtype=np.int64)), 1)


def _content(ledger: Ledger) -> Ints:
    """Net content of one piece in ml, else in g; 0 where neither is given."""
    ml = _number(ledger, "net_ml")
    return np.where(ml > 0, ml, _number(ledger, "net_g"))


def portion(amount: Ints, part: Fraction) -> Ints:
    """A fixed fraction of an amount, rounded half up to the fen once."""
    exact = part.limit_denominator(_FINEST)
    return half_up(amount * exact.numerator, exact.denominator)


def _inner(rate_ppm: int) -> Fraction:
    """The share of a tax that lies inside its own base: ct / (1 - ct)."""
    return Fraction(rate_ppm, PPM - rate_ppm)


# ---------------------------------------------------------------- what an order pays


class Assessed(Struct, frozen=True):
    """All of one run: treatment and lines of each order, with the picks behind them."""

    codes: Ints
    lines: Mapping[str, Column]
    base: Column
    full: Bools
    consumption: Pick
    postal: Pick
    due: Ints
    by_table: Ints


class Tariff(Struct, frozen=True):
    """What the three kinds of taxation share; `assess` is computed once for a ledger."""

    view: View
    rates: Rates
    mode: str

    def assess(self, ledger: Ledger) -> Assessed:
        key = f"import_tax.{self.mode}"
        kept = ledger.extra.get(key)
        # identity, not equality: another category or other options on the same ledger is another tariff
        if kept is None or kept[0] is not self:
            kept = ledger.extra[key] = (self, self._assess(ledger))
        found: Assessed = kept[1]
        return found

    def _assess(self, ledger: Ledger) -> Assessed:
        raise NotImplementedError

    def explain(self, part: str, ledger: Ledger, i: int) -> Explanation:
        raise NotImplementedError

    def _base(self, ledger: Ledger) -> Column:
        """Value with freight and insurance where given, in CNY; unknown where the value is."""
        if not ledger.has("value"):
            return Column.unknown(CNY, ledger.n)
        return ledger.sum(VALUE_PARTS, CNY)

    def _inputs(self, ledger: Ledger, i: int, names: Sequence[str] = VALUE_PARTS) -> tuple[Datum, ...]:
        return tuple(ledger.datum(name, i) for name in names if ledger.has(name))

    def _chain(self, ledger: Ledger, base: Column, pick: Pick) -> dict[str, Column]:
        """Full taxes: duty on the base, consumption tax inside its own base, VAT on all; each to the fen."""
        rates, ct = self.rates, self.rates.consumption
        duty = share(base.units, rates.duty.counted)
        with_duty = base.units + duty
        high = portion(with_duty, _inner(ct.high.counted)) if ct.high else np.zeros_like(duty)
        consumption = np.where(pick.high, high, portion(with_duty, _inner(ct.ordinary.counted)))
        vat = share(with_duty + consumption, rates.vat.counted)
        known_duty = base.known & (rates.duty.ppm is not None)
        known_ct = known_duty & ct.known(pick)
        known_vat = known_ct & (rates.vat.ppm is not None)
        return {
            "duty": Column(duty, known_duty, CNY),
            "consumption": Column(consumption, known_ct, CNY),
            "vat": Column(vat, known_vat, CNY),
        }

    def _explain_full(self, part: str, ledger: Ledger, i: int) -> Explanation:
        """Data and calculation of a line of the full taxes."""
        found = self.assess(ledger)
        column, base = found.lines[part], int(found.base.units[i])
        unknown = None if column.known[i] else self._why(part, found, i)
        if unknown is not None:
            return Explanation(self._inputs(ledger, i), unknown=unknown)
        duty = int(found.lines["duty"].units[i])
        with_duty = f"({_yuan(base)} + {_yuan(duty)})" if duty else _yuan(base)
        ct = self.rates.consumption.at(found.consumption, i)
        if part == "duty":
            return Explanation((*self._inputs(ledger, i), self.rates.duty.datum()), both(
                f"{_yuan(base)} × {percent_text(self.rates.duty.counted)}"))  # fmt: skip
        if part == "consumption":
            data = self.rates.consumption.data(found.consumption, i)
            rate = percent_text(ct.counted)
            text = f"{with_duty} ÷ (1 − {rate}) × {rate}" if ct.counted else f"{with_duty} × 0%"
            return Explanation((*self._inputs(ledger, i), *data), both(text))
        inside = int(found.lines["consumption"].units[i])
        parts = [_yuan(amount) for amount in (base, duty, inside) if amount]
        taken = f"({' + '.join(parts)})" if len(parts) > 1 else _yuan(base)
        return Explanation((*self._inputs(ledger, i), self.rates.vat.datum()), both(
            f"{taken} × {percent_text(self.rates.vat.counted)}"))  # fmt: skip

    def _why(self, part: str, found: Assessed, i: int) -> Unknown:
        """The first cause that a line of one order is not known."""
        if not found.base.known[i]:
            return self.view.unknown("value", "import.unknown.base")
        chain = ("duty", "consumption", "vat")
        for name in chain[: chain.index(part) + 1]:
            cause = self._cause(name, found, i)
            if cause is not None:
                return cause
        return self.view.unknown(part, "import.unknown.before", line=self.view.text(f"import.line.{part}"))

    def _cause(self, name: str, found: Assessed, i: int) -> Unknown | None:
        if name == "duty":
            return self.rates.duty.unknown if found.full[i] else None
        if name == "vat":
            return self.rates.vat.unknown
        return self._split_cause(self.rates.consumption, found.consumption, i)

    def _split_cause(self, split: Split, pick: Pick, i: int) -> Unknown | None:
        if not pick.decided[i]:
            return self.view.unknown("net_ml", "import.unknown.content")
        return split.at(pick, i).unknown


def _yuan(units: int) -> str:
    return money_text(units, CNY)


class Full(Tariff, frozen=True):
    """General trade: duty, consumption tax and VAT on CIF (fact cn.import.general.formulas)."""

    def _assess(self, ledger: Ledger) -> Assessed:
        base = self._base(ledger)
        pick = self.rates.consumption.pick(ledger, base.units)
        lines = self._chain(ledger, base, pick)
        codes = np.where(base.known, TAXED, NOT_KNOWN)
        everywhere = np.ones(ledger.n, dtype=np.bool_)
        none = np.zeros_like(base.units)
        return Assessed(codes, lines, base, everywhere, pick, pick, none, none)

    def explain(self, part: str, ledger: Ledger, i: int) -> Explanation:
        return self._explain_full(part, ledger, i)


class Composite(Tariff, frozen=True):
    """Retail import since 2016-04-08 (Cai Guan Shui 2016 No. 18 and 2018 No. 49).

    Within both limits: no duty, consumption tax and VAT at 70 %; both on the retail value, the VAT with the
    whole statutory consumption tax in its base. Over a limit `over` says who pays in full, who is refused.
    """

    duty_within: Rate
    discount: Rate
    single: Limit
    annual: Limit
    so_far: int
    over: str
    over_one: Reading | None = None
    over_several: Reading | None = None
    over_annual: Reading | None = None

    def _assess(self, ledger: Ledger) -> Assessed:
        base = self._base(ledger)
        pick = self.rates.consumption.pick(ledger, base.units)
        codes, full = self._treatment(ledger, base)
        whole = self._chain(ledger, base, pick)
        within = self._within(base, pick)
        open_ = codes != REFUSED
        lines = {
            part: Column(
                np.where(full, whole[part].units, within[part].units),
                np.where(full, whole[part].known, within[part].known) & open_,
                CNY,
            )
            for part in ("duty", "consumption", "vat")
        }
        codes = np.where(base.known, codes, NOT_KNOWN)
        none = np.zeros_like(base.units)
        return Assessed(codes, lines, base, full, pick, pick, none, none)

    def _treatment(self, ledger: Ledger, base: Column) -> tuple[Ints, Bools]:
        over_single = base.units > self.single.units
        over_annual = base.units + self.so_far > self.annual.units
        full: Bools = over_single | over_annual
        if self.over == "general-trade":
            return np.where(full, GENERAL, TAXED), full
        several = _quantity(ledger) > 1
        codes = np.where(over_annual, GENERAL, np.where(over_single & several, REFUSED, TAXED))
        return codes, full

    def _within(self, base: Column, pick: Pick) -> dict[str, Column]:
        """Consumption tax V / (1 - ct) × ct and VAT V / (1 - ct) × vat, both × 70 %, each rounded once."""
        vat = self.rates.vat
        known_ct = base.known & self.rates.consumption.known(pick)
        zero = share(base.units, self.duty_within.counted)
        cut = Fraction(self.discount.counted, PPM)
        taxes: list[tuple[Ints, Ints]] = []
        for rate in self.rates.consumption.rates:
            on_vat = Fraction(vat.counted, PPM) * (1 + _inner(rate.counted)) * cut
            taxes.append((portion(base.units, _inner(rate.counted) * cut), portion(base.units, on_vat)))
        low, top = taxes[0], taxes[-1]
        return {
            "duty": Column(zero, base.known & (self.duty_within.ppm is not None), CNY),
            "consumption": Column(np.where(pick.high, top[0], low[0]), known_ct, CNY),
            "vat": Column(np.where(pick.high, top[1], low[1]), known_ct & (vat.ppm is not None), CNY),
        }

    def composite_rate(self, ledger: Ledger, i: int) -> Decimal | None:
        """(ct + vat) / (1 - ct) × 70 % in percent, to four places; None over a limit or when not known."""
        found = self.assess(ledger)
        if found.full[i] or not found.lines["vat"].known[i]:
            return None
        ct = self.rates.consumption.at(found.consumption, i).counted
        part = Fraction(ct + self.rates.vat.counted, PPM - ct) * Fraction(self.discount.counted, PPM) * 100
        exact = Decimal(part.numerator) / Decimal(part.denominator)
        return Decimal(plain(exact.quantize(Decimal("0.0001"))))

    def explain(self, part: str, ledger: Ledger, i: int) -> Explanation:
        found = self.assess(ledger)
        if int(found.codes[i]) == REFUSED:
            why = self.view.text("import.refused.order", limit=number(major(self.single.units, CNY)))
            unknown = Unknown("refused", why, _id(self.over_several), self.view.date)
            return Explanation((*self._inputs(ledger, i), *self._limits(i, found)), unknown=unknown)
        if found.full[i]:
            full = self._explain_full(part, ledger, i)
            if full.unknown is not None:
                return full
            text = self.view.text("import.full", calculation=full.calculation)
            return Explanation((*full.data, *self._limits(i, found)), text)
        return self._explain_within(part, ledger, i, found)

    def _limits(self, i: int, found: Assessed) -> tuple[Datum, ...]:
        """The limits, and the rule for what is over them."""
        code = int(found.codes[i])
        rule = {REFUSED: self.over_several, GENERAL: self.over_annual}.get(code, self.over_one)
        data = [self.single.datum(), self.annual.datum()]
        if rule is not None:
            data.append(fact_datum(rule, str(rule.raw), both("")))
        return tuple(data)

    def _explain_within(self, part: str, ledger: Ledger, i: int, found: Assessed) -> Explanation:
        if not found.lines[part].known[i]:
            return Explanation(self._inputs(ledger, i), unknown=self._why(part, found, i))
        base = _yuan(int(found.base.units[i]))
        ct = self.rates.consumption.at(found.consumption, i)
        inputs, cut = self._inputs(ledger, i), percent_text(self.discount.counted)
        if part == "duty":
            text = f"{base} × {percent_text(self.duty_within.counted)}"
            data = (*inputs, self.duty_within.datum(), self.single.datum(), self.annual.datum())
            return Explanation(data, self.view.text("import.within", calculation=text))
        inside = percent_text(ct.counted)
        grossed = f"{base} ÷ (1 − {inside})" if ct.counted else base
        if part == "consumption":
            data = (*inputs, *self.rates.consumption.data(found.consumption, i), self.discount.datum())
            return Explanation(data, both(f"{grossed} × {inside} × {cut}"))
        data = (*inputs, self.rates.vat.datum(), ct.datum(), self.discount.datum())
        return Explanation(data, both(f"{grossed} × {percent_text(self.rates.vat.counted)} × {cut}"))


class Postal(Tariff, frozen=True):
    """Personal postal articles tax: dutiable price times rate, not collected up to 50 CNY of tax.

    Dutiable price: the customs table price, unless the real price is more than twice or less than half of it
    (GACC 15/2012, fact cn.ppat.invoice_vs_table); goods without a table price at their own price. Over the
    limit of value a parcel is refused unless it holds one indivisible article (GACC 43/2010). Freight is not
    in the base.
    """

    waiver: Limit | None
    waiver_unknown: Unknown | None
    limit: Limit | None
    limit_unknown: Unknown | None
    table: Limit | None
    table_typed: bool
    per_kg: bool
    invoice: Reading | None

    def _assess(self, ledger: Ledger) -> Assessed:
        value = ledger.in_currency(ledger.column("value"), CNY)
        dutiable, by_table = self._dutiable(ledger, value.units)
        pick = self.rates.postal.pick(ledger, dutiable)
        high = self.rates.postal.high
        due = share(dutiable, self.rates.postal.ordinary.counted)
        if high:
            due = np.where(pick.high, share(dutiable, high.counted), due)
        refused = self._refused(ledger, value.units)
        waived = due <= (self.waiver.units if self.waiver else -1)
        usable = self.waiver is not None and self.limit is not None
        known = value.known & self.rates.postal.known(pick) & usable
        codes = np.where(refused, REFUSED, np.where(waived, WAIVED, TAXED))
        codes = np.where(known | refused & value.known, codes, NOT_KNOWN)
        line = Column(np.where(waived, 0, due), known & ~refused, CNY)
        base = Column(dutiable, value.known, CNY)
        return Assessed(codes, {"postal": line}, base, refused, pick, pick, due, by_table)

    def _refused(self, ledger: Ledger, value: Ints) -> Bools:
        if self.limit is None:
            return np.zeros(ledger.n, dtype=np.bool_)
        found: Bools = (value > self.limit.units) & (_quantity(ledger) > 1)
        return found

    def _dutiable(self, ledger: Ledger, value: Ints) -> tuple[Ints, Ints]:
        """The dutiable price, and per order: 0 no table price, 1 by the table, 2 by the invoice."""
        none = np.zeros_like(value)
        if self.table is None:
            return value, none
        table = self._listed(ledger)
        low, high = _factors(self.invoice)
        by_invoice = (value * PPM < table * low) | (value * PPM > table * high)
        how = np.where(table > 0, np.where(by_invoice, 2, 1), 0)
        return np.where(how == 1, table, value), how

    def _listed(self, ledger: Ledger) -> Ints:
        """The table price of the whole order in fen; 0 where the weight that it needs is not given."""
        assert self.table is not None
        pieces, grams = _quantity(ledger), _number(ledger, "net_g")
        by_weight = half_up(self.table.units * pieces * grams, 1000)
        if self.per_kg:
            return by_weight
        return np.where(grams > 0, by_weight, self.table.units * pieces)

    def explain(self, part: str, ledger: Ledger, i: int) -> Explanation:
        found = self.assess(ledger)
        inputs = self._inputs(ledger, i, ("value",))
        refused = int(found.codes[i]) == REFUSED
        if refused and self.limit is not None:
            why = self.view.text("import.refused.parcel", limit=number(major(self.limit.units, CNY)))
            unknown = Unknown("refused", why, self.limit.reading.id, self.view.date)
            return Explanation((*inputs, self.limit.datum()), unknown=unknown)
        if not found.lines[part].known[i]:
            return Explanation(inputs, unknown=self._postal_why(found, i))
        rate = self.rates.postal.at(found.postal, i)
        data = [*inputs, *self.rates.postal.data(found.postal, i)]
        product = f"{_yuan(int(found.base.units[i]))} × {percent_text(rate.counted)}"
        text = both(product)
        if self.table is not None and int(found.by_table[i]):
            data.append(self._table_datum())
        if int(found.codes[i]) == WAIVED and self.waiver is not None:
            data.append(self.waiver.datum())
            shown = number(major(self.waiver.units, CNY))
            due = _yuan(int(found.due[i]))
            text = self.view.text("import.waived", calculation=text, tax=due, limit=shown)
        return Explanation(tuple(data), self._by(found, ledger, i, text))

    def _by(self, found: Assessed, ledger: Ledger, i: int, text: Text) -> Text:
        """The calculation with whether the table price or the invoice holds."""
        how = int(found.by_table[i])
        if not how:
            return text
        table = _yuan(int(self._listed(ledger)[i]))
        if how == 1:
            return self.view.text("import.by-table", calculation=text, table=table)
        low, high = (plain(Decimal(factor) / PPM) for factor in _factors(self.invoice))
        return self.view.text("import.by-invoice", calculation=text, table=table, low=low, high=high)

    def _table_datum(self) -> Datum:
        assert self.table is not None
        if self.table_typed:
            return Datum(self.view.text("import.table-price"), self.table.shown, both(CNY), "typed")
        return self.table.datum()

    def _postal_why(self, found: Assessed, i: int) -> Unknown:
        if not found.base.known[i]:
            return self.view.unknown("value", "import.unknown.base")
        cause = self._split_cause(self.rates.postal, found.postal, i)
        line = self.view.text("import.line.postal")
        # an Unknown counts as false, so the first that is there is looked for by name
        causes = (cause, self.waiver_unknown, self.limit_unknown)
        found_cause = next((unknown for unknown in causes if unknown is not None), None)
        if found_cause is not None:
            return found_cause
        return self.view.unknown("postal", "import.unknown.before", line=line)


def _factors(invoice: Reading | None) -> tuple[int, int]:
    """Half and twice the table price as ppm, from the fact."""
    assert invoice is not None
    low, high = (Decimal(invoice.raw[key]) * 100 for key in ("low_factor", "high_factor"))
    return ppm(low), ppm(high)


def _id(reading: Reading | None) -> str | None:
    return reading.id if reading else None


class TaxStep(Struct, frozen=True):
    """One line of an import, read from what its tariff computed for the whole batch.

    Borne by the seller in a quote so that modes compare by what lands; by law the buyer owes the retail taxes
    (fact cn.import.cbec.taxpayer).
    """

    id: str
    series: Series
    label: Text
    tariff: Tariff
    payer: Payer = "seller"

    def run(self, ledger: Ledger) -> Column:
        return self.tariff.assess(ledger).lines[self.id]

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        return self.tariff.explain(self.id, ledger, i)


# ---------------------------------------------------------------- compiling


def modes(view: View) -> tuple[str, ...]:
    """The import modes that the rules know, in their order."""
    return tuple(view.rules("import_modes")["modes"])


def cities(view: View) -> tuple[str, ...]:
    """The cities that the rules know, in their order."""
    return tuple(view.rules("import_modes")["cities"])


def offered(view: View, city: str, mode: str) -> Offered:
    """Whether a city offers a mode at the date: yes, no, or None where the rules cannot say."""
    rules = view.rules("import_modes")
    if mode in rules["anywhere"]:
        return Offered(True)
    found = rules["cities"].get(city)
    offer = view.in_force(found["offers"]) if found is not None else None
    if offer is None:
        return Offered(None)
    readings = tuple(r for r in (_reading(view, fact) for fact in offer["facts"]) if r is not None)
    note = text_of(offer.get("note"))
    if mode in offer["modes"]:
        return Offered(True, readings, note)
    return Offered(False if offer["complete"] else None, readings, note)


def delivery(view: View, mode: str) -> tuple[Reading, str] | Unknown:
    """Days of delivery of a mode by the first source that answers at the date, with its unit."""
    stages = view.rules("import_modes")["modes"][mode]["days"]
    for stage in stages:
        found = _reading(view, stage["fact"])
        if found is not None:
            return found, stage["unit"]
    name = text_of(view.rules("import_modes")["modes"][mode]["name"])
    return view.unknown(f"{mode}.days", "import.unknown.days", mode=name)


def tax_rates(view: View, category: str, options: ImportOptions = DEFAULT) -> Rates:
    """The rates of a category at the date, with what the user typed in their place."""
    rules = view.rules("import_tax")
    found = rules["categories"].get(category)
    if found is None:
        unknown = view.unknown("category", "import.unknown.category", category=category)
        found = {"consumption": {}, "postal": {}}
    else:
        unknown = None
    by_code = _line_fact(rules["lines"], options.hs)
    duty_fact = by_code if by_code is not None and view.has(by_code) else found.get("duty")
    return Rates(
        duty=_rate(view, "duty", duty_fact, options.duty_rate, unknown),
        vat=_rate(view, "vat", found.get("vat"), options.vat_rate, unknown),
        consumption=_split(view, "consumption", found["consumption"], options.consumption_rate, unknown),
        postal=_split(view, "postal", found["postal"], options.postal_rate, unknown),
    )


def tax_table(view: View, category: str) -> tuple[TaxRow, ...]:
    """Each rate of a category at the date: duty, VAT, consumption and postal tax, and the high-end rates."""
    found = view.rules("import_tax")["categories"].get(category)
    if found is None:
        unknown = view.unknown("category", "import.unknown.category", category=category)
        kinds = ("duty", "vat", "consumption", "postal")
        return tuple(TaxRow(kind, view.text(f"import.rate.{kind}"), unknown) for kind in kinds)
    rows = [_row(view, "duty", found["duty"]), _row(view, "vat", found["vat"])]
    for kind in ("consumption", "postal"):
        rows.append(_row(view, kind, found[kind]["rate"]))
        if "high_end" in found[kind] and view.has(found[kind]["high_end"]):
            rows.append(_row(view, f"{kind}-high-end", found[kind]["high_end"]))
    return tuple(rows)


def _row(view: View, kind: str, fact: str) -> TaxRow:
    found = view.read(fact)
    label = view.text(f"import.rate.{kind}")
    if isinstance(found, Unknown):
        return TaxRow(kind, label, found)
    return TaxRow(kind, label, found, *found.low_high())


def compile_import_tax(view: View, mode: str, category: str, options: ImportOptions = DEFAULT) -> ImportPlan:
    """One mode for one category at the view's date.

    The steps read the money columns `value` (of the whole order), `freight`, `insurance`, and the numbers
    `quantity`, `net_g`, `net_ml`, `pieces` (sheets of one piece); all but the value may be absent.
    """
    name, code = _identity(view, mode)
    periods = view.rules("import_tax")["modes"].get(mode, ())
    period = view.in_force(periods)
    if period is None:
        return _no_regime(view, mode, name, code, known_mode=bool(periods))
    regime = view.rules("import_tax")["regimes"][period["regime"]]
    rates = tax_rates(view, category, options)
    tariff = _tariff(view, mode, category, regime, rates, options)
    if isinstance(tariff, Unknown):
        parts = ("postal",) if regime["kind"] == "postal" else ("duty", "consumption", "vat")
        steps: tuple[Step, ...] = tuple(_unknown_step(view, part, tariff) for part in parts)
        return ImportPlan(mode, name, code, steps, (), (tariff,), regime["kind"])
    parts = ("postal",) if isinstance(tariff, Postal) else ("duty", "consumption", "vat")
    steps = tuple(TaxStep(part, _series(part), view.text(f"import.line.{part}"), tariff) for part in parts)
    used = _used(tariff, rates)
    basis = tuple(r for r in (_reading(view, fact) for fact in regime.get("basis", ())) if r is not None)
    return ImportPlan(
        mode=mode,
        name=name,
        code=code,
        steps=steps,
        warnings=_warnings(view, category, regime, period, tariff, used, options),
        unknown=_unknowns(tariff, used),
        kind=regime["kind"],
        basis=basis,
        tariff=tariff,
    )


def _identity(view: View, mode: str) -> tuple[Text, Text]:
    """Name of a mode, and its customs code where the date knows it."""
    found = view.rules("import_modes")["modes"].get(mode)
    if found is None:
        return both(mode), EMPTY
    for fact in found["code"]:
        if view.has(fact):
            reading = view.read(fact)
            assert isinstance(reading, Reading)
            raw, raw_zh = reading.raw, reading.value.raw_zh
            return text_of(found["name"]), Text(str(raw), str(raw if raw_zh is None else raw_zh))
    return text_of(found["name"]), EMPTY


def _series(part: str) -> Series:
    return "vat" if part == "vat" else "duty"


def _unknown_step(view: View, part: str, unknown: Unknown) -> UnknownStep:
    return UnknownStep(part, _series(part), view.text(f"import.line.{part}"), unknown)


def _no_regime(view: View, mode: str, name: Text, code: Text, *, known_mode: bool) -> ImportPlan:
    """A plan that can only say that it cannot: an unknown mode, or a date before all that is known of it."""
    if known_mode:
        unknown = view.unknown(mode, "import.unknown.regime", mode=name, date=view.date)
    else:
        unknown = view.unknown(mode, "import.unknown.mode", mode=mode)
    return ImportPlan(mode, name, code, (_unknown_step(view, "duty", unknown),), (), (unknown,))


def _line_fact(lines: Sequence[Mapping[str, Any]], hs: str | None) -> str | None:
    """The duty fact of the longest known code that begins the typed one."""
    typed = "".join(filter(str.isdigit, hs or ""))
    fitting = [line for line in lines if typed and typed.startswith(line["hs"])]
    if not fitting:
        return None
    fact: str = max(fitting, key=lambda line: len(line["hs"]))["duty"]
    return fact


def _rate(view: View, kind: str, fact: str | None, typed: Decimal | None, unknown: Unknown | None) -> Rate:
    label = view.text(f"import.rate.{kind}")
    if typed is not None:
        return Rate(label, ppm(typed))
    if fact is None:
        return Rate(label, None, unknown=unknown)
    found = view.read(fact)
    if isinstance(found, Unknown):
        return Rate(label, None, unknown=found)
    low, high = found.low_high()
    return Rate(label, ppm(high), found, span=(low, high) if low != high else None)


def _split(
    view: View, kind: str, rule: Mapping[str, str], typed: Decimal | None, unknown: Unknown | None
) -> Split:
    ordinary = _rate(view, kind, rule.get("rate"), typed, unknown)
    limits = {key: _limit(view, rule[key]) for key in ("per_ml", "per_sheet", "per_unit") if key in rule}
    split_now = typed is None and "high_end" in rule and view.has(rule["high_end"]) and any(limits.values())
    if not split_now:
        return Split(ordinary)
    return Split(ordinary, _rate(view, f"{kind}-high-end", rule["high_end"], None, None), **limits)


def _limit(view: View, fact: str) -> Limit | None:
    """An amount in CNY that a fact holds, or None where the date does not know it."""
    if not view.has(fact):
        return None
    found = view.read(fact)
    assert isinstance(found, Reading)
    return Limit(minor(found.decimal(), CNY), found)


def _first_limit(view: View, facts: Sequence[str]) -> Limit | Unknown:
    """The first of several facts that answers at the date; else the Unknown of the first."""
    for fact in facts:
        found = _limit(view, fact)
        if found is not None:
            return found
    missing = view.read(facts[-1])
    assert isinstance(missing, Unknown)
    return missing


def _reading(view: View, fact: str | None) -> Reading | None:
    found = view.read(fact) if fact is not None and view.has(fact) else None
    return found if isinstance(found, Reading) else None


def _tariff(
    view: View, mode: str, category: str, regime: Mapping[str, Any], rates: Rates, options: ImportOptions
) -> Tariff | Unknown:
    if regime["kind"] == "full":
        return Full(view, rates, mode)
    if regime["kind"] == "postal":
        return _postal(view, mode, category, regime, rates, options)
    return _composite(view, mode, regime, rates, options)


def _composite(
    view: View, mode: str, regime: Mapping[str, Any], rates: Rates, options: ImportOptions
) -> Composite | Unknown:
    single = _first_limit(view, [regime["single_limit"]])
    annual = _first_limit(view, [regime["annual_limit"]])
    within = _rate(view, "duty", regime["duty_within"], None, None)
    discount = _rate(view, "vat", regime["discount"], None, None)
    for missing in (single, annual, discount.unknown):
        if isinstance(missing, Unknown):
            return missing
    assert isinstance(single, Limit)
    assert isinstance(annual, Limit)
    so_far = minor(options.annual_so_far or 0, CNY)
    return Composite(
        view, rates, mode, within, discount, single, annual, so_far, regime["over"],
        _reading(view, regime.get("over_one")), _reading(view, regime.get("over_several")),
        _reading(view, regime.get("over_annual")),
    )  # fmt: skip


def _postal(
    view: View, mode: str, category: str, regime: Mapping[str, Any], rates: Rates, options: ImportOptions
) -> Postal:
    limits = regime["limits_hk_mo_tw" if options.origin_hk_mo_tw else "limits"]
    limit, waiver = _first_limit(view, limits), _first_limit(view, [regime["waiver"]])
    invoice = _reading(view, regime["invoice"])
    listed = view.rules("import_tax")["categories"].get(category, {}).get("table_price_kg")
    table = _limit(view, listed) if listed else None
    if options.table_price is not None and invoice is not None:
        table = Limit(minor(options.table_price, CNY), invoice)
    return Postal(
        view=view,
        rates=rates,
        mode=mode,
        waiver=waiver if isinstance(waiver, Limit) else None,
        waiver_unknown=waiver if isinstance(waiver, Unknown) else None,
        limit=limit if isinstance(limit, Limit) else None,
        limit_unknown=limit if isinstance(limit, Unknown) else None,
        table=table if invoice is not None else None,
        table_typed=options.table_price is not None,
        per_kg=options.table_price is None,
        invoice=invoice,
    )


def _used(tariff: Tariff, rates: Rates) -> tuple[Rate, ...]:
    """The rates that can reach a line of this tariff."""
    if isinstance(tariff, Postal):
        return rates.postal.rates
    return (rates.duty, *rates.consumption.rates, rates.vat)


def _unknowns(tariff: Tariff, used: Sequence[Rate]) -> tuple[Unknown, ...]:
    """What is not known before any order is looked at; within the retail limits no duty is needed."""
    rates = used[1:] if isinstance(tariff, Composite) else used
    found = [rate.unknown for rate in rates if rate.unknown is not None]
    if isinstance(tariff, Postal):
        found += [missing for missing in (tariff.waiver_unknown, tariff.limit_unknown) if missing is not None]
    return tuple({(unknown.what, unknown.why): unknown for unknown in found}.values())


def _warnings(
    view: View,
    category: str,
    regime: Mapping[str, Any],
    period: Mapping[str, Any],
    tariff: Tariff,
    used: Sequence[Rate],
    options: ImportOptions,
) -> tuple[Text, ...]:
    counted = [rate for rate in used if not _beside_limit(tariff, rate)]
    said = [_range_text(view, rate) for rate in counted if rate.span]
    said += [view.text("import.warn.weak", what=rate.label) for rate in counted if _weak(rate)]
    said += _rivals(view, category, "postal" if isinstance(tariff, Postal) else "consumption")
    if isinstance(tariff, Composite):
        said += _retail_warnings(view, regime, tariff, options)
    elif isinstance(tariff, Full):
        said += _trade_warnings(view, category, tariff)
    elif tariff.mode == "personal-post":
        said.append(view.text("import.warn.not-a-shop"))
    if "note" in period:
        view.read(period["note"])
        said.append(view.text("import.warn.collection"))
    return tuple(dict.fromkeys(said))


def _rivals(view: View, category: str, tax: str) -> list[Text]:
    """Facts that disagree with the rate that is used, in their own words."""
    found = view.rules("import_tax")["categories"].get(category, {})
    readings = [_reading(view, fact) for fact in found.get("rivals", {}).get(tax, ())]
    return [view.text("import.warn.rival", says=reading.fact.says) for reading in readings if reading]


def _beside_limit(tariff: Tariff, rate: Rate) -> bool:
    """The duty rate of retail import counts only over the limit: no warning for every order."""
    return isinstance(tariff, Composite) and rate is tariff.rates.duty


def _weak(rate: Rate) -> bool:
    return rate.reading is not None and not rate.reading.typed and rate.reading.value.confidence == "low"


def _range_text(view: View, rate: Rate) -> Text:
    assert rate.span is not None
    return view.text("import.warn.range", what=rate.label, low=plain(rate.span[0]), high=plain(rate.span[1]))


def _retail_warnings(
    view: View, regime: Mapping[str, Any], tariff: Composite, options: ImportOptions
) -> list[Text]:
    said = []
    if options.annual_so_far is None:
        said.append(view.text("import.warn.annual", limit=number(major(tariff.annual.units, CNY))))
    if "listed_only" in regime:
        view.read(regime["listed_only"])
        said.append(view.text("import.warn.listed-only"))
    said.append(view.text("import.warn.retail-base"))
    return said


def _trade_warnings(view: View, category: str, tariff: Full) -> list[Text]:
    said = [view.text("import.warn.cif"), view.text("import.warn.vat-deductible")]
    duty = tariff.rates.duty.reading
    of_chart = duty is not None and duty.value.source == "cceaa-2015"
    if of_chart:
        said.append(view.text("import.warn.lowest"))
        found = view.rules("import_tax")["categories"].get(category)
        if found is not None and not found["named"]:
            said.append(view.text("import.warn.not-in-chart"))
    if category == "beauty" and view.has("cn.mode.cosmetics_general_trade"):
        said.append(view.text("import.warn.licence"))
    return said
