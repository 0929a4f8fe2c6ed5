"""Examples printed in published pages, each run through the command line to the minor unit."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from desktop.cli import main

FOLDER = Path(__file__).parent / "examples"
CALCULATORS = ("fees", "freight", "duty", "import-tax")
KEYS = {
    "id", "as_of", "given", "set", "price_list", "expected", "arithmetic", "source", "says", "flawed", "page",
}  # fmt: skip


def examples() -> list[dict[str, Any]]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert set(data) == {"calculator", "sources", "examples"}, path.name
        for example in data["examples"]:
            found.append(
                {**example, "calculator": data["calculator"], "sources": data["sources"], "file": path.name}
            )
    return found


EXAMPLES = examples()


def arguments(example: dict[str, Any], folder: Path) -> list[str]:
    flags = [example["calculator"]]
    for name, value in example["given"].items():
        flag = f"--{name.replace('_', '-')}"
        if value is True:
            flags.append(flag)
            continue
        for item in value if isinstance(value, list) else [value]:
            flags += [flag, str(item)]
    if "price_list" in example:
        path = folder / "own.csv"
        path.write_text(example["price_list"], encoding="utf-8")
        flags += ["--price-list", str(path)]
    for fact, value in example.get("set", {}).items():
        flags += ["--set", f"{fact}={value}"]
    return [*flags, "--as-of", str(example["as_of"]), "--json"]


def figures(answer: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """What the program answers for the figures that the page prints."""
    found: dict[str, Any] = {}
    for key in wanted:
        if key == "lines":
            found[key] = {
                start: str(sum((Decimal(line["amount"]) for line in answer["lines"]
                                if line["id"].startswith(start) and line["amount"] is not None), Decimal(0)))
                for start in wanted[key]
            }  # fmt: skip
        else:
            found[key] = answer[key]
    return found


def plain(value: Any) -> Any:
    """Figures compare as numbers, words as words: 4.2 and 4.20 are the same amount."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return value


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["id"] for example in EXAMPLES])
def test_example(example: dict[str, Any], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code = main(arguments(example, tmp_path))
    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    answer = figures(json.loads(printed.out), example["expected"])
    assert plain(answer) == plain(example["expected"]), example["arithmetic"]
    if "flawed" in example:
        page = figures(json.loads(printed.out), example["page"])
        assert plain(page) != plain(example["page"]), "the page is not flawed after all"


def test_each_example_is_whole() -> None:
    for example in EXAMPLES:
        given = set(example) - {"calculator", "sources", "file"}
        where = f"{example['file']}: {example['id']}"
        assert given <= KEYS, where
        assert KEYS - given <= {"set", "price_list", "flawed", "page"}, where
        assert ("flawed" in example) == ("page" in example), where
        assert example["calculator"] in CALCULATORS, where
        assert example["id"].startswith(example["calculator"]), where
        assert example["expected"], where
        source = example["sources"][example["source"]]
        assert {"publisher", "title", "url", "dated", "read"} == set(source), where
    assert not [name for name, count in Counter(e["id"] for e in EXAMPLES).items() if count > 1]
