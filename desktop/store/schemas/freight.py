"""Logistics services: which goods, sizes, platforms and destinations they take, and which facts and tables price them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from desktop.store.schemas.base import FactId, Names, Strict

Kind = Literal["postal", "line", "platform", "express", "first-leg", "b2b", "warehouse", "import"]
Fulfilment = Literal["seller", "fba", "overseas-warehouse"]
GoodsClass = Literal["plain", "battery", "liquid", "powder", "magnetic", "food", "cosmetics"]
Tracking = Literal["full", "partial", "none", "unknown"]


class Limit(Strict):
    """A fact that limits a weight (kg) or a side (cm); `per` says whether of one piece or of the whole order."""

    fact: FactId
    per: Literal["order", "piece"] = "order"
    to: list[str] = []


class Goods(Strict):
    """Facts that list the classes that are taken or refused; the rest is not known. `word` is a condition."""

    accepted: FactId | None = None
    refused: FactId | None = None
    word: Names | None = None


class Days(Strict):
    """Days to the door: a fact, or the rows of a table; `to` names countries or groups, absent: everywhere."""

    fact: FactId | None = None
    table: FactId | None = None
    product: str | None = None
    to: list[str] = []

    @model_validator(mode="after")
    def _one_place(self) -> Days:
        if (self.fact is None) == (self.table is None):
            raise ValueError("days come from exactly one of `fact` and `table`")
        return self


class PriceList(Strict):
    """Tables that form one price list together, for some goods and categories; the first that fits is used."""

    tables: list[FactId] = Field(min_length=1)
    goods: list[GoodsClass] = []
    categories: list[str] = []
    product: str | None = None
    label: Names | None = None
    days: FactId | None = None


class Volumetric(Strict):
    """How volume counts: the first divisor fact in force; `side` (a fact) sets the side from which it counts."""

    divisors: list[FactId] = Field(min_length=1)
    mode: Literal["always", "side", "split"] = "always"
    side: FactId | None = None
    to: list[str] = []

    @model_validator(mode="after")
    def _side_named(self) -> Volumetric:
        if (self.mode == "always") != (self.side is None):
            raise ValueError("`side` goes with the modes side and split")
        return self


class Mention(Strict):
    """A fact that the reader of a price should know; its sentence is shown as a warning while it is in force."""

    fact: FactId
    to: list[str] = []


class Fee(Strict):
    """An optional agent fee in percent of the freight, with a least amount."""

    rate: FactId
    minimum: FactId
    table: FactId


class Suspension(Strict):
    """Destinations to which a service stopped: from the first day of a fact on, for as long as it holds."""

    to: list[str]
    fact: FactId


class Service(Names):
    id: str
    carrier: Names
    kind: Kind
    platforms: list[str] = []
    closed: Names | None = None
    """Why it is open to none of our platforms."""
    since: FactId | None = None
    """The fact whose first day is that of the service."""
    fulfilment: list[Fulfilment] = []
    serves: list[str] = []
    suspended: list[Suspension] = []
    goods: Goods = Goods()
    weight: list[Limit] = []
    minimum: Limit | None = None
    side: list[Limit] = []
    side_sum: list[Limit] = []
    price_below: FactId | None = None
    volumetric: list[Volumetric] = []
    step: FactId | None = None
    prices: list[PriceList] = []
    fuel: list[FactId] = []
    agent_fee: Fee | None = None
    days: list[Days] = []
    mentions: list[Mention] = []
    tracked: Tracking = "unknown"
    tracking: Names
    compensation: Names
    importer: Names
    limits: Names | None = None


class File(Strict):
    groups: dict[str, list[str]] = {}
    """Countries by group name, for `to`."""
    services: list[Service]

    @model_validator(mode="after")
    def _once(self) -> File:
        ids = [service.id for service in self.services]
        if len(ids) != len(set(ids)):
            raise ValueError("a service stands twice")
        return self


def merge(files: dict[str, File]) -> Any:
    """Services by id in the order of the files, and the groups of countries."""
    return {
        "groups": {name: countries for file in files.values() for name, countries in file.groups.items()},
        "services": {
            service.id: service.model_dump(mode="json", by_alias=True, exclude_none=True)
            for file in files.values()
            for service in file.services
        },
    }
