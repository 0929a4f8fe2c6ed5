"""The program with its window. The only module that sees every floor: it builds the book, the model and the window."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.core.errors import LanewiseError
from desktop.core.facts import RuleBook
from desktop.store.packs.kept import Packs
from desktop.store.paths import user_folder
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views.design import theme
from desktop.views.message import install_excepthook
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
    size = prefs.text_size / 100 if prefs.text_size else None
    theme().apply(application(), prefs.scheme, size)  # type: ignore[arg-type]
    window = Window(CaseModel(book, today), prefs)
    # what stands by then is never looked through again
    window.firstPainted.connect(gc.freeze)
    return window


class Warming(QObject):
    """Loads, one after the other while the user looks at the start page, what the first step will need."""

    PAUSE_MS = 40
    MODULES = (
        "numpy",
        "desktop.views.work_area",
        "desktop.views.pages.product",
        "desktop.engine.advice",
        "desktop.views.pages.platforms",
        "desktop.views.charts.plot_canvas",
    )

    def start(self) -> None:
        self._left = iter(self.MODULES)
        self._next()

    def _next(self) -> None:
        name = next(self._left, None)
        if name is None:
            self.deleteLater()
            return
        importlib.import_module(name)
        QTimer.singleShot(self.PAUSE_MS, self._next)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `lanewise-window`, and `lanewise` without a command."""
    options = _options(sys.argv[1:] if arguments is None else arguments)
    app = application()
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        book, not_in_use = Packs(folder).book()
    except (OSError, ValueError, LanewiseError) as error:
        mend = "`lanewise check-data --compile` writes it"
        print(f"lanewise: the rule book cannot be read ({error}); {mend}", file=sys.stderr)
        return 2
    window = build(book, Preferences(), date.today())
    install_excepthook(folder / "lanewise.log", window.asker.fault)
    if not_in_use is not None:
        window.firstPainted.connect(lambda: window.toast.show_message(not_in_use[window.prefs.language]))
    path = options.case or options.file
    if path is not None:
        # reading and evaluating wait for the first paint, so that the window stands at once
        window.firstPainted.connect(lambda: QTimer.singleShot(0, lambda: window.open_file(path)))
    if path is None:
        window.firstPainted.connect(lambda: Warming(app).start())
    window.show()
    return int(app.exec())


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lanewise-window", description="Opens the window of Lanewise.")
    parser.add_argument("file", nargs="?", type=Path, help="a .lanewise file")
    parser.add_argument("--case", type=Path, metavar="FILE", help="the same, by name")
    return parser.parse_args(list(arguments))


if __name__ == "__main__":
    sys.exit(main())
