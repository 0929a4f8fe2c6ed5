"""The search for ranges beside the window: when it begins, when it is forgotten, what it tells."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot
from window_fakes import small_book

from desktop.engine import narrowing as engine
from desktop.store import rulebook
from desktop.viewmodels.background import Background, StoppedError, Task
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.narrowing import Narrower

TODAY = date(2026, 11, 24)
VEST = {"direction": "export", "category": "apparel", "list_price": "24.90", "destinations": ["US"]}


@pytest.fixture
def model() -> CaseModel:
    return CaseModel(rulebook.load(), TODAY)


@pytest.fixture
def narrower(model: CaseModel) -> Iterator[Narrower]:
    made = Narrower(model)
    yield made
    made.close()


def answer(model: CaseModel, **answers: object) -> None:
    for name, raw in answers.items():
        model.set(name, raw)
    model.evaluate()


def test_the_ranges_arrive_after_the_third_answer(qtbot: QtBot, model: CaseModel, narrower: Narrower) -> None:
    answer(model, direction="export", category="apparel")
    assert not narrower.busy
    with qtbot.waitSignal(model.narrowedChanged, timeout=20_000):
        answer(model, **VEST)
        assert narrower.busy
    assert model.narrowed is not None
    assert model.narrowed_holds
    assert model.narrowed.found.open == ("weight_g", "dims_cm", "monthly_orders", "unit_cost")
    assert not narrower.busy


def test_nothing_is_worked_out_on_the_thread_of_the_window(
    qtbot: QtBot, model: CaseModel, narrower: Narrower, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []
    found = engine.narrowing

    def watched(*args: object) -> object:
        threads.append(threading.current_thread())
        return found(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "narrowing", watched)
    with qtbot.waitSignal(model.narrowedChanged, timeout=20_000):
        answer(model, **VEST)
    assert threads
    assert threading.main_thread() not in threads


def test_a_change_makes_the_search_be_forgotten_and_the_old_ranges_be_old(
    qtbot: QtBot, model: CaseModel, narrower: Narrower
) -> None:
    with qtbot.waitSignal(model.narrowedChanged, timeout=20_000):
        answer(model, **VEST)
    first = model.narrowed
    model.set("weight_g", 210)
    assert model.narrowed is first
    assert not model.narrowed_holds
    model.evaluate()
    model.set("weight_g", 300)
    assert not narrower.busy, "what is looked for is of a case that is no more"
    with qtbot.waitSignal(model.narrowedChanged, timeout=20_000):
        model.evaluate()
    assert model.narrowed is not None
    assert model.narrowed.case.integer("weight_g") == 300
    assert model.narrowed_holds


def test_where_nothing_is_open_the_ranges_go(qtbot: QtBot, model: CaseModel, narrower: Narrower) -> None:
    with qtbot.waitSignal(model.narrowedChanged, timeout=20_000):
        answer(model, **VEST)
    answer(model, weight_g=210, unit_cost="38", dims_cm="22x16x4", monthly_orders=200)
    assert model.narrowed is None
    assert not narrower.busy


def test_another_case_shows_nothing_of_the_last_one(
    qtbot: QtBot, model: CaseModel, narrower: Narrower
) -> None:
    with qtbot.waitSignal(model.narrowedChanged, timeout=20_000):
        answer(model, **VEST)
    model.new()
    assert model.narrowed is None


def test_an_import_is_not_looked_at(model: CaseModel, narrower: Narrower) -> None:
    answer(model, direction="import", category="milk-powder", list_price="190")
    assert not narrower.busy


def test_a_book_that_ranks_nothing_is_not_looked_at() -> None:
    model = CaseModel(small_book(), TODAY)
    narrower = Narrower(model)
    for name, raw in VEST.items():
        model.set(name, raw)
    model.evaluated.emit(None)
    assert not narrower.busy


def test_no_garbage_is_collected_beside_the_window(qtbot: QtBot) -> None:
    """What is collected in a thread is taken apart there, widgets among it."""
    work = Background()
    with qtbot.waitSignal(work.done) as done:
        work.start(lambda _task: gc.isenabled())
    assert done.args == [False]
    assert gc.isenabled()

    def stops(_task: Task) -> None:
        raise StoppedError

    with qtbot.waitSignal(work.stopped):
        work.start(stops)
    assert gc.isenabled()
