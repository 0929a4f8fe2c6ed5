"""A first visit without hands, by which a packed program is held against its source.

`lanewise-window --smoke DIR` opens each example, looks at every step, saves sheet and workbook, screens the demo
catalogue and ends. DIR then holds the papers, the result, and in `walk.json` what the window showed.
"""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from desktop.core.result import CHOICES
from desktop.store.casefile import examples, write_whole
from desktop.viewmodels.catalogue.words import demo_path
from desktop.views.window import Window

if TYPE_CHECKING:
    from desktop.core.result import Advice

PAINTED = "painted.txt"
"""Seconds since the epoch when the window had been painted, for the measure of a start."""
PATIENCE_MS = 180_000
"""What has not come by then does not come."""


def walk(window: Window, folder: Path) -> int:
    """The walk with a window that is shown: 0; where it comes to a stand 1, with where in `walk.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / PAINTED, str(time.time()).encode())
    # nobody is there to ask
    window.asker.save_first = lambda _name: "discard"  # type: ignore[method-assign]
    seen: dict[str, Any] = {}
    try:
        for name in examples():
            seen[name] = _example(window, name, folder / Path(name).stem)
        seen["catalogue"] = _catalogue(window, folder / "catalogue.csv")
    except Exception:
        # of a library that was not packed as well: nobody would close the notice of it
        seen["failed"] = traceback.format_exc()
    write_whole(folder / "walk.json", json.dumps(seen, ensure_ascii=False, indent=1).encode())
    return 1 if "failed" in seen else 0


def _example(window: Window, name: str, target: Path) -> dict[str, Any]:
    window.filing.open_example(name)
    window.opening.finish()
    steps = []
    for step in window.model.flow.asked(window.model.case):
        window.open_step(step.id)
        window.opening.finish()
        _until(lambda: not window.narrower.busy, f"{name}, {step.id}")
        page = window.current_page()
        if page is not None and not page.grab().isNull():
            steps.append(step.id)
    sheet, book = target.with_suffix(".pdf"), target.with_suffix(".xlsx")
    window.asker.paper_path = lambda _proposed, _report: sheet  # type: ignore[method-assign]
    window.asker.workbook_path = lambda _proposed: book  # type: ignore[method-assign]
    window.paper.save()
    _until(lambda: sheet.exists() and not window.paper.papers.busy, sheet.name)
    window.exchanging.save_workbook()
    _until(book.exists, book.name)
    advice = window.model.advice
    return {"steps": steps, "choices": {} if advice is None else _choices(advice)}


def _choices(advice: Advice) -> dict[str, list[list[str | int | None]]]:
    """Every option of every choice: id, rank, score."""
    return {
        choice: [
            [option.id, option.rank, None if option.score is None else str(option.score)]
            for option in advice.ranking(choice).options
        ]
        for choice in CHOICES
    }


def _catalogue(window: Window, target: Path) -> dict[str, int]:
    window.exchanging.open_catalogue(demo_path())
    window.opening.finish()
    page: Any = window.page("catalogue")
    model = page.catalogue
    _until(lambda: model.state == "open", "the demo catalogue")
    model.screen()
    _until(lambda: model.state == "done" and model.order is not None, "screening")
    page.export_to(target)
    _until(target.exists, target.name)
    return {"rows": int(model.found.kept.count)}


def _until(there: Callable[[], bool], what: str) -> None:
    """Waits for work beside the window."""
    limit = QDeadlineTimer(PATIENCE_MS)
    while not there():
        if limit.hasExpired():
            raise TimeoutError(f"{what} did not come")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    QApplication.processEvents()
