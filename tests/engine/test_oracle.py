"""The engine against the oracle of tests/oracle: every line of every lane, to the minor unit, on random articles.

Articles sit on the edges of the rules (tests/oracle/skus.py) and come in batches of one kind of goods, as a catalogue
does; each is priced by both sides on all lanes of its batch. A last test asks whether all kinds of rule were met.
"""

from __future__ import annotations

import ast
import itertools
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from oracle import rules
from oracle.border import Borders, Country, Entry, Way
from oracle.order import Lane, Sku
from oracle.quote import SALE, Oracle, Quote
from oracle.rules import Rules, cents
from oracle.skus import Edges, Kind, kind, skus

from desktop.core.case import case_of
from desktop.core.facts import RuleBook
from desktop.core.money import Money, decimals
from desktop.core.questions import questions_of
from desktop.engine.border import BorderLine, BorderOptions, Carrier, compile_border
from desktop.engine.carriage import CLOSINGS
from desktop.engine.exchange import ViewExchange
from desktop.engine.freight import DEFAULT, FreightOptions, Parcel, compile_freight
from desktop.engine.grid import LaneGrid, Orders, Pair
from desktop.engine.kernel import Column, Ledger
from desktop.engine.lanes import Pricer

DAYS = {
    date(2015, 11, 8): 14,
    date(2019, 6, 1): 4,
    date(2023, 1, 15): 4,
    date(2025, 6, 1): 10,
    date(2026, 3, 10): 30,
    date(2026, 7, 10): 40,
    date(2026, 11, 30): 120,
}
"""Days and how many batches each: most on the days of which most is known."""
MAIN = ("US", "GB", "DE", "FR", "ES", "RU", "BR", "AU", "JP")
FULFILMENTS = ("seller", "fba", "seller", "overseas-warehouse", "seller")
SKUS = 24
"""Articles of a batch. It is priced for one of the main markets and one of the others."""
EMPTY = 0.1
"""How many of the lanes without any price list are priced all the same."""
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


def without_reliefs(ours: dict[Key, int | None], theirs: Mapping[Key, int | None]) -> None:
    """A relief is nobody's: let it be borne by whom the engine names."""
    for name, payer in list(ours):
        if payer == "nobody":
            amount = ours.pop((name, payer))
            ours[name, "seller" if (name, "seller") in theirs else "buyer"] = amount


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
    freights: int = 0
    """Quotes whose freight is known."""
    complete: int = 0
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
        others = [market for market in self.markets if market not in MAIN]
        for n in range(count):
            markets = MAIN[n % len(MAIN)], others[n % len(others)]
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
        """Whether to price a lane: the engine has it open to some article; where not, the oracle must say so too."""
        plan = engine.grid.carriage(service, pair.market, pair.platform)
        if plan.closed is None:
            listed = self.oracle.freight.service(service, pair.market).lists
            return bool(listed) or self.rng.random() < EMPTY
        for sku in batch[:3]:
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
            self.told.freights += freight is not None and known
            self.told.complete += quote.complete
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

    def single(self, pricer: Pricer, sku: Sku, lane: Lane) -> None:
        """One quote of the engine, all its lines, and what closes the service."""
        theirs = pricer.quote(lane.platform, lane.marketplace, lane.market, lane.service)
        ours = self.oracle.quote(sku, lane)
        assert theirs is not None
        found = {(line.id.removesuffix(".buyer"), line.payer): line.amount for line in theirs.lines}
        self.compare(found, self.own_lines(ours, with_freight=True), sku, lane)
        totals = {
            "net": (theirs.net, units(ours.net, sku.currency)),
            "complete": (theirs.complete, ours.complete),
        }
        if lane.service is not None:
            closed = pricer.freight_plan(lane.service, lane.market, lane.platform).exclusion
            own = self.oracle.freight.closed(lane.service, lane.market, sku, lane.platform, lane.fulfilment)
            totals["closed"] = (closed.rule if closed else None, own)
        for name, (engine, oracle) in totals.items():
            if engine != oracle:
                self._differ(sku, lane, name, engine, oracle)
        self.told.quotes += 1
        self.told.freights += ours.freight is not None
        self.told.reached.add(("service", str(lane.service)))

    def sale(self, platform: str, code: str, category: str | None) -> None:
        """The fees of a sale alone, but for what depends on the border; by the platform where it packs and sends."""
        currency = self.book.rules["fees"][platform]["marketplaces"][code]["currency"]
        fulfilment = "fba" if platform == "amazon" else "seller"
        edges = Edges()
        edges.of_site(self.oracle, platform, code, category)
        goods = Kind(category, "plain", self.rng.choice((currency, currency, "CNY")), "CNY")
        batch = skus(self.rng, self.oracle, edges, goods, SALES)
        market = "US" if code == "all" else code
        lane = Lane(platform, market, market, "ems", fulfilment)
        case = case_of({"answers": answers(batch[0], fulfilment)}, self.questions)
        pricer = Pricer(case, self.view, self.questions)
        steps = pricer.fee_steps(platform, market)
        ledger = orders_of(batch, goods).ledger(pricer.exchange)
        ledger.run(steps)
        for i, sku in enumerate(batch):
            columns = {(step.id, step.payer): ledger.quoted[step.id] for step in steps}
            theirs = {key: int(c.units[i]) if c.known[i] else None for key, c in columns.items()}
            sale = self.oracle.quote(sku, lane).slips[SALE]
            ours = {(line.charge.id, "seller"): units(line.amount, sku.currency) for line in sale.lines}
            self.compare(theirs, ours, sku, lane)
        self.told.quotes += len(batch)

    def compare(
        self, theirs: dict[Key, int | None], ours: dict[Key, int | None], sku: Sku, lane: Lane
    ) -> None:
        """Each line of one article."""
        without_reliefs(ours, theirs)
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
    for day, batches in DAYS.items():
        Comparison(book, day, told).batches(batches)
    return told


def test_the_oracle_knows_nothing_of_the_engine() -> None:
    folder = Path(rules.__file__).parent
    imported = {
        name
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [])
        + ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
    }
    assert "oracle.rules" in imported
    assert not [name for name in imported if name and name.startswith(("desktop.engine", "numpy"))]


def test_every_total_and_every_line_agrees_to_the_minor_unit(agreement: Agreement) -> None:
    agreement.agreed()
    assert agreement.quotes >= WANTED


def test_the_quotes_are_no_empty_ones(agreement: Agreement) -> None:
    # lanes without a price list, days before the rules and lines that nobody publishes leave much unknown
    assert agreement.freights >= WANTED // 5
    assert agreement.complete >= WANTED // 25
    assert agreement.lines >= WANTED


def test_every_platform_site_market_and_service_was_priced(agreement: Agreement, book: RuleBook) -> None:
    reached: dict[str, set[str]] = {}
    for name, value in agreement.reached:
        reached.setdefault(name, set()).add(value)
    fees, services = book.rules["fees"], book.rules["freight"]["services"]
    sites = {code for platform in fees.values() for code in platform["marketplaces"] if code != "all"}
    carried = {name for name, rule in services.items() if rule["kind"] != "import"}
    # no platform of ours is open to them
    foreign = {
        name
        for name, rule in services.items()
        if rule["platforms"] and not set(rule["platforms"]) & set(fees)
    }
    assert reached["platform"] == set(fees)
    assert sites <= reached["marketplace"]
    assert reached["market"] == set(book.rules["markets"]["countries"])
    assert reached["service"] == carried - foreign
    assert reached["fulfilment"] == set(FULFILMENTS)
    assert reached["closed"] == CLOSED


CLOSED = {
    "None", "platform", "fulfilment", "serves", "stopped", "not-yet", "goods", "weight", "light", "side", "sum",
    "price", "list", "suspended",
}  # fmt: skip
"""Every rule that closes a service, and none."""


# ---------------------------------------------------------------- the single quote
SINGLES = {date(2015, 11, 8): 20, date(2025, 6, 1): 15, date(2026, 11, 30): 60}
"""Days, and how many articles are priced one by one."""
LANES = 14


@pytest.fixture(scope="module")
def singles(book: RuleBook) -> Agreement:
    """Quotes of the window, one at a time, service by service and with none."""
    told = Agreement()
    for day, count in SINGLES.items():
        each = Comparison(book, day, told)
        services = [*each.view.rules("freight")["services"], None]
        for n in range(count):
            markets = tuple(each.rng.sample(each.markets, 3))
            _, (sku,) = each.articles(markets, 1)
            fulfilment = FULFILMENTS[n % len(FULFILMENTS)]
            case = case_of({"answers": answers(sku, fulfilment)}, each.questions)
            pricer = Pricer(case, each.view, each.questions)
            for _ in range(LANES):
                lane = random_lane(each.rng, book, markets, services, fulfilment)
                each.single(pricer, sku, lane)
        told.met.update(each.oracle.rules.met)
    return told


def random_lane(
    rng: random.Random,
    book: RuleBook,
    markets: Sequence[str],
    services: Sequence[str | None],
    fulfilment: str,
) -> Lane:
    """Any platform for any market by any service; where it has no site for the market, by one of its others."""
    platform, market = rng.choice(sorted(book.rules["fees"])), rng.choice(markets)
    sites = book.rules["fees"][platform]["marketplaces"]
    site = market if "all" in sites or market in sites else rng.choice(sorted(sites))
    return Lane(platform, site, market, rng.choice(services), fulfilment)


def test_the_single_quote_agrees_line_by_line(singles: Agreement) -> None:
    singles.agreed()
    assert singles.quotes == sum(SINGLES.values()) * LANES
    assert singles.freights > 50
    assert ("service", "None") in singles.reached


# ---------------------------------------------------------------- every site and category
SALE_DAYS = (date(2015, 11, 8), date(2025, 6, 1), date(2026, 3, 10), date(2026, 11, 30))
SALES = 10
"""Articles for each site and category."""


@pytest.fixture(scope="module")
def sales(book: RuleBook) -> Agreement:
    """The fees of every site for every category, on articles at the edges of its own tiers and cards."""
    told = Agreement()
    for day in SALE_DAYS:
        each = Comparison(book, day, told)
        for platform, rule in book.rules["fees"].items():
            for code in rule["marketplaces"]:
                for category in (*each.categories, None):
                    each.sale(platform, code, category)
        told.met.update(each.oracle.rules.met)
    return told


def test_the_fees_of_every_site_and_category_agree(sales: Agreement) -> None:
    sales.agreed()
    assert sales.quotes > 20_000
    assert sales.met["fba.steps"] > 500
    assert sales.met["fba.low-price"] > 300


# ---------------------------------------------------------------- borders beyond the markets
CODES = ("", "", "", "61044320", "640399", "950300", "42022200", "490199", "851713")
REGIONS = ("", "", "ON", "QC", "BR-SP", "BR-BA")
BORDER_DAYS = (
    *DAYS,
    date(2017, 3, 1),
    date(2022, 3, 1),
    date(2024, 9, 1),
    date(2026, 2, 20),
    date(2026, 9, 1),
)


@pytest.fixture(scope="module")
def borders(book: RuleBook) -> Agreement:
    """Every destination, by marketplace and own shop, post and express, parcel and stock, net and with tax inside."""
    told = Agreement()
    for day in BORDER_DAYS:
        Frontier(book, day, told).cross()
    return told


def test_the_borders_of_all_destinations_agree(borders: Agreement, book: RuleBook) -> None:
    borders.agreed()
    crossed = {value for name, value in borders.reached if name == "destination"}
    assert crossed == set(book.rules["border"]["destinations"])
    assert borders.quotes > 30_000


@dataclass
class Frontier:
    """The borders of one day."""

    book: RuleBook
    day: date
    told: Agreement

    def __post_init__(self) -> None:
        self.view = self.book.at(self.day)
        self.rules = Rules(self.view)
        self.borders = Borders(self.rules)
        self.rng = random.Random(self.day.toordinal())
        self.categories = tuple(self.book.rules["categories"])

    def cross(self) -> None:
        ways = itertools.product(
            self.view.rules("border")["destinations"],
            ("marketplace", "own"),
            ("post", "express"),
            (("parcel", False), ("parcel", False), ("parcel", True), ("stock", True)),
        )
        every = list(ways)
        for to, channel, carrier, (supply, inclusive) in self.rng.sample(every, len(every) // 2):
            way = Way(
                to,
                self._category(to),
                channel,
                self.rng.choice((None, "ebay", "amazon")),
                carrier,
                supply,
                inclusive,
                self.rng.choice(CODES),
                self.rng.choice(REGIONS),
            )
            self._cross(way)
        self.told.met.update(self.rules.met)

    def _category(self, to: str) -> str:
        """Mostly one of which the country's tariff knows something."""
        rules = self.view.rules("border")
        tables = rules["areas"][rules["destinations"][to]["area"]].get("tables", {})
        named = sorted({category for table in tables.values() for category in table.get("categories", {})})
        return self.rng.choice(named if named and self.rng.random() < 0.7 else self.categories)

    def _cross(self, way: Way) -> None:
        country = self.borders.country(way)
        currency = self.rng.choice(("USD", "EUR", country.currency if country else "CNY", "CNY"))
        handled = self.rng.random() < 0.5
        entries = [self._entry(way, country, currency, handled) for _ in range(ENTRIES)]
        theirs = self._engine(way, entries, handled)
        for i, entry in enumerate(entries):
            ours = {
                (charge.id, charge.payer): units(
                    self.rules.convert(charge.amount, charge.currency, currency), currency
                )
                for charge in self.borders.charges(way, entry)
            }
            found = {key: row[i] for key, row in theirs.items() if row[i] != MISSING}
            without_reliefs(ours, found)
            self.told.quotes += 1
            self.told.lines += len(ours)
            if ours != found:
                self.told.count += 1
                if len(self.told.told) < SHOWN:
                    said = [
                        f"{c.id}: {c.amount} {c.currency} = {c.calculation}"
                        for c in self.borders.charges(way, entry)
                    ]
                    self.told.told.append(
                        f"{self.day}, {way}\n  {entry}\n  engine {found}\n  oracle {ours}\n  {said}"
                    )
        self.told.reached.add(("destination", way.to))

    def _entry(self, way: Way, country: Country | None, currency: str, handled: bool) -> Entry:
        """An order near a limit of the country, or anywhere."""
        coin = Decimal(1).scaleb(-decimals(currency))
        limits = [b.up_to or b.tax_below for b in (country.brackets if country else ())]
        known = [limit for limit in limits if limit is not None]
        value = Decimal(str(10 ** self.rng.uniform(0, 5.5)))
        if known and country and self.rng.random() < 0.7:
            near = self.rules.convert(self.rng.choice(known), country.currency, currency)
            value = (near or value) + self.rng.choice((-1, 0, 0, 1, 2)) * coin
        value = max(cents(value, currency), coin)
        weight = self.rng.choice((None, 250, 999, 1000, 30_999, 31_000, 31_001, 52_345))

        def maybe(most: float) -> Decimal | None:
            return (
                cents(Decimal(str(self.rng.uniform(0, most))), currency) if self.rng.random() < 0.5 else None
            )

        return Entry(
            currency,
            paid=value if way.inclusive else None,
            value=None if way.inclusive else value,
            freight=None if way.inclusive else maybe(40),
            insurance=None if way.inclusive else maybe(3),
            handling=cents(Decimal("7.35"), currency) if handled else None,
            weight_g=weight,
            items=self.rng.choice((1, 1, 2, 5)),
        )

    def _engine(self, way: Way, entries: Sequence[Entry], handled: bool) -> Amounts:
        """The same orders in the engine, those of one set of inputs as one batch."""
        options = BorderOptions(
            channel=way.channel,  # type: ignore[arg-type]
            platform=way.platform,
            supply=way.supply,  # type: ignore[arg-type]
            carrier=way.carrier,  # type: ignore[arg-type]
            price_includes_tax=way.inclusive,
            region=way.region or None,
            hs=way.hs or None,
            handling=handled,
        )
        plan = compile_border(self.view, way.to, way.category, options)
        found: dict[Key, list[int | None]] = {}
        for i, entry in enumerate(entries):
            money = {
                name: Column.of(units(amount, entry.currency) or 0, entry.currency)
                for name, amount in (
                    ("price", entry.paid),
                    ("value", entry.value),
                    ("freight", entry.freight),
                    ("insurance", entry.insurance),
                    ("handling", entry.handling),
                )
                if amount is not None
            }
            numbers = {"items": np.asarray([entry.items], dtype=np.int64)}
            if entry.weight_g is not None:
                numbers["weight_g"] = np.asarray([entry.weight_g], dtype=np.int64)
            ledger = Ledger(1, entry.currency, ViewExchange(self.view), money, numbers)
            ledger.run(plan.steps)
            for step in plan.applying(ledger, 0):
                column = ledger.quoted[step.id]
                row = found.setdefault((step.id.removesuffix(".buyer"), step.payer), [MISSING] * len(entries))
                row[i] = int(column.units[0]) if column.known[0] else None
        return found


ENTRIES = 6


# ---------------------------------------------------------------- every price list
LIST_DAYS = (date(2014, 6, 1), date(2015, 11, 8), date(2020, 6, 1), date(2026, 11, 30))
OWN_LIST = (
    {"min_g": "1", "max_g": "2000", "first_g": "500", "first_price": "31.25", "per_kg": "65.1234"},
    {
        "min_g": "2001",
        "max_g": "20000",
        "first_g": "500",
        "first_price": "44",
        "step_g": "500",
        "step_price": "13.335",
    },
    {"min_g": "20001", "max_g": "70000", "per_kg": "52.5555", "per_item": "19.9", "min_billed_g": "21000"},
)
"""A seller's own prices for a service of which the rules know how it weighs, and no price."""
OWN_SERVICES = ("speedpak", "sf-international", "fedex", "aliexpress-premium")


@pytest.fixture(scope="module")
def price_lists(book: RuleBook) -> Agreement:
    """Every price list to every destination that it names, the platforms' own and others' among them."""
    told = Agreement()
    for day in LIST_DAYS:
        scales = Scales(book, day, told)
        scales.listed()
        scales.own()
        told.met.update(scales.oracle.rules.met)
    return told


def test_every_price_list_agrees(price_lists: Agreement, book: RuleBook) -> None:
    price_lists.agreed()
    tables = {name for key, name in price_lists.reached if key == "table"}
    days = [book.at(day) for day in LIST_DAYS]
    entries = [e for rule in book.rules["freight"]["services"].values() for e in rule.get("prices", ())]
    in_force = {t for e in entries for t in e["tables"] if any(view.has(t) for view in days)}
    assert tables == in_force
    assert price_lists.freights > 2_500


@dataclass
class Scales:
    """Parcels on the scales of one day."""

    book: RuleBook
    day: date
    told: Agreement

    def __post_init__(self) -> None:
        self.view = self.book.at(self.day)
        self.oracle = Oracle(self.view)
        self.rng = random.Random(self.day.toordinal())
        self.kind = Kind(None, "plain", "RUB", "CNY")

    def listed(self) -> None:
        for name, rule in self.view.rules("freight")["services"].items():
            for entry in rule.get("prices", ()):
                found = [table for table in entry["tables"] if self.view.has(table)]
                rates = [self.book.rates[table.removeprefix("rates.")] for table in found]
                places = sorted({row["to"] for rate in rates for row in rate["rows"]} | {"FI"})
                self.told.reached |= {("table", table) for table in found}
                chosen = self.rng.sample(places, min(len(places), PLACES))
                for to in chosen:
                    self._parcels(name, to, entry, PARCELS // len(chosen))

    def own(self) -> None:
        for name in OWN_SERVICES:
            for to in ("BR", "DE"):
                self.oracle.freight.own_list(name, to, OWN_LIST, "CNY")
                rows = [{**row, "service": name, "to": to, "currency": "CNY"} for row in OWN_LIST]
                self._parcels(name, to, {}, OWN_PARCELS, FreightOptions(rows=rows))

    def _parcels(
        self,
        name: str,
        to: str,
        entry: Mapping[str, Sequence[str]],
        count: int,
        options: FreightOptions = DEFAULT,
    ) -> None:
        edges = Edges()
        edges.of_service(self.oracle.freight.service(name, to))
        goods = replace(
            self.kind,
            category=self.rng.choice((*entry.get("categories", ()), "toys", None)),
            goods_class=self.rng.choice((*entry.get("goods", ()), "plain")),
        )
        for sku in skus(self.rng, self.oracle, edges, goods, count):
            self._parcel(name, to, sku, options)

    def _parcel(self, name: str, to: str, sku: Sku, options: FreightOptions) -> None:
        parcel = Parcel(
            sku.weight_g,
            sku.sides_mm,
            sku.goods_class,
            sku.pieces,
            price=Money.of(sku.paid, sku.currency),
            category=sku.category,
        )
        plan = compile_freight(self.view, name, to, parcel, options)
        numbers = {"weight_g": sku.weight_g, "pieces": sku.pieces}
        numbers |= dict(zip(("length_mm", "width_mm", "height_mm"), sku.sides_mm or (), strict=False))
        columns = {key: np.asarray([value], dtype=np.int64) for key, value in numbers.items() if value}
        ledger = Ledger(1, "CNY", ViewExchange(self.view), {}, columns)
        ledger.run(plan.steps)
        theirs = {
            step.id: int(column.units[0]) if (column := ledger.lines[step.id]).known[0] else None
            for step in plan.steps
        }
        charges = self.oracle.freight.charges(name, to, sku)
        ours = {charge.id: units(charge.amount, charge.currency) for charge in charges}
        closed = plan.exclusion.rule if plan.exclusion else None
        own = self.oracle.freight.closed(name, to, sku, None, "seller")
        self.told.quotes += 1
        self.told.freights += ours["freight"] is not None
        if theirs != ours or (closed != own and not options.rows):
            self.told.count += 1
            if len(self.told.told) < SHOWN:
                said = [f"{c.id}: {c.amount} = {c.calculation}" for c in charges]
                asked = [ledger.line(step, 0).calculation.en for step in plan.steps]
                self.told.told.append(
                    f"{self.day}, {name} to {to}, {sku}\n  engine {theirs} {closed} {asked}\n  oracle {ours} {own} {said}"
                )


PLACES, PARCELS, OWN_PARCELS = 12, 120, 40
"""Of a price list: destinations and parcels in all; of an own list, parcels."""


# ---------------------------------------------------------------- what the random articles have met
KINDS = {
    # fees
    "fee.percent", "fee.whole", "fee.marginal", "fee.part", "fee.minimum", "fee.maximum", "fee.monthly",
    "fee.monthly-minimum", "fee.amount", "fee.amount-by-tier", "fee.unknown", "fee.fba", "fba.weight", "fba.volume",
    "fba.steps", "fba.low-price", "fba.none",
    # freight
    "freight.per_kg", "freight.per_item", "freight.per_cbm", "freight.first_price", "freight.step_price",
    "freight.step", "freight.volume", "freight.split", "freight.least", "freight.from", "freight.share",
    "freight.product", "freight.fuel", "freight.later-list", "freight.no-list", "freight.no-band", "freight.over-weight",
    "freight.suspended", "freight.lift", "freight.by-price",
    # borders
    "border.relieved", "border.tariff", "border.percent", "border.flat", "border.kilo", "border.minus",
    "border.bounded", "border.banded", "border.unknown", "border.up-to", "border.under", "border.too-heavy",
    "border.tax-limit", "border.share", "border.inside", "border.inside-own", "border.own-base", "border.uplift",
    "border.above", "border.waived", "border.rounded", "border.minimum", "border.maximum", "border.by-value",
    "border.by-weight", "border.per-order", "border.per-items", "border.per-kg", "border.open",
}  # fmt: skip
"""Every kind of rule, where it decided something."""


def test_every_kind_of_rule_was_met(
    agreement: Agreement, singles: Agreement, sales: Agreement, borders: Agreement, price_lists: Agreement
) -> None:
    met = agreement.met + singles.met + sales.met + borders.met + price_lists.met
    assert {kind for kind in KINDS if not met[kind]} == set()
    assert {kind for kind in met if kind not in KINDS} == set()
