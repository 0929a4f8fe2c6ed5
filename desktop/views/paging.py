"""The pages of the window: each is made when first asked for or piece by piece ahead, and told what is new when seen."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop.viewmodels.asides import aside

if TYPE_CHECKING:
    from desktop.core.result import Advice
    from desktop.core.text import Language
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.viewmodels.turns import Turns
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
PLOTTED = ("markets", "logistics", "what-if", "rule-book")
"""The pages that draw on pyqtgraph."""


class Picture(Protocol):
    """What is seen of the window."""

    def hold(self) -> None: ...

    def release(self) -> None: ...


class Host(Protocol):
    """The window, as far as its pages ask it."""

    model: CaseModel
    prefs: Preferences
    menus: Menus
    compact: bool
    step: str
    body: QStackedWidget
    keeping: Keeping | None
    preparing: Turns
    telling: Telling
    exchanging: Exchanging
    explaining: Explaining

    @property
    def freezing(self) -> Picture: ...

    @property
    def work(self) -> WorkArea: ...

    def work_made(self) -> WorkArea | None: ...

    def current_page(self) -> Page | None: ...

    def focusWidget(self) -> QWidget | None: ...

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
        self._words: dict[str, str] = {}
        """The language that a page was last given."""
        self._old_words: set[str] = set()
        self._old_form: set[str] = set()
        self._begun: tuple[Page, QWidget | None] | None = None
        """A page that was opened and still waits for its advice, and what has the focus meanwhile."""

    @staticmethod
    def knows(step_id: str) -> bool:
        return step_id in PAGES

    # ------------------------------------------------------------------ making
    def page(self, step_id: str) -> Page:
        """The page of a step, made when first asked for."""
        if step_id not in self.made:
            for _ in self.make_ahead(step_id):
                if step_id in self.made:
                    break
        return self.made[step_id]

    def make_ahead(self, step_id: str) -> Iterator[None]:
        """The page of a step in pieces: its module, the work area, its parts, its words, its style, its size."""
        if step_id in self.made:
            return
        from desktop.views.libraries import plot_library

        if step_id in PLOTTED:
            yield from plot_library()
        module, name = PAGES[step_id]
        kind = getattr(importlib.import_module(module), name)
        yield
        yield from self._work_ahead()
        work = self.window.work
        if step_id in self.made:
            return
        language = self.window.prefs.language
        page: Page | None = None
        left = True
        try:
            for begun in self._making(kind, language):
                page = begun
                yield
                if step_id in self.made or work is not self.window.work_made():
                    # asked for meanwhile, or of a visitor who has left
                    return
            left = False
        finally:
            if left and page is not None and isValid(page):
                page.deleteLater()
        assert page is not None
        page.set_compact(self.window.compact)
        self._words[step_id] = language
        if language != self.window.prefs.language:
            self._old_words.add(step_id)
        self.made[step_id] = page
        work.pages.addWidget(page)
        yield
        from desktop.views.unseen import laid_out, polished

        room = work.room(aside(step_id) is not None)
        for _ in chain(polished(page), laid_out(page, room), page.warm_up()):
            yield
            if self.made.get(step_id) is not page:
                return

    def _work_ahead(self) -> Iterator[None]:
        """The work area, where it is not there, in the size that it will have."""
        if self.window.work_made() is not None:
            return
        from desktop.views.unseen import laid_out

        work = self.window.work
        yield
        yield from laid_out(work, self.window.body.contentsRect())

    def _making(self, kind: type[Page], language: Language) -> Iterator[Page | None]:
        """A page and its words in pieces: None, as long as it is not there."""
        window = self.window
        keeping = window.keeping if kind.step_id == "casebook" else None
        room = window.work.pages
        page: Page | None = None
        if keeping is not None:
            page = keeping.make_page(kind, room)
            yield page
        else:
            for page in kind.making(window.model, window.prefs, room):
                yield page
        assert page is not None
        self._connect(page)
        for _ in page.retranslating(language):
            yield page

    def _connect(self, page: Page) -> None:
        """A page asks the window for what it cannot do itself."""
        window = self.window
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

    def _to_next_button(self) -> None:
        self.window.work.foot(self.window.compact).next.setFocus(Qt.FocusReason.TabFocusReason)

    # ------------------------------------------------------------------ what is seen
    def open(self, step_id: str) -> None:
        """The page of a step before the eye, with its words, its side, its foot and its advice."""
        window, page = self.window, self.page(step_id)
        self.renew_words(step_id)
        self._renew_form(step_id)
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
        self._begun = None
        self.show_advice(step_id)
        self._begin(page)
        if window.preparing.busy or window.model.evaluating:
            self._begun = page, window.focusWidget()

    def _begin(self, page: Page) -> None:
        page.focus_first()
        if page.starts_at_top:
            page.verticalScrollBar().setValue(0)

    def show_advice(self, step_id: str) -> None:
        """Gives the newest advice to the page that is seen, once; what is long about it is done in turns before, while
        the picture is held."""
        window, model = self.window, self.window.model
        page, advice = self.made.get(step_id), model.advice
        # of a case that has changed since, the newer advice is on its way
        if model.evaluating or page is None or advice is None or self.shown.get(step_id) is advice:
            return
        held = window.preparing.busy
        if window.preparing.begin(page.prepare(advice), self._show_prepared):
            window.freezing.hold()
            return
        self.shown[step_id] = advice
        page.show_advice(advice)
        self._begin_again()
        if held:
            # what was being prepared gave way to this
            window.freezing.release()

    def _show_prepared(self) -> None:
        window = self.window
        try:
            # of a newer advice, or another page, there may be more to do
            self.show_advice(window.step)
        finally:
            if not window.preparing.busy:
                window.freezing.release()

    def _begin_again(self) -> None:
        """What a step begins with may only be there since its advice is shown; where the user has gone on meanwhile, the
        focus stays."""
        if self._begun is None:
            return
        window, (page, holder) = self.window, self._begun
        self._begun = None
        # in a field something may be typed already
        same = window.focusWidget() is holder and not isinstance(holder, QLineEdit)
        if same and page is window.current_page():
            self._begin(page)

    def retranslating(self, step_id: str) -> Iterator[None]:
        """The page that is seen in the language in force, in pieces; one that is not seen takes its words when it is."""
        language = self.window.prefs.language
        self._old_words = {step for step in self.made if self._words.get(step) != language}
        if step_id in self._old_words:
            yield from self._renew_words(step_id)

    def renew_words(self, step_id: str) -> None:
        """A page is seen: its words follow where the language changed since."""
        if step_id in self._old_words:
            for _ in self._renew_words(step_id):
                pass

    def _renew_words(self, step_id: str) -> Iterator[None]:
        page, language, advice = self.made[step_id], self.window.prefs.language, self.window.model.advice
        # of a page that is left half in another language, the words are of none
        self._words.pop(step_id, None)
        yield from page.retranslating(language)
        self._old_words.discard(step_id)
        self._words[step_id] = language
        if self.shown.get(step_id) is not advice:
            self.shown.pop(step_id, None)

    def set_compact(self, step_id: str) -> None:
        """The page that is seen in the form of the window; one that is not seen takes it when it is."""
        self._old_form = set(self.made)
        self._renew_form(step_id)

    def _renew_form(self, step_id: str) -> None:
        if step_id in self._old_form:
            self._old_form.discard(step_id)
            self.made[step_id].set_compact(self.window.compact)

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
        self._old_form.clear()
        self._begun = None
