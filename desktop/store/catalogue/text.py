"""Text files: CSV, TSV, in any of the encodings that spreadsheets save.

The file is read in blocks of whole rows. pandas parses a block at once; where it finds what does not fit — a row too
long, a line that cannot be decoded, a quotation mark that is not closed — the csv module goes through that block row by
row and names each. So memory is that of one block, whatever the file holds.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from desktop.engine.catalogue import BadRow
from desktop.store.catalogue.faults import ReadError, cannot_open, changed
from desktop.store.catalogue.model import HEAD_ROWS, MOST_COLUMNS, Choices, Chunk, whole_row
from desktop.store.catalogue.sniff import HEAD_BYTES, encoding_of, opened

BLOCK_BYTES = 8 << 20
MARK = "\ufdd1"
"""Stands for bytes that cannot be decoded: a character that no text may hold."""
_MARK_BYTES = MARK.encode()
DELIMITERS = ",;\t|"


def _marked(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return MARK, error.start + 1


codecs.register_error("lanewise-mark", _marked)


class TextFile:
    """A text file: its encoding and delimiter found, its first rows read."""

    def __init__(self, path: Path, choices: Choices) -> None:
        self._path = path
        with opened(path) as stream:
            try:
                head = stream.read(HEAD_BYTES)
                found = os.fstat(stream.fileno())
            except OSError as error:
                raise cannot_open(error) from None
        self._size, self._time = found.st_size, found.st_mtime_ns
        self.encoding, self._skip = encoding_of(head)
        if choices.encoding:
            self.encoding = _known_encoding(choices.encoding)
        self._mac = b"\n" not in head and b"\r" in head and not self.encoding.startswith(("utf-16", "utf-32"))
        lines = self._head_lines(head)
        skip = 0
        self.delimiter = choices.delimiter
        if lines and lines[0].lower().startswith("sep=") and len(lines[0].rstrip("\r")) == 5:
            # the line by which Excel is told the delimiter
            skip, self.delimiter = 1, self.delimiter or lines[0][4]
        if not self.delimiter:
            self.delimiter = _delimiter(lines[skip:])
        self.head, self._ends = _head(lines, self.delimiter, skip)
        self.sheets: tuple[str, ...] = ()
        self.sheet = ""
        self.total: int | None = None

    def _head_lines(self, head: bytes) -> list[str]:
        """The first lines, those whole in the first piece of the file."""
        short = len(head) < HEAD_BYTES
        raw = head[self._skip :]
        text = codecs.getincrementaldecoder(self.encoding)("lanewise-mark").decode(raw, final=short)
        if self._mac:
            text = text.replace("\r", "\n")
        lines = text.split("\n")
        if not short:
            if len(lines) == 1:
                raise _too_long(1)
            lines.pop()
        elif lines and not lines[-1]:
            lines.pop()
        if text.count("\0") * 2 > len(text):
            raise ReadError(
                "it is no text; right form: CSV, XLSX, ODS or Parquet",
                "不是文本；正确格式：CSV、XLSX、ODS 或 Parquet",
            )
        return lines[: 2 * HEAD_ROWS]

    def chunks(
        self, start: int, width: int, wanted: Collection[int], numbers: Collection[int], rows: int
    ) -> Iterator[Chunk]:
        """The rows from row `start` of the head on. `numbers` are the columns of plain figures."""
        line = self.head[start][0] if start < len(self.head) else self._last_line()
        passed = self._ends[start - 1] if start else 0
        reader = _Reader(self.delimiter, width, tuple(sorted(wanted)), frozenset(numbers))
        with opened(self._path) as stream:
            try:
                before = os.fstat(stream.fileno())
                if (before.st_size, before.st_mtime_ns) != (self._size, self._time):
                    raise changed()
                for block, last, done in self._blocks(stream, rows):
                    for _ in range(passed):
                        block = block[block.index(b"\n") + 1 :]
                    passed = 0
                    chunk = reader.chunk(block, line, last)
                    chunk.done = done
                    line = reader.line
                    yield chunk
                after = os.fstat(stream.fileno())
            except OSError as error:
                raise cannot_open(error) from None
            if (after.st_size, after.st_mtime_ns) != (self._size, self._time):
                raise changed()

    def _last_line(self) -> int:
        return self.head[-1][0] + 1 if self.head else 1

    def _blocks(self, stream: BinaryIO, rows: int) -> Iterator[tuple[bytes, bool, float]]:
        """Blocks of whole lines in UTF-8, at most `rows` of them, each with whether it is the last and the share read."""
        decoder = None
        if self.encoding != "utf-8":
            decoder = codecs.getincrementaldecoder(self.encoding)("lanewise-mark")
        stream.seek(self._skip)
        rest, ended, count = b"", False, 0
        taken = self._skip
        while True:
            while (
                not ended and (count := rest.count(b"\n")) < rows and (not count or len(rest) < BLOCK_BYTES)
            ):
                piece = stream.read(min(BLOCK_BYTES, HEAD_BYTES))
                taken += len(piece)
                ended = not piece
                if decoder is not None:
                    piece = decoder.decode(piece, final=ended).encode("utf-8", "replace")
                if self._mac:
                    piece = piece.replace(b"\r", b"\n")
                rest += piece
                if len(rest) - rest.rfind(b"\n") > 2 * HEAD_BYTES:
                    raise _too_long(0)
            if ended and taken < self._size:
                raise changed()
            if ended and rest and not rest.endswith(b"\n"):
                rest += b"\n"
            count = rest.count(b"\n")
            if count > rows:
                ends = np.flatnonzero(np.frombuffer(rest, np.uint8) == 10)
                cut = int(ends[rows - 1]) + 1
            else:
                cut = rest.rfind(b"\n") + 1
            last = ended and cut == len(rest)
            share = (taken - (len(rest) - cut)) / max(1, self._size)
            yield rest[:cut], last, 1.0 if last else min(share, 1.0)
            if last:
                return
            rest = rest[cut:]


def _known_encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise ReadError(
            f"there is no encoding {name!r}; right form: utf-8, gb18030, utf-16",
            f"没有 {name!r} 编码；正确格式：utf-8、gb18030、utf-16",
        ) from None


def _too_long(line: int) -> ReadError:
    where, wo = (f"row {line}", f"第 {line} 行") if line else ("a row", "有一行")
    return ReadError(
        f"{where} is longer than a million characters; right form: one row a line, {MOST_COLUMNS:,} columns at most",
        f"{wo}超过一百万个字符；正确格式：每行一条记录，最多 {MOST_COLUMNS:,} 列",
    )


def _delimiter(lines: Sequence[str]) -> str:
    """The mark that parts the first rows into the most cells, alike in each."""
    some = [line for line in lines if line.strip()][:10]

    def score(mark: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(some, delimiter=mark)]
        except csv.Error:
            return (0, 0)
        if not widths:
            return (0, 0)
        usual = max(set(widths), key=widths.count)
        return (widths.count(usual) * (usual > 1), usual)

    return max(DELIMITERS, key=score)


def _head(lines: Sequence[str], delimiter: str, skip: int) -> tuple[list[tuple[int, list[str]]], list[int]]:
    """The first rows with their numbers, and the count of lines up to the end of each."""
    reader = csv.reader((line + "\n" for line in lines[skip:]), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    ends: list[int] = []
    try:
        for cells in reader:
            rows.append((skip + len(rows) + 1, cells))
            ends.append(skip + reader.line_num)
            if len(cells) > MOST_COLUMNS:
                raise ReadError(
                    f"row {len(rows)} has {len(cells):,} columns; right form: {MOST_COLUMNS:,} at most",
                    f"第 {len(rows)} 行有 {len(cells):,} 列；最多 {MOST_COLUMNS:,} 列",
                )
            if len(rows) == HEAD_ROWS:
                break
        whole = (
            [line + "\n" for line in lines[ends[-2] if len(ends) > 1 else skip : ends[-1]]] if ends else []
        )
        list(csv.reader(whole, delimiter=delimiter, strict=len(whole) > 1))
    except csv.Error:
        if len(rows) < 2:
            raise ReadError(
                'a quotation mark opens in the first row and is never closed; right form: "…"',
                '首行有引号未闭合；正确格式："…"',
            ) from None
        rows, ends = rows[:-1], ends[:-1]
    return rows, ends


class _Reader:
    """Parses blocks; keeps what is left of a row that goes on in the next block."""

    def __init__(self, delimiter: str, width: int, wanted: tuple[int, ...], numbers: frozenset[int]) -> None:
        self._delimiter = delimiter
        self._width = width
        self._wanted = wanted
        self._numbers = numbers
        self._carried = b""
        self.line = 1

    def chunk(self, block: bytes, line: int, last: bool) -> Chunk:
        block = self._carried + block
        self._carried = b""
        count = block.count(b"\n")
        found = None
        if b"\0" not in block and _MARK_BYTES not in block:
            found = self._at_once(block, line, count)
        if found is None:
            found = self._by_row(block, line, last)
        return found

    def _at_once(self, block: bytes, line: int, count: int) -> Chunk | None:
        """A block in which every row fits; None where one does not."""
        import pandas

        if not count:
            return None
        every = range(self._width + 1)
        # pandas takes the width from the first row: one of our own, so that each row that is longer is an error
        first = self._delimiter.join(["0"] * self._width + ['""']).encode() + b"\n"
        try:
            frame = pandas.read_csv(  # type: ignore[call-overload]
                io.BytesIO(first + block), sep=self._delimiter, header=None, names=list(every), index_col=False,
                dtype={i: object for i in every if i not in self._numbers},
                keep_default_na=False, na_values={i: [""] for i in self._numbers},
                skip_blank_lines=False, low_memory=False, engine="c", encoding="utf-8",
            )  # fmt: skip
        except (pandas.errors.ParserError, UnicodeDecodeError, OverflowError, ValueError):
            return None
        if len(frame) != count + 1 or (frame[self._width] != "").any():
            return None
        columns: dict[int, object] = {}
        blank = np.ones(count, np.bool_)
        # figures first: where all of them are there, no row is blank and no text need be looked at
        for i in sorted(self._wanted, key=lambda i: i not in self._numbers):
            values = frame[i].to_numpy()[1:]
            if values.dtype.kind in "iuf":
                columns[i] = values.astype(np.float64)
                blank &= np.isnan(columns[i])  # type: ignore[call-overload]
                continue
            cells = frame[i].tolist()[1:]
            if i in self._numbers:
                cells = ["" if cell != cell else cell for cell in cells]
            columns[i] = cells
            if blank.any():
                blank &= np.fromiter((not str(cell).strip() for cell in cells), np.bool_, count)
        lines = np.arange(line, line + count, dtype=np.int64)
        self.line = line + count
        if blank.any():
            rows = np.flatnonzero(blank)
            others = frame.iloc[rows + 1]
            empty = others.map(lambda cell: cell != cell or not str(cell).strip()).all(axis=1).to_numpy()
            keep = np.ones(count, np.bool_)
            keep[rows[empty]] = False
            return _kept(Chunk(lines, columns), keep)
        return Chunk(lines, columns)

    def _by_row(self, block: bytes, line: int, last: bool) -> Chunk:
        text = block.decode("utf-8", "lanewise-mark").replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        lines.pop()
        rows = _Rows(self._width, self._delimiter, MARK in text or "\0" in text, line)
        at = 0
        while at < len(lines):
            at = self._run(lines, at, rows)
            if at == len(lines):
                break
            # here something is odd: one row the slow way
            cells, used = self._record(lines, at)
            if used == 0 and not last and sum(map(len, lines[at:])) < HEAD_BYTES:
                self._carried = "\n".join([*lines[at:], ""]).encode()
                break
            rows.take(cells, lines[at : at + max(1, used)], used > 0)
            at += max(1, used)
        self.line = rows.line
        columns: dict[int, object] = {i: [row[i] for row in rows.cells] for i in self._wanted}
        return Chunk(np.array(rows.numbers, dtype=np.int64), columns, rows.bad)

    def _run(self, lines: list[str], at: int, rows: _Rows) -> int:
        """Takes rows as long as they are whole by the strict rules; the line at which they no longer are."""
        reader = csv.reader(
            (lines[i] + "\n" for i in range(at, len(lines))), delimiter=self._delimiter, strict=True
        )
        used = 0
        try:
            for cells in reader:
                rows.take(cells, (), True)
                used = reader.line_num
        except csv.Error:
            pass
        return at + used

    def _record(self, lines: list[str], at: int) -> tuple[list[str], int]:
        """The cells of the row that begins at a line, and the lines it takes.

        None (0) where the lines end inside quotation marks, -1 where a mark is a stray one: a row over several lines must
        be whole by the strict rules, else a mark that was never closed would swallow the rows up to the next one.
        """
        if '"' not in lines[at]:
            return next(csv.reader([lines[at]], delimiter=self._delimiter), []), 1
        reader = csv.reader((lines[i] + "\n" for i in range(at, len(lines))), delimiter=self._delimiter)
        try:
            cells = next(reader, [])
            used = reader.line_num
            if used == 1 and at + 1 < len(lines):
                return cells, 1
            whole = [text + "\n" for text in lines[at : at + used]]
            list(csv.reader(whole, delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            if "unexpected end" in str(error):
                return [], 0
            one = next(csv.reader([lines[at]], delimiter=self._delimiter), [])
            return (one, 1) if _ends_outside(lines[at], self._delimiter) else ([], -1)
        return cells, used


class _Rows:
    """Rows taken one by one: the good ones padded to the width of the heading, the others named."""

    def __init__(self, width: int, delimiter: str, marked: bool, line: int) -> None:
        self._width = width
        self._delimiter = delimiter
        self._marked = marked
        self.line = line
        self.numbers: list[int] = []
        self.cells: list[list[str]] = []
        self.bad: list[BadRow] = []

    def take(self, cells: list[str], raw: Sequence[str], whole: bool) -> None:
        line = self.line
        self.line += 1
        fault = (
            None
            if whole and not self._marked and len(cells) <= self._width
            else self._fault(cells, raw, whole)
        )
        if fault is not None:
            self.bad.append(fault)
        elif any(cells) and any(cell.strip() for cell in cells):
            self.numbers.append(line)
            if len(cells) != self._width:
                cells = (cells + [""] * (self._width - len(cells)))[: self._width]
            self.cells.append(cells)

    def _fault(self, cells: list[str], raw: Sequence[str], whole: bool) -> BadRow | None:
        line, text = self.line - 1, "".join(raw or cells)
        if MARK in text:
            return whole_row(
                line, "its characters are of another encoding than the rest of the file; save the file as UTF-8",
                "本行的字符编码与文件其余部分不同；请将文件另存为 UTF-8",
            )  # fmt: skip
        if "\0" in text:
            return whole_row(line, "it holds bytes that are no text (NUL)", "本行含有非文本字节（NUL）")
        if not whole:
            return whole_row(
                line, 'a quotation mark opens a cell and is not closed; right form: "…", a mark inside written twice',
                '本行有引号未闭合；正确格式："…"，内部引号写两次',
            )  # fmt: skip
        if len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            return whole_row(
                line,
                f"it has {len(cells)} cells, the heading {self._width}; quote a cell that holds {self._delimiter!r}",
                f"本行有 {len(cells)} 个单元格，表头只有 {self._width} 个；含分隔符的单元格需加引号",
            )  # fmt: skip
        return None


def _ends_outside(line: str, delimiter: str) -> bool:
    """Whether a line ends outside quotation marks."""
    cells = next(csv.reader([line + "\n", "\n"], delimiter=delimiter), [])
    return not any("\n" in cell for cell in cells)


def _kept(chunk: Chunk, keep: np.ndarray) -> Chunk:
    rows = np.flatnonzero(keep)
    columns: dict[int, object] = {}
    for i, cells in chunk.columns.items():
        columns[i] = cells[rows] if isinstance(cells, np.ndarray) else [cells[r] for r in rows.tolist()]  # type: ignore[index]
    return Chunk(chunk.lines[rows], columns, chunk.bad, chunk.done)
