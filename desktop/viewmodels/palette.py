"""Everything that can be gone to or done, found by a few typed letters: commands, pages, questions, facts, sources.

Commands come from the window anew each time it is opened, for what is possible changes. The facts are read in slices
after the first opening; until they are there, the rest is found.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.core.finding import Index, faint
from desktop.core.flow import Flow
from desktop.core.text import Language, Text, both
from desktop.viewmodels.asides import ASIDES
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.finding import folded, index_of
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.product import control_of
from desktop.viewmodels.rule_book import DayOfBook, FactIndex

translate = QCoreApplication.translate

GROUPS = ("command", "page", "question", "help", "fact", "source")
MOST = {"command": 8, "page": 8, "question": 8, "help": 6, "fact": 24, "source": 8}
RECENT = 8
NEAREST = 3
SLICE_S = 0.006
"""So long the window waits for a slice of the facts."""
BEFORE_FACTS = 6
"""Where both fit alike, what can be done stands before what can be read."""
EXACT = 500
ALL_FACTS = "facts:"
OF_A_CASE = ("question", "fact", "source")
"""Kinds that tell what was talked about with a visitor; commands and pages do not."""
UNKEPT = ("file",)
"""Kinds that are not remembered as used: a file's name may be a client's."""


class Item(Struct, frozen=True):
    """One thing to go to. `key` is its kind and its id: command:save, fact:dest.us.vat."""

    key: str
    group: str
    name: Text
    beside: Text = field(default_factory=lambda: both(""))
    keys: str = ""
    closed: str = ""
    """Why it cannot be done now; empty where it can."""
    words: str = ""
    """Further words that it is found by."""

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]

    @property
    def id(self) -> str:
        return self.key.partition(":")[2]


class Row(Struct, frozen=True):
    """A row of what was found: the head of a group, or an item."""

    item: Item | None
    head: str = ""


class Found(Struct, frozen=True):
    """Rows by group, how many things fit, and whether they are only the nearest."""

    rows: tuple[Row, ...]
    count: int
    near: bool = False


class Palette(QObject):
    """Finds. `filled` says that there is more to be found: first the facts, then their sources."""

    filled = Signal()

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model, self.prefs = model, prefs
        self.facts: FactIndex | None = None
        self._filling: Iterator[None] | None = None
        self._sources: tuple[tuple[Item, ...], Index] | None = None
        self._items: tuple[Item, ...] = ()
        self._index = index_of(())
        self._on: DayOfBook | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)

    @property
    def language(self) -> Language:
        return self.prefs.language

    # ------------------------------------------------------------------ what there is
    def open(self, commands: Sequence[Item], helps: Sequence[Item] = ()) -> None:
        """What can be done at this moment; the reading of the facts begins where it has not."""
        self._items = (*commands, *_questions(self.model), *helps)
        self._index = index_of(("", item.name.en, item.name.zh, item.words) for item in self._items)
        self._on = DayOfBook(self.model.view, self.model.today)
        if self.facts is None and self._filling is None:
            self._filling = self._fill()
            self._timer.start()

    def _fill(self) -> Iterator[None]:
        """Reads facts and sources, and makes ready what the first search would wait for."""
        facts = None
        for made in FactIndex.build(self.model.book, 20):
            facts = made
            yield
        assert facts is not None
        yield from facts.index.prepare()
        self.facts = facts
        self.filled.emit()
        yield
        yield from self._source_items()[1].prepare()
        self.filled.emit()

    def _slice(self) -> None:
        if self._filling is None:
            return
        until = time.perf_counter() + SLICE_S
        for _ in self._filling:
            if time.perf_counter() > until:
                self._timer.start()
                return
        self._filling = None

    @property
    def busy(self) -> bool:
        """Whether facts are still being read."""
        return self._filling is not None

    def finish(self) -> None:
        """Reads the rest of the facts at once."""
        while self._filling is not None:
            self._slice()
        self._timer.stop()

    def _source_items(self) -> tuple[tuple[Item, ...], Index]:
        """The sources behind the facts, made when one is first looked for."""
        if self._sources is None:
            assert self.facts is not None
            items, words = [], []
            for key, said in self.facts.sources.items():
                source = self.model.book.source(key)
                items.append(Item(f"source:{key}", "source", both(source.title), both(source.publisher)))
                words.append((key, source.title, "", said))
            self._sources = tuple(items), index_of(words)
        return self._sources

    def value(self, item: Item) -> str:
        """What stands at the right of a fact: its value on the day of the case."""
        if item.kind != "fact" or self._on is None:
            return ""
        return self._on.short(item.id, self.language)

    # ------------------------------------------------------------------ finding
    def find(self, typed: str) -> Found:
        """What fits; where nothing does, the nearest three; with nothing typed, what was used last and every command."""
        if not typed.strip():
            return self._at_rest()
        groups: dict[str, list[tuple[int, Item]]] = {}
        count = 0
        ranked = self._ranked(typed, False)
        # a slip of the hand is thought of where hardly anything is written so
        for item, rank in self._ranked(typed, True) if faint(ranked) else ranked:
            groups.setdefault(item.group, []).append((rank, item))
            count += 1
        if not groups:
            return self._nearest(typed)
        order = sorted(groups, key=lambda key: _standing(key, groups[key][0][0]))
        rows: list[Row] = []
        for key in order:
            rows.append(Row(None, group_name(key)))
            rows += [Row(item) for _rank, item in groups[key][: MOST[key]]]
            if key == "fact" and len(groups[key]) > MOST[key]:
                rows.append(Row(self._all_facts(typed, len(groups[key]))))
        return Found(tuple(rows), count)

    def _ranked(self, typed: str, slips: bool) -> list[tuple[Item, int]]:
        """Everything that fits, each group best first."""
        whole = folded(typed.strip())
        found = []
        for place, rank in self._index.search(typed, slips):
            item = self._items[place]
            exact = whole in (folded(item.name.en), folded(item.name.zh))
            found.append((item, rank + EXACT * exact))
        # of two that fit alike, the word is a larger part of the shorter name
        found.sort(key=lambda pair: (-pair[1], len(pair[0].name[self.language])))
        if self.facts is not None:
            found += [(self._fact(entry.id), rank) for entry, rank in self.facts.search(typed, slips)]
            items, index = self._source_items()
            found += [(items[place], rank) for place, rank in index.search(typed, slips)]
        return found

    def _fact(self, fact_id: str) -> Item:
        assert self.facts is not None
        entry = self.facts[fact_id]
        return Item(f"fact:{entry.id}", "fact", entry.name, self.facts.topics[entry.topic].name)

    def _all_facts(self, typed: str, count: int) -> Item:
        name = Text(f"All {count:,} facts in the rule book", f"在规则库中查看全部 {count:,} 条")
        return Item(f"{ALL_FACTS}{typed.strip()}", "fact", name)

    def _nearest(self, typed: str) -> Found:
        scored = [(*near[:-1], 0, self._items[near[-1]]) for near in self._index.near(typed)]
        if self.facts is not None:
            scored += [(*near, self._fact(entry.id)) for near, entry in self.facts.near(typed)]
        scored.sort(key=lambda near: near[:-1])
        rows = [Row(item) for *_, item in scored[:NEAREST]]
        if rows:
            rows.insert(0, Row(None, translate("Palette", "Nothing has every word; the nearest")))
        return Found(tuple(rows), 0, True)

    def _at_rest(self) -> Found:
        """Nothing typed: what was used last, then all pages and commands."""
        rows: list[Row] = []
        last = [item for key in self.prefs.used() if (item := self._item(key)) is not None][:RECENT]
        if last:
            rows.append(Row(None, translate("Palette", "Used last")))
            rows += [Row(item) for item in last]
        seen = {item.key for item in last}
        rest = [item for item in self._items if item.key not in seen]
        for group in ("page", "command"):
            inside = [Row(item) for item in rest if item.group == group]
            if inside:
                rows += [Row(None, group_name(group)), *inside]
        return Found(tuple(rows), sum(1 for row in rows if row.item is not None))

    def _item(self, key: str) -> Item | None:
        """An item by its key, where there is one now."""
        found = next((item for item in self._items if item.key == key), None)
        if found is not None or self.facts is None:
            return found
        kind, _, name = key.partition(":")
        if kind == "fact" and name in self.facts:
            return self._fact(name)
        if kind == "source" and name in self.facts.sources:
            return next(item for item in self._source_items()[0] if item.key == key)
        return None

    def forget(self) -> None:
        """Forgets what was looked at with a visitor."""
        self.prefs.keep_used(tuple(key for key in self.prefs.used() if not _of_a_case(key)))
        self._items, self._index, self._on = (), index_of(()), None

    def use(self, item: Item) -> None:
        """Remembers what was chosen."""
        if item.kind not in UNKEPT and not item.key.startswith(ALL_FACTS):
            self.prefs.add_used(item.key)


def _of_a_case(key: str) -> bool:
    return key.partition(":")[0] in OF_A_CASE


def _standing(group: str, best: int) -> tuple[bool, int, int]:
    """Where a group stands: by its best; sources last, for most are found by the facts that stand on them."""
    bonus = 0 if group == "fact" else BEFORE_FACTS
    return group == "source", -best - bonus, GROUPS.index(group)


def _questions(model: CaseModel) -> Iterator[Item]:
    """Every question that is asked by a field of its own."""
    for question in model.questions.items:
        if not control_of(question):
            continue
        group = model.questions.groups[question.group][0]
        closed = (
            "" if model.asked(question.name) else translate("Palette", "not asked after the other answers")
        )
        yield Item(
            f"question:{question.name}", "question", question.label, group, "", closed,
            folded(f"{question.help.en} {question.name.replace('_', ' ')}"),
        )  # fmt: skip


def pages(flow: Flow, keys: Callable[[str], str]) -> tuple[Item, ...]:
    """Every step and what stands beside the steps."""
    step, beside = Text("Step", "步骤"), Text("Beside the steps", "步骤之外")
    steps = [Item(f"page:{each.id}", "page", each.name, step, keys(each.id)) for each in flow.steps]
    return (*steps, *(Item(f"page:{each.id}", "page", each.name, beside, keys(each.id)) for each in ASIDES))


def group_name(group: str) -> str:
    """The head of a group."""
    names = {
        "command": translate("Palette", "Commands"), "page": translate("Palette", "Steps and pages"),
        "question": translate("Palette", "Questions"), "help": translate("Palette", "Guide"),
        "fact": translate("Palette", "Facts"), "source": translate("Palette", "Sources"),
    }  # fmt: skip
    return names[group]


def count_words(found: Found) -> str:
    """How many there are, for the foot and the screen reader."""
    if found.near:
        return translate("Palette", "nothing found")
    return translate("Palette", "{count} found").format(count=f"{found.count:,}")


def spoken(item: Item, language: Language, value: str = "") -> str:
    """An item as the screen reader says it."""
    parts = (item.name[language], value, item.beside[language], item.keys, item.closed)
    return ", ".join(part for part in parts if part)
