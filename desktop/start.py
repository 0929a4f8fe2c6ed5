"""Where every start begins, a window's and a command's: what one does not need is not loaded for it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import PurePath

FEWER_COLLECTIONS = (100_000, 20, 50)
"""Nearly all that a start makes lives as long as the program: looking through it every 700 objects is a tenth of it."""


def hurry() -> None:
    """To be called before the window is loaded."""
    gc.set_threshold(*FEWER_COLLECTIONS)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `lanewise`. Without a command, or with a file, it opens the window. The exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (not given[0].startswith("-") and PurePath(given[0]).suffix):
        return window(given)
    from desktop.cli import main as command

    return command(given)


def window(arguments: Sequence[str] | None = None) -> int:
    """The command `lanewise-window`. The exit code."""
    hurry()
    from desktop.app import main as open_window

    return open_window(arguments)
