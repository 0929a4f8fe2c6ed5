"""The rule book to look things up in: an index of all facts, search in both languages, filters, and the list by topic.

Nothing here depends on how the facts are shown. The index is made once a book; what changes with the day (today's
value, what is not known, what is past its review) is asked of a view for the rows that are seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.facts import Fact, RuleBook, Value, View
from desktop.core.finding import Index, Target, folded
from desktop.core.text import Language, Text
from desktop.store.pinyin import pinyin
from desktop.viewmodels.fact_words import value_short

translate = QCoreApplication.translate

AREAS: Mapping[str, tuple[str, ...]] = {
    "platforms": ("amazon", "ebay", "aliexpress", "dhgate", "vintage", "pay", "returns"),
    "border": ("dest", "cn.export"),
    "freight": ("logistics", "rates"),
    "import": ("cn",),
    "markets": ("world", "country", "asean", "eu", "ru", "net", "retail", "cn.cbec", "cn.trade"),
    "exchange": ("fx", "cn.fx", "cn.cips"),
    "report": ("seed",),
}
"""Which ids belong to which area; the longest prefix counts."""
OTHER = "other"
MARKS = ("weak", "due", "doubt", "typed")
RATES = "rates"


# ---------------------------------------------------------------------- the index
class Entry(Struct, frozen=True):
    """A fact as it is found, and its place in the book."""

    id: str
    name: Text
    topic: str
    area: str
    order: int


class Topic(Struct, frozen=True):
    """What a file of facts is about. `rank` is its place in the list."""

    key: str
    name: Text
    area: str
    rank: int


_MADE: list[FactIndex] = []
"""The index that was made last: rule book and search for everything read the same one."""


class FactIndex:
    """All facts of a book, ready to be searched. `build` makes it in slices, for a window that is already seen."""

    def __init__(self, book: RuleBook) -> None:
        self._begin(book)
        for _ in self._read():
            pass

    @classmethod
    def of(cls, book: RuleBook) -> FactIndex:
        """The index of a book, made once."""
        if not _MADE or _MADE[0].book is not book:
            _MADE[:] = [cls(book)]
        return _MADE[0]

    @classmethod
    def build(cls, book: RuleBook, slice_of: int = 100) -> Iterator[FactIndex | None]:
        """Reads so many facts between two looks at the clock; the index is the last that is given."""
        if _MADE and _MADE[0].book is book:
            yield _MADE[0]
            return
        made = cls.__new__(cls)
        made._begin(book)
        for number, _ in enumerate(made._read(), start=1):
            if number % slice_of == 0:
                yield None
        for _ in made.index.prepare():
            yield None
        _MADE[:] = [made]
        yield made

    def _begin(self, book: RuleBook) -> None:
        self.book = book
        self.topics: dict[str, Topic] = {}
        self.sources: dict[str, str] = {}
        """The key of every source behind a fact, and its words folded."""
        self._entries: list[Entry] = []
        self._targets: list[Target] = []

    def _read(self) -> Iterator[None]:
        for order, fact_id in enumerate(self.book.ids()):
            fact = self.book.fact(fact_id)
            keys = dict.fromkeys(key for value in fact.values for key in (value.source, *value.also))
            for key in keys:
                if key not in self.sources:
                    source = self.book.source(key)
                    self.sources[key] = folded(f"{source.publisher} {source.title}")
            topic = self._topic(fact_id)
            self._entries.append(Entry(fact_id, short_name(fact.says), topic.key, topic.area, order))
            also = " · ".join(self.sources[key] for key in keys)
            self._targets.append(Target(folded(fact_id), folded(fact.says.en), folded(fact.says.zh), also))
            yield

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    @cached_property
    def index(self) -> Index:
        return Index(self._targets, pinyin())

    @cached_property
    def _by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    def __contains__(self, fact_id: str) -> bool:
        return fact_id in self._by_id

    def __getitem__(self, fact_id: str) -> Entry:
        return self._by_id[fact_id]

    def _topic(self, fact_id: str) -> Topic:
        key, name = self.book.topic(fact_id)
        if not key:
            key = RATES if fact_id.startswith(f"{RATES}.") else ".".join(fact_id.split(".")[:2])
            name = Text("Price tables of services", "各物流产品价目表") if key == RATES else Text(key, key)
        if key not in self.topics:
            area = area_of(fact_id)
            place = list(AREAS).index(area) if area in AREAS else len(AREAS)
            self.topics[key] = Topic(key, name, area, place * 10_000 + len(self.topics))
        return self.topics[key]

    # ------------------------------------------------------------------ searching
    def search(self, typed: str, slips: bool | None = None) -> tuple[tuple[Entry, int], ...]:
        """Every fact in which each typed word stands, with its rank, best first; all in order where nothing is typed."""
        return tuple((self.entries[place], rank) for place, rank in self.index.search(typed, slips))

    def near(self, typed: str, most: int = 3) -> list[tuple[tuple[int, int, int], Entry]]:
        """The nearest with how near they are, to be set beside those of another index."""
        return [(near, self.entries[near[-1]]) for near in self.index.near(typed)[:most]]

    def nearest(self, typed: str, most: int = 3) -> tuple[Entry, ...]:
        """Where nothing has every word: the facts that have most of them."""
        return tuple(self.entries[place] for place in self.index.nearest(typed, most))


def area_of(fact_id: str) -> str:
    """The area that a fact belongs to; `other` where none claims it."""
    best, found = -1, OTHER
    for area, prefixes in AREAS.items():
        for prefix in prefixes:
            if fact_id.startswith(f"{prefix}.") and len(prefix) > best:
                best, found = len(prefix), area
    return found


# ---------------------------------------------------------------------- the day
class DayOfBook:
    """The rule book on a day, with what a case has typed into it: what a list says of each fact."""

    def __init__(self, view: View, today: date) -> None:
        self.view = view
        self.book = view.book
        self.today = today

    def value(self, fact: Fact) -> Value | None:
        """The rule's own value in force on the day."""
        return fact.at(self.view.date)

    def typed(self, fact_id: str) -> str | None:
        return self.view.overrides.get(fact_id)

    def is_gap(self, fact_id: str) -> bool:
        """Whether nothing is known on the day."""
        return self.typed(fact_id) is None and self.value(self.book.fact(fact_id)) is None

    def marks(self, fact_id: str) -> tuple[str, ...]:
        """weak, due, doubt, typed: what should make one look twice at a fact on the day."""
        fact = self.book.fact(fact_id)
        value = self.value(fact)
        found = []
        if value is not None and value.confidence == "low":
            found.append("weak")
        if value is not None and self.book.source(value.source).due(self.today):
            found.append("due")
        if fact.doubts or (value is not None and value.corrected):
            found.append("doubt")
        if self.typed(fact_id) is not None:
            found.append("typed")
        return tuple(found)

    def short(self, fact_id: str, language: Language) -> str:
        """The value in a list; empty where nothing is known."""
        fact = self.book.fact(fact_id)
        typed = self.typed(fact_id)
        if typed is not None:
            raw = Value(typed, None, fact.values[0].start, False, "typed", (), "high", Text("", ""), None)
            return value_short(self.book, fact, raw, language)
        value = self.value(fact)
        return "" if value is None else value_short(self.book, fact, value, language)


# ---------------------------------------------------------------------- the list
class Row(Struct, frozen=True):
    """One row of the list: a head (the name of a topic), or a fact."""

    fact: str
    name: Text
    head: bool = False


class Listing(Struct, frozen=True, dict=True):
    """What a search has found: rows by topic, and how many there are; where there are none, the nearest as rows."""

    rows: tuple[Row, ...]
    shown: int
    of: int
    gaps: int

    @cached_property
    def facts(self) -> tuple[str, ...]:
        return tuple(row.fact for row in self.rows if not row.head)


def listing(
    index: FactIndex, on: DayOfBook, typed: str = "", area: str = "", marks: Collection[str] = ()
) -> Listing:
    """Facts that have every typed word, are of the area, and bear all marks; grouped by topic, the best topic first."""
    groups: dict[str, list[tuple[Entry, int]]] = {}
    for entry, rank in index.search(typed):
        if area and entry.area != area:
            continue
        if marks and not set(marks) <= set(on.marks(entry.id)):
            continue
        groups.setdefault(entry.topic, []).append((entry, rank))
    # entries come best first, so the first of a group is its best
    order = sorted(groups, key=lambda key: (-groups[key][0][1], index.topics[key].rank))
    rows: list[Row] = []
    for key in order:
        rows.append(Row("", index.topics[key].name, head=True))
        rows += [Row(entry.id, entry.name) for entry, _ in groups[key]]
    shown = sum(len(group) for group in groups.values())
    gaps = sum(1 for group in groups.values() for entry, _ in group if on.is_gap(entry.id))
    if not shown and typed.strip():
        near = index.nearest(typed)
        head = Text("No fact has every word; the nearest:", "没有一条含有全部词语；最接近的：")
        rows = [Row("", head, head=True), *(Row(entry.id, entry.name) for entry in near)] if near else []
    return Listing(tuple(rows), shown, len(index.entries), gaps)


def short_name(says: Text) -> Text:
    """What a fact says, as a name: without its full stop."""
    return Text(says.en.rstrip(" ."), says.zh.rstrip(" 。"), says.only)


# ---------------------------------------------------------------------- words of the list
def area_names() -> tuple[tuple[str, str], ...]:
    """The areas as chips, the last one for all."""
    names = {
        "platforms": translate("RuleBook", "Platforms"), "border": translate("RuleBook", "Border"),
        "freight": translate("RuleBook", "Freight"), "import": translate("RuleBook", "China import"),
        "markets": translate("RuleBook", "Markets"), "exchange": translate("RuleBook", "Exchange"),
        "report": translate("RuleBook", "Report 2015"),
    }  # fmt: skip
    return (*((key, names[key]) for key in AREAS), ("", translate("RuleBook", "All")))


def mark_names() -> tuple[tuple[str, str, str], ...]:
    """The marks as chips: key, name, and what it means."""
    return (
        ("weak", translate("RuleBook", "Weak"), translate("RuleBook", "The value in force has a low confidence.")),
        ("due", translate("RuleBook", "Past review"),
         translate("RuleBook", "The source of the value in force should have been read again.")),
        ("doubt", translate("RuleBook", "Doubts"), translate("RuleBook", "A printed figure that we doubt.")),
        ("typed", translate("RuleBook", "Typed in this case"),
         translate("RuleBook", "A value of your own stands in its place.")),
    )  # fmt: skip


def mark_words(marks: Collection[str]) -> tuple[str, ...]:
    """The marks of one fact in words, for tips and the screen reader."""
    words = {
        "weak": translate("RuleBook", "weak source"), "due": translate("RuleBook", "past review"),
        "doubt": translate("RuleBook", "doubted"), "typed": translate("RuleBook", "typed in this case"),
    }  # fmt: skip
    return tuple(words[mark] for mark in MARKS if mark in marks)


def count_words(found: Listing) -> tuple[str, str]:
    """How many facts are shown, and how many of them are not known on the day."""
    shown = translate("RuleBook", "{shown} of {of} facts shown").format(
        shown=f"{found.shown:,}", of=f"{found.of:,}"
    )
    gaps = translate("RuleBook", "{count} with a gap").format(count=f"{found.gaps:,}") if found.gaps else ""
    return shown, gaps
