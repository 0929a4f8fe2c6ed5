"""A case: all answers of one client, one frozen value that is replaced as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from desktop.core.dates import iso_day
from desktop.core.errors import AnswerError, CaseError
from desktop.core.facts import RuleBook, Unknown
from desktop.core.money import Money, decimal_of
from desktop.core.noted import Noted, data_of_noted, noted_of
from desktop.core.questions import UNKNOWN, Answer, Questions, between
from desktop.core.settlement import Settlement, data_of_settlement, settlement_of
from desktop.core.text import Text

MOST = 10**9
"""No typed value is larger: beyond it exact arithmetic would leave its 64 bits."""

FACT_ID = re.compile(r"[a-z0-9_]{1,80}([.][A-Za-z0-9_-]{1,80}){1,12}")
"""What can be the id of a fact of some rules, if not of those in use."""
_FIGURE = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,8})?")
MOST_SAID = 12
"""So many typed values that are not applied are said one by one."""
NOT_APPLIED = "not-applied"
"""What an Unknown is of that stands for a typed value whose fact the rules do not have."""

FORMAT = 1
"""The form of a case file that this program writes; a higher one is refused untouched."""


def _empty() -> Mapping[str, Any]:
    return MappingProxyType({})


class Case(Struct, frozen=True):
    """Answers by name, the day whose rules count (None: today's), and facts that the user overrode."""

    answers: Mapping[str, Answer] = field(default_factory=_empty)
    as_of: date | None = None
    overrides: Mapping[str, str] = field(default_factory=_empty)
    weights: Mapping[str, Mapping[str, int]] = field(default_factory=_empty)
    """The client's own weights of criteria in percent, by choice; where absent those of the rules count."""
    name: str = ""
    within: Mapping[str, tuple[str, str]] = field(default_factory=_empty)
    """Numbers of which the client knows only between what they lie: the answer is "unknown", the ends stand here as
    decimal strings in the unit of the question."""
    settlement: Settlement | None = None
    """What an order really cost, where that was entered; an older Lanewise keeps it as it is."""
    rules: Noted | None = None
    """The rules that it was last answered with, as its file says; an answer does not change it, saving does."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys of a case file that this version does not use; written back as they were."""

    def given(self, name: str) -> Answer | None:
        """The answer, or None where it is absent or "unknown"."""
        answer = self.answers.get(name)
        return None if answer == UNKNOWN else answer

    def text(self, name: str) -> str | None:
        answer = self.given(name)
        return answer if isinstance(answer, str) else None

    def integer(self, name: str) -> int | None:
        answer = self.given(name)
        return answer if isinstance(answer, int) and not isinstance(answer, bool) else None

    def flag(self, name: str) -> bool | None:
        answer = self.given(name)
        return answer if isinstance(answer, bool) else None

    def several(self, name: str) -> tuple[str, ...]:
        answer = self.given(name)
        return answer if isinstance(answer, tuple) else ()

    def decimal(self, name: str) -> Decimal | None:
        answer = self.given(name)
        return Decimal(answer) if isinstance(answer, str) else None

    @property
    def direction(self) -> str:
        """export, import or both; both where it is open, so that nothing is left unsaid."""
        return self.text("direction") or "both"

    @property
    def exports(self) -> bool:
        return self.direction in ("export", "both")

    @property
    def imports(self) -> bool:
        return self.direction in ("import", "both")

    def currency(self, questions: Questions, name: str) -> str:
        """The currency of a money question: as answered, else its fallback for the direction."""
        key = questions[name].currency
        assert key is not None
        return self.text(key) or questions[key].fallback[self.direction]

    def money(self, questions: Questions, name: str) -> Money | None:
        amount = self.decimal(name)
        return None if amount is None else Money.of(amount, self.currency(questions, name))

    def dims_mm(self) -> tuple[int, int, int] | None:
        """Length, width and height of the packed piece in whole millimetres, rounded up."""
        size = self.text("dims_cm")
        if size is None:
            return None
        a, b, c = (
            int((Decimal(part) * 10).to_integral_value(rounding="ROUND_CEILING")) for part in size.split("x")
        )
        return a, b, c

    def set(self, questions: Questions, name: str, raw: object) -> tuple[Case, tuple[str, ...]]:
        """The case with one answer changed (None takes it away), and the names of answers that this voids.

        AnswerError where the answer is not of the right form: this case is unchanged.
        """
        answers, within = dict(self.answers), dict(self.within)
        within.pop(name, None)
        question = questions.get(name)
        ends = between(question, raw) if question is not None else None
        if ends is not None:
            answers[name], within[name] = UNKNOWN, ends
        elif raw is None:
            questions.parse(name, UNKNOWN)
            answers.pop(name, None)
        else:
            answers[name] = questions.parse(name, raw)
        voided: list[str] = []
        # a question that is void may itself be what another depends on, so go on until nothing changes
        while gone := [n for n in answers if not questions[n].asked(answers)]:
            voided += gone
            for each in gone:
                del answers[each]
                within.pop(each, None)
        changed = replace(self, answers=MappingProxyType(answers), within=MappingProxyType(within))
        return changed, tuple(voided)

    def on(self, day: date | None) -> Case:
        """The same answers with the rules of another day."""
        return replace(self, as_of=day)


def case_of(data: Any, questions: Questions, file: str = "the case") -> Case:
    """A case from the content of a case file. CaseError or AnswerError says in one sentence what is wrong."""
    if not isinstance(data, dict) or "answers" not in data:
        raise CaseError(
            Text(
                f'{file} is not a case; right form: {{"format": 1, "as_of": "2015-11-08", "answers": {{…}}}}',
                f'{file} 不是案例文件；正确格式：{{"format": 1, "as_of": "2015-11-08", "answers": {{…}}}}',
            )
        )
    version = data.get("format", FORMAT)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise CaseError(
            Text(
                f"{file}: format is {version!r}; right form: 1", f"{file}：format 为 {version!r}；正确格式：1"
            )
        )
    if version > FORMAT:
        raise CaseError(
            Text(
                f"{file} was written by a newer Lanewise (format {version}, this one reads {FORMAT}); it was not changed",
                f"{file} 由更新版本的 Lanewise 写成（格式 {version}，本版本只读 {FORMAT}）；文件未被改动",
            )
        )
    if not isinstance(data["answers"], dict):
        raise CaseError(
            Text(f'{file}: answers is not a list of names and values; right form: "answers": {{"category": "apparel"}}',
                 f'{file}：answers 格式不对；正确格式："answers": {{"category": "apparel"}}')
        )  # fmt: skip
    answers = {name: questions.parse(name, raw) for name, raw in data["answers"].items() if raw is not None}
    answers = {name: value for name, value in answers.items() if questions[name].asked(answers)}
    known = {"format", "as_of", "answers", "overrides", "weights", "name", "within", "settlement", "rules"}
    return Case(
        answers=MappingProxyType(answers),
        as_of=_as_of(data.get("as_of"), file),
        overrides=_overrides(data.get("overrides"), file),
        weights=_weights(data.get("weights"), file),
        name=str(data.get("name") or ""),
        within=_within(data.get("within"), answers, questions, file),
        settlement=settlement_of(data.get("settlement"), file),
        rules=noted_of(data.get("rules"), file),
        extra={key: value for key, value in data.items() if key not in known},
    )


def _within(
    raw: Any, answers: Mapping[str, Answer], questions: Questions, file: str
) -> Mapping[str, tuple[str, str]]:
    """The ranges of a case file; those of questions that have an answer do not count."""
    found: dict[str, tuple[str, str]] = {}
    for name, ends in raw.items() if isinstance(raw, dict) else ((None, raw),) if raw is not None else ():
        question = questions.get(name) if isinstance(name, str) else None
        shown = "-".join(str(end) for end in ends) if isinstance(ends, list) else ""
        pair = between(question, shown) if question is not None else None
        if question is None or pair is None:
            raise CaseError(
                Text(f'{file}: within is not of the right form: "within": {{"weight_g": ["200", "300"]}}',
                     f'{file}：within 格式不对；正确格式："within": {{"weight_g": ["200", "300"]}}')
            )  # fmt: skip
        if answers.get(question.name) == UNKNOWN:
            found[question.name] = pair
    return MappingProxyType(found)


def _as_of(raw: Any, file: str) -> date | None:
    if raw is None:
        return None
    try:
        return iso_day(raw if isinstance(raw, str) else repr(raw))
    except ValueError as error:
        raise AnswerError(
            "as_of", Text(f"{file}: as_of: {error}", f"{file}：as_of 不是 2015-11-08 这样的日期")
        ) from None


def check_overrides(overrides: Mapping[str, str], book: RuleBook) -> None:
    """AnswerError for a typed value whose fact does not exist, or that is no number where the fact is one."""
    for fact_id, value in overrides.items():
        if fact_id not in book:
            raise AnswerError(
                fact_id,
                Text(
                    f"there is no fact {fact_id!r}; `lanewise facts` lists them",
                    f"没有 {fact_id!r} 这条事实；可用 lanewise facts 查看全部",
                ),
            )
        kind = book.units[book.fact(fact_id).unit]["kind"]
        if kind == "number" or book.fact(fact_id).tiers:
            try:
                number = decimal_of(value)
            except ValueError:
                number = None
            if number is None or abs(number) > MOST:
                raise AnswerError(
                    fact_id,
                    Text(
                        f"{fact_id}: {value!r} is not possible; right form: a number such as 13.6",
                        f"{fact_id}：{value!r} 不可用；正确格式：13.6 这样的数字",
                    ),
                )


def check_kept(overrides: Mapping[str, str], book: RuleBook) -> None:
    """The same for the typed values of a case that was kept: where its fact is no longer in the rules, a value waits.

    Rules are renewed, and a case keeps what was typed by older ones (`not_applied` says it).
    """
    odd = [fact_id for fact_id in overrides if fact_id not in book and not FACT_ID.fullmatch(fact_id)]
    known = {fact_id: value for fact_id, value in overrides.items() if fact_id in book}
    check_overrides({**{fact_id: overrides[fact_id] for fact_id in odd[:1]}, **known}, book)


def not_applied(case: Case, book: RuleBook) -> tuple[Unknown, ...]:
    """The typed values of a case whose facts these rules do not have: kept, not applied, and said in a sentence each."""
    gone = [fact_id for fact_id in case.overrides if fact_id not in book]
    said = [
        Unknown(NOT_APPLIED, _not_applied(fact_id, case.overrides[fact_id]), fact_id)
        for fact_id in gone[:MOST_SAID]
    ]
    if len(gone) > MOST_SAID:
        more = len(gone) - MOST_SAID
        words = Text(
            f"{more} more values of your own are not applied: the rules in use have no such facts",
            f"另有 {more} 个自填值未采用：现用规则中没有这些事实",
        )
        said.append(Unknown(NOT_APPLIED, words))
    return tuple(said)


def _not_applied(fact_id: str, value: str) -> Text:
    # words may be long, and are in the case
    figure = value if _FIGURE.fullmatch(value) else ""
    en, zh = (f" ({figure})", f"（{figure}）") if figure else ("", "")
    return Text(
        f"your own value for {fact_id}{en} is not applied: the rules in use have no such fact; the case keeps it",
        f"自填的 {fact_id}{zh}未采用：现用规则中没有这条事实；该值仍保留在案例中",
    )


def _overrides(raw: Any, file: str) -> Mapping[str, str]:
    if raw is not None and not isinstance(raw, dict):
        raise CaseError(
            Text(
                f'{file}: overrides is not of the right form: "overrides": {{"ebay.us.per_order": "0.4"}}',
                f'{file}：overrides 格式不对；正确格式："overrides": {{"ebay.us.per_order": "0.4"}}',
            )
        )
    return MappingProxyType({str(key): str(value) for key, value in (raw or {}).items()})


def _weights(raw: Any, file: str) -> Mapping[str, Mapping[str, int]]:
    try:
        return MappingProxyType(
            {
                choice: {key: min(100, max(0, int(weight))) for key, weight in by.items()}
                for choice, by in (raw or {}).items()
            }
        )
    except (AttributeError, TypeError, ValueError):
        raise CaseError(
            Text(
                f'{file}: weights is not of the right form: "weights": {{"platforms": {{"money": 40}}}}',
                f'{file}：weights 格式不对；正确格式："weights": {{"platforms": {{"money": 40}}}}',
            )
        ) from None


def data_of(case: Case) -> dict[str, Any]:
    """A case as the content of a case file."""
    answers = {
        name: list(value) if isinstance(value, tuple) else value for name, value in case.answers.items()
    }
    data: dict[str, Any] = {"format": FORMAT}
    if case.name:
        data["name"] = case.name
    if case.as_of is not None:
        data["as_of"] = case.as_of.isoformat()
    data["answers"] = answers
    if case.within:
        data["within"] = {name: list(ends) for name, ends in case.within.items()}
    if case.overrides:
        data["overrides"] = dict(case.overrides)
    if case.weights:
        data["weights"] = {choice: dict(by) for choice, by in case.weights.items()}
    if case.settlement is not None:
        data["settlement"] = data_of_settlement(case.settlement)
    if case.rules is not None:
        data["rules"] = data_of_noted(case.rules)
    return {**data, **case.extra}


def refitted(case: Case, questions: Questions, book: RuleBook) -> tuple[Case, tuple[str, ...]]:
    """A case by another rule book: answers that these rules do not know fall away; a typed value whose fact they do not
    have is kept and not applied. With it the names of both."""
    answers: dict[str, Answer] = {}
    for name, value in case.answers.items():
        with suppress(AnswerError):
            answers[name] = questions.parse(name, list(value) if isinstance(value, tuple) else value)
    answers = {name: value for name, value in answers.items() if questions[name].asked(answers)}
    overrides = {}
    for fact_id, text in case.overrides.items():
        with suppress(AnswerError):
            check_kept({fact_id: text}, book)
            overrides[fact_id] = text
    fallen = [
        name for name in (*case.answers, *case.overrides) if name not in answers and name not in overrides
    ]
    gone = (*fallen, *(fact_id for fact_id in overrides if fact_id not in book))
    if not fallen:
        return case, gone
    within = {name: ends for name, ends in case.within.items() if name in answers}
    changed = replace(
        case,
        answers=MappingProxyType(answers),
        overrides=MappingProxyType(overrides),
        within=MappingProxyType(within),
    )
    return changed, gone
