"""The table of recent files on the start page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.core.text import Language
from desktop.viewmodels.start import Recent, where_to
from desktop.viewmodels.wording import a_date
from desktop.views.widgets.table import Cell, Column, DataTable, Row

if TYPE_CHECKING:
    from desktop.core.casebook import CaseRow
    from desktop.viewmodels.casebook.words import Line

translate = QCoreApplication.translate

LEAST_NAME, LEAST_CLIENT, LEAST_PRODUCT = 120, 100, 80
"""So much of their column names keep, at the design size of the text."""
SHORT_NAME = 60
"""And so much the other names where even that is too much."""


class RecentTable(DataTable):
    """One row a file. A file that is gone or cannot be read stays in the list, in grey, and says so."""

    def __init__(self) -> None:
        super().__init__(row_height=44)

    def show_recent(self, files: Sequence[Recent], language: Language, today: date, compact: bool) -> None:
        """The files as given, newest first; where there is little room without their markets, and each column as
        narrow as it may be."""
        columns = [
            Column("name", translate("StartPage", "Case"), stretch=True, least=LEAST_NAME, short=LEAST_NAME),
            Column(
                "product", translate("StartPage", "Product"), width=88 if compact else 160, short=SHORT_NAME
            ),
            Column("price", translate("StartPage", "Price"), numeric=True, width=0 if compact else 120),
            Column("edited", translate("StartPage", "Edited"), numeric=True, width=0 if compact else 110),
        ]
        if not compact:
            columns.insert(2, Column("markets", translate("StartPage", "Markets"), width=260))
        self.set_name(translate("StartPage", "Recent cases"))
        self.clearSpans()
        self.set_table(columns, [_row(item, language, today, compact) for item in files])
        for at, item in enumerate(files):
            if item.missing or item.problem:
                # what is wrong with it has the room of what cannot be said
                self.setSpan(at, 0, 1, len(columns) - 1)

    def show_cases(
        self,
        cases: Sequence[tuple[CaseRow, Line]],
        language: Language,
        today: date,
        compact: bool,
        reserved: bool = False,
    ) -> None:
        """Cases of the casebook, the last edited first. Amounts of one currency have it in their head. `reserved`:
        without what is left of each."""
        currencies = {line.currency for _row, line in cases if line.currency}
        currency = currencies.pop() if len(currencies) == 1 else ""
        net = translate("StartPage", "Net") + (f", {currency}" if currency else "")
        columns = [
            Column(
                "client",
                translate("StartPage", "Client"),
                stretch=True,
                least=LEAST_CLIENT,
                short=LEAST_CLIENT,
            ),
            Column(
                "product",
                translate("StartPage", "Product"),
                stretch=True,
                least=LEAST_PRODUCT,
                short=SHORT_NAME,
            ),
            Column("market", translate("StartPage", "Market"), width=110),
            Column("first", translate("StartPage", "First"), width=88 if compact else 130, short=SHORT_NAME),
            Column("net", net, numeric=True, width=0 if compact else 110),
            Column("step", translate("StartPage", "Last step"), width=110),
            Column(
                "edited",
                translate("StartPage", "Edited"),
                numeric=True,
                width=0 if compact else 100,
                spare=True,
            ),
        ]
        if compact:
            columns = [column for column in columns if column.key not in ("market", "step")]
        if reserved:
            columns = [column for column in columns if column.key != "net"]
        self.set_name(translate("StartPage", "Recent cases"))
        self.clearSpans()
        self.set_table(
            columns, [_case_row(row, line, columns, today, language, not currency) for row, line in cases]
        )


def _case_row(
    row: CaseRow, line: Line, columns: Sequence[Column], today: date, language: Language, with_currency: bool
) -> Row:
    when = _edited(datetime.fromisoformat(row.updated).replace(tzinfo=None), today, language)
    parts = ("≤" if line.gap else "", line.net, line.currency if with_currency else "")
    net = " ".join(part for part in parts if part) if line.net else ""
    cells = {
        "client": Cell(
            line.client,
            strong=not line.unnamed,
            tone="text2" if line.unnamed else "text",
            tip=f"{translate('StartPage', 'Edited')} {when}",
        ),
        "product": Cell(line.product, tip=line.product),
        "market": Cell(line.market, tone="text2", tip=line.markets),
        "first": Cell(
            line.first,
            line.mark,
            "unk" if line.gap == "cannot" else "text",
            tip=line.first_tip,
            icon="shield" if line.mark else "",
            icon_tone="warn",
        ),
        "net": Cell(net, strong=True),
        "step": Cell(line.step, tone="text2"),
        "edited": Cell(when, tone="text2"),
    }
    return Row(f"case:{row.number}", tuple(cells[column.key] for column in columns))


def _row(item: Recent, language: Language, today: date, compact: bool) -> Row:
    name = item.card.name[language] or item.path.stem
    tip = str(item.path)
    edited = _edited(item.edited, today, language)
    if item.missing or item.problem:
        gone, unread = (
            translate("StartPage", "The file is no longer there"),
            translate("StartPage", "Cannot be read"),
        )
        cells = [
            Cell(name, gone if item.missing else unread, tone="text3", tip=tip, middle=True),
            Cell(),
            Cell(),
            Cell(edited),
        ]
    else:
        price = f"{item.card.price} {item.card.currency}".strip()
        cells = [
            Cell(name, strong=True, tip=tip, middle=True), Cell(item.card.product[language]), Cell(price),
            Cell(edited, tone="text2"),
        ]  # fmt: skip
    if not compact:
        cells.insert(2, Cell(where_to(item.card, language), tone="text2"))
    return Row(str(item.path), tuple(cells))


def _edited(when: datetime | None, today: date, language: Language) -> str:
    if when is None:
        return ""
    return f"{when:%H:%M}" if when.date() == today else a_date(when.date(), language)
