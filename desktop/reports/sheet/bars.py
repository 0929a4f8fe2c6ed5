"""Stacked bars for paper: one option a row, its parts in the order of the stack, what is left last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.core.text import Text
from desktop.reports.sheet.ink import INK, SERIES
from desktop.reports.sheet.model import Bar, Chart, Part
from desktop.reports.sheet.page import Canvas, Para, Run, Style, Voice, pt
from desktop.reports.sheet.words import LIST_PRICE

BAR = 15.0
GAP = 1.0
QUESTION = 10.0
Layer = Callable[..., Para]
"""What lays a paragraph out: `Para` itself, or something that keeps what was laid out before."""
AIR = 3.0
"""Room at each side of a figure within its part, in points."""


def legend_of(chart: Chart) -> list[tuple[str, Text]]:
    """The series that are drawn, each once, in the order of the stack."""
    found: dict[str, Text] = {}
    for bar in chart.bars:
        for part in bar.parts:
            found.setdefault(part.series, part.name)
    order = list(SERIES)
    return sorted(found.items(), key=lambda each: order.index(each[0]))


def draw_legend(
    canvas: Canvas,
    voice: Voice,
    chart: Chart,
    x: float,
    y: float,
    width: float,
    style: Style,
    lay: Layer = Para,
) -> float:
    """Swatch and name of each series; the y below."""
    at, top, square = x, y, pt(style.size * 0.8)
    for series, name in legend_of(chart):
        para = lay(voice.inline(name, style), width)
        if at > x and at + square + pt(4) + para.natural > x + width:
            at, top = x, top + para.leading
        canvas.fill(QRectF(at, top + (para.leading - square) / 2, square, square), SERIES[series][0])
        canvas.text(at + square + pt(3), top, para)
        at += square + pt(3) + para.natural + pt(11)
    if chart.price and losses(chart.bars):
        draw_price(canvas, at + square / 2, top + square * 0.2, top + pt(style.size * 1.3))
        canvas.text(at + square + pt(3), top, lay(voice.inline(LIST_PRICE, style), width))
    return top + pt(style.size * 1.42)


def draw_bar(canvas: Canvas, bar: Bar, chart: Chart, box: QRectF, style: Style, lay: Layer = Para) -> None:
    """The parts of one bar in a box whose width is the chart's span; figures where they fit."""
    scale = (box.width() - pt(QUESTION)) / chart.span if chart.span > 0 else 0.0
    at = box.left()
    unknown = any(part.units is None or part.label.startswith("≥") for part in bar.parts)
    costs = [part for part in bar.parts if part.series != "net"]
    left = next((part for part in bar.parts if part.series == "net"), None)
    for part in costs:
        at = _segment(
            canvas, part, QRectF(at, box.top(), (part.units or 0) * scale, box.height()), style, lay
        )
    if unknown:
        _question(canvas, QRectF(at, box.top(), pt(QUESTION), box.height()), style)
    if left is not None and left.units is not None and left.units > 0:
        room = left.units * scale - (pt(QUESTION) if unknown else 0.0)
        begin = at + (pt(QUESTION) if unknown else 0.0)
        _segment(
            canvas, left, QRectF(begin, box.top(), max(room, 0.0), box.height()), style.but(weight=600), lay
        )


def price_place(chart: Chart, box: QRectF) -> float:
    """Where the list price stands on the scale of the bars."""
    return (
        box.left() + chart.price * (box.width() - pt(QUESTION)) / chart.span if chart.span > 0 else box.left()
    )


def _segment(canvas: Canvas, part: Part, box: QRectF, style: Style, lay: Layer) -> float:
    if box.width() <= 0:
        return box.left()
    ground, ink = SERIES[part.series]
    canvas.fill(QRectF(box.left(), box.top(), max(box.width() - pt(GAP), pt(0.4)), box.height()), ground)
    figure = [Run(part.label, style.but(ink=ink))]
    if lay(figure, pt(400)).natural + 2 * pt(AIR) <= box.width():
        para = lay(figure, box.width() - pt(GAP), align="centre")
        canvas.text(box.left(), box.top() + (box.height() - para.leading) / 2, para)
    return box.right()


def _question(canvas: Canvas, box: QRectF, style: Style) -> None:
    canvas.fill(QRectF(box.left(), box.top(), box.width() - pt(GAP), box.height()), "unkbg")
    para = Para([Run("?", style.but(ink="unk", weight=600))], box.width() - pt(GAP), align="centre")
    canvas.text(box.left(), box.top() + (box.height() - para.leading) / 2, para)


def draw_price(canvas: Canvas, x: float, top: float, bottom: float) -> None:
    """A line down at the list price."""
    pen = QPen(QColor(INK["text3"]), pt(0.5))

    def draw(painter: QPainter) -> None:
        painter.setPen(pen)
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    canvas.put(QRectF(x, top, 0, bottom - top), draw)


def losses(bars: Sequence[Bar]) -> bool:
    """Whether a bar runs past the price."""
    return any(part.series == "net" and (part.units or 0) < 0 for bar in bars for part in bar.parts)
