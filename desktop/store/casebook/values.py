"""What is stored of a case and its client, in the one form in which it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.casebook import CONSENTS, Details, Summary
from desktop.core.text import Text
from desktop.store.casebook.faults import CasebookError
from desktop.store.casefile import case_text

DETAILS = "casebook"
"""The key of a case file under which it carries what the casebook says of its client."""
LONGEST_RECORD = 32 * 1024 * 1024
"""A record of answers longer than this is closed by a backup."""


def body_of(case: Case) -> str:
    if DETAILS in case.extra:
        # a file may carry what is said of the client; in the casebook that has its place
        case = replace(case, extra={key: value for key, value in case.extra.items() if key != DETAILS})
    return clean(case_text(case))


def clean(text: str, keep: str = "\t\n") -> str:
    """Text that every file and database takes: no control characters, no halves of signs."""
    whole = text.encode("utf-8", "replace").decode()
    if whole.isprintable():
        return whole
    return "".join(sign for sign in whole if sign >= " " or sign in keep)


def detail_values(details: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of Details as they are stored. CasebookError for a field or a consent that there is not."""
    found: dict[str, Any] = {}
    for name, value in details.items():
        if name not in Details.__struct_fields__:
            raise TypeError(f"Details has no field {name!r}")
        if name in ("languages", "tags"):
            # commas stand between values, so none is inside one
            names = (clean(str(each), "").replace(",", " ").strip() for each in value)
            found[name] = ",".join(dict.fromkeys(filter(None, names)))
        elif name in ("follow_up", "consent_on"):
            found[name] = value.isoformat() if value else ""
        elif name == "consent" and value not in CONSENTS:
            raise CasebookError(
                "answer",
                Text(
                    f"consent: {value!r} is not possible; right form: {', '.join(CONSENTS)}",
                    f"同意：{value!r} 不可用；正确格式：{', '.join(CONSENTS)}",
                ),
            )
        else:
            found[name] = clean(str(value)).strip()
    return found


def summary_values(summary: Summary) -> dict[str, Any]:
    return {
        "product": clean(summary.product),
        "category": summary.category,
        "markets": ",".join(summary.markets),
        "first": summary.first,
        "first_market": summary.first_market,
        "net": summary.net.units if summary.net else None,
        "currency": summary.net.currency if summary.net else "",
        "said": summary.said,
        "as_of": summary.as_of.isoformat() if summary.as_of else "",
    }
