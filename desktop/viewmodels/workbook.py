"""The advice on the open case as a workbook, written beside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.core.text import Language
from desktop.store.casefile import write_whole
from desktop.viewmodels.background import Background, Task
from desktop.viewmodels.case_model import CaseModel


class WorkbookWriter(QObject):
    """Writes one workbook at a time. Signals: `written(Path)`, or `failed(Text)` with why there is none."""

    written = Signal(object)
    failed = Signal(object)

    def __init__(self, model: CaseModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._work = Background(self)
        self._work.done.connect(self.written)
        self._work.failed.connect(self.failed)

    def write(self, path: Path, language: Language) -> None:
        """The case as it stands now, to a file; who hears `written` may open it."""
        case, book, questions = self._model.case, self._model.book, self._model.questions
        today = self._model.today
        day = case.as_of or today

        def work(task: Task) -> Path:
            # the library of the format is loaded when it is written
            from desktop.reports.screened import check_target
            from desktop.reports.workbook import SUFFIX, advice_workbook

            check_target(path, self._model.path, (SUFFIX,))
            content = advice_workbook(case, book.at(day, case.overrides), questions, language, today)
            task.check()
            write_whole(path, content)
            return path

        self._work.start(work)

    def close(self) -> None:
        self._work.close()
