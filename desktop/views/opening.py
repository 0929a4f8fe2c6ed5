"""Opens a step whose page is not there yet: in turns, with the picture held, and what the user does meanwhile waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.turns import Turns

if TYPE_CHECKING:
    from desktop.views.paging import Paging, Picture

KINDS = QEvent.Type
DEEDS = (KINDS.KeyPress, KINDS.ShortcutOverride, KINDS.MouseButtonPress, KINDS.Wheel, KINDS.Drop, KINDS.Close)
"""What a user does."""


class Host(Protocol):
    """The window, as far as its steps are opened."""

    frame: QWidget
    paging: Paging
    preparing: Turns

    @property
    def freezing(self) -> Picture: ...

    def windowHandle(self) -> QWindow: ...


class Opening(QObject):
    """One step at a time; another one that is asked for takes its place."""

    IN_TURNS: ClassVar[bool] = True
    """Whether a page that is not there is made in turns of the event loop."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self._window = window
        self._turns = Turns(self)
        self._done: Callable[[], None] | None = None

    @property
    def busy(self) -> bool:
        return self._turns.busy

    def open(self, step_id: str, done: Callable[[], None]) -> None:
        """Makes the page of a step, and does what follows: in turns where it is not there and the window is seen."""
        self.stop()
        window = self._window
        if step_id in window.paging.made or not self.IN_TURNS or not window.frame.isVisible():
            done()
            return
        self._done = done
        window.freezing.hold()
        self._watch(True)
        if not self._turns.begin(window.paging.make_ahead(step_id), self._end):
            self._end()

    def finish(self) -> None:
        """Opens what is being opened now."""
        self._turns.finish()

    def stop(self) -> None:
        """What is being opened is not; the picture is as it was."""
        if self.busy:
            self._turns.stop()
            self._done = None
            self._let_go()

    def _end(self) -> None:
        done, self._done = self._done, None
        try:
            if done is not None:
                done()
        finally:
            self._let_go()

    def _watch(self, on: bool) -> None:
        """What a user does comes to the window of the system first, and goes on to the widget that it is for then."""
        handle = self._window.windowHandle()
        if handle is not None:
            (handle.installEventFilter if on else handle.removeEventFilter)(self)

    def _let_go(self) -> None:
        self._watch(False)
        if not self._window.preparing.busy:
            self._window.freezing.release()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """What is typed or clicked is for the step that was asked for, and not for the one that is left."""
        if event.type() in DEEDS:
            self.finish()
        return False
