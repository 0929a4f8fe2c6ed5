"""The two documents of 2015: their arithmetic recomputed from the data, doubts linked, both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.store.loader import read_yaml

DATA = Path(__file__).parents[2] / "data"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
REPORT_DAY = "2015-11-08"

Facts = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def seed_facts() -> Facts:
    """The seed facts by id, straight from their files."""
    files = sorted((DATA / "facts" / "seed").rglob("*.yaml"))
    return {fact["id"]: fact for path in files for fact in read_yaml(path)["facts"]}


@pytest.fixture(scope="module")
def doubts() -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = read_yaml(DATA / "doubts" / "seed.yaml")["doubts"]
    return found


@pytest.fixture(scope="module")
def gaps() -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = read_yaml(DATA / "missing" / "seed.yaml")["missing"]
    return found


@pytest.fixture
def value(seed_facts: Facts) -> Callable[[str], Any]:
    return lambda fact_id: seed_facts[fact_id]["values"][0]["value"]


@pytest.fixture
def number(value: Callable[[str], Any]) -> Callable[[str], Decimal]:
    return lambda fact_id: Decimal(value(fact_id))


def test_destination_shares_add_to_a_hundred(value: Callable[[str], Any]) -> None:
    assert sum(map(Decimal, value("seed.areas.destination_shares_2015").values())) == Decimal("100.0")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("seed.scale.share_export_2014", "seed.scale.share_import_2014"),
        ("seed.scale.share_b2b_2014", "seed.scale.share_b2c_2014"),
    ],
)
def test_two_shares_add_to_a_hundred(number: Callable[[str], Decimal], one: str, other: str) -> None:
    assert number(one) + number(other) == 100


def test_implied_values_follow_from_the_printed_ones(number: Callable[[str], Decimal]) -> None:
    total = number("seed.scale.value_2014")
    growth = 1 + number("seed.scale.growth_2014") / 100
    assert round(total / growth, 2) == number("seed.scale.value_2013_implied")
    export = total * number("seed.scale.share_export_2014") / 100
    assert round(export, 3) == number("seed.scale.export_value_2014_implied")
    imported = total * number("seed.scale.share_import_2014") / 100
    assert round(imported, 3) == number("seed.scale.import_value_2014_implied")
    assert round(total / Decimal("26.43") * 100, 1) == number("seed.scale.share_of_trade_2014_implied")


def test_total_trade_agrees_with_the_average_rate_of_2014(number: Callable[[str], Decimal]) -> None:
    assert round(Decimal("26.43") / Decimal("6.1620"), 1) == number("seed.background.trade_total_2014")


def test_zhengzhou_lists_add_up(value: Callable[[str], Any]) -> None:
    lists = {key: Decimal(count) for key, count in value("seed.city.zhengzhou.registrations").items()}
    assert lists["import"] + lists["export"] == lists["total"] == Decimal("102.46")


def test_belt_and_road_holds_65_names_and_codes(value: Callable[[str], Any], seed_facts: Facts) -> None:
    names, codes = value("seed.belt_road.countries"), value("seed.belt_road.iso2")
    assert len(names) == len(set(names)) == len(codes) == len(set(codes)) == 65
    assert len(seed_facts["seed.belt_road.countries"]["values"][0]["value_zh"]) == 65
    assert dict(zip(names, codes, strict=True))["Macedonia"] == "MK"
    assert "CN" not in codes


def test_the_parts_of_putuo_add_to_its_area(value: Callable[[str], Any]) -> None:
    putuo = value("seed.park.putuo.facts")
    parts = sum(map(Decimal, putuo["parts"].values()))
    assert parts == Decimal("4.49")
    assert round(parts, 1) == Decimal(putuo["area_km2"])


def test_named_places_are_as_many_as_the_text_says(
    value: Callable[[str], Any], number: Callable[[str], Decimal]
) -> None:
    ymatou = value("seed.case.ymatou.facts")
    assert len(value("seed.case.ymatou.warehouses")) == int(ymatou["warehouses"]) == 10
    assert len(value("seed.platform.amazon.marketplaces")) == 10
    assert len(value("seed.cities.list")) == 8
    assert len(value("seed.case.aliexpress.top_categories")) == 10
    assert len(value("seed.case.dhgate.top_categories")) == 10
    assert len(value("seed.case.payease.systems")) == 6


def _totals(value: Callable[[str], Any]) -> dict[str, tuple[Decimal, Decimal]]:
    """By firm: the printed total and the one that the weights give."""
    weights = {key: Decimal(weight) for key, weight in value("seed.chart2_4.weights").items()}
    return {
        row["firm"]: (
            Decimal(row["total"]),
            sum((weights[key] * Decimal(row[key]) for key in weights), Decimal(0)),
        )
        for row in value("seed.chart2_4.payment_firms")
    }


def test_the_weights_reproduce_18_of_20_payment_totals(value: Callable[[str], Any]) -> None:
    totals = _totals(value)
    off = {firm for firm, (printed, computed) in totals.items() if abs(printed - computed) > Decimal("0.01")}
    assert len(totals) == 20
    assert off == {"Easipay", "Alipay"}
    assert sum(map(Decimal, value("seed.chart2_4.weights").values())) == 1


def test_the_corrected_scores_fit_the_weights(value: Callable[[str], Any], seed_facts: Facts) -> None:
    printed = seed_facts["seed.chart2_4.payment_firms"]["values"][0]
    corrected = {row["firm"]: row for row in printed["corrected"]["value"]}
    assert set(corrected) == {"Easipay", "Alipay"}
    weights = {key: Decimal(weight) for key, weight in value("seed.chart2_4.weights").items()}
    for row in value("seed.chart2_4.payment_firms"):
        if row["firm"] in corrected:
            row = {**row, **corrected[row["firm"]]}
            computed = sum(weights[key] * Decimal(row[key]) for key in weights)
            assert abs(Decimal(row["total"]) - computed) <= Decimal("0.01"), row["firm"]


@pytest.mark.parametrize(
    ("total", "parts"),
    [("seed.cities.all.total_to_2014", ("seed.cities.all.export_value", "seed.cities.all.import_value"))],
)
def test_the_corrected_parts_fit_a_total_that_the_printed_ones_exceed(
    number: Callable[[str], Decimal], seed_facts: Facts, total: str, parts: tuple[str, str]
) -> None:
    assert sum(map(number, parts)) == Decimal("3.5")
    corrected = sum(Decimal(seed_facts[part]["values"][0]["corrected"]["value"]) for part in parts)
    assert corrected == Decimal("3.05") > number(total)


@pytest.mark.parametrize(
    ("value_id", "count_id", "each"),
    [
        ("seed.cities.all.export_value", "seed.cities.all.export_packages", "62.8"),
        ("seed.cities.all.import_value", "seed.cities.all.import_packages", "267.6"),
    ],
)
def test_value_of_a_package(
    number: Callable[[str], Decimal], value_id: str, count_id: str, each: str
) -> None:
    assert round(number(value_id) * 1000 / number(count_id), 1) == Decimal(each)


def test_there_are_29_doubts_and_each_is_linked(seed_facts: Facts, doubts: list[Mapping[str, Any]]) -> None:
    ids = {doubt["id"] for doubt in doubts}
    assert ids == {f"seed-inc-{i:02}" for i in range(1, 30)}
    assert {doubt for fact in seed_facts.values() for doubt in fact.get("doubt", ())} == ids


def test_a_corrected_value_names_its_doubt(seed_facts: Facts) -> None:
    for fact in seed_facts.values():
        if any("corrected" in item for item in fact["values"]):
            assert fact.get("doubt"), fact["id"]


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for child in node.values():
            yield from _texts(child)
    elif isinstance(node, list):
        for child in node:
            yield from _texts(child)
    elif isinstance(node, str):
        yield node


def _shape(node: Any) -> Any:
    if isinstance(node, Mapping):
        return [_shape(child) for child in node.values()]
    if isinstance(node, list):
        return [_shape(child) for child in node]
    return node if isinstance(node, str) and re.fullmatch(r"[\d.-]+", node) else None


def _bilingual(names: Mapping[str, str], where: str) -> None:
    assert names["en"].strip(), where
    assert not CHINESE.search(names["en"]), where
    assert names["zh"].strip(), where


def test_every_record_has_both_languages(
    seed_facts: Facts, doubts: list[Mapping[str, Any]], gaps: list[Mapping[str, Any]]
) -> None:
    for record in (*seed_facts.values(), *gaps):
        _bilingual(record["says"], record["id"])
        assert CHINESE.search(record["says"]["zh"]), record["id"]
    for doubt in doubts:
        for key in ("printed", "conflict", "likely", "why"):
            if doubt[key] is not None:
                assert doubt[key]["en"].strip(), doubt["id"]
                assert doubt[key]["zh"].strip(), doubt["id"]
        assert CHINESE.search(doubt["why"]["zh"]), doubt["id"]


def test_units_have_both_languages() -> None:
    units = read_yaml(DATA / "units" / "seed.yaml")["units"]
    for key, unit in units.items():
        assert unit["en"], key
        assert unit["zh"], key


def test_a_value_in_words_has_its_chinese_with_the_same_numbers(seed_facts: Facts) -> None:
    plain = re.compile(r"[\d.,-]+|[A-Z0-9]{2,5}")
    for fact in seed_facts.values():
        for item in fact["values"]:
            worded = any(not plain.fullmatch(text) for text in _texts(item["value"]))
            if worded:
                assert "value_zh" in item, fact["id"]
            if "value_zh" in item:
                assert _shape(item["value"]) == _shape(item["value_zh"]), fact["id"]


def test_every_value_starts_on_the_report_day_or_earlier(seed_facts: Facts) -> None:
    for fact in seed_facts.values():
        first = fact["values"][0]
        assert first.get("observed", first.get("from")) <= REPORT_DAY, fact["id"]


@pytest.mark.parametrize(
    ("fact_id", "end"),
    [
        ("seed.case.aliexpress.fee", "2017-01-01"),
        ("seed.case.aliexpress.entry_fees", "2017-01-01"),
        ("seed.case.dhgate.model", "2019-02-20"),
        ("seed.chart2_2.tax", "2016-04-08"),
    ],
)
def test_what_is_known_to_have_changed_has_an_end(seed_facts: Facts, fact_id: str, end: str) -> None:
    last = seed_facts[fact_id]["values"][-1]
    assert last["from"] == end
    assert last["value"] is None


def test_sources_can_be_read_by_a_stranger() -> None:
    for key, source in read_yaml(DATA / "sources" / "seed.yaml")["sources"].items():
        assert source["publisher"], key
        assert source["title"], key
        date.fromisoformat(source["read"])


def test_country_codes_are_iso(seed_facts: Facts) -> None:
    for fact in seed_facts.values():
        assert "UK" not in set(_texts([item["value"] for item in fact["values"]])), fact["id"]
        assert "UK" not in set(_texts(fact["scope"])), fact["id"]
