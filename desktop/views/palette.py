"""Ctrl+K: one field over the window in which every command, page, question, fact and source is found."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTranslator,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.text import Text, both
from desktop.store.resources import resource_path
from desktop.viewmodels.guide import contents
from desktop.viewmodels.palette import Found, Item, Palette, Row, count_words, pages, spoken
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.menus import Menus, plain
from desktop.views.widgets import EmptyState, Hairline, TextLabel
from desktop.views.widgets.number_field import FieldBox, FieldLine

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.pages.base import Page

Index = QModelIndex | QPersistentModelIndex
WIDTH, HEIGHT, MARGIN, TOP = 720, 520, 16, 56
HEAD, ONE, TWO = 32, 34, 48
PAGE_ROWS = 8
translate = QCoreApplication.translate


# ---------------------------------------------------------------------- the commands of the menus
def why_not(name: str) -> str:
    """Why a command of the menus cannot be given now."""
    words = {
        "undo": translate("Palette", "nothing to undo"),
        "redo": translate("Palette", "nothing to redo"),
        "table": translate("Palette", "no chart on this page"),
        "why": translate("Palette", "nothing is ranked yet"),
        "previous": translate("Palette", "no step before this one"),
        "next": translate("Palette", "no step after this one"),
        "save": translate("Palette", "no case is open"),
        "save-as": translate("Palette", "no case is open"),
        "close": translate("Palette", "no case is open"),
        "recent": translate("Palette", "the file is no longer there"),
    }
    return words.get(name) or translate("Palette", "not possible here")


class CommandWords:
    """The words of the menus in both languages, whichever is shown."""

    def __init__(self, menus: Menus) -> None:
        self._menus = menus
        self._chinese = QTranslator()
        self._chinese.load("lanewise_zh_CN", str(resource_path("translations")))

    def text(self, shown: str) -> Text:
        """Both wordings of what a menu shows; what is put together in place is the same in both."""
        source = self._menus.sources.get(shown)
        if source is None:
            return both(plain(shown))
        return Text(plain(source), plain(self._chinese.translate("Menus", source) or source))

    def items(self) -> list[Item]:
        """Every action of the menus, but those that open a page, and the search itself."""
        names = {action: name for name, action in self._menus.actions.items()}
        found = []
        for menu_name, menu in self._menus.menus.items():
            place = self.text(menu.title())
            for number, action in enumerate(menu.actions()):
                name = names.get(action, "")
                if (
                    action.isSeparator()
                    or action.menu() is not None
                    or name == "find"
                    or name.startswith("step-")
                ):
                    continue
                key = f"command:{name}" if name else f"file:{menu_name}/{number}"
                found.append(self._item(key, name or menu_name, action, place))
        return found

    def _item(self, key: str, name: str, action: QAction, place: Text) -> Item:
        text = self.text(action.text())
        # what would be undone stands in its name; it is found by the bare word as well
        bare = {"undo": "&Undo", "redo": "&Redo"}.get(name, "")
        words = " ".join(plain(word) for word in (bare, self._chinese.translate("Menus", bare)) if word)
        closed = "" if action.isEnabled() else why_not(name)
        return Item(key, "command", text, place, keys_of(action), closed, words)


def keys_of(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


# ---------------------------------------------------------------------- the list
class _Rows(QAbstractListModel):
    """What was found, as rows."""

    def __init__(self, palette: Palette, parent: QObject) -> None:
        super().__init__(parent)
        self.palette = palette
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def item(self, row: int) -> Item | None:
        return self.rows[row].item if 0 <= row < len(self.rows) else None

    def spoken(self, row: int) -> str:
        item = self.item(row)
        return (
            self.rows[row].head
            if item is None
            else spoken(item, self.palette.language, self.palette.value(item))
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        item = self.item(index.row())
        if item is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        name = row.head if row.item is None else row.item.name[self.palette.language]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index.row())
        if role == Qt.ItemDataRole.ToolTipRole and row.item is not None:
            return f"{name}\n{row.item.id}" if row.item.kind == "fact" else name
        return None


class _Delegate(QStyledItemDelegate):
    """Draws a head, or a name with what is beside it, and at the right the key, the value, or why not."""

    def __init__(self, rows: _Rows, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item = self._rows.item(index.row())
        if item is None:
            return QSize(64, theme().px(HEAD))
        return QSize(64, theme().px(TWO if self._beside(item) else ONE))

    def _beside(self, item: Item) -> str:
        """The second line: commands and pages have it at the right, for their names are short."""
        return item.beside[self._rows.palette.language] if item.group in ("fact", "source") else ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row, box = self._rows.rows[index.row()], QRectF(option.rect)
        if row.item is None:
            painter.setFont(theme().font(TYPE.caption_medium))
            painter.setPen(theme().color("text2"))
            spot = box.adjusted(MARGIN, theme().px(6), -MARGIN, 0)
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter, row.head)
        else:
            self._item(painter, row.item, box, option)
        painter.restore()

    def _item(self, painter: QPainter, item: Item, box: QRectF, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(box, theme().color("sel" if selected else "hover"))
        if selected:
            painter.fillRect(QRectF(box.x(), box.y(), SPACE.bar, box.height()), theme().color("accent"))
        inside = box.adjusted(MARGIN, 0, -MARGIN, 0)
        second = self._beside(item)
        line = QRectF(inside)
        if second:
            line = QRectF(inside.x(), inside.y() + theme().px(5), inside.width(), theme().px(19))
            below = line.translated(0, theme().px(19))
            self._text(painter, second, below, TYPE.caption, "text2")
        right = self._right(painter, item, line)
        room = line.adjusted(0, 0, -right, 0)
        tone = "text3" if item.closed else "text"
        step = TYPE.body_medium if selected and not item.closed else TYPE.body
        used = self._text(painter, item.name[self._rows.palette.language], room, step, tone)
        if not second:
            beside = item.beside[self._rows.palette.language]
            rest = room.adjusted(used + theme().px(10), 0, 0, 0)
            if beside and rest.width() > theme().px(40):
                self._text(painter, beside, rest, TYPE.caption, "text3" if item.closed else "text2")

    def _right(self, painter: QPainter, item: Item, line: QRectF) -> float:
        """Why not, the key or the value; how much room it took."""
        text = item.closed or item.keys or self._rows.palette.value(item)
        if not text:
            return 0.0
        step = TYPE.caption
        tone = "text3" if item.closed else "text2"
        metrics = QFontMetricsF(theme().font(step))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width() * 0.45)
        wide = metrics.horizontalAdvance(shown)
        painter.setFont(theme().font(step))
        painter.setPen(theme().color(tone))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        return wide + theme().px(16)

    def _text(self, painter: QPainter, text: str, box: QRectF, step: object, tone: str) -> float:
        font = theme().font(step)  # type: ignore[arg-type]
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(theme().color(tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return QFontMetricsF(font).horizontalAdvance(shown)


class _Line(FieldLine):
    """The field: arrows walk the list, Enter takes, Esc closes; a composition keeps them off."""

    walked = Signal(int)
    closing = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, letters=True)

    def event(self, event: QEvent) -> bool:
        # Tab stays here: there is nothing else to go to
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in (
            Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
        ):  # fmt: skip
            self.walked.emit(1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: PAGE_ROWS,
            Qt.Key.Key_PageUp: -PAGE_ROWS,
        }
        if self._composing:
            super().keyPressEvent(event)
        elif event.key() in steps:
            self.walked.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.closing.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        reasons = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in reasons:
            self.closing.emit()


class Facts(Protocol):
    """What is asked of the way to a fact."""

    def open_fact(self, fact_id: str) -> None: ...


class Guides(Protocol):
    """What is asked of the guide."""

    def show_guide(self, page_id: str = "") -> None: ...


class Host(Protocol):
    """What the palette asks of the window that it lies over."""

    model: CaseModel
    prefs: Preferences
    menus: Menus

    @property
    def explaining(self) -> Facts: ...

    @property
    def helping(self) -> Guides: ...

    def open_step(self, step_id: str, then: Callable[[], object] | None = None) -> None: ...

    def ask(self, name: str) -> None: ...

    def page(self, step_id: str) -> Page: ...


class _Veil(QWidget):
    """Lies between the palette and the window, unseen: a click beside the palette closes it and does nothing else."""

    pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()


class CommandPalette(QFrame):
    """Lies over the window. What is chosen is done once the focus is back where it was."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over = window
        self._window = cast(Host, window)
        self._veil = _Veil(window)
        self._veil.hide()
        self.palette_model = Palette(self._window.model, self._window.prefs, self)
        self._words = CommandWords(self._window.menus)
        self._back: QWidget | None = None
        self.box = FieldBox(self)
        self.box.icon_name = "magnifier"
        self.line = _Line(self.box)
        self.rows = _Rows(self.palette_model, self)
        self.list = QListView()
        self.empty = EmptyState("magnifier")
        self.count = TextLabel("", TYPE.caption, "text2")
        self.keys = TextLabel("", TYPE.caption, "text3")
        self._lay_out()
        self.line.textChanged.connect(self._search)
        self.line.walked.connect(self.walk)
        self.line.entered.connect(self._take)
        self.line.closing.connect(self.close_palette)
        self.list.clicked.connect(self._on_click)
        self._veil.pressed.connect(self.close_palette)
        self.palette_model.filled.connect(self._search)
        self._window.prefs.languageChanged.connect(self._on_language)
        theme().follow(self._retheme)
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        inner = QHBoxLayout(self.box)
        inner.addWidget(self.line)
        self.box._retheme()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_Delegate(self.rows, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        top = QVBoxLayout()
        top.setContentsMargins(SPACE.m, SPACE.m, SPACE.m, SPACE.s)
        top.addWidget(self.box)
        middle = QVBoxLayout()
        middle.setContentsMargins(SPACE.m, SPACE.s, SPACE.m, SPACE.m)
        middle.addWidget(self.empty)
        self.nothing = QWidget()
        self.nothing.setLayout(middle)
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN, SPACE.s, MARGIN, SPACE.s)
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(Hairline())
        column.addLayout(foot)

    # ------------------------------------------------------------------ opening and closing
    def open(self) -> None:
        """Opens on an empty field, also where it is open."""
        if self.isHidden():
            self._back = self._over.focusWidget()
        self._gather()
        self._retranslate()
        self.line.clear()
        self._search()
        for part in (self._veil, self):
            part.show()
            part.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _gather(self) -> None:
        menus = self._window.menus

        def keys(step_id: str) -> str:
            action = menus.actions.get(f"step-{step_id}")
            return keys_of(action) if action is not None else ""

        helps = [Item(f"help:{entry.id}", "help", entry.title) for entry in contents()]
        self.palette_model.open([*pages(self._window.model.flow, keys), *self._words.items()], helps)

    def close_palette(self) -> None:
        """Gives the focus back to what had it."""
        if self.isHidden():
            return
        had = self.line.hasFocus()
        self.hide()
        self._veil.hide()
        back, self._back = self._back, None
        try:
            if had and back is not None and back.isVisible():
                back.setFocus(Qt.FocusReason.OtherFocusReason)
        except RuntimeError:
            pass  # it has gone meanwhile

    def forget(self) -> None:
        """Another visitor: what was typed and found for the last one goes, and what was looked at."""
        self.close_palette()
        self.palette_model.forget()
        self.line.clear()
        self.rows.show_rows(())

    def _place(self) -> None:
        """At the top of the window in its middle, as high as its rows want, at most to the foot."""
        window, air = self._over, 2 * SPACE.xl
        wide = min(theme().px(WIDTH), window.width() - air)
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.rows.rowCount()))
        rest = self.sizeHint().height() - (0 if self.list.isHidden() else self.list.sizeHint().height())
        high = min(rest + rows + SPACE.s, theme().px(HEIGHT), window.height() - TOP - air)
        self._veil.setGeometry(window.rect())
        self.setGeometry((window.width() - wide) // 2, TOP, wide, high)

    # ------------------------------------------------------------------ searching
    def found(self) -> Found:
        """What is in the list."""
        return self._found

    def _search(self) -> None:
        self._found = found = self.palette_model.find(self.line.text())
        self.rows.show_rows(found.rows)
        first = next((at for at, row in enumerate(found.rows) if row.item is not None), -1)
        self.list.setCurrentIndex(self.rows.index(first))
        self.list.scrollToTop()
        self.nothing.setVisible(found.near)
        self.list.setVisible(bool(found.rows))
        self.count.setText(count_words(found))
        self._place()
        if not self.isHidden():
            self._say(", ".join(part for part in (count_words(found), self._spoken()) if part))

    def current(self) -> Item | None:
        """The item that Enter takes."""
        return self.rows.item(self.list.currentIndex().row())

    def _spoken(self) -> str:
        row = self.list.currentIndex().row()
        return self.rows.spoken(row) if row >= 0 else ""

    def walk(self, by: int) -> None:
        """So many items further, over the heads; round at the ends."""
        places = [at for at, row in enumerate(self.rows.rows) if row.item is not None]
        if not places:
            return
        row = self.list.currentIndex().row()
        at = places.index(row) if row in places else -1
        if abs(by) == 1:
            at = (at + by) % len(places)
        else:
            at = min(max(at + by, 0), len(places) - 1)
        self.list.setCurrentIndex(self.rows.index(places[at]))
        if at == 0:
            self.list.scrollToTop()
        self._say(self._spoken())

    def _say(self, text: str) -> None:
        """The focus stays in the field, so a screen reader is told what the list stands on."""
        self.line.setAccessibleDescription(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, text))

    # ------------------------------------------------------------------ choosing
    def _on_click(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self._take()

    def _take(self) -> None:
        item = self.current()
        if item is None or item.closed:
            return
        self.palette_model.use(item)
        self.close_palette()
        self._go(item)

    def _go(self, item: Item) -> None:
        window = self._window
        if item.kind == "command":
            window.menus[item.id].trigger()
        elif item.kind == "file":
            menu, _, number = item.id.partition("/")
            window.menus.menus[menu].actions()[int(number)].trigger()
        elif item.kind == "page":
            window.open_step(item.id)
        elif item.kind == "question":
            window.ask(item.id)
        elif item.kind == "help":
            window.helping.show_guide(item.id)
        elif item.kind == "fact":
            window.explaining.open_fact(item.id)
        else:
            window.open_step("rule-book", partial(self._look_up, item))

    def _look_up(self, item: Item) -> None:
        """A source, or what was typed, in the rule book, which is open."""
        book = self._window.page("rule-book")
        if item.kind == "source":
            book.open_source(item.id)  # type: ignore[attr-defined]
        else:
            book.search(item.id)  # type: ignore[attr-defined]

    # ------------------------------------------------------------------ words and looks
    def _on_language(self) -> None:
        if not self.isHidden():
            self._gather()
            self._retranslate()
            self._search()

    def _retranslate(self) -> None:
        name = translate("Palette", "Find a command, a question or a fact")
        self.setAccessibleName(name)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(name)
        self.list.setAccessibleName(translate("Palette", "Found"))
        self.keys.setText(translate("Palette", "↑ ↓ choose · Enter go · Esc close"))
        self.empty.set_text(
            translate("Palette", "Nothing is found"),
            translate("Palette", "Other words, English, Chinese or pinyin, may help."),
        )

    def _retheme(self) -> None:
        self.line.setFont(theme().font(TYPE.body))
        self.list.scheduleDelayedItemsLayout()
        if not self.isHidden():
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme().color("surface"))
        painter.setPen(QPen(theme().color("ctl"), 1))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), SPACE.radius_card, SPACE.radius_card
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isHidden() and event.type() == QEvent.Type.Resize:
            self._place()
        return False
