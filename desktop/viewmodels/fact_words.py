"""The value of any fact in words: short for a list, whole for a table, and the content of maps, lists and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.dates import day
from desktop.core.facts import Fact, RuleBook, Tier, Value
from desktop.core.text import Language, Text
from desktop.viewmodels.values import RECORD_KEYS, chinese_scale
from desktop.viewmodels.wording import MINUS, a_day, number

translate = QCoreApplication.translate

SHORT_UNIT, SHORT_TEXT = {"en": 18, "zh": 6}, {"en": 18, "zh": 9}
"""How many characters a unit and a text may have in a list."""
LONG = 240
SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "over", "per", "the", "to"}
)
GREAT = frozenset({"thousand", "million", "billion", "trillion"})
CURRENCY_WORDS = ("元", "美元", "欧元", "英镑", "澳元", "日元", "港元", "加元", "元人民币")

BASES: Mapping[str, Text] = {
    "age of stock in days": Text("by the age of the stock in days", "按库龄天数"),
    "amount": Text("of the amount", "按金额"),
    "amount-converted": Text("of the amount converted", "按兑换金额"),
    "chargeable weight in kg": Text("by the chargeable weight in kg", "按计费重（公斤）"),
    "cif": Text("of the CIF value", "按到岸价格（CIF）"),
    "customs-value": Text("of the customs value", "按完税价格"),
    "customs-value-fob": Text("of the customs value, FOB", "按离岸价格（FOB）"),
    "dutiable-price": Text("of the dutiable price", "按完税价格"),
    "dutiable-value": Text("of the dutiable value", "按完税价格"),
    "foreign-retail-price": Text("of the retail price abroad", "按境外零售价"),
    "fulfilment-fee": Text("of the fulfilment fee", "按履约费"),
    "goods-freight-insurance": Text("of goods, freight and insurance", "按货值、运费与保险费"),
    "goods-value": Text("of the value of the goods", "按货值"),
    "inside-own-base": Text("part of its own base", "计入自身税基"),
    "order-amount": Text("of the order amount", "按订单金额"),
    "order-incl-shipping": Text("of the order with shipping", "按含运费的订单金额"),
    "order-value": Text("of the order value", "按订单价值"),
    "part-above-limit": Text("of the part above the limit", "按超限部分"),
    "price-with-delivery": Text("of the price with delivery", "按含配送的价格"),
    "price-with-shipping": Text("of the price with shipping", "按含运费的价格"),
    "price-with-shipping-and-tax": Text("of the price with shipping and tax", "按含运费与税的价格"),
    "proceeds": Text("of the proceeds", "按回款金额"),
    "revenue": Text("of revenue", "按收入"),
    "sale": Text("of the sale", "按成交额"),
    "statutory-tax": Text("of the statutory tax", "按法定税额"),
    "taxable-income": Text("of taxable income", "按应纳税所得额"),
    "total-sale": Text("of the total sale", "按成交总额"),
    "total-sale-inc-gst": Text("of the total sale with GST", "按含 GST 的成交总额"),
    "total-sales-price": Text("of the total sales price", "按总售价"),
    "value-above-limit": Text("of the value above the limit", "按超出限值的部分"),
    "value-with-duty": Text("of the value with duty", "按含关税的价值"),
    "value-with-duty-and-consumption-tax": Text(
        "of the value with duty and consumption tax", "按含关税与消费税的价值"
    ),
    "basic-duty": Text("of the basic duty", "按基本关税"),
    "cif-plus-duties": Text("of the CIF value with all duties", "按到岸价格（CIF）加各项关税"),
    "cif-plus-duty": Text("of the CIF value with duty", "按到岸价格（CIF）加关税"),
    "consignment-value": Text("of the value of the consignment", "按整票货值"),
    "excess": Text("of the part above the limit", "按超限部分"),
    "excess-plus-duty": Text("of the part above the limit with duty", "按超限部分加关税"),
    "fob": Text("of the FOB value", "按离岸价格（FOB）"),
    "goods-price-only": Text("of the price of the goods alone", "仅按商品价格"),
    "invoice-value": Text("of the invoice value", "按发票金额"),
    "landed-cost": Text("of the landed cost", "按到岸成本"),
    "price": Text("of the price", "按价格"),
    "price-and-freight": Text("of price and freight", "按价格与运费"),
    "price-freight-duty-clearance": Text(
        "of price, freight, duty and clearance", "按价格、运费、关税与清关费"
    ),
    "value-for-duty": Text("of the value for duty", "按完税价格"),
    "value-for-duty-plus-duty": Text("of the value for duty with duty", "按完税价格加关税"),
    "variable-fee": Text("of the variable fee", "按浮动费用"),
    "weight fee and registration fee": Text("of weight and registration fee", "按重量费与挂号费"),
}
"""What a percentage is taken on (`base` of a fact), in words."""

KEYS: Mapping[str, str] = {
    "low": "最低", "high": "最高", "value": "数值", "rate": "费率", "tier": "档位", "fee": "费用", "vat": "增值税",
    "consumption_tax": "消费税", "total": "合计", "country": "国家或地区", "dest": "目的地", "category": "类目",
    "rank": "排名", "firm": "企业", "before": "之前", "after": "之后", "goods": "商品", "postal": "行邮税",
    "code": "代码", "mode": "模式", "examples": "举例", "advantages": "优点", "disadvantages": "缺点", "year": "年份",
    "established": "成立", "class": "类别", "level": "级别", "direction": "方向", "method": "方式", "name": "名称",
    "growth": "增速", "month": "月份", "free": "免费", "monthly": "每月", "minimum": "最低", "other": "其他",
    "days": "天数", "cost": "成本", "speed": "速度", "option": "方案", "features": "特色", "printed": "原文",
    "finding": "问题", "who": "谁", "what": "什么", "to": "目的地", "min_g": "起（克）", "max_g": "至（克）",
    "per_kg": "每公斤", "per_item": "每件", "first_g": "首重（克）", "first_price": "首重价", "step_g": "续重（克）",
    "step_price": "续重价", "min_billed_g": "最低计费（克）", "price_from": "价格自", "price_to": "价格至",
    "product": "产品", "max_side_mm": "最长边（毫米）", "max_sum_mm": "三边和（毫米）", "divisor": "材积系数",
    "suspended": "暂停", "days_min": "最少天数", "days_max": "最多天数", "note": "说明", "up_to": "至", "below": "不足",
    "kg": "公斤", "cm": "厘米", "type": "类型", "suited": "适合", "mfn": "最惠国税率", "customs": "关税",
    "risk": "风险", "service": "服务", "value_for_money": "性价比", "share_of_transactions_percent": "交易占比（%）",
    "consumption": "消费税", "commodity": "商品", "attributes": "特点", "incentive": "激励", "size": "尺寸",
}  # fmt: skip
"""Names of columns and entries that the data hold in English only."""


# ---------------------------------------------------------------------- numbers and units
def is_number(raw: object) -> bool:
    try:
        return isinstance(raw, str) and Decimal(raw).is_finite()
    except InvalidOperation:
        return False


def is_range(raw: object) -> bool:
    """A map of a lowest and a highest number."""
    return isinstance(raw, Mapping) and set(raw) == {"low", "high"} and all(map(is_number, raw.values()))


def tiers_of(fact: Fact, value: Value) -> tuple[Tier, ...]:
    """The steps of a tiered value; none where it is a single number or something else."""
    if fact.tiers is None or not isinstance(value.raw, list):
        return ()
    return tuple(
        Tier(_bound(row), Decimal(row["value"]), "below" in row)
        for row in value.raw
        if isinstance(row, Mapping)
    )


def _bound(row: Mapping[str, str]) -> Decimal | None:
    text = row.get("up_to") or row.get("below")
    return Decimal(text) if text else None


def in_currency(unit: Text) -> bool:
    """A unit that begins with a currency's code: its figures have at least two decimals where they have any."""
    code = unit.en.split(" ")[0]
    return len(code) == 3 and code.isalpha() and code.isupper()


def figure_of(value: Decimal, unit: Text) -> str:
    """A number as published; of a currency 0.3 is shown as 0.30."""
    shown = number(value)
    whole, point, rest = shown.partition(".")
    return f"{whole}.{rest}0" if point and len(rest) == 1 and in_currency(unit) else shown


def with_unit(figure: str, unit: str) -> str:
    """17 and % as 17%, 5 and CNY as 5 CNY."""
    return f"{figure}{unit}" if unit.startswith("%") or not unit else f"{figure} {unit}"


def measure(
    low: Decimal, unit: Text, language: Language, high: Decimal | None = None, short: bool = False
) -> str:
    """A figure, or a range of two, with its unit: whole, or short for a narrow place."""
    times, name = chinese_scale(unit[language])
    if short:
        name = short_unit(Text(unit.en, name), language)
    figures = [figure_of(value * times, unit) for value in (low, high) if value is not None]
    return with_unit("–".join(figures), name)


def short_unit(unit: Text, language: Language) -> str:
    """A unit for a narrow place: its currency, %, or its first words."""
    if unit.en.startswith("%"):
        return "%"
    if language == "zh":
        text = unit.zh.partition("（")[0] or unit.zh
        head = text.partition("/")[0]
        return head if head in CURRENCY_WORDS or len(text) > SHORT_UNIT["zh"] else text
    if in_currency(unit):
        return unit.en[:3]
    words = unit.en.partition(" (")[0].split(" ")
    while len(" ".join(words)) > SHORT_UNIT["en"] or words[-1] in SMALL_WORDS:
        words.pop()
        if not words or (
            len(words) == 1 and words[0] not in GREAT and unit.en.split(" ")[1] not in SMALL_WORDS
        ):
            # half a name says the wrong thing: then the figure stands alone
            return ""
    return " ".join(words).rstrip(",")


def unit_of(book: RuleBook, fact: Fact) -> Text:
    return book.unit(fact.unit) if fact.unit in book.units else Text(fact.unit, fact.unit)


def kind_of(book: RuleBook, fact: Fact) -> str:
    """number, text, date, list, map or table."""
    return str(book.units.get(fact.unit, {}).get("kind", "text"))


def base_words(fact: Fact, language: Language) -> str:
    """What a rate is taken on, and how its tiers count."""
    found = []
    if fact.base:
        found.append(BASES[fact.base][language] if fact.base in BASES else fact.base.replace("-", " "))
    if fact.tiers == "whole":
        found.append(translate("RuleBook", "the band's rate on the whole amount"))
    elif fact.tiers == "marginal":
        found.append(translate("RuleBook", "each band's rate on its own part"))
    return (", " if language == "en" else "，").join(found)


# ---------------------------------------------------------------------- values
def raw_in(value: Value, language: Language) -> Any:
    """A value as the data hold it, in Chinese where they have it so."""
    return value.raw_zh if language == "zh" and value.raw_zh is not None else value.raw


def value_short(book: RuleBook, fact: Fact, value: Value, language: Language) -> str:
    """A value in a few characters, for a list: 17%, 5–17%, 0.30 USD, 12 rows."""
    unit, raw = unit_of(book, fact), value.raw
    tiers = tiers_of(fact, value)
    if tiers:
        rates = [tier.value for tier in tiers]
        return measure(min(rates), unit, language, max(rates), short=True)
    if is_range(raw):
        return measure(Decimal(raw["low"]), unit, language, Decimal(raw["high"]), short=True)
    kind = kind_of(book, fact)
    if is_number(raw) and kind == "number":
        return measure(Decimal(raw), unit, language, short=True)
    return _cut(_short_content(book, fact, raw_in(value, language), kind, language), SHORT_TEXT[language])


def _short_content(book: RuleBook, fact: Fact, raw: Any, kind: str, language: Language) -> str:
    if isinstance(raw, Mapping):
        words = (
            translate("RuleBook", "1 entry") if len(raw) == 1 else translate("RuleBook", "{count} entries")
        )
        return words.format(count=len(raw))
    if isinstance(raw, list):
        rows = any(isinstance(item, Mapping) for item in raw)
        words = translate("RuleBook", "{count} rows") if rows else translate("RuleBook", "list of {count}")
        return words.format(count=len(raw))
    if isinstance(raw, str) and kind == "table" and raw in book.rates:
        return translate("RuleBook", "{count} rows").format(count=len(book.rates[raw]["rows"]))
    return _dated(raw, language) if kind == "date" else said(raw, book, language)


def _dated(raw: Any, language: Language) -> str:
    try:
        return a_day(day(str(raw)), language)
    except ValueError:
        return str(raw)


def value_long(book: RuleBook, fact: Fact, value: Value, language: Language) -> str:
    """A value whole, for a table; of long lists and maps the beginning."""
    unit, raw = unit_of(book, fact), value.raw
    tiers = tiers_of(fact, value)
    if tiers:
        words = translate("RuleBook", "{rate} {band}")
        parts = [
            words.format(rate=measure(tier.value, unit, language, short=True), band=name)
            for tier, name in zip(tiers, _bounds(tiers), strict=True)
        ]
        return " · ".join(parts)
    if is_range(raw):
        return measure(Decimal(raw["low"]), unit, language, Decimal(raw["high"]))
    kind = kind_of(book, fact)
    if is_number(raw) and kind == "number":
        return measure(Decimal(raw), unit, language)
    shown = raw_in(value, language)
    if isinstance(shown, str):
        return _short_content(book, fact, shown, kind, language)
    return _cut(said(shown, book, language), LONG)


def bands(tiers: Sequence[Tier]) -> tuple[str, ...]:
    """The names of the steps by themselves: up to 15, 15 to 20, above 20."""
    names, last = [], ""
    for tier, name in zip(tiers, _bounds(tiers), strict=True):
        bound = number(tier.up_to) if tier.up_to is not None else ""
        if last and bound:
            name = translate("RuleBook", "{low} to {high}").format(low=last, high=bound)
        names.append(name)
        last = bound
    return tuple(names)


def _bounds(tiers: Sequence[Tier]) -> tuple[str, ...]:
    """The steps as one reads them in a row: up to 15, up to 20, above 20."""
    names, last = [], None
    for tier in tiers:
        if tier.up_to is not None:
            words = (
                translate("RuleBook", "below {high}") if tier.below else translate("RuleBook", "up to {high}")
            )
            names.append(words.format(high=number(tier.up_to)))
        elif last is None or last.up_to is None:
            names.append(translate("RuleBook", "on every amount"))
        else:
            words = (
                translate("RuleBook", "from {low}") if last.below else translate("RuleBook", "above {low}")
            )
            names.append(words.format(low=number(last.up_to)))
        last = tier
    return tuple(names)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def key_words(key: str, book: RuleBook, language: Language) -> str:
    """The name of an entry or column: from the texts of the rule book, else from here; codes stay as they are."""
    if RECORD_KEYS + key in book.texts:
        return book.text(RECORD_KEYS + key)[language]
    if language == "zh" and key in KEYS:
        return KEYS[key]
    return key.replace("_", " ")


def said(raw: Any, book: RuleBook, language: Language) -> str:
    """Maps, lists and texts in one line."""
    if is_range(raw):
        return f"{said(raw['low'], book, language)}–{said(raw['high'], book, language)}"
    if isinstance(raw, Mapping):
        colon, gap = ("：", "；") if language == "zh" else (": ", "; ")
        return gap.join(
            f"{key_words(key, book, language)}{colon}{said(item, book, language)}"
            for key, item in raw.items()
        )
    if isinstance(raw, list):
        gap = " | " if any(isinstance(item, Mapping) for item in raw) else "、" if language == "zh" else ", "
        return gap.join(said(item, book, language) for item in raw)
    if raw in ("true", "false"):
        return translate("RuleBook", "yes") if raw == "true" else translate("RuleBook", "no")
    if is_number(raw) and "." in raw:
        return str(raw).replace("-", MINUS)
    return "" if raw is None else str(raw)


# ---------------------------------------------------------------------- content
class Content(Struct, frozen=True):
    """What a fact holds that is no number: a text, or a table with heads; `numeric` are its columns of figures."""

    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numeric: tuple[int, ...] = ()
    english_only: bool = False

    def __bool__(self) -> bool:
        return bool(self.text or self.rows)


def content_of(book: RuleBook, fact: Fact, value: Value | None, language: Language) -> Content:
    """Maps, lists, tables and texts as something to read; nothing where a chart shows the value."""
    if value is None or value.raw is None:
        return Content()
    raw, kind = raw_in(value, language), kind_of(book, fact)
    foreign = language == "zh" and value.raw_zh is None
    if tiers_of(fact, value) or is_range(raw) or (is_number(raw) and kind == "number"):
        return Content()
    if isinstance(raw, str) and kind == "table" and raw in book.rates:
        return _table(book.rates[raw]["rows"], book, language, False)
    if isinstance(raw, str):
        words = any(sign.isalpha() for sign in raw) and kind == "text" and len(raw) > len("0110")
        return Content(text=_short_content(book, fact, raw, kind, language), english_only=foreign and words)
    if isinstance(raw, list):
        return _list(raw, book, language, foreign)
    return _map(raw, book, language, foreign)


def _list(raw: Sequence[Any], book: RuleBook, language: Language, foreign: bool) -> Content:
    if raw and all(isinstance(item, Mapping) for item in raw):
        return _table(raw, book, language, foreign)
    rows = tuple((str(at), said(item, book, language)) for at, item in enumerate(raw, start=1))
    heads = (translate("RuleBook", "No."), translate("RuleBook", "Entry"))
    return Content(heads=heads, rows=rows, numeric=(0,), english_only=foreign and _has_words(rows))


def _table(raw: Sequence[Mapping[str, Any]], book: RuleBook, language: Language, foreign: bool) -> Content:
    columns = list(dict.fromkeys(key for row in raw for key in row))
    rows = tuple(tuple(said(row.get(key), book, language) for key in columns) for row in raw)
    heads = tuple(key_words(key, book, language) for key in columns)
    return Content(heads=heads, rows=rows, numeric=_numeric(rows), english_only=foreign and _has_words(rows))


def _map(raw: Mapping[str, Any], book: RuleBook, language: Language, foreign: bool) -> Content:
    inner = list(raw.values())
    if len(inner) > 1 and all(isinstance(item, Mapping) and not is_range(item) for item in inner):
        columns = list(dict.fromkeys(key for item in inner for key in item))
        rows = tuple(
            (key_words(key, book, language), *(said(item.get(column), book, language) for column in columns))
            for key, item in raw.items()
        )
        heads = (translate("RuleBook", "Entry"), *(key_words(column, book, language) for column in columns))
    else:
        rows = tuple(
            (key_words(key, book, language), said(item, book, language)) for key, item in raw.items()
        )
        heads = (translate("RuleBook", "Entry"), translate("RuleBook", "Value"))
    return Content(heads=heads, rows=rows, numeric=_numeric(rows), english_only=foreign and _has_words(rows))


def _numeric(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Columns that hold figures and nothing else."""
    columns = range(len(rows[0])) if rows else range(0)
    return tuple(c for c in columns if any(r[c] for r in rows) and all(_figure(r[c]) for r in rows if r[c]))


def _figure(text: str) -> bool:
    return all(is_number(part.replace(MINUS, "-")) for part in text.split("–"))


def _has_words(rows: Sequence[Sequence[str]]) -> bool:
    """Whether something stands in it that wants translation: more than codes and figures."""
    return any(len(word) > 3 and word.islower() for row in rows for cell in row for word in cell.split())
