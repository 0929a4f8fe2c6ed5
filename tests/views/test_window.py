"""The window as a whole: steps, files, undo, language, size, and what is loaded when."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fakes import TODAY, advice_on, small_book

from desktop.store.casefile import read_case
from desktop.store.rulebook import load_folder
from desktop.viewmodels.case_model import REPORT_DAY, CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.start import START
from desktop.views import paging
from desktop.views.design import theme
from desktop.views.fitting import side_width
from desktop.views.message import Asker
from desktop.views.pages.base import Page
from desktop.views.window import Window

ROOT = Path(__file__).parent.parent.parent
TRANSLATIONS = ROOT / "resources" / "translations"


class FakeModel(CaseModel):
    """Evaluates without the engine."""

    IN_TURNS = False

    def evaluate(self) -> None:
        self._burst.stop()
        self._advice = advice_on(self.case, self.day)
        self.evaluated.emit(self._advice)


class FakeAsker(Asker):
    """Answers every dialog at once, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.asked: list[str] = []
        self.save_answer = "cancel"
        self.path: Path | None = None
        self.chosen_day: date | None = None
        self.lists: list[tuple[str, int]] = []
        self.value: str | None = None

    def save_first(self, name: str) -> str:
        self.asked.append(name)
        return self.save_answer

    def open_path(self, folder: str) -> Path | None:
        return self.path

    def save_path(self, proposed: str) -> Path | None:
        self.proposed = proposed
        return self.path

    def day(self, current: date) -> date | None:
        return self.chosen_day

    def show_list(self, title: str, lead: str, columns: Sequence[Any], rows: Sequence[Any]) -> None:
        assert all(len(row.cells) == len(columns) for row in rows)
        self.lists.append((title, len(rows)))

    def override(self, held: str, tiers: bool, says: str) -> str | None:
        return self.value

    def about(self, book: object, language: str) -> None:
        self.asked.append("about")


class EmptyPage(Page):
    """A step whose content does not matter here."""

    step_id = "plan"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setenv("LANEWISE_HOME", str(tmp_path))
    # the pages of the other steps have tests of their own and want real advice
    only = {"product": paging.PAGES["product"]}
    absent = {step: (__name__, "EmptyPage") for step in paging.PAGES if step not in only}
    monkeypatch.setattr(paging, "PAGES", {**absent, **only})
    theme().apply(qapp, "light")
    prefs = Preferences()
    prefs.set_language("en")
    made = Window(FakeModel(small_book(), TODAY), prefs, FakeAsker())
    qtbot.addWidget(made, before_close_func=lambda w: setattr(w.asker, "save_answer", "discard"))
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made  # type: ignore[misc]
    made.asker.save_answer = "discard"  # type: ignore[attr-defined]
    prefs.set_language("en")
    QLocale.setDefault(QLocale("en"))


def answer(window: Window, direction: str = "export") -> None:
    for name, raw in (("direction", direction), ("category", "apparel"), ("list_price", "24.90")):
        window.model.set(name, raw)
    QTest.qWait(5)


# ---------------------------------------------------------------------- steps
def test_it_starts_on_the_start_page_without_steps_or_verdict(window: Window) -> None:
    assert window.step == START
    assert window.start.isVisible()
    # rail, page and verdict are not even made
    assert window.work_made() is None
    assert window.windowTitle() == "Lanewise"


def test_three_answers_bring_the_verdict(window: Window) -> None:
    window.filing.new_case()
    QTest.qWait(5)
    assert "Three answers" in window.work.pane.heading.text()
    answer(window)
    assert window.work.pane.heading.text() == "eBay · United States"
    assert window.work.pane.figure.text() == "7.58 USD · 30.4%"
    rail = {item.step.key: (item.step.mark, item.step.result) for item in window.work.rail.items()}
    assert rail["platforms"] == ("enough", "eBay first")
    assert rail["import-mode"] == ("not-asked", "not asked")


def test_a_link_in_the_pane_leads_to_its_question(window: Window) -> None:
    window.filing.new_case()
    QTest.qWait(5)
    window.work.pane.questionRequested.emit("list_price")
    page = window.current_page()
    assert page is not None
    assert window.focusWidget() is page.fields["list_price"].control.line  # type: ignore[attr-defined]


def test_back_and_next_are_named_after_the_steps_that_the_case_has(window: Window) -> None:
    window.filing.new_case()
    answer(window, "import")
    assert window.work.pane.foot.next.accessibleName() == "Platforms"
    assert window.work.pane.foot.back.isHidden()
    window.work.pane.foot.next.click()
    assert window.step == "platforms"
    assert window.work.pane.foot.next.accessibleName() == "Import mode"


def test_step_keys_and_alt_arrows(window: Window) -> None:
    window.filing.new_case()
    answer(window)
    window.menus["step-logistics"].trigger()
    assert window.step == "logistics"
    window.menus["previous"].trigger()
    assert window.step == "platforms"
    window.menus["next"].trigger()
    window.menus["next"].trigger()
    # the import mode is not asked of an export
    assert window.step == "what-if"
    keys = [window.menus[f"step-{step.id}"].shortcut().toString() for step in window.model.flow.steps]
    assert keys == [f"Ctrl+{number}" for number in range(1, 8)]


def test_no_two_actions_share_a_key(window: Window) -> None:
    keys = [key.toString() for action in window.menus.actions.values() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_f6_goes_round(window: Window) -> None:
    window.filing.new_case()
    answer(window)
    seen = []
    for _ in range(4):
        window.keyboard.next_pane(1)
        holder = window.focusWidget()
        panes = (window.work.rail, window.tools, window.work.pages, window.work.pane)
        seen.append(next(i for i, pane in enumerate(panes) if pane is holder or pane.isAncestorOf(holder)))
    assert sorted(seen) == [0, 1, 2, 3]


# ---------------------------------------------------------------------- undo, toast
def test_undo_is_named_and_works_from_a_field(window: Window) -> None:
    window.filing.new_case()
    answer(window)
    assert window.menus["undo"].text() == "&Undo list price 24.90 USD"
    page = window.current_page()
    assert page is not None
    line = page.fields["list_price"].control.line  # type: ignore[attr-defined]
    line.setFocus()
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(line, event)
    # nothing was typed, so the field leaves the key to the case
    assert not event.isAccepted()
    window.menus["undo"].trigger()
    assert window.model.answer("list_price") is None
    assert window.menus["redo"].text() == "&Redo list price 24.90 USD"
    assert window.menus["redo"].isEnabled()


def test_voided_answers_are_told_with_undo(window: Window) -> None:
    window.filing.new_case()
    answer(window)
    window.model.set("return_rate", "3")
    window.model.set("direction", "import")
    assert window.toast.isVisible()
    assert "Returns and loss" in window.toast.label.text()
    window.toast.action.activated.emit()
    assert window.model.answer("direction") == "export"
    assert window.model.answer("return_rate") == "3"


# ---------------------------------------------------------------------- files
def test_save_open_recent_and_title(window: Window, tmp_path: Path) -> None:
    asker = window.asker
    assert isinstance(asker, FakeAsker)
    window.filing.new_case()
    answer(window)
    assert window.isWindowModified()
    assert window.tools.kept.text() == "not saved"
    asker.path = tmp_path / "dress.lanewise"
    window.menus["save"].trigger()
    assert read_case(asker.path, window.model.questions).answers["list_price"] == "24.90"
    assert not window.isWindowModified()
    assert window.windowTitle() == "dress[*] — Lanewise"
    assert window.tools.kept.text() == "saved"
    assert window.prefs.recent() == (str(asker.path),)
    window.filing.close_case()
    assert window.step == START
    assert window.filing.open_file(asker.path)
    assert window.model.answer("list_price") == "24.90"


@pytest.mark.parametrize(
    "content", ["{", '{"format": 9, "answers": {}}', '{"format": 1, "answers": {"weight_g": -1}}']
)
def test_a_bad_file_is_refused_untouched_and_the_case_stays(
    window: Window, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "bad.lanewise"
    path.write_text(content, encoding="utf-8")
    assert not window.filing.open_file(path)
    assert window.step == START
    assert window.start.notice.isVisible()
    assert "bad.lanewise" in window.start.notice.accessibleName()
    window.filing.new_case()
    window.model.set("list_price", "24.90")
    window.asker.save_answer = "discard"  # type: ignore[attr-defined]
    assert not window.filing.open_file(path)
    assert window.work.notice.isVisible()
    assert window.model.answer("list_price") == "24.90"
    assert path.read_text(encoding="utf-8") == content


def test_unsaved_changes_are_asked_for_once(window: Window) -> None:
    asker = window.asker
    assert isinstance(asker, FakeAsker)
    window.filing.new_case()
    window.model.set("list_price", "24.90")
    window.filing.close_case()
    assert (len(asker.asked), window.step) == (1, "product")
    assert not window.close()
    assert len(asker.asked) == 2
    asker.save_answer = "discard"
    window.filing.close_case()
    assert window.step == START
    assert not window.model.modified


def test_saving_into_nowhere_is_said_and_nothing_is_lost(window: Window, tmp_path: Path) -> None:
    window.filing.new_case()
    window.model.set("list_price", "24.90")
    window.asker.path = tmp_path / "no" / "such" / "case.lanewise"  # type: ignore[attr-defined]
    assert not window.filing.save()
    assert window.work.notice.isVisible()
    assert window.work.notice.link.isVisible()
    assert window.model.modified


def test_what_is_being_typed_is_saved_with_the_case(window: Window, tmp_path: Path) -> None:
    window.filing.new_case()
    page = window.current_page()
    assert page is not None
    line = page.fields["weight_g"].control.line  # type: ignore[attr-defined]
    line.setFocus()
    QTest.keyClicks(line, "250")
    window.asker.path = tmp_path / "typed.lanewise"  # type: ignore[attr-defined]
    assert window.filing.save()
    assert read_case(tmp_path / "typed.lanewise", window.model.questions).answers["weight_g"] == 250


def test_examples_open_and_are_not_modified(window: Window) -> None:
    window.filing.open_example("1-clothing.lanewise")
    QTest.qWait(5)
    assert window.step == "product"
    assert not window.model.modified
    assert window.model.path is None
    assert window.tools.name.text() == "Cotton dress"
    assert window.windowTitle() == "Cotton dress[*] — Lanewise"
    window.filing.close_case()
    assert window.windowTitle() == "Lanewise"


# ---------------------------------------------------------------------- day, lists
def test_the_day_button_is_tinted_when_it_is_not_today(window: Window) -> None:
    assert window.tools.day.text() == "Rules as of 24 Nov 2026"
    window.menus["report-day"].trigger()
    assert window.model.day == REPORT_DAY
    assert window.tools.day.text() == "Rules as of 8 Nov 2015"
    assert window.tools.day.property("warn")
    window.menus["today"].trigger()
    assert not window.tools.day.property("warn")
    window.asker.chosen_day = date(2020, 5, 1)  # type: ignore[attr-defined]
    window.menus["day"].trigger()
    assert window.model.day == date(2020, 5, 1)
    window.asker.save_answer = "discard"  # type: ignore[attr-defined]


def test_lists_of_reviews_and_of_what_is_missing(window: Window) -> None:
    window.status.reviews.activated.emit()
    window.menus["missing"].trigger()
    lists = window.asker.lists  # type: ignore[attr-defined]
    assert lists == [("Past their review date", 1), ("Known to be missing", 1)]


def test_the_status_bar_speaks_of_the_answer_only_when_there_is_one(window: Window) -> None:
    assert window.status.oldest.isHidden()
    window.filing.new_case()
    answer(window)
    assert window.status.oldest.words.text() == "Oldest behind this answer 4 Sep 2025"


# ---------------------------------------------------------------------- language, theme, size
def test_language_switches_in_place(window: Window) -> None:
    window.filing.new_case()
    answer(window)
    window.ask("unit_cost")
    holder = window.focusWidget()
    window.menus["language"].trigger()
    window.freezing.finish()
    assert window.prefs.language == "zh"
    assert (window.step, window.focusWidget()) == ("product", holder)
    assert window.work.pane.heading.text() == "eBay · 美国"
    assert window.menus.menus["file"].title() == "文件(&F)"
    assert window.tools.day.text() == "规则日期 2026-11-24"
    assert window.work.pages.currentWidget().title.text() == "商品"  # type: ignore[attr-defined]
    window.menus["language"].trigger()
    QTest.qWait(5)
    assert window.menus.menus["file"].title() == "&File"


@pytest.mark.parametrize("scheme", ["dark", "contrast", "light"])
def test_schemes_change_live(window: Window, qtbot: QtBot, scheme: str) -> None:
    with qtbot.waitSignal(theme().changed):
        window.prefs.set_scheme("contrast" if scheme == "dark" else "dark")
    with qtbot.waitSignal(theme().changed):
        window.menus[f"scheme-{scheme}"].trigger()
    assert theme().scheme == scheme


@pytest.mark.parametrize(("width", "side"), [(1180, 280), (1359, 280), (1360, 320), (1799, 320), (1800, 400)])
def test_the_pane_has_the_width_of_its_band(width: int, side: int) -> None:
    assert side_width(width) == side


def test_a_narrow_window_has_icons_and_a_strip(window: Window, qtbot: QtBot) -> None:
    window.filing.new_case()
    answer(window)
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not window.freezing.busy)
    assert window.work.rail.width() == 56
    assert window.work.strip.isVisible()
    assert not window.work.pane.isVisible()
    assert window.work.strip.heading.text() == "eBay · United States"
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not window.freezing.busy)
    assert window.work.pane.isVisible()
    assert not window.work.strip.isVisible()
    assert window.work.pane.width() == 320


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_word_of_bars_and_pane_is_cut_off_at_the_least_size(window: Window, language: str) -> None:
    window.prefs.set_language(language)
    window.filing.new_case()
    answer(window)
    window.resize(1024, 700)
    QTest.qWait(5)
    labels = [window.tools.name, window.tools.kept, window.work.strip.heading, window.status.rules.words]
    for label in labels:
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width() + 1, label.text()
    for button in (window.tools.day, window.work.strip.foot.next):
        assert button.sizeHint().width() <= button.width()


# ---------------------------------------------------------------------- loading
def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    script = """
import sys
from datetime import date
from window_fakes import small_book
book = small_book()
# the made-up book is read from YAML; what that loaded does not count
for name in [m for m in sys.modules if m.partition(".")[0] in ("yaml", "pydantic") or m == "desktop.store.loader"]:
    del sys.modules[name]
from PySide6.QtWidgets import QApplication
from desktop.app import build
from desktop.viewmodels.preferences import Preferences
window = build(book, Preferences(), date(2026, 11, 24))
heavy = ("numpy", "pandas", "pyqtgraph", "pydantic", "yaml", "desktop.engine")
painted = []
window.firstPainted.connect(lambda: painted.append([m for m in heavy if m in sys.modules]))
window.show()
for _ in range(50):
    QApplication.processEvents()
print(painted)
"""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LANEWISE_HOME": str(tmp_path),
        "PYTHONPATH": path,
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "[[]]", done.stdout + done.stderr


def test_the_second_file_of_the_rule_book_is_not_read_before_the_first_paint(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Facts and fees are the larger part: here they are not there at all, and the window stands all the same."""
    monkeypatch.setenv("LANEWISE_HOME", str(tmp_path / "home"))
    shutil.copy(ROOT / "data" / "compiled" / "rules.json", tmp_path)
    book = load_folder(tmp_path)
    theme().apply(qapp, "light")
    made = Window(CaseModel(book, TODAY), Preferences())
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.firstPainted):
        made.show()
    assert made.start.facts.text() == f"{len(book):,}"
    with pytest.raises(FileNotFoundError):
        book.fact("dest.us.de-minimis")


def test_pages_are_made_when_first_opened(window: Window) -> None:
    assert window.paging.made == {}
    window.filing.new_case()
    assert list(window.paging.made) == ["product"]


# ---------------------------------------------------------------------- translations
def entries(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            found[(context.findtext("name") or "", message.findtext("source") or "")] = message
    return found


def test_every_chinese_entry_is_finished() -> None:
    for (context, source), message in entries(TRANSLATIONS / "lanewise_zh_CN.ts").items():
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, (context, source)
        assert translation.text, (context, source)
        blanks = sorted(re.findall(r"\{\w*\}", source))
        assert sorted(re.findall(r"\{\w*\}", translation.text)) == blanks, (context, source)


def test_no_word_of_the_program_lacks_an_entry(tmp_path: Path) -> None:
    tool = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent)) or shutil.which(
        "pyside6-lupdate"
    )
    assert tool, "pyside6-lupdate comes with PySide6"
    fresh = tmp_path / "fresh.ts"
    sources = sorted(str(path) for path in (ROOT / "desktop").rglob("*.py"))
    command = [tool, *sources, "-ts", str(fresh)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    lacking = set(entries(fresh)) - set(entries(TRANSLATIONS / "lanewise_zh_CN.ts"))
    assert not lacking


def test_no_word_hides_inside_an_f_string() -> None:
    """lupdate does not look there: such a word must be named in language.py."""
    named = set(entries(TRANSLATIONS / "lanewise_zh_CN.ts"))
    sources = {source for _context, source in named}
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(outer, ast.JoinedStr):
                continue
            for call in (node for node in ast.walk(outer) if isinstance(node, ast.Call)):
                words = tuple(arg.value for arg in call.args if isinstance(arg, ast.Constant))
                called = getattr(call.func, "attr", getattr(call.func, "id", ""))
                place = f"{path}:{call.lineno} {words}"
                assert called != "tr" or (words and words[0] in sources), place
                assert called != "translate" or words in named, place


def test_the_compiled_translation_is_not_older_than_its_source(tmp_path: Path) -> None:
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent)) or shutil.which(
        "pyside6-lrelease"
    )
    assert tool
    made = tmp_path / "fresh.qm"
    subprocess.run(
        [tool, str(TRANSLATIONS / "lanewise_zh_CN.ts"), "-qm", str(made)],
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert made.read_bytes() == (TRANSLATIONS / "lanewise_zh_CN.qm").read_bytes()
