"""A file that is meant to harm, or only broken, costs one clear sentence, bounded memory and no half-read catalogue."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastparquet
import pandas
import pytest

from desktop.store.catalogue import CatalogueError, guard, preview, read
from desktop.store.catalogue.sniff import HEAD_BYTES
from tests.store.catalogues import HEAD, ROW, WORDS, read_all, refused, said_of, write
from tests.store.test_catalogue import CELLS, ods_file, workbook

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<worksheet xmlns="{SPACE}"><sheetData>{{}}</sheetData></worksheet>'
HEADING = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>SKU</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Price</t></is></c></row>'
)
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Goods" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>'
    ),
}  # fmt: skip


def xlsx(folder: Path, rows: str, more: dict[str, str | bytes] | None = None) -> Path:
    path = folder / "goods.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {
            **PARTS,
            "xl/worksheets/sheet1.xml": SHEET.format(rows),
            **(more or {}),
        }.items():
            archive.writestr(name, content)
    return path


def test_the_workbook_by_hand_is_read_before_it_is_broken(tmp_path: Path) -> None:
    found = read_all(
        xlsx(tmp_path, HEADING + '<row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>24.9</v></c></row>')
    )
    assert [(row["line"], row["sku"], row["price"]) for row in found.rows] == [(2, "7", (2490, "USD"))]


# ---------------------------------------------------------------------- what is no catalogue
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"\n\n\n", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n...", "picture"),
        (b"\x1f\x8b\x08...", "gzip"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"SQLite format 3\0...", "database"),
        (b"<html><table><tr><td>SKU</td><td>Price</td></tr></table></html>", "web page"),
        (b'\xef\xbb\xbf  <?xml version="1.0"?><Workbook/>', "web page or XML"),
        (b"\xff\xfe" + "<table>".encode("utf-16-le"), "web page"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"PAR1 and then nothing PAR1", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bytes(range(256)) * 40 + b"\0" * 20_000, "no text"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["goods.xls", "goods.csv", "goods"])
def test_what_it_is_goes_by_its_content(tmp_path: Path, content: bytes, said: str, name: str) -> None:
    refused(write(tmp_path, content, name), name, said)


@pytest.mark.parametrize(
    ("name", "kind", "zh"),
    [
        ("goods.xlsx", "no Excel workbook", "不是 Excel 工作簿"),
        ("GOODS.XLS", "no Excel workbook", "不是 Excel 工作簿"),
        ("goods.parquet", "no Parquet file", "不是 Parquet 文件"),
    ],
)
def test_any_text_under_the_name_of_a_workbook_is_no_table(
    tmp_path: Path, name: str, kind: str, zh: str
) -> None:
    letter = "Dear Ms Lin,\nthank you for your visit, we look forward to your order.\n"
    path = write(tmp_path, letter, name)
    refused(path, name, kind)
    with pytest.raises(CatalogueError) as caught:
        preview(path, WORDS)
    assert zh in caught.value.text.zh
    # under its own name the columns can be chosen by hand
    assert not preview(write(tmp_path, letter, "goods.csv"), WORDS).suggested


def test_a_table_of_text_under_the_name_of_a_workbook_is_read_and_said(tmp_path: Path) -> None:
    table = f"{HEAD}\n{ROW}\n"
    assert preview(write(tmp_path, table, "goods.xlsx"), WORDS).ending == ".xlsx"
    assert preview(write(tmp_path, table, "goods.csv"), WORDS).ending == ""
    assert preview(workbook(tmp_path, CELLS, name="right.xlsx"), WORDS).ending == ""


def test_a_wrong_extension_does_not_matter(tmp_path: Path) -> None:
    assert read_all(write(tmp_path, f"{HEAD}\n{ROW}\n", "goods.xlsx")).column("sku") == ["A-1"]
    assert read_all(workbook(tmp_path, CELLS, name="goods.xlsx").rename(tmp_path / "goods.csv")).column(
        "sku"
    ) == ["A-1"]


def test_other_archives_are_named(tmp_path: Path) -> None:
    for inside, said in (
        ("word/document.xml", "document or slides"),
        ("a.csv", "zip archive"),
        ("xl/workbook.bin", "XLSB"),
    ):
        path = tmp_path / "goods.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(inside, "x")
        refused(path, said)


def test_a_folder_no_file_and_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused(tmp_path, tmp_path.name, "folder")
    refused(tmp_path / "none.csv", "none.csv", "no such file")
    path = write(tmp_path, f"{HEAD}\n{ROW}\n")

    def forbidden(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    # whoever runs the tests may be allowed to read all
    monkeypatch.setattr("builtins.open", forbidden)
    refused(path, "may not be read")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "goods.csv")
    refused(tmp_path / "goods.csv", "no ordinary file")


# ---------------------------------------------------------------------- text
def test_ten_million_columns_are_refused_early(tmp_path: Path) -> None:
    for content, said in (
        (b"price," * 10_000_000, "longer than a million"),
        (b"price," * 20_000 + b"\n1,2\n", "20,001 columns"),
    ):
        path = write(tmp_path, content)
        began = time.perf_counter()
        refused(path, said)
        assert time.perf_counter() - began < 2


def test_a_row_without_an_end_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEAD}\n{ROW}\n".encode() + b"x" * (3 * HEAD_BYTES))
    refused(path, "longer than a million")


def test_a_file_that_changes_its_encoding_half_way(tmp_path: Path) -> None:
    first = "".join(f"a{i},灯 {i},5\n" for i in range(50))
    second = "".join(f"b{i},灯 {i},5\n" for i in range(50))
    for one, other in (("utf-8", "gb18030"), ("gb18030", "utf-8")):
        raw = f"SKU,名称,Price\n{first}".encode(one) + b"plain,lamp,5\n" + second.encode(other)
        found = read_all(write(tmp_path, raw))
        assert [row["sku"] for row in found.rows][:51] == [f"a{i}" for i in range(50)] + ["plain"]
        assert found.column("name")[0] == "灯 0"
        if one == "utf-8":
            assert [row for row, _ in found.faults()] == list(range(53, 103))
            assert "another encoding" in found.bad[0].why.en
            assert "编码" in found.bad[0].why.zh


def test_a_switch_to_utf_16_and_nul_bytes(tmp_path: Path) -> None:
    raw = b"SKU,Price\na,5\n" + "b,6\n".encode("utf-16-le") + b"c\0d,7\ne,8\n"
    found = read_all(write(tmp_path, raw))
    assert found.column("sku") == ["a", "e"]
    assert {row for row, _ in found.faults()} == {3, 4}
    assert all("NUL" in one.why.en for one in found.bad)


def test_a_quotation_mark_that_is_never_closed_costs_its_row_alone(tmp_path: Path) -> None:
    lines = ["SKU,Name,Price"] + [f"{i},Lamp,5" for i in range(20_000)]
    lines[11] = '10,"5 inch lamp,5'
    for rows in (50_000, 1000):
        found = read_all(write(tmp_path, "\n".join(lines)), rows=rows)
        assert found.faults() == [(12, "")]
        assert "quotation mark" in found.bad[0].why.en
        assert found.column("sku") == [str(i) for i in range(20_000) if i != 10]


def test_a_stray_quotation_mark_does_not_swallow_the_rows_up_to_the_next(tmp_path: Path) -> None:
    text = 'SKU,Name,Price\n1,"Lamp,5\n2,"Shade",6\n3,Lamp 15",7\n4,"A ""fine"" lamp",8\n5,"two\nlines",9\n6,"end,10\n'
    found = read_all(write(tmp_path, text))
    assert [(row["line"], row["sku"], row["name"]) for row in found.rows] == [
        (3, "2", "Shade"), (4, "3", 'Lamp 15"'), (5, "4", 'A "fine" lamp'), (6, "5", "two lines"),
    ]  # fmt: skip
    assert found.faults() == [(2, ""), (7, "")]


def test_a_quotation_mark_open_in_the_heading(tmp_path: Path) -> None:
    refused(write(tmp_path, 'SKU,"Price\n' + "1,2\n" * 100_000), "right form")


def test_endless_cells_of_quotation_marks_take_no_time(tmp_path: Path) -> None:
    path = write(tmp_path, "SKU,Price\n" + '"a,5\n' * 60_000)
    began = time.perf_counter()
    found = read_all(path)
    assert time.perf_counter() - began < 10
    assert len(found.rows) + len(found.bad) == 60_000


# ---------------------------------------------------------------------- while it is read
def test_a_file_cut_short_while_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "SKU,Price\n" + "".join(f"{i},5\n" for i in range(400_000)))
    batches = read(path, WORDS, rows=1000)
    next(batches)
    os.truncate(path, 2_000_000)
    with pytest.raises(CatalogueError, match="changed while it was being read"):
        list(batches)


def test_a_file_written_over_while_it_is_read(tmp_path: Path) -> None:
    text = "SKU,Price\n" + "".join(f"{i},5\n" for i in range(1000))
    path = write(tmp_path, text)
    batches = read(path, WORDS, rows=100)
    next(batches)
    path.write_text(text.replace("5", "6"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    with pytest.raises(CatalogueError, match="changed while it was being read"):
        list(batches)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not remove what is open")
def test_a_file_removed_while_it_is_read(tmp_path: Path) -> None:
    """What is open stays readable to its end; Parquet is opened anew for each row group."""
    path = write(tmp_path, "SKU,Price\n" + "".join(f"{i},5\n" for i in range(1000)))
    batches = read(path, WORDS, rows=100)
    first = len(next(batches).skus)
    path.unlink()
    assert first + sum(len(batch.skus) for batch in batches) == 1000

    frame = pandas.DataFrame({"SKU": [f"s{i}" for i in range(1000)], "Price": [5.0] * 1000})
    path = tmp_path / "goods.parquet"
    fastparquet.write(str(path), frame, row_group_offsets=100)
    batches = read(path, WORDS)
    next(batches)
    path.unlink()
    with pytest.raises(CatalogueError, match="no such file"):
        list(batches)


def test_a_file_removed_between_the_first_look_and_the_first_row(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEAD}\n{ROW}\n")
    batches = read(path, WORDS)
    path.unlink()
    with pytest.raises(CatalogueError, match="no such file"):
        next(batches)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["xlsx", "ods", "parquet", "xls"])
def test_a_file_cut_short_before(tmp_path: Path, kind: str, share: float) -> None:
    if kind == "xlsx":
        path = workbook(tmp_path, CELLS)
    elif kind == "ods":
        path = ods_file(tmp_path, "<table:table/>")
    elif kind == "xls":
        path = write(tmp_path, (Path(__file__).parent / "files" / "goods.xls").read_bytes(), "goods.xls")
    else:
        path = tmp_path / "goods.parquet"
        fastparquet.write(str(path), pandas.DataFrame({"SKU": ["a"], "Price": [5.0]}))
    os.truncate(path, int(path.stat().st_size * share))
    said = said_of(path)
    assert not said or said.startswith(path.name)


# ---------------------------------------------------------------------- workbooks
def test_a_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_UNPACKED", 50_000_000)
    refused(xlsx(tmp_path, HEADING + " " * 60_000_000), "unpacks to more")


def test_a_zip_bomb_in_a_part_that_no_workbook_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_UNPACKED", 50_000_000)
    refused(xlsx(tmp_path, HEADING, {"xl/media/picture.png": b"\0" * 60_000_000}), "unpacks to more")


def test_a_zip_bomb_that_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_UNPACKED", 50_000_000)
    path = xlsx(tmp_path, HEADING + " " * 60_000_000)
    raw = path.read_bytes()
    true = len(SHEET.format(HEADING)) + 60_000_000
    assert raw.count(struct.pack("<I", true)) == 2
    path.write_bytes(raw.replace(struct.pack("<I", true), struct.pack("<I", 500)))
    refused(path, "unpacks to more")
    small = xlsx(tmp_path, HEADING + " " * 1_000)
    raw = small.read_bytes()
    true = len(SHEET.format(HEADING)) + 1_000
    small.write_bytes(raw.replace(struct.pack("<I", true), struct.pack("<I", true - 1)))
    refused(small, "damaged")


def test_more_parts_than_a_workbook_has(tmp_path: Path) -> None:
    refused(xlsx(tmp_path, HEADING, {f"xl/p{i}": "" for i in range(10_001)}), "10,000 parts")


@pytest.mark.parametrize(
    "rows",
    [
        HEADING + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        HEADING + '<row r="2"><c r="XFD1048576"><v>1</v></c></row>',
        HEADING + "<row><c><v>1</v></c></row>" * 2000 + "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>",
        HEADING + "<x:row r='2'><x:c r='A1048576'><x:v>1</x:v></x:c><x:c r='XFD3'><x:v>1</x:v></x:c></x:row>",
        HEADING + "<row\n r = '9'><c\n r = 'XFD1048576'><v>1</v></c></row>",
        HEADING + '<row r="2"><c xr="A2" r = "XFD1048576"><v> r="A3"</v></c></row>',
    ],
    ids=["far apart", "in the wrong row", "without references", "with a prefix", "oddly written", "behind a decoy"],
)  # fmt: skip
def test_cells_so_far_apart_that_the_table_between_them_fills_the_memory(tmp_path: Path, rows: str) -> None:
    refused(xlsx(tmp_path, rows), "12 million cells")


def test_styled_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    rows = HEADING + '<row r="2"><c r="B2"><v>5</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    found = read_all(xlsx(tmp_path, rows))
    assert found.column("price") == [(500, "USD")]


def test_one_long_text_in_a_million_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_TEXT", 1_000_000)
    texts = f"<sst><si><t>SKU</t></si><si><t>{'x' * 5000}</t></si></sst>"
    few = HEADING + "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(2, 400))
    assert "right" not in str(preview(xlsx(tmp_path, few, {"xl/sharedStrings.xml": texts}), WORDS).headers)
    many = HEADING + "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>1</v></c></row>' for i in range(2, 400))
    refused(xlsx(tmp_path, many, {"xl/sharedStrings.xml": texts}), "unpacks to more")


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def test_xml_that_declares_entities(tmp_path: Path) -> None:
    refused(ods_file(tmp_path, "<table:table/>", before=LAUGHS), "entities")
    refused(
        xlsx(tmp_path, HEADING, {"xl/sharedStrings.xml": f'<?xml version="1.0"?>{LAUGHS}<sst>&b;</sst>'}),
        "entities",
    )
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    refused(xlsx(tmp_path, HEADING, {"xl/workbook.xml": outside + PARTS["xl/workbook.xml"]}), "entities")


@pytest.mark.parametrize(
    "table",
    [
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="1024"/></table:table-row>',
        '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="999999999">'
        "<text:p>x</text:p></table:table-cell></table:table-row>",
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell><text:p>' + "x" * 1000
        + "</text:p></table:table-cell></table:table-row>",
    ],
    ids=["rows and columns", "columns", "text"],
)  # fmt: skip
def test_a_few_cells_of_ods_repeated_without_end(tmp_path: Path, table: str) -> None:
    refused(ods_file(tmp_path, f'<table:table table:name="Goods">{table}</table:table>'), "12 million cells")


def test_empty_rows_of_ods_repeated_to_the_end_of_the_sheet_do_no_harm(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="{}"{}><text:p>{}</text:p></table:table-cell>'
    rest = '<table:table-cell table:number-columns-repeated="16382"/>'
    rows = "".join(f"<table:table-row>{cells}{rest}</table:table-row>" for cells in (
        cell.format("string", "", "SKU") + cell.format("string", "", "Price"),
        cell.format("string", "", "a") + cell.format("float", ' office:value="5"', "5"),
    ))  # fmt: skip
    rows += f'<table:table-row table:number-rows-repeated="1048574">{rest}</table:table-row>'
    assert read_all(ods_file(tmp_path, f'<table:table table:name="Goods">{rows}</table:table>')).column(
        "price"
    ) == [(500, "USD")]


def test_passwords(tmp_path: Path) -> None:
    path = ods_file(tmp_path, "<table:table/>")
    raw = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            body = old.read(info)
            new.writestr(info, b"<x><encryption-data/></x>" if "manifest" in info.filename else body)
    refused(path, "password")
    path = xlsx(tmp_path, HEADING)
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    path.write_bytes(bytes(content))
    refused(path, "password")


@pytest.mark.parametrize("seed", range(30))
def test_a_workbook_with_broken_bytes_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    raw = bytearray(workbook(tmp_path, CELLS).read_bytes())
    for i in range(5):
        raw[zlib.crc32(f"{seed}.{i}".encode()) % len(raw)] ^= 0xFF
    said = said_of(write(tmp_path, bytes(raw), "goods.xlsx"))
    assert not said or said.startswith("goods.xlsx")


# ---------------------------------------------------------------------- Parquet
def test_parquet_that_holds_lists_or_the_wrong_types(tmp_path: Path) -> None:
    path = tmp_path / "goods.parquet"
    frame = pandas.DataFrame({"SKU": ["a", "b"], "Price": [["5"], ["6"]], "Name": ["x", "y"]})
    fastparquet.write(str(path), frame, object_encoding={"Price": "json", "SKU": "utf8", "Name": "utf8"})
    found = read_all(path)
    assert found.faults() == [(2, "list_price"), (3, "list_price")]


@pytest.mark.parametrize("cut", [4, 20, 100, 400])
def test_a_damaged_parquet(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "goods.parquet"
    fastparquet.write(str(path), pandas.DataFrame({"SKU": ["a", "b"], "Price": [5.0, 6.0]}))
    raw = path.read_bytes()
    path.write_bytes(raw[:-cut])
    refused(path, "damaged")


def test_a_parquet_that_ends_the_process_that_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """fastparquet crashes over a few wrong bytes; here whatever process tries the file first is killed."""
    path = tmp_path / "goods.parquet"
    fastparquet.write(str(path), pandas.DataFrame({"SKU": ["a"], "Price": [5.0]}))
    assert read_all(path).column("sku") == ["a"]
    real = subprocess.run

    def killed(command: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        code = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
        return real([command[0], "-c", code], **how)

    monkeypatch.setattr(subprocess, "run", killed)
    refused(path, "damaged")


# ---------------------------------------------------------------------- memory
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize(
    "make",
    [
        lambda out: [
            out.write("SKU,Name,Price\n"),
            [out.write(f"{i},Lamp {i},free\n") for i in range(300_000)],
        ],
        lambda out: [
            out.write("SKU,Category,Price\n"),
            [out.write(f"{i},odd word {i},5\n") for i in range(100_000)],
        ],
        lambda out: [
            out.write("SKU,Name,Price\n"),
            [out.write(f'{i},"' + "x" * 400 + "\n") for i in range(40_000)],
        ],
    ],
    ids=["all bad", "all words unknown", "quotation marks"],
)
def test_memory_stays_that_of_a_batch(tmp_path: Path, make: Callable[[io.TextIOBase], object]) -> None:
    path = tmp_path / "goods.csv"
    with path.open("w", encoding="utf-8") as out:
        make(out)  # type: ignore[arg-type]
    code = (
        "import sys; from pathlib import Path\n"
        "from desktop.store.rulebook import load; from desktop.store.catalogue import Words, read\n"
        "for batch in read(Path(sys.argv[1]), Words(load().rules), most_bad=100): pass\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) * 1024 < 400_000_000


def test_a_heading_as_wide_as_a_sheet_can_be_takes_no_time(tmp_path: Path) -> None:
    wide = ",".join(f"列{i}" for i in range(16_382))
    path = write(tmp_path, f"SKU,Price,{wide}\n" + ("a,5" + "," * 16_382 + "\n") * 50)
    began = time.perf_counter()
    assert len(preview(path, WORDS).headers) == 16_384
    assert time.perf_counter() - began < 10
