"""The record of answers: every change of a case once more, line by line, in a file beside the casebook.

SQLite alone keeps what it acknowledged through a kill or a pulled plug. It does not through a damaged page, or a
write-ahead log that a cleaning tool took away: the changes since the last backup would be lost in silence. So each
change is appended here and flushed before it is acknowledged. A backup and the records after it are the casebook again.

A line is a check sum and a JSON object: `{"seq", "row": {…}}`, `{"seq", "gone": number}`. The first line of a file
names the casebook it belongs to. What is torn at the end of a file does not read as a line.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PREFIX = "answers-"
SUFFIX = ".log"


def record_path(folder: Path, base: int) -> Path:
    """The record that begins after change `base`."""
    return folder / f"{PREFIX}{base:09d}{SUFFIX}"


def base_of(path: Path) -> int:
    """The change after which a record begins; -1 where the name is not a record's."""
    digits = path.name.removeprefix(PREFIX).removesuffix(SUFFIX)
    return int(digits) if path.name.startswith(PREFIX) and digits.isdigit() else -1


def records(folder: Path) -> tuple[Path, ...]:
    """All records of a folder, the oldest first."""
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(
            (path for path in folder.iterdir() if base_of(path) >= 0),
            key=lambda path: (base_of(path), path.name),
        )
    )


def line_of(data: Mapping[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return b"\n%08x %s\n" % (zlib.crc32(text), text)


def begin(path: Path, uid: str) -> None:
    """A new record; one that is there is kept (another program may have begun it)."""
    if not path.exists() or path.stat().st_size == 0:
        append(path, [{"casebook": uid}])
        flush_folder(path.parent)


def append(path: Path, entries: Sequence[Mapping[str, Any]]) -> int:
    """Append and flush. How long the file was before, to take it back; OSError leaves it as it was."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    try:
        before = os.fstat(handle).st_size
        content = memoryview(b"".join(map(line_of, entries)))
        try:
            while content:
                content = content[os.write(handle, content) :]
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, before)
            raise
        return before
    finally:
        os.close(handle)


def take_back(path: Path, length: int) -> None:
    """Shorten a record to what it was before a change that did not come about; a failure does no harm."""
    try:
        os.truncate(path, length)
    except OSError:
        return


@dataclass
class Read:
    """What a record says. `bad` counts lines that are damaged."""

    uid: str = ""
    entries: list[dict[str, Any]] = field(default_factory=list)
    bad: int = 0

    @property
    def last(self) -> int:
        return max((int(entry["seq"]) for entry in self.entries), default=0)


def read(path: Path) -> Read:
    """All whole lines of a record. OSError where it cannot be opened."""
    found = Read()
    for data in _lines(path.read_bytes()):
        if data is None:
            found.bad += 1
        elif "casebook" in data:
            found.uid = data["casebook"]
        else:
            found.entries.append(data)
    return found


def _lines(content: bytes) -> Iterator[dict[str, Any] | None]:
    for line in content.split(b"\n"):
        if not line:
            continue
        head, _, text = line.partition(b" ")
        try:
            whole = int(head, 16) == zlib.crc32(text)
            yield json.loads(text) if whole else None
        except ValueError:
            yield None


def flush_folder(folder: Path) -> None:
    """Makes the names in a folder last; systems that have no such thing keep them themselves."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
