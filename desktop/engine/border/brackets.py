"""The brackets of a destination by value and weight, and where an order stands among them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from desktop.core.facts import Reading, Unknown
from desktop.core.money import PPM
from desktop.core.result import Datum
from desktop.core.text import Text, both
from desktop.engine.border.terms import Amount, Inside, Rate
from desktop.engine.kernel import (
    Bools,
    Column,
    Ints,
    Ledger,
    pieces_of,
    share,
)


class Bracket(Struct, frozen=True, eq=False):
    """Orders up to a value and what they meet."""

    index: int
    outcome: str
    collected_by: str
    at_sale: bool
    cif: bool
    compares_customs: bool
    limit: Amount | Unknown | None
    limit_kg: Reading | Unknown | None
    share: Rate | None
    inside: Inside | None
    warnings: tuple[Text, ...]
    under: bool = False
    tax_limit: Amount | Unknown | None = None
    """Orders on which the lines of the next bracket come to less."""

    def goods(self, ledger: Ledger, inclusive: bool) -> Column:
        """Value of the goods net of tax, in the currency of the input."""
        if not inclusive:
            return ledger.column("value")
        return self.inside.goods(ledger) if self.inside else ledger.column("price")

    def parts(self, inclusive: bool) -> tuple[str, ...]:
        """What the customs value adds to the goods. With free delivery the freight is inside the price."""
        return ("freight", "insurance") if self.cif and not inclusive and not self.share else ()

    def unrounded(self, ledger: Ledger, goods: Column, inclusive: bool) -> Column:
        """The customs value before the share of personal imports is taken."""
        return added(ledger, goods, self.parts(inclusive))

    def customs(self, ledger: Ledger, goods: Column, inclusive: bool) -> Column:
        """The customs value in the ledger's currency, rounded to its minor unit where a share is taken."""
        whole = self.unrounded(ledger, goods, inclusive)
        if self.share is None:
            return whole
        return Column(share(whole.units, self.share.units), whole.known, whole.currency)

    def fits(self, ledger: Ledger, goods: Column, inclusive: bool, currency: str) -> tuple[Bools, Bools]:
        """Whether an order falls in here, and where that is known. The limit itself is inside, but for `under`."""
        yes = np.ones(ledger.n, dtype=np.bool_)
        known = goods.known.copy()
        if isinstance(self.limit, Unknown) or isinstance(self.limit_kg, Unknown):
            return yes, np.zeros(ledger.n, dtype=np.bool_)
        if self.limit is not None:
            compared = self.unrounded(ledger, goods, inclusive) if self.compares_customs else goods
            value = ledger.in_currency(compared, currency)
            least = 1 if self.under else 0
            if self.share and self.compares_customs:
                # compared before rounding: 16 667 JPY × 60 % is above 10 000 JPY
                yes = value.units * self.share.units <= self.limit.units * PPM - least
            else:
                yes = value.units <= self.limit.units - least
            known = known & value.known
        if self.limit_kg is not None:
            grams = int(self.limit_kg.decimal() * 1000)
            if "weight_g" not in ledger.numbers:
                # an order over the value is out, whatever it weighs
                return yes, known & ~yes
            yes = yes & (order_g(ledger) <= grams)
        return yes, known


def order_g(ledger: Ledger) -> Ints:
    """Grams of the whole order: of its pieces where they are counted, else the weight is the order's already."""
    return ledger.number("weight_g") * pieces_of(ledger)


def weight_data(ledger: Ledger, i: int) -> tuple[Datum, ...]:
    """The weight of a piece and, where there are several, how many."""
    several = "pieces" in ledger.numbers and int(ledger.number("pieces")[i]) != 1
    return (ledger.datum("weight_g", i, both("g")), *((ledger.datum("pieces", i),) if several else ()))


def added(ledger: Ledger, goods: Column, names: Sequence[str]) -> Column:
    """The goods and further columns as one, in the ledger's currency."""
    first = ledger.in_currency(goods, ledger.currency)
    rest = ledger.sum(names, ledger.currency)
    return Column(first.units + rest.units, first.known & rest.known, ledger.currency)


class Assessment(Struct, frozen=True, eq=False):
    """For every order: the bracket (-1: cannot be said), the goods net of tax and the customs value."""

    where: Ints
    goods: Column
    customs: Column
