"""The files of a casebook and how they are opened.

Beside `casebook.db` lies the folder `casebook-copies` with the dated backups, the record of answers, and what was set
aside as damaged. While the casebook is open, SQLite keeps a write-ahead log beside it; after a clean end there is none.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.core.text import Text
from desktop.store.casebook.faults import BROKEN, CasebookError, fault, fault_of
from desktop.store.casebook.schema import APPLICATION, META, STEPS, Step, form_of, sum_of

COMPANIONS = ("-wal", "-shm", "-journal")
_MAGIC = b"SQLite format 3\x00"


def copies_of(path: Path) -> Path:
    """The folder with backups, record and what was set aside."""
    return path.with_name(f"{path.stem}-copies")


def beside(path: Path) -> tuple[Path, ...]:
    """The files that SQLite may keep beside a database."""
    return tuple(path.with_name(path.name + ending) for ending in COMPANIONS)


def connect(path: Path, mode: str, busy: float = 3.0) -> sqlite3.Connection:
    """A connection; `mode` is ro, rw, rwc, or immutable for a file that nobody writes. Transactions are explicit."""
    asked = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{asked}",
        uri=True,
        timeout=busy,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        settle(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def settle(connection: sqlite3.Connection) -> None:
    """The settings of every connection: what is deleted is overwritten, nothing temporary goes to the disk."""
    for pragma in (
        "secure_delete=ON",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-65536",
        "trusted_schema=OFF",
        "cell_size_check=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """All or nothing."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # a full disk ends the transaction by itself
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


# ---------------------------------------------------------------------- is it one, is it whole
def kind_of(path: Path, version: int) -> str:
    """new or there. CasebookError for what is missing, damaged, of another program or of a newer Lanewise: untouched."""
    has_copies = any(copies_of(path).iterdir()) if copies_of(path).is_dir() else False
    try:
        with path.open("rb") as stream:
            head = stream.read(100)
    except FileNotFoundError:
        if has_copies:
            raise fault("missing", path) from None
        return "new"
    except OSError as error:
        raise fault_of(path, error) from None
    if not head:
        if has_copies:
            raise fault("damaged", path, EMPTY_FILE)
        return "new"
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise fault("damaged" if has_copies else "foreign", path, NO_DATABASE)
    made_by, form = int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")
    if made_by != APPLICATION:
        if not made_by and not form and len(tables(path)) == 0:
            return "new"
        raise fault("damaged" if has_copies else "foreign", path, NO_DATABASE)
    if form > version:
        # a letter that changed in the head of the file is not a newer program
        raise fault("newer" if _says_newer(path, form) else "damaged", path, BAD_HEAD)
    return "there"


EMPTY_FILE = Text("the file is empty", "文件为空")
NO_DATABASE = Text("it is not a database", "不是数据库")
BAD_HEAD = Text("its head is wrong", "文件头有误")


def tables(path: Path) -> list[str]:
    try:
        with contextlib.closing(connect(path, "immutable")) as connection:
            return [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master")]
    except BROKEN:
        return ["unreadable"]


def _says_newer(path: Path, form: int) -> bool:
    try:
        with contextlib.closing(connect(path, "immutable")) as connection:
            (kept,) = connection.execute("SELECT version FROM meta").fetchone()
            return bool(kept == form)
    except (*BROKEN, TypeError):
        # it may be kept in another way by then
        return form < 1000


def damage(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> Text | None:
    """What is wrong with a casebook's content, None where nothing is: pages, form of the tables, and every row's sum."""
    try:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            found = " ".join(str(said).replace("*", "").split())[:80]
            return Text(f"check: {found}", f"检查：{found}")
        form = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master ORDER BY rowid")]
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if form != form_of(steps[:version]):
            return Text("its tables have another form", "表结构不符")
        meta = connection.execute(f"SELECT {', '.join(META)}, sum FROM meta").fetchall()
        if len(meta) != 1 or sum_of(meta[0][:-1]) != meta[0][-1]:
            return Text("its counters are wrong", "计数器有误")
        bad = [row for row in connection.execute("SELECT * FROM cases") if sum_of(row[:-1]) != row[-1]]
    except BROKEN as error:
        return Text(str(error), str(error))
    if bad:
        return Text(f"{len(bad)} cases do not read right", f"{len(bad)} 个案例内容有误")
    return None


# ---------------------------------------------------------------------- reading without writing
def in_memory(path: Path) -> sqlite3.Connection:
    """The content of a casebook that cannot be written, in memory. The file and its folder are not touched."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        with passing() as folder:
            wal = path.with_name(path.name + "-wal")
            place = path
            if wal.exists() and wal.stat().st_size:
                # what the write-ahead log holds counts, too
                place = folder / "read.db"
                shutil.copyfile(path, place)
                shutil.copyfile(wal, place.with_name("read.db-wal"))
            mode = "immutable" if place is path else "rw"
            with contextlib.closing(connect(place, mode)) as source:
                source.backup(memory)
        settle(memory)
        return memory
    except BaseException:
        memory.close()
        raise


def can_write(path: Path) -> CasebookError | None:
    """None where file and folder can be written, else what is in the way. A full disk is found when it is written to."""
    try:
        if path.exists():
            os.close(os.open(path, os.O_RDWR))
        handle, name = tempfile.mkstemp(prefix=".lanewise-", dir=path.parent)
        os.close(handle)
        os.unlink(name)
    except OSError as error:
        found = fault_of(path, error)
        return found if found.kind in ("read-only", "gone") else None
    return None


# ---------------------------------------------------------------------- where it lies
_SHARES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ncpfs", "fuse.sshfs", "fuse.davfs", "davfs"}
_REMOTE_DRIVE = 4


def logs_work(path: Path) -> bool:
    """Whether a write-ahead log works beside a casebook. Tried on a database that is thrown away: one that is once
    marked for such a log cannot be opened to write where there can be none."""
    if on_share(path.parent):
        return False
    try:
        with tempfile.TemporaryDirectory(prefix=".lanewise-", dir=path.parent) as folder:
            with contextlib.closing(connect(Path(folder) / "try.db", "rwc")) as connection:
                (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
                connection.execute("CREATE TABLE try (one)")
            return bool(mode == "wal")
    except sqlite3.Error as error:
        # where the disk is full it is not the log that does not work
        return fault_of(path, error).kind == "full"


def on_share(folder: Path) -> bool:
    """Whether a folder lies on another computer, as far as the system says so."""
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(folder.absolute())[0]
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError):
        return False
    at = str(folder.resolve())
    places = {line[1].replace("\\040", " "): line[2] for line in mounts if len(line) > 2}
    above = [place for place in places if place == "/" or at == place or at.startswith(f"{place}/")]
    return bool(above) and places[max(above, key=len)] in _SHARES


# ---------------------------------------------------------------------- whole files
def flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def put(temporary: Path, target: Path) -> Path:
    """A finished file under its name, or under the next free one: nothing that is there is overwritten."""
    flush(temporary)
    place, n = target, 1
    while True:
        try:
            os.link(temporary, place)
        except FileExistsError:
            n += 1
            place = target.with_name(f"{target.stem}-{n}{target.suffix}")
            continue
        except OSError:
            # a disk without links, such as a stick
            if place.exists():
                n += 1
                place = target.with_name(f"{target.stem}-{n}{target.suffix}")
                continue
            os.rename(temporary, place)
            return place
        os.unlink(temporary)
        return place


@contextlib.contextmanager
def passing() -> Iterator[Path]:
    """A folder for what is only looked at; its bytes go with it."""
    folder = Path(tempfile.mkdtemp(prefix="lanewise-"))
    try:
        yield folder
    finally:
        wipe_folder(folder)


def wipe(path: Path) -> None:
    """Take a file away, its bytes first."""
    with contextlib.suppress(OSError):
        size = path.stat().st_size
        with path.open("rb+") as stream:
            for start in range(0, size, 1 << 20):
                stream.write(b"\0" * min(1 << 20, size - start))
            stream.flush()
            os.fsync(stream.fileno())
    path.unlink(missing_ok=True)


def wipe_folder(folder: Path) -> None:
    for place, _, names in os.walk(folder):
        for name in names:
            wipe(Path(place) / name)
    shutil.rmtree(folder, ignore_errors=True)
