"""The forms of the four calculators as data: which inputs, in which words, units and bounds, and what may be chosen.

Names are those of the flags of the command line; bounds and readers are the engine's, so that both accept the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.errors import OptionError
from desktop.core.facts import View
from desktop.core.questions import Choice, Questions
from desktop.core.text import EMPTY, Text, text_of
from desktop.engine import inputs
from desktop.engine.border import destinations
from desktop.engine.import_tax import modes
from desktop.engine.inputs import DEFAULTS, Bounds
from desktop.engine.requests import carried_to, listed, services, sites
from desktop.viewmodels.countries import country
from desktop.viewmodels.wording import number

Kind = Literal["choice", "amount", "number", "size", "text", "flag"]
Place = Literal["main", "own", "more"]
Reader = Callable[[str], Any]
MONEY = "currency"
"""The unit of an amount in the currency of the form."""
SITE_MONEY = "site-currency"
RATE_OF_MONEY = "exchange"
CNY = "CNY"


class FormField(Struct, frozen=True):
    """One input. `unit` is as printed, or stands for a currency; `only` names another input and the values under
    which this one means something; `picks` says that the unit part chooses the currency of the form."""

    name: str
    label: Text
    kind: Kind
    read: Reader = str
    bounds: Bounds | None = None
    unit: str = ""
    place: Place = "main"
    needed: bool = False
    only: tuple[str, tuple[str, ...]] | None = None
    picks: bool = False
    help: Text = EMPTY


def _choice(name: str, en: str, zh: str, **more: Any) -> FormField:
    return FormField(name, Text(en, zh), "choice", **more)


def _amount(name: str, en: str, zh: str, bounds: Bounds = inputs.AMOUNT, **more: Any) -> FormField:
    given = {"unit": MONEY} | more
    return FormField(name, Text(en, zh), "amount", bounds.number, bounds, **given)


def _number(name: str, en: str, zh: str, bounds: Bounds, unit: str = "", **more: Any) -> FormField:
    read = bounds.count if bounds.whole else bounds.number
    return FormField(name, Text(en, zh), "number", read, bounds, unit, **more)


def _rate(name: str, en: str, zh: str, bounds: Bounds = inputs.RATE) -> FormField:
    return _number(name, en, zh, bounds, "%", place="own")


def _size(name: str, en: str, zh: str) -> FormField:
    return FormField(name, Text(en, zh), "size", inputs.read_size, inputs.SIDE_CM, "cm")


def _text(name: str, en: str, zh: str, read: Reader, place: Place, help_en: str, help_zh: str) -> FormField:
    return FormField(name, Text(en, zh), "text", read, place=place, help=Text(help_en, help_zh))


_CODE = ("hs", "Tariff code", "税则号", inputs.read_code, "more", "such as 6109.10", "如 6109.10")

_BY_BUYER = Text("what the buyer pays for the order", "整单由买家支付")

FORMS: Mapping[str, tuple[FormField, ...]] = {
    "fees": (
        _choice("platform", "Platform", "平台", needed=True),
        _choice("marketplace", "Marketplace", "站点", needed=True),
        _choice("category", "Category", "类目", needed=True),
        _amount("price", "Price of a piece", "单件售价", needed=True, picks=True),
        _number("quantity", "Pieces", "本单件数", inputs.COUNT),
        _amount("shipping", "Shipping charged", "买家付运费", help=_BY_BUYER),
        _amount("tax", "Tax on top", "买家另付税", help=_BY_BUYER),
        _number("weight_g", "Packed weight", "单件包装重量", inputs.GRAMS, "g"),
        _size("dims_cm", "Packed size", "单件包装尺寸"),
        _choice("fulfilment", "Fulfilment", "履约方式"),
        _rate("commission_rate", "Commission", "佣金率"),
        _amount("fixed_fee", "Fixed fee, order", "每单固定费", unit=SITE_MONEY, place="own"),
        _choice("store", "Store subscription", "店铺订阅", place="more", only=("platform", ("ebay",))),
        _choice("plan", "Selling plan", "销售计划", place="more", only=("platform", ("amazon",))),
        _number("monthly_orders", "Orders a month", "每月订单量", inputs.ORDERS, place="more"),
        FormField("payout", Text("With the cost of the payout into yuan", "计入提现结汇费用"), "flag", place="more"),
    ),
    "freight": (
        _choice("service", "Service", "物流产品", needed=True),
        _choice("to", "Destination", "目的地", needed=True),
        _choice("goods_class", "Goods class", "货物属性"),
        _number("weight_g", "Packed weight", "单件包装重量", inputs.GRAMS, "g", needed=True),
        _number("pieces", "Pieces", "本单件数", inputs.COUNT),
        _size("dims_cm", "Packed size", "单件包装尺寸"),
        _number("divisor", "Volumetric divisor", "材积系数", inputs.DIVISOR, place="own"),
        _number("step_g", "Weight step", "计重单位", inputs.STEP, "g", place="own"),
        _rate("fuel_rate", "Fuel surcharge", "燃油附加费率"),
        FormField(
            "volume_cbm", Text("Order volume", "整单体积"), "number", inputs.read_volume,
            inputs.CUBIC_METRES, "m³", place="more",
        ),
        _choice("volume_mode", "Volume billed", "计泡方式", place="more"),
        _text(
            "product", "Zone or variant", "价目表分区或变体", str, "more",
            "as the price list names it", "按价目表所列名称",
        ),
        _amount(
            "price", "Price of the order", "整单售价", place="more", picks=True,
            help=Text("some lists go by it", "部分价目表按售价分档"),
        ),
        FormField(
            "agent_fee", Text("With what an agent charges on top", "计入货代加收费用"), "flag", place="more"
        ),
        _choice("platform", "Sold on", "销售平台", place="more"),
        _choice("fulfilment", "Fulfilment", "履约方式", place="more"),
        _choice("category", "Category", "类目", place="more"),
    ),
    "duty": (
        _choice("to", "Destination", "目的地", needed=True),
        _choice("category", "Category", "类目", needed=True),
        _amount("value", "Value, net of tax", "货值（不含税）", needed=True, picks=True),
        _amount("freight", "Freight", "运费"),
        _amount("insurance", "Insurance", "保险费"),
        _choice("carrier", "Carrier", "承运方"),
        _choice("channel", "Sold through", "销售渠道"),
        _rate("duty_rate", "Tariff rate", "关税税率"),
        _text(
            "addon_rate", "Tariff layers", "关税附加税率", inputs.read_rates, "own",
            "one or several, such as 7.5 + 20", "一项或多项，如 7.5 + 20",
        ),
        _rate("vat_rate", "VAT or GST", "增值税税率", inputs.INNER_RATE),
        _number(
            "exchange_rate", "Exchange rate", "汇率", inputs.EXCHANGE_RATE, RATE_OF_MONEY, place="own"
        ),
        _amount("handling", "Clearance charge", "承运人清关费", place="more"),
        _number("items", "Item types", "商品种类数", inputs.COUNT, place="more", help=Text("tariff lines", "按税号计")),
        _number("weight_g", "Order weight", "整单重量", inputs.GRAMS, "g", place="more"),
        _text(*_CODE),
        _choice("region", "Part of the country", "地区", place="more", only=("to", ("GB",))),
        _choice("supply", "Sent", "发运方式", place="more"),
    ),
    "import-tax": (
        _choice("mode", "Import mode", "进口模式", needed=True),
        _choice("category", "Category", "类目", needed=True),
        _amount("value", "Order value", "整单货值", inputs.YUAN, unit=CNY, needed=True),
        _number("quantity", "Pieces", "本单件数", inputs.QUANTITY),
        _amount("freight", "Freight", "运费", inputs.YUAN, unit=CNY),
        _amount("insurance", "Insurance", "保险费", inputs.YUAN, unit=CNY),
        _rate("duty_rate", "Import duty", "关税税率"),
        _rate("vat_rate", "Import VAT", "进口增值税税率"),
        _rate("consumption_rate", "Consumption tax", "消费税税率", inputs.INNER_RATE),
        _rate("postal_rate", "Postal articles tax", "行邮税税率"),
        _amount(
            "table_price", "Customs list price", "海关完税价格表价格", inputs.YUAN, unit=CNY, place="own",
            help=Text("of a piece, or of a kg with the net weight", "每件，或填净重后每千克"),
        ),
        _number("net_g", "Net weight, piece", "单件净重", inputs.GRAMS, "g", place="more"),
        _number("net_ml", "Net volume, piece", "单件净容量", inputs.MILLILITRES, "ml", place="more"),
        _number("pieces", "Sheets in a piece", "单件片数", inputs.COUNT, place="more", help=Text("masks", "面膜")),
        FormField(
            "from_hk_mo_tw", Text("From Hong Kong, Macao or Taiwan", "自港澳台寄入"), "flag", place="more"
        ),
        _amount(
            "annual_so_far", "Bought this year", "买家本年度已购", inputs.YUAN, unit=CNY, place="more",
            help=Text("what this buyer has imported this year", "该买家本年度跨境进口额"),
        ),
        _text(*_CODE),
    ),
}  # fmt: skip
"""What each calculator asks, in the order of the form."""

TITLES: Mapping[str, Text] = {
    "fees": Text("Fees", "平台费用"),
    "freight": Text("Freight", "运费"),
    "duty": Text("Duty", "关税"),
    "import-tax": Text("Import tax", "进口税"),
}

_WORDS: Mapping[str, Mapping[str, Text]] = {
    "store": {
        "none": Text("No store", "无店铺"),
        "starter": Text("Starter", "Starter"),
        "basic": Text("Basic", "Basic"),
        "premium": Text("Premium", "Premium"),
        "featured": Text("Featured", "Featured"),
        "anchor": Text("Anchor", "Anchor"),
        "enterprise": Text("Enterprise", "Enterprise"),
    },
    "plan": {"individual": Text("Individual", "个人"), "professional": Text("Professional", "专业")},
    "channel": {
        "marketplace": Text("Marketplace", "电商平台"),
        "own": Text("Own shop", "独立站"),
    },
    "carrier": {"post": Text("Post", "邮政"), "express": Text("Express", "快递")},
    "supply": {
        "parcel": Text("Parcel after the sale", "售后直发包裹"),
        "stock": Text("Stock ahead of it", "售前备货入境"),
    },
    "volume_mode": {
        "full": Text("In full", "全泡"),
        "half": Text("At half", "半泡"),
        "free": Text("Not at all", "免泡"),
    },
    "region": {"": Text("Great Britain", "大不列颠"), "NI": Text("Northern Ireland", "北爱尔兰")},
}
_OPEN: Mapping[str, Text] = {
    "platform": Text("Any platform", "不限平台"),
    "fulfilment": Text("As the service has it", "按物流产品要求"),
    "category": Text("Not named", "不指定"),
}
"""What stands where an input that only narrows a service is left open."""


# ---------------------------------------------------------------------- what may be chosen
class Lists:
    """The choices of a form: ids at once, names when they are shown."""

    def __init__(self, view: View, questions: Questions) -> None:
        self.view, self.questions = view, questions

    def ids(
        self, form: str, name: str, chosen: Mapping[str, str], rows: Iterable[Mapping[str, str]] | None
    ) -> tuple[str, ...]:
        """What may be chosen, given what else is chosen and a price list of one's own."""
        view = self.view
        if form == "freight" and name in _OPEN:
            return ("", *self._asked(name))
        if name == "marketplace":
            return sites(view, chosen["platform"])
        if name == "service":
            return services(view, rows)
        if name == "to" and form == "freight":
            known = carried_to(view, chosen["service"], rows)
            return known if rows is not None else tuple(dict.fromkeys((*known, *listed(view))))
        if name == "to":
            return destinations(view)
        if name == "mode":
            return modes(view)
        if name in _WORDS:
            return tuple(_WORDS[name])
        return self._asked(name)

    def _asked(self, name: str) -> tuple[str, ...]:
        return tuple(choice.id for choice in self.questions[name].choices)

    def choices(self, form: str, name: str, ids: Iterable[str]) -> tuple[Choice, ...]:
        """The same with their names."""
        known = {choice.id: choice for choice in self._named(name)}
        return tuple(known.get(i) or Choice(i, self._name(form, name, i)) for i in ids)

    def _named(self, name: str) -> tuple[Choice, ...]:
        found = self.questions.get("import_mode" if name == "mode" else name)
        return found.choices if found else ()

    def _name(self, form: str, name: str, choice: str) -> Text:
        if name in ("marketplace", "to"):
            return country(self.view.book.rules, choice)
        if name == "service":
            rule = self.view.rules("freight")["services"].get(choice)
            return text_of({"en": rule["en"], "zh": rule["zh"]}) if rule else Text(choice, choice)
        if form == "freight" and not choice:
            return _OPEN[name]
        return _WORDS.get(name, {}).get(choice) or Text(choice, choice)


def default_of(form: str, name: str, ids: tuple[str, ...]) -> str:
    """What counts where an input is neither typed nor in the case; empty where nothing does."""
    if form == "freight" and name in _OPEN:
        return ""
    if form == "import-tax" and name == "pieces":
        return ""  # the sheets in a piece are no count of the order
    if name in DEFAULTS:
        return str(DEFAULTS[name])
    if name in ("marketplace", "to"):
        return "US" if "US" in ids else next(iter(ids), "")
    if name in ("platform", "service", "mode"):
        return next(iter(ids), "")
    return ""


def own_currency(form: str, view: View, chosen: Mapping[str, str]) -> str:
    """The currency of the site, or of the country of destination."""
    if form == "fees":
        found = view.rules("fees")[chosen["platform"]]["marketplaces"]
        site = found.get(chosen["marketplace"]) or found.get("all") or {}
        return str(site.get("currency", "USD"))
    if form == "duty":
        to = chosen["to"]
        market = view.rules("markets")["countries"].get(to)
        if market:
            return str(market["currency"])
        border = view.rules("border")
        return str(border["areas"][border["destinations"][to]["area"]]["currency"])
    return CNY


# ---------------------------------------------------------------------- what the case gives
def case_texts(form: str, case: Case, questions: Questions) -> dict[str, str]:
    """Inputs that the case answers, as they would be typed. What it does not answer is not there."""

    def given(name: str) -> str:
        answer = case.given(name)
        return "" if answer is None or isinstance(answer, tuple) else str(answer)

    first = next(iter(case.several("destinations")), "")
    pieces = given("pieces_per_order")
    price_currency = (
        case.currency(questions, "list_price") if given("list_price") else given("price_currency")
    )
    if form == "fees":
        orders = given("monthly_orders")
        texts = {
            "platform": given("platform"), "marketplace": first, "category": given("category"),
            "price": given("list_price"), "currency": price_currency, "quantity": pieces,
            "fulfilment": given("fulfilment"), "weight_g": given("weight_g"), "dims_cm": given("dims_cm"),
            "monthly_orders": "" if orders == "0" else orders,
        }  # fmt: skip
    elif form == "freight":
        texts = {
            "to": first, "goods_class": given("goods_class"), "weight_g": given("weight_g"), "pieces": pieces,
            "dims_cm": given("dims_cm"), "platform": given("platform"), "fulfilment": given("fulfilment"),
            "category": given("category"),
        }  # fmt: skip
    elif form == "duty":
        weight = case.integer("weight_g")
        whole = "" if weight is None else str(weight * (case.integer("pieces_per_order") or 1))
        texts = {
            "to": first, "category": given("category"), "currency": price_currency, "weight_g": whole,
        }  # fmt: skip
    else:
        texts = _import_texts(case, questions, given, pieces)
    return {name: text for name, text in texts.items() if text}


def _import_texts(
    case: Case, questions: Questions, given: Callable[[str], str], pieces: str
) -> dict[str, str]:
    """The order as the advice counts it: the retail price, or the import value by general trade; in yuan only."""
    if not case.imports:
        return {"category": given("category"), "quantity": pieces}
    mode = given("import_mode")
    name = "unit_cost" if mode == "general-trade" and given("unit_cost") else "list_price"
    money = case.money(questions, name)
    value = ""
    if money is not None and money.currency == CNY:
        value = f"{money.amount * int(pieces or 1):f}"
    return {"mode": mode, "category": given("category"), "value": value, "quantity": pieces}


def bounds_text(field: FormField) -> Text:
    """The numbers that an input accepts; a size has them for each side."""
    if field.bounds is None:
        return EMPTY
    low, high = number(field.bounds.low), number(field.bounds.high)
    if field.kind == "size":
        return Text(f"each {low} to {high}", f"每边 {low} 至 {high}")
    return Text(f"{low} to {high}", f"{low} 至 {high}")


def readable(field: FormField, text: str) -> bool:
    """Whether a text is of the right form."""
    try:
        field.read(text)
    except OptionError:
        return False
    return True
