"""Exact money: whole numbers of minor units, rates in parts per million, each rounding in one named place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from msgspec import Struct

PPM = 1_000_000
"""A rate of 100 % in parts per million."""

RATE_SCALE = 10**8
"""Exchange rates are whole numbers of 1e-8."""

# ISO 4217 minor units of the currencies in the rule book; two where not listed.
_DECIMALS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "IDR": 2, "BHD": 3, "KWD": 3, "JOD": 3}

CURRENCIES = (
    "CNY", "USD", "EUR", "GBP", "AUD", "JPY", "BRL", "RUB", "CAD", "MXN", "INR", "KRW", "SGD", "HKD", "NZD",
    "CHF", "SEK", "NOK", "DKK", "PLN", "TRY", "THB", "MYR", "IDR", "PHP", "VND", "ILS", "AED", "SAR", "ZAR",
    "CLP", "UAH", "KZT", "NGN", "TWD", "HUF", "RON", "CZK",
)  # fmt: skip


def decimals(currency: str) -> int:
    """Decimal places of a currency's minor unit: 2 for USD, 0 for JPY."""
    return _DECIMALS.get(currency, 2)


def minor(amount: Decimal | str | int, currency: str) -> int:
    """An amount in minor units, rounded half up (2.345 USD → 235)."""
    scaled = Decimal(amount).scaleb(decimals(currency))
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def major(units: int, currency: str) -> Decimal:
    """Minor units as a decimal amount with the currency's places (235 USD cents → 2.35)."""
    return Decimal(int(units)).scaleb(-decimals(currency)).quantize(Decimal(1).scaleb(-decimals(currency)))


def plain(value: Decimal) -> str:
    """A decimal without exponent and without needless zeros after the point: 5.00 → 5, 0.10 → 0.1."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ppm(percent: Decimal | str | int) -> int:
    """A percentage as parts per million: 13.6 → 136000. Exact to 0.0001 %; finer rates are rounded half up."""
    return int((Decimal(percent) * 10_000).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def tiers_text(steps: Sequence[tuple[str | None, bool, str]]) -> str:
    """Tiers in short, in no language: `≤ 15: 5 · ≤ 20: 10 · > 20: 17`.

    A step is its last amount (None: open), whether that amount itself is out of it, and its value.
    """
    parts, past = [], ""
    for bound, below, value in steps:
        if bound is None:
            parts.append(f"{past}: {value}" if past else value)
        else:
            parts.append(f"{'<' if below else '≤'} {bound}: {value}")
            past = f"{'≥' if below else '>'} {bound}"
    return " · ".join(parts)


def decimal_of(text: str) -> Decimal:
    """A finite decimal from what a person may type: 24.90, 24,90 or 1,299.00.

    Raises ValueError with the right form; never lets NaN or infinity through.
    """
    compact = text.strip().replace(" ", "").replace("\u2212", "-").replace("，", ",").replace("。", ".")
    if "," in compact and "." not in compact and compact.count(",") == 1 and len(compact.split(",")[1]) != 3:
        compact = compact.replace(",", ".")
    else:
        compact = compact.replace(",", "")
    try:
        value = Decimal(compact)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number such as 24.90") from None
    if not value.is_finite():
        raise ValueError(f"{text!r} is not a number such as 24.90")
    return value


class Money(Struct, frozen=True):
    """An exact amount of one currency in its minor units."""

    units: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | str | int, currency: str) -> Money:
        return cls(minor(amount, currency), currency)

    @property
    def amount(self) -> Decimal:
        return major(self.units, self.currency)

    def __str__(self) -> str:
        return f"{self.amount:f}"


def allocate(total: int, weights: list[int]) -> list[int]:
    """Split minor units by weights so that the parts sum exactly (largest remainder, first wins a tie)."""
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("weights must have a positive sum")
    parts = [total * weight // whole for weight in weights]
    rest = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in rest[: total - sum(parts)]:
        parts[i] += 1
    return parts
