"""A quote against the real lines: exact sums, and the fact that was off is found by working it out backwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.core.case import Case, case_of
from desktop.core.errors import OptionError
from desktop.core.facts import RuleBook
from desktop.core.money import Money
from desktop.core.questions import Questions, questions_of
from desktop.core.settlement import Real, Settlement
from desktop.engine.lanes import Pricer
from desktop.engine.reconcile import Reconciliation, Row, reconcile

DAY = date(2026, 11, 25)
DRESS: Mapping[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90", "price_currency": "USD",
    "unit_cost": "38.00", "cost_currency": "CNY", "weight_g": 250, "dims_cm": "25x20x3", "monthly_orders": 400,
    "advertising_share": "4", "return_rate": "3",
}  # fmt: skip
LANE = ("amazon", "GB", "GB", "yunexpress")


@pytest.fixture
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def case(questions: Questions, overrides: Mapping[str, str] | None = None, **answers: Any) -> Case:
    told = case_of({"format": 1, "answers": {**DRESS, **answers}}, questions)
    return replace(told, overrides=MappingProxyType(dict(overrides or {})))


def pricer(book: RuleBook, questions: Questions, told: Case | None = None) -> Pricer:
    told = told or case(questions)
    return Pricer(told, book.at(DAY, told.overrides), questions)


def settled(*lines: tuple[str, str, str]) -> Settlement:
    return Settlement(tuple(Real(line, Money.of(amount, currency)) for line, amount, currency in lines))


def of_quote(priced: Pricer, lane: tuple[str, str, str, str] = LANE) -> Settlement:
    """What a quote itself says, as if it had been charged like that: in the currencies of the charges."""
    quote = priced.quote(*lane)
    assert quote is not None
    lines = [
        Real(line.id, line.own or Money(line.amount, line.currency))
        for line in quote.lines
        if line.amount is not None
    ]
    return Settlement((Real("price", Money(quote.price, quote.currency)), *lines))


def row(found: Reconciliation, line: str) -> Row:
    return next(row for row in found.rows if row.line == line)


def test_a_quote_against_itself_has_no_difference(book: RuleBook, questions: Questions) -> None:
    priced = pricer(book, questions)
    found = reconcile(priced, *LANE, of_quote(priced))
    assert len(found.rows) > 8
    assert [row.difference for row in found.rows] == [0] * len(found.rows)
    assert not any(row.clues for row in found.rows)
    assert found.missing == ()
    assert (found.net, found.complete) == (found.quote.net, True)


@pytest.mark.parametrize(
    ("changed", "line", "implied", "unit"),
    [
        ({"unit_cost": "41.50"}, "goods", "41.50", "CNY"),
        ({"weight_g": 420}, "freight", "420", "g"),
        ({"monthly_orders": 200}, "other.plan", "192", "orders a month"),
        ({"advertising_share": "6"}, "ads", "5.98", "%"),
    ],
)
def test_what_the_case_had_wrong_is_worked_out(
    changed: dict[str, Any], line: str, implied: str, unit: str, book: RuleBook, questions: Questions
) -> None:
    """Amounts are rounded to the cent, so that what is worked out from one of them is rounded too."""
    really = pricer(book, questions, case(questions, **changed))
    found = reconcile(pricer(book, questions), *LANE, of_quote(really))
    quote = really.quote(*LANE)
    assert quote is not None
    assert found.net == quote.net
    clue = row(found, line).clues[-1]
    assert (clue.implied, clue.unit.en) == (implied, unit)
    assert clue.held != clue.implied
    # the other lines are right, or follow from this one
    for other in found.rows:
        assert other.line == line or other.difference == other.follows


@pytest.mark.parametrize(
    ("fact", "value", "line", "held", "implied"),
    [
        ("dest.gb.vat", "17.5", "vat", "20", "17.5"),
        ("amazon.eu.referral.apparel", "12", "commission", "10", "11.99"),
    ],
)
def test_a_fact_that_was_off_is_named_with_its_source(
    fact: str, value: str, line: str, held: str, implied: str, book: RuleBook, questions: Questions
) -> None:
    really = pricer(book, questions, case(questions, {fact: value}))
    found = reconcile(pricer(book, questions), *LANE, of_quote(really))
    quote = really.quote(*LANE)
    assert quote is not None
    assert found.net == quote.net
    clue = next(clue for clue in row(found, line).clues if clue.implied)
    assert clue.reading is not None
    assert (clue.reading.id, clue.held) == (fact, held)
    assert abs(Decimal(clue.implied) - Decimal(implied)) <= Decimal("0.1")


def test_the_sum_of_the_differences_is_exact(book: RuleBook, questions: Questions) -> None:
    priced = pricer(book, questions)
    found = reconcile(
        priced, *LANE, settled(("price", "25.90", "USD"), ("goods", "39.50", "CNY"), ("commission", "1.92", "GBP"),
                               ("freight", "4.40", "USD"), ("vat", "4.32", "USD")),
    )  # fmt: skip
    estimated = sum(row.estimated or 0 for row in found.rows if row.line != "price")
    real = sum(row.real for row in found.rows if row.line != "price")
    assert found.costs == real - estimated
    assert found.income == 100
    assert found.net == found.quote.net + 100 - found.costs
    assert {line.id for line in found.missing} >= {"regulatory", "other.plan"}
    assert row(found, "vat").follows == row(found, "vat").difference
    assert row(found, "vat").clues[-1].text.en == "its own rate holds"
    assert row(found, "freight").percent == Decimal("12.8")


def test_a_charge_in_the_currency_of_the_quote_gives_the_exchange_rate(
    book: RuleBook, questions: Questions
) -> None:
    found = reconcile(pricer(book, questions), *LANE, settled(("goods", "5.60", "USD")))
    clue = row(found, "goods").clues[0]
    assert clue.text.en == "if 38.00 CNY was charged, the exchange rate was 0.1474 USD against 0.1431"
    assert clue.reading is not None
    assert clue.reading.id == "fx.2026_01_27.USD"


def test_a_weight_is_found_by_the_freight(book: RuleBook, questions: Questions) -> None:
    found = reconcile(pricer(book, questions), *LANE, settled(("freight", "29.50", "CNY")))
    assert row(found, "freight").clues[0].text.en == "a billed weight of 300 g comes to this, against 250 g"
    between = reconcile(pricer(book, questions), *LANE, settled(("freight", "29.51", "CNY")))
    assert "no weight of the price list costs 29.51 CNY" in row(between, "freight").clues[0].text.en


def test_a_line_that_was_not_known_is_known_now(book: RuleBook, questions: Questions) -> None:
    lane = ("ebay", "GB", "GB", "yunexpress")
    priced = pricer(book, questions)
    found = reconcile(priced, *lane, settled(("International fee", "0.40", "GBP")))
    only = row(found, "other.international")
    assert (only.estimated, only.percent) == (None, None)
    assert only.difference == only.real == 55
    assert found.complete
    assert found.net == found.quote.net - 55


def test_a_relief_that_was_not_granted_is_said(book: RuleBook, questions: Questions) -> None:
    found = reconcile(pricer(book, questions), *LANE, settled(("duty", "2.10", "GBP")))
    assert "the relief was not granted" in row(found, "duty").clues[0].text.en
    assert found.costs == 0, "the buyer paid it"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([("comission", "1", "USD")], "the quote has no line 'comission'; right form: one of price, goods"),
        ([("goods", "1", "USD"), ("货物成本", "2", "USD")], "the line goods stands there twice"),
        ([("goods", "1", "RON")], "RON"),
    ],
)
def test_what_is_no_line_is_refused_in_one_sentence(
    lines: list[tuple[str, str, str]], said: str, book: RuleBook, questions: Questions
) -> None:
    with pytest.raises(OptionError) as caught:
        reconcile(pricer(book, questions), *LANE, settled(*lines))
    assert said in caught.value.text.en
    assert caught.value.text.zh


def test_nothing_is_compared_with_a_case_that_has_no_price(book: RuleBook, questions: Questions) -> None:
    told = case_of({"format": 1, "answers": {"direction": "export", "weight_g": 250}}, questions)
    with pytest.raises(OptionError):
        reconcile(pricer(book, questions, told), *LANE, settled(("goods", "1", "USD")))
