"""What the rules cover, how well, and until when: asked of the rules themselves, by compiling them for every case.

A cell counts the categories of goods for which an answer is whole, with the weakest confidence and the earliest review
date among the facts that were read for it. Categories that a rule treats alike are compiled once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from msgspec import Struct

from desktop.core.facts import Fact, RuleBook, Source, Value, View
from desktop.core.money import decimals
from desktop.engine import border, fees, freight, import_tax
from desktop.engine.exchange import ViewExchange
from desktop.engine.kernel import Column, Ledger, UnknownStep

FIRST_YEAR = 2015
"""The year of the report: nothing before it is asked."""
REPORT_DAY = date(2015, 11, 8)
SAID = ("says", "notes", "text", "label", "name")
"""Parts of the rules that only say something and decide no figure."""
CONFIDENCE = ("low", "medium", "high")
SAMPLE_G = 500
ORDERS = (20, 2000)
"""A small and a large order, in whole units of the country's customs currency (in hundreds of yen or won)."""


class Cell(Struct, frozen=True):
    """Answers known of answers asked. `of` is zero where there is nothing to ask (a service that does not go there)."""

    known: int
    of: int
    confidence: str = ""
    review_by: date | None = None
    oldest: date | None = None

    @property
    def level(self) -> str:
        """full, part, none, or closed."""
        if self.of == 0:
            return "closed"
        return "none" if self.known == 0 else "full" if self.known == self.of else "part"


class WeakFact(Struct, frozen=True):
    """A fact that leans on a weak source, or on one whose review is due."""

    fact: Fact
    value: Value
    source: Source


def years(today: date) -> tuple[int, ...]:
    return tuple(range(FIRST_YEAR, today.year + 1))


def day_of(year: int, today: date) -> date:
    """The day asked for a year: the report's day in 2015, today in this year, else the last day."""
    if year == REPORT_DAY.year:
        return REPORT_DAY
    return min(date(year, 12, 31), today)


# ---------------------------------------------------------------------- rows
def platform_rows(book: RuleBook) -> tuple[tuple[str, str], ...]:
    """Platform and marketplace of every site in the rules; `all` where one site serves all buyers."""
    return tuple(
        (platform, code) for platform, rules in book.rules["fees"].items() for code in rules["marketplaces"]
    )


def platform_cell(book: RuleBook, platform: str, marketplace: str, on: date) -> Cell:
    """Categories with a known commission."""
    rules = book.rules["fees"][platform]
    site = rules["marketplaces"][marketplace]
    buyer = rules["serves"][0] if marketplace == "all" else marketplace

    def known(view: View, category: str) -> int:
        steps = fees.compile_fees(view, platform, buyer, category).steps
        return not any(isinstance(s, UnknownStep) for s in steps if s.id.startswith("commission"))

    return _cell(book, on, site, known)


def destination_cell(book: RuleBook, to: str, on: date) -> Cell:
    """A small and a large order of each category for which duty and tax are known."""
    rules = book.rules["border"]
    member = rules["destinations"][to]
    area = rules["areas"][member["area"]]
    in_force = book.at(on).in_force(area["regimes"])
    decides = (member, [value for key, value in area.items() if key not in ("regimes", "stock")], in_force)

    def known(view: View, category: str) -> int:
        plan = border.compile_border(view, to, category)
        if not plan.currency:
            return 0
        ledger = _orders(view, plan.currency)
        ledger.run(plan.steps)
        return sum(_told(plan, ledger, i) for i in range(ledger.n))

    return _cell(book, on, decides, known, len(ORDERS))


def _orders(view: View, currency: str) -> Ledger:
    units = [amount * 10 ** decimals(currency) * (1 if decimals(currency) else 100) for amount in ORDERS]
    once = np.ones(len(ORDERS), dtype=np.int64)
    numbers = {"items": once, "weight_g": once * SAMPLE_G}
    return Ledger(len(ORDERS), currency, ViewExchange(view), {"value": Column.of(units, currency)}, numbers)


def _told(plan: border.BorderPlan, ledger: Ledger, i: int) -> bool:
    """Whether every line of duty and tax that speaks of an order is known."""
    taxes = [step for step in plan.applying(ledger, i) if step.id.split(".")[0] in ("duty", "vat")]
    return bool(taxes) and all(bool(ledger.quoted[step.id].known[i]) for step in taxes)


def mode_cell(book: RuleBook, mode: str, on: date) -> Cell:
    """Categories whose import tax by a mode is known."""

    def known(view: View, category: str) -> int:
        return not import_tax.compile_import_tax(view, mode, category).unknown

    return _cell(book, on, None, known)


def service_cell(view: View, service: str, to: str) -> Cell:
    """Whether a price list of a service to a destination is known on the day of the view."""
    own = view.traced()
    found = freight.lists(own, service, to)
    if found is None:
        return Cell(0, 0)
    return _judged(own, int(found), 1)


def _cell(book: RuleBook, on: date, rules: Any, known: Callable[[View, str], int], each: int = 1) -> Cell:
    """`known` says how many of `each` answers of a category are whole."""
    view = book.at(on).traced()
    categories = tuple(book.rules["categories"])
    count = sum(alike * known(view, category) for category, alike in _alike(rules, categories))
    return _judged(view, count, len(categories) * each)


def _judged(view: View, known: int, of: int) -> Cell:
    if not known:
        return Cell(0, of)
    readings = [reading for reading in view.readings() if not reading.typed]
    if not readings:
        return Cell(known, of)
    weakest = min((reading.value.confidence for reading in readings), key=CONFIDENCE.index)
    due = [reading.source.review_by for reading in readings if reading.source.review_by]
    return Cell(known, of, weakest, min(due, default=None), min(reading.source.day for reading in readings))


def _alike(rules: Any, categories: Sequence[str]) -> Iterable[tuple[str, int]]:
    """Categories that no condition of the rules tells apart, as one of them and how many they are."""
    if rules is None:
        return [(category, 1) for category in categories]
    conditions: list[frozenset[str]] = []
    tables: list[Mapping[str, Any]] = []
    _conditions(rules, conditions, tables)
    groups: dict[tuple[object, ...], list[str]] = {}
    for category in categories:
        key = (*(category in names for names in conditions), *(str(table.get(category)) for table in tables))
        groups.setdefault(key, []).append(category)
    return [(group[0], len(group)) for group in groups.values()]


def _conditions(rules: Any, lists: list[frozenset[str]], tables: list[Mapping[str, Any]]) -> None:
    """Every list of categories and every table by category in a piece of rules."""
    if isinstance(rules, Mapping):
        for key, value in rules.items():
            if key in ("categories", "not_categories", "no_minimum") and isinstance(value, list | tuple):
                lists.append(frozenset(value))
            elif key in ("by", "categories") and isinstance(value, Mapping):
                tables.append(value)
            elif key not in SAID:
                _conditions(value, lists, tables)
    elif isinstance(rules, list | tuple):
        for item in rules:
            _conditions(item, lists, tables)


# ---------------------------------------------------------------------- weak facts
def weak_facts(book: RuleBook, on: date) -> tuple[WeakFact, ...]:
    """Facts in force that rest on a weak source, oldest source first."""
    return _facts(book, on, lambda value, _source: value.confidence == "low")


def due_facts(book: RuleBook, on: date) -> tuple[WeakFact, ...]:
    """Facts in force whose source is past its review date, the longest overdue first."""
    found = _facts(book, on, lambda _value, source: source.due(on))
    return tuple(sorted(found, key=lambda item: (item.source.review_by or on, item.fact.id)))


def _facts(book: RuleBook, on: date, wanted: Callable[[Value, Source], bool]) -> tuple[WeakFact, ...]:
    found = []
    for fact_id in book.ids():
        fact = book.fact(fact_id)
        value = fact.at(on)
        if value is not None and wanted(value, source := book.source(value.source)):
            found.append(WeakFact(fact, value, source))
    return tuple(sorted(found, key=lambda item: (item.source.day, item.fact.id)))
