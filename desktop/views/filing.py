"""The file of a case: a new one, one opened, saved or closed, and what gives way to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject

from desktop.core.errors import LanewiseError, StoreError
from desktop.store.casefile import SUFFIX, read_example
from desktop.viewmodels.start import START

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.keeping import Keeping
    from desktop.views.keyboard import Keyboard
    from desktop.views.message import Asker
    from desktop.views.renewing import Renewing
    from desktop.views.telling import Telling
    from desktop.views.toolbar import ToolBar

PACK = ".lwrules"
"""The ending of a rule pack."""


class Host(Protocol):
    """What is asked of the window whose cases have files."""

    model: CaseModel
    prefs: Preferences
    tools: ToolBar
    keeping: Keeping | None
    renewing: Renewing | None
    asker: Asker
    telling: Telling
    keyboard: Keyboard

    @property
    def at_start(self) -> bool: ...

    def begin_case(self, step_id: str) -> None: ...

    def open_step(self, step_id: str) -> None: ...

    def show_title(self) -> None: ...


class Filing(QObject):
    """New, open, save, close. What cannot be read or written is said, and everything stays as it is."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self.window = window
        self.model, self.prefs = window.model, window.prefs

    # ------------------------------------------------------------------ another case
    def new_case(self) -> None:
        if self.may_leave():
            self.model.new()
            self.window.begin_case("product")

    def choose_file(self) -> None:
        folder = str(self.model.path.parent) if self.model.path else self.prefs.folder("cases")
        path = self.window.asker.open_path(folder)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> bool:
        """Opens a case file, or looks at a rule pack; False where neither was done."""
        window = self.window
        if path.suffix.lower() == PACK and window.renewing is not None:
            window.renewing.open(path)
            return True
        if not self.may_leave():
            return False
        try:
            self.model.open(path)
        except LanewiseError as error:
            window.telling.refuse("opened", error.text, path.name)
            return False
        self.prefs.add_recent(str(path))
        if window.keeping is not None:
            window.keeping.keeper.claim()
        window.begin_case("product")
        return True

    def open_example(self, name: str) -> None:
        if not self.may_leave():
            return
        try:
            case = read_example(name, self.model.questions)
        except LanewiseError as error:
            self.window.telling.refuse("opened", error.text, name)
            return
        self.model.replace(case)
        self.window.begin_case("product")

    def close_case(self) -> None:
        """Back to the start page."""
        if not self.window.at_start and self.may_leave():
            self.window.telling.clear()
            self.model.new()
            self.window.open_step(START)
            self.window.show_title()

    def may_leave(self) -> bool:
        """Whether the open case may give way: saved, thrown away, or nothing was changed."""
        window, model = self.window, self.model
        window.keyboard.commit()
        keeper = window.keeping.keeper if window.keeping is not None else None
        kept = keeper is not None and keeper.flush()
        if not model.modified or (kept and model.path is None):
            return True
        if kept and keeper is not None and keeper.row is not None and model.path is not None:
            answer = window.asker.save_file_first(model.path.name, keeper.row.label)
        else:
            answer = window.asker.save_first(window.tools.case_name())
        if answer == "save":
            return self._save_where_it_is()
        return answer == "discard"

    # ------------------------------------------------------------------ saving
    def save(self) -> bool:
        """The file of a case that has one. A case of the casebook is kept already: that is said."""
        window = self.window
        if window.keeping is not None and self.model.path is None:
            window.keyboard.commit()
            keeper = window.keeping.keeper
            if keeper.flush() and keeper.kept_at is not None:
                words = self.tr("Kept in the casebook at {time}. Ctrl+Shift+S writes a file of its own.")
                window.telling.say(words.format(time=f"{keeper.kept_at:%H:%M}"))
                return True
        return self._save_where_it_is()

    def save_changes(self) -> bool:
        """The file of a case that has one and was changed since, without a question; False where it cannot be written."""
        path = self.model.path
        return path is None or not self.model.modified or self._save(path)

    def save_as(self) -> bool:
        path = self.window.asker.save_path(self.proposed(SUFFIX))
        return path is not None and self._save(path)

    def proposed(self, suffix: str) -> str:
        """A file beside that of the case, named like the case."""
        folder = self.model.path.parent if self.model.path else Path(self.prefs.folder("cases"))
        name = self.window.tools.case_name()
        plain = "".join(sign for sign in name if sign.isalnum() or sign in " -_").strip()
        return str(folder / f"{plain or 'case'}{suffix}")

    def _save_where_it_is(self) -> bool:
        return self.save_as() if self.model.path is None else self._save(self.model.path)

    def _save(self, path: Path) -> bool:
        self.window.keyboard.commit()
        try:
            self.model.save(path)
        except StoreError as error:
            self.window.telling.refuse("saved", error.text)
            return False
        self.window.telling.clear()
        self.prefs.add_recent(str(path))
        return True
