"""The rule book page: search, list, one fact; day, language, override, and the way from the why panel."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.facts import RuleBook
from desktop.viewmodels.case_model import REPORT_DAY, CaseModel
from desktop.viewmodels.fact_sheet import table_text, uses
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import why_reading
from desktop.views.design import theme
from desktop.views.message import Asker
from desktop.views.pages.rule_book import RuleBookPage
from desktop.views.why_panel import RuleCard
from desktop.views.window import Window
from tests.conftest import TODAY

CASE: dict[str, Any] = {
    "direction": "export", "category": "apparel", "list_price": "24.90", "unit_cost": "38", "cost_currency": "CNY",
    "weight_g": 210, "destinations": ["US"],
}  # fmt: skip
APPAREL, LIST_4A, GDP = "amazon.us.referral.apparel", "dest.us.s301.list4a", "seed.areas.europe_gdp"


@pytest.fixture(scope="module")
def evaluated(book: RuleBook) -> CaseModel:
    """The case with its advice, worked out once."""
    made = CaseModel(book, TODAY)
    for name, raw in CASE.items():
        assert made.set(name, raw)
    made.evaluate()
    return made


@pytest.fixture
def model(book: RuleBook, evaluated: CaseModel) -> CaseModel:
    made = CaseModel(book, TODAY)
    made.replace(evaluated.case)
    made._burst.stop()
    made._advice = evaluated.advice
    return made


@pytest.fixture
def prefs(tmp_path: Path) -> Preferences:
    made = Preferences(str(tmp_path / "settings.ini"))
    made.set_language("en")
    return made


def gone(widget: QWidget) -> None:
    """Deletes a widget now: pages left over would be restyled with every further one."""
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[arg-type]


@pytest.fixture
def page(qapp: QApplication, model: CaseModel, prefs: Preferences) -> Iterator[RuleBookPage]:
    theme().apply(qapp, "light")
    made = RuleBookPage(model, prefs)
    made.resize(1224, 800)
    made.retranslate("en")
    made.show()
    model.evaluated.connect(made.show_advice)
    yield made
    gone(made)


def typed(page: RuleBookPage, text: str) -> None:
    page.finder.line.clear()
    QTest.keyClicks(page.finder.line, text)


def heads(page: RuleBookPage) -> list[str]:
    return [row.name.en for row in page.finder.list.facts.rows if row.head]


# ---------------------------------------------------------------------- search and list
def test_all_facts_are_listed_and_the_first_is_shown(page: RuleBookPage, book: RuleBook) -> None:
    facts = page.finder.list.facts
    assert facts.rowCount() == len(book) + len(heads(page))
    assert f"{len(book):,} of {len(book):,}" in page.finder.count.text()
    assert page.fact() == next(row.fact for row in facts.rows if not row.head)
    assert page.detail.id_label.text() == page.fact()


def test_typing_searches_and_shows_the_best_hit(page: RuleBookPage, book: RuleBook) -> None:
    typed(page, "referral apparel us")
    shown = [row.fact for row in page.finder.list.facts.rows if row.fact]
    assert page.fact() == shown[0] == page.finder.list.current_fact()
    assert APPAREL in shown
    assert page.finder.count.text().startswith(f"{len(shown)} of ")
    QTest.keyClick(page.finder.line, Qt.Key.Key_Escape)
    assert page.finder.line.text() == ""
    assert page.fact() == shown[0]
    assert page.finder.list.facts.rowCount() == len(book) + len(heads(page))


def test_arrows_walk_over_the_heads_and_the_fact_follows(page: RuleBookPage) -> None:
    typed(page, "vat rate")
    facts = [row.fact for row in page.finder.list.facts.rows if row.fact]
    assert len(heads(page)) > 1
    QTest.keyClick(page.finder.line, Qt.Key.Key_Down)
    seen = [page.fact()]
    for _ in facts[1:]:
        QTest.keyClick(page.finder.list, Qt.Key.Key_Down)
        seen.append(page.fact())
        assert page.detail.id_label.text() == page.fact()
    assert seen == facts


def test_only_the_rows_that_are_seen_are_asked_for(page: RuleBookPage, book: RuleBook) -> None:
    # no widget a row: the list has as many children with a thousand facts as with three
    full = len(page.finder.list.findChildren(object))
    typed(page, APPAREL)
    assert len(page.finder.list.findChildren(object)) == full


def test_no_row_of_the_list_lies_over_the_next(page: RuleBookPage) -> None:
    """With the scroll bar the list is narrower, and more names take two lines."""
    rows = page.finder.list
    heights = [rows.sizeHintForRow(at) for at in range(len(rows.facts.rows))]
    tops = [rows.visualRect(rows.facts.index(at)).y() for at in range(len(heights))]
    assert [below - top for top, below in pairwise(tops)] == heights[:-1]


def test_an_area_and_marks_filter(page: RuleBookPage, book: RuleBook) -> None:
    page.finder.areas.picked.emit("x")  # nothing was chosen: the list stays
    chips = {chip.choice.key: chip for chip in page.finder.areas.chips()}
    QTest.mouseClick(chips["report"], Qt.MouseButton.LeftButton)
    facts = [row.fact for row in page.finder.list.facts.rows if row.fact]
    assert facts == [i for i in book.ids() if i.startswith("seed.")] or set(facts) == {
        i for i in book.ids() if i.startswith("seed.")
    }
    marks = {chip.choice.key: chip for chip in page.finder.marks.chips()}
    QTest.mouseClick(marks["doubt"], Qt.MouseButton.LeftButton)
    facts = [row.fact for row in page.finder.list.facts.rows if row.fact]
    assert facts
    assert all(book.fact(i).doubts or any(v.corrected for v in book.fact(i).values) for i in facts)
    assert page.fact() in facts


def test_where_nothing_is_found_the_words_stay_and_esc_is_named(page: RuleBookPage) -> None:
    typed(page, "vat")
    before = page.fact()
    page.finder.line.setText("zzzzqq")
    assert not page.finder.nothing.isHidden()
    assert page.finder.list.isHidden()
    assert page.finder.line.text() == "zzzzqq"
    assert page.fact() == before
    assert page.finder.count.text().startswith("0 of ")


def test_ctrl_f_goes_to_the_search_from_the_fact(page: RuleBookPage, qtbot: QtBot) -> None:
    qtbot.waitExposed(page)
    page.activateWindow()
    page.detail.values.setFocus()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.focusWidget() is page.finder.line


def test_enter_leads_from_the_list_to_the_history(page: RuleBookPage) -> None:
    page.open_fact(LIST_4A)
    QTest.keyClick(page.finder.list, Qt.Key.Key_Return)
    assert page.focusWidget() is page.detail.chart
    page.open_fact("cn.export.code.9610")
    QTest.keyClick(page.finder.list, Qt.Key.Key_Return)
    assert page.focusWidget() is page.detail.values


def test_rows_are_read_with_their_value_and_marks(page: RuleBookPage) -> None:
    page.open_fact(GDP)
    facts = page.finder.list.facts
    said = facts.data(facts.index(facts.row_of(GDP)), Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(said, str)
    assert said.split(", ")[-3:] == ["5%", "weak source", "doubted"]
    for part in (
        page.finder.line,
        page.finder.list,
        page.detail.chart,
        page.detail.values,
        page.detail.use_table,
    ):
        assert part.accessibleName()


# ---------------------------------------------------------------------- one fact
def test_opening_a_fact_takes_filters_away(page: RuleBookPage) -> None:
    typed(page, "vat rate")
    page.finder.areas.set_current("report")
    page.open_fact(APPAREL)
    assert page.fact() == APPAREL == page.finder.list.current_fact()
    assert page.finder.line.text() == ""
    page.open_fact("no.such.fact")
    assert page.fact() == APPAREL


def test_the_chart_shows_the_values_and_its_twin_is_the_table(page: RuleBookPage, book: RuleBook) -> None:
    page.open_fact(LIST_4A)
    raw = book.facts_data[LIST_4A]["values"]
    chart, table = page.detail.chart, page.detail.values
    steps = [mark for mark in chart.marks() if not mark.key.startswith("gap")]
    assert sorted(mark.title for mark in steps) == sorted(f"{value['value']}%" for value in raw)
    # a higher value stands higher
    tops = {mark.title: mark.box.center().y() for mark in steps}
    assert tops["15%"] < tops["7.5%"] < tops["0%"]
    assert [row.key for row in table.table_model.rows] == list(chart.table_rows().keys)
    chart.whyRequested.emit("1")
    assert table.current_key() == "1"


def test_a_text_has_no_chart_but_its_words(page: RuleBookPage, book: RuleBook) -> None:
    page.open_fact("dest.us.stack.2026_11")
    value = book.fact("dest.us.stack.2026_11").at(TODAY)
    assert value is not None
    assert page.detail.chart.isHidden()
    assert page.detail.content_text.text() == value.raw
    page.open_fact("cn.export.code.9610")
    rows = page.detail.content_table.table_model.rows
    assert len(rows) == len(book.facts_data["cn.export.code.9610"]["values"][0]["value"])
    page.open_fact(LIST_4A)
    assert page.detail.content_table.isHidden()
    assert not page.detail.chart.isHidden()


def test_ctrl_c_copies_the_table_with_its_addresses(page: RuleBookPage) -> None:
    page.open_fact(LIST_4A)
    page.detail.values.setFocus()
    QTest.keyClick(page.detail.values, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    sheet = page.detail.sheet()
    assert sheet is not None
    text = QGuiApplication.clipboard().text()
    assert text == table_text(sheet.values)
    assert all(row.url in text for row in sheet.values)
    menu = page.detail.values.menu_at(cell_box(page, 0, 3).center())
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == sheet.values[0].url


def cell_box(page: RuleBookPage, row: int, column: int) -> QRect:
    table = page.detail.values
    return table.visualRect(table.table_model.index(row, column))


def test_only_the_address_opens_the_source(page: RuleBookPage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    page.open_fact(LIST_4A)
    QApplication.processEvents()
    box, view = cell_box(page, 0, 3), page.detail.values.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 20, box.top() + 10))
    assert opened == []
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 20, box.bottom() - 12))
    sheet = page.detail.sheet()
    assert sheet is not None
    assert opened == [sheet.values[0].url]


def test_rows_are_as_high_as_their_words(page: RuleBookPage) -> None:
    page.open_fact(LIST_4A)
    QApplication.processEvents()
    table = page.detail.values
    high = [table.rowHeight(row) for row in range(len(table.table_model.rows))]
    assert high[0] > high[-1] >= table.row_height()
    assert table.height() >= sum(high)


def test_doubts_are_shown_and_go_with_the_fact(page: RuleBookPage, book: RuleBook) -> None:
    page.open_fact(GDP)
    doubt = book.doubts_data[book.fact(GDP).doubts[0]]
    boxes = [child for child in page.detail.doubts.findChildren(object) if hasattr(child, "set_notice")]
    assert any(doubt["likely"]["en"] in box.accessibleName() for box in boxes)
    assert page.detail.chart.data().crosses
    page.open_fact(APPAREL)
    assert page.detail.doubts.isHidden()


def test_uses_lead_to_their_step(page: RuleBookPage, model: CaseModel) -> None:
    page.open_fact(APPAREL)
    found = uses(APPAREL, model.advice, model.flow, "en")
    assert found
    rows = page.detail.use_table.table_model.rows
    assert [row.parts[1].text for row in rows] == [use.what for use in found[:6]]
    opened: list[str] = []
    page.stepRequested.connect(opened.append)
    page.detail.use_table.rowActivated.emit("0")
    assert opened == [found[0].step]


def test_many_uses_are_folded(page: RuleBookPage, model: CaseModel) -> None:
    advice = model.advice
    assert advice is not None
    most = max(advice.readings, key=lambda r: len(uses(r.id, advice, model.flow, "en")))
    count = len(uses(most.id, advice, model.flow, "en"))
    assert count > 6
    page.open_fact(most.id)
    assert len(page.detail.use_table.table_model.rows) == 6
    page.detail.use_more.activated.emit()
    assert len(page.detail.use_table.table_model.rows) == count


# ---------------------------------------------------------------------- override
def test_an_override_is_asked_of_the_window_and_taken_back_here(page: RuleBookPage, model: CaseModel) -> None:
    asked: list[str] = []
    page.overrideRequested.connect(asked.append)
    page.open_fact(APPAREL)
    assert page.detail.typed_row.isHidden()
    page.detail.override.click()
    assert asked == [APPAREL]
    model.override(APPAREL, "16")
    model.evaluate()
    assert not page.detail.typed_row.isHidden()
    assert page.detail.typed_mark.kind() == "typed"
    assert "16%" in page.detail.typed_value.text()
    assert page.finder.list.facts.value(APPAREL) == "16%"
    page.detail.take_back.activated.emit()
    model.evaluate()
    assert dict(model.case.overrides) == {}
    assert page.detail.typed_row.isHidden()


def test_what_is_no_figure_cannot_be_overridden(page: RuleBookPage) -> None:
    page.open_fact("cn.export.code.9610")
    assert not page.detail.override.isEnabled()
    assert page.detail.override.toolTip()
    page.open_fact(APPAREL)
    assert page.detail.override.isEnabled()


# ---------------------------------------------------------------------- day, language, size
def test_the_day_is_followed(page: RuleBookPage, model: CaseModel, book: RuleBook) -> None:
    page.open_fact(LIST_4A)
    assert page.finder.list.facts.value(LIST_4A) == "7.5%"
    model.set_day(REPORT_DAY)
    model.evaluate()
    assert page.fact() == LIST_4A
    assert page.finder.list.facts.value(LIST_4A) == ""
    assert page.detail.chart.data().day == REPORT_DAY
    gaps = sum(1 for i in book.ids() if book.fact(i).at(REPORT_DAY) is None)
    assert f"{gaps:,}" in page.finder.gaps.text()


def test_language_changes_in_place(page: RuleBookPage, prefs: Preferences, book: RuleBook) -> None:
    page.open_fact(APPAREL)
    prefs.set_language("zh")
    page.retranslate("zh")
    assert page.fact() == APPAREL == page.finder.list.current_fact()
    assert page.detail.name.text() == book.facts_data[APPAREL]["says"]["zh"].rstrip("。")
    facts = page.finder.list.facts
    assert facts.data(facts.index(facts.row_of(APPAREL))) == page.detail.name.text()


@pytest.mark.parametrize("size", [(1224, 800), (968, 560), (844, 470)])
def test_panes_fit_every_size(page: RuleBookPage, size: tuple[int, int]) -> None:
    page.set_compact(size[0] < 1180)
    page.resize(*size)
    page.open_fact(GDP)
    QApplication.processEvents()
    assert page.verticalScrollBar().maximum() == 0
    assert page.finder.width() + page.detail.width() <= size[0]
    body = page.detail.body
    assert body.width() <= page.detail.width()
    assert page.finder.list.height() > 60


# ---------------------------------------------------------------------- in the window
class Answering(Asker):
    def __init__(self, value: str | None) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.value = value

    def override(self, found: Any, says: str, language: Any) -> str | None:
        return self.value

    def save_first(self, name: str) -> str:
        return "discard"


@pytest.fixture
def window(qapp: QApplication, model: CaseModel, prefs: Preferences) -> Iterator[Window]:
    theme().apply(qapp, "light")
    made = Window(model, prefs, Answering("16"))
    made.resize(1440, 900)
    made.show()
    yield made
    gone(made)


def test_the_window_opens_the_book_on_a_fact(window: Window) -> None:
    window.explaining.open_fact(GDP)
    page = window.current_page()
    assert isinstance(page, RuleBookPage)
    assert page.fact() == GDP
    assert window.focusWidget() is page.finder.list
    assert not window.work.pane.isVisible()
    window.resize(1024, 700)
    assert not window.work.strip.isVisible()


def test_the_why_panel_leads_to_the_fact(window: Window, book: RuleBook) -> None:
    window.open_step("platforms")
    found = window.model.view.read(APPAREL)
    assert found
    window.explaining.explain(why_reading(found))  # type: ignore[arg-type]
    assert window.explaining.panel is not None
    window.explaining.panel.toggle(APPAREL)  # type: ignore[attr-defined]
    card = window.explaining.panel.findChild(RuleCard)
    assert isinstance(card, RuleCard)
    card._open_fact()
    assert window.explaining.panel.isHidden()
    page = window.current_page()
    assert isinstance(page, RuleBookPage)
    assert page.fact() == APPAREL


def test_an_override_goes_the_way_of_the_why_panel(window: Window) -> None:
    window.explaining.open_fact(APPAREL)
    page = window.current_page()
    assert isinstance(page, RuleBookPage)
    page.detail.override.click()
    window.model.evaluate()
    assert dict(window.model.case.overrides) == {APPAREL: "16"}
    assert "16%" in page.detail.typed_value.text()
    window.model.undo()
    window.model.evaluate()
    assert page.detail.typed_row.isHidden()
