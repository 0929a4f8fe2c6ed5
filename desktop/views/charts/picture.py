"""A chart that leaves the program: PNG, SVG, or its table as CSV, each with its title and the day of its rules."""

from __future__ import annotations

import csv
import io
from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from desktop.reports.screened.cells import for_csv
from desktop.views.charts.base import ChartView, write
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE

Kind = Literal["png", "svg", "csv"]
KINDS: tuple[Kind, ...] = ("png", "svg", "csv")
SCALE = 2
"""Pixels of a PNG to one logical pixel: sharp on paper, too."""
LEAST_WIDTH = 640
HEAD, FOOT = 28, 20


def content(chart: ChartView, kind: Kind, title: str, foot: str) -> bytes:
    """A chart as the content of a file. `title` stands above it, `foot` (day of the rules, case) below.

    A CSV is the table twin: UTF-8 with its mark, which a spreadsheet wants, and nothing in it that one would run.
    """
    if kind == "csv":
        return _table(chart, title, foot)
    return _svg(chart, title, foot) if kind == "svg" else _png(image(chart, title, foot))


def image(chart: ChartView, title: str, foot: str) -> QImage:
    """A chart as it stands on the screen, in the colours in force, twice as fine."""
    size = _size(chart)
    made = QImage(size * SCALE, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(SCALE)
    made.fill(theme().color("surface"))
    painter = QPainter(made)
    _draw(painter, chart, size, title, foot)
    painter.end()
    return made


def _png(made: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return held.data()


def _svg(chart: ChartView, title: str, foot: str) -> bytes:
    size = _size(chart)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    paper = QSvgGenerator()
    paper.setOutputDevice(buffer)
    paper.setSize(size)
    paper.setViewBox(QRect(QPoint(0, 0), size))
    # the screen's measure, so that a letter on paper is as wide as it was measured
    paper.setResolution(chart.logicalDpiX())
    paper.setTitle(title)
    paper.setDescription(chart.sentence())
    painter = QPainter(paper)
    painter.fillRect(QRect(QPoint(0, 0), size), theme().color("surface"))
    _draw(painter, chart, size, title, foot)
    painter.end()
    buffer.close()
    return held.data()


def _table(chart: ChartView, title: str, foot: str) -> bytes:
    twin = chart.table_rows()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([for_csv(title)])
    writer.writerows(_row(row, twin.numeric) for row in (twin.headers, *twin.rows))
    writer.writerow([for_csv(foot)])
    return text.getvalue().encode("utf-8-sig")


def _row(row: tuple[str, ...], numeric: tuple[int, ...]) -> list[str]:
    """A row for a spreadsheet: figures with the minus that it reads, texts as text."""
    return [_figure(text) if place in numeric else for_csv(text) for place, text in enumerate(row)]


def _figure(text: str) -> str:
    plain = text.replace("\u2212", "-").replace("\u00a0", "").replace(",", "")
    try:
        # a share keeps its sign, which a spreadsheet reads as well
        float(plain.removesuffix("%"))
    except ValueError:
        return for_csv(text)
    return plain


def _size(chart: ChartView) -> QSize:
    """As on the screen, with room for title, names and foot."""
    plot, legend = chart.plot.size(), _legend_size(chart)
    width = max(plot.width(), LEAST_WIDTH)
    height = max(plot.height(), chart.wanted_height())
    gap = SPACE.s if legend.height() else 0
    edges = 2 * SPACE.xl
    return QSize(
        width + edges, height + legend.height() + gap + theme().px(HEAD) + theme().px(FOOT) + SPACE.s + edges
    )


def _legend_size(chart: ChartView) -> QSize:
    return QSize(0, 0) if chart.legend.isHidden() else chart.legend.size()


def _draw(painter: QPainter, chart: ChartView, size: QSize, title: str, foot: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(SPACE.xl, SPACE.xl, size.width() - 2 * SPACE.xl, size.height() - 2 * SPACE.xl)
    head, base = theme().px(HEAD), theme().px(FOOT)
    write(painter, QRectF(box.x(), box.y(), box.width(), head), title, TYPE.section, "text")
    y = box.y() + head
    legend = _legend_size(chart)
    if legend.height():
        painter.save()
        painter.translate(box.x(), y)
        chart.legend.render(painter, QPoint(), flags=QWidget.RenderFlag.DrawChildren)
        painter.restore()
        y += legend.height() + SPACE.s
    room = QRectF(0, 0, box.width(), box.bottom() - base - SPACE.s - y)
    painter.save()
    painter.translate(box.x(), y)
    chart.paint_on(painter, room)
    painter.restore()
    below = QRectF(box.x(), box.bottom() - base, box.width(), base)
    write(painter, below, foot, TYPE.caption, "text2", Qt.AlignmentFlag.AlignLeft)
