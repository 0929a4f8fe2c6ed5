"""A small rule book and a made-up advice, so that the window is tested without the engine's data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from desktop.core.case import Case
from desktop.core.dates import day
from desktop.core.facts import Fact, Reading, RuleBook, Source, Unknown, Value
from desktop.core.result import Advice, Datum, Exclusion, Line, Option, Quote, Ranking
from desktop.core.text import EMPTY, Text, both
from desktop.store import rulebook
from desktop.store.loader import read_yaml

if TYPE_CHECKING:
    from desktop.views.message import Asker
    from desktop.views.window import Window

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2026, 11, 24)
MARKETS = {"US": ("United States", "美国"), "GB": ("United Kingdom", "英国"), "DE": ("Germany", "德国"),
           "FR": ("France", "法国"), "AU": ("Australia", "澳大利亚"), "BR": ("Brazil", "巴西"),
           "RU": ("Russia", "俄罗斯"), "JP": ("Japan", "日本")}  # fmt: skip
PLATFORMS = {"aliexpress": "AliExpress", "amazon": "Amazon", "ebay": "eBay", "dhgate": "DHgate"}
MODES = {"direct-mail": ("Direct mail", "直邮"), "bonded": ("Bonded stock", "保税备货")}


@cache
def shipped_book() -> RuleBook:
    """The rule book that the program ships, read once: nothing writes in a book."""
    return rulebook.load()


def small_book() -> RuleBook:
    """Questions, categories and flow as shipped; markets, platforms and modes by name only; two sources."""
    names = {key: {"name": {"en": en, "zh": zh}} for key, (en, zh) in MARKETS.items()}
    rules: dict[str, Any] = {
        "questions": read_yaml(DATA / "rules/questions/questions.yaml"),
        "categories": read_yaml(DATA / "rules/categories/categories.yaml")["categories"],
        "flow": read_yaml(DATA / "rules/flow/flow.yaml")["steps"],
        "markets": {"countries": names},
        "border": {"destinations": {key: {} for key in MARKETS}},
        "platforms": {key: {"en": name, "zh": name} for key, name in PLATFORMS.items()},
        "import_modes": {
            "cities": {"hangzhou": {"name": {"en": "Hangzhou", "zh": "杭州"}}},
            "modes": {key: {"name": {"en": en, "zh": zh}} for key, (en, zh) in MODES.items()},
        },
    }
    sources = {
        "new": {"publisher": "eBay", "title": "Fees", "url": "https://example.org/fees", "dated": "2026-11-15",
                "read": "2026-11-22", "kind": "official", "review_by": "2027-11-15"},
        "old": {"publisher": "China Post", "title": "ePacket", "url": None, "dated": "2025-09-04",
                "read": "2026-11-22", "kind": "official", "review_by": "2026-09-04"},
    }  # fmt: skip
    facts = {
        f"x.{n}": {"says": {"en": "A fee.", "zh": "费用。"}, "unit": "percent", "values": []}
        for n in range(3)
    }
    missing = [{"what": {"en": "DHgate duty handling fee", "zh": "DHgate 关税代办费"}}]
    return RuleBook(facts, sources, {}, {}, missing, rules, {}, {}, "0123456789abcdef")


def reading() -> Reading:
    source = Source(
        "old", "China Post", "ePacket", None, day("2025-09-04"), date(2026, 11, 22), "official", None
    )
    value = Value("4.62", None, day("2025-09-04"), False, "old", (), "high", EMPTY, None)
    return Reading(
        Fact("x.1", Text("Freight.", "运费。"), "usd", {}, None, None, "", (), (value,)), value, source
    )


def quote(net: int, unknown: Unknown | None = None) -> Quote:
    """24.90 USD, of which `net` cents are left."""
    lines = [Line("goods", "goods", Text("Goods", "货物"), 2490 - net, "USD")]
    if unknown is not None:
        lines.append(Line("returns", "returns", Text("Returns", "退货"), None, "USD", unknown=unknown))
    return Quote({}, 2490, "USD", 1, tuple(lines), (Text("packing", "包装"), Text("returns", "退货")))


def advice_on(case: Case, as_of: date = TODAY) -> Advice:
    """eBay first in the United States, Amazon closed; bonded stock first into China."""
    why = Unknown("x.2", Text("DHgate duty handling fee: not in the rules", "DHgate 关税代办费：规则中没有"))
    closed = Exclusion(Text("Goods with a battery need a test summary.", "带电货物须有检测摘要。"),
                       Text("Have the test summary at hand.", "备妥检测摘要。"), reading())  # fmt: skip
    options = (
        Option("ebay", both("eBay"), 1, Decimal("86.2"), quote=quote(758), details={"market": "US"}),
        Option("aliexpress", both("AliExpress"), 2, Decimal("79.0"), quote=quote(789, why), unknown=(why,)),
        Option("dhgate", both("DHgate"), None, unknown=(why,)),
        Option("amazon", both("Amazon"), excluded=closed),
    )
    us = Option("US", Text("United States", "美国"), 1, Decimal("81"), quote=quote(758))
    tax = Quote({}, 19000, "CNY", 1, (Line("tax", "vat", Text("Tax", "税"), 1729, "CNY"),))
    modes = (Option("bonded", Text("Bonded stock", "保税备货"), 1, Decimal("77"), quote=tax),
             Option("direct-mail", Text("Direct mail", "直邮"), 2, Decimal("60"), quote=tax))  # fmt: skip
    none: Mapping[str, Ranking] = {name: Ranking(name, ()) for name in ("platforms", "logistics", "markets")}
    out = {
        "platforms": Ranking("platforms", options),
        "logistics": Ranking("logistics", (Option("post", Text("Battery line", "带电专线"), 1, Decimal("70"),
                                                  quote=quote(462), days=(8, 12)),)),
        "markets": Ranking("markets", (us,)),
    } if case.exports else none  # fmt: skip
    imports = case.imports
    tmall = Option("tmall", Text("Tmall Global", "天猫国际"), 1)
    stays = Text(
        "eBay stays first unless the list price falls below 15.14 USD.", "售价不低于 15.14 USD，eBay居首位。"
    )
    used = (Datum(Text("Goods class", "货物属性"), "Plain", EMPTY, "default"),
            Datum(Text("Pieces in an order", "每单件数"), "1", Text("piece", "件"), "default"))  # fmt: skip
    return Advice(
        as_of=as_of,
        **out,
        import_modes=Ranking("import_modes", modes if imports else ()),
        import_platforms=Ranking("import_platforms", (tmall,) if imports else ()),
        cities=Ranking("cities", ()),
        stability=(stays,),
        unknown=(why,) if case.exports else (),
        defaults=used if case.exports else (),
        readings=(reading(),),
    )  # fmt: skip


class OpenWindow(Protocol):
    """Opens a window on the rules that are shipped, or on others; without an asker, changes are let go unasked."""

    def __call__(
        self,
        asker: Asker | None = None,
        book: RuleBook | None = None,
        today: date = TODAY,
        *,
        shown: bool = True,
    ) -> Window: ...
