"""What changed: one case on two days, option by option and line by line, with the facts that moved.

Both days are answered by the same engine; nothing is estimated here. A line is compared with the line of the same id.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from datetime import date

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.facts import Reading, RuleBook
from desktop.core.questions import Questions
from desktop.core.result import Advice, Line, Option, Quote, distinct
from desktop.core.text import EMPTY, Text
from desktop.engine.advice import evaluating, run_out

PRICED = ("platforms", "import_modes")
"""Choices whose options carry a whole quote."""
LANES = ("platforms", "logistics")
CHOICES = ("markets", "platforms", "logistics", "import_modes", "import_platforms", "cities")


class FactChange(Struct, frozen=True):
    """Facts behind one line that are not the same on both days: what was read then and what is read now."""

    before: tuple[Reading, ...]
    after: tuple[Reading, ...]


class LineChange(Struct, frozen=True):
    """One line on both days, in minor units of `currency`; None where it was not known or not there.

    `there` says on which of the days the line stood at all; `moved` is empty where the same values were read.
    """

    id: str
    label: Text
    series: str
    payer: str
    currency: str
    before: int | None
    after: int | None
    there: tuple[bool, bool]
    moved: FactChange | None

    @property
    def difference(self) -> int | None:
        """How much more the line costs now; a line that was not there cost nothing, one not known has no difference."""
        before = self.before if self.there[0] else 0
        after = self.after if self.there[1] else 0
        return None if before is None or after is None else after - before

    @property
    def same(self) -> bool:
        """Nothing moved: the same amount, known or not, from the same values."""
        return self.before == self.after and self.there[0] == self.there[1] and self.moved is None


class OptionChange(Struct, frozen=True):
    """One option on both days: its place, whether it was closed, and its lines where it is priced."""

    choice: str
    id: str
    name: Text
    before: Option | None
    after: Option | None
    lines: tuple[LineChange, ...] = ()

    @property
    def ranks(self) -> tuple[int | None, int | None]:
        return (self.before.rank if self.before else None, self.after.rank if self.after else None)

    @property
    def nets(self) -> tuple[Quote | None, Quote | None]:
        return (self.before.quote if self.before else None, self.after.quote if self.after else None)

    @property
    def same(self) -> bool:
        return self.ranks[0] == self.ranks[1] and all(line.same for line in self.lines)


class Changes(Struct, frozen=True):
    """A case on two days."""

    before: Advice
    after: Advice
    options: tuple[OptionChange, ...]
    market: Text = EMPTY
    """Where platforms and services are compared."""

    def of(self, choice: str) -> tuple[OptionChange, ...]:
        return tuple(option for option in self.options if option.choice == choice)

    def option(self, choice: str, option_id: str) -> OptionChange | None:
        return next((o for o in self.options if o.choice == choice and o.id == option_id), None)

    @property
    def moved(self) -> tuple[FactChange, ...]:
        """Each fact that moved behind any line, once."""
        found = {
            (tuple(r.id for r in line.moved.before), tuple(r.id for r in line.moved.after)): line.moved
            for option in self.options
            for line in option.lines
            if line.moved is not None
        }
        return tuple(found.values())


def compare(
    case: Case,
    before: date,
    after: date,
    book: RuleBook,
    today: date,
    questions: Questions,
    old_book: RuleBook | None = None,
) -> Changes:
    """One case on two days; `old_book` answers the earlier one where two rule books are compared.

    Platforms and services are compared in one market: the first of the later day. Where another came first then, the
    earlier day is asked once more for that market alone, so that a lane is held against the same lane.
    """
    return run_out(comparing(case, before, after, book, today, questions, old_book))


def comparing(
    case: Case,
    before: date,
    after: date,
    book: RuleBook,
    today: date,
    questions: Questions,
    old_book: RuleBook | None = None,
) -> Generator[None, None, Changes]:
    """The same in stages: who waits may do something else between them."""
    then = yield from evaluating(case.on(before), old_book or book, today, questions)
    yield
    now = yield from evaluating(case.on(after), book, today, questions)
    lanes, market = then, now.markets.first
    if market is not None and (then.markets.first is None or then.markets.first.id != market.id):
        there, _ = case.set(questions, "destinations", [market.id])
        yield
        lanes = yield from evaluating(there.on(before), old_book or book, today, questions)
    options = [
        change for choice in CHOICES for change in _options(choice, lanes if choice in LANES else then, now)
    ]
    return Changes(then, now, tuple(options), market.name if market else EMPTY)


def _options(choice: str, then: Advice, now: Advice) -> Iterable[OptionChange]:
    """The options of a choice in today's order, then those that are only of the earlier day."""
    first, second = then.ranking(choice), now.ranking(choice)
    ids = dict.fromkeys(option.id for option in (*second.options, *first.options))
    for option_id in ids:
        old, new = first.option(option_id), second.option(option_id)
        known = new or old
        assert known is not None
        lines = _lines(old, new) if choice in PRICED else ()
        yield OptionChange(choice, option_id, known.name, old, new, lines)


def _lines(old: Option | None, new: Option | None) -> tuple[LineChange, ...]:
    before = _by_id(old.quote if old else None)
    after = _by_id(new.quote if new else None)
    return tuple(_line(before.get(i), after.get(i)) for i in dict.fromkeys((*after, *before)))


def _by_id(quote: Quote | None) -> dict[str, Line]:
    return {line.id: line for line in quote.lines} if quote is not None else {}


def _line(before: Line | None, after: Line | None) -> LineChange:
    known = after or before
    assert known is not None
    return LineChange(
        known.id,
        known.label,
        known.series,
        known.payer,
        known.currency,
        before.amount if before else None,
        after.amount if after else None,
        (before is not None, after is not None),
        _moved(before.readings if before else (), after.readings if after else ()),
    )


def _moved(before: Sequence[Reading], after: Sequence[Reading]) -> FactChange | None:
    """Readings that are only of one of the days, by fact and value; exchange rates and all."""
    old = {(r.id, str(r.raw)) for r in before}
    new = {(r.id, str(r.raw)) for r in after}
    gone = distinct(r for r in before if (r.id, str(r.raw)) not in new)
    come = distinct(r for r in after if (r.id, str(r.raw)) not in old)
    return FactChange(gone, come) if gone or come else None
