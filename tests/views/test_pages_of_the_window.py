"""The pages in the real window, on the real rules: what stays and what goes when the case or the window changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.store import rulebook
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views.design import theme
from desktop.views.window import Window

TODAY = date(2026, 11, 24)
CLOTHING, LIGHTING, MILK = "1-clothing.lanewise", "2-lighting.lanewise", "3-milk-powder.lanewise"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    theme().apply(qapp, "light")
    prefs = Preferences(str(tmp_path / "settings.ini"))
    prefs.set_language("en")
    made = Window(CaseModel(rulebook.load(), TODAY), prefs)
    made.asker.save_first = lambda _name: "discard"  # type: ignore[method-assign]
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    prefs.set_language("en")
    QLocale.setDefault(QLocale("en"))


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def opened(window: Window, example: str, step: str) -> Any:
    """An example on a step, evaluated; its page."""
    window.open_example(example)
    window.model.evaluate()
    window.open_step(step)
    settle()
    return window.current_page()


# ---------------------------------------------------------------------- another case
def test_a_comparison_begun_for_one_case_is_not_shown_for_the_next(window: Window) -> None:
    window.open_example(MILK)
    window.model.evaluate()
    window.open_step("import-mode")
    page: Any = window.current_page()
    assert page._later.isActive()
    # at once, before the other day is evaluated
    window.open_example(CLOTHING)
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
    settle()
    assert page.table.current_key() == kept
    page = opened(window, LIGHTING, "logistics")
    assert page.table.current_key() == page.table.table_model.rows[0].key
    page = opened(window, CLOTHING, "markets")
    page.table.setCurrentIndex(page.table.table_model.index(1, 0))
    settle()
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
    settle()
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
    assert foot.next.accessibleName() == "Plan"
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
    window.new_case()
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
    assert [row.parts[1].badge.count("·") for row in table.table_model.rows[:2]] == [2, 0]
    for at in range(len(columns) - 1):
        assert table.columnWidth(at) >= table.sizeHintForColumn(at) - 24, columns[at]
    assert table.horizontalHeader().length() <= table.viewport().width()
