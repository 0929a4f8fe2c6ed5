"""CSV: UTF-8 with its mark, commas, one line a SKU. Rows that were not read stand in a second file beside it."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop.reports.screened.about import About
from desktop.reports.screened.beside import put_beside
from desktop.reports.screened.cells import decimal_text, for_csv
from desktop.reports.screened.columns import (
    AT_MOST,
    HEADS,
    MARKED,
    Amount,
    Batch,
    Chosen,
    Column,
    Mark,
    Plain,
    Share,
)
from desktop.reports.screened.report import Report


class Delimited(Report):
    """Amounts are decimals with the currency's places. What is not known is empty, and named in a column of words."""

    def _begin(self) -> None:
        # the mark of UTF-8 tells Excel that Chinese names are no local code page
        self._stream = self.path.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._stream)
        say, marked = self.words.language, self.words.used.marked
        self._mark = [for_csv(marked[say])] if marked else []
        self._rows.writerow([*(head.says[say] for head in HEADS), *([MARKED[say]] if marked else [])])

    def _write(self, batch: Batch) -> None:
        places = batch.places.tolist()
        cells = [self._cells(column, places) for column in batch.columns.values()]
        marks = [self._mark * batch.n] if self._mark else []
        self._rows.writerows(zip(*cells, *marks, strict=True))

    def _cells(self, column: Column, places: list[int]) -> list[str] | list[int]:
        if isinstance(column, Plain):
            return [for_csv(text) for text in column.values]
        if isinstance(column, Chosen):
            # the last word is the one of NOT_GIVEN
            words = [*(for_csv(word) for word in column.words), ""]
            return [words[code] for code in column.codes.tolist()]
        if isinstance(column, Amount):
            return [
                decimal_text(units, place) if shown else ""
                for units, place, shown in zip(
                    column.units.tolist(), places, column.shown.tolist(), strict=True
                )
            ]
        if isinstance(column, Share):
            return [
                decimal_text(tenths, 1) if shown else ""
                for tenths, shown in zip(column.tenths.tolist(), column.shown.tolist(), strict=True)
            ]
        if isinstance(column, Mark):
            word = AT_MOST[self.words.language]
            return [word if on else "" for on in column.on.tolist()]
        return column.values.tolist()

    def _finish(self, about: About) -> None:
        self._stream.close()

    def _beside(self) -> tuple[Path, ...]:
        return put_beside(self)

    def _drop(self) -> None:
        if hasattr(self, "_stream"):
            self._stream.close()
