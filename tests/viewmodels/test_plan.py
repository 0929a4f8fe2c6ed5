"""The plan as data: what it shows is the chosen lane's, what is not known is said, and every source has its date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.core.result import Advice, Line, Quote, Ranking
from desktop.core.text import both
from desktop.engine.advice import evaluate
from desktop.viewmodels import plan as vm
from desktop.viewmodels.absence import has_no_plan

TODAY = date(2026, 11, 24)
VEST = {
    "direction": "export", "category": "apparel", "goods_class": "battery", "list_price": "24.90",
    "unit_cost": "38", "cost_currency": "CNY", "weight_g": 210, "destinations": ["US", "GB", "DE"],
    "monthly_orders": 400,
}  # fmt: skip
MILK = {"direction": "import", "category": "milk-powder", "list_price": "190", "price_currency": "CNY"}


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def case_of(questions: Questions, answers: Mapping[str, Any]) -> Case:
    case = Case()
    for name, raw in answers.items():
        case, _ = case.set(questions, name, raw)
    return case


@pytest.fixture(scope="module")
def vest(questions: Questions) -> Case:
    return case_of(questions, VEST)


@pytest.fixture(scope="module")
def out(book: RuleBook, vest: Case) -> Advice:
    return evaluate(vest, book, TODAY)


@pytest.fixture(scope="module")
def milk(questions: Questions) -> Case:
    return case_of(questions, MILK)


@pytest.fixture(scope="module")
def into(book: RuleBook, milk: Case) -> Advice:
    return evaluate(milk, book, TODAY)


# ---------------------------------------------------------------------- path
def test_export_path_is_the_chosen_lane(out: Advice, vest: Case, questions: Questions) -> None:
    path = vm.export_path(out, vest, questions, "en")
    assert [step.key for step in path] == ["product", "market", "platform", "service", "result-export"]
    assert [step.step for step in path] == ["product", "markets", "platforms", "logistics", ""]
    market, platform = out.markets.first, out.platforms.first
    assert market is not None
    assert platform is not None
    assert platform.quote is not None
    assert path[1].title == market.name.en
    assert path[2].title == platform.name.en
    service = out.logistics.option(platform.quote.lane["service"])
    assert service is not None
    assert path[3].title == service.name.en
    assert str(platform.quote.net_money) in path[4].title
    assert vm.import_path(out, vest, questions, "en") == ()


def test_import_path_ends_at_the_tax(into: Advice, milk: Case, questions: Questions) -> None:
    path = vm.import_path(into, milk, questions, "en")
    assert [step.key for step in path] == ["product", "shop", "mode", "city", "result-import"]
    assert path[-1].title == "17.29 CNY tax"  # 190.00 × 13% × 70%
    assert vm.export_path(into, milk, questions, "en") == ()


def test_both_ways_two_paths(book: RuleBook, questions: Questions) -> None:
    case = case_of(questions, VEST | {"direction": "both"})
    advice = evaluate(case, book, TODAY)
    assert len(vm.export_path(advice, case, questions, "en")) == 5
    assert len(vm.import_path(advice, case, questions, "en")) == 5


def test_a_platform_already_chosen_is_followed(book: RuleBook, questions: Questions, out: Advice) -> None:
    other = next(option for option in out.platforms.ranked if option.rank == 2)
    case = case_of(questions, VEST | {"platform": other.id})
    advice = evaluate(case, book, TODAY)
    path = vm.export_path(advice, case, questions, "en")
    assert path[2].title == other.name.en
    quote = vm.export_quote(advice, case)
    assert quote is not None
    assert quote.lane["platform"] == other.id


def test_without_a_price_the_result_is_open_and_the_price_is_asked(
    book: RuleBook, questions: Questions
) -> None:
    case = case_of(questions, {key: value for key, value in MILK.items() if key != "list_price"})
    advice = evaluate(case, book, TODAY)
    path = vm.import_path(advice, case, questions, "en")
    assert (path[-1].title, path[-1].tone) == ("?", "unk")
    gaps = vm.unknown_rows(advice, case, questions, book, "en")
    assert gaps[0].question == "list_price"


# ---------------------------------------------------------------------- lead
LOSING = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90", "unit_cost": "45",
    "cost_currency": "CNY", "weight_g": 350, "dims_cm": "30x20x5", "destinations": ["US", "DE"], "monthly_orders": 200,
}  # fmt: skip


def test_a_way_that_loses_money_says_so_and_names_the_market_that_does_not(
    book: RuleBook, questions: Questions
) -> None:
    case = case_of(questions, LOSING)
    advice = evaluate(case, book, TODAY)
    quote, other = vm.export_quote(advice, case), advice.markets.option("DE")
    assert quote is not None
    assert quote.net < 0
    assert other is not None
    assert other.quote is not None
    assert other.quote.net > 0
    shop = advice.platforms.option(other.quote.lane["platform"])
    assert shop is not None
    said = vm.lead(advice, case, questions, "en")
    lost, left = (f"{abs(each.net) / 100:.2f} USD" for each in (quote, other.quote))
    assert f" loses {lost} at this price." in said
    assert said.endswith(f"In Germany, on {shop.name.en}, at most {left} would be left.")
    partly = replace(quote, lines=(*quote.lines, Line("more", "ads", both("Ads"), None, quote.currency)))
    assert advice.platforms.first is not None
    first = replace(advice.platforms.first, quote=partly)
    rest = advice.platforms.options[1:]
    advice = replace(advice, platforms=replace(advice.platforms, options=(first, *rest)))
    assert f" loses at least {lost} at this price." in vm.lead(advice, case, questions, "en")


def test_a_way_that_leaves_something_has_no_more_to_say(
    out: Advice, vest: Case, questions: Questions
) -> None:
    quote = vm.export_quote(out, vest)
    assert quote is not None
    assert quote.net > 0
    assert "loses" not in vm.lead(out, vest, questions, "en")


# ---------------------------------------------------------------------- price to margin
def test_waterfall_sums_from_price_to_net(out: Advice, vest: Case) -> None:
    quote = vm.export_quote(out, vest)
    assert quote is not None
    steps = vm.waterfall(quote, "en").steps
    assert steps[0].series == "price"
    assert steps[-1].series == "net"
    costs = sum((step.value or Decimal(0)) for step in steps[1:-1])
    assert (steps[0].value or Decimal(0)) - costs == steps[-1].value
    assert steps[-1].label == str(quote.net_money).replace("-", "−")


def test_an_unknown_part_is_a_question_mark_and_the_margin_at_most(out: Advice, vest: Case) -> None:
    quote = vm.export_quote(out, vest)
    assert quote is not None
    lines = (*quote.lines, Line("more", "ads", both("Ads"), None, quote.currency))
    steps = vm.waterfall(replace(quote, lines=lines), "en").steps
    part = next(step for step in steps if step.key == "ads")
    assert (part.value, part.label) == (None, "?")
    assert steps[-1].name == "Net, at most"
    assert "at most" in vm.waterfall_title(replace(quote, lines=lines))
    half = (*quote.lines, Line("more", "freight", both("Fuel"), None, quote.currency))
    freight = next(s for s in vm.waterfall(replace(quote, lines=half), "en").steps if s.key == "freight")
    assert freight.label.endswith("and ?")


def test_no_waterfall_without_a_price() -> None:
    assert vm.waterfall(None, "en").steps == ()
    assert vm.waterfall(Quote({}, 0, "USD", 1, ()), "en").steps == ()


def test_tax_lines_sum(into: Advice, milk: Case) -> None:
    rows = vm.tax_lines(vm.import_quote(into, milk), "en")
    assert rows[-1].value == "17.29"
    assert sum(Decimal(row.value) for row in rows[:-1]) == Decimal("17.29")


# ---------------------------------------------------------------------- not known
def test_gaps_name_defaults_and_what_no_line_stands_for(
    book: RuleBook, out: Advice, vest: Case, questions: Questions
) -> None:
    rows = {row.key: row for row in vm.unknown_rows(out, vest, questions, book, "en")}
    for datum in out.defaults:
        assert any(datum.label.en in row.text for row in rows.values() if row.mark == "default")
    quote = vm.export_quote(out, vest)
    assert quote is not None
    left = {row.text.lower(): row for row in rows.values() if row.key.startswith("left-")}
    assert set(left) == {text.en.lower() for text in quote.left_out}
    assert left["packing"].question == "packing_cost"
    # an export refund would leave more, not less: nothing is said of its direction
    assert left["export vat refund"].remark == "not counted"


def test_every_unknown_of_the_advice_is_listed(
    book: RuleBook, out: Advice, vest: Case, questions: Questions
) -> None:
    rows = vm.unknown_rows(out, vest, questions, book, "en")
    said = {row.text.lower() for row in rows}
    assert {unknown.why.en.lower() for unknown in out.unknown} <= said


def test_a_default_in_chinese_names_the_choice_in_chinese(book: RuleBook, questions: Questions) -> None:
    case = case_of(questions, {key: value for key, value in VEST.items() if key != "goods_class"})
    advice = evaluate(case, book, TODAY)
    rows = vm.unknown_rows(advice, case, questions, book, "zh")
    assert any("普货" in row.text and row.question == "goods_class" for row in rows)


# ---------------------------------------------------------------------- sources
def test_sources_are_distinct_oldest_first_and_complete(out: Advice, vest: Case) -> None:
    rows = vm.source_rows(out, vest, TODAY, "en")
    assert len({row.key for row in rows}) == len(rows)
    days = [row.readings[0].source.day for row in rows]
    assert days == sorted(days)
    quote = vm.export_quote(out, vest)
    assert quote is not None
    used = {reading.source.key for line in quote.lines for reading in line.readings if not reading.typed}
    steps = {step.reading.source.key for step in out.next_steps if step.reading}
    assert used | steps <= {row.key for row in rows}


def test_a_source_past_its_review_is_marked_from_the_day_after(out: Advice, vest: Case) -> None:
    for row in vm.source_rows(out, vest, TODAY, "en"):
        review = row.readings[0].source.review_by
        assert row.due == (review is not None and review < TODAY)
    assert not any(row.due for row in vm.source_rows(out, vest, date(2000, 1, 1), "en"))


def test_why_of_a_source_names_all_that_is_taken_from_it(out: Advice, vest: Case) -> None:
    rows = vm.source_rows(out, vest, TODAY, "en")
    most = max(rows, key=lambda row: len(row.readings))
    assert {reading.id for reading in vm.why_source(most).readings} == {r.id for r in most.readings}


# ---------------------------------------------------------------------- the rest
def test_next_steps_and_stability_as_given(out: Advice) -> None:
    assert [row.text for row in vm.next_rows(out, "zh")] == [step.text.zh for step in out.next_steps]
    assert [row.text for row in vm.change_rows(out, "en")] == [text.en for text in out.stability]


def test_empty_without_goods_and_price_and_without_a_ranking(out: Advice, vest: Case) -> None:
    assert not has_no_plan(out, vest)
    assert has_no_plan(out, Case())
    none = Ranking("", ())
    bare = replace(out, platforms=none, markets=none, import_modes=none, import_platforms=none)
    assert has_no_plan(bare, vest)


def test_why_of_the_margin_points_at_the_part(out: Advice, vest: Case) -> None:
    subject = vm.why_net(out, vest, "freight")
    quote = vm.export_quote(out, vest)
    assert subject is not None
    assert quote is not None
    line = quote.line(subject.focus)
    assert line is not None
    assert line.series == "freight"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_plan_as_text_holds_everything(
    book: RuleBook, out: Advice, vest: Case, questions: Questions, language: Any
) -> None:
    text = vm.plan_text(out, vest, questions, book, TODAY, language)
    quote = vm.export_quote(out, vest)
    assert quote is not None
    assert str(quote.net_money) in text
    for step in out.next_steps:
        assert step.text[language] in text
    for row in vm.source_rows(out, vest, TODAY, language):
        assert row.publisher in text
    for gap in vm.unknown_rows(out, vest, questions, book, language):
        assert gap.text in text
