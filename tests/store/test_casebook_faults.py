"""Broken casebooks: one sentence, a way on, and what was acknowledged is there again."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.core.casebook import Details, Query
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.store.casebook import Casebook, CasebookError, backups_of, files, record, recover, restore
from desktop.store.casebook import book as book_of
from desktop.store.casebook.files import copies_of
from desktop.store.casebook.schema import STEPS, Step
from tests.store.casebooks import BEGAN, Ticking, a_case, opened, place


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


@pytest.fixture
def filled(tmp_path: Path, questions: Questions) -> Path:
    """A casebook of two days with a backup, closed."""
    for day in range(2):
        with opened(tmp_path, questions, Ticking(BEGAN + timedelta(days=day))) as book:
            for n in range(5):
                row = book.create(
                    a_case(questions, f"goods {day}{n}"), Details(client=f"client {day}{n}", note="n" * 2000)
                )
                book.keep(row.number, a_case(questions, f"goods {day}{n}", 500 + n), row.revision)
    return place(tmp_path)


def weights(book: Casebook) -> dict[int, int | None]:
    return {
        row.number: book.get(row.number).case.integer("weight_g")
        for row in book.find(Query(shelf="all")).rows
    }


ALL = {n: 500 + (n - 1) % 5 for n in range(1, 11)}


def damage_at(path: Path, at: int, length: int = 1) -> None:
    content = bytearray(path.read_bytes())
    for n in range(at, at + length):
        content[n] ^= 0x55
    path.write_bytes(bytes(content))


def one_sentence(error: CasebookError, path: Path) -> None:
    for language in ("en", "zh"):
        assert "\n" not in error.text[language]
        assert path.name in error.text[language]


# ---------------------------------------------------------------------- what cannot be opened
def test_a_newer_casebook_is_refused_untouched(filled: Path, questions: Questions) -> None:
    with contextlib.closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE meta SET version = 2")
        connection.execute("PRAGMA user_version = 2")
        connection.commit()
    before = filled.read_bytes()
    with pytest.raises(CasebookError, match="newer Lanewise") as caught:
        Casebook.open(filled, Ticking(), questions)
    assert caught.value.kind == "newer"
    assert filled.read_bytes() == before
    one_sentence(caught.value, filled)


@pytest.mark.parametrize("content", [b"PK\x03\x04 a zip", b"x" * 5000, b"SQLite format 3\x00" + bytes(84)])
def test_another_file_is_refused_untouched(tmp_path: Path, questions: Questions, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    with pytest.raises(CasebookError) as caught:
        Casebook.open(path, Ticking(), questions)
    assert caught.value.kind == "foreign"
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["notes.db"]


def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path, questions: Questions) -> None:
    path = tmp_path / "mail.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE mails (one)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(CasebookError, match="is not a casebook"):
        Casebook.open(path, Ticking(), questions)
    assert path.read_bytes() == before


def test_an_empty_file_without_a_past_is_a_new_casebook(tmp_path: Path, questions: Questions) -> None:
    place(tmp_path).parent.mkdir()
    place(tmp_path).touch()
    with opened(tmp_path, questions) as book:
        assert book.create(a_case(questions)).number == 1


# ---------------------------------------------------------------------- damage and recovery
@pytest.mark.parametrize("what", ["head", "page", "letter", "cut", "empty", "gone", "zeros"])
def test_a_damaged_casebook_comes_back_whole(filled: Path, questions: Questions, what: str) -> None:
    size = filled.stat().st_size
    match what:
        case "head":
            damage_at(filled, 0, 60)
        case "page":
            damage_at(filled, size // 2 // 4096 * 4096, 200)
        case "letter":
            # SQLite itself sees nothing of this
            damage_at(filled, filled.read_bytes().index(b"goods 13"))
        case "cut":
            os.truncate(filled, size // 2)
        case "empty":
            os.truncate(filled, 0)
        case "gone":
            filled.unlink()
        case _:
            filled.write_bytes(bytes(size))
    with pytest.raises(CasebookError) as caught:
        Casebook.open(filled, Ticking(), questions)
    assert caught.value.kind == ("missing" if what == "gone" else "damaged")
    assert caught.value.ways == ("recover", "restore")
    one_sentence(caught.value, filled)
    before = filled.read_bytes() if what != "gone" else None
    found = recover(filled, BEGAN)
    assert (found.cases, found.lost, found.doubtful) == (10, (), ())
    if before is None:
        assert found.aside is None
    else:
        assert found.aside is not None
        assert (found.aside / filled.name).read_bytes() == before
        assert "2026-11-24" in found.aside.name
    with Casebook.open(filled, Ticking(), questions) as book:
        assert weights(book) == ALL
        assert book.create(a_case(questions)).number == 11


def test_rows_that_are_left_are_saved_when_backups_and_record_are_gone(
    filled: Path, questions: Questions
) -> None:
    for each in copies_of(filled).iterdir():
        each.unlink()
    os.truncate(filled, filled.stat().st_size - 3 * 4096)
    found = recover(filled, BEGAN)
    assert 0 < found.own < 10
    assert (found.own + len(found.lost), found.backups, found.record) == (10, 0, 0)
    with Casebook.open(filled, Ticking(), questions) as book:
        assert all(ALL[number] == weight for number, weight in weights(book).items())


def test_a_row_whose_sum_is_wrong_is_shown_when_there_is_no_better(
    filled: Path, questions: Questions
) -> None:
    for each in copies_of(filled).iterdir():
        each.unlink()
    damage_at(filled, filled.read_bytes().index(b"client 13"))
    found = recover(filled, BEGAN)
    assert (found.doubtful, found.lost) == ((9,), ())
    with Casebook.open(filled, Ticking(), questions) as book:
        assert weights(book) == ALL


def test_changes_that_only_the_record_holds_come_back_by_themselves(
    tmp_path: Path, questions: Questions
) -> None:
    left = opened(tmp_path, questions)
    left.create(a_case(questions))
    left._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    row = left.row(1)
    for weight in (200, 300):
        row = left.keep(1, a_case(questions, weight=weight), row.revision)
    kept = place(tmp_path).read_bytes()
    left._connection.close()
    # a tidy hand took the write-ahead log away
    place(tmp_path).write_bytes(kept)
    for ending in ("-wal", "-shm"):
        place(tmp_path).with_name(place(tmp_path).name + ending).unlink(missing_ok=True)
    with opened(tmp_path, questions) as book:
        assert weights(book) == {1: 300}
        assert any("brought back" in note.en for note in book.notes)


def test_an_old_log_beside_a_newer_file_hides_nothing(tmp_path: Path, questions: Questions) -> None:
    """SQLite takes such a log for its own, and would lay old pages over new ones."""
    left = opened(tmp_path, questions)
    log = place(tmp_path).with_name(place(tmp_path).name + "-wal")
    left.create(a_case(questions, "one", 100))
    row = left.create(a_case(questions, "two", 100))
    old = log.read_bytes()
    left.keep(2, a_case(questions, "two", 200), row.revision)
    left.create(a_case(questions, "three", 300))
    left.delete(1)
    left.purge()
    left._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    left._connection.close()
    log.write_bytes(old)
    with opened(tmp_path, questions) as book:
        assert weights(book) == {2: 200, 3: 300}
        assert book.check() is None


def test_a_lost_log_is_made_good_from_the_backups_too(tmp_path: Path, questions: Questions) -> None:
    """The record goes no further back than the oldest backup."""
    left = opened(tmp_path, questions)
    empty = place(tmp_path).read_bytes()
    for n in range(8):
        left.create(a_case(questions, "goods", 500 + n))
        left.backup()
    left.create(a_case(questions, "goods", 508))
    assert len(record.records(copies_of(place(tmp_path)))) < 8
    left._connection.close()
    for ending in ("-wal", "-shm"):
        place(tmp_path).with_name(place(tmp_path).name + ending).unlink(missing_ok=True)
    place(tmp_path).write_bytes(empty)
    with opened(tmp_path, questions) as book:
        assert weights(book) == {n: 499 + n for n in range(1, 10)}
        assert any("brought back" in note.en for note in book.notes)


def test_a_row_that_went_without_the_counters_is_seen(filled: Path, questions: Questions) -> None:
    for each in copies_of(filled).iterdir():
        each.unlink()
    with contextlib.closing(sqlite3.connect(filled)) as connection:
        connection.execute("DELETE FROM cases WHERE number = 4")
        connection.commit()
    with pytest.raises(CasebookError, match="older state"):
        Casebook.open(filled, Ticking(), questions)
    found = recover(filled, BEGAN)
    assert (found.cases, found.lost) == (9, (4,))


def test_a_damaged_record_is_begun_anew_with_a_backup(filled: Path, questions: Questions) -> None:
    for log in copies_of(filled).glob("answers-*"):
        damage_at(log, log.stat().st_size // 2, 9)
    with Casebook.open(filled, Ticking(), questions) as book:
        assert book.notes == []
    filled.unlink()
    assert recover(filled, BEGAN).cases == 10


def test_a_torn_line_of_the_record_is_no_line(tmp_path: Path) -> None:
    path = tmp_path / "answers-000000000.log"
    record.begin(path, "abc")
    record.append(path, [{"seq": 1, "gone": 7}])
    whole = path.read_bytes()
    for length in range(len(whole) - 20, len(whole) - 2):
        path.write_bytes(whole[:length])
        record.append(path, [{"seq": 2, "gone": 8}])
        read = record.read(path)
        assert [entry["seq"] for entry in read.entries] == [2]
        assert (read.uid, read.bad) == ("abc", 1)


def test_a_backup_is_put_back_and_what_was_there_is_set_aside(filled: Path, questions: Questions) -> None:
    oldest = backups_of(filled)[-1]
    before = filled.read_bytes()
    aside = restore(filled, oldest.path, BEGAN)
    assert aside is not None
    assert (aside / filled.name).read_bytes() == before
    with Casebook.open(filled, Ticking(), questions) as book:
        assert set(weights(book)) == set(range(1, 6))
    # nor does what was left behind come back with a later recovery
    filled.unlink()
    assert recover(filled, BEGAN).cases == 5


def test_a_damaged_backup_is_not_put_back(filled: Path, questions: Questions) -> None:
    backup = backups_of(filled)[0].path
    damage_at(backup, 0, 4000)
    before = filled.read_bytes()
    with pytest.raises(CasebookError, match="is damaged"):
        restore(filled, backup, BEGAN)
    assert filled.read_bytes() == before


# ---------------------------------------------------------------------- while it is open
def test_what_the_disk_did_not_take_is_not_kept(
    tmp_path: Path, questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, content: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with opened(tmp_path, questions) as book:
        row = book.create(a_case(questions))
        with monkeypatch.context() as patched:
            patched.setattr(os, "write", full)
            with pytest.raises(CasebookError) as caught:
                book.keep(1, a_case(questions, weight=200), row.revision)
        assert caught.value.kind == "full"
        assert "save-elsewhere" in caught.value.ways
        one_sentence(caught.value, place(tmp_path))
        assert book.row(1) == row
        # with space again it goes on
        assert book.keep(1, a_case(questions, weight=300), row.revision).revision == row.revision + 1
    with opened(tmp_path, questions) as book:
        assert weights(book) == {1: 300}


def test_a_change_that_did_not_come_about_is_not_in_the_record(
    tmp_path: Path, questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path, questions) as book:
        row = book.create(a_case(questions))
        log = record.record_path(copies_of(place(tmp_path)), 0)
        before = log.read_bytes()
        real = book._connection

        class Full:
            """A connection whose commits fail."""

            def execute(self, statement: str, *values: Any) -> Any:
                if statement == "COMMIT":
                    raise sqlite3.OperationalError("database or disk is full")
                return real.execute(statement, *values)

        monkeypatch.setattr(book, "_connection", Full())
        with pytest.raises(CasebookError):
            book.keep(1, a_case(questions, weight=200), row.revision)
        monkeypatch.setattr(book, "_connection", real)
        assert log.read_bytes() == before
        assert weights(book) == {1: 100}


def test_a_folder_taken_away_is_said_and_the_answer_not_acknowledged(
    tmp_path: Path, questions: Questions
) -> None:
    book = opened(tmp_path, questions)
    row = book.create(a_case(questions))
    folder = place(tmp_path).parent
    folder.rename(tmp_path / "pulled out")
    with pytest.raises(CasebookError) as caught:
        book.keep(1, a_case(questions, weight=200), row.revision)
    assert caught.value.kind == "gone"
    assert caught.value.ways == ("reopen", "save-elsewhere")
    # another folder in its place is not the same casebook
    folder.mkdir()
    (folder / place(tmp_path).name).touch()
    with pytest.raises(CasebookError, match="no longer in its place"):
        book.patch(1, row.revision, note="x")
    book.close()
    (folder / place(tmp_path).name).unlink()
    folder.rmdir()
    (tmp_path / "pulled out").rename(folder)
    with opened(tmp_path, questions) as again:
        assert weights(again) == {1: 100}


def test_a_locked_casebook_is_said_and_nothing_changed(tmp_path: Path, questions: Questions) -> None:
    with opened(tmp_path, questions, busy=0.05) as book:
        row = book.create(a_case(questions))
        other = sqlite3.connect(place(tmp_path), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CasebookError) as caught:
            book.keep(1, a_case(questions, weight=200), row.revision)
        assert caught.value.kind == "locked"
        one_sentence(caught.value, place(tmp_path))
        # reading goes on
        assert weights(book) == {1: 100}
        other.execute("ROLLBACK")
        other.close()
        book.keep(1, a_case(questions, weight=200), row.revision)
        assert weights(book) == {1: 200}


def test_where_no_log_works_answers_are_kept_in_the_older_way_and_said(
    tmp_path: Path, questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_of, "logs_work", lambda path: False)
    book = opened(tmp_path, questions)
    assert any("write-ahead log does not work" in note.en for note in book.notes)
    assert book._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    # 3 is EXTRA: the folder is flushed with the journal
    assert book._connection.execute("PRAGMA synchronous").fetchone() == (3,)
    book.create(a_case(questions))
    assert not place(tmp_path).with_name(place(tmp_path).name + "-wal").exists()
    book._connection.close()
    with opened(tmp_path, questions) as again:
        assert weights(again) == {1: 100}


def test_elsewhere_every_commit_is_flushed(tmp_path: Path, questions: Questions) -> None:
    with opened(tmp_path, questions) as book:
        pragmas = {
            name: book._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_a_casebook_that_can_only_be_read_is_read_with_its_log(
    tmp_path: Path, questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = opened(tmp_path, questions)
    left.create(a_case(questions))
    left._connection.close()
    folder = place(tmp_path).parent
    before = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    refused = files.fault_of(place(tmp_path), OSError(errno.EROFS, "Read-only file system"))
    monkeypatch.setattr(book_of, "can_write", lambda path: refused)
    monkeypatch.setattr(book_of, "_OPEN", type(book_of._OPEN)())
    with opened(tmp_path, questions) as book:
        assert book.reading is not None
        assert weights(book) == {1: 100}
        with pytest.raises(CasebookError, match="can only be read"):
            book.create(a_case(questions))
        with pytest.raises(CasebookError, match="can only be read"):
            book.erase_cases([1])
    assert {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


# ---------------------------------------------------------------------- migrations
def _second(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE meetings (number INTEGER PRIMARY KEY, sum INTEGER NOT NULL)")


def _broken(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE half (one)")
    raise sqlite3.OperationalError("it broke in the middle")


def version_of(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_casebook_is_taken_over_with_a_backup_before(filled: Path, questions: Questions) -> None:
    steps: Sequence[Step] = (*STEPS, _second)
    known = {backup.path for backup in backups_of(filled)}
    with Casebook.open(filled, Ticking(), questions, steps=steps) as book:
        assert weights(book) == ALL
    assert version_of(filled) == len(steps)
    new = [backup.path for backup in backups_of(filled) if backup.path not in known]
    assert [version_of(path) for path in new] == [len(STEPS)]
    with pytest.raises(CasebookError, match="newer"):
        Casebook.open(filled, Ticking(), questions)


def test_a_step_that_breaks_leaves_the_older_casebook(filled: Path, questions: Questions) -> None:
    with pytest.raises(CasebookError, match="could not be brought into the form") as caught:
        Casebook.open(filled, Ticking(), questions, steps=(*STEPS, _broken))
    one_sentence(caught.value, filled)
    with Casebook.open(filled, Ticking(), questions) as book:
        assert weights(book) == ALL
        assert book.check() is None
