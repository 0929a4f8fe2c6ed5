"""The page of What if: levers by hand and by key, charts that follow at once, words when the hand is still."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.viewmodels.why import WhySubject
from desktop.viewmodels.wording import amount
from desktop.views.charts.margin_grid import ground_of
from desktop.views.charts.sweep import apart, line_pen
from desktop.views.design import theme
from desktop.views.design.tokens import contrast
from desktop.views.pages.what_if import with_figures
from desktop.views.widgets import TextLabel
from desktop.views.window import Window

DRESS: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90", "unit_cost": "38",
    "weight_g": 250, "dims_cm": "25x20x3", "destinations": ["US", "GB", "DE"], "monthly_orders": 400,
    "company": "company",
}  # fmt: skip
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
Opener = Callable[..., Any]


@pytest.fixture
def opened(window: Window) -> Opener:
    def made(answers: dict[str, Any] = DRESS) -> Any:
        window.filing.new_case()
        for name, raw in answers.items():
            assert window.model.set(name, raw)
        window.model.evaluate()
        window.open_step("what-if")
        window.preparing.finish()
        QApplication.processEvents()
        return window.current_page()

    return made


@pytest.fixture
def page(opened: Opener) -> Any:
    return opened()


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(TextLabel) if label.isVisible())


def frame_of(page: Any) -> QRectF:
    size = page.chart.plot.size()
    frame: QRectF = page.chart._frame(QRectF(0, 0, size.width(), size.height()))
    return frame


def at_price(page: Any, price: float) -> QPoint:
    """The point of the plot above a price."""
    frame = frame_of(page)
    return QPointF(page.chart._x(frame, price), frame.center().y()).toPoint()


# ---------------------------------------------------------------------- what is seen
def test_charts_and_side_show_the_advice(page: Any, window: Window) -> None:
    advice = window.model.advice
    assert advice is not None
    first = advice.platforms.first
    assert first is not None
    assert first.quote is not None
    leader = next(line for line in page.chart.data().lines if line.first)
    assert leader.key == first.id
    assert page.chart.data().figure(leader.here) == amount(first.quote.net, "USD")
    assert page.side.isVisible()
    assert not window.work.pane.isVisible()
    assert page.side.width() >= 280
    rows = page.side.rows
    assert {name: row.field.line.text() for name, row in rows.items()} == {
        "price": "24.90", "cost": "38.00", "weight_g": "250", "returns": "0", "ads": "0", "freight": "100",
        "exchange": "6.9858",
    }  # fmt: skip
    assert {name: row.mark.kind() for name, row in rows.items()} == {
        "price": "typed", "cost": "typed", "weight_g": "typed", "returns": "default", "ads": "default",
        "freight": "rules", "exchange": "rules",
    }  # fmt: skip
    assert "not kept in the case" in page.side.tried.text()


def test_what_takes_longer_arrives_by_itself(page: Any, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.what.settled):
        pass
    assert "stays first" in page.lead.text()
    for line in page.chart.data().lines:
        assert line.name.removeprefix("≤ ") in page.even.text()
    assert page.holds.table_model.rowCount() == 9
    assert page.wins.data().bars
    assert page.said[0].text()
    assert "261 list prices in steps of 0.10 USD" in page.computed.text()
    rail = {item.step.key: item.step for item in page.window().work.rail.items()}
    assert rail["what-if"].mark == "enough"
    assert rail["what-if"].result.startswith("holds")


def test_another_step_has_the_verdict_back(page: Any, window: Window) -> None:
    window.open_step("plan")
    QApplication.processEvents()
    assert window.work.pane.isVisible()
    assert not page.side.isVisible()
    assert window.work.pane.width() == 320
    window.open_step("what-if")
    assert page.side.isVisible()
    assert page.side.foot.next.accessibleName() == "Plan"
    assert page.side.foot.back.toolTip() == "Logistics"
    page.side.foot.next.click()
    assert window.step == "plan"


def test_first_figures_are_not_grey(page: Any) -> None:
    """Grey is what was found before a move and may not hold any more."""
    page.what.finish()
    assert {label.property("tone") for label in (page.even, *page.said)} == {"text"}


# ---------------------------------------------------------------------- by hand
def test_a_slider_is_drawn_and_kept_when_it_is_let_go(page: Any, window: Window, qtbot: QtBot) -> None:
    slider = page.side.rows["price"].slider
    steps = len(window.model._done)
    y = slider.height() // 2
    QTest.mousePress(slider, LEFT, NONE, QPoint(round(slider._x()), y))
    for x in (slider.width() // 2, slider.width() // 2 + 20):
        with qtbot.waitSignal(page.what.ticked):
            QTest.mouseMove(slider, QPoint(x, y))
    moved = page.what.levers["price"].value
    assert slider.value() == moved != 2490
    assert window.model.answer("list_price") == "24.90"
    assert page.chart.data().price == moved / 100
    assert page.side.rows["price"].field.line.text() == f"{moved / 100:.2f}"
    with qtbot.waitSignal(window.model.evaluated):
        QTest.mouseRelease(slider, LEFT, NONE, QPoint(slider.width() // 2 + 20, y))
    assert float(str(window.model.answer("list_price"))) == moved / 100
    assert len(window.model._done) == steps + 1
    with qtbot.waitSignal(window.model.evaluated):
        window.menus["undo"].trigger()
    window.preparing.finish()
    assert page.chart.data().price == 24.9
    qtbot.waitUntil(lambda: slider.value() == 2490)


def test_the_handle_in_the_chart_is_the_slider(page: Any, window: Window, qtbot: QtBot) -> None:
    view = page.chart.plot.viewport()
    scale = page.chart.data().scale
    QTest.mousePress(view, LEFT, NONE, at_price(page, 24.9))
    with qtbot.waitSignal(page.what.ticked):
        QTest.mouseMove(view, at_price(page, 30.0))
    price = page.what.levers["price"].value
    assert abs(price - 3000) <= 10
    assert page.side.rows["price"].slider.value() == price
    assert page.chart.data().price == price / 100
    # the scale does not move under the hand
    assert page.chart.data().scale is scale
    assert window.model.answer("list_price") == "24.90"
    with qtbot.waitSignal(window.model.evaluated):
        QTest.mouseRelease(view, LEFT, NONE, at_price(page, 30.0))
    assert float(str(window.model.answer("list_price"))) == price / 100


def test_the_chart_is_made_once_and_fed(page: Any, qtbot: QtBot) -> None:
    canvas, drawing = page.chart.plot, page.chart.plot._drawing
    items = list(canvas.scene().items())
    page.what.begin("cost")
    for place in (4000, 4500, 5000):
        page.what.move("cost", place)
        page.what.run_tick()
    assert page.chart.plot is canvas
    assert canvas._drawing is drawing
    assert list(canvas.scene().items()) == items


def test_a_move_makes_no_words_that_nobody_sees(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page.what.finish()
    for name in ("even_rows", "sentences", "holds_rows", "back_rows"):
        monkeypatch.setattr(type(page.what.rows), name, lambda _self: pytest.fail("said during a move"))
    monkeypatch.setattr(type(page.what.charts), "wins_data", lambda _self: pytest.fail("said during a move"))
    monkeypatch.setattr(type(page.grid), "table_rows", lambda _self: pytest.fail("a table that is not shown"))
    page.what.begin("cost")
    page.what.move("cost", 4200)
    page.what.run_tick()
    assert page.said[0].property("tone") == "text3"
    assert "let go" in page.lead.text()
    page.what._dragged = ""


# ---------------------------------------------------------------------- by key
def test_arrows_move_one_step_and_with_shift_ten(page: Any, window: Window, qtbot: QtBot) -> None:
    slider = page.side.rows["price"].slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert page.what.levers["price"].value == 2500
    QTest.keyClick(slider, Qt.Key.Key_Left, SHIFT)
    assert page.what.levers["price"].value == 2400
    page.chart.setFocus()
    QTest.keyClick(page.chart, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(page.chart, Qt.Key.Key_Right)
    assert page.what.levers["price"].value == 2510
    with qtbot.waitSignal(window.model.evaluated):
        pass
    assert window.model.answer("list_price") == "25.1"


def test_a_figure_typed_on_a_handle_sets_it(page: Any, window: Window, qtbot: QtBot) -> None:
    page.chart.setFocus()
    QTest.keyClick(page.chart, "3")
    line = page.side.rows["price"].field.line
    assert line.hasFocus()
    QTest.keyClicks(line, "1.5")
    with qtbot.waitSignal(window.model.evaluated):
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert window.model.answer("list_price") == "31.5"
    assert page.side.rows["price"].slider.hasFocus()


@pytest.mark.parametrize(
    ("lever", "typed", "sentence"),
    [
        ("price", "twelve", "“twelve” is not understood: write "),
        ("price", "10..20", "“10..20” is not understood: write "),
        ("price", "-3", "List price must be 0.01 to 1,000,000"),
        ("cost", "1e400", "“1e400” is not understood: write "),
        ("weight_g", "250.5", "whole numbers only, 1 to 70,000"),
        ("weight_g", "99999999", "Weight must be 1 to 70,000"),
        ("returns", "101", "Returns must be 0 to 100"),
        ("freight", "0", "Freight must be 10 to 1,000"),
        ("exchange", "nan", "is not"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_and_the_old_value_stays(
    page: Any, window: Window, lever: str, typed: str, sentence: str
) -> None:
    before, state = window.model.case, page.what.state
    field = page.side.rows[lever].field
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, typed)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert sentence in field.message.label.text()
    assert field.message.isVisible()
    assert "\n" not in field.message.label.text()
    assert page.what.state == state
    assert window.model.case is before
    QTest.keyClick(field.line, Qt.Key.Key_Escape)


def test_an_emptied_field_takes_nothing_away(page: Any, window: Window) -> None:
    field = page.side.rows["price"].field
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClick(field.line, Qt.Key.Key_Delete)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert window.model.answer("list_price") == "24.90"
    assert field.line.text() == "24.90"


def test_up_and_down_walk_the_platforms_and_w_explains(page: Any, window: Window) -> None:
    asked: list[WhySubject] = []
    page.whyRequested.connect(asked.append)
    page.chart.setFocus()
    seen = [page.chart.current_line()]
    for key in (
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
    ):
        QTest.keyClick(page.chart, key)
        seen.append(page.chart.current_line())
        assert page.chart.read_out.isVisible()
    assert len(set(seen)) > 1
    QTest.keyClick(page.chart, Qt.Key.Key_W)
    option = window.model.advice.platforms.option(page.chart.current_line())  # type: ignore[union-attr]
    assert option is not None
    assert option.quote is not None
    assert asked[-1].value == amount(option.quote.net, "USD")


def test_what_is_tried_only_has_no_explanation_and_says_so(page: Any) -> None:
    told: list[str] = []
    page.messageRequested.connect(lambda text, _action: told.append(text))
    page.what.move("freight", 1_300_000)
    page.what.run_tick()
    assert not page.why_focused()
    assert "tried only" in told[0]


# ---------------------------------------------------------------------- markets, tables
def test_a_square_sweeps_its_market(page: Any, qtbot: QtBot) -> None:
    other = next(market for market in page.what.markets if market != page.what.market)
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Home)
    while not page.grid.current_mark().key.endswith(f"/{other}"):
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
    assert page.what.shown.market_name(other) in words(page.grid.read_out)
    row = page.grid.current_mark().row
    assert page.grid.data().text(row, page.what.markets.index(other)) in words(page.grid.read_out)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.what.market == other
    assert page.market.current() == other
    assert page.grid.data().chosen == page.what.markets.index(other)


def test_closed_and_unknown_squares_say_why(opened: Opener) -> None:
    page = opened(DRESS | {"destinations": ["RU", "BR", "US"]})
    data = page.grid.data()
    closed = [(r, c) for r, row in enumerate(data.state) for c, state in enumerate(row) if state == "closed"]
    assert closed
    for row, column in closed:
        assert data.text(row, column) == ""
        assert len(data.detail(row, column)) > 10
    without = opened({name: raw for name, raw in DRESS.items() if name != "weight_g"})
    data = without.grid.data()
    assert {state for row in data.state for state in row} <= {"unknown", "closed"}
    assert data.text(0, 0) == "?"
    for line in without.chart.data().lines:
        assert line.doubtful
        assert line.name.startswith("≤")
        assert line_pen(line).color() != theme().color("text2") or line.first


def test_every_chart_has_its_table_twin(page: Any, window: Window) -> None:
    page.what.finish()
    window.menus["table"].trigger()
    twins = [page.sweep, page.bars, page.margins, page.win_bars]
    assert all(form.is_table() for form in twins)
    sweep = page.sweep.table
    data = page.chart.data()
    at = next(k for k, price in enumerate(data.x) if abs(price - data.price) < 1e-9)
    row = next(row for row in sweep.table_model.rows if row.key == f"price-{at}")
    shown = [cell.text for cell in row.parts]
    by_name = {line.name: data.figure(line.here) for line in data.lines}
    heads = [column.title for column in sweep.table_model.columns]
    assert dict(zip(heads, shown, strict=True)) == {"List price": "24.90", **by_name, "first": data.leads(at)}
    grid = page.grid.data()
    for k, row in enumerate(page.margins.table.table_model.rows):
        assert row.parts[1].text == (grid.text(k, 0) or "×")
    # a table follows a move as its chart does
    page.what.move("price", 2600)
    page.what.run_tick()
    assert "26.00" in page.sweep.table.tsv()
    sweep.setFocus()
    QTest.keyClick(sweep, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == sweep.row_text(0)
    QTest.keyClick(sweep, Qt.Key.Key_Down)
    window.menus["copy"].trigger()
    assert QGuiApplication.clipboard().text() == sweep.row_text(1)
    assert window.menus["copy"].isEnabled()
    window.menus["table"].trigger()
    assert not any(form.is_table() for form in twins)


def test_hover_reads_out_every_platform_at_a_price(page: Any) -> None:
    view = page.chart.plot.viewport()
    QTest.mouseMove(view, at_price(page, 20.0))
    out = page.chart.read_out
    assert out.isVisible()
    text = words(out)
    assert "20.00" in text or "19.90" in text or "20.10" in text
    for line in page.chart.data().lines:
        assert line.name in text
    assert "first" in text


def test_a_cliff_is_read_out(opened: Opener) -> None:
    page = opened(DRESS | {"destinations": ["US"]})
    page.what.finish()
    marks = [cliff for cliff in page.chart.data().cliffs if cliff.key == "amazon"]
    assert [cliff.price for cliff in marks] == [15.0, 20.0]
    frame = frame_of(page)
    point = QPointF(page.chart._x(frame, 20.0), page.chart._y(frame, marks[1].left))
    mark = page.chart.nearest(point)
    assert mark.title == "Referral fee, cliff at 20.00"
    assert page.chart.data().figure(marks[1].left) in mark.line


# ---------------------------------------------------------------------- backwards
def test_another_margin_and_fixed_costs_are_worked_out(page: Any, qtbot: QtBot) -> None:
    page.what.finish()
    before = page.what.rows.back_rows()
    page.side.wanted.setFocus()
    page.side.wanted.line.selectAll()
    QTest.keyClicks(page.side.wanted.line, "30")
    with qtbot.waitSignal(page.what.settled):
        QTest.keyClick(page.side.wanted.line, Qt.Key.Key_Return)
    after = page.what.rows.back_rows()
    assert [name for name, _, _ in after]
    assert all(float(new) > float(old) for (_, new, _), (_, old, _) in zip(after, before, strict=True))
    assert page.side.back[0].figure.text() == after[0][1]
    QTest.keyClicks(page.side.fixed.line, "500")
    with qtbot.waitSignal(page.what.settled):
        QTest.keyClick(page.side.fixed.line, Qt.Key.Key_Return)
    assert page.side.orders.isVisible()
    assert page.side.orders.figure.text() == page.what.rows.orders_row()[0]


def test_a_margin_that_cannot_be_says_why(page: Any, qtbot: QtBot) -> None:
    QTest.keyClicks(page.side.wanted.line, "")
    page.side.wanted.line.selectAll()
    QTest.keyClicks(page.side.wanted.line, "99")
    with qtbot.waitSignal(page.what.settled):
        QTest.keyClick(page.side.wanted.line, Qt.Key.Key_Return)
    assert page.side.back[0].figure.text() == ""
    assert "no such price" in page.side.back[0].why.text()


def test_a_screen_reader_moves_a_lever_and_hears_its_value(page: Any, window: Window, qtbot: QtBot) -> None:
    slider = page.side.rows["price"].slider
    assert slider.accessibleDescription().startswith("24.90, ")
    with qtbot.waitSignal(window.model.evaluated):
        QAccessible.queryAccessibleInterface(slider).valueInterface().setCurrentValue(2510)
    assert window.model.answer("list_price") == "25.1"
    assert slider.accessibleDescription().startswith("25.10, ")
    # one move, one step back
    with qtbot.waitSignal(window.model.evaluated):
        window.model.undo()
    assert window.model.answer("list_price") == "24.90"
    qtbot.waitUntil(lambda: slider.value() == 2490)


# ---------------------------------------------------------------------- empty, language, size, names
def test_without_a_price_the_page_asks_for_it(opened: Opener, window: Window) -> None:
    page = opened(DRESS | {"list_price": "unknown"})
    assert page.empty.isVisible()
    assert "List price" in [link.text() for link in page.empty.links]
    assert not page.whole.isVisible()
    assert page.empty.lead.text() == "Without a list price there is nothing to move"
    assert not page.side.rows["price"].slider.isVisible()
    assert page.side.begin().isVisible()
    assert not page.side.scroll.verticalScrollBar().isVisible()
    next(link for link in page.empty.links if link.text() == "List price").activated.emit()
    assert window.step == "product"


def test_a_cost_that_is_not_given_can_be_typed_here(opened: Opener, window: Window, qtbot: QtBot) -> None:
    page = opened({name: raw for name, raw in DRESS.items() if name != "unit_cost"})
    row = page.side.rows["cost"]
    assert not row.slider.isEnabled()
    assert row.mark.kind() == "unknown"
    QTest.keyClicks(row.field.line, "38")
    with qtbot.waitSignal(window.model.evaluated):
        QTest.keyClick(row.field.line, Qt.Key.Key_Return)
    window.preparing.finish()
    assert row.slider.isEnabled()
    assert window.model.answer("unit_cost") == "38"


def test_language_changes_in_place(page: Any, window: Window) -> None:
    page.what.finish()
    figures = [figure for _, figure, _ in page.what.rows.even_rows()]
    window.prefs.set_language("zh")
    window.freezing.finish()
    page.what.finish()
    assert page.title.text() == page.step.name.zh == "试算"
    assert [figure for _, figure, _ in page.what.rows.even_rows()] == figures
    for text in (page.lead.text(), page.even.text(), page.side.tried.text(), page.computed.text()):
        assert not any(word in text for word in ("first", "price", "kept", "Computed"))
    assert "亚马逊" in page.even.text()
    assert page.side.rows["price"].name.text() == "售价（USD）"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_cut_off_at_the_least_size(opened: Opener, window: Window, language: str) -> None:
    window.prefs.set_language(language)
    window.resize(1024, 700)
    page = opened()
    page.what.finish()
    for _ in range(4):
        QApplication.processEvents()
    assert window.work.strip.isVisible()
    assert page.side.isVisible()
    assert not page.side.foot.isVisible()
    inside = page.side.scroll
    assert inside.widget().width() <= inside.viewport().width()
    for row in page.side.rows.values():
        needed = row.name.fontMetrics().horizontalAdvance(row.name.text())
        assert needed <= row.name.width() + 1, row.name.text()
    assert page.content.width() <= page.viewport().width()


def test_every_control_has_a_name_and_the_whole_page_is_walked_by_tab(page: Any, window: Window) -> None:
    page.what.finish()
    for widget in (page.chart, page.tornado, page.grid, page.holds, page.wins, page.form_switch, page.unit):
        assert widget.accessibleName(), widget
    for row in page.side.rows.values():
        assert row.slider.accessibleName()
        assert row.field.line.accessibleName()
    assert page.chart.accessibleDescription()
    wanted = [page.chart, page.tornado, page.grid, *(row.slider for row in page.side.rows.values())]
    page.focus_first()
    met = []
    for _ in range(80):
        met.append(QApplication.focusWidget())
        QTest.keyClick(met[-1], Qt.Key.Key_Tab)
    assert all(widget in met for widget in wanted)


def test_f6_goes_to_the_levers_too(page: Any, window: Window, qtbot: QtBot) -> None:
    page.focus_first()
    window.keyboard.next_pane(1)
    assert page.side.rows["price"].slider.hasFocus()
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: window.compact and window.work.strip.isVisible())
    window.keyboard.next_pane(1)
    assert window.work.strip.isAncestorOf(QApplication.focusWidget())


def test_the_narrow_rail_of_the_least_window_holds_all_its_items(page: Any, window: Window) -> None:
    for size in ((1024, 700), (1440, 900), (1024, 700)):
        window.resize(*size)
        for _ in range(4):
            QApplication.processEvents()
    items = window.work.rail.items()
    assert len(items) > 10
    for above, below in pairwise(items):
        assert above.geometry().bottom() < below.geometry().top(), below.step.key
    assert items[-1].geometry().bottom() < window.work.rail.height()


# ---------------------------------------------------------------------- drawing
@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_figures_stay_readable_on_every_square(qapp: QApplication, scheme: Any) -> None:
    theme().set_scheme(scheme)
    for percent in range(-100, 101, 5):
        assert contrast(theme().color("text").name(), ground_of(percent).name()) >= 4.5
    if scheme != "contrast":
        # gain and loss are told apart also by how bright they are
        assert contrast(ground_of(40).name(), ground_of(-40).name()) > 1.0
        assert ground_of(40) != ground_of(-40)
    theme().set_scheme("light")


def test_names_that_would_meet_are_pushed_apart_and_stay_inside() -> None:
    found = apart([100, 101, 102, 300], 16, 0, 310)
    order = sorted(found)
    assert all(b - a >= 16 for a, b in pairwise(order))
    assert apart([305, 306, 308], 16, 0, 310)[-1] <= 310
    assert apart([50.0], 16, 0, 310) == [50.0]
    assert apart([], 16, 0, 310) == []


def test_figures_in_a_sentence_are_bold_and_words_are_not_markup() -> None:
    assert with_figures("below 1,842.50 USD, or 78%.") == "below <b>1,842.50</b> USD, or <b>78%</b>."
    assert with_figures("<b> & co") == "&lt;b&gt; &amp; co"
