"""Work of the window in turns of the event loop: a piece, and then what else has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

WIDGETS = 40
"""So many widgets of a page are styled in a piece."""
NEW_SIZE = Qt.WidgetAttribute.WA_PendingResizeEvent
"""What is hidden has another size and is to be told of it when it is shown."""


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


def polished(root: QWidget) -> Iterator[None]:
    """Styles what is not yet seen, some widgets at a time: Qt does it all in one go when it is first shown."""
    # from the leaves on: what is styled takes all within it along
    for number, widget in enumerate(reversed(root.findChildren(QWidget)), start=1):
        if isValid(widget):
            widget.ensurePolished()
        if number % WIDGETS == 0:
            yield


def laid_out(root: QWidget, place: QRect) -> Iterator[None]:
    """Gives what is not yet seen the place that it will have, and each widget in it the size that follows from it, a
    widget in a piece: Qt does it all in one go when it is first shown."""
    root.setGeometry(place)
    waiting = [root]
    while waiting:
        widget = waiting.pop()
        if not isValid(root) or root.isVisible():
            # shown meanwhile, it was laid out then
            return
        if not isValid(widget) or (widget.isHidden() and widget is not root):
            continue
        if widget.testAttribute(NEW_SIZE):
            widget.setAttribute(NEW_SIZE, False)
            QCoreApplication.sendEvent(widget, QResizeEvent(widget.size(), QSize()))
            yield
        waiting += [each for each in widget.children() if isinstance(each, QWidget) and not each.isWindow()]
