"""Facts on a timeline: what answers on which day, what is unknown, and the trace of reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.core.facts import Reading, RuleBook, Unknown

SOURCES = {
    "law": {"publisher": "Customs", "title": "Act", "read": "2026-11-22", "dated": "2019-03", "kind": "official",
            "review_by": "2027-01-01"},
}  # fmt: skip


def book(*values: dict[str, object], **rest: object) -> RuleBook:
    common = {"source": "law", "confidence": "high"}
    fact = {
        "says": {"en": "VAT.", "zh": "增值税。"},
        "unit": "percent",
        "values": [{**common, **value} for value in values],
        **rest,
    }
    return RuleBook({"cn.vat": fact}, SOURCES, {}, {}, [], {}, {}, {})


HISTORY = book(
    {"from": "2010", "value": "17"},
    {"from": "2018-05-01", "value": "16"},
    {"from": "2019-04-01", "value": "13"},
    {"from": "2027-01-01", "value": None},
)


@pytest.mark.parametrize(
    ("day", "value"),
    [("2010-01-01", "17"), ("2018-04-30", "17"), ("2018-05-01", "16"), ("2019-03-31", "16"), ("2019-04-01", "13"),
     ("2026-12-31", "13")],
)  # fmt: skip
def test_a_value_holds_until_the_next_one_starts(day: str, value: str) -> None:
    assert HISTORY.at(date.fromisoformat(day)).number("cn.vat") == Decimal(value)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1990-01-01", "1 Jan 1990"),
        ("2009-12-31", "31 Dec 2009"),
        ("2027-01-01", "1 Jan 2027"),
        ("2030-06-01", "1 Jun 2030"),
    ],
)
def test_outside_what_is_known_is_an_unknown_that_names_fact_and_date(day: str, said: str) -> None:
    found = HISTORY.at(date.fromisoformat(day)).read("cn.vat")
    assert isinstance(found, Unknown)
    assert not found
    assert found.fact == "cn.vat"
    assert found.on == date.fromisoformat(day)
    assert said in found.why.en
    assert day in found.why.zh


def test_before_the_first_start_it_says_from_when_it_is_known() -> None:
    found = HISTORY.at(date(1990, 1, 1)).read("cn.vat")
    assert isinstance(found, Unknown)
    assert "known from 2010" in found.why.en


def test_observed_does_not_answer_for_earlier_days() -> None:
    seen = book({"observed": "2026-11-22", "value": "13"})
    assert isinstance(seen.at(date(2026, 11, 21)).read("cn.vat"), Unknown)
    assert isinstance(seen.at(date(2026, 11, 22)).read("cn.vat"), Reading)


def test_a_fact_that_does_not_exist_is_unknown_and_not_a_crash() -> None:
    found = HISTORY.at(date(2020, 1, 1)).read("cn.no-such")
    assert isinstance(found, Unknown)
    assert "cn.no-such" in found.why.en


def test_each_read_is_recorded_in_the_view_and_in_those_it_came_from() -> None:
    view = HISTORY.at(date(2020, 1, 1))
    part = view.traced()
    part.read("cn.vat")
    assert list(part.reads) == ["cn.vat"]
    assert list(view.reads) == ["cn.vat"]
    assert list(view.traced().reads) == []


def test_asking_whether_a_fact_answers_is_not_a_read() -> None:
    view = HISTORY.at(date(2020, 1, 1))
    assert view.has("cn.vat")
    assert not view.reads


def test_a_typed_value_stands_in_the_facts_place_and_says_so() -> None:
    found = HISTORY.at(date(1990, 1, 1), {"cn.vat": "9"}).read("cn.vat")
    assert isinstance(found, Reading)
    assert found.decimal() == 9
    assert found.typed


def test_tiers_with_closed_and_open_bounds() -> None:
    tiered = book(
        {"from": "2020", "value": [{"below": "150", "value": "13.6"}, {"value": "8"}]}, tiers="whole"
    )
    found = tiered.at(date(2021, 1, 1)).read("cn.vat")
    assert isinstance(found, Reading)
    assert [(step.up_to, step.value, step.below) for step in found.steps()] == [
        (Decimal(150), Decimal("13.6"), True),
        (None, Decimal(8), False),
    ]


def test_regimes_are_picked_by_day() -> None:
    view = HISTORY.at(date(2020, 1, 1))
    regimes = [
        {"from": "2016-04-08", "id": "a"},
        {"from": "2019-01-01", "id": "b"},
        {"from": "2021", "id": "c"},
    ]
    assert (view.in_force(regimes) or {})["id"] == "b"
    assert HISTORY.at(date(2015, 11, 8)).in_force(regimes) is None


def test_a_source_is_due_after_its_review_date() -> None:
    source = HISTORY.source("law")
    assert not source.due(date(2027, 1, 1))
    assert source.due(date(2027, 1, 2))
    assert source.day == date(2019, 3, 1)
    assert HISTORY.past_review(date(2028, 1, 1)) == (source,)
