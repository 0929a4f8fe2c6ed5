"""What a record of the rule book says: its keys and values in words, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from desktop.core.facts import RuleBook
from desktop.core.text import LANGUAGES
from desktop.viewmodels.values import known_key, record_text, value_text

CHINESE = re.compile(r"[\u4e00-\u9fff]")
FIGURE = re.compile(r"[\d+,.-]+")


def keys_of(raw: Any) -> Iterator[str]:
    """Every key of a record, also of the records within it."""
    if isinstance(raw, dict):
        yield from raw
        for value in raw.values():
            yield from keys_of(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from keys_of(value)


def test_every_key_of_every_record_is_said_in_words(book: RuleBook) -> None:
    bare = {
        (fact_id, key)
        for fact_id in book.ids()
        for value in book.fact(fact_id).values
        for raw in (value.raw, value.raw_zh)
        for key in keys_of(raw)
        if not FIGURE.fullmatch(key)
        and not CHINESE.search(key)
        and any(known_key(key, book, language) is None for language in LANGUAGES)
    }
    assert not bare


def test_no_name_of_a_key_looks_like_a_key(book: RuleBook) -> None:
    assert not [
        key for key, said in book.texts.items() if key.startswith("key.") and "_" in said["en"] + said["zh"]
    ]


def test_no_word_of_a_record_is_left_in_the_other_language(book: RuleBook) -> None:
    """A record without Chinese of its own has no English sentence among its values."""
    left = {
        fact_id: shown
        for fact_id in book.ids()
        for value in book.fact(fact_id).values
        if isinstance(value.raw, dict | list)
        for shown in [value_text(book.fact(fact_id), value, book, "zh")]
        if re.search(r"[a-z]{3,} [a-z]{3,}", shown)
    }
    assert not left


RECORDS = [
    (
        {"free_per_month": "250", "then": "0.35"},
        "free a month 250, then each 0.35",
        "每月免费 250，之后每条 0.35",
    ),
    ({"under_10": "2.43", "over_50": "3.58"}, "under 10 2.43, over 50 3.58", "10 以下 2.43，50 以上 3.58"),
    (
        [{"tier": "light_envelope", "max_g": "1000"}],
        "size: light envelope, greatest weight (g) 1,000",
        "尺寸段：轻型信封，最大重量（克）1,000",
    ),
    (
        {"GB": "6.5", "NZ": "2", "EU": "3"},
        "United Kingdom 6.5, New Zealand 2, European Union 3",
        "英国 6.5，新西兰 2，欧盟 3",
    ),
    ({"aliexpress": "35", "temu": "3"}, "AliExpress 35, Temu 3", "速卖通 35，Temu 3"),
    (
        [{"dest": ["HK", "MY"], "kg": "40"}],
        "to: Hong Kong, Malaysia, kg 40",
        "目的地：香港、马来西亚，公斤 40",
    ),
    (
        {"watches": [{"up_to": "250", "value": "15"}, {"value": "5"}]},
        "watches ≤ 250: 15 · > 250: 5",
        "手表 ≤ 250: 15 · > 250: 5",
    ),
    ({"food_excluded": "true"}, "food is left out: yes", "不含食品：是"),
    ({"code": "9610", "who": "sellers"}, "code: 9610, for whom: sellers", "代码：9610，适用：sellers"),
    (
        {"established": "2013-06", "warehouses": "10"},
        "established: Jun 2013, warehouses 10",
        "成立：2013-06，仓库 10",
    ),
    ({"2021": "4.8", "2026": "9.2"}, "2021: 4.8, 2026: 9.2", "2021：4.8，2026：9.2"),
    (
        {"ES": {"2013": "2"}, "DE": {"2013": "2"}},
        "Spain 2013: 2; Germany 2013: 2",
        "西班牙 2013：2；德国 2013：2",
    ),
]


@pytest.mark.parametrize(("raw", "en", "zh"), RECORDS)
def test_a_record_in_words(book: RuleBook, raw: Any, en: str, zh: str) -> None:
    assert record_text(raw, book, "en") == en
    assert record_text(raw, book, "zh") == zh
