"""What each column of a catalogue was taken for: its first rows, and above each column a list of fields and its unit."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from desktop.core.text import Language
from desktop.viewmodels.catalogue.opening import DELIMITERS, ENCODINGS, ColumnWords, Opening
from desktop.viewmodels.catalogue.words import number
from desktop.viewmodels.wording import as_sentence
from desktop.views.charts.base import write
from desktop.views.charts.matrix import painter_elided
from desktop.views.design.theme import clear_viewport, set_ground, theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets import LinkLabel, TextLabel

COLUMN, UNIT = 196, 78
HEAD, LINE = 26, 28
CELL_SIGNS = 80
NAMES = {
    "utf-8": "UTF-8", "gb18030": "GB 18030", "cp1252": "Windows Latin", "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}  # fmt: skip


class Choose(QComboBox):
    """A list to choose from; `picked` comes only from the user. The wheel scrolls the page and changes nothing."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("focusRing", SPACE.radius)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # otherwise every change of the choices would measure all of them
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda _at: self.picked.emit(self.current()))
        # the list is wider than the closed box may be
        self.currentTextChanged.connect(self.setToolTip)
        theme().follow(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        self.setFont(theme().font(TYPE.body))

    def set_choices(self, choices: list[tuple[str, str]], current: str) -> None:
        """Pairs of key and word. Emits nothing."""
        with QSignalBlocker(self):
            kept = [(self.itemData(at), self.itemText(at)) for at in range(self.count())]
            if kept != choices:
                self.clear()
                for key, word in choices:
                    self.addItem(word, key)
            self.setCurrentIndex(max(0, self.findData(current)))
        self.setToolTip(self.currentText())

    def current(self) -> str:
        return str(self.currentData() or "")

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]


class ColumnHead(QWidget):
    """Field and unit of one column. The list of units is made when a column first has one."""

    fieldPicked = Signal(int, str)
    unitPicked = Signal(str, str)

    def __init__(self, column: int) -> None:
        super().__init__()
        self.column = column
        self.field = Choose()
        self.unit: Choose | None = None
        self.field.picked.connect(lambda name: self.fieldPicked.emit(self.column, name))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self.field, 1)

    def show_column(self, words: ColumnWords, fields: list[tuple[str, str]], said: Said) -> None:
        self.field.set_choices([("", said.none), *fields], words.field)
        self.field.set_name(said.name.format(heading=words.heading))
        self.field.setAccessibleDescription(", ".join(filter(None, words.cells[:3])))
        if words.units and self.unit is None:
            self.unit = Choose()
            self.unit.picked.connect(lambda unit: self.unitPicked.emit(self.field.current(), unit))
            self._row.addWidget(self.unit)
        if self.unit is not None:
            self.unit.setVisible(bool(words.units))
            self.unit.set_choices([(unit, unit or said.by_row) for unit in words.units], words.unit)
            self.unit.set_name(f"{words.heading}, {said.unit}")


class Said(Struct, frozen=True):
    """Words above the columns: not used, as the rows say, the unit, and what a column is asked."""

    none: str
    by_row: str
    unit: str
    name: str


class FirstRows(QWidget):
    """Headings and first cells, painted: a catalogue may have many columns."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[ColumnWords, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().follow(self._retheme)

    def show_columns(self, columns: tuple[ColumnWords, ...]) -> None:
        self._columns = columns
        self.setAccessibleDescription(
            "; ".join(f"{c.heading}: {', '.join(c.cells[:2])}" for c in columns[:12])
        )
        self._retheme()

    def _retheme(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        rows = max((len(each.cells) for each in self._columns), default=0)
        width = len(self._columns) * (theme().px(COLUMN) + SPACE.l)
        return QSize(width, theme().px(HEAD) + rows * theme().px(LINE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide, head, high = theme().px(COLUMN), theme().px(HEAD), theme().px(LINE)
        rows = max((len(each.cells) for each in self._columns), default=0)
        painter.fillRect(QRectF(0, head - 1, self.width(), 1), theme().color("line2"))
        for row in range(rows):
            painter.fillRect(QRectF(0, head + (row + 1) * high - 1, self.width(), 1), theme().color("line"))
        for at, each in enumerate(self._columns):
            left = at * (wide + SPACE.l)
            tone = "text" if each.field else "text3"
            heading = painter_elided(shortened(each.heading), wide)
            write(painter, QRectF(left, 0, wide, head), heading, TYPE.caption_medium, tone)
            for row, cell in enumerate(each.cells):
                box = QRectF(left, head + row * high, wide, high)
                write(painter, box, painter_elided(shortened(cell), wide), TYPE.body, tone)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, place: QPointF) -> str:
        """The whole text of a cell or a heading."""
        at = int(place.x() // (theme().px(COLUMN) + SPACE.l))
        row = int((place.y() - theme().px(HEAD)) // theme().px(LINE))
        if not 0 <= at < len(self._columns):
            return ""
        each = self._columns[at]
        return each.heading if row < 0 else each.cells[row] if row < len(each.cells) else ""


class ColumnTable(QScrollArea):
    """The first rows of a file under what each column was taken for. Scrolls sideways."""

    fieldPicked = Signal(int, str)
    unitPicked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.heads: dict[int, ColumnHead] = {}
        self.rows = FirstRows()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        clear_viewport(self)
        inside = QWidget()
        set_ground(inside, "surface")
        self._heads = QHBoxLayout()
        self._heads.setSpacing(SPACE.l)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 4, SPACE.s)
        column.setSpacing(SPACE.xs)
        column.addLayout(self._heads)
        column.addWidget(self.rows)
        column.addStretch(1)
        self.setWidget(inside)
        theme().follow(self._fit)

    def show_columns(
        self, columns: tuple[ColumnWords, ...], fields: tuple[tuple[str, str], ...], said: Said
    ) -> None:
        if [each.column for each in columns] != list(self.heads):
            self._build(columns)
        for each in columns:
            self.heads[each.column].show_column(each, list(fields), said)
        self.rows.show_columns(columns)
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, each head as wide as its column."""
        for head in self.heads.values():
            head.setFixedWidth(theme().px(COLUMN))
            if head.unit is not None:
                head.unit.setFixedWidth(theme().px(UNIT))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(theme().px(SPACE.control) + self.rows.height() + SPACE.xs + SPACE.s + 8 + bar)

    def _build(self, columns: tuple[ColumnWords, ...]) -> None:
        while (item := self._heads.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.heads = {}
        for each in columns:
            head = self.heads[each.column] = ColumnHead(each.column)
            head.fieldPicked.connect(self.fieldPicked)
            head.unitPicked.connect(self.unitPicked)
            self._heads.addWidget(head)
        self._heads.addStretch(1)


class ColumnsPanel(QWidget):
    """The file, how it is read, its columns, and what is still missing."""

    def __init__(self) -> None:
        super().__init__()
        self.file = TextLabel("", TYPE.option)
        self.about = TextLabel("", TYPE.caption, "text2")
        self.labels = {
            key: TextLabel("", TYPE.caption, "text2") for key in ("sheet", "encoding", "delimiter")
        }
        self.choose = {key: Choose() for key in self.labels}
        for choose in self.choose.values():
            choose.setMinimumContentsLength(10)
        self.other = LinkLabel("")
        self.table = ColumnTable()
        self.more = TextLabel("", TYPE.caption, "text2")
        self.turn = LinkLabel("", TYPE.caption)
        self.problem = TextLabel("", TYPE.body, "err", wrap=True)
        self.kept = TextLabel("", TYPE.caption, "text2")
        self.forget = LinkLabel("", TYPE.caption)
        self._lay_out()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.file)
        words.addWidget(self.about)
        top = QHBoxLayout()
        top.setSpacing(SPACE.s)
        top.addLayout(words, 1)
        for key, label in self.labels.items():
            top.addWidget(label)
            top.addWidget(self.choose[key])
            top.addSpacing(SPACE.s)
        top.addWidget(self.other)
        below = QHBoxLayout()
        below.setSpacing(SPACE.s)
        below.addWidget(self.kept)
        below.addWidget(self.forget)
        below.addWidget(self.more)
        below.addWidget(self.turn)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.m)
        column.addLayout(top)
        column.addWidget(self.table)
        column.addWidget(self.problem)
        column.addLayout(below)

    def show_opening(self, opening: Opening, language: Language) -> None:
        """The file as it stands."""
        first = opening.catalogue.preview
        self.file.setText(opening.catalogue.path.name)
        kind = first.format.upper()
        if first.ending:
            kind = self.tr("{kind}, although its name ends in {ending}").format(
                kind=kind, ending=first.ending
            )
        self.about.set_tone("warn" if first.ending else "text2")
        parts = [kind, self.tr("{count} columns").format(count=number(len(first.headers)))]
        if first.total is not None:
            parts.append(self.tr("{count} rows").format(count=number(first.total)))
        if not first.heading:
            parts.append(self.tr("no headings"))
        self.about.setText(" · ".join(parts))
        self._show_choices(opening)
        said = Said(
            self.tr("not used"),
            self.tr("as in the rows"),
            self.tr("unit"),
            self.tr("What the column “{heading}” holds"),
        )
        self.table.show_columns(opening.columns(), opening.field_names(language), said)
        problem = opening.problem()
        self.problem.setText(as_sentence(problem[language]) if problem else "")
        self.problem.setVisible(problem is not None)
        self.kept.setText(self.tr("The columns are taken as last time for these headings."))
        for widget in (self.kept, self.forget):
            widget.setVisible(opening.remembered)
        self.more.setText(self.tr("{count} more columns are not shown").format(count=number(opening.hidden)))
        for widget in (self.more, self.turn):
            widget.setVisible(opening.hidden > 0)

    def _show_choices(self, opening: Opening) -> None:
        first = opening.catalogue.preview
        sheets = [(name, name) for name in first.sheets]
        encodings = [(key, NAMES.get(key, key)) for key in dict.fromkeys((first.encoding, *ENCODINGS)) if key]
        named = {
            ",": self.tr("comma"),
            ";": self.tr("semicolon"),
            "\t": self.tr("tab"),
            "|": self.tr("vertical bar"),
        }
        parts = [(key, named.get(key, key)) for key in dict.fromkeys((first.delimiter, *DELIMITERS)) if key]
        for key, choices, current, shown in (
            ("sheet", sheets, first.sheet, len(sheets) > 1),
            ("encoding", encodings, first.encoding, bool(first.encoding)),
            ("delimiter", parts, first.delimiter, bool(first.delimiter)),
        ):
            self.choose[key].set_choices(choices, current)
            self.choose[key].setVisible(shown)
            self.labels[key].setVisible(shown)

    def retranslate(self) -> None:
        for key, word in (
            ("sheet", self.tr("Sheet")), ("encoding", self.tr("Encoding")), ("delimiter", self.tr("Separator")),
        ):  # fmt: skip
            self.labels[key].setText(word)
            self.choose[key].set_name(word)
        self.other.setText(self.tr("Another file…"))
        self.turn.setText(self.tr("Show the next ones"))
        self.forget.setText(self.tr("Take them by their headings"))

    def focus_first(self) -> None:
        """The first column, or the one where something is missing."""
        heads = list(self.table.heads.values())
        target = next((head.field for head in heads if not head.field.current()), None)
        if self.problem.isHidden() or target is None:
            target = heads[0].field if heads else None
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)


def shortened(text: str) -> str:
    """A cell in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= CELL_SIGNS else line[: CELL_SIGNS - 1] + "…"
