"""One lane as a spreadsheet: eBay in Germany by YunExpress, each line a formula that a seller would write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from desktop.core.facts import Unknown
from desktop.engine.grid import LaneGrid, Orders

LANE = ("ebay", "DE", "yunexpress")


def write_workbook(path: Path, grid: LaneGrid, orders: Orders) -> None:
    """A row for each order: price, cost and weight in, every line and what is left as formulas.

    The rates are taken from the compiled plans of the lane, the formulas are written here: the comparison of the cents
    shows that they are the same sum.
    """
    rate = {pair: _rate(grid, *pair) for pair in (("USD", "EUR"), ("EUR", "USD"), ("CNY", "USD"))}
    plan = grid.carriage(LANE[2], LANE[1], LANE[0])
    bands: Any = plan.lists[0].steps[0].bands.bands  # type: ignore[attr-defined]
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet, table = book.add_worksheet("lane"), book.add_worksheet("list")
    table.write_row(0, 0, ("from g", "per kg", "per item", "to g"))
    for k, band in enumerate(bands, start=1):
        table.write_row(
            k, 0, (max(band.min_g, 1) if k > 1 else 0, band.per_kg / 1e6, band.per_item / 1e6, band.max_g)
        )
    last = len(bands) + 1
    step = plan.lists[0].steps[0].weighing.steps[0][1]  # type: ignore[attr-defined]
    heads = (
        "price", "cost", "grams", "cubic mm", "price EUR", "goods", "commission EUR", "commission", "fixed",
        "freight CNY", "freight", "duty", "VAT", "VAT EUR", "paid out EUR", "conversion",
        "withdrawal", "withdrawal fixed", "returns", "ads", "left",
    )  # fmt: skip
    sheet.write_row(0, 0, heads)
    volume = orders.numbers["length_mm"] * orders.numbers["width_mm"] * orders.numbers["height_mm"]
    to_eur, to_usd, yuan = rate["USD", "EUR"], rate["EUR", "USD"], rate["CNY", "USD"]
    for i in range(len(orders)):
        r = i + 2
        grams = f"CEILING(C{r},{step})"
        sheet.write_row(
            i + 1, 0,
            (orders.price[i] / 100, orders.cost[i] / 100, int(orders.numbers["weight_g"][i]), int(volume[i])),
        )  # fmt: skip
        formulas = (
            f"=ROUND(A{r}*{to_eur},2)",
            f"=ROUND(B{r}*{yuan},2)",
            f"=ROUND(IF(E{r}<=990,E{r}*0.12,990*0.12+(E{r}-990)*0.03),2)",
            f"=ROUND(G{r}*{to_usd},2)",
            f"=ROUND(IF(E{r}<=10,0.35,0.45)*{to_usd},2)",
            f"=ROUND({grams}/1000*LOOKUP({grams},list!$A$2:$A${last},list!$B$2:$B${last})"
            f"+LOOKUP({grams},list!$A$2:$A${last},list!$C$2:$C${last}),2)",
            f"=ROUND(J{r}*{yuan},2)",
            f"=ROUND(3*{to_usd},2)",
            f"=ROUND(A{r}*19/119,2)",
            f"=ROUND(M{r}*{to_eur},2)",
            f"=E{r}-G{r}-IF(E{r}<=10,0.35,0.45)-N{r}",
            f"=ROUND(ROUND(MAX(O{r},0)*0.033,2)*{to_usd},2)",
            f"=ROUND(ROUND(MAX(O{r},0)*0.01,2)*{to_usd},2)",
            "=ROUND(1.5/300,2)",
            f"=ROUND(A{r}*0.03,2)",
            f"=ROUND(A{r}*0.02,2)",
            f"=A{r}-F{r}-H{r}-I{r}-K{r}-L{r}-M{r}-P{r}-Q{r}-R{r}-S{r}-T{r}",
        )
        for column, formula in enumerate(formulas, start=4):
            sheet.write_formula(i + 1, column, formula)
    book.close()


def _rate(grid: LaneGrid, source: str, target: str) -> str:
    found = grid.pricer.exchange.rate(source, target)
    assert not isinstance(found, Unknown)
    return f"{found[0] / 10**8:.8f}"
