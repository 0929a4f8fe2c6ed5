"""The import mode page: the advice's figures on the screen, the second day only when it is seen, why for each figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.facts import RuleBook
from desktop.core.result import Advice
from desktop.viewmodels.case_model import REPORT_DAY, CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import WhySubject
from desktop.views.design import theme
from desktop.views.pages.import_mode import ImportModePage
from tests.conftest import TODAY

MILK: dict[str, Any] = {
    "direction": "import", "category": "milk-powder", "list_price": "190", "price_currency": "CNY", "city": "hangzhou",
}  # fmt: skip


class CountingModel(CaseModel):
    """Counts how often another day is evaluated."""

    asked = 0

    def advice_on(self, day: Any) -> Advice:
        self.asked += 1
        return super().advice_on(day)


def make(
    qtbot: QtBot, book: RuleBook, folder: Path, answers: dict[str, Any], show: bool = True
) -> ImportModePage:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme().apply(app, "light")
    model = CountingModel(book, TODAY)
    for name, raw in answers.items():
        assert model.set(name, raw)
    model.evaluate()
    prefs = Preferences(str(folder / "settings.ini"))
    prefs.set_language("en")
    page = ImportModePage(model, prefs)
    qtbot.addWidget(page)
    page.resize(900, 760)
    page.retranslate("en")
    if show:
        page.show()
        qtbot.waitUntil(lambda: not page.isVisible() or not page._later.isActive())
    return page


@pytest.fixture
def page(qtbot: QtBot, book: RuleBook, tmp_path: Path) -> ImportModePage:
    page = make(qtbot, book, tmp_path, MILK)
    qtbot.waitUntil(lambda: page.other() is not None)
    return page


def heard(page: ImportModePage) -> list[WhySubject]:
    found: list[WhySubject] = []
    page.whyRequested.connect(found.append)
    return found


def column(page: ImportModePage, key: str) -> int:
    return [each.key for each in page.table.table_model.columns].index(key)


def test_the_table_shows_the_advice(page: ImportModePage) -> None:
    advice = page.model.advice
    assert advice is not None
    rows = page.table.table_model.rows
    assert [row.key for row in rows] == [option.id for option in advice.import_modes.ranked]
    for row in rows:
        option = advice.import_modes.option(row.key)
        assert option is not None
        assert row.parts[column(page, "score")].text == str(option.score)
        assert option.quote is not None
        assert row.parts[column(page, "tax")].text == f"{option.quote.cost / 100:,.2f}"
    assert "190.00 CNY" in page.lead.text()
    assert "Hangzhou" in page.lead.text()


def test_both_days_are_in_the_chart(page: ImportModePage) -> None:
    data = page.chart.data()
    assert (data.then_name, data.now_name) == ("8 Nov 2015", "24 Nov 2026")
    first = next(row for row in data.rows if row.key == "bonded-stocking-up")
    assert (first.then_label, first.now_label) == ("0.00", "17.29")


def test_hidden_it_asks_for_no_second_day(qtbot: QtBot, book: RuleBook, tmp_path: Path) -> None:
    page = make(qtbot, book, tmp_path, MILK, show=False)
    QTest.qWait(30)
    assert page.model.asked == 0  # type: ignore[attr-defined]
    page.show()
    qtbot.waitUntil(lambda: page.model.asked == 1)  # type: ignore[attr-defined]


def test_the_second_day_is_kept_until_the_case_changes(qtbot: QtBot, page: ImportModePage) -> None:
    model = page.model
    assert model.asked == 1  # type: ignore[attr-defined]
    page.retranslate("zh")
    model.set_weight("import_modes", "speed", 90)
    model.evaluate()
    assert model.advice is not None
    page.show_advice(model.advice)
    QTest.qWait(30)
    assert model.asked == 1  # type: ignore[attr-defined]
    model.set("list_price", "380")
    model.evaluate()
    page.show_advice(model.advice)
    assert page.other() is None
    qtbot.waitUntil(lambda: model.asked == 2)  # type: ignore[attr-defined]


def test_today_only_has_no_ring(qtbot: QtBot, page: ImportModePage) -> None:
    page.day_switch.setFocus()
    QTest.keyClick(page.day_switch, Qt.Key.Key_Right)
    assert page.day_switch.current() == "one"
    data = page.chart.data()
    assert data.then_name == ""
    assert all(row.then is None for row in data.rows)


def test_on_the_report_s_day_the_dot_is_today(qtbot: QtBot, book: RuleBook, tmp_path: Path) -> None:
    page = make(qtbot, book, tmp_path, MILK)
    page.model.set_day(REPORT_DAY)
    page.model.evaluate()
    assert page.model.advice is not None
    page.show_advice(page.model.advice)
    qtbot.waitUntil(lambda: page.other() is not None)
    first = next(row for row in page.chart.data().rows if row.key == "bonded-stocking-up")
    assert (first.then_label, first.now_label) == ("0.00", "17.29")
    asked = heard(page)
    page._why_dot("bonded-stocking-up")
    assert asked[0].value == "17.29"
    page._why_mark("bonded-stocking-up")
    assert asked[1].value == "0.00"


def test_ring_and_dot_each_explain_their_own_day(page: ImportModePage) -> None:
    asked = heard(page)
    page.chart.whyRequested.emit("general-trade/then")
    page.chart.whyRequested.emit("general-trade")
    assert [subject.value for subject in asked] == ["54.53", "35.44"]
    assert "8 Nov 2015" in asked[0].title.en
    assert "24 Nov 2026" in asked[1].title.en


def test_every_figure_of_a_row_can_be_asked_by_key(page: ImportModePage) -> None:
    asked = heard(page)
    page.table.setFocus()
    for key, unit in (("tax", "CNY"), ("days", "/ 100"), ("score", "/ 100")):
        page.table.setCurrentIndex(page.table.table_model.index(0, column(page, key)))
        QTest.keyClick(page.table, Qt.Key.Key_W)
        assert asked[-1].unit == unit
    assert len(asked) == 3


def test_rates_changes_and_cities_say_why(page: ImportModePage) -> None:
    asked = heard(page)
    for table in (page.rates, page.changes, page.cities):
        table.setFocus()
        table.setCurrentIndex(table.table_model.index(0, 0))
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert len(asked) == 3
    assert asked[0].readings[0].id == page.rates.table_model.rows[0].key


def test_the_rate_of_2015_is_explained_by_its_own_value(page: ImportModePage) -> None:
    asked = heard(page)
    vat = next(row.key for row in page.rates.table_model.rows if row.key == "cn.rate.vat.standard")
    page.rates.whyRequested.emit(vat, "then")
    page.rates.whyRequested.emit(vat, "now")
    assert [subject.rows[0].value for subject in asked] == ["17", "13"]


def test_a_closed_mode_is_struck_with_rule_and_what_opens_it(
    qtbot: QtBot, book: RuleBook, tmp_path: Path
) -> None:
    page = make(qtbot, book, tmp_path, MILK)
    page.model.set_day(REPORT_DAY)
    page.model.evaluate()
    advice = page.model.advice
    assert advice is not None
    page.show_advice(advice)
    closed = advice.import_modes.closed
    assert closed
    assert not page.closed.isHidden()
    assert closed[0].id not in [row.key for row in page.table.table_model.rows]
    row = next(row for row in page.chart.data().rows if row.key == closed[0].id)
    assert row.closed
    asked = heard(page)
    page.closed.whyRequested.emit(closed[0].id)
    assert closed[0].excluded is not None
    assert asked[0].rows[0].name == closed[0].excluded.text


def test_a_weight_goes_through_the_model(page: ImportModePage) -> None:
    page.criteria.weightCommitted.emit("speed", 70)
    assert page.model.case.weights["import_modes"]["speed"] == 70


def test_language_changes_in_place(page: ImportModePage) -> None:
    page.table.set_current("direct-mail")
    page.prefs.set_language("zh")
    page.retranslate("zh")
    assert page.title.text() == "进口模式"
    assert page.table.current_key() == "direct-mail"
    names = [row.parts[1].text for row in page.table.table_model.rows]
    assert "直邮" in names
    assert page.chart.data().then_name == "2015-11-08"


def test_an_export_is_not_asked(qtbot: QtBot, book: RuleBook, tmp_path: Path) -> None:
    page = make(qtbot, book, tmp_path, {"direction": "export", "category": "apparel", "list_price": "20"})
    assert not page.empty.isHidden()
    for widget in (
        page.dots,
        page.table,
        page.criteria,
        page.rates,
        page.changes,
        page.cities,
        page.no_price,
    ):
        assert widget.isHidden()
    assert not page.why_focused()


def test_without_a_price_modes_stay_and_the_tax_is_open(qtbot: QtBot, book: RuleBook, tmp_path: Path) -> None:
    answers = {"direction": "import", "category": "shoes", "list_price": "unknown"}
    page = make(qtbot, book, tmp_path, answers)
    assert not page.no_price.isHidden()
    assert page.dots.isHidden()
    assert all(row.parts[column(page, "tax")].text == "?" for row in page.table.table_model.rows)
    asked: list[str] = []
    page.questionRequested.connect(asked.append)
    page.no_price.linkActivated.emit()
    assert asked == ["list_price"]


def test_the_mode_in_focus_is_told_in_full(page: ImportModePage) -> None:
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.table_model.index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    advice = page.model.advice
    assert advice is not None
    option = advice.import_modes.option(page.table.current_key())
    assert option is not None
    assert page.notes.head.text().startswith(option.name.en)
    shown = [label.text() for label in page.notes.lines if not label.isHidden()]
    for warning in option.details["warnings"]:  # type: ignore[attr-defined]
        assert warning.en in shown


def test_chart_or_table(page: ImportModePage) -> None:
    page.toggle_table()
    assert page.dots.is_table()
    assert len(page.dots.table.table_model.rows) == len(page.chart.data().rows)
    page.toggle_table()
    assert not page.dots.is_table()


@pytest.mark.parametrize("width", [684, 900, 1200])
def test_nothing_is_wider_than_the_page(qtbot: QtBot, page: ImportModePage, width: int) -> None:
    page.resize(width, 760)
    qtbot.waitUntil(lambda: page.content.minimumSizeHint().width() <= page.viewport().width(), timeout=2000)


def test_names_for_the_screen_reader(page: ImportModePage) -> None:
    for widget in (
        page.chart,
        page.table,
        page.rates,
        page.changes,
        page.cities,
        page.day_switch,
        page.form_switch,
    ):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
