"""The rows that were not read, as a file of their own: for the formats that have no second sheet."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from desktop.core.text import Language, Text
from desktop.reports.screened.cells import for_csv
from desktop.reports.screened.report import Report, cannot_write

BAD_HEADS = (Text("Row", "行号"), Text("Field", "字段"), Text("Why it was not read", "未读取的原因"))


def beside(target: Path) -> Path:
    """results.csv has results.not-read.csv beside it."""
    return target.with_name(f"{target.stem}.not-read.csv")


def put_beside(report: Report) -> tuple[Path, ...]:
    """Write the bad rows beside the report. One of an earlier run goes away where every row was read."""
    place, language = beside(report.target), report.words.language
    if not report.spool.count:
        if _is_ours(place):
            place.unlink()
        return ()
    whole = report.folder / "beside"
    _write(whole, report.spool, language)
    os.replace(whole, place)
    return (place,)


def write_bad(target: Path, rows: Iterable[tuple[int, str, Text]], language: Language) -> None:
    """Rows that were not read as a file of their own, whole or not at all. StoreError where it cannot be written."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name[:40]}.", dir=target.parent) as folder:
            whole = Path(folder) / "whole"
            _write(whole, rows, language)
            os.replace(whole, target)
    except OSError as error:
        raise cannot_write(target, error) from None


def _write(place: Path, rows: Iterable[tuple[int, str, Text]], language: Language) -> None:
    with place.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow([head[language] for head in BAD_HEADS])
        lines.writerows((row, for_csv(field), for_csv(why[language])) for row, field, why in rows)
        stream.flush()
        os.fsync(stream.fileno())


def _is_ours(place: Path) -> bool:
    heads = [",".join(head[language] for head in BAD_HEADS) for language in ("en", "zh")]
    try:
        with place.open(encoding="utf-8-sig") as stream:
            return stream.readline(200).rstrip() in heads
    except (OSError, UnicodeDecodeError):
        return False
