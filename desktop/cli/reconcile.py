"""`lanewise reconcile`: a quote against what the order really cost, with what would explain each line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from desktop.core.facts import View
from desktop.core.money import major, plain
from desktop.core.text import Language, Text
from desktop.engine.reconcile import PRICE, Clue, Reconciliation, Row

NO_SETTLEMENT = Text(
    "the case holds no settlement; right form: lanewise reconcile CASE SETTLEMENT.csv",
    "案例中没有结算明细；正确格式：lanewise reconcile 案例 结算.csv",
)


def reconcile_json(found: Reconciliation, view: View, language: Language) -> dict[str, Any]:
    """Rows, sums and what was not compared; amounts as decimal strings in the currency of the quote."""
    currency = found.quote.currency

    def amount(units: int | None) -> str | None:
        return None if units is None else f"{major(units, currency):f}"

    return {
        "as_of": view.date.isoformat(),
        "lane": dict(found.quote.lane),
        "currency": currency,
        "pieces": found.quote.pieces,
        "rows": [
            {
                "line": row.line,
                "label": row.label[language],
                "payer": row.payer,
                "estimated": amount(row.estimated),
                "real": amount(row.real),
                "charged": {"amount": str(row.charged), "currency": row.charged.currency},
                "difference": amount(row.difference),
                "percent": None if row.percent is None else plain(row.percent),
                "follows": amount(row.follows),
                "date": row.entered.day.isoformat() if row.entered.day else None,
                "note": row.entered.note,
                "explained": [_clue_json(clue, language) for clue in row.clues],
                "facts": [
                    {"id": r.id, "value": r.raw, "from": str(r.value.start), "source": r.value.source}
                    for r in row.readings
                ],
            }
            for row in found.rows
        ],
        "costs_difference": amount(found.costs),
        "income_difference": amount(found.income),
        "net": {
            "estimated": amount(found.quote.net),
            "estimated_complete": found.quote.complete,
            "real": amount(found.net),
            "complete": found.complete,
        },
        "not_compared": [
            {"line": line.id, "label": line.label[language], "estimated": amount(line.amount)}
            for line in found.missing
        ],
    }


def _clue_json(clue: Clue, language: Language) -> dict[str, Any]:
    return {
        "text": clue.text[language],
        "held": clue.held or None,
        "implied": clue.implied or None,
        "unit": clue.unit[language] or None,
        "fact": clue.reading.id if clue.reading else None,
        "source": clue.reading.value.source if clue.reading else None,
    }


def print_reconcile(found: Reconciliation, view: View, language: Language) -> None:
    """The same for reading: a line a row, and under it what would explain it."""
    zh = language == "zh"
    quote, currency = found.quote, found.quote.currency
    print(f"{'规则日期' if zh else 'Rules as of'} {view.date.isoformat()}")
    print(found.lane[language])
    heads = ("项目", "估算", "实际", "差额") if zh else ("line", "estimated", "real", "difference")
    print(f"\n  {heads[0]:<34} {heads[1]:>12} {heads[2]:>12} {heads[3]:>12}  {currency}")
    for row in found.rows:
        _print_row(row, currency, language)
    rows = (
        ("成本差额" if zh else "costs: real less estimated", found.costs),
        *((("售价差额" if zh else "price: real less estimated", found.income),) if found.income else ()),
    )
    print()
    for label, units in rows:
        print(f"  {label:<34} {_signed(major(units, currency)):>38}")
    at_most = ("至多 " if zh else "at most ") if not quote.complete else ""
    still = ("至多 " if zh else "at most ") if not found.complete else ""
    before, after = (f"{major(units, currency):f}" for units in (quote.net, found.net))
    print(f"  {'净利' if zh else 'what is left':<34} {at_most}{before} → {still}{after}")
    if found.missing:
        print(f"\n{'未核对（按估算计）' if zh else 'Not compared, counted as estimated'}")
        for line in found.missing:
            shown = (
                ("未知" if zh else "not known")
                if line.amount is None
                else f"{major(line.amount, currency):f}"
            )
            print(f"  {line.id:<24} {line.label[language]:<34} {shown:>12}")


def _print_row(row: Row, currency: str, language: Language) -> None:
    was = "?" if row.estimated is None else f"{major(row.estimated, currency):f}"
    percent = "" if row.percent is None or not row.difference else f"  {_signed(row.percent)}%"
    change = _signed(major(row.difference, currency))
    print(f"  {row.label[language]:<34} {was:>12} {major(row.real, currency):>12f} {change:>12}{percent}")
    if row.charged.currency != currency and row.line != PRICE:
        print(f"      {row.charged} {row.charged.currency}")
    for clue in row.clues:
        source = f" [{clue.reading.id}, {clue.reading.value.source}]" if clue.reading else ""
        print(f"      {clue.text[language]}{source}")
    if row.entered.note:
        print(f"      “{row.entered.note}”")


def _signed(value: Decimal) -> str:
    return f"{value:+f}" if value else f"{value:f}"
