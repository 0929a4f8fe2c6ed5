"""The logistics page: cost against days, the services with what they accept, and how the parcel is weighed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.case import Case
from desktop.core.facts import Reading, View
from desktop.core.money import major, plain
from desktop.core.places import in_sentence
from desktop.core.questions import Questions
from desktop.core.result import Advice, Option, Ranking
from desktop.core.text import Language, Text, text_of
from desktop.core.words import weight as said_weight
from desktop.engine import freight
from desktop.engine.badges import badges_of
from desktop.engine.lanes import Pricer
from desktop.viewmodels.series.ranges import RangeData, RangePoint
from desktop.viewmodels.why import WhyRow, WhySubject, reading_datum, why_closed, why_option, why_quote
from desktop.viewmodels.wording import amount, days, figure

PRIORITIES = ("cost", "balanced", "speed")

# lupdate finds words by the name of this function and their literal context
translate = QCoreApplication.translate


class ServiceRow(Struct, frozen=True):
    """One service as shown. `tone` is empty, closed or unknown; `accepts` says yes, or why not."""

    key: str
    rank: str
    name: str
    carrier: str
    badges: tuple[str, ...]
    days: str
    billed: str
    own: str
    price: str
    accepts: str
    why: str = ""
    """The whole of what `accepts` says in a few words."""
    tone: str = ""


class Weighing(Struct, frozen=True):
    """How the parcel is weighed by one service, line by line, and where the next step lies."""

    service: str
    rows: tuple[tuple[str, str, str], ...]
    """Name, value, and the mark of where it comes from."""
    next_step: str = ""


class LogisticsSide(Struct, frozen=True):
    """What the page needs beside the advice: the lane, and the parcel on it."""

    market: str
    platform: str | None
    parcel: freight.Parcel
    view: View
    weight_mark: str = "case"
    """Where the weight of the parcel comes from."""


def side_of(
    advice: Advice, case: Case, view: View, questions: Questions, weight_mark: str = "case"
) -> LogisticsSide | None:
    """The lane whose services are ranked: the first market and its platform; None where there is none."""
    market = advice.markets.first
    if market is None:
        return None
    platform = market.details.get("platform")
    chosen = str(platform) if platform else None
    parcel = Pricer(case, view, questions).parcel(chosen)
    return LogisticsSide(market.id, chosen, parcel, view, weight_mark)


def lead(advice: Advice, case: Case, language: Language) -> str:
    """What is sent where, and how many services take it."""
    market = advice.markets.first
    if market is None:
        return ""
    priced = sum(option.rank is not None for option in advice.logistics.options)
    closed = len(advice.logistics.closed)
    weight = case.integer("weight_g")
    if weight is None:
        template = translate(
            "LogisticsPage",
            "To a door in {market}, weight not given. {priced} services have a price, {closed} are closed.",
        )
        return template.format(market=in_sentence(market.name)[language], priced=priced, closed=closed)
    template = translate(
        "LogisticsPage",
        "To a door in {market}, {weight} a piece. {priced} services have a price, {closed} are closed.",
    )
    return template.format(
        market=in_sentence(market.name)[language],
        weight=said_weight(weight)[language],
        priced=priced,
        closed=closed,
    )


def cost_of(option: Option) -> int | None:
    """Freight of the order in minor units of the price currency."""
    cost = option.details.get("cost")
    return int(cost) if isinstance(cost, int) else None


def currency_of(ranking: Ranking) -> str:
    return next((option.quote.currency for option in ranking.options if option.quote), "")


def quicker_unpriced(ranking: Ranking) -> Option | None:
    """The soonest of the open services without a price, where it is sooner than every priced one."""
    timed = [option for option in ranking.options if option.days and option.excluded is None]
    priced = [sum(o.days or (0, 0)) for o in timed if o.rank is not None and cost_of(o) is not None]
    unpriced = [o for o in timed if cost_of(o) is None]
    if not priced or not unpriced:
        return None
    soonest = min(unpriced, key=lambda o: sum(o.days or (0, 0)))
    return soonest if sum(soonest.days or (0, 0)) < min(priced) else None


def undated(ranking: Ranking) -> tuple[Option, ...]:
    """The priced services that no chart over days can hold, as their days are not known."""
    return tuple(o for o in ranking.ranked if o.days is None and cost_of(o) is not None)


def range_data(ranking: Ranking, language: Language) -> RangeData:
    """Priced services with known days as cost against days."""
    currency = currency_of(ranking)
    points = []
    for option in ranking.ranked:
        cost = cost_of(option)
        if cost is None or option.days is None:
            continue
        low, high = option.days
        points.append(
            RangePoint(
                key=option.id,
                name=option.name[language],
                low=Decimal(low),
                middle=Decimal(low + high) / 2,
                high=Decimal(high),
                cost=major(cost, currency),
                label=amount(cost, currency),
                detail=days(low, high, language),
                first=option.rank == 1,
            )
        )
    x_title = translate("LogisticsPage", "days to the door, line from soonest to latest, mark at the middle")
    return RangeData(
        tuple(points),
        x_title,
        currency + " " + translate("LogisticsPage", "an order"),
        above_word=translate("LogisticsPage", "above the scale"),
    )


def service_rows(ranking: Ranking, side: LogisticsSide, language: Language) -> tuple[ServiceRow, ...]:
    """Ranked services, then those without a price, then the closed ones."""
    rules = side.view.rules("freight")["services"]
    marked = badges_of(ranking)
    rows = []
    for option in ranking.options:
        carrier = text_of(rules[option.id].get("carrier"))[language]
        shown = option.name[language]
        rows.append(
            ServiceRow(
                key=option.id,
                rank="" if option.rank is None else str(option.rank),
                name=shown,
                carrier="" if carrier in shown else carrier,
                badges=marked.get(option.id, ()),
                days=days(*option.days, language) if option.days else "?",
                billed=_billed(option, side),
                own=_own(option),
                price=_price(option, ranking),
                accepts=_accepts(option, language),
                why=minded(option, language),
                tone="closed" if option.excluded else "unknown" if option.rank is None else "",
            )
        )
    return tuple(rows)


def _billed(option: Option, side: LogisticsSide) -> str:
    if option.excluded is not None or option.rank is None:
        return ""
    found = freight.chargeable(side.view, option.id, side.parcel, to=side.market)
    return "?" if found.billed_g is None else f"{found.billed_g:,} g"


def _own(option: Option) -> str:
    """The freight in its own currency, where all lines are in one."""
    if option.quote is None:
        return ""
    own = [line.own for line in option.quote.lines]
    if any(money is None for money in own) or len({money.currency for money in own if money}) != 1:
        return ""
    total = sum(money.units for money in own if money)
    currency = next(money.currency for money in own if money)
    return amount(total, currency)


def _price(option: Option, ranking: Ranking) -> str:
    cost = cost_of(option)
    if option.excluded is not None:
        return ""
    return "?" if cost is None else amount(cost, currency_of(ranking))


def _accepts(option: Option, language: Language) -> str:
    """Yes or no in a few words; the row has room for no more."""
    if option.excluded is not None:
        return option.excluded.text[language]
    doubts = {unknown.what for unknown in option.unknown}
    if doubts & {"goods_class", "side", "side_sum", "weight"}:
        return translate("LogisticsPage", "not known, ask")
    if option.rank is None:
        if "freight.fuel" in doubts:
            return translate("LogisticsPage", "fuel surcharge not known")
        if "weight_g" in doubts:
            return translate("LogisticsPage", "weight not given")
        return translate("LogisticsPage", "price not known")
    if option.details.get("warnings"):
        return translate("LogisticsPage", "yes, with conditions")
    return translate("LogisticsPage", "yes")


def minded(option: Option, language: Language) -> str:
    """All that is to be minded of a service, a sentence a line."""
    if option.excluded is not None:
        return option.excluded.text[language]
    warned = option.details.get("warnings")
    said = [unknown.why[language] for unknown in option.unknown]
    said += [text[language] for text in warned if isinstance(text, Text)] if isinstance(warned, tuple) else []
    return "\n".join(said)


def weighing(option: Option, side: LogisticsSide, language: Language) -> Weighing:
    """The chosen service's billed weight: on the scale, by volume, the larger up to the step."""
    found = freight.chargeable(side.view, option.id, side.parcel, to=side.market)
    rows = [
        (
            translate("LogisticsPage", "weighed"),
            _grams(found.actual_g),
            side.weight_mark if found.actual_g is not None else "unknown",
        )
    ]
    if found.divisor and side.parcel.dims_mm:
        size = " × ".join(plain(Decimal(part) / 10) for part in side.parcel.dims_mm)
        volume = "?" if found.volumetric_g is None else f"{figure(found.volumetric_g, 0)} g"
        rows.append((f"{size} cm ÷ {found.divisor:,}", volume, "computed"))
    elif found.divisor:
        rows.append((translate("LogisticsPage", "by volume, size not given"), "?", "unknown"))
    if found.minimum_g:
        rows.append((translate("LogisticsPage", "least billed weight"), _grams(found.minimum_g), "rules"))
    rows.append(
        (
            translate("LogisticsPage", "billed, in steps of {step}").format(
                step=said_weight(found.step_g)[language]
            ),
            _grams(found.billed_g),
            "computed",
        )
    )
    return Weighing(option.name[language], tuple(rows), _next_step(option, side, language))


def _grams(grams: int | None) -> str:
    return "?" if grams is None else f"{grams:,} g"


def _next_step(option: Option, side: LogisticsSide, language: Language) -> str:
    found = freight.next_step(side.view, option.id, side.market, side.parcel)
    if found is None:
        return ""
    grams, more = found
    sign = "+" if more.units >= 0 else ""
    template = translate(
        "LogisticsPage", "Up to {grams} nothing changes; from {after} it is {change} {currency}."
    )
    return template.format(
        grams=said_weight(grams)[language],
        after=said_weight(grams + 1)[language],
        change=f"{sign}{amount(more.units, more.currency)}",
        currency=more.currency,
    )


def why_of(ranking: Ranking, key: str) -> WhySubject | None:
    """The freight lines of a service, the rule that closes it, or why it has no price."""
    option = ranking.option(key.partition("/")[0])
    if option is None:
        return None
    if option.excluded is not None:
        return why_closed(option)
    if option.quote is not None:
        title = Text(f"Freight by {option.name.en}", f"{option.name.zh}运费")
        return why_quote(option.id, title, option.quote)
    if option.unknown:
        return WhySubject(
            option.id,
            Text(f"No price of {option.name.en}", f"{option.name.zh}无价格"),
            "?",
            "",
            _gaps(option),
        )
    return why_option(option)


def _gaps(option: Option) -> tuple[WhyRow, ...]:
    rows = [
        WhyRow(f"gap{i}", unknown.why, (), Text("", ""), "?", unknown=True)
        for i, unknown in enumerate(option.unknown)
    ]
    days_read = [reason.reading for reason in option.reasons if reason.reading is not None]
    return (*rows, *(_fact_row(reading) for reading in _distinct(days_read)))


def _fact_row(reading: Reading) -> WhyRow:
    return WhyRow(reading.id, reading.fact.says, (reading_datum(reading),), Text("", ""), "")


def _distinct(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    return tuple({reading.id: reading for reading in readings}.values())
