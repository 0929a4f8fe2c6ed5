"""Where every start begins, a window's and a command's: what one does not need is not loaded for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import PurePath

from desktop.memory import hurry


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
