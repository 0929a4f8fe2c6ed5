"""Where a fact is looked for: search field, filters, the list by topic, and how many there are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.text import Language
from desktop.viewmodels.rule_book import (
    DayOfBook,
    FactIndex,
    area_names,
    count_words,
    listing,
    mark_names,
)
from desktop.views.design.theme import set_ground, theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.fact_list import FactList
from desktop.views.widgets import ChipGroup, Choice, EmptyState, KeyCap, TextLabel
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.number_field import FieldBox, FieldLine

ALL = "all"


class SearchLine(FieldLine):
    """The line of the search field; Down leads into the list."""

    down = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, letters=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


LEAST_ROWS = 112
"""So many pixels of the list are always seen."""


class FactFinder(QWidget):
    """The left pane. `factChosen(id)` follows the hand and the search; `entered` asks for the fact itself."""

    factChosen = Signal(str)
    entered = Signal()

    def __init__(self, index: FactIndex, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._on: DayOfBook | None = None
        set_ground(self, "surface2")
        self.box = FieldBox(self)
        self.box.icon_name = "magnifier"
        self.line = SearchLine(self.box)
        self.cap = KeyCap("Ctrl F")
        self.areas = ChipGroup(small=True)
        self.marks = ChipGroup(multi=True, small=True)
        self.list = FactList()
        self.empty = EmptyState("magnifier")
        self.count = TextLabel("", TYPE.caption, "text2")
        self.gaps = TextLabel("", TYPE.caption, "unk")
        self._lay_out()
        self.line.textChanged.connect(self._on_typed)
        self.line.escaped.connect(self.line.clear)
        self.line.down.connect(self._to_list)
        self.line.entered.connect(self._on_enter)
        self.areas.picked.connect(self._on_filter)
        self.marks.picked.connect(self._on_filter)
        self.list.factChosen.connect(self.factChosen)
        self.list.entered.connect(self.entered)

    def _lay_out(self) -> None:
        inner = QHBoxLayout(self.box)
        inner.setSpacing(0)
        inner.addWidget(self.line, 1)
        inner.addWidget(self.cap)
        inner.addSpacing(7)
        self.box._retheme()
        top = QVBoxLayout()
        top.setContentsMargins(SPACE.l, SPACE.l, SPACE.l, SPACE.xs)
        top.setSpacing(SPACE.s)
        for widget in (self.box, self.areas, self.marks):
            top.addWidget(widget)
        foot = FlowLayout(None, SPACE.xs, 0)
        foot.setContentsMargins(SPACE.l, SPACE.s, SPACE.l, SPACE.m)
        foot.addWidget(self.count)
        foot.addWidget(self.gaps)
        middle = QVBoxLayout()
        middle.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, 0)
        middle.addWidget(self.empty)
        self.nothing = QWidget()
        self.nothing.setLayout(middle)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips take further lines in large text: the page then scrolls before they are squeezed."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.list.setMinimumHeight(theme().px(LEAST_ROWS))
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.minimumHeightForWidth(self.width()))

    # ------------------------------------------------------------------ what the page calls
    def retranslate(self) -> None:
        """The words of the pane itself. Emits nothing."""
        self.line.setPlaceholderText(self.tr("Search the rule book"))
        self.line.setAccessibleName(self.tr("Search the rule book"))
        self.line.setAccessibleDescription(
            self.tr("Words of the id, the name or the source, in English, Chinese or pinyin")
        )
        self.areas.set_name(self.tr("Area"))
        self.areas.set_choices([Choice(key or ALL, word) for key, word in area_names()])
        if not self.areas.current():
            self.areas.set_current(ALL)
        self.marks.set_name(self.tr("Only"))
        self.marks.set_choices([Choice(key, word, tip) for key, word, tip in mark_names()])
        self.list.setAccessibleName(self.tr("Facts"))
        self._fit()
        self.empty.set_text(self.tr("No fact is found"), "", "Esc", self.tr("empties the search"))

    def set_day(self, on: DayOfBook, language: Language) -> None:
        """Values of another day, case or language; `refresh` is to follow."""
        self._on = on
        self.list.set_day(on, language)

    def refresh(self, fact_id: str) -> str:
        """Searches again and keeps a fact chosen where it is still found. Emits nothing."""
        if self._on is None:
            return ""
        area = self.areas.current()
        found = listing(
            self._index, self._on, self.line.text(), "" if area == ALL else area, self.marks.selected()
        )
        chosen = self.list.show_listing(found, fact_id)
        if not found.rows and self.list.hasFocus():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.setVisible(bool(found.rows))
        self.nothing.setVisible(not found.rows)
        shown, gaps = count_words(found)
        self.count.setText(shown)
        self.gaps.setText(f"· {gaps}" if gaps else "")
        return chosen

    def open_fact(self, fact_id: str) -> None:
        """Puts the keys on a fact; filters that hide it are taken away. Emits nothing."""
        if self.list.facts.row_of(fact_id) < 0:
            was = self.line.blockSignals(True)
            self.line.clear()
            self.line.blockSignals(was)
            self.areas.set_current(ALL)
            self.marks.set_selected([])
            self.refresh(fact_id)
        self.list.choose(fact_id)

    def search(self, typed: str) -> None:
        """Searches among all facts, as if it were typed."""
        self.areas.set_current(ALL)
        self.marks.set_selected([])
        if self.line.text() == typed:
            self._search_again("")
        else:
            self.line.setText(typed)

    def found(self) -> tuple[str, ...]:
        """The facts that are in the list."""
        return tuple(row.fact for row in self.list.facts.rows if row.fact)

    def focus_search(self) -> None:
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    # ------------------------------------------------------------------ slots
    def _on_typed(self, text: str) -> None:
        # a typed word puts the best hit first, an emptied field keeps what is looked at
        self._search_again("" if text else self.list.current_fact())

    def _on_filter(self) -> None:
        self._search_again(self.list.current_fact())

    def _search_again(self, keep: str) -> None:
        before = self.list.current_fact()
        chosen = self.refresh(keep)
        if chosen and chosen != before:
            self.factChosen.emit(chosen)

    def _to_list(self) -> None:
        if self.list.current_fact():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_enter(self) -> None:
        if self.list.current_fact():
            self.entered.emit()
