"""Conditions, scores and ranks: each figure between the measure and the rank is kept and can be checked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.facts import RuleBook, View
from desktop.core.text import both
from desktop.engine.conditions import applies, holds
from desktop.engine.scoring import Candidate, Measured, rank, weights
from desktop.engine.stability import edges

SOURCE = {"publisher": "p", "title": "t", "read": "2015-11-08", "kind": "third-party"}
FACT = {
    "says": {"en": "Says.", "zh": "说。"},
    "unit": "text",
    "values": [{"observed": "2015-11-08", "value": "x", "source": "s", "confidence": "high"}],
}
NAME = {"en": "n", "zh": "名"}
COUNT = "advice.points-raw {count}"
TEXTS = {
    "advice.points-raw": {"en": COUNT, "zh": COUNT},
    "advice.cannot-say": {"en": "advice.cannot-say", "zh": "无法判断"},
    "advice.seen-year": {"en": "{text} ({year})", "zh": "{text}（{year}）"},
    "advice.counted-lowest": {"en": "advice.counted-lowest", "zh": "按最低计"},
}


def view(on: date = date(2015, 11, 8)) -> View:
    return RuleBook({"f": FACT}, {"s": SOURCE}, {}, {}, [], {}, TEXTS, {}).at(on)


def rules(*own: dict[str, Any], closed: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    criteria = [
        {"id": "money", "label": NAME, "weight": 60, "kind": "margin", "measured_from": NAME},
        {"id": "fit", "label": NAME, "weight": 40, "kind": "points", "measured_from": NAME},
    ]
    return {"criteria": criteria, "rules": list(own), "closed": list(closed)}


def rule(option: str, points: int, **rest: Any) -> dict[str, Any]:
    return {
        "id": f"{option}{points}",
        "options": [option],
        "criterion": "fit",
        "points": points,
        "fact": "f",
        "text": NAME,
        **rest,
    }


def candidate(name: str, money: str | None, **context: Any) -> Candidate:
    value = None if money is None else Decimal(money)
    return Candidate(name, both(name), context, {"money": Measured(value, both(str(money)))})


def test_the_score_is_the_weighted_mean_of_scores() -> None:
    ranking = rank(
        "x",
        [candidate("a", "40"), candidate("b", "10")],
        rules(rule("b", 30)),
        view(),
        {"money": 60, "fit": 40},
    )
    # a margin of 40 % scores 100, one of 10 % (10 + 20) ÷ 60 = 50
    # a: money 100 × 60 % + fit 50 × 40 % = 80; b: money 50 × 60 % + fit (50 + 30) × 40 % = 62
    assert [(o.id, o.rank, o.score) for o in ranking.options] == [
        ("a", 1, Decimal("80.0")),
        ("b", 2, Decimal("62.0")),
    ]
    reason = ranking.options[1].reasons[0]
    assert (reason.fact, reason.source, reason.points) == ("f", "s", 30)


def test_unknown_counts_like_the_lowest_known_and_never_wins() -> None:
    ranking = rank(
        "x",
        [candidate("a", None), candidate("b", "10"), candidate("c", "40")],
        rules(),
        view(),
        {"money": 60, "fit": 40},
    )
    assert [o.id for o in ranking.options] == ["c", "a", "b"] or [o.id for o in ranking.options] == [
        "c",
        "b",
        "a",
    ]
    unknown = ranking.option("a")
    assert unknown is not None
    assert unknown.criteria[0].score == 50
    assert unknown.criteria[0].raw.en == "advice.counted-lowest"


def test_what_is_unknown_for_all_does_not_count() -> None:
    ranking = rank(
        "x",
        [candidate("a", None), candidate("b", None)],
        rules(rule("a", 10)),
        view(),
        {"money": 60, "fit": 40},
    )
    assert [(o.id, o.score) for o in ranking.options] == [("a", Decimal("60.0")), ("b", Decimal("50.0"))]
    assert ranking.options[0].criteria[0].score is None


@pytest.mark.parametrize(
    ("margin", "score"), [("-90", 0), ("-20", 0), ("-1", 32), ("1", 35), ("40", 100), ("70", 100)]
)
def test_a_margin_is_scored_on_one_scale_whatever_the_others_have(margin: str, score: int) -> None:
    # (margin + 20) ÷ 60: a loss of a hundredth and a gain of a hundredth stand close together
    for other in ("-50", "5", "60"):
        options = [candidate("a", margin), candidate("b", other)]
        found = rank("x", options, rules(), view(), {"money": 60, "fit": 40}).option("a")
        assert found is not None
        assert found.criteria[0].score == score


def test_a_rule_speaks_where_a_measure_is_unknown() -> None:
    said = {**rule("a", 30), "criterion": "money"}
    options = [candidate("a", None), candidate("b", "-20")]
    found = rank("x", options, rules(said), view(), {"money": 60, "fit": 40}).option("a")
    assert found is not None
    assert found.criteria[0].score == 80  # 50 and the 30 points of the rule, not the 0 of the other
    assert found.criteria[0].raw.en == "advice.points-raw 1"


def test_nothing_known_of_any_is_no_ranking() -> None:
    ranking = rank(
        "x", [candidate("a", None), candidate("b", None)], rules(), view(), {"money": 60, "fit": 40}
    )
    assert ranking.ranked == ()
    assert [option.excluded for option in ranking.options] == [None, None]


def test_points_are_bounded() -> None:
    ranking = rank(
        "x", [candidate("a", "1"), candidate("b", "1")], rules(rule("a", 40), rule("a", 35), rule("b", -90)), view(),
        {"money": 60, "fit": 40},
    )  # fmt: skip
    assert [o.criteria[1].score for o in ranking.options] == [100, 0]


def test_a_rule_whose_fact_is_not_known_on_the_day_is_silent() -> None:
    ranking = rank(
        "x", [candidate("a", "1")], rules(rule("a", 40)), view(date(1990, 1, 1)), {"money": 60, "fit": 40}
    )
    assert ranking.options[0].reasons == ()
    assert ranking.options[0].criteria[1].score == 50


def test_a_closed_option_stays_visible_without_a_rank() -> None:
    hard = {
        "id": "h",
        "options": ["a"],
        "when": {"company": ["individual"]},
        "fact": "f",
        "text": NAME,
        "opens": NAME,
    }
    options = [candidate("a", "10", company="individual"), candidate("b", "5", company="individual")]
    ranking = rank("x", options, rules(closed=(hard,)), view(), {"money": 60, "fit": 40})
    closed = ranking.options[1]
    assert (closed.id, closed.rank, closed.score) == ("a", None, None)
    assert closed.excluded is not None
    assert closed.excluded.source == "s"
    assert ranking.options[0].rank == 1


@pytest.mark.parametrize(
    ("when", "context", "met"),
    [
        ({}, {}, True),
        ({"a": ["x"]}, {}, False),
        ({"a": ["x", "y"]}, {"a": "y"}, True),
        ({"a": ["true"]}, {"a": True}, True),
        ({"a": ["true"]}, {"a": False}, False),
        ({"a": ["US"]}, {"a": ("DE", "US")}, True),
        ({"a": {"below": "100"}}, {"a": 99}, True),
        ({"a": {"below": "100"}}, {"a": 100}, False),
        ({"a": {"at_least": "2", "below": "100"}}, {"a": 1}, False),
        ({"a": ["x"], "b": ["y"]}, {"a": "x"}, False),
    ],
)
def test_conditions(when: dict[str, Any], context: dict[str, Any], met: bool) -> None:
    assert holds(when, context) is met


@pytest.mark.parametrize(
    ("day", "met"), [("2015-12-31", False), ("2016-01-01", True), ("2019-12-31", True), ("2020-01-01", False)]
)
def test_a_rule_speaks_from_its_first_day_until_the_day_before_its_last(day: str, met: bool) -> None:
    assert applies({"from_day": "2016-01-01", "until_day": "2020-01-01"}, {}, date.fromisoformat(day)) is met


@given(st.dictionaries(st.sampled_from(["money", "fit"]), st.integers(0, 100)))
def test_weights_always_sum_to_a_hundred(own: dict[str, int]) -> None:
    assert sum(weights(rules(), {}, own).values()) == 100


def test_the_lead_changes_beyond_the_edge_and_not_before() -> None:
    """Every whole weight is ranked anew: the first stays down to the edge, and the other leads one percent below."""
    options = [candidate("a", "40"), candidate("b", "10")]
    ranking = rank("x", options, rules(rule("b", 40)), view(), {"money": 60, "fit": 40})
    # a: 100 x + 50 (1 − x); b: 50 x + 90 (1 − x); equal where 50 x = 40 (1 − x), x = 4/9: a leads from 45 percent on
    ((edge, other),) = edges(ranking, "money")
    assert (edge, other.id) == (45, "b")
    for weight in range(101):
        first = rank("x", options, rules(rule("b", 40)), view(), {"money": weight, "fit": 100 - weight}).first
        assert first is not None
        assert (first.id == "a") == (weight >= edge)


@given(
    st.lists(st.tuples(st.integers(-30, 50), st.integers(-50, 50)), min_size=2, max_size=4),
    st.integers(1, 99),
)
def test_edges_are_those_of_rankings_at_other_weights(values: list[tuple[int, int]], start: int) -> None:
    names = "abcd"[: len(values)]
    points = tuple(rule(name, fit) for name, (_, fit) in zip(names, values, strict=True))

    def led(weight: int) -> str:
        options = [candidate(name, str(money)) for name, (money, _) in zip(names, values, strict=True)]
        first = rank("x", options, rules(*points), view(), {"money": weight, "fit": 100 - weight}).first
        assert first is not None
        return first.id

    options = [candidate(name, str(money)) for name, (money, _) in zip(names, values, strict=True)]
    ranking = rank("x", options, rules(*points), view(), {"money": start, "fit": 100 - start})
    first = ranking.ranked[0].id
    found = {weight: other.id for weight, other in edges(ranking, "money")}
    below = next((w for w in range(start - 1, -1, -1) if led(w) != first), None)
    above = next((w for w in range(start + 1, 101) if led(w) != first), None)
    expected = {} if below is None else {below + 1: led(below)}
    if above is not None:
        expected[above - 1] = led(above)
    assert found == expected
