"""A table of any length in the program's look: a row is made when it is seen. The head sorts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import overload

from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, Qt, Signal

from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE
from desktop.views.widgets.table import Column, DataTable, Row

KEPT_ROWS = 512
ARROW = {True: " ↓", False: " ↑"}


class LazyRows(Sequence[Row]):
    """Rows by their number, made when asked for; the last few hundred are remembered."""

    def __init__(self, count: int, make: Callable[[int], Row]) -> None:
        self._count = count
        self._made = lru_cache(maxsize=KEPT_ROWS)(make)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self._made(number) for number in range(*at.indices(self._count))]
        if not 0 <= at < self._count:
            raise IndexError(at)
        return self._made(at)


class LongTable(DataTable):
    """`show_rows` in place of `set_table`. `sortRequested(column key)` when a head is clicked that can be sorted by."""

    sortRequested = Signal(str)

    def __init__(self, name: str = "", row_height: int = SPACE.row) -> None:
        self._sortable: tuple[str, ...] = ()
        super().__init__(name=name, row_height=row_height, fit_rows=False)
        head = self.horizontalHeader()
        head.sectionClicked.connect(self._on_head)

    def show_rows(
        self,
        columns: Sequence[Column],
        rows: LazyRows,
        sortable: Sequence[str] = (),
        sorted_by: str = "",
        falling: bool = False,
    ) -> None:
        """Other rows; the first one becomes the current one. Emits nothing."""
        self._sortable = tuple(sortable)
        titled = [
            replace(column, title=column.title + ARROW[falling]) if column.key == sorted_by else column
            for column in columns
        ]
        self._quiet = True
        model = self.table_model
        model.beginResetModel()
        model.columns, model.rows = tuple(titled), rows  # type: ignore[assignment]
        model.endResetModel()
        self.horizontalHeader().setSectionsClickable(bool(sortable))
        self._widths()
        if len(rows):
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(model.index(0, 0), flags.ClearAndSelect | flags.Rows)
            self.scrollToTop()
        self._quiet = False

    def set_current(self, key: str, column: int = 0) -> None:
        """Rows have no order by key here: the caller knows the number."""

    def _content_width(self, number: int) -> int:
        """Widths come from the columns alone: content is not measured, for most of it was never seen. A number may
        need all of the width that its column has."""
        column = self.table_model.columns[number]
        return theme().px(column.width) if column.numeric else 0

    def _part(self, column: Column) -> int:
        """Columns that stretch share the width that is over by their own widths."""
        return max(1, column.width) if column.stretch else 0

    def _on_head(self, section: int) -> None:
        key = self.table_model.columns[section].key
        if key in self._sortable:
            self.sortRequested.emit(key)

    def current_row(self) -> int:
        """The number of the current row, -1 for none."""
        return self.currentIndex().row()

    def set_current_row(self, number: int) -> None:
        if 0 <= number < len(self.table_model.rows):
            self.setCurrentIndex(self.table_model.index(number, 0))
            self.scrollTo(self.currentIndex())

    def accessible_count(self) -> str:
        return f"{len(self.table_model.rows):,}"

    def minimum_rows(self, rows: int) -> None:
        """So many rows are always seen."""
        height = self.horizontalHeader().height() + rows * self.row_height()
        self.setMinimumHeight(height)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
