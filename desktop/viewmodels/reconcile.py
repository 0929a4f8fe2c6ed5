"""The open case against what the order really cost, worked out beside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.engine.reconcile import Reconciliation, held_against
from desktop.store.settlement import read_settlement
from desktop.viewmodels.background import Background, Task
from desktop.viewmodels.case_model import CaseModel


class Reconciler(QObject):
    """Reads one settlement at a time. Signals: `done(Reconciliation)`, or `failed(Text)` with why there is none."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, model: CaseModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._work = Background(self)
        self._work.done.connect(self.done)
        self._work.failed.connect(self.failed)

    def start(self, path: Path) -> None:
        """A CSV of real lines against the lane that the case stands for: the first of the advice."""
        case, book, questions = self._model.case, self._model.book, self._model.questions
        day = case.as_of or self._model.today

        def work(task: Task) -> Reconciliation:
            view = book.at(day, case.overrides)
            return held_against(case, view, questions, read_settlement(path))[0]

        self._work.start(work)

    def close(self) -> None:
        self._work.close()
