"""Import tax into China by five modes, against examples worked by hand; the arithmetic stands beside each."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop.core.facts import Reading, RuleBook, Unknown, View
from desktop.core.money import minor
from desktop.engine.import_tax import (
    ImportOptions,
    ImportPlan,
    cities,
    compile_import_tax,
    delivery,
    modes,
    offered,
    tax_table,
)
from desktop.engine.kernel import Column, Ledger

THEN, NOW = "2015-11-08", "2026-11-24"
RETAIL = ("bonded-stocking-up", "goods-collection", "direct-mail")
POSTAL_2015 = (*RETAIL, "personal-post")
NOTHING_TYPED = ImportOptions()


class NoExchange:
    """All amounts of these tests are in CNY."""

    def rate(self, from_currency: str, to_currency: str) -> tuple[int, tuple[Reading, ...]] | Unknown:
        raise AssertionError(f"asked for {from_currency} in {to_currency}")


def ledger(*values: str, **given_: Any) -> Ledger:
    """Orders in CNY; freight and insurance as amounts, anything else as plain numbers."""
    money = {"value": Column.of([minor(value, "CNY") for value in values], "CNY")}
    numbers = {}
    for name, column in given_.items():
        if name in ("freight", "insurance"):
            money[name] = Column.of([minor(amount, "CNY") for amount in column], "CNY")
        else:
            numbers[name] = np.asarray(column, dtype=np.int64)
    return Ledger(len(values), "CNY", NoExchange(), money, numbers)


class Priced:
    """A plan that was run over a ledger."""

    def __init__(self, plan: ImportPlan, found: Ledger) -> None:
        self.plan, self.ledger = plan, found
        found.run(plan.steps)

    def line(self, name: str, i: int = 0) -> str | None:
        step = next(step for step in self.plan.steps if step.id == name)
        amount = self.ledger.line(step, i).money
        return None if amount is None else f"{amount:f}"

    def lines(self, i: int = 0) -> tuple[str | None, ...]:
        return tuple(self.line(step.id, i) for step in self.plan.steps)

    def outcome(self, i: int = 0) -> str:
        return self.plan.outcome(self.ledger, i)

    def calculation(self, name: str, language: str = "en", i: int = 0) -> str:
        step = next(step for step in self.plan.steps if step.id == name)
        return self.ledger.line(step, i).calculation[language]

    def why(self, name: str, i: int = 0) -> Unknown:
        step = next(step for step in self.plan.steps if step.id == name)
        unknown = self.ledger.line(step, i).unknown
        assert unknown is not None
        return unknown


def view_on(book: RuleBook, day: str, **overrides: str) -> View:
    return book.at(date.fromisoformat(day), overrides)


def priced(
    book: RuleBook,
    day: str,
    mode: str,
    category: str,
    *values: str,
    options: ImportOptions = NOTHING_TYPED,
    **given_: Any,
) -> Priced:
    return Priced(compile_import_tax(view_on(book, day), mode, category, options), ledger(*values, **given_))


def says(plan: ImportPlan, words: str) -> bool:
    return any(words in warning.en for warning in plan.warnings)


# ---------------------------------------------------------------- 2015: personal postal articles tax


@pytest.mark.parametrize("mode", POSTAL_2015)
def test_milk_powder_of_380_was_waived_in_2015(book: RuleBook, mode: str) -> None:
    # 380.00 × 10 % = 38.00, and 38.00 <= 50.00
    found = priced(book, THEN, mode, "milk-powder", "380", quantity=[2])
    assert found.lines() == ("0.00",)
    assert found.outcome() == "waived"
    assert found.calculation("postal") == "380.00 × 10% = 38.00, not collected up to 50"
    assert found.calculation("postal", "zh") == "380.00 × 10% = 38.00，50 元及以下免征"


@pytest.mark.parametrize(
    ("category", "value", "tax"),
    [
        ("bags", "900", "90.00"),  # × 10 %
        ("apparel", "900", "180.00"),  # × 20 %
        ("beauty", "900", "450.00"),  # × 50 %
        ("consumer-electronics", "900", "90.00"),  # × 10 %
        ("milk-powder", "900", "90.00"),  # × 10 %
        ("accessories", "900", "90.00"),  # × 10 %
        ("exercise-machines", "900", "90.00"),  # × 10 %
        ("other", "900", "90.00"),  # × 10 %
        ("watches", "900", "180.00"),  # × 20 % below 10,000
        ("watches", "9999.99", "2000.00"),  # 1999.998
        ("watches", "10000", "3000.00"),  # × 30 % from 10,000 on
    ],
)
def test_postal_rates_of_the_2015_chart(book: RuleBook, category: str, value: str, tax: str) -> None:
    found = priced(book, THEN, "direct-mail", category, value, quantity=[1])
    assert found.lines() == (tax,)
    assert found.outcome() == "taxed"


def test_shoes_follow_the_customs_list_and_say_that_the_report_differs(book: RuleBook) -> None:
    # 900.00 × 10 %; chart 2.2 prints 20 for shoes and hats together
    found = priced(book, THEN, "direct-mail", "shoes", "900")
    assert found.lines() == ("90.00",)
    assert says(found.plan, "the 2015 report prints 20 percent for shoes and hats")


def test_fifty_yuan_of_tax_is_a_cliff(book: RuleBook) -> None:
    # 10 %: 499.90 → 49.99, 500.00 → 50.00, 500.04 → 50.004 → 50.00, 500.05 → 50.005 → 50.01
    found = priced(book, THEN, "personal-post", "milk-powder", "499.90", "500", "500.04", "500.05")
    assert [found.line("postal", i) for i in range(4)] == ["0.00", "0.00", "0.00", "50.01"]
    assert [found.outcome(i) for i in range(4)] == ["waived", "waived", "waived", "taxed"]


def test_parcel_limit_of_1000_but_one_article_may_pass(book: RuleBook) -> None:
    found = priced(
        book, THEN, "personal-post", "bags", "999.99", "1000", "1000.01", "1000.01", quantity=[2, 2, 2, 1]
    )
    assert [found.outcome(i) for i in range(4)] == ["taxed", "taxed", "refused", "taxed"]
    assert found.line("postal", 2) is None
    assert found.why("postal", 2).fact == "cn.ppat.value_limit.other"
    assert "1,000 元" in found.why("postal", 2).why.zh
    assert found.line("postal", 3) == "100.00"  # 100.001


def test_parcel_limit_from_hong_kong_was_800(book: RuleBook) -> None:
    near = ImportOptions(origin_hk_mo_tw=True)
    found = priced(book, THEN, "personal-post", "bags", "800", "800.01", quantity=[2, 2], options=near)
    assert [found.outcome(i) for i in range(2)] == ["taxed", "refused"]


def test_table_price_of_milk_powder_holds_by_weight(book: RuleBook) -> None:
    # 2 tins × 900 g × 200 CNY/kg = 360.00; × 10 % = 36.00 → waived
    found = priced(book, THEN, "direct-mail", "milk-powder", "380", quantity=[2], net_g=[900])
    assert found.outcome() == "waived"
    assert found.calculation("postal") == (
        "360.00 × 10% = 36.00, not collected up to 50, by the customs table price 360.00"
    )


def test_invoice_counts_only_outside_half_to_twice_the_table_price(book: RuleBook) -> None:
    # one kg: table price 200.00 × 50 % typed rate = 100.00; half is 100.00, twice is 400.00
    options = ImportOptions(table_price=Decimal(200), postal_rate=Decimal(50))
    values = ("99.99", "100", "400", "400.01")
    found = priced(book, THEN, "direct-mail", "food", *values, options=options, net_g=[1000] * 4)
    # 49.995 → 50.00 waived; 100.00; 100.00; 200.005 → 200.01
    assert [found.line("postal", i) for i in range(4)] == ["0.00", "100.00", "100.00", "200.01"]
    assert "by the invoice: outside 0.5 to 2 times" in found.calculation("postal", i=3)


def test_typed_table_price_is_of_one_piece_without_a_weight(book: RuleBook) -> None:
    # 3 pieces × 150.00 = 450.00 × 20 % = 90.00
    options = ImportOptions(table_price=Decimal(150))
    found = priced(book, THEN, "direct-mail", "apparel", "500", options=options, quantity=[3])
    assert found.lines() == ("90.00",)


def test_freight_is_not_in_the_base_of_the_postal_tax(book: RuleBook) -> None:
    found = priced(book, THEN, "direct-mail", "bags", "900", freight=["100"])
    assert found.lines() == ("90.00",)


@pytest.mark.parametrize(
    ("day", "tax"),
    [("2016-04-07", "100.00"), ("2016-04-08", "150.00"), ("2018-11-01", "150.00"), ("2019-04-09", "130.00")],
)
def test_postal_bands_of_food_change_on_their_days(book: RuleBook, day: str, tax: str) -> None:
    # 1000.00 × 10, 15, 15, 13 %
    assert priced(book, day, "personal-post", "food", "1000").lines() == (tax,)


def test_parcel_limit_was_raised_to_2000_from_any_origin(book: RuleBook) -> None:
    near = ImportOptions(origin_hk_mo_tw=True)
    before = priced(book, "2024-11-30", "personal-post", "apparel", "2000", quantity=[2])
    after = priced(book, "2024-12-01", "personal-post", "apparel", "2000", "2000.01", quantity=[2, 2])
    also = priced(book, "2024-12-01", "personal-post", "apparel", "2000", quantity=[2], options=near)
    assert before.outcome() == "refused"
    assert (after.outcome(0), after.outcome(1)) == ("taxed", "refused")
    assert also.outcome() == "taxed"


def test_personal_post_of_milk_powder_today(book: RuleBook) -> None:
    # 380.00 × 13 % = 49.40 <= 50.00; 384.70 × 13 % = 50.011 → 50.01
    found = priced(book, NOW, "personal-post", "milk-powder", "380", "384.70")
    assert [found.line("postal", i) for i in range(2)] == ["0.00", "50.01"]
    assert found.plan.warnings[-1].en.startswith("For real personal parcels only")


def test_mailed_cosmetics_today_by_content(book: RuleBook) -> None:
    # 30 ml: 299.99 < 300 → 20 % = 59.998; 300.00 → 50 % = 150.00
    found = priced(book, NOW, "personal-post", "beauty", "299.99", "300", net_ml=[30, 30])
    assert [found.line("postal", i) for i in range(2)] == ["60.00", "150.00"]


# ---------------------------------------------------------------- since 2016-04-08: composite tax


@pytest.mark.parametrize("mode", RETAIL)
def test_milk_powder_of_380_today(book: RuleBook, mode: str) -> None:
    # 380.00 × 13 % × 70 % = 380.00 × 9.1 % = 34.58; no waiver
    found = priced(book, NOW, mode, "milk-powder", "380", quantity=[2])
    assert found.lines() == ("0.00", "0.00", "34.58")
    assert found.outcome() == "taxed"
    assert found.plan.composite_rate(found.ledger, 0) == Decimal("9.1")
    assert found.calculation("vat") == "380.00 × 13% × 70%"


@pytest.mark.parametrize(
    ("day", "vat", "rate"),
    [
        ("2016-04-08", "119.00", "11.9"),  # 1000.00 × 17 % × 70 %
        ("2017-06-01", "119.00", "11.9"),
        ("2018-04-30", "119.00", "11.9"),
        ("2018-06-15", "112.00", "11.2"),  # × 16 %
        ("2019-04-01", "91.00", "9.1"),  # × 13 %
        (NOW, "91.00", "9.1"),
    ],
)
def test_vat_of_each_period(book: RuleBook, day: str, vat: str, rate: str) -> None:
    found = priced(book, day, "bonded-stocking-up", "bags", "1000")
    assert found.line("vat") == vat
    assert found.plan.composite_rate(found.ledger, 0) == Decimal(rate)


def test_the_day_of_the_reform(book: RuleBook) -> None:
    before = priced(book, "2016-04-07", "direct-mail", "milk-powder", "380")
    after = priced(book, "2016-04-08", "direct-mail", "milk-powder", "380")
    assert (before.lines(), before.outcome()) == (("0.00",), "waived")
    assert (after.line("vat"), after.outcome()) == ("45.22", "taxed")  # 380.00 × 17 % × 70 %


def test_cosmetics_around_ten_yuan_per_ml(book: RuleBook) -> None:
    found = priced(book, NOW, "direct-mail", "beauty", "299.99", "300", "300.01", net_ml=[30, 30, 30])
    # below: 299.99 × 9.1 % = 27.299
    # at: 300 ÷ 0.85 = 352.941; × 15 % × 70 % = 37.0588, × 13 % × 70 % = 32.1176
    assert found.lines(0) == ("0.00", "0.00", "27.30")
    assert found.lines(1) == ("0.00", "37.06", "32.12")
    assert found.lines(2) == ("0.00", "37.06", "32.12")  # 37.0600, 32.1187
    # (15 + 13) ÷ 0.85 × 0.7 = 23.0588
    assert found.plan.composite_rate(found.ledger, 1) == Decimal("23.0588")
    assert found.plan.composite_rate(found.ledger, 0) == Decimal("9.1")


def test_cosmetics_by_gram_by_sheet_and_without_content(book: RuleBook) -> None:
    found = priced(
        book,
        NOW,
        "direct-mail",
        "beauty",
        *("1000", "149.99", "150", "150"),
        net_g=[50, 0, 0, 0],
        pieces=[0, 10, 10, 0],
        quantity=[2, 1, 1, 1],
    )
    # 2 pieces of 50 g: 1000.00 at 10 per g → high-end; 10 sheets: 149.99 < 150.00 <= 150.00
    assert [found.line("consumption", i) for i in range(4)] == ["123.53", "0.00", "18.53", None]
    assert "net content" in found.why("vat", 3).why.en
    assert found.outcome(3) == "taxed"


def test_make_up_between_the_reform_and_october_2016(book: RuleBook) -> None:
    # (30 + 17) ÷ 0.7 × 0.7 = 47; 1000 ÷ 0.7 × 30 % × 70 % = 300.00 and × 17 % × 70 % = 170.00
    found = priced(book, "2016-09-30", "direct-mail", "beauty", "1000")
    assert found.lines() == ("0.00", "300.00", "170.00")
    assert found.plan.composite_rate(found.ledger, 0) == Decimal(47)


def test_watch_threshold_is_per_watch(book: RuleBook) -> None:
    # within the single limit only by a typed limit; full taxes are tested below
    view = view_on(
        book, NOW, **{"cn.import.cbec.limit.single": "50000", "cn.import.cbec.limit.annual": "90000"}
    )
    plan = compile_import_tax(view, "direct-mail", "watches")
    found = Priced(plan, ledger("9999.99", "10000", "19999.99", quantity=[1, 1, 2]))
    assert found.line("consumption", 0) == "0.00"
    assert found.line("consumption", 1) == "1750.00"  # 10000 ÷ 0.8 × 20 % × 70 %
    assert found.line("consumption", 2) == "0.00"


def test_freight_and_insurance_are_in_the_retail_base(book: RuleBook) -> None:
    # (4900 + 80 + 20) = 5000.00 is within the limit: × 9.1 % = 455.00; one fen more is not
    found = priced(
        book,
        NOW,
        "direct-mail",
        "bags",
        *("4900", "4900.01"),
        freight=["80", "80"],
        insurance=["20", "20"],
        quantity=[2, 2],
    )
    assert found.line("vat", 0) == "455.00"
    assert [found.outcome(i) for i in range(2)] == ["taxed", "refused"]


def test_over_5000_one_article_pays_in_full_and_several_are_refused(book: RuleBook) -> None:
    found = priced(book, NOW, "bonded-stocking-up", "bags", "5000", "5000.01", "5000.01", quantity=[1, 1, 2])
    assert found.lines(0) == ("0.00", "0.00", "455.00")
    # 5000.01 × 6 % = 300.0006; (5000.01 + 300.00) × 13 % = 689.0013
    assert found.lines(1) == ("300.00", "0.00", "689.00")
    assert found.lines(2) == (None, None, None)
    assert [found.outcome(i) for i in range(3)] == ["taxed", "taxed", "refused"]
    assert found.plan.composite_rate(found.ledger, 1) is None
    assert found.why("vat", 2).fact == "cn.import.cbec.over_single_limit.several_items"
    assert "over the limit" in found.calculation("duty", i=1)


def test_annual_limit_sends_the_order_to_general_trade(book: RuleBook) -> None:
    options = ImportOptions(annual_so_far=Decimal("25000"))
    found = priced(book, NOW, "direct-mail", "bags", "1000", "1000.01", options=options, quantity=[2, 2])
    assert [found.outcome(i) for i in range(2)] == ["taxed", "general-trade"]
    # 1000.01 × 6 % = 60.0006; (1000.01 + 60.00) × 13 % = 137.8013
    assert found.lines(1) == ("60.00", "0.00", "137.80")
    assert not says(found.plan, "bought this year")


def test_limits_of_2016_were_2000_and_20000(book: RuleBook) -> None:
    day, typed = "2018-06-15", ImportOptions(duty_rate=Decimal(10))
    found = priced(
        book, day, "direct-mail", "bags", "2000", "2000.01", "2000.01", quantity=[2, 1, 2], options=typed
    )
    assert [found.outcome(i) for i in range(3)] == ["taxed", "general-trade", "general-trade"]
    assert found.line("vat", 0) == "224.00"  # 2000 × 16 % × 70 %
    # 2000.01 × 10 % = 200.001; (2000.01 + 200.00) × 16 % = 352.0016
    assert found.lines(1) == ("200.00", "0.00", "352.00")
    year = replace(typed, annual_so_far=Decimal("19500"))
    over = priced(book, day, "direct-mail", "bags", "500", "500.01", options=year)
    assert [over.outcome(i) for i in range(2)] == ["taxed", "general-trade"]


def test_unknown_duty_is_missed_only_over_the_limit(book: RuleBook) -> None:
    found = priced(book, NOW, "direct-mail", "phones", "4000", "6000", quantity=[1, 1])
    assert found.plan.unknown == ()
    assert found.line("vat", 0) == "364.00"  # 4000 × 9.1 %
    assert found.lines(1) == (None, None, None)
    assert found.why("vat", 1).fact == "cn.rate.duty.phones"
    assert found.outcome(1) == "taxed"


def test_retail_import_says_what_it_takes_for_granted(book: RuleBook) -> None:
    plan = compile_import_tax(view_on(book, NOW), "goods-collection", "bags")
    assert says(plan, "bought this year is not given")
    assert says(plan, "list of retail import goods")
    assert says(plan, "no code of its own today")
    assert all(warning.zh and warning.zh != warning.en for warning in plan.warnings)


# ---------------------------------------------------------------- general trade


def test_general_trade_of_milk_powder_in_2015(book: RuleBook) -> None:
    # 380.00 × 10 % = 38.00; (380.00 + 38.00) × 17 % = 71.06
    found = priced(book, THEN, "general-trade", "milk-powder", "380")
    assert found.lines() == ("38.00", "0.00", "71.06")
    assert found.outcome() == "taxed"


def test_general_trade_chain_on_cif(book: RuleBook) -> None:
    typed = ImportOptions(duty_rate=Decimal(10), consumption_rate=Decimal(15), vat_rate=Decimal(13))
    found = priced(
        book, NOW, "general-trade", "beauty", "1000", options=typed, freight=["100"], insurance=["10"]
    )
    # CIF 1110.00; duty 111.00; 1221.00 ÷ 0.85 × 0.15 = 215.4706; (1221.00 + 215.47) × 13 % = 186.7411
    assert found.lines() == ("111.00", "215.47", "186.74")
    assert found.calculation("consumption") == "(1,110.00 + 111.00) ÷ (1 − 15%) × 15%"
    assert found.calculation("vat") == "(1,110.00 + 111.00 + 215.47) × 13%"


def test_general_trade_of_cosmetics_in_2015_by_the_chart(book: RuleBook) -> None:
    # duty 10 % = 100.00; 1100.00 ÷ 0.7 × 0.3 = 471.4286; (1100.00 + 471.43) × 17 % = 267.1431
    found = priced(book, THEN, "general-trade", "beauty", "1000")
    assert found.lines() == ("100.00", "471.43", "267.14")
    assert says(found.plan, "skin care bore none")


def test_a_range_counts_at_its_high_end_and_says_so(book: RuleBook) -> None:
    # clothing in 2015: 14 to 17 %: 1000.00 × 17 % = 170.00
    found = priced(book, THEN, "general-trade", "apparel", "1000")
    assert found.line("duty") == "170.00"
    assert says(found.plan, "14% to 17% by tariff line, counted at 17%")
    typed = priced(
        book, THEN, "general-trade", "apparel", "1000", options=ImportOptions(duty_rate=Decimal(14))
    )
    assert typed.line("duty") == "140.00"
    assert not says(typed.plan, "by tariff line")


def test_a_tariff_code_picks_its_own_duty(book: RuleBook) -> None:
    # skin care 3304.99: 1 %; eye make-up 3304.20: 5 %; unknown code: the range of the category
    duties = [
        priced(book, NOW, "general-trade", "beauty", "1000", options=ImportOptions(hs=hs)).line("duty")
        for hs in ("3304.99.00.29", "330420", "999999")
    ]
    assert duties == ["10.00", "50.00", "50.00"]
    # the code is not known for 2015: the chart holds
    then = priced(book, THEN, "general-trade", "beauty", "1000", options=ImportOptions(hs="330499"))
    assert then.line("duty") == "100.00"


def test_a_category_that_the_chart_does_not_name_says_so(book: RuleBook) -> None:
    named = compile_import_tax(view_on(book, THEN), "general-trade", "milk-powder")
    unnamed = compile_import_tax(view_on(book, THEN), "general-trade", "garden")
    assert says(unnamed, "has no row for this category")
    assert not says(named, "has no row for this category")
    today = compile_import_tax(view_on(book, NOW), "general-trade", "garden")
    assert [unknown.fact for unknown in today.unknown] == ["cn.rate.duty.other"]


# ---------------------------------------------------------------- unknown, typed, explained


@pytest.mark.parametrize("mode", [*POSTAL_2015, "general-trade"])
def test_1990_is_not_known(book: RuleBook, mode: str) -> None:
    found = priced(book, "1990-01-01", mode, "toys", "100")
    assert set(found.lines()) == {None}
    assert found.outcome() == "unknown"
    assert "1 Jan 1990" in found.plan.unknown[0].why.en
    assert "1990-01-01" in found.plan.unknown[0].why.zh


def test_unknown_mode_and_category(book: RuleBook) -> None:
    assert priced(book, NOW, "by-drone", "toys", "100").outcome() == "unknown"
    stranger = priced(book, NOW, "direct-mail", "dragons", "100")
    assert stranger.line("vat") is None
    assert "dragons" in stranger.why("vat").why.en
    typed = ImportOptions(vat_rate=Decimal(13), consumption_rate=Decimal(0))
    assert priced(book, NOW, "direct-mail", "dragons", "100", options=typed).line("vat") == "9.10"


def test_unknown_value_stays_unknown(book: RuleBook) -> None:
    for mode in modes(view_on(book, NOW)):
        plan = compile_import_tax(view_on(book, NOW), mode, "bags")
        empty = Ledger(1, "CNY", NoExchange(), {"value": Column.unknown("CNY", 1)}, {})
        found = Priced(plan, empty)
        assert set(found.lines()) == {None}
        assert found.outcome() == "unknown"


def test_a_typed_fact_is_used_and_marked(book: RuleBook) -> None:
    view = view_on(book, NOW, **{"cn.rate.vat.standard": "10"})
    found = Priced(compile_import_tax(view, "direct-mail", "bags"), ledger("1000"))
    assert found.line("vat") == "70.00"  # 1000 × 10 % × 70 %
    step = found.plan.steps[-1]
    assert "typed" in [datum.mark for datum in found.ledger.line(step, 0).data]


def test_every_figure_has_its_fact(book: RuleBook) -> None:
    found = priced(book, NOW, "direct-mail", "beauty", "300", net_ml=[30])
    step = next(step for step in found.plan.steps if step.id == "consumption")
    assert {reading.id for reading in found.ledger.line(step, 0).readings} == {
        "cn.rate.consumption.beauty-high-end",
        "cn.ct.cosmetics.threshold_ml",
        "cn.ct.cosmetics.threshold_piece",
        "cn.import.cbec.discount_factor",
    }
    assert found.plan.basis


def test_one_ledger_serves_several_plans(book: RuleBook) -> None:
    shared, view = ledger("1000"), view_on(book, NOW)
    amounts = []
    for category in ("bags", "books-media", "bags"):
        amounts.append(Priced(compile_import_tax(view, "direct-mail", category), shared).line("vat"))
    assert amounts == ["91.00", "63.00", "91.00"]  # 13 % and 9 %, × 70 %


def test_codes_and_names(book: RuleBook) -> None:
    plans = [compile_import_tax(view_on(book, day), mode, "bags") for day in (THEN, NOW) for mode in (
        "bonded-stocking-up", "direct-mail", "general-trade")]  # fmt: skip
    assert [plan.code.en for plan in plans] == ["1210", "9610", "0110"] * 2
    assert plans[0].name.zh == "保税备货"


def test_both_dates_answer_for_every_category_in_the_retail_modes(book: RuleBook) -> None:
    for category in book.rules["categories"]:
        for day in (THEN, NOW):
            for mode in POSTAL_2015:
                found = priced(book, day, mode, category, "800", net_ml=[500], quantity=[1])
                assert None not in found.lines(), (category, day, mode)


def test_the_rules_cover_exactly_our_categories(book: RuleBook) -> None:
    assert set(book.rules["import_tax"]["categories"]) == set(book.rules["categories"])


def test_tax_table_of_the_chart_and_of_today(book: RuleBook) -> None:
    then = {row.kind: (row.low, row.high) for row in tax_table(view_on(book, THEN), "beauty")}
    assert then == {k: (Decimal(v), Decimal(v)) for k, v in (
        ("duty", 10), ("vat", 17), ("consumption", 30), ("postal", 50))}  # fmt: skip
    now = {row.kind: (row.low, row.high) for row in tax_table(view_on(book, NOW), "beauty")}
    assert now["duty"] == (Decimal(1), Decimal(5))
    assert now["consumption-high-end"] == (Decimal(15), Decimal(15))
    assert now["postal-high-end"] == (Decimal(50), Decimal(50))
    unknown = next(row for row in tax_table(view_on(book, NOW), "garden") if row.kind == "duty")
    assert isinstance(unknown.found, Unknown)


# ---------------------------------------------------------------- modes, cities, delivery


def test_modes_and_cities(book: RuleBook) -> None:
    view = view_on(book, NOW)
    assert modes(view) == (
        "bonded-stocking-up",
        "goods-collection",
        "direct-mail",
        "general-trade",
        "personal-post",
    )
    assert len(cities(view)) == 8
    assert set(book.rules["import_modes"]["platforms"]) == {
        "tmall-global", "jd-worldwide", "amazon-overseas", "vip-global-sale", "ymatou", "taobao-global",
        "xiaohongshu", "jumei", "speed-trade",
    }  # fmt: skip


def test_what_the_import_platforms_charge_on_the_two_days(book: RuleBook) -> None:
    then, now = book.at(date(2015, 11, 8)), book.at(date(2026, 11, 27))
    fees = book.rules["import_modes"]["platforms"]["tmall-global"]["fees"]
    known = [name for name in fees["commission"] if isinstance(then.read(name), Reading)]
    assert known == ["cn.platform.tmall_global.commission.2013"]
    table = now.read("cn.platform.tmall_global.category_2026")
    assert isinstance(table, Reading)
    rates = [row.get("rate") for row in table.value.raw]
    assert rates == ["5", "4", "2.5", "2", None]  # shoes and clothing, skincare, washing, food, home
    annual = "cn.platform.jd_worldwide.platform_fee"
    assert [book.at(on).number(annual) for on in (date(2026, 9, 30), date(2026, 10, 1))] == [1000, 0]
    assert isinstance(then.read("cn.platform.jd_worldwide.transaction_fee"), Unknown)


@pytest.mark.parametrize(
    ("city", "mode", "state"),
    [
        ("hangzhou", "bonded-stocking-up", True),
        ("hangzhou", "goods-collection", False),
        ("ningbo", "goods-collection", True),
        ("ningbo", "direct-mail", False),
        ("zhengzhou", "bonded-stocking-up", None),
        ("guangzhou", "direct-mail", None),
        ("tianjin", "direct-mail", True),
        ("tianjin", "personal-post", True),
        ("atlantis", "bonded-stocking-up", None),
    ],
)
def test_what_a_city_offered_in_2015(book: RuleBook, city: str, mode: str, state: bool | None) -> None:
    assert offered(view_on(book, THEN), city, mode).state is state


def test_today_every_city_offers_retail_import(book: RuleBook) -> None:
    view = view_on(book, NOW)
    for city in cities(view):
        found = offered(view, city, "bonded-stocking-up")
        assert found.state is True
        assert [reading.id for reading in found.readings] == ["cn.zones.retail_import.2021"]


def test_days_of_the_bonded_way(book: RuleBook) -> None:
    then, now = (
        delivery(view_on(book, THEN), "bonded-stocking-up"),
        delivery(view_on(book, NOW), "bonded-stocking-up"),
    )
    assert isinstance(then, tuple)
    assert isinstance(now, tuple)
    assert then[0].low_high() == (Decimal(4), Decimal(5))
    assert now[0].low_high() == (Decimal(3), Decimal(5))
    assert isinstance(delivery(view_on(book, NOW), "general-trade"), Unknown)


# ---------------------------------------------------------------- properties


def cents(amount: Fraction) -> int:
    """Half up to the fen, by exact decimal arithmetic."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


RATE = st.sampled_from(["0", "5", "9", "13", "15", "17", "20", "30", "6.5", "7.5"])
VALUES = st.lists(st.integers(1, 3_000_000), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(VALUES, RATE, RATE, RATE)
def test_general_trade_agrees_with_exact_fractions(
    book: RuleBook, values: list[int], duty: str, consumption: str, vat: str
) -> None:
    options = ImportOptions(Decimal(duty), Decimal(vat), Decimal(consumption))
    plan = compile_import_tax(view_on(book, NOW), "general-trade", "other", options)
    found = Ledger(len(values), "CNY", NoExchange(), {"value": Column.of(values, "CNY")}, {})
    found.run(plan.steps)
    d, c, v = (Fraction(rate) / 100 for rate in (duty, consumption, vat))
    for i, value in enumerate(values):
        on_duty = cents(value * d)
        on_consumption = cents((value + on_duty) / (1 - c) * c)
        on_vat = cents((value + on_duty + on_consumption) * v)
        assert [int(found.lines[k].units[i]) for k in ("duty", "consumption", "vat")] == [
            on_duty, on_consumption, on_vat,
        ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(VALUES, RATE, RATE)
def test_composite_agrees_with_exact_fractions_and_with_its_rate(
    book: RuleBook, values: list[int], consumption: str, vat: str
) -> None:
    options = ImportOptions(
        vat_rate=Decimal(vat), consumption_rate=Decimal(consumption), duty_rate=Decimal(0)
    )
    plan = compile_import_tax(view_on(book, NOW), "direct-mail", "other", options)
    found = Ledger(len(values), "CNY", NoExchange(), {"value": Column.of(values, "CNY")}, {})
    found.run(plan.steps)
    c, v = Fraction(consumption) / 100, Fraction(vat) / 100
    for i, value in enumerate(values):
        if value > 500_000:
            continue
        inside = Fraction(value) / (1 - c)
        on_consumption, on_vat = cents(inside * c * Fraction(7, 10)), cents(inside * v * Fraction(7, 10))
        assert int(found.lines["consumption"].units[i]) == on_consumption
        assert int(found.lines["vat"].units[i]) == on_vat
        whole = cents(value * (c + v) / (1 - c) * Fraction(7, 10))
        assert abs(on_consumption + on_vat - whole) <= 1


@settings(max_examples=40, deadline=None)
@given(VALUES)
def test_a_batch_prices_as_its_orders_do_alone(book: RuleBook, values: list[int]) -> None:
    plan = compile_import_tax(view_on(book, THEN), "direct-mail", "apparel")
    together = Ledger(len(values), "CNY", NoExchange(), {"value": Column.of(values, "CNY")}, {})
    together.run(plan.steps)
    for i, value in enumerate(values):
        alone = Ledger(1, "CNY", NoExchange(), {"value": Column.of([value], "CNY")}, {})
        alone.run(plan.steps)
        assert int(together.lines["postal"].units[i]) == int(alone.lines["postal"].units[0])
        assert plan.outcome(together, i) == plan.outcome(alone, 0)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 99_999), st.integers(1, 99_999))
def test_postal_tax_never_falls_as_the_value_rises(book: RuleBook, one: int, other: int) -> None:
    low, high = sorted((one, other))
    plan = compile_import_tax(view_on(book, THEN), "direct-mail", "bags")
    found = Ledger(2, "CNY", NoExchange(), {"value": Column.of([low, high], "CNY")}, {})
    found.run(plan.steps)
    tax = found.lines["postal"].units
    assert tax[0] <= tax[1]
    assert tax[1] == 0 or tax[1] > 5000
