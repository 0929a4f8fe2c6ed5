"""What a file is, by its content: its name may lie."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path
from typing import BinaryIO

from desktop.store.catalogue.faults import ReadError, cannot_open

HEAD_BYTES = 1 << 20
"""So much of a file is looked at before anything is decided; also the longest line that is taken for a row."""
MOST_PARTS = 10_000
"""No workbook has more parts."""

_SAVE = ("open it and save it as XLSX or CSV", "请打开后另存为 XLSX 或 CSV")
_ALIEN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "it is a PDF", "这是 PDF 文件"),
    (b"\x1f\x8b", "it is packed with gzip; unpack it first", "文件经 gzip 压缩；请先解压"),
    (b"7z\xbc\xaf\x27\x1c", "it is packed with 7-Zip; unpack it first", "文件经 7-Zip 压缩；请先解压"),
    (b"Rar!", "it is packed with RAR; unpack it first", "文件经 RAR 压缩；请先解压"),
    (b"\x89PNG", "it is a picture", "这是图片文件"),
    (b"\xff\xd8\xff", "it is a picture", "这是图片文件"),
    (b"GIF8", "it is a picture", "这是图片文件"),
    (b"SQLite format 3\0", "it is a database", "这是数据库文件"),
)


_WORKBOOKS = {
    ".xlsx": ("Excel workbook", "Excel 工作簿"),
    ".xlsm": ("Excel workbook", "Excel 工作簿"),
    ".xls": ("Excel workbook", "Excel 工作簿"),
    ".ods": ("ODS workbook", "ODS 工作簿"),
    ".parquet": ("Parquet file", "Parquet 文件"),
}


def claimed(path: Path) -> str:
    """The ending of a name that promises a workbook or Parquet, as in .xlsx; empty for any other."""
    ending = path.suffix.lower()
    return ending if ending in _WORKBOOKS else ""


def misnamed(ending: str) -> ReadError:
    """What is wrong with a text that has such an ending and no heading by which it is known as a table."""
    en, zh = _WORKBOOKS[ending]
    return ReadError(
        f"it is no {en}, whatever its name says, but text without known headings; {_SAVE[0]},"
        " or name it .csv if it is one",
        f"其内容是没有可识别表头的文本，不是 {zh}；{_SAVE[1]}，确为 CSV 时请将扩展名改为 .csv",
    )


def opened(path: Path) -> BinaryIO:
    """The file, open to read. ReadError where it is none or cannot be read."""
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise ReadError("it is a folder; right form: a file", "这是文件夹；请选择文件")
        if not stat.S_ISREG(mode):
            raise ReadError("it is no ordinary file", "不是普通文件")
        return open(path, "rb")
    except OSError as error:
        raise cannot_open(error) from None


def kind_of(path: Path) -> str:
    """text, xlsx, xls, ods or parquet. ReadError names what it is where it is none of them."""
    with opened(path) as stream:
        try:
            head = stream.read(4096)
        except OSError as error:
            raise cannot_open(error) from None
    if not head:
        raise ReadError(
            "it is empty; right form: a first row of headings such as SKU, price, weight",
            "文件为空；正确格式：首行为表头，如 货号、售价、重量",
        )
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_kind(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") or head[:2] == b"\x09\x08":
        return "xls"
    if head.startswith(b"PAR1"):
        return "parquet"
    for mark, en, zh in _ALIEN:
        if head.startswith(mark):
            raise ReadError(
                f"{en}; right form: CSV, XLSX, ODS or Parquet", f"{zh}；正确格式：CSV、XLSX、ODS 或 Parquet"
            )
    if _markup(head):
        raise ReadError(
            f"it is a web page or XML, whatever its name says; right form: {_SAVE[0]}",
            f"其内容是网页或 XML，与扩展名不符；{_SAVE[1]}",
        )
    return "text"


def _markup(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").removeprefix(b"\xff\xfe").lstrip().lower()
    return start.startswith(
        (
            b"<html",
            b"<!doctype",
            b"<table",
            b"<?xml",
            b"<head",
            b"<meta",
            b"<style",
            b"<body",
            b"<div",
            b"mime-version:",
        )
    )


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename for info in archive.infolist()}
            if len(archive.infolist()) > MOST_PARTS:
                raise ReadError(
                    f"it has more than {MOST_PARTS:,} parts, which no workbook has",
                    f"内含超过 {MOST_PARTS:,} 个部件，不是正常的工作簿",
                )
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise damaged() from error
    except OSError as error:
        raise cannot_open(error) from None
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names:
        return "ods"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise ReadError(
            "it is a document or slides, no workbook; right form: XLSX or CSV",
            "这是文档或幻灯片；正确格式：XLSX 或 CSV",
        )
    raise ReadError("it is a zip archive, no workbook; unpack it first", "这是压缩包，不是工作簿；请先解压")


def damaged() -> ReadError:
    return ReadError(f"it is damaged or cut short; right form: {_SAVE[0]}", f"文件已损坏或不完整；{_SAVE[1]}")


# ---------------------------------------------------------------------- text
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
GUESSES = ("utf-8", "gb18030", "cp1252")


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding of a text by its first bytes, and the length of the mark in front.

    Without a mark: UTF-16 where every other byte is zero; else the first of UTF-8, GB 18030 and Windows Latin in which
    most lines can be read. A line that cannot is named when it is read.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    if b"\0" in head.split(b"\n", 1)[0]:
        even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
        half = len(head[:4096]) // 2
        if odd > 0.15 * half and even < 0.05 * half:
            return "utf-16-le", 0
        if even > 0.15 * half and odd < 0.05 * half:
            return "utf-16-be", 0
    lines = head.split(b"\n")
    if len(head) >= HEAD_BYTES and len(lines) > 1:
        lines.pop()
    loud = [line for line in lines if not line.isascii()]
    if not loud:
        return "utf-8", 0
    # the heading says it where it can: a file that changes its encoding half way is what it began as
    wrong = {name: sum(not _readable(line, name) for line in loud) for name in GUESSES}
    if _readable(lines[0], "utf-8") and not lines[0].isascii():
        return "utf-8", 0
    if wrong["utf-8"] * 2 <= len(loud):
        return "utf-8", 0
    return min(("gb18030", "cp1252"), key=lambda name: wrong[name]), 0


def _readable(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
