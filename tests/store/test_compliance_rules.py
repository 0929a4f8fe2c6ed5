"""The rules of papers pass the strict door or are refused in one line; compiled, they come back as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import DataError
from desktop.store.loader import book_of, compile_data
from desktop.store.rulebook import load_folder, read_compiled, write_compiled
from tests.store.test_loader import FACTS, SOURCES, UNITS

RULES = """
groups:
  NORTH: ['NO', SE]
subjects:
- {id: tax, side: destination, name: {en: Tax, zh: 税}}
items:
- {id: no.vat, subject: tax, kind: tax, who: [seller], due: before-listing, weight: stop, stops: [border],
   facts: [dest.no.vat], when: {destination: [NORTH]}, name: {en: VAT, zh: 增值税}, asks: {en: Register., zh: 登记。}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    content = {"sources/a": SOURCES, "units/a": UNITS, "facts/dest": FACTS, "rules/compliance/north": RULES}
    for name, text in content.items():
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_group_is_replaced_by_its_members(folder: Path) -> None:
    item = compile_data(folder)["rules"]["compliance"]["items"]["no.vat"]
    assert item["when"] == {"destination": ["NO", "SE"]}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("when: {destination", "when: {destinaton", "destinaton"),
        ("weight: stop, ", "weight: must, ", "stands only with `weight: stop`"),
        ("stops: [border],", "", "stands only with `weight: stop`"),
        ("stops: [border]", "stops: [bridge]", "'bridge' is not possible"),
        ("kind: tax", "kind: rumour", "'rumour' is not possible"),
        ("due: before-listing", "due: soon", "'soon' is not possible"),
        ("who: [seller]", "who: []", "who"),
        ("who: [seller]", "who: [uncle]", "'uncle' is not possible"),
        ("facts: [dest.no.vat]", "facts: [dest.no.tax]", "there is no fact 'dest.no.tax'"),
        ("facts: [dest.no.vat]", "facts: []", "facts"),
        ("subject: tax", "subject: toll", "there is no subject 'toll'; right form: tax"),
        ("subject: tax", "subject: tax, goods: [toll]", "there is no subject 'toll'"),
        ("name: {en: VAT, zh: 增值税}", "name: {en: VAT}", "zh"),
        ("subject: tax", "subject: tax, from_day: soon", "is not a date such as"),
        ("side: destination", "side: beside", "'beside' is not possible"),
        ("asks: {", "colour: red, asks: {", "unknown key 'colour'"),
    ],
)
def test_a_broken_rule_is_refused_in_one_line(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "rules/compliance/north.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        compile_data(folder)
    assert said in caught.value.text.en
    assert "compliance" in caught.value.text.en
    assert "\n" not in caught.value.text.en


@pytest.mark.parametrize("part", ["items", "groups", "subjects"])
def test_an_id_in_two_files_is_refused(folder: Path, part: str) -> None:
    again = RULES
    for other in {"items", "groups", "subjects"} - {part}:
        lines = {
            "items": ("id: no.vat", "id: no.other"),
            "groups": ("NORTH:", "SOUTH:"),
            "subjects": ("id: tax", "id: toll"),
        }
        again = again.replace(*lines[other])
    (folder / "rules/compliance/south.yaml").write_text(again, encoding="utf-8")
    with pytest.raises(DataError, match="stands twice"):
        compile_data(folder)


def test_compiled_rules_come_back_as_they_were(folder: Path, tmp_path: Path) -> None:
    compiled = compile_data(folder)
    write_compiled(compiled, tmp_path / "compiled")
    assert read_compiled(tmp_path / "compiled") == compiled
    book = load_folder(tmp_path / "compiled")
    assert dict(book.rules["compliance"]["items"]) == compiled["rules"]["compliance"]["items"]
    assert book.rules["compliance"]["subjects"] == book_of(compiled).rules["compliance"]["subjects"]
