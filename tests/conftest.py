"""Shared fixtures: the rule book compiled from the authored files, and its views on the two days most asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.core.facts import RuleBook, View
from desktop.store.loader import book_of, compile_data

ROOT = Path(__file__).parent.parent
REPORT_DAY = date(2015, 11, 8)
TODAY = date(2026, 11, 24)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Widgets of a test go with it: those left over would be styled anew with every window that follows."""
    result = yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return result


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test comes near the folder of whoever runs it."""
    before = os.environ.get("LANEWISE_HOME")
    os.environ["LANEWISE_HOME"] = str(tmp_path_factory.mktemp("home"))
    yield
    if before is None:
        del os.environ["LANEWISE_HOME"]
    else:
        os.environ["LANEWISE_HOME"] = before


@pytest.fixture(scope="session")
def book() -> RuleBook:
    """The rule book, straight from data/."""
    return book_of(compile_data(ROOT / "data"))


@pytest.fixture
def then(book: RuleBook) -> View:
    """The world of the 2015 report."""
    return book.at(REPORT_DAY)


@pytest.fixture
def now(book: RuleBook) -> View:
    return book.at(TODAY)
