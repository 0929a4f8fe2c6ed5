"""The whole way through the program by keyboard alone, on the real rules; and every page on every example."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.casefile import examples, read_example
from desktop.viewmodels import platforms as platforms_vm
from desktop.viewmodels.case_model import REPORT_DAY
from desktop.viewmodels.start import START
from desktop.viewmodels.why import WhySubject
from desktop.views.paging import PAGES
from desktop.views.window import Window
from tests.conftest import TODAY

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYS = {"product": "1", "markets": "2", "platforms": "3", "logistics": "4", "import-mode": "5",
        "what-if": "6", "plan": "7"}  # fmt: skip


def focus() -> QWidget:
    """The widget in focus; losing the focus is a fault."""
    found = QApplication.focusWidget()
    assert found is not None, "the focus was lost"
    return found


def press(key: Any, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifier)
    QApplication.processEvents()


def typed(text: str) -> None:
    QTest.keyClicks(focus(), text)
    press(Qt.Key.Key_Return)


def until_asked(window: Window, name: str) -> None:
    """Tab on until the field of a question has the focus."""
    page: Any = window.current_page()
    field = page.fields[name]
    for _ in range(160):
        if field.isAncestorOf(focus()) or focus() is field:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_from_a_product_to_a_plan_without_a_mouse(window: Window, qtbot: QtBot) -> None:
    model = window.model
    assert window.step == START
    press(Qt.Key.Key_N, CTRL)
    assert window.step == "product"
    until_asked(window, "direction")
    press(Qt.Key.Key_1)
    assert model.answer("direction") == "export"
    for name, text, kept in (
        ("category", "clothing", "apparel"),
        ("list_price", "24.95", "24.95"),
        ("unit_cost", "38", "38"),
        ("weight_g", "250", 250),
    ):
        until_asked(window, name)
        typed(text)
        assert model.answer(name) == kept, name
    qtbot.waitUntil(lambda: model.advice is not None and model.advice.platforms.first is not None)
    for step, key in KEYS.items():
        press(getattr(Qt.Key, f"Key_{key}"), CTRL)
        assert window.step == step
        focus()
    press(Qt.Key.Key_3, CTRL)
    before = focus()
    press(Qt.Key.Key_I, CTRL)
    panel: Any = window.explaining.panel
    assert panel is not None
    assert panel.isVisible()
    first = focus()
    press(Qt.Key.Key_Down)
    assert focus() is not first
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert focus() is before
    press(Qt.Key.Key_L, CTRL | SHIFT)
    assert window.prefs.language == "zh"
    assert window.step == "platforms"
    press(Qt.Key.Key_L, CTRL | SHIFT)
    press(Qt.Key.Key_1, CTRL)
    until_asked(window, "direction")
    press(Qt.Key.Key_Z, CTRL)
    assert model.answer("weight_g") is None


@pytest.mark.parametrize("day", [REPORT_DAY, TODAY])
@pytest.mark.parametrize("name", examples())
def test_every_page_shows_every_example_in_both_languages(window: Window, name: str, day: date) -> None:
    model = window.model
    model.replace(read_example(name, model.questions).on(day))
    model.evaluate()
    for language in ("en", "zh"):
        window.prefs.set_language(language)
        for step in PAGES:
            window.open_step(step)
            page = window.current_page()
            assert page is not None, step
            assert page.title.text() == page.name[language]
            QApplication.processEvents()


def test_the_bars_show_the_figures_of_the_advice(window: Window) -> None:
    model = window.model
    model.replace(read_example("1-clothing.lanewise", model.questions))
    model.evaluate()
    window.open_step("platforms")
    page: Any = window.current_page()
    rows = page.chart.data().rows
    assert model.advice is not None
    assert [row.key for row in rows] == [option.id for option in model.advice.platforms.ranked]
    for row, option in zip(rows, model.advice.platforms.ranked, strict=True):
        assert option.quote is not None
        shown = sum(segment.value for segment in row.segments if segment.value is not None)
        assert shown == page.chart.data().price
        assert row.figure == platforms_vm.amount(option.quote.net, option.quote.currency)
        assert bool(row.note) is not option.quote.complete


def test_why_answers_for_every_ranked_and_closed_option(window: Window, qtbot: QtBot) -> None:
    model = window.model
    model.replace(read_example("2-lighting.lanewise", model.questions).on(REPORT_DAY))
    model.evaluate()
    for step, choice in (("platforms", "platforms"), ("logistics", "logistics")):
        window.open_step(step)
        page: Any = window.current_page()
        assert model.advice is not None
        for option in model.advice.ranking(choice).options:
            with qtbot.waitSignal(page.whyRequested) as asked:
                page._ask_why(option.id)
            subject = asked.args[0]
            assert isinstance(subject, WhySubject)
            assert subject.title.zh
            assert subject.rows
            for row in subject.rows:
                assert row.name.en
                assert row.name.zh


def test_an_empty_case_says_what_to_do(window: Window) -> None:
    window.filing.new_case()
    window.model.evaluate()
    for step in PAGES:
        window.open_step(step)
        assert window.current_page() is not None
