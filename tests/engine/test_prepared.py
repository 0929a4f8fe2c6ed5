"""States that were prepared in a batch are those of each alone, element by element."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from desktop.core.case import case_of
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.engine.whatif import Bench, State, Tick

DRESS: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90", "unit_cost": "38",
    "weight_g": 250, "company": "company", "monthly_orders": 400, "destinations": ["US", "DE", "JP", "RU"],
}  # fmt: skip
PRICES = range(1000, 3601, 100)


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def made(book: RuleBook, questions: Questions) -> Bench:
    return Bench(case_of({"answers": DRESS}, questions), book.at(date(2026, 11, 24)), questions)


def same(one: Tick, other: Tick) -> None:
    for mine, alone in zip(one.markets, other.markets, strict=True):
        assert mine.market == alone.market
        for name in ("service", "net", "known", "complete", "days"):
            assert np.array_equal(getattr(mine, name), getattr(alone, name)), name
        assert np.array_equal(mine.ranks.place, alone.ranks.place)
        assert np.array_equal(mine.ranks.total, alone.ranks.total)
        for criterion, score in mine.ranks.scores.items():
            assert np.array_equal(score, alone.ranks.scores[criterion], equal_nan=True), criterion
    assert np.array_equal(one.market_ranks.place, other.market_ranks.place)
    assert np.array_equal(one.sweep.net, other.sweep.net)
    assert np.array_equal(one.sweep.ranks.first, other.sweep.ranks.first)
    assert one.bars == other.bars


@pytest.mark.parametrize(
    ("lever", "places"),
    [
        ("price", range(900, 3500, 65)),
        ("cost", range(1500, 7600, 150)),
        ("weight_g", range(100, 2500, 60)),
        ("returns", range(0, 200_001, 5_000)),
        ("ads", range(0, 300_001, 7_500)),
        ("freight", range(500_000, 2_000_001, 37_500)),
        ("exchange", range(800_000, 1_200_001, 10_000)),
    ],
)
def test_a_prepared_state_is_the_state_alone(
    book: RuleBook, questions: Questions, lever: str, places: range
) -> None:
    drawn, alone = made(book, questions), made(book, questions)
    start = drawn.start
    assert start is not None
    states: list[State] = [replace(start, **{lever: place}) for place in places]
    drawn.prepare(states)
    for state in states[:: len(states) // 7]:
        for market in ("US", "RU"):
            same(drawn.tick(state, market, PRICES), alone.tick(state, market, PRICES))
    # what was not prepared is priced when it is asked for
    other = replace(start, **{lever: places[0] + 1})
    same(drawn.tick(other, "DE", PRICES), alone.tick(other, "DE", PRICES))


def test_prepared_states_do_not_grow_without_end(
    book: RuleBook, questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.engine.whatif.MOST_PREPARED", 20)
    bench = made(book, questions)
    assert bench.start is not None
    for cost in range(1000, 9000, 100):
        bench.prepare([replace(bench.start, cost=cost + k) for k in range(10)])
    assert len(bench._prepared) <= 30
