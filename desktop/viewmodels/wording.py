"""Numbers, money, dates and facts in the words of the language: no arithmetic, only how a thing is said."""

from __future__ import annotations

from decimal import Decimal

from desktop.core.facts import Reading, Source
from desktop.core.text import Language, Text
from desktop.core.words import MINUS, MONTHS, a_date, a_day, figure, number
from desktop.core.words import money_text as amount

__all__ = [
    "CONFIDENCE",
    "MINUS",
    "MONTHS",
    "a_date",
    "a_day",
    "amount",
    "as_sentence",
    "days",
    "figure",
    "force_line",
    "number",
    "percent",
    "source_line",
]


def percent(value: Decimal | None) -> str:
    return "" if value is None else f"{figure(value, 1)}%"


def days(low: int, high: int, language: Language) -> str:
    """8–12 days, 8–12 天."""
    span = f"{low}" if low == high else f"{low}–{high}"
    return f"{span} 天" if language == "zh" else f"{span} days"


def as_sentence(text: str) -> str:
    """A text of the data as a sentence of its own: the first letter large, but not in a name such as eBay."""
    word = text.partition(" ")[0]
    return text if word[1:] != word[1:].lower() else text[:1].upper() + text[1:]


CONFIDENCE = {"high": Text("high", "高"), "medium": Text("medium", "中"), "low": Text("low", "低")}


def source_line(source: Source, language: Language) -> str:
    """Publisher, title, date: how a source is named beside a figure."""
    dated = a_day(source.dated, language) if source.dated else a_date(source.read, language)
    return f"{source.publisher}, {source.title}, {dated}"


def force_line(reading: Reading, language: Language) -> str:
    """Since when a value holds, or on which day it was seen in force."""
    start = a_day(reading.value.start, language)
    if reading.value.observed:
        return f"{start} 查见生效" if language == "zh" else f"seen in force {start}"
    return f"自 {start} 起生效" if language == "zh" else f"in force since {start}"
