"""The visitor view: what it shows, its keys, and above all what it does not hold; the next visitor."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from clipping import faults, open_eye
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot
from window_fakes import OpenWindow

from desktop.core.money import major
from desktop.store.casefile import examples, read_example
from desktop.viewmodels.start import START
from desktop.viewmodels.wording import amount
from desktop.views.charts.base import ChartView
from desktop.views.design import theme
from desktop.views.visitor.rows import BarRow, LineRow
from desktop.views.visitor.view import CAPS, VisitorView
from desktop.views.window import Window

SECRET_COST, SECRET_PACKING = "41.37", "2.83"
NAME = "Nightglow vest"
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setenv("LANEWISE_HOME", str(tmp_path))
    return open_window()


def begin(window: Window, name: str = "1-clothing.lanewise", step: str = "platforms") -> VisitorView:
    """The visitor view on an example with a cost and packing of its own."""
    model = window.model
    model.replace(replace(read_example(name, model.questions), name=NAME))
    model.set("unit_cost", SECRET_COST)
    model.set("packing_cost", SECRET_PACKING)
    model.evaluate()
    window.open_step(step)
    window.receiving.show()
    QApplication.processEvents()
    return window.receiving.view


def press(
    view: VisitorView, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key where the focus is, as the system would send it."""
    holder = QApplication.focusWidget()
    target = holder if holder is not None and view.isAncestorOf(holder) else view
    QTest.keyClick(target, key, modifier)
    QApplication.processEvents()


def words(root: QWidget) -> list[str]:
    """All text that a tree of widgets holds, seen or not: labels, fields, names, tips, tables, charts, menus."""
    found: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        found += [
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.toolTip(),
            widget.whatsThis(),
        ]
        found += [widget.statusTip(), widget.windowTitle(), widget.objectName()]
        for name in ("text", "title", "placeholderText", "toPlainText", "currentText"):
            reads = getattr(widget, name, None)
            if callable(reads) and not isinstance(widget, QLabel | QLineEdit):
                said = reads()
                found += [said] if isinstance(said, str) else []
        if isinstance(widget, QLabel):
            found.append(widget.text())
        if isinstance(widget, QLineEdit):
            found += [widget.text(), widget.placeholderText()]
        if isinstance(widget, QTableView) and widget.model() is not None:
            table = widget.model()
            for row in range(table.rowCount()):
                for column in range(table.columnCount()):
                    found += [str(table.index(row, column).data(role) or "") for role in range(16)]
        if isinstance(widget, ChartView):
            twin = widget.table_rows()
            found += [*twin.headers, *(cell for line in twin.rows for cell in line)]
        if isinstance(widget, BarRow):
            row = widget.row
            found += [
                row.name,
                row.note,
                row.text,
                row.under,
                *(f"{p.name} {p.label} {p.value}" for p in row.parts),
            ]
        if isinstance(widget, LineRow):
            found += [widget.shown.name, widget.shown.calculation, widget.shown.value, *widget.shown.source]
    found += [action.text() + action.toolTip() + action.statusTip() for action in root.findChildren(QAction)]
    return [text for text in found if text]


def secrets(window: Window) -> set[str]:
    """The cost, the packing, each goods amount and each margin that any option of the advice has."""
    advice = window.model.advice
    assert advice is not None
    hidden = {SECRET_COST, SECRET_PACKING}
    for ranking in (advice.platforms, advice.markets, advice.import_modes):
        for option in ranking.options:
            quote = option.quote
            if quote is None:
                continue
            for line in quote.lines:
                if line.series == "goods" and line.amount:
                    hidden |= {amount(line.amount, quote.currency), f"{major(line.amount, quote.currency)}"}
            goods, _ = quote.of_series("goods")
            if quote.lane.get("mode") == "general-trade":
                hidden |= {amount(quote.price, quote.currency), amount(quote.cost, quote.currency)}
            if goods:
                hidden |= {amount(goods, quote.currency), amount(quote.net, quote.currency)}
                hidden |= {f"{quote.percent}%"}
    return hidden


def figures(text: str) -> set[str]:
    return set(re.findall(r"[−-]?[\d,]+\.\d+%?", text)) | set(re.findall(r"[\d,]+\.\d+%?", text))


def assert_nothing_secret(window: Window) -> None:
    hidden = secrets(window)
    labels = {
        window.model.questions[name].label[lang]
        for name in ("unit_cost", "packing_cost")
        for lang in ("en", "zh")
    }
    for text in words(window.receiving.view):
        assert not figures(text) & hidden, text
        assert not any(label in text for label in labels), text
        assert "other-client" not in text
        assert ".lanewise" not in text


# ---------------------------------------------------------------------- nothing secret
@pytest.mark.parametrize("name", examples())
def test_nothing_in_the_tree_gives_cost_or_margin_away(window: Window, tmp_path: Path, name: str) -> None:
    window.prefs.add_recent(str(tmp_path / "other-client.lanewise"))
    view = begin(window, name)
    assert secrets(window) > {SECRET_COST, SECRET_PACKING}
    for language in ("en", "zh"):
        window.prefs.set_language(language)
        for page in view.visitor.pages():
            view.visitor.go_to(page)
            assert view.title.text()
            assert_nothing_secret(window)
            for number in range(1, 5):
                key = view.visitor.nth(number)
                for show in (view.show_detail, view.show_why):
                    show(key)
                    for line in view.findChildren(LineRow):
                        line.click()
                    assert_nothing_secret(window)
                    view.close_open()


def test_the_parts_and_what_stays_are_the_whole_price(window: Window) -> None:
    begin(window)
    advice = window.model.advice
    assert advice is not None
    page = window.receiving.view.visitor.page()
    assert [row.key for row in page.rows] == [option.id for option in advice.platforms.ranked]
    for row, option in zip(page.rows, advice.platforms.ranked, strict=True):
        assert option.quote is not None
        assert sum(part.value for part in row.parts if part.value is not None) == major(
            option.quote.price, option.quote.currency
        )
        goods, _ = option.quote.of_series("goods")
        assert row.parts[-1].value == major(option.quote.net + goods, option.quote.currency)


def test_a_reason_that_names_a_margin_is_not_shown(window: Window) -> None:
    view = begin(window)
    view.show_detail("amazon")
    shown = " ".join(line.shown.name for line in view.findChildren(LineRow))
    assert "is left of each order" not in shown
    assert "Selling on it" in shown


def test_closed_it_holds_no_word_of_the_case(window: Window) -> None:
    view = begin(window)
    view.show_why("ebay")
    press(view, KEY.Key_Escape)
    press(view, KEY.Key_Escape)
    assert view.isHidden()
    left = " ".join(words(view))
    assert NAME not in left
    assert "eBay" not in left
    assert not figures(left)


# ---------------------------------------------------------------------- keys
def test_every_key_of_the_foot(window: Window, qtbot: QtBot) -> None:
    view = begin(window, step="markets")
    model = window.model
    order = ("markets", "platforms", "logistics", "what-if", "plan")
    for page in order[1:]:
        press(view, KEY.Key_Right)
        assert view.visitor.page_id == page
        assert view.isAncestorOf(QApplication.focusWidget())
    for page in reversed(order[:-1]):
        press(view, KEY.Key_Left)
        assert view.visitor.page_id == page
    press(view, KEY.Key_Right)
    for key, modifier, price in (
        (KEY.Key_Minus, Qt.KeyboardModifier.NoModifier, "24.8"),
        (KEY.Key_Plus, Qt.KeyboardModifier.NoModifier, "24.9"),
        (KEY.Key_Plus, SHIFT, "25.9"),
        (KEY.Key_Underscore, SHIFT, "24.9"),
        (KEY.Key_Equal, Qt.KeyboardModifier.NoModifier, "25"),
    ):
        with qtbot.waitSignal(model.evaluated):
            press(view, key, modifier)
        assert float(str(model.answer("list_price"))) == float(price)
        assert f"{float(price):.2f} USD" in view.price.text()
        assert view._rows[0].row.parts
    with qtbot.waitSignal(model.evaluated):
        press(view, KEY.Key_Z)
    assert float(str(model.answer("list_price"))) == 24.9
    place, first = view.place.text(), view.visitor.market
    press(view, KEY.Key_M)
    assert view.visitor.market != first
    qtbot.waitUntil(lambda: view.place.text() != place)
    for _ in range(len(view.visitor._markets()) - 1):
        press(view, KEY.Key_M)
    assert view.visitor.market == first
    qtbot.waitUntil(lambda: not view.visitor.working)
    press(view, KEY.Key_3)
    assert view.title.text() == window.model.advice.platforms.ranked[2].name.en  # type: ignore[union-attr]
    press(view, KEY.Key_Escape)
    press(view, KEY.Key_W)
    assert "What stays" in view.title.text()
    assert view.isActiveWindow()
    press(view, KEY.Key_Down)
    press(view, KEY.Key_Down)
    press(view, KEY.Key_Return)
    line = QApplication.focusWidget()
    assert isinstance(line, LineRow)
    assert line.source.isVisible()
    press(view, KEY.Key_W)
    assert view._open is None
    press(view, KEY.Key_L)
    assert window.prefs.language == "zh"
    assert "首" in view.title.text()
    press(view, KEY.Key_L)
    press(view, KEY.Key_B)
    assert view.blank.isVisible()
    press(view, KEY.Key_W)
    assert view.blank.isHidden()
    assert view._open is None
    press(view, KEY.Key_H)
    assert view.help.isVisible()
    press(view, KEY.Key_Escape)
    assert view.help.isHidden()
    press(view, KEY.Key_Escape)
    assert view.isHidden()
    assert window.step == "markets"


def test_f3_opens_and_closes_it_and_the_start_page_has_none(window: Window) -> None:
    assert window.step == START
    assert not window.menus["visitor"].isEnabled()
    window.receiving.show()
    assert window.receiving.made is None
    view = begin(window)
    assert view.windowState() & Qt.WindowState.WindowFullScreen
    assert window.menus["visitor"].shortcut().toString() == "F3"
    press(view, KEY.Key_F3)
    assert view.isHidden()
    window.tools.visitor.click()
    assert view.isVisible()


def test_it_is_named_and_each_stop_has_the_ring(window: Window) -> None:
    view = begin(window)
    assert view.accessibleName() == "Visitor view"
    assert set(view.keys) == set(CAPS)
    for widget in view.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName(), widget
            assert widget.property("focusRing") is not None, widget
    row = view._rows[0]
    assert row.accessibleName() == "1 eBay"
    assert "Stays for goods and profit" in row.accessibleDescription()


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900), (1920, 1080)])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_words_above_the_bars_never_touch(window: Window, size: tuple[int, int], language: str) -> None:
    window.prefs.set_language(language)
    view = begin(window, "2-lighting.lanewise")
    view.setWindowState(Qt.WindowState.WindowNoState)
    view.resize(*size)
    for page in ("markets", "platforms", "what-if"):
        view.visitor.go_to(page)
        QApplication.processEvents()
        edge = 0.0
        for _, left, wide in view.heads.places():
            assert left >= edge
            edge = left + wide
        assert edge <= view.heads.width() + 1


def test_a_case_without_the_first_answers_says_what_is_open(window: Window) -> None:
    window.filing.new_case()
    window.model.evaluate()
    window.receiving.show()
    assert window.receiving.view.title.text() == "Three answers and the ranking appears."
    assert "List price" in window.receiving.view.lead.text()


# ---------------------------------------------------------------------- the next visitor
def test_the_next_visitor_finds_nothing_of_the_last(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    view = begin(window)
    window.receiving.leave()
    window.model.set("list_price", "31.73")
    window.model.evaluate()
    for step in (
        "product",
        "markets",
        "platforms",
        "logistics",
        "what-if",
        "plan",
        "catalogue",
        "calculators",
    ):
        window.open_step(step)
    window.open_step("platforms")
    window.explaining.why()
    window.model.save(tmp_path / "fair-visitor-7.lanewise")
    window.prefs.add_recent(str(tmp_path / "fair-visitor-7.lanewise"))
    window.start.show_recent()
    window.model.set("monthly_orders", 4711)
    window.receiving.show()
    asked: list[str] = []
    window.asker.save_first = lambda name: asked.append(name) or "cancel"  # type: ignore[method-assign,func-returns-value]
    press(view, KEY.Key_F2)
    qtbot.waitUntil(lambda: window.model.advice is not None)
    assert view.isHidden()
    assert not asked, "what has a file is saved without a question"
    assert '"monthly_orders": 4711' in (tmp_path / "fair-visitor-7.lanewise").read_text("utf-8")
    assert window.step == "product"
    assert window.model.answer("direction") == "export"
    assert not window.model.undo_name
    assert not window.model.redo_name
    page = window.current_page()
    assert page.fields["category"].isAncestorOf(QApplication.focusWidget())  # type: ignore[union-attr]
    last = (
        SECRET_COST,
        SECRET_PACKING,
        "31.73",
        "4711",
        "4,711",
        "Nightglow",
        "fair-visitor-7",
        "25x20x3",
        "25 × 20",
    )
    for text in words(window):
        assert not any(typed in text for typed in last), text


def test_the_recents_come_back_with_the_start_page(window: Window, tmp_path: Path) -> None:
    window.prefs.add_recent(str(tmp_path / "other-client.lanewise"))
    assert "other-client" in " ".join(words(window))
    begin(window)
    assert "other-client" not in " ".join(words(window))
    window.receiving.leave()
    assert window.menus.menus["recent"].isEnabled()
    window.receiving.next_visitor()
    assert not window.menus.menus["recent"].isEnabled()
    window.filing.close_case()
    assert window.menus.menus["recent"].isEnabled()
    assert "other-client" in " ".join(words(window.start))


def test_a_case_without_a_file_is_asked_about(window: Window) -> None:
    view = begin(window)
    window.asker.save_first = lambda _name: "cancel"  # type: ignore[method-assign]
    press(view, KEY.Key_F2)
    assert window.model.answer("unit_cost") == SECRET_COST
    window.asker.save_first = lambda _name: "discard"  # type: ignore[method-assign]
    window.receiving.next_visitor()
    assert window.model.answer("unit_cost") is None
    # the pages are made anew and work as before
    for step in ("product", "platforms", "plan"):
        window.open_step(step)
        QApplication.processEvents()


def test_one_visitor_after_the_other_from_the_field_itself(window: Window, qtbot: QtBot) -> None:
    """The field in focus goes with its page; what was typed in it and not yet kept goes too."""
    window.receiving.next_visitor()
    for _ in range(2):
        QTest.keyClicks(QApplication.focusWidget(), "vest")
        QTest.keyClick(window, KEY.Key_F2)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: window.current_page() is not None)
        page = window.current_page()
        assert page.fields["category"].isAncestorOf(QApplication.focusWidget())  # type: ignore[union-attr]
        assert "vest" not in " ".join(words(page))  # type: ignore[arg-type]
    assert window.model.answer("category") is None


# ---------------------------------------------------------------------- large text in a small window
def place(widget: QWidget, view: QWidget) -> QRect:
    return QRect(widget.mapTo(view, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("size", [150, 200])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_large_text_in_a_small_window_leaves_the_room_to_the_verdict(
    window: Window, qapp: QApplication, language: str, size: int
) -> None:
    theme().apply(qapp, "light")
    window.prefs.set_language(language)
    window.prefs.set_text_size(size)
    try:
        view = begin(window)
        view.showNormal()
        view.resize(1024, 700)
        for _ in range(3):
            QApplication.processEvents()
        assert theme().text_scale == size / 100
        # the keys give way to one line, and those that stay are named
        shown = [key for key in view.keys.values() if key.isVisible()]
        assert len({place(key, view).center().y() for key in shown}) == 1
        assert {view.keys["help"], view.keys["leave"], view.keys["next"], view.keys["why"]} <= set(shown)
        assert view.keys["blank"] not in shown
        press(view, KEY.Key_B)
        assert view.blank.isVisible()
        press(view, KEY.Key_B)
        # head, steps, verdict and the first rows, whole and one below the other
        for above, below in ((view.product, view.steps), (view.price, view.steps), (view.steps, view.title),
                             (view.title, view.lead), (view.lead, view.heads)):  # fmt: skip
            assert place(above, view).bottom() < place(below, view).top() + 2, (above, below)
        seen = place(view.ranking.viewport(), view)
        rows = [row for row in view._rows if seen.contains(place(row, view))]
        assert len(rows) >= 3
        with open_eye() as eye:
            view.grab()
        written = {(each.widget, each.text) for each in eye.written}
        for row in rows:
            assert (row, row.row.parts[-1].label) in written
            assert (row, row.row.note) in written
        assert faults(view) == []
        press(view, KEY.Key_H)
        assert view.help.isVisible()
        assert faults(view.help) == []
        assert view.help.verticalScrollBar().maximum() == 0
        view.resize(800, 560)
        QApplication.processEvents()
        assert faults(view.help) == []
        if size == 200:
            press(view, KEY.Key_Down)
            assert view.help.verticalScrollBar().value() > 0
    finally:
        window.prefs.set_text_size(100)
        window.prefs.set_language("en")
        theme().set_text_scale(1.0)


def test_at_the_design_size_every_key_stands_at_the_foot(window: Window, qapp: QApplication) -> None:
    theme().apply(qapp, "light")
    view = begin(window)
    view.showNormal()
    view.resize(1024, 700)
    QApplication.processEvents()
    assert all(key.isVisible() for key in view.keys.values())


def test_without_category_and_price_the_visitor_reads_of_no_plan_as_the_desk_does(window: Window) -> None:
    view = begin(window, step="plan")
    assert len(view.visitor.page().rows) > 3
    for name in ("category", "list_price"):
        window.model.set(name, "unknown")
    window.model.evaluate()
    page = view.visitor.page()
    assert page.id == "plan"
    assert not page.rows
    assert page.title == "There is no plan yet."
    assert page.lead == "Still to answer at the desk: Category, List price."
    assert view.visitor.nth(1) == ""
    window.prefs.set_language("zh")
    assert view.visitor.page().title == "暂无方案。"
    assert "类目" in view.visitor.page().lead
