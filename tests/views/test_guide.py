"""The guide: one form for both languages, links and pictures that are there, F1 at the page of the step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.facts import RuleBook
from desktop.core.text import LANGUAGES
from desktop.viewmodels.asides import ASIDES
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.guide import (
    Block,
    History,
    bare,
    contents,
    found,
    guide,
    links,
    page_of,
    picture,
    read,
    topic_of,
)
from desktop.viewmodels.preferences import Preferences
from desktop.views.design import theme
from desktop.views.guide import GuideWindow, native
from desktop.views.paging import PAGES
from desktop.views.window import Window
from tests.conftest import TODAY

PICTURES = Path(__file__).parent.parent.parent / "resources" / "help" / "pictures"
MOST_BYTES = 150_000


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, book: RuleBook, tmp_path: Path) -> Iterator[Window]:
    theme().apply(qapp, "light")
    prefs = Preferences(str(tmp_path / "settings.ini"))
    prefs.set_language("en")
    made = Window(CaseModel(book, TODAY), prefs)
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    yield made
    prefs.set_language("en")
    if made.helping.guide is not None:
        made.helping.guide.close()
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def opened(window: Window, page_id: str = "") -> GuideWindow:
    window.helping.show_guide(page_id)
    assert window.helping.guide is not None
    return window.helping.guide


# ---------------------------------------------------------------------- the text
def test_both_languages_have_the_same_pages_and_the_same_blocks() -> None:
    for en, zh in zip(guide("en"), guide("zh"), strict=True):
        assert en.id == zh.id
        assert [(b.kind, len(b.parts), b.columns) for b in en.blocks] == [
            (b.kind, len(b.parts), b.columns) for b in zh.blocks
        ], en.id
        for one, other in zip(en.blocks, zh.blocks, strict=True):
            if one.kind == "picture":
                assert one.parts[0] == other.parts[0]
            for left, right in zip(one.parts, other.parts, strict=True):
                assert links(left) == links(right), en.id
                # what is a key in one language is a key in the other
                assert sorted(re.findall("`(.+?)`", left)) == sorted(re.findall("`(.+?)`", right)), en.id


def test_every_step_and_page_has_a_page_of_the_guide() -> None:
    ids = {entry.id for entry in contents()}
    assert set(PAGES) <= ids
    assert {beside.id for beside in ASIDES} <= ids
    assert all(topic_of(step) == step for step in PAGES)
    assert topic_of("start") == topic_of("no-such-page") == "first"


def test_a_page_is_called_as_in_the_program(book: RuleBook) -> None:
    names = {step["id"]: (step["en"], step["zh"]) for step in book.rules["flow"]}
    names |= {beside.id: (beside.name.en, beside.name.zh) for beside in ASIDES}
    for entry in contents():
        if entry.id in names:
            assert (entry.title.en, entry.title.zh) == names[entry.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere(language: str, book: RuleBook) -> None:
    ids = {entry.id for entry in contents()}
    targets = [
        target
        for page in guide(language)
        for block in page.blocks
        for part in block.parts
        for target in links(part)  # type: ignore[arg-type]
    ]
    assert targets
    for target in targets:
        kind, _, name = target.partition(":")
        assert {"page": name in PAGES, "help": name in ids, "fact": name in book}[kind], target


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mark_is_left_over(language: str) -> None:
    for page in guide(language):  # type: ignore[arg-type]
        assert not re.search(r"[*`\[\]]|^#|\]\(", page.words.replace("{folder}", "")), page.id


def test_every_picture_is_there_in_both_languages_small_and_shown() -> None:
    named = {b.parts[0] for page in guide("en") for b in page.blocks if b.kind == "picture"}
    assert {path.name for path in PICTURES.iterdir()} == {
        f"{n}-{lang}.png" for n in named for lang in LANGUAGES
    }
    sizes = set()
    for name in named:
        for language in LANGUAGES:
            raw = picture(name, language)
            assert len(raw) <= MOST_BYTES
            image = QImage.fromData(raw)
            sizes.add((image.width(), image.height()))
    assert len(sizes) == 1


def test_the_form_is_read() -> None:
    page = read(
        "# A page {#a}\n\nOne\ntwo\n\n## Head\n\n- x\n- y\n\n1. p\n\n> h\n\n| a | b |\n|---|---|\n| c | d |\n"
    )[0]
    assert page.blocks == (
        Block("text", ("One two",)), Block("section", ("Head",)), Block("list", ("x", "y")), Block("numbers", ("p",)),
        Block("hint", ("h",)), Block("table", ("a", "b", "c", "d"), 2),
    )  # fmt: skip
    assert bare("**x** [y](page:plan) `Ctrl+K`") == "x y Ctrl+K"


def test_pages_are_found_in_both_languages_and_by_pinyin() -> None:
    assert found("price list")[0].id == "logistics"
    assert found("物流")[0].id == "logistics"
    assert "logistics" in [entry.id for entry in found("wuliu")]
    assert found("never sent")[0].id == "files"
    assert [entry.id for entry in found("")] == [entry.id for entry in contents()]


def test_history_goes_back_and_forth_and_forgets_what_lay_ahead() -> None:
    history = History()
    for page in ("a", "b", "b", "c"):
        history.go(page)
    assert history.step(-1) == "b"
    assert history.step(-1) == "a"
    assert not history.can(-1)
    assert history.step(-1) == "a"
    assert history.step(1) == "b"
    history.go("d")
    assert not history.can(1)
    assert history.step(-1) == "b"


# ---------------------------------------------------------------------- the window
def test_f1_opens_it_at_the_page_of_the_step(window: Window) -> None:
    assert window.helping.guide is None
    window.menus["guide"].trigger()
    assert window.helping.guide is not None
    assert window.helping.guide.current() == "first"
    window.open_step("coverage")
    window.menus["guide"].trigger()
    assert window.helping.guide.current() == "coverage"
    assert "Coverage" in window.helping.guide.windowTitle()
    assert window.menus["guide"].shortcut().toString() == "F1"


def test_the_keys_are_a_page_of_it(window: Window) -> None:
    window.menus["keys"].trigger()
    shown = opened(window, "keys").text.toPlainText()
    for words, key in window.menus.key_list():
        assert words in shown
        assert key in shown
    assert "1 … 9" in shown


def test_esc_closes_it_and_first_empties_the_search(window: Window) -> None:
    shown = opened(window)
    shown.search.setFocus()
    QTest.keyClicks(shown.search, "wuliu")
    assert shown.current() == "logistics"
    QTest.keyClick(shown.search, Qt.Key.Key_Escape)
    assert shown.search.text() == ""
    assert shown.isVisible()
    assert shown.current() == "logistics"
    QTest.keyClick(shown.text, Qt.Key.Key_Escape)
    assert shown.isHidden()


def test_contents_are_walked_with_the_keys(window: Window) -> None:
    shown = opened(window)
    QTest.keyClick(shown.search, Qt.Key.Key_Down)
    ids = [entry.id for entry in contents()]
    assert shown.current() == ids[0]
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    assert shown.current() == ids[1]
    shown.step(-1)
    assert shown.current() == ids[0]
    assert shown.list.currentItem().data(Qt.ItemDataRole.UserRole) == ids[0]
    shown.step(1)
    assert shown.current() == ids[1]


def test_nothing_found_says_so_and_keeps_the_page(window: Window) -> None:
    shown = opened(window, "plan")
    shown.search.setText("qqqqxx")
    assert shown.nothing.isVisible()
    assert shown.current() == "plan"


def test_links_lead_within_and_to_the_window(window: Window) -> None:
    shown = opened(window)
    shown.text.linked.emit("help:search")
    assert shown.current() == "search"
    shown.text.linked.emit("page:calculators")
    assert window.step == "calculators"
    assert shown.isVisible()
    shown.text.linked.emit("fact:dest.us.s301.list4a")
    assert window.page("rule-book").fact() == "dest.us.s301.list4a"  # type: ignore[attr-defined]


def test_language_and_colours_change_in_place(window: Window, qtbot: QtBot) -> None:
    shown = opened(window, "marks")
    assert "default" in shown.text.toPlainText()
    window.prefs.set_language("zh")
    assert shown.current() == "marks"
    assert "默认值" in shown.text.toPlainText()
    assert shown.list.currentItem().text() == page_of("marks", "zh").title
    light = shown.text.toHtml()
    with qtbot.waitSignal(theme().changed):
        window.prefs.set_scheme("dark")
    assert shown.text.toHtml() != light


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_page_is_wider_than_its_room(window: Window, qtbot: QtBot, language: str, scale: float) -> None:
    window.prefs.set_language(language)
    shown = opened(window)
    try:
        theme().set_text_scale(scale)
        qtbot.waitUntil(lambda: theme().text_scale == scale and not theme().busy)
        for width in (1040, 640):
            shown.resize(width, 600)
            QCoreApplication.processEvents()
            for entry in contents():
                shown.open_page(entry.id)
                assert shown.text.document().idealWidth() <= shown.text.viewport().width() + 1, (
                    entry.id,
                    width,
                )
    finally:
        theme().set_text_scale(1.0)


def test_parts_are_named_for_a_screen_reader(window: Window) -> None:
    shown = opened(window, "plan")
    for part in (shown.search, shown.list, shown.text, shown.back, shown.forth):
        assert part.accessibleName()


def test_keys_are_written_as_the_system_writes_them() -> None:
    assert native("Ctrl+K")
    assert native("yunfei") == "yunfei"
    assert native("0.5 lb") == "0.5 lb"
