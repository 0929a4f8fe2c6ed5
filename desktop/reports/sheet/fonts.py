"""The carried fonts, made known to Qt once a process: for paper everywhere, for the window on Linux."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from desktop.store.resources import resource_path

FAMILIES = ["Lanewise Sans", "Lanewise Sans SC"]
FILES = (
    "LanewiseSans-Regular",
    "LanewiseSans-Medium",
    "LanewiseSans-SemiBold",
    "LanewiseSansSC-Regular",
    "LanewiseSansSC-Bold",
)
_registered: dict[str, list[str]] = {}


def register_fonts() -> list[str]:
    """Registers every carried font once and returns the families found. To be called on the application's own thread."""
    found: list[str] = []
    for name in FILES:
        path = resource_path("fonts", f"{name}.otf")
        if name not in _registered and path.is_file():
            number = QFontDatabase.addApplicationFont(str(path))
            _registered[name] = QFontDatabase.applicationFontFamilies(number)
        found += _registered.get(name, [])
    return found
