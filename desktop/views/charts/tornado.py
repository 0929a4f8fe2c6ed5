"""What moves a figure most: bars to both sides of what is left now, the largest first."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.series.table import TableTwin
from desktop.viewmodels.series.tornado import TornadoBar, TornadoData, TornadoEnd
from desktop.views.charts.base import Align, ChartView, Mark, axis_steps, line, write
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE, TypeStep

ROW, BAR, FOOT = 30, 17, 20
INSIDE = TypeStep(11, 16, 600)
BARS = 7


class TornadoChart(ChartView):
    """One bar a driver: what a worse end takes in grey, what a better one brings in the accent."""

    GROUND = "surface"

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._data = TornadoData()
        super().__init__(name, parent)

    def set_data(self, data: TornadoData) -> None:
        """Shows another state: a repaint, and nothing that is not seen."""
        self._data = data
        self._stale = True
        self.redraw()

    def data(self) -> TornadoData:
        """What is shown."""
        return self._data

    def wanted_height(self) -> int:
        # room for all drivers from the start: a page that grew with the data would jump
        return BARS * theme().px(ROW) + theme().px(FOOT)

    def tell(self) -> None:
        """The chart in a sentence, for the screen reader."""
        self.setAccessibleDescription(self.sentence())

    def _tell(self) -> None:
        self.setAccessibleName(self._name)

    # -- drawing -------------------------------------------------------------------------------------
    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        data = self._data
        if not data.bars:
            return
        names = max(theme().width(bar.name, TYPE.body) for bar in data.bars)
        widest = max(
            (data.signed(abs(end.effect or 0)) for bar in data.bars for end in (bar.low, bar.high)), key=len
        )
        figures = theme().width(f"+10% {widest}", TYPE.caption) + 10
        left, right = box.x() + names + 12 + figures, box.right() - figures
        effects = [end.effect for bar in data.bars for end in (bar.low, bar.high) if end.effect is not None]
        least, most = min([0.0, *effects]), max([0.0, *effects])
        unit = max(right - left, 40.0) / ((most - least) or 1.0)
        zero = left - least * unit
        row, foot = theme().px(ROW), box.y() + len(data.bars) * theme().px(ROW)
        self._axis(painter, box.y(), foot, zero, unit, least, most)
        for number, bar in enumerate(data.bars):
            place = QRectF(box.x(), box.y() + number * row, box.width(), row)
            write(painter, QRectF(box.x(), place.y(), names + 2, row), bar.name, TYPE.body, "text")
            self._bar(painter, bar, number, place, zero, unit)
        line(painter, zero, box.y(), zero, foot, "text3")

    def _axis(
        self, painter: QPainter, top: float, foot: float, zero: float, unit: float, least: float, most: float
    ) -> None:
        """Level steps to both sides of what is left now."""
        steps = axis_steps(max(most, -least), 3)
        step = next((each for each in steps[1:] if each * unit >= 52), steps[-1])
        start = self._data.figure(self._data.start)
        taken = theme().width(start, TYPE.small) / 2 + 6
        write(
            painter,
            QRectF(zero - 40, foot + 3, 80, theme().px(16)),
            start,
            TYPE.small,
            "text3",
            Align.AlignHCenter,
        )
        places = [k * step for k in range(int(least / step), int(most / step) + 1)] if step else []
        for value in places:
            x = zero + value * unit
            if not value:
                continue
            line(painter, x, top, x, foot, "grid")
            if abs(x - zero) > taken + 22:
                words = self._data.signed(value)
                write(
                    painter,
                    QRectF(x - 40, foot + 3, 80, theme().px(16)),
                    words,
                    TYPE.small,
                    "text3",
                    Align.AlignHCenter,
                )

    def _bar(
        self, painter: QPainter, bar: TornadoBar, number: int, place: QRectF, zero: float, unit: float
    ) -> None:
        """Both ends; where both lie on one side the longer one is drawn first."""
        ends = [("low", bar.low), ("high", bar.high)]
        ends.sort(key=_reach, reverse=True)
        same_side = len({_sign(end) for _, end in ends if end.effect}) == 1 and all(
            end.effect for _, end in ends
        )
        for part, (side, end) in enumerate(ends):
            self._end(painter, bar, side, end, number, part, place, zero, unit, quiet=same_side and part == 1)

    def _end(
        self, painter: QPainter, bar: TornadoBar, side: str, end: TornadoEnd, number: int, part: int,
        place: QRectF, zero: float, unit: float, *, quiet: bool,
    ) -> None:  # fmt: skip
        data, y = self._data, place.center().y()
        if end.effect is None:
            words = f"{end.share} {data.closed_word}"
            spot = QRectF(zero + (6 if side == "high" else -126), y - 8, 120, 16)
            write(
                painter,
                spot,
                words,
                TYPE.caption,
                "unk",
                Align.AlignLeft if side == "high" else Align.AlignRight,
            )
            return
        reach = zero + end.effect * unit
        body = QRectF(min(zero, reach), y - theme().px(BAR) / 2, abs(reach - zero), theme().px(BAR))
        gain = end.effect > 0
        painter.fillRect(body, theme().color("accent" if gain else "text3"))
        if theme().high_contrast and not gain:
            painter.fillRect(body.adjusted(1, 1, -1, -1), theme().color("surface"))
        key, column = f"{bar.key}-{side}", 0 if side == "low" else 1
        self.add_mark(Mark(key, number, column, body, bar.name, data.signed(end.effect), end.share))
        if quiet or not end.effect:
            return
        fits = theme().width(end.share, INSIDE) + 10 <= body.width()
        if fits:
            tone = theme().color("onaccent" if gain else "surface")
            if theme().high_contrast and not gain:
                tone = theme().color("text")
            align = Align.AlignRight if gain else Align.AlignLeft
            write(painter, body.adjusted(5, 0, -5, 0), end.share, INSIDE, align=align, colour=tone)
        words = data.signed(end.effect) if fits else f"{end.share} {data.signed(end.effect)}"
        width = theme().width(words, TYPE.caption) + 2
        spot = QRectF(body.right() + 6 if gain else body.left() - 6 - width, y - 8, width, 16)
        write(painter, spot, words, TYPE.caption, "text2", Align.AlignLeft if gain else Align.AlignRight)

    # -- table ---------------------------------------------------------------------------------------
    def table_rows(self) -> TableTwin:
        data = self._data

        def effect(end: TornadoEnd) -> str:
            return data.closed_word if end.effect is None else data.signed(end.effect)

        rows = tuple((b.name, b.low.share, effect(b.low), b.high.share, effect(b.high)) for b in data.bars)
        return TableTwin(data.heads or ("",) * 5, rows, (1, 2, 3, 4), tuple(bar.key for bar in data.bars))


def _reach(end: tuple[str, TornadoEnd]) -> float:
    return abs(end[1].effect or 0.0)


def _sign(end: TornadoEnd) -> bool:
    return (end.effect or 0.0) > 0
