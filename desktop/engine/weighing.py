"""How much more or less a criterion may weigh before another platform leads, the others keeping their proportion.

Found on the rankings of the bench at every whole percent, so it holds in every market and for every state, also one that
no case can keep.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from desktop.engine.moves import Edge
from desktop.engine.whatif import Bench, State

WHOLE = 100


class WeightRoom(Struct, frozen=True):
    """The weight of a criterion in percent, and where the lead changes below and above it: the last weight with which
    the leader stays, and who follows. None: the leader stays down to nothing, up to all."""

    criterion: str
    weight: int
    below: Edge | None
    above: Edge | None


def weight_rooms(bench: Bench, state: State, market: str) -> tuple[WeightRoom, ...]:
    """The room of every criterion that counts; none where nothing leads."""
    here = bench.ranked(bench.run([state]), market)
    leader = int(here.ranks.first[0])
    weights = bench.weighting("platforms")
    names = list(here.ranks.scores)
    if leader < 0:
        return ()
    rows = np.array([weights[name] for name in names], dtype=np.int64)
    found = []
    for k, name in enumerate(names):
        rest = int(rows.sum() - rows[k])
        if not rows[k] or not rest or np.isnan(here.ranks.scores[name][0]).all():
            continue
        tried = np.arange(WHOLE + 1, dtype=np.int64)
        table = rows[None, :] * (WHOLE - tried)[:, None]
        table[:, k] = tried * rest
        led = bench.reweighted(here, table).first
        now = round(WHOLE * int(rows[k]) / int(rows.sum()))
        found.append(WeightRoom(name, now, _edge(led, leader, now, -1), _edge(led, leader, now, 1)))
    return tuple(found)


def _edge(led: np.ndarray[tuple[int], np.dtype[np.int64]], leader: int, start: int, step: int) -> Edge | None:
    """The nearest change of the lead from a weight downwards or upwards."""
    at = start
    while 0 <= at + step <= WHOLE:
        if led[at + step] != leader:
            return Edge(at, int(led[at + step]))
        at += step
    return None
