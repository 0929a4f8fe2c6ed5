"""The focus ring: one overlay which follows the keyboard focus through the window.

A style sheet cannot draw outside a widget, and a border that grows makes its neighbours move. So one
transparent widget is laid over the focused one and draws the ring with a pixel of air around it.
A widget asks for the ring by the property `focusRing`, its corner radius; a part of a field passes it on to
the nearest parent that has the property. Qt's own buttons, fields and lists have it without asking.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

PROPERTY = "focusRing"
INSIDE = "focusInside"
"""Set on a widget that fills its place, such as an item of the rail: the ring is then drawn inside."""
REACH = 3
"""How far the ring stands out: one pixel of air and two of line."""


class _RingOverlay(QWidget):
    """Draws the ring around the rectangle it is laid over."""

    def __init__(self, host: QWidget, theme: QObject) -> None:
        super().__init__(host)
        self._theme = theme
        self.radius = 6
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focusRingOverlay")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.palette.focus), 2))
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(edge, self.radius + 2, self.radius + 2)


class FocusRing(QObject):
    """Keeps one overlay on the widget that has the focus."""

    def __init__(self, app: QApplication, theme: QObject) -> None:
        super().__init__(app)
        self._theme = theme
        self._target: QWidget | None = None
        self._overlay: _RingOverlay | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._on_focus)

    @property
    def target(self) -> QWidget | None:
        """The widget the ring lies on, if any."""
        return self._target

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Moves the ring to the newly focused widget, or takes it away."""
        self._drop()
        target = ring_target(new)
        if target is None:
            return
        host = ring_host(target)
        self._target = target
        self._overlay = _RingOverlay(host, self._theme)
        self._overlay.radius = int(target.property(PROPERTY) or 6)
        widget: QWidget | None = target
        while widget is not None and widget is not host:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self.place()

    def place(self) -> None:
        """Lays the overlay where its widget is now."""
        target, overlay = self._target, self._overlay
        if target is None or overlay is None or not isValid(target) or not isValid(overlay):
            return
        host = overlay.parentWidget()
        corner = target.mapTo(host, QPoint(0, 0))
        reach = -1 if target.property(INSIDE) else REACH
        overlay.setGeometry(
            corner.x() - reach, corner.y() - reach, target.width() + 2 * reach, target.height() + 2 * reach
        )
        overlay.setVisible(target.isVisible())
        overlay.raise_()

    def _drop(self) -> None:
        """Forgets the former widget."""
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        if self._overlay is not None and isValid(self._overlay):
            self._overlay.hide()
            self._overlay.deleteLater()
        self._overlay = None
        self._target = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (
            QEvent.Type.Move,
            QEvent.Type.Resize,
            QEvent.Type.Show,
            QEvent.Type.Hide,
            QEvent.Type.LayoutRequest,
        )
        if event.type() in kinds:
            self.place()
        return False


NATIVE = ("QAbstractButton", "QAbstractItemView", "QComboBox", "QLineEdit", "QTextEdit")
"""Qt's own, as they stand in its dialogs: the style sheet takes their focus frames away, so they get the ring, too. By
name: the classes of those that are not on the first screen need not be made for it."""


def ring_target(widget: QWidget | None) -> QWidget | None:
    """The widget itself or its nearest parent that wants the ring."""
    first = widget
    while widget is not None:
        if widget.property(PROPERTY) is not None:
            return widget
        if widget.isWindow():
            break
        widget = widget.parentWidget()
    if first is None or first.property("bare"):
        return None
    return first if any(first.inherits(name) for name in NATIVE) else None


def ring_host(target: QWidget) -> QWidget:
    """The widget the overlay lives in: a scroll area's inner part, else the window."""
    parent = target.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return parent
        parent = parent.parentWidget()
    return parent or target
