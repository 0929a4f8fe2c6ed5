"""What stands in the columns of a list of cases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from desktop.core.casebook import CONSENTS, SAID, CaseRow
from desktop.core.facts import RuleBook
from desktop.core.flow import flow_of
from desktop.core.packs import MINE
from desktop.core.places import place
from desktop.core.questions import questions_of
from desktop.core.text import Language, Text

Value = str | Decimal | date | datetime | None


class Names(Struct, frozen=True):
    """How ids are called: categories, countries, platforms and modes, steps. What has no name stands as its id."""

    language: Language
    categories: Mapping[str, Text]
    countries: Mapping[str, Text]
    options: Mapping[str, Text]
    steps: Mapping[str, Text]

    def of(self, names: Mapping[str, Text], key: str) -> str:
        return names[key][self.language] if key in names else key


def names_of(book: RuleBook, language: Language) -> Names:
    """The names that the rules have."""
    questions = questions_of(book.rules)
    choices = {
        name: {choice.id: choice.name for choice in questions[name].choices}
        for name in ("category", "platform", "import_mode", "destinations")
    }
    return Names(
        language,
        choices["category"],
        {code: place(book, code) for code in choices["destinations"]},
        {**choices["platform"], **choices["import_mode"]},
        {step.id: step.name for step in flow_of(book.rules["flow"]).steps},
    )


class Column(Struct, frozen=True):
    """A column: its head, its width in characters, and what of a case stands in it."""

    head: Text
    width: float
    value: Callable[[CaseRow], Value]


def columns(names: Names, notes: bool = False, unsigned: Collection[int] = ()) -> tuple[Column, ...]:
    """The columns of the list, in the order of the screen; the private note only where it is asked for.

    `unsigned`: the cases that rules answered which nobody signed; where there are any, a column says so.
    """
    say = names.language
    comma = "、" if say == "zh" else ", "

    def when(row: CaseRow) -> Value:
        return row.began.replace(tzinfo=None)

    def markets(row: CaseRow) -> Value:
        return comma.join(names.of(names.countries, key) for key in row.wanted)

    found = [
        Column(Text("Case", "编号"), 7, lambda row: row.label),
        Column(Text("Time", "时间"), 17, when),
        Column(Text("Visitor", "访客"), 24, lambda row: row.client),
        Column(Text("Languages", "语言"), 11, lambda row: comma.join(row.details.languages)),
        Column(Text("Contact", "联系方式"), 26, lambda row: row.contact),
        Column(Text("Product", "商品"), 26, lambda row: row.product),
        Column(Text("Category", "类目"), 18, lambda row: names.of(names.categories, row.category)),
        Column(Text("Markets", "市场"), 22, markets),
        Column(
            Text("First", "首选"),
            18,
            lambda row: names.of(names.options, row.first) if row.first else SAID[row.said][say],
        ),
        Column(Text("In", "所在市场"), 16, lambda row: names.of(names.countries, row.first_market)),
        # a bound is not a margin: it says so in a cell of its own, beside the figure
        Column(Text("Left", "净利"), 11, lambda row: row.money.amount if row.money else None),
        Column(Text("Currency", "币种"), 9, lambda row: row.currency),
        Column(Text("Of the advice", "结论"), 15, lambda row: SAID[row.said][say] if row.said else ""),
        Column(Text("Rules as of", "规则日期"), 12, lambda row: _day(row.as_of)),
        Column(Text("Last step", "最后一步"), 12, lambda row: names.of(names.steps, row.step)),
        Column(Text("Sheet", "已发单页"), 12, lambda row: _day(row.sheet_on)),
        Column(Text("Call back", "回访"), 12, lambda row: _day(row.follow_up)),
        Column(Text("Consent", "同意联系"), 14, lambda row: CONSENTS[row.consent][say]),
        Column(Text("Consent given", "同意日期"), 12, lambda row: _day(row.consent_on)),
        Column(Text("Tags", "标签"), 18, lambda row: comma.join(row.details.tags)),
    ]
    if unsigned:
        left = next(i for i, column in enumerate(found) if column.head.en == "Rules as of")
        found.insert(
            left + 1,
            Column(Text("Rules", "规则"), 16, lambda row: MINE[say] if row.number in unsigned else ""),
        )
    if notes:
        found.append(Column(Text("Your note", "备注（私密）"), 50, lambda row: row.note))
    return tuple(found)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
