"""Lists to read, as the menus and the status bar open them: reviews that are due, what is missing, the keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.facts import RuleBook
from desktop.core.text import Language
from desktop.core.words import money_text
from desktop.viewmodels.wording import a_date, a_day
from desktop.views.widgets.table import Cell, Column, Row

if TYPE_CHECKING:
    from desktop.engine.reconcile import Clue, Reconciliation

translate = QCoreApplication.translate


class ReadingList(Struct, frozen=True):
    """A titled table to read."""

    title: str
    lead: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def reviews(book: RuleBook, today: date, language: Language) -> ReadingList:
    """Sources whose review date is before today, the longest overdue first."""
    columns = (
        Column("publisher", translate("Window", "Publisher"), width=170),
        Column("title", translate("Window", "Source"), stretch=True),
        Column("dated", translate("Window", "Dated"), width=110),
        Column("due", translate("Window", "Review was due"), width=130),
    )
    rows = [
        Row(s.key, (
            Cell(s.publisher), Cell(s.title, tip=s.url or ""),
            Cell(a_day(s.dated, language) if s.dated else "", tone="text2"),
            Cell(a_date(s.review_by, language) if s.review_by else "", tone="warn"),
        )) for s in sorted(book.past_review(today), key=lambda source: source.review_by or source.read)
    ]  # fmt: skip
    lead = translate(
        "Window", "Read again before these sources are relied on; their figures may have changed."
    )
    return ReadingList(translate("Window", "Past their review date"), lead, columns, rows)


def missing(book: RuleBook, language: Language) -> ReadingList:
    """What was looked for and not found; why, where a reason is written down for any of it."""
    pairs = [
        [_missing_text(item, keys, language) for keys in (("what", "says", "id"), ("why", "note"))]
        for item in book.missing
    ]
    reasons = any(why for _, why in pairs)
    columns = [Column("what", translate("Window", "What"), stretch=True)]
    columns += [Column("why", translate("Window", "Why"), width=300)] if reasons else []
    rows = [
        Row(str(number), (Cell(what), Cell(why, tone="text2")) if reasons else (Cell(what),))
        for number, (what, why) in enumerate(pairs)
    ]
    lead = translate("Window", "Looked for and not found. Where an answer needs one of these, it says so.")
    return ReadingList(translate("Window", "Known to be missing"), lead, columns, rows)


def all_keys(of_menus: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Every key: those of the menus, and those that act inside a page."""
    inside = (
        (translate("Window", "Don’t know, on a question"), "D"),
        (translate("Window", "Picks that choice"), "1 … 9"),
        (translate("Window", "Next question"), "Enter"),
        (translate("Window", "Why, on a figure"), "W"),
        (translate("Window", "Search in the rule book or the casebook"), "Ctrl+F"),
        (translate("Window", "Deletes the case, in the casebook"), "Del"),
        (translate("Window", "Closes the topmost thing"), "Esc"),
    )
    return [*of_menus, *inside]


def _missing_text(item: object, keys: tuple[str, ...], language: str) -> str:
    """A text of a record of what is missing, whichever of the keys it has."""
    if not isinstance(item, dict):
        return str(item)
    for key in keys:
        value = item.get(key)
        if isinstance(value, dict):
            return str(value.get(language) or value.get("en") or "")
        if value:
            return str(value)
    return ""


def reconciled(found: Reconciliation, language: Language) -> ReadingList:
    """The real lines of an order against the estimate, with what would explain each; then what was not compared."""
    currency = found.quote.currency
    columns = (
        Column("line", translate("Window", "Line"), width=190),
        Column("estimated", translate("Window", "Estimated"), numeric=True, width=90),
        Column("real", translate("Window", "Really"), numeric=True, width=90),
        Column("difference", translate("Window", "Difference"), numeric=True, width=100),
        Column("why", translate("Window", "What would explain it"), stretch=True),
    )
    unknown = translate("Window", "not known")
    rows = [
        Row(row.line, (
            Cell(row.label[language]),
            Cell(unknown if row.estimated is None else money_text(row.estimated, currency), tone="text2"),
            Cell(money_text(row.real, currency)),
            Cell(_change(row.difference, currency), tone="text2" if not row.difference else "text", strong=True),
            Cell("\n".join(_said(clue, language) for clue in row.clues), tone="text2"),
        )) for row in found.rows
    ]  # fmt: skip
    as_estimated = translate("Window", "no real amount: counted as estimated")
    rows += [
        Row(line.id, (
            Cell(line.label[language], tone="text2"),
            Cell(unknown if line.amount is None else money_text(line.amount, currency), tone="text2"),
            "", "", Cell(as_estimated, tone="text2"),
        )) for line in found.missing
    ]  # fmt: skip
    lead = translate(
        "Window", "{lane}, in {currency}: {before} was left by the estimate, {after} really; costs {change}."
    ).format(
        lane=found.lane[language],
        currency=currency,
        before=_left(found.quote.net, currency, found.quote.complete),
        after=_left(found.net, currency, found.complete),
        change=_change(found.costs, currency),
    )
    return ReadingList(translate("Window", "Estimate and real amounts"), lead, columns, rows)


def _said(clue: Clue, language: Language) -> str:
    """A clue with the source of the fact that it stands against."""
    said = clue.text[language]
    return f"{said} — {clue.reading.source.publisher}" if clue.reading and not clue.reading.typed else said


def _left(units: int, currency: str, complete: bool) -> str:
    amount = money_text(units, currency)
    return amount if complete else translate("Window", "at most {amount}").format(amount=amount)


def _change(units: int, currency: str) -> str:
    return f"{'+' if units > 0 else ''}{money_text(units, currency)}"
