"""What the rules cover, as grids of cells and lists of weak facts, in words. Rows are worked out one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.facts import RuleBook
from desktop.core.text import Language, Text, joined, text_of
from desktop.engine import border, coverage, fees, freight, import_tax
from desktop.engine.coverage import Cell, WeakFact
from desktop.viewmodels.wording import CONFIDENCE, a_date

translate = QCoreApplication.translate

GRIDS = ("platforms", "destinations", "services", "modes")
LISTS = ("weak", "due")


class GridRow(Struct, frozen=True):
    """One row of a grid; each cell is worked out once, when it is first asked for."""

    key: str
    name: Text
    asks: tuple[Callable[[], Cell], ...]

    def cells(self) -> tuple[Cell, ...]:
        return tuple(ask() for ask in self.asks)


class Grid(Struct, frozen=True):
    """A grid: the heads of its columns and its rows, in no language yet."""

    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]


class ListRow(Struct, frozen=True):
    """One fact on a weak or overdue source."""

    key: str
    says: str
    source: str
    day: str
    review: str


def grid(kind: str, book: RuleBook, today: date) -> Grid:
    """The grid of a kind, ready to be filled cell by cell."""
    if kind == "services":
        return _services(book, today)
    years = coverage.years(today)
    days = [coverage.day_of(year, today) for year in years]
    makers = {"platforms": _platform_rows, "destinations": _destination_rows, "modes": _mode_rows}
    rows = tuple(
        GridRow(key, name, tuple(cache(partial(ask, on)) for on in days))
        for key, name, ask in makers[kind](book, today)
    )
    return Grid(tuple(str(year) for year in years), rows)


Asked = tuple[str, Text, Callable[[date], Cell]]


def _platform_rows(book: RuleBook, today: date) -> Iterator[Asked]:
    view = book.at(today)
    for platform, site in coverage.platform_rows(book):
        name = fees.platform_name(view, platform)
        yield (
            f"{platform}/{site}",
            name if site == "all" else joined((name, border.name(view, site)), " ", " "),
            lambda on, platform=platform, site=site: coverage.platform_cell(book, platform, site, on),  # type: ignore[misc]
        )


def _destination_rows(book: RuleBook, today: date) -> Iterator[Asked]:
    view = book.at(today)
    for to in book.rules["border"]["destinations"]:
        yield to, border.name(view, to), lambda on, to=to: coverage.destination_cell(book, to, on)  # type: ignore[misc]


def _mode_rows(book: RuleBook, today: date) -> Iterator[Asked]:
    view = book.at(today)
    for mode in import_tax.modes(view):
        name = text_of(view.rules("import_modes")["modes"][mode]["name"])
        yield mode, name, lambda on, mode=mode: coverage.mode_cell(book, mode, on)  # type: ignore[misc]


def _services(book: RuleBook, today: date) -> Grid:
    """Services by destination on the day; the destinations that some price list names."""
    view = book.at(today)
    countries = tuple(book.rules["markets"]["countries"])
    rows = tuple(
        GridRow(
            service,
            text_of(view.rules("freight")["services"][service]),
            tuple(cache(partial(coverage.service_cell, view, service, to)) for to in countries),
        )
        for service in freight.service_ids(view)
    )
    return Grid(countries, rows)


def facts(kind: str, book: RuleBook, today: date, language: Language) -> tuple[ListRow, ...]:
    """Facts on weak sources, or those whose review is due."""
    found = coverage.weak_facts(book, today) if kind == "weak" else coverage.due_facts(book, today)
    return tuple(_list_row(item, language) for item in found)


def _list_row(item: WeakFact, language: Language) -> ListRow:
    review = item.source.review_by
    return ListRow(
        item.fact.id,
        item.fact.says[language],
        ", ".join(part for part in (item.source.publisher, item.source.title) if part),
        a_date(item.source.day, language),
        a_date(review, language) if review else "–",
    )


def cell_text(cell: Cell, language: Language) -> str:
    """A cell in words, for the read-out, the table twin and the screen reader."""
    if cell.level == "closed":
        return translate("CoveragePage", "not offered")
    if cell.level == "none":
        return translate("CoveragePage", "nothing known")
    known = translate("CoveragePage", "{known} of {of} answers known").format(known=cell.known, of=cell.of)
    parts = [known if cell.of > 1 else translate("CoveragePage", "price list known")]
    if cell.confidence:
        level = CONFIDENCE[cell.confidence][language]  # type: ignore[index]
        parts.append(translate("CoveragePage", "weakest source: confidence {level}").format(level=level))
    if cell.oldest:
        parts.append(
            translate("CoveragePage", "oldest source {day}").format(day=a_date(cell.oldest, language))
        )
    if cell.review_by:
        parts.append(
            translate("CoveragePage", "review by {day}").format(day=a_date(cell.review_by, language))
        )
    return ("，" if language == "zh" else ", ").join(parts)


def totals(rows: tuple[GridRow, ...]) -> tuple[int, int]:
    """Cells with a whole or partial answer, of those that could have one."""
    cells = [cell for row in rows for cell in row.cells() if cell.level != "closed"]
    return sum(cell.level != "none" for cell in cells), len(cells)


def kind_name(kind: str) -> Text:
    return {
        "platforms": Text("Platforms by year", "平台 × 年份"),
        "destinations": Text("Destinations by year", "目的地 × 年份"),
        "services": Text("Services by destination", "物流 × 目的地"),
        "modes": Text("Import modes by year", "进口模式 × 年份"),
    }[kind]
