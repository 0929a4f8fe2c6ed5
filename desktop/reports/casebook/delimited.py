"""The list as CSV, with the rule for text that a spreadsheet might run (reports/screened/cells.py)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from desktop.core.casebook import CaseRow
from desktop.core.text import Language
from desktop.reports.casebook.columns import Column, Value
from desktop.reports.screened.cells import for_csv


def write(
    path: Path, rows: Sequence[CaseRow], columns: Sequence[Column], language: Language, title: str
) -> None:
    """`title` has no place in a CSV: the first line is that of the heads, for other programs."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow([column.head[language] for column in columns])
        lines.writerows([_said(column.value(row)) for column in columns] for row in rows)


def _said(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return for_csv(value) if isinstance(value, str) else value.isoformat()
