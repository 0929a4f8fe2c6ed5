"""Case files in and out: what comes in is read strictly, one sentence for each that is not; nothing lies elsewhere."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.core.casebook import Details, Query
from desktop.core.errors import StoreError
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.store.casebook import Casebook, export_case, export_cases, import_files
from desktop.store.casebook.exchange import file_name
from desktop.store.casefile import LIMIT_BYTES, read_case
from tests.store.casebooks import TODAY, a_case, opened, place

WHOLE = '{"format": 1, "answers": {"category": "apparel"}}'


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


@pytest.fixture
def cases(tmp_path: Path, questions: Questions) -> Iterator[Casebook]:
    with opened(tmp_path, questions) as found:
        yield found


def test_cases_go_from_one_casebook_to_another_with_their_clients(
    tmp_path: Path, cases: Casebook, questions: Questions
) -> None:
    details = Details("张伟", ("zh",), "138", ("hall 4",), TODAY, "phone", TODAY, "private")
    cases.create(a_case(questions), details, step="plan")
    cases.sheet_printed(1, TODAY)
    cases.create(a_case(questions, "Glass / tea: set?"))
    written = export_cases(cases, [1, 2], tmp_path / "out", details=True)
    assert [path.name for path in written] == ["0001 LED vest.lanewise", "0002 Glass tea set.lanewise"]
    with opened(tmp_path / "other", questions) as other:
        found = import_files(other, [tmp_path / "out"])
        assert (len(found.rows), found.known, found.refused) == (2, (), ())
        row = other.row(1)
        assert (row.details, row.sheet_on, row.step) == (details, TODAY.isoformat(), "plan")
        assert row.created == cases.row(1).created
        assert other.get(2).case == cases.get(2).case
        # once more: nothing is doubled
        assert import_files(other, [tmp_path / "out"]).known == (1, 2)
        # changed in the meantime: a case of its own
        other.patch(1, row.revision, note="called")
        again = import_files(other, [tmp_path / "out"])
        assert (again.known, [row.copy_of for row in again.rows]) == ((2,), [1])


def test_a_file_carries_the_client_only_where_that_was_asked_for(
    tmp_path: Path, cases: Casebook, questions: Questions
) -> None:
    cases.create(a_case(questions), Details("张伟", contact="138", note="private"))
    export_case(cases, 1, tmp_path / "a.lanewise")
    content = (tmp_path / "a.lanewise").read_text(encoding="utf-8")
    assert "张伟" not in content
    assert "private" not in content
    assert read_case(tmp_path / "a.lanewise", questions) == cases.get(1).case
    # a case that was opened with what is said of its client does not keep it among its answers
    export_case(cases, 1, tmp_path / "b.lanewise", details=True)
    row = cases.create(read_case(tmp_path / "b.lanewise", questions))
    assert cases.get(row.number).case.extra == {}


def test_a_zip_of_cases_comes_in_as_it_went_out(
    tmp_path: Path, cases: Casebook, questions: Questions
) -> None:
    for name in ("one", "two"):
        cases.create(a_case(questions, name))
    (written,) = export_cases(cases, [1, 2], tmp_path / "day.zip")
    found = import_files(cases, [written])
    assert [row.product for row in found.rows] == ["one", "two"]
    assert found.refused == ()


def test_an_export_overwrites_nothing(tmp_path: Path, cases: Casebook, questions: Questions) -> None:
    cases.create(a_case(questions))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "0001 LED vest.lanewise").write_text("mine", encoding="utf-8")
    (written,) = export_cases(cases, [1], tmp_path / "out")
    assert written.name == "0001 LED vest-2.lanewise"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "0001 LED vest-2.lanewise",
        "0001 LED vest.lanewise",
    ]
    assert (tmp_path / "out" / "0001 LED vest.lanewise").read_text(encoding="utf-8") == "mine"
    with pytest.raises(StoreError, match="cannot be written"):
        export_cases(cases, [1], tmp_path / "no" / "such" / "folder")


@pytest.mark.parametrize(
    ("product", "name"),
    [("../../etc/passwd", "0001 etc passwd.lanewise"), ("CON", "0001 CON.lanewise"), ("a\\b:c*?", "0001 a b c.lanewise"),
     ("…" * 300, f"0001 {'…' * 60}.lanewise"), ("", "0001 lighting.lanewise"),
     ("evil\u202egpj.exe", "0001 evil gpj.exe.lanewise"),
     ("x. .", "0001 x.lanewise")],
)  # fmt: skip
def test_a_name_of_a_file_means_nothing_to_a_disk(
    cases: Casebook, questions: Questions, product: str, name: str
) -> None:
    assert file_name(cases.create(a_case(questions, product))) == name.replace("0001 .. .. etc", "0001 etc")


def everything(folder: Path) -> set[str]:
    """All names of a folder but those of the casebook itself."""
    names = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    return {name for name in names if not name.startswith(place(folder).parent.name)}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.lanewise", WHOLE[:30].encode(), "damaged"),
        ("empty.lanewise", b"", "damaged"),
        ("noise.lanewise", bytes(range(256)), "not a text file"),
        ("new.lanewise", b'{"format": 9, "answers": {}}', "newer Lanewise"),
        ("huge.lanewise", b"[" + b"1," * LIMIT_BYTES, "too large"),
        ("deep.lanewise", b'{"answers": {}, "x": ' + b"[" * 60 + b"]" * 60 + b"}", "nested too deeply"),
        ("deeper.lanewise", b"[" * 100_000, "nested too deeply"),
        ("list.lanewise", b"[1, 2]", "is not a case"),
        ("twice.lanewise", b'{"format": 1, "format": 1, "answers": {}}', "stands twice"),
        ("answer.lanewise", b'{"answers": {"weight_g": -5}}', "weight_g"),
        ("script.lanewise", b'{"name": "<script>alert(1)</script>", "answers": {}}', "script"),
        ("control.lanewise", b'{"name": "a\\u0000b", "answers": {}}', "control"),
        ("half.lanewise", b'{"name": "a\\ud800b", "answers": {}}', "control"),
        ("client.lanewise", b'{"answers": {}, "casebook": {"client": 7}}', "right form"),
        ("day.lanewise", b'{"answers": {}, "casebook": {"follow_up": "soon"}}', "right form"),
        ("tags.lanewise", b'{"answers": {}, "casebook": {"tags": "a"}}', "right form"),
        ("consent.lanewise", b'{"answers": {}, "casebook": {"consent": "of course"}}', "consent"),
        ("run.sh", b"#!/bin/sh\nrm -rf /", "not a case file"),
        ("case.lanewise.exe", b"MZ", "not a case file"),
        ("javascript.html", b"<script>", "not a case file"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_one_sentence_and_stops_no_other(
    tmp_path: Path, cases: Casebook, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.lanewise").write_text(WHOLE, encoding="utf-8")
    before = everything(tmp_path)
    found = import_files(cases, [tmp_path / name, tmp_path / "good.lanewise"])
    assert [row.category for row in found.rows] == ["apparel"]
    ((refused, why),) = found.refused
    assert refused == name
    for language in ("en", "zh"):
        assert "\n" not in why[language]
        assert len(why[language]) < 300
    assert said in why.en
    assert everything(tmp_path) == before
    assert (tmp_path / name).read_bytes() == content


@pytest.mark.parametrize(
    "name",
    ["../up.lanewise", "a/../../up.lanewise", "/tmp/abs.lanewise", "C:\\abs.lanewise", "..\\up.lanewise",
     "<script>.lanewise", "a\x00b.lanewise", "con.lanewise", "x.lanewise.exe", "run.bat", "a\nb.lanewise",
     "a" * 3000 + ".sh"],
)  # fmt: skip
def test_a_name_in_a_zip_that_is_none_is_refused_and_nothing_is_written(
    tmp_path: Path, cases: Casebook, name: str
) -> None:
    with zipfile.ZipFile(tmp_path / "cases.zip", "w") as pack:
        pack.writestr(zipfile.ZipInfo("0001.lanewise"), WHOLE)
        info = zipfile.ZipInfo("0002.lanewise")
        info.filename = name
        pack.writestr(info, WHOLE)
    before, above = everything(tmp_path), {path.name for path in tmp_path.parent.iterdir()}
    found = import_files(cases, [tmp_path / "cases.zip"])
    assert (len(found.rows), len(found.refused)) == (1, 1)
    for refused, why in found.refused:
        assert "\n" not in refused + why.en + why.zh
        assert len(why.en) < 300
    assert everything(tmp_path) == before
    assert {path.name for path in tmp_path.parent.iterdir()} == above


def test_a_zip_that_lies_or_unfolds_is_refused(tmp_path: Path, cases: Casebook) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("bomb.lanewise", b" " * (200 * 1024 * 1024))
    (tmp_path / "cut.zip").write_bytes((tmp_path / "bomb.zip").read_bytes()[:90])
    (tmp_path / "text.zip").write_text("no zip", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as pack:
        link = zipfile.ZipInfo("link.lanewise")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        pack.writestr(link, "/etc/passwd")
    names = ("bomb.zip", "cut.zip", "text.zip", "link.zip")
    found = import_files(cases, [tmp_path / name for name in names])
    assert found.rows == ()
    said = [why.en for _, why in found.refused]
    assert len(said) == 4
    assert "too large" in said[0]
    assert "not a zip" in said[1]
    assert "not a zip" in said[2]
    assert "outside" in said[3]


def test_damaged_bytes_within_a_zip_are_refused(tmp_path: Path, cases: Casebook) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("a.lanewise", WHOLE * 1)
        pack.writestr("b.lanewise", WHOLE)
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[45:60] = bytes(15)
    (tmp_path / "a.zip").write_bytes(bytes(content))
    found = import_files(cases, [tmp_path / "a.zip"])
    assert (len(found.rows), [name for name, _ in found.refused]) == (1, ["a.lanewise"])


def test_a_folder_is_read_without_its_other_files_and_without_links_that_lead_out(
    tmp_path: Path, cases: Casebook
) -> None:
    folder = tmp_path / "in"
    (folder / "deeper").mkdir(parents=True)
    (tmp_path / "secret.lanewise").write_text(WHOLE, encoding="utf-8")
    (folder / "deeper" / "a.lanewise").write_text(WHOLE, encoding="utf-8")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    os.symlink(tmp_path / "secret.lanewise", folder / "b.lanewise")
    found = import_files(cases, [folder])
    assert len(found.rows) == 1
    assert [name for name, _ in found.refused] == ["b.lanewise"]


def test_what_is_not_there_is_said(tmp_path: Path, cases: Casebook) -> None:
    found = import_files(cases, [tmp_path / "gone.lanewise", tmp_path / "gone.zip"])
    assert [("gone.lanewise" in why.en or "gone.zip" in why.en) for _, why in found.refused] == [True, True]


def test_typed_facts_of_a_file_are_held_to_the_rules(tmp_path: Path, cases: Casebook, book: RuleBook) -> None:
    for name, overrides in (("a", {"ebay.us.per_order": "dear"}), ("b", {"<b>": "1"})):
        content: dict[str, Any] = {"answers": {}, "overrides": overrides}
        (tmp_path / f"{name}.lanewise").write_text(json.dumps(content), encoding="utf-8")
    found = import_files(cases, [tmp_path / "a.lanewise", tmp_path / "b.lanewise"], book)
    assert "ebay.us.per_order" in found.refused[0][1].en
    assert "'<b>'" in found.refused[1][1].en
    assert cases.find(Query(shelf="all")).total == 0


def test_a_typed_fact_that_a_renewal_took_away_is_no_reason_to_refuse(
    tmp_path: Path, cases: Casebook, book: RuleBook
) -> None:
    content: dict[str, Any] = {"answers": {}, "overrides": {"no.such.fact": "1"}}
    (tmp_path / "a.lanewise").write_text(json.dumps(content), encoding="utf-8")
    found = import_files(cases, [tmp_path / "a.lanewise"], book)
    assert found.refused == ()
    assert dict(cases.get(found.rows[0].number).case.overrides) == {"no.such.fact": "1"}
