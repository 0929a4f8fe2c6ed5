"""How long until the first paint, beside a bare Qt window, in one run.

    python benchmarks/startup.py [RUNS]

Each variant is started RUNS times (default 9), interleaved, offscreen unless QT_QPA_PLATFORM says otherwise; the median
counts, from the start of the process to the paint. `first paint` is the program as a user starts it, to its start page;
`charts` goes on from a start page without a pause to an example with its platforms page painted. Ratios matter, not
milliseconds; `processor` is the ratio of processor time, which other work on the machine moves less.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

TOLD = """
import os, time
def painted():
    print("painted", time.time(), time.process_time(), flush=True)
    os._exit(0)
"""
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QLabel
app = QApplication(sys.argv)
class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        painted()
window = QMainWindow()
window.setCentralWidget(Label("bare"))
window.resize(1440, 900)
window.show()
app.exec()
"""
FIRST = """
from desktop import start
start.hurry()
from desktop import app
build = app.build
def watched(*given):
    window = build(*given)
    window.firstPainted.connect(painted)
    return window
app.build = watched
start.main([])
"""
CHARTS = """
from desktop import start
start.hurry()
from datetime import date
from desktop.app import application, build
from desktop.store import rulebook
from desktop.store.casefile import read_example
from desktop.viewmodels.preferences import Preferences
app = application()
window = build(rulebook.load(), Preferences(), date(2026, 11, 24))
window.resize(1440, 900)
window.show()
app.processEvents()
window.model.replace(read_example("1-clothing.lanewise", window.model.questions))
window.open_step("platforms")
window.opening.finish()
while window.model.advice is None:
    app.processEvents()
app.processEvents()
assert window.current_page().chart.data().rows
painted()
"""
VARIANTS = {"bare Qt window": BARE, "first paint": FIRST, "charts": CHARTS}


def once(code: str) -> tuple[float, float]:
    """Milliseconds from the start of a process to its paint: by the clock, and of the processor."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "LANEWISE_HOME": home}
        # a program that is started every day has its byte code: without it each start would compile every module anew
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        started = time.time()
        done = subprocess.run(
            [sys.executable, "-c", TOLD + code], env=environment, capture_output=True, text=True, check=False
        )
    if "painted" not in done.stdout:
        sys.exit(done.stderr)
    clock, processor = done.stdout.split("painted")[-1].split()
    return (float(clock) - started) * 1000, float(processor) * 1000


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in VARIANTS}
    for code in VARIANTS.values():
        once(code)  # writes the byte code; not counted
    for _ in range(runs):
        for name, code in VARIANTS.items():
            times[name].append(once(code))
    medians = {
        name: [statistics.median(part) for part in zip(*each, strict=True)] for name, each in times.items()
    }
    bare = medians["bare Qt window"]
    print(f"{'':16}{'ms':>8}{'ratio':>8}{'processor':>12}{'ratio':>8}   ({runs} runs, medians)")
    for name, (clock, processor) in medians.items():
        print(f"{name:16}{clock:8.0f}{clock / bare[0]:8.2f}{processor:12.0f}{processor / bare[1]:8.2f}")


if __name__ == "__main__":
    main()
