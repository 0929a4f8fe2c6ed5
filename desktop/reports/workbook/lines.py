"""The lines of a lane as formulas: for every kind of step of the kernel the same sum, on the cells of the inputs.

A step that no formula follows is held: the cell keeps the program's amount while the inputs are as they were, and says so
where they are not. What is not known stays words, and every sum over it says "at most".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.core.facts import Reading
from desktop.core.money import decimals
from desktop.core.result import Payer, Series
from desktop.core.text import Text, both, joined
from desktop.engine import border, fba, fees, freight
from desktop.engine.kernel import (
    Bands,
    InputStep,
    PercentStep,
    Step,
    UnknownStep,
)
from desktop.engine.lanes import AnswerShareStep
from desktop.reports.workbook.formula import (
    Cell,
    Expr,
    as_number,
    if_,
    known,
    least,
    most,
    round_to,
    total,
)
from desktop.reports.workbook.inputs import ORDER_COST, ORDER_PACKING, Inputs
from desktop.reports.workbook.inputs import ORDER_PRICE as PRICE_OF_ORDER


@dataclass
class WrittenLine:
    """One line of a quote as cells: the amount as charged, and in the currency of the quote."""

    id: str
    series: Series
    label: Text
    payer: Payer
    own: Cell
    currency: str
    quoted: Cell
    words: Text
    readings: tuple[Reading, ...] = ()
    why: Text | None = None
    """Why it is not known, where that is settled."""


@dataclass
class Helper:
    """A step in between that several formulas take. `kind` is a currency or `plain`."""

    label: Text
    cell: Cell
    kind: str


@dataclass
class Made:
    """A formula in a currency, with how it is said."""

    content: Expr
    currency: str
    words: Text


class HeldError(Exception):
    """No formula follows this: the amount is kept for the inputs as they were."""


@dataclass
class LaneWriter:
    """Writes the lines of one lane."""

    inputs: Inputs
    platform: str
    marketplace: str
    market: str
    service: str | None
    lines: dict[str, WrittenLine] = field(default_factory=dict)
    helpers: list[Helper] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    _shared: dict[str, Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pricer = self.inputs.pricer
        self.currency = pricer.currency
        self.places = decimals(self.currency)
        self.ledger = pricer.ledger()
        self.steps = pricer.steps(self.platform, self.marketplace, self.market, self.service)
        self.ledger.run(self.steps)
        self.labels: dict[str, Text] = {"price": ORDER_PRICE, **{step.id: step.label for step in self.steps}}

    def write(self) -> LaneWriter:
        for step in self.steps:
            self._step(step)
        return self

    @property
    def way_by_price(self) -> bool:
        """Whether the border tells a parcel by post from one that a carrier clears."""
        pricer = self.inputs.pricer
        supply: border.Supply = "parcel" if pricer.fulfilment == "seller" else "stock"
        return border.tells_apart(pricer.view, self.market, supply)[1]

    def same_way(self) -> Expr:
        """Whether the way across the border that costs the least is still the one whose lines are written."""
        pricer, taken = self.inputs.pricer, self.lines
        chosen = pricer.border_plan(self.market, self.platform, None)
        ways: tuple[border.Carrier, ...] = ("post", "express")
        costs: dict[bool, Expr] = {}
        try:
            for way in ways:
                plan = pricer.border_by(self.market, self.platform, way)
                self.lines = {}
                for step in plan.steps:
                    made = self.made(step)
                    own = self.shared(WAY[way].format(line=step.label), made.content, made.currency)
                    assert isinstance(own, Cell)
                    quoted = self.into(own, made.currency, self.currency)
                    if quoted is not own:
                        label = IN_CURRENCY.format(
                            what=WAY[way].format(line=step.label), currency=self.currency
                        )
                        quoted = self.shared(label, quoted, self.currency)
                    assert isinstance(quoted, Cell)
                    self.lines[step.id] = WrittenLine(
                        step.id, step.series, step.label, step.payer, own, made.currency, quoted, made.words
                    )  # fmt: skip
                paid = [as_number(line.quoted) for line in self.lines.values() if line.payer == "seller"]
                costs[plan is chosen] = round_to(total(paid), self.places)
        except HeldError:
            return self.inputs.unchanged(*self.inputs.typed)
        finally:
            self.lines = taken
        if len(costs) < len(ways):
            return self.inputs.unchanged(*self.inputs.typed)
        # of two that cost alike the post is taken
        by_post = chosen is pricer.border_by(self.market, self.platform, "post")
        return costs[True] <= costs[False] if by_post else costs[True] < costs[False]

    # ------------------------------------------------------------------ one line
    def _step(self, step: Step) -> None:
        line = self.ledger.line(step, 0)
        try:
            made = self.made(step)
        except HeldError as held:
            made = self._held(step, str(held))
        own = Cell(made.content, wordy=made.content.wordy)
        into = self.inputs.converted(own, made.currency, self.currency)
        if into is None:
            into = self.inputs.not_known
        quoted = Cell(into, wordy=into.wordy)
        self.lines[step.id] = WrittenLine(
            step.id, step.series, step.label, step.payer, own, made.currency, quoted, made.words, line.readings,
            None if line.unknown is None else line.unknown.why,
        )  # fmt: skip

    def _held(self, step: Step, why: str) -> Made:
        """The program's amount for the inputs as they were."""
        column = self.ledger.lines[step.id]
        same = self.inputs.unchanged(*self.inputs.typed)
        now: Expr = self.inputs.not_known
        if column.known[0]:
            now = self.inputs.money(
                int(column.units[0]), column.currency, step.label, None, (step.id, why), "computed"
            )
        return Made(if_(same, now, self.inputs.outside), column.currency, W_HELD)

    def made(self, step: Step) -> Made:
        for kind, make in MAKERS.items():
            if isinstance(step, kind):
                found: Made = make(self, step)
                return found
        raise HeldError(type(step).__name__)

    # ------------------------------------------------------------------ shared
    def shared(self, label: Text, content: Expr, kind: str) -> Expr:
        """A step in between, once for all formulas that take it."""
        if isinstance(content, Cell):
            return content
        key = f"{kind}={_key(content)}"
        found = self._shared.get(key)
        if found is None:
            found = self._shared[key] = Cell(content, wordy=content.wordy)
            self.helpers.append(Helper(label, found, kind))
        return found

    def into(self, part: Expr, source: str, target: str) -> Expr:
        """A part in another currency; words where the rate is not known."""
        found = self.inputs.converted(part, source, target)
        return self.inputs.not_known if found is None else found

    def column(self, name: str, lines: Mapping[str, WrittenLine] | None = None) -> tuple[Expr, str]:
        """An input amount or a line before this one, in its own currency."""
        if name == "price":
            return self.inputs.price, self.currency
        if name in self.inputs.costs:
            return self.inputs.costs[name], self.ledger.money[name].currency
        line = (self.lines if lines is None else lines)[name]
        return line.own, line.currency

    def sum(
        self, names: Sequence[str], currency: str, lines: Mapping[str, WrittenLine] | None = None
    ) -> list[Expr]:
        """Several columns in a currency, as the parts of a sum; names that do not exist are left out."""
        there = self.lines if lines is None else lines
        parts = []
        for name in names:
            if name in self.ledger.money or name in there:
                part, own = self.column(name, lines)
                parts.append(self._quoted(there, name, part, own, currency))
        return parts

    def _quoted(
        self, lines: Mapping[str, WrittenLine], name: str, part: Expr, own: str, currency: str
    ) -> Expr:
        if name in lines and currency == self.currency:
            return lines[name].quoted
        found = self.into(part, own, currency)
        if found is part or name not in self.ledger.money:
            return found
        label = IN_CURRENCY.format(what=LABELS.get(name, both(name)), currency=currency)
        return self.shared(label, found, currency)


def _key(content: Expr) -> str:
    """What a formula says, by the identity of its cells."""
    if isinstance(content, Cell):
        return f"#{id(content)}"
    parts: list[Any] = []
    for name in getattr(content, "__dataclass_fields__", {}):
        value = getattr(content, name)
        if isinstance(value, Expr):
            parts.append(_key(value))
        elif isinstance(value, tuple):
            parts.append(",".join(_key(part) if isinstance(part, Expr) else str(part) for part in value))
        else:
            parts.append(str(value))
    return f"{type(content).__name__}({'|'.join(parts)})"


def tidy(parts: Sequence[Expr], places: int) -> Expr:
    """The sum of amounts without the dust of binary fractions."""
    return parts[0] if len(parts) == 1 else round_to(total(parts), places)


# ---------------------------------------------------------------------------------------------------- plain steps
def _input(lane: LaneWriter, step: InputStep) -> Made:
    part, currency = lane.column(step.input)
    return Made(part, currency, W_INPUT.format(what=step.label))


def _unknown(lane: LaneWriter, step: UnknownStep) -> Made:
    content: Expr = lane.inputs.not_known
    if step.series == "freight" and lane.service is None and lane.way_by_price:
        # while no service is known the way that costs the least is counted: at another price it may be another one
        content = if_(lane.same_way(), content, lane.inputs.outside)
    return Made(content, lane.currency, W_UNKNOWN)


def _answer_share(lane: LaneWriter, step: AnswerShareStep) -> Made:
    rate = lane.inputs.typed["return_rate" if step.id == "returns" else "advertising_share"]
    return Made(
        round_to(lane.inputs.price * rate, lane.places), lane.currency, W_RATE.format(base=ORDER_PRICE)
    )


def _banded(
    lane: LaneWriter,
    base: Expr,
    bands: Bands,
    figures: Sequence[Expr],
    bounds: Sequence[Expr],
    below: Sequence[bool] = (),
) -> Expr:
    """The value of the band that holds an amount, as one IF in another."""
    result = figures[-1]
    for at in range(len(figures) - 2, -1, -1):
        under = bool(below) and below[at]
        inside = base < bounds[at] if under else base <= bounds[at]
        result = if_(inside, figures[at], result)
    return result


def _bounds(
    lane: LaneWriter,
    label: Text,
    bands: Bands,
    currency: str,
    reading: Reading | None,
    below: Sequence[bool] = (),
) -> list[Expr]:
    """Upper ends of bands as cells; of a band that ends below an amount that amount itself."""
    found: list[Expr] = []
    for at, bound in enumerate(bands.bounds[:-1]):
        under = bool(below) and below[at]
        said = BOUND_BELOW if under else BOUND
        text = said.format(label=label, number=at + 1)
        found.append(lane.inputs.money(bound + (1 if under else 0), currency, text, reading, ("bound", at)))
    return found


def _rates(
    lane: LaneWriter, label: Text, values: Sequence[int], reading: Reading | None, mark: Any
) -> list[Cell]:
    several = len(values) > 1
    return [
        lane.inputs.rate(
            value,
            BAND.format(label=label, number=at + 1) if several else label,
            reading,
            ("rate", at, label.en),
            mark,
        )
        for at, value in enumerate(values)
    ]


def _times(bound: Expr, count: Expr | None, places: int) -> Expr:
    return bound if count is None else round_to(bound * count, places)


def _marginal(
    base: Expr, bounds: Sequence[Expr], rates: Sequence[Expr], count: Expr | None, places: int
) -> Expr:
    """Each part of an amount at the rate of its own band, rounded once."""
    parts: list[Expr] = []
    lower: Expr | None = None
    for at, rate in enumerate(rates):
        part = base if lower is None else most(base - _times(lower, count, places), 0)
        if at < len(bounds):
            width = bounds[at] if lower is None else bounds[at] - lower
            part = least(part, _times(width, count, places))
            lower = bounds[at]
        parts.append(part * rate)
    return round_to(total(parts), places)


# ---------------------------------------------------------------------------------------------------- platform fees
def _rate(lane: LaneWriter, step: fees.RateStep) -> Made:
    inputs, places = lane.inputs, decimals(step.currency)
    names = [name for name in step.bases if name in lane.ledger.money or name in lane.lines]
    if not names:
        return Made(inputs.not_known, step.currency, W_UNKNOWN)
    parts = lane.sum(names, step.currency)
    base = tidy(parts, places)
    if step.less:
        base = _less(lane, step, parts)
    elif len(parts) > 1 or base.wordy:
        base = lane.shared(W_BASE.format(line=step.label), known(parts, most(base, 0)), step.currency)
    reading = step.data[0].reading if step.data else None
    mark = step.data[0].mark if step.data else "rules"
    label = step.label
    rates = _rates(lane, label, step.bands.values, reading, mark)
    count = inputs.pieces if step.per_item else None
    if step.marginal:
        bounds = _bounds(lane, label, step.bands, step.currency, reading)
        content = _marginal(base, bounds, rates, count, places)
    else:
        content = _whole(lane, step, base, rates, label, reading)
    words = (W_MARGINAL if step.marginal else W_TIERS if len(rates) > 1 else W_RATE).format(
        base=joined([lane.labels.get(name, both(name)) for name in names], " + ", "＋")
    )
    if step.less:
        words = W_RATE.format(base=W_PAYOUT)
    return Made(
        known([base], _limited(lane, step, base, content, count)), step.currency, _with_limits(step, words)
    )


def _less(lane: LaneWriter, step: fees.RateStep, parts: list[Expr]) -> Expr:
    """What is left of the base after lines that are taken off first; an unknown one is not taken off."""
    base = total(parts)
    for name, line in lane.lines.items():
        if name.split(".")[0] in step.less and line.payer != "buyer":
            part = (
                line.quoted
                if step.currency == lane.currency
                else lane.into(line.own, line.currency, step.currency)
            )
            base = base - as_number(part)
    left = most(round_to(base, decimals(step.currency)), 0)
    return lane.shared(
        Text(f"{W_PAYOUT.en} ({step.currency})", f"{W_PAYOUT.zh}（{step.currency}）"),
        known(parts, left),
        step.currency,
    )


def _whole(
    lane: LaneWriter, step: fees.RateStep, base: Expr, rates: list[Cell], label: Text, reading: Reading | None
) -> Expr:
    places = decimals(step.currency)
    if len(rates) == 1:
        return round_to(base * rates[0], places)
    count = lane.inputs.pieces if step.per_item else None
    published = _bounds(lane, label, step.bands, step.currency, reading, step.below)
    bounds = [_times(bound, count, places) for bound in published]
    if not any(step.parts):
        return round_to(base * _banded(lane, base, step.bands, rates, bounds, step.below), places)
    lowers = _bounds(lane, label, step.bands, step.currency, reading)
    whole: list[Expr] = []
    for at, rate in enumerate(rates):
        if step.parts[at]:
            lower = _times(lowers[at - 1], count, places)
            whole.append(round_to(lower * rates[at - 1] + (base - lower) * rate, places))
        else:
            whole.append(round_to(base * rate, places))
    return _banded(lane, base, step.bands, whole, bounds, step.below)


def _limited(lane: LaneWriter, step: fees.RateStep, base: Expr, content: Expr, count: Expr | None) -> Expr:
    inputs, places = lane.inputs, decimals(step.currency)

    def limit(found: fees.Limit, what: str) -> Expr:
        return _times(
            inputs.money(
                found.units, found.currency, LIMITS[what].format(label=step.label), found.reading, what
            ),
            count,
            places,
        )

    if step.minimum:
        content = if_(base > 0, most(content, limit(step.minimum, "minimum")), content)
    if step.maximum:
        content = least(content, limit(step.maximum, "maximum"))
    if step.monthly_minimum:
        each = step.monthly_minimum
        label = LIMITS["monthly"].format(label=step.label)
        month = inputs.money(each.units, each.currency, label, each.reading, "monthly")
        orders = inputs.typed["monthly_orders"]
        part = lane.into(
            round_to(month / most(orders, 1), decimals(each.currency)), each.currency, step.currency
        )
        if part.wordy:
            return inputs.not_known
        content = if_(orders > 0, most(content, part), inputs.not_known)
    return content


def _with_limits(step: fees.RateStep, words: Text) -> Text:
    if step.minimum or step.monthly_minimum:
        words = joined([words, W_LEAST], ", ", "，")
    return joined([words, W_MOST], ", ", "，") if step.maximum else words


def _amount(lane: LaneWriter, step: fees.AmountStep) -> Made:
    inputs, places = lane.inputs, decimals(step.currency)
    reading = step.data[0].reading if step.data else None
    label = step.label
    mark = step.data[0].mark if step.data else "rules"
    values = [
        inputs.money(
            value, step.currency, BAND.format(label=label, number=at + 1) if len(step.bands.values) > 1 else label,
            reading, ("amount", at, label.en), mark,
        )
        for at, value in enumerate(step.bands.values)
    ]  # fmt: skip
    content: Expr = values[0]
    words = W_AMOUNT
    parts: list[Expr] = []
    if step.bases:
        parts = lane.sum(step.bases, step.currency)
    if len(values) > 1:
        bounds = _bounds(lane, label, step.bands, step.currency, reading)
        content = _banded(lane, tidy(parts, places), step.bands, values, bounds)
        words = W_AMOUNT_BY.format(base=ORDER_PRICE)
    if step.per_item:
        content = round_to(content * inputs.pieces, places)
        words = joined([words, W_PIECES], " × ", " × ")
    if step.months:
        orders = inputs.typed["monthly_orders"]
        each = round_to(content / (most(orders, 1) * step.months), places)
        nothing = all(value == 0 for value in step.bands.values)
        content = each if nothing else if_(orders > 0, each, inputs.not_known)
        words = W_MONTHLY if step.months == 1 else W_YEARLY
    return Made(known(parts, content), step.currency, words)


def _fba(lane: LaneWriter, step: fba.FbaStep) -> Made:
    """The fee by the price band of a piece; the size tier is that of the weight and the sides as they were."""
    inputs, ledger = lane.inputs, lane.ledger
    same = inputs.unchanged("weight_g", *freight.SIDES)
    by_price = step.fees_by_price(ledger)
    if not by_price:
        return Made(if_(same, inputs.not_known, inputs.outside), step.currency, W_UNKNOWN)
    places, edges = decimals(step.currency), step.card.edges
    values: list[Expr] = []
    for band, (fee, table) in enumerate(by_price):
        if fee is None:
            values.append(inputs.not_known)
            continue
        reading = step.readings[table]
        label = BAND.format(label=step.label, number=band + 1) if edges else step.label
        fee_cell = inputs.money(fee, step.currency, label, reading, ("fba", band, fee))
        values.append(round_to(fee_cell * inputs.pieces, places))
    content = values[-1]
    parts: list[Expr] = []
    if edges:
        parts = lane.sum(("price",), step.currency)
        for at in range(len(edges) - 1, -1, -1):
            edge = edges[at]
            label = BOUND.format(label=step.label, number=at + 1)
            reading = step.readings.get("sizes") or next(iter(step.readings.values()))
            cell = inputs.money(edge.amount, step.currency, label, reading, ("edge", at))
            bound = round_to(cell * inputs.pieces, places)
            content = if_(parts[0] <= bound if edge.above else parts[0] < bound, values[at], content)
    return Made(if_(same, known(parts, content), inputs.outside), step.currency, W_FBA)


# ---------------------------------------------------------------------------------------------------- kernel steps
def _percent(lane: LaneWriter, step: PercentStep) -> Made:
    inputs, places = lane.inputs, decimals(step.currency)
    parts = lane.sum(step.bases, step.currency)
    base = tidy(parts, places)
    rates = _rates(lane, step.label, step.bands.values, step.reading, "rules")
    if step.marginal or len(rates) > 1 or not parts:
        raise HeldError("tiers of a percentage")
    content: Expr = round_to(base * rates[0], places)
    for what, bound, choose in (("minimum", step.minimum, most), ("maximum", step.maximum, least)):
        if bound:
            label = LIMITS[what].format(label=step.label)
            content = choose(content, inputs.money(bound[0], step.currency, label, bound[1], what))
    names = joined([lane.labels.get(name, both(name)) for name in step.bases], " + ", "＋")
    return Made(known(parts, content), step.currency, W_RATE.format(base=names))


# ---------------------------------------------------------------------------------------------------- words
ORDER_PRICE = Text("order price", "订单售价")
WAY = {
    "post": Text("{line}, if sent by post", "{line}（按邮政寄递）"),
    "express": Text("{line}, if cleared by a carrier", "{line}（由承运商清关）"),
}
IN_CURRENCY = Text("{what} in {currency}", "{what}（{currency}）")
LABELS = {"price": PRICE_OF_ORDER, "cost": ORDER_COST, "packing": ORDER_PACKING}
W_INPUT = Text("as typed, times the pieces", "所填金额 × 件数")
W_HELD = Text(
    "as the program computed it; only for the inputs as they were",
    "由程序计算的金额；仅适用于原来的输入值",
)
W_UNKNOWN = Text("the rules have no figure", "规则中没有数值")
W_RATE = Text("{base} × rate", "{base} × 费率")
W_TIERS = Text("{base} × the rate of its band", "{base} × 所在档次的费率")
W_MARGINAL = Text("each part of {base} × the rate of its band", "{base} 各段 × 各段费率")
W_BASE = Text("What is counted for: {line}", "计费基数：{line}")
W_PAYOUT = Text("What the platform pays out", "平台付款金额")
W_LEAST = Text("at least the smallest fee", "不低于最低收费")
W_MOST = Text("at most the largest fee", "不高于最高收费")
W_AMOUNT = Text("a fixed amount", "固定金额")
W_AMOUNT_BY = Text("a fixed amount by {base}", "按 {base} 分档的固定金额")
W_PIECES = Text("pieces", "件数")
W_MONTHLY = Text("a month's fee ÷ orders of a month", "月费 ÷ 每月订单数")
W_YEARLY = Text("the fee ÷ (months × orders of a month)", "费用 ÷（月数 × 每月订单数）")
W_FBA = Text(
    "the fee of the size tier and price band × pieces; for this weight and size",
    "所属尺寸档与价格段的费用 × 件数；仅适用于此重量和尺寸",
)
BOUND = Text("{label}: end of band {number}", "{label}：第 {number} 档上限")
BOUND_BELOW = Text("{label}: band {number} ends below", "{label}：第 {number} 档低于")
BAND = Text("{label}: band {number}", "{label}：第 {number} 档")

LIMITS = {
    "minimum": Text("{label}: smallest", "{label}：最低"),
    "maximum": Text("{label}: largest", "{label}：最高"),
    "monthly": Text("{label}: smallest of a month", "{label}：每月最低"),
}

MAKERS: dict[type, Callable[[LaneWriter, Any], Made]] = {
    InputStep: _input,
    UnknownStep: _unknown,
    AnswerShareStep: _answer_share,
    fees.RateStep: _rate,
    fees.AmountStep: _amount,
    fba.FbaStep: _fba,
    PercentStep: _percent,
}
