"""The four calculators: fees of a sale, freight of an order, charges at a border, tax on an import order.

Each is a batch of one through the same steps that price a whole lane, with what the user typed in place of the rules.
Money comes in exact decimals of the currency named and goes out in its minor units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from desktop.core.facts import Unknown, View
from desktop.core.money import RATE_SCALE, major, minor, plain
from desktop.core.result import Line, Mark
from desktop.core.text import Text
from desktop.engine import border, fees, freight, import_tax
from desktop.engine.exchange import Rate, ViewExchange, half_up_rate
from desktop.engine.kernel import Column, Exchange, Ledger, Step

CNY = "CNY"


class Calculation(Struct, frozen=True):
    """The answer of a calculator.

    `outcome` is one word of the calculator; `extras` are its further figures by name, None where not known.
    """

    lines: tuple[Line, ...]
    currency: str
    outcome: str
    warnings: tuple[Text, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    extras: Mapping[str, str | None] = field(default_factory=dict)
    priced: bool = True
    """False where there is nothing to pay because nothing is carried: no total then, not a zero."""

    @property
    def complete(self) -> bool:
        """Whether each line is known, and nothing else stands open."""
        return (
            self.priced and self.outcome != "unknown" and all(line.amount is not None for line in self.lines)
        )

    @property
    def total(self) -> Decimal | None:
        """The known lines together; None where there are lines and none of them is known."""
        known = [line.amount for line in self.lines if line.amount is not None]
        if not known and (self.lines or not self.priced or self.outcome == "unknown"):
            return None
        return major(sum(known), self.currency)


MONTHLY = ("other.plan", "other.store")
"""Charges of a month also where their amount is not known."""


# ---------------------------------------------------------------------- inputs
class TypedExchange:
    """An exchange with one typed rate; every other pair as the rules have it."""

    def __init__(self, rules: Exchange, from_currency: str, to_currency: str, rate: Decimal) -> None:
        self._rules = rules
        value = Fraction(rate)
        self._typed: dict[tuple[str, str], Rate] = {
            (from_currency, to_currency): (half_up_rate(value), ()),
            (to_currency, from_currency): (half_up_rate(1 / value), ()),
        }

    def rate(self, from_currency: str, to_currency: str) -> Rate | Unknown:
        if from_currency == to_currency:
            return RATE_SCALE, ()
        return self._typed.get((from_currency, to_currency)) or self._rules.rate(from_currency, to_currency)


def _ledger(
    view: View,
    currency: str,
    exchange: Exchange,
    money: Mapping[str, Decimal | None],
    numbers: Mapping[str, int | None],
    marks: Mapping[str, Mark] | None,
) -> Ledger:
    """One order of inputs, named in the words of the rules; typed where no other mark is given."""
    columns = {
        name: Column.of(minor(amount, currency), currency)
        for name, amount in money.items()
        if amount is not None
    }
    whole = {
        name: np.asarray([number], dtype=np.int64) for name, number in numbers.items() if number is not None
    }
    names = {name: view.text(f"calculator.input.{name}") for name in (*columns, *whole)}
    said: dict[str, Mark] = {name: (marks or {}).get(name, "typed") for name in names}
    return Ledger(1, currency, exchange, columns, whole, said, names)


def _sides(dims_mm: tuple[int, int, int] | None) -> dict[str, int | None]:
    return dict(zip(freight.SIDES, dims_mm or (None, None, None), strict=True))


def _distinct(texts: Iterable[Text]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(texts))


def _open(lines: Sequence[Line], more: Sequence[Unknown] = ()) -> tuple[Unknown, ...]:
    """What is not known, each once."""
    found = [line.unknown for line in lines if line.unknown is not None]
    return tuple({unknown.why: unknown for unknown in (*found, *more)}.values())


# ---------------------------------------------------------------------- fees
class Sale(Struct, frozen=True):
    """One order on a platform. `price` is one piece's; `shipping` and `tax` (on top, paid by the buyer) the order's."""

    platform: str
    marketplace: str
    category: str | None
    price: Decimal
    currency: str | None = None
    shipping: Decimal | None = None
    tax: Decimal | None = None
    quantity: int = 1
    weight_g: int | None = None
    dims_mm: tuple[int, int, int] | None = None
    monthly_orders: int | None = None
    options: fees.FeeOptions = fees.DEFAULT


def calculate_fees(view: View, sale: Sale, marks: Mapping[str, Mark] | None = None) -> Calculation:
    """The platform's fees on one order, in the currency of the price (the site's where none is named).

    Charges of a month are shared over the orders of a month where these are given, else left out and said; so is
    what it costs to bring the money home.
    """
    plan = fees.compile_fees(view, sale.platform, sale.marketplace, sale.category, sale.options)
    currency = sale.currency or plan.currency
    given = {"price": sale.price * sale.quantity, "shipping": sale.shipping, "tax": sale.tax}
    numbers = {"pieces": sale.quantity, "weight_g": sale.weight_g, "monthly_orders": sale.monthly_orders}
    ledger = _ledger(view, currency, ViewExchange(view), given, numbers | _sides(sale.dims_mm), marks)
    warnings = list(plan.warnings)
    steps: list[Step] = []
    for step in plan.steps:
        monthly = isinstance(step, fees.AmountStep) and step.months > 0
        if (monthly or step.id in MONTHLY) and sale.monthly_orders is None:
            warnings.append(view.text("calculator.monthly-left-out", label=step.label))
            continue
        steps.append(step)
    if not sale.options.payout:
        warnings.append(view.text("calculator.payout-left-out"))
    ledger.run(steps)
    lines = tuple(ledger.line(step, 0) for step in steps)
    outcome = "unknown" if lines and all(line.amount is None for line in lines) else "charged"
    return Calculation(lines, currency, outcome, _distinct(warnings), _open(lines))


# ---------------------------------------------------------------------- freight
def calculate_freight(
    view: View,
    service: str,
    to: str,
    parcel: freight.Parcel,
    options: freight.FreightOptions = freight.DEFAULT,
    marks: Mapping[str, Mark] | None = None,
) -> Calculation:
    """What a service asks for an order, in the currency of its price list; `refused` where it does not carry it."""
    plan = freight.compile_freight(view, service, to, parcel, options)
    weighed = freight.chargeable(view, service, parcel, options, to)
    currency = next((step.currency for step in plan.steps if isinstance(step, freight.FreightStep)), CNY)
    extras = {
        "volumetric_weight_g": None if weighed.volumetric_g is None else plain(weighed.volumetric_g),
        "chargeable_weight_g": None if weighed.billed_g is None else str(weighed.billed_g),
        "days_min": str(plan.days[0]) if plan.days else None,
        "days_max": str(plan.days[1]) if plan.days else None,
    }
    if plan.exclusion is not None:
        said = (plan.exclusion.text, plan.exclusion.opens)
        return Calculation((), currency, "refused", _distinct(said), (), extras, priced=False)
    numbers = {"weight_g": parcel.weight_g, "pieces": parcel.pieces, freight.VOLUME: parcel.volume_mm3}
    numbers |= _sides(parcel.dims_mm)
    ledger = _ledger(view, currency, ViewExchange(view), {}, numbers, marks)
    ledger.run(plan.steps)
    lines = tuple(ledger.line(step, 0) for step in plan.steps)
    outcome = "unknown" if lines[0].amount is None else "priced"
    return Calculation(lines, currency, outcome, _distinct(plan.warnings), _open(lines, plan.unknown), extras)


# ---------------------------------------------------------------------- duty
class Entry(Struct, frozen=True):
    """One order at a border. `value` is net of tax; `items` counts item types; `exchange_rate` is units of the
    country's currency for one of `currency`."""

    to: str
    category: str
    value: Decimal
    currency: str
    freight: Decimal | None = None
    insurance: Decimal | None = None
    handling: Decimal | None = None
    items: int = 1
    weight_g: int | None = None
    exchange_rate: Decimal | None = None
    options: border.BorderOptions = border.DEFAULT


def calculate_duty(view: View, entry: Entry, marks: Mapping[str, Mark] | None = None) -> Calculation:
    """Duty, tax and fees of one order at the border, in the currency named. The goods are not part of the total."""
    options = replace(entry.options, handling=entry.handling is not None)
    plan = border.compile_border(view, entry.to, entry.category, options)
    exchange: Exchange = ViewExchange(view)
    if entry.exchange_rate is not None and plan.currency:
        exchange = TypedExchange(exchange, entry.currency, plan.currency, entry.exchange_rate)
    money = {
        "value": entry.value,
        "freight": entry.freight,
        "insurance": entry.insurance,
        "handling": entry.handling,
    }
    numbers = {"items": entry.items, "weight_g": entry.weight_g}
    ledger = _ledger(view, entry.currency, exchange, money, numbers, marks)
    ledger.run(plan.steps)
    lines = plan.lines(ledger, 0)
    outcome = plan.outcome(ledger, 0)
    customs = plan.customs_value(ledger, 0)
    extras = {
        "customs_value": None if customs is None else str(customs),
        "collected_by": plan.collected_by(ledger, 0),
    }
    kept = () if outcome == "refused" else lines
    return Calculation(kept, entry.currency, outcome, plan.warnings_for(ledger, 0), _open(kept, ()), extras)


# ---------------------------------------------------------------------- import tax
class ImportOrder(Struct, frozen=True):
    """One order into China, in yuan. `value` is the whole order's, `quantity` its pieces; `net_g`, `net_ml` and
    `pieces` (sheets) are of one piece."""

    mode: str
    category: str
    value: Decimal
    quantity: int = 1
    freight: Decimal | None = None
    insurance: Decimal | None = None
    net_g: int | None = None
    net_ml: int | None = None
    pieces: int | None = None
    options: import_tax.ImportOptions = import_tax.DEFAULT


def calculate_import_tax(
    view: View, order: ImportOrder, marks: Mapping[str, Mark] | None = None
) -> Calculation:
    """The tax collected on one order, in yuan; the composite rate in percent where that tax applies."""
    plan = import_tax.compile_import_tax(view, order.mode, order.category, order.options)
    money = {"value": order.value, "freight": order.freight, "insurance": order.insurance}
    numbers = {
        "quantity": order.quantity,
        "net_g": order.net_g,
        "net_ml": order.net_ml,
        "pieces": order.pieces,
    }
    ledger = _ledger(view, CNY, ViewExchange(view), money, numbers, marks)
    ledger.run(plan.steps)
    outcome = plan.outcome(ledger, 0)
    lines = tuple(ledger.line(step, 0) for step in plan.steps)
    rate = plan.composite_rate(ledger, 0)
    extras = {"composite_rate": None if rate is None else plain(rate)}
    kept = () if outcome == "refused" else lines
    return Calculation(kept, CNY, outcome, _distinct(plan.warnings), _open(kept, plan.unknown), extras)
