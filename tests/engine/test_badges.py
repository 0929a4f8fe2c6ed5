"""The three badges by worked figures, and that each has its rule in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.core.result import Line, Option, Quote, Ranking
from desktop.core.text import both
from desktop.engine.badges import BADGES, badge_rule, badges, badges_of, way_cost
from desktop.store import rulebook


def platform(
    name: str, rank: int | None, net: int, days: tuple[int, int] | None, complete: bool = True
) -> Option:
    """A platform that leaves `net` cents of 25.00."""
    lines = [Line("goods", "goods", both("Goods"), 2500 - net, "USD")]
    if not complete:
        lines.append(Line("returns", "returns", both("Returns"), None, "USD"))
    score = None if rank is None else Decimal(100 - rank)
    return Option(name, both(name), rank, score, quote=Quote({}, 2500, "USD", 1, tuple(lines)), days=days)


def service(name: str, rank: int, days: tuple[int, int] | None, cost: int, entry: int = 0) -> Option:
    return Option(name, both(name), rank, Decimal(1), days=days, details={"cost": cost, "entry": entry})


def test_of_equally_soon_platforms_the_one_that_leaves_the_most_is_the_fastest() -> None:
    # 8 + 12 = 20 and 9 + 11 = 20 are equally soon, 7 + 14 = 21 is not, though its soonest day is the first
    found = badges(
        Ranking("platforms", (
            platform("a", 1, 700, (8, 12)), platform("b", 2, 900, (9, 11)), platform("c", 3, 950, (7, 14)),
        ))
    )  # fmt: skip
    assert found == {"best": "a", "cheapest": "c", "fastest": "b"}


def test_at_most_wins_no_figure() -> None:
    # "at most 990" is neither the most left nor the better of two that are equally soon
    options = (
        platform("a", 1, 700, (8, 12)),
        platform("b", 2, 990, (8, 12), complete=False),
        platform("c", 3, 800, None),
    )
    assert badges(Ranking("platforms", options)) == {"best": "a", "cheapest": "c", "fastest": "a"}
    # alone among the soonest it is the fastest all the same
    options = (platform("a", 1, 700, (8, 12)), platform("b", 2, 990, (5, 6), complete=False))
    assert badges(Ranking("platforms", options))["fastest"] == "b"


def test_the_entry_is_part_of_what_a_way_costs() -> None:
    # 4.00 + 2.00 for the entry is more than 5.50 with none
    options = (service("post", 1, (8, 12), 400, 200), service("line", 2, (8, 12), 550))
    assert [way_cost(option) for option in options] == [600, 550]
    found = badges(Ranking("logistics", options))
    assert found == {"best": "post", "cheapest": "line", "fastest": "line"}
    assert badges_of(Ranking("logistics", options)) == {"post": ("best",), "line": ("cheapest", "fastest")}


def test_no_badge_for_what_is_not_known() -> None:
    options = (
        Option("slow", both("Slow"), 1, Decimal(60), days=(9, 12), details={"cost": 500}),
        Option("bare", both("Bare"), 2, Decimal(50), details={"cost": 900}),
        Option("quick", both("Quick"), None, days=(1, 2)),
    )
    assert badges_of(Ranking("logistics", options)) == {"slow": ("best", "cheapest", "fastest")}
    assert badges_of(Ranking("logistics", ())) == {}
    assert badges_of(Ranking("platforms", (platform("a", None, 700, (1, 2)),))) == {}


def test_other_choices_have_none() -> None:
    assert badges(Ranking("markets", (platform("US", 1, 700, (8, 12)),))) == {}


@pytest.mark.parametrize("choice", ["platforms", "logistics"])
def test_every_badge_has_a_rule_in_words(choice: str) -> None:
    book = rulebook.load()
    rules = [badge_rule(book, choice, badge) for badge in BADGES]
    assert len({rule.en for rule in rules}) == 3
    assert all(rule.zh and rule.zh != rule.en for rule in rules)
