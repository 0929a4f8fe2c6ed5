"""Work in turns of the event loop: a piece, and then what else has come."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

SLICE_S = 0.008
"""So long small pieces share a turn."""
_T = TypeVar("_T")


def sliced(pieces: Generator[None, None, _T], seconds: float = SLICE_S) -> Generator[None, None, _T]:
    """The same work in fewer pieces, each as long as that; what it returns."""
    ends = time.monotonic() + seconds
    while True:
        try:
            next(pieces)
        except StopIteration as done:
            found: _T = done.value
            return found
        if time.monotonic() > ends:
            yield
            ends = time.monotonic() + seconds


class Turns(QObject):
    """A piece of work a turn, and what follows at the end. What is begun anew takes the place of what is under way."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: Iterator[None] = iter(())
        self._done: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    @property
    def busy(self) -> bool:
        return self._timer.isActive()

    def begin(self, pieces: Iterator[None], done: Callable[[], None]) -> bool:
        """Does the first piece now; False where there is none, and nothing follows."""
        self._pieces, self._done = pieces, done
        more = next(pieces, self) is not self
        if more:
            self._timer.start()
        else:
            self._timer.stop()
        return more

    def stop(self) -> None:
        """What is left of it is not done, and nothing follows; what was begun is let go."""
        self._timer.stop()
        self._pieces, self._done = iter(()), None

    def finish(self) -> None:
        """All that is left of it now."""
        while self.busy:
            self._next()

    def _next(self) -> None:
        if next(self._pieces, self) is self:
            self._timer.stop()
            if self._done is not None:
                self._done()
