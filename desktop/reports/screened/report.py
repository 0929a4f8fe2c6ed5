"""A report that is written batch by batch and stands whole at the end, or not at all."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from desktop.core.errors import StoreError
from desktop.core.reasons import reason_of
from desktop.core.text import Text
from desktop.engine.catalogue import NOT_GIVEN, BadRow, Screened
from desktop.reports.screened.about import About
from desktop.reports.screened.columns import Batch, Words, batch_of


class Tally:
    """What was counted while it was written."""

    def __init__(self) -> None:
        self.screened = self.bad = self.none = 0
        self.best: Counter[str] = Counter()
        self.markets: Counter[str] = Counter()
        self.loss: Counter[str] = Counter()
        self.market_loss: Counter[str] = Counter()

    def add(self, found: Screened) -> None:
        self.screened += len(found.skus)
        chosen = found.best[found.best != NOT_GIVEN]
        self.none += len(found.skus) - len(chosen)
        losing = found.best[(found.best != NOT_GIVEN) & (found.net < 0)]
        for lanes, platforms, markets in (
            (chosen, self.best, self.markets),
            (losing, self.loss, self.market_loss),
        ):
            counts = np.bincount(lanes, minlength=1)
            for lane in np.flatnonzero(counts).tolist():
                platforms[found.lanes[lane].platform] += int(counts[lane])
                markets[found.lanes[lane].market] += int(counts[lane])


class Spool:
    """Bad rows as they come, kept in a file: there may be as many as the catalogue has rows."""

    def __init__(self, folder: Path) -> None:
        self._stream = (folder / "bad").open("w+b")
        self.count = 0

    def add(self, rows: Sequence[BadRow]) -> None:
        if rows:
            pickle.dump([(row.row, row.field, row.why) for row in rows], self._stream)
            self.count += len(rows)

    def __iter__(self) -> Iterator[tuple[int, str, Text]]:
        end = self._stream.seek(0, os.SEEK_END)
        self._stream.seek(0)
        while self._stream.tell() < end:
            yield from pickle.load(self._stream)

    def close(self) -> None:
        self._stream.close()


class Report:
    """A report on its way. `close` puts it in the place of the target; without it nothing is left, the target as it was.

    All that is temporary lies in one folder beside the target: what does not fit on that disk fails before the end.
    """

    def __init__(self, target: Path, words: Words) -> None:
        self.target, self.words = target, words
        self.tally = Tally()
        with _writing(target):
            self._folder = tempfile.TemporaryDirectory(
                prefix=f".{target.name[:40]}.", dir=target.parent, ignore_cleanup_errors=True
            )
        self.folder = Path(self._folder.name)
        self.path = self.folder / f"whole{target.suffix.lower()}"
        self._open = True
        try:
            with _writing(target):
                self.spool = Spool(self.folder)
                self._begin()
        except BaseException:
            self.abandon()
            raise

    # ------------------------------------------------------------------ what a caller does
    def write(self, found: Screened) -> None:
        """The next batch. StoreError where the disk is full or gone."""
        if len(found.skus):
            with _writing(self.target):
                self._write(batch_of(found, self.words))
            self.tally.add(found)

    def bad(self, rows: Sequence[BadRow]) -> None:
        """Rows that could not be read."""
        with _writing(self.target):
            self.spool.add(rows)
        self.tally.bad += len(rows)

    def close(self, about: About) -> tuple[Path, ...]:
        """Finish, and put the report in its place. The files that were written, the report first."""
        try:
            with _writing(self.target):
                self._finish(about)
                beside = self._beside()
                _flush(self.path)
                os.replace(self.path, self.target)
        finally:
            self.abandon()
        return (self.target, *beside)

    def abandon(self) -> None:
        """Leave nothing behind. After `close` it does nothing."""
        if self._open:
            self._open = False
            try:
                self._drop()
            finally:
                if hasattr(self, "spool"):
                    self.spool.close()
                self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abandon()

    # ------------------------------------------------------------------ what a format does
    def _begin(self) -> None:
        raise NotImplementedError

    def _write(self, batch: Batch) -> None:
        raise NotImplementedError

    def _finish(self, about: About) -> None:
        """Write what is left and close `path`."""
        raise NotImplementedError

    def _beside(self) -> tuple[Path, ...]:
        """Files that stand beside the report, put in their place before it."""
        return ()

    def _drop(self) -> None:
        """Let go of open files."""


class _writing:  # noqa: N801
    """A failing disk as one sentence that names the target."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __enter__(self) -> None:
        return

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            raise cannot_write(self.target, error) from None


def cannot_write(target: Path, error: OSError) -> StoreError:
    reason = reason_of(error)
    return StoreError(
        Text(
            f"{target.name} cannot be written: {reason.en}; nothing was changed",
            f"无法写入 {target.name}：{reason.zh}；未作任何改动",
        )
    )


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
