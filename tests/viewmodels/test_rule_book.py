"""The rule book to look things up in: search, list, history, and one fact as it is shown."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from desktop.core.case import case_of
from desktop.core.facts import RuleBook
from desktop.core.finding import folded, holds
from desktop.core.flow import flow_of
from desktop.core.questions import questions_of
from desktop.engine.advice import evaluate
from desktop.viewmodels.fact_history import history, is_charted, periods, time_ticks
from desktop.viewmodels.fact_sheet import fact_sheet, table_text, uses
from desktop.viewmodels.fact_words import (
    BASES,
    bands,
    content_of,
    is_range,
    short_unit,
    tiers_of,
    unit_of,
    value_short,
)
from desktop.viewmodels.rule_book import (
    AREAS,
    MARKS,
    OTHER,
    DayOfBook,
    FactIndex,
    area_of,
    count_words,
    listing,
)
from desktop.viewmodels.wording import CONFIDENCE, a_day, number
from tests.conftest import REPORT_DAY, TODAY

LIST_4A = "dest.us.s301.list4a"
APPAREL = "amazon.us.referral.apparel"
GDP = "seed.areas.europe_gdp"


@pytest.fixture(scope="module")
def index(book: RuleBook) -> FactIndex:
    return FactIndex(book)


@pytest.fixture
def today(book: RuleBook) -> DayOfBook:
    return DayOfBook(book.at(TODAY), TODAY)


@pytest.fixture
def then(book: RuleBook) -> DayOfBook:  # type: ignore[override]
    return DayOfBook(book.at(REPORT_DAY), TODAY)


def words_of(book: RuleBook, fact_id: str) -> str:
    """The four fields in which each typed word must stand, straight from the data."""
    data = book.facts_data[fact_id]
    keys = {key for value in data["values"] for key in (value["source"], *(value.get("also") or ()))}
    sources = " ".join(f"{book.sources_data[k]['publisher']} {book.sources_data[k]['title']}" for k in keys)
    return folded(f"{fact_id} {data['says']['en']} {data['says']['zh']} {sources}")


# ---------------------------------------------------------------------- search
@pytest.mark.parametrize(
    "typed", ["apparel fee", "AMAZON us", "增值税 德国", "yunexpress", "final value clothing", "ePacket 邮"]
)
def test_every_word_stands_in_every_hit_and_no_other_fact_has_them(
    index: FactIndex, book: RuleBook, typed: str
) -> None:
    found = {entry.id for entry, _ in index.search(typed)}
    words = folded(typed).split()
    # a plural finds its singular as well, so plurals are left out of this comparison
    assert not any(re.fullmatch(r"\w{2,}[^s]s", word) for word in words)
    assert found == {i for i in book.ids() if all(word in words_of(book, i) for word in words)}
    assert found


def test_nothing_typed_is_every_fact_in_the_order_of_the_book(index: FactIndex, book: RuleBook) -> None:
    assert [entry.id for entry, _ in index.search("  ")] == list(book.ids())


def test_a_whole_id_is_first_and_a_name_stands_before_a_source(index: FactIndex, book: RuleBook) -> None:
    assert index.search(APPAREL)[0][0].id == APPAREL
    ranks = {entry.id: rank for entry, rank in index.search("yunexpress")}
    named = [r for i, r in ranks.items() if "yunexpress" in i]
    only_source = [r for i, r in ranks.items() if "yunexpress" not in folded(f"{i} {book.fact(i).says.en}")]
    assert only_source
    assert min(named) > max(only_source)


def test_chinese_without_gaps_and_plurals_are_found(index: FactIndex) -> None:
    together = {entry.id for entry, _ in index.search("服装佣金")}
    apart = {entry.id for entry, _ in index.search("服装 佣金")}
    assert APPAREL in together <= apart
    assert holds("服装及配饰类目的销售佣金", "服装佣金")
    assert not holds("服装及配饰", "服装佣金")
    assert {e.id for e, _ in index.search("referral fee")} <= {e.id for e, _ in index.search("referral fees")}


def test_where_nothing_has_every_word_the_nearest_are_offered(index: FactIndex, today: DayOfBook) -> None:
    found = listing(index, today, "apparel referral zebra")
    assert found.shown == 0
    assert found.rows[0].head
    assert 1 <= len(found.facts) <= 3
    assert all("apparel" in fact_id for fact_id in found.facts)
    assert listing(index, today, "zzzzqq").rows == ()


def test_the_search_is_quick(index: FactIndex, today: DayOfBook) -> None:
    """One list a key stroke: well under what a hand notices, on a machine that has other things to do."""
    best = 9.0
    for _ in range(3):
        start = time.perf_counter()
        for typed in ("a", "am", "amazon", "amazon us", "amazon us fee", "佣金"):
            listing(index, today, typed)
        best = min(best, (time.perf_counter() - start) / 6)
    assert best < 0.1


# ---------------------------------------------------------------------- list
def test_the_list_holds_each_fact_once_below_its_own_topic(
    index: FactIndex, book: RuleBook, today: DayOfBook
) -> None:
    found = listing(index, today)
    assert sorted(found.facts) == sorted(book.ids())
    assert found.shown == found.of == len(book)
    head, heads = "", 0
    for row in found.rows:
        if row.head:
            head = row.name.en
            heads += 1
        elif not row.fact.startswith("rates."):
            assert book.topic(row.fact)[1].en == head
    assert heads == len({book.topic(fact_id)[0] for fact_id in book.ids()})


def test_gaps_are_facts_without_a_value_on_the_day(index: FactIndex, book: RuleBook, then: DayOfBook) -> None:
    found = listing(index, then, area="border")
    unknown = [i for i in found.facts if book.fact(i).at(REPORT_DAY) is None]
    assert found.gaps == len(unknown) > 0
    assert all(then.short(i, "en") == "" for i in unknown)
    shown, gaps = count_words(found)
    assert shown.startswith(f"{found.shown:,} of {len(book):,} ")
    assert gaps.startswith(f"{len(unknown):,} ")


def test_every_fact_has_an_area_and_a_filter_keeps_only_its_own(
    index: FactIndex, book: RuleBook, today: DayOfBook
) -> None:
    assert not [fact_id for fact_id in book.ids() if area_of(fact_id) == OTHER]
    assert sum(listing(index, today, area=area).shown for area in AREAS) == len(book)
    assert {i.split(".")[0] for i in listing(index, today, area="freight").facts} == {"logistics", "rates"}
    assert area_of("cn.export.code.9610") == "border"
    assert area_of("cn.mode.definition.486") == "import"


def test_marks_are_those_of_the_value_in_force(index: FactIndex, book: RuleBook) -> None:
    day = DayOfBook(book.at(TODAY, {APPAREL: "16"}), TODAY)
    expected: dict[str, set[str]] = {mark: set() for mark in MARKS}
    for fact_id in book.ids():
        fact, value = book.fact(fact_id), book.fact(fact_id).at(TODAY)
        if value is not None and value.confidence == "low":
            expected["weak"].add(fact_id)
        review = book.sources_data[value.source].get("review_by") if value is not None else None
        if review and review < TODAY.isoformat():
            expected["due"].add(fact_id)
        if fact.doubts or (value is not None and value.corrected):
            expected["doubt"].add(fact_id)
    expected["typed"] = {APPAREL}
    for mark in MARKS:
        assert set(listing(index, day, marks=[mark]).facts) == expected[mark]
    both = set(listing(index, day, marks=["weak", "doubt"]).facts)
    assert both == expected["weak"] & expected["doubt"]
    assert both


def test_a_typed_value_is_no_gap_and_stands_in_the_list(book: RuleBook) -> None:
    day = DayOfBook(book.at(date(2000, 1, 1), {APPAREL: "16"}), TODAY)
    assert not day.is_gap(APPAREL)
    assert day.short(APPAREL, "en") == "16%"


# ---------------------------------------------------------------------- values in words
@pytest.mark.parametrize(
    ("fact_id", "en", "zh"),
    [
        (APPAREL, "5–17%", "5–17%"),
        ("amazon.us.referral.base", "0.30 USD", "0.30 美元"),
        ("country.us.population", "340,110,988 people", "340,110,988 人"),
        ("cn.logistics.bonded.days.gacc", "3–5 days", "3–5 天"),
        ("cn.export.code.9610", "3 entries", "3 entries"),
    ],
)
def test_a_value_in_short(book: RuleBook, fact_id: str, en: str, zh: str) -> None:
    fact = book.fact(fact_id)
    value = fact.at(TODAY)
    assert value is not None
    assert value_short(book, fact, value, "en") == en
    assert value_short(book, fact, value, "zh") == zh


def test_every_value_of_the_book_can_be_said(book: RuleBook) -> None:
    for fact_id in book.ids():
        fact = book.fact(fact_id)
        for value in fact.values:
            if value.raw is None:
                continue
            for language in ("en", "zh"):
                shown = value_short(book, fact, value, language)  # type: ignore[arg-type]
                assert shown, fact_id
                assert not re.search(r"\{|\['|'\]", shown)


def test_a_unit_is_never_cut_to_half_a_name(book: RuleBook) -> None:
    for key in book.units:
        unit = book.unit(key)
        short = short_unit(unit, "en")
        assert short in ("", "%") or unit.en.startswith(short) or short in unit.en.replace(",", "")
    assert short_unit(book.unit("cbec_zones"), "en") == ""
    assert short_unit(book.unit("billion_usd_gmv_quarter"), "en") == "billion USD"


def test_every_base_of_the_book_has_words(book: RuleBook) -> None:
    used = {book.fact(fact_id).base for fact_id in book.ids()} - {None}
    assert used <= set(BASES)


def test_nobody_counts_in_tens_of_hundred_millions(book: RuleBook) -> None:
    fact_id = next(i for i in book.ids() if book.fact(i).unit == "billion_usd" and book.fact(i).at(TODAY)
                   and isinstance(book.fact(i).at(TODAY).raw, str))  # type: ignore[union-attr]  # fmt: skip
    fact = book.fact(fact_id)
    value = fact.at(TODAY)
    assert value is not None
    said = value_short(book, fact, value, "zh")
    assert "十亿" not in said
    assert said == f"{number(Decimal(value.raw) * 10)} 亿美元"
    data = history(book, fact, TODAY, "zh")
    assert data.unit == "亿美元"
    assert Decimal(value.raw) * 10 in {piece.value for piece in data.pieces}


def test_bands_are_named_by_their_bounds(book: RuleBook) -> None:
    fact = book.fact(APPAREL)
    assert bands(tiers_of(fact, fact.values[0])) == ("up to 15", "15 to 20", "above 20")
    shoes = book.fact("ebay.us.fvf.athletic_shoes")
    assert bands(tiers_of(shoes, shoes.values[0])) == ("below 150", "from 150")


def test_content_has_every_entry_of_the_data(book: RuleBook) -> None:
    for fact_id in book.ids():
        fact = book.fact(fact_id)
        for value in fact.values:
            content = content_of(book, fact, value, "en")
            if value.raw is None:
                assert not content
            elif isinstance(value.raw, list | dict) and not (tiers_of(fact, value) or is_range(value.raw)):
                assert len(content.rows) == len(value.raw), fact_id
            assert all(len(row) == len(content.heads) for row in content.rows)


def test_a_price_table_shows_its_rows(book: RuleBook) -> None:
    table = next(iter(book.rates.values()))
    fact = book.fact(f"rates.{table['id']}")
    content = content_of(book, fact, fact.values[0], "en")
    assert len(content.rows) == len(table["rows"]) > 0
    for shown, row in zip(content.rows, table["rows"], strict=True):
        assert sorted(cell for cell in shown if cell) == sorted(row.values())


def test_chinese_content_says_when_it_is_held_in_english_only(book: RuleBook) -> None:
    found = 0
    for fact_id in book.ids():
        fact = book.fact(fact_id)
        for value in fact.values:
            only = content_of(book, fact, value, "zh").english_only
            assert only <= (value.raw_zh is None)
            assert not content_of(book, fact, value, "en").english_only
            found += only
    assert found
    kept = book.fact("seed.meta.figure_numbering").values[0]
    assert (kept.raw_zh is None) == content_of(
        book, book.fact("seed.meta.figure_numbering"), kept, "zh"
    ).english_only


# ---------------------------------------------------------------------- history
def test_periods_follow_one_another_without_a_day_between(book: RuleBook) -> None:
    for fact_id in book.ids():
        fact = book.fact(fact_id)
        found = periods(fact, TODAY)
        for one, after in pairwise(found):
            assert one.until is not None
            assert one.until.first + timedelta(days=1) == after.start.first
        now = [period for period in found if period.state == "now"]
        assert len(now) <= 1
        held = now[0].value if now and now[0].known else None
        assert fact.at(TODAY) == held


def test_steps_are_the_published_values_with_their_days(book: RuleBook) -> None:
    data = history(book, book.fact(LIST_4A), TODAY, "en")
    raw = book.facts_data[LIST_4A]["values"]
    assert [piece.value for piece in data.pieces] == [Decimal(value["value"]) for value in raw]
    assert [piece.start.isoformat() for piece in data.pieces] == [value["from"] for value in raw]
    assert [piece.end for piece in data.pieces] == [data.pieces[1].start, data.pieces[2].start, TODAY]
    assert data.end == data.day == TODAY
    first = data.pieces[0].start
    assert data.gaps[0].start == data.start < data.gaps[0].end == first
    assert a_day(book.fact(LIST_4A).values[0].start, "en") in data.gaps[0].words
    assert data.low == 0
    assert data.high == max(Decimal(value["value"]) for value in raw)


def test_before_the_first_value_the_day_stands_in_the_unknown(book: RuleBook) -> None:
    data = history(book, book.fact(LIST_4A), REPORT_DAY, "en")
    assert data.gaps[0].start < data.day < data.gaps[0].end
    assert data.pieces
    assert all(piece.later for piece in data.pieces)
    assert data.end > data.pieces[0].start


def test_tiers_are_lines_and_the_open_one_is_the_main_one(book: RuleBook) -> None:
    data = history(book, book.fact(APPAREL), TODAY, "en")
    assert [(piece.label, piece.band, piece.main) for piece in data.pieces] == [
        ("5%", "up to 15", False), ("10%", "15 to 20", False), ("17%", "above 20", True),
    ]  # fmt: skip
    assert not data.flat


def test_an_end_is_a_gap_until_the_next_value(book: RuleBook) -> None:
    fact = book.fact("country.us.population")
    data = history(book, fact, TODAY, "en")
    ended = next(value for value in fact.values if value.raw is None)
    following = fact.values[fact.values.index(ended) + 1]
    assert (ended.start.first, following.start.first) in {(gap.start, gap.end) for gap in data.gaps}


def test_a_doubted_figure_is_a_cross_with_the_likely_one_beside_it(book: RuleBook) -> None:
    raw = book.facts_data[GDP]["values"][0]
    data = history(book, book.fact(GDP), TODAY, "en")
    cross = data.crosses[0]
    assert cross.value == Decimal(raw["value"])
    assert cross.likely == Decimal(raw["corrected"]["value"])
    assert raw["corrected"]["unit"] == book.facts_data[GDP]["unit"]
    assert data.pieces[0].doubted
    # another unit cannot stand on the same axis
    other = "seed.scale.business_mofcom_2014"
    assert book.facts_data[other]["values"][0]["corrected"]["unit"] != book.facts_data[other]["unit"]
    assert history(book, book.fact(other), TODAY, "en").crosses[0].likely is None


def test_a_typed_value_stands_beside_the_rule(book: RuleBook) -> None:
    data = history(book, book.fact(APPAREL), TODAY, "en", "16.5")
    assert data.typed == Decimal("16.5")
    assert data.typed_label.startswith("16.5%")
    assert len(data.pieces) == 3


def test_only_figures_have_a_chart(book: RuleBook) -> None:
    assert not history(book, book.fact("cn.export.code.9610"), TODAY, "en")
    for fact_id in book.ids():
        fact = book.fact(fact_id)
        data = history(book, fact, TODAY, "en")
        assert bool(data) <= is_charted(book, fact)
        assert data.start < data.end
        assert all(data.start <= piece.start <= piece.end <= data.end for piece in data.pieces), fact_id


@pytest.mark.parametrize("width", [200.0, 600.0, 900.0])
@pytest.mark.parametrize("fact_id", [LIST_4A, APPAREL, "fx.2026_01_27.USD", GDP])
def test_ticks_lie_on_the_axis_and_have_room(book: RuleBook, fact_id: str, width: float) -> None:
    data = history(book, book.fact(fact_id), TODAY, "en")
    ticks = time_ticks(data, width)
    assert ticks
    assert all(data.start <= day <= data.end for day, _ in ticks)
    assert len(ticks) <= max(2, width / 64) + 1


# ---------------------------------------------------------------------- the sheet
def test_the_table_has_every_value_with_its_source(book: RuleBook, today: DayOfBook) -> None:
    sheet = fact_sheet(today, LIST_4A, "en")
    raw = book.facts_data[LIST_4A]["values"]
    assert [row.key for row in sheet.values] == ["2", "1", "0", "before"]
    for row, value in zip(sheet.values, reversed(raw), strict=False):
        source = book.sources_data[value["source"]]
        assert source["publisher"] in row.source
        assert source["title"] in row.source
        assert row.url == source["url"]
        assert row.trust == CONFIDENCE[value["confidence"]].en
        assert row.value == f"{value['value']}%"
    assert [row.state for row in sheet.values] == ["now", "past", "past", "gap"]
    assert sheet.value == "7.5%"
    text = table_text(sheet.values)
    assert len(text.split("\n")) == 1 + len(sheet.values)
    assert all(row.url in text for row in sheet.values)


def test_a_fact_is_shown_on_the_day_that_was_chosen(then: DayOfBook) -> None:
    sheet = fact_sheet(then, LIST_4A, "en")
    assert sheet.value == ""
    assert not sheet.known
    assert {row.state for row in sheet.values} == {"later", "gap"}
    assert len(sheet.mark_sentences) == 1
    assert "8 Nov 2015" in sheet.mark_sentences[0]


def test_both_names_and_the_unit_with_its_base(book: RuleBook, today: DayOfBook) -> None:
    en, zh = fact_sheet(today, APPAREL, "en"), fact_sheet(today, APPAREL, "zh")
    assert (en.name, en.other_name) == (zh.other_name, zh.name)
    assert en.name == book.facts_data[APPAREL]["says"]["en"].rstrip(".")
    assert en.about.startswith("% of the total sales price")
    assert unit_of(book, book.fact(APPAREL)).en == "%"


def test_a_typed_value_is_told_apart_from_the_rule(book: RuleBook) -> None:
    sheet = fact_sheet(DayOfBook(book.at(TODAY, {APPAREL: "16"}), TODAY), APPAREL, "en")
    assert sheet.typed == "16%"
    assert sheet.value == "5–17%"
    assert sheet.values[0].state == "typed"
    assert "typed" in sheet.marks


def test_doubts_say_what_is_printed_what_is_likely_and_why(book: RuleBook, today: DayOfBook) -> None:
    for language in ("en", "zh"):
        sheet = fact_sheet(today, GDP, language)  # type: ignore[arg-type]
        doubt = book.doubts_data[book.fact(GDP).doubts[0]]
        for part in ("printed", "conflict", "likely", "why"):
            assert doubt[part][language] in sheet.doubts[0].text
        assert doubt["where"] in sheet.doubts[0].lead
    raw = book.facts_data[GDP]["values"][0]
    assert f"{raw['value']}% of GDP" in fact_sheet(today, GDP, "en").values[0].value
    assert f"{raw['corrected']['value']}% of GDP" in fact_sheet(today, GDP, "en").values[0].value


def test_weak_and_past_review_are_said_in_whole_sentences(
    index: FactIndex, book: RuleBook, today: DayOfBook
) -> None:
    due = next(iter(listing(index, today, marks=["due"]).facts))
    value = book.fact(due).at(TODAY)
    assert value is not None
    assert any(
        book.source(value.source).publisher in said for said in fact_sheet(today, due, "en").mark_sentences
    )
    weak = next(iter(listing(index, today, marks=["weak"]).facts))
    assert any("low confidence" in said for said in fact_sheet(today, weak, "en").mark_sentences)


def test_every_fact_of_the_book_has_a_sheet_in_both_languages(book: RuleBook, today: DayOfBook) -> None:
    for fact_id in book.ids():
        for language in ("en", "zh"):
            sheet = fact_sheet(today, fact_id, language)  # type: ignore[arg-type]
            assert sheet.name
            assert sheet.values[-1].key == "before"
            assert len(sheet.values) == len(book.fact(fact_id).values) + 1
            texts = (
                sheet.name,
                sheet.about,
                *sheet.notes,
                *sheet.mark_sentences,
                *(d.text for d in sheet.doubts),
            )
            assert not any(re.search(r"\{\w+\}", text) for text in texts), fact_id


# ---------------------------------------------------------------------- use in the answer
def test_uses_are_the_places_that_read_the_fact(book: RuleBook) -> None:
    answers: dict[str, Any] = {
        "direction": "export", "category": "apparel", "list_price": "24.90", "unit_cost": "38",
        "cost_currency": "CNY", "weight_g": "210", "destinations": ["US"],
    }  # fmt: skip
    questions = questions_of(book.rules)
    advice = evaluate(case_of({"answers": answers}, questions), book, TODAY, questions)
    flow = flow_of(book.rules["flow"])
    option = advice.platforms.option("amazon")
    assert option is not None
    assert option.quote is not None
    line = next(line for line in option.quote.lines if any(r.id == APPAREL for r in line.readings))
    found = uses(APPAREL, advice, flow, "en")
    assert (f"Platforms · {option.name.en}", line.label.en) in {(use.place, use.what) for use in found}
    assert {use.step for use in found} <= {step.id for step in flow.steps}
    for reading in advice.readings:
        assert uses(reading.id, advice, flow, "en"), reading.id
    assert uses("seed.areas.europe_gdp", advice, flow, "en") == ()
    assert uses(APPAREL, None, flow, "en") == ()
