"""What can go wrong, said so that a person can mend it.

LanewiseError
├── DataError        a fact file, rate table or rule file is not as it must be (file, place, right form)
├── CaseError        a case file cannot be used: damaged, newer, or not a case
├── AnswerError      an answer is not of the right form or out of its bounds
├── OptionError      a command line value is not of the right form
└── StoreError       a file cannot be read or written
"""

from __future__ import annotations

from desktop.core.text import Text, both


class LanewiseError(Exception):
    """An error for people: one clear sentence in each language, no traceback on the screen."""

    def __init__(self, message: Text | str) -> None:
        self.text: Text = message if isinstance(message, Text) else both(message)
        super().__init__(self.text.en)


class DataError(LanewiseError):
    """A file of the rule book is not as it must be. Names the file, the place in it and the right form."""

    def __init__(self, message: str, *, file: str = "", place: str = "", form: str = "") -> None:
        self.file, self.place, self.form = file, place, form
        where = ": ".join(part for part in (file, place) if part)
        super().__init__(f"{where + ': ' if where else ''}{message}{'; right form: ' + form if form else ''}")


class CaseError(LanewiseError):
    """A case file cannot be used; it stays untouched."""


class AnswerError(LanewiseError):
    """An answer is not of the right form or out of its bounds; the old value stays in force.

    `beside` is what is said where the question itself stands beside it: without its label and its name.
    """

    def __init__(self, name: str, message: Text | str, beside: Text | None = None) -> None:
        self.name = name
        super().__init__(message)
        self.beside: Text = beside or self.text


class OptionError(LanewiseError):
    """A value given on the command line is not of the right form."""


class StoreError(LanewiseError):
    """A file cannot be read or written; what was there before is unchanged."""
