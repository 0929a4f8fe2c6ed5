"""The tool bar: the case and whether it is saved, the day whose rules count, the language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from desktop.viewmodels.case_model import REPORT_DAY, CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.start import name_of
from desktop.viewmodels.wording import a_date
from desktop.views.design import SPACE, TYPE, pixmap, set_ground, theme
from desktop.views.widgets import Button, Segmented, ShortLabel, TextLabel

ICONS_BELOW = 640
"""A window with less, at the design size of the text, shows icons in place of the last two words."""

if TYPE_CHECKING:
    from desktop.viewmodels.casebook.keeper import Keeper


class ToolBar(QWidget):
    """One row of 48 px. `dayRequested` asks for the calendar; the other days are set at once."""

    dayRequested = Signal()
    visitorRequested = Signal()
    printRequested = Signal()
    painted = Signal()
    """The first paint of the window has happened."""

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.prefs = model, prefs
        self.at_start = True
        self.keeper: Keeper | None = None
        """Says when the case was last kept; None where there is no casebook."""
        self._painted = False
        self._chevron_room = 0
        set_ground(self, "chrome")
        self.name = ShortLabel("", TYPE.option)
        self.kept_icon = QLabel()
        self.kept = TextLabel("", TYPE.caption, "text2")
        self.day = Button("", "calendar")
        self.chevron = QLabel()
        inside = QHBoxLayout(self.day)
        inside.setContentsMargins(0, 0, SPACE.m, 0)
        inside.addStretch(1)
        inside.addWidget(self.chevron)
        self.visitor = Button("", "eye")
        self.print = Button("", "printer", role="primary")
        self.language = Segmented([("en", "EN"), ("zh", "中文")], prefs.language, large=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.l, 0, SPACE.l, 0)
        row.setSpacing(SPACE.m)
        row.addWidget(self.name)
        row.addWidget(self.kept_icon)
        row.addWidget(self.kept)
        row.addStretch(1)
        row.addWidget(self.day)
        row.addWidget(self.language)
        row.addWidget(self.visitor)
        row.addWidget(self.print)
        row.setSpacing(SPACE.s)
        self.day.clicked.connect(self.open_days)
        self.visitor.clicked.connect(self.visitorRequested)
        self.print.clicked.connect(self.printRequested)
        self.language.changed.connect(prefs.set_language)
        prefs.languageChanged.connect(self.language.set_current)
        model.fileChanged.connect(self.show_state)
        model.changed.connect(lambda _name: self.show_state())
        model.dayChanged.connect(self.show_state)
        theme().follow(self.show_state)
        self.retranslate()

    def case_name(self) -> str:
        """The case as it is called: by its own name, its file, or as not named yet."""
        own = name_of(self.model.case)[self.prefs.language]
        if own or self.model.path is not None:
            return own or self.model.path.stem  # type: ignore[union-attr]
        if self.keeper is not None and self.keeper.row is not None:
            return self.tr("Case {number}").format(number=self.keeper.row.label)
        return self.tr("New case")

    def kept_words(self) -> tuple[str, bool]:
        """Whether what was answered is kept, and whether that is a reason to worry."""
        model, keeper = self.model, self.keeper
        modified, file = model.modified, model.path is not None
        of_file = self.tr("not saved") if modified else self.tr("saved") if file else ""
        if keeper is None:
            return of_file, modified
        if keeper.failing:
            return self.tr("not kept"), True
        kept = self.tr("Kept {time}").format(time=f"{keeper.kept_at:%H:%M}") if keeper.kept_at else ""
        if not file:
            return kept, False
        of_file = self.tr("file not saved") if modified else self.tr("file saved")
        return " · ".join(part for part in (kept, of_file) if part), modified

    def show_state(self) -> None:
        """Name, saved or not, and the day."""
        self.setFixedHeight(theme().px(SPACE.tool_bar))
        self.name.setText(self.tr("Start") if self.at_start else self.case_name())
        word, open_ = self.kept_words()
        self.kept.setText("" if self.at_start else word)
        drawn, tone = ("dot", "warn") if open_ else ("tick", "text2")
        self.kept_icon.setPixmap(pixmap(drawn, tone, theme().px(14)))
        self.kept_icon.setVisible(bool(self.kept.text()))
        self.kept.set_tone("warn" if open_ else "text2")
        for button in (self.visitor, self.print):
            button.setVisible(not self.at_start)
        shown = a_date(self.model.day, self.prefs.language)
        self.day.setText(self.tr("Rules as of {day}").format(day=shown))
        warn = self.model.day != self.model.today
        self.day.set_warn(warn)
        size = theme().px(12)
        self.chevron.setPixmap(pixmap("chevron-down", "warn" if warn else "text", size))
        if size != self._chevron_room:
            self._chevron_room = size
            self.day.setStyleSheet(f"QPushButton {{ padding-right: {size + 20}px; }}")
        self._fit()

    def retranslate(self) -> None:
        self.language.set_name(self.tr("Language"))
        self.setAccessibleName(self.tr("Tool bar"))
        self.visitor.setToolTip(self.tr("F3 shows the case without cost and notes, full screen"))
        self.print.setToolTip(
            self.tr("Ctrl+Shift+P prints one page on the last printer, Ctrl+P shows it first")
        )
        self.day.setToolTip(self.tr("Ctrl+D chooses another day"))
        self.show_state()

    def _fit(self) -> None:
        """Words become icons in a narrow bar; the name and the tool tip keep them."""
        narrow = self.width() < ICONS_BELOW * theme().text_scale
        for button, word in ((self.visitor, self.tr("Visitor view")), (self.print, self.tr("Print sheet"))):
            button.setText("" if narrow else word)
            button.setAccessibleName(word)
        self.kept.setHidden(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def days_menu(self) -> QMenu:
        """Today, the day of the report, another day."""
        menu = QMenu(self)
        for word, day in ((self.tr("Today"), self.model.today), (self.tr("The report's day"), REPORT_DAY)):
            action = menu.addAction(f"{word}, {a_date(day, self.prefs.language)}")
            action.setCheckable(True)
            action.setChecked(day == self.model.day)
            action.triggered.connect(lambda _on=False, day=day: self.set_day(day))
        menu.addSeparator()
        menu.addAction(self.tr("Another day…")).triggered.connect(self.dayRequested)
        return menu

    def set_day(self, day: date) -> None:
        self.model.set_day(day)

    def open_days(self) -> None:
        menu = self.days_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.day.mapToGlobal(QPoint(0, self.day.height() + 2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
