"""The catalogue page's one model: a file, its mapping, the screening, what was found, and where it is written."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop.core.case import Case
from desktop.core.result import Quote
from desktop.core.text import Language, Text
from desktop.engine.catalogue import NOT_GIVEN, Lane, Screened
from desktop.engine.kernel import Ints
from desktop.engine.row_case import by_money, row_case, row_quote
from desktop.store.catalogue import FIELDS, Choices, Words, mapping_key
from desktop.viewmodels.background import Background, Task
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.catalogue import run
from desktop.viewmodels.catalogue.found import Wanted, select
from desktop.viewmodels.catalogue.opening import Opening
from desktop.viewmodels.preferences import Preferences

NOTHING, READING, OPEN, SCREENING, DONE = "nothing", "reading", "open", "screening", "done"
SAID_EVERY_S = 0.1


class CatalogueModel(QObject):
    """States: nothing, reading (a file), open (mapped), screening, done (or stopped: `found.whole` tells).

    Signals: `changed()` after the state, the mapping or an error; `progressed()` while rows are screened; `selected()`
    when other rows are shown; `writing()` for what a file is written with, and `written(paths)`.
    """

    changed = Signal()
    progressed = Signal()
    selected = Signal()
    writing = Signal()
    written = Signal(object)

    def __init__(self, case: CaseModel, prefs: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.case, self.prefs = case, prefs
        self.state = NOTHING
        self.error: Text | None = None
        self.write_error: Text | None = None
        self.opening: Opening | None = None
        self.found: run.Found | None = None
        self.progress: run.Progress | None = None
        self.write_progress: run.Progress | None = None
        self.wanted = Wanted()
        self.order: Ints | None = None
        self._words = Words(case.book.rules)
        self._row_case: Case | None = None
        self._said_at = 0.0
        self._reader, self._screener, self._picker, self._writer = (Background(self) for _ in range(4))
        self._reader.done.connect(self._on_read)
        self._reader.failed.connect(self._on_refused)
        self._screener.said.connect(self._on_said)
        self._screener.done.connect(self._on_screened)
        self._screener.failed.connect(self._on_broken)
        self._screener.stopped.connect(self._on_stopped)
        self._picker.done.connect(self._on_picked)
        self._writer.said.connect(self._on_writing)
        self._writer.done.connect(self._on_written)
        self._writer.failed.connect(self._on_unwritten)
        self._writer.stopped.connect(self._on_unwritten)

    def field_names(self, language: Language) -> tuple[str, ...]:
        """What a column may hold."""
        return tuple(self._words.name(name)[language] for name in FIELDS)

    # ------------------------------------------------------------------ a file
    def open(self, path: Path, choices: Choices | None = None) -> None:
        """Looks at a file beside the window; what stands stays until it can be read."""
        self._screener.stop()
        self.error = None
        self.state = READING
        words, prefs = self._words, self.prefs
        chosen = choices or Choices()

        def work(_task: Task) -> Opening:
            made = Opening.of(path, words, chosen)
            kept = prefs.catalogue_mapping(mapping_key(made.headers))
            if kept:
                made.recall(kept)
            return made

        self._reader.start(work)
        self.changed.emit()

    def reopen(self, **choice: str) -> None:
        """The same file with another sheet, encoding or delimiter."""
        if self.opening is not None:
            self.open(self.opening.catalogue.path, replace(self.opening.choices, **choice))

    def _on_read(self, opening: Opening) -> None:
        self._drop_found()
        self.opening, self.state = opening, OPEN
        self.changed.emit()

    def _on_refused(self, why: Text) -> None:
        self.error = why
        self.state = DONE if self.found else OPEN if self.opening else NOTHING
        self.changed.emit()

    def leave(self) -> None:
        """Back to where no file is open."""
        for each in (self._reader, self._screener, self._picker, self._writer):
            each.forget()
        self._drop_found()
        self.opening, self.error, self.state = None, None, NOTHING
        self.changed.emit()

    def back_to_columns(self) -> None:
        """What was found stays until the rows are screened again."""
        if self.opening is not None and self.state == DONE:
            self.state = OPEN
            self.changed.emit()

    def to_results(self) -> None:
        if self.found is not None and self.state == OPEN:
            self.state = DONE
            self.changed.emit()

    # ------------------------------------------------------------------ mapping
    def assign(self, column: int, name: str) -> None:
        assert self.opening is not None
        self.opening.assign(column, name)
        self._keep_mapping()

    def turn_columns(self) -> None:
        """The next columns of a file that has more than are shown."""
        assert self.opening is not None
        self.opening.turn()
        self.changed.emit()

    def set_unit(self, name: str, unit: str) -> None:
        assert self.opening is not None
        self.opening.set_unit(name, unit)
        self._keep_mapping()

    def suggest(self) -> None:
        """Forget what was chosen for these headings."""
        assert self.opening is not None
        self.opening.suggest()
        self.prefs.keep_catalogue_mapping(mapping_key(self.opening.headers), None)
        self.changed.emit()

    def _keep_mapping(self) -> None:
        assert self.opening is not None
        if self.opening.problem() is None:
            self.prefs.keep_catalogue_mapping(mapping_key(self.opening.headers), self.opening.to_keep())
        self.changed.emit()

    # ------------------------------------------------------------------ screening
    @property
    def basis(self) -> run.Basis:
        """What would hold for all rows now."""
        return run.Basis(self.case.case, self.case.day, self.case.book, self.case.questions, self.case.today)

    @property
    def stale(self) -> bool:
        """Whether what was found was found with other answers or on another day than those in force."""
        if self.found is None:
            return False
        then = self.found.basis
        if then.on != self.case.day:
            return True
        now = self.case.case
        own = (then.case, self._row_case)
        return not any(each is not None and _same(each, now) for each in own)

    def screen(self) -> None:
        opening = self.opening
        if opening is None or opening.problem() is not None:
            return
        self._drop_found()
        self.error, self.state, self.progress = None, SCREENING, None
        basis = self.basis
        self._screener.start(lambda task: run.screen(task, opening, basis))
        self.changed.emit()

    def stop(self) -> None:
        self._screener.stop()

    def _on_said(self, value: object) -> None:
        if isinstance(value, run.Found):
            self.found = value
            return
        assert isinstance(value, run.Progress)
        self.progress = value
        # a window that repaints for each piece would do nothing else
        if time.monotonic() - self._said_at > SAID_EVERY_S:
            self._said_at = time.monotonic()
            self.progressed.emit()

    def _on_screened(self, found: run.Found) -> None:
        self.found = found
        self._finish()

    def _on_stopped(self) -> None:
        if self.found is not None and self.found.rows:
            self._finish()
        else:
            self._drop_found()
            self.state = OPEN
            self.changed.emit()

    def _on_broken(self, why: Text) -> None:
        """A file that fails half way is no catalogue: what was found of it does not count."""
        self._drop_found()
        self.error, self.state = why, OPEN
        self.changed.emit()

    def _finish(self) -> None:
        self.state = DONE
        self.changed.emit()
        self.show(Wanted())

    def _drop_found(self) -> None:
        self._picker.forget()
        self._writer.forget()
        if self.found is not None:
            self.found.kept.close()
        self.found = self.order = self.progress = self.write_progress = self.write_error = None
        self._row_case = None
        self.wanted = Wanted()

    # ------------------------------------------------------------------ rows
    def show(self, wanted: Wanted) -> None:
        """Other rows, or another order; `selected` when they are found."""
        self.wanted = wanted
        found = self.found
        if found is None:
            return
        kept, index = found.kept, found.index
        self._picker.start(lambda task: select(kept, index, wanted, task.check))

    def _on_picked(self, order: Ints) -> None:
        self.order = order
        self.selected.emit()

    def row(self, place: int) -> Screened:
        """What was found for one row of the catalogue."""
        assert self.found is not None
        return self.found.kept.found(place, place + 1)

    def case_of_row(self, place: int) -> Case:
        """The row with the answers that it was screened with, on the destination of its best lane."""
        assert self.found is not None
        one, basis = self.row(place), self.found.basis
        market = one.lanes[int(one.best[0])].market if one.best[0] != NOT_GIVEN else None
        case = row_case(basis.case, basis.questions, one.skus, 0, market)
        return by_money(case, self.found.view).on(None if basis.on == self.case.today else basis.on)

    def open_row(self, place: int) -> None:
        """The row becomes the open case; who calls has asked whether the old one may go."""
        case = self.case_of_row(place)
        self._row_case = case
        self.case.replace(case)

    def quotes(self, place: int) -> tuple[tuple[Lane, Quote], ...]:
        """The best lane and the runner-up of a row with every line, as the single quote prices them."""
        assert self.found is not None
        one, basis = self.row(place), self.found.basis
        case = row_case(basis.case, basis.questions, one.skus, 0)
        view = basis.view()
        lanes = [one.lanes[int(at[0])] for at in (one.best, one.second) if at[0] != NOT_GIVEN]
        priced = ((lane, row_quote(case, view, basis.questions, lane)) for lane in lanes)
        return tuple((lane, quote) for lane, quote in priced if quote is not None)

    # ------------------------------------------------------------------ files
    @property
    def is_writing(self) -> bool:
        return self._writer.busy

    def export(self, target: Path, language: Language) -> None:
        found = self.found
        if found is not None and found.whole:
            self._begin_writing()
            self._writer.start(lambda task: run.export(task, found, target, language))
            self.writing.emit()

    def save_bad(self, target: Path, language: Language) -> None:
        found = self.found
        if found is not None:
            self._begin_writing()
            self._writer.start(lambda task: run.save_bad(task, found, target, language))
            self.writing.emit()

    def stop_writing(self) -> None:
        self._writer.stop()

    def _begin_writing(self) -> None:
        self.write_error = self.write_progress = None

    def _on_writing(self, progress: run.Progress) -> None:
        self.write_progress = progress
        if time.monotonic() - self._said_at > SAID_EVERY_S:
            self._said_at = time.monotonic()
            self.writing.emit()

    def _on_written(self, paths: tuple[Path, ...]) -> None:
        self.write_progress = None
        self.writing.emit()
        self.written.emit(paths)

    def _on_unwritten(self, why: Text | None = None) -> None:
        self.write_error, self.write_progress = why, None
        self.writing.emit()

    def close(self) -> None:
        """Ends all work; nothing half written is left."""
        for each in (self._reader, self._screener, self._picker, self._writer):
            each.close()
        if self.found is not None:
            self.found.kept.close()
            self.found = None


def _same(one: Case, other: Case) -> bool:
    mapping: tuple[Mapping[str, object], ...] = (one.answers, other.answers)
    return dict(mapping[0]) == dict(mapping[1]) and dict(one.overrides) == dict(other.overrides)
