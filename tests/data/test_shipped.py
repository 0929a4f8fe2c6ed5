"""The shipped rule book: the compiled file is the authored one, and every record is whole in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from desktop.core.facts import RuleBook
from desktop.core.questions import questions_of
from desktop.store.loader import compile_data
from desktop.store.rulebook import load, read_compiled

DATA = Path(__file__).parent.parent.parent / "data"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def compiled() -> dict[str, Any]:
    return read_compiled(DATA / "compiled")


def test_the_compiled_file_is_what_the_authored_files_say(compiled: dict[str, Any]) -> None:
    assert compiled == compile_data(DATA), "run: lanewise check-data --compile"


def test_the_program_reads_what_was_compiled(compiled: dict[str, Any]) -> None:
    book = load()
    assert len(book) == len(compiled["facts"])
    assert dict(book.facts_data) == compiled["facts"]
    assert dict(book.rates) == compiled["rates"]


def test_every_fact_speaks_both_languages(compiled: dict[str, Any]) -> None:
    lacking = [key for key, fact in compiled["facts"].items() if not CHINESE.search(fact["says"]["zh"])]
    assert not lacking
    odd = [key for key, fact in compiled["facts"].items() if CHINESE.search(fact["says"]["en"])]
    assert not odd


def test_every_note_speaks_both_languages(compiled: dict[str, Any]) -> None:
    lacking = [
        key
        for key, fact in compiled["facts"].items()
        for value in fact["values"]
        if value.get("note") and not value["note"].get("zh")
    ]
    assert not lacking


def test_every_choice_of_every_question_speaks_both_languages(book: RuleBook) -> None:
    for question in questions_of(book.rules).items:
        for choice in question.choices:
            assert choice.name.en, choice.id
            assert choice.name.zh, choice.id


def test_every_rule_of_the_advice_names_an_option_that_exists(book: RuleBook) -> None:
    modes = book.rules["import_modes"]
    options = {
        "platforms": set(book.rules["fees"]),
        "markets": set(book.rules["border"]["destinations"]) & set(book.rules["markets"]["countries"]),
        "import_modes": set(modes["modes"]),
        "import_platforms": set(modes["platforms"]),
        "cities": set(modes["cities"]),
        "logistics": set(book.rules["freight"]["services"]),
    }
    for choice, rules in book.rules["advice"].items():
        for rule in (*rules.get("rules", ()), *rules.get("closed", ())):
            assert set(rule["options"]) <= options[choice], (choice, rule["id"])


def test_every_condition_of_the_advice_asks_for_something_that_is_asked(book: RuleBook) -> None:
    questions = questions_of(book.rules)
    around = {"market", "best_platform", "mode", "best_import_platform"}
    for choice, rules in book.rules["advice"].items():
        every = [*rules.get("rules", ()), *rules.get("closed", ()), *rules.get("steps", ()),
                 *rules.get("weights_when", ())]  # fmt: skip
        for rule in every:
            for name, allowed in {**rule.get("when", {}), **rule.get("unless", {})}.items():
                assert name in around or questions.get(name), (choice, rule.get("id"), name)
                question = questions.get(name)
                if question and question.choices and isinstance(allowed, list):
                    assert {question.choice(value) is not None for value in allowed} == {True}, (
                        rule.get("id"),
                        allowed,
                    )


def test_no_wording_holds_a_blank_that_nobody_fills(compiled: dict[str, Any]) -> None:
    for fact in compiled["facts"].values():
        assert "{" not in fact["says"]["en"]


def test_a_value_in_words_is_words_and_no_identifier(book: RuleBook) -> None:
    """What stands in the list of facts is read by people."""
    raw = [
        (fact_id, value["value"])
        for fact_id, fact in book.facts_data.items()
        if fact.get("unit") == "text"
        for value in fact["values"]
        if isinstance(value.get("value"), str)
    ]
    assert raw
    assert [pair for pair in raw if re.fullmatch(r"[a-z]+(_[a-z]+)+", pair[1])] == []
