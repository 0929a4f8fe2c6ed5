"""What the rules cover: cells against single questions put to the rules, and the honest blanks."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.core.facts import RuleBook, Unknown
from desktop.engine import coverage, fees
from desktop.engine.kernel import UnknownStep
from desktop.store.rulebook import load

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


@pytest.mark.parametrize(
    ("platform", "site"), [("amazon", "US"), ("amazon", "DE"), ("ebay", "US"), ("dhgate", "all")]
)
@pytest.mark.parametrize("year", [2015, 2020, 2026])
def test_a_cell_counts_what_each_category_answers(
    book: RuleBook, platform: str, site: str, year: int
) -> None:
    """Categories that rules treat alike are asked once; asked one by one they must give the same count."""
    on = coverage.day_of(year, TODAY)
    view = book.at(on)
    buyer = book.rules["fees"][platform]["serves"][0] if site == "all" else site
    known = 0
    for category in book.rules["categories"]:
        steps = fees.compile_fees(view, platform, buyer, category).steps
        known += not any(isinstance(s, UnknownStep) for s in steps if s.id.startswith("commission"))
    cell = coverage.platform_cell(book, platform, site, on)
    assert (cell.known, cell.of) == (known, len(book.rules["categories"]))


def test_a_year_is_asked_on_its_last_day_and_never_in_the_future() -> None:
    assert coverage.day_of(2015, TODAY) == date(2015, 11, 8)
    assert coverage.day_of(2019, TODAY) == date(2019, 12, 31)
    assert coverage.day_of(2026, TODAY) == TODAY
    assert coverage.years(TODAY) == tuple(range(2015, 2027))


def test_a_blank_is_a_blank(book: RuleBook) -> None:
    cell = coverage.destination_cell(book, "US", date(1990, 1, 1))
    assert (cell.level, cell.known, cell.confidence) == ("none", 0, "")


def test_a_service_that_does_not_go_there_is_closed_and_one_without_a_list_is_not(book: RuleBook) -> None:
    view = book.at(TODAY)
    assert coverage.service_cell(view, "ozon-guoo", "US").level == "closed"
    assert coverage.service_cell(view, "epacket", "US").level == "full"
    assert coverage.service_cell(view, "4px", "US").level == "none"


def test_confidence_is_the_weakest_and_review_the_earliest(book: RuleBook) -> None:
    on = coverage.day_of(2026, TODAY)
    view = book.at(on).traced()
    for category in book.rules["categories"]:
        fees.compile_fees(view, "ebay", "GB", category)
    readings = list(view.readings())
    cell = coverage.platform_cell(book, "ebay", "GB", on)
    order = ("low", "medium", "high")
    assert cell.confidence == min((r.value.confidence for r in readings), key=order.index)
    assert cell.review_by == min(r.source.review_by for r in readings if r.source.review_by)


def test_weak_and_due_facts_hold_on_the_day(book: RuleBook) -> None:
    weak = coverage.weak_facts(book, TODAY)
    assert weak
    for item in weak:
        found = book.at(TODAY).read(item.fact.id)
        assert not isinstance(found, Unknown)
        assert found.value.confidence == "low"
    for item in coverage.due_facts(book, TODAY):
        assert item.source.review_by is not None
        assert item.source.review_by < TODAY
    days = [item.source.day for item in weak]
    assert days == sorted(days)
