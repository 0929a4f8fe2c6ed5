"""How numbers, days, weights and places are said within a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.core.dates import day
from desktop.core.facts import RuleBook
from desktop.core.money import Money
from desktop.core.places import in_sentence, place, places
from desktop.core.text import Text
from desktop.core.words import money_text, number, said, said_day, weight


@pytest.mark.parametrize(
    ("grams", "en", "zh"),
    [
        (1, "1 g", "1 克"),
        (999, "999 g", "999 克"),
        (1000, "1 kg", "1 公斤"),
        (1001, "1.001 kg", "1.001 公斤"),
        (2500, "2.5 kg", "2.5 公斤"),
        (40_000, "40 kg", "40 公斤"),
        (1_000_000, "1,000 kg", "1,000 公斤"),
    ],
)
def test_a_weight_from_a_kilogram_on_is_said_in_kilograms(grams: int, en: str, zh: str) -> None:
    assert weight(grams) == Text(en, zh)


def test_a_day_keeps_its_precision() -> None:
    assert said_day(date(2026, 11, 27)) == Text("27 Nov 2026", "2026-11-27")
    assert said_day(day("2026-11-27")) == Text("27 Nov 2026", "2026-11-27")
    assert said_day(day("2026-11")) == Text("Nov 2026", "2026-11")
    assert said_day(day("2026")) == Text("2026", "2026")


def test_amounts_have_separators_and_a_true_minus() -> None:
    assert money_text(500_000, "CNY") == "5,000.00"
    assert money_text(10_000, "JPY") == "10,000"
    assert money_text(-350, "USD") == "−3.50"
    assert number(Decimal("5000.00")) == "5,000"
    assert said(Money(129_900, "USD")) == Text("1,299.00", "1,299.00")
    assert said(Decimal("26000")) == Text("26,000", "26,000")
    assert said("2026-11-27") == "2026-11-27"


def test_a_sentence_of_the_rules_is_filled_in_words(book: RuleBook) -> None:
    said = book.text("freight.closed.weight", weight=weight(3000), limit=weight(2000))
    assert said == Text("3 kg is over the limit of 2 kg", "3 公斤超过 2 公斤的上限")
    said = book.text("freight.no-list", service="EMS", to="x", date=date(2015, 11, 8))
    assert said.en.endswith("8 Nov 2015")
    assert said.zh.startswith("2015-11-08")


def test_places_have_names_and_some_an_article(book: RuleBook) -> None:
    assert place(book, "GB") == Text("United Kingdom", "英国")
    assert place(book, "BY") == Text("Belarus", "白俄罗斯")
    assert place(book, "GR").en == "Greece"
    assert place(book, "??").en == "??"
    assert in_sentence(place(book, "GB")) == Text("the United Kingdom", "英国")
    assert in_sentence(place(book, "AE")).en == "the United Arab Emirates"
    assert in_sentence(place(book, "DE")).en == "Germany"
    assert places(book, ["RU", "US", "EU"]) == Text(
        "Russia, the United States, the European Union", "俄罗斯、美国、欧盟"
    )
