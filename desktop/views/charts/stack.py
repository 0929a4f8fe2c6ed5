"""Horizontal stacked cost bars: where each option's price goes, net margin last."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.series.stack import Segment, StackData, StackRow
from desktop.viewmodels.series.table import TableTwin
from desktop.views.charts.base import Align, ChartView, Mark, axis_steps, axis_text, fill_series, line, write
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE, TypeStep

GAP = 2
LEFT = 176
RIGHT = 132
BAR = 28
ROW = 68
LABEL_AIR = 4
QUESTION = 20
"""What the question mark takes of the bar of a margin, with the air before it."""
LOSS_ROW = 60
"""From this height of a row on, a loss is told above its bar; in lower ones beside it."""
FIGURE_AIR = 4
NARROW = 560
"""Below this width, beside the why panel, the words stand above their bar and the heads are left out."""
NARROW_ROW = 84
NARROW_AIR = 8
HEAD_ROW = 18
BAR_LABEL = TypeStep(12, 16, 500)
BAR_STRONG = TypeStep(12, 16, 600)


def costs_of(row: StackRow) -> Decimal:
    """The sum of all known parts but the margin."""
    return sum((s.value for s in row.segments if s.series != "net" and s.value is not None), Decimal(0))


def net_of(row: StackRow) -> Segment | None:
    """The margin segment, if the row has one."""
    return next((segment for segment in row.segments if segment.series == "net"), None)


def clear_way(begin: float, stop: float, written: Sequence[tuple[float, float]]) -> float | None:
    """The place nearest to the middle of a span where a line down touches no word; None where there is none."""
    middle = (begin + stop) / 2
    places = [middle, begin, stop]
    places += [edge for start, end in written for edge in (start - 4, end + 4) if begin <= edge <= stop]
    clear = (x for x in places if all(x <= start - 4 or x >= end + 4 for start, end in written))
    return min(clear, key=lambda x: abs(x - middle), default=None)


class StackChart(ChartView):
    """One bar for each option; all end at the list price, unless the costs are higher than it.

    A bar with a loss runs past the price line; the part beyond has an edge in the colour of an error, and the
    loss stands beside it in words. `row_height` of 64 fits the small window.
    """

    narrows: ClassVar[bool] = True
    """Whether words stand above the bars where there is little width."""

    def __init__(self, name: str = "", row_height: int = ROW, parent: QWidget | None = None) -> None:
        self._data = StackData()
        self._row = row_height
        self._narrow_drawn = False
        super().__init__(name, parent)

    def set_data(self, data: StackData) -> None:
        """Shows other figures; the drawing item stays."""
        self._data = data
        self.changed_data()

    def set_row_height(self, height: int) -> None:
        """Changes the height of the rows."""
        self._row = height
        self.changed_data()

    def data(self) -> StackData:
        """What is shown."""
        return self._data

    @property
    def _narrow(self) -> bool:
        return self.narrows and 0 < self.width() < theme().px(NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        was = self._narrow_drawn
        self._narrow_drawn = self._narrow
        super().resizeEvent(event)
        if was != self._narrow_drawn:
            self.changed_data()

    def _head_height(self) -> int:
        return NARROW_AIR if self._narrow else theme().px(2 * HEAD_ROW + 10)

    def _row_height(self) -> int:
        row = NARROW_ROW if self._narrow else self._row
        return max(row, theme().px(row))

    def wanted_height(self) -> int:
        return self._head_height() + max(1, len(self._data.rows)) * self._row_height() + theme().px(24)

    # -- scale ---------------------------------------------------------------------------------------
    def _left(self) -> float:
        return NARROW_AIR if self._narrow else theme().px(LEFT)

    def _right(self) -> float:
        if self._narrow:
            return NARROW_AIR
        widest = max(
            (
                theme().width(row.figure, TYPE.margin) + theme().width(row.share, TYPE.caption)
                for row in self._data.rows
            ),
            default=80,
        )
        return max(RIGHT, widest + 44)

    def _span(self) -> Decimal:
        """The greatest of the price and all costs."""
        return max(
            [self._data.price, *(costs_of(row) for row in self._data.rows)], default=Decimal(1)
        ) or Decimal(1)

    def _scale(self, box: QRectF) -> tuple[float, float]:
        """Left edge of the bars and pixels for one unit of money."""
        left = box.x() + self._left()
        return left, max(40.0, box.right() - self._right() - left) / float(self._span())

    # -- drawing -------------------------------------------------------------------------------------
    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        if not self._data.rows:
            return
        left, unit = self._scale(box)
        top = box.y() + self._head_height()
        self._axis(painter, box, left, unit, top)
        for number, row in enumerate(self._data.rows):
            place = QRectF(box.x(), top + number * self._row_height(), box.width(), self._row_height())
            if number:
                line(painter, box.x(), place.y(), box.right(), place.y(), "line")
            self._row_of(painter, row, number, place, left, unit)
        self._price_line(painter, box, left + float(self._data.price) * unit, top)
        if not self._narrow:
            self._heads(painter, box, left, unit)

    def _axis(self, painter: QPainter, box: QRectF, left: float, unit: float, top: float) -> None:
        """Upright grid lines with their figures below."""
        steps = axis_steps(float(self._span()))
        foot = top + len(self._data.rows) * self._row_height()
        price = self._price_place(box, left + float(self._data.price) * unit, foot)
        for step in steps:
            x = left + step * unit
            line(painter, x, top - 2, x, foot, "grid")
            said = axis_text(step, steps)
            half = theme().width(said, TYPE.small) / 2 + 6
            if x + half < price.left() or x - half > price.right():
                write(
                    painter,
                    QRectF(x - 30, foot + 4, 60, theme().px(16)),
                    said,
                    TYPE.small,
                    "text3",
                    Align.AlignHCenter,
                )

    def _price_line(self, painter: QPainter, box: QRectF, x: float, top: float) -> None:
        """The line at the list price with its figure."""
        foot = top + len(self._data.rows) * self._row_height()
        line(painter, x, top - 2, x, foot, "text3")
        label = self._data.price_label
        write(painter, self._price_place(box, x, foot), label, TYPE.small_strong, "text2", Align.AlignHCenter)

    def _price_place(self, box: QRectF, x: float, foot: float) -> QRectF:
        """Where the list price is written: below its line, and inside the chart."""
        width = theme().width(self._data.price_label, TYPE.small_strong) + 4
        return QRectF(min(x - width / 2, box.right() - width), foot + 4, width, theme().px(16))

    def _row_of(
        self, painter: QPainter, row: StackRow, number: int, place: QRectF, left: float, unit: float
    ) -> None:
        """Rank, name, score, bar, margin."""
        bar = QRectF(left, place.center().y() - BAR / 2, 0, BAR)
        if self._narrow:
            bar.moveTop(place.bottom() - BAR - 12)
            place = QRectF(left, place.y() + 4, place.right() - NARROW_AIR - left, bar.y() - place.y() - 4)
            self._words_above(painter, row, place)
        else:
            self._words(painter, row, place, left)
        x = left
        for part, segment in enumerate(row.segments):
            x = self._segment(painter, row, number, part, segment, bar, x, unit)
        costs, price = costs_of(row), self._data.price
        if costs > price:
            self._loss(painter, row, bar, left + float(price) * unit, x)
        self._figure(painter, row, place)

    def _words_above(self, painter: QPainter, row: StackRow, place: QRectF) -> None:
        """Rank and name left, score before the margin, in one line above the bar."""
        write(
            painter,
            QRectF(place.x(), place.y(), 24, place.height()),
            row.rank,
            TYPE.margin,
            "acctext" if row.first else "text3",
        )
        loss = self._data.loss_word if costs_of(row) > self._data.price else ""
        note = "  ".join(part for part in (loss, row.note, row.score_text) if part)
        figures = theme().width(row.figure, TYPE.margin) + theme().width(row.share, TYPE.caption) + 22
        beside = max(126.0, figures)
        taken = round(beside + theme().width(note, TYPE.caption) + 12 if note else figures)
        write(painter, place.adjusted(26, 0, -taken, 0), row.name, TYPE.option, "text")
        write(painter, place.adjusted(0, 0, -beside, 0), note, TYPE.caption, "text2", Align.AlignRight)

    def _words(self, painter: QPainter, row: StackRow, place: QRectF, left: float) -> None:
        """What stands left of the bar."""
        tone = "acctext" if row.first else "text3"
        x = place.x() + (8 if row.rank else 0)
        if row.rank:
            write(painter, QRectF(x, place.y(), 24, place.height()), row.rank, TypeStep(22, 28, 600), tone)
            x += 28
        middle = place.center().y()
        room = left - x - 12
        high, low = theme().px(20), theme().px(16)
        up = middle - (high if row.score is not None else high / 2)
        write(painter, QRectF(x, up, room, high), row.name, TYPE.option, "text")
        if row.score is None:
            return
        width = write(painter, QRectF(x, middle + 1, room, low), row.score_text, TYPE.caption, "text2")
        track = min(60.0, left - 16 - (x + width + 8))
        if track >= 24:
            self._score(painter, x + width + 8, middle + 1 + low / 2, track, row)

    def _score(self, painter: QPainter, x: float, y: float, width: float, row: StackRow) -> None:
        """The small bar of the score."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("grid"))
        painter.drawRoundedRect(QRectF(x, y - 2, width, 4), 2, 2)
        painter.setBrush(theme().color("accent" if row.first else "text3"))
        painter.drawRoundedRect(QRectF(x, y - 2, max(4, width * (row.score or 0) / 100), 4), 2, 2)

    def _segment(
        self,
        painter: QPainter,
        row: StackRow,
        number: int,
        part: int,
        segment: Segment,
        bar: QRectF,
        x: float,
        unit: float,
    ) -> float:
        """One part of the bar; returns where the next begins. A negative margin has no width."""
        value = segment.value
        if value is None:
            self._question(painter, x + 3, bar)
            self._note(row, number, part, segment, QRectF(x, bar.y(), 20, bar.height()))
            return x
        if value <= 0:
            if segment.series == "net":
                self._note(row, number, part, segment, QRectF(x - 2, bar.y(), 4, bar.height()))
            return x
        width = float(value) * unit
        last = segment.series == "net"
        box = QRectF(x, bar.y(), max(1.0, width - (0 if last else GAP)), bar.height())
        fill_series(painter, box, segment.series)
        asked = last and row.unknown and box.width() >= 20
        if asked:
            self._question(painter, x + 6, bar)
        self._label(painter, segment, box.adjusted(QUESTION if asked else 0, 0, 0, 0))
        self._note(row, number, part, segment, box)
        return x + width

    def _label(self, painter: QPainter, segment: Segment, box: QRectF) -> None:
        """The value inside a part, when it fits with 4 px at each side."""
        step = BAR_STRONG if segment.series == "net" else BAR_LABEL
        width = theme().width(segment.label, step)
        if not segment.label or width + 2 * LABEL_AIR > box.width():
            return
        if theme().series_hatch(segment.series) is not None:
            painter.fillRect(
                QRectF(box.center().x() - width / 2 - 3, box.y() + 6, width + 6, box.height() - 12),
                theme().series_color(segment.series),
            )
        write(
            painter,
            box,
            segment.label,
            step,
            align=Align.AlignHCenter,
            colour=theme().series_label(segment.series),
        )

    def _question(self, painter: QPainter, x: float, bar: QRectF) -> None:
        """The question mark of a row with an unknown part."""
        box = QRectF(x, bar.center().y() - 6.5, 13, 13)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("surface"))
        painter.drawRoundedRect(box, 2, 2)
        write(painter, box, "?", TYPE.small_strong, "unk", Align.AlignHCenter)

    def _loss(self, painter: QPainter, row: StackRow, bar: QRectF, price: float, end: float) -> None:
        """Marks what runs past the price and says that it is a loss."""
        beyond = QRectF(price, bar.y() - 3, max(2.0, end - price), bar.height() + 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().color("err"), 1.5, Qt.PenStyle.DashLine))
        painter.drawRect(beyond)
        if not self._narrow:
            write(painter, self._loss_box(row, beyond), self._loss_words(row), TYPE.small_strong, "err")

    def _loss_words(self, row: StackRow) -> str:
        return " ".join(part for part in (self._data.loss_word, row.figure) if part)

    def _loss_box(self, row: StackRow, beyond: QRectF) -> QRectF:
        """Where a loss is told: above its bar, in low rows beside it; below are the figures of the axis."""
        width = theme().width(self._loss_words(row), TYPE.small_strong) + 2
        if self._row_height() >= LOSS_ROW:
            # at the price where it begins, unless it is short: the narrow parts with their bracket are at its end
            left = beyond.x() + 2 if beyond.width() > 2 * width else beyond.right() - width
            return QRectF(left, beyond.y() - 16, width, 15)
        return QRectF(beyond.right() + 6, beyond.y(), width, beyond.height())

    def _loss_room(self) -> float:
        """What the losses want beside their bars."""
        if self._row_height() >= LOSS_ROW:
            return 0.0
        lost = [row for row in self._data.rows if costs_of(row) > self._data.price]
        return max((theme().width(self._loss_words(row), TYPE.small_strong) + 8 for row in lost), default=0.0)

    def _figure(self, painter: QPainter, row: StackRow, place: QRectF) -> None:
        """The margin at the right, its share, and the note below."""
        net = net_of(row)
        lost = net is not None and net.value is not None and net.value < 0
        share = theme().width(row.share, TYPE.caption)
        # a little air, so that the ring of the focus does not touch the figures
        edge = place.right() - (0 if self._narrow else FIGURE_AIR)
        right = edge - share - (10 if share else 0)
        high = theme().px(24)
        lift = -theme().px(7) if row.note and not self._narrow else 0
        up = place.center().y() - high / 2 + lift
        tone = "err" if lost else "text"
        write(
            painter,
            QRectF(place.x(), up, right - place.x(), high),
            row.figure,
            TYPE.margin,
            tone,
            Align.AlignRight,
        )
        write(
            painter,
            QRectF(edge - share - 2, up, share + 2, high),
            row.share,
            TYPE.caption,
            "text2",
            Align.AlignRight,
        )
        if row.note and not self._narrow:
            below = QRectF(place.x(), up + high - 1, right - place.x(), theme().px(16))
            write(painter, below, row.note, TYPE.small, "unk", Align.AlignRight)

    def _note(self, row: StackRow, number: int, part: int, segment: Segment, box: QRectF) -> None:
        """Makes a part known as a mark."""
        share = ""
        if segment.value is not None and self._data.price and not segment.detail.endswith("%"):
            share = f"{segment.value / self._data.price * 100:.1f}%".replace("-", "\u2212")
        detail = " · ".join(text for text in (share, segment.detail) if text)
        self.add_mark(
            Mark(
                segment.key or f"{row.key}/{segment.series}",
                number,
                part,
                box,
                f"{segment.name}, {row.name}" if segment.name else row.name,
                segment.label or "?",
                detail,
                segment.series,
                segment.provenance,
            )
        )

    def _loss_meets(self, box: QRectF, begin: float, stop: float) -> bool:
        """Whether the loss of the first row is told where the bracket comes down."""
        row = self._data.rows[0]
        costs, price = costs_of(row), self._data.price
        if costs <= price or self._narrow:
            return False
        left, unit = self._scale(box)
        bar = QRectF(left + float(price) * unit, 0, float(costs - price) * unit, BAR)
        told = self._loss_box(row, bar)
        return told.left() < stop + 4 and told.right() > begin - 4

    # -- heads ---------------------------------------------------------------------------------------
    def _heads(self, painter: QPainter, box: QRectF, left: float, unit: float) -> None:
        """Column heads above the parts of the first bar; those without room get a swatch and a bracket."""
        spots = self._head_spots(left, unit)
        low = box.y() + theme().px(HEAD_ROW) + 3
        narrow: list[tuple[str, str, float, float]] = []
        written: list[tuple[float, float]] = []
        end = box.x()
        for series, word, begin, stop in spots:
            step = BAR_STRONG if series == "net" else TYPE.caption
            width = theme().width(word, step)
            start = (begin + stop) / 2 - width / 2
            if start < end + 6 or width > max(stop - begin, 0) + 34 or stop - begin < 24:
                narrow.append((series, word, begin, stop))
                continue
            write(
                painter,
                QRectF(start, low, width + 1, theme().px(16)),
                word,
                step,
                "acctext" if series == "net" else "text2",
            )
            end = start + width
            written.append((start, end))
        if narrow:
            self._bracket(painter, box, narrow, low, written)
        write(
            painter,
            QRectF(box.right() - 160 - FIGURE_AIR, low, 158, theme().px(16)),
            self._data.figure_head,
            TYPE.caption,
            "text2",
            Align.AlignRight,
        )

    def _head_spots(self, left: float, unit: float) -> list[tuple[str, str, float, float]]:
        """Series, word and place of each part of the first bar."""
        words, spots, x = dict(self._data.heads), [], left
        for segment in self._data.rows[0].segments:
            width = max(0.0, float(segment.value or 0)) * unit
            if segment.series in words and width > 0:
                spots.append((segment.series, words[segment.series], x, x + width - GAP))
            x += width
        shown = {series for series, _word, _begin, _stop in spots}
        missing = [
            (series, word, x, x)
            for series, word in self._data.heads
            if series not in shown
            and any(
                segment.series == series and segment.value
                for row in self._data.rows
                for segment in row.segments
            )
        ]
        return spots + missing

    def _bracket(
        self,
        painter: QPainter,
        box: QRectF,
        narrow: list[tuple[str, str, float, float]],
        low: float,
        written: list[tuple[float, float]],
    ) -> None:
        """Swatch and name of the narrow parts in the line above, a bracket down to them between the heads."""
        widths = [theme().width(word, TYPE.caption) + 15 for _series, word, _begin, _stop in narrow]
        total = sum(widths) + 12 * (len(narrow) - 1)
        begin, stop = min(n[2] for n in narrow), max(n[3] for n in narrow)
        near = [n for n in narrow if n[3] > n[2]]
        if near:
            begin, stop = min(n[2] for n in near), max(n[3] for n in near)
        middle = (begin + stop) / 2
        x = min(max(box.x(), middle - total / 2), box.right() - total)
        high = box.y()
        for (series, word, _begin, _stop), width in zip(narrow, widths, strict=True):
            fill_series(painter, QRectF(x, high + 3, 10, 10), series, 2)
            write(painter, QRectF(x + 15, high, width, theme().px(16)), word, TYPE.caption, "text2")
            x += width + 12
        contiguous = near and stop - begin < 0.35 * (box.width() - theme().px(LEFT))
        way = clear_way(begin, stop, written)
        if contiguous and way is not None and not self._loss_meets(box, begin, stop):
            foot = box.y() + self._head_height() + self._row_height() / 2 - BAR / 2 - 8
            shelf = low + 22
            line(painter, way, high + 18, way, shelf, "text2")
            line(painter, begin, shelf, stop, shelf, "text2")
            line(painter, begin, shelf, begin, foot, "text2")
            line(painter, stop, shelf, stop, foot, "text2")

    # -- table ---------------------------------------------------------------------------------------
    def table_rows(self) -> TableTwin:
        words = dict(self._data.heads)
        series: list[str] = []
        for row in self._data.rows:
            series += [segment.series for segment in row.segments if segment.series not in series]
        share = any(row.share for row in self._data.rows)
        heads = ("", *(words.get(key, key) for key in series), *(("%",) if share else ()))
        rows = tuple(
            (row.name, *(self._cell(row, key) for key in series), *((row.share,) if share else ()))
            for row in self._data.rows
        )
        return TableTwin(heads, rows, tuple(range(1, len(heads))), tuple(row.key for row in self._data.rows))

    def _cell(self, row: StackRow, series: str) -> str:
        """The figure of one part, a question mark where it is unknown, nothing where there is none."""
        found = [segment for segment in row.segments if segment.series == series]
        if not found:
            return ""
        text = found[0].label if found[0].value is not None else "?"
        return f"{row.note} {text}" if series == "net" and row.note else text
