"""What can be done with any chart: copy it, copy its table, save it as a picture or a table.

By the menu of the right button (or the menu key) on a chart or its table, and by the View menu for the chart in focus,
else for the first one that is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.errors import StoreError
from desktop.store.casefile import write_whole
from desktop.viewmodels.wording import a_date

if TYPE_CHECKING:
    from desktop.viewmodels.case_model import CaseModel
    from desktop.viewmodels.preferences import Preferences
    from desktop.views.charts.base import ChartView
    from desktop.views.message import Asker
    from desktop.views.pages.base import Page
    from desktop.views.toolbar import ToolBar
    from desktop.views.widgets import Toast

MOST_OF_A_NAME = 80


class Host(Protocol):
    """The window, as far as its charts ask it."""

    model: CaseModel
    prefs: Preferences
    asker: Asker
    tools: ToolBar
    toast: Toast

    def current_page(self) -> Page | None: ...


class ChartCommands(QObject):
    """The commands of the charts in one window."""

    told = Signal(str)
    """What was done, for the person: a toast."""
    refused = Signal(str)
    """Why a file was not written."""

    def __init__(self, window: Host) -> None:
        super().__init__(cast(QObject, window))
        self._host = window
        self._window = cast(QWidget, window)
        self._asker = window.asker
        self._prefs = window.prefs
        self.told.connect(window.toast.show_message)
        self.refused.connect(window.toast.show_message)

    def _foot(self) -> str:
        """What stands below a picture."""
        host, language = self._host, self._prefs.language
        day = self.tr("Rules as of {day}").format(day=a_date(host.model.day, language))
        parts = ("Lanewise", host.tools.case_name(), day, self._marks())
        return " · ".join(part for part in parts if part)

    def _marks(self) -> str:
        """What must be said of the rules, in few words."""
        model = self._host.model
        return " · ".join(text[self._prefs.language] for text in model.book.used(model.today).marks)

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

    def on_shown(self, command: Callable[[ChartView], None]) -> None:
        """A command on the chart in focus or the first one that is seen."""
        chart = self.shown(self._host.current_page())
        if chart is None:
            self.told.emit(self.tr("There is no chart here."))
        else:
            command(chart)

    # ------------------------------------------------------------------ the menu of a chart
    def open_menu_of(self, widget: QWidget | None, at: QPoint | None) -> bool:
        """The menu of the chart that a widget belongs to, in its middle where no place is given; False for any other."""
        chart = self.at(widget)
        if chart is not None:
            self.open_menu(chart, at or chart.mapToGlobal(chart.rect().center()))
        return chart is not None

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
