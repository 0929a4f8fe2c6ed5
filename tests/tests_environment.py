"""The environment of a process that a test starts."""

from __future__ import annotations

import os
from pathlib import Path


def offscreen(home: Path) -> dict[str, str]:
    """Without a screen, with a user's folder of its own."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LANEWISE_HOME": str(home / "home"),
        "PYTHONUTF8": "1",
    }
