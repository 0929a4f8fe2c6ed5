"""Closed options: name struck through, the rule, and what would open it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.viewmodels.platforms import ClosedRow
from desktop.views.design.icons import pixmap
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets import Hairline, LinkLabel, TextLabel

MOST_NAME = (300, 440)
"""A longer name takes two lines: pixels at the design size of the text, and in all."""
LEAST_NAME = 120
QWIDGETSIZE_MAX = 16_777_215


class ClosedName(TextLabel):
    """The name of an option that is closed, struck through; a long one in two lines."""

    def _retheme(self) -> None:
        font = theme().font(self._step)
        font.setStrikeOut(True)
        self.setFont(font)
        most = min(theme().px(MOST_NAME[0]), MOST_NAME[1])
        long = theme().width(self.text(), self._step) > most
        self.setWordWrap(long)
        self.setMinimumWidth(most if long else LEAST_NAME)
        self.setMaximumWidth(most if long else QWIDGETSIZE_MAX)


class ClosedRows(QWidget):
    """One row an option. `whyRequested(key)` from the link to the rule."""

    whyRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.l)
        self._grid.setVerticalSpacing(SPACE.s)
        self._grid.setColumnStretch(2, 1)
        self._rows: tuple[ClosedRow, ...] = ()
        self._icons: list[QLabel] = []
        theme().follow(self._retheme)

    def set_rows(self, rows: Sequence[ClosedRow]) -> None:
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._rebuild()
        self.setVisible(bool(rows))

    def _retheme(self) -> None:
        for icon in self._icons:
            icon.setPixmap(pixmap("no-entry", "text2", theme().px(16)))

    def _rebuild(self) -> None:
        self._icons.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for i, row in enumerate(self._rows):
            self._add(3 * i, row)
        self._retheme()

    def _add(self, at: int, row: ClosedRow) -> None:
        icon = QLabel()
        self._icons.append(icon)
        name = ClosedName(row.name, TYPE.body_medium, "text2")
        reason = TextLabel(row.reason, TYPE.body, wrap=True)
        reason.setMinimumWidth(200)
        rule = LinkLabel(self.tr("rule"))
        rule.setObjectName(row.key)
        rule.setAccessibleName(self.tr("rule that closes {name}").format(name=row.name))
        rule.activated.connect(self._on_rule)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(icon, at, 0, top)
        self._grid.addWidget(name, at, 1, top)
        self._grid.addWidget(reason, at, 2)
        self._grid.addWidget(rule, at, 3, top)
        opens = TextLabel(
            self.tr("Would open it: {what}").format(what=row.opens), TYPE.caption, "text2", wrap=True
        )
        self._grid.addWidget(opens, at + 1, 2, 1, 2)
        self._grid.addWidget(Hairline(), at + 2, 0, 1, 4)

    def _on_rule(self) -> None:
        self.whyRequested.emit(self.sender().objectName())
