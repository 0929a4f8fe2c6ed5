"""What stands beside the steps of a case: the book of rules and what is worked out without a case."""

from __future__ import annotations

from msgspec import Struct

from desktop.core.text import Text


class Aside(Struct, frozen=True):
    """A page that is no step: it has no place in the flow, no verdict beside it, and needs no case."""

    id: str
    name: Text
    icon: str
    keys: str


ASIDES = (
    Aside("casebook", Text("Casebook", "案例簿"), "people", "Ctrl+B"),
    Aside("catalogue", Text("Catalogue", "商品目录"), "catalogue", "Ctrl+G"),
    Aside("changes", Text("What changed", "有何变化"), "clock", "Ctrl+Shift+D"),
    Aside("calculators", Text("Calculators", "计算器"), "grid", "Ctrl+8"),
    Aside("rule-book", Text("Rule book", "规则库"), "book", "Ctrl+9"),
    Aside("coverage", Text("Coverage", "覆盖范围"), "shield", "Ctrl+0"),
)


def aside(page_id: str) -> Aside | None:
    """The aside of an id; None where it is a step."""
    return next((found for found in ASIDES if found.id == page_id), None)
