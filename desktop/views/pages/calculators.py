"""Calculators: fees, freight, duty and import tax, each a form at the left and its answer at the right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.result import Advice
from desktop.core.text import Language
from desktop.viewmodels.calculator_forms import FORMS, TITLES
from desktop.viewmodels.calculators import Answer, Calculator
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views.design.theme import clear_viewport, set_ground, theme
from desktop.views.design.tokens import SPACE
from desktop.views.pages.base import Page
from desktop.views.pages.calculator_answer import AnswerView
from desktop.views.pages.calculator_form import CalculatorForm, dropped_csv
from desktop.views.widgets import Segmented

FIRST = next(iter(FORMS))
ANSWER_LEAST = 360
"""The answer keeps so much beside the form."""


def scrolling(widget: QWidget) -> QScrollArea:
    """A column that scrolls by itself, so that form and answer stay side by side."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    set_ground(area, "surface")
    clear_viewport(area)
    area.setWidget(widget)
    widget.setAutoFillBackground(False)
    return area


class CalculatorPanel(QWidget):
    """One calculator: form and answer. Computes only while it is seen."""

    def __init__(self, form: CalculatorForm, prefs: Preferences) -> None:
        super().__init__()
        self.calculator = form.calculator
        self.calculator.setParent(self)
        self.prefs = prefs
        self._beside = False
        self.form = form
        self.answer = AnswerView()
        self.form_area, self.answer_area = scrolling(self.form), scrolling(self.answer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.xl)
        row.addWidget(self.form_area)
        # above the answer and not in it: a wide table of lines would push its words out of sight
        said = QVBoxLayout()
        said.setSpacing(SPACE.m)
        said.addWidget(self.answer.fault)
        said.addWidget(self.answer_area, 1)
        row.addLayout(said, 1)
        self.calculator.answered.connect(self.show_answer)
        self.calculator.formChanged.connect(self._on_form)
        theme().follow(self._share)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """The form in two columns where the answer keeps enough beside it."""
        spare = self.width() - SPACE.xl - theme().px(ANSWER_LEAST)
        self.form.set_columns(2 if spare >= self.form.wanted_width(2) else 1)
        self.form_area.setFixedWidth(self.form.width() + 14)

    def show_answer(self, answer: Answer) -> None:
        self.answer.show_answer(answer, self.prefs.language, self._beside)

    def _on_form(self) -> None:
        """A folded input that was typed is not hidden from the eye."""
        if self.calculator.typed_outside_main() and not self.form.more.isChecked():
            self.form.more.setChecked(True)

    def retranslate(self, language: Language) -> None:
        self.form.retranslate(language)
        self.show_answer(self.calculator.answer)

    def set_beside(self, beside: bool) -> None:
        """The why panel has the room of the form: what is explained stays."""
        self._beside = beside
        self.form_area.setVisible(not beside)
        self.show_answer(self.calculator.answer)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.calculator.set_live(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.calculator.set_live(False)


class CalculatorsPage(Page):
    """The four calculators behind one switch. Each keeps what was typed as long as the program runs."""

    step_id: ClassVar[str] = "calculators"

    priceListRequested = Signal()
    """Ask for a price list and give it to `use_price_list`."""

    def __init__(
        self,
        model: CaseModel,
        prefs: Preferences,
        parent: QWidget | None = None,
        made: CalculatorPanel | None = None,
    ) -> None:
        """`made`: the first calculator, where it is there already."""
        super().__init__(model, prefs, parent)
        self.switch = Segmented()
        self.add_switch(self.switch)
        self.stack = QStackedWidget()
        self.panels: dict[str, CalculatorPanel] = {}
        room = QVBoxLayout()
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.stack, 1)
        self.body.addLayout(room, 1)
        self.setAcceptDrops(True)
        self.switch.changed.connect(self.open_panel)
        self._name_switch(prefs.language)
        self._add(FIRST, made or CalculatorPanel(CalculatorForm(Calculator(FIRST, model)), prefs))
        self._show_panel(FIRST)

    @classmethod
    def making(
        cls, model: CaseModel, prefs: Preferences, parent: QWidget | None = None
    ) -> Iterator[Page | None]:
        form = CalculatorForm(Calculator(FIRST, model))
        yield None
        first = CalculatorPanel(form, prefs)
        yield None
        yield cls(model, prefs, parent, made=first)

    # ------------------------------------------------------------------ panels
    @property
    def panel(self) -> CalculatorPanel:
        """The one that is seen."""
        return self.panels[self.switch.current()]

    def open_panel(self, form: str) -> None:
        """Shows a calculator, made when first asked for or ahead."""
        for _ in self._making(form):
            pass
        self._show_panel(form)

    def _making(self, form: str) -> Iterator[None]:
        """A calculator, where it is not there, in pieces."""
        if form in self.panels:
            return
        inputs = CalculatorForm(Calculator(form, self.model))
        yield
        panel = CalculatorPanel(inputs, self.prefs)
        yield
        panel.retranslate(self.language)
        if form not in self.panels:
            # else asked for meanwhile
            self._add(form, panel)

    def _add(self, form: str, panel: CalculatorPanel) -> None:
        panel.answer.whyRequested.connect(self._explain)
        panel.form.chooseRequested.connect(self.priceListRequested)
        self.panels[form] = panel
        self.stack.addWidget(panel)

    def _show_panel(self, form: str) -> None:
        self.switch.set_current(form)
        self.stack.setCurrentWidget(self.panels[form])

    def use_price_list(self, path: Path) -> None:
        """Freight by a price list of one's own."""
        self.open_panel("freight")
        self.panel.calculator.use_price_list(path)

    # ------------------------------------------------------------------ what the window calls
    def warm_up(self) -> Iterator[None]:
        for form in FORMS:
            yield from self._making(form)
            yield

    def show_advice(self, advice: Advice) -> None:
        """The calculators follow the case by themselves."""

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        lead = self.tr("By the rules of the day above. What is changed here does not change the case.")
        self.set_title(self.name[language], lead)
        self._name_switch(language)
        for panel in self.panels.values():
            panel.retranslate(language)

    def _name_switch(self, language: Language) -> None:
        self.switch.set_choices([(form, TITLES[form][language]) for form in FORMS], self.switch.current())
        self.switch.set_name(self.name[language])

    def set_beside(self, beside: bool) -> None:
        super().set_beside(beside)
        for panel in self.panels.values():
            panel.set_beside(beside)

    def focus_first(self) -> None:
        self.panel.form.focus_first()

    def why_focused(self) -> bool:
        return self._explain(self.panel.answer.table.current_key())

    def _explain(self, key: str) -> bool:
        subject = self.panel.calculator.answer.asked(key)
        if subject is None:
            return False
        self.whyRequested.emit(subject)
        return True

    # ------------------------------------------------------------------ a file dropped
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_csv([url.toLocalFile() for url in event.mimeData().urls()]) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_csv([url.toLocalFile() for url in event.mimeData().urls()])
        if path is not None:
            event.acceptProposedAction()
            self.use_price_list(path)
