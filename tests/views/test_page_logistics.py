"""The logistics page: the services of the advice, reached by key, each with its reason; unknown is never nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.facts import RuleBook
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.logistics import cost_of, range_data
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import WhySubject
from desktop.views.design import theme
from desktop.views.language import Translators
from desktop.views.pages.logistics import WIDE, WIDEST, LogisticsPage
from desktop.views.widgets import LinkLabel, TextLabel
from tests.conftest import REPORT_DAY, TODAY

SHIRT: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90",
    "unit_cost": "38", "cost_currency": "CNY", "weight_g": 210, "destinations": ["GB"],
}  # fmt: skip
Maker = Callable[..., LogisticsPage]


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication, book: RuleBook, tmp_path: Path) -> Maker:
    def made(answers: dict[str, Any] = SHIRT, day: date = TODAY, width: int = 1000) -> LogisticsPage:
        theme().apply(qapp, "light")
        model = CaseModel(book, TODAY)
        for name, raw in answers.items():
            assert model.set(name, raw)
        model.set_day(day)
        model.evaluate()
        prefs = Preferences(str(tmp_path / "settings.ini"))
        prefs.set_language("en")
        page = LogisticsPage(model, prefs)
        qtbot.addWidget(page)
        page.resize(width, 800)
        page.retranslate("en")
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    return made


@pytest.fixture
def page(make: Maker) -> LogisticsPage:
    return make()


def heard(page: LogisticsPage) -> list[WhySubject]:
    found: list[WhySubject] = []
    page.whyRequested.connect(found.append)
    return found


def cells(page: LogisticsPage) -> dict[str, dict[str, str]]:
    """The table as shown: by service, by column."""
    names = [column.key for column in page.table.table_model.columns]
    return {
        row.key: dict(zip(names, (cell.text or cell.badge for cell in row.parts), strict=True))
        for row in page.table.table_model.rows
    }


def words(page: LogisticsPage) -> str:
    """Every label that can be seen."""
    labels = [label for label in page.findChildren(TextLabel) if label.isVisible()]
    return "\n".join(label.text() for label in labels)


def test_the_table_shows_the_advice(page: LogisticsPage) -> None:
    advice = page.model.advice
    assert advice is not None
    found = cells(page)
    assert list(found) == [option.id for option in advice.logistics.options if option.excluded is None]
    for option in advice.logistics.ranked:
        assert option.quote is not None
        assert found[option.id]["price"] == f"{option.quote.cost / 100:.2f}"
        assert found[option.id]["rank"] == str(option.rank)
    # WANB's clothing line: 0.210 × 33 + 16 = 22.93 CNY; ÷ 6.9858 = 3.28 USD
    assert (found["wanb"]["own"], found["wanb"]["price"]) == ("22.93", "3.28")
    assert "the United Kingdom, 210 g a piece" in page.lead.text()


def test_the_report_s_day_has_the_prices_of_its_time(make: Maker) -> None:
    page = make(SHIRT | {"destinations": ["US"]}, REPORT_DAY)
    found = cells(page)
    # ePacket of 2014: 0.210 × 80 + 7 = 23.80 CNY; ÷ 6.2827 = 3.79 USD
    assert (found["epacket"]["own"], found["epacket"]["price"]) == ("23.80", "3.79")
    # a list of 2026 is no price of 2015
    assert (found["yunexpress"]["price"], found["yunexpress"]["own"]) == ("?", "")


def test_the_table_twin_has_the_marks_of_the_chart(page: LogisticsPage) -> None:
    page.form_switch.setFocus()
    QTest.keyClick(page.form_switch, Qt.Key.Key_Right)
    assert page.lines.is_table()
    twin = [(row.key, row.parts[1].text, row.parts[2].text) for row in page.lines.table.table_model.rows]
    assert twin == [(point.key, point.detail, point.label) for point in page.chart.data().points]
    shown = cells(page)
    assert twin == [(key, shown[key]["days"], shown[key]["price"]) for key, _, _ in twin]
    assert len(twin) == 4  # five have a price, and of Yanwen no days are known
    page.toggle_table()
    assert not page.lines.is_table()


def test_rows_are_walked_by_key_and_the_weight_follows(make: Maker) -> None:
    page = make(SHIRT | {"destinations": ["US"]}, REPORT_DAY)
    page.focus_first()
    assert page.table.hasFocus()
    seen = []
    for _ in page.table.table_model.rows:
        key = page.table.current_key()
        seen.append(key)
        option = page.model.advice.logistics.option(key)  # type: ignore[union-attr]
        assert option is not None
        assert option.name.en in page.weight_head.text() or option.rank is None
        if key == "chinapost-ordinary":
            # 12.00 for each 100 g begun: 210 g are billed as 300 g
            assert page.next_step.text().startswith("Up to 300 g")
            grid = page.weight_grid
            shown = [grid.itemAt(i).widget() for i in range(grid.count())]  # type: ignore[union-attr]
            texts = [label.text() for label in shown if isinstance(label, TextLabel)]
            assert texts == ["weighed", "210 g", "billed, in steps of 100 g", "300 g"]
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert seen == [row.key for row in page.table.table_model.rows]


def test_enter_w_and_the_command_ask_why_of_the_row(page: LogisticsPage) -> None:
    asked = heard(page)
    page.focus_first()
    page.table.set_current("epacket")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    QTest.keyClick(page.table, Qt.Key.Key_W)
    assert page.why_focused()
    # 0.210 × 65 + 18 = 31.65 CNY; ÷ 6.9858 = 4.53 USD
    assert [subject.value for subject in asked] == ["4.53"] * 3
    assert {reading.id for reading in asked[0].readings} >= {"rates.epacket-2025", "fx.2026_01_27.USD"}


def test_marks_of_the_chart_by_key(page: LogisticsPage) -> None:
    asked = heard(page)
    page.chart.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_W):
        QTest.keyClick(page.chart, key)
    point = page.chart.data().points[1]
    assert (asked[0].key, asked[0].value) == (point.key, point.label)
    assert page.why_focused()
    assert asked[1].key == point.key
    page.toggle_table()  # the table comes in the chart's place, and has its focus
    assert page.lines.is_table()
    assert page.lines.table.hasFocus()


def test_the_twin_in_focus_is_what_the_command_explains(page: LogisticsPage) -> None:
    page.toggle_table()
    twin = page.lines.table
    twin.setFocus()
    QTest.keyClick(twin, Qt.Key.Key_Down)
    assert twin.current_key() != page.table.current_key()
    asked = heard(page)
    assert page.why_focused()
    assert asked[0].key == twin.current_key()


@pytest.mark.parametrize("day", [TODAY, REPORT_DAY])
def test_too_heavy_is_closed_below_with_its_rule(make: Maker, day: date) -> None:
    page = make(SHIRT | {"weight_g": 3000}, day)
    assert "epacket" not in cells(page)
    assert page.closed.isVisible()
    assert "3 kg is over the limit of 2 kg" in words(page)
    assert "a parcel of at most 2 kg" in words(page)
    asked = heard(page)
    rule = next(link for link in page.closed.findChildren(LinkLabel) if link.objectName() == "epacket")
    rule.setFocus()
    QTest.keyClick(rule, Qt.Key.Key_Return)
    assert asked[0].readings[0].id == "logistics.service.epacket.max_weight"


def test_what_is_not_known_is_no_nought(page: LogisticsPage) -> None:
    found = cells(page)
    assert (found["ups"]["price"], found["ups"]["accepts"]) == ("?", "fuel surcharge not known")
    assert found["yanwen"]["days"] == "?"
    for row in found.values():
        assert row["price"] not in ("", "0", "0.00")
    page.table.set_current("ups")
    page._on_row("ups")
    assert "no fuel surcharge of UPS Expedited is known for 24 Nov 2026" in page.minded.text()
    assert page.weight_head.text() == ""
    assert "FedEx International is quicker and has no price." in page.note.text()
    asked = heard(page)
    page.table.whyRequested.emit("ups", "price")
    assert asked[0].value == "?"


def test_without_a_weight_the_page_asks_for_it(make: Maker) -> None:
    page = make({"direction": "export", "category": "apparel", "list_price": "unknown"})
    assert "weight not given" in page.lead.text()
    assert "weight not given" in {row["accepts"] for row in cells(page).values()}
    assert {row["price"] for row in cells(page).values()} == {"?"}
    for widget in (page.lines, page.form_switch, page.weight_side, page.note):
        assert widget.isHidden()


def test_an_import_says_where_to_answer(make: Maker) -> None:
    page = make({"direction": "import", "category": "milk-powder"})
    assert page.empty.isVisible()
    assert "Not asked: this case is an import" in words(page)
    for widget in (page.lines, page.table, page.note, page.weight_side, page.closed, page.priority):
        assert widget.isHidden()
    assert not page.why_focused()


def test_a_priority_goes_through_the_model_and_moves_the_weights(qtbot: QtBot, make: Maker) -> None:
    page = make()
    page.priority.setFocus()
    with qtbot.waitSignal(page.model.evaluated):
        QTest.keyClick(page.priority, Qt.Key.Key_Left)
    assert page.model.case.text("priority") == "cost"
    advice = page.model.advice
    assert advice is not None
    # data/rules/advice/logistics.yaml: cost 45 + 30, speed 40 − 30, of 100
    assert (advice.logistics.weights["cost"], advice.logistics.weights["speed"]) == (75, 10)
    page.show_advice(advice)
    first = advice.logistics.first
    assert first is not None
    assert page.table.table_model.rows[0].key == first.id
    assert page.priority.current() == "cost"


def test_language_changes_in_place(page: LogisticsPage, translators: Translators) -> None:
    page.table.set_current("epacket")
    prices = [row["price"] for row in cells(page).values()]
    translators.set_language("zh")
    page.prefs.set_language("zh")
    page.retranslate("zh")
    assert page.title.text() == page.step.name.zh
    assert page.table.current_key() == "epacket"
    found = cells(page)
    assert [row["price"] for row in found.values()] == prices
    assert (found["epacket"]["name"], found["wanb"]["days"]) == ("e邮宝", "10–14 天")
    assert "英国" in page.lead.text()
    assert "计费重" in page.weight_head.text()
    for label in (page.note, page.lead, page.closed_head, page.next_step):
        assert not any(word in label.text() for word in ("services", "Fastest", "Closed", "nothing"))
    asked = heard(page)
    page.closed.whyRequested.emit("fba-air")
    assert asked[0].title.zh.endswith("不可用")


@pytest.mark.parametrize("width", [WIDE - 60, WIDEST - 60, WIDEST + 200])
def test_less_room_drops_columns_and_no_figure(make: Maker, width: int) -> None:
    page = make(width=WIDEST + 200)
    page.resize(width, 800)
    found = cells(page)
    assert found["wanb"]["price"] == "3.28"
    assert ("own" in found["wanb"]) == (page.viewport().width() >= WIDEST)
    badged = {row.key for row in page.table.table_model.rows if row.parts[1].badge}
    assert ("wanb" in badged) == (page.viewport().width() >= WIDE)


def test_names_for_the_screen_reader(page: LogisticsPage) -> None:
    for widget in (page.chart, page.table, page.priority, page.form_switch):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    for link in page.closed.findChildren(LinkLabel):
        assert link.accessibleName().startswith("rule that closes ")


def test_a_service_without_days_is_named_below_the_chart_that_cannot_hold_it(make: Maker) -> None:
    page = make(SHIRT | {"weight_g": 350, "destinations": ["US"]})
    advice = page.model.advice
    assert advice is not None
    shown = {point.key for point in range_data(advice.logistics, "en").points}
    priced = [o for o in advice.logistics.ranked if cost_of(o) is not None]
    left_out = [o.name.en for o in priced if o.id not in shown]
    assert left_out
    assert page.undated.isVisible()
    assert page.undated.text() == f"Not in the chart, for their days are not known: {', '.join(left_out)}"
    page.model.set("weight_g", "unknown")
    page.model.evaluate()
    assert page.model.advice is not None
    page.show_advice(page.model.advice)
    assert not page.undated.isVisible()
