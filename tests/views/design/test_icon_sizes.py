"""Icons and marks grow with the text: at 200 % in a window twice as large every icon is twice as large."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from walking import SMALL, WIDE, visible, walking

from desktop import tour
from desktop.views.design import icons, theme
from desktop.views.widgets import (
    Badge,
    Button,
    Cell,
    Column,
    DataTable,
    DontKnow,
    EmptyState,
    Notice,
    ProvenanceMark,
    RailStep,
    Row,
    StepRail,
)

ICONS = {"box", "globe", "star", "triangle", "people", "magnifier", "question", "printer", "eye", "calendar"}


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    theme().apply(qapp, "light")
    yield
    theme().set_text_scale(1.0)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, int]]:
    """Every icon that is asked for, by name and size."""
    noted: set[tuple[str, int]] = set()
    draw = icons._drawn

    def note(name: str, colour: str, size: int, ratio: float) -> QPixmap:
        noted.add((name, size))
        return draw(name, colour, size, ratio)

    monkeypatch.setattr(icons, "_drawn", note)
    return noted


def seen(scale: float, qapp: QApplication, made: QWidget) -> QSize:
    """A widget as it is drawn in a size of text; how large it wants to be."""
    theme().apply(qapp, "light", scale)
    made.ensurePolished()
    made.resize(made.sizeHint())
    made.grab()
    return made.sizeHint()


PARTS = {
    "button": lambda: Button("Print", "printer"),
    "badge": lambda: Badge("best", "star"),
    "notice": lambda: Notice("warn", "Mind", "something"),
    "empty": lambda: EmptyState("people", "Nobody yet"),
    "rail": lambda: StepRail([RailStep("a", "A", "", "blocked", "box"), RailStep("b", "B", "", "", "globe")]),
    "table": lambda: DataTable([Column("a", "A", width=200)], [Row("1", (Cell("x", icon="question"),))], name="t"),
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_the_icon_of_a_part_is_twice_as_large_in_text_of_200_percent(
    qtbot: QtBot, qapp: QApplication, drawn: set[tuple[str, int]], part: str
) -> None:
    found = {}
    for scale in (1.0, 2.0):
        theme().apply(qapp, "light", scale)
        drawn.clear()
        made = PARTS[part]()
        qtbot.addWidget(made)
        made.show()
        seen(scale, qapp, made)
        found[scale] = {(name, size) for name, size in drawn if name in ICONS}
    assert found[1.0]
    assert found[2.0] == {(name, 2 * size) for name, size in found[1.0]}


@pytest.mark.parametrize(
    "make", [lambda: ProvenanceMark("case", with_word=False), lambda: DontKnow("weight")]
)
def test_a_shape_grows_with_its_word(qtbot: QtBot, qapp: QApplication, make: type[QWidget]) -> None:
    ink = {}
    for scale in (1.0, 2.0):
        made = make()
        qtbot.addWidget(made)
        theme().apply(qapp, "light", scale)
        made.resize(made.sizeHint())
        picture = made.grab().toImage()
        ground = picture.pixelColor(picture.width() - 1, 0)
        # the shape stands at the left, before the word
        spots = ((x, y) for y in range(picture.height()) for x in range(round(11 * scale)))
        rows = [y for x, y in spots if picture.pixelColor(x, y) != ground]
        ink[scale] = max(rows) - min(rows) + 1
    assert abs(ink[2.0] - 2 * ink[1.0]) <= 2


def test_every_icon_of_the_screens_grows_with_the_text(
    qapp: QApplication, tmp_path: Path, drawn: set[tuple[str, int]]
) -> None:
    found: dict[int, set[tuple[str, int]]] = {}

    def look(_place: str, shown: QWidget) -> None:
        shown.grab()

    with walking(tmp_path, look) as walk:
        for size in (200, 100):
            drawn.clear()
            walk.prefs.set_text_size(size)
            walk.sizes = ((WIDE[0] * size // 100, WIDE[1] * size // 100),)
            walk._settle()
            for stop in (walk._start, walk._import, walk._coverage, walk._casebook):
                stop()
            walk._open(tour.CLOTHING)
            for step in ("markets", "platforms", "logistics", "plan"):
                walk._step(step)
                walk._take(step)
            found[size] = {(name, each) for name, each in drawn if name != "lanewise"}
    assert len(found[100]) > 25
    twice = {(name, 2 * each) for name, each in found[100]}
    # the arrow of the question that is chosen from a list stands alone in its button
    alone = {("chevron-down", 12)}
    assert found[200] - alone == twice, (sorted(found[200] - twice), sorted(twice - found[200]))


def test_the_narrow_rail_keeps_its_icons_inside(qapp: QApplication, tmp_path: Path) -> None:
    with walking(tmp_path, lambda _place, _shown: None) as walk:
        walk._open(tour.CLOTHING)
        for size in (100, 150, 200):
            walk.prefs.set_text_size(size)
            for wide in (SMALL, WIDE, (SMALL[0], 1400)):
                walk.window.resize(*wide)
                walk._settle()
                rails = [part for part in visible(walk.window) if isinstance(part, StepRail) and part.narrow]
                for rail in rails:
                    high, times = rail.icon_height(), rail.icon_scale()
                    assert 1 <= times <= size / 100
                    assert 20 * times + 12 <= rail.width()
                    assert (36 * times + 8 if high >= 44 else 20 * times + 4) <= high + 0.01
                    assert size == 100 or wide != (SMALL[0], 1400) or times > 1
