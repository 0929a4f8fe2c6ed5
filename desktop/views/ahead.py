"""Makes ahead, piece by piece while the user reads or types, what a step or a key would else be waited for."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, cast

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

from desktop.viewmodels.case_model import ENGINE
from desktop.viewmodels.loading import NUMBERS, loaded_beside, one_by_one
from desktop.views.piecemeal import in_pieces

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.views.opening import Opening
    from desktop.views.paging import Paging

PAUSE_MS = 40
"""Between two turns, so that typing stays ahead of them."""
SHORT_S = 0.003
"""Short pieces share a turn until it has taken so long."""
LIBRARIES = (
    "importlib.resources", "importlib.metadata", "cProfile", "xml.etree.ElementTree", "colorama", "mmap", "pydoc",
    "multiprocessing.connection",
)  # fmt: skip
"""What pyqtgraph asks for, loaded beside the window as numpy is. Nothing of Qt, which is not for a thread; and nothing of
our own, since two threads that load modules of one package from both ends would block each other."""
MODULES = ("desktop.views.work_area", "desktop.views.filing", "desktop.views.pages.product", *ENGINE)
"""What the first step needs, loaded while the start page is looked at."""
PLOT_MODULES = ("PySide6.QtOpenGLWidgets", "PySide6.QtTest")
"""What pyqtgraph asks for."""
PLOTS = "desktop.views.charts.plot_canvas"
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
NAMES = 80
"""So many classes of Qt are made known to Python in a piece."""
STEPS = (
    "platforms", "markets", "logistics", "plan", "what-if", "import-mode", "rule-book", "catalogue", "calculators",
    "changes", "coverage",
)  # fmt: skip
"""In the order in which a case is likely to ask for them."""


class Maker(Protocol):
    """The window, as far as it is asked here."""

    model: CaseModel
    paging: Paging

    @property
    def opening(self) -> Opening: ...


class Ahead(QObject):
    """One piece a turn, short ones together, with a pause; none while the advice is worked out or a step is opened."""

    def __init__(self, window: Maker) -> None:
        super().__init__(cast(QObject, window))
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
        ends = time.perf_counter() + SHORT_S
        while not (self._window.model.evaluating or self._window.opening.busy):
            if next(self._pieces, self) is self:
                self._pieces = None
                return
            if time.perf_counter() > ends:
                break
        self._timer.start()

    def _all(self) -> Iterator[None]:
        """Everything that is not there yet, in pieces."""
        for names in (NUMBERS, LIBRARIES):
            loaded_beside(names)
        yield from qt_classes()
        yield from loaded_beside(NUMBERS)
        yield from one_by_one(MODULES)
        yield from self._window.paging.make_ahead("product")
        yield from plot_library()
        yield from one_by_one(LATER_MODULES)
        from desktop.viewmodels.rule_book import FactIndex

        for _ in FactIndex.build(self._window.model.book, 50):
            yield
        for step in STEPS:
            yield from self._window.paging.make_ahead(step)


def plot_library() -> Iterator[None]:
    """Loads what charts with two scales are drawn on, in pieces."""
    if PLOTS in sys.modules:
        return
    for names in (NUMBERS, LIBRARIES):
        yield from loaded_beside(names)
    yield from qt_classes()
    yield from one_by_one(PLOT_MODULES)
    yield from in_pieces("pyqtgraph")
    yield from one_by_one((PLOTS,))


def qt_classes() -> Iterator[None]:
    """Makes the classes of Qt known to Python, some at a time and once: it does so with all of them in one go where it is
    given an object that it has not made itself, and pyqtgraph asks for all of them when it is loaded."""
    while _QT_NAMES:
        for _ in range(NAMES):
            if _QT_NAMES:
                module, name = _QT_NAMES.pop()
                getattr(module, name, None)
        yield


_QT_NAMES = [(module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module)]
