"""Exchange rates of a view. All facts are CNY per one unit; other pairs go through the yuan, rounded once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import RATE_SCALE
from desktop.engine.kernel import HOME

Rate = tuple[int, tuple[Reading, ...]]


class ViewExchange:
    """The kernel's `Exchange` over a view; each pair is worked out once and kept."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._home: dict[str, tuple[Fraction, tuple[Reading, ...]] | Unknown] = {}
        self._pairs: dict[tuple[str, str], Rate | Unknown] = {}

    def rate(self, from_currency: str, to_currency: str) -> Rate | Unknown:
        """Units of `to` per unit of `from` in whole 1e-8, rounded half up once, with the facts behind it."""
        pair = (from_currency, to_currency)
        if pair not in self._pairs:
            self._pairs[pair] = self._rate(*pair)
        return self._pairs[pair]

    def _rate(self, from_currency: str, to_currency: str) -> Rate | Unknown:
        if from_currency == to_currency:
            return RATE_SCALE, ()
        source, target = self.in_yuan(from_currency), self.in_yuan(to_currency)
        if isinstance(source, Unknown):
            return source
        if isinstance(target, Unknown):
            return target
        return half_up_rate(source[0] / target[0]), (*source[1], *target[1])

    def in_yuan(self, currency: str) -> tuple[Fraction, tuple[Reading, ...]] | Unknown:
        """CNY per unit of a currency, exact, with its fact; the Unknown names currency and date."""
        if currency not in self._home:
            self._home[currency] = self._in_yuan(currency)
        return self._home[currency]

    def _in_yuan(self, currency: str) -> tuple[Fraction, tuple[Reading, ...]] | Unknown:
        if currency == HOME:
            return Fraction(1), ()
        reading = reading_of(self._view, currency)
        if isinstance(reading, Unknown):
            return reading
        value = _number(reading)
        if value is None or value <= 0:
            on = self._view.date
            text = self._view.text("fx.not-positive", currency=currency, value=reading.raw, date=on)
            return Unknown(f"rate of {currency}", text, reading.id, on)
        return Fraction(value), (reading,)


def reading_of(view: View, currency: str) -> Reading | Unknown:
    """The fact with the rate of a currency at the date: a typed one first, then the newest that answers.

    Only that fact is read, so that the trace of an answer names no rate of another day.
    """
    rule: Mapping[str, Any] | None = view.rules("fx")["currencies"].get(currency)
    if rule is None:
        return view.unknown(f"rate of {currency}", "fx.no-currency", currency=currency, date=view.date)
    ids = list(rule["facts"])
    for fact_id in sorted(ids, key=lambda fact_id: fact_id not in view.overrides):
        if view.has(fact_id):
            found = view.read(fact_id)
            if isinstance(found, Reading):
                return found
    text = view.text("fx.no-rate", currency=currency, date=view.date)
    return Unknown(f"rate of {currency}", text, ids[0] if ids else None, view.date)


def half_up_rate(value: Fraction) -> int:
    """A positive exact rate in whole 1e-8; a half goes up."""
    scaled = value * RATE_SCALE
    return (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)


def _number(reading: Reading) -> Decimal | None:
    try:
        value = reading.decimal()
    except ValueError:
        return None
    return value if value.is_finite() else None
