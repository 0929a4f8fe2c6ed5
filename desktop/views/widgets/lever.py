"""A lever: what is moved, where its value comes from, the value itself to be typed, and a slider below."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE
from desktop.views.widgets.labels import TextLabel
from desktop.views.widgets.number_field import FieldBox, FieldLine, NumberField
from desktop.views.widgets.number_text import WEIGHT_UNITS
from desktop.views.widgets.provenance import ProvenanceMark
from desktop.views.widgets.rail import round_pen

KNOB = 8
NAME_LEAST = 60
"""The longest word of a name, and what cannot be broken in Chinese."""
FIELD_WIDTH = 78


class LeverSlider(QAbstractSlider):
    """A slider of whole numbers in steps. `pressed`, `drawn(int)` and `released` are the pointer's, `stepped(int)` that
    of the keys; setting the value by programme emits none of them."""

    pressed = Signal()
    drawn = Signal(int)
    released = Signal()
    stepped = Signal(int)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dragging = self._setting = False
        self._step = 1
        self.valueChanged.connect(self._on_value)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", 6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().follow(self._retheme)

    def set_reach(self, low: int, high: int, step: int) -> None:
        """How far it goes, in which steps."""
        self._step = step
        self._setting = True
        self.setRange(low, high)
        self._setting = False
        self.setSingleStep(step)
        self.setPageStep(10 * step)

    def setValue(self, value: int) -> None:
        """What the program shows; no move of the user."""
        self._setting = True
        super().setValue(value)
        self._setting = False

    def _on_value(self, value: int) -> None:
        """A screen reader or a voice sets the value past keys and pointer: a move from press to release."""
        if not self._setting:
            self.pressed.emit()
            self.drawn.emit(value)
            self.released.emit()

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme().px(22))

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        super().sliderChange(change)
        self.update()

    def _x(self) -> float:
        """Where the handle stands."""
        span = max(self.maximum() - self.minimum(), 1)
        return KNOB + (self.width() - 2 * KNOB) * (self.value() - self.minimum()) / span

    def _at(self, x: float) -> int:
        """The value on a step below a point."""
        span = self.maximum() - self.minimum()
        share = min(max((x - KNOB) / max(self.width() - 2 * KNOB, 1), 0.0), 1.0)
        return min(self.minimum() + round(share * span / self._step) * self._step, self.maximum())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y, x = self.height() / 2, self._x()
        painter.setPen(round_pen(theme().color("line2"), 4))
        painter.drawLine(QPointF(2, y), QPointF(self.width() - 2, y))
        if not self.isEnabled():
            return
        painter.setPen(round_pen(theme().color("accent"), 4))
        painter.drawLine(QPointF(2, y), QPointF(x, y))
        hot = self.underMouse() or self._dragging
        painter.setPen(QPen(theme().color("accent"), 2))
        painter.setBrush(theme().color("sel" if hot else "surface"))
        painter.drawEllipse(QPointF(x, y), 7, 7)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            self.pressed.emit()
            self._draw_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._draw_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._dragging = False
            self.update()
            self.released.emit()

    def _draw_to(self, event: QMouseEvent) -> None:
        value = self._at(event.position().x())
        self.setValue(value)
        self.drawn.emit(value)

    def wheelEvent(self, event: object) -> None:
        """The wheel scrolls the pane; a value must not change by the way."""
        event.ignore()  # type: ignore[attr-defined]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        many = (self.maximum() - self.minimum()) // self._step
        moves = {
            Qt.Key.Key_Right: step, Qt.Key.Key_Up: step, Qt.Key.Key_Left: -step, Qt.Key.Key_Down: -step,
            Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10, Qt.Key.Key_Home: -many, Qt.Key.Key_End: many,
        }  # fmt: skip
        other = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in moves and not other:
            self.stepped.emit(moves[Qt.Key(event.key())])
        elif event.text().isdigit() and not other:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class QuietBox(FieldBox):
    """A frame that is seen when it is wanted: under the pointer, in focus, and where something is refused."""

    HEIGHT = 26

    def paintEvent(self, event: QPaintEvent) -> None:
        line = self.findChild(FieldLine)
        if self.underMouse() or self.level or (line is not None and line.hasFocus()):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        pen = QPen(theme().color("ctl"), 1, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(8, self.height() - 3.5), QPointF(self.width() - 4, self.height() - 3.5))


class QuietField(NumberField):
    """A number that looks like text until it is typed."""

    BOX = QuietBox

    def _retheme(self) -> None:
        self.line.setFont(theme().font(TYPE.body_strong))
        self.box.setFixedWidth(theme().px(FIELD_WIDTH))


class LeverRow(QWidget):
    """One lever of the side pane."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        # it fills itself: while its slider is drawn, the pane below it is not painted again
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.name = TextLabel("", TYPE.body_medium, wrap=True)
        self.mark = ProvenanceMark()
        units = WEIGHT_UNITS if key == "weight_g" else None
        self.field = QuietField("", "", None, units, FIELD_WIDTH)
        self.field.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.line.setProperty("low", True)
        self.field._retheme()
        self.slider = LeverSlider()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name, 1)
        top.addWidget(self.mark)
        top.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.slider)
        column.addWidget(self.field.take_message())
        self.slider.typed.connect(self._on_digit)
        theme().follow(self._retheme)
        self._retheme()
        self.field.advanceRequested.connect(self._back)

    def _retheme(self) -> None:
        self.name.setMinimumWidth(theme().px(NAME_LEAST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().color("surface2"))

    def _on_digit(self, digit: str) -> None:
        """Typing on the slider sets the value: the digit goes to the field."""
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.line.selectAll()
        self.field.line.insert(digit)
        self.field.line.setModified(True)

    def _back(self) -> None:
        if self.slider.isEnabled():
            self.slider.setFocus(Qt.FocusReason.OtherFocusReason)
