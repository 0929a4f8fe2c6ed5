"""The verdict as data."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from window_fakes import TODAY, advice_on, quote, small_book

from desktop.core.case import Case
from desktop.core.facts import Unknown
from desktop.core.result import Ranking
from desktop.core.text import Text, both
from desktop.engine.narrowing import Effect, Narrowing, Range, Span
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.verdict import Band, Narrows, key_figure, verdict


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
        assert found.narrowing == tuple(Narrows(name) for name in open_now[:3])
        if open_now:
            case, _ = case.set(model.questions, open_now[0], "unknown")


def test_an_importer_is_not_asked_for_the_buyers_country(model: CaseModel) -> None:
    case = case_of(model, "import")
    found = verdict(case, model.flow, advice_on(case), model.questions)
    assert "destinations" not in [each.question for each in found.narrowing]


@pytest.mark.parametrize("direction", ["unknown", "both", "export"])
def test_the_verdict_on_an_export_asks_for_nothing_of_an_import(model: CaseModel, direction: str) -> None:
    case = case_of(model, direction)
    imports = {question.name for question in model.questions.items if question.group == "import"}
    for name in next(step for step in model.flow.steps if step.narrows).narrows:
        if name not in imports:
            case, _ = case.set(model.questions, name, "unknown")
    assert "city" in imports
    assert not verdict(case, model.flow, advice_on(case), model.questions).narrowing
    inwards, _ = case.set(model.questions, "direction", "import")
    found = verdict(inwards, model.flow, advice_on(inwards), model.questions)
    assert "city" in [each.question for each in found.narrowing]


# ---------------------------------------------------------------------- ranges over the open answers
NOTE = Text("Own assumption.", "自设假定。")
SPANS = (
    Span("weight_g", Decimal(50), Decimal(2000), both("g"), NOTE),
    Span("unit_cost", Decimal("2.49"), Decimal("12.50"), both("USD"), NOTE),
)


def narrowed(leads: dict[str, int], **ranges: Range) -> Narrowing:
    effects = {"ebay": (Effect("weight_g", 340), Effect("unit_cost", 1001), Effect("dims_cm", 0))}
    names = ("weight_g", "unit_cost", "dims_cm")
    return Narrowing(
        "USD", SPANS, names, ("US",), {"US": ranges}, {"US": ranges}, {}, {"US": effects}, {"US": leads}
    )


def test_a_band_stands_where_its_range_lies_on_one_scale(model: CaseModel) -> None:
    case = case_of(model, "export")
    found = narrowed({"ebay": 9}, ebay=Range(420, 960), aliexpress=Range(-240, 720, complete=False))
    said = verdict(case, model.flow, advice_on(case), model.questions, found)
    bands = {row.id: row.band for row in said.rows}
    # the scale is 12.00 long, from −2.40 to 9.60: 4.20 is (4.20 + 2.40) / 12.00 = 0.55 of it
    assert bands["ebay"] == Band("4.20", "9.60", False, 0.55, 1.0)
    assert bands["aliexpress"] == Band("\u22122.40", "7.20", True, 0.0, 0.8)
    assert bands["dhgate"] is None
    # 12.00 in about five steps: of 5, for 2.40 is more than 2
    assert said.scale.ticks == (("0", 0.2), ("5", (5 + 2.4) / 12))
    assert not said.pending


def test_what_would_narrow_it_is_told_by_how_much_and_then_what_is_not_measured(model: CaseModel) -> None:
    case = case_of(model, "export")
    said = verdict(case, model.flow, advice_on(case), model.questions, narrowed({}, ebay=Range(1, 2)))
    # nothing that takes nothing off, then the first open question that is not measured in money
    assert said.narrowing == (
        Narrows("weight_g", "3.40"), Narrows("unit_cost", "10.01"), Narrows("destinations"),
    )  # fmt: skip
    assert said.narrowed.en == "eBay"


def test_what_is_assumed_counts_among_the_defaults(model: CaseModel) -> None:
    case = case_of(model, "export")
    advice = advice_on(case)
    said = verdict(case, model.flow, advice, model.questions, narrowed({}, ebay=Range(1, 2)))
    own = said.defaults[len(advice.defaults) :]
    assert [(d.label.en, d.value, d.unit.en, d.mark) for d in own] == [
        ("Weight", "50\u20132,000", "g", "default"),
        ("Unit cost", "2.49\u201312.50", "USD", "default"),
    ]


@pytest.mark.parametrize(
    ("leads", "rival", "count"),
    [
        ({"ebay": 6, "aliexpress": 3}, "", (6, 9)),  # a third exactly is not more than one
        ({"ebay": 5, "aliexpress": 4}, "AliExpress", (5, 9)),
        ({"ebay": 5, "dhgate": 1, "aliexpress": 3}, "AliExpress", (5, 9)),
        ({"aliexpress": 9}, "AliExpress", (0, 9)),
        ({"ebay": 9}, "", (9, 9)),
        ({}, "", (0, 0)),
    ],
)
def test_it_is_too_close_where_others_lead_in_more_than_one_case_of_three(
    model: CaseModel, leads: dict[str, int], rival: str, count: tuple[int, int]
) -> None:
    case = case_of(model, "export")
    said = verdict(case, model.flow, advice_on(case), model.questions, narrowed(leads, ebay=Range(1, 2)))
    assert (said.rival.en, said.leads) == (rival, count)


def test_an_open_answer_that_moves_nothing_leaves_figures(model: CaseModel) -> None:
    case = case_of(model, "export")
    found = narrowed({}, ebay=Range(758, 758), aliexpress=Range(-240, -240))
    said = verdict(case, model.flow, advice_on(case), model.questions, found)
    assert all(row.band is None for row in said.rows)
    assert said.scale.ticks == ()
    assert len(said.defaults) == len(advice_on(case).defaults) + 2


def test_an_importer_has_no_bands(model: CaseModel) -> None:
    case = case_of(model, "import")
    said = verdict(case, model.flow, advice_on(case), model.questions, narrowed({}, ebay=Range(1, 2)))
    assert all(row.band is None for row in said.rows)
