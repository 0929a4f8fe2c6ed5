"""The window and the casebook: what opens it, shows its cases, says what is not kept, and offers the ways on."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.core.casebook import CaseRow
from desktop.core.errors import LanewiseError
from desktop.core.text import Text
from desktop.viewmodels.casebook.keeper import Keeper
from desktop.viewmodels.casebook.visitors import Shown, Visitors
from desktop.viewmodels.start import START
from desktop.viewmodels.wording import as_sentence

if TYPE_CHECKING:
    from desktop.core.case import Case
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.menus import Menus
    from desktop.views.message import Asker
    from desktop.views.pages.base import Page
    from desktop.views.pages.casebook import CasebookPage
    from desktop.views.paper_commands import PaperCommands
    from desktop.views.start_page import StartPage
    from desktop.views.telling import Telling
    from desktop.views.toolbar import ToolBar
    from desktop.views.widgets.notices import Notice
    from desktop.views.work_area import WorkArea

PAGE = "casebook"


class Files(Protocol):
    """What is asked of the files of the cases."""

    def may_leave(self) -> bool: ...

    def save_as(self) -> bool: ...


class Reception(Protocol):
    """What is asked where visitors are received."""

    def next_visitor(self) -> None: ...


class Fields(Protocol):
    """What is asked of the keyboard."""

    def commit(self) -> None: ...


class Host(Protocol):
    """What is asked of the window whose cases are kept."""

    model: CaseModel
    prefs: Preferences
    asker: Asker
    menus: Menus
    tools: ToolBar
    start: StartPage
    step: str
    telling: Telling

    @property
    def filing(self) -> Files: ...

    @property
    def receiving(self) -> Reception: ...

    @property
    def keyboard(self) -> Fields: ...

    @property
    def at_start(self) -> bool: ...

    @property
    def paper(self) -> PaperCommands: ...

    def work_made(self) -> WorkArea | None: ...

    def page_made(self, page_id: str) -> Page | None: ...

    def open_step(self, step_id: str, then: Callable[[], object] | None = None) -> None: ...

    def begin_case(self, step_id: str) -> None: ...

    def show_title(self) -> None: ...

    def show_undo(self) -> None: ...


class Keeping(QObject):
    """Made after the first paint, when the window is told which casebook is its own."""

    def __init__(self, window: Host, path: Path, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(cast(QObject, window))
        self.window = window
        self.keeper = keeper = Keeper(window.model, path, clock, self)
        self.recents = Visitors(keeper, window.model, window.prefs, self)
        self.recents.shown = Shown(filter="all", sort="updated")
        self.left: CaseRow | None = None
        """The case that was open when the program ended without closing."""
        self._told: list[Text] = []
        keeper.troubled.connect(lambda _error: self.show_trouble())
        keeper.recovered.connect(self.show_trouble)
        keeper.told.connect(self._tell)
        keeper.left.connect(self._on_left)
        keeper.changed.connect(window.tools.show_state)
        keeper.changed.connect(window.show_title)
        keeper.changed.connect(self._on_changed)
        keeper.kept.connect(lambda _row: self._forget_left())
        self.recents.opening.connect(self.open_case)
        self.recents.refused.connect(lambda text: window.telling.say(text[window.prefs.language], ""))
        window.tools.keeper = keeper
        self._connect_notice(window.start.trouble)
        window.start.show_cases(self.recents)
        window.start.leftRequested.connect(self.open_left)
        window.start.leaveRequested.connect(self._forget_left)
        keeper.open()

    def _connect_notice(self, notice: Notice) -> None:
        notice.linkActivated.connect(lambda: self._way(0))
        notice.secondActivated.connect(lambda: self._way(1))

    def _on_changed(self) -> None:
        """Whether an answer hangs on it changes what is said of a trouble."""
        if self.keeper.trouble is not None:
            self.show_trouble()

    def connect_work(self) -> None:
        """The work area was made anew."""
        work = self.window.work_made()
        if work is not None:
            self._connect_notice(work.trouble)
        self.show_trouble()

    # ------------------------------------------------------------------ what is not kept
    def ways(self) -> list[tuple[str, str]]:
        """What can be done about the trouble that there is: key and words, at most two."""
        trouble = self.keeper.trouble
        if trouble is None:
            return []
        words = {
            "save-elsewhere": self.tr("Save a copy…"),
            "again": self.tr("Try again"),
            "recover": self.tr("Recover what can be read"),
            "restore": self.tr("Go back to a backup…"),
        }
        store = [{"reopen": "again"}.get(way, way) for way in getattr(trouble, "ways", ("again",))]
        rest = [way for way in dict.fromkeys(store) if way in words and way != "save-elsewhere"]
        # a copy is the first way on where an answer hangs on it, and none where there is nothing to save
        offered = ["save-elsewhere", *rest] if self.keeper.failing else rest
        return [(way, words[way]) for way in offered[:2]]

    def show_trouble(self) -> None:
        """The notice at the top of the start page and of the work area, or none."""
        window, keeper = self.window, self.keeper
        trouble = keeper.trouble
        places = [(window.start.trouble, window.start.trouble)]
        if (work := window.work_made()) is not None:
            places.append((work.trouble, work.trouble_room))
        if trouble is not None and not keeper.ready:
            window.start.stop_waiting()
        for notice, room in places:
            if trouble is not None:
                lead = (
                    self.tr("What was answered last is not kept yet.")
                    if keeper.failing
                    else self.tr("The casebook is not open.")
                )
                said = trouble.text[window.prefs.language]
                if said.partition(" ")[0].isalpha():
                    # it may begin with the name of a file, which stays as it is
                    said = as_sentence(said)
                if keeper.failing:
                    said += "\n" + self.tr("The case stays here in the window.")
                links = [words for _way, words in self.ways()] + ["", ""]
                notice.set_notice("err", lead, said, links[0], links[1])
            room.setVisible(trouble is not None)
            notice.setVisible(trouble is not None)

    def _way(self, at: int) -> None:
        ways = self.ways()
        if at >= len(ways):
            return
        way = ways[at][0]
        if way == "save-elsewhere":
            self.window.filing.save_as()
        elif way == "again":
            self.keeper.try_again()
        elif way == "recover":
            self.keeper.recover()
        else:
            self.choose_backup()

    def choose_backup(self) -> None:
        backups = self.keeper.backups()
        if not backups:
            self.window.telling.say(self.tr("There is no backup of this casebook."), "")
            return
        names = [
            self.tr("{day}, after {count} changes").format(day=each.day.isoformat(), count=f"{each.seq:,}")
            for each in backups
        ]
        at = self.window.asker.backup(names)
        if at >= 0:
            self.keeper.restore(backups[at].path)

    def _tell(self, text: Text) -> None:
        """A sentence of the casebook, to be read in peace: it stays until it is taken note of."""
        self._told.append(text)
        self.show_told()

    def show_told(self) -> None:
        language = self.window.prefs.language
        said = "\n".join(text[language] for text in self._told)
        self.window.start.show_told(said)
        if self._told and not self.window.at_start:
            self.window.telling.say(said, "")

    def heard(self) -> None:
        self._told.clear()
        self.window.start.show_told("")

    # ------------------------------------------------------------------ after a crash
    def _on_left(self, row: CaseRow) -> None:
        self.left = row
        self.window.start.show_left(row.label)

    def _forget_left(self) -> None:
        if self.left is not None:
            self.left = None
            self.window.start.show_left("")

    def open_left(self) -> None:
        row = self.left
        if row is not None:
            self.recents.open(row.number)

    # ------------------------------------------------------------------ cases
    def open_case(self, row: CaseRow, case: Case) -> bool:
        """A case of the casebook in place of the open one."""
        window = self.window
        self._forget_left()
        if row.number == self.keeper.number and window.model.path is None:
            window.open_step(self._step(row))
            return True
        if not window.filing.may_leave():
            return False
        try:
            window.model.check(case)
        except LanewiseError as error:
            window.telling.refuse("opened", error.text, row.label)
            return False
        self.keeper.take(row, case, self._step(row))
        window.begin_case(self._step(row))
        return True

    def _step(self, row: CaseRow) -> str:
        steps = [step.id for step in self.window.model.flow.steps]
        return row.step if row.step in steps else steps[0]

    def make_page(self, kind: type[Page], parent: QWidget) -> CasebookPage:
        """The page of the casebook, which shows what is kept."""
        window, page_class = self.window, cast("type[CasebookPage]", kind)
        page = page_class(window.model, window.prefs, self.keeper, parent)
        page.caseRequested.connect(self.open_case)
        page.sheetRequested.connect(self._open_sheet)
        page.newRequested.connect(window.receiving.next_visitor)
        page.importRequested.connect(self.choose_import)
        page.exportRequested.connect(lambda day: self._export(page, day))
        page.takeOutRequested.connect(lambda row: self._take_out(page, row))
        page.eraseRequested.connect(lambda row, count: self._erase(page, row, count))
        page.undoChanged.connect(window.show_undo)
        page.visitors.erased.connect(self._on_erased)
        return page

    def _open_sheet(self, row: CaseRow, case: Case) -> None:
        model = self.window.model
        if not self.open_case(row, case):
            return
        if model.advice is not None:
            self.window.paper.preview()
        else:
            # what is printed is worked out first
            model.evaluated.connect(self._on_evaluated_for_sheet)

    def _on_evaluated_for_sheet(self, _advice: object) -> None:
        self.window.model.evaluated.disconnect(self._on_evaluated_for_sheet)
        self.window.paper.preview()

    def connect_paper(self, paper: PaperCommands) -> None:
        """A sheet that is printed is noted with its case."""
        paper.of = self.keeper.open_now
        paper.handedOut.connect(self.keeper.sheet_printed)

    def choose_import(self) -> None:
        paths = self.window.asker.case_paths(str(Path.home()))
        if paths:
            self.bring_in(paths)

    def bring_in(self, paths: list[Path]) -> None:
        """Case files into the casebook, which is then seen."""
        self.window.open_step(PAGE, lambda: self._bring_in(paths))

    def _bring_in(self, paths: list[Path]) -> None:
        page = self.page()
        if page is not None:
            page.visitors.bring_in(paths)

    def page(self) -> CasebookPage | None:
        return cast("CasebookPage | None", self.window.page_made(PAGE))

    def _export(self, page: CasebookPage, day: bool) -> None:
        name = f"visitors-{page.visitors.today.isoformat()}.xlsx" if day else "cases.xlsx"
        path = self.window.asker.case_list_path(str(Path.home() / name))
        if path is not None:
            page.visitors.export_list(path, day=day)

    def _take_out(self, page: CasebookPage, row: CaseRow | None) -> None:
        if row is None:
            folder = self.window.asker.cases_folder(str(Path.home()))
            if folder is not None:
                page.visitors.take_out_all(folder)
            return
        file_name = importlib.import_module("desktop.store.casebook.exchange").file_name
        path = self.window.asker.save_path(str(Path.home() / file_name(row)))
        if path is not None:
            page.visitors.take_out(row, path)

    def _erase(self, page: CasebookPage, row: CaseRow, count: int) -> None:
        name = row.client or self.tr("Case {number}").format(number=row.label)
        if self.window.asker.erase(name, count):
            page.visitors.erase(row)

    def _on_erased(self) -> None:
        """A hidden page still holds what it last showed."""
        self._forget_left()
        self.recents.forget()
        self.window.start.clear_cases()

    def note_next_step(self) -> None:
        """F4: day, consent and note of the open case."""
        from desktop.views.next_step import NextStep

        window, keeper = self.window, self.keeper
        if window.at_start:
            return
        window.keyboard.commit()
        if not window.model.case.answers:
            window.telling.say(self.tr("There is no case yet to note it for: answer the first question."), "")
            return
        keeper.flush()
        row, today = keeper.row, keeper.now().date()
        asked = NextStep(
            row.details.follow_up if row else None,
            row.consent if row else "not-asked",
            row.note if row else "",
            today,
            window.prefs.language,
        )
        found = window.asker.next_step(asked)
        if found is None or found == asked:
            return
        details: dict[str, object] = {}
        for name in ("follow_up", "consent", "note"):
            if getattr(found, name) != getattr(asked, name):
                details[name] = getattr(found, name)
        if "consent" in details:
            details["consent_on"] = None if found.consent == "not-asked" else today
        keeper.note(
            details,
            lambda row: window.telling.say(self.tr("Noted for {number}").format(number=row.label), ""),
        )

    # ------------------------------------------------------------------ the window
    def note_step(self, step_id: str) -> None:
        """A step is about to be opened: it is noted with the case, and what is being typed on the casebook counts."""
        page = self.page()
        if page is not None and self.window.step == PAGE and step_id != PAGE:
            page.pane.commit()
            page.visitors.resting = True
        if step_id != START:
            self.recents.resting = True
        if any(step.id == step_id for step in self.window.model.flow.steps):
            self.keeper.set_step(step_id)

    def set_discreet(self, discreet: bool) -> None:
        page = self.page()
        if page is not None:
            page.set_discreet(discreet)
        if discreet:
            self._forget_left()
            self.recents.forget()

    def retranslate(self) -> None:
        self.show_trouble()
        self.show_told()
        if self.left is not None:
            self.window.start.show_left(self.left.label)

    def close(self) -> None:
        self.recents.close()
        self.keeper.close()
