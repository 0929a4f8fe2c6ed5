"""Closed options: name struck through, the rule, and what would open it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
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

    def setText(self, text: str) -> None:
        super().setText(text)
        self._retheme()

    def _retheme(self) -> None:
        font = theme().font(self._step)
        font.setStrikeOut(True)
        self.setFont(font)
        most = min(theme().px(MOST_NAME[0]), MOST_NAME[1])
        long = theme().width(self.text(), self._step) > most
        self.setWordWrap(long)
        self.setMinimumWidth(most if long else LEAST_NAME)
        self.setMaximumWidth(most if long else QWIDGETSIZE_MAX)


class _Parts(Struct):
    """The widgets of one row."""

    icon: QLabel
    name: ClosedName
    reason: TextLabel
    rule: LinkLabel
    opens: TextLabel
    line: Hairline

    def all(self) -> tuple[QWidget, ...]:
        return self.icon, self.name, self.reason, self.rule, self.opens, self.line


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
        self._made: list[_Parts] = []
        """As many as were ever shown: what is made is used again."""
        theme().follow(self._retheme)

    def set_rows(self, rows: Sequence[ClosedRow]) -> None:
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            if len(self._made) < len(rows):
                # in what is hidden, a new widget is not shown by itself
                self.hide()
            while len(self._made) < len(rows):
                self._made.append(self._make(3 * len(self._made)))
            for parts, row in zip(self._made, rows, strict=False):
                self._show(parts, row)
            for at, parts in enumerate(self._made):
                for part in parts.all():
                    if part.isHidden() == (at < len(rows)):
                        part.setVisible(at < len(rows))
        self.setVisible(bool(rows))

    def make_ahead(self, count: int) -> Iterator[None]:
        """So many rows that are not seen yet, a row in a piece."""
        while len(self._made) < count:
            parts = self._make(3 * len(self._made))
            self._made.append(parts)
            for part in parts.all():
                part.hide()
                part.ensurePolished()
            yield

    def _retheme(self) -> None:
        for parts in self._made:
            parts.icon.setPixmap(pixmap("no-entry", "text2", theme().px(16)))

    def _make(self, at: int) -> _Parts:
        parts = _Parts(
            QLabel(),
            ClosedName("", TYPE.body_medium, "text2"),
            TextLabel("", TYPE.body, wrap=True),
            LinkLabel(""),
            TextLabel("", TYPE.caption, "text2", wrap=True),
            Hairline(),
        )
        parts.icon.setPixmap(pixmap("no-entry", "text2", theme().px(16)))
        parts.reason.setMinimumWidth(200)
        parts.rule.activated.connect(self._on_rule)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(parts.icon, at, 0, top)
        self._grid.addWidget(parts.name, at, 1, top)
        self._grid.addWidget(parts.reason, at, 2)
        self._grid.addWidget(parts.rule, at, 3, top)
        self._grid.addWidget(parts.opens, at + 1, 2, 1, 2)
        self._grid.addWidget(parts.line, at + 2, 0, 1, 4)
        return parts

    def _show(self, parts: _Parts, row: ClosedRow) -> None:
        parts.name.setText(row.name)
        parts.reason.setText(row.reason)
        parts.rule.setText(self.tr("rule"))
        parts.rule.setObjectName(row.key)
        parts.rule.setAccessibleName(self.tr("rule that closes {name}").format(name=row.name))
        parts.opens.setText(self.tr("Would open it: {what}").format(what=row.opens))

    def _on_rule(self) -> None:
        self.whyRequested.emit(self.sender().objectName())
