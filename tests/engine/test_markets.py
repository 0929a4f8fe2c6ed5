"""Market facts: rows by date, sets and definitions that are never mixed, one measure of reach a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.core.facts import Reading, RuleBook, Unknown, View
from desktop.engine import markets
from desktop.engine.markets import MarketProfile, PlatformReach, Reach

LONG_AGO = date(1990, 1, 1)
TODAY = date(2026, 11, 24)
CORE = ("US", "GB", "DE", "FR", "ES", "RU", "BR", "AU", "JP")


def shares_of(view: View) -> dict[str, Decimal]:
    rows = markets.destination_shares(view)
    assert not isinstance(rows, Unknown)
    return {row.code: row.percent for row in rows}


def profile_of(view: View, country: str) -> MarketProfile:
    found = markets.market_profile(view, country)
    assert not isinstance(found, Unknown)
    return found


def reach_of(view: View, country: str) -> Reach:
    found = markets.reach(view, country)
    assert not isinstance(found, Unknown), found.why.en
    return found


def strength(view: View, platform: str, country: str) -> PlatformReach:
    found = markets.platform_reach(view, platform, country)
    assert not isinstance(found, Unknown), found.why.en
    return found


# --------------------------------------------------------------------------------- destinations


def test_destinations_of_2015_sum_to_a_hundred(then: View) -> None:
    shares = shares_of(then)
    # 16.5 + 15.8 + 11.4 + 6.6 + 4.2 + 3.5 + 2.2 + 1.4 + 38.4
    assert sum(shares.values()) == Decimal("100.0")
    assert shares["US"] == Decimal("16.5")
    assert shares["others"] == Decimal("38.4")


def test_destinations_of_today_are_the_newest_set_alone(now: View) -> None:
    rows = markets.destination_shares(now)
    assert not isinstance(rows, Unknown)
    assert {row.code: str(row.percent) for row in rows} == {
        "US": "34.2",
        "GB": "8.1",
        "DE": "6.2",
        "FR": "4.5",
    }
    assert {row.reading.id for row in rows} == {"cn.cbec.customs.dest.2024_h1"}
    assert list(now.reads) == ["cn.cbec.customs.dest.2024_h1"]


@pytest.mark.parametrize(
    ("day", "fact"),
    [
        (date(2015, 11, 8), "seed.areas.destination_shares_2015"),
        (date(2023, 6, 25), "seed.areas.destination_shares_2015"),
        (date(2023, 6, 26), "cn.cbec.customs.dest.2022"),
        (date(2024, 11, 26), "cn.cbec.customs.dest.2022"),
        (date(2024, 11, 27), "cn.cbec.customs.dest.2024_h1"),
    ],
)
def test_a_set_answers_from_the_day_on_which_it_was_printed(book: RuleBook, day: date, fact: str) -> None:
    rows = markets.destination_shares(book.at(day))
    assert not isinstance(rows, Unknown)
    assert {row.reading.id for row in rows} == {fact}


def test_no_destinations_long_ago(book: RuleBook) -> None:
    found = markets.destination_shares(book.at(LONG_AGO))
    assert isinstance(found, Unknown)
    assert "1 Jan 1990" in found.why.en
    assert "1990-01-01" in found.why.zh


def test_every_destination_has_a_name_in_both_languages(then: View, now: View) -> None:
    for view in (then, now):
        rows = markets.destination_shares(view)
        assert not isinstance(rows, Unknown)
        for row in rows:
            assert row.name.en != row.name.zh


# --------------------------------------------------------------------------------- scale


def test_scale_on_the_report_day_holds_only_what_was_printed_by_then(then: View) -> None:
    rows = {row.year: row for row in markets.scale_by_year(then)}
    assert {year: str(row.trillion) for year, row in rows.items()} == {
        2013: "3.15", 2014: "4.2", 2015: "5.5", 2016: "6.5",
    }  # fmt: skip
    assert {row.definition for row in rows.values()} == {"100ec"}
    assert [row.forecast for row in rows.values()] == [False, False, True, True]


def test_a_misprinted_forecast_is_flagged_with_what_is_printed(then: View) -> None:
    row = next(row for row in markets.scale_by_year(then) if row.year == 2015)
    assert row.doubted
    assert row.printed is not None
    assert row.printed.en.startswith("550 million CNY")
    known = next(row for row in markets.scale_by_year(then) if row.year == 2014)
    assert not known.doubted
    assert known.printed is None


def test_share_of_trade_in_2014(then: View) -> None:
    row = next(row for row in markets.scale_by_year(then) if row.year == 2014)
    assert row.share_of_trade is not None
    assert row.share_of_trade.decimal() == Decimal("15.9")  # 4.2 / 26.43 = 15.89 %
    assert row.growth is not None
    assert row.growth.decimal() == Decimal("33.3")


def test_scale_of_today_has_two_definitions_and_no_year_twice_in_one(now: View) -> None:
    rows = markets.scale_by_year(now)
    seen = [(row.definition, row.year) for row in rows]
    assert len(seen) == len(set(seen))
    assert {year for name, year in seen if name == "100ec"} == {2013, 2014, 2015, 2016, 2017}
    assert {year for name, year in seen if name == "customs"} == {2018, *range(2020, 2026)}
    of_2015 = next(row for row in rows if row.year == 2015)
    assert (str(of_2015.trillion), of_2015.forecast) == ("5.4", False)


def test_no_fact_serves_two_definitions(now: View) -> None:
    rows = markets.scale_by_year(now)
    by_customs = {row.reading.id for row in rows if row.definition == "customs"}
    by_100ec = {row.reading.id for row in rows if row.definition == "100ec"}
    assert all(fact.startswith("cn.cbec.customs.") for fact in by_customs)
    assert not any("customs" in fact for fact in by_100ec)


def test_no_other_series_stands_in_the_line(now: View) -> None:
    read = {row.reading.id for row in markets.scale_by_year(now)}
    assert not read & {"cn.cbec.value.2014.alt", "cn.cbec.value.2015.alt"}


def test_the_value_of_2015_was_not_known_in_2015(book: RuleBook) -> None:
    def forecast_in(day: date) -> bool:
        return next(row.forecast for row in markets.scale_by_year(book.at(day)) if row.year == 2015)

    assert forecast_in(date(2015, 12, 31))
    assert not forecast_in(date(2016, 1, 1))  # printed in 2016, the day is not known


def test_nothing_long_ago(book: RuleBook) -> None:
    view = book.at(LONG_AGO)
    assert markets.scale_by_year(view) == ()
    assert markets.splits(view) == ()


# --------------------------------------------------------------------------------- splits


def test_splits_of_the_report_day(then: View) -> None:
    found = markets.splits(then)
    rows = {(row.kind, row.year): [(part.id, str(part.percent)) for part in row.parts] for row in found}
    assert rows == {
        ("direction", 2014): [("export", "85.4"), ("import", "14.6")],
        ("business", 2014): [("b2b", "93.5"), ("b2c", "6.5")],
    }


def test_every_split_sums_to_a_hundred(then: View, now: View) -> None:
    for view in (then, now):
        rows = markets.splits(view)
        assert rows
        for row in rows:
            assert sum(part.percent for part in row.parts) == 100


def test_what_a_part_leaves_of_a_hundred_is_marked(now: View) -> None:
    rows = {(row.kind, row.year): row for row in markets.splits(now)}
    export, rest = rows["direction", 2024].parts
    assert (export.percent, export.rest) == (Decimal(82), False)
    assert (rest.percent, rest.rest) == (Decimal(18), True)  # 100 - 82
    assert rows["direction", 2024].definition == "customs"
    assert not any(part.rest for part in rows["business", 2015].parts)


# --------------------------------------------------------------------------------- profile


@pytest.mark.parametrize("country", CORE)
def test_population_answers_on_both_days(then: View, now: View, country: str) -> None:
    for view in (then, now):
        entry = profile_of(view, country).entry("population")
        assert entry is not None
        assert isinstance(entry.value, Reading)
        assert entry.value.decimal() > 20_000_000


def test_profile_of_germany_today(now: View) -> None:
    profile = profile_of(now, "DE")
    raws = {entry.topic: entry.raw for entry in profile.entries}
    assert raws["population"] == "83516593"
    assert raws["internet"] == "94"
    assert raws["ecommerce"] == "92.4"
    assert raws["growth"] == "4"
    assert raws["payments"] == {"paypal": "56", "invoice": "26"}
    assert raws["shoppers"] == "67.5"  # one entry of a fact for several countries
    assert raws["languages"] == ["German"]
    assert profile.name["zh"] == "德国"
    assert profile.currency == "EUR"
    assert [region.en for region in profile.regions] == ["European Union"]


def test_what_is_not_known_is_said_and_not_left_out(now: View) -> None:
    profile = profile_of(now, "AU")
    entry = profile.entry("payments")
    assert entry is not None
    assert isinstance(entry.value, Unknown)
    assert entry.raw is None
    assert "Australia" in entry.value.why.en
    assert "澳大利亚" in entry.value.why.zh


def test_internet_users_of_2023_do_not_answer_in_2015(then: View) -> None:
    entry = profile_of(then, "US").entry("internet")
    assert entry is not None
    assert isinstance(entry.value, Unknown)
    assert "8 Nov 2015" in entry.value.why.en


def test_the_french_market_of_the_report_day_carries_its_doubt(then: View) -> None:
    entry = profile_of(then, "FR").entry("ecommerce")
    assert entry is not None
    assert isinstance(entry.value, Reading)
    assert entry.raw == "57.5"
    assert entry.value.fact.doubts


def test_the_population_of_2015_does_not_stand_for_2018(book: RuleBook) -> None:
    entry = profile_of(book.at(date(2018, 1, 1)), "US").entry("population")
    assert entry is not None
    assert isinstance(entry.value, Unknown)


def test_a_country_that_the_rules_do_not_hold(now: View) -> None:
    for found in (markets.market_profile(now, "XX"), markets.reach(now, "XX")):
        assert isinstance(found, Unknown)
        assert "XX" in found.why.en


def test_britain_left_the_union(book: RuleBook) -> None:
    assert markets.regions_of(book.at(date(2020, 1, 31)), "GB") == ("EU",)
    assert markets.regions_of(book.at(date(2020, 2, 1)), "GB") == ()


def test_every_country_has_a_currency_with_rules(book: RuleBook) -> None:
    for code, rule in book.rules["markets"]["countries"].items():
        assert rule["currency"] in book.rules["fx"]["currencies"], code
        assert rule["name"]["en"]
        assert rule["name"]["zh"]


# --------------------------------------------------------------------------------- reach


def test_reach_on_the_report_day_is_the_destination_share(then: View) -> None:
    values = {country: str(reach_of(then, country).value) for country in ("US", "JP", "RU", "BR")}
    assert values == {"US": "16.5", "JP": "6.6", "RU": "4.2", "BR": "2.2"}


@pytest.mark.parametrize("country", ["GB", "DE", "FR", "ES"])
def test_a_member_of_a_region_known_as_a_whole_is_unknown(then: View, country: str) -> None:
    found = markets.reach(then, country)
    assert isinstance(found, Unknown)
    assert "European Union" in found.why.en
    assert "15.8" in found.why.en
    assert "欧盟" in found.why.zh


def test_australia_is_among_the_others_in_2015(then: View) -> None:
    found = markets.reach(then, "AU")
    assert isinstance(found, Unknown)
    assert "not named" in found.why.en


def test_reach_today_is_internet_users_by_hand(now: View) -> None:
    # 340,110,988 × 93 % = 316,303,218.84 people
    value, unit, readings, measure = reach_of(now, "US")
    assert value == Decimal("316.30321884")
    assert unit.en == "million internet users"
    assert [reading.id for reading in readings] == ["country.us.population", "country.us.internet"]
    assert measure.zh
    # 69,226,000 × 96 % = 66,456,960 people
    assert reach_of(now, "GB").value == Decimal("66.45696")


def test_all_countries_of_one_day_have_one_measure(book: RuleBook) -> None:
    for day in (date(2015, 11, 8), date(2024, 12, 1), date(2026, 11, 24)):
        view = book.at(day)
        found = [markets.reach(view, country) for country in book.rules["markets"]["countries"]]
        assert len({answer.measure.en for answer in found if not isinstance(answer, Unknown)}) == 1


def test_every_market_of_the_program_has_a_reach_today(now: View) -> None:
    for country in CORE:
        assert reach_of(now, country).value > 0


def test_no_reach_long_ago(book: RuleBook) -> None:
    found = markets.reach(book.at(LONG_AGO), "US")
    assert isinstance(found, Unknown)
    assert "1 Jan 1990" in found.why.en


def test_choosing_the_measure_leaves_no_trace(now: View) -> None:
    reach_of(now, "JP")
    assert list(now.reads) == ["country.jp.population", "country.jp.internet"]


def test_a_typed_population_changes_the_reach(book: RuleBook) -> None:
    view = book.at(TODAY, {"country.us.population": "100000000"})
    found = reach_of(view, "US")
    assert found.value == 93  # 100 million × 93 %
    assert found.readings[0].typed


# --------------------------------------------------------------------------------- platforms


def test_platforms_in_russia_on_the_report_day(then: View) -> None:
    rows = {row.platform: row for row in markets.platform_reaches(then, "RU")}
    assert {name: (str(row.value), row.rank) for name, row in rows.items()} == {
        "aliexpress": ("35", 1), "ebay": ("30", 2), "amazon": ("7.5", 3),
    }  # fmt: skip
    assert rows["aliexpress"].reading.fact.doubts  # 65 % for the two against 80 % in the report


def test_figures_older_than_five_years_are_not_used(now: View, book: RuleBook) -> None:
    assert isinstance(markets.platform_reach(now, "ebay", "RU"), Unknown)
    assert isinstance(markets.platform_reach(now, "aliexpress", "RU"), Unknown)
    assert strength(book.at(date(2019, 12, 31)), "ebay", "RU").rank == 2
    assert isinstance(markets.platform_reach(book.at(date(2020, 1, 1)), "ebay", "RU"), Unknown)


def test_platforms_in_germany_and_the_states_today(now: View) -> None:
    german = {row.platform: row.rank for row in markets.platform_reaches(now, "DE")}
    assert german == {"amazon": 1, "ebay": 2, "aliexpress": 6}
    amazon, ebay = strength(now, "amazon", "US"), strength(now, "ebay", "US")
    assert (str(amazon.value), amazon.rank) == ("394.556", 1)
    assert (str(ebay.value), ebay.rank) == ("29.607", 3)  # behind Walmart
    assert ebay.unit.en == "billion USD"


def test_a_list_that_is_no_ranking_gives_no_place(now: View) -> None:
    found = strength(now, "amazon", "BR")
    assert found.rank is None
    assert found.value is None
    assert strength(now, "amazon", "FR").rank == 1


def test_the_survey_of_many_countries(now: View) -> None:
    rows = {row.platform: row.value for row in markets.platform_reaches(now, "world")}
    assert rows == {"amazon": Decimal(24), "aliexpress": Decimal(10)}


def test_a_platform_that_no_fact_names(now: View) -> None:
    found = markets.platform_reach(now, "dhgate", "US")
    assert isinstance(found, Unknown)
    assert "dhgate" in found.why.en
    assert not now.reads


def test_all_platforms_of_a_country_are_compared_by_one_fact(then: View, now: View, book: RuleBook) -> None:
    for view in (then, now):
        for country in (*book.rules["markets"]["countries"], "world"):
            rows = markets.platform_reaches(view, country)
            assert len({row.reading.id for row in rows}) <= 1


# --------------------------------------------------------------------------------- the data itself


def test_no_value_speaks_of_the_united_kingdom_by_another_code(book: RuleBook) -> None:
    for fact_id in book.ids():
        if fact_id.split(".")[0] in ("country", "world", "asean", "eu", "net", "retail"):
            assert book.fact(fact_id).scope.get("country") != "UK"


def test_every_market_fact_speaks_both_languages(book: RuleBook) -> None:
    for fact_id in book.ids():
        if fact_id.split(".")[0] in ("country", "world", "asean", "eu", "ru", "fx", "net", "retail"):
            fact = book.fact(fact_id)
            assert fact.says.only is None
            assert fact.says.en != fact.says.zh


def test_a_value_in_chinese_has_the_shape_of_the_value(book: RuleBook) -> None:
    for fact_id in book.ids():
        if fact_id.split(".")[0] in ("country", "world", "asean", "eu", "ru", "net", "retail"):
            for value in book.fact(fact_id).values:
                if value.raw_zh is not None:
                    assert type(value.raw_zh) is type(value.raw)
                    if not isinstance(value.raw, str):
                        assert len(value.raw_zh) == len(value.raw)
