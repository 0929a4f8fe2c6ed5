"""What changed, in words: days, lines, places and facts, in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.engine.changes import Changes, compare
from desktop.store.casefile import read_case
from desktop.store.paths import data_path
from desktop.store.rulebook import load
from desktop.viewmodels import changes as vm

THEN, NOW = date(2015, 11, 8), date(2026, 11, 27)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def changes_of(name: str, book: RuleBook, questions: Questions, to: str | None = None) -> Changes:
    case = read_case(Path(str(data_path("cases"))) / name, questions)
    if to is not None:
        case, _ = case.set(questions, "destinations", [to])
    return compare(case, THEN, NOW, book, NOW, questions)


@pytest.fixture(scope="module")
def lamp(book: RuleBook, questions: Questions) -> Changes:
    # on the way to Russia alone: the figures below are of that lane
    return changes_of("2-lighting.lanewise", book, questions, "RU")


@pytest.mark.parametrize(
    ("since", "shown", "days"),
    [
        ("report", NOW, (THEN, NOW)),
        ("five", NOW, (date(2021, 11, 27), NOW)),
        ("year", NOW, (date(2025, 11, 27), NOW)),
        ("year", date(2024, 2, 29), (date(2023, 2, 28), date(2024, 2, 29))),
        # the report's day itself, and days before it, are held against today
        ("report", THEN, (THEN, NOW)),
        ("report", date(2012, 1, 1), (date(2012, 1, 1), NOW)),
    ],
)
def test_days_are_in_order(since: str, shown: date, days: tuple[date, date]) -> None:
    assert vm.days_of(since, shown, NOW) == days


def test_lines_show_both_amounts_and_what_moved(lamp: Changes, book: RuleBook) -> None:
    option = vm.option_of(lamp, "platforms/aliexpress")
    assert option is not None
    rows = {row.key: row for row in vm.changed_lines(option, book, "en")}
    # 15.80 × 5 % then, × 8 % (the higher end of 5 to 8) today
    commission = rows["commission"]
    assert (commission.before, commission.after, commission.difference) == ("0.79", "1.26", "+0.47")
    assert commission.moved == "5% → 5–8%"
    # 32.00 CNY at 6.2827 and at 6.9858 CNY a dollar: only the exchange rate moved
    assert (rows["goods"].before, rows["goods"].after, rows["goods"].moved) == (
        "5.09",
        "4.58",
        "exchange rate",
    )


def test_what_is_not_known_has_no_difference_and_a_bound_is_marked(lamp: Changes, book: RuleBook) -> None:
    option = vm.option_of(lamp, "platforms/aliexpress")
    assert option is not None
    rows = {row.key: row for row in vm.changed_lines(option, book, "en")}
    assert (rows["vat"].before, rows["vat"].after, rows["vat"].difference) == ("–", "?", "?")
    net = rows["net"]
    assert net.before.startswith("≤ ")
    assert net.after.startswith("≤ ")
    assert net.difference == "?"


def test_tax_of_an_import_is_added_up(book: RuleBook, questions: Questions) -> None:
    found = changes_of("3-milk-powder.lanewise", book, questions)
    option = vm.option_of(found, "import_modes/direct-mail")
    assert option is not None
    rows = {row.key: row for row in vm.changed_lines(option, book, "zh")}
    # 2015: 190 × 10 % = 19.00, not collected up to 50; 2026: 190 × 13 % × 70 % = 17.29
    assert (rows["net"].before, rows["net"].after, rows["net"].difference) == ("0.00", "17.29", "+17.29")


def test_facts_stand_once_with_their_days_and_exchange_rates_last(lamp: Changes, book: RuleBook) -> None:
    rows = vm.moved_facts(lamp, book, "en")
    keys = [row.key for row in rows]
    assert len(keys) == len(set(keys))
    rates = [key.startswith("fx.") for key in keys]
    assert rates == sorted(rates)
    old = next(row for row in rows if row.key == "vintage.aliexpress.commission")
    assert (old.before, old.after) == ("5% (1 Jan 2015)", "–")


def test_places_name_the_closed_and_the_moved(lamp: Changes) -> None:
    rows = {row.key: row for row in vm.places(lamp, "en")}
    ebay = rows["platforms/ebay"]
    # ranked second in 2015; closed to Russia since March 2022
    assert (ebay.before, ebay.after, ebay.moved) == ("2", "closed", True)
    assert rows["markets/RU"].moved is False


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_lead_names_the_day_and_the_facts(lamp: Changes, book: RuleBook, language: str) -> None:
    option = vm.option_of(lamp, "platforms/aliexpress")
    text = vm.lead(lamp, option, book, language)  # type: ignore[arg-type]
    assert ("8 Nov 2015" if language == "en" else "2015-11-08") in text
    assert "5% → 5–8%" in text


def test_nothing_moved_is_said(book: RuleBook, questions: Questions) -> None:
    case = read_case(Path(str(data_path("cases"))) / "1-clothing.lanewise", questions)
    found = compare(case, NOW, NOW, book, NOW, questions)
    option = found.of("platforms")[0]
    assert "nothing has moved" in vm.lead(found, option, book, "en")
    assert vm.moved_facts(found, book, "en") == ()
