"""The twin that every chart has as a table."""

from __future__ import annotations

from msgspec import Struct


class TableTwin(Struct, frozen=True):
    """The same marks as a table: heads, rows, and which columns hold numbers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()

    def tsv(self) -> str:
        """The table as tab separated text for the clipboard."""
        return "\n".join("\t".join(row) for row in (self.headers, *self.rows))
