"""`lanewise fees`, `freight`, `duty` and `import-tax`: flags in, one calculation out, as text or JSON."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.core.errors import OptionError
from desktop.engine import inputs

if TYPE_CHECKING:
    from desktop.core.facts import RuleBook, View
    from desktop.engine.calculators import Calculation

Reader = Callable[[str], Any]


# ---------------------------------------------------------------------- values of flags
def _flag(read: Reader) -> Reader:
    """A reader for argparse, which says what is wrong behind the name of the flag."""

    def reader(text: str) -> Any:
        try:
            return read(text)
        except OptionError as error:
            raise argparse.ArgumentTypeError(error.text.en) from None

    return reader


_amount, _yuan, _rate = _flag(inputs.AMOUNT.number), _flag(inputs.YUAN.number), _flag(inputs.RATE.number)
_inner_rate, _exchange_rate = _flag(inputs.INNER_RATE.number), _flag(inputs.EXCHANGE_RATE.number)
_grams, _step, _millilitres = (
    _flag(bounds.count) for bounds in (inputs.GRAMS, inputs.STEP, inputs.MILLILITRES)
)
_count, _quantity, _orders, _divisor = (
    _flag(bounds.count) for bounds in (inputs.COUNT, inputs.QUANTITY, inputs.ORDERS, inputs.DIVISOR)
)
_size, _volume, _currency, _code = (
    _flag(read) for read in (inputs.read_size, inputs.read_volume, inputs.read_currency, inputs.read_code)
)


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
    add("--fulfilment", choices=inputs.FULFILMENTS, default="seller")
    add("--weight-g", type=_grams, metavar="N", help="weight of one packed piece in grams")
    add("--dims-cm", type=_size, metavar="LxWxH", help="size of one packed piece")
    add("--store", choices=inputs.STORES, default="none", help="the shop subscription")
    add("--plan", choices=inputs.PLANS, default="professional")
    add("--commission-rate", type=_rate, metavar="N", help="percent, in place of the rules' rate")
    add("--fixed-fee", type=_amount, metavar="N", help="an order, in the site's currency")
    add("--quantity", type=_count, default=1, metavar="N", help="pieces in the order")
    add("--monthly-orders", type=_orders, metavar="N")
    add("--payout", action="store_true", help="add what it costs to bring the money into yuan")


def _freight_flags(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--service", required=True, metavar="S", help="a service of the rules, or one of your own price list")
    add("--to", required=True, metavar="CC", help="the destination: US, GB, DE …")
    add("--weight-g", required=True, type=_grams, metavar="N", help="weight of one piece in grams")
    add("--dims-cm", type=_size, metavar="LxWxH", help="size of one packed piece")
    add("--pieces", type=_count, default=1, metavar="N")
    add(
        "--goods-class",
        choices=inputs.GOODS_CLASSES,
        default="plain",
    )
    add("--volume-cbm", type=_volume, metavar="N", help="volume of the whole order in cubic metres")
    add("--divisor", type=_divisor, metavar="N")
    add(
        "--volume-mode",
        choices=inputs.VOLUME_MODES,
        default=None,
        help="bill volume in full, at half (the mean of both weights), or not at all",
    )
    add("--step-g", type=_step, metavar="N")
    add("--fuel-rate", type=_rate, metavar="N", help="fuel surcharge in percent")
    add("--product", metavar="P", help="a zone or variant of the service's price list")
    add("--price", type=_amount, metavar="N", help="what the buyer pays for the order: some lists go by it")
    add("--currency", type=_currency, metavar="CUR", help="of --price")
    add("--agent-fee", action="store_true", help="add what an agent charges on top, where the list names it")
    add("--price-list", type=Path, metavar="FILE.csv", help="your own prices, one row a weight band")
    add("--platform", metavar="P", help="the platform of the sale, where a service carries for one only")
    add("--fulfilment", choices=inputs.FULFILMENTS, default=None)
    add("--category", metavar="C")


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
    add("--channel", choices=inputs.CHANNELS, default="marketplace")
    add("--carrier", choices=inputs.CARRIERS, default="post")
    add("--supply", choices=inputs.SUPPLIES, default="parcel", help="after the sale, or stock ahead of it")


def _import_flags(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--mode", required=True, metavar="M", help="bonded-stocking-up, goods-collection, direct-mail …")
    add("--category", required=True, metavar="C", help="the category of the goods, such as milk-powder")
    add("--value", required=True, type=_yuan, metavar="N", help="value of the whole order in yuan")
    add("--quantity", type=_quantity, default=1, metavar="N")
    add("--freight", type=_yuan, metavar="N")
    add("--insurance", type=_yuan, metavar="N")
    add("--hs", type=_code, metavar="CODE", help="tariff code")
    add("--net-g", type=_grams, metavar="N", help="net weight of a piece in grams")
    add("--net-ml", type=_millilitres, metavar="N")
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
    add("--from-hk-mo-tw", action="store_true", help="a parcel from Hong Kong, Macao or Taiwan")
    add("--annual-so-far", type=_yuan, metavar="N", help="the buyer's imports of this year up to now")


# ---------------------------------------------------------------------- commands
NAMES_OF_CALCULATORS = ("fees", "freight", "duty", "import-tax")


def calculate(options: argparse.Namespace, view: View) -> Calculation:
    """The answer of the calculator that the command names."""
    from desktop.engine.requests import CALCULATORS
    from desktop.store.pricelist import read_price_list

    given = vars(options)
    if given.get("price_list") is not None:
        given = given | {"price_list": read_price_list(options.price_list)}
    return CALCULATORS[options.command](given, view, None)


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
