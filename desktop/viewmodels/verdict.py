"""The verdict as data: what stands first, the key figure, and what it rests on. The views put it into words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import Unknown
from desktop.core.flow import Flow, narrowing
from desktop.core.money import decimals, major
from desktop.core.questions import Questions
from desktop.core.result import Advice, Datum, Exclusion, Option, Quote, Ranking
from desktop.core.text import EMPTY, Text
from desktop.viewmodels.product import missing, span_datum
from desktop.viewmodels.wording import amount, number, percent

if TYPE_CHECKING:
    from desktop.engine.narrowing import Narrowing, Range

NARROWING_SHOWN = 3
MOST_TICKS = 5
"""About so many steps make the scale of the bands."""
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
    band: Band | None = None


class Band(Struct, frozen=True):
    """The range of an option over the open answers, as printed and as a share of the scale of all bands (0 to 1)."""

    low: str
    high: str
    at_most: bool
    begin: float
    end: float
    loss: bool = False
    """Whether even its upper end is below nothing."""


class Scale(Struct, frozen=True):
    """The figures below the bands: as printed, and their place from 0 to 1."""

    ticks: tuple[tuple[str, float], ...] = ()


class Narrows(Struct, frozen=True):
    """An open question, and by how much its answer narrows the range of the first option; empty where it is not
    measured in money."""

    question: str
    by: str = ""


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
    narrowing: tuple[Narrows, ...] = ()
    """Questions whose answers would narrow the verdict most, the most telling first."""
    narrowed: Text = EMPTY
    """The option that they are measured on."""
    scale: Scale = Scale()
    pending: bool = False
    """Whether the bands are those of a case before the last change; newer ones are on their way."""
    rival: Text = EMPTY
    """Another option that leads often enough to make it too close to call."""
    leads: tuple[int, int] = (0, 0)
    """In how many combinations of the open answers the first option leads, and of how many."""
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
    rules: tuple[Text, ...] = ()
    """What must be said of the rules themselves: unsigned, past review, expired."""


def verdict(
    case: Case,
    flow: Flow,
    advice: Advice | None,
    questions: Questions,
    narrowed: Narrowing | None = None,
    pending: bool = False,
    rules: tuple[Text, ...] = (),
) -> Verdict:
    """The verdict on a case. Without the first answers, or before the first evaluation, it only says what is open.

    `narrowed` are the ranges over the open answers; `pending` says that they are of the case before its last change;
    `rules` what must stand beside every answer of these rules.
    """
    still = missing(case.answers, flow)
    if still or advice is None:
        return Verdict(missing=still)
    outwards = case.exports
    ranking = advice.platforms if outwards else advice.import_modes
    first = ranking.first
    market = advice.markets.first if outwards else None
    mode = advice.import_modes.first if outwards and case.imports else None
    rows = rows_of(ranking, outwards)
    found = Verdict(
        narrowing=tuple(Narrows(name) for name in narrowing(case, questions, flow)[:NARROWING_SHOWN]),
        choice=ranking.choice,
        option=first.id if first else "",
        heading=first.name if first else EMPTY,
        place=market.name if market and first else EMPTY,
        key=key_figure(first.quote if first else None, "net" if outwards else "tax"),
        rows=rows,
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
        rules=rules,
    )
    ranges = narrowed.ranges.get(market.id if market else "", {}) if narrowed and outwards else {}
    if narrowed is None or market is None or not ranges:
        return found
    asked = tuple(each.question for each in found.narrowing)
    # an open answer that moves no figure leaves figures
    moved = any(each.width for each in ranges.values())
    return replace(
        found,
        rows=banded(rows, ranges, narrowed.currency) if moved else rows,
        scale=scale_of(ranges, narrowed.currency) if moved else Scale(),
        pending=pending,
        narrowing=narrows_of(narrowed, market.id, found.option, asked),
        narrowed=found.heading,
        defaults=(
            *found.defaults,
            *(span_datum(span, questions) for span in narrowed.spans if span.mark == "default"),
        ),
        **rival_of(ranking, narrowed.leads.get(market.id, {})),  # type: ignore[arg-type]
    )


# ---------------------------------------------------------------------- ranges over the open answers
def ends_of(ranges: Mapping[str, Range]) -> tuple[int, int]:
    """The ends of the scale in minor units: of all ranges, and nothing."""
    spans = ranges.values()
    return min((0, *(each.low for each in spans))), max((0, *(each.high for each in spans)))


def banded(
    rows: tuple[VerdictRow, ...], ranges: Mapping[str, Range], currency: str
) -> tuple[VerdictRow, ...]:
    """The rows with the range of each option over all open answers."""
    low, high = ends_of(ranges)
    whole = max(high - low, 1)
    found = []
    for row in rows:
        span = ranges.get(row.id)
        if span is None:
            found.append(row)
            continue
        ends = (amount(units, currency) for units in (span.low, span.high))
        begin, end = ((units - low) / whole for units in (span.low, span.high))
        band = Band(*ends, not span.complete, begin, end, span.high < 0)
        found.append(replace(row, band=band))
    return tuple(found)


def scale_of(ranges: Mapping[str, Range], currency: str) -> Scale:
    """Figures at round amounts, in steps of 1, 2 or 5: nothing is always among them."""
    low, high = ends_of(ranges)
    if high <= low:
        return Scale()
    places = decimals(currency)
    least = Decimal(high - low).scaleb(-places) / MOST_TICKS
    power = Decimal(1).scaleb(least.adjusted())
    step = next(digit * power for digit in (1, 2, 5, 10) if digit * power >= least)
    units = int(step.scaleb(places)) or 1
    ticks = range(-(-low // units) * units, high + 1, units)
    return Scale(
        tuple((number(Decimal(tick).scaleb(-places)), (tick - low) / (high - low)) for tick in ticks)
    )


def narrows_of(narrowed: Narrowing, market: str, option: str, asked: tuple[str, ...]) -> tuple[Narrows, ...]:
    """The open answers by how much they narrow the range of an option, then those that are not measured in money."""
    effects = narrowed.effects[market].get(option, ())
    found = [Narrows(each.question, amount(each.by, narrowed.currency)) for each in effects if each.by > 0]
    measured = set(narrowed.open)
    return (*found, *(Narrows(name) for name in asked if name not in measured))[:NARROWING_SHOWN]


def rival_of(ranking: Ranking, leads: Mapping[str, int]) -> dict[str, object]:
    """How often the first option leads over all that is open, and, where others lead in more than one case of three,
    the one that does so most often."""
    whole = sum(leads.values())
    if ranking.first is None or not whole:
        return {}
    mine = leads.get(ranking.first.id, 0)
    others = {key: count for key, count in leads.items() if key != ranking.first.id}
    other = ranking.option(max(others, key=lambda key: others[key])) if others else None
    close = other is not None and (whole - mine) * 3 > whole
    return {"leads": (mine, whole), "rival": other.name if close and other else EMPTY}


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
