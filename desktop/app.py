"""The program with its window. The only module that sees every floor: it builds the book, the model and the window."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop.core.errors import LanewiseError
from desktop.core.facts import RuleBook
from desktop.core.text import Text
from desktop.memory import stand
from desktop.store import packs, rulebook
from desktop.store.paths import casebook_path, log_folder, user_folder
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views.design import theme
from desktop.views.window import Window

if TYPE_CHECKING:
    from desktop.store.trouble import Native, Sitting


class Application(QApplication):
    """Says which file it was asked to open: a Mac hands it over by an event, not on the command line."""

    fileAsked = Signal(str)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.fileAsked.emit(event.file())
            return True
        return super().event(event)


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The one application of the process, named so that settings and tasks find it."""
    # no matrix is multiplied here: the threads that numpy keeps for that would only spin beside the window
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app = QApplication.instance() or Application([sys.argv[0], "-style", "Fusion", *arguments])
    assert isinstance(app, QApplication)
    app.setApplicationName("Lanewise")
    app.setApplicationDisplayName("Lanewise")
    app.setDesktopFileName("lanewise")
    return app


def build(book: RuleBook, prefs: Preferences, today: date) -> Window:
    """The window on an empty case. Nothing is evaluated before its first paint."""
    own_size = prefs.text_size / 100 if prefs.text_size else None
    theme().apply(application(), prefs.scheme, own_size)  # type: ignore[arg-type]
    window = Window(CaseModel(book, today), prefs)
    window.firstPainted.connect(stand)
    return window


class Loading(QObject):
    """Loads what casebook and rule packs need, a module a turn of the window that stands; then does the rest."""

    MODULES = (
        "desktop.viewmodels.casebook.keeper",
        "desktop.reports.casebook.columns",
        "desktop.viewmodels.platforms",
        "desktop.viewmodels.casebook.visitors",
        "desktop.views.keeping",
        "desktop.store.packs.kept",
        "desktop.views.renewing",
    )

    def __init__(self, parent: QObject, then: Callable[[], None]) -> None:
        super().__init__(parent)
        self._left, self._then = iter(self.MODULES), then

    def start(self) -> None:
        name = next(self._left, None)
        if name is not None:
            importlib.import_module(name)
            QTimer.singleShot(0, self.start)
            return
        self.deleteLater()
        self._then()


class Keeping(QObject):
    """What is kept of a sitting in the user's folder: the log, what a broken process says, and the mark of the sitting.

    Begun after the first paint; a folder that takes nothing is no reason not to start.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sitting: Sitting | None = None
        self._native: Native | None = None
        self._log: object = None

    def start(self) -> None:
        from desktop import __version__
        from desktop.store.logbook import log, start_log
        from desktop.store.trouble import Native, Sitting

        folder = log_folder()
        self._log = start_log(folder)
        self._native = Native(folder)
        self.sitting = Sitting(folder)
        log.info(
            "Lanewise %s begins%s", __version__, ", after an unclean end" if self.sitting.unclean else ""
        )

    def end(self) -> None:
        if self.sitting is None or self._native is None:
            return
        from desktop.store.logbook import log, stop_log

        log.info("ends")
        self.sitting.end()
        self._native.close()
        stop_log(self._log)  # type: ignore[arg-type]


def rules_in_use(folder: Path) -> tuple[RuleBook, Text | None]:
    """The rule book in use in a user's folder, and what is to be said where it is not the one that was chosen."""
    if not packs.any_kept(folder):
        return rulebook.load(), None
    from desktop.store.packs.kept import Packs

    return Packs(folder).book()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `lanewise-window`, and `lanewise` without a command."""
    from desktop.single import Single
    from desktop.views.trouble import Trouble

    options = _options(sys.argv[1:] if arguments is None else arguments)
    app = application()
    folder = user_folder()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    casebook = options.casebook or casebook_path()
    path = options.case or options.file
    single = Single(folder, casebook, app)
    if not single.first and not single.alone and single.hand_over(path):
        return 0
    # one that does not answer is no reason not to start: two programs may have one casebook
    single.try_again()
    try:
        book, not_in_use = rules_in_use(folder)
    except (OSError, ValueError, LanewiseError) as error:
        mend = "`lanewise check-data --compile` writes it"
        print(f"lanewise: the rule book cannot be read ({error}); {mend}", file=sys.stderr)
        return 2
    window = build(book, Preferences(), date.today())
    window.start.waits = True
    if not_in_use is not None:
        window.firstPainted.connect(lambda: window.toast.show_message(not_in_use[window.prefs.language]))
    trouble = Trouble(window.model, log_folder(), window)
    trouble.told.connect(lambda fault: window.helping.show_fault(fault))
    trouble.install()
    keeping = Keeping(app)
    window.firstPainted.connect(keeping.start)
    single.called.connect(window.come_forward)
    if isinstance(app, Application):
        app.fileAsked.connect(lambda file: window.come_forward(Path(file)))

    def begin() -> None:
        """The window stands: the casebook is opened, and reading and evaluating a file need not wait any longer."""
        from desktop.store.packs.kept import Packs

        window.keep_in(casebook)
        window.renew_from(Packs(folder))
        single.listen()
        if path is not None:
            window.filing.open_file(path)
        if options.smoke is not None:
            from desktop.smoke import walk

            QTimer.singleShot(0, lambda: app.exit(walk(window, options.smoke)))
            return
        # a case that was asked for comes first
        QTimer.singleShot(0, window.ahead.start)

    loading = Loading(app, begin)
    window.firstPainted.connect(lambda: QTimer.singleShot(0, loading.start))
    window.show()
    code = int(app.exec())
    single.close()
    keeping.end()
    trouble.uninstall()
    return code


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lanewise-window", description="Opens the window of Lanewise.")
    parser.add_argument("file", nargs="?", type=Path, help="a .lanewise file, or a rule pack (.lwrules)")
    parser.add_argument("--case", type=Path, metavar="FILE", help="the same, by name")
    parser.add_argument(
        "--casebook",
        type=Path,
        metavar="FILE",
        help="another casebook than the usual one; made where there is none",
    )
    # for packaging/smoke.py alone
    parser.add_argument("--smoke", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    return parser.parse_args(list(arguments))


if __name__ == "__main__":
    sys.exit(main())
