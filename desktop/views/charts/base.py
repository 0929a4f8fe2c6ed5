"""The ground of all charts: a canvas in the program's look, marks, keys, a table twin.

A chart draws itself on its canvas, in pixels, from plain data; new data keep the canvas and repaint it. The same
drawing goes on paper through `paint_on`, so screen and paper agree. Charts of bars and rows draw on a plain surface,
charts with two scales on a plot of pyqtgraph (docs/decisions/0004).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.viewmodels.series.table import TableTwin
from desktop.views.charts.canvas import Canvas, Surface
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SERIES_KEYS, SPACE, TYPE, TypeStep
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.labels import KeyCap, TextLabel
from desktop.views.widgets.provenance import ProvenanceMark

if TYPE_CHECKING:
    from desktop.views.widgets.table import DataTable

Align = Qt.AlignmentFlag


SWATCH = 10
"""The side of a swatch beside a name, at the design size of the text."""


class LegendEntry(Struct, frozen=True):
    """A name with its swatch: a series key or a colour token."""

    name: str
    colour: str
    ring: bool = False


class Mark(Struct, frozen=True):
    """One thing in a chart that can be pointed at: where it is and what its read-out says."""

    key: str
    row: int
    part: int
    box: QRectF
    title: str
    value: str = ""
    line: str = ""
    colour: str = ""
    provenance: str = ""
    round: bool = False

    def spoken(self) -> str:
        """The mark as a sentence for the screen reader."""
        return ", ".join(part for part in (self.title, self.value, self.line) if part)


class ReadOut(QFrame):
    """The small frame beside a mark: swatch, name, value; below them share, source, date and the key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("readout")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._swatch = QLabel()
        self._title = TextLabel("", TYPE.body)
        self._value = TextLabel("", TYPE.body_strong)
        self._line = TextLabel("", TYPE.caption, "text2")
        self._mark = ProvenanceMark("", with_word=True)
        self._key = KeyCap("W")
        self._how = TextLabel("", TYPE.caption, "text2")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.addWidget(self._swatch, 0, 0)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._value, 0, 2, Align.AlignRight)
        grid.setColumnMinimumWidth(1, 96)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._line)
        below.addWidget(self._mark)
        below.addStretch(1)
        grid.addLayout(below, 1, 0, 1, 3)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._key)
        foot.addWidget(self._how)
        foot.addStretch(1)
        grid.addLayout(foot, 2, 0, 1, 3)
        self.hide()

    def show_mark(self, mark: Mark, box: QRectF) -> None:
        """Stands beside a mark, inside the chart."""
        self._swatch.setVisible(bool(mark.colour))
        if mark.colour:
            size = theme().px(SWATCH)
            self._swatch.setFixedSize(size, size)
            self._swatch.setPixmap(swatch_pixmap(mark.colour, size))
        self._title.setText(mark.title)
        self._value.setText(mark.value)
        self._line.setText(mark.line)
        self._line.setVisible(bool(mark.line))
        self._mark.set_kind(mark.provenance)  # type: ignore[arg-type]
        self._mark.setVisible(bool(mark.provenance))
        self._how.setText(self.tr("shows how"))
        self.layout().activate()  # type: ignore[union-attr]
        self.adjustSize()
        self.move(*self._place(box))
        self.show()
        self.raise_()

    def _place(self, box: QRectF) -> tuple[int, int]:
        """Below the mark, or above it when there is no room; never outside the chart."""
        parent = self.parentWidget().rect()
        x = min(max(0, round(box.center().x() - self.width() / 2)), max(0, parent.width() - self.width()))
        below = round(box.bottom()) + 6
        y = below if below + self.height() <= parent.height() else round(box.top()) - 6 - self.height()
        return x, min(max(0, y), max(0, parent.height() - self.height()))


def swatch_pixmap(colour: str, size: int = SWATCH) -> QPixmap:
    """A square in a series' colour and hatch, or in a token's colour."""
    ratio = 2.0
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill_series(painter, QRectF(0, 0, size, size), colour, 2)
    painter.end()
    return made


def fill_series(painter: QPainter, box: QRectF, colour: str, radius: float = 0) -> None:
    """Fills a box with a series' ground and, in high contrast, its hatch and a white edge."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    if colour in SERIES_KEYS:
        painter.setBrush(theme().series_brush(colour))
        painter.drawRoundedRect(box, radius, radius)
        hatch = theme().series_hatch(colour)
        if hatch is not None:
            painter.setBrush(hatch)
            painter.drawRoundedRect(box, radius, radius)
        if theme().high_contrast and colour != "net":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("text"), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    else:
        painter.setBrush(theme().color(colour))
        painter.drawRoundedRect(box, radius, radius)
    painter.restore()


class LegendRow(QWidget):
    """Names with swatches above a plot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, 16, 4)
        self._entries: list[LegendEntry] = []
        theme().follow(self._rebuild)

    def set_entries(self, entries: Sequence[LegendEntry]) -> None:
        """Shows these names; none hides the row."""
        self._entries = list(entries)
        self.setVisible(bool(entries))
        self._rebuild()

    def _rebuild(self) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for entry in self._entries:
            self._flow.addWidget(LegendName(entry, self))


class LegendName(QWidget):
    """One swatch with its name."""

    def __init__(self, entry: LegendEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry = entry
        self.setAccessibleName(entry.name)

    def sizeHint(self) -> QSize:
        return QSize(
            round(theme().width(self._entry.name, TYPE.caption)) + theme().px(SWATCH) + 7, theme().px(16)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme().px(SWATCH)
        box = QRectF(0, (self.height() - size) / 2, size, size)
        if self._entry.ring:
            painter.setPen(QPen(theme().color(self._entry.colour), 2))
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        elif self._entry.colour in SERIES_KEYS:
            fill_series(painter, box, self._entry.colour, 2)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color(self._entry.colour))
            painter.drawEllipse(box)
        words = QRectF(size + 5, 0, self.width(), self.height())
        write(painter, words, self._entry.name, TYPE.caption, "text2")


def write(
    painter: QPainter,
    box: QRectF,
    text: str,
    step: TypeStep = TYPE.caption,
    tone: str = "text2",
    align: Qt.AlignmentFlag = Align.AlignLeft,
    strike: bool = False,
    colour: QColor | None = None,
) -> float:
    """Writes one line of text, centred in the height of the box, shortened if too long; returns its width."""
    metrics = theme().metrics(step)
    width = theme().width(text, step)
    if width > box.width() + 0.5:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
        width = metrics.horizontalAdvance(text)
    font = theme().font(step)
    if strike:
        font.setStrikeOut(True)
    painter.setFont(font)
    painter.setPen(colour or theme().color(tone))
    # at a point: within a box Qt lays the text out as a paragraph, which takes twice as long
    spare = box.width() - width
    left = box.x() + (
        spare if align == Align.AlignRight else spare / 2 if align == Align.AlignHCenter else 0.0
    )
    base = box.y() + (box.height() - metrics.height()) / 2 + metrics.ascent()
    painter.drawText(QPointF(left, base), text)
    return width


def line(
    painter: QPainter,
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    tone: str = "grid",
    width: float = 1,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """A line in a token's colour; upright and level ones stand on whole pixels."""
    painter.save()
    if width == 1 and (x1 == x2 or y1 == y2):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        x1, y1, x2, y2 = round(x1), round(y1), round(x2), round(y2)
    painter.setPen(QPen(theme().color(tone), width, style, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))
    painter.restore()


def axis_steps(high: float, wanted: int = 5) -> list[float]:
    """Axis values from zero up in steps of 1, 2 or 5 times a power of ten, four to six of them."""
    if high <= 0:
        return [0.0]
    power = 10.0 ** (math.floor(math.log10(high)) - 1)
    step = next((f * power for f in (1, 2, 5, 10, 20, 50) if high / (f * power) <= wanted + 1.2), high)
    return [step * index for index in range(int(high / step + 1e-9) + 1)]


def axis_text(value: float, steps: Sequence[float]) -> str:
    """An axis figure with as many decimals as the step needs."""
    step = abs(steps[1] - steps[0]) if len(steps) > 1 else 1
    decimals = 0 if step >= 1 else 1 if step >= 0.1 else 2
    return f"{value:,.{decimals}f}".replace("-", "\u2212")


class ChartView(QWidget):
    """Base of the charts. Arrows move between marks, Enter or W asks why, Ctrl+C copies the row.

    A subclass draws in `paint_chart(painter, box)` and adds its marks there with `add_mark`; it says how high
    it wants to be in `wanted_height` and gives its figures as `table_rows`.
    """

    access_role = QAccessible.Role.Chart

    whyRequested = Signal(str)
    currentChanged = Signal(str)
    GROUND: ClassVar[str] = ""
    """The ground that a chart fills itself: a repaint then does not paint all that lies below it."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._drawn: list[Mark] = []
        self._stale = True
        self._current = ""
        self._hover = ""
        self._size_drawn = QSize()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", 4)
        self.legend = LegendRow(self)
        self.legend.setVisible(False)
        self.plot = self.make_canvas()
        if self.GROUND:
            self.plot.fill_itself()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.s)
        column.addWidget(self.legend)
        column.addWidget(self.plot, 1)
        self.read_out = ReadOut(self)
        theme().follow(self._retheme)
        self._retheme()
        self._tell()

    def access_value(self) -> str:
        """The mark the keys stand on."""
        mark = self.current_mark() if self._current else None
        return mark.spoken() if mark is not None else ""

    def make_canvas(self) -> Canvas:
        """What the chart is drawn on; a chart with two scales takes a plot instead."""
        return Surface(self, self)

    # -- for subclasses ------------------------------------------------------------------------------
    def paint_chart(self, painter: QPainter, box: QRectF) -> None:
        """Draws the chart into a box."""
        raise NotImplementedError

    def table_rows(self) -> TableTwin:
        """The same figures as a table."""
        raise NotImplementedError

    def wanted_height(self) -> int:
        """How high the plot wants to be."""
        return 240

    def sentence(self) -> str:
        """The chart in a sentence, for the screen reader."""
        twin = self.table_rows()
        return "; ".join(" ".join(part for part in row if part) for row in twin.rows[:12])

    def add_mark(self, mark: Mark) -> None:
        """Notes a mark that was drawn."""
        self._drawn.append(mark)

    def changed_data(self) -> None:
        """To be called after new data were set."""
        self.plot.setMinimumHeight(self.wanted_height())
        self.updateGeometry()
        self._stale = True
        if self._current and self.current_mark() is None:
            self._current = ""
        self._hover = ""
        self.redraw()
        self._tell()

    # -- drawing -------------------------------------------------------------------------------------
    def paint_scene(self, painter: QPainter, box: QRectF) -> None:
        """Draws the chart on the screen and the outlines of the marks in focus."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._drawn, self._stale = [], False
        if self.GROUND:
            painter.fillRect(box, theme().color(self.GROUND))
        self.paint_chart(painter, box)
        self._outline(painter, self._hover, "text")
        if self.hasFocus():
            self._outline(painter, self._current, "focus")

    def paint_on(self, painter: QPainter, box: QRectF) -> None:
        """Draws the chart on paper; the caller scales the painter so that one unit is one pixel."""
        kept, self._drawn = self._drawn, []
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_chart(painter, box)
        self._drawn = kept

    @property
    def _marks(self) -> list[Mark]:
        """The marks where they stand; where nothing was painted since data or size changed, drawn once into nothing."""
        if self._stale:
            self._drawn, self._stale = [], False
            nothing = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
            nothing.setDevicePixelRatio(self.devicePixelRatioF())
            painter = QPainter(nothing)
            size = self.plot.size()
            self.paint_chart(
                painter, QRectF(0, 0, max(size.width(), 320), max(size.height(), self.wanted_height()))
            )
            painter.end()
        return self._drawn

    def _outline(self, painter: QPainter, key: str, tone: str) -> None:
        """A 2 px edge around a mark."""
        mark = next((mark for mark in self._marks if mark.key == key), None) if key else None
        if mark is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().color(tone), 2))
        box = mark.box.adjusted(-2, -2, 2, 2)
        if mark.round:
            painter.drawEllipse(box)
        else:
            painter.drawRoundedRect(box, 3, 3)

    def redraw(self) -> None:
        """Paints again."""
        self.plot.redraw()

    def _retheme(self) -> None:
        self.plot.setMinimumHeight(self.wanted_height())
        self.redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.layout().activate()  # type: ignore[union-attr]
        self.read_out.hide()
        self._stale = True

    def sizeHint(self) -> QSize:
        legend = self.legend.sizeHint().height() + SPACE.s if not self.legend.isHidden() else 0
        return QSize(560, self.wanted_height() + legend)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.sizeHint().height())

    def set_name(self, name: str) -> None:
        """What the chart shows, for the screen reader."""
        self._name = name
        self._tell()

    def set_legend(self, entries: Sequence[LegendEntry]) -> None:
        """Names above the plot."""
        self.legend.set_entries(entries)
        self.updateGeometry()

    def _tell(self) -> None:
        self.setAccessibleName(self._name)
        try:
            self.setAccessibleDescription(self.sentence())
        except NotImplementedError:
            self.setAccessibleDescription("")

    # -- marks ---------------------------------------------------------------------------------------
    def marks(self) -> list[Mark]:
        """All marks as drawn."""
        return list(self._marks)

    def current_mark(self) -> Mark | None:
        """The mark the keys stand on."""
        return next((mark for mark in self._marks if mark.key == self._current), None)

    def set_current(self, key: str) -> None:
        """Puts the keys on a mark; emits nothing."""
        self._current = key
        self.redraw()

    def nearest(self, point: QPointF) -> Mark | None:
        """The mark under a point or nearest within 12 px."""
        best, reach = None, float(SPACE.hover_reach)
        for mark in self._marks:
            dx = max(mark.box.left() - point.x(), 0.0, point.x() - mark.box.right())
            dy = max(mark.box.top() - point.y(), 0.0, point.y() - mark.box.bottom())
            distance = (dx * dx + dy * dy) ** 0.5
            if distance < reach or (distance == 0 and best is None):
                best, reach = mark, max(distance, 1e-6)
        return best

    def hover_at(self, point: QPointF) -> None:
        """Shows the read-out of the mark at the pointer."""
        mark = self.nearest(point)
        key = mark.key if mark is not None else ""
        if key == self._hover:
            return
        self._hover = key
        if mark is None:
            self.read_out.hide()
        else:
            self._show(mark)
        self.redraw()

    def leave(self) -> None:
        """The pointer has gone."""
        self._hover = ""
        current = self.current_mark() if self.hasFocus() else None
        if current is not None:
            self._show(current)
        else:
            self.read_out.hide()
        self.redraw()

    def press_at(self, point: QPointF) -> None:
        """A click makes a mark current."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        mark = self.nearest(point)
        if mark is not None:
            self._go(mark)

    def release_at(self, point: QPointF) -> None:
        """The button is let go: of interest where something is drawn along."""

    def ask_why(self) -> None:
        """Asks where the current figure comes from."""
        if self._current:
            self.whyRequested.emit(self._current)

    def _show(self, mark: Mark) -> None:
        self.read_out.show_mark(mark, mark.box.translated(0, self.plot.y()))

    def _go(self, mark: Mark) -> None:
        """Makes a mark current, shows and speaks it."""
        changed = mark.key != self._current
        self._current = mark.key
        self._show(mark)
        self.redraw()
        self.setAccessibleDescription(mark.spoken())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        if changed:
            self.currentChanged.emit(mark.key)

    def _target(self, key: int) -> Mark | None:
        """The mark an arrow, Home or End leads to."""
        if not self._marks:
            return None
        ordered = sorted(self._marks, key=_place_of)
        now = self.current_mark()
        if now is None or key == Qt.Key.Key_Home:
            return ordered[0]
        if key == Qt.Key.Key_End:
            return ordered[-1]
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            line_of = [mark for mark in ordered if mark.row == now.row]
            if len(line_of) == 1:
                return ordered[min(max(ordered.index(now) + step, 0), len(ordered) - 1)]
            return line_of[min(max(line_of.index(now) + step, 0), len(line_of) - 1)]
        return self._next_row(ordered, now, 1 if key == Qt.Key.Key_Down else -1)

    def _next_row(self, ordered: list[Mark], now: Mark, step: int) -> Mark:
        """The same part in the next row, or the nearest one there."""
        rows = sorted({mark.row for mark in ordered})
        place = rows.index(now.row) + step
        if not 0 <= place < len(rows):
            return now
        there = [mark for mark in ordered if mark.row == rows[place]]
        return min(there, key=_Distance(now.part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        )
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copy_text())
        elif event.key() in moves and plain:
            mark = self._target(event.key())
            if mark is not None:
                self._go(mark)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_W) and plain and self._current:
            self.ask_why()
        elif event.key() == Qt.Key.Key_Escape and self.read_out.isVisible():
            self.read_out.hide()
        else:
            super().keyPressEvent(event)

    def copy_text(self) -> str:
        """The row of the current mark as tab separated text, or the whole table without one."""
        twin, mark = self.table_rows(), self.current_mark()
        if mark is None or not 0 <= mark.row < len(twin.rows):
            return twin.tsv()
        return "\t".join(twin.rows[mark.row])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        mark = self.current_mark()
        if mark is not None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._show(mark)
        self.redraw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.read_out.hide()
        self.redraw()


def _place_of(mark: Mark) -> tuple[int, int]:
    """Row, then part."""
    return mark.row, mark.part


class _Distance:
    """How far a mark's part is from a wanted one."""

    def __init__(self, part: int) -> None:
        self._part = part

    def __call__(self, mark: Mark) -> int:
        return abs(mark.part - self._part)


class ChartOrTable(QWidget):
    """A chart and its table twin in one place; `show_table(True)` changes to the table, made when first looked at."""

    def __init__(self, chart: ChartView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = chart
        self._table: DataTable | None = None
        self._shown_policies: dict[int, QSizePolicy.Policy] = {}
        self._stack = QStackedLayout(self)
        self._stack.addWidget(chart)

    @property
    def table(self) -> DataTable:
        """The table twin."""
        if self._table is None:
            from desktop.views.widgets.table import DataTable

            self._table = DataTable(name=self.chart.accessibleName())
            self._table.whyRequested.connect(self._on_why)
            self._table.rowActivated.connect(self._on_row)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self._table)
            column.addStretch(1)
            self._stack.addWidget(holder)
            self.refresh()
        return self._table

    def is_table(self) -> bool:
        """True while the table is shown."""
        return self._stack.currentIndex() == 1

    def show_table(self, table: bool) -> None:
        """Changes between chart and table and keeps the focus inside."""
        if not table and self._table is None:
            return
        twin = self.table  # made now, before it is shown
        had_focus = self.chart.hasFocus() or twin.hasFocus()
        self._stack.setCurrentIndex(1 if table else 0)
        self._claim_height()
        if had_focus:
            (twin if table else self.chart).setFocus(Qt.FocusReason.OtherFocusReason)

    def _claim_height(self) -> None:
        """Only what is shown asks for height: a long table would stretch the chart in a page that scrolls."""
        for place in range(self._stack.count()):
            page = self._stack.widget(place)
            policy = page.sizePolicy()
            hidden = place != self._stack.currentIndex()
            if hidden and policy.verticalPolicy() != QSizePolicy.Policy.Ignored:
                self._shown_policies[place] = policy.verticalPolicy()
            shown = self._shown_policies.get(place, policy.verticalPolicy())
            policy.setVerticalPolicy(QSizePolicy.Policy.Ignored if hidden else shown)
            page.setSizePolicy(policy)

    def refresh(self) -> None:
        """Fills the table from the chart; call it after the chart got new data."""
        if self._table is None:
            return
        from desktop.views.widgets.table import Cell, Column, Row

        twin = self.chart.table_rows()
        columns = [
            Column(str(number), title, number in twin.numeric, stretch=number == 0)
            for number, title in enumerate(twin.headers)
        ]
        keys = twin.keys or tuple(str(number) for number in range(len(twin.rows)))
        rows = [Row(key, tuple(Cell(text) for text in row)) for key, row in zip(keys, twin.rows, strict=True)]
        self._table.set_name(self.chart.accessibleName())
        self._table.set_table(columns, rows)

    def copy_all(self) -> None:
        """Copies the whole table as tab separated text."""
        QGuiApplication.clipboard().setText(self.chart.table_rows().tsv())

    def _on_why(self, row: str, _column: str) -> None:
        self.chart.whyRequested.emit(row)

    def _on_row(self, row: str) -> None:
        self.chart.whyRequested.emit(row)
