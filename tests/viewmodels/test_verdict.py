"""The verdict as data."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from window_fakes import TODAY, advice_on, quote, small_book

from desktop.core.case import Case
from desktop.core.facts import Unknown
from desktop.core.result import Ranking
from desktop.core.text import both
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.verdict import key_figure, verdict


@pytest.fixture
def model() -> CaseModel:
    return CaseModel(small_book(), TODAY)


def case_of(model: CaseModel, direction: str) -> Case:
    case = Case()
    for name, raw in (("direction", direction), ("category", "apparel"), ("list_price", "24.90")):
        case, _ = case.set(model.questions, name, raw)
    return case


def test_without_three_answers_only_the_open_ones(model: CaseModel) -> None:
    case, _ = Case().set(model.questions, "direction", "export")
    found = verdict(case, model.flow, advice_on(case), model.questions)
    assert found.missing == ("category", "list_price")
    assert not found.choice
    assert not found.rows


def test_export_says_platform_market_and_what_is_left(model: CaseModel) -> None:
    case = case_of(model, "export")
    found = verdict(case, model.flow, advice_on(case), model.questions)
    assert (found.heading.en, found.place.en) == ("eBay", "United States")
    # 7.58 of 24.90 is 30.44…%
    assert (found.key.kind, found.key.figure, found.key.share, found.key.of) == (
        "net",
        "7.58",
        "30.4%",
        "24.90",
    )
    assert not found.key.at_most
    assert [(row.id, row.rank, row.figure, row.score) for row in found.rows] == [
        ("ebay", 1, "7.58", 86), ("aliexpress", 2, "7.89", 79), ("dhgate", 0, "", None),
    ]  # fmt: skip
    assert [row.name.en for row in found.closed] == ["Amazon"]


def test_import_says_mode_and_tax(model: CaseModel) -> None:
    case = case_of(model, "import")
    found = verdict(case, model.flow, advice_on(case), model.questions)
    assert found.heading.en == "Bonded stock"
    assert not found.place
    # 17.29 of 190.00 is 9.1%
    assert (found.key.kind, found.key.figure, found.key.share) == ("tax", "17.29", "9.1%")


def test_both_ways_names_the_import_mode_too(model: CaseModel) -> None:
    case = case_of(model, "both")
    found = verdict(case, model.flow, advice_on(case), model.questions)
    assert found.heading.en == "eBay"
    assert found.second.en == "Bonded stock"


def test_an_unknown_line_makes_it_at_most_and_a_loss_is_one() -> None:
    why = Unknown("x", both("not known"))
    assert key_figure(quote(758, why), "net").at_most
    loss = key_figure(quote(-120), "net")
    assert loss.loss
    assert loss.figure == "\u22121.20"


def test_unknown_tax_and_no_price_give_no_figure() -> None:
    why = Unknown("x", both("not known"))
    assert key_figure(quote(758, why), "tax").kind == ""
    assert key_figure(replace(quote(758), price=0), "net").kind == ""
    assert key_figure(None, "net").kind == ""


def test_nothing_ranked_keeps_what_would_open_it(model: CaseModel) -> None:
    case = case_of(model, "export")
    advice = advice_on(case)
    closed = Ranking("platforms", advice.platforms.closed)
    found = verdict(case, model.flow, replace(advice, platforms=closed), model.questions)
    assert found.choice == "platforms"
    assert found.option == ""
    assert found.closed[0].opens.en == "Have the test summary at hand."


def test_what_would_narrow_it_most_is_asked_first_and_goes_away_when_answered(model: CaseModel) -> None:
    case = case_of(model, "export")
    order = next(step for step in model.flow.steps if step.narrows).narrows
    applies = [name for name in order if model.questions[name].asked(case.answers)]
    for left in range(len(applies), -1, -1):
        open_now = applies[len(applies) - left :]
        found = verdict(case, model.flow, advice_on(case), model.questions)
        assert found.narrowing == tuple(open_now[:3])
        if open_now:
            case, _ = case.set(model.questions, open_now[0], "unknown")


def test_an_importer_is_not_asked_for_the_buyers_country(model: CaseModel) -> None:
    case = case_of(model, "import")
    assert "destinations" not in verdict(case, model.flow, advice_on(case), model.questions).narrowing
