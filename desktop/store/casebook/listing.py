"""A query as SQL. Every list is one pass over the rows: measured, no index is needed for ten thousand."""

from __future__ import annotations

import re
from typing import Any

from desktop.core.casebook import Query
from desktop.core.finding import folded

_LETTERS = re.compile("[a-z]{2,}")
SHELVES = {
    "open": "deleted = '' AND archived = 0",
    "archived": "deleted = '' AND archived = 1",
    "deleted": "deleted <> ''",
    "all": "deleted = ''",
}
_ORDERS = {
    # by number and by count, not by the clock: a clock may be set back
    "created": ("number",),
    "number": ("number",),
    "updated": ("seq",),
    "client": ("client = ''", "client COLLATE NOCASE"),
    "product": ("product = ''", "product COLLATE NOCASE"),
    "market": ("markets = ''", "markets"),
    "first": ("first = ''", "first"),
    # amounts of two currencies are not compared
    "net": ("net IS NULL", "currency", "net"),
    "step": ("step = ''", "step"),
    "sheet": ("sheet_on = ''", "sheet_on"),
    "follow_up": ("follow_up = ''", "follow_up"),
    "consent": ("consent",),
}


def where_of(query: Query) -> tuple[str, list[Any]]:
    """The condition of a query and its values."""
    conditions, values = [SHELVES[query.shelf]], []
    if query.day is not None:
        conditions.append("substr(created, 1, 10) = ?")
        values.append(query.day.isoformat())
    if query.due is not None:
        conditions.append("follow_up <> '' AND follow_up <= ?")
        values.append(query.due.isoformat())
    if query.gap:
        conditions.append("said IN ('cannot', 'at-most')")
    if query.tag:
        conditions.append("instr(',' || tags || ',', ?) > 0")
        values.append(f",{query.tag},")
    if query.consent:
        conditions.append("consent = ?")
        values.append(query.consent)
    for word in folded(query.text).split():
        if _LETTERS.fullmatch(word):
            conditions.append("(instr(found, ?) > 0 OR (signs <> '' AND reads(?, signs)))")
            values += [word, word]
        else:
            conditions.append("instr(found, ?) > 0")
            values.append(word)
    return " AND ".join(conditions), values


def order_of(query: Query) -> str:
    """The order of a query: what is empty comes last whichever way it goes, and the number decides between equals."""
    *lasts, main = _ORDERS[query.sort]
    way = "DESC" if query.descending else "ASC"
    number = "" if main == "number" else f", number {way}"
    return f"ORDER BY {''.join(f'{last}, ' for last in lasts)}{main} {way}{number}"
