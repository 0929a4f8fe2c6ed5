"""The markets page: markets compared, charts and their tables alike, published figures with their source, all by key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.facts import Reading, RuleBook
from desktop.core.result import Exclusion, Ranking
from desktop.core.text import Text
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import WhySubject
from desktop.views.design import theme
from desktop.views.language import Translators
from desktop.views.pages.markets import COLUMNS, MarketsPage
from desktop.views.widgets import TextLabel
from tests.conftest import REPORT_DAY, TODAY

SHIRT: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90",
    "unit_cost": "38", "cost_currency": "CNY", "weight_g": 210, "destinations": ["US", "GB", "DE"],
}  # fmt: skip
Maker = Callable[..., MarketsPage]


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication, book: RuleBook, tmp_path: Path) -> Maker:
    def made(answers: dict[str, Any] = SHIRT, day: date = TODAY) -> MarketsPage:
        theme().apply(qapp, "light")
        model = CaseModel(book, TODAY)
        for name, raw in answers.items():
            assert model.set(name, raw)
        model.set_day(day)
        model.evaluate()
        prefs = Preferences(str(tmp_path / "settings.ini"))
        prefs.set_language("en")
        page = MarketsPage(model, prefs)
        qtbot.addWidget(page)
        page.resize(1000, 800)
        page.retranslate("en")
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    return made


@pytest.fixture
def page(make: Maker) -> MarketsPage:
    return make()


def heard(page: MarketsPage) -> list[WhySubject]:
    found: list[WhySubject] = []
    page.whyRequested.connect(found.append)
    return found


def cells(page: MarketsPage) -> dict[str, dict[str, str]]:
    """The table as shown: by market, by column."""
    return {
        row.key: dict(zip(COLUMNS, (cell.text for cell in row.parts), strict=True))
        for row in page.table.table_model.rows
    }


def words(page: MarketsPage) -> str:
    """Every label that can be seen."""
    return "\n".join(label.text() for label in page.findChildren(TextLabel) if label.isVisible())


def facts(page: MarketsPage) -> MarketsPage:
    """Market facts instead of the comparison, by key."""
    page.section_switch.setFocus()
    QTest.keyClick(page.section_switch, Qt.Key.Key_Right)
    assert page.section_switch.current() == "facts"
    return page


# ---------------------------------------------------------------------- comparison
def test_the_table_shows_the_advice(page: MarketsPage) -> None:
    advice = page.model.advice
    assert advice is not None
    found = cells(page)
    assert list(found) == [option.id for option in advice.markets.options]
    for option in advice.markets.ranked:
        assert option.quote is not None
        net = f"{option.quote.net / 100:.2f}".replace("-", "−")
        assert found[option.id]["net"].removeprefix("at most ") == net
        assert found[option.id]["net"].startswith("at most") is not option.quote.complete
        assert found[option.id]["rank"] == str(option.rank)
    # 69,226,000 people × 96 % online; the VAT in 24.90: × 20 / 120
    assert (found["GB"]["reach"], found["GB"]["border"]) == ("66.5", "4.15")
    assert page.table.table_model.columns[COLUMNS.index("net")].title == "Net margin, USD"
    bar = page.table.bar_at(list(found).index("GB"), COLUMNS.index("reach"))
    assert bar is not None
    assert bar.shown == "66.5"


def test_the_report_s_day_has_its_own_reach_and_what_was_not_known(make: Maker) -> None:
    page = make(SHIRT, REPORT_DAY)
    found = cells(page)
    # the share of destinations in 2015; Britain's own share in that of the Union is not known
    assert (found["US"]["reach"], found["GB"]["reach"], found["DE"]["reach"]) == ("16.5", "?", "?")
    row = next(row for row in page.table.table_model.rows if row.key == "GB")
    assert "European Union" in row.parts[COLUMNS.index("reach")].tip
    assert [point.key for point in page.points.chart.data().points] == ["US"]  # type: ignore[attr-defined]
    assert "United Kingdom, Germany" in page.points.source.text()


def test_the_twins_have_the_marks_of_the_charts(page: MarketsPage) -> None:
    page.form_switch.setFocus()
    QTest.keyClick(page.form_switch, Qt.Key.Key_Right)
    assert page.stack.both.is_table()
    assert page.points.both.is_table()
    points = [(p.key, p.x_label, p.y_label) for p in page.points.chart.data().points]  # type: ignore[attr-defined]
    twin = page.points.both.table.table_model.rows
    assert [(row.key, row.parts[1].text, row.parts[2].text) for row in twin] == points
    assert len(points) == 3
    stack = page.stack.both.table.table_model
    heads = [column.title for column in stack.columns]
    for row, bar in zip(stack.rows, page.stack.chart.data().rows, strict=True):  # type: ignore[attr-defined]
        shown = {head: cell.text for head, cell in zip(heads, row.parts, strict=True) if cell.text}
        labels = {part.name: part.label for part in bar.segments}
        labels["Net margin"] = f"{bar.note} {labels['Net margin']}".strip()
        assert shown == {"": bar.name} | labels
    assert all(any(row.parts[i].text for row in stack.rows) for i in range(len(heads)))
    page.toggle_table()
    assert not page.stack.both.is_table()


def test_rows_are_walked_by_key_and_the_charts_follow(page: MarketsPage) -> None:
    page.focus_first()
    assert page.table.hasFocus()
    seen = []
    for _ in page.table.table_model.rows:
        key = page.table.current_key()
        seen.append(key)
        bars = page.stack.chart.data().rows  # type: ignore[attr-defined]
        assert [row.key for row in bars if row.first] == [key]
        points = page.points.chart.data().points  # type: ignore[attr-defined]
        assert [point.key for point in points if point.chosen] == [key]
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert seen == [row.key for row in page.table.table_model.rows]


def test_each_figure_of_a_row_is_explained_by_key(page: MarketsPage) -> None:
    asked = heard(page)
    page.table.setFocus()
    at = list(cells(page)).index("GB")
    for column, unit, focus in (
        ("reach", "/ 100", ""), ("freight", "USD", "freight"), ("border", "USD", "vat"), ("days", "/ 100", ""),
        ("net", "USD", ""), ("score", "/ 100", ""),
    ):  # fmt: skip
        page.table.setCurrentIndex(page.table.table_model.index(at, COLUMNS.index(column)))
        QTest.keyClick(page.table, Qt.Key.Key_W)
        subject = asked[-1]
        assert subject.unit == unit, column
        assert next((row.series for row in subject.rows if row.key == subject.focus), "") == focus
        assert page.why_focused()
        assert asked[-1] == subject
    assert len(asked) == 12
    # 69.226 million × 96 %: both facts stand behind the reach
    assert {reading.id for reading in asked[0].readings} == {"country.uk.population", "country.uk.internet"}


def test_chart_and_twin_in_focus_are_what_the_command_explains(page: MarketsPage) -> None:
    asked = heard(page)
    chart = page.stack.chart
    chart.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down):
        QTest.keyClick(chart, key)
    mark = chart.current_mark()
    assert mark is not None
    second = page.table.table_model.rows[1].key
    assert mark.key.startswith(second)
    QTest.keyClick(chart, Qt.Key.Key_W)
    assert page.why_focused()
    page.toggle_table()
    assert page.stack.both.is_table()
    twin = page.stack.both.table
    assert twin.hasFocus()
    twin.set_current(second)
    assert page.table.current_key() != second
    assert page.why_focused()
    assert [subject.key for subject in asked] == [second] * 3


def test_a_closed_market_is_struck_and_its_rule_is_reached_by_key(page: MarketsPage) -> None:
    advice = page.model.advice
    assert advice is not None
    closed = Exclusion(Text("No post goes there.", "邮路中断。"), Text("when the post opens", "邮路恢复"))
    options = [
        replace(option, excluded=closed, rank=None, quote=None) if option.id == "DE" else option
        for option in advice.markets.options
    ]
    page.model._advice = replace(advice, markets=Ranking("markets", tuple(options)))
    page.show_advice(page.model._advice)
    row = next(row for row in page.table.table_model.rows if row.key == "DE")
    assert row.parts[1].strike
    assert row.parts[2].text == "No post goes there; when the post opens"
    asked = heard(page)
    page.table.setFocus()
    at = list(cells(page)).index("DE")
    page.table.setCurrentIndex(page.table.table_model.index(at, COLUMNS.index("reach")))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert asked[0].rows[0].name == closed.text


def test_without_a_price_the_page_asks_for_it(make: Maker) -> None:
    page = make({"direction": "export", "category": "apparel", "list_price": "unknown"})
    found = cells(page)
    assert {row["net"] for row in found.values()} == {"?"}
    assert {row["freight"] for row in found.values()} == {"?"}
    assert "give the list price under Product" in page.stack.unknown.text()
    assert page.stack.unknown.isVisible()
    assert page.points.isHidden()


def test_an_import_says_where_to_answer_and_keeps_the_facts(make: Maker) -> None:
    page = make({"direction": "import", "category": "milk-powder"})
    assert page.empty.isVisible()
    assert "Not asked: this case is an import" in words(page)
    assert page.compare.isHidden()
    assert not page.why_focused()
    facts(page)
    assert page.empty.isHidden()
    assert page.blocks["destinations"].isVisible()


# ---------------------------------------------------------------------- market facts
@pytest.mark.parametrize(
    ("day", "fact"),
    [(TODAY, "cn.cbec.customs.dest.2024_h1"), (REPORT_DAY, "seed.areas.destination_shares_2015")],
)
def test_published_shares_are_the_fact_s_with_source_and_why(make: Maker, day: date, fact: str) -> None:
    page = facts(make(SHIRT, day))
    reading = page.model.view.read(fact)
    assert isinstance(reading, Reading)
    block = page.blocks["destinations"]
    assert {bar.key: bar.label for bar in block.chart.data().bars} == dict(reading.raw)  # type: ignore[attr-defined]
    assert reading.source.title in block.source.text()
    asked = heard(page)
    block.chart.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Return):
        QTest.keyClick(block.chart, key)
    assert [each.id for each in asked[0].readings] == [fact]
    page.toggle_table()
    twin = block.both.table.table_model.rows
    assert {row.key: row.parts[1].text for row in twin} == dict(reading.raw)


def test_measures_change_by_key_and_a_gap_is_a_word(make: Maker) -> None:
    page = facts(make(SHIRT, REPORT_DAY))
    assert page.blocks["customs"].unknown.text() == "Nothing was published by this day."
    assert page.blocks["customs"].both.isHidden()
    page.measure_switch.setFocus()
    QTest.keyClick(page.measure_switch, Qt.Key.Key_Right)
    page.toggle_table()
    twin = {row.key: row.parts[1].text for row in page.blocks["100ec"].both.table.table_model.rows}
    # the report prints a growth of 33.3 % for 2014 and none for the other years
    assert twin == {
        "100ec/2013": "not published", "100ec/2014": "33.3",
        "100ec/2015": "not published", "100ec/2016": "not published",
    }  # fmt: skip


def test_a_market_s_facts_by_key_with_their_sources(page: MarketsPage) -> None:
    page.table.set_current("GB")
    page._on_market("GB")
    facts(page)
    assert page.profile_head.text() == "United Kingdom"
    page.focus_first()
    table = page.profile_table
    assert table.hasFocus()
    table.set_current("population")
    asked = heard(page)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_W)
    assert page.why_focused()
    assert [subject.readings[0].id for subject in asked] == ["country.uk.population"] * 3
    population = page.model.view.read("country.uk.population")
    assert isinstance(population, Reading)
    row = next(row for row in table.table_model.rows if row.key == "population")
    assert row.parts[1].text == f"{int(population.raw):,} people"
    assert population.source.publisher in row.parts[2].text
    unknown = next(row for row in table.table_model.rows if row.key == "vat")
    assert unknown.parts[1].text.startswith("cannot say: ")
    page.profile_choice.picked.emit("DE")
    assert page.profile_head.text() == "Germany"
    assert page.profile_about.text() == "EUR · European Union"


# ---------------------------------------------------------------------- language, room, reader
def test_language_changes_in_place(page: MarketsPage, translators: Translators) -> None:
    page._on_market("DE")
    figures = {key: (row["reach"], row["freight"]) for key, row in cells(page).items()}
    translators.set_language("zh")
    page.prefs.set_language("zh")
    page.retranslate("zh")
    assert page.title.text() == page.step.name.zh
    assert page.table.current_key() == "DE"
    found = cells(page)
    assert {key: (row["reach"], row["freight"]) for key, row in found.items()} == figures
    assert [row["market"] for row in found.values()] == ["美国", "英国", "德国"]
    assert found["GB"]["net"].startswith("至多 ")
    assert not any(sign.isascii() and sign.isalpha() for sign in page.lead.text().replace("USD", ""))
    page.section_switch.set_current("facts")
    page.retranslate("zh")
    assert page.profile_head.text() == "德国"
    tongue = next(row for row in page.profile_table.table_model.rows if row.key == "languages")
    assert tongue.parts[1].text == "德语"
    assert "2026-11-24" in page.lead.text()


def test_charts_stand_below_each_other_in_a_narrow_page(page: MarketsPage) -> None:
    assert page.points.x() > page.stack.x()
    page.resize(700, 800)
    page.charts.layout().activate()  # type: ignore[union-attr]
    assert page.points.y() > page.stack.y()
    assert cells(page)["GB"]["reach"] == "66.5"


def test_names_for_the_screen_reader(page: MarketsPage) -> None:
    facts(page)
    parts = (
        page.table,
        page.section_switch,
        page.form_switch,
        page.measure_switch,
        page.profile_table,
        page.profile_choice,
        page.stack.chart,
        page.points.chart,
        *(block.chart for block in page.blocks.values()),
    )
    for widget in parts:
        assert widget.accessibleName(), widget
    spoken = page.blocks["destinations"].chart.accessibleDescription()
    assert "United States 34.2" in spoken
