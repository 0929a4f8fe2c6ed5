"""Countries by name. A name stands once: with the markets, with the borders, else in data/texts/places.yaml."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.facts import RuleBook
from desktop.core.text import Text, both, joined, text_of

PLACE = "place."
"""Texts of the rule book that name the countries of no market and no border: `place.BY`."""

_ARTICLE = ("United ", "Netherlands", "Philippines", "Maldives", "Seychelles", "European Union")
"""Names that have an article within an English sentence: in the United Kingdom, but "United Kingdom" in a list."""


def known_place(book: RuleBook, code: str) -> Text | None:
    """The name of a country or region of the rules; None where they have no such code."""
    markets, border = book.rules.get("markets", {}), book.rules.get("border", {})
    if code in markets.get("countries", {}):
        return text_of(markets["countries"][code]["name"])
    if code in border.get("destinations", {}):
        return text_of(border["destinations"][code]["name"])
    if code in markets.get("regions", {}):
        return text_of(markets["regions"][code])
    return book.text(PLACE + code) if PLACE + code in book.texts else None


def place(book: RuleBook, code: str) -> Text:
    """The name of a country or region as it stands alone; the code itself where the rules have none."""
    return known_place(book, code) or both(code)


def in_sentence(name: Text) -> Text:
    """A name as it is said within an English sentence: a buyer in the United Kingdom."""
    return Text(f"the {name.en}", name.zh, name.only) if name.en.startswith(_ARTICLE) else name


def places(book: RuleBook, codes: Sequence[str]) -> Text:
    """Several countries within a sentence: Russia, Ukraine, Belarus."""
    return joined([in_sentence(place(book, code)) for code in codes], ", ", "、")
