"""Two dates side by side: a ring for then, a dot for now, the way between as a line."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.series.dots import DotsData, DotsRow
from desktop.viewmodels.series.table import TableTwin
from desktop.views.charts.base import Align, ChartView, Mark, axis_steps, axis_text, line, write
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE

ROW, HEAD, FOOT, DOT = 38, 32, 24, 6


class DotsChart(ChartView):
    """One row a name: code, ring and dot with their figures, a note, the change at the right."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._data = DotsData()
        super().__init__(name, parent)

    def set_data(self, data: DotsData) -> None:
        """Shows other rows."""
        self._data = data
        self.changed_data()

    def data(self) -> DotsData:
        """What is shown."""
        return self._data

    def wanted_height(self) -> int:
        return theme().px(HEAD) + max(1, len(self._data.rows)) * theme().px(ROW) + theme().px(FOOT)

    def _high(self) -> float:
        values = [v for row in self._data.rows for v in (row.then, row.now) if v is not None]
        return float(max(values, default=Decimal(1))) or 1.0

    def _left(self, box: QRectF) -> float:
        """Where zero stands: after the longest name and code."""
        names = max(theme().width(row.name, TYPE.body_medium) for row in self._data.rows)
        codes = max(theme().width(row.code, TYPE.caption) for row in self._data.rows)
        return box.x() + min(names + codes + 44, box.width() * 0.4)

    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        if not self._data.rows:
            return
        left = self._left(box)
        change = (
            max(
                max(theme().width(row.change, TYPE.body_strong) for row in self._data.rows),
                theme().width(self._data.change_head, TYPE.caption),
            )
            + 16
        )
        label = (
            max(
                max(theme().width(row.then_label, TYPE.caption), theme().width(row.now_label, TYPE.caption))
                for row in self._data.rows
            )
            + 14
        )
        unit = max(40.0, box.right() - change - label - left) / self._high()
        top, row_height = box.y() + theme().px(HEAD), theme().px(ROW)
        foot = top + row_height * len(self._data.rows)
        self._axis(painter, left, unit, top, foot)
        self._heads(painter, box, change)
        for number, row in enumerate(self._data.rows):
            place = QRectF(box.x(), top + number * row_height, box.width(), row_height)
            if number:
                line(painter, box.x(), place.y(), box.right(), place.y(), "line")
            self._row_of(painter, row, number, place, left, unit, change)

    def _axis(self, painter: QPainter, left: float, unit: float, top: float, foot: float) -> None:
        """Upright grid with its figures."""
        steps = axis_steps(self._high())
        for step in steps:
            x = left + step * unit
            line(painter, x, top - 4, x, foot, "grid" if step else "text3")
            write(
                painter,
                QRectF(x - 30, foot + 6, 60, theme().px(16)),
                axis_text(step, steps),
                TYPE.small,
                "text3",
                Align.AlignHCenter,
            )

    def _heads(self, painter: QPainter, box: QRectF, change: float) -> None:
        """Title left, ring and dot with their dates, head of the change."""
        write(
            painter,
            QRectF(box.x(), box.y(), box.width() / 2, theme().px(16)),
            self._data.title,
            TYPE.caption,
            "text2",
        )
        write(
            painter,
            QRectF(box.right() - change, box.y(), change, theme().px(16)),
            self._data.change_head,
            TYPE.caption,
            "text2",
            Align.AlignRight,
        )
        x = box.right() - change - 22
        for name, ring in ((self._data.now_name, False), (self._data.then_name, True)):
            width = theme().width(name, TYPE.caption)
            x -= width
            write(painter, QRectF(x, box.y(), width + 1, theme().px(16)), name, TYPE.caption, "text2")
            self._dot(painter, QPointF(x - 10, box.y() + 8), ring, False, 5)
            x -= 28

    def _dot(self, painter: QPainter, place: QPointF, ring: bool, closed: bool, size: float = DOT) -> None:
        """A ring for then, a dot for now."""
        tone = "text3" if closed else "accent"
        if ring:
            painter.setPen(QPen(theme().color("text2"), 2))
            painter.setBrush(theme().color("surface"))
            painter.drawEllipse(place, size - 0.5, size - 0.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color(tone))
            painter.drawEllipse(place, size, size)

    def _row_of(
        self,
        painter: QPainter,
        row: DotsRow,
        number: int,
        place: QRectF,
        left: float,
        unit: float,
        change: float,
    ) -> None:
        """One row."""
        codes = theme().width(row.code, TYPE.caption)
        room = left - place.x() - 24 - (codes + 10 if row.code else 0)
        write(
            painter,
            QRectF(place.x(), place.y(), room, place.height()),
            row.name,
            TYPE.body_medium,
            "text2" if row.closed else "text",
            strike=row.closed,
        )
        write(
            painter,
            QRectF(left - 16 - codes - 2, place.y(), codes + 2, place.height()),
            row.code,
            TYPE.caption,
            "text3",
            Align.AlignRight,
        )
        write(
            painter,
            QRectF(place.right() - change, place.y(), change, place.height()),
            row.change,
            TYPE.body_strong,
            "text",
            Align.AlignRight,
        )
        y = place.center().y()
        then = None if row.then is None else left + float(row.then) * unit
        now = None if row.now is None else left + float(row.now) * unit
        self._marks_of(painter, row, then, now, y)
        self._labels(painter, row, then, now, y, place.right() - change - 8, left)
        for part, (x, label, name) in enumerate(
            ((then, row.then_label, self._data.then_name), (now, row.now_label, self._data.now_name))
        ):
            if x is not None:
                key = row.key if part or now is None else f"{row.key}/then"
                self.add_mark(
                    Mark(
                        key,
                        number,
                        part,
                        QRectF(x - 7, y - 7, 14, 14),
                        f"{row.name}, {name}",
                        label,
                        row.note or row.detail,
                        round=True,
                    )
                )

    def _marks_of(
        self, painter: QPainter, row: DotsRow, then: float | None, now: float | None, y: float
    ) -> None:
        """Line, ring and dot; both in one when nothing changed."""
        if then is not None and now is not None and abs(then - now) < 2 * DOT:
            self._dot(painter, QPointF(now, y), True, row.closed, DOT + 3)
            self._dot(painter, QPointF(now, y), False, row.closed, DOT - 1)
            return
        if then is not None and now is not None:
            line(painter, then, y, now, y, "text3" if row.closed else "accent", 3)
        if now is not None:
            self._dot(painter, QPointF(now, y), False, row.closed)
        if then is not None:
            self._dot(painter, QPointF(then, y), True, row.closed)

    def _labels(
        self,
        painter: QPainter,
        row: DotsRow,
        then: float | None,
        now: float | None,
        y: float,
        right: float,
        left: float,
    ) -> None:
        """The figures beside ring and dot, and the note after the one further right."""
        if now is None:
            anchor = (then if then is not None else left) + 12
            word = row.then_label if then is not None else "?"
            width = write(
                painter,
                QRectF(anchor, y - 8, 90, 16),
                word,
                TYPE.caption,
                "text2" if then is not None else "unk",
            )
            end = anchor + width
        elif then is None or now >= then - 2:
            width = write(painter, QRectF(now + 14, y - 8, 90, 16), row.now_label, STRONG, "text")
            end = now + 14 + width
            if then is not None and now - then > 60 and then - left > 60:
                write(
                    painter,
                    QRectF(then - 104, y - 8, 92, 16),
                    row.then_label,
                    TYPE.caption,
                    "text2",
                    Align.AlignRight,
                )
        else:
            write(painter, QRectF(now - 104, y - 8, 92, 16), row.now_label, STRONG, "text", Align.AlignRight)
            width = write(painter, QRectF(then + 12, y - 8, 90, 16), row.then_label, TYPE.caption, "text2")
            end = then + 12 + width
        if row.note and right - end - 8 > 48:
            write(painter, QRectF(end + 8, y - 8, right - end - 8, 16), row.note, TYPE.caption, "text2")

    def table_rows(self) -> TableTwin:
        data = self._data
        heads = ("", data.then_name, data.now_name, data.change_head, "")
        rows = tuple(
            (
                " ".join(part for part in (row.name, row.code) if part),
                row.then_label if row.then is not None else "?",
                row.now_label if row.now is not None else "?",
                row.change,
                row.note,
            )
            for row in data.rows
        )
        return TableTwin(heads, rows, (1, 2, 3), tuple(row.key for row in data.rows))


STRONG = type(TYPE.caption)(12, 16, 600)
