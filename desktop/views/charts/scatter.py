"""Cost against days: for each service a line from soonest to latest with a mark at the middle."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.series.ranges import RangeData, RangePoint
from desktop.viewmodels.series.table import TableTwin
from desktop.views.charts.base import Align, ChartView, Mark, axis_steps, axis_text, line, write
from desktop.views.charts.plot_canvas import PlotCanvas
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE, TypeStep
from desktop.views.widgets.rail import round_pen

LEFT, RIGHT, TOP, FOOT = 40, 16, 50, 44
NAME, FIGURE = TypeStep(12, 16, 400), TypeStep(12, 16, 600)


def frontier_of(points: tuple[RangePoint, ...]) -> list[RangePoint]:
    """The open services which no other beats in both cost and days, soonest first."""
    best: list[RangePoint] = []
    for point in sorted((p for p in points if not p.closed), key=_by_days):
        if not best or point.cost < best[-1].cost:
            best.append(point)
    return best


def _by_days(point: RangePoint) -> tuple[Decimal, Decimal]:
    return point.middle, point.cost


class RangeChart(ChartView):
    """Services as range lines; the best in the accent, closed ones crossed, the efficient line dotted."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._data = RangeData()
        self._taken: list[QRectF] = []
        super().__init__(name, parent)

    def make_canvas(self) -> PlotCanvas:
        return PlotCanvas(self, self)

    def set_data(self, data: RangeData) -> None:
        """Shows other services."""
        self._data = data
        self.changed_data()

    def data(self) -> RangeData:
        """What is shown."""
        return self._data

    def wanted_height(self) -> int:
        return 300 if len(self._data.points) <= 10 else 380

    # -- scale ---------------------------------------------------------------------------------------
    def _limits(self) -> tuple[float, float]:
        """The ends of both axes."""
        points = self._data.points
        x_max = float(self._data.x_max or max((p.high for p in points), default=Decimal(10)))
        costs = sorted(float(p.cost) for p in points)
        y_max = float(self._data.y_max or 0)
        if not y_max:
            usual = costs[int(len(costs) * 0.8)] if costs else 10.0
            y_max = costs[-1] * 1.08 if costs and costs[-1] <= 2 * usual else usual * 1.25
        return x_max or 1.0, y_max or 1.0

    def _frame(self, box: QRectF) -> QRectF:
        """Where the marks may stand."""
        return box.adjusted(theme().px(LEFT), theme().px(TOP), -RIGHT, -theme().px(FOOT))

    def _at(self, frame: QRectF, days: Decimal, cost: Decimal) -> QPointF:
        """The place of a pair of values, held inside the frame."""
        x_max, y_max = self._limits()
        x = frame.x() + min(float(days) / x_max, 1.0) * frame.width()
        share = float(cost) / y_max
        y = frame.bottom() - share * frame.height() if share <= 1 else frame.y() - 22
        return QPointF(x, y)

    # -- drawing -------------------------------------------------------------------------------------
    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        if not self._data.points:
            return
        frame = self._frame(box)
        self._axes(painter, box, frame)
        self._taken = self._shapes(frame)
        if self._data.frontier:
            self._frontier(painter, frame)
        for number, point in enumerate(self._data.points):
            self._mark_of(painter, frame, point, number)
        for point in sorted(self._data.points, key=_first_first):
            self._write_name(painter, box, frame, point)

    def _axes(self, painter: QPainter, box: QRectF, frame: QRectF) -> None:
        """Level grid, figures at both axes, titles at their ends."""
        x_max, y_max = self._limits()
        steps = axis_steps(y_max)
        for step in steps:
            y = frame.bottom() - step / y_max * frame.height()
            line(painter, frame.x(), y, frame.right(), y, "grid" if step else "text3")
            write(
                painter,
                QRectF(box.x(), y - 8, theme().px(LEFT) - 10, 16),
                axis_text(step, steps),
                TYPE.small,
                "text3",
                Align.AlignRight,
            )
        days = axis_steps(x_max, 6)
        for step in days:
            x = frame.x() + step / x_max * frame.width()
            write(
                painter,
                QRectF(x - 24, frame.bottom() + theme().px(4), 48, theme().px(16)),
                axis_text(step, days),
                TYPE.small,
                "text3",
                Align.AlignHCenter,
            )
        write(
            painter,
            QRectF(box.x(), box.y(), box.width() / 2, theme().px(16)),
            self._data.y_title,
            TYPE.caption,
            "text2",
        )
        write(
            painter,
            QRectF(frame.x(), frame.bottom() + theme().px(22), frame.width(), theme().px(16)),
            self._data.x_title,
            TYPE.caption,
            "text2",
            Align.AlignRight,
        )

    def _shapes(self, frame: QRectF) -> list[QRectF]:
        """The places of lines and marks, so that no name is written over them."""
        shapes = []
        for point in self._data.points:
            middle = self._at(frame, point.middle, point.cost)
            shapes.append(QRectF(middle.x() - 8, middle.y() - 8, 16, 16))
            if not point.closed:
                low, high = self._at(frame, point.low, point.cost), self._at(frame, point.high, point.cost)
                shapes.append(QRectF(low.x(), low.y() - 2, high.x() - low.x(), 4))
        return shapes

    def _frontier(self, painter: QPainter, frame: QRectF) -> None:
        """The dotted line through the services that nothing beats."""
        _x_max, y_max = self._limits()
        places = [
            self._at(frame, p.middle, p.cost)
            for p in frontier_of(self._data.points)
            if float(p.cost) <= y_max
        ]
        pen = QPen(theme().color("accent"), 1.5, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.5, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(places)

    def _mark_of(self, painter: QPainter, frame: QRectF, point: RangePoint, number: int) -> None:
        """Line and middle mark, or the cross of a closed service."""
        middle = self._at(frame, point.middle, point.cost)
        low, high = self._at(frame, point.low, point.cost), self._at(frame, point.high, point.cost)
        if point.closed:
            painter.setPen(round_pen(theme().color("text2"), 1.5))
            for sign in (-1, 1):
                painter.drawLine(
                    QPointF(middle.x() - 4.5, middle.y() - 4.5 * sign),
                    QPointF(middle.x() + 4.5, middle.y() + 4.5 * sign),
                )
        else:
            tone = "accent" if point.first else "text2"
            painter.setPen(
                QPen(
                    theme().color(tone),
                    3 if point.first else 2,
                    Qt.PenStyle.SolidLine,
                    Qt.PenCapStyle.FlatCap,
                )
            )
            painter.drawLine(low, high)
            painter.setPen(QPen(theme().color(tone), 2))
            painter.setBrush(theme().color("accent" if point.first else "surface"))
            size = 7 if point.first else 5
            painter.drawEllipse(middle, size, size)
        self._beyond(painter, frame, point, middle)
        box = QRectF(middle.x() - 8, middle.y() - 8, 16, 16)
        self.add_mark(Mark(point.key, number, 0, box, point.name, point.label, point.detail, round=True))

    def _beyond(self, painter: QPainter, frame: QRectF, point: RangePoint, middle: QPointF) -> None:
        """A small arrow for what lies above or right of the scale."""
        x_max, y_max = self._limits()
        painter.setPen(round_pen(theme().color("text2"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if float(point.cost) > y_max:
            top = middle.y() - 13
            painter.drawPolyline(
                [QPointF(middle.x() - 4, top + 4), QPointF(middle.x(), top), QPointF(middle.x() + 4, top + 4)]
            )
        if float(point.middle) > x_max:
            x = middle.x() + 10
            painter.drawPolyline(
                [QPointF(x, middle.y() - 4), QPointF(x + 4, middle.y()), QPointF(x, middle.y() + 4)]
            )

    def _texts(self, point: RangePoint) -> tuple[str, str, str]:
        """Name, figure, and what follows."""
        x_max, y_max = self._limits()
        after = self._data.above_word if float(point.cost) > y_max and not point.closed else ""
        if float(point.middle) > x_max:
            after = point.detail
        return point.name, "" if point.closed else point.label, after

    def _write_name(self, painter: QPainter, box: QRectF, frame: QRectF, point: RangePoint) -> None:
        """Name and figure beside the line, at the first free place."""
        name, figure, above = self._texts(point)
        strong = TypeStep(12, 16, 600) if point.first else NAME
        widths = [theme().width(name, strong), theme().width(figure, FIGURE), theme().width(above, NAME)]
        total = sum(width + 4 for width in widths if width)
        place = self._free_place(box, frame, point, total)
        if place is None:
            return
        self._taken.append(place)
        tone = "acctext" if point.first else "text2" if point.closed else "text"
        x = place.x()
        write(
            painter,
            QRectF(x, place.y(), widths[0] + 1, theme().px(16)),
            name,
            strong,
            tone,
            strike=point.closed,
        )
        x += widths[0] + 4
        write(painter, QRectF(x, place.y(), widths[1] + 1, theme().px(16)), figure, FIGURE, tone)
        write(painter, QRectF(x + widths[1] + 4, place.y(), widths[2] + 1, theme().px(16)), above, NAME, tone)

    def _free_place(self, box: QRectF, frame: QRectF, point: RangePoint, width: float) -> QRectF | None:
        """Right of the line, then left, below, above, and further away, where nothing stands yet."""
        middle = self._at(frame, point.middle, point.cost)
        low = middle if point.closed else self._at(frame, point.low, point.cost)
        high = middle if point.closed else self._at(frame, point.high, point.cost)
        y = middle.y() - 8
        reach = 16 if float(point.middle) > self._limits()[0] else 10
        right, left = high.x() + (reach if point.closed else 8), low.x() - width - 8
        below = middle.x() - width / 2
        tries = [
            (right, y),
            (left, y),
            (below, y + 17),
            (below, y - 17),
            (right, y + 12),
            (right, y - 12),
            (left, y + 12),
            (left, y - 12),
            (right - 40, y + 17),
            (right - 40, y - 17),
        ]
        if point.first:
            tries = [(below, y + 17), (below, y - 17), *tries]
        tries += [(below + dx, y + dy) for dy in (30, -30, 44, -44, 60, -60) for dx in (0, 40, -40, 80, -80)]
        for x, top in tries:
            spot = QRectF(x, top, width, theme().px(16))
            inside = (
                spot.left() >= frame.left()
                and spot.right() <= box.right()
                and spot.bottom() <= frame.bottom()
                and spot.top() >= box.y() + (18 if spot.left() < box.x() + 160 else 0)
            )
            if inside and not any(spot.intersects(other) for other in self._taken):
                return spot
        return None

    # -- table ---------------------------------------------------------------------------------------
    def table_rows(self) -> TableTwin:
        heads = ("", self._data.x_title, self._data.y_title)
        rows = tuple((p.name, p.detail or f"{p.low}–{p.high}", p.label) for p in self._data.points)
        return TableTwin(heads, rows, (1, 2), tuple(p.key for p in self._data.points))


def _first_first(point: RangePoint) -> tuple[bool, bool]:
    """The best service gets its name first, closed ones last."""
    return not point.first, point.closed
