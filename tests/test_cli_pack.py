"""`lanewise pack`, and the mark of the rules on every answer of the command line."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from rule_packs import DATA, SIGNER, dearer_pack, issued, ready

from desktop.cli import main
from desktop.core.packs import MINE
from desktop.store.packs.file import MAGIC, PackFile

CASE = str(DATA / "cases" / "1-clothing.lanewise")
PAST = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANEWISE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("desktop.store.packs.kept.checked", ready)
    (tmp_path / "home" / "keys").mkdir(parents=True)
    (tmp_path / "home" / "keys" / "own.pub").write_text(SIGNER.public.hex())
    return tmp_path / "home"


def dated(pack: PackFile, review_by: date, expires: date) -> PackFile:
    head = replace(pack.head, valid_from=PAST, review_by=review_by, expires=expires)
    if pack.signature is None:
        return replace(pack, head=head)
    return PackFile(head, SIGNER.sign(MAGIC + head.line()), pack.content, "signed")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as left:
        code = int(left.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_pack_past_its_review_is_named_and_dated_on_every_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "2026-12.lwrules"
    path.write_bytes(dated(dearer_pack(), PAST, date(2099, 1, 1)).raw)
    code, out, _ = run(capsys, "pack", "check", str(path), "--case", CASE, "--json")
    found = json.loads(out)
    assert code == 0
    assert {fact["id"] for fact in found["facts"]} == {
        "ebay.uk.fvf.clothing_shoes", "ebay.us.fvf.jewelry", "ebay.us.fvf.most",
    }  # fmt: skip
    assert [(lost["kind"], lost["before"], lost["after"]) for lost in found["lost"]] == [("platform", 32, 31)]
    assert found["cases"][0]["case"] == "1-clothing.lanewise"
    assert run(capsys, "pack", "list")[1].split()[:2] == ["*", "shipped"]
    assert run(capsys, "pack", "install", str(path))[0] == 0
    rules = json.loads(run(capsys, "advise", CASE, "--json")[1])["rules"]
    assert {key: rules[key] for key in ("id", "name", "trust", "state")} == {
        "id": dearer_pack().pack.id, "name": "2026-12", "trust": "signed", "state": "review",
    }  # fmt: skip
    text = run(capsys, "advise", CASE)[1]
    assert "rules of 2026-12" in text.splitlines()[1]
    assert text.splitlines()[0] == "! These rules were to be reviewed by 1 Jan 2026: ask for newer ones."
    assert run(capsys, "pack", "back")[1].strip() == "shipped is in use"
    assert json.loads(run(capsys, "advise", CASE, "--json")[1])["rules"]["trust"] == "shipped"


def test_unsigned_mine_stands_on_text_paper_and_in_the_workbook(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "own.lwrules"
    path.write_bytes(
        dated(issued(dearer_pack(), "my rates", 0, None), date(2098, 1, 1), date(2099, 1, 1)).raw
    )
    code, _, err = run(capsys, "pack", "install", str(path))
    assert code == 2
    assert "is not signed" in err
    assert run(capsys, "pack", "install", str(path), "--mine")[0] == 0
    sheet, report, book = tmp_path / "s.html", tmp_path / "r.html", tmp_path / "b.xlsx"
    run(capsys, "advise", CASE, "--html", str(sheet), "--xlsx", str(book), "--lang", "zh")
    run(capsys, "advise", CASE, "--html", str(report), "--report")
    assert MINE.zh in sheet.read_text("utf-8")
    assert f"<strong>Unsigned rules (“{MINE.en}”)" in report.read_text("utf-8")
    with zipfile.ZipFile(book) as pack:
        assert MINE.zh in pack.read("xl/sharedStrings.xml").decode()
    text = run(capsys, "advise", CASE)[1]
    assert text.splitlines()[0].startswith("! Unsigned rules")
    assert MINE.en in text.splitlines()[1]
    assert json.loads(run(capsys, "advise", CASE, "--json")[1])["rules"]["trust"] == "mine"


def test_a_pack_that_is_none_is_one_line_and_changes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, home: Path
) -> None:
    path = tmp_path / "bad.lwrules"
    path.write_bytes(b"PK\x03\x04")
    before = sorted(str(each) for each in home.rglob("*"))
    for doing in ("check", "install"):
        code, out, err = run(capsys, "pack", doing, str(path))
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "is not a rule pack" in err
    assert sorted(str(each) for each in home.rglob("*")) == before
