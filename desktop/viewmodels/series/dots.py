"""Two dates side by side: a ring then, a dot now."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class DotsRow(Struct, frozen=True):
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


class DotsData(Struct, frozen=True):
    """Two-date chart: ring then, dot now."""

    rows: tuple[DotsRow, ...] = ()
    title: str = ""
    then_name: str = ""
    now_name: str = ""
    change_head: str = ""
