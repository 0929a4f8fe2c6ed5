"""The cases of a day, or any of them, as a workbook or as CSV. The private note is in neither unless it is asked for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

from desktop.core.casebook import CaseRow
from desktop.core.errors import StoreError
from desktop.core.text import Text
from desktop.reports.casebook.columns import Names, columns, names_of

SUFFIXES = (".xlsx", ".csv")

__all__ = ["SUFFIXES", "Names", "names_of", "write_cases"]


def write_cases(
    path: Path,
    rows: Sequence[CaseRow],
    names: Names,
    title: str,
    *,
    notes: bool = False,
    unsigned: Collection[int] = (),
) -> None:
    """The rows as a file, whole or not at all; `title` says which they are. StoreError where it cannot be written.

    `unsigned`: the numbers of those that rules answered which nobody signed.
    """
    kind = path.suffix.lower()
    if kind not in SUFFIXES or path.is_dir():
        raise StoreError(
            Text(
                f"{path.name} is of no format that can be written; right form: a name that ends in {', '.join(SUFFIXES)}",
                f"{path.name} 的格式不能写入；正确格式：以 {'、'.join(SUFFIXES)} 结尾的文件名",
            )
        )
    if kind == ".xlsx":
        from desktop.reports.casebook.workbook import write
    else:
        from desktop.reports.casebook.delimited import write
    marked = frozenset(unsigned) & {row.number for row in rows}
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name[:40]}.", dir=path.parent) as folder:
            whole = Path(folder) / f"whole{kind}"
            write(whole, rows, columns(names, notes, marked), names.language, title)
            with whole.open("rb+") as stream:
                os.fsync(stream.fileno())
            os.replace(whole, path)
    except OSError as error:
        # loaded here: who only wants the names of the columns does without numpy
        from desktop.reports.screened.report import cannot_write

        raise cannot_write(path, error) from None
