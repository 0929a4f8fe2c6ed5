"""Nothing holds the window up: a whole walk, each turn of the event loop weighed; and no picture that is half old."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from smooth_walk import MOST_MS
from watchdog import Watchdog
from window_fakes import OpenWindow

from desktop.memory import SHORT_COLLECTIONS
from desktop.viewmodels.case_model import REPORT_DAY
from desktop.views import ahead
from desktop.views.design import PALETTES, dressing, theme
from desktop.views.design.tokens import Palette
from desktop.views.window import Window
from tests.conftest import TODAY

ROOM = 1.5
"""What other work on the machine may add to a turn, beyond the pace of a reference in the same minute."""
WALKS = 3
"""What blocks does so in each of them; other work comes and goes."""
WALK = Path(__file__).parent.parent / "smooth_walk.py"


@pytest.fixture(autouse=True)
def few_collections() -> Iterator[None]:
    """As the program does: what other tests left in memory is not looked through meanwhile."""
    kept = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SHORT_COLLECTIONS)
    yield
    gc.set_threshold(*kept)
    gc.unfreeze()


@pytest.fixture
def window(open_window: OpenWindow) -> Iterator[Window]:
    made = open_window(shown=False)
    yield made
    made.ahead.stop()


def test_a_whole_walk_never_holds_the_window_up() -> None:
    over = walk_over()
    for _ in range(WALKS - 1):
        if over:
            again = walk_over()
            over = {deed: said for deed, said in over.items() if deed in again}
    assert not over, "\n".join(f"{deed}: {said}" for deed, said in over.items())


def walk_over() -> dict[str, str]:
    """The deeds of a whole walk of which a turn takes too long, and how long: in a process of its own, for what other
    tests have loaded and left is not what a user waits for."""
    folders = os.pathsep.join((str(WALK.parent), str(WALK.parent.parent)))
    done = subprocess.run(
        [sys.executable, str(WALK)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": folders},
    )
    assert done.returncode == 0, done.stderr
    longest: dict[str, tuple[int, float, float]] = json.loads(done.stdout)
    assert len(longest) > 100, "deeds are missing"
    return {
        deed: f"{ms:.0f} ms in turn {at}, pace {pace:.2f}"
        for deed, (at, ms, pace) in longest.items()
        if ms > MOST_MS * pace * ROOM
    }


def test_the_watchdog_finds_what_blocks(qapp: QApplication) -> None:
    dog = Watchdog()

    def block() -> None:
        ends = time.thread_time() + MOST_MS * 1.5 / 1000
        while time.thread_time() < ends:
            pass

    # what other tests have left is cleared away before
    dog.watch("before", lambda: None)
    dog.watch("calm", lambda: None)
    dog.watch("blocks", block)
    assert [turn.deed for turn in dog.over(MOST_MS) if turn.deed != "before"] == ["blocks"]


# ---------------------------------------------------------------------- no picture that is half old
class Painted(QObject):
    """Notes at each paint of a window what `look` sees."""

    def __init__(self, window: Window, look: Callable[[], tuple[object, ...]]) -> None:
        super().__init__()
        self.seen: list[tuple[object, ...]] = []
        self._look = look
        self._watched = [window.tools, window.status, window.work, window.work.rail, window.work.pages]
        for widget in self._watched:
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append(self._look())
        return False


def opened(window: Window, qtbot: QtBot) -> None:
    window.show()
    qtbot.waitExposed(window)
    window.filing.open_example("1-clothing.lanewise")
    window.open_step("platforms")
    qtbot.waitUntil(lambda: not window.model.evaluating)
    for _ in range(5):
        QApplication.processEvents()


def test_no_paint_shows_two_languages(window: Window, qtbot: QtBot) -> None:
    opened(window, qtbot)

    def look() -> tuple[object, ...]:
        page = window.current_page()
        assert page is not None
        words = (
            window.menus.menus["file"].title(), window.tools.day.text(), page.title.text(),
            window.work.rail.items()[0].step.name, window.work.pane.heading.text(), window.status.facts.words.text(),
        )  # fmt: skip
        return tuple("zh" if any("\u4e00" <= sign <= "\u9fff" for sign in word) else "en" for word in words)

    painted = Painted(window, look)
    for language in ("zh", "en", "zh"):
        painted.seen.clear()
        window.prefs.set_language(language)
        qtbot.waitUntil(lambda: bool(painted.seen))
        for _ in range(5):
            QApplication.processEvents()
        assert set(painted.seen) == {(language,) * 6}


def test_another_language_is_whole_when_a_step_is_opened_meanwhile(window: Window, qtbot: QtBot) -> None:
    opened(window, qtbot)
    left = window.current_page()
    window.prefs.set_language("zh")
    assert window.freezing.busy
    assert left is not None
    assert left.title.text() == left.name["en"]
    window.open_step("markets")
    assert not window.freezing.busy
    page = window.current_page()
    assert page is not None
    for each in (left, page):
        assert each.title.text() == each.name["zh"]
    assert window.menus.menus["file"].title() == "文件(&F)"
    qtbot.waitUntil(window.work.updatesEnabled)


def test_the_last_language_wins(window: Window, qtbot: QtBot) -> None:
    opened(window, qtbot)
    page = window.current_page()
    assert page is not None
    window.prefs.set_language("zh")
    # so far that the page has some of its words
    qtbot.waitUntil(lambda: page.title.text() == page.name["zh"])
    window.prefs.set_language("en")
    qtbot.waitUntil(lambda: not window.freezing.busy)
    assert window.work.updatesEnabled()
    said = {label.text() for label in page.findChildren(QLabel) if label.isVisible()}
    assert page.title.text() in said
    assert not [text for text in said if any("\u4e00" <= sign <= "\u9fff" for sign in text)]


def test_a_long_change_of_language_is_finished_before_it_is_shown(window: Window, qtbot: QtBot) -> None:
    opened(window, qtbot)
    page = window.current_page()
    assert page is not None
    window.prefs.set_language("zh")
    window.freezing._held_long()
    assert page.title.text() == page.name["zh"]
    assert window.work.updatesEnabled()


def test_no_paint_shows_a_day_with_the_figures_of_another(window: Window, qtbot: QtBot) -> None:
    opened(window, qtbot)

    def look() -> tuple[object, ...]:
        advice = window.paging.shown.get("platforms")
        assert advice is not None
        return window.tools.day.text(), advice.as_of

    painted = Painted(window, look)
    for day, words in ((REPORT_DAY, "Rules as of 8 Nov 2015"), (None, "Rules as of 24 Nov 2026")):
        painted.seen.clear()
        window.model.set_day(day)
        assert window.model.evaluating
        qtbot.waitUntil(lambda: not window.model.evaluating)
        qtbot.waitUntil(lambda: bool(painted.seen))
        for _ in range(5):
            QApplication.processEvents()
        assert set(painted.seen) == {(words, day or TODAY)}


def test_no_paint_shows_two_schemes(window: Window, qtbot: QtBot) -> None:
    opened(window, qtbot)

    def look() -> tuple[object, ...]:
        page = window.current_page()
        assert page is not None
        labels = (page.title, window.status.facts.words, window.work.pane.heading)
        inks = (label.palette().windowText().color().name() for label in labels)
        return (theme().scheme, *(next(n for n, p in PALETTES.items() if ink in inks_of(p)) for ink in inks))

    painted = Painted(window, look)
    for scheme in ("dark", "light", "contrast"):
        painted.seen.clear()
        window.prefs.set_scheme(scheme)
        # what is asked to paint meanwhile does not
        window.work.update()
        with qtbot.waitSignal(theme().changed):
            pass
        qtbot.waitUntil(lambda: bool(painted.seen) and not theme().busy)
        for _ in range(5):
            QApplication.processEvents()
        shown = [seen for seen in painted.seen if seen[0] == scheme]
        assert shown
        assert all(len(set(seen)) == 1 for seen in painted.seen), set(painted.seen)


def inks_of(palette: Palette) -> set[str]:
    return {ink.lower() for ink in (palette.text, palette.text2, palette.text3)}


def test_a_hidden_page_is_in_the_new_scheme_before_it_is_seen(window: Window, qtbot: QtBot) -> None:
    opened(window, qtbot)
    window.open_step("markets")
    window.open_step("platforms")
    hidden = window.page("markets").title
    with qtbot.waitSignal(theme().changed):
        window.prefs.set_scheme("dark")
    light = PALETTES["light"].text.lower()
    assert hidden.palette().windowText().color().name() == light, "it was not hidden, or was styled in one go"
    window.open_step("markets")
    assert hidden.palette().windowText().color().name() == PALETTES["dark"].text.lower()
    # and what was never opened meanwhile is, too
    other = window.page("platforms").title
    qtbot.waitUntil(lambda: not theme().busy)
    assert other.palette().windowText().color().name() == PALETTES["dark"].text.lower()


def test_each_widget_is_styled_once(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt's own way does it once for each parent that a widget has."""
    opened(window, qtbot)
    styled: list[QWidget] = []
    monkeypatch.setattr(
        dressing, "polish", lambda widget, done=dressing.polish: (styled.append(widget), done(widget))
    )
    before = {widget for widget in QApplication.allWidgets() if window.isAncestorOf(widget)}
    with qtbot.waitSignal(theme().changed):
        window.prefs.set_scheme("dark")
    qtbot.waitUntil(lambda: not theme().busy)
    ours = [widget for widget in styled if widget in before]
    assert len(ours) == len(set(ours))
    assert len(ours) > 0.95 * len(before)


def test_a_picture_is_never_held_for_good(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An evaluation that fails must not leave a window that stands still."""
    opened(window, qtbot)
    window.freezing.longest = 20
    monkeypatch.setattr(window.model, "_on_burst", lambda: None)
    window.model._burst.timeout.disconnect()
    window.model.set_day(REPORT_DAY)
    assert not window.work.updatesEnabled()
    qtbot.waitUntil(window.work.updatesEnabled)


def test_the_newest_answer_wins(window: Window, qtbot: QtBot) -> None:
    """An answer that is given while an earlier one is worked out."""
    opened(window, qtbot)
    found: list[object] = []
    window.model.evaluated.connect(lambda advice: found.append(window.model.case.given("list_price")))
    window.model.set("list_price", "31")
    QApplication.processEvents()
    assert window.model.evaluating
    window.model.set("list_price", "32")
    with qtbot.waitSignal(window.model.evaluated):
        pass
    assert [str(price) for price in found] == ["32"]
    # what is asked for at once is not of an earlier case
    window.model.set("list_price", "33")
    window.model.settle()
    assert not window.model.evaluating
    assert [str(price) for price in found] == ["32", "33"]


def test_pages_are_made_ahead_in_the_language_in_force(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "PAUSE_MS", 0)
    window.show()
    qtbot.waitExposed(window)
    window.ahead.start()
    qtbot.waitUntil(lambda: "markets" in window.paging.made, timeout=20_000)
    window.prefs.set_language("zh")
    window.filing.open_example("1-clothing.lanewise")
    window.open_step("markets")
    page = window.current_page()
    assert page is not None
    assert page.title.text() == "市场"
    window.receiving.next_visitor()
    qtbot.waitUntil(lambda: not window.ahead.busy, timeout=20_000)
    assert set(window.paging.made) >= {"product", "markets", "rule-book", "coverage"}
