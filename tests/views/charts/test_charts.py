"""Charts: table twin, keys, hover, labels, loss and unknown."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.viewmodels.series.bars import Bar, BarsData
from desktop.viewmodels.series.dots import DotsData, DotsRow
from desktop.viewmodels.series.ranges import RangeData, RangePoint
from desktop.viewmodels.series.stack import Segment, StackData, StackRow
from desktop.viewmodels.series.waterfall import WaterfallData, WaterfallStep
from desktop.views.charts.bars import BarsChart
from desktop.views.charts.base import ChartOrTable, ChartView, axis_steps
from desktop.views.charts.dots import DotsChart
from desktop.views.charts.scatter import RangeChart, frontier_of
from desktop.views.charts.stack import StackChart, costs_of
from desktop.views.charts.waterfall import WaterfallChart
from desktop.views.design.theme import theme
from desktop.views.design.tokens import PALETTES

HEADS = (("goods", "Goods"), ("freight", "Freight"), ("net", "Net"))


def segments(goods: str, freight: str | None, net: str) -> tuple[Segment, ...]:
    """Three parts."""
    return (
        Segment("goods", Decimal(goods), goods, "Goods"),
        Segment("freight", None if freight is None else Decimal(freight), freight or "", "Freight"),
        Segment("net", Decimal(net), net, "Net"),
    )


STACK = StackData(
    (
        StackRow(
            "a",
            "Alpha",
            segments("4", "3", "3"),
            "3",
            "30%",
            first=True,
            rank="1",
            score=80,
            score_text="score 80",
        ),
        StackRow("b", "Beta", segments("6", "6", "-2"), "−2", "−20%", rank="2"),
        StackRow("c", "Gamma", segments("5", None, "5"), "5", "50%", "at most", "3", unknown=True),
    ),
    Decimal(10),
    "10 list price",
    HEADS,
    "Net, USD",
    "loss",
)


def point(key: str, middle: int, cost: str, closed: bool = False, first: bool = False) -> RangePoint:
    """A service of two days before and after its middle."""
    days = Decimal(middle)
    return RangePoint(key, f"Service {key}", days - 2, days, days + 2, Decimal(cost), cost, "", closed, first)


RANGES = RangeData(
    (
        point("a", 4, "9"),
        point("b", 8, "6", first=True),
        point("c", 9, "6.2"),
        point("d", 16, "4"),
        point("e", 10, "1", True),
    ),
    "days",
    "USD",
)
BARS = BarsData(
    (Bar("us", "United States", Decimal("23.4"), "23.4%", "+8%"), Bar("br", "Brazil", None)),
    "Share",
    "growth",
    "cannot say",
)
DOTS = DotsData(
    (
        DotsRow("x", "Bonded", Decimal(0), Decimal("34.58"), "0.00", "34.58", change="+34.58"),
        DotsRow("y", "Trade", None, Decimal(70), "", "70.00", change="?"),
    ),
    "Tax",
    "2015",
    "2026",
    "Change",
)
FALL = WaterfallData(
    (
        WaterfallStep("price", "Price", "price", Decimal(10), "10"),
        WaterfallStep("goods", "Goods", "goods", Decimal(7), "−7"),
        WaterfallStep("freight", "Freight", "freight", None),
        WaterfallStep("net", "Net", "net", Decimal(3), "3"),
    )
)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


def made(qtbot: QtBot, chart: ChartView, data: object) -> ChartView:
    """A shown chart with data."""
    chart.set_data(data)  # type: ignore[attr-defined]
    chart.resize(860, chart.sizeHint().height())
    qtbot.addWidget(chart)
    with qtbot.waitActive(chart):
        chart.show()
        chart.activateWindow()
    chart.setFocus()
    QApplication.processEvents()
    return chart


ALL = [
    (StackChart, STACK),
    (RangeChart, RANGES),
    (BarsChart, BARS),
    (BarsChart, replace(BARS, vertical=True)),
    (DotsChart, DOTS),
    (WaterfallChart, FALL),
]


@pytest.mark.parametrize(("kind", "data"), ALL)
def test_every_chart_draws_in_every_scheme(qtbot: QtBot, kind: type[ChartView], data: object) -> None:
    chart = made(qtbot, kind("Chart"), data)
    looks = set()
    for scheme in PALETTES:
        theme().set_scheme(scheme)
        QApplication.processEvents()
        image = chart.plot.grab().toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)
        }
        assert len(colours) > 4
        looks.add(frozenset(colours))
    assert len(looks) == 3


@pytest.mark.parametrize(("kind", "data"), ALL)
def test_the_twin_has_a_row_for_each_thing(qtbot: QtBot, kind: type[ChartView], data: object) -> None:
    chart = made(qtbot, kind("Chart"), data)
    twin = chart.table_rows()
    things = next(getattr(data, name) for name in ("rows", "points", "bars", "steps") if hasattr(data, name))
    assert [row[0].split(" ")[0] for row in twin.rows] == [thing.name.split(" ")[0] for thing in things]
    assert twin.keys == tuple(thing.key for thing in things)
    assert all(len(row) == len(twin.headers) for row in twin.rows)
    assert {mark.row for mark in chart.marks()} == set(range(len(things)))


@pytest.mark.parametrize(("kind", "data"), ALL)
def test_empty_data_are_no_fault(qtbot: QtBot, kind: type[ChartView], data: object) -> None:
    chart = made(qtbot, kind("Chart"), data)
    chart.set_data(type(data)())  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert chart.marks() == []
    qtbot.keyClick(chart, Qt.Key.Key_Right)


def test_the_twin_of_the_stack_holds_the_same_figures() -> None:
    chart = StackChart()
    chart.set_data(STACK)
    twin = chart.table_rows()
    assert twin.headers == ("", "Goods", "Freight", "Net", "%")
    assert twin.rows[0] == ("Alpha", "4", "3", "3", "30%")
    assert twin.rows[2] == ("Gamma", "5", "?", "at most 5", "50%")


def test_arrows_walk_parts_and_rows_and_enter_asks_why(qtbot: QtBot) -> None:
    chart = made(qtbot, StackChart("Costs"), STACK)
    said: list[str] = []
    chart.whyRequested.connect(said.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(chart, key)
    assert chart.current_mark().key == "b/freight"
    assert chart.read_out.isVisible()
    assert "Freight, Beta" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.keyClick(chart, Qt.Key.Key_W)
    assert said == ["b/freight", "b/freight"]
    qtbot.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Beta\t6\t6\t-2\t−20%"
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.current_mark().key == "c/net"


def test_hover_finds_the_mark_within_reach_only(qtbot: QtBot) -> None:
    chart = made(qtbot, RangeChart("Services"), RANGES)
    mark = chart.marks()[3]
    chart.hover_at(mark.box.center() + QPointF(15, 0))
    assert chart.read_out.isVisible()
    assert chart.rect().contains(chart.read_out.geometry())
    chart.hover_at(QPointF(chart.width() - 3, chart.plot.height() - 3))
    assert not chart.read_out.isVisible()


def test_bars_of_all_options_end_at_the_price_and_losses_run_past_it(qtbot: QtBot) -> None:
    chart = made(qtbot, StackChart("Costs"), STACK)
    ends = {row: max(m.box.right() for m in chart.marks() if m.row == row) for row in range(3)}
    assert ends[0] == pytest.approx(ends[2], abs=1.5)
    assert ends[1] > ends[0] + 20
    assert costs_of(STACK.rows[1]) == 12


def test_an_unknown_part_is_a_question_and_never_zero(qtbot: QtBot) -> None:
    chart = made(qtbot, StackChart("Costs"), STACK)
    assert next(m for m in chart.marks() if m.key == "c/freight").value == "?"
    bars = made(qtbot, BarsChart("Shares"), BARS)
    assert next(m for m in bars.marks() if m.key == "br").value == "cannot say"
    fall = made(qtbot, WaterfallChart("Price"), FALL)
    assert next(m for m in fall.marks() if m.key == "freight").value == "?"


def test_names_in_the_range_chart_do_not_overlap_even_with_twenty(qtbot: QtBot) -> None:
    points = tuple(point(str(n), 3 + n % 14 * 2, str(3 + n * 7 % 12)) for n in range(20))
    chart = made(qtbot, RangeChart("Services"), replace(RANGES, points=points))
    names = chart._taken[-sum(1 for _ in points) :]
    texts = [box for box in names if box.height() == 16 and box.width() > 20]
    assert len(texts) >= 16
    for number, box in enumerate(texts):
        assert chart.rect().contains(box.toAlignedRect())
        assert not any(box.intersects(other) for other in texts[number + 1 :])


def test_the_frontier_leaves_out_what_is_beaten_or_closed() -> None:
    assert [p.key for p in frontier_of(RANGES.points)] == ["a", "b", "d"]


@pytest.mark.parametrize("high", [0.9, 1, 3, 9, 24.9, 29.6, 35, 86.8, 120, 4321])
def test_axes_have_four_to_six_steps_of_one_two_five(high: float) -> None:
    steps = axis_steps(high)
    assert 3 <= len(steps) - 1 <= 6
    assert f"{steps[1]:e}"[0] in "125"
    assert steps[-1] <= high * 1.0001


def test_chart_and_table_change_places(qtbot: QtBot) -> None:
    chart = BarsChart("Shares")
    chart.set_data(BARS)
    both = ChartOrTable(chart)
    qtbot.addWidget(both)
    both.show()
    both.show_table(True)
    assert both.is_table()
    assert both.table.tsv() == chart.table_rows().tsv()
    both.copy_all()
    assert QGuiApplication.clipboard().text().splitlines()[1] == "United States\t23.4%\t+8%"
    both.show_table(False)
    assert not both.is_table()


def test_a_table_looked_at_does_not_stretch_the_chart(qtbot: QtBot) -> None:
    chart = BarsChart("Shares")
    many = tuple(replace(BARS.bars[0], key=f"k{i}", name=f"Country {i}") for i in range(60))
    chart.set_data(replace(BARS, bars=many[:3]))
    both = ChartOrTable(chart)
    qtbot.addWidget(both)
    both.show()
    before = both.sizeHint().height(), both.minimumSizeHint().height()
    chart.set_data(replace(BARS, bars=many))
    tall = both.sizeHint().height(), both.minimumSizeHint().height()
    chart.set_data(replace(BARS, bars=many[:3]))
    both.show_table(True)
    both.show_table(False)
    assert (both.sizeHint().height(), both.minimumSizeHint().height()) == before
    assert tall >= before


def test_new_data_keep_the_canvas_and_the_place_of_the_keys(qtbot: QtBot) -> None:
    chart = made(qtbot, StackChart("Costs"), STACK)
    canvas = chart.plot
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    key = chart.current_mark().key
    chart.set_data(replace(STACK, price=Decimal(11)))
    assert chart.plot is canvas
    assert chart.current_mark().key == key


def test_the_same_drawing_goes_on_paper(qtbot: QtBot) -> None:
    chart = made(qtbot, StackChart("Costs"), STACK)
    marks = chart.marks()
    image = QImage(700, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    chart.paint_on(painter, image.rect().toRectF())
    painter.end()
    assert any(image.pixelColor(x, 80) != Qt.GlobalColor.white for x in range(700))
    assert chart.marks() == marks


def test_widgets_and_theme_load_no_plot_library() -> None:
    names = "desktop.views.widgets, desktop.views.design, desktop.viewmodels.series.stack"
    code = f"import sys, {names}; print('pyqtgraph' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
