"""A visitor in front of the desk: the case for the person who looks on, and the next one's in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.viewmodels.start import fair_case

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.ahead import Ahead
    from desktop.views.filing import Filing
    from desktop.views.keyboard import Keyboard
    from desktop.views.paper_commands import PaperCommands
    from desktop.views.visitor.view import VisitorView


class Host(Protocol):
    """What is asked of the window that a visitor stands before."""

    model: CaseModel
    prefs: Preferences
    step: str
    keyboard: Keyboard

    @property
    def at_start(self) -> bool: ...

    filing: Filing

    @property
    def paper(self) -> PaperCommands: ...

    ahead: Ahead

    def set_discreet(self, discreet: bool) -> None: ...

    def drop_work(self) -> None: ...

    def begin_case(self, step_id: str, then: Callable[[], object] | None = None) -> None: ...

    def focus_question(self, name: str) -> None: ...

    def activateWindow(self) -> None: ...


class Receiving(QObject):
    """The window is discreet from the first look of a visitor until the start page is opened again, which then names
    other cases without what is left of them, until the casebook is opened."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self.window = window
        self.made: VisitorView | None = None
        """The visitor view, once it was looked at."""

    @property
    def view(self) -> VisitorView:
        """The visitor view, made on the first look."""
        if self.made is None:
            from desktop.viewmodels.visitor import Visitor
            from desktop.views.visitor.view import VisitorView

            model, prefs = self.window.model, self.window.prefs
            made = self.made = VisitorView(
                Visitor(model, prefs, cast(QObject, self.window)), cast(QWidget, self.window)
            )
            made.leaveRequested.connect(self.leave)
            made.nextRequested.connect(self.next_visitor)
            made.undoRequested.connect(model.undo)
            made.printRequested.connect(self._print)
        return self.made

    @property
    def looks_on(self) -> bool:
        """Whether the visitor view stands before the desk."""
        return self.made is not None and self.made.isVisible()

    def show(self) -> None:
        """The case for the person in front of you; nothing can be shown of the start page."""
        if self.window.at_start:
            return
        self.window.keyboard.commit()
        self.window.set_discreet(True)
        self.view.open(self.window.step)

    def leave(self) -> None:
        """Back to the desk, on the step where it was left."""
        self._clear()
        self.window.set_discreet(False)
        self.window.activateWindow()

    def next_visitor(self) -> None:
        """A new case for the next one; this one is kept, and everything of it leaves the screen."""
        window = self.window
        # what has a file is saved without a question; else it is asked about, as elsewhere
        window.keyboard.commit()
        if not (window.filing.save_changes() and window.filing.may_leave()):
            return
        self._clear()
        window.drop_work()
        fair = fair_case(window.model.questions)
        window.model.replace(fair, assumed=fair.answers)
        window.set_discreet(True)
        window.begin_case("product", lambda: window.focus_question("category"))
        window.activateWindow()
        window.ahead.again()

    def drop_view(self) -> None:
        """Other rules answer: a view holds what it last read."""
        if self.made is not None:
            self.made.deleteLater()
            self.made = None

    def _clear(self) -> None:
        if self.made is not None:
            self.made.clear()

    def _print(self) -> None:
        """The customer's copy of what the visitor sees, on the last printer."""
        view = self.view
        self.window.paper.print_now(view.toast.show_message, customer=True, market=view.visitor.market)
