"""The checklist in words: rows in both languages, sentences of the plan, lines of the clipboard, and why."""

from __future__ import annotations

import re
from datetime import date

import pytest

from desktop.core.case import Case, case_of
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.core.result import Advice
from desktop.engine.advice import evaluate
from desktop.viewmodels import compliance as vm

TODAY = date(2026, 11, 24)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


@pytest.fixture(scope="module")
def case(questions: Questions) -> Case:
    answers = {
        "direction": "export", "category": "phone-accessories", "goods_class": "battery", "list_price": "24.90",
        "unit_cost": "38", "weight_g": 210, "destinations": ["DE", "US"], "company": "company",
    }  # fmt: skip
    return case_of({"answers": answers}, questions)


@pytest.fixture(scope="module")
def out(case: Case, book: RuleBook, questions: Questions) -> Advice:
    return evaluate(case, book, TODAY, questions)


@pytest.fixture(scope="module")
def germany(out: Advice, case: Case, book: RuleBook, questions: Questions) -> vm.Papers:
    return vm.papers(out, case, book, questions, "DE")


def test_rows_speak_both_languages_and_name_their_source(germany: vm.Papers) -> None:
    assert germany.destination == "DE"
    for row in germany.rows:
        for text in (row.subject, row.kind_name, row.asks, row.who, row.due, row.weight_name, row.force):
            assert text.en
            assert CHINESE.search(text.zh), text
        assert not CHINESE.search(row.name.en)
        assert row.source.en
        assert row.readings
        assert bool(row.stops) == (row.weight == "stop")
    row = germany.row("paper-de.lucid")
    assert row is not None
    assert (row.stops.en, row.stops.zh) == ("else no listing", "否则平台下架")
    assert row.force.en == "in force since 1 Jul 2022"


def test_few_sentences_keep_every_hard_stop_and_every_gap(germany: vm.Papers) -> None:
    few = vm.paper_sentences(germany, "en", 1)
    heads = [sentence.head for sentence in few if sentence.head]
    assert heads == [row.name.en for row in germany.stops]
    assert len(few) - len(heads) == len(germany.gaps)
    every = vm.paper_sentences(germany, "en")
    assert len(every) == len(germany.rows) + len(germany.gaps)


def test_a_sentence_says_kind_who_when_and_source(germany: vm.Papers) -> None:
    sentence = next(each for each in vm.paper_sentences(germany, "en") if each.key == "paper-de.lucid")
    assert sentence.mark == "stamp"
    assert sentence.flag == "else no listing"
    assert (
        sentence.remark
        == "Registration; you; before listing\nJJR Lab, 22 Nov 2026\nin force since 1 Jul 2022"
    )
    mind = next(each for each in vm.paper_sentences(germany, "zh") if each.key == "paper-cn.other-codes")
    assert mind.remark.startswith("申报；卖家；发货前；须留意")


def test_gaps_are_lines_of_their_own_and_lead_to_their_question(germany: vm.Papers) -> None:
    gaps = [each for each in vm.paper_sentences(germany, "en") if not each.head]
    assert {each.mark for each in gaps} == {"question"}
    assert {each.question for each in gaps if each.question} == {"fulfilment"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lines_hold_every_item_and_every_gap(germany: vm.Papers, language: str) -> None:
    assert language in ("en", "zh")
    lines = vm.paper_lines(germany, "en" if language == "en" else "zh")
    assert len(lines) == len(germany.rows) + len(germany.gaps)
    for row, line in zip(germany.rows, lines, strict=False):
        assert line.startswith(row.name[language])
        assert row.readings[0].source.publisher in line
        assert row.force[language] in line


def test_why_shows_the_fact_and_those_beside_it(germany: vm.Papers) -> None:
    alone = germany.row("paper-de.lucid")
    beside = germany.row("paper-cn.other-codes")
    assert alone is not None
    assert beside is not None
    assert [row.key for row in vm.why_paper(alone).rows] == ["dest.eu.epr.de"]
    assert [row.key for row in vm.why_paper(beside).rows] == [
        "cn.export.who.should_use", "cn.export.code.1210", "cn.export.code.1039",
    ]  # fmt: skip


def test_the_markets_of_the_comparison_can_be_chosen(out: Advice, case: Case, book: RuleBook) -> None:
    assert {code for code, _ in vm.destinations(out, "en")} == {"DE", "US"}
    alone, _ = case.set(questions_of(book.rules), "destinations", ["DE"])
    assert vm.destinations(evaluate(alone, book, TODAY), "en") == ()


def test_each_kind_has_an_icon(book: RuleBook) -> None:
    assert {item["kind"] for item in book.rules["compliance"]["items"].values()} <= set(vm.ICONS)
