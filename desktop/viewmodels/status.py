"""How far each step is, and the state of the rules behind an answer. Data only; the views put it into words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.facts import RuleBook, Source
from desktop.core.flow import Flow, FlowStep
from desktop.core.packs import Used
from desktop.core.questions import Questions
from desktop.core.text import EMPTY, Text
from desktop.viewmodels.absence import has_no_plan
from desktop.viewmodels.product import missing, progress
from desktop.viewmodels.wording import amount

if TYPE_CHECKING:
    from desktop.core.result import Advice, Ranking
    from desktop.viewmodels.case_model import Held

WHAT_IF = "what-if"


class StepState(Struct, frozen=True):
    """A step with its mark, and what its result line says.

    `says` is one of answered (count, of), first (name, count), figure (name, figure), steps (count), closed (count),
    held-down, held-up (figure), held-any, held-unled, untried, open, not-asked.
    """

    step: FlowStep
    mark: str
    says: str
    name: Text = EMPTY
    count: int = 0
    of: int = 0
    figure: str = ""


def step_states(
    case: Case, questions: Questions, flow: Flow, advice: Advice | None, held: Held | None = None
) -> tuple[StepState, ...]:
    """The state of every step of the flow, in order."""
    ready = advice is not None and not missing(case.answers, flow)
    return tuple(_state(step, case, questions, flow, advice if ready else None, held) for step in flow.steps)


def _state(
    step: FlowStep, case: Case, questions: Questions, flow: Flow, advice: Advice | None, held: Held | None
) -> StepState:
    if not flow.is_asked(case, step.id):
        return StepState(step, "not-asked", "not-asked")
    if step.enough:
        done = progress(case, questions)
        # the direction is asked here, too, and no ranking appears before it is known
        known = not missing(case.answers, flow)
        enough = known and all(case.given(name) is not None for name in step.enough)
        mark = "enough" if enough else "partly" if done.answered else "open"
        return StepState(step, mark, "answered", count=done.answered, of=done.asked)
    if advice is None:
        return StepState(step, "open", "open")
    if step.id == WHAT_IF:
        return _held_state(step, held)
    if step.choice is None:
        # the page shows no plan either
        count = 0 if has_no_plan(advice, case) else len(advice.next_steps)
        return StepState(step, _plan_mark(case, advice), "steps" if count else "open", count=count)
    return _choice_state(step, choice_of(step, case, advice))


def _held_state(step: FlowStep, held: Held | None) -> StepState:
    """How far the advice holds: found when the step is opened, and not before."""
    if held is None:
        return StepState(step, "open", "untried")
    return StepState(
        step, "open" if held.says == "unled" else "enough", f"held-{held.says}", figure=held.figure
    )


def _plan_mark(case: Case, advice: Advice) -> str:
    """A plan stands on the quote of what comes first: half a plan where a main part of the cost is not known."""
    if not advice.next_steps or has_no_plan(advice, case):
        return "open"
    first = (advice.platforms if case.exports else advice.import_modes).first
    return "partly" if first is None or first.quote is None or first.quote.without else "enough"


def choice_of(step: FlowStep, case: Case, advice: Advice) -> Ranking:
    """The ranking behind a step; on the platforms step the import platforms where nothing is exported."""
    if step.choice == "platforms" and not case.exports:
        return advice.import_platforms
    return advice.ranking(step.choice or "")


def _choice_state(step: FlowStep, ranking: Ranking) -> StepState:
    first = ranking.first
    if first is None:
        closed = len(ranking.closed)
        blocked = bool(closed) and closed == len(ranking.options)
        return StepState(
            step, "blocked" if blocked else "open", "closed" if blocked else "open", count=closed
        )
    partly = first.quote is not None and not first.quote.complete
    mark = "partly" if partly else "enough"
    if ranking.choice == "logistics" and first.quote is not None:
        cost = amount(first.quote.cost, first.quote.currency)
        return StepState(step, mark, "figure", first.name, figure=cost if first.quote.complete else "")
    return StepState(step, mark, "first", first.name, count=len(ranking.ranked))


class RuleState(Struct, frozen=True):
    """The state of the rule book, and the oldest source behind the answer."""

    digest: str
    facts: int
    missing: int
    newest: date | None
    oldest: Source | None
    past_review: int
    used: Used = Used()
    """Which rules they are, as they stand today."""


def rule_state(book: RuleBook, today: date, advice: Advice | None) -> RuleState:
    """What the status bar and the start page say about the rules. Reviews are due by today, whatever day is asked."""
    oldest = advice.oldest if advice else None
    return RuleState(
        digest=book.digest[:8],
        facts=len(book),
        missing=len(book.missing),
        newest=book.newest_source if book.sources_data else None,
        oldest=oldest.source if oldest else None,
        past_review=book.reviews_due(today) if book.sources_data else 0,
        used=book.used(today),
    )
