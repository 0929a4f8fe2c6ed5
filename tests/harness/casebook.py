"""Breaks casebooks on purpose and counts what was lost.

    python -m tests.harness.casebook --kills 1000 --faults 200 --seed 1

A child works on a casebook as a consultant does and says after each change that it was acknowledged. It is killed at a
random moment, or something is broken under it or after it: bits, lengths, whole files, the disk, the rights, the clock, a
second program. Then the casebook is opened again (and recovered where it says that it is damaged), and everything that
was acknowledged must be there. The last line is the count as JSON; the exit code is 1 where anything was lost.

Runs where there is `fork` (Linux, macOS). A full disk is a small disk in memory where this may be mounted, else a limit
on the size of files.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from desktop.core.case import Case
from desktop.core.casebook import Details, Query
from desktop.core.questions import Questions, questions_of
from desktop.store.casebook import Casebook, CasebookError, backups_of, recover, restore
from desktop.store.casebook import book as book_of
from desktop.store.casebook.files import copies_of
from desktop.store.casefile import read_case, write_case
from desktop.store.rulebook import load

NAME = "展会 stand 4.1.db"
BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=8)))
NOBODY = 65534


class Ticking:
    """A clock that goes on a second with every look, and may be set back."""

    def __init__(self, start: datetime = BEGAN) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


# ---------------------------------------------------------------------- what was acknowledged
@dataclass
class Known:
    """What the child said: the state of each case that was acknowledged, and the change that was on its way."""

    steps: dict[int, int] = field(default_factory=dict)
    clients: dict[int, str] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)
    erased: dict[int, str] = field(default_factory=dict)
    intent: dict[str, Any] = field(default_factory=dict)
    saved: list[tuple[str, int]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    last: str = ""

    def hear(self, lines: bytes) -> None:
        """Take in what the child wrote; a line that was cut off by the kill was not said."""
        for line in lines.split(b"\n")[:-1]:
            said = json.loads(line)
            match said["say"]:
                case "intent":
                    self.intent = said
                case "refused":
                    self.refused[said["kind"]] += 1
                case "ended":
                    self.last = said["text"]
                case "saved":
                    self.saved.append((said["path"], said["step"]))
                case _:
                    self.acknowledged += 1
                    self._take(said)
                    self.intent = {}

    def _take(self, said: dict[str, Any]) -> None:
        number = said["number"]
        match said["say"]:
            case "kept":
                self.steps[number] = max(said["step"], self.steps.get(number, 0))
                self.clients[number] = said["client"]
            case "deleted":
                self.away.add(number)
            case "back":
                self.away.discard(number)
            case "erased":
                self.erased[number] = said["client"]


def lost(book: Casebook, known: Known) -> list[str]:
    """What was acknowledged and is not there, one sentence each."""
    found = []
    rows = {row.number: row for shelf in ("all", "deleted") for row in book.find(Query(shelf=shelf)).rows}
    leaving = known.intent.get("number") if known.intent.get("what") in ("delete", "erase") else None
    for number, step in known.steps.items():
        if number in known.erased:
            if number in rows:
                found.append(f"case {number} was erased and is there")
            continue
        if number not in rows:
            if number not in known.away and number != leaving:
                found.append(f"case {number} is not there")
            continue
        kept = book.get(number).case.integer("weight_g") or 0
        if kept < step:
            found.append(f"case {number}: answer {step} was acknowledged, {kept} is there")
        if rows[number].client != known.clients[number]:
            found.append(f"case {number}: another client")
        if rows[number].deleted and number not in known.away and number != leaving:
            found.append(f"case {number} is among the deleted")
    return found


def leftovers(folder: Path, known: Known) -> list[str]:
    """Erased names that still stand in any byte of the folder."""
    content = b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return [name for name in known.erased.values() if name.encode() in content]


# ---------------------------------------------------------------------- the child
class Worker:
    """Works on a casebook at random and says what was acknowledged."""

    def __init__(self, path: Path, questions: Questions, seed: int, out: int, clock: Ticking) -> None:
        self.path, self.questions, self.out, self.clock = path, questions, out, clock
        self.chance = random.Random(seed)
        self.book: Casebook | None = None
        self.open: dict[int, tuple[Case, int, int, str]] = {}
        self.away: list[int] = []
        self.elsewhere: Path | None = None

    def say(self, say: str, **more: Any) -> None:
        os.write(self.out, json.dumps({"say": say, **more}).encode() + b"\n")

    def work(self, most: int) -> None:
        """So many changes, the first of them the opening."""
        self.book = Casebook.open(self.path, self.clock, self.questions, busy=2.0)
        for row in self.book.find(Query(shelf="all")).rows:
            kept = self.book.get(row.number)
            self.open[row.number] = (kept.case, row.revision, kept.case.integer("weight_g") or 0, row.client)
        for _ in range(most):
            self.change()

    def change(self) -> None:
        assert self.book is not None
        # most of the time a visitor answers; now and then something else happens
        action = self.chance.choices(
            (
                self.answer,
                self.create,
                self.note,
                self.delete,
                self.bring_back,
                self.erase,
                self.backup,
                self.again,
            ),
            (60, 8, 8, 4, 3, 2, 2, 1),
        )[0]
        if not self.open and action != self.backup:
            action = self.create
        try:
            action()
        except CasebookError as error:
            self.say("refused", kind=error.kind, text=error.text.en)
            if error.kind == "stale":
                number = error.copy
                kept = self.book.get(number)
                step = kept.case.integer("weight_g") or 0
                self.open[number] = (kept.case, kept.row.revision, step, kept.row.client)
                self.say("kept", number=number, step=step, client=kept.row.client)
            elif error.kind == "no-case":
                self.open.clear()
                self.create()
            elif error.kind in ("full", "disk", "gone", "read-only") and self.elsewhere is not None:
                self.save_elsewhere()
                raise
            elif error.kind not in ("locked",):
                raise

    def create(self) -> None:
        assert self.book is not None
        client = f"client-{self.chance.getrandbits(48):012x}-客户"
        self.say("intent", what="create")
        case, _ = Case(name=f"goods {client}").set(self.questions, "weight_g", 1)
        row = self.book.create(
            case, Details(client=client, tags=("hall 4",), note="x" * self.chance.randrange(400))
        )
        self.open[row.number] = (case, row.revision, 1, client)
        self.say("kept", number=row.number, step=1, client=client)

    def answer(self) -> None:
        assert self.book is not None
        number = self.chance.choice(list(self.open))
        case, revision, step, client = self.open[number]
        self.say("intent", what="answer", number=number)
        case, _ = case.set(self.questions, "weight_g", step + 1)
        row = self.book.keep(number, case, revision, step="product")
        self.open[number] = (case, row.revision, step + 1, client)
        self.say("kept", number=number, step=step + 1, client=client)

    def note(self) -> None:
        assert self.book is not None
        number = self.chance.choice(list(self.open))
        case, revision, step, client = self.open[number]
        self.say("intent", what="note", number=number)
        row = self.book.patch(number, revision, note="y" * self.chance.randrange(4000), consent="email")
        self.open[number] = (case, row.revision, step, client)
        self.say("kept", number=number, step=step, client=client)

    def delete(self) -> None:
        assert self.book is not None
        number = self.chance.choice(list(self.open))
        self.say("intent", what="delete", number=number)
        self.book.delete(number)
        del self.open[number]
        self.away.append(number)
        self.say("deleted", number=number)

    def bring_back(self) -> None:
        assert self.book is not None
        if self.away:
            number = self.away.pop()
            self.say("intent", what="back", number=number)
            row = self.book.undo_delete(number)
            kept = self.book.get(number)
            step = kept.case.integer("weight_g") or 0
            self.open[number] = (kept.case, row.revision, step, row.client)
            self.say("back", number=number)

    def erase(self) -> None:
        assert self.book is not None
        number = self.chance.choice(list(self.open))
        client = self.open[number][3]
        self.say("intent", what="erase", number=number, client=client)
        self.book.erase_client(client)
        del self.open[number]
        self.say("erased", number=number, client=client)

    def backup(self) -> None:
        assert self.book is not None
        self.book.backup()

    def again(self) -> None:
        """A clean end and a new start: what was deleted goes for good."""
        assert self.book is not None
        self.book.close()
        self.away.clear()
        self.book = Casebook.open(self.path, self.clock, self.questions, busy=2.0)

    def save_elsewhere(self) -> None:
        """The way on: the case that is in memory as a file of its own."""
        assert self.elsewhere is not None
        for number, (case, _, step, _) in list(self.open.items())[-1:]:
            place = self.elsewhere / f"{os.getpid()}-{number}.lanewise"
            write_case(case, place)
            self.say("saved", path=str(place), step=step)


@contextlib.contextmanager
def child(work: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    """A forked child that works; its id and the pipe from which it is heard. It is gone at the end."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 0
        try:
            os.close(reader)
            work(writer)
        except CasebookError as error:
            os.write(writer, json.dumps({"say": "ended", "text": error.text.en}).encode() + b"\n")
            code = 3
        except BaseException:
            traceback.print_exc()
            code = 4
        finally:
            os._exit(code)
    os.close(writer)
    try:
        yield pid, reader
    finally:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(reader)


def hear_all(reader: int, known: Known) -> None:
    content = b""
    while part := os.read(reader, 1 << 16):
        content += part
    known.hear(content)


class FaultyError(Exception):
    """The child ended in another way than it should: no fault of a disk, but of the program."""


def end_of(pid: int) -> int:
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


# ---------------------------------------------------------------------- the rounds
class Harness:
    """All rounds of a seed, and what was counted."""

    def __init__(self, seed: int, folder: Path, quiet: bool = True) -> None:
        self.chance = random.Random(seed)
        self.folder, self.quiet = folder, quiet
        self.questions = questions_of(load().rules)
        self.counts: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.said: list[str] = []

    # -------------------------------------------------------------- helpers
    def place(self) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="round ", dir=self.folder))
        (folder / "案例 簿").mkdir()
        return folder / "案例 簿" / NAME

    def worker(self, path: Path, out: int, clock: Ticking | None = None) -> Worker:
        return Worker(path, self.questions, self.seed_of_child, out, clock or Ticking())

    def session(
        self, path: Path, known: Known, acks: int, end: str = "kill", clock: Ticking | None = None
    ) -> None:
        """A child works for so many changes; then it is killed, ends without a close, or closes."""
        self.seed_of_child = self.chance.getrandbits(32)

        def work(out: int) -> None:
            worker = self.worker(path, out, clock)
            worker.work(acks)
            if end == "close":
                assert worker.book is not None
                worker.book.close()

        with child(work) as (pid, reader):
            hear_all(reader, known)
            code = end_of(pid)
            if code:
                raise FaultyError(f"the child ended with {code}: {known.last}")

    def opened(self, path: Path, where: str) -> Casebook | None:
        """The casebook, recovered where it says that it is damaged; None, counted, where it cannot be read at all."""
        for _ in range(3):
            try:
                return Casebook.open(path, Ticking(), self.questions, busy=2.0)
            except CasebookError as error:
                if "recover" not in error.ways:
                    self.counts["unreadable"] += 1
                    self.said.append(f"{where}: {error.text.en}")
                    return None
                self.counts["recovered"] += 1
                recover(path, BEGAN)
        self.counts["unreadable"] += 1
        self.said.append(f"{where}: damaged after it was recovered")
        return None

    def judge(self, path: Path, known: Known, where: str) -> None:
        book = self.opened(path, where)
        if book is None:
            return
        with contextlib.closing(book):
            wrong = book.check()
            missing = lost(book, known)
        left = leftovers(path.parent, known)
        if wrong is not None:
            self.counts["unreadable"] += 1
            self.said.append(f"{where}: {wrong.en}")
        self.counts["lost"] += len(missing)
        self.counts["left after erasing"] += len(left)
        self.said += [f"{where}: {sentence}" for sentence in missing]
        self.said += [f"{where}: {name} still stands" for name in left]

    def done(self, known: Known) -> None:
        self.counts["acknowledged"] += known.acknowledged

    # -------------------------------------------------------------- kills
    def kills(self, number: int) -> None:
        """Children that are killed at random moments, some twenty one after the other on the same casebook."""
        while number > 0:
            path, known = self.place(), Known()
            slow = self.chance.random() < 0.2
            for turn in range(min(number, 20)):
                self.kill(path, known, slow)
                self.counts["kills"] += 1
                number -= 1
                self.judge(path, known, f"kill {self.counts['kills']}{' (no log)' if slow else ''}")
                # what was under way when it was killed may have come about: from here on it counts as it is found
                self.settle(path, known)
                if not self.quiet and turn == 0:
                    print(f"{self.counts['kills']} kills, {self.counts['lost']} lost", flush=True)
            self.done(known)
            shutil.rmtree(path.parent.parent)

    def kill(self, path: Path, known: Known, slow: bool) -> None:
        self.seed_of_child = self.chance.getrandbits(32)
        after, more = self.chance.randrange(0, 30), self.chance.random() * 0.004

        def work(out: int) -> None:
            if slow:
                # as where a write-ahead log cannot be
                book_of.logs_work = lambda _: False
            self.worker(path, out).work(10_000)

        with child(work) as (pid, reader):
            content = b""
            until = content.count(b'"kept"') + after
            while content.count(b'"kept"') < until:
                part = os.read(reader, 1 << 16)
                if not part:
                    known.hear(content)
                    raise FaultyError(f"the child ended before it was killed: {end_of(pid)} {known.last}")
                content += part
            if not after:
                more *= 20
            time.sleep(more)
            os.kill(pid, signal.SIGKILL)
            while part := os.read(reader, 1 << 16):
                content += part
            known.hear(content)
            os.waitpid(pid, 0)

    def settle(self, path: Path, known: Known) -> None:
        """Deleted cases went with the close of the judge; an erasure under way either came about or not."""
        for number in known.away:
            known.steps.pop(number, None)
            known.clients.pop(number, None)
        known.away.clear()
        number = known.intent.get("number")
        if known.intent.get("what") in ("delete", "erase") and number in known.steps:
            book = self.opened(path, "settle")
            assert book is not None
            with contextlib.closing(book):
                if all(row.number != number for row in book.find(Query(shelf="all")).rows):
                    if known.intent["what"] == "erase":
                        known.erased[number] = known.clients[number]
                        left = leftovers(path.parent, known)
                        self.counts["left after erasing"] += len(left)
                        self.said += [f"an erasure that was killed left {name}" for name in left]
                    del known.steps[number], known.clients[number]
        known.intent = {}

    # -------------------------------------------------------------- faults
    def faults(self, number: int, only: str = "") -> None:
        """Faults of every kind in turn, or of one."""
        kinds = [getattr(self, name) for name in dir(self) if name.startswith(f"fault_{only}")]
        for turn in range(number):
            kind = kinds[turn % len(kinds)]
            path, known = self.place(), Known()
            try:
                kind(path, known)
            except FaultyError as error:
                self.counts["unreadable"] += 1
                self.said.append(f"{kind.__name__}: {error}")
            self.counts["faults"] += 1
            self.kinds[kind.__name__.removeprefix("fault_")] += 1
            self.done(known)
            shutil.rmtree(path.parent.parent, ignore_errors=True)
            if not self.quiet and turn % 20 == 19:
                print(f"{turn + 1} faults, {self.counts['lost']} lost", flush=True)

    def filled(self, path: Path, known: Known) -> None:
        """A casebook of some days, with backups, that was left in one of two ways."""
        for day in range(self.chance.randrange(1, 4)):
            end = self.chance.choice(("close", "leave"))
            self.session(path, known, self.chance.randrange(5, 60), end, Ticking(BEGAN + timedelta(days=day)))
            # the next start takes what was deleted away
            for number in known.away:
                known.steps.pop(number, None)
                known.clients.pop(number, None)
            known.away.clear()
            known.intent = {}

    def some_bits(self, place: Path) -> None:
        size = place.stat().st_size
        if size:
            with place.open("rb+") as stream:
                for _ in range(self.chance.randrange(1, 6)):
                    at = self.chance.randrange(size)
                    stream.seek(at)
                    old = stream.read(1)
                    stream.seek(at)
                    stream.write(bytes([old[0] ^ (1 << self.chance.randrange(8))]))

    def cut(self, place: Path) -> None:
        os.truncate(place, self.chance.randrange(place.stat().st_size + 1))

    def torn(self, place: Path) -> None:
        """A stretch of zeros, as a torn write leaves it."""
        size = place.stat().st_size
        with place.open("rb+") as stream:
            stream.seek(self.chance.randrange(size + 1))
            stream.write(b"\0" * min(4096, size))
            stream.truncate(size)

    def break_one(self, path: Path, known: Known, choose: Callable[[], list[Path]]) -> None:
        self.filled(path, known)
        there = [place for place in choose() if place.exists()]
        if there:
            place = self.chance.choice(there)
            self.chance.choice((self.some_bits, self.cut, self.torn, Path.unlink))(place)
        self.judge(path, known, f"{sys._getframe(1).f_code.co_name} {self.counts['faults']}")

    def fault_bits_of_the_file(self, path: Path, known: Known) -> None:
        self.filled(path, known)
        self.some_bits(path)
        self.judge(path, known, f"bits {self.counts['faults']}")

    def fault_file(self, path: Path, known: Known) -> None:
        self.break_one(path, known, lambda: [path])

    def fault_log(self, path: Path, known: Known) -> None:
        self.break_one(path, known, lambda: [path.with_name(f"{path.name}-wal")])

    def fault_index(self, path: Path, known: Known) -> None:
        self.break_one(path, known, lambda: [path.with_name(f"{path.name}-shm")])

    def fault_backup(self, path: Path, known: Known) -> None:
        self.break_one(path, known, lambda: [backup.path for backup in backups_of(path)])

    def fault_record(self, path: Path, known: Known) -> None:
        self.break_one(path, known, lambda: sorted(copies_of(path).glob("answers-*")))

    def fault_copies_gone(self, path: Path, known: Known) -> None:
        self.filled(path, known)
        shutil.rmtree(copies_of(path))
        self.judge(path, known, "copies gone")

    def fault_another_file(self, path: Path, known: Known) -> None:
        """Something else in the casebook's place."""
        self.filled(path, known)
        path.write_bytes(
            self.chance.choice((b"", b"PK\x03\x04", bytes(8192), b"SQLite format 3\0", b"x" * 100_000))
        )
        for companion in ("-wal", "-shm"):
            path.with_name(path.name + companion).unlink(missing_ok=True)
        self.judge(path, known, "another file")

    def fault_killed_while_recovering(self, path: Path, known: Known) -> None:
        self.filled(path, known)
        self.torn(path)

        def work(out: int) -> None:
            os.write(out, b"\n")
            recover(path, BEGAN)

        with child(work) as (pid, reader):
            os.read(reader, 1)
            time.sleep(self.chance.random() * 0.03)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.judge(path, known, "killed while recovering")

    def fault_restored_backup(self, path: Path, known: Known) -> None:
        """Back to a backup of the user's choice, and then to the last state again through what was set aside."""
        self.filled(path, known)
        made = backups_of(path)
        if made:
            restore(path, made[-1].path, BEGAN)
            book = self.opened(path, "restored")
            if book is not None:
                book.close()
            known.steps.clear()
        self.judge(path, known, "restored")

    def fault_full_disk(self, path: Path, known: Known) -> None:
        """A disk that fills up in the middle of the work: the last change is refused, the case saved elsewhere."""
        folder, elsewhere = path.parent, path.parent.parent
        size = self.chance.randrange(200, 900)
        mounted = _mount(folder, size)
        try:
            self.until_refused(path, known, elsewhere, None if mounted else size * 1024)
            self.judge(path, known, "full disk, still full")
            if mounted:
                _remount(folder, 64 * 1024)
            self.judge(path, known, "full disk, with space again")
        finally:
            if mounted:
                subprocess.run(["umount", str(folder)], check=True)

    def fault_largest_file(self, path: Path, known: Known) -> None:
        self.until_refused(path, known, path.parent.parent, self.chance.randrange(60, 400) * 1024)
        self.judge(path, known, "largest file")

    def until_refused(self, path: Path, known: Known, elsewhere: Path, limit: int | None) -> None:
        self.seed_of_child = self.chance.getrandbits(32)

        def work(out: int) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            worker = self.worker(path, out)
            worker.elsewhere = elsewhere
            worker.work(10_000)

        with child(work) as (pid, reader):
            hear_all(reader, known)
            code = end_of(pid)
        if code != 3:
            raise FaultyError(f"a full disk ended the child with {code}")
        for place, step in known.saved:
            case = read_case(Path(place), self.questions)
            if (case.integer("weight_g") or 0) < step:
                self.counts["lost"] += 1
                self.said.append(f"{place} holds less than was saved elsewhere")
        self.counts["saved elsewhere"] += len(known.saved)

    def fault_folder_that_can_only_be_read(self, path: Path, known: Known) -> None:
        self.filled(path, known)
        places = [path.parent, *path.parent.rglob("*")]
        above = [path.parent.parent, self.folder]
        before = {place: place.read_bytes() for place in places if place.is_file()}
        for place in places:
            place.chmod(0o555 if place.is_dir() else 0o444)
        for place in above:
            place.chmod(0o755)
        root = os.geteuid() == 0
        try:
            if root:
                os.seteuid(NOBODY)
            book = Casebook.open(path, Ticking(), self.questions)
            if book.reading is None:
                raise FaultyError("a folder that can only be read was opened to write")
            missing = lost(book, known)
            with contextlib.suppress(CasebookError):
                book.create(Case())
                missing.append("a write into a folder that can only be read was acknowledged")
            book.close()
        except CasebookError as error:
            missing = []
            self.counts["unreadable"] += 1
            self.said.append(f"read-only: {error.text.en}")
        finally:
            if root:
                os.seteuid(0)
            for place in places:
                place.chmod(0o755 if place.is_dir() else 0o644)
        self.counts["lost"] += len(missing)
        self.said += missing
        if before != {place: place.read_bytes() for place in places if place.is_file()}:
            raise FaultyError("reading changed a file")
        self.judge(path, known, "read-only, afterwards")

    def fault_folder_taken_away(self, path: Path, known: Known) -> None:
        """A stick that is pulled while the program works, and put back; or another folder in its place."""
        self.seed_of_child = self.chance.getrandbits(32)
        elsewhere = path.parent.parent
        moved = path.parent.with_name("taken away")

        def work(out: int) -> None:
            worker = self.worker(path, out)
            worker.elsewhere = elsewhere
            worker.work(10_000)

        with child(work) as (pid, reader):
            content = os.read(reader, 1 << 16)
            while content.count(b'"kept"') < 20:
                content += os.read(reader, 1 << 16)
            path.parent.rename(moved)
            if self.chance.random() < 0.5:
                path.parent.mkdir()
            while part := os.read(reader, 1 << 16):
                content += part
            known.hear(content)
            if (code := end_of(pid)) != 3:
                raise FaultyError(f"a folder taken away ended the child with {code}")
        shutil.rmtree(path.parent, ignore_errors=True)
        moved.rename(path.parent)
        self.judge(path, known, "taken away")

    def fault_locked(self, path: Path, known: Known) -> None:
        """Another program that holds the casebook for longer than one waits."""
        self.filled(path, known)
        holder = sqlite3.connect(path, isolation_level=None)
        try:
            holder.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            try:
                Casebook.open(path, Ticking(), self.questions, busy=0.05).close()
                raise FaultyError("a locked casebook was opened")
            except CasebookError as error:
                if error.kind != "locked" or time.monotonic() - began > 5:
                    raise FaultyError(f"locked: {error.text.en}") from None
            holder.execute("ROLLBACK")
        finally:
            holder.close()
        self.judge(path, known, "locked")

    def fault_clock_set_back(self, path: Path, known: Known) -> None:
        seen: dict[Path, bytes] = {}
        for _ in range(4):
            clock = Ticking(BEGAN + timedelta(days=self.chance.randrange(-400, 400)))
            self.session(path, known, self.chance.randrange(5, 20), "close", clock)
            for number in known.away:
                known.steps.pop(number, None)
                known.clients.pop(number, None)
            known.away.clear()
            known.intent = {}
            now = {backup.path: backup.path.read_bytes() for backup in backups_of(path)}
            if not known.erased and any(
                now[place] != content for place, content in seen.items() if place in now
            ):
                raise FaultyError("a backup was overwritten")
            seen = now
        self.judge(path, known, "clock")

    def fault_two_programs(self, path: Path, known: Known) -> None:
        """Two programs at once, often on the same case."""
        self.session(path, known, 5, "close")
        known.away.clear()
        with contextlib.closing(Casebook.open(path, Ticking(), self.questions)) as book:
            here = {row.number for row in book.find(Query(shelf="all")).rows}
        known.steps = {number: step for number, step in known.steps.items() if number in here}
        seeds = [self.chance.getrandbits(32) for _ in range(2)]
        both = [Known(), Known()]

        def work_of(seed: int) -> Callable[[int], None]:
            def work(out: int) -> None:
                worker = Worker(path, self.questions, seed, out, Ticking())
                # one does not take from the other what it works on
                for name in ("delete", "erase", "again", "bring_back"):
                    setattr(worker, name, worker.answer)
                worker.work(40)

            return work

        with child(work_of(seeds[0])) as (one, first), child(work_of(seeds[1])) as (other, second):
            hear_all(first, both[0])
            hear_all(second, both[1])
            codes = end_of(one), end_of(other)
        if any(codes):
            raise FaultyError(f"two programs ended with {codes}: {both[0].last}{both[1].last}")
        for each in both:
            for number, step in each.steps.items():
                known.steps[number] = max(step, known.steps.get(number, 0))
                known.clients[number] = each.clients[number]
            known.acknowledged += each.acknowledged
            self.counts["kept as a copy"] += each.refused["stale"]
        self.judge(path, known, "two programs")

    def fault_newer_program(self, path: Path, known: Known) -> None:
        self.filled(path, known)
        book = self.opened(path, "newer")
        assert book is not None
        # with the close a deleted case goes
        known.away |= {row.number for row in book.find(Query(shelf="deleted")).rows}
        book.close()
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE meta SET version = 99")
            connection.execute("PRAGMA user_version = 99")
            connection.commit()
        before = path.read_bytes()
        try:
            Casebook.open(path, Ticking(), self.questions)
            raise FaultyError("a newer casebook was opened")
        except CasebookError as error:
            if error.kind != "newer" or path.read_bytes() != before:
                raise FaultyError(f"newer: {error.text.en}") from None


def _mount(folder: Path, kilobytes: int) -> bool:
    if os.geteuid() != 0:
        return False
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def _remount(folder: Path, kilobytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(folder)], check=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work; a disk in memory where not given")
    parser.add_argument("--only", default="", help="faults whose names begin so, such as two_programs")
    parser.add_argument("--progress", action="store_true")
    options = parser.parse_args(arguments)
    memory = Path("/dev/shm")
    if options.folder is None and os.access(memory, os.W_OK):
        # a kill is not a power cut: what was flushed and what was not is the same to it, and a disk in memory is fast
        options.folder = memory
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lanewise-harness-", dir=options.folder) as name:
        harness = Harness(options.seed, Path(name), quiet=not options.progress)
        harness.kills(options.kills)
        harness.faults(options.faults, options.only)
    for sentence in harness.said:
        print(sentence, file=sys.stderr)
    found = {"seed": options.seed, "acknowledged": 0, "lost": 0, "unreadable": 0, "left after erasing": 0,
             **harness.counts, "kinds": dict(harness.kinds), "seconds": round(time.monotonic() - began, 1)}  # fmt: skip
    print(json.dumps(found, ensure_ascii=False))
    return int(any(found[name] for name in ("lost", "unreadable", "left after erasing")))


if __name__ == "__main__":
    sys.exit(main())
