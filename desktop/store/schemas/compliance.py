"""Papers, registrations, labels and tests as data: which fact asks for what, of whom, by when, and what it stops."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from desktop.core.errors import DataError
from desktop.store.schemas.advice import Condition
from desktop.store.schemas.base import DayText, FactId, Names, Strict

Asked = Literal[
    "direction", "destination", "category", "goods_class", "platform", "service", "mode", "fulfilment", "order_size",
    "company",
]  # fmt: skip
When = dict[Asked, Condition]
"""What the goods and the chosen path are → allowed values. Destinations are codes, or a group of them."""

Side = Literal["export", "destination", "platform", "carriage", "import"]
Kind = Literal["document", "registration", "label", "test", "person", "tax", "declaration"]
Who = Literal["maker", "seller", "importer", "representative", "agent", "carrier", "platform", "buyer"]
Due = Literal[
    "before-production", "before-listing", "before-stock", "before-dispatch", "at-entry", "after-sale"
]
Weight = Literal["stop", "must", "mind"]
Stop = Literal["export", "border", "carrier", "platform", "sale"]


class Subject(Strict):
    """What must be answered for goods: with items, or with a gap. `any` empty: for all goods."""

    id: str
    name: Names
    side: Side
    any: list[When] = []
    unless: When = {}


class Item(Strict):
    """One paper. The first of `facts` that answers at the date stands behind it; `also` are read beside it."""

    id: str
    subject: str
    name: Names
    asks: Names
    kind: Kind
    who: list[Who] = Field(min_length=1)
    due: Due
    weight: Weight
    stops: list[Stop] = []
    facts: list[FactId] = Field(min_length=1)
    also: list[FactId] = []
    goods: list[str] = []
    """Subjects whose goods are meant, where the item's own subject is wider."""
    when: When = {}
    unless: When = {}
    from_day: DayText | None = None
    until_day: DayText | None = None
    note: Names | None = None
    """A limit of what was read, said beside the item."""

    @model_validator(mode="after")
    def _says_what_it_stops(self) -> Item:
        if (self.weight == "stop") != bool(self.stops):
            raise ValueError("`stops` says what a hard stop stops, and stands only with `weight: stop`")
        return self


class File(Strict):
    groups: dict[str, list[str]] = {}
    """Names for several values; where one stands in a condition, its members are meant."""
    subjects: list[Subject] = []
    items: list[Item] = []


def merge(files: dict[str, File]) -> Any:
    """Subjects and items of all files by id, groups spelt out; an id that stands twice, an unknown subject is refused."""
    groups: dict[str, list[str]] = {}
    for name, file in files.items():
        for group, members in file.groups.items():
            if group in groups:
                raise DataError(f"the group {group!r} stands twice", file=f"rules/compliance/{name}.yaml")
            groups[group] = members
    subjects: dict[str, Any] = {}
    items: dict[str, Any] = {}
    for name, file in files.items():
        for merged, records in ((subjects, file.subjects), (items, file.items)):
            for record in records:
                if record.id in merged:
                    raise DataError(f"{record.id!r} stands twice", file=f"rules/compliance/{name}.yaml")
                merged[record.id] = _spelt_out(record, groups)
    for each in items.values():
        for subject in (each["subject"], *each.get("goods", ())):
            if subject not in subjects:
                raise DataError(
                    f"there is no subject {subject!r}",
                    file="rules/compliance",
                    place=each["id"],
                    form=", ".join(subjects),
                )
    return {"subjects": subjects, "items": items}


def _spelt_out(record: Subject | Item, groups: dict[str, list[str]]) -> dict[str, Any]:
    """A record as data, each group in its conditions replaced by its members."""
    data = record.model_dump(mode="json", exclude_defaults=True)
    for when in (*data.get("any", ()), data.get("when", {}), data.get("unless", {})):
        for asked, allowed in when.items():
            if isinstance(allowed, list):
                members = (each for name in allowed for each in groups.get(name, [name]))
                when[asked] = list(dict.fromkeys(members))
    return data
