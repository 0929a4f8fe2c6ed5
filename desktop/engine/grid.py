"""All lanes of a case priced for a batch of orders, each part on the smallest axes that it depends on.

What is left on a lane is one subtraction: a *side* (the price less everything but the carrier's freight) minus the
freight. Fees depend on the site, the border on market, kind of carrier and, in places, the platform, payouts on both;
the freight depends on service and market, and on the platform only where a service is a platform's own. Every part
comes from the steps of the single quote (`desktop.engine.lanes`), so a lane of the grid is that quote to the minor unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import View
from desktop.core.questions import Questions
from desktop.core.result import Exclusion
from desktop.engine import freight
from desktop.engine.advice import PLATFORMS, Adviser
from desktop.engine.border import Carrier, Supply, tells_apart
from desktop.engine.carriage import (
    NO_DAYS,
    OPENED,
    Carriage,
    CarriagePlan,
    Chosen,
    compile_carriage,
)
from desktop.engine.catalogue import NOT_GIVEN, PARTS, Lane
from desktop.engine.kernel import (
    EXCHANGE_SHARE,
    LARGEST_ORDER,
    Bools,
    Column,
    Exchange,
    Ints,
    Ledger,
    Step,
    converted,
    share,
)

PARCEL = ("weight_g", "length_mm", "width_mm", "height_mm", "pieces")
"""What the freight of an order depends on."""
FEW, SAMPLE = 1024, 64
"""Of more orders than FEW it is asked of a sample whether their parcels repeat: where not, each is weighed for itself."""
EACH = np.zeros(0, dtype=np.int64)
"""Stands for "each order its own parcel"."""
FREIGHT_SHARE = "freight_ppm"
"""A number of orders: the freight in parts per million of what the rules say, where a client asks what if."""
SHARES = frozenset({FREIGHT_SHARE, EXCHANGE_SHARE})
NO_FREIGHT = int(np.iinfo(np.int64).max) // 2
"""Stands for the freight of a lane that has none: never the least."""
DOUBT = NO_FREIGHT // 4
"""What puts a doubtful lane behind every sure one; far above any amount, and twice of it is below NO_FREIGHT."""
NEVER = -NO_FREIGHT
"""The score of no lane."""


class Orders(Struct, frozen=True):
    """A batch of orders of one kind of goods: amounts of one piece in minor units, pieces, weight and size.

    `cost_known` tells where the cost is given. Columns of `numbers` are named as in a `Ledger` and left out where they
    are not given for the batch (weight_g, the sides, monthly_orders).
    """

    price: Ints
    currency: str
    cost: Ints
    cost_known: Bools
    cost_currency: str
    pieces: Ints
    numbers: Mapping[str, Ints]
    packing: Ints | None = None
    packing_currency: str = ""

    def __len__(self) -> int:
        return len(self.price)

    @property
    def priced(self) -> Bools:
        """Which orders are not larger than what is priced."""
        return np.asarray(self.price * self.pieces <= LARGEST_ORDER)

    def some(self, at: Ints) -> Orders:
        """Some of the orders, by their places."""
        return Orders(
            self.price[at], self.currency, self.cost[at], self.cost_known[at], self.cost_currency, self.pieces[at],
            {name: column[at] for name, column in self.numbers.items()},
            None if self.packing is None else self.packing[at], self.packing_currency,
        )  # fmt: skip

    def ledger(self, exchange: Exchange) -> Ledger:
        """The orders as inputs of the steps."""
        every = np.ones(len(self), dtype=np.bool_)
        priced = self.priced
        money = {
            "price": Column(np.where(priced, self.price * self.pieces, 0), priced, self.currency),
            "cost": Column(
                np.where(self.cost_known, self.cost, 0) * self.pieces, self.cost_known, self.cost_currency
            ),
        }
        if self.packing is not None:
            money["packing"] = Column(self.packing * self.pieces, every, self.packing_currency)
        numbers = {**self.numbers, "pieces": self.pieces, "items": np.ones(len(self), dtype=np.int64)}
        return Ledger(len(self), self.currency, exchange, money, numbers)


class Pair(Struct, frozen=True):
    """A platform for buyers of a market: its site, or the rule that closes it."""

    market: str
    platform: str
    marketplace: str
    excluded: Exclusion | None = None


class Group(Struct, frozen=True):
    """Services to a market (by their places) whose freight depends on the same: the platform where they are its own
    ("" where not), the kind of carrier, and whether they look at the price of an order."""

    market: str
    platform: str
    carrier: Carrier
    by_price: bool
    services: tuple[int, ...]


class Lines(Struct, frozen=True):
    """Some lines of a batch after their run: those of the goods, of a site, of a border, of a payout.

    `cost` is what the seller bears of them as far as it is known, `complete` where all of it is.
    """

    steps: tuple[Step, ...]
    ledger: Ledger
    cost: Ints
    complete: Bools

    @classmethod
    def of(cls, ledger: Ledger, steps: tuple[Step, ...]) -> Lines:
        """Runs the steps in the ledger."""
        ledger.run(steps)
        cost, complete = np.zeros(ledger.n, dtype=np.int64), np.ones(ledger.n, dtype=np.bool_)
        for step in steps:
            if step.payer == "seller":
                column = ledger.quoted[step.id]
                cost += _known(column)
                complete &= column.known
        return cls(steps, ledger, cost, complete)

    def some(self, kind: str) -> Column:
        """The seller's lines of one kind (commission, other …) together."""
        total = Column.of(0, self.ledger.currency, self.ledger.n)
        for step in self.steps:
            if step.payer == "seller" and step.id.split(".")[0] == kind:
                total = _plus(total, _as_known(self.ledger.quoted[step.id]))
        return total

    def parts(self) -> dict[str, Column]:
        """The seller's lines by the part of the cost stack that they belong to."""
        found: dict[str, Column] = {}
        for step in self.steps:
            if step.payer == "seller":
                column = _as_known(self.ledger.quoted[step.id])
                before = found.get(step.series) or Column.of(0, column.currency, self.ledger.n)
                found[step.series] = _plus(before, column)
        return found


class Side(Struct, frozen=True, dict=True):
    """A lane without its freight, for one kind of carrier.

    `complete`: every line is known. `commission` is known where that of the platform is and `taxed` where duty and tax
    are, without which a margin would flatter; `entry` is what the way over the border costs the seller beside duty and
    tax, as far as it is known.
    """

    left: Ints
    complete: Bools
    commission: Column
    taxed: Bools
    entry: Ints
    lines: tuple[Lines, ...]

    @property
    def rankable(self) -> Bools:
        return self.commission.known

    @cached_property
    def parts(self) -> Mapping[str, Column]:
        """The cost by parts of the stack."""
        found: dict[str, Column] = {}
        for lines in self.lines:
            for name, column in lines.parts().items():
                found[name] = _plus(found[name], column) if name in found else column
        return found


class Cheapest(Struct, frozen=True):
    """Of some services the one with the least freight for each order: its place among all services (NOT_GIVEN where none
    carries the order) and `key`, the freight with DOUBT on top where it is doubtful whether the service takes the parcel.
    `priced` and `closed` count the services."""

    service: Ints
    key: Ints
    priced: Ints
    closed: Ints

    @classmethod
    def of(cls, n: int, places: Sequence[int], carriages: Sequence[Carriage | None]) -> Cheapest:
        """Among services by their places; None of a service that is closed to every order."""
        best, at = np.full(n, NO_FREIGHT, dtype=np.int64), np.full(n, NOT_GIVEN, dtype=np.int64)
        priced, closed = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        for place, carriage in zip(places, carriages, strict=True):
            if carriage is None:
                closed += 1
                continue
            shut, open_ = carriage.closed != OPENED, carriage.open
            units = carriage.freight.units
            if carriage.doubtful.any():
                units = units + carriage.doubtful * DOUBT
            key = np.where(open_, units, NO_FREIGHT)
            less = key < best
            best, at = np.where(less, key, best), np.where(less, place, at)
            priced += open_
            closed += shut
        return cls(at, best, priced, closed)

    @property
    def doubtful(self) -> Bools:
        return np.asarray(self.key >= DOUBT)

    @property
    def freight(self) -> Ints:
        return np.where(self.doubtful, self.key - DOUBT, self.key)

    def taken(self, which: Ints) -> Cheapest:
        """The same for orders that each have one of these parcels."""
        return Cheapest(self.service[which], self.key[which], self.priced[which], self.closed[which])


class Found(Struct, frozen=True):
    """The best lane of a pair for every order: the service, what is left, whether all of it is known.

    `score` orders pairs: what is left, less DOUBT where it is doubtful whether the service takes the parcel, and where
    duty or tax is not known; NEVER where there is no lane. Counts of lanes as in `Screened`.
    """

    service: Ints
    freight: Ints
    net: Ints
    complete: Bools
    score: Ints
    priced: Ints
    closed: Ints


CarriageKey = tuple[str, str, str | None, str, str | None]
"""Service, market, platform, class of goods and category, the last two as far as they matter."""


@dataclass
class LaneGrid:
    """The lanes of one kind of goods on a view: platforms × markets × services, compiled once."""

    case: Case
    view: View
    questions: Questions
    markets: tuple[str, ...] = ()
    platforms: tuple[str, ...] = PLATFORMS
    kept_parcels: KeptParcels | None = None
    carriages: dict[CarriageKey, CarriagePlan] = field(default_factory=dict)
    """Compiled services; grids of one case for other goods may share them."""
    _found: dict[tuple[str, str, str], CarriagePlan] = field(default_factory=dict)
    _groups: dict[tuple[str, str], tuple[Group, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.adviser = Adviser(self.case, self.view, self.questions)
        self.pricer = self.adviser.pricer
        self.markets = self.markets or self.adviser.market_ids()
        self.services = freight.service_ids(self.view)
        rules = self.view.rules("freight")["services"]
        self.carrier: dict[str, Carrier] = {
            service: "post" if rules[service]["kind"] == "postal" else "express" for service in self.services
        }
        self._by_category = frozenset(
            service
            for service in self.services
            if any(entry.get("categories") for entry in rules[service].get("prices", ()))
        )
        self._owned = frozenset(service for service in self.services if rules[service]["platforms"])
        self.pairs = tuple(
            self._pair(market, platform) for market in self.markets for platform in self.platforms
        )
        self.apart = {market: tells_apart(self.view, market, self._supply) for market in self.markets}

    # ------------------------------------------------------------------ what there is
    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """Every lane: pairs in their order, services within. Closed ones are among them."""
        return tuple(
            Lane(pair.platform, pair.marketplace, pair.market, service)
            for pair in self.pairs
            for service in self.services
        )

    def pair(self, market: str, platform: str) -> Pair:
        return self.pairs[self.markets.index(market) * len(self.platforms) + self.platforms.index(platform)]

    @property
    def _supply(self) -> Supply:
        return "parcel" if self.pricer.fulfilment == "seller" else "stock"

    def _pair(self, market: str, platform: str) -> Pair:
        candidate, marketplace = self.adviser.opened(platform, market)
        return Pair(market, platform, marketplace, candidate.excluded)

    def carriage(self, service: str, market: str, platform: str) -> CarriagePlan:
        """The freight of a service to a market, as far as the platform matters to it."""
        key = (service, market, platform)
        if key not in self._found:
            self._found[key] = self._shared_carriage(
                service, market, self.pricer.platform_of(service, platform)
            )
        return self._found[key]

    def _shared_carriage(self, service: str, market: str, platform: str | None) -> CarriagePlan:
        """The same from what grids of other goods share, as far as the goods matter to the service."""
        category = self.pricer.category if service in self._by_category else None
        key = (service, market, platform, self.pricer.goods_class, category)
        if key not in self.carriages:
            plan = compile_carriage(self.view, service, market, self.pricer.parcel(platform))
            if plan.closed is None and plan.kind == "b2b" and self.adviser.to_consumers():
                plan = replace(plan, closed=self.adviser.consignment())
            self.carriages[key] = plan
        return self.carriages[key]

    # ------------------------------------------------------------------ pricing
    def groups(self, pair: Pair) -> tuple[Group, ...]:
        """The services to a pair by what their freight depends on besides the parcel."""
        key = (pair.market, pair.platform)
        if key not in self._groups:
            found: dict[tuple[str, Carrier, bool], list[int]] = {}
            for place, service in enumerate(self.services):
                platform = pair.platform if service in self._owned else ""
                by_price = self.carriage(service, pair.market, pair.platform).by_price
                found.setdefault((platform, self.carrier[service], by_price), []).append(place)
            self._groups[key] = tuple(
                Group(pair.market, *each, tuple(services)) for each, services in found.items()
            )
        return self._groups[key]

    def parcels(self, parcels: Ints, orders: Orders, which: Ints, keep: bool) -> tuple[ParcelRun, Ints]:
        """The freight of some different parcels (a row of PARCEL each), kept for the next batch of the same ones."""
        kept = self.kept_parcels
        places = kept.which(parcels, orders.currency) if kept is not None else None
        if kept is not None and places is not None:
            return kept.run, places[which]
        plain = replace(
            orders, numbers={name: orders.numbers[name] for name in orders.numbers if name in PARCEL}
        )
        run = ParcelRun(self, plain.ledger(self.pricer.exchange))
        if keep:
            rows = {parcel.tobytes(): place for place, parcel in enumerate(parcels)}
            self.kept_parcels = KeptParcels(run, rows)
        return run, which

    def run(self, orders: Orders, *, keep: bool = True) -> GridRun:
        """The parts of all lanes for a batch; each is computed when it is first asked for, and kept.

        With `keep` the freight of its parcels is kept for the next batch of the same ones.
        """
        return GridRun(self, orders, keep)


@dataclass
class FreightTable:
    """All services of a lane side by side (parcels × services), in the currencies of their price lists.

    `lines` are amounts by currency: the first line of each list, the second … `held` is where a list holds the parcel
    and all its lines are known, `opened` where no rule closes the service, `days` twice the middle day (NO_DAYS).
    """

    held: Bools
    opened: Bools
    days: Ints
    doubtful: Bools
    lines: dict[tuple[str, int], Ints] = field(default_factory=dict)

    @classmethod
    def empty(cls, parcels: int, services: int) -> FreightTable:
        """Without any service."""
        shape = (parcels, services)
        none = [np.zeros(shape, dtype=np.bool_) for _ in range(3)]
        return cls(none[0], none[1], np.full(shape, NO_DAYS, dtype=np.int64), none[2])

    def put(self, k: int, chosen: Chosen) -> None:
        """Fills the column of a service."""
        self.held[:, k] = chosen.place >= 0
        self.opened[:, k] = chosen.closed == OPENED
        self.days[:, k], self.doubtful[:, k] = chosen.days, chosen.doubtful
        for at, lines in chosen.lines.items():
            here = chosen.place == at
            for number, line in enumerate(lines):
                column = self.lines.setdefault(
                    (line.currency, number), np.zeros(self.held.shape, dtype=np.int64)
                )
                column[here, k] = line.units[here]
                self.held[:, k] &= ~here | line.known

    def rows(self, which: Ints) -> FreightTable:
        """The same for orders that each have one of these parcels."""
        lines = {key: units[which] for key, units in self.lines.items()}
        return FreightTable(
            self.held[which], self.opened[which], self.days[which], self.doubtful[which], lines
        )

    def quoted(self, ledger: Ledger) -> tuple[Ints, Bools]:
        """The freight of every row in the currency of its order, each line converted for itself, and where it is open
        and known."""
        total, priced = np.zeros(self.held.shape, dtype=np.int64), self.held & self.opened
        for (currency, _), units in self.lines.items():
            if currency != ledger.currency:
                rate = ledger.rate(currency, ledger.currency)
                if rate is None:
                    priced = priced & (units == 0)
                    continue
                by_order = rate if isinstance(rate, int) else np.reshape(rate, (-1, 1))
                units = converted(units, by_order, currency, ledger.currency)
            total = total + units
        share_of = ledger.numbers.get(FREIGHT_SHARE)
        return (total if share_of is None else share(total, share_of[:, None])), priced


@dataclass
class ParcelRun:
    """The freight of a batch of parcels by every service, each when it is first asked for."""

    grid: LaneGrid
    ledger: Ledger
    _chosen: dict[tuple[str, str, str | None], Chosen | None] = field(default_factory=dict)
    _carried: dict[tuple[str, str, str | None], Carriage | None] = field(default_factory=dict)
    _cheapest: dict[Group, Cheapest] = field(default_factory=dict)
    _tables: dict[tuple[str, str], FreightTable] = field(default_factory=dict)

    def table(self, market: str, platform: str) -> FreightTable:
        """All services to a market side by side; those that never have a price there are left blank."""
        key = (market, platform)
        if key not in self._tables:
            table = FreightTable.empty(self.ledger.n, len(self.grid.services))
            for k, service in enumerate(self.grid.services):
                chosen = self.chosen(service, market, platform)
                if chosen is not None and self.grid.carriage(service, market, platform).lists:
                    table.put(k, chosen)
            self._tables[key] = table
        return self._tables[key]

    def chosen(self, service: str, market: str, platform: str) -> Chosen | None:
        """The price lists of a service for every parcel; None where it is closed to all of them."""
        key = (service, market, self.grid.pricer.platform_of(service, platform))
        if key not in self._chosen:
            plan = self.grid.carriage(service, market, platform)
            self._chosen[key] = plan.choose(self.ledger) if plan.closed is None else None
        return self._chosen[key]

    def carried(self, service: str, market: str, platform: str) -> Carriage | None:
        """The freight of a service for every parcel; None where it is closed to all of them."""
        key = (service, market, self.grid.pricer.platform_of(service, platform))
        if key not in self._carried:
            chosen = self.chosen(service, market, platform)
            plan = self.grid.carriage(service, market, platform)
            self._carried[key] = None if chosen is None else plan.quote(self.ledger, chosen)
        return self._carried[key]

    def cheapest(self, group: Group) -> Cheapest:
        """The least freight of a group of services for every parcel."""
        if group not in self._cheapest:
            carriages = [
                self.carried(self.grid.services[k], group.market, group.platform) for k in group.services
            ]
            self._cheapest[group] = Cheapest.of(self.ledger.n, group.services, carriages)
        return self._cheapest[group]


class KeptParcels(Struct, frozen=True):
    """The freight of some parcels: a price or a cost that moves leaves it as it is."""

    run: ParcelRun
    places: Mapping[bytes, int]

    def which(self, parcels: Ints, currency: str) -> Ints | None:
        """The places of parcels among those that are kept; None where any is not."""
        if self.run.ledger.currency != currency:
            return None
        found = [self.places.get(parcel.tobytes(), NOT_GIVEN) for parcel in parcels]
        return None if NOT_GIVEN in found else np.array(found, dtype=np.int64)


@dataclass
class GridRun:
    """One batch on the grid."""

    grid: LaneGrid
    orders: Orders
    keep: bool = True
    _fees: dict[tuple[str, str], tuple[Lines, Column]] = field(default_factory=dict)
    _borders: dict[tuple[str, str, Carrier], tuple[Lines, Bools, Ints]] = field(default_factory=dict)
    _sides: dict[tuple[str, str, str, Carrier], Side] = field(default_factory=dict)
    _carried: dict[tuple[str, str, str | None], Carriage | None] = field(default_factory=dict)
    _cheapest: dict[Group, Cheapest] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ledger = self.orders.ledger(self.grid.pricer.exchange)
        self.n = len(self.orders)
        self.price = self.ledger.column("price").units

    # ------------------------------------------------------------------ parts
    @cached_property
    def _own(self) -> Lines:
        """Goods, packing and the shares of the price that the client expects: the same on every lane."""
        return Lines.of(self.ledger.branch(), self.grid.pricer.own_steps())

    def _fee_lines(self, pair: Pair) -> tuple[Lines, Column]:
        """The fees of a site, and its commission."""
        key = (pair.platform, pair.marketplace)
        if key not in self._fees:
            lines = Lines.of(self.ledger.branch(), self.grid.pricer.fee_steps(*key))
            self._fees[key] = (lines, lines.some("commission"))
        return self._fees[key]

    def _border_way(self, pair: Pair, carrier: Carrier) -> tuple[str, str, Carrier]:
        """The border as far as platform and carrier matter to it."""
        platforms, carriers = self.grid.apart[pair.market]
        return pair.market, pair.platform if platforms else "", carrier if carriers else "express"

    def _border_lines(self, pair: Pair, carrier: Carrier) -> tuple[Lines, Bools, Ints]:
        """The border, where duty and tax are known, and what of it is neither."""
        key = self._border_way(pair, carrier)
        if key not in self._borders:
            steps = self.grid.pricer.border_by(pair.market, pair.platform, key[2]).steps
            lines = Lines.of(self.ledger.branch(), steps)
            taxed = lines.some("duty").known & lines.some("vat").known
            entry = np.zeros(self.n, dtype=np.int64)
            for step in steps:
                if step.payer == "seller" and step.id.split(".")[0] == "other":
                    entry += _known(lines.ledger.quoted[step.id])
            self._borders[key] = (lines, taxed, entry)
        return self._borders[key]

    def side(self, pair: Pair, carrier: Carrier) -> Side:
        """Everything of a lane but the carrier's freight."""
        _, platform, way = self._border_way(pair, carrier)
        key = (pair.market, pair.platform, platform, way)
        if key not in self._sides:
            self._sides[key] = self._side(pair, carrier)
        return self._sides[key]

    def _side(self, pair: Pair, carrier: Carrier) -> Side:
        fees, commission = self._fee_lines(pair)
        border, taxed, entry = self._border_lines(pair, carrier)
        # a payout is what the platform has left after its fees and the tax that it withholds
        ledger = self.ledger.branch(fees.ledger, border.ledger)
        payout = Lines.of(ledger, self.grid.pricer.payout_steps(pair.platform, pair.marketplace))
        every = (self._own, fees, border, payout)
        left, complete = self.price.copy(), np.ones(self.n, dtype=np.bool_)
        for lines in every:
            left -= lines.cost
            complete &= lines.complete
        return Side(left, complete, commission, taxed, entry, every)

    @cached_property
    def _parcels(self) -> tuple[ParcelRun, Ints]:
        """The freight of the different parcels of the batch, and which of them each order is (EACH: its own)."""
        numbers = self.ledger.numbers
        table = np.stack([numbers[name] for name in PARCEL if name in numbers], axis=1)
        if (table == table[0]).all():
            first, which = np.zeros(1, dtype=np.int64), np.zeros(self.n, dtype=np.int64)
        else:
            if self.n > FEW and len(np.unique(table[:SAMPLE], axis=0)) > SAMPLE // 2:
                return ParcelRun(self.grid, self.ledger), EACH
            _, first, inverse = np.unique(table, axis=0, return_index=True, return_inverse=True)
            which = inverse.reshape(-1)
        return self.grid.parcels(table[first], self.orders.some(first), which, self.keep)

    def carried(self, service: str, market: str, platform: str) -> Carriage | None:
        """The freight of a service for every order; None where it is closed to all of them."""
        key = (service, market, self.grid.pricer.platform_of(service, platform))
        if key not in self._carried:
            self._carried[key] = self._carry(self.grid.carriage(service, market, platform), market, platform)
        return self._carried[key]

    def _carry(self, plan: CarriagePlan, market: str, platform: str) -> Carriage | None:
        if plan.closed is not None:
            return None
        run, which = self._parcels
        if plan.paid_in:
            found = plan.run(self.ledger)
        elif EXCHANGE_SHARE in self.ledger.numbers:
            chosen = run.chosen(plan.service, market, platform)
            assert chosen is not None
            found = plan.quote(self.ledger, chosen if which is EACH else chosen.taken(which))
        else:
            parcels = run.carried(plan.service, market, platform)
            assert parcels is not None
            found = parcels if which is EACH else parcels.taken(which)
        found = replace(found, closed=plan.shut(self.ledger, found.closed)) if plan.dear else found
        return found.scaled(self.ledger.numbers.get(FREIGHT_SHARE))

    def table(self, pair: Pair) -> tuple[FreightTable, Ints]:
        """All services of a pair side by side, and which of the rows each order is."""
        run, which = self._parcels
        table = run.table(pair.market, pair.platform)
        if which is EACH:
            which = np.arange(self.n)
        plans = {
            k: self.grid.carriage(self.grid.services[k], pair.market, pair.platform)
            for group in self.grid.groups(pair)
            if group.by_price
            for k in group.services
        }
        plans = {k: plan for k, plan in plans.items() if plan.lists and plan.closed is None}
        if not plans:
            return table, which
        table = table.rows(which)
        for k, plan in plans.items():
            # lists that are divided by price are chosen order by order, all else is kept from the parcels
            chosen = (
                plan.choose(self.ledger)
                if plan.paid_in
                else run.chosen(plan.service, pair.market, pair.platform)
            )
            assert chosen is not None
            if plan.paid_in:
                table.put(k, chosen)
            closed = chosen.closed if plan.paid_in else chosen.closed[which]
            table.opened[:, k] = plan.shut(self.ledger, closed) == OPENED
        return table, np.arange(self.n)

    def cheapest(self, group: Group) -> Cheapest:
        """The least freight of a group of services for every order."""
        if group not in self._cheapest:
            if group.by_price or not SHARES.isdisjoint(self.ledger.numbers):
                services = [self.grid.services[k] for k in group.services]
                carriages = [self.carried(service, group.market, group.platform) for service in services]
                self._cheapest[group] = Cheapest.of(self.n, group.services, carriages)
            else:
                run, which = self._parcels
                found = run.cheapest(group)
                self._cheapest[group] = found if which is EACH else found.taken(which)
        return self._cheapest[group]

    # ------------------------------------------------------------------ lanes
    def net(self, pair: Pair, service: str) -> Column:
        """What is left of every order on one lane, at most so much where lines are unknown; `known` where the lane is
        open and its commission and freight are known."""
        carriage = self._on(pair, service)
        if carriage is None:
            return Column.unknown(self.ledger.currency, self.n)
        side = self.side(pair, self.grid.carrier[service])
        known = side.rankable & carriage.open
        return Column(side.left - carriage.freight.units, known, self.ledger.currency)

    def nets(
        self, lanes: Sequence[tuple[Pair, str]] | None = None, into: tuple[Ints, Bools] | None = None
    ) -> tuple[Ints, Bools]:
        """What is left on every lane (lanes × orders), and where that can be said.

        `lanes` are all in their order where not given; `into` are arrays of that shape to be filled.
        """
        if lanes is None:
            lanes = [(pair, service) for pair in self.grid.pairs for service in self.grid.services]
        shape = (len(lanes), self.n)
        units, known = into or (np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.bool_))
        for at, (pair, service) in enumerate(lanes):
            carriage = self._on(pair, service)
            if carriage is None:
                units[at], known[at] = 0, False
                continue
            side = self.side(pair, self.grid.carrier[service])
            np.subtract(side.left, carriage.freight.units, out=units[at])
            np.logical_and(side.rankable, carriage.open, out=known[at])
        return units, known

    def _on(self, pair: Pair, service: str) -> Carriage | None:
        """The freight of a lane; None where it is closed to all orders, or has no price list."""
        if pair.excluded is not None or not self.grid.carriage(service, pair.market, pair.platform).lists:
            return None
        return self.carried(service, pair.market, pair.platform)

    def best(self, pair: Pair) -> Found:
        """The service that leaves the most for a platform in a market, for every order; the first of equals."""
        n = self.n
        if pair.excluded is not None:
            nothing, none = np.zeros(n, dtype=np.int64), np.full(n, NOT_GIVEN, dtype=np.int64)
            all_closed = np.full(n, len(self.grid.services), dtype=np.int64)
            never = np.full(n, NEVER, dtype=np.int64)
            return Found(none, nothing, nothing, np.zeros(n, dtype=np.bool_), never, nothing, all_closed)
        service, score = np.full(n, NOT_GIVEN, dtype=np.int64), np.full(n, NEVER, dtype=np.int64)
        carried, net = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        complete, rankable = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
        priced, closed = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        for group in self.grid.groups(pair):
            side, each = self.side(pair, group.carrier), self.cheapest(group)
            rankable = side.rankable
            left = side.left if side.taxed.all() else np.where(side.taxed, side.left, side.left - DOUBT)
            value = np.where((each.service >= 0) & rankable, left - each.key, NEVER)
            better = (value > score) | ((value == score) & (value != NEVER) & (each.service < service))
            service, score = np.where(better, each.service, service), np.where(better, value, score)
            carried, net = (
                np.where(better, each.freight, carried),
                np.where(better, side.left - each.freight, net),
            )
            complete = np.where(better, side.complete, complete)
            priced = priced + each.priced
            closed = closed + each.closed
        return Found(service, carried, net, complete, score, np.where(rankable, priced, 0), closed)

    def parts(self, pair: Pair, service: Ints, at: Ints) -> Mapping[str, Column]:
        """The parts of the cost by PARTS for some orders (places `at`) on a pair's lanes by the service of each."""
        by_post = np.asarray([self.grid.carrier[each] == "post" for each in self.grid.services])[service]
        post, express = self.side(pair, "post"), self.side(pair, "express")
        found: dict[str, Column] = {}
        for name in PARTS:
            two = [side.parts.get(name) for side in (post, express)]
            columns = [_taken(column, at, self.ledger.currency) for column in two]
            units = np.where(by_post, columns[0].units, columns[1].units)
            known = np.where(by_post, columns[0].known, columns[1].known)
            found[name] = Column(units, known, self.ledger.currency)
        return found


def _known(column: Column) -> Ints:
    """The amounts of a column as far as they are known, nothing elsewhere."""
    return np.where(column.known, column.units, 0)


def _as_known(column: Column) -> Column:
    """A column that holds nothing where it is not known."""
    return Column(_known(column), column.known, column.currency)


def _plus(one: Column, other: Column) -> Column:
    """Two columns of one currency added; known where both are, and as much as is known elsewhere."""
    return Column(one.units + other.units, one.known & other.known, one.currency)


def _taken(column: Column | None, at: Ints, currency: str) -> Column:
    """Some elements of a column; nothing where the lane has no such part."""
    if column is None:
        return Column.of(0, currency, len(at))
    return Column(column.units[at], column.known[at], currency)
