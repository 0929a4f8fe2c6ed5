"""The colours of paper: those of the light scheme, whatever the window shows (tests hold the two to each other)."""

from __future__ import annotations

INK = {
    "text": "#1E1D1B", "text2": "#524F49", "text3": "#69655E", "line": "#E0DCD6", "line2": "#C8C3BB",
    "accent": "#0E6B70", "onaccent": "#FFFFFF", "acctext": "#0B6065", "tint": "#EDF3F3", "surface": "#FFFFFF",
    "surface2": "#FAF8F5", "err": "#A8231A", "warn": "#7E4A00", "warnbg": "#FBF0DC", "unk": "#5A4B86",
    "unkbg": "#EFECF6",
}  # fmt: skip
"""Colours of the light scheme: paper is always light, whatever the window shows."""
SERIES = {
    "goods": ("#9C907C", "#111111"), "platform": ("#E9A646", "#1E1D1B"), "freight": ("#3F6CB8", "#FFFFFF"),
    "duty": ("#8F4430", "#FFFFFF"), "vat": ("#2A2E34", "#FFFFFF"), "payment": ("#C9C3EA", "#1E1D1B"),
    "returns": ("#56357C", "#FFFFFF"), "ads": ("#B5CFA5", "#1E1D1B"), "net": ("#0E6B70", "#FFFFFF"),
}  # fmt: skip
"""A part keeps its colour on every screen and on paper: ground, and what is written on it."""
