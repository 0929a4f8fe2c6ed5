"""What reading a catalogue gives: a preview of the file, then batches of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from desktop.core.text import Text
from desktop.engine.catalogue import BadRow, Skus
from desktop.engine.kernel import Ints

FIELDS = (
    "sku", "name", "category", "goods_class", "list_price", "price_currency", "unit_cost", "cost_currency",
    "weight", "dims", "length", "width", "height", "pieces_per_order", "monthly_orders",
)  # fmt: skip
SIDES = ("length", "width", "height")
TEXTS = ("sku", "name", "category", "goods_class", "price_currency", "cost_currency", "dims")
"""Fields whose cells are read as words; all others hold numbers."""

MOST_COLUMNS = 16_384
"""As many as a sheet of Excel has."""
HEAD_ROWS = 1_000
"""So many first rows are looked at before anything is decided."""
HEADING_ROWS = 40
"""The heading is looked for among so many of them, by its first cells."""
HEADING_COLUMNS = 500


class Choices(Struct, frozen=True):
    """How a file is to be read where it does not say so itself, or says so wrongly; empty: find out."""

    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""


class Preview(Struct, frozen=True):
    """The first look at a file.

    `format` is csv, xlsx, xls, ods or parquet. `line` is the line of the heading; where the file has none (`heading`
    is false) the columns are called A, B, C … and `line` is 0. `suggested` holds the column of each field that the
    heading names, `units` its unit or currency where the heading says one, `unmatched` the columns that fit no field.
    `total` counts the rows under the heading where the format knows it. `ending` is that of the name where it promises a
    workbook (.xlsx) and the file is text.
    """

    format: str
    encoding: str
    delimiter: str
    sheets: tuple[str, ...]
    sheet: str
    heading: bool
    line: int
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int | None
    suggested: Mapping[str, int]
    units: Mapping[str, str]
    unmatched: tuple[int, ...]
    ending: str = ""


class Batch(Struct, frozen=True):
    """Some rows of a catalogue: those that can be priced, those that cannot, and the share of the file read so far.

    `bad` keeps as many as the caller asked for; `bad_count` counts all of this batch.
    """

    skus: Skus
    bad: tuple[BadRow, ...]
    bad_count: int
    done: float


Cells = list[object]
"""Cells as they come: text, or the numbers, dates and truth values of a workbook; "" where there is nothing."""


@dataclass(slots=True)
class Chunk:
    """Rows as a format gives them: line numbers, the columns asked for, and rows that are no rows.

    A column is an array of floats where all its cells are plain numbers (NaN: empty), else a list of cells.
    """

    lines: Ints
    columns: dict[int, object]
    bad: list[BadRow] = field(default_factory=list)
    done: float = 0.0


def whole_row(line: int, en: str, zh: str) -> BadRow:
    return BadRow(line, "", Text(en, zh))
