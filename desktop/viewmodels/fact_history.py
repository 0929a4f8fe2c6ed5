"""The history of a fact as steps: periods with their values, and the same as data for a chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from desktop.core.dates import Day
from desktop.core.facts import Fact, RuleBook, Value
from desktop.core.money import decimal_of
from desktop.core.text import Language, Text
from desktop.viewmodels.fact_words import (
    bands,
    is_number,
    is_range,
    kind_of,
    measure,
    tiers_of,
    unit_of,
)
from desktop.viewmodels.values import chinese_scale
from desktop.viewmodels.wording import a_date, a_day

translate = QCoreApplication.translate

State = Literal["past", "now", "later"]
YEAR = timedelta(days=365)
BEFORE = 4
"""What is unknown before the first value takes a fourth of the known time, at least a year."""


# ---------------------------------------------------------------------- periods
class Period(Struct, frozen=True):
    """One value with the days that it holds for; `until` is the last of them, None where it still holds.

    `value.raw` is None where it is said that nothing is known in this time.
    """

    value: Value
    start: Day
    until: Day | None
    state: State

    @property
    def known(self) -> bool:
        return self.value.raw is not None


def periods(fact: Fact, on: date) -> tuple[Period, ...]:
    """All values in order, each until the day before the next one starts."""
    found = []
    for at, value in enumerate(fact.values):
        after = fact.values[at + 1].start if at + 1 < len(fact.values) else None
        start = value.start.first
        state: State = "now" if start <= on and (after is None or on < after.first) else "past"
        if start > on:
            state = "later"
        found.append(Period(value, value.start, day_before(after) if after else None, state))
    return tuple(found)


def day_before(day: Day) -> Day:
    """The last day before one, no more precise than it: before Apr 2024 is Mar 2024, before 2024 is 2023."""
    return Day(day.first - timedelta(days=1), day.precision)


# ---------------------------------------------------------------------- chart data
class Piece(Struct, frozen=True):
    """One level from a day to a day. `high` where it is a range; `main` is drawn in the one strong colour."""

    key: str
    line: int
    start: date
    end: date
    value: Decimal
    high: Decimal | None = None
    label: str = ""
    band: str = ""
    said: str = ""
    main: bool = True
    seen: bool = False
    later: bool = False
    doubted: bool = False


class Gap(Struct, frozen=True):
    """A time for which nothing is known, with the words for it."""

    start: date
    end: date
    words: str


class Cross(Struct, frozen=True):
    """A printed value that we doubt; `likely` is what it should probably read, where it has the same unit."""

    key: str
    day: date
    value: Decimal
    label: str
    likely: Decimal | None = None
    likely_label: str = ""


class HistoryData(Struct, frozen=True):
    """A fact over time. `day` is the chosen day, at which the axis ends where something was known before."""

    start: date = date(2015, 1, 1)
    end: date = date(2015, 1, 2)
    day: date = date(2015, 1, 2)
    day_label: str = ""
    language: Language = "en"
    unit: str = ""
    percent: bool = False
    pieces: tuple[Piece, ...] = ()
    gaps: tuple[Gap, ...] = ()
    crosses: tuple[Cross, ...] = ()
    typed: Decimal | None = None
    typed_label: str = ""

    def __bool__(self) -> bool:
        return bool(self.pieces)

    @property
    def low(self) -> Decimal:
        """The lower end of the values; never above zero."""
        return min([Decimal(0), *self._values])

    @property
    def high(self) -> Decimal:
        return max([Decimal(0), *self._values])

    @property
    def _values(self) -> list[Decimal]:
        found = [piece.value for piece in self.pieces] + [p.high for p in self.pieces if p.high is not None]
        found += [cross.value for cross in self.crosses]
        found += [cross.likely for cross in self.crosses if cross.likely is not None]
        return found + ([self.typed] if self.typed is not None else [])

    @property
    def flat(self) -> bool:
        """One level and nothing else: it needs little height."""
        levels = {(piece.value, piece.high) for piece in self.pieces}
        return len(levels) <= 1 and not self.crosses and self.typed is None


def is_charted(book: RuleBook, fact: Fact) -> bool:
    """Whether the known values of a fact are numbers, ranges or tiers, so that they can stand over time."""
    known = [value for value in fact.values if value.raw is not None]
    kind = kind_of(book, fact)
    return bool(known) and all(
        tiers_of(fact, v) or is_range(v.raw) or (is_number(v.raw) and kind == "number") for v in known
    )


def history(
    book: RuleBook, fact: Fact, on: date, language: Language, typed: str | None = None
) -> HistoryData:
    """The chart of a fact: its values as steps from the first known day to the chosen one."""
    if not is_charted(book, fact):
        return HistoryData()
    unit = unit_of(book, fact)
    times, name = chinese_scale(unit[language])
    first = fact.values[0].start.first
    start, end = _axis(first, on)
    found = periods(fact, on)
    pieces = [
        piece for at, period in enumerate(found) for piece in _pieces(fact, period, at, end, unit, language)
    ]
    data = HistoryData(
        start=start,
        end=end,
        day=on,
        day_label=a_date(on, language),
        language=language,
        unit=name,
        percent=unit.en.startswith("%"),
        pieces=tuple(pieces),
        gaps=tuple(_gaps(found, start, end, language)),
        crosses=tuple(_crosses(book, fact, end, unit, language)),
    )
    number = _typed_number(typed)
    if number is None:
        return data
    words = translate("RuleBook", "{value} typed")
    shown = measure(number, unit, language, short=True)
    return replace(data, typed=number * times, typed_label=words.format(value=shown))


def _typed_number(typed: str | None) -> Decimal | None:
    try:
        return None if typed is None else decimal_of(typed)
    except ValueError:
        return None


def _axis(first: date, on: date) -> tuple[date, date]:
    """From some time before the first value to the chosen day; where nothing was known by then, past the first value."""
    if on < first:
        room = max((first - on) / BEFORE, YEAR)
        return on - room / 2, first + room
    return first - max((on - first) / BEFORE, YEAR), on


def _pieces(fact: Fact, period: Period, at: int, end: date, unit: Text, language: Language) -> list[Piece]:
    """The levels of one value, up to the end of the axis."""
    start = period.start.first
    last = min(end, period.until.first + timedelta(days=1) if period.until else end)
    if not period.known or start > end:
        return []
    times, _ = chinese_scale(unit[language])
    # what all levels of the value share; each is this one with its own amount
    level = Piece(
        key=str(at),
        line=0,
        start=start,
        end=max(last, start),
        value=Decimal(0),
        said=period_words(period, language),
        seen=period.value.observed,
        later=period.state == "later",
        doubted=is_doubted(fact, at),
    )
    tiers, raw = tiers_of(fact, period.value), period.value.raw
    if tiers:
        return [
            replace(
                level,
                key=f"{at}/{i}",
                line=i,
                value=tier.value * times,
                label=measure(tier.value, unit, language, short=True),
                band=name,
                main=i == len(tiers) - 1,
            )
            for i, (tier, name) in enumerate(zip(tiers, bands(tiers), strict=True))
        ]
    if is_range(raw):
        low, high = Decimal(raw["low"]), Decimal(raw["high"])
        label = measure(low, unit, language, high, short=True)
        return [replace(level, value=low * times, high=high * times, label=label)]
    number = Decimal(raw)
    return [replace(level, value=number * times, label=measure(number, unit, language, short=True))]


def is_doubted(fact: Fact, at: int) -> bool:
    """Whether a value is the printed one that a doubt is about: a correction stands beside it, or it is the first."""
    if fact.values[at].corrected:
        return True
    return bool(fact.doubts) and at == 0 and not any(value.corrected for value in fact.values)


def _gaps(found: Sequence[Period], start: date, end: date, language: Language) -> list[Gap]:
    """Before the first value, and wherever a value was ended."""
    first = found[0].start
    words = translate("RuleBook", "unknown before {day}").format(day=a_day(first, language))
    gaps = [Gap(start, min(first.first, end), words)]
    for period in found:
        begins = period.start.first
        if period.known or begins >= end:
            continue
        words = translate("RuleBook", "unknown from {day}").format(day=a_day(period.start, language))
        ends = min(end, period.until.first + timedelta(days=1)) if period.until else end
        gaps.append(Gap(begins, ends, words))
    return gaps


def _crosses(book: RuleBook, fact: Fact, end: date, unit: Text, language: Language) -> list[Cross]:
    """Printed values that we doubt, single numbers only."""
    found = []
    times, _ = chinese_scale(unit[language])
    for at, value in enumerate(fact.values):
        day = value.start.first
        if not is_doubted(fact, at) or not is_number(value.raw) or day > end:
            continue
        printed = Decimal(value.raw)
        shown = measure(printed, unit, language, short=True)
        label = translate("RuleBook", "{value} printed, doubted").format(value=shown)
        likely, likely_label = None, ""
        other = value.corrected or {}
        if is_number(other.get("value")) and other.get("unit", fact.unit) == fact.unit:
            likely = Decimal(other["value"])
            shown = measure(likely, unit, language, short=True)
            likely *= times
            likely_label = translate("RuleBook", "{value} likely").format(value=shown)
        found.append(Cross(f"doubt{at}", day, printed * times, label, likely, likely_label))
    return found


def corrected_words(book: RuleBook, value: Value, language: Language) -> str:
    """What a printed value should probably read, with its own unit; empty where none is named."""
    other = value.corrected
    if not other or not is_number(other.get("value")):
        return ""
    unit = book.unit(other["unit"]) if other.get("unit") in book.units else Text("", "")
    return measure(Decimal(other["value"]), unit, language)


def start_words(period: Period, language: Language) -> str:
    """From when a value holds; a day on which it was seen in force says so."""
    day = a_day(period.start, language)
    return (
        translate("RuleBook", "{day}, seen").format(day=day)
        if period.value.observed and period.known
        else day
    )


def until_words(period: Period, language: Language) -> str:
    if period.until is None:
        return translate("RuleBook", "still") if period.state == "now" else ""
    return a_day(period.until, language)


def period_words(period: Period, language: Language) -> str:
    """The days of a value in one phrase."""
    start, until = a_day(period.start, language), until_words(period, language)
    if period.until is None:
        words = translate("RuleBook", "from {start}").format(start=start)
    else:
        words = translate("RuleBook", "{start} to {until}").format(start=start, until=until)
    seen = period.value.observed and period.known
    return words + translate("RuleBook", " (seen in force)") if seen else words


def time_ticks(data: HistoryData, width: float, room: int = 64) -> list[tuple[date, str]]:
    """Years, or months where the time is short, as many as have room in a width of pixels."""
    start, end = data.start, data.end
    most = max(2, int(width / room))
    years = (end - start).days / 365
    if years > 2:
        step = next((step for step in (1, 2, 5, 10, 20, 50) if years / step <= most), 100)
        first = -(-start.year // step) * step
        days = [date(year, 1, 1) for year in range(first, end.year + 1, step)]
        return [(day, str(day.year)) for day in days if start <= day <= end]
    step = next(step for step in (1, 2, 3, 6, 12) if years * 12 / step <= most or step == 12)
    months = range(start.year * 12, end.year * 12 + 12, step)
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    return [(day, a_day(Day(day, "month"), data.language)) for day in days if start <= day <= end]
