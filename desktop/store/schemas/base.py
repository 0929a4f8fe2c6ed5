"""What every schema stands on: strict models, bilingual names, references to facts that must exist."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo

from desktop.core.dates import day


class Strict(BaseModel):
    """Unknown keys are refused; records do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Names(Strict):
    """A wording in both languages; both must be there."""

    en: str
    zh: str


class Note(Strict):
    """A wording of which one language may be missing."""

    en: str = ""
    zh: str = ""


def _known_fact(value: str, info: ValidationInfo) -> str:
    known = (info.context or {}).get("facts")
    if known is not None and value not in known:
        raise ValueError(f"there is no fact {value!r}")
    return value


def _known_source(value: str, info: ValidationInfo) -> str:
    known = (info.context or {}).get("sources")
    if known is not None and value not in known:
        raise ValueError(f"there is no source {value!r}")
    return value


def _day(value: str) -> str:
    day(value)
    return value


FactId = Annotated[str, AfterValidator(_known_fact)]
"""The id of a fact that must exist in data/facts (or `rates.<table>` of data/rates)."""

SourceKey = Annotated[str, AfterValidator(_known_source)]
DayText = Annotated[str, AfterValidator(_day)]
"""A date as `2024`, `2024-04` or `2024-04-15`."""

Json = Any
