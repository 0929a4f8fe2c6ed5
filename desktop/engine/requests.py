"""From the inputs of a calculator to its answer. The command line and the window call the same four functions.

`given` holds values as the readers of `inputs` give them, by the name of their flag; what is absent or None was not
given. `marks` says of an input where it comes from; what is not named there was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from desktop.core.errors import OptionError
from desktop.core.facts import View
from desktop.core.money import Money
from desktop.core.result import Mark
from desktop.engine.border import BorderOptions, destinations
from desktop.engine.calculators import (
    Calculation,
    Entry,
    ImportOrder,
    Sale,
    calculate_duty,
    calculate_fees,
    calculate_freight,
    calculate_import_tax,
)
from desktop.engine.fees import FeeOptions
from desktop.engine.freight import SIDES, VOLUME, FreightOptions, Parcel, service_ids
from desktop.engine.import_tax import ImportOptions, modes
from desktop.engine.inputs import DEFAULTS

Given = Mapping[str, Any]
Marks = Mapping[str, Mark]


def _get(given: Given, name: str) -> Any:
    value = given.get(name)
    return DEFAULTS.get(name) if value is None else value


def _ledger_marks(marks: Marks | None, pieces: str = "pieces") -> Marks:
    """The marks by the names that the engine gives the inputs."""
    found = dict(marks or {})
    size, volume, count = found.pop("dims_cm", None), found.pop("volume_cbm", None), found.get(pieces)
    if size is not None:
        found |= dict.fromkeys(SIDES, size)
    if volume is not None:
        found[VOLUME] = volume
    if count is not None:
        found["pieces"] = count
    return found


def fees(given: Given, view: View, marks: Marks | None = None) -> Calculation:
    rules = view.rules("fees")
    known("--platform", given["platform"], rules)
    known("--marketplace", given["marketplace"], sites(view, given["platform"]))
    known("--category", given["category"], view.rules("categories"))
    chosen = FeeOptions(
        fulfilment=_get(given, "fulfilment"),
        plan=_get(given, "plan"),
        store=_get(given, "store"),
        commission_rate=given.get("commission_rate"),
        fixed_fee=given.get("fixed_fee"),
        payout=bool(given.get("payout")),
    )
    sale = Sale(
        platform=given["platform"],
        marketplace=given["marketplace"],
        category=given["category"],
        price=given["price"],
        currency=given.get("currency"),
        shipping=given.get("shipping"),
        tax=given.get("tax"),
        quantity=_get(given, "quantity"),
        weight_g=given.get("weight_g"),
        dims_mm=given.get("dims_cm"),
        monthly_orders=given.get("monthly_orders"),
        options=chosen,
    )
    return calculate_fees(view, sale, _ledger_marks(marks, "quantity"))


def _price(given: Given) -> Money | None:
    """What the buyer pays for the order, with its currency."""
    price, currency = given.get("price"), given.get("currency")
    if price is None:
        return None
    if currency is None:
        raise OptionError("--price: its currency is missing; right form: --price 1000 --currency RUB")
    return Money.of(price, currency)


def freight(given: Given, view: View, marks: Marks | None = None) -> Calculation:
    """`price_list` holds the rows of a price list of one's own; its services and destinations are then the known ones."""
    rows = given.get("price_list")
    service, to = given["service"], given["to"]
    known("--service", service, services(view, rows))
    known("--to", to, carried_to(view, service, rows), also=() if rows else listed(view))
    if given.get("platform") is not None:
        known("--platform", given["platform"], view.rules("fees"))
    if given.get("category") is not None:
        known("--category", given["category"], view.rules("categories"))
    rule = view.rules("freight")["services"].get(service, {})
    parcel = Parcel(
        given["weight_g"],
        given.get("dims_cm"),
        _get(given, "goods_class"),
        _get(given, "pieces"),
        given.get("platform") or next(iter(rule.get("platforms", ())), None),
        given.get("fulfilment") or next(iter(rule.get("fulfilment", ())), DEFAULTS["fulfilment"]),
        price=_price(given),
        category=given.get("category"),
        volume_mm3=given.get("volume_cbm"),
    )
    typed = FreightOptions(
        given.get("divisor"),
        given.get("step_g"),
        given.get("fuel_rate"),
        rows,
        given.get("product"),
        bool(given.get("agent_fee")),
        volume_mode=_get(given, "volume_mode"),
    )
    return calculate_freight(view, service, to, parcel, typed, _ledger_marks(marks))


def duty(given: Given, view: View, marks: Marks | None = None) -> Calculation:
    known("--to", given["to"], destinations(view))
    known("--category", given["category"], view.rules("categories"))
    rates = given.get("addon_rate")
    typed = BorderOptions(
        channel=_get(given, "channel"),
        carrier=_get(given, "carrier"),
        supply=_get(given, "supply"),
        region=given.get("region"),
        duty_rate=given.get("duty_rate"),
        vat_rate=given.get("vat_rate"),
        addon_rates=tuple(rates) if rates else None,
        hs=given.get("hs"),
    )
    entry = Entry(
        given["to"],
        given["category"],
        given["value"],
        given["currency"],
        given.get("freight"),
        given.get("insurance"),
        given.get("handling"),
        _get(given, "items"),
        given.get("weight_g"),
        given.get("exchange_rate"),
        typed,
    )
    return calculate_duty(view, entry, _ledger_marks(marks))


def import_tax(given: Given, view: View, marks: Marks | None = None) -> Calculation:
    known("--mode", given["mode"], modes(view))
    known("--category", given["category"], view.rules("categories"))
    typed = ImportOptions(
        duty_rate=given.get("duty_rate"),
        vat_rate=given.get("vat_rate"),
        consumption_rate=given.get("consumption_rate"),
        postal_rate=given.get("postal_rate"),
        table_price=given.get("table_price"),
        annual_so_far=given.get("annual_so_far"),
        origin_hk_mo_tw=bool(given.get("from_hk_mo_tw")),
        hs=given.get("hs"),
    )
    order = ImportOrder(
        given["mode"],
        given["category"],
        given["value"],
        _get(given, "quantity"),
        given.get("freight"),
        given.get("insurance"),
        given.get("net_g"),
        given.get("net_ml"),
        given.get("pieces"),
        typed,
    )
    return calculate_import_tax(view, order, _ledger_marks(marks))


CALCULATORS: Mapping[str, Callable[[Given, View, Marks | None], Calculation]] = {
    "fees": fees,
    "freight": freight,
    "duty": duty,
    "import-tax": import_tax,
}


# ---------------------------------------------------------------------- what may be chosen
def known(flag: str, value: str, found: Iterable[str], also: Iterable[str] = ()) -> None:
    """OptionError where a value is none of the rules'."""
    names = list(found)
    if value in names or value in also:
        return
    if value.upper() == "UK" and "GB" in names:
        raise OptionError(f"{flag}: the United Kingdom is written GB")
    near = [name for name in names if name.lower() == value.lower()]
    shown = near or names
    raise OptionError(f"{flag}: {value!r} is not known; right form: {', '.join(shown)}")


def sites(view: View, platform: str) -> tuple[str, ...]:
    """Countries whose site the rules have; every market where one site serves all."""
    found = view.rules("fees")[platform]["marketplaces"]
    return tuple(view.rules("markets")["countries"] if "all" in found else found)


def services(view: View, rows: Iterable[Mapping[str, str]] | None = None) -> tuple[str, ...]:
    """The services of the rules, or those of a price list of one's own."""
    if rows is None:
        return service_ids(view)
    return tuple(dict.fromkeys(row["service"] for row in rows))


def carried_to(view: View, service: str, rows: Iterable[Mapping[str, str]] | None = None) -> tuple[str, ...]:
    """The markets of the rules, or the destinations of a service in a price list of one's own."""
    if rows is None:
        return tuple(sorted(view.rules("markets")["countries"]))
    return tuple(sorted({row["to"] for row in rows if row["service"] == service}))


def listed(view: View) -> tuple[str, ...]:
    """All codes that a price list of the rules may name beside our markets."""
    tables = view.book.rates.values()
    return tuple(sorted({row["to"] for table in tables for row in table["rows"] if len(row["to"]) == 2}))
