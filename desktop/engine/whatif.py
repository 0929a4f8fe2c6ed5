"""What if: a case with its price, cost, weight, freight, exchange rate, returns or advertising moved, priced and ranked.

A bench is set up once for a case on a view; each move is one batch on the grid: the state itself, the sweep of list
prices, the drivers of the tornado. Nothing is sampled and nothing is approximated: every point is the single quote of
that point (`desktop.engine.grid`), and the ranking is that of the advice (`desktop.engine.ranks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import Unknown, View
from desktop.core.money import PPM, ppm
from desktop.core.questions import Answer, Questions
from desktop.engine import markets
from desktop.engine.advice import PLATFORMS
from desktop.engine.carriage import NO_DAYS
from desktop.engine.grid import FREIGHT_SHARE, FreightTable, GridRun, LaneGrid, Orders, Pair
from desktop.engine.kernel import EXCHANGE_SHARE, Bools, Ints, Ledger
from desktop.engine.ranks import Measures, Ranker, Ranks
from desktop.engine.scoring import Candidate, weights

RETURNS, ADS = "returns_ppm", "ads_ppm"
TENTH, FIFTH, TWENTIETH = PPM // 10, PPM // 5, PPM // 20
POINTS = PPM // 50
"""Two points of the price: how much more of returns and advertising is tried."""
MOST_PREPARED = 2_000
"""So many prepared states are kept."""


class State(Struct, frozen=True):
    """What can be moved: price and cost of a piece in minor units, grams of a piece, and parts per million: of the
    freight of the rules, of the exchange rates of the rules (how much of the price's currency a yuan buys), and of the
    price for returns and advertising. None: not given."""

    price: int
    cost: int | None
    weight_g: int | None
    freight: int = PPM
    exchange: int = PPM
    returns: int = 0
    ads: int = 0


def start_of(case: Case, questions: Questions) -> State | None:
    """A case as a state; None without a list price."""
    price = case.money(questions, "list_price")
    if price is None:
        return None
    cost = case.money(questions, "unit_cost")
    return State(
        price.units, cost.units if cost else None, case.integer("weight_g"),
        returns=ppm(case.decimal("return_rate") or Decimal(0)),
        ads=ppm(case.decimal("advertising_share") or Decimal(0)),
    )  # fmt: skip


class Ranked(Struct, frozen=True):
    """The platforms of a market in every state of a batch (states × platforms).

    `service` is the place of the service that the ranking of logistics puts first (-1: none), `net` what is left (at
    most, where not `complete`), `known` whether all main parts are: commission, freight, duty and tax.
    """

    market: str
    service: Ints
    net: Ints
    known: Bools
    complete: Bools
    days: Ints
    ranks: Ranks
    money: Measures

    def rows(self, part: slice) -> Ranked:
        """Some of the states."""
        money = Measures(self.money.value[part], self.money.known[part])
        return Ranked(
            self.market, self.service[part], self.net[part], self.known[part], self.complete[part], self.days[part],
            self.ranks.rows(part), money,
        )  # fmt: skip


class Move(Struct, frozen=True):
    """A driver at two other states: lower and higher."""

    driver: str
    low: State
    high: State


class Bar(Struct, frozen=True):
    """What is left on the lane in the lead at both ends of a move, in minor units of an order; None where its service is
    closed there."""

    move: Move
    low_net: int | None
    high_net: int | None

    def reach(self, start: int) -> int:
        """How far the move goes from a start, either way."""
        return max((abs(net - start) for net in (self.low_net, self.high_net) if net is not None), default=0)


class Tick(Struct, frozen=True):
    """One move of a case: every market at the state, the chosen market swept over list prices, and what moves most."""

    state: State
    market: str
    markets: tuple[Ranked, ...]
    market_ranks: Ranks
    prices: Ints
    sweep: Ranked
    bars: tuple[Bar, ...]

    @property
    def here(self) -> Ranked:
        """The chosen market at the state."""
        return next(each for each in self.markets if each.market == self.market)


def _ends(state: State, name: str, share_ppm: int) -> tuple[State, State]:
    """A part of the state lower and higher by a share, rounded half up."""
    value = getattr(state, name)
    step = max((2 * value * share_ppm + PPM) // (2 * PPM), 1)
    return replace(state, **{name: max(value - step, 1)}), replace(state, **{name: value + step})


@dataclass
class Bench:
    """A case on a view, ready to be moved. `markets` are those of the case; the chosen one is swept."""

    case: Case
    view: View
    questions: Questions
    _kept_services: dict[tuple[tuple[str, str], ...], tuple[list[_ServiceRows], Ints]] = field(
        default_factory=dict
    )
    _prepared: dict[State, tuple[list[Ranked], int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.exports = self.case.exports
        answers: dict[str, Answer] = {
            "direction": "export",
            "return_rate": "0",
            "advertising_share": "0",
            **self.case.answers,
        }
        self.case = replace(self.case, answers=MappingProxyType(answers))
        self.grid = LaneGrid(self.case, self.view, self.questions)
        self.adviser, self.pricer = self.grid.adviser, self.grid.pricer
        self.rules = self.view.rules("advice")
        self.context = self.adviser.answers()
        self._by_post = np.array([self.grid.carrier[service] == "post" for service in self.grid.services])

    # ------------------------------------------------------------------ the start
    @property
    def start(self) -> State | None:
        """The case as it is; None without a list price, and for an order that is larger than what is priced."""
        return None if self.pricer.too_large else start_of(self.case, self.questions)

    def marks(self, state: State) -> tuple[str, ...]:
        """The parts of a state that differ from the case."""
        start = self.start
        if start is None:
            return ()
        names = ("price", "cost", "weight_g", "freight", "exchange", "returns", "ads")
        return tuple(name for name in names if getattr(start, name) != getattr(state, name))

    @property
    def currency(self) -> str:
        return self.pricer.currency

    def orders(self, states: Sequence[State]) -> Orders:
        """States as a batch of orders."""
        n = len(states)

        def column(values: Sequence[int]) -> Ints:
            return np.array(values, dtype=np.int64)

        numbers = {
            FREIGHT_SHARE: column([state.freight for state in states]),
            EXCHANGE_SHARE: column([state.exchange for state in states]),
            RETURNS: column([state.returns for state in states]),
            ADS: column([state.ads for state in states]),
        }
        if states[0].weight_g is not None:
            numbers["weight_g"] = column([state.weight_g or 0 for state in states])
        dims = self.case.dims_mm()
        for name, side in zip(("length_mm", "width_mm", "height_mm"), dims or (0, 0, 0), strict=True):
            numbers[name] = np.full(n, side, dtype=np.int64)
        orders = self.case.integer("monthly_orders")
        if orders is not None:
            numbers["monthly_orders"] = np.full(n, orders, dtype=np.int64)
        packing = self.case.money(self.questions, "packing_cost")
        return Orders(
            column([state.price for state in states]), self.currency, column([state.cost or 0 for state in states]),
            np.array([state.cost is not None for state in states]), self.case.currency(self.questions, "unit_cost"),
            np.full(n, self.pricer.pieces, dtype=np.int64), numbers,
            None if packing is None else np.full(n, packing.units, dtype=np.int64), packing.currency if packing else "",
        )  # fmt: skip

    @property
    def cost_currency(self) -> str:
        return self.case.currency(self.questions, "unit_cost")

    @property
    def pieces(self) -> int:
        """Pieces in an order."""
        return self.pricer.pieces

    def price_of(self, state: State) -> int:
        """The price of an order in minor units."""
        return state.price * self.pieces

    def run(self, states: Sequence[State]) -> GridRun:
        """A batch of states."""
        return self.grid.run(self.orders(states))

    def run_prices(self, state: State, prices: Ints) -> GridRun:
        """A state at many list prices of a piece, in minor units."""
        return self._run_with(state, len(prices), price=prices)

    def run_orders(self, state: State, orders: Ints) -> GridRun:
        """A state at many numbers of orders a month."""
        return self._run_with(state, len(orders), monthly_orders=orders)

    def _run_with(self, state: State, n: int, **columns: Ints) -> GridRun:
        """A state repeated, with one column of its own."""
        one = self.orders([state])
        many = one.some(np.zeros(n, dtype=np.int64))
        price = columns.pop("price", many.price)
        many = replace(many, price=price, numbers={**many.numbers, **columns})
        return self.grid.run(many)

    def prepare(self, states: Sequence[State]) -> None:
        """Prices and ranks states that will be asked for one by one, the places of a slider, on all markets: in one
        batch, which takes hardly longer than one of them."""
        if len(self._prepared) > MOST_PREPARED:
            self._prepared.clear()
        found = self._all_ranked(self.run(states), self.grid.markets)
        self._prepared.update({state: (found, row) for row, state in enumerate(states)})

    def compiled(self, state: State) -> Iterator[None]:
        """Compiles what the first prices of a state need, a market at a time: the batch itself is then quick."""
        run = self.run([state])
        for market in self.grid.markets:
            for pair in self.grid.pairs:
                if pair.market == market and pair.excluded is None:
                    run.table(pair)
                    for carrier in ("post", "express"):
                        run.side(pair, carrier)
                    self._service_ranker(pair)
            yield
        if self._reach is not None:
            yield

    def _markets_at(self, state: State) -> tuple[Ranked, ...]:
        """Every market in a state: as it was prepared, else now."""
        if state in self._prepared:
            found, row = self._prepared[state]
            return tuple(each.rows(slice(row, row + 1)) for each in found)
        return tuple(self._all_ranked(self.run([state]), self.grid.markets))

    # ------------------------------------------------------------------ rankings
    def ranked(self, run: GridRun, market: str) -> Ranked:
        """The platforms of a market in every state of a run."""
        return self._all_ranked(run, (market,))[0]

    def _all_ranked(self, run: GridRun, chosen: Sequence[str]) -> list[Ranked]:
        """The same for several markets, ranked in one go (states × markets as rows)."""
        pairs = [pair for pair in self.grid.pairs if pair.market in chosen]
        count, n = len(PLATFORMS), run.n
        shape = (len(chosen), n, count)
        service, days = np.full(shape, -1, dtype=np.int64), np.full(shape, NO_DAYS, dtype=np.int64)
        net, charge = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        complete, charged, taxed, open_ = (np.zeros(shape, dtype=np.bool_) for _ in range(4))
        opened = [k for k, pair in enumerate(pairs) if pair.excluded is None]
        for k, lane in zip(opened, self._carried(run, [pairs[k] for k in opened]), strict=True):
            at = k // count, slice(None), k % count
            service[at], days[at], net[at], complete[at] = lane.service, lane.days, lane.left, lane.complete
            charged[at], charge[at], taxed[at] = lane.charged, lane.charge, lane.taxed
            open_[at] = True
        known = charged & taxed
        money = self._money(run, net, known, taxed, charge, charged)
        ranker = self._platform_ranker(tuple(chosen), n)
        flat = (len(chosen) * n, count)
        ranks = ranker.ranks(
            {"money": Measures(money.value.reshape(flat), money.known.reshape(flat))}, self._weights("platforms"),
            open_.reshape(flat), np.zeros(flat, dtype=np.bool_), net.reshape(flat),
        )  # fmt: skip
        return [
            Ranked(
                market,
                service[k],
                net[k],
                known[k],
                complete[k],
                days[k],
                ranks.rows(slice(k * n, (k + 1) * n)),
                Measures(money.value[k], money.known[k]),
            )
            for k, market in enumerate(chosen)
        ]

    def reweighted(self, here: Ranked, table: Ints) -> Ranks:
        """The platforms of the first state under other weights: a row of `table` holds a weight in percent for each
        criterion, in the order of the rules."""
        n, count = len(table), len(PLATFORMS)
        shape = (n, count)
        open_ = np.array([pair.excluded is None for pair in self.grid.pairs if pair.market == here.market])
        money = Measures(
            np.broadcast_to(here.money.value[0], shape), np.broadcast_to(here.money.known[0], shape)
        )
        ranker = self._platform_ranker((here.market,), n)
        weighting = {name: table[:, k].astype(np.float64) for k, name in enumerate(ranker.kinds)}
        return ranker.ranks(
            {"money": money}, weighting, np.broadcast_to(open_, shape), np.zeros(shape, dtype=np.bool_),
            np.broadcast_to(here.net[0], shape),
        )  # fmt: skip

    def _money(
        self, run: GridRun, net: Ints, known: Bools, taxed: Bools, charge: Ints, charged: Bools
    ) -> Measures:
        """Margins in percent of the price; a commission that is not known counts like the dearest known one."""
        dearest = np.max(np.where(charged, charge, np.iinfo(np.int64).min), axis=-1, keepdims=True)
        guessed = ~charged & taxed & np.any(charged, axis=-1, keepdims=True)
        left = np.where(guessed, net - dearest, net)
        price = run.price[:, None]
        value = np.divide(left * 100.0, price, out=np.zeros(net.shape), where=price > 0)
        return Measures(value, (known | guessed) & (price > 0))

    def _carried(self, run: GridRun, pairs: Sequence[Pair]) -> list[_Carried]:
        """For each pair the service that the ranking of logistics puts first, in every state.

        The services of all pairs are ranked in one go, and states that differ only in what no service looks at share a
        row.
        """
        if not pairs:
            return []
        rows = [_ServiceRows.of(run, pair) for pair in pairs]
        asked = tuple((pair.market, pair.platform) for pair in pairs)
        kept = self._kept_services.get(asked)
        if kept is None or not all(one.alike(other) for one, other in zip(kept[0], rows, strict=True)):
            kept = self._kept_services[asked] = (rows, self._service_ranks(pairs, rows))
        firsts = np.split(kept[1], np.cumsum([len(row.entry) for row in rows])[:-1])
        return [
            _lane(run, pair, row, first[row.which], self._by_post)
            for pair, row, first in zip(pairs, rows, firsts, strict=True)
        ]

    def _service_ranks(self, pairs: Sequence[Pair], rows: Sequence[_ServiceRows]) -> Ints:
        """The place of the first service in every row of every pair."""
        entry = np.concatenate([np.where(self._by_post, row.entry[:, :1], row.entry[:, 1:]) for row in rows])
        freight, priced = (np.concatenate([row.quoted[k] for row in rows]) for k in range(2))
        days, doubtful = (
            np.concatenate([getattr(row.rows, name) for row in rows]) for name in ("days", "doubtful")
        )
        rankers = [self._service_ranker(pair) for pair in pairs]
        counts = [len(row.entry) for row in rows]
        whole = [self._weights("logistics", pair) for pair in pairs]
        weighting = {
            name: np.repeat([float(each[name]) for each in whole], counts) for name in rankers[0].kinds
        }
        measures = {
            "cost": Measures((freight + entry).astype(np.float64), priced),
            "speed": Measures(days / 2.0, days != NO_DAYS),
        }
        ranker = Ranker.stacked(rankers, counts)
        return ranker.ranks(measures, weighting, priced, doubtful, np.zeros_like(freight)).first

    def ranked_markets(self, run: GridRun) -> tuple[tuple[Ranked, ...], Ranks]:
        """Every market of the case with its platforms, and the ranking of the markets, in the first state of a run."""
        found = tuple(self._all_ranked(run, self.grid.markets))
        return found, self._market_ranks(found)

    def _market_ranks(self, found: Sequence[Ranked]) -> Ranks:
        """The ranking of the markets, each with its platforms in a state."""
        chosen = self.case.text("platform")
        firsts = [PLATFORMS.index(chosen) if chosen else int(each.ranks.first[0]) for each in found]
        places = range(len(found))

        def at(name: str, k: int, otherwise: float) -> float:
            value = getattr(found[k], name)
            return float(value[0, firsts[k]]) if firsts[k] >= 0 else otherwise

        money = [found[k].money for k in places]
        closed = [
            firsts[k] < 0 or self.grid.pair(found[k].market, PLATFORMS[firsts[k]]).excluded is not None
            for k in places
        ]
        measures = {
            "money": Measures(
                np.array([[money[k].value[0, max(firsts[k], 0)] for k in places]]),
                np.array([[not closed[k] and bool(money[k].known[0, max(firsts[k], 0)]) for k in places]]),
            ),
            "reach": self._reach,
            "speed": Measures(
                np.array([[at("days", k, NO_DAYS) / 2 for k in places]]),
                np.array([[not closed[k] and at("days", k, NO_DAYS) != NO_DAYS for k in places]]),
            ),
        }
        net = np.array([[0 if closed[k] else int(found[k].net[0, firsts[k]]) for k in places]])
        every = np.ones((1, len(found)), dtype=np.bool_)
        ranker = self._market_ranker(tuple(firsts))
        return ranker.ranks(measures, self._weights("markets"), every, ~every, net)

    # ------------------------------------------------------------------ a move
    def tick(self, state: State, market: str, prices: Sequence[int]) -> Tick:
        """Everything that a move changes: all markets at the state, the sweep of list prices and the drivers in one.

        `prices` are list prices of a piece in minor units of the price's currency.
        """
        found = self._markets_at(state)
        ranks = self._market_ranks(found)
        sweep = self.ranked(self.run_prices(state, np.array(prices, dtype=np.int64)), market)
        here = found[self.grid.markets.index(market)]
        bars = self._bars(state, here)
        return Tick(state, market, found, ranks, np.array(prices, dtype=np.int64), sweep, bars)

    def lane(self, here: Ranked, platform: int, row: int = 0) -> tuple[Pair, str] | None:
        """The pair and the service of a platform in a state; None where it has no service."""
        place = int(here.service[row, platform])
        if place < 0:
            return None
        return self.grid.pair(here.market, PLATFORMS[platform]), self.grid.services[place]

    def _bars(self, state: State, here: Ranked) -> tuple[Bar, ...]:
        """What each driver moves on the lane in the lead, the largest first."""
        leader = int(here.ranks.first[0])
        lane = self.lane(here, leader) if leader >= 0 else None
        if lane is None:
            return ()
        moves = self.moves(state)
        nets = self._nets([end for move in moves for end in (move.low, move.high)], lane)
        bars = [Bar(move, nets[2 * k], nets[2 * k + 1]) for k, move in enumerate(moves)]
        start = int(here.net[0, leader])
        return tuple(sorted(bars, key=lambda bar: -bar.reach(start)))

    def _nets(self, states: Sequence[State], lane: tuple[Pair, str]) -> list[int | None]:
        """What is left on a lane in some states; None where its service is closed or without a price."""
        column = self.grid.run(self.orders(states), keep=False).net(*lane)
        return [
            int(units) if known else None for units, known in zip(column.units, column.known, strict=True)
        ]

    def moves(self, state: State) -> tuple[Move, ...]:
        """Each driver lower and higher than the state, the others as they are: a tenth of price, cost and weight, a fifth
        of the freight, a twentieth of the exchange rate; returns and advertising none, and two points more."""
        found = [Move("price", *_ends(state, "price", TENTH))]
        if state.cost:
            found.append(Move("cost", *_ends(state, "cost", TENTH)))
        if state.weight_g:
            found.append(Move("weight", *_ends(state, "weight_g", TENTH)))
            found.append(Move("freight", *_ends(state, "freight", FIFTH)))
        found.append(Move("exchange", *_ends(state, "exchange", TWENTIETH)))
        for name in ("returns", "ads"):
            more = getattr(state, name) + POINTS
            found.append(Move(name, replace(state, **{name: 0}), replace(state, **{name: more})))
        return tuple(found)

    # ------------------------------------------------------------------ what does not move
    def _platform_ranker(self, chosen: tuple[str, ...], states: int) -> Ranker:
        """The platforms of several markets, a row for each market and state."""
        rankers = [
            self._ranker("platforms", [(p, {"market": market}) for p in PLATFORMS]) for market in chosen
        ]
        return Ranker.stacked(rankers, [states] * len(rankers))

    def _market_ranker(self, firsts: tuple[int, ...]) -> Ranker:
        """The markets, each with the platform that leads there: some rules ask for it."""
        options = [
            (market, {"market": market, "best_platform": PLATFORMS[first] if first >= 0 else ""})
            for market, first in zip(self.grid.markets, firsts, strict=True)
        ]
        return self._ranker("markets", options)

    @cached_property
    def _reach(self) -> Measures:
        found = [markets.reach(self.view, market) for market in self.grid.markets]
        values = [0.0 if isinstance(each, Unknown) else float(each[0]) for each in found]
        return Measures(np.array([values]), np.array([[not isinstance(each, Unknown) for each in found]]))

    def _service_ranker(self, pair: Pair) -> Ranker:
        context = {"market": pair.market, "best_platform": pair.platform}
        return self._ranker("logistics", [(service, context) for service in self.grid.services])

    @cached_property
    def _rankers(self) -> dict[tuple[object, ...], Ranker]:
        return {}

    def _ranker(self, choice: str, options: Sequence[tuple[str, Mapping[str, str]]]) -> Ranker:
        key = (choice, *((option, *context.values()) for option, context in options))
        if key not in self._rankers:
            nameless = self.view.text("advice.cannot-say")
            candidates = [
                Candidate(option, nameless, {**self.context, **context}) for option, context in options
            ]
            self._rankers[key] = Ranker.of(candidates, self.rules[choice], self.view)
        return self._rankers[key]

    def weighting(self, choice: str) -> dict[str, int]:
        """The weights of a choice's criteria that count for the case, in percent."""
        return self._weights(choice)

    def _weights(self, choice: str, pair: Pair | None = None) -> dict[str, int]:
        context = self.context | ({"market": pair.market, "best_platform": pair.platform} if pair else {})
        return weights(self.rules[choice], context, self.case.weights.get(choice))


class _Carried(Struct, frozen=True):
    """The lane of a pair by its first service, in every state."""

    service: Ints
    left: Ints
    complete: Bools
    taxed: Bools
    days: Ints
    charged: Bools
    charge: Ints


class _ServiceRows(Struct, frozen=True, dict=True):
    """What the ranking of a pair's services depends on, each different row once: the parcel, the share of its freight,
    of the exchange rates, and what the entry costs by post and by a carrier. `which` is the row of each state."""

    ledger: Ledger
    table: FreightTable
    different: Ints
    which: Ints

    @classmethod
    def of(cls, run: GridRun, pair: Pair) -> _ServiceRows:
        table, parcel = run.table(pair)
        numbers = run.ledger.numbers
        post, express = run.side(pair, "post").entry, run.side(pair, "express").entry
        columns = np.stack([parcel, numbers[FREIGHT_SHARE], numbers[EXCHANGE_SHARE], post, express], axis=1)
        if (columns == columns[0]).all():
            different, which = columns[:1], np.zeros(run.n, dtype=np.int64)
        else:
            different, inverse = np.unique(columns, axis=0, return_inverse=True)
            which = inverse.reshape(-1)
        return cls(run.ledger, table, different, which)

    @property
    def entry(self) -> Ints:
        """What the entry costs by post and by a carrier, in every row."""
        return self.different[:, 3:]

    @cached_property
    def rows(self) -> FreightTable:
        """The services in every row."""
        return self.table.rows(self.different[:, 0])

    @cached_property
    def quoted(self) -> tuple[Ints, Bools]:
        """The freight by every service in every row, and where it is open and known."""
        shares = {FREIGHT_SHARE: self.different[:, 1], EXCHANGE_SHARE: self.different[:, 2]}
        n = len(self.different)
        return self.rows.quoted(Ledger(n, self.ledger.currency, self.ledger.exchange, {}, shares))

    def alike(self, other: _ServiceRows) -> bool:
        """Whether the services of two runs rank alike."""
        return self.table is other.table and np.array_equal(self.different, other.different)


def _lane(run: GridRun, pair: Pair, row: _ServiceRows, first: Ints, by_post: Bools) -> _Carried:
    """What is left on a pair by the service of each state."""
    carried, at = first >= 0, np.maximum(first, 0)
    post, express = run.side(pair, "post"), run.side(pair, "express")
    mail = by_post[at]
    left = np.where(mail, post.left, express.left)
    # while no service is chosen the border is that of the way that costs the least: "at most"
    freight = row.quoted[0][row.which, at]
    left = np.where(carried, left - freight, np.maximum(post.left, express.left))
    complete = np.where(mail, post.complete, express.complete) & carried
    days = np.where(carried, row.rows.days[row.which, at], NO_DAYS)
    taxed = np.where(mail, post.taxed, express.taxed) & carried
    return _Carried(first, left, complete, taxed, days, post.commission.known, post.commission.units)
