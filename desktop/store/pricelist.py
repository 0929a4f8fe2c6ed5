"""A user's own freight price list as CSV, checked row by row before anything of it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from desktop.core.errors import OptionError
from desktop.core.money import CURRENCIES, decimal_of, plain
from desktop.core.text import Text
from desktop.store.rows import cells_of, fault, read_rows

COLUMNS = (
    "service", "to", "min_g", "max_g", "per_kg", "per_item", "first_g", "first_price", "step_g", "step_price",
    "min_billed_g", "currency", "divisor", "per_cbm",
)  # fmt: skip
NEEDED = ("service", "to", "max_g")
GRAMS = ("min_g", "max_g", "first_g", "step_g", "min_billed_g", "divisor")
PRICES = ("per_kg", "per_cbm", "per_item", "first_price", "step_price")
BY_WEIGHT = ("per_kg", "first_price", "step_price")
MOST = Decimal(10**8)
"""The largest number that a cell may hold: a hundred tonnes in grams, a hundred million in money."""
LARGER = Text("it is larger than a price list (20 MB)", "文件过大（上限 20 MB）")


def read_price_list(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a price list, one weight band each, numbers in plain form.

    OptionError names file, row and column where a cell is not as it must be, where a row has no price, where the bands
    of one service and destination meet each other, or where they name several currencies or divisors.
    """
    header, lines = read_rows(path, COLUMNS, NEEDED, LARGER)
    rows = [_row(path, number, header, cells) for number, cells in lines]
    if not rows:
        raise fault(path, "it has a first row and no prices under it", "只有表头，没有价格行")
    _check_lanes(path, [(number, row) for (number, _), row in zip(lines, rows, strict=True)])
    return tuple(rows)


def _row(path: Path, number: int, header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    given = cells_of(path, number, header, cells)
    row = {name: _cell(path, number, name, given.get(name, "")) for name in COLUMNS}
    if row["min_g"] and Decimal(row["min_g"]) > Decimal(row["max_g"]):
        raise _cell_fault(path, number, "min_g", row["min_g"], f"at most max_g, {row['max_g']}")
    if not any(row[name] for name in PRICES):
        raise fault(path, f"row {number} has no price", f"第 {number} 行没有价格")
    if row["per_cbm"] and any(row[name] for name in BY_WEIGHT):
        raise fault(
            path, f"row {number} has a price per m³ and one by weight; right form: one of them",
            f"第 {number} 行同时有每立方米价和按重量的价格，只能填一种",
        )  # fmt: skip
    for price, grams in (("first_price", "first_g"), ("step_price", "step_g")):
        if row[price] and not row[grams]:
            raise fault(path, f"row {number}: {price} needs {grams}", f"第 {number} 行：{price} 需要 {grams}")
    if row["first_g"] not in ("", "0") and not row["first_price"]:
        raise fault(
            path, f"row {number}: first_g needs first_price", f"第 {number} 行：first_g 需要 first_price"
        )
    if row["per_kg"] and row["step_price"]:
        raise fault(
            path,
            f"row {number} has a per_kg and a step_price; right form: one of them",
            f"第 {number} 行同时有 per_kg 和 step_price，请只填一个",
        )
    first = Decimal(row["first_g"]) if row["first_price"] else None
    if first is not None and first < Decimal(row["max_g"]) and not (row["per_kg"] or row["step_price"]):
        raise fault(
            path,
            f"row {number} has no price above first_g; right form: step_g and step_price, or per_kg",
            f"第 {number} 行缺少首重以上的价格：请填 step_g 和 step_price，或 per_kg",
        )
    return row


def _cell(path: Path, number: int, name: str, text: str) -> str:
    if name in NEEDED and not text:
        raise fault(path, f"row {number}: {name} is empty", f"第 {number} 行：{name} 为空")
    if not text or name == "service":
        return text
    if name == "to":
        if len(text) != 2 or not text.isascii() or not text.isalpha():
            raise _cell_fault(path, number, name, text, "a country code such as US")
        return text.upper()
    if name == "currency":
        if text.upper() not in CURRENCIES:
            raise _cell_fault(path, number, name, text, "a currency such as CNY")
        return text.upper()
    form = "a whole number of grams such as 500" if name in GRAMS else "an amount such as 68.5"
    if name == "divisor":
        form = "a whole number such as 6000"
    try:
        value = decimal_of(text)
    except ValueError:
        raise _cell_fault(path, number, name, text, form) from None
    whole = name in GRAMS and value != value.to_integral_value()
    if whole or not 0 <= value <= MOST or (name == "max_g" and value == 0):
        raise _cell_fault(path, number, name, text, form)
    return plain(value)


def _check_lanes(path: Path, rows: Sequence[tuple[int, Mapping[str, str]]]) -> None:
    """Bands of one lane may not meet; one lane has one currency and one divisor."""
    lanes: dict[tuple[str, str], list[tuple[int, Mapping[str, str]]]] = {}
    for number, row in rows:
        lanes.setdefault((row["service"], row["to"]), []).append((number, row))
    for (service, to), found in lanes.items():
        for name in ("currency", "divisor"):
            values = {row[name] for _, row in found}
            if len(values) > 1:
                shown = ", ".join(sorted(value or "-" for value in values))
                raise fault(
                    path,
                    f"{service} to {to} names several values of {name}: {shown}",
                    f"{service} 至 {to} 的 {name} 不一致：{shown}",
                )
        ordered = sorted(found, key=lambda item: Decimal(item[1]["max_g"]))
        for (_, lower), (number, upper) in pairwise(ordered):
            if Decimal(upper["min_g"] or 0) < Decimal(lower["max_g"]) or upper["max_g"] == lower["max_g"]:
                raise fault(
                    path,
                    f"row {number}: its band begins below {lower['max_g']} g, where another of {service} to {to} ends",
                    f"第 {number} 行：重量段与 {service} 至 {to} 的另一段（至 {lower['max_g']} 克）重叠",
                )


def _cell_fault(path: Path, number: int, name: str, text: str, form: str) -> OptionError:
    shown = text if len(text) <= 40 else text[:37] + "..."
    return fault(
        path,
        f"row {number}: {name} {shown!r} is not possible; right form: {form}",
        f"第 {number} 行：{name} 的 {shown!r} 不可用；正确格式：{form}",
    )
