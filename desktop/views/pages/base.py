"""What every step of the window is: a scrolling page that shows an advice and writes through the case model.

The window makes a page when it is first opened, by `Page(model, prefs)`, and from then on calls

* `retranslate(language)` once before the first advice, and on every change of language;
* `prepare(advice)` piece by piece, and then
* `show_advice(advice)` when the page becomes visible and its advice is not the newest, and after every evaluation
  while it is visible. A hidden page hears nothing;
* `set_compact(bool)` when the window grows or shrinks past 1180 px;
* `forget()` when another case takes the place of the one shown;
* `toggle_table()` on Ctrl+T, where `has_table` is true; `why_focused()` on Ctrl+I;
* `focus_first()` when the step was opened by the user.

A page reads `self.model` and `self.prefs` and writes only through the model's setters. It imports pyqtgraph and the
chart modules itself: the page module is loaded after the first paint of the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.flow import FlowStep
from desktop.core.result import Advice
from desktop.core.text import Language, Text
from desktop.viewmodels.absence import DAY, Absence, absence
from desktop.viewmodels.asides import aside
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.wording import a_date
from desktop.views.widgets import EmptyState, ScrollPage

if TYPE_CHECKING:
    from desktop.views.work_area import OwnSide

MOST_LINKS = 4
translate = QCoreApplication.translate


class Page(ScrollPage):
    """One step. `body` (a QVBoxLayout) takes the content, `add_switch` the switches at the right of the title."""

    step_id: ClassVar[str] = ""
    has_table: ClassVar[bool] = False
    """Whether Ctrl+T (chart or table) means something here."""

    side: OwnSide | None = None
    """What stands beside the page in place of the verdict."""

    starts_at_top: ClassVar[bool] = True
    """Whether an opened step begins at its head, though the focus may stand on something taller than the window."""

    whyRequested = Signal(object)
    """A WhySubject of desktop.viewmodels.why: open the why panel on it."""
    stepRequested = Signal(str)
    """The id of a step to open."""
    questionRequested = Signal(str)
    """The name of a question: open the product step with the focus on it ("type it yourself")."""
    dayRequested = Signal()
    """Choose the day whose rules count."""
    messageRequested = Signal(str, str)
    """A toast: text, and "undo" where it offers to take the last step back, else empty."""

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.model = model
        self.prefs = prefs
        self.compact = self.beside = False
        self._absent: tuple[Advice, Absence | None] | None = None

    @classmethod
    def making(
        cls, model: CaseModel, prefs: Preferences, parent: QWidget | None = None
    ) -> Iterator[Page | None]:
        """Makes a page in pieces of some milliseconds: None, as long as it is not there, and then the page."""
        yield cls(model, prefs, parent)

    # ------------------------------------------------------------------ what the window calls
    def prepare(self, advice: Advice) -> Iterator[None]:
        """What `show_advice` needs, in pieces of some milliseconds, where it is long; the window does one a turn and
        holds the picture meanwhile."""
        return iter(())

    def warm_up(self) -> Iterator[None]:
        """Pieces of what would else be done when the page is first seen; the window goes on with them at leisure."""
        return iter(())

    def show_advice(self, advice: Advice) -> None:
        """Show an advice in the language in force. Emits nothing."""

    @final
    def retranslate(self, language: Language) -> None:
        """Set every word anew, in place: same focus, same scroll, same open rows. Emits nothing."""
        for _ in self.retranslating(language):
            pass

    def retranslating(self, language: Language) -> Iterator[None]:
        """`retranslate` in pieces of some milliseconds; the window does one a turn and holds the picture meanwhile.

        The base sets the page's title from the flow. A page begins with it, sets its own words, and where it shows an
        advice shows `self.model.advice` again.
        """
        self.set_title(self.name[language], self.lead.text())
        yield

    def set_compact(self, compact: bool) -> None:
        """Less room than 1180 px."""
        self.compact = compact

    def set_beside(self, beside: bool) -> None:
        """The why panel stands beside the page: it has about half its width, and is there to choose what is explained."""
        self.beside = beside
        self.show_switches(not beside)

    def forget(self) -> None:
        """Another case takes the place of this one: no row, place or choice of the old one stays. Emits nothing."""
        self.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """Give the focus to what the step begins with."""
        self.content.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_table(self) -> None:
        """Chart or table, where `has_table`."""

    def why_focused(self) -> bool:
        """Emit `whyRequested` for the figure in focus, else for the first option; False where there is nothing."""
        return False

    # ------------------------------------------------------------------ for the page
    def absence(self, advice: Advice, ranked: bool) -> Absence | None:
        """Why there is nothing to show, None where there is. Found once for an advice: another day is evaluated."""
        if self._absent is None or self._absent[0] is not advice:
            model = self.model

            def another_day() -> bool:
                return model.day != model.today and self.ranks(model.advice_on(model.today))

            found = absence(model.case, model.flow, self.step_id, ranked, another_day)
            self._absent = (advice, found)
        return self._absent[1]

    def ranks(self, advice: Advice) -> bool:
        """Whether an advice has something ranked for this page."""
        return bool(self.step.choice and advice.ranking(self.step.choice).ranked)

    def show_absence(self, empty: EmptyState, found: Absence | None) -> bool:
        """Says in the empty state why there is nothing; True where it does, and the page shows nothing else."""
        empty.setVisible(found is not None)
        if found is None:
            return False
        questions, language = self.model.questions, self.language
        lead, text = self._absence_words(found)
        empty.set_text(lead, text)
        words = {DAY: translate("Page", "Choose another day")}
        empty.set_links(
            [(key, words.get(key) or questions[key].label[language]) for key in found.links[:MOST_LINKS]]
        )
        self.set_title(self.name[language], "")
        return True

    def _absence_words(self, found: Absence) -> tuple[str, str]:
        """The sentence and the line below it."""
        if found.cause == "missing":
            return (
                translate("Page", "Nothing is compared yet"),
                translate("Page", "The first ranking appears once these are answered:"),
            )
        if found.cause == "direction":
            if self.model.case.exports:
                lead = translate("Page", "Not asked: this case is an export")
                return lead, translate("Page", "It is compared for goods that come into China.")
            lead = translate("Page", "Not asked: this case is an import")
            return lead, translate("Page", "It is compared for goods that leave China.")
        if found.cause == "day":
            day = a_date(self.model.day, self.language)
            lead = translate("Page", "Nothing can be ranked with the rules of {day}").format(day=day)
            return lead, translate(
                "Page", "What was in force on that day is not in the rules; of today it is."
            )
        return self.nothing_yet(), translate("Page", "An answer may help:")

    def nothing_yet(self) -> str:
        """What a page without answers to stand on says."""
        return translate("Page", "Nothing can be ranked yet")

    def focus_empty(self, empty: EmptyState) -> bool:
        """Gives the focus to the first way on, where the page is empty."""
        if empty.isHidden() or not empty.links:
            return False
        empty.links[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def on_absence_link(self, key: str) -> None:
        """A link of the empty state."""
        if key == DAY:
            self.dayRequested.emit()
        else:
            self.questionRequested.emit(key)

    @property
    def language(self) -> Language:
        return self.prefs.language

    @property
    def name(self) -> Text:
        """The title: of the step, or of what stands beside the steps."""
        beside = aside(self.step_id)
        return beside.name if beside else self.step.name

    @property
    def step(self) -> FlowStep:
        return next(step for step in self.model.flow.steps if step.id == self.step_id)

    def say(self, text: Text) -> str:
        """A text of the data in the language in force."""
        return text[self.prefs.language]
