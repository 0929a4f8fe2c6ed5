"""The order of steps, as data: routing only."""

from __future__ import annotations

from typing import Any, Literal

from desktop.store.schemas.base import Names, Strict


class Step(Names):
    id: str
    icon: str
    directions: list[Literal["export", "import", "both"]]
    enough: list[str] = []
    narrows: list[str] = []
    choice: str | None = None


class File(Strict):
    steps: list[Step]


def merge(files: dict[str, File]) -> Any:
    return [step.model_dump(exclude_none=True) for file in files.values() for step in file.steps]
