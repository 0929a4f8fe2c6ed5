"""Mutates rule packs and case files and counts what was accepted that should not be.

    python -m tests.harness.packs --count 100000 --seed 1

Packs: changed bytes, changed heads, signatures of others, contents that a bad publisher signed rightly. Case files:
changed text, values, keys and depth, alone and in what a casebook is given to import. Each must end in one sentence
(`LanewiseError`) or be accepted rightly: a signed pack only byte for byte as it was signed, an unsigned one only as one's
own, a case only where writing and reading it gives the same case again. Whatever is opened for writing, made, renamed or
deleted outside the user's folder and the folder for what is temporary is a fault, by the interpreter's own audit (on
Linux, where an open folder has a name).
The last line is the count as JSON; the exit code is 1 where there was a fault.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import sys
import tempfile
import traceback
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from desktop.core.case import Case, check_kept, data_of
from desktop.core.errors import LanewiseError
from desktop.core.questions import questions_of
from desktop.store import rulebook
from desktop.store.casebook import Casebook, local_now
from desktop.store.casebook.exchange import import_files
from desktop.store.casefile import case_of_bytes, examples, read_example
from desktop.store.packs.file import MAGIC, Head, PackFile, parse_pack
from desktop.store.packs.kept import Packs, checked
from desktop.store.packs.keys import Keys, Signer

SIGNER, OTHER = Signer(bytes(range(32))), Signer(bytes(range(1, 33)))
KEYS = Keys({SIGNER.id: SIGNER.public})
DAYS = (date(2026, 12, 1), date(2027, 3, 1), date(2027, 12, 1))
TODAY = date(2026, 12, 5)
MODES_OF_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate")
SMALL = {
    "sources/s.yaml": "sources:\n  a: {publisher: A, title: B, url: null, dated: 2026-11, read: 2026-11-22, "
    "kind: official, review_by: null}\n",
    "units/u.yaml": 'units:\n  percent: {en: "%", zh: "%", kind: number}\n',
    "facts/a.yaml": "topic: {en: A, zh: 甲}\nfacts:\n- id: a.fee\n  says: {en: A fee., zh: 费用。}\n  unit: percent\n"
    "  values:\n  - {from: 2026-01-01, value: 12.5, source: a, confidence: high}\n",
    "rates/r.yaml": "tables: []\n",
}
EVIL = (
    "../evil.yaml", "facts/../../evil.yaml", "/etc/evil.yaml", "C:/evil.yaml", "facts\\evil.yaml", "facts/con.yaml",
    "facts/a.py", "code/a.yaml", "rules/questions/q.yaml", "facts/" + "a" * 300 + ".yaml", "facts/a.yaml\x00.yaml",
    "facts/․․/evil.yaml", "rules/loader/a.yaml", "FACTS/a.yaml", "facts/a.yaml/../b.yaml", "",
)  # fmt: skip
TEXTS = (
    "\ud800", "\x00", "&a [*a]", "a: &a [x]\nb: [*a, *a]\n", "[" * 5_000, "!!python/object/apply:os.system [id]",
    "? [1]\n: 2", "facts: 1", "- - -", "'", "a: 1\na: 2", "\ufeff", "%YAML 9.9\n---\n", "<<: {a: 1}",
    "1e999999", "-0", "NaN",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1.5, "", "x" * 5_000, "NaN", "1e999999", "-0", "١٢", [], {}, [[]],
    {"a": {"b": []}}, "\x00", "unknown", "2026-02-30", ["US", "US"], ["ZZ"], {"id": 1}, "\ud800",
    "../../etc/passwd", "9" * 400,
)  # fmt: skip


class FaultError(AssertionError):
    """Something was accepted, or done, that should not have been."""


class Fence:
    """What is written outside the folders that may be written in is a fault."""

    def __init__(self, *folders: Path) -> None:
        self.folders = tuple(str(folder.resolve()) for folder in folders)
        self.up = False
        self.broken: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.up:
            return
        if event == "open":
            path, mode, flags = arguments
            writes = (isinstance(flags, int) and flags & MODES_OF_WRITING) or (
                isinstance(mode, str) and set(mode) & set("wax+")
            )
            paths = (path,) if writes else ()
        elif event in CHANGES:
            paths = arguments[:2] if event in ("os.rename", "os.link", "os.symlink") else arguments[:1]
            beside = arguments[-1]
            if event in ("os.remove", "os.rmdir") and isinstance(beside, int) and beside > 0:
                # a name within a folder that is open
                paths = tuple(os.path.join(os.readlink(f"/proc/self/fd/{beside}"), path) for path in paths)
        elif event in (
            "os.system",
            "subprocess.Popen",
            "exec",
            "socket.connect",
            "os.exec",
            "os.posix_spawn",
        ):
            if event != "exec":
                self.broken.append(event)
            return
        else:
            return
        for path in paths:
            if isinstance(path, bytes):
                path = os.fsdecode(path)
            if isinstance(path, str) and not self._inside(path):
                self.broken.append(f"{event} {path}")

    def _inside(self, path: str) -> bool:
        full = os.path.realpath(path)
        return full == os.devnull or any(full == f or full.startswith(f + os.sep) for f in self.folders)


def signed(files: object, signer: Signer | None = SIGNER, counter: int = 7) -> PackFile:
    """A pack of any content, rightly bound and signed: what a bad publisher could send."""
    plain = files if isinstance(files, bytes) else json.dumps(files).encode()
    content = zlib.compress(plain, 1)
    head = Head(
        "2026-12", counter, signer.id if signer else "", *DAYS, 1, len(plain), len(content), sha256(content).hexdigest()
    )  # fmt: skip
    return PackFile(head, signer.sign(MAGIC + head.line()) if signer else None, content, "signed")


def mutated(raw: bytes, chance: random.Random, first: int = 0) -> bytes:
    """Bytes with a few changes, most of them near the beginning."""
    changed = bytearray(raw)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        place = chance.randrange(
            min(first, len(changed)) if first and chance.random() < 0.6 else max(1, len(changed))
        )
        kind = chance.random()
        if kind < 0.4 and changed:
            changed[min(place, len(changed) - 1)] ^= 1 << chance.randrange(8)
        elif kind < 0.6:
            del changed[place : place + chance.randrange(1, 60)]
        elif kind < 0.8:
            changed[place:place] = chance.randbytes(chance.randrange(1, 9))
        elif kind < 0.9:
            changed[place:place] = changed[place : place + chance.randrange(1, 200)]
        else:
            del changed[place:]
        if not changed:
            break
    return bytes(changed)


class Mutations:
    """All kinds of mutations by name; each says what became of it, or raises `FaultError`."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        self.home, self.chance = home, chance
        self.book = rulebook.load()
        self.questions = questions_of(self.book.rules)
        self.packs = Packs(home, KEYS)
        self.good = signed(SMALL)
        self.own = signed(SMALL, None)
        self.names = examples()
        self.cases = [data_of(read_example(name, self.questions)) for name in self.names]
        self.casebook = Casebook.open(home / "casebook.db", local_now, self.questions)
        self.turn = 0

    def close(self) -> None:
        self.casebook.close()

    def _value(self) -> Any:
        """A value of its own: it may be changed further."""
        return copy.deepcopy(self.chance.choice(VALUES))

    # ------------------------------------------------------------------ packs
    def pack_bytes(self) -> str:
        mine = self.chance.random() < 0.5
        raw = mutated(self.good.raw, self.chance, 420)
        try:
            found = parse_pack(raw, "p.lwrules", KEYS, mine=mine)
            files = found.files()
        except LanewiseError:
            return "refused"
        if found.trust == "signed" and raw != self.good.raw:
            raise FaultError("a changed pack was accepted as signed")
        if found.trust == "mine" and (not mine or found.pack.counter or found.pack.key):
            raise FaultError("an unsigned pack was accepted as more than one's own")
        if files != SMALL:
            raise FaultError("another content than the one that the head binds")
        return "same" if raw == self.good.raw else "mine"

    def pack_unsigned(self) -> str:
        mine = self.chance.random() < 0.5
        raw = mutated(self.own.raw, self.chance, 420)
        try:
            found = parse_pack(raw, "p.lwrules", KEYS, mine=mine)
            found.files()
        except LanewiseError:
            return "refused"
        if not mine or found.trust != "mine" or found.pack.counter or not found.pack.id.startswith("mine-"):
            raise FaultError("an unsigned pack was accepted as more than one's own")
        return "mine"

    def pack_signature(self) -> str:
        """Signed by another under this name, by this one over another head, or with a signature of another pack."""
        head = self.good.head
        lines = {
            "counter": replace(head, counter=self.chance.randrange(10**6)),
            "name": replace(head, name=f"n{self.chance.randrange(10**6)}"),
            "expires": replace(head, expires=date(2099, 1, 1)),
        }
        other = self.chance.choice(list(lines.values()))
        signature = self.chance.choice(
            (self.good.signature, OTHER.sign(MAGIC + other.line()), self.chance.randbytes(64), bytes(64))
        )
        if other == head:
            return "same"
        try:
            parse_pack(replace(self.good, head=other, signature=signature).raw, "p.lwrules", KEYS, mine=True)
        except LanewiseError:
            return "refused"
        raise FaultError("a head that nobody signed was accepted")

    def pack_content(self) -> str:
        """Whatever a publisher signs goes through the strict door, and no rules are lacking."""
        files: dict[str, Any] = dict(SMALL)
        for _ in range(self.chance.randrange(1, 4)):
            kind = self.chance.random()
            path = self.chance.choice(list(files) or ["facts/a.yaml"])
            if kind < 0.25:
                files[self.chance.choice(EVIL)] = "a: 1"
            elif kind < 0.45:
                files[path] = self.chance.choice(TEXTS)
            elif kind < 0.55:
                files[path] = self._value()
            elif kind < 0.65:
                files.pop(path, None)
            elif kind < 0.75:
                area = self.chance.choice(
                    ("facts", "units", "rules/fees", "rules/border", "rules/facts", "doubts", "missing")
                )
                files[f"{area}/{self.chance.choice(('x', 'y'))}.yaml"] = self.chance.choice(
                    (*SMALL.values(), *TEXTS)
                )
            elif isinstance(files.get(path), str):
                text = files[path].encode("utf-8", "surrogatepass")
                files[path] = mutated(text, self.chance).decode("utf-8", "replace")
        raw = signed(files).raw
        try:
            found = parse_pack(raw, "p.lwrules", KEYS)
            self.packs.check(found, TODAY) if self.chance.random() < 0.5 else checked(found)
        except LanewiseError as error:
            if not error.text.en or "\n" in error.text.en.strip():
                raise FaultError(f"refused in more than a sentence: {error.text.en[:80]!r}") from None
            return "refused"
        raise FaultError("a pack without rules was accepted")

    def pack_plain(self) -> str:
        """What unpacks to no list of files."""
        plain = self.chance.choice(
            (
                b"[]",
                b"{}",
                b"{",
                b"[" * 60_000,
                b"\xff\xfe",
                b'{"facts/a.yaml": 1}',
                b"null",
                self.chance.randbytes(200),
            )
        )
        bad = signed(plain)
        if self.chance.random() < 0.3:
            head = replace(bad.head, size=max(1, bad.head.size + self.chance.choice((-1, 1, 10_000))))
            bad = PackFile(head, SIGNER.sign(MAGIC + head.line()), bad.content, "signed")
        try:
            parse_pack(bad.raw, "p.lwrules", KEYS).files()
        except LanewiseError:
            return "refused"
        raise FaultError("a content that is no list of files was accepted")

    # ------------------------------------------------------------------ cases
    def _case_bytes(self) -> bytes:
        data: dict[str, Any] = json.loads(json.dumps(self.chance.choice(self.cases)))
        if self.chance.random() < 0.3:
            note = {
                "id": "shipped",
                "digest": "0f",
                "day": "2026-11-30",
                "first": "ebay",
                "figure": "7.58 USD",
            }
            data["rules"] = note
            if self.chance.random() < 0.6:
                note[self.chance.choice(list(note))] = self._value()
        for _ in range(self.chance.randrange(0, 4)):
            kind = self.chance.random()
            if kind < 0.5:
                data["answers"][
                    self.chance.choice((*(question.name for question in self.questions.items), "no_such"))
                ] = self._value()
            elif kind < 0.8:
                key = self.chance.choice(("format", "as_of", "answers", "overrides", "weights", "name", "within",
                                          "settlement", "rules", "other"))  # fmt: skip
                data[key] = self._value()
                if not isinstance(data["answers"], dict):
                    break
            else:
                data["overrides"] = {self.chance.choice(("ebay.us.fvf.most", "no.such")): self._value()}
        content = json.dumps(data, ensure_ascii=self.chance.random() < 0.5).encode("utf-8", "surrogatepass")
        return mutated(content, self.chance) if self.chance.random() < 0.5 else content

    def case_file(self) -> str:
        content = self._case_bytes()
        try:
            found = case_of_bytes(content, "c.lanewise", self.questions)
            check_kept(found.overrides, self.book)
        except LanewiseError:
            return "refused"
        self._whole(found)
        return "accepted"

    def _whole(self, found: Case) -> None:
        """Written and read it is the same case, and every answer is one that could be given by hand."""
        written = json.dumps(data_of(found)).encode()
        if case_of_bytes(written, "again.lanewise", self.questions) != found:
            raise FaultError("a case is another one once it is written and read")
        for name, value in found.answers.items():
            again = self.questions.parse(name, list(value) if isinstance(value, tuple) else value)
            if again != value:
                raise FaultError(f"an answer that cannot be given was accepted: {name} {value!r}")

    def casebook_import(self) -> str:
        self.turn += 1
        path = self.home / f"in-{self.turn % 5}.lanewise"
        path.write_bytes(self._case_bytes())
        found = import_files(self.casebook, [path], self.book)
        if len(found.rows) + len(found.known) + len(found.refused) != 1:
            raise FaultError("a file that is neither taken in nor refused")
        for row in found.rows:
            self._whole(self.casebook.get(row.number).case)
        return "refused" if found.refused else "accepted"


SHARES = (
    ("pack_bytes", 30), ("pack_unsigned", 10), ("pack_signature", 10), ("pack_content", 12), ("pack_plain", 3),
    ("case_file", 33), ("casebook_import", 2),
)  # fmt: skip


def run(
    count: int, seed: int, say: Callable[[str], None] = lambda _line: None
) -> tuple[Counter[str], list[str]]:
    """So many mutations of a seed; how many of each kind ended how, and the faults."""
    chance = random.Random(seed)
    ended: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        home.mkdir()
        fence = Fence(Path(tempfile.gettempdir()), home)
        watched = sorted(path for path in Path(place).iterdir())
        mutations = Mutations(home, chance)
        names, weights = zip(*SHARES, strict=True)
        fence.up = True
        try:
            for number in range(count):
                name = chance.choices(names, weights)[0]
                try:
                    ended[f"{name} {getattr(mutations, name)()}"] += 1
                except FaultError as fault:
                    faults.append(f"{number} {name}: {fault}")
                except Exception as error:
                    where = traceback.format_exc(limit=-3)
                    faults.append(f"{number} {name}: {type(error).__name__}: {error}\n{where}")
                if number % 5_000 == 4_999:
                    say(f"{number + 1:,} of {count:,}, {len(faults)} faults")
        finally:
            fence.up = False
            mutations.close()
        faults += [f"written outside the user's folder: {each}" for each in fence.broken]
        if sorted(Path(place).iterdir()) != watched:
            faults.append("something stands beside the user's folder")
        if mutations.packs.list() or mutations.packs.folder.exists():
            faults.append("a pack was installed")
    return ended, faults


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    ended, faults = run(options.count, options.seed, print)
    for fault in faults[:20]:
        print(fault)
    print(json.dumps({**dict(sorted(ended.items())), "faults": len(faults)}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
