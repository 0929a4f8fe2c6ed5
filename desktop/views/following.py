"""What the window shows of the model: verdict and rail, status, title, what can be undone, and what the menus allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from desktop.viewmodels.status import rule_state
from desktop.views.design import access
from desktop.views.menus import NEED_A_CASE

if TYPE_CHECKING:
    from desktop.core.result import Advice
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.viewmodels.turns import Turns
    from desktop.views.freezing import Freezing
    from desktop.views.keeping import Keeping
    from desktop.views.menus import Menus
    from desktop.views.pages.base import Page
    from desktop.views.paging import Paging
    from desktop.views.statusbar import StatusBar
    from desktop.views.telling import Telling
    from desktop.views.toolbar import ToolBar
    from desktop.views.work_area import WorkArea


class Host(Protocol):
    """The window, as far as it shows the model."""

    model: CaseModel
    prefs: Preferences
    menus: Menus
    tools: ToolBar
    status: StatusBar
    paging: Paging
    freezing: Freezing
    preparing: Turns
    telling: Telling
    keeping: Keeping | None
    step: str
    compact: bool
    way_back: Callable[[], None] | None

    @property
    def at_start(self) -> bool: ...

    @property
    def work(self) -> WorkArea: ...

    def current_page(self) -> Page | None: ...


class Following(QObject):
    """Hears the model, and shows what is new of it."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self.window = window
        self.model = model = window.model
        self._spoken = ""
        model.changed.connect(self._on_changed)
        model.evaluated.connect(self._on_evaluated)
        model.dayChanged.connect(self._on_day)
        model.voided.connect(self._on_voided)
        model.fileChanged.connect(self.show_title)
        model.undoChanged.connect(self.show_undo)
        model.heldChanged.connect(self._show_found)
        model.narrowedChanged.connect(self._show_found)

    def _on_changed(self, _name: str) -> None:
        self.show_title()
        if self.model.advice is None:
            self.show_state()

    def _on_day(self) -> None:
        """Another day: the figures of the old one stand until those of the new one are there."""
        if not self.window.at_start and self.model.evaluating:
            self.window.freezing.hold()

    def _on_voided(self, names: tuple[str, ...]) -> None:
        self.window.telling.say_voided(names)

    def _on_evaluated(self, _advice: object) -> None:
        try:
            self.show_state()
            self.window.paging.show_advice(self.window.step)
        finally:
            if not self.window.preparing.busy:
                self.window.freezing.release()

    # ------------------------------------------------------------------ the state of the case
    def show_state(self) -> None:
        """Rail, verdict, status bar, and what the menus allow."""
        window, model = self.window, self.model
        # behind the start page nobody sees rail and verdict, and the first paint would wait for them
        choice, advice = ("", None) if window.at_start else self._show_verdict()
        window.status.show_state(rule_state(model.book, model.today, advice))
        flow, case, page = model.flow, model.case, window.current_page()
        allowed = {
            "table": page is not None and page.has_table,
            "why": bool(choice),
            "previous": window.way_back is not None or flow.previous(case, window.step) is not None,
            "next": flow.next(case, window.step) is not None,
            "next-step": not window.at_start and window.keeping is not None,
            "import": window.keeping is not None,
            **dict.fromkeys(NEED_A_CASE, not window.at_start),
        }
        for name, allows in allowed.items():
            window.menus[name].setEnabled(allows)

    def _show_found(self) -> None:
        """What was found beside the advice: how far it holds, and the ranges over the open answers."""
        if not self.window.at_start:
            self._show_verdict()

    def _show_verdict(self) -> tuple[str, Advice | None]:
        """Rail and verdict; the choice that the verdict is on, and the advice behind it once there is one."""
        window = self.window
        found = window.work.show_case(self.model, window.step, window.compact, window.prefs.language)
        self._announce(window.work.words(window.compact).spoken())
        return found.choice, None if found.missing else self.model.advice

    def _announce(self, verdict: str) -> None:
        """Says the verdict aloud when it is another: no eye needs to leave the field for it."""
        if verdict != self._spoken:
            self._spoken = verdict
            access.announce(cast(QMainWindow, self.window), verdict)

    def show_title(self) -> None:
        """The case in the title, its file, and whether something of it is not kept yet."""
        window, model = self.window, self.model
        frame = cast(QMainWindow, window)
        frame.setWindowTitle("Lanewise" if window.at_start else f"{window.tools.case_name()}[*] — Lanewise")
        # macOS shows the file beside the title
        frame.setWindowFilePath("" if window.at_start or model.path is None else str(model.path))
        kept = window.keeping is not None and model.path is None and not window.keeping.keeper.failing
        frame.setWindowModified(model.modified and not kept)

    # ------------------------------------------------------------------ what is undone
    def _undoing(self) -> Page | None:
        """The page that is seen, where it has steps of its own to undo."""
        page = self.window.current_page()
        return page if hasattr(page, "undo") else None

    def undo(self) -> None:
        """What was done last: with the answers of the case, or on a page that has steps of its own with these."""
        (self._undoing() or self.model).undo()  # type: ignore[union-attr]

    def show_undo(self) -> None:
        """What would be undone and redone, in the menu."""
        page, language = self._undoing(), self.window.prefs.language
        if page is not None:
            self.window.menus.show_undo(page.undo_name[language], "")  # type: ignore[attr-defined]
        else:
            self.window.menus.show_undo(self.model.undo_name[language], self.model.redo_name[language])
