"""What `advise --json` adds: ranges over the open answers, the answers that would narrow them, and badges."""

from __future__ import annotations

from typing import Any

from desktop.core.facts import RuleBook
from desktop.core.money import major, plain
from desktop.core.result import Advice
from desktop.engine.badges import badge_rule, badges_of
from desktop.engine.narrowing import Narrowing, Range, Span


def with_ranges(
    data: dict[str, Any], advice: Advice, narrowed: Narrowing | None, book: RuleBook, language: str
) -> None:
    """Adds `range` beside `net_margin` of platforms and markets, `narrows` of platforms, `badges` of platforms and
    services with their `badge_rules`, and `assumed`: between which values the open answers are taken to lie."""
    market = advice.markets.first.id if advice.markets.first else ""
    ranges = narrowed.ranges.get(market, {}) if narrowed else {}
    effects = narrowed.effects.get(market, {}) if narrowed else {}
    currency = narrowed.currency if narrowed else ""
    for row in data["platforms"]:
        row["range"] = _range_json(ranges.get(row["id"]), currency)
        row["narrows"] = [
            {"question": each.question, "by": f"{major(each.by, currency):f}", "currency": currency}
            for each in effects.get(row["id"], ())
        ]
    for row, option in zip(data["markets"], advice.markets.options, strict=True):
        by_market = narrowed.by_market.get(option.id, {}) if narrowed else {}
        row["range"] = _range_json(by_market.get(str(option.details.get("platform"))), currency)
    for choice in ("platforms", "logistics"):
        given = badges_of(advice.ranking(choice))
        for row in data[choice]:
            row["badges"] = list(given.get(row["id"], ()))
    data["badge_rules"] = {
        choice: {
            badge: badge_rule(book, choice, badge)[language] for badge in ("best", "cheapest", "fastest")
        }
        for choice in ("platforms", "logistics")
    }
    data["assumed"] = [_span_json(span, language) for span in narrowed.spans] if narrowed else []


def _range_json(found: Range | None, currency: str) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "low": f"{major(found.low, currency):f}",
        "high": f"{major(found.high, currency):f}",
        "currency": currency,
        "complete": found.complete,
        "everywhere": found.everywhere,
    }


def _span_json(span: Span, language: str) -> dict[str, Any]:
    return {
        "question": span.question,
        "low": plain(span.low),
        "high": plain(span.high),
        "unit": span.unit[language],
        "note": span.note[language],
        "fact": span.reading.id if span.reading else None,
        "source": span.reading.source.key if span.reading else None,
    }
