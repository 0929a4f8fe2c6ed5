"""The border as formulas: the value bracket that an order falls into, and each charge within it."""

from __future__ import annotations

from fractions import Fraction

from desktop.core.facts import Reading, Unknown
from desktop.core.money import decimals
from desktop.core.text import Text, both, joined
from desktop.engine.border import BorderLine
from desktop.engine.border.assessing import Assessor
from desktop.engine.border.brackets import Bracket
from desktop.engine.border.parts import (
    Banded,
    Base,
    Between,
    Flat,
    Kilo,
    Less,
    NothingDue,
    NotKnown,
    Part,
    Percent,
    TaxInside,
)
from desktop.engine.border.terms import Amount, Rate
from desktop.reports.workbook.formula import (
    Call,
    Cell,
    Expr,
    Number,
    all_,
    if_,
    known,
    least,
    most,
    of,
    round_to,
)
from desktop.reports.workbook.lines import (
    BAND,
    MAKERS,
    W_UNKNOWN,
    HeldError,
    LaneWriter,
    Made,
    _banded,
    _bounds,
    tidy,
)

NOWHERE = -1


class BorderWriter:
    """The brackets of one assessor, and the parts of its lines."""

    def __init__(self, lane: LaneWriter, assessor: Assessor, label: Text) -> None:
        if not assessor.inclusive or any(bracket.tax_limit is not None for bracket in assessor.brackets):
            raise HeldError("a limit on the tax")
        self.lane, self.inputs, self.assessor, self.label = lane, lane.inputs, assessor, label

    # ------------------------------------------------------------------ the bracket
    def place(self) -> Expr:
        """The number of the bracket; -1 where it cannot be said."""
        result: Expr = of(NOWHERE)
        for bracket in reversed(self.assessor.brackets):
            result = self._fits(bracket, result)
        return self.lane.shared(W_BRACKET, result, "plain")

    def _fits(self, bracket: Bracket, after: Expr) -> Expr:
        lane = self.lane
        index = of(bracket.index)
        if isinstance(bracket.limit, Unknown) or isinstance(bracket.limit_kg, Unknown):
            return of(NOWHERE)
        goods = self.goods(bracket)
        if goods is None:
            return of(NOWHERE)
        tests: list[Expr] = []
        if bracket.limit is not None:
            value = lane.into(goods, lane.currency, self.assessor.currency)
            if value.wordy:
                return of(NOWHERE)
            if not isinstance(value, Cell):
                value = lane.shared(
                    W_VALUE.format(currency=self.assessor.currency), value, self.assessor.currency
                )
            limit = self._limit(bracket.limit)
            if bracket.share and bracket.compares_customs:
                # compared before it is rounded to be customs value
                value = round_to(
                    value * self._rate(bracket.share, W_SHARE), decimals(self.assessor.currency) + 6
                )
            tests.append(value < limit if bracket.under else value <= limit)
        if bracket.limit_kg is not None:
            if not self.inputs.has_weight:
                return if_(all_(tests), of(NOWHERE), after) if tests else of(NOWHERE)
            kilograms = self._kilograms(bracket.limit_kg)
            tests.append(self.inputs.order_g <= kilograms * 1000)
        return if_(all_(tests), index, after) if tests else index

    def goods(self, bracket: Bracket) -> Expr | None:
        """The value of the goods net of tax; None where the tax is not known."""
        lane, inside = self.lane, bracket.inside
        price, places = self.inputs.price, lane.places
        if inside is None:
            return price
        if isinstance(inside.vat, Unknown):
            return None
        rate = self._rate(inside.vat, W_TAX_INSIDE)
        if not inside.own_base:
            return lane.shared(
                W_NET, round_to(price - round_to(price * rate / (rate + 1), places), places), lane.currency
            )
        rest = price - round_to(price * rate, places)
        if inside.minus:
            minus = lane.into(self._money(inside.minus), inside.minus.currency, lane.currency)
            if minus.wordy:
                return None
            rest = rest + minus
        rest = round_to(rest, places)
        if inside.duty:
            rest = round_to(rest / (self._rate(inside.duty) + 1), places)
        return lane.shared(W_NET, rest, lane.currency)

    def customs(self, bracket: Bracket) -> Expr | None:
        goods = self.goods(bracket)
        if goods is None or bracket.share is None:
            return goods
        return self.lane.shared(
            W_CUSTOMS,
            round_to(goods * self._rate(bracket.share, W_SHARE), self.lane.places),
            self.lane.currency,
        )

    # ------------------------------------------------------------------ figures
    def _rate(self, rate: Rate, label: Text | None = None) -> Cell:
        return self.inputs.rate(rate.units, label or self.label, rate.reading, mark=rate.datum.mark)

    def _money(self, money: Amount, label: Text | None = None) -> Cell:
        return self.inputs.money(money.units, money.currency, label or self.label, money.reading)

    def _limit(self, money: Amount) -> Cell:
        return self._money(money, W_LIMIT.format(country=self.assessor.country))

    def _kilograms(self, reading: Reading) -> Cell:
        label = W_LIMIT_KG.format(country=self.assessor.country)
        return self.inputs.figure(Fraction(reading.decimal()), "plain", label, reading, unit=both("kg"))

    # ------------------------------------------------------------------ parts
    def part(self, part: Part, bracket: Bracket) -> tuple[Expr, str]:
        """What an order of the bracket pays, and in which currency."""
        match part:
            case NothingDue():
                return of(0), self.lane.currency
            case NotKnown():
                return self.inputs.not_known, self.lane.currency
            case Percent():
                return self._percent(part, bracket)
            case TaxInside():
                return self._tax_inside(part)
            case Flat():
                return self._flat(part)
            case Kilo():
                return self._kilo(part, bracket)
            case Less():
                return self._less(part, bracket)
            case Between():
                return self._between(part, bracket)
            case Banded():
                return self._banded(part, bracket)
        raise HeldError(type(part).__name__)

    def _base(self, base: Base, bracket: Bracket) -> tuple[Expr, list[Expr]]:
        """The base in the currency of the quote, and the parts of it that may be words."""
        lane, places = self.lane, self.lane.places
        parts: list[Expr] = []
        if base.value:
            first = self.customs(bracket) if base.customs else self.goods(bracket)
            if first is None:
                return of(0), [self.inputs.not_known]
            if base.uplift:
                first = round_to(first * (self._rate(base.uplift) + 1), places)
            if base.above:
                limit = lane.into(self._money(base.above), base.above.currency, lane.currency)
                if limit.wordy:
                    return of(0), [limit]
                first = most(round_to(first - limit, places), 0)
            parts.append(first)
        parts += lane.sum(base.names, lane.currency)
        return tidy(parts or [of(0)], places), parts

    def _percent(self, part: Percent, bracket: Bracket) -> tuple[Expr, str]:
        lane, places = self.lane, self.lane.places
        base, parts = self._base(part.base, bracket)
        rate: Expr = self._rate(part.rate)
        content = round_to(base * rate / (of(1) - rate) if part.own_base else base * rate, places)
        if part.whole:
            own = lane.into(base, lane.currency, part.whole.currency)
            if own.wordy:
                return self.inputs.not_known, lane.currency
            step = self._money(part.whole)
            share = own * rate / ((of(1) - rate) * step) if part.own_base else own * rate / step
            units = round_to(round_to(share, 0) * step, decimals(part.whole.currency))
            content = lane.into(units, part.whole.currency, lane.currency)
        if part.waived:
            own = lane.into(content, lane.currency, part.waived.currency)
            if not own.wordy:
                due = lane.shared(
                    W_DUE.format(line=part.rate.datum.label), known(parts, content), lane.currency
                )
                compared = lane.into(due, lane.currency, part.waived.currency)
                content = if_(compared < self._money(part.waived), 0, due)
        return known(parts, content), lane.currency

    def _tax_inside(self, part: TaxInside) -> tuple[Expr, str]:
        price, rate = self.inputs.price, self._rate(part.rate)
        content = price * rate if part.own_base else price * rate / (rate + 1)
        return round_to(content, self.lane.places), self.lane.currency

    def _flat(self, part: Flat) -> tuple[Expr, str]:
        cell, currency = self._money(part.amount), part.amount.currency
        places = decimals(currency)
        if part.per == "kg":
            if not self.inputs.has_weight:
                return self.inputs.not_known, currency
            return round_to(cell * self.inputs.order_g / 1000, places), currency
        if part.per == "pieces":
            return round_to(cell * self.inputs.pieces, places), currency
        return cell, currency

    def _kilo(self, part: Kilo, bracket: Bracket) -> tuple[Expr, str]:
        currency = part.minimum.currency
        places = decimals(currency)
        goods = self.goods(bracket)
        if goods is None or not self.inputs.has_weight:
            return self.inputs.not_known, currency
        value = self.lane.into(goods, self.lane.currency, currency)
        if value.wordy:
            return self.inputs.not_known, currency
        if part.above:
            value = most(round_to(value - self._money(part.above), places), 0)
        grams: Expr = self.inputs.order_g
        if part.above_kg:
            limit = self._kilograms(part.above_kg)
            grams = most(grams - limit * 1000, 0)
        floor = round_to(grams * self._money(part.minimum) / 1000, places)
        return most(round_to(value * self._rate(part.rate), places), floor), currency

    def _less(self, part: Less, bracket: Bracket) -> tuple[Expr, str]:
        lane, places = self.lane, self.lane.places
        base, parts = self._base(part.base, bracket)
        minus = lane.into(self._money(part.minus), part.minus.currency, lane.currency)
        if minus.wordy:
            return minus, lane.currency
        content = most(round_to(round_to(base * self._rate(part.rate), places) - minus, places), 0)
        return known(parts, content), lane.currency

    def _between(self, part: Between, bracket: Bracket) -> tuple[Expr, str]:
        currency = part.low.currency
        base, parts = self._base(part.base, bracket)
        own = self.lane.into(base, self.lane.currency, currency)
        if own.wordy:
            return self.inputs.not_known, currency
        content = most(round_to(own * self._rate(part.rate), decimals(currency)), self._money(part.low))
        return known(parts, least(content, self._money(part.high))), currency

    def _banded(self, part: Banded, bracket: Bracket) -> tuple[Expr, str]:
        base, parts = self._base(part.base, bracket)
        own = self.lane.into(base, self.lane.currency, part.own)
        if own.wordy:
            return self.inputs.not_known, part.own
        label = self.label
        values: list[Expr] = [
            self.inputs.money(
                value, part.own, BAND.format(label=label, number=at + 1), part.reading, ("band", at)
            )
            for at, value in enumerate(part.bands.values)
        ]
        bounds = _bounds(self.lane, label, part.bands, part.own, part.reading)
        return known(parts, _banded(self.lane, own, part.bands, values, bounds)), part.own


def write_line(lane: LaneWriter, step: BorderLine) -> Made:
    writer = BorderWriter(lane, step.assessor, step.label)
    currency = step.currency_of(lane.ledger)
    place = writer.place()
    brackets = {bracket.index: bracket for bracket in step.assessor.brackets}
    content: Expr = of(0)
    for index in sorted(step.parts, reverse=True):
        part, own = writer.part(step.parts[index], brackets[index])
        content = if_(place.same(index), lane.into(part, own, currency), content)
    if _may_be_nowhere(place):
        content = if_(place.same(NOWHERE), lane.inputs.not_known, content)
    here = int(step.assessor.of(lane.ledger).where[0])
    words = W_UNKNOWN if here < 0 else W_ELSEWHERE if here not in step.parts else _words(step.parts[here])
    if len(step.assessor.brackets) > 1 and here in step.parts:
        words = joined([words, W_OTHERS], "; ", "；")
    return Made(content, currency, words)


def _may_be_nowhere(place: Expr) -> bool:
    """Whether any way through the brackets ends where nothing can be said."""
    match place:
        case Cell():
            return isinstance(place.content, Expr) and _may_be_nowhere(place.content)
        case Call(name="IF"):
            return any(_may_be_nowhere(part) for part in place.parts[1:])
        case Number():
            return place.of == NOWHERE
    return False


W_BRACKET = Text("Value bracket at the border", "入境价值档次")
W_VALUE = Text("Value of the goods in {currency}", "货值（{currency}）")
W_NET = Text("Value of the goods without the tax inside the price", "扣除价内税后的货值")
W_CUSTOMS = Text("Customs value", "完税价格")
W_DUE = Text("Before small amounts are waived: {line}", "小额免征前：{line}")
W_LIMIT = Text("Value bracket at the border: {country}", "入境价值档次：{country}")
W_LIMIT_KG = Text("Weight limit at the border: {country}", "入境重量限制：{country}")
W_SHARE = Text("Share of the price that counts as customs value", "计入完税价格的售价比例")
W_TAX_INSIDE = Text("Tax inside the price", "价内税率")
W_ELSEWHERE = Text(
    "nothing in the value bracket of this order; in another bracket it applies",
    "此订单所在价值档次不收；其他档次适用",
)
W_OTHERS = Text("by the value bracket of the order", "按订单所在价值档次")
W_PARTS: dict[type, Text] = {
    NothingDue: Text("nothing due up to the limit", "不超过限额，无须缴纳"),
    NotKnown: W_UNKNOWN,
    Percent: Text("value and charges before it × rate", "货值及前列费用 × 税率"),
    TaxInside: Text("tax inside the price: price × rate ÷ (1 + rate)", "价内税：售价 × 税率 ÷（1 + 税率）"),
    Flat: Text(
        "a fixed amount for each order, item, piece or kilogram", "按订单、品目、件或公斤收取的固定金额"
    ),
    Kilo: Text("value × rate, at least so much a kilogram", "货值 × 税率，不低于每公斤金额"),
    Less: Text("value × rate − an amount", "货值 × 税率 − 固定扣减额"),
    Between: Text("value × rate, at least and at most an amount", "货值 × 费率，有最低和最高金额"),
    Banded: Text("a fixed amount by the value", "按货值分档的固定金额"),
}
W_INSIDE_OWN = Text("tax inside the price: price × rate", "价内税：售价 × 税率")
W_IN_ITSELF = Text("value and charges before it × rate ÷ (1 − rate)", "货值及前列费用 × 税率 ÷（1 − 税率）")


def _words(part: Part) -> Text:
    """How a charge is computed, in words."""
    if isinstance(part, TaxInside) and part.own_base:
        return W_INSIDE_OWN
    if isinstance(part, Percent) and part.own_base:
        return W_IN_ITSELF
    return W_PARTS[type(part)]


MAKERS[BorderLine] = write_line
