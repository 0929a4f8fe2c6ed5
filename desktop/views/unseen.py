"""What Qt would do in one go when a widget is first seen, in pieces before."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

WIDGETS = 40
"""So many widgets of a page are styled in a piece."""
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
NEW_SIZE = Qt.WidgetAttribute.WA_PendingResizeEvent
"""What is hidden has another size and is to be told of it when it is shown."""


def polished(root: QWidget) -> Iterator[None]:
    """Styles what is not yet seen, some widgets at a time: Qt does it all in one go when it is first shown."""
    # from the leaves on: what is styled takes all within it along
    for number, widget in enumerate(reversed(root.findChildren(QWidget)), start=1):
        if isValid(widget):
            widget.ensurePolished()
        if number % WIDGETS == 0:
            yield


def laid_out(root: QWidget, place: QRect) -> Iterator[None]:
    """Gives what is not yet seen the place that it will have, and each widget in it the size that follows from it, a
    widget in a piece: Qt does it all in one go when it is first shown."""
    root.setGeometry(place)
    waiting = [root]
    while waiting:
        widget = waiting.pop()
        if not isValid(root) or root.isVisible():
            # shown meanwhile, it was laid out then
            return
        if not isValid(widget) or (widget.isHidden() and widget is not root):
            continue
        if widget.testAttribute(NEW_SIZE):
            widget.setAttribute(NEW_SIZE, False)
            QCoreApplication.sendEvent(widget, QResizeEvent(widget.size(), QSize()))
            yield
        waiting += [each for each in widget.findChildren(QWidget, options=DIRECT) if not each.isWindow()]
