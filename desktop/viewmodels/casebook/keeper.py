"""Keeps the open case in the casebook: each answer the moment it is given, beside the window, with acknowledgment.

answer → `CaseModel.changed` → one turn of the event loop → the thread of the casebook → `kept`. Only what was
acknowledged is called kept. Where a write fails, the case stays in memory, it is said, and tried again.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.case import Case
from desktop.core.casebook import CaseRow
from desktop.core.errors import LanewiseError
from desktop.core.text import EMPTY, Text
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.casebook.desk import Desk

if TYPE_CHECKING:
    from desktop.core.result import Advice
    from desktop.store.casebook import Backup, Casebook

AGAIN_MS = 3_000
"""So long after a write that failed it is tried again."""
PATIENCE_S = 8.0
"""So long it is waited for the disk before the user is asked."""


class _Wanted(Struct, frozen=True):
    """A case as it is to be kept."""

    case: Case
    advice: Advice | None
    step: str
    turn: int = 0
    """Which state of the sitting it is."""


class _Sitting:
    """One case while it is open: its row in the casebook once there is one, and what of it is not yet written."""

    def __init__(self, base: Case, row: CaseRow | None = None) -> None:
        self.base = base
        self.row = row
        self.given = base
        self._last = self._acknowledged = 0
        self._lock = threading.Lock()
        self._wanted: _Wanted | None = None
        self._asked = False

    def want(self, wanted: _Wanted) -> None:
        """The newest state. An advice on the same answers that is not written yet goes with it."""
        with self._lock:
            old, self._last = self._wanted, self._last + 1
            same = old is not None and old.case is wanted.case and wanted.advice is None
            advice = old.advice if old is not None and same else wanted.advice
            self._wanted = _Wanted(wanted.case, advice, wanted.step, self._last)

    def ask(self) -> bool:
        """Whether there is something to write that nobody has been asked to write."""
        with self._lock:
            if self._wanted is None or self._asked:
                return False
            self._asked = True
            return True

    def take(self) -> _Wanted | None:
        with self._lock:
            self._asked = False
            wanted, self._wanted = self._wanted, None
            return wanted

    def give_back(self, wanted: _Wanted) -> None:
        """What could not be written, unless there is something newer."""
        with self._lock:
            if self._wanted is None:
                self._wanted = wanted

    @property
    def unwritten(self) -> bool:
        """Whether there is a state whose writing was not acknowledged: wanted, or just being written."""
        return self._acknowledged < self._last

    def acknowledge(self, turn: int) -> None:
        self._acknowledged = max(self._acknowledged, turn)

    def let_go(self) -> None:
        with self._lock:
            self._wanted = None


class Keeper(QObject):
    """The open case and its place in the casebook.

    Signals: `opened()` when the casebook can be read; `troubled(LanewiseError)` when it cannot be opened or written, once
    until it is over; `recovered()` when it can again; `kept(CaseRow)` for each acknowledged write; `changed()` for what
    the tool bar says; `told(Text)` for a sentence to show once; `left(CaseRow)` for the case that a crash left open.
    """

    opened = Signal()
    troubled = Signal(object)
    recovered = Signal()
    kept = Signal(object)
    changed = Signal()
    told = Signal(object)
    left = Signal(object)

    def __init__(
        self, model: CaseModel, path: Path, clock: Callable[[], datetime] | None = None, parent: QObject | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.model, self.path = model, path
        self.desk = Desk(self)
        self.ready = False
        """Whether the casebook is open."""
        self.trouble: LanewiseError | None = None
        """Why what was given last is not kept, or why the casebook is not open."""
        self.step = ""
        self._clock = clock
        self._begun = False
        # what was answered before the casebook was there is due
        self._due: Case | None = model.case if model.modified else None
        self._sitting = _Sitting(Case() if model.modified else model.case)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._give)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.try_again)
        model.replaced.connect(self._on_replaced)
        model.changed.connect(self._on_changed)
        model.evaluated.connect(self._on_evaluated)

    # ------------------------------------------------------------------ opening and closing
    def open(self) -> None:
        """Opens the casebook beside the window."""
        self._begun = True
        self.desk.ask(self._open, self._on_open, self._on_closed)

    def _open(self, desk: Desk) -> tuple[list[Text], CaseRow | None]:
        from desktop.store.casebook import CasebookError, marked_open

        try:
            book = self._made()
        except LanewiseError as error:
            desk.put(None, error)
            raise
        desk.put(book)
        row = None
        with contextlib.suppress(CasebookError):
            number = marked_open(self.path)
            row = book.row(number) if number else None
        return book.notes, row if row is not None and not row.deleted else None

    def now(self) -> datetime:
        """The time of the casebook."""
        from desktop.store.casebook import local_now

        return self._clock() if self._clock is not None else local_now()

    def _made(self) -> Casebook:
        from desktop.store.casebook import Casebook

        return Casebook.open(self.path, self.now, self.model.questions)

    def _on_open(self, found: tuple[list[Text], CaseRow | None]) -> None:
        notes, row = found
        self.ready = True
        self._over()
        self.opened.emit()
        for note in notes:
            self.told.emit(note)
        if row is not None and self._sitting.row is None and self._sitting.given == self._sitting.base:
            self.left.emit(row)
        self._mark()
        self._send()

    def _on_closed(self, error: LanewiseError) -> None:
        self.ready = False
        self._say(error)

    def recover(self) -> None:
        """Makes a damaged casebook anew from all that can be read."""

        def work(desk: Desk) -> Any:
            from desktop.store.casebook import recover

            desk.put(None)
            found = recover(self.path, self.now())
            return found, self._open(desk)

        self.desk.ask(work, self._on_recovered, self._on_closed)

    def _on_recovered(self, found: Any) -> None:
        recovery, opened = found
        self._on_open(opened)
        lost = len(recovery.lost)
        en = f"Brought back: {recovery.cases} cases." + (f" Of {lost} nothing is left." if lost else "")
        zh = f"已恢复 {recovery.cases} 个案例。" + (f"另有 {lost} 个无法恢复。" if lost else "")
        self.told.emit(Text(en, zh))

    def backups(self) -> tuple[Backup, ...]:
        """The backups of the casebook, the newest first."""
        from desktop.store.casebook import backups_of

        return backups_of(self.path)

    def restore(self, backup: Path) -> None:
        """Puts a backup in the casebook's place; what was there is set aside."""

        def work(desk: Desk) -> Any:
            from desktop.store.casebook import restore

            desk.put(None)
            restore(self.path, backup, self.now())
            return self._open(desk)

        self.desk.ask(work, self._on_open, self._on_closed)

    def close(self) -> None:
        """What was given is written, the casebook closed, and the mark of the open case taken away."""
        self._give()
        self._again.stop()
        if self._begun:
            path = self.path

            def work(desk: Desk) -> None:
                from desktop.store.casebook import mark_open

                if desk.book.reading is None:
                    mark_open(path, 0)

            self.desk.ask(work)
        self.desk.close()

    # ------------------------------------------------------------------ what is said
    @property
    def row(self) -> CaseRow | None:
        """The row of the open case as it was last acknowledged; None where it is not in the casebook."""
        return self._sitting.row

    @property
    def number(self) -> int:
        return self._sitting.row.number if self._sitting.row is not None else 0

    @property
    def kept_at(self) -> datetime | None:
        """The time of the last acknowledged write of the open case."""
        return datetime.fromisoformat(self._sitting.row.updated) if self._sitting.row is not None else None

    @property
    def failing(self) -> bool:
        """Whether an answer of the open case is not kept because its writing failed."""
        return self.trouble is not None and self._sitting.given is not self._sitting.base

    @property
    def safe(self) -> bool:
        """Whether all that was given of the open case is acknowledged."""
        return self._due is None and not self._sitting.unwritten

    def flush(self) -> bool:
        """Waits until what was given is written. False where it is not: the case is in memory alone."""
        self._give()
        if self.safe:
            return True
        if not self._begun:
            return False
        self._send()
        job = self.desk.ask(lambda _desk: None)
        self.desk.wait(job, PATIENCE_S)
        return self.safe

    # ------------------------------------------------------------------ following the model
    def _on_replaced(self) -> None:
        """Another case: what is due of the one before is handed on first."""
        self._give()
        self._sitting = _Sitting(self.model.case)
        self.step = ""
        self._again.stop()
        self._mark()
        self.changed.emit()

    def _on_changed(self, _name: str) -> None:
        if self.model.case is not self._sitting.given:
            self._due = self.model.case
            self._turn.start()

    def _on_evaluated(self, _advice: object) -> None:
        """The first option of a case that is in the casebook is kept with it."""
        self._give()
        sitting = self._sitting
        if sitting.given is self.model.case and sitting.given is not sitting.base:
            self._want(_Wanted(sitting.given, self.model.advice, self.step))

    def set_step(self, step: str) -> None:
        """The step that is seen, of a case that is in the casebook."""
        if step != self.step:
            self.step = step
            sitting = self._sitting
            if self._due is None and (sitting.row is not None or sitting.unwritten):
                self._want(_Wanted(sitting.given, None, step))

    def _give(self) -> None:
        """Hands the newest answers on to be written."""
        self._turn.stop()
        case, self._due = self._due, None
        if case is not None:
            self._sitting.given = case
            self._want(_Wanted(case, None, self.step))

    def _want(self, wanted: _Wanted) -> None:
        self._sitting.want(wanted)
        self._send()

    def _send(self) -> None:
        """Asks for what is wanted to be written, once."""
        sitting = self._sitting
        if not self._begun or not sitting.ask():
            return
        self.desk.ask(
            lambda desk: self._write(desk, sitting),
            lambda found: self._on_written(sitting, found),
            lambda error: self._on_refused(sitting, error),
        )

    def try_again(self) -> None:
        """Tries once more: to open the casebook, or to write what was refused."""
        self._again.stop()
        if not self.ready:
            self.open()
        else:
            self._send()

    # ------------------------------------------------------------------ in the thread of the casebook
    def _write(self, desk: Desk, sitting: _Sitting) -> tuple[CaseRow, Text, int] | None:
        from desktop.store.casebook import CasebookError, mark_open

        wanted = sitting.take()
        if wanted is None:
            return None
        told = EMPTY
        row = sitting.row
        try:
            book = self._there(desk)
            if row is None:
                row = book.create(wanted.case, step=wanted.step, advice=wanted.advice)
                mark_open(self.path, row.number)
            else:
                row = book.keep(
                    row.number, wanted.case, row.revision, advice=wanted.advice, step=wanted.step or None
                )
        except CasebookError as error:
            if not error.copy:
                sitting.give_back(wanted)
                raise
            row, told = desk.book.row(error.copy), error.text
        except LanewiseError:
            sitting.give_back(wanted)
            raise
        sitting.row = row
        return row, told, wanted.turn

    def _there(self, desk: Desk) -> Casebook:
        """The casebook; where its disk had gone and is back, it is opened anew."""
        book = desk.book
        if (
            isinstance(self.trouble, Exception)
            and getattr(self.trouble, "kind", "") == "gone"
            and self.path.exists()
        ):
            desk.put(None, self.trouble)
            book = self._made()
            desk.put(book)
        return book

    def edit(self, desk: Desk, number: int, details: dict[str, Any]) -> CaseRow:
        """Changes what was noted of a client, also of the case that is open. Called in the thread of the casebook."""
        book = desk.book
        return self._known(book.patch(number, book.row(number).revision, **details))

    def shelve(self, desk: Desk, number: int, archived: bool) -> CaseRow:
        """Puts a case into the archive or takes it out. Called in the thread of the casebook."""
        return self._known(desk.book.archive(number, archived))

    def _known(self, row: CaseRow) -> CaseRow:
        """The next write of the open case goes on from what was changed of it elsewhere."""
        sitting = self._sitting
        if sitting.row is not None and sitting.row.number == row.number:
            sitting.row = row
        return row

    def note(self, details: dict[str, Any], done: Callable[[CaseRow], None] | None = None) -> None:
        """Notes something of the client of the open case; a case that is not in the casebook yet comes into it."""
        self._give()
        sitting = self._sitting
        if sitting.row is None and not sitting.unwritten:
            sitting.given = self.model.case
            self._want(_Wanted(sitting.given, self.model.advice, self.step))

        def work(desk: Desk) -> CaseRow:
            if sitting.row is None:
                raise self.trouble or LanewiseError("the case is not in the casebook")
            return self.edit(desk, sitting.row.number, details)

        def heard(row: CaseRow) -> None:
            self.kept.emit(row)
            self.changed.emit()
            if done is not None:
                done(row)

        self.desk.ask(work, heard, lambda error: self.told.emit(error.text))

    def open_now(self) -> object:
        """The case that is open at this moment, for `sheet_printed` later."""
        self._give()
        return self._sitting

    def sheet_printed(self, of: object) -> None:
        """The client has the sheet of a case in hand, also where another case is open by now."""
        if not isinstance(of, _Sitting):
            return
        sitting = of

        def work(desk: Desk) -> CaseRow | None:
            if sitting.row is None:
                return None
            row = desk.book.sheet_printed(sitting.row.number, self.now().date())
            sitting.row = row
            return row

        self.desk.ask(
            work,
            lambda row: self.kept.emit(row) if row is not None else None,
            lambda error: self.told.emit(error.text),
        )

    # ------------------------------------------------------------------ answers of the thread
    def _on_written(self, sitting: _Sitting, found: tuple[CaseRow, Text, int] | None) -> None:
        if found is None:
            return
        row, told, turn = found
        sitting.acknowledge(turn)
        self._over()
        if told is not EMPTY:
            self.told.emit(told)
        self.kept.emit(row)
        if sitting is self._sitting:
            self.changed.emit()

    def _on_refused(self, sitting: _Sitting, error: LanewiseError) -> None:
        if sitting is self._sitting:
            self._say(error)
            self._again.start()

    def _say(self, error: LanewiseError) -> None:
        same = self.trouble is not None and self.trouble.text == error.text
        self.trouble = error
        if not same:
            self.troubled.emit(error)
        self.changed.emit()

    def _over(self) -> None:
        self._again.stop()
        if self.trouble is not None:
            self.trouble = None
            self.recovered.emit()
        self.changed.emit()

    # ------------------------------------------------------------------ another case
    def take(self, row: CaseRow, case: Case, step: str = "") -> None:
        """A case of the casebook becomes the open one, at a step. To look at it changes nothing of it."""
        self.model.replace(case)
        self._sitting = _Sitting(self.model.case, row)
        self.step = step or row.step
        self._mark()
        self.changed.emit()

    def claim(self) -> None:
        """A case from a file that is in the casebook with just these answers is that one."""
        sitting = self._sitting
        if not self._begun:
            return

        def work(desk: Desk) -> None:
            from desktop.store.casebook import mark_open

            if sitting.row is None:
                sitting.row = desk.book.same(sitting.base)
                if sitting.row is not None:
                    mark_open(self.path, sitting.row.number)

        self.desk.ask(work, lambda _found: self.changed.emit())

    def drop(self) -> None:
        """The open case is no longer in the casebook, or is not to be kept: it goes from memory, too."""
        self._turn.stop()
        self._due = None
        self._sitting.let_go()
        self._sitting = _Sitting(self.model.case)
        self.model.new()

    def _mark(self) -> None:
        """Marks which case is open."""
        if not self._begun or not self.ready:
            return
        path, sitting = self.path, self._sitting

        def work(_desk: Desk) -> None:
            from desktop.store.casebook import mark_open

            mark_open(path, sitting.row.number if sitting.row is not None else 0)

        self.desk.ask(work)
