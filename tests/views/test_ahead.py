"""What is loaded beside the window while it is looked at."""

from __future__ import annotations

import subprocess
import sys

from desktop.viewmodels.loading import NUMBERS
from desktop.views.libraries import LIBRARIES
from desktop.views.paging import PAGES, PLOTTED


def test_nothing_of_qt_and_nothing_of_the_program_is_loaded_in_a_thread() -> None:
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys\nfor each in {NUMBERS + LIBRARIES}: __import__(each)\nprint(*sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "numpy" in found
    assert not [name for name in found if name.partition(".")[0] in ("PySide6", "shiboken6", "desktop")]


def test_only_pages_that_are_named_load_the_plot_library() -> None:
    modules = {step: module for step, (module, _) in PAGES.items()}
    plain = [module for step, module in modules.items() if step not in PLOTTED]
    plotted = [modules[step] for step in PLOTTED]
    code = (
        "import importlib, sys\n"
        f"for each in {plain}: importlib.import_module(each)\n"
        "print('pyqtgraph' in sys.modules)\n"
        f"for each in {plotted}:\n"
        "    importlib.import_module(each)\n"
        "    print('pyqtgraph' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", *["True"] * len(PLOTTED)]
