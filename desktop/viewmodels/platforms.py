"""The platforms page: ranked bars, criteria, closed options, as plain rows. Export and import platforms alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.money import major
from desktop.core.places import in_sentence
from desktop.core.result import Advice, Line, Option, Quote, Ranking
from desktop.core.text import Language, Text
from desktop.viewmodels.series.stack import Segment, StackData, StackRow
from desktop.viewmodels.why import WhySubject, net_title, why_closed, why_criterion, why_option, why_quote
from desktop.viewmodels.wording import amount, figure, percent

PARTS = ("goods", "platform", "freight", "duty", "vat", "payment", "returns", "ads")
"""The order of the cost stack."""

# lupdate finds words by the name of this function and their literal context
translate = QCoreApplication.translate


def part_names() -> dict[str, str]:
    """The parts of the stack in words."""
    return {
        "goods": translate("PlatformsPage", "Goods, packing"),
        "platform": translate("PlatformsPage", "Platform"),
        "freight": translate("PlatformsPage", "Freight"),
        "duty": translate("PlatformsPage", "Duty"),
        "vat": translate("PlatformsPage", "VAT, GST"),
        "payment": translate("PlatformsPage", "Payment"),
        "returns": translate("PlatformsPage", "Returns"),
        "ads": translate("PlatformsPage", "Advertising"),
        "net": translate("PlatformsPage", "Net margin"),
    }


class ClosedRow(Struct, frozen=True):
    """An option that is closed: its rule, and what would open it."""

    key: str
    name: str
    reason: str
    opens: str


class CriterionRow(Struct, frozen=True):
    """One criterion: its weight and each option's score as shown; `best` are the columns that lead."""

    key: str
    name: str
    weight: int
    scores: tuple[str, ...]
    best: tuple[int, ...]
    measured_from: str


def stack_data(ranking: Ranking, language: Language, share: bool = False) -> StackData:
    """Ranked options with a quote as stacked bars; `share` shows each part in percent of the price."""
    priced = [option for option in ranking.ranked if option.quote is not None]
    if not priced:
        return StackData()
    names = part_names()
    first = priced[0].quote
    assert first is not None
    rows = tuple(_stack_row(option, language, names, share) for option in priced)
    price = Decimal(100) if share else major(first.price, first.currency)
    label = (
        "100%"
        if share
        else amount(first.price, first.currency) + " " + translate("PlatformsPage", "list price")
    )
    head = (
        translate("PlatformsPage", "Net, %")
        if share
        else translate("PlatformsPage", "Net") + f", {first.currency}"
    )
    return StackData(
        rows,
        price,
        label,
        tuple((part, names[part]) for part in (*PARTS, "net")),
        head,
        translate("PlatformsPage", "loss"),
    )


def _stack_row(option: Option, language: Language, names: dict[str, str], share: bool) -> StackRow:
    quote = option.quote
    assert quote is not None
    return StackRow(
        key=option.id,
        name=option.name[language],
        segments=quote_segments(option.id, quote, names, share),
        figure=amount(quote.net, quote.currency),
        share=percent(quote.percent),
        note="" if quote.complete else translate("PlatformsPage", "at most"),
        rank=str(option.rank),
        score=None if option.score is None else int(option.score),
        score_text=translate("PlatformsPage", "score") + f" {option.score}"
        if option.score is not None
        else "",
        unknown=not quote.complete,
        first=option.rank == 1,
    )


def quote_segments(key: str, quote: Quote, names: Mapping[str, str], share: bool) -> tuple[Segment, ...]:
    """The parts of a price in the order of the stack, what is left last; their keys begin with `key`."""
    segments = [_segment(key, quote, part, names[part], share) for part in PARTS]
    net = _value(quote, quote.net, share)
    left = figure(net, 1 if share else None)
    last = Segment("net", net, left, names["net"], percent(quote.percent), f"{key}/net")
    return (*(segment for segment in segments if segment is not None), last)


def _segment(option: str, quote: Quote, part: str, name: str, share: bool) -> Segment | None:
    units, known = quote.of_series(part)
    lines = [line for line in quote.seller_lines if line.series == part]
    if not lines or (known and units == 0):
        return None
    value = None if not known and units == 0 else _value(quote, units, share)
    shown = "?" if value is None else figure(value, 1 if share else None)
    if value is not None and not known:
        shown = f"≥ {shown}"
    return Segment(part, value, shown, name, _detail(lines), f"{option}/{part}", _mark(lines))


def _value(quote: Quote, units: int, share: bool) -> Decimal:
    exact = major(units, quote.currency)
    return (exact * 100 / major(quote.price, quote.currency)).quantize(Decimal("0.1")) if share else exact


def _detail(lines: Sequence[Line]) -> str:
    """The newest start among the facts of a part: what the read-out shows beside the figure."""
    days = [reading.value.start for line in lines for reading in line.readings]
    return str(max(days)) if days else ""


def _mark(lines: Sequence[Line]) -> str:
    marks = {datum.mark for line in lines for datum in line.data}
    if any(line.amount is None for line in lines):
        return "unknown"
    return next((mark for mark in ("default", "typed", "rules", "case") if mark in marks), "")


def lead(advice: Advice, language: Language) -> str:
    """The sentence below the title: who is first, and by how much."""
    ranking = advice.platforms
    first = ranking.first
    if first is None:
        return translate("PlatformsPage", "Nothing can be ranked yet.")
    market = advice.markets.first
    where = in_sentence(market.name)[language] if market else ""
    if len(ranking.ranked) < 2 or first.quote is None or ranking.ranked[1].quote is None:
        return translate("PlatformsPage", "{first} first in {market}.").format(
            first=first.name[language], market=where
        )
    second = ranking.ranked[1]
    assert second.quote is not None
    if not (first.quote.complete and second.quote.complete):
        # between two upper bounds, or a bound and an amount, there is no difference to speak of
        return translate(
            "PlatformsPage", "{first} first in {market}; what is left is known only in part."
        ).format(first=first.name[language], market=where)
    gap = amount(abs(first.quote.net - second.quote.net), first.quote.currency)
    template = (
        translate("PlatformsPage", "{first} first in {market}: {gap} more an order than {second}.")
        if first.quote.net >= second.quote.net
        else translate(
            "PlatformsPage",
            "{first} first in {market}: {gap} less an order than {second}, but it leads on the other criteria.",
        )
    )
    return template.format(first=first.name[language], market=where, gap=gap, second=second.name[language])


def closed_rows(ranking: Ranking, language: Language) -> tuple[ClosedRow, ...]:
    return tuple(
        ClosedRow(o.id, o.name[language], o.excluded.text[language], o.excluded.opens[language])
        for o in ranking.closed
        if o.excluded
    )


def criterion_rows(ranking: Ranking, language: Language) -> tuple[CriterionRow, ...]:
    """The criteria with every ranked option's score."""
    options = ranking.ranked
    if not options:
        return ()
    rows = []
    for i, criterion in enumerate(options[0].criteria):
        scores = [option.criteria[i].score for option in options]
        known = [score for score in scores if score is not None]
        best = tuple(n for n, score in enumerate(scores) if known and score == max(known))
        shown = tuple("?" if score is None else str(score) for score in scores)
        rows.append(
            CriterionRow(
                criterion.id,
                criterion.label[language],
                criterion.weight,
                shown,
                best,
                criterion.measured_from[language],
            )
        )
    return tuple(rows)


def why_of(ranking: Ranking, key: str, market: Text) -> WhySubject | None:
    """The explanation behind a mark: `ebay`, `ebay/platform` (a part of its bar), `ebay:reach` (a criterion)."""
    option_id, _, criterion_id = key.partition(":")
    option_id, _, part = option_id.partition("/")
    option = ranking.option(option_id)
    if option is None:
        return None
    if option.excluded is not None:
        return why_closed(option)
    criterion = option.criterion(criterion_id) if criterion_id else None
    if criterion is not None:
        return why_criterion(option, criterion)
    if option.quote is None or not option.quote.lane.get("platform"):
        return why_option(option)
    focus = next((line.id for line in option.quote.seller_lines if line.series == part), "")
    return why_quote(option.id, net_title(option, market or None), option.quote, focus)
