"""Reads what people type into a number field: 24.90, 24,90, 1,842.00, $24.90, 0.5 lb, 22 x 16 x 4.

Pure functions without Qt, so that they can be tested by the thousand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

WEIGHT_UNITS: dict[str, Decimal] = {
    "g": Decimal(1),
    "kg": Decimal(1000),
    "mg": Decimal("0.001"),
    "t": Decimal(1000000),
    "lb": Decimal("453.59237"),
    "lbs": Decimal("453.59237"),
    "oz": Decimal("28.349523125"),
    "克": Decimal(1),
    "千克": Decimal(1000),
    "公斤": Decimal(1000),
    "斤": Decimal(500),
    "磅": Decimal("453.59237"),
    "盎司": Decimal("28.349523125"),
}
"""Grams in one of each unit."""

LENGTH_UNITS: dict[str, Decimal] = {
    "cm": Decimal(1),
    "mm": Decimal("0.1"),
    "m": Decimal(100),
    "in": Decimal("2.54"),
    "inch": Decimal("2.54"),
    '"': Decimal("2.54"),
    "ft": Decimal("30.48"),
    "厘米": Decimal(1),
    "毫米": Decimal("0.1"),
    "米": Decimal(100),
    "英寸": Decimal("2.54"),
}
"""Centimetres in one of each unit."""

CURRENCY_SIGNS: dict[str, frozenset[str]] = {
    "$": frozenset({"usd", "aud", "cad", "nzd", "sgd", "hkd", "mxn"}),
    "us$": frozenset({"usd"}),
    "¥": frozenset({"cny", "jpy"}),
    "元": frozenset({"cny"}),
    "€": frozenset({"eur"}),
    "£": frozenset({"gbp"}),
}
"""The currencies that a sign stands for; a sign never turns one currency into another."""

_NUMBER = re.compile(
    r"^(US\$|[$¥€£])?\s*([+-]?)([\d.,' \u00a0\u2009\u202f]*\d[\d.,' \u00a0\u2009\u202f]*)(.*)$", re.IGNORECASE
)
_RANGE = re.compile(r"^((?:US\$|[$¥€£])?\s*\d[^-\u2013~至到]*?)\s*(?:-|\u2013|~|to|至|到)\s*((?:US\$|[$¥€£])?\s*\d.*)$",
                    re.IGNORECASE)  # fmt: skip
_SPACES = re.compile(r"[\u00a0\u2009\u202f]")
_THOUSAND = re.compile(r"^[1-9]\d{0,2},\d{3}$")
_WHOLE = re.compile(r"^(?:\d*|\d{1,3}(?P<mark>[,.' ])\d{3}(?:(?P=mark)\d{3})*|\d{1,2}(?:,\d{2})+,\d{3})$")
"""Digits in one piece, in groups of three by one and the same mark, or by the hundred as in India."""


class NotANumber(ValueError):  # noqa: N818
    """The text holds no number the field can read."""


class Typed(Struct, frozen=True):
    """A number as typed and the unit typed behind it, if any."""

    value: Decimal
    unit: str = ""


def read_number(text: str) -> Typed:
    """The number and unit in a typed text. Raises NotANumber."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").replace("。", ".").strip()
    found = _NUMBER.match(plain)
    if not found:
        raise NotANumber(text)
    money, sign, digits, unit = found.groups()
    if money and unit.strip():
        # $24.90 USD: the letters say it more exactly
        money = None
    value = Decimal(sign + plain_digits(digits.strip()))
    return Typed(value, (money or unit).strip().lower())


def read_range(text: str) -> tuple[Typed, Typed] | None:
    """Both numbers of a text such as 200-300 g or 0.2 to 0.3 kg; None where it is no range. Raises NotANumber."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _RANGE.match(plain)
    if not found:
        return None
    low, high = (read_number(part) for part in found.groups())
    return (low if low.unit else Typed(low.value, high.unit)), high


def plain_digits(text: str) -> str:
    """Digits with at most one full stop, whatever the country wrote. Raises NotANumber.

    The last separator is the decimal one, except a comma before exactly three digits (1,842), which groups. What is no
    group of three before it is a slip of the hand: 10..20 is neither 1,020 nor 10.20.
    """
    digits = _SPACES.sub(" ", text)
    marks = [mark for mark in ",." if mark in digits]
    whole, part = digits, ""
    if len(marks) == 2 or (len(marks) == 1 and digits.count(marks[0]) == 1 and not _THOUSAND.match(digits)):
        last = max(digits.rfind(","), digits.rfind("."))
        whole, part = digits[:last], digits[last + 1 :]
        if digits[last] in whole:
            raise NotANumber(text)
    if not _WHOLE.match(whole) or (part and not part.isdecimal()) or not (whole or part):
        raise NotANumber(text)
    whole = re.sub(r"\D", "", whole) or "0"
    return f"{whole}.{part}" if part else whole


def convert(typed: Typed, unit: str, units: Mapping[str, Decimal]) -> Decimal:
    """The value in the unit of the field. Raises KeyError for a unit the field does not know."""
    if not typed.unit or means(typed.unit, unit):
        return typed.value
    return typed.value * units[typed.unit] / units[unit.lower()]


def means(typed: str, unit: str) -> bool:
    """Whether a unit as typed, or a sign of a currency, is that of the field."""
    return typed == unit.lower() or unit.lower() in CURRENCY_SIGNS.get(typed, ())


def read_size(
    text: str, unit: str = "cm", units: Mapping[str, Decimal] = LENGTH_UNITS
) -> tuple[Decimal, ...]:
    """Length, width and height from a text such as "22 x 16 x 4 cm". Raises NotANumber or KeyError."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("×", "x").replace("*", "x").strip()
    parts = [part for part in re.split(r"x|\s{1,}(?=\d)", plain) if part.strip()]
    if len(parts) != 3:
        raise NotANumber(text)
    typed = [read_number(part) for part in parts]
    common = next((part.unit for part in reversed(typed) if part.unit), "")
    return tuple(convert(Typed(part.value, part.unit or common), unit, units) for part in typed)


def show_number(value: Decimal, decimals: int | None = None) -> str:
    """A number as the field shows it: grouped by commas, a real minus sign, no needless zeros."""
    if decimals is not None:
        text = f"{value:,.{decimals}f}"
    else:
        text = f"{value:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "\u2212")


def canonical(value: Decimal) -> str:
    """A number as it is kept: plain digits and a full stop."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
