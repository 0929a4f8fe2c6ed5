"""Exchange rates: cross rates by hand, the dates at which they answer, typed rates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.facts import Reading, RuleBook, Unknown, View
from desktop.core.money import RATE_SCALE
from desktop.engine.exchange import Rate, ViewExchange, half_up_rate
from desktop.engine.kernel import converted


def rate_of(view: View, source: str, target: str) -> Rate:
    found = ViewExchange(view).rate(source, target)
    assert not isinstance(found, Unknown), found.why.en
    return found


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("USD", "CNY", 628_270_000),  # 6.2827 as the Federal Reserve prints it
        ("CNY", "USD", 15_916_724),  # 1 / 6.2827 = 0.159167236… → 0.15916724
        ("EUR", "USD", 110_960_256),  # 6.9713 / 6.2827 = 1.109602559… → 1.10960256
        ("USD", "JPY", 12_104_928_519),  # 6.2827 / 0.051902 = 121.049285191… → 121.04928519
        ("JPY", "USD", 826_110),  # 0.051902 / 6.2827 = 0.008261098… → 0.00826110
        ("RUB", "GBP", 1_073_679),  # 0.1031 / 9.6025 = 0.010736787… → 0.01073679
    ],
)
def test_rates_of_the_report_day(then: View, source: str, target: str, expected: int) -> None:
    assert rate_of(then, source, target)[0] == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("USD", "CNY", 698_580_000),  # 6.9858, central parity of 2026-01-27
        ("EUR", "USD", 118_461_737),  # 8.2755 / 6.9858 = 1.184617366… → 1.18461737
        ("GBP", "EUR", 115_112_078),  # 9.5261 / 8.2755 = 1.151120778… → 1.15112078
        ("USD", "JPY", 15_463_520_453),  # 6.9858 / 0.045176 = 154.635204533… → 154.63520453
        ("BRL", "CNY", 133_500_000),  # the average of 2024, carried on
    ],
)
def test_rates_of_today(now: View, source: str, target: str, expected: int) -> None:
    assert rate_of(now, source, target)[0] == expected


def test_yen_have_no_minor_unit(now: View) -> None:
    rate = rate_of(now, "USD", "JPY")[0]
    # 24.90 USD × 154.63520453 = 3850.4165928 yen → 3850; and back: 3850 × 0.00646683 USD = 24.8973 → 24.90
    assert int(converted(np.asarray([2490]), rate, "USD", "JPY")[0]) == 3850
    back = rate_of(now, "JPY", "USD")[0]
    assert back == 646_683  # 0.045176 / 6.9858 = 0.006466833…
    assert int(converted(np.asarray([3850]), back, "JPY", "USD")[0]) == 2490


def test_the_same_currency_is_one_and_needs_no_fact(now: View) -> None:
    assert rate_of(now, "USD", "USD") == (RATE_SCALE, ())
    assert rate_of(now, "CNY", "CNY") == (RATE_SCALE, ())
    assert not now.reads


def test_a_cross_rate_names_both_facts_and_reads_no_other(then: View) -> None:
    _, readings = rate_of(then, "EUR", "USD")
    assert [reading.id for reading in readings] == ["fx.2015.EUR", "fx.2015.USD"]
    assert list(then.reads) == ["fx.2015.EUR", "fx.2015.USD"]


def test_before_any_rate_it_is_unknown_and_says_currency_and_date(book: RuleBook) -> None:
    found = ViewExchange(book.at(date(1990, 1, 1))).rate("USD", "CNY")
    assert isinstance(found, Unknown)
    assert "USD" in found.why.en
    assert "USD" in found.why.zh
    assert "1 Jan 1990" in found.why.en


@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2020, 6, 1), date(2023, 12, 31)])
def test_between_the_known_ranges_it_is_unknown(book: RuleBook, day: date) -> None:
    exchange = ViewExchange(book.at(day))
    for currency in ("USD", "EUR", "BRL", "JPY"):
        assert isinstance(exchange.rate(currency, "CNY"), Unknown)


def test_the_average_of_2015_holds_from_its_first_to_its_last_day(book: RuleBook) -> None:
    assert isinstance(ViewExchange(book.at(date(2014, 12, 31))).rate("USD", "CNY"), Unknown)
    assert rate_of(book.at(date(2015, 1, 1)), "USD", "CNY")[0] == 628_270_000
    assert rate_of(book.at(date(2015, 12, 31)), "USD", "CNY")[0] == 628_270_000


@pytest.mark.parametrize(
    ("day", "fact"),
    [
        (date(2024, 6, 1), "fx.2024.USD"),
        (date(2025, 1, 14), "fx.2025_01_14.USD"),
        (date(2026, 1, 26), "fx.2025_01_14.USD"),
        (date(2026, 1, 27), "fx.2026_01_27.USD"),
    ],
)
def test_the_newest_rate_that_answers_is_used(book: RuleBook, day: date, fact: str) -> None:
    assert [reading.id for reading in rate_of(book.at(day), "USD", "CNY")[1]] == [fact]


@pytest.mark.parametrize("currency", ["BRL", "INR"])
def test_an_old_rate_is_marked_as_old(now: View, currency: str) -> None:
    reading = rate_of(now, currency, "CNY")[1][0]
    assert reading.id == f"fx.last_average.{currency}"
    assert reading.value.confidence == "low"
    assert reading.source.due(now.date)


def test_the_rate_of_one_day_in_2024_is_kept_as_worked_out(book: RuleBook) -> None:
    view = book.at(date(2024, 2, 2))
    # 7.192 / 4.97 = 1.44708249…, 7.192 / 82.92 = 0.08673420…
    for currency, expected in (("BRL", "1.447082"), ("INR", "0.086734")):
        found = view.read(f"fx.2024_02_02.{currency}")
        assert isinstance(found, Reading)
        assert found.raw == expected


def test_a_currency_without_any_rate(now: View, then: View) -> None:
    for view in (now, then):
        found = ViewExchange(view).rate("XAU", "USD")
        assert isinstance(found, Unknown)
        assert "XAU" in found.why.en
    assert isinstance(ViewExchange(now).rate("USD", "VND"), Unknown)  # newest is the average of 2024
    assert isinstance(ViewExchange(now).rate("USD", "TWD"), Unknown)  # newest is the average of 2015


def test_a_typed_rate_comes_first_whichever_fact_it_is_typed_for(book: RuleBook) -> None:
    view = book.at(date(2026, 11, 24), {"fx.2015.USD": "7.00"})
    rate, readings = rate_of(view, "USD", "CNY")
    assert rate == 700_000_000
    assert readings[0].typed
    view = book.at(date(2026, 11, 24), {"fx.2024.VND": "0.00028"})
    assert rate_of(view, "VND", "CNY")[0] == 28_000


@pytest.mark.parametrize("typed", ["0", "-7", "NaN", "Infinity", "seven"])
def test_a_typed_rate_that_is_no_rate_is_refused_with_its_reason(book: RuleBook, typed: str) -> None:
    found = ViewExchange(book.at(date(2026, 11, 24), {"fx.2026_01_27.USD": typed})).rate("CNY", "USD")
    assert isinstance(found, Unknown)
    assert typed in found.why.en


def test_half_goes_up() -> None:
    assert half_up_rate(Fraction(15, 10**9)) == 2  # 1.5 units of 1e-8
    assert half_up_rate(Fraction(149, 10**10)) == 1  # 1.49 units


def test_every_currency_of_the_rules_is_per_one_unit(book: RuleBook) -> None:
    for code, rule in book.rules["fx"]["currencies"].items():
        for fact_id in rule["facts"]:
            fact = book.fact(fact_id)
            assert fact_id.endswith(f".{code}")
            assert fact.unit == f"cny_per_{code.lower()}"


def test_no_rate_jumps_by_an_order_of_magnitude_between_two_facts(book: RuleBook) -> None:
    """A rate per 100 units among rates per one would show. The lira and the naira did lose nine tenths."""
    for code, rule in book.rules["fx"]["currencies"].items():
        numbers = [Fraction(value.raw) for f in rule["facts"] for value in book.fact(f).values if value.raw]
        if numbers:
            assert max(numbers) / min(numbers) < (20 if code in ("TRY", "NGN") else 3), code


PAIRS = st.sampled_from(["CNY", "USD", "EUR", "GBP", "JPY", "RUB", "BRL", "AUD", "KRW", "INR"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(source=PAIRS, target=PAIRS)
def test_there_and_back_is_one_but_for_the_rounding(now: View, source: str, target: str) -> None:
    there, back = rate_of(now, source, target)[0], rate_of(now, target, source)[0]
    # each side is off by half a unit at most: |there × back - 1| ≤ (there + back) / 2 units, and a quarter
    assert abs(there * back - RATE_SCALE**2) <= (there + back) // 2 + 1
