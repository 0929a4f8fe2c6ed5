"""Rule packs: made from authored data, signed, checked, installed, gone back from. Never code (docs/decisions/0018)."""

from __future__ import annotations

from desktop.store.packs.file import PackError, PackFile, read_pack
from desktop.store.packs.kept import Kept, Packs
from desktop.store.packs.keys import Keys, public_id
from desktop.store.packs.making import make_pack

__all__ = ["Kept", "Keys", "PackError", "PackFile", "Packs", "make_pack", "public_id", "read_pack"]
