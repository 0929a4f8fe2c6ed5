"""`lanewise reverse`: a case turned round by market and platform: which price, which purchase price, how many orders."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import Struct

from desktop.core.errors import OptionError
from desktop.core.money import major, minor, plain, ppm
from desktop.core.text import Language, Text, text_of
from desktop.engine.advice import PLATFORMS
from desktop.engine.reverse import Answer, highest_cost, orders_for, price_for, price_for_net
from desktop.engine.whatif import Bench

NO_PRICE = Text(
    "the case has no list price that can be priced; right form: an answer list_price",
    "案例没有可计算的售价；需填写 list_price",
)
NO_EXPORT = Text(
    "the case only imports; what is turned round is the price of an export",
    "案例仅为进口；此处倒算的是出口售价",
)


class Turned(Struct, frozen=True):
    """One platform in one market, turned round; amounts in minor units. `net` is what is left now, at most so much where
    not `complete`; None where the platform is closed or has no service."""

    market: str
    platform: str
    service: str | None
    why: Text | None
    net: int | None = None
    complete: bool = False
    price: Answer | None = None
    break_even: Answer | None = None
    cost: Answer | None = None
    orders: Answer | None = None


def turned(bench: Bench, margin: Decimal, fixed: Decimal | None) -> list[Turned]:
    """Every platform in every market of the case. `margin` is in percent, `fixed` a month's cost in major units."""
    if not bench.exports:
        raise OptionError(NO_EXPORT)
    state = bench.start
    if state is None:
        raise OptionError(NO_PRICE)
    found, _ = bench.ranked_markets(bench.run([state]))
    share = ppm(margin)
    rows = []
    for each in found:
        for k, platform in enumerate(PLATFORMS):
            pair, lane = bench.grid.pair(each.market, platform), bench.lane(each, k)
            if pair.excluded is not None or lane is None:
                why = pair.excluded.text if pair.excluded else bench.view.text("advice.cannot-say")
                rows.append(Turned(each.market, platform, None, why))
                continue
            rows.append(
                Turned(
                    each.market,
                    platform,
                    lane[1],
                    None,
                    int(each.net[0, k]),
                    bool(each.complete[0, k]),
                    price_for(bench, *lane, state, share),
                    price_for_net(bench, *lane, state, 0),
                    highest_cost(bench, *lane, state, share),
                    None if fixed is None else orders_for(bench, *lane, state, minor(fixed, bench.currency)),
                )
            )
    return rows


def reverse_json(bench: Bench, rows: list[Turned], margin: Decimal, language: Language) -> dict[str, Any]:
    """The rows with amounts as decimal strings, and why there is none where there is none."""
    return {
        "as_of": bench.view.date.isoformat(),
        "margin": plain(margin),
        "currency": bench.currency,
        "cost_currency": bench.cost_currency,
        "lanes": [_row_json(bench, row, language) for row in rows],
    }


def _row_json(bench: Bench, row: Turned, language: Language) -> dict[str, Any]:
    def amount(answer: Answer | None, currency: str) -> str | None:
        return None if answer is None or answer.value is None else f"{major(answer.value, currency):f}"

    return {
        "market": row.market,
        "platform": row.platform,
        "service": row.service,
        "excluded": row.why[language] if row.why else None,
        "net": None if row.net is None else f"{major(row.net, bench.currency):f}",
        "complete": row.complete,
        "price": amount(row.price, bench.currency),
        "break_even": amount(row.break_even, bench.currency),
        "highest_cost": amount(row.cost, bench.cost_currency),
        "orders": row.orders.value if row.orders else None,
        "why": {
            name: answer.why
            for name, answer in (("price", row.price), ("break_even", row.break_even), ("highest_cost", row.cost),
                                 ("orders", row.orders))
            if answer is not None and answer.value is None
        },
    }  # fmt: skip


def print_reverse(bench: Bench, rows: list[Turned], margin: Decimal, language: Language) -> None:
    """The same as text, a line a platform."""
    zh = language == "zh"
    share = plain(margin)
    print(f"{'规则日期' if zh else 'Rules as of'} {bench.view.date.isoformat()}")
    market = ""
    for row in rows:
        if row.market != market:
            market = row.market
            name = text_of(bench.view.rules("markets")["countries"][market]["name"])[language]
            print(f"\n{name}")
        platform = text_of(bench.view.rules("platforms")[row.platform])[language]
        if row.why is not None:
            print(f"  x  {platform}: {row.why[language]}")
            continue
        parts = [
            _said(
                row.price,
                bench.currency,
                f"售价需 {{}}（净利 {share}%）" if zh else f"{{}} leaves {share}%",
                zh,
            ),
            _said(row.break_even, bench.currency, "保本价 {}" if zh else "breaks even at {}", zh),
            _said(row.cost, bench.cost_currency, "最高进价 {}" if zh else "may cost {}", zh),
        ]
        if row.orders is not None:
            parts.append(
                _said(
                    row.orders,
                    "",
                    "每月 {} 单可覆盖固定成本" if zh else "{} orders a month pay the fixed cost",
                    zh,
                )
            )
        print(f"  -  {platform}: " + ("；" if zh else "; ").join(parts))


_WHY = {
    "closed": ("not known", "未知"),
    "never": ("no price does", "没有这样的价格"),
    "loss": ("not at this price", "按此售价不可行"),
    "thin": ("not at this price, even with free goods", "按此售价不可行，货款为零也不行"),
}


def _said(answer: Answer | None, currency: str, form: str, zh: bool) -> str:
    if answer is None or answer.value is None:
        return _WHY[answer.why if answer else "closed"][zh]
    shown = f"{major(answer.value, currency):f} {currency}" if currency else str(answer.value)
    return form.format(shown)
