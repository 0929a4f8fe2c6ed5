"""What the tests of the casebook share: a clock that ticks, a folder with spaces and Chinese letters, cases."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from desktop.core.case import Case
from desktop.core.questions import Questions
from desktop.store.casebook import Casebook

BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=8)))
TODAY = BEGAN.date()


class Ticking:
    """A second later with every look; `now` may be set."""

    def __init__(self, start: datetime = BEGAN) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def place(folder: Path) -> Path:
    return folder / "展会 stand 4.1" / "案例 book.db"


def opened(folder: Path, questions: Questions, clock: Ticking | None = None, busy: float = 2.0) -> Casebook:
    return Casebook.open(place(folder), clock or Ticking(), questions, busy=busy)


def a_case(questions: Questions, name: str = "LED vest", weight: int = 100) -> Case:
    case, _ = Case(name=name).set(questions, "category", "lighting")
    case, _ = case.set(questions, "weight_g", weight)
    return case


def bytes_of(folder: Path) -> bytes:
    """Every byte of every file of a folder."""
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
