"""The strict door: what is not as it must be is refused with file, place and the right form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.core.errors import DataError, StoreError
from desktop.store.loader import book_of, compile_data
from desktop.store.rulebook import digest, load_folder, read_compiled, write_compiled

SOURCES = """
sources:
  law: {publisher: Customs, title: Act, read: 2026-11-22, dated: 2019-03, kind: official, review_by: 2027-01-01}
"""
UNITS = """
units:
  percent: {en: "%", zh: "%", kind: number}
"""
FACTS = """
topic: {en: Norway, zh: 挪威}
facts:
- id: dest.no.vat
  says: {en: VAT in Norway., zh: 挪威增值税。}
  unit: percent
  scope: {country: NO}
  values:
  - {from: 2010, value: 25, source: law, confidence: high}
  - {from: 2030-01-01, value: null, source: law, confidence: high}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in {"sources/a": SOURCES, "units/a": UNITS, "facts/dest": FACTS}.items():
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_scalars_are_text(folder: Path) -> None:
    fact = compile_data(folder)["facts"]["dest.no.vat"]
    assert fact["scope"] == {"country": "NO"}
    assert fact["values"][0]["value"] == "25"
    assert fact["values"][1]["value"] is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unit: percent", "unit: percent\n  colour: red", "unknown key 'colour'"),
        ("unit: percent", "unit: percent\n  unit: percent", "the key 'unit' stands twice"),
        ("unit: percent", "unit: furlong", "unit 'furlong' is not in the list"),
        ("from: 2010", "from: 2010-13-01", "is not a date such as"),
        ("from: 2010", "from: soon", "is not a date such as"),
        ("from: 2010", "from: 2010, observed: 2011", "exactly one of"),
        ("from: 2030-01-01", "from: 2009-01-01", "values overlap or are out of order"),
        ("from: 2030-01-01", "from: 2010-01-01", "values overlap or are out of order"),
        ("value: 25", "value: null", "the first value of a fact cannot be null"),
        ("source: law", "source: lore", "there is no source 'lore'"),
        ("confidence: high", "confidence: sure", "'sure' is not possible; right form: high, medium, low"),
        ("id: dest.no.vat", "id: border.no.vat", "an id begins with the path of its file"),
        ("id: dest.no.vat", "id: dest no vat", "is not an id such as"),
        ("zh: 挪威增值税。", "fr: TVA", "unknown key 'fr'"),
        ("scope: {country: NO}", "scope: {country: NO", "is not YAML"),
        ("  unit: percent", "  unit: percent\n  doubt: [d-1]", "there is no doubt 'd-1'"),
    ],
)
def test_a_fault_is_refused_with_file_and_place(folder: Path, old: str, new: str, said: str) -> None:
    edit(folder, "facts/dest.yaml", old, new)
    with pytest.raises(DataError) as caught:
        compile_data(folder)
    assert said in caught.value.text.en
    assert "dest.yaml" in caught.value.text.en
    assert "\n" not in caught.value.text.en


@pytest.mark.parametrize(
    ("tiers", "said"),
    [
        ("[{up_to: 20, value: 5}, {up_to: 15, value: 8}, {value: 9}]", "tiers are out of order"),
        ("[{up_to: 15, value: 5}, {up_to: 20, value: 8}]", "the last tier must be open"),
        ("[{value: 5}, {up_to: 20, value: 8}]", "only the last tier is open"),
        ("[{upto: 15, value: 5}, {value: 8}]", "a tier is"),
        ("[{up_to: many, value: 5}, {value: 8}]", "is not a number such as"),
    ],
)
def test_tiers_out_of_order_are_refused(folder: Path, tiers: str, said: str) -> None:
    edit(folder, "facts/dest.yaml", "value: 25", f"value: {tiers}")
    edit(folder, "facts/dest.yaml", "unit: percent", "unit: percent\n  tiers: whole")
    with pytest.raises(DataError) as caught:
        compile_data(folder)
    assert said in caught.value.text.en
    assert "dest.no.vat" in caught.value.text.en


def test_an_id_in_two_files_is_refused(folder: Path) -> None:
    (folder / "facts" / "dest").mkdir()
    (folder / "facts" / "dest" / "no.yaml").write_text(FACTS, encoding="utf-8")
    with pytest.raises(DataError, match="stands twice"):
        compile_data(folder)


def test_a_rate_table_becomes_a_fact_with_its_dates(folder: Path) -> None:
    rates = folder / "rates"
    rates.mkdir()
    (rates / "post.yaml").write_text(
        "tables:\n- {id: post-2015, service: post, says: {en: Post., zh: 邮政。}, currency: CNY, observed: 2015-09-08, "
        "ends: 2017-01-01, source: law, confidence: low}\n",
        encoding="utf-8",
    )
    (rates / "post.csv").write_text(
        "table,to,min_g,max_g,per_kg,per_item\npost-2015,NA,1,2000,90.5,8\n", encoding="utf-8"
    )
    compiled = compile_data(folder)
    assert compiled["rates"]["post-2015"]["rows"][0]["to"] == "NA"
    assert [value["value"] for value in compiled["facts"]["rates.post-2015"]["values"]] == ["post-2015", None]


@pytest.mark.parametrize(
    ("csv", "said"),
    [
        ("table,to,weight\nx,US,3\n", "unknown column 'weight'"),
        ("table,to,per_kg\npost-2015,US,cheap\n", "row 2, per_kg"),
        ("table,to,per_kg\nother,US,3\n", "there is no table 'other'"),
        ("table,to,per_kg,per_cbm\npost-2015,US,3,120\n", "row 2"),
    ],
)
def test_a_bad_rate_row_is_refused_with_its_place(folder: Path, csv: str, said: str) -> None:
    rates = folder / "rates"
    rates.mkdir()
    (rates / "post.yaml").write_text(
        "tables:\n- {id: post-2015, service: post, says: {en: Post., zh: 邮政。}, currency: CNY, observed: 2015-09-08, "
        "source: law, confidence: low}\n",
        encoding="utf-8",
    )
    (rates / "post.csv").write_text(csv, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        compile_data(folder)
    assert said in caught.value.text.en


def test_what_was_compiled_is_read_again(folder: Path, tmp_path: Path) -> None:
    compiled = compile_data(folder)
    write_compiled(compiled, tmp_path / "compiled")
    assert read_compiled(tmp_path / "compiled") == compiled
    assert compiled["digest"] == digest(compiled)
    book = load_folder(tmp_path / "compiled")
    assert len(book) == 1
    assert dict(book.facts_data) == dict(book_of(compiled).facts_data)


def test_two_files_that_do_not_belong_together_are_refused(folder: Path, tmp_path: Path) -> None:
    compiled = compile_data(folder)
    write_compiled(compiled, tmp_path / "compiled")
    write_compiled({**compiled, "digest": "another"}, tmp_path / "other")
    (tmp_path / "other" / "facts.json").replace(tmp_path / "compiled" / "facts.json")
    book = load_folder(tmp_path / "compiled")
    with pytest.raises(StoreError, match="do not belong together"):
        book.fact("dest.no.vat")


@pytest.mark.parametrize("layout", [{"indent": 2}, {"indent": 0}, {}, {"separators": (",", ":")}])
def test_a_second_file_that_another_tool_laid_out_is_read_too(
    folder: Path, tmp_path: Path, layout: dict[str, Any]
) -> None:
    compiled = compile_data(folder)
    write_compiled(compiled, tmp_path / "compiled")
    facts = tmp_path / "compiled" / "facts.json"
    facts.write_text(json.dumps(json.loads(facts.read_text("utf-8")), **layout), encoding="utf-8")
    assert dict(load_folder(tmp_path / "compiled").facts_data) == dict(book_of(compiled).facts_data)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_the_second_file_is_parsed_record_by_record(folder: Path, tmp_path: Path, end: str) -> None:
    compiled = compile_data(folder)
    write_compiled(compiled, tmp_path / "compiled")
    facts = tmp_path / "compiled" / "facts.json"
    whole = facts.read_text("utf-8")
    # a record that nobody asks for may say what it will
    facts.write_bytes(
        whole.replace('"law":{', '"law":{"x":"?",').replace("\n", end).encode().replace(b"?", b"\xff")
    )
    book = load_folder(tmp_path / "compiled")
    assert book.fact("dest.no.vat").says.zh == "挪威增值税。"
    with pytest.raises(StoreError, match="the record law of the rule book cannot be read"):
        book.source("law")


def test_a_second_file_that_is_cut_off_is_refused(folder: Path, tmp_path: Path) -> None:
    write_compiled(compile_data(folder), tmp_path / "compiled")
    facts = tmp_path / "compiled" / "facts.json"
    whole = facts.read_bytes()
    for length in range(0, len(whole) - 3, 7):
        facts.write_bytes(whole[:length])
        with pytest.raises(StoreError, match=r"facts\.json cannot be read as a part of the rule book"):
            load_folder(tmp_path / "compiled").fact("dest.no.vat")


def test_a_folder_without_a_rule_book_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read as a rule book"):
        load_folder(tmp_path)
