"""The tour of the program with eyes in place of a camera: every stop is looked at by a function of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from desktop import tour
from desktop.views.design import theme

TODAY = date(2026, 11, 24)
WIDE, SMALL = tour.SIZE, tour.SMALL
Look = Callable[[str, QWidget], None]


class Walk(tour._Guide):
    """Leads through all stops and calls `look(name, what is shown)` at each, in each of the window's sizes."""

    def __init__(self, own: Path, look: Look, sizes: Sequence[tuple[int, int]] = (WIDE,)) -> None:
        super().__init__(own, own, TODAY)
        self.look, self.sizes = look, sizes
        self.faults: list[str] = []
        self.place = ""

    def _take(self, name: str, size: tuple[int, int] = WIDE, view: QWidget | None = None) -> None:
        shown = self.window if view is None else view
        if shown.isFullScreen():
            shown.showNormal()
        for wanted in self.sizes:
            shown.resize(*wanted)
            self._settle()
            self._see(f"{name} {wanted[0]}", shown)

    def _keep(self, name: str, shown: QWidget) -> None:
        self._see(name, shown)

    def _sheets(self) -> None:
        """Paper is no screen: it has tests of its own."""

    def _see(self, name: str, shown: QWidget) -> None:
        self.place = f"{name} {self.tag}"
        self.look(self.place, shown)
        self.count += 1

    def round(self, tag: str = "", leave_out: Sequence[str] = ()) -> None:
        """All stops once, as the window is now; `leave_out` names stops, such as `_small`."""
        self.tag = tag
        for stop in self._stops():
            if getattr(stop, "__name__", "") not in leave_out:
                stop()


@contextmanager
def walking(own: Path, look: Look, sizes: Sequence[tuple[int, int]] = (WIDE,)) -> Iterator[Walk]:
    """A walk through the program; afterwards the application is as it was: English, light, normal type."""
    walk = Walk(own, look, sizes)
    walk.prefs.set_language("en")
    walk.prefs.set_scheme("light")
    walk.prefs.set_text_size(100)
    walk.window.resize(*WIDE)
    walk.window.show()
    walk.window.activateWindow()
    try:
        yield walk
    finally:
        walk.window.page("catalogue").close_down()  # type: ignore[attr-defined]
        walk.prefs.set_language("en")
        walk.prefs.set_text_size(100)
        walk.prefs.set_scheme("light")
        walk.window.hide()
        walk.window.deleteLater()
        QLocale.setDefault(QLocale("en"))
        theme().set_text_scale(1.0)


def visible(shown: QWidget) -> list[QWidget]:
    """The widget and all parts of it that are seen."""
    return [w for w in (shown, *shown.findChildren(QWidget)) if w.isVisibleTo(shown) and not w.isHidden()]


def words_of(widget: QWidget) -> str:
    """Which widget is meant, for a message: its class, its parents' classes, and its words."""
    chain, at = [], widget
    while at is not None and len(chain) < 4:
        chain.append(type(at).__name__)
        at = at.parentWidget()
    text = getattr(widget, "text", lambda: "")
    said = text() if callable(text) else ""
    return f"{' < '.join(chain)} “{(said if isinstance(said, str) else '')[:60] or widget.accessibleName()[:60]}”"


def application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
