"""Questions as data: names, bounds, choices, and the strict reading of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from desktop.core.errors import AnswerError
from desktop.core.money import CURRENCIES, decimal_of, plain
from desktop.core.text import Text, both, text_of

Answer = str | int | bool | tuple[str, ...]
UNKNOWN = "unknown"
"""An answer that says "I don't know"; the engine treats it like one that was not given."""

BOOLEANS = {"true": True, "false": False, "yes": True, "no": False}


class Choice(Struct, frozen=True):
    """One of the answers that a question offers; `words` are others that it is found by."""

    id: str
    name: Text
    words: tuple[str, ...] = ()


class Picture(Struct, frozen=True):
    """Some of the choices of a question, shown as a picture: its icon, and the ids of the choices."""

    id: str
    name: Text
    icon: str
    choices: tuple[str, ...]


class Typical(Struct, frozen=True):
    """Between which values an answer is taken to lie while it is open: a default, never a fact of the case.

    `low` and `high` are in the unit of the question; percent of the list price where `of` is list_price, grams a litre
    of parcel where it is weight_g. `high_fact` is a fact in kilograms that gives the upper end where it answers.
    `note` says what the bounds rest on.
    """

    low: Decimal
    high: Decimal
    note: Text
    of: str = ""
    high_fact: str = ""
    by_category: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)

    @property
    def of_parcel(self) -> bool:
        """Whether the bounds are of a litre of parcel: no end that a person would type."""
        return self.of == "weight_g"

    def bounds(self, category: str | None) -> tuple[Decimal, Decimal]:
        """Both ends for goods of a category."""
        return self.by_category.get(category or "", (self.low, self.high))


class Question(Struct, frozen=True):
    """One question. `minimum` and `maximum` are in `unit` (or in the currency of the answer named by `currency`)."""

    name: str
    kind: str
    group: str
    label: Text
    help: Text
    unit: str | None
    currency: str | None
    minimum: Decimal | None
    maximum: Decimal | None
    private: bool
    choices: tuple[Choice, ...]
    asked_when: Mapping[str, tuple[str, ...]]
    fallback: Mapping[str, str]
    typical: Typical | None = None
    pictures: tuple[Picture, ...] = ()

    def choice(self, choice_id: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def asked(self, answers: Mapping[str, Answer]) -> bool:
        """Whether the question is asked, given other answers. An open answer closes nothing."""
        return all(
            answers.get(name) in (None, UNKNOWN) or answers[name] in allowed
            for name, allowed in self.asked_when.items()
        )

    def parse(self, raw: object) -> Answer:
        """A raw answer (from JSON, a field, a command line) in its one form; AnswerError names the right form."""
        if raw == UNKNOWN:
            return UNKNOWN
        reader = _READERS[self.kind]
        return reader(self, raw)

    def form(self) -> Text:
        """The right form of an answer, for an error sentence."""
        if self.kind in ("choice", "choices"):
            return both(
                ", ".join(choice.id for choice in self.choices[:12]) + ("…" if len(self.choices) > 12 else "")
            )
        if self.kind == "boolean":
            return both("true, false")
        if self.kind == "currency":
            return both("CNY, USD, EUR, GBP …")
        unit = f" {self.unit}" if self.unit else ""
        low, high = plain(self.minimum or Decimal(0)), plain(self.maximum or Decimal(0))
        if self.kind == "size":
            return Text(f"20x15x10, each {low} to {high}{unit}", f"20x15x10，每边 {low} 至 {high}{unit}")
        return Text(f"{low} to {high}{unit}", f"{low} 至 {high}{unit}")

    def form_in_words(self) -> Text:
        """The right form for people: with the names of choices, and figures as they are printed."""
        if self.kind in ("choice", "choices"):
            shown = self.choices[:12]
            more = "…" if len(self.choices) > 12 else ""
            return Text(
                ", ".join(choice.name.en for choice in shown) + more,
                "、".join(choice.name.zh for choice in shown) + more,
            )
        if self.kind == "boolean":
            return Text("yes, no", "是、否")
        if self.kind == "currency":
            return self.form()
        unit = f" {self.unit}" if self.unit else ""
        low, high = (printed(bound or Decimal(0)) for bound in (self.minimum, self.maximum))
        if self.kind == "size":
            return Text(
                f"20 × 15 × 10, each {low} to {high}{unit}", f"20 × 15 × 10，每边 {low} 至 {high}{unit}"
            )
        if self.kind == "integer":
            return Text(f"whole numbers only, {low} to {high}{unit}", f"只能填整数，{low} 至 {high}{unit}")
        return Text(f"{low} to {high}{unit}, six decimals at most", f"{low} 至 {high}{unit}，最多六位小数")


_BETWEEN = re.compile(r"^\s*([\d.]+)\s*(?:-|\u2013|to|至)\s*([\d.]+)\s*$")


def between(question: Question, raw: object) -> tuple[str, str] | None:
    """Both ends of a range such as 200-300, for a question that may be answered by one; None where it is none.

    AnswerError where an end is not possible, or the first is not below the second.
    """
    ranged = question.typical is not None and not question.typical.of_parcel
    found = _BETWEEN.match(raw) if ranged and isinstance(raw, str) else None
    if found is None:
        return None
    ends = [question.parse(end) for end in found.groups()]
    low, high = (Decimal(str(end)) for end in ends)
    if low >= high:
        raise _refuse(question, raw)
    return plain(low), plain(high)


def printed(value: Decimal) -> str:
    """A bound as it is printed: 10,000,000."""
    return f"{Decimal(plain(value)):,f}"


def _refuse(question: Question, raw: object) -> AnswerError:
    form, words = question.form(), question.form_in_words()
    shown = str(raw) if len(str(raw)) <= 40 else str(raw)[:37] + "..."
    return AnswerError(
        question.name,
        Text(
            f"{question.label.en} ({question.name}): {shown!r} is not possible; right form: {form.en}",
            f"{question.label.zh}（{question.name}）：{shown!r} 不可用；正确格式：{form.zh}",
        ),
        Text(
            f"“{shown}” is not possible here: {words.en}",
            f"“{shown}”在此不可用：{words.zh}",
        ),
    )


def _number(question: Question, raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise _refuse(question, raw)
    try:
        value = decimal_of(str(raw))
    except ValueError:
        raise _refuse(question, raw) from None
    assert question.minimum is not None
    assert question.maximum is not None
    if not question.minimum <= value <= question.maximum:
        raise _refuse(question, raw)
    return value


def _decimal(question: Question, raw: object) -> Answer:
    value = _number(question, raw)
    if value.normalize().as_tuple().exponent < -6:  # type: ignore[operator]
        raise _refuse(question, raw)
    return f"{value:f}"


def _integer(question: Question, raw: object) -> Answer:
    value = _number(question, raw)
    if value != value.to_integral_value():
        raise _refuse(question, raw)
    return int(value)


def _choice(question: Question, raw: object) -> Answer:
    if not isinstance(raw, str) or question.choice(raw) is None:
        raise _refuse(question, raw)
    return raw


def _choices(question: Question, raw: object) -> Answer:
    if isinstance(raw, str):
        raw = [part.strip() for part in raw.split(",") if part.strip()]
    if not isinstance(raw, list | tuple) or not raw:
        raise _refuse(question, raw)
    return tuple(dict.fromkeys(str(_choice(question, item)) for item in raw))


def _boolean(question: Question, raw: object) -> Answer:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lower() in BOOLEANS:
        return BOOLEANS[raw.lower()]
    raise _refuse(question, raw)


def _currency(question: Question, raw: object) -> Answer:
    if not isinstance(raw, str) or raw.upper() not in CURRENCIES:
        raise _refuse(question, raw)
    return raw.upper()


def _size(question: Question, raw: object) -> Answer:
    if not isinstance(raw, str):
        raise _refuse(question, raw)
    parts = raw.lower().replace("×", "x").replace("*", "x").split("x")
    if len(parts) != 3:
        raise _refuse(question, raw)
    try:
        return "x".join(plain(_number(question, part)) for part in parts)
    except AnswerError:
        raise _refuse(question, raw) from None


_READERS = {
    "choice": _choice,
    "choices": _choices,
    "money": _decimal,
    "percent": _decimal,
    "integer": _integer,
    "boolean": _boolean,
    "currency": _currency,
    "size": _size,
}


class Questions(Struct, frozen=True):
    """All questions, in order, with their groups."""

    items: tuple[Question, ...]
    groups: Mapping[str, tuple[Text, Text]]

    def __getitem__(self, name: str) -> Question:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def get(self, name: str) -> Question | None:
        return next((question for question in self.items if question.name == name), None)

    def parse(self, name: str, raw: object) -> Answer:
        question = self.get(name)
        if question is None:
            raise AnswerError(
                name,
                Text(
                    f"there is no question {name!r}; `lanewise questions --json` lists them",
                    f"没有名为 {name!r} 的问题；可用 lanewise questions --json 查看全部",
                ),
            )
        return question.parse(raw)


def questions_of(rules: Mapping[str, Any]) -> Questions:
    """The questions from the rules of a book (areas questions, categories, markets, platforms, import_modes)."""
    lists = choice_lists(rules)
    items = tuple(_question(data, lists) for data in rules["questions"]["questions"])
    groups = {
        key: (text_of(data), text_of(data["why"])) for key, data in rules["questions"]["groups"].items()
    }
    return Questions(items, groups)


def choice_lists(rules: Mapping[str, Any]) -> dict[str, tuple[Choice, ...]]:
    """The choices that come from other rule areas: one list, never written twice."""
    markets = rules["markets"]["countries"]
    modes = rules["import_modes"]
    return {
        "categories": tuple(
            Choice(key, text_of(data), tuple(data.get("words", ())))
            for key, data in rules["categories"].items()
        ),
        "markets": tuple(
            Choice(key, text_of(data["name"]))
            for key, data in markets.items()
            if _offered(rules["border"]["destinations"].get(key))
        ),
        "cities": tuple(Choice(key, text_of(data["name"])) for key, data in modes["cities"].items()),
        "platforms": tuple(Choice(key, text_of(name)) for key, name in rules["platforms"].items()),
        "import_modes": tuple(Choice(key, text_of(data["name"])) for key, data in modes["modes"].items()),
    }


def _offered(destination: Mapping[str, Any] | None) -> bool:
    """Whether the rules know the border of a country well enough for the advice."""
    return destination is not None and not destination.get("calculator_only")


def _question(data: Mapping[str, Any], lists: Mapping[str, tuple[Choice, ...]]) -> Question:
    listed = data.get("choices_from")
    own = tuple(Choice(choice["id"], text_of(choice)) for choice in data.get("choices", ()))
    return Question(
        name=data["name"],
        kind=data["kind"],
        group=data["group"],
        label=text_of(data["label"]),
        help=text_of(data["help"]),
        unit=data.get("unit"),
        currency=data.get("currency"),
        minimum=Decimal(data["minimum"]) if "minimum" in data else None,
        maximum=Decimal(data["maximum"]) if "maximum" in data else None,
        private=bool(data.get("private")),
        choices=lists[listed] if listed else own,
        asked_when={key: tuple(value) for key, value in data.get("asked_when", {}).items()},
        fallback=data.get("fallback", {}),
        typical=_typical(data["typical"]) if data.get("typical") else None,
        pictures=tuple(
            Picture(each["id"], text_of(each), each["icon"], tuple(each["choices"]))
            for each in data.get("pictures", ())
        ),
    )


def _typical(data: Mapping[str, Any]) -> Typical:
    by_category = {
        key: (Decimal(each["low"]), Decimal(each["high"]))
        for key, each in data.get("by_category", {}).items()
    }
    return Typical(
        Decimal(data["low"]), Decimal(data["high"]), text_of(data["note"]), data.get("of") or "",
        data.get("high_fact") or "", by_category,
    )  # fmt: skip
