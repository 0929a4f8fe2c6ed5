"""Whether a rule of the data applies: answers against allowed values, and the rule's own days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop.core.dates import day

Context = Mapping[str, Any]
"""What a condition may ask for: the answers by name, and market, best_platform, mode, best_import_platform."""


def applies(rule: Mapping[str, Any], context: Context, on: date) -> bool:
    """Whether a rule is in force on a day and its `when` holds and its `unless` does not."""
    if "from_day" in rule and on < day(rule["from_day"]).first:
        return False
    if "until_day" in rule and on >= day(rule["until_day"]).first:
        return False
    if not holds(rule.get("when", {}), context):
        return False
    unless = rule.get("unless", {})
    return not any(_met(name, allowed, context) for name, allowed in unless.items())


def holds(when: Mapping[str, Any], context: Context) -> bool:
    """All conditions are met. An answer that is not given meets none."""
    return all(_met(name, allowed, context) for name, allowed in when.items())


def _met(name: str, allowed: Any, context: Context) -> bool:
    value = context.get(name)
    if value is None:
        return False
    if isinstance(allowed, Mapping):
        return _within(value, allowed)
    given = value if isinstance(value, tuple | list) else (value,)
    return any(_plain(item) in allowed for item in given)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _within(value: Any, bounds: Mapping[str, str]) -> bool:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return False
    if "below" in bounds and number >= Decimal(bounds["below"]):
        return False
    return not ("at_least" in bounds and number < Decimal(bounds["at_least"]))
