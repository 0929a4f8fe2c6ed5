"""Bars by name with shares and growth, or upright bars by year."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.series.bars import Bar, BarsData, shortened
from desktop.viewmodels.series.table import TableTwin
from desktop.views.charts.base import Align, ChartView, Mark, axis_steps, axis_text, line, write
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE
from desktop.views.widgets.rail import round_pen

ROW, BAR, HEAD, FOOT = 32, 16, 24, 22


class BarsChart(ChartView):
    """One bar a name; the first in the accent, the others grey; an unknown one as a word, never as zero."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._data = BarsData()
        super().__init__(name, parent)

    def set_data(self, data: BarsData) -> None:
        """Shows other bars."""
        self._data = data
        self.changed_data()

    def data(self) -> BarsData:
        """What is shown."""
        return self._data

    def wanted_height(self) -> int:
        if self._data.vertical:
            return 240
        return theme().px(HEAD) + max(1, len(self._data.bars)) * theme().px(ROW) + theme().px(FOOT)

    def _ends(self) -> tuple[float, float]:
        """The least and greatest value, zero always among them."""
        values = [v for bar in self._data.bars for v in (bar.value, bar.doubt) if v is not None]
        return float(min([Decimal(0), *values])), float(max([Decimal(0), *values])) or 1.0

    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        if not self._data.bars:
            return
        write(
            painter,
            QRectF(box.x(), box.y(), box.width() * 0.7, theme().px(16)),
            self._data.title,
            TYPE.caption,
            "text2",
        )
        if self._data.vertical:
            self._upright(painter, box)
        else:
            self._level(painter, box)

    def _note(self, bar: Bar, number: int, box: QRectF) -> None:
        text = bar.label if bar.value is not None else self._data.unknown_word or "?"
        line_text = " · ".join(part for part in (bar.extra, bar.detail) if part)
        self.add_mark(
            Mark(bar.key, number, 0, box, bar.name, text, line_text, "accent" if bar.first else "text3")
        )

    # -- level bars ----------------------------------------------------------------------------------
    def _level(self, painter: QPainter, box: QRectF) -> None:
        """Names left, bars, figures at their ends, growth at the right."""
        names = [shortened(bar.name) for bar in self._data.bars]
        left = box.x() + max(theme().width(name, TYPE.body) for name in names) + 16
        extra = max((theme().width(bar.extra, TYPE.body) for bar in self._data.bars), default=0)
        extra = (
            max(extra, theme().width(self._data.extra_head, TYPE.caption)) + 16
            if self._data.extra_head or extra
            else 0
        )
        label = max((theme().width(bar.label, TYPE.body_strong) for bar in self._data.bars), default=0) + 14
        low, high = self._ends()
        low_room = label if low < 0 else 0
        unit = max(20.0, box.right() - extra - label - left - low_room) / (high - low)
        zero = left + low_room - low * unit
        top, row = box.y() + theme().px(HEAD), theme().px(ROW)
        foot = top + row * len(names)
        steps = axis_steps(high - low if low < 0 else high)
        for step in steps:
            x = zero + step * unit
            if x <= zero + high * unit + 1:
                line(painter, x, top, x, foot, "grid")
                write(
                    painter,
                    QRectF(x - 30, foot + 3, 60, theme().px(16)),
                    axis_text(step, steps),
                    TYPE.small,
                    "text3",
                    Align.AlignHCenter,
                )
        line(painter, zero, top, zero, foot, "text3")
        write(
            painter,
            QRectF(box.right() - 120, box.y(), 120, theme().px(16)),
            self._data.extra_head,
            TYPE.caption,
            "text2",
            Align.AlignRight,
        )
        for number, (bar, name) in enumerate(zip(self._data.bars, names, strict=True)):
            place = QRectF(box.x(), top + number * row, box.width(), row)
            write(
                painter,
                QRectF(box.x(), place.y(), left - box.x() - 12, row),
                name,
                TYPE.body_strong if bar.first else TYPE.body,
                "text",
            )
            self._level_bar(painter, bar, number, place, zero, unit)
            write(
                painter,
                QRectF(box.right() - 90, place.y(), 90, row),
                bar.extra,
                TYPE.body,
                "text2",
                Align.AlignRight,
            )

    def _level_bar(
        self, painter: QPainter, bar: Bar, number: int, place: QRectF, zero: float, unit: float
    ) -> None:
        """One bar with its figure."""
        y = place.center().y()
        if bar.value is None:
            word = f"? {self._data.unknown_word}".strip()
            width = theme().width(word, TYPE.caption)
            write(painter, QRectF(zero + 8, y - 8, width + 1, 16), word, TYPE.caption, "unk")
            self._note(bar, number, QRectF(zero + 6, y - 9, width + 6, 18))
            return
        end = zero + float(bar.value) * unit
        body = QRectF(min(zero, end), y - BAR / 2, max(1.0, abs(end - zero)), BAR)
        painter.fillRect(body, theme().color("accent" if bar.first else "text3"))
        if bar.value >= 0:
            write(
                painter,
                QRectF(end + 6, y - 10, 120, 20),
                bar.label,
                TYPE.body_strong,
                "acctext" if bar.first else "text",
            )
        else:
            write(
                painter,
                QRectF(end - 126, y - 10, 120, 20),
                bar.label,
                TYPE.body_strong,
                "text",
                Align.AlignRight,
            )
        if bar.doubt is not None:
            self._doubt(painter, zero + float(bar.doubt) * unit, y)
        self._note(bar, number, body)

    def _doubt(self, painter: QPainter, x: float, y: float) -> None:
        """The cross at a doubted value, with air of the ground around it."""
        for colour, width in ((theme().color("surface"), 4.5), (theme().color("warn"), 2)):
            painter.setPen(round_pen(colour, width))
            painter.drawLine(QPointF(x - 4, y - 4), QPointF(x + 4, y + 4))
            painter.drawLine(QPointF(x - 4, y + 4), QPointF(x + 4, y - 4))

    # -- upright bars --------------------------------------------------------------------------------
    def _upright(self, painter: QPainter, box: QRectF) -> None:
        """Years below, figures above the bars."""
        low, high = self._ends()
        frame = box.adjusted(40, theme().px(44), -8, -theme().px(24))
        unit = frame.height() / (high - low)
        zero = frame.bottom() + low * unit
        steps = axis_steps(high)
        for step in steps:
            y = zero - step * unit
            line(painter, frame.x(), y, frame.right(), y, "grid" if step else "text3")
            write(
                painter,
                QRectF(box.x(), y - 8, 32, 16),
                axis_text(step, steps),
                TYPE.small,
                "text3",
                Align.AlignRight,
            )
        slot = frame.width() / len(self._data.bars)
        for number, bar in enumerate(self._data.bars):
            middle = frame.x() + slot * (number + 0.5)
            self._upright_bar(painter, bar, number, middle, slot, zero, unit)
            write(
                painter,
                QRectF(middle - slot / 2, frame.bottom() + theme().px(5), slot, theme().px(16)),
                bar.name,
                TYPE.small_strong if bar.first else TYPE.small,
                "text2" if bar.first else "text3",
                Align.AlignHCenter,
            )

    def _upright_bar(
        self, painter: QPainter, bar: Bar, number: int, middle: float, slot: float, zero: float, unit: float
    ) -> None:
        """One bar with its figure above."""
        width = min(40.0, slot * 0.62)
        if bar.value is None:
            write(
                painter,
                QRectF(middle - slot / 2, zero - 22, slot, 18),
                "?",
                TYPE.body_strong,
                "unk",
                Align.AlignHCenter,
            )
            self._note(bar, number, QRectF(middle - 10, zero - 22, 20, 20))
            return
        end = zero - float(bar.value) * unit
        body = QRectF(middle - width / 2, min(end, zero), width, max(1.0, abs(zero - end)))
        painter.fillRect(body, theme().color("accent" if bar.first else "text3"))
        if theme().width(bar.label, TYPE.small_strong) <= slot - 2:
            up = (
                body.top() - 18
                if bar.doubt is None
                else min(body.top(), zero - float(bar.doubt) * unit - 6) - 18
            )
            write(
                painter,
                QRectF(middle - slot / 2, up, slot, theme().px(16)),
                bar.label,
                TYPE.small_strong,
                "acctext" if bar.first else "text",
                Align.AlignHCenter,
            )
        if bar.doubt is not None:
            self._doubt(painter, middle, zero - float(bar.doubt) * unit)
        self._note(bar, number, body)

    def table_rows(self) -> TableTwin:
        extra = bool(self._data.extra_head)
        heads = ("", self._data.title, *((self._data.extra_head,) if extra else ()))
        rows = tuple(
            (
                bar.name,
                bar.label if bar.value is not None else self._data.unknown_word or "?",
                *((bar.extra,) if extra else ()),
            )
            for bar in self._data.bars
        )
        return TableTwin(heads, rows, (1, 2) if extra else (1,), tuple(bar.key for bar in self._data.bars))
