"""The kernel's arithmetic: exact integers, named roundings, columns that carry what is unknown."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.facts import Reading, Unknown
from desktop.core.text import both
from desktop.engine.kernel import (
    OPEN,
    Bands,
    Column,
    InputStep,
    Ledger,
    converted,
    grossed_up,
    half_up,
    inside,
    share,
    up_to_step,
)


class Fixed:
    """One known exchange rate: 7.10 CNY a dollar."""

    def rate(self, from_currency: str, to_currency: str) -> tuple[int, tuple[Reading, ...]] | Unknown:
        known = {("CNY", "USD"): 14_084_507, ("USD", "CNY"): 710_000_000}
        found = known.get((from_currency, to_currency))
        return (found, ()) if found else Unknown("rate", both("no rate"))


def one(value: int) -> np.ndarray:
    return np.asarray([value], dtype=np.int64)


@given(st.integers(-(10**10), 10**10), st.integers(1, 10**6))
def test_half_up_is_decimals_half_up(numerator: int, denominator: int) -> None:
    exact = (Decimal(numerator) / denominator).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert int(half_up(one(numerator), denominator)[0]) == int(exact)


def test_a_share_a_tax_inside_and_a_base_that_holds_its_own_tax() -> None:
    assert share(one(2490), 136_000)[0] == 339  # 24.90 × 13.6 % = 3.3864
    assert inside(one(1200), 200_000)[0] == 200  # 20 % inside 12.00 gross
    assert grossed_up(one(8300), 170_000)[0] == 10000  # 83.00 / (1 − 17 %)


@given(st.integers(0, 10**7), st.integers(1, 5000))
def test_a_step_is_reached_and_never_passed_by_a_whole_step(weight: int, step: int) -> None:
    billed = int(up_to_step(one(weight), step)[0])
    assert billed % step == 0
    assert 0 <= billed - weight < step


def test_currencies_with_their_own_decimals() -> None:
    assert converted(one(1000), 4_517_600, "JPY", "CNY")[0] == 4518  # 1000 JPY × 0.045176 = 45.176 CNY
    assert converted(one(4518), 2_213_564_725, "CNY", "JPY")[0] == 1000


def test_whole_price_and_marginal_tiers_at_their_edges() -> None:
    bands = Bands((1500, 2000, OPEN), (50_000, 100_000, 170_000))
    prices = np.asarray([1500, 1501, 2000, 2001], dtype=np.int64)
    assert list(share(prices, bands.whole(prices))) == [75, 150, 200, 340]
    # 2001: 1500 × 5 % + 500 × 10 % + 1 × 17 % = 75 + 50 + 0.17
    assert list(bands.marginal_share(prices)) == [75, 75, 125, 125]


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=20))
def test_marginal_tiers_join_without_a_gap(amounts: list[int]) -> None:
    bands = Bands((1500, 2000, OPEN), (50_000, 100_000, 170_000))
    array = np.asarray(sorted(amounts), dtype=np.int64)
    shares = bands.marginal_share(array)
    assert (np.diff(shares) >= 0).all()
    assert (shares <= share(array, 170_000)).all()


def ledger(**money: Column) -> Ledger:
    return Ledger(
        1, "USD", Fixed(), dict(money), {"pieces": one(1)}, {"cost": "typed"}, {"cost": both("Unit cost")}
    )


def test_a_line_in_another_currency_is_converted_once_and_keeps_its_own_amount() -> None:
    run = ledger(cost=Column.of(3800, "CNY"))
    step = InputStep("goods", "goods", both("Goods"), "cost")
    run.run([step])
    line = run.line(step, 0)
    assert line.amount == 535  # 38.00 CNY × 0.14084507 = 5.352…
    assert line.own is not None
    assert str(line.own) == "38.00"
    assert line.data[0].mark == "typed"


def test_what_is_not_known_stays_unknown_and_is_never_zero() -> None:
    run = ledger(cost=Column.unknown("CNY", 1))
    step = InputStep("goods", "goods", both("Goods"), "cost", Unknown("unit_cost", both("not given")))
    run.run([step])
    line = run.line(step, 0)
    assert line.amount is None
    assert line.unknown is not None
    assert line.unknown.what == "unit_cost"


def test_a_currency_without_a_rate_makes_the_line_unknown() -> None:
    run = ledger(cost=Column.of(100, "NGN"))
    step = InputStep("goods", "goods", both("Goods"), "cost")
    run.run([step])
    line = run.line(step, 0)
    assert line.amount is None
    assert line.unknown is not None
    assert line.unknown.what == "rate"


def test_a_sum_is_unknown_where_a_part_is() -> None:
    run = ledger(a=Column.of(100, "USD"), b=Column.unknown("USD", 1))
    assert not run.sum(["a", "b"], "USD").known[0]
    assert run.sum(["a"], "USD").units[0] == 100
    assert run.sum(["a", "no-such"], "USD").known[0]
