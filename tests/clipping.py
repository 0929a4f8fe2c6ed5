"""What is written where there is no room for it.

Two eyes. One measures the widgets that Qt paints: a label, a button, a field, a head, against their boxes, and every
part against the box of its parent. The other looks over the painter's shoulder while a widget of ours paints: each text
against the box it is written in and the widget it is written on, texts that lie on each other, and texts that were
shortened: the whole must then stand in a tool tip.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QToolTip,
    QWidget,
)
from walking import visible, words_of

AIR = 1.5
"""So many pixels are the rounding of measures, not a fault."""
Bar = Qt.ScrollBarPolicy
TEXTS = (QLabel, QAbstractButton, QLineEdit, QComboBox)
FLOATING = ("focusRingOverlay", "toast", "readout")
"""They lie on what they belong to."""


@dataclass
class Written:
    """A text as it was painted: on what, where, whole or not."""

    widget: QWidget
    text: str
    box: QRectF
    """Where its ink is, in the widget."""
    room: QRectF | None
    """The box it was given, in the widget."""
    whole: str
    """What it was shortened from, else the text itself."""


@dataclass
class Eye:
    """Notes what is painted while it is open."""

    written: list[Written] = field(default_factory=list)
    shortened: dict[str, str] = field(default_factory=dict)


@contextmanager
def open_eye() -> Iterator[Eye]:
    """Looks over the shoulder of every painter."""
    eye = Eye()
    draw, elide, plain_elide = QPainter.drawText, QFontMetricsF.elidedText, QFontMetrics.elidedText

    def noted(painter: QPainter, *given: Any) -> Any:
        device = painter.device()
        if isinstance(device, QWidget):
            _note(eye, painter, device, given)
        return draw(painter, *given)

    def shorten(metrics: QFontMetricsF, text: str, *given: Any) -> str:
        found = elide(metrics, text, *given)
        if found != text:
            eye.shortened[found] = text
        return found

    def shorten_plain(metrics: QFontMetrics, text: str, *given: Any) -> str:
        found = plain_elide(metrics, text, *given)
        if found != text:
            eye.shortened[found] = text
        return found

    QPainter.drawText, QFontMetricsF.elidedText = noted, shorten  # type: ignore[assignment,method-assign]
    QFontMetrics.elidedText = shorten_plain  # type: ignore[method-assign]
    try:
        yield eye
    finally:
        QPainter.drawText, QFontMetricsF.elidedText = draw, elide  # type: ignore[method-assign]
        QFontMetrics.elidedText = plain_elide  # type: ignore[method-assign]


def _note(eye: Eye, painter: QPainter, widget: QWidget, given: tuple[Any, ...]) -> None:
    text = next((each for each in reversed(given) if isinstance(each, str)), "")
    if not text.strip():
        return
    metrics = QFontMetricsF(painter.font(), widget)
    first = given[0]
    room: QRectF | None = None
    if isinstance(first, (QRect, QRectF)):
        room = QRectF(first)
        flags = next((each for each in given[1:] if not isinstance(each, str)), 0)
        flags = (
            int(flags.alignment().value)
            if hasattr(flags, "alignment")
            else int(getattr(flags, "value", flags))
        )
        ink = metrics.boundingRect(room, flags, text)
        if flags & Qt.TextFlag.TextWordWrap.value:
            ink.setWidth(min(ink.width(), room.width()))
        else:
            # the line may be lower than the font wants to be: only ink that is lost counts
            tight = metrics.tightBoundingRect(text)
            base = ink.y() + metrics.ascent()
            ink = QRectF(ink.x(), base + tight.y(), metrics.horizontalAdvance(text), tight.height())
    elif isinstance(first, (QPoint, QPointF)):
        tight = metrics.tightBoundingRect(text)
        ink = QRectF(first.x(), first.y() + tight.y(), metrics.horizontalAdvance(text), tight.height())
    else:
        return
    turn = painter.transform()
    eye.written.append(
        Written(
            widget,
            text,
            turn.mapRect(ink),
            None if room is None else turn.mapRect(room),
            eye.shortened.get(text, text),
        )
    )


# ---------------------------------------------------------------------- what ours paint
def painted_faults(shown: QWidget) -> list[str]:
    """Paints what is shown once and judges every text."""
    with open_eye() as eye:
        shown.grab()
    found = []
    by_widget: dict[QWidget, list[Written]] = {}
    for each in eye.written:
        by_widget.setdefault(each.widget, []).append(each)
    for widget, texts in by_widget.items():
        inner = QRectF(widget.rect())
        scrolls = _view_of(widget)
        for each in texts:
            said = f"{words_of(widget)}: “{each.text}”"
            if each.room is not None and _outside(each.box, each.room, sideways=True):
                found.append(f"{said} has {each.room.width():.0f} × {each.room.height():.0f} px, "
                             f"wants {each.box.width():.0f} × {each.box.height():.0f}")  # fmt: skip
            elif scrolls is None and _outside(each.box, inner, sideways=True):
                found.append(f"{said} runs out of its {widget.width()} × {widget.height()} px")
            elif scrolls is not None and _lost_beside(scrolls, each.box, inner):
                found.append(f"{said} runs out of a list that cannot be scrolled there")
            if each.whole != each.text and not _told(widget, scrolls, each):
                found.append(f"{said} is short for “{each.whole[:70]}”, which no tool tip says")
        found += _on_each_other(widget, texts)
    return found


def _view_of(widget: QWidget) -> QAbstractItemView | None:
    """The list or table that a viewport belongs to."""
    parent = widget.parentWidget()
    return parent if isinstance(parent, QAbstractItemView) and parent.viewport() is widget else None


def _outside(ink: QRectF, box: QRectF, sideways: bool) -> bool:
    return (
        ink.left() < box.left() - AIR
        or ink.right() > box.right() + AIR
        or ink.top() < box.top() - AIR
        or ink.bottom() > box.bottom() + AIR
    )


def _lost_beside(view: QAbstractItemView, ink: QRectF, box: QRectF) -> bool:
    """Beyond the right edge of a list that has no bar there."""
    over = ink.right() > box.right() + AIR or ink.left() < box.left() - AIR
    return over and view.horizontalScrollBar().maximum() == 0


def _told(widget: QWidget, view: QAbstractItemView | None, each: Written) -> bool:
    """Whether the whole of a shortened text can be read in a tool tip, or in what a chart says of its mark."""
    whole = each.whole.rstrip("…")  # the text itself may have been cut before, for all to see
    if view is not None:
        index = view.indexAt(each.box.center().toPoint())
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        delegate = view.itemDelegate()
        asked = getattr(delegate, "tip", None)
        shown = asked(index, view.visualRect(index)) if asked is not None else ""
        return whole in f"{tip or ''} {shown}"
    at: QWidget | None = widget
    while at is not None:
        if whole in at.toolTip():
            return True
        marks = getattr(at, "marks", None)
        if callable(marks):
            return any(whole in f"{mark.title} {mark.value} {mark.line}" for mark in marks())
        tips = getattr(at, "tip_at", None)
        if callable(tips):
            return whole in tips(each.box.center())
        at = at.parentWidget()
    return False


def _on_each_other(widget: QWidget, texts: list[Written]) -> list[str]:
    """Texts whose ink lies on the ink of another text of the same widget."""
    found = []
    for number, one in enumerate(texts):
        for other in texts[number + 1 :]:
            if one.text == other.text:
                continue  # painted twice
            shared = one.box.intersected(other.box)
            if shared.width() > 2 and shared.height() > 2:
                found.append(f"{words_of(widget)}: “{one.text}” and “{other.text}” lie on each other")
    return found


# ---------------------------------------------------------------------- what Qt paints
def measured_faults(shown: QWidget) -> list[str]:
    """Every visible part against its box, and its box against that of its parent."""
    found = []
    parts = visible(shown)
    for widget in parts:
        said = words_of(widget)
        why = _too_small(widget)
        if why:
            found.append(f"{said} {why}")
        if widget is not shown and _holds_text(widget):
            out = _out_of_sight(widget, shown)
            if out:
                found.append(f"{said} {out}")
    found += _siblings(parts)
    return found


def _holds_text(widget: QWidget) -> bool:
    return (
        isinstance(widget, (QLabel, QAbstractButton, QLineEdit, QComboBox))
        or widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    )


def _too_small(widget: QWidget) -> str:
    if _paints_itself(widget):
        return ""
    if isinstance(widget, QLabel):
        return _label(widget)
    if isinstance(widget, QAbstractButton):
        return _button(widget)
    if isinstance(widget, QComboBox):
        return _combo(widget)
    if isinstance(widget, QLineEdit):
        return _line(widget)
    if isinstance(widget, QHeaderView):
        return _head(widget)
    if isinstance(widget, QAbstractScrollArea):
        return _area(widget)
    return ""


def _paints_itself(widget: QWidget) -> bool:
    """Whether a class of ours paints it, and the other eye sees its texts."""
    for kind in type(widget).__mro__:
        if kind.__module__.startswith("PySide6"):
            return False
        if "paintEvent" in kind.__dict__:
            return True
    return False


def _label(label: QLabel) -> str:
    text = label.text()
    if not text or not label.pixmap().isNull():
        return ""
    box = label.contentsRect()
    if label.textFormat() == Qt.TextFormat.RichText:
        document = QTextDocument()
        document.setDefaultFont(label.font())
        document.setHtml(text)
        document.setDocumentMargin(0)
        document.setTextWidth(box.width())
        size = document.size()
        return (
            ""
            if size.height() <= box.height() + AIR
            else f"is {size.height():.0f} px high, has {box.height()}"
        )
    metrics = QFontMetricsF(label.font(), label)
    flags = Qt.TextFlag.TextWordWrap.value if label.wordWrap() else 0
    wanted = metrics.boundingRect(QRectF(0, 0, box.width(), 10_000), flags, text)
    tight = metrics.tightBoundingRect("Åg国" if text.isascii() else text).height()
    lost = wanted.height() - metrics.height() + tight - box.height()
    if lost > AIR:
        return f"is {wanted.height():.0f} px high, has {box.height()}"
    widest = max(metrics.horizontalAdvance(line) for line in text.split("\n"))
    wide = wanted.width() if label.wordWrap() else widest
    if wide > box.width() + AIR:
        return f"is {wide:.0f} px wide, has {box.width()}"
    return ""


def _button(button: QAbstractButton) -> str:
    text = button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    metrics = QFontMetricsF(button.font(), button)
    if not text:
        return ""
    room = button.rect()
    icon = 0.0 if button.icon().isNull() else button.iconSize().width() + 4.0
    if isinstance(button, QPushButton):
        option = QStyleOptionButton()
        button.initStyleOption(option)
        room = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
        if button.menu() is not None:
            icon += 12
    elif isinstance(button, QCheckBox):
        option = QStyleOptionButton()
        button.initStyleOption(option)
        room = button.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, button)
    wide = metrics.horizontalAdvance(text) + icon
    if wide > room.width() + AIR:
        return f"is {wide:.0f} px wide, has {room.width()}"
    high = metrics.tightBoundingRect("Åg国").height()
    return f"is {high:.0f} px high, has {room.height()}" if high > room.height() + AIR else ""


def _combo(combo: QComboBox) -> str:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    room = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    metrics = QFontMetricsF(combo.font(), combo)
    wide = metrics.horizontalAdvance(combo.currentText())
    if wide > room.width() + AIR and combo.currentText() not in combo.toolTip():
        return f"is {wide:.0f} px wide, has {room.width()}"
    high = metrics.tightBoundingRect("Åg国").height()
    return f"is {high:.0f} px high, has {room.height()}" if high > room.height() + AIR else ""


def _line(line: QLineEdit) -> str:
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    metrics = QFontMetricsF(line.font(), line)
    high = metrics.tightBoundingRect("Åg国").height()
    if high > room.height() + AIR:
        return f"is {high:.0f} px high, has {room.height()}"
    wide = metrics.horizontalAdvance(line.placeholderText() if not line.text() else line.text())
    # the margins beside the text are Qt's own
    if wide > room.width() + AIR and line.toolTip() != (line.text() or line.placeholderText()):
        return f"is {wide:.0f} px wide, has {room.width()}"
    return ""


def _head(head: QHeaderView) -> str:
    model = head.model()
    if model is None or head.orientation() != Qt.Orientation.Horizontal:
        return ""
    metrics = QFontMetricsF(head.font(), head)
    for section in range(head.count()):
        if head.isSectionHidden(section):
            continue
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        wide = metrics.horizontalAdvance(text) + 24
        tip = str(model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) or "")
        if text and wide > head.sectionSize(section) + AIR and text not in tip:
            return f"head “{text}” is {wide:.0f} px wide, has {head.sectionSize(section)}"
    high = metrics.tightBoundingRect("Åg国").height()
    return f"is {high:.0f} px high, has {head.height()}" if head.height() < high else ""


def _area(area: QAbstractScrollArea) -> str:
    """Content that is wider than what is seen, where nothing can be moved sideways."""
    inside = getattr(area, "widget", None)
    content = inside() if callable(inside) else None
    if not isinstance(content, QWidget):
        return ""
    view = area.viewport()
    if content.width() > view.width() + AIR and area.horizontalScrollBarPolicy() == Bar.ScrollBarAlwaysOff:
        return f"holds {content.width()} px, shows {view.width()}"
    if content.height() > view.height() + AIR and area.verticalScrollBarPolicy() == Bar.ScrollBarAlwaysOff:
        return f"holds {content.height()} px of height, shows {view.height()}"
    return ""


def _out_of_sight(widget: QWidget, shown: QWidget) -> str:
    """A part that sticks out of a parent, unless it can be scrolled into sight."""
    at, parent = widget, widget.parentWidget()
    box = QRect(QPoint(0, 0), widget.size())
    while parent is not None and at is not shown:
        box.translate(at.pos())
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            if isinstance(area, QAbstractItemView):
                return ""
            # what is scrolled: seen once it is scrolled there; further up its place does not count
            content = at.rect()
            if not content.isNull():
                box = QRect(at.pos(), at.size()).intersected(parent.rect())
            return ""
        inner = parent.rect()
        over = max(inner.left() - box.left(), box.right() - inner.right(),
                   inner.top() - box.top(), box.bottom() - inner.bottom())  # fmt: skip
        if over > AIR and widget.objectName() != "focusRingOverlay":
            return f"sticks out of {type(parent).__name__} by {over} px"
        at, parent = parent, parent.parentWidget()
    return ""


def _siblings(parts: list[QWidget]) -> list[str]:
    """Texts beside each other that lie on each other, for a layout has given them less than they need."""
    found = []
    groups: dict[QWidget, list[QWidget]] = {}
    for widget in parts:
        parent = widget.parentWidget()
        if parent is None or parent.layout() is None or widget.isWindow() or widget.objectName() in FLOATING:
            continue
        if isinstance(widget, (*TEXTS, QFrame)) and widget.width() > 2 and widget.height() > 2:
            groups.setdefault(parent, []).append(widget)
    for group in groups.values():
        for number, one in enumerate(group):
            for other in group[number + 1 :]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > 3 and shared.height() > 3:
                    found.append(f"{words_of(one)} lies on {words_of(other)}")
    return found


def faults(shown: QWidget) -> list[str]:
    """All that is wrong with the room of texts in what is shown."""
    if isinstance(shown, QMenu):
        return []  # Qt makes a menu as wide as its words
    QToolTip.hideText()
    return [*measured_faults(shown), *painted_faults(shown)]
