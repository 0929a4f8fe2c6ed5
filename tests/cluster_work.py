"""Work for a cluster of the tests: importable on its workers."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.cli.job import Found, Job, screen_away
from desktop.engine.catalogue import Skus


def dies_once(job: Job, row: int, marker: Path, skus: Skus) -> Found:
    """Screens a batch; the worker that is first given the batch with this row is gone in the middle of it."""
    if row in skus.rows:
        try:
            os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            pass
        else:
            os._exit(1)
    return screen_away(job, skus)
