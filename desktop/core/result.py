"""What the engine answers: lines, quotes and advice. Immutable, without numpy, Qt or files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from desktop.core.facts import Reading, Unknown
from desktop.core.money import Money, major
from desktop.core.text import EMPTY, Text

Mark = Literal["typed", "case", "rules", "default", "computed", "unknown"]
"""Where an input comes from: typed just now, kept in the case, a dated fact, our default, computed here, or not known."""

Series = Literal["goods", "platform", "freight", "duty", "vat", "payment", "returns", "ads", "net"]
"""The part of the cost stack that a line belongs to (design tokens, section 3)."""

MAIN_PARTS: tuple[Series, ...] = ("goods", "freight")

Payer = Literal["seller", "buyer"]
"""Who bears a line. A buyer's line is shown, and does not lessen the margin."""


class Datum(Struct, frozen=True):
    """One input of a calculation as shown: a value, its unit, and where it comes from."""

    label: Text
    value: str
    unit: Text
    mark: Mark
    reading: Reading | None = None


class Line(Struct, frozen=True):
    """One line of a quote: Data | Calculation | Value.

    `amount` is what it costs (positive) in minor units of `currency`; None where it is unknown, and `unknown` says why.
    `own` is the amount as charged, where that is another currency.
    """

    id: str
    series: Series
    label: Text
    amount: int | None
    currency: str
    data: tuple[Datum, ...] = ()
    calculation: Text = EMPTY
    payer: Payer = "seller"
    own: Money | None = None
    unknown: Unknown | None = None

    @property
    def money(self) -> Decimal | None:
        return None if self.amount is None else major(self.amount, self.currency)

    @property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(datum.reading for datum in self.data if datum.reading is not None)


class Quote(Struct, frozen=True):
    """A priced lane: the list price of one order, every line, and what is left.

    The seller's known lines and `net` sum exactly to `price`. Where a line is unknown, `complete` is false and `net`
    is "at most": what would be left if the unknown lines cost nothing.
    """

    lane: Mapping[str, str]
    price: int
    currency: str
    pieces: int
    lines: tuple[Line, ...]
    left_out: tuple[Text, ...] = ()

    @property
    def seller_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.payer == "seller")

    @property
    def cost(self) -> int:
        """All known lines that the seller bears, in minor units."""
        return sum(line.amount for line in self.seller_lines if line.amount is not None)

    @property
    def net(self) -> int:
        return self.price - self.cost

    @property
    def complete(self) -> bool:
        return all(line.amount is not None for line in self.seller_lines)

    @property
    def without(self) -> tuple[Series, ...]:
        """Main parts of the cost of which nothing is known: what is left before them says little."""
        found = {series: self.of_series(series) for series in MAIN_PARTS}
        return tuple(series for series, (units, known) in found.items() if not known and units == 0)

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        return tuple(line.unknown for line in self.lines if line.unknown is not None)

    @property
    def net_money(self) -> Money:
        return Money(self.net, self.currency)

    @property
    def percent(self) -> Decimal | None:
        """What is left, in percent of the price, to one decimal; None without a price."""
        if self.price <= 0:
            return None
        return (Decimal(self.net) * 100 / Decimal(self.price)).quantize(Decimal("0.1"))

    def of_series(self, series: str) -> tuple[int, bool]:
        """Known amount of one part of the stack in minor units, and whether all of it is known."""
        lines = [line for line in self.seller_lines if line.series == series]
        return sum(line.amount or 0 for line in lines), all(line.amount is not None for line in lines)

    def line(self, line_id: str) -> Line | None:
        return next((line for line in self.lines if line.id == line_id), None)


class Reason(Struct, frozen=True):
    """Why an option stands where it stands, with the fact that says so."""

    text: Text
    fact: str | None = None
    source: str | None = None
    reading: Reading | None = None
    criterion: str = ""
    points: int = 0
    against: bool = False


class Exclusion(Struct, frozen=True):
    """A hard rule that closes an option, and what would open it."""

    text: Text
    opens: Text
    reading: Reading | None = None
    rule: str = ""

    @property
    def source(self) -> str | None:
        return self.reading.source.key if self.reading else None


class CriterionScore(Struct, frozen=True):
    """One criterion for one option: raw value as shown, score 0 to 100 (None: not known), weight in percent."""

    id: str
    label: Text
    weight: int
    score: int | None
    raw: Text
    measured_from: Text
    readings: tuple[Reading, ...] = ()
    exact: Decimal | None = None
    """The score before it is rounded to be shown: totals are made of it."""


class Option(Struct, frozen=True):
    """One ranked or excluded option of an advice."""

    id: str
    name: Text
    rank: int | None = None
    score: Decimal | None = None
    excluded: Exclusion | None = None
    reasons: tuple[Reason, ...] = ()
    criteria: tuple[CriterionScore, ...] = ()
    quote: Quote | None = None
    days: tuple[int, int] | None = None
    badges: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def net(self) -> Money | None:
        return self.quote.net_money if self.quote else None

    def criterion(self, criterion_id: str) -> CriterionScore | None:
        return next((c for c in self.criteria if c.id == criterion_id), None)


class Ranking(Struct, frozen=True):
    """The options of one choice, ranked first to last, then those that cannot be said, then the closed ones."""

    choice: str
    options: tuple[Option, ...]
    weights: Mapping[str, int] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    """The options in the order of the data: of equals the first of it comes first."""

    @property
    def first(self) -> Option | None:
        return next((option for option in self.options if option.rank == 1), None)

    @property
    def ranked(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.rank is not None)

    @property
    def closed(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.excluded is not None)

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.id == option_id), None)


CHOICES = ("platforms", "logistics", "import_modes", "import_platforms", "markets", "cities")


class Advice(Struct, frozen=True):
    """The answer to a case on a day: every choice ranked, with reasons, sources, and what is not known."""

    as_of: date
    platforms: Ranking
    logistics: Ranking
    import_modes: Ranking
    import_platforms: Ranking
    markets: Ranking
    cities: Ranking
    stability: tuple[Text, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    warnings: tuple[Text, ...] = ()
    next_steps: tuple[Reason, ...] = ()
    defaults: tuple[Datum, ...] = ()
    readings: tuple[Reading, ...] = ()

    def ranking(self, choice: str) -> Ranking:
        found = getattr(self, choice)
        assert isinstance(found, Ranking)
        return found

    @property
    def oldest(self) -> Reading | None:
        """The reading with the oldest source among those behind the answer, without what the user typed."""
        known = [r for r in self.readings if not r.typed]
        return min(known, key=lambda r: r.source.day) if known else None


def distinct(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Readings without repeats, in order."""
    return tuple({r.id: r for r in readings}.values())
