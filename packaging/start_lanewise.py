"""Where the packed program begins: its name says whether it is the command or the window."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    if sys.argv[1:2] == ["--try-parquet"]:
        # a process of its own for a file that might not be survived: desktop/store/catalogue/parquet.py
        from desktop.store.catalogue.parquet import main as try_file

        sys.exit(try_file(sys.argv[2]))
    # the window asks itself how it stands with this computer, by the command
    if Path(sys.argv[0]).stem.endswith("-window") and sys.argv[1:2] != ["doctor"]:
        from desktop.start import window as start
    else:
        from desktop.start import main as start
    sys.exit(start())
