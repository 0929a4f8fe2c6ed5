"""Work beside the window: one thread a piece of work, and what it says arrives in the window's own turn."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, Signal

from desktop.core.errors import LanewiseError

SWITCH_S = 0.0005
"""How soon a thread that counts gives way to the window: Python's own 5 ms add up over the calls of one repaint."""


_collecting = threading.Lock()
_holding = 0


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage is collected while a thread works: it would be collected there, and widgets that are garbage must be
    taken apart by the thread of the window. `Background` collects in the window's turn instead."""
    global _holding
    with _collecting:
        _holding += 1
        gc.disable()
    try:
        yield
    finally:
        with _collecting:
            _holding -= 1
            if not _holding:
                gc.enable()


class StoppedError(Exception):
    """Raised inside a piece of work that was asked to end."""


class Task:
    """One piece of work as it is seen from inside."""

    def __init__(self, say: Callable[[Task, str, object], None]) -> None:
        self._say = say
        self._asked = threading.Event()

    def say(self, value: object) -> None:
        """Something for the window."""
        self.check()
        self._say(self, "said", value)

    def check(self) -> None:
        """Ends here where an end was asked for."""
        if self._asked.is_set():
            raise StoppedError

    def stop(self) -> None:
        self._asked.set()


Work = Callable[[Task], object]


class Background(QObject):
    """Runs one piece of work at a time; a newer one makes an older one be forgotten.

    Signals: `said(value)`; then one of `done(value)`, `failed(Text)` for an error in one sentence, `stopped()`.
    """

    said = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    _arrived = Signal(object, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._thread: threading.Thread | None = None
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._task is not None

    def start(self, work: Work) -> None:
        self.forget()
        task = self._task = Task(self._tell)
        self._thread = threading.Thread(target=self._run, args=(task, work), name="lanewise", daemon=True)
        sys.setswitchinterval(SWITCH_S)
        self._thread.start()

    def stop(self) -> None:
        """Asks for an end; `stopped` tells when it has come."""
        if self._task is not None:
            self._task.stop()

    def forget(self) -> None:
        """Asks for an end and hears no more of it."""
        self.stop()
        self._task = None

    def close(self, seconds: float = 5.0) -> None:
        """Ends the work and waits for it: what it holds open is let go."""
        self.forget()
        if self._thread is not None:
            self._thread.join(seconds)

    def _tell(self, task: Task, what: str, value: object) -> None:
        try:
            self._arrived.emit(task, what, value)
        except RuntimeError:
            # the window has gone
            task.stop()

    def _run(self, task: Task, work: Work) -> None:
        try:
            with _no_collection():
                found = work(task)
        except StoppedError:
            self._tell(task, "stopped", None)
        except LanewiseError as error:
            self._tell(task, "failed", error.text)
        except BaseException as error:
            self._tell(task, "fault", error)
        else:
            self._tell(task, "done", found)

    def _on_arrived(self, task: Task, what: str, value: object) -> None:
        if task is not self._task:
            return
        if what == "said":
            # what is new since the last look: through all of it would be felt
            gc.collect(0)
            self.said.emit(value)
            return
        self._task = None
        if what == "done":
            self.done.emit(value)
        elif what == "failed":
            self.failed.emit(value)
        elif what == "stopped":
            self.stopped.emit()
        else:
            assert isinstance(value, BaseException)
            self.stopped.emit()
            raise value
