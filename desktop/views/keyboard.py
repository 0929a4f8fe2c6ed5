"""Keys and focus: from pane to pane, commands for what has the focus, and a field that has keys of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

if TYPE_CHECKING:
    from desktop.views.menus import Menus
    from desktop.views.pages.base import Page
    from desktop.views.start_page import StartPage
    from desktop.views.toolbar import ToolBar
    from desktop.views.work_area import WorkArea


class Host(Protocol):
    """What is asked of the window whose keys are pressed."""

    menus: Menus
    tools: ToolBar
    start: StartPage
    compact: bool

    @property
    def work(self) -> WorkArea: ...

    def current_page(self) -> Page | None: ...

    def focusWidget(self) -> QWidget | None: ...


class Keyboard(QObject):
    """What has the focus is the window's own; which of its keys are whose is told here."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self.window = window
        self._composing = False

    # ------------------------------------------------------------------ panes
    def next_pane(self, by: int) -> None:
        """F6: rail, tool bar, work, verdict, and round again."""
        window, tools = self.window, self.window.tools
        page = window.current_page()
        panes: list[tuple[QWidget, QWidget]] = [(tools, tools.day)]
        if page is None:
            panes.append((window.start, window.start.new))
        else:
            rail = window.work.rail
            panes = [(rail, rail), *panes, (page, page), *window.work.panes(window.compact)]
        holder = window.focusWidget()
        at = next((i for i, (pane, _) in enumerate(panes) if holder is not None and
                   (pane is holder or pane.isAncestorOf(holder))), -1)  # fmt: skip
        pane, target = panes[(at + by) % len(panes)]
        if page is not None and pane is page:
            page.focus_first()
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    # ------------------------------------------------------------------ what has the focus
    def pass_on(self, name: str, key: Qt.Key) -> None:
        """A command of the edit menu for what has the focus: it knows its own keys, and how it is copied."""
        holder = self.window.focusWidget()
        if holder is None:
            return
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier)
        # the key would find this very command again, and again
        command = self.window.menus[name]
        command.setEnabled(False)
        QApplication.sendEvent(holder, event)
        command.setEnabled(True)

    def commit(self) -> None:
        """What is being typed is an answer once something is done with the case."""
        holder = self.window.focusWidget()
        if isinstance(holder, QLineEdit) and holder.isModified() and hasattr(holder, "left"):
            holder.left.emit()

    def watch(self, old: QWidget | None, new: QWidget | None) -> None:
        """Only the field in focus is watched: a filter on the whole program would see every event."""
        self._composing = False
        if isinstance(old, QLineEdit):
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit) and cast(QWidget, self.window).isAncestorOf(new):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field with nothing typed has nothing of its own to undo: then Ctrl+Z is the case's. While Chinese is being
        composed in it, no key is any command's."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        if not isinstance(watched, QLineEdit) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if self._composing and kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event.accept()
            return True
        if kind == QEvent.Type.ShortcutOverride:
            own = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in own) and not watched.isModified():
                event.ignore()
                return True
        return super().eventFilter(watched, event)
