"""The engine against the oracle of tests/oracle: every line of every lane, to the minor unit, on random articles.

Articles sit on the edges of the rules (tests/oracle/skus.py) and come in batches of one kind of goods, as a catalogue
does; each is priced by both sides on all lanes of its batch. A last test asks whether all kinds of rule were met.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from oracle.order import Lane, Sku
from oracle.quote import Oracle, Quote
from oracle.skus import Edges, Kind, kind, skus

from desktop.core.case import case_of
from desktop.core.facts import RuleBook
from desktop.core.money import decimals
from desktop.core.questions import questions_of
from desktop.engine.border import BorderLine, Carrier
from desktop.engine.carriage import CLOSINGS
from desktop.engine.grid import LaneGrid, Orders, Pair
from desktop.engine.lanes import Pricer

DAYS = (date(2015, 11, 8), date(2019, 6, 1), date(2023, 1, 15), date(2025, 6, 1), date(2026, 11, 30))
FULFILMENTS = ("seller", "seller", "fba", "overseas-warehouse")
BATCHES, SKUS, MARKETS = 28, 24, 2
"""Batches a day, articles a batch, markets that a batch is priced for."""
WANTED = 200_000
SHOWN = 5
"""Disagreements that are told in full."""

Key = tuple[str, str]
"""A line and who bears it."""
Amounts = Mapping[Key, Sequence[int | None]]


# ---------------------------------------------------------------- the engine, as the comparison wants it
def answers(sku: Sku, fulfilment: str) -> dict[str, object]:
    """An article as the answers of a case."""
    given = {
        "direction": "export",
        "order_size": "bulk",
        "goods_class": sku.goods_class,
        "category": sku.category,
        "list_price": f"{sku.price:f}",
        "price_currency": sku.currency,
        "unit_cost": None if sku.cost is None else f"{sku.cost:f}",
        "cost_currency": sku.cost_currency,
        "packing_cost": None if sku.packing is None else f"{sku.packing:f}",
        "weight_g": sku.weight_g,
        "dims_cm": None if sku.sides_mm is None else "x".join(f"{Decimal(s) / 10:f}" for s in sku.sides_mm),
        "pieces_per_order": sku.pieces,
        "monthly_orders": sku.monthly_orders,
        "fulfilment": fulfilment,
        "return_rate": None if sku.return_rate is None else f"{sku.return_rate:f}",
        "advertising_share": None if sku.advertising_share is None else f"{sku.advertising_share:f}",
    }
    return {name: answer for name, answer in given.items() if answer is not None}


def units(amount: Decimal | None, currency: str) -> int | None:
    return None if amount is None else int(amount.scaleb(decimals(currency)))


def orders_of(batch: Sequence[Sku], kind: Kind) -> Orders:
    """A batch of articles as the engine takes it."""

    def column(values: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.asarray(values, dtype=np.int64)

    numbers = {}
    if kind.weighed:
        numbers["weight_g"] = column([sku.weight_g or 0 for sku in batch])
    if kind.measured:
        for at, name in enumerate(("length_mm", "width_mm", "height_mm")):
            numbers[name] = column([sku.sides_mm[at] if sku.sides_mm else 0 for sku in batch])
    if kind.monthly:
        numbers["monthly_orders"] = column([sku.monthly_orders or 0 for sku in batch])
    if kind.returned:
        numbers["returns_ppm"] = column([int((sku.return_rate or 0) * 10_000) for sku in batch])
    if kind.advertised:
        numbers["ads_ppm"] = column([int((sku.advertising_share or 0) * 10_000) for sku in batch])
    return Orders(
        price=column([units(sku.price, sku.currency) or 0 for sku in batch]),
        currency=kind.currency,
        cost=column([units(sku.cost, sku.cost_currency) or 0 for sku in batch]),
        cost_known=np.asarray([sku.cost is not None for sku in batch]),
        cost_currency=kind.cost_currency,
        pieces=column([sku.pieces for sku in batch]),
        numbers=numbers,
        packing=column([units(sku.packing, sku.cost_currency) or 0 for sku in batch])
        if kind.packed
        else None,
        packing_currency=kind.cost_currency,
    )


@dataclass
class Engine:
    """A batch in the engine: the lines of a side (a lane without its freight) and its lanes, element by element."""

    grid: LaneGrid
    orders: Orders

    def __post_init__(self) -> None:
        self.run = self.grid.run(self.orders)

    def lines(self, pair: Pair, carrier: Carrier) -> Amounts:
        """What each article pays on a side, line by line; a line that is not for an article is left out there."""
        pricer = self.grid.pricer
        border = pricer.border_by(pair.market, pair.platform, carrier)
        steps = (
            *pricer.own_steps(),
            *pricer.fee_steps(pair.platform, pair.marketplace),
            *border.steps,
            *pricer.payout_steps(pair.platform, pair.marketplace),
        )
        ledger = self.orders.ledger(pricer.exchange)
        ledger.run(steps)
        found: dict[Key, list[int | None]] = {}
        for step in steps:
            column = ledger.quoted[step.id]
            known, amounts = column.known.tolist(), column.units.tolist()
            key = (step.id.removesuffix(".buyer"), step.payer)
            row = found.setdefault(key, [MISSING] * len(self.orders))
            for i in range(len(self.orders)):
                if not isinstance(step, BorderLine) or step.applies(ledger, i):
                    row[i] = amounts[i] if known[i] else None
        return found


MISSING = -(10**18)
"""Stands for a line that an article does not have."""


def engine_says(book: RuleBook, sku: Sku, lane: Lane, day: date) -> dict[str, str]:
    """The calculations of a single quote of the engine, line by line, for the message of a disagreement."""
    questions = questions_of(book.rules)
    pricer = Pricer(case_of({"answers": answers(sku, lane.fulfilment)}, questions), book.at(day), questions)
    quote = pricer.quote(lane.platform, lane.marketplace, lane.market, lane.service)
    return {line.id: f"{line.amount} = {line.calculation.en}" for line in (quote.lines if quote else ())}


# ---------------------------------------------------------------- the comparison
@dataclass
class Agreement:
    """What was compared, and what disagreed."""

    quotes: int = 0
    lines: int = 0
    count: int = 0
    told: list[str] = field(default_factory=list)
    """The first disagreements in full."""
    met: Counter[str] = field(default_factory=Counter)
    reached: set[tuple[str, str]] = field(default_factory=set)
    """What was priced: platforms, marketplaces, markets, services, fulfilments, and why services were closed."""

    def agreed(self) -> None:
        assert not self.count, f"{self.count} disagreements\n" + "\n".join(self.told)


@dataclass
class Comparison:
    """One day: articles priced by both sides."""

    book: RuleBook
    day: date
    told: Agreement

    def __post_init__(self) -> None:
        self.view = self.book.at(self.day)
        self.questions = questions_of(self.book.rules)
        self.oracle = Oracle(self.view)
        self.rng = random.Random(self.day.toordinal())
        self.markets = tuple(self.view.rules("markets")["countries"])
        self.categories = tuple(self.book.rules["categories"])

    def batches(self, count: int) -> None:
        """Each market comes up in turn, and each way of fulfilment."""
        for n in range(count):
            markets = tuple(self.markets[(MARKETS * n + k) % len(self.markets)] for k in range(MARKETS))
            self._batch(markets, FULFILMENTS[n % len(FULFILMENTS)])
        self.told.met.update(self.oracle.rules.met)

    def articles(self, markets: tuple[str, ...], count: int) -> tuple[Kind, list[Sku]]:
        goods = kind(self.rng, self.oracle, self.categories, markets)
        edges = Edges.of(self.oracle, markets, (goods.category or "other",))
        return goods, skus(self.rng, self.oracle, edges, goods, count)

    def _batch(self, markets: tuple[str, ...], fulfilment: str) -> None:
        goods, batch = self.articles(markets, SKUS)
        case = case_of({"answers": answers(batch[0], fulfilment)}, self.questions)
        engine = Engine(LaneGrid(case, self.view, self.questions, markets), orders_of(batch, goods))
        lanes = {
            Lane(pair.platform, pair.marketplace, pair.market, service, fulfilment): pair
            for pair in engine.grid.pairs
            if pair.marketplace
            for service in engine.grid.services
            if self._open(engine, pair, service, fulfilment, batch)
        }
        # one article at a time, as the oracle likes it
        own = [[self.oracle.quote(sku, lane) for lane in lanes] for sku in batch]
        seen = set()
        for at, (lane, pair) in enumerate(lanes.items()):
            assert lane.service is not None
            quotes = [row[at] for row in own]
            self._totals(engine, pair, lane, batch, quotes)
            side = (pair.market, pair.platform, engine.grid.carrier[lane.service])
            if side not in seen:
                # but for the freight, all lanes of a kind of carrier have the same lines
                seen.add(side)
                self._lines(engine.lines(pair, side[2]), lane, batch, quotes)

    def _open(self, engine: Engine, pair: Pair, service: str, fulfilment: str, batch: Sequence[Sku]) -> bool:
        """Whether the engine has the service open to any of the articles; where not, the oracle must say so too."""
        plan = engine.grid.carriage(service, pair.market, pair.platform)
        if plan.closed is None:
            return True
        for sku in batch:
            own = self.oracle.freight.closed(service, pair.market, sku, pair.platform, fulfilment)
            if own != plan.closed.rule:
                lane = Lane(pair.platform, pair.marketplace, pair.market, service, fulfilment)
                self._differ(sku, lane, "closed", plan.closed.rule, own)
        self.told.reached.add(("closed", plan.closed.rule))
        return False

    def _totals(
        self, engine: Engine, pair: Pair, lane: Lane, batch: Sequence[Sku], quotes: Sequence[Quote]
    ) -> None:
        """What is left, whether all of it is known, the freight, and what closes the service, of each article."""
        assert lane.service is not None
        side = engine.run.side(pair, engine.grid.carrier[lane.service])
        carried = engine.run.carried(lane.service, lane.market, lane.platform)
        assert carried is not None
        rows = zip(
            batch,
            quotes,
            (side.left - carried.freight.units).tolist(),
            side.complete.tolist(),
            carried.freight.units.tolist(),
            carried.freight.known.tolist(),
            carried.closed.tolist(),
            strict=True,
        )
        for sku, quote, net, complete, freight, known, closing in rows:
            theirs = {
                "net": net,
                "complete": complete and known,
                "freight": freight if known else None,
                "closed": CLOSINGS[closing] or None,
            }
            shut = self.oracle.freight.closed(lane.service, lane.market, sku, lane.platform, lane.fulfilment)
            ours = {
                "net": units(quote.net, sku.currency),
                "complete": quote.complete,
                "freight": units(quote.freight, sku.currency),
                "closed": "list" if shut == "suspended" else shut,
            }
            if theirs != ours:
                for name in theirs:
                    if theirs[name] != ours[name]:
                        self._differ(sku, lane, name, theirs[name], ours[name])
            self.told.reached.add(("closed", str(shut)))
        self.told.quotes += len(batch)
        for name in ("platform", "marketplace", "market", "service", "fulfilment"):
            self.told.reached.add((name, getattr(lane, name)))

    def _lines(self, theirs: Amounts, lane: Lane, batch: Sequence[Sku], quotes: Sequence[Quote]) -> None:
        for i, (sku, quote) in enumerate(zip(batch, quotes, strict=True)):
            found = {key: row[i] for key, row in theirs.items() if row[i] != MISSING}
            self.compare(found, self.own_lines(quote), sku, lane)

    @staticmethod
    def own_lines(quote: Quote, *, with_freight: bool = False) -> dict[Key, int | None]:
        return {
            (line.charge.id, line.charge.payer): units(line.amount, quote.currency)
            for line in quote.lines
            if with_freight or line.charge.head != "freight"
        }

    def compare(
        self, theirs: dict[Key, int | None], ours: dict[Key, int | None], sku: Sku, lane: Lane
    ) -> None:
        """Each line of one article. A relief is nobody's, so whoever the engine lets bear it will do."""
        for name, payer in list(ours):
            if payer == "nobody":
                amount = ours.pop((name, payer))
                ours[name, "seller" if (name, "seller") in theirs else "buyer"] = amount
        self.told.lines += len(ours)
        if theirs != ours:
            for key in {**theirs, **ours}:
                if theirs.get(key, MISSING) != ours.get(key, MISSING):
                    self._differ(sku, lane, key[0], theirs.get(key, "no line"), ours.get(key, "no line"))

    def _differ(self, sku: Sku, lane: Lane, name: str, theirs: object, ours: object) -> None:
        self.told.count += 1
        if len(self.told.told) >= SHOWN:
            return
        said = engine_says(self.book, sku, lane, self.day)
        own = {
            line.charge.id: f"{line.amount} = {line.charge.calculation}"
            for line in self.oracle.quote(sku, lane).lines
        }
        names = [name] if name in own or name in said else [*own]
        calculations = "".join(
            f"\n    {each}: engine {said.get(each)}\n    {each}: oracle {own.get(each)}" for each in names
        )
        self.told.told.append(
            f"{self.day}, {sku}\n  on {lane}\n  {name}: engine {theirs}, oracle {ours}{calculations}"
        )


@pytest.fixture(scope="module")
def agreement(book: RuleBook) -> Agreement:
    """All days, batches and lanes, compared once for the tests of this module."""
    told = Agreement()
    for day in DAYS:
        Comparison(book, day, told).batches(BATCHES)
    return told


def test_every_total_and_every_line_agrees_to_the_minor_unit(agreement: Agreement) -> None:
    agreement.agreed()
    assert agreement.quotes >= WANTED
