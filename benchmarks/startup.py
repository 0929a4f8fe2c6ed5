"""How long until the first paint, beside a bare Qt window, in one run.

    python benchmarks/startup.py [RUNS]

Each variant is started RUNS times (default 9), interleaved, offscreen unless QT_QPA_PLATFORM says otherwise; the median
counts, from the start of the process to the paint. `first paint` is the start page; `charts` goes on from there without a
pause to an example with its platforms page painted. Ratios matter, not milliseconds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QLabel
app = QApplication(sys.argv)
class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        app.quit()
window = QMainWindow()
window.setCentralWidget(Label("bare"))
window.resize(1440, 900)
window.show()
app.exec()
"""
WINDOW = """
import tempfile
from datetime import date
from desktop.app import application, build
from desktop.store import rulebook
from desktop.viewmodels.preferences import Preferences
app = application()
folder = tempfile.mkdtemp()
window = build(rulebook.load(), Preferences(folder + "/settings.ini"), date(2026, 11, 24))
window.resize(1440, 900)
"""
FIRST = (
    WINDOW
    + """
window.firstPainted.connect(app.quit)
window.show()
app.exec()
"""
)
CHARTS = (
    WINDOW
    + """
window.show()
app.processEvents()
from desktop.store.casefile import read_example
window.model.replace(read_example("1-clothing.lanewise", window.model.questions))
window.open_step("platforms")
while window.model.advice is None:
    app.processEvents()
app.processEvents()
assert window.current_page().chart.data().rows
"""
)
PAINTED = """
import time
print("painted", time.time())
"""
VARIANTS = {"bare Qt window": BARE, "first paint": FIRST, "charts": CHARTS}


def once(code: str) -> float:
    started = time.time()
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    # a program that is started every day has its byte code: without it each start would compile every module anew
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", code + PAINTED], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(done.stderr)
    return (float(done.stdout.split("painted")[-1]) - started) * 1000


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    times: dict[str, list[float]] = {name: [] for name in VARIANTS}
    for code in VARIANTS.values():
        once(code)  # writes the byte code; not counted
    for _ in range(runs):
        for name, code in VARIANTS.items():
            times[name].append(once(code))
    bare = statistics.median(times["bare Qt window"])
    print(f"{'':16}{'ms':>8}{'ratio':>8}   ({runs} runs, medians)")
    for name, each in times.items():
        median = statistics.median(each)
        print(f"{name:16}{median:8.0f}{median / bare:8.2f}")


if __name__ == "__main__":
    main()
