"""In Chinese no English sentence, in English no Chinese, on any screen; no word that goes past the translation."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from speaking import chinese_in, english_in, texts
from walking import walking

from desktop.store.resources import resource_bytes
from desktop.store.rulebook import load
from desktop.views.design import theme

ROOT = Path(__file__).parent.parent.parent
TS = ROOT / "resources/translations/lanewise_zh_CN.ts"
NAMES = ("EN", "中文", "English", "Lanewise", "JD Worldwide", "Ctrl", "演示")
"""Each language in its own name, on the switch; brands; keys."""
LICENCE = re.compile(r"[\w.+-]+(?: (?:OR|AND|WITH) [\w.+-]+)+|SIL Open Font License [\d.]+")
"""The terms of a library as it names them."""
OWN_CELLS = ("FirstRows", "Choose", "LongTable", "RowPane")
"""What shows the user's own catalogue, in whatever language it is written."""


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


# ---------------------------------------------------------------------- what is seen
@pytest.fixture(scope="module")
def allowed() -> list[str]:
    """What the rules hold in one language: titles and publishers of sources, their notes, those of values and doubts.

    Longest first: a name within a name goes with it. And the user's own catalogue.
    """
    book = load()
    found: set[str] = set()

    def strings(thing: Any) -> Iterator[str]:
        if isinstance(thing, str):
            yield thing
        elif isinstance(thing, Mapping):
            for each in thing.values():
                yield from strings(each)
        elif isinstance(thing, Sequence):
            for each in thing:
                yield from strings(each)

    for source in book.sources_data.values():
        found.update(strings(source))
    found.update(strings({key: each.get("where") for key, each in book.doubts_data.items()}))
    for fact in book.facts_data.values():
        for key in ("note", "doubt", "doubts", "where"):
            found.update(strings(fact.get(key)))
        for value in fact.get("values", ()):
            found.update(strings({key: value.get(key) for key in ("note", "doubt", "doubts", "where", "at")}))
    return sorted((text.strip() for text in found if len(text.strip()) > 3), key=len, reverse=True)


def without(text: str, names: list[str]) -> str:
    """A text without the names in it, also where a line was broken or a full stop added."""
    left = " ".join(text.split())
    for name in names:
        bare = " ".join(name.split()).rstrip(".。")
        if bare in left:
            left = left.replace(bare, " ")
    for name in NAMES:
        left = left.replace(name, " ")
    return left


def other_name(place: str, text: str) -> bool:
    """The page of a fact shows its name in the other language, too, in grey below the first."""
    return place.startswith("12-rule-book") and any(
        text.startswith(fact[language].rstrip(".。"))
        for fact in (fact.get("says", {}) for fact in load().facts_data.values())
        for language in ("en", "zh")
        if fact.get(language)
    )


def test_no_screen_speaks_two_languages(qapp: QApplication, tmp_path: Path, allowed: list[str]) -> None:
    found: dict[str, str] = {}
    read: set[str] = set()

    def look(place: str, shown: QWidget) -> None:
        wrong = english_in if place.endswith("zh") else chinese_in
        for text, where in texts(shown).items():
            read.add(text)
            if not wrong(text):
                continue
            if "16-catalogue" in place and (where in OWN_CELLS or where == "QWidget"):
                continue
            if LICENCE.fullmatch(text):
                continue
            left = without(text, allowed)
            if wrong(left) and not other_name(place, text):
                found.setdefault(f"{where} “{text[:120]}”: {wrong(left)}", place)

    with walking(tmp_path, look) as walk:
        walk.round("en", ("_small",))
        # switched where it stands: what keeps its old words is found on the second round
        walk.prefs.set_language("zh")
        walk.round("zh", ("_small",))
        walk.prefs.set_language("en")
        walk.tag = "en"
        walk._export()
    assert len(read) > 1500
    assert not found, "\n".join(f"{place}: {fault}" for fault, place in found.items())


def test_the_eye_knows_english_and_chinese() -> None:
    assert english_in("The price is not known") != ""
    assert english_in("选择 a day of the year") == "a day of the year"
    assert english_in("Close") != ""
    assert english_in("Amazon Fulfilment FBA USD") == ""
    assert english_in("售价 24.90 USD，YunExpress") == ""
    assert chinese_in("Price 售价") == "售价"


def test_the_language_changes_on_the_step_that_is_open(qapp: QApplication, tmp_path: Path) -> None:
    """Nothing of the old language stays, and the place stays."""
    with walking(tmp_path, lambda _place, _shown: None) as walk:
        window, prefs = walk.window, walk.prefs
        walk._open("1-clothing.lanewise")
        for step in ("product", "markets", "platforms", "logistics", "plan", "calculators"):
            walk._step(step)
            page = window.current_page()
            assert page is not None
            before = {w.text() for w in page.findChildren(QLabel) if w.isVisible() and len(w.text()) > 12}
            prefs.set_language("zh")
            walk._settle()
            assert window.current_page() is page
            after = {w.text() for w in page.findChildren(QLabel) if w.isVisible()}
            kept = {text for text in before & after if english_in(text)}
            assert not kept, (step, kept)
            assert page.title.text() == page.name["zh"]
            prefs.set_language("en")
            walk._settle()
            assert page.title.text() == page.name["en"]


def test_qt_own_words_follow(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    with walking(tmp_path, lambda _place, _shown: None) as walk:
        for language, save, month in (("zh", "保存", "一月"), ("en", "Save", "January")):
            walk.prefs.set_language(language)
            box = walk.window.asker.save_box("x")
            qtbot.addWidget(box)
            assert save in {b.text().replace("&", "").split("(")[0] for b in box.findChildren(QPushButton)}
            assert QLocale().standaloneMonthName(1) == month


# ---------------------------------------------------------------------- what is written in the code
SHOWING = ("setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setAccessibleName", "setTitle",
           "setAccessibleDescription", "setStatusTip", "addAction", "addMenu", "addItem", "addTab", "set_text",
           "set_notice", "show_message", "set_title", "set_name", "set_word", "set_hint", "set_error", "set_badge",
           "TextLabel", "SectionHead", "LinkLabel", "Button", "PrimaryButton", "SecondaryButton", "Column", "Cell",
           "Badge", "Notice", "EmptyState", "QLabel", "QPushButton", "QCheckBox", "Choice", "LegendEntry",
           "setInformativeText", "set_placeholder", "ShortLabel", "Option", "RailStep")  # fmt: skip
"""What takes words that are seen or heard."""
ALLOWED = frozenset({
    "Lanewise", "EN", "中文", "Ctrl F", "Esc", "CSV", "SKU", "JSON", "PDF", "USD", "CNY", "EUR", "shows", "Enter",
})  # fmt: skip
"""Names, keys and codes, the same in both languages."""
WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]{3,}")
KEYLIKE = re.compile(r"^[a-z0-9_.{}/#:=-]+$|^[A-Z0-9_]+$|^Ctrl |— Lanewise$")
"""Ids, tokens and formats: lower case without a blank; keys; the name of the program behind that of a case."""


def hard_words(tree: ast.AST) -> list[tuple[int, str]]:
    """Literals with words in them that go straight to the eye or the ear."""
    found = []
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name not in SHOWING:
            continue
        for given in (
            *call.args,
            *(keyword.value for keyword in call.keywords if keyword.arg not in KEYWORDS),
        ):
            for text in _literals(given):
                if WORD.search(text) and not KEYLIKE.search(text) and text.strip() not in ALLOWED:
                    found.append((call.lineno, text))
    return found


KEYWORDS = ("name", "tone", "key", "unit", "ground", "role", "icon_name", "parent", "step", "kind")
"""Arguments that hold a key, not words; a `name=` of a chart is set anew by `set_name`, which is looked at."""


def _literals(node: ast.AST) -> Iterator[str]:
    """Strings in an expression, but not those inside a call: a call may well be the translation."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            if isinstance(part, ast.Constant):
                yield str(part.value)
    elif isinstance(node, ast.BinOp):
        yield from _literals(node.left)
        yield from _literals(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


@pytest.mark.parametrize("floor", ["views", "viewmodels", "reports"])
def test_no_word_for_the_eye_is_written_past_the_translation(floor: str) -> None:
    faults = []
    for path in sorted((ROOT / "desktop" / floor).rglob("*.py")):
        for number, text in hard_words(ast.parse(path.read_text(encoding="utf-8"))):
            faults.append(f"{path.relative_to(ROOT)}:{number} “{text}”")
    assert not faults, "\n".join(faults)


def test_a_hard_word_is_found() -> None:
    code = (
        "label.setText('Hello there'); TextLabel('Net' if x else self.tr('y')); a.setText(self.tr('Fine')); "
        "b.set_name(f'{n} rows')"
    )
    assert [text for _, text in hard_words(ast.parse(code))] == ["Hello there", "Net", " rows"]


def test_lupdate_finds_nothing_new_and_nothing_gone(tmp_path: Path) -> None:
    copy = tmp_path / TS.name
    copy.write_bytes(TS.read_bytes())
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    listed = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "desktop").rglob("*.py"))
    command = [str(tool), *listed, "-no-obsolete", "-locations", "none", "-ts", str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=180, cwd=ROOT)

    def entries(path: Path) -> dict[tuple[str, str], str]:
        tree = ElementTree.parse(path)
        return {
            (context.findtext("name") or "", message.findtext("source") or ""): message.findtext(
                "translation"
            )
            or ""
            for context in tree.iter("context")
            for message in context.iter("message")
        }

    assert entries(copy) == entries(TS)
    assert b'type="unfinished"' not in copy.read_bytes()


# ---------------------------------------------------------------------- fonts
JAPANESE = "円準術証適"
"""In the titles of Japanese sources alone, as published; the system's own font has them, or a box stands there."""


def test_every_chinese_sign_of_the_program_is_in_its_own_font(qapp: QApplication) -> None:
    """A Linux without Chinese fonts shows no boxes: words of the program, the guide and the rules."""
    book = load()
    signs: set[str] = set()
    for name in ("translations/lanewise_zh_CN.ts", "help/guide-zh.md"):
        signs |= set((ROOT / "resources" / name).read_text(encoding="utf-8"))

    def of_rules(thing: Any) -> None:
        if isinstance(thing, str):
            signs.update(thing)
        elif isinstance(thing, Mapping):
            for each in thing.values():
                of_rules(each)
        elif isinstance(thing, Sequence):
            for each in thing:
                of_rules(each)

    for part in (book.rules, book.facts_data, book.sources_data):
        of_rules(part)
    signs -= set(JAPANESE)
    han = sorted(sign for sign in signs if "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef")
    assert len(han) > 1000
    for weight in ("Regular", "Bold"):
        font = QRawFont()
        font.loadFromData(
            resource_bytes("fonts", f"LanewiseSansSC-{weight}.otf"), 16, qapp.font().hintingPreference()
        )
        lacking = [sign for sign in han if not font.supportsCharacter(ord(sign))]
        assert not lacking, f"{weight}: {''.join(lacking)}"


def test_a_window_of_hard_words_is_seen(qtbot: QtBot) -> None:
    shown = QWidget()
    qtbot.addWidget(shown)
    QVBoxLayout(shown).addWidget(QLabel("The order of the day"))
    menu = QMenu("x", shown)
    menu.addAction("关于")
    shown.show()
    assert "The order of the day" in texts(shown)
    assert chinese_in("".join(texts(menu))) == "关于"
