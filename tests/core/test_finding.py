"""Words found in English, in Chinese, by pinyin and in spite of a slip."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.core.facts import RuleBook
from desktop.core.finding import Index, one_slip, target
from desktop.store.pinyin import pinyin

ROOT = Path(__file__).parent.parent.parent
NAMES = (
    ("fee.freight", "Freight to the buyer", "运费"),
    ("fee.weight", "Chargeable weight", "计费重量"),
    ("tax.vat.de", "German VAT rate", "德国增值税率"),
    ("tax.vat.gb", "British VAT rate", "英国增值税率"),
    ("fee.commission", "Commission on apparel", "服装佣金"),
    ("rule.green", "Green channel of customs", "海关绿色通道"),
)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index([target(*name) for name in NAMES], pinyin())


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("yunfei", {"fee.freight"}),
        ("yunf", {"fee.freight"}),
        ("yf", {"fee.freight"}),
        ("yfei", {"fee.freight"}),
        ("运费", {"fee.freight"}),
        ("YUNFEI", {"fee.freight"}),
        # 重 is read zhong here, and chong elsewhere: both find it
        ("zhongliang", {"fee.weight"}),
        ("chongliang", {"fee.weight"}),
        ("zzs", {"tax.vat.de", "tax.vat.gb"}),
        ("zengzhishui deguo", {"tax.vat.de"}),
        ("deguo zengzhi", {"tax.vat.de"}),
        ("vat zengzhi german", {"tax.vat.de"}),
        ("服装 commission", {"fee.commission"}),
        ("yongji", {"fee.commission"}),
        # ü is typed v, or u by who does not know it
        ("lvse", {"rule.green"}),
        ("luse", {"rule.green"}),
        ("comission", {"fee.commission"}),
        ("fright", {"fee.freight"}),
        ("wieght", {"fee.weight"}),
        ("apparel commission", {"fee.commission"}),
        ("qqxx", set()),
    ],
)
def test_typed_words_find(index: Index, typed: str, wanted: set[str]) -> None:
    assert {NAMES[place][0] for place, _rank in index.search(typed)} == wanted


def test_initials_give_way_to_an_english_word_that_begins_so(index: Index) -> None:
    # 公布 would be g b; here gb is a country
    assert [NAMES[place][0] for place, _ in index.search("gb")] == ["tax.vat.gb"]
    assert {NAMES[place][0] for place, _ in index.search("de")} == {"tax.vat.de"}


def test_a_slip_counts_only_where_nothing_is_written_so(index: Index) -> None:
    assert index.search("fright", slips=False) == []
    assert [NAMES[place][0] for place, _ in index.search("rate", slips=False)] == ["tax.vat.de", "tax.vat.gb"]


def test_pinyin_that_hardly_finds_anything_may_be_a_slip() -> None:
    both = Index([target("a", "Shipping to the buyer", "运输"), target("b", "Grocery", "食品")], pinyin())
    assert [place for place, _ in both.search("shipin")] == [1]
    assert [place for place, _ in both.search("shiping")] == [0]
    assert [place for place, _ in both.search("shippin")] == [0]


def test_what_is_written_stands_before_what_is_read(index: Index) -> None:
    both = Index([target("a", "Cost", "运费"), target("b", "Yunfei street", "街")], pinyin())
    assert [place for place, _ in both.search("yunfei")] == [1, 0]


def test_nothing_typed_is_everything_in_order(index: Index) -> None:
    assert [place for place, _ in index.search("  ")] == list(range(len(NAMES)))


def test_the_nearest_share_most_words_else_most_letters(index: Index) -> None:
    assert NAMES[index.nearest("german freight zzzz")[0]][0] in ("fee.freight", "tax.vat.de")
    assert NAMES[index.nearest("freightt2")[0]][0] == "fee.freight"
    assert index.nearest("qqqq") == []


@pytest.mark.parametrize(
    ("typed", "word", "is_one"),
    [("vat", "vat", True), ("fright", "freight", True), ("freeight", "freight", True), ("fraight", "freight", True),
     ("frieght", "freight", True), ("fregiht", "freight", True), ("frght", "freight", False),
     ("abcd", "dcba", False), ("abcd", "abcdef", False)],
)  # fmt: skip
def test_one_slip(typed: str, word: str, is_one: bool) -> None:
    assert one_slip(typed, word) is is_one
    assert one_slip(word, typed) is is_one


@pytest.mark.parametrize("typed", ["", "a", "运费", "x1", "u", "uu", "z" * 25])
def test_what_is_no_pinyin_has_no_pattern(typed: str) -> None:
    assert pinyin().pattern(typed) is None


@pytest.mark.parametrize("typed", ["zh" * 12, "sh" * 10, "zhi" * 8, "xian" * 6, "n" * 24])
def test_a_row_that_can_be_cut_in_many_ways_stays_small(typed: str) -> None:
    pattern = pinyin().pattern(typed)
    assert pattern is not None
    assert len(pattern.pattern) < 200_000
    assert pattern.search("运费" * 50) is None


def test_every_chinese_sign_of_the_program_has_a_reading(book: RuleBook) -> None:
    known = set().union(*pinyin().table.values())
    said = "".join(book.fact(fact_id).says.zh for fact_id in book.ids())
    words = (ROOT / "resources/translations/lanewise_zh_CN.ts").read_text(encoding="utf-8")
    signs = set(re.findall("[\u4e00-\u9fff]", said + words))
    assert len(signs) > 500
    assert signs - known == set()
