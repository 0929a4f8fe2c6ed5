"""What an order really cost: the lines of a platform's settlement or of an invoice, as they were entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from desktop.core.dates import iso_day
from desktop.core.errors import CaseError
from desktop.core.money import CURRENCIES, Money, decimal_of, decimals, minor
from desktop.core.text import Text

MOST = Decimal(10**8)
"""No amount of one order is larger."""
MOST_LINES = 200
"""No order has so many lines; a longer list is something else."""
RIGHT_FORM = '"settlement": {"lines": [{"line": "commission", "amount": "3.24", "currency": "USD"}]}'


class Real(Struct, frozen=True):
    """One line as it was really charged. `line` is the id of a line of a quote, or its name in either language."""

    line: str
    money: Money
    day: date | None = None
    note: str = ""


class Settlement(Struct, frozen=True):
    """The real lines of one order, and the lane that it took where that is said."""

    lines: tuple[Real, ...]
    platform: str | None = None
    market: str | None = None
    service: str | None = None


def amount_of(text: str, currency: str) -> Money:
    """An amount of a settlement: zero or more, in the places of its currency. ValueError says the right form."""
    value = decimal_of(text)
    places = decimals(currency)
    if not 0 <= value <= MOST or value != round(value, places):
        raise ValueError(f"{text!r} is not an amount in {currency} such as {3.24 if places else 324}")
    return Money(minor(value, currency), currency)


def settlement_of(data: Any, file: str) -> Settlement | None:
    """The key `settlement` of a case file; CaseError in one sentence where it is not as it must be."""
    if data is None:
        return None
    try:
        lines = data["lines"]
        if not isinstance(lines, list) or len(lines) > MOST_LINES:
            raise TypeError
        found = tuple(_real(line) for line in lines)
        names = [each.line for each in found]
        if len(set(names)) != len(names):
            raise ValueError
        lane = {key: data.get(key) for key in ("platform", "market", "service")}
        if not all(value is None or isinstance(value, str) for value in lane.values()):
            raise TypeError
        return Settlement(found, **lane)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise CaseError(
            Text(
                f"{file}: settlement is not of the right form: {RIGHT_FORM}",
                f"{file}：settlement 格式不对；正确格式：{RIGHT_FORM}",
            )
        ) from None


def _real(data: Mapping[str, Any]) -> Real:
    line, currency, amount = data["line"], data["currency"], data["amount"]
    if not isinstance(line, str) or not line or currency not in CURRENCIES or not isinstance(amount, str):
        raise TypeError
    day, note = data.get("date"), data.get("note", "")
    if not isinstance(note, str):
        raise TypeError
    return Real(line, amount_of(amount, currency), None if day is None else iso_day(day), note)


def data_of_settlement(settlement: Settlement) -> dict[str, Any]:
    """A settlement as a case file holds it."""
    lane = {key: getattr(settlement, key) for key in ("platform", "market", "service")}
    lines = []
    for each in settlement.lines:
        line = {"line": each.line, "amount": str(each.money), "currency": each.money.currency}
        if each.day is not None:
            line["date"] = each.day.isoformat()
        if each.note:
            line["note"] = each.note
        lines.append(line)
    return {**{key: value for key, value in lane.items() if value is not None}, "lines": lines}
