"""The file of a rule pack, and how much of it is believed before its signature is checked: nothing.

    lanewise-rules 1 ⏎
    {"name": "2026-12", "counter": 12, …} ⏎      the head, one line of JSON
    (base64 of the Ed25519 signature, or -) ⏎    over the two lines above, byte for byte
    (zlib)                                       {"facts/ebay.yaml": "…", …}, bound to the head by size and SHA-256

Only when the signature holds, or the user says that the pack is their own, is the content unpacked; and then no more than
the head says, and never more than `MOST_UNPACKED`. Paths are compared with one pattern: nothing of a pack is ever written
outside a folder that was made for it, and no part of it is run.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from desktop.core.errors import LanewiseError
from desktop.core.packs import OWN, Pack, Trust
from desktop.core.reasons import reason_of
from desktop.core.text import Text
from desktop.store.packs.keys import Keys

SUFFIX = ".lwrules"
MAGIC = b"lanewise-rules 1\n"
BEGINS = b"lanewise-rules "
MOST_FILE, MOST_HEAD, MOST_UNPACKED, MOST_FILES = 32_000_000, 4_096, 64_000_000, 2_000
AREAS = ("facts", "rates", "sources", "doubts", "missing", "units", "texts", "rules")
PATH = re.compile(rf"(?:{'|'.join(AREAS)})(?:/[A-Za-z0-9][A-Za-z0-9_-]{{0,63}}){{1,5}}\.(?:yaml|csv)")
"""Letters, digits, `_` and `-` between slashes: no way up and no drive."""
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for devices, whatever their ending."""
PROGRAM_RULES = ("questions", "flow", "catalogue")
"""Rules that belong to the program and not to a day: a pack that brings them is refused."""
NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._ -]{0,39}")
HEAD = {
    "name": str, "counter": int, "key": str, "valid_from": str, "review_by": str, "expires": str,
    "data_format": int, "size": int, "packed": int, "sha256": str,
}  # fmt: skip
DATA_FORMAT = 1
"""The form of the authored data that this program compiles (`desktop.store.loader.FORMAT`)."""


class PackError(LanewiseError):
    """A pack is refused; nothing was changed."""


class UnsignedError(PackError):
    """A pack that nobody signed: it may be used as one's own, where the user says so."""


class Head(Struct, frozen=True):
    """What a pack says of itself, once its form was checked; not believed before its signature."""

    name: str
    counter: int
    key: str
    valid_from: date
    review_by: date
    expires: date
    data_format: int
    size: int
    packed: int
    sha256: str

    def line(self) -> bytes:
        """As it stands in the file."""
        data = {name: getattr(self, name) for name in HEAD}
        plain = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()
        }
        return json.dumps(plain, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


class PackFile(Struct, frozen=True):
    """A pack as read: its head, its signature, its packed content, and who answers for it."""

    head: Head
    signature: bytes | None
    content: bytes
    trust: Trust

    @property
    def raw(self) -> bytes:
        """The file, byte for byte."""
        signature = b"-" if self.signature is None else base64.b64encode(self.signature)
        return MAGIC + self.head.line() + signature + b"\n" + self.content

    @property
    def pack(self) -> Pack:
        """What the rule book will say of it."""
        head = self.head
        signed = self.trust == "signed"
        return Pack(
            id=f"{head.counter:06d}-{head.sha256[:12]}" if signed else f"{OWN}{head.sha256[:12]}",
            name=head.name,
            counter=head.counter if signed else 0,
            key=head.key if signed else "",
            trust=self.trust,
            valid_from=head.valid_from,
            review_by=head.review_by,
            expires=head.expires,
            digest=head.sha256,
        )

    def files(self) -> dict[str, str]:
        """The authored files by path. PackError where the content is not what the head promised."""
        head = self.head
        if len(self.content) != head.packed or hashlib.sha256(self.content).hexdigest() != head.sha256:
            raise _damaged()
        unpacker = zlib.decompressobj()
        try:
            plain = unpacker.decompress(self.content, head.size + 1)
        except zlib.error:
            raise _damaged() from None
        if len(plain) != head.size or not unpacker.eof or unpacker.unused_data:
            raise _damaged()
        try:
            found = json.loads(plain)
        except (ValueError, RecursionError):
            raise _damaged() from None
        return _checked(found)


def _checked(found: Any) -> dict[str, str]:
    if not isinstance(found, dict) or not found or len(found) > MOST_FILES:
        raise _damaged()
    if len({path.lower() for path in found}) < len(found):
        raise _damaged()  # two names for one file, where a system takes capital and small letters as one
    for path, text in found.items():
        if (
            not PATH.fullmatch(path)
            or RESERVED & set(re.split(r"[/.]", path.lower()))
            or not isinstance(text, str)
        ):
            shown = path if len(path) <= 60 else path[:59] + "…"
            raise PackError(
                Text(
                    f"the pack holds {shown!r}, which is not a file of facts; it was refused",
                    f"规则包中含有 {shown!r}，不是事实文件；已拒绝",
                )
            )
        area = path.split("/")[1]
        if path.startswith("rules/") and area in PROGRAM_RULES:
            raise PackError(
                Text(
                    f"the pack brings {path}, which belongs to the program; it was refused",
                    f"规则包带有属于程序本身的 {path}；已拒绝",
                )
            )
    return found


def _damaged() -> PackError:
    return PackError(
        Text(
            "the pack is damaged: its content is not what its head says; nothing was changed",
            "规则包已损坏：内容与包头不符；未作任何更改",
        )
    )


def read_pack(path: Path, keys: Keys, *, mine: bool = False) -> PackFile:
    """A pack from a file, its signature checked. `mine`: the user says that an unsigned pack is their own.

    PackError where it is no pack, newer than this program reads, tampered with, unsigned, or of an unknown key.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_FILE + 1)
    except OSError as error:
        reason = reason_of(error)
        raise PackError(
            Text(f"{path.name} cannot be read: {reason.en}", f"无法读取 {path.name}：{reason.zh}")
        ) from None
    return parse_pack(raw, path.name, keys, mine=mine)


def parse_pack(raw: bytes, name: str, keys: Keys, *, mine: bool = False) -> PackFile:
    """The content of a pack's file; `name` is for the sentences. See `read_pack`."""
    if len(raw) > MOST_FILE:
        raise PackError(
            Text(f"{name} is larger than a rule pack can be (32 MB)", f"{name} 超过规则包的上限（32 MB）")
        )
    if not raw.startswith(MAGIC):
        if raw.startswith(BEGINS):
            raise PackError(
                Text(
                    f"{name} is of a newer form than this program reads; renew the program first",
                    f"{name} 的格式比本程序新；请先更新程序",
                )
            )
        raise PackError(Text(f"{name} is not a rule pack (*{SUFFIX})", f"{name} 不是规则包（*{SUFFIX}）"))
    line, found, rest = raw[len(MAGIC) : len(MAGIC) + MOST_HEAD].partition(b"\n")
    if not found:
        raise _damaged()
    head = _head(line)
    written, found, _ = rest.partition(b"\n")
    if not found:
        raise _damaged()
    content = raw[len(MAGIC) + len(line) + 1 + len(written) + 1 :]
    if written == b"-":
        if not mine:
            raise UnsignedError(
                Text(
                    f"{name} is not signed; a pack of your own can be used as “unsigned, mine”",
                    f"{name} 没有签名；自己的规则包可以作为“未签名，自用”使用",
                )
            )
        return PackFile(head, None, content, "mine")
    signature = _signature(written)
    signed = MAGIC + line + b"\n"
    if not keys.knows(head.key):
        raise PackError(
            Text(
                f"{name} is signed with the key {head.key}, which is not known here; it was refused",
                f"{name} 由未知密钥 {head.key} 签名；已拒绝",
            )
        )
    if not keys.holds(head.key, signed, signature):
        raise PackError(
            Text(
                f"the signature of {name} does not match: it was changed after it was signed; it was refused",
                f"{name} 的签名不符：签名后被改动过；已拒绝",
            )
        )
    return PackFile(head, signature, content, "signed")


def _signature(written: bytes) -> bytes:
    try:
        found = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        raise _damaged() from None
    if len(found) != 64 or base64.b64encode(found) != written:
        raise _damaged()
    return found


def _head(line: bytes) -> Head:
    """The head, its form checked; it must be written as this program would write it, so that there is one reading."""
    try:
        data: Mapping[str, Any] = json.loads(line.decode("ascii"))
        if list(data) != list(HEAD) or any(type(data[name]) is not kind for name, kind in HEAD.items()):
            raise _damaged()
        days = {name: date.fromisoformat(data[name]) for name in ("valid_from", "review_by", "expires")}
    except (ValueError, RecursionError, TypeError):
        raise _damaged() from None
    head = Head(**{**data, **days})
    fits = (
        head.line() == line + b"\n"
        and NAME.fullmatch(head.name)
        and 0 <= head.counter < 10**6
        and re.fullmatch(r"(?:[0-9a-f]{16})?", head.key)
        and re.fullmatch(r"[0-9a-f]{64}", head.sha256)
        and 0 < head.size <= MOST_UNPACKED
        and 0 < head.packed <= MOST_FILE
        and head.valid_from <= head.review_by <= head.expires
    )
    if not fits:
        raise _damaged()
    if head.data_format != DATA_FORMAT:
        raise PackError(
            Text(
                f"the pack {head.name} is for another version of the program (data format {head.data_format}, "
                f"this one reads {DATA_FORMAT})",
                f"规则包 {head.name} 适用于其他版本的程序（数据格式 {head.data_format}，本程序读取 {DATA_FORMAT}）",
            )
        )
    return head
