"""One fact as a page shows it: name, today's value, every value with its source, notes, doubts, and where it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.facts import Fact, Reading, RuleBook, Source, Value
from desktop.core.flow import Flow
from desktop.core.result import CHOICES, Advice, Line, Option
from desktop.core.text import Language, Text
from desktop.viewmodels.fact_history import (
    HistoryData,
    Period,
    corrected_words,
    day_before,
    history,
    is_doubted,
    periods,
    start_words,
    until_words,
)
from desktop.viewmodels.fact_words import (
    Content,
    base_words,
    content_of,
    kind_of,
    unit_of,
    value_long,
    value_short,
)
from desktop.viewmodels.rule_book import DayOfBook, short_name
from desktop.viewmodels.values import chinese_scale
from desktop.viewmodels.wording import CONFIDENCE, a_date, a_day, amount, force_line, source_line

translate = QCoreApplication.translate


GENERIC = frozenset({"text", "name", "rule", "period", "date", "month", "list", "map", "table", "mixed"})
"""Units that say only what form a value has; one sees it."""


# ---------------------------------------------------------------------- rows
class ValueRow(Struct, frozen=True):
    """One period: from, until, value, source, trust. `state` is past, now, later, gap or typed."""

    key: str
    start: str
    until: str
    value: str
    source: str
    url: str
    trust: str
    state: str
    weak: bool = False
    doubted: bool = False


class DoubtBox(Struct, frozen=True):
    """A printed figure that we doubt, in labelled sentences."""

    key: str
    lead: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class Use(Struct, frozen=True):
    """A place in the answer where the fact was read: the step that shows it, the option, the line, and its figure."""

    step: str
    place: str
    what: str
    figure: str


class FactSheet(Struct, frozen=True):
    """All that is shown of one fact, in one language on one day. `short`: the value is a figure or a word, no table."""

    id: str
    name: str
    other_name: str
    about: str
    value: str
    short: bool
    since: str
    typed: str
    marks: tuple[str, ...]
    mark_sentences: tuple[str, ...]
    history: HistoryData
    values: tuple[ValueRow, ...]
    content: Content
    content_head: str
    notes: tuple[str, ...]
    doubts: tuple[DoubtBox, ...]
    can_override: bool

    @property
    def known(self) -> bool:
        return bool(self.value)


# ---------------------------------------------------------------------- the sheet
def fact_sheet(on: DayOfBook, fact_id: str, language: Language) -> FactSheet:
    """A fact of the book on the view's day. KeyError where there is none of that id."""
    book, day = on.book, on.view.date
    fact = book.fact(fact_id)
    other: Language = "zh" if language == "en" else "en"
    name = short_name(fact.says)
    typed = on.typed(fact_id)
    value = on.value(fact)
    found = periods(fact, day)
    shown = value or _nearest(found)
    content = content_of(book, fact, shown, language)
    return FactSheet(
        id=fact_id,
        name=name[language],
        other_name=name[other],
        about=about(book, fact, language),
        value=value_short(book, fact, value, language) if value is not None else "",
        short=not content.rows,
        since=force_line(Reading(fact, value, book.source(value.source)), language)
        if value is not None
        else "",
        typed=on.short(fact_id, language) if typed is not None else "",
        marks=on.marks(fact_id),
        mark_sentences=tuple(mark_sentences(on, fact, value, language)),
        history=history(book, fact, day, language, typed),
        values=value_rows(on, fact, language),
        content=content,
        content_head=_content_head(value, shown, language),
        notes=tuple(notes(book, fact, language)),
        doubts=tuple(doubt_box(book, key, language) for key in fact.doubts),
        can_override=kind_of(book, fact) == "number" or fact.tiers is not None,
    )


def about(book: RuleBook, fact: Fact, language: Language) -> str:
    """Unit and base of a fact in one phrase."""
    unit = "" if fact.unit in GENERIC else chinese_scale(unit_of(book, fact)[language])[1]
    base = base_words(fact, language)
    # the unit of a rate is its sign: with its base it reads as a phrase
    if unit == "%" and base:
        return f"% {base}" if language == "en" else f"%（{base}）"
    return " · ".join(part for part in (unit, base) if part)


def _nearest(found: Sequence[Period]) -> Value | None:
    """The last value known before the day, else the first one after it."""
    before = [period.value for period in found if period.known and period.state != "later"]
    after = [period.value for period in found if period.known and period.state == "later"]
    return before[-1] if before else after[0] if after else None


def _content_head(value: Value | None, shown: Value | None, language: Language) -> str:
    if shown is None or value is not None:
        return translate("RuleBook", "What it says")
    return translate("RuleBook", "What it says from {day}, not in force on the chosen day").format(
        day=a_day(shown.start, language)
    )


# ---------------------------------------------------------------------- values and their sources
def value_rows(on: DayOfBook, fact: Fact, language: Language) -> tuple[ValueRow, ...]:
    """Every period, the newest first; a typed value above them, the time before the first one below."""
    rows = []
    typed = on.typed(fact.id)
    if typed is not None:
        words = translate("RuleBook", "typed in this case")
        rows.append(ValueRow("typed", "", "", on.short(fact.id, language), words, "", "", "typed"))
    found = periods(fact, on.view.date)
    above = on.value(fact) or _nearest(found)
    rows += [_value_row(on.book, fact, at, found[at], language, above) for at in reversed(range(len(found)))]
    before = a_day(day_before(found[0].start), language)
    unknown = translate("RuleBook", "unknown")
    rows.append(ValueRow("before", "", before, unknown, "", "", "", "gap"))
    return tuple(rows)


def _value_row(
    book: RuleBook, fact: Fact, at: int, period: Period, language: Language, above: Value | None
) -> ValueRow:
    """`above` is the value whose content stands above the table: it is not said twice."""
    value = period.value
    source = book.source(value.source)
    if not period.known:
        shown, state = translate("RuleBook", "unknown"), "gap"
    else:
        apart = value is above and bool(content_of(book, fact, value, language).rows)
        shown = (value_short if apart else value_long)(book, fact, value, language)
        state = str(period.state)
    likely = corrected_words(book, value, language)
    if likely:
        words = translate("RuleBook", "{printed} printed; likely {likely}")
        shown = words.format(printed=shown, likely=likely)
    return ValueRow(
        key=str(at),
        start=start_words(period, language),
        until=until_words(period, language),
        value=shown,
        source=source_line(source, language),
        url=source.url or "",
        trust=CONFIDENCE[value.confidence][language],
        state=state,
        weak=value.confidence == "low",
        doubted=is_doubted(fact, at),
    )


def table_heads() -> tuple[str, ...]:
    """The heads of the table of values; the last one, the address, is for the clipboard only."""
    return (
        translate("RuleBook", "From"), translate("RuleBook", "Until"), translate("RuleBook", "Value"),
        translate("RuleBook", "Source"), translate("RuleBook", "Trust"), translate("RuleBook", "Address"),
    )  # fmt: skip


def content_text(content: Content) -> str:
    """The content of a fact as tab separated text."""
    return "\n".join("\t".join(line) for line in (content.heads, *content.rows))


def table_text(rows: Sequence[ValueRow]) -> str:
    """The table of values as tab separated text, with the addresses."""
    lines = [table_heads()]
    lines += [(row.start, row.until, row.value, row.source, row.trust, row.url) for row in rows]
    return "\n".join("\t".join(line) for line in lines)


# ---------------------------------------------------------------------- marks, notes, doubts
def mark_sentences(on: DayOfBook, fact: Fact, value: Value | None, language: Language) -> Iterator[str]:
    """Why to look twice at the value in force, in whole sentences."""
    if value is None:
        known = translate("RuleBook", "Nothing is known for {day}. An answer that needs it says so.")
        yield known.format(day=a_date(on.view.date, language))
        return
    if value.confidence == "low":
        yield translate(
            "RuleBook", "Weak source: the value in force has a low confidence. Check it before relying on it."
        )
    source = on.book.source(value.source)
    if source.due(on.today) and source.review_by is not None:
        words = translate("RuleBook", "Past review: {publisher} should have been read again by {day}.")
        yield words.format(publisher=source.publisher, day=a_date(source.review_by, language))


def notes(book: RuleBook, fact: Fact, language: Language) -> Iterator[str]:
    """Place in the source, notes of the values, further sources, and how each source was read."""
    colon = "：" if language == "zh" else ": "
    if fact.where:
        yield translate("RuleBook", "Place in the source") + colon + fact.where
    for value in fact.values:
        day = a_day(value.start, language)
        if value.note.en or value.note.zh:
            yield f"{day}{colon}{value.note[language] or value.note.en}"
    keys = dict.fromkeys(value.source for value in fact.values)
    for key in keys:
        yield read_words(book.source(key), language)
    also = [key for key in dict.fromkeys(k for v in fact.values for k in v.also) if key not in keys]
    for key in also:
        source = book.source(key)
        address = f" {source.url}" if source.url else ""
        yield translate("RuleBook", "Also in") + colon + source_line(source, language) + address


def read_words(source: Source, language: Language) -> str:
    """When a source was read, when it is to be read again, and what is to be said of it."""
    words = translate("RuleBook", "{publisher} ({kind}), read {day}").format(
        publisher=source.publisher, kind=kind_words(source.kind), day=a_date(source.read, language)
    )
    if source.review_by is not None:
        words += translate("RuleBook", ", to be read again by {day}").format(
            day=a_date(source.review_by, language)
        )
    return f"{words} · {source.note}" if source.note else words


def kind_words(kind: str) -> str:
    """What sort of a source it is."""
    words = {
        "official": translate("RuleBook", "official"), "vendor": translate("RuleBook", "vendor"),
        "press": translate("RuleBook", "press"), "third-party": translate("RuleBook", "third party"),
        "derived": translate("RuleBook", "derived"),
    }  # fmt: skip
    return words.get(kind, kind)


def doubt_box(book: RuleBook, key: str, language: Language) -> DoubtBox:
    """What is printed, what speaks against it, what it should probably read, and why."""
    doubt = book.doubt(key)
    colon = "：" if language == "zh" else ": "
    lines = [
        translate("RuleBook", "Printed") + colon + doubt.printed[language],
        translate("RuleBook", "Against it") + colon + doubt.conflict[language],
    ]
    if doubt.likely:
        lines.append(translate("RuleBook", "Likely") + colon + doubt.likely[language])
    lines.append(translate("RuleBook", "Why") + colon + doubt.why[language])
    if doubt.evidence:
        names = ("；" if language == "zh" else "; ").join(
            source_line(book.source(source), language)
            for source in doubt.evidence
            if source in book.sources_data
        )
        lines.append(translate("RuleBook", "Evidence") + colon + names)
    lead = translate("RuleBook", "Doubt about the printed value ({strength}), {where}.").format(
        strength=strength_words(doubt.strength), where=doubt.where
    )
    return DoubtBox(key, lead, tuple(line for line in lines if line))


def strength_words(strength: str) -> str:
    words = {
        "certain": translate("RuleBook", "certain"), "strong": translate("RuleBook", "strong"),
        "probable": translate("RuleBook", "probable"), "open": translate("RuleBook", "open"),
    }  # fmt: skip
    return words.get(strength, strength)


# ---------------------------------------------------------------------- use in the answer
CHOICE_STEPS = {
    "platforms": "platforms", "logistics": "logistics", "import_modes": "import-mode",
    "import_platforms": "platforms", "markets": "markets", "cities": "import-mode",
}  # fmt: skip
"""The step that shows a choice."""


def uses(fact_id: str, advice: Advice | None, flow: Flow, language: Language) -> tuple[Use, ...]:
    """Where the answer to the open case read a fact: lines of quotes, criteria, reasons, closed options."""
    if advice is None:
        return ()
    steps = {step.id: step.name for step in flow.steps}
    found: dict[tuple[str, str, str], Use] = {}
    for choice in CHOICES:
        step = CHOICE_STEPS[choice]
        for option in advice.ranking(choice).options:
            gap = " · "
            place = gap.join(
                n[language] for n in (steps.get(step, Text(step, step)), option.name) if n[language]
            )
            for what, figure in _reads(option, fact_id, language):
                found.setdefault((step, place, what), Use(step, place, what, figure))
    return tuple(found.values())


def _reads(option: Option, fact_id: str, language: Language) -> Iterator[tuple[str, str]]:
    """Name and figure of everything of one option that a fact went into."""
    for line in option.quote.lines if option.quote else ():
        if _is_in(fact_id, line.readings):
            yield line.label[language], _line_figure(line)
    for criterion in option.criteria:
        if _is_in(fact_id, criterion.readings):
            score = "?" if criterion.score is None else str(criterion.score)
            yield criterion.label[language], f"{score} / 100"
    for reason in option.reasons:
        if reason.reading is not None and reason.reading.id == fact_id:
            yield reason.text[language], ""
    closed = option.excluded
    if closed is not None and closed.reading is not None and closed.reading.id == fact_id:
        yield closed.text[language], translate("RuleBook", "closed")


def _is_in(fact_id: str, readings: Sequence[Reading]) -> bool:
    return any(reading.id == fact_id for reading in readings)


def _line_figure(line: Line) -> str:
    if line.amount is None:
        return translate("RuleBook", "unknown")
    return f"{amount(line.amount, line.currency)} {line.currency}"
