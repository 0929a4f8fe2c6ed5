"""The markets page as data: figures by hand from the facts, two days and two definitions apart, unknown never nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import Reading, RuleBook, Unknown, View
from desktop.core.questions import questions_of
from desktop.core.result import Advice, Exclusion, Line, Option, Quote, Ranking
from desktop.core.text import LANGUAGES, Text, both
from desktop.engine.advice import evaluate
from desktop.viewmodels import markets as vm
from desktop.viewmodels.series.bars import shortened
from desktop.viewmodels.series.table import TableTwin
from desktop.viewmodels.why import datum_text

THEN, NOW = date(2015, 11, 8), date(2026, 11, 24)
SHIRT = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90",
    "unit_cost": "38", "cost_currency": "CNY", "weight_g": 210, "destinations": ["US", "GB", "DE"],
}  # fmt: skip


def advice(book: RuleBook, on: date = NOW, **answers: Any) -> Advice:
    """The advice on a shirt with other answers; None takes an answer away."""
    case, questions = Case(), questions_of(book.rules)
    for name, raw in (SHIRT | answers).items():
        if raw is not None:
            case, _ = case.set(questions, name, raw)
    return evaluate(case.on(on), book, NOW)


@pytest.fixture(scope="module")
def late(book: RuleBook) -> Advice:
    return advice(book)


@pytest.fixture(scope="module")
def early(book: RuleBook) -> Advice:
    return advice(book, THEN)


def rows(found: Advice, view: View, language: Any = "en") -> dict[str, vm.MarketRow]:
    return {row.key: row for row in vm.compared(found, view, language).rows}


def raw(view: View, fact: str) -> Any:
    found = view.read(fact)
    assert isinstance(found, Reading)
    return found.raw


# ---------------------------------------------------------------------- comparison
def test_reach_of_today_by_hand(late: Advice, now: View) -> None:
    assert (raw(now, "country.us.population"), raw(now, "country.us.internet")) == ("340110988", "93")
    assert (raw(now, "country.uk.population"), raw(now, "country.uk.internet")) == ("69226000", "96")
    found = rows(late, now)
    assert found["US"].reach.shown == "316.3"  # 340.110988 million × 93 % = 316.303
    assert found["GB"].reach.shown == "66.5"  # 69.226 million × 96 % = 66.457
    assert found["US"].reach.share == 1
    assert found["GB"].reach.share == pytest.approx(66.45696 / 316.30321884)
    assert vm.compared(late, now, "en").reach_head == "Reach, million internet users"


def test_reach_of_the_report_s_day_is_the_share_and_a_member_of_the_union_unknown(
    early: Advice, then: View
) -> None:
    shares: Mapping[str, str] = raw(then, "seed.areas.destination_shares_2015")
    found = rows(early, then)
    assert found["US"].reach.shown == shares["US"] == "16.5"
    for key in ("GB", "DE"):
        reach = found[key].reach
        assert (reach.shown, reach.share, reach.unknown) == ("?", 0, True)
        assert shares["EU"] in reach.tip
    compared = vm.compared(early, then, "zh")
    assert [point.key for point in compared.points.points] == ["US"]
    assert "英国、德国" in compared.not_shown


def test_freight_and_days_by_hand(late: Advice, early: Advice, now: View, then: View) -> None:
    found = rows(late, now)
    # YunExpress clothing: 0.210 × 45 + 16 = 25.45 CNY; ÷ 6.9858 = 3.6431; 4 to 6 working days × 7/5
    assert (found["GB"].freight, found["GB"].days) == ("3.64", "6–8")
    # 0.210 × 52 + 19 = 29.92; ÷ 6.9858 = 4.2830; 5 to 8 working days: 7 to 11.2
    assert (found["DE"].freight, found["DE"].days) == ("4.28", "7–11")
    # Yanwen, which enters as a parcel of a carrier and not as mail: 0.210 × 82.57 + 10.10 = 27.44; ÷ 6.9858 = 3.9280
    assert found["US"].freight == "3.93"
    # ePacket of 2014: 0.210 × 80 + 7 = 23.80; ÷ 6.2827 = 3.7882; nothing says how long it took
    assert (rows(early, then)["US"].freight, rows(early, then)["US"].days) == ("3.79", "?")


def test_the_border_counts_what_the_seller_pays_and_says_what_is_missing(
    late: Advice, early: Advice, now: View, then: View
) -> None:
    found = rows(late, now)
    # VAT of 20 % inside the price: 24.90 × 20 / 120 = 4.15; the duty stands in the tip alone
    assert found["GB"].border == "4.15"
    assert "paid by the buyer" in found["GB"].border_tip
    tip = found["US"].border_tip.splitlines()
    known = [Decimal(line.split()[-2]) for line in tip if not line.endswith("?")]
    # 24.90 × 16.5 % = 4.1085, × 7.5 % = 1.8675, × 12.5 % = 3.1125, and the fee of an informal entry
    assert known == [Decimal("4.11"), Decimal("1.87"), Decimal("3.11"), Decimal("2.77")]
    assert len(known) == len(tip)
    assert found["US"].border == f"{sum(known)}" == "11.86"
    # in 2015 a parcel of 24.90 came in free: the seller pays nothing, which is a dash
    assert rows(early, then)["US"].border == "–"


def test_the_net_is_the_quote_s_and_a_loss_is_one(late: Advice, book: RuleBook, now: View) -> None:
    for option in late.markets.options:
        assert option.quote is not None
        row = rows(late, now)[option.id]
        assert row.net.shown == f"{Decimal(option.quote.net) / 100:.2f}".replace("-", "−")
        assert row.net.note == ("" if option.quote.complete else "at most")
        assert row.net.loss == (option.quote.net < 0)
        assert not row.net.loss
    # 3 kg to Britain cost 3 × 49 + 16 = 163.00 CNY = 23.33 USD: more than is left of 24.90
    heavy = rows(advice(book, weight_g=3000, destinations=["GB"]), now)["GB"]
    assert heavy.freight == "23.33"
    assert heavy.net.shown.startswith("−")
    assert (heavy.net.loss, heavy.net.share) == (True, 0)


@pytest.mark.parametrize("day", [NOW, THEN])
def test_without_a_price_no_margin_and_no_chart(book: RuleBook, day: date) -> None:
    found = advice(book, day, list_price=None)
    compared = vm.compared(found, book.at(day), "en")
    for row in compared.rows:
        assert (row.net.shown, row.net.unknown, row.net.share) == ("?", True, 0)
        assert (row.freight, row.border) == ("?", "?")
        assert "list price" in row.net.tip
    assert (compared.stack.rows, compared.points.points, compared.stack_head) == ((), (), "")


def test_too_heavy_for_every_service_is_not_known(book: RuleBook, now: View) -> None:
    for row in rows(advice(book, weight_g=70_000), now).values():
        assert (row.freight, row.days, row.net.note) == ("?", "?", "at most")


def test_an_import_compares_nothing(book: RuleBook, now: View) -> None:
    assert vm.compared(advice(book, direction="import", destinations=None), now, "en") == vm.Compared()


def test_a_closed_market_has_its_rule_and_no_figures(late: Advice, now: View) -> None:
    closed = Exclusion(
        Text("No post goes there.", "邮路中断。"), Text("When the post opens.", "邮路恢复后。")
    )
    options = [
        replace(option, excluded=closed, rank=None, score=None, quote=None) if option.id == "DE" else option
        for option in late.markets.options
    ]
    found = replace(late, markets=Ranking("markets", tuple(options)))
    row = rows(found, now, "zh")["DE"]
    assert (row.closed, row.reason, row.opens, row.rank) == (True, "邮路中断。", "邮路恢复后。", "")
    compared = vm.compared(found, now, "en")
    assert "DE" not in {row.key for row in compared.stack.rows}
    assert "Germany" not in compared.not_shown
    subject = vm.why_of(found.markets, "DE", "net")
    assert subject is not None
    assert subject.rows[0].name == closed.text


# ---------------------------------------------------------------------- charts
def test_each_bar_of_the_stack_ends_at_the_price(late: Advice, early: Advice, now: View, then: View) -> None:
    for found, view in ((late, now), (early, then)):
        compared = vm.compared(found, view, "en", "GB")
        assert (compared.stack.price, compared.stack.price_label) == (Decimal("24.90"), "24.90")
        table = rows(found, view)
        for row in compared.stack.rows:
            assert sum(part.value for part in row.segments if part.value is not None) == Decimal("24.90")
            assert row.segments[-1].label == row.figure == table[row.key].net.shown
            parts = {part.series: part.label for part in row.segments}
            assert parts["freight"] == table[row.key].freight
            assert row.first == (row.key == "GB")
        for point in compared.points.points:
            assert point.x_label == table[point.key].reach.shown
            assert point.y_label == table[point.key].net.said()


def test_a_part_with_an_unknown_line_is_at_least_what_is_known(late: Advice, now: View) -> None:
    stack = {row.key: row for row in vm.compared(late, now, "en").stack.rows}
    duty = next(part for part in stack["US"].segments if part.series == "duty")
    assert duty.label == rows(late, now)["US"].border == "11.86"  # all four of its lines are known
    why = Unknown("fee", both("not found"))
    lines = (
        Line("a", "freight", both("A"), 100, "USD"),
        Line("b", "freight", both("B"), None, "USD", unknown=why),
    )
    quote = Quote({"platform": "x"}, 1000, "USD", 1, lines)
    assert vm.series_sum(quote, ("freight",)) == "≥ 1.00"
    assert vm.series_sum(replace(quote, lines=lines[1:]), ("freight",)) == "?"
    assert vm.series_sum(quote, ("duty",)) == "–"
    assert vm.series_sum(None, ("duty",)) == "?"
    option = Option("X", both("X"), 1, Decimal(5), quote=quote)
    segment = vm.stack(Ranking("markets", (option,)), "en").rows[0].segments[0]
    assert (segment.value, segment.label) == (Decimal(1), "≥ 1.00")


# ---------------------------------------------------------------------- published figures
@pytest.mark.parametrize(
    ("day", "fact", "source"),
    [
        (NOW, "cn.cbec.customs.dest.2024_h1", "27 Nov 2024"),
        (THEN, "seed.areas.destination_shares_2015", "2015"),
    ],
)
def test_destinations_are_the_published_set(book: RuleBook, day: date, fact: str, source: str) -> None:
    view = book.at(day)
    chart = vm.destinations(view, "en", "GB")
    assert {bar.key: bar.label for bar in chart.data.bars} == dict(raw(view, fact))
    assert source in chart.source
    # Britain stands by itself today and was within the Union in 2015
    assert [bar.key for bar in chart.data.bars if bar.first] == ["GB" if day == NOW else "EU"]
    subject = chart.why("US")
    assert subject is not None
    assert subject.readings[0].id == fact
    assert chart.why("XX") is None


def test_the_two_ways_of_counting_stay_apart(now: View, then: View) -> None:
    old, new = vm.scale(now, "en", "100ec"), vm.scale(now, "en", "customs")
    assert {bar.key.split("/")[0] for bar in old.data.bars} == {"100ec"}
    # 4.2 in 2014 (the report), 2.75 in 2025 (customs)
    assert raw(now, "seed.scale.value_2014") == "4.2"
    assert raw(now, "cn.cbec.customs.2025") == "2.75"
    assert {bar.name: bar.label for bar in old.data.bars}["2014"] == "4.2"
    assert {bar.name: bar.label for bar in new.data.bars}["2025"] == "2.75"
    before = vm.scale(then, "en", "customs")
    assert before.data.bars == ()
    assert before.unknown == "Nothing was published by this day."


def test_a_forecast_and_a_misprint_are_marked(then: View) -> None:
    chart = vm.scale(then, "en", "100ec")
    bar = next(bar for bar in chart.data.bars if bar.key == "100ec/2015")
    # printed as 550 (million CNY) in the report, read as 5.5 trillion
    assert raw(then, "seed.scale.forecast_2015") == "550"
    assert (bar.name, bar.value, bar.doubt) == ("2015*", Decimal("5.5"), Decimal("5.5"))
    assert any("2015: printed 550" in note and "5.5 trillion" in note for note in chart.notes)
    known = next(bar for bar in chart.data.bars if bar.key == "100ec/2014")
    assert known.doubt is None


def test_a_year_without_a_figure_is_none_and_never_nought(then: View) -> None:
    chart = vm.scale(then, "en", "100ec", "growth")
    found = {bar.name: (bar.value, bar.label) for bar in chart.data.bars}
    assert raw(then, "seed.scale.growth_2014") == "33.3"
    assert found["2014"] == (Decimal("33.3"), "33.3")
    assert found["2013"] == found["2015"] == (None, "")
    assert chart.data.unknown_word == "not published"
    assert chart.why("100ec/2013") is None


def test_what_a_part_leaves_of_a_hundred_is_said(now: View, then: View) -> None:
    bar = vm.split(now, "en", "direction").data.bars[-1]
    assert raw(now, "cn.cbec.customs.export_share.2024") == "82"
    assert (bar.label, bar.extra, bar.detail) == ("82", "18", "Import: the rest of 100")  # 100 − 82
    assert [bar.key for bar in vm.split(then, "zh", "business").data.bars] == ["business/100ec/2014"]


# ---------------------------------------------------------------------- profile
def test_profile_of_germany_in_both_languages(now: View) -> None:
    for language, name, tongue in (("en", "Germany", "German"), ("zh", "德国", "德语")):
        found = vm.profile(now, "DE", language)  # type: ignore[arg-type]
        values = {row.key: row.value for row in found.rows}
        assert found.name == name
        assert values["languages"] == tongue
        assert values["population"].startswith("83,516,593")
        assert values["shoppers"].startswith("67.5")  # its own figure out of a fact of several countries


def test_what_is_not_known_of_a_market_stands_last_and_says_so(then: View, now: View) -> None:
    for view in (then, now):
        rows = vm.profile(view, "GB", "en").rows
        assert [row.unknown for row in rows] == sorted(row.unknown for row in rows)
        for row in rows:
            assert row.unknown == row.value.startswith("cannot say: ")
            assert bool(row.since) is not row.unknown
    internet = next(row for row in vm.profile(then, "GB", "en").rows if row.key == "internet")
    assert "8 Nov 2015" in internet.value
    assert vm.profile(now, "XX", "en").unknown


def test_why_of_a_profile_is_one_fact_or_why_there_is_none(now: View) -> None:
    found = vm.profile(now, "DE", "zh")
    subject = found.why("population")
    assert subject is not None
    assert (subject.rows[0].value, subject.readings[0].id) == ("83,516,593", "country.de.population")
    words = found.why("languages")
    assert words is not None
    # a word is data in the language shown, and no figure
    assert words.rows[0].value == ""
    assert [datum_text(words.rows[0].data[0], now.book, language) for language in LANGUAGES] == [
        "German",
        "德语",
    ]
    none = found.why("vat")
    assert none is not None
    assert (none.value, none.rows[0].unknown) == ("?", True)


# ---------------------------------------------------------------------- why of a market
def test_why_of_each_column(late: Advice) -> None:
    for column, focus in (("freight", "freight"), ("border", "vat"), ("net", "")):
        subject = vm.why_of(late.markets, "GB", column)
        assert subject is not None
        meant = next((row.series for row in subject.rows if row.key == subject.focus), "")
        assert meant == focus
        assert subject.total is not None
        assert subject.total.value == subject.value
    for column, criterion in (("reach", "GB/reach"), ("days", "GB/speed"), ("score", "GB")):
        subject = vm.why_of(late.markets, "GB", column)
        assert subject is not None
        assert (subject.key, subject.unit) == (criterion, "/ 100")
    # the reach is population × share online: both facts are shown
    reach = vm.why_of(late.markets, "GB", "reach")
    assert reach is not None
    assert {reading.id for reading in reach.readings} == {"country.uk.population", "country.uk.internet"}
    part = vm.why_of(late.markets, "GB/freight")
    assert part is not None
    assert part.focus == "freight"
    assert vm.why_of(late.markets, "XX") is None


# ---------------------------------------------------------------------- series
def test_long_names_keep_head_and_tail() -> None:
    assert shortened("United Kingdom") == "United Kingdom"  # 14 signs
    short = shortened("United Arab Emirates")
    assert len(short) <= 14
    head, tail = short.split("…")
    assert "United Arab Emirates".startswith(head)
    assert "United Arab Emirates".endswith(tail)
    assert shortened("阿拉伯联合酋长") == "阿拉伯联合酋长"  # 7 signs
    assert len(shortened("阿拉伯联合酋长国")) <= 7


def test_a_twin_as_text_has_a_line_a_row() -> None:
    twin = TableTwin(("", "%"), (("US", "16.5"), ("EU", "?")), (1,))
    assert twin.tsv() == "\t%\nUS\t16.5\nEU\t?"
