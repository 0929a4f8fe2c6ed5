"""Makes ahead, piece by piece while the user reads or types, what a step or a key would else be waited for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, QTimer

from desktop.viewmodels.case_model import ENGINE
from desktop.viewmodels.loading import NUMBERS, loaded_beside, one_by_one
from desktop.views.libraries import LIBRARIES, plot_library, qt_classes

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.views.opening import Opening
    from desktop.views.paging import Paging

PAUSE_MS = 40
"""Between two turns, so that typing stays ahead of them."""
SHORT_S = 0.003
"""Short pieces share a turn until it has taken so long."""
MODULES = ("desktop.views.work_area", "desktop.views.filing", "desktop.views.pages.product", *ENGINE)
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
