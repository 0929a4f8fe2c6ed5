"""One row of a catalogue as a case of its own, so that the single quote explains what screening found."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import View
from desktop.core.money import major
from desktop.core.questions import Answer, Questions
from desktop.core.result import Quote
from desktop.engine.catalogue import NOT_GIVEN, Coded, Lane, Skus
from desktop.engine.lanes import Pricer
from desktop.engine.screening import OF_ROWS

STANDS_IN = (
    "category",
    "goods_class",
    "price_currency",
    "cost_currency",
    "monthly_orders",
    "pieces_per_order",
)
"""Answers of a case that count where a row says nothing."""


def row_case(case: Case, questions: Questions, skus: Skus, i: int, market: str | None = None) -> Case:
    """The answers of a row, with those of the case that screening took for it; `market` alone as destination."""
    said: dict[str, Answer] = {name: value for name, value in case.answers.items() if name not in OF_ROWS}
    said |= {name: case.answers[name] for name in STANDS_IN if case.given(name) is not None}
    if market is not None:
        said["destinations"] = (market,)
    elif "destinations" in case.answers:
        said["destinations"] = case.answers["destinations"]
    for name in ("category", "goods_class", "price_currency", "cost_currency"):
        if (word := _word(getattr(skus, name), i)) is not None:
            said[name] = word
    # what counted is written down, so that another default of another direction cannot take its place
    for name, money in (("price_currency", "list_price"), ("cost_currency", "unit_cost")):
        said.setdefault(name, case.currency(questions, money))
    said.setdefault("goods_class", "plain")
    said["direction"] = "export"
    said["list_price"] = f"{major(int(skus.price[i]), str(said['price_currency'])):f}"
    if skus.cost[i] != NOT_GIVEN:
        said["unit_cost"] = f"{major(int(skus.cost[i]), str(said['cost_currency'])):f}"
    if skus.weight_g[i] > 0:
        said["weight_g"] = int(skus.weight_g[i])
    for name, column in (("monthly_orders", skus.monthly_orders), ("pieces_per_order", skus.pieces)):
        if column[i] != NOT_GIVEN:
            said[name] = int(column[i])
    sides = [int(side[i]) for side in (skus.length_mm, skus.width_mm, skus.height_mm)]
    if all(side > 0 for side in sides):
        said["dims_cm"] = "x".join(f"{Decimal(side) / 10:f}" for side in sides)
    answers = {name: value for name, value in said.items() if questions[name].asked(said)}
    return replace(case, answers=MappingProxyType(answers), name=skus.name[i] or skus.sku[i])


BY_MONEY = {"logistics": "cost", "platforms": "money", "markets": "money"}
"""The one criterion by which a catalogue compares, in each choice."""


def by_money(case: Case, view: View) -> Case:
    """The case with money as the only criterion, as its row was screened: the advice then takes the very lane."""
    own = {key: dict(weights) for key, weights in case.weights.items()}
    for choice, name in BY_MONEY.items():
        criteria = view.rules("advice")[choice]["criteria"]
        own[choice] = {each["id"]: 100 if each["id"] == name else 0 for each in criteria}
    frozen = MappingProxyType({key: MappingProxyType(weights) for key, weights in own.items()})
    return replace(case, weights=frozen)


def row_quote(case: Case, view: View, questions: Questions, lane: Lane) -> Quote | None:
    """The lane of a row with every line, as the single quote prices it."""
    return Pricer(case, view, questions).quote(*lane)


def _word(column: Coded, i: int) -> str | None:
    code = int(column.codes[i])
    return None if code == NOT_GIVEN else column.words[code]
