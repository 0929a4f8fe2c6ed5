"""A pack from the authored YAML and CSV of a data folder."""

from __future__ import annotations

import hashlib
import json
import zlib
from datetime import date
from pathlib import Path

from desktop.core.errors import DataError
from desktop.store.loader import compile_data
from desktop.store.packs.file import AREAS, DATA_FORMAT, MAGIC, PATH, PROGRAM_RULES, Head, PackFile
from desktop.store.packs.keys import Signer


def make_pack(
    root: Path,
    name: str,
    counter: int,
    valid_from: date,
    review_by: date,
    expires: date,
    signer: Signer | None,
) -> PackFile:
    """The facts and rules of a data folder as a pack, signed where there is a key. DataError at the first fault.

    The same folder and head make the same bytes: files stand in the order of their paths.
    """
    compile_data(root)
    files: dict[str, str] = {}
    for area in AREAS:
        for path in sorted((root / area).rglob("*")):
            place = path.relative_to(root).as_posix()
            if not path.is_file() or place.split("/")[1] in PROGRAM_RULES:
                continue
            if not PATH.fullmatch(place):
                form = "letters, digits, - and _; .yaml or .csv"
                raise DataError("a pack cannot hold a file of this name", file=place, form=form)
            files[place] = path.read_text(encoding="utf-8")
    plain = json.dumps(files, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    content = zlib.compress(plain, 9)
    head = Head(
        name, counter, signer.id if signer else "", valid_from, review_by, expires, DATA_FORMAT, len(plain),
        len(content), hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    signature = signer.sign(MAGIC + head.line()) if signer else None
    return PackFile(head, signature, content, "signed" if signer else "mine")
