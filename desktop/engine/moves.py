"""How far a case may move before another platform takes the lead, and in what share of all weightings each one wins.

Found by computation on the very rankings of the advice: the moves of one driver are ranked in one batch, and the edge
between two neighbouring states with different leaders is then halved to the last minor unit, gram or part per million.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from math import comb

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.money import decimals
from desktop.engine.advice import PLATFORMS
from desktop.engine.kernel import Ints
from desktop.engine.reverse import MOST_PRICE
from desktop.engine.whatif import Bench, State

DRIVERS = ("price", "cost", "weight_g", "freight", "exchange")
POINTS = 400
"""So many states of a driver are ranked before an edge is halved: a lead that another takes and loses again between two
of them is not seen."""
WIDEST = 4
"""A driver is moved from a quarter of where it is to four times that."""
MOST_GRAMS = 70_000
STEP = 2
"""Weightings are tried in steps of so many percent of each criterion."""


class Edge(Struct, frozen=True):
    """Where the lead changes: the last value of the driver with which the leader stays, and who follows (an index of
    PLATFORMS; -1: none can be ranked there)."""

    value: int
    other: int


class Room(Struct, frozen=True):
    """How far one driver may go down and up. None: the lead does not change as far as was looked (`low` to `high`)."""

    driver: str
    start: int
    low: int
    high: int
    below: Edge | None
    above: Edge | None


def leader(bench: Bench, state: State, market: str) -> int:
    """The platform in the lead in a market; -1 where none is ranked."""
    return int(bench.ranked(bench.run([state]), market).ranks.first[0])


def room(bench: Bench, state: State, market: str, driver: str) -> Room | None:
    """How far a driver may move before another platform leads; None where it is not given or nothing leads."""
    search = room_search(bench, state, market, driver)
    while True:
        try:
            next(search)
        except StopIteration as end:
            found: Room | None = end.value
            return found


def room_search(bench: Bench, state: State, market: str, driver: str) -> Generator[None, None, Room | None]:
    """`room`, with a pause after every batch."""
    start = getattr(state, driver)
    first = leader(bench, state, market)
    if not start or first < 0:
        return None
    most = {"price": MOST_PRICE * 10 ** decimals(bench.currency), "weight_g": MOST_GRAMS}.get(driver, 1 << 40)
    low, high = max(start // WIDEST, 1), min(start * WIDEST, most)
    search = _Search(bench, state, market, driver, first)
    below = yield from search.edge(start, low)
    above = yield from search.edge(start, high)
    return Room(driver, start, low, high, below, above)


@dataclass
class _Search:
    """The search for the edge of one driver."""

    bench: Bench
    state: State
    market: str
    driver: str
    first: int

    def leaders(self, values: Sequence[int]) -> Ints:
        states = [replace(self.state, **{self.driver: value}) for value in values]
        return self.bench.ranked(self.bench.run(states), self.market).ranks.first

    def edge(self, start: int, end: int) -> Generator[None, None, Edge | None]:
        """The nearest change of the lead between a start and an end, either way."""
        values = _spread(start, end)
        if len(values) < 2:
            return None
        led = self.leaders(values)
        yield
        changed = np.flatnonzero(led != self.first)
        if not len(changed):
            return None
        at = int(changed[0])
        stays, goes, other = values[at - 1], values[at], int(led[at])
        while abs(goes - stays) > 1:
            between = _between(stays, goes)
            led = self.leaders(between)
            yield
            changed = np.flatnonzero(led != self.first)
            if len(changed):
                at = int(changed[0])
                goes, other = between[at], int(led[at])
                stays = between[at - 1] if at else stays
            else:
                stays = between[-1]
        return Edge(stays, other)


def _spread(start: int, end: int) -> list[int]:
    """Whole numbers from a start to an end, both included: every one where there are few."""
    count = min(abs(end - start), POINTS)
    return [start + (end - start) * k // count for k in range(count + 1)] if count else [start]


def _between(one: int, other: int) -> list[int]:
    """Up to sixteen whole numbers strictly between two, in their direction; at least one."""
    step = (other - one) / min(abs(other - one), 17)
    found = [one + round(step * k) for k in range(1, 17)]
    return [value for k, value in enumerate(found) if value not in (one, other) and value not in found[:k]]


# ---------------------------------------------------------------------------------------------------- weightings
class Wins(Struct, frozen=True):
    """In how many of all weightings each platform leads, by its place in PLATFORMS, and how many there are.

    `none` are weightings in which nothing can be ranked.
    """

    wins: tuple[int, ...]
    none: int
    total: int


def wins(bench: Bench, state: State, market: str) -> Wins:
    """Every weighting of the criteria in steps of STEP percent: who leads in how many."""
    here = bench.ranked(bench.run([state]), market)
    table = weightings(len(here.ranks.scores))
    first = bench.reweighted(here, table).first
    counts = np.bincount(first + 1, minlength=len(PLATFORMS) + 1)
    return Wins(tuple(int(count) for count in counts[1:]), int(counts[0]), len(table))


@cache
def weightings(criteria: int) -> Ints:
    """All ways to share a hundred percent among criteria in steps of STEP, one a row; not to be written to."""
    parts = 100 // STEP
    places, count = parts + criteria - 1, comb(parts + criteria - 1, criteria - 1)
    flat = chain.from_iterable(combinations(range(places), criteria - 1))
    bars = np.fromiter(flat, np.int64, count * (criteria - 1)).reshape(count, criteria - 1)
    edges = np.concatenate([np.full((count, 1), -1), bars, np.full((count, 1), places)], axis=1)
    table: Ints = (np.diff(edges, axis=1) - 1) * STEP
    table.setflags(write=False)
    return table
