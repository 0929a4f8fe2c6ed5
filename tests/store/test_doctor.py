"""The checks of `lanewise doctor`: each finds what is wrong, and says what mends it."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import namedtuple
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.core.errors import StoreError
from desktop.store import doctor, libraries
from desktop.store.doctor import Check
from desktop.store.parts import Part
from desktop.store.paths import casebook_path

# the package has a function of that name
command = importlib.import_module("desktop.cli.doctor")
ROOT = Path(__file__).parent.parent.parent
COMPILED = ROOT / "data" / "compiled"
NOW = datetime(2026, 11, 30, 10, 0).astimezone()
Usage = namedtuple("Usage", "total used free")


def test_a_rule_book_that_was_touched_or_cut_off_is_found(tmp_path: Path) -> None:
    assert doctor.rules().state == "ok"
    for name in ("rules.json", "facts.json"):
        shutil.copy(COMPILED / name, tmp_path)
    facts = tmp_path / "facts.json"
    whole = facts.read_text(encoding="utf-8")
    facts.write_text(whole.replace('"2', '"3', 1), encoding="utf-8")
    touched = doctor.rules(tmp_path)
    assert touched.state == "bad"
    assert "fingerprint" in touched.says.en
    facts.write_text(whole[: len(whole) // 2], encoding="utf-8")
    assert doctor.rules(tmp_path).state == "bad"
    facts.unlink()
    gone = doctor.rules(tmp_path)
    assert gone.state == "bad"
    assert gone.mend.zh


def test_a_clock_that_was_set_back_is_found() -> None:
    assert doctor.clock(date(2026, 11, 30), NOW).state == "ok"
    wrong = doctor.clock(date(2019, 1, 1), NOW)
    assert wrong.state == "bad"
    assert "2019-01-01" in wrong.says.en
    # long before the first fact nothing can be said at all
    assert doctor.coverage(date(1970, 1, 1)).state == "bad"


def test_a_folder_that_takes_nothing_and_a_disk_that_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doctor.folder_check(tmp_path / "new").state == "ok"
    assert not list((tmp_path / "new").iterdir()), "the file of the trial is gone"
    blocked = tmp_path / "file"
    blocked.write_text("")
    found = doctor.folder_check(blocked)
    assert found.state == "bad"
    assert str(blocked) in found.says.en
    for free, state in ((doctor.LEAST_FREE - 1, "bad"), (doctor.LITTLE_FREE - 1, "warn"), (10**11, "ok")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, free=free: Usage(10**12, 0, free))
        assert doctor.folder_check(tmp_path).state == state


def test_a_casebook_is_looked_at_and_not_touched(tmp_path: Path) -> None:
    assert doctor.casebook(tmp_path).says.en == "none is kept yet"
    path = tmp_path / doctor.CASEBOOK_FILE
    assert path.name == casebook_path().name
    link = sqlite3.connect(path)
    link.execute("PRAGMA journal_mode=WAL")
    link.execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, body TEXT)")
    link.executemany("INSERT INTO cases (body) VALUES (?)", [("x" * 2000,)] * 200)
    link.commit()
    # while another program has it open
    assert doctor.casebook(tmp_path).state == "ok"
    link.close()
    content = path.read_bytes()
    assert doctor.casebook(tmp_path).state == "ok"
    assert path.read_bytes() == content
    path.write_bytes(content[:8192] + b"\xff" * 4096 + content[12288:])
    broken = doctor.casebook(tmp_path)
    assert broken.state == "bad"
    assert "backup" in broken.mend.en
    # a damaged one that was set aside is not the casebook
    path.rename(tmp_path / "casebook.db.damaged")
    assert doctor.casebook(tmp_path).state == "ok"
    path.write_bytes(b"not a database at all, though it is called so" * 100)
    assert doctor.casebook(tmp_path).state == "bad"


def test_python_and_libraries_that_do_not_fit() -> None:
    assert doctor.python().state in ("ok", "warn")
    assert [doctor.python(at).state for at in ((3, 10), (3, 11), (3, 13), (3, 14))] == [
        "bad",
        "ok",
        "ok",
        "warn",
    ]
    good = Part("numpy", "2.4.6", "BSD", ">=2.2,<3", True)
    old = Part("PySide6_Essentials", "6.12.0", "LGPL", "<6.12,>=6.11.3", False)
    gone = Part("pandas", "", "", ">=3.0,<4", False)
    assert doctor.python_libraries((good,)).state == "ok"
    found = doctor.python_libraries((good, old, gone))
    assert found.state == "bad"
    assert "6.12.0" in found.says.en
    assert "pandas is missing" in found.says.en
    assert "start.py setup" in found.mend.zh
    assert doctor.python_libraries(()).state == "ok", "a frozen copy does not say"


def test_missing_system_libraries_come_with_their_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(libraries, "has_library", lambda name: "xcb-cursor" not in name and "EGL" not in name)
    assert doctor.system_libraries(window=True).mend.en == "sudo apt-get install libegl1 libxcb-cursor0"
    assert "xcb" not in doctor.system_libraries(window=False).mend.en
    monkeypatch.setattr(sys, "platform", "win32")
    assert doctor.system_libraries(window=True).state == "ok"


def test_a_check_that_fails_itself_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Check:
        raise StoreError("gone")

    monkeypatch.setattr(doctor, "rules", broken)
    found = list(doctor.checks(date(2026, 11, 30), NOW, tmp_path))
    assert found[0].state == "bad"
    assert [check.id for check in found][-1] == "system"
    assert len({check.id for check in found}) == len(found) == 8
    assert all(check.name.zh and check.says.zh for check in found)
    assert all(check.mend for check in found if check.state != "ok")


# ---------------------------------------------------------------------- the command
def test_the_command_says_whether_all_is_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANEWISE_HOME", str(tmp_path))
    monkeypatch.setattr(command, "window_checks", lambda: ())
    assert main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["healthy"] is True
    assert {"id", "name", "state", "says", "mend"} == set(found["checks"][0])
    monkeypatch.setattr(doctor, "clock", lambda today, _now: doctor_clock(date(2000, 1, 1), NOW))
    assert main(["doctor", "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert "有误  时钟" in said
    assert "有误：1" in said


doctor_clock = doctor.clock


def test_a_qt_that_cannot_start_ends_its_own_process_and_is_told(tmp_path: Path) -> None:
    def asked(platform: str) -> dict[str, dict[str, str]]:
        environment = {**os.environ, "LANEWISE_HOME": str(tmp_path), "QT_QPA_PLATFORM": platform}
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "doctor", "--json"],
            capture_output=True, text=True, env=environment, timeout=120, check=False, cwd=ROOT,
        )  # fmt: skip
        found = json.loads(done.stdout)
        assert done.returncode == (0 if found["healthy"] else 1)
        return {check["id"]: check for check in found["checks"]}

    good = asked("offscreen")
    assert [good[name]["state"] for name in ("qt", "platform", "fonts")] == ["ok", "warn", "ok"]
    bad = asked("nonsense")
    assert bad["window"]["state"] == "bad"
    assert "nonsense" in bad["window"]["mend"]
