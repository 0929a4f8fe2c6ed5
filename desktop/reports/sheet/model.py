"""Everything that stands on the sheet and in the full report: texts in both languages, figures as they are shown.

Amounts that a bar is drawn from are whole minor units; every figure that is read is a string that the viewmodels made
with the screen's own words, so that paper and screen cannot differ.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from desktop.core.text import EMPTY, Text

Tongue = Literal["en", "zh", "both"]
TONGUES: tuple[Tongue, ...] = ("en", "zh", "both")
"""In which language a paper speaks; `both` has them beside each other with the same figures."""


class Part(Struct, frozen=True):
    """One part of a bar: its series (its colour), name, minor units (None: nothing known), and its figure."""

    series: str
    name: Text
    units: int | None
    label: str


class Bar(Struct, frozen=True):
    """One option as a stacked bar. `figure` is what is left, or the tax; `share` its percent of the price."""

    rank: str
    name: Text
    parts: tuple[Part, ...]
    figure: str
    share: str = ""
    first: bool = False
    note: Text = EMPTY
    """Said in place of a bar where there is none."""


class Closed(Struct, frozen=True):
    """A closed option: crossed out, the rule that closes it, what would open it."""

    name: Text
    reason: Text
    opens: Text = EMPTY


class Chart(Struct, frozen=True):
    """Bars under one title; `span` minor units are the length of the longest bar, `price` where the list price stands
    in it (0: not drawn)."""

    title: Text
    bars: tuple[Bar, ...]
    closed: tuple[Closed, ...]
    span: int
    currency: str
    price: int = 0


class FigureRow(Struct, frozen=True):
    """One row of how a figure comes about. `cites` are numbers of sources; `by_default`: an input is our default."""

    name: Text
    calculation: Text
    value: str
    cites: tuple[int, ...] = ()
    by_default: bool = False
    typed: bool = False
    strong: bool = False


class FigureTable(Struct, frozen=True):
    """How a figure comes about: line by line, and, where room is short, part by part."""

    title: Text
    rows: tuple[FigureRow, ...]
    short: tuple[FigureRow, ...]


class OptionRow(Struct, frozen=True):
    """One option of a short list: a service with its days and cost, a platform in China, a city."""

    rank: str
    name: Text
    middle: Text = EMPTY
    value: Text = EMPTY
    first: bool = False
    closed: bool = False


class OptionTable(Struct, frozen=True):
    """A short list of options; `more` further ones stand in the full report only."""

    title: Text
    rows: tuple[OptionRow, ...]
    more: int = 0


class Item(Struct, frozen=True):
    """One sentence of a list with a remark and the numbers of its sources."""

    text: Text
    remark: Text = EMPTY
    cites: tuple[int, ...] = ()


class SourceLine(Struct, frozen=True):
    """One source with the number by which the figures cite it. `due`: past its review on the day of printing."""

    number: int
    publisher: str
    title: str
    day: Text
    subject: Text
    due: bool
    weak: bool
    url: str = ""


class About(Struct, frozen=True):
    """Who it is for, who worked it out, and with what. Only what was typed for the paper."""

    client: str = ""
    adviser: str = ""
    made: date | None = None
    rules: Text = EMPTY
    """Which rules, and by when they are to be reviewed."""
    program: str = ""


class Sheet(Struct, frozen=True):
    """The sheet. `customer`: a copy for a customer, without purchase cost and margin."""

    product: Text
    about: About
    as_of: date
    other_day: bool
    facts: Text
    """Goods in a line: price, weight, market."""
    leads: tuple[Text, ...]
    holds: tuple[Text, ...]
    charts: tuple[Chart, ...]
    figures: tuple[FigureTable, ...]
    options: tuple[OptionTable, ...]
    next_steps: tuple[Item, ...]
    papers: tuple[Item, ...]
    """Papers and registrations of the path, hard stops first: the name, and what stops or when it is due."""
    unknown: tuple[Item, ...]
    warnings: tuple[Item, ...]
    sources: tuple[SourceLine, ...]
    validity: Text
    oldest: Text
    cautions: tuple[Text, ...] = ()
    """What must be said of the rules, in emphasis: unsigned, past review, expired."""
    marks: tuple[Text, ...] = ()
    """The same in few words, for the head of each page."""
    customer: bool = False
    summary: Text = EMPTY
    """What the QR code carries."""


class ReportLine(Struct, frozen=True):
    """One line of a quote: Line | Data | Calculation | Value."""

    name: Text
    data: tuple[Text, ...]
    calculation: Text
    value: str
    cites: tuple[int, ...] = ()
    strong: bool = False


class ReportOption(Struct, frozen=True):
    """One option with all that is said of it."""

    rank: str
    name: Text
    score: str
    figure: Text
    closed: bool = False
    said: tuple[Item, ...] = ()
    """The rule that closes it and what would open it; reasons; what is not known of it."""
    criteria: tuple[tuple[Text, str, str, Text], ...] = ()
    """Name, score, weight, and the raw value."""
    lines: tuple[ReportLine, ...] = ()
    left_out: Text = EMPTY
    """What no line stands for."""


class ReportRanking(Struct, frozen=True):
    """One choice with all its options, in order."""

    title: Text
    options: tuple[ReportOption, ...]


class Report(Struct, frozen=True):
    """The full report: the sheet's own content, then everything."""

    sheet: Sheet
    answers: tuple[tuple[Text, Text], ...]
    """Questions and what was answered, notes and names left out."""
    rankings: tuple[ReportRanking, ...]
    papers: tuple[Item, ...]
    """Every paper with what it asks for, then what the rules do not cover."""
    doubts: tuple[Item, ...]
    coverage: tuple[tuple[Text, Text], ...]
    """What the rules cover of this case, and how well."""
    sources: tuple[SourceLine, ...]
