"""No word of the stacked bars stands on another one, and no line goes through a word."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.viewmodels.series.stack import Segment, StackData, StackRow
from desktop.views.charts import stack
from desktop.views.charts.stack import StackChart
from desktop.views.design.theme import theme
from desktop.views.pages.markets import MarketStack

PARTS = ("goods", "platform", "freight", "duty", "vat", "payment")
HEADS = (("goods", "Goods, packing"), ("platform", "Platform"), ("freight", "Freight"), ("duty", "Duty"),
         ("vat", "VAT, GST"), ("payment", "Payment"), ("net", "Net margin"))  # fmt: skip


def row(key: str, *values: str, unknown: bool = False, first: bool = False) -> StackRow:
    """An option with costs in the order of PARTS; what they leave of 15.80 is its margin."""
    costs = [Decimal(value) for value in values]
    net = Decimal("15.80") - sum(costs)
    parts = [
        Segment(series, value, f"{value}", series)
        for series, value in zip(PARTS, costs, strict=False)
        if value
    ]
    shown = f"{net}".replace("-", "−")
    parts.append(Segment("net", net, shown, "Net margin"))
    note = "at most" if unknown else ""
    return StackRow(key, key, tuple(parts), shown, "", note, "1", 60, "score 60", unknown, first)


LAMPS = StackData(
    (
        row("Russia", "4.58", "1.26", "6.21", "0", "0", "0.04", unknown=True, first=True),
        row("Brazil", "4.58", "1.79", "10.72", "2.10", "3.16", "0.06"),
    ),
    Decimal("15.80"), "15.80", HEADS, "Net, USD", "loss",
)  # fmt: skip
LOSSES = StackData(
    (
        row("AliExpress", "4.58", "1.04", "17.52", "1.20", "1.80", "0.02", first=True),
        row("DHgate", "4.58", "1.78", "10.72", unknown=True),
    ),
    Decimal("15.80"), "15.80 list price", HEADS, "Net, USD", "loss",
)  # fmt: skip
TIGHT = StackData(
    tuple(row(f"Shop {i}", "4.58", "3", str(Decimal("7.5") - i * Decimal("0.1")), unknown=True) for i in range(40)),
    Decimal("15.80"), "15.80", HEADS, "Net, USD", "loss",
)  # fmt: skip
"""Margins that grow until figure and question mark find room beside each other."""


class Written:
    """Every word and upright line of a drawing, and where."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.words: list[tuple[str, QRectF]] = []
        self.lines: list[tuple[float, float, float]] = []
        write, line = stack.write, stack.line

        def noted(painter: QPainter, box: QRectF, text: str, *more: Any, **named: Any) -> float:
            width = write(painter, box, text, *more, **named)
            align = named.get("align", more[2] if len(more) > 2 else Qt.AlignmentFlag.AlignLeft)
            left = box.x()
            if align == Qt.AlignmentFlag.AlignHCenter:
                left = box.center().x() - width / 2
            elif align == Qt.AlignmentFlag.AlignRight:
                left = box.right() - width
            if text == "?":
                # the mark has a ground of its own, and a little air behind it
                left, width = box.x(), box.width() + 2
            if text:
                self.words.append((text, QRectF(left, box.center().y() - 5, width, 10)))
            return width

        def drawn(painter: QPainter, x1: float, y1: float, x2: float, y2: float, *more: Any) -> None:
            if x1 == x2 and more[:1] == ("text2",):
                self.lines.append((x1, min(y1, y2), max(y1, y2)))
            line(painter, x1, y1, x2, y2, *more)

        monkeypatch.setattr(stack, "write", noted)
        monkeypatch.setattr(stack, "line", drawn)


AT_THE_END = StackData(
    (row("eBay", "4.58", "1.04", "3.52", "1.20", "1.80", "0.02", first=True),),
    Decimal("24.90"), "24.90 list price", HEADS, "Net, USD", "loss",
)  # fmt: skip
"""The list price ends the scale: its label is pushed inside, over the last figures."""


@pytest.mark.parametrize("data", [LAMPS, LOSSES, TIGHT, AT_THE_END])
@pytest.mark.parametrize(
    ("kind", "width"),
    [
        (StackChart, 860),
        (StackChart, 480),
        *((StackChart, width) for width in range(300, 460, 10)),
        (MarketStack, 480),
        (MarketStack, 620),
    ],
)
def test_no_word_on_another_and_no_line_through_one(
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    data: StackData,
    kind: type[StackChart],
    width: int,
) -> None:
    theme().apply(qapp, "light")
    chart = kind("", 44) if kind is MarketStack else kind()
    qtbot.addWidget(chart)
    # the markets have their margin in the table above
    chart.set_data(replace(data, figure_head="") if kind is MarketStack else data)
    chart.resize(width, chart.sizeHint().height())
    found = Written(monkeypatch)
    picture = QPicture()
    painter = QPainter(picture)
    box = QRectF(0, 0, width, chart.wanted_height())
    chart.paint_chart(painter, box)
    painter.end()
    for i, (text, place) in enumerate(found.words):
        assert place.left() >= -1, text
        assert place.right() <= width + 1, text
        for other, there in found.words[i + 1 :]:
            assert not place.intersects(there), (text, other)
        for x, top, foot in found.lines:
            crossed = place.left() < x < place.right() and top < place.bottom() and foot > place.top()
            assert not crossed, text
