"""The form of data/rules/border: what a destination asks at its border, by regime and by value of the order.

A rule names facts and never holds a rate. A file is one destination (`to`) or a customs union (`members`).
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from desktop.store.schemas.base import DayText, FactId, Names, Strict

Kind = Literal[
    "relieved",
    "tariff",
    "percent",
    "flat",
    "kilo",
    "minus",
    "bounded",
    "banded",
    "unknown",
]
"""relieved: nothing due; tariff: rate by category or code; percent: one rate; flat: an amount per order, item
type or piece; kilo: a rate with a minimum per kilogram; minus: a rate less an amount; bounded: a rate between
two amounts; banded: an amount by value; unknown: it exists, what it costs is not known."""

Part = Literal["customs", "goods", "freight", "insurance", "duty", "handling"]
CUSTOMS: tuple[Part, ...] = ("customs",)


class Said(Strict):
    """A sentence of data/texts that goes with a regime or bracket, within dates, for some options."""

    text: str
    from_: DayText | None = Field(None, alias="from")
    until: DayText | None = None
    channel: Literal["marketplace", "own"] | None = None
    carrier: Literal["post", "express"] | None = None
    categories: list[str] = Field(default_factory=list)
    facts: list[FactId] = Field(default_factory=list)


class Table(Strict):
    """Facts by category, and by the first digits of the tariff code, which go before the category."""

    categories: dict[str, FactId] = Field(default_factory=dict)
    codes: dict[str, FactId] = Field(default_factory=dict)


class LineRule(Strict):
    """One charge. `of` names what a percentage is taken on."""

    id: str
    kind: Kind
    label: str | None = None
    fact: FactId | None = None
    by: dict[str, FactId] = Field(default_factory=dict)
    """Facts of single categories that go before `fact` (Japan's lower rate on food)."""
    regions: dict[str, FactId] = Field(default_factory=dict)
    """Facts of single regions, which the user names; they go before the rest (the provinces of Canada)."""
    table: str | None = None
    of: tuple[Part, ...] = CUSTOMS
    own_base: bool = False
    """The tax is part of its own base."""
    waived_below: FactId | None = None
    uplift: FactId | None = None
    """Percent by which the customs value is raised in the base (South Africa's added tax value)."""
    per: Literal["order", "items", "pieces", "kg"] = "order"
    currency: str | None = None
    min_per_kg: FactId | None = None
    above: FactId | None = None
    """Only what is above this value counts, of a rate per kilogram or of a percentage."""
    above_kg: FactId | None = None
    minus: FactId | None = None
    minimum: FactId | None = None
    maximum: FactId | None = None
    layer: bool = False
    """An addition to the tariff (Section 301 …), which a typed list of additions replaces."""
    payer: Literal["seller", "buyer"] | None = None
    channel: Literal["marketplace", "own"] | None = None
    carrier: Literal["post", "express"] | None = None
    text: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> LineRule:
        needs = {"tariff": "table", "flat": "fact", "minus": "minus", "kilo": "min_per_kg", "unknown": "text"}
        wanted = needs.get(self.kind)
        if wanted and getattr(self, wanted) is None:
            raise ValueError(f"a line of kind {self.kind!r} names {wanted!r}")
        return self


class NotFor(Strict):
    """Goods that a relief leaves out: by code where one is given, else by category."""

    categories: list[str]
    codes: list[str]
    text: str


class Bracket(Strict):
    """Orders up to a value (inclusive), and what they meet. The first bracket that fits is the one."""

    up_to: FactId | None = None
    under: bool = False
    """The limit itself is outside (under 3000 NOK)."""
    up_to_kg: FactId | None = None
    tax_below: FactId | None = None
    """Orders on which the lines of the next bracket come to less than this (New Zealand until 2019)."""
    compares: Literal["goods", "customs"] = "goods"
    base: Literal["fob", "cif"] = "fob"
    share: FactId | None = None
    """Percent of the price that counts as customs value (Japan, personal imports)."""
    channel: Literal["marketplace", "own"] | None = None
    carrier: Literal["post", "express"] | None = None
    not_for: NotFor | None = None
    outcome: Literal["relieved", "taxed", "refused"]
    collected: Literal["none", "sale", "border", "importer", "operator"]
    payer: Literal["seller", "buyer"] | None = None
    low_value: bool = False
    """National fees on low-value parcels apply here."""
    lines: list[LineRule] = Field(default_factory=list)
    says: list[Said] = Field(default_factory=list)


class Regime(Strict):
    from_: DayText = Field(alias="from")
    name: Names
    brackets: list[Bracket]
    says: list[Said] = Field(default_factory=list)
    facts: list[FactId] = Field(default_factory=list)


class Fee(Strict):
    """A national fee on low-value parcels, within dates."""

    fact: FactId
    currency: str
    per: Literal["order", "items", "pieces"]
    from_: DayText = Field(alias="from")
    until: DayText | None = None


class Member(Strict):
    name: Names
    vat: FactId
    waived_below: FactId | None = None
    fees: list[Fee] = Field(default_factory=list)
    says: list[Said] = Field(default_factory=list)


class Programme(Strict):
    """Platforms that collect a country's charges at the sale; the sales of others meet the rules of an own shop."""

    fact: FactId
    platforms: list[str]
    from_: DayText = Field(alias="from")


class File(Strict):
    to: str | None = None
    name: Names | None = None
    members: dict[str, Member] = Field(default_factory=dict)
    currency: str
    tables: dict[str, Table] = Field(default_factory=dict)
    regimes: list[Regime]
    stock: list[Regime] = Field(default_factory=list)
    """What stock meets that is brought in ahead of its sale; where there is none, that is not known."""
    programme: Programme | None = None
    calculator_only: bool = False
    """The calculators answer for it; the advice does not offer it as a market."""

    @model_validator(mode="after")
    def _one_or_many(self) -> File:
        if (self.to is None) == (not self.members):
            raise ValueError("a file is one destination (`to`) or has `members`")
        if self.to is not None and self.name is None:
            raise ValueError("a destination has a name in both languages")
        for regimes in (self.regimes, self.stock):
            starts = [regime.from_ for regime in regimes]
            if starts != sorted(set(starts)):
                raise ValueError(f"regimes are out of order: {starts}")
        for regime in (*self.regimes, *self.stock):
            if regime.brackets and regime.brackets[-1].tax_below is not None:
                raise ValueError("a bracket with `tax_below` is followed by the one that it waives")
            for line in (line for bracket in regime.brackets for line in bracket.lines):
                if line.table is not None and line.table not in self.tables:
                    raise ValueError(f"there is no table {line.table!r}")
        return self


def merge(files: dict[str, File]) -> Any:
    """`areas` by file, and `destinations` by country with the area that each follows."""
    areas: dict[str, Any] = {}
    destinations: dict[str, Any] = {}
    for stem, file in files.items():
        # what a rule leaves open is left out, for the rules are read before the window stands
        data = file.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        members = data.pop("members", {})
        shown = {"calculator_only": True} if data.pop("calculator_only", False) else {}
        areas[stem] = data
        if file.to is not None:
            members = {file.to: {"name": data.pop("name")}}
        for country, member in members.items():
            if country in destinations:
                raise ValueError(f"{country} stands in two files")
            destinations[country] = {**member, "area": stem, **shown}
    return {"areas": areas, "destinations": destinations}
