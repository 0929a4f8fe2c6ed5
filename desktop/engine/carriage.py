"""Freight of a batch of parcels: a service to a market, for goods of one category and class.

`compile_freight` decides for one parcel which price list holds it and which rule closes the service to it. Here the
same rules decide for every element: the lists in their order, the limits as whole arrays. Prices come from the very
steps of the single quote. What does not depend on weight, size or price (goods, destination, platform) is settled once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.facts import View
from desktop.core.money import Money, decimals
from desktop.core.result import Exclusion
from desktop.core.text import Text
from desktop.engine import freight
from desktop.engine.freight import DEFAULT, Lane, Missed, Parcel, Price, Scales
from desktop.engine.kernel import Bools, Column, Ints, Ledger, Step, share

Closing = Literal["", "weight", "light", "side", "sum", "price", "list"]
CLOSINGS: tuple[Closing, ...] = ("", "weight", "light", "side", "sum", "price", "list")
"""Why a service is closed to a parcel: not at all, too heavy, too light, a side or the sum of the sides too long, the
order too dear, or a price list that is suspended or leaves the destination out. Elsewhere by their place here."""
OPENED = 0
NO_DAYS = -1
LIMITS = (("weight", "kg", 1000), ("side", "cm", 10), ("side_sum", "cm", 10))


class Carriage(Struct, frozen=True, dict=True):
    """What a batch meets: the freight in the ledger's currency and where it is known, the place in CLOSINGS of the rule
    that closes the service, and where it is doubtful whether the service takes the parcel at all.

    `days` is the soonest and the latest day to the door added up (twice the middle); NO_DAYS where they are not known.
    """

    freight: Column
    closed: Ints
    doubtful: Bools
    days: Ints

    @cached_property
    def open(self) -> Bools:
        """Where no rule closes the service and the freight is known."""
        return np.asarray(self.freight.known & (self.closed == OPENED))

    def taken(self, which: Ints) -> Carriage:
        """The same for orders that each have one of these parcels."""
        units, known = self.freight.units[which], self.freight.known[which]
        freight_column = Column(units, known, self.freight.currency)
        return Carriage(freight_column, self.closed[which], self.doubtful[which], self.days[which])

    def scaled(self, rate_ppm: Ints | None) -> Carriage:
        """With the freight at a share of what the rules say, rounded half up; as it is without one."""
        if rate_ppm is None:
            return self
        units = share(self.freight.units, rate_ppm)
        return replace(self, freight=Column(units, self.freight.known, self.freight.currency))


class Chosen(Struct, frozen=True):
    """The price list of every parcel by its place (-1: none holds it), what the lists ask in their own currencies, line
    by line, and the rest of a `Carriage`."""

    place: Ints
    lines: Mapping[int, tuple[Column, ...]]
    closed: Ints
    doubtful: Bools
    days: Ints

    def taken(self, which: Ints) -> Chosen:
        """The same for orders that each have one of these parcels."""
        lines = {
            at: tuple(Column(line.units[which], line.known[which], line.currency) for line in each)
            for at, each in self.lines.items()
        }
        return Chosen(self.place[which], lines, self.closed[which], self.doubtful[which], self.days[which])


class PriceList(Struct, frozen=True):
    """A price list with its lines; `between` are the prices of orders that it is for, in whole units, ends included.

    `days` are those of parcels that the list holds, `days_beside` of those that it does not.
    """

    steps: tuple[Step, ...]
    suspended: bool = False
    between: tuple[int, int] | None = None
    days: int = -1
    days_beside: int = -1


class Limit(Struct, frozen=True):
    """A bound in grams or millimetres: beyond it (below it, for `light`) the service is closed or doubtful."""

    closing: Closing
    bound: int
    per: str = "order"
    divisor: int = 0
    """What makes grams of a volume where a large light parcel is no small one; 0: volume does not count."""

    def beyond(self, scales: Scales) -> Bools:
        if self.closing == "weight":
            return np.asarray((scales.order_g if self.per == "order" else scales.piece_g) > self.bound)
        if self.closing == "light":
            grams = scales.order_g
            if self.divisor:
                grams = np.maximum(grams, -(-scales.volume_mm3 // self.divisor))
            return np.asarray(grams < self.bound)
        return np.asarray((scales.longest_mm if self.closing == "side" else scales.sum_mm) > self.bound)


class CarriagePlan(Struct, frozen=True):
    """A service compiled for a market and a kind of goods. `closed` is the rule that closes it to all such parcels."""

    service: str
    market: str
    name: Text
    kind: str
    closed: Exclusion | None = None
    lists: tuple[PriceList, ...] = ()
    limits: tuple[Limit, ...] = ()
    later: tuple[Limit, ...] = ()
    """Limits that are known only for later days: beyond them it is doubtful whether the service took the parcel."""
    doubtful: bool = False
    left_out: bool = False
    """Where no list speaks for a parcel: whether one says that it leaves the destination out."""
    paid_in: str = ""
    """The currency of the prices that lists are divided by."""
    days: int = NO_DAYS
    """Days where no list speaks for a parcel."""
    dear: tuple[int, str] | None = None
    """The price of an order, in minor units of a currency, from which on the service is closed."""

    @property
    def by_price(self) -> bool:
        """Whether the freight, or what closes the service, depends on the price of an order."""
        return bool(self.paid_in) or self.dear is not None

    def run(self, ledger: Ledger) -> Carriage:
        """The freight of every order of the ledger, and which of them the service is closed to."""
        chosen = self.choose(ledger)
        return self.quote(ledger, replace(chosen, closed=self.shut(ledger, chosen.closed)))

    def quote(self, ledger: Ledger, chosen: Chosen) -> Carriage:
        """The freight in the ledger's currency by the lists that were chosen for its orders."""
        if len(self.lists) == 1 and chosen.lines:
            return Carriage(_quoted(ledger, chosen.lines[0]), chosen.closed, chosen.doubtful, chosen.days)
        units, known = np.zeros(ledger.n, dtype=np.int64), np.zeros(ledger.n, dtype=np.bool_)
        for at, lines in chosen.lines.items():
            amount = _quoted(ledger, lines)
            here = chosen.place == at
            units = np.where(here, amount.units, units)
            known = np.where(here, amount.known, known)
        return Carriage(Column(units, known, ledger.currency), chosen.closed, chosen.doubtful, chosen.days)

    def shut(self, ledger: Ledger, closed: Ints) -> Ints:
        """What closes the service, with the orders that are too dear for it."""
        if self.dear is None:
            return closed
        paid = ledger.in_currency(ledger.column("price"), self.dear[1])
        # asked before the price list is: the rule of a single quote comes first
        open_ = (closed == OPENED) | (closed == CLOSINGS.index("list"))
        dear = open_ & paid.known & (paid.units >= self.dear[0])
        return np.where(dear, CLOSINGS.index("price"), closed)

    def choose(self, ledger: Ledger) -> Chosen:
        """For every order the price list that holds it and its lines, and what closes the service beside the price."""
        weighed = "weight_g" in ledger.numbers
        scales = Scales.of(ledger) if weighed else _no_scales(ledger)
        if len(self.lists) == 1 and weighed and self.lists[0].between is None:
            place, lines, suspended, days = self._only_list(ledger)
        else:
            place, lines, suspended, days = self._first_list(ledger, weighed)
        closed = np.zeros(ledger.n, dtype=np.int64)
        for limit in self.limits:
            if weighed or limit.closing not in ("weight", "light"):
                _close(closed, limit.beyond(scales), limit.closing)
        if suspended is not None:
            _close(closed, suspended, "list")
        doubtful = np.full(ledger.n, self.doubtful)
        for limit in self.later:
            doubtful |= limit.beyond(scales)
        return Chosen(place, lines, closed, doubtful, days)

    def _only_list(self, ledger: Ledger) -> _Found:
        """The one list that there is: it holds an order, or speaks for it without a price."""
        each = self.lists[0]
        own = _own_lines(ledger, each)
        held = own[0].known
        days = np.where(held, each.days, each.days_beside) if each.days != each.days_beside else each.days
        suspended = np.ones(ledger.n, dtype=np.bool_) if each.suspended else None
        return np.where(held, 0, -1), {0: own}, suspended, np.broadcast_to(days, (ledger.n,))

    def _first_list(self, ledger: Ledger, weighed: bool) -> _Found:
        """The first list that holds an order; where none does, the first that is meant for it speaks for it."""
        n = ledger.n
        place, days = np.full(n, -1, dtype=np.int64), np.full(n, self.days, dtype=np.int64)
        lines: dict[int, tuple[Column, ...]] = {}
        left, unspoken = np.ones(n, dtype=np.bool_), np.ones(n, dtype=np.bool_)
        suspended = np.zeros(n, dtype=np.bool_)
        for at, each in enumerate(self.lists):
            meant = self._meant(ledger, each)
            own = _own_lines(ledger, each) if weighed else None
            take = left & meant & own[0].known if own else left & meant
            if own and take.any():
                place, lines[at] = np.where(take, at, place), own
            speaks = take | (left & meant & unspoken)
            suspended = np.where(speaks, each.suspended, suspended)
            days = np.where(speaks, np.where(take, each.days, each.days_beside), days)
            unspoken &= ~meant
            left &= ~take
            if not left.any():
                break
        if self.left_out:
            suspended |= left & unspoken
        return place, lines, suspended, days

    def _meant(self, ledger: Ledger, each: PriceList) -> Bools:
        """Which orders a list is for, by their price rounded up to whole units of its currency."""
        if each.between is None:
            return np.ones(ledger.n, dtype=np.bool_)
        paid = ledger.in_currency(ledger.column("price"), self.paid_in)
        whole = -(-paid.units // 10 ** decimals(self.paid_in))
        return np.asarray(paid.known & (whole >= each.between[0]) & (whole <= each.between[1]))


def _own_lines(ledger: Ledger, each: PriceList) -> tuple[Column, ...]:
    """The lines of a price list in its own currency; the first is known where the list holds a parcel."""
    own = ledger.branch()
    own.run(each.steps)
    return tuple(own.lines[step.id] for step in each.steps)


def _quoted(ledger: Ledger, lines: tuple[Column, ...]) -> Column:
    """Lines as one amount in the ledger's currency, each converted for itself as on an invoice."""
    total = ledger.in_currency(lines[0], ledger.currency)
    for line in lines[1:]:
        more = ledger.in_currency(line, ledger.currency)
        total = Column(total.units + more.units, total.known & more.known, ledger.currency)
    return total


_Found = tuple[Ints, dict[int, tuple[Column, ...]], Bools | None, Ints]
"""Place and lines of the lists, where the list that speaks is suspended (None: nowhere), and the days."""


def _close(closed: Ints, here: Bools, closing: Closing) -> None:
    """The first rule that closes a parcel stands."""
    if here.any():
        closed[here & (closed == OPENED)] = CLOSINGS.index(closing)


def _no_scales(ledger: Ledger) -> Scales:
    """Of orders whose weight is not given: only the sides count."""
    nothing = np.zeros(ledger.n, dtype=np.int64)
    return Scales.of_ledger(replace(ledger, numbers={**ledger.numbers, "weight_g": nothing}), slice(None))


# ---------------------------------------------------------------------------------------------------- compiling
def compile_carriage(view: View, service: str, market: str, goods: Parcel) -> CarriagePlan:
    """A service to a market for parcels like `goods` in category, class, platform and fulfilment.

    The weight, size, pieces and price of `goods` are not looked at: these come with the orders.
    """
    parcel = replace(goods, weight_g=None, dims_mm=None, price=None, volume_mm3=None)
    rule = view.rules("freight")["services"][service]
    lane = Lane(view, service, rule, market, parcel, DEFAULT)
    closed = freight.hard_rule(lane)
    if closed:
        return CarriagePlan(service, market, lane.name, rule["kind"], closed)
    lists: list[PriceList] = []
    beside = _days(lane, None)
    left_out = False
    paid_in = ""
    for entry in lane.entries():
        bands = _price_bands(lane, entry)
        if bands:
            paid_in = bands[0]
        for found, between in _found(lane, entry, bands):
            if isinstance(found, Missed):
                left_out = left_out or found.left_out is not None
            else:
                days = _days(lane, found)
                other = beside if "quote" in found.terms else days
                lists.append(PriceList(freight.steps_of(lane, found), found.suspended, between, days, other))
    return CarriagePlan(
        service, market, lane.name, rule["kind"], None, tuple(lists), tuple(_limits(lane)), tuple(_later(lane)),
        any(True for _ in freight.doubts(lane)), left_out, paid_in, beside, _dear(lane),
    )  # fmt: skip


def _days(lane: Lane, price: Price | None) -> int:
    """Twice the middle day of a price list for parcels that it holds; without one, what the rules say of the service."""
    nothing = Missed(lane.view.unknown("freight", "freight.no-weight"))
    found = freight.days_of(lane, nothing if price is None else price)
    return sum(found[0]) if found else NO_DAYS


def _found(
    lane: Lane, entry: Mapping[str, Any], bands: tuple[str, tuple[tuple[int, int], ...]] | None
) -> Iterator[tuple[Price | Missed, tuple[int, int] | None]]:
    """A price list of the rules, once for each band of prices where it has such."""
    if bands is None:
        yield lane.listed(entry), None
        return
    currency, between = bands
    for low, high in between:
        parcel = replace(lane.parcel, price=Money.of(low, currency))
        yield replace(lane, parcel=parcel).listed(entry), (low, high)


def _price_bands(lane: Lane, entry: Mapping[str, Any]) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    """The currency and the bands of prices of orders, in whole units, that rows to the destination are for."""
    rows = lane.rows_of(entry)
    if not any(row.get("price_from") for row in rows):
        return None
    starts = {-(-Decimal(row["price_from"]) // 1) for row in rows}
    starts |= {Decimal(row["price_to"]) // 1 + 1 for row in rows}
    edges = sorted(int(start) for start in starts)
    return lane.terms_of(entry)["price_currency"], tuple((low, high - 1) for low, high in pairwise(edges))


def _limits(lane: Lane) -> Iterator[Limit]:
    """What closes a service by weight and size, in the order in which a single quote asks."""
    for grams, _, per in lane.limits("weight", "kg", 1000):
        yield Limit("weight", grams, per)
    least = lane.limit(lane.rule.get("minimum"), "kg", 1000)
    if least is not None:
        yield Limit("light", least[0], divisor=lane.stated_divisor())
    for key, closing in _SIZES:
        for millimetres, _, _ in lane.limits(key, "cm", 10):
            yield Limit(closing, millimetres)


_SIZES: tuple[tuple[str, Closing], ...] = (("side", "side"), ("side_sum", "sum"))


def _later(lane: Lane) -> Iterator[Limit]:
    for key, unit, per_unit in LIMITS:
        for bound, _ in lane.later_limits(key, unit, per_unit):
            yield Limit(dict(_SIZES).get(key, "weight"), bound)


def _dear(lane: Lane) -> tuple[int, str] | None:
    reading = lane.fact(lane.rule.get("price_below"))
    if reading is None:
        return None
    currency = reading.fact.unit.upper()
    return int(-(-(reading.decimal() * 10 ** decimals(currency)) // 1)), currency
