"""What the product step shows, as data."""

from __future__ import annotations

from decimal import Decimal

import pytest
from window_fakes import TODAY, advice_on, small_book

from desktop.core.case import Case
from desktop.core.questions import Questions, questions_of
from desktop.viewmodels import product
from desktop.viewmodels.case_model import CaseModel


@pytest.fixture(scope="module")
def questions() -> Questions:
    return questions_of(small_book().rules)


def test_every_question_is_shown_once_or_is_the_currency_of_one(questions: Questions) -> None:
    shown = [question for group in product.groups_of(questions) for question in group.questions]
    currencies = {question.currency for question in shown if question.currency}
    assert len(shown) == len({question.name for question in shown})
    assert {question.name for question in shown} | currencies == {
        question.name for question in questions.items
    }


def test_seven_choices_are_chips_and_eight_are_searched(questions: Questions) -> None:
    assert len(questions["goods_class"].choices) == 7
    assert product.control_of(questions["goods_class"]) == "chips"
    assert product.control_of(questions["category"]) == "search"


def test_the_first_three_are_the_direction_and_what_the_first_step_needs() -> None:
    model = CaseModel(small_book(), TODAY)
    assert product.missing({}, model.flow) == ("direction", "category", "list_price")
    assert product.missing({"category": "unknown"}, model.flow) == ("direction", "list_price")


def test_dont_know_counts_as_answered_and_a_currency_does_not(questions: Questions) -> None:
    case = Case()
    asked = product.progress(case, questions).asked
    for name, raw in (("unit_cost", "unknown"), ("price_currency", "EUR"), ("category", "apparel")):
        case, _ = case.set(questions, name, raw)
    assert product.progress(case, questions) == product.Progress(2, asked)


def test_a_default_is_marked_only_where_nothing_was_said(questions: Questions) -> None:
    advice = advice_on(Case())
    assert product.mark_of(questions["goods_class"], "", advice) == "default"
    assert product.mark_of(questions["goods_class"], "unknown", advice) == "default"
    assert product.mark_of(questions["goods_class"], "typed", advice) == "typed"
    assert product.mark_of(questions["weight_g"], "", advice) == ""


def test_numbers_and_sizes_are_read_from_answers() -> None:
    assert product.number_of("24.90") == Decimal("24.90")
    assert product.number_of(250) == Decimal(250)
    assert product.number_of("unknown") is None
    assert product.size_of("25x20x3.5") == (Decimal(25), Decimal(20), Decimal("3.5"))
    assert product.size_of("unknown") is None


def test_next_open_skips_what_is_not_asked(questions: Questions) -> None:
    case, _ = Case().set(questions, "direction", "import")
    names = [question.name for question in questions.items if question.name != "direction"]
    for name in names[: names.index("return_rate")]:
        case, _ = case.set(questions, name, "unknown")
    # returns, advertising: not asked of an import
    assert product.next_open(case, questions) == "order_size"
