"""What the charts show, as plain frozen data. No engine type and no Qt type appears here.

All words and shown figures come ready made from the caller, in the language in force; `key` names the mark
for `whyRequested`. A figure which cannot be said is None and is drawn as a question mark, never as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a price. `label` is the figure as shown, `detail` a line for the read-out."""

    series: str
    value: Decimal | None
    label: str = ""
    name: str = ""
    detail: str = ""
    key: str = ""
    provenance: str = ""
    """typed, case, rules, default or unknown: shown with its shape in the read-out."""


@dataclass(frozen=True, slots=True)
class StackRow:
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


@dataclass(frozen=True, slots=True)
class StackData:
    """All bars; `price` is where they end, `heads` the words above the first bar by series."""

    rows: tuple[StackRow, ...] = ()
    price: Decimal = Decimal(0)
    price_label: str = ""
    heads: tuple[tuple[str, str], ...] = ()
    figure_head: str = ""
    loss_word: str = ""
    """What stands beside a bar that runs past the price, such as "loss"."""


@dataclass(frozen=True, slots=True)
class RangePoint:
    """One service of cost against days: soonest to latest, the middle, the cost."""

    key: str
    name: str
    low: Decimal
    middle: Decimal
    high: Decimal
    cost: Decimal
    label: str = ""
    detail: str = ""
    closed: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class RangeData:
    """Cost against days. `y_max` and `x_max` of None are chosen; what lies above gets an arrow."""

    points: tuple[RangePoint, ...] = ()
    x_title: str = ""
    y_title: str = ""
    x_max: Decimal | None = None
    y_max: Decimal | None = None
    above_word: str = ""
    frontier: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
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


@dataclass(frozen=True, slots=True)
class BarsData:
    """Bars by name (horizontal) or by year (vertical)."""

    bars: tuple[Bar, ...] = ()
    title: str = ""
    extra_head: str = ""
    unknown_word: str = ""
    vertical: bool = False


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


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One step from the price down. `series` "price" is the start, "net" the end."""

    key: str
    name: str
    series: str
    value: Decimal | None
    label: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class WaterfallData:
    """From the list price to the net margin; values of the parts are positive costs."""

    steps: tuple[WaterfallStep, ...] = ()


@dataclass(frozen=True, slots=True)
class TableTwin:
    """The same marks as a table: heads, rows, and which columns hold numbers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()

    def tsv(self) -> str:
        """The table as tab separated text for the clipboard."""
        return "\n".join("\t".join(row) for row in (self.headers, *self.rows))


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
