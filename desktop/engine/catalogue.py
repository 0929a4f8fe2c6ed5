"""A catalogue as the engine prices it: a batch of SKUs as columns, and what screening found for each of them.

Columns are arrays of whole numbers, one element a SKU. Amounts are minor units of the currency of the row, weights
grams, sides millimetres. What a row does not say is NOT_GIVEN, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from desktop.core.text import Text
from desktop.engine.kernel import Bools, Ints

NOT_GIVEN = -1
"""Stands where a row has no value; also the index of a lane or of a word where there is none."""

PARTS = ("goods", "platform", "freight", "duty", "vat", "payment", "returns", "ads")
"""The parts of the cost stack in their order (`desktop.core.result.Series` without what is left)."""


class Coded(Struct, frozen=True):
    """A column of words: each element is the place of its word in `words`, NOT_GIVEN where the row has none."""

    codes: Ints
    words: tuple[str, ...]


class Skus(Struct, frozen=True):
    """A batch of rows of a catalogue that can be priced.

    `rows` are line numbers of the file as a person counts them, the heading being line 1. `price` and `cost` are of one
    piece, `pieces` the pieces in an order, all else of one piece. `price` is always given.
    """

    rows: Ints
    sku: tuple[str, ...]
    name: tuple[str, ...]
    category: Coded
    goods_class: Coded
    price_currency: Coded
    cost_currency: Coded
    price: Ints
    cost: Ints
    weight_g: Ints
    length_mm: Ints
    width_mm: Ints
    height_mm: Ints
    pieces: Ints
    monthly_orders: Ints

    def __len__(self) -> int:
        return len(self.sku)


class BadRow(Struct, frozen=True):
    """A row that cannot be priced: its line, the field at fault ("" where it is the whole row), and the reason."""

    row: int
    field: str
    why: Text


class Lane(NamedTuple):
    """One way to sell: the platform, its site, the buyer's country and the service that carries."""

    platform: str
    marketplace: str
    market: str
    service: str


class Screened(Struct, frozen=True):
    """What was found for a batch: one element a SKU, in the order of `skus`.

    `best` and `second` point into `lanes` (NOT_GIVEN: none). `second` is the best lane of another platform or market:
    within one pair the service is the one that leaves the most. `net` is what is left of an order in minor units of the
    price's currency, at most so much where `complete` is false. `priced`, `closed` and `unknown` count the lanes that
    have a price, that a rule closes, and of which commission or freight is not known. `why` points into `reasons` where
    there is no best lane. `parts` are the parts of the best lane's cost by PARTS, zero where they cost nothing, and
    `parts_known` whether all of a part is known.
    """

    skus: Skus
    lanes: Sequence[Lane]
    best: Ints
    net: Ints
    complete: Bools
    second: Ints
    second_net: Ints
    second_complete: Bools
    priced: Ints
    closed: Ints
    unknown: Ints
    why: Ints
    reasons: tuple[Text, ...]
    parts: Mapping[str, Ints]
    parts_known: Mapping[str, Bools]
