"""What is worked out once a move of What if has settled: exact prices, how far the advice holds, and sentences.

All of it is asked of the engine, batch by batch: `look` is a generator that a window goes on with while nobody moves
anything, and drops when somebody does.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.money import PPM, decimals
from desktop.core.places import in_sentence, place
from desktop.core.text import EMPTY, Text, both, joined, text_of
from desktop.core.words import figure, money_text, number, weight
from desktop.engine.advice import PLATFORMS
from desktop.engine.cliffs import Cliff, cliffs
from desktop.engine.grid import Pair
from desktop.engine.moves import DRIVERS, Edge, Room, Wins, room_search, wins
from desktop.engine.reverse import (
    Answer,
    Search,
    best_price,
    highest_cost,
    net_search,
    orders_search,
    price_search,
)
from desktop.engine.weighing import WeightRoom, weight_rooms
from desktop.engine.whatif import Bar, Bench, State, Tick
from desktop.viewmodels.levers import Rate, exchange_place, rate_now

NO_SERVICE = Answer(None, "service")
SENTENCES = 3
"""So many bars and cliffs are put into words."""


class Asked(Struct, frozen=True):
    """What is looked for: the tick that settled, the ends of the swept prices, the wanted margin in parts per million,
    and the fixed costs of a month in minor units (None: not typed)."""

    tick: Tick
    low: int
    high: int
    margin: int
    fixed: int | None = None


@dataclass
class Found:
    """What was found so far. Answers by platform; a platform that is closed to the market has none."""

    asked: Asked
    even: dict[str, Answer] = field(default_factory=dict)
    rooms: dict[str, Room | None] = field(default_factory=dict)
    weights: tuple[WeightRoom, ...] | None = None
    cliffs: dict[str, tuple[Cliff, ...]] = field(default_factory=dict)
    prices: dict[str, Answer] = field(default_factory=dict)
    cost: Answer | None = None
    orders: Answer | None = None
    best: Answer | None = None
    best_left: int = 0
    wins: Wins | None = None
    led: dict[tuple[str, str], int] = field(default_factory=dict)
    """Who leads at the low and the high end of each driver."""
    freight: dict[int, int] = field(default_factory=dict)
    """The freight of the lane in the lead at a share of the price list, in minor units."""
    done: bool = False

    @property
    def state(self) -> State:
        return self.asked.tick.state

    @property
    def leader(self) -> int:
        return int(self.asked.tick.here.ranks.first[0])


Kept = dict[tuple[object, ...], object]
"""Answers that do not change with the list price, kept while it alone is moved."""


def look(bench: Bench, found: Found, kept: Kept) -> Generator[bool, None, None]:
    """Fills `found`; True is yielded where a part of it can be shown."""
    asked, state = found.asked, found.state
    market, leader = asked.tick.market, found.leader
    lanes = {PLATFORMS[k]: bench.lane(asked.tick.here, k) for k in range(len(PLATFORMS))}
    open_ = {pair.platform for pair in bench.grid.pairs if pair.market == market and pair.excluded is None}
    shown = [(name, lane) for name, lane in lanes.items() if name in open_]
    for name, lane in shown:
        found.even[name] = yield from _kept(kept, lane, state, net_search, bench, 0)
    yield True
    for name, lane in shown:
        found.cliffs[name] = _cliffs(kept, bench, lane, state, asked) if lane else ()
        yield False
    yield True
    for driver in DRIVERS:
        yield from _room(bench, found, driver)
    found.weights = weight_rooms(bench, state, market)
    yield True
    for name, lane in shown:
        found.prices[name] = yield from _kept(kept, lane, state, price_search, bench, asked.margin)
    lead = lanes[PLATFORMS[leader]] if leader >= 0 else None
    if lead is not None:
        _backwards(bench, found, lead)
        yield True
        if asked.fixed is not None:
            found.orders = yield from _drawn(orders_search(bench, *lead, state, asked.fixed))
    yield True
    found.wins = wins(bench, state, market)
    yield True
    _ends(bench, found)
    found.done = True
    yield True


def holds(bench: Bench, market: str) -> Text:
    """In one sentence how far the case may move before another platform leads in a market; empty without a price."""
    state = bench.start
    if state is None:
        return EMPTY
    found = Found(Asked(bench.tick(state, market, [state.price]), state.price, state.price, 0))
    if found.leader >= 0:
        for driver in DRIVERS:
            for _ in _room(bench, found, driver):
                pass
        found.weights = weight_rooms(bench, state, market)
    return Words(bench).lead(found)


def _drawn(search: Search) -> Generator[bool, None, Answer]:
    """A search whose pauses are those of `look`."""
    while True:
        try:
            next(search)
        except StopIteration as end:
            answer: Answer = end.value
            return answer
        yield False


Searcher = Callable[[Bench, Pair, str, State, int], Search]


def _kept(
    kept: Kept, lane: tuple[Pair, str] | None, state: State, search: Searcher, bench: Bench, wanted: int
) -> Generator[bool, None, Answer]:
    """An answer that does not depend on the list price: looked for once for all the rest of a state."""
    if lane is None:
        return NO_SERVICE
    pair, service = lane
    key = (search, pair.market, pair.platform, service, replace(state, price=1), wanted)
    if key not in kept:
        kept[key] = yield from _drawn(search(bench, pair, service, state, wanted))
    answer = kept[key]
    assert isinstance(answer, Answer)
    return answer


def _cliffs(
    kept: Kept, bench: Bench, lane: tuple[Pair, str], state: State, asked: Asked
) -> tuple[Cliff, ...]:
    key = (
        "cliffs",
        lane[0].market,
        lane[0].platform,
        lane[1],
        replace(state, price=1),
        asked.low,
        asked.high,
    )
    if key not in kept:
        kept[key] = cliffs(bench, *lane, state, asked.low, asked.high)
    found = kept[key]
    assert isinstance(found, tuple)
    return found


def _room(bench: Bench, found: Found, driver: str) -> Generator[bool, None, None]:
    search = room_search(bench, found.state, found.asked.tick.market, driver)
    while True:
        try:
            next(search)
        except StopIteration as end:
            found.rooms[driver] = end.value
            break
        yield False
    room = found.rooms[driver]
    if driver == "freight" and room is not None:
        for edge in (room.below, room.above):
            if edge is not None:
                found.freight[edge.value] = _freight_at(bench, found, edge.value)


def _freight_at(bench: Bench, found: Found, share_ppm: int) -> int:
    """The freight of the lane in the lead at a share of the price list."""
    lane = bench.lane(found.asked.tick.here, found.leader)
    if lane is None:
        return 0
    pair, service = lane
    run = bench.run([replace(found.state, freight=share_ppm)])
    carriage = run.carried(service, pair.market, pair.platform)
    return 0 if carriage is None else int(carriage.freight.units[0])


def _backwards(bench: Bench, found: Found, lead: tuple[Pair, str]) -> None:
    """The highest unit cost and the best price of the lane in the lead."""
    state, prices = found.state, found.asked.tick.prices
    if state.cost is not None:
        found.cost = highest_cost(bench, *lead, state, found.asked.margin)
    found.best = best_price(bench, *lead, state, prices)
    if found.best.value is not None:
        at = np.array([found.best.value], dtype=np.int64)
        found.best_left = int(bench.run_prices(state, at).net(*lead).units[0])


def _ends(bench: Bench, found: Found) -> None:
    """Who leads at the ends of the drivers."""
    bars = found.asked.tick.bars
    states = [end for bar in bars for end in (bar.move.low, bar.move.high)]
    if not states:
        return
    led = bench.ranked(bench.run(states), found.asked.tick.market).ranks.first
    for k, bar in enumerate(bars):
        found.led[bar.move.driver, "low"] = int(led[2 * k])
        found.led[bar.move.driver, "high"] = int(led[2 * k + 1])


# ---------------------------------------------------------------------------------------------------- in words
class HoldsRow(Struct, frozen=True):
    """How far one driver, or the weight of one criterion, may move: from, now, to; who leads beyond either end."""

    key: str
    name: Text
    now: Text
    low: Text
    high: Text
    beyond: Text


class Words(Struct, frozen=True):
    """Found, in both languages. Amounts are of an order; list prices of a piece."""

    bench: Bench

    # ------------------------------------------------------------------ figures
    def name(self, platform: int | str) -> Text:
        key = platform if isinstance(platform, str) else PLATFORMS[platform]
        return text_of(self.bench.view.rules("platforms")[key])

    def text(self, key: str, **values: object) -> Text:
        return self.bench.view.text(f"whatif.{key}", **values)

    def amount(self, units: int) -> str:
        return money_text(units, self.bench.currency)

    def market(self, market: str) -> Text:
        return in_sentence(place(self.bench.view.book, market))

    @property
    def rate(self) -> Rate | None:
        return rate_now(self.bench)

    def driver_value(self, driver: str, value: int, freight: int | None = None) -> Text:
        """A value of a driver as it is said: 15.14 USD, 38.00 CNY, 250 g, 5.98 USD, 7.02 CNY/USD."""
        bench = self.bench
        if driver == "price":
            return both(f"{money_text(value, bench.currency)} {bench.currency}")
        if driver == "cost":
            return both(f"{money_text(value, bench.cost_currency)} {bench.cost_currency}")
        if driver in ("weight", "weight_g"):
            return weight(value)
        if driver == "exchange":
            now = self.rate
            if now is None:
                return both(_percent(value))
            shown = Decimal(exchange_place(now, value)).scaleb(-now.places)
            return both(f"{figure(shown, now.places)} CNY/{bench.currency}")
        if driver == "freight" and freight is not None:
            return both(f"{money_text(freight, bench.currency)} {bench.currency}")
        return both(_percent(value))

    # ------------------------------------------------------------------ how far it holds
    def lead(self, found: Found) -> Text:
        """eBay stays first unless … : the nearest ends of price and freight, and of the criteria."""
        if found.leader < 0:
            return self.text("lead-none", market=self.market(found.asked.tick.market))
        conditions = [*self._conditions(found, ("price", "freight")), *self._criterion(found)]
        if len(conditions) < 2:
            conditions = [*self._conditions(found, DRIVERS), *self._criterion(found)]
        if not conditions:
            return self.text("lead-any", winner=self.name(found.leader))
        comma, last = self.text("comma"), self.text("or")
        *before, end = conditions
        told = joined(before, comma.en, comma.zh)
        said = Text(f"{told.en}{last.en}{end.en}", f"{told.zh}{last.zh}{end.zh}") if before else end
        return self.text("lead", winner=self.name(found.leader), conditions=said)

    def _conditions(self, found: Found, drivers: Iterable[str]) -> list[Text]:
        """For each driver its nearest end, below or above."""
        said = []
        for driver in drivers:
            room = found.rooms.get(driver)
            edges = [] if room is None else [("below", room.below), ("above", room.above)]
            ends = [(side, edge) for side, edge in edges if edge is not None]
            if room is None or not ends:
                continue
            start = room.start
            side, edge = min(ends, key=lambda end: abs(end[1].value - start))
            # the rate is yuan for a dollar, the driver what the yuan is worth: one rises where the other falls
            turned = driver == "exchange" and self.rate is not None
            side = {"below": "above", "above": "below"}[side] if turned else side
            value = self.driver_value(driver, edge.value, found.freight.get(edge.value))
            said.append(self.text(f"{driver}-{side}", value=value))
        return said

    def _criterion(self, found: Found) -> list[Text]:
        """The criterion whose weight is nearest to another lead."""
        ends: list[tuple[int, WeightRoom, str, Edge]] = []
        for room in found.weights or ():
            for side, edge in (("below", room.below), ("above", room.above)):
                if edge is not None:
                    ends.append((abs(edge.value - room.weight), room, side, edge))
        if not ends:
            return []
        _, room, side, edge = min(ends, key=lambda end: end[0])
        label = self.criterion(room.criterion)
        return [self.text(f"criterion-{side}", criterion=label, value=edge.value)]

    def criterion(self, criterion: str) -> Text:
        rules = self.bench.view.rules("advice")["platforms"]["criteria"]
        return text_of(next(each["label"] for each in rules if each["id"] == criterion))

    def holds(self, found: Found, names: dict[str, Text]) -> tuple[HoldsRow, ...]:
        """Every driver and every criterion, with both ends."""
        rows = []
        for driver in DRIVERS:
            room = found.rooms.get(driver)
            if room is not None:
                rows.append(self._holds(found, room, names[driver]))
        for each in found.weights or ():
            low, high = (both("" if edge is None else f"{edge.value}%") for edge in (each.below, each.above))
            label, now = self.criterion(each.criterion), both(f"{each.weight}%")
            rows.append(
                HoldsRow(
                    f"criterion-{each.criterion}", label, now, low, high, self._beyond(each.below, each.above)
                )
            )
        return tuple(rows)

    def _holds(self, found: Found, room: Room, name: Text) -> HoldsRow:
        driver = room.driver

        def shown(value: int, freight: int | None = None) -> Text:
            text = self.driver_value(driver, value, freight)
            # the unit of a rate is long and stands at its lever
            return both(text.en.partition(" ")[0]) if driver == "exchange" else text

        def said(edge: Edge | None) -> Text:
            return EMPTY if edge is None else shown(edge.value, found.freight.get(edge.value))

        below, above = room.below, room.above
        if driver == "exchange" and self.rate is not None:
            below, above = above, below
        now = shown(room.start)
        return HoldsRow(driver, name, now, said(below), said(above), self._beyond(below, above))

    def _beyond(self, below: Edge | None, above: Edge | None) -> Text:
        """Who leads beyond the ends."""
        names = [self.name(edge.other) for edge in (below, above) if edge is not None and edge.other >= 0]
        return joined([name for k, name in enumerate(names) if name not in names[:k]], " / ", " / ")

    # ------------------------------------------------------------------ said
    def sentences(self, found: Found) -> tuple[Text, ...]:
        """What the longest bars and the nearest cliff mean."""
        bars = found.asked.tick.bars
        said = [self._bar(found, bar) for bar in bars[: SENTENCES - 1]]
        nearest = self._nearest_cliff(found)
        if nearest is not None:
            said.append(self.cliff(*nearest, found.asked.high))
        elif len(bars) >= SENTENCES:
            said.append(self._bar(found, bars[SENTENCES - 1]))
        return tuple(text for text in said if text)

    def _bar(self, found: Found, bar: Bar) -> Text:
        """The end of a driver that takes most, else the one that brings."""
        start = int(found.asked.tick.here.net[0, found.leader])
        ends = [("low", bar.low_net, bar.move.low), ("high", bar.high_net, bar.move.high)]
        known = [(side, net, state) for side, net, state in ends if net is not None and net != start]
        if not known:
            return EMPTY
        side, net, state = min(known, key=lambda end: end[1])
        driver = bar.move.driver
        value = self.driver_value(driver, getattr(state, "weight_g" if driver == "weight" else driver))
        led = found.led.get((driver, side), found.leader)
        who = (
            self.text("said.same", winner=self.name(led)) if led == found.leader
            else self.text("said.nobody") if led < 0
            else self.text("said.other", other=self.name(led))
        )  # fmt: skip
        key = "said.takes" if net < start else "said.brings"
        driver_text = self.text(f"driver.{driver}", value=value)
        effect = self.amount(abs(net - start))
        return self.text(key, driver=driver_text, effect=effect, net=self.amount(net), who=who)

    def _nearest_cliff(self, found: Found) -> tuple[str, Cliff] | None:
        """The cliff nearest to the list price; the leader's own before those of others."""
        price = found.state.price
        every = [(name, cliff) for name, each in found.cliffs.items() for cliff in each]
        leader = PLATFORMS[found.leader] if found.leader >= 0 else ""
        return min(every, key=lambda each: (each[0] != leader, abs(each[1].price - price)), default=None)

    def cliff(self, platform: str, cliff: Cliff, high: int) -> Text:
        """A cliff as a sentence."""
        values = {
            "platform": self.name(platform), "price": self.amount(cliff.price), "left": self.amount(cliff.left),
            "after": self.amount(cliff.after), "falls": self.amount(cliff.falls_to), "line": cliff.line,
            "jump": self.amount(cliff.jump),
        }  # fmt: skip
        if cliff.again is None:
            return self.text("said.cliff-open", **values, high=self.amount(high))
        return self.text("said.cliff", **values, again=self.amount(cliff.again))

    def cliff_mark(self, platform: str, cliff: Cliff) -> tuple[Text, Text]:
        """The title and the line of a cliff in the chart."""
        title = self.text("cliff.title", line=cliff.line, price=self.amount(cliff.price))
        line = self.text(
            "cliff.line", platform=self.name(platform), price=self.amount(cliff.price), left=self.amount(cliff.left),
            falls=self.amount(cliff.falls_to), fall=self.amount(-cliff.depth),
        )  # fmt: skip
        return title, line

    def why_not(self, answer: Answer, *, orders: bool = False) -> Text:
        """Why there is no such price, cost or number of orders."""
        return self.text("no.orders" if orders and answer.why == "loss" else f"no.{answer.why}")

    def now(self, tick: Tick) -> Text:
        """Who is first at this moment, and what is left: said while a lever is moved."""
        leader = int(tick.here.ranks.first[0])
        market = self.market(tick.market)
        if leader < 0:
            return self.text("lead-none", market=market)
        return self.text("lead-now", winner=self.name(leader), market=market)

    def computed(self, prices: Sequence[int]) -> Text:
        """What was computed, in small print."""
        step = int(prices[1]) - int(prices[0])
        return self.text("computed", count=len(prices), step=self.amount(step), currency=self.bench.currency)


def _percent(ppm: int) -> str:
    """Parts per million as percent, without needless zeros."""
    return f"{number(Decimal(ppm) / (PPM // 100))}%"


def decimal_amount(bench: Bench, units: int) -> float:
    """Minor units of the price's currency as a number for a chart."""
    return float(units) / float(10 ** decimals(bench.currency))
