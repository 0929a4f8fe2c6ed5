"""Which case is open, as a mark beside the copies: a number and no name. After a crash the next start tells it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from desktop.store.casebook.files import copies_of

NAME = "open-case"


def mark_open(path: Path, number: int) -> None:
    """Marks the case that is open in the window; 0 takes the mark away. A disk that refuses it loses no answer."""
    place = copies_of(path) / NAME
    with contextlib.suppress(OSError):
        if number:
            place.write_text(f"{number}\n", encoding="ascii")
        else:
            place.unlink(missing_ok=True)


def marked_open(path: Path) -> int:
    """The case that was open when the program last ended without taking its mark away; 0 where there is none."""
    try:
        return int((copies_of(path) / NAME).read_text(encoding="ascii")[:12])
    except (OSError, ValueError):
        return 0
