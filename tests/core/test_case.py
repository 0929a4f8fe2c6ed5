"""Answers by name: every one optional, strict in form, and a change voids only what depends on it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.case import (
    MOST_SAID,
    NOT_APPLIED,
    Case,
    case_of,
    check_kept,
    check_overrides,
    data_of,
    not_applied,
    refitted,
)
from desktop.core.errors import AnswerError, CaseError
from desktop.core.facts import RuleBook
from desktop.core.questions import UNKNOWN, Questions, questions_of


@pytest.fixture(scope="session")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


CONTRACT = [
    "direction",
    "category",
    "goods_class",
    "unit_cost",
    "list_price",
    "cost_currency",
    "price_currency",
    "weight_g",
    "dims_cm",
    "destinations",
    "monthly_orders",
    "order_size",
    "brand",
    "experience",
    "capital",
    "company",
    "seller_size",
    "priority",
    "demand",
    "city",
    "range",
    "platform_fees_matter",
    "price_sensitive_buyers",
    "pieces_per_order",
    "fulfilment",
    "platform",
    "import_mode",
]


@pytest.mark.parametrize("name", CONTRACT)
def test_every_name_of_the_contract_is_a_question(questions: Questions, name: str) -> None:
    question = questions[name]
    assert question.label.zh != question.label.en
    assert question.help.zh != question.help.en


def test_an_empty_case_is_a_case(questions: Questions) -> None:
    case = case_of({"format": 1, "answers": {}}, questions)
    assert dict(case.answers) == {}
    assert case.exports
    assert case.imports


@pytest.mark.parametrize("name", CONTRACT)
def test_unknown_is_an_answer_to_every_question(questions: Questions, name: str) -> None:
    case, _ = Case().set(questions, name, UNKNOWN)
    assert case.given(name) is None


@pytest.mark.parametrize(
    ("name", "raw"),
    [("category", "spaceships"), ("weight_g", 0), ("weight_g", -3), ("weight_g", "2.5"), ("weight_g", 10**9),
     ("list_price", "0"), ("list_price", "-1"), ("list_price", "NaN"), ("list_price", "1e400"), ("dims_cm", "20x15"),
     ("dims_cm", "20x15x0"), ("destinations", []), ("destinations", ["XX"]), ("destinations", 5),
     ("brand", "perhaps"), ("brand", 1), ("price_currency", "DOLLARS"), ("direction", ["export"]),
     ("monthly_orders", True), ("list_price", True), ("list_price", ["1"]), ("weight_g", {"g": 1})],
)  # fmt: skip
def test_a_wrong_answer_names_the_question_and_the_right_form(
    questions: Questions, name: str, raw: object
) -> None:
    with pytest.raises(AnswerError) as caught:
        Case().set(questions, name, raw)
    assert name in caught.value.text.en
    assert "right form" in caught.value.text.en
    assert "正确格式" in caught.value.text.zh


def test_a_question_that_does_not_exist_is_refused(questions: Questions) -> None:
    with pytest.raises(AnswerError, match="there is no question 'colour'"):
        Case().set(questions, "colour", "red")


@pytest.mark.parametrize(
    ("name", "raw", "kept"),
    [("list_price", 24.9, "24.9"), ("list_price", "24,90", "24.90"), ("weight_g", "250", 250), ("brand", "yes", True),
     ("dims_cm", "20 × 15 × 10", "20x15x10"), ("destinations", "US, DE", ("US", "DE")), ("price_currency", "usd", "USD")],
)  # fmt: skip
def test_an_answer_has_one_form(questions: Questions, name: str, raw: object, kept: object) -> None:
    assert Case().set(questions, name, raw)[0].answers[name] == kept


def test_changing_an_answer_voids_only_its_dependants(questions: Questions) -> None:
    case = Case()
    for name, raw in {
        "direction": "both",
        "city": "ningbo",
        "category": "apparel",
        "destinations": ["US"],
    }.items():
        case, gone = case.set(questions, name, raw)
        assert gone == ()
    exporting, gone = case.set(questions, "direction", "export")
    assert gone == ("city",)
    assert set(exporting.answers) == {"direction", "category", "destinations"}
    importing, gone = case.set(questions, "direction", "import")
    assert gone == ("destinations",)
    assert importing.answers["city"] == "ningbo"


def test_taking_an_answer_away_leaves_the_rest(questions: Questions) -> None:
    case, _ = Case().set(questions, "category", "apparel")
    case, _ = case.set(questions, "weight_g", 250)
    case, gone = case.set(questions, "category", None)
    assert dict(case.answers) == {"weight_g": 250}
    assert gone == ()


def test_a_case_file_keeps_what_it_does_not_know(questions: Questions) -> None:
    data = {
        "format": 1,
        "as_of": "2015-11-08",
        "answers": {"category": "apparel"},
        "client": {"city": "Yiwu"},
    }
    assert data_of(case_of(data, questions)) == data


@pytest.mark.parametrize(
    ("data", "said"),
    [([], "is not a case"), ({}, "is not a case"), ("x", "is not a case"), ({"answers": []}, "answers"),
     ({"format": 2, "answers": {}}, "newer Lanewise"), ({"format": "1", "answers": {}}, "format is '1'"),
     ({"format": 0, "answers": {}}, "format is 0"), ({"answers": {}, "weights": 5}, "weights")],
)  # fmt: skip
def test_what_is_no_case_is_said_in_one_sentence(questions: Questions, data: object, said: str) -> None:
    with pytest.raises(CaseError) as caught:
        case_of(data, questions, "shop.lanewise")
    assert said in caught.value.text.en
    assert "shop.lanewise" in caught.value.text.zh


@pytest.mark.parametrize("day", ["8 Nov", "2015-13-01", "2015", 20151108, ["2015-11-08"]])
def test_a_wrong_day_is_refused(questions: Questions, day: object) -> None:
    with pytest.raises(AnswerError):
        case_of({"answers": {}, "as_of": day}, questions)


def test_size_in_millimetres_is_rounded_up(questions: Questions) -> None:
    case, _ = Case().set(questions, "dims_cm", "20.01x15x10")
    assert case.dims_mm() == (201, 150, 100)


JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(name=st.sampled_from(CONTRACT), raw=JSONISH)
def test_any_raw_answer_is_kept_or_refused_and_never_crashes(
    questions: Questions, name: str, raw: object
) -> None:
    try:
        case, _ = Case().set(questions, name, raw)
    except AnswerError:
        return
    again = case_of(json.loads(json.dumps(data_of(case))), questions)
    assert dict(again.answers) == dict(case.answers)


# ---------------------------------------------------------------------- typed values and rules that were renewed
OLD = "ebay.us.old_fee"


def test_a_typed_value_whose_fact_is_gone_is_kept_and_said(questions: Questions, book: RuleBook) -> None:
    case = case_of({"answers": {}, "overrides": {OLD: "0.40", "ebay.us.per_order": "0.5"}}, questions)
    check_kept(case.overrides, book)
    (said,) = not_applied(case, book)
    assert (said.what, said.fact) == (NOT_APPLIED, OLD)
    assert said.why.en == (
        "your own value for ebay.us.old_fee (0.40) is not applied: the rules in use have no such fact; "
        "the case keeps it"
    )
    assert said.why.zh == "自填的 ebay.us.old_fee（0.40）未采用：现用规则中没有这条事实；该值仍保留在案例中"
    again, gone = refitted(case, questions, book)
    assert again is case
    assert gone == (OLD,)
    assert data_of(again)["overrides"] == {OLD: "0.40", "ebay.us.per_order": "0.5"}


def test_what_is_typed_now_must_name_a_fact(book: RuleBook) -> None:
    with pytest.raises(AnswerError, match="there is no fact"):
        check_overrides({OLD: "0.40"}, book)


@pytest.mark.parametrize(
    "overrides",
    [{"<b>old</b>": "1"}, {"": "1"}, {"old": "1"}, {"a." + "b" * 200: "1"}, {"ebay.us.per_order": "dear"}],
)
def test_what_can_be_no_fact_and_a_word_for_a_number_are_refused(
    overrides: dict[str, str], book: RuleBook
) -> None:
    with pytest.raises(AnswerError):
        check_kept(overrides, book)


@pytest.mark.parametrize("value", ["1e999999999", "9" * 300, "<img src=x>", "words of a text fact"])
def test_a_value_that_is_no_short_figure_is_not_repeated(
    value: str, questions: Questions, book: RuleBook
) -> None:
    (said,) = not_applied(case_of({"answers": {}, "overrides": {OLD: value}}, questions), book)
    assert value not in said.why.en + said.why.zh
    assert OLD in said.why.en


def test_many_such_values_are_summed_up(questions: Questions, book: RuleBook) -> None:
    overrides = {f"old.fact_{n}": "1" for n in range(1000)}
    found = not_applied(case_of({"answers": {}, "overrides": overrides}, questions), book)
    assert len(found) == MOST_SAID + 1
    assert found[-1].why.en.startswith(f"{1000 - MOST_SAID} more values")
