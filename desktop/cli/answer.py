"""The one way by which an answer leaves the command line: with what must be said of the rules that gave it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from desktop.core.case import Case, not_applied
from desktop.core.facts import RuleBook, Unknown
from desktop.core.packs import Used


def say_answer(
    data: Callable[[], Any],
    show: Callable[[], None],
    *,
    as_json: bool,
    language: str,
    book: RuleBook,
    case: Case | None = None,
) -> int:
    """Prints an answer: `data` as JSON with the rules under `rules`, or what `show` prints below what must be said.

    Typed values of the case that these rules do not take are named in both. A list has no place for either, so what must
    be said of it goes to stderr. Returns exit code 0.
    """
    used = book.used(date.today())
    left = not_applied(case, book) if case is not None else ()
    if not as_json:
        say_marks(used, language, left)
        show()
        return 0
    found = data()
    if isinstance(found, dict):
        found = {**found, "rules": rules_json(used, language)}
        if case is not None:
            found["not_applied"] = [{"fact": each.fact, "text": each.why[language]} for each in left]
    else:
        say_marks(used, language, left, aside=True)
    print_json(found)
    return 0


def say_marks(used: Used, language: str, left: Iterable[Unknown] = (), *, aside: bool = False) -> None:
    """What must be said of the rules, and of values that they do not take, a line each; `aside` on stderr."""
    for text in (*used.cautions, *(each.why for each in left)):
        print(f"! {text[language]}", file=sys.stderr if aside else sys.stdout)


def rules_json(used: Used, language: str) -> dict[str, Any]:
    """The rules that answered: `trust` is shipped, signed or mine, `state` good, review or expired."""
    pack = used.pack
    return {
        "id": pack.id, "name": pack.name, "trust": pack.trust, "state": used.state, "digest": used.digest,
        "review_by": pack.review_by.isoformat() if pack.review_by else None,
        "expires": pack.expires.isoformat() if pack.expires else None,
        "says": [text[language] for text in used.cautions],
    }  # fmt: skip


def print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))
