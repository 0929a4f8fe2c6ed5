"""`lanewise compliance`: the papers, registrations, labels and tests of a case, and what the rules do not cover."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.core.case import Case
from desktop.core.errors import OptionError
from desktop.core.facts import Reading, RuleBook
from desktop.core.questions import Questions
from desktop.core.text import Language, Text
from desktop.engine.advice import evaluate
from desktop.engine.compliance import Checklist, Gap, Item, checklist, chosen_on

PAPERS = Text(
    "Papers and registrations (lanewise compliance CASE lists them)",
    "文件与注册（lanewise compliance CASE 列出明细）",
)
ONLY_IMPORTS = Text(
    "the case only imports; --to and --platform speak of an export",
    "案例仅为进口；--to 和 --platform 用于出口",
)


def checked(
    case: Case, book: RuleBook, questions: Questions, to: str | None, platform: str | None, today: date
) -> Checklist:
    """The checklist of a case for its own path, or for another destination or platform."""
    if (to or platform) and not case.exports:
        raise OptionError(ONLY_IMPORTS)
    if to is not None:
        to = to.upper()
        _known("--to", to, tuple(book.rules["border"]["destinations"]))
        # where it is a market, its own platforms and services are asked for
        if questions["destinations"].choice(to) is not None:
            case, _ = case.set(questions, "destinations", [to])
    if platform is not None:
        _known("--platform", platform, tuple(book.rules["platforms"]))
        case, _ = case.set(questions, "platform", platform)
    day = case.as_of or today
    chosen = chosen_on(evaluate(case, book, today, questions), case, to)
    return checklist(case, book.at(day, case.overrides), chosen, questions)


def _known(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise OptionError(
            Text(
                f"{option}: {value!r} is not covered; one of {', '.join(allowed)}",
                f"{option}：未收录 {value!r}；可选 {'、'.join(allowed)}",
            )
        )


def checklist_json(found: Checklist, language: Language) -> dict[str, Any]:
    """A checklist: path, items in order, gaps. `stops` is empty unless the item is a hard stop."""
    return {
        "as_of": found.as_of.isoformat(),
        "path": {
            "destination": found.chosen.destination,
            "platform": found.chosen.platform,
            "service": found.chosen.service,
            "mode": found.chosen.mode,
        },
        "items": [_item_json(item, language) for item in found.items],
        "gaps": [_gap_json(gap, language) for gap in found.gaps],
    }


def _item_json(item: Item, language: Language) -> dict[str, Any]:
    return {
        "id": item.id,
        "subject": item.subject,
        "side": item.side,
        "kind": item.kind,
        "name": item.name[language],
        "text": item.asks[language],
        "who": list(item.who),
        "due": item.due,
        "weight": item.weight,
        "stops": list(item.stops),
        "note": item.note[language] or None,
        "facts": [_fact_json(reading) for reading in item.readings],
    }


def _fact_json(reading: Reading) -> dict[str, Any]:
    value, source = reading.value, reading.source
    return {
        "id": reading.id,
        "value": reading.raw,
        "from": str(value.start),
        "observed": value.observed,
        "confidence": value.confidence,
        "source": source.key,
        "publisher": source.publisher,
        "url": source.url,
        "dated": str(source.dated) if source.dated else None,
        "read": source.read.isoformat(),
    }


def _gap_json(gap: Gap, language: Language) -> dict[str, Any]:
    return {
        "subject": gap.subject or None,
        "side": gap.side,
        "level": gap.level,
        "text": gap.text[language],
        "known_from": gap.since.isoformat() if gap.since else None,
        "question": gap.question or None,
    }


def print_checklist(found: Checklist, book: RuleBook, language: Language) -> None:
    """Hard stops first; each with what, who, when and the source."""
    zh = language == "zh"
    print(f"{'规则日期' if zh else 'Rules as of'} {found.as_of.isoformat()}: {path_line(found, language)}")
    for item in found.items:
        mark = {"stop": "!", "must": "*", "mind": "-"}[item.weight]
        print(f"  {mark}  {item.name[language]}{_colon(zh)}{item.asks[language]}")
        who = "、".join if zh else ", ".join
        words = [
            book.text(f"compliance.kind.{item.kind}")[language],
            who(book.text(f"compliance.who.{each}")[language] for each in item.who),
            book.text(f"compliance.due.{item.due}")[language],
            *(book.text(f"compliance.stop.{each}")[language] for each in item.stops),
        ]
        reading = item.reading
        print(f"       {('；' if zh else '; ').join(words)} [{reading.source.key}, {reading.value.start}]")
        if item.note:
            print(f"       {item.note[language]}")
    for gap in found.gaps:
        print(f"  ?  {gap.text[language]}")


def path_line(found: Checklist, language: Language) -> str:
    """The path and the counts in one line: GB, ebay, yunexpress: items 12, hard stops 0, not covered or not known 4."""
    chosen = found.chosen
    path = ", ".join(
        part for part in (chosen.destination, chosen.platform, chosen.service, chosen.mode) if part
    )
    counts = (len(found.items), len(found.stops), len(found.gaps))
    if language == "zh":
        return f"{path or '—'}：{counts[0]} 项，硬性门槛 {counts[1]} 项，未收录或未知 {counts[2]} 处"
    return f"{path or '-'}: items {counts[0]}, hard stops {counts[1]}, not covered or not known {counts[2]}"


def _colon(zh: bool) -> str:
    return "：" if zh else ": "
