"""Lanes of a case: goods × marketplace × destination × fulfilment × service, priced through the kernel.

The parts are compiled once per view and kept: fees by platform and market, freight by service and market, border by
market. A quote is one run of the steps over a batch of one; `sweep` runs the same steps over many list prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec import Struct

from desktop.core.case import Case
from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import Money, ppm
from desktop.core.places import in_sentence
from desktop.core.questions import Questions
from desktop.core.result import Datum, Line, Mark, Payer, Quote, Series
from desktop.core.text import Text, both, text_of
from desktop.core.words import money_text
from desktop.engine import border, fees, freight
from desktop.engine.exchange import ViewExchange
from desktop.engine.kernel import (
    LARGEST_ORDER,
    Column,
    Exchange,
    Explanation,
    InputStep,
    Ints,
    Ledger,
    Step,
    UnknownStep,
    percent_text,
    share,
)
from desktop.engine.open_answers import cost_not_given, weight_not_given

ANOTHER = "another"
"""A platform that a service does not carry for, whichever it is."""
LAST = ("payment", "returns", "ads")
"""Series that follow the border in the cost stack."""


class AnswerShareStep(Struct, frozen=True, eq=False):
    """A share of the price that the client typed: returns, advertising.

    A batch may hold shares of its own, as the number `<id>_ppm` in parts per million.
    """

    id: str
    series: Series
    label: Text
    rate_ppm: int
    mark: Mark
    payer: Payer = "seller"

    def run(self, ledger: Ledger) -> Column:
        price = ledger.column("price")
        rate = ledger.numbers.get(f"{self.id}_ppm", self.rate_ppm)
        return Column(share(price.units, rate), price.known, price.currency)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        price = ledger.column("price")
        own = ledger.numbers.get(f"{self.id}_ppm")
        rate = percent_text(self.rate_ppm if own is None else int(own[i]))
        data = Datum(self.label, rate.rstrip("%"), both("%"), self.mark)
        return Explanation((data,), both(f"{money_text(int(price.units[i]), price.currency)} × {rate}"))


@dataclass
class Pricer:
    """Prices the lanes of one case on one view."""

    case: Case
    view: View
    questions: Questions
    marks: dict[str, Mark] = field(default_factory=dict)
    _fees: dict[tuple[str, str], fees.FeePlan] = field(default_factory=dict)
    _border: dict[tuple[str, str, border.Carrier], border.BorderPlan] = field(default_factory=dict)
    _freight: dict[tuple[str, str, str | None], freight.FreightPlan] = field(default_factory=dict)
    _costs: dict[tuple[str, str, str | None], int | None] = field(default_factory=dict)
    _parcels: dict[str | None, freight.Parcel] = field(default_factory=dict)
    _order: Ledger | None = None

    def __post_init__(self) -> None:
        self.exchange: Exchange = ViewExchange(self.view)
        self.currency = self.case.currency(self.questions, "list_price")
        self.pieces = self.case.integer("pieces_per_order") or 1
        self.category = self.case.text("category")
        self.goods_class = self.case.text("goods_class") or "plain"
        self.fulfilment = self.case.text("fulfilment") or "seller"

    # ------------------------------------------------------------------ parts
    def fee_plan(self, platform: str, marketplace: str) -> fees.FeePlan:
        key = (platform, marketplace)
        if key not in self._fees:
            options = fees.FeeOptions(fulfilment=self.fulfilment)
            self._fees[key] = fees.compile_fees(self.view, platform, marketplace, self.category, options)
        return self._fees[key]

    def border_plan(self, market: str, platform: str, service: str | None) -> border.BorderPlan:
        """What the lane meets at the border: by who sells, who carries, and whether parcels or stock cross it.

        While no service is chosen it is the way that costs the least, for what is left is then said as "at most".
        """
        if service is None:
            ways: tuple[border.Carrier, ...] = ("post", "express")
            return min((self.border_by(market, platform, way) for way in ways), key=self._known_border)
        return self.border_by(market, platform, self._carrier(service))

    def _known_border(self, plan: border.BorderPlan) -> int:
        """What is known of the seller's charges at a border for the order, in minor units of the price currency."""
        ledger = self.ledger()
        ledger.run(plan.steps)
        columns = [ledger.quoted[step.id] for step in plan.applying(ledger, 0) if step.payer == "seller"]
        return sum(int(column.units[0]) for column in columns if column.known[0])

    def border_by(self, market: str, platform: str, carrier: border.Carrier) -> border.BorderPlan:
        """What the lane meets at the border by the kind of its carrier."""
        key = (market, platform, carrier)
        if key not in self._border:
            options = border.BorderOptions(
                price_includes_tax=True,
                platform=platform,
                carrier=key[2],
                supply="parcel" if self.fulfilment == "seller" else "stock",
            )
            self._border[key] = border.compile_border(self.view, market, self.category or "other", options)
        return self._border[key]

    def _carrier(self, service: str) -> border.Carrier:
        """Only what the post hands over is mail at a border; lines and platforms' own services clear like express."""
        services = self.view.rules("freight")["services"]
        return "post" if services[service]["kind"] == "postal" else "express"

    def platform_of(self, service: str, platform: str | None) -> str | None:
        """The platform as far as a service cares: None where it carries for any, else one of its own or another."""
        own = self.view.rules("freight")["services"][service]["platforms"]
        return (platform if platform is None or platform in own else ANOTHER) if own else None

    def freight_plan(self, service: str, market: str, platform: str | None) -> freight.FreightPlan:
        key = (service, market, self.platform_of(service, platform))
        if key not in self._freight:
            self._freight[key] = freight.compile_freight(self.view, service, market, self.parcel(key[2]))
        return self._freight[key]

    def parcel(self, platform: str | None) -> freight.Parcel:
        if platform not in self._parcels:
            self._parcels[platform] = self._parcel(platform)
        return self._parcels[platform]

    def _parcel(self, platform: str | None) -> freight.Parcel:
        price = self.case.money(self.questions, "list_price")
        return freight.Parcel(
            weight_g=self.case.integer("weight_g"),
            dims_mm=self.case.dims_mm(),
            goods_class=self.goods_class,
            pieces=self.pieces,
            platform=platform,
            fulfilment=self.fulfilment,
            price=None if price is None else Money(price.units * self.pieces, price.currency),
            category=self.category,
        )

    # ------------------------------------------------------------------ runs
    def ledger(self, prices: Sequence[int] | None = None) -> Ledger:
        """Inputs of an order. `prices` are list prices of one piece in minor units, for a sweep."""
        if prices is None:
            if self._order is None:
                self._order = self._inputs(1)
            return self._order.branch()
        ledger = self._inputs(len(prices))
        price = np.asarray(prices, dtype=np.int64) * self.pieces
        ledger.money["price"] = Column.of(price, self.currency)
        return ledger

    def _inputs(self, n: int) -> Ledger:
        """The order of the case, n times."""
        inputs = self._money_inputs(n), self._numbers(n), self._marks(), self._names()
        return Ledger(n, self.currency, self.exchange, *inputs)

    def _money_inputs(self, n: int) -> dict[str, Column]:
        money = {"price": self._money("list_price", n), "cost": self._money("unit_cost", n)}
        if self.case.given("packing_cost") is not None:
            money["packing"] = self._money("packing_cost", n)
        return money

    @property
    def too_large(self) -> bool:
        """Whether the order is larger than what is priced."""
        price = self.case.money(self.questions, "list_price")
        return price is not None and price.units * self.pieces > LARGEST_ORDER

    def _money(self, name: str, n: int) -> Column:
        found = self.case.money(self.questions, name)
        if found is None or (name == "list_price" and self.too_large):
            return Column.unknown(self.case.currency(self.questions, name), n)
        return Column.of(found.units * self.pieces, found.currency, n)

    def _numbers(self, n: int) -> dict[str, Ints]:
        given = {
            "weight_g": self.case.integer("weight_g"),
            "monthly_orders": self.case.integer("monthly_orders"),
            "pieces": self.pieces,
            "items": 1,
        }
        dims = self.case.dims_mm()
        if dims:
            given |= dict(zip(("length_mm", "width_mm", "height_mm"), dims, strict=True))
        return {name: np.full(n, value, dtype=np.int64) for name, value in given.items() if value is not None}

    def _marks(self) -> dict[str, Mark]:
        answers = {
            "price": "list_price", "cost": "unit_cost", "packing": "packing_cost", "pieces": "pieces_per_order",
            "weight_g": "weight_g", "monthly_orders": "monthly_orders",
        }  # fmt: skip
        marks: dict[str, Mark] = {
            name: self.marks.get(answer, "case") if self.case.given(answer) is not None else "default"
            for name, answer in answers.items()
        }
        sides = dict.fromkeys(freight.SIDES, self.marks.get("dims_cm", "case"))
        return marks | sides | {"items": "default"}

    def _names(self) -> dict[str, Text]:
        label = {question.name: question.label for question in self.questions.items}
        return {
            "price": label["list_price"],
            "cost": label["unit_cost"],
            "packing": label["packing_cost"],
            "weight_g": label["weight_g"],
            "pieces": label["pieces_per_order"],
            "monthly_orders": label["monthly_orders"],
        }

    def steps(self, platform: str, marketplace: str, market: str, service: str | None) -> tuple[Step, ...]:
        """All lines of a lane in the order of the cost stack."""
        return (
            *self.goods_steps(),
            *self.fee_steps(platform, marketplace),
            *self._freight_steps(service, market, platform),
            *self._warehouse(),
            *self.border_plan(market, platform, service).steps,
            # a payout is what the platform has left after the tax that it withholds
            *self.payout_steps(platform, marketplace),
            *self._shares(),
        )

    def own_steps(self) -> tuple[Step, ...]:
        """The lines that are the same on every lane: goods, packing, a warehouse, and the shares that were typed."""
        return (*self.goods_steps(), *self._warehouse(), *self._shares())

    def goods_steps(self) -> tuple[Step, ...]:
        missing = Unknown("unit_cost", cost_not_given(self.case, self.view), None, self.view.date)
        goods = InputStep("goods", "goods", self.view.text("advice.line.goods"), "cost", missing)
        if self.case.given("packing_cost") is None:
            return (goods,)
        return goods, InputStep("packing", "goods", self.view.text("advice.line.packing"), "packing")

    def fee_steps(self, platform: str, marketplace: str) -> tuple[Step, ...]:
        """What the platform charges, without what it costs to bring the money home."""
        return tuple(s for s in self.fee_plan(platform, marketplace).steps if s.series != "payment")

    def payout_steps(self, platform: str, marketplace: str) -> tuple[Step, ...]:
        return tuple(s for s in self.fee_plan(platform, marketplace).steps if s.series == "payment")

    def _freight_steps(self, service: str | None, market: str, platform: str) -> tuple[Step, ...]:
        if service is not None:
            return self.freight_plan(service, market, platform).steps
        view = self.view
        name = text_of(view.rules("markets")["countries"][market]["name"])
        why = (
            Unknown("weight_g", weight_not_given(self.case, view), None, view.date)
            if self.case.integer("weight_g") is None
            else view.unknown("freight", "advice.no-service", market=in_sentence(name))
        )
        return (UnknownStep("freight", "freight", view.text("advice.line.freight"), why),)

    def _warehouse(self) -> tuple[Step, ...]:
        """What an overseas warehouse charges; the platform's own warehouse is a fee of the platform."""
        if self.fulfilment != "overseas-warehouse":
            return ()
        why = self.view.unknown("warehouse", "advice.no-warehouse")
        return (UnknownStep("fulfilment.warehouse", "freight", self.view.text("advice.line.warehouse"), why),)

    def _shares(self) -> list[Step]:
        found: list[Step] = []
        for name, series, key in (
            ("return_rate", "returns", "advice.line.returns"),
            ("advertising_share", "ads", "advice.line.ads"),
        ):
            rate = self.case.decimal(name)
            if rate is not None:
                label = self.view.text(key)
                found.append(
                    AnswerShareStep(series, series, label, ppm(rate), self.marks.get(name, "case"))  # type: ignore[arg-type]
                )
        return found

    def left_out(self) -> tuple[Text, ...]:
        """What no line stands for because it was not answered; said beside every margin."""
        names = {
            "packing_cost": "advice.left-out.packing",
            "return_rate": "advice.left-out.returns",
            "advertising_share": "advice.left-out.ads",
        }
        out = [self.view.text(key) for name, key in names.items() if self.case.given(name) is None]
        return (*out, self.view.text("advice.left-out.refund"), self.view.text("advice.left-out.fixed"))

    def quote(self, platform: str, marketplace: str, market: str, service: str | None) -> Quote | None:
        """A priced lane; None without a list price, and for an order that is larger than what is priced."""
        if self.case.given("list_price") is None or self.too_large:
            return None
        ledger = self.ledger()
        steps = self.steps(platform, marketplace, market, service)
        ledger.run(steps)
        lane = {
            "platform": platform,
            "marketplace": marketplace,
            "market": market,
            "service": service or "",
            "fulfilment": self.fulfilment,
        }
        price = int(ledger.column("price").units[0])
        lines = self._lines(ledger, steps, self.border_plan(market, platform, service))
        return Quote(lane, price, self.currency, self.pieces, lines, self.left_out())

    def _lines(self, ledger: Ledger, steps: Sequence[Step], plan: border.BorderPlan) -> tuple[Line, ...]:
        """The lines of one quote; of the border only those of the value bracket that the order falls into."""
        at_border = {step.id for step in plan.steps}
        before = [
            ledger.line(step, 0) for step in steps if step.id not in at_border and step.series not in LAST
        ]
        after = [ledger.line(step, 0) for step in steps if step.id not in at_border and step.series in LAST]
        return (*before, *plan.lines(ledger, 0), *after)

    def sweep(
        self, platform: str, marketplace: str, market: str, service: str | None, prices: Sequence[int]
    ) -> list[int]:
        """What is left at each list price (minor units of one piece), unknown lines left out."""
        ledger = self.ledger(prices)
        steps = self.steps(platform, marketplace, market, service)
        ledger.run(steps)
        net = ledger.column("price").units.copy()
        for step in steps:
            if step.payer == "seller":
                column = ledger.quoted[step.id]
                net -= np.where(column.known, column.units, 0)
        return [int(value) for value in net]

    def freight_cost(self, service: str, market: str, platform: str | None) -> int | None:
        """Freight of the order in minor units of the price currency; None where any part is unknown."""
        key = (service, market, self.platform_of(service, platform))
        if key not in self._costs:
            plan = self.freight_plan(service, market, platform)
            ledger = self.ledger()
            ledger.run(plan.steps)
            columns = [ledger.quoted[step.id] for step in plan.steps]
            known = bool(columns) and all(bool(column.known[0]) for column in columns)
            self._costs[key] = sum(int(column.units[0]) for column in columns) if known else None
        return self._costs[key]

    def entry_cost(self, service: str, market: str, platform: str | None) -> int:
        """What the entry of an order costs the seller beside duty and tax, in minor units: it differs by who carries it.

        Charges of which only is known that they exist are not in it; they stay unknown in the quote.
        """
        plan = self.border_plan(market, platform or ANOTHER, service)
        if not any(step.id.startswith("other") for step in plan.steps):
            return 0
        ledger = self.ledger()
        ledger.run(plan.steps)
        columns = [
            ledger.quoted[step.id]
            for step in plan.applying(ledger, 0)
            if step.payer == "seller" and step.id.split(".")[0] == "other"
        ]
        return sum(int(column.units[0]) for column in columns if column.known[0])

    def freight_lines(self, service: str, market: str, platform: str | None) -> Quote:
        """The freight of a service alone, as a quote of lines without a price."""
        plan = self.freight_plan(service, market, platform)
        ledger = self.ledger()
        ledger.run(plan.steps)
        lines = tuple(ledger.line(step, 0) for step in plan.steps)
        lane = {"service": service, "market": market, "platform": platform or ""}
        return Quote(lane, 0, self.currency, self.pieces, lines)


def readings_of(quote: Quote | None) -> tuple[Reading, ...]:
    """Every fact behind the lines of a quote."""
    if quote is None:
        return ()
    return tuple({r.id: r for line in quote.lines for r in line.readings}.values())
