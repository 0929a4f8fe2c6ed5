"""What the window puts on paper: the choices for it, and the making of it beside the window.

What is needed of the case is taken when it is asked for; then a thread evaluates, fills and lays out. So the paper is of
one moment, whatever is typed meanwhile, and the window goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop import __version__
from desktop.reports.sheet.model import TONGUES, About, Report, Sheet, Tongue
from desktop.store.casefile import write_whole
from desktop.viewmodels.background import Background, Task
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.product import missing

if TYPE_CHECKING:
    from desktop.reports.sheet.one_page import Room
    from desktop.reports.sheet.page import Canvas

HTML = (".html", ".htm")


class PaperChoice(Struct, frozen=True):
    """How the next paper is made. `tongue` empty: the language of the window."""

    tongue: Tongue | None = None
    customer: bool = False
    client: str = ""
    adviser: str = ""


Printing = Callable[["tuple[Canvas, ...]", str], None]


class Laid(Struct, frozen=True):
    """A sheet and what of it fits on its page: drawn by the thread that shows it."""

    sheet: Sheet
    tongue: Tongue
    room: Room

    @property
    def title(self) -> str:
        from desktop.reports.sheet.paper import title_of

        return title_of(self.sheet, self.tongue)

    def pages(self) -> tuple[Canvas, ...]:
        from desktop.reports.sheet.one_page import one_page

        return (one_page(self.sheet, self.tongue, self.room),)


class Papers(QObject):
    """Makes papers of the open case, one after the other.

    Signals: `saved(Path)`; `laid(Laid)` for a preview; `printed(printer)`; `failed(Text)`.
    """

    saved = Signal(object)
    laid = Signal(object)
    printed = Signal(str)
    failed = Signal(object)

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model, self.prefs = model, prefs
        kept = prefs.paper("tongue")
        tongue = next((each for each in TONGUES if each == kept), None)
        self.choice = PaperChoice(tongue, adviser=prefs.paper("adviser"))
        self._background = Background(self)
        self._background.done.connect(self._on_done)
        self._background.failed.connect(self.failed)
        # whom a paper is for is of one case
        model.changed.connect(self._on_changed)

    @property
    def busy(self) -> bool:
        return self._background.busy

    @property
    def ready(self) -> bool:
        """Whether there is an advice to put on paper."""
        return not missing(self.model.case.answers, self.model.flow)

    def choose(self, choice: PaperChoice) -> None:
        """Takes other choices; language and adviser are kept for the next start, whom it is for is not."""
        self.choice = choice
        self.prefs.keep_paper("tongue", choice.tongue or "")
        self.prefs.keep_paper("adviser", choice.adviser)

    def _on_changed(self, name: str) -> None:
        if not name:
            self.choice = replace(self.choice, client="", customer=False)

    @property
    def tongue(self) -> Tongue:
        return self.choice.tongue or self.prefs.language

    # ------------------------------------------------------------------ making
    def _content(
        self, report: bool = False, customer: bool | None = None, market: str = ""
    ) -> Callable[[], Sheet | Report]:
        """How the content is made of the case as it is now. `market`: as if it were the only one."""
        model, choice = self.model, self.choice
        case, book, questions, today = model.case, model.book, model.questions, model.today
        if market and case.exports:
            case, _ = case.set(questions, "destinations", [market])
        for_customer = choice.customer if customer is None else customer
        about = About(client=choice.client, adviser=choice.adviser, program=__version__)

        def make() -> Sheet | Report:
            from desktop.engine.advice import evaluate
            from desktop.viewmodels.sheet import holding, sheet_of

            advice = evaluate(case, book, today, questions)
            holds = holding(case, advice, questions, book, today)
            if report:
                from desktop.viewmodels.full_report import report_of

                return report_of(advice, case, questions, book, today, about, holds)
            return sheet_of(advice, case, questions, book, today, about, holds=holds, customer=for_customer)

        return make

    def _start(self, work: Callable[[Task], object]) -> None:
        from desktop.reports.sheet.fonts import register_fonts

        register_fonts()
        self._background.start(work)

    def save(self, path: Path, *, report: bool = False) -> None:
        """Writes the sheet, or the full report, as the ending says: HTML, else PDF. `saved` or `failed` follows."""
        make, tongue = self._content(report), self.tongue

        def work(_task: Task) -> object:
            content = make()
            if path.suffix.lower() in HTML:
                from desktop.reports.sheet.markup import html_of

                data = html_of(content, tongue).encode("utf-8")
            else:
                from desktop.reports.sheet.paper import pdf_bytes

                data = pdf_bytes(content, tongue)
            write_whole(path, data)
            return path

        self._start(work)

    def lay(self) -> None:
        """Finds what fits on the sheet, for a preview; `laid` follows."""
        make, tongue = self._content(), self.tongue

        def work(_task: Task) -> object:
            from desktop.reports.sheet.one_page import fitting_room

            sheet = make()
            assert isinstance(sheet, Sheet)
            return Laid(sheet, tongue, fitting_room(sheet, tongue))

        self._start(work)

    def print_with(
        self, name: str, printing: Printing, *, customer: bool | None = None, market: str = ""
    ) -> None:
        """Lays the sheet out and gives pages and title to `printing`, still beside the window; `printed` follows."""
        make, tongue = self._content(False, customer, market), self.tongue

        def work(_task: Task) -> object:
            from desktop.reports.sheet.paper import pages_of, title_of

            content = make()
            printing(tuple(pages_of(content, tongue)), title_of(content, tongue))
            return name

        self._start(work)

    def _on_done(self, found: object) -> None:
        if isinstance(found, Path):
            self.saved.emit(found)
        elif isinstance(found, str):
            self.printed.emit(found)
        else:
            self.laid.emit(found)

    def close(self) -> None:
        """Waits for a paper on its way."""
        self._background.close()
