"""Another day, another language: the old picture stands until all of the new one is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.views.language import Translators
    from desktop.views.receiving import Receiving

FROZEN_MS = 2000
"""No longer than so is the old picture held while a new one is worked out."""


class Host(Protocol):
    """The window, as far as its picture is held."""

    model: CaseModel
    frame: QWidget
    translators: Translators
    receiving: Receiving

    def retranslate(self) -> None: ...


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
        self._timer.timeout.connect(self.release)

    def hold(self) -> None:
        self.window.frame.setUpdatesEnabled(False)
        self._timer.start(self.longest)

    def release(self) -> None:
        self._timer.stop()
        self.window.frame.setUpdatesEnabled(True)

    def switch_language(self, language: str) -> None:
        """Every word in another language, in one picture."""
        # the words that follow are those of the case as it is
        self.window.model.settle()
        self.hold()
        self.window.translators.set_language("zh" if language == "zh" else "en")
        if self.window.receiving.looks_on:
            # the desk stands behind the visitor view and is not seen
            QTimer.singleShot(0, self._retranslate)
        else:
            self._retranslate()

    def _retranslate(self) -> None:
        try:
            self.window.retranslate()
        finally:
            self.release()
