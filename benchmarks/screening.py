"""A catalogue from file to file by its size: seconds, rows a second and peak memory of `lanewise screen`.

    python benchmarks/screening.py [ROWS ...]

Without ROWS: 1,000, 10,000, 100,000 and 1,000,000. The catalogue is made at random in thirty categories and four classes
of goods, CSV in and CSV out; every row is held against all lanes of the nine compared markets. Peak memory is that of
the process as the system counts it. `time` is that of the rows beside the first size: it should grow no faster than they.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
SIZES = (1_000, 10_000, 100_000, 1_000_000)
CATEGORIES = (
    "apparel", "wedding-dresses", "shoes", "bags", "jewelry", "watches", "accessories", "beauty", "health",
    "consumer-electronics", "phones", "phone-accessories", "computers", "home-kitchen", "furniture", "lighting",
    "garden", "tools", "toys", "baby", "milk-powder", "sports", "exercise-machines", "auto-parts", "pet", "office",
    "musical-instruments", "books-media", "food", "collectibles",
)  # fmt: skip
CLASSES = ("plain", "battery", "liquid", "cosmetics")


def catalogue(path: Path, rows: int) -> None:
    """Random articles as a seller's CSV."""
    draw = np.random.default_rng(1).integers
    columns = (
        draw(0, len(CATEGORIES), rows), draw(0, len(CLASSES), rows), draw(100, 20_000, rows), draw(100, 30_000, rows),
        draw(10, 5000, rows), draw(1, 50, rows), draw(1, 40, rows), draw(1, 30, rows),
    )  # fmt: skip
    with path.open("w", encoding="utf-8") as file:
        file.write("SKU,Category,Goods class,Price (USD),Unit cost (CNY),Weight (g),Size (cm)\n")
        for i, (category, kind, price, cost, grams, a, b, c) in enumerate(zip(*columns, strict=True)):
            goods, money = f"{CATEGORIES[category]},{CLASSES[kind]}", f"{price / 100:.2f},{cost / 100:.2f}"
            file.write(f"S{i:07d},{goods},{money},{grams},{a}x{b}x{c}\n")


def screened(source: Path, target: Path) -> tuple[float, int, dict[str, object]]:
    """Seconds, peak kilobytes and the summary of one run of the command."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "screen", str(source), "-o", str(target), "--json"],
            cwd=ROOT, stdout=out, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        out.seek(0)
        if status != 0:
            sys.exit(f"lanewise screen ended with {status}")
        return seconds, usage.ru_maxrss, json.load(out)


def main() -> None:
    sizes = [int(text.replace(",", "")) for text in sys.argv[1:]] or list(SIZES)
    print(f"{'rows':>10}{'seconds':>10}{'rows/s':>10}{'peak MB':>10}{'time':>8}{'rows':>8}")
    first: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "catalogue.csv", Path(folder) / "screened.csv"
        for rows in sizes:
            catalogue(source, rows)
            seconds, peak, said = screened(source, target)
            assert said["screened"] == rows, said
            first = first or (rows, seconds)
            print(
                f"{rows:10,}{seconds:10.1f}{rows / seconds:10,.0f}{peak / 1024:10.0f}"
                f"{seconds / first[1]:8.1f}{rows / first[0]:8.0f}"
            )


if __name__ == "__main__":
    main()
