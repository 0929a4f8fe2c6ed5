"""`lanewise reconcile` and `lanewise advise --xlsx` as they are called."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desktop.cli import main

CASE = Path(__file__).parent.parent / "data" / "cases" / "1-clothing.lanewise"
ON = ("--as-of", "2026-11-25")
LINES = "line,amount,currency,note\nprice,25.90,USD,\ngoods,39.50,CNY,new batch\n销售佣金,1.92,GBP,\nVAT,4.32,USD,\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copy(CASE, tmp_path / "dress.lanewise"))


@pytest.fixture
def settlement(tmp_path: Path) -> Path:
    path = tmp_path / "settled.csv"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_a_settlement_is_held_against_the_lane_that_is_named(
    case: Path, settlement: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    called = ["reconcile", str(case), str(settlement), "--platform", "amazon", "--to", "GB", *ON]
    assert main([*called, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["lane"]["platform"] == "amazon"
    rows = {row["line"]: row for row in found["rows"]}
    assert list(rows) == ["price", "goods", "commission", "vat"]
    assert rows["goods"]["charged"] == {"amount": "39.50", "currency": "CNY"}
    assert rows["goods"]["note"] == "new batch"
    assert rows["commission"]["explained"][-1]["fact"] == "amazon.eu.referral.apparel"
    costs = sum(Decimal(row["difference"]) for name, row in rows.items() if name != "price")
    assert Decimal(found["costs_difference"]) == costs
    net = Decimal(found["net"]["estimated"]) + Decimal(found["income_difference"]) - costs
    assert Decimal(found["net"]["real"]) == net
    assert "freight" in [line["line"] for line in found["not_compared"]]

    assert main([*called, "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "销售佣金" in said
    assert "未核对" in said


def test_the_first_of_the_advice_is_taken_where_none_is_named(
    case: Path, settlement: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settlement.write_text("line,amount,currency\nfreight,29.50,CNY\n", encoding="utf-8")
    assert main(["reconcile", str(case), str(settlement), *ON]) == 0
    said = capsys.readouterr().out
    assert "eBay · United Kingdom · YunExpress" in said
    assert "a billed weight of 300 g comes to this, against 250 g" in said


def test_it_is_kept_in_the_case_file_and_read_from_there(
    case: Path, settlement: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = json.loads(case.read_text(encoding="utf-8"))
    assert (
        main(["reconcile", str(case), str(settlement), "--platform", "amazon", "--to", "GB", "--keep", *ON])
        == 0
    )
    first = capsys.readouterr().out
    after = json.loads(case.read_text(encoding="utf-8"))
    kept = after.pop("settlement")
    assert after == before
    assert (kept["platform"], kept["market"], kept["service"]) == ("amazon", "GB", "yunexpress")
    assert main(["reconcile", str(case), *ON]) == 0
    assert capsys.readouterr().out == first


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--platform", "etsy"], "there is no platform 'etsy' here; right form: one of"),
        (["--to", "XX"], "there is no market 'XX' here"),
        (["--service", "pigeon"], "there is no service 'pigeon' here"),
    ],
)
def test_a_lane_that_is_none_is_refused(
    more: list[str], said: str, case: Path, settlement: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = case.read_bytes()
    assert main(["reconcile", str(case), str(settlement), "--keep", *more, *ON]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"lanewise reconcile: {said}")
    assert told.err.count("\n") == 1
    assert not told.out
    assert case.read_bytes() == content


def test_a_case_without_a_settlement_is_refused(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reconcile", str(case)]) == 2
    assert "the case holds no settlement" in capsys.readouterr().err


def test_a_workbook_is_written_beside_the_advice(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "advice.xlsx"
    assert main(["advise", str(case), "--xlsx", str(path), "--json", "--lang", "zh", *ON]) == 0
    nets = {option["id"]: option["net_margin"] for option in json.loads(capsys.readouterr().out)["platforms"]}
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names[:2] == ["摘要", "输入"]
    rows = book.get_sheet_by_name("GB eBay").to_python()
    left = next(row for row in rows if row[0] == "净利")
    assert Decimal(str(left[4])) == Decimal(nets["ebay"]["amount"])
    assert (left[3] == "") == nets["ebay"]["complete"]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nowhere/x.xlsx", "x.xlsx cannot be written: there is no folder"),
        ("x.csv", "x.csv is of no format that can be written; right form: a name that ends in .xlsx"),
        ("dress.lanewise", "dress.lanewise is of no format that can be written"),
    ],
)
def test_a_workbook_that_cannot_stand_there_is_refused(
    target: str, said: str, case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(tmp_path.iterdir())
    assert main(["advise", str(case), "--xlsx", str(tmp_path / target)]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"lanewise advise: {said}")
    assert not told.out
    assert sorted(tmp_path.iterdir()) == before
