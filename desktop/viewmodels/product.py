"""The product step as data: which questions are shown how, and how far the answers are. No words of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.flow import Flow, open_questions
from desktop.core.questions import UNKNOWN, Answer, Question, Questions
from desktop.core.result import Datum
from desktop.core.text import Language, Text
from desktop.viewmodels.wording import figure, number

if TYPE_CHECKING:
    from desktop.core.result import Advice
    from desktop.engine.narrowing import Span

MOST_CHIPS = 7
"""Up to so many choices stand side by side; more are searched."""
CONTROLS = {
    "choices": "chips-multi", "boolean": "yes-no", "money": "money", "percent": "number", "integer": "number",
    "size": "size",
}  # fmt: skip


def control_of(question: Question) -> str:
    """How a question is asked: chips, chips-multi, search, yes-no, money, number or size; empty: not by itself."""
    if question.kind == "choice":
        return "chips" if len(question.choices) <= MOST_CHIPS else "search"
    return CONTROLS.get(question.kind, "")


class Group(Struct, frozen=True):
    """A group of questions as shown."""

    id: str
    title: Text
    why: Text
    questions: tuple[Question, ...]


def groups_of(questions: Questions) -> tuple[Group, ...]:
    """All groups in order. A currency is asked in the field of its amount, so it is no question of its own here."""
    shown = [question for question in questions.items if control_of(question)]
    found = []
    for key, (title, why) in questions.groups.items():
        inside = tuple(question for question in shown if question.group == key)
        if inside:
            found.append(Group(key, title, why, inside))
    return tuple(found)


def unit_of(question: Question) -> str:
    """The unit of a number as printed."""
    return "%" if question.kind == "percent" else question.unit or ""


def bounds_of(question: Question) -> tuple[str, str] | None:
    """Both bounds as printed, or None where they say nothing."""
    if question.minimum is None or question.maximum is None:
        return None
    return number(question.minimum), number(question.maximum)


def default_of(question: Question, advice: Advice | None) -> Datum | None:
    """The default that the advice counts with in place of an answer."""
    if advice is None:
        return None
    return next((datum for datum in advice.defaults if datum.label == question.label), None)


def default_value(datum: Datum, questions: Questions, language: Language) -> str:
    """The value of a default as shown: the words of a choice, or the figure with its unit."""
    for question in questions.items:
        if question.label == datum.label:
            choice = next((c for c in question.choices if datum.value in (c.id, c.name.en, c.name.zh)), None)
            if choice is not None:
                return choice.name[language]
    return f"{datum.value} {datum.unit[language]}".strip()


def span_datum(span: Span, questions: Questions) -> Datum:
    """An open answer with the ends that are taken for it, as a default that counts."""
    question = questions[span.question]
    low, high = ((figure if question.kind == "money" else number)(end) for end in (span.low, span.high))
    return Datum(question.label, f"{low}\u2013{high}", span.unit, span.mark, span.reading)


def share_of(question: Question) -> str:
    """The ends of an open amount as percent of the list price: 10–50%."""
    typical = question.typical
    return f"{number(typical.low)}\u2013{number(typical.high)}%" if typical else ""


def span_of(question: Question, spans: Sequence[Span]) -> Span | None:
    """Between which values an open answer is taken to lie; None where the client said so."""
    return next((s for s in spans if s.question == question.name and s.mark == "default"), None)


def mark_of(question: Question, mark: str, advice: Advice | None, spans: Sequence[Span] = ()) -> str:
    """The provenance of an answer: typed, case, unknown, default, or empty where nothing is said about it."""
    if mark in ("typed", "case"):
        return mark
    if default_of(question, advice) is not None or span_of(question, spans) is not None:
        return "default"
    return mark


def number_of(answer: Answer | None) -> Decimal | None:
    """A numeric answer as a number; None where it is open or unknown."""
    if answer is None or answer == UNKNOWN or isinstance(answer, bool | tuple):
        return None
    return Decimal(str(answer))


def size_of(answer: Answer | None) -> tuple[Decimal, ...] | None:
    """A size as three numbers; None where it is open or unknown."""
    if not isinstance(answer, str) or answer == UNKNOWN:
        return None
    return tuple(Decimal(part) for part in answer.split("x"))


class Progress(Struct, frozen=True):
    """How many of the questions that are asked have an answer; "don't know" is one."""

    answered: int
    asked: int


def progress(case: Case, questions: Questions) -> Progress:
    asked = [question for question in open_questions(case, questions) if control_of(question)]
    return Progress(sum(1 for question in asked if question.name in case.answers), len(asked))


def first_three(flow: Flow) -> tuple[str, ...]:
    """The questions without which no ranking is shown: the direction, and what the first step needs."""
    return ("direction", *(name for name in flow.steps[0].enough if name != "direction"))


def missing(answers: Mapping[str, Answer], flow: Flow) -> tuple[str, ...]:
    """Those of the first three that are still open; "don't know" counts as an answer."""
    return tuple(name for name in first_three(flow) if name not in answers)


def next_open(case: Case, questions: Questions) -> str:
    """The first question without an answer, empty where there is none."""
    asked = open_questions(case, questions)
    return next((q.name for q in asked if control_of(q) and q.name not in case.answers), "")
