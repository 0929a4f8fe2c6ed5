"""The form of the casebook's tables, and the steps from one form to the next.

One row a case; no index beside the table and no index of words: ten thousand rows are read in milliseconds, and what is
not there twice cannot fall apart, or keep a shred of what was erased (docs/decisions/0014).
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop.core.casebook import CaseRow, label_of
from desktop.core.finding import folded

APPLICATION = 0x4C574342
"""Marks the file as a casebook of Lanewise."""

STORED = (*CaseRow._fields, "body")
"""What is kept of a case; `body` is the case as in a `.lanewise` file."""
COLUMNS = (*STORED, "found", "signs")
"""With what is searched: all words folded, and the Chinese signs among them for pinyin."""
_INTEGERS = {"revision", "seq", "archived", "copy_of", "net"}
_SIGNS = re.compile("[\u3400-\u9fff]+")
SEARCHED = ("client", "contact", "tags", "note", "product", "category")

TABLES = (
    "CREATE TABLE meta (one INTEGER PRIMARY KEY CHECK (one = 1), uid TEXT NOT NULL, version INTEGER NOT NULL,"
    " seq INTEGER NOT NULL, number INTEGER NOT NULL, base INTEGER NOT NULL, erasing INTEGER NOT NULL,"
    " total INTEGER NOT NULL,"
    " sum INTEGER NOT NULL)",
    "CREATE TABLE gone (number INTEGER PRIMARY KEY)",
    "CREATE TABLE cases (number INTEGER PRIMARY KEY, "
    + ", ".join(
        f"{name} {'INTEGER' if name in _INTEGERS else 'TEXT'}{'' if name == 'net' else ' NOT NULL'}"
        for name in COLUMNS[1:]
    )
    + ", sum INTEGER NOT NULL)",
)

Step = Callable[[sqlite3.Connection], None]


def _first(connection: sqlite3.Connection) -> None:
    for statement in TABLES:
        connection.execute(statement)


STEPS: tuple[Step, ...] = (_first,)
"""STEPS[n] takes a casebook of form n to n + 1. A step is never changed once it was released."""
VERSION = len(STEPS)


def form_of(steps: Sequence[Step]) -> list[str]:
    """The tables that so many steps make, as SQLite writes them down. The last column of each is its check sum."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        for step in steps:
            step(connection)
        return [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master ORDER BY rowid")]


META = ("uid", "version", "seq", "number", "base", "erasing", "total")
"""The counters of a casebook: its own name, the form of its tables, changes so far, the last number given, the change
after which the record begins, whether an erasure is to be ended, and the check sums of all cases added up."""


def insert_meta(
    connection: sqlite3.Connection, uid: str, version: int, seq: int, number: int, base: int
) -> None:
    values = [uid, version, seq, number, base, 0, 0]
    connection.execute(
        f"INSERT INTO meta (one, {', '.join(META)}, sum) VALUES (1{', ?' * (len(META) + 1)})",
        [*values, sum_of(values)],
    )


def read_meta(connection: sqlite3.Connection) -> dict[str, Any]:
    row = connection.execute(f"SELECT {', '.join(META)} FROM meta").fetchone()
    return dict(zip(META, row, strict=True))


def write_meta(connection: sqlite3.Connection, **changes: Any) -> None:
    values = list({**read_meta(connection), **changes}.values())
    names = ", ".join(f"{name} = ?" for name in (*META, "sum"))
    connection.execute(f"UPDATE meta SET {names}", [*values, sum_of(values)])


INSERT = (
    f"INSERT OR REPLACE INTO cases ({', '.join(COLUMNS)}, sum) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
)


def sum_of(values: Sequence[Any]) -> int:
    """A check sum over values: SQLite sees a torn page, and not a letter that changed in one."""
    return zlib.crc32("\x1f".join(["\x00" if value is None else str(value) for value in values]).encode())


def values_of(stored: Mapping[str, Any]) -> list[Any]:
    """The values of a row for INSERT, from what is stored of it."""
    words = " ".join(str(stored[name]) for name in SEARCHED)
    signs = "" if words.isascii() else " ".join(_SIGNS.findall(words))
    number = int(stored["number"])
    found = folded(f"{label_of(number)} {words}")
    values = [*(stored[name] for name in STORED), found, signs]
    return [*values, sum_of(values)]


def put_row(connection: sqlite3.Connection, stored: Mapping[str, Any], /, **changes: Any) -> None:
    """Write a row in the place of the one with its number, and the counters with it."""
    values = values_of(stored)
    total = read_meta(connection)["total"] - _sum_at(connection, stored["number"]) + values[-1]
    connection.execute(INSERT, values)
    write_meta(connection, total=total, **changes)


def drop_row(connection: sqlite3.Connection, number: int, /, **changes: Any) -> None:
    """Take a row away; its number is not given again."""
    total = read_meta(connection)["total"] - _sum_at(connection, number)
    connection.execute("DELETE FROM cases WHERE number = ?", (number,))
    connection.execute("INSERT OR IGNORE INTO gone VALUES (?)", (number,))
    write_meta(connection, total=total, **changes)


def _sum_at(connection: sqlite3.Connection, number: int) -> int:
    found = connection.execute("SELECT sum FROM cases WHERE number = ?", (number,)).fetchone()
    return int(found[0]) if found else 0


def total_of(connection: sqlite3.Connection) -> int:
    """The check sums of all rows added up: what the counters must say. A page of an older state among newer ones is
    whole by itself; that it does not belong there is seen by this alone."""
    return int(connection.execute("SELECT coalesce(sum(sum), 0) FROM cases").fetchone()[0])
