"""The real lines of an order as CSV: what a platform settled and what was invoiced, checked row by row."""

from __future__ import annotations

from pathlib import Path

from desktop.core.dates import iso_day
from desktop.core.errors import OptionError
from desktop.core.money import CURRENCIES
from desktop.core.settlement import MOST_LINES, Real, Settlement, amount_of
from desktop.core.text import Text
from desktop.store.rows import cells_of, fault, read_rows

COLUMNS = ("line", "amount", "currency", "note", "date")
NEEDED = ("line", "amount", "currency")
LARGER = Text("it is larger than the settlement of an order", "文件过大，不是一个订单的结算明细")
MOST_NOTE = 500


def read_settlement(path: Path) -> Settlement:
    """The lines of a settlement, one a row: `line,amount,currency` and, if wanted, `note` and `date`.

    OptionError names file, row and column where a cell is not as it must be, or where a line stands twice.
    """
    header, rows = read_rows(path, COLUMNS, NEEDED, LARGER)
    if not rows:
        raise fault(path, "it has a first row and no lines under it", "只有表头，没有明细行")
    if len(rows) > MOST_LINES:
        raise fault(path, f"it has more than {MOST_LINES} lines", f"明细超过 {MOST_LINES} 行")
    found: list[Real] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        row = cells_of(path, number, header, cells)
        real = _real(path, number, {name: row.get(name, "") for name in COLUMNS})
        key = real.line.casefold()
        if key in seen:
            raise fault(
                path,
                f"row {number}: {real.line} stands in row {seen[key]} already; right form: one amount a line",
                f"第 {number} 行：{real.line} 在第 {seen[key]} 行已出现；正确格式：每个项目一个金额",
            )
        seen[key] = number
        found.append(real)
    return Settlement(tuple(found))


def _real(path: Path, number: int, row: dict[str, str]) -> Real:
    for name in NEEDED:
        if not row[name]:
            raise fault(path, f"row {number}: {name} is empty", f"第 {number} 行：{name} 为空")
    currency = row["currency"].upper()
    if currency not in CURRENCIES:
        raise _cell(path, number, "currency", row["currency"], "a currency such as USD")
    try:
        money = amount_of(row["amount"], currency)
    except ValueError:
        form = "what was charged, in the places of its currency, such as 3.24"
        raise _cell(path, number, "amount", row["amount"], form) from None
    try:
        day = iso_day(row["date"]) if row["date"] else None
    except ValueError:
        raise _cell(path, number, "date", row["date"], "a day such as 2026-11-20") from None
    return Real(row["line"][:MOST_NOTE], money, day, row["note"][:MOST_NOTE])


def _cell(path: Path, number: int, name: str, text: str, form: str) -> OptionError:
    shown = text if len(text) <= 40 else text[:37] + "..."
    return fault(
        path,
        f"row {number}: {name} {shown!r} is not possible; right form: {form}",
        f"第 {number} 行：{name} 的 {shown!r} 不可用；正确格式：{form}",
    )
