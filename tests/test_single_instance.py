"""One window for one casebook, with real processes: a second start, a stale lock, kills while answers are given."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from casebooks import Clock
from pytestqt.qtbot import QtBot

from desktop.core.questions import questions_of
from desktop.single import Single
from desktop.store import rulebook
from desktop.store.casebook import Casebook, marked_open

ROOT = Path(__file__).parent.parent
WAIT_S = 60

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop import app
from desktop.views.window import Window

def say(*words):
    print(*words, flush=True)

came = Window.come_forward
def come_forward(self, path=None):
    came(self, path)
    say("forward", path.name if path else "-", self.model.answer("category"), self.isMinimized())
Window.come_forward = come_forward

kept = Window.keep_in
def keep_in(self, path, clock=None):
    kept(self, path, clock)
    self.keeping.keeper.opened.connect(lambda: say("ready"))
    self.keeping.keeper.left.connect(lambda row: say("left", row.number))
    if "answer" in sys.argv:
        begin(self)
Window.keep_in = keep_in

def begin(window):
    import json
    keeper = window.keeping.keeper
    state = {"n": 0}
    def heard(row):
        if not keeper.safe:
            # an older state was acknowledged
            return
        say("kept", row.number, row.revision, json.dumps({k: v for k, v in state["given"].items()}))
        QTimer.singleShot(0, answer)
    def answer():
        state["n"] += 1
        n = state["n"]
        if n % 12 == 0:
            window.receiving.next_visitor()
        name, value = [("category", "apparel" if n % 2 else "toys"), ("list_price", str(20 + n)),
                       ("weight_g", 100 + n)][n % 3]
        window.model.set(name, value)
        state["given"] = {k: v for k, v in window.model.case.answers.items()}
    keeper.kept.connect(heard)
    window.filing.new_case()
    answer()

options = [each for each in sys.argv[1:] if each != "answer"]
sys.exit(app.main(options))
"""


class Started:
    """A window in a process of its own, and what it says."""

    def __init__(self, home: Path, *arguments: str) -> None:
        environment = {**os.environ, "LANEWISE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen",
                       "PYTHONPATH": str(ROOT)}  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-c", WINDOW, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=ROOT,
        )

    def hear(self, word: str) -> str:
        """The next line that begins with a word."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith(word):
                return line.strip()
        raise AssertionError(f"it ended with {self.process.wait()} and never said {word!r}")

    def ends(self) -> int:
        """Its code, once it has ended."""
        self.process.communicate(timeout=WAIT_S)
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(WAIT_S)
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def started() -> Iterator[list[Started]]:
    found: list[Started] = []
    yield found
    for each in found:
        each.kill()


def test_a_second_start_brings_the_first_to_the_front(tmp_path: Path, started: list[Started]) -> None:
    first = Started(tmp_path)
    started.append(first)
    first.hear("ready")
    assert Started(tmp_path).ends() == 0
    assert first.hear("forward") == "forward - None False"
    case = tmp_path / "给 客户 1.lanewise"
    case.write_text('{"format": 1, "answers": {"category": "toys"}}', "utf-8")
    assert Started(tmp_path, str(case)).ends() == 0
    assert first.hear("forward") == "forward 给 客户 1.lanewise toys False"
    assert first.process.poll() is None


def test_another_casebook_is_another_window(tmp_path: Path, started: list[Started]) -> None:
    for name in ("one.db", "two.db"):
        started.append(Started(tmp_path, "--casebook", str(tmp_path / name)))
    for each in started:
        each.hear("ready")
    assert (tmp_path / "one.db").exists()
    assert (tmp_path / "two.db").exists()


def test_after_a_kill_the_next_start_is_the_first(tmp_path: Path, started: list[Started]) -> None:
    first = Started(tmp_path)
    started.append(first)
    first.hear("ready")
    first.kill()
    again = Started(tmp_path)
    started.append(again)
    again.hear("ready")


def test_one_that_does_not_answer_hinders_nobody(
    tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.single.PATIENCE_MS", 300)
    first = Single(tmp_path, tmp_path / "casebook.db")
    second = Single(tmp_path, tmp_path / "casebook.db")
    assert first.first
    assert not second.first
    # it holds the lock and never listens
    assert not second.hand_over(None)
    first.close()
    assert second.try_again()
    second.close()


def test_a_folder_that_takes_no_lock_hinders_nobody(tmp_path: Path, qapp: object) -> None:
    lost = Single(tmp_path / "not" / "there", tmp_path / "casebook.db")
    assert not lost.first
    assert lost.alone


def test_what_is_no_word_of_ours_is_not_heard(tmp_path: Path, qtbot: QtBot) -> None:
    from PySide6.QtNetwork import QLocalSocket

    single = Single(tmp_path, tmp_path / "casebook.db")
    single.listen()
    heard: list[object] = []
    single.called.connect(heard.append)
    for word in (
        b"raise\n",
        b"[]\n",
        b'{"open": 1}\n',
        b'{"open": "a\\u0000b"}\n',
        b'{"no": 1}\n',
        b"\xff\n",
        b"x" * 70_000,
    ):
        socket = QLocalSocket()
        socket.connectToServer(single.name)
        assert socket.waitForConnected(2_000)
        socket.write(word)
        with qtbot.waitSignal(socket.disconnected):
            socket.flush()
    assert heard == []
    socket = QLocalSocket()
    socket.connectToServer(single.name)
    assert socket.waitForConnected(2_000)
    with qtbot.waitSignal(single.called) as call:
        socket.write(json.dumps({"open": str(tmp_path / "a.lanewise")}).encode() + b"\n")
    assert call.args == [tmp_path / "a.lanewise"]
    single.close()


@pytest.mark.parametrize("answers", [1, 7, 30])
def test_a_kill_loses_no_acknowledged_answer(tmp_path: Path, started: list[Started], answers: int) -> None:
    window = Started(tmp_path, "answer")
    started.append(window)
    last = ""
    for _ in range(answers):
        last = window.hear("kept")
    os.kill(window.process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    # what it had said before the kill reached it counts, too
    assert window.process.stdout is not None
    said = [
        last,
        *(line.strip() for line in window.process.stdout if line.startswith("kept") and line.endswith("}\n")),
    ]
    window.process.wait(WAIT_S)
    path = tmp_path / "casebook.db"
    questions = questions_of(rulebook.load().rules)
    promised: dict[int, tuple[int, dict[str, object]]] = {}
    for line in said:
        _, number, revision, given = line.split(" ", 3)
        promised[int(number)] = int(revision), json.loads(given)
    with Casebook.open(path, Clock(), questions) as book:
        for number, (revision, given) in promised.items():
            kept = book.get(number)
            assert kept.row.revision >= revision
            if kept.row.revision == revision:
                assert {name: kept.case.answers[name] for name in given} == given
    # the next visitor may just have been called in, or begun with an answer that nobody was told of
    mark = marked_open(path)
    assert mark in (0, max(promised), max(promised) + 1)
    if mark:
        again = Started(tmp_path)
        started.append(again)
        assert again.hear("left") == f"left {mark}"


def test_a_start_that_is_closed_leaves_no_mark_and_no_lock(tmp_path: Path, qtbot: QtBot) -> None:
    code = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from desktop import app\n"
        "from desktop.views.window import Window\n"
        "kept = Window.keep_in\n"
        "def keep_in(self, path, clock=None):\n"
        "    kept(self, path, clock)\n"
        "    self.filing.new_case(); self.model.set('category', 'toys')\n"
        "    self.keeping.keeper.kept.connect(lambda row: QTimer.singleShot(0, self.close))\n"
        "Window.keep_in = keep_in\n"
        "sys.exit(app.main([]))\n"
    )
    environment = {**os.environ, "LANEWISE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, timeout=WAIT_S, check=False
    )
    assert done.returncode == 0
    assert time.monotonic() - begun < WAIT_S
    assert marked_open(tmp_path / "casebook.db") == 0
    assert not list(tmp_path.glob("*.lock"))
    assert not list(tmp_path.glob("casebook.db-*")), "one plain file is left"


def test_a_file_that_a_mac_hands_over_by_an_event_is_asked_for(tmp_path: Path) -> None:
    """A process of its own: there is one application in each."""
    code = (
        "from PySide6.QtGui import QFileOpenEvent;"
        "from desktop.app import application;"
        "app = application(); asked = []; app.fileAsked.connect(asked.append);"
        f"print(app.sendEvent(app, QFileOpenEvent({str(tmp_path / 'vest.lanewise')!r})), asked)"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == f"True ['{tmp_path / 'vest.lanewise'}']"
