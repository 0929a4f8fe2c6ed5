"""A plain table in the program's look: hairlines, right-aligned figures, one tab stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.views.design.icons import draw_icon
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets.column_room import ColumnRoom, widths
from desktop.views.widgets.notices import badge_icon, draw_badge
from desktop.views.widgets.provenance import SHAPE, draw_provenance

LEAST_STRETCH = 200
"""A stretching column never gets narrower than its content, up to this width, where the table has room."""
LEAST_WORDS = 96
"""So narrow a stretching column gets before its table scrolls sideways; what is shortened stands in its tool tip."""
HEAD_AIR = 26
"""Beside the title of a column."""
CELL_AIR = 12
"""Beside the content of a cell."""
WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
LEAST_TEXT = 0.4
"""The share of a cell that its text keeps where a badge stands behind it."""
Index = QModelIndex | QPersistentModelIndex


def icon_room() -> int:
    """What an icon before a text takes, in pixels."""
    return theme().px(16) + 6


def shape_room() -> int:
    """What the shape of a provenance before a text takes, in pixels."""
    return theme().px(SHAPE) + 6


class Column(Struct, frozen=True):
    """A column: its head, whether it holds numbers, and its width (0: as wide as its content needs).

    One that stretches is never narrower than `least`, where its content wants as much and the table has room. Where it
    has none, words are shortened, a number never: a stretching column down to `LEAST_WORDS`, another column of words
    down to `short` (0: not at all). What is `spare` is left out then, the last column first: what it says must be
    told elsewhere too.
    """

    key: str
    title: str
    numeric: bool = False
    width: int = 0
    stretch: bool = False
    least: int = LEAST_STRETCH
    short: int = 0
    spare: bool = False


class Cell(Struct, frozen=True):
    """A cell: text, an optional second text in grey, tone, weight, mark and link."""

    text: str = ""
    second: str = ""
    tone: str = "text"
    strong: bool = False
    strike: bool = False
    icon: str = ""
    icon_tone: str = "text2"
    provenance: str = ""
    badge: str = ""
    badge_tone: str = "plain"
    link: str = ""
    """A word behind the text which emits `linkActivated(row key, column key)`."""
    tip: str = ""
    middle: bool = False
    """Shortened in the middle, before the second text: names of files begin alike and end in what tells them apart."""

    def plain(self) -> str:
        """The cell as text, for the clipboard and the screen reader."""
        return " ".join(part for part in (self.text, self.second, self.badge) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its key and its cells (plain strings are allowed)."""

    key: str
    cells: tuple[Cell | str, ...]
    tone: str = ""
    parts: tuple[Cell, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        made = tuple(Cell(cell) if isinstance(cell, str) else cell for cell in self.cells)
        object.__setattr__(self, "parts", made)


class TableModel(QAbstractTableModel):
    """Holds columns and rows; answers few roles, the delegate draws from the cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ()
        self.rows: tuple[Row, ...] = ()

    def set_table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Shows other content."""
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), tuple(rows)
        self.endResetModel()

    def cell(self, index: Index) -> Cell:
        """The cell at an index."""
        parts = self.rows[index.row()].parts
        return parts[index.column()] if index.column() < len(parts) else Cell()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index).plain()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].title}: {self.cell(index).plain()}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index).tip or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if self.columns[section].numeric else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class CellDelegate(QStyledItemDelegate):
    """Draws a cell: ground, 3 px bar on the current row, marks, text, hairline."""

    def __init__(self, table: DataTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = self._table.table_model.cell(index)
        width = 24 + theme().width(cell.text, TYPE.body_strong if cell.strong else TYPE.body)
        width += theme().width(cell.second, TYPE.caption) + 6 if cell.second else 0
        width += theme().width(cell.badge, TYPE.small_strong) + 34 if cell.badge else 0
        width += theme().width(cell.link, TYPE.caption) + 8 if cell.link else 0
        if cell.icon:
            width += icon_room() + (badge_icon() if cell.badge else -2)
        elif cell.provenance:
            width += shape_room()
        return QSize(round(width) + 2, self._table.row_height())

    def tip(self, index: Index, box: QRect) -> str:
        """The whole of a cell that is shown shortened; nothing where all of it is seen."""
        cell = self._table.table_model.cell(index)
        seen = self._table.wraps() or self.sizeHint(QStyleOptionViewItem(), index).width() <= box.width()
        return "" if seen else cell.plain()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex,
    ) -> bool:
        whole = self.tip(index, option.rect) if index.isValid() else ""
        if event.type() == QEvent.Type.ToolTip and whole:
            tip = self._table.table_model.cell(index).tip
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, (whole, tip))), view)
            return True
        return super().helpEvent(event, view, option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        self._ground(painter, option, index, box)
        self._content(painter, index, box.adjusted(12, 0, -12, 0))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF) -> None:
        """Ground by state, bar, hairline."""
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = index.row() == self._table.hover_row
        if selected or hovered:
            painter.fillRect(box, theme().color("sel" if selected else "hover"))
        if selected and index.column() == 0:
            painter.fillRect(QRectF(box.x(), box.y(), SPACE.bar, box.height()), theme().color("accent"))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme().color("line"))

    def _content(self, painter: QPainter, index: Index, box: QRectF) -> None:
        """Marks and texts, from the right edge for numbers and from the left for words."""
        cell = self._table.table_model.cell(index)
        row = self._table.table_model.rows[index.row()]
        font = theme().font(TYPE.body_strong if cell.strong else TYPE.body)
        font.setStrikeOut(cell.strike)
        tone = row.tone or ("text2" if cell.strike else cell.tone)
        width = QFontMetricsF(font).horizontalAdvance(cell.text)
        numeric = self._table.table_model.columns[index.column()].numeric
        left = max(box.x(), box.right() - width) if numeric else box.x()
        left = self._mark(painter, cell, left, box, numeric)
        painter.setFont(font)
        painter.setPen(theme().color(tone))
        room = box.right() - left + 1
        if self._table.wraps():
            painter.drawText(QRectF(left, box.y(), room, box.height()), WRAPPED, cell.text)
            return
        if cell.badge and cell.text:
            room = max(room * LEAST_TEXT, room - self._badge_width(cell) - 8)
        if cell.middle and cell.second:
            room = max(room * LEAST_TEXT, room - theme().width(cell.second, TYPE.caption) - 6)
        mode = Qt.TextElideMode.ElideMiddle if cell.middle else Qt.TextElideMode.ElideRight
        shown = QFontMetricsF(font).elidedText(cell.text, mode, room)
        painter.drawText(QRectF(left, box.y(), room, box.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        self._behind(painter, cell, left + QFontMetricsF(font).horizontalAdvance(shown), box)

    @staticmethod
    def _badge_width(cell: Cell) -> float:
        """How wide the badge of a cell wants to be."""
        return theme().width(cell.badge, TYPE.small_strong) + 14 + (badge_icon() if cell.icon else 0)

    def _mark(self, painter: QPainter, cell: Cell, left: float, box: QRectF, numeric: bool) -> float:
        """Icon or provenance before the text; returns where the text begins."""
        middle = box.center().y()
        if cell.icon:
            size, x = theme().px(16), left - (icon_room() - 2 if numeric else 0)
            draw_icon(painter, cell.icon, x, middle - size / 2, theme().color(cell.icon_tone), size)
        elif cell.provenance:
            size, x = theme().px(SHAPE), left - (shape_room() if numeric else 0)
            draw_provenance(painter, cell.provenance, x, middle - size / 2, size)
        if numeric or not (cell.icon or cell.provenance):
            return left
        return left + (icon_room() if cell.icon else shape_room())

    def _behind(self, painter: QPainter, cell: Cell, left: float, box: QRectF) -> None:
        """Second text, badge and link behind the text."""
        if cell.second:
            left += 5 if cell.text else 0
            font = theme().font(TYPE.caption)
            painter.setFont(font)
            painter.setPen(theme().color("text2"))
            room = max(0, box.right() - left)
            text = QFontMetricsF(font).elidedText(cell.second, Qt.TextElideMode.ElideRight, room)
            # half a code is a wrong one, and dots alone say nothing: the tool tip has all of it
            code = cell.second.isascii() and " " not in cell.second
            text = "" if text != cell.second and (code or len(text) < 2) else text
            painter.drawText(
                QRectF(left, box.y() + 0.5, room + 1, box.height()),
                Qt.AlignmentFlag.AlignVCenter,
                text,
            )
            left += theme().width(text, TYPE.caption)
        if cell.badge:
            left += 8 if cell.text or cell.second else 0
            badge = min(self._badge_width(cell), max(0.0, box.right() - left))
            draw_badge(
                painter,
                QRectF(left, box.center().y() - theme().px(20) / 2, badge, theme().px(20)),
                cell.badge,
                "",
                cell.badge_tone,
            )
            left += badge
        if cell.link:
            left += 5 if cell.text or cell.second else 0
            font = theme().font(TYPE.caption)
            font.setUnderline(True)
            painter.setFont(font)
            painter.setPen(theme().color("acctext"))
            painter.drawText(
                QRectF(left, box.y(), box.right() - left + 2, box.height()),
                Qt.AlignmentFlag.AlignVCenter,
                cell.link,
            )


def wrapped_height(cell: Cell, width: int) -> int:
    """How high the text of a cell is in lines of a width."""
    font = theme().font(TYPE.body_strong if cell.strong else TYPE.body)
    box = QFontMetricsF(font).boundingRect(QRectF(0, 0, max(1, width), 10_000), int(WRAPPED), cell.text)
    return ceil(box.height())


class DataTable(QTableView):
    """Rows and columns. Arrows move, Enter opens, W asks why, Ctrl+C copies the row, Tab leaves.

    `rowActivated(key)`, `currentRowChanged(key)`, `whyRequested(row key, column key)`,
    `linkActivated(row key, column key)`. `fit_rows=True` makes the table as high as its rows, without a
    scroll bar of its own. `wrap=True` breaks the text of cells into lines, for lists of sentences.
    """

    rowActivated = Signal(str)
    currentRowChanged = Signal(str)
    whyRequested = Signal(str, str)
    linkActivated = Signal(str, str)

    def __init__(
        self,
        columns: Sequence[Column] = (),
        rows: Sequence[Row] = (),
        name: str = "",
        row_height: int = SPACE.row,
        fit_rows: bool = True,
        parent: QWidget | None = None,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self.hover_row = -1
        self._wrap = wrap
        self._row_height = row_height
        self._fit = fit_rows
        self._quiet = False
        self._rooms: list[ColumnRoom] = []
        self.table_model = TableModel(self)
        self.setModel(self.table_model)
        self.setItemDelegate(CellDelegate(self))
        self._look()
        self.setAccessibleName(name)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double)
        theme().follow(self._retheme)
        self.set_table(columns, rows)

    def _look(self) -> None:
        """Takes everything away that looks like a spread sheet."""
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", 4)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(24)
        self._dress_head()
        if self._fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _dress_head(self) -> None:
        """Font and height of the titles. They are drawn in the font of the inner part, to which Qt hands none down
        once it is styled."""
        head, font = self.horizontalHeader(), theme().font(TYPE.caption_medium)
        head.setFixedHeight(theme().px(SPACE.row_header))
        head.setFont(font)
        head.viewport().setFont(font)

    def row_height(self) -> int:
        """The height of a row at the text scale."""
        return theme().px(self._row_height)

    def wraps(self) -> bool:
        """Whether text is broken into lines."""
        return self._wrap

    def _wrap_rows(self) -> None:
        """Rows as high as their longest cell."""
        if not self._wrap:
            return
        for number, row in enumerate(self.table_model.rows):
            lines = (
                wrapped_height(cell, self.columnWidth(column) - 2 * CELL_AIR)
                for column, cell in enumerate(row.parts)
            )
            self.setRowHeight(number, max(self.row_height(), max(lines, default=0) + 12))

    def set_name(self, name: str) -> None:
        """What the table shows, for the screen reader."""
        self.setAccessibleName(name)

    def set_table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Shows other content; the current row stays current when its key stays. Emits nothing."""
        key, column = self.current_key(), max(0, self.currentIndex().column())
        self._quiet = True
        self.table_model.set_table(columns, rows)
        self._widths()
        self.set_current(key, column)
        self._quiet = False
        self._fit_height()

    def current_key(self) -> str:
        """The key of the current row, or nothing."""
        row = self.currentIndex().row()
        return self.table_model.rows[row].key if 0 <= row < len(self.table_model.rows) else ""

    def set_current(self, key: str, column: int = 0) -> None:
        """Makes a row current; emits nothing."""
        quiet, self._quiet = self._quiet, True
        for number, row in enumerate(self.table_model.rows):
            if row.key == key and key:
                self.setCurrentIndex(self.table_model.index(number, column))
        self._quiet = quiet

    def clear_rows(self) -> None:
        """Takes all rows away, and with them the current one; emits nothing."""
        quiet, self._quiet = self._quiet, True
        self.clearSpans()
        self.table_model.set_table(self.table_model.columns, ())
        self._quiet = quiet
        self._fit_height()

    def _widths(self) -> None:
        """Measures the columns, which happens once for a content and a text size, and shares the room among them."""
        head = self.horizontalHeader()
        self._rooms = [self._room_of(number) for number in range(len(self.table_model.columns))]
        for number, column in enumerate(self.table_model.columns):
            if not column.stretch:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(self.row_height())
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        self._share_rest()

    def _room_of(self, number: int) -> ColumnRoom:
        """What a column wants and the least it needs: its title always, a number whole."""
        column = self.table_model.columns[number]
        title = round(theme().width(column.title, TYPE.caption_medium)) + HEAD_AIR
        content = self._content_width(number)
        wanted = max(title, theme().px(column.width), content)
        if column.numeric:
            return ColumnRoom(wanted, max(title, content), self._part(column), number=True)
        short = column.short or (LEAST_WORDS if column.stretch else 0)
        least = max(title, min(wanted, theme().px(short))) if short else wanted
        return ColumnRoom(wanted, least, self._part(column))

    def _part(self, column: Column) -> int:
        """What a column takes of the width that is over: those that stretch share it alike."""
        return int(column.stretch)

    def _content_width(self, number: int) -> int:
        """The width that the cells of a column ask for; 0 where its own width is enough for them."""
        column = self.table_model.columns[number]
        if column.stretch:
            return min(theme().px(column.least), self.sizeHintForColumn(number))
        # a number is never shortened
        return self.sizeHintForColumn(number) if column.numeric or not column.width else 0

    def wanted_width(self) -> int:
        """How wide the table would be with nothing shortened or left out."""
        return sum(room.wanted for room in self._rooms)

    def _share_rest(self) -> None:
        """Gives the columns the width there is: what they want and the rest to those that stretch, or less to some."""
        head, columns, room = self.horizontalHeader(), self.table_model.columns, self.viewport().width()
        if len(self._rooms) != len(columns):
            return  # other columns came, which changes the place of the rows, and they are not measured yet
        kept = list(range(len(self._rooms)))
        for number in reversed(range(len(self._rooms))):
            if columns[number].spare and sum(self._rooms[at].least for at in kept) > room:
                kept.remove(number)
        for number in range(len(self._rooms)):
            if head.isSectionHidden(number) == (number in kept):
                head.setSectionHidden(number, number not in kept)
        rooms = [self._rooms[at] for at in kept]
        if any(column.stretch for column in columns) and not any(each.part for each in rooms):
            # what stretched is left out: the first words take its place
            words = next((at for at, each in enumerate(rooms) if not each.number), 0)
            rooms[words] = rooms[words]._replace(part=1)
        for number, width in zip(kept, widths(rooms, room), strict=True):
            head.resizeSection(number, width)
        self._wrap_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_rest()
        self._fit_height()

    def _fit_height(self) -> None:
        if self._fit:
            count = len(self.table_model.rows)
            rows = sum(map(self.rowHeight, range(count))) if self._wrap else count * self.row_height()
            bar = 12 if self.horizontalHeader().length() > self.width() else 0
            height = self.horizontalHeader().height() + rows + bar
            if height != self.height() or self.minimumHeight() != height:
                self.setFixedHeight(height)

    def _retheme(self) -> None:
        self._dress_head()
        self._widths()
        self._fit_height()
        self.viewport().update()

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        if not self._quiet:
            self.currentRowChanged.emit(self.current_key())

    def _on_double(self, _index: QModelIndex) -> None:
        self.rowActivated.emit(self.current_key())

    def row_text(self, row: int) -> str:
        """A row as tab separated text."""
        return "\t".join(cell.plain() for cell in self.table_model.rows[row].parts)

    def tsv(self) -> str:
        """The whole table as tab separated text."""
        head = "\t".join(column.title for column in self.table_model.columns)
        return "\n".join([head, *(self.row_text(number) for number in range(len(self.table_model.rows)))])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy) and index.isValid():
            QGuiApplication.clipboard().setText(self.row_text(index.row()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            cell = self.table_model.cell(index)
            column = self.table_model.columns[index.column()].key
            if cell.link:
                self.linkActivated.emit(self.current_key(), column)
            else:
                self.rowActivated.emit(self.current_key())
        elif event.key() == Qt.Key.Key_W and not event.modifiers() and index.isValid():
            self.whyRequested.emit(self.current_key(), self.table_model.columns[index.column()].key)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Single letters are commands of the program and no search."""

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and self.table_model.rows:
            self.setCurrentIndex(self.table_model.index(0, 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.row() != self.hover_row:
            self.hover_row = index.row()
            self.viewport().update()
        link = index.isValid() and bool(self.table_model.cell(index).link)
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if (
            event.button() == Qt.MouseButton.LeftButton
            and index.isValid()
            and self.table_model.cell(index).link
        ):
            self.linkActivated.emit(
                self.table_model.rows[index.row()].key, self.table_model.columns[index.column()].key
            )

    def leaveEvent(self, event: QEvent) -> None:
        self.hover_row = -1
        self.viewport().update()
        super().leaveEvent(event)
