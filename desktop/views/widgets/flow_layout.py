"""A layout which sets widgets side by side and begins a new row when the line is full."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Rows of widgets of their own widths."""

    def __init__(
        self, parent: QWidget | None = None, spacing: int = 8, row_spacing: int | None = None
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = spacing
        self._row_gap = spacing if row_spacing is None else row_spacing
        self._sizes: list[tuple[QLayoutItem, int, int]] | None = None
        """Width and height of what is shown, None until asked for."""
        self._heights: dict[int, int] = {}
        """By width. Both hold until Qt says otherwise: it asks several times in each layout."""
        self.setContentsMargins(0, 0, 0, 0)

    def invalidate(self) -> None:
        self._sizes = None
        self._heights.clear()
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        found = self._heights.get(width)
        if found is None:
            margins = self.contentsMargins()
            inner = QRect(0, 0, width - margins.left() - margins.right(), 0)
            found = self._place(inner, move=False) + margins.top() + margins.bottom()
            self._heights[width] = found
        return found

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(width for _, width, _ in shown) + self._gap * max(0, len(shown) - 1)
        height = max((height for *_, height in shown), default=0)
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[tuple[QLayoutItem, int, int]]:
        if self._sizes is None:
            sizes = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
            self._sizes = [(item, size.width(), size.height()) for item, size in sizes]
        return self._sizes

    def _place(self, rect: QRect, move: bool) -> int:
        """Puts the items in rows and returns the height they need."""
        left, end = rect.x(), rect.right() + 1
        x, y, row_height = left, rect.y(), 0
        for item, width, height in self._shown():
            if x > left and x + width > end:
                x, y, row_height = left, y + row_height + self._row_gap, 0
            if move:
                item.setGeometry(QRect(x, y, width, height))
            x += width + self._gap
            row_height = max(row_height, height)
        return y + row_height - rect.y()
