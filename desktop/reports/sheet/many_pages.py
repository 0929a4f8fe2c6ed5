"""The full report on as many pages of A4 as it takes: tables with their heads on each page, pages with numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF

from desktop.core.text import EMPTY, Text, both, joined
from desktop.core.words import said_day
from desktop.reports.sheet import words
from desktop.reports.sheet.bars import BAR, draw_bar, draw_legend, draw_price, losses, price_place
from desktop.reports.sheet.model import (
    Chart,
    Item,
    Report,
    ReportOption,
    ReportRanking,
    SourceLine,
    Tongue,
)
from desktop.reports.sheet.page import PAGE, Canvas, Para, Run, Style, Voice, pt

LEFT, TOP, BOTTOM = pt(42), pt(54), pt(48)
WIDTH = PAGE.width() - 2 * LEFT
GUTTER = pt(8)
TEXT = Style(8.0)
QUIET = Style(7.6, ink="text2")
SMALL = Style(7.2, ink="text2")
STRONG = Style(8.0, 600)
MOST_LINES = 40
"""No cell comes near it; one that did would be shortened, for a row stands on one page."""


class Column(Struct, frozen=True):
    """One column of a table: its head and its share of the width."""

    head: Text
    share: float
    right: bool = False


Cell = Sequence[Sequence[Run]]
"""Paragraphs, each of runs."""


def many_pages(report: Report, tongue: Tongue) -> Sequence[Canvas]:
    return _Flow(report, Voice(tongue)).pages()


class _Flow:
    """Fills page after page."""

    def __init__(self, report: Report, voice: Voice) -> None:
        self.report, self.sheet, self.voice = report, report.sheet, voice
        self._pages: list[Canvas] = []
        self._on_page: Callable[[], None] | None = None
        self._new_page()

    @property
    def page(self) -> Canvas:
        return self._pages[-1]

    def pages(self) -> Sequence[Canvas]:
        self._first()
        self._answers()
        for ranking in self.report.rankings:
            self._ranking(ranking)
        self._lists()
        self._coverage()
        self._sources(self.report.sources)
        self._number()
        return self._pages

    # ------------------------------------------------------------------ pages
    def _new_page(self) -> None:
        self._pages.append(Canvas())
        self.y = TOP
        if self._on_page is not None:
            self._on_page()

    def _need(self, height: float) -> None:
        if self.y + height > PAGE.height() - BOTTOM and self.y > TOP:
            self._new_page()

    def _number(self) -> None:
        """Head and foot of every page, once it is known how many there are."""
        sheet, voice = self.sheet, self.voice
        rules = joined([words.RULES_AS_OF.format(day=said_day(sheet.as_of)), *sheet.marks], " · ", " · ")
        style = SMALL.but("warn", 600) if sheet.other_day or sheet.marks else SMALL
        for number, page in enumerate(self._pages, start=1):
            name = Para([Run(voice.one(sheet.product), SMALL.but("text", 600))], WIDTH * 0.6, 1)
            page.text(LEFT, pt(28), name)
            day = Para(voice.inline(rules, style, style.but(weight=400)), WIDTH * 0.38, 1, "right")
            page.text(LEFT + WIDTH * 0.62, pt(28), day)
            page.line(LEFT, pt(42), WIDTH, "line2")
            foot = PAGE.height() - pt(32)
            page.line(LEFT, foot - pt(4), WIDTH, "line2")
            page.text(LEFT, foot, Para(voice.inline(words.HELP_ONLY, SMALL), WIDTH * 0.75, 1))
            of = words.PAGE_OF.format(page=number, pages=len(self._pages))
            page.text(LEFT + WIDTH * 0.75, foot, Para([Run(voice.one(of), SMALL)], WIDTH * 0.25, 1, "right"))

    # ------------------------------------------------------------------ text
    def _text(self, runs: Sequence[Run], before: float = 0.0, inset: float = 0.0) -> None:
        para = Para(runs, WIDTH - inset, MOST_LINES)
        self._need(before + para.height)
        self.y = self.page.text(LEFT + inset, self.y + before, para)

    def _say(self, text: Text, style: Style, second: Style, before: float = 0.0) -> None:
        self._text([Run(self.voice.one(text), style)], before)
        other = self.voice.other(text)
        if other:
            self._text([Run(other, second)])

    def _head(self, title: Text, room: float = 0.0) -> None:
        """The head of a section, with room for what begins below it."""
        self._need(pt(60) + room)
        style = Style(12, 600)
        before = pt(16) if self.y > TOP else 0.0
        self._text(self.voice.inline(title, style, Style(11.5, ink="text2")), before)
        self.page.line(LEFT, self.y + pt(2), WIDTH, "line2", 0.8)
        self.y += pt(6)

    # ------------------------------------------------------------------ the first page
    def _first(self) -> None:
        sheet, voice = self.sheet, self.voice
        self._text(voice.inline(words.REPORT, SMALL.but("acctext", 600), SMALL))
        self._text(voice.inline(sheet.product, Style(20, 600), Style(18, ink="text2")))
        if sheet.facts:
            self._say(sheet.facts, QUIET, QUIET)
        if sheet.about.client:
            self._text(
                [*voice.inline(words.FOR, QUIET), Run(f"  {sheet.about.client}", QUIET.but("text", 600))]
            )
        for text in sheet.leads:
            self._say(text, Style(12, 600), Style(11, ink="text2"), pt(8))
        if sheet.holds:
            self._text(voice.inline(words.CHANGE, STRONG), pt(8))
            for text in sheet.holds:
                self._say(text, TEXT, QUIET, pt(1))
        style = TEXT.but("warn", 600) if sheet.other_day else STRONG
        self._say(sheet.validity, style, style.but(weight=400), pt(8))
        for caution in sheet.cautions:
            self._say(caution, TEXT.but("warn", 600), TEXT.but("warn"))
        if sheet.oldest:
            self._say(sheet.oldest, QUIET, QUIET)
        made = sheet.about.made
        pack = voice.plain(sheet.about.rules)
        said = voice.plain(words.MADE.format(day=said_day(made), version=sheet.about.program)) if made else ""
        self._text([Run(" · ".join(part for part in (said, pack) if part), QUIET)])
        if sheet.about.adviser:
            self._text([*voice.inline(words.CALCULATED, QUIET), Run(f"  {sheet.about.adviser}", QUIET)])
        for chart in sheet.charts:
            self._chart(chart)

    def _chart(self, chart: Chart) -> None:
        currency = self.voice.plain(words.A_PIECE.format(currency=chart.currency)) if chart.currency else ""
        self._head(chart.title, pt(60))
        self._text([Run(currency, SMALL)])
        top = self.y
        if any(bar.parts for bar in chart.bars):
            self.y = draw_legend(self.page, self.voice, chart, LEFT, self.y, WIDTH, SMALL) + pt(3)
            top = self.y
        names, figures = pt(130), pt(80)
        box_x, box_width = LEFT + names, WIDTH - names - figures
        for bar in chart.bars:
            style = STRONG if bar.first else TEXT
            name = Para([Run(f"{bar.rank}  ", style), *self.voice.inline(bar.name, style)], names - pt(6), 2)
            high = max(pt(BAR), name.height) + pt(4)
            if self.y + high > PAGE.height() - BOTTOM:
                self._new_page()
                top = self.y
            self.page.text(LEFT, self.y, name)
            if bar.parts or bar.figure != "?":
                draw_bar(self.page, bar, chart, QRectF(box_x, self.y, box_width, pt(BAR)), Style(7.2))
                figure = Para([Run(bar.figure, style), Run(f"  {bar.share}", SMALL)], figures, 1, "right")
                self.page.text(box_x + box_width, self.y + pt(2), figure)
            else:
                self.page.text(
                    box_x, self.y, Para(self.voice.inline(bar.note, SMALL.but("unk")), box_width, 2)
                )
            self.y += high
        if chart.price and losses(chart.bars):
            x = price_place(chart, QRectF(box_x, 0, box_width, 0))
            draw_price(self.page, x, top - pt(1), self.y - pt(2))

    # ------------------------------------------------------------------ tables
    def _table(self, columns: Sequence[Column], rows: Sequence[tuple[Sequence[Cell], bool]]) -> None:
        """Rows of cells below a head that stands again on every page. A row is whole on one page."""

        def head() -> None:
            cells = [
                [self.voice.inline(c.head, SMALL.but("text3", 600), SMALL.but("text3"))] for c in columns
            ]
            self._row(columns, self._laid(columns, cells), "line2")

        if not rows:
            return
        first = self._laid(columns, rows[0][0])
        self._need(pt(16) + _height(first))
        head()
        self._on_page = head
        for cells, strong in rows:
            laid = self._laid(columns, cells)
            self._need(_height(laid) + pt(4))
            self._row(columns, laid, "text3" if strong else "line")
        self._on_page = None
        self.y += pt(4)

    def _laid(self, columns: Sequence[Column], cells: Sequence[Cell]) -> list[list[Para]]:
        room = WIDTH - GUTTER * (len(columns) - 1)
        return [
            [
                Para(runs, room * column.share, MOST_LINES, "right" if column.right else "left")
                for runs in cell
            ]
            for column, cell in zip(columns, cells, strict=True)
        ]

    def _row(self, columns: Sequence[Column], laid: list[list[Para]], ink: str) -> None:
        room, x = WIDTH - GUTTER * (len(columns) - 1), LEFT
        for column, paras in zip(columns, laid, strict=True):
            y = self.y + pt(2)
            for para in paras:
                y = self.page.text(x, y, para)
            x += room * column.share + GUTTER
        self.y += _height(laid) + pt(4)
        self.page.line(LEFT, self.y, WIDTH, ink)

    def _cell(self, text: Text, style: Style = TEXT, cites: Sequence[int] = ()) -> Cell:
        """A text and, below it, its other language."""
        other = self.voice.other(text)
        runs = [Run(self.voice.one(text), style), *_cites(cites)]
        return (
            [runs, [Run(other, style.but("text2", weight=400, size=style.size - 0.3))]] if other else [runs]
        )

    # ------------------------------------------------------------------ parts
    def _answers(self) -> None:
        if not self.report.answers:
            return
        self._head(words.ANSWERS)
        columns = (Column(words.QUESTION, 0.45), Column(words.ANSWER, 0.55))
        rows = [([self._cell(label), self._cell(said)], False) for label, said in self.report.answers]
        self._table(columns, rows)

    def _ranking(self, ranking: ReportRanking) -> None:
        self._head(ranking.title, pt(40))
        for option in ranking.options:
            self._option(option)

    def _option(self, option: ReportOption) -> None:
        voice = self.voice
        self._need(pt(44))
        style = Style(10, 600, strike=option.closed, ink="text2" if option.closed else "text")
        runs = [
            Run(f"{option.rank}  " if option.rank else "", Style(10, 600)),
            *voice.inline(option.name, style),
        ]
        if option.closed:
            runs += [Run("   ", TEXT), *voice.inline(words.CLOSED, SMALL.but("err", 600))]
        if option.score:
            runs.append(Run(f"   {voice.one(words.SCORE.format(score=option.score))}", QUIET))
        if option.figure:
            runs.append(Run(f"   {voice.one(option.figure)}", STRONG.but("acctext")))
        self._text(runs, pt(9))
        for item in option.said:
            self._item(item, before=True)
        if option.criteria and not option.closed:
            columns = (
                Column(words.CRITERION, 0.28),
                Column(words.SCORE_HEAD, 0.1, True),
                Column(words.WEIGHT, 0.1, True),
                Column(words.RAW, 0.52),
            )
            rows = [
                (
                    [self._cell(name), [[Run(score, TEXT)]], [[Run(weight, TEXT)]], self._cell(raw, QUIET)],
                    False,
                )
                for name, score, weight, raw in option.criteria
            ]
            self._table(columns, rows)
        if option.lines:
            self._lines(option)
        if option.left_out:
            self._text(self.voice.inline(option.left_out, SMALL))

    def _lines(self, option: ReportOption) -> None:
        columns = (
            Column(words.LINE, 0.22),
            Column(words.DATA, 0.42),
            Column(words.CALCULATION, 0.24),
            Column(words.VALUE, 0.12, True),
        )
        rows = []
        for line in option.lines:
            style = STRONG if line.strong else TEXT
            data: list[Sequence[Run]] = []
            for datum in line.data:
                data += self._cell(datum, SMALL)
            cells = [
                self._cell(line.name, style, line.cites),
                data,
                self._cell(line.calculation, SMALL),
                [[Run(line.value, style)]],
            ]
            rows.append((cells, line.strong))
        self._table(columns, rows)

    def _item(self, item: Item, before: bool = False) -> None:
        """A sentence with a dash before it, its sources, and a remark: what it is about before it, else after it."""
        voice, runs = self.voice, [Run("–  ", SMALL)]
        if item.remark and before:
            runs.append(Run(f"{voice.one(item.remark)}: ", SMALL))
        runs += [*voice.inline(item.text, TEXT, QUIET), *_cites(item.cites)]
        if item.remark and not before:
            runs.append(Run(f"  {voice.plain(item.remark)}", SMALL))
        self._text(runs, pt(1), pt(4))

    def _lists(self) -> None:
        lists = (
            (words.WHAT_NEXT, self.sheet.next_steps),
            (words.PAPERS, self.report.papers),
            (words.NOT_KNOWN, self.sheet.unknown),
            (words.MIND, self.sheet.warnings),
            (words.DOUBTS, self.report.doubts),
        )
        for title, items in lists:
            if items:
                self._head(title)
                for item in items:
                    self._item(item)

    def _coverage(self) -> None:
        if self.report.coverage:
            self._head(words.COVERAGE)
            columns = (Column(words.SUBJECT, 0.3), Column(words.COVERAGE, 0.7))
            rows = [([self._cell(name), self._cell(said)], False) for name, said in self.report.coverage]
            self._table(columns, rows)

    def _sources(self, sources: Sequence[SourceLine]) -> None:
        self._head(words.SOURCES)
        columns = (
            Column(both("#"), 0.05),
            Column(words.SOURCE, 0.57),
            Column(words.SUBJECT, 0.18),
            Column(words.DAY, 0.2),
        )
        rows = []
        for source in sources:
            name = ", ".join(part for part in (source.publisher, source.title) if part)
            title: list[Sequence[Run]] = [[Run(name, TEXT)]]
            if source.url:
                title.append([Run(source.url, SMALL)])
            day = list(self._cell(source.day, SMALL))
            if source.due:
                day += self._cell(words.DUE, SMALL.but("warn", 600))
            about = self._cell(source.subject, SMALL) if source.subject else self._cell(EMPTY)
            rows.append(([[[Run(str(source.number), SMALL.but("acctext"))]], title, about, day], False))
        self._table(columns, rows)


def _height(laid: Sequence[Sequence[Para]]) -> float:
    return max((sum(para.height for para in paras) for paras in laid), default=0.0)


def _cites(cites: Sequence[int]) -> list[Run]:
    return [Run(f" [{', '.join(str(number) for number in cites)}]", SMALL.but("acctext"))] if cites else []
