"""Finds what holds the window up: the processor time that its thread spends in one turn of the event loop.

Processor time, not the clock on the wall: on a machine with other work a turn waits for its turn, which is not the
program's doing. What runs beside the window, in a thread of its own, does not count.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import delete

QUIET_S = 0.06
"""So long nothing may happen before a deed counts as over."""
MOST_S = 90.0


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn took: `deed` is what the user did, `at` its number, 0 being the deed itself."""

    deed: str
    at: int
    ms: float


class Watchdog:
    """Does what a user does, and notes each turn that follows until all is quiet."""

    def __init__(self, settled: Callable[[], bool] = lambda: True) -> None:
        self.turns: list[Turn] = []
        self.pace: dict[str, float] = {}
        """How many times slower than on a quiet machine a fixed piece of work was, before a deed or after it."""
        self._pace = 1.0
        self._settled = settled

    def watch(self, deed: str, act: Callable[[], object]) -> float:
        """The longest turn of a deed, in milliseconds."""
        before = self._pace
        self._note(deed, 0, act)
        began = quiet = time.monotonic()
        at = 0
        while time.monotonic() - quiet < QUIET_S or not self._settled():
            at += 1
            if self._note(deed, at, self._turn) > 0.2:
                quiet = time.monotonic()
            # threads beside the window want the interpreter, too
            time.sleep(0.0005)
            assert time.monotonic() - began < MOST_S, f"{deed}: never at rest"
        self._pace = max(1.0, reference() / REFERENCE_MS)
        self.pace[deed] = max(before, self._pace)
        return max(turn.ms for turn in self.turns if turn.deed == deed)

    def _note(self, deed: str, at: int, act: Callable[[], object]) -> float:
        began = time.thread_time()
        act()
        ms = (time.thread_time() - began) * 1000
        self.turns.append(Turn(deed, at, ms))
        return ms

    @staticmethod
    def _turn() -> None:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    def over(self, ms: float) -> list[Turn]:
        """Turns that took longer, the longest first."""
        return sorted((turn for turn in self.turns if turn.ms > ms), key=lambda turn: -turn.ms)


REFERENCE_MS = 4.0
"""What `reference` takes where nothing else runs."""
LABELS = 30


def reference() -> float:
    """How long a fixed piece of a window's work takes now, the best of some tries, in milliseconds of processor time:
    parts are made, styled, laid out and painted."""
    best = float("inf")
    for _ in range(3):
        began = time.thread_time()
        holder = QWidget()
        column = QVBoxLayout(holder)
        for number in range(LABELS):
            column.addWidget(QLabel(f"{number} of {LABELS}"))
        holder.grab()
        best = min(best, (time.thread_time() - began) * 1000)
        delete(holder)
    return best
