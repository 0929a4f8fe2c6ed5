"""A rule pack: the facts and rules of one day as one file, with who signed it and until when it is to be used."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from desktop.core.text import EMPTY, Text, joined
from desktop.core.words import said_day

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
OWN = "mine-"
"""What the id of a pack of one's own begins with."""
MINE = Text("unsigned, mine", "未签名，自用")
"""The mark of a pack without a signature that a user calls their own: it stands wherever the rules are named."""


class Used(Struct, frozen=True):
    """The rules that an answer was given with, as they stand on a day."""

    pack: Pack = SHIPPED
    digest: str = ""
    """What tells these rules from others: of a pack the SHA-256 of its content, else the digest of the rule book."""
    on: date | None = None

    @property
    def state(self) -> State:
        return "good" if self.on is None else self.pack.state(self.on)

    @property
    def named(self) -> Text:
        """Which rules they are, in few words: "rules of 2026-12", with the mark where nobody signed them."""
        pack, short = self.pack, self.digest[:8]
        if pack.trust == "shipped":
            return Text(f"rule pack {short}", f"规则包 {short}")
        if pack.trust == "mine":
            return Text(f"rules of {pack.name} ({MINE.en})", f"{pack.name} 版规则（{MINE.zh}）")
        return Text(f"rules of {pack.name}", f"{pack.name} 版规则")

    @property
    def dated(self) -> Text:
        """Which rules they are, and by when they are to be reviewed; a day that has passed is a mark of its own."""
        if self.pack.review_by is None or self.state != "good":
            return self.named
        words = Text("{named}, review by {day}", "{named}，{day} 前复核")
        return words.format(named=self.named, day=said_day(self.pack.review_by))

    @property
    def marks(self) -> tuple[Text, ...]:
        """What must stand beside an answer, in few words; nothing where the rules are signed and fresh."""
        found = [MINE] if self.pack.trust == "mine" else []
        if self.state == "expired":
            found.append(
                Text("rules expired {day}", "规则已于 {day} 过期").format(day=_day(self.pack.expires))
            )
        elif self.state == "review":
            found.append(
                Text("rules past review since {day}", "规则自 {day} 起应复核").format(
                    day=_day(self.pack.review_by)
                )
            )
        return tuple(found)

    @property
    def marked(self) -> Text:
        """Which rules they are and what must be said of them, in a line; empty where nothing must."""
        if not self.marks:
            return EMPTY
        return joined([self.named, *(mark for mark in self.marks if mark != MINE)], ", ", "，")

    @property
    def cautions(self) -> tuple[Text, ...]:
        """The marks as sentences, for paper."""
        found = []
        if self.pack.trust == "mine":
            found.append(
                Text(
                    "Unsigned rules (“unsigned, mine”): nobody but their user answers for them.",
                    "规则未签名（“未签名，自用”）：仅由使用者自行负责。",
                )
            )
        if self.state == "expired":
            words = Text(
                "These rules expired on {day}: do not act on the figures without newer ones.",
                "规则已于 {day} 过期：未换用新规则前，请勿据此行动。",
            )
            found.append(words.format(day=_day(self.pack.expires)))
        elif self.state == "review":
            words = Text(
                "These rules were to be reviewed by {day}: ask for newer ones.",
                "规则应于 {day} 前复核：请索取更新的规则。",
            )
            found.append(words.format(day=_day(self.pack.review_by)))
        return tuple(found)


def _day(day: date | None) -> Text:
    return said_day(day) if day is not None else EMPTY
