"""Badges, notices, the empty state and the toast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.views.design.access import announce
from desktop.views.design.icons import draw_icon, pixmap
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets.labels import KeyCap, LinkLabel, TextLabel

BadgeTone = Literal["plain", "accent", "warn", "unk"]
NoticeKind = Literal["err", "warn", "unk"]
NOTICE_ICONS = {"err": "cross", "warn": "triangle", "unk": "question"}
TOAST_MS = 6000


class Badge(QWidget):
    """A small framed word with an icon: best value, fastest, cheapest, doubt, how many are unknown.

    `clickable` makes it a button which emits `activated`, for badges that lead to their written rule.
    """

    activated = Signal()

    def __init__(
        self,
        text: str = "",
        icon_name: str = "",
        tone: BadgeTone = "plain",
        clickable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._icon, self._tone, self._clickable = text, icon_name, tone, clickable
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if clickable:
            self.access_role = QAccessible.Role.Button
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setProperty("focusRing", SPACE.radius_badge)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        theme().follow(self._retheme)

    def access_press(self) -> None:
        """What Enter does."""
        self.activated.emit()

    def text(self) -> str:
        """The word shown."""
        return self._text

    def set_badge(self, text: str, icon_name: str = "", tone: BadgeTone = "plain") -> None:
        """Shows another word, icon or tone."""
        self._text, self._icon, self._tone = text, icon_name, tone
        self.setAccessibleName(text)
        self._retheme()

    def set_rule(self, rule: str) -> None:
        """The written rule by which it is given: read by pointing at it and by a screen reader."""
        self.setToolTip(rule)
        self.setAccessibleDescription(rule)

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        icon_width = badge_icon() if self._icon else 0
        return QSize(round(theme().width(self._text, TYPE.small_strong)) + 14 + icon_width, theme().px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_badge(painter, QRectF(self.rect()), self._text, self._icon, self._tone)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._clickable and event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clickable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
            return
        super().keyPressEvent(event)


def badge_icon() -> int:
    """What the icon of a badge takes of its width, in pixels."""
    return theme().px(12) + 4


def draw_badge(painter: QPainter, box: QRectF, text: str, icon_name: str = "", tone: str = "plain") -> None:
    """Draws a badge into a box, also for delegates."""
    edge = {"accent": "accent", "warn": "warn", "unk": "unk"}.get(tone, "line2")
    ink = {"accent": "acctext", "warn": "warn", "unk": "unk"}.get(tone, "text2")
    painter.setPen(QPen(theme().color(edge), 1))
    painter.setBrush(theme().color("surface"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    left = box.x() + 7
    if icon_name:
        size = theme().px(12)
        draw_icon(painter, icon_name, left, box.center().y() - size / 2, theme().color(ink), size)
        left += badge_icon()
    font = theme().font(TYPE.small_strong)
    room = max(0.0, box.right() - left - 6)
    painter.setFont(font)
    painter.setPen(theme().color(ink))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left, box.y(), room + 6, box.height()), Qt.AlignmentFlag.AlignVCenter, shown)


class Notice(QFrame):
    """Something refused, doubtful or unknown: icon, bold lead, text, and a link where there is a way on."""

    access_role = QAccessible.Role.AlertMessage

    linkActivated = Signal()
    secondActivated = Signal()

    def __init__(
        self,
        kind: NoticeKind = "warn",
        lead: str = "",
        text: str = "",
        link: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: NoticeKind = kind
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.link = LinkLabel("", TYPE.body, "accent")
        self.second = LinkLabel("", TYPE.body, "accent")
        self.link.activated.connect(self.linkActivated)
        self.second.activated.connect(self.secondActivated)
        ways = QHBoxLayout()
        ways.setSpacing(SPACE.l)
        ways.addWidget(self.link)
        ways.addWidget(self.second)
        ways.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.text)
        column.addLayout(ways)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(column, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme().follow(self._retheme)
        self.set_notice(kind, lead, text, link)

    def set_notice(
        self, kind: NoticeKind, lead: str, text: str = "", link: str = "", second: str = ""
    ) -> None:
        """Says something else, with one or two ways on."""
        self._kind, self._lead, self._body = kind, lead, text
        for label, words in ((self.link, link), (self.second, second)):
            label.setText(words)
            label.setVisible(bool(words))
        self.setAccessibleName(f"{lead} {text}".strip())
        self._retheme()

    def _retheme(self) -> None:
        tone = theme().color(self._kind).name()
        body = theme().color("warn" if self._kind == "warn" else "text").name()
        self._icon.setFixedWidth(theme().px(16))
        self._icon.setPixmap(pixmap(NOTICE_ICONS[self._kind], self._kind, theme().px(16)))
        self.text.setFont(theme().font(TYPE.body))
        gap = " " if self._kind == "warn" else "<br>"
        lead = f'<span style="color:{tone}; font-weight:600">{escaped(self._lead)}</span>'
        rest = f'{gap}<span style="color:{body}">{escaped(self._body)}</span>' if self._body else ""
        self.text.setText(lead + rest)
        self.link.set_tone(self._kind)
        self.second.set_tone(self._kind)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setBrush(theme().color(f"{self._kind}bg"))
        painter.setPen(Qt.PenStyle.NoPen)
        if theme().high_contrast:
            painter.setPen(QPen(theme().color(self._kind), 1))
            box.adjust(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, SPACE.radius_card, SPACE.radius_card)


def escaped(text: str) -> str:
    """Plain text made safe for rich text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")


class EmptyState(QWidget):
    """Nothing here yet: one icon, one sentence, and the key or the links that help."""

    linkActivated = Signal(str)
    """The key of a link."""

    def __init__(
        self,
        icon_name: str = "people",
        lead: str = "",
        before: str = "",
        key: str = "",
        after: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.lead = TextLabel("", TYPE.body_medium)
        self.lead.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.lead.setWordWrap(True)
        self.before, self.after = TextLabel("", TYPE.caption, "text2"), TextLabel("", TYPE.caption, "text2")
        self.key = KeyCap("")
        self.links: list[LinkLabel] = []
        self._keys: list[str] = []
        self._links = QHBoxLayout()
        self._links.setSpacing(SPACE.l)
        self._links.addStretch(1)
        self._links.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addStretch(1)
        for part in (self.before, self.key, self.after):
            line.addWidget(part)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self._icon)
        column.addSpacing(8)
        column.addWidget(self.lead)
        column.addLayout(line)
        column.addLayout(self._links)
        theme().follow(self._retheme)
        self.set_text(lead, before, key, after)
        self._retheme()

    def set_text(self, lead: str, before: str = "", key: str = "", after: str = "") -> None:
        """The sentence, and the line with the key between two halves."""
        self.lead.setText(lead)
        self.before.setText(before)
        self.key.setText(key)
        self.after.setText(after)
        for part, text in ((self.before, before), (self.key, key), (self.after, after)):
            part.setVisible(bool(text))
        self.setAccessibleName(" ".join(part for part in (lead, before, key, after) if part))

    def set_links(self, links: Sequence[tuple[str, str]]) -> None:
        """The ways on: key and words of each. Where only words are new the links stay, and the focus with them."""
        if [key for key, _words in links] == self._keys:
            for link, (_key, words) in zip(self.links, links, strict=True):
                link.setText(words)
            return
        self._keys = [key for key, _words in links]
        for old in self.links:
            self._links.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.links = []
        for key, words in links:
            link = LinkLabel(words, TYPE.body)
            link.activated.connect(lambda key=key: self.linkActivated.emit(key))
            self._links.insertWidget(self._links.count() - 1, link)
            self.links.append(link)

    def _retheme(self) -> None:
        self._icon.setPixmap(pixmap(self._icon_name, "text2", theme().px(28)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("line2"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class Toast(QFrame):
    """Says at the bottom centre of its parent what was done, with one action, for six seconds.

    It stays while the pointer or the focus is on it.
    """

    access_role = QAccessible.Role.AlertMessage

    actionTriggered = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.label = TextLabel("", TYPE.body, "surface")
        self.action = LinkLabel("", TYPE.body_strong, "surface")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(32)
        row.addWidget(self.label)
        row.addWidget(self.action)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self.action.activated.connect(self._on_action)
        parent.installEventFilter(self)
        self.hide()

    def show_message(self, text: str, action: str = "", milliseconds: int = TOAST_MS) -> None:
        """Shows a sentence; a former one gives way."""
        self.label.setText(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.setAccessibleName(text)
        self._milliseconds = milliseconds
        self.place()
        self.show()
        self.raise_()
        announce(self, f"{text} {action}".strip())
        self._timer.start(milliseconds)

    def place(self) -> None:
        """Puts the toast at the bottom centre, wide enough for its words."""
        parent = self.parentWidget()
        if parent is None or not isValid(parent):
            return
        wanted = max(320, self.sizeHint().width())
        width = min(wanted, parent.width() - 48)
        height = theme().px(SPACE.toast)
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - 44, width, height)

    def _on_time(self) -> None:
        """Goes away, unless somebody is about to use it."""
        if self.underMouse() or self.action.hasFocus():
            self._timer.start(1000)
            return
        self.dismiss()

    def dismiss(self) -> None:
        """Goes away now."""
        self._timer.stop()
        self.hide()
        self.closed.emit()

    def _on_action(self) -> None:
        self.hide()
        self._timer.stop()
        self.actionTriggered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and not self.isHidden():
            self.place()
        return False
