"""What Qt needs of a Linux system, by library, and the Debian or Ubuntu package that has it.

`start.py` reads this before the program's environment is made: standard library only.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Wanted as well where there is a screen."""


def missing(window: bool) -> list[str]:
    """The packages of what is not there; `window`: for a screen too. Empty on other systems than Linux."""
    if not sys.platform.startswith("linux"):
        return []
    needed = {**LIBRARIES, **WINDOW_LIBRARIES} if window else LIBRARIES
    return [package for library, package in needed.items() if not has_library(library)]


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def command(packages: list[str]) -> str:
    """What installs packages, to be typed."""
    return f"sudo apt-get install {' '.join(names_here(packages))}"


def names_here(packages: list[str]) -> list[str]:
    """Packages as this system calls them: Debian 13 and Ubuntu 24.04 have libglib2.0-0t64."""
    if "libglib2.0-0" not in packages:
        return packages
    try:
        asked = ["apt-cache", "policy", "libglib2.0-0"]
        shown = subprocess.run(
            asked, capture_output=True, encoding="utf-8", errors="replace", check=False
        ).stdout
    except OSError:
        return packages
    if shown.strip() and "Candidate: (none)" not in shown:
        return packages
    return ["libglib2.0-0t64" if package == "libglib2.0-0" else package for package in packages]
