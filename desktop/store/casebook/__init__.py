"""The casebook: clients and their cases in one file, kept as they are given. See `Casebook`."""

from __future__ import annotations

from desktop.store.casebook.backups import Backup, backups_of
from desktop.store.casebook.book import Casebook, Clock, local_now
from desktop.store.casebook.exchange import Imported, export_case, export_cases, import_files
from desktop.store.casebook.faults import CasebookError
from desktop.store.casebook.opened import mark_open, marked_open
from desktop.store.casebook.recovery import Recovery, recover, restore
from desktop.store.paths import casebook_path as default_path

__all__ = [
    "Backup",
    "Casebook",
    "CasebookError",
    "Clock",
    "Imported",
    "Recovery",
    "backups_of",
    "default_path",
    "export_case",
    "export_cases",
    "import_files",
    "local_now",
    "mark_open",
    "marked_open",
    "recover",
    "restore",
]
