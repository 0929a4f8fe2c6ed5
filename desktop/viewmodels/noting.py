"""By which rules a case was answered: noted when it is kept, and said when other rules answer it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import RuleBook
from desktop.core.noted import Noted
from desktop.core.text import EMPTY, Text
from desktop.core.words import money_text, said_day

if TYPE_CHECKING:
    from desktop.core.result import Advice, Option


def main_option(advice: Advice, case: Case) -> Option | None:
    """The option that an advice leads with: a platform, or an import mode where nothing is exported."""
    return (advice.platforms if case.exports else advice.import_modes).first


def figure_of(option: Option | None, case: Case) -> str:
    """What is left with an option, with its currency: what the border takes where nothing is exported; with ≤ or ≥ where
    a part of it is not known, empty where it cannot be said."""
    quote = option.quote if option is not None else None
    if quote is None or quote.without or (case.exports and quote.price <= 0):
        return ""
    units = quote.net if case.exports else quote.cost
    sign = "" if quote.complete else "≤ " if case.exports else "≥ "
    return f"{sign}{money_text(units, quote.currency)} {quote.currency}"


def noted_by(case: Case, book: RuleBook, today: date, advice: Advice | None) -> Case:
    """A case with a note of the rules that answer it, and of what they say where that is known."""
    used = book.used(today)
    first = main_option(advice, case) if advice is not None else None
    note = Noted(
        used.pack.id, used.digest, today, used.pack.name, first.id if first else "", figure_of(first, case)
    )
    return replace(case, rules=note)


class OtherRules(Struct, frozen=True):
    """A case that was last answered by other rules: which, when, and the figure then and now."""

    note: Noted
    before: str
    after: str

    @property
    def named(self) -> Text:
        """The rules of then, in few words."""
        if not self.note.name:
            return Text("the program’s rules of {day}", "{day} 的程序自带规则").format(
                day=said_day(self.note.day)
            )
        return Text(f"rules of {self.note.name}", f"{self.note.name} 版规则")

    @property
    def moved(self) -> Text:
        """What moved since, where both figures are known and not the same."""
        if not self.before or not self.after or self.before == self.after:
            return EMPTY
        return Text(f"{self.before} → {self.after}", f"{self.before} → {self.after}")


def other_rules(
    case: Case, book: RuleBook, today: date, advice: Advice | None, touched: bool
) -> OtherRules | None:
    """What is to be said where a case was last answered by other rules than those in force; None where by the same.

    `touched`: answers were changed since, so the figures are not of the same case.
    """
    note = case.rules
    if note is None or note.by(book.used(today)):
        return None
    after = "" if advice is None or touched else figure_of(main_option(advice, case), case)
    return OtherRules(note, "" if touched else note.figure, after)
