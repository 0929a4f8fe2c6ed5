"""What a chart is drawn on: a plain surface, for charts of bars and rows."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


class Drawn(Protocol):
    """What a canvas asks of its chart."""

    def paint_scene(self, painter: QPainter, box: QRectF) -> None: ...
    def hover_at(self, point: QPointF) -> None: ...
    def press_at(self, point: QPointF) -> None: ...
    def release_at(self, point: QPointF) -> None: ...
    def ask_why(self) -> None: ...
    def leave(self) -> None: ...


class Canvas(Protocol):
    """What a chart needs of the widget that it is drawn on, beside a widget's own size and place."""

    def redraw(self) -> None: ...
    def fill_itself(self) -> None: ...
    def size(self) -> QSize: ...
    def y(self) -> int: ...
    def setMinimumHeight(self, height: int, /) -> None: ...


class Surface(QWidget):
    """A widget on which a chart draws itself; pointer and keys go to the chart, the wheel scrolls the page."""

    def __init__(self, chart: Drawn, parent: QWidget) -> None:
        super().__init__(parent)
        self._chart = chart
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)

    def redraw(self) -> None:
        self.update()

    def fill_itself(self) -> None:
        """The chart paints its ground, too."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._chart.paint_scene(painter, QRectF(self.rect()))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._chart.hover_at(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._chart.press_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._chart.release_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._chart.ask_why()

    def leaveEvent(self, event: QEvent) -> None:
        self._chart.leave()
        super().leaveEvent(event)
