"""Rule packs: made from authored data, signed, checked, installed, gone back from. Never code (docs/decisions/0018).

`file` reads and checks, `keys` signs and verifies, `making` makes, `kept` installs. Asking which pack is in use, at each
start, loads neither YAML nor pydantic nor libsodium; and where none was ever installed, nothing at all.
"""

from __future__ import annotations

from pathlib import Path

FOLDER, STATE = "packs", "state.json"


def any_kept(folder: Path) -> bool:
    """Whether a pack was ever installed in a user's folder."""
    return (folder / FOLDER / STATE).exists()
