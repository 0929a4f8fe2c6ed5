"""Erasing: not a byte of the client is left in the casebook's folder, whatever was there before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.core.casebook import Details, Query
from desktop.core.errors import LanewiseError
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.store.casebook import CasebookError, backups_of, recover
from desktop.store.casebook import erasing as erasing_of
from desktop.store.casebook.files import copies_of
from tests.store.casebooks import BEGAN, Ticking, a_case, bytes_of, opened, place

NAME = "Müller-Lüdenscheidt 穆勒"
TRACES = (
    "Müller-Lüdenscheidt",
    "穆勒",
    "mueller@example.com",
    "Geheimnis",
    "garden lights of M",
    "ler-L",
    "denscheidt",
)
"""What is looked for: the name and pieces of it, in the forms in which it is stored, searched and recorded."""
SECRET = Details(client=NAME, contact="mueller@example.com", note="Geheimnis " * 600, tags=("denscheidt",))


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def nothing_left(folder: Path) -> None:
    content = bytes_of(folder)
    forms = [trace for each in TRACES for trace in (each, each.casefold())]
    assert [trace for trace in forms if trace.encode() in content] == []


def a_past(folder: Path, questions: Questions) -> None:
    """Three days with backups, many changes, one casebook that was damaged and set aside, one end without a close."""
    for day in range(3):
        with opened(folder, questions, Ticking(BEGAN + timedelta(days=day))) as book:
            for _ in range(4):
                book.create(a_case(questions, "wool scarves"), Details(client="visitor", note="z" * 3000))
            row = book.create(a_case(questions, "garden lights of M"), SECRET)
            for weight in range(30):
                row = book.keep(
                    row.number, a_case(questions, "garden lights of M", 100 + weight), row.revision
                )
            row = book.patch(row.number, row.revision, note="Geheimnis")
    content = bytearray(place(folder).read_bytes())
    content[200:5000] = bytes(4800)
    place(folder).write_bytes(bytes(content))
    assert recover(place(folder), BEGAN).aside is not None
    left = opened(folder, questions, Ticking(BEGAN + timedelta(days=9)))
    left.duplicate(5)
    left._connection.close()
    assert all(trace.encode() in bytes_of(folder) for trace in TRACES)


def test_a_client_is_wholly_gone_from_every_file(tmp_path: Path, questions: Questions) -> None:
    a_past(tmp_path, questions)
    with opened(tmp_path, questions) as book:
        found = book.erase_client(f"  {NAME.upper()} ")
        assert found.numbers == (5, 10, 15, 16)
        # while it is open, its write-ahead log is there too
        nothing_left(tmp_path)
        assert book.find(Query(text="geheimnis")).total == 0
        assert book.find().total == 12
        # the other cases are as they were, and so are the backups of them
        assert len(backups_of(place(tmp_path))) >= 3
    nothing_left(tmp_path)
    # nor does it come back out of a backup or the record
    place(tmp_path).unlink()
    recover(place(tmp_path), BEGAN)
    with opened(tmp_path, questions) as book:
        assert book.find().total == 12
        assert book.create(a_case(questions)).number == 17
    nothing_left(tmp_path)


def test_a_case_is_erased_by_its_number_with_the_copies_of_the_same_client(
    tmp_path: Path, questions: Questions
) -> None:
    with opened(tmp_path, questions) as book:
        book.create(a_case(questions, "garden lights of M"), SECRET)
        book.duplicate(1)
        other = book.duplicate(1)
        # a copy that was made for someone else is someone else's
        book.patch(other.number, other.revision, client="Bob", contact="", note=f"knows {NAME}", tags=())
        found = book.erase_cases([1])
        assert (found.numbers, found.mentions) == ((1, 2), (3,))
        assert book.find().total == 1


def test_an_earlier_name_is_erased_from_backups_and_record(tmp_path: Path, questions: Questions) -> None:
    with opened(tmp_path, questions) as book:
        row = book.create(a_case(questions), SECRET)
        book.backup()
        book.patch(1, row.revision, client="Ann", contact="", note="", tags=())
        assert book.erase_client(NAME).numbers == ()
        assert book.row(1).client == "Ann"
        book.purge()
        book._connection.execute("VACUUM")
        book._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        nothing_left(tmp_path)


def test_who_is_not_there_cannot_be_erased(tmp_path: Path, questions: Questions) -> None:
    with opened(tmp_path, questions) as book:
        book.create(a_case(questions), SECRET)
        for wrong in ("Nobody", "", "   "):
            with pytest.raises(CasebookError):
                book.erase_client(wrong)
        with pytest.raises(CasebookError, match="0007"):
            book.erase_cases([1, 7])
        assert book.find().total == 1


def test_an_erasure_that_was_cut_off_is_ended_at_the_next_start(
    tmp_path: Path, questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_past(tmp_path, questions)
    book = opened(tmp_path, questions)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(erasing_of, "finish", killed)
        with pytest.raises(KeyboardInterrupt):
            book.erase_client(NAME)
    book._connection.close()
    with opened(tmp_path, questions) as again:
        assert again.find().total == 12
        nothing_left(tmp_path)


def test_what_another_program_reads_holds_the_erasure_up_and_it_is_said(
    tmp_path: Path, questions: Questions
) -> None:
    with opened(tmp_path, questions, busy=0.05) as book:
        book.create(a_case(questions), SECRET)
        with opened(tmp_path, questions, busy=0.05) as other:
            other._connection.execute("BEGIN")
            other._connection.execute("SELECT count(*) FROM cases").fetchone()
            with pytest.raises(LanewiseError, match="traces of it are left"):
                book.erase_client(NAME)
            assert book.find().total == 0
            other._connection.execute("ROLLBACK")
    with opened(tmp_path, questions):
        nothing_left(tmp_path)


def test_a_write_of_another_program_does_not_bring_an_erased_case_back(
    tmp_path: Path, questions: Questions
) -> None:
    with opened(tmp_path, questions) as one, opened(tmp_path, questions) as other:
        one.create(a_case(questions), SECRET)
        theirs = other.get(1)
        one.erase_client(NAME)
        with pytest.raises(CasebookError, match="no case 0001"):
            other.keep(1, a_case(questions, weight=900), theirs.row.revision)
        assert one.find(Query(shelf="all")).total == 0
    nothing_left(tmp_path)


def test_a_backup_that_cannot_be_read_goes_with_the_erasure(tmp_path: Path, questions: Questions) -> None:
    with opened(tmp_path, questions) as book:
        book.create(a_case(questions), SECRET)
        made = book.backup()
        content = bytearray(made.path.read_bytes())
        content[:50] = bytes(50)
        made.path.write_bytes(bytes(content))
        (copies_of(place(tmp_path)) / ".new-left.db").write_bytes(NAME.encode())
        book.erase_cases([1])
    assert not made.path.exists()
    nothing_left(tmp_path)
