"""A lane turned round: the price that leaves a wanted margin, the highest purchase price, the orders that pay for fixed
costs, the price that leaves most.

What is left is no smooth function of the price: commissions jump at tiers, duty at thresholds, every line rounds. So
prices are searched for and never solved for. The search is exact because what is left can never rise faster than the
price itself: where it lacks more than the price may rise within a stretch, no price of that stretch can do. Forward
after reverse gives the wanted margin or more, and one minor unit less of the price does not.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.money import PPM, decimals
from desktop.engine.grid import Pair
from desktop.engine.kernel import LARGEST_ORDER, Bools, Ints
from desktop.engine.whatif import Bench, State

WINDOWS = ((1 << 16, (256, 8, 1)), (1 << 20, (2048, 32, 1)), (1 << 62, (16384, 512, 16, 1)))
"""Prices are searched window by window, each up to a price (minor units) and in passes of finer strides. A price at which
what is left jumps up and falls again within the first stride is the one thing that a pass could overlook."""
MOST_POINTS = 4_000_000
"""So many prices are looked at before the search says that there is none."""
SLACK = 64
"""Minor units by which roundings may lift what is left beside a straight line: far more lines than a lane has."""
MOST_PRICE = 1_000_000
"""The highest list price that is looked at, in major units: that of the question."""
MOST_ORDERS = 1_000_000


class Answer(Struct, frozen=True):
    """The value that was looked for, or why there is none: `closed` (the lane is closed or not known at every price),
    `never` (fees and taxes that grow with the price leave too little at any), `loss` (each order loses), `thin` (each
    order leaves something, but even goods that cost nothing would not leave the margin)."""

    value: int | None
    why: str = ""


Search = Generator[None, None, Answer]
"""A search that pauses after every batch: a window goes on with it while nobody moves anything."""


def finished(search: Search) -> Answer:
    """The answer of a search, without a pause."""
    while True:
        try:
            next(search)
        except StopIteration as end:
            answer: Answer = end.value
            return answer


def price_for(bench: Bench, pair: Pair, service: str, state: State, margin_ppm: int) -> Answer:
    """The lowest list price of a piece, in minor units, at which at least the margin is left on a lane.

    The margin is in parts per million of the price; unknown lines count as nothing.
    """
    return finished(price_search(bench, pair, service, state, margin_ppm))


def price_search(bench: Bench, pair: Pair, service: str, state: State, margin_ppm: int) -> Search:
    """`price_for`, batch by batch."""

    def lacking(prices: Ints) -> tuple[Ints, Bools]:
        run = bench.run_prices(state, prices)
        column = run.net(pair, service)
        return column.units * PPM - run.price * margin_ppm, column.known

    return (yield from _first(lacking, 1, _most(bench), PPM * bench.pieces))


def price_for_net(bench: Bench, pair: Pair, service: str, state: State, net: int) -> Answer:
    """The lowest list price of a piece at which at least so much of an order is left, both in minor units."""
    return finished(net_search(bench, pair, service, state, net))


def net_search(bench: Bench, pair: Pair, service: str, state: State, net: int) -> Search:
    """`price_for_net`, batch by batch."""

    def lacking(prices: Ints) -> tuple[Ints, Bools]:
        column = bench.run_prices(state, prices).net(pair, service)
        return column.units - net, column.known

    return (yield from _first(lacking, 1, _most(bench), bench.pieces))


def _most(bench: Bench) -> int:
    """The highest list price that is looked at, in minor units."""
    most: int = min(MOST_PRICE * 10 ** decimals(bench.currency), LARGEST_ORDER // bench.pieces)
    return most


def _first(lacking: Lacking, low: int, high: int, rise: int) -> Search:
    """The lowest whole number from low to high at which nothing is lacking; it lacks at most `rise` less a step."""
    search = _Search(lacking, rise)
    start = low
    for end, strides in WINDOWS:
        found = yield from search.within(start, min(end, high), strides)
        if found is not None:
            return Answer(found)
        start = end + 1
        if start > high or search.looked > MOST_POINTS:
            break
    return Answer(None, "never" if search.spoken else "closed")


Lacking = Callable[[Ints], tuple[Ints, Bools]]
"""For ascending numbers: how far above what is wanted each is (under it: below zero), and where that is known."""


@dataclass
class _Search:
    """A search for the first number that lacks nothing, pass by pass, lowest stretch first."""

    lacking: Lacking
    rise: int
    spoken: bool = False
    looked: int = 0

    def within(self, low: int, high: int, strides: tuple[int, ...]) -> Generator[None, None, int | None]:
        """The first number from low to high, or None."""
        if low > high or self.looked > MOST_POINTS:
            return None
        points = np.unique(np.append(np.arange(low, high + 1, strides[0], dtype=np.int64), high))
        values, known = self.lacking(points)
        yield
        self.looked += len(points)
        self.spoken = self.spoken or bool(known.any())
        if strides[0] == 1:
            found = np.flatnonzero(known & (values >= 0))
            return int(points[found[0]]) if len(found) else None
        if known[0] and values[0] >= 0:
            return low
        for start, end in self._stretches(points, values, known, strides[0]):
            answer = yield from self.within(start, end, strides[1:])
            if answer is not None:
                return answer
        return None

    def _stretches(self, points: Ints, values: Ints, known: Bools, stride: int) -> list[tuple[int, int]]:
        """The stretches between neighbouring points that may hold what is looked for, lowest first."""
        reach = np.where(known, values, np.iinfo(np.int64).min // 2)
        # within a stretch a number lacks at least what its lower end lacks less what it may rise on the way …
        may = reach[:-1] + self.rise * (stride + SLACK) >= 0
        # … unless it begins to be known there, or jumps up where a tier falls: then the upper end shows it
        may |= (reach[1:] >= 0) | (known[:-1] != known[1:])
        return [(int(points[k]), int(points[k + 1])) for k in np.flatnonzero(may)]


def highest_cost(bench: Bench, pair: Pair, service: str, state: State, margin_ppm: int) -> Answer:
    """The highest unit cost, in minor units of its currency, with which the margin is still left at the state's price."""

    def left(costs: list[int]) -> tuple[Ints, Bools, Ints]:
        run = bench.run([replace(state, cost=cost) for cost in costs])
        column = run.net(pair, service)
        return column.units * PPM - run.price * margin_ppm, column.known, column.units

    values, known, units = left([0])
    if not known[0]:
        return Answer(None, "closed")
    if values[0] < 0:
        return Answer(None, "loss" if units[0] < 0 else "thin")
    # what is left only falls as the cost rises, so halving finds the last cost that does
    low, high = 0, MOST_PRICE * 10 ** decimals(bench.cost_currency)
    while low < high:
        steps = sorted({low + (high - low) * k // 32 + 1 for k in range(32)} | {high})
        steps = [step for step in steps if low < step <= high]
        values, _, _ = left(steps)
        good = int((values >= 0).sum())
        low, high = (steps[good - 1] if good else low), (steps[good] - 1 if good < len(steps) else high)
    return Answer(low)


def orders_for(bench: Bench, pair: Pair, service: str, state: State, fixed: int) -> Answer:
    """The fewest orders a month that pay for fixed costs, in minor units of the price's currency.

    What is left of an order depends on the orders where a monthly fee is shared among them.
    """
    return finished(orders_search(bench, pair, service, state, fixed))


def orders_search(bench: Bench, pair: Pair, service: str, state: State, fixed: int) -> Search:
    """`orders_for`, batch by batch."""

    def lacking(orders: Ints) -> tuple[Ints, Bools]:
        column = bench.run_orders(state, orders).net(pair, service)
        return column.units * orders - fixed, column.known

    found = yield from _first(lacking, 1, MOST_ORDERS, max(bench.price_of(state), 1))
    return Answer(None, "loss") if found.why == "never" else found


def best_price(bench: Bench, pair: Pair, service: str, state: State, prices: Ints) -> Answer:
    """The price among some that leaves the most of an order; the lowest of equals."""
    column = bench.run_prices(state, prices).net(pair, service)
    if not column.known.any():
        return Answer(None, "closed")
    left = np.where(column.known, column.units, np.iinfo(np.int64).min)
    return Answer(int(prices[np.argmax(left)]))
