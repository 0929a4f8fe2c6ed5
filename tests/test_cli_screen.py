"""`lanewise screen`: what it writes, what it says, and that nothing half-written is left."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.cli.screen import Progress, progress_text
from desktop.core.case import Case
from desktop.core.facts import RuleBook
from desktop.core.questions import questions_of
from desktop.engine.lanes import Pricer
from desktop.engine.screening import Screener
from desktop.store.rulebook import load

DAY = "2026-11-24"
HEADS = "SKU,Name,Category,Price,Currency,Cost,Weight g,Size cm"
ROWS = (
    "A1,Cotton shirt,apparel,24.90,USD,30,250,20x15x5",
    'A2,"=HYPERLINK(""http://x.example"")",phone-accessories,39.90,EUR,80,400,15x10x5',
    "A3,Lamp,lighting,4990,JPY,45,900,30x20x20",
)


@pytest.fixture(scope="module")
def shipped() -> RuleBook:
    return load()


@pytest.fixture
def goods(tmp_path: Path) -> Path:
    return catalogue(tmp_path, *ROWS)


def catalogue(folder: Path, *rows: str, heads: str = HEADS) -> Path:
    path = folder / "goods.csv"
    path.write_text("\n".join((heads, *rows)) + "\n", encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    return main(["screen", *(str(part) for part in arguments)])


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one line that a wrong call says; nothing on stdout."""
    try:
        code = run(*arguments)
    except SystemExit as end:
        code = int(str(end.code))
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    return said.err


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ------------------------------------------------------------------ what it finds
def test_it_says_what_was_screened_as_json(goods: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = goods.parent / "out.csv"
    assert run(goods, "-o", out, "--as-of", DAY, "--json", "--quiet") == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert said.err == ""
    assert (found["rows"], found["screened"], found["bad"], found["none"]) == (3, 3, 0, 0)
    assert (found["as_of"], found["output"], found["not_read"]) == (DAY, str(out), None)
    assert sum(found["best"].values()) == sum(found["markets"].values()) == 3
    assert found["lanes"] > 1000
    assert found["seconds"] >= 0
    assert found["oldest_source"] < DAY
    assert names(goods.parent) == ["goods.csv", "out.csv"]


def test_the_file_has_the_cents_of_the_single_quote(goods: Path, shipped: RuleBook) -> None:
    out = goods.parent / "out.csv"
    assert run(goods, "-o", out, "--as-of", DAY, "--quiet") == 0
    questions = questions_of(shipped.rules)
    sizes, weights, costs = ("20x15x5", "15x10x5", "30x20x20"), (250, 400, 900), ("30", "80", "45")
    categories = ("apparel", "phone-accessories", "lighting")
    for row, size, weight, cost, category in zip(
        rows_of(out), sizes, weights, costs, categories, strict=True
    ):
        answers: dict[str, Any] = {
            "category": category, "list_price": row["List price"], "price_currency": row["Currency"],
            "unit_cost": cost, "cost_currency": "CNY", "weight_g": weight, "dims_cm": size, "direction": "export",
        }  # fmt: skip
        case = Case()
        for name, value in answers.items():
            case, _ = case.set(questions, name, value)
        pricer = Pricer(case, shipped.at(date.fromisoformat(DAY)), questions)
        quote = pricer.quote(row["Platform id"], row["Site id"], row["Destination id"], row["Service id"])
        assert quote is not None
        assert row["What is left"] == str(quote.net_money)
        assert row["Margin %"] == str(quote.percent)
        assert (row["At most"] == "") is quote.complete
        assert row["Freight"] == str(type(quote.net_money)(quote.of_series("freight")[0], row["Currency"]))


def test_the_flags_narrow_the_lanes(goods: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = goods.parent / "out.csv"
    assert run(goods, "-o", out, "--as-of", DAY, "--to", "us,DE", "--platforms", "ebay,amazon", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found["best"]) <= {"amazon", "ebay"}
    assert set(found["markets"]) <= {"US", "DE"}
    seen = {row["Runner-up platform id"] for row in rows_of(out)} | {
        row["Platform id"] for row in rows_of(out)
    }
    assert seen <= {"amazon", "ebay", ""}


def test_a_case_and_own_values_stand_behind_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = catalogue(tmp_path, "A1,Shoes,shoes,100,USD,30,250,20x15x5")
    case, out = tmp_path / "case.json", tmp_path / "out.csv"
    answers = {"advertising_share": "10", "destinations": ["US"], "pieces_per_order": 2}
    case.write_text(json.dumps({"format": 1, "as_of": "2026-10-01", "answers": answers}))
    shoes = ("--platforms", "amazon", "--case", case)
    assert run(path, "-o", out, *shoes, "--json") == 0
    assert json.loads(capsys.readouterr().out)["as_of"] == "2026-10-01"
    (row,) = rows_of(out)
    assert (row["Pieces"], row["Advertising"], row["Returns and loss"]) == ("2", "20.00", "")
    assert row["Destination id"] == "US"
    before = float(row["Platform fees"])
    assert run(path, "-o", out, *shoes, "--set", "amazon.us.referral.footwear=20", "--quiet") == 0
    # the rate of the rules is 15 percent, of 200 dollars
    assert float(rows_of(out)[0]["Platform fees"]) == pytest.approx(before + 10)


def test_columns_are_named_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = catalogue(tmp_path, "A1,12,24.90,250", heads="SKU,Wholesale,Shelf,Grams")
    out = tmp_path / "out.csv"
    assert run(path, "-o", out, "--map", "list_price=shelf", "--map", "weight=Grams", "--quiet") == 0
    assert rows_of(out)[0]["List price"] == "24.90"
    said = refused(capsys, path, "-o", out, "--map", "list_price=Retail")
    assert "'Retail' is no column of the catalogue; right form: one of SKU, Wholesale, Shelf, Grams" in said
    assert "there is no field 'colour'" in refused(capsys, path, "-o", out, "--map", "colour=SKU")
    assert "is not of the form FIELD=COLUMN" in refused(capsys, path, "-o", out, "--map", "list_price")


# ------------------------------------------------------------------ rows that are bad
def test_bad_rows_are_named_and_the_good_ones_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [f"B{i},x,apparel,abc,USD,1,100,1x1x1" for i in range(8)]
    path = catalogue(tmp_path, ROWS[0], *bad, ROWS[2])
    assert run(path, "-o", tmp_path / "out.csv", "--as-of", DAY) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 7
    assert lines[0].startswith("row 3: ")
    assert "abc" in lines[0]
    assert lines[5] == "8 rows not read, all of them in out.not-read.csv"
    assert lines[6].startswith("10 rows in ")
    assert [row["Row"] for row in rows_of(tmp_path / "out.not-read.csv")] == [
        str(line) for line in range(3, 11)
    ]
    assert [row["Row"] for row in rows_of(tmp_path / "out.csv")] == ["2", "11"]


def test_a_catalogue_without_a_good_row_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = catalogue(tmp_path, "B1,x,apparel,abc,USD,1,100,1x1x1", "B2,x,apparel,-4,USD,1,100,1x1x1")
    out = tmp_path / "out.xlsx"
    out.write_text("old")
    said = refused(capsys, path, "-o", out)
    assert "no row of goods.csv can be screened (2 not read); row 2: " in said
    assert out.read_text() == "old"
    assert "goods.csv has no rows" in refused(capsys, catalogue(tmp_path), "-o", out)
    assert names(tmp_path) == ["goods.csv", "out.xlsx"]


# ------------------------------------------------------------------ wrong calls
def test_wrong_calls_are_one_line(goods: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = goods.parent
    out = folder / "out.xlsx"
    for arguments, said in (
        ((goods, "-o", folder / "out.doc"), "right form: a name that ends in .xlsx, .csv, .parquet"),
        ((goods, "-o", goods), "goods.csv is the catalogue itself"),
        ((goods, "-o", folder / "no" / "out.csv"), "there is no folder"),
        ((folder / "nothing.csv", "-o", out), "nothing.csv"),
        ((goods, "-o", out, "--to", "XX"), "'XX' is not possible"),
        ((goods, "-o", out, "--platforms", "etsy"), "'etsy' is not possible"),
        ((goods, "-o", out, "--platforms", ","), "right form: amazon,ebay"),
        ((goods, "-o", out, "--as-of", "soon"), "not a day such as 2015-11-08"),
        ((goods, "-o", out, "--set", "nothing=1"), "there is no fact 'nothing'"),
        ((goods, "-o", out, "--case", folder / "no.json"), "no.json cannot be opened"),
        ((goods,), "-o"),
    ):
        assert said in refused(capsys, *arguments)
    assert "就是商品目录本身" in refused(capsys, goods, "-o", goods, "--lang", "zh")
    assert names(folder) == ["goods.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder there takes files whatever its mode says")
def test_a_folder_that_takes_no_file_is_one_line(
    goods: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("desktop.reports.screened.report.tempfile.TemporaryDirectory", closed)
    said = refused(capsys, goods, "-o", goods.parent / "out.csv")
    assert "out.csv cannot be written: it may not be read or written by you; nothing was changed" in said


# ------------------------------------------------------------------ stopped
@pytest.mark.parametrize("language", ["en", "zh"])
def test_ctrl_c_leaves_nothing_half_written(
    language: str, goods: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = goods.parent / "out.csv"
    out.write_text("old")
    monkeypatch.setattr(import_module("desktop.cli.screen"), "ROWS", 1)
    whole = Screener.screen
    seen = []

    def second_stops(self: Screener, skus: Any) -> Any:
        seen.append(len(skus))
        if len(seen) == 2:
            signal.raise_signal(signal.SIGINT)
        return whole(self, skus)

    monkeypatch.setattr(Screener, "screen", second_stops)
    assert run(goods, "-o", out, "--lang", language) == 130
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert ("nothing was written" if language == "en" else "未写入任何文件") in said.err
    assert len(seen) == 2
    assert out.read_text() == "old"
    assert names(goods.parent) == ["goods.csv", "out.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_process_that_is_told_to_stop_cleans_up(number: signal.Signals, tmp_path: Path) -> None:
    path = catalogue(tmp_path, *(ROWS[0] for _ in range(400_000)))
    command = [sys.executable, "-m", "desktop", "screen", str(path), "-o", str(tmp_path / "out.xlsx")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not any(tmp_path.glob(".out.xlsx.*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == "lanewise screen: stopped; nothing was written\n"
    assert names(tmp_path) == ["goods.csv"]


# ------------------------------------------------------------------ progress
class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_says_rows_share_and_time_left() -> None:
    assert progress_text(12_000, 0.25, 3, "en") == "12,000 rows, 25%, 9 s left"
    assert progress_text(12_000, 0.25, 60, "en") == "12,000 rows, 25%, 3 min 0 s left"
    assert progress_text(12_000, 0.25, 60, "zh") == "12,000 行，25%，剩余 3 分 0 秒"
    assert progress_text(0, 0.0, 3, "en") == "0 rows, 0%"


def test_progress_is_drawn_on_a_terminal_alone() -> None:
    def said(stream: io.StringIO, quiet: bool = False) -> str:
        progress = Progress("en", quiet, stream)
        progress.show(100, 0.5)
        progress.clear()
        progress.end(100, 1.5)
        return stream.getvalue()

    assert said(io.StringIO()) == "100 rows in 1.5 s\n"
    drawn = said(Terminal())
    assert drawn.startswith("\r100 rows, 50%, ")
    assert drawn.endswith("\r100 rows in 1.5 s\n")
    assert said(Terminal(), quiet=True) == ""
