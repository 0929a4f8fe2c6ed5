"""What can go wrong with a casebook, as one sentence and a way on."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import Literal

from desktop.core.errors import StoreError
from desktop.core.text import Text, both

Kind = Literal[
    "locked",
    "full",
    "read-only",
    "gone",
    "disk",
    "damaged",
    "missing",
    "newer",
    "form",
    "foreign",
    "stale",
    "no-case",
    "answer",
]
Way = Literal["again", "save-elsewhere", "recover", "restore", "open-copy", "reopen"]

WAYS: dict[Kind, tuple[Way, ...]] = {
    "locked": ("again", "save-elsewhere"),
    "full": ("save-elsewhere", "again"),
    "read-only": ("save-elsewhere",),
    "gone": ("reopen", "save-elsewhere"),
    "disk": ("again", "save-elsewhere"),
    "damaged": ("recover", "restore"),
    "missing": ("recover", "restore"),
    "stale": ("open-copy",),
}


class CasebookError(StoreError):
    """What was asked was not done; what was kept before is as it was.

    `kind` names the fault for a program, `ways` what can be offered: again (try once more), save-elsewhere (write the
    case as a file of its own), recover (every readable row into a new file), restore (a backup), open-copy (`copy` is
    the number of the case under which a stale change was kept), reopen (the file has gone from its place).
    """

    def __init__(self, kind: Kind, message: Text, copy: int = 0) -> None:
        super().__init__(message)
        self.kind: Kind = kind
        self.ways: tuple[Way, ...] = WAYS.get(kind, ())
        self.copy = copy


_SAID: dict[Kind, Text] = {
    "locked": Text(
        "{name} is in use by another program; nothing was changed, try again in a moment",
        "{name} 正被另一程序占用；未作任何改动，请稍后重试",
    ),
    "full": Text(
        "the disk with {name} is full; the last change is not kept yet: free some space, or save the case elsewhere",
        "{name} 所在的磁盘已满；最后的改动尚未保存：请腾出空间，或将案例另存到别处",
    ),
    "read-only": Text(
        "{name} can only be read; changes are not kept: save the case elsewhere",
        "{name} 只能读取；改动不会保存：请将案例另存到别处",
    ),
    "gone": Text(
        "{name} is no longer in its place; the last change is not kept: put the disk back, or save the case elsewhere",
        "{name} 已不在原处；最后的改动未保存：请重新接上磁盘，或将案例另存到别处",
    ),
    "disk": Text(
        "the disk with {name} does not answer as it should ({reason}); the last change is not kept yet",
        "{name} 所在的磁盘出错（{reason}）；最后的改动尚未保存",
    ),
    "damaged": Text(
        "{name} is damaged ({reason}); recover what is readable, or go back to a backup",
        "{name} 已损坏（{reason}）；可恢复可读的内容，或使用备份",
    ),
    "missing": Text(
        "{name} is not there, but its backups are; recover it, or go back to a backup",
        "{name} 不存在，但其备份仍在；可恢复，或使用备份",
    ),
    "newer": Text(
        "{name} was made by a newer Lanewise; it was not changed: open it with that version",
        "{name} 由更新版本的 Lanewise 创建；文件未被改动：请用该版本打开",
    ),
    "form": Text(
        "{name} could not be brought into the form of this Lanewise ({reason}); it is as it was",
        "无法将 {name} 转换为本版本的格式（{reason}）；文件保持原样",
    ),
    "foreign": Text(
        "{name} is not a casebook; it was not changed",
        "{name} 不是案例簿；文件未被改动",
    ),
}  # fmt: skip


def fault(kind: Kind, path: Path, reason: str | Text = "") -> CasebookError:
    """A fault that names the casebook."""
    return CasebookError(kind, _SAID[kind].format(name=path.name, reason=reason))


BROKEN = (sqlite3.Error, OSError, UnicodeDecodeError)
"""What a broken disk or database raises; the last where even the words of SQLite's own error are damaged."""

_CODES: dict[int, Kind] = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_FORMAT: "damaged",
}
_NUMBERS: dict[int, Kind] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "read-only",
    errno.EACCES: "read-only",
    errno.EPERM: "read-only",
    errno.ENOENT: "gone",
    errno.ENOTDIR: "gone",
    errno.ENODEV: "gone",
    errno.ENXIO: "gone",
}


def fault_of(path: Path, error: sqlite3.Error | OSError | UnicodeDecodeError) -> CasebookError:
    """An error of the database or of the disk as one sentence."""
    if isinstance(error, UnicodeDecodeError):
        return fault("damaged", path, Text("its words do not read", "其中的文字无法读取"))
    if isinstance(error, OSError):
        kind = _NUMBERS.get(error.errno or 0, "disk")
        reason = error.strerror or str(error)
    else:
        code = getattr(error, "sqlite_errorcode", None) or 0
        if code == getattr(sqlite3, "SQLITE_READONLY_DBMOVED", -1):
            return fault("gone", path)
        kind = _CODES.get(code & 0xFF, "disk")
        # a database error without a code comes from the binding: text that cannot be decoded
        if not code and not isinstance(error, sqlite3.OperationalError):
            kind = "damaged"
        reason = str(error)
    if kind in ("disk", "gone", "read-only") and not path.exists():
        kind = "gone"
    return fault(kind, path, both(" ".join(reason.split())[:120]))


def no_case(number: int, path: Path) -> CasebookError:
    return CasebookError(
        "no-case",
        Text(f"there is no case {number:04d} in {path.name}", f"{path.name} 中没有案例 {number:04d}"),
    )


def no_client(name: str, path: Path) -> CasebookError:
    return CasebookError(
        "no-case",
        Text(f"there is no client {name!r} in {path.name}", f"{path.name} 中没有客户“{name}”"),
    )


def not_yet_erased(error: CasebookError) -> CasebookError:
    """The rows are gone; what is left of them goes at the next start."""
    text = Text(
        "the case is erased, but traces of it are left until the casebook is opened again: {why}",
        "案例已删除，但在重新打开案例簿之前仍有痕迹：{why}",
    )
    return CasebookError(error.kind, text.format(why=error.text))


def stale(number: int, copy: int) -> CasebookError:
    """A change made from an older state; it was kept as a case of its own."""
    return CasebookError(
        "stale",
        Text(
            f"case {number:04d} was changed elsewhere in the meantime; your change is kept as case {copy:04d}",
            f"案例 {number:04d} 已在别处改动；您的改动已另存为案例 {copy:04d}",
        ),
        copy,
    )
