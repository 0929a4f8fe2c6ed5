"""Ranking as a computation: candidates with raw measures go in, ranks come out, every figure between is kept.

A computed criterion is scored from its raw values (kinds below); a criterion of kind `points` starts at 50 and takes
the points of the rules that apply, bounded to 0 and 100. The score of an option is the weighted mean. A computed
criterion that is unknown for one option takes the points of the rules that speak of it ("commercial express is quick");
where none does it counts like the lowest known one (50 where only one is known, for that one would be its own measure);
unknown for all, it does not count. Where no fact stands behind any option, nothing can be said of any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from msgspec import Struct

from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import allocate
from desktop.core.result import CriterionScore, Exclusion, Option, Quote, Ranking, Reason
from desktop.core.text import Text, text_of
from desktop.engine.conditions import Context, applies, holds

BASE_POINTS = 50
ONE = Decimal(1)


class Measured(Struct, frozen=True):
    """A raw value of a criterion for one option, as shown, with the facts that it was read from."""

    value: Decimal | None
    raw: Text
    readings: tuple[Reading, ...] = ()


@dataclass
class Candidate:
    """An option before ranking."""

    id: str
    name: Text
    context: Context
    measured: dict[str, Measured] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    excluded: Exclusion | None = None
    quote: Quote | None = None
    days: tuple[int, int] | None = None
    unknown: tuple[Unknown, ...] = ()
    details: dict[str, object] = field(default_factory=dict)
    cannot_say: bool = False
    doubtful: bool = False
    """It is not known whether it is open at all: it stands behind those of which that is known."""

    def asked_in(self, context: Context) -> Candidate:
        """The same option where other conditions may be asked for; what was measured of it is shared."""
        made = Candidate.__new__(Candidate)
        made.__dict__.update(self.__dict__)
        made.context = context
        return made


LOSS, FULL = -20, 40
"""A margin of 40 % of the price earns the full score, a loss of 20 % none; the same on every day and for all goods."""


def _margin(_values: Sequence[Decimal]) -> Callable[[Decimal], Decimal]:
    return lambda value: min(Decimal(100), max(Decimal(0), (value - LOSS) * 100 / (FULL - LOSS)))


def _best_is_high(values: Sequence[Decimal]) -> Callable[[Decimal], Decimal]:
    best = max(values)
    return lambda value: max(Decimal(0), value) * 100 / best if best > 0 else Decimal(0)


def _best_is_low(values: Sequence[Decimal]) -> Callable[[Decimal], Decimal]:
    least = min(values)
    return lambda value: Decimal(100) if value <= 0 else max(least, Decimal(0)) * 100 / value


def _percent_off(values: Sequence[Decimal]) -> Callable[[Decimal], Decimal]:
    return lambda value: max(Decimal(0), 100 - value)


SCALES: Mapping[str, Callable[[Sequence[Decimal]], Callable[[Decimal], Decimal]]] = {
    "margin": _margin,
    "reach": _best_is_high,
    "freight": _best_is_low,
    "landed": _best_is_low,
    "days": _best_is_low,
    "tax": _percent_off,
}
"""margin: percent of the price, from -20 (score 0) to 40 (100). reach: 100 × value / best. freight, landed, days:
100 × least / value. tax: 100 less the tax in percent."""


def weights(
    rules: Mapping[str, Any], context: Context, own: Mapping[str, int] | None = None
) -> dict[str, int]:
    """The weights in percent: those of the data, moved by the answers, or the user's own; they sum to 100."""
    base = {criterion["id"]: int(criterion["weight"]) for criterion in rules["criteria"]}
    for shift in rules.get("weights_when", ()):
        if holds(shift["when"], context):
            for name, points in shift["add"].items():
                base[name] = max(0, base[name] + points)
    for name, weight in (own or {}).items():
        if name in base:
            base[name] = max(0, weight)
    if sum(base.values()) == 0:
        return dict.fromkeys(base, 0) | {next(iter(base)): 100}
    return dict(zip(base, allocate(100, list(base.values())), strict=True))


def close(candidate: Candidate, rules: Mapping[str, Any], view: View) -> None:
    """Apply the hard rules of the data; the first that applies closes the option."""
    if candidate.excluded is not None:
        return
    for rule in rules.get("closed", ()):
        if candidate.id in rule["options"] and applies(rule, candidate.context, view.date):
            reading = view.read(rule["fact"])
            if isinstance(reading, Reading):
                candidate.excluded = Exclusion(
                    text_of(rule["text"]), text_of(rule["opens"]), reading, rule["id"]
                )
                return


def points(candidate: Candidate, rules: Mapping[str, Any], view: View) -> dict[str, list[Reason]]:
    """The rules that speak for or against an option, by criterion. A rule whose fact is not known does not speak."""
    found: dict[str, list[Reason]] = {}
    for rule in rules.get("rules", ()):
        if candidate.id not in rule["options"] or not applies(rule, candidate.context, view.date):
            continue
        reading = view.read(rule["fact"])
        if not isinstance(reading, Reading):
            continue
        reason = Reason(
            text=_with_age(text_of(rule["text"]), reading, view),
            fact=reading.id,
            source=reading.value.source,
            reading=reading,
            criterion=rule["criterion"],
            points=int(rule["points"]),
            against=int(rule["points"]) < 0,
        )
        found.setdefault(rule["criterion"], []).append(reason)
    return found


OLD_YEARS = 5
"""A fact seen so many years before the day that is asked is said with its year."""


def _with_age(text: Text, reading: Reading, view: View) -> Text:
    """The text of a rule, with the year in which its fact was seen where that is long ago: it may have changed since."""
    seen = reading.value.start.first.year
    if not reading.value.observed or view.date.year - seen < OLD_YEARS or str(seen) in text.en:
        return text
    return view.text("advice.seen-year", text=text, year=seen)


@dataclass
class Standings:
    """A ranking before its options are written out: who stands where, and what each stands on.

    `first_to_last` are the candidates that can be ranked; `totals` their scores.
    """

    choice: str
    candidates: Sequence[Candidate]
    rules: Mapping[str, Any]
    view: View
    weighting: Mapping[str, int]
    spoken: Mapping[str, Mapping[str, list[Reason]]]
    table: Mapping[str, Mapping[str, tuple[Decimal | None, bool]]]
    totals: Mapping[str, Decimal | None]
    first_to_last: Sequence[Candidate]

    def ranking(self) -> Ranking:
        """Options first to last, then those of which nothing can be said, then the closed ones."""
        words = {c["id"]: (text_of(c["label"]), text_of(c["measured_from"])) for c in self.rules["criteria"]}
        ranked = [
            _option(
                c, self.spoken[c.id], rank=place, score=self.totals[c.id], criteria=self._criteria(c, words)
            )
            for place, c in enumerate(self.first_to_last, start=1)
        ]
        # what cannot be said and what is closed has no scores: most services are closed to most parcels
        rest = [_option(c, self.spoken[c.id]) for c in self.candidates if c.excluded is None and c.cannot_say]
        closed = [_option(c, self.spoken[c.id]) for c in self.candidates if c.excluded is not None]
        order = tuple(candidate.id for candidate in self.candidates)
        return Ranking(self.choice, (*ranked, *rest, *closed), dict(self.weighting), order)

    def _criteria(
        self, candidate: Candidate, words: Mapping[str, tuple[Text, Text]]
    ) -> tuple[CriterionScore, ...]:
        return tuple(
            _criterion(
                criterion, candidate, self.table, self.spoken[candidate.id], self.weighting, words, self.view
            )
            for criterion in self.rules["criteria"]
        )


def standings(
    choice: str,
    candidates: Sequence[Candidate],
    rules: Mapping[str, Any],
    view: View,
    weighting: Mapping[str, int],
) -> Standings:
    """Who stands where among some candidates."""
    for candidate in candidates:
        close(candidate, rules, view)
    spoken = {candidate.id: points(candidate, rules, view) for candidate in candidates}
    open_ones = [c for c in candidates if c.excluded is None and not c.cannot_say]
    if not any(_something(c, spoken[c.id]) for c in open_ones):
        for candidate in open_ones:
            candidate.cannot_say = True
        open_ones = []
    table = _scores(rules["criteria"], open_ones, spoken, view)
    totals = {c.id: _total(table, c.id, weighting) for c in open_ones}
    # a stable sort: what is alike in all stays in the order of the data
    ordered = sorted(open_ones, key=lambda c: (c.doubtful, *_best_first(totals[c.id], c.quote)))
    return Standings(choice, candidates, rules, view, weighting, spoken, table, totals, ordered)


def rank(
    choice: str,
    candidates: Sequence[Candidate],
    rules: Mapping[str, Any],
    view: View,
    weighting: Mapping[str, int],
) -> Ranking:
    """Candidates ranked first to last, then those of which nothing can be said, then the closed ones."""
    return standings(choice, candidates, rules, view, weighting).ranking()


def _something(candidate: Candidate, spoken: Mapping[str, Sequence[Reason]]) -> bool:
    """Whether anything is known of an option: a measure, or a rule that speaks."""
    return bool(spoken) or any(measured.value is not None for measured in candidate.measured.values())


def _scores(
    criteria: Sequence[Mapping[str, Any]],
    candidates: Sequence[Candidate],
    spoken: Mapping[str, Mapping[str, Sequence[Reason]]],
    view: View,
) -> dict[str, dict[str, tuple[Decimal | None, bool]]]:
    """Score and whether it was counted like the lowest, by criterion and option. No entry: unknown for all."""
    table: dict[str, dict[str, tuple[Decimal | None, bool]]] = {}
    for criterion in criteria:
        key = criterion["id"]
        if criterion["kind"] == "points":
            table[key] = {c.id: (points_score(spoken[c.id].get(key, ())), False) for c in candidates}
            continue
        values = {c.id: c.measured[key].value for c in candidates if key in c.measured}
        known = [value for value in values.values() if value is not None]
        if not known:
            continue
        scale = SCALES[criterion["kind"]](known)
        lowest = min(scale(value) for value in known) if len(known) > 1 else Decimal(BASE_POINTS)
        table[key] = {}
        for candidate in candidates:
            value, said = values.get(candidate.id), spoken[candidate.id].get(key, ())
            if value is not None:
                table[key][candidate.id] = (scale(value), False)
            else:
                table[key][candidate.id] = (points_score(said), False) if said else (lowest, True)
    return table


def points_score(reasons: Sequence[Reason]) -> Decimal:
    return Decimal(max(0, min(100, BASE_POINTS + sum(reason.points for reason in reasons))))


def _option(
    candidate: Candidate,
    spoken: Mapping[str, Sequence[Reason]],
    rank: int | None = None,
    score: Decimal | None = None,
    criteria: tuple[CriterionScore, ...] = (),
) -> Option:
    strongest_first = sorted((r for group in spoken.values() for r in group), key=lambda r: -abs(r.points))
    return Option(
        id=candidate.id,
        name=candidate.name,
        rank=rank,
        score=score,
        excluded=candidate.excluded,
        reasons=(*candidate.reasons, *strongest_first),
        criteria=criteria,
        quote=candidate.quote,
        days=candidate.days,
        unknown=candidate.unknown,
        details=candidate.details,
    )


def _total(
    table: Mapping[str, Mapping[str, tuple[Decimal | None, bool]]],
    option: str,
    weighting: Mapping[str, int],
) -> Decimal | None:
    """The weighted mean of what is known of an option; None where nothing is, or where it has no weight."""
    scored = [(scores[option][0], weighting[key]) for key, scores in table.items()]
    known = [(score, weight) for score, weight in scored if score is not None]
    whole = sum(weight for _, weight in known)
    if whole <= 0:
        return None
    exact = sum((score * weight for score, weight in known), Decimal(0)) / whole
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _criterion(
    criterion: Mapping[str, Any],
    candidate: Candidate,
    table: Mapping[str, Mapping[str, tuple[Decimal | None, bool]]],
    spoken: Mapping[str, Sequence[Reason]],
    weighting: Mapping[str, int],
    words: Mapping[str, tuple[Text, Text]],
    view: View,
) -> CriterionScore:
    key = criterion["id"]
    label, measured_from = words[key]
    score, lowest = table.get(key, {}).get(candidate.id, (None, False))
    measured = candidate.measured.get(key)
    reasons = spoken.get(key, ())
    if criterion["kind"] == "points" or (reasons and (measured is None or measured.value is None)):
        raw = view.text("advice.points-raw", count=len(reasons))
        readings = tuple(reason.reading for reason in reasons if reason.reading is not None)
    else:
        raw = (
            view.text("advice.counted-lowest")
            if lowest
            else measured.raw
            if measured
            else view.text("advice.cannot-say")
        )
        readings = measured.readings if measured else ()
    return CriterionScore(
        id=key,
        label=label,
        weight=weighting[key],
        score=None if score is None else int(score.quantize(ONE, rounding=ROUND_HALF_UP)),
        raw=raw,
        measured_from=measured_from,
        readings=readings,
        exact=score,
    )


def _best_first(total: Decimal | None, quote: Quote | None) -> tuple[Decimal, int]:
    """The higher score first; among equal ones the greater margin."""
    return -(total if total is not None else Decimal(-1)), -(quote.net if quote else 0)
