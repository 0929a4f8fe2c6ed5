"""A field to choose one of many by typing: matches English, Chinese and the id."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QSizePolicy, QVBoxLayout, QWidget

from desktop.viewmodels.finding import Index, folded, index_of
from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE
from desktop.views.widgets.number_field import FieldBox, FieldLine

MOST_SHOWN = 8


class Option(Struct, frozen=True):
    """One choice: id, both names, and further words it is found by."""

    key: str
    en: str
    zh: str = ""
    words: str = ""

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.zh if language == "zh" and self.zh else self.en


class _Found(QAbstractListModel):
    """The options shown in the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.options: list[Option] = []
        self.language = "en"

    def show_options(self, options: list[Option]) -> None:
        self.beginResetModel()
        self.options = options
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.options)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        option = self.options[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            other = option.zh if self.language == "en" else option.en
            return f"{option.name(self.language)}   {other}" if other else option.name(self.language)
        if role == Qt.ItemDataRole.UserRole:
            return option.key
        return None


class SearchCombo(QWidget):
    """Chooses one of many. `picked(key)` comes only from the user.

    Typing filters; Up and Down walk; Enter takes the marked one, else the first; Esc puts the old one back.
    """

    picked = Signal(str)
    advanceRequested = Signal()
    dontKnowRequested = Signal()

    def __init__(
        self,
        options: Sequence[Option] = (),
        name: str = "",
        language: str = "en",
        width: int = 312,
        show_key: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options = list(options)
        self._index: Index | None = None
        self._language = language
        self._current = ""
        self._show_key = show_key
        self.box = FieldBox(self)
        self.box.icon_name = "magnifier"
        self.box.set_width(width)
        self.line = FieldLine(self.box, letters=True)
        inner = QHBoxLayout(self.box)
        inner.addWidget(self.line)
        self.box._retheme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._found = _Found(self)
        self.list = QListView()
        self._build_list()
        self.line.textEdited.connect(self._on_typing)
        self.line.entered.connect(self._on_enter)
        self.line.escaped.connect(self._restore)
        self.line.left.connect(self._on_left)
        self.line.installEventFilter(self)
        theme().follow(self._retheme)
        self._retheme()
        self.set_name(name)

    def _build_list(self) -> None:
        """The list below the field: a tool window that leaves the focus in the field."""
        self.list.setModel(self._found)
        self.list.setProperty("popup", True)
        self.list.setWindowFlags(Qt.WindowType.ToolTip)
        self.list.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(self._on_click)
        self.destroyed.connect(self.list.deleteLater)

    def _retheme(self) -> None:
        self.line.setFont(theme().font(TYPE.body))
        self.list.setFont(theme().font(TYPE.body))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the line. No focus proxy: from one in its chain Qt lets Tab jump over others."""
        self.line.setFocus(reason)

    def set_name(self, name: str) -> None:
        """The question, for the screen reader."""
        self.setAccessibleName(name)
        self.line.setAccessibleName(name)

    def set_options(self, options: Sequence[Option]) -> None:
        """Replaces the options; the choice stays when its key stays. Emits nothing."""
        self._options = list(options)
        self._index = None
        self._restore()

    def set_language(self, language: str) -> None:
        """Shows the names in another language."""
        self._language = language
        self._found.language = language
        self._restore()

    def set_placeholder(self, text: str) -> None:
        """The grey words of an empty field."""
        self.line.setPlaceholderText(text)

    def current(self) -> str:
        """The key chosen, or nothing."""
        return self._current

    def set_current(self, key: str) -> None:
        """Shows a choice; emits nothing."""
        self._current = key
        self._restore()

    def found(self) -> list[str]:
        """The keys now in the list."""
        return [option.key for option in self._found.options]

    def _option(self, key: str) -> Option | None:
        return next((option for option in self._options if option.key == key), None)

    def _restore(self) -> None:
        """Shows the choice in force."""
        option = self._option(self._current)
        self.line.setText(option.name(self._language) if option else "")
        self.line.setCursorPosition(0)
        self.line.setModified(False)
        self.box.set_part(self._current if option and self._show_key else "")
        self.list.hide()

    def _on_typing(self, text: str) -> None:
        self.box.set_part("")
        if self._index is None:
            self._index = index_of((o.key, f"{o.en} · {o.words}", o.zh, "") for o in self._options)
        self._show_list([self._options[place] for place, _rank in self._index.search(text)])

    def show_all(self) -> None:
        """Opens the list with every option."""
        self._show_list(list(self._options))
        keys = self.found()
        if self._current in keys:
            self.list.setCurrentIndex(self._found.index(keys.index(self._current)))

    def show_only(self, keys: Sequence[str]) -> None:
        """Opens the list with some of the options and takes the focus; a single one is taken at once."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        found = [option for key in keys if (option := self._option(key)) is not None]
        if len(found) == 1:
            self._take(found[0].key)
            self.advanceRequested.emit()
            return
        self._show_list(found)
        if self._current in keys:
            self.list.setCurrentIndex(self._found.index(self.found().index(self._current)))

    def _show_list(self, options: list[Option]) -> None:
        """Opens the list below the field, or closes it when nothing fits."""
        self._found.language = self._language
        self._found.show_options(options)
        if not options:
            self.list.hide()
            return
        row = max(28, self.list.sizeHintForRow(0))
        corner = self.box.mapToGlobal(QPoint(0, self.box.height() + 2))
        size = QSize(max(self.box.width(), 280), min(len(options), MOST_SHOWN) * row + 12)
        self.list.resize(size)
        self.list.move(corner)
        self.list.show()
        self.list.setCurrentIndex(self._found.index(0))

    def _on_click(self, index: QModelIndex) -> None:
        self._take(str(index.data(Qt.ItemDataRole.UserRole)))

    def _take(self, key: str) -> None:
        """The user's choice."""
        changed = key != self._current
        self._current = key
        self._restore()
        if changed:
            self.picked.emit(key)

    def _on_enter(self) -> None:
        if self.list.isVisible() and self._found.options:
            index = self.list.currentIndex()
            self._take(self._found.options[max(0, index.row())].key)
        elif self.line.isModified() and self.line.text().strip():
            return
        else:
            self._restore()
        self.advanceRequested.emit()

    def _on_left(self) -> None:
        """Leaving takes an exact name, else the old choice comes back."""
        if self.list.underMouse() and self.list.isVisible():
            return
        typed = folded(self.line.text().strip())
        exact = next((o for o in self._options if typed in (folded(o.key), folded(o.en), folded(o.zh))), None)
        if self.line.isModified() and typed and exact is not None:
            self._take(exact.key)
        else:
            self._restore()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._list_key(event)
        if event.type() == QEvent.Type.MouseButtonPress and not self.list.isVisible():
            self.show_all()
        return False

    def _list_key(self, event: QKeyEvent) -> bool:
        """Keys of the field that are about the list."""
        if event.key() == Qt.Key.Key_Escape and self.list.isVisible():
            self._restore()
            return True
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() not in steps:
            return False
        if not self.list.isVisible():
            self.show_all()
            return True
        row = self.list.currentIndex().row() + steps[event.key()]
        self.list.setCurrentIndex(self._found.index(min(max(row, 0), self._found.rowCount() - 1)))
        return True

    def hideEvent(self, event: QEvent) -> None:
        self.list.hide()
        super().hideEvent(event)
