"""Finds the files the program carries: fonts, icons, the rule pack's public key.

They are package data of `desktop.resources`, so the same call works from a wheel, from an editable install
and from a frozen program.
"""

from __future__ import annotations

from pathlib import Path

from desktop.store.paths import carried


def resource_path(*parts: str) -> Path:
    """One carried file or folder, such as `resource_path("icons", "box.svg")`."""
    return carried("desktop.resources").joinpath(*parts)


def resource_bytes(*parts: str) -> bytes:
    """The content of one carried file."""
    return resource_path(*parts).read_bytes()


def resource_exists(*parts: str) -> bool:
    """True when the program carries such a file."""
    return resource_path(*parts).is_file()
