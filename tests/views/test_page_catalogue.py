"""The catalogue page in the real window: open, map, screen, look, open a row, write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fakes import OpenWindow

from desktop.engine.catalogue import Skus
from desktop.engine.kernel import Ints
from desktop.viewmodels.catalogue import run
from desktop.viewmodels.catalogue import words as vm
from desktop.viewmodels.catalogue.model import DONE, OPEN, READING, SCREENING
from desktop.views.charts.counts import CountGrid
from desktop.views.pages.catalogue import CataloguePage
from desktop.views.widgets.long_table import LazyRows, LongTable
from desktop.views.widgets.table import Column, Row
from desktop.views.window import Window

CLOTHING = "1-clothing.lanewise"
WAIT = 60_000


@pytest.fixture
def window(open_window: OpenWindow) -> Iterator[Window]:
    made = open_window()
    made.filing.open_example(CLOTHING)
    yield made
    if "catalogue" in made.paging.made:
        made.paging.made["catalogue"].close_down()  # type: ignore[attr-defined]


def the_page(window: Window) -> CataloguePage:
    page = window.page("catalogue")
    assert isinstance(page, CataloguePage)
    return page


def opened(qtbot: QtBot, window: Window, path: Path | None = None) -> CataloguePage:
    """The page with a file open, the demo catalogue where none is given."""
    window.exchanging.open_catalogue(path or vm.demo_path())
    page = the_page(window)
    qtbot.waitUntil(lambda: page.catalogue.state != READING, timeout=WAIT)
    return page


def screened(qtbot: QtBot, window: Window, path: Path | None = None) -> CataloguePage:
    page = opened(qtbot, window, path)
    with qtbot.waitSignal(page.catalogue.selected, timeout=WAIT):
        page.go.click()
    qtbot.waitUntil(lambda: page.results.chosen() < 0 or not page.results.pane.isHidden(), timeout=WAIT)
    return page


def shown(page: CataloguePage) -> list[str]:
    return [page.results._rows[at].parts[0].text for at in range(len(page.results._rows))]


# ---------------------------------------------------------------------- ways in
def test_the_page_has_a_key_that_nothing_else_has(window: Window) -> None:
    keys = [
        key.toString()
        for action in window.menus.actions.values()
        for key in action.shortcuts()
        if not key.isEmpty()
    ]
    assert len(keys) == len(set(keys))
    assert {"Ctrl+G", "Ctrl+Shift+O"} <= set(keys)
    QTest.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert window.step == "catalogue"


def test_the_start_page_leads_to_it_and_the_demo_is_one_key_away(qtbot: QtBot, window: Window) -> None:
    window.filing.close_case()
    window.start.catalogue.click()
    page = the_page(window)
    assert window.step == "catalogue"
    assert not page.empty.isHidden()
    assert page.empty.links[0].hasFocus()
    QTest.keyClick(page.empty.links[0], Qt.Key.Key_Tab)
    assert page.empty.links[1].hasFocus()
    QTest.keyClick(page.empty.links[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.catalogue.state == OPEN, timeout=WAIT)
    assert page.columns.file.text() == "demo-catalogue.csv"
    assert all("Demo" in row[1] for row in page.catalogue.opening.catalogue.preview.rows)  # type: ignore[union-attr]


def test_text_under_the_name_of_a_workbook_is_read_as_text_and_said(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    path = tmp_path / "goods.xlsx"
    path.write_text("SKU,Price\nA,5\n", encoding="utf-8")
    window.dropping.open([path])
    page = the_page(window)
    qtbot.waitUntil(lambda: page.catalogue.state == OPEN, timeout=WAIT)
    assert page.columns.about.text().startswith("CSV, although its name ends in .xlsx · ")
    window.prefs.set_language("zh")
    qtbot.waitUntil(lambda: page.columns.about.text().startswith("CSV（但扩展名为 .xlsx） · "), timeout=WAIT)


def test_a_dropped_catalogue_is_opened_and_what_is_none_is_told(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    def dropped(*paths: Path) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(700, 400), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(window, enter)
        if enter.isAccepted():
            drop = QDropEvent(QPointF(700, 400), Qt.DropAction.CopyAction, data, buttons, keys)
            QApplication.sendEvent(window, drop)
        return enter.isAccepted()

    path = tmp_path / "GOODS.CSV"
    path.write_text("SKU,Price\nA,5\n", encoding="utf-8")
    # what cannot be opened is taken too, so that it can be said
    assert dropped(tmp_path / "case.docx")
    assert window.step != "catalogue"
    assert "case.docx" in window.toast.label.text()
    assert dropped(path)
    qtbot.waitUntil(lambda: the_page(window).catalogue.state == OPEN, timeout=WAIT)
    assert window.step == "catalogue"


def test_the_dialog_gives_the_file(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text("SKU,Price\nA,5\n", encoding="utf-8")
    window.asker.catalogue_path = lambda _folder: path  # type: ignore[method-assign]
    window.menus["catalogue"].trigger()
    qtbot.waitUntil(lambda: the_page(window).catalogue.state == OPEN, timeout=WAIT)


# ---------------------------------------------------------------------- columns
def test_above_each_column_stands_what_it_was_taken_for(qtbot: QtBot, window: Window) -> None:
    page = opened(qtbot, window)
    heads = page.columns.table.heads
    assert [head.field.currentText() for head in heads.values()] == [
        "SKU", "Name", "Category", "Goods class", "List price", "Unit cost", "Weight", "Packed size", "Orders a month",
    ]  # fmt: skip
    price = heads[4]
    assert price.unit is not None
    assert price.unit.currentText() == "USD"
    assert price.field.accessibleName() == "What the column “Price (USD)” holds"
    assert price.field.accessibleDescription().startswith("28.00")
    assert heads[0].field.hasFocus()
    assert page.columns.table.rows.tip_at(QPointF(5, 40)) == "DEMO-001"


def test_a_missing_price_is_said_where_it_is_missing(qtbot: QtBot, window: Window) -> None:
    page = opened(qtbot, window)
    price = page.columns.table.heads[4].field
    price.setCurrentIndex(0)
    price.picked.emit("")
    assert not page.columns.problem.isHidden()
    assert page.columns.problem.text().startswith("No column holds the price")
    assert not page.go.isEnabled()
    price.setCurrentIndex(price.findData("list_price"))
    price.picked.emit("list_price")
    assert page.columns.problem.isHidden()
    assert page.go.isEnabled()


def test_every_column_of_a_wide_file_can_be_chosen(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    heads = ["SKU", *(f"f{i}" for i in range(55)), "zz price zz"]
    path.write_text(",".join(heads) + "\n" + ",".join(["A1", *(["7"] * 56)]) + "\n", encoding="utf-8")
    page = opened(qtbot, window, path)
    columns = page.columns
    assert columns.more.text() == "37 more columns are not shown"
    seen: set[int] = set()
    for _ in range(4):
        seen |= set(columns.table.heads)
        if 56 in columns.table.heads:
            break
        columns.turn.activated.emit()
    assert len(seen) == 57
    columns.table.heads[56].field.picked.emit("list_price")
    assert page.go.isEnabled()
    assert 0 in columns.table.heads
    assert 56 in columns.table.heads


def test_reopened_it_remembers_and_can_forget(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    page = opened(qtbot, window)
    assert page.columns.forget.isHidden()
    page.columns.table.heads[6].unit.picked.emit("kg")  # type: ignore[union-attr]
    page = opened(qtbot, window)
    assert page.columns.table.heads[6].unit.currentText() == "kg"  # type: ignore[union-attr]
    assert not page.columns.forget.isHidden()
    page.columns.forget.activated.emit()
    assert page.columns.table.heads[6].unit.currentText() == "g"  # type: ignore[union-attr]


def test_sheet_and_encoding_are_shown_and_changed(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "two.xlsx"))
    for name, sku in (("spring", "A1"), ("autumn", "B1")):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["SKU", "售价(USD)"])
        sheet.write_row(1, 0, [sku, 12.5])
    book.close()
    page = opened(qtbot, window, tmp_path / "two.xlsx")
    choose = page.columns.choose
    assert choose["sheet"].current() == "spring"
    assert choose["encoding"].isHidden()
    choose["sheet"].picked.emit("autumn")
    qtbot.waitUntil(lambda: page.catalogue.state == OPEN, timeout=WAIT)
    assert page.columns.table.rows.tip_at(QPointF(5, 40)) == "B1"
    (tmp_path / "old.csv").write_bytes("货号,名称,售价\nA1,棉布裙,12\n".encode("gb18030"))
    page = opened(qtbot, window, tmp_path / "old.csv")
    assert choose["sheet"].isHidden()
    assert choose["encoding"].current() == "gb18030"
    choose["encoding"].picked.emit("cp1252")
    qtbot.waitUntil(lambda: page.catalogue.state == OPEN, timeout=WAIT)
    assert choose["encoding"].current() == "cp1252"
    assert not page.go.isEnabled()


def test_what_holds_for_all_rows_is_said_and_leads_to_its_question(qtbot: QtBot, window: Window) -> None:
    page = opened(qtbot, window)
    line = page.for_all.text.text()
    assert "Buyers are in: United States, United Kingdom, Germany, France, Australia" in line
    assert "Returns and loss: not counted" in line
    window.model.set("return_rate", "4")
    assert "Returns and loss: 4%" in page.for_all.text.text()
    assert page.for_all.day.text() == "24 Nov 2026"
    page.for_all.change.activated.emit()
    assert window.step == "product"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "it is empty"),
        ("page.xlsx", b"<html><table></table>", "it is a web page"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "it is a picture"),
        ("cut.xlsx", b"PK\x03\x04" + bytes(50), "it is damaged"),
        ("wide.csv", b"a," * 600_000, "columns"),
    ],
)
def test_a_hostile_file_gives_one_sentence(
    qtbot: QtBot, window: Window, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    page = opened(qtbot, window, tmp_path / name)
    assert not page.notice.isHidden()
    said = page.notice.accessibleName()
    assert said.startswith(f"The catalogue was not read. {name}: ")
    assert words in said
    assert "\n" not in said
    assert not page.empty.isHidden()
    page = opened(qtbot, window)
    assert page.notice.isHidden()


# ---------------------------------------------------------------------- screening
def test_the_demo_is_screened_and_told(qtbot: QtBot, window: Window) -> None:
    page = screened(qtbot, window)
    results = page.results
    figures = {key: label.text() for key, label in results.overview.figures.items()}
    assert figures == {"rows": "39", "lane": "35", "losing": "8", "none": "2", "bad": "2"}
    assert sum(sum(cells) for _, _, cells in results.overview.grid.rows) == 35
    assert results.table.hasFocus()
    assert len(shown(page)) == 37
    assert "720 lanes · rules of 24 Nov 2026" in page.lead.text()
    row = results._rows[0]
    one = page.catalogue.row(0)
    assert row.parts[3].text == f"{int(one.net[0]) / 100:.2f}"
    assert results.pane.figure.figure.text() == row.parts[3].text


def test_the_window_stays_usable_while_rows_are_screened(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "ROWS", 200)
    path = tmp_path / "many.csv"
    lines = [f"S{i},{5 + i % 60}.5,{9 + i % 70},{30 + i % 1900}" for i in range(1_200)]
    path.write_text("\n".join(["SKU,Price,Cost,Weight (g)", *lines]), encoding="utf-8")
    page = opened(qtbot, window, path)
    # rows wait for the window to have its turns: screened in its own thread they would wait in vain
    turns, part, waited_in_vain = Semaphore(0), run.part, []

    def waits(skus: Skus, at: Ints) -> Skus:
        waited_in_vain.append(not turns.acquire(timeout=WAIT / 1000))
        return part(skus, at)

    monkeypatch.setattr(run, "part", waits)
    page.go.click()
    assert page.progress.stop.hasFocus()
    # another page is opened and comes back while the rows go on
    window.open_step("platforms")
    turns.release()
    QApplication.processEvents()
    window.open_step("catalogue")
    qtbot.waitUntil(lambda: bool(waited_in_vain), timeout=WAIT)
    assert page.catalogue.state == SCREENING
    turns.release(1_000)
    qtbot.waitUntil(lambda: page.catalogue.state == DONE, timeout=WAIT)
    assert page.catalogue.found is not None
    assert page.catalogue.found.whole
    assert not any(waited_in_vain)


def test_stop_shows_what_there_is_and_saves_nothing_half(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "ROWS", 200)
    path = tmp_path / "many.csv"
    lines = [f"S{i},{5 + i % 60}.5,{9 + i % 70},{30 + i % 1900}" for i in range(60_000)]
    path.write_text("\n".join(["SKU,Price,Cost,Weight (g)", *lines]), encoding="utf-8")
    page = opened(qtbot, window, path)
    page.go.click()
    qtbot.waitUntil(lambda: bool(page.catalogue.found and page.catalogue.found.rows > 200), timeout=WAIT)
    with qtbot.waitSignal(page.catalogue.selected, timeout=WAIT):
        QTest.keyClick(page.progress.stop, Qt.Key.Key_Return)
    assert page.catalogue.state == DONE
    assert page.lead.text().endswith("stopped before the end")
    assert 0 < len(shown(page)) < 60_000
    assert not page.save.isEnabled()
    assert "screen it whole" in page.save.toolTip()


# ---------------------------------------------------------------------- rows
def test_rows_are_found_narrowed_and_sorted(qtbot: QtBot, window: Window) -> None:
    page = screened(qtbot, window)
    filters, catalogue = page.results.filters, page.catalogue
    with qtbot.waitSignal(catalogue.selected, timeout=WAIT):
        filters.line.setFocus()
        QTest.keyClicks(filters.line, "LANTERN")
    assert shown(page) == ["DEMO-028", "DEMO-029"]
    assert filters.count.text() == "2 of 37 rows"
    with qtbot.waitSignal(catalogue.selected, timeout=WAIT):
        filters.clear.activated.emit()
    assert len(shown(page)) == 37
    with qtbot.waitSignal(catalogue.selected, timeout=WAIT):
        filters.losing.click()
    assert len(shown(page)) == 8
    assert all(row.parts[3].text.startswith(("−", "≤ −")) for row in page.results._rows)
    with qtbot.waitSignal(catalogue.selected, timeout=WAIT):
        filters.losing.click()
    with qtbot.waitSignal(catalogue.selected, timeout=WAIT):
        filters.sort.setCurrentIndex(filters.sort.findData("margin"))
        filters.sort.picked.emit("margin")
    figures = [row.parts[4].text for row in page.results._rows]
    numbers = [float(text.strip("≤ %").replace("−", "-")) for text in figures if text]
    assert numbers == sorted(numbers)
    head = page.results.table.table_model.columns[4].title
    assert head == "Margin ↑"
    with qtbot.waitSignal(catalogue.selected, timeout=WAIT):
        filters.line.setText("nothing like this")
        filters._on_changed()
    assert page.results.table.isHidden()
    assert not page.results.nothing.isHidden()
    assert page.results.pane.isHidden()


def test_a_cell_of_the_counts_narrows_the_rows(qtbot: QtBot, window: Window) -> None:
    page = screened(qtbot, window)
    grid = page.results.overview.grid
    grid.setFocus()
    count = grid.rows[0][2][0]
    with qtbot.waitSignal(page.catalogue.selected, timeout=WAIT):
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert len(shown(page)) == count
    assert page.results.filters.platform.current() == grid.rows[0][0]
    with qtbot.waitSignal(page.catalogue.selected, timeout=WAIT):
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert len(shown(page)) == 37


def test_a_row_without_a_lane_says_why_and_can_be_opened(qtbot: QtBot, window: Window) -> None:
    page = screened(qtbot, window)
    with qtbot.waitSignal(page.catalogue.selected, timeout=WAIT):
        page.results.filters.none.click()
    qtbot.waitUntil(lambda: not page.results.pane.none.isHidden(), timeout=WAIT)
    assert page.results._rows[0].parts[2].tone == "unk"
    assert page.results.pane.none.text() == page.results._rows[0].parts[2].text
    assert page.results.pane.figure.isHidden()
    page.results.pane.open.click()
    assert window.model.case.name.startswith("Demo floor lamp")


def test_the_chosen_row_shows_its_bars_and_why(qtbot: QtBot, window: Window) -> None:
    page = screened(qtbot, window)
    pane = page.results.pane
    page.results.table.set_current_row(5)
    one = page.catalogue.row(int(page.results._rows[5].key))
    qtbot.waitUntil(lambda: pane.sku.text().startswith(one.skus.sku[0]), timeout=WAIT)
    bars = pane.chart.data().rows
    assert [round(float(bar.segments[-1].value) * 100) for bar in bars] == [one.net[0], one.second_net[0]]  # type: ignore[arg-type]
    assert pane.chart.current_mark() is None or pane.isVisible()
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    why: Any = window.explaining.panel
    assert not why.isHidden()
    assert page.results.overview.isHidden()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert why.isHidden()
    assert not page.results.overview.isHidden()
    assert page.results.chosen() == int(page.results._rows[5].key)


def test_a_row_opened_as_a_case_has_the_same_cents(qtbot: QtBot, window: Window) -> None:
    page = screened(qtbot, window)
    asked = []
    window.asker.save_first = lambda name: asked.append(name) or "cancel"  # type: ignore[func-returns-value,method-assign]
    window.model.set("return_rate", "3")
    page.results.table.set_current_row(2)
    page.results.pane.open.click()
    assert asked == ["Cotton dress"]
    assert window.step == "catalogue"
    window.asker.save_first = lambda _name: "discard"  # type: ignore[method-assign]
    place = page.results.chosen()
    one = page.catalogue.row(place)
    page.results.table.setFocus()
    QTest.keyClick(page.results.table, Qt.Key.Key_Return)
    assert window.step == "platforms"
    assert window.model.case.name == one.skus.name[0]
    # as it was screened: without the answer that was given afterwards
    assert window.model.answer("return_rate") is None
    window.model.evaluate()
    assert window.model.advice is not None
    first = window.model.advice.platforms.first
    assert first is not None
    assert first.quote is not None
    assert (first.id, first.quote.net) == (one.lanes[int(one.best[0])].platform, one.net[0])
    # back at the rows, they are still there and not called old
    window.open_step("catalogue")
    assert len(shown(page)) == 37
    assert page.stale.isHidden()


def test_old_figures_are_called_old(qtbot: QtBot, window: Window) -> None:
    page = screened(qtbot, window)
    assert page.stale.isHidden()
    window.model.set("return_rate", "8")
    assert not page.stale.isHidden()
    with qtbot.waitSignal(page.catalogue.selected, timeout=WAIT):
        page.stale.linkActivated.emit()
    assert page.stale.isHidden()


def test_rows_that_were_not_read_are_listed_and_saved(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    page = screened(qtbot, window)
    page.parts._pick("bad")
    rows = [[cell.text for cell in row.parts] for row in page.results.bad.table_model.rows]
    assert [row[:2] for row in rows] == [["13", "List price"], ["22", "Weight"]]
    assert "on request" in rows[0][2]
    assert page.results.pane.isHidden()
    proposed = []
    target = tmp_path / "bad.csv"
    window.asker.bad_list_path = lambda name: proposed.append(name) or target  # type: ignore[func-returns-value,method-assign]
    with qtbot.waitSignal(page.catalogue.written, timeout=WAIT):
        page.results.bad_save.activated.emit()
    assert Path(proposed[0]).name == "demo-catalogue-not-read.csv"
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 3
    page.parts._pick("rows")
    assert not page.results.pane.isHidden()


# ---------------------------------------------------------------------- writing
def test_results_are_written_where_the_dialog_says(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    page = screened(qtbot, window)
    target = tmp_path / "out.xlsx"
    proposed = []
    window.asker.results_path = lambda name: proposed.append(name) or target  # type: ignore[func-returns-value,method-assign]
    with qtbot.waitSignal(page.catalogue.written, timeout=WAIT):
        page.save.click()
    assert Path(proposed[0]).name == "demo-catalogue-screened.xlsx"
    assert target.stat().st_size > 5000
    assert window.toast.label.text() == "Written: out.xlsx"
    assert page.writing.isHidden()
    window.asker.results_path = lambda _name: None  # type: ignore[method-assign]
    page.save.click()
    assert not page.catalogue.is_writing


def test_what_cannot_be_written_is_said_and_what_is_shown_stays(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    page = screened(qtbot, window)
    window.asker.results_path = lambda _name: tmp_path / "gone" / "out.csv"  # type: ignore[method-assign]
    page.save.click()
    qtbot.waitUntil(lambda: not page.catalogue.is_writing, timeout=WAIT)
    assert page.notice.accessibleName().startswith("Nothing was written. out.csv cannot be written")
    assert len(shown(page)) == 37
    assert page.save.isEnabled()


# ---------------------------------------------------------------------- words and sizes
def test_every_word_follows_the_language_and_the_rows_stay(qtbot: QtBot, window: Window) -> None:
    page = screened(qtbot, window)
    page.results.table.set_current_row(3)
    window.prefs.set_language("zh")
    window.freezing.finish()
    assert page.title.text() == "商品目录"
    assert page.results.overview.names["lane"].text() == "有最佳线路"
    assert page.results.table.table_model.columns[2].title == "最佳线路"
    assert page.results.table.current_row() == 3
    assert page.results._rows[0].parts[2].text.startswith("速卖通")
    assert page.results.filters.sort.currentText() == "按文件顺序"
    window.prefs.set_language("en")
    window.freezing.finish()
    assert page.results._rows[0].parts[2].text.startswith("AliExpress")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_a_small_window_nothing_is_cut(qtbot: QtBot, window: Window, language: str) -> None:
    window.prefs.set_language(language)
    page = screened(qtbot, window)
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: page.compact)
    for part in ("counts", "rows", "bad"):
        page.parts._pick(part)
        QApplication.processEvents()
        assert page.content.width() <= page.viewport().width()
        assert page.results.overview.isHidden() == (part != "counts")
    page.parts._pick("rows")
    heads = [column.key for column in page.results.table.table_model.columns]
    assert heads == ["sku", "lane", "left", "margin"]
    assert page.results.table.horizontalHeader().length() <= page.results.table.width()


def test_every_control_has_a_name(qtbot: QtBot, window: Window) -> None:
    page = opened(qtbot, window)

    def nameless() -> list[Any]:
        from PySide6.QtWidgets import QWidget

        return [
            widget
            for widget in page.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
        ]

    assert nameless() == []
    with qtbot.waitSignal(page.catalogue.selected, timeout=WAIT):
        page.go.click()
    qtbot.waitUntil(lambda: not page.results.pane.isHidden(), timeout=WAIT)
    assert nameless() == []


# ---------------------------------------------------------------------- the widgets
def test_a_long_table_makes_only_the_rows_that_are_seen(qtbot: QtBot) -> None:
    made = []

    def make(at: int) -> Row:
        made.append(at)
        return Row(str(at), (f"row {at}",))

    table = LongTable("long")
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show_rows([Column("a", "A", width=100, stretch=True)], LazyRows(1_000_000, make))
    table.show()
    qtbot.waitExposed(table)
    assert len(set(made)) < 40
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.current_key() == "999999"
    assert len(set(made)) < 90
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "row 999999"


def test_counts_are_read_and_picked_by_keys(qtbot: QtBot) -> None:
    grid = CountGrid()
    qtbot.addWidget(grid)
    grid.set_name("Counts")
    grid.set_counts(
        (("US", "United States"), ("", "others")),
        (("ebay", "eBay", (1200, 3)), ("amazon", "Amazon", (0, 0))),
        1200,
    )
    grid.show()
    assert grid.accessibleDescription() == "eBay, United States: 1,200"
    with qtbot.waitSignal(grid.picked) as picked:
        QTest.keyClick(grid, Qt.Key.Key_Space)
    assert picked.args == ["ebay", "US"]
    grid.set_chosen("ebay", "US")
    with qtbot.waitSignal(grid.picked) as picked:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert picked.args == ["", ""]
    QTest.keyClick(grid, Qt.Key.Key_Right)
    with qtbot.assertNotEmitted(grid.picked):
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert grid.tsv().splitlines()[1] == "eBay\t1200\t3"
