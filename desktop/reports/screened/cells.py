"""What a cell may hold: text that no spreadsheet runs, and amounts as decimals.

The rule for text of a catalogue, in one place: control characters are no text and are taken out (tabs and line ends
become spaces). What would start a formula begins with one of `=` `+` `-` `@`, also full-width, perhaps after spaces.
In a workbook such text stands in a text cell as it is. A CSV has no text cells: there it gets an apostrophe before it,
and one after each semicolon that would start such a cell where a spreadsheet splits at semicolons. Numbers that are our
own are never touched.
"""

from __future__ import annotations

import re

MOST_CHARACTERS = 32_767
"""A cell of Excel holds no more UTF-16 units."""

_GAPS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RUNS = re.compile("^[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠]")
_RUNS_AFTER = re.compile("([;；][\\s\u200b-\u200f\u2060\ufeff]*)(?=[=+\\-@＝＋－＠])")


def clean(text: str) -> str:
    """Text without control characters and lone surrogates, not longer than a cell holds."""
    if not text.isprintable():
        text = _NO_TEXT.sub("", _GAPS.sub(" ", text))
    if len(text) * 2 > MOST_CHARACTERS:
        text = _cut(text)
    return text


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def for_csv(text: str) -> str:
    """Clean text that a spreadsheet shows and does not run."""
    text = clean(text)
    if ";" in text or "；" in text:
        text = _RUNS_AFTER.sub(r"\1'", text)
    return f"'{text}" if _RUNS.match(text) else text


def decimal_text(units: int, places: int) -> str:
    """Minor units as a decimal: 2490 with two places is 24.90."""
    if not places:
        return str(units)
    digits = str(abs(units)).zfill(places + 1)
    return f"{'-' if units < 0 else ''}{digits[:-places]}.{digits[-places:]}"
