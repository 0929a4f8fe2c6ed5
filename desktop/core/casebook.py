"""What a casebook says of a case: who the client is, what the list shows, what is searched for. No file, no clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.money import Money
from desktop.core.text import Text

if TYPE_CHECKING:
    from desktop.core.result import Advice

CONSENTS: dict[str, Text] = {
    "not-asked": Text("not asked", "未询问"),
    "no": Text("no", "不同意"),
    "email": Text("email, yes", "同意邮件联系"),
    "phone": Text("phone, yes", "同意电话联系"),
}
"""Whether the client may be written to or called. Nothing but an explicit yes is one."""

SAID: dict[str, Text] = {
    "": Text("not worked out", "未计算"),
    "full": Text("complete", "完整"),
    "at-most": Text("at most", "至多"),
    "cannot": Text("cannot say yet", "尚无法判断"),
}
"""What is said of the first option: all of it is known; a part of its cost is not, so its net margin is "at most"; there
is no first option, or what is left of it cannot be said."""


class Details(Struct, frozen=True):
    """What was typed of a client. Everything may stay empty. Languages are codes such as "de"; the note is private."""

    client: str = ""
    languages: tuple[str, ...] = ()
    contact: str = ""
    tags: tuple[str, ...] = ()
    follow_up: date | None = None
    consent: str = "not-asked"
    consent_on: date | None = None
    note: str = ""


class Summary(Struct, frozen=True):
    """What the list shows of a case beside its client. `net` is what is left of one order of the first option."""

    product: str = ""
    category: str = ""
    markets: tuple[str, ...] = ()
    first: str = ""
    first_market: str = ""
    net: Money | None = None
    said: str = ""
    as_of: date | None = None


def summary_of(case: Case, advice: Advice | None = None) -> Summary:
    """What the list shows of a case. Without an advice the first option is open: it is not the one of older answers."""
    product, category = case.name, case.text("category") or ""
    markets = case.several("destinations")
    if advice is None:
        return Summary(product, category, markets, as_of=case.as_of)
    choices = ("platforms", "import_modes") if case.exports else ("import_modes",)
    option = next((first for choice in choices if (first := advice.ranking(choice).first)), None)
    if option is None:
        return Summary(product, category, markets, said="cannot", as_of=advice.as_of)
    quote = option.quote
    # a mode of import has costs and no margin
    priced = quote is not None and "mode" not in quote.lane and quote.price > 0
    if case.exports and not priced:
        said = "cannot"
    else:
        said = "full" if quote is None or quote.complete else "at-most"
    return Summary(
        product,
        category,
        markets,
        option.id,
        quote.lane.get("market", "") if quote else "",
        quote.net_money if quote and priced else None,
        said,
        advice.as_of,
    )


class CaseRow(NamedTuple):
    """One case as the casebook holds it, without its answers. Days and times are ISO texts, "" where there is none.

    Several languages, tags or markets stand in one text with commas. `net` is in minor units of `currency`.
    """

    number: int
    uid: str
    revision: int
    seq: int
    client: str
    languages: str
    contact: str
    tags: str
    follow_up: str
    consent: str
    consent_on: str
    note: str
    created: str
    updated: str
    archived: int
    deleted: str
    sheet_on: str
    step: str
    copy_of: int
    product: str
    category: str
    markets: str
    first: str
    first_market: str
    net: int | None
    currency: str
    said: str
    as_of: str

    @property
    def label(self) -> str:
        """The visible number: 0412."""
        return label_of(self.number)

    @property
    def day(self) -> str:
        """The day on which the case was begun, as the clock of the place said."""
        return self.created[:10]

    @property
    def money(self) -> Money | None:
        return None if self.net is None else Money(self.net, self.currency)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The markets of the case, by the codes of their countries."""
        return parts(self.markets)

    @property
    def details(self) -> Details:
        return Details(
            self.client,
            parts(self.languages),
            self.contact,
            parts(self.tags),
            date.fromisoformat(self.follow_up) if self.follow_up else None,
            self.consent,
            date.fromisoformat(self.consent_on) if self.consent_on else None,
            self.note,
        )

    @property
    def began(self) -> datetime:
        return datetime.fromisoformat(self.created)


class KeptCase(NamedTuple):
    """A case of the casebook whole: what is said of it, and its answers."""

    row: CaseRow
    case: Case


def label_of(number: int) -> str:
    """A case's number as it is written: 0412."""
    return f"{number:04d}"


def parts(text: str) -> tuple[str, ...]:
    """Several values that stand in one text."""
    return tuple(text.split(",")) if text else ()


SORTS = ("created", "number", "client", "product", "market", "first", "net", "step", "sheet", "follow_up",
         "consent", "updated")  # fmt: skip
"""What a list can be sorted by."""


class Query(Struct, frozen=True):
    """Which cases, and in what order. Every field narrows; the empty query is all that is neither archived nor deleted.

    `text`: words in any order, each found in the number, client, contact, tags, note, product or category; Latin
    letters also as pinyin. `day`: begun on it. `due`: to be called back on that day or before. `gap`: the advice is
    incomplete or cannot be given. `shelf`: open, archived, deleted or all (all but deleted).
    """

    text: str = ""
    day: date | None = None
    due: date | None = None
    gap: bool = False
    tag: str = ""
    consent: str = ""
    shelf: str = "open"
    sort: str = "created"
    descending: bool = True


class Page(NamedTuple):
    """A part of a list, and how many cases the whole of it has."""

    rows: tuple[CaseRow, ...]
    total: int


class Counts(NamedTuple):
    """How many cases: begun on the day and not deleted, of them with a sheet; due; with a gap; all that are open."""

    today: int
    sheets: int
    due: int
    gap: int
    open: int
    archived: int
    deleted: int
