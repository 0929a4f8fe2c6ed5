"""Recent files and examples, read without being opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from window_fakes import small_book

from desktop.core.case import Case
from desktop.core.questions import Questions, questions_of
from desktop.store.casefile import write_case
from desktop.viewmodels.start import card_of, example_cards, name_of, recents


@pytest.fixture(scope="module")
def questions() -> Questions:
    return questions_of(small_book().rules)


def test_a_name_in_two_languages_is_split() -> None:
    assert name_of(Case(name="Cotton dress / 棉布连衣裙"))["zh"] == "棉布连衣裙"
    assert name_of(Case(name="Cotton dress"))["zh"] == "Cotton dress"
    assert not name_of(Case())


def test_a_card_tells_the_answers_only(questions: Questions) -> None:
    assert card_of(Case(), questions).price == ""
    case = Case()
    for name, raw in (("category", "apparel"), ("list_price", "24.9"), ("destinations", ["DE", "US"])):
        case, _ = case.set(questions, name, raw)
    card = card_of(case, questions)
    assert (card.product.en, card.price, card.currency) == ("Clothing", "24.90", "USD")
    assert [market.en for market in card.markets] == ["Germany", "United States"]


def test_missing_and_damaged_files_are_said_and_not_touched(questions: Questions, tmp_path: Path) -> None:
    good, bad, gone = tmp_path / "good.lanewise", tmp_path / "bad.lanewise", tmp_path / "gone.lanewise"
    write_case(Case(name="Lamp"), good)
    bad.write_text('{"format": 9, "answers": {}}', encoding="utf-8")
    before = bad.read_bytes()
    found = recents((str(good), str(bad), str(gone)), questions)
    assert found[0].card.name.en == "Lamp"
    assert "newer" in found[1].problem.en
    assert found[2].missing
    assert bad.read_bytes() == before


def test_the_three_examples_can_be_read(questions: Questions) -> None:
    cards = example_cards(questions)
    assert [card.id.partition(".")[0] for card in cards] == ["1-clothing", "2-lighting", "3-milk-powder"]
    assert all(card.card.name.en and card.card.name.zh and card.card.product for card in cards)
