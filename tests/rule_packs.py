"""Rule packs for tests: made from the shipped facts with a few changed, and compiled once for each content."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from desktop.store.packs.file import MAGIC, PackFile
from desktop.store.packs.kept import Checked, checked
from desktop.store.packs.keys import Keys, Signer
from desktop.store.packs.making import make_pack

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2026, 12, 5)
DAYS = (date(2026, 12, 1), date(2027, 3, 1), date(2027, 12, 1))
SIGNER, OTHER = Signer(bytes(range(32))), Signer(bytes(range(1, 33)))
KEYS = Keys({SIGNER.id: SIGNER.public})

_ready: dict[str, Checked] = {}


def copy_data(folder: Path) -> Path:
    """The authored data of the program in a folder of their own."""
    root = folder / "data"
    shutil.copytree(DATA, root, ignore=shutil.ignore_patterns("compiled", "cases", "__pycache__", "*.py"))
    return root


def ready(pack: PackFile) -> Checked:
    """A pack that went through the strict door, which takes a second: once for each content."""
    if pack.head.sha256 not in _ready:
        _ready[pack.head.sha256] = checked(pack)
    found = _ready[pack.head.sha256]
    return Checked(pack, dataclasses.replace(found.book, pack=pack.pack), found.compiled)


def issued(pack: PackFile, name: str, counter: int, signer: Signer | None = SIGNER) -> PackFile:
    """The same facts under another name and number."""
    head = replace(pack.head, name=name, counter=counter, key=signer.id if signer else "")
    if signer is None:
        return PackFile(head, None, pack.content, "mine")
    return PackFile(head, signer.sign(MAGIC + head.line()), pack.content, "signed")


def pack_with(edit: Callable[[Path], None], name: str = "2026-12", counter: int = 12) -> PackFile:
    """A signed pack of the shipped facts as `edit` changes their folder."""
    with tempfile.TemporaryDirectory() as place:
        root = copy_data(Path(place))
        edit(root)
        return make_pack(root, name, counter, *DAYS, SIGNER)


def dearer(root: Path) -> None:
    """eBay's commission in the United States and the United Kingdom rises, and that on jewelry is no longer known."""
    us = root / "facts" / "ebay" / "us.yaml"
    text = us.read_text("utf-8")
    at = text.index("- id: ebay.us.per_order")
    value = "[{up_to: 7500, value: 14.1}, {value: 2.35}]"
    rise = f"  - {{from: 2026-12-01, value: {value}, source: ebay-us-0926, confidence: high}}\n"
    text = text[:at] + rise + text[at:]
    at = text.index("- id: ebay.us.fvf.watches")
    ends = "  - {from: 2026-12-01, value: null, source: ebay-us-0926, confidence: high}\n"
    us.write_text(text[:at] + ends + text[at:], "utf-8")
    uk = root / "facts" / "ebay" / "uk.yaml"
    text = uk.read_text("utf-8")
    at = text.index("- id: ", text.index("- id: ebay.uk.fvf.clothing_shoes") + 1)
    rise = "  - {from: 2026-12-01, value: 13.9, source: gh-country, confidence: medium}\n"
    uk.write_text(text[:at] + rise + text[at:], "utf-8")


@cache
def dearer_pack() -> PackFile:
    """Two facts with another value, one that ends, none new."""
    return pack_with(dearer)
