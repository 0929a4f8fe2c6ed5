"""What `lanewise doctor` looks at, as far as it needs no window: data, folder, casebook, Python, libraries, clock.

Each check says what was found and, where something is wrong, what mends it. Nothing is changed: the one file that is
written, to learn whether the folder takes any, is taken away again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from msgspec import Struct

from desktop.core.errors import LanewiseError
from desktop.core.reasons import reason_of
from desktop.core.text import EMPTY, Text, both
from desktop.store import libraries, parts, rulebook
from desktop.store.paths import data_path, user_folder

State = Literal["ok", "warn", "bad"]
LEAST_FREE, LITTLE_FREE = 20 * 1024**2, 200 * 1024**2
"""Below the first nothing is surely kept; below the second it is said."""
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
CASEBOOK_FILE = "casebook.db"
SETUP = Text(
    "Make the environment again: python3 start.py setup (Windows: py start.py setup).",
    "请重建运行环境：python3 start.py setup（Windows：py start.py setup）。",
)
AGAIN = Text("Install the program again; cases and settings stay.", "请重新安装程序；案例和设置不受影响。")


class Check(Struct, frozen=True):
    """One thing that was looked at. `mend` is empty where it is as it should be."""

    id: str
    name: Text
    state: State
    says: Text
    mend: Text = EMPTY


def healthy(checks: tuple[Check, ...]) -> bool:
    """Whether nothing is wrong. What is only to be minded counts as well."""
    return all(check.state != "bad" for check in checks)


def checks(today: date, now: datetime, folder: Path | None = None) -> Iterator[Check]:
    """All checks without a window, one after the other, each as it is done."""
    place = folder or user_folder()
    asked: tuple[tuple[str, Text, Callable[[], Check]], ...] = (
        ("rules", RULES, rules),
        ("coverage", COVERAGE, lambda: coverage(today)),
        ("clock", CLOCK, lambda: clock(today, now)),
        ("folder", FOLDER, lambda: folder_check(place)),
        ("casebook", CASEBOOK, lambda: casebook(place)),
        ("python", PYTHON, python),
        ("libraries", LIBRARIES, python_libraries),
        ("system", SYSTEM, system_libraries),
    )
    for name, words, check in asked:
        try:
            yield check()
        except (OSError, ValueError, LanewiseError) as error:
            yield Check(name, words, "bad", both(str(error)), AGAIN)


# ---------------------------------------------------------------------- data
RULES = Text("Rule book", "规则库")
COVERAGE = Text("Rules of today", "当日规则")
CLOCK = Text("Clock", "时钟")


def rules(folder: Path | None = None) -> Check:
    """Whether the compiled rule book can be read whole and is the one that was written."""
    place = folder or Path(str(data_path(rulebook.FOLDER)))
    try:
        compiled = rulebook.read_compiled(place)
        found = rulebook.digest(compiled)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        says = Text(f"cannot be read ({error})", f"无法读取（{error}）")
        return Check("rules", RULES, "bad", says, AGAIN)
    kept = compiled["digest"]
    if found != kept:
        says = Text(
            f"its content does not match its fingerprint {kept}: a file was changed or cut off",
            f"内容与指纹 {kept} 不符：文件被改动或不完整",
        )
        return Check("rules", RULES, "bad", says, AGAIN)
    count = len(compiled["facts"])
    says = Text(
        f"{kept[:8]}, {count:,} facts, whole and unchanged", f"{kept[:8]}，{count:,} 条事实，完整且未被改动"
    )
    return Check("rules", RULES, "ok", says)


def coverage(today: date) -> Check:
    """How many facts hold today, and how many sources are past their review."""
    book = rulebook.load()
    known = sum(book.fact(fact_id).at(today) is not None for fact_id in book.ids())
    due = book.reviews_due(today)
    if not known:
        says = Text(f"no fact holds on {today.isoformat()}", f"{today.isoformat()} 无任何事实有效")
        return Check("coverage", COVERAGE, "bad", says, CLOCK_MEND)
    says = Text(
        f"{known:,} of {len(book):,} facts hold today; sources past their review: {due}",
        f"{len(book):,} 条事实中有 {known:,} 条今日有效；已过复核日的来源：{due}",
    )
    mend = Text(
        "Get a newer rule book; until then the marked figures may have changed.",
        "请取得较新的规则库；在此之前，带标记的数字可能已变。",
    )
    return Check("coverage", COVERAGE, "warn" if due else "ok", says, mend if due else EMPTY)


CLOCK_MEND = Text(
    "Set date and time zone of the computer; the rules of the wrong day would count.",
    "请校正电脑的日期和时区，否则会按错误日期的规则计算。",
)


def clock(today: date, now: datetime) -> Check:
    """Whether today can be: no source of the rule book can be of a later day."""
    newest = rulebook.load().newest_source
    zone = now.strftime("%z") or "?"
    # a source may have been read where the day begins earlier
    if today < newest - timedelta(days=1):
        says = Text(
            f"today would be {today.isoformat()}, yet a source of the rules is of {newest.isoformat()}",
            f"系统日期为 {today.isoformat()}，但规则来源中有 {newest.isoformat()} 的",
        )
        return Check("clock", CLOCK, "bad", says, CLOCK_MEND)
    says = Text(f"{today.isoformat()}, UTC{zone}", f"{today.isoformat()}，UTC{zone}")
    return Check("clock", CLOCK, "ok", says)


# ---------------------------------------------------------------------- the user's folder
FOLDER = Text("Your folder", "用户文件夹")
CASEBOOK = Text("Casebook", "案例簿")


def folder_check(folder: Path) -> Check:
    """Whether settings and cases can be kept, and whether there is room."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as stream:
            stream.write(b"lanewise")
            stream.flush()
            os.fsync(stream.fileno())
        free = shutil.disk_usage(folder).free
    except OSError as error:
        reason = reason_of(error)
        says = Text(f"{folder} takes no files: {reason.en}", f"无法写入 {folder}：{reason.zh}")
        mend = Text(
            "Allow writing there, make room, or set LANEWISE_HOME to another folder.",
            "请允许写入、腾出空间，或将 LANEWISE_HOME 设为其他文件夹。",
        )
        return Check("folder", FOLDER, "bad", says, mend)
    room = _size(free)
    says = Text(f"{folder}, {room} free", f"{folder}，剩余 {room}")
    if free >= LITTLE_FREE:
        return Check("folder", FOLDER, "ok", says)
    return Check(
        "folder",
        FOLDER,
        "bad" if free < LEAST_FREE else "warn",
        says,
        Text("Make room on that disk.", "请在该磁盘上腾出空间。"),
    )


def _size(count: int) -> str:
    """Bytes as a person reads them; whole units, rounded down."""
    for unit, size in (("GB", 1024**3), ("MB", 1024**2)):
        if count >= size:
            return f"{count // size:,} {unit}"
    return f"{count // 1024} KB"


def casebook(folder: Path) -> Check:
    """Whether the casebook is sound, where there is one. It is opened for reading only."""
    path = folder / CASEBOOK_FILE
    if not path.exists():
        return Check("casebook", CASEBOOK, "ok", Text("none is kept yet", "尚未建立"))
    said = _quick_check(path)
    if said == "ok":
        return Check("casebook", CASEBOOK, "ok", Text(f"{path.name} is sound", f"{path.name} 完好"))
    says = Text(f"{path.name} is damaged: {said}", f"{path.name} 已损坏：{said}")
    mend = Text(
        "Keep the file. `lanewise casebook check` names the backups, `restore` puts one in place, `recover` saves "
        "all that can be read.",
        "请保留该文件。`lanewise casebook check` 列出备份，`restore` 恢复其一，`recover` 挽回所有可读内容。",
    )
    return Check("casebook", CASEBOOK, "bad", says, mend)


def _quick_check(path: Path) -> str:
    """ok, or the first thing that is wrong."""
    try:
        # nothing is written, not even the files beside a log that is written ahead
        link = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=2)
        try:
            return str(link.execute("PRAGMA quick_check(1)").fetchone()[0])
        finally:
            link.close()
    except sqlite3.Error as error:
        return str(error)


# ---------------------------------------------------------------------- the machine
PYTHON = Text("Python", "Python")
LIBRARIES = Text("Libraries", "程序库")
SYSTEM = Text("System libraries", "系统库")


def python(version: tuple[int, int] | None = None) -> Check:
    """Whether this Python is one that the program was tried with."""
    at = version or sys.version_info[:2]
    says = both(
        f"{at[0]}.{at[1]} ({sys.platform})" if version else f"{parts.python_version()} ({sys.platform})"
    )
    if at < OLDEST_PYTHON:
        mend = Text("Use Python 3.11, 3.12 or 3.13.", "请使用 Python 3.11、3.12 或 3.13。")
        return Check("python", PYTHON, "bad", says, mend)
    if at > NEWEST_PYTHON:
        mend = Text(
            "Newer than what was tried; 3.11, 3.12 or 3.13 is sure.",
            "高于已测试的版本；建议使用 3.11、3.12 或 3.13。",
        )
        return Check("python", PYTHON, "warn", says, mend)
    return Check("python", PYTHON, "ok", says)


def python_libraries(found: tuple[parts.Part, ...] | None = None) -> Check:
    """Whether every library is there in a version that the program takes."""
    known = parts.parts() if found is None else found
    if not known:
        return Check("libraries", LIBRARIES, "ok", Text("as the program was built", "随程序内置"))
    wrong = [part for part in known if not part.fits]
    if not wrong:
        own = ", ".join(f"{part.name} {part.version}" for part in known if part.wanted)
        return Check("libraries", LIBRARIES, "ok", both(own))
    en = "; ".join(_not_fitting(part)["en"] for part in wrong)
    zh = "；".join(_not_fitting(part)["zh"] for part in wrong)
    return Check("libraries", LIBRARIES, "bad", Text(en, zh), SETUP)


def _not_fitting(part: parts.Part) -> Text:
    if not part.version:
        return Text(f"{part.name} is missing", f"缺少 {part.name}")
    wanted = part.wanted or "another version"
    return Text(
        f"{part.name} is {part.version}, wanted is {wanted}",
        f"{part.name} 为 {part.version}，应为 {part.wanted or '其他版本'}",
    )


def system_libraries(window: bool | None = None) -> Check:
    """Whether a Linux system has what Qt needs; `window`: for a screen too, as the environment says where not given."""
    if not sys.platform.startswith("linux"):
        return Check("system", SYSTEM, "ok", Text("come with the system", "系统自带"))
    screen = bool(os.environ.get("DISPLAY")) if window is None else window
    lacking = libraries.missing(screen)
    if not lacking:
        return Check("system", SYSTEM, "ok", Text("all there", "齐全"))
    says = Text(f"missing: {', '.join(lacking)}", f"缺少：{'、'.join(lacking)}")
    return Check("system", SYSTEM, "bad", says, both(libraries.command(lacking)))
