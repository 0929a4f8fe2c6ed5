"""Headings, categories and currencies as people write them. The words themselves are rules (data/rules/catalogue)."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from msgspec import Struct

from desktop.core.money import CURRENCIES
from desktop.core.text import Text, text_of
from desktop.store.catalogue.model import SIDES

_BRACKETS = re.compile(r"[(\[【{<]([^)\]】}>]*)[)\]】}>]")
_SPLIT = re.compile(r"[\s_\-/.:,|;*#+]+")
_PATH = re.compile(r"[>/|,，、»›\\]")
LONGEST_HEADING = 120


def folded(text: str) -> str:
    """One width, one case."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def key(text: str) -> str:
    """A word as it is compared: letters and digits alone."""
    return "".join(sign for sign in folded(text) if sign.isalnum())


class Heading(NamedTuple):
    """What a heading says: its field, how early its word stands in the rules, its unit or currency ("" for none)."""

    field: str
    rank: int
    unit: str


class Words(Struct, frozen=True, dict=True):
    """All words by which a catalogue is understood, from the rules of a book."""

    rules: Mapping[str, Any]

    @cached_property
    def _headings(self) -> dict[str, tuple[str, int]]:
        found: dict[str, tuple[str, int]] = {}
        for name, data in self.rules["catalogue"]["fields"].items():
            for rank, word in enumerate((*data["words"], data["en"], data["zh"], name)):
                found.setdefault(key(word), (name, rank))
        return found

    @cached_property
    def _units(self) -> dict[str, dict[str, str]]:
        """Words of units and currencies by what they measure."""
        found: dict[str, dict[str, str]] = {"mass": {}, "length": {}, "money": {}}
        for unit, data in self.rules["catalogue"]["units"].items():
            for word in (*data["words"], unit):
                found[data["measure"]].setdefault(folded(word), unit)
        for code in CURRENCIES:
            found["money"][code.casefold()] = code
        for code, words in self.rules["catalogue"]["currencies"].items():
            for word in words:
                found["money"].setdefault(folded(word), code)
        return found

    @cached_property
    def signs(self) -> dict[str, tuple[str, ...]]:
        return {folded(sign): tuple(codes) for sign, codes in self.rules["catalogue"]["signs"].items()}

    @cached_property
    def each(self) -> frozenset[str]:
        return frozenset(folded(word) for word in self.rules["catalogue"]["each"])

    def factor(self, unit: str) -> Decimal:
        """Grams or millimetres in one unit."""
        return Decimal(self.rules["catalogue"]["units"][unit]["factor"])

    def measure(self, field: str) -> str:
        """What a field is a figure of: money, mass, length, or "" for a number or a word."""
        return self.rules["catalogue"]["fields"][field]["measure"] or ""

    def name(self, field: str) -> Text:
        return text_of({k: self.rules["catalogue"]["fields"][field][k] for k in ("en", "zh")})

    def unit(self, word: str, measure: str) -> str:
        """A unit or currency by its word; "" where it is none. A shared sign gives its first currency."""
        word = folded(word)
        found = self._units[measure].get(word, "")
        if not found and measure == "money" and word in self.signs:
            return self.signs[word][0]
        return found

    def currencies(self, word: str) -> tuple[str, ...]:
        """The currencies that a word or a sign may mean."""
        word = folded(word)
        if code := self._units["money"].get(word):
            return (code,)
        return self.signs.get(word, ())

    def heading(self, text: str) -> Heading | None:
        """The field that a heading names, with the unit or currency beside it."""
        if len(text) > LONGEST_HEADING:
            return None
        whole = folded(text)
        plain = self._headings.get(key(whole))
        inside = _BRACKETS.findall(whole)
        if plain and not inside:
            return Heading(*plain, self._sign(whole, self.measure(plain[0])))
        rest = _BRACKETS.sub(" ", whole)
        if plain or (plain := self._headings.get(key(rest))):
            name, rank = plain
            return Heading(name, rank, self._first_unit(inside, self.measure(name)))
        return self._with_word(rest)

    def _sign(self, text: str, measure: str) -> str:
        if measure != "money":
            return ""
        return next((codes[0] for sign, codes in self.signs.items() if sign in text), "")

    def _first_unit(self, inside: Sequence[str], measure: str) -> str:
        if not measure:
            return ""
        for part in inside:
            for word in (part, *_SPLIT.split(part)):
                if word and (unit := self.unit(word, measure)):
                    return unit
        return ""

    def _with_word(self, text: str) -> Heading | None:
        """A unit or currency before or after the word of the field, with or without a space."""
        parts = [part for part in _SPLIT.split(text) if part and part not in ("in", "per", "of")]
        for many in (1, 2):
            for word, rest in ((parts[-many:], parts[:-many]), (parts[:many], parts[many:])):
                if rest and (found := self._split(" ".join(word), " ".join(rest))):
                    return found
        if text.isascii():
            return None
        for said in self._unspaced:
            for left in (text.removesuffix(said), text.removeprefix(said)):
                if left != text and (found := self._split(said, left)):
                    return found
        return None

    @cached_property
    def _unspaced(self) -> tuple[str, ...]:
        """Chinese words of units and currencies: they need no space before them."""
        return tuple(word for words in self._units.values() for word in words if not word[0].isascii())

    def _split(self, word: str, rest: str) -> Heading | None:
        plain = self._headings.get(key(rest))
        if plain is None or not (measure := self.measure(plain[0])):
            return None
        unit = self.unit(word, measure)
        return Heading(*plain, unit) if unit else None

    @cached_property
    def category_ids(self) -> tuple[str, ...]:
        return tuple(self.rules["categories"])

    @cached_property
    def categories(self) -> Terms:
        return Terms(
            self.category_ids,
            {k: (text_of(v), tuple(v.get("words", ()))) for k, v in self.rules["categories"].items()},
        )

    @cached_property
    def goods(self) -> Terms:
        questions = self.rules["questions"]["questions"]
        choices = next(q for q in questions if q["name"] == "goods_class")["choices"]
        extra = self.rules["catalogue"]["goods_class"]
        return Terms(
            tuple(c["id"] for c in choices),
            {c["id"]: (text_of(c), tuple(extra.get(c["id"], ()))) for c in choices},
        )

    def bounds(self, question: str) -> tuple[Decimal, Decimal]:
        """The smallest and the largest answer that the question of that name takes."""
        data = next(q for q in self.rules["questions"]["questions"] if q["name"] == question)
        return Decimal(data["minimum"]), Decimal(data["maximum"])


class Terms:
    """A closed list of things with ids, names and words, found by any of them."""

    def __init__(self, ids: tuple[str, ...], entries: Mapping[str, tuple[Text, tuple[str, ...]]]) -> None:
        self.ids = ids
        self._entries = entries
        self._codes: dict[str, int] = {}
        # ids and names go before words, so that a word that two share goes to the first
        for pick in (lambda e: (e[0].en, e[0].zh), lambda e: e[1]):
            for code, name in enumerate(ids):
                for term in (name, *pick(entries[name])):
                    self._codes.setdefault(key(term), code)

    def find(self, text: str) -> int | None:
        """The place of a term in `ids`; of a path such as `Home > Lighting` the last part that is known."""
        for part in (text, *reversed(_PATH.split(text))):
            word = key(part)
            if not word:
                continue
            for form in (word, word.removesuffix("s"), word.removesuffix("es")):
                if (code := self._codes.get(form)) is not None:
                    return code
        return None

    def nearest(self, text: str, most: int = 3) -> tuple[str, ...]:
        """Ids of the terms that look most like a word."""
        close = difflib.get_close_matches(key(text)[:60], self._codes, n=4 * most, cutoff=0.0)
        return tuple(dict.fromkeys(self.ids[self._codes[term]] for term in close))[:most]

    def names(self, ids: Iterable[str]) -> Text:
        chosen = list(ids)
        return Text(
            ", ".join(self._entries[i][0].en for i in chosen),
            "、".join(self._entries[i][0].zh for i in chosen),
        )


def suggest(
    words: Words, headers: Sequence[str], rows: Sequence[Sequence[str]] = ()
) -> tuple[dict[str, int], dict[str, str]]:
    """The column of each field that a heading names, and the unit or currency beside it.

    A column of categories that holds only numbers is a platform's own numbering and is left alone. Three sides go before
    one column of sizes; one or two sides are no size.
    """
    best: dict[str, tuple[int, int, str]] = {}
    for column, text in enumerate(headers):
        found = words.heading(text)
        if found is None or (found.field == "category" and _all_numbers(column, rows)):
            continue
        if found.field not in best or found.rank < best[found.field][0]:
            best[found.field] = (found.rank, column, found.unit)
    if all(side in best for side in SIDES):
        best.pop("dims", None)
    else:
        for side in SIDES:
            best.pop(side, None)
    ordered = [name for name in words.rules["catalogue"]["fields"] if name in best]
    return (
        {name: best[name][1] for name in ordered},
        {name: best[name][2] for name in ordered if best[name][2]},
    )


def _all_numbers(column: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
    return bool(cells) and all(cell.replace(".", "").isdigit() for cell in cells)
