"""The value of a fact as a person reads it: figures with their unit, ranges, tiers, and records key by key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop.core.dates import day
from desktop.core.facts import Fact, Reading, RuleBook, Value
from desktop.core.money import tiers_text
from desktop.core.places import known_place
from desktop.core.text import Language, text_of
from desktop.viewmodels.wording import MINUS, a_day, number

RECORD_KEYS = "key."
"""Texts of the rule book that name the keys of records, and words that stand in them as values: `key.under_10`."""
STEP_KEYS = {"up_to", "below", "value"}
CODES = {
    *("code", "codes", "hts", "established", "cross_border_permission", "payment_licence"),
    *("pilot_city_since", "demonstration_base", "代码"),
}
"""Keys whose value is a code or a year: written as it stands, not counted in thousands."""
FIGURE = re.compile(r"[\d-]+")
SIGNS = (MINUS, "≤", "<")


def reading_text(reading: Reading, book: RuleBook, language: Language) -> str:
    """A short value with its unit; the fact's own sentence where the value is a record."""
    shown = short_text(reading.fact, reading.value, book, language)
    return shown if shown is not None else reading.fact.says[language]


def value_text(fact: Fact, value: Value, book: RuleBook, language: Language, limit: int = 0) -> str:
    """The whole value: what `short_text` says, or the record key by key; cut with an ellipsis where a limit is given."""
    shown = short_text(fact, value, book, language)
    if shown is None:
        shown = record_text(_raw(value, language), book, language)
        unit = unit_text(fact.unit, book, language)
        if unit:
            shown += f"（{unit.replace('（', '，').rstrip('）')}）" if language == "zh" else f" ({unit})"
    return shown if not limit or len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def short_text(fact: Fact, value: Value, book: RuleBook, language: Language) -> str | None:
    """A figure, a range, tiers, a plain list or a text, with the unit; None for records and tables."""
    raw = _raw(value, language)
    unit = unit_text(fact.unit, book, language)
    if fact.tiers and isinstance(raw, list):
        return _with_unit(_tiers(raw), unit)
    if isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return ("、" if language == "zh" else ", ").join(_word(item, book, language) for item in raw)
    if isinstance(raw, Mapping) and set(raw) == {"low", "high"}:
        times, unit = chinese_scale(unit)
        low, high = _number(raw["low"], times), _number(raw["high"], times)
        return _with_unit(low if low == high else f"{low}–{high}", unit)
    if isinstance(raw, Mapping | list):
        return None
    if isinstance(raw, str) and raw in book.rates:
        rows = len(book.rates[raw]["rows"])
        return f"价目表，{rows} 行" if language == "zh" else f"price list, {rows} rows"
    if not _is_number(raw):
        return _word(str(raw), book, language)
    times, unit = chinese_scale(unit)
    return _with_unit(_number(raw, times), unit)


def chinese_scale(unit: str) -> tuple[int, str]:
    """Nobody counts in 十亿: 127.41 十亿英镑 are 1,274.1 亿英镑."""
    return (10, unit[1:]) if unit.startswith("十亿") else (1, unit)


def record_text(raw: Any, book: RuleBook, language: Language) -> str:
    """A record as `key value` pairs, with a colon before words; rows of a table with semicolons between them."""
    comma, semicolon = ("，", "；") if language == "zh" else (", ", "; ")
    if isinstance(raw, Mapping):
        if set(raw) == {"low", "high"}:
            return f"{_number(raw['low'])}–{_number(raw['high'])}"
        pairs = [_pair(key, raw[key], book, language) for key in raw]
        nested = any(isinstance(item, Mapping | list) for item in raw.values())
        return (semicolon if nested else comma).join(pairs)
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        if raw and all(
            isinstance(item, Mapping) and "value" in item and set(item) <= STEP_KEYS for item in raw
        ):
            return _tiers(raw)
        if not any(isinstance(item, Mapping | list) for item in raw):
            return ("、" if language == "zh" else ", ").join(
                record_text(item, book, language) for item in raw
            )
        return semicolon.join(_row(item, book, language) for item in raw)
    return _number(raw) if _is_number(raw) else _word(str(raw), book, language)


def _row(row: Any, book: RuleBook, language: Language) -> str:
    """A row of a table: its pairs with commas, whatever they hold."""
    if not isinstance(row, Mapping) or set(row) == {"low", "high"}:
        return record_text(row, book, language)
    return ("，" if language == "zh" else ", ").join(_pair(key, row[key], book, language) for key in row)


def _pair(key: str, raw: Any, book: RuleBook, language: Language) -> str:
    """`under 10 2.43`, but `code: 9610` and `Germany: the seller pays`."""
    name = key_text(key, book, language)
    written = key in CODES and not isinstance(raw, Mapping)
    if written:
        codes = raw if isinstance(raw, list) else [raw]
        shown = ("、" if language == "zh" else ", ").join(_said_day(str(code), language) for code in codes)
    else:
        shown = record_text(raw, book, language)
    if written or FIGURE.fullmatch(name) or not (shown[:1].isdigit() or shown[:1] in SIGNS):
        return f"{name}：{shown}" if language == "zh" else f"{name}: {shown}"
    return f"{name}{shown}" if language == "zh" and name.endswith("）") else f"{name} {shown}"


def _said_day(text: str, language: Language) -> str:
    """A code or a year as it is written, a date in the words of the language."""
    try:
        return a_day(day(text), language)
    except ValueError:
        return text


def key_text(key: str, book: RuleBook, language: Language) -> str:
    """A key of a record in words: a country, a platform, a name of the texts; as it is written where it has none."""
    said = known_key(key, book, language)
    return key.replace("_", " ") if said is None else said


def known_key(key: str, book: RuleBook, language: Language) -> str | None:
    """The words of a key where the rules have them."""
    country = known_place(book, key)
    if country is not None:
        return country[language]
    if key in book.rules.get("platforms", {}):
        return text_of(book.rules["platforms"][key])[language]
    name = RECORD_KEYS + key
    return book.text(name)[language] if name in book.texts else None


def _word(raw: str, book: RuleBook, language: Language) -> str:
    """A word that stands as a value: `light_envelope`, `HK`, `true`; other texts as they are."""
    said = known_key(raw, book, language)
    return _said_day(raw, language) if said is None else said


def single_figure(raw: Any) -> str:
    """A single number as a figure; empty for everything else."""
    return _number(raw) if not isinstance(raw, Mapping | list) and _is_number(raw) else ""


def unit_text(unit: str, book: RuleBook, language: Language) -> str:
    """A unit in words; nothing for units that only say of what kind a value is (a table, a text)."""
    if unit not in book.units or book.units[unit]["kind"] != "number":
        return ""
    return book.unit(unit)[language]


def _with_unit(shown: str, unit: str) -> str:
    return f"{shown}{'' if unit.startswith('%') else ' '}{unit}".strip()


def _raw(value: Value, language: Language) -> Any:
    return value.raw_zh if language == "zh" and value.raw_zh is not None else value.raw


def _tiers(raw: Sequence[Mapping[str, Any]]) -> str:
    steps = []
    for tier in raw:
        bound = tier.get("up_to", tier.get("below"))
        steps.append((None if bound is None else _number(bound), "below" in tier, _span(tier["value"])))
    return tiers_text(steps)


def _span(value: Any) -> str:
    """A tier's value: a figure, or a range of two."""
    if isinstance(value, Mapping) and set(value) == {"low", "high"}:
        return f"{_number(value['low'])}–{_number(value['high'])}"
    return _number(value)


def _is_number(raw: Any) -> bool:
    try:
        return Decimal(str(raw)).is_finite()
    except InvalidOperation:
        return False


def _number(raw: Any, times: int = 1) -> str:
    return number(Decimal(str(raw)) * times) if _is_number(raw) else str(raw)
