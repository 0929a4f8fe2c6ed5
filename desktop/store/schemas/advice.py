"""Advice as data: criteria with weights, rules that add points, hard rules that close an option, next steps."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import model_validator

from desktop.store.schemas.base import DayText, FactId, Names, Strict

Condition = list[str] | dict[Literal["below", "at_least", "given"], str]
When = dict[str, Condition]
"""Answer name (or market, best_platform, mode, city_known …) → allowed values, or {below: 100} / {at_least: 2}."""


class Criterion(Strict):
    id: str
    label: Names
    weight: int
    kind: Literal["points", "margin", "reach", "freight", "days", "tax", "landed"]
    measured_from: Names


class WeightShift(Strict):
    when: When
    add: dict[str, int]


class Rule(Strict):
    """`points` are added to 50 for the named criterion of the named options, bounded to 0 and 100."""

    id: str
    options: list[str]
    criterion: str
    points: int
    when: When = {}
    unless: When = {}
    from_day: DayText | None = None
    until_day: DayText | None = None
    fact: FactId
    text: Names


class Closed(Strict):
    """A hard rule: the option stays visible, closed, with what would open it."""

    id: str
    options: list[str]
    when: When = {}
    unless: When = {}
    from_day: DayText | None = None
    until_day: DayText | None = None
    fact: FactId
    text: Names
    opens: Names


class NextStep(Strict):
    id: str
    when: When = {}
    unless: When = {}
    from_day: DayText | None = None
    until_day: DayText | None = None
    fact: FactId
    text: Names


class File(Strict):
    choice: Literal[
        "platforms", "logistics", "import_modes", "import_platforms", "markets", "cities", "next_steps"
    ]
    compared: list[str] = []
    """Markets that are compared where the client has chosen none."""
    other_sites: dict[str, str] = {}
    """Platforms whose main site serves buyers of countries without a site of their own: platform → site."""
    groups: dict[str, list[str]] = {}
    """Names for several markets; where one stands among options or markets, its members are meant."""
    criteria: list[Criterion] = []
    weights_when: list[WeightShift] = []
    rules: list[Rule] = []
    closed: list[Closed] = []
    steps: list[NextStep] = []

    @model_validator(mode="after")
    def _joined(self) -> File:
        if self.criteria and sum(c.weight for c in self.criteria) != 100:
            raise ValueError("the weights of the criteria must sum to 100")
        points = {criterion.id for criterion in self.criteria}
        for rule in self.rules:
            if rule.criterion not in points:
                raise ValueError(f"rule {rule.id}: there is no criterion {rule.criterion!r}")
        ids = [*(r.id for r in self.rules), *(r.id for r in self.closed), *(r.id for r in self.steps)]
        if len(ids) != len(set(ids)):
            raise ValueError("a rule id stands twice")
        return self


def merge(files: dict[str, File]) -> Any:
    return {file.choice: _spelt_out(file) for file in files.values()}


def _spelt_out(file: File) -> dict[str, Any]:
    """A file as data, each group replaced by its members."""
    data = file.model_dump(mode="json", exclude_defaults=True)
    groups = data.pop("groups", {})

    def members(names: list[str]) -> list[str]:
        return list(dict.fromkeys(each for name in names for each in groups.get(name, [name])))

    for rule in (*data.get("rules", ()), *data.get("closed", ()), *data.get("steps", ())):
        if "options" in rule:
            rule["options"] = members(rule["options"])
        for condition in (rule.get("when", {}), rule.get("unless", {})):
            if isinstance(condition.get("market"), list):
                condition["market"] = members(condition["market"])
    return data
