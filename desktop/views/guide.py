"""The guide in a window of its own: contents and search at the left, the page at the right. It needs no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
    QShortcut,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.store.paths import user_folder
from desktop.viewmodels.guide import Block, History, contents, found, page_of, picture
from desktop.viewmodels.preferences import Preferences
from desktop.views.design.theme import set_ground, theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets import Button, Hairline, TextLabel
from desktop.views.widgets.notices import escaped
from desktop.views.widgets.number_field import FieldBox, FieldLine

SIZE, LEAST = QSize(1040, 760), QSize(640, 420)
CONTENTS_WIDTH = 264
TEXT_WIDTH = 720
"""Longer lines are hard to read."""
MARGIN = 32
KEY = re.compile(r"(Ctrl|Alt|Shift)\+\S+$|F\d\d?$")
_STRONG, _NAME, _CODE = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"\*(.+?)\*"), re.compile(r"`(.+?)`")
_LINK = re.compile(r"\[([^\]]+)\]\(([a-z]+:[\w.-]+)\)")
KeyList = Callable[[], Sequence[tuple[str, str]]]


def native(key: str) -> str:
    """A key as this system writes it: Ctrl+K, on a Mac ⌘K."""
    if not KEY.match(key):
        return key
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key


class GuideHtml:
    """A page as rich text in the colours and the type size in force."""

    def __init__(self, keys: Sequence[tuple[str, str]], width: int) -> None:
        self._keys, self._width = keys, width

    def page(self, title: str, blocks: Sequence[Block]) -> str:
        return "".join((f"<h1>{escaped(title)}</h1>", *map(self._block, blocks)))

    def style(self) -> str:
        """The style sheet of the document."""
        ink, px = theme().color, theme().px
        return (
            f"body, p, li, td, th {{ color: {ink('text').name()}; font-size: {px(14)}px; }}"
            "p, li { line-height: 145%; } .picture { line-height: 100%; }"
            f".cell {{ border-bottom: 1px solid {ink('line').name()}; }}"
            ".strong { font-weight: 600; }"
            f"h1 {{ font-size: {px(22)}px; font-weight: 600; margin: 0 0 {px(12)}px 0; }}"
            f"h2 {{ font-size: {px(16)}px; font-weight: 600; margin: {px(22)}px 0 {px(6)}px 0; }}"
            f"p {{ margin: 0 0 {px(10)}px 0; }} li {{ margin-bottom: {px(5)}px; }}"
            f"a {{ color: {ink('acctext').name()}; }}"
            f".key {{ background-color: {ink('hover').name()}; }}"
            f".caption {{ color: {ink('text2').name()}; font-size: {px(12)}px; margin-bottom: {px(16)}px; }}"
            f".hint {{ background-color: {ink('warnbg').name()}; }}"
            f"th {{ color: {ink('text2').name()}; text-align: left; font-weight: 600; }}"
        )

    def _block(self, block: Block) -> str:
        first = block.parts[0] if block.parts else ""
        if block.kind == "section":
            return f"<h2>{escaped(first)}</h2>"
        if block.kind in ("list", "numbers"):
            tag = "ul" if block.kind == "list" else "ol"
            return f"<{tag}>{''.join(f'<li>{self._line(part)}</li>' for part in block.parts)}</{tag}>"
        if block.kind == "hint":
            frame = f'width="{self._width}" cellpadding="{theme().px(10)}" cellspacing="0"'
            return f'<table {frame}><tr><td class="hint">{self._line(first)}</td></tr></table>'
        if block.kind == "picture":
            return f'<p class="picture"><img src="picture:{first}"></p><p class="caption">{escaped(block.parts[1])}</p>'
        if block.kind == "table":
            return self._table(block.parts, block.columns)
        if block.kind == "keys":
            return self._table(("", *(part for row in self._keys for part in row))[1:], 2, head=False)
        return f"<p>{self._line(first)}</p>"

    def _table(self, cells: Sequence[str], columns: int, head: bool = True) -> str:
        rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
        made = []
        for number, row in enumerate(rows):
            tag = "th" if head and not number else "td"
            made.append(
                "<tr>" + "".join(f'<{tag} class="cell">{self._line(cell)}</{tag}>' for cell in row) + "</tr>"
            )
        frame = f'width="{self._width}" cellpadding="{theme().px(6)}" cellspacing="0"'
        return f'<table {frame} style="border-collapse: collapse;">{"".join(made)}</table>'

    def _line(self, text: str) -> str:
        """Strong words, names, keys and links."""
        made = escaped(text.replace("{folder}", str(user_folder())))
        made = _CODE.sub(lambda m: f'<span class="key">&nbsp;{escaped(native(m[1]))}&nbsp;</span>', made)
        made = _LINK.sub(r'<a href="\2">\1</a>', made)
        return _NAME.sub(
            r'<span class="strong">\1</span>', _STRONG.sub(r'<span class="strong">\1</span>', made)
        )


class GuideText(QTextBrowser):
    """The page. Links go to the window; pictures are as wide as the text."""

    linked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language = "en"
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusRing", 0)
        self.setProperty("focusInside", True)
        self.setStyleSheet("QTextBrowser { border: none; padding: 0; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # a bar that comes and goes would change the width of the text, and that the bar
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.anchorClicked.connect(lambda url: self.linked.emit(url.toString()))

    def text_width(self) -> int:
        """How wide a line may be."""
        return max(240, min(theme().px(TEXT_WIDTH), self.viewport().width() - 2 * MARGIN))

    def loadResource(self, kind: int, url: QUrl) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value or url.scheme() != "picture":
            return super().loadResource(kind, url)
        image = QImage.fromData(QByteArray(picture(url.path(), self.language)))  # type: ignore[arg-type]
        ratio = self.devicePixelRatioF()
        wide = min(round(self.text_width() * ratio), image.width())
        made = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        made = made.convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(made)
        painter.setPen(theme().color("line2"))
        painter.drawRect(made.rect().adjusted(0, 0, -1, -1))
        painter.end()
        made.setDevicePixelRatio(max(ratio, wide / self.text_width()))
        return made


class SearchLine(FieldLine):
    """The field above the contents; Down leads into them."""

    down = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, letters=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class GuideWindow(QWidget):
    """F1. `linkRequested("page:plan")` asks the window to go there."""

    linkRequested = Signal(str)

    def __init__(self, prefs: Preferences, keys: KeyList, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.prefs, self._keys = prefs, keys
        self.history = History()
        set_ground(self, "surface")
        self.box = FieldBox(self)
        self.box.icon_name = "magnifier"
        self.search = SearchLine(self.box)
        self.list = QListWidget()
        self.back = Button("", "arrow-back", "quiet", small=True)
        self.forth = Button("", "chevron", "quiet", small=True)
        self.nothing = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.text = GuideText()
        self._lay_out()
        self._connect()
        self.resize(SIZE)
        self.setMinimumSize(LEAST)
        self.retranslate()

    def _lay_out(self) -> None:
        inner = QHBoxLayout(self.box)
        inner.addWidget(self.search)
        self.box._retheme()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("focusRing", 0)
        self.list.setProperty("focusInside", True)
        self.list.setProperty("onSide", True)
        self.list.setStyleSheet("QListWidget::item { padding-left: 8px; }")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = QWidget()
        set_ground(side, "surface2")
        column = QVBoxLayout(side)
        column.setContentsMargins(SPACE.m, SPACE.m, SPACE.m, SPACE.m)
        column.setSpacing(SPACE.s)
        column.addWidget(self.box)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE.l, SPACE.s, SPACE.l, SPACE.s)
        bar.setSpacing(SPACE.xs)
        bar.addWidget(self.back)
        bar.addWidget(self.forth)
        bar.addStretch(1)
        right = QWidget()
        rest = QVBoxLayout(right)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(0)
        rest.addLayout(bar)
        rest.addWidget(Hairline())
        rest.addWidget(self.text, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(side)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([CONTENTS_WIDTH, SIZE.width() - CONTENTS_WIDTH])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.search.down.connect(lambda: self.list.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.entered.connect(self._on_enter)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(lambda _item: self._on_enter())
        self.back.clicked.connect(lambda: self.step(-1))
        self.forth.clicked.connect(lambda: self.step(1))
        self.text.linked.connect(self._on_link)
        theme().follow(self._on_theme)
        for keys, act in (
            ("Alt+Left", lambda: self.step(-1)), ("Alt+Right", lambda: self.step(1)),
            (QKeySequence(QKeySequence.StandardKey.Find), self._to_search), ("Ctrl+K", self._to_search),
            ("F1", self._to_search), (QKeySequence(QKeySequence.StandardKey.Close), self.close),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # ------------------------------------------------------------------ going
    def open_page(self, page_id: str) -> None:
        """Shows a page, and itself."""
        if not self.isVisible():
            # the language may have changed since it was closed
            self.retranslate()
        self.search.clear()
        self.history.go(page_of(page_id, self.prefs.language).id)
        # its width is known once it is seen
        self.show()
        self._show_page()
        if QGuiApplication.platformName() != "offscreen":
            self.raise_()
        self.activateWindow()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> str:
        return self.history.current

    def step(self, by: int) -> None:
        """Back or forth among the pages that were read."""
        if self.history.can(by):
            self.history.step(by)
            self._show_page()

    def _on_link(self, target: str) -> None:
        kind, _, page_id = target.partition(":")
        if kind == "help":
            self.history.go(page_id)
            self._show_page()
        else:
            self.linkRequested.emit(target)

    # ------------------------------------------------------------------ contents and search
    def _on_typed(self, typed: str) -> None:
        self._fill()
        if typed.strip() and self.list.count():
            self.list.setCurrentRow(0)

    def _fill(self) -> None:
        """The contents, or what was found of them."""
        typed, language = self.search.text(), self.prefs.language
        shown = found(typed) if typed.strip() else contents()
        self.list.blockSignals(True)
        self.list.clear()
        for entry in shown:
            item = QListWidgetItem(entry.title[language])
            item.setData(Qt.ItemDataRole.UserRole, entry.id)
            self.list.addItem(item)
            if entry.id == self.current():
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.nothing.setVisible(not shown)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.history.go(str(item.data(Qt.ItemDataRole.UserRole)))
            self._show_page(keep_list=True)

    def _on_enter(self) -> None:
        if self.list.currentItem() is not None:
            self.text.setFocus(Qt.FocusReason.TabFocusReason)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # ------------------------------------------------------------------ showing
    def _show_page(self, keep_list: bool = False) -> None:
        if not self.current():
            return
        page = page_of(self.current(), self.prefs.language)
        html = GuideHtml(self._keys(), self.text.text_width())
        self.text.language = self.prefs.language
        document = self.text.document()
        document.clear()
        document.setDefaultFont(theme().font(TYPE.body))
        document.setDefaultStyleSheet(html.style())
        document.setDocumentMargin(MARGIN)
        self.text.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.text.setLineWrapColumnOrWidth(self.text.text_width() + 2 * MARGIN)
        self.text.setHtml(html.page(page.title, page.blocks))
        self.text.setAccessibleName(page.title)
        self.setWindowTitle(self.tr("{page} — guide to Lanewise").format(page=page.title))
        self.back.setEnabled(self.history.can(-1))
        self.forth.setEnabled(self.history.can(1))
        if not keep_list:
            self._fill()

    def retranslate(self) -> None:
        """Every word in the language in force; the page stays."""
        self.search.setPlaceholderText(self.tr("Search the guide"))
        self.search.setAccessibleName(self.tr("Search the guide"))
        self.list.setAccessibleName(self.tr("Contents"))
        self.back.setText(self.tr("Back"))
        self.forth.setText(self.tr("Forward"))
        self.nothing.setText(self.tr("No page has these words."))
        self._fill()
        self._show_page()

    def _on_theme(self) -> None:
        for part in (self.search, self.list):
            part.setFont(theme().font(TYPE.body))
        self._show_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self.retranslate()
        super().changeEvent(event)
