"""The import mode page as plain rows: tax on two days, ranked modes, tax rates then and now, what changed, cities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.facts import Fact, Reading, RuleBook, Unknown, Value, View
from desktop.core.money import major
from desktop.core.result import Advice, Option, Quote, Ranking, distinct
from desktop.core.text import Language, Text, text_of
from desktop.viewmodels.series.dots import DotsData, DotsRow
from desktop.viewmodels.values import value_text
from desktop.viewmodels.why import (
    STEP,
    WhySubject,
    doubt_line,
    why_closed,
    why_criterion,
    why_option,
    why_quote,
    why_reading,
    why_reasons,
)
from desktop.viewmodels.wording import MINUS, a_date, a_day, amount, days, figure, number, percent

if TYPE_CHECKING:
    from desktop.engine.import_tax import TaxRow

translate = QCoreApplication.translate

KINDS = ("duty", "vat", "consumption", "consumption-high-end", "postal", "postal-high-end")
"""The rates of the table in their order."""
THEN = "/then"
"""End of a mark's key that means the earlier of the two days."""


# ---------------------------------------------------------------------- rows
class Tax(Struct, frozen=True):
    """The tax on one order by one mode on one day: `value` is None where it cannot be said."""

    value: Decimal | None
    shown: str
    note: str = ""


class ModeRow(Struct, frozen=True):
    """One ranked mode. `tip` names its customs code in full; `asks` is what it asks of the seller."""

    key: str
    rank: str
    name: str
    code: str
    value: str
    tax: str
    share: str
    days: str
    score: str
    asks: str
    tip: str
    unknown: bool
    first: bool


class ModeDetail(Struct, frozen=True):
    """What stands below the table for the mode in focus."""

    title: str
    asks: tuple[str, ...]
    mind: tuple[str, ...]
    unknown: tuple[str, ...]


class RateCell(Struct, frozen=True):
    """A rate on one day, "?" with the reason as `tip` where it is not known."""

    shown: str
    tip: str
    known: bool


class RateRow(Struct, frozen=True):
    """One tax rate of the category on both days. `key` is the fact behind it."""

    key: str
    name: str
    then: RateCell
    now: RateCell
    since: str
    changed: bool
    doubts: tuple[str, ...]
    weak: bool


class ChangeRow(Struct, frozen=True):
    """One start of a value between the two days; `key` is fact id and start."""

    key: str
    day: str
    what: str
    step: str
    reading: Reading | None
    fact: Fact


class CityRow(Struct, frozen=True):
    """One city with the modes it offers and its strongest reason."""

    key: str
    rank: str
    name: str
    modes: str
    known: bool
    score: str
    reason: str
    doubts: tuple[str, ...]


# ---------------------------------------------------------------------- the two days
def two_days(day: date, today: date, report: date) -> tuple[date, date]:
    """The days that are compared, the earlier first: that of the report and the one in force (or today's)."""
    other = today if day == report else report
    return min(day, other), max(day, other)


def first_quote(ranking: Ranking) -> Quote | None:
    """The quote of the first mode that has one: its value is the order that is taxed."""
    return next(
        (o.quote for o in ranking.options if o.quote is not None and o.id != "general-trade"), None
    ) or next((o.quote for o in ranking.options if o.quote is not None), None)


def lead(advice: Advice, city: str, language: Language) -> str:
    """The sentence below the title: which order, to where."""
    quote = first_quote(advice.import_modes)
    if quote is None:
        return translate(
            "ImportModePage", "Modes are ranked without their tax, because no list price is given."
        )
    value = f"{amount(quote.price, quote.currency)} {quote.currency}"
    if city:
        sentence = translate("ImportModePage", "One order: customs value {value}, to a buyer in {city}.")
        return sentence.format(value=value, city=city)
    sentence = translate("ImportModePage", "One order: customs value {value}. No city of entry is chosen.")
    return sentence.format(value=value)


def tax_of(option: Option | None) -> Tax:
    """The tax as a figure for the chart, without its note."""
    quote = option.quote if option else None
    if option is None or quote is None or not quote.complete or option.details.get("outcome") == "refused":
        return Tax(None, "?")
    return Tax(major(quote.cost, quote.currency), amount(quote.cost, quote.currency))


def tax_note(option: Option | None, day: str, language: Language) -> str:
    """Why the tax of a day is nothing, full, or not known; empty where it is taxed as usual."""
    if option is None:
        return translate("ImportModePage", "{day}: not in the rules").format(day=day)
    outcome, quote = option.details.get("outcome"), option.quote
    if outcome == "refused":
        return translate("ImportModePage", "{day}: refused").format(day=day)
    if quote is None or not quote.complete:
        unknown = (quote.unknown if quote else ()) or option.unknown
        why = (
            unknown[0].why[language]
            if unknown
            else translate("ImportModePage", "the value of the order is not known")
        )
        return translate("ImportModePage", "{day}: cannot say, {why}").format(day=day, why=why)
    if outcome == "waived":
        # the limit is the last input of the line that it waives
        limit = next((line.data[-1].value for line in quote.lines if line.data), "?")
        return translate("ImportModePage", "{day}: waived up to {limit}").format(day=day, limit=limit)
    if outcome == "general-trade":
        return translate("ImportModePage", "{day}: over the limit, full taxes").format(day=day)
    return ""


def dots_data(shown: Advice, other: Advice | None, span: tuple[date, date], language: Language) -> DotsData:
    """Tax on one order by mode; with `other`, the same case with the rules of the other day."""
    then, now = (a_date(day, language) for day in span)
    brief = (str(span[0].year), str(span[1].year)) if span[0].year != span[1].year else (then, now)
    quote = first_quote(shown.import_modes) or (first_quote(other.import_modes) if other else None)
    if quote is None:
        return DotsData()
    title = translate("ImportModePage", "Tax on the order, {currency}").format(currency=quote.currency)
    if other is None:
        rows = tuple(
            _one_day(option, a_date(shown.as_of, language), language) for option in shown.import_modes.options
        )
        return DotsData(rows, title, "", a_date(shown.as_of, language), "")
    early, late = (shown, other) if shown.as_of <= other.as_of else (other, shown)
    rows = tuple(
        _two_day_row(option, early.import_modes, late.import_modes, brief, language)
        for option in shown.import_modes.options
    )
    return DotsData(rows, title, then, now, translate("ImportModePage", "Change"))


def cannot_say(data: DotsData) -> tuple[str, ...]:
    """Why a ring or a dot is missing, each reason once: in a narrow chart its note finds no room."""
    one = not data.then_name
    notes = [row.note for row in data.rows if row.now is None or (row.then is None and not one)]
    return tuple(dict.fromkeys(note for note in notes if note))


def _one_day(option: Option, day: str, language: Language) -> DotsRow:
    tax = tax_of(option)
    return DotsRow(
        option.id, option.name[language], None, tax.value, "", tax.shown, short_code(option),
        tax_note(option, day, language), "", option.excluded is not None,
    )  # fmt: skip


def _two_day_row(
    option: Option, early: Ranking, late: Ranking, brief: tuple[str, str], language: Language
) -> DotsRow:
    before, after = early.option(option.id), late.option(option.id)
    was, is_ = tax_of(before), tax_of(after)
    notes = (tax_note(before, brief[0], language), tax_note(after, brief[1], language))
    return DotsRow(
        option.id, option.name[language], was.value, is_.value, was.shown, is_.shown, short_code(option),
        " · ".join(note for note in notes if note), difference(was.value, is_.value), option.excluded is not None,
    )  # fmt: skip


def difference(was: Decimal | None, now: Decimal | None) -> str:
    """+34.58, −15.96, 0.00; "?" where one of the two is not known."""
    if was is None or now is None:
        return "?"
    change = now - was
    sign = "+" if change > 0 else MINUS if change < 0 else ""
    return f"{sign}{figure(abs(change), 2)}"


def _code(option: Option, language: Language) -> str:
    """The customs code of a mode, or the words that stand in its place."""
    found = option.details.get("code")
    return found[language] if isinstance(found, Text) else ""


def short_code(option: Option) -> str:
    """The customs code where it is a number: what fits on an axis."""
    code = _code(option, "en")
    begin = code.split(" ")[0]
    return begin if begin.isdigit() else ""


# ---------------------------------------------------------------------- the ranked table
def mode_rows(ranking: Ranking, language: Language) -> tuple[ModeRow, ...]:
    """The ranked modes, then those of which nothing can be said. Closed ones stand in a list of their own."""
    cannot = [option for option in ranking.options if option.rank is None and option.excluded is None]
    return tuple(_mode_row(option, language) for option in (*ranking.ranked, *cannot))


def values_differ(ranking: Ranking) -> bool:
    """Whether the modes tax different values (general trade the import value, the others the retail price)."""
    return len({option.quote.price for option in ranking.options if option.quote is not None}) > 1


def short_names(ranking: Ranking, book: RuleBook, language: Language) -> tuple[tuple[str, str], ...]:
    """The modes by id, with their short names where the rules have one: heads of narrow columns."""
    rules: Any = book.rules.get("import_modes", {})
    modes = rules.get("modes") if isinstance(rules, Mapping) else None
    found: Mapping[str, Any] = modes if isinstance(modes, Mapping) else {}
    return tuple(
        (option.id, text_of(found.get(option.id, {}).get("short"))[language] or option.name[language])
        for option in ranking.options
    )


def _mode_row(option: Option, language: Language) -> ModeRow:
    quote = option.quote
    shown, share, unknown = _tax_cells(option)
    code = _code(option, language)
    asks = asks_of(option, language)
    return ModeRow(
        key=option.id,
        rank=str(option.rank) if option.rank else "?",
        name=option.name[language],
        code=short_code(option),
        value=amount(quote.price, quote.currency) if quote else "?",
        tax=shown,
        share=share,
        days=days(*option.days, language) if option.days else "?",
        score="?" if option.score is None else str(option.score),
        asks="；".join(asks) if language == "zh" else "; ".join(asks),
        tip=translate("ImportModePage", "Customs code: {code}").format(code=code) if code else "",
        unknown=unknown,
        first=option.rank == 1,
    )


def _tax_cells(option: Option) -> tuple[str, str, bool]:
    """The tax as shown, its share of the value, and whether a part of it is unknown."""
    quote = option.quote
    if quote is None:
        return "?", "", True
    if quote.complete:
        share = Decimal(quote.cost) * 100 / quote.price if quote.price > 0 else None
        return amount(quote.cost, quote.currency), percent(share), False
    if quote.cost > 0:
        known = amount(quote.cost, quote.currency)
        return translate("ImportModePage", "at least {amount}").format(amount=known), "", True
    return "?", "", True


def asks_of(option: Option, language: Language) -> tuple[str, ...]:
    """What a mode asks of the seller: one sentence or several."""
    return _said(option.details.get("asks"), language)


def _said(found: object, language: Language) -> tuple[str, ...]:
    """Texts of an option's details, one or several, in the language."""
    if isinstance(found, Text):
        return (found[language],) if found else ()
    if isinstance(found, Sequence) and not isinstance(found, str):
        return tuple(text[language] for text in found if isinstance(text, Text) and text)
    return ()


def mode_detail(option: Option | None, language: Language) -> ModeDetail | None:
    """Everything that a mode asks, is warned of and leaves unknown, in full."""
    if option is None:
        return None
    code = _code(option, language)
    title = (
        f"{option.name[language]} · {code}" if short_code(option) == code and code else option.name[language]
    )
    unknown = tuple(dict.fromkeys(each.why[language] for each in option.unknown))
    return ModeDetail(
        title, asks_of(option, language), _said(option.details.get("warnings"), language), unknown
    )


# ---------------------------------------------------------------------- rates then and now
def rate_rows(then: View, now: View, category: str, language: Language) -> tuple[RateRow, ...]:
    """Duty, VAT, consumption and postal tax of a category on both days, with the doubts of the facts."""
    from desktop.engine.import_tax import tax_table

    before = {row.kind: row for row in tax_table(then, category)}
    after = {row.kind: row for row in tax_table(now, category)}
    # a rate that a day does not have (high-end goods taxed apart) stays empty there: the other day's is not its own
    kinds = sorted({*before, *after}, key=KINDS.index)
    return tuple(_rate_row(before.get(kind), after.get(kind), now.book, language) for kind in kinds)


def _rate_row(was: TaxRow | None, row: TaxRow | None, book: RuleBook, language: Language) -> RateRow:
    either = row or was
    assert either is not None
    early, late = _rate_cell(was, language), _rate_cell(row, language)
    readings = [each.found for each in (row, was) if each is not None and isinstance(each.found, Reading)]
    unknown = either.found.fact if isinstance(either.found, Unknown) else None
    return RateRow(
        key=readings[0].id if readings else unknown or either.kind,
        name=either.label[language],
        then=early,
        now=late,
        since=since(row.found, language) if row is not None and isinstance(row.found, Reading) else "",
        changed=early.shown != late.shown,
        doubts=_doubts(book, readings[0].fact if readings else None, language),
        weak=any(not found.typed and found.value.confidence == "low" for found in readings),
    )


def _rate_cell(row: TaxRow | None, language: Language) -> RateCell:
    if row is None:
        return RateCell("–", translate("ImportModePage", "Not taxed apart on this day."), True)
    found, low, high = row.found, row.low, row.high
    if isinstance(found, Unknown):
        return RateCell("?", found.why[language], False)
    assert low is not None
    assert high is not None
    shown = number(low) if low == high else f"{number(low)}–{number(high)}"
    tip = found.fact.says[language] + (f"\n{found.value.note[language]}" if found.value.note else "")
    return RateCell(f"{shown}%", tip, True)


def since(reading: Reading, language: Language) -> str:
    """The start of a value; one that was only seen in force says so."""
    if reading.typed:
        return translate("ImportModePage", "typed")
    start = a_day(reading.value.start, language)
    return translate("ImportModePage", "seen {day}").format(day=start) if reading.value.observed else start


def _doubts(book: RuleBook, fact: Fact | None, language: Language) -> tuple[str, ...]:
    return _lines(book, fact.doubts, language) if fact else ()


def _lines(book: RuleBook, doubts: Iterable[str], language: Language) -> tuple[str, ...]:
    """Doubts in a sentence each."""
    return tuple(doubt_line(book.doubt(key), language) for key in doubts if key in book.doubts_data)


# ---------------------------------------------------------------------- what changed between the two days
def change_rows(
    book: RuleBook, facts: Iterable[str], span: tuple[date, date], language: Language
) -> tuple[ChangeRow, ...]:
    """Each start of another value of these facts after the first day, up to the second, oldest first."""
    found: list[tuple[date, ChangeRow]] = []
    for fact_id in dict.fromkeys(facts):
        if fact_id not in book:
            continue
        fact = book.fact(fact_id)
        before = fact.at(span[0])
        for value in fact.values:
            if not span[0] < value.start.first <= span[1]:
                continue
            if (before.raw if before else None) != value.raw:
                found.append((value.start.first, _change_row(book, fact, before, value, language)))
            before = value
    found.sort(key=lambda item: item[0])
    return tuple(row for _, row in found)


def _change_row(
    book: RuleBook, fact: Fact, before: Value | None, value: Value, language: Language
) -> ChangeRow:
    # where a value ends, the one that ended is explained: its history shows the end
    told = value if value.raw is not None else before
    reading = (
        Reading(fact, told, book.source(told.source)) if told is not None and told.raw is not None else None
    )
    start = a_day(value.start, language)
    if value.observed:
        start = translate("ImportModePage", "seen {day}").format(day=start)
    old = _held_text(book, fact, before, language)
    new = _held_text(book, fact, value, language)
    step = f"{old} → {new}" if old else new
    return ChangeRow(f"{fact.id}@{value.start}", start, fact.says[language], step, reading, fact)


def _held_text(book: RuleBook, fact: Fact, value: Value | None, language: Language) -> str:
    if value is None:
        return ""
    if value.raw is None:
        return translate("ImportModePage", "not known")
    return value_text(fact, value, book, language, STEP)


def changing_facts(rates: Sequence[RateRow], *rankings: Ranking) -> tuple[str, ...]:
    """The facts whose history is listed: those of the table, then those behind the tax of the modes."""
    quotes = [option.quote for ranking in rankings for option in ranking.options if option.quote is not None]
    lines = [line for quote in quotes for line in quote.lines]
    readings = distinct(reading for line in lines for reading in line.readings)
    return tuple(dict.fromkeys((*(row.key for row in rates), *(reading.id for reading in readings))))


# ---------------------------------------------------------------------- cities
def city_rows(advice: Advice, view: View, language: Language) -> tuple[CityRow, ...]:
    """The cities in order with the modes they offer on the day; closed ones stand in a list of their own."""
    names = dict(short_names(advice.import_modes, view.book, language))
    options = [option for option in advice.cities.options if option.excluded is None]
    return tuple(_city_row(option, names, view, language) for option in options)


def _city_row(option: Option, names: Mapping[str, str], view: View, language: Language) -> CityRow:
    modes, known = city_modes(option, names, _whole(view, option.id), language)
    reasons = [reason for reason in option.reasons if reason.points > 0] or list(option.reasons)
    strongest = max(reasons, key=lambda reason: reason.points, default=None)
    doubted = {key for reason in option.reasons if reason.reading for key in reason.reading.fact.doubts}
    return CityRow(
        key=option.id,
        rank=str(option.rank) if option.rank else "?",
        name=option.name[language],
        modes=modes,
        known=known,
        score="?" if option.score is None else str(option.score),
        reason=strongest.text[language] if strongest else "",
        doubts=_lines(view.book, sorted(doubted), language),
    )


def city_modes(option: Option, names: Mapping[str, str], whole: bool, language: Language) -> tuple[str, bool]:
    """The modes of a city in words, and whether all of them are known."""
    found = option.details.get("modes")
    if not isinstance(found, Sequence) or isinstance(found, str) or (not found and not whole):
        return translate("ImportModePage", "not known"), False
    order = list(names)
    listed = sorted(found, key=lambda mode: order.index(mode) if mode in order else len(order))
    shown = ("、" if language == "zh" else ", ").join(names.get(mode, str(mode)) for mode in listed)
    if not whole:
        return translate("ImportModePage", "{modes}; others not known").format(modes=shown), False
    return shown or translate("ImportModePage", "none"), True


def _whole(view: View, city: str) -> bool:
    """Whether the list of a city's modes is whole on the day; where the rules do not say, it is taken as it stands."""
    rules: Any = view.book.rules.get("import_modes", {})
    cities = rules.get("cities") if isinstance(rules, Mapping) else None
    found = cities.get(city) if isinstance(cities, Mapping) else None
    period = view.in_force(found["offers"]) if found and "offers" in found else None
    return bool(period.get("complete", True)) if period is not None else True


# ---------------------------------------------------------------------- why
def why_mode(advice: Advice, key: str, part: str, day: Text) -> WhySubject | None:
    """The explanation behind a mode's figure: `tax` (its quote), `days`, `score`, or a criterion `mode:criterion`."""
    option_id, _, criterion_id = key.partition(":")
    option = advice.import_modes.option(option_id)
    if option is None:
        return None
    if part in ("tax", "") and option.quote is not None and not criterion_id:
        name = option.name
        title = Text(f"Tax, {name.en}, {day.en}", f"{name.zh}税款，{day.zh}")
        return why_quote(option.id, title, option.quote)
    if option.excluded is not None:
        return why_closed(option)
    criterion = option.criterion(criterion_id or {"days": "speed"}.get(part, part))
    return why_criterion(option, criterion) if criterion is not None else why_option(option)


def why_city(advice: Advice, key: str, part: str) -> WhySubject | None:
    """The explanation behind a city: its modes (the fact), else its score and reasons."""
    option = advice.cities.option(key)
    if option is None:
        return None
    if option.excluded is not None:
        return why_closed(option)
    offer = option.details.get("offer")
    if part == "modes" and isinstance(offer, Reading):
        return why_reading(offer)
    if part == "reason" and option.reasons:
        title = Text(f"Reasons for {option.name.en}", f"{option.name.zh}的理由")
        return why_reasons(option.id, title, option.reasons)
    return why_option(option)


def why_rate(view: View, fact_id: str) -> WhySubject | None:
    """The fact behind a rate as it stands on the view's day; None where it is not known."""
    found = view.read(fact_id)
    return why_reading(found) if isinstance(found, Reading) else None
