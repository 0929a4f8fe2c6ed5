"""The program with its window. The only module that sees every floor: it builds the book, the model and the window."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.core.errors import LanewiseError
from desktop.core.facts import RuleBook
from desktop.single import Single
from desktop.store import rulebook
from desktop.store.paths import casebook_path, user_folder
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
    theme().apply(application(), prefs.scheme)  # type: ignore[arg-type]
    window = Window(CaseModel(book, today), prefs)
    # what stands by then is never looked through again
    window.firstPainted.connect(gc.freeze)
    return window


class Warming(QObject):
    """Loads modules one after the other while the user looks at the start page, then does what they are for."""

    PAUSE_MS = 40
    STEP = (
        "numpy",
        "desktop.views.work_area",
        "desktop.views.pages.product",
        "desktop.engine.advice",
        "desktop.views.pages.platforms",
        "desktop.views.charts.plot_canvas",
    )
    """What the first step will need."""
    CASEBOOK = (
        "desktop.viewmodels.casebook.keeper",
        "desktop.reports.casebook.columns",
        "desktop.viewmodels.platforms",
        "desktop.viewmodels.casebook.visitors",
        "desktop.views.keeping",
    )
    """What the casebook needs: none of it is loaded before the first paint."""

    def __init__(
        self, parent: QObject, modules: Sequence[str], pause: int = PAUSE_MS, then: Callable[[], None] | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._left, self._pause, self._then = iter(modules), pause, then

    def start(self) -> None:
        name = next(self._left, None)
        if name is not None:
            importlib.import_module(name)
            QTimer.singleShot(self._pause, self.start)
            return
        self.deleteLater()
        if self._then is not None:
            self._then()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `lanewise-window`, and `lanewise` without a command."""
    options = _options(sys.argv[1:] if arguments is None else arguments)
    app = application()
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    casebook = options.casebook or casebook_path()
    path = options.case or options.file
    single = Single(folder, casebook, app)
    if not single.first and not single.alone and single.hand_over(path):
        return 0
    # one that does not answer is no reason not to start: two programs may have one casebook
    single.try_again()
    try:
        book = rulebook.load()
    except (OSError, ValueError, LanewiseError) as error:
        mend = "`lanewise check-data --compile` writes it"
        print(f"lanewise: the rule book cannot be read ({error}); {mend}", file=sys.stderr)
        return 2
    window = build(book, Preferences(), date.today())
    window.start.waits = True
    install_excepthook(folder / "lanewise.log", window.asker.fault)
    single.called.connect(window.come_forward)

    def begin() -> None:
        """The window stands: the casebook is opened, and reading and evaluating a file need not wait any longer."""
        window.keep_in(casebook)
        single.listen()
        if path is not None:
            window.open_file(path)
        else:
            Warming(app, Warming.STEP).start()

    first = Warming(app, Warming.CASEBOOK, 0, begin)
    window.firstPainted.connect(lambda: QTimer.singleShot(0, first.start))
    window.show()
    code = int(app.exec())
    single.close()
    return code


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lanewise-window", description="Opens the window of Lanewise.")
    parser.add_argument("file", nargs="?", type=Path, help="a .lanewise file")
    parser.add_argument("--case", type=Path, metavar="FILE", help="the same, by name")
    parser.add_argument(
        "--casebook",
        type=Path,
        metavar="FILE",
        help="another casebook than the usual one; made where there is none",
    )
    return parser.parse_args(list(arguments))


if __name__ == "__main__":
    sys.exit(main())
