"""A seller's catalogue: the first look at a file, and its rows in batches, whatever its format."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from desktop.core.errors import OptionError
from desktop.core.money import CURRENCIES
from desktop.core.text import Text
from desktop.store.catalogue.columns import Assembler, Layout
from desktop.store.catalogue.faults import ReadError, fault, shown
from desktop.store.catalogue.model import (
    FIELDS,
    HEADING_COLUMNS,
    HEADING_ROWS,
    SIDES,
    TEXTS,
    Batch,
    Choices,
    Chunk,
    Preview,
)
from desktop.store.catalogue.numbers import Style, UnreadableError, read_number, style_of
from desktop.store.catalogue.sniff import claimed, kind_of, misnamed
from desktop.store.catalogue.words import Words, key, suggest

SHOWN_ROWS = 20
ROWS = 50_000
STAND_INS = ("category", "goods_class", "price_currency", "cost_currency", "weight_unit", "dims_unit",
             "length_unit", "width_unit", "height_unit")  # fmt: skip
"""What a caller may let stand where a row says nothing."""
USUAL = {"price_currency": "USD", "cost_currency": "CNY"}


class _Table(Protocol):
    encoding: str
    delimiter: str
    sheets: tuple[str, ...]
    sheet: str
    total: int | None
    head: list[tuple[int, list[str]]]

    def chunks(
        self, start: int, width: int, wanted: Collection[int], numbers: Collection[int], rows: int
    ) -> Iterator[Chunk]: ...


class Catalogue:
    """A file that was looked at and can be read, as often as its mapping changes; a workbook is unpacked once.

    CatalogueError in one sentence where the file cannot be read.
    """

    def __init__(self, path: Path, words: Words, choices: Choices | None = None) -> None:
        self.path = path
        self._words = words
        with _named(path):
            kind, self._table = _table(path, words, choices or Choices())
            self.preview = _preview(kind, self._table, words, claimed(path) if kind == "csv" else "")

    def read(
        self,
        mapping: Mapping[str, int] | None = None,
        *,
        units: Mapping[str, str] | None = None,
        defaults: Mapping[str, str] | None = None,
        rows: int = ROWS,
        most_bad: int | None = None,
    ) -> Iterator[Batch]:
        """The rows in batches of at most `rows`; good rows go on, each bad one is named.

        `mapping` gives the column of each field, without it the headings do. `units` gives the unit or currency of a
        field where it is other than its heading says. `defaults` stands in for category, goods class, currency or unit
        where a row says nothing: prices are in USD and costs in CNY where nobody says otherwise. `most_bad` bounds the
        bad rows kept of a batch.

        CatalogueError or OptionError in one sentence, now or with a later batch. A batch that was given is whole, but a
        file that fails half way is no catalogue: what was made of its earlier batches is to be thrown away.
        """
        with _named(self.path):
            chosen = _chosen(self.preview, mapping)
        check_mapping(chosen, len(self.preview.headers), self._words)
        layout = Layout(
            chosen,
            _units(self.preview, chosen, units, self._words),
            _defaults(defaults, self._words),
            _styles(self._table, self.preview, chosen),
        )
        return self._batches(Assembler(self._words, layout, most_bad), layout, max(1, rows))

    def _batches(self, assembler: Assembler, layout: Layout, rows: int) -> Iterator[Batch]:
        start = _start(self._table, self.preview)
        words = {column for name, column in layout.mapping.items() if name in TEXTS}
        # where decimals have commas no parser may take a column for numbers by itself
        numbers = {
            column for name, column in layout.mapping.items() if layout.styles.get(name) in ("point", "both")
        }
        wanted = set(layout.mapping.values())
        with _named(self.path):
            for chunk in self._table.chunks(start, len(self.preview.headers), wanted, numbers - words, rows):
                yield assembler.batch(chunk)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """What is wrong with a file comes out with its name in front."""
    try:
        yield
    except ReadError as error:
        raise fault(path, error.why.en, error.why.zh) from error.__cause__


def preview(path: Path, words: Words, choices: Choices | None = None) -> Preview:
    """The first look at a file. CatalogueError in one sentence where it cannot be read."""
    return Catalogue(path, words, choices).preview


def read(
    path: Path,
    words: Words,
    mapping: Mapping[str, int] | None = None,
    *,
    units: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    choices: Choices | None = None,
    rows: int = ROWS,
    most_bad: int | None = None,
) -> Iterator[Batch]:
    """The rows of a file in batches: `Catalogue.read` for who needs no first look."""
    catalogue = Catalogue(path, words, choices)
    return catalogue.read(mapping, units=units, defaults=defaults, rows=rows, most_bad=most_bad)


def _table(path: Path, words: Words, choices: Choices) -> tuple[str, _Table]:
    # each format is imported with its library when a file of it is opened
    kind = kind_of(path)
    if kind == "xlsb":
        raise ReadError(
            "it is a binary workbook (XLSB); save it as XLSX", "这是二进制工作簿（XLSB）；请另存为 XLSX"
        )
    if kind == "text":
        from desktop.store.catalogue.text import TextFile

        return "csv", TextFile(path, choices)
    if kind == "parquet":
        from desktop.store.catalogue.parquet import ParquetFile

        return kind, ParquetFile(path)
    from desktop.store.catalogue.workbook import WorkbookFile

    return kind, WorkbookFile(path, kind, choices, lambda head: _heading_row(words, head) is not None)


# ---------------------------------------------------------------------- heading
def _heading_row(words: Words, head: Sequence[Sequence[str]]) -> int | None:
    """The first of the rows in which a heading is known: a price, or two fields of any kind."""
    for i, row in enumerate(head[:HEADING_ROWS]):
        found = [
            heading for cell in row[:HEADING_COLUMNS] if cell.strip() and (heading := words.heading(cell))
        ]
        names = {heading.field for heading in found}
        if len(names) >= 2 or (names == {"list_price"} and sum(map(bool, row)) == 1):
            return i
    return None


def _preview(kind: str, table: _Table, words: Words, ending: str) -> Preview:
    head = [cells for _, cells in table.head]
    at = 0 if kind == "parquet" else _heading_row(words, head)
    heading = at is not None
    if at is None:
        at = next((i for i, row in enumerate(head) if any(cell.strip() for cell in row)), None)
        if at is None:
            raise ReadError(
                "it is empty; right form: a first row of headings such as SKU, price, weight",
                "文件为空；正确格式：首行为表头，如 货号、售价、重量",
            )
        if ending:
            raise misnamed(ending)
        heading = not any(_is_number(cell) for cell in head[at])
    top = head[at]
    if heading:
        while top and not top[-1].strip():
            top = top[:-1]
        headers = tuple(cell.strip() for cell in top)
    else:
        headers = tuple(_letter(i) for i in range(len(top)))
    under = [row for row in head[at + heading :] if any(cell.strip() for cell in row)]
    some = tuple(tuple((row + [""] * len(headers))[: len(headers)]) for row in under[:SHOWN_ROWS])
    suggested, units = suggest(words, headers, some) if heading else ({}, {})
    total = table.total
    if total is not None and kind != "parquet":
        total -= at + heading
    return Preview(
        kind, table.encoding, table.delimiter, table.sheets, table.sheet, heading,
        table.head[at][0] if heading else 0, headers, some, total, suggested, units,
        tuple(i for i in range(len(headers)) if i not in suggested.values()), ending,
    )  # fmt: skip


def _start(table: _Table, first: Preview) -> int:
    """The row of the head with which the data begin."""
    if first.heading:
        return 1 + next(i for i, (line, _) in enumerate(table.head) if line == first.line)
    return next(i for i, (_, cells) in enumerate(table.head) if any(cell.strip() for cell in cells))


def _is_number(cell: str) -> bool:
    try:
        _, before, after = read_number(cell)
    except UnreadableError:
        return False
    return len(before) <= 3 and len(after) <= 4


def _letter(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


# ---------------------------------------------------------------------- mapping
def mapping_key(headers: Sequence[str]) -> str:
    """A short name for a set of headings, by which a caller remembers their mapping; order and case do not count.

    A mapping remembered by column would be wrong in another order: keep it by heading (`by_heading`).
    """
    words = "\n".join(sorted(key(text) or text.strip() for text in headers))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def by_heading(mapping: Mapping[str, int], headers: Sequence[str]) -> dict[str, str]:
    """A mapping in the form that settings keep: the heading of each field."""
    return {field: headers[column] for field, column in mapping.items()}


def by_column(kept: Mapping[str, str], headers: Sequence[str]) -> dict[str, int]:
    """A kept mapping for a file with these headings; fields whose heading is not there are left out."""
    places: dict[str, int] = {}
    for column, text in enumerate(headers):
        places.setdefault(key(text) or text.strip(), column)
    wanted = {field: key(text) or text.strip() for field, text in kept.items() if field in FIELDS}
    return {field: places[text] for field, text in wanted.items() if text in places}


def check_mapping(mapping: Mapping[str, int], columns: int, words: Words) -> None:
    """OptionError where a mapping names a field or a column that is not there, or leaves out the price."""
    for name, column in mapping.items():
        if name not in FIELDS:
            listed = ", ".join(FIELDS)
            raise OptionError(
                Text(
                    f"there is no field {name!r}; right form: {listed}", f"没有 {name!r} 字段；可选：{listed}"
                )
            )
        if isinstance(column, bool) or not isinstance(column, int) or not 0 <= column < columns:
            title = words.name(name)
            raise OptionError(Text(
                f"{name}: there is no column {shown(column)}; right form: 0 to {columns - 1}",
                f"{title.zh}：没有第 {shown(column)} 列；可选 0 至 {columns - 1}",
            ))  # fmt: skip
    if "list_price" not in mapping:
        raise OptionError(Text(
            "no column holds the price; right form: a column called Price or 售价, or one chosen by hand",
            "没有售价列；正确格式：表头含 售价 或 Price，或手动指定一列",
        ))  # fmt: skip
    sides = [side for side in SIDES if side in mapping]
    if sides and len(sides) < len(SIDES):
        raise OptionError(Text(
            f"of the size only {', '.join(sides)} has a column; right form: length, width and height, or none",
            f"尺寸只有 {'、'.join(words.name(side).zh for side in sides)}；请同时指定长、宽、高，或都不指定",
        ))  # fmt: skip


def _chosen(first: Preview, mapping: Mapping[str, int] | None) -> Mapping[str, int]:
    if mapping is not None:
        return mapping
    if "list_price" in first.suggested:
        return first.suggested
    said = ", ".join(shown(text, 20) for text in first.headers[:6]) + (" …" if len(first.headers) > 6 else "")
    if not first.heading:
        raise ReadError(
            "its first row holds figures, not headings; right form: a first row such as SKU, price, weight,"
            " or columns chosen by hand",
            "首行是数据而不是表头；正确格式：首行如 货号、售价、重量，或手动指定各列",
        )
    raise ReadError(
        f"none of its headings ({said}) is a price; right form: a column called Price or 售价, or one chosen by hand",
        f"表头（{said}）中没有售价；正确格式：某列名为 售价 或 Price，或手动指定一列",
    )


def _units(
    first: Preview, mapping: Mapping[str, int], given: Mapping[str, str] | None, words: Words
) -> dict[str, str]:
    """The unit of each field: as given, else as the heading of its column says."""
    found: dict[str, str] = {}
    for name, column in mapping.items():
        if not (measure := words.measure(name)):
            continue
        heading = words.heading(first.headers[column]) if first.heading else None
        if heading and heading.unit and words.unit(heading.unit, measure):
            found[name] = heading.unit
        if given and name in given:
            found[name] = _unit(name, given[name], measure, words)
    return found


def _unit(name: str, word: str, measure: str, words: Words) -> str:
    if unit := words.unit(word, measure):
        return unit
    right = {"money": "USD", "mass": "g, kg", "length": "cm, mm"}[measure]
    raise OptionError(Text(
        f"{name}: {shown(word)!r} is no unit of it; right form: {right}",
        f"{words.name(name).zh}：{shown(word)!r} 不是可用的单位；正确格式：{right}",
    ))  # fmt: skip


def _defaults(given: Mapping[str, str] | None, words: Words) -> dict[str, str]:
    found = {**USUAL, **{name: value for name, value in (given or {}).items() if value}}
    for name, value in found.items():
        right = ", ".join(STAND_INS)
        if name not in STAND_INS:
            known = False
        elif name == "category":
            known, right = words.categories.find(value) is not None, ", ".join(words.category_ids[:6]) + " …"
        elif name == "goods_class":
            known, right = words.goods.find(value) is not None, ", ".join(words.goods.ids)
        elif name.endswith("_unit"):
            field = name.removesuffix("_unit")
            found[name] = _unit(field, value, words.measure(field), words)
            known = True
        else:
            known, right = value in CURRENCIES, "USD"
        if not known:
            raise OptionError(Text(
                f"{name}: {shown(value)!r} cannot stand in; right form: {right}",
                f"{name}：{shown(value)!r} 不可用；正确格式：{right}",
            ))  # fmt: skip
    return found


def _styles(table: _Table, first: Preview, mapping: Mapping[str, int]) -> dict[str, Style]:
    """How each column of figures writes its decimals, as its first rows show."""
    under = [cells for _, cells in table.head[_start(table, first) :]]
    return {
        name: style_of(row[column] for row in under if column < len(row))
        for name, column in mapping.items()
        if name not in TEXTS
    }
