"""Erasing: a client or a case is wholly gone, from the casebook, its log, the backups, the record, what was set aside.

First the copies, while the name is still known; then the casebook. A kill in between leaves a mark by which the next
start ends the work. What was exported elsewhere is not in the casebook's power.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from desktop.core.finding import folded
from desktop.store.casebook import record
from desktop.store.casebook.backups import backups_of
from desktop.store.casebook.faults import BROKEN, fault
from desktop.store.casebook.files import connect, copies_of, damage, flush, transaction, wipe, wipe_folder
from desktop.store.casebook.schema import drop_row, write_meta


class Erased(NamedTuple):
    """The numbers that were erased, and those of other cases in whose words the name still stands."""

    numbers: tuple[int, ...]
    mentions: tuple[int, ...]


def going(connection: sqlite3.Connection, wanted: str, numbers: set[int]) -> set[int]:
    """The cases that are erased: by number or by the folded name, with every copy of them that is the same client's."""
    rows = connection.execute("SELECT number, client, copy_of FROM cases").fetchall()
    of = {number: folded(client).strip() for number, client, _ in rows}
    found = (numbers & set(of)) | {number for number in of if wanted and of[number] == wanted}
    # a copy that was made for another client is another client's
    while more := {n for n, _, source in rows if source in found and n not in found and of[n] == of[source]}:
        found |= more
    return found


def finish(connection: sqlite3.Connection, path: Path) -> None:
    """What is left of an erasure once the rows are gone: freed pages, the write-ahead log, every copy."""
    connection.execute("VACUUM")
    _empty_log(connection, path)
    gone = {n for (n,) in connection.execute("SELECT number FROM gone")}
    clean_copies(path, gone, _nobody)
    with transaction(connection):
        clean_records(path, gone, _nobody)
        write_meta(connection, erasing=0)
    _empty_log(connection, path)


def _empty_log(connection: sqlite3.Connection, path: Path) -> None:
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise fault("locked", path)


def _nobody(row: Mapping[str, Any]) -> bool:
    return False


Matches = Callable[[Mapping[str, Any]], bool]


def clean_copies(path: Path, numbers: set[int], matches: Matches) -> int:
    """Rewrite every backup without these cases; take away what cannot be rewritten. How many rows went."""
    went = 0
    for backup in backups_of(path):
        went += _clean_backup(backup.path, numbers, matches)
    folder = copies_of(path)
    for place in folder.iterdir() if folder.is_dir() else ():
        # set aside as damaged, or left by a kill: nobody can say what is in it
        if place.is_dir():
            wipe_folder(place)
        elif place.name.startswith("."):
            wipe(place)
    for place in path.parent.glob(".new-*"):
        wipe(place)
    return went


def _clean_backup(place: Path, numbers: set[int], matches: Matches) -> int:
    try:
        with contextlib.closing(connect(place, "immutable")) as connection:
            rows = connection.execute("SELECT number, client FROM cases").fetchall()
            whole = damage(connection) is None
    except BROKEN:
        whole, rows = False, []
    if not whole:
        wipe(place)
        return 0
    going = [number for number, client in rows if number in numbers or matches({"client": client})]
    if not going:
        return 0
    fresh = place.with_name(f".new-{place.name}")
    shutil.copyfile(place, fresh)
    with contextlib.closing(connect(fresh, "rw")) as connection:
        with transaction(connection):
            for number in going:
                drop_row(connection, number)
        connection.execute("VACUUM")
    flush(fresh)
    old = place.with_name(f".old-{place.name}")
    os.replace(place, old)
    os.replace(fresh, place)
    wipe(old)
    record.flush_folder(place.parent)
    return len(going)


def clean_records(path: Path, numbers: set[int], matches: Matches) -> None:
    """Rewrite the records without these cases and without lines that do not read. Call it with the casebook locked."""
    for place in record.records(copies_of(path)):
        read = record.read(place)
        kept = [
            e for e in read.entries if "gone" in e or not (e["row"]["number"] in numbers or matches(e["row"]))
        ]
        if len(kept) == len(read.entries) and not read.bad:
            continue
        fresh = place.with_name(f".new-{place.name}")
        fresh.unlink(missing_ok=True)
        record.append(fresh, [*([{"casebook": read.uid}] if read.uid else []), *kept])
        old = place.with_name(f".old-{place.name}")
        os.replace(place, old)
        os.replace(fresh, place)
        wipe(old)
