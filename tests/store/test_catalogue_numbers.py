"""Numbers are read as they were written, whatever the marks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store.catalogue.numbers import Style, UnreadableError, read_number, style_of
from tests.store.catalogues import read_all, write


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("24.90", "point", "24.90"), ("24,90", "point", "24.90"), ("1,234.50", "point", "1234.50"),
        ("1.234,50", "point", "1234.50"), ("1,234", "point", "1234"), ("1,234", "comma", "1.234"),
        ("1.234", "point", "1.234"),
        ("1.234", "comma", "1234"), ("1.234.567", "point", "1234567"), ("1,234,567", "comma", "1234567"),
        ("1 234,5", "point", "1234.5"), ("1\u00a0234,5", "point", "1234.5"), ("1'234.50", "point", "1234.50"),
        ("1\u2019234.50", "point", "1234.50"), ("12,34,567.8", "point", "1234567.8"), ("0,123", "point", "0.123"),
        ("0.123", "comma", "0.123"), ("12345,678", "point", "12345.678"), ("１２３．５０", "point", "123.50"),
        ("１，２３４", "point", "1234"), ("-5", "point", "-5"), ("\u22125", "point", "-5"), ("+5", "point", "5"),
        ("(5.00)", "point", "-5.00"), ("5-", "point", "-5"), (".5", "point", "0.5"), ("5.", "point", "5"),
        ("1E+05", "point", "100000"), ("1e308", "point", "1e308"), ("$1,234.50", "point", "1234.50"),
        ("-$5", "point", "-5"),
        ("$-5", "point", "-5"), ("¥ 5", "point", "5"), ("5 USD", "point", "5"), ("350g", "point", "350"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, style: Style, value: str) -> None:
    assert read_number(text, style).value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "-", ".", ",", "abc", "1,2,3", "1.2.3", "1,23,4", "1,234,56", "12,345.67.8", "1 2", "10-20", "5..0", "1'2",
     "NaN", "--5", "9" * 100, "1_000", "0x12", "五"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    # a figure with something beside it is judged by who asked: here nothing may stand there
    try:
        _, before, after = read_number(text)
    except UnreadableError:
        return
    assert before or after


def test_a_figure_that_can_be_read_in_two_ways_is_not_guessed() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_number("1,234", "both")
    assert caught.value.ambiguous
    assert read_number("1.234", "both").value == Decimal("1.234")
    assert read_number("12,34", "both").value == Decimal("12.34")


@pytest.mark.parametrize(
    ("cells", "style"),
    [
        ([], "point"), (["1", "1,234"], "point"), (["1,5"], "comma"), (["1.234,5", "7"], "comma"),
        (["1.234.567"], "comma"),
        (["1,5", "1.5"], "both"), (["1,234.5"], "point"), (["x", 5.0, "2,50 €"], "comma"),
    ],
)  # fmt: skip
def test_the_style_of_a_column(cells: list[object], style: Style) -> None:
    assert style_of(cells) == style


AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**9), places=2)
GROUPS = st.sampled_from([",", " ", "\u00a0", "'", ""])


def formatted(value: Decimal, group: str, decimal: str) -> str:
    return f"{value:,.2f}".replace(",", "G").replace(".", decimal).replace("G", group)


@given(AMOUNTS, GROUPS)
def test_a_number_with_a_decimal_point_comes_back(value: Decimal, group: str) -> None:
    assert read_number(formatted(value, group, "."), "point").value == value


@given(AMOUNTS, st.sampled_from([".", " ", "\u202f", "'", ""]))
def test_a_number_with_a_decimal_comma_comes_back(value: Decimal, group: str) -> None:
    assert read_number(formatted(value, group, ","), "comma").value == value


@given(st.text(max_size=100))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        found = read_number(text)
    except UnreadableError:
        return
    assert found.value.is_finite()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(AMOUNTS, st.sampled_from(["$", "", "USD ", "US$"]), GROUPS), min_size=1, max_size=30),
    st.booleans(),
    st.sampled_from([",", "."]),
)
def test_a_column_of_prices_comes_back_to_the_cent(
    tmp_path: Path, prices: list[tuple[Decimal, str, str]], plain: bool, decimal: str
) -> None:
    """The plain path through pandas and the path through text give the same cents."""
    lines = ["SKU\tPrice"]
    for i, (value, sign, group) in enumerate(prices):
        mark = "." if decimal == "," and group == "," else group
        lines.append(f"{i}\t{value}" if plain else f"{i}\t{sign}{formatted(value, mark, decimal)}")
    found = read_all(write(tmp_path, "\n".join(lines)))
    assert found.column("price") == [(int(value * 100), "USD") for value, _, _ in prices]
