"""The plan: the path, what next, from price to margin, what is not known, what would change it, the sources."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.result import Advice
from desktop.core.text import Language
from desktop.viewmodels import compliance as papers_vm
from desktop.viewmodels import plan as vm
from desktop.viewmodels.absence import has_no_plan
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import WhySubject
from desktop.views.charts.base import ChartOrTable
from desktop.views.charts.waterfall import WaterfallChart
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.base import Page
from desktop.views.pages.sentence_list import SentenceList
from desktop.views.widgets import (
    ChipGroup,
    Choice,
    EmptyState,
    LinkLabel,
    SecondaryButton,
    SectionHead,
    Segmented,
    TextLabel,
)
from desktop.views.widgets.path_line import PathLine
from desktop.views.widgets.table import Cell, Column, DataTable, Row

MOST_GAPS = 6
MOST_PAPERS = 6
MOST_SOURCES = 6
MOST_WARNINGS = 3
TWO_COLUMNS = 720
"""From this width on, the waterfall stands beside the list of steps."""
TABLES_BESIDE = 1320
"""From this width on, taxes and sources stand below the waterfall; else they take the whole width."""


class Section(QWidget):
    """A head with an optional link or switch at its right, then what belongs to it."""

    def __init__(self, *parts: QWidget, right: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = SectionHead(large=True)
        self.head.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(SPACE.l)
        top.addWidget(self.head, 1)
        if right is not None:
            top.addWidget(right)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.s)
        self._column.addLayout(top)
        for part in parts:
            self._column.addWidget(part)


class PlanPage(Page):
    """What to do, what is left, what it rests on. Writes nothing."""

    step_id = "plan"
    has_table = True

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(model, prefs, parent)
        self._advice: Advice | None = None
        self._nothing = True
        self._steps: dict[str, vm.Sentence] = {}
        self._gaps: tuple[vm.Sentence, ...] = ()
        self._sources: tuple[vm.SourceRow, ...] = ()
        self._mind: tuple[vm.Sentence, ...] = ()
        self._papers: papers_vm.Papers | None = None
        self._paper_market = ""
        self._all_warnings = False
        self._all_gaps = False
        self._all_papers = False
        self._all_sources = False
        self._make_parts()
        self._lay_out()
        self._connect()

    def _make_parts(self) -> None:
        self.copy_button = SecondaryButton("", "copy", small=True)
        self.add_switch(self.copy_button)
        self.empty = EmptyState("flag")
        self.export_head = TextLabel("", TYPE.caption_medium, "text2")
        self.export_line = PathLine()
        self.import_head = TextLabel("", TYPE.caption_medium, "text2")
        self.import_line = PathLine()
        self.warnings = SentenceList()
        self.warning_link = LinkLabel("", TYPE.caption)
        self.next_list = SentenceList()
        self.no_next = TextLabel("", tone="text2", wrap=True)
        self.next_section = Section(self.next_list, self.no_next)
        self.paper_list = SentenceList()
        self.paper_link = LinkLabel()
        self.no_papers = TextLabel("", tone="text2", wrap=True)
        self.paper_markets = ChipGroup(small=True)
        self.paper_section = Section(
            self.paper_markets, self.no_papers, self.paper_list, right=self.paper_link
        )
        self.form_switch = Segmented([("chart", ""), ("table", "")], "chart")
        self.chart = WaterfallChart()
        self.fall = ChartOrTable(self.chart)
        self.no_fall = TextLabel("", tone="unk", wrap=True)
        self.fall_section = Section(self.fall, self.no_fall, right=self.form_switch)
        self.taxes = DataTable()
        self.tax_section = Section(self.taxes)
        self.gap_list = SentenceList()
        self.gap_link = LinkLabel()
        self.no_gaps = TextLabel("", tone="text2", wrap=True)
        self.gap_section = Section(self.gap_list, self.no_gaps, right=self.gap_link)
        self.change_list = SentenceList()
        self.no_change = TextLabel("", tone="unk", wrap=True)
        self.change_section = Section(self.change_list, self.no_change)
        self.source_table = DataTable()
        self.source_link = LinkLabel()
        self.no_sources = TextLabel("", tone="text2", wrap=True)
        self.source_section = Section(self.source_table, self.no_sources, right=self.source_link)

    def _lay_out(self) -> None:
        self.body.setSpacing(SPACE.l)
        for widget in (
            self.empty, self.export_head, self.export_line, self.import_head, self.import_line, self.warnings,
            self.warning_link,
        ):  # fmt: skip
            self.body.addWidget(widget)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column in (self.left, self.right):
            column.setSpacing(SPACE.xl)
        for section in (self.next_section, self.paper_section, self.gap_section):
            self.left.addWidget(section)
        for section in (self.fall_section, self.change_section):
            self.right.addWidget(section)
        for column in (self.left, self.right):
            column.addStretch(1)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(SPACE.xxl)
        self.columns.addLayout(self.left, 3)
        self.columns.addLayout(self.right, 2)
        self.body.addLayout(self.columns)
        for section in (self.tax_section, self.source_section):
            self.body.addWidget(section)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.empty.linkActivated.connect(self.on_absence_link)
        self.copy_button.clicked.connect(self.copy_plan)
        self.export_line.activated.connect(self._on_stop)
        self.import_line.activated.connect(self._on_stop)
        self.form_switch.changed.connect(self._on_form)
        self.next_list.activated.connect(self._on_sentence)
        self.paper_list.activated.connect(self._on_paper)
        self.paper_link.activated.connect(self._on_all_papers)
        self.paper_markets.picked.connect(self._on_paper_market)
        self.gap_list.activated.connect(self._on_sentence)
        self.chart.whyRequested.connect(self._why_part)
        self.taxes.rowActivated.connect(self._why_tax)
        self.taxes.whyRequested.connect(self._why_tax)
        self.warning_link.activated.connect(self._on_all_warnings)
        self.gap_link.activated.connect(self._on_all_gaps)
        self.source_link.activated.connect(self._on_all_sources)
        self.source_table.rowActivated.connect(self._why_source)
        self.source_table.whyRequested.connect(self._why_source)

    # ------------------------------------------------------------------ what the window calls
    def nothing_yet(self) -> str:
        return self.tr("No plan yet: neither category nor list price is known")

    def show_advice(self, advice: Advice) -> None:
        self._advice = advice
        found = self.absence(advice, not has_no_plan(advice, self.model.case))
        nothing = self._nothing = self.show_absence(self.empty, found)
        self.copy_button.setVisible(not nothing)
        for section in (
            self.next_section, self.paper_section, self.gap_section, self.change_section, self.source_section,
        ):  # fmt: skip
            section.setVisible(not nothing)
        self._show_paths(advice)
        self._mind = () if nothing else vm.warning_rows(advice, self.language)
        self._show_warnings()
        self._show_fall(advice)
        self._show_taxes(advice)
        if nothing:
            return
        case, questions = self.model.case, self.model.questions
        self.set_title(self.step.name[self.language], vm.lead(advice, case, questions, self.language))
        self._show_next(advice)
        self._show_papers(advice)
        self._gaps = vm.unknown_rows(advice, case, questions, self.model.book, self.language)
        self._show_gaps()
        changes = vm.change_rows(advice, self.language)
        self.change_list.set_rows(changes)
        self.no_change.setVisible(not changes)
        self._sources = vm.source_rows(advice, case, self.model.today, self.language)
        self._show_sources()

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self.copy_button.setText(self.tr("Copy plan"))
        self._name_sections()
        self._name_lists()
        if self.model.advice is not None:
            self.show_advice(self.model.advice)

    def _name_sections(self) -> None:
        self.export_head.setText(self.tr("Out of China"))
        self.import_head.setText(self.tr("Into China"))
        self.next_section.head.setText(self.tr("What next"))
        self.paper_section.head.setText(self.tr("Papers and registrations"))
        self.tax_section.head.setText(self.tr("Tax on one order, CNY"))
        self.gap_section.head.setText(self.tr("Not known, and what it may cost"))
        self.change_section.head.setText(self.tr("What would change it"))
        self.source_section.head.setText(self.tr("Sources behind this plan"))
        self.form_switch.set_choices([("chart", self.tr("Chart")), ("table", self.tr("Table"))])
        self.no_next.setText(self.tr("The rules hold no further step for this path."))
        self.no_papers.setText(self.tr("The rules ask for no paper on this path that day."))
        self.no_gaps.setText(self.tr("No line of this sum is unknown or taken from a default."))
        self.no_change.setText(self.tr("Cannot say: fewer than two options could be ranked."))
        self.no_sources.setText(self.tr("No fact stands behind this plan yet."))

    def _name_lists(self) -> None:
        self.export_line.set_name(self.tr("Path out of China"))
        self.import_line.set_name(self.tr("Path into China"))
        self.warnings.set_name(self.tr("Warnings"))
        self.next_list.set_name(self.tr("What next"))
        self.paper_markets.set_name(self.tr("Papers for buyers in"))
        self.paper_list.set_name(self.tr("Papers and registrations, hard stops first"))
        self.gap_list.set_name(self.tr("Not known, and what it may cost"))
        self.change_list.set_name(self.tr("What would change it"))
        self.chart.set_name(self.tr("From the list price to the net margin"))
        self.taxes.set_name(self.tr("Tax on one order"))
        self.source_table.set_name(self.tr("Sources behind this plan, oldest first"))
        self.form_switch.set_name(self.tr("Form"))

    def ranks(self, advice: Advice) -> bool:
        return not has_no_plan(advice, self.model.case)

    def forget(self) -> None:
        super().forget()
        self._advice = None
        self._papers = None
        self._paper_market = ""
        self._all_warnings = self._all_gaps = self._all_papers = self._all_sources = False
        for table in (self.taxes, self.source_table):
            table.clear_rows()
        self.chart.set_current("")

    def focus_first(self) -> None:
        if self.focus_empty(self.empty):
            return
        lines = (self.export_line, self.import_line)
        target: QWidget = next((line for line in lines if line.steps()), self.content)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_table(self) -> None:
        self.form_switch.set_current("chart" if self.form_switch.current() == "table" else "table")
        self._on_form()

    def why_focused(self) -> bool:
        if self.source_table.hasFocus() and self.source_table.current_key():
            return self._why_source(self.source_table.current_key())
        if self.taxes.hasFocus() and self.taxes.current_key():
            return self._why_tax(self.taxes.current_key())
        if self.paper_list.hasFocus() and self._on_paper(self.paper_list.current_key()):
            return True
        for sentences in (self.next_list, self.gap_list):
            row = self._steps.get(sentences.current_key()) if sentences.hasFocus() else None
            if row is not None and row.why is not None:
                return self._on_sentence(row.key)
        if self.import_line.hasFocus():
            return self._why_tax("")
        mark = self.chart.current_mark() if self.chart.hasFocus() else None
        return self._why_part(mark.key if mark else "") or self._why_tax("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        beside = width >= TWO_COLUMNS
        self.columns.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        inside = self.right.indexOf(self.source_section) >= 0
        if inside != (width >= TABLES_BESIDE):
            self._move_tables(self.body if inside else self.right)

    def set_beside(self, beside: bool) -> None:
        super().set_beside(beside)
        if self._advice is not None and not self._nothing:
            self._show_taxes(self._advice)
            self._show_sources()

    def _move_tables(self, column: QVBoxLayout) -> None:
        """Taxes and sources to the end of a column, before its stretch."""
        for section in (self.tax_section, self.source_section):
            for former in (self.right, self.body):
                former.removeWidget(section)
            column.insertWidget(column.count() - 1, section)

    # ------------------------------------------------------------------ showing
    def _show_paths(self, advice: Advice) -> None:
        case, questions, nothing = self.model.case, self.model.questions, self._nothing
        outward = () if nothing else vm.export_path(advice, case, questions, self.language)
        inward = () if nothing else vm.import_path(advice, case, questions, self.language)
        self.export_line.set_steps(outward)
        self.import_line.set_steps(inward)
        self.export_head.setVisible(bool(outward and inward))
        self.import_head.setVisible(bool(outward and inward))

    def _show_next(self, advice: Advice) -> None:
        rows = vm.next_rows(advice, self.language)
        self._steps = {row.key: row for row in rows}
        self.next_list.set_rows(rows)
        self.no_next.setVisible(not rows)

    def _show_papers(self, advice: Advice) -> None:
        """Hard stops and the first others of one market, and each gap; the link shows all."""
        markets = papers_vm.destinations(advice, self.language)
        choices = [Choice(code, name) for code, name in markets]
        if [chip.choice for chip in self.paper_markets.chips()] != choices:
            self.paper_markets.set_choices(choices)
        self.paper_markets.setVisible(bool(markets))
        case, questions = self.model.case, self.model.questions
        asked = self._paper_market if self._paper_market in dict(markets) else None
        found = self._papers = papers_vm.papers(advice, case, self.model.book, questions, asked)
        self.paper_markets.set_current(found.destination)
        most = None if self._all_papers else MOST_PAPERS
        self.paper_list.set_rows(papers_vm.paper_sentences(found, self.language, most))
        self.no_papers.setVisible(not found.rows)
        shown = max(MOST_PAPERS, len(found.stops))
        self._show_link(self.paper_link, len(found.rows), shown, self._all_papers)

    def _show_fall(self, advice: Advice) -> None:
        quote = vm.export_quote(advice, self.model.case)
        data = vm.waterfall(quote, self.language)
        self.chart.set_data(data)
        self.fall.refresh()
        self.fall.setVisible(bool(data.steps))
        self.form_switch.setVisible(bool(data.steps))
        self.fall_section.head.setText(vm.waterfall_title(quote))
        self.fall_section.setVisible(vm.has_export(advice) and not self._nothing)
        self.no_fall.setText(self.tr("Cannot say what is left, because no list price is given."))
        self.no_fall.setVisible(not data.steps)

    def _show_taxes(self, advice: Advice) -> None:
        rows = vm.tax_lines(vm.import_quote(advice, self.model.case), self.language)
        columns = [
            Column("name", self.tr("Line"), short=96),
            # half a calculation is a wrong one; Enter or W says it
            Column("calculation", self.tr("Calculation"), stretch=True, least=220, short=220, spare=True),
            Column("value", self.tr("CNY"), numeric=True),
        ]
        cells = [
            Row(
                row.key,
                (
                    Cell(row.name, strong=row.strong),
                    Cell(row.calculation, tone="text2" if row.known else "unk", tip=row.calculation),
                    Cell(row.value, tone="text" if row.known else "unk", strong=row.strong),
                ),
            )
            for row in rows
        ]
        if self.beside:
            columns = [Column("name", self.tr("Line"), stretch=True), columns[-1]]
            cells = [Row(row.key, (row.parts[0], row.parts[-1])) for row in cells]
        self.taxes.set_table(columns, cells)
        self.tax_section.setVisible(bool(rows) and not self._nothing)

    def _show_warnings(self) -> None:
        self.warnings.set_rows(self._mind if self._all_warnings else self._mind[:MOST_WARNINGS])
        more = self.tr("all {count} warnings").format(count=len(self._mind))
        self.warning_link.setText(self.tr("fewer warnings") if self._all_warnings else more)
        self.warning_link.setVisible(len(self._mind) > MOST_WARNINGS)

    def _show_gaps(self) -> None:
        shown = self._gaps if self._all_gaps else self._gaps[:MOST_GAPS]
        self.gap_list.set_rows(shown)
        self._steps |= {row.key: row for row in self._gaps}
        self.no_gaps.setVisible(not self._gaps)
        self._show_link(self.gap_link, len(self._gaps), MOST_GAPS, self._all_gaps)

    def _show_sources(self) -> None:
        rows = self._sources if self._all_sources else self._sources[:MOST_SOURCES]
        columns = [
            Column("source", self.tr("Source"), stretch=True),
            Column("day", self.tr("Dated")),
            Column("subject", self.tr("Used for"), width=150, short=96, spare=True),
            Column("confidence", self.tr("Confidence"), width=92, spare=True),
        ]
        cells = [_source_cells(row, self.tr("past its review")) for row in rows]
        if self.beside:
            columns = columns[:2]
            cells = [Row(row.key, row.parts[:2]) for row in cells]
        self.source_table.set_table(columns, cells)
        self.source_table.setVisible(bool(rows))
        self.no_sources.setVisible(not rows)
        self._show_link(self.source_link, len(self._sources), MOST_SOURCES, self._all_sources)

    def _show_link(self, link: LinkLabel, count: int, most: int, everything: bool) -> None:
        link.setText(self.tr("fewer") if everything else self.tr("all {count}").format(count=count))
        link.setVisible(count > most)

    # ------------------------------------------------------------------ slots
    def copy_plan(self) -> None:
        """The whole plan as plain text on the clipboard."""
        if self._advice is None:
            return
        model = self.model
        papers = papers_vm.paper_lines(self._papers, self.language) if self._papers is not None else ()
        text = vm.plan_text(
            self._advice, model.case, model.questions, model.book, model.today, self.language, papers
        )
        QGuiApplication.clipboard().setText(text)
        self.messageRequested.emit(self.tr("The plan is on the clipboard"), "")

    def _on_form(self) -> None:
        self.fall.show_table(self.form_switch.current() == "table")

    def _on_all_warnings(self) -> None:
        self._all_warnings = not self._all_warnings
        self._show_warnings()

    def _on_all_gaps(self) -> None:
        self._all_gaps = not self._all_gaps
        self._show_gaps()

    def _on_all_papers(self) -> None:
        self._all_papers = not self._all_papers
        if self._advice is not None:
            self._show_papers(self._advice)

    def _on_paper_market(self, market: str) -> None:
        """Another market of the comparison; the plan's own one stands at first."""
        self._paper_market = market
        if self._advice is not None:
            self._show_papers(self._advice)

    def _on_all_sources(self) -> None:
        self._all_sources = not self._all_sources
        self._show_sources()

    def _on_stop(self, key: str) -> None:
        """A stop of the path opens its step; the result says why."""
        step = next((s for s in (*self.export_line.steps(), *self.import_line.steps()) if s.key == key), None)
        if step is None:
            return
        if step.step:
            self.stepRequested.emit(step.step)
            return
        said = self._why_part("") if key == "result-export" else self._why_tax("")
        if not said:
            self.questionRequested.emit("list_price")

    def _on_sentence(self, key: str) -> bool:
        """A next step says why; a default leads to its question."""
        row = self._steps.get(key)
        if row is None:
            return False
        if row.question:
            self.questionRequested.emit(row.question)
            return True
        return self._ask(vm.why_sentence(row))

    def _on_paper(self, key: str) -> bool:
        """An item says which fact asks for it; a gap that an answer would fill leads to its question."""
        row = self._papers.row(key) if self._papers is not None else None
        if row is not None:
            return self._ask(papers_vm.why_paper(row))
        gap = next((each for each in self.paper_list.rows() if each.key == key), None)
        if gap is None or not gap.question:
            return False
        self.questionRequested.emit(gap.question)
        return True

    # ------------------------------------------------------------------ why
    def _why_part(self, key: str) -> bool:
        return self._ask(vm.why_net(self._advice, self.model.case, key) if self._advice else None)

    def _why_tax(self, key: str, _column: str = "") -> bool:
        return self._ask(vm.why_tax(self._advice, self.model.case, key) if self._advice else None)

    def _why_source(self, key: str, _column: str = "") -> bool:
        row = next((row for row in self._sources if row.key == key), None)
        return self._ask(vm.why_source(row) if row else None)

    def _ask(self, subject: WhySubject | None) -> bool:
        if subject is None:
            return False
        self.whyRequested.emit(subject)
        return True


def _source_cells(row: vm.SourceRow, due: str) -> Row:
    name = f"{row.publisher}, {row.title}" if row.title else row.publisher
    return Row(
        row.key,
        (
            Cell(row.publisher, row.title, strong=True, tip=name),
            Cell(row.day, tone="warn" if row.due else "text2", tip=due if row.due else ""),
            Cell(row.subject, tone="text2", tip=row.subject),
            Cell(row.confidence, tone="warn" if row.weak else "text2"),
        ),
    )
