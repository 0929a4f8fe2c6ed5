"""Paper from the window: preview, printing at once, saving, the choices, and the visitor's P."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sheet_papers import close, pages
from window_fakes import OpenWindow

from desktop.core.errors import StoreError
from desktop.core.text import Text
from desktop.reports.sheet.model import About, Sheet
from desktop.reports.sheet.page import Canvas
from desktop.reports.sheet.paper import pages_of
from desktop.store import rulebook
from desktop.store.casefile import read_example
from desktop.viewmodels.papers import PaperChoice
from desktop.views.menus import PAPER
from desktop.views.message import Asker
from desktop.views.printing import PaperDialog, preview_dialog, print_on, printer_of
from desktop.views.window import Window
from tests.conftest import TODAY


class Desk(Asker):
    """Answers every question, and keeps what was shown and printed."""

    def __init__(self, window: Window, folder: Path) -> None:
        super().__init__(window)
        self.folder = folder
        self.names: tuple[str, ...] = ("Stand printer", "Other printer")
        self.saves = True
        self.asked: list[str] = []
        self.shown: list[tuple[Sequence[Canvas], str, str]] = []
        self.printed: list[tuple[int, str, str, bool]] = []
        self.choice: PaperChoice | None = None

    def save_first(self, _name: str) -> str:
        return "discard"

    def paper_path(self, proposed: str, report: bool) -> Path | None:
        self.asked.append(Path(proposed).name)
        return self.folder / Path(proposed).name if self.saves else None

    def paper_choice(self, _choice: PaperChoice) -> PaperChoice | None:
        return self.choice

    def printers(self) -> tuple[str, ...]:
        return self.names

    def no_printer(self) -> bool:
        self.asked.append("no printer")
        return True

    def preview(self, pages: Sequence[Canvas], title: str, printer: str) -> str:
        self.shown.append((pages, title, printer))
        return "Other printer"

    def print_pages(self, pages: Sequence[Canvas], title: str, printer: str) -> None:
        own = threading.current_thread() is threading.main_thread()
        self.printed.append((len(pages), title, printer, own))


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> Iterator[Window]:
    made = open_window()
    made.asker = Desk(made, tmp_path)
    made.filing.open_example("1-clothing.lanewise")
    made.model.evaluate()
    made.open_step("platforms")
    yield made
    made.paper.close()


def desk(window: Window) -> Desk:
    assert isinstance(window.asker, Desk)
    return window.asker


def test_every_command_needs_a_case(window: Window) -> None:
    assert all(window.menus[name].isEnabled() for name in PAPER)
    assert window.tools.print.isVisible()
    window.filing.close_case()
    assert not any(window.menus[name].isEnabled() for name in PAPER)
    assert not window.tools.print.isVisible()


def test_the_keys_are_those_of_the_design(window: Window) -> None:
    assert window.menus["print"].shortcut().toString() == "Ctrl+P"
    assert window.menus["print-now"].shortcut().toString() == "Ctrl+Shift+P"


def test_a_saved_sheet_is_said_and_is_one_page(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.paper.papers.saved, timeout=30_000):
        window.menus["save-pdf"].trigger()
    target = tmp_path / "Cotton dress sheet.pdf"
    assert len(pages(target.read_bytes())) == 1
    assert window.toast.label.text() == "Saved: Cotton dress sheet.pdf"
    assert not window.toast.action.text()


def test_the_full_report_and_html_are_saved(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.paper.papers.saved, timeout=30_000):
        window.menus["save-report"].trigger()
    assert len(pages((tmp_path / "Cotton dress report.pdf").read_bytes())) > 5
    window.prefs.set_language("zh")
    with qtbot.waitSignal(window.paper.papers.saved, timeout=30_000):
        window.menus["save-html"].trigger()
    assert 'lang="zh-Hans"' in (tmp_path / "棉布连衣裙 单页.html").read_text(encoding="utf-8")


def test_a_sheet_is_of_the_moment_in_which_it_was_asked_for(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.paper.papers.saved, timeout=30_000):
        window.menus["save-pdf"].trigger()
        window.model.set("list_price", "31.50")
    text = close(pages((tmp_path / "Cotton dress sheet.pdf").read_bytes())[0])
    assert "soldat24.90USD" in text
    assert "31.50" not in text


def test_a_fault_is_a_notice_that_stays_and_nothing_is_left(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr("desktop.views.telling.announce", lambda _notice, text: heard.append(text))
    (tmp_path / "Cotton dress sheet.pdf").mkdir()
    with qtbot.waitSignal(window.paper.papers.failed, timeout=30_000):
        window.menus["save-pdf"].trigger()
    assert "could not be saved" not in window.toast.label.text()
    assert window.work.notice_room.isVisible()
    said = window.work.notice.accessibleName()
    assert heard == [said]
    assert said.startswith("The sheet was not saved. Cotton dress sheet.pdf could not be saved: ")
    window.prefs.set_language("zh")
    zh = "单页未保存。 无法保存 Cotton dress sheet.pdf："
    qtbot.waitUntil(lambda: window.work.notice.accessibleName().startswith(zh))
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_was_not_printed_stays_until_it_is(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jammed(_pages: Sequence[Canvas], _title: str, _printer: str) -> None:
        raise StoreError(Text("the printer does not answer", "打印机没有响应"))

    with monkeypatch.context() as patch:
        patch.setattr(desk(window), "print_pages", jammed)
        with qtbot.waitSignal(window.paper.papers.failed, timeout=30_000):
            window.menus["print-now"].trigger()
    assert window.toast.isHidden()
    assert window.work.notice.accessibleName() == "The sheet was not printed. the printer does not answer"
    with qtbot.waitSignal(window.paper.papers.printed, timeout=30_000):
        window.menus["print-now"].trigger()
    assert not window.work.notice_room.isVisible()
    assert window.toast.label.text() == "Sent to the printer: Stand printer"


def test_a_paper_that_is_made_says_nothing_of_a_case_that_was_not_saved(qtbot: QtBot, window: Window) -> None:
    window.telling.refuse("saved", Text("x could not be saved", "无法保存 x"))
    with qtbot.waitSignal(window.paper.papers.printed, timeout=30_000):
        window.menus["print-now"].trigger()
    assert window.work.notice_room.isVisible()


def test_a_failed_print_in_front_of_a_visitor_is_said_to_the_visitor_view_alone(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jammed(_pages: Sequence[Canvas], _title: str, _printer: str) -> None:
        raise StoreError(Text("the printer does not answer", "打印机没有响应"))

    monkeypatch.setattr(desk(window), "print_pages", jammed)
    window.receiving.show()
    with qtbot.waitSignal(window.paper.papers.failed, timeout=30_000):
        QTest.keyClick(window.receiving.view, Qt.Key.Key_P)
    assert window.receiving.view.toast.label.text() == "the printer does not answer"
    assert window.telling.refused is None


def test_nothing_is_saved_without_a_place(window: Window) -> None:
    desk(window).saves = False
    window.menus["save-pdf"].trigger()
    assert not window.paper.papers.busy


def test_it_is_printed_beside_the_window_on_the_last_printer(qtbot: QtBot, window: Window) -> None:
    window.prefs.keep_paper("printer", "Other printer")
    with qtbot.waitSignal(window.paper.papers.printed, timeout=30_000):
        QTest.mouseClick(window.tools.print, Qt.MouseButton.LeftButton)
    assert desk(window).printed == [(1, "Cotton dress — Lanewise", "Other printer", False)]
    assert window.toast.label.text() == "Sent to the printer: Other printer"
    window.prefs.keep_paper("printer", "one that has gone")
    with qtbot.waitSignal(window.paper.papers.printed, timeout=30_000):
        window.menus["print-now"].trigger()
    assert desk(window).printed[-1][2] == "Stand printer"


def test_without_a_printer_a_pdf_is_offered(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    desk(window).names = ()
    with qtbot.waitSignal(window.paper.papers.saved, timeout=30_000):
        window.menus["print-now"].trigger()
    assert desk(window).asked == ["no printer", "Cotton dress sheet.pdf"]
    assert (tmp_path / "Cotton dress sheet.pdf").is_file()


def test_every_control_of_the_preview_has_a_name(qtbot: QtBot, window: Window) -> None:
    printer = printer_of("", "Sheet")
    dialog = preview_dialog((), "Sheet", printer, window)
    dialog.show()
    for widget in dialog.findChildren(QWidget):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        at: QWidget | None = widget
        said = ""
        # the parts of the view are named by the view
        while at is not None and at is not dialog and not said:
            said, at = QAccessible.queryAccessibleInterface(at).text(QAccessible.Text.Name), at.parentWidget()
        assert said, type(widget).__name__
    dialog.close()


def test_the_preview_shows_the_page_and_keeps_the_printer(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.paper.papers.laid, timeout=30_000):
        window.menus["print"].trigger()
    (shown, title, printer) = desk(window).shown[0]
    assert len(shown) == 1
    assert title == "Cotton dress — Lanewise"
    assert printer == "Stand printer"
    assert window.prefs.paper("printer") == "Other printer"


def test_without_the_first_answers_there_is_nothing_to_print(window: Window) -> None:
    window.filing.new_case()
    window.menus["print-now"].trigger()
    assert "nothing to print yet" in window.toast.label.text()
    assert not desk(window).printed


def test_a_second_paper_waits_for_the_first(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.paper.papers.saved, timeout=30_000):
        window.menus["save-pdf"].trigger()
        window.menus["print-now"].trigger()
        assert "still being made" in window.toast.label.text()
    assert not desk(window).printed


def test_choices_are_kept_but_not_whom_it_is_for(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    desk(window).choice = PaperChoice("both", customer=True, client="Ruth & Co", adviser="M. Weber")
    window.menus["sheet-options"].trigger()
    with qtbot.waitSignal(window.paper.papers.saved, timeout=30_000):
        window.menus["save-pdf"].trigger()
    text = close(pages((tmp_path / "Cotton dress sheet.pdf").read_bytes())[0])
    assert close("Ruth & Co") in text
    assert close("M. Weber") in text
    assert close("客户联") in text
    assert (window.prefs.paper("tongue"), window.prefs.paper("adviser")) == ("both", "M. Weber")
    kept = Path(str(window.prefs._store.fileName()))
    window.prefs._store.sync()
    assert "Ruth" not in kept.read_text(encoding="utf-8")
    window.filing.open_example("3-milk-powder.lanewise")
    assert window.paper.papers.choice == PaperChoice("both", adviser="M. Weber")


def test_the_dialog_gives_back_what_was_chosen(qtbot: QtBot, window: Window) -> None:
    dialog = PaperDialog(PaperChoice("zh", client="A", adviser="B"), window)
    qtbot.addWidget(dialog)
    assert dialog.choice() == PaperChoice("zh", client="A", adviser="B")
    dialog.client.setText("  Ruth ")
    dialog.customer.setChecked(True)
    assert dialog.choice() == PaperChoice("zh", customer=True, client="Ruth", adviser="B")


def test_p_in_the_visitor_view_prints_the_customers_copy_of_what_is_seen(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Sheet] = []

    def laid(content: Sheet, tongue: object) -> tuple[Canvas, ...]:
        made.append(content)
        return ()

    monkeypatch.setattr("desktop.reports.sheet.paper.pages_of", laid)
    window.receiving.show()
    view = window.receiving.view
    view.visitor.next_market()
    with qtbot.waitSignal(window.paper.papers.printed, timeout=30_000):
        QTest.keyClick(view, Qt.Key.Key_P)
    assert view.toast.label.text() == "Sent to the printer: Stand printer"
    assert made[0].customer
    place = next(o.name for o in window.model.advice.markets.options if o.id == view.visitor.market)  # type: ignore[union-attr]
    assert place.en in made[0].leads[0].en
    window.receiving.leave()
    assert view.toast.isHidden()


def test_in_front_of_a_visitor_no_dialog_opens(window: Window) -> None:
    desk(window).names = ()
    window.receiving.show()
    QTest.keyClick(window.receiving.view, Qt.Key.Key_P)
    assert not desk(window).asked
    assert "No printer" in window.receiving.view.toast.label.text()


def test_a_printer_gets_the_page_on_its_whole_paper(qapp: QApplication, tmp_path: Path) -> None:
    """Printed into a file, as a printer without paper."""
    from desktop.core.questions import questions_of
    from desktop.engine.advice import evaluate
    from desktop.viewmodels.sheet import sheet_of

    book = rulebook.load()
    questions = questions_of(book.rules)
    case = read_example("3-milk-powder.lanewise", questions)
    sheet = sheet_of(evaluate(case, book, TODAY, questions), case, questions, book, TODAY, About())
    printer = printer_of("", "Milk")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_on(printer, pages_of(sheet, "zh"))
    found = pages((tmp_path / "printed.pdf").read_bytes())
    assert len(found) == 1
    assert close("婴幼儿奶粉") in close(found[0])
