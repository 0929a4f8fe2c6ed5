"""The lists to read: whole sentences, and no letter of a menu."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.core.facts import RuleBook
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views import lists
from desktop.views.design import theme
from desktop.views.design.tokens import TYPE
from desktop.views.dialogs import DayDialog, ListDialog
from desktop.views.window import Window
from tests.conftest import TODAY


def test_what_is_missing_is_read_to_its_end(qtbot: QtBot, qapp: QApplication, book: RuleBook) -> None:
    theme().apply(qapp, "light")
    found = lists.missing(book, "en")
    written = any(isinstance(item, dict) and ("why" in item or "note" in item) for item in book.missing)
    assert [column.key for column in found.columns] == (["what", "why"] if written else ["what"])
    dialog = ListDialog(found.title, found.lead, found.columns, found.rows)
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.table
    font = QFontMetricsF(theme().font(TYPE.body))
    room = table.columnWidth(0) - 24
    longest = max(range(len(found.rows)), key=lambda i: len(found.rows[i].parts[0].text))
    width = font.horizontalAdvance(found.rows[longest].parts[0].text)
    assert width > room
    assert table.rowHeight(longest) >= width / room * font.height()
    assert table.height() >= sum(table.rowHeight(i) for i in range(len(found.rows)))
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_no_letter_of_a_menu_stands_in_the_list_of_keys(
    qtbot: QtBot, qapp: QApplication, book: RuleBook, tmp_path: Path
) -> None:
    prefs = Preferences(str(tmp_path / "settings.ini"))
    prefs.set_language("zh")
    window = Window(CaseModel(book, TODAY), prefs)
    qtbot.addWidget(window)
    words = [what for what, _key in window.menus.key_list()]
    assert "新建案例" in words
    assert not [what for what in words if "(" in what or "&" in what]
    prefs.set_language("en")
    assert "New case" in [what for what, _key in window.menus.key_list()]


def test_the_calendar_has_the_colours_of_the_program(qtbot: QtBot, qapp: QApplication) -> None:
    theme().apply(qapp, "light")
    dialog = DayDialog(TODAY)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    calendar = dialog.calendar
    arrow = calendar.findChild(QToolButton, "qt_calendar_nextmonth")

    def strongest() -> str:
        picture = arrow.icon().pixmap(16).toImage()
        spots = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
        return max(spots, key=lambda colour: colour.alpha()).name()

    try:
        for scheme in ("light", "dark"):
            with qtbot.waitSignal(theme().changed, timeout=2000, raising=False):
                theme().set_scheme(scheme)
            text = theme().color("text")
            colours = {calendar.weekdayTextFormat(day).foreground().color().name() for day in Qt.DayOfWeek}
            assert colours == {text.name()}
            assert QColor(strongest()).lightness() == pytest.approx(text.lightness(), abs=12)
    finally:
        theme().apply(qapp, "light")
