"""The one thread that has the casebook: what is asked of it is done in order, and answered in the window's own turn."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop.core.errors import LanewiseError
from desktop.viewmodels.background import SWITCH_S

if TYPE_CHECKING:
    from desktop.store.casebook import Casebook

Work = Callable[["Desk"], Any]
Heard = Callable[[Any], None]
Refused = Callable[[LanewiseError], None]


class Job:
    """Something asked of the casebook. `over` is set once it is done or refused."""

    def __init__(self, work: Work, done: Heard | None, failed: Refused | None) -> None:
        self.work, self.done, self.failed = work, done, failed
        self.over = threading.Event()
        self.found: Any = None
        self.error: BaseException | None = None


class Desk(QObject):
    """`ask` hands a piece of work to the thread; its answer comes by `done(value)` or `failed(LanewiseError)`.

    The thread begins with the first work. Inside a work `desk.book` is the casebook, and raises why it is not open.
    """

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._answers: deque[Job] = deque()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._book: Casebook | None = None
        self._why: LanewiseError | None = None
        self._arrived.connect(self.deliver, Qt.ConnectionType.QueuedConnection)

    # ------------------------------------------------------------------ in the window
    def ask(self, work: Work, done: Heard | None = None, failed: Refused | None = None) -> Job:
        job = Job(work, done, failed)
        if self._closed:
            job.over.set()
            return job
        if self._thread is None:
            sys.setswitchinterval(SWITCH_S)
            self._thread = threading.Thread(target=self._run, name="casebook", daemon=True)
            self._thread.start()
        self._asked.put(job)
        return job

    def wait(self, job: Job, seconds: float) -> bool:
        """Waits until a work is over and hears every answer so far. False where it takes longer."""
        over = job.over.wait(seconds)
        self.deliver()
        return over

    def settle(self, seconds: float = 10.0) -> bool:
        """Waits for all that was asked, also for what the answers ask in turn."""
        until = time.monotonic() + seconds
        while self.wait(self.ask(lambda _desk: None), max(0.0, until - time.monotonic())):
            if self._asked.empty() and not self._answers:
                return True
        return False

    def deliver(self) -> None:
        """Hears the answers that have come."""
        while self._answers:
            job = self._answers.popleft()
            if isinstance(job.error, LanewiseError):
                if job.failed is not None:
                    job.failed(job.error)
            elif job.error is not None:
                raise job.error
            elif job.done is not None:
                job.done(job.found)

    def close(self, seconds: float = 10.0) -> None:
        """Does what was asked, closes the casebook and ends the thread."""
        if self._closed:
            return
        self._closed = True
        if self._thread is not None:
            self._asked.put(None)
            self._thread.join(seconds)

    # ------------------------------------------------------------------ in the thread
    @property
    def book(self) -> Casebook:
        if self._book is None:
            raise self._why or LanewiseError("the casebook is not open")
        return self._book

    def put(self, book: Casebook | None, why: LanewiseError | None = None) -> None:
        """Another casebook in place of the one that is open, or why there is none."""
        if self._book is not None and self._book is not book:
            self._book.close()
        self._book, self._why = book, why

    def _run(self) -> None:
        while (job := self._asked.get()) is not None:
            try:
                job.found = job.work(self)
            except BaseException as error:
                job.error = error
            self._answers.append(job)
            job.over.set()
            try:
                self._arrived.emit()
            except RuntimeError:
                # the window has gone; what it still asked is done all the same
                continue
        self.put(None)
