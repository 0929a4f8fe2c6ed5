"""What screening found, kept in files without a name: any row at once, however many there are, and little in memory.

A row is one record of fixed size; its words lie one after the other in a second file. Both vanish with the program, also
where it is killed. One thread writes, another may read.
"""

from __future__ import annotations

import pickle
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from desktop.core.errors import StoreError
from desktop.core.reasons import reason_of
from desktop.core.text import Text
from desktop.engine.catalogue import NOT_GIVEN, PARTS, BadRow, Coded, Lane, Screened, Skus
from desktop.engine.kernel import Ints

CODED = ("category", "goods_class", "price_currency", "cost_currency")
_WHOLE = (
    "rows",
    "price",
    "cost",
    "weight_g",
    "length_mm",
    "width_mm",
    "height_mm",
    "pieces",
    "monthly_orders",
)
_FOUND = ("best", "net", "second", "second_net", "priced", "closed", "unknown", "why")
_YES_NO = ("complete", "second_complete")
RECORD = np.dtype(
    [
        *((name, np.int64) for name in _WHOLE),
        *((name, np.int32) for name in CODED),
        *((name, np.int64) for name in _FOUND),
        *((name, np.bool_) for name in _YES_NO),
        *((f"part_{name}", np.int64) for name in PARTS),
        *((f"known_{name}", np.bool_) for name in PARTS),
        ("text", np.int64),
        ("sku_bytes", np.int32),
        ("name_bytes", np.int32),
    ]
)
_UTF8 = ("utf-8", "surrogatepass")


class _Words:
    """Words of all batches, each kept once."""

    def __init__(self) -> None:
        self.all: list[Any] = []
        self._places: dict[Any, int] = {}

    def places(self, words: Sequence[Any]) -> Ints:
        """Where the words of a batch stand; behind the last word the place of none."""
        for word in words:
            if word not in self._places:
                self._places[word] = len(self.all)
                self.all.append(word)
        return np.asarray([*(self._places[word] for word in words), NOT_GIVEN], dtype=np.int64)


class Kept:
    """Rows that were screened and rows that could not be. StoreError where the disk is full."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self.lanes = lanes
        self.count = 0
        self.bad_count = 0
        self._coded = {name: _Words() for name in CODED}
        self._reasons = _Words()
        self._ends = 0
        self._lock = threading.Lock()
        with _room(), ExitStack() as opened:
            self._rows, self._texts, self._bad = (opened.enter_context(_file()) for _ in range(3))
            # who forgets a run, for another has begun, need not wait for its thread to close it
            self._close = weakref.finalize(self, opened.pop_all().close)

    # ------------------------------------------------------------------ writing
    def add(self, skus: Skus, pieces: Iterable[tuple[Ints, Screened]]) -> None:
        """The next batch, found piece by piece: places in the batch, and what was found for them."""
        records = np.zeros(len(skus), dtype=RECORD)
        for name in _WHOLE:
            records[name] = getattr(skus, name)
        for name in CODED:
            column: Coded = getattr(skus, name)
            records[name] = self._coded[name].places(column.words)[column.codes]
        for at, found in pieces:
            self._put(records, at, found)
        words = [
            (sku.encode(*_UTF8), name.encode(*_UTF8)) for sku, name in zip(skus.sku, skus.name, strict=True)
        ]
        records["sku_bytes"] = [len(sku) for sku, _ in words]
        records["name_bytes"] = [len(name) for _, name in words]
        sizes = records["sku_bytes"].astype(np.int64) + records["name_bytes"]
        records["text"] = self._ends + np.cumsum(sizes) - sizes
        blob = b"".join(part for pair in words for part in pair)
        with self._lock, _room():
            self._rows.seek(0, 2)
            self._rows.write(records.tobytes())
            self._texts.seek(0, 2)
            self._texts.write(blob)
            self._ends += len(blob)
            self.count += len(records)

    def _put(self, records: npt.NDArray[np.void], at: Ints, found: Screened) -> None:
        for name in (*_FOUND[:-1], *_YES_NO):
            records[name][at] = getattr(found, name)
        records["why"][at] = self._reasons.places(found.reasons)[found.why]
        for name in PARTS:
            records[f"part_{name}"][at] = found.parts[name]
            records[f"known_{name}"][at] = found.parts_known[name]

    def add_bad(self, rows: Sequence[BadRow]) -> None:
        """Rows that could not be read."""
        if rows:
            with self._lock, _room():
                self._bad.seek(0, 2)
                pickle.dump([(row.row, row.field, row.why) for row in rows], self._bad)
                self.bad_count += len(rows)

    # ------------------------------------------------------------------ reading
    def found(self, start: int, stop: int) -> Screened:
        """What was found for the rows from `start` to before `stop`, in the order of the catalogue."""
        records, blob = self._read(start, stop)
        first = int(records["text"][0]) if len(records) else 0
        skus, names = [], []
        ends = zip(
            records["text"].tolist(),
            records["sku_bytes"].tolist(),
            records["name_bytes"].tolist(),
            strict=True,
        )
        for at, sku, name in ends:
            middle = at - first + sku
            skus.append(blob[at - first : middle].decode(*_UTF8))
            names.append(blob[middle : middle + name].decode(*_UTF8))
        columns: dict[str, Any] = {name: records[name].copy() for name in (*_WHOLE, *_FOUND, *_YES_NO)}
        whole = {name: columns[name] for name in _WHOLE}
        for name in CODED:
            whole[name] = Coded(records[name].astype(np.int64), tuple(self._coded[name].all))
        rows = Skus(sku=tuple(skus), name=tuple(names), **whole)
        return Screened(
            skus=rows,
            lanes=self.lanes,
            reasons=tuple(self._reasons.all),
            parts={name: records[f"part_{name}"].copy() for name in PARTS},
            parts_known={name: records[f"known_{name}"].copy() for name in PARTS},
            **{name: columns[name] for name in (*_FOUND, *_YES_NO)},
        )

    def texts(self, start: int, stop: int) -> Iterator[str]:
        """SKU and name of rows, for a search."""
        records, blob = self._read(start, stop)
        first = int(records["text"][0]) if len(records) else 0
        cuts = records["text"] - first + records["sku_bytes"]
        ends = cuts + records["name_bytes"]
        for at, cut, end in zip(
            (records["text"] - first).tolist(), cuts.tolist(), ends.tolist(), strict=True
        ):
            yield f"{blob[at:cut].decode(*_UTF8)}\n{blob[cut:end].decode(*_UTF8)}"

    def _read(self, start: int, stop: int) -> tuple[npt.NDArray[np.void], bytes]:
        stop = min(stop, self.count)
        with self._lock:
            self._rows.seek(start * RECORD.itemsize)
            raw = self._rows.read(max(0, stop - start) * RECORD.itemsize)
            records = np.frombuffer(raw, dtype=RECORD)
            if not len(records):
                return records, b""
            first, last = records[0], records[-1]
            end = int(last["text"]) + int(last["sku_bytes"]) + int(last["name_bytes"])
            self._texts.seek(int(first["text"]))
            return records, self._texts.read(end - int(first["text"]))

    def bad(self) -> Iterator[tuple[BadRow, ...]]:
        """The rows that could not be read, as they came."""
        at = 0
        while True:
            with self._lock:
                self._bad.seek(at)
                try:
                    rows: list[tuple[int, str, Text]] = pickle.load(self._bad)
                except EOFError:
                    return
                at = self._bad.tell()
            yield tuple(BadRow(*row) for row in rows)

    def close(self) -> None:
        """Nothing is left of it."""
        with self._lock:
            self._close()


def _file() -> IO[bytes]:
    return tempfile.TemporaryFile(prefix="lanewise-")


class _room:  # noqa: N801
    """A full disk as one sentence."""

    def __enter__(self) -> None:
        return

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            reason = reason_of(error)
            raise StoreError(
                Text(
                    f"what was found cannot be kept: {reason.en}; make room on the disk and screen again",
                    f"无法保存筛选结果：{reason.zh}；请腾出磁盘空间后重新筛选",
                )
            ) from None
