"""Cases by seed for the workbook, and what the program says of them once an input is another one."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO

from desktop.core.case import Case, case_of
from desktop.core.facts import RuleBook
from desktop.core.money import decimals, major
from desktop.core.questions import Questions
from desktop.engine.lanes import Pricer
from desktop.reports.workbook.formula import Cell
from desktop.reports.workbook.report import AdviceReport, LaneSheet, report_of

DAYS = (
    "2015-11-08",
    "2018-06-01",
    "2021-09-01",
    "2024-05-01",
    "2025-06-01",
    "2026-01-15",
    "2026-07-15",
    "2026-11-25",
)
CURRENCIES = {"USD": 1, "EUR": 1, "GBP": 1, "JPY": 150, "CNY": 7}


@dataclass
class Told:
    """One lane of a changed case: the net of the program in minor units (None: it prices none), and whether complete."""

    lane: LaneSheet
    net: Fraction | None
    complete: bool


@dataclass
class Changed:
    """A report, and the answers that are then typed over its inputs."""

    report: AdviceReport
    case: Case
    typed: Mapping[str, str]

    def cells(self) -> Iterator[tuple[Cell, str]]:
        """The cells of the inputs that are another one, and what is typed there."""
        names = {"pieces_per_order": "pieces"}
        for name, value in self.typed.items():
            yield self.report.inputs.typed[names.get(name, name)], value

    def told(self, questions: Questions) -> Iterator[Told]:
        """Every lane of the report as the program prices it for the changed case."""
        pricer = Pricer(self.case, self.report.view, questions)
        for lane in self.report.lanes:
            writer = lane.writer
            quote = pricer.quote(lane.platform, writer.marketplace, lane.market, writer.service)
            net = None if quote is None else Fraction(major(quote.net, quote.currency))
            yield Told(lane, net, quote is not None and quote.complete)


def answers(seed: int, questions: Questions) -> tuple[str, dict[str, object]]:
    """A day and answers: any category, class of goods, currency, price, weight and way of selling."""
    rng = random.Random(seed)
    pick = rng.choice
    currency = pick(("USD", "USD", "USD", "EUR", "GBP", "JPY", "CNY"))
    unit = CURRENCIES[currency]
    price = pick((rng.uniform(3, 40), rng.uniform(20, 200), rng.uniform(150, 1500))) * unit
    said: dict[str, object] = {
        "direction": "export",
        "category": pick([choice.id for choice in questions["category"].choices]),
        "goods_class": pick([*(choice.id for choice in questions["goods_class"].choices), *["plain"] * 8]),
        "list_price": f"{price:.{decimals(currency)}f}",
        "price_currency": currency,
        "unit_cost": f"{price / unit * rng.uniform(0.7, 4):.2f}",
        "cost_currency": "CNY",
        "weight_g": pick((rng.randint(20, 600), rng.randint(300, 1900), rng.randint(1000, 15000))),
        "pieces_per_order": pick((1, 1, 1, 2, 3, 12)),
    }
    for share, name, value in (
        (0.7, "dims_cm", f"{rng.randint(5, 60)}x{rng.randint(4, 40)}x{rng.randint(1, 30)}"),
        (0.7, "monthly_orders", rng.randint(1, 900)),
        (0.4, "return_rate", str(rng.randint(0, 15))),
        (0.3, "advertising_share", "4.5"),
        (0.4, "packing_cost", "2.35"),
        (0.25, "fulfilment", pick(("fba", "overseas-warehouse"))),
    ):
        if rng.random() < share:
            said[name] = value
    return pick(DAYS), said


def changed(
    seed: int,
    book: RuleBook,
    questions: Questions,
    language: str = "en",
    names: tuple[str, ...] = ("list_price",),
) -> Changed:
    """The report on the case of a seed, and other answers for it: always another price."""
    day, said = answers(seed, questions)
    case = case_of({"format": 1, "as_of": day, "answers": said}, questions)
    assert case.as_of is not None
    report = report_of(case, book.at(case.as_of), questions, language)  # type: ignore[arg-type]
    return again(seed, report, questions, names)


def again(
    seed: int, report: AdviceReport, questions: Questions, names: tuple[str, ...] = ("list_price",)
) -> Changed:
    """Other answers for a report."""
    rng = random.Random(-seed - 1)
    said = dict(report.case.answers)
    currency = report.inputs.currency
    typed: dict[str, str] = {}
    for name in names:
        if name not in said:
            continue
        factor = rng.choice((rng.uniform(0.3, 3), rng.uniform(0.9, 1.1)))
        if name in ("weight_g", "monthly_orders"):
            typed[name] = str(max(1, int(int(said[name]) * factor)))  # type: ignore[call-overload]
            said[name] = int(typed[name])
        elif name == "pieces_per_order":
            typed[name] = str(int(said[name]) + 1)  # type: ignore[call-overload]
            said[name] = int(typed[name])
        else:
            places = decimals(currency if name == "list_price" else "CNY")
            typed[name] = f"{float(str(said[name])) * factor:.{places}f}"
            said[name] = typed[name]
    data = {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
    as_of = report.view.date.isoformat()
    return Changed(report, case_of({"format": 1, "as_of": as_of, "answers": data}, questions), typed)


def retyped(content: bytes, cells: Iterator[tuple[Cell, str]], report: AdviceReport) -> bytes:
    """The file with other numbers in cells, as a person leaves it who types them; formulas keep their old values."""
    sheet = "xl/worksheets/sheet2.xml"
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            data = source.read(part.filename)
            if part.filename == sheet:
                xml = data.decode()
                for cell, value in cells:
                    at = cell.at.replace("$", "")
                    xml, count = re.subn(rf'(<c r="{at}"[^>]*>)<v>[^<]*</v>', rf"\g<1><v>{value}</v>", xml)
                    assert count == 1, at
                data = xml.encode()
            target.writestr(part, data)
    return made.getvalue()
