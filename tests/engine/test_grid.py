"""The grid of lanes beside the single quote: the same cents, the same rules that close, the same doubts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest

from desktop.core.case import case_of
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.engine.carriage import OPENED
from desktop.engine.catalogue import NOT_GIVEN
from desktop.engine.grid import NEVER, LaneGrid, Orders
from desktop.engine.lanes import Pricer
from desktop.store.rulebook import load

DAYS = (date(2015, 11, 8), date(2019, 6, 1), date(2023, 1, 15), date(2026, 11, 24))
# at and beside what limits and price bands of the rules stand at
PRICES = (99, 500, 1500, 1501, 2490, 14999, 80000, 150001)
WEIGHTS = (1, 50, 100, 101, 350, 999, 2000, 2001, 5000, 29000, 31000)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def random_row(rng: random.Random) -> dict[str, Any]:
    sides = [rng.randint(10, rng.choice([200, 400, 1300])) for _ in range(3)]
    return {
        "price": rng.choice(PRICES),
        "cost": rng.randint(10, 30000),
        "weight": rng.choice(WEIGHTS),
        "sides": sides,
    }


def random_base(rng: random.Random, questions: Questions) -> dict[str, Any]:
    return {
        "category": rng.choice(questions["category"].choices).id,
        "goods_class": rng.choice(["plain", rng.choice(questions["goods_class"].choices).id]),
        "fulfilment": rng.choice(["seller", "seller", "fba", "overseas-warehouse"]),
        "price_currency": rng.choice(["USD", "EUR", "CNY"]),
        "cost_currency": "CNY",
        "order_size": rng.choice(["single", "small-wholesale"]),
        "direction": "export",
        "pieces_per_order": rng.choice([1, 1, 3]),
        "return_rate": "3",
        "advertising_share": "2.5",
        "packing_cost": "1.50",
        "monthly_orders": 50,
    }


def answers_of(base: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    return base | {
        "list_price": f"{row['price'] / 100:.2f}",
        "unit_cost": f"{row['cost'] / 100:.2f}",
        "weight_g": row["weight"],
        "dims_cm": "x".join(f"{side / 10:g}" for side in row["sides"]),
    }


def orders_of(base: dict[str, Any], rows: list[dict[str, Any]]) -> Orders:
    n = len(rows)

    def column(name: str) -> Any:
        return np.array([row[name] for row in rows], dtype=np.int64)

    sides = np.array([row["sides"] for row in rows], dtype=np.int64)
    numbers = {"weight_g": column("weight"), "monthly_orders": np.full(n, 50)}
    numbers |= {name: sides[:, i] for i, name in enumerate(("length_mm", "width_mm", "height_mm"))}
    return Orders(
        column("price"), base["price_currency"], column("cost"), np.ones(n, dtype=bool), "CNY",
        np.full(n, base["pieces_per_order"]), numbers, np.full(n, 150), "CNY",
    )  # fmt: skip


def batches(
    book: RuleBook, questions: Questions, seed: int, each: int
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]], LaneGrid]]:
    rng = random.Random(seed)
    for day, _ in product(DAYS, range(each)):
        base = random_base(rng, questions)
        rows = [random_row(rng) for _ in range(6)]
        yield base, rows, LaneGrid(case_of({"answers": base}, questions), book.at(day), questions)


def test_every_lane_of_the_grid_is_the_single_quote(book: RuleBook, questions: Questions) -> None:
    rng = random.Random(20261130)
    priced = shut = 0
    for base, rows, grid in batches(book, questions, 1, 3):
        nets, known = grid.run(orders_of(base, rows)).nets()
        for i, row in enumerate(rows):
            pricer = Pricer(case_of({"answers": answers_of(base, row)}, questions), grid.view, questions)
            with_price = np.flatnonzero(known[:, i]).tolist()
            for k in {
                *rng.sample(range(len(grid.lanes)), 40),
                *rng.sample(with_price, min(15, len(with_price))),
            }:
                lane, pair = grid.lanes[k], grid.pairs[k // len(grid.services)]
                if pair.excluded:
                    assert not known[k, i]
                    continue
                plan = pricer.freight_plan(lane.service, lane.market, lane.platform)
                quote = pricer.quote(*lane)
                assert quote is not None
                said = all(
                    line.amount is not None
                    for line in quote.seller_lines
                    if line.id.split(".")[0] in ("commission", "freight")
                )
                consignment = plan.kind == "b2b" and grid.adviser.to_consumers()
                expected = said and plan.exclusion is None and not consignment
                case = f"{grid.view.date} {base} {row} {lane}"
                assert bool(known[k, i]) == expected, case
                if expected:
                    assert nets[k, i] == quote.net, case
                    priced += 1
                shut += plan.exclusion is not None
    assert priced > 300
    assert shut > 300


def test_a_doubt_of_the_single_quote_is_a_doubt_of_the_grid(book: RuleBook, questions: Questions) -> None:
    doubted = 0
    for base, rows, grid in batches(book, questions, 2, 1):
        run = grid.run(orders_of(base, rows))
        for i, row in enumerate(rows):
            pricer = Pricer(case_of({"answers": answers_of(base, row)}, questions), grid.view, questions)
            for market, service in product(grid.markets[:4], grid.services):
                carriage = run.carried(service, market, "amazon")
                plan = pricer.freight_plan(service, market, "amazon")
                if carriage is not None and carriage.closed[i] == OPENED:
                    assert bool(carriage.doubtful[i]) == bool(plan.doubts), (row, service, market)
                    doubted += bool(plan.doubts)
    assert doubted > 20


def test_the_best_of_a_pair_is_the_best_of_its_lanes(book: RuleBook, questions: Questions) -> None:
    found = 0
    for base, rows, grid in batches(book, questions, 3, 3):
        run = grid.run(orders_of(base, rows))
        nets, known = run.nets()
        services = len(grid.services)
        for place, pair in enumerate(grid.pairs):
            best = run.best(pair)
            mine = slice(place * services, (place + 1) * services)
            for i in range(len(rows)):
                lanes = []
                for k in np.flatnonzero(known[mine, i]):
                    carriage = run.carried(grid.services[k], pair.market, pair.platform)
                    assert carriage is not None
                    lanes.append((bool(carriage.doubtful[i]), -int(nets[mine, i][k]), int(k)))
                if not lanes:
                    assert best.service[i] == NOT_GIVEN
                    assert best.score[i] == NEVER
                    continue
                _, least, service = min(lanes)
                assert (int(best.service[i]), int(best.net[i])) == (service, -least), (pair, rows[i])
                assert best.priced[i] == len(lanes)
                found += 1
    assert found > 200


def test_parts_and_what_is_left_sum_to_the_price(book: RuleBook, questions: Questions) -> None:
    for base, rows, grid in batches(book, questions, 4, 1):
        run = grid.run(orders_of(base, rows))
        for pair in grid.pairs:
            best = run.best(pair)
            at = np.flatnonzero(best.service >= 0)
            parts = run.parts(pair, best.service[at], at)
            total = sum((part.units for part in parts.values()), np.zeros(len(at), dtype=np.int64))
            assert (run.price[at] - total - best.freight[at] == best.net[at]).all()
            sure = np.logical_and.reduce([part.known for part in parts.values()])
            assert (sure == best.complete[at]).all()


def test_freight_is_kept_while_only_the_price_moves(book: RuleBook, questions: Questions) -> None:
    base = random_base(random.Random(5), questions) | {"fulfilment": "seller", "goods_class": "plain"}
    grid = LaneGrid(case_of({"answers": base}, questions), book.at(DAYS[-1]), questions)
    rows = [random_row(random.Random(6)) | {"price": price} for price in (1000, 2000, 3000)]
    first = grid.run(orders_of(base, rows))
    again = grid.run(orders_of(base, [row | {"price": row["price"] + 500} for row in rows]))
    heavier = grid.run(orders_of(base, [row | {"weight": row["weight"] + 777} for row in rows]))
    assert again._parcels[0] is first._parcels[0]
    assert heavier._parcels[0] is not first._parcels[0]
    fresh = LaneGrid(grid.case, grid.view, questions).run(
        orders_of(base, [row | {"price": row["price"] + 500} for row in rows])
    )
    for mine, other in zip(again.nets(), fresh.nets(), strict=True):
        assert (mine == other).all()


def test_no_rule_of_advice_closes_a_service(book: RuleBook) -> None:
    """The grid closes services by freight rules alone: a hard rule of advice would have to be asked there as well."""
    assert not book.rules["advice"]["logistics"].get("closed")
