"""A quote against what the order really cost: which line was off, by how much, and by which fact.

Every line is computed once more with the real amounts of the lines before it in place of the estimated ones. What is then
still off belongs to the line itself: the rate, the fee, the billed weight or the exchange rate that would explain it is
worked out backwards and stands beside the fact that the estimate took. Pure; amounts are minor units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.errors import OptionError
from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import RATE_SCALE, Money, major, plain
from desktop.core.places import place
from desktop.core.questions import Questions
from desktop.core.result import Line, Payer, Quote
from desktop.core.settlement import Real, Settlement
from desktop.core.text import EMPTY, Text, both, joined, text_of
from desktop.core.words import money_text
from desktop.engine.advice import Adviser
from desktop.engine.border import BorderLine
from desktop.engine.border.parts import Banded, Between, Flat, Kilo, Less, NothingDue, Percent, TaxInside
from desktop.engine.border.terms import Amount
from desktop.engine.fees import AmountStep, RateStep, orders_of
from desktop.engine.freight import FreightStep, Scales
from desktop.engine.kernel import (
    Column,
    InputStep,
    PercentStep,
    Step,
    converted,
    percent_text,
    pieces_of,
    share,
)
from desktop.engine.lanes import AnswerShareStep, Pricer

PRICE = "price"
"""The id of what the buyer paid, among the lines of a settlement."""
MOST_G = 100_000
"""Up to how many billed grams a price list is searched for a price."""


class Clue(Struct, frozen=True, eq=False):
    """What would explain a real amount: a figure worked out backwards, and the fact or answer that it stands against.

    `held` and `implied` are figures of one kind in `unit`; both are empty where there is no such figure.
    """

    text: Text
    reading: Reading | None = None
    held: str = ""
    implied: str = ""
    unit: Text = both("")


class Row(Struct, frozen=True, eq=False):
    """One line, estimated and real, in minor units of the currency of the quote.

    `charged` is the real amount in the currency in which it was entered; `follows` the part of the difference that comes
    from the real amounts of other lines. `estimated` is None where the line was not known.
    """

    line: str
    label: Text
    payer: Payer
    estimated: int | None
    real: int
    charged: Money
    follows: int
    clues: tuple[Clue, ...]
    readings: tuple[Reading, ...]
    entered: Real

    @property
    def difference(self) -> int:
        """Real less estimated; a line that was not known counts as nothing estimated."""
        return self.real - (self.estimated or 0)

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the estimate, to one decimal; None where there is none."""
        if not self.estimated:
            return None
        return (Decimal(self.difference) * 100 / self.estimated).quantize(Decimal("0.1"), ROUND_HALF_UP)


class Reconciliation(Struct, frozen=True, eq=False):
    """All rows, and what is left. `missing` are lines of the quote without a real amount: they count as estimated."""

    quote: Quote
    rows: tuple[Row, ...]
    missing: tuple[Line, ...]
    lane: Text = EMPTY
    """Platform, market and service by name."""

    @property
    def costs(self) -> int:
        """How much more the seller's lines cost than estimated: the sum of their differences."""
        return sum(row.difference for row in self.rows if row.line != PRICE and row.payer == "seller")

    @property
    def income(self) -> int:
        """How much more the buyer paid than the quote had."""
        return sum(row.difference for row in self.rows if row.line == PRICE)

    @property
    def net(self) -> int:
        """What is really left, with the lines without a real amount as they were estimated."""
        return self.quote.net + self.income - self.costs

    @property
    def complete(self) -> bool:
        """Whether every cost of the seller is known by now."""
        entered = {row.line for row in self.rows}
        return all(line.amount is not None or line.id in entered for line in self.quote.seller_lines)


# ------------------------------------------------------------------------------------------------ names of lines
def named(quote: Quote, name: str, others: Mapping[str, Text] | None = None) -> str:
    """The id of a line by its id or its name in either language; OptionError names the lines that there are."""
    labels = {PRICE: ORDER, **(others or {}), **{line.id: line.label for line in quote.lines}}
    if name in labels:
        return name
    wanted = _plain(name)
    found = [
        key for key, label in labels.items() if wanted in (_plain(key), _plain(label.en), _plain(label.zh))
    ]
    if len(found) == 1:
        return found[0]
    here = [key for key in found if quote.line(key) is not None]
    if len(here) == 1:
        return here[0]
    if found:
        ids = ", ".join(found)
        raise OptionError(Text(f"{name!r} names several lines; right form: one of {ids}",
                               f"{name!r} 对应多个项目；正确格式：{ids} 之一"))  # fmt: skip
    ids = ", ".join([PRICE, *(line.id for line in quote.lines)])
    raise OptionError(
        Text(
            f"the quote has no line {name!r}; right form: one of {ids}",
            f"报价中没有项目 {name!r}；正确格式：{ids} 之一",
        )
    )


def _plain(name: str) -> str:
    return "".join(name.casefold().split())


# ------------------------------------------------------------------------------------------------ the whole
def held_against(
    case: Case, view: View, questions: Questions, settlement: Settlement
) -> tuple[Reconciliation, Settlement]:
    """A settlement against the lane that it names; without one the case's platform, else the first of the advice.

    The settlement comes back with its lane. OptionError where there is no such lane, and as `reconcile` has it.
    """
    if not case.exports:
        raise OptionError(NO_EXPORT)
    adviser = Adviser(case, view, questions)
    markets = adviser.advise().markets
    first = markets.first or (markets.options[0] if markets.options else None)
    market = settlement.market or (first.id if first else "")
    side = adviser.sides.get(market)
    if side is None:
        raise _none("market", "市场", market, adviser.sides)
    options = side.platforms.options
    best = side.platforms.first or next((option for option in options if option.quote is not None), None)
    platform = settlement.platform or case.text("platform") or (best.id if best else "")
    option = side.platforms.option(platform)
    if option is None:
        raise _none("platform", "平台", platform, [each.id for each in options])
    if option.excluded is not None:
        raise OptionError(option.excluded.text)
    marketplace, service = option.details["marketplace"], settlement.service or option.details["service"]
    if service is not None and service not in view.rules("freight")["services"]:
        known = side.services[platform].ranking().ranked
        raise _none("service", "物流产品", str(service), [each.id for each in known])
    assert isinstance(marketplace, str)
    assert service is None or isinstance(service, str)
    held = replace(settlement, platform=platform, market=market, service=service)
    found = reconcile(adviser.pricer, platform, marketplace, market, service, held)
    names = [option.name, place(view.book, market)]
    if service is not None:
        rule = view.rules("freight")["services"][service]
        names.append(text_of({"en": rule["en"], "zh": rule["zh"]}))
    return replace(found, lane=joined(names, " · ", " · ")), held


def _none(what: str, named: str, given: str, right: Iterable[str]) -> OptionError:
    ids = ", ".join(right) or "-"
    return OptionError(
        Text(
            f"there is no {what} {given!r} here; right form: one of {ids}",
            f"没有{named} {given!r}；正确格式：{ids} 之一",
        )
    )


def reconcile(
    pricer: Pricer, platform: str, marketplace: str, market: str, service: str | None, settlement: Settlement
) -> Reconciliation:
    """The quote of a lane against the real lines of one such order.

    OptionError where the lane has no price, where a line is none of the quote, stands twice, or is in a currency whose
    rate is not known.
    """
    quote = pricer.quote(platform, marketplace, market, service)
    if quote is None:
        raise OptionError(NO_QUOTE)
    steps = pricer.steps(platform, marketplace, market, service)
    labels = {step.id: step.label for step in steps}
    entered: dict[str, Real] = {}
    for real in settlement.lines:
        line = named(quote, real.line, labels)
        if line in entered:
            raise OptionError(Text(f"the line {line} stands there twice; right form: one amount a line",
                                   f"项目 {line} 出现两次；正确格式：每个项目一个金额"))  # fmt: skip
        entered[line] = real
    return _Comparison(pricer, quote, steps, entered).made()


@dataclass
class _Comparison:
    """One quote, its steps as estimated, and once more with the real amounts."""

    pricer: Pricer
    quote: Quote
    steps: Sequence[Step]
    entered: Mapping[str, Real]
    expected: dict[str, Column] = field(default_factory=dict)
    """Each line by its own rule, on the real amounts before it."""

    def __post_init__(self) -> None:
        self.ledger = self.pricer.ledger()
        self.ledger.run(self.steps)
        self.real = self.pricer.ledger()
        paid = self.entered.get(PRICE)
        if paid is not None:
            units = self._into(paid.money, self.quote.currency, PRICE)
            self.real.money = {**self.real.money, PRICE: Column.of(units, self.quote.currency)}
        for step in self.steps:
            column = step.run(self.real)
            self.expected[step.id] = column
            if step.id in self.entered:
                units = self._into(self.entered[step.id].money, column.currency, step.id)
                column = Column.of(units, column.currency)
            self.real.lines[step.id] = column
            self.real.quoted[step.id] = self.real.in_currency(column, self.real.currency)
            if step.payer == "buyer":
                self.real.buyers.add(step.id)

    def made(self) -> Reconciliation:
        rows = []
        if PRICE in self.entered:
            rows.append(self._price(self.entered[PRICE]))
        lines = {line.id: line for line in self.quote.lines}
        for step in self.steps:
            if step.id in self.entered:
                rows.append(self._row(step, lines.get(step.id), self.entered[step.id]))
        missing = tuple(
            line
            for line in self.quote.lines
            if line.id not in self.entered and (line.payer == "seller" or line.amount != 0)
        )
        return Reconciliation(self.quote, tuple(rows), missing)

    def _into(self, money: Money, currency: str, line: str) -> int:
        """A real amount in minor units of a currency by the rates of the rules; OptionError where there is none."""
        if money.currency == currency:
            return money.units
        found = self.pricer.exchange.rate(money.currency, currency)
        if isinstance(found, Unknown):
            raise OptionError(Text(f"{line}: {found.why.en}", f"{line}：{found.why.zh}"))
        one = np.asarray([money.units], dtype=np.int64)
        return int(converted(one, found[0], money.currency, currency)[0])

    def _price(self, real: Real) -> Row:
        units = self._into(real.money, self.quote.currency, PRICE)
        return Row(PRICE, ORDER, "seller", self.quote.price, units, real.money, 0, (), (), real)

    def _row(self, step: Step, line: Line | None, real: Real) -> Row:
        currency = self.quote.currency
        estimated = 0 if line is None else line.amount
        units = self._into(real.money, currency, step.id)
        expected = self.ledger.in_currency(self.expected[step.id], currency)
        before = self.ledger.quoted[step.id]
        follows = int(expected.units[0] - before.units[0]) if expected.known[0] and before.known[0] else 0
        readings = () if line is None else line.readings
        return Row(
            step.id, step.label, step.payer, estimated, units, real.money, follows, self._clues(step, real, follows),
            readings, real,
        )  # fmt: skip

    # -------------------------------------------------------------------------------------------- what explains a line
    def _clues(self, step: Step, real: Real, follows: int) -> tuple[Clue, ...]:
        expected = self.expected[step.id]
        own = self._into(real.money, expected.currency, step.id)
        found: list[Clue] = []
        if follows:
            found.append(
                Clue(
                    FOLLOWS.format(amount=_signed(follows, self.quote.currency), currency=self.quote.currency)
                )
            )
        if not expected.known[0]:
            return (*found, Clue(WAS_UNKNOWN))
        shown = self.ledger.in_currency(expected, self.quote.currency)
        as_shown = (
            real.money.currency == self.quote.currency
            and bool(shown.known[0])
            and real.money.units == int(shown.units[0])
        )
        if as_shown or own == int(expected.units[0]):
            return (*found, Clue(HOLDS)) if follows else ()
        if real.money.currency != expected.currency:
            found += self._exchange(step, real)
        for kind, explain in EXPLAINED.items():
            if isinstance(step, kind):
                found += explain(self, step, own)
                break
        return tuple(found)

    def _exchange(self, step: Step, real: Real) -> list[Clue]:
        """The rate at which an amount in another currency would be the estimated one."""
        expected = self.expected[step.id]
        units, currency = int(expected.units[0]), expected.currency
        found = self.pricer.exchange.rate(currency, real.money.currency)
        if isinstance(found, Unknown) or units <= 0:
            return []
        implied = real.money.amount / major(units, currency)
        held = Decimal(int(found[0])) / RATE_SCALE
        said = {"amount": money_text(units, currency), "currency": currency, "to": real.money.currency}
        text = RATE.format(implied=_places(implied, 4), held=_places(held, 4), **said)
        unit = both(f"{real.money.currency}/{currency}")
        readings = found[1] or (None,)
        return [Clue(text, readings[0], _places(held, 4), _places(implied, 4), unit)]


def _rate(held: _Comparison, step: RateStep, own: int) -> list[Clue]:
    """A fee in percent: the rate that the real fee is of its base; and the end or band of the fact that gives it."""
    ledger = held.real
    base = int(step.base(ledger).units[0])
    reading = step.data[0].reading if step.data else None
    if base <= 0:
        return []
    expected = int(held.expected[step.id].units[0])
    found = [_percentage(own, base, expected, step.currency, reading, step.bands.values)]
    count = int(pieces_of(ledger)[0]) if step.per_item else 1
    one = np.asarray([base], dtype=np.int64)
    for rates, says in ((step.lows.values, LOW_END), (step.bands.values, OTHER_BAND)):
        for rate in dict.fromkeys(rates):
            if int(share(one, rate)[0]) == own:
                found.append(Clue(says.format(rate=percent_text(rate)), reading))
                return found
    for limit, says in ((step.minimum, SMALLEST), (step.maximum, LARGEST)):
        if limit and own == limit.units * count:
            found.append(Clue(says.format(amount=money_text(own, step.currency)), limit.reading))
    return found


def _percentage(
    own: int, base: int, expected: int, currency: str, reading: Reading | None, rates: Sequence[int] = ()
) -> Clue:
    """The rate that a charge is of its base, against the rate of the rules: as published where one gives the estimate."""
    implied, was = (_places(Decimal(units) * 100 / base, 2) for units in (own, expected))
    one = np.asarray([base], dtype=np.int64)
    exact = next((rate for rate in rates if int(share(one, rate)[0]) == expected), None)
    if exact is not None:
        was = percent_text(exact).rstrip("%")
    said = {"real": money_text(own, currency), "base": money_text(base, currency), "currency": currency}
    return Clue(IMPLIED_RATE.format(implied=implied, held=was, **said), reading, was, implied, both("%"))


def _percent(held: _Comparison, step: PercentStep, own: int) -> list[Clue]:
    base = int(held.real.sum(step.bases, step.currency).units[0])
    if base <= 0:
        return []
    expected = int(held.expected[step.id].units[0])
    return [_percentage(own, base, expected, step.currency, step.reading, step.bands.values)]


def _amount(held: _Comparison, step: AmountStep, own: int) -> list[Clue]:
    """A fixed fee: another amount, or a month's share by another number of orders."""
    reading = step.data[0].reading if step.data else None
    expected = int(held.expected[step.id].units[0])
    said = {
        "real": money_text(own, step.currency),
        "held": money_text(expected, step.currency),
        "currency": step.currency,
    }
    if not step.months or own <= 0:
        figures = (str(major(expected, step.currency)), str(major(own, step.currency)))
        return [Clue(OTHER_AMOUNT.format(**said), reading, *figures, both(step.currency))]
    orders = int(orders_of(held.real)[0])
    whole = int(step.bands.values[0])
    implied = int((Decimal(whole) / (own * step.months)).to_integral_value(ROUND_HALF_UP))
    return [Clue(ORDERS.format(implied=implied, held=orders), reading, str(orders), str(implied), PER_MONTH)]


def _freight(held: _Comparison, step: FreightStep, own: int) -> list[Clue]:
    """The billed weight at which the price list comes to the real freight."""
    reading = step.tables[0] if step.tables else None
    if step.bands.lift or "weight_g" not in held.real.numbers:
        return []
    scales = Scales.of(held.real)
    billed = int(step.weigh(scales)[0][0])
    weights = np.arange(1, MOST_G + 1, dtype=np.int64)
    grams, index, there = step.bands.billed(weights, scales)
    price = step.bands.price(grams, index, step.currency)
    # what the list rounds up to is asked, not what lies between two steps
    there = there & (_up(step, weights) == weights)
    hits = weights[there & (price == own)]
    if not len(hits) and (there & (price > own)).any():
        # the first weight that costs more shows where the real one would lie
        above = int(weights[there & (price > own)].min())
        text = BETWEEN.format(
            amount=money_text(own, step.currency), currency=step.currency, above=above, held=billed
        )
        return [Clue(text, reading, str(billed), "", both("g"))]
    if not len(hits):
        return [
            Clue(NO_WEIGHT.format(amount=money_text(own, step.currency), currency=step.currency), reading)
        ]
    nearest = int(hits[np.argmin(np.abs(hits - billed))])
    text = BILLED.format(implied=nearest, held=billed)
    found = [Clue(text, reading, str(billed), str(nearest), both("g"))]
    volume = step.weighing.volume
    if volume is not None and int(scales.volume_mm3[0]):
        by_volume = -(-int(scales.volume_mm3[0]) // volume.divisor)
        if int(_up(step, np.asarray([by_volume], dtype=np.int64))[0]) == nearest:
            found.append(Clue(BY_VOLUME.format(grams=by_volume, divisor=volume.divisor), volume.reading))
    return found


def _up(step: FreightStep, grams: Any) -> Any:
    """Grams rounded up to the step of the price list."""
    sizes = np.asarray([size for _, size in step.weighing.steps], dtype=np.int64)
    bounds = np.asarray([bound for bound, _ in step.weighing.steps], dtype=np.int64)
    size = sizes[np.minimum(np.searchsorted(bounds, grams), len(sizes) - 1)]
    return -(-grams // size) * size


def _input(held: _Comparison, step: InputStep, own: int) -> list[Clue]:
    """What the case itself says: the cost of a piece."""
    column = held.expected[step.id]
    pieces = int(pieces_of(held.real)[0])
    scale = major(1, column.currency)
    implied, typed = (f"{Decimal(units) / pieces * scale:.2f}" for units in (own, int(column.units[0])))
    text = A_PIECE.format(implied=implied, held=typed, currency=column.currency)
    return [Clue(text, None, typed, implied, both(column.currency))]


def _answer_share(held: _Comparison, step: AnswerShareStep, own: int) -> list[Clue]:
    price = int(held.real.column(PRICE).units[0])
    if price <= 0:
        return []
    expected = int(held.expected[step.id].units[0])
    return [_percentage(own, price, expected, held.quote.currency, None, (step.rate_ppm,))]


def _border(held: _Comparison, step: BorderLine, own: int) -> list[Clue]:
    """A charge of the border: the rate of its base, an amount of the law, or a relief that was not granted."""
    ledger = held.real
    found = step.assessor.of(ledger)
    part = step.parts.get(int(found.where[0]))
    currency = held.expected[step.id].currency
    expected = int(held.expected[step.id].units[0])
    match part:
        case Percent() | Less() | Between():
            base = int(ledger.in_currency(part.base.column(ledger, found), currency).units[0])
            if isinstance(part, Percent) and part.own_base:
                base += own
            if base > 0:
                rates = () if isinstance(part, Percent) and part.own_base else (part.rate.units,)
                return [_percentage(own, base, expected, currency, part.rate.reading, rates)]
        case TaxInside():
            price = int(ledger.in_currency(ledger.column(PRICE), currency).units[0])
            base = price if part.own_base else price - own
            if base > 0:
                held_rate = percent_text(part.rate.units).rstrip("%")
                clue = _percentage(own, base, expected, currency, part.rate.reading)
                said = {
                    "real": money_text(own, currency),
                    "base": money_text(base, currency),
                    "currency": currency,
                }
                text = IMPLIED_RATE.format(implied=clue.implied, held=held_rate, **said)
                return [replace(clue, text=text, held=held_rate)]
        case Flat() | Banded() | Kilo():
            said = {
                "real": money_text(own, currency),
                "held": money_text(expected, currency),
                "currency": currency,
            }
            reading = part.amount.reading if isinstance(part, Flat) else None
            figures = (str(major(expected, currency)), str(major(own, currency)))
            return [Clue(OTHER_AMOUNT.format(**said), reading, *figures, both(currency))]
        case NothingDue(limit=Amount() as limit):
            value = ledger.in_currency(found.goods, limit.currency)
            said = {
                "value": money_text(int(value.units[0]), limit.currency),
                "limit": limit.text,
                "currency": limit.currency,
            }
            return [Clue(NOT_RELIEVED.format(**said), limit.reading)]
        case None:
            return [Clue(ELSEWHERE)]
    return []


def _signed(units: int, currency: str) -> str:
    return f"{'+' if units > 0 else ''}{money_text(units, currency)}"


def _places(value: Decimal, places: int) -> str:
    return plain(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


EXPLAINED: dict[type, Callable[[_Comparison, Any, int], list[Clue]]] = {
    RateStep: _rate,
    AmountStep: _amount,
    FreightStep: _freight,
    PercentStep: _percent,
    InputStep: _input,
    AnswerShareStep: _answer_share,
    BorderLine: _border,
}

ORDER = Text("Price of the order", "订单售价")
PER_MONTH = Text("orders a month", "单/月")
NO_EXPORT = Text(
    "the case only imports; what is reconciled is the order of an export",
    "案例仅为进口；此处核对的是出口订单",
)
NO_QUOTE = Text(
    "the case has no list price that can be priced; right form: an answer list_price",
    "案例没有可计算的售价；需填写 list_price",
)
FOLLOWS = Text(
    "{amount} {currency} of it follows from the real amounts of other lines",
    "其中 {amount} {currency} 由其他项目的实际金额引起",
)
HOLDS = Text("its own rate holds", "该项目本身的费率无误")
WAS_UNKNOWN = Text("it was not known; the rules have no figure for it", "原为未知：规则中没有数值")
IMPLIED_RATE = Text(
    "{real} ÷ {base} {currency} is a rate of {implied} % against {held} %",
    "{real} ÷ {base} {currency}，费率为 {implied} %，规则为 {held} %",
)
LOW_END = Text(
    "the lowest rate that the source gives, {rate}, comes to exactly this",
    "按来源所列最低费率 {rate}，恰为此数",
)
OTHER_BAND = Text("the rate {rate} of another band comes to exactly this", "按另一档费率 {rate}，恰为此数")
SMALLEST = Text("it is the smallest fee, {amount}", "为最低收费 {amount}")
LARGEST = Text("it is the largest fee, {amount}", "为最高收费 {amount}")
OTHER_AMOUNT = Text("{real} against {held} {currency}", "实际 {real}，规则为 {held} {currency}")
ORDERS = Text(
    "the month's fee over {implied} orders comes to this, against {held} orders",
    "按每月 {implied} 单分摊为此数，原为 {held} 单",
)
BILLED = Text(
    "a billed weight of {implied} g comes to this, against {held} g",
    "按计费重 {implied} 克为此数，原为 {held} 克",
)
BY_VOLUME = Text(
    "the volume alone, {grams} g with the divisor {divisor}, is billed like that",
    "仅按体积重 {grams} 克（除数 {divisor}）即如此计费",
)
BETWEEN = Text(
    "no weight of the price list costs {amount} {currency}; from {above} g on it costs more, against {held} g billed",
    "价目表中没有重量恰为 {amount} {currency}；自 {above} 克起更贵，估算按 {held} 克计费",
)
NO_WEIGHT = Text(
    "no weight of the price list costs {amount} {currency}: the list or its rates are others",
    "价目表中没有重量对应 {amount} {currency}：价目表或费率不同",
)
A_PIECE = Text("{implied} {currency} a piece against {held}", "每件 {implied} {currency}，原为 {held}")
RATE = Text(
    "if {amount} {currency} was charged, the exchange rate was {implied} {to} against {held}",
    "若收费为 {amount} {currency}，则汇率为 {implied} {to}，规则为 {held}",
)
NOT_RELIEVED = Text(
    "nothing was due on a value of {value} up to {limit} {currency}: the relief was not granted",
    "货值 {value} 未超过 {limit} {currency}，应免征：未获免征",
)
ELSEWHERE = Text(
    "it does not apply to the value of this order: the order was put into another value bracket",
    "此货值不应收取：订单被归入其他价值档次",
)
