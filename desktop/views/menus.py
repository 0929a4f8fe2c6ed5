"""The menus: every command with its key. The window connects them; here are their words and places."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from string import ascii_lowercase

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.core.flow import Flow
from desktop.core.text import Language
from desktop.viewmodels.asides import ASIDES
from desktop.viewmodels.preferences import TEXT_SIZES
from desktop.viewmodels.start import Example

Keys = QKeySequence.StandardKey
MenuRole = QAction.MenuRole
SCHEMES = ("system", "light", "dark", "contrast")
PAPER = ("print", "print-now", "save-pdf", "save-html", "save-report", "sheet-options")
NEED_A_CASE = ("save", "save-as", "save-workbook", "close", "visitor", "reconcile", *PAPER)
"""Commands that mean nothing on the start page."""
LARGER = ("Ctrl++", "Ctrl+=")
"""The plus is on the key of the equals sign on many keyboards."""


class Menus(QObject):
    """Holds all actions by name: `menus["save"].triggered.connect(…)`. `retranslate` sets every word."""

    def __init__(self, window: QMainWindow, flow: Flow) -> None:
        super().__init__(window)
        self.window = window
        self.flow = flow
        self.actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self.sources: dict[str, str] = {}
        """The English of every word that is shown: both languages are searched."""
        self.named: dict[str, str] = {}
        """The English of actions that the data names."""
        bar = window.menuBar()
        for name in ("file", "edit", "view", "case", "rules", "help"):
            self.menus[name] = bar.addMenu("")
        self._file()
        self._edit()
        self._view()
        self._rest()

    def __getitem__(self, name: str) -> QAction:
        return self.actions[name]

    # ------------------------------------------------------------------ building
    def _add(
        self,
        menu: str,
        name: str,
        keys: Keys | str | None = None,
        role: MenuRole = MenuRole.NoRole,
        also: str = "",
    ) -> QAction:
        """`also` is the key where a system has none of its own for a standard one, and beside it where it has."""
        action = self.menus[menu].addAction("")
        action.setMenuRole(role)
        if keys is not None:
            action.setShortcuts(_sequences(keys, also))
        self.actions[name] = action
        return action

    def _file(self) -> None:
        self._add("file", "new", Keys.New)
        self._add("file", "next-visitor", "F2")
        self._add("file", "open", Keys.Open)
        self._add("file", "catalogue", "Ctrl+Shift+O")
        self._add("file", "import")
        self.menus["recent"] = self.menus["file"].addMenu("")
        self.menus["file"].addSeparator()
        self._add("file", "save", Keys.Save)
        self._add("file", "save-as", Keys.SaveAs, also="Ctrl+Shift+S")
        self._add("file", "save-workbook")
        self._add("file", "close", Keys.Close, also="Ctrl+W")
        self.menus["file"].addSeparator()
        self._add("file", "print", Keys.Print)
        self._add("file", "print-now", "Ctrl+Shift+P")
        self._add("file", "save-pdf")
        self._add("file", "save-html")
        self._add("file", "save-report")
        self._add("file", "sheet-options")
        self.menus["file"].addSeparator()
        self.menus["examples"] = self.menus["file"].addMenu("")
        self.menus["file"].addSeparator()
        self._add("file", "quit", Keys.Quit, MenuRole.QuitRole, "Ctrl+Q")

    def _edit(self) -> None:
        self._add("edit", "undo", Keys.Undo)
        self._add("edit", "redo", "Ctrl+Y", also="Ctrl+Shift+Z")
        self.menus["edit"].addSeparator()
        self._add("edit", "cut", Keys.Cut)
        self._add("edit", "copy", Keys.Copy)
        self._add("edit", "paste", Keys.Paste)
        self._add("edit", "select-all", Keys.SelectAll)
        self.menus["edit"].addSeparator()
        self._add("edit", "find", "Ctrl+K")
        self.menus["edit"].addSeparator()
        self._add("edit", "settings", Keys.Preferences, MenuRole.PreferencesRole, "Ctrl+,")

    def _view(self) -> None:
        for number, step in enumerate(self.flow.steps, start=1):
            self._add("view", f"step-{step.id}", f"Ctrl+{number}")
        self.menus["view"].addSeparator()
        for beside in ASIDES:
            self._add("view", f"step-{beside.id}", beside.keys)
        self.menus["view"].addSeparator()
        self._add("view", "table", "Ctrl+T")
        self._add("view", "copy-picture", "Ctrl+Shift+C")
        self._add("view", "save-chart")
        self._add("view", "next-pane", "F6")
        self._add("view", "previous-pane", "Shift+F6")
        self.menus["view"].addSeparator()
        self._add("view", "visitor", "F3")
        self._add("view", "full-screen", Keys.FullScreen, also="F11").setCheckable(True)
        self._add("view", "language", "Ctrl+Shift+L")
        self.menus["scheme"] = self.menus["view"].addMenu("")
        group = QActionGroup(self)
        for scheme in SCHEMES:
            action = self._add("scheme", f"scheme-{scheme}")
            action.setCheckable(True)
            group.addAction(action)
        self.menus["text"] = self.menus["view"].addMenu("")
        self._add("text", "text-larger").setShortcuts([QKeySequence(keys) for keys in LARGER])
        self._add("text", "text-smaller", "Ctrl+-")
        self.menus["text"].addSeparator()
        # Ctrl+0 opens the coverage
        sizes = QActionGroup(self)
        for size in (0, *TEXT_SIZES):
            action = self._add("text", f"text-{size}")
            action.setCheckable(True)
            sizes.addAction(action)

    def _rest(self) -> None:
        self._add("case", "previous", "Alt+Left")
        self._add("case", "next", "Alt+Right")
        self.menus["case"].addSeparator()
        self._add("case", "next-step", "F4")
        self._add("case", "why", "Ctrl+I")
        self._add("case", "reconcile")
        self._add("rules", "day", "Ctrl+D")
        self._add("rules", "fact", "Ctrl+R")
        self._add("rules", "report-day")
        self._add("rules", "today")
        self.menus["rules"].addSeparator()
        self._add("rules", "reviews")
        self._add("rules", "missing")
        self.menus["rules"].addSeparator()
        self._add("rules", "renew").setEnabled(False)
        self._add("rules", "rules-back").setEnabled(False)
        self.menus["packs"] = self.menus["rules"].addMenu("")
        self.menus["packs"].setEnabled(False)
        self._add("help", "guide", Keys.HelpContents, also="F1")
        self._add("help", "keys")
        self.menus["help"].addSeparator()
        self._add("help", "health")
        self._add("help", "log")
        self.menus["help"].addSeparator()
        self._add("help", "about", None, MenuRole.AboutRole)

    # ------------------------------------------------------------------ words
    def tr(self, text: str) -> str:  # type: ignore[override]
        found = super().tr(text)
        self.sources[found] = text
        return found

    def retranslate(self, language: Language, report_day: str) -> None:
        """Every word in the language in force."""
        titles = {
            "file": self.tr("&File"), "edit": self.tr("&Edit"), "view": self.tr("&View"), "case": self.tr("&Case"),
            "rules": self.tr("&Rules"), "help": self.tr("&Help"), "recent": self.tr("Open &recent"),
            "examples": self.tr("E&xamples"), "packs": self.tr("&Installed rules"), "scheme": self.tr("&Colours"),
            "text": self.tr("Te&xt size"),
        }  # fmt: skip
        for name, title in titles.items():
            self.menus[name].setTitle(title)
        words = {
            "new": self.tr("&New case"), "next-visitor": self.tr("Next &visitor"), "visitor": self.tr("&Visitor view"),
            "open": self.tr("&Open…"), "save": self.tr("&Save"),
            "save-workbook": self.tr("Save &workbook…"), "save-as": self.tr("Save &as…"),
            "close": self.tr("&Close case"), "quit": self.tr("&Quit"),
            "catalogue": self.tr("Open a ca&talogue…"), "import": self.tr("I&mport cases…"),
            "next-step": self.tr("&Call back, consent, note…"),
            "print": self.tr("&Print…"), "print-now": self.tr("Print the sheet at onc&e"),
            "save-pdf": self.tr("Save sheet as PD&F…"), "save-html": self.tr("Save sheet as &HTML…"),
            "save-report": self.tr("Save f&ull report…"), "sheet-options": self.tr("Sheet opt&ions…"),
            "cut": self.tr("Cu&t"), "copy": self.tr("&Copy"), "paste": self.tr("&Paste"),
            "select-all": self.tr("Select &all"), "full-screen": self.tr("Full scr&een"),
            "fact": self.tr("Rule &book, at this fact"), "find": self.tr("&Find anything…"),
            "table": self.tr("Chart or &table"),
            "copy-picture": self.tr("Copy chart as p&icture"), "save-chart": self.tr("Save c&hart…"),
            "next-pane": self.tr("&Next pane"),
            "previous-pane": self.tr("&Previous pane"),
            # named in the language that it leads to
            "language": "中文(&Z)" if language == "en" else "English(&Z)",
            "scheme-system": self.tr("As the &system has them"), "scheme-light": self.tr("&Light"),
            "scheme-dark": self.tr("&Dark"), "scheme-contrast": self.tr("&High contrast"),
            "text-larger": self.tr("&Larger"), "text-smaller": self.tr("&Smaller"),
            "text-0": self.tr("&As the system has it"), **{f"text-{size}": f"{size} %" for size in TEXT_SIZES},
            "previous": self.tr("&Previous step"), "next": self.tr("&Next step"),
            "reconcile": self.tr("&Reconcile with a settlement…"),
            "why": self.tr("&Why this figure"), "day": self.tr("&Rules as of…"),
            "report-day": self.tr("The re&port's day, {day}").format(day=report_day), "today": self.tr("&Today"),
            "reviews": self.tr("Past re&view…"), "missing": self.tr("Known to be &missing…"),
            "renew": self.tr("Re&new the rules…"), "rules-back": self.tr("Bac&k to the rules before"),
            "guide": self.tr("&Guide"), "keys": self.tr("&Keys"), "about": self.tr("&About Lanewise"),
            "settings": self.tr("&Settings…"), "health": self.tr("&Check this computer…"),
            "log": self.tr("Show &log folder"),
        }  # fmt: skip
        for name, text in words.items():
            self.actions[name].setText(text)
        for page in (*self.flow.steps, *ASIDES):
            self.actions[f"step-{page.id}"].setText(page.name[language])
            self.named[f"step-{page.id}"] = page.name.en
        self._letter("view")

    def _letter(self, menu: str) -> None:
        """Gives letters to what is named by the data, among those that the words of the menu leave free."""
        actions = {action: name for name, action in self.actions.items() if name in self.named}
        inside = self.menus[menu].actions()
        taken = {letter_of(action.text()) for action in inside if action not in actions}
        named = [action for action in inside if action in actions]
        letters = shared_letters([self.named[actions[action]] for action in named], taken)
        for action, letter in zip(named, letters, strict=True):
            action.setText(lettered(action.text(), letter))

    def show_undo(self, undo: str, redo: str) -> None:
        """What would be undone and redone."""
        for name, what, words, bare in (
            ("undo", undo, self.tr("&Undo {what}"), self.tr("&Undo")),
            ("redo", redo, self.tr("&Redo {what}"), self.tr("&Redo")),
        ):
            self.actions[name].setText(words.format(what=what.replace("&", "&&")) if what else bare)
            self.actions[name].setEnabled(bool(what))

    def show_recent(
        self, paths: tuple[str, ...], open_path: Callable[[str], object], clear: Callable[[], None]
    ) -> None:
        """The last files; one that is gone stays, in grey, for its disk may come back."""
        menu = self.menus["recent"]
        menu.clear()
        for number, path in enumerate(paths, start=1):
            action = self._numbered(menu, number, Path(path).name)
            action.setToolTip(path)
            action.setStatusTip(path)
            action.setEnabled(Path(path).exists())
            action.triggered.connect(lambda _on=False, path=path: open_path(path))
        if paths:
            menu.addSeparator()
            forget = menu.addAction(self.tr("&Clear this list"))
            forget.setMenuRole(MenuRole.NoRole)
            forget.triggered.connect(lambda _on=False: clear())
        menu.setEnabled(bool(paths))

    def show_examples(
        self, cards: tuple[Example, ...], language: Language, open_example: Callable[[str], None]
    ) -> None:
        menu = self.menus["examples"]
        menu.clear()
        for number, example in enumerate(cards, start=1):
            action = self._numbered(menu, number, example.card.name[language] or example.id)
            action.triggered.connect(lambda _on=False, name=example.id: open_example(name))

    @staticmethod
    def _numbered(menu: QMenu, number: int, name: str) -> QAction:
        """A name that is no word of the program: a digit leads to it, and a system takes it for nothing else."""
        plain_name = name.replace("&", "&&")
        action = menu.addAction(f"&{number}  {plain_name}" if number < 10 else plain_name)
        action.setMenuRole(MenuRole.NoRole)
        return action

    def key_list(self) -> list[tuple[str, str]]:
        """Every action with a key: words and key, for the list of keys."""
        found = []
        for action in self.actions.values():
            if not action.shortcut().isEmpty():
                text = plain(action.text())
                found.append((text, action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)))
        return found


def plain(text: str) -> str:
    """The words of a menu without the letter for the keyboard, which in Chinese stands by itself: 新建案例(&N)."""
    bare = re.sub(r"\(&\w\)|^&\d  ", "", text)
    return bare.replace("&&", "\0").replace("&", "").replace("\0", "&")


def letter_of(text: str) -> str:
    """The letter of the keyboard of a menu's words, as a small letter; empty where there is none."""
    found = re.search(r"&([^&\s])", text.replace("&&", ""))
    return found.group(1).lower() if found else ""


def shared_letters(names: Sequence[str], taken: set[str]) -> list[str]:
    """A letter for each of some English names that no other has: one of the name itself wherever they can be shared out
    so. Empty where no letter is left."""
    own = [[sign for sign in dict.fromkeys(name.lower()) if is_letter(sign, taken)] for name in names]
    holder: dict[str, int] = {}

    def found(number: int, tried: set[str]) -> bool:
        """Whether the name gets a letter, though it may send another name on to its next."""
        for letter in own[number]:
            if letter not in tried:
                tried.add(letter)
                if letter not in holder or found(holder[letter], tried):
                    holder[letter] = number
                    return True
        return False

    for number in range(len(names)):
        found(number, set())
    letters = {number: letter for letter, number in holder.items()}
    free = iter([sign for sign in ascii_lowercase if is_letter(sign, taken | holder.keys())])
    return [letters.get(number) or next(free, "") for number in range(len(names))]


def is_letter(sign: str, taken: set[str]) -> bool:
    return sign in ascii_lowercase and sign not in taken


def lettered(text: str, letter: str) -> str:
    """Words with their letter: in them where they have it, behind them where they are not English."""
    place = text.lower().find(letter) if letter else -1
    if not letter:
        return text
    return f"{text}(&{letter.upper()})" if place < 0 else f"{text[:place]}&{text[place:]}"


def _sequences(keys: Keys | str, also: str) -> list[QKeySequence]:
    found = [QKeySequence(keys)] if isinstance(keys, str) else list(QKeySequence.keyBindings(keys))
    own = [QKeySequence(also)] if also else []
    if own and own[0] in found:
        # of several that a system has this one is shown
        found = own + [key for key in found if key != own[0]]
    return found if not own or own[0] in found else found + own
