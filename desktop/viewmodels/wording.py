"""Numbers, money, dates and facts in the words of the language: no arithmetic, only how a thing is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.core.dates import Day
from desktop.core.facts import Reading, Source
from desktop.core.money import decimals, major, plain
from desktop.core.text import Language, Text

MINUS = "\u2212"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def figure(value: Decimal, places: int | None = None) -> str:
    """1842 → 1,842.00, −3.5 → −3.50 (a true minus sign), the same in both languages."""
    text = f"{value:,f}" if places is None else f"{value:,.{places}f}"
    return text.replace("-", MINUS)


def amount(units: int, currency: str) -> str:
    """Minor units as a figure with the currency's own decimals; the currency stands in the head, not here."""
    return figure(major(units, currency), decimals(currency))


def percent(value: Decimal | None) -> str:
    return "" if value is None else f"{figure(value, 1)}%"


def number(value: Decimal) -> str:
    """A rate or count as published, without needless zeros."""
    text = plain(value)
    whole, _, rest = text.partition(".")
    shown = f"{int(whole):,}" + (f".{rest}" if rest else "") if whole.lstrip("-").isdigit() else text
    return shown.replace("-", MINUS)


def a_date(day: date, language: Language) -> str:
    """22 Nov 2026 in English, 2026-11-22 in Chinese."""
    return day.isoformat() if language == "zh" else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def a_day(day: Day, language: Language) -> str:
    """A date with the precision that is known: 2024, Apr 2024, 15 Apr 2024."""
    if language == "zh" or day.precision == "year":
        return str(day)
    if day.precision == "month":
        return f"{MONTHS[day.first.month - 1]} {day.first.year}"
    return a_date(day.first, language)


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
