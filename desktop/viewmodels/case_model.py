"""The one case model: the door for every answer, and the signal that tells every reader.

field → `set` (equal: stop; invalid: `rejected`, readers pull the old value back) → new frozen case → `changed` →
one evaluation per burst → `evaluated`. Undo is the previous case. The evaluation goes on in turns of the event loop, so
that the window answers meanwhile; a newer case begins it anew.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.case import Case, check_kept, check_overrides, data_of, refitted
from desktop.core.errors import AnswerError
from desktop.core.facts import RuleBook, View
from desktop.core.flow import Flow, FlowStep, flow_of
from desktop.core.questions import UNKNOWN, Answer, Question, Questions, questions_of
from desktop.core.text import EMPTY, Text, both, joined, text_of
from desktop.core.words import a_date
from desktop.store.casefile import read_case, write_case
from desktop.viewmodels.loading import NUMBERS, loaded_beside, one_by_one
from desktop.viewmodels.noting import noted_by

if TYPE_CHECKING:
    from desktop.core.result import Advice, Mark
    from desktop.engine.narrowing import Narrowing, Span

REPORT_DAY = date(2015, 11, 8)
"""The day of the report with which it all began."""


ENGINE = ("desktop.engine.fees", "desktop.engine.border", "desktop.engine.freight", "desktop.engine.advice")
"""Loaded for the first advice, one in a turn."""
TURN_S = 0.012
"""So long is evaluated before the event loop has its turn; one more market is some 12 ms, and half of that is felt."""


class UndoStep(Struct, frozen=True):
    """A case as it was, and what the step that followed was called."""

    name: Text
    case: Case


class Held(Struct, frozen=True):
    """What was found of how far the list price may move before another platform leads, for the rail: `says` is one of
    down, up, any, unled; `figure` the price where there is one."""

    case: Case
    day: date
    says: str
    figure: str = ""


def step_name(questions: Questions, case: Case, name: str) -> Text:
    """What a step is called that gave an answer: weight 210 g, don't know: size."""
    question, answer = questions[name], case.answers.get(name)
    label = question.label
    small = label.en if label.en[1:2].isupper() else label.en[:1].lower() + label.en[1:]
    if answer is None:
        return Text(f"no answer: {small}", f"不回答：{label.zh}")
    unit = "%" if question.kind == "percent" else question.unit or ""
    unit = case.currency(questions, name) if question.currency else unit
    if name in case.within:
        low, high = case.within[name]
        return Text(f"{small} {low}–{high} {unit}".strip(), f"{label.zh} {low}–{high} {unit}".strip())
    if answer == UNKNOWN:
        return Text(f"don’t know: {small}", f"不知道：{label.zh}")
    said = answer_words(question, answer, unit)
    return Text(f"{small} {said.en}", f"{label.zh} {said.zh}")


def answer_words(question: Question, answer: Answer, unit: str) -> Text:
    """A given answer in words."""
    if isinstance(answer, bool):
        return Text("yes", "是") if answer else Text("no", "否")
    if isinstance(answer, tuple):
        return joined([_choice_name(question, each) for each in answer], ", ", "、")
    if question.choices:
        return _choice_name(question, str(answer))
    text = str(answer).replace("x", " × ") if question.kind == "size" else str(answer)
    return both(f"{text} {unit}".strip())


def _choice_name(question: Question, key: str) -> Text:
    found = question.choice(key)
    return found.name if found else both(key)


def _kept(case: Case) -> dict[str, object]:
    """What of a case is given by its user: not by which rules it was answered."""
    return data_of(replace(case, rules=None))


class Narrowed(Struct, frozen=True):
    """The ranges of a case on a day, over what its open answers can be (`desktop.engine.narrowing`)."""

    case: Case
    day: date
    found: Narrowing


class CaseModel(QObject):
    """One case, its advice, undo and file. No widget, no rule.

    Signals: `changed(name)` after an answer changed (name "" when the whole case was replaced); `rejected(name, Text)`;
    `voided(names)` when answers fell away with another; `evaluated(Advice)` once a burst; `fileChanged()` for path and
    modified mark; `dayChanged()` when the rules of another day count; `undoChanged()`; `heldChanged()` when it was found
    how far the advice holds; `narrowedChanged()` when the ranges over the open answers were found, or count no longer.
    `replaced()` comes before `changed("")` where another case takes the place of this one; `bookChanged()` where other
    rules answer the same case.
    """

    IN_TURNS: ClassVar[bool] = True
    """Whether an evaluation gives way to the event loop between its stages."""

    replaced = Signal()
    bookChanged = Signal()
    changed = Signal(str)
    rejected = Signal(str, object)
    voided = Signal(object)
    evaluated = Signal(object)
    fileChanged = Signal()
    dayChanged = Signal()
    undoChanged = Signal()
    heldChanged = Signal()
    narrowedChanged = Signal()

    def __init__(self, book: RuleBook, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.today = today
        self.questions: Questions = questions_of(book.rules)
        self.flow: Flow = flow_of(book.rules["flow"])
        self.path: Path | None = None
        self._case = Case()
        self._saved: Case = self._case
        self._done: list[UndoStep] = []
        self._undone: list[UndoStep] = []
        self._typed: set[str] = set()
        self._assumed: frozenset[str] = frozenset()
        self._advice: Advice | None = None
        self._held: Held | None = None
        self._narrowed: Narrowed | None = None
        self._spans: tuple[tuple[Case, date], tuple[Span, ...]] | None = None
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(0)
        self._burst.timeout.connect(self._on_burst)
        self._stages: Generator[None, None, Advice] | None = None

    # ------------------------------------------------------------------ reading
    @property
    def case(self) -> Case:
        return self._case

    @property
    def advice(self) -> Advice | None:
        """The advice on the case as it was last evaluated; None before the first time, and of a case just opened."""
        return self._advice

    @property
    def day(self) -> date:
        """The day whose rules count."""
        return self._case.as_of or self.today

    @property
    def view(self) -> View:
        """A fresh view of the rule book at the day."""
        return self.book.at(self.day, self._case.overrides)

    def answer(self, name: str) -> Answer | None:
        """The answer as kept: a value, "unknown", or None where it is absent."""
        return self._case.answers.get(name)

    def mark(self, name: str) -> str:
        """typed (in this sitting), case (from the file), default (a new case began with it), unknown, or empty where it
        is absent."""
        answer = self.answer(name)
        if answer is None:
            return ""
        if answer == UNKNOWN and name not in self._case.within:
            return "unknown"
        if name in self._typed:
            return "typed"
        return "default" if name in self._assumed else "case"

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The answers that were typed in this sitting, for the inputs of an explanation."""
        return {name: "typed" for name in self._case.answers if self.mark(name) == "typed"}

    def asked(self, name: str) -> bool:
        return self.questions[name].asked(self._case.answers)

    def steps(self) -> tuple[FlowStep, ...]:
        """All steps of the flow; `flow.is_asked(case, id)` tells which the case has."""
        return self.flow.steps

    @property
    def held(self) -> Held | None:
        """How far the advice holds, where that was found for the case as it is on the day that counts."""
        found = self._held
        return found if found is not None and (found.case, found.day) == (self._case, self.day) else None

    def hold(self, held: Held | None) -> None:
        """Notes how far the advice holds."""
        if held != self._held:
            self._held = held
            self.heldChanged.emit()

    @property
    def narrowed(self) -> Narrowed | None:
        """The ranges that were found last for this case; they count where `narrowed_holds`."""
        return self._narrowed

    @property
    def spans(self) -> tuple[Span, ...]:
        """Between which values the open answers are taken to lie; none before the first evaluation, which loads the
        engine."""
        if self._advice is None:
            return ()
        key = (self._case, self.day)
        if self._spans is None or self._spans[0] != key:
            from desktop.engine.narrowing import open_spans

            self._spans = (key, open_spans(self._case, self.view, self.questions))
        return self._spans[1]

    @property
    def narrowed_holds(self) -> bool:
        """Whether the ranges are those of the case as it is; else newer ones are on their way."""
        found = self._narrowed
        return found is not None and (found.case, found.day) == (self._case, self.day)

    def narrow(self, narrowed: Narrowed | None) -> None:
        """Notes the ranges over the open answers; None where nothing is open."""
        if narrowed != self._narrowed:
            self._narrowed = narrowed
            self.narrowedChanged.emit()

    # ------------------------------------------------------------------ writing
    def set(self, name: str, raw: object) -> bool:
        """Change an answer (None takes it away). False where it was refused; the old value stays in force."""
        try:
            case, gone = self._case.set(self.questions, name, raw)
        except AnswerError as error:
            self.rejected.emit(name, error.beside)
            return False
        if (case.answers, case.within) == (self._case.answers, self._case.within):
            return True
        self._typed.add(name)
        self._step(case, step_name(self.questions, case, name), name)
        if gone:
            self.voided.emit(gone)
            for each in gone:
                self.changed.emit(each)
        return True

    def set_several(self, answers: Mapping[str, object], name: Text) -> bool:
        """Change several answers as one named step; all or none of them."""
        case = self._case
        try:
            for each, raw in answers.items():
                case, _ = case.set(self.questions, each, raw)
        except AnswerError as error:
            self.rejected.emit(each, error.beside)
            return False
        if case.answers != self._case.answers:
            self._typed.update(answers)
            self._step(case, name, "")
        return True

    def set_day(self, day: date | None) -> None:
        """Let the rules of another day count; None for today's."""
        day = None if day == self.today else day
        if day == self._case.as_of:
            return
        shown = day or self.today
        name = Text(f"rules as of {a_date(shown, 'en')}", f"规则日期 {a_date(shown, 'zh')}")
        self._step(self._case.on(day), name, "as_of")
        self.dayChanged.emit()

    def set_weight(self, choice: str, criterion: str, weight: int) -> None:
        """The client's own weight of a criterion, 0 to 100; the others keep their proportion."""
        own = {key: dict(by) for key, by in self._case.weights.items()}
        own.setdefault(choice, {})[criterion] = max(0, min(100, weight))
        frozen = MappingProxyType({key: MappingProxyType(by) for key, by in own.items()})
        if frozen == self._case.weights:
            return
        named = self._criterion(choice, criterion)
        share = own[choice][criterion]
        name = Text(f"weight {share} of {named.en}", f"权重 {share}：{named.zh}")
        self._step(replace(self._case, weights=frozen), name, "weights")

    def _criterion(self, choice: str, criterion: str) -> Text:
        """A criterion as the rules call it."""
        known = self.book.rules.get("advice", {}).get(choice, {}).get("criteria", ())
        return text_of(next((each["label"] for each in known if each["id"] == criterion), criterion))

    def reset_weights(self, choice: str) -> None:
        if choice in self._case.weights:
            own = {key: by for key, by in self._case.weights.items() if key != choice}
            self._step(replace(self._case, weights=MappingProxyType(own)), Text("weights", "权重"), "weights")

    def override(self, fact_id: str, value: str | None) -> None:
        """Put a typed value in a fact's place for this case; None gives the rule back. AnswerError where it cannot be."""
        own = dict(self._case.overrides)
        if value is None:
            own.pop(fact_id, None)
        else:
            check_overrides({fact_id: value}, self.book)
            own[fact_id] = value
        if own != dict(self._case.overrides):
            case = replace(self._case, overrides=MappingProxyType(own))
            says = self.book.fact(fact_id).says
            own_value = Text(f"own value {value}: {says.en}", f"自定值 {value}：{says.zh}")
            given_back = Text(f"rule again: {says.en}", f"恢复规则：{says.zh}")
            self._step(case, given_back if value is None else own_value, "overrides")

    def _step(self, case: Case, name: Text, what: str) -> None:
        self._done.append(UndoStep(name, self._case))
        self._undone.clear()
        self._take(case, what)

    def _take(self, case: Case, what: str) -> None:
        was_modified = self.modified
        self._case = case
        self.changed.emit(what)
        self.undoChanged.emit()
        if self.modified != was_modified:
            self.fileChanged.emit()
        self._begin()

    # ------------------------------------------------------------------ undo
    @property
    def undo_name(self) -> Text:
        """What would be undone; empty where there is nothing."""
        return self._done[-1].name if self._done else EMPTY

    @property
    def redo_name(self) -> Text:
        return self._undone[-1].name if self._undone else EMPTY

    def undo(self) -> None:
        self._go(self._done, self._undone)

    def redo(self) -> None:
        self._go(self._undone, self._done)

    def _go(self, back: list[UndoStep], forth: list[UndoStep]) -> None:
        if not back:
            return
        step = back.pop()
        forth.append(UndoStep(step.name, self._case))
        other_day = step.case.as_of != self._case.as_of
        self._take(step.case, "")
        if other_day:
            self.dayChanged.emit()

    # ------------------------------------------------------------------ evaluation
    @property
    def evaluating(self) -> bool:
        """Whether the advice is still that of an earlier case: a newer one is on its way."""
        return self._burst.isActive()

    def settle(self) -> None:
        """Brings the advice up to the case, at once: before something is printed, saved or compared."""
        if self.evaluating:
            self.evaluate()

    def evaluate(self) -> None:
        """Evaluate now, in one go. The engine is loaded on the first time and not at start."""
        from desktop.engine.advice import evaluate

        self._found(evaluate(self._case, self.book, self.today, self.questions, self.marks))

    def _on_burst(self) -> None:
        """Some stages of the evaluation, and the next ones in the next turn."""
        if not self.IN_TURNS:
            self.evaluate()
            return
        if self._stages is None:
            self._stages = self._evaluating()
            # the turn after an answer is the window's, to show it
            self._burst.start()
            return
        ends = time.monotonic() + TURN_S
        while time.monotonic() < ends:
            try:
                next(self._stages)
            except StopIteration as done:
                self._found(done.value)
                return
        self._burst.start()

    def _evaluating(self) -> Generator[None, None, Advice]:
        if ENGINE[-1] not in sys.modules:
            yield from loaded_beside(NUMBERS)
            yield from one_by_one(ENGINE)
        from desktop.engine.advice import evaluating

        return (yield from evaluating(self._case, self.book, self.today, self.questions, self.marks))

    def _found(self, advice: Advice) -> None:
        self._burst.stop()
        self._stages = None
        self._advice = advice
        self.evaluated.emit(advice)

    def _begin(self) -> None:
        """The case is another one: what was found of the earlier one does not count."""
        self._stages = None
        self._burst.start()

    def advice_on(self, day: date) -> Advice:
        """The same case with the rules of another day, for a comparison."""
        from desktop.engine.advice import evaluate

        return evaluate(self._case.on(day), self.book, self.today, self.questions, self.marks)

    # ------------------------------------------------------------------ other rules
    def take_book(self, book: RuleBook) -> tuple[str, ...]:
        """Lets another rule book answer the same case; undo goes on. Returns the names of answers and typed values that
        these rules do not know, which fell away."""
        self.book = book
        self.questions = questions_of(book.rules)
        self.flow = flow_of(book.rules["flow"])
        # what was said by the other rules is not said by these
        self._advice = self._held = self._narrowed = self._spans = None
        was = self._case
        self._case, gone = refitted(was, self.questions, book)
        if self._saved is was:
            self._saved = self._case
        for steps in (self._done, self._undone):
            steps[:] = [UndoStep(s.name, refitted(s.case, self.questions, book)[0]) for s in steps]
        self.bookChanged.emit()
        self.changed.emit("")
        self.undoChanged.emit()
        self._begin()
        return gone

    def noted(self) -> Case:
        """The case with a note of the rules that answer it now, as it is kept."""
        advice = None if self.evaluating else self._advice
        return noted_by(self._case, self.book, self.today, advice)

    # ------------------------------------------------------------------ files
    @property
    def modified(self) -> bool:
        return self._case is not self._saved and _kept(self._case) != _kept(self._saved)

    def new(self) -> None:
        self.replace(Case())

    def replace(self, case: Case, path: Path | None = None, assumed: Iterable[str] = ()) -> None:
        """Another case in place of this one; undo starts anew. `assumed` are answers that nobody has given yet."""
        other_day = case.as_of != self._case.as_of
        self._case = self._saved = case
        # what was said of the other case is not said of this one
        self._advice = None
        self._narrowed = None
        self.path = path
        self._done.clear()
        self._undone.clear()
        self._typed.clear()
        self._assumed = frozenset(assumed)
        self.replaced.emit()
        self.changed.emit("")
        self.undoChanged.emit()
        self.fileChanged.emit()
        if other_day:
            self.dayChanged.emit()
        self._begin()

    def open(self, path: Path) -> None:
        """Open a case file. CaseError, AnswerError or StoreError leave the open case as it is."""
        case = read_case(path, self.questions)
        self.check(case)
        self.replace(case, path)

    def check(self, case: Case) -> None:
        """AnswerError for a case whose typed values do not fit the rule book; those of facts that are gone wait."""
        check_kept(case.overrides, self.book)

    def save(self, path: Path | None = None) -> None:
        """Save the case, atomically; StoreError leaves the old file and the open case as they are."""
        target = path or self.path
        assert target is not None, "save without a path"
        self.settle()
        write_case(self.noted(), target)
        self.path = target
        self._saved = self._case
        self.fileChanged.emit()
