"""Where things are: the data the program carries, and the user's own folder. One place for all paths."""

from __future__ import annotations

import os
import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

APP = "Lanewise"


def data_path(*parts: str) -> Traversable:
    """A file of the data the program carries, such as `data_path("compiled", "rules.json")`."""
    return files("desktop.data").joinpath(*parts)


def user_folder() -> Path:
    """The folder for settings and logs: `LANEWISE_HOME` where set, else the system's usual place. Not created here."""
    own = os.environ.get("LANEWISE_HOME")
    if own:
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", str(Path.home() / "AppData" / "Roaming"))) / APP
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / APP
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / APP.lower()


def casebook_path() -> Path:
    """Where the casebook is when none is named."""
    return user_folder() / "casebook.db"


def authored_data() -> Path | None:
    """The folder with the authored YAML and CSV in a checkout; None in an installed copy, which has no such files."""
    folder = Path(str(data_path()))
    return folder if (folder / "facts").is_dir() else None
