"""Keys of rule packs: Ed25519 of libsodium (PyNaCl). The program holds public keys only.

Public keys stand as files `NAME.pub`, 64 hex digits each: those of the publisher in `resources/keys`, those that the user
trusts in the folder `keys` beside their settings. A private key is a file of its own, made by `lanewise pack key`, and
never read by the window.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from desktop.core.errors import StoreError
from desktop.core.reasons import reason_of
from desktop.core.text import Text
from desktop.store.casefile import write_whole
from desktop.store.resources import resource_path

PUBLIC, PRIVATE = ".pub", ".key"


def public_id(public: bytes) -> str:
    """The id of a public key of 32 bytes: 16 hex digits."""
    return hashlib.sha256(public).hexdigest()[:16]


class Keys:
    """The public keys that packs are checked with, by id."""

    def __init__(self, public: Mapping[str, bytes]) -> None:
        self._public = dict(public)

    @classmethod
    def of(cls, *folders: Path) -> Self:
        """The keys of the program and those in folders; a file that is no key is passed over."""
        found: dict[str, bytes] = {}
        shipped = resource_path("keys")
        places = [*shipped.iterdir()] if shipped.is_dir() else []
        for folder in folders:
            places += [*folder.glob("*" + PUBLIC)] if folder.is_dir() else []
        for place in places:
            if place.name.endswith(PUBLIC):
                with contextlib.suppress(OSError, ValueError):
                    public = _hex(place.read_text("ascii"))
                    found[public_id(public)] = public
        return cls(found)

    def knows(self, key: str) -> bool:
        return key in self._public

    def __len__(self) -> int:
        return len(self._public)

    def holds(self, key: str, message: bytes, signature: bytes) -> bool:
        """Whether a signature of 64 bytes over a message is of a known key."""
        from nacl.exceptions import BadSignatureError
        from nacl.signing import VerifyKey

        try:
            VerifyKey(self._public[key]).verify(message, signature)
        except (BadSignatureError, KeyError):
            return False
        return True


def _hex(text: str) -> bytes:
    found = bytes.fromhex(text.strip())
    if len(found) != 32:
        raise ValueError("a key has 32 bytes")
    return found


def trust(path: Path, home: Path) -> str:
    """Copies a public key into the user's folder, from where its packs are accepted; returns its id."""
    try:
        public = _hex(path.read_text("ascii"))
    except (OSError, ValueError):
        raise StoreError(
            Text(
                f"{path.name} is not a public key; right form: 64 hex digits, as `lanewise pack key` writes them",
                f"{path.name} 不是公钥；正确形式：64 位十六进制数字，由 `lanewise pack key` 生成",
            )
        ) from None
    try:
        (home / "keys").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = reason_of(error)
        raise StoreError(Text(f"the key was not kept: {reason.en}", f"密钥未能保存：{reason.zh}")) from None
    write_whole(home / "keys" / (public_id(public) + PUBLIC), (public.hex() + "\n").encode())
    return public_id(public)


class Signer:
    """A private key."""

    def __init__(self, seed: bytes) -> None:
        from nacl.signing import SigningKey

        self._key = SigningKey(seed)

    @property
    def public(self) -> bytes:
        return bytes(self._key.verify_key)

    @property
    def id(self) -> str:
        return public_id(self.public)

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message).signature

    @classmethod
    def read(cls, path: Path) -> Self:
        """A private key from its file. StoreError where it is none."""
        try:
            return cls(_hex(path.read_text("ascii")))
        except (OSError, ValueError):
            raise StoreError(
                Text(
                    f"{path.name} is not a private key; right form: 64 hex digits, as `lanewise pack key` writes them",
                    f"{path.name} 不是私钥；正确形式：64 位十六进制数字，由 `lanewise pack key` 生成",
                )
            ) from None

    @classmethod
    def make(cls, path: Path) -> Self:
        """A new private key in a file that only its owner may read, and its public key beside it (`.pub`).

        StoreError where one of them is there already: a key is never written over.
        """
        from nacl.signing import SigningKey

        key = SigningKey.generate()
        made = cls(bytes(key))
        for place, content in ((path, bytes(key)), (path.with_suffix(PUBLIC), made.public)):
            try:
                handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except OSError as error:
                reason = reason_of(error)
                raise StoreError(
                    Text(f"{place.name} was not written: {reason.en}", f"未能写入 {place.name}：{reason.zh}")
                ) from None
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(content.hex() + "\n")
        return made
