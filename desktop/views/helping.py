"""What helps in the window: the search, the guide, the lists to read, and what the program says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.store.paths import log_folder

if TYPE_CHECKING:
    from desktop.engine.reconcile import Reconciliation
    from desktop.store.trouble import Fault
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.explaining import Explaining
    from desktop.views.filing import Filing
    from desktop.views.guide import GuideWindow
    from desktop.views.lists import ReadingList
    from desktop.views.menus import Menus
    from desktop.views.message import Asker
    from desktop.views.palette import CommandPalette
    from desktop.views.telling import Telling


class Host(Protocol):
    """What is asked of the window that is helped with."""

    model: CaseModel
    prefs: Preferences
    menus: Menus
    step: str
    asker: Asker
    telling: Telling
    filing: Filing
    explaining: Explaining

    def open_step(self, step_id: str) -> None: ...

    def activateWindow(self) -> None: ...


class Helping(QObject):
    """Search and guide are made when they are first asked for; the dialogs are the asker's."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self.window = window
        self.palette: CommandPalette | None = None
        self.guide: GuideWindow | None = None

    # ------------------------------------------------------------------ the search
    def find(self) -> None:
        """Opens the search for everything."""
        if self.palette is None:
            from desktop.views.palette import CommandPalette

            self.palette = CommandPalette(cast(QWidget, self.window))
        self.palette.open()

    def forget(self) -> None:
        """What was searched for is of a case that has left."""
        if self.palette is not None:
            self.palette.forget()

    def drop_search(self) -> None:
        """Other rules have other facts to be found."""
        if self.palette is not None:
            self.palette.deleteLater()
            self.palette = None

    # ------------------------------------------------------------------ the guide
    def show_guide(self, page_id: str = "") -> None:
        """Opens the guide at a page, else at the one for what is seen."""
        from desktop.viewmodels.guide import topic_of

        if self.guide is None:
            from desktop.views.guide import GuideWindow
            from desktop.views.lists import all_keys

            window = self.window
            self.guide = GuideWindow(
                window.prefs, lambda: all_keys(window.menus.key_list()), cast(QWidget, window)
            )
            self.guide.linkRequested.connect(self._on_guide_link)
        self.guide.open_page(page_id or topic_of(self.window.step))

    def _on_guide_link(self, target: str) -> None:
        """A link of the guide to a page or a fact; the guide stays open beside it."""
        kind, _, name = target.partition(":")
        if kind == "fact":
            self.window.explaining.open_fact(name)
        else:
            self.window.open_step(name)
        self.window.activateWindow()

    def show_keys(self) -> None:
        self.show_guide("keys")

    # ------------------------------------------------------------------ lists
    def show_reviews(self) -> None:
        """Sources whose review date has passed."""
        from desktop.views.lists import reviews

        model = self.window.model
        self._show_list(reviews(model.book, model.today, self.window.prefs.language))

    def show_missing(self) -> None:
        """What the rule book is known to lack."""
        from desktop.views.lists import missing

        self._show_list(missing(self.window.model.book, self.window.prefs.language))

    def show_reconciled(self, found: Reconciliation) -> None:
        """A settlement against the estimate."""
        from desktop.views.lists import reconciled

        self._show_list(reconciled(found, self.window.prefs.language))

    def _show_list(self, shown: ReadingList) -> None:
        self.window.asker.show_list(shown.title, shown.lead, shown.columns, shown.rows)

    # ------------------------------------------------------------------ the program
    def show_about(self) -> None:
        """What the program is made of."""
        self.window.asker.about(self.window.model.book, self.window.prefs.language)

    def show_settings(self) -> None:
        self.window.asker.settings(self.window.prefs)

    def check_computer(self) -> None:
        """Whether data, folder, fonts and clock are as they should be."""
        self.window.asker.health(self.window.model.today, self.window.prefs.language)

    def show_log_folder(self) -> None:
        """Where log and reports are, in the system's own window."""
        folder = log_folder()
        if not self.window.asker.show_folder(folder):
            self.window.telling.say(self.tr("Log and reports are in {folder}").format(folder=folder))

    def show_fault(self, fault: Fault) -> None:
        """A fault of the program is said beside the work."""
        self.window.asker.fault(fault, self.window.filing.save_as)
