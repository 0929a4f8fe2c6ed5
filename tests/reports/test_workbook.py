"""The advice as a workbook: its formulas give the program's cents at other prices, and never a wrong one in silence."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import ironcalc
import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook
from workbook_cases import Changed, again, changed

from desktop.core.case import Case, case_of
from desktop.core.facts import RuleBook
from desktop.core.money import major
from desktop.core.questions import Questions, questions_of
from desktop.engine.lanes import Pricer
from desktop.reports.workbook import advice_workbook
from desktop.reports.workbook.book import workbook_bytes
from desktop.reports.workbook.formula import Call, Cell, Env, Expr, Passed, Picked, Words, if_, of, rounded
from desktop.reports.workbook.report import AdviceReport, report_of

DRESS: Mapping[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90", "price_currency": "USD",
    "unit_cost": "38.00", "cost_currency": "CNY", "weight_g": 250, "dims_cm": "25x20x3", "monthly_orders": 400,
    "destinations": ["GB", "DE"],
}  # fmt: skip
DAY = "2026-11-25"


@pytest.fixture
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def case(questions: Questions, day: str = DAY, **answers: Any) -> Case:
    said = {name: value for name, value in {**DRESS, **answers}.items() if value is not None}
    return case_of({"format": 1, "as_of": day, "answers": said}, questions)


def report(book: RuleBook, questions: Questions, language: Any = "en", **answers: Any) -> AdviceReport:
    told = case(questions, **answers)
    assert told.as_of is not None
    return report_of(told, book.at(told.as_of, told.overrides), questions, language)


class Sheets:
    """A workbook in a spreadsheet engine that recalculates it."""

    def __init__(self, content: bytes, folder: Path) -> None:
        path = folder / "book.xlsx"
        path.write_bytes(content)
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        self.numbers = {sheet["name"]: k for k, sheet in enumerate(self.model.get_worksheets_properties())}

    def type(self, cells: Any) -> None:
        for cell, value in cells:
            self.model.update_cell_with_number(*self._at(cell), float(value))
        self.model.evaluate()

    def value(self, cell: Cell) -> Any:
        return self.model.get_cell_value(*self._at(cell))

    def _at(self, cell: Cell) -> tuple[int, int, int]:
        _, letter, row = cell.at.split("$")
        return self.numbers[cell.sheet], int(row), ord(letter) - ord("A") + 1


def check(each: Changed, sheets: Sheets, questions: Questions) -> tuple[int, int]:
    """How many margins were held against the program, and how many say that they are outside their range."""
    compared = outside = 0
    said = each.report.inputs.outside.value(Env())
    for told in each.told(questions):
        net, status = sheets.value(told.lane.net), sheets.value(told.lane.status)
        if net == said:
            outside += 1
            continue
        compared += 1
        assert isinstance(net, float | int), (told.lane.name, net)
        assert told.net is not None
        assert rounded(Fraction(net), 6) == told.net, (told.lane.name, each.typed)
        assert (not status) == told.complete
    return compared, outside


@pytest.mark.parametrize("seed", range(50))
def test_another_price_gives_the_programs_cents(
    seed: int, book: RuleBook, questions: Questions, tmp_path: Path
) -> None:
    each = changed(seed, book, questions)
    sheets = Sheets(workbook_bytes(each.report), tmp_path)
    compared = 0
    for k in range(4):
        each = again(1000 * seed + k, each.report, questions)
        sheets.type(each.cells())
        compared += check(each, sheets, questions)[0]
    assert compared or not each.report.lanes or each.case.text("weight_g") is None


@pytest.mark.parametrize("seed", range(100, 110))
def test_so_do_weight_cost_pieces_and_orders(
    seed: int, book: RuleBook, questions: Questions, tmp_path: Path
) -> None:
    names = ("list_price", "weight_g", "unit_cost", "pieces_per_order", "monthly_orders")
    each = changed(seed, book, questions, "zh", names)
    sheets = Sheets(workbook_bytes(each.report), tmp_path)
    sheets.type(each.cells())
    compared, outside = check(each, sheets, questions)
    assert compared + outside == len(each.report.lanes)


def test_every_cent_from_one_to_the_next_dollar(book: RuleBook, questions: Questions, tmp_path: Path) -> None:
    """Ties of half a cent, and the ends of bands at 10, 15 and 20, are among them."""
    made = report(book, questions)
    sheets = Sheets(workbook_bytes(made), tmp_path)
    total = 0
    for cents in [*range(985, 1015), *range(1485, 1515), *range(1985, 2015), *range(100, 6000, 97)]:
        price = f"{cents / 100:.2f}"
        each = Changed(made, case(questions, list_price=price), {"list_price": price})
        sheets.type(each.cells())
        total += check(each, sheets, questions)[0]
    assert total == 8 * 151


def test_another_rate_counts_like_a_typed_one(book: RuleBook, questions: Questions, tmp_path: Path) -> None:
    made = report(book, questions)
    sheets = Sheets(workbook_bytes(made), tmp_path)
    row = next(row for row in made.inputs.exchange if row.reading and row.reading.id.endswith("GBP"))
    assert row.reading is not None
    sheets.type([(row.cell, "9.1234")])
    told = replace(case(questions), overrides=MappingProxyType({row.reading.id: "9.1234"}))
    pricer = Pricer(told, book.at(date(2026, 11, 25), told.overrides), questions)
    for lane in made.lanes:
        quote = pricer.quote(lane.platform, lane.writer.marketplace, lane.market, lane.writer.service)
        assert quote is not None
        assert rounded(Fraction(sheets.value(lane.net)), 6) == Fraction(major(quote.net, quote.currency))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_stands_there_before_anything_is_recalculated(
    language: Any, book: RuleBook, questions: Questions
) -> None:
    made = report(book, questions, language)
    held = CalamineWorkbook.from_filelike(BytesIO(workbook_bytes(made)))
    assert len(made.lanes) == 8
    for lane in made.lanes:
        rows = held.get_sheet_by_name(lane.name).to_python(skip_empty_area=False)
        at = int(lane.net.at.split("$")[2]) - 1
        assert Fraction(str(rows[at][4])) == Fraction(lane.quote.net, 100)
        assert (rows[at][3] == "") == lane.quote.complete
        for line in lane.quote.lines:
            written = lane.writer.lines[line.id]
            shown = rows[int(written.quoted.at.split("$")[2]) - 1][4]
            unknown = {"en": "not known", "zh": "未知"}[language]
            expected = unknown if line.amount is None else Fraction(line.amount, 100)
            assert (shown if isinstance(shown, str) else Fraction(str(shown))) == expected, line.id


def test_what_is_not_known_says_why(book: RuleBook, questions: Questions) -> None:
    made = report(book, questions)
    held = CalamineWorkbook.from_filelike(BytesIO(workbook_bytes(made)))
    lane = made.lane("GB", "ebay")
    assert lane is not None
    missing = [line for line in lane.quote.lines if line.unknown is not None]
    assert missing
    for rows in (
        held.get_sheet_by_name(lane.name).to_python(),
        held.get_sheet_by_name("Not known").to_python(),
    ):
        for line in missing:
            assert line.unknown is not None
            assert any(line.unknown.why.en in row for row in rows)


def test_the_sheets_are_there_in_both_languages(book: RuleBook, questions: Questions) -> None:
    for language, names in (
        ("en", ("Summary", "Inputs", "Options", "Not known", "Sources")),
        ("zh", ("摘要", "输入", "方案", "未知项", "来源")),
    ):
        told = case(questions)
        assert told.as_of is not None
        content = advice_workbook(told, book.at(told.as_of), questions, language)  # type: ignore[arg-type]
        found = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
        assert found[:2] == list(names[:2])
        assert found[-3:] == list(names[2:])
        assert len(found) == 5 + 8


def test_a_name_that_begins_like_a_formula_is_text(book: RuleBook, questions: Questions) -> None:
    told = replace(case(questions), name='=HYPERLINK("http://x","y")')
    made = report_of(told, book.at(date(2026, 11, 25)), questions, "en")
    content = workbook_bytes(made)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert not any("HYPERLINK" in sheet for sheet in sheets)
    summary = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Summary").to_python()
    assert any('=HYPERLINK("http://x","y")' in row for row in summary)


def test_a_parcel_too_heavy_for_the_service_gets_no_number(
    book: RuleBook, questions: Questions, tmp_path: Path
) -> None:
    made = report(book, questions)
    sheets = Sheets(workbook_bytes(made), tmp_path)
    sheets.type([(made.inputs.typed["weight_g"], "90000")])
    assert {sheets.value(lane.net) for lane in made.lanes} == {"outside the range: ask the program"}
    sheets.type([(made.inputs.typed["weight_g"], "250")])
    assert all(isinstance(sheets.value(lane.net), float | int) for lane in made.lanes)


@pytest.mark.parametrize(
    ("name", "value"),
    [("list_price", "0"), ("list_price", "-3"), ("list_price", "10000001"), ("pieces", "1.5"), ("pieces", "0"),
     ("weight_g", "250.5"), ("weight_g", "-1"), ("unit_cost", "-0.01"), ("monthly_orders", "0.5")],
)  # fmt: skip
def test_an_input_that_the_program_does_not_take_gets_no_number(
    name: str, value: str, book: RuleBook, questions: Questions, tmp_path: Path
) -> None:
    made = report(book, questions)
    sheets = Sheets(workbook_bytes(made), tmp_path)
    sheets.type([(made.inputs.typed[name], value)])
    assert {sheets.value(lane.net) for lane in made.lanes} == {"outside the range: ask the program"}


def test_a_cost_that_is_not_given_is_not_known_until_it_is_typed(
    book: RuleBook, questions: Questions, tmp_path: Path
) -> None:
    made = report(book, questions, unit_cost=None)
    sheets = Sheets(workbook_bytes(made), tmp_path)
    assert all(sheets.value(lane.status) == "at most" for lane in made.lanes)
    sheets.type([(made.inputs.typed["unit_cost"], "38")])
    whole = Changed(made, case(questions), {"unit_cost": "38.00"})
    assert check(whole, sheets, questions)[0] == 8


def test_an_importer_gets_a_workbook_without_quotes(book: RuleBook, questions: Questions) -> None:
    told = case_of(
        {
            "format": 1,
            "as_of": DAY,
            "answers": {"direction": "import", "category": "milk-powder", "list_price": "380"},
        },
        questions,
    )
    content = advice_workbook(told, book.at(date(2026, 11, 25)), questions, "zh")
    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names == [
        "摘要",
        "输入",
        "方案",
        "未知项",
        "来源",
    ]


def test_brackets_are_kept_where_they_are_needed() -> None:
    a, b, c = (
        Cell(Fraction(value), sheet="S", at=at) for value, at in ((7, "$A$1"), (3, "$B$1"), (2, "$C$1"))
    )
    for made, text, value in (
        (a - (b - c), "$A$1-($B$1-$C$1)", 6),
        (a - b - c, "$A$1-$B$1-$C$1", 2),
        ((a + b) * c, "($A$1+$B$1)*$C$1", 20),
        (a / (b * c), "$A$1/($B$1*$C$1)", Fraction(7, 6)),
        (a * b / c, "$A$1*$B$1/$C$1", Fraction(21, 2)),
        (if_(a <= b, Words('say "no"'), c), 'IF($A$1<=$B$1,"say ""no""",$C$1)', 2),
    ):
        assert made.text("S") == text
        assert made.value(Env()) == value
    assert (a + b).text("T") == "'S'!$A$1+'S'!$B$1"


def test_a_row_is_picked_by_the_ends_that_were_passed() -> None:
    ends = tuple(Cell(Fraction(value), sheet="S", at=f"$A${k + 1}") for k, value in enumerate((100, 500)))
    prices = tuple(Cell(Fraction(value), sheet="S", at=f"$B${k + 1}") for k, value in enumerate((1, 2, 3)))
    for grams, price in ((1, 1), (100, 1), (101, 2), (500, 2), (501, 3)):
        found: Expr = Picked(prices, Passed(ends, of(grams)))
        assert found.value(Env()) == price
        assert found.text("S") == f"INDEX($B$1:$B$3,SUMPRODUCT(--($A$1:$A$2<{grams}))+1)"


def test_half_a_cent_goes_away_from_zero() -> None:
    assert rounded(Fraction("2.345"), 2) == Fraction("2.35")
    assert rounded(Fraction("-2.345"), 2) == Fraction("-2.35")
    assert Call("ROUND", (of(Fraction("0.125")), of(2))).value(Env()) == Fraction("0.13")
