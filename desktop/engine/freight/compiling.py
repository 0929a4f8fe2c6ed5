"""A service compiled for a destination and a parcel; chargeable weight; the next price step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from desktop.core.facts import Unknown, View
from desktop.core.money import Money, ppm
from desktop.core.result import Exclusion
from desktop.core.text import EMPTY, Text, text_of
from desktop.engine.freight.bands import Band, PriceBands
from desktop.engine.freight.closing import exclusion_of, hard_rule, not_served, not_yet, only_imports, stopped
from desktop.engine.freight.lane import Lane, Missed, Price
from desktop.engine.freight.plan import DEFAULT, SEARCH_G, ChargeableWeight, FreightOptions, FreightPlan
from desktop.engine.freight.steps import TypedShareStep, volumetric_kg
from desktop.engine.freight.transit import days_of
from desktop.engine.freight.warnings import doubts, warnings_of
from desktop.engine.freight.weighing import Parcel, Scales
from desktop.engine.kernel import OPEN, Bands, PercentStep, Step, UnknownStep


def service_ids(view: View) -> tuple[str, ...]:
    """All services that carry exports, in the order of the rules."""
    services = view.rules("freight")["services"]
    return tuple(key for key, rule in services.items() if rule["kind"] != "import")


def _lane(view: View, service: str, to: str, parcel: Parcel, options: FreightOptions) -> Lane:
    rule = view.rules("freight")["services"].get(service)
    if rule is None:
        rule = {"en": service, "zh": service, "kind": "line", "goods": {}}
    return Lane(view, service, rule, to, parcel, options)


def closed_to(view: View, service: str, to: str, parcel: Parcel) -> tuple[Text, Exclusion] | None:
    """Name and hard rule of a service that is closed to the parcel, found without its price list; None: look further."""
    lane = _lane(view, service, to, parcel, DEFAULT)
    found = hard_rule(lane)
    return (lane.name, found) if found else None


def compile_freight(
    view: View, service: str, to: str, parcel: Parcel, options: FreightOptions = DEFAULT
) -> FreightPlan:
    """A service to a destination: its lines, days, what closes it to this parcel, and what is not known.

    The exclusion is decided for the given parcel; the steps work on batches and leave an order unknown where no band of
    the price list holds its weight. A service that the rules do not know is priced by the typed price list alone.
    """
    lane = _lane(view, service, to, parcel, options)
    price = lane.price()
    steps = steps_of(lane, price)
    days = days_of(lane, price)
    exclusion = exclusion_of(lane, price)
    doubted = () if exclusion else tuple(doubts(lane))
    rule = lane.rule

    def words(key: str) -> Text:
        return text_of(rule.get(key))

    return FreightPlan(
        service=service,
        name=lane.name,
        steps=steps,
        days=days[0] if days else None,
        days_reading=days[1] if days else None,
        days_text=days[2] if days else EMPTY,
        exclusion=exclusion,
        warn=partial(warnings_of, lane, price),
        unknown=() if exclusion and exclusion.rule == "weight" else (*_unknown(lane, price, steps), *doubted),
        doubts=doubted,
        tracked=rule.get("tracked", "unknown"),
        tracking=words("tracking"),
        compensation=words("compensation"),
        importer=words("importer"),
        kind=rule["kind"],
        table=price.readings[0] if isinstance(price, Price) and price.readings else None,
        product=price.product if isinstance(price, Price) else None,
    )


def steps_of(lane: Lane, price: Price | Missed) -> tuple[Step, ...]:
    """The lines of the kernel for a price that was found, or the unknown one that says why there is none."""
    if isinstance(price, Missed):
        return (UnknownStep("freight", "freight", lane.view.text("freight.line.freight"), price.unknown),)
    steps: list[Step] = [lane.step(price)]
    steps += _agent_step(lane, price)
    steps += _fuel_step(lane, price)
    return tuple(steps)


def _agent_step(lane: Lane, price: Price) -> list[Step]:
    """The optional charge of an agent: a percentage of the freight with a least amount."""
    fee = lane.rule.get("agent_fee")
    if not fee or not lane.options.agent_fee or not any(r.id == fee["table"] for r in price.readings):
        return []
    rate, least = lane.fact(fee["rate"]), lane.fact(fee["minimum"])
    if rate is None or least is None:
        return []
    bands = Bands((OPEN,), (ppm(rate.decimal()),))
    minimum = (Money.of(least.decimal(), price.currency).units, least)
    label = lane.view.text("freight.line.agent")
    return [
        PercentStep(
            "freight.agent", "freight", label, price.currency, ("freight",), bands, rate, minimum=minimum
        )
    ]


def _fuel_step(lane: Lane, price: Price) -> list[Step]:
    """Fuel: as typed; else, where the list leaves it out, the dated fact in force, or unknown."""
    label = lane.view.text("freight.line.fuel")
    if lane.options.fuel_rate is not None:
        word = lane.view.text("freight.word.fuel-rate")
        return [TypedShareStep("freight.fuel", label, ppm(lane.options.fuel_rate), price.currency, word)]
    if price.terms.get("fuel") != "extra":
        return []
    facts: Sequence[str] = lane.rule.get("fuel", ())
    reading = next((found for fact in facts if (found := lane.fact(fact))), None)
    if reading:
        bands = Bands((OPEN,), (ppm(reading.decimal()),))
        return [PercentStep("freight.fuel", "freight", label, price.currency, ("freight",), bands, reading)]
    why = lane.view.text("freight.no-fuel", service=lane.name, date=lane.view.date)
    unknown = Unknown("freight.fuel", why, facts[0] if facts else None, lane.view.date)
    return [UnknownStep("freight.fuel", "freight", label, unknown)]


def _unknown(lane: Lane, price: Price | Missed, steps: Sequence[Step]) -> tuple[Unknown, ...]:
    """What keeps the total of this parcel open: no list, no weight, no band, no fuel surcharge."""
    if isinstance(price, Missed):
        return (price.unknown,)
    found: list[Unknown] = []
    first = steps[0]
    ledger = lane.ledger()
    if not bool(first.run(ledger).known[0]):
        explained = first.explain(ledger, 0)
        found += [explained.unknown] if explained.unknown is not None else []
    found += [step.unknown for step in steps if isinstance(step, UnknownStep)]
    return tuple(found)


def chargeable(
    view: View, service: str, parcel: Parcel, options: FreightOptions = DEFAULT, to: str | None = None
) -> ChargeableWeight:
    """How the service weighs an order: volumetric weight before rounding, billed weight after.

    `to` names the destination where steps, least weights and divisors differ by price list; without it only the rules
    of the service itself are used.
    """
    lane = _lane(view, service, to or "", parcel, options)
    found = lane.price() if to else None
    price = found if isinstance(found, Price) else None
    weighing = lane.weighing(price)
    volume, order = weighing.volume, parcel.order_g
    cubic = parcel.cubic_mm3
    volumetric = volumetric_kg(cubic, volume.divisor) if volume and cubic else None
    billed = before = None
    if order is not None:
        scales = Scales.of_parcel(parcel, np.asarray([order], dtype=np.int64))
        before = int(weighing.grams(scales)[0])
        bands = price.bands if price else PriceBands((Band(0, OPEN),))
        billed = int(bands.billed(weighing.rounded(scales), scales)[0][0])
    least = max((band.least_g for band in price.bands.bands), default=0) if price else 0
    readings = (volume.reading if volume else None, weighing.step_reading, *(price.readings if price else ()))
    return ChargeableWeight(
        actual_g=order,
        volumetric_g=volumetric,
        billed_g=billed,
        step_g=weighing.step_at(before or 0),
        minimum_g=least or None,
        divisor=volume.divisor if volume else None,
        by_volume=order is not None and before is not None and before > order,
        readings=tuple(reading for reading in readings if reading),
    )


def next_step(
    view: View, service: str, to: str, parcel: Parcel, options: FreightOptions = DEFAULT
) -> tuple[int, Money] | None:
    """Up to how many grams of the order nothing changes, and what the next gram then adds (it may be negative).

    None where the price is not known, or where no dearer or cheaper step follows before the list ends.
    """
    lane = _lane(view, service, to, parcel, options)
    price = lane.price()
    order = parcel.order_g
    if isinstance(price, Missed) or order is None or lane.unit_cost(price) is None:
        return None
    weights = np.arange(order, order + SEARCH_G, dtype=np.int64)
    column = lane.step(price).price(Scales.of_parcel(parcel, weights))
    changed = np.flatnonzero(~column.known | (column.units != column.units[0]))
    if len(changed) == 0 or not column.known[changed[0]]:
        return None
    at = int(changed[0])
    return int(weights[at - 1]), Money(int(column.units[at] - column.units[0]), price.currency)


def lists(view: View, service: str, to: str) -> bool | None:
    """Whether a price list of a service to a destination is known; None where the service does not go there.

    Asked for no parcel in particular: what a list leaves out by weight, goods or sale is not looked at.
    """
    rule = view.rules("freight")["services"][service]
    platform = next(iter(rule["platforms"]), None)
    fulfilment = next(iter(rule.get("fulfilment", ())), "seller")
    lane = _lane(view, service, to, Parcel(None, platform=platform, fulfilment=fulfilment), DEFAULT)
    if only_imports(lane) or not_yet(lane) or not_served(lane) or stopped(lane):
        return None
    found = lane.price()
    return isinstance(found, Price) and "quote" not in found.terms and not found.suspended
