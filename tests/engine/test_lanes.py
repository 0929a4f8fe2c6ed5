"""Lanes: each meets the fees, the carrier and the border that belong to it. Arithmetic stands beside the figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from desktop.core.case import case_of
from desktop.core.facts import RuleBook
from desktop.core.questions import questions_of
from desktop.core.result import Quote
from desktop.engine.advice import evaluate
from desktop.engine.freight import Parcel, compile_freight
from desktop.engine.lanes import Pricer

NOW = date(2026, 11, 24)
Quoted = Callable[..., Quote]


@pytest.fixture
def quote(book: RuleBook) -> Quoted:
    questions = questions_of(book.rules)

    def run(platform: str, market: str, service: str | None, day: date = NOW, **answers: object) -> Quote:
        given = {
            "direction": "export",
            "unit_cost": "38",
            "weight_g": 250,
            "price_currency": "USD",
            **answers,
        }
        pricer = Pricer(case_of({"answers": given}, questions), book.at(day, {}), questions)
        found = pricer.quote(platform, market, market, service)
        assert found is not None
        return found

    return run


def money(quote: Quote, line: str) -> Decimal | None:
    found = quote.line(line)
    assert found is not None, line
    return found.money


def test_an_express_lane_meets_the_tariff_and_its_own_fee(quote: Quoted) -> None:
    day = date(2026, 3, 1)
    express = quote("ebay", "US", "ups", day, list_price="60", category="bags")
    # 60.00 × 17.6 %, × 25 % (Section 301), × 10 % (Section 122), and 2.69 for an informal entry
    expected = {"duty": "10.56", "duty.s301": "15.00", "duty.s122": "6.00", "other.mpf": "2.69"}
    assert {line: money(express, line) for line in expected} == {k: Decimal(v) for k, v in expected.items()}
    post = quote("ebay", "US", "ems", day, list_price="60", category="bags")
    assert money(post, "duty.s122") == Decimal("6.00")
    assert post.line("other.mpf") is None


def test_a_platform_outside_brazils_programme_leaves_duty_and_tax_to_the_buyer(quote: Quoted) -> None:
    lamp = {"list_price": "15.80", "category": "lighting"}
    outside = quote("ebay", "BR", None, **lamp)
    # 15.80 × 60 % = 9.48; (15.80 + 9.48) ÷ (1 − 20 %) × 20 % = 6.32
    assert [(money(outside, line), outside.line(line).payer) for line in ("duty", "vat")] == [
        (Decimal("9.48"), "buyer"),
        (Decimal("6.32"), "buyer"),
    ]
    member = quote("aliexpress", "BR", None, **lamp)
    # no duty up to 50 USD since May 2026; the tax is part of its own base: 15.80 × 20 % = 3.16
    assert [(money(member, line), member.line(line).payer) for line in ("duty", "vat")] == [
        (Decimal("0.00"), "seller"),
        (Decimal("3.16"), "seller"),
    ]


def test_a_payout_is_what_is_left_after_the_tax_that_the_marketplace_keeps(quote: Quoted) -> None:
    found = quote("ebay", "GB", None, list_price="24.90", category="apparel")
    vat, conversion = found.line("vat"), found.line("payment.conversion")
    assert vat is not None
    assert vat.payer == "seller"
    # 18.26 GBP − 2.17 − 0.40 − 0.06 (fees) − 3.04 (VAT) = 12.59; × 3.3 % = 0.42 GBP
    assert conversion is not None
    assert conversion.own is not None
    assert (conversion.own.units, conversion.own.currency) == (42, "GBP")
    assert conversion.calculation.en.startswith("12.59 ×")


@pytest.mark.parametrize("market", ["US", "DE", "GB"])
def test_stock_in_a_warehouse_is_not_a_parcel_and_says_what_it_lacks(quote: Quoted, market: str) -> None:
    dress = {"list_price": "24.90", "category": "apparel", "fulfilment": "overseas-warehouse"}
    found = quote("ebay", market, None, **dress)
    assert not found.complete
    for line in ("fulfilment.warehouse", "duty"):
        assert money(found, line) is None, line
    # a domestic sale holds its tax: 24.90 × 19 ÷ 119 in Germany, × 20 ÷ 120 in Britain; none in the United States
    vat = {"DE": Decimal("3.98"), "GB": Decimal("4.15")}.get(market)
    assert (found.line("vat").money if found.line("vat") else None) == vat


@pytest.mark.parametrize("market", ["BR", "RU", "AU", "JP"])
def test_stock_where_nothing_is_known_of_it_is_unknown_and_not_taxed_as_a_parcel(
    quote: Quoted, market: str
) -> None:
    found = quote(
        "ebay", market, None, list_price="24.90", category="apparel", fulfilment="overseas-warehouse"
    )
    assert money(found, "duty") is None
    assert money(found, "vat") is None


def test_fulfilment_by_amazon_closes_the_other_platforms(book: RuleBook) -> None:
    questions = questions_of(book.rules)
    answers = {"direction": "export", "category": "apparel", "list_price": "24.90", "destinations": ["DE"]}
    case = case_of({"answers": {**answers, "fulfilment": "fba"}}, questions)
    ranking = evaluate(case, book, NOW, questions).platforms
    assert [option.id for option in ranking.ranked] == ["amazon"]
    assert {option.id for option in ranking.closed} == {"aliexpress", "ebay", "dhgate"}


def test_a_minimum_leaves_out_the_categories_that_the_source_leaves_out(quote: Quoted) -> None:
    # the book at 1.00 USD pays 15 % = 0.15; another thing pays at least 0.30
    assert money(
        quote("amazon", "US", None, list_price="1.00", category="books-media"), "commission"
    ) == Decimal("0.15")
    assert money(quote("amazon", "US", None, list_price="1.00", category="toys"), "commission") == Decimal(
        "0.30"
    )
    food = quote("amazon", "DE", None, list_price="4.00", price_currency="EUR", category="food")
    assert money(food, "commission") == Decimal("0.20")  # 4.00 × 5 %


def test_ups_bills_volume(quote: Quoted) -> None:
    box = {"list_price": "60", "category": "bags", "weight_g": 500, "dims_cm": "20x20x20"}
    freight = quote("ebay", "US", "ups", date(2026, 3, 1), **box).line("freight")
    assert freight is not None
    assert freight.own is not None
    # 8000 cm³ ÷ 5000 = 1.6 kg, billed as 2 kg: 204.14 CNY
    assert (freight.own.units, freight.own.currency) == (20414, "CNY")


def test_a_price_that_was_stated_up_to_2014_says_so_in_2015(book: RuleBook) -> None:
    parcel = Parcel(480, (220, 220, 80))
    said = {
        year: compile_freight(book.at(date(year, 11, 8)), "chinapost-ordinary", "RU", parcel).warnings
        for year in (2014, 2015)
    }
    stated = {
        year: [text.en for text in texts if "stated up to 31 Dec 2014" in text.en]
        for year, texts in said.items()
    }
    assert not stated[2014]
    assert len(stated[2015]) == 1


def test_without_a_weight_it_is_the_weight_that_is_missing_and_not_a_service(quote: Quoted) -> None:
    dress = {"list_price": "24.90", "category": "apparel"}
    for weight, what in ((None, "weight_g"), (250, "freight")):
        line = quote("ebay", "US", None, **dress, weight_g=weight).line("freight")
        assert line is not None
        assert line.unknown is not None
        assert line.unknown.what == what


def test_a_border_weighs_all_pieces_of_an_order(quote: Quoted) -> None:
    day = date(2015, 11, 8)
    box = {"list_price": "10", "price_currency": "EUR", "weight_g": 15_600, "category": "toys"}
    # one piece of 15.6 kg is below Russia's 31 kg; two are 200 g above it, at least 4 EUR a kilogram
    assert money(quote("ebay", "RU", "ems", day, **box), "duty") == 0
    assert money(quote("ebay", "RU", "ems", day, **box, pieces_per_order=2), "duty") == Decimal("0.80")


def test_what_customs_rounds_is_unknown_without_its_exchange_rate(quote: Quoted) -> None:
    # no rate of the rupee is known for 2019: the full rupees of India's duty cannot be found
    lamp = quote("ebay", "IN", None, date(2019, 6, 1), list_price="15.80", category="lighting")
    for line in ("duty", "vat"):
        found = lamp.line(line)
        assert found is not None
        assert found.amount is None
        assert found.unknown is not None


def test_a_service_that_takes_cheap_orders_only_asks_for_the_price_of_the_order(book: RuleBook) -> None:
    questions = questions_of(book.rules)
    answers = {"direction": "export", "list_price": "60", "weight_g": 400, "category": "toys"}
    closed = {}
    for pieces in (1, 2):
        case = case_of({"answers": {**answers, "pieces_per_order": pieces}}, questions)
        plan = Pricer(case, book.at(NOW, {}), questions).freight_plan(
            "aliexpress-premium", "BR", "aliexpress"
        )
        closed[pieces] = plan.exclusion.rule if plan.exclusion else None
    # orders below 100 USD: one piece for 60, not two for 120
    assert closed == {1: None, 2: "price"}
