"""Names, version and day of a package, each from its one place. Standard library only."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"
NAME = "lanewise"
TITLE = "Lanewise"
BUNDLE_ID = "io.github.lanewise.Lanewise"
SUMMARY = "Export platform, import mode and logistics for a small exporter"
SUMMARY_ZH = "外贸平台、进口模式与物流方案，离线计算，每个数字注明出处"
MAINTAINER = os.environ.get(
    "LANEWISE_MAINTAINER", "The Lanewise contributors <contributors@lanewise.invalid>"
)
"""Whoever publishes a package names themselves: the address here is none on purpose."""
CASE, RULES = "application/x-lanewise-case", "application/x-lanewise-rules"
TYPES = {
    CASE: (".lanewise", "Lanewise case", "Lanewise 案例"),
    RULES: (".lwrules", "Lanewise rule pack", "Lanewise 规则包"),
}
"""Every file type of the program: ending, and its name in both languages."""


def version() -> str:
    """The one version, of `desktop/__init__.py`."""
    text = (ROOT / "desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.M)
    if found is None:
        raise SystemExit("desktop/__init__.py names no __version__")
    return found[1]


def epoch() -> int:
    """Seconds that stand for the time of a build: SOURCE_DATE_EPOCH, else of the commit, else of the changelog."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        said = ""
    return (
        int(said)
        if said.isdigit()
        else int(datetime.combine(released(), datetime.min.time(), UTC).timestamp())
    )


def released() -> datetime:
    """The day of the newest version in the changelog."""
    found = re.search(
        r"^## \S+ \((\d{4}-\d\d-\d\d)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M
    )
    if found is None:
        raise SystemExit("CHANGELOG.md names no version with its day: ## 1.2.3 (2026-11-24)")
    return datetime.fromisoformat(found[1])


def system() -> str:
    """`linux`, `windows` or `macos`."""
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def machine() -> str:
    """The processor by one name on every system: x86_64 or arm64."""
    return {"AMD64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def stem() -> str:
    """The beginning of every file of this build: `lanewise-0.1.0-linux-x86_64`."""
    return f"{NAME}-{version()}-{system()}-{machine()}"


def filled(template: str, **more: str) -> str:
    """A template with `@NAME@` replaced; what is not known is an error."""
    known = {
        "VERSION": version(), "NAME": NAME, "TITLE": TITLE, "BUNDLE_ID": BUNDLE_ID, "SUMMARY": SUMMARY,
        "MAINTAINER": MAINTAINER, **more,
    }  # fmt: skip
    return re.sub(r"@([A-Z_]+)@", lambda found: known[found[1]], template)


def environment() -> dict[str, str]:
    """The environment of every step of a build: the same day and the same order of sets each time."""
    fixed = {
        "SOURCE_DATE_EPOCH": str(epoch()),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    return {**{key: value for key, value in os.environ.items() if key != "PYTHONPATH"}, **fixed}
