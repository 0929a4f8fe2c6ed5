"""Import modes into China, the cities of the 2015 report, and the platforms that import: names and fact ids."""

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
    other_codes: list[FactId] = []
    days: list[Stage] = []
    asks: list[Asked]
    requires: list[FactId] = []
    steps: FactId | None = None
    seller_size: list[Size] = []
    suited: list[FactId] = []
    traits: dict[Literal["capital", "range", "demand", "stock_risk", "effort", "cost_per_parcel", "returns"], Trait] = {}
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
    """What a city offers from a day. `complete`: what is not named counts as not offered; else as not known."""

    from_: DayText = Field(alias="from")
    modes: list[str]
    complete: bool
    facts: list[FactId]
    wordings: list[Wording] = []
    note: Names | None = None


class City(Strict):
    name: Names
    offers: list[Offer]
    figures: list[FactId] = []
    more: list[FactId] = []
    doubts: list[str] = []

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

    deposit: list[FactId] = []
    annual: list[FactId] = []
    commission: list[FactId] = []
    payment: list[FactId] = []
    other: list[FactId] = []


class Platform(Strict):
    name: Names
    models: list[Model] = []
    model_facts: list[FactId] = []
    import_modes: list[Use] = []
    entry: list[FactId] = []
    fees: Fees = Fees()
    delivery: list[FactId] = []
    facts: list[FactId] = []
    today: list[FactId] = []
    """Facts that show it at work after the report; empty: its present state is not known to the rules."""
    doubts: list[str] = []
    note: Names | None = None

    @model_validator(mode="after")
    def _known_modes(self) -> Platform:
        for use in self.import_modes:
            if use.mode not in MODES:
                raise ValueError(f"{use.mode!r} is not one of {', '.join(MODES)}")
        return self


class File(Strict):
    modes: dict[str, Mode] = {}
    anywhere: list[str] = []
    """Modes that are not bound to a city."""
    cities: dict[str, City] = {}
    platforms: dict[str, Platform] = {}


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
