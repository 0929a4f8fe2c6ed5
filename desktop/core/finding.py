"""Finding by typed words: English, Chinese, pinyin in full or by initials, in any order, with a slip of the hand.

One way of comparing for every search of the program. Pinyin is turned round: what is typed becomes a pattern over
Chinese signs, so the texts are kept as they are and a sign with two readings is found by both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

_ACCENTS = re.compile("[\u0300-\u036f]")
_LATIN = re.compile("[a-z]+")
_WORDS = re.compile("[a-z0-9]+")
MOST_LETTERS = 24
"""A longer row of letters is no pinyin."""
MOST_READINGS = 12
"""Of the ways to cut a row of letters into signs so many are tried, those with the longest syllables."""
LEAST_SLIP = 4
"""A word of fewer letters must be typed as it is."""


def folded(text: str) -> str:
    """Text for comparing: one width, no accents, no case."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())


# ---------------------------------------------------------------------- pinyin
class Pinyin:
    """Which signs a typed row of letters may stand for."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """`table`: every syllable with the signs that are read so; ü is written v."""
        self.table = {way: frozenset(signs) for way, signs in table.items()}
        for way, signs in table.items():
            # who does not know that ü is typed v types u
            if "v" in way:
                plain = way.replace("v", "u")
                self.table[plain] = self.table.get(plain, frozenset()) | frozenset(signs)
        self._longest = max(map(len, self.table), default=0)
        self._patterns: dict[str, re.Pattern[str] | None] = {}

    @cached_property
    def _begins(self) -> Mapping[str, frozenset[str]]:
        """The beginning of a syllable, and every sign whose reading begins so."""
        found: dict[str, set[str]] = {}
        for way, signs in self.table.items():
            for end in range(1, len(way) + 1):
                found.setdefault(way[:end], set()).update(signs)
        return {key: frozenset(signs) for key, signs in found.items()}

    def ready(self) -> None:
        """Makes at once what the first pattern would make."""
        assert self._begins is not None

    def whole(self, word: str) -> bool:
        """Whether a word can be read as whole syllables: yunfei, not yf."""
        return len(word) <= MOST_LETTERS and any(
            word[:end] in self.table and (end == len(word) or self.whole(word[end:]))
            for end in range(min(self._longest, len(word)), 0, -1)
        )

    def pattern(self, word: str) -> re.Pattern[str] | None:
        """What to look for in Chinese text; None where the word is no pinyin, or a single letter."""
        if word not in self._patterns:
            self._patterns[word] = self._made(word)
        return self._patterns[word]

    def _made(self, word: str) -> re.Pattern[str] | None:
        if not 2 <= len(word) <= MOST_LETTERS or not _LATIN.fullmatch(word):
            return None
        # what reads as whole syllables was not meant as initials
        whole = self.whole(word)
        # from the end to the beginning, so that every tail is worked out once; with it, how many readings it has
        tails: dict[int, tuple[str, int]] = {len(word): ("", 1)}
        for at in range(len(word) - 1, -1, -1):
            ways: list[str] = []
            readings = 0
            for end in range(min(len(word), at + self._longest), at, -1):
                part, last = word[at:end], end == len(word)
                signs = self._signs(part, last) if last or not whole else self.table.get(part, frozenset())
                if signs and end in tails and (not ways or readings + tails[end][1] <= MOST_READINGS):
                    ways.append(f"[{''.join(sorted(signs))}]{tails[end][0]}")
                    readings += tails[end][1]
            if ways:
                tails[at] = (ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})", readings)
        return re.compile(tails[0][0]) if 0 in tails else None

    def _signs(self, part: str, last: bool) -> frozenset[str]:
        """Signs for a whole syllable, for an initial (sh, too), and at the end for one that is still being typed."""
        if part in self.table and not last:
            return self.table[part]
        if last or len(part) == 1 or part in ("zh", "ch", "sh"):
            return self._begins.get(part, frozenset())
        return frozenset()


NO_PINYIN = Pinyin({})


# ---------------------------------------------------------------------- what is searched
class Target(Struct, frozen=True):
    """The words by which one thing is found, folded: its id, both names, and what else is known of it."""

    id: str
    en: str
    zh: str
    also: str = ""


def target(id: str, en: str, zh: str = "", also: str = "") -> Target:
    """A target from words as they are written."""
    return Target(folded(id), folded(en), folded(zh), folded(also))


class Word(Struct, frozen=True):
    """One typed word, and what else it may have been meant for."""

    typed: str
    signs: re.Pattern[str] | None = None
    whole: bool = False
    slips: tuple[str, ...] = ()


WHOLE_ID, BEGINS_ID = 1000, 100
LAST_SEGMENT, SEGMENT, SEGMENT_START = 14, 12, 8
WORD, WORD_START = 9, 7
CHINESE = 8
PINYIN, INITIALS = 6, 4
INSIDE, SOURCE_WORD, SOURCE = 3, 2, 1
FEW = 3


class Index(Struct, frozen=True, dict=True):
    """Things to be found, in their order."""

    targets: Sequence[Target]
    pinyin: Pinyin = NO_PINYIN

    @cached_property
    def _vocabulary(self) -> Mapping[int, tuple[str, ...]]:
        """Every English word that stands in a target, by its length."""
        words: set[str] = set()
        for each in self.targets:
            words.update(_WORDS.findall(f"{each.id} {each.en} {each.also}"))
        by_length: dict[int, list[str]] = {}
        for word in sorted(words):
            by_length.setdefault(len(word), []).append(word)
        return {length: tuple(found) for length, found in by_length.items()}

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The beginnings of all those words, as long as initials may be."""
        words = (word for found in self._vocabulary.values() for word in found)
        return frozenset(word[:end] for word in words for end in range(2, min(len(word), 6) + 1))

    def prepare(self) -> Iterator[None]:
        """Makes, piece by piece, what the first search would make."""
        self.pinyin.ready()
        yield
        assert self._vocabulary is not None
        yield
        assert self._beginnings is not None
        yield
        assert self._english is not None

    def words(self, typed: str, slips: bool = True) -> tuple[Word, ...]:
        """The typed words. Pinyin of few letters gives way to an English word that begins so (gb, de, cn)."""
        return tuple(self._word(word, slips) for word in folded(typed).split())

    def _word(self, word: str, slips: bool) -> Word:
        signs = self.pinyin.pattern(word)
        if signs is None and (len(word) < LEAST_SLIP or not word.isascii()):
            return Word(word)
        whole = signs is not None and self.pinyin.whole(word)
        known = word in self._beginnings if len(word) <= 6 else self._stands(word)
        if known and not (whole and len(word) > 2):
            signs = None
        return Word(word, signs, whole, () if known or not slips else self._slips(word))

    def _stands(self, word: str) -> bool:
        return word in self._english

    @cached_property
    def _english(self) -> str:
        """Every word that is not Chinese, in one text."""
        return "\n".join(f"{each.id}\n{each.en}\n{each.also}" for each in self.targets)

    def _slips(self, word: str) -> tuple[str, ...]:
        """The words of the index that one slip of the hand leads from."""
        if len(word) < LEAST_SLIP or not word.isascii() or self._stands(word):
            return ()
        lengths = (len(word), len(word) - 1, len(word) + 1)
        # one slip leaves the first letter as it is, or the last
        likely = (
            other
            for length in lengths
            for other in self._vocabulary.get(length, ())
            if other[0] == word[0] or other[-1] == word[-1]
        )
        near = (other for other in likely if one_slip(word, other))
        return tuple(near)

    def search(self, typed: str, slips: bool | None = None) -> list[tuple[int, int]]:
        """Place and rank of each target in which every typed word stands, best first; all where nothing is typed.

        `slips`: whether a slip of the hand is forgiven; None: only where hardly anything is found as it is written.
        """
        words = self.words(typed, bool(slips))
        if not words:
            return [(place, 0) for place in range(len(self.targets))]
        ranks = ((place, rank_of(each, words)) for place, each in enumerate(self.targets))
        found = [(place, rank) for place, rank in ranks if rank]
        found.sort(key=_best_first)
        return self.search(typed, True) if slips is None and faint(found) else found

    def near(self, typed: str) -> list[tuple[int, int, int]]:
        """What has most of the words, else is written most alike: two figures, the less the nearer, and the place."""
        words = self.words(typed)
        counted = []
        for place, each in enumerate(self.targets):
            ranks = [rank for word in words if (rank := rank_of(each, (word,)))]
            if ranks:
                counted.append((-100 * len(ranks), -sum(ranks), place))
        return sorted(counted or self._alike([word.typed for word in words]))

    def nearest(self, typed: str, most: int = 3) -> list[int]:
        """Where nothing has every word: the places of the nearest."""
        return [place for *_, place in self.near(typed)[:most]]

    def _alike(self, words: Iterable[str]) -> list[tuple[int, int, int]]:
        """By the pairs of signs that they share with what was typed: more than half of them."""
        pairs = {pair for word in words for pair in _pairs(word)}
        counted = []
        for place, each in enumerate(self.targets):
            names = f"{each.en} {each.zh}"
            shared = sum(1 for pair in pairs if pair in names)
            if 2 * shared > len(pairs):
                counted.append((-shared, len(names), place))
        return counted


def faint(found: Sequence[tuple[object, int]]) -> bool:
    """Whether so little was found, or only by pinyin, that the word may have been meant otherwise (shiping)."""
    return len(found) < FEW and all(rank <= PINYIN + 1 for _, rank in found)


def _best_first(found: tuple[int, int]) -> tuple[int, int]:
    return -found[1], found[0]


def _pairs(word: str) -> set[str]:
    return {word[at : at + 2] for at in range(max(1, len(word) - 1))}


def one_slip(typed: str, word: str) -> bool:
    """Whether one letter too many, too few, another one, or two exchanged make one word of the other."""
    if typed == word:
        return True
    short, long = sorted((typed, word), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return len(long) - len(short) == 1 and short[at:] == long[at + 1 :]
    if short[at + 1 :] == long[at + 1 :]:
        return True
    exchanged = short[at : at + 2] == long[at : at + 2][::-1]
    return exchanged and short[at + 2 :] == long[at + 2 :]


# ---------------------------------------------------------------------- ranks
def rank_of(each: Target, words: Sequence[Word]) -> int:
    """How well a target fits: 0 where a word stands nowhere in it; a whole word in its id or name counts most."""
    total = 0
    for word in words:
        rank = _rank(each, word)
        if not rank:
            return 0
        total += rank
    if len(words) == 1:
        typed = words[0].typed
        if each.id == typed:
            total += WHOLE_ID
        elif each.id.startswith(typed):
            total += BEGINS_ID
    return total


def _rank(each: Target, word: Word) -> int:
    typed = word.typed
    rank = _word_rank(each, typed)
    if not rank and len(typed) > 3 and typed[-1] == "s" != typed[-2] and typed.isascii():
        rank = _word_rank(each, typed[:-1])
    if rank < PINYIN and word.signs is not None:
        found = word.signs.search(each.zh)
        if found is not None:
            # at the beginning of a name it was rather meant than inside
            rank = max(rank, (PINYIN if word.whole else INITIALS) + (found.start() == 0))
    if not rank and word.slips:
        rank = min(INSIDE, max(_word_rank(each, slip) for slip in word.slips))
    return rank


def _word_rank(each: Target, word: str) -> int:
    """The best place of one word."""
    best = 0
    if word in each.id:
        if each.id.endswith(f".{word}"):
            return LAST_SEGMENT
        best = _inside(each.id, word, SEGMENT, SEGMENT_START)
    if best < WORD and word in each.en:
        best = max(best, _inside(each.en, word, WORD, WORD_START))
    if best < CHINESE and not word.isascii() and holds(each.zh, word):
        best = max(best, CHINESE)
    if not best and word in each.zh:
        best = INSIDE
    if not best and holds(each.also, word):
        best = SOURCE_WORD if _inside(each.also, word, 2, 2) == 2 else SOURCE
    return best


def _inside(text: str, word: str, whole: int, start: int) -> int:
    """Whether a word stands as a whole, at the start of a word, or inside one."""
    best, at = INSIDE, text.find(word)
    while at >= 0:
        if at == 0 or not text[at - 1].isalnum():
            end = at + len(word)
            if end == len(text) or not text[end].isalnum():
                return whole
            best = start
        at = text.find(word, at + 1)
    return best


def holds(text: str, word: str) -> bool:
    """Whether a word stands in a text; Chinese is written without gaps, so its parts may stand apart (服装佣金)."""
    if word in text:
        return True
    if word.isascii() or len(word) < 4:
        return False
    return any(word[:cut] in text and holds(text, word[cut:]) for cut in range(len(word) - 2, 1, -1))
