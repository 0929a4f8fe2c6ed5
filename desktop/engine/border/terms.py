"""What is known of an order at the border, and the figures of a rule: a rate, an amount, and what is inside a limit."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import numpy as np
from msgspec import Struct

from desktop.core.facts import Reading, Unknown
from desktop.core.money import PPM, plain
from desktop.core.result import Datum
from desktop.core.text import both
from desktop.core.words import money_text
from desktop.engine.kernel import (
    Column,
    Ledger,
    fact_datum,
    half_up,
    inside,
    share,
)

Channel = Literal["marketplace", "own"]
Carrier = Literal["post", "express"]
"""Handed over as mail, or cleared by a carrier of its own: express, lines and platforms' services."""
Supply = Literal["parcel", "stock"]
"""Sent to the buyer after the sale, or brought into the country ahead of it."""


class BorderOptions(Struct, frozen=True, eq=False):
    """How an order reaches the border, and what the user typed.

    `price_includes_tax`: the ledger holds `price`, what the buyer pays with free delivery, not `value`.
    Rates are percent; `addon_rates` replace the layers above the tariff that the rules know. `handling` says
    that the ledger holds a column of that name, the clearance charge of the carrier.
    """

    channel: Channel = "marketplace"
    platform: str | None = None
    """The platform of the sale, where a country tells platforms apart (Brazil's programme); None: not told apart."""
    supply: Supply = "parcel"
    carrier: Carrier = "post"
    price_includes_tax: bool = False
    region: str | None = None
    duty_rate: Decimal | None = None
    vat_rate: Decimal | None = None
    addon_rates: tuple[Decimal, ...] | None = None
    hs: str | None = None
    handling: bool = False


DEFAULT = BorderOptions()


class Rate(Struct, frozen=True, eq=False):
    """A percentage as it is counted, and what is behind it; `span` where the fact is a range."""

    units: int
    datum: Datum
    span: str = ""

    @property
    def reading(self) -> Reading | None:
        return self.datum.reading


class Amount(Struct, frozen=True, eq=False):
    """An amount that the law fixes, in minor units of its own currency."""

    units: int
    currency: str
    reading: Reading

    @property
    def text(self) -> str:
        return money_text(self.units, self.currency)

    def datum(self) -> Datum:
        return fact_datum(self.reading, plain(self.reading.low_high()[0]), both(self.currency))

    def column(self, ledger: Ledger) -> Column:
        """The amount for every order, in the ledger's currency."""
        return ledger.in_currency(Column.of(self.units, self.currency, ledger.n), ledger.currency)


class Inside(Struct, frozen=True, eq=False):
    """The tax that stands inside a price, where it is collected at the sale.

    Where the tax is part of its own base (Brazil), the duty of the sale stands inside the price too.
    """

    vat: Rate | Unknown
    own_base: bool = False
    duty: Rate | None = None
    minus: Amount | None = None

    def goods(self, ledger: Ledger) -> Column:
        """The price without tax, rounded to the minor unit."""
        price = ledger.column("price")
        if isinstance(self.vat, Unknown):
            return Column(price.units, np.zeros(ledger.n, dtype=np.bool_), price.currency)
        if not self.own_base:
            return Column(price.units - inside(price.units, self.vat.units), price.known, price.currency)
        rest = price.units - share(price.units, self.vat.units)
        known = price.known
        if self.minus:
            minus = ledger.in_currency(
                Column.of(self.minus.units, self.minus.currency, ledger.n), price.currency
            )
            rest, known = rest + minus.units, known & minus.known
        if self.duty:
            rest = half_up(rest * PPM, PPM + self.duty.units)
        return Column(rest, known, price.currency)
