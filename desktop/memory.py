"""How often Python looks for what refers to itself and to nothing else: a window is not to feel it."""

from __future__ import annotations

import gc

FEWER_COLLECTIONS = (100_000, 20, 50)
"""Nearly all that a start makes lives as long as the program: looking through it every 700 objects is a tenth of it."""
SHORT_COLLECTIONS = (20_000, 50, 50)
"""A look through 100,000 objects would be felt in a window that is used: so many take some 5 ms."""


def hurry() -> None:
    """To be called before the window is loaded."""
    gc.set_threshold(*FEWER_COLLECTIONS)


def stand() -> None:
    """The window stands: what was made by then is never looked through again, and the rest a little at a time."""
    gc.freeze()
    gc.set_threshold(*SHORT_COLLECTIONS)
