"""What was found as figures that can be counted, filtered and sorted: some thirty bytes a row, however long its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from desktop.engine.catalogue import NOT_GIVEN, Lane, Screened
from desktop.engine.kernel import Bools, Ints
from desktop.reports.screened.columns import filled, tenths_of
from desktop.store.screened import Kept

SORTS = ("file", "left", "margin", "behind", "platform")
TEXT_ROWS = 4_096
MISSING = np.iinfo(np.int64).min


class Wanted(Struct, frozen=True):
    """Which rows are shown, and in which order."""

    text: str = ""
    platform: str = ""
    market: str = ""
    losing: bool = False
    none: bool = False
    sort: str = "file"
    falling: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether some rows are left out."""
        return self != Wanted(sort=self.sort, falling=self.falling)


class Totals(Struct, frozen=True):
    """Counts of what was found so far; `by_lane` by platform and market of the best lane."""

    screened: int
    none: int
    losing: int
    at_most: int
    by_lane: dict[tuple[str, str], int]


class _Grown:
    """An array that grows."""

    def __init__(self, kind: Any) -> None:
        self._held = np.empty(1024, dtype=kind)
        self.count = 0

    def add(self, values: Any) -> None:
        wanted = self.count + len(values)
        if wanted > len(self._held):
            held = np.empty(max(wanted, 2 * len(self._held)), dtype=self._held.dtype)
            held[: self.count] = self._held[: self.count]
            self._held = held
        self._held[self.count : wanted] = values
        self.count = wanted

    @property
    def values(self) -> Any:
        return self._held[: self.count]


class Index:
    """Columns of all rows by which they are counted, filtered and sorted. Grows in one thread, is read in another."""

    def __init__(self, lanes: Sequence[Lane], pieces: int, currency: str) -> None:
        self.lanes = lanes
        self._pieces, self._currency = pieces, currency
        self._columns = {
            "best": _Grown(np.int32), "net": _Grown(np.int64), "tenths": _Grown(np.int32),
            "behind": _Grown(np.int64), "complete": _Grown(np.bool_), "currency": _Grown(np.int16),
        }  # fmt: skip
        self.currencies: list[str] = []
        self._counts = np.zeros(len(lanes), dtype=np.int64)
        self._none = self._losing = self._at_most = 0

    def add(self, found: Screened) -> None:
        skus = found.skus
        best = found.best != NOT_GIVEN
        pieces = np.where(skus.pieces == NOT_GIVEN, self._pieces, skus.pieces)
        tenths = np.clip(tenths_of(found.net, skus.price * pieces), -(10**9), 10**9)
        behind = np.where(found.second != NOT_GIVEN, found.net - found.second_net, MISSING)
        money = filled(skus.price_currency, self._currency)
        codes = np.full(len(money.words), NOT_GIVEN, dtype=np.int16)
        for code in np.unique(money.codes).tolist():
            if money.words[code] not in self.currencies:
                self.currencies.append(money.words[code])
            codes[code] = self.currencies.index(money.words[code])
        for name, values in (
            ("best", found.best), ("net", found.net), ("tenths", tenths), ("behind", behind),
            ("complete", found.complete), ("currency", codes[money.codes]),
        ):  # fmt: skip
            self._columns[name].add(values)
        self._counts = self._counts + np.bincount(found.best[best], minlength=len(self.lanes))
        self._none += int((~best).sum())
        self._losing += int((best & (found.net < 0)).sum())
        self._at_most += int((best & ~found.complete).sum())

    def column(self, name: str) -> Any:
        return self._columns[name].values

    @property
    def count(self) -> int:
        return self._columns["currency"].count

    def totals(self) -> Totals:
        counts = self._counts
        by_lane: dict[tuple[str, str], int] = {}
        for place in np.flatnonzero(counts).tolist():
            lane = self.lanes[place]
            key = (lane.platform, lane.market)
            by_lane[key] = by_lane.get(key, 0) + int(counts[place])
        return Totals(int(counts.sum()) + self._none, self._none, self._losing, self._at_most, by_lane)


def select(kept: Kept, index: Index, wanted: Wanted, check: Callable[[], None] = lambda: None) -> Ints:
    """The places of the rows that are wanted, in the order in which they are wanted."""
    n = index.count
    best, net = index.column("best")[:n], index.column("net")[:n]
    has = best != NOT_GIVEN
    rows = np.ones(n, dtype=np.bool_)
    if wanted.platform or wanted.market:
        suits = [
            wanted.platform in ("", lane.platform) and wanted.market in ("", lane.market)
            for lane in index.lanes
        ]
        rows &= np.asarray([*suits, False], dtype=np.bool_)[best]
    if wanted.losing and wanted.none:
        rows &= ~has | (net < 0)
    elif wanted.losing:
        rows &= has & (net < 0)
    elif wanted.none:
        rows &= ~has
    if wanted.text:
        rows &= _with_text(kept, n, wanted.text, check)
    places = np.flatnonzero(rows)
    return places if wanted.sort == "file" and not wanted.falling else _sorted(index, places, wanted)


def _with_text(kept: Kept, n: int, text: str, check: Callable[[], None]) -> Bools:
    """Rows whose SKU or name holds all words."""
    words = text.casefold().split()
    held = np.zeros(n, dtype=np.bool_)
    for start in range(0, n, TEXT_ROWS):
        check()
        some = kept.texts(start, min(n, start + TEXT_ROWS))
        for place, said in enumerate(map(str.casefold, some), start=start):
            held[place] = all(word in said for word in words)
    return held


def _sorted(index: Index, places: Ints, wanted: Wanted) -> Ints:
    """Rows by a figure; those without one stand last, and equals as in the file. Currencies are not mixed."""
    if wanted.sort == "file":
        return places[::-1]
    best = index.column("best")[places]
    currency = index.column("currency")[places]
    if wanted.sort == "platform":
        names = sorted({(lane.platform, lane.market) for lane in index.lanes})
        ranks = {key: place for place, key in enumerate(names)}
        of_lane = [ranks[(lane.platform, lane.market)] for lane in index.lanes]
        figures = np.asarray([*of_lane, NOT_GIVEN], dtype=np.int64)[best]
        missing = best == NOT_GIVEN
        groups = np.zeros(len(places), dtype=np.int64)
    else:
        name = {"left": "net", "margin": "tenths", "behind": "behind"}[wanted.sort]
        figures = index.column(name)[places].astype(np.int64)
        missing = (best == NOT_GIVEN) | (figures == MISSING)
        # amounts of two currencies are not compared; shares of the price are
        groups = np.zeros(len(places), dtype=np.int64) if wanted.sort == "margin" else currency
    keyed = np.where(missing, 0, -figures if wanted.falling else figures)
    return np.asarray(places[np.lexsort((keyed, groups, missing))])
