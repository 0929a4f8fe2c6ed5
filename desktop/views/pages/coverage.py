"""Coverage: what the rules answer, how well, and until when; the weak facts, and those whose review is due."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.facts import Reading
from desktop.core.text import Language
from desktop.viewmodels import coverage as vm
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.turns import Turns
from desktop.viewmodels.why import why_reading
from desktop.views.charts.matrix import Matrix, MatrixRow, Square, draw_square
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.base import Page
from desktop.views.widgets import SectionHead, Segmented, TextLabel
from desktop.views.widgets.table import Cell, Column, DataTable, Row

TURN_S = 0.010
"""Cells are worked out for so long before the window has its turn; at least one."""


class Legend(QWidget):
    """What the squares mean."""

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(SPACE.l)

    def set_words(self, words: list[tuple[Square, str]]) -> None:
        while (item := self.row.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for square, word in words:
            self.row.addWidget(Mark(square))
            self.row.addWidget(TextLabel(word, TYPE.caption, "text2"))
        self.row.addStretch(1)


class Mark(QWidget):
    """One square of the legend."""

    def __init__(self, square: Square) -> None:
        super().__init__()
        self._square = square
        self.setFixedSize(18, 18)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_square(painter, self._square, QRectF(2, 2, 14, 14))


class CoveragePage(Page):
    """The grids are worked out a few cells at a time, so that the window stays quick."""

    step_id: ClassVar[str] = "coverage"

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(model, prefs, parent)
        self.kinds = Segmented([(kind, "") for kind in vm.GRIDS], vm.GRIDS[0])
        self.add_switch(self.kinds)
        self.legend = Legend()
        self.matrix = Matrix()
        self.words = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.weak_head, self.weak = SectionHead(large=True), DataTable()
        self.due_head, self.due = SectionHead(large=True), DataTable()
        self.body.setSpacing(SPACE.l)
        for group in (
            (self.legend, self.matrix, self.words), (self.weak_head, self.weak), (self.due_head, self.due),
        ):  # fmt: skip
            column = QVBoxLayout()
            column.setSpacing(SPACE.s)
            for widget in group:
                column.addWidget(widget)
            self.body.addLayout(column)
        self.body.addStretch(1)
        self._grids: dict[str, vm.Grid] = {}
        """What was worked out of each kind, whatever the language."""
        self._listed = False
        self._turns = Turns(self)
        self.kinds.changed.connect(lambda _kind: self._begin())
        self.matrix.said.connect(self.words.setText)
        for table in (self.weak, self.due):
            table.rowActivated.connect(self._explain)

    # ------------------------------------------------------------------ what the window calls
    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._begin()

    def hideEvent(self, event: object) -> None:
        self._turns.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self.kinds.set_name(self.tr("What is covered"))
        self.kinds.set_choices(
            [(kind, vm.kind_name(kind)[language]) for kind in vm.GRIDS], self.kinds.current()
        )
        self.legend.set_words(
            [
                (Square("full", False, ""), self.tr("whole")),
                (Square("part", False, ""), self.tr("in part")),
                (Square("none", False, ""), self.tr("nothing known")),
                (Square("closed", False, ""), self.tr("not offered")),
                (Square("full", True, ""), self.tr("leans on a weak source")),
            ]
        )
        self.weak_head.setText(self.tr("Facts on weak sources, oldest first"))
        self.due_head.setText(self.tr("Past their review, longest first"))
        self.weak.set_name(self.weak_head.text())
        self.due.set_name(self.due_head.text())
        self._listed = False
        self._turns.stop()
        if self.isVisible():
            yield from self._pieces()

    def focus_first(self) -> None:
        self.kinds.setFocus()

    def why_focused(self) -> bool:
        table = next((table for table in (self.weak, self.due) if table.hasFocus()), None)
        return table is not None and self._explain(table.current_key())

    # ------------------------------------------------------------------ working
    def _begin(self) -> None:
        """Starts a grid; what was worked out of it before is shown first."""
        if self.isVisible():
            self._turns.begin(self._pieces(), lambda: None)

    def _pieces(self) -> Iterator[None]:
        """The grid that is chosen, some cells at a time, and then the lists."""
        kind, language, ends = self.kinds.current(), self.language, time.monotonic() + TURN_S
        if kind not in self._grids:
            self._grids[kind] = vm.grid(kind, self.model.book, self.model.today)
        grid, shown = self._grids[kind], list[MatrixRow]()
        self.matrix.set_name(vm.kind_name(kind)[language])
        for row in grid.rows:
            for ask in row.asks:
                ask()
                if time.monotonic() > ends:
                    self.matrix.set_grid(grid.heads, tuple(shown))
                    yield
                    ends = time.monotonic() + TURN_S
            squares = tuple(
                Square(cell.level, cell.confidence == "low", vm.cell_text(cell, language))
                for cell in row.cells()
            )
            shown.append(MatrixRow(row.key, row.name[language], squares))
        self.matrix.set_grid(grid.heads, tuple(shown))
        yield from self._list()
        known, of = vm.totals(grid.rows)
        words = self.tr("{known} of {of} answered at least in part. Move through the grid to read a cell.")
        self.set_title(self.name[language], words.format(known=known, of=of))

    def finish(self) -> None:
        """Works the whole grid out at once: for a picture, which waits for nothing."""
        self._turns.finish()

    def _list(self) -> Iterator[None]:
        if self._listed:
            return
        columns = (
            Column("says", self.tr("Fact"), stretch=True),
            Column("source", self.tr("Source"), width=300),
            Column("day", self.tr("Source of"), width=120),
            Column("review", self.tr("Review by"), width=120),
        )
        for kind, table in (("weak", self.weak), ("due", self.due)):
            yield
            rows = []
            for item in vm.facts(kind, self.model.book, self.model.today, self.language):
                source = Cell(item.source, tone="text2", tip=item.source)
                rows.append(Row(item.key, (Cell(item.says, tip=item.says), source, item.day, item.review)))
            table.set_table(columns, rows)
        self._listed = True

    def _explain(self, key: str) -> bool:
        found = self.model.view.read(key)
        if not isinstance(found, Reading):
            return False
        self.whyRequested.emit(why_reading(found))
        return True
