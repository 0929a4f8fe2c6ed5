"""What each command of the menus does: the table that joins `Menus` to the window and its controllers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

from desktop.viewmodels.asides import ASIDES
from desktop.viewmodels.case_model import REPORT_DAY
from desktop.viewmodels.preferences import TEXT_SIZES, next_text_size
from desktop.views.design import theme
from desktop.views.menus import SCHEMES

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.chart_commands import ChartCommands
    from desktop.views.exchanging import Exchanging
    from desktop.views.explaining import Explaining
    from desktop.views.filing import Filing
    from desktop.views.following import Following
    from desktop.views.helping import Helping
    from desktop.views.keeping import Keeping
    from desktop.views.keyboard import Keyboard
    from desktop.views.menus import Menus
    from desktop.views.pages.base import Page
    from desktop.views.paper_commands import PaperCommands
    from desktop.views.receiving import Receiving

Command = Callable[[], object]


class Host(Protocol):
    """The window whose menus these are. Each controller is asked for when a command is, and no sooner."""

    model: CaseModel
    prefs: Preferences
    menus: Menus
    filing: Filing
    exchanging: Exchanging
    explaining: Explaining
    helping: Helping
    receiving: Receiving
    keyboard: Keyboard
    following: Following
    charts: ChartCommands
    keeping: Keeping | None

    @property
    def paper(self) -> PaperCommands: ...

    def open_step(self, step_id: str) -> None: ...

    def beside(self, by: int) -> None: ...

    def choose_day(self) -> None: ...

    def toggle_full_screen(self) -> None: ...

    def current_page(self) -> Page | None: ...

    def close(self) -> bool: ...


def connect_menus(window: Host) -> None:
    """Every command of the menus to what it does; what is chosen of several is marked."""
    menus, prefs = window.menus, window.prefs
    for name, command in commands(window).items():
        menus[name].triggered.connect(lambda _on=False, do=command: do())
    menus[f"scheme-{prefs.scheme}"].setChecked(True)
    menus[f"text-{prefs.text_size}"].setChecked(True)


def commands(window: Host) -> Mapping[str, Command]:
    """What is done, by the names of the menus' actions."""
    w, key = window, Qt.Key
    return {
        # file
        "new": lambda: w.filing.new_case(),
        "next-visitor": lambda: w.receiving.next_visitor(),
        "open": lambda: w.filing.choose_file(),
        "catalogue": lambda: w.exchanging.choose_catalogue(),
        "import": lambda: _import_cases(w),
        "save": lambda: w.filing.save(),
        "save-as": lambda: w.filing.save_as(),
        "save-workbook": lambda: w.exchanging.save_workbook(),
        "print": lambda: w.paper.preview(),
        "print-now": lambda: w.paper.print_now(),
        "save-pdf": lambda: w.paper.save(".pdf"),
        "save-html": lambda: w.paper.save(".html"),
        "save-report": lambda: w.paper.save(".pdf", report=True),
        "sheet-options": lambda: w.paper.options(),
        "close": lambda: w.filing.close_case(),
        "quit": w.close,
        # edit
        "undo": lambda: w.following.undo(),
        "redo": w.model.redo,
        "cut": lambda: w.keyboard.pass_on("cut", key.Key_X),
        "copy": lambda: w.keyboard.pass_on("copy", key.Key_C),
        "paste": lambda: w.keyboard.pass_on("paste", key.Key_V),
        "select-all": lambda: w.keyboard.pass_on("select-all", key.Key_A),
        "find": lambda: w.helping.find(),
        "settings": lambda: w.helping.show_settings(),
        # view
        **{f"step-{step.id}": _to_step(w, step.id) for step in w.model.flow.steps},
        **{f"step-{page.id}": _to_step(w, page.id) for page in ASIDES},
        "table": lambda: _toggle_table(w),
        "copy-picture": lambda: w.charts.on_shown(w.charts.copy_picture),
        "save-chart": lambda: w.charts.on_shown(w.charts.save),
        "next-pane": lambda: w.keyboard.next_pane(1),
        "previous-pane": lambda: w.keyboard.next_pane(-1),
        "visitor": lambda: w.receiving.show(),
        "full-screen": w.toggle_full_screen,
        "language": lambda: w.prefs.set_language("en" if w.prefs.language == "zh" else "zh"),
        **{f"scheme-{scheme}": _to_scheme(w, scheme) for scheme in SCHEMES},
        "text-larger": lambda: _resize_text(w, 1),
        "text-smaller": lambda: _resize_text(w, -1),
        **{f"text-{size}": _to_size(w, size) for size in (0, *TEXT_SIZES)},
        # case
        "previous": lambda: w.beside(-1),
        "next": lambda: w.beside(1),
        "next-step": lambda: _note_next_step(w),
        "why": lambda: w.explaining.why(),
        "reconcile": lambda: w.exchanging.choose_settlement(),
        # rules; those that renew them are connected where they are renewed
        "day": w.choose_day,
        "fact": lambda: w.explaining.open_focused_fact(),
        "report-day": lambda: w.model.set_day(REPORT_DAY),
        "today": lambda: w.model.set_day(None),
        "reviews": lambda: w.helping.show_reviews(),
        "missing": lambda: w.helping.show_missing(),
        # help
        "guide": lambda: w.helping.show_guide(),
        "keys": lambda: w.helping.show_keys(),
        "health": lambda: w.helping.check_computer(),
        "log": lambda: w.helping.show_log_folder(),
        "about": lambda: w.helping.show_about(),
    }


def _to_step(window: Host, step_id: str) -> Command:
    return lambda: window.open_step(step_id)


def _to_scheme(window: Host, scheme: str) -> Command:
    return lambda: window.prefs.set_scheme(scheme)


def _to_size(window: Host, size: int) -> Command:
    return lambda: window.prefs.set_text_size(size)


def _import_cases(window: Host) -> None:
    if window.keeping is not None:
        window.keeping.choose_import()


def _note_next_step(window: Host) -> None:
    if window.keeping is not None:
        window.keeping.note_next_step()


def _toggle_table(window: Host) -> None:
    page = window.current_page()
    if page is not None and page.has_table:
        page.toggle_table()


def _resize_text(window: Host, by: int) -> None:
    window.prefs.set_text_size(next_text_size(theme().wanted_scale * 100, by))
