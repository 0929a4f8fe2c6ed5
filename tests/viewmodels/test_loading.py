"""Modules that are loaded without holding the window up."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

import pytest

from desktop.viewmodels.loading import load, loaded_beside, one_by_one

NOTED = """
import threading
thread = threading.current_thread()
threading.may_go_on.wait(20)
"""


def test_a_library_is_loaded_in_a_thread_and_the_pieces_wait_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a_library.py").write_text(NOTED, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    go_on = threading.Event()
    monkeypatch.setattr(threading, "may_go_on", go_on, raising=False)
    pieces = loaded_beside(("a_library",))
    for _ in range(3):
        assert next(pieces, "over") is None
    go_on.set()
    for _ in pieces:
        pass
    # whoever asks for the same once more starts no second thread
    assert list(loaded_beside(("a_library",))) == []
    assert sys.modules.pop("a_library").thread is not threading.main_thread()


def test_what_cannot_be_loaded_is_said_and_the_rest_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a_broken_library.py").write_text("1 / 0", encoding="utf-8")
    (tmp_path / "a_whole_library.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with caplog.at_level(logging.ERROR, "lanewise"):
        load(("a_broken_library", "a_whole_library"))
    assert "a_broken_library could not be loaded" in caplog.text
    assert sys.modules.pop("a_whole_library")
    with pytest.raises(ZeroDivisionError):
        __import__("a_broken_library")


def test_modules_are_loaded_one_in_a_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a_first_module", "a_second_module"):
        (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    pieces = one_by_one(("a_first_module", "a_second_module"))
    next(pieces)
    assert ("a_first_module" in sys.modules, "a_second_module" in sys.modules) == (True, False)
    assert len(list(pieces)) == 1
    for name in ("a_first_module", "a_second_module"):
        del sys.modules[name]
