"""What a new rule pack would change: facts, one by one, and the cases that were answered with the old one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions
from desktop.core.text import Text
from desktop.engine.changes import Changes, compare

Kind = Literal["new", "gone", "changed"]


class FactDifference(Struct, frozen=True):
    """One fact that is not the same in two rule books: its values by the day from which they hold, as published.

    `before` and `after` hold only values that stand in one of the books and not in the other. `words` is true where only
    what is said of the fact has changed (its wording, source, confidence, note).
    """

    id: str
    says: Text
    kind: Kind
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    words: bool = False


class Renewal(Struct, frozen=True):
    """Everything that differs between two rule books."""

    facts: tuple[FactDifference, ...]
    sources: tuple[tuple[str, Kind], ...]
    """Keys of sources, and what happened to them."""
    rules: tuple[str, ...]
    """Areas of the rules (fees, border, advice …) and `texts` whose data are not the same."""

    @property
    def lost(self) -> tuple[FactDifference, ...]:
        """Facts that are no longer there: the coverage that would be given up."""
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
        before, after = _values(old, fact_id), _values(new, fact_id)
        left = tuple(value for value in before if value not in after)
        come = tuple(value for value in after if value not in before)
        words = kind == "changed" and not left and not come and fact_id not in tables
        yield FactDifference(fact_id, book.fact(fact_id).says, kind, left, come, words)


def _values(book: RuleBook, fact_id: str) -> list[tuple[str, str]]:
    """The values of a fact as (day, value); a rate table by how many rows it has."""
    if fact_id not in book:
        return []
    found = []
    for value in book.facts_data[fact_id]["values"]:
        day = value.get("from") or value.get("observed") or ""
        raw = value.get("value")
        found.append((str(day), "" if raw is None else raw if isinstance(raw, str) else _plain(raw)))
    return found


def _plain(raw: Any) -> str:
    """Tiers, ranges and lists in one line."""
    if isinstance(raw, Mapping):
        return ", ".join(f"{key} {_plain(value)}" for key, value in raw.items())
    if isinstance(raw, list):
        return "; ".join(_plain(value) for value in raw)
    return str(raw)


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


def effect(case: Case, day: date, old: RuleBook, new: RuleBook, today: date, questions: Questions) -> Changes:
    """A case on one day by two rule books, option by option and line by line."""
    return compare(case, day, day, new, today, questions, old)
