"""The files beside the case: a catalogue, a price list and a settlement that are read, a workbook that is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.viewmodels.reconcile import Reconciler
    from desktop.viewmodels.workbook import WorkbookWriter
    from desktop.views.filing import Filing
    from desktop.views.helping import Helping
    from desktop.views.keyboard import Keyboard
    from desktop.views.message import Asker
    from desktop.views.pages.base import Page
    from desktop.views.pages.catalogue import CataloguePage
    from desktop.views.telling import Telling

PAGE = "catalogue"


class Host(Protocol):
    """What is asked of the window beside whose case there are other files."""

    model: CaseModel
    prefs: Preferences
    asker: Asker
    telling: Telling
    filing: Filing
    helping: Helping
    keyboard: Keyboard

    def open_step(self, step_id: str, then: Callable[[], object] | None = None) -> None: ...

    def page(self, step_id: str) -> Page: ...

    def current_page(self) -> Page | None: ...

    def begin_case(self, step_id: str) -> None: ...


class Exchanging(QObject):
    """Each kind of file has a folder of its own, where it was last found. The open case stays, but for a row's."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self.window = window
        self.model, self.prefs = window.model, window.prefs
        self.workbooks: WorkbookWriter | None = None
        """Made with the first workbook."""
        self.reconciler: Reconciler | None = None
        """Made with the first settlement."""

    def connect_page(self, page: Page) -> None:
        """A page that asks for a price list or a catalogue."""
        if hasattr(page, "priceListRequested"):
            page.priceListRequested.connect(self.choose_price_list)
        if page.step_id == PAGE:
            page = cast("CataloguePage", page)
            page.catalogueRequested.connect(self.choose_catalogue)
            page.exportRequested.connect(self._save_results)
            page.badListRequested.connect(self._save_bad_list)
            page.rowCaseRequested.connect(self.open_row)

    def _keep_folder(self, kind: str, path: Path | None) -> None:
        if path is not None:
            self.prefs.keep_folder(kind, str(path.parent))

    def choose_price_list(self) -> None:
        """Asks for a price list of one's own, for the page that is seen."""
        page = self.window.current_page()
        path = self.window.asker.price_list_path(self.prefs.folder("price-lists"))
        self._keep_folder("price-lists", path)
        if path is not None and page is not None and hasattr(page, "use_price_list"):
            page.use_price_list(path)

    # ------------------------------------------------------------------ a catalogue
    def _page(self) -> CataloguePage:
        return cast("CataloguePage", self.window.page(PAGE))

    def choose_catalogue(self) -> None:
        path = self.window.asker.catalogue_path(self.prefs.folder("catalogues"))
        self._keep_folder("catalogues", path)
        if path is not None:
            self.open_catalogue(path)

    def open_catalogue(self, path: Path) -> None:
        """Opens the catalogue page on a file. The open case stays: its answers hold for all rows."""
        self.window.open_step(PAGE, lambda: self._page().open_file(path))

    def _save_results(self, proposed: str) -> None:
        path = self.window.asker.results_path(proposed)
        if path is not None:
            self._page().export_to(path)

    def _save_bad_list(self, proposed: str) -> None:
        path = self.window.asker.bad_list_path(proposed)
        if path is not None:
            self._page().save_bad_to(path)

    def open_row(self, place: int) -> None:
        """A row of the catalogue in place of the open case, which may be saved first."""
        if place >= 0 and self.window.filing.may_leave():
            self._page().open_row(place)
            self.window.begin_case("platforms")
            self.window.telling.say(
                self.tr("Money is the only criterion here, as in the catalogue. The weights can be moved.")
            )

    # ------------------------------------------------------------------ a settlement
    def choose_settlement(self) -> None:
        """Asks for the real lines of an order and shows them against the estimate."""
        self.window.keyboard.commit()
        folder = str(self.model.path.parent if self.model.path else self.prefs.folder("settlements"))
        path = self.window.asker.settlement_path(folder)
        if path is None:
            return
        self._keep_folder("settlements", path)
        if self.reconciler is None:
            from desktop.viewmodels.reconcile import Reconciler

            self.reconciler = Reconciler(self.model, self)
            self.reconciler.done.connect(self.window.helping.show_reconciled)
            self.reconciler.failed.connect(lambda why: self.window.telling.refuse("settlement", why))
        self.window.telling.clear()
        self.reconciler.start(path)

    # ------------------------------------------------------------------ a workbook
    def save_workbook(self) -> None:
        """The advice with its sums as a workbook, written beside the window."""
        self.window.keyboard.commit()
        path = self.window.asker.workbook_path(self.window.filing.proposed(".xlsx"))
        if path is None:
            return
        if self.workbooks is None:
            from desktop.viewmodels.workbook import WorkbookWriter

            self.workbooks = WorkbookWriter(self.model, self)
            self.workbooks.written.connect(self._on_workbook)
            self.workbooks.failed.connect(lambda why: self.window.telling.refuse("workbook", why))
        self.workbooks.write(path, self.prefs.language)

    def _on_workbook(self, path: Path) -> None:
        self.window.telling.clear()
        self.window.telling.say(self.tr("Saved “{name}”.").format(name=path.name))

    def close(self) -> None:
        for each in (self.workbooks, self.reconciler):
            if each is not None:
                each.close()
