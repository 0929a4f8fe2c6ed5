"""Keeping the open case, and the list of all: without a widget."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from casebooks import Clock, answered, fill
from pytestqt.qtbot import QtBot
from window_fakes import TODAY, advice_on, small_book

from desktop.core.casebook import Details, Query
from desktop.core.errors import OptionError
from desktop.store.casebook import Casebook, CasebookError, marked_open
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.casebook import words
from desktop.viewmodels.casebook.desk import Desk
from desktop.viewmodels.casebook.keeper import Keeper
from desktop.viewmodels.casebook.visitors import PAGE, Visitors
from desktop.viewmodels.preferences import Preferences


class FakeModel(CaseModel):
    """Evaluates without the engine."""

    IN_TURNS = False

    def evaluate(self) -> None:
        self._burst.stop()
        self._advice = advice_on(self.case, self.day)
        self.evaluated.emit(self._advice)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def model(qapp: object) -> FakeModel:
    return FakeModel(small_book(), TODAY)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "casebook.db"


@pytest.fixture
def keeper(model: FakeModel, path: Path, clock: Clock) -> Iterator[Keeper]:
    made = Keeper(model, path, clock)
    made.open()
    assert made.desk.settle()
    yield made
    made.desk.close()


@pytest.fixture
def visitors(keeper: Keeper, model: FakeModel, tmp_path: Path) -> Visitors:
    prefs = Preferences(str(tmp_path / "settings.ini"))
    prefs.set_language("en")
    return Visitors(keeper, model, prefs)


def stored(path: Path, number: int = 1) -> dict[str, Any]:
    """The answers of a case as another reader of the file sees them."""
    import json

    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        (body,) = connection.execute("SELECT body FROM cases WHERE number = ?", (number,)).fetchone()
    return dict(json.loads(body)["answers"])


def count(path: Path) -> int:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        return int(connection.execute("SELECT count(*) FROM cases").fetchone()[0])


# ---------------------------------------------------------------------- keeping
def test_a_case_comes_into_the_casebook_with_its_first_answer_and_not_before(
    keeper: Keeper, model: FakeModel, path: Path, qtbot: QtBot
) -> None:
    model.new()
    model.replace(answered(model.questions, direction="export"))
    model.evaluate()
    assert keeper.flush()
    assert count(path) == 0
    assert keeper.row is None
    with qtbot.waitSignal(keeper.kept):
        model.set("category", "apparel")
    assert count(path) == 1
    assert stored(path) == {"direction": "export", "category": "apparel"}


def test_each_answer_and_each_undo_is_acknowledged_in_one_turn(
    keeper: Keeper, model: FakeModel, path: Path, qtbot: QtBot
) -> None:
    for name, value in (("category", "apparel"), ("list_price", "24.90"), ("weight_g", "210")):
        model.set(name, value)
        assert not keeper.safe
        qtbot.waitUntil(lambda: keeper.safe)
        assert stored(path)[name] == model.answer(name)
    model.undo()
    qtbot.waitUntil(lambda: keeper.safe)
    assert "weight_g" not in stored(path)
    model.redo()
    qtbot.waitUntil(lambda: keeper.safe)
    assert stored(path)["weight_g"] == model.answer("weight_g")
    assert count(path) == 1


def test_what_is_given_in_one_turn_is_one_write(keeper: Keeper, model: FakeModel, qtbot: QtBot) -> None:
    heard: list[int] = []
    keeper.kept.connect(lambda row: heard.append(row.revision))
    for price in range(20, 60):
        model.set("list_price", str(price))
    assert keeper.flush()
    assert heard == [1]
    assert not keeper.failing


def test_an_acknowledgment_is_that_of_its_own_state(
    keeper: Keeper, model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one before is acknowledged while the next one is being written: that is not kept yet."""
    go, begun = threading.Event(), threading.Event()
    keep = Casebook.keep

    def slow(*given: Any, **named: Any) -> Any:
        begun.set()
        assert go.wait(10)
        return keep(*given, **named)

    monkeypatch.setattr(Casebook, "keep", slow)
    model.set("category", "apparel")
    keeper._give()
    model.set("list_price", "31")
    # the first is written, the second on its way: only now the window hears of the first
    first = keeper.desk.ask(lambda _desk: None)
    assert first.over.wait(10)
    keeper._give()
    assert begun.wait(10)
    keeper.desk.deliver()
    assert keeper.row is not None
    assert not keeper.safe
    go.set()
    assert keeper.flush()


def test_the_first_option_is_kept_with_the_answers(keeper: Keeper, model: FakeModel) -> None:
    model.set("direction", "export")
    keeper.step = "platforms"
    model.evaluate()
    assert keeper.flush()
    assert keeper.row is not None
    assert (keeper.row.first, keeper.row.net, keeper.row.said, keeper.row.step) == (
        "ebay",
        758,
        "full",
        "platforms",
    )
    keeper.set_step("plan")
    assert keeper.flush()
    assert (keeper.row.first, keeper.row.net, keeper.row.step) == ("ebay", 758, "plan")


def test_the_time_is_that_of_the_last_acknowledged_write(
    keeper: Keeper, model: FakeModel, clock: Clock
) -> None:
    assert keeper.kept_at is None
    model.set("category", "apparel")
    assert keeper.kept_at is None, "nothing is acknowledged yet"
    assert not keeper.safe
    assert keeper.flush()
    assert keeper.kept_at == clock.now
    clock.later(minutes=5)
    model.set("category", "shoes")
    assert keeper.flush()
    assert keeper.kept_at == clock.now


def test_what_was_answered_before_the_casebook_was_there_is_kept(
    model: FakeModel, path: Path, clock: Clock
) -> None:
    model.set("category", "apparel")
    keeper = Keeper(model, path, clock)
    assert not keeper.safe
    assert not keeper.flush(), "nothing is open yet"
    keeper.open()
    assert keeper.flush()
    assert stored(path) == {"category": "apparel"}
    keeper.close()


def test_another_case_never_takes_the_row_of_the_one_before(
    keeper: Keeper, model: FakeModel, path: Path
) -> None:
    model.set("category", "apparel")
    # not one turn of the event loop between the answer and the next visitor
    model.replace(answered(model.questions, direction="export"))
    model.set("category", "toys")
    assert keeper.flush()
    assert [stored(path, n)["category"] for n in (1, 2)] == ["apparel", "toys"]
    assert keeper.number == 2


def test_a_case_of_the_casebook_goes_on_where_it_was(keeper: Keeper, model: FakeModel, path: Path) -> None:
    model.set("category", "apparel")
    assert keeper.flush()
    kept = keeper.desk.ask(lambda desk: desk.book.get(1))
    keeper.desk.wait(kept, 5)
    model.new()
    keeper.take(kept.found.row, kept.found.case)
    assert keeper.number == 1
    model.set("list_price", "31")
    assert keeper.flush()
    assert count(path) == 1
    assert stored(path) == {"category": "apparel", "list_price": "31"}


def test_what_is_noted_of_the_client_does_not_hinder_the_next_answer(
    keeper: Keeper, model: FakeModel, path: Path
) -> None:
    model.set("category", "apparel")
    keeper.note({"note": "wary of Amazon"})
    model.set("list_price", "31")
    assert keeper.flush()
    assert keeper.desk.settle()
    assert count(path) == 1, "no copy was made: the revision went along"
    assert keeper.row is not None
    assert keeper.row.note == "wary of Amazon"
    assert stored(path)["list_price"] == "31"


def test_a_case_from_a_file_is_the_one_of_the_casebook_with_just_these_answers(
    keeper: Keeper, model: FakeModel, tmp_path: Path, path: Path
) -> None:
    model.set("category", "apparel")
    assert keeper.flush()
    model.save(tmp_path / "a.lanewise")
    model.new()
    model.open(tmp_path / "a.lanewise")
    keeper.claim()
    assert keeper.desk.settle()
    assert keeper.number == 1
    model.set("list_price", "31")
    assert keeper.flush()
    assert count(path) == 1


# ---------------------------------------------------------------------- when it cannot be kept
def test_a_write_that_fails_is_said_and_the_case_stays(
    keeper: Keeper, model: FakeModel, monkeypatch: pytest.MonkeyPatch, path: Path, qtbot: QtBot
) -> None:
    model.set("category", "apparel")
    assert keeper.flush()
    full = CasebookError("full", small_book_text())
    told: list[object] = []
    keeper.troubled.connect(told.append)
    monkeypatch.setattr(Casebook, "keep", lambda *_a, **_k: (_ for _ in ()).throw(full))
    model.set("list_price", "31")
    assert not keeper.flush()
    assert keeper.failing
    assert told == [full]
    model.set("list_price", "32")
    assert not keeper.flush()
    assert told == [full], "the same trouble is said once"
    assert model.answer("list_price") == "32"
    monkeypatch.undo()
    with qtbot.waitSignal(keeper.recovered):
        keeper.try_again()
        assert keeper.desk.settle()
    assert keeper.safe
    assert stored(path)["list_price"] == "32"


def small_book_text() -> Any:
    from desktop.core.text import both

    return both("the disk is full")


def test_it_tries_again_by_itself(
    keeper: Keeper, model: FakeModel, monkeypatch: pytest.MonkeyPatch, path: Path, qtbot: QtBot
) -> None:
    keeper._again.setInterval(20)
    with monkeypatch.context() as patch:
        patch.setattr(
            Casebook,
            "create",
            lambda *_a, **_k: (_ for _ in ()).throw(CasebookError("locked", small_book_text())),
        )
        with qtbot.waitSignal(keeper.troubled):
            model.set("category", "apparel")
    qtbot.waitSignal(keeper.recovered).wait()
    assert stored(path) == {"category": "apparel"}


def test_a_casebook_whose_disk_is_back_is_opened_anew(
    keeper: Keeper, model: FakeModel, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.set("category", "apparel")
    assert keeper.flush()
    with monkeypatch.context() as patch:
        patch.setattr(Casebook, "_there", lambda _book: False)
        model.set("list_price", "31")
        assert not keeper.flush()
    assert getattr(keeper.trouble, "kind", "") == "gone"
    before: list[Casebook] = []
    assert keeper.desk.wait(keeper.desk.ask(lambda desk: before.append(desk.book)), 5)
    keeper.try_again()
    after: list[Casebook] = []
    keeper.desk.ask(lambda desk: after.append(desk.book))
    assert keeper.desk.settle()
    assert keeper.safe
    assert before[0] is not after[0], "what was open was another file"
    assert stored(path)["list_price"] == "31"


def test_a_change_of_another_program_makes_a_case_of_its_own(
    keeper: Keeper, model: FakeModel, path: Path, clock: Clock
) -> None:
    model.set("category", "apparel")
    assert keeper.flush()
    with Casebook.open(path, clock, model.questions) as other:
        other.keep(1, answered(model.questions, category="toys"), other.row(1).revision)
    told: list[Any] = []
    keeper.told.connect(told.append)
    model.set("category", "shoes")
    assert keeper.flush()
    assert keeper.number == 2
    assert "0002" in told[0].en
    assert [stored(path, n)["category"] for n in (1, 2)] == ["toys", "shoes"]


def test_a_damaged_casebook_is_said_and_recovered(path: Path, clock: Clock, model: FakeModel) -> None:
    fill(path, clock, model.questions, [Details("Lin Mei"), Details("Wang Fang")])
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\x55" * (4096 - 100)
    path.write_bytes(content)
    keeper = Keeper(model, path, clock)
    keeper.open()
    assert keeper.desk.settle()
    assert getattr(keeper.trouble, "kind", "") == "damaged"
    assert not keeper.ready
    keeper.recover()
    assert keeper.desk.settle()
    assert keeper.ready
    assert keeper.trouble is None
    assert count(path) == 2
    keeper.desk.close()


def test_without_a_close_the_open_case_is_named_at_the_next_start(
    path: Path, clock: Clock, model: FakeModel, keeper: Keeper
) -> None:
    model.set("category", "apparel")
    assert keeper.flush()
    assert marked_open(path) == 1
    # as after a kill: the mark is never taken away
    keeper.desk.close()
    left: list[Any] = []
    other = Keeper(FakeModel(small_book(), TODAY), path, clock)
    other.left.connect(left.append)
    other.open()
    assert other.desk.settle()
    assert [row.number for row in left] == [1]
    other.close()
    assert marked_open(path) == 0


# ---------------------------------------------------------------------- the desk
def test_the_desk_answers_in_order_and_closes_with_all_done(qapp: object) -> None:
    desk, heard = Desk(), []
    for n in range(50):
        desk.ask(lambda _desk, n=n: n, heard.append)
    desk.close()
    desk.deliver()
    assert heard == list(range(50))
    assert desk.ask(lambda _desk: 1).over.is_set(), "after the end nothing hangs"


def test_a_fault_in_the_thread_is_raised_in_the_window(qapp: object) -> None:
    desk = Desk()
    job = desk.ask(lambda _desk: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        desk.wait(job, 5)
    assert desk.settle(), "and the thread goes on"
    desk.close()


# ---------------------------------------------------------------------- the list
def listed(visitors: Visitors) -> list[str]:
    assert visitors.keeper.desk.settle()
    return [row.client for at in range(visitors.total) if (row := visitors.row(at)) is not None]


def put(visitors: Visitors, *clients: Details) -> None:
    questions = visitors.model.questions

    def work(desk: Desk) -> None:
        for details in clients:
            desk.book.create(answered(questions, direction="export", category="apparel"), details)

    visitors.keeper.desk.ask(work)
    visitors.refresh()
    assert visitors.keeper.desk.settle()


def test_filters_search_and_order(visitors: Visitors, clock: Clock) -> None:
    clock.later(days=-1)
    put(visitors, Details("Yesterday", follow_up=TODAY))
    clock.later(days=1)
    put(visitors, Details("王芳", note="Ningbo"), Details("Lin Mei", follow_up=TODAY + timedelta(days=2)))
    assert listed(visitors) == ["Lin Mei", "王芳"]
    assert visitors.counts is not None
    assert (visitors.counts.today, visitors.counts.due, visitors.counts.open) == (2, 1, 3)
    visitors.show(filter="due")
    assert listed(visitors) == ["Yesterday"]
    visitors.show(filter="all", text="ningbo")
    assert listed(visitors) == ["王芳"]
    visitors.show(text="wang")
    assert listed(visitors) == ["王芳"], "by pinyin"
    visitors.show(text="")
    visitors.sort_by("client")
    assert listed(visitors) == ["Lin Mei", "Yesterday", "王芳"]
    visitors.sort_by("client")
    assert listed(visitors) == ["王芳", "Yesterday", "Lin Mei"]


def test_a_long_list_is_read_page_by_page(visitors: Visitors) -> None:
    put(visitors, *(Details(f"client {n:04d}") for n in range(3 * PAGE)))
    assert visitors.total == 3 * PAGE
    assert visitors.row(0) is not None
    last = 3 * PAGE - 1
    assert visitors.row(last) is None, "not read until it is looked at"
    assert visitors.line(last) is None
    arrived: list[int] = []
    visitors.arrived.connect(lambda: arrived.append(1))
    assert visitors.keeper.desk.settle()
    assert arrived == [1], "asked for once, though it was looked at twice"
    row = visitors.row(last)
    assert row is not None
    assert row.client == "client 0000"


def test_only_the_newest_question_is_answered(visitors: Visitors) -> None:
    put(visitors, Details("Lin Mei"), Details("王芳"))
    shown: list[int] = []
    visitors.listed.connect(lambda: shown.append(visitors.total))
    for text in ("l", "li", "lin", "ling", "lin"):
        visitors.show(text=text)
    assert visitors.keeper.desk.settle()
    assert shown[-1] == 1
    assert len(shown) <= 2


def chosen(visitors: Visitors, number: int = 1) -> Any:
    assert visitors.keeper.desk.settle()
    visitors.choose(number)
    assert visitors.current is not None
    return visitors.current


def test_what_is_typed_of_a_client_is_kept_and_undone_by_name(visitors: Visitors) -> None:
    put(visitors, Details("Lin Mei"))
    for name, text, value in (
        ("client", "Lin Mei Ltd", "Lin Mei Ltd"),
        ("languages", "German、English, ", ("German", "English")),
        ("tags", "owner; hall 4.1", ("owner", "hall 4.1")),
        ("contact", " lin@example.org ", "lin@example.org"),
        ("follow_up", "+2", TODAY + timedelta(days=2)),
    ):
        visitors.type(chosen(visitors), name, text)
        assert getattr(chosen(visitors).details, name) == value
    visitors.edit(chosen(visitors), "consent", "email")
    assert chosen(visitors).details.consent_on == TODAY
    assert visitors.undo_name.en == "consent of 0001"
    for _ in range(6):
        visitors.undo()
        assert visitors.keeper.desk.settle()
    assert chosen(visitors).details == Details("Lin Mei")
    assert not visitors.undo_name


def test_a_day_that_is_none_changes_nothing(visitors: Visitors) -> None:
    put(visitors, Details("Lin Mei", follow_up=TODAY))
    with pytest.raises(OptionError, match="2026-11-24"):
        visitors.type(chosen(visitors), "follow_up", "soon")
    assert chosen(visitors).details.follow_up == TODAY


def test_duplicate_archive_and_delete_can_be_undone(visitors: Visitors) -> None:
    put(visitors, Details("Lin Mei"))
    visitors.duplicate(1)
    assert listed(visitors) == ["Lin Mei", "Lin Mei"]
    visitors.undo()
    assert listed(visitors) == ["Lin Mei"]
    visitors.archive(1, True)
    assert listed(visitors) == []
    visitors.undo()
    assert listed(visitors) == ["Lin Mei"]
    visitors.delete(1)
    assert listed(visitors) == []
    assert visitors.undo_name.zh == "0001 的删除"
    visitors.undo()
    assert listed(visitors) == ["Lin Mei"]


def test_deleting_the_open_case_closes_it(visitors: Visitors, model: FakeModel) -> None:
    model.set("category", "apparel")
    assert visitors.keeper.flush()
    visitors.refresh()
    assert listed(visitors) == [""]
    visitors.delete(1)
    assert listed(visitors) == []
    assert not model.case.answers
    model.set("category", "toys")
    assert visitors.keeper.flush()
    assert visitors.keeper.number == 2


def test_a_client_is_erased_from_every_copy(visitors: Visitors, model: FakeModel, path: Path) -> None:
    put(visitors, Details("Erika Zwölf", note="zwölfgeheim"), Details("Lin Mei"))
    visitors.type(chosen(visitors), "contact", "zwoelf@example.org")
    assert visitors.keeper.desk.settle()
    visitors.keeper.desk.ask(lambda desk: desk.book.backup())
    counted: list[int] = []
    visitors.same_client(chosen(visitors), counted.append)
    assert visitors.keeper.desk.settle()
    assert counted == [1]
    visitors.erase(chosen(visitors))
    assert listed(visitors) == ["Lin Mei"]
    assert not visitors.undo_name, "what could be undone held words of the client"
    for place in path.parent.rglob("*"):
        if place.is_file():
            content = place.read_bytes()
            for word in ("Erika Zw", "zwölfgeheim", "zwoelf@"):
                assert word.encode() not in content, place


def test_files_in_and_out(visitors: Visitors, tmp_path: Path) -> None:
    put(visitors, Details("Lin Mei", note="geheim"), Details("王芳"))
    folder = tmp_path / "out"
    visitors.take_out_all(folder)
    assert visitors.keeper.desk.settle()
    files = sorted(folder.iterdir())
    assert len(files) == 2
    assert all("geheim" not in place.read_text("utf-8") for place in files)
    (folder / "bad.lanewise").write_text("{", "utf-8")
    refused: list[Any] = []
    said: list[tuple[str, bool]] = []
    visitors.refused.connect(refused.append)
    visitors.said.connect(lambda text, undo: said.append((text, undo)))
    visitors.bring_in([*files, folder / "bad.lanewise"])
    assert len(listed(visitors)) == 4
    assert said == [("Imported: 2 · refused: 1", True)]
    assert "bad.lanewise" in refused[0].en
    visitors.undo()
    assert len(listed(visitors)) == 2


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_the_day_is_written_without_the_private_notes(
    visitors: Visitors, tmp_path: Path, ending: str
) -> None:
    from zipfile import ZipFile

    put(visitors, Details("Lin Mei", note="geheim"), Details("=1+1"))
    target = tmp_path / f"day{ending}"
    visitors.export_list(target, day=True)
    assert visitors.keeper.desk.settle()
    if ending == ".csv":
        text = target.read_text("utf-8-sig")
        assert "'=1+1" in text
    else:
        with ZipFile(target) as parts:
            text = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert "Lin Mei" in text
    assert "geheim" not in text


def test_nothing_of_a_case_stays_while_nobody_may_look(visitors: Visitors) -> None:
    put(visitors, Details("Lin Mei"))
    chosen(visitors)
    visitors.forget()
    visitors.keeper.kept.emit(None)
    assert visitors.keeper.desk.settle()
    assert visitors.total == 0
    assert visitors.counts is None
    assert visitors.current is None


# ---------------------------------------------------------------------- words
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("  ", None),
        ("+2", date(2026, 11, 26)),
        ("+ 0", date(2026, 11, 24)),
        ("＋10", date(2026, 12, 4)),
        ("2026-12-1", date(2026, 12, 1)),
        ("2026/12/01", date(2026, 12, 1)),
        ("11-24", date(2026, 11, 24)),
        ("11-23", date(2027, 11, 23)),
        ("1 dec", date(2026, 12, 1)),
        ("3 January", date(2027, 1, 3)),
    ],
)
def test_a_day_as_it_is_typed(typed: str, day: date | None) -> None:
    assert words.call_back(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["soon", "2", "+", "+99999", "2026-02-30", "13-45", "31 feb", "1 mai", "1026-01-01", "-2"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(OptionError) as error:
        words.call_back(typed, TODAY)
    assert typed in error.value.text.zh


def test_an_archive_query_reads_the_archive() -> None:
    from desktop.viewmodels.casebook.visitors import Shown

    assert Shown("archived").query(TODAY) == Query(shelf="archived")
    assert Shown("today").query(TODAY) == Query(day=TODAY)
