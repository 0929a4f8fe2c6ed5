"""Charts leave the program: as picture, as drawing, as table, by menu and key, whole or not at all."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from window_fakes import OpenWindow

from desktop.store.casefile import read_example
from desktop.views.charts import picture
from desktop.views.charts.base import ChartView
from desktop.views.charts.picture import KINDS, content, image
from desktop.views.message import Asker
from desktop.views.window import Window

SVG = "{http://www.w3.org/2000/svg}"


class Choosing(Asker):
    """Answers with a path and remembers what was proposed."""

    path: Path | None = None
    proposed = ""

    def chart_path(self, proposed: str) -> Path | None:
        self.proposed = proposed
        return self.path


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> Window:
    made = open_window()
    made.asker = Choosing(made)
    made.model.replace(read_example("1-clothing.lanewise", made.model.questions))
    made.open_step("platforms")
    qtbot.waitUntil(lambda: made.model.advice is not None)
    QApplication.processEvents()
    return made


def chart_of(window: Window) -> ChartView:
    found = window.charts.shown(window.current_page())
    assert found is not None
    return found


def asker_of(window: Window) -> Choosing:
    assert isinstance(window.asker, Choosing)
    return window.asker


def test_a_table_holds_every_row_with_numbers_that_a_spreadsheet_reads(window: Window) -> None:
    chart = chart_of(window)
    raw = content(chart, "csv", "=title", "foot")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    twin = chart.table_rows()
    assert rows[0] == ["'=title"]
    assert rows[1] == list(twin.headers)
    assert len(rows) == len(twin.rows) + 3
    assert rows[-1] == ["foot"]
    for written, row in zip(rows[2:-1], twin.rows, strict=True):
        for place in twin.numeric:
            shown = row[place].replace("\u2212", "-").replace(",", "")
            assert written[place] == shown or not shown[-1:].isdigit(), (written[place], row[place])


def test_a_share_that_is_lost_is_a_number_to_a_spreadsheet_too() -> None:
    row = ("eBay", "−2.28", "−9.2%", "at most −2.28", "?", "=1")
    assert picture._row(row, (1, 2, 3, 4)) == ["eBay", "-2.28", "-9.2%", "at most −2.28", "?", "'=1"]


def test_a_picture_is_twice_as_fine_and_has_title_names_and_foot(window: Window) -> None:
    chart = chart_of(window)
    whole, bare = image(chart, "A title", "A foot"), image(chart, "", "")
    assert whole.devicePixelRatio() == 2
    assert whole.width() >= 2 * chart.plot.width()
    assert whole.size() == bare.size()
    differing = [
        y
        for y in range(0, whole.height(), 2)
        if any(whole.pixel(x, y) != bare.pixel(x, y) for x in range(0, whole.width(), 3))
    ]
    # only the lines of the title at the top and of the foot below are different
    assert differing
    assert min(differing) < 2 * 60
    assert max(differing) > whole.height() - 2 * 60
    assert not [y for y in differing if 2 * 60 < y < whole.height() - 2 * 60]


def test_a_drawing_is_an_svg_whose_words_are_words(window: Window) -> None:
    chart = chart_of(window)
    root = ET.fromstring(content(chart, "svg", "Costs", "Rules as of today"))
    assert root.tag == f"{SVG}svg"
    words = "".join(root.itertext())
    assert "Costs" in words
    assert "Rules as of today" in words
    for row in chart.table_rows().rows[:1]:
        assert row[0] in words


@pytest.mark.parametrize("kind", KINDS)
def test_the_ending_says_what_is_written(window: Window, tmp_path: Path, kind: str) -> None:
    asker_of(window).path = tmp_path / f"chart.{kind.upper()}"
    window.menus["save-chart"].trigger()
    written = (tmp_path / f"chart.{kind.upper()}").read_bytes()
    beginnings = {"png": b"\x89PNG", "svg": b"<?xml", "csv": b"\xef\xbb\xbf"}
    assert written.startswith(beginnings[kind])
    if kind == "png":
        assert not QImage.fromData(written).isNull()
    assert Path(asker_of(window).proposed).name


@pytest.mark.parametrize(
    ("name", "said"), [("chart.gif", "does not end in .png, .svg or .csv"), ("gone/chart.png", "chart.png")]
)
def test_what_cannot_be_written_is_said_and_nothing_is_left(
    window: Window, tmp_path: Path, name: str, said: str
) -> None:
    told: list[str] = []
    window.charts.refused.connect(told.append)
    asker_of(window).path = tmp_path / name
    before = sorted(tmp_path.rglob("*"))
    window.menus["save-chart"].trigger()
    assert len(told) == 1
    assert said in told[0]
    assert sorted(tmp_path.rglob("*")) == before


def test_no_path_no_file(window: Window, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    window.menus["save-chart"].trigger()
    assert sorted(tmp_path.rglob("*")) == before


def test_the_picture_comes_on_the_clipboard_by_its_key(window: Window, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(
        window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert not QGuiApplication.clipboard().image().isNull()


def open_menu(window: Window, chart: ChartView, reason: QContextMenuEvent.Reason) -> QMenu:
    shown = window.focusWidget() or chart
    place = shown.mapTo(window, shown.rect().center())
    event = QContextMenuEvent(reason, place, window.mapToGlobal(place))
    QApplication.sendEvent(window, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
@pytest.mark.parametrize("as_table", [False, True])
def test_the_menu_of_a_chart_and_of_its_table(
    window: Window, reason: QContextMenuEvent.Reason, as_table: bool
) -> None:
    chart = chart_of(window)
    chart.setFocus()
    if as_table:
        window.menus["table"].trigger()
        QApplication.processEvents()
    menu = open_menu(window, chart, reason)
    words = [action.text().replace("&", "") for action in menu.actions()]
    assert words[-3:] == ["Copy as table", "Copy as picture", "Save chart…"]
    menu.actions()[-3].trigger()
    assert QGuiApplication.clipboard().text() == chart.table_rows().tsv()
    menu.close()


def test_a_mark_in_focus_may_be_asked_and_copied(window: Window, qtbot: QtBot) -> None:
    chart = chart_of(window)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    menu = open_menu(window, chart, QContextMenuEvent.Reason.Keyboard)
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text() == chart.copy_text()
    with qtbot.waitSignal(chart.whyRequested):
        menu.actions()[0].trigger()
    menu.close()


def test_where_there_is_no_chart_it_is_said(window: Window) -> None:
    window.open_step("product")
    window.menus["copy-picture"].trigger()
    assert window.toast.isVisible()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), window.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(window, event)
    assert not isinstance(QApplication.activePopupWidget(), QMenu)
