"""A grid of counts: platforms by markets, each cell with its number and a ground that deepens with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
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
from desktop.views.charts.matrix import painter_elided
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE

ROW, HEAD, LEAST, MOST = 28, 22, 46, 104
STEPS = 5


class CountGrid(QWidget):
    """Arrows move from cell to cell, Enter or a click picks one; the cell in force has an edge."""

    access_role = QAccessible.Role.Chart

    picked = Signal(str, str)
    """The keys of the row and the column; both empty where the cell in force is picked again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heads: tuple[tuple[str, str], ...] = ()
        self.rows: tuple[tuple[str, str, tuple[int, ...]], ...] = ()
        self._most = 0
        self._at = (0, 0)
        self._chosen = ("", "")
        self._name = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", 2)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)

    # ------------------------------------------------------------------ content
    def access_value(self) -> str:
        """The square the keys stand on."""
        return self._words()

    def set_name(self, name: str) -> None:
        self._name = name
        self._tell()

    def set_counts(
        self,
        heads: Sequence[tuple[str, str]],
        rows: Sequence[tuple[str, str, tuple[int, ...]]],
        most: int,
    ) -> None:
        """Shows other counts."""
        self.heads, self.rows, self._most = tuple(heads), tuple(rows), most
        row, column = self._at
        self._at = (min(row, max(0, len(self.rows) - 1)), min(column, max(0, len(self.heads) - 1)))
        self._retheme()
        self._tell()

    def set_chosen(self, row: str, column: str) -> None:
        """Which cell the rows are narrowed to; emits nothing."""
        self._chosen = (row, column)
        self.update()

    def tsv(self) -> str:
        lines = [("", *(word for _, word in self.heads))]
        lines += [(name, *map(str, cells)) for _, name, cells in self.rows]
        return "\n".join("\t".join(line) for line in lines)

    def _words(self) -> str:
        row, column = self._at
        if not self.rows or not self.heads:
            return ""
        return f"{self.rows[row][1]}, {self.heads[column][1]}: {self.rows[row][2][column]:,}"

    def _tell(self) -> None:
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self._words())

    def _retheme(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    # ------------------------------------------------------------------ size and painting
    def sizeHint(self) -> QSize:
        return QSize(360, theme().px(HEAD) + len(self.rows) * theme().px(ROW) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def _geometry(self) -> tuple[float, float]:
        names = max((theme().width(name, TYPE.body) for _, name, _ in self.rows), default=80)
        left = names + 16
        wide = max((theme().width(word, TYPE.caption) for _, word in self.heads), default=LEAST) + 12
        room = (self.width() - left - 2) / max(1, len(self.heads))
        return left, max(20.0, min(max(theme().px(LEAST), wide, min(room, theme().px(MOST))), room))

    def _ground(self, count: int) -> QColor:
        """From the ground of a selection to the accent, in few steps; nothing where the count is nothing."""
        base, deep = theme().color("surface"), theme().color("accent")
        if not count or not self._most:
            return base
        step = max(1, -(-STEPS * count // self._most)) / STEPS
        share = 0.12 + 0.38 * step
        parts = [
            round(a + (b - a) * share) for a, b in zip(base.getRgb()[:3], deep.getRgb()[:3], strict=True)
        ]  # type: ignore[index]
        return QColor(*parts)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, wide = self._geometry()
        head, high = theme().px(HEAD), theme().px(ROW)
        for number, (_, word) in enumerate(self.heads):
            box = QRectF(left + number * wide, 0, wide, head)
            write(painter, box, painter_elided(word, wide - 4), TYPE.caption, "text2", Align.AlignHCenter)
        for index, (key, name, cells) in enumerate(self.rows):
            top = head + index * high
            write(painter, QRectF(0, top, left - 8, high), name, TYPE.body, "text")
            for number, count in enumerate(cells):
                box = QRectF(left + number * wide, top, wide, high).adjusted(1, 1, -1, -1)
                self._paint_cell(painter, box, count, (key, self.heads[number][0]), (index, number))

    def _paint_cell(
        self, painter: QPainter, box: QRectF, count: int, keys: tuple[str, str], place: tuple[int, int]
    ) -> None:
        painter.fillRect(box, theme().color("surface2") if not count else self._ground(count))
        if theme().high_contrast:
            painter.setPen(QPen(theme().color("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
        step, tone = (TYPE.body_strong, "text") if count else (TYPE.body, "text3")
        write(painter, box, f"{count:,}" if count else "–", step, tone, Align.AlignHCenter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if keys == self._chosen and any(keys):
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        if self.hasFocus() and self._at == place:
            painter.setPen(QPen(theme().color("focus"), 2))
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 3, 3)

    # ------------------------------------------------------------------ moving
    def _hit(self, place: QPoint) -> tuple[int, int] | None:
        left, wide = self._geometry()
        row = int((place.y() - theme().px(HEAD)) // theme().px(ROW))
        column = int((place.x() - left) // wide)
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.heads)
        return (row, column) if inside and place.y() >= theme().px(HEAD) and place.x() >= left else None

    def _move(self, row: int, column: int) -> None:
        self._at = (max(0, min(len(self.rows) - 1, row)), max(0, min(len(self.heads) - 1, column)))
        self._tell()
        self.update()

    def _pick(self) -> None:
        row, column = self._at
        keys = (self.rows[row][0], self.heads[column][0])
        if not keys[1]:
            return
        self.picked.emit(*(("", "") if keys == self._chosen else keys))

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
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and self.rows
            and self.heads
        ):
            self._pick()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position().toPoint())
        if hit is not None and event.button() == Qt.MouseButton.LeftButton:
            self._move(*hit)
            self._pick()

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self._hit(event.pos())
            if hit is None:
                QToolTip.hideText()
            else:
                row, column = hit
                words = f"{self.rows[row][1]}, {self.heads[column][1]}: {self.rows[row][2][column]:,}"
                QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
