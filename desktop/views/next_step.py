"""F4: what comes next with this client. A day to call back, consent, a private note; by keys alone."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.core.errors import OptionError
from desktop.core.text import Language
from desktop.viewmodels.casebook.words import call_back, day_words
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.casebook_side import NoteEdit, NoteHead, TypedField, consent_choices
from desktop.views.widgets import ChipGroup, TextLabel

YES = "email"


class NextStep(Struct, frozen=True):
    """What was noted, on which day that is, and in which language it is asked."""

    follow_up: date | None
    consent: str
    note: str
    today: date
    language: Language


class NextStepDialog(QDialog):
    """`+2` Enter, Space, Enter: called in two days, with consent."""

    def __init__(self, step: NextStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self.setWindowTitle(self.tr("Next step"))
        self.day = TypedField()
        self.day.set_name(self.tr("Call back on"), self.tr("+2, 24 Nov or 2026-11-24"))
        self.day.set_value(step.follow_up.isoformat() if step.follow_up else "")
        self.asked = TextLabel(self.tr("May be written to or called"), TYPE.caption, "text2")
        self.consent = ChipGroup(consent_choices(step.language), name=self.asked.text())
        self.consent.set_current(step.consent)
        self.head = NoteHead()
        self.head.retranslate()
        self.note = NoteEdit()
        self.note.setAccessibleName(self.tr("Your note"))
        self.note.setPlainText(step.note)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        column = QVBoxLayout(self)
        column.setSpacing(SPACE.s)
        for widget in (self.day, self.asked, self.consent, self.head, self.note, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(440)
        self.day.line.textEdited.connect(self._on_typing)
        self.day.line.entered.connect(self._on_day)
        self.consent.advanceRequested.connect(self._try)
        self.note.done.connect(self._try)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        self._found: date | None = step.follow_up
        self.day.line.setFocus()
        self.day.line.selectAll()

    def found(self) -> NextStep:
        return NextStep(
            self._found,
            self.consent.current() or self.step.consent,
            self.note.toPlainText().strip(),
            self.step.today,
            self.step.language,
        )

    def _read(self) -> bool:
        """Whether what was typed is a day; what is wrong stands below it."""
        try:
            self._found = call_back(self.day.line.text(), self.step.today)
        except OptionError as error:
            self.day.refuse(error.text[self.step.language])
            return False
        self.day.refuse("")
        if self._found is not None:
            self.day.say(day_words(self._found, self.step.today, self.step.language))
        return True

    def _on_typing(self) -> None:
        """The day in words as soon as it is one; a mistake is told when the field is left."""
        try:
            day = call_back(self.day.line.text(), self.step.today)
        except OptionError:
            day = None
        self.day.refuse("")
        if day is not None:
            self.day.say(day_words(day, self.step.today, self.step.language))

    def _on_day(self) -> None:
        if self._read():
            keys = self.consent.keys()
            # Space is a yes by email, unless it is already said otherwise
            chosen = self.step.consent if self.step.consent in ("no", "phone") else YES
            self.consent.chips()[keys.index(chosen)].setFocus(Qt.FocusReason.TabFocusReason)

    def _try(self) -> None:
        if self._read():
            self.accept()
        else:
            self.day.line.setFocus(Qt.FocusReason.OtherFocusReason)
