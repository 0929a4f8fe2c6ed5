#!/usr/bin/env python3
"""Pack the program for the system that this runs on, with one command and the standard library alone.

    python3 packaging/build.py                 all forms of this system, in dist/
    python3 packaging/build.py --only folder   the packed folder alone, for a try: build/packing/dist/lanewise
    python3 packaging/build.py --compare A B   two builds, file by file: what differs

Linux: .tar.xz and .deb; Windows: a folder as .zip and, where Inno Setup is there, an installer; macOS: .dmg, signed and
notarised where the keys are given (packaging/macos.py). Beside them sums and the bill of materials.
docs/releasing.md has the rest.
"""

from __future__ import annotations

import argparse
import filecmp
import hashlib
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import about

SOURCE = ("pyproject.toml", "constraints.txt", "README.md", "LICENSE", "desktop", "data", "resources")
LEFT = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info", ".*")
MOST_PACKED = 90_000_000
"""Bytes of the packed forms, each: more is an error, for somebody carries it on a stick."""


def main() -> int:
    options = read_options()
    if options.version:
        print(about.version())
        return 0
    if options.compare:
        return compare(*options.compare)
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python may well run this file
        print("Packing needs Python 3.11 or newer.", file=sys.stderr)
        return 2
    began = time.monotonic()
    work, out = options.work.resolve(), options.out.resolve()
    parts = work / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    if about.system() == "linux":
        import linux

        linux.check_tools()
    python = make_environment(work, options.keep)
    run([python, about.ROOT / "tools" / "app_icons.py", parts / "icons"])
    run([python, about.HERE / "bill.py", parts])
    program = freeze(python, work, parts)
    say(
        f"{program}: {size_of(program) / 1e6:.1f} MB in {count_of(program)} files, after {time.monotonic() - began:.0f} s"
    )
    if options.only == "folder":
        return 0
    made = pack(program, parts, work, out, options.only)
    finish(made, parts, out)
    too_large = [path.name for path in made if path.stat().st_size > MOST_PACKED]
    if too_large:
        print(f"larger than {MOST_PACKED // 1_000_000} MB: {', '.join(too_large)}", file=sys.stderr)
    say(f"done after {time.monotonic() - began:.0f} s")
    return 1 if too_large else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="build.py", description="Packs Lanewise for this system.")
    parser.add_argument("--out", type=Path, default=about.ROOT / "dist", help="where the packages go (dist)")
    parser.add_argument(
        "--work", type=Path, default=about.ROOT / "build" / "packing", help="where it is worked"
    )
    parser.add_argument(
        "--keep", action="store_true", help="take the environment of the last build, for a try"
    )
    parser.add_argument("--only", choices=("folder", "tar", "deb"), help="one form alone")
    parser.add_argument("--version", action="store_true", help="say the version and do nothing")
    parser.add_argument(
        "--compare", nargs=2, type=Path, metavar=("A", "B"), help="two packed folders or files"
    )
    return parser.parse_args()


def say(sentence: str) -> None:
    print(sentence, flush=True)


def run(command: list[str | Path], **more: object) -> None:
    """One step; what it says goes on, and a step that fails ends the build."""
    words = [str(word) for word in command]
    done = subprocess.run(words, env={**about.environment(), **more.pop("env", {})}, **more)  # type: ignore[dict-item, call-overload]
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(words[:4])} …")


# ---------------------------------------------------------------------- environment and folder
def env_python(work: Path) -> Path:
    return work / "env" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def make_environment(work: Path, keep: bool) -> Path:
    """A new environment with what the program needs and what packs it; its Python. The source goes in as a copy.

    `keep`: the one of the last build, with the program in it renewed.
    """
    source, env = work / "source", work / "env"
    for folder in (source,) if keep else (source, env):
        if folder.exists():
            shutil.rmtree(folder)
    source.mkdir(parents=True)
    for name in SOURCE:
        path = about.ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=LEFT)
        else:
            shutil.copy(path, source / name)
    say("1 of 4  a clean environment")
    python = env_python(work)
    install = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-c",
        source / "constraints.txt",
    ]
    if keep:
        run([*install, "--no-deps", "--force-reinstall", source])
    else:
        run([sys.executable, "-m", "venv", env])
        run([*install, "-r", about.HERE / "requirements.txt", source])
    return python


def freeze(python: Path, work: Path, parts: Path) -> Path:
    """The packed folder (on macOS the bundle)."""
    say("2 of 4  the packed folder")
    if about.system() == "windows":
        import windows

        (parts / "version.txt").write_text(windows.version_resource(), encoding="utf-8")
    if about.system() == "macos":
        import macos

        (parts / "Info.plist").write_bytes(macos.info_plist())
    dist = work / "dist"
    names = {"LANEWISE_PARTS": str(parts), "LANEWISE_VERSION": about.version()}
    command: list[str | Path] = [python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", dist, "--workpath", work / "work", about.HERE / "lanewise.spec"]
    # not from the checkout: what lies in the folder of a start is imported before what is installed
    run(command, env=names, cwd=work)
    program = dist / "lanewise"
    if about.system() == "linux":
        import bill
        import linux

        linux.strip(program)
        (program / "lanewise-window").symlink_to("lanewise")
        listed = (parts / "system-libraries.txt").read_text(encoding="utf-8").split()
        bill.finish_linux(listed, parts, program / "_internal" / "licences")
    return dist / "Lanewise.app" if about.system() == "macos" else program


def pack(program: Path, parts: Path, work: Path, out: Path, only: str | None) -> list[Path]:
    """The forms of this system."""
    say("3 of 4  the packages")
    if about.system() == "windows":
        import windows

        return windows.pack(program, parts, work, out)
    if about.system() == "macos":
        import macos

        return macos.pack(program, work, out)
    import linux

    made = [] if only == "deb" else [linux.tar(program, parts / "icons", work, out)]
    return made if only == "tar" else [*made, linux.deb(program, parts / "icons", work, out)]


def finish(made: list[Path], parts: Path, out: Path) -> None:
    """Sums and the bill of materials."""
    say("4 of 4  sums")
    bill = out / f"{about.stem()}.cdx.json"
    shutil.copy(parts / "SBOM.json", bill)
    lines = [f"{digest(path)}  {path.name}" for path in sorted([*made, bill])]
    (out / f"SHA256SUMS-{about.system()}-{about.machine()}").write_text(
        "\n".join(lines) + "\n", encoding="utf-8"
    )
    for path in made:
        say(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def size_of(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def count_of(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if not path.is_dir())


# ---------------------------------------------------------------------- two builds
def compare(one: Path, other: Path) -> int:
    """Says what differs between two builds; 0 where nothing does, 2 where one is not there."""
    for path in (one, other):
        if not path.exists():
            print(f"{path} is not there", file=sys.stderr)
            return 2
    if one.is_file():
        differs = [] if filecmp.cmp(one, other, shallow=False) else [one.name]
    else:
        differs = differences(one, other)
    for line in differs:
        say(line)
    say(f"{len(differs)} differences" if differs else "the same, byte for byte")
    return 1 if differs else 0


def differences(one: Path, other: Path) -> list[str]:
    """What differs between two folders: names, links, rights and bytes."""
    names = {path.relative_to(folder).as_posix() for folder in (one, other) for path in folder.rglob("*")}
    found = []
    for name in sorted(names):
        a, b = one / name, other / name
        if not (a.is_symlink() or a.exists()) or not (b.is_symlink() or b.exists()):
            found.append(f"{name}: only in one")
        elif a.is_symlink() or b.is_symlink():
            if not (a.is_symlink() and b.is_symlink() and a.readlink() == b.readlink()):
                found.append(f"{name}: another link")
        elif a.is_file() and (not b.is_file() or not filecmp.cmp(a, b, shallow=False)):
            found.append(f"{name}: other bytes")
        elif a.stat().st_mode != b.stat().st_mode:
            found.append(f"{name}: other rights")
    return found


if __name__ == "__main__":
    sys.exit(main())
