"""Says of each researched fact, rate table and freight lane whether it is shipped, merged into another or left out.

Use: python tools/researched.py DIR [--data FOLDER] [--notes FILE] [--short]

DIR holds the researched files (YAML with `facts`, `rate_tables`, `freight_lanes`). A fact or table is shipped under its
own id; what is merged or left out stands in tools/researched.yaml with its reason. A lane has no id: a note names it by
any of its keys, and its figures must stand in what it went into. Exit code 1 where something is neither.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
KINDS = {"facts": "fact", "rate_tables": "table", "freight_lanes": "lane"}
OPEN = "neither"


@dataclass
class Shipped:
    """Ids of the facts and tables of a data folder (tables as `rates.<id>`), their rows and all their figures."""

    rows: dict[str, int] = field(default_factory=dict)
    figures: dict[str, set[Decimal]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Path) -> Shipped:
        found = cls()
        for path in sorted((data / "facts").rglob("*.yaml")):
            for fact in read(path)["facts"]:
                found.rows[fact["id"]] = 0
                found.figures[fact["id"]] = set(numbers([value["value"] for value in fact["values"]]))
        for path in sorted((data / "rates").glob("*.yaml")):
            for table in read(path)["tables"]:
                found.rows[f"rates.{table['id']}"] = 0
                found.figures[f"rates.{table['id']}"] = set()
        for path in sorted((data / "rates").glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as stream:
                for row in csv.DictReader(stream):
                    key = f"rates.{row.pop('table')}"
                    found.rows[key] += 1
                    found.figures[key].update(numbers(list(row.values())))
        return found


@dataclass(frozen=True)
class Finding:
    kind: str
    name: str
    state: str
    """shipped, merged, left or neither."""
    says: str


def read(path: Path) -> Any:
    # all scalars as text: NO is Norway
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def numbers(value: Any) -> Iterator[Decimal]:
    """All figures in a nest of maps and lists; texts are passed over."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from numbers(item)
        return
    try:
        yield Decimal(value)
    except (InvalidOperation, TypeError):
        return


def prices(lane: Mapping[str, Any]) -> set[Decimal]:
    """The prices of a lane: of its breaks, its range or its one rate."""
    breaks = [step["rate"] for step in lane.get("breaks", ())]
    return set(numbers([*breaks, lane.get("range", []), lane.get("rate")]))


def name_of(kind: str, item: Mapping[str, Any]) -> str:
    if kind != "lane":
        return str(item["id"])
    cargo = f" ({item['cargo']})" if "cargo" in item else ""
    return f"{item['service']} {item['origin']} > {item['dest']}{cargo}, {item['unit']}, {item['source']}"


def note_for(kind: str, item: Mapping[str, Any], notes: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The first note whose keys all hold of the item."""
    said = {"into", "why"}
    for note in notes:
        if all(str(item.get(key)) == value for key, value in note.items() if key not in said):
            return note
    return None


def judged(kind: str, item: Mapping[str, Any], shipped: Shipped, notes: list[dict[str, Any]]) -> Finding:
    name = name_of(kind, item)
    own = f"rates.{name}" if kind == "table" else name
    if kind != "lane" and own in shipped.rows:
        rows = (
            f", {len(item['rows'])} rows researched, {shipped.rows[own]} shipped" if kind == "table" else ""
        )
        return Finding(kind, name, "shipped", own + rows)
    note = note_for(kind, item, notes)
    if note is None:
        return Finding(kind, name, OPEN, "no such id is shipped, and no note names it")
    if not note.get("into"):
        return Finding(kind, name, "left", note["why"])
    into = note["into"] if isinstance(note["into"], list) else [note["into"]]
    unknown = [target for target in into if target not in shipped.rows]
    if unknown:
        return Finding(kind, name, OPEN, f"the note names {', '.join(unknown)}, which is not shipped")
    if kind == "lane":
        lost = prices(item) - set().union(*(shipped.figures[target] for target in into))
        if lost:
            return Finding(kind, name, OPEN, f"{', '.join(into)} lacks {', '.join(map(str, sorted(lost)))}")
    rows = f" ({len(item['rows'])} rows researched)" if kind == "table" else ""
    why = f": {note['why']}" if "why" in note else ""
    return Finding(kind, name, "merged", ", ".join(into) + rows + why)


def findings(folder: Path, data: Path, notes: Mapping[str, Any]) -> list[Finding]:
    shipped = Shipped.of(data)
    found = []
    for path in sorted(folder.glob("*.yaml")):
        researched = read(path)
        for section, kind in KINDS.items():
            for item in researched.get(section) or ():
                found.append(judged(kind, item, shipped, notes.get(section) or []))
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of researched files")
    parser.add_argument("--data", type=Path, default=HERE.parent / "data", metavar="FOLDER")
    parser.add_argument("--notes", type=Path, default=HERE / "researched.yaml", metavar="FILE")
    parser.add_argument("--short", action="store_true", help="only the counts, and what is neither")
    options = parser.parse_args(arguments)
    if not any(options.folder.glob("*.yaml")):
        parser.error(f"{options.folder} holds no YAML file")
    found = findings(options.folder, options.data, read(options.notes) or {})
    for item in found:
        if item.state == OPEN or not options.short:
            print(f"{item.state:8} {item.kind:5} {item.name}: {item.says}")
    for kind in KINDS.values():
        counts = Counter(item.state for item in found if item.kind == kind)
        print(f"{kind}s: " + (", ".join(f"{n} {state}" for state, n in sorted(counts.items())) or "none"))
    return 1 if any(item.state == OPEN for item in found) else 0


if __name__ == "__main__":
    sys.exit(main())
