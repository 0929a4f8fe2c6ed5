"""What is left on each platform in each market: numbered squares, coloured by the share of the price.

Gains lean to the accent, losses to the colour of duty, apart also without red and green; the sign and the figure say the
same. What is not known has a question mark, what is closed a cross.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.series.margins import MarginsData
from desktop.viewmodels.series.table import TableTwin
from desktop.views.charts.base import Align, ChartView, Mark, write
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE, TypeStep

HEAD, ROW, AIR = 24, 34, 3
DEEPEST = 0.42
"""A square is never darker than this share of its colour: the figure on it stays readable."""
FULL, LOSS = 40.0, -40.0
"""At so many percent of the price a square has all of its colour."""
FIRST = TypeStep(13, 20, 600)


class MarginGrid(ChartView):
    """Arrows walk the squares; Enter or a click sweeps the market of the square, W asks why."""

    marketRequested = Signal(str)

    GROUND = "surface"

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._data = MarginsData()
        super().__init__(name, parent)

    def set_data(self, data: MarginsData) -> None:
        """Shows another state: a repaint, and nothing that is not seen."""
        self._data = data
        self._stale = True
        self.redraw()

    def data(self) -> MarginsData:
        """What is shown."""
        return self._data

    def wanted_height(self) -> int:
        return theme().px(HEAD) + 4 * theme().px(ROW) + 2

    def tell(self) -> None:
        """The grid in a sentence, for the screen reader."""
        self.setAccessibleDescription(self.sentence())

    def _tell(self) -> None:
        self.setAccessibleName(self._name)

    # -- drawing -------------------------------------------------------------------------------------
    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        data = self._data
        if not data.rows or not data.columns:
            return
        names = max(theme().width(name, TYPE.body) for _, name in data.rows) + 16
        wide, head, high = (box.width() - names) / len(data.columns), theme().px(HEAD), theme().px(ROW)
        for column, (market, whole) in enumerate(data.columns):
            name = whole if theme().width(whole, TYPE.caption) <= wide - AIR else market
            spot = QRectF(box.x() + names + column * wide, box.y(), wide - AIR, head)
            chosen = column == data.chosen
            write(
                painter, spot, name, TYPE.caption if not chosen else TypeStep(12, 16, 600),
                "acctext" if chosen else "text2", Align.AlignHCenter,
            )  # fmt: skip
        for row, (key, name) in enumerate(data.rows):
            top = box.y() + head + row * high
            write(painter, QRectF(box.x(), top, names - 8, high), name, TYPE.body, "text")
            for column, (market, _) in enumerate(data.columns):
                square = QRectF(box.x() + names + column * wide, top, wide - AIR, high - AIR)
                self._square(painter, square, row, column)
                self.add_mark(Mark(f"{key}/{market}", row, column, square, ""))

    def _square(self, painter: QPainter, box: QRectF, row: int, column: int) -> None:
        """Ground, figure, and the ring of the platform that leads in its market."""
        data = self._data
        state = data.state[row][column]
        painter.setPen(Qt.PenStyle.NoPen)
        if state == "closed":
            painter.setPen(QPen(theme().color("line2"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            middle = box.center()
            painter.setPen(QPen(theme().color("text3"), 1.4))
            for sign in (-1, 1):
                painter.drawLine(middle + QPointF(-5, -5 * sign), middle + QPointF(5, 5 * sign))
            return
        painter.setBrush(
            theme().color("unkbg") if state == "unknown" else ground_of(float(data.percent[row, column]))
        )
        painter.drawRoundedRect(box, 4, 4)
        leads = data.leaders[column] == row
        if leads or theme().high_contrast:
            painter.setPen(QPen(theme().color("accent" if leads else "line2"), 2 if leads else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        step = FIRST if leads else TYPE.body
        write(
            painter,
            box,
            data.text(row, column),
            step,
            "unk" if state == "unknown" else "text",
            Align.AlignHCenter,
        )

    # -- marks in words ------------------------------------------------------------------------------
    def worded(self, mark: Mark) -> Mark:
        """A mark with its words, which are made only for the one that is looked at."""
        data = self._data
        if mark.title or mark.row >= len(data.rows) or mark.part >= len(data.columns):
            return mark
        title = f"{data.rows[mark.row][1]}, {data.columns[mark.part][1]}"
        return replace(
            mark, title=title, value=data.text(mark.row, mark.part), line=data.detail(mark.row, mark.part)
        )

    def _show(self, mark: Mark) -> None:
        super()._show(self.worded(mark))

    def _go(self, mark: Mark) -> None:
        super()._go(self.worded(mark))

    def press_at(self, point: QPointF) -> None:
        super().press_at(point)
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_mark() is not None:
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        mark = self.current_mark()
        if mark is not None:
            self.marketRequested.emit(mark.key.rpartition("/")[2])

    # -- table ---------------------------------------------------------------------------------------
    def table_rows(self) -> TableTwin:
        data = self._data
        heads = ("", *(name for _, name in data.columns))
        rows = tuple(
            (name, *(data.text(row, column) or "×" for column in range(len(data.columns))))
            for row, (_, name) in enumerate(data.rows)
        )
        return TableTwin(heads, rows, tuple(range(1, len(heads))), tuple(key for key, _ in data.rows))


def ground_of(percent: float) -> QColor:
    """The ground of a square by the share of the price that is left."""
    surface = theme().color("surface")
    if theme().high_contrast:
        return surface
    share = min(percent / FULL, 1.0) if percent >= 0 else min(percent / LOSS, 1.0)
    colour = theme().color("accent") if percent >= 0 else theme().series_color("duty")
    part = DEEPEST * (0.12 + 0.88 * share)
    return QColor(
        *(
            round(one + (other - one) * part)
            for one, other in zip(surface.getRgb()[:3], colour.getRgb()[:3], strict=True)  # type: ignore[index]
        )
    )
