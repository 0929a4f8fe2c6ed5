"""From the list price down to the net margin, one step a part."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.series.table import TableTwin
from desktop.viewmodels.series.waterfall import WaterfallData, WaterfallStep
from desktop.views.charts.base import Align, ChartView, Mark, fill_series, line, write
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE

ROW, BAR = 32, 18


class WaterfallChart(ChartView):
    """Steps from the price to the margin; a loss runs left of zero, in the colour of an error."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._data = WaterfallData()
        super().__init__(name, parent)

    def set_data(self, data: WaterfallData) -> None:
        """Shows other steps."""
        self._data = data
        self.changed_data()

    def data(self) -> WaterfallData:
        """What is shown."""
        return self._data

    def wanted_height(self) -> int:
        return max(1, len(self._data.steps)) * theme().px(ROW) + 4

    def _spans(self) -> list[tuple[float, float]]:
        """From and to of each step, in money."""
        spans, level = [], 0.0
        for step in self._data.steps:
            value = float(step.value or 0)
            if step.series == "price":
                spans.append((0.0, value))
                level = value
            elif step.series == "net":
                spans.append((0.0, value))
            else:
                spans.append((level - value, level))
                level -= value
        return spans

    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        steps, spans = self._data.steps, self._spans()
        if not steps:
            return
        names = max(theme().width(step.name, TYPE.body_strong) for step in steps)
        labels = max(theme().width(step.label, TYPE.body_strong) for step in steps)
        left = box.x() + min(names + 16, box.width() * 0.4)
        low = min(0.0, *(min(span) for span in spans))
        high = max(1e-9, *(max(span) for span in spans))
        unit = max(30.0, box.right() - labels - 14 - left) / (high - low)
        zero = left - low * unit
        row = theme().px(ROW)
        if low < 0:
            line(painter, zero, box.y(), zero, box.y() + row * len(steps), "text3")
        before: float | None = None
        for number, (step, span) in enumerate(zip(steps, spans, strict=True)):
            y = box.y() + row * number + row / 2
            body = QRectF(zero + span[0] * unit, y - BAR / 2, (span[1] - span[0]) * unit, BAR).normalized()
            if before is not None:
                line(painter, before, y - row + BAR / 2, before, y - BAR / 2, "text3")
            self._step(painter, step, number, body, QRectF(box.x(), y - row / 2, box.width(), row), left)
            before = zero + (span[1] if step.series == "price" else span[0]) * unit

    def _step(
        self, painter: QPainter, step: WaterfallStep, number: int, body: QRectF, place: QRectF, left: float
    ) -> None:
        """Name, bar, figure."""
        ends = step.series in ("price", "net")
        lost = step.series == "net" and step.value is not None and step.value < 0
        tone = "err" if lost else "acctext" if step.series == "net" else "text"
        write(
            painter,
            QRectF(place.x(), place.y(), left - place.x() - 12, place.height()),
            step.name,
            TYPE.body_strong if ends else TYPE.body,
            tone,
        )
        if step.value is None:
            write(
                painter,
                QRectF(body.x() - 8, place.y(), 20, place.height()),
                "?",
                TYPE.body_strong,
                "unk",
                Align.AlignHCenter,
            )
        else:
            body.setWidth(max(2.0, body.width()))
            fill_series(painter, body, "text3" if step.series == "price" else step.series)
            if lost:
                painter.setPen(QPen(theme().color("err"), 2))
                painter.drawRect(body.adjusted(1, 1, -1, -1))
        label = step.label if step.value is not None else "?"
        write(
            painter,
            QRectF(place.right() - 120, place.y(), 120, place.height()),
            label,
            TYPE.body_strong if ends else TYPE.body,
            "unk" if step.value is None else tone,
            Align.AlignRight,
        )
        colour = "text3" if step.series == "price" else step.series
        self.add_mark(Mark(step.key, number, 0, body, step.name, label, step.detail, colour))

    def table_rows(self) -> TableTwin:
        rows = tuple((step.name, step.label if step.value is not None else "?") for step in self._data.steps)
        return TableTwin(("", ""), rows, (1,), tuple(step.key for step in self._data.steps))
