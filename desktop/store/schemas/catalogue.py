"""Headings and words of a seller's catalogue: what a column holds, its unit, its currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import field_validator, model_validator

from desktop.core.money import CURRENCIES, decimal_of
from desktop.store.schemas.base import Names, Strict

FieldId = Literal[
    "sku", "name", "category", "goods_class", "list_price", "price_currency", "unit_cost", "cost_currency",
    "weight", "dims", "length", "width", "height", "pieces_per_order", "monthly_orders",
]  # fmt: skip
Measure = Literal["money", "mass", "length"]


class Field(Names):
    measure: Measure | None = None
    words: list[str]


class Unit(Strict):
    measure: Literal["mass", "length"]
    factor: str
    words: list[str]

    @field_validator("factor")
    @classmethod
    def _number(cls, value: str) -> str:
        if decimal_of(value) <= Decimal(0):
            raise ValueError(f"{value!r} is not a factor above 0 such as 28.35")
        return value


class File(Strict):
    fields: dict[FieldId, Field]
    units: dict[str, Unit]
    currencies: dict[str, list[str]]
    signs: dict[str, list[str]]
    goods_class: dict[str, list[str]]
    each: list[str]

    @model_validator(mode="after")
    def _whole(self) -> File:
        listed = [word for field in self.fields.values() for word in field.words]
        _once(listed, "heading")
        _once([word for unit in self.units.values() for word in unit.words], "unit")
        _once([word for words in self.currencies.values() for word in words], "currency")
        for code in (*self.currencies, *(code for codes in self.signs.values() for code in codes)):
            if code not in CURRENCIES:
                raise ValueError(f"there is no currency {code!r}")
        return self


def _once(words: list[str], kind: str) -> None:
    seen: set[str] = set()
    for word in words:
        folded = word.casefold()
        if folded in seen:
            raise ValueError(f"the {kind} word {word!r} stands twice")
        seen.add(folded)


def merge(files: dict[str, File]) -> Any:
    """The one file of the area, by its keys."""
    merged: dict[str, Any] = {}
    for file in files.values():
        merged |= file.model_dump(mode="json")
    return merged
