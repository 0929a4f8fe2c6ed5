"""Logistics: cost against days, the services with what they accept, and the billed weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.result import Advice
from desktop.core.text import Language
from desktop.engine.badges import BADGES, badge_rule
from desktop.viewmodels import logistics as vm
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.platforms import closed_rows
from desktop.viewmodels.preferences import Preferences
from desktop.views.charts.base import ChartOrTable
from desktop.views.charts.scatter import RangeChart
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.base import Page
from desktop.views.pages.closed_rows import ClosedRows
from desktop.views.widgets import (
    Cell,
    Column,
    DataTable,
    EmptyState,
    Hairline,
    ProvenanceMark,
    Row,
    SectionHead,
    Segmented,
    TextLabel,
)

WIDE, WIDEST = 840, 960
"""Below this room the badges, and the columns that can be asked for elsewhere, are left out."""
CLOSED_ROWS = 16
"""So many services are often closed."""


class LogisticsPage(Page):
    """The services of the first market and its platform."""

    step_id = "logistics"
    has_table = True

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(model, prefs, parent)
        self._side: vm.LogisticsSide | None = None
        self._room = (False, False, False)
        self.priority = Segmented()
        self.form_switch = Segmented()
        self.add_switch(self.priority)
        self.add_switch(self.form_switch)
        self.chart = RangeChart()
        self.lines = ChartOrTable(self.chart)
        self.table = DataTable(row_height=32)
        self.note = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.weight_head = SectionHead()
        self.weight_box = QWidget()
        self.weight_grid = QGridLayout(self.weight_box)
        self.undated = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.next_step = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.minded = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.closed_head = SectionHead()
        self.closed = ClosedRows()
        self.empty = EmptyState("truck")
        self._lay_out()
        theme().follow(self._retheme)
        self._retheme()
        self._connect()

    def _retheme(self) -> None:
        self.weight_box.setMaximumWidth(theme().px(480))

    def _lay_out(self) -> None:
        self.weight_grid.setContentsMargins(0, 0, 0, 0)
        self.weight_grid.setVerticalSpacing(SPACE.xs)
        self.weight_grid.setColumnStretch(0, 1)
        weight = QVBoxLayout()
        weight.setSpacing(SPACE.s)
        for widget in (self.weight_head, self.weight_box, self.next_step, self.minded):
            weight.addWidget(widget)
        self.weight_side = QWidget()
        row = QHBoxLayout(self.weight_side)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(weight, 1)
        row.addStretch(1)
        self.body.setSpacing(SPACE.l)
        for widget in (
            self.empty, self.lines, self.undated, self.table, self.note, self.weight_side, self.closed_head, self.closed,
        ):  # fmt: skip
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.empty.linkActivated.connect(self.on_absence_link)
        self.priority.changed.connect(self._on_priority)
        self.form_switch.changed.connect(self._on_form)
        self.chart.whyRequested.connect(self._ask_why)
        self.table.rowActivated.connect(self._ask_why)
        self.table.whyRequested.connect(self._on_table_why)
        self.table.currentRowChanged.connect(self._on_row)
        self.closed.whyRequested.connect(self._ask_why)

    # ------------------------------------------------------------------ what the window calls
    def warm_up(self) -> Iterator[None]:
        return self.closed.make_ahead(CLOSED_ROWS)

    def show_advice(self, advice: Advice) -> None:
        ranking, language = advice.logistics, self.language
        found = self.absence(advice, bool(ranking.ranked or ranking.closed))
        if self.show_absence(self.empty, found):
            self._show_nothing()
            return
        model = self.model
        mark = model.mark("weight_g") or "case"
        self._side = vm.side_of(advice, model.case, model.view, model.questions, mark)
        self.priority.set_current(self.model.case.text("priority") or "balanced")
        data = vm.range_data(ranking, language)
        self.chart.set_data(data)
        self.lines.refresh()
        self.lines.setVisible(bool(data.points))
        self.form_switch.setVisible(bool(data.points))
        self._show_undated(advice)
        self._show_table(advice)
        self.closed.set_rows(closed_rows(ranking, language))
        self.closed_head.setVisible(bool(ranking.closed))
        self._show_note()
        self.note.setVisible(bool(ranking.ranked))
        self.priority.show()
        self.set_title(self.step.name[language], vm.lead(advice, self.model.case, language))

    def _show_undated(self, advice: Advice) -> None:
        """Which services the chart leaves out: the first of the ranking may be among them."""
        names = [option.name[self.language] for option in vm.undated(advice.logistics)]
        comma = "、" if self.language == "zh" else ", "
        self.undated.setText(
            self.tr("Not in the chart, for their days are not known: {names}").format(names=comma.join(names))
        )
        self.undated.setVisible(bool(names) and not self.lines.isHidden())

    def _show_note(self) -> None:
        """What the badges mean; while a service without a price is quicker, "fastest" is of those priced."""
        advice = self.model.advice
        quicker = vm.quicker_unpriced(advice.logistics) if advice else None
        rules = [badge_rule(self.model.book, "logistics", badge)[self.language] for badge in BADGES]
        if quicker is not None:
            rules.append(
                self.tr("{service} is quicker and has no price.").format(service=quicker.name[self.language])
            )
        text = ("" if self.language == "zh" else " ").join(rules)
        self.note.setText(text)

    def _show_nothing(self) -> None:
        self._side = None
        for widget in (
            self.priority, self.form_switch, self.lines, self.undated, self.table, self.note, self.weight_side,
            self.closed_head, self.closed,
        ):  # fmt: skip
            widget.hide()

    def _show_table(self, advice: Advice) -> None:
        side = self._side
        rows = vm.service_rows(advice.logistics, side, self.language) if side else ()
        open_rows = [row for row in rows if row.tone != "closed"]
        currency = vm.currency_of(advice.logistics)
        self._room = self._fitting()
        _badges, widest, beside = self._room
        columns = [
            Column("rank", "", numeric=True, width=32),
            Column("name", self.tr("Service"), stretch=True, width=200),
            Column("days", self.tr("Days"), numeric=True, width=96),
            *([] if beside else [Column("billed", self.tr("Billed"), numeric=True, width=76)]),
            *([Column("own", self.tr("CNY"), numeric=True, width=76)] if widest else []),
            Column("price", currency or self.tr("Price"), numeric=True, width=76),
            *([] if beside else [Column("accepts", self.tr("Takes this parcel"), width=152, short=110)]),
        ]
        kept = self.table.current_key()
        self.table.set_table(columns, [self._cells(row, [c.key for c in columns]) for row in open_rows])
        self.table.setVisible(bool(open_rows))
        if open_rows:
            keys = [row.key for row in open_rows]
            self.table.set_current(kept if kept in keys else keys[0])
            self._on_row(self.table.current_key())
        self.weight_side.setVisible(bool(advice.logistics.ranked))

    def _badge(self, row: vm.ServiceRow) -> str:
        words = {
            "best": self.tr("Best value"),
            "cheapest": self.tr("Cheapest"),
            "fastest": self.tr("Fastest"),
        }
        return " · ".join(words[key] for key in row.badges)

    def _cells(self, row: vm.ServiceRow, columns: Sequence[str]) -> Row:
        badge = self._badge(row) if self._room[0] else ""
        tone = "unk" if row.tone == "unknown" else "text"
        first = "best" in row.badges
        cells = {
            "rank": Cell(row.rank, tone="acctext" if first else "text2", strong=True),
            "name": Cell(
                row.name,
                strong=first,
                badge=badge,
                badge_tone="accent" if first else "plain",
                tip=f"{row.name}, {row.carrier}" if row.carrier else row.name,
            ),
            "days": Cell(row.days),
            "billed": Cell(row.billed),
            "own": Cell(row.own),
            "price": Cell(row.price, strong=True, tone=tone),
            "accepts": Cell(row.accepts, tone="unk" if row.tone == "unknown" else "text2", tip=row.why),
        }
        return Row(row.key, tuple(cells[key] for key in columns))

    def _show_weight(self, key: str) -> None:
        advice = self.model.advice
        option = advice.logistics.option(key) if advice else None
        while (item := self.weight_grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if option is None or self._side is None or option.rank is None:
            self.weight_head.setText("")
            self.next_step.setText("")
            return
        found = vm.weighing(option, self._side, self.language)
        self.weight_head.setText(self.tr("Billed weight, {service}").format(service=found.service))
        right = Qt.AlignmentFlag.AlignRight
        for i, (name, value, mark) in enumerate(found.rows):
            last = i == len(found.rows) - 1
            step = TYPE.body_medium if last else TYPE.body
            self.weight_grid.addWidget(TextLabel(name, step), 2 * i, 0)
            self.weight_grid.addWidget(ProvenanceMark(mark), 2 * i, 1)  # type: ignore[arg-type]
            self.weight_grid.addWidget(TextLabel(value, step), 2 * i, 2, right)
            self.weight_grid.addWidget(Hairline(), 2 * i + 1, 0, 1, 3)
        self.next_step.setText(found.next_step)

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self.priority.set_choices(
            [
                ("cost", self.tr("Cost first")),
                ("balanced", self.tr("Balanced")),
                ("speed", self.tr("Speed first")),
            ],
            self.model.case.text("priority") or "balanced",
        )
        self.form_switch.set_choices(
            [("chart", self.tr("Chart")), ("table", self.tr("Table"))], self.form_switch.current() or "chart"
        )
        self.chart.set_name(self.tr("Freight against days"))
        self.table.set_name(self.tr("Services"))
        self.closed_head.setText(self.tr("Closed to this parcel"))
        self._show_note()
        if self.model.advice is not None:
            self.show_advice(self.model.advice)

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        if self.model.advice is not None and self._side is not None:
            self._show_table(self.model.advice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._room != self._fitting() and self.model.advice is not None and self._side is not None:
            self._show_table(self.model.advice)

    def _fitting(self) -> tuple[bool, bool, bool]:
        """Whether badges and the price in yuan have room, and whether the why panel leaves room for the figures only."""
        width = self.viewport().width()
        return width >= WIDE, width >= WIDEST, self.beside

    def set_beside(self, beside: bool) -> None:
        super().set_beside(beside)
        if self.model.advice is not None and self._side is not None:
            self._show_table(self.model.advice)

    def forget(self) -> None:
        super().forget()
        self._side = None
        self.table.clear_rows()
        self.chart.set_current("")

    def focus_first(self) -> None:
        if self.focus_empty(self.empty):
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_table(self) -> None:
        self.form_switch.set_current("chart" if self.form_switch.current() == "table" else "table")
        self._on_form()

    def why_focused(self) -> bool:
        mark = self.chart.current_mark() if self.chart.hasFocus() else None
        twin = self.lines.table.current_key() if self.lines.is_table() and self.lines.table.hasFocus() else ""
        return self._ask_why(mark.key if mark else twin or self.table.current_key())

    # ------------------------------------------------------------------ slots
    def _on_priority(self, priority: str) -> None:
        self.model.set("priority", priority)

    def _on_form(self) -> None:
        self.lines.show_table(self.form_switch.current() == "table")

    def _on_row(self, key: str) -> None:
        self._show_weight(key)
        advice = self.model.advice
        option = advice.logistics.option(key) if advice else None
        self.minded.setText(vm.minded(option, self.language) if option else "")

    def _on_table_why(self, key: str, _column: str) -> None:
        self._ask_why(key)

    def _ask_why(self, key: str) -> bool:
        advice = self.model.advice
        subject = vm.why_of(advice.logistics, key) if advice and key else None
        if subject is None:
            return False
        self.whyRequested.emit(subject)
        return True
