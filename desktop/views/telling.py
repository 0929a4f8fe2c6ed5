"""What the window says: what was done, with a way back, and what was not done, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject

from desktop.core.text import Text
from desktop.views.design.access import announce

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.pages.base import Page
    from desktop.views.start_page import StartPage
    from desktop.views.widgets import Notice, Toast
    from desktop.views.work_area import WorkArea

LONG_TOAST_MS = 12_000
PAPER = ("sheet", "report", "printed")
"""What is refused of papers."""


class Host(Protocol):
    """The window, as far as it is asked here."""

    model: CaseModel
    prefs: Preferences
    start: StartPage
    toast: Toast

    @property
    def at_start(self) -> bool: ...

    @property
    def work(self) -> WorkArea: ...

    def work_made(self) -> WorkArea | None: ...

    def current_page(self) -> Page | None: ...


class Telling(QObject):
    """One toast at the foot, one notice above the work or on the start page."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self.window = window
        self.refused: tuple[str, Text, str] | None = None
        """What was not done, why, and the name that it is about: kept, so that it follows the language."""
        self._way: Callable[[], None] = window.model.undo

    # ------------------------------------------------------------------ what was done
    def say(self, text: str, action: str = "") -> None:
        """A sentence; with "undo" the way back, of the page that says it, also when another one is seen by then."""
        page = self.window.current_page()
        self._way = page.undo if page is not None and hasattr(page, "undo") else self.window.model.undo
        self.window.toast.show_message(text, self.tr("Undo") if action == "undo" else "")

    def say_with(self, text: str, action: str, way: Callable[[], None] | None) -> None:
        """A sentence with an action of its own in place of Undo, which is there a little longer."""
        self._way = way or self.window.model.undo
        self.window.toast.show_message(text, action, LONG_TOAST_MS)

    def say_voided(self, names: tuple[str, ...]) -> None:
        """Answers that an answer has made void."""
        model, language = self.window.model, self.window.prefs.language
        labels = ("、" if language == "zh" else ", ").join(model.questions[n].label[language] for n in names)
        words = self.tr("Now {what}. No longer applies: {names}")
        self._way = model.undo
        self.window.toast.show_message(
            words.format(what=model.undo_name[language], names=labels), self.tr("Undo")
        )

    def go_way(self) -> None:
        """What the toast offers."""
        self._way()

    # ------------------------------------------------------------------ what was not done
    def refuse(self, what: str, text: Text, name: str = "") -> None:
        """Says what was not done and why, until it is cleared."""
        self.refused = (what, text, name)
        notice = self._show_refused(what, text, name)
        announce(notice, notice.accessibleName())

    def _show_refused(self, what: str, text: Text, name: str) -> Notice:
        """The notice of where the window is."""
        said = text[self.window.prefs.language]
        saved = what == "saved"
        lead = {
            "saved": self.tr("The case was not saved."),
            "workbook": self.tr("The workbook was not saved."),
            "sheet": self.tr("The sheet was not saved."),
            "report": self.tr("The report was not saved."),
            "printed": self.tr("The sheet was not printed."),
            "settlement": self.tr("The settlement was not compared."),
            "opened": self.tr("“{name}” was not opened.").format(name=name),
            "rules": self.tr("The rules are as before."),
        }[what]
        if self.window.at_start:
            self.window.start.refuse(lead, said)
            return self.window.start.notice
        work = self.window.work
        work.notice.set_notice("err", lead, said, self.tr("Save a copy…") if saved else "")
        work.notice_room.show()
        return work.notice

    def clear(self) -> None:
        """What was not done is past."""
        self.refused = None
        work = self.window.work_made()
        if work is not None:
            work.notice_room.hide()
        self.window.start.clear_notice()

    def clear_paper(self) -> None:
        """A paper is made: that another one was not is past; what else was not done is not."""
        if self.refused is not None and self.refused[0] in PAPER:
            self.clear()

    def retranslate(self) -> None:
        if self.refused is not None:
            self._show_refused(*self.refused)
