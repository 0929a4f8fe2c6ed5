"""Small reusable widgets of the design system."""

from __future__ import annotations

from desktop.views.widgets.buttons import Button, PrimaryButton, SecondaryButton, Segmented
from desktop.views.widgets.chips import ChipGroup, Choice
from desktop.views.widgets.dont_know import DontKnow
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.labels import FigureLabel, Hairline, KeyCap, LinkLabel, SectionHead, TextLabel
from desktop.views.widgets.notices import Badge, EmptyState, Notice, Toast
from desktop.views.widgets.number_field import NumberField, SizeField
from desktop.views.widgets.page import ScrollPage
from desktop.views.widgets.provenance import ProvenanceMark
from desktop.views.widgets.rail import RailStep, StepRail
from desktop.views.widgets.search_combo import Option, SearchCombo
from desktop.views.widgets.table import Cell, Column, DataTable, Row
from desktop.views.widgets.weight_slider import WeightSlider

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
    "SizeField",
    "StepRail",
    "TextLabel",
    "Toast",
    "WeightSlider",
]
