"""What screening found: counts, the rows with their filters, and the chosen row with its bars."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.core.result import Quote
from desktop.core.text import Language
from desktop.engine.catalogue import BadRow, Lane
from desktop.reports.screened import Words
from desktop.viewmodels.catalogue import words as vm
from desktop.viewmodels.catalogue.found import Totals, Wanted
from desktop.viewmodels.catalogue.words import RowWords
from desktop.views.charts.counts import CountGrid
from desktop.views.charts.stack import StackChart
from desktop.views.design.theme import set_ground, theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.catalogue_columns import Choose
from desktop.views.widgets import FigureLabel, Hairline, LinkLabel, PrimaryButton, SecondaryButton, TextLabel
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.long_table import LazyRows, LongTable
from desktop.views.widgets.number_field import FieldBox, FieldLine
from desktop.views.widgets.table import Cell, Column, DataTable, Row

SIDE, SIDE_COMPACT = 336, 288
SEARCH = 216
TYPING_MS = 150
LOOK_MS = 30
WIDE = 1240
"""From this width on there is room for the service in a column of its own."""
BRIEF = ("name", "service", "second", "behind")
"""Columns that are left out where there is little room: the pane has them."""
SORTABLE = {"line": "file", "lane": "platform", "left": "left", "margin": "margin", "behind": "behind"}


class Overview(QWidget):
    """Five counts, and beside them how often each platform in each market is the best."""

    def __init__(self) -> None:
        super().__init__()
        self.figures = {key: TextLabel("", TYPE.verdict) for key in ("rows", "lane", "losing", "none", "bad")}
        self.names = {key: TextLabel("", TYPE.caption, "text2") for key in self.figures}
        self.grid_head = TextLabel("", TYPE.caption_medium, "text2")
        self.grid = CountGrid()
        cells = QGridLayout()
        cells.setHorizontalSpacing(SPACE.xl)
        cells.setVerticalSpacing(0)
        for at, key in enumerate(self.figures):
            row, column = divmod(at, 3)
            cells.addWidget(self.figures[key], 3 * row, column)
            cells.addWidget(self.names[key], 3 * row + 1, column)
        cells.setRowMinimumHeight(2, SPACE.m)
        cells.setRowStretch(6, 1)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self.grid_head)
        right.addWidget(self.grid)
        right.addStretch(1)
        row_ = QHBoxLayout(self)
        row_.setContentsMargins(0, 0, 0, 0)
        row_.setSpacing(SPACE.xxl)
        row_.addLayout(cells)
        row_.addLayout(right, 1)

    def show_totals(
        self, totals: Totals, bad: int, names: Words, lanes: Sequence[Lane], language: Language
    ) -> None:
        with_lane = vm.with_lane(totals)
        for key, count, tone in (
            ("rows", totals.screened + bad, "text"), ("lane", with_lane, "accent"),
            ("losing", totals.losing, "err" if totals.losing else "text"),
            ("none", totals.none, "unk" if totals.none else "text"), ("bad", bad, "warn" if bad else "text"),
        ):  # fmt: skip
            self.figures[key].setText(vm.number(count))
            self.figures[key].set_tone(tone)
        found = vm.counts(totals, names, lanes, language)
        self.grid.set_counts(found.heads, found.rows, found.most)

    def retranslate(self) -> None:
        for key, word in (
            ("rows", self.tr("rows")), ("lane", self.tr("with a best lane")), ("losing", self.tr("of them at a loss")),
            ("none", self.tr("without a lane")), ("bad", self.tr("not read")),
        ):  # fmt: skip
            self.names[key].setText(word)
        self.grid_head.setText(self.tr("Best platform by market, rows"))
        self.grid.set_name(self.tr("Best platform by market, rows. Enter shows these rows alone"))


class Filters(QWidget):
    """Which rows are shown, and in which order. `changed(Wanted)` comes only from the user."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Wanted()
        self.box = FieldBox(self)
        self.box.icon_name = "magnifier"
        self.line = FieldLine(self.box, letters=True)
        inner = QHBoxLayout(self.box)
        inner.addWidget(self.line)
        self.box._retheme()
        self.box.set_width(SEARCH)
        self.platform, self.market, self.sort = Choose(), Choose(), Choose()
        for choose, signs in ((self.platform, 8), (self.market, 8), (self.sort, 11)):
            choose.setMinimumContentsLength(signs)
        self.losing, self.none = QCheckBox(), QCheckBox()
        for box in (self.losing, self.none):
            box.setProperty("focusRing", 3)
        self.count = TextLabel("", TYPE.caption, "text2")
        self.clear = LinkLabel("", TYPE.caption)
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._on_changed)
        self.line.textEdited.connect(lambda _text: self._typing.start())
        self.line.entered.connect(self._on_changed)
        self.line.escaped.connect(self._empty_line)
        for choose in (self.platform, self.market, self.sort):
            choose.picked.connect(lambda _key: self._on_changed())
        for box in (self.losing, self.none):
            box.clicked.connect(lambda _on: self._on_changed())
        self.clear.activated.connect(
            lambda: self._give(Wanted(sort=self.wanted.sort, falling=self.wanted.falling))
        )

    def _lay_out(self) -> None:
        first = FlowLayout(None, SPACE.s)
        first.addWidget(self.box)
        for widget in (self.platform, self.market, self.sort):
            first.addWidget(widget)
        second = FlowLayout(None, SPACE.l)
        second.addWidget(self.losing)
        second.addWidget(self.none)
        second.addWidget(self.count)
        second.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.s)
        column.addLayout(first)
        column.addLayout(second)

    def set_brief(self, brief: bool) -> None:
        """Beside the why panel there is room for the search alone."""
        for widget in (self.platform, self.market, self.sort, self.losing, self.none):
            widget.setVisible(not brief)

    def set_wanted(self, wanted: Wanted) -> None:
        """Shows what is in force; emits nothing."""
        self.wanted = wanted
        if self.line.text() != wanted.text and not self._typing.isActive():
            self.line.setText(wanted.text)
        self.platform.setCurrentIndex(max(0, self.platform.findData(wanted.platform)))
        self.market.setCurrentIndex(max(0, self.market.findData(wanted.market)))
        self.sort.setCurrentIndex(max(0, self.sort.findData(sort_key(wanted))))
        self.losing.setChecked(wanted.losing)
        self.none.setChecked(wanted.none)
        self.clear.setVisible(wanted.narrowed)

    def show_choices(self, names: Words, lanes: Sequence[Lane], language: Language) -> None:
        platforms = dict.fromkeys(lane.platform for lane in lanes)
        markets = dict.fromkeys(lane.market for lane in lanes)
        self.platform.set_choices(
            [
                ("", self.tr("Any platform")),
                *((key, vm.named(names.platforms, key, language)) for key in platforms),
            ],
            self.wanted.platform,
        )
        self.market.set_choices(
            [
                ("", self.tr("Any market")),
                *((key, vm.named(names.markets, key, language)) for key in markets),
            ],
            self.wanted.market,
        )
        sorts = [
            ("file", self.tr("As in the file")),
            ("left-", self.tr("Most left first")),
            ("left", self.tr("Least left first")),
            ("margin-", self.tr("Best margin first")),
            ("margin", self.tr("Worst margin first")),
            ("behind", self.tr("Closest runner-up first")),
            ("behind-", self.tr("Farthest runner-up first")),
            ("platform", self.tr("By platform and market")),
        ]
        self.sort.set_choices(sorts, sort_key(self.wanted))

    def retranslate(self) -> None:
        words = self.tr("Find SKU or name")
        self.line.setPlaceholderText(words)
        self.line.setAccessibleName(words)
        self.platform.set_name(self.tr("Platform"))
        self.market.set_name(self.tr("Market"))
        self.sort.set_name(self.tr("Order of the rows"))
        self.losing.setText(self.tr("Loses money"))
        self.none.setText(self.tr("No lane"))
        self.clear.setText(self.tr("Show all"))
        for box in (self.losing, self.none):
            box.setFont(theme().font(TYPE.body))

    def _empty_line(self) -> None:
        self.line.clear()
        self._on_changed()

    def _on_changed(self) -> None:
        self._typing.stop()
        key = self.sort.current() or "file"
        wanted = Wanted(
            text=self.line.text().strip(),
            platform=self.platform.current(),
            market=self.market.current(),
            losing=self.losing.isChecked(),
            none=self.none.isChecked(),
            sort=key.removesuffix("-"),
            falling=key.endswith("-"),
        )
        self._give(wanted)

    def _give(self, wanted: Wanted) -> None:
        if wanted != self.wanted:
            self.set_wanted(wanted)
            self.changed.emit(wanted)


def sort_key(wanted: Wanted) -> str:
    return wanted.sort + ("-" if wanted.falling else "")


class RowPane(QFrame):
    """The chosen row: what is left, where, by which service, the bars of the best lane and the runner-up."""

    openRequested = Signal()
    whyRequested = Signal(int, str)
    """1 for the best lane, 2 for the runner-up, and the part of the bar."""

    def __init__(self) -> None:
        super().__init__()
        set_ground(self, "side")
        self.name = TextLabel("", TYPE.option, wrap=True)
        self.sku = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.figure = FigureLabel("", "", TYPE.figure_second)
        self.caption = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.lane = TextLabel("", TYPE.body_strong, wrap=True)
        self.service = TextLabel("", TYPE.body, "text2", wrap=True)
        self.second = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.chart = StackChart()
        self.none = TextLabel("", TYPE.body, "unk", wrap=True)
        self.open = PrimaryButton("", "plus")
        self.why = SecondaryButton("", "")
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE.s)
        buttons.addWidget(self.open)
        buttons.addWidget(self.why)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, SPACE.m)
        column.setSpacing(4)
        for widget in (self.name, self.sku, self.figure, self.caption, self.lane, self.service, self.none):
            column.addWidget(widget)
        column.addWidget(Hairline())
        column.addWidget(self.chart)
        column.addWidget(self.second)
        column.addStretch(1)
        column.addLayout(buttons)
        self.open.clicked.connect(self.openRequested)
        self.why.clicked.connect(lambda: self.whyRequested.emit(1, ""))
        self.figure.whyRequested.connect(lambda: self.whyRequested.emit(1, ""))
        self.chart.whyRequested.connect(self._on_mark)

    def _on_mark(self, key: str) -> None:
        rank, _, part = key.partition("/")
        self.whyRequested.emit(2 if rank == "2" else 1, part)

    def show_row(self, row: RowWords | None) -> None:
        """The words of a row; the bars follow with `show_bars`."""
        self.setVisible(row is not None)
        if row is None:
            return
        self.name.setText(row.name or row.sku or self.tr("Row {line}").format(line=row.line))
        self.sku.setText(
            " · ".join(part for part in (row.sku, self.tr("row {line}").format(line=row.line)) if part)
        )
        found = not row.why and bool(row.platform)
        self.figure.set_figure(row.left, f"{row.currency} · {row.margin}", "err" if row.losing else "text")
        self.figure.set_name(self.tr("Left of an order"))
        self.caption.setText(
            self.tr("left of an order, at most") if row.at_most else self.tr("left of an order")
        )
        self.lane.setText(" · ".join(part for part in (row.platform, row.site, row.market) if part))
        self.service.setText(row.service)
        self.none.setText(row.why)
        self.none.setVisible(bool(row.why))
        words = self.tr("Runner-up {name}: {behind} {currency} behind")
        self.second.setText(
            words.format(name=row.second, behind=row.behind, currency=row.currency) if row.second else ""
        )
        self.second.setVisible(bool(row.second))
        for widget in (self.figure, self.caption, self.lane, self.service, self.chart, self.why):
            widget.setVisible(found)

    def show_bars(self, quotes: Sequence[tuple[Lane, Quote]], names: Words, language: Language) -> None:
        self.chart.set_data(vm.row_stack(quotes, names, language))
        self.chart.setVisible(bool(quotes))

    def retranslate(self) -> None:
        self.chart.set_name(self.tr("Cost and margin of the best lane and the runner-up"))
        self.open.setText(self.tr("Open as a case"))
        self.why.setText(self.tr("Why"))


class Results(QWidget):
    """Rows and the chosen row beside each other; the rows that were not read in their place when asked for."""

    rowChosen = Signal(int)
    """The place of the chosen row in the catalogue, -1 for none."""
    rowOpened = Signal(int)
    wantedChanged = Signal(object)
    widthChanged = Signal()
    """There is room for more columns, or for fewer."""

    def __init__(self) -> None:
        super().__init__()
        self.overview = Overview()
        self.filters = Filters()
        self.table = LongTable()
        self.table.minimum_rows(5)
        self.nothing = TextLabel("", TYPE.body, "text2", wrap=True)
        self.bad = DataTable(wrap=False, fit_rows=False)
        self.bad_words = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.bad_save = LinkLabel("")
        self.pane = RowPane()
        self.stack = QStackedWidget()
        self.compact = self.beside = self._done = False
        self._wide = False
        self._part = "rows"
        self._rows = LazyRows(0, lambda _at: Row("", ()))
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._lay_out()
        self._size_pane()
        theme().follow(self._size_pane)
        self.filters.changed.connect(self.wantedChanged)
        self.overview.grid.picked.connect(self._on_cell)
        self.table.currentRowChanged.connect(lambda _key: self._look.start())
        self.table.rowActivated.connect(lambda key: self.rowOpened.emit(int(key)) if key else None)
        self.table.sortRequested.connect(self._on_sort)

    def _lay_out(self) -> None:
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.m)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing)
        bad = QWidget()
        other = QVBoxLayout(bad)
        other.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.addWidget(self.bad_words, 1)
        line.addWidget(self.bad_save)
        other.addLayout(line)
        other.addWidget(self.bad, 1)
        self.stack.addWidget(rows)
        self.stack.addWidget(bad)
        self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        across = QHBoxLayout()
        across.setSpacing(SPACE.l)
        across.addWidget(self.stack, 1)
        across.addWidget(self.pane)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.m)
        whole.addWidget(self.overview)
        self.line = Hairline()
        whole.addWidget(self.line)
        whole.addLayout(across, 1)

    # ------------------------------------------------------------------ showing
    def show_order(self, rows: LazyRows, wanted: Wanted, of: int, currency: str) -> None:
        """The rows that are wanted."""
        self._rows = rows
        self.filters.set_wanted(wanted)
        self.overview.grid.set_chosen(wanted.platform, wanted.market)
        shown = next((key for key, sort in SORTABLE.items() if sort == wanted.sort), "")
        self.table.show_rows(self._columns(currency), rows, tuple(SORTABLE), shown, wanted.falling)
        self.table.set_name(self.tr("Rows of the catalogue with their best lane"))
        words = self.tr("{count} of {of} rows") if len(rows) != of else self.tr("{of} rows")
        self.filters.count.setText(words.format(count=vm.number(len(rows)), of=vm.number(of)))
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        if not rows:
            self.pane.hide()
        self._look.start()

    def _columns(self, currency: str) -> list[Column]:
        left = self.tr("Left, {currency}").format(currency=currency) if currency else self.tr("Left")
        columns = [
            Column("sku", self.tr("SKU"), width=116),
            Column("name", self.tr("Name"), width=96, stretch=True),
            Column("lane", self.tr("Best lane"), width=170, stretch=True),
            Column("service", self.tr("Service"), width=170, stretch=True),
            Column("left", left, numeric=True, width=92 if currency else 124),
            Column("margin", self.tr("Margin"), numeric=True, width=92),
            Column("second", self.tr("Runner-up"), width=146, stretch=True),
            Column("behind", self.tr("Behind by"), numeric=True, width=78),
        ]
        left_out = BRIEF if self.compact or self.beside else () if self._wide else ("service",)
        return [column for column in columns if column.key not in left_out]

    def row(self, row: RowWords, currency: str) -> Row:
        """A row of the table."""
        lane = " · ".join(part for part in (row.platform, row.site, row.market) if part)
        tone = "err" if row.losing else "text"
        second = row.service if self.compact else ""
        tip = row.why or f"{lane}\n{row.service}"
        left = row.left if currency or not row.left else f"{row.left} {row.currency}"
        cells = {
            "sku": Cell(row.sku, tip=row.sku),
            "name": Cell(row.name, tone="text2", tip=row.name),
            "lane": Cell(row.why or lane, second=second, tone="unk" if row.why else "text", tip=tip),
            "service": Cell(row.service, tone="text2", tip=row.service),
            "left": Cell(left, strong=True, tone=tone),
            "margin": Cell(row.margin, tone=tone),
            "second": Cell(row.second, tone="text2", tip=row.second),
            "behind": Cell(row.behind, tone="text2"),
        }  # fmt: skip
        return Row(str(row.place), tuple(cells[column.key] for column in self._columns(currency)))

    def show_bad(
        self, rows: Sequence[BadRow], count: int, field_names: dict[str, str], language: Language
    ) -> None:
        """The rows that were not read."""
        columns = [
            Column("line", self.tr("Row"), numeric=True, width=80),
            Column("field", self.tr("Field"), width=140),
            Column("why", self.tr("Why it was not read"), stretch=True),
        ]
        lines = []
        for at, each in enumerate(rows):
            why = Cell(each.why[language], tip=each.why[language])
            lines.append(Row(str(at), (f"{each.row:,}", field_names.get(each.field, each.field or "–"), why)))
        self.bad.set_table(columns, lines)
        self.bad.set_name(self.tr("Rows that were not read"))
        words = self.tr("{count} rows were not read; the others were screened.")
        if len(rows) < count:
            words = self.tr(
                "{count} rows were not read; the first {shown} are shown. The saved list has all."
            )
        self.bad_words.setText(words.format(count=vm.number(count), shown=vm.number(len(rows))))

    def show_part(self, part: str) -> None:
        """`rows`, `bad`, or `counts`, which in a small window have a place of their own."""
        self._part = part
        self.stack.setCurrentIndex(1 if part == "bad" else 0)
        self._place()
        if part == "rows":
            self._on_look()

    def set_done(self, done: bool) -> None:
        """While rows are screened there are only counts."""
        self._done = done
        self._place()

    def _place(self) -> None:
        alone = self.compact and self._done
        counts = self._part == "counts" if alone else self._part != "bad"
        self.overview.setVisible(counts and not self.beside)
        self.line.setVisible(counts and self._done and not self.beside and not alone)
        self.stack.setVisible(self._done and not (alone and self._part == "counts"))
        self.pane.setVisible(self._done and self._part == "rows" and not self.beside and self.chosen() >= 0)

    def clear(self) -> None:
        """Nothing was found yet, or it has gone: rows that were shown could not be made again."""
        self._look.stop()
        self._rows = LazyRows(0, lambda _at: Row("", ()))
        self.table.clear_rows()
        self.pane.hide()

    def set_compact(self, compact: bool) -> None:
        self.compact = compact
        self._size_pane()
        self._place()

    def _size_pane(self) -> None:
        self.pane.setFixedWidth(theme().px(SIDE_COMPACT if self.compact else SIDE))

    def set_beside(self, beside: bool) -> None:
        """Beside the why panel there is room for the list alone."""
        self.beside = beside
        self.filters.set_brief(beside)
        self._place()

    def retranslate(self) -> None:
        self.overview.retranslate()
        self.filters.retranslate()
        self.pane.retranslate()
        self.nothing.setText(self.tr("No row matches."))
        self.bad_save.setText(self.tr("Save this list…"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme().px(WIDE)
        if wide != self._wide:
            self._wide = wide
            self.widthChanged.emit()

    # ------------------------------------------------------------------ choosing
    def chosen(self) -> int:
        """The place of the chosen row in the catalogue, -1 for none."""
        if self._part == "bad" or not len(self._rows):
            return -1
        key = self.table.current_key()
        return int(key) if key else -1

    def look(self) -> None:
        """The chosen row at once: for a picture, which waits for nothing."""
        self._look.stop()
        self._on_look()

    def _on_look(self) -> None:
        self.rowChosen.emit(self.chosen())

    def _on_cell(self, platform: str, market: str) -> None:
        wanted = replace(self.filters.wanted, platform=platform, market=market)
        self.filters.set_wanted(wanted)
        self.wantedChanged.emit(wanted)

    def _on_sort(self, key: str) -> None:
        """First a click the most, then the least, then as in the file."""
        sort, now = SORTABLE[key], self.filters.wanted
        if now.sort != sort:
            wanted = replace(now, sort=sort, falling=sort in ("left", "margin"))
        elif now.falling == (sort in ("left", "margin")):
            wanted = replace(now, falling=not now.falling)
        else:
            wanted = replace(now, sort="file", falling=False)
        self.filters.set_wanted(wanted)
        self.wantedChanged.emit(wanted)
