"""`lanewise coverage`: what the rules answer, by platform, destination, service and import mode."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from desktop.core.facts import RuleBook
from desktop.core.text import Language, text_of
from desktop.engine import coverage, freight, import_tax

MARKS = {"full": "#", "part": "+", "none": ".", "closed": " "}


def coverage_json(book: RuleBook, today: date, language: Language) -> dict[str, Any]:
    """Every table of coverage, the facts on weak sources and those past their review, and what is known to be missing."""
    days = {year: coverage.day_of(year, today) for year in coverage.years(today)}
    view = book.at(today)
    countries = tuple(book.rules["border"]["destinations"])
    return {
        "as_of": today.isoformat(),
        "platforms": [
            {
                "platform": platform,
                "marketplace": site,
                "years": {
                    str(year): _cell(coverage.platform_cell(book, platform, site, on))
                    for year, on in days.items()
                },
            }
            for platform, site in coverage.platform_rows(book)
        ],
        "destinations": [
            {
                "to": to,
                "years": {
                    str(year): _cell(coverage.destination_cell(book, to, on)) for year, on in days.items()
                },
            }
            for to in countries
        ],
        "services": [
            {
                "service": service,
                "name": text_of(view.rules("freight")["services"][service])[language],
                "destinations": {to: _cell(coverage.service_cell(view, service, to)) for to in countries},
            }
            for service in freight.service_ids(view)
        ],
        "import_modes": [
            {
                "mode": mode,
                "years": {str(year): _cell(coverage.mode_cell(book, mode, on)) for year, on in days.items()},
            }
            for mode in import_tax.modes(view)
        ],
        "weak": [_fact(item, language) for item in coverage.weak_facts(book, today)],
        "past_review": [_fact(item, language) for item in coverage.due_facts(book, today)],
        "missing": [text_of(item["says"])[language] for item in book.missing if "says" in item],
    }


def _cell(cell: coverage.Cell) -> dict[str, Any]:
    return {
        "level": cell.level,
        "known": cell.known,
        "of": cell.of,
        "confidence": cell.confidence or None,
        "review_by": cell.review_by.isoformat() if cell.review_by else None,
        "oldest_source": cell.oldest.isoformat() if cell.oldest else None,
    }


def _fact(item: coverage.WeakFact, language: Language) -> dict[str, Any]:
    return {
        "id": item.fact.id,
        "says": item.fact.says[language],
        "confidence": item.value.confidence,
        "source": item.source.key,
        "source_day": item.source.day.isoformat(),
        "review_by": item.source.review_by.isoformat() if item.source.review_by else None,
    }


def print_coverage(found: dict[str, Any], language: Language) -> None:
    """Tables for reading: # whole, + in part, . nothing; the weakest confidence at the end of a row."""
    zh = language == "zh"
    print(
        "# 全部  + 部分  . 无  （空格：不提供）"
        if zh
        else "# whole  + in part  . nothing  (blank: not offered)"
    )
    years = list(found["platforms"][0]["years"])
    _table(
        "平台" if zh else "Platforms",
        years,
        ((f"{r['platform']} {r['marketplace']}", r["years"]) for r in found["platforms"]),
    )
    _table("目的地" if zh else "Destinations", years, ((r["to"], r["years"]) for r in found["destinations"]))
    _table(
        "进口模式" if zh else "Import modes", years, ((r["mode"], r["years"]) for r in found["import_modes"])
    )
    countries = list(found["services"][0]["destinations"])
    _table(
        "物流" if zh else "Services",
        countries,
        ((r["service"], r["destinations"]) for r in found["services"]),
    )
    for key, title in (
        ("weak", "弱来源" if zh else "On weak sources"),
        ("past_review", "已过复核日" if zh else "Past review"),
    ):
        print(f"\n{title}: {len(found[key])}")
        for item in found[key][:12]:
            print(f"  {item['id']}  {item['says']}  ({item['source_day']})")
    print(f"\n{'已知缺失' if zh else 'Known to be missing'}: {len(found['missing'])}")


def _table(title: str, columns: list[str], rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
    width = max(len(column) for column in columns) + 1
    print(f"\n{title:24}" + "".join(f"{column:>{width}}" for column in columns))
    for name, cells in rows:
        marks = "".join(f"{MARKS[cells[column]['level']]:>{width}}" for column in columns)
        last = cells[columns[-1]]
        confidence = f"  {last['confidence']}" if last["confidence"] else ""
        print(f"{name:24}{marks}{confidence}")
