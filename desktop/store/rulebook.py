"""The compiled rule book: written by `lanewise check-data --compile`, read at start without YAML or pydantic.

Two files: `rules.json` with most rules and words, read at once; `facts.json` with facts, sources, rate tables, platform
fees, the borders of the destinations and the papers of goods, the larger part, read when the first of them is asked for,
so that the window stands before. Each record stays as it is written and is parsed when it is asked for: an answer wants
a few hundred of some thousands. What the window says of the sources at once, their newest day and when reviews fall due,
is in the first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from msgspec import MsgspecError, Raw
from msgspec.json import decode

from desktop.core.errors import StoreError
from desktop.core.facts import RuleBook, source_days
from desktop.store.paths import data_path

FOLDER = "compiled"
RULES, FACTS = "rules.json", "facts.json"
UNREADABLE = (MsgspecError, ValueError)
"""What is no JSON, and what is no text."""
LATER = ("facts", "rates", "sources", "doubts", "topics")


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


class Records(Mapping[str, Any]):
    """The records of one part of a file as they are written; each is parsed once, when it is asked for."""

    def __init__(self, written: Raw) -> None:
        self._written = decode(written, type=dict[str, Raw])
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._parsed:
            try:
                self._parsed[key] = decode(self._written[key])
            except UNREADABLE as error:
                raise StoreError(f"the record {key} of the rule book cannot be read ({error})") from None
        return self._parsed[key]

    def __contains__(self, key: object) -> bool:
        return key in self._written

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


class _FactsFile:
    """Reads the second file once for all its parts."""

    def __init__(self, read: Callable[[], bytes], digest: str, counts: Mapping[str, int]) -> None:
        self._read = read
        self._digest = digest
        self._counts = counts

    @cached_property
    def parts(self) -> Mapping[str, Any]:
        try:
            data = decode(self._read(), type=dict[str, Raw])
            if decode(data.pop("digest")) != self._digest:
                raise StoreError("the two files of the compiled rule book do not belong together")
            return {name: Records(data[name]) for name in self._counts}
        except (*UNREADABLE, KeyError) as error:
            raise StoreError(f"{FACTS} cannot be read as a part of the rule book ({error})") from None

    def part(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.parts[name]
        return found


def load() -> RuleBook:
    """The rule book that the program ships."""
    return _book(data_path(FOLDER, RULES).read_bytes(), data_path(FOLDER, FACTS).read_bytes)


def shipped_rules() -> bytes:
    """The first of the two files that the program ships: it is another one wherever its own rules are other ones."""
    return data_path(FOLDER, RULES).read_bytes()


def load_folder(folder: Path) -> RuleBook:
    """A compiled rule book from a folder; StoreError where it cannot be read."""
    try:
        return _book((folder / RULES).read_bytes(), (folder / FACTS).read_bytes)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{folder.name} cannot be read as a rule book ({error})") from None


def _book(rules: bytes, facts: Callable[[], bytes]) -> RuleBook:
    try:
        data = decode(rules)
    except UNREADABLE as error:
        raise StoreError(f"{RULES} cannot be read as a rule book ({error})") from None
    later = _FactsFile(facts, data["digest"], data["counts"])
    parts = {name: Later(count, partial(later.part, name)) for name, count in data["counts"].items()}
    if "areas" in parts:
        data["rules"]["border"]["areas"] = parts["areas"]
    if "fees" in parts:
        data["rules"]["fees"] = parts["fees"]
    if "papers" in parts:
        data["rules"]["compliance"]["items"] = parts["papers"]
    return RuleBook(
        facts_data=parts["facts"],
        sources_data=parts["sources"],
        units=data["units"],
        doubts_data=parts["doubts"],
        missing=data["missing"],
        rules=data["rules"],
        texts=data["texts"],
        rates=parts["rates"],
        topics=parts["topics"],
        digest=data["digest"],
        days=data["days"],
    )


def write_compiled(compiled: Mapping[str, Any], folder: Path) -> None:
    """Compiled data as the two files, one record a line so that a change shows as a change."""
    folder.mkdir(parents=True, exist_ok=True)
    first = {key: value for key, value in compiled.items() if key not in LATER}
    first["counts"] = {key: len(compiled[key]) for key in LATER}
    second = {"digest": compiled["digest"], **{key: compiled[key] for key in LATER}}
    first["days"] = source_days(compiled["sources"])
    rules = dict(compiled["rules"])
    if "border" in rules:
        second["areas"] = rules["border"]["areas"]
        rules["border"] = {key: value for key, value in rules["border"].items() if key != "areas"}
    if "fees" in rules:
        second["fees"] = rules.pop("fees")
    if "compliance" in rules:
        second["papers"] = rules["compliance"]["items"]
        rules["compliance"] = {key: value for key, value in rules["compliance"].items() if key != "items"}
    first["rules"] = rules
    first["counts"] |= {name: len(second[name]) for name in ("areas", "fees", "papers") if name in second}
    (folder / RULES).write_text(_lines(first), encoding="utf-8")
    (folder / FACTS).write_text(_lines(second), encoding="utf-8")


def digest(compiled: Mapping[str, Any]) -> str:
    """A short fingerprint of compiled data, the same for the same facts."""
    import hashlib  # a start does without it

    rest = {key: value for key, value in compiled.items() if key != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def read_compiled(folder: Path) -> dict[str, Any]:
    """The two files as the one structure that they were written from."""
    first = json.loads((folder / RULES).read_bytes())
    second = json.loads((folder / FACTS).read_bytes())
    for name in ("counts", "days"):
        first.pop(name)
    if "areas" in second:
        first["rules"]["border"]["areas"] = second.pop("areas")
    if "fees" in second:
        first["rules"]["fees"] = second.pop("fees")
    if "papers" in second:
        first["rules"]["compliance"]["items"] = second.pop("papers")
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
