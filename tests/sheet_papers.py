"""Sheets and reports of the example cases on two days, and what is read back from a paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from msgspec.structs import replace
from pypdf import PdfReader

from desktop.core.case import Case
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.core.result import Advice
from desktop.core.text import Text
from desktop.engine.advice import evaluate
from desktop.reports.sheet.model import About, Report, Sheet, Tongue
from desktop.reports.sheet.paper import pdf_bytes
from desktop.store.casefile import read_example
from desktop.viewmodels.full_report import report_of
from desktop.viewmodels.sheet import holding, sheet_of

REPORT_DAY = date(2015, 11, 8)
TODAY = date(2026, 11, 24)
EXAMPLES = ("1-clothing", "2-lighting", "3-milk-powder")
DAYS = (REPORT_DAY, TODAY)
ABOUT = About(client="Stand 12", adviser="M. Weber", program="0.1.0")
SECRET = "margin of the last visitor was 61 percent"


@dataclass(frozen=True)
class Worked:
    """A case with its advice, and the papers of it."""

    case: Case
    advice: Advice
    questions: Questions
    book: RuleBook
    holds: Text

    def sheet(self, customer: bool = False, about: About = ABOUT) -> Sheet:
        return sheet_of(
            self.advice,
            self.case,
            self.questions,
            self.book,
            TODAY,
            about,
            holds=self.holds,
            customer=customer,
        )

    def report(self) -> Report:
        return report_of(self.advice, self.case, self.questions, self.book, TODAY, ABOUT, self.holds)


class Bench:
    """Works every case out once."""

    def __init__(self, book: RuleBook) -> None:
        self.book, self.questions = book, questions_of(book.rules)
        self.of = lru_cache(maxsize=None)(self._of)
        self.pages = lru_cache(maxsize=None)(self._pages)

    def _of(self, name: str, day: date, direction: str = "") -> Worked:
        case = read_example(f"{name}.lanewise", self.questions).on(day)
        case = replace(case, extra={"notes": SECRET})
        if direction:
            case, _ = case.set(self.questions, "direction", direction)
        return self.work(case)

    def work(self, case: Case) -> Worked:
        advice = evaluate(case, self.book, TODAY, self.questions)
        holds = holding(case, advice, self.questions, self.book, TODAY)
        return Worked(case, advice, self.questions, self.book, holds)

    def _pages(self, name: str, day: date, tongue: Tongue, customer: bool = False) -> list[str]:
        """The text of the sheet as a PDF, made and read once."""
        return pages(pdf_bytes(self.of(name, day).sheet(customer), tongue))

    def all(self) -> Iterator[tuple[tuple[str, date], Worked]]:
        for name in EXAMPLES:
            for day in DAYS:
                yield (name, day), self.of(name, day)


def pages(data: bytes) -> list[str]:
    """The text of every page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def page_count(data: bytes) -> int:
    return len(PdfReader(io.BytesIO(data)).pages)


def close(text: str) -> str:
    """Without any white space: where lines break is not what is asked."""
    return "".join(text.split())
