"""The page `coverage`."""

from __future__ import annotations

from typing import ClassVar

from desktop.views.pages.base import Page


class CoveragePage(Page):
    """Not filled yet."""

    step_id: ClassVar[str] = "coverage"
