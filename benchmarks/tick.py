"""One move of What if, from the lever to the painted charts, beside a frame of 60 Hz.

    python benchmarks/tick.py [MOVES]

Opens the page offscreen on a case with all markets and all lanes, moves every lever MOVES times (default 100), and paints
all visible charts at once after each. Printed: the median and the 95th percentile of a whole move, by the wall and by the
processor's time of this process (other work on the machine is not in that), and the share of each part: price and rank
(the engine), feed (data for the charts), paint. The levers are taken in turn, ten moves each. `each alone` are the
same moves without the batch that a drag begins with, in which the places of the lever are priced on all markets at once.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

BLOCK = 10
"""A lever is drawn so many moves on end, then the next one: as a hand does it, and a busy moment meets all alike."""
PARTS = ("price, rank", "feed", "paint")
FRAME_MS = 1000 / 60
EXAMPLE = "1-clothing.lanewise"


class Parts:
    """How long each part took, in milliseconds of the wall and of the processor."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.own: dict[str, float] = {}

    def clocked(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, with its time noted under a name; time within it that has a name of its own is not counted."""

        def timed(*given: Any, **named: Any) -> Any:
            inner = sum(self.wall.values()), sum(self.own.values())
            wall, own = time.perf_counter(), time.process_time()
            try:
                return work(*given, **named)
            finally:
                wall, own = (time.perf_counter() - wall) * 1e3, (time.process_time() - own) * 1e3
                wall -= sum(self.wall.values()) - inner[0]
                own -= sum(self.own.values()) - inner[1]
                self.wall[name] = self.wall.get(name, 0.0) + wall
                self.own[name] = self.own.get(name, 0.0) + own

        return timed

    def taken(self) -> tuple[dict[str, float], dict[str, float]]:
        found = self.wall, self.own
        self.wall, self.own = {}, {}
        return found


def main() -> int:
    moves = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    from desktop.app import application, build
    from desktop.store import rulebook
    from desktop.store.casefile import read_example
    from desktop.viewmodels.preferences import Preferences

    app = application()
    with tempfile.TemporaryDirectory() as folder:
        window = build(rulebook.load(), Preferences(folder + "/settings.ini"), date(2026, 11, 24))
        window.asker.save_first = lambda _name: "discard"  # type: ignore[method-assign]
        window.prefs.set_language("en")
        window.resize(1440, 900)
        window.show()
        model = window.model
        case = read_example(EXAMPLE, model.questions)
        every = tuple(choice.id for choice in model.questions["destinations"].choices)
        for name, raw in (("destinations", every), ("return_rate", "3"), ("advertising_share", "2")):
            case, _ = case.set(model.questions, name, raw)
        model.replace(case)
        model.evaluate()
        window.open_step("what-if")
        window.opening.finish()
        page: Any = window.current_page()
        settle(app, page)
        report(*measure(app, page, moves), page)
        slices(page)
    return 0


def settle(app: Any, page: Any) -> None:
    for _ in range(10):
        app.processEvents()
    page.what.finish()
    for _ in range(10):
        app.processEvents()


Moves = dict[str, list[tuple[float, float, dict[str, float]]]]
"""By lever: wall, processor's time and parts of every move."""


def measure(app: Any, page: Any, moves: int) -> tuple[Moves, Moves, dict[str, list[float]]]:
    """Moves as a hand makes them, the same each priced and ranked alone, and what the beginning of a drag takes."""
    from PySide6.QtCore import QEvent

    what, parts = page.what, Parts()
    bench = what.bench
    bench.tick = parts.clocked("price, rank", bench.tick)
    what.run_tick = parts.clocked("feed", what.run_tick)
    # all that a move has made stale is painted in one go, as the event loop does it
    paint = parts.clocked("paint", lambda: app.sendPostedEvents(None, QEvent.Type.UpdateRequest.value))
    lay_out = parts.clocked("paint", lambda: app.sendPostedEvents(None, QEvent.Type.LayoutRequest.value))
    sliders = {name: row.slider for name, row in page.side.rows.items()}
    drawn: Moves = {name: [] for name in what.levers}
    alone: Moves = {name: [] for name in what.levers}
    begun: dict[str, list[float]] = {name: [] for name in what.levers}
    start = {name: lever.value for name, lever in what.levers.items()}
    for first in range(0, moves, BLOCK):
        for name in what.levers:
            for found in (drawn, alone):
                bench._prepared.clear()
                begun[name] += begin(what, name, ahead=found is drawn)
                for move in range(first, first + BLOCK):
                    lever = what.levers[name]
                    place = lever.low + (move * 7 % ((lever.high - lever.low) // lever.step)) * lever.step
                    parts.taken()
                    wall, own = time.perf_counter(), time.process_time()
                    sliders[name].setValue(place)
                    page.side._on_drawn(name, place)
                    what.run_tick()
                    lay_out()
                    paint()
                    wall, own = (time.perf_counter() - wall) * 1e3, (time.process_time() - own) * 1e3
                    found[name].append((wall, own, parts.taken()[1]))
                what.levers[name] = what.levers[name].at(start[name])
    what._dragged = ""
    return drawn, alone, begun


def begin(what: Any, name: str, *, ahead: bool) -> list[float]:
    """A drag begins; the batches that it takes, in milliseconds of the processor. A hand stays on the lever: nothing is
    kept, and the longer work waits."""
    if not ahead:
        what._dragged = name
        return []
    own = time.process_time()
    what.begin(name)
    taken = [(time.process_time() - own) * 1e3]
    while what._to_prepare:
        own = time.process_time()
        what._prepare_more()
        taken.append((time.process_time() - own) * 1e3)
    what._ahead.stop()
    return taken


def report(drawn: Moves, alone: Moves, begun: dict[str, list[float]], page: Any) -> None:
    lanes, markets = len(page.what.bench.grid.lanes), len(page.what.markets)
    swept = len(page.what.prices)
    print(f"{markets} markets, {lanes:,} lanes, {swept} prices swept; a frame of 60 Hz: {FRAME_MS:.1f} ms")
    print(
        f"{'lever':<10} {'median':>8} {'p95':>8} {'cpu med':>8} {'cpu p95':>8}   share of the processor's time"
    )
    for name, moves in (*drawn.items(), ("all", _all(drawn)), ("each alone", _all(alone))):
        print_row(name, moves)
    own = sorted(move[1] for move in _all(drawn))
    print(
        f"all moves in frames: median {statistics.median(own) / FRAME_MS:.2f}, p95 {percentile(own) / FRAME_MS:.2f}"
    )
    for name, batches in begun.items():
        print(
            f"a drag of {name} begins with batches of {statistics.median(batches):.1f} ms, at most {max(batches):.1f} ms"
        )


def _all(found: Moves) -> list[tuple[float, float, dict[str, float]]]:
    return [each for moves in found.values() for each in moves]


def print_row(name: str, moves: list[tuple[float, float, dict[str, float]]]) -> None:
    wall, own = sorted(move[0] for move in moves), sorted(move[1] for move in moves)
    total = sum(own)
    parts = {part: sum(move[2].get(part, 0.0) for move in moves) / total for part in PARTS}
    parts["rest"] = 1 - sum(parts.values())
    shares = "  ".join(f"{part} {share:.0%}" for part, share in parts.items())
    row = [statistics.median(wall), percentile(wall), statistics.median(own), percentile(own)]
    print(f"{name:<10} " + " ".join(f"{value:8.2f}" for value in row) + f"   {shares}")


def slices(page: Any) -> None:
    """The longer work after a move: how long all of it takes, and its longest batch: so long a window may wait."""
    from desktop.viewmodels.whatif import SLICE_MS
    from desktop.viewmodels.whatif_found import look

    what = page.what
    what.fix("2000")
    what._kept.clear()
    what.look()
    taken = []
    longer = look(what.bench, what.found, what._kept)
    while True:
        begin = time.process_time()
        if next(longer, None) is None:
            break
        taken.append((time.process_time() - begin) * 1e3)
    print(
        f"when the hand is still: {sum(taken):.0f} ms in {len(taken)} batches, the longest {max(taken):.1f} ms"
        f" (no event waits longer than that and {SLICE_MS} ms)"
    )


def percentile(values: list[float], share: float = 0.95) -> float:
    return values[min(int(len(values) * share), len(values) - 1)]


if __name__ == "__main__":
    sys.exit(main())
