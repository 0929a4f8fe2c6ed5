"""What can be done with any chart: copy it, copy its table, save it as a picture or a table.

By the menu of the right button (or the menu key) on a chart or its table, and by the View menu for the chart in focus,
else for the first one that is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.errors import StoreError
from desktop.store.casefile import write_whole
from desktop.viewmodels.preferences import Preferences
from desktop.views.message import Asker

if TYPE_CHECKING:
    from desktop.views.charts.base import ChartView

MOST_OF_A_NAME = 80


class ChartCommands(QObject):
    """The commands of the charts in one window. `foot` says what stands below a picture: the day, the case, and what must
    be said of the rules, which `marks` says alone."""

    told = Signal(str)
    """What was done, for the person: a toast."""
    refused = Signal(str)
    """Why a file was not written."""

    def __init__(
        self,
        window: QWidget,
        asker: Asker,
        prefs: Preferences,
        foot: Callable[[], str],
        marks: Callable[[], str] = lambda: "",
    ) -> None:
        super().__init__(window)
        self._window = window
        self._asker = asker
        self._prefs = prefs
        self._foot, self._marks = foot, marks

    # ------------------------------------------------------------------ which chart
    def at(self, widget: QWidget | None) -> ChartView | None:
        """The chart that a widget is, lies in, or is the table of."""
        from desktop.views.charts.base import ChartOrTable, ChartView

        while widget is not None:
            if isinstance(widget, ChartView):
                return widget
            if isinstance(widget, ChartOrTable):
                return widget.chart
            widget = widget.parentWidget()
        return None

    def shown(self, page: QWidget | None) -> ChartView | None:
        """The chart in focus, else the first one that is seen on a page; None where there is none."""
        focused = self.at(self._window.focusWidget())
        if focused is not None or page is None:
            return focused
        from desktop.views.charts.base import ChartOrTable, ChartView

        for kind in (ChartOrTable, ChartView):
            found = next((w for w in page.findChildren(kind) if w.isVisible()), None)
            if found is not None:
                return self.at(found)
        return None

    # ------------------------------------------------------------------ the menu of a chart
    def open_menu(self, chart: ChartView, at: QPoint) -> None:
        """The menu of a chart, at a place of the screen."""
        menu = self.menu(chart)
        menu.popup(at)

    def menu(self, chart: ChartView) -> QMenu:
        """Every command with the chart it is for."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        if chart.current_mark() is not None:
            menu.addAction(self.tr("&Why this figure")).triggered.connect(chart.ask_why)
            menu.addAction(self.tr("Copy this &row")).triggered.connect(
                lambda: QGuiApplication.clipboard().setText(chart.copy_text())
            )
            menu.addSeparator()
        for words, command in (
            (self.tr("Copy as &table"), self.copy_table),
            (self.tr("Copy as &picture"), self.copy_picture),
            (self.tr("&Save chart…"), self.save),
        ):
            menu.addAction(words).triggered.connect(lambda _on=False, do=command: do(chart))
        return menu

    # ------------------------------------------------------------------ commands
    def copy_table(self, chart: ChartView) -> None:
        """The whole table of a chart on the clipboard; below it where something must be said of the rules."""
        parts = (chart.table_rows().tsv(), self._marks())
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))
        self.told.emit(self.tr("The table is on the clipboard."))

    def copy_picture(self, chart: ChartView) -> None:
        """A chart on the clipboard as a picture, with its title and the day."""
        from desktop.views.charts.picture import image

        QGuiApplication.clipboard().setImage(image(chart, chart.accessibleName(), self._foot()))
        self.told.emit(self.tr("The picture is on the clipboard."))

    def save(self, chart: ChartView) -> None:
        """A chart as a file, PNG, SVG or CSV as its ending says, whole or not at all."""
        from desktop.views.charts.picture import KINDS, content

        title = chart.accessibleName()
        path = self._asker.chart_path(_file_name(title))
        if path is None:
            return
        kind = next((kind for kind in KINDS if path.suffix.lower() == f".{kind}"), None)
        if kind is None:
            self.refused.emit(self.tr("“{name}” does not end in .png, .svg or .csv.").format(name=path.name))
            return
        try:
            write_whole(path, content(chart, kind, title, self._foot()))
        except StoreError as error:
            self.refused.emit(error.text[self._prefs.language])
            return
        self.told.emit(self.tr("Saved as {name}.").format(name=path.name))


def _file_name(title: str) -> str:
    """A title as the beginning of a file name."""
    plain = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in title)
    return str(Path.home() / (" ".join(plain.split())[:MOST_OF_A_NAME] or "chart"))
