"""Parquet, by row groups, through fastparquet.

fastparquet is compiled code that believes what it reads: a few wrong bytes end the process that reads them. So a file is
read once by a process of its own, which keeps nothing, and by this one only when that came to its end.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from desktop.store.catalogue.columns import cell_text
from desktop.store.catalogue.faults import ReadError, cannot_open, changed
from desktop.store.catalogue.model import HEAD_ROWS, MOST_COLUMNS, Chunk
from desktop.store.catalogue.sniff import opened

MOST_GROUP = 400_000_000
"""Bytes that the wanted columns of one row group may unpack to, as it says itself."""
MOST_GROUP_ROWS = 5_000_000


class ParquetFile:
    """A Parquet file; its column names are the heading, line 1."""

    encoding = ""
    delimiter = ""
    sheets: tuple[str, ...] = ()
    sheet = ""

    def __init__(self, path: Path, tried: bool = False) -> None:
        self._path = path
        self._state = _state(path)
        if not tried:
            _try(path)
        self._streams: list[BinaryIO] = []
        self._file: Any = self._guarded(self._open)
        names = [str(name) for name in self._file.columns]
        if not names:
            raise ReadError("it has no columns", "文件没有任何列")
        if len(names) > MOST_COLUMNS:
            raise ReadError(
                f"it has {len(names):,} columns; right form: {MOST_COLUMNS:,} at most",
                f"有 {len(names):,} 列；最多 {MOST_COLUMNS:,} 列",
            )
        self._names = names
        self._nested = _nested(self._file)
        self.total: int | None = self._guarded(lambda: int(self._file.count()))
        self.head: list[tuple[int, list[str]]] = [(1, names)]
        plain = [name for name in names if name not in self._nested]
        group = next(iter(self._file.row_groups), None)
        if plain and group is not None and group.num_rows:
            self._bounded(plain, group)
            frame = self._guarded(lambda: self._file.head(HEAD_ROWS, columns=plain))
            cells = {name: values(frame[name]) for name in plain}
            for i in range(len(frame)):
                row = [cell_text(cells[name][i]) if name in cells else "…" for name in names]
                self.head.append((i + 2, row))

    def read_through(self) -> None:
        """Reads every plain column and keeps nothing."""
        plain = [name for name in self._names if name not in self._nested]
        for index, group in enumerate(self._file.row_groups):
            self._bounded(plain, group)
            self._guarded(partial(self._group, index, plain))

    def _group(self, index: int, names: list[str]) -> Any:
        return self._file[index].to_pandas(columns=names)

    def _open(self) -> Any:
        import fastparquet  # type: ignore[import-untyped]

        def stream(path: str, mode: str = "rb") -> BinaryIO:
            # a row group may name another file as its own; and what fastparquet opens it leaves open
            if Path(path) != self._path:
                raise ValueError(path)
            self._streams.append(opened(self._path))
            return self._streams[-1]

        return fastparquet.ParquetFile(str(self._path), open_with=stream)

    def _guarded(self, read: Callable[[], Any]) -> Any:
        """Whatever a parser says of bytes that are no Parquet comes out as one sentence."""
        try:
            return read()
        except ReadError:
            raise
        except (FileNotFoundError, PermissionError) as error:
            raise cannot_open(error) from None
        except Exception as error:
            raise damaged_parquet(error) from None
        finally:
            while self._streams:
                self._streams.pop().close()

    def _bounded(self, names: Collection[str], group: Any) -> None:
        size = sum(
            chunk.meta_data.total_uncompressed_size
            for chunk in group.columns
            if str(_text(chunk.meta_data.path_in_schema[0])) in names
        )
        if size > MOST_GROUP or group.num_rows > MOST_GROUP_ROWS:
            raise ReadError(
                f"a row group of it holds more than {MOST_GROUP // 1_000_000:,} MB; right form: a million rows in each",
                f"单个行组超过 {MOST_GROUP // 1_000_000:,} MB；每个行组请不超过一百万行",
            )

    def chunks(
        self, start: int, width: int, wanted: Collection[int], numbers: Collection[int], rows: int
    ) -> Iterator[Chunk]:
        names = {i: self._names[i] for i in sorted(wanted)}
        for name in names.values():
            if name in self._nested:
                raise ReadError(
                    f"the column {name!r} is nested; right form: a column of numbers or texts",
                    f"列 {name!r} 为嵌套结构；正确格式：数字或文本列",
                )
        total = max(1, self.total or 0)
        line = 2
        for index, group in enumerate(self._file.row_groups):
            self._bounded(set(names.values()), group)
            if _state(self._path) != self._state:
                raise changed()
            frame = self._guarded(partial(self._group, index, list(names.values())))
            for at in range(0, len(frame), rows):
                part = frame.iloc[at : at + rows]
                lines = np.arange(line, line + len(part), dtype=np.int64)
                line += len(part)
                columns: dict[int, object] = {
                    i: values(part[name], i in numbers) for i, name in names.items()
                }
                yield Chunk(lines, columns, [], min(1.0, (line - 2) / total))
        if line == 2:
            yield Chunk(np.empty(0, np.int64), {i: [] for i in names}, [], 1.0)


def values(series: Any, number: bool = False) -> Any:
    """A column of a frame as cells: an array of floats for numbers, else text, "" where there is nothing."""
    kind = series.dtype.kind if isinstance(series.dtype, np.dtype) else "O"
    if number and kind in "iu":
        return series.to_numpy(dtype=np.float64)
    if number and kind == "f":
        found = series.to_numpy()
        # a single-precision 24.9 is meant as 24.9, not as the 24.899999618 that it is
        return found.astype(str).astype(np.float64) if found.dtype == np.float32 else found.astype(np.float64)
    missing = series.isna().to_numpy()
    cells = []
    for cell, gone in zip(series.tolist(), missing.tolist(), strict=True):
        if gone:
            cells.append("")
        elif isinstance(cell, bytes):
            cells.append(cell.decode("utf-8", "replace"))
        elif type(cell).__name__ == "Decimal":
            cells.append(f"{cell:f}")
        else:
            cells.append(cell.item() if isinstance(cell, np.generic) else cell)
    return cells


def damaged_parquet(error: Exception) -> ReadError:
    if isinstance(error, NotImplementedError | RuntimeError) and "compress" in str(error).lower():
        return ReadError(
            "its compression is not known here; right form: Parquet with snappy, gzip or zstd",
            "不支持其压缩方式；正确格式：snappy、gzip 或 zstd 压缩的 Parquet",
        )
    return ReadError(
        "it is damaged or cut short; right form: a whole Parquet file",
        "文件已损坏或不完整；请提供完整的 Parquet 文件",
    )


def _nested(file: Any) -> frozenset[str]:
    """Names of the columns that hold lists or records."""
    paths = [
        [str(_text(part)) for part in chunk.meta_data.path_in_schema]
        for group in file.row_groups[:1]
        for chunk in group.columns
    ]
    return frozenset(name for path in paths if len(path) > 1 for name in (path[0], ".".join(path)))


def _text(part: Any) -> Any:
    return part.decode("utf-8", "replace") if isinstance(part, bytes) else part


def _state(path: Path) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError as error:
        raise cannot_open(error) from None
    return found.st_size, found.st_mtime_ns


TRIAL = "--try-parquet"
"""What the packed program is told to read a file and nothing else (packaging/start_lanewise.py)."""
PATIENCE_S = 600
"""A file that is not read through in this time is none that can be worked with."""


def _try(path: Path) -> None:
    """ReadError where a process that reads all of a file does not come to its end."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
    # a packed program has no interpreter beside it and starts itself
    packed = getattr(sys, "frozen", False)
    command = [sys.executable, *([TRIAL] if packed else ["-m", __name__]), str(path)]
    try:
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=PATIENCE_S, check=False, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise damaged_parquet(ValueError()) from None
    except OSError:
        return
    # a sentence of its own (1) is said again by the reading here
    if done.returncode not in (0, 1):
        raise damaged_parquet(ValueError())


def main(name: str) -> int:
    """Reads every plain column of a file and keeps nothing."""
    try:
        file = ParquetFile(Path(name), tried=True)
        file.read_through()
    except ReadError:
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
