"""A casebook that is damaged or gone, made again from all that is left: its own rows, the backups, the record.

What reads right counts, and of several states of a case the last. The damaged files are set aside with their date and
not changed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from desktop.store.casebook import record
from desktop.store.casebook.backups import backups_of
from desktop.store.casebook.faults import BROKEN, fault, fault_of
from desktop.store.casebook.files import beside, connect, copies_of, damage, flush, passing, transaction, wipe
from desktop.store.casebook.schema import (
    APPLICATION,
    INSERT,
    META,
    STEPS,
    STORED,
    VERSION,
    insert_meta,
    sum_of,
    total_of,
    values_of,
    write_meta,
)

FURTHEST = 1_000_000
"""Numbers are tried one by one up to here at most."""
MOST_BYTES = 2**31
MISSES = 20_000
"""So many numbers in a row without a case, and the search ends."""


class Recovery(NamedTuple):
    """What was brought back. `own`, `backups`, `record`: cases whose last state came from the file itself, a backup,
    the record; `doubtful`: numbers whose check sum is wrong and of which there is no better copy; `lost`: numbers that
    were given and of which nothing is left; `aside`: where the damaged files are now."""

    own: int
    backups: int
    record: int
    doubtful: tuple[int, ...]
    lost: tuple[int, ...]
    aside: Path | None

    @property
    def cases(self) -> int:
        return self.own + self.backups + self.record


class _Found:
    """The last good state of each case, and which are gone."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[dict[str, Any], str]] = {}
        self.doubtful: dict[int, dict[str, Any]] = {}
        self.gone: set[int] = set()
        self.uids: list[str] = []
        self.seq = self.number = 0

    def row(self, row: dict[str, Any], where: str) -> None:
        number = int(row["number"])
        if number not in self.rows or self.rows[number][0]["seq"] < row["seq"]:
            self.rows[number] = row, where
        self.seq, self.number = max(self.seq, row["seq"]), max(self.number, number)

    def meta(self, uid: str, seq: int, number: int) -> None:
        self.uids.append(uid)
        self.seq, self.number = max(self.seq, seq), max(self.number, number)


def recover(path: Path, now: datetime) -> Recovery:
    """Make the casebook anew from what is left of it. Close it everywhere before. StoreError leaves all as it was."""
    path = path.absolute()
    try:
        for left in path.parent.glob(".new-*.db"):
            # of a recovery that was cut off
            wipe(left)
        found = _Found()
        _gather_records(copies_of(path), found)
        _gather_backups(path, found)
        _gather_own(path, found)
        for number, row in found.doubtful.items():
            if number not in found.rows:
                found.row(row, "own")
        for number in found.gone:
            found.rows.pop(number, None)
        with _built(path, found) as whole:
            aside = set_aside(path, now)
            os.replace(whole, path)
        record.flush_folder(path.parent)
    except BROKEN as error:
        raise fault_of(path, error) from None
    came = [where for _, where in found.rows.values()]
    numbers = range(1, found.number + 1)
    return Recovery(
        came.count("own"),
        came.count("backup"),
        came.count("record"),
        tuple(sorted(n for n in found.doubtful if n in found.rows and found.rows[n][0] is found.doubtful[n])),
        tuple(n for n in numbers if n not in found.rows and n not in found.gone),
        aside,
    )


def restore(path: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the casebook's place; what was there is set aside, with the record and the newer backups.

    Where that lies now; None where there was nothing. Later counts than any that was given go on from there.
    """
    path = path.absolute()
    try:
        found = _Found()
        _gather_records(copies_of(path), found)
        for other in backups_of(path):
            found.seq = max(found.seq, other.seq)
        later = found.seq
        found = _Found()
        if not backup.is_file():
            raise fault("foreign", backup)
        with contextlib.closing(connect(backup, "immutable")) as connection:
            if (wrong := damage(connection)) is not None:
                raise fault("damaged", backup, wrong)
            _gather(connection, found, "backup", trusted=True)
        own, found.seq = found.seq, max(found.seq, later)
        with _built(path, found) as whole:
            # with what says more than the backup: it would come back by itself
            newer = [each.path for each in backups_of(path) if each.seq > own]
            aside = set_aside(path, now, (*record.records(copies_of(path)), *newer))
            os.replace(whole, path)
        record.flush_folder(path.parent)
        return aside
    except BROKEN as error:
        raise fault_of(path, error) from None


# ---------------------------------------------------------------------- what is left
def _gather_records(folder: Path, found: _Found) -> None:
    for place in record.records(folder):
        with contextlib.suppress(OSError):
            read = record.read(place)
            if read.uid:
                found.uids.append(read.uid)
            for entry in read.entries:
                if "gone" in entry:
                    found.gone.add(entry["gone"])
                    found.meta(read.uid, entry["seq"], entry["gone"])
                else:
                    found.row(entry["row"], "record")


def _gather_backups(path: Path, found: _Found) -> None:
    for backup in backups_of(path):
        with (
            contextlib.suppress(*BROKEN),
            contextlib.closing(connect(backup.path, "immutable")) as connection,
        ):
            _gather(connection, found, "backup")


def _gather_own(path: Path, found: _Found) -> None:
    """The rows of the damaged file, from a copy: opening it would change it."""
    if not path.exists():
        return
    with passing() as folder:
        place = folder / "damaged.db"
        shutil.copyfile(path, place)
        _made_long(place)
        for companion in beside(path)[:1]:
            if companion.exists():
                shutil.copyfile(companion, place.with_name("damaged.db-wal"))
        for mode in ("rw", "immutable"):
            # with what the write-ahead log holds; then without it, for the log itself may be what is damaged
            with contextlib.suppress(*BROKEN), contextlib.closing(connect(place, mode)) as connection:
                connection.text_factory = _text
                _gather(connection, found, "own")


def _made_long(place: Path) -> None:
    """SQLite reads nothing of a file that was cut off; with zeros for what is missing it reads the rest."""
    with place.open("rb") as stream:
        head = stream.read(32)
    size = int.from_bytes(head[16:18], "big") * int.from_bytes(head[28:32], "big")
    if place.stat().st_size < size <= MOST_BYTES:
        os.truncate(place, size)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _gather(connection: sqlite3.Connection, found: _Found, where: str, *, trusted: bool = False) -> None:
    """All rows that can be read, one number after the other: a bad page hides no good one."""
    with contextlib.suppress(*BROKEN, TypeError):
        uid, seq, number = connection.execute("SELECT uid, seq, number FROM meta").fetchone()
        values = connection.execute(f"SELECT {', '.join(META)}, sum FROM meta").fetchone()
        if sum_of(values[:-1]) == values[-1]:
            found.meta(uid, seq, number)
    with contextlib.suppress(*BROKEN):
        found.gone.update(n for (n,) in connection.execute("SELECT number FROM gone") if isinstance(n, int))
    for names, row in _rows(connection, found.number):
        stored = {**dict.fromkeys(STORED, ""), **dict(zip(names, row, strict=True))}
        stored = {name: stored[name] for name in STORED}
        if trusted or sum_of(row[:-1]) == row[-1]:
            found.row(stored, where)
        elif _plausible(stored):
            found.doubtful.setdefault(int(stored["number"]), stored)


def _rows(connection: sqlite3.Connection, furthest: int) -> Iterator[tuple[list[str], tuple[Any, ...]]]:
    """Each row with the names of its columns, which may be those of an older casebook; the last is the check sum."""
    with contextlib.suppress(*BROKEN):
        cursor = connection.execute("SELECT * FROM cases")
        rows = cursor.fetchall()
        yield from (([column[0] for column in cursor.description], row) for row in rows)
        return
    missed, number = 0, 0
    names: list[str] = []
    while number < FURTHEST and (number < furthest or missed < MISSES):
        number += 1
        row = None
        with contextlib.suppress(*BROKEN):
            cursor = connection.execute("SELECT * FROM cases WHERE number = ?", (number,))
            names, row = [column[0] for column in cursor.description], cursor.fetchone()
        missed = 0 if row else missed + 1
        if row:
            yield names, row


def _plausible(stored: dict[str, Any]) -> bool:
    """Whether a row whose sum is wrong can at least be shown."""
    numbers = ("number", "revision", "seq", "archived", "copy_of")
    texts = (name for name in STORED if name not in (*numbers, "net"))
    return (
        all(isinstance(stored[name], int) for name in numbers)
        and all(isinstance(stored[name], str) for name in texts)
        and isinstance(stored["net"], int | None)
        and 0 < stored["number"] < FURTHEST
    )


# ---------------------------------------------------------------------- the new file
@contextlib.contextmanager
def _built(path: Path, found: _Found) -> Iterator[Path]:
    """A whole new casebook beside the old one, flushed; gone at the end unless it was put in its place."""
    handle, name = tempfile.mkstemp(prefix=".new-", suffix=".db", dir=path.parent)
    os.close(handle)
    whole = Path(name)
    try:
        with contextlib.closing(connect(whole, "rwc")) as connection, transaction(connection):
            for step in STEPS:
                step(connection)
            connection.execute(f"PRAGMA application_id={APPLICATION}")
            connection.execute(f"PRAGMA user_version={VERSION}")
            # the name that most of what is left bears
            uid = max(set(found.uids), key=found.uids.count) if found.uids else uuid.uuid4().hex
            # the record begins anew with the backup that the next start makes
            insert_meta(connection, uid, VERSION, found.seq, found.number, found.seq)
            connection.executemany("INSERT INTO gone VALUES (?)", [(n,) for n in sorted(found.gone)])
            connection.executemany(INSERT, [values_of(row) for row, _ in found.rows.values()])
            write_meta(connection, total=total_of(connection))
        flush(whole)
        yield whole
    finally:
        whole.unlink(missing_ok=True)


def set_aside(path: Path, now: datetime, also: Sequence[Path] = ()) -> Path | None:
    """Move the casebook's files, and others, into a dated folder among its copies, under a name that is free."""
    moving = [place for place in (path, *beside(path), *also) if place.exists()]
    copies = copies_of(path)
    if not moving:
        return None
    copies.mkdir(exist_ok=True)
    n, folder = 1, copies / f"damaged-{now:%Y-%m-%d-%H%M%S}"
    while folder.exists():
        n += 1
        folder = copies / f"damaged-{now:%Y-%m-%d-%H%M%S}-{n}"
    folder.mkdir()
    for place in moving:
        os.replace(place, folder / place.name)
    return folder
