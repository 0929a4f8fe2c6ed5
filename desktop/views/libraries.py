"""Libraries of the window, loaded without holding it up."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import suppress

from PySide6 import QtCore, QtGui, QtWidgets

from desktop.viewmodels.loading import NUMBERS, loaded_beside, one_by_one
from desktop.views.piecemeal import in_pieces

LIBRARIES = (
    "importlib.resources", "importlib.metadata", "cProfile", "xml.etree.ElementTree", "colorama", "mmap", "pydoc",
    "multiprocessing.connection", "numpy.ma",
)  # fmt: skip
"""What pyqtgraph and the first prices of What if ask for, loaded beside the window as numpy is. Nothing of Qt, which is
not for a thread; and nothing of our own, since two threads that load modules of one package from both ends would block
each other."""
PLOT_MODULES = ("PySide6.QtOpenGLWidgets", "PySide6.QtTest")
"""What pyqtgraph asks for."""
PLOTS = "desktop.views.charts.plot_canvas"
NAMES = 80
"""So many classes of Qt are made known to Python in a piece."""
_QT_NAMES = [(module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module)]
"""What is not known yet."""


def plot_library() -> Iterator[None]:
    """Loads what charts with two scales are drawn on, in pieces."""
    if PLOTS in sys.modules:
        return
    for names in (NUMBERS, LIBRARIES):
        yield from loaded_beside(names)
    yield from qt_classes()
    for name in PLOT_MODULES:
        # a package does not carry them all, and pyqtgraph goes on without
        with suppress(ModuleNotFoundError):
            importlib.import_module(name)
        yield
    yield from in_pieces("pyqtgraph")
    yield from one_by_one((PLOTS,))


def qt_classes() -> Iterator[None]:
    """Makes the classes of Qt known to Python, some at a time and once: it does so with all of them in one go where it is
    given an object that it has not made itself, and pyqtgraph asks for all of them when it is loaded."""
    while _QT_NAMES:
        some = _QT_NAMES[-NAMES:]
        del _QT_NAMES[-NAMES:]
        for module, name in some:
            getattr(module, name, None)
        yield
