"""Exact money: minor units, rates, what a person types, and an allocation that sums."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.money import Money, allocate, decimal_of, major, minor, plain, ppm


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("24.90", "USD", 2490),
        ("2.345", "USD", 235),
        ("2.344", "USD", 234),
        ("1500", "JPY", 1500),
        ("0.5", "JPY", 1),
    ],
)
def test_minor_units_round_half_up(amount: str, currency: str, units: int) -> None:
    assert minor(amount, currency) == units


def test_yen_have_no_minor_unit() -> None:
    assert str(Money.of("1500", "JPY")) == "1500"
    assert str(Money.of("1500", "USD")) == "1500.00"


@given(st.integers(-(10**12), 10**12), st.sampled_from(["USD", "JPY", "KWD"]))
def test_major_and_minor_are_inverse(units: int, currency: str) -> None:
    assert minor(major(units, currency), currency) == units


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("24.90", "24.90"),
        ("24,90", "24.90"),
        ("1,299.00", "1299.00"),
        ("1,299", "1299"),
        (" 7 ", "7"),
        ("−3", "-3"),
    ],
)
def test_what_a_person_types(typed: str, value: str) -> None:
    assert decimal_of(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "abc", "NaN", "inf", "1e", "--3"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a number such as"):
        decimal_of(typed)


def test_rates_in_parts_per_million() -> None:
    assert ppm("13.6") == 136_000
    assert ppm("0.3464") == 3464


def test_plain_numbers_have_no_needless_zeros() -> None:
    assert plain(Decimal("5.00")) == "5"
    assert plain(Decimal("0.10")) == "0.1"
    assert plain(Decimal("1E+3")) == "1000"


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_allocation_sums_exactly_and_each_part_is_within_one_of_its_share(
    total: int, weights: list[int]
) -> None:
    if sum(weights) == 0:
        with pytest.raises(ValueError, match="positive sum"):
            allocate(total, weights)
        return
    parts = allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Decimal(part) - Decimal(total) * weight / sum(weights)) < 1
