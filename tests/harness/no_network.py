"""Runs something with all networking refused, by Python and, on Linux, by the kernel.

    python -m tests.harness.no_network COMMAND …        the kernel kills COMMAND where it opens any but a local socket

`in_python()` refuses within the process that calls it: each try is an error, and is kept in `TRIED`.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Callable

REFUSED = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
           "socket.sendmsg", "urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect")  # fmt: skip
TRIED: list[str] = []
LOCAL = 1
"""AF_UNIX: the screen, the desktop, and the socket that says which window is the first."""
CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By processor: what the kernel calls it, and the number of its call `socket`."""
NO_NEW_RIGHTS, FILTER, KILL, ALLOW = 38, 22, 0x80000000, 0x7FFF0000


def in_python() -> None:
    """From now on every try of this process to reach a network from Python is an error. It cannot be taken back."""

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in REFUSED:
            TRIED.append(f"{event} {arguments!r}")
            raise PermissionError(f"{event} was tried")

    sys.addaudithook(refuse)


def by_kernel() -> bool:
    """From now on the kernel kills this process, and what it starts, for any but a local socket. False: it cannot."""
    known = CALLS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    processor, call = known
    load, equal, answer = 0x20, 0x15, 0x06
    # another processor's calls: killed; not `socket`: allowed; a local socket: allowed; any other: killed
    rules = ((load, 0, 0, 4), (equal, 1, 0, processor), (answer, 0, 0, KILL), (load, 0, 0, 0), (equal, 0, 3, call),
             (load, 0, 0, 16), (equal, 1, 0, LOCAL), (answer, 0, 0, KILL), (answer, 0, 0, ALLOW))  # fmt: skip
    packed = b"".join(struct.pack("HBBI", *rule) for rule in rules)
    code = ctypes.create_string_buffer(packed, len(packed))

    class Program(ctypes.Structure):
        _fields_ = (("count", ctypes.c_ushort), ("rules", ctypes.c_void_p))

    program = Program(len(rules), ctypes.cast(code, ctypes.c_void_p))
    prctl: Callable[..., int] = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]  # type: ignore[attr-defined]
    address = ctypes.addressof(program)
    return prctl(NO_NEW_RIGHTS, 1, 0, 0, 0) == 0 and prctl(FILTER, 2, address, 0, 0) == 0


if __name__ == "__main__":
    if not by_kernel():
        sys.exit("this kernel takes no filter")
    os.execvp(sys.argv[1], sys.argv[1:])
