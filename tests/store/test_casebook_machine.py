"""The casebook against a dictionary: any order of calls, ends and crashes gives what a dictionary would hold."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from desktop.core.casebook import Details, Query
from desktop.core.finding import folded
from desktop.core.questions import questions_of
from desktop.store.casebook import Casebook, backups_of, recover
from desktop.store.rulebook import load
from tests.store.casebooks import BEGAN, Ticking, a_case, bytes_of, opened, place

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
CLIENTS = st.sampled_from(("Ann Qxz", "张伟 贸易", "Bob Qxz", ""))
QUESTIONS = questions_of(load().rules)


class Book(RuleBasedStateMachine):
    """`model`: number → what a case must be; `deleted` those that can be brought back."""

    numbers = Bundle("numbers")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lanewise machine "))
        self.clock = Ticking()
        self.model: dict[int, dict[str, Any]] = {}
        self.deleted: set[int] = set()
        self.last = 0
        self.book: Casebook = opened(self.folder, QUESTIONS, self.clock)

    def teardown(self) -> None:
        if hasattr(self, "book"):
            self.book.close()
            shutil.rmtree(self.folder)

    # ------------------------------------------------------------------ what may be done
    @rule(target=numbers, name=WORDS, client=CLIENTS, note=WORDS)
    def create(self, name: str, client: str, note: str) -> int:
        row = self.book.create(a_case(QUESTIONS, name, 100), Details(client=client, note=note))
        self.last += 1
        assert row.number == self.last
        self.model[row.number] = {
            "weight": 100,
            "client": client,
            "note": note.strip(),
            "name": name,
            "archived": 0,
        }
        return row.number

    @rule(number=numbers, weight=st.integers(1, 999))
    def keep(self, number: int, weight: int) -> None:
        if number in self.model:
            row = self.book.row(number)
            kept = self.book.keep(number, a_case(QUESTIONS, self.model[number]["name"], weight), row.revision)
            assert kept.revision == row.revision + (weight != self.model[number]["weight"])
            self.model[number]["weight"] = weight

    @rule(number=numbers, note=WORDS, client=CLIENTS)
    def patch(self, number: int, note: str, client: str) -> None:
        if number in self.model:
            row = self.book.row(number)
            self.book.patch(number, row.revision, note=note, client=client)
            self.model[number].update(note=note.strip(), client=client)

    @rule(number=numbers, on=st.booleans())
    def archive(self, number: int, on: bool) -> None:
        if number in self.model:
            self.book.archive(number, on)
            self.model[number]["archived"] = int(on)

    @rule(target=numbers, number=numbers)
    def duplicate(self, number: int) -> Any:
        if number not in self.model:
            return multiple()
        row = self.book.duplicate(number)
        self.last += 1
        self.model[row.number] = {**self.model[number], "archived": 0}
        return row.number

    @rule(number=numbers)
    def delete(self, number: int) -> None:
        if number in self.model:
            self.book.delete(number)
            self.deleted.add(number)

    @rule(number=numbers)
    def bring_back(self, number: int) -> None:
        if number in self.deleted:
            self.book.undo_delete(number)
            self.deleted.discard(number)

    @rule(number=consumes(numbers))
    def erase(self, number: int) -> None:
        if number in self.model:
            for gone in self.book.erase_cases([number]).numbers:
                del self.model[gone]
                self.deleted.discard(gone)

    @rule(client=st.sampled_from(("Ann Qxz", "张伟 贸易", "Bob Qxz")))
    def erase_client(self, client: str) -> None:
        mine = [n for n, each in self.model.items() if each["client"] == client]
        if mine:
            assert set(mine) <= set(self.book.erase_client(client.upper()).numbers)
            for number in list(self.model):
                if self.model[number]["client"] == client:
                    del self.model[number]
                    self.deleted.discard(number)
            assert client.encode() not in bytes_of(self.folder)

    @rule(days=st.integers(-50, 50))
    def clean_end(self, days: int) -> None:
        self.book.close()
        for number in self.deleted:
            del self.model[number]
        self.deleted.clear()
        self.clock.now = BEGAN + timedelta(days=days)
        self.book = opened(self.folder, QUESTIONS, self.clock)
        assert self.book.notes == []
        assert len(backups_of(place(self.folder))) <= 5

    @rule()
    def crash(self) -> None:
        self.book._connection.close()
        self.book = opened(self.folder, QUESTIONS, self.clock)

    @rule()
    def the_file_is_lost(self) -> None:
        self.book._connection.close()
        for path in place(self.folder).parent.glob(f"{place(self.folder).name}*"):
            path.unlink()
        found = recover(place(self.folder), BEGAN)
        assert found.cases == len(self.model)
        self.book = opened(self.folder, QUESTIONS, self.clock)

    @rule()
    def backup(self) -> None:
        self.book.backup()

    # ------------------------------------------------------------------ what must hold
    @invariant()
    def it_holds_what_a_dictionary_would(self) -> None:
        if not hasattr(self, "book"):
            return
        shown = {number: each for number, each in self.model.items() if number not in self.deleted}
        rows = {row.number: row for row in self.book.find(Query(shelf="all")).rows}
        assert set(rows) == set(shown)
        for number, each in shown.items():
            row = rows[number]
            assert (row.client, row.note, row.archived) == (each["client"], each["note"], each["archived"])
            assert self.book.get(number).case == a_case(QUESTIONS, each["name"], each["weight"])
        open_now = [number for number in sorted(shown, reverse=True) if not shown[number]["archived"]]
        assert [row.number for row in self.book.find(Query()).rows] == open_now
        assert {row.number for row in self.book.find(Query(shelf="deleted")).rows} == self.deleted
        found = {row.number for row in self.book.find(Query(text="qxz", shelf="all")).rows}
        assert found >= {n for n, each in shown.items() if "qxz" in folded(each["client"])}
        assert self.book.check() is None


TestBook = Book.TestCase
TestBook.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
