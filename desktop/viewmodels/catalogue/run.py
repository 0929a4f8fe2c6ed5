"""The screening of a whole catalogue, batch by batch, and the writing of what it found. No Qt: it runs in a thread."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.errors import StoreError
from desktop.core.facts import RuleBook, View
from desktop.core.questions import Questions
from desktop.core.text import Language, Text
from desktop.engine.catalogue import BadRow, Coded, Screened, Skus
from desktop.engine.kernel import Ints
from desktop.engine.screening import CHUNK, Screener
from desktop.reports.screened import Words, about_of, check_target, create, words_of
from desktop.store.screened import CODED, Kept
from desktop.viewmodels.background import Task
from desktop.viewmodels.catalogue.found import Index
from desktop.viewmodels.catalogue.opening import Opening

ROWS = 20_000
"""Rows that are read at once: the more, the more of one kind of goods are priced together."""
PIECE = CHUNK
"""Rows that are priced at once: between two pieces the work can be stopped."""
BAD_SHOWN = 2_000


class Basis(Struct, frozen=True):
    """What holds for all rows: the case, the day, and the rules of that day."""

    case: Case
    on: date
    book: RuleBook
    questions: Questions
    today: date

    def view(self) -> View:
        return self.book.at(self.on, self.case.overrides)


class Progress(Struct, frozen=True):
    """How far a piece of work is: rows, share of the whole, seconds since it began and seconds still to go."""

    rows: int
    share: float
    seconds: float
    left: float | None


@dataclass
class Found:
    """A screened catalogue: what was kept of it, and what it was screened with."""

    name: str
    path: Path
    basis: Basis
    view: View
    kept: Kept
    index: Index
    bad: tuple[BadRow, ...] = ()
    """The first of the rows that could not be read."""
    whole: bool = False
    seconds: float = 0.0

    @property
    def rows(self) -> int:
        return self.kept.count + self.kept.bad_count


class Clock:
    """Time left, from the share that is done."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def at(self, rows: int, share: float) -> Progress:
        gone = time.monotonic() - self.began
        left = gone * (1 - share) / share if share > 0.01 else None
        return Progress(rows, min(1.0, share), gone, left)


def defaults_of(basis: Basis) -> dict[str, str]:
    """What counts where a row says nothing."""
    case, questions = basis.case, basis.questions
    said = {"category": case.text("category"), "goods_class": case.text("goods_class")}
    return {
        **{name: word for name, word in said.items() if word is not None},
        "price_currency": case.currency(questions, "list_price"),
        "cost_currency": case.currency(questions, "unit_cost"),
    }


def screen(task: Task, opening: Opening, basis: Basis) -> Found:
    """Screens every row. What was found until it was stopped stays with who heard of it."""
    clock = Clock()
    view = basis.view()
    screener = Screener(basis.case, view, basis.questions)
    path, currency = opening.catalogue.path, basis.case.currency(basis.questions, "list_price")
    index = Index(screener.lanes, basis.case.integer("pieces_per_order") or 1, currency)
    found = Found(path.name, path, basis, view, Kept(screener.lanes), index)
    task.say(found)
    units = {name: unit for name, unit in opening.units.items() if unit}
    share = 0.0
    for batch in opening.catalogue.read(opening.mapping, units=units, defaults=defaults_of(basis), rows=ROWS):
        task.check()
        rows, before = found.rows, share

        def pieces(
            skus: Skus, rows: int = rows, before: float = before, done: float = batch.done
        ) -> Iterator[tuple[Ints, Screened]]:
            seen = 0
            for at in _by_kind(skus):
                task.check()
                yield at, screener.screen(part(skus, at))
                seen += len(at)
                task.say(clock.at(rows + seen, before + (done - before) * seen / len(skus)))

        if len(batch.skus):
            found.kept.add(batch.skus, pieces(batch.skus))
            found.index.add(found.kept.found(found.kept.count - len(batch.skus), found.kept.count))
        found.kept.add_bad(batch.bad)
        found.bad = (*found.bad, *batch.bad[: BAD_SHOWN - len(found.bad)])
        share = batch.done
        task.say(clock.at(found.rows, share))
    if not found.rows:
        name = found.name
        raise StoreError(
            Text(
                f"{name} has no rows; right form: a row of headings and a row for each SKU",
                f"{name} 没有数据行；正确格式：一行表头，每个 SKU 一行",
            )
        )
    found.whole, found.seconds = True, time.monotonic() - clock.began
    return found


def _by_kind(skus: Skus) -> Iterator[Ints]:
    """Places of rows in pieces, rows of a kind together: they share their plans."""
    order = np.lexsort([getattr(skus, name).codes for name in CODED])
    for start in range(0, len(order), PIECE):
        yield order[start : start + PIECE]


def part(skus: Skus, at: Ints) -> Skus:
    """Some rows of a batch. Their words stay behind: nothing is priced by them."""
    none = ("",) * len(at)
    columns = {
        name: getattr(skus, name)[at]
        for name in (
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
    }
    coded = {name: Coded(getattr(skus, name).codes[at], getattr(skus, name).words) for name in CODED}
    return replace(skus, sku=none, name=none, **columns, **coded)


def export(task: Task, found: Found, target: Path, language: Language) -> tuple[Path, ...]:
    """Writes all that was found to a file, which stands whole at the end or not at all."""
    basis, kept = found.basis, found.kept
    check_target(target, found.path)
    clock = Clock()
    with create(target, _words(found, language)) as report:
        for start in range(0, kept.count, PIECE):
            task.check()
            report.write(kept.found(start, start + PIECE))
            task.say(clock.at(min(start + PIECE, kept.count), 0.95 * min(1.0, (start + PIECE) / kept.count)))
        for rows in kept.bad():
            task.check()
            report.bad(rows)
        task.say(clock.at(kept.count, 0.96))
        about = about_of(found.name, basis.case, found.view, basis.questions, len(kept.lanes))
        return report.close(about)


def _words(found: Found, language: Language) -> Words:
    basis = found.basis
    return words_of(found.view, language, basis.case, basis.questions, basis.book.used(basis.today))


def save_bad(task: Task, found: Found, target: Path, language: Language) -> tuple[Path, ...]:
    """Writes the rows that were not read, with the reason of each."""
    from desktop.reports.screened.beside import write_bad

    rows = (row for some in found.kept.bad() for row in some)
    write_bad(target, ((row.row, row.field, row.why) for row in rows), language)
    return (target,)
