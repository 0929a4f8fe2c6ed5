"""The code on the sheet: the summary itself as text, made here and now; it leads to no address."""

from __future__ import annotations

from functools import lru_cache

import segno
from msgspec import Struct

from desktop.core.text import Text
from desktop.reports.sheet.model import Tongue

MOST_BYTES = 700
"""More would make the squares too small for a telephone to read from paper (version 19 has 93 of them in 30 mm)."""


class Code(Struct, frozen=True):
    """A code as rows of squares, dark where true, with the text in it."""

    text: str
    rows: tuple[tuple[bool, ...], ...]


def code_text(summary: Text, tongue: Tongue) -> str:
    """What the code of a paper says: one language or both, as far as it can be read from paper."""
    wordings = [summary.en, summary.zh] if tongue == "both" else [summary[tongue]]
    text = "\n\n".join(dict.fromkeys(wordings))
    data = text.encode("utf-8")
    return text if len(data) <= MOST_BYTES else data[: MOST_BYTES - 3].decode("utf-8", "ignore") + "…"


@lru_cache(maxsize=8)
def code_of(text: str) -> Code:
    """The code of a text; kept, for a page is laid out several times until it fits."""
    found = segno.make(text, micro=False, error="l", boost_error=True, encoding="utf-8")
    return Code(text, tuple(tuple(bool(square) for square in row) for row in found.matrix))
