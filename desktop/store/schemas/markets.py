"""Rules of the market facts: countries and regions by name, which facts make up each screen and measure."""

from __future__ import annotations

from typing import Any, Literal

from desktop.store.schemas.base import DayText, FactId, Names, Strict


class Membership(Strict):
    """A region that a country belongs to; `until` is the first day outside where it has left."""

    region: str
    until: DayText | None = None


class Entry(Strict):
    """One line of a country's profile; the facts newest first, the first that answers is shown.

    `keys` names, for a fact that holds a map of countries, the one entry that is meant.
    """

    topic: str
    facts: list[FactId]
    keys: dict[FactId, str] = {}


class Country(Strict):
    name: Names
    currency: str
    regions: list[Membership] = []
    population: FactId
    internet: FactId
    profile: list[Entry] = []


class ShareSet(Strict):
    """One published set of destination shares: a fact that holds a map of region code to percent."""

    fact: FactId
    period: Names


class ScaleYear(Strict):
    """One year of one definition; facts in order of preference. A known value replaces the forecast."""

    year: int
    definition: Literal["100ec", "customs"]
    value: list[FactId] = []
    forecast: list[FactId] = []
    share_of_trade: list[FactId] = []
    growth: list[FactId] = []


class SplitPart(Strict):
    part: str
    facts: list[FactId] = []


class Split(Strict):
    """Two parts of a whole in one year. A part without a fact is what the other leaves of 100."""

    kind: Literal["direction", "business"]
    year: int
    definition: Literal["100ec", "customs"]
    parts: list[SplitPart]


class Measure(Strict):
    """A way to compare the reach of countries; the one that answers for most of them at a date is used."""

    id: Literal["destination_share", "internet_users"]
    name: Names
    unit: Names


class PlatformFigure(Strict):
    """A fact that says how strong platforms are in a country.

    map: platform to number, more is stronger. ranks: platform to place. order: a list by place, of which
    only the first `ranked` are a ranking where that is given. one: a single number for those of `together`.
    `key` picks one entry of a map of maps; from the day `until` the figure is too old to speak of the market.
    """

    country: str
    fact: FactId
    kind: Literal["map", "ranks", "order", "one"]
    measure: Names
    key: str | None = None
    ranked: int | None = None
    until: DayText | None = None
    together: list[str] = []


class File(Strict):
    topics: dict[str, Names] = {}
    regions: dict[str, Names] = {}
    countries: dict[str, Country] = {}
    destination_sets: list[ShareSet] = []
    scale: list[ScaleYear] = []
    splits: list[Split] = []
    parts: dict[str, Names] = {}
    measures: list[Measure] = []
    platform_figures: list[PlatformFigure] = []
    platforms: list[str] = []


def merge(files: dict[str, File]) -> Any:
    """All files as one structure with the keys of `File`; maps are joined, lists put one after the other."""
    merged: dict[str, Any] = File().model_dump(mode="json")
    for file in files.values():
        for key, value in file.model_dump(mode="json", by_alias=True, exclude_none=True).items():
            if isinstance(value, dict):
                merged[key].update(value)
            else:
                merged[key].extend(value)
    return merged
