"""Import modes into China, the cities of the 2015 report, and platforms that import: names and fact ids."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from desktop.core.errors import DataError
from desktop.store.schemas.base import DayText, FactId, Names, Strict
from desktop.store.schemas.import_tax import MODES

Size = Literal["small", "medium", "large"]
Level = Literal["low", "medium", "high"]
Model = Literal["M2C", "B2C", "C2C", "B2B2C"]


class Asked(Names):
    """A short wording with the fact that says it."""

    fact: FactId | None = None


class Trait(Strict):
    """One judgement on a mode as the sources give it; `ours` where it is our reading of them."""

    value: str
    fact: FactId
    ours: bool = False


class Stage(Strict):
    """How long delivery takes by one source; the first fact of a list that answers at the date is used."""

    fact: FactId
    unit: Literal["days", "working-days"]


class Mode(Strict):
    name: Names
    short: Names
    code: list[FactId]
    other_codes: list[FactId] = Field(default_factory=list)
    days: list[Stage] = Field(default_factory=list)
    asks: list[Asked]
    requires: list[FactId] = Field(default_factory=list)
    steps: FactId | None = None
    seller_size: list[Size] = Field(default_factory=list)
    suited: list[FactId] = Field(default_factory=list)
    traits: dict[
        Literal["capital", "range", "demand", "stock_risk", "effort", "cost_per_parcel", "returns"], Trait
    ] = Field(default_factory=dict)
    from_: DayText | None = Field(None, alias="from")
    until: DayText | None = None
    note: Names | None = None
    """A legal or practical limit that holds at all dates."""


class Wording(Strict):
    """What the source prints, and the mode we take it for (None: none of ours)."""

    printed: Names
    mode: str | None = None
    ours: bool = False
    note: Names | None = None


class Offer(Strict):
    """What a city offers from a day. `complete`: what is not named is not offered; else it is not known."""

    from_: DayText = Field(alias="from")
    modes: list[str]
    complete: bool
    facts: list[FactId]
    wordings: list[Wording] = Field(default_factory=list)
    note: Names | None = None


class City(Strict):
    name: Names
    offers: list[Offer]
    figures: list[FactId] = Field(default_factory=list)
    more: list[FactId] = Field(default_factory=list)
    doubts: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _known_modes(self) -> City:
        for offer in self.offers:
            for mode in (*offer.modes, *(w.mode for w in offer.wordings if w.mode)):
                if mode not in MODES:
                    raise ValueError(f"{mode!r} is not one of {', '.join(MODES)}")
        return self


class Use(Strict):
    """One import mode that a platform uses, with the fact that says so."""

    mode: str
    facts: list[FactId]
    ours: bool = False


class Fees(Strict):
    """Facts by kind; the first that answers at the date is the one to show, the others are its rivals."""

    deposit: list[FactId] = Field(default_factory=list)
    annual: list[FactId] = Field(default_factory=list)
    commission: list[FactId] = Field(default_factory=list)
    payment: list[FactId] = Field(default_factory=list)
    other: list[FactId] = Field(default_factory=list)


class Platform(Strict):
    name: Names
    models: list[Model] = Field(default_factory=list)
    model_facts: list[FactId] = Field(default_factory=list)
    import_modes: list[Use] = Field(default_factory=list)
    entry: list[FactId] = Field(default_factory=list)
    fees: Fees = Fees()
    delivery: list[FactId] = Field(default_factory=list)
    facts: list[FactId] = Field(default_factory=list)
    today: list[FactId] = Field(default_factory=list)
    """Facts that show it at work after the report; empty: its present state is not known to the rules."""
    doubts: list[str] = Field(default_factory=list)
    note: Names | None = None

    @model_validator(mode="after")
    def _known_modes(self) -> Platform:
        for use in self.import_modes:
            if use.mode not in MODES:
                raise ValueError(f"{use.mode!r} is not one of {', '.join(MODES)}")
        return self


class File(Strict):
    modes: dict[str, Mode] = Field(default_factory=dict)
    anywhere: list[str] = Field(default_factory=list)
    """Modes that are not bound to a city."""
    cities: dict[str, City] = Field(default_factory=dict)
    platforms: dict[str, Platform] = Field(default_factory=dict)


def merge(files: dict[str, File]) -> Any:
    """All files as one; refused where a mode is unknown."""
    merged: dict[str, Any] = {"modes": {}, "anywhere": [], "cities": {}, "platforms": {}}
    for file in files.values():
        data = file.model_dump(mode="json", by_alias=True, exclude_none=True)
        for part in ("modes", "cities", "platforms"):
            merged[part] |= data[part]
        merged["anywhere"] += data["anywhere"]
    for mode in (*merged["modes"], *merged["anywhere"]):
        if mode not in MODES:
            raise DataError(f"{mode!r} is not a mode", file="rules/import_modes", form=", ".join(MODES))
    return merged
