#!/usr/bin/env python3
"""Hold a packed program against the source: the same walk, the same figures, to the byte.

    python packaging/smoke.py PROGRAM [--starts N]

PROGRAM is the packed folder, a folder that it was installed into, or Lanewise.app. Run it with a Python that has the
program's requirements (`python3 start.py where` names it). On Linux the packed program runs with all networking
refused by the kernel.
Exit code 0 where everything is the same.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DAYS = ("2015-11-08", "2026-11-24")
EXAMPLES = tuple(sorted(path.name for path in (ROOT / "data" / "cases").glob("*.lanewise")))
ONCE = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*<")
"""What a workbook says of the moment when it was written."""


class Run:
    """One of the two programs, with a user's folder of its own."""

    def __init__(self, command: list[str], window: list[str], home: Path, cwd: Path) -> None:
        self.command, self.window, self.home, self.cwd = command, window, home, cwd
        home.mkdir()

    @property
    def env(self) -> dict[str, str]:
        """Nothing of the checkout, and a home in which everything that is written can be seen."""
        left_out = ("PYTHONPATH", "LANEWISE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
        kept = {key: value for key, value in os.environ.items() if key not in left_out}
        own = {name: str(self.home) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")}
        return {**kept, **own, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}

    def call(self, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        command = [*self.command, *map(str, arguments)]
        return subprocess.run(
            command, capture_output=True, env=self.env, cwd=self.cwd, timeout=600, check=False
        )

    def walk(self, folder: Path) -> int:
        command = [*self.window, "--smoke", str(folder)]
        return subprocess.run(command, env=self.env, cwd=self.cwd, timeout=400, check=False).returncode

    def start(self, folder: Path) -> float:
        """Seconds from the start of the process to the first paint."""
        painted = folder / "painted.txt"
        painted.unlink(missing_ok=True)
        began = time.time()
        process = subprocess.Popen([*self.window, "--smoke", str(folder)], env=self.env, cwd=self.cwd)
        while not painted.exists():
            if process.poll() is not None:
                raise SystemExit("a start ended before the first paint")
            time.sleep(0.01)
        process.kill()
        process.wait()
        return float(painted.read_text(encoding="ascii")) - began


class Checks:
    """What was compared, and what differs."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.count = 0

    def same(self, what: str, one: object, other: object) -> None:
        self.count += 1
        if one != other or not one:
            self.faults.append(what)
            print(f"DIFFERS  {what}", flush=True)

    def true(self, what: str, holds: bool) -> None:
        self.same(what, holds, True)


def main() -> int:
    options = read_options()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lanewise smoke 空 ") as name:
        place = Path(name)
        packed = packed_run(options.program.resolve(), place)
        source = Run(
            [sys.executable, "-m", "desktop"],
            [sys.executable, "-m", "desktop.app"],
            place / "source-home",
            ROOT,
        )
        checks = Checks()
        commands(checks, source, packed)
        papers(checks, source, packed, place)
        catalogue(checks, source, packed, place)
        window(checks, source, packed, place)
        packs(checks, source, packed, place)
        processes(checks, source, packed)
        left_behind(checks, packed)
        print(f"{checks.count} comparisons, {len(checks.faults)} differ; {time.monotonic() - began:.0f} s")
        slow = bool(options.starts) and starts(source, packed, place, options.starts) > 1.2
    return 1 if checks.faults or slow else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="smoke.py", description="Holds a packed program against the source."
    )
    parser.add_argument("program", type=Path, help="the packed folder, or Lanewise.app")
    parser.add_argument(
        "--starts", type=int, default=0, metavar="N", help="measure N starts of each, in turn"
    )
    return parser.parse_args()


def packed_run(program: Path, place: Path) -> Run:
    folder = program / "Contents" / "MacOS" if program.suffix == ".app" else program
    ending = ".exe" if sys.platform == "win32" else ""
    command, window = folder / f"lanewise{ending}", folder / f"lanewise-window{ending}"
    for path in (command, window):
        if not path.is_file():
            raise SystemExit(f"{path} is not there")
    guard = [sys.executable, str(ROOT / "tests" / "harness" / "no_network.py")] if refusing() else []
    # from a folder of its own, so that nothing of the checkout can be found
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    return Run([*guard, str(command)], [*guard, str(window)], place / "packed-home", elsewhere)


def refusing() -> bool:
    """Whether the kernel here can refuse networking (tests/harness/no_network.py)."""
    return sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")


# ---------------------------------------------------------------------- without a window
def commands(checks: Checks, source: Run, packed: Run) -> None:
    """What is printed, byte for byte."""
    cases = [str(ROOT / "data" / "cases" / name) for name in EXAMPLES]
    calls = [("advise", case, "--as-of", day, "--json") for case in cases for day in DAYS]
    calls += [("advise", case, "--as-of", DAYS[1], "--lang", "zh") for case in cases]
    calls += [
        ("--version",), ("questions", "--json"), ("coverage", "--json"), ("facts", "--json"),
        ("check-data", str(ROOT / "data")),
        ("fees", "--platform", "amazon", "--marketplace", "US", "--category", "apparel", "--price", "24.90",
         "--as-of", DAYS[1]),
        ("freight", "--service", "epacket", "--to", "US", "--weight-g", "350", "--as-of", DAYS[0], "--json"),
        ("duty", "--to", "GB", "--category", "lighting", "--value", "180", "--currency", "GBP", "--as-of", DAYS[1],
         "--json"),
        ("advise", "no such file.lanewise"), ("fees", "--platform", "no-such"), ("nonsense",),
    ]  # fmt: skip
    for call in calls:
        one, other = source.call(*call), packed.call(*call)
        what = " ".join(Path(word).name for word in call)
        checks.same(f"{what}: what is printed", one.stdout or one.stderr, other.stdout or other.stderr)
        checks.true(f"{what}: exit code", one.returncode == other.returncode)


def papers(checks: Checks, source: Run, packed: Run, place: Path) -> None:
    """Sheet, report and workbook of each example on both days."""
    for name in EXAMPLES:
        for day in DAYS:
            made = []
            for side, run in (("source", source), ("packed", packed)):
                folder = place / f"papers {side}" / f"{Path(name).stem}-{day}"
                folder.mkdir(parents=True)
                case = str(ROOT / "data" / "cases" / name)
                files = (
                    "--pdf",
                    folder / "sheet.pdf",
                    "--xlsx",
                    folder / "book.xlsx",
                    "--html",
                    folder / "sheet.html",
                )
                done = run.call("advise", case, "--as-of", day, "--lang", "both", *files)
                checks.true(
                    f"{name} {day}: papers of the {side} {done.stderr.decode(errors='replace')}",
                    done.returncode == 0,
                )
                made.append(folder)
            same_papers(checks, f"{name} {day}", *made)


def same_papers(checks: Checks, what: str, one: Path, other: Path) -> None:
    """Every file of one folder against the other: text of a PDF, parts of a workbook, bytes of the rest."""
    names = sorted(path.name for path in one.iterdir())
    there = sorted(path.name for path in other.iterdir())
    checks.same(f"{what}: which files {set(names) ^ set(there)}", names, there)
    for name in names:
        if name == "painted.txt" or not (other / name).is_file():
            continue
        checks.same(f"{what}: {name}", content(one / name), content(other / name))


def content(path: Path) -> object:
    if path.suffix == ".pdf":
        return text_of(path)
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return {name: ONCE.sub(b"", archive.read(name)) for name in archive.namelist()}
    return path.read_bytes()


def text_of(path: Path) -> str:
    from pypdf import PdfReader

    return "\f".join(page.extract_text() for page in PdfReader(path).pages)


def catalogue(checks: Checks, source: Run, packed: Run, place: Path) -> None:
    """The demo catalogue, and the same as Parquet, which the packed program first tries in a process of its own."""
    import warnings

    import pandas as pd

    demo = ROOT / "data" / "cases" / "demo-catalogue.csv"
    parquet, broken = place / "demo.parquet", place / "broken.parquet"
    warnings.simplefilter("ignore")
    pd.read_csv(demo, dtype=str, keep_default_na=False, encoding="utf-8-sig").to_parquet(
        parquet, engine="fastparquet", index=False
    )
    data = bytearray(parquet.read_bytes())
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    broken.write_bytes(bytes(data))
    case = str(ROOT / "data" / "cases" / EXAMPLES[0])
    for file in (demo, parquet, broken):
        seen = []
        for side, run in (("source", source), ("packed", packed)):
            target = place / f"{file.stem}{file.suffix[1:]}-{side}.csv"
            done = run.call("screen", file, "-o", target, "--case", case, "--as-of", DAYS[1])
            said = done.stderr.decode("utf-8", "replace")
            seen.append(
                (
                    done.returncode,
                    target.read_bytes() if target.exists() else said.replace(str(target), "TARGET"),
                )
            )
        checks.same(f"screen {file.name}", *seen)
        checks.true(f"screen {file.name}: exit code {seen[1][0]}", (seen[1][0] == 0) == (file != broken))


# ---------------------------------------------------------------------- with a window
def window(checks: Checks, source: Run, packed: Run, place: Path) -> None:
    one, other = place / "walk-source", place / "walk-packed"
    checks.true("the walk of the source", source.walk(one) == 0)
    went = packed.walk(other) == 0
    checks.true("the walk of the packed program", went)
    walked = json.loads((other / "walk.json").read_text(encoding="utf-8"))
    if not went:
        print(walked["failed"])
        return
    checks.true("the walk saw every step", all(len(walked[name]["steps"]) >= 4 for name in EXAMPLES))
    same_papers(checks, "the walk", one, other)


def packs(checks: Checks, source: Run, packed: Run, place: Path) -> None:
    """A rule pack made and signed by the packed program, taken into use by both; and one that was changed on its way."""
    key, pack, forged = place / "publisher.key", place / "new.lwrules", place / "forged.lwrules"
    days = ("--valid-from", "2026-11-24", "--review-by", "2027-11-24", "--expires", "2028-11-24")
    made = (
        "pack",
        "make",
        "--data",
        ROOT / "data",
        "--name",
        "smoke",
        "--counter",
        "7",
        *days,
        "--key",
        key,
        "-o",
        pack,
    )
    for call in (("pack", "key", key), made):
        done = packed.call(*call)
        checks.true(
            f"{call[0]} {call[1]}: {done.stderr.decode(errors='replace')[-200:]}", done.returncode == 0
        )
    data = bytearray(pack.read_bytes())
    data[-40] ^= 1
    forged.write_bytes(bytes(data))
    case = str(ROOT / "data" / "cases" / EXAMPLES[0])
    said = []
    for run in (source, packed):
        trusted = run.call("pack", "trust", key.with_suffix(".pub"))
        refused, taken = run.call("pack", "install", forged), run.call("pack", "install", pack)
        advice = run.call("advise", case, "--as-of", DAYS[1], "--json").stdout
        found = place / "screened.csv"
        demo = ROOT / "data" / "cases" / "demo-catalogue.csv"
        screened = run.call("screen", demo, "-o", found, "--as-of", DAYS[1], "--quiet")
        codes = [done.returncode for done in (trusted, refused, taken, screened)]
        said.append((codes, refused.stderr, advice, found.read_bytes()))
    checks.same("what a rule pack does", *said)
    checks.true(f"the forged pack alone is refused: {said[1][0]}", said[1][0] == [0, 2, 0, 0])


def processes(checks: Checks, source: Run, packed: Run) -> None:
    """What the program does by processes of its own: the check of the computer, one window for one casebook."""
    codes = [run.call("doctor").returncode for run in (source, packed)]
    checks.true(f"doctor: exit codes {codes}", codes[0] == codes[1])
    first = subprocess.Popen(packed.window, env=packed.env, cwd=packed.cwd)
    try:
        time.sleep(5)
        case = str(ROOT / "data" / "cases" / EXAMPLES[0])
        second = subprocess.run(
            [*packed.window, case], env=packed.env, cwd=packed.cwd, timeout=60, check=False
        )
        checks.true(
            "a second start hands its file to the first", second.returncode == 0 and first.poll() is None
        )
    except subprocess.TimeoutExpired:
        checks.true("a second start ends", False)
    finally:
        first.kill()
        first.wait()


def left_behind(checks: Checks, packed: Run) -> None:
    """What is in the user's home afterwards: the program's own folder and nothing beside it."""
    own = {
        "linux": ".local/share/lanewise",
        "win32": "Lanewise",
        "darwin": "Library/Application Support/Lanewise",
    }[sys.platform]
    files = [path.relative_to(packed.home).as_posix() for path in packed.home.rglob("*") if path.is_file()]
    # Qt and the system's fonts keep caches of their own
    strange = [name for name in files if not name.startswith((own, ".cache/", "Library/Caches/"))]
    checks.true(f"nothing but {own} is written in the home: {strange}", not strange)


def starts(source: Run, packed: Run, place: Path, count: int) -> float:
    """The ratio of the medians, from a process's start to the first paint; in turn, the first of each not counted."""
    times: dict[str, list[float]] = {"source": [], "packed": []}
    for turn in range(count + 1):
        for side, run in (("source", source), ("packed", packed)):
            folder = place / f"start-{side}-{turn}"
            took = run.start(folder)
            shutil.rmtree(folder, ignore_errors=True)
            if turn:
                times[side].append(took)
    medians = {side: statistics.median(taken) for side, taken in times.items()}
    ratio = medians["packed"] / medians["source"]
    said = ", ".join(f"{side} {median * 1000:.0f} ms" for side, median in medians.items())
    print(f"start to first paint, {count} each: {said}; ratio {ratio:.2f}")
    return ratio


if __name__ == "__main__":
    sys.exit(main())
