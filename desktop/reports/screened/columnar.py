"""Parquet: typed columns with stable English names, for programs.

Amounts are doubles in units of the row's currency. A double holds every amount of up to 15 digits so that rounding to
the currency's places gives the very cents back, and every reader of Parquet computes with it. Whole minor units would
need the decimals of each currency beside them, decimals of Parquet one scale for all currencies, and text a conversion.
What is not known is null. Names of platforms, countries and services are their ids, the same in every language.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from fastparquet import update_file_custom_metadata, write

from desktop.reports.screened.about import About
from desktop.reports.screened.beside import put_beside
from desktop.reports.screened.cells import clean
from desktop.reports.screened.columns import (
    MARKED,
    NOT_GIVEN,
    Amount,
    Batch,
    Chosen,
    Column,
    Mark,
    Plain,
    Share,
    Whole,
    batch_of,
    nothing,
)
from desktop.reports.screened.report import Report

ROWS_A_GROUP = 100_000
"""Rows of a row group, at least: each addition writes the footer anew."""

IDS = {
    "platform": "platform_id",
    "site": "site_id",
    "market": "market_id",
    "service": "service_id",
    "second_platform": "second_platform_id",
    "second_market": "second_market_id",
    "second_service": "second_service_id",
}
"""Columns that hold ids here."""
NAMES = {"at_most": "complete", "second_at_most": "second_complete", "margin": "margin_percent"}


class Columnar(Report):
    """A row group every so many rows; the footer carries the day of the rules."""

    def _begin(self) -> None:
        self._frames: list[pd.DataFrame] = []
        self._held = 0
        self._begun = False

    def _write(self, batch: Batch) -> None:
        self._frames.append(self._frame(batch))
        self._held += batch.n
        if self._held >= ROWS_A_GROUP:
            self._put()

    def _frame(self, batch: Batch) -> pd.DataFrame:
        frame, marked = _frame(batch), self.words.used.marked
        if marked:
            frame[MARKED.en.lower()] = np.full(batch.n, clean(marked.en), dtype=object)
        return frame

    def _put(self) -> None:
        frame = pd.concat(self._frames, ignore_index=True) if len(self._frames) > 1 else self._frames[0]
        self._frames, self._held = [], 0
        texts = {str(name): "utf8" for name, kind in frame.dtypes.items() if kind.kind == "O"}
        options: dict[str, Any] = {"object_encoding": texts, "compression": "SNAPPY", "write_index": False}
        if self._begun:
            write(str(self.path), frame, append=True, **options)
        else:
            # texts, and the kinds of pandas that have a null of their own
            empty = [str(name) for name, kind in frame.dtypes.items() if not isinstance(kind, np.dtype)]
            write(str(self.path), frame, has_nulls=[*texts, *empty], **options)
        self._begun = True

    def _finish(self, about: About) -> None:
        if self._frames or not self._begun:
            if not self._frames:
                self._frames.append(self._frame(batch_of(nothing(), self.words)))
            self._put()
        facts = {
            "lanewise.as_of": about.as_of.isoformat(),
            "lanewise.oldest_source": about.oldest[0].isoformat() if about.oldest else "",
            "lanewise.rules": self.words.used.named.en,
            "lanewise.cautions": json.dumps([text.en for text in self.words.used.cautions]),
            "lanewise.lanes": str(about.lanes),
            "lanewise.catalogue": about.catalogue,
            "lanewise.assumed": json.dumps({label.en: value.en for label, value in about.assumed}),
            "lanewise.notes": json.dumps([note.en for note in about.notes]),
            **about.extra,
        }
        update_file_custom_metadata(str(self.path), facts)

    def _beside(self) -> tuple[Path, ...]:
        return put_beside(self)


def _frame(batch: Batch) -> pd.DataFrame:
    """The columns by their names for programs; ids in place of names."""
    scale = 10.0**batch.places
    return pd.DataFrame(
        {
            NAMES.get(key, key): _values(batch.columns[IDS.get(key, key)], scale)
            for key in batch.columns
            if key not in IDS.values()
        }
    )


def _values(column: Column, scale: Any) -> Any:
    if isinstance(column, Plain):
        return np.asarray([clean(text) for text in column.values], dtype=object)
    if isinstance(column, Chosen):
        words = np.asarray([*(clean(word) for word in column.words), None], dtype=object)
        return words[column.codes]
    if isinstance(column, Whole):
        return column.values
    if isinstance(column, Mark):
        return pd.arrays.BooleanArray(~column.on, ~column.shown)
    if isinstance(column, Amount):
        return pd.arrays.FloatingArray(column.units / scale, ~column.shown)
    assert isinstance(column, Share)
    return pd.arrays.FloatingArray(column.tenths / 10.0, ~column.shown)


assert NOT_GIVEN == -1, "the last word of a column is the one where a row has none"
