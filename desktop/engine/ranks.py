"""Rankings as arrays: the scores of `desktop.engine.scoring.rank` for many states of a case at once.

A state is a price, a weight, a rate … that is tried; one row of every array. Options are columns. What speaks for an
option by rules does not change with the state and is taken from there once; what is measured comes with each state. The
same scales, the same rounding to a tenth, the same order among equals; the words and sources stay with the one ranking
that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from desktop.core.facts import View
from desktop.engine.kernel import Bools, Ints
from desktop.engine.scoring import BASE_POINTS, FULL, LOSS, Candidate, points, points_score

Floats = npt.NDArray[np.float64]
TENTHS = 10
"""Totals are rounded to a tenth, half up, and compared after that."""
_HAIR = 1e-9
"""What binary fractions may be off: a total of 61.25 is not one of 61.2499999999."""


class Measures(Struct, frozen=True):
    """A measured criterion in every state for every option (states × options), and where it is known."""

    value: Floats
    known: Bools


class Ranks(Struct, frozen=True):
    """The ranking in every state: totals (a tenth), places from 0 (the number of options where one is not ranked)."""

    total: Floats
    place: Ints
    scores: Mapping[str, Floats]
    """By criterion: states × options, not a number where the criterion does not count."""

    def rows(self, part: slice) -> Ranks:
        """Some of the states."""
        return Ranks(
            self.total[part], self.place[part], {key: score[part] for key, score in self.scores.items()}
        )

    @property
    def first(self) -> Ints:
        """The option in the lead; -1 where none is ranked."""
        lead = np.argmin(self.place, axis=1)
        ranked = self.place[np.arange(len(lead)), lead] < self.place.shape[1]
        return np.where(ranked, lead, -1)


class Ranker(Struct, frozen=True):
    """What a ranking of some options stands on beside the measures of a state.

    `spoken` holds, by criterion, the score that the rules give an option (not a number where none speaks of it), and
    `kinds` the scale of each criterion in the order of the rules.
    """

    kinds: Mapping[str, str]
    spoken: Mapping[str, Floats]
    anything: Bools
    """Options of which any rule speaks."""

    @classmethod
    def of(cls, candidates: Sequence[Candidate], rules: Mapping[str, Any], view: View) -> Ranker:
        kinds = {criterion["id"]: criterion["kind"] for criterion in rules["criteria"]}
        said = [points(candidate, rules, view) for candidate in candidates]
        spoken = {
            key: np.array(
                [
                    float(points_score(each.get(key, ()))) if kind == "points" or key in each else np.nan
                    for each in said
                ]
            )
            for key, kind in kinds.items()
        }
        return cls(kinds, spoken, np.array([bool(each) for each in said]))

    @classmethod
    def stacked(cls, rankers: Sequence[Ranker], states: Sequence[int]) -> Ranker:
        """Several rankings of the same choice as one: so many states of the first, then of the second …"""
        kinds = rankers[0].kinds
        spoken = {
            key: np.repeat(np.stack([ranker.spoken[key] for ranker in rankers]), states, axis=0)
            for key in kinds
        }
        return cls(
            kinds, spoken, np.repeat(np.stack([ranker.anything for ranker in rankers]), states, axis=0)
        )

    def ranks(
        self,
        measures: Mapping[str, Measures],
        weights: Mapping[str, int | Floats],
        open_: Bools,
        doubtful: Bools,
        net: Ints,
    ) -> Ranks:
        """The ranking in every state. `open_` options are neither closed nor without a say; `weights` in percent, one
        for all states or one a state."""
        scores = {key: self._scores(key, measures.get(key), open_) for key in self.kinds}
        something: Bools = np.broadcast_to(self.anything, open_.shape)
        for measure in measures.values():
            something = something | measure.known
        open_ = open_ & np.any(open_ & something, axis=1, keepdims=True)
        weighted, whole = np.zeros(open_.shape), np.zeros(open_.shape)
        for key, score in scores.items():
            weight = np.asarray(weights[key], dtype=np.float64).reshape(-1, 1)
            counted = ~np.isnan(score)
            weighted += np.where(counted, score, 0) * weight
            whole += counted * weight
        total = np.divide(weighted, whole, out=np.full(open_.shape, -1.0), where=whole > 0)
        total = rounded(total, whole)
        return Ranks(total, _places(open_, doubtful, total, net), scores)

    def _scores(self, key: str, measure: Measures | None, open_: Bools) -> Floats:
        """The scores of a criterion; not a number in a state where it is not known for any option."""
        kind, said = self.kinds[key], np.broadcast_to(self.spoken[key], open_.shape)
        if kind == "points":
            return np.array(said)
        if measure is None:
            return np.full(open_.shape, np.nan)
        known = measure.known & open_
        scaled = _SCALES[kind](measure.value, known)
        several = known.sum(axis=1) > 1
        least = np.where(known, scaled, np.inf).min(axis=1)
        lowest = np.where(several, least, float(BASE_POINTS))[:, None]
        score = np.where(known, scaled, np.where(np.isnan(said), lowest, said))
        return np.where(np.any(known, axis=1, keepdims=True), score, np.nan)


def rounded(total: Floats, whole: Floats) -> Floats:
    """Totals to a tenth, half up; -1 where nothing has a weight."""
    return np.where(whole > 0, np.floor(total * TENTHS + 0.5 + _HAIR) / TENTHS, -1.0)


def first_by(total: Floats, net: Ints) -> Ints:
    """The option in the lead in every state: the highest total, of equals the one with more left, then the first."""
    every = np.ones(total.shape, dtype=np.bool_)
    places = _places(every, ~every, total, np.broadcast_to(net, total.shape))
    return np.asarray(np.argmin(places, axis=1))


def _places(open_: Bools, doubtful: Bools, total: Floats, net: Ints) -> Ints:
    """Places from 0: sure ones first, then by total, then by what is left, then in the order of the rules."""
    options = open_.shape[1]
    order = np.lexsort(
        (np.broadcast_to(np.arange(options), open_.shape), -net, -total, doubtful, ~open_), axis=1
    )
    place = np.empty(open_.shape, dtype=np.int64)
    np.put_along_axis(place, order, np.broadcast_to(np.arange(options), open_.shape), axis=1)
    return np.where(open_, place, options)


def _margin(value: Floats, known: Bools) -> Floats:
    score: Floats = np.clip((value - LOSS) * 100 / (FULL - LOSS), 0, 100)
    return score


def _best_is_high(value: Floats, known: Bools) -> Floats:
    best = np.where(known, value, -np.inf).max(axis=1)[:, None]
    share = np.maximum(value, 0) * 100
    score: Floats = np.divide(share, best, out=np.zeros_like(value), where=(best > 0) & np.isfinite(best))
    return score


def _best_is_low(value: Floats, known: Bools) -> Floats:
    least = np.maximum(np.where(known, value, np.inf).min(axis=1)[:, None], 0)
    least = np.where(np.isfinite(least), least, 0)
    score: Floats = np.divide(least * 100, value, out=np.full_like(value, 100.0), where=value > 0)
    return score


def _percent_off(value: Floats, known: Bools) -> Floats:
    return np.maximum(100 - value, 0)


_SCALES = {
    "margin": _margin,
    "reach": _best_is_high,
    "freight": _best_is_low,
    "landed": _best_is_low,
    "days": _best_is_low,
    "tax": _percent_off,
}
