"""`lanewise advise --pdf F --html F`: the sheet or the full report of a case as a file, without a screen."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from desktop.core.case import Case
from desktop.core.errors import OptionError, StoreError
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions
from desktop.core.result import Advice
from desktop.core.text import Text
from desktop.reports.sheet.model import TONGUES, About, Report, Sheet

KINDS = {"pdf": (".pdf",), "html": (".html", ".htm")}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lang", choices=TONGUES, default="en", help="both: beside each other, on paper only"
    )
    parser.add_argument("--pdf", type=Path, metavar="F", help="write the sheet as a PDF")
    parser.add_argument(
        "--html", type=Path, metavar="F", help="write the sheet as HTML that needs nothing else"
    )
    parser.add_argument("--report", action="store_true", help="the full report in place of the sheet")
    parser.add_argument("--customer", action="store_true", help="a copy without purchase cost and margin")
    parser.add_argument("--client", default="", metavar="NAME", help="whom the sheet is for")
    parser.add_argument("--adviser", default="", metavar="NAME", help="who calculated it")


def asked_for(options: argparse.Namespace) -> dict[str, Path]:
    """The files that are wanted, each with a fitting name and a place. OptionError, StoreError in one sentence."""
    wanted = {kind: path for kind in KINDS if (path := getattr(options, kind)) is not None}
    for name in ("report", "customer"):
        if getattr(options, name) and not wanted:
            raise OptionError(f"--{name}: nothing is to be written; add --pdf FILE.pdf or --html FILE.html")
    if options.report and options.customer:
        raise OptionError("--report: the full report names cost and margin; leave out --customer")
    for kind, path in wanted.items():
        if path.suffix.lower() not in KINDS[kind]:
            raise OptionError(f"--{kind}: {path.name!r} does not end in {KINDS[kind][0]}")
        if path.is_dir():
            raise StoreError(Text(f"{path.name} is a folder, not a file", f"{path.name} 是文件夹，不是文件"))
        if not path.absolute().parent.is_dir():
            folder = path.absolute().parent
            raise StoreError(Text(f"there is no folder {folder}", f"没有文件夹 {folder}"))
    return wanted


def write(
    options: argparse.Namespace,
    wanted: dict[str, Path],
    advice: Advice,
    case: Case,
    questions: Questions,
    book: RuleBook,
    holds: Text,
) -> None:
    """Writes the wanted files. Both are made before either is written."""
    from desktop import __version__
    from desktop.store.casefile import write_whole

    today = date.today()
    about = About(client=options.client.strip(), adviser=options.adviser.strip(), program=__version__)
    content: Sheet | Report
    if options.report:
        from desktop.viewmodels.full_report import report_of

        content = report_of(advice, case, questions, book, today, about, holds)
    else:
        from desktop.viewmodels.sheet import sheet_of

        content = sheet_of(
            advice, case, questions, book, today, about, holds=holds, customer=options.customer
        )
    made: dict[Path, bytes] = {}
    if "html" in wanted:
        from desktop.reports.sheet.markup import html_of

        made[wanted["html"]] = html_of(content, options.lang).encode("utf-8")
    if "pdf" in wanted:
        made[wanted["pdf"]] = _pdf(content, options.lang)
    for path, data in made.items():
        write_whole(path, data)


def _pdf(content: Sheet | Report, tongue: str) -> bytes:
    """A PDF made without a screen."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is None:
        # whatever the desktop is: nothing is shown
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _keep.append(QGuiApplication(["lanewise"]))
    from desktop.reports.sheet.paper import pdf_bytes

    return pdf_bytes(content, tongue)  # type: ignore[arg-type]


_keep: list[object] = []
"""The application lives as long as the process."""
