"""Named points in a plane: reach against margin. The chosen one filled in the accent, the others as rings."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.markets import Point, PointsData
from desktop.viewmodels.series.table import TableTwin
from desktop.views.charts.base import Align, ChartView, Mark, axis_steps, axis_text, line, write
from desktop.views.charts.plot_canvas import PlotCanvas
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE, TypeStep

LEFT, RIGHT, TOP, FOOT = 40, 12, 26, 42
NAME, CHOSEN = TypeStep(12, 16, 400), TypeStep(12, 16, 600)
AIR = 1.08
"""The axes reach a little further than the greatest value."""


class PointsChart(ChartView):
    """Each thing at its two values, with its name beside it; names avoid each other and the marks."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._data = PointsData()
        self._taken: list[QRectF] = []
        super().__init__(name, parent)

    def make_canvas(self) -> PlotCanvas:
        return PlotCanvas(self, self)

    def set_data(self, data: PointsData) -> None:
        """Shows other points."""
        self._data = data
        self.changed_data()

    def data(self) -> PointsData:
        """What is shown."""
        return self._data

    def wanted_height(self) -> int:
        return 280

    # -- scale ---------------------------------------------------------------------------------------
    def _limits(self) -> tuple[float, float, float]:
        """The end of the level axis, the lower and the upper end of the upright one; zero is always among them."""
        x = max((float(p.x) for p in self._data.points), default=1.0) * AIR
        values = [0.0, *(float(p.y) for p in self._data.points)]
        low, high = min(values), max(values)
        return x or 1.0, low * AIR, (high * AIR) or (1.0 if low == 0 else 0.0)

    def _frame(self, box: QRectF) -> QRectF:
        return box.adjusted(theme().px(LEFT), theme().px(TOP), -RIGHT, -theme().px(FOOT))

    def _at(self, frame: QRectF, point: Point) -> QPointF:
        x_max, low, high = self._limits()
        x = frame.x() + float(point.x) / x_max * frame.width()
        return QPointF(x, frame.bottom() - (float(point.y) - low) / (high - low) * frame.height())

    # -- drawing -------------------------------------------------------------------------------------
    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        if not self._data.points:
            return
        frame = self._frame(box)
        self._axes(painter, box, frame)
        places = [self._at(frame, point) for point in self._data.points]
        self._taken = [QRectF(place.x() - 8, place.y() - 8, 16, 16) for place in places]
        for number, (point, place) in enumerate(zip(self._data.points, places, strict=True)):
            self._mark_of(painter, point, number, place)
        for chosen in (True, False):
            for point, place in zip(self._data.points, places, strict=True):
                if point.chosen is chosen:
                    self._write_name(painter, box, frame, point, place)

    def _axes(self, painter: QPainter, box: QRectF, frame: QRectF) -> None:
        """Level grid, figures at both axes, titles at their ends."""
        x_max, low, high = self._limits()
        for step in levels(low, high):
            y = frame.bottom() - (step - low) / (high - low) * frame.height()
            line(painter, frame.x(), y, frame.right(), y, "grid" if step else "text3")
            shown = axis_text(step, levels(low, high))
            write(
                painter,
                QRectF(box.x(), y - 8, theme().px(LEFT) - 10, 16),
                shown,
                TYPE.small,
                "text3",
                Align.AlignRight,
            )
        steps = axis_steps(x_max, 4)
        for step in steps:
            x = frame.x() + step / x_max * frame.width()
            spot = QRectF(x - 28, frame.bottom() + theme().px(4), 56, theme().px(16))
            write(painter, spot, axis_text(step, steps), TYPE.small, "text3", Align.AlignHCenter)
        write(
            painter,
            QRectF(box.x(), box.y(), box.width(), theme().px(16)),
            self._data.y_title,
            TYPE.caption,
            "text2",
        )
        foot = QRectF(box.x(), frame.bottom() + theme().px(22), frame.right() - box.x(), theme().px(16))
        write(painter, foot, self._data.x_title, TYPE.caption, "text2", Align.AlignRight)

    def _mark_of(self, painter: QPainter, point: Point, number: int, place: QPointF) -> None:
        painter.setPen(QPen(theme().color("accent" if point.chosen else "text2"), 2))
        painter.setBrush(theme().color("accent" if point.chosen else "surface"))
        size = 6.5 if point.chosen else 5.5
        painter.drawEllipse(place, size, size)
        box = QRectF(place.x() - 8, place.y() - 8, 16, 16)
        self.add_mark(Mark(point.key, number, 0, box, point.name, point.y_label, point.detail, round=True))

    def _write_name(
        self, painter: QPainter, box: QRectF, frame: QRectF, point: Point, place: QPointF
    ) -> None:
        """The name at the first free place beside its mark; without one it is in the read-out only."""
        step = CHOSEN if point.chosen else NAME
        width = min(theme().width(point.name, step) + 1, frame.width() * 0.7)
        tries = [(11.0, -8.0), (-11.0 - width, -8.0), (-width / 2, 9.0), (-width / 2, -25.0)]
        tries += [(8.0, 5.0), (8.0, -21.0), (-8.0 - width, 5.0), (-8.0 - width, -21.0)]
        for dx, dy in tries:
            spot = QRectF(place.x() + dx, place.y() + dy, width, theme().px(16))
            inside = spot.left() >= frame.left() + 2 and spot.right() <= box.right()
            level = spot.top() >= box.y() + 16 and spot.bottom() <= frame.bottom() + 2
            if inside and level and not any(spot.intersects(other) for other in self._taken):
                self._taken.append(spot)
                write(painter, spot, point.name, step, "text" if point.chosen else "text2")
                return

    # -- table ---------------------------------------------------------------------------------------
    def table_rows(self) -> TableTwin:
        heads = ("", self._data.x_title, self._data.y_title)
        rows = tuple((p.name, p.x_label, p.y_label) for p in self._data.points)
        return TableTwin(heads, rows, (1, 2), tuple(p.key for p in self._data.points))


def levels(low: float, high: float) -> list[float]:
    """Axis values from below zero to above it, in the steps of the longer side."""
    steps = axis_steps(max(high, -low), 4)
    step = steps[1] - steps[0] if len(steps) > 1 else 1.0
    first = math.ceil(low / step - 1e-9)
    return [step * index for index in range(first, int(high / step + 1e-9) + 1)]
