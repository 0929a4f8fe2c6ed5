"""The casebook in the real window: keeping, the page, the start page, F2, F4, troubles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from casebooks import CasebookAsker, Clock, answered, fill
from msgspec.structs import replace
from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from window_fakes import TODAY, advice_on, small_book

from desktop.core.casebook import Details
from desktop.core.noted import Noted
from desktop.core.packs import OWN
from desktop.core.text import both
from desktop.store.casebook import Casebook, CasebookError, marked_open
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.start import START
from desktop.views import paging
from desktop.views.design import theme
from desktop.views.pages.base import Page
from desktop.views.pages.casebook import CasebookPage
from desktop.views.widgets.table import DataTable
from desktop.views.window import Window

KEY = Qt.Key
CLIENTS = (
    Details("Lin Mei", ("German", "English"), "lin@example.org", ("owner",), TODAY + timedelta(days=2), "email",
            TODAY, "Buys from two makers in Ningbo."),
    Details(),
    Details("王芳", follow_up=TODAY - timedelta(days=1), consent="no", note="不要亚马逊"),
)  # fmt: skip


class FakeModel(CaseModel):
    """Evaluates without the engine."""

    IN_TURNS = False

    def evaluate(self) -> None:
        self._burst.stop()
        self._advice = advice_on(self.case, self.day)
        self.evaluated.emit(self._advice)


class EmptyPage(Page):
    """A step whose content does not matter here."""

    step_id = "plan"


Make = Callable[..., Window]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "casebook.db"


@pytest.fixture
def make(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Make]:
    """Windows on the casebook of the test."""
    monkeypatch.setattr(
        "desktop.engine.advice.evaluate", lambda case, _book, day, _questions: advice_on(case, day)
    )
    only = {name: paging.PAGES[name] for name in ("product", "casebook")}
    absent = {step: (__name__, "EmptyPage") for step in paging.PAGES if step not in only}
    monkeypatch.setattr(paging, "PAGES", {**absent, **only})
    theme().apply(qapp, "light")
    prefs = Preferences(str(tmp_path / "settings.ini"))
    prefs.set_language("en")
    made: list[Window] = []

    def new(open_: bool = True) -> Window:
        window = Window(FakeModel(small_book(), TODAY), prefs, CasebookAsker())
        made.append(window)
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        if open_:
            window.keep_in(path, clock)
            settle(window)
        return window

    yield new
    for window in made:
        window.asker.save_answer = "discard"  # type: ignore[attr-defined]
        window.close()
        window.deleteLater()
    prefs.set_language("en")
    QLocale.setDefault(QLocale("en"))


@pytest.fixture
def window(make: Make, path: Path, clock: Clock) -> Window:
    fill(path, clock, small_questions(), CLIENTS, list_price="24.90")
    return make()


def small_questions() -> Any:
    return FakeModel(small_book(), TODAY).questions


def settle(window: Window) -> None:
    """All that was asked of the casebook is done and shown."""
    assert window.keeping is not None
    for _ in range(3):
        QApplication.processEvents()
        assert window.keeping.keeper.desk.settle()


def book_page(window: Window) -> CasebookPage:
    window.open_step("casebook")
    settle(window)
    page = window.current_page()
    assert isinstance(page, CasebookPage)
    return page


def shown(page: CasebookPage) -> list[list[str]]:
    return [
        [cell.plain() for cell in page.table.table_model.rows[at].parts] for at in range(page.visitors.total)
    ]


def clients(page: CasebookPage) -> list[str]:
    return [row[1] for row in shown(page)]


def words(widget: QWidget) -> set[str]:
    """Every text in a tree of widgets."""
    found: set[str] = set()
    for each in [widget, *widget.findChildren(QWidget)]:
        found.update(
            (each.accessibleName(), each.accessibleDescription(), each.toolTip(), each.windowTitle())
        )
        if isinstance(each, QLabel | QLineEdit):
            found.add(each.text())
        elif isinstance(each, QPlainTextEdit):
            found.add(each.toPlainText())
        elif isinstance(each, DataTable):
            for row in each.table_model.rows:
                found.update(cell.plain() for cell in row.parts)
    return found


def asker_of(window: Window) -> CasebookAsker:
    assert isinstance(window.asker, CasebookAsker)
    return window.asker


# ---------------------------------------------------------------------- the list
def test_ctrl_b_opens_the_visitors_of_the_day(window: Window) -> None:
    window.filing.new_case()
    QTest.keyClick(window, KEY.Key_B, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    page = book_page(window)
    assert page.lead.text() == "Today at the stand: 3 visitors, 0 sheets handed out, 1 to follow up."
    assert clients(page) == ["王芳", "no name, 0002", "Lin Mei"]
    assert shown(page)[2] == ["09:30", "Lin Mei", "Clothing", "", "", "", "", "–", "26 Nov", "email, yes"]
    assert [chip.text() for chip in page.filters.chips()] == [
        "Today 3", "Follow-up due 1", "Advice has a gap 0", "All 3", "Archived 0",
    ]  # fmt: skip
    assert page.table.hasFocus(), "the list is what the page begins with"
    assert page.side.isVisible()
    assert page.side.name.text() == "王芳"
    assert page.side.note.toPlainText() == "不要亚马逊"
    assert "never on the sheet" in words(page.side)


@pytest.mark.parametrize(("language", "mark"), [("en", "unsigned, mine"), ("zh", "未签名，自用")])
def test_a_case_that_rules_of_ones_own_answered_is_marked_with_shape_and_words(
    make: Make, path: Path, clock: Clock, language: str, mark: str
) -> None:
    fill(path, clock, small_questions(), CLIENTS, list_price="24.90")
    with Casebook.open(path, clock, small_questions()) as kept:
        case = replace(kept.get(2).case, rules=Noted(f"{OWN}1", "0" * 8, TODAY, "my rates"))
        number = kept.create(case, Details("Own rules")).number
        assert kept.unsigned() == kept.unsigned([1, 2, number]) == {number}
        assert kept.unsigned([1, 2]) == kept.unsigned([]) == frozenset()
    window = make()
    window.prefs.set_language(language)
    page = book_page(window)
    rows = page.table.table_model.rows
    at = [column.key for column in page.table.table_model.columns].index("first")
    marked = {row.key: row.parts[at] for row in rows if row.parts[at].icon}
    assert set(marked) == {str(number)}
    cell = marked[str(number)]
    assert (cell.icon, cell.icon_tone, cell.second) == ("shield", "warn", mark)
    assert mark in cell.tip
    assert mark in cell.plain(), "what a screen reader says of the row"
    assert sum(mark in " ".join(row) for row in shown(page)) == 1
    # beside the list too, for the chosen one only
    assert page.side.name.text() == "Own rules"
    assert page.side.rules.isVisible()
    assert mark in page.side.rules.words.text()
    page.table.set_current(str(rows[1].key))
    page.visitors.choose(int(rows[1].key))
    page.side.show_case()
    assert not page.side.rules.isVisible()
    window.open_step("start")
    settle(window)
    starts = [" ".join(cell.plain() for cell in row.parts) for row in window.start.table.table_model.rows]
    assert [mark in row for row in starts].count(True) == 1


def test_filter_and_search_by_keys_alone(window: Window) -> None:
    page = book_page(window)
    QTest.keyClick(page, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.line.hasFocus()
    QTest.keyClicks(page.line, "ningbo")
    settle(window)
    assert clients(page) == ["Lin Mei"]
    QTest.keyClick(page.line, KEY.Key_Escape)
    page.line.setText("王")
    settle(window)
    assert clients(page) == ["王芳"]
    page.line.setText("nobody at all")
    settle(window)
    assert not page.table.isVisible()
    assert page.empty.lead.text() == "No case matches “nobody at all”"
    assert page.side.name.text() == ""
    assert [link.text() for link in page.empty.links] == ["Take the search away", "Search all cases"]
    page.empty.linkActivated.emit("clear")
    settle(window)
    assert len(clients(page)) == 3
    page.filters.picked.emit("archived")
    settle(window)
    assert page.empty.lead.text() == "The archive is empty"


def test_a_head_sorts(window: Window) -> None:
    page = book_page(window)
    page.table.sortRequested.emit("client")
    settle(window)
    assert clients(page) == ["Lin Mei", "王芳", "no name, 0002"]
    page.table.sortRequested.emit("client")
    settle(window)
    assert clients(page) == ["王芳", "Lin Mei", "no name, 0002"], "what is empty comes last either way"


def test_the_chosen_case_shows_its_first_option(window: Window) -> None:
    page = book_page(window)
    page.visitors._look.stop()
    page.visitors._on_look()
    settle(window)
    side = page.side
    assert side.first.text() == "eBay"
    assert side.net.text() == "7.58"
    assert side.caption.text() == "30.4% of 24.90 USD"
    assert side.bar.isVisible()
    assert "7.58" in side.bar.accessibleDescription()


def test_ten_thousand_cases_are_there_at_once(make: Make, path: Path, clock: Clock) -> None:
    questions = small_questions()
    case = answered(questions, category="apparel")
    with Casebook.open(path, clock, questions) as book, book._writing():
        from msgspec.structs import asdict

        from desktop.core.casebook import summary_of
        from desktop.store.casebook.values import body_of, detail_values, summary_values

        values = {**summary_values(summary_of(case)), "body": body_of(case)}
        for n in range(10_000):
            book._new({**detail_values(asdict(Details(f"client {n:05d}"))), **values})
    window = make()
    page = book_page(window)
    assert page.visitors.total == 10_000
    assert len(page.visitors._pages) == 1, "a hundred are read, not all"
    page.table.scrollToBottom()
    page.grab()
    settle(window)
    page.grab()
    assert page.table.table_model.rows[9_999].parts[1].text == "client 00000"
    assert len(page.visitors._pages) <= 3
    page.line.setText("client 07771")
    settle(window)
    assert clients(page) == ["client 07771"]


# ---------------------------------------------------------------------- what is typed
def type_in(field: Any, text: str) -> None:
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, text)
    QTest.keyClick(field.line, KEY.Key_Return)


def test_a_client_is_edited_in_place_and_ctrl_z_takes_it_back(window: Window, path: Path) -> None:
    page = book_page(window)
    type_in(page.side.fields["client"], "Wang Fang")
    settle(window)
    assert clients(page)[0] == "Wang Fang"
    type_in(page.side.fields["follow_up"], "+2")
    settle(window)
    assert shown(page)[0][8] == "26 Nov"
    assert page.side.next.text() == "Call back Thu 26 Nov, in 2 days"
    page.side.consent.picked.emit("email")
    page.side.note.setFocus()
    page.side.note.setPlainText("calls back himself")
    page.side.note.document().setModified(True)
    page.table.setFocus()
    settle(window)
    with Casebook.open(path, Clock(), window.model.questions) as other:
        found = other.row(3)
    assert (found.client, found.follow_up, found.consent, found.consent_on, found.note) == (
        "Wang Fang", "2026-11-26", "email", "2026-11-24", "calls back himself",
    )  # fmt: skip
    assert window.menus["undo"].text() == "&Undo note of 0003"
    for _ in range(4):
        window.menus["undo"].trigger()
        settle(window)
    assert clients(page)[0] == "王芳"
    assert page.side.note.toPlainText() == "不要亚马逊"
    assert not window.menus["undo"].isEnabled()


def test_a_day_that_is_none_is_refused_where_it_stands(window: Window) -> None:
    page = book_page(window)
    field = page.side.fields["follow_up"]
    type_in(field, "soon")
    settle(window)
    assert "“soon” is no day" in field.message.label.text()
    assert shown(page)[0][8] == "23 Nov"


def test_ctrl_z_in_the_casebook_never_touches_the_open_case(window: Window) -> None:
    window.filing.new_case()
    window.model.set("category", "toys")
    book_page(window)
    assert not window.menus["undo"].isEnabled()
    window.following.undo()
    assert window.model.answer("category") == "toys"
    window.open_step("product")
    assert window.menus["undo"].isEnabled()
    window.following.undo()
    assert window.model.answer("category") is None


def test_delete_with_undo_from_the_toast(window: Window) -> None:
    page = book_page(window)
    page.table.setFocus()
    QTest.keyClick(page.table, KEY.Key_Delete)
    settle(window)
    assert clients(page) == ["no name, 0002", "Lin Mei"]
    assert window.toast.label.text() == "Deleted: 0003"
    window.toast.action.activated.emit()
    settle(window)
    assert clients(page) == ["王芳", "no name, 0002", "Lin Mei"]


def test_what_is_typed_when_the_next_visitor_comes_is_kept_and_heard_by_nobody(
    window: Window, path: Path
) -> None:
    page = book_page(window)
    page.side.fields["client"].line.setFocus()
    page.side.fields["client"].line.selectAll()
    QTest.keyClicks(page.side.fields["client"].line, "Wang Fang")
    window.receiving.next_visitor()
    QApplication.sendPostedEvents(None, 52)  # what is to be deleted goes now
    settle(window)
    with Casebook.open(path, Clock(), window.model.questions) as other:
        assert other.row(3).client == "Wang Fang"


def test_undo_in_a_toast_stays_that_of_the_casebook(window: Window) -> None:
    window.filing.new_case()
    window.model.set("category", "toys")
    settle(window)
    page = book_page(window)
    page.table.set_current_row(1)
    page.side.action.emit("delete")
    settle(window)
    window.open_step("product")
    window.toast.action.activated.emit()
    settle(window)
    assert window.model.answer("category") == "toys"
    assert len(clients(book_page(window))) == 4


def test_erasing_is_asked_before_and_leaves_nothing(window: Window, path: Path) -> None:
    page = book_page(window)
    page.side.action.emit("erase")
    settle(window)
    assert asker_of(window).asked == ["erase 王芳 1"]
    assert "王芳" in clients(page), "the answer was no"
    asker_of(window).yes = True
    page.side.action.emit("erase")
    settle(window)
    assert clients(page) == ["no name, 0002", "Lin Mei"]
    assert not [each for each in words(window) if "王芳" in each]
    for place in path.parent.rglob("*"):
        if place.is_file():
            assert "王芳".encode() not in place.read_bytes(), place


# ---------------------------------------------------------------------- opening and keeping
def test_a_case_opens_and_goes_on_in_its_row(window: Window, path: Path) -> None:
    page = book_page(window)
    page.table.set_current_row(2)
    settle(window)
    QTest.keyClick(page.table, KEY.Key_Return)
    settle(window)
    assert window.step == "product"
    assert window.model.answer("category") == "apparel"
    assert window.tools.kept.text() == "Kept 09:30"
    window.model.set("list_price", "31")
    settle(window)
    page = book_page(window)
    assert page.visitors.total == 3, "no case was added"
    assert shown(page)[2][4:6] == ["eBay", "7.58"]


def test_each_answer_is_kept_and_the_tool_bar_says_when(window: Window, clock: Clock) -> None:
    window.filing.new_case()
    settle(window)
    assert window.tools.kept.text() == ""
    window.model.set("category", "toys")
    settle(window)
    assert window.tools.kept.text() == "Kept 09:51"
    assert not window.isWindowModified()
    clock.later(minutes=4)
    window.model.set("list_price", "12")
    settle(window)
    assert window.tools.kept.text() == "Kept 09:55"
    assert window.tools.name.text() == "Case 0004"
    window.prefs.set_language("zh")
    window.freezing.finish()
    assert "09:55" in window.tools.kept.text()
    assert "Kept" not in window.tools.kept.text()


def test_nobody_is_asked_about_what_is_kept(window: Window) -> None:
    window.filing.new_case()
    window.model.set("category", "toys")
    window.filing.new_case()
    window.filing.open_example("1-clothing.lanewise")
    window.model.set("list_price", "31")
    window.filing.close_case()
    assert asker_of(window).asked == []
    assert window.filing.save() or window.step == START


def test_ctrl_s_says_that_it_is_kept_and_writes_only_a_file_that_there_is(
    window: Window, tmp_path: Path
) -> None:
    window.filing.new_case()
    window.model.set("category", "toys")
    assert window.filing.save()
    assert asker_of(window).asked == []
    assert "Kept in the casebook at 09:51" in window.toast.label.text()
    file = tmp_path / "a.lanewise"
    file.write_text('{"format": 1, "answers": {"category": "apparel"}}', "utf-8")
    assert window.filing.open_file(file)
    window.model.set("list_price", "31")
    settle(window)
    assert window.tools.kept.text() == "Kept 09:51 · file not saved"
    assert '"31"' not in file.read_text("utf-8")
    assert window.filing.save()
    assert '"31"' in file.read_text("utf-8")
    assert window.tools.kept.text() == "Kept 09:51 · file saved"


def test_a_file_that_is_left_unsaved_is_asked_about_and_the_answers_are_kept(
    window: Window, tmp_path: Path
) -> None:
    file = tmp_path / "a.lanewise"
    file.write_text('{"format": 1, "answers": {"category": "apparel"}}', "utf-8")
    window.filing.open_file(file)
    window.model.set("list_price", "31")
    asker_of(window).save_answer = "discard"
    window.filing.close_case()
    assert asker_of(window).asked == ["file a.lanewise 0004"]
    assert '"31"' not in file.read_text("utf-8")
    assert len(clients(book_page(window))) == 4


# ---------------------------------------------------------------------- visitors
def test_f2_keeps_without_asking_and_leaves_nothing_on_the_screen(window: Window, qtbot: QtBot) -> None:
    page = book_page(window)
    page.visitors.duplicate(1)
    settle(window)
    window.filing.new_case()
    for name, value in (("category", "toys"), ("list_price", "31.73"), ("unit_cost", "4711")):
        window.model.set(name, value)
    settle(window)
    window.open_step("casebook")
    settle(window)
    window.open_step("product")
    QTest.keyClick(window, KEY.Key_F2)
    settle(window)
    assert asker_of(window).asked == []
    assert window.tools.kept.text() == ""
    last = ("31.73", "4711", "4,711", "Lin Mei", "王芳", "Ningbo", "lin@example.org", "0005", "Duplicated")
    for text in words(window):
        assert not any(each in text for each in last), text
    window.model.set("category", "apparel")
    settle(window)
    assert len(clients(book_page(window))) == 6


def test_the_start_page_shows_no_margin_of_the_last_visitor_until_the_casebook_was_asked_for(
    window: Window,
) -> None:
    def heads() -> list[str]:
        return [column.key for column in window.start.table.table_model.columns]

    def margins() -> list[str]:
        return [text for text in words(window.start) if "7.58" in text]

    window.filing.new_case()
    for name, value in (("direction", "export"), ("category", "toys"), ("list_price", "24.90")):
        window.model.set(name, value)
    window.model.evaluate()
    settle(window)
    window.open_step(START)
    settle(window)
    assert "net" in heads()
    assert margins()
    window.open_step("product")
    for receive in (window.receiving.next_visitor, window.receiving.show):
        receive()
        settle(window)
        window.menus["close"].trigger()
        settle(window)
        assert window.at_start
        assert "Lin Mei" in words(window.start)
        assert "net" not in heads()
        assert not margins()
        book_page(window)
        window.open_step(START)
        settle(window)
        assert "net" in heads()
        assert margins()
        window.filing.new_case()


def test_while_a_visitor_looks_on_no_other_case_is_anywhere(window: Window) -> None:
    window.filing.new_case()
    window.model.set("category", "apparel")
    window.open_step(START)
    settle(window)
    assert "Lin Mei" in words(window.start)
    window.open_step("product")
    book_page(window)
    window.receiving.show()
    settle(window)
    for text in words(window) | words(window.receiving.view):
        assert not any(name in text for name in ("Lin Mei", "王芳", "Ningbo", "亚马逊")), text
    window.model.set("list_price", "31")
    settle(window)
    assert not any("Lin Mei" in text for text in words(window)), "nor after an answer was kept"
    window.receiving.leave()
    settle(window)
    assert "Lin Mei" in words(window)


def test_f4_notes_day_and_consent_by_keys_alone(window: Window, clock: Clock, path: Path) -> None:
    from desktop.views.next_step import NextStep, NextStepDialog

    def by_keys(asked: NextStep) -> NextStep:
        dialog = NextStepDialog(asked, window)
        dialog.show()
        QTest.keyClicks(dialog.day.line, "+2")
        assert dialog.day.message.label.text() == "Thu 26 Nov, in 2 days"
        QTest.keyClick(dialog.day.line, KEY.Key_Return)
        QTest.keyClick(dialog.focusWidget(), KEY.Key_Space)
        QTest.keyClick(dialog.focusWidget(), KEY.Key_Return)
        assert dialog.result() == dialog.DialogCode.Accepted
        return dialog.found()

    asker_of(window).step = by_keys
    window.filing.new_case()
    QTest.keyClick(window, KEY.Key_F4)
    assert asker_of(window).asked == [], "there is nothing to note it for"
    window.model.set("category", "toys")
    settle(window)
    QTest.keyClick(window, KEY.Key_F4)
    settle(window)
    assert window.toast.label.text() == "Noted for 0004"
    with Casebook.open(path, clock, window.model.questions) as other:
        found = other.row(4)
    assert (found.follow_up, found.consent, found.consent_on) == ("2026-11-26", "email", "2026-11-24")
    window.model.set("list_price", "12")
    settle(window)
    assert len(clients(book_page(window))) == 4, "the next answer goes on in the same row"


def test_a_wrong_day_keeps_the_dialog_open(window: Window) -> None:
    from desktop.views.next_step import NextStep, NextStepDialog

    dialog = NextStepDialog(NextStep(None, "no", "", TODAY, "en"), window)
    dialog.show()
    QTest.keyClicks(dialog.day.line, "soon")
    QTest.keyClick(dialog.day.line, KEY.Key_Return)
    assert "“soon” is no day" in dialog.day.message.label.text()
    assert dialog.isVisible()
    dialog.reject()


# ---------------------------------------------------------------------- the start page
def test_the_start_page_shows_the_cases_and_finds_them(window: Window) -> None:
    assert "All cases: 3" in words(window.start)
    rows = [row.parts[0].text for row in window.start.table.table_model.rows]
    assert rows == ["王芳", "no name, 0002", "Lin Mei"]
    assert window.start.find is not None
    window.start.find.setText("ningbo")
    settle(window)
    assert [row.parts[0].text for row in window.start.table.table_model.rows] == ["Lin Mei"]
    window.start.table.rowActivated.emit("case:1")
    settle(window)
    assert window.step == "product"
    assert window.keeping is not None
    assert window.keeping.keeper.number == 1


def test_after_a_crash_the_open_case_is_offered(make: Make, path: Path) -> None:
    first = make()
    first.filing.new_case()
    first.model.set("category", "toys")
    settle(first)
    assert first.keeping is not None
    # as after a kill: the thread ends, nothing is closed
    first.keeping.keeper.desk.close()
    assert marked_open(path) == 1
    window = make()
    assert window.start.left.isVisible()
    assert "Case 0001 was open." in window.start.left.text.text()
    assert "Nothing is lost." in window.start.left.text.text()
    window.start.left.link.activated.emit()
    settle(window)
    assert window.model.answer("category") == "toys"
    assert not window.start.left.isVisible()
    assert marked_open(path) == 1


def test_leaving_it_takes_the_offer_away(make: Make) -> None:
    first = make()
    first.filing.new_case()
    first.model.set("category", "toys")
    settle(first)
    assert first.keeping is not None
    first.keeping.keeper.desk.close()
    window = make()
    window.start.left.second.activated.emit()
    assert not window.start.left.isVisible()
    assert window.model.answer("category") is None


# ---------------------------------------------------------------------- troubles
def test_a_write_that_fails_is_told_above_the_work_with_a_way_on(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.filing.new_case()
    window.model.set("category", "toys")
    settle(window)
    full = CasebookError("full", both("the disk with casebook.db is full"))
    with monkeypatch.context() as patch:
        patch.setattr(Casebook, "keep", lambda *_a, **_k: (_ for _ in ()).throw(full))
        window.model.set("list_price", "31")
        settle(window)
        notice = window.work.trouble
        assert notice.isVisible()
        assert "What was answered last is not kept yet." in notice.text.text()
        assert "The disk with casebook.db is full" in notice.text.text()
        assert (notice.link.text(), notice.second.text()) == ("Save a copy…", "Try again")
        assert window.tools.kept.text() == "not kept"
        assert window.isWindowModified()
        asker_of(window).path = tmp_path / "copy.lanewise"
        notice.link.activated.emit()
        assert '"31"' in (tmp_path / "copy.lanewise").read_text("utf-8")
        asker_of(window).asked.clear()
        window.model.set("list_price", "32")
        assert not window.filing.may_leave()
        assert len(asker_of(window).asked) == 1, "what is not kept is asked about"
    window.work.trouble.second.activated.emit()
    settle(window)
    assert not window.work.trouble.isVisible()
    assert window.tools.kept.text().startswith("Kept ")


def test_a_damaged_casebook_is_said_on_the_start_page_and_recovered(
    make: Make, path: Path, clock: Clock
) -> None:
    fill(path, clock, small_questions(), CLIENTS)
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\x55" * 3996
    path.write_bytes(content)
    window = make()
    trouble = window.start.trouble
    assert trouble.isVisible()
    assert "The casebook is not open." in trouble.text.text()
    assert "casebook.db is damaged" in trouble.text.text()
    assert (trouble.link.text(), trouble.second.text()) == (
        "Recover what can be read",
        "Go back to a backup…",
    )
    trouble.link.activated.emit()
    settle(window)
    assert not trouble.isVisible()
    assert "Brought back: 3 cases." in window.start.told.text.text()
    assert len(clients(book_page(window))) == 3


def test_a_backup_takes_its_place(make: Make, path: Path, clock: Clock) -> None:
    fill(path, clock, small_questions(), CLIENTS)
    with Casebook.open(path, clock, small_questions()) as book:
        book.backup()
        book.create(answered(small_questions(), category="toys"), Details("later"))
    path.write_bytes(path.read_bytes()[:2000])
    window = make()
    asker_of(window).chosen = 0
    window.start.trouble.second.activated.emit()
    settle(window)
    assert (
        asker_of(window).asked[0].startswith("24 Nov 2026, after 3 changes")
        or "after 3 changes" in asker_of(window).asked[0]
    )
    assert not window.start.trouble.isVisible()
    assert len(clients(book_page(window))) == 3


def test_a_casebook_of_a_newer_program_is_left_alone(make: Make, path: Path, clock: Clock) -> None:
    import sqlite3

    fill(path, clock, small_questions(), CLIENTS)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=9")
        connection.execute("UPDATE meta SET version=9")
    before = path.read_bytes()
    window = make()
    assert "newer Lanewise" in window.start.trouble.text.text()
    assert not window.start.trouble.link.isVisible()
    window.filing.new_case()
    window.model.set("category", "toys")
    settle(window)
    assert window.work.trouble.isVisible()
    assert window.work.trouble.link.text() == "Save a copy…"
    assert path.read_bytes() == before


def test_words_of_troubles_follow_the_language(make: Make, path: Path, clock: Clock) -> None:
    fill(path, clock, small_questions(), CLIENTS)
    path.write_bytes(path.read_bytes()[:2000])
    window = make()
    window.prefs.set_language("zh")
    window.freezing.finish()
    assert "已损坏" in window.start.trouble.text.text()
    assert "not open" not in window.start.trouble.text.text()


# ---------------------------------------------------------------------- files
def drop(target: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    move = Qt.DropAction.CopyAction
    entered = QDragEnterEvent(
        QPoint(5, 5), move, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(target, entered)
    assert entered.isAccepted()
    event = QDropEvent(QPointF(5, 5), move, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)


def case_file(folder: Path, name: str, category: str) -> Path:
    place = folder / f"{name}.lanewise"
    place.write_text(f'{{"format": 1, "answers": {{"category": "{category}"}}}}', "utf-8")
    return place


def test_one_file_dropped_on_the_desk_opens_and_several_come_into_the_casebook(
    window: Window, tmp_path: Path
) -> None:
    one, two = case_file(tmp_path, "一", "toys"), case_file(tmp_path, "b", "shoes")
    drop(window, one)
    settle(window)
    assert window.model.path == one
    drop(window, one, two)
    settle(window)
    assert window.step == "casebook"
    assert len(clients(book_page(window))) == 5
    assert window.toast.label.text() == "Imported: 2"
    page = book_page(window)
    bad = tmp_path / "bad.lanewise"
    bad.write_text("{", "utf-8")
    drop(page.viewport(), bad)
    settle(window)
    assert "bad.lanewise" in page.notice.text.text()


def test_the_day_is_exported_and_a_case_taken_out(window: Window, tmp_path: Path) -> None:
    page = book_page(window)
    asker_of(window).path = tmp_path / "day.csv"
    page.out_actions[0].trigger()
    settle(window)
    assert asker_of(window).asked == ["visitors-2026-11-24.xlsx"]
    assert "Lin Mei" in (tmp_path / "day.csv").read_text("utf-8-sig")
    assert "Ningbo" not in (tmp_path / "day.csv").read_text("utf-8-sig")
    asker_of(window).path = tmp_path / "one.lanewise"
    page.side.action.emit("export")
    settle(window)
    assert "apparel" in (tmp_path / "one.lanewise").read_text("utf-8")
    asker_of(window).path = tmp_path / "all"
    page.out_actions[2].trigger()
    settle(window)
    assert len(list((tmp_path / "all").glob("*.lanewise"))) == 3


# ---------------------------------------------------------------------- form
def test_it_fits_a_small_window_and_follows_the_language(window: Window) -> None:
    page = book_page(window)
    window.resize(1024, 700)
    settle(window)
    assert [column.key for column in page._columns()] == ["time", "client", "product", "first", "net", "call"]
    assert page.table.horizontalHeader().length() <= page.table.viewport().width()
    assert page.side.isVisible()
    window.prefs.set_language("zh")
    window.freezing.finish()
    settle(window)
    assert page.title.text() == "案例簿"
    assert not any("visitors" in text or "Call back" in text for text in words(page))


def test_without_a_casebook_the_window_does_as_before(make: Make) -> None:
    window = make(open_=False)
    window.open_step("casebook")
    assert window.step == START
    assert window.toast.label.text() == "No casebook is open."
    window.filing.new_case()
    window.model.set("category", "toys")
    assert window.tools.kept.text() == "not saved"
    assert not window.filing.may_leave()


# ---------------------------------------------------------------------- the sheet
def test_a_printed_sheet_is_noted_with_its_own_case_though_the_next_visitor_is_there(
    window: Window, path: Path, clock: Clock
) -> None:
    window.filing.new_case()
    for name, value in (("direction", "export"), ("category", "toys"), ("list_price", "31")):
        window.model.set(name, value)
    settle(window)
    paper = window.paper
    # as `print_now` begins it
    paper._begun_for = paper.of()
    window.receiving.next_visitor()
    window.model.set("category", "apparel")
    settle(window)
    paper.papers.printed.emit("a printer")
    settle(window)
    with Casebook.open(path, clock, window.model.questions) as other:
        assert other.row(4).sheet_on == "2026-11-24"
        assert other.row(5).sheet_on == ""
    page = book_page(window)
    assert "1 sheet handed out" in page.lead.text()


def test_the_sheet_of_the_chosen_case_is_shown(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    page = book_page(window)
    shown_of: list[Any] = []
    monkeypatch.setattr(
        window.paper, "preview", lambda: shown_of.append((window.model.advice, window.model.case))
    )
    page.table.set_current_row(2)
    settle(window)
    page.side.sheet.click()
    settle(window)
    assert len(shown_of) == 1
    advice, case = shown_of[0]
    assert advice is not None
    assert case.answers["category"] == "apparel"
    assert window.keeping is not None
    assert window.keeping.keeper.number == 1
