"""The sheets of the workbook. Every formula carries the value that it comes to, for viewers that do not compute."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from desktop.core.facts import Reading
from desktop.core.money import decimals, major
from desktop.core.result import CHOICES, Option
from desktop.core.text import EMPTY, Language, Text, both, joined
from desktop.core.words import a_date, a_day
from desktop.reports.screened.cells import clean
from desktop.reports.screened.workbook import (
    ACCENT,
    GROUNDS,
    HAIR,
    INK,
    REFUSED,
    SECOND,
    UNKNOWN,
    length,
    page_head,
)
from desktop.reports.workbook.formula import Cell, Env, Expr
from desktop.reports.workbook.inputs import PERCENT, PLAIN, SHARE, WHOLE, Inputs, PriceTable, Row
from desktop.reports.workbook.lines import Helper, WrittenLine
from desktop.reports.workbook.report import AdviceReport, LaneSheet

SUMMARY, INPUTS = Text("Summary", "摘要"), Text("Inputs", "输入")
OPTIONS, NOT_KNOWN, SOURCES = Text("Options", "方案"), Text("Not known", "未知项"), Text("Sources", "来源")
TYPED = "#FFF8DC"
"""The ground of a cell that is meant to be changed."""
HEADS = {
    "platforms": Text("Export platforms", "出口平台"),
    "logistics": Text("Logistics", "物流"),
    "import_modes": Text("Import modes", "进口模式"),
    "import_platforms": Text("Import platforms", "进口平台"),
    "markets": Text("Markets", "市场"),
    "cities": Text("Cities", "城市"),
}


def workbook_bytes(report: AdviceReport) -> bytes:
    """The whole file; who called writes it to its place."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False}) as book:
        _Book(report, book).write()
    return memory.getvalue()


class _Styles:
    """Formats of the book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **look})
        return self._made[key]

    def head(self, group: str = "row", **more: Any) -> Any:
        colour = "#FFFFFF" if group == "left" else INK
        look = {"bold": True, "bg_color": GROUNDS[group], "font_color": colour, "text_wrap": True}
        return self.get(**{**look, "bottom": 1, "bottom_color": HAIR, **more})

    @property
    def title(self) -> Any:
        return self.get(bold=True, font_size=16, font_color=ACCENT)

    @property
    def quiet(self) -> Any:
        return self.get(font_color=SECOND)

    @property
    def beside(self) -> Any:
        """Words at the right of a figure keep off it."""
        return self.get(font_color=SECOND, align="left", indent=1)

    @property
    def wrapped(self) -> Any:
        return self.get(text_wrap=True)

    def figure(self, kind: str, **more: Any) -> Any:
        """An amount with the places of its currency, a percentage, or a plain number; words stand at the right too."""
        if kind == PERCENT:
            shown = "0.0###%"
        elif kind == SHARE:
            shown = "0.0%"
        elif kind in (PLAIN, "plain"):
            shown = "General"
        elif kind == "g":
            shown = "#,##0"
        else:
            places = decimals(kind)
            shown = "#,##0" + ("." + "0" * places if places else "")
        return self.get(**{"num_format": shown, "align": "right", **more})


@dataclass
class _Place:
    """A cell that is written once all cells have their places."""

    sheet: Any
    name: str
    row: int
    column: int
    cell: Cell
    style: Any


class _Book:
    def __init__(self, report: AdviceReport, book: Any) -> None:
        self.report, self.book, self.say = report, book, report.language
        self.styles = _Styles(book)
        self.places: list[_Place] = []
        self.env = Env()

    def write(self) -> None:
        names = [SUMMARY, INPUTS]
        self.sheets = {name.en: self._sheet(name[self.say]) for name in names}
        lanes = [(lane, self._sheet(lane.name)) for lane in self.report.lanes]
        for name in (OPTIONS, NOT_KNOWN, SOURCES):
            self.sheets[name.en] = self._sheet(name[self.say])
        _InputSheet(self).write(self.report.inputs)
        for lane, sheet in lanes:
            _QuoteSheet(self, lane, sheet).write()
        _SummarySheet(self).write()
        _OptionSheet(self).write()
        _NotKnownSheet(self).write()
        _SourceSheet(self).write()
        for place in self.places:
            self._put(place)
        self.book.set_properties(
            {
                "title": TITLE[self.say],
                "comments": f"Lanewise, {self.report.view.date.isoformat()}",
            }
        )

    def _sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&8&A&R&8&P / &N")
        marked = self.report.used.marked
        if marked:
            # each sheet may be printed by itself
            sheet.set_header(page_head(clean(marked[self.say])))
        return sheet

    def text(self, sheet: Any, row: int, column: int, text: Text | str, style: Any = None) -> None:
        """Words; never a formula, whatever they begin with."""
        said = text if isinstance(text, str) else text[self.say]
        sheet.write_string(row, column, clean(said), style or self.styles.get())

    def stand(self, sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
        """A cell gets its place; formulas elsewhere may name it from now on."""
        cell.sheet, cell.at = sheet.get_name(), xl_rowcol_to_cell(row, column, True, True)
        self.places.append(_Place(sheet, sheet.get_name(), row, column, cell, style))

    def _put(self, place: _Place) -> None:
        content = place.cell.content
        value = place.cell.value(self.env)
        shown: Any = float(value) if isinstance(value, Fraction) else "" if value is None else value
        if isinstance(content, Expr):
            formula = f"={content.text(place.name)}"
            place.sheet.write_formula(place.row, place.column, formula, place.style, shown)
        elif value is None:
            place.sheet.write_blank(place.row, place.column, None, place.style)
        else:
            place.sheet.write_number(place.row, place.column, shown, place.style)

    def fit(self, sheet: Any, row: int, texts: Sequence[tuple[Text | str, float]]) -> None:
        """Height for texts that are wrapped into columns of a width: not every program finds it for itself."""
        lines = 1
        for text, width in texts:
            said = text if isinstance(text, str) else text[self.say]
            lines = max(lines, -(-length(clean(said)) * 105 // int(100 * width)))
        if lines > 1:
            sheet.set_row(row, 15 * lines)

    def heads(
        self, sheet: Any, row: int, heads: Sequence[Text], group: str = "row", right: Sequence[int] = ()
    ) -> None:
        for column, head in enumerate(heads):
            more = {"align": "right"} if column in right else {}
            self.text(sheet, row, column, head, self.styles.head(group, **more))

    def source(self, sheet: Any, row: int, column: int, reading: Reading | None, mark: str) -> None:
        """Source, the day from which the value holds, and the id of the fact."""
        quiet = self.styles.quiet
        if reading is None or reading.typed:
            self.text(sheet, row, column, MARKS["typed" if reading else mark], quiet)
            if reading:
                self.text(sheet, row, column + 2, reading.id, quiet)
            return
        self.text(sheet, row, column, f"{reading.source.publisher}, {reading.source.title}", quiet)
        self.text(sheet, row, column + 1, a_day(reading.value.start, self.say), quiet)
        self.text(sheet, row, column + 2, reading.id, quiet)


# ---------------------------------------------------------------------------------------------------- inputs
class _InputSheet:
    WIDTHS = (46, 16, 16, 44, 14, 34, 80)

    def __init__(self, book: _Book) -> None:
        self.book, self.sheet, self.styles = book, book.sheets[INPUTS.en], book.styles
        self.row = 0

    def write(self, inputs: Inputs) -> None:
        sheet, book = self.sheet, self.book
        for column, width in enumerate(self.WIDTHS):
            sheet.set_column(column, column, width)
        book.text(sheet, 0, 0, INPUTS, self.styles.title)
        sheet.set_row(0, 26)
        book.text(sheet, 1, 0, HOW_INPUTS, self.styles.quiet)
        self.row = 2
        self._section(THE_CASE, inputs.case)
        self._section(EXCHANGE, inputs.exchange)
        self._section(RATES, sorted(inputs.rates, key=_place_of))
        for table in inputs.tables:
            self._table(table)
        sheet.freeze_panes(2, 1)
        self._checked(inputs)

    def _section(self, title: Text, rows: Sequence[Row]) -> None:
        if not rows:
            return
        self.row += 1
        self.book.heads(self.sheet, self.row, (title, VALUE, UNIT, SOURCE, SINCE, FACT, SAYS), "best", (1,))
        for row in rows:
            self.row += 1
            look = {"bg_color": TYPED, "border": 1, "border_color": HAIR} if row.own else {}
            self.book.text(self.sheet, self.row, 0, row.label, self.styles.wrapped)
            self.book.stand(self.sheet, self.row, 1, row.cell, self.styles.figure(row.kind, **look))
            self.book.text(self.sheet, self.row, 2, row.unit, self.styles.beside)
            self.book.source(self.sheet, self.row, 3, row.reading, row.mark)
            says = row.reading.fact.says if row.reading else EMPTY
            self.book.text(self.sheet, self.row, 6, says, self.styles.get(font_color=SECOND, text_wrap=True))
            widths = self.WIDTHS
            self.book.fit(self.sheet, self.row, ((row.label, widths[0]), (says, widths[6])))
        self.row += 1

    def _table(self, table: PriceTable) -> None:
        """A price list, its rows under each other in the order of weight."""
        self.row += 1
        book, sheet = self.book, self.sheet
        book.text(sheet, self.row, 0, table.title, self.styles.head("best"))
        for column in range(1, 9):
            book.text(sheet, self.row, column, "", self.styles.head("best"))
        for reading in table.readings:
            self.row += 1
            book.text(sheet, self.row, 6, reading.fact.says, self.styles.quiet)
            book.source(sheet, self.row, 3, reading, "rules")
        self.row += 1
        heads = [head.format(currency=table.currency) for head in LIST_HEADS]
        for column, head in enumerate(heads):
            book.text(sheet, self.row, 1 + column, head, self.styles.head("row", align="right"))
        for number, each in enumerate(table.rows, 1):
            self.row += 1
            book.text(sheet, self.row, 0, BAND_NUMBER.format(number=number), self.styles.quiet)
            for column, cell in enumerate(each.cells):
                book.stand(sheet, self.row, 1 + column, cell, self.styles.figure(PLAIN))
        self.row += 1

    def _checked(self, inputs: Inputs) -> None:
        """Nothing below zero, and no parts of a piece or a gram."""
        for name, cell in inputs.typed.items():
            whole = name in WHOLE
            rule = {
                "validate": "integer" if whole else "decimal",
                "criteria": ">=",
                "value": 1 if name == "pieces" else 0,
                "error_title": INPUTS[self.book.say],
                "error_message": (WRONG_NUMBER if whole else WRONG_AMOUNT)[self.book.say],
            }
            self.sheet.data_validation(cell.at.replace("$", ""), rule)


def _place_of(row: Row) -> tuple[str, str]:
    return (row.reading.id if row.reading else "~", "")


# ---------------------------------------------------------------------------------------------------- a quote
class _QuoteSheet:
    WIDTHS = (40, 52, 15, 10, 16, 60)

    def __init__(self, book: _Book, lane: LaneSheet, sheet: Any) -> None:
        self.book, self.lane, self.sheet, self.styles = book, lane, sheet, book.styles
        self.currency = lane.writer.currency
        self.row = 0

    def write(self) -> None:
        sheet, book, lane, styles = self.sheet, self.book, self.lane, self.styles
        for column, width in enumerate(self.WIDTHS):
            sheet.set_column(column, column, width)
        book.text(sheet, 0, 0, lane.title, styles.title)
        sheet.set_row(0, 26)
        book.text(sheet, 1, 0, AS_OF.format(day=_said_date(book.report.view.date)), styles.quiet)
        self.row = 3
        heads = (LINE, IN_WORDS, AS_CHARGED, CURRENCY, AMOUNT.format(currency=self.currency), SOURCE)
        book.heads(sheet, self.row, heads, "best", (2, 4))
        for column, head in ((3, CURRENCY), (5, SOURCE)):
            book.text(sheet, self.row, column, head, styles.head("best", align="left", indent=1))
        sheet.freeze_panes(self.row + 1, 1)
        self._total(PRICE, lane.price, styles.figure(self.currency, bold=True), PRICE_WORDS)
        for line in lane.seller:
            self._line(line)
        ruled = {"top": 1, "top_color": HAIR}
        self._total(COSTS, lane.costs, styles.figure(self.currency, **ruled))
        self._total(LEFT, lane.net, styles.figure(self.currency, bold=True, font_color=ACCENT, font_size=13))
        book.stand(
            sheet,
            self.row,
            3,
            lane.status,
            styles.get(font_color=UNKNOWN, italic=True, align="left", indent=1),
        )
        self._total(MARGIN, lane.share, styles.figure(SHARE, font_color=ACCENT))
        loss = {"type": "cell", "criteria": "<", "value": 0, "format": self.styles.get(font_color=REFUSED)}
        sheet.conditional_format(self.row - 1, 4, self.row, 4, loss)
        if lane.buyer:
            self._head(BUYER)
            for line in lane.buyer:
                self._line(line)
        if lane.writer.helpers:
            self._head(BETWEEN)
            for helper in lane.writer.helpers:
                self._helper(helper)
        self._said()

    def _head(self, title: Text) -> None:
        self.row += 2
        for column in range(6):
            self.book.text(
                self.sheet, self.row, column, title if column == 0 else "", self.styles.head(text_wrap=False)
            )

    def _total(self, label: Text, cell: Cell, style: Any, words: Text | None = None) -> None:
        self.row += 1
        self.book.text(self.sheet, self.row, 0, label, self.styles.get(bold=True))
        if words:
            self.book.text(self.sheet, self.row, 1, words, self.styles.quiet)
        self.book.stand(self.sheet, self.row, 4, cell, style)

    def _line(self, line: WrittenLine) -> None:
        self.row += 1
        book, sheet, styles = self.book, self.sheet, self.styles
        book.text(sheet, self.row, 0, line.label, styles.wrapped)
        book.text(sheet, self.row, 1, line.words, styles.get(font_color=SECOND, text_wrap=True))
        book.stand(sheet, self.row, 2, line.own, styles.figure(line.currency))
        book.text(sheet, self.row, 3, line.currency, styles.beside)
        book.stand(sheet, self.row, 4, line.quoted, styles.figure(self.currency))
        said = _sources(line.readings, book.say)
        book.text(
            sheet, self.row, 5, said, styles.get(font_color=SECOND, text_wrap=True, align="left", indent=1)
        )
        widths = self.WIDTHS
        book.fit(sheet, self.row, ((line.label, widths[0]), (line.words, widths[1]), (said, widths[5])))

    def _helper(self, helper: Helper) -> None:
        self.row += 1
        self.book.text(self.sheet, self.row, 0, helper.label, self.styles.wrapped)
        kind = helper.kind
        self.book.stand(self.sheet, self.row, 2, helper.cell, self.styles.figure(kind))
        self.book.text(self.sheet, self.row, 3, "" if kind == "plain" else kind, self.styles.beside)

    def _said(self) -> None:
        """What is not known here, and what no line stands for."""
        lane, book = self.lane, self.book
        self._head(NOT_KNOWN)
        missing = [(line.label, line.why) for line in lane.writer.lines.values() if line.why is not None]
        shown = {line.id for line in lane.quote.lines}
        for label, why in missing:
            if any(line.label == label and line.id in shown for line in lane.writer.lines.values()):
                self.row += 1
                book.text(self.sheet, self.row, 0, label)
                book.text(self.sheet, self.row, 1, why)
        self.row += 1
        book.text(self.sheet, self.row, 0, NOT_COUNTED)
        book.text(self.sheet, self.row, 1, joined(list(lane.quote.left_out), ", ", "、"))


def _sources(readings: Sequence[Reading], language: Language) -> str:
    found = []
    for reading in readings:
        said = MARKS["typed"][language] if reading.typed else (
            f"{reading.source.publisher}, {reading.source.title} ({a_day(reading.value.start, language)})"
        )  # fmt: skip
        if said not in found:
            found.append(said)
    return "; ".join(found)


# ---------------------------------------------------------------------------------------------------- summary
class _SummarySheet:
    def __init__(self, book: _Book) -> None:
        self.book, self.sheet, self.styles = book, book.sheets[SUMMARY.en], book.styles
        self.row = 0

    def write(self) -> None:
        book, sheet, styles, report = self.book, self.sheet, self.styles, self.book.report
        for column, width in enumerate((22, 24, 34, 16, 10, 11, 16, 10, 16, 10)):
            sheet.set_column(column, column, width)
        book.text(sheet, 0, 0, TITLE, styles.title)
        sheet.set_row(0, 26)
        self.row = 1
        if report.case.name:
            self._pair(PRODUCT, report.case.name)
        self._pair(RULES, f"{a_date(report.view.date, book.say)} · {report.used.dated[book.say]}")
        for caution in report.used.cautions:
            book.text(sheet, self.row, 1, caution, styles.get(bold=True, font_color=REFUSED))
            self.row += 1
        oldest = report.advice.oldest
        if oldest is not None:
            self._pair(
                OLDEST,
                f"{a_date(oldest.source.day, book.say)}: {oldest.source.publisher}, {oldest.source.title}",
            )
        self._pair(HOW, (HOW_SUMMARY if report.lanes else IMPORT_LINES)[book.say])
        price = Cell(report.inputs.typed["list_price"])
        book.text(sheet, self.row, 0, LIST_PRICE, styles.quiet)
        book.stand(sheet, self.row, 1, price, styles.figure(report.inputs.currency, bold=True, align="left"))
        book.text(sheet, self.row, 2, report.inputs.currency, styles.quiet)
        self.row += 2
        self._first()
        self._lanes()
        self._grid()
        self._sentences(CHANGES, report.advice.stability)
        self._sentences(MIND, report.advice.warnings)
        self._sentences(NEXT, [reason.text for reason in report.advice.next_steps])

    def _pair(self, label: Text, value: str) -> None:
        self.book.text(self.sheet, self.row, 0, label, self.styles.quiet)
        self.book.text(self.sheet, self.row, 1, value)
        self.row += 1

    def _first(self) -> None:
        """The advice: what stands first in each choice."""
        book = self.book
        book.heads(self.sheet, self.row, (ADVICE, FIRST, WHY), "left")
        self.row += 1
        for choice in CHOICES:
            ranking = book.report.advice.ranking(choice)
            if not ranking.options:
                continue
            book.text(self.sheet, self.row, 0, HEADS[choice])
            first = ranking.first
            book.text(
                self.sheet, self.row, 1, first.name if first else CANNOT_SAY, self.styles.get(bold=True)
            )
            if first and first.reasons:
                book.text(self.sheet, self.row, 2, first.reasons[0].text)
            self.row += 1
        self.row += 1

    def _lanes(self) -> None:
        """Every priced lane in the order of the advice, with what is left as its sheet has it."""
        book, sheet, styles, lanes = self.book, self.sheet, self.styles, self.book.report.lanes
        if not lanes:
            return
        currency = book.report.inputs.currency
        heads = (MARKET, PLATFORM, SERVICE, LEFT_IN.format(currency=currency), both(""), MARGIN, SHEET)
        book.heads(sheet, self.row, heads, "best", (3, 5))
        book.text(sheet, self.row, 6, SHEET, styles.head("best", align="left", indent=1))
        first = self.row + 1
        for lane in lanes:
            self.row += 1
            market, platform = (f"{place}. " if place else "" for place in lane.rank)
            book.text(sheet, self.row, 0, f"{market}{lane.market_name[book.say]}")
            book.text(sheet, self.row, 1, f"{platform}{lane.platform_name[book.say]}")
            book.text(sheet, self.row, 2, lane.service_name)
            book.stand(sheet, self.row, 3, Cell(lane.net, True), styles.figure(currency, font_color=ACCENT))
            book.stand(
                sheet,
                self.row,
                4,
                Cell(lane.status, True),
                styles.get(font_color=UNKNOWN, italic=True, align="left", indent=1),
            )
            book.stand(sheet, self.row, 5, Cell(lane.share, True), styles.figure(SHARE))
            sheet.write_url(
                self.row,
                6,
                f"internal:'{lane.name}'!A1",
                styles.get(font_color=ACCENT, underline=1, align="left", indent=1),
                clean(lane.name),
            )
        loss = {"type": "cell", "criteria": "<", "value": 0, "format": styles.get(font_color=REFUSED)}
        sheet.conditional_format(first, 3, self.row, 5, loss)
        self.row += 2

    def _grid(self) -> None:
        """What is left by market and platform."""
        book, sheet, styles, report = self.book, self.sheet, self.styles, self.book.report
        if not report.lanes:
            return
        platforms = list(dict.fromkeys(lane.platform for lane in report.lanes))
        names = {lane.platform: lane.platform_name for lane in report.lanes}
        book.text(sheet, self.row, 0, BY_MARKET.format(currency=report.inputs.currency), styles.head("best"))
        for k, platform in enumerate(platforms):
            book.text(sheet, self.row, 1 + 2 * k, names[platform], styles.head("best", align="right"))
            book.text(sheet, self.row, 2 + 2 * k, "", styles.head("best"))
        first = self.row + 1
        for market in dict.fromkeys(lane.market for lane in report.lanes):
            self.row += 1
            named = next(lane.market_name for lane in report.lanes if lane.market == market)
            book.text(sheet, self.row, 0, named)
            for k, platform in enumerate(platforms):
                lane = report.lane(market, platform)
                if lane is None:
                    book.text(
                        sheet, self.row, 1 + 2 * k, CLOSED, styles.get(font_color=SECOND, align="right")
                    )
                    continue
                book.stand(
                    sheet, self.row, 1 + 2 * k, Cell(lane.net, True), styles.figure(report.inputs.currency)
                )
                mark = styles.get(font_color=UNKNOWN, italic=True, align="left", indent=1)
                book.stand(sheet, self.row, 2 + 2 * k, Cell(lane.status, True), mark)
        loss = {"type": "cell", "criteria": "<", "value": 0, "format": styles.get(font_color=REFUSED)}
        sheet.conditional_format(first, 1, self.row, 2 * len(platforms), loss)
        self.row += 2

    def _sentences(self, title: Text, texts: Sequence[Text]) -> None:
        if not texts:
            return
        self.book.text(self.sheet, self.row, 0, title, self.styles.head())
        for column in range(1, 7):
            self.book.text(self.sheet, self.row, column, "", self.styles.head())
        for text in texts:
            self.row += 1
            self.book.text(self.sheet, self.row, 0, text)
        self.row += 2


# ---------------------------------------------------------------------------------------------------- the rest
class _OptionSheet:
    """Every option of every choice, also those that are closed, with the rule that closes them."""

    def __init__(self, book: _Book) -> None:
        self.book, self.sheet, self.styles = book, book.sheets[OPTIONS.en], book.styles

    def write(self) -> None:
        book, sheet = self.book, self.sheet
        for column, width in enumerate((18, 9, 34, 9, 18, 12, 70, 70)):
            sheet.set_column(column, column, width)
        heads = (CHOICE, RANK, OPTION, SCORE, LEFT_THEN, DAYS, WHY, OPENS)
        book.heads(sheet, 0, heads, "best", (1, 3, 4))
        sheet.set_row(0, 30)
        sheet.freeze_panes(1, 0)
        row = 0
        for choice in CHOICES:
            for option in book.report.advice.ranking(choice).options:
                row += 1
                self._option(row, HEADS[choice], option)
        if row:
            sheet.autofilter(0, 0, row, len(heads) - 1)
        self._import_lines(row + 2)

    def _option(self, row: int, choice: Text, option: Option) -> None:
        book, sheet, styles = self.book, self.sheet, self.styles
        wrapped = styles.wrapped
        book.text(sheet, row, 0, choice)
        place = CLOSED if option.excluded else CANNOT_SAY if option.rank is None else None
        if place is None:
            sheet.write_number(row, 1, option.rank, styles.get(align="right"))
        else:
            book.text(sheet, row, 1, place, styles.get(align="right", font_color=SECOND))
        book.text(
            sheet,
            row,
            2,
            option.name,
            styles.get(bold=option.rank == 1, text_wrap=True, align="left", indent=1),
        )
        if option.score is not None:
            sheet.write_number(row, 3, float(option.score), styles.get(num_format="0.0", align="right"))
        quote = option.quote
        if quote is not None and quote.price > 0 and "mode" not in quote.lane:
            most = "" if quote.complete else {"en": "at most ", "zh": "至多 "}[book.say]
            book.text(sheet, row, 4, f"{most}{quote.net_money} {quote.currency}", styles.get(align="right"))
        if option.days:
            low, high = option.days
            book.text(sheet, row, 5, str(low) if low == high else f"{low}–{high}", styles.beside)
        if option.excluded:
            book.text(sheet, row, 6, option.excluded.text, wrapped)
            book.text(sheet, row, 7, option.excluded.opens, wrapped)
            book.fit(sheet, row, ((option.excluded.text, 70), (option.excluded.opens, 70), (option.name, 34)))
        else:
            why = joined([reason.text for reason in option.reasons], " ", "")
            book.text(sheet, row, 6, why, wrapped)
            book.fit(sheet, row, ((why, 70), (option.name, 34)))

    def _import_lines(self, row: int) -> None:
        """Import modes line by line, as the program computed them: these amounts do not follow the inputs."""
        book, sheet = self.book, self.sheet
        modes = [o for o in book.report.advice.import_modes.options if o.quote is not None]
        if not modes:
            return
        book.text(sheet, row, 0, IMPORT_LINES, self.styles.head(text_wrap=False))
        for column in range(1, 8):
            book.text(sheet, row, column, "", self.styles.head())
        for mode in modes:
            assert mode.quote is not None
            for line in mode.quote.lines:
                row += 1
                book.text(sheet, row, 0, mode.name, self.styles.wrapped)
                book.text(sheet, row, 2, line.label, self.styles.wrapped)
                if line.amount is None:
                    book.text(
                        sheet, row, 4, INPUT_NOT_KNOWN, self.styles.get(align="right", font_color=UNKNOWN)
                    )
                else:
                    amount = float(major(line.amount, line.currency))
                    sheet.write_number(row, 4, amount, self.styles.figure(line.currency))
                book.text(sheet, row, 5, line.currency)
                book.text(sheet, row, 6, line.calculation, self.styles.wrapped)
                said = _sources(line.readings, book.say)
                book.text(sheet, row, 7, said, self.styles.get(font_color=SECOND, text_wrap=True))
                book.fit(sheet, row, ((said, 70), (line.calculation, 70), (line.label, 34)))


class _NotKnownSheet:
    def __init__(self, book: _Book) -> None:
        self.book, self.sheet = book, book.sheets[NOT_KNOWN.en]

    def write(self) -> None:
        book, sheet = self.book, self.sheet
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 120)
        book.heads(sheet, 0, (WHAT, WHY), "best")
        row = 0
        seen: set[tuple[str, str]] = set()
        for unknown in book.report.advice.unknown:
            row += 1
            book.text(sheet, row, 0, unknown.fact or unknown.what)
            book.text(sheet, row, 1, unknown.why, book.styles.wrapped)
        for lane in book.report.lanes:
            for line in lane.quote.lines:
                if line.unknown is None or (lane.name, line.unknown.why.en) in seen:
                    continue
                seen.add((lane.name, line.unknown.why.en))
                row += 1
                book.text(sheet, row, 0, f"{lane.name}: {line.label[book.say]}")
                book.text(sheet, row, 1, line.unknown.why, book.styles.wrapped)
        if not row:
            book.text(sheet, 1, 0, NOTHING)


class _SourceSheet:
    def __init__(self, book: _Book) -> None:
        self.book, self.sheet = book, book.sheets[SOURCES.en]

    def write(self) -> None:
        book, sheet, say = self.book, self.sheet, self.book.say
        for column, width in enumerate((44, 60, 14, 30, 44, 16, 16, 16, 60)):
            sheet.set_column(column, column, width)
        heads = (FACT, SAYS, SINCE, PUBLISHER, SOURCE_TITLE, DATED, READ, REVIEW, ADDRESS)
        book.heads(sheet, 0, heads, "best")
        sheet.freeze_panes(1, 1)
        row = 0
        for reading in book.report.readings:
            row += 1
            book.text(sheet, row, 0, reading.id, book.styles.quiet)
            book.text(sheet, row, 1, reading.fact.says, book.styles.wrapped)
            if reading.typed:
                book.text(sheet, row, 3, MARKS["typed"])
                continue
            source = reading.source
            book.text(sheet, row, 2, a_day(reading.value.start, say))
            book.text(sheet, row, 3, source.publisher)
            book.text(sheet, row, 4, source.title, book.styles.wrapped)
            book.text(sheet, row, 5, a_day(source.dated, say) if source.dated else "")
            book.text(sheet, row, 6, a_date(source.read, say))
            book.text(sheet, row, 7, a_date(source.review_by, say) if source.review_by else "")
            book.text(sheet, row, 8, source.url or "", book.styles.quiet)
        if row:
            sheet.autofilter(0, 0, row, len(heads) - 1)


def _said_date(day: Any) -> Text:
    return Text(a_date(day, "en"), a_date(day, "zh"))


TITLE = Text("The advice, with its sums", "建议与计算")
MARKS = {
    "typed": Text("your value", "自填"),
    "case": Text("from the case", "来自案例"),
    "rules": Text("rule of the program", "程序规则"),
    "default": Text("default", "默认"),
    "computed": Text("computed here", "此处计算"),
    "unknown": Text("not given", "未填写"),
}
HOW_INPUTS = Text(
    "Change the yellow cells, or any rate: every quote and the summary follow. An empty cell is not known.",
    "更改黄色单元格或任何费率，各报价和摘要随之变化。空单元格表示未知。",
)
HOW, HOW_SUMMARY = (
    Text("How to use it", "使用说明"),
    Text(
        "Change the list price on the sheet Inputs: what is left follows to the cent. Ranks, reasons and what would "
        "change them are those of the case as it was.",
        "在“输入”表中更改售价，净利随之变化，精确到分。名次、理由和“会怎样改变”仍为原案例的结果。",
    ),
)
WRONG_NUMBER = Text("A whole number such as 250", "请填写整数，例如 250")
WRONG_AMOUNT = Text("An amount such as 24.90", "请填写金额，例如 24.90")
THE_CASE, EXCHANGE, RATES = (
    Text("The case", "案例"),
    Text("Exchange rates", "汇率"),
    Text("Rates and amounts of the rules", "规则中的费率与金额"),
)
VALUE, UNIT, SOURCE, SINCE, FACT = (
    Text("Value", "数值"),
    Text("Unit", "单位"),
    Text("Source", "来源"),
    Text("In force from", "生效日期"),
    Text("Fact", "事实编号"),
)
LIST_HEADS = (
    Text("from g", "起（克）"),
    Text("up to g", "至（克）"),
    Text("{currency} per kg", "每公斤 {currency}"),
    Text("{currency} per item", "每件 {currency}"),
    Text("first weight g", "首重（克）"),
    Text("step g", "续重单位（克）"),
    Text("{currency} per step", "每续重 {currency}"),
    Text("least billed g", "最低计费（克）"),
)
BAND_NUMBER = Text("row {number}", "第 {number} 行")
AS_OF = Text("Rules as of {day}", "规则日期 {day}")
LINE, IN_WORDS, AS_CHARGED, CURRENCY, AMOUNT = (
    Text("Line", "项目"),
    Text("How it is computed", "计算方式"),
    Text("As charged", "收费金额"),
    Text("Currency", "币种"),
    Text("{currency}", "{currency}"),
)
PRICE, PRICE_WORDS = Text("Price of the order", "订单售价"), Text("list price × pieces", "售价 × 件数")
COSTS, LEFT, MARGIN = Text("Costs", "成本合计"), Text("What is left", "净利"), Text("Margin", "净利率")
BUYER = Text("Paid by the buyer, not taken from what is left", "由买家支付，不从净利中扣除")
BETWEEN = Text("Steps in between", "中间步骤")
NOT_COUNTED = Text("Not counted", "未计入")
PRODUCT, RULES = Text("Case", "案例"), Text("Rules as of", "规则日期")
OLDEST = Text("Oldest source behind it", "所依据的最早来源")
LIST_PRICE = Text("List price", "售价")
ADVICE, FIRST, WHY = Text("Advice", "建议"), Text("First", "首选"), Text("Why", "理由")
CANNOT_SAY, CLOSED = Text("cannot say", "无法判断"), Text("closed", "不可用")
MARKET, PLATFORM, SERVICE = Text("Market", "市场"), Text("Platform", "平台"), Text("Service", "物流产品")
LEFT_IN = Text("What is left, {currency}", "净利（{currency}）")
SHEET = Text("Sheet", "工作表")
BY_MARKET = Text("What is left, {currency}", "净利（{currency}）")
CHANGES, MIND, NEXT = (
    Text("What would change it", "会怎样改变"),
    Text("Mind", "注意"),
    Text("What next", "下一步"),
)
CHOICE, RANK, OPTION, SCORE = (
    Text("Choice", "选择"),
    Text("Rank", "名次"),
    Text("Option", "方案"),
    Text("Score", "得分"),
)
LEFT_THEN, DAYS, OPENS = (
    Text("What is left, as the case was", "净利（原案例）"),
    Text("Days", "天数"),
    Text("What would open it", "如何可用"),
)
IMPORT_LINES = Text(
    "Import modes as the program computed them; these amounts do not follow the inputs",
    "进口模式：由程序计算的金额，不随输入变化",
)
INPUT_NOT_KNOWN = Text("not known", "未知")
WHAT, NOTHING = Text("What", "项目"), Text("Nothing that the program asks for is unknown.", "没有未知项。")
SAYS, PUBLISHER, SOURCE_TITLE, DATED, READ, REVIEW, ADDRESS = (
    Text("What it says", "内容"),
    Text("Publisher", "发布者"),
    Text("Title", "标题"),
    Text("Dated", "日期"),
    Text("Read on", "查阅日期"),
    Text("Review by", "复核期限"),
    Text("Address", "网址"),
)
