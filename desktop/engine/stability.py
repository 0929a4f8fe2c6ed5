"""What would change a ranking: for each criterion, the weight at which another option takes the lead.

Every whole percent of a criterion is tried, the others keeping their proportion, and the totals are those of the ranking:
exact scores, a tenth, and of equals the one with more left. So a sentence says what the ranking would do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop.core.facts import View
from desktop.core.result import Option, Ranking
from desktop.core.text import Text
from desktop.engine.kernel import Ints
from desktop.engine.ranks import Floats, first_by, rounded

WHOLE = 100


def stability(ranking: Ranking, view: View) -> list[Text]:
    """The nearest change of the first place by any criterion's weight, in words."""
    first = ranking.first
    if first is None or len(ranking.ranked) < 2:
        return []
    found = []
    for criterion in first.criteria:
        for weight, other in edges(ranking, criterion.id):
            found.append((abs(weight - criterion.weight), weight, criterion, other))
    if not found:
        return [view.text("advice.stable.none")]
    _, weight, criterion, other = min(found, key=lambda item: (item[0], item[3].rank or 0))
    more = weight >= criterion.weight and _leads_above(ranking, criterion.id, weight)
    key = "advice.stable.weight" if more else "advice.stable.weight-less"
    return [view.text(key, other=other.name, criterion=criterion.label, weight=weight)]


def edges(ranking: Ranking, criterion_id: str) -> list[tuple[int, Option]]:
    """The last weights in percent with which the first option stays first, below and above, and who then leads."""
    options = _in_order(ranking)
    led, first = _led(options, criterion_id), ranking.first
    if led is None or first is None:
        return []
    own, mine = first.criterion(criterion_id), options.index(first)
    assert own is not None
    found = []
    for step in (-1, 1):
        at = own.weight
        while 0 <= at + step <= WHOLE:
            if led[at + step] != mine:
                found.append((at, options[int(led[at + step])]))
                break
            at += step
    return found


def _in_order(ranking: Ranking) -> list[Option]:
    """The ranked options in the order of the data, by which equals are told apart."""
    return sorted(ranking.ranked, key=lambda option: ranking.order.index(option.id))


def _leads_above(ranking: Ranking, criterion_id: str, weight: int) -> bool:
    """Whether the lead changes one percent above a weight."""
    options = _in_order(ranking)
    led = _led(options, criterion_id)
    return led is not None and weight < WHOLE and options[int(led[weight + 1])] is not ranking.first


def _led(options: Sequence[Option], criterion_id: str) -> Ints | None:
    """The place of the option that leads at every whole percent of a criterion; None where it does not count."""
    if not options:
        return None
    names = [criterion.id for criterion in options[0].criteria]
    weights = np.array([criterion.weight for criterion in options[0].criteria], dtype=np.int64)
    scores = np.array([[_exact(option, name) for name in names] for option in options])
    k = names.index(criterion_id)
    rest = int(weights.sum() - weights[k])
    if not weights[k] or not rest or np.isnan(scores[:, k]).all():
        return None
    tried = np.arange(WHOLE + 1, dtype=np.int64)
    table = weights[None, :] * (WHOLE - tried)[:, None]
    table[:, k] = tried * rest
    net = np.array([option.quote.net if option.quote else 0 for option in options], dtype=np.int64)
    return first_by(_totals(scores, table.astype(np.float64)), net)


def _totals(scores: Floats, table: Floats) -> Floats:
    """Weighted means of what is known of every option (weightings × options)."""
    counted = ~np.isnan(scores)
    weighted = table @ np.where(counted, scores, 0).T
    whole = table @ counted.T.astype(np.float64)
    return rounded(np.divide(weighted, whole, out=np.full(weighted.shape, -1.0), where=whole > 0), whole)


def _exact(option: Option, criterion_id: str) -> float:
    criterion = option.criterion(criterion_id)
    return float("nan") if criterion is None or criterion.exact is None else float(criterion.exact)
