"""What stands behind a screened catalogue: the rules, the assumptions, and how to read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from desktop.core.case import Case, not_applied
from desktop.core.facts import View
from desktop.core.questions import Question, Questions
from desktop.core.text import Text, both, joined
from desktop.engine.lanes import Pricer

OF_ROWS = ("direction", "list_price", "unit_cost", "weight_g", "dims_cm", "platform")
"""Answers of a case that a catalogue does not look at: rows say them, or screening finds them."""
ALWAYS = {"fulfilment": "seller", "goods_class": "plain", "pieces_per_order": "1"}
"""What counts where the case does not say so."""


class About(Struct, frozen=True):
    """What is said of a report as a whole."""

    catalogue: str
    as_of: date
    lanes: int
    oldest: tuple[date, Text] | None = None
    assumed: tuple[tuple[Text, Text], ...] = ()
    notes: tuple[Text, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


NOTES = (
    Text(
        "Where a cost is not known in full, what is left and the margin are “at most”: "
        "the unknown cost is still to come off.",
        "成本未完全知道的，净利和净利率为“至多”：未知的成本尚未扣除。",
    ),
    Text(
        "“Not known” stands where the rules have no figure; it is not zero. "
        "“≥” stands before a cost of which only a part is known.",
        "“未知”表示规则中没有数值，并非零。成本前的“≥”表示只知道其中一部分。",
    ),
    Text(
        "Costs are those that the seller bears. Duty, tax and charges that the buyer pays at the border, "
        "or that a platform adds to the price, are not taken from what is left.",
        "各项成本均由卖家承担。买家在入境时缴纳、或平台在售价之外向买家收取的关税、税款和费用，不从净利中扣除。",
    ),
    Text(
        "What is left is of one order: the list price of a piece times the pieces, less the costs, "
        "in the currency of the row.",
        "净利按一个订单计：单件售价乘以件数，减去各项成本，币种见各行。",
    ),
    Text(
        "A lane is a platform, its site, the buyer's country and a service. The runner-up is the best lane of another "
        "platform or destination. Lanes whose commission or freight is not known are not compared.",
        "线路由平台、站点、买家所在国和物流产品组成。次优为其他平台或目的地中的最佳线路。佣金或运费未知的线路不参与比较。",
    ),
    Text(
        "What a row says goes before what the case says.",
        "行中填写的内容优先于案例中的内容。",
    ),
)


def about_of(
    catalogue: str, case: Case, view: View, questions: Questions, lanes: int, oldest: date | None = None
) -> About:
    """What is said of a catalogue screened for a case on a view. `oldest` where the sources were read elsewhere."""
    sources = {reading.source.key: reading.source for reading in view.readings() if not reading.typed}
    first = min(sources.values(), key=lambda source: source.day, default=None)
    behind = (first.day, both(f"{first.publisher}, {first.title}")) if first else None
    if oldest is not None and (behind is None or oldest < behind[0]):
        behind = oldest, both("")
    assumed = []
    for question in questions.items:
        answer = case.given(question.name)
        if question.name in OF_ROWS:
            continue
        if answer is not None:
            assumed.append((question.label, _said(question, answer, case, questions)))
        elif (default := _default(question, case, questions)) is not None:
            said = _said(question, default, case, questions)
            assumed.append((question.label, Text(f"{said.en} (default)", f"{said.zh}（默认）")))
    for fact_id, value in case.overrides.items():
        if fact_id in view.book:
            assumed.append((view.book.fact(fact_id).says, Text(f"{value} (your value)", f"{value}（自填）")))
    waiting = tuple(_sentence(each.why) for each in not_applied(case, view.book))
    left_out = joined(list(Pricer(case, view, questions).left_out()), ", ", "、")
    notes = (*waiting, *NOTES, Text(f"Not counted: {left_out.en}.", f"未计入：{left_out.zh}。"))
    return About(catalogue, view.date, lanes, behind, tuple(assumed), notes)


def _sentence(text: Text) -> Text:
    return Text(f"{text.en[:1].upper()}{text.en[1:]}.", f"{text.zh}。")


def _default(question: Question, case: Case, questions: Questions) -> str | None:
    """What counts for a question that the case leaves open, where something does."""
    if question.kind == "currency":
        return question.fallback[case.direction]
    return ALWAYS.get(question.name)


def _said(question: Question, answer: object, case: Case, questions: Questions) -> Text:
    """An answer as a person reads it: names of choices, amounts with their currency, figures with their unit."""
    if isinstance(answer, tuple):
        return joined([_said(question, item, case, questions) for item in answer], ", ", "、")
    choice = question.choice(str(answer))
    if choice is not None:
        return choice.name
    if question.kind == "percent":
        return both(f"{answer}%")
    unit = case.currency(questions, question.name) if question.currency else question.unit or ""
    return both(f"{answer} {unit}".strip())
