"""What a step shows: the rail, its page, and the verdict beside it or at its foot."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.questions import Questions
from desktop.core.text import Language
from desktop.viewmodels.asides import ASIDES
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.status import StepState, step_states
from desktop.viewmodels.verdict import Verdict, verdict
from desktop.views.design import SPACE, set_ground, theme
from desktop.views.verdict_pane import STRIP_HEIGHT, Foot, VerdictPane, VerdictStrip
from desktop.views.widgets import Notice, RailStep, StepRail

translate = QCoreApplication.translate
SHEET_WIDTH = 360
SIDE_LEAST, SIDE_LEAST_LARGE = 260, 400
"""The side grows with the text, as far as a narrow window allows."""
LEAST_MIDDLE, LEAST_BESIDE_SIDE = 660, 480


class OwnSide(QWidget):
    """The side of a page in place of the verdict, with Back and the next step at its foot."""

    foot: Foot

    def begin(self) -> QWidget:
        """What takes the focus when the pane is gone to."""
        return self.foot.standing()


class WorkArea(QWidget):
    """Rail, page and verdict. Made when the first step is opened: behind the start page nobody sees it."""

    stepRequested = Signal(str)
    questionRequested = Signal(str)
    whyRequested = Signal()

    def __init__(self, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions = questions
        self._side: OwnSide | None = None
        self._sides: list[OwnSide] = []
        self._strip: VerdictStrip | None = None
        self._sheet: VerdictPane | None = None
        self._shown: tuple[Verdict, Language] | None = None
        self._alone = False
        # from the outside in: what is put into another is told of fonts and colours with all that it holds
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column.addLayout(row, 1)
        self.rail = StepRail()
        row.addWidget(self.rail)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        row.addWidget(self.split, 1)
        self.middle = middle = QWidget()
        set_ground(middle, "surface")
        self.split.addWidget(middle)
        # the verdict, or the side of a page that has one of its own, in the same place and width
        self.beside = QWidget()
        self.split.addWidget(self.beside)
        self.split.setStretchFactor(0, 1)
        self.rail.activated.connect(self.stepRequested)
        self.pane = VerdictPane(questions, self.beside)
        self._pass_on(self.pane)
        self.pages = QStackedWidget(middle)
        set_ground(self.pages, "surface")
        self.notice = Notice("err")
        self.notice_room = QWidget()
        room = QVBoxLayout(self.notice_room)
        room.setContentsMargins(SPACE.xl, SPACE.l, SPACE.xl, 0)
        room.addWidget(self.notice)
        self.notice_room.hide()
        self.trouble = Notice("err")
        """Why what was answered is not kept."""
        self.trouble_room = QWidget()
        above = QVBoxLayout(self.trouble_room)
        above.setContentsMargins(SPACE.xl, SPACE.l, SPACE.xl, 0)
        above.addWidget(self.trouble)
        self.trouble_room.hide()
        self.inside = QVBoxLayout(middle)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(0)
        self.inside.addWidget(self.trouble_room)
        self.inside.addWidget(self.notice_room)
        self.inside.addWidget(self.pages, 1)
        self._beside = QHBoxLayout(self.beside)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(0)
        self._beside.addWidget(self.pane)
        middle.setMinimumWidth(LEAST_MIDDLE)
        self.beside.setMaximumWidth(560)
        theme().follow(self._retheme)

    def _retheme(self) -> None:
        """The side follows another size of the text at once."""
        self.beside.setMinimumWidth(min(theme().px(SIDE_LEAST), SIDE_LEAST_LARGE))

    def _pass_on(self, words: VerdictPane | VerdictStrip) -> None:
        words.stepRequested.connect(self.stepRequested)
        words.questionRequested.connect(self.questionRequested)
        words.whyRequested.connect(self.whyRequested)

    @property
    def strip(self) -> VerdictStrip:
        """The verdict at the foot of a narrow window, made when a window is first narrow."""
        if self._strip is None:
            self._strip = VerdictStrip(self._questions)
            self._pass_on(self._strip)
            self._strip.hide()  # `_place` shows it where it belongs
            self._strip.showRequested.connect(self.toggle_sheet)
            self.layout().addWidget(self._strip)
        return self._strip

    # ------------------------------------------------------------------ the whole verdict over a narrow page
    def sheet_is_open(self) -> bool:
        return self._sheet is not None and not self._sheet.isHidden()

    def toggle_sheet(self) -> None:
        """All that the strip has no room for: the pane over the right of the page, until Esc or the same link."""
        if self.sheet_is_open():
            self.close_sheet()
            return
        if self._sheet is None:
            sheet = self._sheet = VerdictPane(self._questions, self)
            sheet.setObjectName("verdict-sheet")
            sheet.foot.hide()
            sheet.scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            sheet.scroll.setProperty("focusInside", True)
            self._pass_on(sheet)
        if self._shown is not None:
            self._sheet.show_verdict(*self._shown)
        self._place_sheet()
        self._sheet.show()
        self._sheet.raise_()
        self._sheet.scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Back to the strip; the focus goes to the link that opened it."""
        if not self.sheet_is_open():
            return
        assert self._sheet is not None
        had_focus = self._sheet.isAncestorOf(self.window().focusWidget() or self)
        self._sheet.hide()
        if had_focus and self._strip is not None and self._strip.isVisible():
            self._strip.show_all.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_sheet(self) -> None:
        if self._sheet is not None:
            width = min(theme().px(SHEET_WIDTH), self.width() - self.rail.width())
            self._sheet.setGeometry(self.width() - width, 0, width, self.height() - self.foot_height())

    def foot_height(self) -> int:
        """How high the strip at the foot is, 0 where there is none."""
        return self._strip.height() if self._strip is not None and not self._strip.isHidden() else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_sheet()

    def words(self, compact: bool) -> VerdictPane | VerdictStrip:
        """The verdict where it is seen."""
        return self.strip if compact else self.pane

    def set_compact(self, compact: bool) -> None:
        self.rail.set_narrow(compact)
        self._place(compact)

    def set_alone(self, alone: bool, compact: bool) -> None:
        """Whether the page stands without the verdict: it is no step of the case."""
        self._alone = alone
        self._place(compact)

    def room(self, alone: bool) -> QRect:
        """The place that a page will have, with the verdict beside it or `alone`."""
        now = self.pages.contentsRect()
        side = self.beside.width() + self.split.handleWidth()
        if alone and not self.beside.isHidden():
            now.setWidth(now.width() + side)
        elif not alone and self._alone and self.beside.isHidden() and not self.rail.narrow:
            now.setWidth(now.width() - side)
        return now

    def side(self) -> int:
        """The width that the verdict takes beside the page."""
        return 0 if self.beside.isHidden() else self.beside.width()

    def _place(self, compact: bool) -> None:
        """The verdict beside the page, at the foot of a narrow window, or not at all."""
        at_foot = compact and not self._alone
        own = self._side
        self.pane.setVisible(not compact and not self._alone and own is None)
        for side in self._sides:
            side.setVisible(side is own)
        if own is not None:
            own.foot.setVisible(not compact)
        self.beside.setVisible(own is not None or not self.pane.isHidden())
        self._retheme()
        # its icons keep one size from page to page
        self.rail.set_foot(STRIP_HEIGHT if compact and not at_foot else 0)
        self.middle.setMinimumWidth(LEAST_MIDDLE if own is None or not compact else LEAST_BESIDE_SIDE)
        if not at_foot:
            self.close_sheet()
        if at_foot or self._strip is not None:
            self.strip.setVisible(at_foot)

    def show_side(self, side: OwnSide | None, compact: bool) -> None:
        """The side of a page that has one of its own in place of the verdict; None for the verdict."""
        if side is not None and side not in self._sides:
            self._sides.append(side)
            self._beside.addWidget(side)
            side.foot.stepRequested.connect(self.stepRequested)
        self._side = side
        self._place(compact)

    def foot(self, compact: bool) -> Foot:
        """Back and the next step, where they are seen."""
        return self._side.foot if self._side is not None and not compact else self.words(compact).foot

    def panes(self, compact: bool) -> list[tuple[QWidget, QWidget]]:
        """What stands beside the page and at its foot, each with what takes the focus there."""
        found: list[tuple[QWidget, QWidget]] = []
        if self._side is not None:
            found.append((self._side, self._side.begin()))
        if self._side is None or compact:
            words = self.words(compact)
            found.append((words, words.foot.standing()))
        return found

    def show_case(self, model: CaseModel, step_id: str, compact: bool, language: Language) -> Verdict:
        """How far each step is, what stands first, and the steps before and after; the verdict that is shown."""
        case, flow = model.case, model.flow
        states = step_states(case, model.questions, flow, model.advice, model.held)
        books = [RailStep(beside.id, beside.name[language], "", "", beside.icon) for beside in ASIDES]
        self.rail.set_items([rail_step(state, language) for state in states], books)
        narrowed = model.narrowed.found if model.narrowed else None
        marks = model.book.used(model.today).marks
        found = verdict(case, flow, model.advice, model.questions, narrowed, not model.narrowed_holds, marks)
        words = self.words(compact)
        words.show_verdict(found, language)
        self._shown = (found, language)
        if self._sheet is not None and self.sheet_is_open():
            self._sheet.show_verdict(found, language)
        self.foot(compact).show_steps(flow.previous(case, step_id), flow.next(case, step_id), language)
        return found


def rail_step(state: StepState, language: Language) -> RailStep:
    """A step as the rail says it: its name, and its result in a few words."""
    name = state.name[language]
    results = {
        "answered": translate("Window", "{count} of {of} answered").format(count=state.count, of=state.of),
        "first": translate("Window", "{name} first").format(name=name),
        "figure": " · ".join(part for part in (name, state.figure) if part),
        "steps": translate("Window", "next steps: {count}").format(count=state.count),
        "closed": translate("Window", "all {count} closed").format(count=state.count),
        "held-down": translate("Window", "holds down to {price}").format(price=state.figure),
        "held-up": translate("Window", "holds up to {price}").format(price=state.figure),
        "held-any": translate("Window", "holds at any price tried"),
        "held-unled": translate("Window", "nothing leads"),
        "untried": translate("Window", "not tried yet"),
        "open": translate("Window", "not compared yet") if state.step.choice else translate("Window", "open"),
        "not-asked": translate("Window", "not asked"),
    }
    step = state.step
    return RailStep(step.id, step.name[language], results[state.says], state.mark, step.icon)  # type: ignore[arg-type]
