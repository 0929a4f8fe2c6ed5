"""The table of pinyin that the program carries: one line a syllable, then every sign that is read so."""

from __future__ import annotations

from functools import cache

from desktop.core.finding import Pinyin
from desktop.store.resources import resource_bytes

TABLE = "pinyin.txt"


@cache
def pinyin() -> Pinyin:
    """Read when something is first searched for."""
    lines = resource_bytes(TABLE).decode("utf-8").splitlines()
    return Pinyin(dict(line.split(" ", 1) for line in lines))
