"""A short run of the harness that mutates packs and case files (`python -m tests.harness.packs` is the long one)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("seed", [1])
def test_thousands_of_mutations_end_in_a_sentence_or_rightly(seed: int) -> None:
    """In a process of its own: its fence watches everything that is written."""
    command = [sys.executable, "-m", "tests.harness.packs", "--count", "2000", "--seed", str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-4_000:]
    last = done.stdout.splitlines()[-1]
    assert '"faults": 0' in last
    for kind in (
        "pack_bytes refused",
        "pack_content refused",
        "case_file accepted",
        "casebook_import accepted",
    ):
        assert kind in last


def test_the_harness_notices_what_it_is_there_for() -> None:
    """A door that lets everything in, and a write outside the folder, are both found."""
    probe = (
        "import tests.harness.packs as harness; from desktop.store.packs.keys import Keys;"
        "Keys.holds = lambda *_: True;"
        "ended, faults = harness.run(150, 1); print(sum('nobody signed' in each for each in faults))"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 0
    nowhere = str(Path(ROOT.anchor) / "lanewise-no" / "where")
    outside = (
        "import tests.harness.packs as harness; from pathlib import Path;"
        f"harness.Mutations.pack_plain = lambda self: Path({nowhere!r}).mkdir() or 'x';"
        "ended, faults = harness.run(150, 1); print(sum('written outside' in each for each in faults))"
    )
    done = subprocess.run(
        [sys.executable, "-c", outside], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 0
