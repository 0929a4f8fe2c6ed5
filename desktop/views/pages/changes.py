"""What changed: the case on an earlier day and on the day shown, line by line, with the facts that moved."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.result import Advice
from desktop.core.text import Language
from desktop.engine.changes import Changes, comparing
from desktop.viewmodels import changes as vm
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.product import missing
from desktop.viewmodels.why import why_reading
from desktop.viewmodels.wording import a_date
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.base import Page
from desktop.views.widgets import EmptyState, SectionHead, Segmented, TextLabel
from desktop.views.widgets.table import Cell, Column, DataTable, Row


class ChangesPage(Page):
    """Both days are evaluated when the page is seen, and kept until the case or the day changes."""

    step_id: ClassVar[str] = "changes"

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(model, prefs, parent)
        self._found: Changes | None = None
        self._stages: Generator[None, None, Changes] | None = None
        self._of: tuple[object, ...] = ()
        self._facts: dict[str, vm.MovedFact] = {}
        self._option = ""
        self.since = Segmented([(key, "") for key in vm.SINCE], "report")
        self.add_switch(self.since)
        self.empty = EmptyState("clock")
        self.options = Segmented([("", "")], "")
        self.lines = DataTable(row_height=36)
        self.lines_note = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.facts_head, self.facts = SectionHead(large=True), DataTable()
        self.places_head, self.places = SectionHead(large=True), DataTable()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._compare)
        self.body.setSpacing(SPACE.l)
        for group in (
            (self.empty,), (self.options, self.lines, self.lines_note),
            (self.facts_head, self.facts), (self.places_head, self.places),
        ):  # fmt: skip
            column = QVBoxLayout()
            column.setSpacing(SPACE.s)
            for widget in group:
                column.addWidget(widget)
            self.body.addLayout(column)
        self.body.addStretch(1)
        self.since.changed.connect(lambda _key: self._later.start())
        self.options.changed.connect(self._choose)
        self.facts.rowActivated.connect(self._explain)

    # ------------------------------------------------------------------ what the window calls
    def show_advice(self, advice: Advice) -> None:
        self._later.start()

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self.since.set_name(self.tr("Since"))
        self.since.set_choices(
            [
                ("report", self.tr("Since the report")),
                ("five", self.tr("Five years")),
                ("year", self.tr("One year")),
            ]
        )
        self.options.set_name(self.tr("Option"))
        self.facts_head.setText(self.tr("Facts that moved"))
        self.places_head.setText(self.tr("Places then and now"))
        self.lines.set_name(self.tr("Lines then and now"))
        self.facts.set_name(self.facts_head.text())
        self.places.set_name(self.places_head.text())
        self.empty.set_text(
            self.tr("Nothing to compare yet. Give the first answers under Product."), "", "", ""
        )
        self._show()

    def focus_first(self) -> None:
        (self.options if self.options.isVisible() else self.since).setFocus()

    def why_focused(self) -> bool:
        return self.facts.hasFocus() and self._explain(self.facts.current_key())

    # ------------------------------------------------------------------ comparing
    def _compare(self) -> None:
        """Some stages of the comparison, and the next ones in the next turn."""
        model = self.model
        if not self.isVisible() or model.advice is None:
            self._stages = None
            return
        case, shown = model.case, (model.case, model.day, self.since.current())
        if missing(case.answers, model.flow):
            self._stages, self._found = None, None
            self._show()
            return
        if self._stages is None or self._of != shown:
            before, after = vm.days_of(self.since.current(), model.day, model.today)
            self._of = shown
            self._stages = comparing(case, before, after, model.book, model.today, model.questions)
        try:
            next(self._stages)
        except StopIteration as done:
            self._stages, self._found = None, done.value
            self._show()
            return
        self._later.start()

    def _show(self) -> None:
        found, language = self._found, self.language
        choices = vm.priced_options(found, language) if found else ()
        self.empty.setVisible(not choices)
        for widget in (
            self.options, self.lines, self.lines_note, self.facts_head, self.facts, self.places_head, self.places,
        ):  # fmt: skip
            widget.setVisible(bool(choices))
        if found is None or not choices:
            self.set_title(self.name[language], "")
            return
        if self._option not in dict(choices):
            self._option = choices[0][0]
        self.options.set_choices(choices, self._option)
        self._show_option(found)
        self._show_facts(found)
        self._show_places(found)

    def _choose(self, key: str) -> None:
        self._option = key
        if self._found is not None:
            self._show_option(self._found)

    def _days(self, found: Changes) -> tuple[str, str]:
        return a_date(found.before.as_of, self.language), a_date(found.after.as_of, self.language)

    def _show_option(self, found: Changes) -> None:
        option = vm.option_of(found, self._option)
        book, language = self.model.book, self.language
        self.set_title(self.name[language], vm.lead(found, option, book, language))
        if option is None:
            return
        before, after = self._days(found)
        currency = option.lines[0].currency
        columns = (
            Column("line", self.tr("Line, {currency}").format(currency=currency), width=220),
            Column("before", before, numeric=True, width=110),
            Column("after", after, numeric=True, width=110),
            Column("difference", self.tr("Difference"), numeric=True, width=100),
            Column("moved", self.tr("What moved"), stretch=True),
        )
        rows = [
            Row(
                line.key,
                (
                    Cell(line.name, strong=line.strong),
                    Cell(line.before, tone="unk" if "?" in line.before else "text2"),
                    Cell(line.after, tone="unk" if "?" in line.after else "text", strong=line.strong),
                    Cell(line.difference, tone=line.tone or "text", strong=line.strong),
                    Cell(line.moved, tone="text2", tip=line.moved),
                ),
            )
            for line in vm.changed_lines(option, book, language)
        ]
        self.lines.set_table(columns, rows)
        where = found.market[language] if option.choice == "platforms" else ""
        self.lines_note.setText(
            self.tr("Both days for a buyer in {market}.").format(market=where) if where else ""
        )
        self.lines_note.setVisible(bool(where))

    def _show_facts(self, found: Changes) -> None:
        rows = vm.moved_facts(found, self.model.book, self.language)
        self._facts = {row.key: row for row in rows}
        before, after = self._days(found)
        columns = (
            Column("says", self.tr("Fact"), stretch=True),
            Column("before", before, width=230),
            Column("after", after, width=230),
            Column("source", self.tr("Source"), width=180),
        )
        rows_shown = []
        for row in rows:
            cells = (
                Cell(row.says, tip=row.says),
                Cell(row.before, tone="text2", tip=row.before),
                Cell(row.after, tip=row.after),
                Cell(row.source, tone="text2", tip=row.source),
            )
            rows_shown.append(Row(row.key, cells))
        self.facts.set_table(columns, rows_shown)

    def _show_places(self, found: Changes) -> None:
        before, after = self._days(found)
        columns = (
            Column("choice", self.tr("Choice"), width=150),
            Column("name", self.tr("Option"), stretch=True),
            Column("before", before, numeric=True, width=120),
            Column("after", after, numeric=True, width=120),
        )
        rows = []
        for place in vm.places(found, self.language):
            then, now = Cell(place.before, tone="text2"), Cell(place.after, strong=place.moved)
            rows.append(Row(place.key, (Cell(place.choice, tone="text2"), place.name, then, now)))
        self.places.set_table(columns, rows)

    def _explain(self, key: str) -> bool:
        row = self._facts.get(key)
        if row is None:
            return False
        self.whyRequested.emit(why_reading(row.reading))
        return True
