"""Erasing: a client or a case is wholly gone, from the casebook, its log, the backups, the record, what was set aside.

First the copies, while the name is still known; then the casebook. A kill in between leaves a mark by which the next
start ends the work. What was exported elsewhere is not in the casebook's power.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.core.finding import folded
from desktop.core.text import Text
from desktop.store.casebook import record
from desktop.store.casebook.backups import backups_of
from desktop.store.casebook.faults import BROKEN, CasebookError, fault, fault_of, no_case
from desktop.store.casebook.files import connect, copies_of, damage, flush, transaction, wipe, wipe_folder

if TYPE_CHECKING:
    from desktop.store.casebook.book import Casebook


_NOT_YET = Text(
    "the case is erased, but traces of it are left until the casebook is opened again: {why}",
    "案例已删除，但在重新打开案例簿之前仍有痕迹：{why}",
)


class Erased(NamedTuple):
    """The numbers that were erased, and those of other cases in whose words the name still stands."""

    numbers: tuple[int, ...]
    mentions: tuple[int, ...]


def erase(book: Casebook, *, name: str = "", numbers: tuple[int, ...] = ()) -> Erased:
    """Erase cases by number, or all of a client. CasebookError where there is none, or another program is in the way."""
    wanted = folded(name).strip()
    if not wanted and not numbers:
        raise CasebookError("no-case", Text("no client was named", "未指明客户"))
    with book._lock, _as_faults(book):
        if book.reading is not None:
            raise book.reading
        going = _going(book, wanted, set(numbers))
        names = {wanted} if wanted else _names(book, going)
        copies = _clean_copies(book.path, going, lambda row: folded(row["client"]).strip() == wanted != "")
        if not going and not copies:
            raise CasebookError(
                "no-case",
                Text(
                    f"there is no client {name!r} in {book.path.name}", f"{book.path.name} 中没有客户“{name}”"
                ),
            )
        with book._writing():
            _clean_records(book.path, going, lambda row: folded(row["client"]).strip() == wanted != "")
            book._forget(sorted(going))
            book._set_meta(erasing=1)
        try:
            finish(book)
        except CasebookError as error:
            raise CasebookError(error.kind, _NOT_YET.format(why=error.text)) from None
        mentions = [
            number
            for number, found in book._connection.execute("SELECT number, found FROM cases")
            if any(each and each in found for each in names)
        ]
    return Erased(tuple(sorted(going)), tuple(mentions))


def finish(book: Casebook) -> None:
    """What is left of an erasure once the rows are gone: freed pages, the write-ahead log, every copy."""
    connection = book._connection
    with book._lock, _as_faults(book):
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise fault("locked", book.path)
        gone = {n for (n,) in connection.execute("SELECT number FROM gone")}
        _clean_copies(book.path, gone, lambda row: False)
        with transaction(connection):
            _clean_records(book.path, gone, lambda row: False)
            book._set_meta(erasing=0)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


@contextlib.contextmanager
def _as_faults(book: Casebook) -> Any:
    try:
        yield
    except BROKEN as error:
        raise fault_of(book.path, error) from None


def _going(book: Casebook, wanted: str, numbers: set[int]) -> set[int]:
    """The cases that are erased, with every copy that was made of them."""
    rows = book._connection.execute("SELECT number, client, copy_of FROM cases").fetchall()
    known = {number for number, _, _ in rows}
    for number in numbers - known:
        raise no_case(number, book.path)
    going = set(numbers)
    if wanted:
        going |= {number for number, client, _ in rows if folded(client).strip() == wanted}
    # a copy that was made for another client is another client's
    of = {number: folded(client).strip() for number, client, _ in rows}
    while more := {n for n, _, source in rows if source in going and n not in going and of[n] == of[source]}:
        going |= more
    return going


def _names(book: Casebook, numbers: Iterable[int]) -> set[str]:
    found = set()
    for number in numbers:
        found.add(folded(book.row(number).client).strip())
    return found


Matches = Callable[[Mapping[str, Any]], bool]


def _clean_copies(path: Path, numbers: set[int], matches: Matches) -> int:
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
            connection.executemany("DELETE FROM cases WHERE number = ?", [(number,) for number in going])
        connection.execute("VACUUM")
    flush(fresh)
    old = place.with_name(f".old-{place.name}")
    os.replace(place, old)
    os.replace(fresh, place)
    wipe(old)
    record.flush_folder(place.parent)
    return len(going)


def _clean_records(path: Path, numbers: set[int], matches: Matches) -> None:
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
