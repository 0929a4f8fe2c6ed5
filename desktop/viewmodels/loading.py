"""Loads modules without holding the window up: some beside it, in a thread of their own, some one by one."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator, Sequence
from threading import Thread

log = logging.getLogger("lanewise")

NUMBERS = ("numpy",)
"""What the engine computes with, loaded beside the window."""
LOOK_S = 0.002
"""A look whether a thread has ended takes so long at most, and leaves the interpreter to it."""
_beside: dict[tuple[str, ...], Thread] = {}
"""The threads that were begun, by what they load."""


def loaded_beside(names: Sequence[str]) -> Iterator[None]:
    """Loads modules in a thread of its own, begun now and once; a piece is a look whether it has ended.

    Who asks for one of them meanwhile waits for the rest of it, as Python has it. What cannot be loaded is written to the
    log, and raises where it is asked for.
    """
    key = tuple(names)
    thread = _beside.get(key)
    if thread is None:
        thread = _beside[key] = Thread(target=load, args=(key,), name="lanewise-libraries", daemon=True)
        thread.start()

    def wait() -> Iterator[None]:
        while thread.is_alive():
            thread.join(LOOK_S)
            yield

    return wait()


def load(names: Sequence[str]) -> None:
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:
            log.exception("%s could not be loaded", name)


def one_by_one(names: Sequence[str]) -> Iterator[None]:
    """Loads modules here, one in a piece."""
    for name in names:
        importlib.import_module(name)
        yield
