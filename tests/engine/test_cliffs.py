"""Cliffs against the quotes at both prices, and the room of a criterion's weight against the advice with that weight."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from desktop.core.case import Case, case_of
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.core.result import Quote
from desktop.engine.advice import PLATFORMS
from desktop.engine.cliffs import ROUNDING, Cliff, cliffs
from desktop.engine.lanes import Pricer
from desktop.engine.weighing import weight_rooms
from desktop.engine.whatif import Bench

TODAY = date(2026, 11, 24)
DRESS: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90", "unit_cost": "38",
    "weight_g": 250, "company": "company", "monthly_orders": 400, "destinations": ["US", "DE", "AU"],
}  # fmt: skip


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


@pytest.fixture(scope="module")
def case(questions: Questions) -> Case:
    return case_of({"answers": DRESS}, questions)


@pytest.fixture(scope="module")
def bench(book: RuleBook, questions: Questions, case: Case) -> Bench:
    return Bench(case, book.at(TODAY), questions)


def found_on(bench: Bench, market: str, platform: str, low: int, high: int) -> tuple[tuple[Cliff, ...], Any]:
    assert bench.start is not None
    here = bench.ranked(bench.run([bench.start]), market)
    lane = bench.lane(here, PLATFORMS.index(platform))
    assert lane is not None
    return cliffs(bench, *lane, bench.start, low, high), lane


def quote_at(price: int, bench: Bench, lane: Any, case: Case, questions: Questions) -> Quote:
    """The single quote of the lane at a list price."""
    answers = MappingProxyType({**case.answers, "list_price": f"{price / 100:.2f}"})
    pair, service = lane
    pricer = Pricer(replace(case, answers=answers), bench.view, questions)
    quote = pricer.quote(pair.platform, pair.marketplace, pair.market, service)
    assert quote is not None
    return quote


def test_a_commission_that_jumps_is_found_to_the_cent(bench: Bench, case: Case, questions: Questions) -> None:
    # Amazon US, clothing: 5 % up to 15.00, 10 % up to 20.00, 17 % above, of the whole price
    found, lane = found_on(bench, "US", "amazon", 800, 3400)
    assert [(cliff.price, cliff.after) for cliff in found] == [(1500, 1501), (2000, 2001)]
    # 10 % of 15.01 less 5 % of 15.00: 1.50 − 0.75; 17 % of 20.01 less 10 % of 20.00: 3.40 − 2.00
    assert [cliff.jump for cliff in found] == [75, 140]
    for cliff in found:
        before, after = (
            quote_at(price, bench, lane, case, questions) for price in (cliff.price, cliff.after)
        )
        assert (before.net, after.net) == (cliff.left, cliff.falls_to)
        assert cliff.depth == before.net - after.net > 0
        rises = {
            line.id: (line.amount or 0) - (old.amount or 0)
            for line in after.seller_lines
            if (old := before.line(line.id)) is not None
        }
        most = max(rises, key=lambda each: rises[each])
        assert rises[most] == cliff.jump
        assert after.line(most).label == cliff.line  # type: ignore[union-attr]


def test_the_price_from_which_as_much_is_left_again_is_the_first(bench: Bench) -> None:
    found, lane = found_on(bench, "US", "amazon", 800, 3400)
    assert bench.start is not None
    for cliff in found:
        assert cliff.again is not None
        prices = np.arange(cliff.after, cliff.again + 1, dtype=np.int64)
        left = bench.run_prices(bench.start, prices).net(*lane).units
        assert left[-1] >= cliff.left
        assert (left[:-1] < cliff.left).all()


@pytest.mark.parametrize("market", ["US", "DE", "AU"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_cliff_is_missed_and_none_is_rounding(bench: Bench, market: str, platform: str) -> None:
    """Every cent of the range, looked at without the search: wherever what is left falls by more than rounding."""
    found, lane = found_on(bench, market, platform, 800, 3400)
    assert bench.start is not None
    prices = np.arange(800, 3401, dtype=np.int64)
    column = bench.run_prices(bench.start, prices).net(*lane)
    falls = [int(prices[k]) for k in np.flatnonzero(np.diff(column.units) < -ROUNDING)]
    assert [cliff.price for cliff in found] == falls


def test_a_wide_range_is_looked_through_in_strides_with_the_same_answer(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = found_on(bench, "US", "amazon", 800, 3400)
    monkeypatch.setattr("desktop.engine.cliffs.MOST_PRICES", 300)
    strided, _ = found_on(bench, "US", "amazon", 800, 3400)
    assert [(cliff.price, cliff.jump, cliff.depth) for cliff in strided] == [
        (cliff.price, cliff.jump, cliff.depth) for cliff in whole
    ]


@pytest.mark.parametrize("market", ["US", "DE", "AU"])
def test_a_weight_holds_to_its_edge_and_no_percent_further(bench: Bench, market: str) -> None:
    """Totals of every whole percent added up anew, without arrays: rounded to a tenth, ties by what is left."""
    assert bench.start is not None
    here = bench.ranked(bench.run([bench.start]), market)
    leader, own = int(here.ranks.first[0]), bench.weighting("platforms")
    scores = {name: here.ranks.scores[name][0] for name in own}
    placed = [k for k in range(len(PLATFORMS)) if here.ranks.place[0, k] < len(PLATFORMS)]

    def first_with(criterion: str, percent: int) -> int:
        rest = sum(own.values()) - own[criterion]
        share = {
            name: Fraction(percent) if name == criterion else Fraction(weight * (100 - percent), rest)
            for name, weight in own.items()
        }

        def order(k: int) -> tuple[int, int, int]:
            total = sum(Fraction(float(scores[name][k])) * part for name, part in share.items()) / 100
            return -floor(total * 10 + Fraction(1, 2) + Fraction(1, 10**9)), -int(here.net[0, k]), k

        return min(placed, key=order)

    rooms = weight_rooms(bench, bench.start, market)
    assert {room.criterion for room in rooms} == set(own)
    for room in rooms:
        for edge, step, end in ((room.below, -1, 0), (room.above, 1, 100)):
            last = end if edge is None else edge.value
            for percent in range(room.weight, last + step, step):
                assert first_with(room.criterion, percent) == leader
            if edge is not None:
                assert first_with(room.criterion, edge.value + step) == edge.other != leader
