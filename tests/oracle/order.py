"""What is sold and which way it goes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from oracle.rules import cents


@dataclass(frozen=True, eq=False)
class Sku:
    """One article and how it is ordered. Prices and sides are of one piece; an order holds `pieces` of them."""

    id: str
    category: str | None
    goods_class: str
    price: Decimal
    currency: str
    cost: Decimal | None
    cost_currency: str
    packing: Decimal | None = None
    """In the currency of the cost."""
    weight_g: int | None = None
    sides_mm: tuple[int, int, int] | None = None
    pieces: int = 1
    monthly_orders: int | None = None
    return_rate: Decimal | None = None
    advertising_share: Decimal | None = None

    @cached_property
    def paid(self) -> Decimal:
        """What the buyer pays for the order."""
        return cents(self.price, self.currency) * self.pieces

    @cached_property
    def order_g(self) -> int | None:
        return None if self.weight_g is None else self.weight_g * self.pieces

    @cached_property
    def volume_mm3(self) -> int:
        """Of the whole order; nothing where the sides are not known."""
        if self.sides_mm is None:
            return 0
        length, width, height = self.sides_mm
        return length * width * height * self.pieces


@dataclass(frozen=True)
class Lane:
    """Where it is sold, to whom it goes, and who carries it (None: nobody chosen yet)."""

    platform: str
    marketplace: str
    market: str
    service: str | None
    fulfilment: str = "seller"
