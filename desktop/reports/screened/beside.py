"""The rows that were not read, as a file of their own: for the formats that have no second sheet."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from desktop.core.text import Text
from desktop.reports.screened.cells import for_csv
from desktop.reports.screened.report import Report

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
    with whole.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow([head[language] for head in BAD_HEADS])
        rows.writerows((row, for_csv(field), for_csv(why[language])) for row, field, why in report.spool)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(whole, place)
    return (place,)


def _is_ours(place: Path) -> bool:
    heads = [",".join(head[language] for head in BAD_HEADS) for language in ("en", "zh")]
    try:
        with place.open(encoding="utf-8-sig") as stream:
            return stream.readline(200).rstrip() in heads
    except (OSError, UnicodeDecodeError):
        return False
