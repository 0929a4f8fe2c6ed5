"""Makes ahead, piece by piece while the user reads or types, what a step or a key would else be waited for."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.views.paging import Paging

PAUSE_MS = 40
"""Between two pieces, so that typing stays ahead of them."""
MODULES = (
    "numpy",
    "desktop.views.work_area",
    "desktop.views.filing",
    "desktop.views.pages.product",
    "desktop.engine.advice",
    "desktop.views.pages.platforms",
    "desktop.views.charts.plot_canvas",
)
"""What the first step needs, loaded while the start page is looked at."""
LATER_MODULES = ("desktop.engine.importing", "desktop.views.why_panel", "desktop.views.palette")
STEPS = (
    "platforms", "markets", "logistics", "plan", "what-if", "import-mode", "rule-book", "catalogue", "calculators",
    "changes", "coverage",
)  # fmt: skip
"""In the order in which a case is likely to ask for them."""


class Maker(Protocol):
    """The window, as far as it is asked here."""

    model: CaseModel
    paging: Paging


class Ahead(QObject):
    """One piece a turn, with a pause; none while the advice is worked out."""

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
        if not self._window.model.evaluating and next(self._pieces, self) is self:
            self._pieces = None
            return
        self._timer.start()

    def _all(self) -> Iterator[None]:
        """Everything that is not there yet, in pieces."""
        for name in MODULES:
            importlib.import_module(name)
            yield
        yield from self._window.paging.make_work_ahead()
        for name in LATER_MODULES:
            importlib.import_module(name)
            yield
        from desktop.viewmodels.rule_book import FactIndex

        for _ in FactIndex.build(self._window.model.book, 50):
            yield
        for step in STEPS:
            yield from self._window.paging.make_ahead(step)
