"""The window: steps at the left, the work in the middle, the verdict at the right; the case above, the rules below."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.errors import LanewiseError, StoreError
from desktop.core.text import Text
from desktop.store.casefile import SUFFIX, read_example
from desktop.store.paths import log_folder
from desktop.viewmodels.asides import ASIDES, aside
from desktop.viewmodels.case_model import REPORT_DAY, CaseModel
from desktop.viewmodels.narrowing import Narrower
from desktop.viewmodels.preferences import TEXT_SIZES, Preferences, next_text_size
from desktop.viewmodels.start import example_cards, fair_case
from desktop.viewmodels.status import rule_state
from desktop.viewmodels.wording import a_date
from desktop.views.ahead import Ahead
from desktop.views.chart_commands import ChartCommands
from desktop.views.design import SPACE, access, theme
from desktop.views.design.icons import FIRST_SIZES, app_icon
from desktop.views.design.theme import system_text_scale
from desktop.views.language import Translators
from desktop.views.menus import SCHEMES, Menus
from desktop.views.message import Asker
from desktop.views.start_page import StartPage
from desktop.views.statusbar import StatusBar
from desktop.views.toolbar import ToolBar
from desktop.views.widgets import Hairline, Toast

if TYPE_CHECKING:
    from desktop.core.facts import RuleBook
    from desktop.core.result import Advice
    from desktop.store.packs.kept import Packs
    from desktop.store.trouble import Fault
    from desktop.viewmodels.reconcile import Reconciler
    from desktop.viewmodels.workbook import WorkbookWriter
    from desktop.views.charts.base import ChartView
    from desktop.views.guide import GuideWindow
    from desktop.views.keeping import Keeping
    from desktop.views.lists import ReadingList
    from desktop.views.pages.base import Page
    from desktop.views.palette import CommandPalette
    from desktop.views.paper_commands import PaperCommands
    from desktop.views.renewing import Renewing
    from desktop.views.visitor.view import VisitorView
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
WHY = ("desktop.views.why_panel", "WhyPanel")
PAPER = ("print", "print-now", "save-pdf", "save-html", "save-report", "sheet-options")
"""Commands that need a case."""
START = "start"
CASES = (SUFFIX, ".json")
"""Endings of files that are a case when they are dropped on the window."""
CATALOGUES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet")
"""Endings of files that are a catalogue when they are dropped on the window."""
PACK = ".lwrules"
"""The ending of a rule pack."""
LONG_TOAST_MS = 12_000
COMPACT_BELOW = 1180
BANDS = ((1360, 280), (1800, SPACE.side_width))
WIDE_SIDE = 400
FROZEN_MS = 2000
"""No longer than so is the old picture held while a new one is worked out."""
LEAST_BESIDE = 480
"""The narrow form of a page wants so much; the why panel covers one with less."""


def side_width(width: int) -> int:
    """How wide the verdict stands beside the work in a window of a width."""
    return next((side for below, side in BANDS if width < below), WIDE_SIDE)


class Window(QMainWindow):
    """One window, one case. It knows the model and the preferences, and no rule."""

    firstPainted = Signal()
    """Once: the engine and the charts may be loaded from now on."""

    def __init__(
        self,
        model: CaseModel,
        prefs: Preferences,
        asker: Asker | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model, self.prefs = model, prefs
        self.asker = asker or Asker(self)
        self.narrower = Narrower(model, self)
        self.step = START
        self.compact = False
        self._band = 0
        self._pages: dict[str, Page] = {}
        self._shown: dict[str, Advice] = {}
        self._refused: tuple[str, Text, str] | None = None
        self._work: WorkArea | None = None
        self._why: QWidget | None = None
        self._why_back: QWidget | None = None
        self._fact_back: tuple[str, object, str] | None = None
        self._palette: CommandPalette | None = None
        self._guide: GuideWindow | None = None
        self._visitor: VisitorView | None = None
        self._paper: PaperCommands | None = None
        self._workbooks: WorkbookWriter | None = None
        self._reconciler: Reconciler | None = None
        self._discreet = self._composing = False
        self.renewing: Renewing | None = None
        """The rule packs of the window, from `renew_from` on."""
        self.keeping: Keeping | None = None
        """The casebook of the window, from `keep_in` on."""
        self._undo_toast: Callable[[], None] = model.undo
        self._spoken = ""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.translators = Translators(app)
        self.translators.set_language(prefs.language)
        self.setWindowIcon(app_icon(FIRST_SIZES))
        self.firstPainted.connect(lambda: self.setWindowIcon(app_icon()))
        self.setMinimumSize(900, 600)
        self.setAcceptDrops(True)
        self.charts = ChartCommands(self, self.asker, prefs, self._chart_foot, self._rule_marks)
        self.menus = Menus(self, model.flow)
        self.ahead = Ahead(self, self)
        self._old_words: set[str] = set()
        self._thaw = QTimer(self)
        self._thaw.setSingleShot(True)
        self._thaw.setInterval(FROZEN_MS)
        self._thaw.timeout.connect(self._unfreeze)
        self._build()
        self._connect()
        app.focusChanged.connect(self._on_focus)
        self.retranslate()
        self.open_step(START)
        self._restore()

    # ------------------------------------------------------------------ building
    def _build(self) -> None:
        model, prefs = self.model, self.prefs
        # from the outside in: what is put into another is told of fonts and colours with all that it holds
        central = QWidget()
        self.setCentralWidget(central)
        self.tools = ToolBar(model, prefs, central)
        self.status = StatusBar(prefs, central)
        self.body = QStackedWidget(central)
        self.start = StartPage(model, prefs, rule_state(model.book, model.today, None), self.body)
        self.body.addWidget(self.start)
        whole = QVBoxLayout(central)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self.tools, Hairline(strong=True)):
            whole.addWidget(part)
        whole.addWidget(self.body, 1)
        for part in (Hairline(strong=True), self.status):
            whole.addWidget(part)
        self.toast = Toast(self.body)

    @property
    def work(self) -> WorkArea:
        """The work area, made on the first look."""
        if self._work is None:
            from desktop.views.work_area import WorkArea

            made = self._work = WorkArea(self.model.questions)
            made.stepRequested.connect(self.open_step)
            made.questionRequested.connect(self.ask)
            made.whyRequested.connect(self.why_verdict)
            made.notice.linkActivated.connect(self.save_as)
            made.set_compact(self.compact)
            self.body.addWidget(made)
            if self.keeping is not None:
                self.keeping.connect_work()
            self._split()
            # the rail is the first stop of the work, as it is read
            QWidget.setTabOrder(made.rail, self.tools.day)
        return self._work

    def _connect(self) -> None:
        model, prefs = self.model, self.prefs
        model.changed.connect(self._on_changed)
        model.evaluated.connect(self._on_evaluated)
        model.dayChanged.connect(self._on_day)
        model.voided.connect(self._on_voided)
        model.fileChanged.connect(self.show_title)
        model.undoChanged.connect(self.show_undo)
        model.heldChanged.connect(self._show_found)
        model.narrowedChanged.connect(self._show_found)
        prefs.languageChanged.connect(self._on_language)
        prefs.schemeChanged.connect(lambda scheme: theme().set_scheme(scheme))
        prefs.textSizeChanged.connect(self._on_text_size)
        theme().changed.connect(self._on_theme)
        prefs.recentChanged.connect(self._show_recent)
        self.tools.painted.connect(self.firstPainted)
        self.tools.dayRequested.connect(self.choose_day)
        self.tools.visitorRequested.connect(self.show_visitor)
        self.tools.printRequested.connect(lambda: self.paper.print_now())
        self.status.reviewsRequested.connect(self.show_reviews)
        self.start.newRequested.connect(self.new_case)
        self.start.visitorRequested.connect(self.next_visitor)
        self.start.openRequested.connect(self.choose_file)
        self.start.fileRequested.connect(lambda path: self.open_file(Path(path)))
        self.start.exampleRequested.connect(self.open_example)
        self.start.catalogueRequested.connect(lambda: self.open_step("catalogue"))
        self.start.reviewsRequested.connect(self.show_reviews)
        self.start.missingRequested.connect(self.show_missing)
        self.start.casebookRequested.connect(lambda: self.open_step("casebook"))
        self.start.toldRead.connect(self._on_told_read)
        self.toast.actionTriggered.connect(lambda: self._undo_toast())
        self.charts.told.connect(self.toast.show_message)
        self.charts.refused.connect(self.toast.show_message)
        self._connect_menus()

    def _connect_menus(self) -> None:
        actions = {
            "new": self.new_case, "open": self.choose_file, "save": self.save, "save-as": self.save_as,
            "save-workbook": self.save_workbook, "reconcile": self.choose_settlement,
            "close": self.close_case, "quit": self.close, "undo": self.undo, "redo": self.model.redo,
            "import": self.import_cases, "next-step": self.note_next_step,
            "catalogue": self.choose_catalogue, "copy": self.copy, "find": self.find,
            "cut": lambda: self.pass_on("cut", Qt.Key.Key_X), "paste": lambda: self.pass_on("paste", Qt.Key.Key_V),
            "select-all": lambda: self.pass_on("select-all", Qt.Key.Key_A),
            "full-screen": self.toggle_full_screen, "fact": self.open_focused_fact,
            "table": self._toggle_table,
            "copy-picture": lambda: self._with_chart(self.charts.copy_picture),
            "save-chart": lambda: self._with_chart(self.charts.save),
            "next-pane": lambda: self.next_pane(1), "previous-pane": lambda: self.next_pane(-1),
            "language": self._other_language, "previous": lambda: self._beside(-1),
            "next": lambda: self._beside(1), "why": self.why,
            "day": self.choose_day, "report-day": lambda: self.model.set_day(REPORT_DAY),
            "today": lambda: self.model.set_day(None), "reviews": self.show_reviews, "missing": self.show_missing,
            "next-visitor": self.next_visitor, "visitor": self.show_visitor,
            "print": lambda: self.paper.preview(), "print-now": lambda: self.paper.print_now(),
            "save-pdf": lambda: self.paper.save(".pdf"), "save-html": lambda: self.paper.save(".html"),
            "save-report": lambda: self.paper.save(".pdf", report=True),
            "sheet-options": lambda: self.paper.options(),
            "guide": self.show_guide, "keys": self.show_keys, "about": self.show_about,
            "settings": self.show_settings, "health": self.check_computer, "log": self.show_log_folder,
        }  # fmt: skip
        for name, slot in actions.items():
            self.menus[name].triggered.connect(lambda _on=False, slot=slot: slot())
        for step in self.model.flow.steps:
            action = self.menus[f"step-{step.id}"]
            action.triggered.connect(lambda _on=False, step_id=step.id: self.open_step(step_id))
        for beside in ASIDES:
            self.menus[f"step-{beside.id}"].triggered.connect(
                lambda _on=False, step_id=beside.id: self.open_step(step_id)
            )
        for scheme in SCHEMES:
            self.menus[f"scheme-{scheme}"].triggered.connect(
                lambda _on=False, name=scheme: self.prefs.set_scheme(name)
            )
            self.menus[f"scheme-{scheme}"].setChecked(scheme == self.prefs.scheme)
        for name, by in (("text-larger", 1), ("text-smaller", -1)):
            self.menus[name].triggered.connect(lambda _on=False, by=by: self._resize_text(by))
        for size in (0, *TEXT_SIZES):
            self.menus[f"text-{size}"].triggered.connect(
                lambda _on=False, size=size: self.prefs.set_text_size(size)
            )
            self.menus[f"text-{size}"].setChecked(size == self.prefs.text_size)

    # ------------------------------------------------------------------ steps and pages
    def open_step(self, step_id: str) -> None:
        """Opens a step, or the start page. Steps open in any order, also those that the direction leaves out."""
        if step_id != START and step_id not in PAGES:
            return
        if step_id == "casebook" and self.keeping is None:
            self.say(self.tr("No casebook is open."))
            return
        self.close_why()
        self._leave_casebook(step_id)
        self._fact_back = None
        self.step = step_id
        at_start = step_id == START
        self.tools.at_start = at_start
        self.tools.show_state()
        self.show_title()
        self.body.setCurrentWidget(self.start if at_start else self.work)
        self._show_state()
        if at_start:
            self._set_discreet(False)
            self.start.show_recent()
            self.start.new.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        page = self.page(step_id)
        self._renew_words(step_id)
        if hasattr(page, "opened"):
            page.opened()
        self.show_undo()
        # when the menus were set, a page that is first opened was not yet made
        self.menus["table"].setEnabled(page.has_table)
        self.work.set_alone(aside(step_id) is not None, self.compact)
        self.work.show_side(page.side, self.compact)
        self._show_steps()
        self.work.pages.setCurrentWidget(page)
        self.work.rail.set_current(step_id)
        self._show_advice()
        page.focus_first()
        if page.starts_at_top:
            page.verticalScrollBar().setValue(0)

    def page(self, step_id: str) -> Page:
        """The page of a step, made when first asked for."""
        if step_id not in self._pages:
            for _ in self.make_ahead(step_id):
                pass
        return self._pages[step_id]

    def make_work_ahead(self) -> Iterator[None]:
        """The work area and the first step, piece by piece, before they are asked for."""
        assert self.work is not None
        yield
        yield from self.make_ahead("product")

    def make_ahead(self, step_id: str) -> Iterator[None]:
        """The page of a step in pieces: its module, its parts, its words, its place."""
        if step_id in self._pages:
            return
        module, name = PAGES[step_id]
        kind = getattr(importlib.import_module(module), name)
        yield
        work = self.work
        if step_id in self._pages:
            return
        page = self._make_page(kind)
        yield
        if step_id in self._pages or work is not self._work:
            # asked for meanwhile, or of a visitor who has left
            page.deleteLater()
            return
        page.retranslate(self.prefs.language)
        page.set_compact(self.compact)
        self._pages[step_id] = page
        self.work.pages.addWidget(page)

    def _make_page(self, kind: type[Page]) -> Page:
        keeping = self.keeping if kind.step_id == "casebook" else None
        page = kind(self.model, self.prefs) if keeping is None else keeping.make_page(kind)
        page.whyRequested.connect(self.explain)
        page.stepRequested.connect(self.open_step)
        page.questionRequested.connect(self.ask)
        page.messageRequested.connect(self.say)
        page.dayRequested.connect(self.choose_day)
        if hasattr(page, "doneRequested"):
            page.doneRequested.connect(self._to_next_button)
        if hasattr(page, "overrideRequested"):
            page.overrideRequested.connect(self.override)
        if hasattr(page, "priceListRequested"):
            page.priceListRequested.connect(self.choose_price_list)
        if hasattr(page, "catalogueRequested"):
            page.catalogueRequested.connect(self.choose_catalogue)
            page.exportRequested.connect(self._save_results)
            page.badListRequested.connect(self._save_bad_list)
            page.rowCaseRequested.connect(self.open_row)
        return page

    def current_page(self) -> Page | None:
        return self._pages.get(self.step)

    def ask(self, name: str) -> None:
        """Opens the first step with the focus on a question."""
        self.open_step("product")
        page = self.current_page()
        if page is not None:
            page.focus_question(name)  # type: ignore[attr-defined]

    def _to_next_button(self) -> None:
        self.work.foot(self.compact).next.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_steps(self) -> None:
        """Back and the next step, at the foot of what stands beside the page."""
        flow, case = self.model.flow, self.model.case
        steps = flow.previous(case, self.step), flow.next(case, self.step)
        self.work.foot(self.compact).show_steps(*steps, self.prefs.language)

    def _beside(self, by: int) -> None:
        if by < 0 and self._back_to_why():
            return
        flow, case = self.model.flow, self.model.case
        found = flow.next(case, self.step) if by > 0 else flow.previous(case, self.step)
        if found is not None:
            self.open_step(found.id)

    # ------------------------------------------------------------------ following the model
    def _on_changed(self, _name: str) -> None:
        self.show_title()
        if self.model.advice is None:
            self._show_state()

    def _on_day(self) -> None:
        """Another day: the figures of the old one stand until those of the new one are there."""
        if self.step != START and self.model.evaluating:
            self._freeze()

    def _on_evaluated(self, _advice: object) -> None:
        try:
            self._show_state()
            self._show_advice()
        finally:
            self._unfreeze()

    def _show_advice(self) -> None:
        """Gives the newest advice to the page that is seen, once."""
        page, advice = self.current_page(), self.model.advice
        # of a case that has changed since, the newer advice is on its way
        if self.model.evaluating:
            return
        if page is not None and advice is not None and self._shown.get(self.step) is not advice:
            self._shown[self.step] = advice
            page.show_advice(advice)

    def _show_state(self) -> None:
        """Rail, verdict, status bar, and what the menus allow."""
        model = self.model
        at_start = self.step == START
        # behind the start page nobody sees rail and verdict, and the first paint would wait for them
        choice, advice = ("", None) if at_start else self._show_verdict()
        self.status.show_state(rule_state(model.book, model.today, advice))
        page = self.current_page()
        self.menus["table"].setEnabled(bool(page and page.has_table))
        self.menus["why"].setEnabled(bool(choice))
        for name, beside in (("previous", model.flow.previous), ("next", model.flow.next)):
            self.menus[name].setEnabled(beside(model.case, self.step) is not None)
        if self._fact_back is not None:
            self.menus["previous"].setEnabled(True)
        for name in ("save", "save-as", "save-workbook", "close", "visitor", "reconcile", *PAPER):
            self.menus[name].setEnabled(not at_start)
        self.menus["next-step"].setEnabled(not at_start and self.keeping is not None)
        self.menus["import"].setEnabled(self.keeping is not None)

    def _show_found(self) -> None:
        """What was found beside the advice: how far it holds, and the ranges over the open answers."""
        if self.step != START:
            self._show_verdict()

    def _show_verdict(self) -> tuple[str, Advice | None]:
        """Rail and verdict; the choice that the verdict is on, and the advice behind it once there is one."""
        found = self.work.show_case(self.model, self.step, self.compact, self.prefs.language)
        self._announce()
        return found.choice, None if found.missing else self.model.advice

    def _announce(self) -> None:
        """Says the verdict aloud when it is another: no eye needs to leave the field for it."""
        said = self.work.words(self.compact).spoken()
        if said != self._spoken:
            self._spoken = said
            access.announce(self, said)

    def _on_voided(self, names: tuple[str, ...]) -> None:
        language = self.prefs.language
        labels = ("、" if language == "zh" else ", ").join(
            self.model.questions[n].label[language] for n in names
        )
        words = self.tr("Now {what}. No longer applies: {names}")
        self._undo_toast = self.model.undo
        self.toast.show_message(
            words.format(what=self.model.undo_name[language], names=labels), self.tr("Undo")
        )

    def say_with(self, text: str, action: str, way: Callable[[], None] | None) -> None:
        """A sentence with an action of its own in place of Undo, which is there a little longer."""
        self._undo_toast = way or self.model.undo
        self.toast.show_message(text, action, LONG_TOAST_MS)

    def say(self, text: str, action: str = "") -> None:
        # of the page that says it, also when another one is seen by then
        page = self.current_page()
        self._undo_toast = page.undo if page is not None and hasattr(page, "undo") else self.model.undo
        self.toast.show_message(text, self.tr("Undo") if action == "undo" else "")

    def undo(self) -> None:
        """What was done last: with the answers of the case, or on a page that has steps of its own with these."""
        page = self.current_page()
        if page is not None and hasattr(page, "undo"):
            page.undo()
        else:
            self.model.undo()

    def show_title(self) -> None:
        at_start = self.step == START
        self.setWindowTitle("Lanewise" if at_start else f"{self.tools.case_name()}[*] — Lanewise")
        # macOS shows the file beside the title
        self.setWindowFilePath("" if at_start or self.model.path is None else str(self.model.path))
        kept = self.keeping is not None and self.model.path is None and not self.keeping.keeper.failing
        self.setWindowModified(self.model.modified and not kept)

    def show_undo(self) -> None:
        language = self.prefs.language
        page = self.current_page()
        if page is not None and hasattr(page, "undo"):
            self.menus.show_undo(page.undo_name[language], "")
        else:
            self.menus.show_undo(self.model.undo_name[language], self.model.redo_name[language])

    def _show_recent(self) -> None:
        paths = () if self._discreet else self.prefs.recent()
        self.menus.show_recent(paths, lambda path: self.open_file(Path(path)), self.prefs.clear_recent)

    # ------------------------------------------------------------------ the casebook
    def keep_in(self, path: Path, clock: Callable[[], datetime] | None = None) -> None:
        """Opens the casebook: from now on each answer is kept in it, and its cases are shown."""
        from desktop.views.keeping import Keeping

        self.keeping = Keeping(self, path, clock)
        if self._paper is not None:
            self.keeping.connect_paper(self._paper)
        if self._work is not None:
            self.keeping.connect_work()
        self._show_state()
        self.show_title()

    def work_made(self) -> WorkArea | None:
        """The work area, where it was made."""
        return self._work

    def page_made(self, page_id: str) -> Page | None:
        """A page, where it was made."""
        return self._pages.get(page_id)

    def begin_case(self, step_id: str) -> None:
        """A case of the casebook has become the open one."""
        self._clear_notice()
        self._to_work(step_id)

    def refuse_case(self, text: Text, name: str) -> None:
        """A case of the casebook cannot be opened."""
        self._refuse("opened", text, name)

    @property
    def at_start(self) -> bool:
        return self.step == START

    def import_cases(self) -> None:
        if self.keeping is not None:
            self.keeping.choose_import()

    def note_next_step(self) -> None:
        if self.keeping is not None and self.step != START:
            self._commit_field()
            self.keeping.note_next_step()

    def _leave_casebook(self, to: str) -> None:
        """What is being typed there counts; the step that is seen is noted with the case."""
        page = self._pages.get("casebook")
        if self.step == "casebook" and to != "casebook" and page is not None:
            page.pane.commit()  # type: ignore[attr-defined]
            page.visitors.resting = True  # type: ignore[attr-defined]
        if self.keeping is not None and to != START:
            self.keeping.recents.resting = True
        if self.keeping is not None and any(step.id == to for step in self.model.flow.steps):
            self.keeping.keeper.set_step(to)

    def _on_told_read(self) -> None:
        if self.keeping is not None:
            self.keeping.heard()

    def come_forward(self, path: Path | None = None) -> None:
        """A second start brings this window to the front, and a file that it was given is opened here."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        if path is not None:
            self.open_file(path)

    # ------------------------------------------------------------------ files
    def new_case(self) -> None:
        if self.may_leave():
            self._clear_notice()
            self.model.new()
            self._to_work("product")

    def _to_work(self, step_id: str) -> None:
        """A case has taken the place of another: what the pages show of the old one does not count."""
        self._shown.clear()
        for page in self._pages.values():
            page.forget()
        self.open_step(step_id)

    def choose_file(self) -> None:
        folder = str(self.model.path.parent) if self.model.path else self.prefs.folder("cases")
        path = self.asker.open_path(folder)
        if path is not None:
            self.open_file(path)

    def choose_price_list(self) -> None:
        """Asks for a price list of one's own, for the page that is seen."""
        page = self.current_page()
        path = self.asker.price_list_path(self.prefs.folder("price-lists"))
        self._keep_folder("price-lists", path)
        if path is not None and page is not None and hasattr(page, "use_price_list"):
            page.use_price_list(path)

    def _keep_folder(self, kind: str, path: Path | None) -> None:
        if path is not None:
            self.prefs.keep_folder(kind, str(path.parent))

    def choose_settlement(self) -> None:
        """Asks for the real lines of an order and shows them against the estimate."""
        self._commit_field()
        folder = str(self.model.path.parent if self.model.path else self.prefs.folder("settlements"))
        path = self.asker.settlement_path(folder)
        if path is None:
            return
        self._keep_folder("settlements", path)
        if self._reconciler is None:
            made = self._reconciler = importlib.import_module("desktop.viewmodels.reconcile").Reconciler(
                self.model, self
            )
            made.done.connect(
                lambda found: self._show_list(self._lists().reconciled(found, self.prefs.language))
            )
            made.failed.connect(lambda why: self._refuse("settlement", why))
        self._clear_notice()
        self._reconciler.start(path)

    # ------------------------------------------------------------------ a catalogue
    def choose_catalogue(self) -> None:
        path = self.asker.catalogue_path(self.prefs.folder("catalogues"))
        self._keep_folder("catalogues", path)
        if path is not None:
            self.open_catalogue(path)

    def open_catalogue(self, path: Path) -> None:
        """Opens the catalogue page on a file. The open case stays: its answers hold for all rows."""
        self.open_step("catalogue")
        self.page("catalogue").open_file(path)  # type: ignore[attr-defined]

    def _save_results(self, proposed: str) -> None:
        path = self.asker.results_path(proposed)
        if path is not None:
            self.page("catalogue").export_to(path)  # type: ignore[attr-defined]

    def _save_bad_list(self, proposed: str) -> None:
        path = self.asker.bad_list_path(proposed)
        if path is not None:
            self.page("catalogue").save_bad_to(path)  # type: ignore[attr-defined]

    def open_row(self, place: int) -> None:
        """A row of the catalogue in place of the open case, which may be saved first."""
        if place >= 0 and self.may_leave():
            self._clear_notice()
            self.page("catalogue").open_row(place)  # type: ignore[attr-defined]
            self._to_work("platforms")
            self.say(
                self.tr("Money is the only criterion here, as in the catalogue. The weights can be moved."),
                "",
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # also what cannot be used: where it is dropped it is said why
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event)
        if paths:
            event.acceptProposedAction()
            self.open_dropped(paths)

    def open_dropped(self, paths: Sequence[Path]) -> None:
        """Opens a case or a catalogue that was dropped; says what becomes of the rest."""
        cases = [path for path in paths if path.suffix.lower() in (SUFFIX, ".zip")]
        several = len(cases) > 1 or (cases and cases[0].suffix.lower() == ".zip")
        if several and len(cases) == len(paths) and self.keeping is not None:
            self.keeping.bring_in(cases)
            return
        known = [path for path in paths if path.suffix.lower() in (*CASES, *CATALOGUES, PACK)]
        if not known:
            lead = self.tr("“{name}” was not opened.").format(name=paths[0].name)
            way = self.tr("Drop a case ({case}), a rule pack ({pack}) or a catalogue ({catalogues}).")
            kinds = " ".join(CATALOGUES)
            self.say(f"{lead} {way.format(case=SUFFIX, pack=PACK, catalogues=kinds)}", "")
            return
        first, rest = known[0], len(paths) - 1
        if first.suffix.lower() in CATALOGUES:
            self.open_catalogue(first)
        elif not self.open_file(first):
            return
        if rest:
            words = self.tr("“{name}” is open; one file at a time. Not opened: {count}")
            self.say(words.format(name=first.name, count=rest), "")

    # ------------------------------------------------------------------ a case
    def open_file(self, path: Path) -> bool:
        """Opens a case file, or looks at a rule pack; what cannot be read is said, and everything stays as it is."""
        if path.suffix.lower() == PACK and self.renewing is not None:
            self.renewing.open(path)
            return True
        if not self.may_leave():
            return False
        try:
            self.model.open(path)
        except LanewiseError as error:
            self._refuse("opened", error.text, path.name)
            return False
        self._clear_notice()
        self.prefs.add_recent(str(path))
        if self.keeping is not None:
            self.keeping.keeper.claim()
        self._to_work("product")
        return True

    def open_example(self, name: str) -> None:
        if not self.may_leave():
            return
        try:
            case = read_example(name, self.model.questions)
        except LanewiseError as error:
            self._refuse("opened", error.text, name)
            return
        self._clear_notice()
        self.model.replace(case)
        self._to_work("product")

    def save(self) -> bool:
        """The file of a case that has one. A case of the casebook is kept already: that is said."""
        if self.keeping is not None and self.model.path is None:
            self._commit_field()
            keeper = self.keeping.keeper
            if keeper.flush() and keeper.kept_at is not None:
                self.say(
                    self.tr("Kept in the casebook at {time}. Ctrl+Shift+S writes a file of its own.").format(
                        time=f"{keeper.kept_at:%H:%M}"
                    ),
                    "",
                )
                return True
        return self.save_as() if self.model.path is None else self._save(self.model.path)

    def save_as(self) -> bool:
        path = self.asker.save_path(self._proposed(SUFFIX))
        return path is not None and self._save(path)

    def _proposed(self, suffix: str) -> str:
        """A file beside that of the case, named like the case."""
        folder = self.model.path.parent if self.model.path else Path(self.prefs.folder("cases"))
        plain = "".join(sign for sign in self.tools.case_name() if sign.isalnum() or sign in " -_").strip()
        return str(folder / f"{plain or 'case'}{suffix}")

    def save_workbook(self) -> None:
        """The advice with its sums as a workbook, written beside the window."""
        self._commit_field()
        path = self.asker.workbook_path(self._proposed(".xlsx"))
        if path is None:
            return
        if self._workbooks is None:
            made = self._workbooks = importlib.import_module("desktop.viewmodels.workbook").WorkbookWriter(
                self.model, self
            )
            made.written.connect(self._on_workbook)
            made.failed.connect(lambda why: self._refuse("workbook", why))
        self._workbooks.write(path, self.prefs.language)

    def _on_workbook(self, path: Path) -> None:
        self._clear_notice()
        self.say(self.tr("Saved “{name}”.").format(name=path.name), "")

    def _save(self, path: Path) -> bool:
        self._commit_field()
        try:
            self.model.save(path)
        except StoreError as error:
            self._refuse("saved", error.text)
            return False
        self._clear_notice()
        self.prefs.add_recent(str(path))
        return True

    def _commit_field(self) -> None:
        """What is being typed is an answer once something is done with the case."""
        holder = self.focusWidget()
        if isinstance(holder, QLineEdit) and holder.isModified() and hasattr(holder, "left"):
            holder.left.emit()

    def close_case(self) -> None:
        """Back to the start page."""
        if self.step != START and self.may_leave():
            self._clear_notice()
            self.model.new()
            self.open_step(START)
            self.show_title()

    def may_leave(self) -> bool:
        """Whether the open case may give way: saved, thrown away, or nothing was changed."""
        self._commit_field()
        keeper = self.keeping.keeper if self.keeping is not None else None
        kept = keeper is not None and keeper.flush()
        if not self.model.modified or (kept and self.model.path is None):
            return True
        if kept and keeper is not None and keeper.row is not None and self.model.path is not None:
            answer = self.asker.save_file_first(self.model.path.name, keeper.row.label)
        else:
            answer = self.asker.save_first(self.tools.case_name())
        if answer == "save":
            return self.save_as() if self.model.path is None else self._save(self.model.path)
        return answer == "discard"

    def _refuse(self, what: str, text: Text, name: str = "") -> None:
        """Says what was not done and why. It is kept, so that it follows the language."""
        self._refused = (what, text, name)
        said = text[self.prefs.language]
        saved = what == "saved"
        lead = {
            "saved": self.tr("The case was not saved."),
            "workbook": self.tr("The workbook was not saved."),
            "settlement": self.tr("The settlement was not compared."),
            "opened": self.tr("“{name}” was not opened.").format(name=name),
            "rules": self.tr("The rules are as before."),
        }[what]
        if self.step == START:
            self.start.refuse(lead, said)
            return
        self.work.notice.set_notice("err", lead, said, self.tr("Save a copy…") if saved else "")
        self.work.notice_room.show()

    def _clear_notice(self) -> None:
        self._refused = None
        if self._work is not None:
            self._work.notice_room.hide()
        self.start.clear_notice()

    # ------------------------------------------------------------------ paper
    @property
    def paper(self) -> PaperCommands:
        """The commands for paper, made when first asked for; what is being typed is an answer by then."""
        self._commit_field()
        if self._paper is None:
            made = importlib.import_module("desktop.views.paper_commands").PaperCommands
            self._paper = made(self.model, self.prefs, self.asker, lambda text: self.say(text, ""), self)
            if self.keeping is not None:
                self.keeping.connect_paper(self._paper)
        return self._paper

    def show_sheet(self) -> None:
        """The sheet of the open case as it will be printed."""
        self.paper.preview()

    def print_for_visitor(self) -> None:
        """The customer's copy of what the visitor sees, on the last printer."""
        visitor = self.visitor
        self.paper.print_now(visitor.toast.show_message, customer=True, market=visitor.visitor.market)

    # ------------------------------------------------------------------ a visitor
    @property
    def visitor(self) -> VisitorView:
        """The visitor view, made on the first look."""
        if self._visitor is None:
            view = importlib.import_module("desktop.views.visitor.view")
            found = importlib.import_module("desktop.viewmodels.visitor").Visitor(
                self.model, self.prefs, self
            )
            made = self._visitor = view.VisitorView(found, self)
            made.leaveRequested.connect(self.leave_visitor)
            made.nextRequested.connect(self.next_visitor)
            made.undoRequested.connect(self.model.undo)
            made.printRequested.connect(self.print_for_visitor)
        return self._visitor

    def show_visitor(self) -> None:
        """The case for the person in front of you; nothing can be shown of the start page."""
        if self.step == START:
            return
        self._commit_field()
        self._set_discreet(True)
        self.visitor.open(self.step)

    def leave_visitor(self) -> None:
        """Back to the desk, on the step where it was left."""
        if self._visitor is not None:
            self._visitor.clear()
        self._set_discreet(False)
        self.activateWindow()

    def next_visitor(self) -> None:
        """A new case for the next one; this one is kept, and everything of it leaves the screen."""
        if not self._keep_for_next():
            return
        if self._visitor is not None:
            self._visitor.clear()
        self._clear_notice()
        self._drop_work()
        fair = fair_case(self.model.questions)
        self.model.replace(fair, assumed=fair.answers)
        self._set_discreet(True)
        self._to_work("product")
        self.activateWindow()
        self.ask("category")
        self.ahead.again()

    def _keep_for_next(self) -> bool:
        """What has a file is saved without a question; else it is asked about, as elsewhere."""
        self._commit_field()
        if self.model.path is not None and self.model.modified and not self._save(self.model.path):
            return False
        return self.may_leave()

    # ------------------------------------------------------------------ other rules
    @property
    def discreet(self) -> bool:
        """Whether other cases are not to be named: a visitor looks on."""
        return self._discreet

    def renew_from(self, packs: Packs) -> None:
        """Tells the window where its rule packs are. Called after the first paint."""
        made = importlib.import_module("desktop.views.renewing").Renewing
        self.renewing = made(self, packs)

    def take_book(self, book: RuleBook) -> tuple[str, ...]:
        """Other rules answer the same case, on the same step: every page is made anew, for each holds what it last read.

        Returns the names of answers and typed values that these rules do not know.
        """
        step, focused = self.step, self.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._commit_field()
        self._drop_work()
        for each in (self._palette, self._visitor):
            if each is not None:
                each.deleteLater()
        self._palette = self._visitor = None
        self._fact_back = None
        gone = self.model.take_book(book)
        self.start.show_state(rule_state(book, self.model.today, None))
        self.open_step(step)
        if not had_focus:
            self.clearFocus()
        self.ahead.again()
        return gone

    def refuse_rules(self, text: Text, name: str) -> None:
        """Why other rules are not in use."""
        self._refuse("rules", text, name)

    def _drop_work(self) -> None:
        """No page is kept, for a hidden one still holds what it last showed."""
        self.toast.dismiss()
        self.toast.label.setText("")
        self.toast.setAccessibleName("")
        self.close_why()
        if self._palette is not None:
            self._palette.forget()
        self.body.setCurrentWidget(self.start)
        for page in self._pages.values():
            if hasattr(page, "close_down"):
                page.close_down()
        self._pages.clear()
        self._shown.clear()
        self._old_words.clear()
        self._why = self._why_back = None
        if self._work is not None:
            self._keep_split()
            self.body.removeWidget(self._work)
            self._work.setParent(None)
            self._work.deleteLater()
            self._work = None

    def _set_discreet(self, discreet: bool) -> None:
        """Names of other cases are not shown while a visitor looks on: until the start page is opened again."""
        if discreet != self._discreet:
            self._discreet = discreet
            self._show_recent()
        self.start.set_discreet(discreet)
        if self.keeping is not None:
            self.keeping.set_discreet(discreet)

    # ------------------------------------------------------------------ day, lists, help
    def choose_day(self) -> None:
        day = self.asker.day(self.model.day)
        if day is not None:
            self.model.set_day(day)

    def show_reviews(self) -> None:
        """Sources whose review date has passed."""
        self._show_list(self._lists().reviews(self.model.book, self.model.today, self.prefs.language))

    def show_missing(self) -> None:
        """What the rule book is known to lack."""
        self._show_list(self._lists().missing(self.model.book, self.prefs.language))

    def show_guide(self, page_id: str = "") -> None:
        """Opens the guide at a page, else at the one for what is seen."""
        from desktop.viewmodels.guide import topic_of

        if self._guide is None:
            from desktop.views.guide import GuideWindow

            self._guide = GuideWindow(self.prefs, lambda: self._lists().all_keys(self.menus.key_list()), self)
            self._guide.linkRequested.connect(self._on_guide_link)
        self._guide.open_page(page_id or topic_of(self.step))

    def _on_guide_link(self, target: str) -> None:
        """A link of the guide to a page or a fact; the guide stays open beside it."""
        kind, _, name = target.partition(":")
        if kind == "fact":
            self.open_fact(name)
        else:
            self.open_step(name)
        self.activateWindow()

    def show_keys(self) -> None:
        self.show_guide("keys")

    def _lists(self) -> ModuleType:
        return importlib.import_module("desktop.views.lists")

    def _show_list(self, shown: ReadingList) -> None:
        self.asker.show_list(shown.title, shown.lead, shown.columns, shown.rows)

    def show_about(self) -> None:
        """What the program is made of."""
        self.asker.about(self.model.book, self.prefs.language)

    def show_settings(self) -> None:
        self.asker.settings(self.prefs)

    def check_computer(self) -> None:
        """Whether data, folder, fonts and clock are as they should be."""
        self.asker.health(self.model.today, self.prefs.language)

    def show_log_folder(self) -> None:
        """Where log and reports are, in the system's own window."""
        folder = log_folder()
        if not self.asker.show_folder(folder):
            self.say(self.tr("Log and reports are in {folder}").format(folder=folder), "")

    def show_fault(self, fault: Fault) -> None:
        """A fault of the program is said beside the work."""
        self.asker.fault(fault, self.save_as)

    # ------------------------------------------------------------------ why
    def explain(self, subject: object) -> None:
        """Opens the why panel on a figure."""
        if self._why is None:
            self._why = getattr(importlib.import_module(WHY[0]), WHY[1])(self.model, self.prefs, self.work)
            self._why.closed.connect(self.close_why)  # type: ignore[attr-defined]
            self._why.overrideRequested.connect(self.override)  # type: ignore[attr-defined]
            self._why.openFactRequested.connect(self.open_fact)  # type: ignore[attr-defined]
        if self._why.isHidden() or self._why_back is None:
            self._why_back = self.focusWidget()
        self._place_why()
        self._why.explain(subject)  # type: ignore[attr-defined]
        self._why.show()
        self._why.raise_()
        self._place_why()

    def _place_why(self) -> None:
        if self._why is None:
            return
        rail = self.work.rail.width()
        width = self.work.width() - rail
        wide = min(theme().px(SPACE.why_width), width)
        if self.compact or width - wide < LEAST_BESIDE:
            wide = width
        # above the strip at the foot, which stays as it is
        high = self.work.height() - self.work.foot_height()
        self._why.setGeometry(self.work.width() - wide, 0, wide, high)
        if not self._why.isHidden():
            self._make_room(wide)

    def _make_room(self, panel: int) -> None:
        """The page gives way to the panel beside it, as far as a page can still be read."""
        whole = panel >= self.work.width() - self.work.rail.width()
        beside = 0 if self.compact or whole or not panel else max(0, panel - self.work.side())
        self.work.inside.setContentsMargins(0, 0, beside, 0)
        page = self.current_page()
        if page is not None:
            page.set_beside(beside > 0)

    def close_why(self) -> None:
        """Closes the why panel and gives the focus back to the figure."""
        if self._why is None or self._why.isHidden():
            return
        self._why.hide()
        self._make_room(0)
        back, self._why_back = self._why_back, None
        try:
            if back is not None and back.isVisible():
                back.setFocus(Qt.FocusReason.OtherFocusReason)
        except RuntimeError:
            pass  # the figure has gone meanwhile

    def why(self) -> None:
        """Why of the figure in focus, else of the verdict."""
        page = self.current_page()
        if page is None or not page.why_focused():
            self.why_verdict()

    def why_verdict(self) -> None:
        """Why of the key figure."""
        from desktop.viewmodels.why import net_title, tax_title, why_option, why_quote

        advice = self.model.advice
        if advice is None or self.step == START:
            return
        ranking = advice.platforms if self.model.case.exports else advice.import_modes
        first = ranking.first
        if first is not None:
            place = advice.markets.first
            exports = self.model.case.exports
            title = net_title(first, place.name if place else None) if exports else tax_title(first)
            subject = why_quote(first.id, title, first.quote) if first.quote else why_option(first)
            self.explain(subject)

    def open_fact(self, fact_id: str) -> None:
        """Opens the rule book on a fact."""
        self.open_step("rule-book")
        self.page("rule-book").open_fact(fact_id)  # type: ignore[attr-defined]

    def override(self, fact_id: str) -> None:
        """Asks for a value of one's own in a fact's place."""
        from desktop.viewmodels.values import value_text

        language, book = self.prefs.language, self.model.book
        fact = book.fact(fact_id)
        value_now = fact.at(self.model.day)
        held = "" if value_now is None else value_text(fact, value_now, book, language)
        value = self.asker.override(held, bool(fact.tiers), fact.says[language])
        if value is not None:
            self.model.override(fact_id, value or None)

    # ------------------------------------------------------------------ edit and view
    def find(self) -> None:
        """Opens the search for everything."""
        if self._palette is None:
            from desktop.views.palette import CommandPalette

            self._palette = CommandPalette(self)
        self._palette.open()

    def copy(self) -> None:
        """Copies what has the focus: each widget knows how it is copied."""
        self.pass_on("copy", Qt.Key.Key_C)

    def pass_on(self, name: str, key: Qt.Key) -> None:
        """A command of the edit menu for what has the focus: it knows its own keys."""
        holder = self.focusWidget()
        if holder is None:
            return
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier)
        # the key would find this very command again, and again
        command = self.menus[name]
        command.setEnabled(False)
        QApplication.sendEvent(holder, event)
        command.setEnabled(True)

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.menus["full-screen"].setChecked(self.isFullScreen())

    def open_focused_fact(self) -> None:
        """The rule book: at the fact of the line in focus in the why panel, else as it was left."""
        why, fact_id, back = self._why, "", None
        if why is not None and not why.isHidden():
            fact_id = why.focused_fact()  # type: ignore[attr-defined]
            back = self.step, why.subject, why.focused_key()  # type: ignore[attr-defined]
        if fact_id:
            self.open_fact(fact_id)
            self._fact_back = back
            self._show_state()
        else:
            self.open_step("rule-book")

    def _back_to_why(self) -> bool:
        """From the rule book to the line of the why panel that led there."""
        if self._fact_back is None or self.step != "rule-book":
            return False
        step, subject, key = self._fact_back
        self.open_step(step)
        self.explain(subject)
        assert self._why is not None
        self._why.focus_line(key)  # type: ignore[attr-defined]
        return True

    def _toggle_table(self) -> None:
        page = self.current_page()
        if page is not None and page.has_table:
            page.toggle_table()

    def _with_chart(self, command: Callable[[ChartView], None]) -> None:
        """A command on the chart in focus or the first one that is seen."""
        chart = self.charts.shown(self.current_page())
        if chart is None:
            self.toast.show_message(self.tr("There is no chart here."))
        else:
            command(chart)

    def _chart_foot(self) -> str:
        day = self.tr("Rules as of {day}").format(day=a_date(self.model.day, self.prefs.language))
        parts = ("Lanewise", self.tools.case_name(), day, self._rule_marks())
        return " · ".join(part for part in parts if part)

    def _rule_marks(self) -> str:
        """What must be said of the rules, in few words, where something leaves the window."""
        used = self.model.book.used(self.model.today)
        return " · ".join(text[self.prefs.language] for text in used.marks)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button or the menu key on a chart or its table."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        holder = self.focusWidget() if by_key else self.childAt(event.pos())
        chart = self.charts.at(holder) if self._work is not None else None
        if chart is None:
            super().contextMenuEvent(event)
            return
        self.charts.open_menu(
            chart, chart.mapToGlobal(chart.rect().center()) if by_key else event.globalPos()
        )

    def _other_language(self) -> None:
        self.prefs.set_language("en" if self.prefs.language == "zh" else "zh")

    def next_pane(self, by: int) -> None:
        """F6: rail, tool bar, work, verdict, and round again."""
        page = self.current_page()
        if page is None:
            panes: list[tuple[QWidget, QWidget]] = [
                (self.tools, self.tools.day),
                (self.start, self.start.new),
            ]
        else:
            panes = [
                (self.work.rail, self.work.rail),
                (self.tools, self.tools.day),
                (page, page),
                *self.work.panes(self.compact),
            ]
        holder = self.focusWidget()
        at = next((i for i, (pane, _) in enumerate(panes) if holder is not None and
                   (pane is holder or pane.isAncestorOf(holder))), -1)  # fmt: skip
        pane, target = panes[(at + by) % len(panes)]
        if page is not None and pane is page:
            page.focus_first()
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _resize_text(self, by: int) -> None:
        self.prefs.set_text_size(next_text_size(theme().text_scale * 100, by))

    def _on_text_size(self, percent: int) -> None:
        self.menus[f"text-{percent}"].setChecked(True)
        theme().set_text_scale(percent / 100 if percent else system_text_scale())

    def _on_theme(self) -> None:
        """Larger text leaves less room: the narrow form begins earlier."""
        if self._band:
            self._fit()

    def _on_language(self, language: str) -> None:
        # the words that follow are those of the case as it is
        self.model.settle()
        self._freeze()
        self.translators.set_language("zh" if language == "zh" else "en")
        if self._visitor is not None and self._visitor.isVisible():
            # the desk stands behind it and is not seen
            QTimer.singleShot(0, self._retranslate_frozen)
        else:
            self._retranslate_frozen()

    def _retranslate_frozen(self) -> None:
        try:
            self.retranslate()
        finally:
            self._unfreeze()

    def retranslate(self) -> None:
        """Every word in the language in force, in place: same step, same focus, same scroll."""
        language = self.prefs.language
        self.menus.retranslate(language, a_date(REPORT_DAY, language))
        self.menus.show_examples(tuple(card.example for card in self.start.cards) or example_cards(self.model.questions),
                                 language, self.open_example)  # fmt: skip
        self._show_recent()
        self.show_undo()
        self.tools.retranslate()
        self.start.retranslate(language)
        self.toast.dismiss()
        if self._refused is not None:
            self._refuse(*self._refused)
        if self.renewing is not None:
            self.renewing.retranslate()
        if self.keeping is not None:
            self.keeping.retranslate()
        # a page that is not seen takes its words when it is
        self._old_words = set(self._pages)
        self._renew_words(self.step)
        self._show_state()
        self._show_advice()
        self.show_title()

    def _renew_words(self, step_id: str) -> None:
        if step_id in self._old_words:
            self._old_words.discard(step_id)
            self._shown.pop(step_id, None)
            self._pages[step_id].retranslate(self.prefs.language)

    def _freeze(self) -> None:
        """Holds the picture until all of it is new: half of a day or a language is not shown.

        Of what is in the window, not of the window itself: Qt loses the paint that a window was asked for meanwhile, and
        never paints it again.
        """
        self.centralWidget().setUpdatesEnabled(False)
        self._thaw.start()

    def _unfreeze(self) -> None:
        self._thaw.stop()
        self.centralWidget().setUpdatesEnabled(True)

    # ------------------------------------------------------------------ size and events
    def _set_compact(self, compact: bool) -> None:
        self.compact = compact
        if self._work is not None:
            self._work.set_compact(compact)
        self.status.compact = compact
        for page in self._pages.values():
            page.set_compact(compact)
        self._show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Wide or narrow form, as width and text size allow."""
        compact = self.width() < COMPACT_BELOW * max(1.0, theme().text_scale)
        if compact != self.compact or not self._band:
            self._set_compact(compact)
        band = side_width(self.width())
        if band != self._band:
            self._keep_split()
            self._band = band
            if self._work is not None:
                self._split()
        self._place_why()

    def _split(self) -> None:
        """Page and verdict as wide as the user left them in a window of this size, else as drawn."""
        kept = self.prefs.state(f"split-{self._band}")
        if not (kept and self.work.split.restoreState(QByteArray(kept))):
            rest = self.width() - self.work.rail.width() - self._band
            self.work.split.setSizes([max(1, rest), self._band])

    def _keep_split(self) -> None:
        if self._band and not self.compact and self.step != START:
            self.prefs.keep_state(f"split-{self._band}", self.work.split.saveState())

    def _window_key(self) -> str:
        """Where the place of the window is kept: for each size of the main screen its own."""
        size = self.screen().size()
        return f"window-{size.width()}x{size.height()}"

    def _restore(self) -> None:
        kept = self.prefs.state(self._window_key())
        if not (kept and self.restoreGeometry(QByteArray(kept))):
            self.resize(1440, 900)
        if not self.isMaximized() and not self.isFullScreen():
            # the screen it stood on may be gone
            screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
            self.setGeometry(fitted(self.geometry(), screens))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_W and not event.modifiers() and self.step != START:
            # no text field and no table has taken it
            self.why()
            return
        if event.key() == Qt.Key.Key_Escape:
            if self._why is not None and not self._why.isHidden():
                self.close_why()
                return
            if self._work is not None and self._work.sheet_is_open():
                self._work.close_sheet()
                return
            if not self.toast.isHidden():
                self.toast.dismiss()
                return
        super().keyPressEvent(event)

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Only the field in focus is watched: a filter on the whole program would see every event."""
        self._composing = False
        if isinstance(old, QLineEdit):
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit) and self.isAncestorOf(new):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field with nothing typed has nothing of its own to undo: then Ctrl+Z is the case's. While Chinese is being
        composed in it, no key is any command's."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        if not isinstance(watched, QLineEdit) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if self._composing and kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event.accept()
            return True
        if kind == QEvent.Type.ShortcutOverride:
            own = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in own) and not watched.isModified():
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_leave():
            event.ignore()
            return
        self.ahead.stop()
        if self._paper is not None:
            self._paper.close()
        self._keep_split()
        self.narrower.close()
        self.prefs.keep_state(self._window_key(), self.saveGeometry())
        for page in self._pages.values():
            if hasattr(page, "close_down"):
                page.close_down()
        for each in (self._workbooks, self._reconciler):
            if each is not None:
                each.close()
        if self.renewing is not None:
            self.renewing.close()
        if self.keeping is not None:
            self.keeping.close()
        event.accept()


def dropped_paths(event: QDropEvent) -> list[Path]:
    """The files that are dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def fitted(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """A window's place on the screen of which it covers most, within it; on the first where it covers none."""

    def covered(screen: QRect) -> int:
        both = screen.intersected(wanted)
        return both.width() * both.height() if both.isValid() else 0

    screen = max(screens, key=covered)
    size = wanted.size().boundedTo(screen.size())
    left = min(max(wanted.left(), screen.left()), screen.right() + 1 - size.width())
    top = min(max(wanted.top(), screen.top()), screen.bottom() + 1 - size.height())
    if not covered(screen):
        left = screen.left() + (screen.width() - size.width()) // 2
        top = screen.top() + (screen.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())
