"""The window: steps at the left, the work in the middle, the verdict at the right; the case above, the rules below.

It holds the frame and the steps. What is done in it is its controllers', each with one subject and a module of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.viewmodels.case_model import REPORT_DAY, CaseModel
from desktop.viewmodels.narrowing import Narrower
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.start import START, example_cards
from desktop.viewmodels.status import rule_state
from desktop.viewmodels.wording import a_date
from desktop.views.commands import connect_menus
from desktop.views.controller import controller
from desktop.views.design import theme
from desktop.views.design.icons import FIRST_SIZES, app_icon
from desktop.views.design.theme import system_text_scale
from desktop.views.fitting import Fitting
from desktop.views.following import Following
from desktop.views.language import Translators
from desktop.views.menus import Menus
from desktop.views.paging import Paging
from desktop.views.start_page import StartPage
from desktop.views.statusbar import StatusBar
from desktop.views.toolbar import ToolBar
from desktop.views.widgets import Hairline, Toast

if TYPE_CHECKING:
    from desktop.core.facts import RuleBook
    from desktop.store.packs.kept import Packs
    from desktop.viewmodels.turns import Turns
    from desktop.views.ahead import Ahead
    from desktop.views.chart_commands import ChartCommands
    from desktop.views.dropping import Dropping
    from desktop.views.exchanging import Exchanging
    from desktop.views.explaining import Explaining
    from desktop.views.filing import Filing
    from desktop.views.freezing import Freezing
    from desktop.views.helping import Helping
    from desktop.views.keeping import Keeping
    from desktop.views.keyboard import Keyboard
    from desktop.views.message import Asker
    from desktop.views.opening import Opening
    from desktop.views.pages.base import Page
    from desktop.views.paper_commands import PaperCommands
    from desktop.views.receiving import Receiving
    from desktop.views.renewing import Renewing
    from desktop.views.telling import Telling
    from desktop.views.work_area import WorkArea

SETTLING = 8
"""So many turns a page may take to find its length after its text has another size."""


class Window(QMainWindow):
    """One window, one case. It knows the model and the preferences, and no rule."""

    firstPainted = Signal()
    """Once: the engine and the charts may be loaded from now on."""
    stepOpening = Signal(str)
    """A step is about to be opened; the one before is still seen."""
    resized = Signal()
    """Its width or the text size changed, and the forms of its parts follow."""
    workDropping = Signal()
    """Everything of the case is about to leave the screen."""
    rulesChanging = Signal()
    """Other rules are about to answer."""
    retranslated = Signal()
    closing = Signal()

    asker: Asker = controller("message.Asker")
    telling: Telling = controller("telling.Telling", retranslated="retranslate")
    filing: Filing = controller("filing.Filing")
    exchanging: Exchanging = controller("exchanging.Exchanging", closing="close")
    dropping: Dropping = controller("dropping.Dropping")
    explaining: Explaining = controller(
        "explaining.Explaining", stepOpening="close", resized="place", workDropping="forget"
    )
    helping: Helping = controller("helping.Helping", workDropping="forget", rulesChanging="drop_search")
    receiving: Receiving = controller("receiving.Receiving", rulesChanging="drop_view")
    keyboard: Keyboard = controller("keyboard.Keyboard")
    freezing: Freezing = controller("freezing.Freezing", stepOpening="finish", workDropping="finish")
    preparing: Turns = controller("viewmodels.turns.Turns")
    opening: Opening = controller("opening.Opening", workDropping="stop", closing="stop")
    charts: ChartCommands = controller("chart_commands.ChartCommands")
    ahead: Ahead = controller("ahead.Ahead", closing="stop")

    def __init__(
        self,
        model: CaseModel,
        prefs: Preferences,
        asker: Asker | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model, self.prefs = model, prefs
        if asker is not None:
            self.asker = asker
        self.narrower = Narrower(model, self)
        self.paging = Paging(self)
        self.fitting = Fitting(self)
        self.step = START
        self.compact = self.discreet = False
        """`discreet`: other cases are not to be named, for a visitor looks on."""
        self._in_sight: QWidget | None = None
        """What had the focus and was seen when the look was last changed."""
        self.way_back: Callable[[], None] | None = None
        """Where the step before is gone to in another way than by the order of the steps."""
        self.renewing: Renewing | None = None
        """The rule packs of the window, from `renew_from` on."""
        self.keeping: Keeping | None = None
        """The casebook of the window, from `keep_in` on."""
        self._work: WorkArea | None = None
        self._paper: PaperCommands | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.translators = Translators(app)
        self.translators.set_language(prefs.language)
        self.setWindowIcon(app_icon(FIRST_SIZES))
        self.firstPainted.connect(lambda: self.setWindowIcon(app_icon()))
        self.setMinimumSize(900, 600)
        self.setAcceptDrops(True)
        self.menus = Menus(self, model.flow)
        self._build()
        self._connect()
        app.focusChanged.connect(self._on_focus)
        self.retranslate()
        self.open_step(START)
        self.fitting.restore()

    # ------------------------------------------------------------------ building
    def _build(self) -> None:
        model, prefs = self.model, self.prefs
        # from the outside in: what is put into another is told of fonts and colours with all that it holds
        self.frame = QWidget()
        self.setCentralWidget(self.frame)
        self.tools = ToolBar(model, prefs, self.frame)
        self.status = StatusBar(prefs, self.frame)
        self.body = QStackedWidget(self.frame)
        self.start = StartPage(model, prefs, rule_state(model.book, model.today, None), self.body)
        self.body.addWidget(self.start)
        whole = QVBoxLayout(self.frame)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self.tools, Hairline(strong=True)):
            whole.addWidget(part)
        whole.addWidget(self.body, 1)
        for part in (Hairline(strong=True), self.status):
            whole.addWidget(part)
        self.toast = Toast(self.body)

    def _connect(self) -> None:
        prefs, tools, start = self.prefs, self.tools, self.start
        self.following = Following(self)
        prefs.languageChanged.connect(self._on_language)
        prefs.schemeChanged.connect(self._on_scheme)
        prefs.textSizeChanged.connect(self._on_text_size)
        prefs.recentChanged.connect(self._show_recent)
        theme().follow(self._on_theme)
        theme().changed.connect(self._keep_in_sight)
        tools.painted.connect(self.firstPainted)
        tools.dayRequested.connect(self.choose_day)
        tools.visitorRequested.connect(lambda: self.receiving.show())
        tools.printRequested.connect(lambda: self.paper.print_now())
        self.status.reviewsRequested.connect(lambda: self.helping.show_reviews())
        start.newRequested.connect(lambda: self.filing.new_case())
        start.visitorRequested.connect(lambda: self.receiving.next_visitor())
        start.openRequested.connect(lambda: self.filing.choose_file())
        start.fileRequested.connect(lambda path: self.filing.open_file(Path(path)))
        start.exampleRequested.connect(lambda name: self.filing.open_example(name))
        start.catalogueRequested.connect(lambda: self.open_step("catalogue"))
        start.reviewsRequested.connect(lambda: self.helping.show_reviews())
        start.missingRequested.connect(lambda: self.helping.show_missing())
        start.casebookRequested.connect(lambda: self.open_step("casebook"))
        self.toast.actionTriggered.connect(lambda: self.telling.go_way())
        connect_menus(self)

    # ------------------------------------------------------------------ paper, casebook, rules
    @property
    def paper(self) -> PaperCommands:
        """The commands for paper; what is being typed is an answer by then."""
        self.keyboard.commit()
        if self._paper is None:
            from desktop.views.paper_commands import PaperCommands

            made = self._paper = PaperCommands(self.model, self.prefs, self.asker, self.telling, self)
            self.closing.connect(made.close)
            if self.keeping is not None:
                self.keeping.connect_paper(made)
        return self._paper

    def keep_in(self, path: Path, clock: Callable[[], datetime] | None = None) -> None:
        """Opens the casebook: from now on each answer is kept in it, and its cases are shown."""
        from desktop.views.keeping import Keeping

        made = self.keeping = Keeping(self, path, clock)
        self.stepOpening.connect(made.note_step)
        self.start.toldRead.connect(made.heard)
        self.retranslated.connect(made.retranslate)
        if self._paper is not None:
            made.connect_paper(self._paper)
        if self._work is not None:
            made.connect_work()
        self.show_state()
        self.show_title()

    def renew_from(self, packs: Packs) -> None:
        """Tells the window where its rule packs are. Called after the first paint."""
        from desktop.views.renewing import Renewing

        made = self.renewing = Renewing(self, packs)
        self.retranslated.connect(made.retranslate)
        self.closing.connect(made.close)

    # ------------------------------------------------------------------ the work area and its pages
    @property
    def work(self) -> WorkArea:
        """The work area, made on the first look."""
        if self._work is None:
            from desktop.views.work_area import WorkArea

            made = self._work = WorkArea(self.model.questions, self.body)
            made.stepRequested.connect(self.open_step)
            made.questionRequested.connect(self.ask)
            made.whyRequested.connect(self.explaining.why_verdict)
            made.notice.linkActivated.connect(self.filing.save_as)
            made.set_compact(self.compact)
            self.body.addWidget(made)
            if self.keeping is not None:
                self.keeping.connect_work()
            self.fitting.split()
            # the rail is the first stop of the work, as it is read
            QWidget.setTabOrder(made.rail, self.tools.day)
        return self._work

    def work_made(self) -> WorkArea | None:
        """The work area, where it was made."""
        return self._work

    def page(self, step_id: str) -> Page:
        """The page of a step, made when first asked for."""
        return self.paging.page(step_id)

    def page_made(self, page_id: str) -> Page | None:
        """A page, where it was made."""
        return self.paging.made.get(page_id)

    def current_page(self) -> Page | None:
        return self.paging.made.get(self.step)

    def drop_work(self) -> None:
        """No page is kept, for a hidden one still holds what it last showed."""
        self.toast.dismiss()
        self.toast.label.setText("")
        self.toast.setAccessibleName("")
        self.workDropping.emit()
        self.body.setCurrentWidget(self.start)
        self.paging.drop()
        if self._work is not None:
            self.fitting.keep_split()
            self.body.removeWidget(self._work)
            self._work.hide()
            self._work.deleteLater()
            self._work = None

    # ------------------------------------------------------------------ steps
    @property
    def at_start(self) -> bool:
        return self.step == START

    def open_step(self, step_id: str, then: Callable[[], object] | None = None) -> None:
        """Opens a step, or the start page, and does what follows. Steps open in any order, also those that the direction
        leaves out; one whose page is not there yet opens in turns."""
        if step_id != START and not self.paging.knows(step_id):
            return
        if step_id == "casebook" and self.keeping is None:
            self.telling.say(self.tr("No casebook is open."))
            return
        self.stepOpening.emit(step_id)
        if self.preparing.busy:
            # the picture was held for the step before, which is left before it was seen
            self.freezing.release()

        def opened() -> None:
            self._open(step_id)
            if then is not None:
                then()

        if step_id == START:
            self.opening.stop()
            opened()
        else:
            self.opening.open(step_id, opened)

    def _open(self, step_id: str) -> None:
        self.way_back = None
        self.step = step_id
        self.tools.at_start = self.at_start
        self.tools.show_state()
        self.show_title()
        self.body.setCurrentWidget(self.start if self.at_start else self.work)
        self.show_state()
        if self.at_start:
            self.set_discreet(False)
            self.start.show_recent()
            self.start.new.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            if step_id == "casebook":
                # who asks for the list sees its figures, also on the start page
                self.start.reserved = False
            self.paging.open(step_id)

    def begin_case(self, step_id: str, then: Callable[[], object] | None = None) -> None:
        """A case has taken the place of another."""
        self.telling.clear()
        self.paging.forget_case()
        self.open_step(step_id, then)

    def ask(self, name: str) -> None:
        """Opens the first step with the focus on a question."""
        self.open_step("product", lambda: self.focus_question(name))

    def focus_question(self, name: str) -> None:
        """Gives the focus to a question of the first step, which is open."""
        page = self.current_page()
        if page is not None:
            page.focus_question(name)  # type: ignore[attr-defined]

    def beside(self, by: int) -> None:
        """The step before or after, or the way back where there is one."""
        if by < 0 and self.way_back is not None:
            self.way_back()
            return
        flow, case = self.model.flow, self.model.case
        found = flow.next(case, self.step) if by > 0 else flow.previous(case, self.step)
        if found is not None:
            self.open_step(found.id)

    # ------------------------------------------------------------------ what the model says
    def show_state(self) -> None:
        self.following.show_state()

    def show_title(self) -> None:
        self.following.show_title()

    def show_undo(self) -> None:
        self.following.show_undo()

    # ------------------------------------------------------------------ other cases, other rules
    def _show_recent(self) -> None:
        paths = () if self.discreet else self.prefs.recent()
        self.menus.show_recent(paths, lambda path: self.filing.open_file(Path(path)), self.prefs.clear_recent)

    def set_discreet(self, discreet: bool) -> None:
        """Names of other cases are not shown while a visitor looks on: until the start page is opened again."""
        if discreet != self.discreet:
            self.discreet = discreet
            self._show_recent()
        self.start.set_discreet(discreet)
        if self.keeping is not None:
            self.keeping.set_discreet(discreet)

    def come_forward(self, path: Path | None = None) -> None:
        """A second start brings this window to the front, and a file that it was given is opened here."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        if path is not None:
            self.filing.open_file(path)

    def choose_day(self) -> None:
        day = self.asker.day(self.model.day)
        if day is not None:
            self.model.set_day(day)

    def take_book(self, book: RuleBook) -> tuple[str, ...]:
        """Other rules answer the same case, on the same step: every page is made anew, for each holds what it last read.

        Returns the names of answers and typed values that these rules do not know.
        """
        step, focused = self.step, self.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.keyboard.commit()
        self.drop_work()
        self.rulesChanging.emit()
        self.way_back = None
        gone = self.model.take_book(book)
        self.start.show_state(rule_state(book, self.model.today, None))
        self.open_step(step, None if had_focus else self.clearFocus)
        self.ahead.again()
        return gone

    # ------------------------------------------------------------------ language and text size
    def _on_language(self, language: str) -> None:
        self.freezing.switch_language(language)

    def retranslate(self) -> None:
        """Every word in the language in force, in place: same step, same focus, same scroll."""
        for _ in self.retranslating():
            pass

    def retranslating(self) -> Iterator[None]:
        """`retranslate` in pieces: the frame, the page that is seen, what stands beside it."""
        language = self.prefs.language
        self.menus.retranslate(language, a_date(REPORT_DAY, language))
        cards = tuple(card.example for card in self.start.cards) or example_cards(self.model.questions)
        self.menus.show_examples(cards, language, lambda name: self.filing.open_example(name))
        self._show_recent()
        self.show_undo()
        self.tools.retranslate()
        yield
        self.start.retranslate(language)
        self.toast.dismiss()
        self.retranslated.emit()
        yield
        yield from self.paging.retranslating(self.step)
        yield
        self.show_state()
        self.show_title()
        yield
        self.paging.show_advice(self.step)

    def _on_scheme(self, scheme: str) -> None:
        self._look_at_focus()
        theme().set_scheme(scheme)  # type: ignore[arg-type]

    def _on_text_size(self, percent: int) -> None:
        self.menus[f"text-{percent}"].setChecked(True)
        self._look_at_focus()
        theme().set_text_scale(percent / 100 if percent else system_text_scale())

    def _on_theme(self) -> None:
        """Larger text leaves less room: the narrow form begins earlier."""
        if not self.fitting.is_fitted:
            return
        if self.fitting.holds:
            self.resized.emit()
            return
        # in turns of its own, and seen when it is done
        self.freezing.change(self._fitting_in_sight())

    def _fitting_in_sight(self) -> Iterator[None]:
        yield from self._fitting()
        self._keep_in_sight()

    def _look_at_focus(self) -> None:
        """Whether what has the focus is seen now: it will be with another look."""
        page, holder = self.current_page(), self.focusWidget()
        if page is None or holder is None or not page.isAncestorOf(holder):
            self._in_sight = None
        else:
            self._in_sight = holder if page.shows(holder) else None

    def _keep_in_sight(self, turns: int = SETTLING) -> None:
        """In another size of text the page is longer: what has the focus is seen as it was before, in this turn and the
        next ones, in which lines find their widths and the page its length."""
        page, holder = self.current_page(), self.focusWidget()
        if page is None or holder is None or holder is not self._in_sight:
            return
        page.reveal(holder)
        if turns > 0:
            QTimer.singleShot(0, self, lambda: self._keep_in_sight(turns - 1))

    # ------------------------------------------------------------------ size and events
    def compacting(self, compact: bool) -> Iterator[None]:
        """The narrow form of all that has one, or the wide one, in pieces; the form may be another in between."""
        if self._work is not None:
            words = self._work.words(compact)
            yield
            yield from theme().dressing(words)
        self.compact = compact
        if self._work is not None:
            self._work.set_compact(compact)
        self.status.compact = compact
        yield
        self.paging.set_compact(self.step)
        yield
        self.show_state()

    def _fitting(self) -> Iterator[None]:
        yield
        yield from self.fitting.fitting()
        self.resized.emit()

    def _fit(self) -> None:
        for _ in self._fitting():
            pass

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.menus["full-screen"].setChecked(self.isFullScreen())

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QLineEdit) or isinstance(new, QLineEdit):
            self.keyboard.watch(old, new)
        page = self.current_page()
        # a widget counts as its own ancestor, and a page is not in itself
        if new is not None and page is not None and new is not page and page.isAncestorOf(new):
            page.reveal(new)

    def _close_topmost(self) -> bool:
        """Esc closes what lies over the page, one thing at a time; False where nothing does."""
        if self.explaining.is_open:
            self.explaining.close()
        elif self._work is not None and self._work.sheet_is_open():
            self._work.close_sheet()
        elif not self.toast.isHidden():
            self.toast.dismiss()
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fitting.is_fitted and not self.fitting.holds:
            # in turns, and seen when it is done
            self.freezing.change(self._fitting_in_sight())
        else:
            self._fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button or the menu key on a chart or its table."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        holder = self.focusWidget() if by_key else self.childAt(event.pos())
        if self._work is None or not self.charts.open_menu_of(holder, None if by_key else event.globalPos()):
            super().contextMenuEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_W and not event.modifiers() and not self.at_start:
            # no text field and no table has taken it
            self.explaining.why()
        elif event.key() != Qt.Key.Key_Escape or not self._close_topmost():
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # also what cannot be used: where it is dropped it is said why
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event)
        if paths:
            event.acceptProposedAction()
            self.dropping.open(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.filing.may_leave():
            event.ignore()
            return
        self.fitting.keep()
        self.narrower.close()
        self.paging.close_down()
        self.closing.emit()
        # the casebook last: it keeps what the others still tell
        if self.keeping is not None:
            self.keeping.close()
        event.accept()


def dropped_paths(event: QDropEvent) -> list[Path]:
    """The files that are dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
