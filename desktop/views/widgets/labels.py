"""Text in the program's type scale: labels, links, keys, section heads, hairlines, big figures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.views.design.theme import restyle, theme
from desktop.views.design.tokens import SPACE, TYPE, TypeStep


class TextLabel(QLabel):
    """A label in one step of the type scale and one tone: text, text2, text3, accent, err, warn, unk."""

    def __init__(
        self,
        text: str = "",
        step: TypeStep = TYPE.body,
        tone: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._step = step
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self._retheme()
        theme().follow(self._retheme)

    def set_tone(self, tone: str) -> None:
        """Changes the colour by its token name."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)
            # the style gives back the font that it once found
            self._retheme()

    def set_step(self, step: TypeStep) -> None:
        """Changes size and weight."""
        self._step = step
        self._retheme()

    def _retheme(self) -> None:
        self.setFont(theme().font(self._step))


class ShortLabel(TextLabel):
    """One line that is shortened where it has no room; its tool tip then holds the whole."""

    _whole = ""

    def set_whole(self, text: str) -> None:
        """What the tool tip says where it says more than the text."""
        self._whole = text
        self._tell()

    def minimumSizeHint(self) -> QSize:
        return QSize(min(theme().px(24), self.sizeHint().width()), super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        fits = theme().width(self.text(), self._step) <= self.contentsRect().width() + 0.5
        self.setToolTip(self._whole or ("" if fits else self.text()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(theme().color(str(self.property("tone"))))
        box = self.contentsRect()
        shown = (
            theme()
            .metrics(self._step)
            .elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width() + 0.5)
        )
        painter.drawText(box, self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)


class SectionHead(TextLabel):
    """The name of a section: 13 px and bold, or 15 px where `large`."""

    def __init__(self, text: str = "", large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, TYPE.option if large else TYPE.section, parent=parent)


class LiveLine(QWidget):
    """One line of text that may change with every move of a hand: the page is not laid out anew for it, and nothing that
    lies below it is painted."""

    def __init__(
        self, step: TypeStep = TYPE.section, tone: str = "text", ground: str = "surface", parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._step, self._tone, self._text = step, tone, ""
        self._ground = ground
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().follow(self.updateGeometry)

    def text(self) -> str:
        """The text shown."""
        return self._text

    def setText(self, text: str) -> None:
        """Shows another text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme().px(self._step.line))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color(self._ground))
        painter.setFont(theme().font(self._step))
        painter.setPen(theme().color(self._tone))
        shown = theme().metrics(self._step).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Hairline(QFrame):
    """A line of one pixel between two things; `strong` for the edge of a table head."""

    def __init__(self, strong: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("hairline", "strong" if strong else "true")
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class LinkLabel(TextLabel):
    """Underlined text which acts on click, Enter and Space. `tone` may be err, warn or unk in a notice."""

    access_role = QAccessible.Role.Link

    activated = Signal()

    def __init__(
        self, text: str = "", step: TypeStep = TYPE.body, tone: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, step, tone, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", 3)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def access_press(self) -> None:
        """What Enter does."""
        self.activated.emit()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    def _retheme(self) -> None:
        font = theme().font(self._step)
        font.setUnderline(True)
        self.setFont(font)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()
        super().mouseReleaseEvent(event)


class KeyCap(QWidget):
    """A key as it is printed on the keyboard, such as W or F2."""

    def __init__(self, key: str = "", tone: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)
        theme().follow(self._retheme)

    def text(self) -> str:
        """The key shown."""
        return self._key

    def setText(self, key: str) -> None:
        """Shows another key."""
        self._key = key
        self.setAccessibleName(key)
        self._retheme()

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = theme().width(self._key, TYPE.small)
        height = theme().px(18)
        return QSize(max(height + 2, round(width) + 12), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on_accent = self._tone == "onaccent"
        painter.setPen(QPen(theme().color("onaccent" if on_accent else "line2"), 1))
        painter.setBrush(QColor(Qt.GlobalColor.transparent) if on_accent else theme().color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(theme().color(self._tone))
        painter.setFont(theme().font(TYPE.small))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._key)


class FigureLabel(QWidget):
    """A key figure: large digits, then unit and share in a smaller step. Focusable, copyable, asks why.

    `tone` colours the digits, `rank` picks the step: figure (40 px), figure_second (32 px), margin (17 px).
    """

    access_role = QAccessible.Role.Button

    whyRequested = Signal()

    def __init__(
        self, figure: str = "", suffix: str = "", step: TypeStep = TYPE.figure, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = ""
        self.figure = TextLabel(figure, step, parent=self)
        self.suffix = TextLabel(suffix, TYPE.option if step.size >= 28 else TYPE.body, "text2", parent=self)
        font_step = TypeStep(self.suffix._step.size, self.suffix._step.line, 400)
        self.suffix.set_step(font_step)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.suffix, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", SPACE.radius)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme().follow(self._align)
        self._align()
        self.set_figure(figure, suffix)

    def access_press(self) -> None:
        """What Enter does."""
        self.whyRequested.emit()

    def access_value(self) -> str:
        """The figure as it is read."""
        return self.text()

    def minimumSizeHint(self) -> QSize:
        """A figure is never shortened."""
        return self.sizeHint()

    def set_name(self, name: str) -> None:
        """What the figure is, for the screen reader."""
        self._name = name
        self._tell()

    def set_step(self, step: TypeStep) -> None:
        """Another size of the digits: a range takes more room than a figure."""
        self.figure.set_step(step)
        self._align()

    def set_figure(self, figure: str, suffix: str = "", tone: str = "text") -> None:
        """Shows another figure."""
        self.figure.setText(figure)
        self.figure.set_tone(tone)
        self.suffix.setText(suffix)
        self.suffix.setVisible(bool(suffix))
        self._tell()

    def text(self) -> str:
        """Figure and suffix as they are copied."""
        return f"{self.figure.text()} {self.suffix.text()}".strip()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name} {self.text()}".strip())
        self.setAccessibleDescription(self.tr("Enter or W shows how this figure is made"))

    def _align(self) -> None:
        """Puts the smaller text on the base line of the digits."""
        large = QFontMetricsF(self.figure.font())
        small = QFontMetricsF(self.suffix.font())
        lift = max(0, round(large.descent() - small.descent()))
        self.suffix.setContentsMargins(0, 0, 0, lift)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
        elif event.key() in (Qt.Key.Key_W, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.whyRequested.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.whyRequested.emit()
        super().mouseReleaseEvent(event)
