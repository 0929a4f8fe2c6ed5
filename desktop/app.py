"""The program with its window. The only module that sees every floor: it builds the book, the model and the window."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop.core.errors import LanewiseError
from desktop.core.facts import RuleBook
from desktop.store.packs.kept import Packs
from desktop.store.paths import user_folder
from desktop.store.trouble import Native, Sitting, log_folder
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views.design import theme
from desktop.views.trouble import Trouble
from desktop.views.window import Window

FEWER_COLLECTIONS = (100_000, 20, 50)
"""Nearly all that a start makes lives as long as the program: looking through it every 700 objects is a tenth of it."""


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The one application of the process, named so that settings and tasks find it."""
    gc.set_threshold(*FEWER_COLLECTIONS)
    # no matrix is multiplied here: the threads that numpy keeps for that would only spin beside the window
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app = QApplication.instance() or QApplication([sys.argv[0], "-style", "Fusion", *arguments])
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
    # what stands by then is never looked through again
    window.firstPainted.connect(gc.freeze)
    return window


class Asked(QObject):
    """Opens what macOS asks for: there a file is not an argument of the start but an event, at the start and later."""

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__(window)
        self._window = window
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return False
        path = Path(event.file())
        QTimer.singleShot(0, self._window, lambda: self._window.open_file(path))
        return True


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


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `lanewise-window`, and `lanewise` without a command."""
    options = _options(sys.argv[1:] if arguments is None else arguments)
    app = application()
    try:
        book, not_in_use = Packs(user_folder()).book()
    except (OSError, ValueError, LanewiseError) as error:
        mend = "`lanewise check-data --compile` writes it"
        print(f"lanewise: the rule book cannot be read ({error}); {mend}", file=sys.stderr)
        return 2
    window = build(book, Preferences(), date.today())
    if not_in_use is not None:
        window.firstPainted.connect(lambda: window.toast.show_message(not_in_use[window.prefs.language]))
    trouble = Trouble(window.model, log_folder(), window)
    trouble.told.connect(window.show_fault)
    trouble.install()
    keeping = Keeping(app)
    window.firstPainted.connect(keeping.start)
    if sys.platform == "darwin":
        Asked(app, window)
    path = options.case or options.file
    if path is not None:
        # reading and evaluating wait for the first paint, so that the window stands at once
        window.firstPainted.connect(lambda: QTimer.singleShot(0, lambda: window.open_file(path)))
    if options.smoke is not None:
        from desktop.smoke import walk

        window.firstPainted.connect(lambda: QTimer.singleShot(0, lambda: app.exit(walk(window, options.smoke))))
    else:
        # a case that was asked for comes first
        window.firstPainted.connect(lambda: QTimer.singleShot(0, window.ahead.start))
    window.show()
    code = int(app.exec())
    keeping.end()
    trouble.uninstall()
    return code


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lanewise-window", description="Opens the window of Lanewise.")
    parser.add_argument("file", nargs="?", type=Path, help="a .lanewise file")
    parser.add_argument("--case", type=Path, metavar="FILE", help="the same, by name")
    # for packaging/smoke.py alone
    parser.add_argument("--smoke", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    return parser.parse_args(list(arguments))


if __name__ == "__main__":
    sys.exit(main())
