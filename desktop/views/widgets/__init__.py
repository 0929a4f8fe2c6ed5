"""Small reusable widgets of the design system, each loaded when first named: the first paint needs a few of them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.views.widgets.buttons import Button, PrimaryButton, SecondaryButton, Segmented
    from desktop.views.widgets.chips import ChipGroup, Choice
    from desktop.views.widgets.dont_know import DontKnow
    from desktop.views.widgets.flow_layout import FlowLayout
    from desktop.views.widgets.labels import (
        FigureLabel,
        Hairline,
        KeyCap,
        LinkLabel,
        SectionHead,
        ShortLabel,
        TextLabel,
    )
    from desktop.views.widgets.notices import Badge, EmptyState, Notice, Toast
    from desktop.views.widgets.number_field import NumberField, SizeField
    from desktop.views.widgets.page import ScrollPage
    from desktop.views.widgets.provenance import ProvenanceMark
    from desktop.views.widgets.rail import RailStep, StepRail
    from desktop.views.widgets.search_combo import Option, SearchCombo
    from desktop.views.widgets.table import Cell, Column, DataTable, Row
    from desktop.views.widgets.weight_slider import WeightSlider

_HOMES = {
    "Badge": "notices",
    "Button": "buttons",
    "Cell": "table",
    "ChipGroup": "chips",
    "Choice": "chips",
    "Column": "table",
    "DataTable": "table",
    "DontKnow": "dont_know",
    "EmptyState": "notices",
    "FigureLabel": "labels",
    "FlowLayout": "flow_layout",
    "Hairline": "labels",
    "KeyCap": "labels",
    "LinkLabel": "labels",
    "Notice": "notices",
    "NumberField": "number_field",
    "Option": "search_combo",
    "PrimaryButton": "buttons",
    "ProvenanceMark": "provenance",
    "RailStep": "rail",
    "Row": "table",
    "ScrollPage": "page",
    "SearchCombo": "search_combo",
    "SecondaryButton": "buttons",
    "SectionHead": "labels",
    "ShortLabel": "labels",
    "Segmented": "buttons",
    "SizeField": "number_field",
    "StepRail": "rail",
    "TextLabel": "labels",
    "Toast": "notices",
    "WeightSlider": "weight_slider",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


__all__ = [
    "Badge",
    "Button",
    "Cell",
    "ChipGroup",
    "Choice",
    "Column",
    "DataTable",
    "DontKnow",
    "EmptyState",
    "FigureLabel",
    "FlowLayout",
    "Hairline",
    "KeyCap",
    "LinkLabel",
    "Notice",
    "NumberField",
    "Option",
    "PrimaryButton",
    "ProvenanceMark",
    "RailStep",
    "Row",
    "ScrollPage",
    "SearchCombo",
    "SecondaryButton",
    "SectionHead",
    "Segmented",
    "ShortLabel",
    "SizeField",
    "StepRail",
    "TextLabel",
    "Toast",
    "WeightSlider",
]
