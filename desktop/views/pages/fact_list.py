"""The list of facts: heads by topic, names, today's value at the right. A model and a view with virtual rows."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
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
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop.core.text import Language
from desktop.viewmodels.rule_book import DayOfBook, Listing, Row, mark_words
from desktop.views.design.icons import draw_icon
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets.provenance import draw_provenance

Index = QModelIndex | QPersistentModelIndex
ONE, TWO, HEAD = 32, 50, 36
MARGIN, AIR, MARK = 16, 12, 16
CLOSING = "，。；：、）》」！？”’"
OPENING = "（《「“‘"
"""Signs that do not begin a line."""
PIECE = 100
"""So many names are measured at a time."""
MOST_VALUE = 0.42
"""The part of a row that a value may take."""


class FactListModel(QStringListModel):
    """Rows of a listing; what the day says of a fact is asked when its row is first looked at.

    The strings of the base are the ids of the facts: Qt asks how many rows there are twice for each of them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.language: Language = "en"
        self._on: DayOfBook | None = None
        self._values: dict[str, str] = {}
        self._marks: dict[str, tuple[str, ...]] = {}

    def set_day(self, on: DayOfBook, language: Language) -> None:
        """Another day, case or language: values and marks are asked for anew. Call `set_listing` after it."""
        self._on, self.language = on, language
        self._values.clear()
        self._marks.clear()

    def set_listing(self, found: Listing) -> None:
        self.rows = found.rows
        self.setStringList([row.fact for row in found.rows])

    def value(self, fact_id: str) -> str:
        """Today's value in short; empty where nothing is known."""
        if fact_id not in self._values and self._on is not None:
            self._values[fact_id] = self._on.short(fact_id, self.language)
        return self._values.get(fact_id, "")

    def shown_value(self, fact_id: str) -> str:
        return self.value(fact_id) or self.tr("unknown")

    def marks(self, fact_id: str) -> tuple[str, ...]:
        if fact_id not in self._marks and self._on is not None:
            self._marks[fact_id] = self._on.marks(fact_id)
        return self._marks.get(fact_id, ())

    def row_of(self, fact_id: str) -> int:
        """Where a fact stands, -1 where it is not in the list."""
        return next((at for at, row in enumerate(self.rows) if row.fact == fact_id and fact_id), -1)

    def spoken(self, row: Row) -> str:
        """A row as the screen reader says it."""
        if row.head:
            return row.name[self.language]
        return ", ".join(
            (row.name[self.language], self.shown_value(row.fact), *mark_words(self.marks(row.fact)))
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.rows[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name[self.language]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and not row.head:
            return "\n".join((row.name[self.language], row.fact, *mark_words(self.marks(row.fact))))
        if role == Qt.ItemDataRole.UserRole:
            return row.fact
        return None


class FactDelegate(QStyledItemDelegate):
    """Draws a head or a fact; long names take two lines, for what tells facts apart often stands at the end."""

    def __init__(self, view: FactList) -> None:
        super().__init__(view)
        self._view = view
        self._names: dict[str, float] = {}
        self._values: dict[str, float] = {}
        self._signs: dict[str, float] = {}
        self._sizes: list[QSize] = []
        """The three sizes a row may have: a head, one line, two."""
        self._heights: list[QSize | None] = []
        """Of the rows, as they stand in the list and as wide as it is."""
        self._width_of_list = -1
        self._scale = 0.0

    def forget(self) -> bool:
        """Another look is put on: what was measured in fonts of another size does not count. Whether it was."""
        if self._scale == theme().text_scale:
            return False
        self._scale = theme().text_scale
        self._names.clear()
        self._signs.clear()
        self._sizes.clear()
        self.forget_values()
        return True

    def forget_values(self) -> None:
        """What the day says of the facts has changed."""
        self._values.clear()
        self.forget_rows(len(self._view.facts.rows))

    def forget_rows(self, count: int) -> None:
        """So many other rows are to stand in the list, or it has another width."""
        self._heights = [None] * count
        self._width_of_list = self._view.viewport().width()

    def _row(self, index: Index) -> Row:
        return self._view.facts.rows[index.row()]

    def _width(self, text: str) -> float:
        """How wide a text runs, from the widths of its signs: the list asks for every row, and this is quick."""
        signs = self._signs
        for sign in set(text) - signs.keys():
            signs[sign] = theme().width(sign, TYPE.body)
        return sum(map(signs.__getitem__, text))

    def name_width(self, row: Row) -> float:
        text = row.name[self._view.facts.language]
        found = self._names.get(text)
        if found is None:
            found = self._names[text] = self._width(text)
        return found

    def _value_width(self, row: Row) -> float:
        """The width of a value with the marks before it."""
        found = self._values.get(row.fact)
        if found is None:
            model = self._view.facts
            marks = MARK * len(icons_of(model.marks(row.fact)))
            found = self._values[row.fact] = self._width(model.shown_value(row.fact)) + marks
        return found

    def room(self, row: Row) -> float:
        """What is left for the name beside the value."""
        width = self._view.viewport().width()
        return width - 2 * MARGIN - AIR - min(self._value_width(row), most_value(width))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        at = index.row()
        found = self._heights[at]
        if found is None:
            found = self._heights[at] = self._size(self._view.facts.rows[at], self._width_of_list)
        return found

    def fit(self) -> None:
        """The list is about to be laid out: rows measured for another width do not count."""
        if self._view.viewport().width() != self._width_of_list:
            self.forget_rows(len(self._view.facts.rows))

    def _size(self, row: Row, width: int) -> QSize:
        if not self._sizes:
            self._sizes = [QSize(64, theme().px(height)) for height in (HEAD, ONE, TWO)]
        if row.head:
            return self._sizes[0]
        name, most = self.name_width(row), width - 2 * MARGIN - AIR
        # the value is made only where it decides
        one = name <= most - most_value(width) or (name <= most and name <= self.room(row))
        return self._sizes[1 if one else 2]

    def measure(self, row: Row) -> None:
        """Name and value: in larger text or a narrower list more of the values decide how high the row is."""
        if not row.head:
            self._value_width(row)
        self._size(row, self._view.viewport().width())

    def tip(self, index: Index, _box: QRect) -> str:
        """Name and value in full, for either may be cut."""
        row, model = self._row(index), self._view.facts
        if row.head:
            return row.name[model.language]
        said = index.data(Qt.ItemDataRole.ToolTipRole)
        return f"{said}\n{model.shown_value(row.fact)}"

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            QToolTip.showText(event.globalPos(), self.tip(index, option.rect), view)
            return True
        return super().helpEvent(event, view, option, index)

    def lines(self, row: Row, lines: int) -> tuple[str, ...]:
        """The name in one line or two, cut where it is longer."""
        name, metrics = row.name[self._view.facts.language], QFontMetricsF(theme().font(TYPE.body))
        if lines == 1:
            return (metrics.elidedText(name, Qt.TextElideMode.ElideRight, self.room(row) + 4),)
        return two_lines(name, metrics, self.room(row), self._view.viewport().width() - 2 * MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row, box = self._row(index), QRectF(option.rect)
        if row.head:
            self._head(painter, row, box)
        else:
            self._fact(painter, row, box, option)
        painter.restore()

    def _head(self, painter: QPainter, row: Row, box: QRectF) -> None:
        painter.setFont(theme().font(TYPE.section))
        painter.setPen(theme().color("text2"))
        spot = box.adjusted(MARGIN, 10, -MARGIN, 0)
        text = painter.fontMetrics().elidedText(
            row.name[self._view.facts.language], Qt.TextElideMode.ElideRight, int(spot.width())
        )
        painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _fact(self, painter: QPainter, row: Row, box: QRectF, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(box, theme().color("sel" if selected else "hover"))
        if selected:
            painter.fillRect(QRectF(box.x(), box.y(), SPACE.bar, box.height()), theme().color("accent"))
        painter.setFont(theme().font(TYPE.body_medium if selected else TYPE.body))
        painter.setPen(theme().color("text"))
        step = theme().px(18)
        lines = self.lines(row, 2 if box.height() > theme().px(ONE) else 1)
        top = box.center().y() - len(lines) * step / 2
        for number, text in enumerate(lines):
            spot = QRectF(box.x() + MARGIN, top + number * step, box.width(), step)
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter, text)
        self._value(painter, row, QRectF(box.x(), top, box.width() - MARGIN, step))

    def _value(self, painter: QPainter, row: Row, line: QRectF) -> None:
        """Today's value at the right of the first line, marks before it."""
        model = self._view.facts
        known = bool(model.value(row.fact))
        font = theme().font(TYPE.body)
        text = QFontMetricsF(font).elidedText(
            model.shown_value(row.fact), Qt.TextElideMode.ElideRight, line.width() * MOST_VALUE
        )
        painter.setFont(font)
        painter.setPen(theme().color("text2" if known else "unk"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        left = line.right() - QFontMetricsF(font).horizontalAdvance(text)
        for mark in reversed(icons_of(model.marks(row.fact))):
            left -= MARK
            if mark == "typed":
                draw_provenance(painter, "typed", left + 2, line.center().y() - 5)
            else:
                draw_icon(painter, mark, left + 1, line.center().y() - 6, theme().color("warn"), 12)


def most_value(width: float) -> float:
    """The most that a value may take of the width of the list, with the marks before it."""
    return width * MOST_VALUE + 2 * MARK


def icons_of(marks: tuple[str, ...]) -> tuple[str, ...]:
    """The signs of a row: a triangle for a doubt or a weak source, a clock for past review, a dot for typed."""
    found = []
    if "weak" in marks or "doubt" in marks:
        found.append("triangle")
    if "due" in marks:
        found.append("clock")
    if "typed" in marks:
        found.append("typed")
    return tuple(found)


def two_lines(text: str, metrics: QFontMetricsF, first: float, second: float) -> tuple[str, ...]:
    """A text in one line or two of their widths, the second cut with an ellipsis; Latin words stay whole."""
    if metrics.horizontalAdvance(text) <= first:
        return (text,)
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.horizontalAdvance(text[:middle]) <= first:
            low = middle
        else:
            high = middle - 1
    cut = low
    if text[cut - 1].isascii() and cut < len(text) and text[cut].isascii() and text[cut] != " ":
        space = text.rfind(" ", 0, cut)
        cut = space if space > 0 else cut
    if cut > 1 and (text[cut] in CLOSING or text[cut - 1] in OPENING):
        cut -= 1
    rest = metrics.elidedText(text[cut:].lstrip(), Qt.TextElideMode.ElideRight, second)
    return text[:cut].rstrip(), rest


class FactList(QListView):
    """Arrows move between facts, Enter goes to the fact, Ctrl+C copies the row. One tab stop."""

    factChosen = Signal(str)
    """The fact that the keys or the pointer stand on; also after a search has put another one first."""
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = FactListModel(self)
        self._quiet = False
        self._laid_out = self._ahead = False
        self.setModel(self.facts)
        self._delegate = FactDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", 0)
        self.setProperty("focusInside", True)
        self.setProperty("onSide", True)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda _index: self.entered.emit())
        theme().follow(self._retheme)

    def set_day(self, on: DayOfBook, language: Language) -> None:
        """Another day, case or language; `show_listing` is to follow."""
        self.facts.set_day(on, language)
        self._delegate.forget_values()

    def show_listing(self, found: Listing, fact_id: str) -> str:
        """Shows what was found; the fact stays chosen where it is among it, else the first is. Emits nothing."""
        self._quiet = True
        self._delegate.forget_rows(len(found.rows))
        self.facts.set_listing(found)
        self._fit_bar()
        chosen = fact_id if fact_id in found.facts else (found.facts[0] if found.facts else "")
        self._choose(chosen)
        if chosen != fact_id:
            self.scrollToTop()
        self._quiet = False
        return chosen

    def choose(self, fact_id: str) -> None:
        """Puts the keys on a fact and brings it to the middle; emits nothing."""
        self._quiet = True
        self._choose(fact_id)
        self._quiet = False
        if self.isVisible():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _choose(self, fact_id: str) -> None:
        row = self.facts.row_of(fact_id)
        if row >= 0:
            self.setCurrentIndex(self.facts.index(row))

    def measured(self) -> Iterator[None]:
        """Measures the rows some at a time, so that they need not be measured all at once when they are laid out."""
        for number, row in enumerate(self.facts.rows, start=1):
            self._delegate.measure(row)
            if number % PIECE == 0:
                yield

    def laid_out_ahead(self) -> Iterator[None]:
        """Measures and lays out the rows before they are seen, in the size that the list has by now."""
        yield from self.measured()
        self._ahead = True
        self.doItemsLayout()
        self._ahead = False
        yield

    def _fit_bar(self) -> None:
        """No row is lower than one line: where those do not fit, the scroll bar is there before the rows are measured."""
        too_many = len(self.facts.rows) * theme().px(ONE) > self.height()
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAlwaysOn if too_many else policies.ScrollBarAsNeeded
        )

    def doItemsLayout(self) -> None:
        """Rows that nobody sees are not laid out: a style, a language or another parent asks for it each time."""
        self._laid_out = self.isVisible() or self._ahead
        if not self._laid_out:
            return
        width = self.viewport().width()
        self._delegate.fit()
        super().doItemsLayout()
        if self.viewport().width() != width:
            # the scroll bar came or went with it, and other names take two lines
            self._delegate.fit()
            super().doItemsLayout()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._laid_out:
            self.doItemsLayout()
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def current_fact(self) -> str:
        row = self.currentIndex().row()
        return self.facts.rows[row].fact if 0 <= row < len(self.facts.rows) else ""

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and now.isValid() and self.current_fact():
            self.factChosen.emit(self.current_fact())

    def _retheme(self) -> None:
        if self._delegate.forget():
            self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self._fit_bar()
        if event.size().width() != event.oldSize().width() and self.isVisible():
            self.scheduleDelayedItemsLayout()
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        fact_id = self.current_fact()
        if event.matches(QKeySequence.StandardKey.Copy) and fact_id:
            row = self.facts.rows[self.currentIndex().row()]
            parts = (fact_id, row.name[self.facts.language], self.facts.shown_value(fact_id))
            QGuiApplication.clipboard().setText("\t".join(parts))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and fact_id:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Single letters are commands of the program; to search there is the field."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # a click on a head leaves the chosen fact as it is
        if self.facts.flags(self.indexAt(event.position().toPoint())) & Qt.ItemFlag.ItemIsEnabled:
            super().mousePressEvent(event)
