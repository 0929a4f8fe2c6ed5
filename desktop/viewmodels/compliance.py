"""The checklist of papers as plain rows in both languages: for the plan, the sheet and the clipboard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.facts import Reading, RuleBook
from desktop.core.questions import Questions
from desktop.core.result import Advice
from desktop.core.text import EMPTY, Language, Text, both, joined
from desktop.engine.compliance import Gap, Item, checklist, chosen_on
from desktop.viewmodels.plan import Sentence, short_source
from desktop.viewmodels.why import WhySubject, why_reading
from desktop.viewmodels.wording import force_line, source_line

ICONS = {
    "document": "sheet",
    "registration": "stamp",
    "label": "tag",
    "test": "flask",
    "person": "person",
    "tax": "coin",
    "declaration": "tray-in",
}
"""The mark of each kind of item."""


class PaperRow(Struct, frozen=True):
    """One item in words. `weight` is stop, must or mind; `stops` is empty unless it is a hard stop."""

    key: str
    subject: Text
    kind: str
    icon: str
    kind_name: Text
    name: Text
    asks: Text
    who: Text
    due: Text
    weight: str
    weight_name: Text
    stops: Text
    note: Text
    source: Text
    """Publisher, title, date."""
    force: Text
    """Since when it holds, or on which day it was seen in force."""
    readings: tuple[Reading, ...]


class GapRow(Struct, frozen=True):
    """What is not covered, in words. `question` names the answer that would fill it."""

    key: str
    level: str
    text: Text
    question: str


class Papers(Struct, frozen=True):
    """All rows, hard stops first, then by when they are due; and the gaps."""

    as_of: date
    destination: str
    rows: tuple[PaperRow, ...]
    gaps: tuple[GapRow, ...]

    @property
    def stops(self) -> tuple[PaperRow, ...]:
        return tuple(row for row in self.rows if row.weight == "stop")

    def row(self, key: str) -> PaperRow | None:
        return next((row for row in self.rows if row.key == key), None)


def papers(
    advice: Advice, case: Case, book: RuleBook, questions: Questions, destination: str | None = None
) -> Papers:
    """The papers of the path that an advice leads to, on the advice's day, in both languages.

    `destination` asks for another market than the first one.
    """
    view = book.at(advice.as_of, case.overrides)
    chosen = chosen_on(advice, case, destination)
    found = checklist(case, view, chosen, questions)
    rows = tuple(_row(item, found.subjects[item.subject], book) for item in found.items)
    return Papers(
        found.as_of, chosen.destination or "", rows, tuple(_gap(gap, i) for i, gap in enumerate(found.gaps))
    )


def destinations(advice: Advice, language: Language) -> tuple[tuple[str, str], ...]:
    """The markets whose papers can be shown, best first, by code and name; none where there is nothing to choose."""
    found = tuple((option.id, option.name[language]) for option in advice.markets.options)
    return found if len(found) > 1 else ()


def _row(item: Item, subject: Text, book: RuleBook) -> PaperRow:
    reading = item.reading
    return PaperRow(
        key=f"paper-{item.id}",
        subject=subject,
        kind=item.kind,
        icon=ICONS[item.kind],
        kind_name=book.text(f"compliance.kind.{item.kind}"),
        name=item.name,
        asks=item.asks,
        who=_words(book, "who", item.who),
        due=book.text(f"compliance.due.{item.due}"),
        weight=item.weight,
        weight_name=book.text(f"compliance.weight.{item.weight}"),
        stops=_words(book, "stop", item.stops),
        note=item.note,
        source=EMPTY if reading.typed else Text(source_line(reading.source, "en"), source_line(reading.source, "zh")),
        force=EMPTY if reading.typed else Text(force_line(reading, "en"), force_line(reading, "zh")),
        readings=item.readings,
    )  # fmt: skip


def _words(book: RuleBook, kind: str, codes: Iterable[str]) -> Text:
    return joined([book.text(f"compliance.{kind}.{code}") for code in codes], ", ", "、")


def _gap(gap: Gap, i: int) -> GapRow:
    return GapRow(f"gap{i}", gap.level, gap.text, gap.question)


# ---------------------------------------------------------------------- as sentences of the plan
def paper_sentences(found: Papers, language: Language, most: int | None = None) -> tuple[Sentence, ...]:
    """Items as sentences, then every gap. `most` keeps the first so many items, and all hard stops."""
    shown = found.rows if most is None else found.rows[: max(most, len(found.stops))]
    return (
        *(_sentence(row, language) for row in shown),
        *(_gap_sentence(gap, language) for gap in found.gaps),
    )


def _sentence(row: PaperRow, language: Language) -> Sentence:
    mark = "；" if language == "zh" else "; "
    asked = mark.join((row.kind_name[language], row.who[language], row.due[language]))
    if row.weight == "mind":
        asked += mark + row.weight_name[language]
    source = short_source(row.readings[0], language)
    said = row.asks[language] + (f"\n{row.note[language]}" if row.note else "")
    return Sentence(
        row.key,
        said,
        "\n".join(part for part in (asked, source, row.force[language]) if part),
        row.icon,
        why=row.readings[0],
        head=row.name[language],
        flag=row.stops[language],
    )


def _gap_sentence(gap: GapRow, language: Language) -> Sentence:
    return Sentence(gap.key, gap.text[language], mark="question", tone="unk", question=gap.question)


def paper_lines(found: Papers, language: Language) -> tuple[str, ...]:
    """The checklist as plain text, one line an item and one a gap, each item with its source."""
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    return (
        *(
            f"{row.name[language]}{colon}{row.asks[language]} "
            f"({comma.join(part for part in (row.stops[language], row.who[language], row.due[language]) if part)}; "
            f"{row.source[language] or row.readings[0].id}{comma + row.force[language] if row.force else ''})"
            for row in found.rows
        ),
        *(gap.text[language] for gap in found.gaps),
    )


def why_paper(row: PaperRow) -> WhySubject:
    """The fact that asks for an item, and the facts beside it."""
    if len(row.readings) == 1:
        return why_reading(row.readings[0])
    rows = tuple(why_reading(reading).rows[0] for reading in row.readings)
    return WhySubject(row.key, row.name or both(row.key), "", "", rows, focus=rows[0].key)
