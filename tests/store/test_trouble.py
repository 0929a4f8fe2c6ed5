"""Reports, log and mark of the sitting: they keep what they must, say nothing personal, and never fail themselves."""

from __future__ import annotations

import errno
import io
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.store import logbook, trouble
from desktop.store.trouble import Fault, Recorder, Sitting, fault_text, reports, scrubbed, write_report

ROOT = Path(__file__).parent.parent.parent
MODULE = "desktop.store.trouble"


@pytest.fixture
def told() -> list[Fault]:
    return []


@pytest.fixture
def recorder(tmp_path: Path, told: list[Fault]) -> Iterator[Recorder]:
    made = Recorder(tmp_path / "logs", told.append, private=lambda: ["Ada Müller", "24.90"])
    made.install()
    yield made
    made.uninstall()


def fail(message: str) -> None:
    raise ValueError(message)


def caught(message: str) -> BaseException:
    try:
        fail(message)
    except ValueError as error:
        return error
    raise AssertionError


# ---------------------------------------------------------------------- what a report says
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("no client 'Ada Müller' at 24.90", "no client '…' at …"),
        ("Ada Müller is not known", "… is not known"),
        ("KeyError: 'list_price'", "KeyError: 'list_price'"),
        ("'dest.us.de-minimis' is not there", "'dest.us.de-minimis' is not there"),
        ("“王小明” 没有 1,250.00", "“…” 没有 #"),
        ("line 3: 'a@b.cn'", "line #: '…'"),
    ],
)
def test_nothing_that_a_client_said_is_in_a_message(said: str, kept: str) -> None:
    assert scrubbed(said, ["Ada Müller", "24.90", ""]) == kept


def test_the_home_folder_has_no_name() -> None:
    assert (
        scrubbed(f"{Path.home()}/cases/x.lanewise could not be read")
        == "~/cases/x.lanewise could not be read"
    )


def test_a_report_names_place_and_causes_and_no_value() -> None:
    try:
        try:
            fail("secret 4711")
        except ValueError as error:
            raise RuntimeError("above") from error
    except RuntimeError as error:
        said = fault_text(error)
    assert "test_trouble.py" in said
    assert " fail\n" in said
    assert "RuntimeError: above" in said
    assert "ValueError: secret #" in said
    assert "4711" not in said
    assert str(Path(__file__).parent) not in said


def test_the_ends_of_a_recursion_are_enough() -> None:
    def down() -> None:
        down()

    with pytest.raises(RecursionError) as found:
        down()
    assert len(fault_text(found.value).splitlines()) <= trouble.FRAMES + 1


class Mute(Exception):  # noqa: N818 - it is what an exception of somebody else may look like
    def __str__(self) -> str:
        raise RuntimeError("no words")


def test_an_exception_without_words_is_reported(recorder: Recorder, told: list[Fault]) -> None:
    try:
        raise Mute
    except Mute as error:
        recorder.record(error)
    assert "Mute: <its message failed: RuntimeError>" in told[0].report


# ---------------------------------------------------------------------- every door
def test_a_fault_is_kept_once_and_told_once(recorder: Recorder, told: list[Fault], tmp_path: Path) -> None:
    for _ in range(5):
        error = caught("again")
        sys.excepthook(type(error), error, error.__traceback__)
    assert len(told) == 1
    assert [fault.path for fault in told] == list(reports(tmp_path / "logs"))
    assert told[0].path is not None
    assert told[0].path.read_text(encoding="utf-8") == told[0].report


def test_a_fault_in_another_thread_is_kept(recorder: Recorder, told: list[Fault]) -> None:
    thread = threading.Thread(target=fail, args=("aside",), name="beside")
    thread.start()
    thread.join()
    assert "thread: beside" in told[0].report


def test_a_fault_where_an_object_is_let_go_is_kept(recorder: Recorder, told: list[Fault]) -> None:
    class Last:
        def __del__(self) -> None:
            fail("gone")

    last = Last()
    del last
    assert "ValueError: gone" in told[0].report


def test_what_tells_may_itself_fail_and_bring_faults(tmp_path: Path) -> None:
    made: Recorder

    def tell(fault: Fault) -> None:
        error = caught("inside")
        sys.excepthook(type(error), error, error.__traceback__)
        raise error

    made = Recorder(tmp_path, tell)
    made.install()
    try:
        error = caught("outside")
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        made.uninstall()
    assert len(reports(tmp_path)) == 1


def test_what_is_private_and_which_versions_may_fail_too(tmp_path: Path, told: list[Fault]) -> None:
    def broken() -> list[str]:
        raise RuntimeError

    made = Recorder(tmp_path, told.append, private=broken, versions=broken)  # type: ignore[arg-type]
    assert made.record(caught("x")) is not None
    assert told


def test_no_more_reports_than_are_of_use(tmp_path: Path, told: list[Fault]) -> None:
    made = Recorder(tmp_path, told.append)
    for n in range(trouble.MOST_TOLD + 5):
        scope: dict[str, object] = {}
        exec(compile("\n" * n + "def bad(): raise ValueError()", "made.py", "exec"), scope)
        try:
            scope["bad"]()  # type: ignore[operator]
        except ValueError as error:
            made.record(error)
    assert len(told) == trouble.MOST_TOLD


def test_without_a_console_nothing_is_missed(
    recorder: Recorder, told: list[Fault], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    recorder.record(caught("x"))
    assert told


# ---------------------------------------------------------------------- keeping
def full(*_args: object, **_more: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_on_a_full_disk_the_report_is_still_told(
    recorder: Recorder, told: list[Fault], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "open", full)
    monkeypatch.setattr(Path, "mkdir", full)
    recorder.record(caught("x"))
    assert told[0].path is None
    assert "ValueError" in told[0].report


def test_where_the_own_folder_takes_nothing_the_temporary_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file, no folder")
    monkeypatch.setattr(trouble.tempfile, "gettempdir", lambda: str(tmp_path))
    path = write_report("text", blocked / "logs")
    assert path is not None
    assert path.parent == tmp_path


class FullFile(io.StringIO):
    """A file on a disk that is full."""

    write = full  # type: ignore[assignment]


def test_a_report_that_did_not_fit_leaves_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def to_full(self: Path, mode: str = "r", **more: object) -> object:
        opened(self, mode, **more).close()  # type: ignore[arg-type]
        return FullFile()

    monkeypatch.setattr(trouble.tempfile, "gettempdir", lambda: str(tmp_path / "temp"))
    monkeypatch.setattr(Path, "open", to_full)
    assert write_report("text\n", tmp_path / "logs") is None
    assert not list(tmp_path.rglob("crash-*"))


def test_the_oldest_reports_go(tmp_path: Path) -> None:
    for n in range(trouble.REPORTS_KEPT + 3):
        write_report(str(n), tmp_path, datetime(2026, 1, 1, 0, 0, n))
    kept = reports(tmp_path)
    assert len(kept) == trouble.REPORTS_KEPT
    assert kept[0].read_text() == str(trouble.REPORTS_KEPT + 2)


# ---------------------------------------------------------------------- the log
def test_the_log_turns_over_and_is_quiet_where_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = logbook.start_log(tmp_path)
    try:
        for _ in range(40):
            logbook.log.info("x" * 32_768)
        names = sorted(path.name for path in tmp_path.iterdir())
        assert names == [logbook.LOG, *(f"{logbook.LOG}.{n}" for n in range(1, logbook.KEPT + 1))]
        assert all(path.stat().st_size <= logbook.BYTES for path in tmp_path.iterdir())
        assert isinstance(handler, logging.FileHandler)
        handler.stream.close()
        logbook.log.info("after the disk was taken away")
        assert capsys.readouterr().err == ""
    finally:
        logbook.stop_log(handler)


def test_without_a_folder_there_is_no_log(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert logbook.start_log(blocked / "logs") is None


# ---------------------------------------------------------------------- the process itself breaks; an unclean end
def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANEWISE_HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )


def test_what_a_broken_process_says_is_a_report_next_time(tmp_path: Path) -> None:
    done = run(
        f"from pathlib import Path; from {MODULE} import Native; import os\n"
        f"native = Native(Path({str(tmp_path)!r})); os.abort()",
        tmp_path,
    )
    assert done.returncode != 0
    assert not reports(tmp_path)
    native = trouble.Native(tmp_path)
    native.close()
    (report,) = reports(tmp_path)
    assert "Abort" in report.read_text()


def test_a_killed_sitting_is_told_and_an_ended_one_is_not(tmp_path: Path) -> None:
    first = Sitting(tmp_path)
    assert not first.unclean
    # a second window beside it is no crash
    second = Sitting(tmp_path)
    assert not second.unclean
    second.end()
    first.end()
    assert not list(tmp_path.glob("running-*"))
    killed = run(
        f"from pathlib import Path; from {MODULE} import Sitting; import os\n"
        f"sitting = Sitting(Path({str(tmp_path)!r})); os._exit(9)",
        tmp_path,
    )
    assert killed.returncode == 9
    third = Sitting(tmp_path)
    assert third.unclean
    third.end()
    # told once
    fourth = Sitting(tmp_path)
    assert not fourth.unclean
    fourth.end()


def test_where_nothing_can_be_written_nothing_is_unclean(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    sitting = Sitting(blocked / "logs")
    assert not sitting.unclean
    sitting.end()
