"""Files that are dropped on the window: which of them is opened, and what becomes of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject

from desktop.store.casefile import SUFFIX

if TYPE_CHECKING:
    from desktop.views.exchanging import Exchanging
    from desktop.views.filing import Filing
    from desktop.views.keeping import Keeping
    from desktop.views.telling import Telling

CASES = (SUFFIX, ".json")
"""Endings of files that are a case."""
CATALOGUES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet")
"""Endings of files that are a catalogue."""
PACK = ".lwrules"
"""The ending of a rule pack."""


class Host(Protocol):
    """What is asked of the window that files are dropped on."""

    keeping: Keeping | None
    filing: Filing
    exchanging: Exchanging
    telling: Telling


class Dropping(QObject):
    """One file is opened at a time, but for cases, which a casebook takes together."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self.window = window

    def open(self, paths: Sequence[Path]) -> None:
        """Opens a case or a catalogue that was dropped; says what becomes of the rest."""
        window, say = self.window, self.window.telling.say
        cases = [path for path in paths if path.suffix.lower() in (SUFFIX, ".zip")]
        several = len(cases) > 1 or (cases and cases[0].suffix.lower() == ".zip")
        if several and len(cases) == len(paths) and window.keeping is not None:
            window.keeping.bring_in(cases)
            return
        known = [path for path in paths if path.suffix.lower() in (*CASES, *CATALOGUES, PACK)]
        if not known:
            lead = self.tr("“{name}” was not opened.").format(name=paths[0].name)
            way = self.tr("Drop a case ({case}), a rule pack ({pack}) or a catalogue ({catalogues}).")
            kinds = " ".join(CATALOGUES)
            say(f"{lead} {way.format(case=SUFFIX, pack=PACK, catalogues=kinds)}")
            return
        first, rest = known[0], len(paths) - 1
        if first.suffix.lower() in CATALOGUES:
            window.exchanging.open_catalogue(first)
        elif not window.filing.open_file(first):
            return
        if rest:
            words = self.tr("“{name}” is open; one file at a time. Not opened: {count}")
            say(words.format(name=first.name, count=rest))
