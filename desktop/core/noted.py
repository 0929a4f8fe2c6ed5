"""What a case remembers of its last answer: by which rules, on which day, and what came first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from desktop.core.errors import CaseError
from desktop.core.packs import Used
from desktop.core.text import Text

KEYS = ("id", "name", "digest", "day", "first", "figure")
MOST = 200
"""No text of it is longer."""


class Noted(Struct, frozen=True):
    """The rules that a case was last answered with (`id`, `name` of the pack, `digest` of its content, else of the rule
    book), the day of the answer, the option that came first, and its figure as shown ("7.58 USD"); empty where unsaid."""

    id: str
    digest: str
    day: date
    name: str = ""
    first: str = ""
    figure: str = ""

    def by(self, used: Used) -> bool:
        """Whether these are the rules."""
        return self.digest == used.digest


def noted_of(raw: Any, file: str) -> Noted | None:
    """The note of a case file; None where there is none. CaseError where it is not of the right form."""
    if raw is None:
        return None
    try:
        texts = {key: raw.get(key, "") for key in KEYS}
        if not isinstance(raw, Mapping) or not all(
            isinstance(v, str) and len(v) <= MOST for v in texts.values()
        ):
            raise ValueError
        if not texts["id"] or not texts["digest"]:
            raise ValueError
        return Noted(**{**texts, "day": date.fromisoformat(texts["day"])})
    except (AttributeError, TypeError, ValueError):
        form = '"rules": {"id": "shipped", "digest": "0f3a…", "day": "2026-11-30"}'
        raise CaseError(
            Text(
                f"{file}: rules is not of the right form: {form}", f"{file}：rules 格式不对；正确格式：{form}"
            )
        ) from None


def data_of_noted(noted: Noted) -> dict[str, str]:
    """A note as it stands in a case file; what is empty is left out."""
    texts = {key: getattr(noted, key) for key in KEYS}
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in texts.items() if value
    }
