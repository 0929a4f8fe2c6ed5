"""Shared fixtures: the rule book compiled from the authored files, and its views on the two days most asked for."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.core.facts import RuleBook, View
from desktop.store.loader import book_of, compile_data

ROOT = Path(__file__).parent.parent
REPORT_DAY = date(2015, 11, 8)
TODAY = date(2026, 11, 24)


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
