"""The ranges of a verdict as bands on one scale: what is left of each option at the least and at the most."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.viewmodels.verdict import Band, Scale
from desktop.views.design import SPACE, TYPE, theme
from desktop.views.widgets import TextLabel

LINE, BAND, EDGE = 18, 8, 14
"""How high the line of a band and the band itself are, and the air at both ends, where the outer figures stand."""


def _place(width: float, share: float) -> float:
    """Where a share of the scale stands in a line of a width."""
    edge = theme().px(EDGE)
    return edge + (width - 2 * edge) * share


class BandLine(QWidget):
    """One band: as long as the range, a mark at its middle, the figures of the scale as hairlines."""

    def __init__(self, band: Band, scale: Scale, first: bool, pending: bool) -> None:
        super().__init__()
        self._shown = (band, scale, first, pending)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme().px(LINE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        band, scale, first, pending = self._shown
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, high = float(self.width()), float(self.height())
        for _, share in scale.ticks:
            painter.fillRect(QRectF(round(_place(width, share)), 0, 1, high), theme().color("line2"))
        begin, end = _place(width, band.begin), _place(width, band.end)
        thick = float(theme().px(BAND))
        box = QRectF(begin, (high - thick) / 2, max(end - begin, 3.0), thick)
        tone = theme().color("text3" if pending else "accent" if first else "text2")
        ground = theme().color("text3" if pending else "accent" if first else "text2")
        ground.setAlphaF(0.32)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, thick / 2, thick / 2)
        painter.fillRect(QRectF(box.center().x() - 1, (high - thick) / 2 - 4, 3, thick + 8), tone)


class RankLabel(TextLabel):
    """The rank before a name; names stand below each other."""

    def __init__(self, rank: str, tone: str) -> None:
        super().__init__(rank, TYPE.body_strong, tone)

    def _retheme(self) -> None:
        super()._retheme()
        self.setFixedWidth(theme().px(14))


class BandRow(QWidget):
    """Rank, name and range of an option, and its band below."""

    def __init__(
        self,
        rank: str,
        name: str,
        words: str,
        note: str,
        band: Band,
        scale: Scale,
        first: bool,
        pending: bool,
    ) -> None:
        super().__init__()
        self.setAccessibleName(" ".join(part for part in (rank, name, note, words) if part))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(0)
        line, figures = QHBoxLayout(), QHBoxLayout()
        self._parts = (line, figures)
        for part in self._parts:
            part.setSpacing(SPACE.s)
        step = TYPE.body_strong if first else TYPE.body
        line.addWidget(RankLabel(rank, "accent" if first else "text2"))
        line.addWidget(TextLabel(name, step), 1)
        figures.addStretch(1)
        if note:
            figures.addWidget(TextLabel(note, TYPE.caption, "unk"))
        figures.addWidget(TextLabel(words, step, "text3" if pending else "text"))
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(SPACE.s)
        self._line.addLayout(line, 1)
        self._line.addLayout(figures)
        column.addLayout(self._line)
        column.addWidget(BandLine(band, scale, first, pending))
        theme().follow(self._fit)

    def minimumSizeHint(self) -> QSize:
        return QSize(
            max(part.minimumSize().width() for part in self._parts), super().minimumSizeHint().height()
        )

    def _fit(self) -> None:
        """The range below the name where both have no room side by side."""
        wanted = sum(part.minimumSize().width() for part in self._parts) + SPACE.s
        below = wanted > self.width()
        ways = QBoxLayout.Direction
        way = ways.TopToBottom if below else ways.LeftToRight
        if way != self._line.direction():
            self._line.setDirection(way)
            self._line.setSpacing(0 if below else SPACE.s)
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class BandScale(QWidget):
    """The figures below the bands."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme().px(TYPE.small.line))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme().font(TYPE.small))
        painter.setPen(theme().color("text3"))
        width = float(self.width())
        right = 0.0
        for text, share in self._scale.ticks:
            wide = theme().width(text, TYPE.small)
            left = min(max(0.0, _place(width, share) - wide / 2), width - wide)
            if left >= right:
                painter.drawText(QRectF(left, 0, wide + 1, self.height()), Qt.AlignmentFlag.AlignCenter, text)
                right = left + wide + 4
