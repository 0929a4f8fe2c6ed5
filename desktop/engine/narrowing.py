"""What a verdict may still become: what is left on every platform over all that the open answers can be.

An open answer (absent, or "don't know") lies between two ends that are written in the rules as a default and shown as
one (`Typical`), or, for the buyers' country, in one of the markets that are compared. Every combination of the ends,
with some weights between them, is one order of a batch on the bench of What if, so each end of a range is the single
quote of a state that can be named. Cost and orders a month only ever push one way, so their ends are enough; freight
goes up and down in steps with weight and size, so it is looked for at further weights.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import Reading, View
from desktop.core.money import major, minor
from desktop.core.questions import Question, Questions
from desktop.core.result import Mark
from desktop.core.text import EMPTY, Text, both
from desktop.engine.advice import PLATFORMS
from desktop.engine.grid import Orders
from desktop.engine.kernel import Bools, Ints
from desktop.engine.open_answers import PLACES, SPANNED, is_priced, open_answers, open_numbers
from desktop.engine.whatif import Bench, Ranked, State

WEIGHTS = 17
"""So many weights are tried from the lightest to the heaviest, each as much heavier than the one before."""
DENSITIES = 3
GRAMS = 1000
MM3 = 1_000_000
"""Cubic millimetres in a litre."""
LITRES = Text("l for each kg", "升/公斤")


class Span(Struct, frozen=True):
    """Between which values an open answer lies, in `unit` as shown (a currency for a cost, litres a kilogram for a size):
    `mark` is case where the client said so, default where it is taken to. `reading` is the fact behind the upper end,
    where one gives it."""

    question: str
    low: Decimal
    high: Decimal
    unit: Text
    note: Text
    mark: Mark = "default"
    reading: Reading | None = None


class Range(Struct, frozen=True):
    """What is left of an order in the worst and the best case, in minor units of the price currency.

    `complete`: no line is unknown in any of them, else both ends are "at most". `everywhere`: every combination can be
    priced; else those that cannot (too heavy for every service, tax not known) are not in the range.
    """

    low: int
    high: int
    complete: bool = True
    everywhere: bool = True

    @property
    def width(self) -> int:
        return self.high - self.low


class Effect(Struct, frozen=True):
    """By how much an answer narrows the range of a platform, on average of the answers that are tried."""

    question: str
    by: int


class Narrowing(Struct, frozen=True):
    """The ranges of a case. Amounts are minor units of `currency`, of one order.

    All tables are by market, then by platform. `ranges` hold what a verdict on a market may become: while the buyers'
    country is open that is the same for all, from the worst to the best of them; `by_market` keeps to the market itself.
    `public` is what is left there before the goods and their packing: it depends on no private answer. `effects` belong
    to `ranges`, the largest first. `leads` counts in how many combinations each platform leads.
    """

    currency: str
    spans: tuple[Span, ...]
    open: tuple[str, ...]
    """The open answers that are spanned, the buyers' country among them."""
    markets: tuple[str, ...]
    ranges: Mapping[str, Mapping[str, Range]]
    by_market: Mapping[str, Mapping[str, Range]]
    public: Mapping[str, Mapping[str, Range]]
    effects: Mapping[str, Mapping[str, tuple[Effect, ...]]]
    leads: Mapping[str, Mapping[str, int]]


def _go_on() -> None:
    """Nobody asks for an end."""


def open_spans(case: Case, view: View, questions: Questions) -> tuple[Span, ...]:
    """The open numbers of an export with the ends that are taken for them; none without a list price."""
    return tuple(
        _span(questions[name], case, view, questions) for name in open_numbers(case, view, questions)
    )


def _span(question: Question, case: Case, view: View, questions: Questions) -> Span:
    typical = question.typical
    assert typical is not None
    own = case.within.get(question.name)
    if own is not None:
        shown = case.currency(questions, question.name) if question.currency else question.unit or ""
        return Span(question.name, Decimal(own[0]), Decimal(own[1]), both(shown), EMPTY, "case")
    category = case.text("category")
    low, high = typical.bounds(category)
    reading = None
    if typical.high_fact and category not in typical.by_category:
        found = view.read(typical.high_fact)
        if isinstance(found, Reading):
            reading, high = found, found.decimal() * GRAMS
    unit = both(question.unit or "")
    if typical.of == "list_price":
        price = case.money(questions, "list_price")
        assert price is not None
        ends = [major(minor(major(price.units, price.currency) * share / 100, price.currency), price.currency)
                for share in (low, high)]  # fmt: skip
        low, high, unit = ends[0], ends[1], both(price.currency)
    elif typical.of == "weight_g":
        low, high, unit = GRAMS / high, GRAMS / low, LITRES
    return Span(question.name, low, high, unit, typical.note, "default", reading)


# ---------------------------------------------------------------------------------------------------- the batch
class _Batch(Struct, frozen=True):
    """All combinations as one batch of orders, and how many values each axis of SPANNED has."""

    orders: Orders
    shape: tuple[int, ...]


def narrowing(
    case: Case, view: View, questions: Questions, check: Callable[[], None] = _go_on
) -> Narrowing | None:
    """The ranges of a case; None where nothing is priced (an import, no list price, an order that is too large).

    `check` is called between the parts of the work and may end it by an exception.
    """
    if not is_priced(case, view):
        return None
    spans = open_spans(case, view, questions)
    bench = Bench(case, view, questions)
    start = bench.start
    if start is None:
        return None
    check()
    whole = _batch(bench, start, {span.question: span for span in spans})
    run = bench.grid.run(whole.orders)
    markets = bench.grid.markets
    found = {}
    for market in markets:
        found[market] = bench.ranked(run, market)
        check()
    names = open_answers(case, view, questions)
    looked_at = [tuple(markets)] * len(markets) if PLACES in names else [(market,) for market in markets]
    each = {
        scope: _whole([found[market] for market in scope], whole.shape, names) for scope in set(looked_at)
    }
    check()
    return Narrowing(
        bench.currency, spans, names, markets,
        {market: each[scope][0] for market, scope in zip(markets, looked_at, strict=True)},
        {market: _ranges([found[market]]) for market in markets},
        _public(bench, whole, spans),
        {market: each[scope][1] for market, scope in zip(markets, looked_at, strict=True)},
        {market: _leads(found[market]) for market in markets},
    )  # fmt: skip


def _whole(
    found: Sequence[Ranked], shape: tuple[int, ...], names: tuple[str, ...]
) -> tuple[Mapping[str, Range], Mapping[str, tuple[Effect, ...]]]:
    """Ranges and effects over some markets together."""
    ranges = _ranges(found)
    net, known = np.stack([each.net for each in found]), np.stack([_known(each) for each in found])
    effects = {}
    for k, platform in enumerate(PLATFORMS):
        if platform in ranges:
            axes = (len(found), *shape)
            effects[platform] = _effects(net[..., k].reshape(axes), known[..., k].reshape(axes), names)
    return ranges, effects


def _batch(bench: Bench, start: State, spans: Mapping[str, Span]) -> _Batch:
    """Every combination of the values of the open numbers; of an answer that is given there is one."""
    weights = _weights(spans["weight_g"]) if "weight_g" in spans else [start.weight_g or 0]
    sizes = _litres(spans["dims_cm"]) if "dims_cm" in spans else [Decimal(0)]
    orders = [int(end) for end in _ends(spans, "monthly_orders")] or [0]
    cost_currency = spans["unit_cost"].unit.en if "unit_cost" in spans else ""
    costs = [minor(end, cost_currency) for end in _ends(spans, "unit_cost")] or [start.cost or 0]
    shape = (len(weights), len(sizes), len(orders), len(costs))
    places = [column.reshape(-1) for column in np.indices(shape)]
    n = len(places[0])
    one = bench.orders([start])
    many = one.some(np.zeros(n, dtype=np.int64))
    numbers = dict(many.numbers)
    if "weight_g" in spans:
        numbers["weight_g"] = np.array(weights, dtype=np.int64)[places[0]]
    if "dims_cm" in spans and "weight_g" in numbers:
        table = np.array([[_side(weight, litres) for litres in sizes] for weight in weights], dtype=np.int64)
        side = table[places[0], places[1]]
        numbers |= dict.fromkeys(("length_mm", "width_mm", "height_mm"), side)
    if "monthly_orders" in spans:
        numbers["monthly_orders"] = np.array(orders, dtype=np.int64)[places[2]]
    many = replace(many, numbers=numbers)
    if "unit_cost" in spans:
        cost = np.array(costs, dtype=np.int64)[places[3]]
        every = np.ones(n, dtype=np.bool_)
        many = replace(many, cost=cost, cost_known=every, cost_currency=cost_currency)
    return _Batch(many, shape)


def _ends(spans: Mapping[str, Span], name: str) -> list[Decimal]:
    span = spans.get(name)
    return [] if span is None else [span.low, span.high]


def _weights(span: Span) -> list[int]:
    """Whole grams from the lightest to the heaviest, both included."""
    tried = np.geomspace(float(span.low), float(span.high), WEIGHTS)
    return sorted({int(span.low), int(span.high), *(round(grams) for grams in tried)})


def _litres(span: Span) -> list[Decimal]:
    return [span.low + (span.high - span.low) * k / (DENSITIES - 1) for k in range(DENSITIES)]


def _side(weight_g: int, litres_a_kg: Decimal) -> int:
    """The side in whole millimetres, rounded up, of a cube of so many litres for each kilogram."""
    return int(np.ceil(np.cbrt(float(weight_g * litres_a_kg * MM3 / GRAMS)) - 1e-9))


# ---------------------------------------------------------------------------------------------------- what is found
def _known(found: Ranked) -> Bools:
    """Where a platform can be priced with all main parts of the cost."""
    return np.asarray(found.known & (found.service >= 0))


def _range(net: Ints, known: Bools, complete: Bools) -> Range | None:
    """From the least to the most of what is known; None where nothing is."""
    if not known.any():
        return None
    kept = net[known]
    return Range(int(kept.min()), int(kept.max()), bool(complete[known].all()), bool(known.all()))


def _ranges(found: Sequence[Ranked]) -> Mapping[str, Range]:
    """The range of each platform over some markets; those that cannot be priced in any are left out."""
    net, known = np.stack([each.net for each in found]), np.stack([_known(each) for each in found])
    complete = np.stack([each.complete for each in found])
    each = {
        platform: _range(net[..., k], known[..., k], complete[..., k]) for k, platform in enumerate(PLATFORMS)
    }
    return {platform: span for platform, span in each.items() if span is not None}


def _leads(found: Ranked) -> Mapping[str, int]:
    """In how many combinations each platform leads."""
    first = found.ranks.first
    counts = np.bincount(first[first >= 0], minlength=len(PLATFORMS))
    return {platform: int(count) for platform, count in zip(PLATFORMS, counts, strict=True) if count}


def _effects(net: Ints, known: Bools, names: tuple[str, ...]) -> tuple[Effect, ...]:
    """What each open answer takes off the width of a range: the width less what it is once the answer is one of those
    that are tried, on average of them, rounded half up. What cannot be priced with an answer does not count.

    `net` and `known` have an axis for the markets and one for each of SPANNED.
    """
    axes = (PLACES, *SPANNED)
    most, least = np.iinfo(np.int64).max, np.iinfo(np.int64).min
    low, high = np.where(known, net, most), np.where(known, net, least)
    whole = int(high.max()) - int(low.min())
    found = []
    for axis, name in enumerate(axes):
        if name not in names:
            continue
        others = tuple(k for k in range(net.ndim) if k != axis)
        lows, highs = low.min(axis=others), high.max(axis=others)
        left = [int(h) - int(lo) for lo, h in zip(lows, highs, strict=True) if lo <= h]
        found.append(Effect(name, (2 * (whole * len(left) - sum(left)) + len(left)) // (2 * len(left))))
    return tuple(sorted(found, key=lambda effect: -effect.by))


def _public(bench: Bench, whole: _Batch, spans: tuple[Span, ...]) -> Mapping[str, Mapping[str, Range]]:
    """What is left before goods and packing: the same orders with neither, so that no private answer is in it."""
    orders = whole.orders
    if any(span.question == "unit_cost" for span in spans):
        # one of the two ends of the cost is enough
        orders = orders.some(np.arange(len(orders)).reshape(whole.shape)[..., 0].reshape(-1))
    n = len(orders)
    nothing, every = np.zeros(n, dtype=np.int64), np.ones(n, dtype=np.bool_)
    packing = None if orders.packing is None else nothing
    run = bench.grid.run(replace(orders, cost=nothing, cost_known=every, packing=packing))
    return {market: _ranges([bench.ranked(run, market)]) for market in bench.grid.markets}
