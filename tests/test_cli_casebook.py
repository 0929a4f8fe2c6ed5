"""`lanewise casebook` as it is called: what it prints, what it writes, and one line where it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.store.casebook.files import copies_of
from desktop.store.casefile import example_path, examples
from tests.store.casebooks import bytes_of


class Calls:
    """Calls on one casebook, with what they printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self.capsys = folder / "stand 4.1" / "book.db", capsys

    def __call__(self, *arguments: str) -> str:
        code = main(["casebook", *arguments, "--casebook", str(self.path)])
        said = self.capsys.readouterr()
        assert code == 0, said.err
        return said.out

    def fails(self, *arguments: str) -> str:
        code = main(["casebook", *arguments, "--casebook", str(self.path)])
        said = self.capsys.readouterr()
        assert code == 2
        assert said.err.startswith("lanewise casebook: ")
        assert len(said.err.splitlines()) == 1
        return said.err

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        return list(json.loads(self("list", "--json", *arguments)))


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Calls:
    made = Calls(tmp_path, capsys)
    made("import", *(str(example_path(name)) for name in examples()))
    return made


def test_cases_are_listed_searched_and_shown_with_their_first_option(call: Calls) -> None:
    rows = call.rows()
    assert [row["number"] for row in rows] == ["0003", "0002", "0001"]
    first = rows[-1]
    assert first["category"] == "apparel"
    assert first["first"]
    assert first["net"]
    assert [row["number"] for row in call.rows("--search", "yifu")] == []
    assert [row["number"] for row in call.rows("--search", "lianyiqun")] == ["0001"]
    assert call("list", "--lang", "zh").splitlines()[-1] == "3 个案例"
    assert "eBay" in call("list") or "AliExpress" in call("list")
    shown = json.loads(call("show", "0002", "--json"))
    assert shown["case"]["answers"]["category"] == "lighting"
    assert "List price" in call("show", "2") or "price" in call("show", "2")
    assert call.rows("--day", "2001-01-01") == []


def test_a_day_is_exported_in_every_form_and_taken_in_again(call: Calls, tmp_path: Path) -> None:
    day = call.rows()[0]["created"][:10]
    for name in ("day.xlsx", "day.csv", "day.zip", "day"):
        call("export", "--day", day, "-o", str(tmp_path / name), "--details")
        assert (tmp_path / name).exists()
    call("export", "2", "-o", str(tmp_path / "two.lanewise"))
    assert "3 there already" in call("import", str(tmp_path / "day"))
    assert "3 there already" in call("import", str(tmp_path / "day.zip"))
    assert "1 taken in" in call("import", str(tmp_path / "two.lanewise"))


def test_a_case_is_erased_by_one_command(call: Calls, tmp_path: Path) -> None:
    call("backup")
    assert "棉布连衣裙".encode() in bytes_of(call.path.parent)
    assert call("erase", "1") == "erased: 0001\n"
    assert "棉布连衣裙".encode() not in bytes_of(call.path.parent)
    assert "no client 'Ann'" in call.fails("erase", "Ann")


def test_a_casebook_is_checked_recovered_and_put_back(call: Calls) -> None:
    backup = call("backup").strip()
    assert "3 cases: as they must be" in call("check")
    call("erase", "3")
    call.path.write_bytes(b"x" * 9000)
    assert "is damaged" in call.fails("list")
    assert "2 cases brought back" in call("recover")
    assert len(call.rows()) == 2
    assert copies_of(call.path).is_dir()
    call("restore", backup)
    # the erased case is in no backup any more
    assert len(call.rows()) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "9"), "no case 0009"),
        (("show", "x"), "right form: 0412"),
        (("list", "--day", "yesterday"), "--day"),
        (("export", "-o", "a.xlsx"), "N, --day DATE or --all"),
        (("export", "1", "--all", "-o", "a.xlsx"), "N, --day DATE or --all"),
        (("export", "--all", "-o", "a.lanewise"), "name a folder or a .zip"),
        (("export", "--all", "-o", "a.pdf"), "right form: .xlsx"),
        (("export", "--day", "2001-01-01", "-o", "a.csv"), "nothing was written"),
        (("restore", "nowhere.db"), "nowhere.db"),
    ],
)
def test_a_wrong_call_is_one_line_that_names_the_right_form(
    call: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert said in call.fails(*arguments)
    assert list((tmp_path / "here").iterdir()) == []


def test_a_casebook_that_is_not_there_is_not_made_by_a_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = Calls(tmp_path, capsys)
    for arguments in (("list",), ("check",), ("erase", "Ann")):
        assert "there is no casebook" in call.fails(*arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_refused_file_is_said_and_the_others_are_taken_in(
    call: Calls, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cut.lanewise").write_text('{"format": 1, "ans', encoding="utf-8")
    good = str(example_path(examples()[0]))
    code = main(["casebook", "import", str(tmp_path / "cut.lanewise"), good, "--casebook", str(call.path)])
    said = capsys.readouterr()
    assert code == 2
    assert said.err.count("\n") == 1
    assert "cut.lanewise is damaged" in said.err
    assert "1 taken in" in said.out
