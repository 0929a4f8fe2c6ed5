"""Whatever the command line answers by rules that nobody signed says so: as text, as JSON and in every file."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from rule_packs import DATA, dearer_pack, issued, ready

from desktop.cli import COMMANDS, main
from desktop.cli.casebook import ACTIONS
from desktop.core.packs import MINE
from desktop.store.packs.file import PackFile
from desktop.store.packs.kept import Packs

CASE = str(DATA / "cases" / "1-clothing.lanewise")
UNSIGNED = {"en": "! Unsigned rules (“unsigned, mine”)", "zh": "! 规则未签名（“未签名，自用”）"}
NO_ANSWER = {"questions", "check-data", "doctor", "tour", "pack"}
"""Commands that answer no case and no sum by the rules in use: what is asked, looked at, drawn or installed."""
GOODS = "sku,category,list_price,price_currency,unit_cost,cost_currency,weight_g\nA1,apparel,24.90,USD,30,CNY,220\n"
SETTLEMENT = "line,amount,currency\ncommission,3.60,USD\n"
ANSWERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "advise": ((CASE,),),
    "fees": (("--platform", "ebay", "--marketplace", "US", "--category", "apparel", "--price", "24.90"),),
    "freight": (("--service", "yunexpress", "--to", "US", "--weight-g", "300"),),
    "duty": (("--to", "DE", "--category", "apparel", "--value", "40", "--currency", "EUR"),),
    "import-tax": (("--mode", "direct-mail", "--category", "milk-powder", "--value", "500"),),
    "screen": (("{goods}", "-o", "{out}/found.xlsx"),),
    "casebook": (("list",), ("show", "1")),
    "facts": ((), ("ebay.us.fvf.most",)),
    "coverage": ((),),
    "changes": ((CASE,),),
    "reverse": ((CASE,),),
    "reconcile": ((CASE, "{settlement}", "--platform", "ebay", "--to", "US"),),
    "compliance": ((CASE,),),
}
CALLS = [(command, arguments) for command, calls in ANSWERS.items() for arguments in calls]
NAMES = [" ".join([command, *arguments[:1]]).replace(CASE, "case") for command, arguments in CALLS]


def own_pack() -> PackFile:
    pack = issued(dearer_pack(), "my rates", 0, None)
    days = {"valid_from": date(2026, 1, 1), "review_by": date(2098, 1, 1), "expires": date(2099, 1, 1)}
    return replace(pack, head=replace(pack.head, **days))


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A user's folder whose rules are their own, and in whose casebook a case lies that they answered."""
    place = tmp_path_factory.mktemp("own")
    home = place / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANEWISE_HOME", str(home))
        Packs(home).install(ready(own_pack()), date(2026, 11, 30))
        main(["casebook", "import", CASE])
        (place / "goods.csv").write_text(GOODS, "utf-8")
        (place / "settlement.csv").write_text(SETTLEMENT, "utf-8")
        yield place


def filled(arguments: tuple[str, ...], place: Path, out: Path) -> list[str]:
    names = {"goods": place / "goods.csv", "settlement": place / "settlement.csv", "out": out}
    return [argument.format(**names) for argument in arguments]


def test_no_command_is_forgotten() -> None:
    assert set(ANSWERS) | NO_ANSWER == set(COMMANDS)
    assert not set(ANSWERS) & NO_ANSWER
    # of the casebook: the others write, or keep, what was answered before
    assert set(ACTIONS) == {"list", "show", "export", "import", "erase", "backup", "check"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("command", "arguments"), CALLS, ids=NAMES)
def test_every_answer_is_marked(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, arguments: tuple[str, ...],
    language: str,
) -> None:  # fmt: skip
    call = [command, *filled(arguments, mine, tmp_path), "--lang", language]
    assert main(call) == 0
    assert capsys.readouterr().out.startswith(UNSIGNED[language])
    assert main([*call, "--json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    if isinstance(found, list):
        assert said.err.startswith(UNSIGNED[language])
    else:
        assert found["rules"]["trust"] == "mine"
        assert found["rules"]["says"][0].startswith(UNSIGNED[language].removeprefix("! "))


@pytest.mark.parametrize(("command", "arguments"), CALLS, ids=NAMES)
def test_answers_of_the_program_s_own_rules_bear_no_mark(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str,
    arguments: tuple[str, ...],
) -> None:  # fmt: skip
    monkeypatch.setenv("LANEWISE_HOME", str(tmp_path / "home"))
    if command == "casebook":
        main(["casebook", "import", CASE])
        capsys.readouterr()
    assert main([command, *filled(arguments, mine, tmp_path)]) == 0
    said = capsys.readouterr()
    assert "!" not in said.out[:2] + said.err[:2]
    assert MINE.en not in said.out + said.err


# ---------------------------------------------------------------------- files
def text_of_workbook(path: Path) -> str:
    with zipfile.ZipFile(path) as parts:
        return "".join(
            parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels"))
        )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_screened_workbook_is_marked_on_its_tab_on_paper_and_on_its_last_sheet(
    mine: Path, tmp_path: Path, language: str
) -> None:
    out = tmp_path / "found.xlsx"
    assert main(["screen", str(mine / "goods.csv"), "-o", str(out), "--quiet", "--lang", language]) == 0
    with zipfile.ZipFile(out) as parts:
        book, sheet = parts.read("xl/workbook.xml").decode(), parts.read("xl/worksheets/sheet1.xml").decode()
        last = parts.read("xl/worksheets/sheet3.xml").decode()
    mark = MINE.zh if language == "zh" else MINE.en
    tab = {"en": f'name="Results ({mark})"', "zh": f'name="结果（{mark}）"'}[language]
    assert tab in book
    assert "my rates" in sheet[sheet.index("<oddHeader>") :]
    assert mark in sheet[sheet.index("<oddHeader>") :]
    assert UNSIGNED[language].removeprefix("! ") in last


def test_a_screened_csv_and_parquet_are_marked_in_every_row(mine: Path, tmp_path: Path) -> None:
    from fastparquet import ParquetFile

    for suffix in (".csv", ".parquet"):
        out = tmp_path / f"found{suffix}"
        assert main(["screen", str(mine / "goods.csv"), "-o", str(out), "--quiet"]) == 0
    with (tmp_path / "found.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows: list[dict[str, Any]] = list(csv.DictReader(stream))
    assert [row["Rules"] for row in rows] == ["rules of my rates (unsigned, mine)"]
    with (tmp_path / "found.parquet").open("rb") as held:
        found = ParquetFile(held)
        kept = list(found.to_pandas()["rules"])
    assert kept == ["rules of my rates (unsigned, mine)"]
    said = found.key_value_metadata
    assert "unsigned" in said["lanewise.rules"]
    assert "nobody but their user" in said["lanewise.cautions"]


def test_the_file_of_signed_rules_has_no_column_more(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANEWISE_HOME", str(tmp_path / "home"))
    out = tmp_path / "found.csv"
    assert main(["screen", str(mine / "goods.csv"), "-o", str(out), "--quiet"]) == 0
    assert "Rules" not in out.read_text("utf-8-sig").splitlines()[0].split(",")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_paper_of_a_case_is_marked(mine: Path, tmp_path: Path, language: str) -> None:
    sheet, report, book = tmp_path / "s.html", tmp_path / "r.html", tmp_path / "b.xlsx"
    common = ["advise", CASE, "--lang", language]
    assert main([*common, "--html", str(sheet), "--xlsx", str(book)]) == 0
    assert main([*common, "--html", str(report), "--report"]) == 0
    with zipfile.ZipFile(book) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        heads = [parts.read(name).decode().partition("<oddHeader>")[2][:200] for name in sheets]
    # each sheet may be printed by itself
    assert len(heads) > 10
    assert all(
        f"&amp;KA8231A{'my rates' if language == 'zh' else 'rules of my rates'}" in head for head in heads
    )
    for said in (sheet.read_text("utf-8"), report.read_text("utf-8"), text_of_workbook(book)):
        assert UNSIGNED[language].removeprefix("! ") in said


def test_cases_that_such_rules_answered_are_marked_in_the_casebook(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also once other rules are in use: the row shows what was said then."""
    from desktop.core.questions import questions_of
    from desktop.engine.advice import evaluate
    from desktop.store import rulebook
    from desktop.store.casebook import Casebook, local_now
    from desktop.store.casefile import read_case
    from desktop.viewmodels.noting import noted_by

    monkeypatch.setenv("LANEWISE_HOME", str(tmp_path / "home"))
    shipped, own = rulebook.load(), ready(own_pack()).book
    path = tmp_path / "casebook.db"
    book = Casebook.open(path, local_now, questions_of(shipped.rules))
    for rules in (shipped, own):
        case = read_case(Path(CASE), book.questions)
        advice = evaluate(case, rules, date(2026, 11, 30))
        book.create(noted_by(case, rules, date(2026, 11, 30), advice), advice=advice)
    book.close()
    place = ["--casebook", str(path)]
    assert main(["casebook", "list", *place, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["number"]: row["unsigned"] for row in rows} == {"0001": False, "0002": True}
    assert main(["casebook", "list", *place]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.endswith(MINE.en) for line in lines[:2]] == [True, False]
    for suffix in (".csv", ".xlsx"):
        out = tmp_path / f"list{suffix}"
        assert main(["casebook", "export", "--all", "-o", str(out), *place]) == 0
        said = out.read_text("utf-8-sig") if suffix == ".csv" else text_of_workbook(out)
        assert said.count(MINE.en) == 1
        capsys.readouterr()
    # where none is, there is no such column
    assert main(["casebook", "export", "1", "-o", str(tmp_path / "one.csv"), *place]) == 0
    assert ",Rules," not in (tmp_path / "one.csv").read_text("utf-8-sig")


# ---------------------------------------------------------------------- typed values whose facts are gone
@pytest.mark.parametrize("command", ["advise", "changes", "reverse", "compliance", "screen"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_typed_value_whose_fact_is_gone_is_said_by_every_command_that_reads_a_case(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str,
    language: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("LANEWISE_HOME", str(tmp_path / "home"))
    data = json.loads(Path(CASE).read_text("utf-8"))
    path = tmp_path / "old.lanewise"
    path.write_text(json.dumps({**data, "overrides": {"ebay.us.old_fee": "0.40"}}), "utf-8")
    call = [command, str(path)]
    if command == "screen":
        call = [command, str(mine / "goods.csv"), "--case", str(path), "-o", str(tmp_path / "out.xlsx")]
    call += ["--lang", language]
    said = {
        "en": "your own value for ebay.us.old_fee (0.40) is not applied",
        "zh": "自填的 ebay.us.old_fee（0.40）未采用",
    }[language]
    assert main(call) == 0
    assert capsys.readouterr().out.startswith(f"! {said}")
    assert main([*call, "--json"]) == 0
    (left,) = json.loads(capsys.readouterr().out)["not_applied"]
    assert left["fact"] == "ebay.us.old_fee"
    assert said in left["text"]
    if command == "screen":
        assert said[1:] in text_of_workbook(tmp_path / "out.xlsx")
    # what is typed in the call itself is held to the rules
    if command not in ("changes", "screen"):
        assert main([*call, "--set", "ebay.us.old_fee=1"]) == 2
