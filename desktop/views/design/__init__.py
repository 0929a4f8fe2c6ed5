"""The design system: tokens, theme, icons."""

from __future__ import annotations

from desktop.views.design.icons import icon, pixmap
from desktop.views.design.theme import Theme, restyle, set_ground, theme
from desktop.views.design.tokens import PALETTES, SERIES_KEYS, SPACE, TYPE

__all__ = [
    "PALETTES",
    "SERIES_KEYS",
    "SPACE",
    "TYPE",
    "Theme",
    "icon",
    "pixmap",
    "restyle",
    "set_ground",
    "theme",
]
