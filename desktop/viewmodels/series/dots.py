"""Two dates side by side: a ring then, a dot now."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DotsRow:
    """One named thing at two dates."""

    key: str
    name: str
    then: Decimal | None
    now: Decimal | None
    then_label: str = ""
    now_label: str = ""
    code: str = ""
    note: str = ""
    change: str = ""
    closed: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DotsData:
    """Two-date chart: ring then, dot now."""

    rows: tuple[DotsRow, ...] = ()
    title: str = ""
    then_name: str = ""
    now_name: str = ""
    change_head: str = ""
