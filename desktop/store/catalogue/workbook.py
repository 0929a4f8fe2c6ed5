"""Workbooks: XLSX, XLSM, XLS and ODS, through calamine, after `guard` has seen what they unpack to.

calamine holds a sheet whole, some 85 bytes a cell; MOST_CELLS bounds it. What a formula gave when the file was last saved
is its value; text that begins with `=` is text.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from desktop.store.catalogue.columns import cell_text
from desktop.store.catalogue.faults import ReadError, cannot_open, changed
from desktop.store.catalogue.guard import MOST_CELLS, check_workbook, locked, too_large
from desktop.store.catalogue.model import HEAD_ROWS, Choices, Chunk
from desktop.store.catalogue.sniff import damaged

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

T = TypeVar("T")
AT_ONCE = 1_000
"""So many rows are taken out of a sheet in one go."""


class WorkbookFile:
    """One sheet of a workbook: the one asked for, else the first whose heading is known, else the first with cells."""

    encoding = ""
    delimiter = ""

    def __init__(
        self, path: Path, kind: str, choices: Choices, known: Callable[[Sequence[Sequence[str]]], bool]
    ) -> None:
        self._path = path
        before = _state(path)
        if kind != "xls":
            check_workbook(path, kind)
        book = _opened(path)
        with book:
            self.sheets = _sheet_names(book)
            self.sheet, self._sheet = self._choose(book, choices.sheet, known)
        if _state(path) != before:
            raise changed()
        sheet = self._sheet
        self._first, left = sheet.start or (0, 0)
        self._merged = _merged(sheet, left)
        self.total: int | None = sheet.height
        self.head = [(self._first + 1 + i, row) for i, row in enumerate(_head(sheet))]

    def _choose(
        self, book: CalamineWorkbook, name: str, known: Callable[[Sequence[Sequence[str]]], bool]
    ) -> tuple[str, CalamineSheet]:
        if name:
            if name not in self.sheets:
                listed = ", ".join(self.sheets)
                raise ReadError(
                    f"there is no sheet {name!r}; right form: one of {listed}",
                    f"没有名为 {name!r} 的工作表；可选：{listed}",
                )
            return name, _sheet(self._path, book, name)
        first: tuple[str, CalamineSheet] | None = None
        for each in self.sheets:
            sheet = _sheet(self._path, book, each)
            if not sheet.height:
                continue
            if known(_head(sheet)):
                return each, sheet
            first = first or (each, sheet)
        if first is None:
            raise ReadError(
                "its sheets are empty; right form: a first row of headings such as SKU, price, weight",
                "工作表为空；正确格式：首行为表头，如 货号、售价、重量",
            )
        return first

    def chunks(
        self, start: int, width: int, wanted: Collection[int], numbers: Collection[int], rows: int
    ) -> Iterator[Chunk]:
        all_rows = islice(self._sheet.iter_rows(), self._first + start, None)
        line = self._first + 1 + start
        count = max(1, self._sheet.height - start)
        taken = 0
        fill = _Fill(self._merged, wanted)
        while some := _taken(all_rows, rows):
            lines = np.arange(line, line + len(some), dtype=np.int64)
            filled = [i for i, row in enumerate(some) if any(cell != "" for cell in row)]
            fill.down(some, line)
            line += len(some)
            taken += len(some)
            if len(filled) < len(some):
                some = [some[i] for i in filled]
                lines = lines[filled]
            columns: dict[int, object] = {i: column([row[i] for row in some]) for i in wanted}
            yield Chunk(lines, columns, [], taken / count)
        if not taken:
            yield Chunk(np.empty(0, np.int64), {i: [] for i in wanted}, [], 1.0)


def _taken(rows: Iterator[list[Any]], count: int) -> list[list[Any]]:
    """The next rows, a few at a time: a window beside this thread gets its turn between them."""
    some: list[list[Any]] = []
    while len(some) < count and (more := list(islice(rows, min(AT_ONCE, count - len(some))))):
        some += more
    return some


def _head(sheet: CalamineSheet) -> list[list[str]]:
    """The first rows as text, from the first that is not empty."""
    first = sheet.start[0] if sheet.start else 0
    rows = islice(sheet.iter_rows(), first, first + HEAD_ROWS)
    return [[cell_text(cell) for cell in row] for row in rows]


def _merged(sheet: CalamineSheet, left: int) -> dict[int, list[tuple[int, int]]]:
    """The first and last line of each cell that is merged over several rows, by its column."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top and column >= left:
            found.setdefault(column - left, []).append((top + 1, bottom + 1))
    return {column: sorted(ranges) for column, ranges in found.items()}


class _Fill:
    """Writes the value of a merged cell into the rows that it covers: the file holds it in the first alone."""

    def __init__(self, merged: dict[int, list[tuple[int, int]]], wanted: Collection[int]) -> None:
        self._waiting = {column: list(reversed(merged[column])) for column in wanted if column in merged}
        self._held: dict[int, tuple[int, Any]] = {}

    def down(self, rows: list[list[Any]], line: int) -> None:
        end = line + len(rows)
        for column, waiting in self._waiting.items():
            last, value = self._held.get(column, (0, ""))
            self._over(rows, column, line, line, last, value)
            while waiting and waiting[-1][0] < end:
                top, last = waiting.pop()
                if top >= line:
                    value = rows[top - line][column]
                    self._over(rows, column, line, top + 1, last, value)
                    self._held[column] = (last, value)

    @staticmethod
    def _over(rows: list[list[Any]], column: int, line: int, start: int, last: int, value: Any) -> None:
        for at in range(start - line, min(last + 1 - line, len(rows))):
            if rows[at][column] == "":
                rows[at][column] = value


def column(cells: list[Any]) -> object:
    """Cells as an array where all are plain numbers."""
    kinds = set(map(type, cells))
    if kinds and kinds <= {float, int}:
        return np.array(cells, dtype=np.float64)
    return cells


def _state(path: Path) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError as error:
        raise cannot_open(error) from None
    return found.st_size, found.st_mtime_ns


def _opened(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return _guarded(path, lambda: CalamineWorkbook.from_path(path))


def _guarded(path: Path, read: Callable[[], T]) -> T:
    """Whatever calamine says of bytes that are no workbook comes out as one sentence."""
    from python_calamine import CalamineError, PasswordError

    try:
        with _hushed():
            return read()
    except PasswordError:
        raise locked() from None
    except CalamineError as error:
        if "password" in str(error).lower() or _sealed(path):
            raise locked() from None
        raise damaged() from error
    except OSError as error:
        raise cannot_open(error) from None
    except BaseException as error:
        # a panic of the Rust side is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from None


@contextmanager
def _hushed() -> Iterator[None]:
    """A panic of the Rust side writes its own report to the error stream, past Python; the sentence is enough."""
    try:
        kept = os.dup(2)
    except OSError:
        # a program without a console has no error stream
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _sealed(path: Path) -> bool:
    """Whether an old container holds an encrypted package: what Excel makes of a workbook with a password."""
    try:
        with open(path, "rb") as stream:
            return "EncryptedPackage".encode("utf-16-le") in stream.read(8 << 20)
    except OSError:
        return False


def _sheet_names(book: CalamineWorkbook) -> tuple[str, ...]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    shown = [
        sheet for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]  # fmt: skip
    return tuple(sheet.name for sheet in shown or book.sheets_metadata)


def _sheet(path: Path, book: CalamineWorkbook, name: str) -> CalamineSheet:
    sheet = _guarded(path, lambda: book.get_sheet_by_name(name))
    if sheet.height * sheet.width > MOST_CELLS:
        raise too_large()
    return sheet
