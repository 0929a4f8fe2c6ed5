"""The sheet of inputs: what the client said, exchange rates, and every rate and amount that a formula takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from desktop.core.facts import Reading, Unknown
from desktop.core.money import decimals, major
from desktop.core.result import Mark
from desktop.core.text import Language, Text, both
from desktop.engine.freight import SIDES, FreightStep
from desktop.engine.freight.bands import Band
from desktop.engine.kernel import HOME, LARGEST_ORDER
from desktop.engine.lanes import Pricer
from desktop.reports.workbook.formula import (
    Cell,
    Expr,
    Words,
    all_,
    if_,
    is_number,
    known,
    of,
    round_to,
)

MOST_RATE_PLACES = 8
NOT_KNOWN = Text("not known", "未知")
OUTSIDE = Text("outside the range: ask the program", "超出适用范围：请用程序计算")
PERCENT, SHARE, PLAIN = "percent", "share", "plain"
GRAM, MM = Text("g", "克"), Text("mm", "毫米")


@dataclass
class Row:
    """One input as its sheet shows it. `kind` is `percent`, `plain` or the currency of an amount."""

    label: Text
    cell: Cell
    unit: Text
    kind: str = PLAIN
    reading: Reading | None = None
    mark: Mark = "rules"
    own: bool = False
    """Whether the reader is meant to change it: what the case says."""


@dataclass
class ListRow:
    """One row of a price list of freight as cells."""

    max_g: Cell
    min_g: Cell
    per_kg: Cell
    flat: Cell
    first_g: Cell
    step_g: Cell
    step: Cell
    least_g: Cell

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (
            self.min_g, self.max_g, self.per_kg, self.flat, self.first_g, self.step_g, self.step, self.least_g,
        )  # fmt: skip


@dataclass
class PriceTable:
    """A price list with its name, currency and source."""

    title: Text
    currency: str
    readings: tuple[Reading, ...]
    rows: list[ListRow]


@dataclass
class Inputs:
    """All inputs of a workbook; each is there once, however many formulas take it."""

    pricer: Pricer
    language: Language
    case: list[Row] = field(default_factory=list)
    rates: list[Row] = field(default_factory=list)
    exchange: list[Row] = field(default_factory=list)
    tables: list[PriceTable] = field(default_factory=list)
    _kept: dict[tuple[object, ...], Cell] = field(default_factory=dict)
    _tables: dict[tuple[object, ...], PriceTable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pricer = self.pricer
        self.not_known: Expr = Words(NOT_KNOWN[self.language])
        self.outside: Expr = Words(OUTSIDE[self.language])
        self.currency = pricer.currency
        self.places = decimals(self.currency)
        case, questions = pricer.case, pricer.questions
        label = {question.name: question.label for question in questions.items}
        self.typed: dict[str, Cell] = {}
        for name in ("list_price", "unit_cost", "packing_cost"):
            money = case.money(questions, name)
            if name == "packing_cost" and money is None:
                continue
            currency = case.currency(questions, name)
            value = None if money is None else amount(money.units, currency)
            self._own(name, label[name], value, both(currency), currency)
        self._own("pieces", label["pieces_per_order"], Fraction(pricer.pieces), Text("pieces", "件"))
        weight = case.integer("weight_g")
        self._own("weight_g", label["weight_g"], None if weight is None else Fraction(weight), GRAM)
        sides = case.dims_mm()
        if sides:
            for name, said, side in zip(SIDES, SIDE_NAMES, sides, strict=True):
                self._own(name, said, Fraction(side), MM)
        orders = case.integer("monthly_orders")
        self._own(
            "monthly_orders", label["monthly_orders"], None if orders is None else Fraction(orders), ORDERS
        )
        for name in ("return_rate", "advertising_share"):
            share = case.decimal(name)
            if share is not None:
                self._own(name, label[name], Fraction(share) / 100, both("%"), PERCENT)
        pieces = self.typed["pieces"]
        self.price = self._made(ORDER_PRICE, self._whole("list_price", pieces), self.currency)
        self.costs = {
            name: self._made(said, self._whole(answer, pieces), case.currency(questions, answer), answer)
            for name, answer, said in (
                ("cost", "unit_cost", ORDER_COST),
                ("packing", "packing_cost", ORDER_PACKING),
            )
            if answer in self.typed
        }
        self.order_g = self._made(ORDER_WEIGHT, self.typed["weight_g"] * pieces, PLAIN, unit=GRAM)
        self.fine: Expr = Words(FINE[self.language])
        self.check = self._made(
            CHECKED, if_(self._in_order(), self.fine, Words(NOT_FINE[self.language])), PLAIN
        )

    # ------------------------------------------------------------------ what the case says
    def _own(self, name: str, label: Text, value: Fraction | None, unit: Text, kind: str = PLAIN) -> None:
        mark: Mark = "case" if value is not None else "unknown"
        cell = self.typed[name] = Cell(value)
        self.case.append(Row(label, cell, unit, kind, mark=mark, own=True))

    def _whole(self, name: str, pieces: Cell) -> Expr:
        """What a piece costs, times the pieces: cents, as the program takes them."""
        currency = self.pricer.case.currency(self.pricer.questions, name)
        return round_to(round_to(self.typed[name], decimals(currency)) * pieces, decimals(currency))

    def _made(
        self, label: Text, content: Expr, kind: str, answer: str = "", unit: Text | None = None
    ) -> Cell:
        if answer and self.typed[answer].content is None:
            # an empty cell costs nothing in a spreadsheet: here it is not known
            content = if_(is_number(self.typed[answer]), content, self.not_known)
        cell = Cell(content, wordy=content.wordy)
        self.case.append(Row(label, cell, both(kind) if unit is None else unit, kind, mark="computed"))
        return cell

    def _in_order(self) -> Expr:
        """Whether the inputs are such as the program takes: a price, whole pieces and grams, nothing below zero."""
        most = LARGEST_ORDER // 10**self.places
        parts: list[Expr] = [self.price > 0, self.price <= most, self.typed["pieces"] >= 1]
        for name, cell in self.typed.items():
            if name in WHOLE:
                parts.append(cell.same(round_to(cell, 0)))
            if name not in ("list_price", "pieces"):
                parts.append(cell >= 0)
        return all_(parts)

    @property
    def has_weight(self) -> bool:
        return self.typed["weight_g"].content is not None

    def unchanged(self, *names: str) -> Expr:
        """Whether inputs are as the program had them."""
        parts: list[Expr] = []
        for name in names:
            cell = self.typed.get(name)
            if cell is not None and isinstance(cell.content, Fraction):
                parts.append(cell.same(of(cell.content)))
        return all_(parts or [of(1).same(1)])

    @property
    def pieces(self) -> Cell:
        return self.typed["pieces"]

    # ------------------------------------------------------------------ rates and amounts of the rules
    def figure(
        self,
        value: Fraction,
        kind: str,
        label: Text,
        reading: Reading | None,
        mark: Mark = "rules",
        what: object = "",
        unit: Text | None = None,
    ) -> Cell:
        """A rate (as a share of one), an amount or a number of the rules. `what` tells parts of one fact apart."""
        key = (reading.id if reading else label.en, what, kind, value)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = Cell(value)
            mark = "typed" if reading is not None and reading.typed else mark
            said = unit or both("%" if kind == PERCENT else "" if kind == PLAIN else kind)
            self.rates.append(Row(label, found, said, kind, reading, mark))
        return found

    def rate(
        self, ppm: int, label: Text, reading: Reading | None, what: object = "", mark: Mark = "rules"
    ) -> Cell:
        return self.figure(Fraction(ppm, 1_000_000), PERCENT, label, reading, mark, what)

    def money(
        self,
        units: int,
        currency: str,
        label: Text,
        reading: Reading | None,
        what: object = "",
        mark: Mark = "rules",
    ) -> Cell:
        return self.figure(amount(units, currency), currency, label, reading, mark, what)

    # ------------------------------------------------------------------ exchange
    def converted(self, part: Expr, source: str, target: str) -> Expr | None:
        """An amount in another currency, rounded once; None where the rate is not known."""
        if source == target:
            return part
        rate = self.cross(source, target)
        return None if rate is None else known([part], round_to(part * rate, decimals(target)))

    def cross(self, source: str, target: str) -> Cell | None:
        """What one unit of a currency is worth in another, to eight places."""
        key = ("cross", source, target)
        if key in self._kept:
            return self._kept[key]
        found = self.pricer.exchange.rate(source, target)
        if isinstance(found, Unknown):
            return None
        exact = self._yuan(source, found[1])
        if target != HOME:
            exact = exact / self._yuan(target, found[1])
        content: Expr = round_to(exact, MOST_RATE_PLACES)
        cell = self._kept[key] = Cell(content)
        label = Text(f"1 {source} in {target}", f"1 {source} 折合 {target}")
        self.exchange.append(Row(label, cell, both(target), PLAIN, mark="computed"))
        return cell

    def _yuan(self, currency: str, readings: Sequence[Reading]) -> Expr:
        if currency == HOME:
            return of(1)
        key = ("yuan", currency)
        if key not in self._kept:
            named = f"{HOME}_per_{currency}".lower()
            reading = next(r for r in readings if r.fact.unit.lower() == named)
            self._kept[key] = Cell(Fraction(reading.decimal()))
            mark: Mark = "typed" if reading.typed else "rules"
            unit = Text(f"{HOME} per {currency}", f"{HOME}/{currency}")
            self.exchange.append(Row(reading.fact.says, self._kept[key], unit, PLAIN, reading, mark))
        return self._kept[key]

    # ------------------------------------------------------------------ price lists
    def table(self, step: FreightStep, title: Text) -> PriceTable:
        """The bands of a price list as rows of cells."""
        bands = step.bands.bands
        key = (
            tuple(reading.id for reading in step.tables),
            step.currency,
            step.bands.divisor,
            *map(_band_key, bands),
        )
        found = self._tables.get(key)
        if found is None:
            kilo = step.bands.column("kilo").tolist()
            rows = [_list_row(band, int(kilo[i])) for i, band in enumerate(bands)]
            found = self._tables[key] = PriceTable(title, step.currency, step.tables, rows)
            self.tables.append(found)
        return found


SIDE_NAMES = (Text("Longest side or length", "长"), Text("Width", "宽"), Text("Height", "高"))
ORDERS = Text("orders a month", "单/月")
ORDER_PRICE = Text("Price of the order", "订单售价")
ORDER_COST = Text("Cost of the goods of the order", "订单货物成本")
ORDER_PACKING = Text("Packing of the order", "订单包装")
ORDER_WEIGHT = Text("Weight of the order", "订单重量")
CHECKED = Text("Whether the program takes these inputs", "程序是否接受这些输入")
FINE = Text("yes", "是")
NOT_FINE = Text(
    "no: a price, whole pieces and grams, nothing below zero", "否：须有售价，件数与克数为整数，且不为负"
)
WHOLE = ("pieces", "weight_g", "monthly_orders", *SIDES)
"""Inputs that are whole numbers."""
OPEN_G = 10**9
"""Grams that stand for "no upper end" in a price list."""


def amount(units: int, currency: str) -> Fraction:
    return Fraction(major(units, currency))


def _band_key(band: Band) -> tuple[object, ...]:
    return (band.min_g, band.max_g, band.per_kg, band.per_item, band.first_g, band.first, band.step_g, band.step,
            band.least_g, band.per_cbm)  # fmt: skip


def _list_row(band: Band, kilo: int) -> ListRow:
    """Prices of a band in units of its currency."""
    grams = (band.max_g, band.min_g, band.first_g, max(band.step_g, 1), band.least_g)
    max_g, min_g, first_g, step_g, least_g = (Cell(Fraction(min(value, OPEN_G))) for value in grams)
    flat = Fraction(band.per_item + band.first, 10**6)
    per_kg, step = Cell(Fraction(kilo, 10**6)), Cell(Fraction(band.step, 10**9))
    return ListRow(max_g, min_g, per_kg, Cell(flat), first_g, step_g, step, least_g)
