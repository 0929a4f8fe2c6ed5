"""One fact: what it says, its history as a chart and as a table with sources, its doubts, and where it is used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFont, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.viewmodels.fact_sheet import FactSheet, Use, ValueRow, content_text, table_heads, table_text
from desktop.viewmodels.fact_words import Content
from desktop.viewmodels.rule_book import mark_words
from desktop.viewmodels.series.table import TableTwin
from desktop.views.charts.history import HistoryChart
from desktop.views.design.theme import clear_viewport, set_ground, theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.wrap_table import WrapTable
from desktop.views.widgets import (
    Badge,
    Button,
    Cell,
    Column,
    LinkLabel,
    Notice,
    ProvenanceMark,
    Row,
    SectionHead,
    TextLabel,
)

BESIDE_FROM = 760
"""From this width on, doubts and uses stand side by side."""
LONG_NAME = 70
FEW_USES = 6
SHORT_VALUE, WIDE_TEXT = 28, 22
"""Longer values share the room of their table with the sources."""
BADGES = {"weak": "triangle", "due": "clock", "doubt": "triangle"}
STATE_TONES = {"now": "text", "past": "text2", "later": "text3", "gap": "unk", "typed": "text"}
MONO = ("Cascadia Mono", "Consolas", "SF Mono", "Menlo", "DejaVu Sans Mono", "Noto Sans Mono")


class IdLabel(TextLabel):
    """An id in letters of one width, to be selected and copied."""

    def _retheme(self) -> None:
        font = QFont(theme().font(self._step))
        font.setFamilies(list(MONO))
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.setFont(font)


class Paragraphs(QWidget):
    """Sentences one below the other, to be selected; the labels are kept and filled again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[TextLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.s)

    def set_texts(self, texts: Sequence[str]) -> None:
        while len(self._labels) < len(texts):
            label = TextLabel("", TYPE.body, "text2", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._labels.append(label)
            self._column.addWidget(label)
        for at, label in enumerate(self._labels):
            label.setText(texts[at] if at < len(texts) else "")
            label.setVisible(at < len(texts))

    def texts(self) -> tuple[str, ...]:
        return tuple(label.text() for label in self._labels if not label.isHidden())


class FactDetail(QScrollArea):
    """The right pane. Made once and fed with sheets."""

    overrideRequested = Signal(str)
    takeBackRequested = Signal(str)
    stepRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: FactSheet | None = None
        self._uses: tuple[Use, ...] = ()
        self._all_uses = False
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_ground(self, "surface")
        clear_viewport(self)
        self._make_parts()
        self._lay_out()
        self._connect()

    def _make_parts(self) -> None:
        self.id_label = IdLabel("", TYPE.caption, "text2")
        self.name = TextLabel("", TYPE.page_title, wrap=True)
        self.other = TextLabel("", TYPE.body, "text2", wrap=True)
        for label in (self.id_label, self.name, self.other):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.override = Button("", small=True)
        self.value = TextLabel("", TYPE.margin, wrap=True)
        self.since = TextLabel("", TYPE.body, "text2")
        self.badges = {mark: Badge("", icon, "warn") for mark, icon in BADGES.items()}
        self.typed_row = QWidget()
        self.typed_mark = ProvenanceMark("typed", parent=self.typed_row)
        self.typed_value = TextLabel("", TYPE.body_strong)
        self.take_back = LinkLabel("")
        self.warning = TextLabel("", TYPE.body, "warn", wrap=True)
        self.chart = HistoryChart()
        self.content_head = SectionHead()
        self.content_text = TextLabel("", TYPE.body, wrap=True)
        self.content_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.content_table = WrapTable()
        self.content_table.copied = self._content_text
        self.content_note = TextLabel("", TYPE.caption, "text2")
        self.values_head = SectionHead()
        self.copy_button = Button("", "copy", role="quiet", small=True)
        self.values = WrapTable()
        self.values.copied = self._table_text
        self.doubts = QWidget()
        self.use_head = SectionHead()
        self.use_none = TextLabel("", TYPE.body, "text2", wrap=True)
        self.use_table = WrapTable()
        self.use_more = LinkLabel("", TYPE.caption)
        self.notes_head = SectionHead()
        self.notes = Paragraphs()

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        for label in (self.id_label, self.name, self.other):
            names.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(SPACE.l)
        head.addLayout(names, 1)
        head.addWidget(self.override, 0, Qt.AlignmentFlag.AlignTop)
        value = QHBoxLayout()
        value.setSpacing(SPACE.m)
        value.addWidget(self.value)
        value.addWidget(self.since)
        for badge in self.badges.values():
            value.addWidget(badge)
        value.addStretch(1)
        typed = QHBoxLayout(self.typed_row)
        typed.setContentsMargins(0, 0, 0, 0)
        typed.setSpacing(SPACE.s)
        for widget in (self.typed_mark, self.typed_value, self.take_back):
            typed.addWidget(widget)
        typed.addStretch(1)
        self.body = QWidget()
        set_ground(self.body, "surface")
        column = QVBoxLayout(self.body)
        column.setContentsMargins(SPACE.xl, SPACE.l, SPACE.xl, SPACE.xl)
        column.setSpacing(SPACE.m)
        column.addLayout(head)
        column.addLayout(value)
        parts: tuple[QWidget, ...] = (self.typed_row, self.warning, self.chart, self.content_head)
        for part in (*parts, self.content_text, self.content_table, self.content_note):
            column.addWidget(part)
        column.addLayout(self._values_head())
        column.addWidget(self.values)
        column.addLayout(self._lower())
        column.addWidget(self.notes_head)
        column.addWidget(self.notes)
        column.addStretch(1)
        self.setWidget(self.body)

    def _values_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, SPACE.xs, 0, 0)
        row.addWidget(self.values_head, 1)
        row.addWidget(self.copy_button)
        return row

    def _lower(self) -> QBoxLayout:
        """Doubts at the left, uses at the right; one below the other where there is little room."""
        self._doubt_column = QVBoxLayout(self.doubts)
        self._doubt_column.setContentsMargins(0, 0, 0, 0)
        self._doubt_column.setSpacing(SPACE.s)
        self.use_part = QWidget()
        column = QVBoxLayout(self.use_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.xs)
        for widget in (self.use_head, self.use_none, self.use_table, self.use_more):
            column.addWidget(widget)
        column.addStretch(1)
        self.lower_row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.lower_row.setContentsMargins(0, SPACE.s, 0, 0)
        self.lower_row.setSpacing(SPACE.xl)
        self.lower_row.addWidget(self.doubts, 3, Qt.AlignmentFlag.AlignTop)
        self.lower_row.addWidget(self.use_part, 2, Qt.AlignmentFlag.AlignTop)
        return self.lower_row

    def _connect(self) -> None:
        self.override.clicked.connect(self._on_override)
        self.take_back.activated.connect(self._on_take_back)
        self.copy_button.clicked.connect(self.values.copy_all)
        self.values.linkActivated.connect(self._on_link)
        self.chart.whyRequested.connect(self.show_row)
        self.use_table.rowActivated.connect(self._on_use)
        self.use_more.activated.connect(self._on_more)

    # ------------------------------------------------------------------ showing
    def show_fact(self, sheet: FactSheet, uses: Sequence[Use]) -> None:
        """Shows a fact; another one than before begins at its head. Emits nothing."""
        another = self._sheet is None or sheet.id != self._sheet.id
        self._sheet, self._uses = sheet, tuple(uses)
        if another:
            self._all_uses = False
            self.verticalScrollBar().setValue(0)
        self._show_head(sheet)
        self._show_history(sheet)
        self._show_content(sheet.content, sheet.content_head)
        self._show_doubts(sheet)
        self._show_uses()
        self.notes_head.setText(self.tr("Notes"))
        self.notes.set_texts(sheet.notes)

    def sheet(self) -> FactSheet | None:
        return self._sheet

    def _show_head(self, sheet: FactSheet) -> None:
        self.id_label.setText(sheet.id)
        self.name.set_step(TYPE.page_title if len(sheet.name) <= LONG_NAME else TYPE.margin)
        self.name.setText(sheet.name)
        self.other.setText("  ·  ".join(part for part in (sheet.other_name, sheet.about) if part))
        self.override.setText(self.tr("Override in this case…"))
        self.override.setEnabled(sheet.can_override)
        self.override.setToolTip(
            self.tr("Put a value of your own in its place, for this case")
            if sheet.can_override
            else self.tr("Only a figure can be replaced by a value of your own")
        )
        self.value.setText(sheet.value or self.tr("unknown"))
        self.value.setVisible(sheet.short or not sheet.known)
        self.value.set_tone("text" if sheet.value else "unk")
        self.since.setText(sheet.since)
        words = dict(
            zip((m for m in (*BADGES, "typed") if m in sheet.marks), mark_words_of(sheet), strict=True)
        )
        for mark, badge in self.badges.items():
            badge.setVisible(mark in sheet.marks)
            badge.set_badge(words.get(mark, ""), BADGES[mark], "warn")
        self.typed_row.setVisible(bool(sheet.typed))
        self.typed_value.setText(
            self.tr("{value} counts in this case, in place of the rule").format(value=sheet.typed)
        )
        self.take_back.setText(self.tr("take back"))
        self.warning.setText("\n".join(sheet.mark_sentences))
        self.warning.set_tone("warn" if sheet.known else "unk")
        self.warning.setVisible(bool(sheet.mark_sentences))
        self.body.setAccessibleName(sheet.name)

    def _show_history(self, sheet: FactSheet) -> None:
        heads = table_heads()[:5]
        self.chart.setVisible(bool(sheet.history))
        self.chart.set_name(self.tr("History of {name}").format(name=sheet.name))
        cells = tuple((r.start, r.until, r.value, r.source, r.trust) for r in sheet.values)
        self.chart.set_data(sheet.history, TableTwin(heads, cells, (), tuple(r.key for r in sheet.values)))
        self.values_head.setText(self.tr("Values and their sources"))
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copies the table with the addresses of its sources"))
        long_values = any(len(row.value) > SHORT_VALUE for row in sheet.values)
        stretch = (False, False, long_values, True, False)
        columns = [Column(str(at), head, stretch=stretch[at]) for at, head in enumerate(heads)]
        self.values.set_name(self.values_head.text())
        self.values.set_table(columns, [value_row(row) for row in sheet.values])

    def _show_content(self, content: Content, head: str) -> None:
        self.content_head.setText(head)
        self.content_head.setVisible(bool(content))
        self.content_text.setText(content.text)
        self.content_text.setVisible(bool(content.text))
        self.content_table.setVisible(bool(content.rows))
        self.content_note.setText(self.tr("The rule book holds this in English only."))
        self.content_note.setVisible(content.english_only)
        self.content_table.set_name(head)
        self.content_table.set_table(*content_table(content))

    def _show_doubts(self, sheet: FactSheet) -> None:
        while self._doubt_column.count():
            item = self._doubt_column.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for box in sheet.doubts:
            notice = Notice("warn", box.lead, "\n" + box.text)
            notice.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._doubt_column.addWidget(notice)
        self.doubts.setVisible(bool(sheet.doubts))

    def _show_uses(self) -> None:
        shown = self._uses if self._all_uses else self._uses[:FEW_USES]
        count = len(self._uses)
        head = self.tr("Used in this answer")
        self.use_head.setText(f"{head} · {count}" if count else head)
        self.use_none.setText(self.tr("The answer to the open case does not read this fact."))
        self.use_none.setVisible(not count)
        self.use_table.setVisible(bool(count))
        columns = [
            Column("place", self.tr("Where"), stretch=True),
            Column("what", self.tr("Line"), stretch=True),
            Column("figure", self.tr("Value"), numeric=True),
        ]
        rows = [
            Row(str(at), (Cell(use.place), Cell(use.what, tone="text2"), Cell(use.figure)))
            for at, use in enumerate(shown)
        ]
        self.use_table.set_name(head)
        self.use_table.set_table(columns, rows)
        self.use_more.setVisible(count > FEW_USES)
        words = self.tr("fewer") if self._all_uses else self.tr("all {count}").format(count=count)
        self.use_more.setText(words)

    # ------------------------------------------------------------------ moving
    def focus_first(self) -> None:
        """To the history, else to the table of values."""
        target = self.values if self.chart.isHidden() else self.chart
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def show_row(self, key: str) -> None:
        """Goes to the row of the table that a mark of the chart stands for."""
        keys = [row.key for row in self.values.table_model.rows]
        number = key.partition("/")[0].removeprefix("doubt")
        found = "before" if key == "gap0" else number
        self.values.set_current(found if found in keys else keys[0])
        self.values.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self.values)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= BESIDE_FROM and self._sheet is not None and bool(self._sheet.doubts)
        sides = QBoxLayout.Direction
        self.lower_row.setDirection(sides.LeftToRight if wide else sides.TopToBottom)

    # ------------------------------------------------------------------ slots
    def _table_text(self) -> str:
        return table_text(self._sheet.values) if self._sheet is not None else ""

    def _content_text(self) -> str:
        return content_text(self._sheet.content) if self._sheet is not None else ""

    def _on_override(self) -> None:
        if self._sheet is not None:
            self.overrideRequested.emit(self._sheet.id)

    def _on_take_back(self) -> None:
        if self._sheet is not None:
            self.takeBackRequested.emit(self._sheet.id)

    def _on_link(self, key: str, _column: str) -> None:
        rows = self._sheet.values if self._sheet is not None else ()
        url = next((row.url for row in rows if row.key == key), "")
        if url:
            QDesktopServices.openUrl(QUrl(url))

    def _on_use(self, key: str) -> None:
        self.stepRequested.emit(self._uses[int(key)].step)

    def _on_more(self) -> None:
        self._all_uses = not self._all_uses
        self._show_uses()


def mark_words_of(sheet: FactSheet) -> tuple[str, ...]:
    return mark_words(sheet.marks)


def value_row(row: ValueRow) -> Row:
    """A period as a row of the table: what is in force stands out, what is unknown is violet."""
    tone = STATE_TONES[row.state]
    source = Cell(row.source, tone="text2", link=row.url, tip=row.url)
    trust = Cell(row.trust, tone="warn" if row.weak else "text2")
    value = Cell(
        row.value, tone="warn" if row.doubted and row.state != "gap" else tone, strong=row.state == "now"
    )
    start = Cell(row.start, tone=tone, strong=row.state == "now")
    return Row(row.key, (start, Cell(row.until, tone="text2"), value, source, trust))


def content_table(content: Content) -> tuple[list[Column], list[Row]]:
    """Heads and rows of what a fact holds; columns with longer texts share the room."""
    longest = [max((len(row[at]) for row in content.rows), default=0) for at in range(len(content.heads))]
    wide = [at for at, length in enumerate(longest) if length > WIDE_TEXT]
    columns = [
        Column(str(at), head, numeric=at in content.numeric, stretch=at in wide)
        for at, head in enumerate(content.heads)
    ]
    if columns and not wide:
        columns.append(Column("rest", "", stretch=True))
    return columns, [Row(str(at), row) for at, row in enumerate(content.rows)]
