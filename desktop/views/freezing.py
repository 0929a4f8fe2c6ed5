"""Another day, another language: the old picture stands until all of the new one is there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.turns import Turns

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.views.language import Translators
    from desktop.views.opening import Opening

FROZEN_MS = 2000
"""No longer than so is the old picture held while a new one is worked out."""


class Host(Protocol):
    """The window, as far as its picture is held."""

    model: CaseModel
    frame: QWidget
    translators: Translators
    preparing: Turns

    @property
    def opening(self) -> Opening: ...

    def retranslating(self) -> Iterator[None]: ...


class Freezing(QObject):
    """Holds the picture: half of a day or a language is not shown.

    Of what is in the window, not of the window itself: Qt loses the paint that a window was asked for meanwhile, and
    never paints it again.
    """

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self.window = window
        self.longest = FROZEN_MS
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._held_long)
        self._turns = Turns(self)

    @property
    def busy(self) -> bool:
        """Whether a change is under way."""
        return self._turns.busy

    def hold(self) -> None:
        self.window.frame.setUpdatesEnabled(False)
        self._timer.start(self.longest)

    def release(self) -> None:
        """Shows what is there, unless a change is under way or a step is opened: then it is shown at its end."""
        if self._turns.busy or self.window.opening.busy:
            return
        self._timer.stop()
        self.window.frame.setUpdatesEnabled(True)

    def finish(self) -> None:
        """All that is left of a change now."""
        self._turns.finish()

    def _held_long(self) -> None:
        self.finish()
        self.release()

    def switch_language(self, language: str) -> None:
        """Every word in another language, in one picture: in turns, or at once where the window is not seen."""
        # the words that follow are those of the case as it is
        self.window.model.settle()
        self.hold()
        self.window.translators.set_language("zh" if language == "zh" else "en")
        self.change(chain((None,), self.window.retranslating()))

    def change(self, pieces: Iterator[None]) -> None:
        """What changes the picture in pieces is seen when all of it is done; at once where the window is not seen."""
        self.finish()
        self.hold()
        self._turns.begin(pieces, self._end)
        if not self.window.frame.isVisible():
            self.finish()

    def _end(self) -> None:
        if not self.window.preparing.busy:
            self.release()
