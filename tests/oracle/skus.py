"""Random articles on the edges of the rules: a coin below, at and above each amount, a gram and a millimetre beside."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop.core.facts import View
from desktop.core.money import decimals
from oracle import fba, fees
from oracle.border import Way
from oracle.freight import Service
from oracle.order import Sku
from oracle.quote import Oracle
from oracle.rules import HUNDRED, cents

CURRENCIES = ("USD", "USD", "EUR", "GBP", "CNY", "JPY", "AUD", "BRL", "RUB")
GOODS = ("plain",) * 12 + ("battery", "battery", "liquid", "powder", "magnetic", "food", "cosmetics")
MOST, HEAVIEST_G, LONGEST_MM = Decimal(1_000_000), 70_000, 3_000
"""What a case holds."""


@dataclass
class Edges:
    """The amounts, weights and sides at which the rules of a day turn."""

    prices: set[tuple[Decimal, str]] = field(default_factory=set)
    grams: set[int] = field(default_factory=set)
    sides: set[int] = field(default_factory=set)
    boxes: set[tuple[int, int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, oracle: Oracle, markets: Sequence[str], categories: Sequence[str]) -> Edges:
        edges = cls()
        edges._of_fees(oracle.rules.view, oracle, categories)
        edges._of_freight(oracle, markets)
        edges._of_borders(oracle, markets)
        return edges

    def _of_fees(self, view: View, oracle: Oracle, categories: Sequence[str]) -> None:
        for platform, rule in view.rules("fees").items():
            for code in rule["marketplaces"]:
                for category in categories:
                    self.of_site(oracle, platform, code, category)

    def of_site(self, oracle: Oracle, platform: str, code: str, category: str | None) -> None:
        """Where the fees of a site turn: tiers, limits, and the rows and sizes of a card."""
        currency = oracle.view.rules("fees")[platform]["marketplaces"][code]["currency"]
        for line in fees.lines_of(oracle.rules, platform, code, category, "fba"):
            self._tiers(line, currency)
            if line.card:
                self._card(line.card, currency)

    def _tiers(self, line: fees.FeeLine, currency: str) -> None:
        for tier in line.tiers:
            if tier.bound is not None:
                self.prices.add((tier.bound, currency))
            for limit in (line.minimum, line.maximum, line.monthly_minimum):
                if limit is not None and line.kind == "percent" and tier.value > 0:
                    self.prices.add((limit * HUNDRED / tier.value, currency))

    def _card(self, card: fba.Card, currency: str) -> None:
        for price, _ in card.bands:
            self.prices.add((price, currency))
        for row in card.rows:
            for limit in (row.up_to_g, row.over_g):
                if limit:
                    self.grams.add(int(limit))
            if row.step_g:
                self.grams.update(int(row.over_g + n * row.step_g) for n in (1, 2, 7, 40, 103))
        for size in card.sizes:
            for grams in (size.unit_g, size.counted_g):
                if grams is not None:
                    self.grams.add(int(grams))
            long, middle, short = (side or Decimal(500) for side in size.sides)
            self.boxes.add((int(long), int(middle), int(short)))

    def _of_freight(self, oracle: Oracle, markets: Sequence[str]) -> None:
        for name in oracle.view.rules("freight")["services"]:
            for market in markets:
                self.of_service(oracle.freight.service(name, market))

    def of_service(self, service: Service) -> None:
        """Where a service turns: its limits, and the bands and least weights of its price lists."""
        self.grams.update(int(limit) for limit, _ in service.weight)
        self.sides.update(int(side) for side in (*service.side_mm, *service.sum_mm))
        if service.volume and service.volume.side_mm:
            self.sides.add(int(service.volume.side_mm))
        for listed in service.lists:
            for row, band in listed.rows:
                figures = (band.from_g, band.to_g, band.least_g, band.first_g)
                self.grams.update(int(grams) for grams in figures if grams)
                self.sides.update(int(side) for side in (band.side_mm, band.sum_mm) if side)
                if row.get("price_to"):
                    self.prices.add((Decimal(row["price_to"]), listed.terms["price_currency"]))

    def _of_borders(self, oracle: Oracle, markets: Sequence[str]) -> None:
        for market in markets:
            country = oracle.borders.country(Way(market, "other", inclusive=True))
            for bracket in country.brackets if country else ():
                if bracket.up_to_g is not None:
                    self.grams.add(int(bracket.up_to_g))
                for limit in (bracket.up_to, bracket.tax_below):
                    if limit is None:
                        continue
                    assert country is not None
                    self.prices.add((limit, country.currency))
                    vat = bracket.rule("vat")
                    if bracket.at_sale and vat and vat.percent:
                        self.prices.add((limit * (HUNDRED + vat.percent) / HUNDRED, country.currency))
                    if bracket.share:
                        self.prices.add((limit * HUNDRED / bracket.share, country.currency))


@dataclass(frozen=True)
class Kind:
    """What the articles of a batch have in common, and which of their figures are given at all."""

    category: str | None
    goods_class: str
    currency: str
    cost_currency: str
    weighed: bool = True
    measured: bool = True
    packed: bool = False
    monthly: bool = True
    returned: bool = False
    advertised: bool = False


def kind(rng: random.Random, oracle: Oracle, categories: Sequence[str], markets: Sequence[str]) -> Kind:
    """A kind of goods, priced mostly in a currency in which something is limited: a site's, a country's, the yuan."""
    countries = (oracle.borders.country(Way(market, "other", inclusive=True)) for market in markets)
    own = [country.currency for country in countries if country] or ["USD"]
    return Kind(
        None if rng.random() < 0.03 else rng.choice(categories),
        rng.choice(GOODS),
        rng.choice((*CURRENCIES, *own, *own)),
        rng.choice(("CNY", "CNY", "USD", "EUR")),
        weighed=rng.random() < 0.97,
        measured=rng.random() < 0.93,
        packed=rng.random() < 0.3,
        monthly=rng.random() < 0.9,
        returned=rng.random() < 0.5,
        advertised=rng.random() < 0.5,
    )


def skus(rng: random.Random, oracle: Oracle, edges: Edges, kind: Kind, count: int) -> list[Sku]:
    """So many articles of a kind; about half of their figures stand at an edge."""
    amounts = (oracle.rules.convert(amount, currency, kind.currency) for amount, currency in edges.prices)
    prices = sorted(amount for amount in amounts if amount is not None)
    grams, sides, boxes = sorted(edges.grams), sorted(edges.sides), sorted(edges.boxes)
    return [_sku(rng, f"sku-{n}", kind, prices, grams, sides, boxes) for n in range(count)]


def _sku(
    rng: random.Random,
    name: str,
    kind: Kind,
    prices: Sequence[Decimal],
    grams: Sequence[int],
    sides: Sequence[int],
    boxes: Sequence[tuple[int, int, int]],
) -> Sku:
    pieces = rng.choice((1, 1, 1, 1, 2, 3, 7, 12))
    cost = cents(Decimal(str(10 ** rng.uniform(0, 3))), kind.cost_currency)
    return Sku(
        id=name,
        category=kind.category,
        goods_class=kind.goods_class,
        price=_price(rng, prices, pieces, kind.currency),
        currency=kind.currency,
        cost=None if rng.random() < 0.05 else max(cost, Decimal(1)),
        cost_currency=kind.cost_currency,
        packing=Decimal(rng.choice(("1.55", "0.30", "12"))) if kind.packed else None,
        weight_g=_weight(rng, grams, pieces) if kind.weighed else None,
        sides_mm=_box(rng, sides, boxes) if kind.measured else None,
        pieces=pieces,
        monthly_orders=rng.choice((1, 7, 30, 100, 400, 5000)) if kind.monthly else None,
        return_rate=Decimal(rng.choice(("2.5", "7", "0"))) if kind.returned else None,
        advertising_share=Decimal(rng.choice(("3.33", "12"))) if kind.advertised else None,
    )


def _price(rng: random.Random, prices: Sequence[Decimal], pieces: int, currency: str) -> Decimal:
    """A price at which the order, or the piece, stands at an edge: a coin below, at it, a coin above; or any price."""
    coin = Decimal(1).scaleb(-decimals(currency))
    if prices and rng.random() < 0.6:
        amount = rng.choice(prices)
        if rng.random() < 0.5:
            amount = amount / pieces
        whole = (amount / coin).quantize(Decimal(1), rng.choice((ROUND_FLOOR, ROUND_CEILING)))
        near = (whole + rng.choice((-1, 0, 0, 1))) * coin
        if coin <= near <= MOST:
            return near
    return max(cents(Decimal(str(10 ** rng.uniform(0, 3.6))), currency), coin)


def _weight(rng: random.Random, grams: Sequence[int], pieces: int) -> int:
    if grams and rng.random() < 0.5:
        edge = rng.choice(grams)
        if rng.random() < 0.5:
            edge = edge // pieces
        edge += rng.choice((-1, 0, 0, 1))
        if 1 <= edge <= HEAVIEST_G:
            return edge
    return int(10 ** rng.uniform(0.7, 3.7 if rng.random() < 0.8 else 4.8))


def _box(
    rng: random.Random, sides: Sequence[int], boxes: Sequence[tuple[int, int, int]]
) -> tuple[int, int, int]:
    way = rng.random()
    if way < 0.3 and boxes:
        long, middle, short = (max(1, side + rng.choice((-1, 0, 0, 1))) for side in rng.choice(boxes))
    elif way < 0.5 and sides:
        long = max(1, rng.choice(sides) + rng.choice((-1, 0, 0, 1)))
        middle, short = (int(rng.uniform(1, long + 1)) for _ in "ab")
    else:
        long, middle, short = (int(10 ** rng.uniform(1, 3)) for _ in "abc")
    found = [min(side, LONGEST_MM) for side in (long, middle, short)]
    rng.shuffle(found)
    return found[0], found[1], found[2]
