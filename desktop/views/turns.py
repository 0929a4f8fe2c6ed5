"""Work of the window in turns of the event loop: a piece, and then what else has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

WIDGETS = 40
"""So many widgets of a page are styled in a piece."""


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
        """What is left of it is not done, and nothing follows."""
        self._timer.stop()

    def finish(self) -> None:
        """All that is left of it now."""
        while self.busy:
            self._next()

    def _next(self) -> None:
        if next(self._pieces, self) is self:
            self._timer.stop()
            if self._done is not None:
                self._done()


def polished(root: QWidget) -> Iterator[None]:
    """Styles what is not yet seen, some widgets at a time: Qt does it all in one go when it is first shown."""
    # from the leaves on: what is styled takes all within it along
    for number, widget in enumerate(reversed(root.findChildren(QWidget)), start=1):
        if isValid(widget):
            widget.ensurePolished()
        if number % WIDGETS == 0:
            yield
