"""A grid of squares: whole, in part, nothing, not offered, told apart by shape as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.views.charts.base import Align, write
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE

ROW, HEAD, LEAST, MARK = 26, 24, 26, 14


class Square(Struct, frozen=True):
    """One square: its level (full, part, none, closed), whether it leans on a weak source, and its words."""

    level: str
    weak: bool
    text: str


class MatrixRow(Struct, frozen=True):
    """A row with its name."""

    key: str
    name: str
    squares: tuple[Square, ...]


class Matrix(QWidget):
    """Arrows move from square to square; the words of the one in focus are given to `said`."""

    access_role = QAccessible.Role.Chart

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heads: tuple[str, ...] = ()
        self.rows: tuple[MatrixRow, ...] = ()
        self._at = (0, 0)
        self._name = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", 2)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)

    # ------------------------------------------------------------------ content
    def access_value(self) -> str:
        """The square the keys stand on."""
        return ", ".join(part for part in self.current() if part)

    def set_name(self, name: str) -> None:
        self._name = name
        self._tell()

    def set_grid(self, heads: Sequence[str], rows: Sequence[MatrixRow]) -> None:
        """Shows other squares."""
        self.heads, self.rows = tuple(heads), tuple(rows)
        row, column = self._at
        self._at = (min(row, max(0, len(self.rows) - 1)), min(column, max(0, len(self.heads) - 1)))
        self._retheme()
        self._tell()

    def current(self) -> tuple[str, str, str]:
        """Row, column and words of the square in focus; empty where there is none."""
        row, column = self._at
        if not self.rows or not self.heads:
            return "", "", ""
        found = self.rows[row]
        return found.name, self.heads[column], found.squares[column].text

    def tsv(self) -> str:
        """The grid as tab separated text."""
        lines = [
            ("", *self.heads),
            *((row.name, *(square.text for square in row.squares)) for row in self.rows),
        ]
        return "\n".join("\t".join(line) for line in lines)

    def _tell(self) -> None:
        self.setAccessibleName(self._name)
        words = ", ".join(part for part in self.current() if part)
        self.setAccessibleDescription(words)
        self.said.emit(words)

    def _retheme(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    # ------------------------------------------------------------------ size and painting
    def sizeHint(self) -> QSize:
        return QSize(400, theme().px(HEAD) + len(self.rows) * theme().px(ROW) + 4)

    def _geometry(self) -> tuple[float, float]:
        """Where the squares begin, and how wide a column is."""
        names = max((theme().width(row.name, TYPE.body) for row in self.rows), default=80)
        left = min(names + 24, self.width() * 0.4)
        wide = max(theme().width(head, TYPE.caption) for head in self.heads) + 8 if self.heads else LEAST
        return left, max(8.0, min(max(LEAST, wide), (self.width() - left - 4) / max(1, len(self.heads))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, wide = self._geometry()
        head, high = theme().px(HEAD), theme().px(ROW)
        for number, word in enumerate(self.heads):
            box = QRectF(left + number * wide, 0, wide, head)
            if theme().width(word, TYPE.caption) <= wide or number % 3 == 0:
                over = max(0.0, theme().width(word, TYPE.caption) + 1 - wide) / 2
                write(
                    painter, box.adjusted(-over, 0, over, 0), word, TYPE.caption, "text2", Align.AlignHCenter
                )
        for index, row in enumerate(self.rows):
            top = head + index * high
            name = QRectF(12, top, left - 20, high)
            write(painter, name, painter_elided(row.name, name.width()), TYPE.body, "text")
            for number, square in enumerate(row.squares):
                middle = QRectF(left + number * wide, top, wide, high).center()
                side = min(float(theme().px(MARK)), wide - 3)
                box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
                draw_square(painter, square, box)
                if self.hasFocus() and self._at == (index, number):
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.setPen(QPen(theme().color("focus"), 2))
                    painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 3, 3)

    # ------------------------------------------------------------------ moving
    def _hit(self, place: QPoint) -> tuple[int, int] | None:
        left, wide = self._geometry()
        row = int((place.y() - theme().px(HEAD)) // theme().px(ROW))
        column = int((place.x() - left) // wide)
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.heads)
        return (row, column) if inside and place.y() >= theme().px(HEAD) else None

    def _move(self, row: int, column: int) -> None:
        self._at = (max(0, min(len(self.rows) - 1, row)), max(0, min(len(self.heads) - 1, column)))
        self._tell()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.tsv())
            return
        row, column = self._at
        steps = {
            Qt.Key.Key_Down: (row + 1, column), Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Right: (row, column + 1), Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Home: (row, 0), Qt.Key.Key_End: (row, len(self.heads) - 1),
        }  # fmt: skip
        if event.key() in steps and self.rows:
            self._move(*steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position().toPoint())
        if hit is not None:
            self._move(*hit)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self._tell()
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self._hit(event.pos())
            if hit is None:
                QToolTip.hideText()
            else:
                row, column = hit
                found = self.rows[row]
                QToolTip.showText(
                    event.globalPos(),
                    f"{found.name}, {self.heads[column]}\n{found.squares[column].text}",
                    self,
                )
            return True
        return super().event(event)


def painter_elided(text: str, width: float) -> str:
    """A name cut with an ellipsis where it is too wide."""
    if theme().width(text, TYPE.body) <= width:
        return text
    while len(text) > 1 and theme().width(text + "…", TYPE.body) > width:
        text = text[:-1]
    return text + "…"


def draw_square(painter: QPainter, square: Square, box: QRectF) -> None:
    """Whole: filled. In part: half filled. Nothing: an empty ring of violet. Not offered: a short dash."""
    accent, ring = theme().color("accent"), theme().color("unk")
    if square.level == "closed":
        painter.setPen(QPen(theme().color("line2"), 1.4))
        painter.drawLine(box.center() - QPoint(3, 0), box.center() + QPoint(3, 0))
        return
    if square.level == "none":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ring, 1.2, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 2, 2)
        return
    painter.setPen(QPen(accent, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 2, 2)
    part = box.adjusted(0, box.height() / 2, 0, 0) if square.level == "part" else box
    painter.fillRect(part.adjusted(1, 1, -1, -1), accent)
    if square.weak:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("warn"))
        painter.drawEllipse(QRectF(box.right() - 4, box.top() - 2, 6, 6))
