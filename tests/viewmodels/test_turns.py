"""Work in turns of the event loop."""

from __future__ import annotations

from collections.abc import Generator

from pytestqt.qtbot import QtBot

from desktop.viewmodels.turns import Turns, sliced


def work(done: list[int], count: int = 3) -> Generator[None, None, str]:
    try:
        for number in range(count):
            done.append(number)
            yield
        return "over"
    finally:
        done.append(-1)


def test_a_piece_a_turn_and_then_what_follows(qtbot: QtBot) -> None:
    done: list[int] = []
    ended: list[bool] = []
    turns = Turns()
    assert turns.begin(work(done), lambda: ended.append(True))
    assert (done, ended, turns.busy) == ([0], [], True)
    qtbot.waitUntil(lambda: bool(ended))
    assert (done, turns.busy) == ([0, 1, 2, -1], False)


def test_nothing_follows_where_there_is_nothing_to_do() -> None:
    assert not Turns().begin(iter(()), lambda: 1 / 0)


def test_what_is_stopped_is_let_go_and_followed_by_nothing(qtbot: QtBot) -> None:
    done: list[int] = []
    ended: list[bool] = []
    turns = Turns()
    turns.begin(work(done), lambda: ended.append(True))
    turns.stop()
    assert (done, turns.busy) == ([0, -1], False)
    turns.finish()
    assert not ended


def test_newer_work_takes_the_place_of_older(qtbot: QtBot) -> None:
    first: list[int] = []
    second: list[int] = []
    ended: list[str] = []
    turns = Turns()
    turns.begin(work(first), lambda: ended.append("first"))
    turns.begin(work(second), lambda: ended.append("second"))
    assert first == [0, -1]
    qtbot.waitUntil(lambda: bool(ended))
    assert (second, ended) == ([0, 1, 2, -1], ["second"])


def test_small_pieces_share_a_turn_and_the_result_is_kept() -> None:
    done: list[int] = []

    def whole(seconds: float) -> Generator[None, None, list[str]]:
        return [(yield from sliced(work(done, 50), seconds))]

    def run(seconds: float) -> tuple[int, list[str]]:
        pieces = whole(seconds)
        count = 0
        while True:
            try:
                next(pieces)
                count += 1
            except StopIteration as end:
                return count, end.value

    assert run(60.0) == (0, ["over"])
    assert run(0.0) == (50, ["over"])
