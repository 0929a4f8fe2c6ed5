"""The form of data/rules/fees: per platform and site, the fee lines and the facts that may answer for each.

A rule names facts in order; the first that answers at the date of the view is used. It holds no rate.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from desktop.store.schemas.base import FactId, Names, Strict

Plan = Literal["individual", "professional"]
Store = Literal["none", "starter", "basic", "premium", "featured", "anchor", "enterprise"]
LINE_IDS = ("commission", "fixed", "fulfilment", "storage", "payment", "regulatory", "other")


class Ref(Strict):
    """A fact, or one entry of a fact that holds a map."""

    fact: FactId
    key: str = ""
    """Entry of a map, dotted where maps nest; empty: the value itself."""
    low: str = ""
    high: str = ""
    """Two entries of a map that are the ends of a range."""
    tiers: Literal["whole", "marginal"] | None = None
    """How tiers inside a map apply (a fact that is tiers itself says so itself)."""
    span: bool = False
    """Tiers on a measure that is not known here count as a range from the lowest to the highest."""
    over_one: bool = False
    """The value is a multiplier: 1.02 means 2 percent on top."""
    note: str = ""
    """Text key of a warning to show where this fact is the one that is used."""


def _ref(value: Any) -> Any:
    return {"fact": value} if isinstance(value, str) else value


RefLike = Annotated[Ref, BeforeValidator(_ref)]


class Choice(Strict):
    """Facts for some categories (all others: `categories` left out)."""

    categories: tuple[str, ...] = ()
    countries: FactId | None = None
    """Only for buyers in a country of this fact's list."""
    facts: tuple[RefLike, ...] = ()
    unknown: str = ""
    """Text key of what to say where no fact answers; empty: what the first fact says itself."""


class Line(Strict):
    id: str
    label: Names
    series: Literal["platform", "payment", "freight"]
    kind: Literal["percent", "amount", "monthly", "fba", "unknown"]
    choices: tuple[Choice, ...] = ()
    facts: tuple[RefLike, ...] = ()
    """Short for one choice for all categories."""
    base: tuple[str, ...] = ()
    """Columns or earlier lines that a percentage or a step is taken on."""
    less: tuple[str, ...] = ()
    """Line ids (their beginnings) that are taken off the base first, where known: what is paid out."""
    per: Literal["order", "item"] = "order"
    minimum: tuple[RefLike, ...] = ()
    no_minimum: tuple[str, ...] = ()
    """Categories that the minimum leaves out."""
    maximum: tuple[RefLike, ...] = ()
    monthly_minimum: tuple[RefLike, ...] = ()
    """Smallest charge of one payout a month, shared by the month's orders."""
    currency: str = ""
    """Where it is charged in another currency than the site's."""
    months: int = 1
    """Months that a `monthly` amount covers: 12 where it is a yearly fee."""
    typed: Literal["", "rate", "fixed"] = ""
    """Which typed option replaces the rules."""
    when: tuple[FactId, ...] = ()
    """Only where one of these facts answers."""
    unless: tuple[FactId, ...] = ()
    optional: bool = False
    """Left out, not unknown, where no fact answers: the fee began on the first day of its facts."""
    plan: tuple[Plan, ...] = ()
    store: tuple[Store, ...] = ()
    fulfilment: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    not_categories: tuple[str, ...] = ()
    season: tuple[str, ...] = Field((), max_length=2)
    """First and last day of the year as 10-15; may run over the new year."""
    unknown: str = ""
    card: Literal["", "us", "ca", "eu", "jp"] = ""
    tables: dict[str, RefLike] = Field(default_factory=dict)

    @field_validator("id")
    @classmethod
    def _begins(cls, value: str) -> str:
        if value.split(".")[0] not in LINE_IDS:
            raise ValueError(f"{value!r} does not begin with one of {', '.join(LINE_IDS)}")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Line:
        if self.kind == "unknown" and not self.unknown:
            raise ValueError("an unknown line says why in `unknown`")
        if self.kind == "fba" and not (self.card and self.tables):
            raise ValueError("an fba line names its card and tables")
        if self.kind in ("percent", "amount", "monthly") and not (self.facts or self.choices):
            raise ValueError("a line names facts or choices")
        return self


class SiteNote(Strict):
    """A warning that goes with a site's fees."""

    text: str
    when: tuple[FactId, ...] = ()
    unless: tuple[FactId, ...] = ()
    fulfilment: tuple[str, ...] = ()


class Marketplace(Strict):
    site: Names
    currency: str
    open: tuple[RefLike, ...]
    """Any of these answering opens the site; a list of countries must name it."""
    lines: tuple[Line, ...]
    notes: tuple[SiteNote, ...] = ()


class Platform(Strict):
    platform: str
    name: Names
    serves: tuple[str, ...] = ()
    """Buyer countries of a platform whose one site (`all`) serves every country."""
    marketplaces: dict[str, Marketplace]


class File(Platform):
    pass


def merge(files: dict[str, File]) -> Any:
    """All platforms by id."""
    return {file.platform: file.model_dump(mode="json", exclude_none=True) for file in files.values()}
