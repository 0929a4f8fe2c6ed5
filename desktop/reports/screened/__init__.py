"""What screening found, written batch by batch as a workbook, as CSV or as Parquet.

with create(path, words) as report:
    report.write(found)        # as often as there are batches
    report.bad(rows)
    report.close(about)        # only now is there a file at `path`; without it there never was
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.core.errors import StoreError
from desktop.core.text import Text
from desktop.reports.screened.about import About, about_of
from desktop.reports.screened.beside import beside
from desktop.reports.screened.columns import Words, words_of
from desktop.reports.screened.report import Report, Tally

__all__ = ["SUFFIXES", "About", "Report", "Tally", "Words", "about_of", "check_target", "create", "words_of"]

SUFFIXES = (".xlsx", ".csv", ".parquet")


def check_target(path: Path, source: Path | None = None, suffixes: Sequence[str] = SUFFIXES) -> None:
    """StoreError where a report cannot stand at a path: another format, a folder, or the catalogue itself."""
    if path.suffix.lower() not in suffixes:
        raise StoreError(
            Text(
                f"{path.name} is of no format that can be written; right form: a name that ends in {', '.join(suffixes)}",
                f"{path.name} 的格式不能写入；正确格式：以 {'、'.join(suffixes)} 结尾的文件名",
            )
        )
    if path.is_dir():
        raise StoreError(
            Text(
                f"{path.name} is a folder; name a file such as {path.name}/result{suffixes[0]}",
                f"{path.name} 是文件夹；请填文件名，例如 {path.name}/result{suffixes[0]}",
            )
        )
    if not path.parent.is_dir():
        raise StoreError(
            Text(
                f"{path.name} cannot be written: there is no folder {path.parent}",
                f"无法写入 {path.name}：文件夹 {path.parent} 不存在",
            )
        )
    written = [path] if path.suffix.lower() == ".xlsx" else [path, beside(path)]
    if source is not None and any(_same(place, source) for place in written):
        raise StoreError(
            Text(
                f"{path.name} is the catalogue itself; name another file for what was found",
                f"{path.name} 就是商品目录本身；请为结果另取文件名",
            )
        )


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def create(path: Path, words: Words) -> Report:
    """A report on its way to a path, in the format that its name ends in; StoreError where none can be written there."""
    check_target(path)
    # a format's library is loaded when it is written
    match path.suffix.lower():
        case ".xlsx":
            from desktop.reports.screened.workbook import Workbook

            return Workbook(path, words)
        case ".csv":
            from desktop.reports.screened.delimited import Delimited

            return Delimited(path, words)
        case _:
            from desktop.reports.screened.columnar import Columnar

            return Columnar(path, words)
