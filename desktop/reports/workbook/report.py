"""What a workbook holds: the advice on a case, and every lane that was priced with its lines as formulas."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.core.case import Case
from desktop.core.facts import Reading, View
from desktop.core.money import decimals
from desktop.core.packs import Used
from desktop.core.questions import Questions
from desktop.core.result import Advice, Option, Quote, distinct
from desktop.core.text import Language, Text, text_of
from desktop.engine.advice import Adviser
from desktop.reports.workbook import border, freight
from desktop.reports.workbook.formula import (
    Call,
    Cell,
    Count,
    Sum,
    Words,
    if_,
    is_number,
    known,
    round_to,
)
from desktop.reports.workbook.inputs import Inputs
from desktop.reports.workbook.lines import MAKERS, LaneWriter, WrittenLine

# the kinds of steps that other modules of this package write
assert border.write_line in MAKERS.values()
assert freight.write_freight in MAKERS.values()

AT_MOST = Text("at most", "至多")


@dataclass
class LaneSheet:
    """A priced lane: its lines as cells, and what is left as formulas."""

    platform: str
    market: str
    title: Text
    platform_name: Text
    market_name: Text
    service_name: Text
    rank: tuple[int | None, int | None]
    """The place of the market, and of the platform within it."""
    quote: Quote
    writer: LaneWriter
    name: str = ""
    price: Cell = field(init=False)
    costs: Cell = field(init=False)
    net: Cell = field(init=False)
    share: Cell = field(init=False)
    status: Cell = field(init=False)

    def __post_init__(self) -> None:
        inputs = self.writer.inputs
        language = inputs.language
        places = decimals(inputs.currency)
        self.price = Cell(inputs.price)
        quoted = tuple(line.quoted for line in self.seller)
        self.costs = Cell(round_to(Sum(quoted), places))
        wrong = Call(
            "OR", (Call("NOT", (inputs.check.same(inputs.fine),)), Count(quoted, inputs.outside) > 0)
        )
        left = round_to(self.price - Sum(quoted), places)
        self.net = Cell(if_(wrong, inputs.outside, left), wordy=True)
        self.share = Cell(known([self.net], self.net / self.price), wordy=True)
        at_most = if_(Count(quoted, inputs.not_known) > 0, Words(AT_MOST[language]), Words(""))
        self.status = Cell(if_(is_number(self.net), at_most, Words("")), wordy=True)

    @property
    def seller(self) -> list[WrittenLine]:
        return [line for line in self.writer.lines.values() if line.payer == "seller"]

    @property
    def buyer(self) -> list[WrittenLine]:
        return [line for line in self.writer.lines.values() if line.payer == "buyer"]


@dataclass
class AdviceReport:
    """Everything that the workbook shows, in one language."""

    case: Case
    view: View
    language: Language
    advice: Advice
    inputs: Inputs
    lanes: list[LaneSheet]
    used: Used

    def lane(self, market: str, platform: str) -> LaneSheet | None:
        return next((lane for lane in self.lanes if (lane.market, lane.platform) == (market, platform)), None)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every fact behind the advice and the formulas."""
        rows = [*self.inputs.rates, *self.inputs.exchange]
        found = [row.reading for row in rows if row.reading is not None]
        found += [reading for table in self.inputs.tables for reading in table.readings]
        return distinct([*self.advice.readings, *found])


def report_of(
    case: Case, view: View, questions: Questions, language: Language, today: date | None = None
) -> AdviceReport:
    """The advice on a case with every priced lane as formulas. Nothing is written."""
    adviser = Adviser(case, view, questions)
    advice = adviser.advise()
    inputs = Inputs(adviser.pricer, language)
    lanes: list[LaneSheet] = []
    for market in advice.markets.options:
        side = adviser.sides[market.id]
        for option in side.platforms.options:
            if option.quote is not None and option.quote.price > 0:
                lanes.append(_lane(adviser, inputs, market, option))
    return AdviceReport(case, view, language, advice, inputs, lanes, view.book.used(today or view.date))


def _lane(adviser: Adviser, inputs: Inputs, market: Option, option: Option) -> LaneSheet:
    marketplace, service = option.details["marketplace"], option.details["service"]
    assert isinstance(marketplace, str)
    assert service is None or isinstance(service, str)
    writer = LaneWriter(inputs, option.id, marketplace, market.id, service).write()
    assert option.quote is not None
    services = adviser.view.rules("freight")["services"]
    named = (
        NO_SERVICE
        if service is None
        else text_of({"en": services[service]["en"], "zh": services[service]["zh"]})
    )
    title = Text(
        f"{option.name.en}, {market.name.en}: {named.en}", f"{option.name.zh}，{market.name.zh}：{named.zh}"
    )
    name = f"{market.id} {option.name[inputs.language]}"[:31]
    return LaneSheet(
        option.id, market.id, title, option.name, market.name, named, (market.rank, option.rank), option.quote,
        writer, name,
    )  # fmt: skip


NO_SERVICE = Text("no service known", "无已知物流产品")
