"""The levers of What if: what can be moved, how far and in which steps, and how a place is shown, typed and kept.

A place is a whole number: minor units, grams, parts per million, or ten-thousandths of an exchange rate.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from desktop.core.facts import Unknown
from desktop.core.money import PPM, RATE_SCALE, decimals, plain
from desktop.engine.kernel import HOME, LARGEST_ORDER

if TYPE_CHECKING:
    from desktop.engine.whatif import Bench, State

SWEPT = 260
"""Steps of a price sweep: one price more."""
PLACES = 120
"""Steps of other levers, more or less."""
RATE_PLACES, SMALL_PLACES = 4, 6
"""Decimals of an exchange rate, and of one below one."""
SHARE_PLACES = 4
"""Parts per million as percent."""
NAMES = ("price", "cost", "weight_g", "returns", "ads", "freight", "exchange")
KEPT = {
    "price": "list_price",
    "cost": "unit_cost",
    "weight_g": "weight_g",
    "returns": "return_rate",
    "ads": "advertising_share",
}
"""The answer that a lever is kept as; the others are tried only."""
MOST_WEIGHT = 70_000
MOST_MONEY = 1_000_000
WIDEST = 10
"""Freight and exchange rate are tried from a tenth to ten times what the rules say."""


class Lever(Struct, frozen=True):
    """One lever. `value` is None where the case says nothing; `low` to `high` in `step`s is how far it can be drawn,
    `least` to `most` what may be typed."""

    name: str
    value: int | None
    low: int
    high: int
    step: int
    places: int
    least: int
    most: int
    unit: str

    @property
    def kept(self) -> str:
        """The answer that it is kept as; empty where it is tried only."""
        return KEPT.get(self.name, "")

    def number(self, place: int) -> Decimal:
        """A place as a number."""
        return Decimal(place).scaleb(-self.places)

    def place(self, number: Decimal) -> int:
        """The place of a number."""
        return int(number.scaleb(self.places).quantize(Decimal(1), ROUND_HALF_UP))

    def snapped(self, place: int) -> int:
        """The nearest place on a step, within reach."""
        on_step = self.low + (2 * (place - self.low) + self.step) // (2 * self.step) * self.step
        return min(max(on_step, self.low), self.high)

    def stepped(self, steps: int) -> int:
        """So many steps further, onto the next whole step, within reach."""
        value = self.low if self.value is None else self.value
        over = (value - self.low) % self.step
        start = value - over + (self.step if over and steps < 0 else 0)
        return min(max(start + steps * self.step, self.low), self.high)

    def raw(self, place: int) -> str:
        """A place as an answer of the case."""
        return plain(self.number(place)) if self.places else str(place)

    def at(self, place: int) -> Lever:
        """Moved to another place; how far it can be drawn stays."""
        return replace(self, value=place)


def nice(least: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is not less."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= least:
                return digit * power
        power *= 10


def finer(step: int) -> int:
    """The nice step before another: 5 before 10, 2 before 5, 1 before 2."""
    return step * 2 // 5 if str(step).startswith("5") else step // 2


def most_price(bench: Bench) -> int:
    """The highest list price of a piece that is tried, in minor units."""
    return min(MOST_MONEY * 10 ** decimals(bench.currency), LARGEST_ORDER // bench.pieces)


def price_reach(price: int, most: int) -> tuple[int, int, int]:
    """From which list price to which, in which steps: from about two fifths of the price on, SWEPT steps."""
    step = nice(max(1, -(-price * 9 // (10 * SWEPT))))
    coarse = step * 20
    low = max(step, price * 2 // 5 // coarse * coarse)
    if low + SWEPT * step > most:
        # near the highest price that is tried: as far as that
        while SWEPT * step > most:
            step = max(1, finer(step))
        span = SWEPT * step
        low = max(1, min((price - span // 2) // step * step, most - span))
    return low, low + SWEPT * step, step


def reach(value: int, most: int) -> tuple[int, int, int]:
    """From about two fifths of a value to twice that."""
    step = nice(max(1, value * 8 // (5 * PLACES)))
    low = max(step if value >= step else 1, value * 2 // 5 // step * step)
    return low, min(max(value * 2 // step * step, low + 10 * step), most), step


def levers(bench: Bench, state: State | None) -> tuple[Lever, ...]:
    """The levers of a bench, at a state."""
    currency, cost_currency = bench.currency, bench.cost_currency
    price = state.price if state else None
    cost = state.cost if state else None
    weight = state.weight_g if state else None
    most, most_cost = most_price(bench), MOST_MONEY * 10 ** decimals(cost_currency)
    found = [
        Lever(
            "price", price, *price_reach(price or 10 ** decimals(currency), most), decimals(currency), 1, most,
            currency,
        ),
        Lever(
            "cost", cost, *reach(cost or 10 ** decimals(cost_currency), most_cost), decimals(cost_currency), 0, most_cost,
            cost_currency,
        ),
        Lever("weight_g", weight, *reach(weight or 100, MOST_WEIGHT), 0, 1, MOST_WEIGHT, "g"),
        _share("returns", state.returns if state else 0, 200_000, 5_000),
        _share("ads", state.ads if state else 0, 300_000, 5_000),
        Lever(
            "freight", state.freight if state else PPM, PPM // 2, 2 * PPM, PPM // 100, SHARE_PLACES, PPM // WIDEST,
            PPM * WIDEST, "%",
        ),
        _exchange(bench, state.exchange if state else PPM),
    ]  # fmt: skip
    return tuple(found)


def _share(name: str, value: int, high: int, step: int) -> Lever:
    return Lever(name, value, 0, max(high, min(2 * value, PPM)), step, SHARE_PLACES, 0, PPM, "%")


class Rate(Struct, frozen=True):
    """Yuan for one unit of the price's currency by the rules."""

    place: int
    places: int


def rate_now(bench: Bench) -> Rate | None:
    """The exchange rate of the rules; None where prices are in yuan or the rate is not known."""
    if bench.currency == HOME:
        return None
    found = bench.pricer.exchange.rate(bench.currency, HOME)
    if isinstance(found, Unknown):
        return None
    places = RATE_PLACES if found[0] >= RATE_SCALE else SMALL_PLACES
    unit = RATE_SCALE // 10**places
    return Rate(max(1, (2 * found[0] + unit) // (2 * unit)), places)


def _exchange(bench: Bench, ppm: int) -> Lever:
    """Yuan for the price's currency; where prices are in yuan the share of the rates of the rules."""
    now = rate_now(bench)
    if now is None:
        ends = PPM * 4 // 5, PPM * 6 // 5, PPM // 200
        return Lever("exchange", ppm, *ends, SHARE_PLACES, PPM // WIDEST, PPM * WIDEST, "%")
    step = nice(max(1, now.place * 2 // (5 * PLACES)))
    low, high = max(now.place * 4 // 5 // step * step, 1), now.place * 6 // 5 // step * step
    bounds = max(1, now.place // WIDEST), now.place * WIDEST
    unit = f"{HOME}/{bench.currency}"
    return Lever("exchange", exchange_place(now, ppm), low, high, step, now.places, *bounds, unit)


def exchange_ppm(now: Rate | None, place: int) -> int:
    """What the yuan is worth at a place of the exchange lever, in parts per million of the rates of the rules."""
    if now is None or place == now.place:
        return place if now is None else PPM
    return (2 * now.place * PPM + place) // (2 * place)


def exchange_place(now: Rate | None, ppm: int) -> int:
    """The place of the exchange lever at which the yuan is worth so much."""
    return ppm if now is None else (2 * now.place * PPM + ppm) // (2 * ppm)
