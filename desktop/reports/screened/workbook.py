"""A workbook: the results with live formulas, the rows that were not read, and what stands behind it all.

XlsxWriter makes the book; the rows of the results are written to its sheets as whole lines of XML, since a million rows
cell by cell take three minutes. Every formula carries the value that it comes to, so that programs that do not compute
read the same as a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from desktop.core.text import Text
from desktop.core.words import a_date
from desktop.reports.screened.about import About
from desktop.reports.screened.beside import BAD_HEADS
from desktop.reports.screened.cells import clean
from desktop.reports.screened.columns import (
    AT_MOST,
    COST_KEYS,
    HEADS,
    NOT_KNOWN,
    Amount,
    Batch,
    Chosen,
    Column,
    Mark,
    Plain,
    Share,
    Whole,
    Words,
)
from desktop.reports.screened.report import Report

MOST_ROWS = 1_048_576
"""Rows of a sheet, the heads among them."""

AT_ONCE = 2_000
"""Rows that are in memory as XML."""

PLACE = {head.key: xl_col_to_name(i) for i, head in enumerate(HEADS)}
"""The letter of each column."""

FIRST_COST, LAST_COST = PLACE[COST_KEYS[0]], PLACE[COST_KEYS[-1]]

INK, SECOND, HAIR, ACCENT, REFUSED, UNKNOWN = "#1E1D1B", "#69655E", "#C8C3BB", "#0E6B70", "#A8231A", "#5A4B86"
GROUNDS = {
    "row": "#E9E6E1",
    "best": "#DDEBEB",
    "costs": "#F1EEEA",
    "left": "#0E6B70",
    "second": "#EDEAE5",
    "lanes": "#FAF8F5",
    "ids": "#FAF8F5",
}
"""The ground of a head by its group: the colours of the window."""

RESULTS = Text("Results", "结果")
NOT_READ = Text("Not read", "未读取")
ABOUT = Text("About", "说明")


def left_formula(row: int, places: int) -> str:
    """What is left of an order: what it sells for less the parts of its cost. Words in a cell count as nothing."""
    sold = f"{PLACE['price']}{row}*{PLACE['pieces']}{row}"
    return f"ROUND({sold}-SUM({FIRST_COST}{row}:{LAST_COST}{row}),{places})"


def margin_formula(row: int) -> str:
    return f"{PLACE['left']}{row}/({PLACE['price']}{row}*{PLACE['pieces']}{row})"


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that also takes whole lines of XML, in their order, in place of cells one by one."""

    def lines(self, xml: str, last_row: int, last_column: int) -> None:
        self.fh.write(xml)
        self.dim_rowmin = self.dim_colmin = 0
        self.dim_rowmax, self.dim_colmax = last_row, last_column


class Workbook(Report):
    """Results go on in a second sheet where one is full."""

    most_rows = MOST_ROWS

    def __init__(self, target: Path, words: Words) -> None:
        self._sheets: list[tuple[Sheet, int]] = []
        self._row = 0
        super().__init__(target, words)

    def _begin(self) -> None:
        self._book = xlsxwriter.Workbook(
            str(self.path),
            {
                "constant_memory": True,
                "tmpdir": str(self.folder),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": "Arial", "font_size": 10, "font_color": INK},
            },
        )
        self._book.use_zip64()
        self._styles = _Styles(self._book)
        self._next_sheet()

    # ------------------------------------------------------------------ results
    def _next_sheet(self) -> None:
        say = self.words.language
        number = len(self._sheets) + 1
        name = RESULTS[say] if number == 1 else f"{RESULTS[say]} {number}"
        sheet: Sheet = self._book.add_worksheet(name, worksheet_class=Sheet)
        sheet.freeze_panes(1, 2)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        for i, head in enumerate(HEADS):
            wide = max(head.width, _length(head.says[say]) / 1.6)
            sheet.set_column(i, i, wide, None, {"level": 1} if head.group == "ids" else None)
        cells = "".join(
            _text_cell(f"{PLACE[head.key]}1", self._styles.index(self._styles.heads[head.group]), head.says[say])
            for head in HEADS
        )
        sheet.lines(f'<row r="1" ht="42" customHeight="1">{cells}</row>', 0, len(HEADS) - 1)
        self._sheets.append((sheet, 0))
        self._row = 1

    def _write(self, batch: Batch) -> None:
        done = 0
        while done < batch.n:
            if self._row == self.most_rows:
                self._next_sheet()
            upto = min(batch.n, done + self.most_rows - self._row, done + AT_ONCE)
            self._lines(batch, done, upto)
            done = upto

    def _lines(self, batch: Batch, start: int, end: int) -> None:
        rows = range(self._row + 1, self._row + 1 + end - start)
        places = batch.places[start:end].tolist()
        cells = [
            self._cells(key, column, rows, places, slice(start, end)) for key, column in batch.columns.items()
        ]
        xml = "".join(
            [f'<row r="{row}">{"".join(line)}</row>' for row, line in zip(rows, zip(*cells, strict=True), strict=True)]
        )
        sheet = self._sheets[-1][0]
        self._row += end - start
        sheet.lines(xml, self._row - 1, len(HEADS) - 1)
        self._sheets[-1] = (sheet, self._row - 1)

    def _cells(self, key: str, column: Column, rows: range, places: list[int], part: slice) -> list[str]:
        at, style = PLACE[key], self._styles
        if isinstance(column, Plain):
            return [
                _text_cell(f"{at}{row}", 0, text) if text else ""
                for row, text in zip(rows, column.values[part], strict=True)
            ]
        if isinstance(column, Chosen):
            look = style.index(style.quiet) if key.endswith("_id") else 0
            tails = [*(_text_tail(look, word) for word in column.words), ""]
            codes = column.codes[part].tolist()
            return [
                f'<c r="{at}{row}{tails[code]}' if tails[code] else ""
                for row, code in zip(rows, codes, strict=True)
            ]
        if isinstance(column, Mark):
            tail = _text_tail(style.index(style.word), AT_MOST[self.words.language])
            return [
                f'<c r="{at}{row}{tail}' if on else "" for row, on in zip(rows, column.on[part].tolist(), strict=True)
            ]
        if isinstance(column, Whole):
            return [f'<c r="{at}{row}"><v>{v}</v></c>' for row, v in zip(rows, column.values[part].tolist(), strict=True)]
        if isinstance(column, Share):
            return self._margins(column, rows, part)
        return self._amounts(key, column, rows, places, part)

    def _amounts(self, key: str, column: Amount, rows: range, places: list[int], part: slice) -> list[str]:
        at, style = PLACE[key], self._styles
        looks = {p: style.index(style.money(p, key)) for p in set(places)}
        least = {p: style.index(style.money(p, "least")) for p in set(places)}
        unknown = _text_tail(style.index(style.word), NOT_KNOWN[self.words.language])
        formula = key == "left"
        cells = []
        for row, units, place, shown, missing, partly in zip(
            rows,
            column.units[part].tolist(),
            places,
            column.shown[part].tolist(),
            column.missing[part].tolist(),
            column.partly[part].tolist(),
            strict=True,
        ):
            if shown:
                live = f"<f>{left_formula(row, place)}</f>" if formula else ""
                look = least[place] if partly else looks[place]
                cells.append(f'<c r="{at}{row}" s="{look}">{live}<v>{units / 10**place!r}</v></c>')
            else:
                cells.append(f'<c r="{at}{row}{unknown}' if missing else "")
        return cells

    def _margins(self, column: Share, rows: range, part: slice) -> list[str]:
        at, look = PLACE["margin"], self._styles.index(self._styles.percent)
        return [
            f'<c r="{at}{row}" s="{look}"><f>{margin_formula(row)}</f><v>{share!r}</v></c>' if shown else ""
            for row, share, shown in zip(
                rows, column.exact[part].tolist(), column.shown[part].tolist(), strict=True
            )
        ]

    # ------------------------------------------------------------------ the other sheets
    def _finish(self, about: About) -> None:
        for sheet, last in self._sheets:
            sheet.autofilter(0, 0, max(last, 1), len(HEADS) - 1)
            sheet.print_area(0, 0, max(last, 1), [head.key for head in HEADS].index("second_left"))
            sheet.set_footer(f"&L{about.as_of.isoformat()}&C{escape(about.catalogue[:60])}&R&P / &N")
            for key in ("left", "margin", "second_left"):
                i = [head.key for head in HEADS].index(key)
                sheet.conditional_format(
                    1, i, max(last, 1), i, {"type": "cell", "criteria": "<", "value": 0, "format": self._styles.loss}
                )
        self._not_read()
        self._about(about)
        say = self.words.language
        self._book.set_properties(
            {
                "title": Text("Catalogue screened", "商品目录筛选")[say],
                "subject": about.catalogue,
                "comments": f"Lanewise, {about.as_of.isoformat()}",
            }
        )
        self._book.close()

    def _not_read(self) -> None:
        say, style = self.words.language, self._styles
        sheet, row = self._plain_sheet(NOT_READ[say], (9, 20, 110)), 0
        number = 1
        for i, head in enumerate(BAD_HEADS):
            sheet.write_string(0, i, head[say], style.heads["row"])
        if not self.spool.count:
            sheet.write_string(1, 0, Text("Every row was read.", "全部行均已读取。")[say])
        for line, field, why in self.spool:
            row += 1
            if row == self.most_rows:
                number += 1
                sheet, row = self._plain_sheet(f"{NOT_READ[say]} {number}", (9, 20, 110)), 1
                for i, head in enumerate(BAD_HEADS):
                    sheet.write_string(0, i, head[say], style.heads["row"])
            sheet.write_number(row, 0, line)
            sheet.write_string(row, 1, clean(field))
            sheet.write_string(row, 2, clean(why[say]), style.wrapped)
        if self.spool.count:
            sheet.autofilter(0, 0, row, 2)

    def _plain_sheet(self, name: str, widths: Sequence[float]) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for i, width in enumerate(widths):
            sheet.set_column(i, i, width)
        return sheet

    def _about(self, about: About) -> None:
        AboutSheet(self, about).write()

    def _drop(self) -> None:
        book = getattr(self, "_book", None)
        if book is not None and not book.fileclosed:
            # no report is made of it: only the files of its sheets are let go
            for sheet in book.worksheets():
                sheet._opt_close()
            book.fileclosed = 1


class AboutSheet:
    """The last sheet: rules, counts by platform and destination as live formulas, assumptions, and how to read it."""

    def __init__(self, report: Workbook, about: About) -> None:
        self.report, self.about = report, about
        self.style, self.say = report._styles, report.words.language
        self.sheet = report._book.add_worksheet(ABOUT[self.say])
        self.row = 0

    def write(self) -> None:
        sheet, style, about, tally = self.sheet, self.style, self.about, self.report.tally
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 2, 18)
        sheet.set_column(3, 3, 40)
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, Text("Catalogue screened", "商品目录筛选")[self.say], style.title)
        self.row = 1
        self._pair(Text("Catalogue", "商品目录"), clean(about.catalogue))
        self._pair(Text("Rules as of", "规则日期"), a_date(about.as_of, self.say))
        if about.oldest:
            day, source = about.oldest
            said = a_date(day, self.say) + (f"  ({source[self.say]})" if source[self.say] else "")
            self._pair(Text("Oldest source behind them", "所依据的最早来源"), said)
        for label, count in (
            (Text("Lanes held against each row", "每行比较的线路数"), about.lanes),
            (Text("Rows screened", "已筛选的行"), tally.screened),
            (Text("Rows with no way to sell found", "未找到销售线路的行"), tally.none),
            (Text("Rows not read", "未读取的行"), tally.bad),
        ):
            self._pair(label, count)
        words = self.report.words
        names = {key: text[self.say] for key, text in words.platforms.items()}
        self._counts(Text("Best platform", "最佳平台"), "platform_id", tally.best, tally.loss, names)
        names = {key: text[self.say] for key, text in words.markets.items()}
        self._counts(Text("Best destination", "最佳目的地"), "market_id", tally.markets, tally.market_loss, names)
        self._head(Text("Assumptions", "所用条件"))
        for label, value in about.assumed:
            self._pair(label, clean(value[self.say]))
        self._head(Text("How to read it", "阅读说明"))
        for note in about.notes:
            self._note(note[self.say])

    def _pair(self, label: Text, value: str | int) -> None:
        self.sheet.write_string(self.row, 0, clean(label[self.say]), self.style.label)
        if isinstance(value, int):
            self.sheet.write_number(self.row, 1, value, self.style.count)
        else:
            self.sheet.write_string(self.row, 1, value)
        self.row += 1

    def _head(self, *heads: Text) -> None:
        self.row += 1
        for i, head in enumerate(heads):
            self.sheet.write_string(self.row, i, head[self.say], self.style.heads["best" if i == 0 else "row"])
        self.row += 1

    def _note(self, text: str) -> None:
        # merged cells have no height of their own: what a line of this width takes
        lines = -(-_length(text) // 112)
        self.sheet.set_row(self.row, 14.0 * lines + 3)
        self.sheet.merge_range(self.row, 0, self.row, 3, text, self.style.wrapped)
        self.row += 1

    def _counts(self, head: Text, key: str, found: Any, losing: Any, names: dict[str, str]) -> None:
        self._head(head, Text("SKUs", "SKU 数"), Text("of them at a loss", "其中亏损"))
        for held, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])):
            self.sheet.write_string(self.row, 0, names.get(held, held))
            for column, value, formula in (
                (1, count, self._count_formula(key, held)),
                (2, losing[held], self._count_formula(key, held, loss=True)),
            ):
                self.sheet.write_formula(self.row, column, formula, self.style.count, value)
            self.row += 1

    def _count_formula(self, key: str, held: str, *, loss: bool = False) -> str:
        parts = []
        for sheet, last in self.report._sheets:
            name = f"'{sheet.get_name()}'!"
            ids = f"{name}${PLACE[key]}$2:${PLACE[key]}${last + 1}"
            left = f"{name}${PLACE['left']}$2:${PLACE['left']}${last + 1}"
            parts.append(f'COUNTIFS({ids},"{held}",{left},"<0")' if loss else f'COUNTIF({ids},"{held}")')
        return f"={'+'.join(parts)}"


class _Styles:
    """Formats of the book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._money: dict[tuple[int, str], Format] = {}
        self.heads = {
            group: book.add_format(
                {
                    "bold": True,
                    "bg_color": ground,
                    "font_color": "#FFFFFF" if group == "left" else INK,
                    "bottom": 1,
                    "bottom_color": HAIR,
                    "text_wrap": True,
                    "valign": "vcenter",
                }
            )
            for group, ground in GROUNDS.items()
        }
        self.quiet = book.add_format({"font_color": SECOND})
        self.word = book.add_format({"font_color": UNKNOWN, "italic": True, "align": "right"})
        self.percent = book.add_format({"num_format": "0.0%", "font_color": ACCENT})
        self.loss = book.add_format({"font_color": REFUSED})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": ACCENT})
        self.label = book.add_format({"font_color": SECOND})
        self.count = book.add_format({"num_format": "#,##0", "align": "left"})

    def money(self, places: int, use: str) -> Format:
        """An amount with a currency's places: what is left stands out, "least" says that it is only a part."""
        use = use if use in ("left", "least") else ""
        found = self._money.get((places, use))
        if found is None:
            figure = "#,##0" + ("." + "0" * places if places else "")
            look: dict[str, Any] = {"num_format": f'"≥ "{figure}' if use == "least" else figure}
            if use == "left":
                look |= {"bold": True, "font_color": ACCENT}
            if use == "least":
                look |= {"font_color": UNKNOWN}
            found = self._money[places, use] = self._book.add_format(look)
        return found

    def index(self, style: Format) -> int:
        return int(style._get_xf_index())


def _text_cell(at: str, style: int, text: str) -> str:
    return f'<c r="{at}{_text_tail(style, text)}'


def _text_tail(style: int, text: str) -> str:
    """A text cell after its place: text in the line, never a formula, a number or an address."""
    text = clean(text)
    if "_x" in text:
        # Excel reads _x0041_ as a letter
        text = text.replace("_x", "_x005F_x")
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    look = f' s="{style}"' if style else ""
    return f'"{look} t="inlineStr"><is><t{keep}>{escape(text, quote=False)}</t></is></c>'


def _length(text: str) -> int:
    """Characters as wide as they are shown: one of Chinese is two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
