"""The strict door: reads the authored YAML and CSV, refuses what is not as it must be, and compiles one JSON.

Refusals name file, place and the right form. YAML scalars are read as text: `NO` is Norway, `0.10` exactly 0.10.
"""

from __future__ import annotations

import csv
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from desktop.core.errors import DataError
from desktop.core.facts import RuleBook
from desktop.store.rulebook import digest
from desktop.store.schemas import facts as form

FORMAT = 1
M = TypeVar("M", bound=BaseModel)


class _TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Scalars stay text, except an explicit null; a repeated key is refused."""


def _map(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise DataError(f"the key {key!r} stands twice", place=f"line {key_node.start_mark.line + 1}")
        result[key] = loader.construct_object(value_node, deep=True)
    return result


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in pairs if tag == "tag:yaml.org,2002:null"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_TextLoader.add_constructor("tag:yaml.org,2002:map", _map)


def read_yaml(path: Path) -> Any:
    """A YAML file with all scalars as text. DataError names the file and the line of what is wrong."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_TextLoader)
    except DataError as error:
        raise DataError(error.text.en, file=path.name) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        raise DataError(f"is not YAML ({_problem(error)})", file=path.name, place=place) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read ({error})", file=path.name) from None


def _problem(error: yaml.YAMLError) -> str:
    """What is wrong, in a line."""
    found = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return " ".join(str(found).split())


def check(model: type[M], data: Any, file: str, context: Mapping[str, Any] | None = None) -> M:
    """Data as a model, or a DataError with file, key and what is wrong there."""
    try:
        return model.model_validate(data, context=dict(context or {}))
    except ValidationError as error:
        # a key that is misspelt is missing under its right name too: the misspelling says more
        faults = sorted(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
        raise _refusal(model, data, faults[0], file) from None


def _refusal(model: type[BaseModel], data: Any, fault: Any, file: str) -> DataError:
    """One fault of a model as a sentence with file, place and the right form."""
    loc, kind = fault["loc"], fault["type"]
    place = _place(data, loc)
    if kind == "extra_forbidden":
        form = f"one of {', '.join(_known_keys(model, loc))}"
        return DataError(f"unknown key {str(loc[-1])!r}", file=file, place=place, form=form)
    if kind == "missing":
        return DataError(f"the key {str(loc[-1])!r} is missing", file=file, place=place)
    if kind == "literal_error":
        form = fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return DataError(f"{_shown(fault['input'])} is not possible", file=file, place=place, form=form)
    if kind == "value_error":
        return DataError(fault["msg"].removeprefix("Value error, "), file=file, place=place)
    form = fault["msg"].removeprefix("Input should be ").removeprefix("a valid ").split(",")[0]
    return DataError(f"{_shown(fault['input'])} is not possible", file=file, place=place, form=form)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _place(data: Any, loc: tuple[int | str, ...]) -> str:
    """The path of a fault, with the id of the record in place of its number."""
    parts: list[str] = []
    at = data
    for step in loc:
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            at = None
        if isinstance(step, int) and isinstance(at, dict) and isinstance(at.get("id"), str):
            parts.append(at["id"])
        else:
            parts.append(str(step))
    return " › ".join(parts)


def _known_keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    at: Any = model
    for step in loc[:-1]:
        if isinstance(step, int) or not isinstance(at, type) or not issubclass(at, BaseModel):
            continue
        found = at.model_fields.get(str(step))
        at = _inner(found.annotation) if found else at
    if isinstance(at, type) and issubclass(at, BaseModel):
        return [field.alias or name for name, field in at.model_fields.items()]
    return ["the keys of docs/data-format.md"]


def _inner(annotation: Any) -> Any:
    for argument in getattr(annotation, "__args__", ()):
        found = _inner(argument)
        if isinstance(found, type) and issubclass(found, BaseModel):
            return found
    return annotation


def _files(root: Path, folder: str) -> Iterator[tuple[str, Path]]:
    base = root / folder
    for path in sorted(base.rglob("*.yaml")):
        yield path.relative_to(root).as_posix(), path


def compile_data(root: Path) -> dict[str, Any]:
    """All of a data folder as one plain structure, checked. DataError at the first thing that is wrong."""
    sources = _unique(root, "sources", form.SourcesFile, "sources")
    units = _unique(root, "units", form.UnitsFile, "units")
    context = {"sources": set(sources)}
    doubts = _listed(root, "doubts", form.DoubtsFile, "doubts", context)
    facts, topics = _facts(root, context, units, doubts)
    rates = _rates(root, context)
    for table in rates.values():
        facts[f"rates.{table['id']}"] = _table_fact(table)
    context["facts"] = set(facts)
    compiled = {
        "format": FORMAT,
        "sources": sources,
        "units": units,
        "doubts": doubts,
        "missing": list(_listed(root, "missing", form.MissingFile, "missing", context).values()),
        "texts": _unique(root, "texts", form.TextsFile, "texts"),
        "rates": rates,
        "rules": _rules(root, context),
        "topics": topics,
        "facts": facts,
    }
    compiled["digest"] = digest(compiled)
    return compiled


def _dump(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(by_alias=True, exclude_defaults=True, mode="json")


def _unique(root: Path, folder: str, model: type[M], key: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for name, path in _files(root, folder):
        for item, value in getattr(check(model, read_yaml(path), name), key).items():
            if item in merged:
                raise DataError(f"{item!r} stands in another file as well", file=name)
            merged[item] = _dump(value)
    return merged


def _listed(
    root: Path, folder: str, model: type[M], key: str, context: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    merged: dict[str, dict[str, Any]] = {}
    for name, path in _files(root, folder):
        for item in getattr(check(model, read_yaml(path), name, context), key):
            if item.id in merged:
                raise DataError(f"{item.id!r} stands twice", file=name)
            merged[item.id] = _dump(item)
    return merged


def _facts(
    root: Path, context: Mapping[str, Any], units: Mapping[str, Any], doubts: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """All facts by id, and what each file is about by the prefix of its ids."""
    merged: dict[str, Any] = {}
    topics: dict[str, Any] = {}
    for name, path in _files(root, "facts"):
        prefix = name.removeprefix("facts/").removesuffix(".yaml").replace("/", ".") + "."
        file = check(form.FactsFile, read_yaml(path), name, context)
        topics[prefix[:-1]] = _dump(file.topic)
        for fact in file.facts:
            if not fact.id.startswith(prefix):
                raise DataError(
                    "an id begins with the path of its file", file=name, place=fact.id, form=f"{prefix}…"
                )
            if fact.id in merged:
                raise DataError("the id stands twice", file=name, place=fact.id)
            if fact.unit not in units:
                raise DataError(
                    f"unit {fact.unit!r} is not in the list",
                    file=name,
                    place=fact.id,
                    form="a key of data/units",
                )
            for doubt in fact.doubt:
                if doubt not in doubts:
                    raise DataError(f"there is no doubt {doubt!r}", file=name, place=fact.id)
            merged[fact.id] = _fact(fact)
    return merged, topics


def _fact(fact: form.Fact) -> dict[str, Any]:
    data = _dump(fact)
    # an explicit null is a value: it ends the one before
    for value, raw in zip(data["values"], fact.values, strict=True):
        value["value"] = raw.value
    return data


def _table_fact(table: Mapping[str, Any]) -> dict[str, Any]:
    start = "from" if "from" in table else "observed"
    common = {"source": table["source"], "confidence": table["confidence"]}
    values = [{start: table[start], "value": table["id"], **common}]
    if table.get("note"):
        values[0]["note"] = table["note"]
    if table.get("ends"):
        values.append({"from": table["ends"], "value": None, **common})
    return {
        "id": f"rates.{table['id']}",
        "says": table["says"],
        "unit": "table",
        "scope": {"service": table["service"]},
        "values": values,
    }


def _rates(root: Path, context: Mapping[str, Any]) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for name, path in _files(root, "rates"):
        for table in check(form.RatesFile, read_yaml(path), name, context).tables:
            if table.id in tables:
                raise DataError(f"table {table.id!r} stands twice", file=name)
            tables[table.id] = {**_dump(table), "rows": []}
    for path in sorted((root / "rates").glob("*.csv")):
        for row in read_rows(path):
            if row["table"] not in tables:
                raise DataError(f"there is no table {row['table']!r}", file=path.name)
            tables[row["table"]]["rows"].append({k: v for k, v in row.items() if v != "" and k != "table"})
    return tables


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a rate file as text; a column that is not known, or a cell that is no number, is refused with its row."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        for column in reader.fieldnames or ():
            if column not in form.ROW_COLUMNS:
                known = ", ".join(form.ROW_COLUMNS)
                raise DataError(f"unknown column {column!r}", file=path.name, form=f"some of {known}")
        for number, row in enumerate(reader, start=2):
            for column in form.NUMBER_COLUMNS & row.keys():
                if row[column]:
                    try:
                        form._number(row[column])
                    except ValueError as error:
                        raise DataError(str(error), file=path.name, place=f"row {number}, {column}") from None
            if row.get("per_cbm") and any(row.get(name) for name in ("per_kg", "first_price", "step_price")):
                raise DataError(
                    "a row has a price per m³ or by weight, not both", file=path.name, place=f"row {number}"
                )
            yield {key: (value or "").strip() for key, value in row.items()}


def _rules(root: Path, context: Mapping[str, Any]) -> dict[str, Any]:
    """Each folder of data/rules is an area with its schema module: `File` for one file, `merge` for all."""
    rules: dict[str, Any] = {}
    base = root / "rules"
    for folder in sorted(path for path in base.iterdir() if path.is_dir()) if base.is_dir() else ():
        area = folder.name
        try:
            schema = importlib.import_module(f"desktop.store.schemas.{area.replace('-', '_')}")
        except ModuleNotFoundError:
            raise DataError("no schema for this area", file=f"rules/{area}") from None
        if not hasattr(schema, "merge"):
            raise DataError("no schema for this area", file=f"rules/{area}")
        files = {
            path.stem: check(schema.File, read_yaml(path), name, context)
            for name, path in _files(root, f"rules/{area}")
        }
        rules[area] = schema.merge(files)
    if "fees" in rules:
        # the questions offer the platforms by name, and do not wait for their fees
        rules["platforms"] = {platform: fees["name"] for platform, fees in rules["fees"].items()}
    return rules


def book_of(compiled: Mapping[str, Any]) -> RuleBook:
    """Compiled data as a rule book."""
    return RuleBook(
        facts_data=compiled["facts"],
        sources_data=compiled["sources"],
        units=compiled["units"],
        doubts_data=compiled["doubts"],
        missing=compiled["missing"],
        rules=compiled["rules"],
        texts=compiled["texts"],
        rates=compiled["rates"],
        topics=compiled.get("topics", {}),
        digest=compiled.get("digest", ""),
    )
