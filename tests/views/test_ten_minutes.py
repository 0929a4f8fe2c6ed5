"""Ten minutes with a visitor, by real keys; and the whole job by what a screen reader hears."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_fakes import OpenWindow

from desktop.reports.sheet.page import Canvas
from desktop.store.casefile import read_case
from desktop.viewmodels.start import START
from desktop.views.message import Asker
from desktop.views.window import Window

Key = Qt.Key
MOST_KEYS = 60
NINE = ("direction", "category", "goods_class", "list_price", "unit_cost", "weight_g", "dims_cm",
        "destinations", "monthly_orders")  # fmt: skip


class PathAsker(Asker):
    """Answers where a case is saved; nobody else is there to ask."""

    def __init__(self, path: Path) -> None:
        super().__init__(None)
        self.path = path
        self.asked: list[str] = []
        self.printed: list[int] = []
        """How many pages each paper had."""

    def save_path(self, _proposed: str) -> Path | None:
        return self.path

    def save_first(self, name: str) -> str:
        self.asked.append(name)
        return "discard"

    def printers(self) -> tuple[str, ...]:
        return ("Stand",)

    def print_pages(self, pages: Sequence[Canvas], _title: str, _printer: str) -> None:
        self.printed.append(len(pages))


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> Window:
    return open_window(PathAsker(tmp_path / "vest.lanewise"))


class Hands:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.count = 0

    def press(self, *keys: Key) -> None:
        for key in keys:
            QTest.keyClick(self._holder(), key)
            QApplication.processEvents()
            self.count += 1

    def type(self, text: str) -> None:
        for sign in text:
            QTest.keyClicks(self._holder(), sign)
            QApplication.processEvents()
            self.count += 1

    def _holder(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None, "the focus was lost"
        return found


def field_in_focus(window: Window) -> str:
    page: Any = window.current_page()
    holder = QApplication.focusWidget()
    return next((n for n, f in page.fields.items() if holder is not None and f.isAncestorOf(holder)), "")


def test_ten_minutes_take_less_than_sixty_keys(window: Window, qtbot: QtBot) -> None:
    model, hands = window.model, Hands(qtbot)
    # 0 to 1: what it is
    hands.press(Key.Key_F2)
    assert field_in_focus(window) == "category"
    assert model.answer("direction") == "export"
    # at a fair one sells abroad: taken as said, and marked as a default until somebody says so
    page: Any = window.current_page()
    assert page.fields["direction"].mark.kind() == "default"
    hands.type("vest")
    hands.press(Key.Key_Return)
    assert model.answer("category") == "apparel"
    hands.press(Key.Key_2)
    assert model.answer("goods_class") == "battery"
    assert hands.count == 7
    # 1 to 2: the third answer, and the verdict stands
    hands.type("24.9")
    with qtbot.waitSignal(model.narrowedChanged, timeout=20_000):
        hands.press(Key.Key_Return)
    assert model.answer("list_price") == "24.9"
    assert hands.count == 12
    pane = window.work.pane
    assert pane.verdict.rows
    assert all(row.band for row in pane.verdict.rows if row.rank)
    assert " to " in pane.figure.text()
    wide = {row.id: row.band for row in pane.verdict.rows if row.band}
    # 2 to 3: the rest of the nine
    assert field_in_focus(window) == "unit_cost"
    hands.type("38")
    hands.press(Key.Key_Return)
    hands.type("210")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_D)
    assert model.answer("dims_cm") == "unknown"
    hands.press(Key.Key_2, Key.Key_Return)
    hands.type("200")
    with qtbot.waitSignal(model.narrowedChanged, timeout=20_000):
        hands.press(Key.Key_Return)
    assert model.answer("destinations") == ("GB",)
    assert all(name in model.case.answers for name in NINE)
    assert hands.count == 26
    for row in pane.verdict.rows:
        if row.rank and row.band is not None:
            # the size alone is open, and what it moves is little
            assert (row.band.end - row.band.begin) < (wide[row.id].end - wide[row.id].begin)
    # 3 to 5: the visitor looks
    hands.press(Key.Key_F3)
    view = window.receiving.view
    qtbot.waitUntil(lambda: QApplication.activeWindow() is view)
    assert view.visitor.page_id == "markets"
    hands.press(Key.Key_Right)
    assert view.visitor.page_id == "platforms"
    # 5 to 7: what if it were cheaper; and other markets
    hands.press(*[Key.Key_Minus] * 6)
    assert model.case.decimal("list_price") < 24.9  # type: ignore[operator]
    hands.press(*[Key.Key_Plus] * 6)
    assert str(model.case.decimal("list_price")) in ("24.9", "24.90")
    hands.press(Key.Key_M, Key.Key_M)
    # 7 to 8: why
    hands.press(Key.Key_W, Key.Key_Down, Key.Key_Down, Key.Key_Return, Key.Key_Escape)
    hands.press(Key.Key_Right, Key.Key_Right, Key.Key_Right)
    assert view.visitor.page_id == "plan"
    # 8 to 9: the paper in hand
    hands.press(Key.Key_P)
    asker: Any = window.asker
    qtbot.waitUntil(lambda: asker.printed == [1], timeout=20_000)
    # 9 to 10: back to the desk, on the step that was left
    hands.press(Key.Key_Escape)
    assert not view.isVisible()
    assert window.step == "product"
    assert hands.count <= MOST_KEYS
    assert hands.count == 52
    assert [name for name in NINE if model.case.given(name) is None] == ["dims_cm"]
    assert asker.asked == []


def test_a_link_of_what_would_narrow_it_leads_to_its_field(window: Window, qtbot: QtBot) -> None:
    from desktop.views.widgets import LinkLabel

    model = window.model
    window.receiving.next_visitor()
    with qtbot.waitSignal(model.narrowedChanged, timeout=20_000):
        model.set("category", "apparel")
        model.set("list_price", "24.90")
    links = window.work.pane.narrowing.findChildren(LinkLabel)
    by_name = {link.text(): link for link in links}
    assert "narrows eBay by" in by_name["Weight"].accessibleName()
    assert "USD" in by_name["Weight"].accessibleName()
    window.open_step("platforms")
    by_name["Weight"].setFocus()
    QTest.keyClick(by_name["Weight"], Key.Key_Return)
    assert window.step == "product"
    assert field_in_focus(window) == "weight_g"


# ---------------------------------------------------------------------------------------------------- by names alone
PRESSED = (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton)
TYPED = (QAccessible.Role.EditableText, QAccessible.Role.ComboBox)


class Reader:
    """Finds controls as a screen reader does: by role and name below the window in front, never by a variable."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot

    def root(self) -> QAccessibleInterface:
        top = QApplication.activeWindow()
        assert top is not None
        found = QAccessible.queryAccessibleInterface(top)
        assert found is not None
        return found

    def all(self) -> Iterator[QAccessibleInterface]:
        waiting = [self.root()]
        while waiting:
            each = waiting.pop()
            state = each.state()
            if state.invisible:
                continue
            yield each
            waiting += [child for k in range(each.childCount() - 1, -1, -1) if (child := each.child(k))]

    def find(self, roles: tuple[QAccessible.Role, ...], name: str) -> QAccessibleInterface:
        heard = []
        for each in self.all():
            if each.role() in roles:
                said = each.text(QAccessible.Text.Name)
                if said == name:
                    return each
                heard.append(said)
        raise AssertionError(f"none of {roles} is called {name!r}; there are {sorted(set(heard))}")

    def press(self, name: str, done: Callable[[], bool]) -> None:
        """Presses what has a name, and waits until that has done what it is there for: a button goes down and up."""
        found = self.find(PRESSED, name)
        actions = found.actionInterface()
        assert actions is not None, f"{name!r} cannot be pressed"
        names = actions.actionNames()
        wanted = QAccessibleActionInterface.pressAction()
        toggle = QAccessibleActionInterface.toggleAction()
        assert wanted in names or toggle in names, f"{name!r} offers {names}"
        actions.doAction(wanted if wanted in names else toggle)
        self.qtbot.waitUntil(done)

    def focus(self, name: str) -> None:
        actions = self.find(TYPED, name).actionInterface()
        assert actions is not None, f"{name!r} cannot take the focus"
        actions.doAction(QAccessibleActionInterface.setFocusAction())
        QApplication.processEvents()

    def type(self, name: str, text: str) -> None:
        self.focus(name)
        holder = QApplication.focusWidget()
        assert holder is not None
        assert holder.accessibleName() == name
        QTest.keyClicks(holder, text)
        QTest.keyClick(holder, Key.Key_Return)
        QApplication.processEvents()


def test_the_whole_job_by_names_alone(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    """From the start page to a saved plan: all is found by role and name, and does only what it offers."""
    reader, model = Reader(qtbot), window.model
    assert window.step == START

    def has(name: str, kept: object) -> Callable[[], bool]:
        return lambda: model.answer(name) == kept

    reader.press("New case", lambda: window.step == "product")
    reader.press("Export", has("direction", "export"))
    reader.type("Category", "clothing")
    reader.press("Battery", has("goods_class", "battery"))
    reader.type("List price", "24.9")
    reader.type("Unit cost", "38")
    reader.type("Weight", "210")
    reader.press("Packed size: don’t know", has("dims_cm", "unknown"))
    reader.press("United Kingdom", has("destinations", ("GB",)))
    with qtbot.waitSignal(model.narrowedChanged, timeout=20_000):
        reader.type("Orders a month", "200")
    assert dict(model.case.answers) == {
        "direction": "export", "category": "apparel", "goods_class": "battery", "list_price": "24.9",
        "unit_cost": "38", "weight_g": 210, "dims_cm": "unknown", "destinations": ("GB",), "monthly_orders": 200,
    }  # fmt: skip
    for step in ("Markets", "Platforms", "Logistics", "What if", "Plan"):
        reader.press(step, lambda step=step: window.current_page().title.text() == step)  # type: ignore[misc,union-attr]
    holder = QApplication.focusWidget()
    assert holder is not None
    QTest.keyClick(holder, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    saved = read_case(tmp_path / "vest.lanewise", model.questions)
    assert saved.answers == model.case.answers
    assert not model.modified
