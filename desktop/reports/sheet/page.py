"""Pages as lists of what is drawn on them: text with a fixed distance of lines, lines, grounds, bars.

Everything is measured in units of a twentieth of a point (A4 is 11,906 × 16,838), so that a page is the same on a PDF, a
printer and a picture. It is laid out before it is drawn: whether it fits is known beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPageSize,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from desktop.core.text import Language, Text
from desktop.reports.sheet.fonts import FAMILIES
from desktop.reports.sheet.ink import INK
from desktop.reports.sheet.model import Tongue

PT = 20
"""Units to a point."""
DPI = 72 * PT
PAGE = QSizeF(
    QPageSize.sizePoints(QPageSize.PageSizeId.A4).width() * PT,
    QPageSize.sizePoints(QPageSize.PageSizeId.A4).height() * PT,
)


def pt(points: float) -> float:
    return points * PT


class Style(Struct, frozen=True):
    """How a run of text looks; size in points."""

    size: float
    weight: int = 400
    ink: str = "text"
    """A name of `INK`, or a colour itself."""
    strike: bool = False

    def font(self) -> QFont:
        # no tabular figures, which the font of the window has: their glyphs have no code point of their own, and a PDF
        # could not be searched for a number
        font = QFont()
        font.clearFeatures()
        font.setFamilies(FAMILIES)
        font.setPixelSize(round(self.size * PT))
        font.setWeight(QFont.Weight(self.weight))
        font.setStrikeOut(self.strike)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def but(self, ink: str = "", weight: int = 0, size: float = 0.0, strike: bool = False) -> Style:
        """The same with another colour, weight or size."""
        return Style(size or self.size, weight or self.weight, ink or self.ink, strike or self.strike)


class Run(Struct, frozen=True):
    """Text of one look."""

    text: str
    style: Style


Runs = Sequence[Run]
ELLIPSIS = "…"
AIR = 1.42
"""Distance of lines in sizes of the text: enough for Chinese."""


class Para:
    """Runs broken into lines; more than `most` are shortened with an ellipsis, and `shortened` says so."""

    def __init__(
        self, runs: Runs, width: float, most: int = 0, align: str = "left", air: float = AIR
    ) -> None:
        self.runs = [run for run in runs if run.text]
        self.width, self.align = width, align
        self.leading = max((run.style.size for run in self.runs), default=0.0) * PT * air
        self.shortened = False
        self._lay()
        if most and len(self.lines) > most:
            self._shorten(most)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def height(self) -> float:
        return self.leading * len(self.lines)

    @property
    def natural(self) -> float:
        """The width of the longest line."""
        return max((width for _, width in self.lines), default=0.0)

    def _lay(self) -> None:
        layout = QTextLayout(self.text)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if self.runs:
            layout.setFont(self.runs[0].style.font())
        formats, start = [], 0
        for run in self.runs:
            # Qt counts in UTF-16
            length = len(run.text.encode("utf-16-le")) // 2
            look = QTextLayout.FormatRange()
            look.start, look.length = start, length
            look.format = QTextCharFormat()
            look.format.setFont(run.style.font())
            look.format.setForeground(QColor(INK.get(run.style.ink, run.style.ink)))
            formats.append(look)
            start += length
        layout.setFormats(formats)
        layout.beginLayout()
        self.lines: list[tuple[int, float]] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width)
            natural = line.naturalTextWidth()
            left = {"left": 0.0, "right": self.width - natural, "centre": (self.width - natural) / 2}[
                self.align
            ]
            baseline = len(self.lines) * self.leading + self.leading * 0.74
            line.setPosition(QPointF(left, baseline - line.ascent()))
            self.lines.append((line.textStart() + line.textLength(), natural))
        layout.endLayout()
        self._layout = layout

    def _shorten(self, most: int) -> None:
        """Cuts at a word, until the ellipsis fits into the last line."""
        self.shortened = True
        units = self.text.encode("utf-16-le")
        kept = units[: 2 * self.lines[most - 1][0]].decode("utf-16-le", "ignore")
        whole = list(self.runs)
        while True:
            self.runs = _cut(whole, len(kept))
            self._lay()
            if len(self.lines) <= most or not kept:
                return
            shorter = kept[:-1].rstrip()
            word = shorter.rpartition(" ")[0]
            # a long word, and Chinese, are cut between any two signs
            kept = word if word and len(shorter) - len(word) < 16 and shorter.isascii() else shorter

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        self._layout.draw(painter, QPointF(x, y))


def _cut(runs: Runs, length: int) -> list[Run]:
    """The first signs of some runs, and an ellipsis."""
    kept: list[Run] = []
    for run in runs:
        if length <= 0:
            break
        kept.append(Run(run.text[:length], run.style))
        length -= len(run.text)
    last = kept[-1] if kept else Run("", runs[0].style)
    return [*kept[:-1], Run(last.text.rstrip(" ,.;，。；、") + ELLIPSIS, last.style)]


@dataclass
class Canvas:
    """One page: what is drawn, in the order in which it is read, with the room that each takes."""

    parts: list[tuple[QRectF, Callable[[QPainter], None]]] = field(default_factory=list)
    shortened: bool = False

    def put(self, rect: QRectF, draw: Callable[[QPainter], None]) -> None:
        self.parts.append((rect, draw))

    def text(self, x: float, y: float, para: Para) -> float:
        """Places a paragraph with its top left at a point; the y below it."""
        self.shortened = self.shortened or para.shortened
        begin = {"left": 0.0, "right": 1.0, "centre": 0.5}[para.align] * (para.width - para.natural)
        rect = QRectF(x + begin, y, para.natural, para.height)
        self.put(rect, lambda painter: para.draw(painter, x, y))
        return y + para.height

    def fill(self, rect: QRectF, ink: str) -> None:
        colour = QColor(INK.get(ink, ink))
        self.put(rect, lambda painter: painter.fillRect(rect, colour))

    def line(self, x: float, y: float, width: float, ink: str = "line", thick: float = 0.5) -> None:
        pen = QPen(QColor(INK[ink]), pt(thick))

        def draw(painter: QPainter) -> None:
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y), QPointF(x + width, y))

        self.put(QRectF(x, y, width, 0), draw)

    def box(self, rect: QRectF, ink: str, thick: float = 0.7) -> None:
        pen = QPen(QColor(INK[ink]), pt(thick))

        def draw(painter: QPainter) -> None:
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect)

        self.put(rect, draw)

    def dashes(self, x: float, y: float, width: float) -> None:
        """A dotted line to write on."""
        pen = QPen(QColor(INK["text3"]), pt(0.6), Qt.PenStyle.DotLine)

        def draw(painter: QPainter) -> None:
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y), QPointF(x + width, y))

        self.put(QRectF(x, y, width, 0), draw)

    def shrunk(self, factor: float, width: float) -> Canvas:
        """The same drawn smaller from the top, in the middle of a width."""
        aside = width * (1 - factor) / 2

        def draw(painter: QPainter) -> None:
            painter.save()
            painter.translate(aside, 0)
            painter.scale(factor, factor)
            self.paint(painter)
            painter.restore()

        whole = QRectF()
        for rect, _ in self.parts:
            whole = whole.united(rect)
        box = QRectF(
            aside + whole.x() * factor, whole.y() * factor, whole.width() * factor, whole.height() * factor
        )
        return Canvas([(box, draw)], self.shortened)

    def paint(self, painter: QPainter) -> None:
        for _, draw in self.parts:
            draw(painter)


def paint_page(painter: QPainter, page: Canvas, target: QRectF) -> None:
    """Draws a page as large as it fits into a rectangle of the device."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = min(target.width() / PAGE.width(), target.height() / PAGE.height())
    painter.translate(target.x() + (target.width() - PAGE.width() * scale) / 2, target.y())
    painter.scale(scale, scale)
    page.paint(painter)
    painter.restore()


# ---------------------------------------------------------------------- in one language or two
class Voice(Struct, frozen=True):
    """Says texts in the language of a paper, or in both."""

    tongue: Tongue

    @property
    def two(self) -> bool:
        return self.tongue == "both"

    @property
    def main(self) -> Language:
        return "zh" if self.tongue == "zh" else "en"

    def one(self, text: Text) -> str:
        """The wording that stands first."""
        return text[self.main]

    def other(self, text: Text) -> str:
        """The second wording; empty where it is the same, or where one language is enough."""
        return text.zh if self.two and text.zh != text.en else ""

    def inline(self, text: Text, style: Style, second: Style | None = None) -> list[Run]:
        """Both wordings on a line, the second one quieter."""
        other = self.other(text)
        runs = [Run(self.one(text), style)]
        return [*runs, Run(f" {other}", second or style.but(ink="text2", weight=400))] if other else runs

    def plain(self, text: Text) -> str:
        """Both wordings as one string."""
        other = self.other(text)
        return f"{self.one(text)} {other}" if other else self.one(text)
