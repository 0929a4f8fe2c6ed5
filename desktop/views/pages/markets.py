"""Markets: the case's markets ranked, where the price goes, reach against margin; and the market facts as published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from desktop.core.result import Advice
from desktop.core.text import Language
from desktop.viewmodels import markets as vm
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.series.stack import StackRow
from desktop.viewmodels.wording import a_date
from desktop.views.charts.bars import BarsChart
from desktop.views.charts.base import ChartOrTable, ChartView, write
from desktop.views.charts.points import PointsChart
from desktop.views.charts.stack import StackChart
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.base import Page
from desktop.views.widgets import EmptyState, SearchCombo, SectionHead, Segmented, TextLabel
from desktop.views.widgets.search_combo import Option as Choice
from desktop.views.widgets.table import Cell, CellDelegate, Column, DataTable, Row

WIDE = 760
"""From this width on the bars stand beside the figures of the table, and the two charts beside each other."""
FIGURE_ROOM, BAR_ROOM, NOTE_ROOM = 60, 60, 50


# ---------------------------------------------------------------------- parts of the page
class BarDelegate(CellDelegate):
    """A cell with a figure and its bar, where the table has one for it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        table = self._table
        assert isinstance(table, MarketTable)
        found = table.bar_at(index.row(), index.column())
        if found is None:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        self._ground(painter, option, index, box)
        key = table.table_model.rows[index.row()].key
        self._bar(painter, box.adjusted(12, 0, -8, 0), found, key == table.first_key)
        painter.restore()

    def _bar(self, painter: QPainter, box: QRectF, figure: vm.BarFigure, first: bool) -> None:
        """The figure to the right of its room, the bar behind it, the note behind the bar."""
        tone = "unk" if figure.unknown else "err" if figure.loss else "text"
        painter.setFont(theme().font(TYPE.body_strong))
        painter.setPen(theme().color(tone))
        table = self._table
        assert isinstance(table, MarketTable)
        room = QRectF(box.x(), box.y(), theme().px(table.figure_room), box.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure.shown)
        left = room.right() + 8
        if left + 20 > box.right():
            return
        length = max(2.0, figure.share * table.bar_room) if figure.share > 0 and table.bar_room else 0.0
        colour = theme().color("accent" if first else "text3")
        painter.fillRect(QRectF(left, box.center().y() - 4, length, 8), colour)
        if figure.note:
            painter.setFont(theme().font(TYPE.caption))
            painter.setPen(theme().color("unk"))
            after = left + length + (6 if length else 0)
            words = QRectF(after, box.y(), max(0.0, box.right() - after), box.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, figure.note)


class MarketTable(DataTable):
    """The ranked table; reach and net margin have bars."""

    def __init__(self) -> None:
        self._figures: dict[tuple[int, int], vm.BarFigure] = {}
        self.first_key = ""
        self.bar_room = BAR_ROOM
        self.figure_room = FIGURE_ROOM
        super().__init__(row_height=40)
        self.setItemDelegate(BarDelegate(self))

    def show_rows(
        self, columns: Sequence[Column], rows: Sequence[Row], figures: dict[tuple[int, int], vm.BarFigure]
    ) -> None:
        """Shows markets; `figures` are the cells with a bar, by row and column."""
        self._figures = figures
        self.clearSpans()
        self.set_table(columns, rows)

    def bar_at(self, row: int, column: int) -> vm.BarFigure | None:
        return self._figures.get((row, column))


class MarketStack(StackChart):
    """Where the price goes, market by market; the chosen market has the ground of a selected row."""

    narrows = False

    def _left(self) -> float:
        names = (row.name for row in self.data().rows)
        return min(
            theme().px(150), max((theme().width(name, TYPE.body_strong) for name in names), default=100) + 24
        )

    def _right(self) -> float:
        return 20.0 + self._loss_room()

    def _words(self, painter: QPainter, row: StackRow, place: QRectF, left: float) -> None:
        """The name alone; rank and score stand in the table above."""
        room = QRectF(place.x() + 10, place.y(), left - place.x() - 18, place.height())
        write(painter, room, row.name, TYPE.body_strong if row.first else TYPE.body, "text")

    def _figure(self, painter: QPainter, row: StackRow, place: QRectF) -> None:
        """The margin stands in the bar and in the table above."""

    def _row_of(
        self, painter: QPainter, row: StackRow, number: int, place: QRectF, left: float, unit: float
    ) -> None:
        if row.first:
            painter.fillRect(place.adjusted(0, 1, 0, 0), theme().color("sel"))
            painter.fillRect(
                QRectF(place.x(), place.y() + 1, SPACE.bar, place.height() - 1), theme().color("accent")
            )
        super()._row_of(painter, row, number, place, left, unit)


class ChartBlock(QWidget):
    """A chart or its table under a heading, its source below."""

    def __init__(self, chart: ChartView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = SectionHead()
        self.head.setWordWrap(True)
        self.chart = chart
        self.both = ChartOrTable(chart)
        self.source = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.notes = TextLabel("", TYPE.caption, "warn", wrap=True)
        self.unknown = TextLabel("", TYPE.body, "unk", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.s)
        for part in (self.head, self.both, self.unknown, self.notes, self.source):
            column.addWidget(part)
        column.addStretch(1)

    def set_words(self, head: str, source: str = "", notes: Sequence[str] = (), unknown: str = "") -> None:
        """Heading, source, what is doubted, and why there is nothing to show."""
        self.head.setText(head)
        self.chart.set_name(head)
        for label, text in ((self.source, source), (self.notes, "\n".join(notes)), (self.unknown, unknown)):
            label.setText(text)
            label.setVisible(bool(text))
        self.both.setVisible(not unknown)
        self.both.refresh()

    def show_fact(self, fact: vm.FactChart) -> None:
        """A chart of published figures."""
        assert isinstance(self.chart, BarsChart)
        self.chart.set_data(fact.data)
        self.set_words(fact.head, fact.source, fact.notes, fact.unknown)


class Pair(QWidget):
    """Two parts beside each other, or below each other where there is less room."""

    def __init__(self, left: QWidget, right: QWidget, shares: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE.xxl)
        self._row.addWidget(left, shares[0])
        self._row.addWidget(right, shares[1])

    def set_beside(self, beside: bool) -> None:
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)


# ---------------------------------------------------------------------- the page
def fact_charts() -> Mapping[str, ChartBlock]:
    """A chart for each group of facts about markets."""
    return {
        key: ChartBlock(BarsChart()) for key in ("destinations", "100ec", "customs", "direction", "business")
    }


class MarketsPage(Page):
    """Which country first, and what is known of it."""

    step_id = "markets"
    has_table = True

    def __init__(
        self,
        model: CaseModel,
        prefs: Preferences,
        parent: QWidget | None = None,
        made: tuple[ChartBlock, Mapping[str, ChartBlock]] | None = None,
    ) -> None:
        """`made`: the largest parts, where they are there already: the points, and `fact_charts`."""
        super().__init__(model, prefs, parent)
        self.points, self.blocks = made or (ChartBlock(PointsChart()), fact_charts())
        self._chosen = ""
        self._profiled = ""
        self._asked = ""
        self._keys: tuple[str, ...] = COLUMNS
        self._drawn = (0, False)
        self._facts: dict[str, vm.FactChart] = {}
        self._profile = vm.Profile()
        self._compared = vm.Compared()
        self.section_switch = Segmented()
        self.form_switch = Segmented()
        self.add_switch(self.section_switch)
        self.add_switch(self.form_switch)
        self.empty = EmptyState("globe")
        self.body.addWidget(self.empty)
        self._build_compare()
        self._build_facts()
        self.body.addStretch(1)
        self._connect()

    @classmethod
    def making(
        cls, model: CaseModel, prefs: Preferences, parent: QWidget | None = None
    ) -> Iterator[Page | None]:
        points = ChartBlock(PointsChart())
        yield None
        charts = fact_charts()
        yield None
        yield cls(model, prefs, parent, made=(points, charts))

    # ------------------------------------------------------------------ building
    def _build_compare(self) -> None:
        self.table = MarketTable()
        self.stack = ChartBlock(MarketStack("", 44))
        self.charts = Pair(self.stack, self.points, (58, 42))
        self.compare = QWidget()
        column = QVBoxLayout(self.compare)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.xl)
        column.addWidget(self.table)
        column.addWidget(self.charts)
        self.body.addWidget(self.compare)

    def _build_facts(self) -> None:
        self.scale_head = SectionHead("", large=True)
        self.measure_switch = Segmented()
        line = QHBoxLayout()
        line.setSpacing(SPACE.l)
        line.addWidget(self.scale_head, 1)
        line.addWidget(self.measure_switch)
        self.profile_head = SectionHead("", large=True)
        self.profile_about = TextLabel("", TYPE.caption, "text2")
        self.profile_choice = SearchCombo(width=240)
        self.profile_table = DataTable()
        self.profile_unknown = TextLabel("", TYPE.body, "unk", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(SPACE.l)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.profile_head)
        words.addWidget(self.profile_about)
        head.addLayout(words, 1)
        head.addWidget(self.profile_choice)
        self.pairs = [
            Pair(self.blocks["100ec"], self.blocks["customs"]),
            Pair(self.blocks["direction"], self.blocks["business"]),
        ]
        self.facts = QWidget()
        column = QVBoxLayout(self.facts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.xl)
        column.addLayout(head)
        column.addWidget(self.profile_table)
        column.addWidget(self.profile_unknown)
        column.addWidget(self.blocks["destinations"])
        column.addLayout(line)
        column.addWidget(self.pairs[0])
        column.addWidget(self.pairs[1])
        self.body.addWidget(self.facts)

    def _connect(self) -> None:
        self.empty.linkActivated.connect(self.on_absence_link)
        self.section_switch.changed.connect(self._refresh)
        self.measure_switch.changed.connect(self._refresh)
        self.form_switch.changed.connect(self._on_form)
        self.table.currentRowChanged.connect(self._on_market)
        self.table.rowActivated.connect(self._ask_market)
        self.table.whyRequested.connect(self._ask_market)
        self.table.linkActivated.connect(self._ask_market)
        self.stack.chart.whyRequested.connect(self._ask_market)
        self.points.chart.whyRequested.connect(self._ask_market)
        self.points.chart.currentChanged.connect(self._on_market)
        for key, block in self.blocks.items():
            block.chart.setObjectName(key)
            block.chart.whyRequested.connect(self._ask_fact)
        self.profile_choice.picked.connect(self._on_profiled)
        self.profile_table.rowActivated.connect(self._ask_profile)
        self.profile_table.whyRequested.connect(self._ask_profile)

    # ------------------------------------------------------------------ what the window calls
    def show_advice(self, advice: Advice) -> None:
        ranking = advice.markets
        if ranking.option(self._chosen) is None:
            self._chosen = ranking.first.id if ranking.first else ""
        facts = self.section_switch.current() == "facts"
        # what was published of the markets is there for any case
        found = None if facts else self.absence(advice, bool(ranking.ranked or ranking.closed))
        nothing = self.show_absence(self.empty, found)
        self.compare.setVisible(not nothing and not facts)
        self.facts.setVisible(facts)
        self.form_switch.setVisible(not nothing)
        if facts:
            self._show_facts()
        elif not nothing:
            self._show_compared(advice)
        self._on_form()

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self._set_switches()
        self.profile_choice.set_language(language)
        self.profile_choice.set_name(self.tr("Market"))
        self.table.set_name(self.tr("Markets, ranked"))
        self.scale_head.setText(self.tr("China's cross-border e-commerce by year"))
        if self.model.advice is not None:
            self.show_advice(self.model.advice)

    def _set_switches(self) -> None:
        self.section_switch.set_choices([("compare", self.tr("Compare")), ("facts", self.tr("Market facts"))])
        self.section_switch.set_name(self.tr("Section"))
        self.form_switch.set_choices([("chart", self.tr("Chart")), ("table", self.tr("Table"))])
        self.form_switch.set_name(self.tr("Form"))
        self.measure_switch.set_choices(
            [("value", self.tr("Scale")), ("growth", self.tr("Growth")), ("share", self.tr("Share of trade"))]
        )
        self.measure_switch.set_name(self.tr("Measure"))

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def forget(self) -> None:
        super().forget()
        self._chosen = self._profiled = ""
        self._compared, self._profile = vm.Compared(), vm.Profile()
        for table in (self.table, self.profile_table):
            table.clear_rows()
        for block in (self.stack, self.points, *self.blocks.values()):
            block.chart.set_current("")

    def focus_first(self) -> None:
        if self.focus_empty(self.empty):
            return
        facts = self.section_switch.current() == "facts"
        target = self.profile_table if facts else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_table(self) -> None:
        self.form_switch.set_current("chart" if self.form_switch.current() == "table" else "table")
        self._on_form()

    def why_focused(self) -> bool:
        for block in (self.stack, self.points):
            if block.chart.hasFocus() or (block.both.is_table() and block.both.table.hasFocus()):
                return self._ask_market(self._key_of(block) or self._chosen)
        for key, block in self.blocks.items():
            if block.chart.hasFocus() or block.both.table.hasFocus():
                return self._ask_about(key, self._key_of(block))
        if self.section_switch.current() == "facts":
            return self._ask_profile(self.profile_table.current_key() or "population")
        column = self.table.currentIndex().column()
        return self._ask_market(self._chosen, self._keys[column] if 0 <= column < len(self._keys) else "")

    # ------------------------------------------------------------------ comparison
    def _show_compared(self, advice: Advice) -> None:
        found = vm.compared(advice, self.model.view, self.language, self._chosen)
        self._compared = found
        self.set_title(self.step.name[self.language], found.lead)
        self._fill_table()
        self._fill_charts()

    def _fill_table(self) -> None:
        """The table, with bars as long as there is room for."""
        self._drawn = (self.viewport().width(), self.beside)
        for room in BAR_ROOMS:
            self.table.bar_room = room
            self._fill_with(room)
            if self.table.wanted_width() <= self.table.viewport().width():
                break
        # the chosen figure may stand far at the right, and the names tell what the rows are
        self.table.horizontalScrollBar().setValue(0)

    def _fill_with(self, bars: int) -> None:
        found = self._compared
        at = self.table.currentIndex().column()
        stood = self._keys[at] if 0 <= at < len(self._keys) else "net"
        self.table.figure_room = FIGURE_ROOM if bars else self._figure_room()
        columns = self._columns(bars)
        keys = self._keys = tuple(column.key for column in columns)
        rows = [self._row(row, keys) for row in found.rows]
        figures = {
            (i, keys.index(key)): figure
            for i, row in enumerate(found.rows)
            if not row.closed
            for key, figure in (("reach", row.reach), ("net", row.net))
            if key in keys
        }
        self.table.first_key = next((row.key for row in found.rows if row.first), "")
        self.table.show_rows(columns, rows, figures)
        for i, row in enumerate(found.rows):
            if row.closed:
                self.table.setSpan(i, REASON, 1, len(keys) - REASON - 1)
        self.table.set_current(self._chosen, keys.index(stood if stood in keys else "net"))

    def _figure_room(self) -> int:
        """What the longest figure takes, at the design size of the text: without a bar behind it that is enough."""
        figures = (figure.shown for row in self._compared.rows for figure in (row.reach, row.net))
        widest = max((theme().width(shown, TYPE.body_strong) for shown in figures), default=0)
        return min(FIGURE_ROOM, ceil(widest / theme().text_scale))

    def _columns(self, bars: int) -> list[Column]:
        """All columns; beside the why panel name, margin and score, and the figure that is explained."""
        found, wide = self._compared, self._is_wide()
        bar = self.table.figure_room + 24 + (bars + 8 if bars else 0)
        note = NOTE_ROOM if any(row.net.note for row in found.rows) else 0
        currency = f", {found.currency}" if found.currency else ""
        columns = [
            Column("rank", "", width=40),
            Column("market", self.tr("Market"), stretch=True, width=120),
            Column("reach", found.reach_head if wide else self.tr("Reach"), width=bar),
            Column("freight", self.tr("Freight"), numeric=True, width=72),
            Column("border", self.tr("Border"), numeric=True, width=72),
            Column("days", self.tr("Days"), numeric=True, width=72),
            Column("net", self.tr("Net margin") + currency, width=bar + note),
            Column("score", self.tr("Score"), numeric=True, width=64),
        ]
        shown = {"rank", "market", self._asked, "net", "score"} if self.beside else set(COLUMNS)
        return [column for column in columns if column.key in shown]

    def _row(self, row: vm.MarketRow, keys: Sequence[str]) -> Row:
        if row.closed:
            reason = f"{row.reason.rstrip('.。')}; {row.opens}" if row.opens else row.reason
            closed = {
                "rank": Cell(icon="no-entry"),
                "market": Cell(row.name, row.code, strike=True, tip=row.name),
                keys[REASON]: Cell(reason, tip=f"{row.reason}\n{row.opens}", link=self.tr("rule")),
                "score": Cell("–", tone="text2"),
            }
            return Row(row.key, tuple(closed.get(key, Cell()) for key in keys))
        cells = {
            "rank": Cell(row.rank or "–", tone="acctext" if row.first else "text2", strong=True),
            "market": Cell(row.name, row.code, strong=row.key == self._chosen, tip=row.name),
            "reach": Cell(row.reach.said(), tip=row.reach.tip),
            "freight": Cell(row.freight, tone=_tone(row.freight)),
            "border": Cell(row.border, tone=_tone(row.border), tip=row.border_tip),
            "days": Cell(row.days, tone=_tone(row.days)),
            "net": Cell(row.net.said(), tip=row.net.tip),
            "score": Cell(row.score, strong=True),
        }
        return Row(row.key, tuple(cells[key] for key in keys))

    def _fill_charts(self) -> None:
        found = self._compared
        assert isinstance(self.stack.chart, MarketStack)
        assert isinstance(self.points.chart, PointsChart)
        self.stack.chart.set_data(found.stack)
        self.points.chart.set_data(found.points)
        none = "" if found.stack.rows else self._no_margin()
        self.stack.set_words(found.stack_head or self.tr("Where the price goes"), unknown=none)
        lost = "" if found.points.points else self.tr("Reach or margin is not known for any market.")
        self.points.set_words(self.tr("Reach against margin"), found.not_shown, unknown=lost)
        self.points.setVisible(bool(found.stack.rows))

    def _no_margin(self) -> str:
        if self.model.case.given("list_price") is None:
            return self.tr("No market has a margin: give the list price under Product.")
        day = a_date(self.model.day, self.language)
        return self.tr("No market has a margin with the rules of {day}.").format(day=day)

    # ------------------------------------------------------------------ facts
    def _show_facts(self) -> None:
        view, language = self.model.view, self.language
        day = view.date.isoformat() if language == "zh" else f"{view.date.day} {view.date:%b %Y}"
        lead = self.tr("As published, with the rules of {day}. Enter or W shows the source.").format(day=day)
        self.set_title(self.step.name[language], lead)
        measure = self.measure_switch.current() or "value"
        self._facts = {
            "destinations": vm.destinations(view, language, self._profiled or self._chosen),
            "100ec": vm.scale(view, language, "100ec", measure),
            "customs": vm.scale(view, language, "customs", measure),
            "direction": vm.split(view, language, "direction"),
            "business": vm.split(view, language, "business"),
        }
        for key, fact in self._facts.items():
            self.blocks[key].show_fact(fact)
        self._show_profile()

    def _show_profile(self) -> None:
        view = self.model.view
        names = vm.countries(view)
        self.profile_choice.set_options([Choice(code, name.en, name.zh) for code, name in names])
        country = self._profiled or self._chosen or names[0][0]
        self.profile_choice.set_current(country)
        self._profile = vm.profile(view, country, self.language)
        found = self._profile
        self.profile_head.setText(found.name or country)
        self.profile_about.setText(found.about)
        self.profile_table.set_name(self.tr("Facts of the market {name}").format(name=found.name))
        columns = [
            Column("topic", self.tr("Topic"), width=176),
            Column("value", self.tr("As published"), stretch=True, width=220),
            Column("since", self.tr("Source"), stretch=True, width=180),
        ]
        self.profile_table.clearSpans()
        self.profile_table.set_table(columns, [self._profile_row(row) for row in found.rows])
        for i, row in enumerate(found.rows):
            if row.unknown:
                self.profile_table.setSpan(i, 1, 1, 2)
        self.profile_table.setVisible(bool(found.rows))
        self.profile_unknown.setText(found.unknown)
        self.profile_unknown.setVisible(bool(found.unknown))

    def _profile_row(self, row: vm.ProfileRow) -> Row:
        icon = "question" if row.unknown else ""
        value = Cell(row.value, tone="unk" if row.unknown else "text", icon=icon, tip=row.value)
        since = Cell(row.since, tone="warn" if row.due else "text2", tip=row.since)
        return Row(row.key, (Cell(row.topic), value, since))

    # ------------------------------------------------------------------ room
    def _is_wide(self) -> bool:
        return self.viewport().width() - 2 * SPACE.work_margin >= WIDE

    def _arrange(self) -> None:
        # as tables the two stand below each other: their figures need the width
        charts = self.form_switch.current() != "table"
        for pair in (self.charts, *self.pairs):
            pair.set_beside(self._is_wide() and charts)
        if self.table.table_model.rows and self._drawn != (self.viewport().width(), self.beside):
            self._fill_table()

    def set_beside(self, beside: bool) -> None:
        super().set_beside(beside)
        self._arrange()

    def show_section(self, section: str) -> None:
        """Shows the comparison ("compare") or the market facts ("facts")."""
        self.section_switch.set_current(section)
        self._refresh()

    # ------------------------------------------------------------------ slots
    def _refresh(self) -> None:
        if self.model.advice is not None:
            self.show_advice(self.model.advice)

    def _on_form(self) -> None:
        table = self.form_switch.current() == "table"
        for block in (self.stack, self.points, *self.blocks.values()):
            block.both.show_table(table)
        self._arrange()

    def _on_market(self, key: str) -> None:
        """Another market is current: the charts emphasise it, and the facts are its own."""
        advice = self.model.advice
        key = key.partition("/")[0]
        if advice is None or not key or key == self._chosen:
            return
        self._chosen, self._profiled = key, ""
        self._compared = vm.compared(advice, self.model.view, self.language, key)
        self.table.set_current(key, max(0, self.table.currentIndex().column()))
        self._fill_charts()

    def _on_profiled(self, country: str) -> None:
        self._profiled = country
        self._refresh()

    def _key_of(self, block: ChartBlock) -> str:
        mark = block.chart.current_mark()
        if block.both.is_table():
            return block.both.table.current_key()
        return mark.key if mark else ""

    def _ask_market(self, key: str, column: str = "") -> bool:
        advice = self.model.advice
        subject = vm.why_of(advice.markets, key, column) if advice is not None and key else None
        if subject is None:
            return False
        if self._asked != column:
            self._asked = column
            if self.beside:
                self._fill_table()
        self.whyRequested.emit(subject)
        return True

    def _ask_fact(self, mark: str) -> None:
        self._ask_about(self.sender().objectName(), mark)

    def _ask_about(self, chart: str, mark: str) -> bool:
        fact = self._facts.get(chart)
        readings = fact.readings if fact is not None and fact.readings else {}
        subject = fact.why(mark or next(iter(readings), "")) if fact is not None else None
        if subject is None:
            return False
        self.whyRequested.emit(subject)
        return True

    def _ask_profile(self, key: str, _column: str = "") -> bool:
        subject = self._profile.why(key)
        if subject is None:
            return False
        self.whyRequested.emit(subject)
        return True


BAR_ROOMS = (BAR_ROOM, 44, 28, 0)
"""The bars give way where all columns do not fit."""
REASON = 2
"""Where the reason of a closed market begins."""
COLUMNS = ("rank", "market", "reach", "freight", "border", "days", "net", "score")


def _tone(shown: str) -> str:
    """What is not known has its own colour."""
    return "unk" if shown.startswith(("?", "≥")) else "text2" if shown == "–" else "text"
