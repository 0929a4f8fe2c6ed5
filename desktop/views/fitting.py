"""The size of the window: its wide and its narrow form, how work and verdict share it, and its place on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication, QScreen

from desktop.views.design import SPACE, theme

if TYPE_CHECKING:
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.work_area import WorkArea

COMPACT_BELOW = 1180
BANDS = ((1360, 280), (1800, SPACE.side_width))
WIDE_SIDE = 400


class Host(Protocol):
    """The window, as far as its size goes."""

    prefs: Preferences
    compact: bool

    @property
    def at_start(self) -> bool: ...

    def work_made(self) -> WorkArea | None: ...

    def compacting(self, compact: bool) -> Iterator[None]: ...

    def width(self) -> int: ...

    def screen(self) -> QScreen: ...

    def resize(self, width: int, height: int) -> None: ...

    def geometry(self) -> QRect: ...

    def setGeometry(self, place: QRect) -> None: ...

    def saveGeometry(self) -> QByteArray: ...

    def restoreGeometry(self, kept: QByteArray) -> bool: ...

    def isMaximized(self) -> bool: ...

    def isFullScreen(self) -> bool: ...


class Fitting:
    """Keeps places and widths in the preferences: a place for each size of the main screen, a width for each band."""

    def __init__(self, window: Host) -> None:
        self.window = window
        self._band = 0

    def fit(self) -> None:
        """Wide or narrow form, as width and text size allow."""
        for _ in self.fitting():
            pass

    def fitting(self) -> Iterator[None]:
        """`fit` in pieces. The window may have another size in between."""
        window = self.window
        compact = self._wanted()[0]
        if compact != window.compact or not self._band:
            yield from window.compacting(compact)
        band = self._wanted()[1]
        if band != self._band:
            self.keep_split()
            self._band = band
            self.split()

    def _wanted(self) -> tuple[bool, int]:
        """Whether the form is the narrow one, and how wide the side is."""
        width = self.window.width()
        return width < COMPACT_BELOW * max(1.0, theme().text_scale), side_width(width)

    @property
    def holds(self) -> bool:
        """Whether form and side are those of the size."""
        return self._wanted() == (self.window.compact, self._band)

    @property
    def is_fitted(self) -> bool:
        """Whether the window has had a size yet."""
        return bool(self._band)

    # ------------------------------------------------------------------ page and verdict
    def split(self) -> None:
        """Page and verdict as wide as the user left them in a window of this size, else as drawn."""
        work = self.window.work_made()
        if work is None:
            return
        kept = self.window.prefs.state(f"split-{self._band}")
        if not (kept and work.split.restoreState(QByteArray(kept))):
            rest = self.window.width() - work.rail.width() - self._band
            work.split.setSizes([max(1, rest), self._band])

    def keep_split(self) -> None:
        work = self.window.work_made()
        if work is not None and self._band and not self.window.compact and not self.window.at_start:
            self.window.prefs.keep_state(f"split-{self._band}", work.split.saveState())

    # ------------------------------------------------------------------ place on the screen
    def _key(self) -> str:
        """Where the place of the window is kept: for each size of the main screen its own."""
        size = self.window.screen().size()
        return f"window-{size.width()}x{size.height()}"

    def restore(self) -> None:
        """The window where it was last, on a screen that is there."""
        window = self.window
        kept = window.prefs.state(self._key())
        if not (kept and window.restoreGeometry(QByteArray(kept))):
            window.resize(1440, 900)
        if not window.isMaximized() and not window.isFullScreen():
            # the screen it stood on may be gone
            screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
            window.setGeometry(fitted(window.geometry(), screens))

    def keep(self) -> None:
        """Place and widths, for the next window."""
        self.keep_split()
        self.window.prefs.keep_state(self._key(), self.window.saveGeometry())


def side_width(width: int) -> int:
    """How wide the verdict stands beside the work in a window of a width."""
    return next((side for below, side in BANDS if width < below), WIDE_SIDE)


def fitted(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """A window's place on the screen of which it covers most, within it; on the first where it covers none."""

    def covered(screen: QRect) -> int:
        both = screen.intersected(wanted)
        return both.width() * both.height() if both.isValid() else 0

    screen = max(screens, key=covered)
    size = wanted.size().boundedTo(screen.size())
    left = min(max(wanted.left(), screen.left()), screen.right() + 1 - size.width())
    top = min(max(wanted.top(), screen.top()), screen.bottom() + 1 - size.height())
    if not covered(screen):
        left = screen.left() + (screen.width() - size.width()) // 2
        top = screen.top() + (screen.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())
