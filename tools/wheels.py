"""Whether every system that the program is meant for finds a wheel of every library it needs, at the pinned versions.

python tools/wheels.py     asks pip for each system and Python; compiles and installs nothing

A dry run is enough: pip resolves and checks the tags of the wheels; where the index has their metadata, it loads no more.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SYSTEMS = {
    "Linux, x86_64": ["manylinux_2_34_x86_64", "manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64",
                      "manylinux_2_12_x86_64", "manylinux2010_x86_64"],
    "Linux, arm64": ["manylinux_2_39_aarch64", "manylinux_2_34_aarch64", "manylinux_2_28_aarch64",
                     "manylinux_2_17_aarch64", "manylinux2014_aarch64"],
    "Windows, x86_64": ["win_amd64"],
    "macOS, arm64": ["macosx_14_0_arm64", "macosx_13_0_arm64", "macosx_13_0_universal2", "macosx_12_0_arm64",
                     "macosx_11_0_arm64", "macosx_11_0_universal2", "macosx_10_9_universal2"],
    "macOS, x86_64": ["macosx_13_0_x86_64", "macosx_13_0_universal2", "macosx_12_0_x86_64", "macosx_11_0_x86_64",
                      "macosx_10_15_x86_64", "macosx_10_13_x86_64", "macosx_10_12_x86_64", "macosx_10_9_x86_64",
                      "macosx_11_0_universal2", "macosx_10_9_universal2"],
}  # fmt: skip
PYTHONS = ("3.11", "3.12", "3.13")


def main() -> int:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        needs = tomllib.load(stream)["project"]["dependencies"]
    bad = 0
    for system, tags in SYSTEMS.items():
        for python in PYTHONS:
            fault = resolve(needs, tags, python)
            print(f"{system}, Python {python}: {fault or 'all wheels there'}", flush=True)
            bad += bool(fault)
    return 1 if bad else 0


def resolve(needs: list[str], tags: list[str], python: str) -> str:
    """Empty where pip finds a wheel for each, else its last word."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--dry-run",
            "--quiet",
            "--target",
            folder,
            "--ignore-installed",
        ]
        command += ["--only-binary=:all:", "--implementation", "cp", "--python-version", python]
        command += ["--disable-pip-version-check", "-c", str(ROOT / "constraints.txt")]
        command += [word for tag in tags for word in ("--platform", tag)]
        done = subprocess.run([*command, *needs], capture_output=True, text=True, check=False)
    errors = re.findall(r"^ERROR: (.+)$", done.stderr, re.M)
    return "" if done.returncode == 0 else (errors or [done.stderr.strip()])[-1]


if __name__ == "__main__":
    sys.exit(main())
