"""The advice on a case as a workbook whose cells compute: change the price, and every margin follows to the cent.

content = advice_workbook(case, view, questions, "en")     # bytes of an XLSX file; the store writes them
"""

from __future__ import annotations

from datetime import date

from desktop.core.case import Case
from desktop.core.facts import View
from desktop.core.questions import Questions
from desktop.core.text import Language

__all__ = ["SUFFIX", "advice_workbook"]

SUFFIX = ".xlsx"


def advice_workbook(
    case: Case, view: View, questions: Questions, language: Language, today: date | None = None
) -> bytes:
    """An XLSX file with the advice on a case on a view, its inputs and every priced lane as live formulas.

    `today` says whether the rules are past their days; without it the day of the view.
    """
    # a format's library is loaded when it is written
    from desktop.reports.workbook.book import workbook_bytes
    from desktop.reports.workbook.report import report_of

    return workbook_bytes(report_of(case, view, questions, language, today))
