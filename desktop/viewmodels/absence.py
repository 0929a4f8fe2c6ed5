"""Why a page has nothing to show: answers that are open, the direction of the case, the day of the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.flow import Flow
from desktop.core.result import Advice
from desktop.viewmodels.product import missing

Cause = Literal["missing", "direction", "day", "answers"]
DAY = "day"
"""The key of the link that leads to the day of the rules; the keys of all others are names of questions."""


class Absence(Struct, frozen=True):
    """One cause, and where to go: names of questions, or the day of the rules."""

    cause: Cause
    links: tuple[str, ...]


def absence(
    case: Case, flow: Flow, step_id: str, ranked: bool, another_day: Callable[[], bool]
) -> Absence | None:
    """Why a step of a case shows nothing; None where it has something. `another_day` tells, when it comes to that,
    whether the case is ranked with today's rules, while those of another day count.
    """
    still = missing(case.answers, flow)
    if "direction" not in still and not flow.is_asked(case, step_id):
        return Absence("direction", ("direction",))
    if still:
        return Absence("missing", still)
    if ranked:
        return None
    if another_day():
        return Absence("day", (DAY,))
    step = next(step for step in flow.steps if step.id == step_id)
    first = next(iter(flow.steps)).enough
    return Absence("answers", tuple(name for name in (*first, *step.narrows) if case.given(name) is None))


def has_no_plan(advice: Advice, case: Case) -> bool:
    """Nothing is ranked, or neither goods nor price are known: there is no plan to show."""
    rankings = (advice.platforms, advice.import_modes, advice.markets, advice.import_platforms)
    said = case.given("category") is not None or case.given("list_price") is not None
    return not said or not any(ranking.ranked for ranking in rankings)
