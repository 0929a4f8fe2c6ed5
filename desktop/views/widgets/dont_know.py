"""The check box right of a question: the user does not know, and that is an answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE
from desktop.views.widgets.rail import round_pen

BOX = 13
"""The side of the box, at the design size of the text."""


class DontKnow(QCheckBox):
    """Key D on its question ticks it. `toggledByUser` is Qt's `clicked(bool)`; setting it emits no click."""

    def __init__(self, question: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self.setProperty("focusRing", 4)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslateUi()
        theme().follow(self._retheme)

    def set_question(self, question: str) -> None:
        """The question, for the screen reader."""
        self._question = question
        self.retranslateUi()

    def ask(self) -> None:
        """What key D does: as if the box had been clicked."""
        self.click()

    def retranslateUi(self) -> None:
        """Sets the words in the language in force."""
        self.setText(self.tr("don’t know"))
        name = f"{self._question}: {self.text()}" if self._question else self.text()
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Key D on the question"))
        self.updateGeometry()

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    @staticmethod
    def _text_left() -> int:
        return theme().px(BOX) + 8

    def sizeHint(self) -> QSize:
        width = theme().width(self.text(), TYPE.caption)
        return QSize(round(width) + self._text_left() + 3, theme().px(20))

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[arg-type]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        size = theme().px(BOX)
        box = QRectF(1.5, (self.height() - size) / 2, size, size)
        painter.setPen(QPen(theme().color("unk" if on else "ctl" if self.isEnabled() else "line2"), 1))
        painter.setBrush(theme().color("unk" if on else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            painter.save()
            painter.translate(box.topLeft())
            painter.scale(size / BOX, size / BOX)
            painter.setPen(round_pen(theme().color("surface"), 1.8))
            painter.drawPolyline([QPointF(3.2, 6.8), QPointF(5.6, 9.2), QPointF(10, 4.2)])
            painter.restore()
        painter.setFont(theme().font(TYPE.caption))
        painter.setPen(theme().color("unk" if on else "text2"))
        painter.drawText(
            QRectF(self._text_left(), 0, self.width() - self._text_left(), self.height()),
            Qt.AlignmentFlag.AlignVCenter,
            self.text(),
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslateUi()
        super().changeEvent(event)
