"""The whole walk with all networking refused: examples, every step, sheet, workbook, catalogue; and the commands."""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store.casefile import example_path, examples

ROOT = Path(__file__).parent.parent
GUARDED = """
import sys
from tests.harness import no_network
no_network.in_python()
kernel = no_network.by_kernel()
{work}
print("guarded by the kernel" if kernel else "guarded by Python alone", no_network.TRIED)
sys.exit(code)
"""
KERNEL = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")


def run(work: str, home: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "LANEWISE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", GUARDED.format(work=work)],
        cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip


def quiet(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether nothing was tried, under every guard that there is."""
    return done.stdout.endswith("guarded by the kernel []\n" if KERNEL else "guarded by Python alone []\n")


def test_the_walk_needs_no_network(tmp_path: Path) -> None:
    folder = tmp_path / "walk"
    done = run(f"from desktop.app import main; code = main(['--smoke', {str(folder)!r}])", tmp_path / "home")
    walked = json.loads((folder / "walk.json").read_text(encoding="utf-8"))
    assert "failed" not in walked
    assert done.returncode == 0, done.stderr
    assert quiet(done), done.stdout
    for name in examples():
        assert len(walked[name]["steps"]) >= 4
        assert walked[name]["choices"]["platforms"] or walked[name]["choices"]["import_modes"]
        assert (folder / name).with_suffix(".pdf").read_bytes().startswith(b"%PDF")
        assert (folder / name).with_suffix(".xlsx").read_bytes().startswith(b"PK")
    assert walked["catalogue"]["rows"] == 37
    assert len((folder / "catalogue.csv").read_text(encoding="utf-8-sig").splitlines()) == 38


@pytest.mark.parametrize("arguments", [
    ["advise", str(example_path(examples()[0])), "--json"],
    ["screen", str(example_path("demo-catalogue.csv")), "-o", "OUT.csv"],
    ["check-data"],
    ["coverage", "--json"],
])  # fmt: skip
def test_the_commands_need_no_network(arguments: list[str], tmp_path: Path) -> None:
    arguments = [str(tmp_path / "out.csv") if word == "OUT.csv" else word for word in arguments]
    done = run(f"from desktop.cli import main; code = main({arguments!r})", tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert quiet(done), done.stdout[-300:]


@pytest.mark.parametrize("work", [
    "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    "import socket; socket.getaddrinfo('localhost', 80)",
    "import socket; socket.socket(socket.AF_INET).bind(('127.0.0.1', 0))",
])  # fmt: skip
def test_the_guard_in_python_refuses(work: str, tmp_path: Path) -> None:
    code = f"from tests.harness import no_network; no_network.in_python(); {work}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "was tried" in done.stderr


def test_the_guard_of_the_kernel_ends_what_opens_a_socket(tmp_path: Path) -> None:
    """Of Qt too, whose sockets Python does not see; a local one, such as the screen's, is let through."""
    work = (
        "import socket; socket.socket(socket.AF_UNIX).close(); print('local', flush=True);"
        "from PySide6.QtNetwork import QTcpServer; QTcpServer().listen(); print('reached', flush=True); code = 0"
    )
    done = run(work, tmp_path)
    if KERNEL:
        assert done.returncode == -signal.SIGSYS
        assert done.stdout == "local\n"
    else:
        assert done.stdout.startswith("local\nreached\n")
