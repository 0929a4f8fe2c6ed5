"""The assessment of every order of a ledger, once per ledger: its bracket, the goods net of tax, the customs value."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.facts import Unknown
from desktop.core.places import in_sentence
from desktop.core.text import Text
from desktop.engine.border.brackets import Assessment, Bracket
from desktop.engine.border.parts import NotKnown, Part
from desktop.engine.border.terms import Amount
from desktop.engine.kernel import (
    Bools,
    Column,
    Ledger,
)


class Assessor(Struct, frozen=True, eq=False):
    """Puts every order of a ledger into its bracket, once per ledger."""

    currency: str
    country: Text
    brackets: tuple[Bracket, ...]
    inclusive: bool
    words: Callable[..., Text]
    parts: dict[int, list[tuple[str, Part]]] = msgspec.field(default_factory=dict)
    """The lines of the brackets that a `tax_limit` looks at, in the order in which they are computed."""

    def of(self, ledger: Ledger) -> Assessment:
        columns: list[object] = [
            ledger.money.get(name) for name in ("value", "price", "freight", "insurance")
        ]
        inputs = (*columns, ledger.numbers.get("weight_g"), ledger.numbers.get("pieces"))
        kept = ledger.extra.get("border")
        if kept and kept[0] is self and all(a is b for a, b in zip(kept[1], inputs, strict=True)):
            found: Assessment = kept[2]
            return found
        result = self._assess(ledger)
        ledger.extra["border"] = (self, inputs, result)
        return result

    def _assess(self, ledger: Ledger) -> Assessment:
        n = ledger.n
        where = np.full(n, -1, dtype=np.int64)
        left = np.ones(n, dtype=np.bool_)
        goods, customs = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        goods_known, customs_known = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
        for bracket in self.brackets:
            own = ledger.in_currency(bracket.goods(ledger, self.inclusive), ledger.currency)
            value = bracket.customs(ledger, own, self.inclusive)
            yes, known = bracket.fits(ledger, own, self.inclusive, self.currency)
            if bracket.tax_limit is not None:
                small, sure = self._small(ledger, bracket)
                yes, known = yes & small, known & (sure | ~yes)
            # an order whose place here cannot be said has no place further down either
            take = left & (yes | ~known)
            where[take & known] = bracket.index
            goods[take], goods_known[take] = own.units[take], own.known[take]
            customs[take], customs_known[take] = value.units[take], value.known[take]
            left = left & ~take
        return Assessment(
            where,
            Column(goods, goods_known, ledger.currency),
            Column(customs, customs_known, ledger.currency),
        )

    def tax(self, ledger: Ledger, bracket: Bracket) -> tuple[Column, Bools]:
        """What the bracket after this one asks of each order, and where all of it is known."""
        after = self.brackets[bracket.index + 1]
        goods = ledger.in_currency(after.goods(ledger, self.inclusive), ledger.currency)
        where = np.full(ledger.n, after.index, dtype=np.int64)
        found = Assessment(where, goods, after.customs(ledger, goods, self.inclusive))
        trial = replace(ledger, lines={}, quoted={}, buyers=set(), extra={})
        whole = np.ones(ledger.n, dtype=np.bool_)
        for line, part in self.parts.get(after.index, ()):
            trial.lines[line] = part.run(trial, found)
            whole = whole & trial.lines[line].known
        total = np.zeros(ledger.n, dtype=np.int64)
        for column in trial.lines.values():
            total = total + np.where(column.known, trial.in_currency(column, ledger.currency).units, 0)
        return Column(total, goods.known, ledger.currency), whole

    def _small(self, ledger: Ledger, bracket: Bracket) -> tuple[Bools, Bools]:
        """Whether the tax is below the limit of a bracket, and where that can be said: a part may be enough."""
        if not isinstance(bracket.tax_limit, Amount):
            return np.ones(ledger.n, dtype=np.bool_), np.zeros(ledger.n, dtype=np.bool_)
        total, whole = self.tax(ledger, bracket)
        own = ledger.in_currency(total, bracket.tax_limit.currency)
        small = own.units < bracket.tax_limit.units
        return small, own.known & (whole | ~small)

    def bracket(self, ledger: Ledger, i: int) -> Bracket | None:
        found = int(self.of(ledger).where[i])
        return self.brackets[found] if found >= 0 else None

    def why(self, ledger: Ledger, i: int) -> Unknown:
        """Why an order could not be put into a bracket."""
        column = ledger.column("price" if self.inclusive else "value")
        if not column.known[i]:
            return Unknown("value", self.words("border.value-missing"))
        for bracket in self.brackets:
            vat = bracket.inside.vat if bracket.inside else None
            for bound in (bracket.limit, bracket.limit_kg, bracket.tax_limit, vat):
                if isinstance(bound, Unknown):
                    return bound
        if any(bracket.limit_kg for bracket in self.brackets) and "weight_g" not in ledger.numbers:
            return Unknown("weight_g", self.words("border.weight-missing", country=in_sentence(self.country)))
        rate = ledger.exchange.rate(column.currency, self.currency)
        if isinstance(rate, Unknown):
            return rate
        for bracket in self.brackets:
            for _, part in self.parts.get(bracket.index + 1, ()) if bracket.tax_limit else ():
                if isinstance(part, NotKnown):
                    return part.unknown
        return Unknown("border", self.words("border.no-bracket", country=in_sentence(self.country)))
