"""Facts on a timeline, and the view of them at a date.

A formula never sees the history: it gets a `View` and asks it for a fact by id. The answer is a `Reading` (value with
its source, dates and doubts) or an `Unknown` that names the fact and the date and travels on to the screen. Each read
is recorded, so the list of sources under an answer is filled by the run itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Literal, TypeVar

from msgspec import Struct

from desktop.core.dates import Day, day
from desktop.core.packs import SHIPPED, Pack, Used
from desktop.core.text import EMPTY, Text, text_of
from desktop.core.words import said, said_day

_T = TypeVar("_T")

Confidence = Literal["high", "medium", "low"]


class Source(Struct, frozen=True):
    """Where a value was read. `read` is the day on which we read it, `dated` the day that it prints."""

    key: str
    publisher: str
    title: str
    url: str | None
    dated: Day | None
    read: date
    kind: str
    review_by: date | None
    note: str = ""

    @property
    def day(self) -> date:
        """The day the figure speaks of: as printed, else the day on which it was read."""
        return self.dated.first if self.dated else self.read

    def due(self, on: date) -> bool:
        """Whether the source is past its review date on a day."""
        return self.review_by is not None and on > self.review_by


class Doubt(Struct, frozen=True):
    """A figure of a document that we doubt: what is printed, what it should probably read, and why."""

    key: str
    where: str
    printed: Text
    conflict: Text
    likely: Text
    why: Text
    strength: str
    evidence: tuple[str, ...]


class Value(Struct, frozen=True):
    """One value of a fact with its start. `raw` is None where the value explicitly ends."""

    raw: Any
    raw_zh: Any
    start: Day
    observed: bool
    source: str
    also: tuple[str, ...]
    confidence: Confidence
    note: Text
    corrected: Mapping[str, Any] | None


class Fact(Struct, frozen=True):
    """One record: an id that is its address, what it says, and its values by start date."""

    id: str
    says: Text
    unit: str
    scope: Mapping[str, Any]
    base: str | None
    tiers: str | None
    where: str
    doubts: tuple[str, ...]
    values: tuple[Value, ...]

    def at(self, on: date) -> Value | None:
        """The value in force on a day, or None before the first start or after an explicit end."""
        found = None
        for value in self.values:
            if value.start.first > on:
                break
            found = value
        return found if found is not None and found.raw is not None else None


class Unknown(Struct, frozen=True):
    """What cannot be said, and why. Never a zero, never the last row by accident."""

    what: str
    why: Text
    fact: str | None = None
    on: date | None = None

    def __bool__(self) -> bool:
        return False


class Tier(Struct, frozen=True):
    """One step of a tiered value: up to and including `up_to` (None: open), `below` where the bound itself is out."""

    up_to: Decimal | None
    value: Decimal
    below: bool = False


class Reading(Struct, frozen=True):
    """A fact as it stands at the date of the view, or as the user typed it."""

    fact: Fact
    value: Value
    source: Source
    typed: bool = False

    @property
    def id(self) -> str:
        return self.fact.id

    @property
    def raw(self) -> Any:
        return self.value.raw

    @property
    def is_tiers(self) -> bool:
        return self.fact.tiers is not None and isinstance(self.raw, list)

    def decimal(self) -> Decimal:
        """The value as an exact number; ValueError where the fact holds something else."""
        try:
            return Decimal(self.raw)
        except (InvalidOperation, TypeError, ValueError):
            raise ValueError(f"{self.id} holds no single number") from None

    def steps(self) -> tuple[Tier, ...]:
        """The value as tiers; a single number is one open tier."""
        if not isinstance(self.raw, list):
            return (Tier(None, self.decimal()),)
        return tuple(
            Tier(
                Decimal(row["up_to"])
                if "up_to" in row
                else Decimal(row["below"])
                if "below" in row
                else None,
                Decimal(row["value"]),
                "below" in row,
            )
            for row in self.raw
        )

    def low_high(self) -> tuple[Decimal, Decimal]:
        """The value as a range; a single number is both ends."""
        if isinstance(self.raw, Mapping):
            return Decimal(self.raw["low"]), Decimal(self.raw["high"])
        number = self.decimal()
        return number, number

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class RuleBook:
    """All facts, sources, doubts, words and rules. Holds history; formulas get a `View` of it."""

    facts_data: Mapping[str, Mapping[str, Any]]
    sources_data: Mapping[str, Mapping[str, Any]]
    units: Mapping[str, Mapping[str, str]]
    doubts_data: Mapping[str, Mapping[str, Any]]
    missing: Sequence[Mapping[str, Any]]
    rules: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, str]]
    rates: Mapping[str, Any]
    digest: str = ""
    compiled: str = ""
    topics: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pack: Pack = SHIPPED
    """The rule pack that it came as."""
    days: Mapping[str, Any] = field(default_factory=dict)
    """What `source_days` says of the sources, where it was worked out before."""
    _facts: dict[str, Fact] = field(default_factory=dict, repr=False, compare=False)
    _sources: dict[str, Source] = field(default_factory=dict, repr=False, compare=False)
    _texts: dict[str, Text] = field(default_factory=dict, repr=False, compare=False)

    def at(self, on: date, overrides: Mapping[str, str] | None = None) -> View:
        """The rule book as it stands on a day. `overrides` are values that the user typed, by fact id."""
        return View(self, on, overrides or {})

    def used(self, today: date) -> Used:
        """These rules as an answer names them on a day."""
        return Used(self.pack, self.pack.digest or self.digest, today)

    def __contains__(self, fact_id: str) -> bool:
        return fact_id in self.facts_data

    def __len__(self) -> int:
        return len(self.facts_data)

    def ids(self) -> Iterable[str]:
        return self.facts_data.keys()

    def fact(self, fact_id: str) -> Fact:
        """A fact with its history; KeyError where there is none of that id."""
        if fact_id not in self._facts:
            self._facts[fact_id] = _fact(fact_id, self.facts_data[fact_id])
        return self._facts[fact_id]

    def topic(self, fact_id: str) -> tuple[str, Text]:
        """What the file of a fact is about, with the prefix of its ids; empty where no file stands behind the id."""
        prefix = fact_id
        while prefix:
            prefix = prefix.rpartition(".")[0]
            if prefix in self.topics:
                return prefix, text_of(self.topics[prefix])
        return "", EMPTY

    def source(self, key: str) -> Source:
        if key not in self._sources:
            self._sources[key] = _source(key, self.sources_data[key])
        return self._sources[key]

    def doubt(self, key: str) -> Doubt:
        data = self.doubts_data[key]
        return Doubt(
            key, data["where"], text_of(data["printed"]), text_of(data["conflict"]), text_of(data.get("likely")),
            text_of(data["why"]), data["strength"], tuple(data.get("evidence") or ()),
        )  # fmt: skip

    def unit(self, key: str) -> Text:
        return text_of(self.units[key])

    def text(self, key: str, **values: object) -> Text:
        """A sentence of data/texts with its blanks filled, in both languages."""
        found = self._texts.get(key)
        if found is None:
            found = self._texts[key] = text_of(self.texts[key])
        return found.format(**{name: said(value) for name, value in values.items()}) if values else found

    @cached_property
    def newest_source(self) -> date:
        """The latest day printed by, or read from, any source of the book."""
        return date.fromisoformat((self.days or source_days(self.sources_data))["newest"])

    def reviews_due(self, on: date) -> int:
        """How many sources are past their review date on a day."""
        dates: Sequence[str] = (self.days or source_days(self.sources_data))["reviews"]
        return bisect_left(dates, on.isoformat())

    def past_review(self, on: date) -> tuple[Source, ...]:
        """Sources whose review date is before a day."""
        day_text = on.isoformat()
        due = (
            key for key, data in self.sources_data.items() if (data.get("review_by") or day_text) < day_text
        )
        return tuple(self.source(key) for key in due)


def source_days(sources: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The newest day of any source, and all review dates in order. On the raw text: asked for before the first paint."""
    # 2026 and 2026-11 mean their first day
    days = (data.get("dated") or data["read"] for data in sources.values())
    newest = max((f"{text}-01-01"[:10] if len(text) < 10 else text for text in days), default="")
    return {
        "newest": newest,
        "reviews": sorted(d["review_by"] for d in sources.values() if d.get("review_by")),
    }


class View:
    """The rule book at a date. Remembers what was read through it.

    `traced()` gives a view of the same day with a trace of its own, for one part of an answer.
    """

    def __init__(
        self, book: RuleBook, on: date, overrides: Mapping[str, str], parents: tuple[View, ...] = ()
    ) -> None:
        self.book = book
        self.date = on
        self.overrides = overrides
        self._parents = parents
        self._reads: dict[str, Reading | Unknown] = {}
        self._once: dict[str, Any] = parents[-1]._once if parents else {}
        # one day of one book answers always alike, so views of the same day share what was found
        self._found: dict[str, Reading | Unknown] = parents[-1]._found if parents else {}

    def once(self, key: str, make: Callable[[], _T]) -> _T:
        """Something that is the same for all who ask on this view, made when it is first asked for."""
        if key not in self._once:
            self._once[key] = make()
        found: _T = self._once[key]
        return found

    def traced(self) -> View:
        return View(self.book, self.date, self.overrides, (*self._parents, self))

    def read(self, fact_id: str) -> Reading | Unknown:
        """The fact at the view's date; an `Unknown` naming the fact and the date where nothing is known."""
        result = self._look_up(fact_id)
        self._record(fact_id, result)
        for parent in self._parents:
            parent._record(fact_id, result)
        return result

    def number(self, fact_id: str) -> Decimal | Unknown:
        """The fact as one exact number, or the Unknown."""
        found = self.read(fact_id)
        return found.decimal() if isinstance(found, Reading) else found

    def has(self, fact_id: str) -> bool:
        """Whether the fact answers at this date, without recording a read."""
        return isinstance(self._look_up(fact_id), Reading)

    def rules(self, area: str) -> Any:
        """The rules of an area as plain data: which fact is used where."""
        return self.book.rules[area]

    def in_force(self, regimes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
        """The entry with the latest `from` on or before the view's date; None before the first."""
        found = None
        for regime in regimes:
            if day(regime["from"]).first <= self.date:
                found = regime
        return found

    def text(self, key: str, **values: object) -> Text:
        return self.book.text(key, **values)

    def unknown(self, what: str, text_key: str, **values: object) -> Unknown:
        """An Unknown that no single fact stands behind (a weight not given, a service without a table)."""
        return Unknown(what, self.text(text_key, **values), None, self.date)

    @property
    def reads(self) -> Mapping[str, Reading | Unknown]:
        """Every fact that was asked for, in order, with what was found."""
        return self._reads

    def readings(self) -> Iterator[Reading]:
        return (found for found in self._reads.values() if isinstance(found, Reading))

    def _record(self, fact_id: str, result: Reading | Unknown) -> None:
        self._reads.setdefault(fact_id, result)

    def _look_up(self, fact_id: str) -> Reading | Unknown:
        found = self._found.get(fact_id)
        if found is None:
            found = self._found[fact_id] = self._answer(fact_id)
        return found

    def _answer(self, fact_id: str) -> Reading | Unknown:
        if fact_id not in self.book:
            return Unknown(fact_id, _no_such_fact(fact_id), fact_id, self.date)
        fact = self.book.fact(fact_id)
        if fact_id in self.overrides:
            return _typed(fact, self.overrides[fact_id], self.date)
        value = fact.at(self.date)
        if value is None:
            return Unknown(fact_id, _not_known(fact, self.date), fact_id, self.date)
        return Reading(fact, value, self.book.source(value.source))


TYPED_SOURCE = Source("typed", "", "", None, None, date(1970, 1, 1), "typed", None)


def _typed(fact: Fact, text: str, on: date) -> Reading:
    value = Value(text, None, Day(on), False, "typed", (), "high", EMPTY, None)
    return Reading(fact, value, TYPED_SOURCE, typed=True)


def _not_known(fact: Fact, on: date) -> Text:
    days, day = [value.start for value in fact.values], said_day(on)
    en, zh = fact.says.en.rstrip("."), fact.says.zh.rstrip("。")
    if days and on < days[0].first:
        since = said_day(days[0])
        return Text(
            f"not known for {day.en}: {en} (known from {since.en})",
            f"{day.zh} 的数值未知：{zh}（自 {since.zh} 起才有记录）",
        )
    return Text(f"not known for {day.en}: {en}", f"{day.zh} 的数值未知：{zh}")


def _no_such_fact(fact_id: str) -> Text:
    return Text(f"the rules hold no fact {fact_id}", f"规则库中没有 {fact_id} 这条事实")


def _source(key: str, data: Mapping[str, Any]) -> Source:
    return Source(
        key=key,
        publisher=data["publisher"],
        title=data["title"],
        url=data.get("url"),
        dated=day(data["dated"]) if data.get("dated") else None,
        read=date.fromisoformat(data["read"]),
        kind=data["kind"],
        review_by=date.fromisoformat(data["review_by"]) if data.get("review_by") else None,
        note=data.get("note") or "",
    )


def _fact(fact_id: str, data: Mapping[str, Any]) -> Fact:
    return Fact(
        id=fact_id,
        says=text_of(data["says"]),
        unit=data["unit"],
        scope=data.get("scope") or {},
        base=data.get("base"),
        tiers=data.get("tiers"),
        where=data.get("where") or "",
        doubts=tuple(data.get("doubt") or ()),
        values=tuple(_value(value) for value in data["values"]),
    )


def _value(data: Mapping[str, Any]) -> Value:
    observed = "observed" in data
    return Value(
        raw=data["value"],
        raw_zh=data.get("value_zh"),
        start=day(data["observed"] if observed else data["from"]),
        observed=observed,
        source=data["source"],
        also=tuple(data.get("also") or ()),
        confidence=data["confidence"],
        note=text_of(data.get("note")),
        corrected=data.get("corrected"),
    )
