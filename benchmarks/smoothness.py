"""What holds the window up: each turn of the event loop of a whole walk that takes longer than 50 ms of processor time.

    python benchmarks/smoothness.py [LEAST_MS]

Offscreen. `pace` is how many times slower than on a quiet machine a fixed piece of the work of a window was around that
deed: where it is far from 1, other work is measured, too. `known` is the bound that tests/smooth_walk.py gives with its
reason, 50 where there is none.
"""

from __future__ import annotations

import compileall
import gc
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).parent.parent / "tests"), str(Path(__file__).parent.parent)]


def main() -> int:
    least = float(sys.argv[1]) if len(sys.argv) > 1 else 50.0
    from smooth_walk import bound, walk

    from desktop.app import application, build
    from desktop.start import hurry
    from desktop.store import rulebook
    from desktop.viewmodels.preferences import Preferences

    # as on every start but the first
    compileall.compile_dir(str(Path(__file__).parent.parent / "desktop"), quiet=1)
    hurry()
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LANEWISE_HOME"] = folder
        window = build(rulebook.load(), Preferences(), date(2026, 11, 24))
        window.asker.save_first = lambda _name: "discard"  # type: ignore[method-assign]
        window.resize(1440, 900)
        gc.freeze()
        dog = walk(window)
    print(f"{'deed':28}{'turn':>6}{'ms':>7}{'known':>7}{'pace':>6}")
    for turn in dog.over(least):
        print(f"{turn.deed:28}{turn.at:6}{turn.ms:7.0f}{bound(turn.deed):7.0f}{dog.pace[turn.deed]:6.2f}")
    print(f"{len(dog.pace)} deeds, {len(dog.turns)} turns")
    sys.stdout.flush()
    del app
    os._exit(0)


if __name__ == "__main__":
    main()
