"""The why panel over the work: opened on a figure, placed beside the page, and the way from it to a fact and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.views.design import SPACE, theme

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.viewmodels.why import WhySubject
    from desktop.views.message import Asker
    from desktop.views.pages.base import Page
    from desktop.views.pages.rule_book import RuleBookPage
    from desktop.views.why_panel import WhyPanel
    from desktop.views.work_area import WorkArea

FACTS = "rule-book"
LEAST_BESIDE = 480
"""The narrow form of a page wants so much; the why panel covers one with less."""


class Host(Protocol):
    """What is asked of the window whose figures are explained."""

    model: CaseModel
    prefs: Preferences
    compact: bool
    step: str
    way_back: Callable[[], None] | None
    asker: Asker

    @property
    def at_start(self) -> bool: ...

    @property
    def work(self) -> WorkArea: ...

    def focusWidget(self) -> QWidget | None: ...

    def current_page(self) -> Page | None: ...

    def page(self, step_id: str) -> Page: ...

    def open_step(self, step_id: str, then: Callable[[], object] | None = None) -> None: ...

    def show_state(self) -> None: ...


class Explaining(QObject):
    """Made when the first page is."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self.window = window
        self.model, self.prefs = window.model, window.prefs
        self.panel: WhyPanel | None = None
        """Made when it is first opened, and again where the work area was."""
        self._back: QWidget | None = None

    @property
    def is_open(self) -> bool:
        return self.panel is not None and not self.panel.isHidden()

    # ------------------------------------------------------------------ opening and closing
    def explain(self, subject: WhySubject) -> None:
        """Opens the panel on a figure."""
        if self.panel is None:
            from desktop.views.why_panel import WhyPanel

            self.panel = WhyPanel(self.model, self.prefs, self.window.work)
            self.window.work.beside.installEventFilter(self)
            self.panel.closed.connect(self.close)
            self.panel.overrideRequested.connect(self.override)
            self.panel.openFactRequested.connect(self.open_fact)
        if self.panel.isHidden() or self._back is None:
            self._back = self.window.focusWidget()
        self.place()
        self.panel.explain(subject)
        self.panel.show()
        self.panel.raise_()
        self.place()

    def why(self) -> None:
        """Why of the figure in focus, else of the verdict."""
        page = self.window.current_page()
        if page is None or not page.why_focused():
            self.why_verdict()

    def why_verdict(self) -> None:
        """Why the first option of the case stands first."""
        from desktop.viewmodels.why import net_title, tax_title, why_option, why_quote

        advice = self.model.advice
        if advice is None or self.window.at_start:
            return
        ranking = advice.platforms if self.model.case.exports else advice.import_modes
        first = ranking.first
        if first is not None:
            place = advice.markets.first
            exports = self.model.case.exports
            title = net_title(first, place.name if place else None) if exports else tax_title(first)
            subject = why_quote(first.id, title, first.quote) if first.quote else why_option(first)
            self.explain(subject)

    def close(self) -> None:
        """Closes the panel and gives the focus back to the figure."""
        if self.panel is None or not self.is_open:
            return
        self.panel.hide()
        self._make_room(0)
        back, self._back = self._back, None
        try:
            if back is not None and back.isVisible():
                back.setFocus(Qt.FocusReason.OtherFocusReason)
        except RuntimeError:
            pass  # the figure has gone meanwhile

    def forget(self) -> None:
        """The work area that the panel lies over is made anew."""
        self.close()
        self.panel = self._back = None

    # ------------------------------------------------------------------ beside the page
    def place(self) -> None:
        """Beside the page, or over it where that would be too narrow."""
        if self.panel is None:
            return
        work = self.window.work
        width = work.width() - work.rail.width()
        wide = min(theme().px(SPACE.why_width), width)
        if self.window.compact or width - wide < LEAST_BESIDE:
            wide = width
        # above the strip at the foot, which stays as it is
        high = work.height() - work.foot_height()
        self.panel.setGeometry(work.width() - wide, 0, wide, high)
        if self.is_open:
            self._make_room(wide)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """What stands beside the page may find its width only after the window has: the page gives way anew."""
        if event.type() == QEvent.Type.Resize and self.is_open:
            self.place()
        return False

    def _make_room(self, panel: int) -> None:
        """The page gives way to the panel beside it, as far as a page can still be read."""
        work = self.window.work
        whole = panel >= work.width() - work.rail.width()
        beside = 0 if self.window.compact or whole or not panel else max(0, panel - work.side())
        work.inside.setContentsMargins(0, 0, beside, 0)
        page = self.window.current_page()
        if page is not None:
            page.set_beside(beside > 0)

    # ------------------------------------------------------------------ to a fact and back
    def open_fact(self, fact_id: str, then: Callable[[], object] | None = None) -> None:
        """Opens the rule book on a fact, and does what follows."""

        def opened() -> None:
            cast("RuleBookPage", self.window.page(FACTS)).open_fact(fact_id)
            if then is not None:
                then()

        self.window.open_step(FACTS, opened)

    def open_focused_fact(self) -> None:
        """The rule book: at the fact of the line in focus in the panel, else as it was left."""
        panel = self.panel
        fact_id = panel.focused_fact() if panel is not None and self.is_open else ""
        if panel is None or panel.subject is None or not fact_id:
            self.window.open_step(FACTS)
            return
        back = partial(self._back_to, self.window.step, panel.subject, panel.focused_key())
        self.open_fact(fact_id, partial(self._keep_way_back, back))

    def _keep_way_back(self, back: Callable[[], None]) -> None:
        self.window.way_back = back
        self.window.show_state()

    def _back_to(self, step: str, subject: WhySubject, key: str) -> None:
        """From the rule book to the line of the panel that led there."""

        def opened() -> None:
            self.explain(subject)
            assert self.panel is not None
            self.panel.focus_line(key)

        self.window.open_step(step, opened)

    def override(self, fact_id: str) -> None:
        """Asks for a value of one's own in a fact's place."""
        from desktop.viewmodels.values import value_text

        language, book = self.prefs.language, self.model.book
        fact = book.fact(fact_id)
        value_now = fact.at(self.model.day)
        held = "" if value_now is None else value_text(fact, value_now, book, language)
        value = self.window.asker.override(held, bool(fact.tiers), fact.says[language])
        if value is not None:
            self.model.override(fact_id, value or None)
