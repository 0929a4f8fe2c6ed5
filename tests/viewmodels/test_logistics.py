"""The logistics page as data: prices by hand from the price lists, what is closed or not known, and why.

The rows of data/rates stand beside each figure. Converted at 6.9858 CNY a dollar today (fx.2026_01_27.USD) and at
6.2827 on the report's day (fx.2015.USD).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.core.case import Case
from desktop.core.facts import Reading, RuleBook, Unknown
from desktop.core.questions import Questions, questions_of
from desktop.core.result import Advice, Exclusion, Option, Ranking
from desktop.core.text import both
from desktop.engine.advice import evaluate
from desktop.viewmodels import logistics as vm

THEN, NOW = date(2015, 11, 8), date(2026, 11, 24)
SHIRT = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90",
    "unit_cost": "38", "cost_currency": "CNY", "weight_g": 210, "destinations": ["GB"],
}  # fmt: skip
Shown = tuple[Advice, Case, vm.LogisticsSide]


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def case_of(questions: Questions, answers: Mapping[str, Any]) -> Case:
    case = Case()
    for name, raw in answers.items():
        case, _ = case.set(questions, name, raw)
    return case


def shown(book: RuleBook, on: date = NOW, **answers: Any) -> Shown:
    """The advice on a shirt with other answers, and the lane beside it; None takes an answer away."""
    questions = questions_of(book.rules)
    wanted = {name: raw for name, raw in (SHIRT | answers).items() if raw is not None}
    case = case_of(questions, wanted).on(on)
    advice = evaluate(case, book, NOW)
    side = vm.side_of(advice, case, book.at(on), questions)
    assert side is not None
    return advice, case, side


def rows_of(found: Shown, language: Any = "en") -> dict[str, vm.ServiceRow]:
    return {row.key: row for row in vm.service_rows(found[0].logistics, found[2], language)}


@pytest.fixture(scope="module")
def today(book: RuleBook) -> Shown:
    return shown(book)


@pytest.fixture(scope="module")
def early(book: RuleBook) -> Shown:
    return shown(book, THEN, destinations=["US"])


def limit(book: RuleBook, on: date, fact: str) -> Any:
    found = book.at(on).read(fact)
    assert isinstance(found, Reading)
    return found.raw


# ---------------------------------------------------------------------- prices
def test_freight_of_today_by_hand(today: Shown) -> None:
    rows = rows_of(today)
    assert {key: (row.own, row.price) for key, row in rows.items() if row.rank} == {
        "chinapost-registered": ("31.05", "4.44"),  # 0.210 × 55.0 + 19.5 = 31.05; ÷ 6.9858 = 4.4447
        "epacket": ("31.65", "4.53"),  # 0.210 × 65.0 + 18.0 = 31.65; 4.5306
        "yanwen": ("34.05", "4.87"),  # 0.210 × 70.76 + 19.19 = 34.0496; 4.8742
        "yunexpress": ("25.45", "3.64"),  # clothing line: 0.210 × 45 + 16 = 25.45; 3.6431
        "wanb": ("22.93", "3.28"),  # clothing line: 0.210 × 33 + 16 = 22.93; 3.2824
        "yanwen-line": ("33.43", "4.79"),  # 0.210 × 83 + 16 = 33.43; 4.7854
        "cainiao-standard": ("36.48", "5.22"),  # 0.210 × 88 + 18 = 36.48; 5.2220
    }


def test_freight_of_the_report_s_day_by_hand(early: Shown) -> None:
    rows = rows_of(early)
    assert {key: (row.billed, row.own, row.price) for key, row in rows.items() if row.rank} == {
        "epacket": ("210 g", "23.80", "3.79"),  # 0.210 × 80 + 7 = 23.80; ÷ 6.2827 = 3.7882
        "chinapost-ordinary": ("300 g", "39.00", "6.21"),  # 15 for 100 g, 2 × 12; 6.2075
        "chinapost-air-parcel": ("1,000 g", "104.60", "16.65"),  # SAL, the first kilogram; 16.6489
        "dedicated-line": ("500 g", "109.00", "17.35"),  # the first 500 g; 17.3492
        "dhl": ("500 g", "116.00", "18.46"),  # the agent's first 500 g; 18.4634
        "ems": ("500 g", "132.00", "21.01"),  # the first 500 g; 21.0101
    }
    # a list of 2026 says nothing of 2015
    assert (rows["yunexpress"].price, rows["yunexpress"].tone) == ("?", "unknown")


def test_ranked_first_then_without_a_price_then_closed(today: Shown) -> None:
    rows = vm.service_rows(today[0].logistics, today[2], "en")
    kinds = ["ranked" if row.rank else row.tone for row in rows]
    assert kinds == sorted(kinds, key=["ranked", "unknown", "closed"].index)
    assert [row.rank for row in rows if row.rank] == ["1", "2", "3", "4", "5", "6", "7"]
    assert {"ranked", "unknown", "closed"} == set(kinds)


def test_cheapest_and_fastest_by_the_figures_shown(today: Shown, early: Shown) -> None:
    # 22.93 is the least; 4 to 6 working days are 4 × 7/5 = 5.6 to 6 × 7/5 = 8.4 calendar days
    rows = rows_of(today)
    assert "cheapest" in rows["wanb"].badges
    assert rows["yunexpress"].days == "6–8 days"
    assert "fastest" in rows["yunexpress"].badges
    # EMS and the agent's line both take 5 to 10 working days; the line costs 109 against 132
    rows = rows_of(early)
    assert rows["ems"].days == rows["dedicated-line"].days == "7–14 days"
    assert "fastest" in rows["dedicated-line"].badges
    assert rows["ems"].badges == ()
    for found in (rows_of(today), rows_of(early)):
        for badge in ("best", "cheapest", "fastest"):
            assert sum(badge in row.badges for row in found.values()) == 1


def test_a_quicker_service_without_a_price_is_named_beside_the_badge(today: Shown) -> None:
    slow = Option("slow", both("Slow"), 1, Decimal(60), days=(9, 12), details={"cost": 500})
    quick = Option("quick", both("Quick"), None, days=(1, 2))
    closed = Option("shut", both("Shut"), None, days=(1, 1), excluded=Exclusion(both("no"), both("yes")))
    tardy = Option("tardy", both("Tardy"), None, days=(20, 30))
    assert vm.quicker_unpriced(Ranking("logistics", (slow, tardy, quick, closed))) is quick
    assert vm.quicker_unpriced(Ranking("logistics", (slow, tardy, closed))) is None
    assert vm.quicker_unpriced(Ranking("logistics", (quick,))) is None
    found = vm.quicker_unpriced(today[0].logistics)
    assert found is not None
    assert found.rank is None


# ---------------------------------------------------------------------- closed and not known
@pytest.mark.parametrize("day", [NOW, THEN])
def test_too_heavy_is_closed_and_says_the_limit(book: RuleBook, day: date) -> None:
    found = shown(book, day, weight_g=3000)
    # 2 kg: the packet of China Post everywhere, ePacket but to Israel
    assert limit(book, day, "logistics.service.packet.max_weight") == "2"
    anywhere = [row for row in limit(book, day, "logistics.service.epacket.max_weight") if "*" in row["dest"]]
    assert [row["kg"] for row in anywhere] == ["2"]
    for key in ("epacket", "chinapost-registered", "chinapost-ordinary"):
        row = rows_of(found)[key]
        assert (row.tone, row.rank, row.price, row.billed) == ("closed", "", "", "")
        assert row.accepts == "3 kg is over the limit of 2 kg"
        assert rows_of(found, "zh")[key].accepts == "3 公斤超过 2 公斤的上限"
        subject = vm.why_of(found[0].logistics, key)
        assert subject is not None
        assert subject.rows[0].name.en == row.accepts
        assert subject.rows[0].readings[0].id.endswith("max_weight")
        assert "2 kg" in subject.rows[1].calculation.en
    assert not {point.key for point in vm.range_data(found[0].logistics, "en").points} & {"epacket"}


def test_a_price_without_its_fuel_is_not_known_and_never_nothing(book: RuleBook, today: Shown) -> None:
    row = rows_of(today)["ups"]
    assert (row.price, row.own, row.rank, row.tone) == ("?", "", "", "unknown")
    assert row.accepts == "fuel surcharge not known"
    assert "24 Nov 2026" in row.why
    subject = vm.why_of(today[0].logistics, "ups")
    assert subject is not None
    assert subject.value == "?"
    assert subject.rows[0].unknown
    assert "fuel" in subject.rows[0].name.en


def test_days_that_no_source_names_are_a_question_mark(today: Shown) -> None:
    # the table of Yanwen has no days, and the rules name no fact for them
    row = rows_of(today)["yanwen"]
    assert (row.days, row.rank != "") == ("?", True)
    assert "yanwen" not in {point.key for point in vm.range_data(today[0].logistics, "en").points}


@pytest.mark.parametrize("day", [NOW, THEN])
def test_without_a_weight_no_figure_and_the_weight_is_named(book: RuleBook, day: date) -> None:
    found = shown(book, day, weight_g=None)
    rows = rows_of(found)
    assert not any(row.rank or row.own or row.billed for row in rows.values())
    assert {row.price for row in rows.values()} == {"?", ""}
    assert rows["epacket" if day == NOW else "chinapost-ordinary"].accepts == "weight not given"
    assert vm.range_data(found[0].logistics, "en").points == ()
    lead = vm.lead(found[0], found[1], "en")
    assert "weight not given" in lead
    assert "not given a piece" not in lead


def test_an_import_has_no_service(book: RuleBook, questions: Questions) -> None:
    case = case_of(questions, {"direction": "import", "category": "milk-powder"})
    advice = evaluate(case, book, NOW)
    assert vm.side_of(advice, case, book.at(NOW), questions) is None
    assert vm.lead(advice, case, "en") == ""
    assert vm.range_data(advice.logistics, "en").points == ()
    assert vm.why_of(advice.logistics, "epacket") is None


# ---------------------------------------------------------------------- chart
def test_the_chart_has_the_figures_of_the_table(today: Shown, early: Shown) -> None:
    for found in (today, early):
        rows = rows_of(found)
        points = vm.range_data(found[0].logistics, "en").points
        assert {point.key for point in points} == {k for k, r in rows.items() if r.rank and r.days != "?"}
        for point in points:
            assert point.label == rows[point.key].price == f"{point.cost:.2f}"
            assert point.detail == rows[point.key].days
            assert point.middle == (point.low + point.high) / 2
            assert point.first == (rows[point.key].rank == "1")


# ---------------------------------------------------------------------- weighing
def test_a_large_light_parcel_is_weighed_by_its_volume(book: RuleBook) -> None:
    found = shown(book, dims_cm="30 x 20 x 10")
    assert limit(book, NOW, "logistics.service.wanb.divisor") == "6000"
    option = found[0].logistics.option("wanb")
    assert option is not None
    weighed = vm.weighing(option, found[2], "en")
    # 30 × 20 × 10 = 6000 cm³; ÷ 6000 cm³ a kilogram = 1000 g, more than the 210 g on the scale
    assert [row[1] for row in weighed.rows] == ["210 g", "1,000 g", "1,000 g"]
    assert weighed.rows[1][0] == "30 × 20 × 10 cm ÷ 6,000"
    # 1.000 × 36 + 16 = 52.00; ÷ 6.9858 = 7.4437
    assert (rows_of(found)["wanb"].own, rows_of(found)["wanb"].price) == ("52.00", "7.44")
    # the clothing line of YunExpress counts the actual weight only
    assert rows_of(found)["yunexpress"].billed == "210 g"


def test_a_size_that_is_not_given_leaves_the_volume_open(today: Shown) -> None:
    option = today[0].logistics.option("wanb")
    assert option is not None
    rows = vm.weighing(option, today[2], "en").rows
    assert rows[1][1:] == ("?", "unknown")


def test_the_next_step_of_the_price(early: Shown) -> None:
    # the small packet of 2015: 12.00 for each 100 g begun, so 210 g pay up to 300 g
    option = early[0].logistics.option("chinapost-ordinary")
    assert option is not None
    weighed = vm.weighing(option, early[2], "en")
    assert weighed.rows[-1][1] == "300 g"
    assert weighed.next_step == "Up to 300 g nothing changes; from 301 g it is +12.00 CNY."


# ---------------------------------------------------------------------- why
def test_why_of_a_price_is_its_list_with_source_and_date(book: RuleBook, today: Shown) -> None:
    subject = vm.why_of(today[0].logistics, "wanb")
    assert subject is not None
    assert (subject.value, subject.unit) == ("3.28", "USD")
    line = next(row for row in subject.rows if row.series == "freight")
    assert "22.93 CNY" in line.calculation.en
    found = {reading.id: reading for reading in subject.readings}
    table = found["rates.wanb-clothing"]
    assert str(table.value.start) == "2026-11-22"  # observed in data/rates/lines.yaml
    assert table.source.key == "yun-clothing-list"
    assert found["fx.2026_01_27.USD"].raw == "6.9858"
    assert isinstance(book.at(NOW).read("fx.2015.USD"), Unknown)
    assert vm.why_of(today[0].logistics, "nowhere") is None


def test_every_row_says_why_in_both_languages(today: Shown, early: Shown) -> None:
    for found in (today, early):
        for option in found[0].logistics.options:
            subject = vm.why_of(found[0].logistics, option.id)
            assert subject is not None
            assert subject.title.en
            assert subject.title.zh
            assert subject.rows
            assert (subject.value in ("", "?")) == (option.quote is None)


# ---------------------------------------------------------------------- languages
def test_chinese_names_days_and_reasons(book: RuleBook, today: Shown) -> None:
    rules = book.at(NOW).rules("freight")["services"]
    for key, row in rows_of(today, "zh").items():
        assert row.name == rules[key]["zh"]
        assert row.days == "?" or row.days.endswith(" 天")
    # China Post: 中国邮政 stands in 中国邮政挂号小包 already, not in e邮宝
    assert rows_of(today, "zh")["chinapost-registered"].carrier == ""
    assert rows_of(today, "zh")["epacket"].carrier == "中国邮政"


def test_lead_counts_what_the_table_shows(today: Shown) -> None:
    rows = rows_of(today).values()
    priced = sum(row.price not in ("", "?") for row in rows)
    closed = sum(row.tone == "closed" for row in rows)
    assert vm.lead(today[0], today[1], "en") == (
        f"To a door in the United Kingdom, 210 g a piece. {priced} services have a price, {closed} are closed."
    )
