"""What the reader of a freight price must know, and what is not known of a service."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
from msgspec.structs import replace

from desktop.core.dates import day
from desktop.core.facts import Unknown
from desktop.core.text import Text, both, text_of
from desktop.core.words import money_text, weight
from desktop.engine.freight.closing import goods_classes, platform_names
from desktop.engine.freight.lane import Lane, Missed, Price, quoted_text
from desktop.engine.freight.plan import HALF_FACT, WM_DIVISOR, WM_FACT
from desktop.engine.freight.weighing import Scales


def warnings_of(lane: Lane, price: Price | Missed) -> tuple[Text, ...]:
    """What the reader of the price must know: not rules that close, but doubts and conditions."""
    found = [*_goods_warnings(lane), *_platform_warnings(lane)]
    if isinstance(price, Price):
        found += [*_list_warnings(lane, price), *_volume_warnings(lane, price)]
    for mention in lane.rule.get("mentions", ()):
        reading = lane.fact(mention["fact"]) if lane.here(mention.get("to")) else None
        if reading:
            found.append(reading.fact.says)
    return tuple(dict.fromkeys(found))


def _goods_warnings(lane: Lane) -> Iterator[Text]:
    kind, rule = lane.parcel.goods_class, lane.rule.get("goods", {})
    if kind == "plain":
        return
    word = lane.view.text(f"freight.goods.{kind}")
    accepted, refused = lane.fact(rule.get("accepted")), lane.fact(rule.get("refused"))
    if kind in goods_classes(accepted):
        if "word" in rule:
            yield lane.view.text("freight.warn.goods-terms", goods=word, terms=text_of(rule["word"]))
    elif kind not in goods_classes(refused):
        yield lane.view.text("freight.warn.goods", service=lane.name, goods=word)


def doubts(lane: Lane) -> Iterator[Unknown]:
    """Whether the service takes the goods, and a size or weight above a limit that is known only for later days."""
    kind, rule, view = lane.parcel.goods_class, lane.rule.get("goods", {}), lane.view
    if kind != "plain" and kind not in goods_classes(lane.fact(rule.get("accepted"))):
        word = view.text(f"freight.goods.{kind}")
        yield view.unknown(
            "goods_class", "freight.doubt.goods", service=lane.name, goods=word, date=view.date
        )
    dims, mass = lane.parcel.dims_mm, lane.parcel.order_g
    asked = [("weight", "kg", 1000, mass), ("side", "cm", 10, max(dims) if dims else None),
             ("side_sum", "cm", 10, sum(dims) if dims else None)]  # fmt: skip
    for key, unit, per_unit, size in asked:
        for limit, value in lane.later_limits(key, unit, per_unit):
            if size is not None and size > limit:
                said = {
                    "service": lane.name,
                    "date": view.date,
                    "from": value.start,
                    "limit": value.raw,
                    "unit": unit,
                }
                yield view.unknown(key, f"freight.doubt.{'weight' if key == 'weight' else 'size'}", **said)


def _platform_warnings(lane: Lane) -> Iterator[Text]:
    allowed = lane.rule.get("platforms")
    if allowed and lane.parcel.platform is None:
        names = platform_names(lane, allowed)
        yield lane.view.text("freight.warn.platform", service=lane.name, platforms=names)


def _list_warnings(lane: Lane, price: Price) -> Iterator[Text]:
    entry = price.entry or {}
    text = lane.view.text
    if entry.get("categories") and lane.parcel.category is None:
        yield text("freight.warn.category", label=text_of(entry["label"]))
    elif entry.get("label") and "quote" not in price.terms:
        yield text("freight.warn.label", service=lane.name, label=text_of(entry["label"]))
    if "quote" in price.terms:
        yield text("freight.warn.quote", quoted=quoted_text(price))
    if "step_stated" in price.terms and not lane.options.step_g:
        yield text("freight.warn.step")
    if "approximate" in price.terms:
        yield text("freight.warn.approximate")
    if "approximate" in price.terms or "compare" in price.terms:
        yield from _other_lists(lane, price)
    stated = price.terms.get("stated_to")
    if stated and lane.view.date > day(stated).first:
        yield text("freight.warn.stated", until=day(stated))
    if "share" in price.terms:
        yield text("freight.warn.share", least=weight(price.bands.bands[0].min_g))
    if "share" in price.terms or "after" in price.terms:
        yield text("freight.warn.after")
    yield from _edge_warning(lane, price)
    yield from _zone_warning(lane, price)
    fee = lane.rule.get("agent_fee")
    if fee and not lane.options.agent_fee and any(r.id == fee["table"] for r in price.readings):
        rate, least = lane.fact(fee["rate"]), lane.fact(fee["minimum"])
        if rate and least:
            yield text("freight.warn.agent", rate=rate.decimal(), minimum=least.decimal())
    if price.readings and price.readings[0].value.confidence == "low":
        yield text("freight.warn.weak", source=price.readings[0].source.publisher)


def _edge_warning(lane: Lane, price: Price) -> Iterator[Text]:
    """A list that falls at the edge of a band: the heavier weight from which on an order costs less than this one."""
    order, paid = lane.parcel.order_g, lane.unit_cost(price)
    if order is None or paid is None:
        return
    starts = sorted({max(band.min_g, band.least_g) for band in price.bands.bands})
    weights = np.asarray([start for start in starts if start > order], dtype=np.int64)
    if not len(weights):
        return
    column = lane.step(price).price(Scales.of_parcel(lane.parcel, weights))
    less = np.flatnonzero(column.known & (column.units < paid))
    if len(less):
        at = int(less[np.argmin(column.units[less])])
        yield lane.view.text(
            "freight.warn.edge",
            weight=weight(int(weights[at])),
            price=money_text(int(column.units[at]), price.currency),
            currency=price.currency,
            saved=money_text(paid - int(column.units[at]), price.currency),
        )


def _zone_warning(lane: Lane, price: Price) -> Iterator[Text]:
    """Where a list has zones or products: which is shown, and what the others cost at this weight."""
    costs = [lane.unit_cost(replace(price, rows=rows)) for rows in price.others]
    known = [cost for cost in costs if cost is not None]
    if known and price.product:
        low, high = (money_text(cost, price.currency) for cost in (min(known), max(known)))
        kind = lane.view.text("freight.warn.zones-kind")
        shown = _product_name(lane, price.product)
        if price.product == "high":
            yield lane.view.text("freight.warn.range", low=low, currency=price.currency)
            return
        yield lane.view.text(
            "freight.warn.zones" if low != high else "freight.warn.zone",
            kind=kind,
            shown=shown,
            low=low,
            high=high,
            currency=price.currency,
        )


def _other_lists(lane: Lane, price: Price) -> Iterator[Text]:
    """What other lists of the service ask for the same parcel: published ranges differ, and the reader must see it."""
    for entry in lane.rule.get("prices", ()):
        found = None if entry is price.entry else lane.listed(entry)
        if not isinstance(found, Price) or not found.readings:
            continue
        costs = [lane.unit_cost(replace(found, rows=rows)) for rows in (found.rows, *found.others)]
        known = [cost for cost in costs if cost is not None]
        if known:
            low, high = (money_text(cost, found.currency) for cost in (min(known), max(known)))
            value, source = found.readings[0].value, found.readings[0].source
            yield lane.view.text(
                "freight.warn.other-list",
                source=source.publisher,
                date=value.start,
                low=low,
                high=high,
                currency=found.currency,
            )


def _product_name(lane: Lane, product: str) -> Text:
    """A zone or product of a list by name; as the list prints it where the texts have no name."""
    found = lane.view.book.texts.get(f"freight.product.{product}")
    return text_of(found) if found else both(product)


def _volume_warnings(lane: Lane, price: Price) -> Iterator[Text]:
    weighing, mode = lane.weighing(price), lane.options.volume_mode
    if price.cubic:
        reading = lane.fact(WM_FACT)
        if reading and weighing.volume and weighing.volume.divisor == WM_DIVISOR:
            yield reading.fact.says
        if mode != "full":
            yield lane.view.text("freight.warn.mode-cubic")
        return
    if mode != "full":
        half = lane.fact(HALF_FACT)
        key = "freight.warn.mode" if weighing.volume else "freight.warn.mode-idle"
        yield lane.view.text(key)
        if half and weighing.volume:
            yield half.fact.says
    if weighing.volume and not lane.parcel.cubic_mm3 and "quote" not in price.terms:
        yield lane.view.text("freight.warn.dims", divisor=Decimal(weighing.volume.divisor))
    stated = "divisor" in price.terms or lane.options.divisor is not None
    if weighing.volume is None and not stated and lane.rule.get("volumetric"):
        yield lane.view.text("freight.warn.divisor", service=lane.name, date=lane.view.date)
