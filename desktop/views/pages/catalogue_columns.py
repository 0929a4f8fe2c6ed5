"""What each column of a catalogue was taken for: its first rows, and above each column a list of fields and its unit."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.text import Language
from desktop.viewmodels.catalogue.opening import DELIMITERS, ENCODINGS, ColumnWords, Opening
from desktop.viewmodels.catalogue.words import number
from desktop.viewmodels.wording import as_sentence
from desktop.views.design.theme import clear_viewport, set_ground, theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets import Hairline, LinkLabel, TextLabel

COLUMN, UNIT = 196, 78
CELL_SIGNS = 28
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
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda _at: self.picked.emit(self.current()))
        theme().changed.connect(self._retheme)
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

    def current(self) -> str:
        return str(self.currentData() or "")

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]


class ColumnHead(QWidget):
    """Field, unit and heading of one column."""

    fieldPicked = Signal(int, str)
    unitPicked = Signal(str, str)

    def __init__(self, column: int) -> None:
        super().__init__()
        self.column = column
        self.field = Choose()
        self.unit = Choose()
        self.unit.setFixedWidth(theme().px(UNIT))
        self.heading = TextLabel("", TYPE.caption_medium)
        self.field.picked.connect(lambda name: self.fieldPicked.emit(self.column, name))
        self.unit.picked.connect(lambda unit: self.unitPicked.emit(self.field.current(), unit))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.unit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.s)
        layout.addLayout(row)
        layout.addWidget(self.heading)

    def show_column(self, words: ColumnWords, fields: list[tuple[str, str]], none: str, as_said: str) -> None:
        self.field.set_choices([("", none), *fields], words.field)
        self.unit.setVisible(bool(words.units))
        self.unit.set_choices([(unit, unit or as_said) for unit in words.units], words.unit)
        self.heading.setText(shortened(words.heading))
        self.heading.setToolTip(words.heading)
        self.heading.set_tone("text" if words.field else "text3")


class ColumnTable(QScrollArea):
    """The first rows of a file under what each column was taken for. Scrolls sideways."""

    fieldPicked = Signal(int, str)
    unitPicked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.heads: dict[int, ColumnHead] = {}
        self._cells: dict[int, list[TextLabel]] = {}
        self._inside: QWidget | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        clear_viewport(self)

    def show_columns(
        self,
        columns: tuple[ColumnWords, ...],
        fields: tuple[tuple[str, str], ...],
        words: tuple[str, str, str],
    ) -> None:
        """`words`: not used, as the rows say, and the name for a screen reader with a blank for the heading."""
        none, as_said, name = words
        if [c.column for c in columns] != list(self.heads) or self._cells.keys() != self.heads.keys():
            self._build(columns)
        for each in columns:
            head = self.heads[each.column]
            head.show_column(each, list(fields), none, as_said)
            head.field.set_name(name.format(heading=each.heading))
            head.unit.set_name(f"{each.heading}, {each.unit}")
            for label, text in zip(self._cells[each.column], each.cells, strict=False):
                label.setText(shortened(text))
                label.set_tone("text" if each.field else "text3")

    def rebuild(self) -> None:
        """Another file: nothing of the old one stays."""
        self.heads, self._cells = {}, {}

    def _build(self, columns: tuple[ColumnWords, ...]) -> None:
        self.heads, self._cells = {}, {}
        inside = QWidget()
        set_ground(inside, "surface")
        grid = QGridLayout(inside)
        grid.setContentsMargins(4, 4, 4, SPACE.s)
        grid.setHorizontalSpacing(SPACE.l)
        grid.setVerticalSpacing(0)
        rows = max((len(each.cells) for each in columns), default=0)
        for at, each in enumerate(columns):
            head = self.heads[each.column] = ColumnHead(each.column)
            head.setFixedWidth(theme().px(COLUMN))
            head.fieldPicked.connect(self.fieldPicked)
            head.unitPicked.connect(self.unitPicked)
            grid.addWidget(head, 0, at)
            labels = self._cells[each.column] = [TextLabel("", TYPE.body) for _ in range(rows)]
            for number_, label in enumerate(labels):
                label.setFixedHeight(theme().px(28))
                label.setFixedWidth(theme().px(COLUMN))
                grid.addWidget(label, 2 + 2 * number_, at)
        for line in range(rows + 1):
            grid.addWidget(Hairline(strong=line == 0), 1 + 2 * line, 0, 1, max(1, len(columns)))
        grid.setColumnStretch(len(columns), 1)
        self.setWidget(inside)
        self._inside = inside
        self.setFixedHeight(inside.sizeHint().height() + 14)


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
        self.problem = TextLabel("", TYPE.body, "err", wrap=True)
        self.kept = TextLabel("", TYPE.caption, "text2")
        self.forget = LinkLabel("", TYPE.caption)
        self._shown: Opening | None = None
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
        parts = [first.format.upper(), self.tr("{count} columns").format(count=number(len(first.headers)))]
        if first.total is not None:
            parts.append(self.tr("{count} rows").format(count=number(first.total)))
        if not first.heading:
            parts.append(self.tr("no headings"))
        self.about.setText(" · ".join(parts))
        self._show_choices(opening)
        if self._shown is not opening:
            self.table.rebuild()
            self._shown = opening
        words = (self.tr("not used"), self.tr("as in the rows"), self.tr("What the column “{heading}” holds"))
        self.table.show_columns(opening.columns(), opening.field_names(language), words)
        problem = opening.problem()
        self.problem.setText(as_sentence(problem[language]) if problem else "")
        self.problem.setVisible(problem is not None)
        self.kept.setText(self.tr("The columns are taken as last time for these headings."))
        for widget in (self.kept, self.forget):
            widget.setVisible(opening.remembered)
        self.more.setText(self.tr("{count} more columns are not shown").format(count=number(opening.hidden)))
        self.more.setVisible(opening.hidden > 0)

    def _show_choices(self, opening: Opening) -> None:
        first = opening.catalogue.preview
        sheets = [(name, name) for name in first.sheets]
        encodings = [(key, NAMES.get(key, key)) for key in dict.fromkeys((first.encoding, *ENCODINGS)) if key]
        named = {",": self.tr("comma"), ";": self.tr("semicolon"), "\t": self.tr("tab"), "|": self.tr("bar")}
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
