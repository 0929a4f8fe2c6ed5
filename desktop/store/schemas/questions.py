"""Questions as data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import model_validator

from desktop.store.schemas.base import FactId, Names, Strict

Kind = Literal["choice", "choices", "money", "currency", "integer", "percent", "size", "boolean"]


class Choice(Names):
    id: str


class Bounds(Strict):
    low: str
    high: str

    @model_validator(mode="after")
    def _ordered(self) -> Bounds:
        if not 0 < Decimal(self.low) < Decimal(self.high):
            raise ValueError(f"`low` {self.low} must be above nothing and below `high` {self.high}")
        return self


class Typical(Bounds):
    """Between which values an open answer is taken to lie: a default, and the note says what it rests on."""

    of: Literal["list_price", "weight_g"] | None = None
    high_fact: FactId | None = None
    by_category: dict[str, Bounds] = {}
    note: Names


class Picture(Choice):
    """A group of choices that is shown as a picture."""

    icon: str
    choices: list[str]


class Question(Strict):
    name: str
    kind: Kind
    group: str
    label: Names
    help: Names
    unit: str | None = None
    currency: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    private: bool = False
    choices: list[Choice] = []
    choices_from: Literal["categories", "markets", "cities", "platforms", "import_modes"] | None = None
    asked_when: dict[str, list[str]] = {}
    fallback: dict[str, str] = {}
    typical: Typical | None = None
    pictures: list[Picture] = []

    @model_validator(mode="after")
    def _whole(self) -> Question:
        if self.kind in ("choice", "choices") and not (self.choices or self.choices_from):
            raise ValueError("a choice needs `choices` or `choices_from`")
        if self.kind in ("money", "integer", "percent", "size") and None in (self.minimum, self.maximum):
            raise ValueError("a number needs `minimum` and `maximum`")
        if self.typical and self.kind not in ("money", "integer", "size"):
            raise ValueError("`typical` is for amounts, whole numbers and sizes")
        return self


class Group(Names):
    why: Names


class File(Strict):
    questions: list[Question]
    groups: dict[str, Group]

    @model_validator(mode="after")
    def _joined(self) -> File:
        names = {question.name for question in self.questions}
        for question in self.questions:
            if question.group not in self.groups:
                raise ValueError(f"question {question.name}: there is no group {question.group!r}")
            for needed in (*question.asked_when, *((question.currency,) if question.currency else ())):
                if needed not in names:
                    raise ValueError(f"question {question.name}: there is no question {needed!r}")
        return self


def merge(files: dict[str, File]) -> Any:
    return {
        "questions": [
            question.model_dump(mode="json", exclude_defaults=True)
            for file in files.values()
            for question in file.questions
        ],
        "groups": {key: group.model_dump() for file in files.values() for key, group in file.groups.items()},
    }
