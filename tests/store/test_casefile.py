"""Case files: written whole or not at all; what cannot be read gets a sentence and stays untouched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.core.case import Case
from desktop.core.errors import CaseError, LanewiseError, StoreError
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.store.casefile import examples, read_case, read_example, write_case, write_whole


@pytest.fixture(scope="session")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def test_what_was_saved_is_read_again(tmp_path: Path, questions: Questions) -> None:
    case, _ = Case(name="棉布连衣裙").set(questions, "category", "apparel")
    path = tmp_path / "a.lanewise"
    write_case(case, path)
    assert read_case(path, questions) == case
    assert [item.name for item in tmp_path.iterdir()] == ["a.lanewise"]


def test_a_failed_save_leaves_the_old_file(
    tmp_path: Path, questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.lanewise"
    write_case(Case(), path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    case, _ = Case().set(questions, "category", "apparel")
    with pytest.raises(StoreError) as caught:
        write_case(case, path)
    assert "there is no room left on the disk" in caught.value.text.en
    assert "磁盘空间不足" in caught.value.text.zh
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["a.lanewise"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="could not be saved"):
        write_case(Case(), tmp_path / "no" / "a.lanewise")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\x00\x01\xff\xfe", b"[1, 2]", b"{\"answers\": {\"category\": \"apparel\"", b"null",
     b'{"format": 1, "format": 1, "answers": {}}', b"[" * 5000, b'{"answers": {"weight_g": 1e999}}'],
)  # fmt: skip
def test_a_damaged_file_is_said_and_untouched(tmp_path: Path, questions: Questions, content: bytes) -> None:
    path = tmp_path / "broken.lanewise"
    path.write_bytes(content)
    with pytest.raises(LanewiseError) as caught:
        read_case(path, questions)
    assert "\n" not in caught.value.text.en
    assert path.read_bytes() == content


def test_a_newer_file_is_said(tmp_path: Path, questions: Questions) -> None:
    path = tmp_path / "new.lanewise"
    path.write_text('{"format": 9, "answers": {}}', encoding="utf-8")
    with pytest.raises(CaseError, match="newer Lanewise"):
        read_case(path, questions)


def test_a_file_that_is_not_there_is_said(tmp_path: Path, questions: Questions) -> None:
    with pytest.raises(StoreError, match=r"gone\.lanewise cannot be opened"):
        read_case(tmp_path / "gone.lanewise", questions)


def test_the_examples_are_cases(questions: Questions) -> None:
    names = examples()
    assert len(names) == 3
    for name in names:
        case = read_example(name, questions)
        assert case.name
        assert case.answers


def test_a_new_file_may_be_read_as_any_other_and_an_old_one_as_before(tmp_path: Path) -> None:
    beside, new, old = tmp_path / "beside", tmp_path / "new.pdf", tmp_path / "old.pdf"
    beside.write_bytes(b"")
    old.write_bytes(b"")
    old.chmod(0o640)
    before = old.stat().st_mode
    for path in (new, old):
        write_whole(path, b"content")
    assert new.stat().st_mode == beside.stat().st_mode
    assert old.stat().st_mode == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beside", "new.pdf", "old.pdf"]
