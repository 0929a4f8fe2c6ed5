"""A rule pack: the facts and rules of one day as one file, with who signed it and until when it is to be used."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

Trust = Literal["shipped", "signed", "mine"]
"""The pack that came with the program; one whose signature is known; one of the user's own, without a signature."""
State = Literal["good", "review", "expired"]


class Pack(Struct, frozen=True):
    """What a rule book says of the pack that it came from. Days are calendar days; `counter` grows with each issue."""

    id: str = "shipped"
    name: str = ""
    counter: int = 0
    key: str = ""
    """The id of the key that signed it: 16 hex digits of the SHA-256 of the public key."""
    trust: Trust = "shipped"
    valid_from: date | None = None
    review_by: date | None = None
    expires: date | None = None
    digest: str = ""
    """The SHA-256 of the packed content, 64 hex digits."""

    def state(self, today: date) -> State:
        """How it stands on a day: to be looked through again after `review_by`, not to be used from `expires` on."""
        if self.expires is not None and today >= self.expires:
            return "expired"
        if self.review_by is not None and today > self.review_by:
            return "review"
        return "good"


SHIPPED = Pack()
