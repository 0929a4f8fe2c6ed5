"""The start page: recent files, examples, the state of the rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from clipping import open_eye
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fakes import TODAY, small_book

from desktop.core.case import Case
from desktop.store.casefile import write_case
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.status import rule_state
from desktop.views.design import theme
from desktop.views.start_page import StartPage


@pytest.fixture
def start(qtbot: QtBot, qapp: object, tmp_path: Path) -> StartPage:
    theme().apply(qapp, "light")  # type: ignore[arg-type]
    model = CaseModel(small_book(), TODAY)
    prefs = Preferences(str(tmp_path / "settings.ini"))
    prefs.set_language("en")
    page = StartPage(model, prefs, rule_state(model.book, TODAY, None))
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    return page


def test_without_recent_files_it_says_so(start: StartPage) -> None:
    assert start.none.isVisible()
    assert not start.table.isVisible()


def test_recent_files_open_and_a_missing_one_is_grey(start: StartPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "lamp.lanewise"
    write_case(Case(name="Lamp"), path)
    start.prefs.add_recent(str(tmp_path / "gone.lanewise"))
    start.prefs.add_recent(str(path))
    assert start.table.isVisible()
    assert [item.missing for item in start.recent] == [False, True]
    assert "Lamp" in start.table.row_text(0)
    assert "no longer there" in start.table.row_text(1)
    with qtbot.waitSignal(start.fileRequested) as told:
        start.table.rowActivated.emit(str(path))
    assert told.args == [str(path)]


def test_recent_files_have_all_their_columns_in_the_smallest_window(start: StartPage, tmp_path: Path) -> None:
    path = tmp_path / "long.lanewise"
    answers = {"list_price": "11190.00"}
    write_case(Case(name="Infant milk powder", answers=answers), path)
    start.prefs.add_recent(str(path))
    start.resize(900, 493)
    QApplication.processEvents()
    assert "11,190.00" in start.table.row_text(0)
    assert start.table.horizontalHeader().length() <= start.table.viewport().width()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_long_names_are_shortened_in_their_middle_and_push_nothing_out(
    start: StartPage, tmp_path: Path, language: str
) -> None:
    names = (
        "Spring collection 2027 – cotton dresses for the United Kingdom, second offer after the fair in Canton",
        "广州国际春季交易会第三展区客户二零二七年春夏系列棉布连衣裙出口英国方案第二稿",
        "x" * 150,
    )
    for name in names:
        write_case(Case(answers={"list_price": "1190.00"}), tmp_path / f"{name}.lanewise")
        start.prefs.add_recent(str(tmp_path / f"{name}.lanewise"))
    gone = "no longer where it was " * 5
    start.prefs.add_recent(str(tmp_path / f"{gone.strip()}.lanewise"))
    start.prefs.set_language(language)
    start.retranslate(start.prefs.language)
    for width in (900, 1200):
        start.resize(width, 600)
        QApplication.processEvents()
        table = start.table
        assert table.horizontalHeader().length() <= table.viewport().width()
        assert table.width() <= start.width()
        with open_eye() as eye:
            table.viewport().grab()
        texts = {each.whole: each.text for each in eye.written if each.widget is table.viewport()}
        for name in names:
            shown = texts[name]
            assert shown != name
            assert not shown.endswith("…")
            assert shown[0] == name[0]
            assert shown[-1] == name[-1]
        # what is wrong with the one that is gone is read beside its name
        said = table.table_model.rows[0].parts[0].second
        assert said
        assert texts[said] == said
        delegate = table.itemDelegate()
        for row in range(4):
            index = table.table_model.index(row, 0)
            whole = delegate.tip(index, table.visualRect(index))  # type: ignore[attr-defined]
            assert any(name in whole for name in (*names, gone.strip()))


def test_examples_open_by_key_and_by_click(start: StartPage) -> None:
    told: list[str] = []
    start.exampleRequested.connect(told.append)
    QTest.keyClick(start.cards[0], Qt.Key.Key_Return)
    QTest.mouseClick(start.cards[2], Qt.MouseButton.LeftButton)
    assert told == ["1-clothing.lanewise", "3-milk-powder.lanewise"]
    assert all(start.shows(card.example) for card in start.cards)


def test_the_figures_are_those_of_the_book(start: StartPage) -> None:
    assert start.facts.text() == "3"
    assert start.newest.text() == "15 Nov 2026"
    assert start.reviews.text() == "1"
    assert start.missing.text() == "1"


def test_a_refusal_stands_until_it_is_cleared(start: StartPage) -> None:
    start.refuse("“x” was not opened.", "it is damaged")
    assert start.notice.isVisible()
    assert "damaged" in start.notice.accessibleName()
    start.clear_notice()
    assert not start.notice.isVisible()


def test_both_languages(start: StartPage) -> None:
    start.prefs.set_language("zh")
    start.retranslate("zh")
    assert start.cards[0].name.text() == "棉布连衣裙"
    assert start.newest.text() == "2026-11-15"
