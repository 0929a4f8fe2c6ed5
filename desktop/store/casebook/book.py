"""The casebook: one row a case, each answer kept the moment it is given."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from msgspec.structs import asdict

from desktop.core.case import Case
from desktop.core.casebook import (
    CaseRow,
    Counts,
    Details,
    KeptCase,
    Page,
    Query,
    label_of,
    summary_of,
)
from desktop.core.errors import LanewiseError
from desktop.core.finding import folded
from desktop.core.packs import OWN
from desktop.core.questions import Questions
from desktop.core.text import Text, both
from desktop.store.casebook import erasing, record
from desktop.store.casebook.backups import Backup, backups_of, make_backup, prune, rows_of
from desktop.store.casebook.erasing import Erased
from desktop.store.casebook.faults import (
    BROKEN,
    CasebookError,
    fault,
    fault_of,
    no_case,
    no_client,
    not_yet_erased,
    stale,
)
from desktop.store.casebook.files import (
    beside,
    can_write,
    connect,
    copies_of,
    damage,
    in_memory,
    kind_of,
    logs_work,
    transaction,
)
from desktop.store.casebook.listing import SHELVES, order_of, where_of
from desktop.store.casebook.schema import (
    APPLICATION,
    STEPS,
    STORED,
    Step,
    drop_row,
    insert_meta,
    put_row,
    read_meta,
    total_of,
    write_meta,
)
from desktop.store.casebook.values import body_of, clean, detail_values, summary_values
from desktop.store.casefile import parsed_case

if TYPE_CHECKING:
    from desktop.core.result import Advice

Clock = Callable[[], datetime]


MIXED = Text("it holds pages of an older state", "含有较旧状态的页")
AGAIN_S = 0.01
"""How long is waited before the casebook is opened once more while another program opens or closes it."""
LONGEST_RECORD = 32 * 1024 * 1024
"""A record of answers longer than this is closed by a backup."""


_OPEN: Counter[str] = Counter()
"""How often each casebook is open in this process."""


BARE = "CASE WHEN json_valid({0}) THEN json_remove({0}, '$.rules') END"
"""What was given of a case, without the note by which rules it was answered."""


def local_now() -> datetime:
    """The time of this place, to the second."""
    return datetime.now().astimezone().replace(microsecond=0)


class Casebook:
    """All cases of one consultant, in one file. Safe to call from several threads; calls wait for the disk.

    Open and close::

        book = Casebook.open(path, clock, questions)   # CasebookError says what is wrong and what can be done
        book.notes            # sentences to show once: no write-ahead log here, answers brought back, no backup made
        book.reading          # None, or why it is open for reading only
        book.close()          # takes away what was deleted, leaves one plain file

    A case in work: each of these returns the new `CaseRow`, whose `revision` the next call names. What was returned is
    on the disk, flushed, in the casebook and once more in its record. On CasebookError nothing was changed; the case is
    still in the caller's hands, and `error.ways` says what to offer::

        row = book.create(case, Details(client="…"))
        row = book.keep(row.number, case, row.revision, step="platforms")     # after each answer
        row = book.keep(row.number, case, row.revision, advice=advice)        # after each evaluation
        row = book.patch(row.number, row.revision, note="…", follow_up=day)   # fields of Details
        row = book.sheet_printed(row.number, day)

    A revision that is not the current one means that another program changed the case: the change is kept as a case of
    its own, and CasebookError of kind "stale" names it in `copy`; go on with that one.

    Lists: `find(Query)`, `counts(today)`, `get(number)`, `row(number)`.
    The rest: `duplicate`, `archive`, `delete`, `undo_delete`, `erase_client`, `erase_cases`, `backup`, `check`.
    """

    def __init__(
        self, path: Path, clock: Clock, questions: Questions, connection: sqlite3.Connection
    ) -> None:
        self.path, self.clock, self.questions = path, clock, questions
        self.notes: list[Text] = []
        self.reading: CasebookError | None = None
        self._connection = connection
        self._lock = threading.RLock()
        self._deleted: set[int] = set()
        self._closed = False
        self._places: tuple[tuple[Path, int, int], ...] = ()
        self._log: list[dict[str, Any]] = []
        connection.create_function("reads", 2, _reads, deterministic=True)

    # ------------------------------------------------------------------ open and close
    @classmethod
    def open(
        cls,
        path: Path,
        clock: Clock,
        questions: Questions,
        *,
        busy: float = 3.0,
        steps: Sequence[Step] = STEPS,
    ) -> Self:
        """The casebook of a path, made where there is none. `busy`: seconds to wait for another program.

        CasebookError of kind damaged or missing: `recover` or `restore`; newer, foreign: the file was not touched.
        """
        path = path.absolute()
        try:
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True)
            # a file that is open here is not opened by hand: closing it would end the locks that SQLite holds on it
            here = _OPEN[str(path)] > 0
            kind = "there" if here else kind_of(path, len(steps))
            in_the_way = None if here else can_write(path)
            until = time.monotonic() + busy
            while in_the_way is None:
                try:
                    return cls._open_to_write(path, clock, questions, busy, steps, kind)
                except CasebookError as error:
                    # two that open or close at once refuse each other without waiting
                    if error.kind == "locked" and time.monotonic() < until:
                        time.sleep(AGAIN_S * (1 + os.getpid() % 7))
                    elif error.kind in ("full", "read-only", "disk"):
                        in_the_way = error
                    else:
                        raise
            return cls._open_to_read(path, clock, questions, steps, in_the_way)
        except BROKEN as error:
            raise fault_of(path, error) from None

    @classmethod
    def _open_to_write(
        cls, path: Path, clock: Clock, questions: Questions, busy: float, steps: Sequence[Step], kind: str
    ) -> Self:
        connection = None
        try:
            connection = connect(path, "rwc" if kind == "new" else "rw", busy)
            book = cls(path, clock, questions, connection)
            book._journal()
            if kind == "new" and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                book._make(steps)
            elif (wrong := damage(connection, steps)) is not None:
                raise fault("damaged", path, wrong)
            book._migrate(steps)
            book._places = book._identities()
            book._catch_up()
            _OPEN[str(path)] += 1
            return book
        except BaseException as error:
            if connection is not None:
                connection.close()
            if isinstance(error, BROKEN):
                raise fault_of(path, error) from None
            raise

    @classmethod
    def _open_to_read(
        cls, path: Path, clock: Clock, questions: Questions, steps: Sequence[Step], why: CasebookError
    ) -> Self:
        if not path.exists():
            raise why
        connection = in_memory(path)
        try:
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                # it was never finished
                raise why
            if (wrong := damage(connection, steps)) is not None:
                raise fault("damaged", path, wrong)
            book = cls(path, clock, questions, connection)
            book.reading = why
            book.notes.append(why.text)
            # in memory an older casebook is taken over, too
            book._migrate(steps)
            if missing := book._missing():
                book._replay(missing)
        except BaseException:
            connection.close()
            raise
        return book

    def _journal(self) -> None:
        """A write-ahead log where the disk can do that, else the older journal. Every commit is flushed either way."""
        mode = ""
        if logs_work(self.path):
            (mode,) = self._connection.execute("PRAGMA journal_mode=WAL").fetchone()
        if mode == "wal":
            self._connection.execute("PRAGMA synchronous=FULL")
            return
        self._connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        # with the folder's entry of the journal, too
        self._connection.execute("PRAGMA synchronous=EXTRA")
        self.notes.append(
            Text(
                f"{self.path.name} lies where a write-ahead log does not work (a share, perhaps): "
                "answers are kept all the same, a little slower; open it on one computer at a time",
                f"{self.path.name} 所在位置不支持预写日志（可能是网络共享）："
                "答案照常保存，只是稍慢；请勿在多台电脑上同时打开",
            )
        )

    def _make(self, steps: Sequence[Step]) -> None:
        with transaction(self._connection, "EXCLUSIVE"):
            if self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                return
            for step in steps:
                step(self._connection)
            self._connection.execute(f"PRAGMA application_id={APPLICATION}")
            self._connection.execute(f"PRAGMA user_version={len(steps)}")
            insert_meta(self._connection, uuid.uuid4().hex, len(steps), 0, 0, 0)
        # what the file is stands in the file itself, and not in its log alone
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        record.flush_folder(self.path.parent)

    def _migrate(self, steps: Sequence[Step]) -> None:
        """One step a version, each whole or not at all, with a backup before the first."""
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version < len(steps) and self.reading is None:
            make_backup(self._connection, self.path, self.clock().date(), steps)
        for form in range(version, len(steps)):
            try:
                with transaction(self._connection, "EXCLUSIVE"):
                    if self._connection.execute("PRAGMA user_version").fetchone()[0] != form:
                        continue
                    steps[form](self._connection)
                    self._connection.execute(f"PRAGMA user_version={form + 1}")
                    self._set_meta(version=form + 1)
            except BROKEN as error:
                found = fault_of(self.path, error)
                raise (
                    found if found.kind == "locked" else fault("form", self.path, both(str(error)))
                ) from None

    def _catch_up(self) -> None:
        """Bring back what only the record holds, finish an erasure, and begin the day with a backup."""
        self._folder.mkdir(exist_ok=True)
        with transaction(self._connection):
            missing = self._missing()
            if missing:
                self._replay(missing)
            elif self._meta()["total"] != total_of(self._connection):
                raise fault("damaged", self.path, MIXED)
            whole = self._record_is_whole()
        if missing:
            self.notes.append(
                Text(
                    f"{self.path.name} had lost its last changes ({len(missing)}); they were brought back",
                    f"{self.path.name} 丢失了最后 {len(missing)} 处改动；已从记录中恢复",
                )
            )
        if self._meta()["erasing"]:
            erasing.finish(self._connection, self.path)
        known = backups_of(self.path)
        today, seq = self.clock().date(), self._meta()["seq"]
        changed = seq > (known[0].seq if known else 0)
        if not whole or (changed and all(backup.day != today for backup in known)):
            self._try_backup()

    def _try_backup(self) -> None:
        try:
            self.backup()
        except LanewiseError as error:
            self.notes.append(Text(f"no backup was made: {error.text.en}", f"未能备份：{error.text.zh}"))

    def close(self) -> None:
        """Take away what was deleted, put everything into the one file. Never fails: what could not be done is left."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            if self.reading is None:
                with contextlib.suppress(*BROKEN, LanewiseError):
                    if self._there():
                        self.purge(None if self._alone() else self._deleted)
                _OPEN[str(self.path)] -= 1
            self._connection.close()

    def _alone(self) -> bool:
        """Whether no other program has the casebook open: only then it can go back to one plain file."""
        try:
            self._connection.execute("PRAGMA busy_timeout=0")
            (mode,) = self._connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            self._places = self._identities()
            return bool(mode == "delete")
        except sqlite3.Error:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------------ the file and its counters
    @property
    def _folder(self) -> Path:
        return copies_of(self.path)

    def _identities(self) -> tuple[tuple[Path, int, int], ...]:
        """Which files these are: what is written to a file that has gone is not kept."""
        found = []
        for place in (self.path, *beside(self.path)[:1]):
            if place.exists():
                status = place.stat()
                found.append((place, status.st_dev, status.st_ino))
        return tuple(found)

    def _there(self) -> bool:
        try:
            return all((s := place.stat()).st_dev == device and s.st_ino == number
                       for place, device, number in self._places)  # fmt: skip
        except OSError:
            return False

    def _meta(self) -> dict[str, Any]:
        return read_meta(self._connection)

    def _set_meta(self, **changes: Any) -> None:
        write_meta(self._connection, **changes)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """A change: in the casebook and in its record, or in neither."""
        with self._lock:
            if self.reading is not None:
                raise self.reading
            if not self._there():
                raise fault("gone", self.path)
            self._log = []
            taken: tuple[Path, int] | None = None
            try:
                with transaction(self._connection):
                    yield
                    if self._log:
                        place = record.record_path(self._folder, self._meta()["base"])
                        record.begin(place, self._meta()["uid"])
                        taken = place, record.append(place, self._log)
            except BROKEN as error:
                if taken is not None:
                    record.take_back(*taken)
                raise fault_of(self.path, error) from None
            if not self._there():
                raise fault("gone", self.path)

    # ------------------------------------------------------------------ rows
    def _put(self, stored: dict[str, Any]) -> CaseRow:
        """Write one row, counted and recorded."""
        seq = self._meta()["seq"] + 1
        revision, now = int(stored["revision"]) + 1, self.clock().isoformat()
        stored = {**stored, "seq": seq, "revision": revision, "updated": now}
        put_row(self._connection, stored, seq=seq)
        self._log.append({"seq": seq, "row": stored})
        return CaseRow(*(stored[name] for name in CaseRow._fields))

    def _stored(self, number: int) -> dict[str, Any]:
        row = self._connection.execute(
            f"SELECT {', '.join(STORED)} FROM cases WHERE number = ?", (number,)
        ).fetchone()
        if row is None:
            raise no_case(number, self.path)
        return dict(zip(STORED, row, strict=True))

    def _new(self, values: Mapping[str, Any]) -> CaseRow:
        number = self._meta()["number"] + 1
        self._set_meta(number=number)
        fresh = {"number": number, "uid": uuid.uuid4().hex, "revision": 0, "seq": 0, "archived": 0, "deleted": "",
                 "created": self.clock().isoformat(), "sheet_on": "", "step": "", "copy_of": 0}  # fmt: skip
        return self._put({**fresh, **values, "number": number})

    def _change(self, number: int, revision: int | None, changes: Mapping[str, Any]) -> CaseRow:
        """Change a row. Where it is not as the caller knew it, the change becomes a case of its own."""
        with self._writing():
            stored = self._stored(number)
            changed = {**stored, **changes}
            known = revision is None or revision == stored["revision"]
            if changed == stored and (known or "body" in changes):
                # who brings the same answers knows the state; who brings the same note may not
                return _row(stored)
            if known:
                return self._put(changed)
            copy = self._new(
                {
                    **{name: changed[name] for name in STORED if name not in ("uid", "created", "sheet_on")},
                    "revision": 0,
                    "copy_of": number,
                    "deleted": "",
                }
            )
        raise stale(number, copy.number)

    @property
    def seq(self) -> int:
        """The count of changes; a higher one than before says that a list is to be read anew."""
        with self._reads():
            return int(self._meta()["seq"])

    # ------------------------------------------------------------------ a case in work
    def create(
        self, case: Case, details: Details | None = None, *, step: str = "", advice: Advice | None = None
    ) -> CaseRow:
        """A new case with the next number."""
        values = {
            **detail_values(asdict(details or Details())),
            **summary_values(summary_of(case, advice)),
            "step": step,
            "body": body_of(case),
        }
        with self._writing():
            return self._new(values)

    def keep(
        self, number: int, case: Case, revision: int, *, advice: Advice | None = None, step: str | None = None
    ) -> CaseRow:
        """Keep a case as it is now. Without an advice, the first option of other answers is no longer shown."""
        values = {**summary_values(summary_of(case, advice)), "body": body_of(case)}
        if step is not None:
            values["step"] = clean(step)
        with self._lock:
            stored = self._same_body(number, values["body"]) if advice is None else None
            if stored is not None:
                # nothing was answered: what is noted of the last answer stays
                values = {name: value for name, value in values.items() if name == "step"} | {"body": stored}
            return self._change(number, revision, values)

    def _same_body(self, number: int, body: str) -> str | None:
        """What is kept of a case, where it has just these answers."""
        with self._reads():
            found = self._connection.execute(
                f"SELECT body FROM cases WHERE number = ?1 AND {BARE.format('body')} = {BARE.format('?2')}",
                (number, body),
            ).fetchone()
        return None if found is None else str(found[0])

    def patch(self, number: int, revision: int, **details: Any) -> CaseRow:
        """Change fields of the client's Details, by their names."""
        return self._change(number, revision, detail_values(details))

    def sheet_printed(self, number: int, day: date) -> CaseRow:
        return self._change(number, None, {"sheet_on": day.isoformat()})

    def archive(self, number: int, on: bool = True) -> CaseRow:
        return self._change(number, None, {"archived": int(on)})

    def delete(self, number: int) -> CaseRow:
        """Put a case away; `undo_delete` brings it back until the casebook was closed, also after a crash."""
        row = self._change(number, None, {"deleted": self.clock().isoformat()})
        self._deleted.add(number)
        return row

    def undo_delete(self, number: int) -> CaseRow:
        row = self._change(number, None, {"deleted": ""})
        self._deleted.discard(number)
        return row

    def duplicate(self, number: int) -> CaseRow:
        """The same client and answers as a new case of now, without the sheet."""
        with self._writing():
            stored = self._stored(number)
            kept = {
                name: stored[name] for name in STORED if name not in ("uid", "created", "deleted", "sheet_on")
            }
            return self._new({**kept, "revision": 0, "copy_of": number, "archived": 0})

    def purge(self, numbers: Iterable[int] | None = None) -> int:
        """Take deleted cases away for good, all of them where none is named. How many they were."""
        with self._writing():
            deleted = {n for (n,) in self._connection.execute("SELECT number FROM cases WHERE deleted <> ''")}
            going = sorted(deleted if numbers is None else deleted & set(numbers))
            self._forget(going)
        return len(going)

    def _forget(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            seq = self._meta()["seq"] + 1
            drop_row(self._connection, number, seq=seq)
            self._log.append({"seq": seq, "gone": number})

    # ------------------------------------------------------------------ reading
    @contextlib.contextmanager
    def _reads(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except BROKEN as error:
                raise fault_of(self.path, error) from None

    def row(self, number: int) -> CaseRow:
        """One case without its answers."""
        with self._reads():
            return _row(self._stored(number))

    def get(self, number: int) -> KeptCase:
        """One case with its answers. CaseError or AnswerError where today's questions do not take them."""
        with self._reads():
            stored = self._stored(number)
        name = Text(f"case {label_of(number)}", f"案例 {label_of(number)}")
        return KeptCase(_row(stored), parsed_case(stored["body"], name.en, self.questions))

    def same(self, case: Case) -> CaseRow | None:
        """The case that has just these answers, the last one of several; None where there is none."""
        with self._reads():
            found = self._connection.execute(
                f"SELECT {', '.join(STORED)} FROM cases WHERE {BARE.format('body')} = {BARE.format('?1')}"
                " AND deleted = '' ORDER BY number DESC LIMIT 1",
                (body_of(case),),
            ).fetchone()
        return None if found is None else _row(dict(zip(STORED, found, strict=True)))

    def find(self, query: Query | None = None, offset: int = 0, limit: int | None = None) -> Page:
        """The cases of a query in its order, from `offset` on, at most `limit`; and how many there are in all."""
        query = query or Query()
        where, values = where_of(query)
        columns = ", ".join(CaseRow._fields)
        with self._reads():
            rows = self._connection.execute(
                f"SELECT {columns} FROM cases WHERE {where} {order_of(query)} LIMIT ? OFFSET ?",
                [*values, -1 if limit is None else limit, offset],
            ).fetchall()
            total = len(rows) + offset
            if limit is not None and (len(rows) == limit or (offset and not rows)):
                (total,) = self._connection.execute(
                    f"SELECT count(*) FROM cases WHERE {where}", values
                ).fetchone()
        return Page(tuple(map(CaseRow._make, rows)), total)

    def unsigned(self, among: Collection[int] | None = None) -> frozenset[int]:
        """The numbers of the cases that were last answered by rules which nobody signed; of some, else of all."""
        numbers = "" if among is None else f" AND number IN ({', '.join('?' * len(among))})"
        with self._reads():
            # what a body notes of the rules begins with the id of their pack
            found = self._connection.execute(
                f"SELECT number FROM cases WHERE instr(body, ?) > 0{numbers}",
                (f'"rules":{{"id":"{OWN}', *(among or ())),
            ).fetchall()
        return frozenset(number for (number,) in found)

    def counts(self, today: date) -> Counts:
        """How many cases stand under each heading of the list."""
        day = today.isoformat()
        shown = SHELVES["open"]
        with self._reads():
            found = self._connection.execute(
                f"SELECT sum({shown} AND substr(created, 1, 10) = ?),"
                f" sum({shown} AND substr(created, 1, 10) = ? AND sheet_on <> ''),"
                f" sum({shown} AND follow_up <> '' AND follow_up <= ?),"
                f" sum({shown} AND said IN ('cannot', 'at-most')), sum({shown}),"
                f" sum({SHELVES['archived']}), sum({SHELVES['deleted']}) FROM cases",
                (day, day, day),
            ).fetchone()
        return Counts(*(number or 0 for number in found))

    # ------------------------------------------------------------------ record and backups
    def _missing(self) -> list[dict[str, Any]]:
        """What the copies hold and the casebook does not: the last word on each case, where the row is an older one.

        The record tells that something is missing. What then may be missing too and was changed before the record
        begins stands in the backups.
        """
        meta = self._meta()
        last: dict[int, dict[str, Any]] = {}
        for place in record.records(self._folder):
            with contextlib.suppress(OSError):
                read = record.read(place)
                _latest(last, read.entries if read.uid == meta["uid"] else ())
        missing = self._lacking(last, set())
        known = backups_of(self.path)
        if missing or any(backup.seq > meta["seq"] for backup in known):
            gone: set[int] = set()
            for backup in known:
                rows, left = rows_of(backup.path)
                gone |= left
                _latest(last, ({"seq": row["seq"], "row": row} for row in rows))
            missing = self._lacking(last, gone)
        return missing

    def _lacking(self, last: Mapping[int, dict[str, Any]], gone: set[int]) -> list[dict[str, Any]]:
        seqs = dict(self._connection.execute("SELECT number, seq FROM cases").fetchall())
        left = gone | {number for (number,) in self._connection.execute("SELECT number FROM gone")}
        return [
            entry
            for number, entry in sorted(last.items())
            if (
                number in seqs
                if "gone" in entry
                else number not in left and seqs.get(number, 0) < entry["seq"]
            )
        ]

    def _replay(self, entries: Iterable[Mapping[str, Any]]) -> None:
        for entry in entries:
            meta = self._meta()
            number = entry["gone"] if "gone" in entry else entry["row"]["number"]
            counters = {"seq": max(meta["seq"], entry["seq"]), "number": max(meta["number"], number)}
            if "gone" in entry:
                drop_row(self._connection, number, **counters)
            else:
                put_row(self._connection, entry["row"], **counters)
        self._set_meta(total=total_of(self._connection))

    def _record_is_whole(self) -> bool:
        """Whether backups and record together hold all that the casebook holds."""
        meta = self._meta()
        place = record.record_path(self._folder, meta["base"])
        try:
            read = record.read(place)
        except FileNotFoundError:
            return bool(meta["seq"] == 0)
        except OSError:
            return False
        enough = place.stat().st_size < LONGEST_RECORD
        return (
            enough
            and read.uid == meta["uid"]
            and not read.bad
            and max(read.last, meta["base"]) >= meta["seq"]
        )

    def backup(self) -> Backup:
        """A dated backup now, read through; the record begins anew after it. StoreError where none could be made."""
        with self._lock:
            if self.reading is not None:
                raise self.reading
            try:
                made = make_backup(self._connection, self.path, self.clock().date())
                with transaction(self._connection):
                    meta = self._meta()
                    place = record.record_path(self._folder, meta["seq"])
                    if place.exists() and meta["base"] == meta["seq"]:
                        # the record has begun here already; one that is damaged gives way
                        os.unlink(place)
                    record.begin(place, meta["uid"])
                    self._set_meta(base=meta["seq"])
                prune(self.path)
                return made
            except BROKEN as error:
                raise fault_of(self.path, error) from None

    def check(self) -> Text | None:
        """What is wrong with the casebook, None where nothing is: every page, every row."""
        with self._reads(), transaction(self._connection, "DEFERRED"):
            mixed = self._meta()["total"] != total_of(self._connection)
            return damage(self._connection) or (MIXED if mixed else None)

    # ------------------------------------------------------------------ personal data
    def erase_client(self, name: str) -> Erased:
        """Everything of a client, by the name that was typed: from the file, its log, the backups, the record, and what
        was set aside as damaged. CasebookError where there is none, or where another program is in the way."""
        return self._erase(folded(name).strip(), set(), name)

    def erase_cases(self, numbers: Iterable[int]) -> Erased:
        """Everything of these cases, with the copies of them that are the same client's."""
        return self._erase("", set(numbers), "")

    def _erase(self, wanted: str, numbers: set[int], name: str) -> Erased:
        if not wanted and not numbers:
            raise no_client(name, self.path)
        with self._reads():
            if self.reading is not None:
                raise self.reading
            going = erasing.going(self._connection, wanted, numbers)
            for number in numbers:
                self._stored(number)
            names = {wanted} if wanted else {folded(self.row(number).client).strip() for number in going}

            def named(row: Mapping[str, Any]) -> bool:
                return bool(wanted) and folded(row["client"]).strip() == wanted

            # the copies first, while the name is still known
            if not erasing.clean_copies(self.path, going, named) and not going:
                raise no_client(name, self.path)
            with self._writing():
                erasing.clean_records(self.path, going, named)
                self._forget(sorted(going))
                self._set_meta(erasing=1)
            try:
                erasing.finish(self._connection, self.path)
            except BROKEN as error:
                raise not_yet_erased(fault_of(self.path, error)) from None
            except CasebookError as error:
                raise not_yet_erased(error) from None
            mentions = [
                number
                for number, found in self._connection.execute("SELECT number, found FROM cases")
                if any(each and each in found for each in names)
            ]
        return Erased(tuple(sorted(going)), tuple(mentions))


def _latest(last: dict[int, dict[str, Any]], entries: Iterable[dict[str, Any]]) -> None:
    """Take in entries of a record: of each case the last one counts."""
    for entry in entries:
        number = entry["gone"] if "gone" in entry else entry["row"]["number"]
        if number not in last or entry["seq"] >= last[number]["seq"]:
            last[number] = entry


def _row(stored: Mapping[str, Any]) -> CaseRow:
    return CaseRow(*(stored[name] for name in CaseRow._fields))


def _reads(word: str, signs: str) -> bool:
    """Whether a word of Latin letters may be the pinyin of some signs."""
    from desktop.store.pinyin import pinyin

    pattern = pinyin().pattern(word)
    return pattern is not None and pattern.search(signs) is not None
