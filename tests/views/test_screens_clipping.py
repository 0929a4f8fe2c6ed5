"""Nothing is cut off: every screen and dialog, both languages, text from 100 to 200 %, two windows, two screen scales."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from clipping import faults
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from walking import SMALL, WIDE, walking

from desktop import tour
from desktop.views.design import theme
from desktop.views.widgets import Column, DataTable, Row, ShortLabel

ROUNDS = (
    ("en", 100, (WIDE,)),
    ("zh", 125, (SMALL,)),
    ("en", 150, (SMALL,)),
    ("zh", 200, (SMALL,)),
    ("en", 200, (SMALL, WIDE)),
)
"""The largest and the smallest; what fits at 200 % in the small window fits in all between."""
OWN = "_small"
"""The stop of small windows: every stop is seen small here."""
IN_SCALE = ("_start", "_product", "_export", "_calculators", "_dialogs")
TESTS = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


def said(found: dict[str, str]) -> str:
    return "\n".join(f"{place}: {fault}" for fault, place in found.items())


def test_every_text_of_every_screen_has_its_room(qapp: QApplication, tmp_path: Path) -> None:
    found: dict[str, str] = {}

    def look(place: str, shown: QWidget) -> None:
        for fault in faults(shown):
            found.setdefault(fault, place)

    with walking(tmp_path, look) as walk:
        for language, size, sizes in ROUNDS:
            walk.sizes = sizes
            walk.prefs.set_text_size(size)
            walk.prefs.set_language(language)
            walk.round(f"{language}-{size}", (OWN,))
    assert walk.count > 60 * len(ROUNDS)
    assert not found, said(found)


@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_a_scaled_screen_cuts_nothing_off(scale: str) -> None:
    """In a process of its own: Qt reads the scale at its start."""
    code = (
        "import sys, tempfile\n"
        "from pathlib import Path\n"
        "sys.path[:0] = [sys.argv[1], str(Path(sys.argv[1]).parent)]\n"
        "from clipping import faults\n"
        "from walking import SMALL, walking\n"
        "found = {}\n"
        "def look(place, shown):\n"
        "    assert shown.devicePixelRatioF() == float(sys.argv[2])\n"
        "    found.update({fault: place for fault in faults(shown)})\n"
        "with tempfile.TemporaryDirectory() as own, walking(Path(own), look, (SMALL,)) as walk:\n"
        "    stops = {stop.__name__ for stop in walk._stops()}\n"
        "    walk.round('en', sorted(stops - set(sys.argv[3].split(','))))\n"
        "    assert walk.count > 15, walk.count\n"
        "print('\\n'.join(f'{place}: {fault}' for fault, place in found.items()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(TESTS), scale, ",".join(IN_SCALE)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


# ---------------------------------------------------------------------- the eye itself
def holder(qtbot: QtBot, *parts: QWidget, width: int = 200, height: int = 60) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        row.addWidget(part)
    made.show()
    made.setFixedSize(width, height)
    QApplication.processEvents()
    return made


class Painted(QWidget):
    """Writes a sentence where it was told to."""

    def __init__(self, *texts: tuple[QRectF, str]) -> None:
        super().__init__()
        self.texts = texts
        self.setMinimumSize(100, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for box, text in self.texts:
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


def test_the_eye_sees_a_label_and_a_button_that_are_too_narrow(qtbot: QtBot) -> None:
    words = "Much more than fits"
    assert faults(holder(qtbot, QLabel("ok"))) == []
    label, button = QLabel(words), QPushButton(words)
    for part in (label, button):
        part.setFixedWidth(40)
    found = faults(holder(qtbot, label, button))
    assert len(found) == 2
    assert all("px wide, has" in fault for fault in found)


def test_the_eye_sees_what_is_painted_over_an_edge_or_over_another_text(qtbot: QtBot) -> None:
    fine = Painted((QRectF(0, 0, 90, 20), "one"), (QRectF(0, 20, 90, 20), "two"))
    assert faults(holder(qtbot, fine)) == []
    narrow = Painted((QRectF(0, 0, 20, 20), "much too long"))
    assert any("px, wants" in fault for fault in faults(holder(qtbot, narrow)))
    beyond = Painted((QRectF(180, 0, 90, 20), "out of sight"))
    assert any("runs out of" in fault for fault in faults(holder(qtbot, beyond)))
    twice = Painted((QRectF(0, 0, 90, 20), "one"), (QRectF(4, 4, 90, 20), "other"))
    assert any("lie on each other" in fault for fault in faults(holder(qtbot, twice)))


def test_what_is_shortened_is_told_in_a_tool_tip(qtbot: QtBot) -> None:
    label = ShortLabel("A sentence that is a good deal longer than its place")
    shown = holder(qtbot, label, width=120)
    assert faults(shown) == []
    assert label.toolTip() == label.text()
    label.setToolTip("")
    assert any("no tool tip says" in fault for fault in faults(shown))
    shown.setFixedWidth(900)
    QApplication.processEvents()
    assert label.toolTip() == ""


def test_a_shortened_cell_is_told_whole_and_a_number_is_never_shortened(qtbot: QtBot) -> None:
    long = "A name that is longer than its column is wide"
    table = DataTable([Column("a", "Name", width=80), Column("b", "CNY", numeric=True, width=40)],
                      [Row("1", (long, "1,234,567.89"))], name="x")  # fmt: skip
    shown = holder(qtbot, table, width=400, height=80)
    assert faults(shown) == []
    first, second = table.table_model.index(0, 0), table.table_model.index(0, 1)
    delegate = table.itemDelegate()
    assert delegate.tip(first, table.visualRect(first)) == long  # type: ignore[attr-defined]
    assert delegate.tip(second, table.visualRect(second)) == ""  # type: ignore[attr-defined]


def test_the_text_size_has_a_menu_and_keys(qtbot: QtBot, tmp_path: Path) -> None:
    with walking(tmp_path, lambda _place, _shown: None) as walk:
        menus, prefs = walk.window.menus, walk.prefs
        assert {key.toString() for key in menus["text-larger"].shortcuts()} == {"Ctrl++", "Ctrl+="}
        menus["text-larger"].trigger()
        menus["text-larger"].trigger()
        walk._settle()
        assert (prefs.text_size, theme().text_scale) == (125, 1.25)
        assert menus["text-125"].isChecked()
        menus["text-smaller"].trigger()
        walk._settle()
        assert theme().text_scale == 1.1
        walk.window.resize(1240, 800)
        walk._settle()
        assert walk.window.compact
        menus["text-100"].trigger()
        walk._settle()
        assert not walk.window.compact
        for _ in range(9):
            menus["text-larger"].trigger()
        assert prefs.text_size == 200
        menus["text-0"].trigger()
        walk._settle()
        assert (prefs.text_size, theme().text_scale) == (0, 1.0)


def test_another_text_size_leaves_the_focus_in_sight_and_names_at_the_left(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with walking(tmp_path, lambda _place, _shown: None) as walk:
        walk._open(tour.CLOTHING)
        field = walk.window.focusWidget()
        assert field is not None
        assert not field.visibleRegion().isEmpty()
        for size in (150, 200, 100):
            walk.prefs.set_text_size(size)
            walk._settle()
            assert walk.window.focusWidget() is field
            assert not field.visibleRegion().isEmpty(), size
        walk.prefs.set_text_size(200)
        walk.window.resize(*SMALL)
        walk._settle()
        walk._step("markets")
        table = walk.window.page("markets").table  # type: ignore[attr-defined]
        assert table.horizontalScrollBar().maximum() > 0
        assert table.horizontalScrollBar().value() == 0
