#!/usr/bin/env python3
"""Start Lanewise: makes its own environment on first use, then opens the program.

    python3 start.py                 open the program            (Windows: py start.py)
    python3 start.py test            run the tests
    python3 start.py advise CASE     any command of `lanewise`, passed on

Standard library only. Also: `setup` (environment with test tools, nothing else), `where` (its Python).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = sys.platform == "win32"
ENVIRONMENT = Path(os.environ.get("LANEWISE_ENV") or ROOT / ".venv")
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = ENVIRONMENT / "lanewise-stamp.txt"


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python may well run this file
        return fail(f"Lanewise needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    command = arguments[0] if arguments else ""
    if command == "where":
        print(PYTHON)
        return 0
    with_tests = command in ("test", "setup")
    problem = make_environment(with_tests) or system_libraries(window=not arguments)
    if problem:
        return fail(problem)
    if command == "setup":
        return 0
    if command == "test":
        offscreen = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
        # all of them on every core; some, chosen by hand, as they were asked for
        how = arguments[1:] or ["-n", "auto", "--dist", "worksteal"]
        return subprocess.call([str(PYTHON), "-m", "pytest", *how], cwd=ROOT, env=offscreen)
    if not arguments and no_screen():
        return fail(
            "No screen was found (DISPLAY is not set); without one, use: python3 start.py advise CASE.json"
        )
    return subprocess.call([str(PYTHON), "-m", "desktop", *arguments])


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def wanted(with_tests: bool) -> str:
    """A fingerprint of what the environment is made from."""
    parts = [sys.version.split()[0], "tests" if with_tests else "program"]
    parts += [(ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def make_environment(with_tests: bool) -> str:
    """Make or renew the environment; a sentence where that cannot be done, else empty."""
    have = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() and PYTHON.exists() else []
    if wanted(with_tests) in have or (not with_tests and wanted(True) in have):
        return ""
    started = time.monotonic()
    if not PYTHON.exists():
        say("1 of 2  making the environment")
        problem = make_venv()
        if problem:
            return problem
    say("2 of 2  installing what the program needs (about 170 MB, once)")
    extra = "[dev]" if with_tests else ""
    install = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "on"]
    install += ["-c", str(ROOT / "constraints.txt"), "-e", f"{ROOT}{extra}"]
    log = ENVIRONMENT / "install.log"
    if run_logged(install, log) != 0:
        lines = [
            line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if "ERROR" in line
        ]
        why = lines[-1] if lines else "see the log"
        return f"Installing failed: {why} (log: {log}). A network is needed the first time."
    STAMP.write_text(wanted(with_tests), encoding="utf-8")
    say(f"ready after {time.monotonic() - started:.0f} s")
    return ""


def make_venv() -> str:
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not install_packages([package]):
            return f"The venv module is missing; install it with: sudo apt-get install {package}"
        return (
            "" if subprocess.call([sys.executable, "-m", "venv", str(ENVIRONMENT)]) == 0 else "venv failed."
        )
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return f"The environment could not be made in {ENVIRONMENT}: {error}"
    return ""


def run_logged(command: list[str], log: Path) -> int:
    """Run a command with its output in a log, showing a line for each package so that the wait has a face."""
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", cwd=ROOT
        )
        assert process.stdout is not None
        for line in process.stdout:
            stream.write(line)
            word = line.split()
            if word[:1] == ["Collecting"] or line.startswith("Installing collected"):
                say("        " + " ".join(word[:2]))
        return process.wait()


def no_screen() -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names)


def system_libraries(window: bool) -> str:
    """Install what Qt needs of a Linux system where that is allowed; else a sentence that names package and command."""
    from desktop.store import libraries

    offscreen = os.environ.get("QT_QPA_PLATFORM") == "offscreen" or not os.environ.get("DISPLAY")
    packages = libraries.missing(window and not offscreen)
    if not packages or install_packages(packages):
        return ""
    return f"Qt needs system libraries that are missing; install them with: {libraries.command(packages)}"


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages where we are root and apt is there; False where we may not or it fails."""
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say(f"installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"stdout": subprocess.DEVNULL, "env": environment}
    subprocess.call([apt, "update", "-q"], **quiet)
    from desktop.store import libraries

    names = libraries.names_here(packages)
    return subprocess.call([apt, "install", "-y", "-q", "--no-install-recommends", *names], **quiet) == 0


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
