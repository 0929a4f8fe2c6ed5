"""All words that can be read on a screen, and whether they are of the language in force."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clipping import open_eye
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTextEdit,
    QWidget,
)
from walking import visible

HAN = re.compile(r"[\u3400-\u9fff]")
LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z’'-]*(?:[ ,]+[A-Za-z][A-Za-z’'-]*)+")
SAID = """
a an the an of and or to in on at by for from with without is are was were be been not no this that these it its as your
you what which how why when where each every all any than then more less most least left right open close save cancel
yes none known unknown per only first second value values rule rules fact facts source sources price prices cost costs
order orders day days today step steps answer answers
"""
ENGLISH = frozenset(SAID.split())
"""Words that stand in no name of a firm or a service, but in nearly every sentence and on nearly every button."""
ROWS = 60


def texts(shown: QWidget) -> dict[str, str]:
    """Every visible text with the class of the widget that shows it: Qt's own, painted, in tables, tips, menus."""
    found: dict[str, str] = {}

    def add(text: object, where: object) -> None:
        if isinstance(text, str) and text.strip():
            found.setdefault(text.strip(), where if isinstance(where, str) else type(where).__name__)

    with open_eye() as eye:
        shown.grab()
    for each in eye.written:
        add(each.whole, each.widget)
    for text in menu_texts(shown.actions()) if isinstance(shown, QMenu) else ():
        add(text, shown)
    for widget in visible(shown):
        add(widget.toolTip(), widget)
        add(widget.accessibleName(), widget)
        add(widget.accessibleDescription(), widget)
        if widget.isWindow():
            add(widget.windowTitle(), widget)
        if isinstance(widget, QLabel):
            add(
                plain(widget.text()) if widget.textFormat() == Qt.TextFormat.RichText else widget.text(),
                widget,
            )
        elif isinstance(widget, QAbstractButton | QGroupBox):
            add(
                (widget.text() if isinstance(widget, QAbstractButton) else widget.title()).replace("&", ""),
                widget,
            )
        elif isinstance(widget, QLineEdit):
            add(widget.text(), widget)
            add(widget.placeholderText(), widget)
        elif isinstance(widget, QComboBox):
            for place in range(widget.count()):
                add(widget.itemText(place), widget)
        elif isinstance(widget, QTextEdit):
            for line in widget.toPlainText().split("\n"):
                add(line, widget)
        elif isinstance(widget, QAbstractItemView):
            for text in model_texts(widget):
                add(text, widget)
    return found


def plain(html: str) -> str:
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


def menu_texts(actions: Iterable[QAction]) -> list[str]:
    return [re.sub(r"\(&\w\)", "", action.text()).replace("&", "") for action in actions]


def model_texts(view: QAbstractItemView) -> list[str]:
    """Heads and cells; of a long table the first rows."""
    model = view.model()
    if model is None:
        return []
    # a list of one column may hide what it has from its table's base
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    found = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(columns)]
    for row in range(min(model.rowCount(QModelIndex()), ROWS)):
        for column in range(columns):
            index = model.index(row, column)
            found += [index.data(Qt.ItemDataRole.DisplayRole), index.data(Qt.ItemDataRole.ToolTipRole)]
    return [text for text in found if isinstance(text, str)]


def english_in(text: str) -> str:
    """An English phrase in a text that should be Chinese, empty where there is none.

    A phrase is two or more words of which one stands in sentences rather than in names; or a text of one such word.
    """
    for run in LATIN_RUN.findall(text):
        words = [word.lower() for word in re.split(r"[ ,]+", run)]
        if ENGLISH & set(words):
            return str(run)
    alone = text.strip(" .:…").lower()
    return text if alone in ENGLISH and len(alone) > 2 else ""


def chinese_in(text: str) -> str:
    """Chinese characters in a text that should be English."""
    return "".join(HAN.findall(text))
