"""Fills the sheet from what is already worked out: the plan's quotes, the ranking, and how far the advice holds.

Nothing is computed here that a screen does not compute too. Words are in both languages at once, for a paper may have
both beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import Reading, RuleBook
from desktop.core.places import in_sentence
from desktop.core.questions import Questions
from desktop.core.result import Advice, Line, Option, Quote, Ranking
from desktop.core.text import EMPTY, Text, both, joined
from desktop.core.words import money_text, said_day, weight
from desktop.reports.sheet import words
from desktop.reports.sheet.model import (
    About,
    Bar,
    Chart,
    Closed,
    FigureRow,
    FigureTable,
    Item,
    OptionRow,
    OptionTable,
    Part,
    Sheet,
    SourceLine,
)
from desktop.viewmodels import logistics, plan
from desktop.viewmodels.compliance import Papers
from desktop.viewmodels.compliance import papers as papers_of
from desktop.viewmodels.platforms import PARTS
from desktop.viewmodels.start import name_of
from desktop.viewmodels.visitor import GROUPS, STAYS, public_lines, told
from desktop.viewmodels.why import why_line
from desktop.viewmodels.wording import MINUS, as_sentence, days, percent

AT_MOST, AT_LEAST = "≤ ", "≥ "
TELLS_MARGIN = ("advice.lost-money",)
"""Warnings from which a margin could be told: not on a customer's copy."""


@dataclass
class Sources:
    """Numbers the sources of a paper in the order in which they are first cited."""

    today: date
    readings: dict[str, Reading] = field(default_factory=dict)
    _subjects: dict[str, list[Text]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _weak: set[str] = field(default_factory=set)

    def cite(self, readings: Iterable[Reading], subject: Text) -> tuple[int, ...]:
        """The numbers of the sources behind something; what was typed has none."""
        found = []
        for reading in readings:
            if reading.typed:
                continue
            key = reading.source.key
            self.readings.setdefault(reading.id, reading)
            found.append(self._numbers.setdefault(key, len(self._numbers) + 1))
            subjects = self._subjects.setdefault(key, [])
            if subject and subject not in subjects:
                subjects.append(subject)
            if reading.value.confidence == "low":
                self._weak.add(key)
        return tuple(sorted(set(found)))

    def lines(self) -> tuple[SourceLine, ...]:
        sources = {reading.source.key: reading.source for reading in self.readings.values()}
        return tuple(
            SourceLine(
                number=number,
                publisher=sources[key].publisher,
                title=sources[key].title,
                day=words.READ.format(day=said_day(sources[key].read)),
                subject=joined(self._subjects[key], ", ", "、"),
                due=sources[key].due(self.today),
                weak=key in self._weak,
                url=sources[key].url or "",
            )
            for key, number in self._numbers.items()
        )


@dataclass
class Filler:
    """Fills one sheet. `customer` leaves out what the goods cost and what is earned, as the visitor view does."""

    advice: Advice
    case: Case
    questions: Questions
    book: RuleBook
    today: date
    customer: bool = False
    sources: Sources = field(init=False)

    def __post_init__(self) -> None:
        self.sources = Sources(self.today)

    # ------------------------------------------------------------------ what the plan follows
    @property
    def outward(self) -> Quote | None:
        return plan.export_quote(self.advice, self.case)

    @property
    def inward(self) -> Quote | None:
        return self._told(plan.import_quote(self.advice, self.case))

    def _told(self, quote: Quote | None) -> Quote | None:
        return told(quote, self.case, self.questions) if self.customer else quote

    def sheet(self, about: About, holds: Text = EMPTY) -> Sheet:
        """The whole sheet. `holds` says how far the advice holds, where that was found."""
        advice = self.advice
        charts = tuple(chart for chart in (self._platforms(), self._modes()) if chart is not None)
        figures = tuple(
            table for table in (self._margin_table(), self._tax_table()) if table is not None and table.rows
        )
        options = tuple(
            table
            for table in (self._services(), self._shops(), self._cities())
            if table is not None and table.rows
        )
        leads = self.leads()
        steps = tuple(
            Item(step.text, EMPTY, self.sources.cite(_of(step.reading), words.NEXT_STEP))
            for step in advice.next_steps
        )
        said = () if self.customer else tuple(text for text in (holds, *advice.stability) if text)
        used = self.book.used(self.today)
        made = replace(about, made=about.made or self.today, rules=used.dated)
        papers = tuple(
            Item(row.name, row.stops or row.due, self.sources.cite(row.readings, words.PAPERS))
            for row in self._checklist().rows
        )
        return Sheet(
            product=self.product(),
            about=made,
            as_of=advice.as_of,
            other_day=advice.as_of != self.today,
            facts=self._facts(),
            leads=leads,
            holds=tuple(dict.fromkeys(said))[:2],
            charts=charts,
            figures=figures,
            options=options,
            next_steps=steps,
            papers=papers,
            unknown=self.unknown(),
            warnings=self._warnings(),
            sources=self.sources.lines(),
            validity=self.validity(),
            oldest=self.oldest(),
            cautions=used.cautions,
            marks=used.marks,
            customer=self.customer,
            summary=self._summary(leads, said[:1], made),
        )

    # ------------------------------------------------------------------ head and lead
    def product(self) -> Text:
        """The case by its name, else its category."""
        if self.case.name:
            return name_of(self.case)
        category = self.case.text("category")
        choice = self.questions["category"].choice(category) if category else None
        return choice.name if choice else words.GOODS

    def _facts(self) -> Text:
        """The goods in a line: kind, weight, price."""
        case, questions = self.case, self.questions
        found: list[Text] = []
        for name in ("category", "goods_class"):
            key = case.text(name)
            choice = questions[name].choice(key) if key else None
            if choice is not None and choice.name != self.product():
                found.append(choice.name)
        grams = case.integer("weight_g")
        if grams is not None:
            found.append(weight(grams))
        money = case.money(questions, "list_price")
        if money is not None:
            shown = f"{money_text(money.units, money.currency)} {money.currency}"
            found.append(words.SOLD_AT.format(price=shown))
        return joined(found, " · ", " · ")

    def leads(self) -> tuple[Text, ...]:
        """The advice in a sentence for each direction that the case has."""
        found = []
        if plan.has_export(self.advice) or self.case.exports:
            found.append(self._export_lead())
        if plan.has_import(self.advice):
            found.append(self._import_lead())
        return tuple(found)

    def _export_lead(self) -> Text:
        advice, case = self.advice, self.case
        place, shop, way = plan.market(advice), plan.platform(advice, case), plan.service(advice, case)
        if shop is not None and shop.excluded is not None:
            return words.CHOSEN_CLOSED.format(name=shop.name, reason=shop.excluded.text)
        if place is None or shop is None:
            return words.NO_EXPORT
        names = {"market": in_sentence(place.name), "platform": shop.name}
        said = words.SELL_BY.format(service=way.name, **names) if way else words.SELL.format(**names)
        return Text(f"{said.en}: {self._left().en}", f"{said.zh}：{self._left().zh}")

    def _left(self) -> Text:
        """What is left of an order, in words."""
        quote = self.outward
        if quote is None or quote.price <= 0:
            return words.NO_PRICE
        values = {"price": money_text(quote.price, quote.currency), "currency": quote.currency}
        if self.customer:
            left, known = self._stays(quote)
            template = words.STAYS if known else words.STAYS_AT_MOST
            return template.format(left=money_text(left, quote.currency), **values)
        if quote.without:
            parts = joined([words.PARTS[part] for part in quote.without], ", ", "、")
            return words.LEFT_WITHOUT.format(parts=parts, **values)
        if quote.net < 0:
            lost = money_text(-quote.net, quote.currency)
            return (words.LOST if quote.complete else words.LOST_AT_LEAST).format(left=lost, **values)
        template = words.LEFT if quote.complete else words.LEFT_AT_MOST
        return template.format(left=money_text(quote.net, quote.currency), **values)

    def _stays(self, quote: Quote) -> tuple[int, bool]:
        """What stays for goods and profit, and whether all that goes off is known."""
        lines = public_lines(quote, self.questions)
        return quote.price - sum(line.amount or 0 for line in lines), all(
            line.amount is not None for line in lines
        )

    def _import_lead(self) -> Text:
        advice, case = self.advice, self.case
        way, through, shop = (
            plan.mode(advice, case),
            plan.city(advice, case),
            advice.import_platforms.first,
        )
        if way is not None and way.excluded is not None:
            return words.CHOSEN_CLOSED.format(name=way.name, reason=way.excluded.text)
        if way is None:
            return words.NO_IMPORT
        said = words.IMPORT.format(mode=way.name)
        if through is not None and shop is not None:
            said = words.IMPORT_BY.format(mode=way.name, city=through.name, platform=shop.name)
        tax = self._tax()
        return Text(f"{said.en}: {tax.en}", f"{said.zh}：{tax.zh}")

    def _tax(self) -> Text:
        quote = self.inward
        if quote is None or quote.price <= 0 or (not quote.complete and quote.cost == 0):
            return words.NO_TAX
        template = words.TAX if quote.complete else words.TAX_AT_LEAST
        return template.format(
            tax=money_text(quote.cost, quote.currency),
            currency=quote.currency,
            price=money_text(quote.price, quote.currency),
        )

    # ------------------------------------------------------------------ bars
    def _platforms(self) -> Chart | None:
        """The export platforms in order; then those of which nothing can be said; the closed ones crossed out."""
        ranking, quote = self.advice.platforms, self.outward
        if not ranking.options:
            return None
        priced = quote or next((o.quote for o in ranking.ranked if o.quote is not None), None)
        currency = priced.currency if priced else ""
        place = plan.market(self.advice)
        title = words.PLATFORMS_TO.format(market=in_sentence(place.name)) if place else words.PLATFORMS
        bars = tuple(self._bar(option, self._export_parts) for option in _open(ranking))
        longest = max((sum(max(p.units or 0, 0) for p in bar.parts) for bar in bars), default=0)
        price = priced.price if priced else 0
        return Chart(title, bars, _closed(ranking), longest, currency, price)

    def _modes(self) -> Chart | None:
        """The import modes in order, each with its tax on one order."""
        ranking = self.advice.import_modes
        if not ranking.options:
            return None
        bars = tuple(self._bar(option, self._tax_parts) for option in _open(ranking))
        longest = max((sum(p.units or 0 for p in bar.parts) for bar in bars), default=0)
        quote = next((o.quote for o in ranking.options if o.quote is not None), None)
        return Chart(words.MODES, bars, _closed(ranking), longest, quote.currency if quote else "")

    def _bar(self, option: Option, parts: object) -> Bar:
        rank = str(option.rank) if option.rank else "?"
        quote = self._told(option.quote)
        if quote is None or quote.price <= 0:
            note = option.unknown[0].why if option.unknown else words.CANNOT_SAY
            hidden = self.customer and option.quote is not None and option.quote.price > 0
            return Bar(rank, option.name, (), "?", note=words.NOT_SHOWN if hidden else note)
        found, figure, share = parts(quote)  # type: ignore[operator]
        note = EMPTY
        if option.days is not None and quote.lane.get("mode"):
            note = _days(option.days)
        return Bar(rank, option.name, found, figure, share, option.rank == 1, note)

    def _export_parts(self, quote: Quote) -> tuple[tuple[Part, ...], str, str]:
        if self.customer:
            return self._public_parts(quote)
        found = [_part(quote, key, words.PARTS[key], _lines(quote, (key,))) for key in PARTS]
        net = money_text(quote.net, quote.currency)
        parts = (*(p for p in found if p is not None), Part("net", words.PARTS["net"], quote.net, net))
        if quote.without:
            return parts, AT_MOST + net, ""
        return parts, net if quote.complete else AT_MOST + net, percent(quote.percent)

    def _public_parts(self, quote: Quote) -> tuple[tuple[Part, ...], str, str]:
        lines = public_lines(quote, self.questions)
        found = [
            _part(quote, key, words.GROUPS[key], [line for line in lines if line.series in series])
            for key, series in GROUPS
        ]
        left, known = self._stays(quote)
        shown = money_text(left, quote.currency)
        parts = (*(p for p in found if p is not None), Part(STAYS, words.GROUPS[STAYS], left, shown))
        return parts, shown if known else AT_MOST + shown, ""

    def _tax_parts(self, quote: Quote) -> tuple[tuple[Part, ...], str, str]:
        found = []
        for line in quote.seller_lines:
            if line.amount:
                found.append(
                    Part(line.series, line.label, line.amount, money_text(line.amount, line.currency))
                )
            elif line.amount is None:
                found.append(Part(line.series, line.label, None, "?"))
        shown = money_text(quote.cost, quote.currency)
        if not quote.complete:
            shown = AT_LEAST + shown if quote.cost else "?"
        return tuple(found), shown, ""

    # ------------------------------------------------------------------ how a figure comes about
    def _margin_table(self) -> FigureTable | None:
        quote = self.outward
        if quote is None or quote.price <= 0:
            return None
        if self.customer:
            return self._public_table(quote)
        rows = [_price_row(quote)]
        rows += [self._row(line, MINUS) for line in quote.seller_lines if line.amount != 0]
        net = money_text(quote.net, quote.currency)
        total = words.NET if quote.complete else words.NET_AT_MOST
        share = "" if quote.without else percent(quote.percent)
        end = FigureRow(total, both(share), net, strong=True)
        short = [_price_row(quote), *self._by_part(quote), end]
        title = words.COMES_ABOUT.format(left=net, currency=quote.currency)
        return FigureTable(title, (*rows, end), tuple(short))

    def _public_table(self, quote: Quote) -> FigureTable:
        lines = [line for line in public_lines(quote, self.questions) if line.amount != 0]
        left, known = self._stays(quote)
        end = FigureRow(
            words.GROUPS[STAYS] if known else words.STAYS_MOST,
            EMPTY,
            money_text(left, quote.currency),
            strong=True,
        )
        rows = (_price_row(quote), *(self._row(line, MINUS) for line in lines), end)
        groups: list[FigureRow] = []
        for key, series in GROUPS:
            own = [line for line in lines if line.series in series]
            if own:
                groups.append(self._together(own, words.GROUPS[key], quote))
        title = words.COMES_ABOUT.format(left=money_text(left, quote.currency), currency=quote.currency)
        return FigureTable(title, rows, (_price_row(quote), *groups, end))

    def _tax_table(self) -> FigureTable | None:
        quote = self.inward
        way = plan.mode(self.advice, self.case)
        if quote is None or way is None or not quote.lines:
            return None
        rows = tuple(self._row(line, "") for line in quote.lines)
        cost = money_text(quote.cost, quote.currency)
        end = FigureRow(words.TOGETHER if quote.complete else words.TOGETHER_LEAST, EMPTY, cost, strong=True)
        title = words.TAX_COMES_ABOUT.format(mode=way.name)
        return FigureTable(title, (*rows, end), (*(r for r in rows if r.value != "0.00"), end))

    def _row(self, line: Line, sign: str) -> FigureRow:
        subject = words.PARTS.get(line.series, line.label)
        cites = self.sources.cite(line.readings, subject)
        marks = {datum.mark for datum in line.data}
        typed = "typed" in marks or any(reading.typed for reading in line.readings)
        if line.amount is None:
            return FigureRow(line.label, words.NOT_KNOWN_ROW, "?", cites, "default" in marks, typed)
        shown = money_text(abs(line.amount), line.currency)
        before = "+" if line.amount < 0 and sign else sign
        calculation = why_line(line).calculation
        return FigureRow(line.label, calculation, before + shown, cites, "default" in marks, typed)

    def _by_part(self, quote: Quote) -> list[FigureRow]:
        rows = []
        for key in PARTS:
            lines = [line for line in _lines(quote, (key,)) if line.amount != 0]
            if lines:
                rows.append(self._together(lines, words.PARTS[key], quote))
        return rows

    def _together(self, lines: Sequence[Line], name: Text, quote: Quote) -> FigureRow:
        """Several lines of one part as one row."""
        units = sum(line.amount or 0 for line in lines)
        known = all(line.amount is not None for line in lines)
        cites = self.sources.cite((r for line in lines for r in line.readings), name)
        marks = {datum.mark for line in lines for datum in line.data}
        shown = f"{MINUS if units >= 0 else '+'}{money_text(abs(units), quote.currency)}"
        if not known:
            shown = f"{shown} ?" if units else "?"
        detail = joined([line.label for line in lines], ", ", "、") if len(lines) > 1 else EMPTY
        return FigureRow(name, detail, shown, cites, "default" in marks, "typed" in marks)

    # ------------------------------------------------------------------ short lists
    def _services(self) -> OptionTable | None:
        ranking, place = self.advice.logistics, plan.market(self.advice)
        if not ranking.options:
            return None
        rows = []
        for option in _open(ranking):
            cost = logistics.cost_of(option)
            for reason in option.reasons:
                self.sources.cite(_of(reason.reading) if option.rank == 1 else (), words.PARTS["freight"])
            criterion = option.criterion("cost")
            value = criterion.raw if criterion and cost is not None else words.PRICE_UNKNOWN
            rows.append(_option_row(option, _days(option.days), value))
        rows += [
            OptionRow("", o.name, o.excluded.text, EMPTY, closed=True) for o in ranking.closed if o.excluded
        ]
        title = words.LOGISTICS_TO.format(market=in_sentence(place.name)) if place else words.LOGISTICS
        return OptionTable(title, tuple(rows))

    def _shops(self) -> OptionTable | None:
        ranking = self.advice.import_platforms
        rows = [
            _option_row(option, option.reasons[0].text if option.reasons else EMPTY)
            for option in _open(ranking)
        ]
        return OptionTable(words.SHOPS, tuple(rows)) if rows else None

    def _cities(self) -> OptionTable | None:
        rows = [
            _option_row(option, option.reasons[0].text if option.reasons else EMPTY)
            for option in _open(self.advice.cities)
        ]
        return OptionTable(words.CITIES, tuple(rows)) if rows else None

    def _checklist(self) -> Papers:
        return papers_of(self.advice, self.case, self.book, self.questions)

    # ------------------------------------------------------------------ not known, validity
    def unknown(self) -> tuple[Item, ...]:
        """What is not known, what was counted by default, what is not counted; each with what it means."""
        outward, inward = self.outward, self.inward
        remarks = {
            "plan": EMPTY,
            "own": EMPTY,
            "other": words.OF_ANOTHER,
            plan.EXPORT: EMPTY,
            plan.IMPORT: EMPTY,
        }
        if outward is not None and outward.price > 0 and not self.customer:
            net = f"{money_text(outward.net, outward.currency)} {outward.currency}"
            remarks[plan.EXPORT] = words.SO_AT_MOST.format(net=net)
        if inward is not None:
            remarks[plan.IMPORT] = words.SO_AT_LEAST
        found, left_out, defaults = [], [], []
        for gap in plan.gaps(self.advice, self.case, self.questions):
            if gap.unknown is not None:
                found.append(Item(sentence(gap.unknown.why), remarks[gap.of]))
            elif gap.default is not None:
                defaults.append(plan.default_text(gap.default, self.questions))
            elif gap.left_out is not None:
                left_out.append(gap.left_out)
            else:
                found.append(Item(words.NO_PRICE_GIVEN))
        own = [item for item in found if item.remark != words.OF_ANOTHER]
        others = [item for item in found if item.remark == words.OF_ANOTHER]
        if left_out:
            own.append(Item(words.NOT_COUNTED.format(names=joined(left_out, ", ", "、"))))
        if defaults:
            own.append(Item(words.DEFAULTS.format(names=joined(defaults, "; ", "；"))))
        return (*own, *others)

    def _warnings(self) -> tuple[Item, ...]:
        tells = {self.book.text(key).en for key in TELLS_MARGIN} if self.customer else set()
        texts = dict.fromkeys(text for text in self.advice.warnings if text.en not in tells)
        return tuple(Item(sentence(text)) for text in texts)

    def validity(self) -> Text:
        """Until when the paper may be relied on: the next known change or review of what it rests on."""
        if self.advice.as_of != self.today:
            return words.OTHER_DAY.format(day=said_day(self.advice.as_of))
        found = tuple(self.sources.readings.values())
        ends: list[tuple[date, Text]] = []
        for reading in found:
            start = next((v.start for v in reading.fact.values if v.start.first > self.today), None)
            if start is not None:
                ends.append(
                    (start.first - timedelta(days=1), words.CHANGES.format(what=_bare(reading.fact.says)))
                )
            review = reading.source.review_by
            if review is not None and review >= self.today:
                ends.append((review, words.REVIEW.format(publisher=reading.source.publisher)))
        past = {reading.source.key for reading in found if reading.source.due(self.today)}
        said = [words.PAST_REVIEW.format(count=len(past))] if past else []
        if ends:
            day, why = min(ends, key=lambda end: end[0])
            said.insert(0, words.VALID.format(day=said_day(day), why=why))
        else:
            said.insert(0, words.NO_END)
        return joined(said, " ", "")

    def oldest(self) -> Text:
        oldest = self.advice.oldest
        if oldest is None:
            return EMPTY
        day = said_day(oldest.source.dated or oldest.source.read)
        return words.OLDEST.format(publisher=oldest.source.publisher, day=day)

    def _summary(self, leads: Sequence[Text], holds: Sequence[Text], about: About) -> Text:
        """What the QR code carries: the advice itself, small enough to be scanned from paper."""
        day = words.RULES_AS_OF.format(day=said_day(self.advice.as_of))
        made = about.made.isoformat() if about.made else ""
        marks = self.book.used(self.today).marks
        parts = [both(f"Lanewise {made}"), self.product(), *leads, *holds, day, *marks, words.HELP_ONLY]
        return joined(parts, "\n", "\n")


# ---------------------------------------------------------------------- small parts
def _of(reading: Reading | None) -> tuple[Reading, ...]:
    return () if reading is None else (reading,)


def _open(ranking: Ranking) -> tuple[Option, ...]:
    """The ranked options, then those of which nothing can be said."""
    return tuple(option for option in ranking.options if option.excluded is None)


def _closed(ranking: Ranking) -> tuple[Closed, ...]:
    return tuple(Closed(o.name, o.excluded.text, o.excluded.opens) for o in ranking.closed if o.excluded)


def _lines(quote: Quote, series: Sequence[str]) -> list[Line]:
    return [line for line in quote.seller_lines if line.series in series]


def _part(quote: Quote, key: str, name: Text, lines: Sequence[Line]) -> Part | None:
    """A part of a bar; None where there is nothing of it."""
    units = sum(line.amount or 0 for line in lines)
    known = all(line.amount is not None for line in lines)
    if not lines or (known and units == 0):
        return None
    if not known and units == 0:
        return Part(key, name, None, "?")
    shown = money_text(units, quote.currency)
    return Part(key, name, units, shown if known else AT_LEAST + shown)


def _price_row(quote: Quote) -> FigureRow:
    return FigureRow(words.LIST_PRICE, EMPTY, money_text(quote.price, quote.currency))


def _option_row(option: Option, middle: Text, value: Text = EMPTY) -> OptionRow:
    rank = str(option.rank) if option.rank else "?"
    return OptionRow(rank, option.name, middle, value, option.rank == 1)


def _days(span: tuple[int, int] | None) -> Text:
    return EMPTY if span is None else Text(days(*span, "en"), days(*span, "zh"))


def sentence(text: Text) -> Text:
    """A text of the data as a sentence of its own."""
    return Text(as_sentence(text.en), text.zh, text.only)


def _bare(text: Text) -> Text:
    return Text(text.en.rstrip("."), text.zh.rstrip("。"), text.only)


# ---------------------------------------------------------------------- from a case
def holding(case: Case, advice: Advice, questions: Questions, book: RuleBook, today: date) -> Text:
    """In one sentence how far the advice on an export holds; empty where nothing is exported or nothing leads."""
    if not case.exports or advice.markets.first is None:
        return EMPTY
    from desktop.engine.whatif import Bench
    from desktop.viewmodels.whatif_found import holds

    bench = Bench(case, book.at(case.as_of or today, case.overrides), questions)
    return holds(bench, advice.markets.first.id)


def sheet_of(
    advice: Advice,
    case: Case,
    questions: Questions,
    book: RuleBook,
    today: date,
    about: About,
    *,
    holds: Text = EMPTY,
    customer: bool = False,
) -> Sheet:
    """The sheet of a case. `customer`: without purchase cost and margin, to be given away."""
    return Filler(advice, case, questions, book, today, customer).sheet(about, holds)
