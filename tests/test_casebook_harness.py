"""A short run of the harness that kills and breaks casebooks: nothing that was acknowledged may be lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

if hasattr(os, "fork"):

    def test_killed_and_broken_casebooks_lose_nothing() -> None:
        """In a process of its own: it forks, and this one has threads."""
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.harness.casebook",
                "--kills",
                "40",
                "--faults",
                "36",
                "--seed",
                "3",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout.splitlines()[-1])
        assert (found["lost"], found["unreadable"], found["left after erasing"]) == (0, 0, 0)
        assert (found["kills"], found["faults"]) == (40, 36)
        assert found["acknowledged"] > 1000
        # each kind of fault came to its turn
        assert len(found["kinds"]) == 18
