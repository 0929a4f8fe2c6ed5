"""The sheet on one page of A4, whatever stands on it.

Blocks are laid out with the most that they may hold; where that is more than a page, less important rows give way one
after the other, and each list that gives way says how many more stand in the full report. Nothing is cut off at the edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop.core.text import EMPTY, Text, joined
from desktop.core.words import said_day
from desktop.reports.sheet import words
from desktop.reports.sheet.bars import BAR, draw_bar, draw_legend, draw_price, losses, price_place
from desktop.reports.sheet.ink import INK
from desktop.reports.sheet.model import (
    Bar,
    Chart,
    Closed,
    FigureRow,
    FigureTable,
    Item,
    OptionTable,
    Sheet,
    Tongue,
)
from desktop.reports.sheet.page import PAGE, Canvas, Para, Run, Runs, Style, Voice, pt
from desktop.reports.sheet.qr import code_of, code_text
from desktop.store.resources import resource_bytes

LEFT, TOP, BOTTOM = pt(38), pt(30), pt(26)
WIDTH = PAGE.width() - 2 * LEFT
GUTTER = pt(20)
SIDE = 0.44
"""The share of the right column."""
CODE = pt(78)
BLACK = QColor(INK["text"])
ROUNDS = 3
MUCH = pt(45)
"""Of so much that is over, more than a row at a time gives way."""


class Room(Struct, frozen=True):
    """How much of each list is shown, and how large the text is."""

    size: float = 8.2
    """Of the text, in points; all other sizes follow it."""
    lines: int = 3
    """Lines of a sentence at most."""
    bars: int = 6
    closed: int = 3
    whole: bool = True
    """Figures line by line, and not part by part."""
    rows: int = 16
    """Rows of figures at most."""
    options: int = 7
    steps: int = 8
    papers: int = 8
    gaps: int = 9
    warnings: int = 5
    sources: int = 16
    tables: int = 3
    """Short lists beside the figures."""


RIGHT_LISTS = ("papers", "gaps", "warnings", "steps")


class Stage(Struct, frozen=True):
    """So far lists may shrink before the next stage; `then` is what the next stage begins with."""

    floors: dict[str, int]
    then: dict[str, object]


STAGES = (
    Stage({"sources": 9, "options": 4, "papers": 5, "gaps": 5, "warnings": 2, "steps": 6}, {"size": 7.8}),
    Stage(
        {"sources": 8, "options": 4, "papers": 4, "gaps": 4, "warnings": 2, "steps": 5},
        {"size": 7.5, "lines": 2},
    ),
    Stage(
        {"sources": 7, "options": 3, "papers": 4, "gaps": 3, "warnings": 1, "steps": 4},
        {"whole": False, "closed": 2},
    ),
    Stage(
        {"sources": 6, "options": 3, "papers": 3, "gaps": 3, "warnings": 1, "steps": 3},
        {"size": 7.2, "bars": 5, "rows": 9},
    ),
    Stage(
        {"sources": 5, "options": 2, "papers": 3, "gaps": 2, "warnings": 1, "steps": 3},
        {"size": 6.9, "bars": 4, "closed": 1},
    ),
    Stage(
        {"sources": 4, "options": 2, "papers": 2, "gaps": 2, "warnings": 1, "steps": 2},
        {"tables": 2, "bars": 3},
    ),
    Stage(
        {"sources": 3, "options": 1, "papers": 2, "gaps": 2, "warnings": 1, "steps": 2},
        {"size": 6.6, "tables": 1, "rows": 7},
    ),
    Stage(
        {"sources": 3, "options": 1, "papers": 1, "gaps": 1, "warnings": 1, "steps": 2},
        {"lines": 1, "rows": 5},
    ),
)
"""From the most to the least. What does not fit even then (no example is like that) is drawn smaller as a whole."""


def one_page(sheet: Sheet, tongue: Tongue, room: Room | None = None) -> Canvas:
    """The sheet on one page: in a room found before, else with the most that fits."""
    if room is None:
        return _fitting(sheet, tongue)[1]
    page = _Page(sheet, Voice(tongue), room, {})
    page.lay()
    return page.finished()


def fitting_room(sheet: Sheet, tongue: Tongue) -> Room:
    """How much fits on the page. The search is what takes long; it may be made in another thread than the page itself."""
    return _fitting(sheet, tongue)[0]


def _fitting(sheet: Sheet, tongue: Tongue) -> tuple[Room, Canvas]:
    """Rows give way until everything fits; then those come back for which there is still room."""
    kept: dict[object, Para] = {}
    voice, most = Voice(tongue), _begin(sheet)
    room, stages = most, list(STAGES)
    attempt = _Page(sheet, voice, room, kept)
    while not attempt.lay() and stages:
        smaller = _smaller(room, stages[0], attempt.longer, attempt.end - attempt.foot_top)
        while smaller is None and stages:
            room = replace(room, **stages.pop(0).then)
            smaller = room
        assert smaller is not None
        room = smaller
        attempt = _Page(sheet, voice, room, kept)
    for name in _coming_back(room, most):
        better = replace(
            room, **({"whole": True, "rows": most.rows} if name == "whole" else _one_more(room, name))
        )
        tried = _Page(sheet, voice, better, kept)
        if tried.lay():
            room, attempt = better, tried
    return room, attempt.finished()


def _one_more(room: Room, name: str) -> dict[str, int]:
    return {name: getattr(room, name) + 1}


COME_BACK = ("whole", "bars", "closed", "papers", "steps", "gaps", "sources", "options", "warnings")
"""What comes back first where there is still room."""


def _coming_back(room: Room, most: Room) -> Iterator[str]:
    """One row more of each list in turn, a few times round."""
    missing = {name: getattr(most, name) - getattr(room, name) for name in COME_BACK}
    for turn in range(ROUNDS):
        yield from (name for name in COME_BACK if missing[name] > turn)


def _begin(sheet: Sheet) -> Room:
    """The most, but no more than there is: what is not there cannot give way."""
    most = Room()
    longest = max((sum(not row.closed for row in table.rows) for table in sheet.options), default=0)
    return replace(
        most,
        options=min(most.options, longest),
        steps=min(most.steps, len(sheet.next_steps)),
        papers=min(most.papers, len(sheet.papers)),
        gaps=min(most.gaps, len(sheet.unknown)),
        warnings=min(most.warnings, len(sheet.warnings)),
        sources=min(most.sources, len(sheet.sources)),
    )


def _smaller(room: Room, stage: Stage, longer: Sequence[str], over: float) -> Room | None:
    """A row less, or a few where much is over, in the longer column, else below; None where the stage allows no more."""
    for names in (longer, ("sources",)):
        spare = {name: getattr(room, name) - stage.floors[name] for name in names}
        name = max(spare, key=lambda each: spare[each], default="")
        if name and spare[name] > 0:
            fewer = min(spare[name], max(1, int(over / MUCH)))
            return replace(room, **{name: getattr(room, name) - fewer})
    return None


class _Page:
    """One attempt with a certain room."""

    def __init__(self, sheet: Sheet, voice: Voice, room: Room, kept: dict[object, Para]) -> None:
        self.sheet, self.voice, self.room = sheet, voice, room
        self.canvas = Canvas()
        self.longer: tuple[str, ...] = ()
        """The lists of the column that is longer."""
        self._kept = kept
        size = room.size
        self.text = Style(size)
        self.quiet = Style(size - 0.6, ink="text2")
        self.small = Style(size - 0.9, ink="text2")
        self.strong = Style(size, 600)
        self.head = Style(size + 1.0, 600)

    # ------------------------------------------------------------------ the whole
    def lay(self) -> bool:
        """Lays everything out; whether it fits on the page."""
        y = self._header(TOP)
        y = self._lead(y + pt(7))
        for chart in self.sheet.charts:
            y = self._chart(chart, y + pt(9))
        y = self._columns(y + pt(10))
        y = self._sources(y + pt(9))
        foot, height = self._foot()
        self.foot, self.foot_top, self.end = foot, PAGE.height() - BOTTOM - height, y + pt(6)
        self.foot_height = height
        return self.end <= self.foot_top

    def finished(self) -> Canvas:
        """The page with its foot; what is above it drawn smaller where it would not fit."""
        canvas, foot, top = self.canvas, self.foot, self.foot_top
        if self.end > top:
            canvas = canvas.shrunk(top / self.end, PAGE.width())
        canvas.put(QRectF(LEFT, top, WIDTH, self.foot_height), lambda painter: _moved(painter, foot, top))
        return canvas

    def _para(self, runs: Runs, width: float, most: int = 0, align: str = "left") -> Para:
        """A paragraph, laid out once for all attempts."""
        key = (tuple(run for run in runs if run.text), width, most or self.room.lines, align)
        if key not in self._kept:
            self._kept[key] = Para(runs, width, most or self.room.lines, align)
        return self._kept[key]

    # ------------------------------------------------------------------ header and lead
    def _header(self, y: float) -> float:
        sheet, voice, canvas = self.sheet, self.voice, self.canvas
        mark = pt(24)
        svg = QSvgRenderer(QByteArray(resource_bytes("icons", "lanewise.svg")))
        box = QRectF(LEFT, y + pt(1), mark, mark)
        canvas.put(box, lambda painter: svg.render(painter, box))
        self._code(LEFT + WIDTH - CODE, y)
        x, width = LEFT + mark + pt(10), WIDTH - mark - pt(10) - CODE - pt(14)
        title = Style(15, 600)
        y = canvas.text(
            x, y - pt(3), self._para(voice.inline(sheet.product, title, Style(14, ink="text2")), width, 2)
        )
        said = [sheet.facts] if sheet.facts else []
        if said:
            y = canvas.text(x, y, self._para(voice.inline(said[0], self.quiet), width, 2))
        y = canvas.text(x, y, self._para(self._dated(), width, 2))
        y = self._for_whom(x, y + pt(2), width)
        if sheet.other_day:
            banner = words.OTHER_DAY_BANNER.format(day=said_day(sheet.as_of))
            y = self._chip(banner, x, y + pt(3), width, "warnbg", "warn")
        if sheet.customer:
            y = self._chip(words.CUSTOMER, x, y + pt(3), width, "surface2", "text2")
        return max(y, TOP + CODE)

    def _dated(self) -> list[Run]:
        """The day it was made, and the day whose rules count."""
        sheet, voice = self.sheet, self.voice
        runs: list[Run] = []
        if sheet.about.made:
            runs += [*self._once(said_day(sheet.about.made), self.quiet), Run(" · ", self.quiet)]
        rules = words.RULES_AS_OF.format(day=said_day(sheet.as_of))
        style = self.quiet.but("warn", 600) if sheet.other_day else self.quiet
        return [*runs, *voice.inline(rules, style, style.but(weight=400))]

    def _for_whom(self, x: float, y: float, width: float) -> float:
        """The client as typed, else a line to write on."""
        client = self.sheet.about.client
        runs = [*self.voice.inline(words.FOR, self.quiet), Run(f"  {client}", self.quiet.but("text", 600))]
        para = self._para(runs, width, 1)
        if not client:
            begin = x + para.natural + pt(4)
            self.canvas.dashes(begin, y + para.height * 0.84, min(pt(150), x + width - begin))
        return self.canvas.text(x, y, para)

    def _once(self, text: Text, style: Style) -> list[Run]:
        """A date, in one language only where two stand beside each other."""
        return [Run(self.voice.one(text), style)]

    def _chip(self, text: Text, x: float, y: float, width: float, ground: str, ink: str) -> float:
        style = self.text.but(ink, 600)
        para = self._para(self.voice.inline(text, style, style.but(weight=400)), width - pt(12), 2)
        self.canvas.fill(QRectF(x, y, para.natural + pt(12), para.height + pt(4)), ground)
        self.canvas.text(x + pt(6), y + pt(2), para)
        return y + para.height + pt(4)

    def _code(self, x: float, y: float) -> None:
        """The code with the summary, its squares whole units so that no seam shows."""
        code = code_of(code_text(self.sheet.summary, self.voice.tongue))
        square = int(CODE / len(code.rows))
        start = x + CODE - square * len(code.rows)

        def draw(painter: QPainter) -> None:
            for i, row in enumerate(code.rows):
                for k, dark in enumerate(row):
                    if dark:
                        painter.fillRect(QRectF(start + square * k, y + square * i, square, square), BLACK)

        size = square * len(code.rows)
        self.canvas.put(QRectF(start, y, size, size), draw)

    def _lead(self, y: float) -> float:
        """The advice, and how long it holds, on a ground of its own."""
        sheet = self.sheet
        inside, x = WIDTH - pt(30), LEFT + pt(15)
        paras: list[tuple[Para, float]] = []
        lead, second = Style(self.room.size + 3.6, 600), Style(self.room.size + 2.2)
        for text in sheet.leads:
            paras += self._stacked(text, lead, second, inside, pt(3))
        for k, text in enumerate(sheet.holds):
            paras += self._stacked(text, self.text, self.quiet, inside, pt(4 if k == 0 else 1))
        if not paras:
            return y
        height = sum(para.height + air for para, air in paras) + pt(12)
        self.canvas.fill(QRectF(LEFT, y, WIDTH, height), "tint")
        self.canvas.fill(QRectF(LEFT, y, pt(2.6), height), "accent")
        at = y + pt(4)
        for para, air in paras:
            at = self.canvas.text(x, at + air, para)
        return y + height

    def _stacked(
        self, text: Text, style: Style, second: Style, width: float, air: float
    ) -> list[tuple[Para, float]]:
        """A sentence, and below it its other language."""
        found = [(self._para([Run(self.voice.one(text), style)], width, 2), air)]
        other = self.voice.other(text)
        return [*found, (self._para([Run(other, second)], width, 2), 0.0)] if other else found

    # ------------------------------------------------------------------ heads and lists
    def _section(self, title: Text, x: float, y: float, width: float, after: str = "") -> float:
        runs = self.voice.inline(title, self.head, Style(self.head.size - 0.3, ink="text2"))
        if after:
            runs.append(Run(f"  {after}", self.small))
        y = self.canvas.text(x, y, self._para(runs, width, 2))
        self.canvas.line(x, y + pt(2), width, "line2")
        return y + pt(4)

    def _more(self, count: int, x: float, y: float, width: float, words_: Text = words.MORE) -> float:
        if count <= 0:
            return y
        return self.canvas.text(
            x, y + pt(1), self._para(self.voice.inline(words_.format(count=count), self.small), width)
        )

    def _chart(self, chart: Chart, y: float) -> float:
        voice, canvas, room = self.voice, self.canvas, self.room
        x = LEFT
        currency = voice.plain(words.A_PIECE.format(currency=chart.currency)) if chart.currency else ""
        y = self._section(chart.title, x, y, WIDTH, currency)
        drawn = any(bar.parts for bar in chart.bars)
        if drawn:
            y = draw_legend(canvas, voice, chart, x, y + pt(1), WIDTH, self.small, self._para) + pt(3)
        bars = chart.bars[: room.bars]
        named = [
            [Run(f"{bar.rank}  ", self._tone(bar)), *voice.inline(bar.name, self._tone(bar))] for bar in bars
        ]
        widest = max((self._para(runs, WIDTH, 1).natural for runs in named), default=0.0)
        names, figures = min(max(widest + pt(1), pt(72)), pt(140)), pt(84)
        bar_x, bar_width = x + names + pt(6), WIDTH - names - figures - pt(12)
        top = y
        for bar, runs in zip(bars, named, strict=True):
            name = self._para(runs, names, 2)
            high = max(pt(BAR), name.height)
            canvas.text(x, y + (high - name.height) / 2, name)
            box = QRectF(bar_x, y + (high - pt(BAR)) / 2, bar_width, pt(BAR))
            if bar.parts or bar.figure != "?":
                draw_bar(canvas, bar, chart, box, Style(room.size - 0.7), self._para)
            else:
                note = self._para(voice.inline(bar.note, self.small.but("unk")), bar_width + figures, 1)
                canvas.text(bar_x, y + (high - note.height) / 2, note)
            self._figure(bar, QRectF(x + WIDTH - figures, y, figures, high))
            y += high + pt(4)
        if drawn and chart.price and losses(bars):
            draw_price(canvas, price_place(chart, QRectF(bar_x, 0, bar_width, 0)), top - pt(1), y - pt(2))
        y = self._more(len(chart.bars) - len(bars), x, y, WIDTH)
        return self._closed(chart.closed, y)

    def _tone(self, bar: Bar) -> Style:
        return self.strong if bar.first else self.text

    def _figure(self, bar: Bar, box: QRectF) -> None:
        """What is left at the right of a bar, and its share of the price or its days."""
        if not bar.parts and bar.note and bar.figure == "?":
            return
        negative = bar.figure.lstrip("≤≥ ").startswith("−")
        style = self.strong.but("err" if negative else "text", size=self.room.size + 0.8)
        runs = [Run(bar.figure, style)]
        if bar.share:
            runs.append(Run(f"  {bar.share}", self.small))
        elif bar.note:
            runs.append(Run(f"  {self.voice.one(bar.note)}", self.small))
        para = self._para(runs, box.width(), 1, "right")
        self.canvas.text(box.left(), box.top() + (box.height() - para.height) / 2, para)

    def _closed(self, closed: Sequence[Closed], y: float) -> float:
        shown = closed[: self.room.closed]
        for each in shown:
            runs = [
                *self.voice.inline(
                    each.name, self.text.but("text2", strike=True), self.text.but("text2", strike=True)
                ),
                Run("  ", self.text),
                *self.voice.inline(each.reason, self.text),
            ]
            y = self.canvas.text(LEFT, y + pt(1), self._para(runs, WIDTH, min(2, self.room.lines)))
        return self._more(len(closed) - len(shown), LEFT, y, WIDTH, words.CLOSED_MORE)

    # ------------------------------------------------------------------ two columns
    def _columns(self, y: float) -> float:
        sheet = self.sheet
        right = (WIDTH - GUTTER) * SIDE
        left = WIDTH - GUTTER - right
        x = LEFT + left + GUTTER
        left_y, right_y = y, y
        for figures in sheet.figures:
            left_y = self._figures(figures, LEFT, left_y, left) + pt(9)
        lists: list[tuple[Text, tuple[Item, ...], int, bool]] = [
            (words.WHAT_NEXT, sheet.next_steps, self.room.steps, True),
            (words.PAPERS, sheet.papers, self.room.papers, True),
            (words.NOT_KNOWN, sheet.unknown, self.room.gaps, False),
            (words.MIND, sheet.warnings, self.room.warnings, False),
        ]
        for title, items, most, boxes in lists:
            if items:
                right_y = self._items(title, items, most, boxes, x, right_y, right) + pt(9)
        beside = False
        for options in sheet.options[: self.room.tables]:
            # services stand beside the figures that they are part of; what is only named, where there is room
            if left_y <= right_y or any(row.value for row in options.rows):
                left_y = self._options(options, LEFT, left_y, left) + pt(9)
            else:
                right_y, beside = self._options(options, x, right_y, right) + pt(9), True
        left_out = [table.title for table in sheet.options[self.room.tables :]]
        if left_out:
            said = words.IN_THE_REPORT.format(names=joined(left_out, ", ", "、"))
            left_y = self.canvas.text(
                LEFT, left_y, self._para(self.voice.inline(said, self.small), left, 2)
            ) + pt(9)
        if left_y > right_y:
            self.longer = ("options",) if self.room.tables and sheet.options else ()
        else:
            self.longer = (*RIGHT_LISTS, *(("options",) if beside else ()))
        return max(left_y, right_y) - pt(9)

    def _figures(self, table: FigureTable, x: float, y: float, width: float) -> float:
        """Name and calculation, the sign of its sources, value; the total strong."""
        rows = table.rows if self.room.whole and len(table.rows) <= self.room.rows else table.short
        y = self._section(table.title, x, y, width)
        value = pt(50)
        marks: set[str] = set()
        for row in rows:
            if row.strong:
                self.canvas.line(x, y, width, "text", 1.0)
            style = self.strong.but(size=self.room.size + 1) if row.strong else self.text
            runs = self._row_runs(row, style, marks)
            para = self._para(runs, width - value - pt(4), min(2, self.room.lines))
            figure = self._para([Run(row.value, style)], value, 1, "right")
            self.canvas.text(x, y + pt(1.4), para)
            self.canvas.text(x + width - value, y + pt(1.4), figure)
            y += para.height + pt(2.8)
            if not row.strong:
                self.canvas.line(x, y, width)
        told = [text for sign, text in (("*", words.DEFAULT_MARK), ("†", words.TYPED_MARK)) if sign in marks]
        for text in told:
            y = self.canvas.text(x, y + pt(1), self._para(self.voice.inline(text, self.small), width, 2))
        return y

    def _row_runs(self, row: FigureRow, style: Style, marks: set[str]) -> list[Run]:
        name, other = self.voice.one(row.name), self.voice.other(row.name)
        runs = [Run(name, style)]
        if other:
            runs.append(Run(f" {other}", style.but("text2", size=style.size - 0.4)))
        if row.calculation:
            said = self.voice.plain if row.value == "?" else self.voice.one
            runs.append(Run(f"  {said(row.calculation)}", self.small))
        signs = "".join(sign for sign, there in ((" *", row.by_default), (" †", row.typed)) if there)
        marks.update(signs.replace(" ", ""))
        runs.append(Run(signs, style))
        return [*runs, *self._cites(row.cites)]

    def _cites(self, cites: Sequence[int]) -> list[Run]:
        return (
            [Run(f" [{', '.join(str(number) for number in cites)}]", self.small.but("acctext"))]
            if cites
            else []
        )

    def _options(self, table: OptionTable, x: float, y: float, width: float) -> float:
        y = self._section(table.title, x, y, width)
        open_ = [row for row in table.rows if not row.closed]
        closed = [row for row in table.rows if row.closed]
        shown = open_[: self.room.options]
        valued = any(row.value for row in shown)
        for row in shown:
            style = self.strong if row.first else self.text
            side = width * (0.52 if valued else 0.6)
            name = self._para(
                [Run(f"{row.rank}  ", style), *self.voice.inline(row.name, style)], width - side, 2
            )
            self.canvas.text(x, y + pt(1.4), name)
            high = name.height
            if valued:
                days = self._para([Run(self._short(row.middle), self.quiet)], side * 0.38, 1, "right")
                cost = self._para([Run(self._short(row.value), style)], side * 0.6, 2, "right")
                self.canvas.text(x + width - side, y + pt(1.4), days)
                self.canvas.text(x + width - side * 0.6, y + pt(1.4), cost)
                high = max(high, cost.height)
            else:
                high = max(high, self._why(row.middle, x + width - side + pt(6), y + pt(1.4), side - pt(6)))
            y += high + pt(2.8)
            self.canvas.line(x, y, width)
        y = self._more(len(open_) - len(shown) + table.more, x, y, width)
        return self._more(len(closed), x, y, width, words.CLOSED_MORE)

    def _why(self, text: Text, x: float, y: float, width: float) -> float:
        """A reason in small print, its other language below; how high it is."""
        end = y
        for said in self._in_tongues(text):
            end = self.canvas.text(x, end, self._para([Run(said, self.small)], width, 2))
        return end - y

    def _short(self, text: Text) -> str:
        """Figures with a unit: 6–8 days 天, where the words differ only behind the figure."""
        other = self.voice.other(text)
        one = self.voice.one(text)
        if not other:
            return one
        head, _, unit = other.rpartition(" ")
        return f"{one} {unit}" if head and one.startswith(head) else f"{one} {other}"

    def _items(
        self, title: Text, items: Sequence[Item], most: int, boxes: bool, x: float, y: float, width: float
    ) -> float:
        y = self._section(title, x, y, width)
        inset = pt(14) if boxes else 0.0
        for item in items[:most]:
            text = item.text
            runs = [Run(self.voice.one(text), self.text)]
            if item.remark:
                runs.append(Run(f" ({self.voice.one(item.remark)})", self.quiet))
            runs += self._cites(item.cites)
            top = y + pt(2.4)
            if boxes:
                self.canvas.box(QRectF(x + pt(0.5), top + pt(1.6), pt(7), pt(7)), "text2")
            y = self.canvas.text(x + inset, top, self._para(runs, width - inset))
            other = self.voice.other(text)
            if other:
                remark = self.voice.other(item.remark)
                other += f"（{remark}）" if remark else ""
                y = self.canvas.text(x + inset, y, self._para([Run(other, self.quiet)], width - inset))
        return self._more(len(items) - most, x, y + pt(1), width)

    # ------------------------------------------------------------------ sources and foot
    def _sources(self, y: float) -> float:
        sheet = self.sheet
        if not sheet.sources:
            return y
        y = self._section(words.SOURCES, LEFT, y, WIDTH)
        shown = sheet.sources[: self.room.sources]
        style, day, subject = self.small.but("text"), pt(122), pt(128)
        for source in shown:
            name = ", ".join(part for part in (source.publisher, source.title) if part)
            number = self._para([Run(str(source.number), self.small.but("acctext"))], pt(14), 1)
            title = self._para([Run(name, style)], WIDTH - pt(16) - day - subject - pt(12), 1)
            about = self._para([Run(self.voice.plain(source.subject), self.small)], subject, 1)
            read = [Run(self.voice.one(source.day), self.small)]
            if source.due:
                read = [Run(f"{self.voice.one(words.DUE)} · ", self.small.but("warn", 600)), *read]
            self.canvas.text(LEFT, y + pt(0.8), number)
            self.canvas.text(LEFT + pt(16), y + pt(0.8), title)
            self.canvas.text(LEFT + WIDTH - day - subject - pt(6), y + pt(0.8), about)
            self.canvas.text(LEFT + WIDTH - day, y + pt(0.8), self._para(read, day, 1, "right"))
            y += title.height + pt(1.4)
        return self._more(len(sheet.sources) - len(shown), LEFT, y, WIDTH)

    def _foot(self) -> tuple[Canvas, float]:
        """Validity, rule date and oldest source, who calculated, disclaimer, room to write; placed at the lower edge."""
        sheet, voice, canvas = self.sheet, self.voice, Canvas()
        canvas.line(0, 0, WIDTH, "line2")
        style = self.small
        valid = self.text.but("warn", 600) if sheet.other_day else self.strong
        y = pt(4)
        for text, look in zip(self._in_tongues(sheet.validity), (valid, valid.but(weight=400)), strict=False):
            y = canvas.text(0, y, self._para([Run(text, look)], WIDTH, 2))
        for caution in sheet.cautions:
            for text in self._in_tongues(caution):
                y = canvas.text(0, y, self._para([Run(text, self.text.but("warn", 600))], WIDTH, 2))
        about = sheet.about
        made = words.MADE.format(day=said_day(about.made), version=about.program) if about.made else EMPTY
        parts = [text for text in (sheet.oldest, about.rules, made, words.HELP_ONLY) if text]
        for text in self._in_tongues(joined(parts, " · ", " · ")):
            y = canvas.text(0, y, self._para([Run(text, style)], WIDTH, 2))
        if self.canvas.shortened:
            y = canvas.text(0, y, self._para(voice.inline(words.SHORTENED, style), WIDTH, 1))
        y += pt(12)
        third = (WIDTH - 2 * pt(16)) / 3
        for k, (label, value) in enumerate(
            ((words.CALCULATED, about.adviser), (words.FOLLOW_UP, ""), (words.SIGNATURE, ""))
        ):
            x = k * (third + pt(16))
            para = self._para(
                [*voice.inline(label, style), Run(f"  {value}", style.but("text", 600))], third, 1
            )
            canvas.text(x, y, para)
            if not value:
                begin = x + para.natural + pt(4)
                canvas.dashes(begin, y + para.height * 0.84, x + third - begin)
        return canvas, y + pt(style.size * 1.42)

    def _in_tongues(self, text: Text) -> list[str]:
        other = self.voice.other(text)
        return [self.voice.one(text), other] if other else [self.voice.one(text)]


def _moved(painter: QPainter, page: Canvas, y: float) -> None:
    painter.save()
    painter.translate(LEFT, y)
    page.paint(painter)
    painter.restore()
