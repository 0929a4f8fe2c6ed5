"""Sentences one below the other, each with a mark and a remark: steps, gaps, warnings. Long ones are wrapped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.viewmodels.plan import Sentence
from desktop.views.design.icons import ICON_NAMES, draw_icon
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE, TypeStep
from desktop.views.widgets.provenance import SHAPE, draw_provenance

MARK = 16
"""The side of an icon before a sentence, at the design size of the text."""
WIDE = 520
"""From here on the remark stands beside the sentence, else below it."""
SHARE = 0.32
"""How much of the width a remark may take."""
AIR = 8
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
ICON_TONES = {"question": "unk", "triangle": "warn"}


def mark_room() -> int:
    """What the marks take at the left, in pixels."""
    return theme().px(MARK) + 12


class SentenceList(QWidget):
    """One tab stop; Up and Down move, Enter, W or a click emits `activated(key)`, Ctrl+C copies the sentence."""

    access_role = QAccessible.Role.List

    activated = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Sentence, ...] = ()
        self._boxes: list[QRectF] = []
        self._current = 0
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", 4)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        theme().follow(self._measure)

    def access_value(self) -> str:
        """The sentence the keys stand on."""
        return _spoken(self._rows[self._current]) if self._rows else ""

    def set_name(self, name: str) -> None:
        """What is listed, for the screen reader."""
        self.setAccessibleName(name)

    def set_rows(self, rows: Sequence[Sentence]) -> None:
        """Shows other sentences; the current one stays where its key stays. Emits nothing."""
        key = self.current_key()
        self._rows = tuple(rows)
        self._current = next((i for i, row in enumerate(self._rows) if row.key == key), 0)
        self.setAccessibleDescription(" ".join(_spoken(row) for row in self._rows))
        self.setVisible(bool(rows))
        self._measure()

    def rows(self) -> tuple[Sentence, ...]:
        """What is shown."""
        return self._rows

    def current_key(self) -> str:
        """The key of the sentence that the keys stand on."""
        return self._rows[self._current].key if self._current < len(self._rows) else ""

    # ------------------------------------------------------------------ measuring
    def _columns(self) -> tuple[float, float]:
        """Width of the sentence and of the remark; the remark's is 0 where it stands below."""
        room = self.width() - mark_room()
        beside = self.width() >= WIDE and any(row.remark for row in self._rows)
        if not beside:
            return max(60.0, room - AIR), 0.0
        lines = (line for row in self._rows for line in row.remark.split("\n"))
        widest = max(theme().width(line, TYPE.caption) for line in lines)
        remark = min(widest + 2, self.width() * SHARE)
        return max(60.0, room - remark - 2 * SPACE.l), remark

    def _measure(self) -> None:
        """The height of each row at this width."""
        text, remark = self._columns()
        top, self._boxes = 0.0, []
        for row in self._rows:
            words = _head_height(row, text) + _height(row.text, TYPE.body, text)
            beside = _height(row.remark, TYPE.caption, remark) if remark and row.remark else 0.0
            below = _height(row.remark, TYPE.caption, text) if row.remark and not remark else 0.0
            height = max(words + below, beside) + 2 * AIR + 1
            self._boxes.append(QRectF(0, top, self.width(), height))
            top += height
        wanted = max(1, round(top))
        if wanted != self.height() or wanted != self.minimumHeight():
            self.setFixedHeight(wanted)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    # ------------------------------------------------------------------ drawing
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, remark = self._columns()
        for i, (row, box) in enumerate(zip(self._rows, self._boxes, strict=True)):
            self._paint_row(painter, i, row, box, text, remark)

    def _paint_row(
        self, painter: QPainter, i: int, row: Sentence, box: QRectF, text: float, remark: float
    ) -> None:
        if self.hasFocus() and i == self._current:
            painter.fillRect(box, theme().color("sel"))
            painter.fillRect(QRectF(0, box.y(), SPACE.bar, box.height()), theme().color("accent"))
        elif i == self._hover and _answers(row):
            painter.fillRect(box, theme().color("hover"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), theme().color("line"))
        top = box.y() + AIR
        self._paint_mark(painter, row, top)
        words = QRectF(mark_room(), top, text, box.height())
        if row.head:
            self._paint_head(painter, words, row)
            words = words.translated(0, _head_height(row, text))
        self._write(painter, words, row.text, TYPE.body, row.tone)
        if row.remark and remark:
            place = QRectF(self.width() - remark - 8, top + 2, remark, box.height())
            self._write(painter, place, row.remark, TYPE.caption, "text2", Qt.AlignmentFlag.AlignRight)
        elif row.remark:
            below = words.translated(0, _height(row.text, TYPE.body, text))
            self._write(painter, below, row.remark, TYPE.caption, "text2")

    def _paint_head(self, painter: QPainter, box: QRectF, row: Sentence) -> None:
        """The head, and its flag beside it or, where that has no room, below."""
        self._write(painter, box, row.head, TYPE.body_strong, row.tone)
        if not row.flag:
            return
        at = QRectF(box)
        if _flag_beside(row, box.width()):
            at.setLeft(box.x() + theme().width(row.head, TYPE.body_strong) + SPACE.s)
            at.translate(0, (theme().px(TYPE.body.line) - theme().px(TYPE.caption.line)) / 2)
        else:
            at.translate(0, _height(row.head, TYPE.body_strong, box.width()))
        self._write(painter, at, row.flag, TYPE.caption_medium, "err")

    def _write(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        step: TypeStep,
        tone: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(theme().font(step))
        painter.setPen(theme().color(tone))
        painter.drawText(box, int(WRAP | side), text)

    def _paint_mark(self, painter: QPainter, row: Sentence, top: float) -> None:
        """A number, an icon, the ring of a default, or a dot."""
        middle = top + theme().px(TYPE.body.line) / 2
        size, shape = theme().px(MARK), theme().px(SHAPE)
        centre = 5 + size / 2
        if row.mark == "default":
            draw_provenance(painter, "default", centre - shape / 2, middle - shape / 2, shape)
        elif row.mark == "dot":
            painter.setPen(QPen(theme().color("text3"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(centre - 3, middle - 3, 6, 6))
        elif row.mark in ICON_NAMES:
            tone = theme().color(ICON_TONES.get(row.mark, "text2"))
            draw_icon(painter, row.mark, 5, middle - size / 2, tone, size)
        elif row.mark:
            place = QRectF(0, top, mark_room() - 8, theme().px(TYPE.body.line))
            painter.setFont(theme().font(TYPE.body_strong))
            painter.setPen(theme().color("text2"))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.mark)

    # ------------------------------------------------------------------ keys and pointer
    def _go(self, i: int) -> None:
        self._current = min(max(i, 0), len(self._rows) - 1)
        self.setAccessibleDescription(_spoken(self._rows[self._current]))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        moves = {
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Up: self._current - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._rows) - 1,
        }
        if not self._rows:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(_spoken(self._rows[self._current]))
        elif key in moves and plain:
            self._go(moves[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_W) and plain:
            self.activated.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def _at(self, y: float) -> int:
        return next((i for i, box in enumerate(self._boxes) if box.top() <= y < box.bottom()), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._at(event.position().y())
        if hover != self._hover:
            self._hover = hover
            link = hover >= 0 and _answers(self._rows[hover])
            self.setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and found >= 0:
            self._go(found)
            self.activated.emit(self._rows[found].key)

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._rows:
            self._go(self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _answers(row: Sentence) -> bool:
    """Whether something happens on Enter: it has a fact behind it or a question to answer."""
    return row.why is not None or bool(row.question)


def _height(text: str, step: TypeStep, width: float) -> float:
    """How high a wrapped text is in whole lines of the type scale."""
    if not text:
        return 0.0
    box = QFontMetricsF(theme().font(step)).boundingRect(QRectF(0, 0, width, 10_000), int(WRAP), text)
    line = float(theme().px(step.line))
    return line if box.height() <= line else box.height() + 4


def _flag_beside(row: Sentence, width: float) -> bool:
    """Whether a flag fits on the line of its head."""
    wanted = (
        theme().width(row.head, TYPE.body_strong) + SPACE.s + theme().width(row.flag, TYPE.caption_medium)
    )
    return wanted + 2 <= width


def _head_height(row: Sentence, width: float) -> float:
    """How high a head is with its flag; nothing where there is none."""
    if not row.head:
        return 0.0
    below = bool(row.flag) and not _flag_beside(row, width)
    head = _height(row.head, TYPE.body_strong, width)
    return head + (_height(row.flag, TYPE.caption_medium, width) if below else 0.0)


def _spoken(row: Sentence) -> str:
    head = " ".join(part for part in (row.head, row.flag) if part)
    said = " ".join(f"{head}: {row.text}".split() if head else row.text.split())
    return f"{said} ({' '.join(row.remark.split())})" if row.remark else said
