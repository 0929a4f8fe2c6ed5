"""The step rail: how far each step is, and the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.design.icons import draw_icon
from desktop.views.design.theme import set_ground, theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets.labels import Hairline

StepMark = Literal["enough", "partly", "open", "blocked", "not-asked", ""]


class RailStep(Struct, frozen=True):
    """One item: key, name, result in five words, mark, icon for the narrow rail.

    An item without a mark (rule book, casebook, sheet) shows its icon also on the wide rail.
    """

    key: str
    name: str
    result: str = ""
    mark: StepMark = "open"
    icon: str = "sheet"


def draw_mark(painter: QPainter, mark: str, x: float, y: float, size: float = 16) -> None:
    """Draws a step mark in a square whose upper left corner is x, y."""
    if mark == "blocked":
        draw_icon(painter, "triangle", x, y, theme().color("warn"), round(size))
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, y)
    painter.scale(size / 16, size / 16)
    accent, ground = theme().color("accent"), theme().color("onaccent")
    ring = QRectF(1.75, 1.75, 12.5, 12.5)
    if mark == "enough":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QRectF(1, 1, 14, 14))
        painter.setPen(round_pen(ground, 1.6))
        painter.drawPolyline([QPointF(5, 8.3), QPointF(7.2, 10.4), QPointF(11.1, 6)])
    elif mark == "partly":
        painter.setPen(QPen(accent, 1.5))
        painter.drawEllipse(ring)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawPie(QRectF(3.6, 3.6, 8.8, 8.8), -90 * 16, 180 * 16)
    elif mark == "open":
        painter.setPen(QPen(theme().color("ctl"), 1.5))
        painter.drawEllipse(ring)
    elif mark == "not-asked":
        painter.setPen(round_pen(theme().color("ctl"), 1.5))
        painter.drawLine(QPointF(4, 8), QPointF(12, 8))
    painter.restore()


def round_pen(colour: QColor, width: float) -> QPen:
    """A pen with round ends and corners."""
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


BOOK, TIGHT, LEAST = 36, 44, 24
"""The height of a book; below the second an icon has no mark at its foot, below the third there would be no icon."""


class RailItem(QAbstractButton):
    """One item of the rail; the rail decides about focus and selection."""

    access_role = QAccessible.Role.PageTab

    def __init__(self, step: RailStep, rail: StepRail) -> None:
        super().__init__(rail)
        self._rail = rail
        self.step = step
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("focusRing", 2)
        self.setProperty("focusInside", True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_step(step)

    def access_checked(self) -> bool:
        """Whether this step is open."""
        return self.isChecked()

    def access_value(self) -> str:
        """How far the step is."""
        return self.step.result

    def set_step(self, step: RailStep) -> None:
        """Shows another name, result or mark."""
        self.step = step
        self.setText(step.name)
        self.setAccessibleName(step.name)
        self._tell()
        self.update()

    def _tell(self) -> None:
        word = self._rail.mark_word(self.step.mark)
        self.setAccessibleDescription(", ".join(part for part in (word, self.step.result) if part))
        self.setToolTip("\n".join(p for p in (self.step.name, self.step.result) if p))

    def nextCheckState(self) -> None:
        """The rail sets the state."""

    def sizeHint(self) -> QSize:
        width = self._rail.wanted_width()
        if self._rail.narrow:
            return QSize(width - 1, self._rail.icon_height())
        return QSize(width - 1, theme().px(SPACE.rail_item if self.step.mark else BOOK))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isChecked():
            painter.fillRect(box, theme().color("surface"))
            painter.fillRect(QRectF(0, 0, SPACE.bar, box.height()), theme().color("accent"))
        elif self.underMouse():
            painter.fillRect(box, theme().color("hover"))
        if self._rail.narrow:
            self._paint_narrow(painter)
        else:
            self._paint_wide(painter)

    def _paint_narrow(self, painter: QPainter) -> None:
        """Icon of 20 px with the mark at its foot."""
        middle = self.height() / 2
        tone = "acctext" if self.isChecked() else "text2"
        marked = self.step.mark and self.height() >= TIGHT
        times = self._rail.icon_scale()
        size, lift = round(20 * times), 6 * times if marked else 0
        draw_icon(
            painter,
            self.step.icon,
            (self.width() - size) / 2,
            middle - size / 2 - lift,
            theme().color(tone),
            size,
        )
        if marked:
            draw_mark(painter, self.step.mark, self.width() / 2 - 6 * times, middle + 8 * times, 12 * times)

    def _paint_wide(self, painter: QPainter) -> None:
        """Mark, name and result line."""
        middle, size = self.height() / 2, theme().px(16)
        if self.step.mark:
            draw_mark(painter, self.step.mark, 16, middle - size / 2, size)
        else:
            draw_icon(painter, self.step.icon, 16, middle - size / 2, theme().color("text2"), size)
        left = 16 + size + 12
        width = self.width() - left - 12
        name_font = theme().font(TYPE.body_medium)
        line, small = theme().px(17), theme().px(16)
        top = middle - (line + small) / 2 if self.step.result else middle - line / 2
        painter.setFont(name_font)
        painter.setPen(theme().color("text"))
        name = QFontMetricsF(name_font).elidedText(self.step.name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, top, width, line), Qt.AlignmentFlag.AlignVCenter, name)
        if self.step.result:
            font = theme().font(TYPE.caption)
            painter.setFont(font)
            painter.setPen(theme().color("text2"))
            result = QFontMetricsF(font).elidedText(self.step.result, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRectF(left, top + line, width, small), Qt.AlignmentFlag.AlignVCenter, result)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._rail.item_focused(self)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._rail.handle_key(self, event):
            super().keyPressEvent(event)


class StepRail(QWidget):
    """All steps one below the other, a hairline, then the books. One tab stop, arrows inside.

    `activated(key)` comes when the user opens an item by click, Enter or Space.
    """

    activated = Signal(str)

    def __init__(
        self, steps: Sequence[RailStep] = (), books: Sequence[RailStep] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.narrow = False
        self._foot = 0
        self._current = ""
        self._items: list[RailItem] = []
        self._holder: RailItem | None = None
        self._rule = Hairline(parent=self)
        set_ground(self, "rail")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(0)
        self._name()
        self.set_items(steps, books)
        theme().follow(self._retheme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Lower items where a low window has no room for whole ones."""
        if self.narrow and self._items and self._items[0].height() != self.icon_height():
            self._retheme()

    def set_foot(self, height: int) -> None:
        """So much of its height, at the design size of the text, the rail has on this page and lacks on others."""
        if height != self._foot:
            self._foot = height
            self._fit()

    def icon_height(self) -> int:
        """How high an icon of the narrow rail stands: it grows with the text where there is room, for all share it."""
        room = self.height() - theme().px(self._foot) - 2 * SPACE.s - (2 * SPACE.s + 1)
        return max(LEAST, min(theme().px(SPACE.rail_item), room // max(1, len(self._items))))

    def icon_scale(self) -> float:
        """By how much the icons of the narrow rail grow with the text: as far as their height and the rail allow."""
        high = self.icon_height()
        room = (high - 8) / 36 if high >= TIGHT else (high - 4) / 20
        return max(1.0, min(theme().text_scale, room, (SPACE.rail_narrow - 12) / 20))

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Steps"))

    def mark_word(self, mark: str) -> str:
        """A mark in a word, for the screen reader."""
        words = {
            "enough": self.tr("enough is known"),
            "partly": self.tr("partly answered"),
            "open": self.tr("open"),
            "blocked": self.tr("blocked"),
            "not-asked": self.tr("not asked"),
        }
        return words.get(mark, "")

    def set_items(self, steps: Sequence[RailStep], books: Sequence[RailStep] = ()) -> None:
        """Shows these steps and books; the same keys keep their widgets, their focus and the selection."""
        wanted = [*steps, *books]
        if [item.step.key for item in self._items] == [step.key for step in wanted]:
            for item, step in zip(self._items, wanted, strict=True):
                item.set_step(step)
            return
        self._rebuild(steps, books)

    def _rebuild(self, steps: Sequence[RailStep], books: Sequence[RailStep]) -> None:
        """Makes all items anew."""
        for item in self._items:
            item.hide()
            item.deleteLater()
        while self._column.count():
            self._column.takeAt(0)
        self._items = []
        for step in steps:
            self._add(step)
        self._rule.setVisible(bool(books))
        if books:
            self._column.addSpacing(8)
            self._column.addWidget(self._rule)
            self._column.addSpacing(8)
        for step in books:
            self._add(step)
        self._column.addStretch(1)
        self.set_narrow(self.narrow)
        self.set_current(self._current)

    def _add(self, step: RailStep) -> None:
        item = RailItem(step, self)
        item.clicked.connect(self._on_click)
        self._items.append(item)
        self._column.addWidget(item)

    def items(self) -> list[RailItem]:
        """The items, top to bottom."""
        return list(self._items)

    def set_narrow(self, narrow: bool) -> None:
        """Changes between names (216 px) and icons (56 px)."""
        self.narrow = narrow
        self._retheme()

    def wanted_width(self) -> int:
        """Names grow with the text; icons as far as the rail is wide."""
        return SPACE.rail_narrow if self.narrow else theme().px(SPACE.rail_width)

    def _retheme(self) -> None:
        self.setFixedWidth(self.wanted_width())
        for item in self._items:
            item._tell()
            item.setFixedSize(item.sizeHint() + QSize(1, 0))
            item.update()

    def current(self) -> str:
        """The key of the open item."""
        return self._current

    def set_current(self, key: str) -> None:
        """Marks the open item; emits nothing."""
        self._current = key
        for item in self._items:
            item.setChecked(item.step.key == key)
        holder = next((i for i in self._items if i.hasFocus()), None)
        holder = holder or next((i for i in self._items if i.isChecked()), None)
        self.item_focused(holder or (self._items[0] if self._items else None))

    def item_focused(self, holder: RailItem | None) -> None:
        """Makes one item the tab stop of the rail."""
        for item in self._items:
            item.setFocusPolicy(Qt.FocusPolicy.StrongFocus if item is holder else Qt.FocusPolicy.ClickFocus)
        self._holder = holder

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the item that is the tab stop. No focus proxy: from one in its chain Qt lets Tab jump over others."""
        if self._holder is not None:
            self._holder.setFocus(reason)

    def _on_click(self) -> None:
        item = self.sender()
        if isinstance(item, RailItem):
            self._open(item)

    def _open(self, item: RailItem) -> None:
        """The user's choice."""
        self.set_current(item.step.key)
        self.activated.emit(item.step.key)

    def handle_key(self, item: RailItem, event: QKeyEvent) -> bool:
        """Keys on an item; says whether the key was used."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        index, last = self._items.index(item), len(self._items) - 1
        targets = {
            Qt.Key.Key_Down: min(index + 1, last),
            Qt.Key.Key_Up: max(index - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in targets:
            self._items[targets[event.key()]].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(item)
            return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self._retheme()
        super().changeEvent(event)
