"""The weight of a criterion: a slim slider with its share beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE
from desktop.views.widgets.rail import round_pen


class WeightSlider(QAbstractSlider):
    """A weight of 0 to 100. Arrows one step, Shift ten, digits set it.

    `moved(int)` follows the user's hand, `committed(int)` comes on release and after each key: one undo step.
    Setting the value by programme emits neither.
    """

    moved = Signal(int)
    committed = Signal(int)

    def __init__(
        self, name: str = "", value: int = 0, track: int = 84, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._track = track
        self._typed = ""
        self._share = ""
        self._dragging = False
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, 100)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", 6)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_name(name)
        self.setValue(value)
        theme().follow(self._retheme)

    def set_name(self, name: str) -> None:
        """The criterion, for the screen reader."""
        self.setAccessibleName(name)

    def set_share(self, text: str) -> None:
        """The share shown beside the slider; without it the value in percent."""
        self._share = text
        self.update()

    def share(self) -> str:
        """What stands beside the slider."""
        return self._share or f"{self.value()}%"

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._track + 8 + round(theme().width("100%", TYPE.caption)) + 6, theme().px(24))

    def _x(self) -> float:
        """Where the handle stands."""
        return 7 + (self._track - 14) * self.value() / 100

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y, x = self.height() / 2, self._x()
        painter.setPen(round_pen(theme().color("line2"), 4))
        painter.drawLine(QPointF(2, y), QPointF(self._track - 2, y))
        if self.value():
            painter.setPen(round_pen(theme().color("accent"), 4))
            painter.drawLine(QPointF(2, y), QPointF(x, y))
        hot = self.underMouse() or self._dragging
        painter.setPen(QPen(theme().color("accent"), 2))
        painter.setBrush(theme().color("sel" if hot else "surface"))
        painter.drawEllipse(QPointF(x, y), 6, 6)
        painter.setFont(theme().font(TYPE.caption))
        painter.setPen(theme().color("text2"))
        box = QRectF(self._track + 8, 0, self.width() - self._track - 8, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.share())

    def _by_user(self, value: int, commit: bool) -> None:
        """A new value from the user's hand."""
        value = min(100, max(0, value))
        changed = value != self.value()
        self.setValue(value)
        self.update()
        if changed:
            self.moved.emit(value)
        if commit and (changed or self._dragging):
            self.committed.emit(value)

    def _at(self, x: float) -> int:
        return round((x - 7) / (self._track - 14) * 100)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            self._by_user(self._at(event.position().x()), commit=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._by_user(self._at(event.position().x()), commit=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._by_user(self.value(), commit=True)
            self._dragging = False

    def wheelEvent(self, event: object) -> None:
        """The wheel scrolls the page; a weight must not change by the way."""
        event.ignore()  # type: ignore[attr-defined]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        moves = {
            Qt.Key.Key_Right: step,
            Qt.Key.Key_Up: step,
            Qt.Key.Key_Left: -step,
            Qt.Key.Key_Down: -step,
            Qt.Key.Key_PageUp: 10,
            Qt.Key.Key_PageDown: -10,
        }
        if event.key() in moves:
            self._typed = ""
            self._by_user(self.value() + moves[event.key()], commit=True)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._by_user(0 if event.key() == Qt.Key.Key_Home else 100, commit=True)
        elif event.text().isdigit():
            self._typed = (self._typed + event.text())[-3:]
            self._by_user(int(self._typed), commit=True)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._typed = ""
        return super().event(event)
