"""The borders of the destinations against sums done by hand, and the edges of every limit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.facts import Reading, RuleBook, Unknown
from desktop.core.money import minor
from desktop.core.result import Line
from desktop.core.text import both
from desktop.engine.border import (
    DEFAULT,
    BorderOptions,
    BorderPlan,
    Carrier,
    Channel,
    compile_border,
    destinations,
    name,
)
from desktop.engine.kernel import Column, Ledger

THEN, NOW = date(2015, 11, 8), date(2026, 11, 24)
EXPRESS = BorderOptions(carrier="express")
INSIDE = BorderOptions(price_includes_tax=True)
NINE = ("US", "GB", "DE", "FR", "ES", "RU", "BR", "AU", "JP")

# round numbers, so that the sums can be done in the head; no rates of any day
IN_USD = {"USD": "1", "EUR": "1.25", "GBP": "1.50", "AUD": "0.80", "JPY": "0.01", "BRL": "0.25"}


class Rates:
    """Exchange rates by hand."""

    def rate(self, from_currency: str, to_currency: str) -> tuple[int, tuple[Reading, ...]] | Unknown:
        if from_currency not in IN_USD or to_currency not in IN_USD:
            return Unknown("exchange", both(f"no rate {from_currency} {to_currency}"))
        return int(Decimal(IN_USD[from_currency]) / Decimal(IN_USD[to_currency]) * 10**8), ()


class Order:
    """One order (or several, by `values`) priced at a border."""

    def __init__(
        self,
        book: RuleBook,
        to: str,
        on: date,
        *values: str,
        currency: str = "USD",
        category: str = "apparel",
        options: BorderOptions = DEFAULT,
        **more: str | int,
    ) -> None:
        n = len(values)
        main = "price" if options.price_includes_tax else "value"
        money = {main: Column.of([minor(v, currency) for v in values], currency)}
        numbers = {"weight_g": np.full(n, int(more.pop("weight_g", 250)), dtype=np.int64)}
        for key, amount in more.items():
            if key in ("items", "pieces"):
                numbers[key] = np.full(n, int(amount), dtype=np.int64)
            else:
                money[key] = Column.of(minor(amount, currency), currency, n)
        self.plan: BorderPlan = compile_border(book.at(on), to, category, options)
        self.ledger = Ledger(n, currency, Rates(), money, numbers)
        self.ledger.run(self.plan.steps)

    def lines(self, i: int = 0) -> dict[str, Line]:
        return {line.id: line for line in self.plan.lines(self.ledger, i)}

    def amounts(self, i: int = 0) -> dict[str, str | None]:
        """Each line in major units; None where it is unknown. Lines of nothing left out."""
        found = {key: line.money for key, line in self.lines(i).items()}
        return {key: None if money is None else str(money) for key, money in found.items() if money != 0}

    def outcome(self, i: int = 0) -> str:
        return self.plan.outcome(self.ledger, i)

    def collected_by(self, i: int = 0) -> str:
        return self.plan.collected_by(self.ledger, i)

    def customs_value(self, i: int = 0) -> str:
        return str(self.plan.customs_value(self.ledger, i))

    def says(self, part: str, i: int = 0) -> bool:
        return any(part in text.en for text in self.plan.warnings_for(self.ledger, i))


def test_the_nine_destinations_and_all_members_of_the_eu_are_covered(book: RuleBook) -> None:
    covered = destinations(book.at(NOW))
    assert set(NINE) <= set(covered)
    eu = [to for to, rule in book.rules["border"]["destinations"].items() if rule["area"] == "eu"]
    assert len(eu) == 27
    assert set(eu) <= set(covered)
    assert name(book.at(NOW), "GB").zh == "英国"
    assert name(book.at(NOW), "XX").en == "XX"


@pytest.mark.parametrize("to", NINE)
def test_nothing_is_said_before_the_rules_begin(book: RuleBook, to: str) -> None:
    order = Order(book, to, date(1990, 1, 1), "24.90")
    assert order.amounts() == {"duty": None, "vat": None}
    assert order.outcome() == "unknown"
    assert order.plan.unknown
    assert "1 Jan 1990" in order.plan.unknown[0].why.en


def test_a_country_without_rules_is_unknown_and_says_so(book: RuleBook) -> None:
    order = Order(book, "XX", NOW, "24.90")
    assert order.amounts() == {"duty": None, "vat": None}
    assert "XX" in order.plan.unknown[0].why.zh


# ── United States ──


def test_us_2015_is_free_up_to_200_usd(book: RuleBook) -> None:
    order = Order(book, "US", THEN, "24.90", "199.99", "200.00", "200.01", category="jewelry")
    assert [order.outcome(i) for i in range(4)] == ["relieved", "relieved", "relieved", "taxed"]
    assert [order.collected_by(i) for i in range(4)] == ["none", "none", "none", "post"]
    assert order.amounts(2) == {}
    # 200.01 × 11 % = 22.0011; what an entry cost then is not known
    assert order.amounts(3) == {"duty": "22.00", "other.entry-fee": None}
    assert order.lines(3)["duty"].payer == "buyer"
    assert order.says("asked to pay", 3)
    assert not order.says("asked to pay", 2)


def test_us_limit_rose_to_800_usd_on_10_march_2016(book: RuleBook) -> None:
    assert Order(book, "US", date(2016, 3, 9), "200.01").outcome() == "taxed"
    order = Order(book, "US", date(2016, 3, 10), "800.00", "800.01")
    assert [order.outcome(0), order.outcome(1)] == ["relieved", "taxed"]


@pytest.mark.parametrize(
    ("on", "category", "expected"),
    [
        # list 3 began at 10 % on 2018-09-24 and went to 25 % on 2019-05-10; bags 17.6 % and list 3
        (date(2018, 9, 23), "bags", {"duty": "176.00", "other.entry-fee": None}),
        (date(2018, 9, 24), "bags", {"duty": "176.00", "duty.s301": "100.00", "other.entry-fee": None}),
        (date(2019, 6, 1), "bags", {"duty": "176.00", "duty.s301": "250.00", "other.entry-fee": None}),
        # list 4A: 15 % from 2019-09-01, 7.5 % from 2020-02-14; jewelry 11 %
        (date(2019, 8, 31), "jewelry", {"duty": "110.00", "other.entry-fee": None}),
        (date(2019, 10, 1), "jewelry", {"duty": "110.00", "duty.s301": "150.00", "other.entry-fee": None}),
        (date(2022, 6, 1), "jewelry", {"duty": "110.00", "duty.s301": "75.00", "other.entry-fee": None}),
        # woven dresses 6.9 to 12.3 %, the higher end counted
        (
            date(2022, 6, 1),
            "wedding-dresses",
            {"duty": "123.00", "duty.s301": "75.00", "other.entry-fee": None},
        ),
        # the layers on 1000.00: emergency duty 30 % in autumn 2025, 20 % from 2025-11-10; entry 2.69
        (
            date(2025, 9, 15),
            "jewelry",
            {"duty": "110.00", "duty.s301": "75.00", "duty.ieepa": "300.00", "other.mpf": None},
        ),
        (
            date(2026, 1, 15),
            "jewelry",
            {"duty": "110.00", "duty.s301": "75.00", "duty.ieepa": "200.00", "other.mpf": "2.69"},
        ),
        (
            date(2026, 3, 1),
            "jewelry",
            {"duty": "110.00", "duty.s301": "75.00", "duty.s122": "100.00", "other.mpf": "2.69"},
        ),
        (
            date(2026, 8, 1),
            "jewelry",
            {"duty": "110.00", "duty.s301": "75.00", "duty.s301fl": "125.00", "other.mpf": "2.69"},
        ),
        # the processing fee of the fiscal year from October 2026
        (
            date(2026, 10, 1),
            "jewelry",
            {"duty": "110.00", "duty.s301": "75.00", "duty.s301fl": "125.00", "other.mpf": "2.77"},
        ),
    ],
)
def test_us_layers_add_up_by_date(
    book: RuleBook, on: date, category: str, expected: dict[str, str | None]
) -> None:
    assert Order(book, "US", on, "1000.00", category=category, options=EXPRESS).amounts() == expected


def test_us_today_counts_the_higher_end_of_clothing_and_says_so(book: RuleBook) -> None:
    order = Order(book, "US", NOW, "24.90")
    # 24.90 × 16.5 % = 4.1085, × 7.5 % = 1.8675, × 12.5 % = 3.1125
    assert order.amounts() == {
        "duty": "4.11",
        "duty.s301": "1.87",
        "duty.s301fl": "3.11",
        "other.mail-fee": "7.61",
    }
    assert order.says("6.9–16.5%")
    assert "6.9–16.5" in order.lines()["duty"].calculation.zh
    assert {line.payer for line in order.lines().values()} == {"seller"}
    assert order.collected_by() == "post"


def test_us_china_lost_the_duty_free_value_on_2_may_2025(book: RuleBook) -> None:
    before = Order(book, "US", date(2025, 5, 1), "24.90")
    assert before.outcome() == "relieved"
    post = Order(book, "US", date(2025, 5, 2), "24.90")
    assert post.amounts() == {"duty.postal": None}  # 120 % or 100 USD an item: which of them is not known
    assert post.plan.unknown
    # the emergency duty is unknown until June 2025, not zero
    assert Order(book, "US", date(2025, 5, 20), "24.90", options=EXPRESS).amounts()["duty.ieepa"] is None


def test_us_post_paid_the_rate_of_the_day_alone(book: RuleBook) -> None:
    # 24.90 × 20 % = 4.98; no tariff and no Section 301 on postal parcels then
    order = Order(book, "US", date(2026, 1, 15), "24.90")
    assert order.amounts() == {"duty.ieepa": "4.98"}
    assert order.says("flat duty")
    # 24.90 × 10 % = 2.49
    assert Order(book, "US", date(2026, 2, 24), "24.90").amounts() == {"duty.s122": "2.49"}
    assert Order(book, "US", date(2026, 7, 23), "24.90").amounts() == {"duty.s122": "2.49"}


def test_us_formal_entry_above_2500_usd(book: RuleBook) -> None:
    order = Order(
        book,
        "US",
        date(2026, 1, 15),
        "2500.00",
        "2500.01",
        "20000.00",
        "300000.00",
        category="jewelry",
        options=EXPRESS,
    )
    assert order.lines(0)["other.mpf"].money == Decimal("2.69")
    # 2500.01 × 0.3464 % = 8.66: the least is 33.58; 20000 × 0.3464 % = 69.28; 300000: the most is 651.50
    assert [str(order.lines(i)["other.mpf"].money) for i in (1, 2, 3)] == [
        "33.58",
        "69.28",
        "651.50",
    ]
    assert order.collected_by(1) == "importer"
    # since October 2026: 2500.01: least 34.58; 300000: the most is 670.86
    order = Order(book, "US", NOW, "2500.01", "300000.00", category="jewelry", options=EXPRESS)
    assert [str(order.lines(i)["other.mpf"].money) for i in (0, 1)] == ["34.58", "670.86"]


def test_us_unknown_rate_of_a_category_stays_unknown(book: RuleBook) -> None:
    order = Order(book, "US", NOW, "24.90", category="lighting")
    assert order.amounts()["duty"] is None
    assert order.amounts()["duty.s301"] == "6.23"  # 24.90 × 25 % = 6.225
    assert "lighting" in order.lines()["duty"].unknown.why.en  # type: ignore[union-attr]


def test_us_code_goes_before_the_category(book: RuleBook) -> None:
    # knit synthetic dresses 6104.43.20: 16 %; lighting 9405.11: list 3
    order = Order(book, "US", NOW, "100.00", options=BorderOptions(hs="6104.43.20"))
    assert order.amounts()["duty"] == "16.00"
    assert not order.says("higher end")
    phone = Order(book, "US", NOW, "100.00", category="other", options=BorderOptions(hs="8517.13.00"))
    assert "duty.s301" not in phone.amounts()  # 0 %
    assert phone.lines()["duty.s301"].money == 0


def test_typed_rates_replace_what_they_name(book: RuleBook) -> None:
    typed = Order(
        book, "US", NOW, "100.00", category="lighting", options=BorderOptions(duty_rate=Decimal("3.9"))
    )
    assert typed.amounts()["duty"] == "3.90"
    assert typed.amounts()["duty.s301"] == "25.00"
    assert typed.lines()["duty"].data[0].mark == "typed"
    addons = BorderOptions(duty_rate=Decimal("3.9"), addon_rates=(Decimal("10"), Decimal("2")))
    order = Order(book, "US", NOW, "100.00", category="lighting", options=addons)
    assert order.amounts() == {
        "duty": "3.90",
        "duty.addon1": "10.00",
        "duty.addon2": "2.00",
        "other.mail-fee": "7.61",
    }
    none = Order(book, "US", NOW, "100.00", options=BorderOptions(addon_rates=()))
    assert none.amounts() == {"duty": "16.50", "other.mail-fee": "7.61"}
    sales = Order(book, "US", NOW, "100.00", options=BorderOptions(vat_rate=Decimal("7.25")))
    assert sales.amounts()["vat"] == "7.25"
    assert sales.lines()["vat"].payer == "buyer"


# ── European Union ──


def test_eu_2015_three_steps_of_value(book: RuleBook) -> None:
    order = Order(book, "FR", THEN, "22.00", "22.01", "150.00", "150.01", currency="EUR", freight="5.00")
    assert [order.outcome(i) for i in range(4)] == ["relieved", "taxed", "taxed", "taxed"]
    # (22.01 + 5.00) × 20 % = 5.402; (150 + 5) × 20 % = 31.00
    assert order.amounts(1) == {"vat": "5.40"}
    assert order.amounts(2) == {"vat": "31.00"}
    # above 150 EUR the duty of 2015 is not known, so neither is the VAT upon it
    assert order.amounts(3) == {"duty": None, "vat": None}
    assert order.lines(1)["vat"].payer == "buyer"
    assert order.customs_value(2) == "155.00"


def test_germany_2015_did_not_collect_less_than_5_eur(book: RuleBook) -> None:
    # 26.31 × 19 % = 4.9989 → 5.00, collected; 26.28 × 19 % = 4.9932 → 4.99, not collected
    order = Order(book, "DE", THEN, "26.28", "26.31", currency="EUR")
    assert order.amounts(0) == {}
    assert order.outcome(0) == "relieved"
    assert order.collected_by(0) == "none"
    assert order.amounts(1) == {"vat": "5.00"}
    assert order.outcome(1) == "taxed"
    assert Order(book, "FR", THEN, "23.00", currency="EUR").amounts() == {"vat": "4.60"}


def test_eu_vat_from_the_first_cent_since_july_2021(book: RuleBook) -> None:
    last = Order(book, "FR", date(2021, 6, 30), "22.00", currency="EUR")
    first = Order(book, "FR", date(2021, 7, 1), "22.00", currency="EUR")
    assert last.outcome() == "relieved"
    assert first.amounts() == {"vat": "4.40"}
    assert first.collected_by() == "marketplace"
    own = Order(book, "FR", date(2021, 7, 1), "22.00", currency="EUR", options=BorderOptions(channel="own"))
    assert own.collected_by() == "seller"
    assert own.says("IOSS number")


def test_german_vat_was_cut_for_half_a_year(book: RuleBook) -> None:
    # 16 % from July to December 2020, before and after it 19 %; the 22 EUR relief of the VAT ended in July 2021
    for day, vat in (
        (date(2020, 6, 30), "9.50"), (date(2020, 7, 1), "8.00"), (date(2020, 12, 31), "8.00"),
        (date(2021, 1, 1), "9.50"), (date(2022, 6, 1), "9.50"),
    ):  # fmt: skip
        assert Order(book, "DE", day, "50.00", currency="EUR").amounts()["vat"] == vat


def test_eu_flat_duty_is_per_item_type_and_inside_the_vat_base(book: RuleBook) -> None:
    order = Order(book, "DE", NOW, "150.00", currency="EUR", freight="10.00", items=2, pieces=7)
    # 2 × 3.00 = 6.00, not by piece; (150 + 10 + 6) × 19 % = 31.54
    assert order.amounts() == {"duty": "6.00", "vat": "31.54"}
    assert order.lines()["duty"].payer == "seller"
    assert order.says("handling fee")
    one = Order(book, "DE", NOW, "10.00", currency="EUR")
    assert one.amounts() == {"duty": "3.00", "vat": "2.47"}  # (10 + 3) × 19 %
    before = Order(book, "DE", date(2026, 6, 30), "10.00", currency="EUR")
    assert before.amounts() == {"vat": "1.90"}
    ended = Order(book, "DE", date(2028, 7, 2), "10.00", currency="EUR")
    assert ended.amounts() == {"duty": None, "vat": None}


def test_eu_above_150_eur_pays_the_tariff_on_cif(book: RuleBook) -> None:
    order = Order(book, "DE", NOW, "150.01", "300.00", currency="EUR", freight="20.00", insurance="2.00")
    # (300 + 22) × 12 % = 38.64; (322 + 38.64) × 19 % = 68.5216
    assert order.amounts(1) == {"duty.buyer": "38.64", "vat": "68.52"}
    assert order.collected_by(0) == "post"
    assert "duty.buyer" in order.amounts(0)
    assert order.says("asked to pay", 1)
    pots = Order(book, "DE", NOW, "300.00", currency="EUR", category="pet")
    assert pots.amounts() == {"duty.buyer": None, "vat": None}
    typed = Order(
        book, "DE", NOW, "300.00", currency="EUR", category="pet", options=BorderOptions(duty_rate=Decimal(5))
    )
    assert typed.amounts() == {"duty.buyer": "15.00", "vat": "59.85"}  # 315 × 19 %


def test_the_limit_is_compared_in_euro_and_the_flat_duty_converted_once(book: RuleBook) -> None:
    # 187.50 USD ÷ 1.25 = 150.00 EUR; 3 EUR × 1.25 = 3.75 USD; (187.50 + 3.75) × 19 % = 36.3375
    order = Order(book, "DE", NOW, "187.50", "187.52")
    assert order.amounts(0) == {"duty": "3.75", "vat": "36.34"}
    assert str(order.lines(0)["duty"].own) == "3.00"
    assert "duty.buyer" in order.amounts(1)


def test_national_fees_on_small_parcels_keep_their_dates(book: RuleBook) -> None:
    def fee(to: str, on: date) -> str | None:
        return Order(book, to, on, "20.00", currency="EUR", items=3).amounts().get("other.fee", "none")

    assert fee("FR", date(2026, 2, 28)) == "none"
    assert fee("FR", date(2026, 3, 1)) == "6.00"  # 2 EUR for each of three lines
    assert fee("FR", date(2026, 6, 30)) == "6.00"
    assert fee("FR", date(2026, 7, 1)) == "none"
    assert fee("DE", date(2026, 3, 1)) == "none"
    assert fee("RO", NOW) is None  # 25 RON, and no rate from RON here


# ── United Kingdom ──


def test_gb_2015_limits(book: RuleBook) -> None:
    order = Order(book, "GB", THEN, "15.00", "15.01", "135.00", "135.01", currency="GBP", freight="3.00")
    assert [order.outcome(i) for i in range(4)] == ["relieved", "taxed", "taxed", "taxed"]
    assert order.amounts(1) == {"vat": "3.60"}  # 18.01 × 20 % = 3.602
    assert order.amounts(2) == {"vat": "27.60"}  # 138 × 20 %
    assert order.amounts(3)["duty"] is None


def test_gb_2015_duty_below_9_gbp_was_not_collected(book: RuleBook) -> None:
    typed = BorderOptions(duty_rate=Decimal("6"))
    order = Order(book, "GB", THEN, "149.00", "150.00", currency="GBP", options=typed)
    # 149 × 6 % = 8.94: not collected, VAT 149 × 20 % = 29.80; 150 × 6 % = 9.00, VAT 159 × 20 % = 31.80
    assert order.amounts(0) == {"vat": "29.80"}
    assert order.amounts(1) == {"duty": "9.00", "vat": "31.80"}


def test_gb_today_vat_at_the_sale_up_to_135(book: RuleBook) -> None:
    order = Order(book, "GB", NOW, "135.00", "135.01", currency="GBP", freight="5.00")
    assert order.amounts(0) == {"vat": "28.00"}  # 140 × 20 %
    assert order.collected_by(0) == "marketplace"
    # 140.01 × 12 % = 16.8012, VAT (140.01 + 16.80) × 20 % = 31.362
    assert order.amounts(1) == {"duty": "16.80", "vat": "31.36"}
    assert order.collected_by(1) == "post"
    assert order.says("0–12%", 1)
    assert not order.says("0–12%", 0)


def test_gb_clearance_charge_stands_in_the_vat_base_at_the_border(book: RuleBook) -> None:
    options = BorderOptions(handling=True, duty_rate=Decimal(0))
    order = Order(book, "GB", NOW, "200.00", currency="GBP", handling="12.00", options=options)
    assert order.amounts() == {"handling": "12.00", "vat": "42.40"}  # (200 + 12) × 20 %
    low = Order(book, "GB", NOW, "100.00", currency="GBP", handling="12.00", options=options)
    assert low.amounts() == {"handling": "12.00", "vat": "20.00"}


def test_gb_northern_ireland_is_told(book: RuleBook) -> None:
    assert Order(book, "GB", NOW, "20.00", options=BorderOptions(region="NI")).says("Northern Ireland")
    assert not Order(book, "GB", NOW, "20.00").says("Northern Ireland")


# ── Australia ──


def test_au_edges_then_and_now(book: RuleBook) -> None:
    then = Order(book, "AU", THEN, "1000.00", "1000.01", currency="AUD", freight="50.00")
    assert then.outcome(0) == "relieved"
    # 1000.01 × 5 % = 50.0005; (1000.01 + 50 + 50.00) × 10 % = 110.001; what a declaration cost is not known
    assert then.amounts(1) == {"duty": "50.00", "vat": "110.00", "other.entry-fee": None}
    now = Order(book, "AU", NOW, "1000.00", "1000.01", "10000.01", currency="AUD", freight="50.00")
    assert now.amounts(0) == {"vat": "105.00"}  # price with delivery × 10 %
    assert now.collected_by(0) == "marketplace"
    assert now.amounts(1)["other.entry-fee"] == "113.00"
    assert now.amounts(2)["other.entry-fee"] == "218.00"
    assert now.says("certificate of origin", 1)
    assert now.collected_by(1) == "importer"


def test_au_gst_at_the_sale_began_in_july_2018(book: RuleBook) -> None:
    assert Order(book, "AU", date(2018, 6, 30), "50.00").amounts() == {}
    assert Order(book, "AU", date(2018, 7, 1), "50.00").amounts() == {"vat": "5.00"}


# ── Japan ──


def test_jp_limit_runs_on_60_percent_of_the_price(book: RuleBook) -> None:
    # 16 666 × 60 % = 9 999.6; 16 667 × 60 % = 10 000.2, which is above the limit before any rounding
    order = Order(book, "JP", NOW, "16666", "16667", currency="JPY", category="jewelry")
    assert [order.outcome(0), order.outcome(1)] == ["relieved", "taxed"]
    # customs value 10 000; × 3.7 % = 370; (10 000 + 370) × 10 % = 1 037
    assert order.amounts(1) == {"duty": "370", "vat": "1037"}
    assert order.customs_value(1) == "10000"


def test_jp_2015_counts_60_percent_and_eight_percent(book: RuleBook) -> None:
    order = Order(book, "JP", THEN, "16666", "16667", currency="JPY", category="jewelry")
    assert [order.outcome(0), order.outcome(1)] == ["relieved", "taxed"]
    # customs value 10 000; × 3.7 % = 370; 10 370 × 8 % = 829.6
    assert order.amounts(1) == {"duty": "370", "vat": "830"}


def test_jp_knitted_and_leather_goods_pay_from_the_first_yen(book: RuleBook) -> None:
    knit = Order(book, "JP", NOW, "3000", currency="JPY")
    # 3 000 × 60 % = 1 800; × 12 % = 216; 2 016 × 10 % = 201.6
    assert knit.amounts() == {"duty": "216", "vat": "202"}
    assert knit.says("knitted clothing")
    woven = Order(book, "JP", NOW, "3000", currency="JPY", options=BorderOptions(hs="6205.20"))
    assert woven.outcome() == "relieved"
    typed = Order(
        book, "JP", NOW, "3000", currency="JPY", category="other", options=BorderOptions(hs="6109.10")
    )
    assert typed.outcome() == "taxed"


def test_jp_consumption_tax_by_date_and_food(book: RuleBook) -> None:
    options = BorderOptions(duty_rate=Decimal(0))

    def tax(on: date, category: str) -> str | None:
        order = Order(book, "JP", on, "100000", currency="JPY", category=category, options=options)
        return order.amounts()["vat"]

    # 100 000 × 60 % = 60 000
    assert tax(date(2019, 9, 30), "toys") == "4800"
    assert tax(date(2019, 10, 1), "toys") == "6000"
    assert tax(NOW, "toys") == "6000"
    assert tax(NOW, "food") == "4800"


def test_jp_reform_of_2028_taxes_small_orders_at_the_sale(book: RuleBook) -> None:
    order = Order(book, "JP", date(2028, 4, 1), "10000", currency="JPY", category="toys")
    # 10 000 × 10 %; whether the duty exemption goes on was not read
    assert order.amounts() == {"duty": None, "vat": "1000"}
    assert order.collected_by() == "marketplace"


# ── Russia ──


def test_ru_2015_charges_the_part_above_1000_eur(book: RuleBook) -> None:
    order = Order(book, "RU", THEN, "1000.00", "1000.01", "1200.00", currency="EUR")
    assert [order.outcome(i) for i in range(3)] == ["relieved", "taxed", "taxed"]
    assert order.amounts(2) == {"duty": "60.00"}  # 200 × 30 %
    # 5 kg above 31 kg × 4 EUR = 20, more than 30 % of nothing
    heavy = Order(book, "RU", THEN, "900.00", currency="EUR", weight_g=36000)
    assert heavy.amounts() == {"duty": "20.00"}
    assert Order(book, "RU", THEN, "900.00", currency="EUR", weight_g=31000).outcome() == "relieved"


@pytest.mark.parametrize(
    ("on", "limit", "above"),
    [
        (date(2018, 12, 31), "1000.00", "30.00"),  # 100 × 30 %
        (date(2019, 1, 1), "500.00", "30.00"),
        (date(2020, 1, 1), "200.00", "15.00"),  # 100 × 15 %
        (date(2023, 6, 1), "1000.00", "15.00"),
        (date(2024, 4, 1), "200.00", "15.00"),
    ],
)
def test_ru_limits_by_date(book: RuleBook, on: date, limit: str, above: str) -> None:
    order = Order(book, "RU", on, limit, str(Decimal(limit) + 100), currency="EUR")
    assert order.outcome(0) == "relieved"
    assert order.amounts(1) == {"duty": above}


def test_ru_2022_uses_the_lower_of_two_limits_and_says_so(book: RuleBook) -> None:
    order = Order(book, "RU", date(2022, 6, 1), "300.00", currency="EUR")
    assert order.amounts() == {"duty": "15.00"}
    assert order.says("200 or 1,000")


def test_ru_since_july_2026_charges_the_whole_order_at_least_by_weight(book: RuleBook) -> None:
    order = Order(book, "RU", NOW, "200.00", "200.01", "300.00", currency="EUR", weight_g=2000)
    assert order.outcome(0) == "relieved"
    # VAT was planned "regardless of order value"; that it is collected was not found
    assert order.amounts(0)["vat"] is None
    # 300 × 5 % = 15, more than 2 kg × 1 EUR; (300 + 15) × 22 % = 69.30
    assert order.amounts(2) == {"duty": "15.00", "vat": "69.30"}
    heavy = Order(book, "RU", NOW, "300.00", currency="EUR", weight_g=20000)
    assert heavy.amounts() == {"duty": "20.00", "vat": "70.40"}  # 20 kg × 1 EUR; 320 × 22 %
    assert heavy.says("no later source confirms")


# ── Brazil ──


def test_br_2015_taxes_every_sale_and_does_not_know_the_state_tax(book: RuleBook) -> None:
    order = Order(book, "BR", THEN, "40.00", freight="10.00")
    assert order.amounts() == {"duty": "30.00", "vat": None}  # 50 × 60 %
    assert order.says("between persons")


def test_br_remessa_conforme_edges(book: RuleBook) -> None:
    order = Order(book, "BR", NOW, "45.00", "45.01", "2995.00", "2995.01", freight="5.00")
    # no duty up to 50; 50 ÷ 0.8 × 20 % = 12.50
    assert order.lines(0)["duty"].money == 0
    assert order.amounts(0)["vat"] == "12.50"
    # 50.01 × 60 % = 30.006 → 30.01 − 30 = 0.01; 50.02 ÷ 0.8 × 20 % = 12.505
    assert order.amounts(1) == {"duty": "0.01", "vat": "12.51"}
    # 3000 × 60 % − 30 = 1770; 4770 ÷ 4 = 1192.50
    assert order.amounts(2) == {"duty": "1770.00", "vat": "1192.50"}
    assert order.outcome(3) == "refused"
    assert order.says("Law 15.502/2026")
    assert order.amounts(3) == {"duty": None}
    assert order.collected_by(0) == "marketplace"


def test_br_before_the_low_duty_ended(book: RuleBook) -> None:
    order = Order(book, "BR", date(2026, 5, 11), "45.00", "45.01", freight="5.00")
    # 50 × 20 % = 10; (50 + 10) ÷ 0.8 × 20 % = 15.00
    assert order.amounts(0) == {"duty": "10.00", "vat": "15.00"}
    # 50.01 × 60 % = 30.006 → 30.01 − 20 = 10.01; 60.02 ÷ 0.8 × 20 % = 15.005
    assert order.amounts(1) == {"duty": "10.01", "vat": "15.01"}
    assert not order.says("Law 15.502/2026")
    ended = Order(book, "BR", date(2026, 5, 12), "45.00", freight="5.00")
    assert ended.amounts()["vat"] == "12.50"


def test_br_outside_the_programme_60_percent_from_the_first_dollar(book: RuleBook) -> None:
    own = Order(book, "BR", NOW, "40.00", options=BorderOptions(channel="own"))
    assert own.amounts() == {"duty": "24.00", "vat": "16.00"}  # 64 ÷ 0.8 × 20 %
    assert own.collected_by() == "post"
    assert own.lines()["duty"].payer == "buyer"


def test_br_first_year_of_the_programme_has_no_duty_up_to_50_usd(book: RuleBook) -> None:
    order = Order(book, "BR", date(2024, 7, 31), "40.00", "60.00")
    # 40 ÷ 0.83 × 17 % = 8.1928
    assert order.amounts() == {"vat": "8.19"}
    # 60 × 60 % = 36, nothing taken off; 96 ÷ 0.83 × 17 % = 19.6627
    assert order.amounts(1) == {"duty": "36.00", "vat": "19.66"}
    own = Order(book, "BR", date(2024, 7, 31), "40.00", options=BorderOptions(channel="own"))
    assert own.amounts()["duty"] == "24.00"
    assert Order(book, "BR", date(2023, 7, 31), "40.00").amounts() == {"duty": "24.00", "vat": None}
    # before the states moved to 20 %: 40 × 20 % = 8; 48 ÷ 0.83 × 17 % = 9.8313
    assert Order(book, "BR", date(2024, 8, 1), "40.00").amounts() == {"duty": "8.00", "vat": "9.83"}


# ── a price with the tax inside ──


def test_tax_inside_a_price_is_the_sellers(book: RuleBook) -> None:
    gb = Order(book, "GB", NOW, "24.00", currency="GBP", freight="99.00", options=INSIDE)
    assert gb.amounts() == {"vat": "4.00"}  # 24 × 20 ÷ 120; the freight is inside the price
    assert gb.lines()["vat"].payer == "seller"
    assert gb.customs_value() == "20.00"
    assert "÷ 120%" in gb.lines()["vat"].calculation.en
    price, rate = gb.lines()["vat"].data
    assert (price.value, price.unit.en, price.reading) == ("24.00", "GBP", None)
    assert rate.reading is not None
    au = Order(book, "AU", NOW, "110.00", currency="AUD", options=INSIDE)
    assert au.amounts() == {"vat": "10.00"}
    de = Order(book, "DE", NOW, "119.00", currency="EUR", options=INSIDE)
    assert de.amounts() == {"duty": "3.00", "vat": "19.00"}
    us = Order(book, "US", NOW, "100.00", options=INSIDE)
    assert us.customs_value() == "100.00"


def test_the_limit_of_a_price_runs_on_what_is_left_without_the_tax(book: RuleBook) -> None:
    # 162.00 ÷ 1.2 = 135.00: still at the sale; 162.02 ÷ 1.2 = 135.02: at the border, the price holds no tax
    order = Order(book, "GB", NOW, "162.00", "162.02", currency="GBP", options=INSIDE)
    assert order.collected_by(0) == "marketplace"
    assert order.amounts(0) == {"vat": "27.00"}
    assert order.collected_by(1) == "post"
    assert order.customs_value(1) == "162.02"
    # two payers of the same line: the seller's tax of the sale, the buyer's at the border
    assert order.lines(1)["vat.buyer"].payer == "buyer"
    assert order.lines(0)["vat"].payer == "seller"


def test_brazil_price_holds_both_taxes(book: RuleBook) -> None:
    # 60.00: tax 20 % of the price 12.00, 48.00 left = goods 40.00 + 20 % duty 8.00
    order = Order(book, "BR", date(2026, 5, 11), "60.00", "200.00", options=INSIDE)
    assert order.amounts(0) == {"duty": "8.00", "vat": "12.00"}
    assert order.customs_value(0) == "40.00"
    # 200: tax 40, left 160 = goods 112.50 + 60 % 67.50 − 20
    assert order.amounts(1) == {"duty": "47.50", "vat": "40.00"}
    # since 2026-05-12: 60: tax 12, left 48 = goods; 200: tax 40, left 160 = goods 118.75 + 60 % 71.25 − 30
    order = Order(book, "BR", NOW, "60.00", "200.00", options=INSIDE)
    assert order.customs_value(0) == "48.00"
    assert order.amounts(0)["vat"] == "12.00"
    assert order.amounts(1) == {"duty": "41.25", "vat": "40.00"}


def test_unknown_value_weight_or_exchange_stays_unknown(book: RuleBook) -> None:
    plan = compile_border(book.at(NOW), "DE", "apparel")
    missing = Ledger(1, "EUR", Rates(), {"value": Column.unknown("EUR", 1)}, {})
    missing.run(plan.steps)
    assert [line.amount for line in plan.lines(missing, 0)] == [None] * 3
    assert plan.customs_value(missing, 0) is None
    foreign = Ledger(1, "ZAR", Rates(), {"value": Column.of(1000, "ZAR")}, {})
    foreign.run(plan.steps)
    assert all(line.unknown is not None for line in plan.lines(foreign, 0))
    ru = compile_border(book.at(THEN), "RU", "apparel")
    weightless = Ledger(1, "EUR", Rates(), {"value": Column.of(1000, "EUR")}, {})
    weightless.run(ru.steps)
    found = ru.lines(weightless, 0)[0].unknown
    assert found is not None
    assert "weight" in found.why.en


# ── the rules as a whole ──


@pytest.mark.parametrize("channel", ["marketplace", "own"])
@pytest.mark.parametrize("carrier", ["post", "express"])
@pytest.mark.parametrize("to", NINE)
def test_every_order_has_a_bracket_on_both_days(
    book: RuleBook, to: str, carrier: Carrier, channel: Channel
) -> None:
    for on in (THEN, NOW):
        options = BorderOptions(carrier=carrier, channel=channel)
        order = Order(
            book, to, on, "0.01", "24.90", "190.00", "900.00", "2600.00", "90000.00", options=options
        )
        for i in range(6):
            assert order.outcome(i) in {"taxed", "relieved", "refused"}
            assert order.collected_by(i) in {"marketplace", "seller", "carrier", "post", "importer", "none"}
            assert order.lines(i)


def test_member_rates_of_2015_agree_with_the_table(book: RuleBook) -> None:
    view = book.at(THEN)
    table = view.read("dest.2015.eu.vat_table")
    assert isinstance(table, Reading)
    for row in table.raw:
        fact = "dest.gb.vat" if row["country"] == "GB" else f"dest.eu.vat.{row['country'].lower()}"
        assert view.number(fact) == Decimal(row["rate"])


def test_every_line_of_a_known_order_names_its_facts_in_both_languages(book: RuleBook) -> None:
    for to in NINE:
        order = Order(book, to, NOW, "150.00", category="jewelry", freight="10.00")
        for line in order.lines().values():
            assert line.label.en
            assert line.label.zh
            if line.amount:
                assert line.readings
                assert line.calculation.en


def test_a_hundred_thousand_orders_run_without_a_loop(book: RuleBook) -> None:
    n = 100_000
    plan = compile_border(book.at(NOW), "DE", "apparel", INSIDE)
    prices = Column.of(np.arange(n, dtype=np.int64) + 1, "EUR")
    ledger = Ledger(n, "EUR", Rates(), {"price": prices}, {"weight_g": np.full(n, 250, dtype=np.int64)})
    start = perf_counter()
    ledger.run(plan.steps)
    assert perf_counter() - start < 1.0  # some 20 ms; a Python loop over the orders would take many seconds
    assert ledger.lines["duty"].known.all()
    assert plan.outcome(ledger, n - 1) == "taxed"


# ── properties ──


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.integers(1, 400_000), min_size=2, max_size=12),
    to=st.sampled_from(NINE),
    on=st.sampled_from([THEN, date(2019, 6, 1), date(2022, 6, 1), date(2026, 1, 15), NOW]),
    inclusive=st.booleans(),
)
def test_a_batch_gives_what_single_orders_give(
    book: RuleBook, values: list[int], to: str, on: date, inclusive: bool
) -> None:
    options = BorderOptions(price_includes_tax=inclusive)
    plan = compile_border(book.at(on), to, "jewelry", options)
    column = "price" if inclusive else "value"

    def run(cents: list[int]) -> Ledger:
        weights = np.full(len(cents), 250, dtype=np.int64)
        ledger = Ledger(len(cents), "USD", Rates(), {column: Column.of(cents, "USD")}, {"weight_g": weights})
        ledger.run(plan.steps)
        return ledger

    batch = run(values)
    for i, cents in enumerate(values):
        single = run([cents])
        assert plan.outcome(batch, i) == plan.outcome(single, 0)
        for step in plan.steps:
            assert batch.lines[step.id].known[i] == single.lines[step.id].known[0]
            assert batch.lines[step.id].units[i] == single.lines[step.id].units[0]
        # every line that applies is either known or says why not
        assert all(line.amount is not None or line.unknown is not None for line in plan.lines(batch, i))


@settings(max_examples=60, deadline=None)
@given(
    cents=st.integers(1, 100_000),
    more=st.integers(0, 30_000),
    to=st.sampled_from(["GB", "DE", "AU", "JP", "RU"]),
)
def test_a_dearer_order_within_a_bracket_never_pays_less(
    book: RuleBook, cents: int, more: int, to: str
) -> None:
    order = Order(
        book, to, NOW, str(Decimal(cents) / 100), str(Decimal(cents + more) / 100), category="jewelry"
    )
    if set(order.lines(0)) == set(order.lines(1)):
        for key, line in order.lines(0).items():
            later = order.lines(1)[key].amount
            if line.amount is not None and later is not None:
                assert later >= line.amount


@settings(max_examples=60, deadline=None)
@given(cents=st.integers(500, 400_000))
def test_brazil_goods_duty_and_tax_make_the_price(book: RuleBook, cents: int) -> None:
    order = Order(book, "BR", NOW, str(Decimal(cents) / 100), options=INSIDE)
    if order.outcome() == "taxed":
        goods = order.plan.customs_value(order.ledger, 0)
        assert goods is not None
        parts = goods.units + sum(line.amount or 0 for line in order.lines().values())
        assert abs(parts - cents) <= 1  # one rounding of the duty
