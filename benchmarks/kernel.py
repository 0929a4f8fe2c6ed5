"""The kernel beside the scalar oracle, LibreOffice Calc and the filling of its result, in one run.

    python benchmarks/kernel.py [SKUS]

One catalogue of SKUS (default 100,000) apparel rows with random prices, costs, weights and sizes is priced on every lane
of the nine compared markets that no rule closes to such goods, in chunks, what is left written for each SKU and lane.
`priced` are those of them that have a commission and a freight; the others were looked at and found without. The oracle
(tests/oracle, exact decimals in plain Python) prices a part of the same rows on the same lanes, sharing between lanes
what it can. Calc (where it is installed) recalculates the formulas of one lane on 20,000 rows; its cents are compared
with the kernel's first, so that both do the same sum. Ratios of one run count, not nanoseconds.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from oracle.order import Lane as OracleLane  # noqa: E402
from oracle.order import Sku  # noqa: E402
from oracle.quote import Oracle  # noqa: E402

from desktop.core.case import case_of  # noqa: E402
from desktop.core.questions import questions_of  # noqa: E402
from desktop.engine.grid import LaneGrid, Orders  # noqa: E402
from desktop.store.rulebook import load  # noqa: E402

DAY = date(2026, 11, 24)
CHUNK = 16_000
ORACLE_ROWS = 12
CALC_ROWS = 20_000
ANSWERS = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "company": "company", "return_rate": "3",
    "advertising_share": "2", "monthly_orders": 300,
}  # fmt: skip


def orders(n: int, seed: int = 1) -> Orders:
    """Random articles: 1 to 140 USD, 1 to 300 yuan, 10 g to 5 kg."""
    draw = np.random.default_rng(seed).integers
    numbers = {
        "weight_g": draw(10, 5000, n), "length_mm": draw(10, 500, n), "width_mm": draw(10, 400, n),
        "height_mm": draw(10, 300, n), "monthly_orders": np.full(n, 300),
    }  # fmt: skip
    ones = np.ones(n, dtype=np.int64)
    return Orders(draw(100, 14_000, n), "USD", draw(100, 30_000, n), ones.astype(bool), "CNY", ones, numbers)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def open_lanes(grid: LaneGrid) -> list[tuple[Any, str]]:
    """The lanes that no rule closes to all such goods."""
    return [
        (pair, service)
        for pair in grid.pairs
        if pair.excluded is None
        for service in grid.services
        if grid.carriage(service, pair.market, pair.platform).closed is None
    ]


def kernel(
    grid: LaneGrid, catalogue: Orders, lanes: list[tuple[Any, str]], seen: Callable[[Any], None] | None = None
) -> int:
    """The quotes: what is left of every SKU on every lane, and where that is known, written chunk by chunk."""
    left = np.zeros((len(lanes), CHUNK), dtype=np.int64)
    known = np.zeros((len(lanes), CHUNK), dtype=np.bool_)
    for start in range(0, len(catalogue), CHUNK):
        run = grid.run(catalogue.some(np.arange(start, min(start + CHUNK, len(catalogue)))), keep=False)
        run.nets(lanes, (left[:, : run.n], known[:, : run.n]))
        if seen is not None:
            seen(known[:, : run.n])
    return len(lanes) * len(catalogue)


def oracle(grid: LaneGrid, catalogue: Orders, view: Any) -> int:
    """The same rows by the oracle; the quotes that it made."""
    teller, quotes = Oracle(view), 0
    for i in range(ORACLE_ROWS):
        sides = tuple(int(catalogue.numbers[name][i]) for name in ("length_mm", "width_mm", "height_mm"))
        sku = Sku(
            id=str(i), price=Decimal(int(catalogue.price[i])).scaleb(-2), currency="USD",
            cost=Decimal(int(catalogue.cost[i])).scaleb(-2), cost_currency="CNY", category="apparel",
            goods_class="plain", weight_g=int(catalogue.numbers["weight_g"][i]), sides_mm=sides, pieces=1,
            monthly_orders=300, return_rate=Decimal(3), advertising_share=Decimal(2),
        )  # fmt: skip
        for pair in grid.pairs:
            for service in grid.services if pair.excluded is None else ():
                if grid.carriage(service, pair.market, pair.platform).closed is None:
                    lane = OracleLane(pair.platform, pair.marketplace, pair.market, service, "seller")
                    teller.quote(sku, lane).net  # noqa: B018
                    quotes += 1
    return quotes


def fill(quotes: int, lanes: int) -> float:
    """Seconds for writing as many numbers as the kernel gave."""
    result = np.zeros((lanes, CHUNK), dtype=np.int64)

    def work() -> None:
        for k in range(quotes // result.size):
            result.fill(k)

    return seconds(work) * quotes / max(quotes // result.size * result.size, 1)


def calc(grid: LaneGrid) -> float | None:
    """Seconds that Calc takes for a quote, by its own recalculation of 20,000 rows; None where it is not installed."""
    if shutil.which("soffice") is None or not Path("/usr/bin/python3").exists():
        return None
    from calc_lane import LANE, write_workbook

    pair = grid.pair(LANE[1], LANE[0])
    rows = orders(CALC_ROWS, seed=2)
    net = grid.run(rows, keep=False).net(pair, LANE[2])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lane.xlsx"
        write_workbook(path, grid, rows)
        done = subprocess.run(
            ["/usr/bin/python3", str(ROOT / "benchmarks" / "calc_recalculate.py"), str(path)],
            capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip
    if done.returncode != 0:
        print(f"Calc could not be asked: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    lines = done.stdout.split()
    cents = np.array([round(float(value) * 100) for value in lines[1:]])
    assert len(cents) == CALC_ROWS
    unlike = np.flatnonzero(net.known & (cents != net.units))
    if len(unlike):
        i = int(unlike[0])
        sys.exit(
            f"Calc and the kernel differ on {len(unlike)} rows, first row {i}: {cents[i]} and {net.units[i]}"
        )
    return float(lines[0]) / CALC_ROWS


def main() -> None:
    skus = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    book = load()
    view = book.at(DAY)
    grid = LaneGrid(case_of({"answers": ANSWERS}, questions_of(book.rules)), view, questions_of(book.rules))
    catalogue = orders(skus)
    lanes, counts = open_lanes(grid), [0]

    def count(known: Any) -> None:
        counts[0] += int(known.sum())

    quotes = kernel(grid, catalogue, lanes, count)  # compiles the plans and counts; not timed
    priced = counts[0]
    each = sorted(seconds(lambda: kernel(grid, catalogue, lanes)) for _ in range(3))[1] / quotes
    tenth = catalogue.some(np.arange(skus // 10))
    part = sorted(seconds(lambda: kernel(grid, tenth, lanes)) for _ in range(3))[1] / (quotes / 10)
    asked = 0

    def ask() -> None:
        nonlocal asked
        asked = oracle(grid, catalogue, view)

    told = seconds(ask) / asked
    filled = fill(quotes, quotes // skus) / quotes
    by_calc = calc(grid)
    print(
        f"{skus:,} SKUs × {quotes // skus} open lanes = {quotes:,} quotes ({priced:,} priced), medians of 3 runs"
    )
    print(f"{'':34}{'ns a quote':>12}{'ratio':>10}")
    rows = [
        ("kernel", each), (f"kernel, a tenth of the SKUs ({skus // 10:,})", part),
        ("filling the result", filled), ("scalar oracle (decimals)", told),
    ]  # fmt: skip
    if by_calc is not None:
        rows.append(("LibreOffice Calc, one lane", by_calc))
    for name, value in rows:
        print(f"{name:34}{value * 1e9:12.1f}{value / each:10.2f}")
    if by_calc is None:
        print("LibreOffice Calc is not installed: not compared")


if __name__ == "__main__":
    main()
