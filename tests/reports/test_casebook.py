"""The list as a workbook and as CSV: what was typed is text, and no spreadsheet runs it."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from desktop.core.casebook import CaseRow
from desktop.core.errors import StoreError
from desktop.core.facts import RuleBook
from desktop.core.text import Language
from desktop.reports.casebook import names_of, write_cases

EVIL = '=cmd|"/c calc"!A1'


def a_row(number: int = 412, **changes: Any) -> CaseRow:
    row = CaseRow(
        number, "uid", 3, 9, "张伟, GmbH", "de,en", "a@b.c", "hall 4", "2026-11-26", "email", "2026-11-24",
        "private note", "2026-11-24T14:32:05+08:00", "2026-11-24T14:40:00+08:00", 0, "", "2026-11-24", "plan", 0,
        "LED vest", "lighting", "US,DE", "ebay", "US", 758, "USD", "full", "2026-11-24",
    )  # fmt: skip
    return row._replace(**changes)


def table(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_workbook_holds_days_as_days_and_amounts_as_numbers(
    tmp_path: Path, book: RuleBook, language: Language
) -> None:
    path = tmp_path / "day.xlsx"
    rows = [
        a_row(),
        a_row(7, net=None, currency="", first="", said="cannot", sheet_on="", follow_up="", markets=""),
    ]
    write_cases(path, rows, names_of(book, language), "2026-11-24")
    lines = table(path)
    assert lines[0][0] in ("2026-11-24", date(2026, 11, 24))
    heads, first, second = lines[2:5]
    zh = language == "zh"
    at = {name: heads.index(name) for name in (("净利", "首选", "市场", "时间", "回访", "同意联系") if zh else
                                               ("Left", "First", "Markets", "Time", "Call back", "Consent"))}  # fmt: skip
    left, option, markets, time, back, consent = at.values()
    assert first[0] == "0412"
    assert first[left] == 7.58
    assert first[option] == "eBay"
    assert first[markets] == ("美国、德国" if zh else "United States, Germany")
    assert first[time] == datetime(2026, 11, 24, 14, 32, 5)
    assert first[back] == date(2026, 11, 26)
    assert first[consent] == ("同意邮件联系" if zh else "email, yes")
    assert second[left] == ""
    assert second[option] == ("尚无法判断" if zh else "cannot say yet")
    # the private note is not in it
    assert "private note" not in str(lines)
    write_cases(path, rows, names_of(book, language), "2026-11-24", notes=True)
    assert "private note" in str(table(path))


def test_what_was_typed_is_text_in_a_workbook(tmp_path: Path, book: RuleBook) -> None:
    path = tmp_path / "day.xlsx"
    write_cases(path, [a_row(client=EVIL, contact="http://a.b", product="007")], names_of(book, "en"), EVIL)
    lines = table(path)
    assert lines[0][0] == EVIL
    assert [cell for cell in lines[3] if cell in (EVIL, "http://a.b", "007")] == [EVIL, "http://a.b", "007"]
    import zipfile

    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet


def test_what_was_typed_is_not_run_by_a_spreadsheet_from_csv(tmp_path: Path, book: RuleBook) -> None:
    path = tmp_path / "day.csv"
    write_cases(path, [a_row(client=EVIL, contact="+86 138", net=-451)], names_of(book, "en"), "")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head, row = list(csv.reader(stream))
    cells = dict(zip(head, row, strict=True))
    assert cells["Visitor"] == f"'{EVIL}"
    assert cells["Contact"] == "'+86 138"
    # an amount of our own is a number, also a negative one
    assert Decimal(cells["Left"]) == Decimal("-4.51")
    assert cells["Time"] == "2026-11-24 14:32"


def test_a_currency_without_decimals_has_none(tmp_path: Path, book: RuleBook) -> None:
    path = tmp_path / "day.csv"
    write_cases(path, [a_row(net=1200, currency="JPY", said="at-most")], names_of(book, "zh"), "")
    assert ",1200,JPY,至多," in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["day.pdf", "day", "no/such/folder/day.csv"])
def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path, book: RuleBook, name: str) -> None:
    with pytest.raises(StoreError):
        write_cases(tmp_path / name, [a_row()], names_of(book, "en"), "")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, book: RuleBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    path = tmp_path / "day.csv"
    path.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StoreError, match="there is no room left"):
        write_cases(path, [a_row()], names_of(book, "en"), "")
    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["day.csv"]
