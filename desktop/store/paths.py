"""Where things are: the data the program carries, and the user's own folder. One place for all paths."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

APP = "Lanewise"


def carried(package: str) -> Path:
    """The folder of a package that holds files and no code. A program that is run has it on disk: from a checkout, from
    a wheel and packed alike. (`importlib.resources` would load `zipfile` at each start for the case that never comes.)
    """
    return Path(next(iter(import_module(package).__path__)))


def data_path(*parts: str) -> Path:
    """A file of the data the program carries, such as `data_path("compiled", "rules.json")`."""
    return carried("desktop.data").joinpath(*parts)


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


def log_folder() -> Path:
    """Where the log and the reports of faults are. Not made here."""
    return user_folder() / "logs"


def casebook_path() -> Path:
    """Where the casebook is when none is named."""
    return user_folder() / "casebook.db"


def authored_data() -> Path | None:
    """The folder with the authored YAML and CSV in a checkout; None in an installed copy, which has no such files."""
    folder = data_path()
    return folder if (folder / "facts").is_dir() else None
