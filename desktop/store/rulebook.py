"""The compiled rule book: written by `lanewise check-data --compile`, read at start without YAML or pydantic.

Two files: `rules.json` with rules, words and sources, read at once; `facts.json` with the facts, rate tables and the
borders of the destinations, the larger part, read when the first of them is asked for, so that the window stands before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from desktop.core.errors import StoreError
from desktop.core.facts import RuleBook
from desktop.store.paths import data_path

FOLDER = "compiled"
RULES, FACTS = "rules.json", "facts.json"
LATER = ("facts", "rates")


class Later(Mapping[str, Any]):
    """A mapping that is read from its file on the first look; its length is known before."""

    def __init__(self, count: int, read: Callable[[], Mapping[str, Any]]) -> None:
        self._count = count
        self._read = read

    @cached_property
    def _data(self) -> Mapping[str, Any]:
        return self._read()

    def __getitem__(self, key: str) -> Any:
        return self._data[key]

    def __contains__(self, key: object) -> bool:
        return key in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return self._count


class _FactsFile:
    """Reads the second file once for both its parts."""

    def __init__(self, read: Callable[[], bytes], digest: str) -> None:
        self._read = read
        self._digest = digest

    @cached_property
    def parts(self) -> Mapping[str, Any]:
        data = json.loads(self._read())
        if data.get("digest") != self._digest:
            raise StoreError("the two files of the compiled rule book do not belong together")
        assert isinstance(data, dict)
        return data

    def facts(self) -> Mapping[str, Any]:
        part: Mapping[str, Any] = self.parts["facts"]
        return part

    def rates(self) -> Mapping[str, Any]:
        part: Mapping[str, Any] = self.parts["rates"]
        return part

    def areas(self) -> Mapping[str, Any]:
        part: Mapping[str, Any] = self.parts["areas"]
        return part


def load() -> RuleBook:
    """The rule book that the program ships."""
    return _book(data_path(FOLDER, RULES).read_bytes(), data_path(FOLDER, FACTS).read_bytes)


def load_folder(folder: Path) -> RuleBook:
    """A compiled rule book from a folder; StoreError where it cannot be read."""
    try:
        return _book((folder / RULES).read_bytes(), (folder / FACTS).read_bytes)
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"{folder.name} cannot be read as a rule book ({error})") from None


def _book(rules: bytes, facts: Callable[[], bytes]) -> RuleBook:
    data = json.loads(rules)
    later = _FactsFile(facts, data["digest"])
    counts = data["counts"]
    if "areas" in counts:
        data["rules"]["border"]["areas"] = Later(counts["areas"], later.areas)
    return RuleBook(
        facts_data=Later(counts["facts"], later.facts),
        sources_data=data["sources"],
        units=data["units"],
        doubts_data=data["doubts"],
        missing=data["missing"],
        rules=data["rules"],
        texts=data["texts"],
        rates=Later(counts["rates"], later.rates),
        topics=data.get("topics", {}),
        digest=data["digest"],
    )


def write_compiled(compiled: Mapping[str, Any], folder: Path) -> None:
    """Compiled data as the two files, one record a line so that a change shows as a change."""
    folder.mkdir(parents=True, exist_ok=True)
    first = {key: value for key, value in compiled.items() if key not in LATER}
    first["counts"] = {key: len(compiled[key]) for key in LATER}
    second = {"digest": compiled["digest"], **{key: compiled[key] for key in LATER}}
    border = compiled["rules"].get("border")
    if border is not None:
        second["areas"] = border["areas"]
        first["counts"]["areas"] = len(border["areas"])
        without = {key: value for key, value in border.items() if key != "areas"}
        first["rules"] = {**compiled["rules"], "border": without}
    (folder / RULES).write_text(_lines(first), encoding="utf-8")
    (folder / FACTS).write_text(_lines(second), encoding="utf-8")


def read_compiled(folder: Path) -> dict[str, Any]:
    """The two files as the one structure that they were written from."""
    first = json.loads((folder / RULES).read_bytes())
    second = json.loads((folder / FACTS).read_bytes())
    first.pop("counts")
    if "areas" in second:
        first["rules"]["border"]["areas"] = second.pop("areas")
    return {**first, **second}


def _lines(data: Mapping[str, Any]) -> str:
    parts = []
    for key, value in data.items():
        if isinstance(value, dict) and value:
            rows = ",\n".join(f"{json.dumps(k)}:{_compact(v)}" for k, v in value.items())
            parts.append(f"{json.dumps(key)}:{{\n{rows}\n}}")
        else:
            parts.append(f"{json.dumps(key)}:{_compact(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
