"""The side of What if: the levers, and prices worked out backwards."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.text import Language
from desktop.viewmodels.levers import NAMES
from desktop.viewmodels.whatif import WhatIf
from desktop.views.design.theme import clear_viewport, set_ground, theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.verdict_pane import Foot
from desktop.views.widgets import Hairline, SecondaryButton, SectionHead, TextLabel
from desktop.views.widgets.lever import LeverRow
from desktop.views.widgets.number_field import NumberField
from desktop.views.work_area import OwnSide

TRIED = ("freight", "exchange")
PLATFORM_ROWS = 4
WORDS_FROM = 300
"""In a narrower pane a provenance is a shape with its word in the tool tip."""


class BackRow(QWidget):
    """A name, and a figure or why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = TextLabel("", TYPE.body, wrap=True)
        self.name.setMinimumWidth(1)
        self.figure = TextLabel("", TYPE.body_strong)
        self.why = TextLabel("", TYPE.caption, "unk", wrap=True)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.figure, 0, 1)
        grid.addWidget(self.why, 1, 0, 1, 2)
        grid.setRowMinimumHeight(2, 4)
        grid.addWidget(Hairline(), 3, 0, 1, 2)

    def show_row(self, name: str, said: str, known: bool, note: str = "") -> None:
        """A name with its figure and a note on it, or with the reason why there is none."""
        self.name.setText(name)
        self.figure.setText(said if known else ("" if said else "…"))
        below = note if known else said
        self.why.setText(below)
        self.why.set_tone("text2" if known else "unk")
        self.why.setVisible(bool(below))
        self.setAccessibleName(f"{name} {said}".strip())

    def set_moving(self, moving: bool) -> None:
        """In grey while it may not hold any more."""
        self.figure.set_tone("text3" if moving else "text")


class WhatIfSide(OwnSide):
    """Levers above, the way back below, Back and the next step at the foot."""

    resetRequested = Signal()

    def __init__(self, what: WhatIf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.what = what
        self._moving = False
        set_ground(self, "surface2")
        self.head = SectionHead("")
        self.reset = SecondaryButton("", "arrow-back", small=True)
        self.rows = {name: LeverRow(name) for name in NAMES}
        self.tried = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.back_head = SectionHead("")
        self.wanted_name = TextLabel("", TYPE.body)
        self.wanted = NumberField("%", "", None, width=92)
        self.wanted.set_range(-100, 100)
        self.wanted.set_value(25)
        self.back = [BackRow() for _ in range(PLATFORM_ROWS)]
        self.cost, self.best, self.orders = BackRow(), BackRow(), BackRow()
        self.fixed_name = TextLabel("", TYPE.body)
        self.fixed = NumberField("", "", None, width=128)
        self.fixed.set_range(0, 1_000_000)
        self.foot = Foot()
        self._build()
        self._connect()

    def begin(self) -> QWidget:
        return next(
            (row.slider for row in self.rows.values() if row.slider.isEnabled()), self.foot.standing()
        )

    def set_at_rest(self, rests: bool) -> None:
        """Without a price there are no levers: empty ones would be bare lines. The ways on stay."""
        bars = Qt.ScrollBarPolicy
        self.scroll.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if rests else bars.ScrollBarAsNeeded)
        self.scroll.widget().setEnabled(not rests)
        self.scroll.widget().setVisible(not rests)

    # ------------------------------------------------------------------ building
    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE.side_margin, SPACE.l, SPACE.side_margin, SPACE.l)
        column.setSpacing(SPACE.s)
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.reset)
        column.addLayout(top)
        for name in NAMES:
            if name == TRIED[0]:
                column.addSpacing(SPACE.xs)
                column.addWidget(Hairline())
                column.addWidget(self.tried)
            column.addWidget(self.rows[name])
        column.addSpacing(SPACE.xs)
        column.addWidget(Hairline())
        column.addWidget(self.back_head)
        column.addLayout(self._asked(self.wanted_name, self.wanted))
        answers = QVBoxLayout()
        answers.setSpacing(0)
        for row in (*self.back, self.cost, self.best):
            answers.addWidget(row)
        column.addLayout(answers)
        column.addLayout(self._asked(self.fixed_name, self.fixed))
        column.addWidget(self.orders)
        column.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        clear_viewport(self.scroll)
        self.scroll.setWidget(content)
        content.setAutoFillBackground(False)
        under = QVBoxLayout()
        under.setContentsMargins(SPACE.side_margin, SPACE.s, SPACE.side_margin, SPACE.l)
        under.addWidget(self.foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.scroll, 1)
        whole.addLayout(under)

    @staticmethod
    def _asked(name: TextLabel, field: NumberField) -> QVBoxLayout:
        """A name, its field at the right, and below both what is refused."""
        name.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE.s)
        row.addWidget(name, 1)
        row.addWidget(field)
        column = QVBoxLayout()
        column.setSpacing(SPACE.xs)
        column.addLayout(row)
        column.addWidget(field.take_message())
        return column

    def _connect(self) -> None:
        what = self.what
        for name, row in self.rows.items():
            slider = row.slider
            slider.pressed.connect(lambda name=name: what.begin(name))
            slider.drawn.connect(lambda place, name=name: self._on_drawn(name, place))
            slider.released.connect(lambda name=name: what.release(name))
            slider.stepped.connect(lambda steps, name=name: what.step(name, steps))
            row.field.edited.connect(lambda text, name=name: self._on_typed(name, text))
        what.leversChanged.connect(self.show_levers)
        what.leverMoved.connect(self._on_moved)
        what.foundChanged.connect(self.show_found)
        what.ticked.connect(self._on_tick)
        self.wanted.edited.connect(self._on_wanted)
        self.fixed.edited.connect(what.fix)
        self.reset.clicked.connect(what.reset)
        self.wanted.advanceRequested.connect(lambda: self.fixed.setFocus())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self.rows.values():
            row.mark.set_with_word(self.width() >= theme().px(WORDS_FROM))

    # ------------------------------------------------------------------ levers
    def _on_drawn(self, name: str, place: int) -> None:
        self.what.move(name, place)
        self._show_value(name)

    def _on_moved(self, name: str) -> None:
        """A lever that was moved from elsewhere: by the handle in the chart, or by key."""
        self.rows[name].slider.setValue(self.what.levers[name].value or 0)
        self._show_value(name)

    def _on_typed(self, name: str, text: str) -> None:
        if not text:
            # an emptied field takes nothing away here: the old value stays
            self._show_value(name)
            return
        self.what.type(name, text)

    def _show_value(self, name: str) -> None:
        lever = self.what.levers[name]
        self.rows[name].field.set_value(None if lever.value is None else lever.number(lever.value))
        self._describe(name)

    def show_levers(self) -> None:
        """Values, marks and reach of all levers."""
        what = self.what
        for name, row in self.rows.items():
            lever = what.levers.get(name)
            if lever is None:
                continue
            row.slider.setEnabled(lever.value is not None)
            row.slider.set_reach(lever.low, lever.high, lever.step)
            if lever.value is not None:
                row.slider.setValue(lever.value)
            field = row.field
            field.set_unit(lever.unit)
            field.box.set_part("")
            field._decimals = lever.places if name in ("price", "cost", "exchange") else None
            field.set_whole(lever.places == 0)
            field.set_range(lever.number(lever.least), lever.number(lever.most))
            if not field.line.isModified():
                self._show_value(name)
            row.mark.set_kind(what.mark(name))  # type: ignore[arg-type]
            self._name_row(name)
        self.reset.setEnabled(what.changed)

    def _name_row(self, name: str) -> None:
        row, lever = self.rows[name], self.what.levers[name]
        words = self.what.shown.driver_name(name)
        unit = self.tr("% of list") if name == "freight" else lever.unit
        short = self.tr("Rate") if name == "exchange" else words
        row.name.setText(f"{short}, {unit}" if self.what.language == "en" else f"{short}（{unit}）")
        for widget in (row.slider, row.field):
            widget.setAccessibleName(row.name.text())
        row.field.set_name(words)
        self._describe(name)

    def _describe(self, name: str) -> None:
        """The value as it is shown: the slider's own number is in the smallest unit."""
        row = self.rows[name]
        said = (row.field.line.text(), row.mark.word())
        row.slider.setAccessibleDescription(", ".join(part for part in said if part))

    def _on_tick(self) -> None:
        """What was looked for before does not hold any more."""
        moving = self.what.found is None
        if moving != self._moving:
            self._moving = moving
            for row in (*self.back, self.cost, self.best, self.orders):
                row.set_moving(moving)

    # ------------------------------------------------------------------ backwards
    def _on_wanted(self, text: str) -> None:
        if not text:
            self.wanted.set_value(Decimal(self.what.margin) / 10_000)
            return
        self.what.want(text)

    def show_found(self) -> None:
        what = self.what
        if what.found is None:
            return
        self._on_tick()
        rows = what.rows.back_rows()
        for k, row in enumerate(self.back):
            row.setVisible(k < max(len(rows), 1))
            if k < len(rows):
                row.show_row(*rows[k])
            elif not k:
                row.show_row("…", "", False)
        self.cost.show_row(self.tr("Highest unit cost for it"), *what.rows.cost_row())
        note = self.tr("Of the prices in the chart; how many buy at a price is not counted.")
        self.best.show_row(self.tr("Leaves most"), *what.rows.best_row(), note)
        self.orders.setVisible(what.fixed is not None)
        self.orders.show_row(self.tr("Orders a month that pay for them"), *what.rows.orders_row())
        if what.bench is not None:
            self.fixed.set_unit(what.bench.currency)
            self.back_head.setText(
                self.tr("Backwards, {market}").format(market=what.shown.market_name(what.market))
            )

    # ------------------------------------------------------------------ words
    def retranslate(self, _language: Language) -> None:
        self.setAccessibleName(self.tr("Levers"))
        self.head.setText(self.tr("Change and see"))
        self.reset.setText(self.tr("Reset"))
        self.reset.setToolTip(self.tr("Everything back to where it was when this step was opened"))
        self.tried.setText(self.tr("What if only; not kept in the case"))
        self.wanted_name.setText(self.tr("Price that leaves"))
        self.wanted.set_name(self.tr("Price that leaves"))
        self.fixed_name.setText(self.tr("Fixed costs a month"))
        self.fixed.set_name(self.tr("Fixed costs a month"))
        self.show_levers()
        self.show_found()
