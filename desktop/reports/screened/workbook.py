"""A workbook: the results with live formulas, the rows that were not read, and what stands behind it all.

XlsxWriter makes the book and the frame of each sheet; the rows of the results go into the packed file as whole lines of
XML as they come. Cell by cell a million rows take three minutes and five gigabytes of the disk beside the file. Every
formula carries the value that it comes to, so that programs that do not compute read the same as a spreadsheet.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from html import escape
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from desktop.core.packs import MINE
from desktop.core.text import Language, Text
from desktop.core.words import a_date
from desktop.reports.screened.about import About
from desktop.reports.screened.beside import BAD_HEADS
from desktop.reports.screened.cells import clean
from desktop.reports.screened.columns import (
    AT_MOST,
    COST_KEYS,
    HEADS,
    Amount,
    Batch,
    Chosen,
    Column,
    Mark,
    Plain,
    Share,
    Whole,
)
from desktop.reports.screened.report import Report

MOST_ROWS = 1_048_576
"""Rows of a sheet, the heads among them."""

SHEET = "xl/worksheets/sheet{}.xml"
PACKING = 4
"""How hard rows are packed: a tenth larger than the usual 6, and done in half the time."""

MOST_BYTES = 2**31 - 2**27
"""XML of a sheet. From 2 GiB on the packed file has sizes of 64 bits, and Excel wants to repair it."""
AT_ONCE = 2_000
"""Rows that are in memory as XML, fewer where their texts are long."""
LETTERS_AT_ONCE = 8_000_000

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

LOSS = {"font_color": REFUSED}
FIGURES = {"price", "pieces", *COST_KEYS, "at_most", "left", "margin", "second_at_most", "second_left"} | {
    "priced",
    "closed",
    "unknown",
}
LEFT_ALIGNED = ("row", "currency", "second_platform", "not_known")
"""Columns that stand beside figures and keep off them."""

RESULTS = Text("Results", "结果")
MINE_SHEET = Text("{name} ({mark})", "{name}（{mark}）")
MOST_OF_HEAD = 200
"""Letters of a page's head; a spreadsheet takes 255 with the signs that stand between them."""
NOT_READ = Text("Not read", "未读取")
ABOUT = Text("About", "说明")


def left_formula(row: int, places: int) -> str:
    """What is left of an order: what it sells for less the parts of its cost. Words in a cell count as nothing."""
    sold = f"{PLACE['price']}{row}*{PLACE['pieces']}{row}"
    return f"ROUND({sold}-SUM({FIRST_COST}{row}:{LAST_COST}{row}),{places})"


def margin_formula(row: int) -> str:
    return f"{PLACE['left']}{row}/({PLACE['price']}{row}*{PLACE['pieces']}{row})"


def frame(language: Language, number: int, last: int, marked: str = "") -> tuple[str, str]:
    """What stands before and after the rows of a sheet of results, as XlsxWriter writes it for such a sheet; `marked`
    is what must be said of the rules."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        set_up(book.add_worksheet(), language, last, book.add_format(LOSS), marked)
    with zipfile.ZipFile(memory) as parts:
        xml = parts.read(SHEET.format(1)).decode()
    before, after = xml.split("<sheetData/>")
    before = re.sub(r"<dimension [^>]*/>", "", before)
    # one sheet is in front
    return before if number == 1 else before.replace(' tabSelected="1"', ""), after


def page_head(marked: str) -> str:
    """What must be said of the rules, as the head of a printed page. The colour comes last: of all codes it alone has a
    length of its own, and a figure after it is none of its."""
    return f"&L&10&B&K{REFUSED[1:]}{marked[:MOST_OF_HEAD].replace('&', '&&')}"


def set_up(sheet: Any, language: Language, last: int, loss: Format, marked: str = "") -> None:
    """How a sheet of results looks on the screen and on paper, all but its rows."""
    keys = [head.key for head in HEADS]
    last = max(last, 1)
    sheet.freeze_panes(1, 2)
    sheet.hide_gridlines(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last, keys.index("margin"))
    sheet.set_footer("&L&8&A&R&8&P / &N")
    if marked:
        sheet.set_header(page_head(marked))
    sheet.autofilter(0, 0, last, len(HEADS) - 1)
    for i, head in enumerate(HEADS):
        sheet.set_column(i, i, max(head.width, length(head.says[language]) / 1.6))
    for key in ("left", "margin", "second_left"):
        rule = {"type": "cell", "criteria": "<", "value": 0, "format": loss}
        sheet.conditional_format(1, keys.index(key), last, keys.index(key), rule)


class Workbook(Report):
    """Results go on in a second sheet where one is full.

    The rows of a sheet are packed as they come, so that neither memory nor the disk holds more than the file itself.
    """

    most_rows, most_bytes = MOST_ROWS, MOST_BYTES

    def _begin(self) -> None:
        self._lasts: list[int] = []
        self._row = 0
        self._stream: IO[bytes] | None = None
        self._zip = zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKING)
        self._frame_path = self.folder / "frame.xlsx"
        self._book = xlsxwriter.Workbook(
            str(self._frame_path),
            {
                "constant_memory": True,
                "tmpdir": str(self.folder),
                "default_format_properties": {"font_name": "Arial", "font_size": 10, "font_color": INK},
            },
        )
        self._book.use_zip64()
        self._styles = _Styles(self._book)
        self._next_sheet()

    # ------------------------------------------------------------------ results
    def _next_sheet(self) -> None:
        if self._stream is not None:
            self._end_sheet()
        say = self.words.language
        number = len(self._lasts) + 1
        before, _ = frame(say, number, 1, self._marked)
        self._stream = self._zip.open(SHEET.format(number), "w")
        self._bytes = 0
        cells = "".join(
            _text_cell(f"{PLACE[head.key]}1", self._styles.head(head.key, head.group), head.says[say])
            for head in HEADS
        )
        self._put(f'{before}<sheetData><row r="1" ht="42" customHeight="1">{cells}</row>')
        self._row = 1

    def _end_sheet(self) -> None:
        assert self._stream is not None
        last = self._row - 1
        _, after = frame(self.words.language, len(self._lasts) + 1, last, self._marked)
        self._put(f"</sheetData>{after}")
        self._stream.close()
        self._stream = None
        self._lasts.append(last)

    def _put(self, xml: str) -> None:
        assert self._stream is not None
        self._bytes += self._stream.write(xml.encode())

    def _write(self, batch: Batch) -> None:
        done = 0
        longest = max(len(text) for key in ("sku", "name") for text in batch.columns[key].values)
        at_once = max(1, min(AT_ONCE, LETTERS_AT_ONCE // (1 + longest)))
        while done < batch.n:
            if self._row == self.most_rows or self._bytes >= self.most_bytes:
                self._next_sheet()
            upto = min(batch.n, done + self.most_rows - self._row, done + at_once)
            self._lines(batch, done, upto)
            done = upto

    def _lines(self, batch: Batch, start: int, end: int) -> None:
        rows = range(self._row + 1, self._row + 1 + end - start)
        places = batch.places[start:end].tolist()
        cells = [
            self._cells(key, column, rows, places, slice(start, end)) for key, column in batch.columns.items()
        ]
        xml = "".join(
            [
                f'<row r="{row}">{"".join(line)}</row>'
                for row, line in zip(rows, zip(*cells, strict=True), strict=True)
            ]
        )
        self._row += end - start
        self._put(xml)

    def _cells(self, key: str, column: Column, rows: range, places: list[int], part: slice) -> list[str]:
        at, style = PLACE[key], self._styles
        if isinstance(column, Plain):
            return [
                _text_cell(f"{at}{row}", 0, text) if text else ""
                for row, text in zip(rows, column.values[part], strict=True)
            ]
        if isinstance(column, Chosen):
            look = style.text(key)
            tails = [*(_text_tail(look, word) for word in column.words), ""]
            codes = column.codes[part].tolist()
            return [
                f'<c r="{at}{row}{tails[code]}' if tails[code] else ""
                for row, code in zip(rows, codes, strict=True)
            ]
        if isinstance(column, Mark):
            tail = _text_tail(style.index(style.word), AT_MOST[self.words.language])
            return [
                f'<c r="{at}{row}{tail}' if on else ""
                for row, on in zip(rows, column.on[part].tolist(), strict=True)
            ]
        if isinstance(column, Whole):
            look = f' s="{style.index(style.number)}"' if key == "row" else ""
            return [
                f'<c r="{at}{row}"{look}><v>{v}</v></c>'
                for row, v in zip(rows, column.values[part].tolist(), strict=True)
            ]
        if isinstance(column, Share):
            return self._margins(column, rows, part)
        return self._amounts(key, column, rows, places, part)

    def _amounts(self, key: str, column: Amount, rows: range, places: list[int], part: slice) -> list[str]:
        at, style = PLACE[key], self._styles
        looks = {p: style.index(style.money(p, key)) for p in set(places)}
        least = {p: style.index(style.money(p, "least")) for p in set(places)}
        unknown = _text_tail(style.index(style.word), column.word[self.words.language])
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
        self._end_sheet()
        say = self.words.language
        for number, last in enumerate(self._lasts, 1):
            # rows and look stand in the file already: here the book learns of the sheet, its filter and its print area
            set_up(self._book.add_worksheet(self._name(number)), say, last, self._styles.loss, self._marked)
        self._not_read()
        AboutSheet(self, about).write()
        self._book.set_properties(
            {
                "title": Text("Catalogue screened", "商品目录筛选")[say],
                "subject": about.catalogue,
                "comments": f"Lanewise, {about.as_of.isoformat()}",
            }
        )
        self._book.close()
        ours = {SHEET.format(number + 1) for number in range(len(self._lasts))}
        with zipfile.ZipFile(self._frame_path) as parts:
            for part in parts.infolist():
                if part.filename not in ours:
                    with (
                        parts.open(part) as source,
                        self._zip.open(part.filename, "w") as copy,
                    ):
                        shutil.copyfileobj(source, copy)
        self._zip.close()

    @property
    def _marked(self) -> str:
        """What must be said of the rules, at the head of each printed page."""
        return clean(self.words.used.marked[self.words.language])

    def _name(self, number: int) -> str:
        say = self.words.language
        name = RESULTS[say] if number == 1 else f"{RESULTS[say]} {number}"
        # the tab is seen whatever is scrolled to
        mine = self.words.used.pack.trust == "mine"
        return MINE_SHEET.format(name=name, mark=MINE)[say] if mine else name

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

    def _drop(self) -> None:
        with suppress(OSError, ValueError):
            if self._stream is not None:
                self._stream.close()
            self._zip.close()
        if not self._book.fileclosed:
            # no book is made of it: its sheets let go of their files
            for sheet in self._book.worksheets():
                sheet._opt_close()
            self._book.fileclosed = 1


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
        used = self.report.words.used
        self._pair(Text("Rules", "规则"), clean(used.dated[self.say]))
        for caution in used.cautions:
            self.sheet.write_string(self.row, 1, caution[self.say], style.warning)
            self.row += 1
        if about.oldest:
            day, source = about.oldest
            self._pair(Text("Oldest source behind them", "所依据的最早来源"), a_date(day, self.say))
            if source[self.say]:
                self._wide(source[self.say], 1, 84)
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
        self._counts(
            Text("Best destination", "最佳目的地"), "market_id", tally.markets, tally.market_loss, names
        )
        self._head(Text("Assumptions", "所用条件"))
        for label, value in about.assumed:
            self._pair(label, clean(value[self.say]))
        self._head(Text("How to read it", "阅读说明"))
        for note in about.notes:
            self._wide(note[self.say])

    def _pair(self, label: Text, value: str | int) -> None:
        self.sheet.write_string(self.row, 0, clean(label[self.say]), self.style.label)
        if isinstance(value, int):
            self.sheet.write_number(self.row, 1, value, self.style.count)
        else:
            self.sheet.write_string(self.row, 1, value)
        self.row += 1

    def _head(self, *heads: Text) -> None:
        self.row += 1
        for i in range(4):
            said = heads[i][self.say] if i < len(heads) else ""
            self.sheet.write_string(self.row, i, said, self.style.heads["best" if i == 0 else "row"])
        self.row += 1

    def _wide(self, text: str, start: int = 0, letters: int = 130) -> None:
        """A sentence over several columns. Merged cells have no height of their own: what lines of this length take."""
        lines = -(-length(text) // letters)
        self.sheet.set_row(self.row, 14.0 * lines + 3)
        self.sheet.merge_range(self.row, start, self.row, 3, clean(text), self.style.wrapped)
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
        for number, last in enumerate(self.report._lasts, 1):
            name = f"'{self.report._name(number)}'!"
            ids = f"{name}${PLACE[key]}$2:${PLACE[key]}${last + 1}"
            left = f"{name}${PLACE['left']}$2:${PLACE['left']}${last + 1}"
            parts.append(f'COUNTIFS({ids},"{held}",{left},"<0")' if loss else f'COUNTIF({ids},"{held}")')
        return f"={'+'.join(parts)}"


class _Styles:
    """Formats of the book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._money: dict[tuple[int, str], Format] = {}
        self.heads = {group: book.add_format(_head_look(group)) for group in GROUNDS}
        self._figure_heads = {
            group: book.add_format({**_head_look(group), "align": "right"}) for group in GROUNDS
        }
        self.quiet = book.add_format({"font_color": SECOND})
        self.word = book.add_format({"font_color": UNKNOWN, "italic": True, "align": "right"})
        self.percent = book.add_format({"num_format": "0.0%", "font_color": ACCENT})
        self.loss = book.add_format(LOSS)
        self.off = book.add_format({"align": "left", "indent": 1})
        self.number = book.add_format({"align": "left", "font_color": SECOND})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": ACCENT})
        self.label = book.add_format({"font_color": SECOND})
        self.warning = book.add_format({"font_color": REFUSED, "bold": True})
        self.count = book.add_format({"num_format": "#,##0", "align": "left"})

    def head(self, key: str, group: str) -> int:
        """The head of a column: over figures it stands at the right."""
        figures = key in FIGURES
        return self.index((self._figure_heads if figures else self.heads)[group])

    def text(self, key: str) -> int:
        """The look of a column of words."""
        if key.endswith("_id"):
            return self.index(self.quiet)
        return self.index(self.off) if key in LEFT_ALIGNED else 0

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


def _head_look(group: str) -> dict[str, Any]:
    return {
        "bold": True,
        "bg_color": GROUNDS[group],
        "font_color": "#FFFFFF" if group == "left" else INK,
        "bottom": 1,
        "bottom_color": HAIR,
        "text_wrap": True,
        "valign": "vcenter",
    }


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


def length(text: str) -> int:
    """Characters as wide as they are shown: one of Chinese is two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
