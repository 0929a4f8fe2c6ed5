"""The visitor view: ranking and bars in large type, full screen; everything by single keys.

It is a window of its own, so that its keys act nowhere else and the desk's act not in it. It shows what the viewmodel
hands it and asks the model for nothing. When it is closed it forgets every word of the case.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.viewmodels.visitor import ClosedLine, Explained, Visitor, VisitorPage, badge_names
from desktop.views.design import SPACE, TYPE, pixmap, set_ground, theme
from desktop.views.design.theme import clear_viewport
from desktop.views.visitor.rows import BarRow, Heads, LineRow
from desktop.views.visitor.sizes import LARGE, Sizes, sizes_for
from desktop.views.widgets import FlowLayout, Hairline, Segmented, ShortLabel, TextLabel, Toast

WIDEST = 1720
KEY = Qt.Key
PLUS = {KEY.Key_Plus: 1, KEY.Key_Equal: 1, KEY.Key_Asterisk: 10}
MINUS = {KEY.Key_Minus: -1, KEY.Key_Underscore: -10}
"""Shift makes another sign of the same key on most keyboards."""
COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
CAPS = {
    "previous": "\u2190", "next": "\u2192", "less": "\u2212", "more": "+", "market": "M", "option": "1\u20264",
    "why": "W", "print": "P", "language": "L", "undo": "Z", "blank": "B", "help": "H", "visitor": "F2", "leave": "Esc",
}  # fmt: skip
"""The keys as they are printed, in the order of the foot."""
FIRST_KEYS = (
    ("previous", "next"), ("help",), ("less", "more"), ("why",), ("option",), ("market",), ("visitor",), ("print",),
    ("language",), ("undo",), ("blank",),
)  # fmt: skip
"""Where the foot has no room for all of them: the first to stay. The others act all the same, and H names them."""
HELP_CAPS = (
    "\u2190 \u2192", "\u2191 \u2193", "\u2212 +", "M", "1 \u2026 4", "W", "P", "L", "Z", "B", "H", "F2", "Esc",
)  # fmt: skip
KEYS = {
    KEY.Key_Left: "previous", KEY.Key_Right: "next", KEY.Key_M: "market", KEY.Key_W: "why",
    KEY.Key_P: "print", KEY.Key_L: "language",
    KEY.Key_Z: "undo", KEY.Key_B: "blank", KEY.Key_H: "help", KEY.Key_F1: "help", KEY.Key_F2: "visitor",
    KEY.Key_F3: "desk", KEY.Key_Escape: "leave",
}  # fmt: skip


def gone(widget: QWidget | None) -> None:
    """Takes a widget out of the tree at once, with every word that it holds."""
    if widget is not None:
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()


class QuietScroll(QScrollArea):
    """Scrolls by wheel and by what is in focus; all keys are left to the view."""

    def __init__(self) -> None:
        super().__init__()
        clear_viewport(self)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.content = QWidget()
        self.setWidget(self.content)
        # a scroll area paints the ground of what it is given
        self.content.setAutoFillBackground(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class KeyButton(QAbstractButton):
    """A key and what it does; a click does the same."""

    def __init__(self, cap: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cap, self.sizes = cap, LARGE
        self.setProperty("focusRing", SPACE.radius)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().follow(self.updateGeometry)

    def set_word(self, word: str, name: str = "") -> None:
        """What it does; `name` where no word stands beside the key."""
        self.setText(word)
        self.setAccessibleName(name or word)
        self.setAccessibleDescription(self.cap)
        self.updateGeometry()
        self.update()

    def set_sizes(self, sizes: Sizes) -> None:
        if sizes is not self.sizes:
            self.sizes = sizes
            self.updateGeometry()
            self.update()

    def _cap_width(self) -> int:
        return max(
            theme().px(self.sizes.key_box), round(theme().width(self.cap, self.sizes.key)) + theme().px(14)
        )

    def sizeHint(self) -> QSize:
        word = round(theme().width(self.text(), self.sizes.key_light)) + theme().px(10) if self.text() else 0
        return QSize(self._cap_width() + word, theme().px(self.sizes.key_box + 4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space):
            self.click()
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = theme().px(self.sizes.key_box)
        box = QRectF(0.5, (self.height() - high) / 2 + 0.5, self._cap_width() - 1, high - 1)
        painter.setPen(QPen(theme().color("line2"), 1))
        painter.setBrush(theme().color("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(box, SPACE.radius_badge, SPACE.radius_badge)
        painter.setPen(theme().color("text"))
        painter.setFont(theme().font(self.sizes.key))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.cap)
        painter.setFont(theme().font(self.sizes.key_light))
        rest = QRectF(box.right() + theme().px(9), 0, self.width(), self.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self.text())


class ClosedRow(QWidget):
    """An option that is closed: crossed out, with the rule that closes it."""

    def __init__(self, closed: ClosedLine, sizes: Sizes) -> None:
        super().__init__()
        icon = QLabel()
        icon.setPixmap(pixmap("no-entry", "text2", theme().px(20)))
        name = TextLabel(closed.name, sizes.text_strong, "text2")
        font = name.font()
        font.setStrikeOut(True)
        name.setFont(font)
        reason = TextLabel(closed.reason, sizes.text, "text2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE.xs, 0, SPACE.xs)
        row.setSpacing(SPACE.l)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(reason, 1)


class StepLine(QWidget):
    """The pages by name, the one in view in bold; a click goes there."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.names: list[StepName] = []
        self._sizes = LARGE
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE.xl)
        self._row.addStretch(1)

    def show_steps(self, steps: tuple[tuple[str, str], ...], current: str) -> None:
        while len(self.names) > len(steps):
            gone(self.names.pop())
        while len(self.names) < len(steps):
            made = StepName()
            made.set_sizes(self._sizes)
            made.clicked.connect(lambda _on=False, made=made: self.chosen.emit(made.page))
            self._row.insertWidget(len(self.names), made)
            self.names.append(made)
        for name, (page, word) in zip(self.names, steps, strict=True):
            name.show_page(page, word, page == current)

    def set_sizes(self, sizes: Sizes) -> None:
        self._sizes = sizes
        for name in self.names:
            name.set_sizes(sizes)


class StepName(QAbstractButton):
    """One page by name. The arrow keys do the same, so it is no stop of the Tab key."""

    def __init__(self) -> None:
        super().__init__()
        self.page, self.sizes = "", LARGE
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setCheckable(True)
        theme().follow(self.updateGeometry)

    def show_page(self, page: str, word: str, current: bool) -> None:
        self.page = page
        self.setText(word)
        self.setAccessibleName(word)
        self.setChecked(current)
        self.updateGeometry()
        self.update()

    def set_sizes(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """Which one is in view is said by `show_page`."""

    def sizeHint(self) -> QSize:
        step = self.sizes.step
        return QSize(round(theme().width(self.text(), step)) + 1, theme().px(step.line) + SPACE.s)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme().font(self.sizes.step if self.isChecked() else self.sizes.step_light))
        painter.setPen(theme().color("acctext" if self.isChecked() else "text2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.isChecked():
            painter.fillRect(0, self.height() - 2, self.width(), 2, theme().color("accent"))


class KeyHelp(QuietScroll):
    """All keys over the page; the next Esc or H puts them away. Up and Down scroll where they have not all room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)
        set_ground(self, "surface")
        self.title = TextLabel("", TYPE.figure)
        self._caps: list[TextLabel] = []
        self._words: list[TextLabel] = []
        grid = self._grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for n in range(len(HELP_CAPS)):
            cap, word = TextLabel(HELP_CAPS[n], tone="accent"), TextLabel("", wrap=True)
            grid.addWidget(cap, n, 0)
            grid.addWidget(word, n, 1)
            self._caps.append(cap)
            self._words.append(word)
        self._column = QVBoxLayout(self.content)
        self._column.addWidget(self.title)
        self._column.addLayout(grid)
        self._column.addStretch(1)
        self.set_sizes(LARGE)

    def set_sizes(self, sizes: Sizes) -> None:
        tight = sizes.key_rows == 1
        self.title.set_step(TYPE.page_title if tight else TYPE.figure)
        for cap, word in zip(self._caps, self._words, strict=True):
            cap.set_step(sizes.text_strong)
            word.set_step(sizes.text)
        self._grid.setHorizontalSpacing(SPACE.xl if tight else SPACE.xxl)
        self._grid.setVerticalSpacing(SPACE.xs if tight else SPACE.m)
        high = SPACE.m if tight else SPACE.xxl
        self._column.setContentsMargins(sizes.side, high, sizes.side, high)
        self._column.setSpacing(SPACE.s if tight else SPACE.xl)

    def scroll(self, by: int) -> None:
        """A line up or down."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * theme().px(TYPE.visitor_text.line))

    def retranslate(self) -> None:
        self.title.setText(self.tr("Keys"))
        words = (
            self.tr("previous and next step"),
            self.tr("from option to option, from line to line; Enter opens it"),
            self.tr("list price by the usual step; with Shift ten times as much"),
            self.tr("next market of the case"),
            self.tr("an option in detail"),
            self.tr("why: line by line; Enter shows the rule and its source"),
            self.tr("prints the customer's copy: one page, without cost and margin"),
            self.tr("English or Chinese"),
            self.tr("undo"),
            self.tr("blank screen until the next key"),
            self.tr("these keys"),
            self.tr("next visitor: everything of this one leaves the screen"),
            self.tr("closes what is open, then back to the desk"),
        )
        for label, word in zip(self._words, words, strict=True):
            label.setText(word)


class VisitorView(QWidget):
    """The window. `leaveRequested` goes back to the desk, `nextRequested` clears it for the next visitor."""

    leaveRequested = Signal()
    nextRequested = Signal()
    undoRequested = Signal()
    printRequested = Signal()

    def __init__(self, visitor: Visitor, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.visitor = visitor
        self.sizes = LARGE
        self.setWindowTitle("Lanewise")
        self.setMinimumSize(800, 560)
        set_ground(self, "surface")
        self._shown = VisitorPage()
        self._open: tuple[str, str] | None = None
        """What is open above the rows: why or detail, and of which option."""
        self._rows: list[BarRow] = []
        self._lines: list[LineRow] = []
        self._build()
        self._connect()
        self.retranslate()

    # ------------------------------------------------------------------ building
    def _build(self) -> None:
        self.product = TextLabel("", LARGE.head_strong)
        self.place = TextLabel("", LARGE.head, "text2")
        self.price = TextLabel("", LARGE.head, "text2")
        self.day = ShortLabel("", LARGE.head, "text2")
        self.language = Segmented([("en", "EN"), ("zh", "中文")], self.visitor.language, large=True)
        # its arrows would turn the language where they turn the page; L does it by key
        self.language.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.steps = StepLine()
        self.title = TextLabel("", LARGE.title, wrap=True)
        self.lead = TextLabel("", LARGE.lead, "text2", wrap=True)
        self.heads = Heads()
        self.ranking = QuietScroll()
        self.rows = QVBoxLayout(self.ranking.content)
        self.explained = QuietScroll()
        self.lines = QVBoxLayout(self.explained.content)
        for column in (self.rows, self.lines):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
        self.lines.addStretch(1)
        # below the rows and scrolled with them, so that a small screen keeps its room for the ranking
        self.foot = QWidget()
        self.closed = QVBoxLayout(self.foot)
        self.closed.setContentsMargins(0, SPACE.m, 0, 0)
        self.closed.setSpacing(0)
        self.more = TextLabel("", LARGE.text, "text2")
        self.rows.addWidget(self.foot)
        self.rows.addWidget(self.more)
        self.rows.addStretch(1)
        self.body = QStackedWidget()
        self._build_pages()
        self._build_foot()
        self.blank = QWidget(self)
        set_ground(self.blank, "surface")
        self.blank.hide()
        self.help = KeyHelp(self)
        self.help.hide()
        self.toast = Toast(self)

    def _build_pages(self) -> None:
        ranked = QWidget()
        inside = QVBoxLayout(ranked)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.heads)
        inside.addWidget(self.ranking, 1)
        self.body.addWidget(ranked)
        self.body.addWidget(self.explained)

    def _build_foot(self) -> None:
        self.keys = {name: KeyButton(cap) for name, cap in CAPS.items()}
        foot = QWidget()
        set_ground(foot, "chrome")
        self.key_line = QWidget()
        flow = FlowLayout(self.key_line, SPACE.s, SPACE.s)
        for name in CAPS:
            if name != "leave":
                flow.addWidget(self.keys[name])
        self.foot_row = QHBoxLayout(foot)
        self.foot_row.setSpacing(SPACE.l)
        self.foot_row.addWidget(self.key_line, 1)
        self.foot_row.addWidget(self.keys["leave"], 0, Qt.AlignmentFlag.AlignTop)
        head = self.head_row = QHBoxLayout()
        head.setSpacing(SPACE.l)
        about = FlowLayout(None, SPACE.l, 0)
        for label in (self.product, self.place, self.price):
            about.addWidget(label)
        head.addLayout(about, 1)
        head.addWidget(self.day)
        head.addWidget(self.language)
        self.step_row = QHBoxLayout()
        self.step_row.setSpacing(SPACE.l)
        self.step_row.addWidget(self.steps, 1)
        verdict = QVBoxLayout()
        verdict.setSpacing(0)
        for label in (self.title, self.lead):
            verdict.addWidget(label)
        self.work = QVBoxLayout()
        for part in (head, self.step_row, verdict):
            self.work.addLayout(part)
        self.work.addWidget(self.body, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self.work, 1)
        whole.addWidget(Hairline(strong=True))
        whole.addWidget(foot)

    def _connect(self) -> None:
        visitor = self.visitor
        visitor.changed.connect(self.refresh)
        visitor.prefs.languageChanged.connect(self._on_language)
        theme().follow(self._fit)
        self.steps.chosen.connect(visitor.go_to)
        self.language.changed.connect(visitor.prefs.set_language)
        self._act = self._acts()
        for name, act in self._act.items():
            if name in self.keys:
                self.keys[name].clicked.connect(lambda _on=False, act=act: act())

    # ------------------------------------------------------------------ opening and closing
    def open(self, step: str) -> None:
        """Shows the case, full screen."""
        self._open = None
        self.blank.hide()
        self.help.hide()
        self.retranslate()
        self.visitor.open(step)
        self.showFullScreen()
        self.activateWindow()
        self._focus_first()

    def clear(self) -> None:
        """Forgets every word of the case, so that nothing of it stands in a hidden window."""
        self._open = None
        self.toast.dismiss()
        self.visitor.close()
        self.hide()
        self._shown = VisitorPage()
        for label in (self.product, self.place, self.price, self.day, self.title, self.lead, self.more):
            label.clear()
        self.steps.show_steps((), "")
        self._empty(self._rows)
        self._empty(self._lines)
        self._show_closed(())
        self.heads.show_parts((), self._shown.span, False, self.sizes)

    @staticmethod
    def _empty(widgets: list[BarRow] | list[LineRow]) -> None:
        for widget in widgets:
            gone(widget)
        widgets.clear()

    # ------------------------------------------------------------------ showing
    def refresh(self) -> None:
        """The page in view, in the language in force; the focus stays on its option."""
        if not self.visitor.page_id:
            return
        focused = self._focused_key()
        self._show_head()
        page = self._shown = self.visitor.page()
        self._show_rows(page)
        self._show_closed(page.closed)
        self._show_open()
        if focused is not None and self.isVisible():
            self._focus_key(focused)
        elif self.isVisible() and self.focusWidget() is None:
            # opened before there was anything to begin with
            self._focus_first()

    def _show_head(self) -> None:
        head = self.visitor.head_line()
        for label, text in ((self.product, head.product), (self.place, head.place), (self.price, head.price),
                            (self.day, head.day)):  # fmt: skip
            label.setText(text)
            label.setVisible(bool(text))
        at = self.visitor.page_id
        self.steps.show_steps(head.steps, at)
        pages = [page for page, _ in head.steps]
        place = pages.index(at) if at in pages else 0
        self.keys["previous"].setEnabled(place > 0)
        self.keys["next"].setEnabled(place < len(pages) - 1)

    def _show_rows(self, page: VisitorPage) -> None:
        self.title.setText(page.title)
        self.lead.setText(page.lead)
        self.lead.setVisible(bool(page.lead))
        self.more.setText(page.more)
        self.more.setVisible(bool(page.more))
        noted = any(row.note for row in page.rows)
        words = badge_names()
        if [row.row.key for row in self._rows] != [row.key for row in page.rows]:
            self._empty(self._rows)
            for n in range(len(page.rows)):
                made = BarRow()
                made.clicked.connect(lambda _on=False, made=made: self._on_row(made))
                made.entered.connect(lambda made=made: self.ranking.ensureWidgetVisible(made, 0, 0))
                self._rows.append(made)
                self.rows.insertWidget(n, made)
                # at once, for only what is shown can take the focus
                made.show()
            self.ranking.verticalScrollBar().setValue(0)
        for made, row in zip(self._rows, page.rows, strict=True):
            made.show_row(row, page.span, words, noted, self.sizes)
        self.heads.show_parts(page.rows, page.span, noted, self.sizes)

    def _show_closed(self, closed: tuple[ClosedLine, ...]) -> None:
        while (item := self.closed.takeAt(0)) is not None:
            gone(item.widget())
        for each in closed:
            self.closed.addWidget(ClosedRow(each, self.sizes))

    def _show_open(self) -> None:
        """Why or the detail in place of the rows, while it is open and there is something to say."""
        found = self._explained()
        self.body.setCurrentIndex(1 if found is not None else 0)
        if found is None:
            self._open = None
            self._empty(self._lines)
            return
        self.title.setText(found.title)
        self.lead.setText(found.lead)
        self.lead.setVisible(bool(found.lead))
        self.more.hide()
        opened = {made.shown.key for made in self._lines if not made.source.isHidden()}
        self._empty(self._lines)
        for n, line in enumerate(found.lines):
            made = LineRow(line, self.sizes)
            made.entered.connect(lambda made=made: self.explained.ensureWidgetVisible(made, 0, 0))
            self._lines.append(made)
            self.lines.insertWidget(n, made)
            made.show()
            if line.key in opened:
                made.toggle_source()

    def _explained(self) -> Explained | None:
        if self._open is None:
            return None
        what, key = self._open
        return self.visitor.why(key) if what == "why" else self.visitor.detail(key)

    # ------------------------------------------------------------------ focus
    def _stops(self) -> list[BarRow] | list[LineRow]:
        return self._lines if self._open is not None else self._rows

    def _focused_key(self) -> str | None:
        holder = QApplication.focusWidget()
        if isinstance(holder, BarRow):
            return holder.row.key
        return holder.shown.key if isinstance(holder, LineRow) else None

    def _focus_key(self, key: str) -> None:
        for stop in self._stops():
            own = stop.row.key if isinstance(stop, BarRow) else stop.shown.key
            if own == key:
                stop.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._focus_first()

    def _focus_first(self) -> None:
        stops = self._stops()
        target: QWidget = stops[0] if stops else self.keys["next"]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step_focus(self, by: int) -> None:
        stops = self._stops()
        holder = QApplication.focusWidget()
        at = next((i for i, stop in enumerate(stops) if stop is holder), -1 if by > 0 else len(stops))
        if stops:
            stops[min(max(at + by, 0), len(stops) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _key_of_focus(self) -> str:
        """The option that the keys stand on: the one in detail, the row in focus, else the first."""
        if self._open is not None:
            return self._open[1]
        holder = QApplication.focusWidget()
        if isinstance(holder, BarRow) and holder.row.opens:
            return holder.row.key
        return self.visitor.nth(1)

    # ------------------------------------------------------------------ what the keys do
    def _turn(self, by: int) -> None:
        self._open = None
        self.visitor.go(by)
        self._focus_first()

    def _on_row(self, made: BarRow) -> None:
        if made.row.opens:
            self.show_detail(made.row.key)

    def show_detail(self, key: str) -> None:
        self._open_on("detail", key)

    def show_why(self, key: str) -> None:
        self._open_on("why", key)

    def _open_on(self, what: str, key: str) -> None:
        if key:
            self._open = (what, key)
            self.refresh()
            self._focus_first()

    def _detail_focused(self) -> None:
        self.show_detail(self._key_of_focus())

    def _why_focused(self) -> None:
        if self._open is not None and self._open[0] == "why":
            self.close_open()
        else:
            self.show_why(self._key_of_focus())

    def close_open(self) -> None:
        """Back to the rows, on the option that was open."""
        if self._open is not None:
            key = self._open[1]
            self._open = None
            self.refresh()
            self._focus_key(key)

    def _other_language(self) -> None:
        prefs = self.visitor.prefs
        prefs.set_language("en" if prefs.language == "zh" else "zh")

    def show_blank(self) -> None:
        """Nothing on the screen until the next key."""
        self._cover()
        self.blank.show()
        self.blank.raise_()

    def show_help(self) -> None:
        """All keys; once more puts them away."""
        if not self.help.isHidden():
            self.help.hide()
            return
        self._cover()
        self.help.show()
        self.help.raise_()

    def escape(self) -> None:
        """Closes the topmost thing; when nothing is open, the view."""
        for over in (self.blank, self.help):
            if not over.isHidden():
                over.hide()
                return
        if self._open is not None:
            self.close_open()
            return
        self.leaveRequested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, mods = event.key(), event.modifiers()
        if mods & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        ):
            event.ignore()
            return
        if not self.blank.isHidden() and key not in (KEY.Key_F2, KEY.Key_F3):
            self.blank.hide()
            return
        shift = 10 if mods & Qt.KeyboardModifier.ShiftModifier and key in (KEY.Key_Plus, KEY.Key_Minus) else 1
        if key in PLUS or key in MINUS:
            self.visitor.move_price((PLUS | MINUS)[KEY(key)] * shift)
        elif KEY.Key_1 <= key <= KEY.Key_4:
            self.show_detail(self.visitor.nth(key - KEY.Key_0))
        elif key in (KEY.Key_Up, KEY.Key_Down):
            by = 1 if key == KEY.Key_Down else -1
            self._step_focus(by) if self.help.isHidden() else self.help.scroll(by)
        elif key in KEYS:
            self._act[KEYS[KEY(key)]]()
        else:
            super().keyPressEvent(event)

    def _acts(self) -> dict[str, Callable[[], object]]:
        """What each key of the foot does."""
        visitor = self.visitor
        return {
            "previous": lambda: self._turn(-1), "next": lambda: self._turn(1),
            "less": lambda: visitor.move_price(-1), "more": lambda: visitor.move_price(1),
            "market": visitor.next_market, "option": self._detail_focused, "why": self._why_focused,
            "print": self.printRequested.emit, "language": self._other_language,
            "undo": self.undoRequested.emit, "blank": self.show_blank,
            "help": self.show_help, "visitor": self.nextRequested.emit, "leave": self.escape,
            "desk": self.leaveRequested.emit,
        }  # fmt: skip

    # ------------------------------------------------------------------ words and size
    def _on_language(self, _language: str) -> None:
        self.language.set_current(self.visitor.language)
        self.retranslate()
        if self.isVisible():
            self.refresh()

    def retranslate(self) -> None:
        """Every word in the language in force."""
        self.setAccessibleName(self.tr("Visitor view"))
        self.language.set_name(self.tr("Language"))
        self.language.set_current(self.visitor.language)
        words = {
            "next": self.tr("steps"), "more": self.tr("price"), "market": self.tr("market"),
            "option": self.tr("an option"), "why": self.tr("why"), "print": self.tr("print"),
            "language": self.tr("language"),
            "undo": self.tr("undo"), "blank": self.tr("blank"), "help": self.tr("keys"),
            "visitor": self.tr("next visitor"), "leave": self.tr("back to the desk"),
        }  # fmt: skip
        names = {
            "previous": self.tr("previous step"), "next": self.tr("next step"), "less": self.tr("lower price"),
            "more": self.tr("higher price"),
        }  # fmt: skip
        for name, button in self.keys.items():
            button.set_word(words.get(name, ""), names.get(name, ""))
        self.help.retranslate()
        self._fit_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._cover()

    def _fit(self) -> None:
        """Smaller sizes where the text has little room, and margins that keep a wide screen readable."""
        scale = max(1.0, theme().text_scale)
        sizes = sizes_for(self.width() / scale, self.height() / scale)
        if sizes is not self.sizes:
            self.sizes = sizes
            self._take_sizes()
        side = max(sizes.side, (self.width() - theme().px(WIDEST)) // 2)
        self.work.setContentsMargins(side, sizes.top, side, sizes.gap)
        self.foot_row.setContentsMargins(side, sizes.foot, side, sizes.foot)
        self._fit_keys()
        self._show_rows_again()

    def _take_sizes(self) -> None:
        """Every part in the sizes in force."""
        sizes = self.sizes
        self.work.setSpacing(sizes.gap)
        self.product.set_step(sizes.head_strong)
        for label in (self.place, self.price, self.day):
            label.set_step(sizes.head)
        # where the head has no room for it, the day stands at the end of the next line
        row, other = self.head_row, self.step_row
        if sizes.key_rows == 1:
            row, other = other, row
        other.removeWidget(self.day)
        row.insertWidget(1, self.day)
        self.language.set_large(sizes.key_rows > 1)
        self.title.set_step(sizes.title)
        self.lead.set_step(sizes.lead)
        self.more.set_step(sizes.text)
        self.steps.set_sizes(sizes)
        self.help.set_sizes(sizes)
        for key in self.keys.values():
            key.set_sizes(sizes)
        self._show_closed(self._shown.closed)
        if self._open is not None:
            self._show_open()

    def _fit_keys(self) -> None:
        """Those keys at the foot that have room in its lines; the others give way, the least needed first."""
        margins = self.foot_row.contentsMargins()
        room = (
            self.width() - margins.left() - margins.right() - SPACE.l - self.keys["leave"].sizeHint().width()
        )
        shown: set[str] = set()
        for names in FIRST_KEYS:
            if self._key_lines(shown.union(names), room) <= self.sizes.key_rows:
                shown.update(names)
        for name, key in self.keys.items():
            key.setVisible(name in shown or name == "leave")

    def _key_lines(self, names: set[str], room: int) -> int:
        """How many lines these keys take."""
        lines, x = 1, 0
        for name in CAPS:
            if name in names and name != "leave":
                wide = self.keys[name].sizeHint().width()
                if x and x + wide > room:
                    lines, x = lines + 1, 0
                x += wide + SPACE.s
        return lines

    def _show_rows_again(self) -> None:
        page = self._shown
        if [row.row.key for row in self._rows] == [row.key for row in page.rows]:
            noted = any(row.note for row in page.rows)
            for made, row in zip(self._rows, page.rows, strict=True):
                made.show_row(row, page.span, badge_names(), noted, self.sizes)
            self.heads.show_parts(page.rows, page.span, noted, self.sizes)

    def _cover(self) -> None:
        for over in (self.blank, self.help):
            over.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by the system's own key: the same as Esc."""
        event.ignore()
        self.leaveRequested.emit()
