"""Days to the door as published, and as calendar days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop.core.facts import Reading
from desktop.core.money import plain
from desktop.core.text import Text
from desktop.engine.days import calendar_days
from desktop.engine.freight.lane import Lane, Missed, Price


def days_of(lane: Lane, price: Price | Missed) -> tuple[tuple[int, int], Reading, Text] | None:
    """Days to the door: of the rows of the price list, else of the first fact that speaks of the destination."""
    # a quote speaks of the one parcel that it was given for
    if isinstance(price, Price) and price.readings and ("quote" not in price.terms or lane.holds(price)):
        found = _row_days(lane, price.rows, price.readings[0], price.terms)
        if found:
            return found
        special = lane.fact((price.entry or {}).get("days"))
        if special:
            return _fact_days(lane, special)
    for entry in lane.rule.get("days", ()):
        reading = lane.fact(entry.get("fact") or entry["table"]) if lane.here(entry.get("to")) else None
        if reading is None:
            continue
        if "fact" in entry:
            return _fact_days(lane, reading)
        table = lane.view.book.rates[reading.raw]
        rows = [r for r in table["rows"] if r["to"] == lane.to and r.get("product") == entry.get("product")]
        found = _row_days(lane, rows, reading, table.get("rule", {}))
        if found:
            return found
    return None


def _row_days(
    lane: Lane, rows: Sequence[Mapping[str, str]], reading: Reading, terms: Mapping[str, str]
) -> tuple[tuple[int, int], Reading, Text] | None:
    timed = [row for row in rows if row.get("days_min")]
    if not timed:
        return None
    low = min(Decimal(row["days_min"]) for row in timed)
    high = max(Decimal(row["days_max"]) for row in timed)
    return _shown_days(lane, low, high, reading, terms.get("days") == "working")


def _fact_days(lane: Lane, reading: Reading) -> tuple[tuple[int, int], Reading, Text]:
    low, high = reading.low_high()
    return _shown_days(lane, low, high, reading, reading.fact.unit == "working_days")


def _shown_days(
    lane: Lane, low: Decimal, high: Decimal, reading: Reading, working: bool
) -> tuple[tuple[int, int], Reading, Text]:
    key = "freight.days.working" if working else "freight.days.calendar"
    text = lane.view.text(key, low=plain(low), high=plain(high))
    if working:
        return (calendar_days(low), calendar_days(high)), reading, text
    return (int(low), int(high)), reading, text
