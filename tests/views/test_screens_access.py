"""Every screen by name and by key: what a screen reader finds, what it is told, and that Tab comes everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLineEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from walking import Walk, visible, walking, words_of

from desktop.views.charts.base import ChartView
from desktop.views.design import access, theme
from desktop.views.design.focus import ring_target
from desktop.views.widgets import ChipGroup, LinkLabel, Segmented
from desktop.views.widgets.rail import RailItem

ROLE, TEXT = QAccessible.Role, QAccessible.Text
NO_ROLE = (ROLE.Client, ROLE.NoRole, ROLE.Border, ROLE.StaticText, ROLE.Pane)
"""What Qt says of a widget that it does not know, or of mere text."""
OWN_NAME = (QComboBox, QAbstractItemView, QAbstractSlider, QLineEdit, ChartView)
"""Qt would name these after their content, or not at all."""
STEPS = ("product", "markets", "platforms", "logistics", "import-mode", "what-if", "plan",
         "catalogue", "changes", "calculators", "rule-book", "coverage")  # fmt: skip
MOST_STOPS = 240


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


@pytest.fixture
def walk(qapp: QApplication, tmp_path: Path) -> Iterator[Walk]:
    with walking(tmp_path, lambda _place, _shown: None) as made:
        yield made


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def stops(shown: QWidget) -> list[QWidget]:
    """What takes the focus by the Tab key."""
    return [
        w for w in visible(shown)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isEnabled() and w.focusProxy() is None
    ]  # fmt: skip


def unnamed(widget: QWidget) -> list[str]:
    """What is missing for someone who hears the widget only."""
    found, said = interface(widget), words_of(widget)
    faults = []
    if not found.text(TEXT.Name).strip():
        faults.append(f"{said} has no name")
    if isinstance(widget, OWN_NAME) and not widget.accessibleName().strip():
        faults.append(f"{said} has no name of its own")
    if found.role() in NO_ROLE and not _reads(widget):
        faults.append(f"{said} is {found.role().name}")
    if not found.state().focusable:
        faults.append(f"{said} cannot take the focus")
    if isinstance(widget, ChartView) and (
        len(widget.accessibleDescription()) < 12 or found.role() != ROLE.Chart
    ):
        faults.append(f"{said} is not described")
    if isinstance(widget, QTableView) and not isinstance(widget.parent(), QCalendarWidget):
        model = widget.model()
        heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
        if not any(heads):
            faults.append(f"{said} has no heads")
    if isinstance(widget, Segmented | QComboBox | RailItem) and found.text(TEXT.Value) not in _words(widget):
        faults.append(f"{said} does not say what is chosen")
    return faults


def _reads(widget: QWidget) -> bool:
    """A text to be read is static text by right."""
    return type(widget).__name__ == "GuideText"


def _words(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.accessibleDescription() if not isinstance(widget, RailItem) else widget.step.result


def test_everything_that_takes_the_focus_has_name_role_value(qapp: QApplication, tmp_path: Path) -> None:
    found: dict[str, str] = {}
    seen: set[str] = set()

    def look(place: str, shown: QWidget) -> None:
        for widget in stops(shown):
            seen.add(type(widget).__name__)
            for fault in unnamed(widget):
                found.setdefault(fault, place)

    with walking(tmp_path, look) as walk:
        for language in ("en", "zh"):
            walk.prefs.set_language(language)
            walk.round(language, ("_small",))
    assert len(seen) > 30
    assert not found, "\n".join(f"{place}: {fault}" for fault, place in found.items())


def test_a_name_alone_is_enough_to_go_from_start_to_plan(walk: Walk, qtbot: QtBot) -> None:
    """As a screen reader does it: by names and actions of the accessibility tree, no key and no mouse."""
    window = walk.window

    def press(name: str, role: QAccessible.Role) -> None:
        walk._settle()
        target = named(interface(window), name, role)
        action = target.actionInterface()
        assert action is not None, name
        assert access.PRESS in action.actionNames(), (name, action.actionNames())
        action.doAction(access.PRESS)
        walk._settle()

    press("Cotton dress", ROLE.Button)
    assert window.step == "product"
    press("Platforms", ROLE.PageTab)
    assert window.step == "platforms"
    assert named(interface(window), "Platforms", ROLE.PageTab).state().selected
    press("Logistics", ROLE.Button)
    # Qt's own buttons show for a moment that they are pressed
    qtbot.waitUntil(lambda: window.step == "logistics")
    press("Product", ROLE.PageTab)
    press("Both", ROLE.RadioButton)
    assert walk.model.answer("direction") == "both"
    assert named(interface(window), "Both", ROLE.RadioButton).state().checked
    press("Plan", ROLE.PageTab)
    chart = named(interface(window), "From the list price to the net margin", ROLE.Chart)
    assert chart.text(TEXT.Description)


def named(at: QAccessibleInterface, name: str, role: QAccessible.Role) -> QAccessibleInterface:
    found = find(at, name, role)
    assert found is not None, f"nothing is named {name} with the role {role.name}"
    return found


def find(at: QAccessibleInterface, name: str, role: QAccessible.Role) -> QAccessibleInterface | None:
    thing = at.object()
    seen = not isinstance(thing, QWidget) or thing.isVisible()
    if at.role() == role and at.text(TEXT.Name) == name and seen:
        return at
    for number in range(at.childCount()):
        child = at.child(number)
        found = find(child, name, role) if child is not None else None
        if found is not None:
            return found
    return None


def test_a_chart_says_the_mark_the_keys_stand_on(walk: Walk) -> None:
    walk._open("1-clothing.lanewise")
    walk._step("platforms")
    page: Any = walk.window.current_page()
    chart = page.chart
    chart.setFocus()
    assert interface(chart).text(TEXT.Value) == ""
    QTest.keyClick(chart, Qt.Key.Key_Right)
    first = interface(chart).text(TEXT.Value)
    assert first == chart.current_mark().spoken()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert interface(chart).text(TEXT.Value) not in ("", first)


# ---------------------------------------------------------------------- said aloud
@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All announcements while a screen reader is there."""
    said: list[str] = []

    class Listening(QAccessible):
        @staticmethod
        def updateAccessibility(event: object) -> None:
            if hasattr(event, "message"):
                said.append(event.message())

        @staticmethod
        def isActive() -> bool:
            return True

    monkeypatch.setattr(access, "QAccessible", Listening)
    return said


def test_a_verdict_is_said_when_it_is_another_and_only_then(walk: Walk, heard: list[str]) -> None:
    window, model = walk.window, walk.model
    window.filing.new_case()
    for name, value in (("direction", "export"), ("category", "apparel"), ("list_price", "24.90")):
        model.set(name, value)
    model.evaluate()
    walk._settle()
    assert heard[-1].startswith("Verdict, ")
    assert "24.90" in heard[-1]
    count = len(heard)
    model.evaluate()
    walk._settle()
    window.open_step("markets")
    assert len(heard) == count, "the same verdict is not said again"
    model.set("list_price", "80")
    model.evaluate()
    walk._settle()
    assert "80" in heard[-1]
    walk.prefs.set_language("zh")
    window.freezing.finish()
    assert heard[-1].startswith("结论，")


def test_a_toast_is_said(walk: Walk, heard: list[str]) -> None:
    walk.window.toast.show_message("Done that", "Undo")
    assert heard == ["Done that Undo"]


def test_nothing_is_said_where_nobody_listens(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Deaf(QAccessible):
        @staticmethod
        def isActive() -> bool:
            return False

        @staticmethod
        def updateAccessibility(event: object) -> None:
            raise AssertionError(event)

    monkeypatch.setattr(access, "QAccessible", Deaf)
    walk.window.toast.show_message("Done", "")


# ---------------------------------------------------------------------- by key alone
def whole_round(window: QWidget, seen_ring: set[str]) -> tuple[list[QWidget], list[str]]:
    """Tab until it comes back to where it began: what had the focus, and where none was seen."""
    order: list[QWidget] = []
    faults: list[str] = []
    before, holder = None, QApplication.focusWidget()
    for _ in range(MOST_STOPS):
        if holder is None:
            faults.append(f"the focus is lost after {words_of(order[-1]) if order else 'the start'}")
            break
        if holder in order:
            break
        order.append(holder)
        kind = type(holder).__name__
        picture = window.grab().toImage()
        if before is not None and kind not in seen_ring and not differs(holder, window, before, picture):
            faults.append(f"{words_of(holder)} does not show that it has the focus")
        if before is not None:
            seen_ring.add(kind)
        before = picture
        was = holder
        QTest.keyClick(holder, Qt.Key.Key_Tab)
        QApplication.processEvents()
        holder = QApplication.focusWidget()
        if holder is was and isinstance(was, QWidget) and len(order) > 1:
            faults.append(f"{words_of(was)} does not let Tab go on")
            break
    else:
        faults.append("Tab never comes back")
    return order, faults


def differs(holder: QWidget, window: QWidget, before: QImage, after: QImage) -> bool:
    """Whether the pixels in and around a widget changed when it got the focus."""
    target = ring_target(holder) or holder
    box = QRect(target.mapTo(window, QPoint(0, 0)), target.size()).adjusted(-4, -4, 4, 4)
    return before.copy(box) != after.copy(box)


@pytest.mark.parametrize("step", STEPS)
def test_tab_comes_everywhere_and_home_again_and_is_seen(walk: Walk, qtbot: QtBot, step: str) -> None:
    window = walk.window
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    walk._open("3-milk-powder.lanewise" if step == "import-mode" else "1-clothing.lanewise")
    walk._step(step)
    page: Any = window.current_page()
    if hasattr(page, "finish"):
        page.finish()
    if step == "what-if":
        page.what.finish()
    walk._settle()
    assert QApplication.focusWidget() is not None
    order, faults = whole_round(window, set())
    missed = [words_of(w) for w in stops(window) if w not in order and not _inside(w, order)]
    assert not missed, missed
    assert not faults, faults


def _inside(widget: QWidget, order: list[QWidget]) -> bool:
    """One of a group that the arrow keys walk, a part of one widget, or what scrolled away with its list."""
    return any(each.isAncestorOf(widget) or widget.isAncestorOf(each) for each in order)


def test_chips_rail_and_switch_are_one_stop_with_arrows_inside(walk: Walk) -> None:
    walk._open("1-clothing.lanewise")
    walk._step("product")
    window = walk.window
    for group in window.findChildren(ChipGroup):
        if group.isVisible():
            tab = [c for c in group.chips() if c.focusPolicy() & Qt.FocusPolicy.TabFocus]
            assert len(tab) == 1
            tab[0].setFocus()
            QTest.keyClick(tab[0], Qt.Key.Key_Right)
            assert QApplication.focusWidget() in group.chips()
    items = window.work.rail.items()
    assert sum(bool(i.focusPolicy() & Qt.FocusPolicy.TabFocus) for i in items) == 1
    assert all(isinstance(link, LinkLabel) for link in window.findChildren(LinkLabel))
