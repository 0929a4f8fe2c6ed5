"""Puts another look on the program without holding it up.

`QApplication.setStyleSheet` styles a widget anew once for each of its parents, since Qt walks down from every widget that
it knows: twelve times over in a window as deep as this one, 2 s where all pages are made. Here the sheet is exchanged
while no widget counts as styled, which costs next to nothing, and each is then styled once: what is seen at once, what
is hidden in pieces, some milliseconds a turn, or at the latest when it is about to be shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

SEEN_S, PIECE_S = 0.02, 0.006
"""So long a turn may take that styles what is seen, while the picture is held; and what is hidden."""
AT_ONCE = 60
"""So many widgets are styled in a piece where they are about to be shown."""
POLISHED = Qt.WidgetAttribute.WA_WState_Polished
OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle


class Followers:
    """What is to be called when the look has changed, by the widget that it belongs to."""

    def __init__(self) -> None:
        self._names: WeakKeyDictionary[QObject, list[str]] = WeakKeyDictionary()

    def add(self, slot: Callable[[], object]) -> None:
        """A method of a QObject, which is not kept alive by it."""
        method: Any = slot
        self._names.setdefault(method.__self__, []).append(method.__name__)

    def of(self, wanted: Callable[[QObject], bool]) -> list[tuple[QObject, str]]:
        """The methods of those that are wanted, in the order in which they were added."""
        return [
            (owner, name) for owner, names in list(self._names.items()) if wanted(owner) for name in names
        ]


def call(found: Iterable[tuple[QObject, str]]) -> Iterator[None]:
    """Calls methods one by one; what was deleted meanwhile is passed over."""
    for owner, name in found:
        if isValid(owner):
            getattr(owner, name)()
        yield


class Dresser(QObject):
    """Exchanges font, colours and style sheet of an application, and styles its widgets."""

    dressed = Signal()
    """All that is seen wears the new look."""

    def __init__(
        self, app: QApplication, followers: Followers, exchange: Callable[[QApplication], str]
    ) -> None:
        """`exchange` puts the new look on the application, all but its style sheet, which it returns."""
        super().__init__(app)
        self._app = app
        self._followers = followers
        self._exchange = exchange
        self._stale: dict[QWidget, None] = {}
        """Hidden, and styled in a former look, parents first."""
        self._late: set[QObject] = set()
        """Hidden, and not yet told of the look."""
        self._roots: set[QWidget] = set()
        """The topmost of what is stale: what is shown together."""
        self._seen: list[QWidget] = []
        self._held: set[QWidget] = set()
        """Windows whose picture is held."""
        self._waiting = False
        self._pieces: Iterator[bool] = iter(())
        self._keeper: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    @property
    def busy(self) -> bool:
        """Whether something still wears a former look."""
        return self._timer.isActive()

    def dress(self, at_once: bool = False) -> None:
        """Another look: in the next turn for all that is seen, and soon for what is hidden; at once where no window is
        seen, or where it is wanted."""
        seen = not at_once and any(widget.isVisible() for widget in self._app.topLevelWidgets())
        self._prepare()
        self._waiting = True
        self._pieces = self._all()
        self._timer.start()
        if not seen:
            self._go_on(float("inf"))

    def _prepare(self) -> None:
        """Nothing that is hidden counts as styled, and each as having a style of its own: Qt then passes it over."""
        self._pieces = iter(())
        self._release()
        self._forget()
        every = all_widgets(self._app)
        if every and self._keeper is None:
            # what Qt knows of the widgets, their own colours above all, lasts as long as one has a sheet of its own
            self._keeper = QWidget()
            self._keeper.setStyleSheet("QWidget { }")
        for widget in every:
            if widget.isVisible():
                self._seen.append(widget)
                continue
            self._stale[widget] = None
            widget.setAttribute(POLISHED, False)
            widget.setAttribute(OWN_STYLE, True)
            parent = widget.parentWidget()
            if parent is None or parent.isVisible():
                self._roots.add(widget)
                widget.installEventFilter(self)

    def _all(self) -> Iterator[bool]:
        """The whole change in small pieces: the exchange, what is seen, what is hidden. True where a turn must end."""
        try:
            self._hold()
            self._put_on()
            yield True
            for widget in self._seen:
                if isValid(widget):
                    polish(widget)
                yield False
            for _ in call(self._followers.of(lambda owner: owner not in self._late)):
                yield False
            # what has another size is laid out before it is painted
            yield True
            while self._held:
                yield True
                self._release_one()
        finally:
            self._release()
        self._seen.clear()
        self.dressed.emit()
        yield True
        yield from self._at_leisure()

    def _put_on(self) -> None:
        """The exchange. What was shown since the last turn is seen, too."""
        self._waiting = False
        self._seen += [widget for widget in self._stale if isValid(widget) and widget.isVisible()]
        seen = [widget for widget in self._seen if isValid(widget)]
        for widget in seen:
            self._stale.pop(widget, None)
            widget.setAttribute(POLISHED, False)
            widget.setAttribute(OWN_STYLE, True)
        app = self._app
        sheet = self._exchange(app)
        app.setStyleSheet("")
        app.setStyleSheet(sheet)
        for widget in seen:
            widget.setAttribute(OWN_STYLE, False)
        self._late = set(self._stale)

    # ------------------------------------------------------------------ the picture
    def _hold(self) -> None:
        """No window paints until all that is seen in it is styled."""
        for window in self._app.topLevelWidgets():
            if window.isVisible():
                self._held.add(window)
                window.installEventFilter(self)

    def _release(self) -> None:
        while self._held:
            self._release_one()

    def _release_one(self) -> None:
        """One window shows the new look: each paints in a turn of its own, the one in front first."""
        window = max(self._held, key=lambda each: isValid(each) and each.isActiveWindow())
        self._held.discard(window)
        if isValid(window):
            window.removeEventFilter(self)
            # the one that was kept back; Qt sends no second
            QCoreApplication.postEvent(window, QEvent(QEvent.Type.UpdateRequest))

    def _forget(self) -> None:
        for root in self._roots:
            if isValid(root):
                root.removeEventFilter(self)
        for each in (self._roots, self._seen, self._stale, self._late):
            each.clear()

    # ------------------------------------------------------------------ what is hidden
    def _next(self) -> None:
        """Goes on for some milliseconds."""
        self._go_on(time.perf_counter() + (SEEN_S if self._seen else PIECE_S))

    def _go_on(self, ends: float) -> None:
        endless = ends == float("inf")
        while time.perf_counter() < ends:
            end_of_turn = next(self._pieces, None)
            if end_of_turn is None:
                self._timer.stop()
                self._forget()
                return
            if end_of_turn and not endless:
                return

    def _at_leisure(self) -> Iterator[bool]:
        for widget in list(self._stale):
            if widget in self._stale:
                self._dress_one(widget)
            yield False
        for owner, name in self._followers.of(lambda owner: owner in self._late):
            # shown meanwhile, it was told then
            if owner in self._late:
                for _ in call([(owner, name)]):
                    yield False

    def _dress_one(self, widget: QWidget) -> None:
        del self._stale[widget]
        if isValid(widget):
            widget.setAttribute(OWN_STYLE, False)
            polish(widget)

    def finishing(self, root: QWidget) -> Iterator[None]:
        """Styles a hidden widget and all in it, in pieces: it is about to be shown. Another look may come in between,
        and ends it."""
        inside: list[QObject] = [root, *root.findChildren(QWidget)]
        for number, widget in enumerate(inside, start=1):
            if not self._waiting and widget in self._stale:
                self._dress_one(widget)  # type: ignore[arg-type]
            if number % AT_ONCE == 0:
                yield
        due = self._late.intersection(inside)
        told = groupby(self._followers.of(lambda owner: owner in due), key=itemgetter(0))
        for number, (owner, found) in enumerate(told, start=1):
            if not self._waiting and owner in self._late:
                self._late.discard(owner)
                for _ in call(found):
                    pass
            if number % AT_ONCE == 0:
                yield

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is about to be shown is not seen in its former look, and no picture is half in another."""
        if event.type() == QEvent.Type.UpdateRequest and watched in self._held:
            return True
        if event.type() == QEvent.Type.Show and not self._waiting and watched in self._roots:
            self._roots.discard(watched)  # type: ignore[arg-type]
            watched.removeEventFilter(self)
            for _ in self.finishing(watched):  # type: ignore[arg-type]
                pass
        return False


def all_widgets(app: QApplication) -> list[QWidget]:
    """Every widget, parents before their children."""
    found: list[QWidget] = []
    for top in app.topLevelWidgets():
        if top.parentWidget() is None:
            found.append(top)
            found += top.findChildren(QWidget)
    return found


def polish(widget: QWidget) -> None:
    """Styles one widget, as Qt does after its sheet has changed."""
    widget.style().polish(widget)
    widget.setAttribute(POLISHED)
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
    widget.update()
