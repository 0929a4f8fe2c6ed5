"""The checklist of papers: what the goods must have on their way, from facts, and what the rules do not know.

Which fact asks for what stands in data/rules/compliance. Every subject that the goods touch is answered by items that
hold on the day, or by a gap that says so: nothing is left out in silence. What is not yet in force on the day is not
listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.dates import day
from desktop.core.facts import Reading, View
from desktop.core.places import place
from desktop.core.questions import Questions
from desktop.core.result import Advice, Option, Ranking, distinct
from desktop.core.text import EMPTY, Text, text_of
from desktop.core.words import said_day
from desktop.engine.conditions import applies, holds

Level = Literal["none", "later", "ended", "part", "open"]
"""none: the rules say nothing; later, ended: nothing on this day; part: not all of it; open: not answered."""

WEIGHTS = ("stop", "must", "mind")
DUES = (
    "before-production", "before-listing", "before-stock", "before-dispatch", "at-entry", "after-sale",
)  # fmt: skip
ON_THE_WAY = {"destination": "destination", "platform": "platform", "carriage": "service", "import": "mode"}
"""Sides that speak of a part of the chosen path, and which."""
ASKED = {"export": ("category", "goods_class", "fulfilment"), "import": ("category", "goods_class")}
"""Answers without which part of a checklist cannot be said, by direction."""


class Chosen(Struct, frozen=True):
    """The path that the papers are for; None where it cannot be said."""

    destination: str | None = None
    platform: str | None = None
    service: str | None = None
    mode: str | None = None


class Item(Struct, frozen=True):
    """One paper, registration, label, test or person, with the fact that asks for it and those beside it."""

    id: str
    subject: str
    side: str
    kind: str
    who: tuple[str, ...]
    due: str
    weight: str
    stops: tuple[str, ...]
    name: Text
    asks: Text
    note: Text
    reading: Reading
    more: tuple[Reading, ...] = ()

    @property
    def readings(self) -> tuple[Reading, ...]:
        return (self.reading, *self.more)


class Gap(Struct, frozen=True):
    """What is not covered, said plainly. `since`: from when on something is known; `question`: the answer it lacks."""

    subject: str
    side: str
    level: Level
    text: Text
    since: date | None = None
    question: str = ""


class Checklist(Struct, frozen=True):
    """All papers of a path on a day, hard stops first, then by when they are due; and the gaps."""

    as_of: date
    chosen: Chosen
    items: tuple[Item, ...]
    gaps: tuple[Gap, ...]
    subjects: Mapping[str, Text]

    @property
    def stops(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.weight == "stop")

    @property
    def readings(self) -> tuple[Reading, ...]:
        return distinct(reading for item in self.items for reading in item.readings)


def chosen_on(advice: Advice, case: Case, destination: str | None = None) -> Chosen:
    """The path that an advice leads to: its first market, or another one with the platform and service found there.

    What the client has settled on counts before what stands first.
    """
    mode = _settled(advice.import_modes, case.text("import_mode"))
    entry = mode.id if mode else case.text("import_mode")
    first = advice.markets.first
    if destination is not None and (first is None or destination != first.id):
        return replace(_elsewhere(advice, case, destination), mode=entry)
    option = _settled(advice.platforms, case.text("platform"))
    found = option.details.get("service") if option else None
    service = advice.logistics.option(found) if isinstance(found, str) else None
    service = service or advice.logistics.first
    return Chosen(
        destination=first.id if first else next(iter(case.several("destinations")), None),
        platform=option.id if option else case.text("platform"),
        service=service.id if service else None,
        mode=entry,
    )


def _elsewhere(advice: Advice, case: Case, destination: str) -> Chosen:
    """The path to a market that does not stand first; without a platform or service where none was found for it."""
    option = advice.markets.option(destination)
    platform = option.details.get("platform") if option else None
    service = option.quote.lane.get("service") if option and option.quote else None
    return Chosen(
        destination,
        case.text("platform") or (platform if isinstance(platform, str) else None),
        service if isinstance(service, str) else None,
    )


def _settled(ranking: Ranking, choice: str | None) -> Option | None:
    return (ranking.option(choice) if choice else None) or ranking.first


def checklist(case: Case, view: View, chosen: Chosen, questions: Questions) -> Checklist:
    """What the goods of a case need on the chosen path, on the view's day."""
    return _Check(case, view, chosen, questions).run()


@dataclass
class _Check:
    case: Case
    view: View
    chosen: Chosen
    questions: Questions

    def __post_init__(self) -> None:
        rules = self.view.rules("compliance")
        self.subjects: Mapping[str, Mapping[str, Any]] = rules["subjects"]
        self.items: Mapping[str, Mapping[str, Any]] = rules["items"]
        self.context: dict[str, Any] = {
            "direction": self.case.direction,
            "destination": self.chosen.destination,
            "platform": self.chosen.platform,
            "service": self.chosen.service,
            "mode": self.chosen.mode,
            # parcels go from China where it is not said: so is every lane priced
            "fulfilment": self.case.text("fulfilment") or "seller",
            **{name: self.case.text(name) for name in ("category", "goods_class", "order_size", "company")},
        }

    def run(self) -> Checklist:
        items: list[Item] = []
        gaps: list[Gap] = list(self._open())
        for subject_id, subject in self.subjects.items():
            if not self._asked(subject) or not self._touches(subject):
                continue
            if (missing := self._no_path(subject)) is not None:
                gaps.append(missing)
                continue
            found, gap = self._subject(subject_id, subject)
            items += found
            if gap is not None:
                gaps.append(gap)
        order = list(self.subjects)
        items.sort(
            key=lambda item: (WEIGHTS.index(item.weight), DUES.index(item.due), order.index(item.subject))
        )
        names = {subject_id: text_of(subject["name"]) for subject_id, subject in self.subjects.items()}
        return Checklist(self.view.date, self.chosen, tuple(items), _once(gaps), names)

    # ------------------------------------------------------------------ which subjects
    def _asked(self, subject: Mapping[str, Any]) -> bool:
        """Whether the case goes that way."""
        return self.case.imports if subject["side"] == "import" else self.case.exports

    def _touches(self, subject: Mapping[str, Any]) -> bool:
        """Whether a subject is one of these goods."""
        unless = subject.get("unless", {})
        if any(holds({name: allowed}, self.context) for name, allowed in unless.items()):
            return False
        ways = subject.get("any", ())
        return not ways or any(holds(way, self.context) for way in ways)

    def _no_path(self, subject: Mapping[str, Any]) -> Gap | None:
        """A side whose part of the path cannot be said."""
        part = ON_THE_WAY.get(subject["side"])
        if part is None or self.context[part] is not None:
            return None
        return Gap("", subject["side"], "open", self.view.text(f"compliance.gap.{part}"))

    def _open(self) -> Iterable[Gap]:
        """Answers that are not given and that papers depend on."""
        sides = [
            side for side, goes in (("export", self.case.exports), ("import", self.case.imports)) if goes
        ]
        for name in dict.fromkeys(name for side in sides for name in ASKED[side]):
            question = next((each for each in self.questions.items if each.name == name), None)
            if question is not None and self.case.given(name) is None:
                text = self.view.text("compliance.gap.open", question=question.label)
                yield Gap("", sides[0], "open", text, question=name)

    # ------------------------------------------------------------------ one subject
    def _subject(self, subject_id: str, subject: Mapping[str, Any]) -> tuple[list[Item], Gap | None]:
        """The items that hold, and what is not known of it on the day."""
        concerned = [
            rule for rule in self.items.values() if rule["subject"] == subject_id and self._meets(rule)
        ]
        items = [item for rule in concerned if (item := self._item(rule, subject["side"])) is not None]
        if items:
            # what was only *seen* later may have held before: that is not known, and is said
            seen = [start for rule in concerned for start in self._seen_later(rule)]
            return items, self._gap(subject_id, subject, "part", min(seen)) if seen else None
        starts = [start for rule in concerned for start in self._starts(rule) if start > self.view.date]
        if starts:
            return [], self._gap(subject_id, subject, "later", min(starts))
        return [], self._gap(subject_id, subject, "ended" if concerned else "none")

    def _meets(self, rule: Mapping[str, Any]) -> bool:
        """Whether a rule speaks of these goods on this path, whatever the day."""
        if not holds(rule.get("when", {}), self.context):
            return False
        if any(holds({name: allowed}, self.context) for name, allowed in rule.get("unless", {}).items()):
            return False
        goods = rule.get("goods", ())
        return not goods or any(self._touches(self.subjects[each]) for each in goods)

    def _item(self, rule: Mapping[str, Any], side: str) -> Item | None:
        """The rule as an item, where it is in force and a fact of it answers on the day."""
        if not applies(rule, self.context, self.view.date):
            return None
        reading = self._first(rule["facts"])
        if reading is None:
            return None
        more = [self._first([each]) for each in rule.get("also", ())]
        return Item(
            id=rule["id"],
            subject=rule["subject"],
            side=side,
            kind=rule["kind"],
            who=tuple(rule["who"]),
            due=rule["due"],
            weight=rule["weight"],
            stops=tuple(rule.get("stops", ())),
            name=text_of(rule["name"]),
            asks=text_of(rule["asks"]),
            note=text_of(rule["note"]) if "note" in rule else EMPTY,
            reading=reading,
            more=tuple(each for each in more if each is not None),
        )

    def _first(self, fact_ids: Iterable[str]) -> Reading | None:
        """The first fact that answers on the day; the others leave no trace."""
        for fact_id in fact_ids:
            if self.view.has(fact_id):
                found = self.view.read(fact_id)
                if isinstance(found, Reading):
                    return found
        return None

    def _starts(self, rule: Mapping[str, Any]) -> Iterable[date]:
        """From which days a rule can be known: the first value of its facts, not before its own first day."""
        own = day(rule["from_day"]).first if "from_day" in rule else None
        for fact_id in rule["facts"]:
            start = self.view.book.fact(fact_id).values[0].start.first
            yield start if own is None else max(own, start)

    def _seen_later(self, rule: Mapping[str, Any]) -> Iterable[date]:
        """Days after the view's on which a rule without an answer was first seen in force."""
        if any(self.view.has(fact_id) for fact_id in rule["facts"]):
            return
        for fact_id in rule["facts"]:
            first = self.view.book.fact(fact_id).values[0]
            if first.observed and first.start.first > self.view.date:
                yield first.start.first

    def _gap(
        self, subject_id: str, subject: Mapping[str, Any], level: Level, since: date | None = None
    ) -> Gap:
        values: dict[str, object] = {
            "subject": text_of(subject["name"]),
            "where": self._where(subject["side"]),
        }
        if level != "none":
            values["day"] = said_day(self.view.date)
        if since is not None:
            values["since"] = said_day(since)
        text = self.view.text(f"compliance.gap.{level}", **values)
        return Gap(subject_id, subject["side"], level, text, since)

    def _where(self, side: str) -> Text:
        """Country, platform, service or mode that a subject was asked for."""
        part = ON_THE_WAY.get(side)
        code = self.context[part] if part else None
        if code is None:
            return self.view.text("compliance.where.china")
        if part == "destination":
            return place(self.view.book, code)
        if part == "platform":
            return text_of(self.view.rules("platforms")[code])
        if part == "service":
            rule = self.view.rules("freight")["services"][code]
            return Text(rule["en"], rule["zh"])
        return text_of(self.view.rules("import_modes")["modes"][code]["name"])


def _once(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Gaps without repeats: of a path that cannot be said, several subjects say the same."""
    return tuple({gap.text.en: gap for gap in gaps}.values())
