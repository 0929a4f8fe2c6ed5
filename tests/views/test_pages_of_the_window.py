"""The pages in the real window, on the real rules: what stays and what goes when the case or the window changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from clipping import faults
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.viewmodels.case_model import REPORT_DAY
from desktop.viewmodels.wording import as_sentence
from desktop.views.charts.base import ChartView
from desktop.views.design import TYPE, theme
from desktop.views.pages.closed_rows import ClosedRows
from desktop.views.pages.criteria_grid import CriteriaGrid
from desktop.views.widgets import DataTable
from desktop.views.widgets.path_line import PathLine
from desktop.views.window import Window

CLOTHING, LIGHTING, MILK = "1-clothing.lanewise", "2-lighting.lanewise", "3-milk-powder.lanewise"


def settle(window: Window) -> None:
    window.freezing.finish()
    window.preparing.finish()
    for _ in range(6):
        QApplication.processEvents()


def opened(window: Window, example: str, step: str) -> Any:
    """An example on a step, evaluated; its page."""
    window.filing.open_example(example)
    window.model.evaluate()
    window.open_step(step)
    settle(window)
    return window.current_page()


# ---------------------------------------------------------------------- room
@pytest.mark.parametrize("example", [CLOTHING, LIGHTING, MILK])
def test_nothing_scrolls_sideways_in_the_least_window_with_a_verdict_beside(
    window: Window, example: str
) -> None:
    window.resize(1180, 720)
    page = opened(window, example, "platforms")
    assert not window.compact
    assert page.horizontalScrollBar().maximum() == 0
    if example == MILK:
        # the reasons are read whole, and the criteria show the first platforms that have room
        assert page.table.horizontalScrollBar().maximum() == 0
        narrow = page.criteria.shown_options()
        window.resize(1440, 900)
        settle(window)
        assert 2 <= narrow < page.criteria.shown_options() == 5
        window.resize(1180, 720)
        settle(window)
        assert page.criteria.shown_options() == narrow
    assert window.work.pane.scroll.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_verdict_fits_the_least_width_that_it_can_be_dragged_to(
    window: Window, qtbot: QtBot, language: str, size: int
) -> None:
    window.prefs.set_language(language)
    window.prefs.set_text_size(size)
    qtbot.waitUntil(lambda: theme().text_scale == size / 100 and not theme().busy)
    window.resize(1440 * size // 100, 900 * size // 100)
    try:
        ranged = {"direction": "export", "category": "apparel", "list_price": "24.90"}
        for answers in (ranged, CLOTHING, LIGHTING, MILK):
            if isinstance(answers, dict):
                window.filing.new_case()
                for name, value in answers.items():
                    window.model.set(name, value)
            else:
                window.filing.open_example(answers)
                window.model.set_day(REPORT_DAY)
            window.model.evaluate()
            window.open_step("product")
            settle(window)
            qtbot.waitUntil(lambda: not window.narrower.busy and not theme().busy, timeout=20_000)
            window.work.split.setSizes([9999, 1])
            settle(window)
            pane = window.work.pane
            assert pane.isVisible()
            assert pane.width() == min(260 * size // 100, 400)
            assert pane.scroll.horizontalScrollBar().maximum() == 0, answers
            assert faults(pane) == []
    finally:
        window.prefs.set_text_size(100)
        window.prefs.set_language("en")


# ---------------------------------------------------------------------- one step after the other
def test_a_step_that_is_opened_before_its_advice_begins_where_it_should(window: Window) -> None:
    window.filing.open_example(CLOTHING)
    assert window.model.evaluating
    window.open_step("plan")
    page: Any = window.current_page()
    assert QApplication.focusWidget() is page.content
    window.model.settle()
    settle(window)
    begun = QApplication.focusWidget()
    assert begun is not page.content
    assert page.isAncestorOf(begun)
    # as it does where the advice is there
    window.open_step("markets")
    window.open_step("plan")
    assert QApplication.focusWidget() is begun


def test_what_gives_way_to_newer_advice_lets_the_picture_go(window: Window) -> None:
    opened(window, CLOTHING, "platforms")
    window.preparing.begin(iter((None, None)), lambda: None)
    window.freezing.hold()
    window.paging.shown.pop("platforms")
    window.paging.show_advice("platforms")
    assert window.frame.updatesEnabled()


def test_tab_from_outside_of_a_page_shows_what_it_comes_to(window: Window) -> None:
    page = opened(window, CLOTHING, "what-if")
    first = page.market.chips()[0]
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    settle(window)
    assert not page.shows(first)
    window.tools.day.setFocus(Qt.FocusReason.TabFocusReason)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.shows(first)


def test_a_step_that_is_left_before_it_was_seen_does_not_hold_the_picture(window: Window) -> None:
    opened(window, CLOTHING, "product")
    window.open_step("what-if")
    assert window.preparing.busy
    assert not window.frame.updatesEnabled()
    window.open_step("product")
    assert window.frame.updatesEnabled()


def test_a_page_gives_way_to_the_why_panel_also_after_another_text_size(window: Window) -> None:
    page = opened(window, CLOTHING, "platforms")
    window.explaining.why()
    settle(window)
    before = page.width()
    try:
        for size in (150, 100):
            window.prefs.set_text_size(size)
            settle(window)
            while theme().busy:
                QApplication.processEvents()
            settle(window)
        assert page.width() == before
    finally:
        theme().set_text_scale(1.0)


# ---------------------------------------------------------------------- another case
def test_a_comparison_begun_for_one_case_is_not_shown_for_the_next(window: Window) -> None:
    window.filing.open_example(MILK)
    window.model.evaluate()
    window.open_step("import-mode")
    page: Any = window.current_page()
    assert page._later.isActive()
    # at once, before the other day is evaluated
    window.filing.open_example(CLOTHING)
    window.model.evaluate()
    window.open_step("import-mode")
    QTest.qWait(30)
    assert not page.empty.isHidden()
    for widget in (page.dots, page.no_price, page.changes, page.no_changes, page.cannot, page.table):
        assert widget.isHidden(), widget


def test_a_case_begins_with_a_row_of_its_own(window: Window) -> None:
    page = opened(window, LIGHTING, "logistics")
    others = [row.key for row in page.table.table_model.rows]
    page = opened(window, CLOTHING, "logistics")
    keys = [row.key for row in page.table.table_model.rows]
    kept = next(key for key in keys[1:] if key in others[1:])
    page.table.setCurrentIndex(page.table.table_model.index(keys.index(kept), 0))
    # the same case keeps it, whatever is answered
    window.model.set("weight_g", 240)
    settle(window)
    assert page.table.current_key() == kept
    page = opened(window, LIGHTING, "logistics")
    assert page.table.current_key() == page.table.table_model.rows[0].key
    page = opened(window, CLOTHING, "markets")
    page.table.setCurrentIndex(page.table.table_model.index(1, 0))
    settle(window)
    kept = page._chosen
    assert kept == page.table.table_model.rows[1].key
    page = opened(window, CLOTHING, "markets")
    advice = window.model.advice
    assert advice is not None
    assert advice.markets.first is not None
    assert kept in [option.id for option in advice.markets.ranked[1:]]
    assert page._chosen == advice.markets.first.id
    assert page.table.current_key() == page._chosen


# ---------------------------------------------------------------------- chart or table
def test_the_first_ctrl_t_shows_the_table(window: Window) -> None:
    page = opened(window, CLOTHING, "platforms")
    assert page.chart.hasFocus()
    QTest.keyClick(page.chart, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert page.form_switch.current() == "table"
    assert page.bars.is_table()
    assert page.bars.table.isVisible()
    assert page.bars.table.hasFocus()


# ---------------------------------------------------------------------- steps before and after
def test_a_step_that_is_not_asked_leads_to_its_neighbours(window: Window) -> None:
    opened(window, CLOTHING, "import-mode")
    foot = window.work.pane.foot
    assert foot.back.isVisible()
    assert foot.next.isVisible()
    assert foot.next.accessibleName() == "What if"
    assert foot.back.toolTip() == "Logistics"
    assert window.menus["next"].isEnabled()
    opened(window, MILK, "markets")
    assert foot.back.toolTip() == "Product"
    assert foot.next.accessibleName() == "Platforms"
    window.open_step("rule-book")
    assert not window.menus["next"].isEnabled()
    assert not window.menus["previous"].isEnabled()


# ---------------------------------------------------------------------- keys
@pytest.mark.parametrize("language", ["en", "zh"])
def test_tab_comes_by_every_question_in_its_order(window: Window, language: str) -> None:
    window.filing.new_case()
    window.model.evaluate()
    window.prefs.set_language(language)
    page: Any = window.current_page()
    asked = [name for name in page.fields if window.model.asked(name)]
    page.focus_question(asked[0])
    seen: list[str] = []
    for _ in range(4 * len(asked)):
        holder = QApplication.focusWidget()
        assert holder is not None
        name = next((name for name, field in page.fields.items() if field.isAncestorOf(holder)), "")
        if not name:
            break
        if name not in seen:
            seen.append(name)
        QTest.keyClick(holder, Qt.Key.Key_Tab)
    assert seen == asked


# ---------------------------------------------------------------------- room
@pytest.mark.parametrize("language", ["en", "zh"])
def test_name_and_badges_of_a_service_have_room_in_their_column(window: Window, language: str) -> None:
    window.prefs.set_language(language)
    page = opened(window, LIGHTING, "logistics")
    table = page.table
    columns = [column.key for column in table.table_model.columns]
    assert "·" in table.table_model.rows[0].parts[1].badge, "two badges, or this says nothing"
    for at in range(len(columns) - 1):
        assert table.columnWidth(at) >= table.sizeHintForColumn(at) - 24, columns[at]
    assert table.horizontalHeader().length() <= table.viewport().width()


# ---------------------------------------------------------------------- nothing to show
COMPARING = ("markets", "platforms", "logistics", "import-mode", "what-if", "plan")


def seen(page: Any) -> list[QWidget]:
    """Tables, charts and closed options that can be seen."""
    kinds = (DataTable, ChartView, ClosedRows, CriteriaGrid, PathLine)
    return [widget for kind in kinds for widget in page.findChildren(kind) if widget.isVisible()]


def links(page: Any) -> list[str]:
    return [link.text() for link in page.empty.links]


@pytest.mark.parametrize("step", COMPARING)
def test_nothing_is_ranked_before_the_verdict_ranks(window: Window, step: str) -> None:
    window.filing.new_case()
    window.model.set("direction", "both")
    window.model.evaluate()
    window.open_step(step)
    settle(window)
    page: Any = window.current_page()
    assert page.empty.isVisible()
    assert not seen(page)
    assert page.lead.text() == ""
    assert links(page) == ["Category", "List price"]
    assert QApplication.focusWidget() is page.empty.links[0]
    page.empty.links[1].activated.emit()
    assert window.step == "product"
    window.model.set("category", "apparel")
    window.model.set("list_price", "24.90")
    window.model.evaluate()
    window.open_step(step)
    settle(window)
    assert page.empty.isHidden()
    assert seen(page)


@pytest.mark.parametrize(
    ("example", "step", "said"),
    [
        (MILK, "markets", ("Not asked: this case is an import", "未涉及：此案例为进口")),
        (MILK, "logistics", ("Not asked: this case is an import", "未涉及：此案例为进口")),
        (MILK, "what-if", ("Not asked: this case is an import", "未涉及：此案例为进口")),
        (CLOTHING, "import-mode", ("Not asked: this case is an export", "未涉及：此案例为出口")),
    ],
)
def test_a_step_of_the_other_direction_says_so(
    window: Window, example: str, step: str, said: tuple[str, str]
) -> None:
    page = opened(window, example, step)
    assert page.empty.lead.text() == said[0]
    assert links(page) == ["Direction"]
    assert not seen(page)
    window.prefs.set_language("zh")
    settle(window)
    assert page.empty.lead.text() == said[1]


@pytest.mark.parametrize("step", ["markets", "logistics", "plan"])
def test_where_the_day_is_the_cause_the_page_leads_to_the_day(window: Window, step: str) -> None:
    asked: list[date] = []
    window.asker.day = lambda current: asked.append(current)  # type: ignore[method-assign, assignment]
    window.filing.open_example(CLOTHING)
    window.model.set_day(date(1990, 1, 1))
    window.model.evaluate()
    window.open_step(step)
    page: Any = window.current_page()
    assert page.empty.lead.text() == "Nothing can be ranked with the rules of 1 Jan 1990"
    assert links(page) == ["Choose another day"]
    assert not seen(page)
    page.empty.links[0].activated.emit()
    assert asked == [date(1990, 1, 1)]
    window.model.set_day(None)
    window.model.evaluate()
    assert page.empty.isHidden()
    assert seen(page)


def test_no_head_speaks_of_another_day_than_its_columns(window: Window) -> None:
    page = opened(window, MILK, "import-mode")
    assert page.rates_head.text() == "The report's table and today's: Infant milk powder"
    window.model.set_day(date(1990, 1, 1))
    window.model.evaluate()
    assert [column.title for column in page.rates.table_model.columns[1:3]] == ["1 Jan 1990", "8 Nov 2015"]
    assert page.rates_head.text() == "Tax rates: Infant milk powder"


@pytest.mark.parametrize(("language", "way"), [("en", ". Would open it:"), ("zh", "。可使其开放：")])
def test_a_closed_option_is_told_in_sentences(window: Window, language: str, way: str) -> None:
    window.prefs.set_language(language)
    opened(window, LIGHTING, "platforms")
    section = window.work.pane.closed
    said = " ".join(label.text() for label in section.findChildren(QLabel) if label.isVisible())
    assert way in said


# ---------------------------------------------------------------------- what is refused
def typed_into(window: Window, name: str, text: str) -> Any:
    """Types into a number field of the product page and leaves it by Enter; the field."""
    page: Any = window.current_page()
    control = page.fields[name].control
    control.line.setFocus()
    control.line.selectAll()
    QTest.keyClicks(control.line, text)
    QTest.keyClick(control.line, Qt.Key.Key_Return)
    settle(window)
    return control


@pytest.mark.parametrize(
    ("name", "text", "en", "zh"),
    [
        ("monthly_orders", "1.5", "whole numbers only, 0 to 10,000,000", "只能填整数，0 至 10,000,000"),
        ("weight_g", "1e30", "write 250 or 250 g", "请写 250 或 250 g"),
        ("list_price", "24.9 euro", "write 24.90 or 24.90 USD", "请写 24.90 或 24.90 USD"),
        ("list_price", "24.9000001", "six decimals at most", "最多六位小数"),
        ("return_rate", "250", "must be 0 to 100 %", "0 至 100 %"),
        ("dims_cm", "20 x 15", "three numbers are needed", "三个数字"),
    ],
)
def test_what_is_refused_stays_as_typed_in_every_language(
    window: Window, name: str, text: str, en: str, zh: str
) -> None:
    window.filing.new_case()
    window.model.set("direction", "export")
    control = typed_into(window, name, text)
    assert control.line.text() == text
    assert en in control.error()
    assert window.model.answer(name) is None
    window.prefs.set_language("zh")
    settle(window)
    assert control.line.text() == text
    assert zh in control.error()
    window.prefs.set_language("en")
    settle(window)
    assert control.line.text() == text
    assert en in control.error()
    assert name not in control.error()
    # an answer that is possible takes its place
    good = "20x15x10" if name == "dims_cm" else "12"
    control = typed_into(window, name, good)
    assert not control.error()
    assert window.model.answer(name) is not None


# ---------------------------------------------------------------------- beside the why panel
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("example", [CLOTHING, LIGHTING, MILK])
def test_beside_the_why_panel_nothing_of_a_page_is_cut(
    window: Window, qtbot: QtBot, example: str, language: str
) -> None:
    window.prefs.set_language(language)
    window.filing.open_example(example)
    window.model.evaluate()
    for step in window.model.flow.asked(window.model.case):
        window.open_step(step.id)
        QTest.qWait(30)
        page: Any = window.current_page()
        whole = {table: len(table.table_model.columns) for table in tables(page)}
        window.explaining.why_verdict()
        QTest.qWait(30)
        panel: Any = window.explaining.panel
        left = window.work.width() - window.work.rail.width() - panel.width()
        assert left - 1 <= page.width() <= left, step.id
        qtbot.waitUntil(lambda page=page: page.content.minimumSizeHint().width() <= page.viewport().width())
        for table in tables(page):
            assert table.horizontalHeader().length() <= table.viewport().width(), (
                step.id,
                table.accessibleName(),
            )
        window.explaining.close()
        QTest.qWait(30)
        assert {table: len(table.table_model.columns) for table in tables(page)} == whole


def tables(page: Any) -> list[DataTable]:
    return [table for table in page.findChildren(DataTable) if table.isVisible()]


def test_a_page_without_room_beside_it_is_covered(window: Window) -> None:
    opened(window, CLOTHING, "markets")
    window.resize(1200, 800)
    settle(window)
    window.explaining.why_verdict()
    settle(window)
    panel: Any = window.explaining.panel
    assert panel.geometry().left() == window.work.rail.width()
    assert window.work.inside.contentsMargins().right() == 0


def test_no_word_of_the_path_is_broken(window: Window) -> None:
    page = opened(window, CLOTHING, "plan")
    high = page.export_line.height()
    window.explaining.why_verdict()
    settle(window)
    line = page.export_line
    assert line.height() > high
    metrics = QFontMetricsF(theme().font(TYPE.option))
    for i, step in enumerate(line.steps()):
        assert max(map(metrics.horizontalAdvance, step.title.split())) <= line._box(i).width(), step.title
    # each stop answers where it is drawn
    assert [line._at(line._dot_at(i)) for i in range(len(line.steps()))] == list(range(len(line.steps())))


# ---------------------------------------------------------------------- markets
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("example", [CLOTHING, LIGHTING])
def test_all_columns_of_the_markets_have_room(window: Window, example: str, language: str) -> None:
    window.prefs.set_language(language)
    page = opened(window, example, "markets")
    assert page.table.horizontalHeader().length() <= page.table.viewport().width()
    assert [column.key for column in page.table.table_model.columns][-2:] == ["net", "score"]
    page.toggle_table()
    settle(window)
    twin = page.stack.both.table
    assert twin.isVisible()
    assert twin.horizontalHeader().length() <= twin.viewport().width()


# ---------------------------------------------------------------------- the strip of a narrow window
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_strip_leads_to_why_and_to_all_of_the_verdict(window: Window, language: str) -> None:
    window.prefs.set_language(language)
    window.resize(1024, 700)
    opened(window, CLOTHING, "platforms")
    strip, verdict = window.work.strip, window.work.strip.verdict
    assert verdict.warnings
    assert strip.why.isVisible()
    assert strip.foot.next.geometry().right() <= strip.foot.width()
    assert strip.foot.mapTo(strip, strip.foot.rect().topRight()).x() < strip.width()
    strip.show_all.setFocus()
    QTest.keyClick(strip.show_all, Qt.Key.Key_Return)
    settle(window)
    sheet: Any = window.work._sheet
    assert sheet.isVisible()
    assert sheet.geometry().bottom() < strip.y()
    said = [label.text() for label in sheet.warnings.findChildren(QLabel)]
    for warning in verdict.warnings:
        assert as_sentence(warning[window.prefs.language]) in said
    QTest.keyClick(sheet.scroll, Qt.Key.Key_Escape)
    settle(window)
    assert sheet.isHidden()
    assert QApplication.focusWidget() is strip.show_all
    QTest.keyClick(strip.show_all, Qt.Key.Key_Return)
    window.resize(1440, 900)
    settle(window)
    assert sheet.isHidden()


def test_the_why_panel_ends_above_the_strip(window: Window) -> None:
    window.resize(1024, 700)
    opened(window, CLOTHING, "platforms")
    strip = window.work.strip
    strip.why.activated.emit()
    settle(window)
    panel: Any = window.explaining.panel
    assert panel.isVisible()
    assert panel.geometry().left() == window.work.rail.width()
    assert panel.geometry().bottom() == strip.y() - 1
