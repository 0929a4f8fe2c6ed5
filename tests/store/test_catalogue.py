"""A seller's catalogue is read the same from every format, and every row that cannot be priced is named."""

from __future__ import annotations

import datetime
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import fastparquet
import pandas
import pytest
import xlsxwriter

from desktop.core.errors import OptionError
from desktop.core.money import CURRENCIES
from desktop.store.catalogue import (
    Catalogue,
    Choices,
    by_column,
    by_heading,
    check_mapping,
    mapping_key,
    preview,
    read,
)
from tests.store.catalogues import HEAD, ROW, WORDS, read_all, refused, write

FIRST = {
    "line": 2, "sku": "A-1", "name": "Lamp", "category": "lighting", "goods_class": "plain", "price": (2490, "USD"),
    "cost": (3150, "CNY"), "weight": 350, "sides": (200, 150, 100), "pieces": 1, "orders": 120,
}  # fmt: skip
CELLS: list[list[Any]] = [
    HEAD.split(","), ["A-1", "Lamp", "lighting", "plain", 24.9, 31.5, 350, "20x15x10", 1, 120]
]  # fmt: skip


def workbook(
    folder: Path, rows: list[list[Any]], top: int = 0, left: int = 0, name: str = "goods.xlsx"
) -> Path:
    with xlsxwriter.Workbook(folder / name) as book:
        sheet = book.add_worksheet("Goods")
        for i, row in enumerate(rows):
            sheet.write_row(top + i, left, row)
    return folder / name


def ods(folder: Path, rows: list[list[Any]], name: str = "goods.ods") -> Path:
    cells = ""
    for row in rows:
        cells += "<table:table-row>"
        for cell in row:
            kind = "string" if isinstance(cell, str) else "float"
            value = "" if isinstance(cell, str) else f' office:value="{cell}"'
            cells += f'<table:table-cell office:value-type="{kind}"{value}><text:p>{cell}</text:p></table:table-cell>'
        cells += "</table:table-row>"
    return ods_file(folder, f'<table:table table:name="Goods">{cells}</table:table>', name)


def ods_file(folder: Path, tables: str, name: str = "goods.ods", before: str = "") -> Path:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {spaces}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return folder / name


def parquet(folder: Path, rows: list[list[Any]], **how: Any) -> Path:
    frame = pandas.DataFrame(rows[1:], columns=rows[0])
    fastparquet.write(str(folder / "goods.parquet"), frame, **how)
    return folder / "goods.parquet"


# ---------------------------------------------------------------------- formats
@pytest.mark.parametrize("kind", ["csv", "tsv", "semicolon", "xlsx", "xlsm", "ods", "parquet"])
def test_every_format_gives_the_same_row(tmp_path: Path, kind: str) -> None:
    text = f"{HEAD}\n{ROW}\n"
    path = {
        "csv": lambda: write(tmp_path, text),
        "tsv": lambda: write(tmp_path, text.replace(",", "\t"), "goods.txt"),
        "semicolon": lambda: write(tmp_path, text.replace(",", ";")),
        "xlsx": lambda: workbook(tmp_path, CELLS),
        "xlsm": lambda: workbook(tmp_path, CELLS, name="goods.xlsm"),
        "ods": lambda: ods(tmp_path, CELLS),
        "parquet": lambda: parquet(tmp_path, CELLS),
    }[kind]()
    found = read_all(path)
    assert found.rows == [FIRST]
    assert not found.bad
    assert found.done[-1] == 1.0


def test_an_old_workbook_is_read() -> None:
    """Written by LibreOffice as Excel 97."""
    found = read_all(Path(__file__).parent / "files" / "goods.xls")
    assert [(row["sku"], row["price"], row["weight"]) for row in found.rows] == [
        ("A-1", (2490, "USD"), 350),
        ("A-2", (1250, "USD"), 1200),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + f"{HEAD}\n{ROW}\n".replace("Lamp", "灯").encode(),
        f"{HEAD}\r\n{ROW}\r\n".replace("Lamp", "灯").encode(),
        f"{HEAD}\n{ROW}".replace("Lamp", "灯").encode("gb18030"),
        b"\xff\xfe" + f"{HEAD}\n{ROW}\n".replace("Lamp", "灯").encode("utf-16-le"),
        b"\xfe\xff" + f"{HEAD}\n{ROW}\n".replace("Lamp", "灯").encode("utf-16-be"),
        f"{HEAD}\r\n{ROW}\r\n".replace("Lamp", "灯").encode("utf-16-le"),
        f"{HEAD}\r{ROW}\r".replace("Lamp", "灯").encode(),
        f"sep=;\n{HEAD}\n{ROW}\n".replace("Lamp", "灯").replace(",", ";").encode(),
        f"商品表 2026\n\n{HEAD}\n{ROW}\n".replace("Lamp", "灯").encode(),
    ],
    ids=["utf-8 with mark", "windows line ends", "gb18030", "utf-16", "utf-16 big end", "utf-16 without mark",
         "old mac line ends", "sep line", "a title above"],
)  # fmt: skip
def test_what_spreadsheets_save_is_read(tmp_path: Path, raw: bytes) -> None:
    found = read_all(write(tmp_path, raw))
    assert [(row["sku"], row["name"], row["price"]) for row in found.rows] == [("A-1", "灯", (2490, "USD"))]
    assert not found.bad


def test_latin_letters_of_windows_are_read(tmp_path: Path) -> None:
    raw = "SKU,Name,Price\n1,Café crème à l'été,£24.90\n2,50 € côté,10\n".encode("cp1252")
    found = read_all(write(tmp_path, raw))
    assert [(row["name"], row["price"]) for row in found.rows] == [
        ("Café crème à l'été", (2490, "GBP")),
        ("50 € côté", (1000, "USD")),
    ]


def test_a_caller_may_name_encoding_delimiter_and_sheet(tmp_path: Path) -> None:
    path = write(tmp_path, "SKU|Name|Price\n1|für|2\n".encode("cp1252"))
    found = read_all(path, choices=Choices(encoding="cp1252", delimiter="|"))
    assert found.column("name") == ["für"]
    refused(path, "utf-9", choices=Choices(encoding="utf-9"))


def test_the_sheet_with_a_known_heading_is_taken_else_the_one_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "goods.xlsx") as book:
        book.add_worksheet("Empty")
        book.add_worksheet("Notes").write_row(0, 0, ["written by", "Li"])
        book.add_worksheet("Goods").write_column(0, 0, ["Price", 5])
        second = book.add_worksheet("More")
        second.write_row(0, 0, ["SKU", "Price"])
        second.write_row(1, 0, ["b", 7])
    path = tmp_path / "goods.xlsx"
    first = preview(path, WORDS)
    assert (first.sheets, first.sheet) == (("Empty", "Notes", "Goods", "More"), "Goods")
    assert read_all(path, choices=Choices(sheet="More")).column("price") == [(700, "USD")]
    refused(path, "'Prices'", "Goods", choices=Choices(sheet="Prices"))


def test_a_table_may_stand_anywhere_on_its_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path, CELLS, top=5, left=3)
    assert read_all(path).rows == [{**FIRST, "line": 7}]
    first = preview(path, WORDS)
    assert (first.line, first.headers[0], first.total) == (6, "SKU", 1)


def test_a_merged_cell_counts_for_each_row_that_it_covers(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "goods.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["SKU", "Category", "Price"])
        sheet.write_column(1, 0, ["a", "b", "c", "d"])
        sheet.merge_range(1, 1, 3, 1, "toys")
        sheet.write_column(1, 2, [1, 2, 3, 4])
    for rows in (50_000, 1, 2):
        found = read_all(tmp_path / "goods.xlsx", rows=rows)
        assert found.column("category") == ["toys", "toys", "toys", None]


def test_a_formula_is_its_last_value_and_text_like_one_stays_text(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "goods.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["SKU", "Price"])
        sheet.write_string(1, 0, "=cmd()")
        sheet.write_formula(1, 1, "=2*12.45", None, 24.9)
        sheet.write_formula(2, 1, "=0.1+0.2", None, 0.1 + 0.2)
        sheet.write_string(3, 0, "c")
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
    found = read_all(tmp_path / "goods.xlsx")
    assert [(row["sku"], row["price"][0]) for row in found.rows] == [("=cmd()", 2490), ("", 30)]
    assert found.faults() == [(4, "list_price")]
    assert read_all(write(tmp_path, "SKU,Price\n=1+1,2\n")).column("sku") == ["=1+1"]


def test_numbers_kept_as_text_and_dates_meant_as_numbers(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "goods.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["SKU", "Price", "Weight"])
        sheet.write(1, 0, 6901234567892)
        sheet.write_string(1, 1, "24.90")
        sheet.write_string(1, 2, "350")
        sheet.write_datetime(
            2, 1, datetime.datetime(2024, 1, 5), book.add_format({"num_format": "yyyy-mm-dd"})
        )
        sheet.write_boolean(3, 1, True)
    found = read_all(tmp_path / "goods.xlsx")
    assert [(row["sku"], row["price"][0], row["weight"]) for row in found.rows] == [
        ("6901234567892", 2490, 350)
    ]
    assert found.faults() == [(3, "list_price"), (4, "list_price")]
    assert "date" in found.bad[0].why.en
    assert "日期" in found.bad[0].why.zh


def test_parquet_of_many_types(tmp_path: Path) -> None:
    frame = pandas.DataFrame({
        "SKU": pandas.Categorical(["a", "b", "c"]),
        "Price": pandas.array([24.9, 12.5, None], dtype="float32"),
        "Weight": pandas.array([350, None, 2], dtype="Int64"),
        "When": pandas.to_datetime(["2024-01-05"] * 3),
    })  # fmt: skip
    path = tmp_path / "goods.parquet"
    fastparquet.write(str(path), frame)
    found = read_all(path)
    assert [(row["sku"], row["price"][0], row["weight"]) for row in found.rows] == [
        ("a", 2490, 350),
        ("b", 1250, -1),
    ]
    assert found.faults() == [(4, "list_price")]
    wrong = read_all(path, {"list_price": 3})
    assert [one.row for one in wrong.bad] == [2, 3, 4]
    assert "date" in wrong.bad[0].why.en


def test_parquet_by_row_groups(tmp_path: Path) -> None:
    rows = [["SKU", "Price"], *([f"s{i}", i / 100] for i in range(1, 1001))]
    path = parquet(tmp_path, rows, row_group_offsets=300)
    found = read_all(path, rows=200)
    assert found.column("line") == list(range(2, 1002))
    assert found.column("price") == [(i, "USD") for i in range(1, 1001)]
    assert found.done == sorted(found.done)
    assert len(found.done) > 4


# ---------------------------------------------------------------------- rows
def test_any_size_of_batch_gives_the_same_rows(tmp_path: Path) -> None:
    lines = [HEAD]
    for i in range(700):
        name = f'"Lamp, ""{i}""\nwith two lines"' if i % 7 == 0 else f"Lamp {i}"
        price = "free" if i % 11 == 0 else f"{i}.50"
        lines.append(f"S{i % 650},{name},toys,plain,{price},1,2,1x2x3,1,{i}" if i % 13 else "")
    path = write(tmp_path, "\n".join(lines))
    whole = read_all(path)
    assert len(whole.rows) + len(whole.bad) == sum(1 for i in range(700) if i % 13)
    for rows in (1, 7, 300, 701):
        some = read_all(path, rows=rows)
        assert some.rows == whole.rows
        assert some.bad == whole.bad


def test_each_bad_row_is_named_and_the_good_ones_go_on(tmp_path: Path) -> None:
    cases = [
        ("A,,toys,plain,,,,,,", "list_price", "empty"),
        ("A,,toys,plain,abc,,,,,", "list_price", "'abc' is not a number"),
        ("A,,toys,plain,nan,,,,,", "list_price", "'nan'"),
        ("A,,toys,plain,-1,,,,,", "list_price", "'-1' is not possible"),
        ("A,,toys,plain,0,,,,,", "list_price", "'0' is not possible"),
        ("A,,toys,plain,1e308,,,,,", "list_price", "1,000,000,000"),
        ("A,,toys,plain,1e999,,,,,", "list_price", "1,000,000,000"),
        ("A,,toys,plain,inf,,,,,", "list_price", "inf"),
        ("A,,toys,plain,1000000000.01,,,,,", "list_price", "1,000,000,000"),
        ("A,,toys,plain,24.999,,,,,", "list_price", "2 decimals"),
        ("A,,toys,plain,2024-01-05,,,,,", "list_price", "not a number"),
        ("A,,toys,plain,10-20,,,,,", "list_price", "not a number"),
        ("A,,toys,plain,5,-3,,,,", "unit_cost", "'-3'"),
        ("A,,toys,plain,5,,0,,,", "weight", "1 to 70,000 g"),
        ("A,,toys,plain,5,,80000,,,", "weight", "70,000"),
        ("A,,toys,plain,5,,,20x15,,", "dims", "20x15x10"),
        ("A,,toys,plain,5,,,20x15x0,,", "dims", "0.1 to 300 cm"),
        ("A,,toys,plain,5,,,,0,", "pieces_per_order", "whole number"),
        ("A,,toys,plain,5,,,,1.5,", "pieces_per_order", "whole number"),
        ("A,,toys,plain,5,,,,,-1", "monthly_orders", "whole number"),
        (
            "A,,toy car,plain,5,,,,,",
            "category",
            "'toy car' is not known; the nearest are Car and motorcycle parts, Toys and games",
        ),
        ("A,,toys,wooden,5,,,,,", "goods_class", "'wooden' is not known; the nearest are"),
        ("A,,toys,plain,5,,,,,,surplus", "", "11 cells"),
    ]
    good = [f"G{i},,toys,plain,5,,,,," for i in range(len(cases))]
    lines = [line for pair in zip((case[0] for case in cases), good, strict=True) for line in pair]
    found = read_all(write(tmp_path, "\n".join([HEAD, *lines])))
    assert found.column("sku") == [f"G{i}" for i in range(len(cases))]
    assert found.faults() == [(2 * i + 2, case[1]) for i, case in enumerate(cases)]
    for one, (_, _, said) in zip(found.bad, cases, strict=True):
        assert said in one.why.en, one.why.en
        assert one.why.zh
        assert one.why.zh != one.why.en


def test_a_row_may_end_early_or_with_empty_cells(tmp_path: Path) -> None:
    found = read_all(write(tmp_path, "Price,SKU,Name\n5\n6,b,,,,\n,,,\n\n7,c\n"))
    assert [(row["line"], row["sku"], row["price"][0]) for row in found.rows] == [
        (2, "", 500),
        (3, "b", 600),
        (6, "c", 700),
    ]
    assert not found.bad


def test_a_repeated_sku_names_the_line_where_it_stood(tmp_path: Path) -> None:
    text = "SKU,Price\na,1\nb,2\na,3\n,4\n,5\nc,free\nc,6\nc,7\n"
    for rows in (50_000, 1, 3):
        found = read_all(write(tmp_path, text), rows=rows)
        assert found.column("line") == [2, 3, 5, 6, 8]
        assert found.faults() == [(4, "sku"), (7, "list_price"), (9, "sku")]
        assert "line 2 already" in found.bad[0].why.en
        assert "line 8 already" in found.bad[2].why.en


def test_only_so_many_examples_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, "SKU,Price\n" + "a,free\n" * 100)
    (batch,) = read(path, WORDS, most_bad=3)
    assert (len(batch.bad), batch.bad_count, len(batch.skus)) == (3, 100, 0)


def test_text_keeps_its_zeros_and_loses_its_line_ends(tmp_path: Path) -> None:
    found = read_all(write(tmp_path, 'SKU,Name,Price\n00123,"two\nlines",1\nNA,null,2\n'))
    assert [(row["sku"], row["name"]) for row in found.rows] == [("00123", "two lines"), ("NA", "null")]


# ---------------------------------------------------------------------- money, units
def test_currencies_of_column_heading_cell_and_default(tmp_path: Path) -> None:
    text = "Price,Currency\n5,EUR\n6,美元\n7,\n¥8,JPY\n8.5,JPY\n9,XYZ\n$10,CAD\n$10,EUR\n"
    found = read_all(write(tmp_path, text), defaults={"price_currency": "GBP"})
    assert found.column("price") == [(500, "EUR"), (600, "USD"), (700, "GBP"), (8, "JPY"), (1000, "CAD")]
    assert found.faults() == [(6, "list_price"), (7, "price_currency"), (9, "list_price")]
    assert "0 decimals" in found.bad[0].why.en
    assert "EUR" in found.bad[2].why.en


def test_a_sign_in_a_cell_names_the_currency_where_nothing_else_does(tmp_path: Path) -> None:
    found = read_all(write(tmp_path, "Price,Cost\n$5,3元\n€6,¥4\n7 GBP,US$5\nUS$8 / pc,￥６．５０\n"))
    assert found.column("price") == [(500, "USD"), (600, "EUR"), (700, "GBP"), (800, "USD")]
    assert found.column("cost") == [(300, "CNY"), (400, "CNY"), (500, "USD"), (650, "CNY")]


@pytest.mark.parametrize(
    ("head", "cell", "grams"),
    [
        ("Weight (g)", "350", 350), ("weight_kg", "0.35", 350), ("重量(kg)", "0.3", 300),
        ("毛重（公斤）", "1.2345", 1235),
        ("Weight", "350.2", 351), ("Weight", "0.35 kg", 350), ("重量", "350克", 350), ("重量/斤", "1", 500),
        ("Weight (oz)", "12", 341), ("Item weight lb", "1", 454), ("Weight (kg)", "0.1", 100),
        ("Weight (kg)", "350g", 350),
    ],
)  # fmt: skip
def test_weights(tmp_path: Path, head: str, cell: str, grams: int) -> None:
    found = read_all(write(tmp_path, f"Price,{head}\n5,{cell}\n"))
    assert found.column("weight") == [grams]


@pytest.mark.parametrize(
    ("head", "cells", "sides"),
    [
        ("Dims", "20x15x10", (200, 150, 100)), ("尺寸(mm)", "200*150*100", (200, 150, 100)),
        ("长*宽*高(cm)", "20.55×15×10", (206, 150, 100)), ("Size (in)", "10 x 5 x 2", (254, 127, 51)),
        ("Dims", "20x15x10cm", (200, 150, 100)), ("Dims", "200X150X100 mm", (200, 150, 100)),
        ("Dims", "20 cm x 15 cm x 10 cm", (200, 150, 100)), ("Dims", '"20,5x15x10"', (205, 150, 100)),
        ("长(cm),宽(cm),高(cm)", "20,15.5,10", (200, 155, 100)),
        ("Length mm,Width mm,Height mm", "200,150,99.5", (200, 150, 100)),
        ("Dims", "", (-1, -1, -1)),
    ],
)  # fmt: skip
def test_sizes(tmp_path: Path, head: str, cells: str, sides: tuple[int, int, int]) -> None:
    found = read_all(write(tmp_path, f"SKU,Price,{head}\n1,5,{cells}\n"))
    assert not found.bad
    assert found.column("sides") == [sides]


def test_sizes_of_several_forms_in_one_column(tmp_path: Path) -> None:
    found = read_all(write(tmp_path, "Price,Dims\n5,20x15x10\n5,200x150x100mm\n5,\n5,big\n5,1x2x400\n"))
    assert found.column("sides") == [(200, 150, 100), (200, 150, 100), (-1, -1, -1)]
    assert found.faults() == [(5, "dims"), (6, "dims")]


def test_two_sides_are_no_size(tmp_path: Path) -> None:
    found = read_all(write(tmp_path, "Price,Length,Width,Height\n5,20,15,10\n5,20,15,\n5,,,\n"))
    assert found.column("sides") == [(200, 150, 100), (-1, -1, -1)]
    assert found.faults() == [(3, "dims")]


def test_the_caller_may_overrule_a_unit_and_give_stand_ins(tmp_path: Path) -> None:
    path = write(tmp_path, "Price (USD),Weight\n5,0.35\n")
    stand_ins = {"category": "灯具照明", "goods_class": "带电"}
    (row,) = read_all(path, units={"list_price": "EUR", "weight": "kg"}, defaults=stand_ins).rows
    assert (row["price"], row["weight"]) == ((500, "EUR"), 350)
    assert (row["category"], row["goods_class"]) == ("lighting", "battery")
    refused(path, "'stone'", "g, kg", units={"weight": "stone"})
    refused(path, "'castles'", defaults={"category": "castles"})
    refused(path, "colour", defaults={"colour": "red"})
    refused(path, "'usd'", defaults={"price_currency": "usd"})


def test_decimal_commas_are_those_of_the_column(tmp_path: Path) -> None:
    """1.234 is a thousand and more where the column shows decimal commas, 1,234 where it does not."""
    comma = read_all(write(tmp_path, "SKU;Price;Cost\n1;24,90;1,5\n2;1.234;2\n3;1.234,50;3\n4;7;4\n"))
    assert comma.column("price") == [(2490, "USD"), (123400, "USD"), (123450, "USD"), (700, "USD")]
    point = read_all(write(tmp_path, 'SKU,Price\n1,24.90\n2,"1,234"\n3,"1,234.50"\n4,"1 234.50"\n'))
    assert [price for price, _ in point.column("price")] == [2490, 123400, 123450, 123450]
    both = read_all(write(tmp_path, 'SKU,Price\n1,24.90\n2,"24,90"\n3,"1,234"\n'))
    assert both.faults() == [(4, "list_price")]
    assert "two ways" in both.bad[0].why.en


# ---------------------------------------------------------------------- categories
@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("toys", "toys"), ("Toys and games", "toys"), ("玩具", "toys"), ("PUZZLE", "toys"), ("Lamps", "lighting"),
        ("Home & Kitchen", "home-kitchen"), ("home_kitchen", "home-kitchen"), ("All > Home > Lighting", "lighting"),
        ("家居/灯具照明", "lighting"), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_a_category_by_id_name_or_word(tmp_path: Path, word: str, category: str | None) -> None:
    found = read_all(write(tmp_path, f"SKU,Price,Category\n1,5,{word}\n"))
    assert found.column("category") == [category]


@pytest.mark.parametrize(
    ("word", "goods"),
    [("battery", "battery"), ("带电", "battery"), ("Li-ion", "battery"), ("普通货", "plain"), ("", None)],
)
def test_a_goods_class_by_id_name_or_word(tmp_path: Path, word: str, goods: str | None) -> None:
    found = read_all(write(tmp_path, f"SKU,Price,货物属性\n1,5,{word}\n"))
    assert found.column("goods_class") == [goods]


def test_many_unknown_words_cost_no_search_each(tmp_path: Path) -> None:
    lines = "".join(f"5,word{i}\n" for i in range(30_000))
    found = read_all(write(tmp_path, f"Price,Category\n{lines}"))
    assert len(found.bad) == 30_000
    assert "nearest" in found.bad[0].why.en
    assert "right form" in found.bad[-1].why.en


# ---------------------------------------------------------------------- headings
def test_a_preview(tmp_path: Path) -> None:
    path = write(tmp_path, "商品编码,商品名称,颜色,售价(美元),采购价,重量(kg)\n" + "a,灯,红,5,1,2\n" * 30)
    first = preview(path, WORDS)
    assert (first.format, first.encoding, first.delimiter, first.heading, first.line) == (
        "csv",
        "utf-8",
        ",",
        True,
        1,
    )
    assert first.suggested == {"sku": 0, "name": 1, "list_price": 3, "unit_cost": 4, "weight": 5}
    assert first.units == {"list_price": "USD", "weight": "kg"}
    assert first.unmatched == (2,)
    assert len(first.rows) == 20
    assert first.rows[0] == ("a", "灯", "红", "5", "1", "2")
    assert first.total is None
    assert preview(workbook(tmp_path, CELLS), WORDS).total == 1


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("item-name\titem-description\tseller-sku\tprice\tquantity\tproduct-id", {"sku": 2, "name": 0, "list_price": 3}),
        ("*Title\tCustom label (SKU)\t*StartPrice\tCurrency", {"sku": 1, "name": 0, "list_price": 2,
         "price_currency": 3}),
        ("货号\t产品标题\t价格\t重量(克)\t起订量", {"sku": 0, "name": 1, "list_price": 2, "weight": 3,
         "pieces_per_order": 4}),
        ("SKU\t中文名称\t分类\t采购价(CNY)\t重量(g)\t长(cm)\t宽(cm)\t高(cm)\t单价",
         {"sku": 0, "name": 1, "category": 2, "unit_cost": 3, "weight": 4, "length": 5, "width": 6, "height": 7,
          "list_price": 8}),
        ("Variant SKU code\tTitle\tVariant Price\tVariant Grams\tCost per item",
         {"name": 1, "list_price": 2, "weight": 3, "unit_cost": 4}),
        ("PRICE USD\tUSD cost\tName", {"list_price": 0, "unit_cost": 1, "name": 2}),
        ("售价美元\t成本人民币\t名称", {"list_price": 0, "unit_cost": 1, "name": 2}),
        ("Price\tSale Price\tSKU", {"list_price": 1, "sku": 2}),
    ],
)  # fmt: skip
def test_headings_of_exports_are_understood(tmp_path: Path, headers: str, fields: dict[str, int]) -> None:
    cells = "\t".join("5" for _ in headers.split("\t"))
    first = preview(write(tmp_path, f"{headers}\n{cells}\n"), WORDS)
    assert {k: v for k, v in first.suggested.items() if k != "category" or "category" in fields} == {
        k: v for k, v in fields.items() if k != "category"
    }


def test_every_heading_word_of_the_rules_finds_its_field() -> None:
    for name, data in WORDS.rules["catalogue"]["fields"].items():
        for word in (data["en"], data["zh"], *data["words"]):
            found = WORDS.heading(word)
            assert found is not None, word
            assert found.field == name, word


def test_every_currency_has_its_code_and_every_unit_its_words() -> None:
    for code in CURRENCIES:
        found = WORDS.heading(f"Price ({code})")
        assert found is not None
        assert (found.field, found.unit) == ("list_price", code)
    for unit, data in WORDS.rules["catalogue"]["units"].items():
        field = "weight" if data["measure"] == "mass" else "length"
        for word in data["words"]:
            found = WORDS.heading(f"{field} ({word})")
            assert found is not None
            assert found.unit == unit, word


def test_a_file_without_a_heading_is_offered_by_position(tmp_path: Path) -> None:
    path = write(tmp_path, "A-1,Lamp,24.90\nA-2,Shade,5\n")
    first = preview(path, WORDS)
    assert (first.heading, first.line, first.headers, first.suggested) == (False, 0, ("A", "B", "C"), {})
    assert first.rows[0] == ("A-1", "Lamp", "24.90")
    refused(path, "first row holds figures", "right form")
    found = read_all(path, {"sku": 0, "list_price": 2})
    assert [(row["line"], row["sku"], row["price"][0]) for row in found.rows] == [
        (1, "A-1", 2490),
        (2, "A-2", 500),
    ]


def test_unknown_headings_need_a_mapping(tmp_path: Path) -> None:
    path = write(tmp_path, "alpha,beta\nx,5\n")
    refused(path, "alpha, beta", "none of its headings")
    assert read_all(path, {"list_price": 1}).column("price") == [(500, "USD")]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_catalogue_is_read_again_with_another_mapping(tmp_path: Path, kind: str) -> None:
    make = {"csv": lambda: write(tmp_path, f"{HEAD}\n{ROW}\n"), "xlsx": lambda: workbook(tmp_path, CELLS),
            "parquet": lambda: parquet(tmp_path, CELLS)}[kind]  # fmt: skip
    catalogue = Catalogue(make(), WORDS)
    assert catalogue.preview.suggested["list_price"] == 4
    (first,) = catalogue.read()
    (second,) = catalogue.read({"list_price": 5}, units={"list_price": "CNY"})
    assert (first.skus.price.tolist(), second.skus.price.tolist()) == ([2490], [3150])
    with pytest.raises(OptionError, match="no column 77"):
        catalogue.read({"list_price": 77})


def test_a_mapping_is_checked() -> None:
    for mapping, said in (
        ({"price": 0}, "no field 'price'"),
        ({"list_price": 9}, "no column 9; right form: 0 to 4"),
        ({"list_price": -1}, "no column -1"),
        ({"sku": 0}, "no column holds the price"),
        ({"list_price": 0, "length": 1}, "only length"),
    ):
        with pytest.raises(OptionError, match=said):
            check_mapping(mapping, 5, WORDS)
    check_mapping({"list_price": 4, "length": 0, "width": 1, "height": 2}, 5, WORDS)


def test_a_mapping_is_remembered_by_its_headings() -> None:
    headers = ("SKU", "My price", "Kilos")
    kept = by_heading({"list_price": 1, "weight": 2}, headers)
    moved = ("kilos", "sku", "MY PRICE")
    assert mapping_key(headers) == mapping_key(moved)
    assert mapping_key(headers) != mapping_key(("SKU", "My price"))
    assert by_column(kept, moved) == {"list_price": 2, "weight": 0}
    assert by_column({"list_price": "gone", "colour": "sku"}, moved) == {}


def test_no_library_of_a_format_is_imported_before_a_file_is_opened() -> None:
    code = (
        "import sys, desktop.store.catalogue\n"
        "print([m for m in ('pandas', 'python_calamine', 'fastparquet') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
