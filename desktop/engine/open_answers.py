"""Which answers of an export are open although the margin turns on them. What they may still bring is `narrowing`."""

from __future__ import annotations

from desktop.core.case import Case
from desktop.core.facts import View
from desktop.core.questions import Questions
from desktop.core.text import Text

SPANNED = ("weight_g", "dims_cm", "monthly_orders", "unit_cost")
"""Numbers that are spanned while they are open, in the order of the axes after that of the markets."""
PLACES = "destinations"


def _not_given(case: Case, view: View, name: str, key: str, range_key: str) -> Text:
    ends = case.within.get(name)
    return view.text(key) if ends is None else view.text(range_key, low=ends[0], high=ends[1])


def cost_not_given(case: Case, view: View) -> Text:
    """Why a case has no one unit cost: it is not given, or only a range of it."""
    return _not_given(case, view, "unit_cost", "advice.no-cost", "advice.range-cost")


def weight_not_given(case: Case, view: View) -> Text:
    """The same of the weight."""
    return _not_given(case, view, "weight_g", "advice.no-weight", "advice.range-weight")


def is_priced(case: Case, view: View) -> bool:
    """Whether there is a net margin to speak of: an export with a list price, and a book that gives advice."""
    return case.exports and case.given("list_price") is not None and "advice" in view.book.rules


def open_numbers(case: Case, view: View, questions: Questions) -> tuple[str, ...]:
    """The open numbers of an export; none without a list price."""
    if not is_priced(case, view):
        return ()
    return tuple(
        name
        for name in SPANNED
        if (question := questions[name]).typical is not None
        and case.given(name) is None
        and question.asked(case.answers)
    )


def open_answers(case: Case, view: View, questions: Questions) -> tuple[str, ...]:
    """The names of all open answers that are spanned; the buyers' country among them where it is open."""
    places = is_priced(case, view) and not case.several(PLACES)
    return (*((PLACES,) if places else ()), *open_numbers(case, view, questions))
