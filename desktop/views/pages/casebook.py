"""The casebook: whom I talked to, whom to call, and each case again in a moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.core.casebook import CaseRow
from desktop.core.result import Advice
from desktop.core.text import Language, Text
from desktop.store.casefile import SUFFIX
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.casebook import words
from desktop.viewmodels.casebook.keeper import Keeper
from desktop.viewmodels.casebook.visitors import FILTERS, Visitors
from desktop.viewmodels.preferences import Preferences
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.base import Page
from desktop.views.pages.casebook_side import CasebookSide
from desktop.views.pages.fact_finder import SearchLine
from desktop.views.widgets import (
    ChipGroup,
    Choice,
    EmptyState,
    KeyCap,
    Notice,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
)
from desktop.views.widgets.long_table import LazyRows, LongTable
from desktop.views.widgets.number_field import FieldBox
from desktop.views.widgets.table import Cell, Column, Row

SORTS = {"time": "created", "client": "client", "product": "product", "market": "market", "first": "first",
         "net": "net", "step": "step", "sheet": "sheet", "call": "follow_up", "consent": "consent"}  # fmt: skip
LEAST_NAME = 56
"""So much of a column of names stays where there is little room; the chosen case stands beside the list."""
COMPACT = ("time", "client", "product", "first", "net", "call")
ROW = 40
WIDE = 860
WAITING = "…"


class VisitorTable(LongTable):
    """Rows by their number. Delete puts the case away."""

    deleteRequested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.deleteRequested.emit()
            return
        super().keyPressEvent(event)


class CasebookPage(Page):
    """Filters and search above, the list below them, the chosen case beside it."""

    step_id: ClassVar[str] = "casebook"

    caseRequested = Signal(object, object)
    """A case of the casebook is to become the open one: its row and its answers."""
    sheetRequested = Signal(object, object)
    newRequested = Signal()
    importRequested = Signal()
    exportRequested = Signal(bool)
    """The list as a workbook or CSV; True for that of the day."""
    takeOutRequested = Signal(object)
    """A case as a file: its row; None for all of the list."""
    eraseRequested = Signal(object, int)
    """A client is to be erased wholly: the row, and how many cases that are."""
    undoChanged = Signal()

    def __init__(
        self, model: CaseModel, prefs: Preferences, keeper: Keeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, prefs, parent)
        self.visitors = Visitors(keeper, model, prefs, self)
        self.discreet = False
        self._wide = False
        self._then_sheet = self._to_list = False
        self.notice = Notice("err")
        self.notice.hide()
        self.filters = ChipGroup(small=True)
        self.box = FieldBox()
        self.box.icon_name = "magnifier"
        self.line = SearchLine(self.box)
        self.cap = KeyCap("Ctrl F")
        self.table = VisitorTable(row_height=ROW)
        self.table.minimum_rows(4)
        self.empty = EmptyState("people")
        self.kept_here = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.bring_in = SecondaryButton("", "folder")
        self.take_out = SecondaryButton("", "arrow-down")
        self.new = PrimaryButton("", "plus")
        self.out_menu = QMenu(self)
        self.out_actions = [self.out_menu.addAction("") for _ in range(3)]
        self.side = self.pane = CasebookSide(self.visitors)
        self.find_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        self.viewport().setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for button in (self.bring_in, self.take_out, self.new):
            self.add_switch(button)
        self._switches.setSpacing(SPACE.s)
        inner = QHBoxLayout(self.box)
        inner.setSpacing(0)
        inner.addWidget(self.line, 1)
        inner.addWidget(self.cap)
        inner.addSpacing(7)
        self.box._retheme()
        self.box.setMinimumWidth(180)
        self.box.setMaximumWidth(300)
        above = QHBoxLayout()
        above.setSpacing(SPACE.l)
        above.addWidget(self.filters, 3)
        above.addWidget(self.box, 2)
        self.body.setSpacing(SPACE.m)
        self.body.addWidget(self.notice)
        self.body.addLayout(above)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.kept_here)
        self.body.addStretch(0)

    def _connect(self) -> None:
        visitors, pane = self.visitors, self.pane
        visitors.listed.connect(self._show_list)
        visitors.arrived.connect(self._on_arrived)
        visitors.undoChanged.connect(self.undoChanged)
        visitors.said.connect(self._on_said)
        visitors.refused.connect(self._refuse)
        visitors.opening.connect(self._on_opening)
        self.filters.picked.connect(lambda key: visitors.show(filter=key))
        self.line.textChanged.connect(self._on_search)
        self.line.escaped.connect(self.line.clear)
        self.line.down.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.line.entered.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.find_key.activated.connect(self.focus_search)
        self.table.currentRowChanged.connect(lambda _key: self._on_current())
        self.table.rowActivated.connect(lambda key: visitors.open(int(key)) if key.isdigit() else None)
        self.table.sortRequested.connect(lambda key: visitors.sort_by(SORTS[key]))
        self.table.deleteRequested.connect(lambda: self._on_action("delete"))
        self.empty.linkActivated.connect(self._on_link)
        self.notice.linkActivated.connect(self.notice.hide)
        self.bring_in.clicked.connect(self.importRequested)
        self.take_out.clicked.connect(self._open_out)
        self.new.clicked.connect(self.newRequested)
        for action, slot in zip(self.out_actions, (
            lambda: self.exportRequested.emit(True), lambda: self.exportRequested.emit(False),
            lambda: self.takeOutRequested.emit(None),
        ), strict=True):  # fmt: skip
            action.triggered.connect(lambda _on=False, slot=slot: slot())
        pane.openRequested.connect(self._open_chosen)
        pane.sheetRequested.connect(self._sheet_of_chosen)
        pane.action.connect(self._on_action)

    # ------------------------------------------------------------------ what the window calls
    def show_advice(self, advice: Advice) -> None:
        """The list follows what is kept, not what is evaluated."""

    def opened(self) -> None:
        """The page is seen: what was kept meanwhile is read."""
        self.visitors.refresh()

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self.bring_in.setText(self.tr("Import…"))
        self.take_out.setText(self.tr("Export"))
        self.new.setText(self.tr("New visitor"))
        self.new.setToolTip("F2")
        self.line.setPlaceholderText(self.tr("Find"))
        self.line.setAccessibleName(self.tr("Find a case by name, contact, product, note or tag"))
        self.filters.set_name(self.tr("Which cases"))
        self.table.set_name(self.tr("Cases"))
        self.kept_here.setText(
            self.tr(
                "Kept on this computer only. Names may stay empty; “erase” removes a visitor and all copies."
            )
        )
        for action, word in zip(
            self.out_actions,
            (
                self.tr("Visitors of today as XLSX or CSV…"),
                self.tr("This list as XLSX or CSV…"),
                self.tr("The cases of this list as files…"),
            ),
            strict=True,
        ):
            action.setText(word)
        self.visitors.say_preview()
        self.pane.retranslate()
        self._show_list()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self._show_list()

    def focus_first(self) -> None:
        """The list, once it is read; where there is nothing, the search."""
        self._to_list = self.visitors.counts is None
        target: QWidget = self.table if self.visitors.total else self.line
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def why_focused(self) -> bool:
        """A figure of the list is explained in its case."""
        return True

    def set_discreet(self, discreet: bool) -> None:
        """Nothing of other cases is on the screen while a visitor looks on."""
        if discreet == self.discreet:
            return
        self.discreet = discreet
        if discreet:
            self.visitors.forget()
            self.line.clear()
            self._show_list()
        else:
            self.visitors.refresh()

    def close_down(self) -> None:
        """The page goes: what is being typed is kept, and nothing of it stays."""
        self.pane.commit()
        self.visitors.close()

    # ------------------------------------------------------------------ undo
    @property
    def undo_name(self) -> Text:
        return self.visitors.undo_name

    def undo(self) -> None:
        self.visitors.undo()

    # ------------------------------------------------------------------ showing
    def _show_list(self) -> None:
        """Counts, chips and rows; the chosen case stays chosen, and the list where it was."""
        visitors, table = self.visitors, self.table
        counts = visitors.counts
        if counts is not None:
            visitors_said = self.tr("1 visitor") if counts.today == 1 else self.tr("{count} visitors")
            sheets_said = self.tr("1 sheet") if counts.sheets == 1 else self.tr("{count} sheets")
            lead = self.tr("Today at the stand: {visitors}, {sheets} handed out, {due} to follow up.")
            said = lead.format(
                visitors=visitors_said.format(count=f"{counts.today:,}"),
                sheets=sheets_said.format(count=f"{counts.sheets:,}"),
                due=f"{counts.due:,}",
            )
            self.set_title(self.name[self.language], said)
        self._show_chips()
        place = table.verticalScrollBar().value()
        typed, was = visitors.chosen, visitors.place_of(visitors.chosen)
        table.show_rows(self._columns(), LazyRows(visitors.total, self._row), tuple(SORTS), self._sorted(),
                        visitors.shown.falling)  # fmt: skip
        if was >= 0:
            table._quiet = True
            table.setCurrentIndex(table.table_model.index(was, 0))
            table._quiet = False
            table.verticalScrollBar().setValue(place)
        there = visitors.total > 0
        table.setVisible(there)
        self.empty.setVisible(counts is not None and not there)
        self.take_out.setEnabled(counts is not None and counts.open + counts.archived > 0)
        if counts is not None and not there:
            self._show_empty()
        if was < 0:
            visitors.choose(self._current_number() if there else 0)
        elif typed:
            visitors.choose(typed)
        self._mark_pane()
        if self._to_list and counts is not None:
            self._to_list = False
            if there and self.line.hasFocus() and not self.line.text():
                table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chips(self) -> None:
        counts = self.visitors.counts
        numbers = dict.fromkeys(FILTERS, "") if counts is None else {
            "today": counts.today, "due": counts.due, "gap": counts.gap, "all": counts.open,
            "archived": counts.archived,
        }  # fmt: skip
        names = {
            "today": self.tr("Today"),
            "due": self.tr("Follow-up due"),
            "gap": self.tr("Advice has a gap"),
            "all": self.tr("All"),
            "archived": self.tr("Archived"),
        }
        self.filters.set_choices([Choice(key, f"{names[key]} {numbers[key]}".strip()) for key in FILTERS])
        self.filters.set_current(self.visitors.shown.filter)

    def _sorted(self) -> str:
        return next((key for key, sort in SORTS.items() if sort == self.visitors.shown.sort), "")

    def _columns(self) -> list[Column]:
        currency = self.visitors.currency
        net = self.tr("Net, {currency}").format(currency=currency) if currency else self.tr("Net")
        columns = [
            Column("time", self.tr("Time"), width=60, spare=True),
            Column("client", self.tr("Visitor"), width=90, stretch=True, short=LEAST_NAME),
            Column("product", self.tr("Product"), width=100, stretch=True, short=LEAST_NAME),
            Column("market", self.tr("Market"), width=70),
            Column("first", self.tr("First"), width=120 if self._wide else 88, short=LEAST_NAME),
            Column("net", net, numeric=True, width=78 if currency else 104),
            Column("step", self.tr("Last step"), width=76),
            Column("sheet", self.tr("Sheet"), width=52),
            Column("call", self.tr("Call back"), width=72, spare=True),
            Column("consent", self.tr("Consent"), width=96),
        ]
        narrow = self.compact or self.beside
        left_out = () if self._wide else ("market", "consent")
        return [c for c in columns if (c.key in COMPACT if narrow else c.key not in left_out)]

    def _row(self, at: int) -> Row:
        line = self.visitors.line(at)
        columns = self._columns()
        if line is None:
            return Row("", tuple(Cell(WAITING if n == 0 else "", tone="text3") for n in range(len(columns))))
        none = Cell("—", tone="text3")
        cells = {
            "time": Cell(line.time, tone="text2"),
            "client": Cell(line.client, strong=not line.unnamed, tone="text2" if line.unnamed else "text",
                           tip=line.client),
            "product": Cell(line.product, tip=line.product),
            "market": Cell(line.market, tone="text2", tip=line.markets),
            "first": Cell(line.first, line.mark, "unk" if line.gap == "cannot" else "text", tip=line.first_tip,
                          icon="shield" if line.mark else "", icon_tone="warn"),
            "net": Cell(self._net(line), strong=True),
            "step": Cell(line.step, tone="text2"),
            "sheet": Cell("", icon="tick") if line.sheet else Cell("–", tone="text3"),
            "call": Cell(line.call, tone="warn" if line.due else "text") if line.call else none,
            "consent": Cell(line.consent, tone="text2"),
        }  # fmt: skip
        return Row(str(line.number), tuple(cells[column.key] for column in columns))

    def _net(self, line: words.Line) -> str:
        """What is left, as a bound where a part of the cost is not known; with its currency where there are several."""
        if not line.net:
            return ""
        currency = "" if self.visitors.currency else line.currency
        return " ".join(part for part in ("≤" if line.gap else "", line.net, currency) if part)

    def _on_arrived(self) -> None:
        """Rows that were being read are there: they are made anew where they are seen."""
        table = self.table
        table.table_model.rows = LazyRows(self.visitors.total, self._row)  # type: ignore[assignment]
        table.viewport().update()
        if not self.visitors.chosen:
            self._on_current()

    def _show_empty(self) -> None:
        shown, counts = self.visitors.shown, self.visitors.counts
        assert counts is not None
        links = []
        if shown.text:
            lead = self.tr("No case matches “{text}”").format(text=shown.text)
            before, key, after = "", "", ""
            links = [("clear", self.tr("Take the search away"))]
            if shown.filter != "all":
                links.append(("all", self.tr("Search all cases")))
        elif shown.filter == "today":
            lead = self.tr("No visitor yet today")
            before, key, after = self.tr("Press"), "F2", self.tr("for the first one")
        elif shown.filter == "due":
            lead, before, key, after = self.tr("Nobody is waiting for a call"), self.tr("Press"), "F4", (
                self.tr("in a case to note when to call")
            )  # fmt: skip
        elif shown.filter == "gap":
            lead, before, key, after = self.tr("No advice has a gap"), "", "", ""
        elif shown.filter == "archived":
            lead, before, key, after = (
                self.tr("The archive is empty"), self.tr("A case that is over can be put there: More"), "", "",
            )  # fmt: skip
        else:
            lead, before, key, after = (
                self.tr("No case has been kept yet"), self.tr("Press"), "F2", self.tr("to begin one"),
            )  # fmt: skip
        if not shown.text and shown.filter not in ("all", "archived") and counts.open:
            links.append(("all", self.tr("All cases: {count}").format(count=f"{counts.open:,}")))
        if not counts.open and not shown.text:
            links.append(("import", self.tr("Import case files…")))
        self.empty.set_text(lead, before, key, after)
        self.empty.set_links(links)

    def _mark_pane(self) -> None:
        self.pane.show_case()

    def _refuse(self, text: Text) -> None:
        """Something was not done: what and why."""
        self.notice.set_notice(
            "err", self.tr("This was not done."), text[self.language], self.tr("Understood")
        )
        self.notice.show()

    def _on_said(self, text: str, undoable: bool) -> None:
        self.notice.hide()
        self.messageRequested.emit(text, "undo" if undoable else "")

    # ------------------------------------------------------------------ what is done
    def _current_number(self) -> int:
        key = self.table.current_key()
        return int(key) if key.isdigit() else 0

    def _on_current(self) -> None:
        self.pane.commit()
        self.visitors.choose(self._current_number())
        self._mark_pane()

    def _on_search(self, text: str) -> None:
        self.visitors.show(text=text.strip())

    def _on_link(self, key: str) -> None:
        if key == "import":
            self.importRequested.emit()
            return
        if key == "clear":
            self.line.clear()
        else:
            self.visitors.show(filter="all")
        self.focus_first()

    def _open_out(self) -> None:
        self.out_menu.popup(self.take_out.mapToGlobal(QPoint(0, self.take_out.height() + 2)))

    def _open_chosen(self) -> None:
        if self.visitors.chosen:
            self.pane.commit()
            self._then_sheet = False
            self.visitors.open(self.visitors.chosen)

    def _sheet_of_chosen(self) -> None:
        if self.visitors.chosen:
            self.pane.commit()
            self._then_sheet = True
            self.visitors.open(self.visitors.chosen)

    def _on_opening(self, row: CaseRow, case: object) -> None:
        sheet, self._then_sheet = self._then_sheet, False
        (self.sheetRequested if sheet else self.caseRequested).emit(row, case)

    def _on_action(self, name: str) -> None:
        row = self.visitors.current
        if row is None:
            return
        self.pane.commit()
        if name == "duplicate":
            self.visitors.duplicate(row.number)
        elif name == "archive":
            self.visitors.archive(row.number, not row.archived)
        elif name == "delete":
            self.visitors.delete(row.number)
        elif name == "export":
            self.takeOutRequested.emit(row)
        elif name == "erase":
            self.visitors.same_client(row, lambda count: self.eraseRequested.emit(row, count))

    # ------------------------------------------------------------------ events
    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        wide = self.width() >= theme().px(WIDE)
        if wide != self._wide:
            self._wide = wide
            self._show_list()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self.table.mapFromGlobal(event.globalPos())
        if self.table.isVisible() and self.table.rect().contains(at) and self.visitors.chosen:
            self.pane.open_menu(event.globalPos())
            return
        super().contextMenuEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if case_files(event):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        paths = case_files(event)
        if paths:
            event.acceptProposedAction()
            self.visitors.bring_in(paths)
        else:
            super().dropEvent(event)


def case_files(event: QDropEvent) -> list[Path]:
    """The case files, folders and zips that are dropped; none where anything else is among them."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    fits = [path.suffix.lower() in (SUFFIX, ".zip") or path.is_dir() for path in paths]
    return paths if paths and all(fits) else []
