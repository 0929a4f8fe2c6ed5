"""What screening found as CSV, Parquet and a workbook: the very amounts, nothing that runs, whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from fastparquet import ParquetFile
from python_calamine import CalamineWorkbook
from screened_batches import CLOSED, LANES, OPEN, found, ints, random_found, skus

from desktop.core.case import Case
from desktop.core.errors import StoreError
from desktop.core.facts import View
from desktop.core.money import decimals, major
from desktop.core.questions import questions_of
from desktop.core.text import Text
from desktop.engine.catalogue import NOT_GIVEN, PARTS, BadRow, Coded, Screened
from desktop.reports.screened import About, about_of, check_target, create, words_of
from desktop.reports.screened.cells import MOST_CHARACTERS, clean, decimal_text, for_csv
from desktop.reports.screened.columns import HEADS, tenths_of
from desktop.reports.screened.workbook import Workbook

ABOUT = About("goods.csv", date(2026, 11, 24), 150, (date(2014, 3, 1), Text("A post", "某邮政")))
CASE = Case({"return_rate": "0", "advertising_share": "0"})
BAD = BadRow(9, "price", Text("“x” is not a price; right form: 24.90", "“x”不是价格；正确格式：24.90"))


def write(
    path: Path,
    view: View,
    *batches: Screened,
    language: Any = "en",
    bad: tuple[BadRow, ...] = (),
    about: About = ABOUT,
) -> tuple[Path, ...]:
    with create(path, words_of(view, language, CASE, questions_of(view.book.rules))) as report:
        for batch in batches:
            report.write(batch)
        report.bad(bad)
        return report.close(about)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def read_sheet(path: Path, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python()


def by_head(rows: list[list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


# ------------------------------------------------------------------ CSV
def test_a_row_of_csv_says_where_a_sku_sells_best_and_what_it_costs(tmp_path: Path, now: View) -> None:
    parts = {"goods": [550], "platform": [374], "freight": [820], "payment": [100]}
    write(tmp_path / "out.csv", now, found(skus(1, pieces=ints(2)), [0], parts, second=[1]))
    (row,) = read_csv(tmp_path / "out.csv")
    assert (row["Row"], row["SKU"], row["Name"]) == ("2", "S00002", "Shirt 2 衬衫")
    assert (row["Best platform"], row["Site"], row["Destination"]) == (
        "Amazon",
        "Amazon.com",
        "United States",
    )
    assert (row["Platform id"], row["Site id"], row["Destination id"], row["Service id"]) == LANES[0]
    assert (row["List price"], row["Pieces"], row["Currency"]) == ("24.90", "2", "USD")
    assert (row["Goods"], row["Platform fees"], row["Freight"], row["Duty"]) == (
        "5.50",
        "3.74",
        "8.20",
        "0.00",
    )
    assert (row["What is left"], row["Margin %"], row["At most"]) == ("31.36", "63.0", "")
    assert (row["Runner-up platform"], row["Runner-up: what is left"]) == ("eBay", "30.36")
    assert (row["Lanes priced"], row["Lanes closed"], row["Why there is none"]) == ("120", "30", "")


def test_what_is_not_known_is_empty_and_named(tmp_path: Path, now: View) -> None:
    rows = skus(3)
    batch = found(
        rows, [0, 0, NOT_GIVEN], {"goods": [500, 500, 0], "freight": [0, 300, 0]},
        {"freight": [True, True, False], "duty": [True, False, False]},
    )  # fmt: skip
    write(tmp_path / "out.csv", now, batch)
    whole, part, none = read_csv(tmp_path / "out.csv")
    assert (whole["Freight"], whole["Duty"], whole["VAT, GST"]) == ("", "", "0.00")
    assert (whole["At most"], whole["Costs not known in full"]) == ("at most", "Freight; Duty")
    # of this freight something is known, and that is taken off
    assert (part["Freight"], part["What is left"], part["Costs not known in full"]) == (
        "3.00",
        "16.90",
        "Freight",
    )
    assert {none[head] for head in ("Best platform", "Freight", "What is left", "Margin %", "At most")} == {
        ""
    }
    assert none["Why there is none"] == CLOSED.en


def test_a_part_that_nobody_gave_a_rate_for_is_not_counted_and_no_zero(tmp_path: Path, now: View) -> None:
    words = words_of(now, "en", Case({"return_rate": "3"}), questions_of(now.book.rules))
    for suffix in (".csv", ".xlsx"):
        with create(tmp_path / f"out{suffix}", words) as report:
            report.write(found(skus(1), [0]))
            report.close(ABOUT)
    (row,) = read_csv(tmp_path / "out.csv")
    assert (row["Returns and loss"], row["Advertising"], row["At most"]) == ("0.00", "", "")
    (row,) = by_head(read_sheet(tmp_path / "out.xlsx"))
    assert (row["Returns and loss"], row["Advertising"]) == (0.0, "not counted")


def test_both_languages(tmp_path: Path, now: View) -> None:
    batch = found(skus(2), [2, NOT_GIVEN], second=[1, NOT_GIVEN])
    write(tmp_path / "zh.csv", now, batch, language="zh")
    first, none = read_csv(tmp_path / "zh.csv")
    assert list(first) == [head.says.zh for head in HEADS]
    assert (first["最佳平台"], first["目的地"], first["平台代码"]) == ("速卖通", "日本", "aliexpress")
    assert none["没有的原因"] == CLOSED.zh


def test_amounts_have_the_places_of_their_currency(tmp_path: Path, now: View) -> None:
    rows = skus(
        4, price=ints(2490, 2490, 2490, 5), price_currency=Coded(ints(0, 1, 2, -1), ("USD", "JPY", "KWD"))
    )
    write(tmp_path / "out.csv", now, found(rows, [0, 0, 0, 0], {"goods": [3000, 0, 1, 6]}))
    shown = [
        (row["List price"], row["Currency"], row["What is left"]) for row in read_csv(tmp_path / "out.csv")
    ]
    assert shown == [
        ("24.90", "USD", "-5.10"),
        ("2490", "JPY", "2490"),
        ("2.490", "KWD", "2.489"),
        ("0.05", "USD", "-0.01"),
    ]


@pytest.mark.parametrize("places", [0, 2, 3])
def test_decimals_are_those_of_money(places: int) -> None:
    currency = {0: "JPY", 2: "USD", 3: "KWD"}[places]
    for units in (0, 1, 9, 99, 100, 12345, -1, -99, -100, -12345, 10**15 + 7):
        assert decimal_text(units, places) == f"{major(units, currency):f}"


def test_the_margin_is_that_of_a_quote() -> None:
    rng = np.random.default_rng(5)
    net, sold = rng.integers(-5000, 5000, 5000), rng.integers(1, 4000, 5000)
    tenths = tenths_of(net, sold)
    for left, price, tenth in zip(net.tolist(), sold.tolist(), tenths.tolist(), strict=True):
        expected = (Decimal(left) * 100 / Decimal(price)).quantize(Decimal("0.1"))
        assert Decimal(tenth) / 10 == expected, (left, price)


# ------------------------------------------------------------------ text that would run
HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", "  =1", "\u3000=1", "\ufeff=1",
    "\u200b=cmd|' /C calc'!A0", "\x00=1", "a;=1+1", "a； @x",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_csv_has_no_cell_that_runs(text: str, tmp_path: Path, now: View) -> None:
    rows = skus(1, sku=(text,), name=(text,))
    write(tmp_path / "out.csv", now, found(rows, [0]), bad=(BadRow(3, text, Text(text, text)),))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        content = stream.read()
    for separator in (",", ";"):
        for line in csv.reader(io.StringIO(content), delimiter=separator):
            for cell in line:
                shown = cell.strip(" \t\u3000\ufeff\u200b")
                own = re.fullmatch(r"-?[\d.]+", cell)
                assert own or not shown.startswith(tuple("=+-@＝＋－＠")), (separator, cell)
    (bad,) = read_csv(tmp_path / "out.not-read.csv")
    assert not bad["Field"].strip().startswith("=")


def test_our_own_negative_numbers_and_plain_text_are_not_touched() -> None:
    for text in ("A-1", "1=1", "size: M", "'quoted", "é", "棉质 衬衫", "a;b", ""):
        assert for_csv(text) == text
    assert for_csv("-5") == "'-5"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_text_as_text(text: str, tmp_path: Path, now: View) -> None:
    rows = skus(1, sku=(text,), name=("http://x.example",))
    write(tmp_path / "out.xlsx", now, found(rows, [0]), bad=(BadRow(3, "", Text(text, text)),))
    cells = sheet_cells(tmp_path / "out.xlsx", 1)
    assert cells["B2"] == ("text", clean(text), None)
    assert cells["C2"] == ("text", "http://x.example", None)
    assert sheet_cells(tmp_path / "out.xlsx", 2)["C2"][1:] == (clean(text), None)


def test_text_is_cleaned_and_cut() -> None:
    assert clean("a\x00b\x1fc\x9f") == "abc"
    assert clean("two\nlines\r\nand\ta tab") == "two lines and a tab"
    assert clean("\ud800x\ufffe") == "x"
    assert clean("中文 é 🙂") == "中文 é 🙂"
    long = "🙂" * MOST_CHARACTERS
    assert len(clean(long).encode("utf-16-le")) <= 2 * MOST_CHARACTERS
    assert clean(long).endswith("…")


def test_hostile_text_leaves_the_workbook_readable(tmp_path: Path, now: View) -> None:
    names = ("<b>&amp;</b>", "_x0041_", "  spaces  ", "]]>", "\x0b\ud800", "x" * 40_000)
    write(tmp_path / "out.xlsx", now, found(skus(6, name=names), [0] * 6))
    rows = by_head(read_sheet(tmp_path / "out.xlsx"))
    assert [row["Name"] for row in rows[:4]] == ["<b>&amp;</b>", "_x0041_", "  spaces  ", "]]>"]
    assert len(rows[5]["Name"]) == MOST_CHARACTERS


# ------------------------------------------------------------------ Parquet
def read_parquet(path: Path) -> tuple[pd.DataFrame, dict[str, str], ParquetFile]:
    with path.open("rb") as stream:
        file = ParquetFile(stream)
        return file.to_pandas(), file.key_value_metadata, file


def test_parquet_has_types_nulls_and_the_day_of_the_rules(tmp_path: Path, now: View) -> None:
    batch = found(
        skus(3), [0, 0, NOT_GIVEN], {"freight": [0, 300, 0]}, {"freight": [True, True, False]}, second=[1, -1, -1]
    )  # fmt: skip
    write(tmp_path / "out.parquet", now, batch)
    frame, facts, file = read_parquet(tmp_path / "out.parquet")
    kinds = {element.name: element.type for element in file.schema.schema_elements[1:]}
    assert kinds["price"] == kinds["left"] == kinds["margin_percent"] == 5, "doubles"
    assert kinds["row"] == kinds["pieces"] == 2, "whole numbers"
    assert kinds["complete"] == 0, "truth values"
    assert kinds["platform"] == kinds["sku"] == 6, "text"
    assert frame["platform"].tolist() == ["amazon", "amazon", None]
    assert frame["freight"].isna().tolist() == [True, False, True]
    assert frame["left"].tolist()[:2] == [24.9, 21.9]
    assert frame["left"].isna().tolist() == [False, False, True]
    assert frame["complete"].tolist()[:2] == [False, False]
    assert frame["second_platform"].tolist() == ["ebay", None, None]
    assert frame["why"].tolist() == [None, None, CLOSED.en]
    assert facts["lanewise.as_of"] == "2026-11-24"
    assert facts["lanewise.oldest_source"] == "2014-03-01"


def test_parquet_goes_on_by_row_groups(tmp_path: Path, now: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.reports.screened.columnar.ROWS_A_GROUP", 50)
    write(tmp_path / "out.parquet", now, *(random_found(30, start) for start in range(0, 300, 30)))
    frame, _, file = read_parquet(tmp_path / "out.parquet")
    assert len(file.row_groups) == 5
    assert frame["row"].tolist() == list(range(2, 302))
    whole = random_found(30, 270)
    tail = frame.tail(30).reset_index(drop=True)
    for i in range(30):
        if whole.best[i] != NOT_GIVEN:
            currency = tail["currency"][i]
            assert round(tail["left"][i] * 10 ** decimals(currency)) == whole.net[i]


# ------------------------------------------------------------------ the workbook
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Cell = tuple[str, Any, str | None]


def sheet_cells(path: Path, number: int) -> dict[str, Cell]:
    """Kind, value and formula of each cell, straight from the file."""
    cells: dict[str, Cell] = {}
    with zipfile.ZipFile(path) as parts, parts.open(f"xl/worksheets/sheet{number}.xml") as stream:
        for _, cell in ElementTree.iterparse(stream):
            if cell.tag == f"{MAIN}c":
                text, formula = cell.find(f"{MAIN}is/{MAIN}t"), cell.findtext(f"{MAIN}f")
                if text is not None:
                    cells[cell.attrib["r"]] = ("text", re.sub("_x005F_", "_", text.text or ""), formula)
                elif (value := cell.findtext(f"{MAIN}v")) is not None:
                    cells[cell.attrib["r"]] = ("number", float(value), formula)
    return cells


def half_away(value: float, places: int) -> float:
    """ROUND of a spreadsheet: on the decimal that a double is shown as."""
    step = Decimal(1).scaleb(-places)
    return float(Decimal(f"{value:.15g}").quantize(step, rounding="ROUND_HALF_UP"))


def evaluate(formula: str, cells: dict[str, Cell], other: Callable[[str], dict[str, Cell]]) -> float:
    """The forms of formula that the workbook has, and no other."""

    def number(at: str) -> float:
        kind, value, _ = cells[at]
        assert kind == "number", f"{formula} counts with the word in {at}"
        return float(value)

    def column(sheet: str, letter: str, last: str) -> list[Any]:
        held = other(sheet)
        return [held[at][1] if (at := f"{letter}{row}") in held else "" for row in range(2, int(last) + 1)]

    if match := re.fullmatch(r"ROUND\((\w+)\*(\w+)-SUM\(([A-Z]+)(\d+):([A-Z]+)\d+\),(\d)\)", formula):
        price, pieces, first, row, last, places = match.groups()
        letters = [chr(code) for code in range(ord(first), ord(last) + 1)]
        costs = [
            cells[at][1]
            for letter in letters
            if (at := f"{letter}{row}") in cells and cells[at][0] == "number"
        ]
        return half_away(number(price) * number(pieces) - sum(costs), int(places))
    if match := re.fullmatch(r"(\w+)/\((\w+)\*(\w+)\)", formula):
        left, price, pieces = match.groups()
        return number(left) / (number(price) * number(pieces))
    total = 0
    for part in formula.split("+"):
        if match := re.fullmatch(r"COUNTIF\('(.+)'!\$([A-Z]+)\$2:\$[A-Z]+\$(\d+),\"(\w+)\"\)", part):
            sheet, letter, last, word = match.groups()
            total += column(sheet, letter, last).count(word)
            continue
        match = re.fullmatch(
            r"COUNTIFS\('(.+)'!\$([A-Z]+)\$2:\$[A-Z]+\$(\d+),\"(\w+)\",'.+'!\$([A-Z]+)\$2:\$[A-Z]+\$\d+,\"<0\"\)",
            part,
        )
        assert match, f"a form of formula that is not known here: {part}"
        sheet, letter, last, word, left = match.groups()
        pairs = zip(column(sheet, letter, last), column(sheet, left, last), strict=True)
        total += sum(held == word and isinstance(value, float) and value < 0 for held, value in pairs)
    return total


def check_formulas(path: Path) -> dict[str, int]:
    """Every formula comes to the value that stands with it; how many there are by sheet."""
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    sheets = {name: sheet_cells(path, number) for number, name in enumerate(names, 1)}
    counts = {}
    for name, cells in sheets.items():
        formulas = [(at, *cell) for at, cell in cells.items() if cell[2] is not None]
        counts[name] = len(formulas)
        for at, kind, value, formula in formulas:
            assert kind == "number"
            assert formula is not None
            assert evaluate(formula, cells, sheets.__getitem__) == value, f"{name}!{at}: {formula}"
    return counts


def test_every_formula_comes_to_the_value_beside_it(tmp_path: Path, now: View) -> None:
    batches = [random_found(400, start) for start in range(0, 2000, 400)]
    write(tmp_path / "out.xlsx", now, *batches)
    counts = check_formulas(tmp_path / "out.xlsx")
    chosen = sum(int((batch.best != NOT_GIVEN).sum()) for batch in batches)
    assert counts["Results"] == 2 * chosen
    assert counts["About"] == 12


def test_the_workbook_holds_the_very_minor_units(tmp_path: Path, now: View) -> None:
    batch = random_found(500)
    write(tmp_path / "out.xlsx", now, batch)
    rows = by_head(read_sheet(tmp_path / "out.xlsx"))
    heads = [
        "Goods",
        "Platform fees",
        "Freight",
        "Duty",
        "VAT, GST",
        "Payment",
        "Returns and loss",
        "Advertising",
    ]
    seen = 0
    for i, row in enumerate(rows):
        scale = 10 ** decimals(row["Currency"])
        assert round(row["List price"] * scale) == batch.skus.price[i]
        if batch.best[i] == NOT_GIVEN:
            assert row["What is left"] == ("not known" if batch.unknown[i] else "")
            continue
        assert round(row["What is left"] * scale) == batch.net[i]
        assert row["At most"] == ("" if batch.complete[i] else "at most")
        for head, part in zip(heads, PARTS, strict=True):
            units = batch.parts[part][i]
            if units or batch.parts_known[part][i]:
                assert round(row[head] * scale) == units
            else:
                assert row[head] == "not known"
                seen += 1
    assert seen > 20


def test_a_full_sheet_goes_on_in_the_next(tmp_path: Path, now: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workbook, "most_rows", 101)
    bad = tuple(BadRow(row, "price", BAD.why) for row in range(250))
    write(tmp_path / "out.xlsx", now, *(random_found(70, start) for start in range(0, 280, 70)), bad=bad)
    book = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx"))
    assert book.sheet_names == [
        "Results",
        "Results 2",
        "Results 3",
        "Not read",
        "Not read 2",
        "Not read 3",
        "About",
    ]
    sheets = [read_sheet(tmp_path / "out.xlsx", i) for i in range(6)]
    assert [len(sheet) for sheet in sheets] == [101, 101, 81, 101, 101, 51]
    rows = [row["Row"] for sheet in sheets[:3] for row in by_head(sheet)]
    assert rows == list(range(2, 282))
    assert [row["Row"] for sheet in sheets[3:6] for row in by_head(sheet)] == list(range(250))
    counts = check_formulas(tmp_path / "out.xlsx")
    assert counts["Results 3"] > 0


def test_a_sheet_does_not_outgrow_what_excel_opens(
    tmp_path: Path, now: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond 2 GiB of XML in a sheet the packed file would have 64-bit sizes."""
    monkeypatch.setattr(Workbook, "most_bytes", 100_000)
    rows = skus(300, name=("x" * 2000,) * 300)
    monkeypatch.setattr("desktop.reports.screened.workbook.LETTERS_AT_ONCE", 20_000)
    write(tmp_path / "out.xlsx", now, found(rows, [0] * 300))
    with zipfile.ZipFile(tmp_path / "out.xlsx") as parts:
        sizes = [part.file_size for part in parts.infolist() if "sheet" in part.filename]
        assert not any(part.extra for part in parts.infolist()), "no sizes of 64 bits"
    assert len(sizes) > 6
    assert max(sizes) < 140_000
    seen = [
        row["Row"] for i in range(len(sizes) - 2) for row in by_head(read_sheet(tmp_path / "out.xlsx", i))
    ]
    assert seen == list(range(2, 302))


def test_a_sheet_is_filtered_frozen_and_printed_with_its_heads(tmp_path: Path, now: View) -> None:
    write(tmp_path / "out.xlsx", now, random_found(10))
    with zipfile.ZipFile(tmp_path / "out.xlsx") as parts:
        sheet, book = parts.read("xl/worksheets/sheet1.xml").decode(), parts.read("xl/workbook.xml").decode()
        assert parts.testzip() is None
    assert '<autoFilter ref="A1:AL11"/>' in sheet
    assert 'state="frozen"' in sheet
    for name in ("_xlnm._FilterDatabase", "_xlnm.Print_Titles", "_xlnm.Print_Area"):
        assert name in book


def test_rows_that_were_not_read_have_a_sheet(tmp_path: Path, now: View) -> None:
    for language in ("en", "zh"):
        write(tmp_path / "out.xlsx", now, random_found(3), language=language, bad=(BAD,))
        rows = read_sheet(tmp_path / "out.xlsx", 1)
        assert rows[1] == [9.0, "price", BAD.why[language]]
    write(tmp_path / "out.xlsx", now, random_found(3))
    assert read_sheet(tmp_path / "out.xlsx", 1)[1][0] == "Every row was read."


def test_the_last_sheet_says_what_stands_behind_it(tmp_path: Path, now: View) -> None:
    questions = questions_of(now.book.rules)
    case = Case()
    for name, value in (
        ("packing_cost", "2.5"),
        ("return_rate", "3"),
        ("destinations", "US,DE"),
        ("weight_g", 300),
    ):
        case, _ = case.set(questions, name, value)
    now.read("logistics.post.restricted")
    about = about_of("goods.csv", case, now, questions, 150)
    write(tmp_path / "out.xlsx", now, random_found(30), about=about)
    pairs = {row[0]: row[1] for row in read_sheet(tmp_path / "out.xlsx", 2)}
    assert pairs["Rules as of"] == "24 Nov 2026"
    assert pairs["Lanes held against each row"] == 150
    assert about.oldest is not None
    assert str(about.oldest[0].year) in pairs["Oldest source behind them"]
    assert (pairs["Packing a piece"], pairs["Returns and loss"]) == ("2.5 CNY", "3%")
    assert pairs["Buyers are in"] == "United States, Germany"
    assert (pairs["Who sends the parcels"], pairs["Pieces in an order"]) == (
        "We send (default)",
        "1 (default)",
    )
    assert "Weight" not in pairs, "the weight of the case is that of no row"
    assert any("at most" in str(cell) for cell in pairs)
    assert any("the buyer pays at the border" in str(cell) for cell in pairs)
    assert any(str(cell).startswith("Not counted: advertising") for cell in pairs)


# ------------------------------------------------------------------ whole or not at all
SUFFIXES = [".xlsx", ".csv", ".parquet"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_old_file_stands_until_the_new_one_is_whole(suffix: str, tmp_path: Path, now: View) -> None:
    target = tmp_path / f"out{suffix}"
    target.write_text("old")
    with create(target, words_of(now, "en", CASE, questions_of(now.book.rules))) as report:
        report.write(random_found(100))
        assert target.read_text() == "old"
        report.close(ABOUT)
        assert target.stat().st_size > 1000
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("batches", [0, 1, 3])
def test_what_is_abandoned_leaves_nothing(suffix: str, batches: int, tmp_path: Path, now: View) -> None:
    target = tmp_path / f"out{suffix}"
    target.write_text("old")
    report = create(target, words_of(now, "en", CASE, questions_of(now.book.rules)))

    def stopped() -> None:
        with report:
            for start in range(batches):
                report.write(random_found(100, start * 100))
                report.bad((BAD,))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    report.abandon()
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.read_text() == "old"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_disk_that_fails_is_one_sentence(
    suffix: str, tmp_path: Path, now: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / f"out{suffix}"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    report = create(target, words_of(now, "en", CASE, questions_of(now.book.rules)))
    report.write(random_found(10))
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(
        StoreError, match="cannot be written: there is no room left on the disk; nothing was changed"
    ):
        report.close(ABOUT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_found_is_a_report_with_heads(suffix: str, tmp_path: Path, now: View) -> None:
    write(tmp_path / f"out{suffix}", now)
    if suffix == ".csv":
        assert (tmp_path / "out.csv").read_text("utf-8-sig").count("\n") == 1
    elif suffix == ".xlsx":
        assert len(read_sheet(tmp_path / "out.xlsx")) == 1
    else:
        frame, _, _ = read_parquet(tmp_path / "out.parquet")
        assert len(frame) == 0
        assert "left" in frame


def test_rows_not_read_stand_beside_a_csv_and_go_when_there_are_none(tmp_path: Path, now: View) -> None:
    beside = tmp_path / "out.not-read.csv"
    assert write(tmp_path / "out.csv", now, random_found(3), bad=(BAD,)) == (tmp_path / "out.csv", beside)
    assert read_csv(beside) == [{"Row": "9", "Field": "price", "Why it was not read": BAD.why.en}]
    assert write(tmp_path / "out.csv", now, random_found(3)) == (tmp_path / "out.csv",)
    assert not beside.exists()
    beside.write_text("notes of somebody else")
    write(tmp_path / "out.csv", now, random_found(3))
    assert beside.exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("out.doc", "right form: a name that ends in .xlsx, .csv, .parquet"),
        ("out", "right form: a name that ends in .xlsx, .csv, .parquet"),
        ("folder.csv", "is a folder; name a file"),
        ("nowhere/out.csv", "there is no folder"),
        ("goods.csv", "is the catalogue itself; name another file"),
        ("link.csv", "is the catalogue itself; name another file"),
    ],
)
def test_a_place_where_no_report_can_stand(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("sku,price")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "goods.csv")
    with pytest.raises(StoreError, match=re.escape(message)) as caught:
        check_target(tmp_path / name, tmp_path / "goods.csv")
    assert caught.value.text.zh != caught.value.text.en


def test_bad_rows_do_not_take_the_place_of_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "goods.not-read.csv").write_text("sku,price")
    with pytest.raises(StoreError, match="is the catalogue itself"):
        check_target(tmp_path / "goods.csv", tmp_path / "goods.not-read.csv")
    check_target(tmp_path / "goods.xlsx", tmp_path / "goods.not-read.csv")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_memory_does_not_grow_with_the_rows(suffix: str, tmp_path: Path, now: View) -> None:
    def peak(batches: int) -> int:
        tracemalloc.start()
        write(tmp_path / f"out{suffix}", now, *())
        with create(
            tmp_path / f"out{suffix}", words_of(now, "en", CASE, questions_of(now.book.rules))
        ) as report:
            for start in range(batches):
                report.write(random_found(500, start * 500))
            report.close(ABOUT)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few = peak(3)
    assert peak(24) < 1.3 * few


def test_counts_are_kept_while_it_is_written(tmp_path: Path, now: View) -> None:
    rows = skus(5, price=ints(100, 2490, 2490, 2490, 2490))
    batch = found(rows, [0, 0, 1, NOT_GIVEN, NOT_GIVEN], {"goods": [500, 500, 500, 0, 0]}, reasons=(OPEN,))
    with create(tmp_path / "out.csv", words_of(now, "en", CASE, questions_of(now.book.rules))) as report:
        report.write(batch)
        report.bad((BAD,))
        tally = report.tally
    assert (tally.screened, tally.bad, tally.none) == (5, 1, 2)
    assert (tally.best, tally.markets) == ({"amazon": 2, "ebay": 1}, {"US": 2, "DE": 1})
    assert (tally.loss, tally.market_loss) == ({"amazon": 1}, {"US": 1})
