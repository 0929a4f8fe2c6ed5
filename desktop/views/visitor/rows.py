"""The rows of the visitor view: an option with its bar, a line of an explanation, and the words above the bars."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.viewmodels.visitor import LineText, Part, VisitorRow
from desktop.views.charts.base import Align, fill_series, line, write
from desktop.views.design.icons import draw_icon
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE, TypeStep
from desktop.views.visitor.sizes import BADGE, LARGE, Sizes
from desktop.views.widgets import Hairline, TextLabel

GAP = 2
EDGE = 12.0
"""The air inside the ring of the focus."""
QUESTION = 30
"""The width of a question mark before a part."""
BADGES = {"best": "star", "fastest": "clock", "cheapest": "coin", "most": "coin"}


def bar_place(width: float, sizes: Sizes, noted: bool) -> tuple[float, float]:
    """Where the bars of a page begin, and how wide the longest is."""
    left = theme().px(sizes.names)
    return left, max(80.0, width - left - EDGE - (theme().px(sizes.note) if noted else 0))


def part_widths(parts: tuple[Part, ...], span: Decimal, width: float) -> list[tuple[Part, float]]:
    """How wide each part is drawn; one of which nothing is known gets the room of its question mark."""
    found = []
    for part in parts:
        share = 0.0 if part.value is None else max(0.0, float(part.value / span) * width)
        found.append((part, share))
    return found


class BarRow(QAbstractButton):
    """One option. Enter or a click opens it in detail; every other key is the view's."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = VisitorRow("", "", "")
        self.span = Decimal(1)
        self.sizes, self.noted = LARGE, False
        self._words: Mapping[str, str] = {}
        self.setProperty("focusRing", SPACE.radius)
        self.setProperty("focusInside", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)

    def show_row(
        self, row: VisitorRow, span: Decimal, words: Mapping[str, str], noted: bool, sizes: Sizes
    ) -> None:
        """Another option, or the same one with other figures."""
        self.row, self.span, self._words, self.noted, self.sizes = row, span, words, noted, sizes
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{row.rank} {row.name}".strip() or row.text)
        self.setAccessibleDescription(row.spoken(words))
        self.setCursor(Qt.CursorShape.PointingHandCursor if row.opens else Qt.CursorShape.ArrowCursor)
        self._retheme()

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self.row.parts:
            return QSize(640, theme().px(self.sizes.row))
        return QSize(
            640,
            max(theme().px(self.sizes.row_text), round(self._text_height()) + theme().px(2 * self.sizes.gap)),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return not self.row.parts

    def heightForWidth(self, _width: int) -> int:
        return self.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.row.parts and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.click()
        else:
            # an abstract button would take the arrows, which turn the pages
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    # ------------------------------------------------------------------ drawing
    def _text_step(self) -> TypeStep:
        return self.sizes.text_strong if self.row.first else self.sizes.text

    def _text_height(self) -> float:
        _, width = bar_place(max(self.width(), 320), self.sizes, self.noted)
        metrics = QFontMetricsF(theme().font(self._text_step()))
        box = QRectF(0, 0, width, 4000)
        return metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), self.row.text).height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row, high = self.row, float(self.height())
        left, width = bar_place(self.width(), self.sizes, self.noted)
        self._name(painter, left, high)
        if row.parts:
            tall = theme().px(self.sizes.bar)
            self._bar(painter, QRectF(left, (high - tall) / 2, width, tall))
        elif row.text:
            painter.setFont(theme().font(self._text_step()))
            painter.setPen(theme().color("text"))
            flags = int(Qt.TextFlag.TextWordWrap | Align.AlignVCenter | Align.AlignLeft)
            painter.drawText(QRectF(left, 0, width, high), flags, row.text)
        if row.note:
            wide = theme().px(self.sizes.note)
            box = QRectF(self.width() - wide - EDGE, 0, wide, high)
            write(painter, box, row.note, self.sizes.text, "text2", Align.AlignRight)
        line(painter, 0, high - 0.5, self.width(), high - 0.5, "line")

    def _name(self, painter: QPainter, left: float, high: float) -> None:
        """Rank and name, below them what belongs to the name, and the badges."""
        row, sizes, x = self.row, self.sizes, EDGE
        if row.rank:
            x += theme().px(sizes.ranks)
        room = left - x - SPACE.l
        plain = not row.parts and not row.rank
        step, name_high = (sizes.text, theme().px(sizes.text.line)) if plain else self._name_step(room)
        line_high = theme().px(TYPE.option.line)
        badges = [badge for badge in row.badges if badge in BADGES]
        under = theme().px(sizes.text.line) if row.under else 0
        below = min(len(badges), max(0, int((high - SPACE.xs - name_high - under) // line_high)), 2)
        top = (high - name_high - under - below * line_high) / 2
        if row.rank:
            mark, tone = sizes.rank, "acctext" if row.first else "text3"
            first_line = theme().px(step.line) if row.name else high - 2 * top
            write(painter, QRectF(EDGE, top, theme().px(sizes.ranks - 4), first_line), row.rank, mark, tone)
        tone = "text2" if plain else "text"
        box = QRectF(x, top, room, name_high)
        if name_high <= theme().px(step.line):
            write(painter, box, row.name, step, tone)
        else:
            painter.setFont(theme().font(step))
            painter.setPen(theme().color(tone))
            painter.drawText(box, int(Qt.TextFlag.TextWordWrap | Align.AlignVCenter), row.name)
        if under:
            tone = "acctext" if row.first else "text2"
            size = next((s for s in (sizes.text, sizes.part) if theme().width(row.under, s) <= room), BADGE)
            wide = write(painter, QRectF(x, top + name_high, room, under), row.under, size, tone)
            if not below:
                # no line of their own: what they say is left to their icons and the screen reader
                icons = QRectF(x + wide + SPACE.s, top + name_high, room - wide - SPACE.s, under)
                self._badges(painter, icons, badges)
        for n in range(below):
            shown = [badges[n]] if n + 1 < below else badges[n:]
            y = top + name_high + under + n * line_high
            self._badges(painter, QRectF(x, y, room, line_high), shown)

    def _name_step(self, room: float) -> tuple[TypeStep, float]:
        """The largest step in which the name has room, in a line or in a few, and how high it is then."""
        name = self.row.name
        for step in self.sizes.name_steps:
            if theme().width(name, step) <= room:
                return step, theme().px(step.line)
        step, high = TYPE.body_strong, 0.0
        for step, most in self.sizes.name_wraps:
            metrics = QFontMetricsF(theme().font(step))
            box = metrics.boundingRect(QRectF(0, 0, room, 400), int(Qt.TextFlag.TextWordWrap), name)
            high = box.height()
            if box.width() <= room and high <= most * metrics.lineSpacing() + 1:
                return step, high
        return step, high

    def _badges(self, painter: QPainter, box: QRectF, badges: list[str]) -> None:
        """Badges in a line; a word that has no room is left to its icon and the screen reader."""
        x, size = box.x(), theme().px(14)
        for n, badge in enumerate(badges):
            if x + size > box.right():
                break
            # the icons of those that follow come before the word of this one
            rest = (len(badges) - n - 1) * (size + 10)
            tone = "acctext" if badge == "best" else "text2"
            draw_icon(painter, BADGES[badge], x, box.center().y() - size / 2, theme().color(tone), size)
            x += size + 5
            wide = theme().width(self._words[badge], BADGE)
            if x + wide + rest <= box.right():
                write(painter, QRectF(x, box.y(), wide + 1, box.height()), self._words[badge], BADGE, tone)
                x += wide + 10

    def _bar(self, painter: QPainter, box: QRectF) -> None:
        """The parts with their figures inside; one without a value is a question mark."""
        x, asked = box.x(), False
        for part, wide in part_widths(self.row.parts, self.span, box.width()):
            last = part is self.row.parts[-1]
            if part.value is None:
                asked = True
                continue
            if wide <= 0:
                write(
                    painter,
                    QRectF(x + 8, box.y(), 160, box.height()),
                    part.label,
                    self.sizes.figures[0],
                    "err",
                )
                continue
            place = QRectF(x, box.y(), max(1.0, wide - (0 if last else GAP)), box.height())
            fill_series(painter, place, part.series)
            self._figure(painter, part, place.adjusted(QUESTION if asked else 0, 0, 0, 0))
            if asked:
                self._question(painter, place)
            asked = False
            x += wide

    def _figure(self, painter: QPainter, part: Part, place: QRectF) -> None:
        """The figure in a part, in the largest step that fits; on a hatch it has a ground."""
        steps = self.sizes.net_figures if part.series == "net" else self.sizes.figures
        step = next((step for step in steps if theme().width(part.label, step) + 8 <= place.width()), None)
        if step is None:
            return
        if theme().series_hatch(part.series) is not None:
            half = theme().width(part.label, step) / 2 + 5
            ground = QRectF(place.center().x() - half, place.y() + 8, 2 * half, place.height() - 16)
            painter.fillRect(ground, theme().series_color(part.series))
        ink = theme().series_label(part.series)
        write(painter, place, part.label, step, align=Align.AlignHCenter, colour=ink)

    def _question(self, painter: QPainter, place: QRectF) -> None:
        """Before this part stands one of which nothing is known."""
        box = QRectF(place.x() + 6, place.center().y() - 13, 22, 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("surface"))
        painter.drawRoundedRect(box, SPACE.radius_badge, SPACE.radius_badge)
        write(painter, box, "?", self.sizes.text_strong, "unk", Align.AlignHCenter)


class Heads(QWidget):
    """What the parts are called, each with its swatch, as near above the first bar as the words allow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self._all: tuple[Part, ...] = ()
        self._span = Decimal(1)
        self._sizes, self._noted = LARGE, False
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)

    def show_parts(self, rows: tuple[VisitorRow, ...], span: Decimal, noted: bool, sizes: Sizes) -> None:
        """The parts that any row has, placed by those of the first row with a bar."""
        first = next((row for row in rows if row.parts), None)
        self._parts = first.parts if first is not None else ()
        known = {part.series: part for row in rows for part in row.parts}
        order = ("platform", "freight", "duty", "net")
        self._all = tuple(known[series] for series in order if series in known)
        self._span, self._noted, self._sizes = span, noted, sizes
        self.setVisible(bool(self._all))
        self.setAccessibleName(", ".join(part.name for part in self._all))
        self._retheme()

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, theme().px(self._sizes.heads))

    def places(self) -> list[tuple[Part, float, float]]:
        """Each name with its left edge and width, without two that touch."""
        left, width = bar_place(self.width(), self._sizes, self._noted)
        middles, x = {}, left
        for part, wide in part_widths(self._parts, self._span, width):
            middles[part.series] = x + wide / 2
            x += wide
        swatch, air = theme().px(14) + 8, theme().px(18)
        found: list[tuple[Part, float, float]] = []
        edge = left
        for part in self._all:
            wide = swatch + theme().width(part.name, self._step(part))
            begin = max(edge, middles.get(part.series, edge) - wide / 2)
            found.append((part, begin, wide))
            edge = begin + wide + air
        edge = float(self.width())
        for n in range(len(found) - 1, -1, -1):
            part, begin, wide = found[n]
            begin = min(begin, edge - wide)
            found[n] = part, begin, wide
            edge = begin - air
        return found

    def _step(self, part: Part) -> TypeStep:
        return self._sizes.part_strong if part.series == "net" else self._sizes.part

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme().px(14)
        for part, begin, wide in self.places():
            middle = self.height() / 2
            fill_series(painter, QRectF(begin, middle - size / 2, size, size), part.series, 3)
            tone = "acctext" if part.series == "net" else "text2"
            box = QRectF(begin + size + 8, 0, wide, self.height())
            write(painter, box, part.name, self._step(part), tone)


class LineRow(QAbstractButton):
    """One line of an explanation. Enter opens the rule and the source behind it, in place."""

    entered = Signal()

    def __init__(self, shown: LineText, sizes: Sizes = LARGE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", SPACE.radius)
        self.setProperty("focusInside", True)
        rule = shown.series in ("for", "against")
        sign = {"for": "+ ", "against": "\u2212 "}.get(shown.series, "")
        strong = shown.strong or (bool(shown.value) and not shown.calculation)
        self.name = TextLabel(sign + shown.name, sizes.text_strong if strong else sizes.text, wrap=True)
        self.said = TextLabel(shown.calculation, sizes.part, "text2", wrap=True)
        self.value = TextLabel(shown.value, (sizes.net_figures if shown.strong else sizes.figures)[0])
        if shown.series == "net":
            for label in (self.name, self.value):
                label.set_tone("accent")
        self.source = TextLabel("\n".join(shown.source), sizes.part, "text2", wrap=True)
        self.source.hide()
        # never shown before it has a parent: it would be a window of its own for a moment
        if not shown.calculation:
            self.said.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self.name, self.said, self.source):
            words.addWidget(label)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE.s, sizes.gap, SPACE.s, sizes.gap)
        row.setSpacing(SPACE.xl)
        row.addLayout(words, 1)
        if not rule:
            row.addWidget(self.value, 0, Align.AlignRight | Align.AlignTop)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(Hairline())
        for label in (self.name, self.said, self.value, self.source):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self.toggle_source)
        self._tell()

    def toggle_source(self) -> None:
        """Shows or hides what stands behind the line."""
        if self.shown.source:
            self.source.setVisible(self.source.isHidden())
            self.updateGeometry()
            self._tell()

    def _tell(self) -> None:
        parts = [self.shown.calculation, self.shown.value]
        if not self.source.isHidden():
            parts += self.shown.source
        self.setAccessibleName(self.name.text())
        self.setAccessibleDescription(", ".join(part for part in parts if part))

    def sizeHint(self) -> QSize:
        return self._whole.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._whole.heightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.click()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The labels draw themselves."""
