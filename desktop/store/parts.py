"""The libraries that the program is made of: versions, licences, and whether they are the ones it asks for."""

from __future__ import annotations

import sys
from importlib import metadata

from msgspec import Struct

PROGRAM = "lanewise"
CLASSIFIER = "License :: OSI Approved :: "


class Part(Struct, frozen=True):
    """One library. `version` is empty where it is not installed, `licence` where it names none."""

    name: str
    version: str
    licence: str
    wanted: str = ""
    """The versions that the program asks for; empty where another library asks."""
    fits: bool = True


def parts(program: str = PROGRAM) -> tuple[Part, ...]:
    """Everything the program needs to run, its own wishes first; empty where a copy does not say (a frozen one)."""
    from packaging.requirements import Requirement

    found: dict[str, Part] = {}
    left = [(program, "")]
    while left:
        asking, extra = left.pop(0)
        for line in _requires(asking):
            wish = Requirement(line)
            name = wish.name.lower().replace("_", "-")
            if name in found or (wish.marker and not wish.marker.evaluate({"extra": extra})):
                continue
            part = _part(wish.name, str(wish.specifier) if asking == program else "")
            fits = bool(part.version) and wish.specifier.contains(part.version, prereleases=True)
            found[name] = Part(part.name, part.version, part.licence, part.wanted, fits)
            left += [(wish.name, extra) for extra in ("", *wish.extras)]
    return tuple(found.values())


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def _part(name: str, wanted: str) -> Part:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return Part(name, "", "", wanted)
    licence = _field(about, "License-Expression")
    if not licence:
        named = [c.removeprefix(CLASSIFIER) for c in about.get_all("Classifier") or () if CLASSIFIER in c]
        own = _field(about, "License")
        # some put the whole text there: its first line is the name
        licence = " / ".join(named) or own.partition("\n")[0][:60]
    return Part(_field(about, "Name") or name, _field(about, "Version"), licence, wanted)


def _field(about: metadata.PackageMetadata, name: str) -> str:
    return about[name].strip() if name in about else ""


def python_version() -> str:
    return sys.version.split()[0]
