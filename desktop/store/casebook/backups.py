"""Dated backups: whole copies made by SQLite itself, read through before they count, the last five kept."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from desktop.core.errors import StoreError
from desktop.core.text import Text
from desktop.store.casebook.faults import BROKEN
from desktop.store.casebook.files import connect, copies_of, damage, put
from desktop.store.casebook.record import base_of, flush_folder, records
from desktop.store.casebook.schema import STEPS, STORED, Step

KEPT = 5
LEFT_S = 3600
"""What is older was left behind; another program may be at work on what is younger."""
_NAME = re.compile(r"(\d{9})-(\d{4}-\d\d-\d\d)(-\w+)?\.db")


class Backup(NamedTuple):
    """A backup: where it is, the count of changes that it holds, and the day of its making."""

    path: Path
    seq: int
    day: date


def backups_of(path: Path) -> tuple[Backup, ...]:
    """The backups of a casebook, the newest first: by the count of changes, not by the clock."""
    folder = copies_of(path)
    found = []
    for place in folder.iterdir() if folder.is_dir() else ():
        if (name := _NAME.fullmatch(place.name)) is not None:
            with contextlib.suppress(ValueError):
                found.append(Backup(place, int(name[1]), date.fromisoformat(name[2])))
    return tuple(sorted(found, key=lambda backup: (backup.seq, backup.path.name), reverse=True))


def make_backup(
    connection: sqlite3.Connection, path: Path, today: date, steps: Sequence[Step] = STEPS
) -> Backup:
    """A backup of what is committed now. OSError or sqlite3.Error where none could be made: nothing is left of it."""
    folder = copies_of(path)
    folder.mkdir(exist_ok=True)
    with _temporary(folder) as temporary:
        with contextlib.closing(connect(temporary, "rwc")) as copy:
            connection.backup(copy)
            # one plain file, that can be read from anywhere
            copy.execute("PRAGMA journal_mode=DELETE")
            (seq,) = copy.execute("SELECT seq FROM meta").fetchone()
        with contextlib.closing(connect(temporary, "immutable")) as copy:
            if (wrong := damage(copy, steps)) is not None:
                raise StoreError(
                    Text(f"the backup does not read right: {wrong.en}", f"备份无法正确读取：{wrong.zh}")
                )
        place = put(temporary, folder / f"{seq:09d}-{today.isoformat()}.db")
    flush_folder(folder)
    return Backup(place, seq, today)


def rows_of(backup: Path) -> tuple[list[dict[str, Any]], set[int]]:
    """The cases of a backup as they are stored, and the numbers of those that are gone; nothing where it is damaged."""
    try:
        with contextlib.closing(connect(backup, "immutable")) as connection:
            if damage(connection) is None:
                rows = connection.execute(f"SELECT {', '.join(STORED)} FROM cases").fetchall()
                gone = {number for (number,) in connection.execute("SELECT number FROM gone")}
                return [dict(zip(STORED, row, strict=True)) for row in rows], gone
    except BROKEN:
        pass
    return [], set()


@contextlib.contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(prefix=".new-", suffix=".db", dir=folder)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def prune(path: Path, keep: int = KEPT) -> None:
    """Take away backups but the newest, records that none of the rest needs, and what a kill left of a backup."""
    for left in copies_of(path).glob(".new-*"):
        if time.time() - left.stat().st_mtime > LEFT_S:
            left.unlink(missing_ok=True)
    known = backups_of(path)
    for backup in known[keep:]:
        backup.path.unlink(missing_ok=True)
    oldest = min((backup.seq for backup in known[:keep]), default=0)
    lines = records(copies_of(path))
    for line, following in itertools.pairwise(lines):
        if base_of(following) <= oldest:
            line.unlink(missing_ok=True)
