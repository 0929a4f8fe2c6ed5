"""The path of a plan: a line with a dot for each choice, from the product to what is left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.viewmodels.plan import PathStep
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE, TypeStep

DOT, GAP = 9, 16
LINE = 3
TOP = 14
"""Where the middle of the dots stands below the upper edge: room for the focus ring."""
MOST_LINES = 3
"""So many lines a title or a detail may take: the longest name of a service at the least width of a stop."""
TONES = {"unk": "unk", "err": "err", "result": "acctext", "closed": "text2"}


class PathLine(QWidget):
    """The stops of a path. One tab stop, arrows move, Enter or a click emits `activated(key)`; Ctrl+C copies."""

    access_role = QAccessible.Role.List

    activated = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._steps: tuple[PathStep, ...] = ()
        self._current = 0
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)
        self._tell()

    def access_value(self) -> str:
        """The stop the keys stand on."""
        return _spoken(self._steps[self._current]) if self._steps else ""

    def access_press(self) -> None:
        """What Enter does."""
        if self._steps:
            self.activated.emit(self.current_key())

    def set_name(self, name: str) -> None:
        """Which path it is, for the screen reader."""
        self._name = name
        self._tell()

    def set_steps(self, steps: Sequence[PathStep]) -> None:
        """Shows other stops; the current place stays. Emits nothing."""
        self._steps = tuple(steps)
        self._current = min(self._current, max(0, len(self._steps) - 1))
        self.setVisible(bool(steps))
        self._tell()
        self._retheme()

    def steps(self) -> tuple[PathStep, ...]:
        """What is shown."""
        return self._steps

    def current_key(self) -> str:
        """The stop that the keys stand on."""
        return self._steps[self._current].key if self._steps else ""

    def text(self) -> str:
        """The path as one line a stop."""
        return "\n".join(_spoken(step) for step in self._steps)

    def sizeHint(self) -> QSize:
        return QSize(560, self._wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self._wanted())

    def _wanted(self) -> int:
        """The height of all rows."""
        return round(self._top(self._rows())) or 2 * TOP + 6

    def _columns(self) -> int:
        """How many stops stand beside each other: all of them, or fewer where a word of a title would be broken."""
        count = max(1, len(self._steps))
        titles = QFontMetricsF(theme().font(TYPE.option))
        longest = max(
            (titles.horizontalAdvance(word) for step in self._steps for word in step.title.split()), default=0
        )
        if any(ord(sign) > 0x2E7F for step in self._steps for sign in step.title):
            return count  # Chinese breaks anywhere
        while count > 2 and self.width() / count - GAP < longest:
            count -= 1
        return count

    def _rows(self) -> int:
        return -(-len(self._steps) // self._columns())

    def _top(self, row: int) -> float:
        """Where a row begins: each is as high as its longest stop; title and detail may take three lines each."""
        columns = self._columns()
        room = self.width() / columns - GAP
        high = 0
        for first in range(0, row * columns, columns):
            steps = self._steps[first : first + columns]
            words = (sum(height for _, _, height in _lines(step, room)) for step in steps)
            high += 2 * TOP + max(words, default=0) + 6
        return float(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    # ------------------------------------------------------------------ drawing
    def _box(self, i: int) -> QRectF:
        """The place of a stop, dot and words."""
        columns = self._columns()
        width = self.width() / columns
        top = self._top(i // columns)
        return QRectF(i % columns * width, top, width, self._top(i // columns + 1) - top)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._steps:
            return
        painter.setPen(QPen(theme().color("accent"), LINE))
        columns, count = self._columns(), len(self._steps)
        for first in range(0, count, columns):
            last = min(first + columns, count) - 1
            end = self._dot_at(last)
            if last < count - 1:
                end.setX(self.width())  # it goes on in the next row
            painter.drawLine(self._dot_at(first), end)
        for i, step in enumerate(self._steps):
            self._paint_dot(painter, i, step)
            self._paint_words(painter, i, step)

    def _dot_at(self, i: int) -> QPointF:
        box = self._box(i)
        return QPointF(box.x() + DOT + 2, box.y() + TOP)

    def _paint_dot(self, painter: QPainter, i: int, step: PathStep) -> None:
        """A ring for a choice, a full dot for the result, a dashed ring for what cannot be said."""
        place = self._dot_at(i)
        last = i == len(self._steps) - 1
        tone = {"unk": "unk", "err": "err", "closed": "text3"}.get(step.tone, "accent")
        painter.setBrush(theme().color("surface"))
        painter.setPen(QPen(theme().color("surface"), LINE))
        painter.drawEllipse(place, DOT, DOT)
        pen = QPen(theme().color(tone), LINE)
        if step.tone == "unk":
            pen = QPen(theme().color(tone), 2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([2, 1.5])
        painter.setPen(pen)
        full = last and step.tone != "unk"
        painter.setBrush(theme().color(tone if full else "hover" if i == self._hover else "surface"))
        painter.drawEllipse(place, DOT - 1.5, DOT - 1.5)
        if self.hasFocus() and i == self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("focus"), 2))
            painter.drawEllipse(place, DOT + 2.5, DOT + 2.5)

    def _paint_words(self, painter: QPainter, i: int, step: PathStep) -> None:
        """Caption, title and detail below the dot; long ones on several lines."""
        box, tone = self._box(i), TONES.get(step.tone, "text")
        room, y = box.width() - GAP, box.y() + 2 * TOP
        for line, size, height in _lines(step, room):
            font = theme().font(size)
            heading = size is TYPE.option
            font.setStrikeOut(heading and step.tone == "closed")
            font.setUnderline(heading and i == self._hover and step.tone != "closed")
            painter.setFont(font)
            painter.setPen(theme().color(tone if heading else "text2"))
            painter.drawText(QRectF(box.x(), y, room + 1, height), Qt.AlignmentFlag.AlignVCenter, line)
            y += height

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    # ------------------------------------------------------------------ being told and telling
    def _tell(self) -> None:
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self.text())

    def _go(self, i: int) -> None:
        """Makes a stop current and speaks it."""
        self._current = i
        self.setAccessibleDescription(_spoken(self._steps[i]))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._steps) - 1
        moves = {
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Up: self._current - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
        elif key in moves and plain and self._steps:
            self._go(min(max(moves[key], 0), last))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and plain and self._steps:
            self.activated.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def _at(self, point: QPointF) -> int:
        """The stop under a point, −1 for none."""
        return next((i for i in range(len(self._steps)) if self._box(i).contains(point)), -1)

    def tip_at(self, point: QPointF) -> str:
        """The whole words of the stop under a point."""
        found = self._at(point)
        return _spoken(self._steps[found]) if found >= 0 else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._at(event.position())
        if hover != self._hover:
            self._hover = hover
            self.setCursor(Qt.CursorShape.PointingHandCursor if hover >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found >= 0:
            self._go(found)
            self.activated.emit(self._steps[found].key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._steps:
            self._go(self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)


def _lines(step: PathStep, room: float) -> list[tuple[str, TypeStep, int]]:
    """The lines of a stop with their type and height: caption, title, detail."""
    parts = ((step.caption, TYPE.caption), (step.title, TYPE.option), (step.detail, TYPE.caption))
    return [
        (line, size, theme().px(size.line))
        for text, size in parts
        for line in lines_of(text, QFontMetricsF(theme().font(size)), room)
    ]


def lines_of(text: str, metrics: QFontMetricsF, room: float, most: int = MOST_LINES) -> tuple[str, ...]:
    """A text on the lines that it needs, the last one allowed shortened; it breaks at a space, or anywhere in Chinese."""
    if metrics.horizontalAdvance(text) <= room:
        return (text,)
    if most == 1:
        return (metrics.elidedText(text, Qt.TextElideMode.ElideRight, room),)
    fitting = next((n for n in range(len(text), 0, -1) if metrics.horizontalAdvance(text[:n]) <= room), 1)
    space = text.rfind(" ", 1, fitting + 1)
    cut = space if space > 0 and ord(text[fitting - 1]) < 0x2E80 else fitting
    return (text[:cut].rstrip(), *lines_of(text[cut:].lstrip(), metrics, room, most - 1))


def _spoken(step: PathStep) -> str:
    """A stop as a sentence."""
    return f"{step.caption}: {step.title}" + (f", {step.detail}" if step.detail else "")
