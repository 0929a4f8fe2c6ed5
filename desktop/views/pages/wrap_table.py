"""A table to read: its cells wrap, each row is as high as its words, an address stands below its source as a link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE, TypeStep
from desktop.views.widgets.table import Cell, CellDelegate, DataTable, Index

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
PAD, AIR = 12, 6
MOST_HIGH = 480
"""A longer table scrolls by itself."""


class WrapDelegate(CellDelegate):
    """Text in as many lines as it needs; a link in one line below it."""

    def _step(self, cell: Cell) -> TypeStep:
        return TYPE.body_medium if cell.strong else TYPE.body

    def _flags(self, column: int, text: str) -> int:
        numeric = self._table.table_model.columns[column].numeric
        side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
        # a word longer than the column (an address, Chinese text) may be cut anywhere
        anywhere = Qt.TextFlag.TextWrapAnywhere if _longest(text) > 24 else Qt.TextFlag(0)
        return int(WRAP | side | anywhere)

    def height(self, index: Index, width: float) -> float:
        """How high a cell wants to be in a width."""
        cell = self._table.table_model.cell(index)
        metrics = QFontMetricsF(theme().font(self._step(cell)))
        box = QRectF(0, 0, max(8.0, width - 2 * PAD), 100_000)
        text = metrics.boundingRect(box, self._flags(index.column(), cell.text), cell.text).height()
        return text + 2 * AIR + (theme().px(18) if cell.link else 0)

    def tip(self, index: Index, box: QRect) -> str:
        """An address that is shown shortened; the text itself always stands whole."""
        link = self._table.table_model.cell(index).link
        return link if theme().width(link, TYPE.caption) > box.width() - 2 * PAD else ""

    def link_box(self, index: Index, box: QRectF) -> QRectF:
        """Where the link of a cell is drawn."""
        cell = self._table.table_model.cell(index)
        inner = box.adjusted(PAD, 0, -PAD, 0)
        top = box.y() + self.height(index, box.width()) - theme().px(18) - AIR + 1
        width = min(inner.width(), theme().width(cell.link, TYPE.caption) + 2)
        return QRectF(inner.x(), top, width, theme().px(18))

    def _content(self, painter: QPainter, index: Index, box: QRectF) -> None:
        cell = self._table.table_model.cell(index)
        painter.setFont(theme().font(self._step(cell)))
        painter.setPen(theme().color(cell.tone))
        painter.drawText(box.adjusted(0, AIR, 0, 0), self._flags(index.column(), cell.text), cell.text)
        if cell.link:
            spot = self.link_box(index, box.adjusted(-PAD, 0, PAD, 0))
            font = theme().font(TYPE.caption)
            font.setUnderline(True)
            painter.setFont(font)
            painter.setPen(theme().color("acctext"))
            shown = QFontMetricsF(font).elidedText(cell.link, Qt.TextElideMode.ElideMiddle, spot.width() + 1)
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter, shown)


class WrapTable(DataTable):
    """Ctrl+C copies the whole table; `copied` gives its text where that is more than what is seen."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._fitting = False
        self._barred_at: tuple[object, ...] = ()
        """Width, content and size of text with which it is too high without a scroll bar."""
        super().__init__(name=name, parent=parent)
        self.copied: Callable[[], str] = self.tsv
        self._wrap = WrapDelegate(self)
        self.setItemDelegate(self._wrap)
        self.setWordWrap(True)
        self._set_barred(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def _fit_height(self) -> None:
        """Each row as high as its highest cell, the table as high as its rows, and with a scroll bar where that is too
        high. A bar takes width, and other columns may have room then: where it is too high without one, it has one."""
        if not hasattr(self, "_wrap") or self._fitting:
            return
        self._fitting = True
        most = theme().px(MOST_HIGH)
        at = self.width(), self.table_model.rows, theme().text_scale
        if self._is_barred() and self._barred_at != at:
            self._set_barred(False)
        if not self._is_barred() and self._fit_rows() > most:
            self._barred_at = at
            self._set_barred(True)
        height = min(self._fit_rows(), most)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
            # another height is told to the columns too, which makes the rows anew
            self._fit_rows()
        self._fitting = False

    def _is_barred(self) -> bool:
        return self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn

    def _set_barred(self, barred: bool) -> None:
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policies.ScrollBarAlwaysOn if barred else policies.ScrollBarAlwaysOff)

    def _fit_rows(self) -> int:
        """Makes the rows as high as they need and gives the height of all, with head and foot."""
        model, head, side = self.table_model, self.horizontalHeader(), self.verticalHeader()
        side.setMinimumSectionSize(theme().px(24))
        total = 0
        for row in range(len(model.rows)):
            cells = (
                self._wrap.height(model.index(row, c), head.sectionSize(c)) for c in range(len(model.columns))
            )
            high = max(self.row_height(), round(max(cells, default=0.0) + 0.5))
            side.resizeSection(row, high)
            total += high
        return head.height() + total + (12 if head.length() > self.width() else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_all()
        else:
            super().keyPressEvent(event)

    def copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self.copied())

    def _on_link(self, index: Index, point: QPoint) -> bool:
        """Whether a point is on the link of a cell."""
        if not index.isValid() or not self.table_model.cell(index).link:
            return False
        box = QRectF(self.visualRect(index))
        return self._wrap.link_box(index, box).contains(point.toPointF())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        link = self._on_link(self.indexAt(point), point)
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # past the table's own slot, for which the whole cell is the link
        super(DataTable, self).mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() == Qt.MouseButton.LeftButton and self._on_link(index, point):
            self.linkActivated.emit(
                self.table_model.rows[index.row()].key, self.table_model.columns[index.column()].key
            )

    def _menu(self, point: QPoint) -> None:
        self.menu_at(point).exec(self.viewport().mapToGlobal(point))

    def menu_at(self, point: QPoint) -> QMenu:
        """What can be copied at a place: the address, the cell, the table."""
        menu = QMenu(self)
        index = self.indexAt(point)
        cell = self.table_model.cell(index) if index.isValid() else Cell()
        for word, text in (
            (self.tr("Copy the address"), cell.link), (self.tr("Copy the cell"), cell.text),
            (self.tr("Copy the table"), self.copied()),
        ):  # fmt: skip
            if text:
                action = menu.addAction(word)
                action.triggered.connect(
                    lambda _on=False, text=text: QGuiApplication.clipboard().setText(text)
                )
        return menu


def _longest(text: str) -> int:
    """The longest run without a gap."""
    return max((len(word) for word in text.split()), default=0)
