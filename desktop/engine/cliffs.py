"""Where a higher price leaves less: the cliffs of a lane, to the minor unit, and the line that jumps there.

A commission that changes at a tier, a fixed fee that begins, duty above a threshold. Every whole minor unit of a range
of list prices is priced, so no cliff hides between two points of a sweep; what is left also falls by a unit now and then
because lines round, and that is no cliff.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from desktop.core.result import Series
from desktop.core.text import Text
from desktop.engine.grid import GridRun, Pair
from desktop.engine.kernel import Ints
from desktop.engine.whatif import Bench, State

MOST_PRICES = 200_000
"""Wider ranges are looked through in strides, and each stride that holds a fall in whole units."""
ROUNDING = 3
"""Minor units by which lines that round may lower what is left from one price to the next."""
USUAL = 4
"""Where a fee is taken in a coarser currency what is left falls at every step of it: a cliff is so many times deeper."""


class Cliff(Struct, frozen=True):
    """A fall of what is left. `price` is the last list price of a piece before it and `after` the next one; `left` and
    `falls_to` are what is left of an order at both, all in minor units. `line` is the line that jumps, by `jump`.

    `again` is the first price of the range at which as much is left as before; None where none is.
    """

    price: int
    after: int
    left: int
    falls_to: int
    series: Series
    line: Text
    jump: int
    again: int | None

    @property
    def depth(self) -> int:
        return self.left - self.falls_to


def cliffs(bench: Bench, pair: Pair, service: str, state: State, low: int, high: int) -> tuple[Cliff, ...]:
    """The cliffs of a lane between two list prices of a piece, in order of the price."""
    stride = max(1, -(-(high - low) // MOST_PRICES))
    prices = np.arange(low, high + 1, stride, dtype=np.int64)
    column = bench.run_prices(state, prices).net(pair, service)
    falls = -np.diff(column.units)
    both = column.known[1:] & column.known[:-1]
    deep = np.flatnonzero(both & (falls > _noise(falls[both])))
    found = []
    for at in deep:
        price = _edge(bench, pair, service, state, int(prices[at]), int(prices[at + 1]))
        found.append(_cliff(bench, pair, service, state, price, prices[at + 1 :], column.units[at + 1 :]))
    return tuple(found)


def _noise(falls: Ints) -> int:
    """How far what is left falls only because lines round."""
    usual = int(np.percentile(falls, 99)) if len(falls) else 0
    return max(ROUNDING, USUAL * usual)


def _edge(bench: Bench, pair: Pair, service: str, state: State, low: int, high: int) -> int:
    """The price before the deepest fall between two prices."""
    if high - low == 1:
        return low
    units = bench.run_prices(state, np.arange(low, high + 1, dtype=np.int64)).net(pair, service).units
    return low + int(np.argmin(np.diff(units)))


def _cliff(
    bench: Bench, pair: Pair, service: str, state: State, price: int, later: Ints, left: Ints
) -> Cliff:
    run = bench.run_prices(state, np.array([price, price + 1], dtype=np.int64))
    before, after = (int(units) for units in run.net(pair, service).units)
    series, line, jump = _jump(run, bench, pair, service)
    enough = later[left >= before]
    again = int(enough[0]) if len(enough) else None
    return Cliff(price, price + 1, before, after, series, line, jump, again)


def _jump(run: GridRun, bench: Bench, pair: Pair, service: str) -> tuple[Series, Text, int]:
    """Of two neighbouring orders the line of the seller's that rises most from the first to the second."""
    side = run.side(pair, bench.grid.carrier[service])
    found: list[tuple[int, Series, Text]] = []
    for lines in side.lines:
        for step in lines.steps:
            column = lines.ledger.quoted[step.id]
            if step.payer == "seller" and column.known.all():
                found.append((int(column.units[1] - column.units[0]), step.series, step.label))
    carriage = run.carried(service, pair.market, pair.platform)
    if carriage is not None and carriage.freight.known.all():
        units = carriage.freight.units
        found.append((int(units[1] - units[0]), "freight", bench.view.text("advice.line.freight")))
    rise, series, label = max(found, key=lambda each: each[0])
    return series, label, rise
