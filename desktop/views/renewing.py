"""The window and its rules: packs looked at, installed, gone back from; a case seen with the rules that it was
answered with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.errors import LanewiseError
from desktop.core.facts import RuleBook
from desktop.core.noted import Noted
from desktop.core.packs import SHIPPED, Pack
from desktop.store.packs.kept import Packs
from desktop.viewmodels.noting import OtherRules, other_rules
from desktop.viewmodels.renewal import (
    Given,
    Proposal,
    Refusal,
    Renewer,
    kept_cases,
    pack_words,
    recent_files,
    recent_rows,
)

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.keeping import Keeping
    from desktop.views.menus import Menus
    from desktop.views.message import Asker
    from desktop.views.renewal_dialog import RenewalDialog
    from desktop.views.statusbar import StatusBar
    from desktop.views.telling import Telling

SUFFIX = ".lwrules"
NAMED = 2
"""So many typed values that are not applied are named in a toast."""


class Host(Protocol):
    """What is asked of the window whose rules are renewed."""

    model: CaseModel
    prefs: Preferences
    asker: Asker
    menus: Menus
    status: StatusBar
    keeping: Keeping | None
    telling: Telling
    discreet: bool

    def take_book(self, book: RuleBook) -> tuple[str, ...]: ...


class Renewing(QObject):
    """Made after the first paint, when the window is told where its packs are."""

    def __init__(self, window: Host, packs: Packs) -> None:
        super().__init__(cast(QObject, window))
        self.window, self.packs = window, packs
        self.renewer = Renewer(window.model, packs, self)
        self.in_use: RuleBook = window.model.book
        """The rules that answer, where no case is seen with its own."""
        self.dialog: RenewalDialog | None = None
        self._told: tuple[Noted | None, tuple[str, ...]] | None = None
        """What was said of the case that is open."""
        self.renewer.installed.connect(self._on_installed)
        self.renewer.refused.connect(self._on_refused)
        model, menus = window.model, window.menus
        menus["renew"].triggered.connect(lambda _on=False: self.choose())
        menus["rules-back"].triggered.connect(lambda _on=False: self.back())
        menus.menus["packs"].aboutToShow.connect(self.show_packs)
        menus.menus["rules"].aboutToShow.connect(self.show_back)
        window.status.ownRequested.connect(self.see_own)
        window.status.inUseRequested.connect(self.see_in_use)
        model.replaced.connect(self._on_replaced)
        model.evaluated.connect(self._on_evaluated)
        menus["renew"].setEnabled(True)
        menus.menus["packs"].setEnabled(True)
        self.show_case()
        self.show_back()

    # ------------------------------------------------------------------ a new pack
    def choose(self) -> None:
        """Asks for the file of a pack."""
        path = self.window.asker.pack_path(self.window.prefs.folder("packs"))
        if path is not None:
            self.window.prefs.keep_folder("packs", str(path.parent))
            self.open(path)

    def open(self, path: Path) -> None:
        """Looks at a pack: nothing is changed before the user says so."""
        keeping = self.window.keeping
        if keeping is None or not keeping.keeper.ready or self.window.discreet:
            self._open(path, ())
            return
        keeping.keeper.desk.ask(
            lambda desk: recent_rows(desk.book),
            lambda cases: self._open(path, (kept_cases(cases),)),
            lambda _error: self._open(path, ()),
        )

    def _open(self, path: Path, kept: Sequence[Given]) -> None:
        from desktop.views.renewal_dialog import RenewalDialog

        if self.dialog is not None:
            self.dialog.reject()
        recent = (*kept, *self.recent())
        made = self.dialog = RenewalDialog(
            self.renewer, self.window.prefs, path, recent, cast(QWidget, self.window)
        )
        made.installRequested.connect(self._install)
        made.finished.connect(self._on_closed)
        made.open()

    def recent(self) -> Sequence[Given]:
        """The files that a pack is tried on, beside the open case; none while a visitor looks on."""
        return () if self.window.discreet else (recent_files(self.window.prefs.recent()),)

    def _install(self, proposal: Proposal) -> None:
        self.renewer.install(proposal)

    def _on_closed(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _on_refused(self, refusal: Refusal) -> None:
        """Where the dialog is open it says it itself."""
        if self.dialog is None:
            self.window.telling.refuse("rules", refusal.why, refusal.name)

    # ------------------------------------------------------------------ the rules in use
    def use(self, pack_id: str) -> None:
        """Takes an installed pack into use, "" for the rules of the program."""
        self.renewer.use(pack_id)

    def back(self) -> None:
        """The pack that was in use before, in one click."""
        self.renewer.back()

    def _on_installed(self, pack: Pack, book: RuleBook) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self.in_use = book
        gone = self.window.take_book(book)
        self.show_back()
        self.show_case()
        language = self.window.prefs.language
        words = self.tr("The rules of {name} are in use.").format(name=pack.name)
        if pack.trust == "shipped":
            words = self.tr("The program’s own rules are in use.")
        elif pack.trust == "mine":
            words = self.tr("The rules of {name} are in use: unsigned, mine.").format(name=pack.name)
        if gone:
            names = ("、" if language == "zh" else ", ").join(self._label(name) for name in gone)
            words += " " + self.tr("They do not know: {names}").format(names=names)
            self._told = self._standing()
        can_go = self.packs.before is not None
        self.window.telling.say_with(words, self.tr("Back") if can_go else "", self.back)

    def _label(self, name: str) -> str:
        question = self.window.model.questions.get(name)
        return question.label[self.window.prefs.language] if question is not None else name

    def show_back(self) -> None:
        """Back to which rules, in the menu."""
        before = self.packs.before
        action = self.window.menus["rules-back"]
        action.setEnabled(before is not None)
        name = ""
        if before is not None:
            pack = next((kept.pack for kept in self.packs.list() if kept.pack.id == before), SHIPPED)
            name = pack_words(pack)[self.window.prefs.language]
        action.setText(
            self.tr("Bac&k to {name}").format(name=name.replace("&", "&&"))
            if name
            else self.tr("Bac&k to the rules before")
        )

    def show_packs(self) -> None:
        """The installed packs, as the menu is opened."""
        menu, language = self.window.menus.menus["packs"], self.window.prefs.language
        menu.clear()
        current = self.packs.state().current
        kept = self.packs.list()
        for pack in (*(each.pack for each in kept), SHIPPED):
            pack_id = "" if pack.trust == "shipped" else pack.id
            name = pack_words(pack)[language]
            in_use = pack_id == current
            words = self.tr("{name}, in use") if in_use else self.tr("Use {name}")
            action = menu.addAction(words.format(name=name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(in_use)
            action.setEnabled(not in_use)
            action.triggered.connect(lambda _on=False, pack_id=pack_id: self.use(pack_id))
        others = [each.pack for each in kept if each.pack.id != current]
        if others:
            menu.addSeparator()
            self._add_remove(menu, others)

    def _add_remove(self, menu: QMenu, packs: Sequence[Pack]) -> None:
        for pack in packs:
            name = pack_words(pack)[self.window.prefs.language]
            action = menu.addAction(self.tr("Remove {name}…").format(name=name).replace("&", "&&"))
            action.triggered.connect(lambda _on=False, pack=pack: self.remove(pack))

    def remove(self, pack: Pack) -> None:
        """Deletes an installed pack, which cannot be undone: it is asked about."""
        name = pack_words(pack)[self.window.prefs.language]
        if not self.window.asker.remove_pack(name):
            return
        try:
            self.packs.remove(pack.id)
        except LanewiseError as error:
            self.window.telling.refuse("rules", error.text, name)
            return
        self.show_back()
        self.show_case()
        self.window.telling.say_with(self.tr("{name} was removed.").format(name=name), "", None)

    # ------------------------------------------------------------------ a case and the rules that it was answered with
    @property
    def seen_with_own(self) -> bool:
        """Whether the open case is seen with the rules that it was answered with, in place of those in use."""
        return self.window.model.book is not self.in_use

    def other(self) -> OtherRules | None:
        """What is to be said of the open case where other rules answered it."""
        model = self.window.model
        return other_rules(model.case, model.book, model.today, model.advice, model.modified)

    def show_case(self) -> None:
        """Which rules the case was answered with, on the status bar, and once in a toast where it was just opened."""
        window, language = self.window, self.window.prefs.language
        if self.seen_with_own:
            pack = window.model.book.pack
            window.status.show_own(
                self.tr("Seen with its own rules, {name}").format(name=pack_words(pack)[language]),
                self.tr("Rules in use"),
                seen=True,
            )
            return
        found = self.other()
        words = link = ""
        if found is not None:
            words = self.tr("Answered by {rules}").format(rules=found.named[language])
            if found.moved:
                words += self.tr(": {moved}").format(moved=found.moved[language])
            link = self.tr("See it with them") if self._installed(found) else ""
        window.status.show_own(words, link)
        model = window.model
        told = self._standing()
        waiting = told[1]
        if model.advice is not None and self._told != told and (words or waiting):
            self._told = told
            if waiting:
                # why stands with what is not known; here is room for a line
                names = ("、" if language == "zh" else ", ").join(waiting[:NAMED]) + " …" * (
                    len(waiting) > NAMED
                )
                kept = self.tr(
                    "Your value is kept but not applied, these rules have no such fact: {names}"
                ).format(names=names)
                words = f"{words} · {kept}" if words else kept
            window.telling.say_with(words, link, self.see_own if link else None)

    def _standing(self) -> tuple[Noted | None, tuple[str, ...]]:
        """What there is to be said of the open case: which other rules answered it, its values that are not applied."""
        model, found = self.window.model, self.other()
        waiting = tuple(fact_id for fact_id in model.case.overrides if fact_id not in model.book)
        return found.note if found is not None else None, waiting

    def _installed(self, found: OtherRules) -> bool:
        return any(
            kept.pack.id == found.note.id and kept.pack.digest == found.note.digest
            for kept in self.packs.list()
        )

    def see_own(self) -> None:
        """The open case with the rules that it was answered with; those in use stay in use for all others."""
        found = self.other()
        if found is None or not self._installed(found):
            return
        try:
            book = self.packs.load(found.note.id)
        except LanewiseError as error:
            self.window.telling.refuse("rules", error.text, found.note.name)
            return
        self.window.take_book(book)
        self.show_case()

    def see_in_use(self) -> None:
        """The open case with the rules in use again."""
        if self.seen_with_own:
            self.window.take_book(self.in_use)
            self.show_case()

    def _on_evaluated(self, _advice: object) -> None:
        self.show_case()

    def _on_replaced(self) -> None:
        """Another case: it is answered by the rules in use."""
        self._told = None
        if self.seen_with_own:
            self.window.take_book(self.in_use)
        self.window.status.show_own("", "")

    def retranslate(self) -> None:
        self.show_back()
        self.show_case()

    def close(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self.renewer.close()
