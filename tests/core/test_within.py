"""A number of which the client knows only between what it lies."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.core.case import Case, case_of, data_of
from desktop.core.errors import AnswerError, CaseError
from desktop.core.questions import Questions, questions_of
from desktop.store import rulebook


@pytest.fixture(scope="module")
def questions() -> Questions:
    return questions_of(rulebook.load().rules)


@pytest.mark.parametrize("raw", ["200-300", "200 – 300", "200 to 300", "200至300"])
def test_a_range_is_an_unknown_answer_with_its_ends(questions: Questions, raw: str) -> None:
    case, _ = Case().set(questions, "weight_g", raw)
    assert case.answers["weight_g"] == "unknown"
    assert dict(case.within) == {"weight_g": ("200", "300")}
    assert case.given("weight_g") is None


@pytest.mark.parametrize("after", [210, "unknown", None])
def test_any_other_answer_takes_the_range_away(questions: Questions, after: object) -> None:
    case, _ = Case().set(questions, "weight_g", "200-300")
    case, _ = case.set(questions, "weight_g", after)
    assert not case.within


@pytest.mark.parametrize(
    ("name", "raw"),
    [("weight_g", "300-200"), ("weight_g", "200-200"), ("weight_g", "200-70001"), ("weight_g", "2.5-3"),
     ("list_price", "20-30"), ("dims_cm", "1-10"), ("monthly_orders", "a-b")],
)  # fmt: skip
def test_what_is_no_range_of_the_question_is_refused(questions: Questions, name: str, raw: str) -> None:
    with pytest.raises(AnswerError):
        Case().set(questions, name, raw)


def test_a_file_keeps_it(questions: Questions) -> None:
    case, _ = Case().set(questions, "monthly_orders", "50-200")
    data = data_of(case)
    assert data["within"] == {"monthly_orders": ["50", "200"]}
    again = case_of(data, questions)
    assert again.within == case.within
    assert data_of(again) == data
    # a file whose answer was given meanwhile
    data["answers"]["monthly_orders"] = 120
    assert not case_of(data, questions).within


@pytest.mark.parametrize(
    "within",
    [[], {"weight_g": 5}, {"weight_g": ["300", "200"]}, {"list_price": ["1", "2"]}, {"nothing": ["1", "2"]}],
)
def test_a_wrong_one_in_a_file_is_refused_in_a_sentence(questions: Questions, within: Any) -> None:
    with pytest.raises((CaseError, AnswerError)):
        case_of({"answers": {"weight_g": "unknown"}, "within": within}, questions, "x.lanewise")
