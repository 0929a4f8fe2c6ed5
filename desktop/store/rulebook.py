"""The compiled rule book: written by `lanewise check-data --compile`, read at start without YAML or pydantic."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.core.errors import StoreError
from desktop.core.facts import RuleBook
from desktop.store.paths import data_path

COMPILED = ("compiled", "rules.json")


def load() -> RuleBook:
    """The rule book that the program ships."""
    return _book(json.loads(data_path(*COMPILED).read_bytes()))


def load_file(path: Path) -> RuleBook:
    """A compiled rule book from a file; StoreError where it cannot be read."""
    try:
        return _book(json.loads(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path.name} cannot be read as a rule book ({error})") from None


def _book(data: dict[str, Any]) -> RuleBook:
    return RuleBook(
        facts_data=data["facts"], sources_data=data["sources"], units=data["units"], doubts_data=data["doubts"],
        missing=data["missing"], rules=data["rules"], texts=data["texts"], rates=data["rates"],
        digest=data["digest"],
    )  # fmt: skip


def write_compiled(compiled: dict[str, Any], path: Path) -> None:
    """Compiled data as JSON, one record a line so that a change shows as a change."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["{"]
    for key, value in compiled.items():
        last = key == list(compiled)[-1]
        if isinstance(value, dict) and value:
            lines.append(f"{json.dumps(key)}:{{")
            items = [f"{json.dumps(k)}:{_compact(v)}" for k, v in value.items()]
            lines.append(",\n".join(items))
            lines.append("}" if last else "},")
        else:
            lines.append(f"{json.dumps(key)}:{_compact(value)}{'' if last else ','}")
    lines.append("}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
