"""Check this computer, beside the window: one check after the other as each is done."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from desktop.core.text import Language
from desktop.store.doctor import Check, checks, healthy
from desktop.viewmodels.background import Background, Task


class Health(QObject):
    """Runs the checks that need no window; those that do are given to `add` by the view.

    Signals: `changed()` after each check, `finished()` when all are done.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.checks: list[Check] = []
        self._work = Background(self)
        self._work.said.connect(self._on_said)
        self._work.done.connect(lambda _found: self.finished.emit())

    @property
    def busy(self) -> bool:
        return self._work.busy

    @property
    def healthy(self) -> bool:
        return healthy(tuple(self.checks))

    def start(self) -> None:
        """Looks at everything anew."""
        self.checks.clear()
        self.changed.emit()
        today, now = self.today, datetime.now().astimezone()

        def look(task: Task) -> object:
            for check in checks(today, now):
                task.say(check)
            return None

        self._work.start(look)

    def add(self, found: tuple[Check, ...]) -> None:
        self.checks += found
        self.changed.emit()

    def stop(self) -> None:
        self._work.forget()

    def _on_said(self, check: object) -> None:
        assert isinstance(check, Check)
        self.add((check,))

    def text(self, language: Language) -> str:
        """All of it as text, to be copied."""
        lines = []
        for check in self.checks:
            lines.append(f"[{check.state}] {check.name[language]}: {check.says[language]}")
            if check.mend:
                lines.append(f"    {check.mend[language]}")
        return "\n".join(lines)
