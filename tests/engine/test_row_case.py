"""A row of a catalogue as a case of its own: the single quote and the advice have the cents of the screening."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop.core.case import Case, case_of
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.engine.advice import evaluate
from desktop.engine.catalogue import NOT_GIVEN, PARTS
from desktop.engine.row_case import by_money, row_case, row_quote
from desktop.engine.screening import Screener
from desktop.store.casefile import example_path
from desktop.store.catalogue import Words, read
from desktop.store.rulebook import load

TODAY = date(2026, 11, 24)
CASES: tuple[dict[str, Any], ...] = (
    {"company": "company", "destinations": ["US", "GB", "DE", "AU"], "return_rate": "3", "advertising_share": "5",
     "packing_cost": "1.5", "priority": "speed", "list_price": "99", "weight_g": 5000},
    {"destinations": ["BR", "RU", "JP"], "direction": "import", "category": "toys", "pieces_per_order": 3},
    {"fulfilment": "fba", "destinations": ["US"], "monthly_orders": 50},
)  # fmt: skip


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def catalogue(tmp_path: Path) -> Path:
    """Rows that say much, little, and other things than the case."""
    path = tmp_path / "rows.csv"
    lines = [
        "SKU,Price,Price currency,Cost,Weight (g),Size (cm),Category,Goods class,Pieces per order,Monthly orders",
        "full,24.90,USD,38,250,25x20x3,apparel,plain,2,400",
        "bare,19,,,,,,,,",
        "light,15.80,,32,480,,,,,",
        "euro,49.5,EUR,120,900,30x20x12.5,toys,battery,1,",
        "yen,2490,JPY,60,130,9x9x9,beauty,cosmetics,,12",
        "heavy,80,USD,200,6500,40x30x30,furniture,plain,,",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("answers", CASES, ids=("much", "import", "fba"))
def test_the_quote_of_a_row_has_the_cents_of_the_screening(
    tmp_path: Path, book: RuleBook, questions: Questions, answers: dict[str, Any]
) -> None:
    case, view = case_of({"answers": answers}, questions), book.at(TODAY)
    screener = Screener(case, view, questions)
    seen = 0
    for path in (catalogue(tmp_path), example_path("demo-catalogue.csv")):
        for batch in read(path, Words(book.rules)):
            found = screener.screen(batch.skus)
            for i in np.flatnonzero(found.best != NOT_GIVEN).tolist():
                lane = found.lanes[found.best[i]]
                quote = row_quote(
                    row_case(case, questions, batch.skus, i, lane.market), view, questions, lane
                )
                assert quote is not None
                assert (quote.net, quote.complete) == (found.net[i], found.complete[i]), batch.skus.sku[i]
                for part in PARTS:
                    assert quote.of_series(part) == (found.parts[part][i], found.parts_known[part][i])
                seen += 1
    assert seen > (0 if answers.get("fulfilment") else 25)


def test_the_advice_on_a_row_takes_its_lane(book: RuleBook, questions: Questions) -> None:
    """What the pages show of a row that was opened: the same platform first, with the same cents."""
    case, view = case_of({"answers": CASES[0]}, questions), book.at(TODAY)
    screener = Screener(case, view, questions)
    seen = 0
    for batch in read(example_path("demo-catalogue.csv"), Words(book.rules)):
        found = screener.screen(batch.skus)
        for i in np.flatnonzero(found.best != NOT_GIVEN).tolist()[::3]:
            lane = found.lanes[found.best[i]]
            opened = by_money(row_case(case, questions, batch.skus, i, lane.market), view)
            first = evaluate(opened, book, TODAY, questions).platforms.first
            assert first is not None
            assert first.quote is not None
            assert (first.id, first.quote.lane["market"]) == (lane.platform, lane.market)
            assert first.quote.net == found.net[i], batch.skus.sku[i]
            seen += 1
    assert seen > 8


def test_what_the_row_says_goes_before_the_case(tmp_path: Path, book: RuleBook, questions: Questions) -> None:
    case = case_of({"name": "old", "answers": CASES[0]}, questions)
    (batch,) = read(catalogue(tmp_path), Words(book.rules))

    def answers(i: int) -> dict[str, Any]:
        return dict(row_case(case, questions, batch.skus, i, "DE").answers)

    full, bare, euro = answers(0), answers(1), answers(3)
    assert full["dims_cm"] == "25x20x3"
    assert (full["pieces_per_order"], full["monthly_orders"], full["unit_cost"]) == (2, 400, "38.00")
    assert full["return_rate"] == "3"
    assert full["destinations"] == ("DE",)
    # a price or a weight of the case is of another product
    assert "weight_g" not in bare
    assert "unit_cost" not in bare
    assert bare["list_price"] == "19.00"
    assert (euro["price_currency"], euro["list_price"], euro["goods_class"]) == ("EUR", "49.50", "battery")
    assert euro["dims_cm"] == "30x20x12.5"


def test_money_alone_counts_and_other_choices_keep_their_weights(book: RuleBook) -> None:
    own = Case(weights={"import_modes": {"tax": 60}, "platforms": {"reach": 90}})
    weights = by_money(own, book.at(TODAY)).weights
    assert weights["import_modes"] == {"tax": 60}
    assert weights["platforms"]["money"] == 100
    assert weights["logistics"]["cost"] == 100
    assert {weight for name, weight in weights["platforms"].items() if name != "money"} == {0}
