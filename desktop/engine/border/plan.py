"""The lines that are computed at a border, in their order, and all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from desktop.core.facts import Reading, Unknown
from desktop.core.money import Money
from desktop.core.result import Line, Payer, Series
from desktop.core.text import EMPTY, Text, both
from desktop.engine.border.assessing import Assessor
from desktop.engine.border.brackets import Bracket
from desktop.engine.border.parts import NothingDue, NotKnown, Part, amount_text
from desktop.engine.kernel import (
    Column,
    Explanation,
    Ledger,
    Step,
)

ORDER = ("duty", "excise", "handling", "vat", "other")
"""Lines in the order in which they are computed: VAT runs on duty, and in places on the clearance charge."""


class BorderLine(Struct, frozen=True, eq=False):
    """One line of the border: what it is in each bracket; zero in the others."""

    id: str
    series: Series
    label: Text
    payer: Payer
    assessor: Assessor
    parts: Mapping[int, Part]
    waivers: frozenset[int] = frozenset()

    def currency_of(self, ledger: Ledger) -> str:
        """The law's own currency where all amounts of the line are fixed in one; else the ledger's."""
        charged = {
            part.currency for part in self.parts.values() if not isinstance(part, NothingDue | NotKnown)
        }
        only = charged.pop() if len(charged) == 1 else None
        return only or ledger.currency

    def run(self, ledger: Ledger) -> Column:
        found = self.assessor.of(ledger)
        currency = self.currency_of(ledger)
        units = np.zeros(ledger.n, dtype=np.int64)
        known = found.where >= 0
        for index, part in self.parts.items():
            here = found.where == index
            if here.any():
                column = ledger.in_currency(part.run(ledger, found), currency)
                units[here] = column.units[here]
                known = known & (~here | column.known)
        return Column(units, known, currency)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        found = self.assessor.of(ledger)
        index = int(found.where[i])
        if index < 0:
            return Explanation((), EMPTY, self.assessor.why(ledger, i))
        part = self.parts.get(index)
        if part is None:
            return Explanation((), self.assessor.words("border.elsewhere"))
        return part.explain(ledger, found, i)

    def applies(self, ledger: Ledger, i: int) -> bool:
        """Whether the line says anything of an order: its bracket has it, or the bracket is not known."""
        index = int(self.assessor.of(ledger).where[i])
        return index < 0 or index in self.parts


class HandlingLine(Struct, frozen=True, eq=False):
    """The clearance charge of the carrier as the case gives it."""

    id: str
    series: Series
    label: Text
    payer: Payer
    missing: Unknown

    def run(self, ledger: Ledger) -> Column:
        return ledger.money.get("handling") or Column.unknown(ledger.currency, ledger.n)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        column = self.run(ledger)
        if not column.known[i]:
            return Explanation((), EMPTY, self.missing)
        return Explanation((ledger.datum("handling", i),), both(amount_text(column, i)))


class BorderPlan(Struct, frozen=True, eq=False):
    """What an order to a destination meets at a date, ready to run.

    `warnings` hold for every order, `warnings_for` adds those of one order's bracket. `unknown` is what the
    rules could not answer in any bracket. A ledger of several destinations needs a plan and a run each.
    """

    to: str
    currency: str
    regime: Mapping[str, Any]
    steps: tuple[Step, ...]
    warnings: tuple[Text, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    name: Text = EMPTY
    readings: tuple[Reading, ...] = ()
    assessor: Assessor | None = None
    buyer: Text = EMPTY
    tax_on_sale: Text = EMPTY
    bracket_warnings: Mapping[int, tuple[Text, ...]] = msgspec.field(default_factory=dict)

    def outcome(self, ledger: Ledger, i: int) -> str:
        """`taxed`, `relieved`, `refused`, or `unknown` where the bracket is not known."""
        bracket = self._bracket(ledger, i)
        if bracket is None:
            return "unknown"
        if bracket.outcome == "taxed" and self._waived(ledger, i, bracket):
            return "relieved"
        return bracket.outcome

    def _waived(self, ledger: Ledger, i: int, bracket: Bracket) -> bool:
        """Whether a charge too small to be collected leaves nothing due."""
        lines = [s for s in self.steps if isinstance(s, BorderLine) and bracket.index in s.parts]
        if not any(bracket.index in line.waivers for line in lines):
            return False
        columns = [ledger.lines.get(line.id) or line.run(ledger) for line in lines]
        return all(bool(column.known[i]) and int(column.units[i]) == 0 for column in columns)

    def collected_by(self, ledger: Ledger, i: int) -> str:
        """marketplace, seller, carrier, post, importer, or none."""
        bracket = self._bracket(ledger, i)
        if bracket is None:
            return "unknown"
        return "none" if self.outcome(ledger, i) == "relieved" else bracket.collected_by

    def customs_value(self, ledger: Ledger, i: int) -> Money | None:
        """The value that duty runs on, in the ledger's currency; None where it is not known."""
        if self.assessor is None:
            return None
        customs = self.assessor.of(ledger).customs
        return Money(int(customs.units[i]), customs.currency) if customs.known[i] else None

    def warnings_for(self, ledger: Ledger, i: int) -> tuple[Text, ...]:
        """The warnings for one order, those of its bracket among them."""
        bracket = self._bracket(ledger, i)
        if bracket is None:
            return self.warnings
        said = [*self.warnings, *bracket.warnings, *self.bracket_warnings.get(bracket.index, ())]
        asked = any(
            step.payer == "buyer" and isinstance(step, BorderLine) and bracket.index in step.parts
            for step in self.steps
        )
        if bracket.at_sale:
            said.append(self.tax_on_sale)
        elif asked and self.outcome(ledger, i) == "taxed":
            said.append(self.buyer)
        return tuple(dict.fromkeys(text for text in said if text))

    def lines(self, ledger: Ledger, i: int) -> tuple[Line, ...]:
        """The lines that apply to one order, after the run; those of other brackets are left out."""
        return tuple(ledger.line(step, i) for step in self.applying(ledger, i))

    def applying(self, ledger: Ledger, i: int) -> tuple[Step, ...]:
        """The steps that say anything of one order."""
        return tuple(
            step for step in self.steps if not isinstance(step, BorderLine) or step.applies(ledger, i)
        )

    def _bracket(self, ledger: Ledger, i: int) -> Bracket | None:
        return self.assessor.bracket(ledger, i) if self.assessor else None
