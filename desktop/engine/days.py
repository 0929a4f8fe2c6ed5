"""Days to the door: working days as days of the calendar, and how they are said."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from desktop.core.facts import View
from desktop.core.text import Text


def calendar_days(working: Decimal) -> int:
    """Working days as calendar days: × 7/5, half up (5 → 7, 8 → 11)."""
    return int((working * 7 / 5).quantize(Decimal(1), ROUND_HALF_UP))


def days_texts(view: View, days: tuple[int, int]) -> tuple[Text, Text]:
    """Days to the door in short, and as a sentence."""
    low, high = days
    if low == high:
        return view.text("advice.day-raw", days=low), view.text("advice.reason.one-day", days=low)
    return view.text("advice.days-raw", low=low, high=high), view.text(
        "advice.reason.days", low=low, high=high
    )
