"""`lanewise fees`, `freight`, `duty` and `import-tax`: flags in, one calculation out, as text or JSON."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.core.errors import OptionError
from desktop.core.money import CURRENCIES, decimal_of, plain

if TYPE_CHECKING:
    from desktop.core.facts import RuleBook, View
    from desktop.engine.calculators import Calculation

MOST_AMOUNT = Decimal(10**9)
MOST_YUAN = Decimal(10**7)
"""An import order beyond ten million yuan is no order of cross-border retail."""
MOST_RATE = Decimal(1000)
MOST_GRAMS = 10**8
MOST_SIDE_CM = Decimal(1000)
MOST_PIECES = 10_000
STORES = ("none", "starter", "basic", "premium", "featured", "anchor", "enterprise")

Reader = Callable[[str], Any]


# ---------------------------------------------------------------------- values of flags
def _number(text: str, low: Decimal, high: Decimal, form: str) -> Decimal:
    try:
        value = decimal_of(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not {form}") from None
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"{text!r} is not {form}, from {plain(low)} to {plain(high)}")
    return value


def _amount(text: str) -> Decimal:
    return _number(text, Decimal(0), MOST_AMOUNT, "an amount such as 24.90")


def _yuan(text: str) -> Decimal:
    return _number(text, Decimal(0), MOST_YUAN, "an amount in yuan such as 199")


def _rate(text: str) -> Decimal:
    return _number(text, Decimal(0), MOST_RATE, "a percentage such as 13.6")


def _inner_rate(text: str) -> Decimal:
    """A tax inside its own base: a hundred percent of it would be all there is."""
    return _number(text, Decimal(0), Decimal("99.99"), "a percentage such as 13.6")


def _exchange_rate(text: str) -> Decimal:
    return _number(text, Decimal("0.000001"), MOST_AMOUNT, "an exchange rate such as 0.79")


def _whole(low: int, high: int, form: str) -> Reader:
    def read(text: str) -> int:
        value = _number(text, Decimal(low), Decimal(high), form)
        if value != value.to_integral_value():
            raise argparse.ArgumentTypeError(f"{text!r} is not {form}")
        return int(value)

    return read


_grams = _whole(0, MOST_GRAMS, "a whole number of grams such as 350")
_count = _whole(1, MOST_PIECES, "a whole number such as 3")


def _dims(text: str) -> tuple[int, int, int]:
    """Sides in whole millimetres."""
    parts = text.lower().replace("×", "x").replace("*", "x").split("x")
    form = "a size in cm such as 20x15x10"
    if len(parts) != 3:
        raise argparse.ArgumentTypeError(f"{text!r} is not {form}")
    a, b, c = (
        int((_number(part, Decimal("0.1"), MOST_SIDE_CM, form) * 10).to_integral_value()) for part in parts
    )
    return a, b, c


def _currency(text: str) -> str:
    if text.upper() not in CURRENCIES:
        raise argparse.ArgumentTypeError(f"{text!r} is not a currency such as USD")
    return text.upper()


def _code(text: str) -> str:
    digits = text.replace(".", "").replace(" ", "")
    if not digits.isdigit() or not 2 <= len(digits) <= 12:
        raise argparse.ArgumentTypeError(f"{text!r} is not a tariff code such as 6109.10")
    return digits


# ---------------------------------------------------------------------- flags
def add_parsers(commands: Any, common: Callable[[argparse.ArgumentParser], None]) -> None:
    """The four commands with their flags; `common` adds those that all share."""
    for name, words, flags in (
        ("fees", "what a platform charges on one order", _fee_flags),
        ("freight", "what a logistics service asks for one order", _freight_flags),
        ("duty", "duty, tax and fees of one order at a border", _duty_flags),
        ("import-tax", "the tax on one order into China, in yuan", _import_flags),
    ):
        parser = commands.add_parser(name, help=words)
        flags(parser)
        common(parser)
        parser.add_argument("--lang", choices=("en", "zh"), default="en")


def _fee_flags(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--platform", required=True, metavar="P", help="aliexpress, amazon, dhgate, ebay")
    add("--marketplace", required=True, metavar="CC", help="the site by its country: US, GB, DE …")
    add("--category", required=True, metavar="C", help="the category of the goods, such as apparel")
    add("--price", required=True, type=_amount, metavar="N", help="price of one piece")
    add("--shipping", type=_amount, metavar="N", help="what the buyer pays for the shipping of the order")
    add("--tax", type=_amount, metavar="N", help="tax on the order that the buyer pays on top")
    add("--currency", type=_currency, metavar="CUR", help="of the amounts; the site's where not given")
    add("--fulfilment", choices=("seller", "fba", "overseas-warehouse"), default="seller")
    add("--weight-g", type=_grams, metavar="N", help="weight of one packed piece in grams")
    add("--dims-cm", type=_dims, metavar="LxWxH", help="size of one packed piece")
    add("--store", choices=STORES, default="none", help="the shop subscription")
    add("--plan", choices=("individual", "professional"), default="professional")
    add("--commission-rate", type=_rate, metavar="N", help="percent, in place of the rules' rate")
    add("--fixed-fee", type=_amount, metavar="N", help="an order, in the site's currency")
    add("--quantity", type=_count, default=1, metavar="N", help="pieces in the order")
    add("--monthly-orders", type=_whole(1, 10**6, "a whole number such as 200"), metavar="N")
    add("--payout", action="store_true", help="add what it costs to bring the money into yuan")


def _freight_flags(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--service", required=True, metavar="S", help="a service of the rules, or one of your own price list")
    add("--to", required=True, metavar="CC", help="the destination: US, GB, DE …")
    add("--weight-g", required=True, type=_grams, metavar="N", help="weight of one piece in grams")
    add("--dims-cm", type=_dims, metavar="LxWxH", help="size of one packed piece")
    add("--pieces", type=_count, default=1, metavar="N")
    add(
        "--goods-class",
        choices=("plain", "battery", "liquid", "powder", "magnetic", "food", "cosmetics"),
        default="plain",
    )
    add("--volume-cbm", type=_volume, metavar="N", help="volume of the whole order in cubic metres")
    add("--divisor", type=_whole(0, 100_000, "a volumetric divisor such as 6000"), metavar="N")
    add("--step-g", type=_whole(1, MOST_GRAMS, "a whole number of grams such as 500"), metavar="N")
    add("--fuel-rate", type=_rate, metavar="N", help="fuel surcharge in percent")
    add("--price-list", type=Path, metavar="FILE.csv", help="your own prices, one row a weight band")
    add("--platform", metavar="P", help="the platform of the sale, where a service carries for one only")
    add("--fulfilment", choices=("seller", "fba", "overseas-warehouse"), default=None)
    add("--category", metavar="C")


def _volume(text: str) -> int:
    """Cubic millimetres."""
    value = _number(text, Decimal("0.000001"), Decimal(1000), "a volume in cubic metres such as 0.35")
    return int((value * 10**9).to_integral_value())


def _duty_flags(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--to", required=True, metavar="CC", help="the destination: US, GB, DE …")
    add("--category", required=True, metavar="C", help="the category of the goods, such as apparel")
    add("--value", required=True, type=_amount, metavar="N", help="value of the goods, net of tax")
    add("--currency", required=True, type=_currency, metavar="CUR", help="of all amounts, in and out")
    add("--freight", type=_amount, metavar="N")
    add("--insurance", type=_amount, metavar="N")
    add("--handling", type=_amount, metavar="N", help="clearance charge of the carrier")
    add("--items", type=_count, default=1, metavar="N", help="item types (tariff lines), not pieces")
    add("--weight-g", type=_grams, metavar="N", help="weight of the order in grams")
    add("--hs", type=_code, metavar="CODE", help="tariff code, such as 6109.10")
    add("--region", metavar="R", help="a part of the country with rules of its own")
    add("--duty-rate", type=_rate, metavar="N", help="percent, in place of the tariff's rate")
    add(
        "--addon-rate",
        type=_rate,
        action="append",
        metavar="N",
        help="percent, in place of the layers above the tariff",
    )
    add("--vat-rate", type=_inner_rate, metavar="N", help="percent")
    add(
        "--exchange-rate",
        type=_exchange_rate,
        metavar="N",
        help="the country's currency for one of --currency",
    )
    add("--channel", choices=("marketplace", "own"), default="marketplace")
    add("--carrier", choices=("post", "express"), default="post")
    add(
        "--supply", choices=("parcel", "stock"), default="parcel", help="after the sale, or stock ahead of it"
    )


def _import_flags(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--mode", required=True, metavar="M", help="bonded-stocking-up, goods-collection, direct-mail …")
    add("--category", required=True, metavar="C", help="the category of the goods, such as milk-powder")
    add("--value", required=True, type=_yuan, metavar="N", help="value of the whole order in yuan")
    add("--quantity", type=_whole(1, 10**6, "a whole number such as 3"), default=1, metavar="N")
    add("--freight", type=_yuan, metavar="N")
    add("--insurance", type=_yuan, metavar="N")
    add("--hs", type=_code, metavar="CODE", help="tariff code")
    add("--net-g", type=_grams, metavar="N", help="net weight of a piece in grams")
    add("--net-ml", type=_whole(0, MOST_GRAMS, "a whole number of millilitres such as 50"), metavar="N")
    add("--pieces", type=_count, metavar="N", help="sheets in a piece (masks)")
    add("--duty-rate", type=_rate, metavar="N")
    add("--vat-rate", type=_rate, metavar="N")
    add("--consumption-rate", type=_inner_rate, metavar="N")
    add("--postal-rate", type=_rate, metavar="N")
    add(
        "--table-price",
        type=_yuan,
        metavar="N",
        help="customs list price of a piece, or of a kg with --net-g",
    )
    add("--annual-so-far", type=_yuan, metavar="N", help="the buyer's imports of this year up to now")


# ---------------------------------------------------------------------- commands
def fees(options: argparse.Namespace, view: View) -> Calculation:
    from desktop.engine.calculators import Sale, calculate_fees
    from desktop.engine.fees import FeeOptions

    rules = view.rules("fees")
    _known("--platform", options.platform, list(rules))
    sites = rules[options.platform]["marketplaces"]
    known = list(view.rules("markets")["countries"]) if "all" in sites else list(sites)
    _known("--marketplace", options.marketplace, known)
    _category(options.category, view)
    chosen = FeeOptions(
        options.fulfilment,
        options.plan,
        options.store,
        options.commission_rate,
        options.fixed_fee,
        options.payout,
    )
    sale = Sale(
        options.platform, options.marketplace, options.category, options.price, options.currency,
        options.shipping, options.tax, options.quantity, options.weight_g, options.dims_cm,
        options.monthly_orders, chosen,
    )  # fmt: skip
    return calculate_fees(view, sale)


def freight(options: argparse.Namespace, view: View) -> Calculation:
    from desktop.engine.calculators import calculate_freight
    from desktop.engine.freight import FreightOptions, Parcel, service_ids
    from desktop.store.pricelist import read_price_list

    rows = None if options.price_list is None else read_price_list(options.price_list)
    if rows is None:
        _known("--service", options.service, list(service_ids(view)))
        _known("--to", options.to, sorted(view.rules("markets")["countries"]), also=_countries(view))
    else:
        own = list(dict.fromkeys(row["service"] for row in rows))
        _known("--service", options.service, own)
        _known("--to", options.to, sorted({row["to"] for row in rows if row["service"] == options.service}))
    if options.platform is not None:
        _known("--platform", options.platform, list(view.rules("fees")))
    if options.category is not None:
        _category(options.category, view)
    rule = view.rules("freight")["services"].get(options.service, {})
    parcel = Parcel(
        options.weight_g,
        options.dims_cm,
        options.goods_class,
        options.pieces,
        options.platform or next(iter(rule.get("platforms", ())), None),
        options.fulfilment or next(iter(rule.get("fulfilment", ())), "seller"),
        category=options.category,
        volume_mm3=options.volume_cbm,
    )
    typed = FreightOptions(options.divisor, options.step_g, options.fuel_rate, rows)
    return calculate_freight(view, options.service, options.to, parcel, typed)


def duty(options: argparse.Namespace, view: View) -> Calculation:
    from desktop.engine.border import BorderOptions, destinations
    from desktop.engine.calculators import Entry, calculate_duty

    _known("--to", options.to, list(destinations(view)))
    _category(options.category, view)
    typed = BorderOptions(
        channel=options.channel,
        carrier=options.carrier,
        supply=options.supply,
        region=options.region,
        duty_rate=options.duty_rate,
        vat_rate=options.vat_rate,
        addon_rates=tuple(options.addon_rate) if options.addon_rate else None,
        hs=options.hs,
    )
    entry = Entry(
        options.to, options.category, options.value, options.currency, options.freight, options.insurance,
        options.handling, options.items, options.weight_g, options.exchange_rate, typed,
    )  # fmt: skip
    return calculate_duty(view, entry)


def import_tax(options: argparse.Namespace, view: View) -> Calculation:
    from desktop.engine.calculators import ImportOrder, calculate_import_tax
    from desktop.engine.import_tax import ImportOptions, modes

    _known("--mode", options.mode, list(modes(view)))
    _category(options.category, view)
    typed = ImportOptions(
        options.duty_rate, options.vat_rate, options.consumption_rate, options.postal_rate, options.table_price,
        options.annual_so_far, hs=options.hs,
    )  # fmt: skip
    order = ImportOrder(
        options.mode, options.category, options.value, options.quantity, options.freight, options.insurance,
        options.net_g, options.net_ml, options.pieces, typed,
    )  # fmt: skip
    return calculate_import_tax(view, order)


def _known(flag: str, value: str, known: list[str], also: tuple[str, ...] = ()) -> None:
    """OptionError where a value is none of the rules'."""
    if value in known or value in also:
        return
    if value.upper() == "UK" and "GB" in known:
        raise OptionError(f"{flag}: the United Kingdom is written GB")
    near = [name for name in known if name.lower() == value.lower()]
    shown = near or known
    raise OptionError(f"{flag}: {value!r} is not known; right form: {', '.join(shown)}")


def _countries(view: View) -> tuple[str, ...]:
    """All codes that a price list of the rules may name beside our markets."""
    return tuple(
        sorted(
            {row["to"] for table in view.book.rates.values() for row in table["rows"] if len(row["to"]) == 2}
        )
    )


def _category(category: str, view: View) -> None:
    _known("--category", category, list(view.rules("categories")))


CALCULATORS: Mapping[str, Callable[[argparse.Namespace, View], Calculation]] = {
    "fees": fees,
    "freight": freight,
    "duty": duty,
    "import-tax": import_tax,
}


def view_of(book: RuleBook, day: date, overrides: Mapping[str, str]) -> View:
    """The rule book on a day with the user's own values, checked."""
    from desktop.core.case import check_overrides

    check_overrides(overrides, book)
    return book.at(day, overrides)


# ---------------------------------------------------------------------- answers
def calculation_json(
    found: Calculation, line_json: Callable[[Any, str], dict[str, Any]], language: str
) -> Any:
    """A calculation in the form of DESIGN section 10."""
    return {
        "total": None if found.total is None else f"{found.total:f}",
        "currency": found.currency,
        "complete": found.complete,
        "outcome": found.outcome,
        **found.extras,
        "lines": [line_json(line, language) for line in found.lines],
        "warnings": [text[language] for text in found.warnings],
        "unknown": [unknown.why[language] for unknown in found.unknown],
    }


NAMES = {
    "volumetric_weight_g": ("volumetric weight, g", "体积重（克）"),
    "chargeable_weight_g": ("chargeable weight, g", "计费重（克）"),
    "days_min": ("days, at least", "最短天数"),
    "days_max": ("days, at most", "最长天数"),
    "customs_value": ("customs value", "完税价格"),
    "collected_by": ("collected by", "征收方"),
    "composite_rate": ("composite rate, %", "综合税率（%）"),
}


def print_calculation(found: Calculation, language: str) -> None:
    """The same for reading: a line each, the total, then what to mind."""
    zh = language == "zh"
    width = max((len(line.label[language]) for line in found.lines), default=5)
    for line in found.lines:
        amount = ("未知" if zh else "not known") if line.money is None else f"{line.money:f} {line.currency}"
        print(f"{line.label[language]:<{width}}  {amount:>16}  {line.calculation[language]}")
        for reading in line.readings:
            print(f"{'':<{width}}  {'':>16}  {reading.id} ({reading.value.start}, {reading.value.source})")
    total = ("未知" if zh else "not known") if found.total is None else f"{found.total:f} {found.currency}"
    more = (
        ""
        if found.complete or found.total is None
        else ("，不含未知项" if zh else ", unknown lines left out")
    )
    print(f"{'合计' if zh else 'Total':<{width}}  {total:>16}{more}")
    print(f"{'结果' if zh else 'Outcome'}: {found.outcome}")
    for name, value in found.extras.items():
        if value is not None:
            print(f"{NAMES[name][zh]}: {value}")
    for title, texts in (
        ("未知" if zh else "Not known", [unknown.why for unknown in found.unknown]),
        ("注意" if zh else "Mind", list(found.warnings)),
    ):
        if texts:
            print(title)
            for text in texts:
                print(f"  - {text[language]}")
