"""The list of the casebook: filter, search and order, read page by page; and what is done with a case of it.

All reading and writing is beside the window (`desk`): a list of any length never holds the window up. What is done can be
undone by name, but for erasing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.core.casebook import CaseRow, Counts, KeptCase, Query, label_of
from desktop.core.errors import LanewiseError
from desktop.core.text import EMPTY, Language, Text
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.casebook import words
from desktop.viewmodels.casebook.desk import Desk
from desktop.viewmodels.casebook.keeper import Keeper
from desktop.viewmodels.preferences import Preferences

if TYPE_CHECKING:
    from desktop.core.result import Option
    from desktop.store.casebook import Casebook

translate = QCoreApplication.translate
PAGE = 100
FILTERS = ("today", "due", "gap", "all", "archived")
FALLING = ("created", "net", "updated")
"""What is first sorted from the most on."""
LOOK_MS = 120
MOST_REASONS = 5
REFRESH_MS = 150
DETAILS: Mapping[str, Text] = {
    "client": Text("name", "姓名"), "languages": Text("languages", "语言"), "contact": Text("contact", "联系方式"),
    "tags": Text("tags", "标签"), "follow_up": Text("call back", "回访日期"), "consent": Text("consent", "同意"),
    "note": Text("note", "备注"),
}  # fmt: skip


class Shown(Struct, frozen=True):
    """Which cases are shown, and in which order."""

    filter: str = "today"
    text: str = ""
    sort: str = "created"
    falling: bool = True

    def query(self, today: date) -> Query:
        return Query(
            text=self.text,
            day=today if self.filter == "today" else None,
            due=today if self.filter == "due" else None,
            gap=self.filter == "gap",
            shelf="archived" if self.filter == "archived" else "open",
            sort=self.sort,
            descending=self.falling,
        )


class _Page(Struct, frozen=True):
    """A part of the list as the thread found it."""

    at: int
    rows: tuple[CaseRow, ...]
    own: frozenset[int] = frozenset()
    """The numbers of those that rules of one's own answered, which nobody signed."""

    @classmethod
    def of(cls, book: Casebook, at: int, rows: tuple[CaseRow, ...]) -> _Page:
        return cls(at, rows, book.unsigned([row.number for row in rows]))


class _Listed(Struct, frozen=True):
    today: date
    counts: Counts
    total: int
    pages: tuple[_Page, ...]


class _Looked(Struct, frozen=True):
    """The first option of a case as it is evaluated now, and where it is."""

    number: int
    option: Option | None
    place: Text | None
    problem: Text


class _Undo(Struct, frozen=True):
    name: Text
    work: Callable[[Desk], Any]


class Visitors(QObject):
    """The list and the chosen case.

    Signals: `listed()` when other rows are shown, or others of the same; `arrived()` when rows that were asked for have
    come; `looked()` when more is known of the chosen case; `undoChanged()`; `said(str, bool)`: a sentence, and whether it
    can be undone; `refused(Text)`; `erased()` when a client is gone for good; `opening(CaseRow, Case)`: a case to open.
    """

    listed = Signal()
    arrived = Signal()
    looked = Signal()
    undoChanged = Signal()
    said = Signal(str, bool)
    refused = Signal(object)
    opening = Signal(object, object)
    erased = Signal()

    def __init__(
        self, keeper: Keeper, model: CaseModel, prefs: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.keeper, self.model, self.prefs = keeper, model, prefs
        self.shown = Shown()
        self.today = model.today
        self.counts: Counts | None = None
        self.total = 0
        self.chosen = 0
        """The number of the chosen case, 0 for none."""
        self.preview: words.Preview | None = None
        self.problem: Text = EMPTY
        self._pages: dict[int, tuple[CaseRow, ...]] = {}
        self._own: frozenset[int] = frozenset()
        self._asked: set[int] = set()
        self._turn = 0
        self._closed = False
        self._names: dict[Language, Any] = {}
        self._looked: _Looked | None = None
        self._done: list[_Undo] = []
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self._on_soon)
        self.resting = True
        """Whether nobody looks: then nothing is read, and nothing of any case is held."""
        keeper.opened.connect(self._on_soon)
        keeper.kept.connect(self._on_kept)

    @property
    def language(self) -> Language:
        return self.prefs.language

    @property
    def names(self) -> Any:
        """How ids are called in the language in force."""
        from desktop.reports.casebook.columns import names_of

        if self.language not in self._names:
            self._names[self.language] = names_of(self.model.book, self.language)
        return self._names[self.language]

    # ------------------------------------------------------------------ which rows
    def show(self, **changes: Any) -> None:
        """Another filter, search or order."""
        shown = replace(self.shown, **changes)
        if shown != self.shown:
            self.shown = shown
            self._list((0,))

    def sort_by(self, key: str) -> None:
        """By a column; the same one again turns the order round."""
        falling = not self.shown.falling if key == self.shown.sort else key in FALLING
        self.show(sort=key, falling=falling)

    def refresh(self) -> None:
        """The same list anew: somebody looks."""
        self.resting = False
        self._list(tuple(sorted({0, *self._pages})[:8]))

    def _on_kept(self, _row: CaseRow) -> None:
        if not self.resting:
            self._soon.start()

    def _on_soon(self) -> None:
        if not self.resting:
            self.refresh()

    def _list(self, pages: Sequence[int]) -> None:
        """Counts, and the parts of the list that are seen."""
        self._turn += 1
        turn, shown, clock = self._turn, self.shown, self.keeper.now

        def work(desk: Desk) -> _Listed | None:
            if turn != self._turn:
                # a newer question has come meanwhile
                return None
            book, today = desk.book, clock().date()
            query = shown.query(today)
            found, total = [], 0
            for at in pages:
                part = book.find(query, at * PAGE, PAGE)
                total = part.total
                if at * PAGE < total or not at:
                    found.append(_Page.of(book, at, part.rows))
            return _Listed(today, book.counts(today), total, tuple(found))

        self.keeper.desk.ask(work, lambda found: self._on_listed(turn, found), self._on_unread)

    def _on_listed(self, turn: int, found: _Listed | None) -> None:
        if found is None or turn != self._turn:
            return
        self.today, self.counts, self.total = found.today, found.counts, found.total
        self._pages = {page.at: page.rows for page in found.pages}
        self._own = frozenset().union(*(page.own for page in found.pages))
        self._asked.clear()
        self.listed.emit()

    def _on_unread(self, error: LanewiseError) -> None:
        # why the casebook is not open is said by the keeper
        if self.keeper.ready and not self._closed:
            self.refused.emit(error.text)

    def row(self, at: int) -> CaseRow | None:
        """A row of the list by its place; None where it is still being read, then `arrived` tells when it has come."""
        page = self._pages.get(at // PAGE)
        if page is not None:
            return page[at % PAGE] if at % PAGE < len(page) else None
        self._ask_page(at // PAGE)
        return None

    def _ask_page(self, at: int) -> None:
        if at in self._asked:
            return
        self._asked.add(at)
        turn, query = self._turn, self.shown.query(self.today)

        def work(desk: Desk) -> _Page | None:
            if turn != self._turn:
                return None
            return _Page.of(desk.book, at, desk.book.find(query, at * PAGE, PAGE).rows)

        def done(page: _Page | None) -> None:
            if page is not None and turn == self._turn:
                self._asked.discard(at)
                self._pages[at] = page.rows
                self._own |= page.own
                self.arrived.emit()

        self.keeper.desk.ask(work, done, self._on_unread)

    def line(self, at: int) -> words.Line | None:
        row = self.row(at)
        return None if row is None else self.line_of(row)

    def line_of(self, row: CaseRow) -> words.Line:
        """A case of the list in words."""
        return words.line(row, self.names, self.today, row.number in self._own)

    @property
    def currency(self) -> str:
        """The currency of all amounts that were read; empty where there are several, or none."""
        found = {row.currency for rows in self._pages.values() for row in rows if row.currency}
        return found.pop() if len(found) == 1 else ""

    def place_of(self, number: int) -> int:
        """Where a case stands among the rows that were read; -1 where it is none of them."""
        for at, rows in self._pages.items():
            for k, row in enumerate(rows):
                if row.number == number:
                    return at * PAGE + k
        return -1

    # ------------------------------------------------------------------ the chosen case
    def choose(self, number: int) -> None:
        if number != self.chosen:
            self.chosen = number
            self._looked, self.preview, self.problem = None, None, EMPTY
        self._look.start()

    @property
    def current(self) -> CaseRow | None:
        """The row of the chosen case."""
        at = self.place_of(self.chosen) if self.chosen else -1
        return self.row(at) if at >= 0 else None

    def _on_look(self) -> None:
        """Evaluates the chosen case beside the window."""
        number = self.chosen
        if not number:
            return
        book, today, questions = self.model.book, self.model.today, self.model.questions

        def work(desk: Desk) -> _Looked | None:
            from desktop.core.case import check_kept
            from desktop.engine.advice import evaluate

            if number != self.chosen:
                return None
            try:
                case = desk.book.get(number).case
                check_kept(case.overrides, book)
            except LanewiseError as error:
                return _Looked(number, None, None, error.text)
            advice = evaluate(case, book, today, questions)
            option = words.first_option(advice, case.exports)
            market = option.quote.lane.get("market", "") if option and option.quote else ""
            place = next((each.name for each in advice.markets.options if each.id == market), None)
            return _Looked(number, option, place, EMPTY)

        self.keeper.desk.ask(work, self._on_looked, self._on_unread)

    def _on_looked(self, found: _Looked | None) -> None:
        if found is None or found.number != self.chosen:
            return
        self._looked = found
        self.say_preview()
        self.looked.emit()

    def say_preview(self) -> None:
        """What was found of the chosen case in the language in force."""
        found = self._looked
        if found is not None:
            self.problem = found.problem
            self.preview = words.preview(found.option, found.place, self.language)

    def open(self, number: int) -> None:
        """Reads a case whole; `opening` brings it."""

        def done(kept: KeptCase) -> None:
            if not self._closed:
                self.opening.emit(kept.row, kept.case)

        self.keeper.desk.ask(lambda desk: desk.book.get(number), done, self._on_refused)

    # ------------------------------------------------------------------ what is done with a case
    def _do(
        self, work: Callable[[Desk], Any], done: Callable[[Any], None] | None = None, undo: _Undo | None = None
    ) -> None:  # fmt: skip
        """A change in the casebook, then the list anew."""

        def over(found: Any) -> None:
            if self._closed:
                return
            if undo is not None:
                self._done.append(undo)
                self.undoChanged.emit()
            self._on_soon()
            if done is not None:
                done(found)

        self.keeper.desk.ask(work, over, self._on_refused)

    def _on_refused(self, error: LanewiseError) -> None:
        if self._closed:
            # the page is gone by now, and what was typed there was not kept all the same
            self.keeper.told.emit(error.text)
            return
        self._on_soon()
        self.refused.emit(error.text)

    def edit(self, row: CaseRow, name: str, value: Any) -> None:
        """What was typed of a client, by the field of Details. The day of a consent is noted with it."""
        old = getattr(row.details, name)
        if value == old:
            return
        changes, back = {name: value}, {name: old}
        if name == "consent":
            changes["consent_on"] = None if value == "not-asked" else self.keeper.now().date()
            back["consent_on"] = row.details.consent_on
        keeper, number = self.keeper, row.number
        undo = _Undo(_named(DETAILS[name], number), lambda desk: keeper.edit(desk, number, back))
        self._do(lambda desk: keeper.edit(desk, number, changes), None, undo)

    def type(self, row: CaseRow, name: str, text: str) -> None:
        """A field as it was typed. OptionError where it is no day: nothing is changed."""
        value: Any = text
        if name == "follow_up":
            value = words.call_back(text, self.today)
        elif name in ("languages", "tags"):
            value = words.several(text)
        else:
            value = text.strip()
        self.edit(row, name, value)

    def duplicate(self, number: int) -> None:
        made: list[int] = []

        def work(desk: Desk) -> CaseRow:
            row = desk.book.duplicate(number)
            made.append(row.number)
            return row

        def done(row: CaseRow) -> None:
            self._tell(translate("CasebookPage", "Duplicated as {number}").format(number=row.label))

        undo = _Undo(_named(Text("copy", "副本"), number), lambda desk: [desk.book.delete(n) for n in made])
        self._do(work, done, undo)

    def archive(self, number: int, on: bool) -> None:
        keeper = self.keeper
        name = Text("archiving", "归档") if on else Text("taking out of the archive", "取消归档")
        undo = _Undo(_named(name, number), lambda desk: keeper.shelve(desk, number, not on))
        told = (
            translate("CasebookPage", "{number} is in the archive") if on
            else translate("CasebookPage", "{number} is no longer in the archive")
        )  # fmt: skip
        self._do(
            lambda desk: keeper.shelve(desk, number, on),
            lambda _row: self._tell(told.format(number=label_of(number))),
            undo,
        )

    def delete(self, number: int) -> None:
        """Puts a case away; it can be brought back until the program is closed."""
        if number == self.keeper.number:
            self.keeper.flush()
            self.keeper.drop()
        undo = _Undo(
            _named(Text("deletion", "删除"), number), lambda desk: desk.book.undo_delete(number)
        )  # fmt: skip
        words_of = translate("CasebookPage", "Deleted: {number}")
        self._do(
            lambda desk: desk.book.delete(number),
            lambda _row: self._tell(words_of.format(number=label_of(number))),
            undo,
        )

    def same_client(self, row: CaseRow, then: Callable[[int], None]) -> None:
        """How many cases an erasure would take: all of the client's name, or the one that has none."""

        def work(desk: Desk) -> int:
            from desktop.core.finding import folded

            if not row.client:
                return 1
            wanted = folded(row.client).strip()
            shelves = [desk.book.find(Query(shelf=shelf)).rows for shelf in ("all", "deleted")]
            return sum(folded(each.client).strip() == wanted for rows in shelves for each in rows)

        self.keeper.desk.ask(work, lambda count: None if self._closed else then(count), self._on_refused)

    def erase(self, row: CaseRow) -> None:
        """Everything of a client, or of a case without a name, backups and logs too. Nothing brings it back."""
        keeper = self.keeper
        keeper.flush()

        def work(desk: Desk) -> Any:
            return desk.book.erase_client(row.client) if row.client else desk.book.erase_cases([row.number])

        def done(erased: Any) -> None:
            # what could be undone holds words of the client
            self._done.clear()
            self.undoChanged.emit()
            if keeper.number in erased.numbers:
                keeper.drop()
            said = translate("CasebookPage", "Erased, with all copies: {numbers}").format(
                numbers=words.counted(erased.numbers)
            )
            if erased.mentions:
                said += " · " + translate("CasebookPage", "the name still stands in {numbers}").format(
                    numbers=words.counted(erased.mentions)
                )
            self.erased.emit()
            self.said.emit(said, False)

        self._do(work, done)

    def _tell(self, text: str) -> None:
        self.said.emit(text, True)

    # ------------------------------------------------------------------ undo
    @property
    def undo_name(self) -> Text:
        return self._done[-1].name if self._done else EMPTY

    def undo(self) -> None:
        if not self._done:
            return
        step = self._done.pop()
        self.undoChanged.emit()
        self._do(step.work)

    def forget(self) -> None:
        """Nothing of any case stays, and nothing is read until it is looked at again."""
        self.resting = True
        self._turn += 1
        self._look.stop()
        self._soon.stop()
        self._pages.clear()
        self._own = frozenset()
        self._done.clear()
        self._looked = self.preview = None
        self.chosen = self.total = 0
        self.counts = None

    def close(self) -> None:
        """The list is no longer shown: what comes later is not heard."""
        self.forget()
        self._closed = True

    # ------------------------------------------------------------------ files
    def bring_in(self, paths: Sequence[Path]) -> None:
        """Case files, folders and zips of them as new cases."""
        rules = self.model.book
        made: list[int] = []

        def work(desk: Desk) -> Any:
            from desktop.store.casebook import import_files

            found = import_files(desk.book, paths, rules)
            made.extend(row.number for row in found.rows)
            return found

        def done(found: Any) -> None:
            parts = []
            if found.rows:
                parts.append(translate("CasebookPage", "Imported: {count}").format(count=len(found.rows)))
            if found.known:
                parts.append(
                    translate("CasebookPage", "already there: {count}").format(count=len(found.known))
                )
            if found.refused:
                parts.append(translate("CasebookPage", "refused: {count}").format(count=len(found.refused)))
            if found.rows:
                self._done.append(
                    _Undo(Text("import", "导入"), lambda desk: [desk.book.delete(n) for n in made])
                )
                self.undoChanged.emit()
            if parts:
                self.said.emit(" · ".join(parts), bool(found.rows))
            if found.refused:
                self.refused.emit(_reasons(found.refused))
            if found.rows and self.shown.filter != "today":
                self.show(filter="today", text="")

        self._do(work, done)

    def take_out(self, row: CaseRow, path: Path) -> None:
        """One case as a file."""
        self._write(path, lambda desk, exchange: exchange.export_case(desk.book, row.number, path))

    def take_out_all(self, target: Path) -> None:
        """The cases of the list as files in a folder, or in one .zip."""
        query = self.shown.query(self.today)

        def write(desk: Desk, exchange: Any) -> None:
            numbers = [row.number for row in desk.book.find(query).rows]
            exchange.export_cases(desk.book, numbers, target)

        self._write(target, write)

    def export_list(self, path: Path, *, day: bool) -> None:
        """The cases of the day, or those of the list, as XLSX or CSV. Without the private notes."""
        query = Query(day=self.today, shelf="all", descending=False) if day else self.shown.query(self.today)
        title = translate("CasebookPage", "Visitors of {day}").format(day=self.today.isoformat()) if day else (
            translate("CasebookPage", "Casebook")
        )  # fmt: skip
        names = self.names

        def write(desk: Desk, _exchange: Any) -> None:
            from desktop.reports.casebook import write_cases

            write_cases(path, desk.book.find(query).rows, names, title, unsigned=desk.book.unsigned())

        self._write(path, write)

    def _write(self, path: Path, write: Callable[[Desk, Any], None]) -> None:
        def work(desk: Desk) -> None:
            from desktop.store.casebook import exchange

            write(desk, exchange)

        told = translate("CasebookPage", "Written: {name}").format(name=path.name)

        def done(_none: None) -> None:
            if not self._closed:
                self.said.emit(told, False)

        self.keeper.desk.ask(work, done, self._on_refused)


def _reasons(refused: Sequence[tuple[str, Text]]) -> Text:
    """Why files were refused, a line each, the first few of them."""
    some = [why for _name, why in refused[:MOST_REASONS]]
    more = [f"… +{len(refused) - MOST_REASONS}"] if len(refused) > MOST_REASONS else []
    return Text("\n".join([*(why.en for why in some), *more]), "\n".join([*(why.zh for why in some), *more]))


def _named(what: Text, number: int) -> Text:
    """What is undone, by name: note of 0412."""
    label = label_of(number)
    return Text(f"{what.en} of {label}", f"{label} 的{what.zh}")
