"""Where a value comes from: a shape of ten pixels and a word, always both unless a legend has the word."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE

Provenance = Literal["typed", "case", "rules", "default", "computed", "unknown", ""]
SHAPE = 10
"""The side of a shape beside text, at the design size of the text."""
TONES = {
    "typed": "text2",
    "case": "text2",
    "rules": "text2",
    "default": "warn",
    "computed": "text2",
    "unknown": "unk",
}


def draw_provenance(
    painter: QPainter, kind: str, x: float, y: float, size: float = SHAPE, colour: QColor | None = None
) -> None:
    """Draws the shape of a provenance in a square whose upper left corner is x, y."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, y)
    painter.scale(size / 10, size / 10)
    tone = colour or theme().color(TONES.get(kind, "text2"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone)
    if kind == "typed":
        painter.drawEllipse(QRectF(1, 1, 8, 8))
    elif kind == "case":
        painter.drawPolygon(QPolygonF([QPointF(5, 0.4), QPointF(9.6, 5), QPointF(5, 9.6), QPointF(0.4, 5)]))
    elif kind == "rules":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tone, 1.2))
        painter.drawRect(QRectF(0.8, 0.8, 8.4, 8.4))
        for height in (3.4, 5.0, 6.6):
            painter.drawLine(QPointF(2.8, height), QPointF(7.2, height))
    elif kind == "default":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(tone, 1.6, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.5, 1.13])
        painter.setPen(pen)
        painter.drawEllipse(QRectF(1, 1, 8, 8))
    elif kind == "computed":
        for height in (2.4, 5.8):
            painter.drawRect(QRectF(1, height, 8, 1.8))
    elif kind == "unknown":
        font = theme().font(TYPE.small_strong)
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(tone)
        painter.drawText(QRectF(-2, -3, 14, 16), Qt.AlignmentFlag.AlignCenter, "?")
    painter.restore()


class ProvenanceMark(QWidget):
    """The mark of one value. `kind` is typed, case, rules, default, computed, unknown, or empty for none."""

    def __init__(self, kind: Provenance = "", with_word: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: str = kind
        self._detail = ""
        self._with_word = with_word
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)
        self._tell()

    def kind(self) -> str:
        """The provenance shown."""
        return self._kind

    def set_kind(self, kind: Provenance) -> None:
        """Shows another provenance."""
        if kind != self._kind:
            self._kind = kind
            self._tell()

    def set_detail(self, detail: str) -> None:
        """What stands where it cannot be seen beside the mark, as which choice is the default."""
        if detail != self._detail:
            self._detail = detail
            self._tell()

    def set_with_word(self, with_word: bool) -> None:
        """Whether the word stands beside the shape, or in the tool tip where there is little room."""
        if with_word != self._with_word:
            self._with_word = with_word
            self._tell()

    def word(self) -> str:
        """The provenance in a word of the language in force."""
        words = {
            "typed": self.tr("typed"),
            "case": self.tr("case"),
            "rules": self.tr("rules"),
            "default": self.tr("default"),
            "computed": self.tr("computed"),
            "unknown": self.tr("unknown"),
        }
        word = words.get(self._kind, "")
        detail = self._detail if word else ""
        return self.tr("{word}: {detail}").format(word=word, detail=detail) if detail else word

    def _tell(self) -> None:
        self.setAccessibleName(self.word())
        self.setToolTip("" if self._with_word else self.word())
        if self.parentWidget() is not None:
            self.setVisible(bool(self._kind))
        self._retheme()

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if not self._kind:
            return QSize(0, theme().px(16))
        word = theme().width(self.word(), TYPE.caption) + 5 if self._with_word else 0
        return QSize(round(theme().px(SHAPE) + 1 + word) + 1, theme().px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = theme().px(SHAPE)
        draw_provenance(painter, self._kind, 0.5, (self.height() - size) / 2, size)
        if self._with_word:
            painter.setFont(theme().font(TYPE.caption))
            painter.setPen(theme().color(TONES.get(self._kind, "text2")))
            painter.drawText(
                QRectF(size + 6, 0, self.width() - size - 6, self.height()),
                Qt.AlignmentFlag.AlignVCenter,
                self.word(),
            )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()
        super().changeEvent(event)
