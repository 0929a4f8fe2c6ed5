"""What if: the advice moved by levers. A sweep of list prices, what moves the margin, all markets, how far it holds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.result import Advice
from desktop.core.text import Language
from desktop.viewmodels.absence import Absence
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.whatif import WhatIf
from desktop.views.charts.bars import BarsChart
from desktop.views.charts.base import ChartOrTable
from desktop.views.charts.margin_grid import MarginGrid
from desktop.views.charts.sweep import SweepChart
from desktop.views.charts.tornado import TornadoChart
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.base import Page
from desktop.views.pages.what_if_side import WhatIfSide
from desktop.views.widgets import (
    Cell,
    ChipGroup,
    Choice,
    Column,
    DataTable,
    EmptyState,
    Hairline,
    Row,
    SectionHead,
    Segmented,
    TextLabel,
)
from desktop.views.widgets.labels import LiveLine

MOST_SEGMENTS = 6
BESIDE = 800
"""From this width on two blocks stand side by side."""
TALL, LOW = 340, 268


class WhatIfPage(Page):
    """Writes only what is let go: the figures of the levers, as answers of the case."""

    step_id = "what-if"
    has_table = True

    def __init__(
        self,
        model: CaseModel,
        prefs: Preferences,
        parent: QWidget | None = None,
        made: tuple[WhatIfSide, SweepChart] | None = None,
    ) -> None:
        """`made`: the largest parts, where they are there already."""
        super().__init__(model, prefs, parent)
        self.side: WhatIfSide
        self.side, self.chart = made or (WhatIfSide(WhatIf(model)), SweepChart())
        self.what = self.side.what
        self.what.setParent(self)
        self._moving = False
        self._make_parts()
        self._lay_out()
        self._connect()

    def _make_parts(self) -> None:
        self.market = ChipGroup(small=True)
        self.form_switch = Segmented()
        self.add_switch(self.form_switch)
        self.empty = EmptyState("sliders")
        self.sweep = ChartOrTable(self.chart)
        self.even = TextLabel("", TYPE.body, "text2", wrap=True)
        self.tornado = TornadoChart()
        self.bars = ChartOrTable(self.tornado)
        self.bars_head = LiveLine()
        self.said_head = SectionHead()
        self.said = [TextLabel("", TYPE.body, wrap=True) for _ in range(3)]
        for label in (self.lead, self.even, *self.said):
            label.setTextFormat(Qt.TextFormat.RichText)
        self.computed = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.grid_head = SectionHead()
        self.unit = Segmented()
        self.grid = MarginGrid()
        self.margins = ChartOrTable(self.grid)
        self.grid_note = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.holds_head = SectionHead()
        self.holds = DataTable(row_height=28)
        self.wins_head = SectionHead()
        self.wins = BarsChart()
        self.win_bars = ChartOrTable(self.wins)

    def _lay_out(self) -> None:
        self.body.setSpacing(SPACE.m)
        self.body.addWidget(self.empty)
        self.whole = QWidget()
        column = QVBoxLayout(self.whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.m)
        column.addWidget(self.market)
        column.addWidget(self.sweep)
        column.addWidget(self.even)
        column.addWidget(Hairline())
        said = QVBoxLayout()
        said.setSpacing(SPACE.m)
        for widget in (self.said_head, *self.said, self.computed):
            said.addWidget(widget)
        said.addStretch(1)
        self.first = self._pair(self._block(self.bars_head, self.bars), said, (5, 3))
        column.addLayout(self.first)
        column.addWidget(Hairline())
        top = QHBoxLayout()
        top.addWidget(self.grid_head, 1)
        top.addWidget(self.unit)
        column.addLayout(top)
        column.addWidget(self.margins)
        column.addWidget(self.grid_note)
        column.addWidget(Hairline())
        holds, wins = self._block(self.holds_head, self.holds), self._block(self.wins_head, self.win_bars)
        self.second = self._pair(holds, wins, (5, 2))
        column.addLayout(self.second)
        self.body.addWidget(self.whole)
        self.body.addStretch(1)

    @staticmethod
    def _block(*parts: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE.s)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return column

    @staticmethod
    def _pair(left: QVBoxLayout, right: QVBoxLayout, shares: tuple[int, int]) -> QBoxLayout:
        """Two blocks beside each other, or one below the other where there is less room."""
        made = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        made.setSpacing(SPACE.xxl)
        made.addLayout(left, shares[0])
        made.addLayout(right, shares[1])
        return made

    def _connect(self) -> None:
        what = self.what
        what.ticked.connect(self._on_tick)
        what.foundChanged.connect(self._show_found)
        what.settled.connect(self._on_settled)
        what.marketChanged.connect(self._show_markets)
        self.empty.linkActivated.connect(self.on_absence_link)
        self.market.picked.connect(self._on_market)
        self.form_switch.changed.connect(self._on_form)
        self.unit.changed.connect(self._on_unit)
        self.chart.handlePressed.connect(lambda: what.begin("price"))
        self.chart.handleMoved.connect(what.move_price)
        self.chart.handleReleased.connect(lambda: what.release("price"))
        self.chart.stepRequested.connect(lambda steps: what.step("price", steps))
        self.chart.typed.connect(self._on_digit)
        self.chart.whyRequested.connect(self._ask_why)
        self.grid.whyRequested.connect(lambda key: self._ask_why(key.partition("/")[0]))
        self.grid.marketRequested.connect(self._on_market)

    @classmethod
    def making(
        cls, model: CaseModel, prefs: Preferences, parent: QWidget | None = None
    ) -> Iterator[Page | None]:
        side = WhatIfSide(WhatIf(model))
        yield None
        chart = SweepChart()
        yield None
        yield cls(model, prefs, parent, made=(side, chart))

    # ------------------------------------------------------------------ what the window calls
    def prepare(self, advice: Advice) -> Iterator[None]:
        """The bench: its first prices would else be one batch for all levers and markets."""
        if self.model.case.given("list_price") is not None and advice.platforms.options:
            yield from self.what.prepare()

    def _nothing(self, advice: Advice) -> Absence | None:
        priced = self.model.case.given("list_price") is not None
        return self.absence(advice, priced and bool(advice.platforms.options))

    def nothing_yet(self) -> str:
        if self.model.case.given("list_price") is not None:
            return super().nothing_yet()
        return self.tr("Without a list price there is nothing to move")

    def show_advice(self, advice: Advice) -> None:
        found = self._nothing(advice)
        if self.show_absence(self.empty, found):
            self.what.pause()
            self.model.hold(None)
            self._show_parts(False)
            return
        shown = self.what.show(advice)
        self._show_parts(shown)
        if shown:
            # the first figures are no move
            self._show_moving()
        else:
            self._show_too_large()
        self._show_lead()

    def _show_too_large(self) -> None:
        """The one case with a list price that cannot be moved."""
        self.empty.set_text(
            self.tr("An order this large is not priced here"), self.tr("Another list price helps:")
        )
        self.empty.set_links([("list_price", self.model.questions["list_price"].label[self.language])])
        self.empty.show()

    def ranks(self, advice: Advice) -> bool:
        return self.model.case.given("list_price") is not None and bool(advice.platforms.ranked)

    def _show_parts(self, shown: bool) -> None:
        self.whole.setVisible(shown)
        self.form_switch.setVisible(shown)
        self.side.set_at_rest(not shown)

    def retranslating(self, language: Language) -> Iterator[None]:
        self.what.language = language
        yield from super().retranslating(language)
        self.form_switch.set_choices(
            [("chart", self.tr("Chart")), ("table", self.tr("Table"))], self.form_switch.current() or "chart"
        )
        self.form_switch.set_name(self.tr("Form"))
        self.market.set_name(self.tr("Market that is swept"))
        self.chart.set_name(self.tr("What is left at every list price"))
        self.tornado.set_name(self.tr("What moves the margin most"))
        self.grid.set_name(self.tr("What is left on each platform in each market"))
        self.holds.set_name(self.tr("How far it holds"))
        self.wins.set_name(self.tr("Who wins in what share of all weightings"))
        self.said_head.setText(self.tr("Said in words"))
        self.grid_head.setText(self.tr("All markets"))
        self.grid_note.setText(
            self.tr(
                "Framed: first in its market. “≤”: at most, a line is not known. “?”: cannot say. A cross: closed. "
                "Enter or a click sweeps the market."
            )
        )
        self.holds_head.setText(self.tr("How far it holds"))
        self.wins_head.setText(self.tr("Who wins in what share of all weightings"))
        self.side.retranslate(language)
        self._show_markets()
        advice = self.model.advice
        if advice is not None and (self.what.shows_case or self._nothing(advice)):
            # another case is shown when its bench is set up
            self.show_advice(advice)
        if self.what.tick is not None:
            self._on_tick()
            self._show_found()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self.chart.set_height(LOW if compact else TALL)

    def forget(self) -> None:
        super().forget()
        self.what.forget()
        for chart in (self.chart, self.tornado, self.grid):
            chart.set_current("")

    def focus_first(self) -> None:
        if self.focus_empty(self.empty):
            return
        self.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_table(self) -> None:
        self.form_switch.set_current("chart" if self.form_switch.current() == "table" else "table")
        self._on_form()

    def why_focused(self) -> bool:
        return self._ask_why(self.chart.current_line())

    def hideEvent(self, event: QHideEvent) -> None:
        """Another step is opened: what was moved is kept, and nothing goes on unseen."""
        self.what.keep_now()
        self.what.pause()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= BESIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        for pair in (self.first, self.second):
            if pair.direction() != direction:
                pair.setDirection(direction)
                pair.setSpacing(SPACE.xxl if wide else SPACE.l)

    # ------------------------------------------------------------------ a move
    def _on_tick(self) -> None:
        """New data for what is seen: each chart paints, and makes its words, when it is shown."""
        what = self.what
        self.chart.set_data(what.charts.sweep_data())
        self.tornado.set_data(what.charts.tornado_data())
        self.grid.set_data(what.charts.margins_data())
        self._show_moving()
        self._show_bars_head()
        if self.sweep.is_table():
            for form in (self.sweep, self.bars, self.margins):
                form.refresh()

    def _show_moving(self) -> None:
        """While something is moved: who leads, and in grey what was found before and may not hold any more."""
        moving = self.what.found is None
        if moving:
            self._show_lead()
        if moving != self._moving:
            self._moving = moving
            for label in (*self.said, *(() if self.what.even_holds() else (self.even,))):
                label.set_tone("text3" if moving else "text")

    def _show_lead(self) -> None:
        if self.what.tick is not None:
            self.set_title(self.name[self.language], with_figures(self.what.rows.lead()))

    def _show_bars_head(self) -> None:
        words = self.tr("What moves most: {platform}, {net}")
        what = self.what
        self.bars_head.setText(
            words.format(platform=what.rows.leader_name, net=what.rows.leader_net())
            if what.rows.leader_name
            else ""
        )

    # ------------------------------------------------------------------ what was found
    def _show_found(self) -> None:
        what = self.what
        self._show_lead()
        rows = what.rows.even_rows()
        priced = " · ".join(f"{name} {price}" for name, price, known in rows if known)
        not_priced = "; ".join(f"{name}: {why}" for name, why, known in rows if not known)
        words = self.tr("Break-even price: {prices}").format(prices=priced or "…")
        self.even.setText(
            with_figures(
                "\n".join(part for part in (words if priced or not rows else "", not_priced) if part)
            )
        )
        for label, text in zip(self.said, (*what.rows.sentences(), "", "", ""), strict=False):
            label.setText(with_figures(text))
            label.setVisible(bool(text))
        self.computed.setText(what.rows.computed())
        self._show_holds()
        data = what.charts.wins_data()
        if data.bars:
            self.wins.set_data(data)
            self.win_bars.refresh()
        if what.found is not None and what.found.cliffs:
            self.chart.set_data(what.charts.sweep_data())

    def _show_holds(self) -> None:
        language = self.language
        rows = self.what.rows.holds_rows()
        if not rows:
            return
        columns = [
            Column("name", self.tr("Moved"), stretch=True),
            Column("low", self.tr("holds from"), numeric=True),
            Column("now", self.tr("now"), numeric=True, spare=True),
            Column("high", self.tr("holds to"), numeric=True),
            Column("beyond", self.tr("then first"), short=96),
        ]
        self.holds.set_table(
            columns,
            [
                Row(
                    row.key,
                    (
                        Cell(row.name[language]),
                        Cell(row.low[language] or "–", tone="text" if row.low else "text3", strong=bool(row.low)),
                        Cell(row.now[language], tone="text2"),
                        Cell(row.high[language] or "–", tone="text" if row.high else "text3", strong=bool(row.high)),
                        Cell(row.beyond[language] or self.tr("no other"), tone="text" if row.beyond else "text3"),
                    ),
                )
                for row in rows
            ],
        )  # fmt: skip

    def _on_settled(self) -> None:
        """What is heard by a screen reader follows when nothing moves."""
        what = self.what
        even = ", ".join(f"{name} {price}" for name, price, _ in what.rows.even_rows())
        self.chart.tell(f"{what.rows.lead()} {even}")
        self.tornado.tell()
        self.grid.tell()

    # ------------------------------------------------------------------ slots
    def _show_markets(self) -> None:
        what = self.what
        choices = [Choice(each, what.shown.market_name(each)) for each in what.markets]
        if [chip.choice for chip in self.market.chips()] != choices:
            self.market.set_choices(choices)
        self.market.set_current(what.market)
        self.market.setVisible(len(what.markets) > 1)
        currency = what.bench.currency if what.bench else ""
        units = [("amount", currency), ("percent", "%")]
        self.unit.set_choices(units, "percent" if what.percent else "amount")
        self.unit.set_name(self.tr("Shown in"))

    def _on_market(self, market: str) -> None:
        self.market.set_current(market)
        self.what.choose_market(market)

    def _on_unit(self, unit: str) -> None:
        self.what.percent = unit == "percent"
        self.grid.set_data(self.what.charts.margins_data())
        self.margins.refresh()

    def _on_form(self, _form: str = "") -> None:
        table = self.form_switch.current() == "table"
        for form in (self.sweep, self.bars, self.margins, self.win_bars):
            form.show_table(table)
            form.refresh()

    def _on_digit(self, digit: str) -> None:
        self.side.rows["price"]._on_digit(digit)

    def _ask_why(self, platform: str) -> bool:
        subject = self.what.why(platform) if platform else None
        if subject is None:
            if self.what.tried:
                told = self.tr(
                    "Freight and exchange rate are tried only: with them as the rules say, every figure is explained."
                )
                self.messageRequested.emit(told, "")
            return False
        self.whyRequested.emit(subject)
        return True


FIGURE = re.compile(r"\u2212?\d(?:[\d,.]*\d)?%?")


def with_figures(text: str) -> str:
    """A sentence with its figures in bold."""
    marked = FIGURE.sub(lambda found: f"<b>{found.group()}</b>", html.escape(text, quote=False))
    return marked.replace("\n", "<br>")
