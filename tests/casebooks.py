"""What the tests of the casebook share: a clock that is told, and a window on a casebook of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from window_fakes import TODAY

from desktop.core.case import Case
from desktop.core.casebook import Details
from desktop.core.questions import Questions
from desktop.store.casebook import Casebook
from desktop.views.message import Asker


class Clock:
    """The time of a test, which stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)


class CasebookAsker(Asker):
    """Answers every dialog at once, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.asked: list[str] = []
        self.save_answer = "cancel"
        self.path: Path | None = None
        self.paths: list[Path] = []
        self.yes = False
        self.step: Any = None
        self.chosen = -1

    def save_first(self, name: str) -> str:
        self.asked.append(f"save {name}")
        return self.save_answer

    def save_file_first(self, name: str, label: str) -> str:
        self.asked.append(f"file {name} {label}")
        return self.save_answer

    def save_path(self, proposed: str) -> Path | None:
        self.asked.append(Path(proposed).name)
        return self.path

    def case_paths(self, folder: str) -> list[Path]:
        return self.paths

    def cases_folder(self, folder: str) -> Path | None:
        return self.path

    def case_list_path(self, proposed: str) -> Path | None:
        self.asked.append(Path(proposed).name)
        return self.path

    def erase(self, client: str, count: int) -> bool:
        self.asked.append(f"erase {client} {count}")
        return self.yes

    def backup(self, names: Sequence[str]) -> int:
        self.asked.extend(names)
        return self.chosen

    def next_step(self, visitors: Any) -> Any:
        self.asked.append("next step")
        return self.step(visitors) if self.step is not None else None


def answered(questions: Questions, **answers: object) -> Case:
    case = Case()
    for name, raw in answers.items():
        case, _ = case.set(questions, name, raw)
    return case


def fill(
    path: Path, clock: Clock, questions: Questions, clients: Sequence[Details], **answers: object
) -> None:
    """A casebook with a case for each client."""
    with Casebook.open(path, clock, questions) as book:
        for details in clients:
            book.create(
                answered(questions, **{"direction": "export", "category": "apparel", **answers}), details
            )
            clock.later(minutes=7)
