"""What a screen reader is told of the widgets that paint themselves: role, value, state and what can be done; and what
is said aloud.

Qt knows its own widgets. One of ours says what it is by a class attribute `access_role`, and, where it has them, by
`access_value()` (what it shows now), `access_checked()` (whether it is chosen) and `access_press()` (what Enter does).
Name and description are Qt's own `setAccessibleName` and `setAccessibleDescription`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

ROLE = "access_role"
PRESS = "Press"
_INSTALLED: list[bool] = []


class Spoken(QAccessibleWidget):
    """A widget of ours as the accessibility tree sees it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, getattr(widget, ROLE))

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Value:
            value = getattr(self.widget(), "access_value", None)
            return str(value()) if value is not None else ""
        return str(super().text(kind))

    def state(self) -> QAccessible.State:
        state, widget = super().state(), self.widget()
        asked = getattr(widget, "access_checked", None)
        if asked is not None:
            chosen = bool(asked())
            if self.role() == QAccessible.Role.PageTab:
                state.selectable, state.selected = True, chosen
            else:
                state.checkable, state.checked = True, chosen
        return state

    def actionNames(self) -> list[str]:
        own = [PRESS] if self._press() is not None else []
        return [*own, *super().actionNames()]

    def doAction(self, name: str) -> None:
        press = self._press()
        if name == PRESS and press is not None:
            press()
        else:
            super().doAction(name)

    def _press(self) -> object:
        widget = self.widget()
        return widget.click if isinstance(widget, QAbstractButton) else getattr(widget, "access_press", None)


def _made(_name: str, thing: QObject) -> QAccessibleInterface | None:
    return Spoken(thing) if isinstance(thing, QWidget) and hasattr(thing, ROLE) else None


def install() -> None:
    """Tells Qt of our widgets, once."""
    if not _INSTALLED:
        _INSTALLED.append(True)
        QAccessible.installFactory(_made)


def announce(widget: QWidget, text: str) -> None:
    """Says a sentence aloud where somebody listens; the focus stays where it is."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def tell_value(widget: QWidget) -> None:
    """What the widget shows has changed, and is read where it has the focus."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.ValueChanged))
