"""Writes resources/pinyin.txt: one line a syllable, then every sign that is read so. Run after an update of pypinyin.

    pip install -e ".[dev]" && python tools/pinyin_table.py

The signs are those of GB 2312, which a text in Simplified Chinese hardly ever leaves. Of a sign's readings those are
taken that stand first in the dictionary or occur in its phrases; the others are found in old books only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_normal

TARGET = Path(__file__).parent.parent / "resources" / "pinyin.txt"
LEAST = 2
"""In so many phrases a reading must occur."""


def signs() -> list[str]:
    """The Chinese signs of GB 2312, in its order."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [sign for cell in cells if (sign := cell.decode("gb2312", errors="ignore"))]


def readings() -> dict[str, list[str]]:
    """Each sign with its readings without tones, the usual one first; ü is v, the way it is typed."""
    seen: Counter[tuple[str, str]] = Counter()
    for phrase, parts in PHRASES_DICT.items():
        if len(phrase) == len(parts):
            for sign, part in zip(phrase, parts, strict=True):
                seen[sign, to_normal(part[0], v_to_u=False)] += 1
    found = {}
    for sign in signs():
        first, *others = dict.fromkeys(pinyin(sign, style=Style.NORMAL, heteronym=True)[0])
        found[sign] = [first, *(way for way in others if seen[sign, way] >= LEAST)]
    return found


def main() -> None:
    by_syllable: defaultdict[str, list[str]] = defaultdict(list)
    for sign, ways in readings().items():
        for way in ways:
            if way.isascii() and way.isalpha():
                by_syllable[way].append(sign)
    lines = [f"{syllable} {''.join(found)}" for syllable, found in sorted(by_syllable.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} syllables, {sum(map(len, by_syllable.values()))} readings")


if __name__ == "__main__":
    main()
