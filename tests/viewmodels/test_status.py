"""Step marks and the state of the rules."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from window_fakes import TODAY, advice_on, small_book

from desktop.core.case import Case
from desktop.core.facts import RuleBook
from desktop.core.result import Ranking
from desktop.engine.advice import evaluate
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.status import rule_state, step_states


def states(direction: str, *more: tuple[str, str]) -> dict[str, tuple[str, str, str]]:
    return states_of(("direction", direction), *more)


def states_of(*answers: tuple[str, str]) -> dict[str, tuple[str, str, str]]:
    model = CaseModel(small_book(), TODAY)
    case = Case()
    for name, raw in answers:
        case, _ = case.set(model.questions, name, raw)
    found = step_states(case, model.questions, model.flow, advice_on(case))
    return {state.step.id: (state.mark, state.says, state.name.en) for state in found}


FULL = (("category", "apparel"), ("list_price", "24.90"))


def test_export_does_not_ask_the_import_mode() -> None:
    found = states("export", *FULL)
    assert found["import-mode"] == ("not-asked", "not-asked", "")
    assert found["product"][0] == "enough"
    assert found["platforms"] == ("enough", "first", "eBay")
    assert found["logistics"][1:] == ("figure", "Battery line")


def test_import_asks_neither_markets_nor_logistics_and_ranks_import_platforms() -> None:
    found = states("import", *FULL)
    assert found["markets"][0] == found["logistics"][0] == "not-asked"
    assert found["platforms"][2] == "Tmall Global"
    assert found["import-mode"][2] == "Bonded stock"


def test_nothing_is_said_to_be_compared_before_three_answers() -> None:
    found = states("export")
    assert found["product"][0] == "partly"
    assert found["platforms"] == ("open", "open", "")


def test_the_product_is_not_enough_while_its_direction_is_open() -> None:
    found = states_of(*FULL)
    assert (found["product"][0], found["platforms"][0]) == ("partly", "open")
    assert states("export", *FULL)["product"][0] == "enough"


def test_no_plan_is_promised_where_neither_goods_nor_price_are_known(book: RuleBook) -> None:
    model = CaseModel(book, TODAY)
    answers = {"direction": "export", "category": "unknown", "list_price": "unknown"}

    def plan(case: Case) -> tuple[str, str]:
        advice = evaluate(case, book, TODAY)
        assert advice.next_steps
        found = step_states(case, model.questions, model.flow, advice)
        return next((state.mark, state.says) for state in found if state.step.id == "plan")

    case = Case()
    for name, raw in answers.items():
        case, _ = case.set(model.questions, name, raw)
    assert plan(case) == ("open", "open")
    case, _ = case.set(model.questions, "category", "apparel")
    assert plan(case)[1] == "steps"


def test_all_closed_is_blocked_and_an_incomplete_first_is_partly() -> None:
    model = CaseModel(small_book(), TODAY)
    case = Case()
    for name, raw in (("direction", "export"), *FULL):
        case, _ = case.set(model.questions, name, raw)
    advice = advice_on(case)
    closed = replace(advice, platforms=Ranking("platforms", advice.platforms.closed))
    blocked = next(
        s for s in step_states(case, model.questions, model.flow, closed) if s.step.id == "platforms"
    )
    assert (blocked.mark, blocked.says, blocked.count) == ("blocked", "closed", 1)
    second = replace(advice.platforms.ranked[1], rank=1)
    partly = replace(advice, platforms=Ranking("platforms", (second,)))
    found = next(
        s for s in step_states(case, model.questions, model.flow, partly) if s.step.id == "platforms"
    )
    assert found.mark == "partly"


def test_rule_state_counts_reviews_by_today() -> None:
    book = small_book()
    state = rule_state(book, TODAY, advice_on(Case()))
    # the review of "old" was due on 2026-09-04, that of "new" is due on 2027-11-15
    assert state.past_review == 1
    assert not rule_state(book, date(2026, 9, 4), None).past_review
    assert state.newest == date(2026, 11, 15)
    assert state.oldest is not None
    assert state.oldest.key == "old"
    assert (state.facts, state.missing) == (3, 1)
