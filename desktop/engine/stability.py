"""What would change a ranking: for each criterion, the weight at which another option takes the lead.

With scores s and weights w the total of an option is linear in the weight of one criterion while the others keep their
proportions, so the crossing is computed exactly and not searched for.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop.core.facts import View
from desktop.core.result import Option, Ranking
from desktop.core.text import Text

HUNDRED = Decimal(100)


def stability(ranking: Ranking, view: View) -> list[Text]:
    """The nearest change of the first place by any criterion's weight, in words."""
    first = ranking.first
    if first is None or len(ranking.ranked) < 2:
        return []
    found = []
    for criterion in first.criteria:
        for other in ranking.ranked[1:]:
            weight = crossing(first, other, criterion.id)
            if weight is not None:
                found.append((abs(weight - criterion.weight), weight, criterion, other))
    if not found:
        return [view.text("advice.stable.none")]
    _, weight, criterion, other = min(found, key=lambda item: (item[0], item[3].rank or 0))
    more = weight > criterion.weight
    whole = weight.quantize(Decimal(1), rounding=ROUND_FLOOR if more else ROUND_CEILING)
    key = "advice.stable.weight" if more else "advice.stable.weight-less"
    return [view.text(key, other=other.name, criterion=criterion.label, weight=whole)]


def crossing(first: Option, other: Option, criterion_id: str) -> Decimal | None:
    """The weight in percent of a criterion at which two options have equal scores; None where none within 0 to 100.

    total(x) = x × s + (100 − x) × r, r being the weighted mean of the other criteria.
    """
    mine, theirs = first.criterion(criterion_id), other.criterion(criterion_id)
    if mine is None or theirs is None or mine.score is None or theirs.score is None:
        return None
    rest_mine, rest_theirs = _rest(first, criterion_id), _rest(other, criterion_id)
    if rest_mine is None or rest_theirs is None:
        return None
    slope = (mine.score - rest_mine) - (theirs.score - rest_theirs)
    if slope == 0:
        return None
    weight = HUNDRED * (rest_theirs - rest_mine) / slope
    leads_now = mine.weight * slope + HUNDRED * (rest_mine - rest_theirs) > 0
    return weight if leads_now and 1 <= weight < 100 else None


def _rest(option: Option, without: str) -> Decimal | None:
    parts = [(c.score, c.weight) for c in option.criteria if c.id != without and c.score is not None]
    whole = sum(weight for _, weight in parts)
    if whole == 0:
        return None
    return Decimal(sum(score * weight for score, weight in parts)) / whole
