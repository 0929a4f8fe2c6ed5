"""Fills the full report: the sheet, every option of every ranking, every line, doubts, coverage and all sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import Reading, RuleBook
from desktop.core.money import Money
from desktop.core.questions import UNKNOWN, Question, Questions
from desktop.core.result import Advice, Option, Quote, Ranking
from desktop.core.text import EMPTY, Text, both, joined
from desktop.core.words import number, said_day
from desktop.engine import coverage
from desktop.engine.coverage import Cell
from desktop.reports.sheet import words
from desktop.reports.sheet.model import About, Item, Report, ReportLine, ReportOption, ReportRanking
from desktop.viewmodels.sheet import AT_LEAST, AT_MOST, Filler, sentence
from desktop.viewmodels.why import WhyDatum, WhyRow, datum_text, doubt_line, why_quote
from desktop.viewmodels.wording import CONFIDENCE, amount, days, percent

CHOICES = (
    ("markets", words.MARKETS),
    ("platforms", words.PLATFORMS),
    ("logistics", words.LOGISTICS),
    ("import_modes", words.MODES_ALONE),
    ("import_platforms", words.SHOPS),
    ("cities", words.CITIES),
)


def report_of(
    advice: Advice,
    case: Case,
    questions: Questions,
    book: RuleBook,
    today: date,
    about: About,
    holds: Text = EMPTY,
) -> Report:
    """The full report of a case: it names cost and margin, so it is the client's own."""
    return _Report(advice, case, questions, book, today).report(about, holds)


@dataclass
class _Report(Filler):
    def report(self, about: About, holds: Text) -> Report:
        advice = self.advice
        sheet = self.sheet(about, holds)
        rankings = tuple(
            ReportRanking(title, tuple(self._option(option) for option in ranking.options))
            for choice, title in CHOICES
            if (ranking := advice.ranking(choice)).options
        )
        self.sources.cite(advice.readings, EMPTY)
        doubts = self._doubts(self.sources.readings.values())
        said = tuple(dict.fromkeys(text for text in (holds, *advice.stability) if text))
        return Report(
            sheet=replace(sheet, holds=said),
            answers=self._answers(),
            rankings=rankings,
            papers=self._papers(),
            doubts=doubts,
            coverage=tuple(self._coverage()),
            sources=self.sources.lines(),
        )

    # ------------------------------------------------------------------ answers
    def _answers(self) -> tuple[tuple[Text, Text], ...]:
        """Every question that was answered, in order. Notes are no answers, and never come onto paper."""
        found = []
        for question in self.questions.items:
            answer = self.case.answers.get(question.name)
            if answer is not None and question.kind != "currency":
                said = self._open_answer(question) if answer == UNKNOWN else self._answer(question, answer)
                found.append((question.label, said))
        return tuple(found)

    def _open_answer(self, question: Question) -> Text:
        """Between what an answer lies, where that is known."""
        ends = self.case.within.get(question.name)
        if ends is None:
            return words.UNKNOWN_ANSWER
        low, high = (self._answer(question, end) for end in ends)
        return words.BETWEEN.format(low=low, high=high)

    def _answer(self, question: Question, answer: object) -> Text:
        if isinstance(answer, bool):
            return words.YES if answer else words.NO
        if isinstance(answer, tuple):
            return joined([self._choice(question, str(each)) for each in answer], ", ", "、")
        if question.kind == "money":
            money = Money.of(str(answer), self.case.currency(self.questions, question.name))
            return both(f"{amount(money.units, money.currency)} {money.currency}")
        if isinstance(answer, str) and question.choices:
            return self._choice(question, answer)
        if question.kind == "size":
            return both(f"{str(answer).replace('x', ' × ')} {question.unit or ''}".strip())
        shown = number(Decimal(str(answer)))
        unit = (
            self.book.unit(question.unit) if question.unit in self.book.units else both(question.unit or "")
        )
        return Text(f"{shown} {unit.en}".strip(), f"{shown} {unit.zh}".strip())

    @staticmethod
    def _choice(question: Question, key: str) -> Text:
        choice = question.choice(key)
        return choice.name if choice is not None else both(key)

    # ------------------------------------------------------------------ options
    def _option(self, option: Option) -> ReportOption:
        said: list[Item] = []
        if option.excluded is not None:
            closing = option.excluded.reading
            said.append(Item(sentence(option.excluded.text), EMPTY, self._cited(closing)))
            said.append(Item(words.OPENS.format(what=option.excluded.opens)))
        labels = {criterion.id: criterion.label for criterion in option.criteria}
        for reason in option.reasons:
            label = labels.get(reason.criterion, EMPTY)
            said.append(Item(reason.text, label, self._cited(reason.reading)))
        said += [Item(sentence(unknown.why), words.NOT_KNOWN_ROW) for unknown in option.unknown]
        warned = option.details.get("warnings")
        if isinstance(warned, tuple):
            said += [Item(sentence(text), words.MIND) for text in warned if isinstance(text, Text)]
        quote = option.quote
        return ReportOption(
            rank=str(option.rank) if option.rank else "" if option.excluded else "?",
            name=option.name,
            score="" if option.score is None else str(option.score),
            figure=self._figure(option),
            closed=option.excluded is not None,
            said=tuple(said),
            criteria=tuple(
                (c.label, "?" if c.score is None else str(c.score), f"{c.weight}%", c.raw)
                for c in option.criteria
            ),
            lines=() if quote is None else self._report_lines(option, quote),
            left_out=words.NOT_COUNTED.format(names=joined(quote.left_out, ", ", "、"))
            if quote is not None and quote.left_out
            else EMPTY,
        )

    def _cited(self, reading: Reading | None) -> tuple[int, ...]:
        return () if reading is None else self.sources.cite((reading,), EMPTY)

    def _figure(self, option: Option) -> Text:
        """What is left, the freight, or the tax; and the days."""
        quote, said = option.quote, []
        if quote is not None and quote.lane.get("platform") and quote.price > 0:
            net = f"{amount(quote.net, quote.currency)} {quote.currency}"
            share = "" if quote.without else f" ({percent(quote.percent)})"
            said.append(both((net if quote.complete else AT_MOST + net) + share))
        elif quote is not None and quote.lines:
            cost = f"{amount(quote.cost, quote.currency)} {quote.currency}"
            said.append(both(cost if quote.complete else AT_LEAST + cost if quote.cost else "?"))
        if option.days is not None:
            said.append(Text(days(*option.days, "en"), days(*option.days, "zh")))
        return joined(said, ", ", "，")

    def _report_lines(self, option: Option, quote: Quote) -> tuple[ReportLine, ...]:
        found = why_quote(option.id, option.name, quote)
        rows = [*found.rows, *((found.total,) if found.total else ())]
        return tuple(self._line(row) for row in rows)

    def _line(self, row: WhyRow) -> ReportLine:
        calculation = joined([text for text in (row.calculation, row.note) if text], "; ", "；")
        data = tuple(self._datum(datum) for datum in row.data)
        cites = self.sources.cite(row.readings, words.PARTS.get(row.series, EMPTY))
        return ReportLine(row.name, data, calculation, row.value, cites, row.strong)

    def _datum(self, datum: WhyDatum) -> Text:
        """Label, value, and where it comes from, unless it is a rule with its number."""
        label = Text(datum.label.en.rstrip("."), datum.label.zh.rstrip("。"))
        mark = words.MARKS.get(datum.mark)
        en, zh = (datum_text(datum, self.book, language) for language in ("en", "zh"))  # type: ignore[arg-type]
        return Text(
            f"{label.en}: {en}" + (f" ({mark.en})" if mark else ""),
            f"{label.zh}：{zh}" + (f"（{mark.zh}）" if mark else ""),
        )

    def _papers(self) -> tuple[Item, ...]:
        """Every paper with what it asks for, of whom, by when and since when; then what is not covered."""
        found, items = self._checklist(), []
        for row in found.rows:
            asks = Text(f"{row.name.en}: {row.asks.en}", f"{row.name.zh}：{row.asks.zh}")
            said = joined([text for text in (asks, row.note) if text], " ", "")
            about = [text for text in (row.stops, row.kind_name, row.who, row.due, row.force) if text]
            items.append(Item(said, joined(about, ", ", "，"), self.sources.cite(row.readings, words.PAPERS)))
        items += [Item(gap.text, words.NOT_COVERED) for gap in found.gaps]
        return tuple(items)

    # ------------------------------------------------------------------ doubts and coverage
    def _doubts(self, readings: Iterable[Reading]) -> tuple[Item, ...]:
        """Figures of documents that we doubt, of the facts that were read."""
        found: dict[str, Item] = {}
        for reading in readings:
            for key in reading.fact.doubts:
                doubt = self.book.doubt(key)
                text = Text(doubt_line(doubt, "en"), doubt_line(doubt, "zh"))
                found.setdefault(key, Item(text, reading.fact.says, self._cited(reading)))
        return tuple(found.values())

    def _coverage(self) -> Iterable[tuple[Text, Text]]:
        """How well the rules cover what this case asks, on its day."""
        book, on, advice = self.book, self.advice.as_of, self.advice
        for market in advice.markets.options:
            yield market.name, _cell(coverage.destination_cell(book, market.id, on))
        for option in advice.platforms.options:
            sites = book.rules["fees"][option.id]["marketplaces"]
            site = "all" if "all" in sites else option.details.get("marketplace")
            if site in sites:
                yield option.name, _cell(coverage.platform_cell(book, option.id, str(site), on))
        for mode in _open(advice.import_modes):
            yield mode.name, _cell(coverage.mode_cell(book, mode.id, on))


def _open(ranking: Ranking) -> tuple[Option, ...]:
    return tuple(option for option in ranking.options if option.excluded is None)


def _cell(cell: Cell) -> Text:
    """What is covered, in words."""
    if cell.level in ("closed", "none"):
        return words.NOT_OFFERED if cell.level == "closed" else words.NOTHING_KNOWN
    said = [words.COVERED.format(known=cell.known, of=cell.of)]
    if cell.confidence:
        said.append(words.WEAKEST.format(level=CONFIDENCE[cell.confidence]))  # type: ignore[index]
    if cell.oldest:
        said.append(words.OLDEST_SOURCE.format(day=said_day(cell.oldest)))
    if cell.review_by:
        said.append(words.REVIEW_BY.format(day=said_day(cell.review_by)))
    return joined(said, ", ", "，")
