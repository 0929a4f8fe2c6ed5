"""A plot of pyqtgraph as the canvas of charts with two scales. Loaded with the first such chart, not before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.views.charts.canvas import Drawn
from desktop.views.charts.plotting import GraphicsObject, GraphicsView


class _Drawing(GraphicsObject):
    """The one item in the scene; it asks the chart to draw."""

    def __init__(self, chart: Drawn) -> None:
        super().__init__()
        self._chart = chart
        self.size = QSize(0, 0)

    def resize(self, size: QSize) -> None:
        """Takes the size of the plot."""
        self.prepareGeometryChange()
        self.size = size

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.size.width(), self.size.height())

    def paint(self, painter: QPainter, _option: object, _widget: object = None) -> None:
        self._chart.paint_scene(painter, self.boundingRect())


class PlotCanvas(GraphicsView):
    """The view of a plot without the plot, whose axes, menus and ranges no chart uses and which takes 20 ms to make; it
    passes pointer and keys to the chart."""

    def __init__(self, chart: Drawn, parent: QWidget) -> None:
        super().__init__(parent=parent, background=None)
        self._chart = chart
        self.setAntialiasing(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._drawing = _Drawing(chart)
        self.scene().addItem(self._drawing)

    def redraw(self) -> None:
        # the whole view at once: an item's own update waits for the scene to collect what has changed
        self.viewport().update()

    def fill_itself(self) -> None:
        """The chart paints its ground, too."""
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # the base class calls this while it is still being made
        if hasattr(self, "_drawing"):
            self._drawing.resize(self.size())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._chart.hover_at(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._chart.press_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._chart.release_at(event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._chart.ask_why()

    def wheelEvent(self, event: object) -> None:
        """The wheel scrolls the page."""
        event.ignore()  # type: ignore[attr-defined]

    def leaveEvent(self, event: QEvent) -> None:
        self._chart.leave()
        super().leaveEvent(event)
