"""What is left at every list price, all platforms at once, with a handle at the price in force that can be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.series.sweep import CliffMark, Shade, SweepData, SweepLine, SweepScale
from desktop.viewmodels.series.table import TableTwin
from desktop.views.charts.base import Align, ChartView, Mark, axis_steps, axis_text, line, write
from desktop.views.charts.plot_canvas import PlotCanvas
from desktop.views.charts.plotting import create_qpolygonf, ndarray_from_qpolygonf
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE, TypeStep

LEFT, TOP, FOOT = 44, 46, 42
NAME, FIRST = TypeStep(12, 16, 400), TypeStep(12, 16, 600)
DASHES: tuple[tuple[float, ...], ...] = ((8, 4), (), (12, 3, 2, 3), (2, 4))
"""One pattern a platform, in pixels; the one in the lead is whole and thick."""
DOUBTFUL = (1, 4)
TWIN_EVERY = 10
"""The table has every tenth price; the chart has all."""


class SweepChart(ChartView):
    """Lines over list prices.

    `handleMoved(price)` follows the pointer between `handlePressed` and `handleReleased`; `stepRequested(steps)` comes
    from the arrows, `typed(text)` from a digit.
    """

    handlePressed = Signal()
    handleMoved = Signal(float)
    handleReleased = Signal()
    stepRequested = Signal(int)
    typed = Signal(str)

    GROUND = "surface"

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._data = SweepData()
        self._ground: tuple[tuple[object, ...], QPixmap] | None = None
        self._polygons: list[QPolygonF] = []
        self._drawn_along = False
        self._line = ""
        self._height = 340
        super().__init__(name, parent)

    def make_canvas(self) -> PlotCanvas:
        return PlotCanvas(self, self)

    def set_data(self, data: SweepData) -> None:
        """Shows another state: a repaint, and nothing that is not seen."""
        self._data = data
        self._stale = True
        self.redraw()

    def data(self) -> SweepData:
        """What is shown."""
        return self._data

    def set_height(self, height: int) -> None:
        """How high the plot is."""
        if height != self._height:
            self._height = height
            self.plot.setMinimumHeight(self.wanted_height())
            self.updateGeometry()

    def wanted_height(self) -> int:
        return theme().px(self._height)

    def tell(self, words: str) -> None:
        """The chart in a sentence, for the screen reader."""
        self.setAccessibleDescription(words)

    def _tell(self) -> None:
        self.setAccessibleName(self._name)

    # -- scale ---------------------------------------------------------------------------------------
    def _frame(self, box: QRectF) -> QRectF:
        right = max((theme().width(each.name, FIRST) for each in self._data.lines), default=60.0) + 14
        return box.adjusted(theme().px(LEFT), theme().px(TOP), -right, -theme().px(FOOT))

    @property
    def _scale(self) -> SweepScale:
        return self._data.scale

    def _x(self, frame: QRectF, price: float) -> float:
        scale = self._scale
        return frame.x() + (price - scale.x_low) / (scale.x_high - scale.x_low) * frame.width()

    def _y(self, frame: QRectF, left: float) -> float:
        scale = self._scale
        return frame.bottom() - (left - scale.y_low) / (scale.y_high - scale.y_low) * frame.height()

    def _price_at(self, x: float) -> float:
        """The price below a point."""
        frame = self._frame(QRectF(QPointF(0, 0), self.plot.size().toSizeF()))
        share = min(max((x - frame.x()) / max(frame.width(), 1.0), 0.0), 1.0)
        return self._scale.x_low + share * (self._scale.x_high - self._scale.x_low)

    # -- drawing -------------------------------------------------------------------------------------
    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        if not self._data.lines:
            return
        frame = self._frame(box)
        self._paint_ground(painter, box, frame)
        painter.save()
        painter.setClipRect(frame.adjusted(0, -1, 0, 1))
        for shade in self._data.shades:
            self._shade(painter, frame, shade)
        line(painter, frame.x(), self._y(frame, 0), frame.right(), self._y(frame, 0), "text3")
        self._lines(painter, frame)
        self._cuts(painter, frame)
        for cliff in self._data.cliffs:
            self._cliff(painter, frame, cliff)
        painter.restore()
        self._names(painter, frame)
        self._note(painter, frame)
        self._handle(painter, box, frame)

    def _paint_ground(self, painter: QPainter, box: QRectF, frame: QRectF) -> None:
        """Grid, figures and titles: drawn once for a scale, and again only when size, scale or look change."""
        ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
        key = (box.size(), frame, self._scale, theme().scheme, theme().text_scale, ratio, self._data.x_title)
        if self._ground is None or self._ground[0] != key:
            made = QPixmap((box.size() * ratio).toSize())
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            inside = QPainter(made)
            inside.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._axes(inside, QRectF(QPointF(0, 0), box.size()), frame.translated(-box.topLeft()))
            inside.end()
            self._ground = key, made
        painter.drawPixmap(box.topLeft(), self._ground[1])

    def _axes(self, painter: QPainter, box: QRectF, frame: QRectF) -> None:
        scale = self._scale
        levels = steps_between(scale.y_low, scale.y_high, 6)
        for step in levels:
            y = self._y(frame, step)
            if step:
                line(painter, frame.x(), y, frame.right(), y, "grid")
            spot = QRectF(box.x(), y - 8, theme().px(LEFT) - 10, 16)
            write(painter, spot, axis_text(step, levels), TYPE.small, "text3", Align.AlignRight)
        prices = steps_between(scale.x_low, scale.x_high, 7)
        for step in prices:
            spot = QRectF(self._x(frame, step) - 32, frame.bottom() + theme().px(5), 64, theme().px(16))
            write(painter, spot, axis_text(step, prices), TYPE.small, "text3", Align.AlignHCenter)
        top = QRectF(frame.x(), frame.y() - theme().px(20), frame.width(), theme().px(16))
        write(painter, top, self._data.y_title, TYPE.caption, "text2")
        foot = QRectF(frame.x(), frame.bottom() + theme().px(22), frame.width(), theme().px(16))
        write(painter, foot, self._data.x_title, TYPE.caption, "text2", Align.AlignRight)

    def _shade(self, painter: QPainter, frame: QRectF, shade: Shade) -> None:
        """A hatched stretch with its two lines of words, where they have room."""
        left, right = self._x(frame, shade.low), self._x(frame, shade.high)
        stretch = QRectF(left, frame.y(), right - left, frame.height())
        pen = QPen(theme().color("line2"), 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setClipRect(stretch, Qt.ClipOperation.IntersectClip)
        painter.setPen(pen)
        at = stretch.left() - stretch.height()
        at -= at % 7
        while at < stretch.right():
            painter.drawLine(QPointF(at, stretch.bottom()), QPointF(at + stretch.height(), stretch.top()))
            at += 7
        painter.restore()
        words = self._data.shade_text(shade)
        if max(theme().width(word, TYPE.caption) for word in words) + 16 > stretch.width():
            return
        for row, word in enumerate(words):
            high = theme().px(16)
            spot = QRectF(left + 8, frame.y() + 6 + row * high, theme().width(word, TYPE.caption) + 1, high)
            painter.fillRect(spot.adjusted(-3, 0, 3, 0), theme().color("surface"))
            write(painter, spot, word, TYPE.caption, "text2")

    def _lines(self, painter: QPainter, frame: QRectF) -> None:
        """Each line as one stroke, with a gap where it falls."""
        data, scale = self._data, self._scale
        if len(self._polygons) != len(data.lines) or any(len(p) != len(data.x) for p in self._polygons):
            self._polygons = [create_qpolygonf(len(data.x)) for _ in data.lines]
        across = frame.width() / (scale.x_high - scale.x_low)
        up = frame.height() / (scale.y_high - scale.y_low)
        x = frame.x() + (data.x - scale.x_low) * across
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for polygon, each in zip(self._polygons, data.lines, strict=True):
            points = ndarray_from_qpolygonf(polygon)
            points[:, 0] = x
            points[:, 1] = frame.bottom() - (each.y - scale.y_low) * up
            painter.setPen(line_pen(each))
            falls = [cliff.price for cliff in data.cliffs if cliff.key == each.key]
            if not falls:
                painter.drawPolyline(polygon)
                continue
            for start, end in pairwise(
                (0, *np.searchsorted(data.x, falls, side="right").tolist(), len(data.x))
            ):
                painter.drawPolyline(QPolygonF(polygon.mid(start, end - start)))

    def _cuts(self, painter: QPainter, frame: QRectF) -> None:
        """Short strokes on zero where lines break even."""
        zero = self._y(frame, 0)
        first = {each.key: each.first for each in self._data.lines}
        for key, price in self._data.cuts:
            x = self._x(frame, price)
            painter.setPen(QPen(theme().color("accent" if first.get(key) else "text"), 2))
            painter.drawLine(QPointF(x, zero - 5), QPointF(x, zero + 5))

    def _cliff(self, painter: QPainter, frame: QRectF, cliff: CliffMark) -> None:
        """A closed dot for what holds, an open one for what comes after, and a dotted fall between them."""
        x, top, foot = (
            self._x(frame, cliff.price),
            self._y(frame, cliff.left),
            self._y(frame, cliff.falls_to),
        )
        tone = theme().color("text")
        pen = QPen(tone, 1.2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.5, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, top), QPointF(x, foot))
        painter.setPen(QPen(tone, 1.4))
        painter.setBrush(tone)
        painter.drawEllipse(QPointF(x, top), 3, 3)
        painter.setBrush(theme().color("surface"))
        painter.drawEllipse(QPointF(x, foot), 3, 3)

    def _names(self, painter: QPainter, frame: QRectF) -> None:
        """Names at the ends of the lines, pushed apart where lines run together."""
        lines = self._data.lines
        wanted = [self._y(frame, float(each.y[-1])) for each in lines]
        spots = apart(wanted, theme().px(16), frame.top() - 8, frame.bottom() + 8)
        for each, y in zip(lines, spots, strict=True):
            tone = "acctext" if each.first else "text2" if each.doubtful else "text"
            spot = QRectF(frame.right() + 8, y - 8, theme().width(each.name, FIRST) + 2, 16)
            write(painter, spot, each.name, FIRST if each.first else NAME, tone)

    def _note(self, painter: QPainter, frame: QRectF) -> None:
        """The words of the deepest cliff for which there is free room below the lines."""
        for cliff in sorted(self._data.cliffs, key=_depth, reverse=True):
            spot = self._free_below(frame, cliff)
            if spot is None:
                continue
            x, y = self._x(frame, cliff.price), self._y(frame, cliff.falls_to)
            line(painter, x + 3, y + 3, spot.left() - 4, spot.top() + 9, "text3")
            painter.fillRect(spot.adjusted(-2, 0, 2, 0), theme().color("surface"))
            half = spot.height() / 2
            write(painter, QRectF(spot.left(), spot.top(), spot.width(), half), cliff.title, FIRST, "text")
            write(
                painter, QRectF(spot.left(), spot.top() + half, spot.width(), half), cliff.line, NAME, "text2"
            )
            return

    def _free_below(self, frame: QRectF, cliff: CliffMark) -> QRectF | None:
        """Where two lines of words have room right of a cliff and below all lines."""
        if not self._scale.x_low <= cliff.price <= self._scale.x_high:
            return None
        width = max(theme().width(cliff.title, FIRST), theme().width(cliff.line, NAME)) + 4
        x, y = self._x(frame, cliff.price), self._y(frame, cliff.falls_to)
        left = min(x + 64, frame.right() - width - 4)
        handle = self._x(frame, self._data.price)
        if left - 8 < handle < left + width + 8:
            # not under the upright line of the handle
            left = handle + 10
            if left + width + 4 > frame.right():
                return None
        top = max(self._lowest(frame, left) + 6, y + 14)
        high = 2 * theme().px(16)
        fits = left >= x + 12 and top + high <= frame.bottom() and y <= frame.bottom()
        return QRectF(left, top, width, high) if fits else None

    def _lowest(self, frame: QRectF, x: float) -> float:
        """How far down lines, and the level of zero, reach right of a place."""
        data = self._data
        share = (x - frame.x()) / frame.width()
        at = min(max(int(share * len(data.x)), 0), len(data.x) - 1)
        return max(self._y(frame, min(float(each.y[at:].min()), 0.0)) for each in data.lines)

    def _handle(self, painter: QPainter, box: QRectF, frame: QRectF) -> None:
        """The upright line at the price in force, its tag, and the dot of the platform in the lead."""
        data = self._data
        if not self._scale.x_low <= data.price <= self._scale.x_high:
            return
        x = self._x(frame, data.price)
        line(painter, x, frame.y() - 8, x, frame.bottom(), "text", 2)
        shown = data.figure(data.price)
        width = theme().width(shown, FIRST) + 20
        tag = QRectF(min(max(x - width / 2, 0), box.right() - width), box.y() + 2, width, theme().px(24))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("text"))
        painter.drawRoundedRect(tag, 4, 4)
        write(painter, tag, shown, FIRST, "surface", Align.AlignHCenter)
        leader = next((each for each in data.lines if each.first), None)
        if leader is None:
            return
        y = min(max(self._y(frame, leader.here), frame.y()), frame.bottom())
        words = f"{leader.name} {data.figure(leader.here)}"
        width = theme().width(words, FIRST) + 2
        left = x - width - 12 if x - width - 16 > frame.x() else x + 12
        spot = QRectF(left, y - 22, width, theme().px(16))
        painter.fillRect(spot.adjusted(-3, 0, 3, 0), theme().color("surface"))
        write(painter, spot, words, FIRST, "acctext")
        painter.setPen(QPen(theme().color("surface"), 2))
        painter.setBrush(theme().color("accent"))
        painter.drawEllipse(QPointF(x, y), 6, 6)
        dot = QRectF(x - 6, y - 6, 12, 12)
        self.add_mark(Mark("handle", 0, 0, dot, shown, data.figure(leader.here), leader.name, round=True))

    # -- pointer -------------------------------------------------------------------------------------
    def nearest(self, point: QPointF) -> Mark | None:
        """The cliff within reach, else what is left at the price below the pointer."""
        data = self._data
        frame = self._frame(QRectF(QPointF(0, 0), self.plot.size().toSizeF()))
        if not len(data.x) or not frame.adjusted(-8, -8, 8, 8).contains(point):
            return None
        for cliff in data.cliffs:
            x, y = self._x(frame, cliff.price), self._y(frame, cliff.left)
            box = QRectF(x - 6, y - 6, 12, max(self._y(frame, cliff.falls_to) - y, 0) + 12)
            reach = float(SPACE.hover_reach)
            if box.adjusted(-reach, -reach, reach, reach).contains(point):
                return Mark(f"cliff-{cliff.key}-{cliff.price}", 0, 0, box, cliff.title, "", cliff.line)
        return self._mark_at(frame, int(np.argmin(np.abs(data.x - self._price_at(point.x())))))

    def _mark_at(self, frame: QRectF, at: int) -> Mark:
        """What every platform leaves at a price that is swept."""
        data = self._data
        leads = data.leads(at)
        words = " · ".join(f"{each.name} {data.figure(float(each.y[at]))}" for each in reversed(data.lines))
        first = next((each for each in data.lines if each.first), data.lines[-1])
        x, y = self._x(frame, float(data.x[at])), self._y(frame, float(first.y[at]))
        title = f"{data.figure(float(data.x[at]))}"
        value = f"{leads} {data.heads[1]}".strip() if leads else ""
        return Mark(f"price-{at}", 0, 0, QRectF(x - 4, y - 4, 8, 8), title, value, words, round=True)

    def hover_at(self, point: QPointF) -> None:
        if self._drawn_along:
            self.handleMoved.emit(self._price_at(point.x()))
            return
        mark = self.nearest(point)
        key = mark.key if mark is not None else ""
        if key != self._hover:
            self._hover = key
            if mark is None:
                self.read_out.hide()
            else:
                self._show(mark)

    def press_at(self, point: QPointF) -> None:
        """Takes the handle to the pointer; from now on it is drawn along."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.read_out.hide()
        if not self._data.lines:
            return
        self._drawn_along = True
        self.handlePressed.emit()
        self.handleMoved.emit(self._price_at(point.x()))

    def release_at(self, point: QPointF) -> None:
        if self._drawn_along:
            self._drawn_along = False
            self.handleReleased.emit()

    def leave(self) -> None:
        if self._hover:
            self._hover = ""
            self.read_out.hide()

    # -- keys ----------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() in steps and (plain or shift):
            self.stepRequested.emit(steps[Qt.Key(event.key())] * (10 if shift else 1))
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain:
            self._other_line(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_W) and plain:
            self.ask_why()
        elif event.text().isdigit() and plain:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _by_value(self) -> list[SweepLine]:
        """The lines from the one that leaves most down."""
        return sorted(self._data.lines, key=_here, reverse=True)

    def current_line(self) -> str:
        """The platform that the keys stand on; the one in the lead until they were used."""
        keys = [each.key for each in self._data.lines]
        if self._line in keys:
            return self._line
        return next((each.key for each in self._data.lines if each.first), "")

    def _other_line(self, by: int) -> None:
        """The next platform by what is left at the handle: shown and spoken."""
        lines = self._by_value()
        if not lines:
            return
        at = next((k for k, each in enumerate(lines) if each.key == self.current_line()), 0)
        each = lines[min(max(at + by, 0), len(lines) - 1)]
        self._line = each.key
        data = self._data
        frame = self._frame(QRectF(QPointF(0, 0), self.plot.size().toSizeF()))
        x, y = self._x(frame, data.price), self._y(frame, each.here)
        box = QRectF(x - 6, y - 6, 12, 12)
        mark = Mark(
            each.key, 0, 0, box, each.name, data.figure(each.here), data.figure(data.price), round=True
        )
        self._show(mark)
        self.tell(mark.spoken())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def ask_why(self) -> None:
        if self.current_line():
            self.whyRequested.emit(self.current_line())

    def copy_text(self) -> str:
        return self.table_rows().tsv()

    # -- table ---------------------------------------------------------------------------------------
    def table_rows(self) -> TableTwin:
        """Every tenth price, and the one in force."""
        data = self._data
        lines = sorted(data.lines, key=_dash)
        heads = (data.heads[0], *(each.name for each in lines), data.heads[1])
        rows, keys = [], []
        for at, price in enumerate(data.x):
            if at % TWIN_EVERY and abs(price - data.price) > 1e-9:
                continue
            figures = (data.figure(float(each.y[at])) for each in lines)
            rows.append((data.figure(float(price)), *figures, data.leads(at)))
            keys.append(f"price-{at}")
        return TableTwin(heads, tuple(rows), tuple(range(1, len(lines) + 1)), tuple(keys))


def _here(each: SweepLine) -> float:
    return each.here


def _dash(each: SweepLine) -> int:
    return each.dash


def _depth(cliff: CliffMark) -> float:
    return cliff.left - cliff.falls_to


def line_pen(each: SweepLine) -> QPen:
    """The one in the lead thick in the accent, the others thin and told apart by dashes, doubtful ones dotted grey."""
    if each.first:
        return QPen(theme().color("accent"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    pen = QPen(theme().color("text3" if each.doubtful else "text2"), 1.5)
    pattern = DOUBTFUL if each.doubtful else DASHES[each.dash % len(DASHES)]
    if pattern:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        # Qt counts dashes in widths of the pen
        pen.setDashPattern([part / 1.5 for part in pattern])
    return pen


def steps_between(low: float, high: float, wanted: int) -> list[float]:
    """Axis values within two ends in steps of 1, 2 or 5 times a power of ten."""
    steps = axis_steps(high - low, wanted)
    step = steps[1] - steps[0] if len(steps) > 1 else high - low
    first = int(np.ceil(low / step - 1e-9))
    return [step * k for k in range(first, int(np.floor(high / step + 1e-9)) + 1)]


def apart(wanted: Sequence[float], least: float, top: float, foot: float) -> list[float]:
    """Places near the wanted ones, each at least so far from the next, from top to foot."""
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    spots = [min(max(wanted[k], top), foot) for k in order]
    for k in range(1, len(spots)):
        spots[k] = max(spots[k], spots[k - 1] + least)
    over = spots[-1] - foot if spots else 0.0
    if over > 0:
        spots[-1] = foot
        for k in range(len(spots) - 2, -1, -1):
            spots[k] = min(spots[k], spots[k + 1] - least)
    found = [0.0] * len(wanted)
    for k, spot in zip(order, spots, strict=True):
        found[k] = spot
    return found
