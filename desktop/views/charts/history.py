"""A fact over time: values as steps up to the chosen day, what is unknown in violet, doubted figures as a cross."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.fact_history import Cross, Gap, HistoryData, Piece, time_ticks
from desktop.viewmodels.series.table import TableTwin
from desktop.viewmodels.wording import MINUS
from desktop.views.charts.base import Align, ChartView, Mark, line, write
from desktop.views.charts.plot_canvas import PlotCanvas
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE, TypeStep

TOP, FOOT, GAP = 24, 26, 10
TALL, FLAT = 264, 168
STRONG = TypeStep(12, 16, 600)
END_LINE = 17
CROSS = 5.5


class HistoryChart(ChartView):
    """Steps from the first known day to the chosen one; tiers as several lines, named at their right ends."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._data = HistoryData()
        self._twin = TableTwin((), ())
        self._taken: list[QRectF] = []
        super().__init__(name, parent)

    def make_canvas(self) -> PlotCanvas:
        return PlotCanvas(self, self)

    def set_data(self, data: HistoryData, twin: TableTwin) -> None:
        """Shows another fact; `twin` is the table of the same values that stands below the chart."""
        self._data, self._twin = data, twin
        self._current = ""
        self.changed_data()

    def data(self) -> HistoryData:
        """What is shown."""
        return self._data

    def wanted_height(self) -> int:
        return theme().px(FLAT if self._data.flat else TALL)

    def table_rows(self) -> TableTwin:
        return self._twin

    # -- scale ---------------------------------------------------------------------------------------
    def _steps(self) -> list[float]:
        low, high = float(self._data.low), float(self._data.high)
        return value_steps(low, high, 2 if self._data.flat else 4)

    def _frame(self, box: QRectF, steps: Sequence[float]) -> QRectF:
        """Where the steps are drawn: room for the figures at the left and for the names at the right."""
        left = max(theme().width(self._figure(step, steps), TYPE.small) for step in steps) + GAP + 2
        ends = [*self._end_names(), (self._data.typed_label, "")]
        right = max((theme().width(text, STRONG) for pair in ends for text in pair if text), default=0.0)
        right = max(min(right, box.width() * 0.3) + GAP + 4, theme().width(self._data.day_label, STRONG) / 2)
        return box.adjusted(left, theme().px(TOP), -right, -theme().px(FOOT))

    def _end_names(self) -> list[tuple[str, str]]:
        return [(piece.label, piece.band) for piece in self._at_end()]

    def _at_end(self) -> list[Piece]:
        """What holds at the right end."""
        return [piece for piece in self._data.pieces if piece.end >= self._data.end]

    def _figure(self, value: float, steps: Sequence[float]) -> str:
        shown = step_text(value, steps)
        return f"{shown}%" if self._data.percent else shown

    def _x(self, frame: QRectF, day: date) -> float:
        data = self._data
        whole = max(1, (data.end - data.start).days)
        return frame.x() + (day - data.start).days / whole * frame.width()

    def _y(self, frame: QRectF, value: float, steps: Sequence[float]) -> float:
        low, high = steps[0], steps[-1]
        return frame.bottom() - (value - low) / ((high - low) or 1.0) * frame.height()

    # -- drawing -------------------------------------------------------------------------------------
    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        if not self._data:
            return
        steps = self._steps()
        frame = self._frame(box, steps)
        self._taken = []
        for number, gap in enumerate(self._data.gaps):
            self._gap(painter, frame, gap, number)
        self._axes(painter, box, frame, steps)
        self._name_gaps(painter, frame)
        rows = {piece.key: at for at, piece in enumerate(self._data.pieces)}
        self._risers(painter, frame, steps)
        for piece in sorted(self._data.pieces, key=lambda p: p.main):
            self._piece(painter, frame, steps, piece, rows[piece.key])
        self._day(painter, frame)
        for number, cross in enumerate(self._data.crosses):
            self._cross(painter, frame, steps, cross, len(rows) + number)
        self._end_labels(painter, box, frame, steps)
        self._typed(painter, box, frame, steps, len(rows) + len(self._data.crosses))
        for piece in self._data.pieces:
            self._label(painter, frame, steps, piece)

    def _axes(self, painter: QPainter, box: QRectF, frame: QRectF, steps: Sequence[float]) -> None:
        write(
            painter,
            QRectF(box.x(), box.y(), box.width(), theme().px(16)),
            self._data.unit,
            TYPE.caption,
            "text2",
        )
        for step in steps:
            y = self._y(frame, step, steps)
            line(painter, frame.x(), y, frame.right(), y, "text3" if step == 0 else "grid")
            spot = QRectF(box.x(), y - 8, frame.x() - box.x() - GAP + 2, 16)
            write(painter, spot, self._figure(step, steps), TYPE.small, "text3", Align.AlignRight)
        at_day = self._x(frame, self._data.day)
        half = theme().width(self._data.day_label, TYPE.small_strong) / 2
        for day, name in time_ticks(self._data, frame.width()):
            x = self._x(frame, day)
            room = theme().width(name, TYPE.small) / 2
            if abs(x - at_day) > half + room + 8 and x - room >= frame.x() - 4:
                spot = QRectF(x - 40, frame.bottom() + theme().px(6), 80, theme().px(16))
                write(painter, spot, name, TYPE.small, "text3", Align.AlignHCenter)

    def _day(self, painter: QPainter, frame: QRectF) -> None:
        """The upright line of the chosen day, with its date below."""
        x = self._x(frame, self._data.day)
        line(painter, x, frame.top() - 4, x, frame.bottom(), "text", 2)
        width = theme().width(self._data.day_label, TYPE.small_strong) + 2
        spot = QRectF(max(frame.x(), x - width / 2), frame.bottom() + theme().px(6), width, 16)
        write(painter, spot, self._data.day_label, TYPE.small_strong, "text", Align.AlignHCenter)

    # -- what is not known ---------------------------------------------------------------------------
    def _gap(self, painter: QPainter, frame: QRectF, gap: Gap, number: int) -> None:
        left, right = self._x(frame, gap.start), self._x(frame, gap.end)
        field = QRectF(left, frame.top(), max(1.0, right - left), frame.height())
        painter.fillRect(field, theme().color("unkbg"))
        if theme().high_contrast:
            painter.setPen(QPen(theme().color("unk"), 1))
            painter.drawRect(field)
        self.add_mark(
            Mark(f"gap{number}", 99, number, field.adjusted(0, 0, 0, -frame.height() * 0.6), gap.words)
        )

    def _name_gaps(self, painter: QPainter, frame: QRectF) -> None:
        """The words of each field, in two lines where one is too long; without room in the read-out only."""
        metrics = QFontMetricsF(theme().font(TYPE.caption))
        at_day = self._x(frame, self._data.day)
        for gap in self._data.gaps:
            left, right = self._x(frame, gap.start), self._x(frame, gap.end)
            if left <= at_day < right - 1:
                # the line of the day stands in the field: the words stand beside it
                left = at_day
            lines = wrapped(gap.words, metrics, right - left - 16)
            for number, text in enumerate(lines):
                spot = QRectF(left + 8, frame.top() + 6 + 16 * number, right - left - 12, 16)
                write(painter, spot, text, TYPE.caption, "unk")
                self._taken.append(
                    QRectF(left + 8, spot.y(), metrics.horizontalAdvance(text), theme().px(16))
                )

    # -- steps ---------------------------------------------------------------------------------------
    def _tone(self, piece: Piece) -> str:
        if piece.later:
            return "text3"
        return "warn" if piece.doubted else "accent" if piece.main else "text2"

    def _piece(
        self, painter: QPainter, frame: QRectF, steps: Sequence[float], piece: Piece, row: int
    ) -> None:
        left, right = self._x(frame, piece.start), self._x(frame, piece.end)
        y = self._y(frame, float(piece.value), steps)
        tone, width = self._tone(piece), 3 if piece.main else 2
        high = y if piece.high is None else self._y(frame, float(piece.high), steps)
        if piece.high is not None:
            field = QRectF(left, high, max(2.0, right - left), y - high)
            painter.fillRect(field, theme().color("sel"))
            line(painter, left, high, right, high, tone, width)
        pen = QPen(theme().color(tone), width)
        if piece.doubted or piece.later:
            pen.setDashPattern([4, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        if piece.main:
            self._start_dot(painter, QPointF(left, (y + high) / 2), piece, tone)
        box = QRectF(left, min(y, high) - 6, max(8.0, right - left), abs(y - high) + 12)
        title = f"{piece.label} {piece.band}".strip()
        self.add_mark(Mark(piece.key, row, piece.line, box, title, "", piece.said, tone))

    def _start_dot(self, painter: QPainter, at: QPointF, piece: Piece, tone: str) -> None:
        """A ring where a source saw the value in force, a dot where it is known to begin."""
        painter.setPen(QPen(theme().color(tone), 2))
        painter.setBrush(theme().color("surface" if piece.seen else tone))
        painter.drawEllipse(at, 4.5 if piece.seen else 3.0, 4.5 if piece.seen else 3.0)

    def _risers(self, painter: QPainter, frame: QRectF, steps: Sequence[float]) -> None:
        """From one value to the next: solid between single values, dotted where one splits into bands."""
        ends: dict[date, list[Piece]] = {}
        for piece in self._data.pieces:
            ends.setdefault(piece.end, []).append(piece)
        starts: dict[date, list[Piece]] = {}
        for piece in self._data.pieces:
            starts.setdefault(piece.start, []).append(piece)
        for day, begun in starts.items():
            ended = [p for p in ends.get(day, []) if p.start < day]
            if not ended and len(begun) < 2:
                continue
            x = self._x(frame, day)
            if len(begun) == len(ended) == 1:
                painter.setPen(QPen(theme().color(self._tone(begun[0])), 3))
                for before, after in zip(_ends(ended[0]), _ends(begun[0]), strict=True):
                    self._upright(painter, x, *(self._y(frame, value, steps) for value in (before, after)))
                continue
            pen = QPen(theme().color("text3"), 1)
            pen.setDashPattern([2, 3])
            painter.setPen(pen)
            values = [value for piece in (*begun, *ended) for value in _ends(piece)]
            self._upright(painter, x, self._y(frame, min(values), steps), self._y(frame, max(values), steps))

    def _upright(self, painter: QPainter, x: float, low: float, high: float) -> None:
        if low != high:
            painter.drawLine(QPointF(x, low), QPointF(x, high))

    def _label(self, painter: QPainter, frame: QRectF, steps: Sequence[float], piece: Piece) -> None:
        """The value above its step; the last ones are named at the right end instead."""
        if piece in self._at_end():
            return
        left, right = self._x(frame, piece.start), self._x(frame, piece.end)
        width = theme().width(piece.label, TYPE.caption)
        top = self._y(frame, float(piece.high if piece.high is not None else piece.value), steps)
        if width + 8 > right - left:
            return
        spot = QRectF((left + right) / 2 - width / 2, top - 20, width + 1, theme().px(16))
        if any(spot.intersects(other) for other in self._taken):
            spot.moveTop(top + 4)
        if not any(spot.intersects(other) for other in self._taken):
            self._taken.append(spot)
            write(painter, spot, piece.label, TYPE.caption, "text2")

    def _end_labels(self, painter: QPainter, box: QRectF, frame: QRectF, steps: Sequence[float]) -> None:
        """Value and band at the right end, moved apart where they would stand on each other."""
        found = self._at_end()
        if not found:
            return
        high = theme().px(END_LINE) * (2 if any(piece.band for piece in found) else 1)
        wanted = [self._y(frame, float(piece.high or piece.value), steps) for piece in found]
        placed = moved_apart(wanted, high, frame.top() - 10, frame.bottom() + 6)
        for piece, y in zip(found, placed, strict=True):
            tone = "acctext" if self._tone(piece) == "accent" else self._tone(piece)
            left = frame.right() + GAP
            spot = QRectF(left, y - high / 2, box.right() - left, theme().px(16))
            write(painter, spot, piece.label, STRONG, tone)
            if piece.band:
                write(painter, spot.translated(0, theme().px(15)), piece.band, TYPE.small, "text2")

    def _typed(self, painter: QPainter, box: QRectF, frame: QRectF, steps: Sequence[float], row: int) -> None:
        """The value of one's own: a dot on the line of the day."""
        if self._data.typed is None:
            return
        at = QPointF(self._x(frame, self._data.day), self._y(frame, float(self._data.typed), steps))
        painter.setPen(QPen(theme().color("surface"), 2))
        painter.setBrush(theme().color("text2"))
        painter.drawEllipse(at, 6, 6)
        width = theme().width(self._data.typed_label, STRONG)
        spot = QRectF(at.x() - 12 - width, at.y() - 8, width + 1, 16)
        if any(abs(self._y(frame, float(p.value), steps) - at.y()) < 10 for p in self._at_end()):
            spot.translate(0, -14)
        self._taken.append(spot)
        painter.fillRect(spot.adjusted(-3, 0, 3, 0), theme().color("surface"))
        write(painter, spot, self._data.typed_label, STRONG, "text")
        self.add_mark(Mark("typed", row, 0, QRectF(at.x() - 7, at.y() - 7, 14, 14), self._data.typed_label,
                           provenance="typed", round=True))  # fmt: skip

    # -- doubts --------------------------------------------------------------------------------------
    def _cross(
        self, painter: QPainter, frame: QRectF, steps: Sequence[float], cross: Cross, row: int
    ) -> None:
        """The printed figure crossed, with the likely one as a ring where it has the same unit."""
        at = QPointF(self._x(frame, cross.day), self._y(frame, float(cross.value), steps))
        painter.setPen(QPen(theme().color("surface"), 1))
        painter.setBrush(theme().color("surface"))
        painter.drawEllipse(at, CROSS + 2, CROSS + 2)
        painter.setPen(QPen(theme().color("warn"), 2))
        painter.drawLine(at + QPointF(-CROSS, -CROSS), at + QPointF(CROSS, CROSS))
        painter.drawLine(at + QPointF(-CROSS, CROSS), at + QPointF(CROSS, -CROSS))
        self._beside(painter, frame, at, cross.label, "warn")
        box = QRectF(at.x() - 8, at.y() - 8, 16, 16)
        self.add_mark(Mark(cross.key, row, 0, box, cross.label, "", cross.likely_label, "warn"))
        if cross.likely is not None:
            there = QPointF(at.x(), self._y(frame, float(cross.likely), steps))
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.setBrush(theme().color("surface"))
            painter.drawEllipse(there, 5, 5)
            self._beside(painter, frame, there, cross.likely_label, "acctext")

    def _beside(self, painter: QPainter, frame: QRectF, at: QPointF, text: str, tone: str) -> None:
        """Words at the right of a mark, above its line; at the left where there is no room."""
        width = theme().width(text, TYPE.caption)
        left = at.x() + 12 if at.x() + 14 + width < frame.right() else at.x() - 12 - width
        spot = QRectF(left, at.y() - 22 if tone == "warn" else at.y() - 8, width + 1, 16)
        if spot.top() < frame.top() - 8:
            spot.moveTop(at.y() + 6)
        self._taken.append(spot)
        write(painter, spot, text, TYPE.caption, tone)


# ---------------------------------------------------------------------- scales and places
def _ends(piece: Piece) -> tuple[float, float]:
    """The lower and the upper edge of a level; both the same where it is no range."""
    return float(piece.value), float(piece.value if piece.high is None else piece.high)


def value_steps(low: float, high: float, wanted: int) -> list[float]:
    """Axis values in steps of 1, 2 or 5 from the lowest to the highest; zero is among them."""
    span = (high - low) or 1.0
    power = 10.0 ** math.floor(math.log10(span / wanted))
    step = next((f * power for f in (1, 2, 5, 10) if span / (f * power) <= wanted + 0.6), 10 * power)
    first = math.floor(low / step + 1e-9)
    return [step * index for index in range(first, math.ceil(high / step - 1e-9) + 1)] or [0.0]


def step_text(value: float, steps: Sequence[float]) -> str:
    """An axis figure with as many decimals as its step has."""
    step = abs(steps[1] - steps[0]) if len(steps) > 1 else 1.0
    places = max(0, -math.floor(math.log10(step) + 1e-9)) if step < 1 else 0
    return f"{value:,.{places}f}".replace("-", MINUS)


def moved_apart(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Places as near to the wanted ones as they can be without standing on each other, within the given range."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed = [0.0] * len(wanted)
    last = top - height / 2
    for at in order:
        last = placed[at] = max(wanted[at], last + height)
    limit = bottom + height / 2
    for at in reversed(order):
        limit = placed[at] = min(placed[at], limit - height)
    return placed


def wrapped(text: str, metrics: QFontMetricsF, width: float, most: int = 2) -> list[str]:
    """A text in at most two lines of a width; nothing where it does not fit."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    cuts = [at for at, sign in enumerate(text) if sign == " "] or list(range(1, len(text)))
    for cut in reversed(cuts):
        head, tail = text[:cut], text[cut:].lstrip()
        if max(metrics.horizontalAdvance(head), metrics.horizontalAdvance(tail)) <= width and most >= 2:
            return [head, tail]
    return []
