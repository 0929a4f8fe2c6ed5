"""What a new rule pack would change: facts, one by one, and the cases that were answered with the old one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.errors import DataError, LanewiseError
from desktop.core.facts import RuleBook, Source, Value
from desktop.core.questions import Questions, questions_of
from desktop.core.result import Advice
from desktop.core.text import Text, joined, text_of
from desktop.engine import border, coverage, fees, freight, import_tax
from desktop.engine.advice import evaluate
from desktop.engine.changes import Changes, compare
from desktop.engine.coverage import Cell

Kind = Literal["new", "gone", "changed"]
Kinds = Literal["platform", "destination", "mode", "service"]
WORDS = ("says", "where", "doubt")
"""Keys of a record that only say something."""
STUMBLES = (
    ArithmeticError,
    AttributeError,
    LanewiseError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What rules that do not hang together can bring about in the engine."""


class Stated(Struct, frozen=True):
    """One value of a fact as a rule book states it, with the source that it names."""

    value: Value
    source: Source


class FactDifference(Struct, frozen=True):
    """One fact that is not the same in two rule books.

    `before` and `after` hold only values that stand in one of the books and not in the other: another value, another day,
    or the same value from another source. `words` is true where only what is said of the fact has changed (its wording,
    its notes); `other` names what else of the record is not the same (unit, base, scope …).
    """

    id: str
    says: Text
    kind: Kind
    before: tuple[Stated, ...] = ()
    after: tuple[Stated, ...] = ()
    words: bool = False
    other: tuple[str, ...] = ()
    rows: tuple[int, int] = (0, 0)
    """Of a rate table: how many of its rows are gone, and how many have come."""


class Lost(Struct, frozen=True):
    """Something that the rules answered and would answer no longer, or for fewer cases."""

    kind: Kinds
    name: Text
    before: int
    after: int
    of: int


class Renewal(Struct, frozen=True):
    """Everything that differs between two rule books."""

    facts: tuple[FactDifference, ...]
    sources: tuple[tuple[str, Kind], ...]
    """Keys of sources, and what happened to them."""
    rules: tuple[str, ...]
    """Areas of the rules (fees, border, advice …) and `texts` whose data are not the same."""

    @property
    def gone(self) -> tuple[FactDifference, ...]:
        """Facts that are no longer there."""
        return tuple(found for found in self.facts if found.kind == "gone")

    def __bool__(self) -> bool:
        return bool(self.facts or self.sources or self.rules)


def differences(old: RuleBook, new: RuleBook) -> Renewal:
    """Two rule books held against each other, record by record, in the order of their ids."""
    return Renewal(
        tuple(_facts(old, new)),
        tuple((key, kind) for key, kind in _kinds(old.sources_data, new.sources_data)),
        tuple(_rules(old, new)),
    )


def _kinds(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Kind]]:
    for key in sorted({*old, *new}):
        if key not in old:
            yield key, "new"
        elif key not in new:
            yield key, "gone"
        elif old[key] != new[key]:
            yield key, "changed"


def _facts(old: RuleBook, new: RuleBook) -> Iterator[FactDifference]:
    tables = {f"rates.{key}": kind for key, kind in _kinds(old.rates, new.rates)}
    seen = dict(_kinds(old.facts_data, new.facts_data)) | tables
    for fact_id in sorted(seen):
        kind: Kind = "new" if fact_id not in old else "gone" if fact_id not in new else "changed"
        book = old if kind == "gone" else new
        before, after = _stated(old, fact_id), _stated(new, fact_id)
        kept = {_decides(each) for each in before} & {_decides(each) for each in after}
        left = tuple(each for each in before if _decides(each) not in kept)
        come = tuple(each for each in after if _decides(each) not in kept)
        other = _other(old.facts_data[fact_id], new.facts_data[fact_id]) if kind == "changed" else ()
        rows = _rows(old, new, fact_id) if fact_id in tables else (0, 0)
        words = kind == "changed" and not left and not come and not other and not any(rows)
        yield FactDifference(fact_id, book.fact(fact_id).says, kind, left, come, words, other, rows)


def _stated(book: RuleBook, fact_id: str) -> tuple[Stated, ...]:
    if fact_id not in book:
        return ()
    return tuple(Stated(value, book.source(value.source)) for value in book.fact(fact_id).values)


def _decides(stated: Stated) -> str:
    """What of a value decides an answer or how far it is to be trusted."""
    value = stated.value
    return repr((value.start, value.observed, value.raw, value.corrected, value.source, value.confidence))


def _other(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Keys of a record, beside its values and its words, that are not the same."""
    return tuple(key for key in sorted({*old, *new} - {"values", *WORDS}) if old.get(key) != new.get(key))


def _rows(old: RuleBook, new: RuleBook, fact_id: str) -> tuple[int, int]:
    """How many rows of a rate table are gone, and how many have come."""
    key = next((key for key in (*old.rates, *new.rates) if f"rates.{key}" == fact_id), "")
    sides = [
        Counter(repr(row) for row in book.rates[key]["rows"]) if key in book.rates else Counter()
        for book in (old, new)
    ]
    return (sides[0] - sides[1]).total(), (sides[1] - sides[0]).total()


def _rules(old: RuleBook, new: RuleBook) -> Iterator[str]:
    for area in sorted({*old.rules, *new.rules}):
        if _whole(old.rules.get(area)) != _whole(new.rules.get(area)):
            yield area
    if dict(old.texts) != dict(new.texts):
        yield "texts"


def _whole(data: Any) -> Any:
    """Data whose records are read when asked for, as plain data that can be compared."""
    if isinstance(data, Mapping):
        return {key: _whole(data[key]) for key in data}
    return data


# ---------------------------------------------------------------------- what would no longer be answered
def lost_coverage(old: RuleBook, new: RuleBook, changes: Renewal, today: date) -> tuple[Lost, ...]:
    """What the old rules answer and the new ones do not, or for fewer goods; the whole losses first.

    Asked for today, and for the day from which the last value holds that is new: what ends later is lost as well.
    """
    starts = [each.value.start.first for fact in changes.facts for each in fact.after]
    found: dict[tuple[str, str], Lost] = {}
    for day in sorted({today, max([today, *starts])}):
        for each in _asked(old, new, day):
            if each.after < each.before:
                found.setdefault((each.kind, each.name.en), each)
    return tuple(sorted(found.values(), key=lambda each: each.after > 0))


def _asked(old: RuleBook, new: RuleBook, on: date) -> Iterator[Lost]:
    def held(kind: Kinds, name: Text, ask: Callable[..., Cell], *key: str) -> Lost:
        before = ask(old, *key, on)
        try:
            after = ask(new, *key, on).known
        except KeyError:
            after = 0  # the new rules do not name it
        return Lost(kind, name, before.known, after, before.of)

    view, later = old.at(on), new.at(on)
    for platform, site in coverage.platform_rows(old):
        parts = (fees.platform_name(view, platform), *((border.name(view, site),) if site != "all" else ()))
        yield held("platform", joined(parts, " ", ""), coverage.platform_cell, platform, site)
    for to in old.rules["border"]["destinations"]:
        yield held("destination", border.name(view, to), coverage.destination_cell, to)
    for mode in import_tax.modes(view):
        name = text_of(view.rules("import_modes")["modes"][mode]["name"])
        yield held("mode", name, coverage.mode_cell, mode)
    there = set(freight.service_ids(later))
    for service in freight.service_ids(view):
        cells = [(coverage.service_cell(view, service, to), to) for to in old.rules["markets"]["countries"]]
        before = [to for cell, to in cells if cell.known]
        after = [to for to in before if service in there and coverage.service_cell(later, service, to).known]
        yield Lost(
            "service",
            text_of(view.rules("freight")["services"][service]),
            len(before),
            len(after),
            len(before),
        )


# ---------------------------------------------------------------------- what it would do to cases
def effect(case: Case, day: date, old: RuleBook, new: RuleBook, today: date, questions: Questions) -> Changes:
    """A case on one day by two rule books, option by option and line by line."""
    return compare(case, day, day, new, today, questions, old)


def pair_of(case: Case, old: RuleBook, new: RuleBook, today: date) -> tuple[Advice, Advice]:
    """The advice on a case by two rule books, each with its own questions; the day is the case's own."""
    return (
        evaluate(case, old, today, questions_of(old.rules)),
        evaluate(case, new, today, questions_of(new.rules)),
    )


def try_cases(
    names: Iterable[str], read: Callable[[str, Questions], Case], book: RuleBook, today: date
) -> None:
    """Answers cases with a rule book before it is taken into use. DataError where one cannot be answered.

    A rule book can be of the right form and still not hang together: then it is the engine that stumbles.
    """
    questions = questions_of(book.rules)
    for name in names:
        try:
            advice = evaluate(read(name, questions), book, today, questions)
            told = any(advice.ranking(choice).first for choice in ("platforms", "import_modes"))
        except STUMBLES as error:
            why = str(error) if isinstance(error, LanewiseError) else type(error).__name__
            raise DataError(f"the example {name} cannot be answered with these rules ({why})") from None
        if not told:
            raise DataError(f"with these rules nothing can be said of the example {name}")
