"""The upgrade walk: what an earlier version wrote opens in this one, with every answer.

`tests/upgrade/VERSION` holds a casebook and a case file that this version of the program wrote, and what stood in them.
They are never written anew: a version that changes a form adds a folder (`python -m tests.test_upgrade VERSION`).
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.core.case import Case, data_of
from desktop.core.casebook import Details, Query
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.engine.advice import evaluate
from desktop.store.casebook import Casebook
from desktop.store.casebook.files import copies_of
from desktop.store.casefile import examples, read_case, read_example, write_case

FOLDER = Path(__file__).parent / "upgrade"
VERSIONS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
NOW = datetime(2026, 12, 5, 10, 0, tzinfo=timezone(timedelta(hours=8)))
CASEBOOK, CASE, STOOD = "casebook.db", "case.lanewise", "stood.json"
CLIENTS: tuple[dict[str, Any], ...] = (
    {"client": "张伟", "contact": "宁波", "note": "call after the fair", "follow_up": date(2026, 12, 9)},
    {"client": "Ana Souza", "tags": ("toys", "Brazil"), "languages": ("pt",), "consent": "email"},
    {},
)
SAID = ("client", "contact", "note", "tags", "follow_up", "consent")


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def stood(version: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((FOLDER / version / STOOD).read_text("utf-8"))
    return found


def told(case: Case) -> dict[str, Any]:
    return json.loads(json.dumps(data_of(case)))  # type: ignore[no-any-return]


def plain(value: object) -> Any:
    return (
        value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
    )


def test_every_version_that_wrote_a_form_is_there() -> None:
    assert "0.1.0" in VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_a_casebook_of_an_earlier_version_opens_whole(
    version: str, questions: Questions, tmp_path: Path
) -> None:
    shutil.copy(FOLDER / version / CASEBOOK, tmp_path / CASEBOOK)
    with Casebook.open(tmp_path / CASEBOOK, lambda: NOW, questions) as casebook:
        assert casebook.check() is None
        rows = casebook.find(Query(sort="created", descending=False)).rows
        assert len(rows) == len(stood(version)["cases"])
        for row, kept in zip(rows, stood(version)["cases"], strict=True):
            assert {name: plain(getattr(row, name)) for name in SAID} == kept["client"]
            assert told(casebook.get(row.number).case) == kept["case"]
        # and it can be worked on
        case, _ = casebook.get(rows[0].number).case.set(questions, "list_price", "31.40")
        again = casebook.keep(rows[0].number, case, rows[0].revision)
        assert told(casebook.get(again.number).case)["answers"]["list_price"] == "31.40"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_case_file_of_an_earlier_version_opens_and_is_answered(
    version: str, book: RuleBook, questions: Questions, tmp_path: Path
) -> None:
    case = read_case(FOLDER / version / CASE, questions)
    assert told(case) == stood(version)["file"]
    assert case.rules is not None
    assert evaluate(case, book, NOW.date(), questions).platforms.first is not None
    write_case(case, tmp_path / CASE)
    assert json.loads((tmp_path / CASE).read_text("utf-8")) == json.loads(
        (FOLDER / version / CASE).read_text("utf-8")
    )


def make(version: str) -> None:
    """Writes the folder of this version. Called by hand, once for each form."""
    from desktop.store import rulebook
    from desktop.viewmodels.noting import noted_by

    folder = FOLDER / version
    folder.mkdir(parents=True)
    book = rulebook.load()
    questions = questions_of(book.rules)
    ticks = iter(range(10_000))
    cases = []
    with Casebook.open(
        folder / CASEBOOK, lambda: NOW + timedelta(seconds=next(ticks)), questions
    ) as casebook:
        for name, details in zip(examples(), CLIENTS, strict=True):
            case = read_example(name, questions)
            noted = noted_by(case, book, NOW.date(), evaluate(case, book, NOW.date(), questions))
            row = casebook.create(noted, Details(**details))
            said = {name: plain(getattr(row, name)) for name in SAID}
            cases.append({"client": said, "case": told(noted)})
    shutil.rmtree(copies_of(folder / CASEBOOK))
    case = read_example(examples()[0], questions)
    case = replace(
        case,
        overrides=MappingProxyType({"ebay.us.per_order": "0.5"}),
        weights=MappingProxyType({"platforms": MappingProxyType({"money": 60})}),
        extra={"of_a_later_version": [1, {"kept": "as it was"}]},
    )
    case = noted_by(case, book, NOW.date(), evaluate(case, book, NOW.date(), questions))
    write_case(case, folder / CASE)
    content = {"cases": cases, "file": told(case)}
    (folder / STOOD).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    make(sys.argv[1])
