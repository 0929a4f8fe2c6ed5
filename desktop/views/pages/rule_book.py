"""Rule book: every fact with its history, its sources and its doubts; searched in both languages, at any day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.core.result import Advice
from desktop.core.text import Language
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.fact_sheet import fact_sheet, uses
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.rule_book import DayOfBook, FactIndex
from desktop.views.design.theme import theme
from desktop.views.pages.base import Page
from desktop.views.pages.fact_detail import FactDetail
from desktop.views.pages.fact_finder import FactFinder

PIECE = 50
"""So many facts are read into the index in a piece."""
LIST_WIDTH, LIST_NARROW, LIST_LEAST, DETAIL_LEAST = 360, 288, 248, 380


class RuleBookPage(Page):
    """The facts at the left, one of them at the right."""

    step_id: ClassVar[str] = "rule-book"

    overrideRequested = Signal(str)
    """The id of a fact in whose place a value of one's own is to be put."""

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(model, prefs, parent)
        self._index = FactIndex.of(model.book)
        self._day = DayOfBook(model.view, model.today)
        self._fact = ""
        self.finder = FactFinder(self._index)
        self.detail = FactDetail()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.find_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        self._lay_out()
        self._connect()

    @classmethod
    def making(
        cls, model: CaseModel, prefs: Preferences, parent: QWidget | None = None
    ) -> Iterator[Page | None]:
        for _ in FactIndex.build(model.book, PIECE):
            yield None
        yield cls(model, prefs, parent)

    def _lay_out(self) -> None:
        column = self.content.layout()
        if column is not None:
            # the panes fill the page, and each scrolls by itself
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.finder)
        self.split.addWidget(self.detail)
        self.split.setStretchFactor(1, 1)
        self._retheme()
        self.split.setSizes([theme().px(LIST_WIDTH), 800])
        self.body.addWidget(self.split, 1)
        self.switches.hide()

    def _retheme(self) -> None:
        """Large text needs wider panes; what the window cannot hold is scrolled to."""
        self.finder.setMinimumWidth(theme().px(LIST_LEAST))
        self.detail.setMinimumWidth(DETAIL_LEAST)

    def _connect(self) -> None:
        theme().follow(self._retheme)
        self.finder.factChosen.connect(self._on_chosen)
        self.finder.entered.connect(self.detail.focus_first)
        self.detail.overrideRequested.connect(self.overrideRequested)
        self.detail.takeBackRequested.connect(self._on_take_back)
        self.detail.stepRequested.connect(self.stepRequested)
        self.find_key.activated.connect(self.finder.focus_search)

    # ------------------------------------------------------------------ what the window calls
    def warm_up(self) -> Iterator[None]:
        return self.finder.list.laid_out_ahead()

    def show_advice(self, advice: Advice) -> None:
        view = self.model.view
        if (view.date, view.overrides) == (self._day.view.date, self._day.view.overrides):
            # the same facts; which of them the advice has read may be others
            self._show_fact()
        else:
            self._show_day()

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self.title.hide()
        self.finder.retranslate()
        yield
        self._set_day()
        yield from self.finder.list.measured()
        self._show_found()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        wide = theme().px(LIST_NARROW if compact else LIST_WIDTH)
        self.split.setSizes([wide, max(DETAIL_LEAST, self.width() - wide)])

    def focus_first(self) -> None:
        self.finder.focus_search()

    def why_focused(self) -> bool:
        """Where a fact comes from is said by the table of its values."""
        self.detail.show_row("")
        return True

    def open_fact(self, fact_id: str) -> None:
        """Shows a fact, whatever was searched for before; an id that the book does not hold is passed over."""
        if fact_id not in self._index:
            return
        self.finder.open_fact(fact_id)
        self._on_chosen(fact_id)
        self.finder.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self, typed: str) -> None:
        """Shows what is found by words, whatever was looked for before."""
        self.finder.search(typed)
        self.finder.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_source(self, key: str) -> None:
        """Searches for a source by its title and shows the first fact that stands on it."""
        book = self.model.book
        self.search(book.source(key).title)
        of_it = (
            f for f in self.finder.found() if any(key in (v.source, *v.also) for v in book.fact(f).values)
        )
        fact_id = next(of_it, "")
        if fact_id:
            self.finder.open_fact(fact_id)
            self._on_chosen(fact_id)

    def fact(self) -> str:
        """The id of the fact that is shown."""
        return self._fact

    # ------------------------------------------------------------------ showing
    def _show_day(self) -> None:
        """List and fact anew: another day, case or language."""
        self._set_day()
        self._show_found()

    def _set_day(self) -> None:
        self._day = DayOfBook(self.model.view, self.model.today)
        self.finder.set_day(self._day, self.language)

    def _show_found(self) -> None:
        self._fact = self.finder.refresh(self._fact)
        self._show_fact()

    def _show_fact(self) -> None:
        if not self._fact:
            return
        sheet = fact_sheet(self._day, self._fact, self.language)
        read = uses(self._fact, self.model.advice, self.model.flow, self.language)
        self.detail.show_fact(sheet, read)

    # ------------------------------------------------------------------ slots
    def _on_chosen(self, fact_id: str) -> None:
        self._fact = fact_id
        self._show_fact()

    def _on_take_back(self, fact_id: str) -> None:
        self.model.override(fact_id, None)
        self.messageRequested.emit(self.tr("The rule counts again."), "undo")
