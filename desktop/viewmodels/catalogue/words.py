"""What the catalogue page says: progress, what holds for all rows, counts, rows, and the bars of one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.money import major
from desktop.core.places import in_sentence
from desktop.core.questions import Question
from desktop.core.result import Quote
from desktop.core.text import Language, Text, text_of
from desktop.engine.catalogue import NOT_GIVEN, PARTS, Lane, Screened
from desktop.reports.screened import Words
from desktop.reports.screened.columns import filled, tenths_of
from desktop.store.casefile import example_path
from desktop.viewmodels.catalogue.found import Totals
from desktop.viewmodels.catalogue.run import Basis, Found, Progress
from desktop.viewmodels.platforms import part_names, quote_segments
from desktop.viewmodels.series.stack import StackData, StackRow
from desktop.viewmodels.wording import amount, percent

translate = QCoreApplication.translate

FOR_ALL = (
    "fulfilment", "company", "destinations", "goods_class", "category", "pieces_per_order", "packing_cost",
    "return_rate", "advertising_share",
)  # fmt: skip
"""Answers of the case that count for every row, or for rows that do not say so."""
USUAL = {"fulfilment": "seller", "goods_class": "plain", "pieces_per_order": "1"}
MOST_MARKETS = 10
DEMO = "demo-catalogue.csv"
MOST_NAMED = 6


class Assumed(Struct, frozen=True):
    """One thing that holds for all rows: label, value, and whether it is only a default."""

    label: str
    value: str
    default: bool


class RowWords(Struct, frozen=True):
    """A row of the results as it is shown."""

    place: int
    line: int
    sku: str
    name: str
    platform: str
    site: str
    market: str
    service: str
    left: str
    currency: str
    at_most: bool
    losing: bool
    margin: str
    second: str
    behind: str
    why: str


class Counts(Struct, frozen=True):
    """How often each platform in each market is the best: heads are markets, the last may be all the others."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str, tuple[int, ...]], ...]
    most: int


# ---------------------------------------------------------------------- sentences
def number(count: int) -> str:
    return f"{count:,}"


def duration(seconds: float, language: Language) -> str:
    """9 s, 2 min 5 s."""
    minutes, rest = divmod(round(seconds), 60)
    if language == "zh":
        return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def progress_text(progress: Progress | None, language: Language) -> str:
    """12,000 rows · 24% · 9 s left."""
    if progress is None:
        return translate("CataloguePage", "Reading the first rows …")
    parts = [
        translate("CataloguePage", "{count} rows").format(count=number(progress.rows)),
        f"{progress.share:.0%}",
    ]
    if progress.left is not None:
        left = duration(max(1.0, progress.left), language)
        parts.append(translate("CataloguePage", "{time} left").format(time=left))
    return " · ".join(parts)


def assumed(basis: Basis, language: Language) -> tuple[Assumed, ...]:
    """What holds for all rows, and for those that do not say so."""
    found = []
    for name in FOR_ALL:
        question = basis.questions[name]
        answer = basis.case.given(name)
        label = question.label[language]
        if answer is None:
            found.append(Assumed(label, _default(question, language), True))
        else:
            found.append(Assumed(label, _said(question, answer, basis, language), False))
    return tuple(found)


def _default(question: Question, language: Language) -> str:
    if question.name in USUAL:
        choice = question.choice(USUAL[question.name])
        return choice.name[language] if choice else USUAL[question.name]
    if question.name == "destinations":
        return translate("CataloguePage", "all")
    if question.name in ("packing_cost", "return_rate", "advertising_share"):
        return translate("CataloguePage", "not counted")
    return translate("CataloguePage", "not said")


def _said(question: Question, answer: object, basis: Basis, language: Language) -> str:
    if isinstance(answer, tuple):
        names = [_said(question, each, basis, language) for each in answer[:MOST_NAMED]]
        more = len(answer) - len(names)
        return ("、" if language == "zh" else ", ").join(names) + (f" +{more}" if more > 0 else "")
    choice = question.choice(str(answer))
    if choice is not None:
        return choice.name[language]
    if question.kind == "boolean":
        return translate("CataloguePage", "yes") if answer else translate("CataloguePage", "no")
    if question.kind == "percent":
        return f"{answer}%"
    if question.currency:
        return f"{answer} {basis.case.currency(basis.questions, question.name)}"
    return str(answer)


def assumed_line(basis: Basis, language: Language) -> str:
    """All of it in one line."""
    colon, dot = ("：", " · ") if language == "zh" else (": ", " · ")
    return dot.join(f"{each.label}{colon}{each.value}" for each in assumed(basis, language))


# ---------------------------------------------------------------------- counts
def with_lane(totals: Totals) -> int:
    """Rows that have a best lane."""
    return totals.screened - totals.none


def named(names: Mapping[str, Text], key: str, language: Language) -> str:
    """A name of the rules, else the id."""
    return names[key][language] if key in names else key


def counts(totals: Totals, names: Words, lanes: Sequence[Lane], language: Language) -> Counts:
    """Platforms by the markets in which they are most often the best; what has no room is summed at the end."""
    by_market: dict[str, int] = {}
    for (_, market), count in totals.by_lane.items():
        by_market[market] = by_market.get(market, 0) + count
    markets = sorted(by_market, key=lambda market: -by_market[market])
    shown, rest = markets[:MOST_MARKETS], markets[MOST_MARKETS:]
    heads = [(market, named(names.markets, market, language)) for market in shown]
    if rest:
        heads.append(("", translate("CataloguePage", "others")))
    rows = []
    for platform in dict.fromkeys(lane.platform for lane in lanes):
        cells = [totals.by_lane.get((platform, market), 0) for market in shown]
        if rest:
            cells.append(sum(totals.by_lane.get((platform, market), 0) for market in rest))
        rows.append((platform, named(names.platforms, platform, language), tuple(cells)))
    return Counts(tuple(heads), tuple(rows), max(totals.by_lane.values(), default=0))


# ---------------------------------------------------------------------- rows
def row_words(one: Screened, place: int, names: Words, language: Language) -> RowWords:
    """A row as it is shown; `one` holds it alone."""
    skus = one.skus
    money = filled(skus.price_currency, names.currency)
    currency = money.words[int(money.codes[0])]
    pieces = names.pieces if skus.pieces[0] == NOT_GIVEN else int(skus.pieces[0])
    base = {
        "place": place,
        "line": int(skus.rows[0]),
        "sku": skus.sku[0],
        "name": skus.name[0],
        "currency": currency,
    }
    if one.best[0] == NOT_GIVEN:
        why = one.reasons[int(one.why[0])][language] if one.why[0] != NOT_GIVEN else ""
        return RowWords(
            **base, platform="", site="", market="", service="", left="", at_most=False, losing=False,  # type: ignore[arg-type]
            margin="", second="", behind="", why=why,
        )  # fmt: skip
    lane, net = one.lanes[int(one.best[0])], int(one.net[0])
    at_most = not bool(one.complete[0])
    tenths = int(tenths_of(one.net, skus.price * pieces)[0])
    second, behind = "", ""
    if one.second[0] != NOT_GIVEN:
        other = one.lanes[int(one.second[0])]
        second = " · ".join(part for part in place_words(other, names, language)[:3] if part)
        behind = amount(net - int(one.second_net[0]), currency)
    platform, site, market, service = place_words(lane, names, language)
    return RowWords(
        **base, platform=platform, site=site, market=market, service=service,  # type: ignore[arg-type]
        left=("≤ " if at_most else "") + amount(net, currency), at_most=at_most, losing=net < 0,
        margin=("≤ " if at_most else "") + percent(Decimal(tenths) / 10), second=second, behind=behind, why="",
    )  # fmt: skip


def place_words(lane: Lane, names: Words, language: Language) -> tuple[str, str, str, str]:
    """Platform, site where it is another country's than the buyer's, market and service."""

    def said(key: str, held: object) -> str:
        return str(held[language]) if held is not None else key  # type: ignore[index]

    site = ""
    if lane.marketplace not in ("all", lane.market):
        site = said(lane.marketplace, names.sites.get((lane.platform, lane.marketplace)))
    return (
        said(lane.platform, names.platforms.get(lane.platform)),
        site,
        said(lane.market, names.markets.get(lane.market)),
        said(lane.service, names.services.get(lane.service)),
    )


# ---------------------------------------------------------------------- the bars of one row
def row_stack(quotes: Sequence[tuple[Lane, Quote]], names: Words, language: Language) -> StackData:
    """The best lane and the runner-up as stacked bars."""
    if not quotes:
        return StackData()
    parts = part_names()
    first = quotes[0][1]
    rows = []
    for rank, (lane, quote) in enumerate(quotes, start=1):
        platform = named(names.platforms, lane.platform, language)
        rows.append(
            StackRow(
                key=str(rank),
                name=f"{platform} {lane.market}",
                segments=quote_segments(str(rank), quote, parts, False),
                figure=amount(quote.net, quote.currency),
                share=percent(quote.percent),
                note="" if quote.complete else translate("PlatformsPage", "at most"),
                rank=str(rank),
                unknown=not quote.complete,
                first=rank == 1,
            )
        )
    return StackData(
        tuple(rows),
        major(first.price, first.currency),
        amount(first.price, first.currency),
        tuple((part, parts[part]) for part in (*PARTS, "net")),
        translate("PlatformsPage", "Net") + f", {first.currency}",
        translate("PlatformsPage", "loss"),
    )


def row_title(one: Screened, lane: Lane, found: Found | None) -> Text:
    """What the why panel is headed with."""
    assert found is not None
    view = found.view
    platform = text_of(view.rules("platforms")[lane.platform])
    market = text_of(view.rules("markets")["countries"][lane.market]["name"])
    sku = one.skus.sku[0] or one.skus.name[0] or str(int(one.skus.rows[0]))
    return Text(
        f"{sku}: net margin on {platform.en}, {in_sentence(market).en}",
        f"{sku}：{platform.zh}净利，{market.zh}",
    )


def demo_path() -> Path:
    """The demo catalogue that the program carries: its figures are made up."""
    return example_path(DEMO)
