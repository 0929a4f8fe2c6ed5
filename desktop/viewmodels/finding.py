"""The one search behind every field of the window, with the pinyin that the program carries."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.core.finding import Index, folded, target
from desktop.store.pinyin import pinyin

__all__ = ["Index", "folded", "index_of"]


def index_of(words: Iterable[tuple[str, str, str, str]]) -> Index:
    """An index of things by id, English name, Chinese name, and further words."""
    return Index([target(*each) for each in words], pinyin())
