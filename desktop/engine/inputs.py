"""What the calculators accept: bounds, right forms and choices, shared by the command line and the window.

Each reader takes a text as a person types it and gives the value of the calculation; OptionError names the right form.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from msgspec import Struct

from desktop.core.errors import OptionError
from desktop.core.money import CURRENCIES, decimal_of, plain
from desktop.core.text import Text

LONGEST = 40
"""More of a wrong text than this is not repeated."""

FULFILMENTS = ("seller", "fba", "overseas-warehouse")
STORES = ("none", "starter", "basic", "premium", "featured", "anchor", "enterprise")
PLANS = ("individual", "professional")
GOODS_CLASSES = ("plain", "battery", "liquid", "powder", "magnetic", "food", "cosmetics")
CHANNELS = ("marketplace", "own")
CARRIERS = ("post", "express")
SUPPLIES = ("parcel", "stock")
VOLUME_MODES = ("full", "half", "free")

DEFAULTS: dict[str, Any] = {
    "fulfilment": "seller", "store": "none", "plan": "professional", "quantity": 1, "pieces": 1,
    "goods_class": "plain", "items": 1, "channel": "marketplace", "carrier": "post", "supply": "parcel",
    "volume_mode": "full",
}  # fmt: skip
"""What counts where an input is not given."""


class Bounds(Struct, frozen=True):
    """The numbers of one kind: both ends included, whole ones only where `whole`."""

    low: Decimal
    high: Decimal
    form: Text
    whole: bool = False

    def number(self, text: str) -> Decimal:
        """The number in a text."""
        try:
            value = decimal_of(text)
        except ValueError:
            raise self._refused(text) from None
        if not self.low <= value <= self.high:
            span = Text(
                f", from {plain(self.low)} to {plain(self.high)}",
                f"，范围 {plain(self.low)} 至 {plain(self.high)}",
            )
            raise self._refused(text, span)
        if self.whole and value != value.to_integral_value():
            raise self._refused(text)
        return value

    def count(self, text: str) -> int:
        """The same as a whole number."""
        return int(self.number(text))

    def _refused(self, text: str, span: Text | None = None) -> OptionError:
        return refused(text, self.form, span)


def refused(text: str, form: Text, span: Text | None = None) -> OptionError:
    """A text that cannot be read, and the right form of it."""
    shown = repr(text if len(text) <= LONGEST else text[: LONGEST - 3] + "...")
    more = span or Text("", "")
    return OptionError(Text(f"{shown} is not {form.en}{more.en}", f"{shown} 不是{form.zh}{more.zh}"))


def _bounds(low: str | int, high: str | int, en: str, zh: str, *, whole: bool = False) -> Bounds:
    return Bounds(Decimal(low), Decimal(high), Text(en, zh), whole)


MOST_AMOUNT = 10**9
MOST_GRAMS = 10**8
AMOUNT = _bounds(0, MOST_AMOUNT, "an amount such as 24.90", "金额（如 24.90）")
YUAN = _bounds(0, 10**7, "an amount in yuan such as 199", "人民币金额（如 199）")
"""An import order beyond ten million yuan is no order of cross-border retail."""
RATE = _bounds(0, 1000, "a percentage such as 13.6", "百分比（如 13.6）")
MARGIN = _bounds("-100", "99", "a percentage such as 25", "百分比（如 25）")
"""What is left of a price: a hundred percent of it would leave nothing for the goods."""
INNER_RATE = _bounds(0, "99.99", "a percentage such as 13.6", "百分比（如 13.6）")
"""A tax inside its own base: a hundred percent of it would be all there is."""
EXCHANGE_RATE = _bounds("0.000001", MOST_AMOUNT, "an exchange rate such as 0.79", "汇率（如 0.79）")
GRAMS = _bounds(0, MOST_GRAMS, "a whole number of grams such as 350", "整数克数（如 350）", whole=True)
STEP = _bounds(1, MOST_GRAMS, "a whole number of grams such as 500", "整数克数（如 500）", whole=True)
MILLILITRES = _bounds(
    0, MOST_GRAMS, "a whole number of millilitres such as 50", "整数毫升数（如 50）", whole=True
)
COUNT = _bounds(1, 10_000, "a whole number such as 3", "整数（如 3）", whole=True)
QUANTITY = _bounds(1, 10**6, "a whole number such as 3", "整数（如 3）", whole=True)
ORDERS = _bounds(1, 10**6, "a whole number such as 200", "整数（如 200）", whole=True)
DIVISOR = _bounds(0, 100_000, "a volumetric divisor such as 6000", "材积系数（如 6000）", whole=True)
CUBIC_METRES = _bounds(
    "0.000001", 1000, "a volume in cubic metres such as 0.35", "以立方米计的体积（如 0.35）"
)
SIDE_CM = _bounds("0.1", 1000, "a size in cm such as 20x15x10", "以厘米计的尺寸（如 20x15x10）")


def read_size(text: str) -> tuple[int, int, int]:
    """Length, width and height in whole millimetres."""
    parts = text.lower().replace("×", "x").replace("*", "x").split("x")
    if len(parts) != 3:
        raise refused(text, SIDE_CM.form)
    a, b, c = (int((SIDE_CM.number(part) * 10).to_integral_value()) for part in parts)
    return a, b, c


def read_volume(text: str) -> int:
    """Cubic millimetres."""
    return int((CUBIC_METRES.number(text) * 10**9).to_integral_value())


def read_currency(text: str) -> str:
    if text.upper() not in CURRENCIES:
        raise refused(text, Text("a currency such as USD", "币种代码（如 USD）"))
    return text.upper()


def read_code(text: str) -> str:
    digits = text.replace(".", "").replace(" ", "")
    if not digits.isdigit() or not 2 <= len(digits) <= 12:
        raise refused(text, Text("a tariff code such as 6109.10", "税则号（如 6109.10）"))
    return digits


def read_rates(text: str) -> tuple[Decimal, ...]:
    """Several percentages in one text: 7.5 + 20, 7.5; 20, 7.5 20."""
    parts = [part for part in re.split(r"[\s;+；、]+|,\s+|，", text) if part]
    if not parts:
        raise refused(text, RATE.form)
    return tuple(RATE.number(part) for part in parts)
