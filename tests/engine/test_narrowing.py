"""The ranges over open answers: every end is the advice on a case that has just those answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from desktop.core.case import Case
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.core.result import Advice
from desktop.engine.advice import evaluate
from desktop.engine.narrowing import Narrowing, Range, narrowing, open_spans
from desktop.engine.open_answers import open_answers
from desktop.store import rulebook

TODAY = date(2026, 11, 24)
REPORT_DAY = date(2015, 11, 8)
VEST = {"direction": "export", "category": "apparel", "list_price": "24.90"}
WHOLE = {"unit_cost": "38", "weight_g": 210, "dims_cm": "22x16x4", "monthly_orders": 200}


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return rulebook.load()


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def case_of(questions: Questions, **answers: object) -> Case:
    case = Case()
    for name, raw in answers.items():
        case, _ = case.set(questions, name, raw)
    return case


def found_of(book: RuleBook, questions: Questions, case: Case, day: date = TODAY) -> Narrowing:
    found = narrowing(case, book.at(day), questions)
    assert found is not None
    return found


def nets(advice: Advice) -> dict[str, int]:
    return {o.id: o.quote.net for o in advice.platforms.options if o.quote is not None and not o.excluded}


@pytest.mark.parametrize("market", ["US", "GB", "DE", "AU", "BR"])
@pytest.mark.parametrize("goods", [{}, {"packing_cost": "1.5"}, {"return_rate": "3", "cost_currency": "EUR"}])
def test_with_every_answer_the_range_is_the_one_figure(
    book: RuleBook, questions: Questions, market: str, goods: dict[str, object]
) -> None:
    case = case_of(questions, **VEST, **WHOLE, **goods, destinations=[market])
    found = found_of(book, questions, case)
    assert found.spans == ()
    assert found.open == ()
    advice = evaluate(case, book, TODAY, questions)
    assert advice.markets.options[0].id == market
    assert found.ranges[market]
    for platform, span in found.ranges[market].items():
        assert (span.low, span.high) == (nets(advice)[platform],) * 2
        option = advice.platforms.option(platform)
        assert option is not None
        assert option.quote is not None
        assert span.complete is option.quote.complete


def test_cost_and_orders_a_month_are_exact_at_their_ends(book: RuleBook, questions: Questions) -> None:
    given = {**VEST, "weight_g": 210, "dims_cm": "22x16x4", "destinations": ["US"]}
    found = found_of(book, questions, case_of(questions, **given))
    assert found.open == ("monthly_orders", "unit_cost")
    # a tenth and a half of 24.90: 2.49 and 12.45
    costs = [span for span in found.spans if span.question == "unit_cost"]
    assert [(span.low, span.high) for span in costs] == [(Decimal("2.49"), Decimal("12.45"))]
    corners = [
        nets(evaluate(case_of(questions, **given, cost_currency="USD", unit_cost=cost, monthly_orders=orders),
                      book, TODAY, questions))
        for cost, orders in product(("2.49", "12.45"), (30, 1000))
    ]  # fmt: skip
    for platform, span in found.ranges["US"].items():
        reached = [corner[platform] for corner in corners]
        assert (span.low, span.high) == (min(reached), max(reached)), platform


def test_no_weight_between_the_ends_leaves_the_range(book: RuleBook, questions: Questions) -> None:
    given = {**VEST, "unit_cost": "38", "dims_cm": "22x16x4", "monthly_orders": 200, "destinations": ["GB"]}
    found = found_of(book, questions, case_of(questions, **given))
    assert found.open == ("weight_g",)
    spans = found.ranges["GB"]
    seen: dict[str, list[int]] = {}
    for weight in (50, 55, 100, 101, 131, 250, 251, 333, 500, 501, 777, 999, 1001, 1499, 1500, 1900, 2000):
        for platform, net in nets(
            evaluate(case_of(questions, **given, weight_g=weight), book, TODAY, questions)
        ).items():
            seen.setdefault(platform, []).append(net)
            assert spans[platform].low <= net <= spans[platform].high, (platform, weight)
    for platform, reached in seen.items():
        assert (min(reached), max(reached)) == (spans[platform].low, spans[platform].high)


def test_what_an_answer_takes_off_is_the_width_less_what_is_left(
    book: RuleBook, questions: Questions
) -> None:
    given = {**VEST, "weight_g": 210, "dims_cm": "22x16x4", "destinations": ["US"]}
    whole = found_of(book, questions, case_of(questions, **given))
    for platform, effects in whole.effects["US"].items():
        span = whole.ranges["US"][platform]
        by = {effect.question: effect.by for effect in effects}
        # the cost takes off what lies between its own ends, whatever else is open: 12.45 − 2.49
        assert by["unit_cost"] == 1245 - 249
        assert by["monthly_orders"] == span.width - (1245 - 249)
        assert [effect.by for effect in effects] == sorted(by.values(), reverse=True)
    answered = found_of(book, questions, case_of(questions, **given, cost_currency="USD", unit_cost="5"))
    for platform, span in answered.ranges["US"].items():
        assert span.width == whole.ranges["US"][platform].width - (1245 - 249)


def test_an_open_country_spans_all_markets_that_are_compared(book: RuleBook, questions: Questions) -> None:
    found = found_of(book, questions, case_of(questions, **VEST, **WHOLE))
    assert found.open == ("destinations",)
    assert len(found.markets) == 9
    assert len({id(found.ranges[market]) for market in found.markets}) == 1
    for platform, span in found.ranges["US"].items():
        each = [found.by_market[m][platform] for m in found.markets if platform in found.by_market[m]]
        assert span.low == min(one.low for one in each)
        assert span.high == max(one.high for one in each)
        assert span.everywhere is (len(each) == len(found.markets))
        # each market alone is one figure, so the answer takes off all of it
        assert [(e.question, e.by) for e in found.effects["US"][platform]] == [("destinations", span.width)]


def test_markets_that_were_chosen_are_no_open_answer(book: RuleBook, questions: Questions) -> None:
    found = found_of(book, questions, case_of(questions, **VEST, **WHOLE, destinations=["US", "GB"]))
    assert found.open == ()
    assert found.ranges["US"] == found.by_market["US"]
    assert found.ranges["GB"] == found.by_market["GB"]
    assert all(span.width == 0 for span in found.ranges["US"].values())


def test_what_a_visitor_reads_says_nothing_of_the_cost(book: RuleBook, questions: Questions) -> None:
    given = {**VEST, "destinations": ["GB"]}
    open_ = found_of(book, questions, case_of(questions, **given))
    for private in ({"unit_cost": "3"}, {"unit_cost": "99"}, {"unit_cost": "99", "packing_cost": "7"}):
        found = found_of(book, questions, case_of(questions, **given, **private))
        assert found.public == open_.public
    full = {**VEST, **WHOLE, "destinations": ["GB"], "packing_cost": "2"}
    for platform, span in found_of(book, questions, case_of(questions, **full)).public["GB"].items():
        quote = evaluate(case_of(questions, **full), book, TODAY, questions).platforms.option(platform).quote  # type: ignore[union-attr]
        assert quote is not None
        assert span.low == span.high == quote.net + quote.of_series("goods")[0]


def test_how_often_each_leads_is_the_ranking_of_every_combination(
    book: RuleBook, questions: Questions
) -> None:
    given = {**VEST, "weight_g": 210, "dims_cm": "22x16x4", "destinations": ["US"]}
    found = found_of(book, questions, case_of(questions, **given))
    counted: dict[str, int] = {}
    for cost, orders in product(("2.49", "12.45"), (30, 1000)):
        case = case_of(questions, **given, cost_currency="USD", unit_cost=cost, monthly_orders=orders)
        first = evaluate(case, book, TODAY, questions).platforms.first
        assert first is not None
        counted[first.id] = counted.get(first.id, 0) + 1
    assert found.leads["US"] == counted


def test_the_upper_end_of_a_weight_is_the_fact_of_the_small_packet(
    book: RuleBook, questions: Questions
) -> None:
    for day in (TODAY, REPORT_DAY):
        [span] = [
            s
            for s in open_spans(case_of(questions, **VEST), book.at(day), questions)
            if s.question == "weight_g"
        ]
        assert span.reading is not None
        assert span.reading.id == "logistics.service.packet.max_weight"
        assert span.high == span.reading.decimal() * 1000 == 2000
        assert span.mark == "default"
    sofa = case_of(questions, **{**VEST, "category": "furniture"})
    [span] = [s for s in open_spans(sofa, book.at(TODAY), questions) if s.question == "weight_g"]
    assert (span.low, span.high, span.reading) == (1000, 30_000, None)


def test_a_size_is_spanned_as_litres_for_each_kilogram(book: RuleBook, questions: Questions) -> None:
    chair = {"direction": "export", "category": "furniture", "list_price": "124.90", "unit_cost": "38",
             "weight_g": 5000, "monthly_orders": 200, "destinations": ["GB"]}  # fmt: skip
    case = case_of(questions, **chair)
    found = found_of(book, questions, case)
    assert [(span.question, span.low, span.high) for span in found.spans] == [("dims_cm", 1, 10)]
    # 5 kg of one litre each are a cube of 170.998 mm, of ten litres each one of 368.403 mm, both rounded up
    corners = [
        nets(evaluate(case.set(questions, "dims_cm", size)[0], book, TODAY, questions))
        for size in ("17.1x17.1x17.1", "36.9x36.9x36.9")
    ]
    for platform, span in found.ranges["GB"].items():
        assert span.low == min(corner[platform] for corner in corners)
        assert span.high == max(corner[platform] for corner in corners)
        assert span.low < span.high


def test_an_unknown_answer_is_an_open_one(book: RuleBook, questions: Questions) -> None:
    absent = case_of(questions, **VEST)
    unknown = case_of(questions, **VEST, **dict.fromkeys((*WHOLE, "destinations"), "unknown"))
    assert open_answers(unknown, book.at(TODAY), questions) == open_answers(absent, book.at(TODAY), questions)
    assert found_of(book, questions, unknown).ranges == found_of(book, questions, absent).ranges


@pytest.mark.parametrize(
    "answers",
    [{**VEST, "direction": "import"}, {"direction": "export", "category": "apparel"},
     {**VEST, "list_price": "1000000", "pieces_per_order": 100}],
)  # fmt: skip
def test_without_a_price_that_is_known_there_is_no_range(
    book: RuleBook, questions: Questions, answers: dict[str, object]
) -> None:
    assert narrowing(case_of(questions, **answers), book.at(TODAY), questions) is None


def test_what_is_closed_or_cannot_be_said_has_no_range(book: RuleBook, questions: Questions) -> None:
    case = case_of(questions, **VEST, **WHOLE, destinations=["BR", "RU"])
    found = found_of(book, questions, case)
    for market in ("BR", "RU"):
        only, _ = case.set(questions, "destinations", [market])
        for option in evaluate(only, book, TODAY, questions).platforms.options:
            main = option.quote is not None and not any(
                line.amount is None
                for line in option.quote.seller_lines
                if line.id.split(".")[0] in ("commission", "freight", "duty", "vat")
            )
            said = option.excluded is None and main
            assert (option.id in found.by_market[market]) is said, (market, option.id)
    assert "amazon" not in found.by_market["BR"]


def test_the_work_ends_where_an_end_is_asked_for(book: RuleBook, questions: Questions) -> None:
    class EndError(Exception):
        pass

    asked = 0

    def check() -> None:
        nonlocal asked
        asked += 1
        if asked == 3:
            raise EndError

    with pytest.raises(EndError):
        narrowing(case_of(questions, **VEST), book.at(TODAY), questions, check)
    assert asked == 3


def test_every_typical_bound_is_of_a_category_that_there_is(book: RuleBook, questions: Questions) -> None:
    for question in questions.items:
        if question.typical is not None:
            assert set(question.typical.by_category) <= set(book.rules["categories"])
            assert question.typical.note.zh
            assert question.typical.low < question.typical.high
    assert Range(1, 4).width == 3


# ---------------------------------------------------------------------------------------------------- ranges as answers
def test_what_the_client_knows_of_a_number_takes_the_place_of_the_default(
    book: RuleBook, questions: Questions
) -> None:
    given = {**VEST, "unit_cost": "38", "dims_cm": "22x16x4", "monthly_orders": 200, "destinations": ["GB"]}
    open_ = found_of(book, questions, case_of(questions, **given))
    case = case_of(questions, **given, weight_g="200-300")
    assert case.answers["weight_g"] == "unknown"
    assert case.within["weight_g"] == ("200", "300")
    found = found_of(book, questions, case)
    [span] = found.spans
    assert (span.low, span.high, span.mark) == (200, 300, "case")
    corners = [
        nets(evaluate(case_of(questions, **given, weight_g=w), book, TODAY, questions)) for w in (200, 300)
    ]
    for platform, each in found.ranges["GB"].items():
        assert (each.low, each.high) == (corners[1][platform], corners[0][platform])
        assert 0 < each.width < open_.ranges["GB"][platform].width


def test_a_range_of_the_cost_is_in_the_currency_of_the_cost(book: RuleBook, questions: Questions) -> None:
    given = {**VEST, "weight_g": 210, "dims_cm": "22x16x4", "monthly_orders": 200, "destinations": ["GB"]}
    found = found_of(book, questions, case_of(questions, **given, unit_cost="30-40.5"))
    assert [(s.low, s.high, s.unit.en) for s in found.spans] == [(30, Decimal("40.5"), "CNY")]
    low, high = (
        nets(evaluate(case_of(questions, **given, unit_cost=cost), book, TODAY, questions))
        for cost in ("40.5", "30")
    )
    for platform, each in found.ranges["GB"].items():
        assert (each.low, each.high) == (low[platform], high[platform])
