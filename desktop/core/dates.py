"""Dates as the facts hold them: a day, a month or a year, with the precision kept."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal

from msgspec import Struct

Precision = Literal["day", "month", "year"]
_FORM = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")
FORM = "2024-04-15, 2024-04 or 2024"


class Day(Struct, frozen=True, order=True):
    """The first day that is meant, and how precisely it is known."""

    first: date
    precision: Precision = "day"

    def __str__(self) -> str:
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


@lru_cache(maxsize=4096)
def day(text: str) -> Day:
    """A Day from `2024-04-15`, `2024-04` or `2024`; ValueError names the right form."""
    match = _FORM.match(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a date such as {FORM}")
    year, month, dom = match.groups()
    try:
        first = date(int(year), int(month or 1), int(dom or 1))
    except ValueError:
        raise ValueError(f"{text!r} is not a date such as {FORM}") from None
    return Day(first, "day" if dom else "month" if month else "year")


def iso_day(text: str) -> date:
    """A calendar day from `2015-11-08`; ValueError names the right form."""
    try:
        found = day(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day such as 2015-11-08") from None
    if found.precision != "day":
        raise ValueError(f"{text!r} is not a day such as 2015-11-08")
    return found.first
