"""Hard rules: what closes a service to a parcel, in the order in which they are asked, and what would open it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
from msgspec.structs import replace

from desktop.core.facts import Reading, Unknown
from desktop.core.money import decimals
from desktop.core.places import places
from desktop.core.result import Exclusion
from desktop.core.text import Text, joined, text_of
from desktop.core.words import weight
from desktop.engine.exchange import ViewExchange
from desktop.engine.freight.lane import Lane, Missed, Price
from desktop.engine.kernel import converted


def exclusion_of(lane: Lane, price: Price | Missed) -> Exclusion | None:
    """The first hard rule that closes the service to this parcel, with what would open it."""
    return hard_rule(lane) or _list_closed(lane, price)


def hard_rule(lane: Lane) -> Exclusion | None:
    """The first rule that closes the service whatever its price list says."""
    checks = (
        only_imports, not_yet, _platform, _fulfilment, not_served, stopped, _goods, _weight, _light, _size, _order_price,
    )  # fmt: skip
    for check in checks:
        found = check(lane)
        if found:
            return found
    return None


def _closed(lane: Lane, rule: str, reading: Reading | None, values: Mapping[str, object]) -> Exclusion:
    text = lane.view.text(f"freight.closed.{rule}", **values)
    return Exclusion(text, lane.view.text(f"freight.opens.{rule}", **values), reading, rule)


def only_imports(lane: Lane) -> Exclusion | None:
    """A service that carries goods into China only."""
    if lane.rule.get("kind") != "import":
        return None
    return _closed(lane, "import", None, {"service": lane.name})


def not_yet(lane: Lane) -> Exclusion | None:
    """A service that began after the date of the view, by the fact that tells of its beginning."""
    since = lane.rule.get("since")
    if since is None or lane.view.has(since):
        return None
    start = lane.view.book.fact(since).values[0].start
    if lane.view.date >= start.first:
        return None
    return _closed(lane, "not-yet", None, {"service": lane.name, "from": start})


def _platform(lane: Lane) -> Exclusion | None:
    allowed, platform = lane.rule.get("platforms"), lane.parcel.platform
    if not allowed or platform is None or platform in allowed:
        return None
    found = _closed(
        lane, "platform", None, {"service": lane.name, "platforms": platform_names(lane, allowed)}
    )
    return replace(found, text=text_of(lane.rule["closed"])) if "closed" in lane.rule else found


def platform_names(lane: Lane, platforms: Sequence[str]) -> Text:
    """The platforms that a service carries for, by name."""
    return joined([lane.view.text(f"freight.platform.{platform}") for platform in platforms], ", ", "、")


def _fulfilment(lane: Lane) -> Exclusion | None:
    allowed, chosen = lane.rule.get("fulfilment"), lane.parcel.fulfilment
    if not allowed or chosen in allowed:
        return None
    names = [lane.view.text(f"freight.fulfilment.{name}") for name in allowed]
    values = {
        "service": lane.name,
        "fulfilment": lane.view.text(f"freight.fulfilment.{chosen}"),
        "fulfilments": joined(names, " or ", "或"),
    }
    return _closed(lane, "fulfilment", None, values)


def not_served(lane: Lane) -> Exclusion | None:
    """A destination that the service does not go to."""
    served = lane.rule.get("serves")
    if not served or lane.here(served):
        return None
    names = places(lane.view.book, served)
    return _closed(lane, "serves", None, {"service": lane.name, "to": lane.place, "countries": names})


def stopped(lane: Lane) -> Exclusion | None:
    """A carrier that stopped serving a country."""
    for stop in lane.rule.get("suspended", ()):
        reading = lane.fact(stop["fact"]) if lane.here(stop["to"]) else None
        if reading is not None:
            said = {"service": lane.name, "to": lane.place, "since": reading.value.start}
            return _closed(lane, "stopped", reading, said)
    return None


def goods_classes(reading: Reading | None) -> tuple[str, ...]:
    """The goods classes that a fact names, as one word or as a list."""
    if reading is None:
        return ()
    return (
        tuple(reading.raw)
        if isinstance(reading.raw, list)
        else tuple(str(reading.raw).replace(",", " ").split())
    )


def _goods(lane: Lane) -> Exclusion | None:
    kind = lane.parcel.goods_class
    if kind == "plain":
        return None
    refused = lane.fact(lane.rule.get("goods", {}).get("refused"))
    if kind not in goods_classes(refused):
        return None
    word = lane.view.text(f"freight.goods.{kind}")
    return _closed(lane, "goods", refused, {"service": lane.name, "goods": word})


def _weight(lane: Lane) -> Exclusion | None:
    for grams, reading, per in lane.limits("weight", "kg", 1000):
        mass = lane.parcel.order_g if per == "order" else lane.parcel.weight_g
        if mass is not None and mass > grams:
            return _closed(lane, "weight", reading, {"weight": weight(mass), "limit": weight(grams)})
    return None


def _light(lane: Lane) -> Exclusion | None:
    least = lane.limit(lane.rule.get("minimum"), "kg", 1000)
    mass = lane.parcel.order_g
    if least is None or mass is None or max(mass, lane.volumetric_g()) >= least[0]:
        return None
    return _closed(lane, "light", least[1], {"weight": weight(mass), "limit": weight(least[0])})


def _size(lane: Lane) -> Exclusion | None:
    dims = lane.parcel.dims_mm
    if dims is None:
        return None
    for key, rule, size in (("side", "side", max(dims)), ("side_sum", "sum", sum(dims))):
        for limit, reading, _ in lane.limits(key, "cm", 10):
            if size > limit:
                return _closed(lane, rule, reading, {"side": Decimal(size), "limit": Decimal(limit)})
    return None


def _order_price(lane: Lane) -> Exclusion | None:
    reading = lane.fact(lane.rule.get("price_below"))
    price = lane.parcel.price
    if reading is None or price is None:
        return None
    currency = reading.fact.unit.upper()
    rate = ViewExchange(lane.view).rate(price.currency, currency)
    if isinstance(rate, Unknown):
        return None
    units = int(converted(np.asarray([price.units], dtype=np.int64), rate[0], price.currency, currency)[0])
    if Decimal(units) < reading.decimal() * 10 ** decimals(currency):
        return None
    values = {"service": lane.name, "limit": reading.decimal(), "currency": currency}
    return _closed(lane, "price", reading, values)


def _list_closed(lane: Lane, price: Price | Missed) -> Exclusion | None:
    """A destination that a whole price list leaves out, or that it marks as suspended."""
    if isinstance(price, Missed):
        left_out = price.left_out
        if left_out is None:
            return None
        values = {"service": lane.name, "to": lane.place, "date": left_out.value.start}
        return _closed(lane, "list", left_out, values)
    if not price.suspended:
        return None
    values = {"service": lane.name, "to": lane.place, "date": price.readings[0].value.start}
    return _closed(lane, "suspended", price.readings[0], values)
