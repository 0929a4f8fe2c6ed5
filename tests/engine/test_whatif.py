"""What if: every state is the advice on the case with that answer; every turn round is found by looking at all prices."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from desktop.core.case import Case, case_of
from desktop.core.facts import RuleBook
from desktop.core.money import PPM
from desktop.core.questions import Questions, questions_of
from desktop.core.result import Ranking
from desktop.engine.advice import PLATFORMS, Adviser, evaluate
from desktop.engine.moves import DRIVERS, leader, room, weightings, wins
from desktop.engine.reverse import best_price, highest_cost, orders_for, price_for, price_for_net
from desktop.engine.whatif import Bench, Ranked
from desktop.store.rulebook import load

DAYS = (date(2015, 11, 8), date(2019, 6, 1), date(2023, 1, 15), date(2026, 11, 24))
VEST: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90", "unit_cost": "38",
    "weight_g": 210, "company": "company", "return_rate": "3", "advertising_share": "2", "monthly_orders": 300,
    "destinations": ["US", "DE", "JP", "AU"],
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


@pytest.fixture(scope="module")
def bench(book: RuleBook, questions: Questions) -> Bench:
    return Bench(case_of({"answers": VEST}, questions), book.at(DAYS[-1]), questions)


def random_case(rng: random.Random, questions: Questions) -> Case:
    answers: dict[str, Any] = {
        "direction": "export",
        "category": rng.choice(questions["category"].choices).id,
        "goods_class": rng.choice(["plain", rng.choice(questions["goods_class"].choices).id]),
        "fulfilment": rng.choice(["seller", "seller", "fba", "overseas-warehouse"]),
        "price_currency": rng.choice(["USD", "EUR", "CNY"]),
        "list_price": f"{rng.choice([99, 1500, 1501, 2490, 14999, 80000]) / 100:.2f}",
        "unit_cost": f"{rng.randint(10, 30000) / 100:.2f}",
        "weight_g": rng.choice([1, 50, 350, 2000, 2001, 5000, 31000]),
        "pieces_per_order": rng.choice([1, 1, 3]),
        "destinations": rng.sample(["US", "GB", "DE", "FR", "ES", "RU", "BR", "AU", "JP"], 4),
    }
    if rng.random() < 0.7:
        answers["dims_cm"] = f"{rng.randint(1, 40)}x{rng.randint(1, 40)}x{rng.randint(1, 90)}"
    optional: dict[str, list[Any]] = {
        "experience": ["first", "some"], "capital": ["low", "high"], "priority": ["cost", "balanced", "speed"],
        "price_sensitive_buyers": [True, False], "platform_fees_matter": [True, False], "return_rate": ["3"],
        "company": ["individual", "company"], "order_size": ["single", "small-wholesale"], "monthly_orders": [50],
        "advertising_share": ["2.5"], "packing_cost": ["1.50"],
    }  # fmt: skip
    answers |= {name: rng.choice(values) for name, values in optional.items() if rng.random() < 0.6}
    return case_of({"answers": answers}, questions)


def shown(ranking: Ranking) -> list[tuple[object, ...]]:
    return [
        (o.id, float(o.score or -1), o.quote.net if o.quote else None, o.details.get("service"))
        for o in ranking.ranked
    ]


def found(bench: Bench, ranked: Ranked, row: int = 0) -> list[tuple[object, ...]]:
    """The ranking of a state in the form of `shown`."""
    order = [k for k in np.argsort(ranked.ranks.place[row]) if ranked.ranks.place[row, k] < len(PLATFORMS)]
    services = (*bench.grid.services, None)
    return [
        (PLATFORMS[k], ranked.ranks.total[row, k], int(ranked.net[row, k]), services[ranked.service[row, k]])
        for k in order
    ]


def test_a_state_ranks_as_the_advice_does(book: RuleBook, questions: Questions) -> None:
    rng = random.Random(11)
    compared = 0
    for day in DAYS:
        for _ in range(4):
            case = random_case(rng, questions)
            bench = Bench(case, book.at(day), questions)
            assert bench.start is not None
            each, ranks = bench.ranked_markets(bench.run([bench.start]))
            advice = evaluate(case, book, day, questions)
            order = [
                bench.grid.markets[k] for k in np.argsort(ranks.place[0]) if ranks.place[0, k] < len(each)
            ]
            assert order == [option.id for option in advice.markets.ranked], case
            scores = dict(zip(bench.grid.markets, ranks.total[0], strict=True))
            assert {o.id: float(o.score or -1) for o in advice.markets.ranked} == pytest.approx(
                {market: scores[market] for market in order}
            )
            adviser = Adviser(case, book.at(day), questions)
            for ranked in each:
                expected = shown(adviser._market_side(ranked.market).platforms)
                mine = found(bench, ranked)
                assert [m[0] for m in mine] == [e[0] for e in expected], case
                for one, other in zip(mine, expected, strict=True):
                    assert one[1] == pytest.approx(other[1])
                    assert one[2:] == other[2:], case
                    compared += 1
    assert compared > 100


def test_a_moved_state_is_the_advice_on_the_moved_case(
    bench: Bench, book: RuleBook, questions: Questions
) -> None:
    start = bench.start
    assert start is not None
    moved = [
        ({"list_price": "19.99"}, replace(start, price=1999)),
        ({"unit_cost": "61.37"}, replace(start, cost=6137)),
        ({"weight_g": 1503}, replace(start, weight_g=1503)),
        ({"return_rate": "7.5"}, replace(start, returns=75_000)),
        ({"advertising_share": "0"}, replace(start, ads=0)),
    ]
    run = bench.run([state for _, state in moved])
    for row, (answer, _) in enumerate(moved):
        case = case_of({"answers": VEST | answer}, questions)
        adviser = Adviser(case, book.at(DAYS[-1]), questions)
        for market in bench.grid.markets:
            expected = shown(adviser._market_side(market).platforms)
            assert [e[2:] for e in found(bench, bench.ranked(run, market), row)] == [
                e[2:] for e in expected
            ], answer


def test_freight_and_exchange_move_what_they_say(bench: Bench) -> None:
    """Twice the freight takes the freight once more; a dearer yuan makes all that is paid in yuan dearer."""
    start = bench.start
    assert start is not None
    pair = bench.grid.pair("DE", "ebay")
    states = [start, replace(start, freight=2 * PPM), replace(start, exchange=1_100_000)]
    run = bench.run(states)
    carriage = run.carried("yunexpress", "DE", "ebay")
    assert carriage is not None
    net = run.net(pair, "yunexpress").units
    once, twice, dearer = (int(units) for units in carriage.freight.units)
    assert twice == 2 * once
    assert net[0] - net[1] == once
    goods = [int(units) for units in run.side(pair, "express").parts["goods"].units]
    rate = run.ledger.exchange.rate("CNY", "USD")
    assert isinstance(rate, tuple)
    # 38.00 yuan at the rate of the rules, and at a tenth more, each rounded to the cent once
    for units, factor in ((goods[0], Decimal(1)), (goods[2], Decimal("1.1"))):
        exact = Decimal(3800) * (Decimal(rate[0]) * factor).quantize(Decimal(1)) / 10**8
        assert units == int(exact.quantize(Decimal(1), rounding="ROUND_HALF_UP"))
    assert dearer == pytest.approx(once * 1.1, abs=1)
    assert net[2] < net[0]


def test_a_tick_holds_together(bench: Bench) -> None:
    start = bench.start
    assert start is not None
    prices = list(range(1000, 3600, 25))
    tick = bench.tick(start, "DE", prices)
    assert [each.market for each in tick.markets] == list(bench.grid.markets)
    assert tick.here.market == "DE"
    for k, price in enumerate(prices):
        alone = bench.ranked(bench.run([replace(start, price=price)]), "DE")
        assert found(bench, alone) == found(bench, tick.sweep, k)
    assert {bar.move.driver for bar in tick.bars} == {
        "price", "cost", "weight", "freight", "exchange", "returns", "ads"
    }  # fmt: skip
    net = int(tick.here.net[0, tick.here.ranks.first[0]])
    reaches = [bar.reach(net) for bar in tick.bars]
    assert reaches == sorted(reaches, reverse=True)
    for bar in tick.bars:
        assert bar.low_net is not None
        assert bar.high_net is not None
        assert (bar.low_net < net < bar.high_net) == (bar.move.driver == "price")


# ---------------------------------------------------------------------------------------------------- turned round
def lanes_of(bench: Bench) -> list[tuple[Any, str]]:
    start = bench.start
    assert start is not None
    run = bench.run([start])
    lanes = [
        bench.lane(ranked, k)
        for ranked in bench._all_ranked(run, bench.grid.markets)
        for k in range(len(PLATFORMS))
    ]
    return [lane for lane in lanes if lane is not None]


@pytest.mark.parametrize("margin", [-100_000, 0, 150_000, 300_000])
def test_the_price_for_a_margin_is_the_first_that_leaves_it(bench: Bench, margin: int) -> None:
    """Held against every price below it: none of them leaves the margin."""
    start = bench.start
    assert start is not None
    seen = 0
    for pair, service in lanes_of(bench)[::2]:
        answer = price_for(bench, pair, service, start, margin)
        assert answer.value is not None
        run = bench.run_prices(start, np.arange(1, answer.value + 1, dtype=np.int64))
        column = run.net(pair, service)
        enough = column.known & (column.units * PPM >= run.price * margin)
        assert np.flatnonzero(enough).tolist() == [answer.value - 1], (pair, service)
        seen += 1
    assert seen >= 6


def test_forward_after_reverse_gives_the_start(bench: Bench) -> None:
    """What is left at the price found for it is what was asked for; one minor unit less of the price leaves less."""
    start = bench.start
    assert start is not None
    for pair, service in lanes_of(bench):
        for price in (1750, 2490, 5005):
            net = int(bench.run_prices(start, np.array([price])).net(pair, service).units[0])
            back = price_for_net(bench, pair, service, start, net).value
            assert back is not None
            assert back <= price
            forward = bench.run_prices(start, np.array([back - 1, back])).net(pair, service).units
            assert forward[0] < net <= forward[1]
            # one price below another leaves the same where a cent is lost in rounding, or more where a tier ends between
            assert forward[1] == net or price - back > 1, (pair, price)


def test_the_highest_cost_leaves_the_margin_and_one_more_does_not(bench: Bench) -> None:
    start = bench.start
    assert start is not None
    found_some = 0
    for pair, service in lanes_of(bench):
        answer = highest_cost(bench, pair, service, start, 100_000)
        if answer.value is None:
            free = bench.run([replace(start, cost=0)])
            units = free.net(pair, service).units[0]
            assert units * PPM < free.price[0] * 100_000
            assert answer.why == ("loss" if units < 0 else "thin")
            continue
        run = bench.run([replace(start, cost=answer.value), replace(start, cost=answer.value + 1)])
        left = run.net(pair, service).units * PPM
        assert left[0] >= run.price[0] * 100_000 > left[1]
        found_some += 1
    assert found_some >= 6


def test_orders_that_pay_for_fixed_costs(bench: Bench) -> None:
    start = bench.start
    assert start is not None
    for pair, service in lanes_of(bench):
        answer = orders_for(bench, pair, service, start, 1_000_00)
        if answer.value is None:
            assert answer.why == "loss"
            continue
        orders = np.arange(1, answer.value + 1, dtype=np.int64)
        net = bench.run_orders(start, orders).net(pair, service).units
        assert np.flatnonzero(net * orders >= 1_000_00).tolist() == [answer.value - 1]


def test_a_wish_that_nothing_fulfils_says_why(bench: Bench) -> None:
    start = bench.start
    assert start is not None
    pair, service = lanes_of(bench)[0]
    assert price_for(bench, pair, service, start, 990_000).why == "never"
    assert price_for(bench, pair, "ruston-suifenhe", start, 0).why == "closed"
    assert highest_cost(bench, pair, service, replace(start, price=50), 0).why == "loss"
    # something is left of free goods, only not so much: that is no loss
    free = bench.run([replace(start, cost=0)])
    assert free.net(pair, service).units[0] > 0
    assert highest_cost(bench, pair, service, start, 990_000).why == "thin"


def test_the_best_price_is_the_best_of_all_that_were_asked(bench: Bench) -> None:
    start = bench.start
    assert start is not None
    pair, service = lanes_of(bench)[1]
    prices = np.arange(1500, 2600, dtype=np.int64)
    left = bench.run_prices(start, prices).net(pair, service).units
    assert best_price(bench, pair, service, start, prices).value == prices[np.argmax(left)]


# ---------------------------------------------------------------------------------------------------- stability
@pytest.mark.parametrize("driver", DRIVERS)
def test_the_lead_holds_to_the_edge_and_not_beyond(bench: Bench, driver: str) -> None:
    start = bench.start
    assert start is not None
    for market in bench.grid.markets:
        first = leader(bench, start, market)
        found_room = room(bench, start, market, driver)
        assert found_room is not None
        for edge, step in ((found_room.below, -1), (found_room.above, 1)):
            if edge is not None:
                at, past = (
                    leader(bench, replace(start, **{driver: value}), market)
                    for value in (edge.value, edge.value + step)
                )
                assert (at, past) == (first, edge.other)
                assert edge.other != first


def test_the_edge_of_the_price_is_that_of_the_advice(
    bench: Bench, book: RuleBook, questions: Questions
) -> None:
    """The whole advice, asked at the edge and a cent beyond, says the same."""
    start = bench.start
    assert start is not None
    edges = 0
    for market in bench.grid.markets:
        found_room = room(bench, start, market, "price")
        assert found_room is not None
        if found_room.below is None:
            continue
        firsts = []
        for price in (found_room.below.value, found_room.below.value - 1):
            answers = VEST | {"list_price": f"{price / 100:.2f}", "destinations": [market]}
            ranking = evaluate(case_of({"answers": answers}, questions), book, DAYS[-1], questions).platforms
            assert ranking.first is not None
            firsts.append(ranking.first.id)
        assert firsts[0] == PLATFORMS[leader(bench, start, market)]
        assert firsts[1] == PLATFORMS[found_room.below.other]
        edges += 1
    assert edges >= 1


def test_all_weightings_are_tried_once(bench: Bench) -> None:
    table = weightings(4)
    # 50 steps shared among four criteria: C(53, 3)
    assert len(table) == 23_426
    assert (table.sum(axis=1) == 100).all()
    assert len(np.unique(table, axis=0)) == len(table)
    start = bench.start
    assert start is not None
    counted = wins(bench, start, "DE")
    assert sum(counted.wins) + counted.none == counted.total == len(table)
    # the case's own weighting is one of all: its winner wins at least once
    assert counted.wins[leader(bench, start, "DE")] > 0
