"""A step whose page is not there yet, opened in turns of the event loop."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.views.opening import Opening
from desktop.views.pages.base import Page
from desktop.views.pages.product import ProductPage
from desktop.views.window import Window


@pytest.fixture(autouse=True)
def in_turns(at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As users have it."""
    monkeypatch.setattr(Opening, "IN_TURNS", True)


def opened(window: Window, qtbot: QtBot, step: str) -> Page:
    qtbot.waitUntil(lambda: window.step == step and not window.opening.busy)
    page = window.current_page()
    assert page is not None
    return page


def test_the_picture_stands_until_the_step_is_open(window: Window, qtbot: QtBot) -> None:
    window.filing.new_case()
    assert window.opening.busy
    assert window.at_start
    assert not window.frame.updatesEnabled()
    page = opened(window, qtbot, "product")
    assert page.isVisible()
    qtbot.waitUntil(window.frame.updatesEnabled)
    # what is there opens at once
    window.open_step("start")
    window.open_step("product")
    assert not window.opening.busy
    assert window.step == "product"


def test_a_window_that_is_not_seen_opens_at_once(window: Window) -> None:
    window.hide()
    window.open_step("platforms")
    assert window.step == "platforms"


def test_what_is_typed_meanwhile_is_for_the_new_step(window: Window, qtbot: QtBot) -> None:
    window.ask("list_price")
    assert window.opening.busy
    handle = window.windowHandle()
    for sign in (Qt.Key.Key_4, Qt.Key.Key_2):
        QApplication.sendEvent(handle, key(sign))
    page = opened(window, qtbot, "product")
    assert isinstance(page, ProductPage)
    assert page.fields["list_price"].control.line.text() == "42"


def key(sign: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, sign, Qt.KeyboardModifier.NoModifier, chr(sign))


def test_the_last_step_that_is_asked_for_is_opened(window: Window, qtbot: QtBot) -> None:
    done: list[str] = []
    window.open_step("markets", lambda: done.append("markets"))
    QApplication.processEvents()
    window.open_step("plan", lambda: done.append("plan"))
    opened(window, qtbot, "plan")
    qtbot.waitUntil(window.frame.updatesEnabled)
    assert done == ["plan"]
    # and the other as ever
    window.open_step("markets", lambda: done.append("markets"))
    opened(window, qtbot, "markets")
    assert done == ["plan", "markets"]


def test_the_start_page_takes_the_place_of_what_is_being_opened(window: Window, qtbot: QtBot) -> None:
    window.filing.new_case()
    window.open_step("start")
    assert not window.opening.busy
    assert window.frame.updatesEnabled()
    for _ in range(20):
        QApplication.processEvents()
    assert window.at_start


def test_a_page_that_was_left_half_made_is_not_kept(window: Window, qtbot: QtBot) -> None:
    window.open_step("plan")
    opened(window, qtbot, "plan")
    before = len(window.work.pages.findChildren(ProductPage))
    window.open_step("product")
    qtbot.waitUntil(lambda: bool(window.work.pages.findChildren(ProductPage)))
    window.open_step("plan")
    qtbot.waitUntil(lambda: len(window.work.pages.findChildren(ProductPage)) == before)
    assert "product" not in window.paging.made
    assert window.step == "plan"


def test_the_next_visitor_finds_the_first_question(window: Window, qtbot: QtBot) -> None:
    window.filing.open_example("1-clothing.lanewise")
    opened(window, qtbot, "product")
    left = window.work
    window.receiving.next_visitor()
    assert window.opening.busy
    page = opened(window, qtbot, "product")
    assert isinstance(page, ProductPage)
    assert window.work is not left
    focus = window.focusWidget()
    assert focus is not None
    assert page.fields["category"].isAncestorOf(focus)
    # nothing of the one before is left behind the new page
    qtbot.waitUntil(lambda: not isValid(left))


def test_a_fact_is_shown_when_the_rule_book_is_open(window: Window, qtbot: QtBot) -> None:
    done: list[str] = []
    window.explaining.open_fact("dest.us.s301.list4a", lambda: done.append("shown"))
    assert not done
    page = opened(window, qtbot, "rule-book")
    assert page.fact() == "dest.us.s301.list4a"  # type: ignore[attr-defined]
    assert done == ["shown"]


def test_closing_the_window_leaves_nothing_under_way(window: Window, qtbot: QtBot) -> None:
    window.filing.new_case()
    window.close()
    assert not window.opening.busy


@pytest.mark.parametrize("step", ["markets", "rule-book", "what-if"])
def test_a_page_is_laid_out_ahead_in_the_size_that_it_is_seen_in(
    window: Window, qtbot: QtBot, step: str
) -> None:
    window.open_step("product")
    opened(window, qtbot, "product")
    for _ in window.paging.make_ahead(step):
        pass
    ahead = window.page(step).size()
    window.open_step(step)
    QApplication.processEvents()
    assert window.page(step).size() == ahead
