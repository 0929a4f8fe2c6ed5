"""The pages of the window: each is made when first asked for or piece by piece ahead, and told what is new when seen."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

from desktop.viewmodels.asides import aside

if TYPE_CHECKING:
    from desktop.core.result import Advice
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.exchanging import Exchanging
    from desktop.views.explaining import Explaining
    from desktop.views.keeping import Keeping
    from desktop.views.menus import Menus
    from desktop.views.pages.base import Page
    from desktop.views.telling import Telling
    from desktop.views.work_area import WorkArea

PAGES = {
    "product": ("desktop.views.pages.product", "ProductPage"),
    "markets": ("desktop.views.pages.markets", "MarketsPage"),
    "platforms": ("desktop.views.pages.platforms", "PlatformsPage"),
    "logistics": ("desktop.views.pages.logistics", "LogisticsPage"),
    "import-mode": ("desktop.views.pages.import_mode", "ImportModePage"),
    "what-if": ("desktop.views.pages.what_if", "WhatIfPage"),
    "plan": ("desktop.views.pages.plan", "PlanPage"),
    "casebook": ("desktop.views.pages.casebook", "CasebookPage"),
    "catalogue": ("desktop.views.pages.catalogue", "CataloguePage"),
    "changes": ("desktop.views.pages.changes", "ChangesPage"),
    "calculators": ("desktop.views.pages.calculators", "CalculatorsPage"),
    "rule-book": ("desktop.views.pages.rule_book", "RuleBookPage"),
    "coverage": ("desktop.views.pages.coverage", "CoveragePage"),
}
"""Loaded when first opened, so that charts cost nothing at start."""


class Host(Protocol):
    """The window, as far as its pages ask it."""

    model: CaseModel
    prefs: Preferences
    menus: Menus
    compact: bool
    keeping: Keeping | None
    telling: Telling
    exchanging: Exchanging
    explaining: Explaining

    @property
    def work(self) -> WorkArea: ...

    def work_made(self) -> WorkArea | None: ...

    def open_step(self, step_id: str) -> None: ...

    def ask(self, name: str) -> None: ...

    def choose_day(self) -> None: ...

    def show_undo(self) -> None: ...


class Paging:
    """Holds the pages that were made, by the ids of their steps."""

    def __init__(self, window: Host) -> None:
        self.window = window
        self.made: dict[str, Page] = {}
        self.shown: dict[str, Advice] = {}
        """The advice that each page was last given."""
        self._old_words: set[str] = set()

    @staticmethod
    def knows(step_id: str) -> bool:
        return step_id in PAGES

    # ------------------------------------------------------------------ making
    def page(self, step_id: str) -> Page:
        """The page of a step, made when first asked for."""
        if step_id not in self.made:
            for _ in self.make_ahead(step_id):
                pass
        return self.made[step_id]

    def make_ahead(self, step_id: str) -> Iterator[None]:
        """The page of a step in pieces: its module, its parts, its words, its place."""
        if step_id in self.made:
            return
        module, name = PAGES[step_id]
        kind = getattr(importlib.import_module(module), name)
        yield
        work = self.window.work
        if step_id in self.made:
            return
        page = self._make(kind)
        yield
        if step_id in self.made or work is not self.window.work_made():
            # asked for meanwhile, or of a visitor who has left
            page.deleteLater()
            return
        page.retranslate(self.window.prefs.language)
        page.set_compact(self.window.compact)
        self.made[step_id] = page
        work.pages.addWidget(page)

    def make_work_ahead(self) -> Iterator[None]:
        """The work area and the first step, piece by piece, before they are asked for."""
        assert self.window.work is not None
        yield
        yield from self.make_ahead("product")

    def _make(self, kind: type[Page]) -> Page:
        """A page that asks the window for what a page cannot do itself."""
        window = self.window
        keeping = window.keeping if kind.step_id == "casebook" else None
        page = kind(window.model, window.prefs) if keeping is None else keeping.make_page(kind)
        page.whyRequested.connect(window.explaining.explain)
        page.stepRequested.connect(window.open_step)
        page.questionRequested.connect(window.ask)
        page.messageRequested.connect(window.telling.say)
        page.dayRequested.connect(window.choose_day)
        if hasattr(page, "doneRequested"):
            page.doneRequested.connect(self._to_next_button)
        if hasattr(page, "overrideRequested"):
            page.overrideRequested.connect(window.explaining.override)
        window.exchanging.connect_page(page)
        return page

    def _to_next_button(self) -> None:
        self.window.work.foot(self.window.compact).next.setFocus(Qt.FocusReason.TabFocusReason)

    # ------------------------------------------------------------------ what is seen
    def open(self, step_id: str) -> None:
        """The page of a step before the eye, with its words, its side, its foot and its advice."""
        window, page = self.window, self.page(step_id)
        self.renew_words(step_id)
        if hasattr(page, "opened"):
            page.opened()
        window.show_undo()
        # when the menus were set, a page that is first opened was not yet made
        window.menus["table"].setEnabled(page.has_table)
        work, flow, case = window.work, window.model.flow, window.model.case
        work.set_alone(aside(step_id) is not None, window.compact)
        work.show_side(page.side, window.compact)
        steps = flow.previous(case, step_id), flow.next(case, step_id)
        work.foot(window.compact).show_steps(*steps, window.prefs.language)
        work.pages.setCurrentWidget(page)
        work.rail.set_current(step_id)
        self.show_advice(step_id)
        page.focus_first()
        if page.starts_at_top:
            page.verticalScrollBar().setValue(0)

    def show_advice(self, step_id: str) -> None:
        """Gives the newest advice to the page that is seen, once."""
        model = self.window.model
        page, advice = self.made.get(step_id), model.advice
        # of a case that has changed since, the newer advice is on its way
        if model.evaluating:
            return
        if page is not None and advice is not None and self.shown.get(step_id) is not advice:
            self.shown[step_id] = advice
            page.show_advice(advice)

    def retranslate(self, step_id: str) -> None:
        """The page that is seen in the language in force; one that is not seen takes its words when it is."""
        self._old_words = set(self.made)
        self.renew_words(step_id)

    def renew_words(self, step_id: str) -> None:
        """A page is seen: its words follow where the language changed since."""
        if step_id in self._old_words:
            self._old_words.discard(step_id)
            self.shown.pop(step_id, None)
            self.made[step_id].retranslate(self.window.prefs.language)

    def set_compact(self, compact: bool) -> None:
        for page in self.made.values():
            page.set_compact(compact)

    # ------------------------------------------------------------------ leaving
    def forget_case(self) -> None:
        """A case has taken the place of another: what the pages show of the old one does not count."""
        self.shown.clear()
        for page in self.made.values():
            page.forget()

    def close_down(self) -> None:
        """Work beside the pages ends."""
        for page in self.made.values():
            if hasattr(page, "close_down"):
                page.close_down()

    def drop(self) -> None:
        """No page is kept, for a hidden one still holds what it last showed."""
        self.close_down()
        self.made.clear()
        self.shown.clear()
        self._old_words.clear()
