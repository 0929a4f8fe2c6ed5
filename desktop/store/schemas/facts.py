"""The strict form of facts, sources, units, doubts, gaps, words and rate tables (docs/data-format.md)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from desktop.core.dates import day
from desktop.store.schemas.base import DayText, Names, Note, SourceKey, Strict

_ID = re.compile(r"^[a-z0-9_]+([.][A-Za-z0-9_-]+)+$")


def _id(value: str) -> str:
    if not _ID.match(value):
        raise ValueError(f"{value!r} is not an id such as amazon.us.referral.apparel")
    return value


def _calendar_day(value: str | None) -> str | None:
    if value is not None:
        date.fromisoformat(value)
    return value


CalendarDay = Annotated[str, AfterValidator(_calendar_day)]


class Source(Strict):
    publisher: str
    title: str
    url: str | None = None
    dated: DayText | None = None
    read: CalendarDay
    kind: Literal["official", "vendor", "press", "third-party", "derived"]
    review_by: CalendarDay | None = None
    note: str | None = None


class SourcesFile(Strict):
    sources: dict[str, Source]


class Unit(Strict):
    en: str
    zh: str
    kind: Literal["number", "text", "date", "list", "map", "table"]


class UnitsFile(Strict):
    units: dict[str, Unit]


class Corrected(Strict):
    value: Any
    unit: str | None = None


class Value(Strict):
    from_: DayText | None = Field(None, alias="from")
    observed: DayText | None = None
    value: Any
    value_zh: Any = None
    source: SourceKey
    also: list[SourceKey] = []
    confidence: Literal["high", "medium", "low"]
    note: Note | str | None = None
    corrected: Corrected | None = None

    @model_validator(mode="after")
    def _one_start(self) -> Value:
        if (self.from_ is None) == (self.observed is None):
            raise ValueError("a value has exactly one of `from` and `observed`")
        return self

    @property
    def start(self) -> str:
        start = self.from_ or self.observed
        assert start is not None
        return start


class Fact(Strict):
    id: Annotated[str, AfterValidator(_id)]
    says: Names
    unit: str
    scope: dict[str, str | list[str]] = {}
    base: str | None = None
    tiers: Literal["whole", "marginal"] | None = None
    where: str | None = None
    doubt: list[str] = []
    values: list[Value] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Fact:
        starts = [day(value.start).first for value in self.values]
        for earlier, later in pairwise(starts):
            if later <= earlier:
                raise ValueError(f"values overlap or are out of order: {later} after {earlier}")
        if self.values[0].value is None:
            raise ValueError("the first value of a fact cannot be null")
        for value in self.values:
            if self.tiers and isinstance(value.value, list):
                _check_tiers(value.value)
        return self


def _check_tiers(rows: list[Any]) -> None:
    last: Decimal | None = None
    for i, row in enumerate(rows):
        if not isinstance(row, dict) or set(row) - {"up_to", "below", "value"} or "value" not in row:
            raise ValueError("a tier is {up_to: 15, value: 5}, the last one {value: 17}")
        _number(row["value"])
        bound = row.get("up_to", row.get("below"))
        if bound is None:
            if i != len(rows) - 1:
                raise ValueError("only the last tier is open")
            return
        number = _number(bound)
        if last is not None and number <= last:
            raise ValueError(f"tiers are out of order: {number} after {last}")
        last = number
    raise ValueError("the last tier must be open (no up_to)")


def _number(text: Any) -> Decimal:
    try:
        value = Decimal(text)
    except (InvalidOperation, TypeError, ValueError):
        value = None
    if value is None or not value.is_finite():
        raise ValueError(f"{text!r} is not a number such as 17 or 0.30")
    return value


class FactsFile(Strict):
    topic: Names
    facts: list[Fact]


class Doubt(Strict):
    id: str
    where: str
    printed: Names
    conflict: Names
    likely: Names | None = None
    why: Names
    strength: Literal["certain", "strong", "probable", "open"]
    evidence: list[SourceKey] = []


class DoubtsFile(Strict):
    doubts: list[Doubt]


class Gap(Strict):
    id: str
    says: Names
    scope: dict[str, str | list[str]] = {}


class MissingFile(Strict):
    missing: list[Gap]


class TextsFile(Strict):
    texts: dict[str, Names]

    @field_validator("texts")
    @classmethod
    def _same_blanks(cls, texts: dict[str, Names]) -> dict[str, Names]:
        for key, names in texts.items():
            blanks = [sorted(set(re.findall(r"{(\w+)", wording))) for wording in (names.en, names.zh)]
            if blanks[0] != blanks[1]:
                raise ValueError(f"{key}: English has the blanks {blanks[0]}, Chinese {blanks[1]}")
        return texts


class RateTable(Strict):
    """One rate table of a service. Becomes the fact `rates.<id>` and a table of rows by destination and weight."""

    id: str
    service: str
    says: Names
    currency: str
    from_: DayText | None = Field(None, alias="from")
    observed: DayText | None = None
    ends: DayText | None = None
    source: SourceKey
    confidence: Literal["high", "medium", "low"]
    note: Note | str | None = None
    rule: dict[str, str] = {}
    """Whatever of the table the rows do not say (divisor, step_g, surcharge facts); the freight engine reads it."""


class RatesFile(Strict):
    tables: list[RateTable]


ROW_COLUMNS = (
    "table", "to", "min_g", "max_g", "per_kg", "per_item", "first_g", "first_price", "step_g", "step_price",
    "min_billed_g", "price_from", "price_to", "product", "max_side_mm", "max_sum_mm", "divisor", "suspended",
    "days_min", "days_max", "note", "per_cbm",
)  # fmt: skip
NUMBER_COLUMNS = frozenset(ROW_COLUMNS) - {"table", "to", "product", "suspended", "note"}
