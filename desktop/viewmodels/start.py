"""The start page as data: recent files and examples, each read without being opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.errors import LanewiseError
from desktop.core.questions import Question, Questions
from desktop.core.text import EMPTY, Language, Text
from desktop.store.casefile import examples, read_case, read_example
from desktop.viewmodels.wording import amount

START = "start"
"""The step of no case, where the start page is seen."""


class CaseCard(Struct, frozen=True):
    """A case in a few words."""

    name: Text = EMPTY
    product: Text = EMPTY
    markets: tuple[Text, ...] = ()
    price: str = ""
    currency: str = ""
    direction: str = ""


class Recent(Struct, frozen=True):
    """A recent file: what is in it, or why that cannot be said."""

    path: Path
    card: CaseCard = CaseCard()
    edited: datetime | None = None
    missing: bool = False
    problem: Text = EMPTY


class Example(Struct, frozen=True):
    """An example case that the program ships."""

    id: str
    card: CaseCard


FAIR_ANSWERS: Mapping[str, object] = {"direction": "export"}
"""What is taken as said of the next visitor: at a fair one sells abroad."""


def fair_case(questions: Questions) -> Case:
    """The case that the next visitor begins with."""
    case = Case()
    for name, raw in FAIR_ANSWERS.items():
        case, _ = case.set(questions, name, raw)
    return case


def name_of(case: Case) -> Text:
    """The case's name; "English / 中文" gives each language its part."""
    en, slash, zh = case.name.partition(" / ")
    return Text(en.strip(), zh.strip() if slash and zh.strip() else en.strip())


INTO_CHINA = Text("Into China", "进口到中国")


def where_to(card: CaseCard, language: Language) -> str:
    """The markets of a case; into China where it imports."""
    if card.direction == "import":
        return INTO_CHINA[language]
    return ("、" if language == "zh" else ", ").join(market[language] for market in card.markets)


def _chosen(question: Question | None, choice_id: str | None) -> Text:
    choice = question.choice(choice_id) if question and choice_id else None
    return choice.name if choice else EMPTY


def card_of(case: Case, questions: Questions) -> CaseCard:
    """A case in a few words, from its answers."""
    price = case.money(questions, "list_price")
    places = questions.get("destinations")
    return CaseCard(
        name=name_of(case),
        product=_chosen(questions.get("category"), case.text("category")),
        markets=tuple(_chosen(places, place) for place in case.several("destinations")),
        price=amount(price.units, price.currency) if price else "",
        currency=price.currency if price else "",
        direction=case.text("direction") or "",
    )


def recent_of(path: str, questions: Questions) -> Recent:
    """One recent file. It is only read; what is wrong with it is said and not raised."""
    place = Path(path)
    try:
        edited = datetime.fromtimestamp(place.stat().st_mtime)
    except OSError:
        return Recent(place, missing=True)
    try:
        return Recent(place, card_of(read_case(place, questions), questions), edited)
    except LanewiseError as error:
        return Recent(place, edited=edited, problem=error.text)


def recents(paths: tuple[str, ...], questions: Questions) -> tuple[Recent, ...]:
    return tuple(recent_of(path, questions) for path in paths)


def example_cards(questions: Questions) -> tuple[Example, ...]:
    """The shipped examples that can be read."""
    found = []
    for name in examples():
        try:
            found.append(Example(name, card_of(read_example(name, questions), questions)))
        except LanewiseError:
            continue
    return tuple(found)
