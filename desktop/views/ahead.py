"""Makes ahead, piece by piece while the user reads or types, what a step or a key would else be waited for; and does a
piece a turn of what the user does wait for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.viewmodels.case_model import CaseModel

PAUSE_MS = 40
"""Between two pieces, so that typing stays ahead of them."""
MODULES = (
    "numpy",
    "desktop.views.work_area",
    "desktop.views.pages.product",
    "desktop.engine.advice",
    "desktop.views.pages.platforms",
    "pydoc",
    "multiprocessing.connection",
    "pyqtgraph",
    "desktop.views.charts.plot_canvas",
)
"""What the first step needs, loaded while the start page is looked at."""
LATER_MODULES = (
    "desktop.engine.importing",
    "desktop.views.why_panel",
    "desktop.views.palette",
    "desktop.engine.grid",
    "desktop.engine.whatif",
    "desktop.engine.reverse",
    "desktop.viewmodels.whatif",
    "desktop.store.catalogue",
    "desktop.viewmodels.catalogue.run",
    "desktop.reports.screened",
)
QT_MODULES = ("QtCore", "QtGui", "QtWidgets")
NAMES = 80
"""So many classes of Qt are made known to Python in a piece."""
WIDGETS = 40
"""So many widgets of a page are styled in a piece."""
STEPS = (
    "platforms", "markets", "logistics", "plan", "what-if", "import-mode", "rule-book", "catalogue", "calculators",
    "changes", "coverage",
)  # fmt: skip
"""In the order in which a case is likely to ask for them."""


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

    def finish(self) -> None:
        """All that is left of it now."""
        while self.busy:
            self._next()

    def _next(self) -> None:
        if next(self._pieces, self) is self:
            self._timer.stop()
            if self._done is not None:
                self._done()


class Maker(Protocol):
    """The window, as far as it is asked here."""

    model: CaseModel

    def make_work_ahead(self) -> Iterator[None]: ...

    def make_ahead(self, step_id: str) -> Iterator[None]: ...


class Ahead(QObject):
    """One piece a turn, with a pause; none while the advice is worked out."""

    def __init__(self, window: Maker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._begun = False
        self._pieces: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._next)

    @property
    def busy(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        self._begun = True
        self.again()

    def again(self) -> None:
        """Begins anew where pages were dropped; nothing where it was never begun."""
        if self._begun:
            self._pieces = self._all()
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._pieces = None

    def _next(self) -> None:
        if self._pieces is None:
            return
        if not self._window.model.evaluating and next(self._pieces, self) is self:
            self._pieces = None
            return
        self._timer.start()

    def _all(self) -> Iterator[None]:
        """Everything that is not there yet, in pieces."""
        yield from qt_classes()
        for name in MODULES:
            importlib.import_module(name)
            yield
        yield from self._window.make_work_ahead()
        for name in LATER_MODULES:
            importlib.import_module(name)
            yield
        from desktop.viewmodels.rule_book import FactIndex

        for _ in FactIndex.build(self._window.model.book, 50):
            yield
        for step in STEPS:
            yield from self._window.make_ahead(step)


def qt_classes() -> Iterator[None]:
    """Makes the classes of Qt known to Python, some at a time: pyqtgraph asks for all of them when it is loaded."""
    for name in QT_MODULES:
        module = importlib.import_module(f"PySide6.{name}")
        names = dir(module)
        for at in range(0, len(names), NAMES):
            for each in names[at : at + NAMES]:
                getattr(module, each, None)
            yield


def polished(root: QWidget) -> Iterator[None]:
    """Styles what is not yet seen, some widgets at a time: Qt does it all in one go when it is first shown."""
    # from the leaves on: what is styled takes all within it along
    for number, widget in enumerate(reversed(root.findChildren(QWidget)), start=1):
        if isValid(widget):
            widget.ensurePolished()
        if number % WIDGETS == 0:
            yield
