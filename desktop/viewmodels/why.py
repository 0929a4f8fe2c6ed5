"""Where a figure comes from: Line | Data | Calculation | Value, and the rule behind each line.

A `WhySubject` is made from results only; nothing is computed here. Both languages stand in it, so that an open panel
follows a switch of language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from desktop.core.facts import Doubt, Reading, RuleBook
from desktop.core.money import decimals, major
from desktop.core.places import in_sentence
from desktop.core.result import CriterionScore, Datum, Exclusion, Line, Option, Quote, Reason, distinct
from desktop.core.text import EMPTY, Language, Text, both
from desktop.viewmodels.values import reading_text, single_figure, value_text
from desktop.viewmodels.wording import CONFIDENCE, MINUS, a_date, a_day, figure, force_line


class WhyDatum(Struct, frozen=True):
    """One input: "24.90 USD" where it was counted, empty where the fact speaks for itself; its mark and its fact."""

    label: Text
    value: Text
    mark: str
    reading: Reading | None = None


class WhyRow(Struct, frozen=True):
    """One line of an explanation. `value` is shown as it stands; `note` says what is unknown or who pays."""

    key: str
    name: Text
    data: tuple[WhyDatum, ...]
    calculation: Text
    value: str
    note: Text = EMPTY
    series: str = ""
    strong: bool = False
    unknown: bool = False

    @property
    def readings(self) -> tuple[Reading, ...]:
        return distinct(datum.reading for datum in self.data if datum.reading is not None)


class WhySubject(Struct, frozen=True):
    """One figure that was asked for. `focus` is the key of the row that was meant."""

    key: str
    title: Text
    value: str
    unit: str
    rows: tuple[WhyRow, ...]
    total: WhyRow | None = None
    left_out: tuple[Text, ...] = ()
    focus: str = ""
    bound: str = ""
    """≤ or ≥ before the value where a line of it is not known."""

    @property
    def figure(self) -> str:
        """The value as it is shown."""
        return f"{self.bound} {self.value}".strip()

    @property
    def readings(self) -> tuple[Reading, ...]:
        return distinct(reading for row in self.rows for reading in row.readings)


FIGURE = re.compile(r"-?\d+(\.\d+)?")
FEW = 3
"""A measure taken of so many facts at most is explained by all of them; a margin has an explanation of its own."""


# ---------------------------------------------------------------------- from results
def why_quote(key: str, title: Text, quote: Quote, focus: str = "") -> WhySubject:
    """A quote from the list price down to what is left."""
    rows = []
    if _from_price(quote):
        rows.append(_price_row(quote))
    rows += [_line_row(line, quote) for line in quote.lines]
    shown = _amount(quote.net, quote.currency)
    total = None
    if _from_price(quote):
        name = Text("Net margin", "净利") if quote.complete else Text("Net margin, at most", "净利（至多）")
        percent = f"{figure(quote.percent, 1)}%" if quote.percent is not None else ""
        total = WhyRow(
            "net", name, (), Text(f"{percent} of the price", f"占售价 {percent}"), shown, strong=True
        )
    else:
        shown = _amount(quote.cost, quote.currency)
        name = Text("Together", "合计") if quote.complete else Text("Together, at least", "合计（至少）")
        total = WhyRow("total", name, (), EMPTY, shown, strong=True)
    # an unknown line takes from what is left, and adds to what is paid
    bound = "" if quote.complete else "≤" if _from_price(quote) else "≥"
    return WhySubject(key, title, shown, quote.currency, tuple(rows), total, quote.left_out, focus, bound)


def net_title(option: Option, place: Text | None) -> Text:
    """What is left of an order: on a platform and, where it is known, in a market."""
    if place is None:
        return Text(f"Net margin on {option.name.en}", f"{option.name.zh}净利")
    return Text(
        f"Net margin on {option.name.en}, {in_sentence(place).en}", f"{option.name.zh}净利，{place.zh}"
    )


def tax_title(option: Option) -> Text:
    """What an order pays in an import mode."""
    return Text(f"Tax, {option.name.en}", f"{option.name.zh}税款")


def _from_price(quote: Quote) -> bool:
    """Whether a quote goes from the list price down, or only adds up what something costs."""
    return quote.price > 0 and bool(quote.lane.get("platform"))


def _price_row(quote: Quote) -> WhyRow:
    shown = _amount(quote.price, quote.currency)
    datum = WhyDatum(Text("List price", "售价"), both(f"{shown} {quote.currency}"), "case")
    return WhyRow("price", Text("List price", "售价"), (datum,), EMPTY, shown)


def _line_row(line: Line, quote: Quote) -> WhyRow:
    row = why_line(line)
    if line.amount is None:
        return row
    by_buyer = line.payer == "buyer" and line.amount > 0
    note = Text("paid by the buyer, not by you", "由买家支付，不由您承担") if by_buyer else EMPTY
    sign = MINUS if line.amount > 0 and _from_price(quote) and line.payer == "seller" else ""
    return replace(row, value=sign + row.value, note=note)


def why_line(line: Line) -> WhyRow:
    """One line by itself, as it is charged."""
    if line.amount is None:
        why = line.unknown.why if line.unknown is not None else Text("cannot say", "无法判断")
        return WhyRow(
            line.id, line.label, _data(line.data), line.calculation, "?", why, line.series, unknown=True
        )
    calculation = line.calculation
    if line.own is not None:
        calculation = _with_own(calculation, str(line.own), line.own.currency)
    shown = _amount(line.amount, line.currency)
    return WhyRow(line.id, line.label, _data(line.data), calculation, shown, series=line.series)


def _with_own(calculation: Text, own: str, currency: str) -> Text:
    """A calculation with the amount as charged, before it is converted; said once where it is the amount itself."""
    if calculation.en == own:
        return both(f"{own} {currency}")
    return Text(f"{calculation.en} = {own} {currency}", f"{calculation.zh} = {own} {currency}")


def why_criterion(option: Option, criterion: CriterionScore) -> WhySubject:
    """One criterion's score of one option: the rules that spoke, or the measure that it was computed from."""
    reasons = [reason for reason in option.reasons if reason.criterion == criterion.id]
    rows = [_reason_row(reason, i) for i, reason in enumerate(reasons)]
    if not reasons:
        rows = [
            WhyRow(f"raw{i}", criterion.measured_from, (reading_datum(reading),), criterion.raw, "")
            for i, reading in enumerate(criterion.readings)
        ] or [WhyRow("raw", criterion.measured_from, (), criterion.raw, "")]
    elif len(criterion.readings) <= FEW:
        told = {reason.reading.id for reason in reasons if reason.reading}
        rows += [
            WhyRow(f"raw{i}", reading.fact.says, (reading_datum(reading),), EMPTY, "")
            for i, reading in enumerate(criterion.readings)
            if reading.id not in told
        ]
    points = [reason.points for reason in reasons]
    calculation = criterion.raw
    if any(points):
        calculation = both("50 " + " ".join(f"{'+' if p >= 0 else MINUS} {abs(p)}" for p in points if p))
    shown = "?" if criterion.score is None else str(criterion.score)
    total = WhyRow("score", criterion.label, (), calculation, shown, strong=True)
    title = Text(f"{criterion.label.en}, {option.name.en}", f"{criterion.label.zh}，{option.name.zh}")
    return WhySubject(f"{option.id}/{criterion.id}", title, shown, "/ 100", tuple(rows), total)


def why_option(option: Option) -> WhySubject:
    """The score of an option: each criterion with its weight."""
    rows = []
    for criterion in option.criteria:
        score = "?" if criterion.score is None else str(criterion.score)
        data = tuple(reading_datum(reading) for reading in criterion.readings[:3])
        rows.append(
            WhyRow(criterion.id, criterion.label, data, both(f"{score} × {criterion.weight}%"), score)
        )
    shown = "?" if option.score is None else f"{option.score}"
    total = WhyRow("score", Text("Score", "得分"), (), Text("weighted mean", "加权平均"), shown, strong=True)
    title = Text(f"Score of {option.name.en}", f"{option.name.zh}的得分")
    return WhySubject(option.id, title, shown, "/ 100", tuple(rows), total)


def why_reasons(key: str, title: Text, reasons: Sequence[Reason]) -> WhySubject:
    """Reasons as they were given, each with its fact."""
    return WhySubject(key, title, "", "", tuple(_reason_row(reason, i) for i, reason in enumerate(reasons)))


def why_closed(option: Option) -> WhySubject:
    """The hard rule that closes an option, and what would open it."""
    excluded = option.excluded
    assert isinstance(excluded, Exclusion)
    data = (reading_datum(excluded.reading),) if excluded.reading else ()
    row = WhyRow("rule", excluded.text, data, EMPTY, "")
    opens = WhyRow("opens", Text("What would open it", "怎样可以开通"), (), excluded.opens, "")
    return WhySubject(
        option.id, Text(f"{option.name.en} is closed", f"{option.name.zh}不可用"), "", "", (row, opens)
    )


def why_reading(reading: Reading, label: Text | None = None) -> WhySubject:
    """One fact by itself: a share, a population, a rate. Only a single figure is a value; words stand as data."""
    name = label or reading.fact.says
    row = WhyRow(reading.id, name, (reading_datum(reading),), EMPTY, single_figure(reading.raw))
    return WhySubject(reading.id, label or reading.fact.says, "", "", (row,), focus=reading.id)


def _reason_row(reason: Reason, i: int) -> WhyRow:
    data = (reading_datum(reason.reading),) if reason.reading else ()
    points = "" if not reason.points else f"{'+' if reason.points > 0 else MINUS}{abs(reason.points)}"
    return WhyRow(f"reason{i}", reason.text, data, EMPTY, points)


def _data(data: Sequence[Datum]) -> tuple[WhyDatum, ...]:
    return tuple(
        WhyDatum(
            datum.label,
            Text(_with_unit(datum.value, datum.unit.en), _with_unit(datum.value, datum.unit.zh)),
            datum.mark,
            datum.reading,
        )
        for datum in data
    )


def _with_unit(value: str, unit: str) -> str:
    shown = figure(Decimal(value)) if FIGURE.fullmatch(value) else value
    return f"{shown}{'' if unit == '%' else ' '}{unit}".strip()


def reading_datum(reading: Reading) -> WhyDatum:
    """A fact by itself; the panel puts its value into words."""
    return WhyDatum(reading.fact.says, EMPTY, "typed" if reading.typed else "rules", reading)


def _amount(units: int, currency: str) -> str:
    return figure(major(units, currency), decimals(currency))


# ---------------------------------------------------------------------- a fact in words
CARD = 400
"""So much of a long record stands in a card; the rule book has the rest."""
STEP = 90


def datum_text(datum: WhyDatum, book: RuleBook, language: Language) -> str:
    """What stands in the Data column: the figure as it was counted, else what the fact holds or says."""
    if datum.value or datum.reading is None:
        return datum.value[language]
    return reading_text(datum.reading, book, language)


class FactCard(Struct, frozen=True):
    """The rule behind a line in words: what it says, since when, from which source, how sure, what is doubted."""

    fact: str
    says: str
    value: str
    force: str
    source: str
    url: str
    read: str
    confidence: str
    note: str
    doubts: tuple[str, ...]
    history: tuple[tuple[str, str], ...]
    due: bool
    weak: bool


def fact_card(reading: Reading, book: RuleBook, language: Language, today_due: bool = False) -> FactCard:
    """A reading as a card in one language."""
    value, source = reading.value, reading.source
    dated = a_day(source.dated, language) if source.dated else ""
    return FactCard(
        fact=reading.id,
        says=reading.fact.says[language],
        value=value_text(reading.fact, value, book, language, CARD),
        force="" if reading.typed else force_line(reading, language),
        source=", ".join(part for part in (source.publisher, source.title, dated) if part),
        url=source.url or "",
        read="" if reading.typed else a_date(source.read, language),
        confidence=CONFIDENCE[value.confidence][language],
        note=value.note[language] if value.note else "",
        doubts=tuple(doubt_line(book.doubt(key), language) for key in reading.fact.doubts),
        history=_history(reading, book, language),
        due=today_due,
        weak=value.confidence == "low",
    )


def doubt_line(doubt: Doubt, language: Language) -> str:
    """A doubt in one sentence: printed, against what, likely, why."""
    same = doubt.likely[language].strip(" .。") == doubt.printed[language].strip(" .。")
    likely = "" if same else doubt.likely[language]
    if language == "zh":
        return (
            f"原文：{doubt.printed.zh}。矛盾：{doubt.conflict.zh}。"
            + (f"可能为：{likely}。" if likely else "")
            + doubt.why.zh
        )
    return (
        f"Printed: {doubt.printed.en}. Against it: {doubt.conflict.en}."
        + (f" Likely: {likely}." if likely else "")
        + f" {doubt.why.en}"
    )


def _history(reading: Reading, book: RuleBook, language: Language) -> tuple[tuple[str, str], ...]:
    ends = "终止" if language == "zh" else "ends"
    return tuple(
        (
            a_day(value.start, language),
            ends if value.raw is None else value_text(reading.fact, value, book, language, STEP),
        )
        for value in reading.fact.values
    )
