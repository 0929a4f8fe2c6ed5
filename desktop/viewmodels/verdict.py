"""The verdict as data: what stands first, the key figure, and what it rests on. The views put it into words."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.facts import Unknown
from desktop.core.flow import Flow, narrowing
from desktop.core.money import major
from desktop.core.questions import Questions
from desktop.core.result import Advice, Datum, Exclusion, Option, Quote, Ranking
from desktop.core.text import EMPTY, Text
from desktop.viewmodels.product import missing
from desktop.viewmodels.wording import amount, percent

NARROWING_SHOWN = 3
UNKNOWN_SHOWN = 3
"""So many gaps stand in the pane; the rest is a count."""


class VerdictRow(Struct, frozen=True):
    """One option of the small ranked list. `rank` is 0 where nothing can be said."""

    id: str
    name: Text
    rank: int
    figure: str
    at_most: bool
    score: int | None


class ClosedRow(Struct, frozen=True):
    """An option that is closed, and what would open it."""

    name: Text
    text: Text
    opens: Text


class KeyFigure(Struct, frozen=True):
    """The figure that the verdict is about. `kind` is net, tax, or empty where it cannot be said."""

    kind: str = ""
    figure: str = ""
    currency: str = ""
    share: str = ""
    of: str = ""
    at_most: bool = False
    loss: bool = False
    without: tuple[str, ...] = ()
    """Main parts of the cost that are not known at all: the figure is what is left before them."""


class Verdict(Struct, frozen=True):
    """What the pane shows. `missing` holds the names of the first answers that are still open."""

    missing: tuple[str, ...] = ()
    narrowing: tuple[str, ...] = ()
    """Questions whose answers would narrow the verdict most."""
    choice: str = ""
    option: str = ""
    heading: Text = EMPTY
    place: Text = EMPTY
    key: KeyFigure = KeyFigure()
    rows: tuple[VerdictRow, ...] = ()
    closed: tuple[ClosedRow, ...] = ()
    second: Text = EMPTY
    """The first import mode, where the case goes both ways."""
    stability: tuple[Text, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    unknown_count: int = 0
    defaults: tuple[Datum, ...] = ()
    left_out: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()


def verdict(case: Case, flow: Flow, advice: Advice | None, questions: Questions) -> Verdict:
    """The verdict on a case. Without the first answers, or before the first evaluation, it only says what is open."""
    still = missing(case.answers, flow)
    if still or advice is None:
        return Verdict(missing=still)
    outwards = case.exports
    ranking = advice.platforms if outwards else advice.import_modes
    first = ranking.first
    market = advice.markets.first if outwards else None
    mode = advice.import_modes.first if outwards and case.imports else None
    return Verdict(
        narrowing=narrowing(case, questions, flow)[:NARROWING_SHOWN],
        choice=ranking.choice,
        option=first.id if first else "",
        heading=first.name if first else EMPTY,
        place=market.name if market and first else EMPTY,
        key=key_figure(first.quote if first else None, "net" if outwards else "tax"),
        rows=rows_of(ranking, outwards),
        closed=tuple(
            closed_row(option.name, option.excluded) for option in ranking.closed if option.excluded
        ),
        second=mode.name if mode else EMPTY,
        stability=advice.stability,
        unknown=advice.unknown[:UNKNOWN_SHOWN],
        unknown_count=len(advice.unknown),
        defaults=advice.defaults,
        left_out=first.quote.left_out if first and first.quote else (),
        warnings=advice.warnings,
    )


def key_figure(quote: Quote | None, kind: str) -> KeyFigure:
    """Net margin of an export, or the tax on an order of an import, with its share of the price."""
    if quote is None:
        return KeyFigure()
    of = amount(quote.price, quote.currency) if quote.price > 0 else ""
    if kind == "net":
        if not quote.price:
            return KeyFigure()
        shown, share = amount(quote.net, quote.currency), percent(quote.percent)
        if quote.without:
            share = ""
        return KeyFigure(
            "net", shown, quote.currency, share, of, not quote.complete, quote.net < 0, quote.without
        )
    if not quote.complete:
        return KeyFigure()
    return KeyFigure("tax", amount(quote.cost, quote.currency), quote.currency, percent(tax_share(quote)), of)


def tax_share(quote: Quote) -> Decimal | None:
    """All lines of the quote in percent of its price, to one decimal."""
    if quote.price <= 0:
        return None
    cost = major(quote.cost, quote.currency)
    return (cost * 100 / major(quote.price, quote.currency)).quantize(Decimal("0.1"))


def rows_of(ranking: Ranking, outwards: bool) -> tuple[VerdictRow, ...]:
    """The ranked options, then those of which nothing can be said."""
    cannot = [option for option in ranking.options if option.rank is None and option.excluded is None]
    return tuple(row_of(option, outwards) for option in (*ranking.ranked, *cannot))


def row_of(option: Option, outwards: bool) -> VerdictRow:
    key = key_figure(option.quote, "net" if outwards else "tax")
    score = None if option.score is None else int(option.score.to_integral_value(rounding="ROUND_HALF_UP"))
    return VerdictRow(option.id, option.name, option.rank or 0, key.figure, key.at_most, score)


def closed_row(name: Text, exclusion: Exclusion) -> ClosedRow:
    return ClosedRow(name, exclusion.text, exclusion.opens)
