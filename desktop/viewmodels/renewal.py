"""What a new rule pack would change, worked out beside the window, and taking it into use.

file → signature, form and every rule (`desktop.store.packs`) → the example cases are answered with it → differences,
coverage that is lost, effects on the open case and on recent ones → `ready(Proposal)` → `install` → `installed`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.core.case import Case
from desktop.core.casebook import Query
from desktop.core.errors import LanewiseError
from desktop.core.facts import RuleBook
from desktop.core.finding import folded
from desktop.core.packs import SHIPPED, Pack
from desktop.core.questions import Questions, questions_of
from desktop.core.text import EMPTY, Language, Text
from desktop.store.casefile import examples, read_case, read_example
from desktop.store.packs.kept import Packs
from desktop.viewmodels.background import Background, Task
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.noting import figure_of, main_option
from desktop.viewmodels.values import value_text
from desktop.viewmodels.wording import a_date, a_day

if TYPE_CHECKING:
    from desktop.engine.renewal import FactDifference, Lost, Renewal, Stated
    from desktop.store.casebook import Casebook
    from desktop.store.packs.kept import Checked

translate = QCoreApplication.translate

MOST_RECENT = 12
"""So many recent cases are answered with both rule books."""
MOST_SHOWN = MOST_RECENT + 1
"""With the open one."""
LONGEST = 160
"""A value of a fact is cut there; the rule book has the whole."""
STEPS = (
    Text("Signature and form", "签名与格式"),
    Text("Every rule", "逐条核对规则"),
    Text("The example cases", "试算示例案例"),
    Text("What would change", "比较变化"),
    Text("Effects on your cases", "对您案例的影响"),
)
"""What is done to a pack, in order."""


class Progress(Struct, frozen=True):
    """The step that has begun, counted from 1, of how many."""

    step: int
    of: int
    name: Text


class Refusal(Struct, frozen=True):
    """Why a pack is not used. `unsigned`: it may be used as one's own, where that is said."""

    name: str
    why: Text
    unsigned: bool = False


class Effect(Struct, frozen=True):
    """A case by the rules in use and by the new ones: the first option of each, and what is left (or the tax)."""

    name: Text
    open: bool
    before: Text
    after: Text
    figures: tuple[str, str]
    """With their currency; empty where it cannot be said."""
    refused: Text = EMPTY
    """Why the case cannot be answered with the new rules."""
    tax: bool = False
    """The figures are what the border takes, not what is left."""


class Proposal(Struct, frozen=True):
    """A pack that may be installed, with all that it would change."""

    checked: Checked
    old: RuleBook
    changes: Renewal
    lost: tuple[Lost, ...]
    effects: tuple[Effect, ...]
    facts: tuple[FactDifference, ...]
    """Those that are gone first, then changed, new, and those of which only words changed."""

    @property
    def pack(self) -> Pack:
        return self.checked.pack


Given = Callable[[Questions], Iterable[tuple[Text, Case]]]
"""Cases as the questions of a rule book read them; one that cannot be read is left out."""


def recent_files(paths: Sequence[str]) -> Given:
    """The cases of recent files; what is gone or no longer a case is left out."""

    def read(questions: Questions) -> Iterable[tuple[Text, Case]]:
        for text in paths[:MOST_RECENT]:
            path = Path(text)
            try:
                case = read_case(path, questions)
            except LanewiseError:
                continue
            yield Text(case.name or path.stem, case.name or path.stem), case

    return read


def recent_rows(book: Casebook) -> list[tuple[Text, Case]]:
    """The cases of the casebook that were worked on last. Called in the thread of the casebook."""
    found = []
    for row in book.find(Query(sort="updated"), limit=MOST_RECENT).rows:
        with suppress(LanewiseError):
            name = " ".join(part for part in (row.label, row.client or row.product) if part)
            found.append((Text(name, name), book.get(row.number).case))
    return found


def kept_cases(cases: Sequence[tuple[Text, Case]]) -> Given:
    """Cases that were read before."""
    return lambda _questions: cases


class Renewer(QObject):
    """Reads, compares and installs packs. `today` decides what is valid.

    Signals: `said(Progress)`; then `ready(Proposal)` or `refused(Refusal)`; `stopped()`; `installed(Pack, RuleBook)`.
    """

    said = Signal(object)
    ready = Signal(object)
    refused = Signal(object)
    stopped = Signal()
    installed = Signal(object, object)

    def __init__(self, model: CaseModel, packs: Packs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model, self.packs = model, packs
        self._work = Background(self)
        self._work.said.connect(self.said)
        self._work.stopped.connect(self.stopped)
        self._work.done.connect(self._on_done)

    @property
    def busy(self) -> bool:
        return self._work.busy

    def read(self, path: Path, recent: Sequence[Given] = (), *, mine: bool = False) -> None:
        """Reads a pack and works out what it would change. `mine`: the user calls an unsigned one their own."""
        model, packs = self.model, self.packs
        case, old, today = model.case, model.book, model.today

        def work(task: Task) -> Proposal | Refusal:
            from desktop.store.packs.file import UnsignedError

            try:
                return _proposal(task, path, packs, case, old, today, recent, mine)
            except UnsignedError as error:
                return Refusal(path.name, error.text, unsigned=True)
            except LanewiseError as error:
                return Refusal(path.name, error.text)

        self._work.start(work)

    def install(self, proposal: Proposal) -> None:
        """Takes what was looked at into use."""
        packs, today = self.packs, self.model.today

        def work(_task: Task) -> tuple[Pack, RuleBook] | Refusal:
            try:
                kept = packs.install(proposal.checked, today)
                return kept.pack, packs.load(kept.pack.id)
            except LanewiseError as error:
                return Refusal(proposal.pack.name, error.text)

        self._work.start(work)

    def use(self, pack_id: str) -> None:
        """Takes an installed pack into use, "" for the rules of the program."""
        packs = self.packs

        def work(_task: Task) -> tuple[Pack, RuleBook] | Refusal:
            try:
                # one that cannot be read is not taken into use
                book = packs.load(pack_id)
                return packs.use(pack_id), book
            except LanewiseError as error:
                return Refusal(pack_id or SHIPPED.id, error.text)

        self._work.start(work)

    def back(self) -> None:
        """The pack that was in use before."""
        packs = self.packs

        def work(_task: Task) -> tuple[Pack, RuleBook] | Refusal:
            try:
                pack = packs.back()
                return pack, packs.load("" if pack.trust == "shipped" else pack.id)
            except LanewiseError as error:
                return Refusal("", error.text)

        self._work.start(work)

    def stop(self) -> None:
        self._work.stop()

    def forget(self) -> None:
        self._work.forget()

    def close(self) -> None:
        self._work.close()

    def _on_done(self, found: object) -> None:
        if isinstance(found, Proposal):
            self.ready.emit(found)
        elif isinstance(found, Refusal):
            self.refused.emit(found)
        else:
            assert isinstance(found, tuple)
            self.installed.emit(*found)


def _proposal(
    task: Task,
    path: Path,
    packs: Packs,
    case: Case,
    old: RuleBook,
    today: date,
    recent: Sequence[Given],
    mine: bool,
) -> Proposal:
    from desktop.engine.renewal import differences, lost_coverage, try_cases
    from desktop.store.packs.file import read_pack

    def begin(step: int) -> None:
        task.say(Progress(step, len(STEPS), STEPS[step - 1]))

    begin(1)
    pack = read_pack(path, packs.keys, mine=mine)
    begin(2)
    found = packs.check(pack, today)
    begin(3)
    try_cases(examples(), read_example, found.book, today)
    begin(4)
    changes = differences(old, found.book)
    task.check()
    lost = lost_coverage(old, found.book, changes, today)
    begin(5)
    questions = questions_of(found.book.rules)
    effects = []
    if case.answers:
        effects.append(effect_of(EMPTY, case, old, found.book, today, is_open=True))
    seen = {_same(case)} if case.answers else set()
    for given in recent:
        for name, other in given(questions):
            task.check()
            if len(effects) < MOST_SHOWN and _same(other) not in seen:
                seen.add(_same(other))
                effects.append(effect_of(name, other, old, found.book, today))
    order = {"gone": 0, "changed": 1, "new": 2}
    facts = sorted(changes.facts, key=lambda each: (each.words, order[each.kind]))
    return Proposal(found, old, changes, lost, tuple(effects), tuple(facts))


def _same(case: Case) -> str:
    return repr((case.name, sorted(case.answers.items(), key=str), case.as_of))


def effect_of(
    name: Text, case: Case, old: RuleBook, new: RuleBook, today: date, *, is_open: bool = False
) -> Effect:
    """A case by two rule books: its first option and the figure of it in each."""
    from desktop.engine.renewal import STUMBLES, pair_of

    try:
        before, after = pair_of(case, old, new, today)
    except STUMBLES as error:
        why = (
            error.text
            if isinstance(error, LanewiseError)
            else Text(type(error).__name__, type(error).__name__)
        )
        return Effect(name, is_open, EMPTY, EMPTY, ("", ""), why)
    firsts = main_option(before, case), main_option(after, case)
    names = [first.name if first else EMPTY for first in firsts]
    figures = figure_of(firsts[0], case), figure_of(firsts[1], case)
    return Effect(name, is_open, names[0], names[1], figures, tax=not case.exports)


# ---------------------------------------------------------------------- in words
def about_rows(pack: Pack, today: date, language: Language) -> list[tuple[str, str, str]]:
    """Who answers for a pack and how long it is good: label, words, tone."""
    state = pack.state(today)
    signed = pack.trust == "signed"
    who = (
        translate("Renewal", "key {key}, known here").format(key=pack.key)
        if signed
        else translate("Renewal", "nobody: unsigned, mine")
    )
    rows = [(translate("Renewal", "Signed by"), who, "text" if signed else "warn")]
    rows.append((translate("Renewal", "Name"), pack.name, "text"))
    if signed:
        rows.append((translate("Renewal", "Number"), str(pack.counter), "text"))
    for label, day, tone in (
        (translate("Renewal", "Valid from"), pack.valid_from, "text"),
        (translate("Renewal", "Review by"), pack.review_by, "text" if state == "good" else "warn"),
        (translate("Renewal", "Expires"), pack.expires, "err" if state == "expired" else "text"),
    ):
        if day is not None:
            rows.append((label, a_date(day, language), tone))
    return rows


def lost_line(lost: Lost, language: Language) -> str:
    """What would no longer be answered, as a line."""
    kinds = {
        "platform": translate("Renewal", "Fees"),
        "destination": translate("Renewal", "Duty and tax"),
        "mode": translate("Renewal", "Import tax"),
        "service": translate("Renewal", "Freight prices"),
    }
    words = (
        translate("Renewal", "{kind}: {name}, nothing known any more (was {before} of {of})")
        if not lost.after
        else translate("Renewal", "{kind}: {name}, {after} of {of} answers known (was {before})")
    )
    return words.format(
        kind=kinds[lost.kind], name=lost.name[language], before=lost.before, after=lost.after, of=lost.of
    )


class FactRow(Struct, frozen=True):
    """A fact that is not the same, in words: one line each for what goes and what comes."""

    key: str
    says: str
    kind: str
    tone: str
    before: str
    after: str
    source: str


def fact_row(proposal: Proposal, found: FactDifference, language: Language) -> FactRow:
    """A difference as a row of the list."""
    kinds = {
        "new": translate("Renewal", "new"),
        "gone": translate("Renewal", "gone"),
        "changed": translate("Renewal", "changed"),
    }
    kind = translate("Renewal", "words") if found.words else kinds[found.kind]
    before = _values(found.before or _held(proposal, found), proposal.old, found.id, language)
    after = _values(found.after, proposal.checked.book, found.id, language)
    if any(found.rows):
        rows = translate("Renewal", "{count} rows")
        before = rows.format(count=found.rows[0]) if found.rows[0] else before
        after = rows.format(count=found.rows[1]) if found.rows[1] else after
    elif found.other and not found.before and not found.after:
        after = ", ".join(found.other)
    sources = found.after or found.before
    source = "; ".join(dict.fromkeys(f"{each.source.publisher}, {each.source.title}" for each in sources))
    tone = "warn" if found.kind == "gone" else "text2" if found.words else "text"
    return FactRow(found.id, found.says[language], kind, tone, before, after, source)


def _held(proposal: Proposal, found: FactDifference) -> tuple[Stated, ...]:
    """The value that a later one takes over from: it stays in the history, and is what was read until then."""
    if found.kind != "changed" or not found.after:
        return ()
    day = min(each.value.start.first for each in found.after)
    value = proposal.old.fact(found.id).at(day)
    if value is None:
        return ()
    from desktop.engine.renewal import Stated

    return (Stated(value, proposal.old.source(value.source)),)


def _values(stated: Sequence[Stated], book: RuleBook, fact_id: str, language: Language) -> str:
    if not stated:
        return ""
    fact = book.fact(fact_id)
    words = []
    for each in stated:
        none = each.value.raw is None
        shown = (
            translate("Renewal", "ends") if none else value_text(fact, each.value, book, language, LONGEST)
        )
        words.append(f"{a_day(each.value.start, language)}: {shown}")
    return "; ".join(words) if language == "en" else "；".join(words)


def found_facts(proposal: Proposal, typed: str) -> tuple[FactDifference, ...]:
    """The differences in whose id or words every typed word stands, in either language."""
    words = folded(typed).split()
    if not words:
        return proposal.facts
    return tuple(
        each
        for each in proposal.facts
        if all(word in folded(f"{each.id} {each.says.en} {each.says.zh}") for word in words)
    )


def counts_line(proposal: Proposal) -> str:
    """How many facts, in words; what there is none of is left out."""
    facts = proposal.facts
    counts = (
        (translate("Renewal", "{count} gone"), sum(each.kind == "gone" for each in facts)),
        (
            translate("Renewal", "{count} changed"),
            sum(each.kind == "changed" and not each.words for each in facts),
        ),
        (translate("Renewal", "{count} new"), sum(each.kind == "new" for each in facts)),
        (translate("Renewal", "{count} in their words only"), sum(each.words for each in facts)),
    )
    return " · ".join(words.format(count=f"{count:,}") for words, count in counts if count)


def pack_words(pack: Pack) -> Text:
    """A pack as the menu and sentences name it."""
    if pack.trust == "shipped":
        return Text("the program’s own rules", "程序自带的规则")
    if pack.trust == "mine":
        return Text(f"{pack.name} (unsigned, mine)", f"{pack.name}（未签名，自用）")
    return Text(pack.name, pack.name)
