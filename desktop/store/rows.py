"""A small table that a user made, as CSV: its first row and its cells, checked before anything of it is used."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.core.errors import OptionError
from desktop.core.reasons import reason_of
from desktop.core.text import Text

MOST_BYTES = 20_000_000


def read_rows(
    path: Path, columns: Sequence[str], needed: Sequence[str], larger: Text
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the first row, and the rows under it with their numbers in the file; empty rows are left out.

    OptionError names file, row and column where it is no such table; `larger` says that it is too large to be one.
    """
    text = _text(path, larger)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise fault(path, f"row {reader.line_num}: {error}", f"第 {reader.line_num} 行：{error}") from None
    if not lines:
        raise fault(path, f"it is empty; right form: a first row {','.join(columns)}", "文件为空")
    return _header(path, lines[0][1], columns, needed), lines[1:]


def cells_of(path: Path, number: int, header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    """The cells of a row by their column, without blanks around them; OptionError where there are more than columns."""
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise fault(
            path, f"row {number} has more cells than the first row", f"第 {number} 行的单元格多于表头"
        )
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False)}


def _text(path: Path, larger: Text) -> str:
    try:
        raw = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        reason = reason_of(error)
        raise fault(path, f"it cannot be opened: {reason.en}", f"无法打开：{reason.zh}") from None
    if raw is None:
        raise fault(path, larger.en, larger.zh)
    # what spreadsheets in China save: UTF-8 with or without a mark, or GB 18030
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise fault(path, "it is no text; right form: CSV in UTF-8", "不是文本；正确格式：UTF-8 编码的 CSV")


def _delimiter(text: str) -> str:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _header(path: Path, cells: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    for name in names:
        if name not in columns:
            right = ", ".join(columns)
            raise fault(
                path,
                f"there is no column {name!r}; right form: {right}",
                f"没有 {name!r} 这一列；正确格式：{right}",
            )
        if names.count(name) > 1:
            raise fault(path, f"the column {name!r} stands there twice", f"{name!r} 列出现两次")
    missing = [name for name in needed if name not in names]
    if missing:
        raise fault(path, f"the column {missing[0]!r} is missing", f"缺少 {missing[0]!r} 列")
    return names


def fault(path: Path, en: str, zh: str) -> OptionError:
    """What is wrong with a file, after its name."""
    return OptionError(Text(f"{path.name}: {en}", f"{path.name}：{zh}"))
