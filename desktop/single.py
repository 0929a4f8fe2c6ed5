"""One window for one casebook: a second start brings the first to the front and hands it the file that it was given.

A lock file says who is first; a local socket, for this user alone and with no network behind it, passes the word on. The
socket is opened after the first paint, and no other is ever opened.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 4_000
"""So long a second start waits for the first one, which may itself just be starting."""
TRY_MS = 200
LONGEST = 64 * 1024
LOCKED = QLockFile.LockError.LockFailedError


class _Call(QObject):
    """What one later start says: a line that names a file, or none. It goes with its socket."""

    def __init__(self, socket: QLocalSocket, single: Single) -> None:
        super().__init__(socket)
        self._socket, self._single = socket, single
        socket.readyRead.connect(self._read)
        # one that says nothing is not waited for
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end)
        self._timer.start(PATIENCE_MS)
        self._read()

    def _end(self) -> None:
        self._timer.stop()
        self._socket.abort()

    def _read(self) -> None:
        socket = self._socket
        if socket.bytesAvailable() > LONGEST:
            self._end()
        elif socket.canReadLine():
            path = _path_in(bytes(socket.readLine().data()))
            if path is None:
                self._end()
                return
            socket.write(b"here\n")
            socket.flush()
            # a file that cannot be opened is said in a notice; the later start does not wait for that
            single = self._single
            QTimer.singleShot(0, single, lambda: single.hear(path))


def _path_in(word: bytes) -> str | None:
    """The file that a word of ours names, empty for none; None where it is no word of ours."""
    try:
        path = json.loads(word)["open"]
    except (ValueError, TypeError, KeyError):
        return None
    return path if isinstance(path, str) and "\0" not in path else None


class Single(QObject):
    """Whether this process is the first. `called(Path | None)` when a second one has come."""

    called = Signal(object)

    def __init__(self, folder: Path, casebook: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        places = f"{folder.absolute()}\n{casebook.absolute()}".encode("utf-8", "surrogateescape")
        mark = QCryptographicHash.hash(places, QCryptographicHash.Algorithm.Sha256).toHex()
        self.name = f"lanewise-{bytes(mark.data()).decode()[:16]}"
        self._lock = QLockFile(str(folder / f"{self.name}.lock"))
        # stale only where the process is gone, however long the first one has been open
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self.first = self._lock.tryLock(0)
        self.alone = not self.first and self._lock.error() != LOCKED
        """Whether nobody can say who is first: the folder takes no lock."""

    def listen(self) -> None:
        """Hears of later starts, from now on."""
        from PySide6.QtNetwork import QLocalServer

        if not self.first or self._server is not None:
            return
        # what a crash left; the lock says that nobody listens there
        QLocalServer.removeServer(self.name)
        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_call)
        server.listen(self.name)

    def hand_over(self, path: Path | None) -> bool:
        """Asks the first one to come to the front, with a file or without. False where it does not answer."""
        from PySide6.QtCore import QDeadlineTimer, QThread
        from PySide6.QtNetwork import QLocalSocket

        word = json.dumps({"open": str(path.absolute()) if path is not None else ""}).encode() + b"\n"
        until = QDeadlineTimer(PATIENCE_MS)
        while True:
            socket = QLocalSocket()
            socket.connectToServer(self.name)
            if socket.waitForConnected(TRY_MS):
                socket.write(word)
                socket.waitForBytesWritten(TRY_MS)
                # the first one says that it has understood
                if socket.waitForReadyRead(until.remainingTime()):
                    return True
            if until.hasExpired():
                return False
            QThread.msleep(TRY_MS // 2)

    def try_again(self) -> bool:
        """Whether the first one has gone meanwhile."""
        self.first = self.first or self._lock.tryLock(0)
        return self.first

    def _on_call(self) -> None:
        server = self._server
        while server is not None and (socket := server.nextPendingConnection()) is not None:
            _Call(socket, self)

    def hear(self, path: str) -> None:
        """A second start has come, with a file or without."""
        self.called.emit(Path(path) if path else None)

    def close(self) -> None:
        """No longer the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self.first:
            self.first = False
            self._lock.unlock()
