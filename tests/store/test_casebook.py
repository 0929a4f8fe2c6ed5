"""The casebook: every answer is there after a new start, numbers are for ever, lists find what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.core.casebook import Details, Query, summary_of
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.engine.advice import evaluate
from desktop.store.casebook import Casebook, CasebookError, backups_of
from desktop.store.casebook.files import copies_of
from desktop.store.casefile import read_example
from tests.store.casebooks import BEGAN, TODAY, Ticking, a_case, opened, place


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


@pytest.fixture
def cases(tmp_path: Path, questions: Questions) -> Iterator[Casebook]:
    with opened(tmp_path, questions) as found:
        yield found


FULL = Details(
    client="张伟 Trading",
    languages=("de", "en"),
    contact="zhang@example.com, 138 0000 0000",
    tags=("hall 4", "big, order"),
    follow_up=date(2026, 11, 26),
    consent="email",
    consent_on=TODAY,
    note="Wary of Amazon.\n样品已寄出",
)


def test_what_was_kept_is_there_after_a_new_start(tmp_path: Path, questions: Questions) -> None:
    case = a_case(questions)
    with opened(tmp_path, questions) as first:
        row = first.create(case, FULL, step="product")
        changed, _ = case.set(questions, "unit_cost", "38")
        kept = first.keep(row.number, changed, row.revision, step="platforms")
    with opened(tmp_path, questions) as second:
        again = second.get(1)
        assert again.case == changed
        assert again.row == kept
        assert again.row.label == "0001"
        assert again.row.step == "platforms"
        # a comma stands between tags, so none is inside one
        assert again.row.details.tags == ("hall 4", "big  order")
        assert again.row.details.client == FULL.client
        assert again.row.details.note == FULL.note
        assert again.row.details.follow_up == FULL.follow_up


def test_a_clean_end_leaves_one_plain_file(tmp_path: Path, questions: Questions) -> None:
    with opened(tmp_path, questions) as book:
        book.create(a_case(questions))
        assert place(tmp_path).with_name("案例 book.db-wal").exists()
    assert sorted(path.name for path in place(tmp_path).parent.iterdir()) == [
        "案例 book-copies",
        "案例 book.db",
    ]


def test_without_an_end_nothing_is_lost_and_deleted_cases_can_come_back(
    tmp_path: Path, questions: Questions
) -> None:
    left = opened(tmp_path, questions)
    for name in ("one", "two"):
        left.create(a_case(questions, name))
    left.delete(2)
    # as after a crash: it was never closed
    left._connection.close()
    again = opened(tmp_path, questions)
    assert [row.product for row in again.find().rows] == ["one"]
    assert again.undo_delete(2).product == "two"
    again.close()
    with opened(tmp_path, questions) as last:
        assert last.find().total == 2


def test_a_deleted_case_goes_with_the_close_and_its_number_is_not_given_again(
    tmp_path: Path, questions: Questions
) -> None:
    with opened(tmp_path, questions) as book:
        book.create(a_case(questions))
        book.create(a_case(questions))
        book.delete(2)
    with opened(tmp_path, questions) as book:
        assert book.find(Query(shelf="deleted")).total == 0
        with pytest.raises(CasebookError, match="no case 0002"):
            book.get(2)
        assert book.create(a_case(questions)).number == 3


def test_a_deletion_is_undone_and_what_was_not_deleted_stays(cases: Casebook, questions: Questions) -> None:
    row = cases.create(a_case(questions))
    cases.delete(row.number)
    assert cases.find().total == 0
    assert cases.find(Query(shelf="deleted")).total == 1
    cases.undo_delete(row.number)
    assert cases.purge() == 0
    assert cases.find().total == 1


def test_a_copy_has_the_same_answers_and_client_but_no_sheet(cases: Casebook, questions: Questions) -> None:
    row = cases.create(a_case(questions), FULL)
    cases.sheet_printed(row.number, TODAY)
    copy = cases.duplicate(row.number)
    assert (copy.number, copy.copy_of, copy.client, copy.sheet_on) == (2, 1, FULL.client, "")
    assert cases.get(2).case == cases.get(1).case
    assert cases.row(1).sheet_on == TODAY.isoformat()


def test_an_archived_case_is_on_its_own_shelf(cases: Casebook, questions: Questions) -> None:
    cases.create(a_case(questions))
    cases.archive(1)
    assert (cases.find().total, cases.find(Query(shelf="archived")).total) == (0, 1)
    cases.archive(1, on=False)
    assert cases.find().total == 1


def test_details_are_changed_one_by_one_and_refused_where_they_cannot_be(
    cases: Casebook, questions: Questions
) -> None:
    row = cases.create(a_case(questions), FULL)
    row = cases.patch(row.number, row.revision, note="new", tags=("a", "a", " "))
    assert (row.note, row.tags, row.client) == ("new", "a", FULL.client)
    with pytest.raises(CasebookError, match="consent"):
        cases.patch(row.number, row.revision, consent="perhaps")
    with pytest.raises(TypeError, match="colour"):
        cases.patch(row.number, row.revision, colour="red")
    assert cases.row(row.number) == row


def test_signs_that_no_file_takes_are_left_out(cases: Casebook, questions: Questions) -> None:
    row = cases.create(a_case(questions, "a\ud800b\x00c"), Details(client="\ud83dX\x00\x1fY"))
    assert row.client == "?XY"
    assert row.product == "a?bc"
    assert cases.get(row.number).case.integer("weight_g") == 100


def test_the_first_option_goes_with_the_answers_it_was_for(
    cases: Casebook, questions: Questions, book: RuleBook
) -> None:
    case = read_example("1-clothing.lanewise", questions)
    advice = evaluate(case, book, TODAY, questions)
    row = cases.create(case, advice=advice)
    first = advice.platforms.first
    assert first is not None
    assert first.quote is not None
    assert (row.first, row.money) == (first.id, first.quote.net_money)
    assert row.said == ("full" if first.quote.complete else "at-most")
    assert row.as_of == TODAY.isoformat()
    other, _ = case.set(questions, "list_price", "99")
    row = cases.keep(row.number, other, row.revision)
    assert (row.first, row.net, row.said) == ("", None, "")
    # the same answers again change nothing, and do not take the advice away
    advice = evaluate(other, book, TODAY, questions)
    row = cases.keep(row.number, other, row.revision, advice=advice)
    assert cases.keep(row.number, other, row.revision) == row


def test_an_import_has_a_mode_and_no_margin_and_an_empty_case_cannot_be_said(
    questions: Questions, book: RuleBook
) -> None:
    case = read_example("3-milk-powder.lanewise", questions)
    found = summary_of(case, evaluate(case, book, TODAY, questions))
    assert (found.first, found.net) == ("bonded-stocking-up", None)
    empty = a_case(questions).set(questions, "direction", "export")[0]
    found = summary_of(empty, evaluate(empty, book, TODAY, questions))
    # there is a first platform, and nothing can be said of what is left
    assert (found.first != "", found.net, found.said) == (True, None, "cannot")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("张伟", [1]), ("zhangwei", [1]), ("zw", [1]), ("TRADING 4", [1]), ("0002", [2]), ("glass ＴＥＡ", [2]),
     ("样品", [1]), ("%", []), ("'; DROP TABLE cases; --", []), ("lighting", [2, 1]), ("", [2, 1])],
)  # fmt: skip
def test_it_finds_words_in_any_order_width_and_language(
    cases: Casebook, questions: Questions, text: str, numbers: list[int]
) -> None:
    cases.create(a_case(questions), FULL)
    cases.create(a_case(questions, "Glass tea set"), Details(client="O'Neill"))
    assert [row.number for row in cases.find(Query(text=text)).rows] == numbers


def test_lists_are_narrowed_and_counted(tmp_path: Path, questions: Questions) -> None:
    clock = Ticking()
    with opened(tmp_path, questions, clock) as book:
        book.create(a_case(questions), FULL)
        clock.now = BEGAN + timedelta(days=1)
        book.create(a_case(questions), Details(tags=("hall",)))
        book.create(a_case(questions))
        book.sheet_printed(3, TODAY + timedelta(days=1))
        book.create(a_case(questions))
        book.delete(4)
        tomorrow = TODAY + timedelta(days=1)
        numbers = {
            name: [row.number for row in book.find(query).rows]
            for name, query in {
                "day": Query(day=tomorrow),
                "due": Query(due=date(2026, 11, 26)),
                "not due": Query(due=date(2026, 11, 25)),
                "tag": Query(tag="hall 4"),
                "consent": Query(consent="email"),
                "deleted": Query(shelf="deleted"),
                "up": Query(descending=False),
            }.items()
        }
        assert numbers == {
            "day": [3, 2], "due": [1], "not due": [], "tag": [1], "consent": [1], "deleted": [4], "up": [1, 2, 3],
        }  # fmt: skip
        counts = book.counts(tomorrow)
        assert (counts.today, counts.sheets, counts.open, counts.deleted, counts.due) == (2, 1, 3, 1, 0)
        assert book.counts(date(2026, 11, 27)).due == 1


def test_a_list_is_sorted_with_what_is_empty_last_and_read_in_parts(
    cases: Casebook, questions: Questions
) -> None:
    for client in ("b", "", "A", "c"):
        cases.create(a_case(questions), Details(client=client))
    for down, order in ((False, ["A", "b", "c", ""]), (True, ["c", "b", "A", ""])):
        page = cases.find(Query(sort="client", descending=down))
        assert [row.client for row in page.rows] == order
    page = cases.find(Query(sort="client", descending=False), offset=1, limit=2)
    assert ([row.client for row in page.rows], page.total) == (["b", "c"], 4)
    assert cases.find(Query(), offset=9, limit=2) == ((), 4)


def test_a_clock_set_back_changes_no_order_and_no_backup(tmp_path: Path, questions: Questions) -> None:
    clock = Ticking()
    seen: dict[Path, bytes] = {}
    for day in (0, -300, 5, -2):
        clock.now = BEGAN + timedelta(days=day)
        with opened(tmp_path, questions, clock) as book:
            row = book.create(a_case(questions, str(day)))
            book.keep(row.number, a_case(questions, f"{day}!"), row.revision)
            assert [found.number for found in book.find().rows] == sorted(
                range(1, row.number + 1), reverse=True
            )
            assert next(found.number for found in book.find(Query(sort="updated")).rows) == row.number
        now = {backup.path: backup.path.read_bytes() for backup in backups_of(place(tmp_path))}
        assert all(now[path] == content for path, content in seen.items())
        seen = now
    assert len(seen) == 3


def test_five_backups_are_kept_at_most_one_a_day(tmp_path: Path, questions: Questions) -> None:
    clock = Ticking()
    for day in range(8):
        for _ in range(2):
            clock.now = BEGAN + timedelta(days=day)
            with opened(tmp_path, questions, clock) as book:
                book.create(a_case(questions))
    days = [backup.day for backup in backups_of(place(tmp_path))]
    assert days == [TODAY + timedelta(days=day) for day in (7, 6, 5, 4, 3)]
    # of the record only what the oldest backup needs
    oldest = backups_of(place(tmp_path))[-1].seq
    bases = sorted(int(path.stem.split("-")[1]) for path in copies_of(place(tmp_path)).glob("answers-*"))
    assert bases[0] <= oldest < bases[1]


def test_two_programs_on_one_case_lose_nothing(tmp_path: Path, questions: Questions) -> None:
    with opened(tmp_path, questions) as one, opened(tmp_path, questions) as other:
        row = one.create(a_case(questions))
        theirs = other.get(1)
        one.keep(1, a_case(questions, weight=200), row.revision)
        with pytest.raises(CasebookError) as caught:
            other.keep(1, a_case(questions, weight=300), theirs.row.revision)
        assert caught.value.kind == "stale"
        assert "0001" in caught.value.text.en
        assert "0002" in caught.value.text.zh
        assert one.get(1).case.integer("weight_g") == 200
        assert one.get(caught.value.copy).case.integer("weight_g") == 300
        assert one.row(2).copy_of == 1
        # the one goes on with its case, the other with the copy
        copy = other.row(caught.value.copy)
        assert other.patch(copy.number, copy.revision, note="mine").note == "mine"
        # what the other deleted for now is not taken away by the close of the one
        other.delete(2)
        one.close()
        assert other.undo_delete(2).number == 2


def test_the_count_of_changes_tells_that_another_program_wrote(tmp_path: Path, questions: Questions) -> None:
    with opened(tmp_path, questions) as one, opened(tmp_path, questions) as other:
        before = one.seq
        other.create(a_case(questions))
        assert one.seq > before
