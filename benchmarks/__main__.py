"""All benchmarks in one command, each with its own table; ratios are taken within a table.

    python benchmarks              start-up, kernel, one move of what-if, screening up to 100,000 rows, smoothness
    python benchmarks --full       screening up to 1,000,000 rows as well (some minutes)

Nothing else should run on the machine meanwhile. What each one measures stands at its head.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SIZES = ("1000", "10000", "100000")


def main() -> None:
    sizes = (*SIZES, "1000000") if "--full" in sys.argv[1:] else SIZES
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for name, arguments in (
        ("startup", ()),
        ("kernel", ()),
        ("tick", ()),
        ("screening", sizes),
        ("smoothness", ()),
    ):
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, str(HERE / f"{name}.py"), *arguments], check=True)


if __name__ == "__main__":
    main()
