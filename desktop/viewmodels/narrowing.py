"""Finds the ranges over the open answers beside the window, a while after the last change, and tells the case model.

Nothing is looked for while answers follow each other, while a slider is drawn, before the first paint, or where no
answer is open. A newer case makes an older search be forgotten.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.viewmodels.background import Background, Task, Work
from desktop.viewmodels.case_model import CaseModel, Narrowed
from desktop.viewmodels.product import missing

WAIT_MS = 120
"""So long a case has to be still before its ranges are looked for."""


class Narrower(QObject):
    """Follows the evaluations of a case model."""

    def __init__(self, model: CaseModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._work = Background(self)
        self._work.done.connect(self._on_found)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(WAIT_MS)
        self._still.timeout.connect(self._begin)
        model.changed.connect(self._forget)
        model.evaluated.connect(self._on_evaluated)

    @property
    def busy(self) -> bool:
        """Whether ranges are on their way."""
        return self._still.isActive() or self._work.busy

    def close(self) -> None:
        """Ends what is going on, and hears no more of it."""
        self._still.stop()
        self._work.close()

    def _forget(self) -> None:
        self._still.stop()
        self._work.forget()

    def _on_evaluated(self) -> None:
        if self.model.narrowed_holds:
            return
        self._forget()
        if self._something_open():
            self._still.start()
        else:
            self.model.narrow(None)

    def _something_open(self) -> bool:
        """Whether a verdict stands that an open answer moves."""
        model = self.model
        if missing(model.case.answers, model.flow):
            return False
        from desktop.engine.open_answers import open_answers

        return bool(open_answers(model.case, model.view, model.questions))

    def _begin(self) -> None:
        self._work.start(_search(self.model))

    def _on_found(self, found: object) -> None:
        assert found is None or isinstance(found, Narrowed)
        self.model.narrow(found)


def _search(model: CaseModel) -> Work:
    """The search for the case as it is now; it does not look at the model again."""
    case, day, view, questions = model.case, model.day, model.view, model.questions

    def work(task: Task) -> Narrowed | None:
        from desktop.engine.narrowing import narrowing

        found = narrowing(case, view, questions, task.check)
        return None if found is None else Narrowed(case, day, found)

    return work
