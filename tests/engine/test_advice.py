"""The advice: on its own day the report's knowledge leads to the report's advice, and what is unknown never wins.

The expectations name the section of the report that they come from.
"""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest

from desktop.core.case import Case, case_of
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.core.result import CHOICES, Advice, Option
from desktop.engine.advice import evaluate
from desktop.store.casefile import examples, read_example

THEN = date(2015, 11, 8)
NOW = date(2026, 11, 24)


@pytest.fixture(scope="session")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


@pytest.fixture
def advise(book: RuleBook, questions: Questions) -> Any:
    def run(day: date, **answers: Any) -> Advice:
        return evaluate(case_of({"answers": answers}, questions).on(day), book, NOW, questions)

    return run


def first(advice: Advice, choice: str) -> str | None:
    option = advice.ranking(choice).first
    return option.id if option else None


LAMP = {
    "category": "lighting",
    "list_price": "15.80",
    "unit_cost": "32",
    "weight_g": 480,
    "direction": "export",
}
DRESS = {
    "category": "apparel",
    "list_price": "24.90",
    "unit_cost": "38",
    "weight_g": 250,
    "direction": "export",
}
MILK = {"category": "milk-powder", "list_price": "190", "weight_g": 1000, "direction": "import"}


# ---------------------------------------------------------------------- the report's own advice
@pytest.mark.parametrize("market", ["RU", "BR"])
@pytest.mark.parametrize("goods", [LAMP, DRESS])
def test_2_3_1_aliexpress_for_price_sensitive_buyers_in_russia_and_brazil(
    advise: Any, market: str, goods: dict[str, Any]
) -> None:
    advice = advise(THEN, **goods, destinations=[market], price_sensitive_buyers=True)
    assert first(advice, "platforms") == "aliexpress"
    assert any(r.fact == "seed.platform.aliexpress.positioning" for r in advice.platforms.first.reasons)


@pytest.mark.parametrize("category", ["apparel", "consumer-electronics", "furniture", "home-kitchen"])
def test_2_3_1_the_uk_is_the_first_market_on_ebay(advise: Any, category: str) -> None:
    answers = {**DRESS, "category": category}
    advice = advise(THEN, **answers, destinations=["US", "GB", "DE"], experience="first", platform="ebay")
    assert first(advice, "markets") == "GB"
    assert any(r.fact == "seed.platform.ebay.advice" for r in advice.markets.first.reasons)


def test_2_3_1_for_a_first_time_seller_the_uk_leads_to_ebay(advise: Any) -> None:
    advice = advise(THEN, **DRESS, destinations=["US", "GB"], experience="first")
    assert first(advice, "markets") == "GB"
    assert first(advice, "platforms") == "ebay"


@pytest.mark.parametrize("category", ["wedding-dresses", "consumer-electronics", "baby", "lighting"])
def test_3_1_2_dhgate_for_small_wholesale_under_a_hundred_pieces(advise: Any, category: str) -> None:
    answers = {**DRESS, "category": category, "order_size": "small-wholesale", "pieces_per_order": 20}
    advice = advise(THEN, **answers, destinations=["US"])
    assert first(advice, "platforms") == "dhgate"
    assert any(r.fact == "seed.case.dhgate.small_order" for r in advice.platforms.first.reasons)


def test_3_1_2_at_a_hundred_pieces_the_small_order_service_no_longer_speaks(advise: Any) -> None:
    answers = {**DRESS, "order_size": "small-wholesale", "destinations": ["US"], "weight_g": 10}
    facts = {}
    for pieces in (99, 100):
        advice = advise(THEN, **answers, pieces_per_order=pieces)
        facts[pieces] = {r.fact for r in advice.platforms.option("dhgate").reasons}
    assert "seed.case.dhgate.small_order" in facts[99]
    assert "seed.case.dhgate.small_order" not in facts[100]


def test_chart_2_3_direct_mail_for_small_sellers_and_bonded_for_large_ones(advise: Any) -> None:
    small = advise(THEN, **MILK, seller_size="small", capital="low", demand="unpredictable")
    large = advise(THEN, **MILK, seller_size="large", capital="high", demand="predictable")
    assert first(small, "import_modes") == "direct-mail"
    assert first(large, "import_modes") == "bonded-stocking-up"
    for advice in (small, large):
        assert any(r.fact == "seed.chart2_3.distribution" for r in advice.import_modes.first.reasons)


@pytest.mark.parametrize("size", ["small", "large"])
def test_chart_2_3_the_size_alone_decides_between_direct_mail_and_bonded(advise: Any, size: str) -> None:
    ranks = {o.id: o.rank for o in advise(THEN, **MILK, seller_size=size).import_modes.ranked}
    assert (ranks["direct-mail"] < ranks["bonded-stocking-up"]) is (size == "small")


def test_chart_2_1_jd_where_platform_fees_decide(advise: Any) -> None:
    advice = advise(THEN, **MILK, platform_fees_matter=True, brand=True, company="company")
    ranks = {o.id: o.rank for o in advice.import_platforms.ranked}
    assert ranks["jd-worldwide"] < ranks["tmall-global"]


def test_3_1_1_tmall_admits_companies_only(advise: Any) -> None:
    closed = advise(THEN, **MILK, company="individual").import_platforms.option("tmall-global")
    assert closed.rank is None
    assert closed.excluded.reading.id == "seed.case.tmall.seller_rules"
    assert closed.excluded.opens.zh


def test_2_2_a_mode_that_a_city_does_not_offer_is_closed_with_the_cities_that_do(advise: Any) -> None:
    advice = advise(THEN, **MILK, city="hangzhou")
    closed = advice.import_modes.option("goods-collection")
    assert closed.excluded is not None
    assert closed.excluded.reading.id == "seed.city.hangzhou.modes"
    assert "Ningbo" in closed.excluded.opens.en
    assert advise(THEN, **MILK, city="ningbo").import_modes.option("goods-collection").excluded is None


def test_2_2_8_tianjin_and_zhengzhou_are_not_closed_for_what_the_report_does_not_say(advise: Any) -> None:
    advice = advise(THEN, **MILK, city="zhengzhou")
    assert all(option.excluded is None for option in advice.import_modes.options)


def test_2_3_1_amazon_has_no_site_for_russia_brazil_and_australia_in_2015(advise: Any) -> None:
    for market in ("RU", "BR", "AU"):
        amazon = advise(THEN, **DRESS, destinations=[market]).platforms.option("amazon")
        assert amazon.excluded is not None
        assert amazon.excluded.reading.id == "seed.platform.amazon.marketplaces"


def test_chart_2_2_milk_powder_at_380_yuan_is_waived_in_2015_and_taxed_today(advise: Any) -> None:
    # two tins: postal tax 10 % of 380.00 = 38.00, not over 50: waived; today 380.00 × 9.1 % = 34.58
    answers = {**MILK, "list_price": "380"}
    then = advise(THEN, **answers).import_modes.option("bonded-stocking-up")
    now = advise(NOW, **answers).import_modes.option("bonded-stocking-up")
    assert (then.quote.cost, then.details["outcome"]) == (0, "waived")
    assert now.quote.cost == 3458


# ---------------------------------------------------------------------- laws
EVERY_DAY = [THEN, NOW, date(1990, 1, 1), date(2020, 6, 1)]


def all_options(advice: Advice) -> list[Option]:
    return [option for choice in CHOICES for option in advice.ranking(choice).options]


@pytest.mark.parametrize("day", EVERY_DAY)
@pytest.mark.parametrize("name", examples())
def test_every_reason_has_a_source_and_every_line_sums(
    book: RuleBook, questions: Questions, name: str, day: date
) -> None:
    advice = evaluate(read_example(name, questions).on(day), book, NOW, questions)
    for option in all_options(advice):
        for reason in option.reasons:
            assert reason.source in book.sources_data, (option.id, reason.text.en)
            assert reason.text.zh
        if option.excluded is None and option.quote is not None and option.quote.price > 0:
            known = [line.amount for line in option.quote.seller_lines if line.amount is not None]
            assert sum(known) + option.quote.net == option.quote.price
        for line in option.quote.lines if option.quote else ():
            assert (line.amount is None) == (line.unknown is not None), (option.id, line.id)


@pytest.mark.parametrize("name", examples())
def test_in_1990_nothing_is_known_and_nothing_is_invented(
    book: RuleBook, questions: Questions, name: str
) -> None:
    advice = evaluate(read_example(name, questions).on(date(1990, 1, 1)), book, NOW, questions)
    assert advice.readings == ()
    assert advice.unknown
    for option in all_options(advice):
        assert option.reasons == ()


@pytest.mark.parametrize("day", [THEN, NOW])
def test_an_empty_case_is_answered(book: RuleBook, questions: Questions, day: date) -> None:
    advice = evaluate(Case().on(day), book, NOW, questions)
    assert len(advice.platforms.options) == 4
    assert all(option.quote is None for option in advice.platforms.options)
    assert advice.warnings


@pytest.mark.parametrize(
    "answers",
    [
        {"list_price": "0.01", "unit_cost": "0", "weight_g": 1},
        {"list_price": "1000000", "unit_cost": "1000000", "weight_g": 70000, "pieces_per_order": 100000},
        {"list_price": "unknown", "weight_g": "unknown"},
        {"monthly_orders": 0, "list_price": "5"},
        {"list_price": "5", "price_currency": "NGN"},
        {"list_price": "5", "goods_class": "battery", "dims_cm": "300x300x300", "weight_g": 1},
    ],
)
@pytest.mark.parametrize("day", [THEN, NOW])
def test_zero_and_huge_answers_are_answered(advise: Any, day: date, answers: dict[str, Any]) -> None:
    advice = advise(day, category="apparel", **answers)
    for option in all_options(advice):
        if option.quote is not None and option.excluded is None and option.quote.price > 0:
            assert option.quote.cost + option.quote.net == option.quote.price


def test_three_kilograms_close_a_two_kilogram_service(advise: Any) -> None:
    light = advise(NOW, **{**DRESS, "weight_g": 2000, "destinations": ["US"]})
    heavy = advise(NOW, **{**DRESS, "weight_g": 3000, "destinations": ["US"]})
    assert light.logistics.option("epacket").excluded is None
    closed = heavy.logistics.option("epacket").excluded
    assert closed is not None
    assert "3000" in closed.text.en.replace(",", "")
    assert "2000" in closed.text.en.replace(",", "")
    assert closed.opens.zh


def test_the_same_case_on_two_days_differs(advise: Any) -> None:
    then, now = (advise(day, **DRESS, destinations=["US"]) for day in (THEN, NOW))
    assert then.platforms.option("aliexpress").quote.cost != now.platforms.option("aliexpress").quote.cost


def test_ranks_are_a_count_and_closed_options_have_none(advise: Any) -> None:
    for day, goods in itertools.product([THEN, NOW], [LAMP, DRESS]):
        advice = advise(day, **goods)
        for choice in CHOICES:
            ranking = advice.ranking(choice)
            assert [o.rank for o in ranking.ranked] == list(range(1, len(ranking.ranked) + 1))
            assert all(o.rank is None for o in ranking.closed)


def test_a_closed_option_says_what_would_open_it_in_both_languages(advise: Any) -> None:
    for option in all_options(advise(NOW, **{**DRESS, "weight_g": 3000})):
        if option.excluded:
            assert option.excluded.text.en
            assert option.excluded.text.zh
            assert option.excluded.opens.en


def test_own_weights_move_the_ranking(book: RuleBook, questions: Questions) -> None:
    case = case_of({"answers": {**DRESS, "destinations": ["US"]}, "weights": {"platforms": {"money": 100, "reach": 0,
                    "fit": 0, "effort": 0}}}, questions).on(NOW)  # fmt: skip
    advice = evaluate(case, book, NOW, questions)
    assert dict(advice.platforms.weights) == {"money": 100, "reach": 0, "fit": 0, "effort": 0}
    scores = [option.criterion("money").score for option in advice.platforms.ranked]
    assert scores == sorted(scores, reverse=True)


def test_an_overridden_fact_is_marked_as_typed(book: RuleBook, questions: Questions) -> None:
    case = case_of(
        {"answers": {**DRESS, "destinations": ["US"]}, "overrides": {"vintage.aliexpress.commission": "7"}},
        questions,
    ).on(THEN)
    quote = evaluate(case, book, NOW, questions).platforms.option("aliexpress").quote
    commission = quote.line("commission")
    typed = [datum for datum in commission.data if datum.mark == "typed"]
    assert typed, "the override should be used: 24.90 × 7% = 1.74"
    assert commission.amount == 174
