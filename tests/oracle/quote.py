"""A whole lane: every line that a seller or buyer pays, and what is left of the price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.core.facts import View
from oracle import fees
from oracle.border import Borders, Entry, Way
from oracle.freight import Freight
from oracle.order import Lane, Sku
from oracle.rules import Charge, Rules, percent_of, percentage

SALE, CARRIED = 1, 2
"""The places of the platform's fees and of the freight among the slips of a quote."""


@dataclass(frozen=True)
class Line:
    """A charge in the currency of the price; None where it, or the exchange rate, is not known."""

    charge: Charge
    amount: Decimal | None


@dataclass(frozen=True, eq=False)
class Slip:
    """Some lines together: what the seller pays of them as far as it is known, and whether it is known in full."""

    lines: tuple[Line, ...]
    known: Decimal
    complete: bool

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Slip:
        lines = tuple(lines)
        mine = [line.amount for line in lines if line.charge.payer != "buyer"]
        return cls(lines, sum((amount for amount in mine if amount), Decimal(0)), None not in mine)


@dataclass(frozen=True)
class Quote:
    """What is left of the price after the seller's known lines; complete where all of them are known."""

    paid: Decimal
    currency: str
    slips: tuple[Slip, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for slip in self.slips for line in slip.lines)

    @property
    def net(self) -> Decimal:
        return self.paid - sum([slip.known for slip in self.slips], Decimal(0))

    @property
    def complete(self) -> bool:
        return all(slip.complete for slip in self.slips)

    @property
    def freight(self) -> Decimal | None:
        """What the carrier asks, fuel included; None where any of it is not known."""
        found = Decimal(0)
        for line in self.slips[CARRIED].lines:
            if line.charge.head == "freight":
                if line.amount is None:
                    return None
                found += line.amount
        return found


@dataclass
class Oracle:
    """Quotes of one day. While one article is priced, each part is worked out once for what it depends on."""

    view: View
    rules: Rules = field(init=False)
    freight: Freight = field(init=False)
    borders: Borders = field(init=False)
    _fee_lines: dict[tuple[str, str, str | None, str], list[fees.FeeLine]] = field(default_factory=dict)
    _slips: dict[tuple[object, ...], Slip] = field(default_factory=dict)
    _at: Sku | None = None

    def __post_init__(self) -> None:
        self.rules = Rules(self.view)
        self.freight = Freight(self.rules)
        self.borders = Borders(self.rules)

    def quote(self, sku: Sku, lane: Lane) -> Quote:
        """Goods and packing, fees of the sale, the way there, the border, the money's way home, returns, advertising."""
        if sku is not self._at:
            self._slips, self._at = {}, sku
        taxed = self._taxed(sku, lane)
        return Quote(
            sku.paid,
            sku.currency,
            (
                self._goods(sku),
                self._sale(sku, lane),
                self._carried(sku, lane),
                taxed,
                self._payment(sku, lane, taxed),
                self._shares(sku),
            ),
        )

    # ------------------------------------------------------------ slips
    def _line(self, charge: Charge, sku: Sku) -> Line:
        return Line(charge, self.rules.convert(charge.amount, charge.currency, sku.currency))

    def _slip(self, charges: Iterable[Charge], sku: Sku) -> Slip:
        return Slip.of(self._line(charge, sku) for charge in charges)

    def _goods(self, sku: Sku) -> Slip:
        if ("goods",) not in self._slips:
            cost = None if sku.cost is None else sku.cost * sku.pieces
            found = [Charge("goods", cost, sku.cost_currency, how=("{} x {}", sku.cost, sku.pieces))]
            if sku.packing is not None:
                packing = sku.packing * sku.pieces
                found.append(Charge("packing", packing, sku.cost_currency, how=("{}", packing)))
            self._slips["goods",] = self._slip(found, sku)
        return self._slips["goods",]

    def _fees(self, sku: Sku, lane: Lane) -> list[fees.FeeLine]:
        key = (lane.platform, lane.marketplace, sku.category, lane.fulfilment)
        if key not in self._fee_lines:
            self._fee_lines[key] = fees.lines_of(self.rules, *key)
        return self._fee_lines[key]

    def _sale(self, sku: Sku, lane: Lane) -> Slip:
        key = ("sale", lane.platform, lane.marketplace, lane.fulfilment)
        if key not in self._slips:
            before: dict[str, Charge] = {}
            for line in self._fees(sku, lane):
                if not line.payment:
                    before[line.id] = fees.charge(self.rules, line, sku, before)
            self._slips[key] = self._slip(before.values(), sku)
        return self._slips[key]

    def _carried(self, sku: Sku, lane: Lane) -> Slip:
        key = ("carried", lane.market, lane.service, lane.fulfilment)
        if key not in self._slips:
            if lane.service is None:
                found = [Charge("freight", None, "CNY", how=("nobody carries it",))]
            else:
                found = self.freight.charges(lane.service, lane.market, sku)
            if lane.fulfilment == "overseas-warehouse":
                # what a warehouse abroad charges is in no rule
                found = [*found, Charge("fulfilment.warehouse", None, "CNY", how=("not known",))]
            self._slips[key] = self._slip(found, sku)
        return self._slips[key]

    def carrier(self, service: str) -> str:
        """Only what the post hands over is mail at a border."""
        kind = self.view.rules("freight")["services"][service]["kind"]
        return "post" if kind == "postal" else "express"

    def _taxed(self, sku: Sku, lane: Lane) -> Slip:
        if lane.service is not None:
            return self._at_border(sku, lane, self.carrier(lane.service))
        # nobody carries it yet: the way that costs the seller less, as far as it is known
        post, express = (self._at_border(sku, lane, carrier) for carrier in ("post", "express"))
        return express if express.known < post.known else post

    def _at_border(self, sku: Sku, lane: Lane, carrier: str) -> Slip:
        key = ("border", lane.market, lane.platform, carrier, lane.fulfilment)
        if key not in self._slips:
            way = Way(
                lane.market,
                sku.category or "other",
                platform=lane.platform,
                carrier=carrier,
                supply="parcel" if lane.fulfilment == "seller" else "stock",
                inclusive=True,
            )
            entry = Entry(sku.currency, paid=sku.paid, weight_g=sku.order_g, pieces=sku.pieces)
            self._slips[key] = self._slip(self.borders.charges(way, entry), sku)
        return self._slips[key]

    def _payment(self, sku: Sku, lane: Lane, taxed: Slip) -> Slip:
        """A payout is what the platform has left after its fees and the tax that it keeps back."""
        key = ("payment", lane.platform, lane.marketplace, lane.fulfilment, taxed)
        if key not in self._slips:
            sale = self._sale(sku, lane)
            before = {line.charge.id: line.charge for line in (*sale.lines, *taxed.lines)}
            found = []
            for line in self._fees(sku, lane):
                if line.payment:
                    charge = before[line.id] = fees.charge(self.rules, line, sku, before)
                    found.append(charge)
            self._slips[key] = self._slip(found, sku)
        return self._slips[key]

    def _shares(self, sku: Sku) -> Slip:
        """Returns and advertising as shares of the price."""
        if ("shares",) not in self._slips:
            found = []
            for name, share in (("returns", sku.return_rate), ("ads", sku.advertising_share)):
                if share is not None:
                    amount = percent_of(sku.paid, percentage(share), sku.currency)
                    found.append(Charge(name, amount, sku.currency, how=("{} x {}%", sku.paid, share)))
            self._slips["shares",] = self._slip(found, sku)
        return self._slips["shares",]
