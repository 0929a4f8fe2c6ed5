"""The page `changes`."""

from __future__ import annotations

from typing import ClassVar

from desktop.views.pages.base import Page


class ChangesPage(Page):
    """Not filled yet."""

    step_id: ClassVar[str] = "changes"
