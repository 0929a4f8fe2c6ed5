"""The markets page as plain rows and series: markets compared, where the price goes, reach against margin, and facts.

Nothing is computed beyond sums of lines, gaps between two shown figures and the length of a bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct, field
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import major
from desktop.core.places import in_sentence
from desktop.core.result import Advice, Option, Quote, Ranking
from desktop.core.text import Language, Text
from desktop.engine import markets
from desktop.viewmodels import platforms
from desktop.viewmodels.series.bars import Bar, BarsData
from desktop.viewmodels.series.stack import StackData
from desktop.viewmodels.values import record_text, unit_text, value_text
from desktop.viewmodels.why import (
    CARD,
    WhyRow,
    WhySubject,
    why_closed,
    why_criterion,
    why_option,
    why_quote,
    why_reading,
)
from desktop.viewmodels.wording import amount, figure, force_line, number, source_line

BORDER = ("duty", "vat")
"""The parts of the stack that are raised at the border."""
DEFINITIONS = ("100ec", "customs")
"""The two ways of counting China's cross-border e-commerce; one chart each, never joined."""
MEASURES = ("value", "growth", "share")

# lupdate finds words by the name of this function and their literal context
translate = QCoreApplication.translate


# ---------------------------------------------------------------------- rows
class BarFigure(Struct, frozen=True):
    """A figure with its bar: `share` is the length against the longest, 0 to 1; `note` stands behind the bar."""

    shown: str
    share: float = 0.0
    note: str = ""
    tip: str = ""
    loss: bool = False
    unknown: bool = False

    def said(self) -> str:
        return f"{self.note} {self.shown}".strip()


class MarketRow(Struct, frozen=True):
    """One market: what it reaches, what the way there costs, what is left. `reason` where it is closed."""

    key: str
    rank: str
    name: str
    code: str
    reach: BarFigure
    freight: str
    border: str
    border_tip: str
    days: str
    net: BarFigure
    score: str
    reason: str = ""
    opens: str = ""
    platform: str = ""
    first: bool = False

    @property
    def closed(self) -> bool:
        return bool(self.reason)


class Point(Struct, frozen=True):
    """One named place in a plane; `chosen` is drawn filled and bold."""

    key: str
    name: str
    x: Decimal
    y: Decimal
    x_label: str
    y_label: str
    detail: str = ""
    chosen: bool = False


class PointsData(Struct, frozen=True):
    """Points with the titles of both axes."""

    points: tuple[Point, ...] = ()
    x_title: str = ""
    y_title: str = ""


class Compared(Struct, frozen=True):
    """All that the comparison shows in one language."""

    rows: tuple[MarketRow, ...] = ()
    reach_head: str = ""
    reach_tip: str = ""
    currency: str = ""
    lead: str = ""
    stack: StackData = field(default_factory=StackData)
    stack_head: str = ""
    points: PointsData = field(default_factory=PointsData)
    not_shown: str = ""


# ---------------------------------------------------------------------- comparison
def compared(advice: Advice, view: View, language: Language, chosen: str = "") -> Compared:
    """The markets of an advice; `chosen` is the market that the charts emphasise."""
    ranking = advice.markets
    if not ranking.options:
        return Compared()
    reaches = markets.reaches(view, (option.id for option in ranking.options))
    measured = next((found for found in reaches.values() if isinstance(found, markets.Reach)), None)
    quotes = [option.quote for option in ranking.options if option.quote is not None]
    currency = quotes[0].currency if quotes else ""
    unit = measured.unit[language] if measured else ""
    points = _points(ranking, reaches, language, chosen, unit, currency)
    return Compared(
        rows=_rows(ranking, reaches, language),
        reach_head=_joined(translate("MarketsPage", "Reach"), unit),
        reach_tip=measured.measure[language] if measured else "",
        currency=currency,
        lead=_lead(ranking, language),
        stack=stack(ranking, language, chosen),
        stack_head=_stack_head(quotes),
        points=points,
        not_shown=_not_shown(ranking, points, language),
    )


def _rows(
    ranking: Ranking, reaches: Mapping[str, markets.Reach | Unknown], language: Language
) -> tuple[MarketRow, ...]:
    known = [found.value for found in reaches.values() if isinstance(found, markets.Reach)]
    widest = max(known, default=Decimal(0))
    nets = [option.quote.net for option in ranking.options if option.quote is not None]
    most = max([0, *nets])
    return tuple(
        _row(option, _reach_figure(reaches[option.id], widest, language), most, language)
        for option in ranking.options
    )


def _row(option: Option, reach: BarFigure, most: int, language: Language) -> MarketRow:
    quote, excluded = option.quote, option.excluded
    border_tip = _border_tip(quote, language) if quote else ""
    return MarketRow(
        key=option.id,
        rank=str(option.rank) if option.rank else "",
        name=option.name[language],
        code=option.id,
        reach=reach,
        freight=series_sum(quote, ("freight",)),
        border=_border_figure(quote),
        border_tip=border_tip,
        days=span(option.days),
        net=_net_figure(quote, most, language),
        score=whole(option.score),
        reason=excluded.text[language] if excluded else "",
        opens=excluded.opens[language] if excluded else "",
        platform=str(option.details.get("platform") or ""),
        first=option.rank == 1,
    )


def whole(score: Decimal | None) -> str:
    """A score as shown: whole, or a dash where there is none."""
    return "–" if score is None else str(score.quantize(Decimal(1), ROUND_HALF_UP))


def span(days: tuple[int, int] | None) -> str:
    """8–12, or a question mark; the unit stands in the head."""
    if days is None:
        return "?"
    return str(days[0]) if days[0] == days[1] else f"{days[0]}–{days[1]}"


def series_sum(quote: Quote | None, parts: Sequence[str]) -> str:
    """The seller's lines of some parts together; "≥" where one of them is not known, a dash where there is none."""
    if quote is None:
        return "?"
    lines = [line for line in quote.seller_lines if line.series in parts]
    if not lines:
        return "–"
    known = [line.amount for line in lines if line.amount is not None]
    if not known:
        return "?"
    shown = amount(sum(known), quote.currency)
    return shown if len(known) == len(lines) else f"≥ {shown}"


def _border_figure(quote: Quote | None) -> str:
    """What the seller bears at the border; where that is nothing, what the buyer is asked for on arrival."""
    own = series_sum(quote, BORDER)
    if quote is None or any(line.amount != 0 for line in quote.seller_lines if line.series in BORDER):
        return own
    asked = [line for line in quote.lines if line.series in BORDER and line.payer == "buyer"]
    units = sum(line.amount or 0 for line in asked)
    if not units and all(line.amount is not None for line in asked):
        return own
    shown = amount(units, quote.currency) if units else "?"
    return translate("MarketsPage", "buyer {amount}").format(amount=shown)


def _border_tip(quote: Quote, language: Language) -> str:
    """Each line of the border; those that the buyer pays stand here and in no sum."""
    said = []
    for line in quote.lines:
        if line.series not in BORDER:
            continue
        shown = "?" if line.amount is None else f"{amount(line.amount, line.currency)} {line.currency}"
        label = f"{line.label[language]} {shown}"
        if line.payer == "buyer":
            label = translate("MarketsPage", "{line}, paid by the buyer").format(line=label)
        said.append(label)
    return "\n".join(said)


def _reach_figure(found: markets.Reach | Unknown, widest: Decimal, language: Language) -> BarFigure:
    if isinstance(found, Unknown):
        return BarFigure("?", tip=found.why[language], unknown=True)
    share = float(found.value / widest) if widest > 0 else 0.0
    return BarFigure(reach_text(found.value), share, tip=found.measure[language])


def reach_text(value: Decimal) -> str:
    """One decimal, as in the advice."""
    return figure(value.quantize(Decimal("0.1"), ROUND_HALF_UP)) if value < 1000 else f"{value:,.0f}"


def _net_figure(quote: Quote | None, most: int, language: Language) -> BarFigure:
    if quote is None:
        return BarFigure(
            "?", tip=translate("MarketsPage", "No margin without a list price and a platform."), unknown=True
        )
    shown = amount(quote.net, quote.currency)
    note = "" if quote.complete else translate("MarketsPage", "at most")
    tip = "\n".join(unknown.why[language] for unknown in quote.unknown)
    share = max(0, quote.net) / most if most > 0 else 0.0
    return BarFigure(shown, share, note, tip, loss=quote.net < 0)


def _lead(ranking: Ranking, language: Language) -> str:
    first = ranking.first
    if first is None:
        return translate("MarketsPage", "No market can be ranked yet.")
    parts = []
    if first.quote is not None:
        price = f"{amount(first.quote.price, first.quote.currency)} {first.quote.currency}"
        parts.append(
            translate(
                "MarketsPage", "The same goods at the same {price} on the best platform of each market."
            ).format(price=price)
        )
    if len(ranking.ranked) > 1 and first.score is not None and ranking.ranked[1].score is not None:
        second = ranking.ranked[1]
        gap = figure(first.score - (second.score or Decimal(0)), 1)
        text = translate("MarketsPage", "{first} first, {second} {gap} points behind.")
        parts.append(text.format(first=first.name[language], second=second.name[language], gap=gap))
    else:
        parts.append(translate("MarketsPage", "{first} first.").format(first=first.name[language]))
    return ("" if language == "zh" else " ").join(parts)


# ---------------------------------------------------------------------- charts of the comparison
def stack(ranking: Ranking, language: Language, chosen: str = "") -> StackData:
    """Where the price goes in each ranked market; the chosen one in the accent."""
    data = platforms.stack_data(ranking, language)
    rows = tuple(
        replace(row, score=None, score_text="", share="", first=row.key == chosen) for row in data.rows
    )
    price = next((o.quote for o in ranking.ranked if o.quote is not None), None)
    label = amount(price.price, price.currency) if price else ""
    return replace(data, rows=rows, price_label=label, figure_head="")


def _stack_head(quotes: Sequence[Quote]) -> str:
    if not quotes:
        return ""
    price = amount(quotes[0].price, quotes[0].currency)
    return translate("MarketsPage", "Where {price} goes, {currency}").format(
        price=price, currency=quotes[0].currency
    )


def _points(
    ranking: Ranking,
    reaches: Mapping[str, markets.Reach | Unknown],
    language: Language,
    chosen: str,
    unit: str,
    currency: str,
) -> PointsData:
    found = []
    for option in ranking.ranked:
        reach, quote = reaches[option.id], option.quote
        if isinstance(reach, Unknown) or quote is None:
            continue
        net = _net_figure(quote, 0, language)
        found.append(
            Point(
                key=option.id,
                name=option.name[language],
                x=reach.value,
                y=major(quote.net, quote.currency),
                x_label=reach_text(reach.value),
                y_label=net.said(),
                detail=f"{reach_text(reach.value)} {unit}",
                chosen=option.id == chosen,
            )
        )
    x_title = _joined(translate("MarketsPage", "reach"), unit)
    return PointsData(tuple(found), x_title, _joined(translate("MarketsPage", "net margin"), currency))


def _not_shown(ranking: Ranking, points: PointsData, language: Language) -> str:
    """Ranked markets without a place in the plane, by name."""
    shown = {point.key for point in points.points}
    names = [option.name[language] for option in ranking.ranked if option.id not in shown]
    if not names:
        return ""
    listed = ("、" if language == "zh" else ", ").join(names)
    return translate("MarketsPage", "Not in the chart, because reach or margin is not known: {names}").format(
        names=listed
    )


def _joined(name: str, unit: str) -> str:
    if not unit:
        return name
    wide = any(ord(sign) > 0x2E7F for sign in name)
    return f"{name}，{unit}" if wide else f"{name}, {unit}"


# ---------------------------------------------------------------------- why
def why_of(ranking: Ranking, key: str, column: str = "") -> WhySubject | None:
    """The explanation of a market's figure. `key` may be a part of its bar ("GB/freight")."""
    option_id, _, part = key.partition("/")
    option = ranking.option(option_id)
    if option is None:
        return None
    if option.excluded is not None:
        return why_closed(option)
    criterion = {"reach": "reach", "days": "speed"}.get(column, "")
    score = option.criterion(criterion) if criterion else None
    if score is not None:
        return why_criterion(option, score)
    if column == "score" or option.quote is None:
        return why_option(option)
    wanted = {"freight": ("freight",), "border": BORDER}.get(column, (part,) if part else ())
    focus = next((line.id for line in option.quote.seller_lines if line.series in wanted), "")
    title = Text(f"Net margin in {in_sentence(option.name).en}", f"{option.name.zh}的净利")
    return why_quote(option.id, title, option.quote, focus)


# ---------------------------------------------------------------------- market facts
class FactChart(Struct, frozen=True):
    """Bars with where they were published, and what is doubted about them; `readings` by key of the mark."""

    data: BarsData = field(default_factory=BarsData)
    head: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    readings: Mapping[str, Reading] | None = None
    unknown: str = ""

    def why(self, key: str) -> WhySubject | None:
        reading = (self.readings or {}).get(key)
        return why_reading(reading) if reading is not None else None


class ProfileRow(Struct, frozen=True):
    """One line of a market's profile; `unknown` where `value` says why there is none."""

    key: str
    topic: str
    value: str
    since: str
    unknown: bool
    due: bool
    entry: markets.ProfileEntry


def destinations(view: View, language: Language, chosen: str = "") -> FactChart:
    """Shares of destinations in the newest published set; the set is named with its source and date."""
    shares = markets.destination_shares(view)
    head = translate("MarketsPage", "Where China's cross-border e-commerce exports go, %")
    if isinstance(shares, Unknown):
        return FactChart(head=head, unknown=shares.why[language])
    within = {chosen, *markets.regions_of(view, chosen)} if chosen else set()
    bars = tuple(
        Bar(
            row.code,
            row.name[language],
            row.percent,
            number(row.percent),
            first=row.code in within,
            detail=row.period[language],
        )
        for row in shares
    )
    reading = shares[0].reading
    source = source_line(reading.source, language)
    readings = {row.code: row.reading for row in shares}
    return FactChart(
        BarsData(bars, f"{shares[0].period[language]}, %"),
        head,
        source,
        _doubt_lines(view, (reading,), language),
        readings,
    )


def scale(view: View, language: Language, definition: str, measure: str = "value") -> FactChart:
    """One definition's years: value in trillion CNY, growth or share of China's foreign trade in percent."""
    rows = [row for row in markets.scale_by_year(view) if row.definition == definition]
    head = definition_name(definition)
    if not rows:
        return FactChart(head=head, unknown=translate("MarketsPage", "Nothing was published by this day."))
    found = [_scale_bar(row, measure, language) for row in rows]
    readings = {bar.key: reading for bar, reading in found if reading is not None}
    used = tuple(readings.values())
    units = {
        "value": translate("MarketsPage", "trillion CNY"),
        "growth": translate("MarketsPage", "growth on the year before, %"),
        "share": translate("MarketsPage", "share of China's foreign trade, %"),
    }
    notes = _printed_lines(rows, language) if measure == "value" else []
    if measure == "value" and any(row.forecast for row in rows):
        notes.append(translate("MarketsPage", "* forecast; no figure of the year itself is in the rules."))
    said = {row.reading.id for row in rows if row.printed is not None} if measure == "value" else set()
    notes += _doubt_lines(view, [reading for reading in used if reading.id not in said], language)
    data = BarsData(
        tuple(bar for bar, _ in found),
        units[measure],
        unknown_word=translate("MarketsPage", "not published"),
        vertical=True,
    )
    return FactChart(data, head, sources_of(used, language), tuple(notes), readings)


def definition_name(definition: str) -> str:
    """What a definition counts."""
    names = {
        "100ec": translate("MarketsPage", "By 100EC: all trade struck online, mostly B2B"),
        "customs": translate("MarketsPage", "By customs: goods declared as cross-border e-commerce"),
    }
    return names[definition]


def _scale_bar(row: markets.ScaleRow, measure: str, language: Language) -> tuple[Bar, Reading | None]:
    name = f"{row.year}*" if row.forecast and measure == "value" else str(row.year)
    key = f"{row.definition}/{row.year}"
    if measure == "value":
        details = []
        if row.growth is not None:
            details.append(translate("MarketsPage", "growth") + f" {_number(row.growth)}%")
        if row.share_of_trade is not None:
            details.append(translate("MarketsPage", "of foreign trade") + f" {_number(row.share_of_trade)}%")
        if row.printed is not None:
            details.append(translate("MarketsPage", "printed {figure}").format(figure=row.printed[language]))
        doubt = row.trillion if row.doubted else None
        return Bar(
            key, name, row.trillion, figure(row.trillion), detail=" · ".join(details), doubt=doubt
        ), row.reading
    reading = row.growth if measure == "growth" else row.share_of_trade
    value = None if reading is None else _decimal(reading)
    if reading is None or value is None:
        return Bar(key, name, None), None
    doubted = value if reading.fact.doubts else None
    return Bar(key, name, value, figure(value), doubt=doubted), reading


def _printed_lines(rows: Sequence[markets.ScaleRow], language: Language) -> list[str]:
    text = translate("MarketsPage", "{year}: printed {printed}; read as {value} trillion CNY.")
    return [
        "✕ " + text.format(year=row.year, printed=row.printed[language], value=number(row.trillion))
        for row in rows
        if row.printed is not None
    ]


def split(view: View, language: Language, kind: str) -> FactChart:
    """Export and import, or B2B and B2C, by year; the definition stands at each year."""
    rows = [row for row in markets.splits(view) if row.kind == kind]
    heads = {
        "direction": translate("MarketsPage", "Export and import"),
        "business": translate("MarketsPage", "B2B and B2C"),
    }
    if not rows:
        return FactChart(
            head=heads[kind], unknown=translate("MarketsPage", "Nothing was published by this day.")
        )
    bars, readings = [], {}
    for row in rows:
        left, right = row.parts[0], row.parts[1]
        key = f"{kind}/{row.definition}/{row.year}"
        name = f"{row.year} {definition_short(row.definition)}"
        doubted = any(part.reading.fact.doubts for part in row.parts)
        rest = (
            translate("MarketsPage", "{part}: the rest of 100").format(part=right.name[language])
            if right.rest
            else ""
        )
        bars.append(
            Bar(
                key, name, left.percent, number(left.percent), number(right.percent), rest,
                doubt=left.percent if doubted else None,
            )
        )  # fmt: skip
        readings[key] = left.reading
    first = rows[0].parts
    data = BarsData(tuple(bars), f"{first[0].name[language]}, %", f"{first[1].name[language]}, %")
    used = tuple(part.reading for row in rows for part in row.parts)
    doubts = _doubt_lines(view, used, language)
    return FactChart(data, heads[kind], sources_of(used, language), doubts, readings)


def definition_short(definition: str) -> str:
    return {"100ec": "100EC", "customs": translate("MarketsPage", "customs")}[definition]


def sources_of(readings: Iterable[Reading], language: Language) -> str:
    """The sources behind a chart, each once: by publisher and year where there are many."""
    sources = list({reading.source.key: reading.source for reading in readings}.values())
    if len(sources) == 1:
        return source_line(sources[0], language)
    named: dict[str, list[str]] = {}
    for source in sources:
        named.setdefault(source.publisher, []).append(str(source.day.year))
    parts = [f"{who} {', '.join(dict.fromkeys(sorted(years)))}" for who, years in named.items()]
    return ("；" if language == "zh" else "; ").join(parts)


def _doubt_lines(view: View, readings: Iterable[Reading], language: Language) -> tuple[str, ...]:
    """What is doubted, in one line a doubt: printed and likely."""
    keys = dict.fromkeys(key for reading in readings for key in reading.fact.doubts)
    lines = []
    for key in keys:
        doubt = view.book.doubt(key)
        if doubt.likely:
            text = translate("MarketsPage", "Doubted: {printed}. Likely: {likely}.")
            likely = doubt.likely[language].rstrip(".。")
            lines.append("✕ " + text.format(printed=doubt.printed[language].rstrip(".。"), likely=likely))
        else:
            text = translate("MarketsPage", "Doubted: {printed}. {why}")
            lines.append(
                "✕ " + text.format(printed=doubt.printed[language].rstrip(".。"), why=doubt.why[language])
            )
    return tuple(lines)


# ---------------------------------------------------------------------- profile
class Profile(Struct, frozen=True):
    """One market's facts; `about` is its currency and regions."""

    name: str = ""
    about: str = ""
    rows: tuple[ProfileRow, ...] = ()
    unknown: str = ""

    def why(self, key: str) -> WhySubject | None:
        row = next((row for row in self.rows if row.key == key), None)
        if row is None:
            return None
        found = row.entry.value
        if isinstance(found, Unknown):
            line = WhyRow(key, row.entry.label, (), Text("", ""), "?", found.why, unknown=True)
            return WhySubject(key, row.entry.label, "?", "", (line,))
        return why_reading(found, row.entry.label)


def profile(view: View, country: str, language: Language) -> Profile:
    """What is known of a market on the day, topic by topic; topics without a fact say so."""
    found = markets.market_profile(view, country)
    if isinstance(found, Unknown):
        return Profile(unknown=found.why[language])
    about = [found.currency, *(region[language] for region in found.regions)]
    rows = tuple(_profile_row(view, entry, language) for entry in found.entries)
    known = [row for row in rows if not row.unknown]
    return Profile(found.name[language], " · ".join(about), (*known, *(row for row in rows if row.unknown)))


def _profile_row(view: View, entry: markets.ProfileEntry, language: Language) -> ProfileRow:
    found = entry.value
    if isinstance(found, Unknown):
        why = found.why[language]
        text = translate("MarketsPage", "cannot say: {why}").format(why=why)
        return ProfileRow(entry.topic, entry.label[language], text, "", True, False, entry)
    since = source_day(found, language)
    due = not found.typed and found.source.due(view.date)
    return ProfileRow(
        entry.topic, entry.label[language], entry_text(view, entry, language), since, False, due, entry
    )


def source_day(reading: Reading, language: Language) -> str:
    """Who published a fact, and since when it was in force."""
    if reading.typed:
        return translate("MarketsPage", "typed")
    return f"{reading.source.publisher}, {force_line(reading, language)}"


def entry_text(view: View, entry: markets.ProfileEntry, language: Language) -> str:
    """A fact's value with its unit, as published; of a record only the part that is shown."""
    found = entry.value
    assert isinstance(found, Reading)
    if entry.key is None:
        return value_text(found.fact, found.value, view.book, language, CARD)
    shown, unit = record_text(entry.raw, view.book, language), unit_text(found.fact.unit, view.book, language)
    return f"{shown}{'' if unit.startswith('%') else ' '}{unit}".strip()


def _decimal_of(raw: object) -> Decimal | None:
    if not isinstance(raw, str | int | Decimal):
        return None
    try:
        value = Decimal(raw)
    except ArithmeticError:
        return None
    return value if value.is_finite() else None


def _decimal(reading: Reading) -> Decimal | None:
    return _decimal_of(reading.raw)


def _number(reading: Reading) -> str:
    value = _decimal(reading)
    return "?" if value is None else number(value)


def countries(view: View) -> tuple[tuple[str, Text], ...]:
    """All markets of the rules: code and name."""
    return tuple((code, markets.place_name(view, code)) for code in view.rules("markets")["countries"])
