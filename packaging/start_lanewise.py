"""Where the packed program begins: its name says whether it is the command or the window."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if Path(sys.argv[0]).stem.endswith("-window"):
        from desktop.app import main as start
    else:
        from desktop.cli import main as start
    sys.exit(start())
