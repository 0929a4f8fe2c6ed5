"""Push buttons and the exclusive switch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.views.design.icons import icon
from desktop.views.design.theme import restyle, theme
from desktop.views.design.tokens import SPACE, TYPE

ICON, ICON_GAP = 16, 5
"""The side of an icon before words, at the design size of the text, and the air behind it."""


class Button(QPushButton):
    """A push button; `role` is secondary, primary or quiet, `icon_name` one of the icons."""

    def __init__(
        self,
        text: str = "",
        icon_name: str = "",
        role: str = "secondary",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self.setProperty("role", role)
        self.setProperty("small", small)
        self.setProperty("focusRing", SPACE.radius)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)
        self._retheme()

    def set_role(self, role: str) -> None:
        """Changes how strong the button looks."""
        self.setProperty("role", role)
        restyle(self)
        self._retheme()

    def set_icon_name(self, name: str) -> None:
        """Shows another icon, or none."""
        self._icon_name = name
        self._retheme()

    def set_warn(self, warn: bool) -> None:
        """Tints the button: something about it is not as usual, such as a date other than today."""
        if bool(self.property("warn")) != warn:
            self.setProperty("warn", warn)
            restyle(self)
            self._retheme()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text.replace("&", ""))

    def _retheme(self) -> None:
        strong = self.property("role") == "primary"
        step = TYPE.caption_medium if self.property("small") else TYPE.body_medium
        self.setFont(theme().font(TYPE.body_strong if strong else step))
        if self._icon_name:
            tone = "onaccent" if strong else "warn" if self.property("warn") else "text"
            size = theme().px(ICON)
            self.setIcon(icon(self._icon_name, tone, size, ICON_GAP))
            self.setIconSize(QSize(size + ICON_GAP, size))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + (1 if self._icon_name else 0), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class PrimaryButton(Button):
    """The one default action of a place, on the accent ground."""

    def __init__(
        self, text: str = "", icon_name: str = "", small: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, icon_name, "primary", small, parent)


class SecondaryButton(Button):
    """Any other action, with an edge."""

    def __init__(
        self, text: str = "", icon_name: str = "", small: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, icon_name, "secondary", small, parent)


class Segmented(QWidget):
    """An exclusive switch of two to five words, such as Chart | Table. One tab stop, arrows change it."""

    access_role = QAccessible.Role.ComboBox

    changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        current: str = "",
        name: str = "",
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = list(choices)
        self._large = large
        self._name = name
        self._hover = -1
        self._current = current or (self._choices[0][0] if self._choices else "")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", SPACE.radius)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)
        self._tell()

    def access_value(self) -> str:
        """The choice in force."""
        return dict(self._choices).get(self._current, "")

    def set_name(self, name: str) -> None:
        """What is switched, for the screen reader."""
        self._name = name
        self._tell()

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Replaces the choices: pairs of key and word. Emits nothing."""
        self._choices = list(choices)
        keys = [key for key, _word in self._choices]
        wanted = current or self._current
        self._current = wanted if wanted in keys else (keys[0] if keys else "")
        self._retheme()
        self._tell()

    def set_large(self, large: bool) -> None:
        """The larger of the two sizes, or the smaller."""
        if large != self._large:
            self._large = large
            self._retheme()

    def current(self) -> str:
        """The key of the choice in force."""
        return self._current

    def set_current(self, key: str) -> None:
        """Shows another choice; emits nothing, for it was not the user."""
        self._current = key
        self._tell()
        self.update()

    def _pick(self, key: str) -> None:
        """The user's choice."""
        if key != self._current:
            self.set_current(key)
            self.changed.emit(key)

    def _tell(self) -> None:
        word = dict(self._choices).get(self._current, "")
        self.setAccessibleName(f"{self._name}: {word}" if self._name else word)
        self.setAccessibleDescription(", ".join(word for _key, word in self._choices))

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def _widths(self) -> list[int]:
        """How wide each part is: its word in the bold of the selected state, and air."""
        metrics = QFontMetricsF(theme().font(TYPE.body_strong if self._large else SEGMENT_BOLD))
        return [round(metrics.horizontalAdvance(word)) + 26 for _key, word in self._choices]

    def sizeHint(self) -> QSize:
        height = SPACE.control if self._large else SPACE.control_small
        return QSize(sum(self._widths()) + 2, theme().px(height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _index_at(self, x: float) -> int:
        """The part under a point, -1 for none."""
        left = 1.0
        for index, width in enumerate(self._widths()):
            if left <= x < left + width:
                return index
            left += width
        return -1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        clip = QPainterPath()
        clip.addRoundedRect(edge, SPACE.radius, SPACE.radius)
        painter.fillPath(clip, theme().color("surface2" if not self._large else "surface"))
        painter.save()
        painter.setClipPath(clip)
        self._paint_parts(painter)
        painter.restore()
        painter.setPen(QPen(theme().color("line2"), 1))
        painter.drawPath(clip)

    def _paint_parts(self, painter: QPainter) -> None:
        """The words with their grounds and the lines between them."""
        left = 1.0
        for index, ((key, word), width) in enumerate(zip(self._choices, self._widths(), strict=True)):
            box = QRectF(left, 0, width, self.height())
            chosen = key == self._current
            if chosen or index == self._hover:
                painter.fillRect(box, theme().color("sel" if chosen else "hover"))
            if index:
                painter.setPen(QPen(theme().color("line2"), 1))
                painter.drawLine(round(left), 0, round(left), self.height())
            bold, plain = (
                (TYPE.body_strong, TYPE.body) if self._large else (SEGMENT_BOLD, TYPE.caption_medium)
            )
            painter.setFont(theme().font(bold if chosen else plain))
            painter.setPen(theme().color("acctext" if chosen else "text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
            left += width

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._index_at(event.position().x())
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hover = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._pick(self._choices[index][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            event.key(), 0
        )
        keys = [key for key, _word in self._choices]
        if step and self._current in keys:
            self._pick(keys[(keys.index(self._current) + step) % len(keys)])
            return
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and keys:
            self._pick(keys[0 if event.key() == Qt.Key.Key_Home else -1])
            return
        super().keyPressEvent(event)


SEGMENT_BOLD = type(TYPE.caption)(12, 16, 600)
