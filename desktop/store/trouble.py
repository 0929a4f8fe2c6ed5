"""What is kept of trouble: a dated report of each fault, and a mark that tells an unclean end. `logbook` keeps the log.

All of it stays in the user's own folder; nothing is sent. Nothing here may raise: it runs when something else has already
gone wrong, on a full disk too. A report holds where the fault happened and with which versions, and none of the answers:
see `scrubbed`.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import re
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from msgspec import Struct

REPORTS_KEPT = 20
MOST_TOLD = 20
"""After so many different faults of one sitting no more reports are written: they would only bury the first."""
NATIVE = "crash-native.txt"
FRAMES = 60
"""Frames of a report: the ends of a recursion say it all."""
log = logging.getLogger("lanewise")

Private = Callable[[], Iterable[str]]
"""Gives the words that must not be in a report: names, answers, file names of the open case."""

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”|「[^」\n]*」")
_NAME = re.compile(r"[A-Za-z]\w*(_\w+)+|[a-z]+(\.[a-z][a-z_-]*){2,}")
"""A name of the program's own: list_price, dest.us.de-minimis. No client is called so."""
_NUMBER = re.compile(r"(?<![\w#])[+-]?\d[\d.,]*")


# ---------------------------------------------------------------------- what a report says
def scrubbed(text: str, private: Iterable[str] = ()) -> str:
    """A message without what a client said: quoted words, numbers, the words given, and the name of the home folder.

    Names of the program's own (list_price, a fact's id) stay.
    """
    for word in sorted({w for w in private if len(w.strip()) > 1}, key=len, reverse=True):
        # US is no part of STATUS, but a Chinese name stands between other signs
        whole = rf"(?<!\w){re.escape(word)}(?!\w)" if word.isascii() else re.escape(word)
        text = re.sub(whole, "…", text)
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")

    def quoted(found: re.Match[str]) -> str:
        inside = found.group()[1:-1]
        return found.group() if _NAME.fullmatch(inside) else f"{found.group()[0]}…{found.group()[-1]}"

    return _NUMBER.sub("#", _QUOTED.sub(quoted, text))


def _message(error: BaseException, private: Iterable[str]) -> str:
    try:
        said = str(error)
    except Exception as worse:
        said = f"<its message failed: {type(worse).__name__}>"
    return scrubbed(said, private)


def fault_text(error: BaseException, private: Iterable[str] = ()) -> str:
    """Where an exception came from, with its causes: files, lines and names of functions, no values."""
    parts: list[str] = []
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen and len(seen) < 8:
        seen.add(id(each))
        frames = traceback.extract_tb(each.__traceback__)
        if len(frames) > FRAMES:
            frames = traceback.StackSummary.from_list([*frames[: FRAMES // 2], *frames[-FRAMES // 2 :]])
        lines = [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        parts.append("\n".join([*lines, f"{type(each).__name__}: {_message(each, private)}"]))
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "\n\nwhile handling\n\n".join(parts)


def _short(filename: str) -> str:
    """A file as the program calls it: no folder of the user is named."""
    parts = Path(filename).parts
    for start in ("desktop", "site-packages"):
        if start in parts:
            return "/".join(parts[parts.index(start) :])
    return Path(filename).name


def head_text(versions: Iterable[tuple[str, str]] = (), now: datetime | None = None) -> str:
    """When, and with which versions."""
    import platform

    when = now or datetime.now().astimezone()
    rows = [("time", when.isoformat(timespec="seconds")), *versions]
    rows += [("Python", sys.version.split()[0]), ("system", f"{platform.system()} {platform.release()}")]
    rows += [("machine", platform.machine()), ("thread", threading.current_thread().name)]
    return "\n".join(f"{name}: {value}" for name, value in rows)


# ---------------------------------------------------------------------- keeping reports
def write_report(text: str, folder: Path, now: datetime | None = None) -> Path | None:
    """Keeps a report in a dated file; in the system's temporary folder where the own one takes nothing, else None."""
    when = now or datetime.now()
    for place in (folder, Path(tempfile.gettempdir())):
        path = place / f"crash-{when:%Y-%m-%d-%H%M%S-%f}.txt"
        try:
            place.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", errors="replace") as stream:
                stream.write(text)
        except OSError:
            # a disk that filled up leaves an empty file behind, which would be taken for a report
            with contextlib.suppress(OSError):
                if path.exists():
                    path.unlink()
            continue
        if place is folder:
            _thin_out(folder)
        return path
    return None


def reports(folder: Path) -> tuple[Path, ...]:
    """The reports that are kept, newest first."""
    try:
        return tuple(sorted(folder.glob("crash-[0-9]*.txt"), reverse=True))
    except OSError:
        return ()


def _thin_out(folder: Path) -> None:
    for old in reports(folder)[REPORTS_KEPT:]:
        with contextlib.suppress(OSError):
            old.unlink()


# ---------------------------------------------------------------------- catching
class Fault(Struct, frozen=True):
    """A fault as it is shown: its report, and the file it is kept in, None where it could not be kept."""

    report: str
    path: Path | None


class Recorder:
    """Takes faults from every door: the main thread, other threads, objects that are let go, and Qt's messages.

    `tell` is called once for each different fault, in the thread where it happened. Whatever goes wrong in here or in
    `tell` is let go: a report must not be a second fault.
    """

    def __init__(
        self,
        folder: Path,
        tell: Callable[[Fault], None],
        private: Private = tuple,
        versions: Callable[[], Iterable[tuple[str, str]]] = tuple,
    ) -> None:
        self.folder = folder
        self._tell = tell
        self._private = private
        self._versions = versions
        self._told: set[str] = set()
        self._inside = threading.local()
        self._before: tuple[Any, Any, Any] | None = None

    def install(self) -> None:
        """Stands at every door from now on."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable

    def uninstall(self) -> None:
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None

    def _on_error(
        self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, _trace)
            return
        self.record(error)

    def _on_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None and not isinstance(found.exc_value, SystemExit):
            self.record(found.exc_value)

    def _on_unraisable(self, found: Any) -> None:
        if found.exc_value is not None:
            self.record(found.exc_value)

    def record(self, error: BaseException) -> Fault | None:
        """Logs a fault; the first of its kind is kept as a report and told. Never raises."""
        if getattr(self._inside, "busy", False):
            return None
        self._inside.busy = True
        try:
            return self._record(error)
        except Exception:
            return None
        finally:
            self._inside.busy = False

    def _record(self, error: BaseException) -> Fault | None:
        try:
            private = tuple(self._private())
        except Exception:
            private = ()
        said = fault_text(error, private)
        log.error("%s", said)
        if sys.stderr is not None:
            with contextlib.suppress(OSError, ValueError):
                print(said, file=sys.stderr)
        # the same fault again and again (in a paint event) is said once
        trace = traceback.extract_tb(error.__traceback__)
        place = f"{trace[-1].filename}:{trace[-1].lineno}" if trace else ""
        key = f"{type(error).__name__} {place}"
        if key in self._told or len(self._told) >= MOST_TOLD:
            return None
        self._told.add(key)
        try:
            versions = tuple(self._versions())
        except Exception:
            versions = ()
        report = f"{head_text(versions)}\n\n{said}\n"
        fault = Fault(report, write_report(report, self.folder))
        self._tell(fault)
        return fault


class Native:
    """Keeps what Python can still say when the process itself breaks (a fault in a library)."""

    def __init__(self, folder: Path) -> None:
        self._stream: IO[str] | None = None
        path = folder / NATIVE
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size:
                # of the last sitting: it becomes a report like the others
                write_report(path.read_text(encoding="utf-8", errors="replace"), folder)
            self._stream = path.open("w", encoding="utf-8")
        if self._stream is not None:
            faulthandler.enable(self._stream)
        elif sys.stderr is not None:
            with contextlib.suppress(OSError, ValueError, AttributeError):
                faulthandler.enable()

    def close(self) -> None:
        faulthandler.disable()
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
                self._stream = None


# ---------------------------------------------------------------------- an unclean end
class Sitting:
    """Marks in a folder that the program runs. A mark that nobody holds any more is of one that did not end properly.

    `unclean` says whether there was such a one. The mark is held by a lock that the system lets go of with the process,
    so that neither a second window nor a process number used again is taken for a crash.
    """

    def __init__(self, folder: Path) -> None:
        self.unclean = False
        self._stream: IO[bytes] | None = None
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.glob("running-*"):
                if _let_go(old):
                    self.unclean = True
            handle, name = tempfile.mkstemp(prefix="running-", dir=folder)
            self._path = Path(name)
            self._stream = os.fdopen(handle, "r+b")
            self._stream.write(b"\0")
            self._stream.flush()
            _lock(self._stream)

    def end(self) -> None:
        """The program ends as it should."""
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
                self._stream = None
                self._path.unlink()


def _let_go(mark: Path) -> bool:
    """Whether a mark is held by nobody; it is then taken away."""
    try:
        with mark.open("r+b") as stream:
            _lock(stream)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        mark.unlink()
    return True


def _lock(stream: IO[bytes]) -> None:
    """Holds a file, or OSError where another process does."""
    stream.seek(0)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
