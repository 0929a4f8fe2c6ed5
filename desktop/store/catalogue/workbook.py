"""Workbooks: XLSX, XLSM, XLS and ODS, through calamine, after `guard` has seen what they unpack to.

calamine holds a sheet whole, some 85 bytes a cell; MOST_CELLS bounds it. What a formula gave when the file was last saved
is its value; text that begins with `=` is text.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.store.catalogue.columns import cell_text
from desktop.store.catalogue.faults import ReadError, cannot_open, changed
from desktop.store.catalogue.guard import MOST_CELLS, check_workbook, locked, too_large
from desktop.store.catalogue.model import HEAD_ROWS, Choices, Chunk
from desktop.store.catalogue.sniff import damaged

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


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
        self._first = sheet.start[0] if sheet.start else 0
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
            return name, _sheet(book, name)
        first: tuple[str, CalamineSheet] | None = None
        for each in self.sheets:
            sheet = _sheet(book, each)
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
        while some := list(islice(all_rows, rows)):
            lines = np.arange(line, line + len(some), dtype=np.int64)
            line += len(some)
            taken += len(some)
            filled = [i for i, row in enumerate(some) if any(cell != "" for cell in row)]
            if len(filled) < len(some):
                some = [some[i] for i in filled]
                lines = lines[filled]
            columns: dict[int, object] = {i: column([row[i] for row in some]) for i in wanted}
            yield Chunk(lines, columns, [], taken / count)
        if not taken:
            yield Chunk(np.empty(0, np.int64), {i: [] for i in wanted}, [], 1.0)


def _head(sheet: CalamineSheet) -> list[list[str]]:
    """The first rows as text, from the first that is not empty."""
    first = sheet.start[0] if sheet.start else 0
    rows = islice(sheet.iter_rows(), first, first + HEAD_ROWS)
    return [[cell_text(cell) for cell in row] for row in rows]


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
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise locked() from None
    except CalamineError as error:
        if "password" in str(error).lower() or _sealed(path):
            raise locked() from None
        raise damaged() from error
    except OSError as error:
        raise cannot_open(error) from None


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


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    from python_calamine import CalamineError

    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError as error:
        raise damaged() from error
    except OSError as error:
        raise cannot_open(error) from None
    if sheet.height * sheet.width > MOST_CELLS:
        raise too_large()
    return sheet
