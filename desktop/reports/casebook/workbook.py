"""The list as a workbook: texts as texts, days as days, amounts with the decimals of their currency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from desktop.core.casebook import CaseRow
from desktop.core.text import Language, Text
from desktop.reports.casebook.columns import Column
from desktop.reports.screened.cells import clean
from desktop.reports.screened.workbook import GROUNDS, INK, REFUSED, SECOND

SHEET = Text("Casebook", "案例簿")
HEAD_ROW = 2


def write(
    path: Path, rows: Sequence[CaseRow], columns: Sequence[Column], language: Language, title: str
) -> None:
    """A title, the heads, and a line a case."""
    font = {"font_name": "Arial", "font_size": 10, "font_color": INK}
    options = {
        "default_format_properties": font,
        # what was typed of a client is text, whatever it looks like
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(SHEET[language])
        text = book.add_format({"valign": "top", "text_wrap": True})
        day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
        time = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"})
        amounts = {
            places: book.add_format(
                {"valign": "top", "num_format": f"#,##0{'.' if places else ''}{'0' * places}"}
            )
            for places in range(4)
        }
        head = book.add_format({"bold": True, "bg_color": GROUNDS["row"], "bottom": 1, "valign": "vcenter",
                                "text_wrap": True})  # fmt: skip
        sheet.write_string(0, 0, clean(title), book.add_format({"bold": True, "font_size": 14}))
        for i, column in enumerate(columns):
            sheet.set_column(i, i, column.width)
            sheet.write_string(HEAD_ROW, i, column.head[language], head)
        for n, row in enumerate(rows, HEAD_ROW + 1):
            for i, column in enumerate(columns):
                value = column.value(row)
                if isinstance(value, datetime):
                    sheet.write_datetime(n, i, value, time)
                elif isinstance(value, date):
                    sheet.write_datetime(n, i, datetime(value.year, value.month, value.day), day)
                elif isinstance(value, Decimal):
                    places = -int(value.as_tuple().exponent)
                    sheet.write_number(n, i, float(value), amounts[places])
                elif value:
                    sheet.write_string(n, i, clean(value), text)
        last = HEAD_ROW + max(len(rows), 1)
        sheet.autofilter(HEAD_ROW, 0, last, len(columns) - 1)
        sheet.freeze_panes(HEAD_ROW + 1, 3)
        sheet.set_row(HEAD_ROW, 24)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_footer("&R&8&P / &N")
        loss = {
            "type": "cell",
            "criteria": "<",
            "value": 0,
            "format": book.add_format({"font_color": REFUSED}),
        }
        left = next(i for i, column in enumerate(columns) if column.head.en == "Left")
        sheet.conditional_format(HEAD_ROW + 1, left, last, left, loss)
        if not rows:
            sheet.write_string(HEAD_ROW + 1, 0, "—", book.add_format({"font_color": SECOND}))
