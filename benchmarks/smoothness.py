"""What holds the window up: each turn of the event loop of a whole walk that takes longer than 50 ms of processor time.

    python benchmarks/smoothness.py [LEAST_MS]

Offscreen. `pace` is how many times slower than on a quiet machine a fixed piece of the work of a window was around that
deed: where it is far from 1, other work is measured, too.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).parent.parent / "tests"), str(Path(__file__).parent.parent)]


def main() -> None:
    from smooth_walk import MOST_MS, walked

    least = float(sys.argv[1]) if len(sys.argv) > 1 else MOST_MS
    dog = walked()
    print(f"{'deed':28}{'turn':>6}{'ms':>7}{'pace':>6}")
    for turn in dog.over(least):
        print(f"{turn.deed:28}{turn.at:6}{turn.ms:7.0f}{dog.pace[turn.deed]:6.2f}")
    print(f"{len(dog.pace)} deeds, {len(dog.turns)} turns", flush=True)
    # what Qt would take apart at the end is not ours to weigh
    os._exit(0)


if __name__ == "__main__":
    main()
