"""The three badges and their rules. Each goes to one option of a ranking; the rules in words are texts of the rule book.

best: first by the weighted criteria. cheapest: a platform that leaves the most, a service whose freight and entry cost
the least. fastest: the cheapest among those that are the soonest to the door (soonest and latest day added up).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.core.facts import RuleBook
from desktop.core.result import Option, Ranking
from desktop.core.text import Text

BADGES = ("best", "cheapest", "fastest")
Cost = Callable[[Option], tuple[int, ...]]
"""By what options are compared: the less, the cheaper."""


def badges(ranking: Ranking) -> dict[str, str]:
    """The option of each badge that can be given, for platforms and services; other choices have none.

    "At most" is no figure to win by: a platform with an unknown line is never the cheapest, and of equally fast ones it
    stands behind those of which all is known. Services are compared where they have a price.
    """
    if ranking.choice == "logistics":
        priced = [option for option in ranking.ranked if "cost" in option.details]
        return _badges(ranking, priced, priced, lambda option: (way_cost(option),))
    if ranking.choice == "platforms":
        return _badges(ranking, [o for o in ranking.ranked if _complete(o)], ranking.ranked, _not_left)
    return {}


def _badges(
    ranking: Ranking, priced: Sequence[Option], quick: Sequence[Option], cost: Cost
) -> dict[str, str]:
    """`priced` are those that can be cheapest, `quick` those that can be fastest where their days are known."""
    found = {"best": ranking.first.id} if ranking.first else {}
    if priced:
        found["cheapest"] = min(priced, key=cost).id
    timed = [option for option in quick if option.days]
    if timed:
        found["fastest"] = min(timed, key=lambda option: (sum(option.days or ()), cost(option))).id
    return found


def _complete(option: Option) -> bool:
    return option.quote is not None and option.quote.complete


def _not_left(option: Option) -> tuple[int, ...]:
    """Orders platforms by what is left, the most first; after them those of which not all is known."""
    return (not _complete(option), -option.quote.net if option.quote else 0)


def badges_of(ranking: Ranking) -> dict[str, tuple[str, ...]]:
    """The badges of each option that has one."""
    given = badges(ranking)
    return {
        option: tuple(badge for badge in BADGES if given.get(badge) == option)
        for option in dict.fromkeys(given.values())
    }


def way_cost(option: Option) -> int:
    """Freight of the order and what its entry costs by this carrier, in minor units of the price currency."""
    cost, entry = (option.details.get(name) for name in ("cost", "entry"))
    return (cost if isinstance(cost, int) else 0) + (entry if isinstance(entry, int) else 0)


def badge_rule(book: RuleBook, choice: str, badge: str) -> Text:
    """The rule of a badge in words."""
    return book.text(f"advice.badge.{choice}.{badge}")
