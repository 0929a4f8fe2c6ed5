"""The criteria of a choice: weight, each option's score, and what it is measured from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.viewmodels.platforms import CriterionRow
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets import FigureLabel, Hairline, ShortLabel, TextLabel, WeightSlider

FIRST_OPTION = 2
"""Columns 0 and 1 hold the criterion and its weight."""
LEAST_OPTIONS = 2
"""So many options are shown however little room there is."""


class CriteriaGrid(QWidget):
    """One row a criterion. The widgets stay while the same options and criteria are shown, so the focus stays too.
    As many options are seen as have room, the first ones first.

    `weightCommitted(criterion, weight)` when the user let go of a slider; `whyRequested("option:criterion")`.
    """

    weightCommitted = Signal(str, int)
    whyRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.m)
        self._grid.setVerticalSpacing(0)
        self._shape: tuple[object, ...] = ()
        self._heads: list[TextLabel] = []
        self._names: list[TextLabel] = []
        self._sliders: list[WeightSlider] = []
        self._scores: list[list[FigureLabel]] = []
        self._sources: list[TextLabel] = []
        self._rows: Sequence[CriterionRow] = ()

    def set_rows(self, rows: Sequence[CriterionRow], options: Sequence[tuple[str, str]]) -> None:
        """Show criteria for options given as (key, name)."""
        shape = (tuple(row.key for row in rows), tuple(key for key, _ in options))
        if shape != self._shape:
            self._build(rows, options)
            self._shape = shape
        self._rows = rows
        self._fill(rows, options)
        self._fit()

    # ------------------------------------------------------------------ room
    def shown_options(self) -> int:
        """How many options are seen."""
        return sum(not head.isHidden() for head in self._heads[FIRST_OPTION:-1])

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(self._wanted(LEAST_OPTIONS), hint.height()) if self._heads else hint

    def _column(self, option: int) -> list[QWidget]:
        """The widgets of an option."""
        return [self._heads[FIRST_OPTION + option], *(scores[option] for scores in self._scores)]

    def _wanted(self, options: int) -> int:
        """The least width with so many options, in pixels."""
        names, sources = [self._heads[0], *self._names], [self._heads[-1], *self._sources]
        shown = [self._column(n) for n in range(min(options, len(self._heads) - FIRST_OPTION - 1))]
        wide = sum(
            max(part.minimumSizeHint().width() for part in column) for column in (names, sources, *shown)
        )
        wide += max(part.sizeHint().width() for part in (self._heads[1], *self._sliders))
        # a column that is left out keeps the air before it
        return wide + (len(self._heads) - 1) * self._grid.horizontalSpacing()

    def _fit(self) -> None:
        """Leaves out the last options where the others would be pushed out of sight."""
        count = len(self._heads) - FIRST_OPTION - 1
        if count <= 0:
            return
        room = self.width()
        shown = next((n for n in range(count, LEAST_OPTIONS, -1) if self._wanted(n) <= room), LEAST_OPTIONS)
        for option in range(count):
            for part in self._column(option):
                if part.isHidden() == (option < shown):
                    part.setVisible(option < shown)

    def event(self, event: QEvent) -> bool:
        # words or figures are wider than they were: another language, larger text
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    # ------------------------------------------------------------------ building
    def _build(self, rows: Sequence[CriterionRow], options: Sequence[tuple[str, str]]) -> None:
        self._clear()
        columns = FIRST_OPTION + len(options) + 1
        self._heads = [TextLabel("", TYPE.caption, "text2") for _ in range(columns)]
        for column, head in enumerate(self._heads):
            right = FIRST_OPTION <= column < columns - 1
            self._grid.addWidget(
                head, 0, column, Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            )
        self._grid.addWidget(Hairline(strong=True), 1, 0, 1, columns)
        for i, row in enumerate(rows):
            self._add_row(2 + 2 * i, row, options, columns)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(columns - 1, 3)

    def _add_row(self, at: int, row: CriterionRow, options: Sequence[tuple[str, str]], columns: int) -> None:
        name, source = TextLabel("", TYPE.body), ShortLabel("", TYPE.caption, "text2")
        slider = WeightSlider()
        slider.setObjectName(row.key)
        slider.committed.connect(self._on_committed)
        scores = [FigureLabel(step=TYPE.body) for _ in options]
        for (key, _), score in zip(options, scores, strict=True):
            score.setObjectName(f"{key}:{row.key}")
            score.whyRequested.connect(self._on_why)
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(slider, at, 1)
        for i, score in enumerate(scores):
            self._grid.addWidget(score, at, FIRST_OPTION + i, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(source, at, columns - 1)
        self._grid.setRowMinimumHeight(at, SPACE.row)
        self._grid.addWidget(Hairline(), at + 1, 0, 1, columns)
        self._names.append(name)
        self._sliders.append(slider)
        self._scores.append(scores)
        self._sources.append(source)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._heads, self._names, self._sliders, self._scores, self._sources = [], [], [], [], []

    # ------------------------------------------------------------------ filling
    def _fill(self, rows: Sequence[CriterionRow], options: Sequence[tuple[str, str]]) -> None:
        words = [
            self.tr("Criterion"),
            self.tr("Weight"),
            *(name for _, name in options),
            self.tr("Measured from"),
        ]
        for head, word in zip(self._heads, words, strict=True):
            head.setText(word)
        for i, row in enumerate(rows):
            self._names[i].setText(row.name)
            self._sources[i].setText(row.measured_from)
            slider = self._sliders[i]
            slider.set_name(self.tr("Weight of {name}").format(name=row.name))
            slider.setValue(row.weight)
            for n, score in enumerate(self._scores[i]):
                score.set_figure(row.scores[n], "", "acctext" if n in row.best else "text")
                score.set_name(f"{row.name}, {options[n][1]}")

    def _on_committed(self, value: int) -> None:
        self.weightCommitted.emit(self.sender().objectName(), value)

    def _on_why(self) -> None:
        self.whyRequested.emit(self.sender().objectName())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._heads:
            self._heads[0].setText(self.tr("Criterion"))
            self._heads[1].setText(self.tr("Weight"))
            self._heads[-1].setText(self.tr("Measured from"))
        super().changeEvent(event)
