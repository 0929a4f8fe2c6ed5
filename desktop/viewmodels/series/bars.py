"""Bars by name or by year."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class Bar(Struct, frozen=True):
    """One bar: value and shown label; `extra` stands in a second column, such as growth."""

    key: str
    name: str
    value: Decimal | None
    label: str = ""
    extra: str = ""
    detail: str = ""
    first: bool = False
    doubt: Decimal | None = None
    """A doubted other value: drawn as a cross in warn at that place."""


class BarsData(Struct, frozen=True):
    """Bars by name (horizontal) or by year (vertical)."""

    bars: tuple[Bar, ...] = ()
    title: str = ""
    extra_head: str = ""
    unknown_word: str = ""
    vertical: bool = False


def shortened(name: str, wide: int = 14, narrow: int = 7) -> str:
    """A name shortened in the middle when it is longer than 14 Latin or 7 Chinese characters."""
    weights = [2 if ord(sign) > 0x2E7F else 1 for sign in name]
    limit = max(wide, 2 * narrow)
    if sum(weights) <= limit:
        return name
    head, tail, used = "", "", 1
    left, right = 0, len(name) - 1
    while left <= right:
        if used + weights[left] <= limit and len(head) <= len(tail):
            head, used, left = head + name[left], used + weights[left], left + 1
        elif used + weights[right] <= limit:
            tail, used, right = name[right] + tail, used + weights[right], right - 1
        else:
            break
    return f"{head}…{tail}"
