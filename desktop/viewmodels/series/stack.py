"""Stacked cost bars: one bar an option, its parts in the order of the stack."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class Segment(Struct, frozen=True):
    """One part of a price. `label` is the figure as shown, `detail` a line for the read-out."""

    series: str
    value: Decimal | None
    label: str = ""
    name: str = ""
    detail: str = ""
    key: str = ""
    provenance: str = ""
    """typed, case, rules, default or unknown: shown with its shape in the read-out."""


class StackRow(Struct, frozen=True):
    """One option of the stacked cost bars.

    `segments` in the order of the stack, the net margin (series "net") last; its value may be negative.
    `score` of 0 to 100 draws the small score bar; `note` stands below the figure ("at most").
    """

    key: str
    name: str
    segments: tuple[Segment, ...]
    figure: str = ""
    share: str = ""
    note: str = ""
    rank: str = ""
    score: int | None = None
    score_text: str = ""
    unknown: bool = False
    first: bool = False


class StackData(Struct, frozen=True):
    """All bars; `price` is where they end, `heads` the words above the first bar by series."""

    rows: tuple[StackRow, ...] = ()
    price: Decimal = Decimal(0)
    price_label: str = ""
    heads: tuple[tuple[str, str], ...] = ()
    figure_head: str = ""
    loss_word: str = ""
    """What stands beside a bar that runs past the price, such as "loss"."""
