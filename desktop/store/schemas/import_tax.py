"""Import tax of China: which fact is which rate of a category, and which tax a mode pays from which day."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from desktop.core.dates import day
from desktop.core.errors import DataError
from desktop.store.schemas.base import DayText, FactId, Strict

MODES = ("bonded-stocking-up", "goods-collection", "direct-mail", "general-trade", "personal-post")


class Split(Strict):
    """A rate, and a higher one for goods at or above a value per ml or g, per sheet, or per unit."""

    rate: FactId
    high_end: FactId | None = None
    per_ml: FactId | None = None
    per_sheet: FactId | None = None
    per_unit: FactId | None = None

    @model_validator(mode="after")
    def _whole(self) -> Split:
        tests = (self.per_ml, self.per_sheet, self.per_unit)
        if (self.high_end is None) != (not any(tests)):
            raise ValueError("a high-end rate and its thresholds stand together")
        return self


class Category(Strict):
    named: bool
    duty: FactId
    vat: FactId
    consumption: Split
    postal: Split
    table_price_kg: FactId | None = None
    rivals: dict[Literal["consumption", "postal"], list[FactId]] = Field(default_factory=dict)
    """Facts that disagree with a rate named here; the answer says so."""


class TariffLine(Strict):
    hs: str = Field(pattern=r"^\d{4,10}$")
    duty: FactId
    categories: list[str]


class Regime(Strict):
    kind: Literal["postal", "composite", "full"]
    basis: list[FactId] = Field(default_factory=list)
    # postal articles tax
    waiver: FactId | None = None
    limits: list[FactId] = Field(default_factory=list)
    limits_hk_mo_tw: list[FactId] = Field(default_factory=list)
    one_piece: FactId | None = None
    invoice: FactId | None = None
    # composite tax
    over: Literal["general-trade", "one-piece"] | None = None
    duty_within: FactId | None = None
    discount: FactId | None = None
    single_limit: FactId | None = None
    annual_limit: FactId | None = None
    over_one: FactId | None = None
    over_several: FactId | None = None
    over_annual: FactId | None = None
    listed_only: FactId | None = None

    @model_validator(mode="after")
    def _complete(self) -> Regime:
        postal = (self.waiver, self.invoice, *self.limits, *self.limits_hk_mo_tw)
        composite = (self.over, self.duty_within, self.discount, self.single_limit, self.annual_limit)
        if self.kind == "postal" and not (
            self.waiver and self.invoice and self.limits and self.limits_hk_mo_tw
        ):
            raise ValueError("a postal regime names waiver, invoice, limits and limits_hk_mo_tw")
        if self.kind == "composite" and not all(composite):
            raise ValueError(
                "a composite regime names over, duty_within, discount, single_limit, annual_limit"
            )
        if self.kind == "full" and any((*postal, *composite)):
            raise ValueError("a full regime has no limits of its own")
        return self


class Period(Strict):
    from_: DayText = Field(alias="from")
    regime: str
    note: FactId | None = None


class File(Strict):
    categories: dict[str, Category] = Field(default_factory=dict)
    lines: list[TariffLine] = Field(default_factory=list)
    regimes: dict[str, Regime] = Field(default_factory=dict)
    modes: dict[str, list[Period]] = Field(default_factory=dict)

    @field_validator("modes")
    @classmethod
    def _modes(cls, modes: dict[str, list[Period]]) -> dict[str, list[Period]]:
        for mode, periods in modes.items():
            if mode not in MODES:
                raise ValueError(f"{mode!r} is not one of {', '.join(MODES)}")
            starts = [day(period.from_).first for period in periods]
            if starts != sorted(set(starts)):
                raise ValueError(f"the periods of {mode} are out of order")
        return modes


def merge(files: dict[str, File]) -> Any:
    """All files as one; refused where a mode names a regime that is not there."""
    merged: dict[str, Any] = {"categories": {}, "lines": [], "regimes": {}, "modes": {}}
    for file in files.values():
        data = file.model_dump(mode="json", by_alias=True, exclude_none=True)
        merged["categories"] |= data["categories"]
        merged["lines"] += data["lines"]
        merged["regimes"] |= data["regimes"]
        merged["modes"] |= data["modes"]
    for mode, periods in merged["modes"].items():
        for period in periods:
            if period["regime"] not in merged["regimes"]:
                raise DataError(
                    f"there is no regime {period['regime']!r}", file="rules/import_tax", place=mode
                )
    return merged
