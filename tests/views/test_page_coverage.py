"""The coverage page: grids filled row by row, read by keys, with the weak and the overdue facts below."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.core.facts import RuleBook
from desktop.engine import coverage
from desktop.store.rulebook import load
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views.charts.matrix import Matrix, MatrixRow, Square
from desktop.views.pages.coverage import CoveragePage

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, book: RuleBook) -> CoveragePage:
    made = CoveragePage(CaseModel(book, TODAY), Preferences(str(tmp_path / "settings.ini")))
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.retranslate("en")
    made.show()
    qtbot.waitUntil(lambda: made.lead.text() != "", timeout=20_000)
    return made


def test_every_site_has_a_row_and_every_year_a_column(page: CoveragePage, book: RuleBook) -> None:
    assert page.matrix.heads == tuple(str(year) for year in range(2015, 2027))
    assert [row.key for row in page.matrix.rows] == [f"{p}/{s}" for p, s in coverage.platform_rows(book)]


def test_a_square_says_what_its_cell_holds(page: CoveragePage, book: RuleBook) -> None:
    cell = coverage.platform_cell(book, "amazon", "US", coverage.day_of(2026, TODAY))
    row = next(row for row in page.matrix.rows if row.key == "amazon/US")
    square = row.squares[page.matrix.heads.index("2026")]
    assert square.level == cell.level
    assert f"{cell.known} of {cell.of} answers known" in square.text
    assert square.weak == (cell.confidence == "low")


def test_another_grid_is_chosen(page: CoveragePage, qtbot: QtBot, book: RuleBook) -> None:
    page.kinds.set_current("modes")
    page.kinds.changed.emit("modes")
    qtbot.waitUntil(lambda: len(page.matrix.rows) == 5)
    assert page.matrix.rows[0].key == "bonded-stocking-up"


def test_weak_and_overdue_facts_are_listed_and_explain_themselves(
    page: CoveragePage, qtbot: QtBot, book: RuleBook
) -> None:
    weak = coverage.weak_facts(book, TODAY)
    assert page.weak.model().rowCount() == len(weak)
    assert page.due.model().rowCount() == len(coverage.due_facts(book, TODAY))
    page.weak.set_current(weak[0].fact.id)
    with qtbot.waitSignal(page.whyRequested) as asked:
        qtbot.keyClick(page.weak, Qt.Key.Key_Return)
    assert asked.args[0].readings[0].id == weak[0].fact.id


def test_chinese_names_the_grid_anew(page: CoveragePage, qtbot: QtBot) -> None:
    page.prefs.set_language("zh")
    page.retranslate("zh")
    qtbot.waitUntil(lambda: any("美国" in row.name for row in page.matrix.rows), timeout=20_000)
    assert page.title.text() == "覆盖范围"


GRID = (
    MatrixRow("a", "First", (Square("full", False, "3 of 3"), Square("none", False, "nothing"))),
    MatrixRow("b", "Second", (Square("part", True, "1 of 3"), Square("closed", False, "not offered"))),
)


def test_arrows_move_and_the_square_is_said(qtbot: QtBot) -> None:
    matrix = Matrix()
    qtbot.addWidget(matrix)
    matrix.set_grid(("2015", "2026"), GRID)
    said: list[str] = []
    matrix.said.connect(said.append)
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    qtbot.keyClick(matrix, Qt.Key.Key_Down)
    assert said == ["First, 2026, nothing", "Second, 2026, not offered"]
    assert matrix.accessibleDescription() == "Second, 2026, not offered"
    qtbot.keyClick(matrix, Qt.Key.Key_Down)
    assert matrix.current()[0] == "Second"


def test_the_grid_copies_as_text(qtbot: QtBot) -> None:
    matrix = Matrix()
    qtbot.addWidget(matrix)
    matrix.set_grid(("2015", "2026"), GRID)
    qtbot.keyClick(matrix, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines == ["\t2015\t2026", "First\t3 of 3\tnothing", "Second\t1 of 3\tnot offered"]
