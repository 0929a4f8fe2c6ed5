"""`lanewise changes`: a case on two days, line by line, with the facts that moved."""

from __future__ import annotations

from typing import Any

from desktop.core.facts import Reading
from desktop.core.money import major
from desktop.core.text import Language
from desktop.engine.changes import PRICED, Changes, FactChange, LineChange, OptionChange


def changes_json(found: Changes, language: Language) -> dict[str, Any]:
    """Ranks and nets of every option on both days, the lines of the priced ones, and the facts behind the differences."""
    return {
        "from": found.before.as_of.isoformat(),
        "to": found.after.as_of.isoformat(),
        "market": found.market[language] or None,
        "options": [_option(option, language) for option in found.options],
        "facts": [_moved(moved, language) for moved in found.moved],
    }


def _option(option: OptionChange, language: Language) -> dict[str, Any]:
    before, after = option.nets
    data: dict[str, Any] = {
        "choice": option.choice,
        "id": option.id,
        "name": option.name[language],
        "rank": list(option.ranks),
        "closed": [bool(o and o.excluded) for o in (option.before, option.after)],
    }
    if option.choice in PRICED:
        data["net"] = [
            None if q is None or q.price <= 0 or "mode" in q.lane else str(q.net_money)
            for q in (before, after)
        ]
        data["lines"] = [_line(line, language) for line in option.lines]
    return data


def _line(line: LineChange, language: Language) -> dict[str, Any]:
    return {
        "id": line.id,
        "label": line.label[language],
        "currency": line.currency,
        "payer": line.payer,
        "before": _amount(line.before, line.currency),
        "after": _amount(line.after, line.currency),
        "difference": _amount(line.difference, line.currency),
        "there": list(line.there),
        "facts": _moved(line.moved, language) if line.moved else None,
    }


def _amount(units: int | None, currency: str) -> str | None:
    return None if units is None else f"{major(units, currency):f}"


def _moved(moved: FactChange, language: Language) -> dict[str, Any]:
    return {
        "before": [_reading(reading, language) for reading in moved.before],
        "after": [_reading(reading, language) for reading in moved.after],
    }


def _reading(reading: Reading, language: Language) -> dict[str, Any]:
    return {
        "id": reading.id,
        "says": reading.fact.says[language],
        "value": reading.raw,
        "from": str(reading.value.start),
        "source": reading.value.source,
    }


def print_changes(found: Changes, language: Language) -> None:
    """For reading: the first option of each priced choice line by line, then the places of all."""
    zh = language == "zh"
    print(f"{found.before.as_of.isoformat()} → {found.after.as_of.isoformat()}")
    for choice in PRICED:
        ranking = found.after.ranking(choice)
        option = found.option(choice, ranking.first.id) if ranking.first else None
        if option is None or not option.lines:
            continue
        where = f", {found.market[language]}" if choice == "platforms" and found.market else ""
        print(f"\n{option.name[language]}{where}")
        for line in option.lines:
            _print_line(line, language)
    print("\n名次" if zh else "\nPlaces")
    for option in found.options:
        old, new = (
            "x" if o and o.excluded else str(r or "?")
            for o, r in zip((option.before, option.after), option.ranks, strict=True)
        )
        print(f"  {option.choice:18} {old:>2} → {new:>2}  {option.name[language]}")


def _print_line(line: LineChange, language: Language) -> None:
    shown = [
        "–" if not there else "?" if amount is None else f"{major(amount, line.currency):f}"
        for amount, there in zip((line.before, line.after), line.there, strict=True)
    ]
    change = line.difference
    more = "" if change is None else f"{major(change, line.currency):+f} {line.currency}"
    print(f"  {line.label[language]:<34} {shown[0]:>10} → {shown[1]:>10}  {more}")
    if line.moved is None:
        return
    for sign, readings in (("-", line.moved.before), ("+", line.moved.after)):
        for reading in readings:
            print(f"      {sign} {reading.id} = {reading.raw} ({reading.value.start})")
