"""The page `rule-book`."""

from __future__ import annotations

from typing import ClassVar

from desktop.views.pages.base import Page


class RuleBookPage(Page):
    """Not filled yet."""

    step_id: ClassVar[str] = "rule-book"
