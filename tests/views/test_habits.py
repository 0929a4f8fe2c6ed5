"""Habits of a desktop program: menus, roles, keys, undo with names, files that are dropped, the place of the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.casefile import example_path
from desktop.viewmodels.case_model import REPORT_DAY
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.start import START
from desktop.views.fitting import fitted
from desktop.views.menus import letter_of, plain, shared_letters
from desktop.views.window import Window

ROLES = {"quit": QAction.MenuRole.QuitRole, "about": QAction.MenuRole.AboutRole,
         "settings": QAction.MenuRole.PreferencesRole}  # fmt: skip
EXAMPLE = example_path("1-clothing.lanewise")
CTRL, SHIFT, ALT = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
                    Qt.KeyboardModifier.AltModifier)  # fmt: skip
NONE = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key


@pytest.fixture
def case(window: Window) -> Window:
    """On the platforms of an example."""
    window.filing.open_example("1-clothing.lanewise")
    window.model.evaluate()
    window.open_step("platforms")
    return window


# ---------------------------------------------------------------------- menus
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_of_a_menu_has_a_letter_of_its_own(window: Window, tmp_path: Path, language: str) -> None:
    for n in range(12):
        window.prefs.add_recent(str(tmp_path / f"{n}.lanewise"))
    window.prefs.set_language(language)
    window.filing.new_case()
    window.model.set("weight_g", 210)
    for name, menu in window.menus.menus.items():
        words = [action for action in menu.actions() if not action.isSeparator()]
        # a bare number (the sizes of the text) has no letter that it could give
        shown = [action for action in words if any(sign.isalpha() for sign in action.text())]
        letters = [letter_of(action.text()) for action in shown]
        most = Counter(letter for letter in letters if letter)
        assert [letter for letter, count in most.items() if count > 1] == [], name
        # only what a person named after the ninth file has none
        assert letters.count("") <= (1 if name == "recent" else 0), (name, [a.text() for a in shown])
        assert menu.title() == "" or letter_of(menu.title()), name
    bar = [letter_of(action.text()) for action in window.menuBar().actions()]
    assert len(set(bar)) == len(bar)


def test_an_english_word_has_its_letter_in_it(window: Window) -> None:
    words = [action.text() for action in window.menus.menus["view"].actions() if action.text().isascii()]
    assert len(words) > 20
    assert [text for text in words if "(&" in text] == []


def test_a_name_passes_its_letter_on_to_one_that_has_no_other() -> None:
    assert shared_letters(["ab", "a", "c"], {"c"}) == ["b", "a", "d"]


def test_roles_are_given_by_hand_for_macos(window: Window, tmp_path: Path) -> None:
    """Qt guesses a role from words: a case called “Settings for Anna” would move into the menu of the program."""
    window.prefs.add_recent(str(tmp_path / "Settings for Anna.lanewise"))
    names = {action: name for name, action in window.menus.actions.items()}
    for menu in window.menus.menus.values():
        for action in menu.actions():
            if action.menu() is None and not action.isSeparator():
                wanted = ROLES.get(names.get(action, ""), QAction.MenuRole.NoRole)
                assert action.menuRole() == wanted, action.text()


@pytest.mark.parametrize(
    ("name", "standard"),
    [
        ("new", "New"), ("open", "Open"), ("save", "Save"), ("save-as", "SaveAs"), ("close", "Close"), ("quit", "Quit"),
        ("undo", "Undo"), ("cut", "Cut"), ("copy", "Copy"), ("paste", "Paste"), ("select-all", "SelectAll"),
        ("settings", "Preferences"), ("full-screen", "FullScreen"), ("guide", "HelpContents"),
    ],
)  # fmt: skip
def test_standard_commands_have_the_keys_of_the_system(window: Window, name: str, standard: str) -> None:
    own = window.menus[name].shortcuts()
    assert own
    assert set(QKeySequence.keyBindings(QKeySequence.StandardKey[standard])) <= set(own)


def test_a_menu_is_read_without_its_letters(window: Window) -> None:
    assert [plain(text) for text in ("&Save", "保存(&S)", "&3  A && B", "P&roduct")] == [
        "Save",
        "保存",
        "A & B",
        "Product",
    ]


# ---------------------------------------------------------------------- undo
def test_every_step_back_has_its_name(case: Window) -> None:
    model = case.model
    deeds: list[tuple[Callable[[], object], str, str]] = [
        (lambda: model.set("weight_g", 210), "weight 210 g", "重量 210 g"),
        (lambda: model.set("list_price", "24.50"), "list price 24.50 USD", "售价 24.50 USD"),
        (lambda: model.set("goods_class", "battery"), "", ""),
        (lambda: model.set("brand", True), "", ""),
        (lambda: model.set("dims_cm", "unknown"), "don’t know: ", "不知道："),
        (lambda: model.set("destinations", ["US", "DE"]), "", "美国、德国"),
        (lambda: model.set_weight("platforms", "money", 60), "weight 60 of Money left", "权重 60：净利"),
        (lambda: model.set_day(REPORT_DAY), "rules as of 8 Nov 2015", "规则日期 2015-11-08"),
        (lambda: model.override("amazon.us.referral.apparel", "12"), "own value 12: ", "自定值 12："),
    ]
    for act, en, zh in deeds:
        before = len(model._done)
        try:
            act()
        except KeyError:
            model.override(next(iter(model.book.ids())), "12")
        assert len(model._done) == before + 1
        assert model.undo_name.en
        assert en in model.undo_name.en
        assert zh in model.undo_name.zh
        name = model.undo_name
        assert case.menus["undo"].text() == f"&Undo {name.en}"
        model.undo()
        assert model.redo_name == name
        model.redo()
    case.prefs.set_language("zh")
    case.freezing.finish()
    assert case.menus["undo"].text().startswith("撤销")


# ---------------------------------------------------------------------- files
def test_recent_files_that_are_gone_are_grey_and_the_list_can_be_cleared(
    window: Window, tmp_path: Path
) -> None:
    there, gone = tmp_path / "there.lanewise", tmp_path / "gone.lanewise"
    there.write_bytes(EXAMPLE.read_bytes())
    for path in (there, gone):
        window.prefs.add_recent(str(path))
    shown = {plain(a.text()): a for a in window.menus.menus["recent"].actions() if not a.isSeparator()}
    assert [(name, action.isEnabled()) for name, action in shown.items()] == [
        ("gone.lanewise", False), ("there.lanewise", True), ("Clear this list", True),
    ]  # fmt: skip
    shown["Clear this list"].trigger()
    assert window.prefs.recent() == ()
    assert not window.menus.menus["recent"].isEnabled()
    assert there.exists()
    # another start knows nothing of them either
    assert Preferences(window.prefs._store.fileName()).recent() == ()


def test_dropped_files(window: Window, tmp_path: Path) -> None:
    one, two = tmp_path / "one.lanewise", tmp_path / "two.lanewise"
    for path in (one, two):
        path.write_bytes(EXAMPLE.read_bytes())
    window.dropping.open([tmp_path / "letter.docx"])
    assert window.step == START
    assert "letter.docx" in window.toast.label.text()
    assert ".lanewise" in window.toast.label.text()
    window.dropping.open([tmp_path])
    assert window.step == START
    window.dropping.open([one])
    assert window.model.path == one
    window.dropping.open([two, one, tmp_path / "letter.docx"])
    assert window.model.path == two
    assert window.toast.label.text() == "“two.lanewise” is open; one file at a time. Not opened: 2"
    # a file that says it is a case and is none changes nothing
    bad = tmp_path / "bad.lanewise"
    bad.write_text("{")
    window.dropping.open([bad, one])
    assert window.model.path == two
    assert "bad.lanewise" in window.work.notice.accessibleName() or window.work.notice.isVisible()


def test_dialogs_begin_in_the_folder_of_their_kind(window: Window, tmp_path: Path) -> None:
    asked: list[str] = []
    window.asker.catalogue_path = lambda folder: asked.append(folder) or None  # type: ignore[method-assign, func-returns-value]
    window.exchanging.choose_catalogue()
    window.prefs.keep_folder("catalogues", str(tmp_path))
    window.exchanging.choose_catalogue()
    window.prefs.keep_folder("catalogues", str(tmp_path / "taken away"))
    window.exchanging.choose_catalogue()
    assert asked == [str(Path.home()), str(tmp_path), str(Path.home())]


# ---------------------------------------------------------------------- the place of the window
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (QRect(100, 100, 1200, 800), QRect(100, 100, 1200, 800)),
        # half out at the right: pushed in
        (QRect(1500, 100, 1200, 800), QRect(720, 100, 1200, 800)),
        # on a screen that is gone: in the middle of the first
        (QRect(5000, 100, 1200, 800), QRect(360, 140, 1200, 800)),
        # larger than any screen
        (QRect(0, 0, 4000, 3000), QRect(0, 0, 1920, 1080)),
        # on the second
        (QRect(-1000, 10, 900, 700), QRect(-1000, 10, 900, 700)),
    ],
)
def test_a_window_comes_back_onto_a_screen_that_is_there(wanted: QRect, found: QRect) -> None:
    screens = [QRect(0, 0, 1920, 1080), QRect(-1280, 0, 1280, 1024)]
    assert fitted(wanted, screens) == found


def test_the_place_of_the_window_is_kept_for_the_screen(window: Window, qtbot: QtBot) -> None:
    window.resize(700 + 300, 650)
    window.close()
    size = window.screen().size()
    assert window.prefs.state(f"window-{size.width()}x{size.height()}")
    other = Window(window.model, window.prefs)
    qtbot.addWidget(other)
    screen = window.screen().availableGeometry().size()
    assert other.size() == window.size().boundedTo(screen).expandedTo(other.minimumSize())


# ---------------------------------------------------------------------- keys
def holder() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def step_is(name: str) -> Callable[[Window], bool]:
    return lambda window: window.step == name


def why_is_open(window: Window) -> bool:
    return window.explaining.panel is not None and window.explaining.panel.isVisible()


def table_is_shown(window: Window) -> bool:
    page: Any = window.page("what-if")
    return bool(page.form_switch.current() == "table")


def rail_has_focus(window: Window) -> bool:
    rail = window.work.rail
    return rail.hasFocus() or rail.isAncestorOf(holder())


def answered(name: str, answer: str) -> Callable[[Window], bool]:
    return lambda window: window.model.answer(name) == answer


def day_is_asked(window: Window) -> None:
    window.asker.day = lambda _day: REPORT_DAY  # type: ignore[method-assign]


Press = tuple[int, Qt.KeyboardModifier]
TABLE: list[tuple[str, Callable[[Window], object], Press, Callable[[Window], bool]]] = [
    *((f"Ctrl+{n}", lambda w: w.open_step("coverage"), (KEY.Key_0 + n, CTRL), step_is(step)) for n, step in enumerate(
        ("product", "markets", "platforms", "logistics", "import-mode", "what-if", "plan"), start=1)),
    ("Alt+Right", lambda w: None, (KEY.Key_Right, ALT), step_is("logistics")),
    ("Alt+Left", lambda w: None, (KEY.Key_Left, ALT), step_is("markets")),
    ("F6", lambda w: w.work.rail.setFocus(), (KEY.Key_F6, NONE), lambda w: w.tools.isAncestorOf(holder())),
    ("Shift+F6", lambda w: w.tools.day.setFocus(), (KEY.Key_F6, SHIFT), rail_has_focus),
    ("Ctrl+I", lambda w: None, (KEY.Key_I, CTRL), why_is_open),
    ("W", lambda w: None, (KEY.Key_W, NONE), why_is_open),
    ("W on a button", lambda w: w.tools.day.setFocus(), (KEY.Key_W, NONE), why_is_open),
    ("Ctrl+D", day_is_asked, (KEY.Key_D, CTRL),
     lambda w: w.model.day == REPORT_DAY),
    ("Ctrl+T", lambda w: w.open_step("what-if"), (KEY.Key_T, CTRL), table_is_shown),
    ("Ctrl+Shift+L", lambda w: None, (KEY.Key_L, CTRL | SHIFT), lambda w: w.prefs.language == "zh"),
    ("Ctrl+R", lambda w: None, (KEY.Key_R, CTRL), step_is("rule-book")),
    ("F2", lambda w: None, (KEY.Key_F2, NONE), lambda w: w.step == "product" and not w.model.case.given("category")),
    ("F3", lambda w: None, (KEY.Key_F3, NONE), lambda w: w.receiving.view.isVisible()),
    ("Ctrl+K", lambda w: None, (KEY.Key_K, CTRL), lambda w: w.helping.palette is not None),
    ("F1", lambda w: None, (KEY.Key_F1, NONE), lambda w: w.helping.guide is not None and w.helping.guide.isVisible()),
    ("D", lambda w: w.ask("weight_g"), (KEY.Key_D, NONE), answered("weight_g", "unknown")),
    ("2 on chips", lambda w: w.ask("goods_class"), (KEY.Key_2, NONE), answered("goods_class", "battery")),
    ("Esc", lambda w: w.explaining.why(), (KEY.Key_Escape, NONE), lambda w: not why_is_open(w)),
    ("Ctrl+Z", lambda w: w.model.set("list_price", "77"), (KEY.Key_Z, CTRL), answered("list_price", "24.90")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("prepare", "press", "there"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_every_key_of_the_table(
    case: Window, prepare: Callable[[Window], object], press: Press, there: Callable[[Window], bool]
) -> None:
    prepare(case)
    QApplication.processEvents()
    assert not there(case), "it would pass without the key"
    QTest.keyClick(holder(), press[0], press[1])
    QApplication.processEvents()
    case.model.settle()
    assert there(case)


def test_from_the_line_of_a_why_to_its_fact_and_back(case: Window) -> None:
    case.explaining.why()
    panel: Any = case.explaining.panel
    line = next(line for line in panel._lines if line.row.readings)
    panel.focus_line(line.row.key)
    QTest.keyClick(holder(), KEY.Key_R, CTRL)
    assert case.step == "rule-book"
    assert case.page("rule-book").fact() == line.row.readings[0].id  # type: ignore[attr-defined]
    QTest.keyClick(holder(), KEY.Key_Left, ALT)
    assert case.step == "platforms"
    assert why_is_open(case)
    assert panel.focused_key() == line.row.key


# ---------------------------------------------------------------------- while Chinese is composed
COMPOSED = (
    (KEY.Key_D, NONE), (KEY.Key_W, NONE), (KEY.Key_2, NONE), (KEY.Key_1, CTRL), (KEY.Key_I, CTRL), (KEY.Key_F3, NONE),
    (KEY.Key_F2, NONE), (KEY.Key_Right, ALT), (KEY.Key_R, CTRL), (KEY.Key_Escape, NONE), (KEY.Key_Return, NONE),
)  # fmt: skip


@pytest.mark.parametrize("question", ["weight_g", "category"])
def test_no_key_is_a_command_while_chinese_is_composed(case: Window, question: str) -> None:
    case.ask(question)
    line = holder()
    assert isinstance(line, QLineEdit)
    before = case.model.case
    QApplication.sendEvent(line, QInputMethodEvent("yifu", []))
    for key, modifier in COMPOSED:
        QTest.keyClick(line, key, modifier)
        QApplication.processEvents()
        assert (case.step, case.model.case) == ("product", before)
        assert holder() is line
    assert case.receiving.made is None
    done = QInputMethodEvent()
    done.setCommitString("衣服")
    QApplication.sendEvent(line, done)
    QTest.keyClick(line, KEY.Key_2, CTRL)
    assert case.step == "markets"
