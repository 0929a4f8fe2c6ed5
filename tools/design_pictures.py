"""Takes the pictures of docs/design-system.md: every component in the light, dark and high-contrast palette.

    python tools/design_pictures.py

The figures in them are samples and stand for nothing. Run after a change of a component or a palette.
"""

from __future__ import annotations

import os
import sys
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1.25"
sys.path.insert(0, str(Path(__file__).parent.parent))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.app import application
from desktop.viewmodels.series.ranges import RangeData, RangePoint
from desktop.viewmodels.series.stack import Segment, StackData, StackRow
from desktop.views.charts.base import ChartView, LegendEntry, LegendRow
from desktop.views.charts.scatter import RangeChart
from desktop.views.charts.stack import StackChart
from desktop.views.design import SPACE, TYPE, theme
from desktop.views.design.theme import set_ground
from desktop.views.design.tokens import PALETTES, SERIES_KEYS
from desktop.views.widgets import (
    Badge,
    Button,
    ChipGroup,
    Choice,
    Column,
    DataTable,
    DontKnow,
    EmptyState,
    FigureLabel,
    Hairline,
    Notice,
    NumberField,
    PrimaryButton,
    ProvenanceMark,
    Row,
    SecondaryButton,
    SectionHead,
    Segmented,
    TextLabel,
)

TARGET = Path(__file__).parent.parent / "docs" / "pictures"
WIDTH = 1180
NAMES = {
    "goods": "Goods, packing", "platform": "Platform fees", "freight": "Freight", "duty": "Duty", "vat": "VAT, GST",
    "payment": "Payment", "returns": "Returns", "ads": "Advertising", "net": "Net margin",
}  # fmt: skip
Part = QWidget


class Sheet(QWidget):
    """Three columns of components, each under its name."""

    def __init__(self, scheme: str) -> None:
        super().__init__()
        set_ground(self, "surface")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.xxl, SPACE.xl, SPACE.xxl, SPACE.xl)
        whole.addWidget(TextLabel(f"Components, {scheme}", TYPE.page_title))
        whole.addWidget(TextLabel("Sample figures: they stand for nothing.", TYPE.caption, "text2"))
        columns = QHBoxLayout()
        columns.setSpacing(SPACE.xxl)
        whole.addLayout(columns)
        for parts in (self._left(), self._middle(), self._right()):
            column = QVBoxLayout()
            column.setSpacing(SPACE.s)
            for name, part in parts:
                column.addWidget(SectionHead(name))
                column.addWidget(Hairline())
                if isinstance(part, ChartView):
                    part.setFixedHeight(part.sizeHint().height() + SPACE.xl)
                column.addWidget(part)
                column.addSpacing(SPACE.s)
            column.addStretch(1)
            columns.addLayout(column, 1)

    def _left(self) -> list[tuple[str, Part]]:
        off = PrimaryButton("Print")
        off.setEnabled(False)
        price, wrong = NumberField("USD", "List price"), NumberField("g", "Weight")
        price.set_value(Decimal("24.90"))
        wrong.show_refused("-3", "weight must be 1 to 30,000 g")
        chips = ChipGroup(
            [
                Choice("l", "Liquid"),
                Choice("b", "Battery"),
                Choice("f", "Food"),
                Choice("p", "Powder", "", True),
            ]
        )
        chips.set_current("b")
        known = DontKnow()
        known.setChecked(True)
        marks = [
            ProvenanceMark(kind) for kind in ("typed", "case", "rules", "default", "computed", "unknown")
        ]
        return [
            (
                "Buttons",
                row(PrimaryButton("Print"), SecondaryButton("Table"), Button("Quiet", role="quiet"), off),
            ),
            ("Switch", row(Segmented([("a", "All lines"), ("b", "Totals")], "a"))),
            ("Number field with unit", column(price, wrong)),
            ("Don't know", row(DontKnow(), known)),
            ("Choice chips", chips),
            ("Provenance, shape and word", grid(marks, 3)),
            (
                "Badges",
                row(
                    Badge("Best value", "star", "accent"),
                    Badge("Fastest", "clock"),
                    Badge("Cheapest", "coin"),
                    Badge("2 not known", "question", "unk"),
                ),
            ),
        ]

    def _middle(self) -> list[tuple[str, Part]]:
        empty = EmptyState("people", "No visitors yet today", "Press ", "F2", " when the first one stops.")
        table = DataTable(
            [Column("n", "Service", stretch=True), Column("d", "Days"), Column("c", "USD", True)],
            [Row("a", ("Line", "8 to 12", "4.62")), Row("b", ("Post", "14 to 24", "4.10"))],
            "Services",
        )
        table.set_current("a")
        return [
            (
                "Error",
                Notice(
                    "err", "This rule pack was not installed.", "Its signature does not match.", "details"
                ),
            ),
            ("Doubt", Notice("warn", "Doubt.", "A second source gives 13.25 %. With it, net is 7.67.")),
            (
                "Unknown",
                Notice("unk", "Cannot say: duty into Brazil.", "Cost is at least 18.90.", "Type it yourself"),
            ),
            ("Empty state", empty),
            ("Table, current row", table),
            ("Figure", FigureLabel("7.58", "USD left of 24.90")),
        ]

    def _right(self) -> list[tuple[str, Part]]:
        steps = [
            ("figure", "7.58"), ("page_title", "Platforms"), ("verdict", "eBay · United States"),
            ("option", "AliExpress"), ("body", "Text and table figures 1,842.00"), ("caption", "Captions, axis titles"),
            ("small", "Axis figures, badges"),
        ]  # fmt: skip
        legend = LegendRow()
        legend.set_entries([LegendEntry(NAMES[key], key) for key in SERIES_KEYS])
        return [
            ("Type", column(*(TextLabel(text, getattr(TYPE, step)) for step, text in steps))),
            ("Series, order of the stack", legend),
            ("Cost stack", stack()),
            ("Cost against days", ranges()),
        ]


def row(*parts: QWidget) -> QWidget:
    return _laid(QHBoxLayout(), parts, stretch=True)


def column(*parts: QWidget) -> QWidget:
    return _laid(QVBoxLayout(), parts)


def _laid(box: QHBoxLayout | QVBoxLayout, parts: tuple[QWidget, ...], stretch: bool = False) -> QWidget:
    holder = QFrame()
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(SPACE.s)
    for part in parts:
        box.addWidget(part)
    if stretch:
        box.addStretch(1)
    holder.setLayout(box)
    return holder


def grid(parts: list[ProvenanceMark], across: int) -> QWidget:
    holder = QFrame()
    box = QGridLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    for place, part in enumerate(parts):
        box.addWidget(part, place // across, place % across)
    return holder


def stack() -> StackChart:
    parts = {"goods": "5.60", "platform": "3.79", "freight": "4.62", "duty": "1.74", "net": "9.15"}
    segments = tuple(Segment(key, Decimal(value), value, NAMES[key]) for key, value in parts.items())
    chart = StackChart("Cost stack")
    rows = (
        StackRow("a", "eBay", segments, "9.15", "37%", first=True, rank="1", score=80, score_text="score 80"),
    )
    heads = tuple((key, NAMES[key]) for key in parts)
    chart.set_data(StackData(rows, Decimal("24.90"), "24.90 list price", heads, "Net, USD", "loss"))
    return chart


def ranges() -> RangeChart:
    points = tuple(
        RangePoint(
            key,
            name,
            Decimal(low),
            Decimal(low + 2),
            Decimal(low + 4),
            Decimal(cost),
            cost,
            "",
            closed,
            first,
        )
        for key, name, low, cost, closed, first in (
            ("a", "Line", 8, "4.62", False, True),
            ("b", "Post", 15, "4.10", False, False),
            ("c", "Packet", 18, "2.20", True, False),
        )
    )
    chart = RangeChart("Services")
    chart.set_data(RangeData(points, "days to the door", "USD"))
    return chart


def main() -> None:
    app = application()
    TARGET.mkdir(exist_ok=True)
    for scheme in PALETTES:
        theme().apply(app, scheme)  # type: ignore[arg-type]
        sheet = Sheet({"contrast": "high contrast"}.get(scheme, scheme))
        sheet.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        sheet.setFixedWidth(WIDTH)
        sheet.show()
        for _ in range(20):
            app.processEvents()
        # wrapped texts know their height only now
        sheet.resize(WIDTH, sheet.layout().totalHeightForWidth(WIDTH))  # type: ignore[union-attr]
        sheet.adjustSize()
        app.processEvents()
        path = TARGET / f"components-{scheme}.png"
        sheet.grab().save(str(path))
        print(path.name, path.stat().st_size)
        sheet.close()


if __name__ == "__main__":
    main()
