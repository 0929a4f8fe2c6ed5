"""What people type as numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.views.widgets.number_text import (
    LENGTH_UNITS,
    WEIGHT_UNITS,
    NotANumber,
    canonical,
    convert,
    read_number,
    read_range,
    read_size,
    show_number,
)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("24.90", "24.90", ""),
        ("24,90", "24.90", ""),
        ("1,842.00", "1842.00", ""),
        ("1.842,00", "1842.00", ""),
        ("1,842", "1842", ""),
        ("0,250", "0.250", ""),
        ("1 842,5", "1842.5", ""),
        ("−3", "-3", ""),
        ("２４．９", "24.9", ""),
        ("24。9", "24.9", ""),
        ("0.5 lb", "0.5", "lb"),
        ("1.2kg", "1.2", "kg"),
        ("1 000 000", "1000000", ""),
        ("2公斤", "2", "公斤"),
        ("1.234.567", "1234567", ""),
        ("12,34,567", "1234567", ""),
        ("1'234.50", "1234.50", ""),
        (".5", "0.5", ""),
        ("5.", "5", ""),
        ("٣٤", "34", ""),
        ("$24.90", "24.90", "$"),
        ("US$ 1,234.50", "1234.50", "us$"),
        ("￥45", "45", "¥"),
        ("45元", "45", "元"),
        ("€ 24,90", "24.90", "€"),
        ("$24.90 USD", "24.90", "usd"),
    ],
)
def test_reads(text: str, value: str, unit: str) -> None:
    typed = read_number(text)
    assert (typed.value, typed.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["", "abc", "--3", ".", "x12", "$", "10..20", "24..90", "12.34.56", "24 90", "1,23.45",
                                  "1.23,45", "1,2,3", "1,234 567", "1,234,56"])  # fmt: skip
def test_refuses(text: str) -> None:
    with pytest.raises(NotANumber):
        read_number(text)


def test_converts() -> None:
    assert convert(read_number("0.5 lb"), "g", WEIGHT_UNITS) == Decimal("226.796185")
    assert convert(read_number("1.2 kg"), "g", WEIGHT_UNITS) == 1200
    assert convert(read_number("500"), "g", WEIGHT_UNITS) == 500
    with pytest.raises(KeyError):
        convert(read_number("5 eur"), "USD", {})


def test_a_sign_of_a_currency_is_the_field_s_own_or_none() -> None:
    assert (
        convert(read_number("$24.90"), "USD", {})
        == convert(read_number("$24.90"), "AUD", {})
        == Decimal("24.90")
    )
    assert convert(read_number("￥45"), "CNY", {}) == convert(read_number("45元"), "CNY", {}) == 45
    for text, unit in (("$24.90", "CNY"), ("€5", "USD"), ("US$5", "AUD"), ("$350", "g")):
        with pytest.raises(KeyError):
            convert(read_number(text), unit, WEIGHT_UNITS)


def test_reads_ranges() -> None:
    for text in ("200-300", "200 to 300", "$200–$300", "200至300"):
        found = read_range(text)
        assert found is not None
        assert [end.value for end in found] == [200, 300]
    assert read_range("200") is None
    assert read_range("-200") is None


@pytest.mark.parametrize("text", ["22x16x4", "22 × 16 × 4 cm", "22*16*4", "22 16 4", "220x160x40 mm"])
def test_reads_sizes(text: str) -> None:
    assert read_size(text, "cm", LENGTH_UNITS) == (22, 16, 4)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_shown_numbers_read_back(value: Decimal) -> None:
    assert read_number(show_number(value, 2)).value == value
    assert Decimal(canonical(value)) == value
