"""The log of the program: small, in the user's own folder, and left out where it cannot be written."""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
from pathlib import Path

LOG = "lanewise.log"
BYTES, KEPT = 256 * 1024, 3
"""So large may the log grow, and so many older ones are kept."""
log = logging.getLogger("lanewise")


class QuietHandler(logging.handlers.RotatingFileHandler):
    """A log file that turns over, and that is left out where it cannot be written."""

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk is no second fault."""


def start_log(folder: Path) -> logging.Handler | None:
    """Lets the log of the program be written to a folder; None where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = QuietHandler(folder / LOG, maxBytes=BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    return handler


def stop_log(handler: logging.Handler | None) -> None:
    """Lets the file go."""
    if handler is not None:
        log.removeHandler(handler)
        # what it could not write it cannot write at the end either
        with contextlib.suppress(OSError, ValueError):
            handler.close()
