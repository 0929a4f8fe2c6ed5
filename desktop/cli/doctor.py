"""`lanewise doctor`: looks at data, folder, casebook, fonts, Qt and clock, and says what to mend."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime
from typing import Any

from desktop.core.text import Language, Text, both, text_of
from desktop.store.doctor import AGAIN, Check, checks, healthy
from desktop.store.libraries import command, missing

PROBE_S = 60
MARKS = {"ok": "ok ", "warn": "!  ", "bad": "BAD"}
MARKS_ZH = {"ok": "正常", "warn": "注意", "bad": "有误"}
WINDOW = Text("Window", "窗口")


def run(today: date, language: Language, as_json: bool) -> int:
    """All checks, printed; 0 where nothing is wrong, else 1."""
    found = (*checks(today, datetime.now().astimezone()), *window_checks())
    if as_json:
        print(json.dumps(doctor_json(found, language), ensure_ascii=False, indent=2))
    else:
        print_checks(found, language)
    return 0 if healthy(found) else 1


def window_checks() -> tuple[Check, ...]:
    """Qt in a process of its own: where it cannot start, it ends that one and not this."""
    environment = dict(os.environ)
    linux = sys.platform.startswith("linux")
    if linux and not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    # a frozen program is its own command
    own = [] if getattr(sys, "frozen", False) else ["-m", "desktop"]
    try:
        done = subprocess.run(
            [sys.executable, *own, "doctor", "--probe"],
            capture_output=True, encoding="utf-8", errors="replace", env=environment, timeout=PROBE_S, check=False,
        )  # fmt: skip
        said = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        return (failed(str(error), bool(environment.get("DISPLAY"))),)
    if said is None:
        return (failed(done.stderr, bool(environment.get("DISPLAY"))),)
    return tuple(
        Check(item["id"], text_of(item["name"]), item["state"], text_of(item["says"]), text_of(item["mend"]))
        for item in said
    )


def failed(stderr: str, screen: bool) -> Check:
    """Qt did not start: its last words, and what may be missing."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    first = lines[0] if lines else "?"
    lacking = missing(screen)
    forced = os.environ.get("QT_QPA_PLATFORM")
    mend = AGAIN
    if lacking:
        mend = both(command(lacking))
    elif forced:
        mend = Text(
            f"QT_QPA_PLATFORM asks for {forced}; leave it unset.",
            f"QT_QPA_PLATFORM 指定了 {forced}，请勿设置它。",
        )
    return Check("window", WINDOW, "bad", Text(f"Qt does not start: {first}", f"Qt 无法启动：{first}"), mend)


def doctor_json(found: tuple[Check, ...], language: Language) -> dict[str, Any]:
    return {
        "healthy": healthy(found),
        "checks": [
            {
                "id": check.id,
                "name": check.name[language],
                "state": check.state,
                "says": check.says[language],
                "mend": check.mend[language],
            }
            for check in found
        ],
    }


def print_checks(found: tuple[Check, ...], language: Language) -> None:
    """One line a check, what mends it below."""
    marks = MARKS_ZH if language == "zh" else MARKS
    for check in found:
        print(f"{marks[check.state]}  {check.name[language]}: {check.says[language]}")
        if check.mend:
            print(f"     → {check.mend[language]}")
    wrong = sum(check.state == "bad" for check in found)
    if language == "zh":
        print(f"有误：{wrong}" if wrong else "一切正常")
    else:
        print(f"To mend: {wrong}" if wrong else "Nothing to mend")
