"""Where to go next: the steps that a case has, and how far each is. Routing only; no words, no rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from desktop.core.case import Case
from desktop.core.questions import Question, Questions
from desktop.core.text import Text, text_of

StepMark = Literal["enough", "partly", "open", "blocked", "not-asked"]


class FlowStep(Struct, frozen=True):
    """One step of the way: when it is asked, which answers are enough for it, and the choice that it leads to."""

    id: str
    name: Text
    icon: str
    directions: tuple[str, ...]
    enough: tuple[str, ...]
    choice: str | None
    narrows: tuple[str, ...] = ()
    """Questions of the step that narrow the verdict, the most telling first."""


class Flow(Struct, frozen=True):
    """All steps in order."""

    steps: tuple[FlowStep, ...]

    def asked(self, case: Case) -> tuple[FlowStep, ...]:
        """The steps that the case has, in order."""
        return tuple(step for step in self.steps if case.direction in step.directions)

    def is_asked(self, case: Case, step_id: str) -> bool:
        return any(step.id == step_id for step in self.asked(case))

    def next(self, case: Case, step_id: str) -> FlowStep | None:
        return self._beside(case, step_id, 1)

    def previous(self, case: Case, step_id: str) -> FlowStep | None:
        return self._beside(case, step_id, -1)

    def _beside(self, case: Case, step_id: str, by: int) -> FlowStep | None:
        """The nearest step that the case is asked, also from a step that it is not; none beside what is no step."""
        at = next((i for i, step in enumerate(self.steps) if step.id == step_id), None)
        if at is None:
            return None
        following = self.steps[at + 1 :] if by > 0 else reversed(self.steps[:at])
        return next((step for step in following if case.direction in step.directions), None)


def narrowing(case: Case, questions: Questions, flow: Flow) -> tuple[str, ...]:
    """The open questions that would narrow the verdict most, in order; "don't know" is an answer.

    The verdict of a case that exports is on the export, also while its direction is open: what only an import is asked
    moves nothing there.
    """
    names = [name for step in flow.asked(case) for name in step.narrows]
    answers = {**case.answers, "direction": "export" if case.exports else "import"}
    return tuple(n for n in names if n not in case.answers and questions[n].asked(answers))


def open_questions(case: Case, questions: Questions) -> tuple[Question, ...]:
    """The questions that the case is asked, in order."""
    return tuple(question for question in questions.items if question.asked(case.answers))


def flow_of(steps: Sequence[Mapping[str, Any]]) -> Flow:
    """The flow from the rules of a book."""
    return Flow(
        tuple(
            FlowStep(
                data["id"], text_of(data), data["icon"], tuple(data["directions"]), tuple(data.get("enough", ())),
                data.get("choice"), tuple(data.get("narrows", ())),
            )
            for data in steps
        )
    )  # fmt: skip
