"""Answers by name: every one optional, strict in form, and a change voids only what depends on it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.case import Case, case_of, data_of
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
