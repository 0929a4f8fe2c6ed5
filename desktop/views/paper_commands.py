"""The commands that put the case on paper: preview, print at once, save, and the choices for the sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from desktop.core.text import Text
from desktop.viewmodels.papers import Laid, Papers

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.message import Asker

Say = Callable[[str], None]


class Tells(Protocol):
    """What the desk says: what was done, and, until it is done after all, what was not."""

    def say(self, text: str) -> None: ...

    def refuse(self, what: str, text: Text) -> None: ...

    def clear_paper(self) -> None: ...


class PaperCommands(QObject):
    """What the menu, the tool bar and the visitor view call. A test gives another `Asker`."""

    handedOut = Signal(object)
    """A sheet is on paper: what `of` gave when it was asked for, for by now another case may be open."""

    def __init__(
        self,
        model: CaseModel,
        prefs: Preferences,
        asker: Asker,
        telling: Tells,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.papers = Papers(model, prefs, self)
        self.model, self.prefs, self.asker, self.telling = model, prefs, asker, telling
        self.of: Callable[[], object] = lambda: None
        """Which case is open, for `handedOut`."""
        self._begun_for: object = None
        self._what = ""
        """Which paper is being made, as `Telling.refuse` calls it."""
        self.papers.saved.connect(self._on_saved)
        self.papers.laid.connect(self._on_laid)
        self.papers.printed.connect(self._on_printed)
        self.papers.failed.connect(self._on_failed)

    # ------------------------------------------------------------------ commands
    def preview(self) -> None:
        """Shows the sheet as it will be printed."""
        if self._may():
            self._what = "printed"
            self.papers.lay()

    def print_now(self, say: Say | None = None, *, customer: bool | None = None, market: str = "") -> None:
        """Prints the sheet on the last printer. Without any: says so, and offers to save it as a PDF."""
        if not self._may(say):
            return
        printer = self._printer()
        if not printer:
            self._without_printer(say)
            return
        asker = self.asker
        self._told, self._what = say, "printed"
        self.papers.print_with(
            printer,
            lambda pages, title: asker.print_pages(pages, title, printer),
            customer=customer,
            market=market,
        )

    def save(self, ending: str = ".pdf", *, report: bool = False) -> None:
        """Asks where, and writes the sheet or the full report there."""
        if not self._may():
            return
        path = self.asker.paper_path(str(Path.home() / self._proposed(report, ending)), report)
        if path is not None:
            self._what = "report" if report else "sheet"
            self.papers.save(path, report=report)

    def options(self) -> None:
        """Asks for language, names and whether a customer gets it."""
        choice = self.asker.paper_choice(self.papers.choice)
        if choice is not None:
            self.papers.choose(choice)

    def close(self) -> None:
        self.papers.close()

    # ------------------------------------------------------------------ what they need
    _told: Say | None = None

    def _may(self, say: Say | None = None) -> bool:
        """Whether a paper can be begun; else it is said why not."""
        tell = say or self.telling.say
        if not self.papers.ready:
            tell(self.tr("There is nothing to print yet: answer direction, category and list price first."))
            return False
        if self.papers.busy:
            tell(self.tr("The last paper is still being made. Try again in a moment."))
            return False
        self._begun_for = self.of()
        return True

    def _without_printer(self, say: Say | None) -> None:
        """A file instead; in front of a visitor no dialog shows the names of other cases."""
        if say is not None:
            say(
                self.tr(
                    "No printer is set up on this computer. At the desk, the sheet can be saved as a PDF."
                )
            )
        elif self.asker.no_printer():
            self.save()

    def _printer(self) -> str:
        """The printer that was used last, while it is there, else the system's own."""
        names = self.asker.printers()
        last = self.prefs.paper("printer")
        return last if last in names else names[0] if names else ""

    def _proposed(self, report: bool, ending: str) -> str:
        """A file name of the product, without what a system would not take."""
        from desktop.viewmodels.plan import product_name

        name = product_name(self.model.case, self.model.questions, self.prefs.language)
        plain = "".join(sign for sign in name if sign.isalnum() or sign in " -_").strip()
        kind = self.tr("report") if report else self.tr("sheet")
        return f"{plain[:60] or 'Lanewise'} {kind}{ending}"

    # ------------------------------------------------------------------ what came of it
    def _on_saved(self, path: Path) -> None:
        self.telling.clear_paper()
        self.telling.say(self.tr("Saved: {name}").format(name=path.name))

    def _on_laid(self, laid: Laid) -> None:
        self.telling.clear_paper()
        used = self.asker.preview(laid.pages(), laid.title, self._printer())
        if used:
            self.prefs.keep_paper("printer", used)
            self.handedOut.emit(self._begun_for)

    def _on_printed(self, printer: str) -> None:
        self.handedOut.emit(self._begun_for)
        self.prefs.keep_paper("printer", printer)
        tell, self._told = self._told or self.telling.say, None
        self.telling.clear_paper()
        tell(self.tr("Sent to the printer: {name}").format(name=printer))

    def _on_failed(self, text: Text) -> None:
        """At the desk it stays until it is taken note of; in front of a visitor it goes away."""
        told, self._told = self._told, None
        if told is None:
            self.telling.refuse(self._what, text)
        else:
            told(text[self.prefs.language])
