"""Broken data of every kind is refused in one sentence that names the file, the place and the right form."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.core.errors import DataError
from desktop.store.loader import check, compile_data, read_yaml
from desktop.store.paths import authored_data
from desktop.store.rulebook import load
from tests.store.test_loader import FACTS, SOURCES, UNITS

TABLE = """
tables:
- {id: post-2015, service: post, says: {en: Post., zh: 邮政。}, currency: CNY, observed: 2015-09-08, source: law,
   confidence: low}
"""
ROWS = "table,to,min_g,max_g,per_kg,per_item\npost-2015,NA,1,2000,90.5,8\n"
DOUBTS = """
doubts:
- {id: d-1, where: p. 3, printed: {en: "12", zh: "12"}, conflict: {en: "15", zh: "15"}, why: {en: a slip, zh: 笔误},
   strength: strong}
"""
TEXTS = """
texts:
  greeting: {en: "{n} pieces", zh: "{n} 件"}
"""
FILES = {
    "sources/a.yaml": SOURCES, "units/a.yaml": UNITS, "facts/dest.yaml": FACTS, "rates/post.yaml": TABLE,
    "rates/post.csv": ROWS, "doubts/a.yaml": DOUBTS, "texts/a.yaml": TEXTS,
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def test_the_folder_is_whole_before_it_is_broken(folder: Path) -> None:
    assert set(compile_data(folder)["facts"]) == {"dest.no.vat", "rates.post-2015"}


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("sources/a.yaml", "read: 2026-11-22", "read: soon", "soon"),
        ("sources/a.yaml", "publisher: Customs, ", "", "publisher"),
        ("sources/a.yaml", "kind: official", "kind: rumour", "rumour"),
        ("sources/a.yaml", "review_by: 2027-01-01", "review_by: 2027-02-30", "review_by"),
        ("sources/a.yaml", "title: Act", "title: Act, colour: red", "colour"),
        ("sources/a.yaml", "sources:", "springs:", "springs"),
        ("units/a.yaml", "kind: number", "kind: colour", "kind"),
        ("units/a.yaml", 'zh: "%", ', "", "zh"),
        ("facts/dest.yaml", "topic: {en: Norway, zh: 挪威}", "topic: {en: Norway}", "zh"),
        ("facts/dest.yaml", "  values:\n", "  worth:\n", "worth"),
        ("facts/dest.yaml", "\n  - {from: 2010, value: 25, source: law, confidence: high}", "", "null"),
        ("facts/dest.yaml", "\n  unit: percent", "", "unit"),
        ("facts/dest.yaml", "\n  says: {en: VAT in Norway., zh: 挪威增值税。}", "", "says"),
        ("facts/dest.yaml", "source: law, confidence: high}\n  - {from: 2030", "source: law}\n  - {from: 2030",
         "confidence"),
        ("facts/dest.yaml", "facts:\n", "facts:\n\t- tab\n", "YAML"),
        ("facts/dest.yaml", "- id: dest.no.vat", "- a\n- id: dest.no.vat", "dest.yaml"),
        ("rates/post.yaml", "currency: CNY, ", "", "currency"),
        ("rates/post.yaml", "source: law", "source: lore", "lore"),
        ("rates/post.yaml", "observed: 2015-09-08", "observed: 2015-09-31", "2015-09-31"),
        ("rates/post.yaml", "tables:\n", "tables:\n- {id: post-2015, service: post, says: {en: P., zh: 邮。}, "
                            "currency: CNY, observed: 2015-09-08, source: law, confidence: low}\n", "stands twice"),
        ("rates/post.csv", "90.5", "ninety", "row 2, per_kg"),
        ("rates/post.csv", "per_item", "per_peice", "per_peice"),
        ("rates/post.csv", "90.5", "nan", "row 2, per_kg"),
        ("doubts/a.yaml", "strength: strong", "strength: great", "strength"),
        ("doubts/a.yaml", "why: {en: a slip, zh: 笔误},", "", "why"),
        ("doubts/a.yaml", "doubts:\n", "doubts:\n- {id: d-1, where: p. 1, printed: {en: a, zh: a}, "
                          "conflict: {en: b, zh: b}, why: {en: c, zh: c}, strength: strong}\n", "stands twice"),
        ("texts/a.yaml", ', zh: "{n} 件"', "", "zh"),
        ("texts/a.yaml", "texts:", "words:", "words"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused(folder: Path, name: str, old: str, new: str, said: str) -> None:
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        compile_data(folder)
    sentence = caught.value.text.en
    assert said in sentence
    assert Path(name).name in sentence
    assert "\n" not in sentence


@pytest.fixture(scope="module")
def context() -> Mapping[str, Any]:
    book = load()
    return {"facts": set(book.ids()), "sources": set(book.sources_data)}


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "fees/amazon.yaml",
            "amazon.us.plan.professional",
            "amazon.us.plan.profesional",
            "amazon.us.plan.profesional",
        ),
        ("fees/amazon.yaml", "kind: percent", "kind: share", "share"),
        ("fees/amazon.yaml", "series: platform", "series: plateform", "plateform"),
        ("fees/amazon.yaml", "plan: [professional]", "plan: [gold]", "gold"),
        ("fees/amazon.yaml", "currency: USD", "curency: USD", "curency"),
        ("freight/services.yaml", "kind: express", "kind: rocket", "rocket"),
        ("freight/services.yaml", "mode: side", "mode: sometimes", "sometimes"),
        ("freight/services.yaml", "- id: dhl\n", "- id: ups\n", "a service stands twice"),
        ("freight/services.yaml", "tracked: ", "traced: ", "traced"),
        ("border/gb.yaml", "dest.gb.vat", "dest.gb.tva", "dest.gb.tva"),
        ("border/gb.yaml", "outcome: taxed", "outcome: fined", "fined"),
        ("border/gb.yaml", "collected: sale", "collected: later", "later"),
        ("border/gb.yaml", "- from: ", "- since: ", "since"),
        ("advice/platforms.yaml", "points: -25", "points: many", "many"),
        ("advice/platforms.yaml", "fact: dest.br.programme", "fact: dest.br.program", "dest.br.program"),
        ("advice/platforms.yaml", "kind: points", "kind: feeling", "feeling"),
        ("questions/questions.yaml", "kind: integer", "kind: whole", "whole"),
        ("flow/flow.yaml", "directions: [export, both]", "directions: [exports]", "exports"),
        ("fx/rates.yaml", "fx.", "fix.", "fix."),
        ("import_tax/regimes.yaml", "kind: postal", "kind: letter", "letter"),
        ("catalogue/columns.yaml", "  sku:\n", "  skew:\n", "skew"),
        ("catalogue/columns.yaml", "measure: mass\n", "measure: heaviness\n", "heaviness"),
        ("catalogue/columns.yaml", 'factor: "500"', 'factor: "0"', "'0' is not a factor"),
        ("catalogue/columns.yaml", "words: [seller sku, sku,", "words: [title, sku,", "'title' stands twice"),
        ("catalogue/columns.yaml", "  CNY: [rmb", "  CNX: [rmb", "CNX"),
        ("catalogue/columns.yaml", '"¥": [CNY, JPY]', '"¥": [CNY, JPX]', "JPX"),
    ],
)
def test_a_broken_rule_is_refused(
    tmp_path: Path, context: Mapping[str, Any], name: str, old: str, new: str, said: str
) -> None:
    root = authored_data()
    assert root is not None
    area = name.split("/")[0]
    candidates = sorted((root / "rules" / area).glob("*.yaml"))
    path = next(p for p in candidates if p.name == Path(name).name or len(candidates) == 1)
    content = path.read_text(encoding="utf-8")
    assert old in content, f"{path.name} no longer holds {old!r}"
    broken = tmp_path / path.name
    broken.write_text(content.replace(old, new, 1), encoding="utf-8")
    schema = importlib.import_module(f"desktop.store.schemas.{area}")
    with pytest.raises(DataError) as caught:
        check(schema.File, read_yaml(broken), f"rules/{area}/{path.name}", context)
    sentence = caught.value.text.en
    assert said in sentence
    assert path.name in sentence
    assert "\n" not in sentence
