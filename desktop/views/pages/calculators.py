"""The page `calculators`."""

from __future__ import annotations

from typing import ClassVar

from desktop.views.pages.base import Page


class CalculatorsPage(Page):
    """Not filled yet."""

    step_id: ClassVar[str] = "calculators"
