"""What changed for a case between two days, as rows: lines, places and the facts behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.facts import Reading, RuleBook
from desktop.core.result import Quote
from desktop.core.text import Language
from desktop.engine.changes import PRICED, Changes, LineChange, OptionChange
from desktop.viewmodels.case_model import REPORT_DAY
from desktop.viewmodels.values import short_text
from desktop.viewmodels.wording import a_date, a_day, amount

translate = QCoreApplication.translate

SINCE = ("report", "five", "year")
"""How far back the earlier day lies: the day of the report, five years, one year."""
LEAD_FACTS = 4
EXCHANGE = "fx."
TABLES = "rates."


class ChangedLine(Struct, frozen=True):
    """One line of the chosen option: both amounts, the difference as a cost, and what moved."""

    key: str
    name: str
    before: str
    after: str
    difference: str
    tone: str
    moved: str
    strong: bool = False


class Place(Struct, frozen=True):
    """One option's place on both days."""

    key: str
    choice: str
    name: str
    before: str
    after: str
    moved: bool


class MovedFact(Struct, frozen=True):
    """One fact that is not the same on both days; `reading` is what the why panel explains."""

    key: str
    says: str
    before: str
    after: str
    source: str
    reading: Reading


def earlier_day(since: str, later: date) -> date:
    """The earlier day of a comparison; never after the day of the report where that is what is asked."""
    if since == "report":
        return REPORT_DAY
    years = 5 if since == "five" else 1
    try:
        return later.replace(year=later.year - years)
    except ValueError:
        return later.replace(year=later.year - years, day=28)


def days_of(since: str, shown: date, today: date) -> tuple[date, date]:
    """Both days: the day shown and an earlier one; where it is itself the earlier, it is held against today."""
    before = earlier_day(since, shown)
    return (before, shown) if before < shown else (shown, today)


def priced_options(found: Changes, language: Language) -> tuple[tuple[str, str], ...]:
    """Options with lines to compare, as (key, name); the key is choice/id. Those ranked today come first."""
    return tuple(
        (f"{option.choice}/{option.id}", option.name[language])
        for choice in PRICED
        for option in found.of(choice)
        if option.lines
    )


def option_of(found: Changes, key: str) -> OptionChange | None:
    choice, _, option = key.partition("/")
    return found.option(choice, option)


def changed_lines(option: OptionChange, book: RuleBook, language: Language) -> tuple[ChangedLine, ...]:
    """The lines of an option, and what is left of the price or the tax together at the end."""
    rows = [_line(line, book, language) for line in option.lines]
    total = _total(option)
    return (*rows, total) if total is not None else tuple(rows)


def _line(line: LineChange, book: RuleBook, language: Language) -> ChangedLine:
    shown = [
        "–" if not there else "?" if units is None else amount(units, line.currency)
        for units, there in zip((line.before, line.after), line.there, strict=True)
    ]
    name = line.label[language]
    if line.payer == "buyer":
        name = translate("ChangesPage", "{line}, paid by the buyer").format(line=name)
    more = line.difference
    return ChangedLine(
        line.id,
        name,
        shown[0],
        shown[1],
        _signed(more, line.currency),
        _tone(more),
        moved_text(line, book, language),
    )


def _total(option: OptionChange) -> ChangedLine | None:
    before, after = option.nets
    some = after or before
    if some is None:
        return None
    if "mode" in some.lane:
        name = translate("ChangesPage", "Tax together")
        ends = [None if q is None or not q.complete else q.cost for q in (before, after)]
        bounds = [False, False]
    else:
        name = translate("ChangesPage", "Net margin")
        ends = [None if q is None or q.price <= 0 else q.net for q in (before, after)]
        bounds = [q is not None and not q.complete for q in (before, after)]
    shown = [_end(units, bound, some) for units, bound in zip(ends, bounds, strict=True)]
    gap = None if ends[0] is None or ends[1] is None or any(bounds) else ends[1] - ends[0]
    return ChangedLine("net", name, shown[0], shown[1], _signed(gap, some.currency), "", "", strong=True)


def _end(units: int | None, bound: bool, quote: Quote) -> str:
    if units is None:
        return "?"
    return ("≤ " if bound else "") + amount(units, quote.currency)


def _signed(units: int | None, currency: str) -> str:
    if units is None:
        return "?"
    return f"{'+' if units > 0 else ''}{amount(units, currency)}" if units else amount(0, currency)


def _tone(units: int | None) -> str:
    if units is None:
        return "unk"
    return "err" if units > 0 else "accent" if units < 0 else "text2"


# ---------------------------------------------------------------------- facts
def moved_text(line: LineChange, book: RuleBook, language: Language) -> str:
    """What moved behind a line in short: `5% → 5–8%`; exchange rates only where nothing else moved."""
    if line.moved is None:
        return ""
    before, after = (
        " + ".join(_value(r, book, language) for r in _without_rates(side))
        for side in (line.moved.before, line.moved.after)
    )
    if before and after:
        return f"{before} → {after}"
    if after:
        return translate("ChangesPage", "new: {value}").format(value=after)
    if before:
        return translate("ChangesPage", "ended: {value}").format(value=before)
    return translate("ChangesPage", "exchange rate")


def _without_rates(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple(reading for reading in readings if not reading.id.startswith(EXCHANGE))


def _value(reading: Reading, book: RuleBook, language: Language) -> str:
    """A short value; a price list or a rule that is a record by its day."""
    start = a_day(reading.value.start, language)
    if reading.id.startswith(TABLES):
        return translate("ChangesPage", "price list of {day}").format(day=start)
    shown = short_text(reading.fact, reading.value, book, language)
    return shown or translate("ChangesPage", "rule of {day}").format(day=start)


def moved_facts(found: Changes, book: RuleBook, language: Language) -> tuple[MovedFact, ...]:
    """Every fact that moved, once: one that changed its value in one row, one that took another's place in its own."""
    old = _readings(r for moved in found.moved for r in moved.before)
    new = _readings(r for moved in found.moved for r in moved.after)
    rows = []
    for fact_id in dict.fromkeys((*new, *old)):
        before, after = old.get(fact_id), new.get(fact_id)
        some = after or before
        assert some is not None
        rows.append(
            MovedFact(
                fact_id,
                some.fact.says[language],
                _since(before, book, language),
                _since(after, book, language),
                some.source.publisher,
                some,
            )
        )
    # exchange rates last: they move every day
    return tuple(sorted(rows, key=lambda row: row.key.startswith(EXCHANGE)))


def _readings(readings: Iterable[Reading]) -> dict[str, Reading]:
    return {reading.id: reading for reading in readings}


def _since(reading: Reading | None, book: RuleBook, language: Language) -> str:
    if reading is None:
        return "–"
    shown = None if reading.id.startswith(TABLES) else short_text(reading.fact, reading.value, book, language)
    if shown is None:
        return _value(reading, book, language)
    return f"{shown} ({a_day(reading.value.start, language)})"


def places(found: Changes, language: Language) -> tuple[Place, ...]:
    """The options that have a place on one of the days, choice by choice."""
    names = {
        "markets": translate("ChangesPage", "Market"),
        "platforms": translate("ChangesPage", "Platform"),
        "logistics": translate("ChangesPage", "Logistics"),
        "import_modes": translate("ChangesPage", "Import mode"),
        "import_platforms": translate("ChangesPage", "Import platform"),
        "cities": translate("ChangesPage", "City"),
    }
    return tuple(
        Place(
            f"{option.choice}/{option.id}",
            names[option.choice],
            option.name[language],
            _place(option, 0),
            _place(option, 1),
            option.ranks[0] != option.ranks[1],
        )
        for option in found.options
        if any(rank is not None for rank in option.ranks)
    )


def _place(option: OptionChange, side: int) -> str:
    one = (option.before, option.after)[side]
    if one is None:
        return "–"
    if one.excluded is not None:
        return translate("ChangesPage", "closed")
    return "?" if one.rank is None else str(one.rank)


def lead(found: Changes, option: OptionChange | None, book: RuleBook, language: Language) -> str:
    """What moved most for the chosen option, in a sentence."""
    since = a_date(found.before.as_of, language)
    lines: Sequence[LineChange] = option.lines if option else ()
    moved = [
        line
        for line in lines
        if line.moved is not None and _without_rates((*line.moved.before, *line.moved.after))
    ]
    moved.sort(key=lambda line: -abs(line.difference or 0))
    said = [f"{line.label[language]} {moved_text(line, book, language)}" for line in moved[:LEAD_FACTS]]
    if not said:
        return translate("ChangesPage", "Since {day} nothing has moved but exchange rates.").format(day=since)
    joined = ("；" if language == "zh" else "; ").join(said)
    return translate("ChangesPage", "Since {day}: {what}.").format(day=since, what=joined)
