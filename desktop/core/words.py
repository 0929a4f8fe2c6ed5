"""How a number, an amount, a weight or a day is said within a sentence. Fields of data keep their raw values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.core.dates import Day
from desktop.core.money import Money, decimals, major, plain
from desktop.core.text import Language, Text, both

MINUS = "\u2212"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def figure(value: Decimal, places: int | None = None) -> str:
    """1842 → 1,842.00, −3.5 → −3.50 (a true minus sign), the same in both languages."""
    text = f"{value:,f}" if places is None else f"{value:,.{places}f}"
    return text.replace("-", MINUS)


def money_text(units: int, currency: str) -> str:
    """Minor units as a figure with the currency's own decimals: 1,299.00, without the currency."""
    return figure(major(units, currency), decimals(currency))


def number(value: Decimal) -> str:
    """A rate or count as published, without needless zeros."""
    return figure(Decimal(plain(value)))


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


def said_day(day: date | Day) -> Text:
    """A day in both languages."""
    if isinstance(day, Day):
        return Text(a_day(day, "en"), a_day(day, "zh"))
    return Text(a_date(day, "en"), a_date(day, "zh"))


def weight(grams: Decimal | int) -> Text:
    """950 g, and from a kilogram on 1.2 kg."""
    if grams < 1000:
        return Text(f"{number(Decimal(grams))} g", f"{number(Decimal(grams))} 克")
    kilograms = number(Decimal(grams) / 1000)
    return Text(f"{kilograms} kg", f"{kilograms} 公斤")


_AS_IT_IS = (str, int, Text)
_DAYS = (date, Day)


def said(value: object) -> object:
    """A value as a sentence has it: days and amounts in words, everything else as it is."""
    if isinstance(value, _AS_IT_IS):
        return value
    if isinstance(value, _DAYS):
        return said_day(value)
    if isinstance(value, Money):
        return both(money_text(value.units, value.currency))
    if isinstance(value, Decimal):
        return both(figure(value))
    return value
