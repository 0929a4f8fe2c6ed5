"""What the rules say on a day: facts as decimals, money rounded half up, and how often each kind of rule was met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

from desktop.core.facts import Reading, View
from desktop.core.money import decimals

ONE, HUNDRED = Decimal(1), Decimal(100)
RATE_STEP = Decimal("0.00000001")
"""Exchange rates are rounded once, to eight places."""
PERCENT_STEP = Decimal("0.0001")
"""No percentage is finer than this."""
_CENTS: dict[str, Decimal] = {}


def cents(amount: Decimal, currency: str) -> Decimal:
    """An amount to the smallest coin of its currency; half a coin goes away from zero."""
    coin = _CENTS.get(currency)
    if coin is None:
        coin = _CENTS[currency] = ONE.scaleb(-decimals(currency))
    return amount.quantize(coin, ROUND_HALF_UP)


def percent_of(amount: Decimal, percent: Decimal, currency: str) -> Decimal:
    return cents(amount * percent / HUNDRED, currency)


def percentage(printed: Any) -> Decimal:
    return Decimal(printed).quantize(PERCENT_STEP, ROUND_HALF_UP)


def up(amount: Decimal, step: Decimal | int = 1) -> Decimal:
    """The next whole multiple of a step."""
    return (amount / step).to_integral_value(ROUND_CEILING) * step


def low_high(raw: Any) -> tuple[Decimal, Decimal]:
    """The ends of a range; of a single figure, itself twice."""
    if isinstance(raw, dict):
        return Decimal(raw["low"]), Decimal(raw["high"])
    return Decimal(raw), Decimal(raw)


@dataclass(frozen=True, slots=True)
class Tier:
    """A figure up to a bound (None: without end); `below` where the bound itself is in the next tier."""

    bound: Decimal | None
    value: Decimal
    below: bool = False
    part: bool = False
    """The figure is taken on what exceeds the tier before only."""

    def holds(self, amount: Decimal, pieces: int = 1) -> bool:
        """Whether an amount for so many pieces lies in this tier, given that it lies in none before."""
        if self.bound is None:
            return True
        return amount < self.bound * pieces if self.below else amount <= self.bound * pieces


def tiers_of(raw: Any) -> tuple[Tier, ...]:
    """Tiers as printed; of a range the higher end counts, and a single figure is one tier."""
    if not isinstance(raw, list):
        return (Tier(None, low_high(raw)[1]),)
    found = []
    for row in raw:
        bound = row.get("up_to", row.get("below"))
        value = Decimal(row["value"] if "value" in row else row["high"])
        found.append(
            Tier(None if bound is None else Decimal(bound), value, "below" in row, bool(row.get("part")))
        )
    return tuple(found)


How = tuple[Any, ...]
"""A calculation as a pattern and its blanks; put together only where somebody asks."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of a lane: the amount in the currency in which it is charged (None: not known) and who bears it."""

    id: str
    amount: Decimal | None
    currency: str
    payer: str = "seller"
    how: How = ("",)

    @property
    def head(self) -> str:
        return self.id.split(".")[0]

    @property
    def calculation(self) -> str:
        return str(self.how[0]).format(*self.how[1:])


@dataclass
class Rules:
    """A view of the rule book, read in decimals. `met` counts the kinds of rule that decided something."""

    view: View
    met: Counter[str] = field(default_factory=Counter)
    _raw: dict[str, Any] = field(default_factory=dict)
    _rates: dict[tuple[str, str], Decimal | None] = field(default_factory=dict)

    def raw(self, fact: str) -> Any:
        """What a fact says on the day; None where it says nothing."""
        if fact not in self._raw:
            found = self.view.read(fact)
            self._raw[fact] = found.raw if isinstance(found, Reading) else None
        return self._raw[fact]

    def says(self, fact: str) -> bool:
        return self.raw(fact) is not None

    def first(self, facts: Sequence[str]) -> Any:
        """What the first fact that says anything says."""
        return next((self.raw(fact) for fact in facts if self.says(fact)), None)

    # ---------------------------------------------------------------- currencies
    def yuan(self, currency: str) -> Decimal | None:
        """What one unit costs in yuan."""
        if currency == "CNY":
            return ONE
        listed = self.view.rules("fx")["currencies"].get(currency)
        raw = self.first(listed["facts"]) if listed else None
        return None if raw is None else Decimal(raw)

    def rate(self, source: str, target: str) -> Decimal | None:
        """Units of the target for one of the source, through the yuan."""
        if source == target:
            return ONE
        if (source, target) not in self._rates:
            paid, got = self.yuan(source), self.yuan(target)
            known = paid is not None and got is not None
            self._rates[source, target] = (paid / got).quantize(RATE_STEP, ROUND_HALF_UP) if known else None  # type: ignore[operator]
        return self._rates[source, target]

    def convert(self, amount: Decimal | None, source: str, target: str) -> Decimal | None:
        """An amount in another currency, rounded once; None where either is not known."""
        if amount is None or source == target:
            return amount
        rate = self.rate(source, target)
        return None if rate is None else cents(amount * rate, target)
