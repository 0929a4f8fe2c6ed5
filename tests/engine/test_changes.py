"""A case on two days: lines against the single answers of each day, and the facts that moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.core.case import Case, case_of
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.engine.advice import evaluate
from desktop.engine.changes import compare
from desktop.store.casefile import read_case
from desktop.store.paths import data_path
from desktop.store.rulebook import load

THEN, NOW = date(2015, 11, 8), date(2026, 11, 27)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def example(name: str, questions: Questions) -> Case:
    return read_case(Path(str(data_path("cases"))) / name, questions)


def lamp(questions: Questions) -> Case:
    """The lighting maker on the way to Russia alone: the figures below are of that lane."""
    case, _ = example("2-lighting.lanewise", questions).set(questions, "destinations", ["RU"])
    return case


def test_lines_are_those_of_each_day(book: RuleBook, questions: Questions) -> None:
    case = lamp(questions)
    found = compare(case, THEN, NOW, book, NOW, questions)
    option = found.option("platforms", "aliexpress")
    assert option is not None
    old = evaluate(case.on(THEN), book, NOW, questions).platforms.option("aliexpress")
    new = evaluate(case.on(NOW), book, NOW, questions).platforms.option("aliexpress")
    assert old is not None
    assert new is not None
    assert old.quote is not None
    assert new.quote is not None
    for line in option.lines:
        before, after = old.quote.line(line.id), new.quote.line(line.id)
        assert line.before == (before.amount if before else None)
        assert line.after == (after.amount if after else None)
    # commission of a 15.80 lamp: 5 % in 2015, and 8 % (the higher end of 5 to 8) today
    commission = next(line for line in option.lines if line.id == "commission")
    assert (commission.before, commission.after, commission.difference) == (79, 126, 47)
    assert commission.moved is not None
    assert [r.raw for r in commission.moved.before] == ["5"]


def test_a_line_that_is_not_known_has_no_difference(book: RuleBook, questions: Questions) -> None:
    found = compare(lamp(questions), THEN, NOW, book, NOW, questions)
    option = found.option("platforms", "aliexpress")
    assert option is not None
    vat = next(line for line in option.lines if line.id == "vat")
    assert (vat.there, vat.after, vat.difference) == ((False, True), None, None)


def test_vat_of_the_import_moved_from_17_to_13(book: RuleBook, questions: Questions) -> None:
    found = compare(example("3-milk-powder.lanewise", questions), THEN, NOW, book, NOW, questions)
    option = found.option("import_modes", "general-trade")
    assert option is not None
    vat = next(line for line in option.lines if line.id == "vat")
    assert vat.moved is not None
    assert ("cn.rate.vat.standard", "17") in {(r.id, r.raw) for r in vat.moved.before}
    assert ("cn.rate.vat.standard", "13") in {(r.id, r.raw) for r in vat.moved.after}


def test_the_same_day_twice_changes_nothing(book: RuleBook, questions: Questions) -> None:
    for name in ("1-clothing.lanewise", "3-milk-powder.lanewise"):
        found = compare(example(name, questions), NOW, NOW, book, NOW, questions)
        assert all(option.same for option in found.options)
        assert found.moved == ()


def test_lanes_are_held_against_the_same_market(book: RuleBook, questions: Questions) -> None:
    """Where another market came first on the earlier day, the lane of the later one is asked for that day too."""
    data = {"format": 1, "answers": {
        "direction": "export", "category": "apparel", "list_price": "30", "price_currency": "USD", "unit_cost": "5",
        "cost_currency": "USD", "weight_g": 200, "destinations": ["US", "RU", "AU"], "price_sensitive_buyers": True,
        "experience": "first",
    }}  # fmt: skip
    case = case_of(data, questions)
    found = compare(case, THEN, NOW, book, NOW, questions)
    first, second = found.before.markets.first, found.after.markets.first
    assert first is not None
    assert second is not None
    assert first.id != second.id, "the example no longer has two different first markets"
    for option in found.of("platforms"):
        for quote in option.nets:
            if quote is not None:
                assert quote.lane["market"] == second.id


def test_what_was_typed_counts_where_it_is_asked(book: RuleBook, questions: Questions) -> None:
    case = lamp(questions)
    typed = case_of(
        {"format": 1, "answers": {k: list(v) if isinstance(v, tuple) else v for k, v in case.answers.items()},
         "overrides": {"vintage.aliexpress.commission": "7"}},
        questions,
    )  # fmt: skip
    found = compare(typed, THEN, NOW, book, NOW, questions)
    option = found.option("platforms", "aliexpress")
    assert option is not None
    commission = next(line for line in option.lines if line.id == "commission")
    # 15.80 × 7 % then; the fact is not asked today, where 8 % holds
    assert (commission.before, commission.after) == (111, 126)
    assert commission.moved is not None
    assert [r.typed for r in commission.moved.before] == [True]
