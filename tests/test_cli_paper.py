"""`lanewise advise --pdf F --html F`: a paper without a screen, and what is refused in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sheet_papers import close, pages

from desktop.cli import main
from desktop.store.casefile import example_path

MILK, DRESS = str(example_path("3-milk-powder.lanewise")), str(example_path("1-clothing.lanewise"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["advise", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_pdf_is_made_without_a_screen(tmp_path: Path) -> None:
    """In a process of its own, with no display and whatever platform is asked for."""
    target = tmp_path / "sheet.pdf"
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env["QT_QPA_PLATFORM"] = "xcb"
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "advise", DRESS, "--pdf", str(target), "--lang", "both"],
        capture_output=True,
        text=True,
        env=env,
        check=False,
        timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(target)
    found = pages(target.read_bytes())
    assert len(found) == 1
    assert close("棉布连衣裙") in close(found[0])


def test_both_kinds_and_the_report(qapp: object, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pdf, html = tmp_path / "milk.pdf", tmp_path / "milk.html"
    code, out, err = run(capsys, MILK, "--pdf", str(pdf), "--html", str(html), "--report", "--lang", "zh")
    assert (code, err) == (0, "")
    assert out.split() == [str(pdf), str(html)]
    assert len(pages(pdf.read_bytes())) > 3
    assert html.read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="zh-Hans">')


def test_names_stand_on_the_sheet_and_a_customer_gets_no_margin(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "sheet.html"
    code, _, _ = run(
        capsys, DRESS, "--html", str(target), "--client", "Ruth & Co", "--adviser", "M. Weber", "--customer"
    )
    assert code == 0
    markup = target.read_text(encoding="utf-8")
    assert "Ruth &amp; Co" in markup
    assert "M. Weber" in markup
    assert "Stays for goods and profit" in markup
    assert "Net margin" not in markup


def test_json_is_not_mixed_with_the_names_of_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import json

    _, out, _ = run(capsys, MILK, "--html", str(tmp_path / "a.htm"), "--json")
    assert json.loads(out)["import_modes"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--pdf", "{folder}/sheet.txt"], "does not end in .pdf"),
        (["--html", "{folder}/sheet.pdf"], "does not end in .html"),
        (["--pdf", "{folder}/nowhere/sheet.pdf"], "there is no folder"),
        (["--pdf", "{folder}/taken.pdf"], "is a folder, not a file"),
        (["--html", "{folder}/good.html", "--pdf", "{folder}/taken.pdf"], "is a folder, not a file"),
        (["--report"], "nothing is to be written"),
        (["--pdf", "{folder}/sheet.pdf", "--report", "--customer"], "leave out --customer"),
    ],
)
def test_what_cannot_be_written_is_one_line_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "taken.pdf").mkdir()
    code, out, err = run(capsys, MILK, *(each.format(folder=tmp_path) for each in arguments))
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["taken.pdf"]


def test_a_damaged_case_writes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.lanewise"
    bad.write_text("{", encoding="utf-8")
    code, _, err = run(capsys, str(bad), "--html", str(tmp_path / "a.html"))
    assert code == 2
    assert "damaged" in err
    assert not (tmp_path / "a.html").exists()
