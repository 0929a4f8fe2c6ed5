"""A catalogue against all lanes: open a file, say what its columns are, screen it, look at what was found, save it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.core.result import Advice
from desktop.core.text import Language, Text
from desktop.reports.screened import Words, words_of
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.catalogue import words as vm
from desktop.viewmodels.catalogue.found import Wanted
from desktop.viewmodels.catalogue.model import DONE, NOTHING, OPEN, READING, SCREENING, CatalogueModel
from desktop.viewmodels.catalogue.run import Found
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import why_quote
from desktop.viewmodels.wording import a_date
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.base import Page
from desktop.views.pages.catalogue_columns import ColumnsPanel
from desktop.views.pages.catalogue_results import Results
from desktop.views.widgets import (
    EmptyState,
    Hairline,
    LinkLabel,
    Notice,
    PrimaryButton,
    SecondaryButton,
    SectionHead,
    Segmented,
    TextLabel,
)
from desktop.views.widgets.long_table import LazyRows
from desktop.views.widgets.table import Row


class ProgressRow(QWidget):
    """How far something is, with Stop."""

    def __init__(self) -> None:
        super().__init__()
        self.text = TextLabel("", TYPE.body)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = SecondaryButton("", "cross", small=True)
        words = QVBoxLayout()
        words.setSpacing(SPACE.xs)
        words.addWidget(self.text)
        words.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.l)
        row.addLayout(words, 1)
        row.addWidget(self.stop)

    def show_progress(self, text: str, share: float | None) -> None:
        """None where nothing can be said of how far it is."""
        self.text.setText(text)
        self.bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.bar.setValue(round(1000 * share))
        self.bar.setAccessibleName(text)


class ForAll(QWidget):
    """What holds for all rows: the answers of the open case and the day of the rules."""

    changeRequested = Signal()
    dayRequested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head = SectionHead("")
        self.text = TextLabel("", TYPE.body, wrap=True)
        self.change = LinkLabel("")
        self.day_words = TextLabel("", TYPE.body)
        self.day = LinkLabel("")
        links = QHBoxLayout()
        links.setSpacing(SPACE.s)
        for widget in (self.change, self.day_words, self.day):
            links.addWidget(widget)
        links.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.text)
        column.addLayout(links)
        self.change.activated.connect(self.changeRequested)
        self.day.activated.connect(self.dayRequested)


class CataloguePage(Page):
    """Each state shows what can be done in it; no word or figure of an older file stays."""

    step_id: ClassVar[str] = "catalogue"

    catalogueRequested = Signal()
    """Ask for a file to open."""
    exportRequested = Signal(str)
    """Ask where to write what was found; the proposed name."""
    badListRequested = Signal(str)
    """Ask where to write the rows that were not read; the proposed name."""
    rowCaseRequested = Signal(int)
    """A row is to become the open case, once the old one may go."""

    def __init__(
        self,
        model: CaseModel,
        prefs: Preferences,
        parent: QWidget | None = None,
        made: tuple[ColumnsPanel, Results] | None = None,
    ) -> None:
        """`made`: the largest parts, where they are there already."""
        super().__init__(model, prefs, parent)
        self.columns, self.results = made or (ColumnsPanel(), Results())
        self.catalogue = CatalogueModel(model, prefs, self)
        self._names: tuple[Found, Language, Words] | None = None
        self._to_rows = self._to_columns = False
        self.parts = Segmented([("rows", ""), ("bad", "")], "rows")
        self.columns_button = SecondaryButton("", "arrow-back")
        self.another = SecondaryButton("", "folder")
        self.save = PrimaryButton("", "arrow-down")
        self.go = PrimaryButton("", "chevron")
        for widget in (self.parts, self.columns_button, self.another, self.save, self.go):
            self.add_switch(widget)
        self.notice = Notice("err")
        self.stale = Notice("warn")
        self.empty = EmptyState("sheet")
        self.understood = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.progress = ProgressRow()
        self.writing = ProgressRow()
        self.rule = Hairline()
        self.for_all = ForAll()
        self._lay_out()
        self._connect()

    @classmethod
    def making(
        cls, model: CaseModel, prefs: Preferences, parent: QWidget | None = None
    ) -> Iterator[Page | None]:
        columns = ColumnsPanel()
        yield None
        results = Results()
        yield None
        yield cls(model, prefs, parent, made=(columns, results))

    def _lay_out(self) -> None:
        self.body.setSpacing(SPACE.l)
        for widget in (
            self.notice,
            self.stale,
            self.writing,
            self.empty,
            self.understood,
            self.progress,
            self.columns,
            self.rule,
            self.for_all,
        ):
            self.body.addWidget(widget)
        self.body.addWidget(self.results, 1)
        self.body.addStretch(0)

    def _connect(self) -> None:
        catalogue, results = self.catalogue, self.results
        catalogue.changed.connect(self._show)
        catalogue.progressed.connect(self._show_progress)
        catalogue.selected.connect(self._show_rows)
        catalogue.writing.connect(self._show_writing)
        catalogue.written.connect(self._on_written)
        self.empty.linkActivated.connect(self._on_empty)
        self.another.clicked.connect(self.catalogueRequested)
        self.columns.other.activated.connect(self.catalogueRequested)
        self.columns_button.clicked.connect(catalogue.back_to_columns)
        self.go.clicked.connect(self._on_go)
        self.save.clicked.connect(lambda: self.exportRequested.emit(self._proposed("screened", ".xlsx")))
        self.progress.stop.clicked.connect(catalogue.stop)
        self.writing.stop.clicked.connect(catalogue.stop_writing)
        self.stale.linkActivated.connect(catalogue.screen)
        self.parts.changed.connect(results.show_part)
        self.columns.table.fieldPicked.connect(catalogue.assign)
        self.columns.table.unitPicked.connect(catalogue.set_unit)
        self.columns.forget.activated.connect(catalogue.suggest)
        self.columns.turn.activated.connect(catalogue.turn_columns)
        for key, choose in self.columns.choose.items():
            choose.picked.connect(lambda value, key=key: catalogue.reopen(**{key: value}))
        self.for_all.changeRequested.connect(lambda: self.questionRequested.emit("fulfilment"))
        self.for_all.dayRequested.connect(self.dayRequested)
        results.wantedChanged.connect(self._on_wanted)
        results.rowChosen.connect(self._show_row)
        results.rowOpened.connect(self.rowCaseRequested)
        results.widthChanged.connect(self._relay)
        results.pane.openRequested.connect(lambda: self.rowCaseRequested.emit(results.chosen()))
        results.pane.whyRequested.connect(self._explain)
        results.bad_save.activated.connect(
            lambda: self.badListRequested.emit(self._proposed("not-read", ".csv"))
        )
        self.model.changed.connect(lambda _name: self._show_basis())
        self.model.dayChanged.connect(self._show_basis)

    # ------------------------------------------------------------------ what the window calls
    def open_file(self, path: Path) -> None:
        """What is open stays where the file cannot be read."""
        self._to_columns = True
        self.catalogue.open(path)

    def export_to(self, path: Path) -> None:
        self.catalogue.export(path, self.language)

    def save_bad_to(self, path: Path) -> None:
        self.catalogue.save_bad(path, self.language)

    def open_row(self, place: int) -> None:
        self.catalogue.open_row(place)

    def show_part(self, part: str) -> None:
        """`rows`, `bad`, or in a small window `counts`."""
        self.parts.set_current(part)
        self.results.show_part(part)

    def close_down(self) -> None:
        """The window goes: no work is left, and no file half written."""
        self.results.clear()
        self.catalogue.close()

    def show_advice(self, advice: Advice) -> None:
        """The catalogue follows the case by itself."""

    def forget(self) -> None:
        """Rows belong to the catalogue and not to the case: opening them one after the other is what they are for."""

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self.columns_button.setText(self.tr("Columns"))
        self.another.setText(self.tr("Open…"))
        self.save.setText(self.tr("Save results…"))
        self.parts.set_name(self.tr("Rows shown"))
        self.for_all.head.setText(self.tr("For all rows"))
        self.for_all.change.setText(self.tr("Change these answers"))
        for row in (self.progress, self.writing):
            row.stop.setText(self.tr("Stop"))
        self.columns.retranslate()
        self.results.retranslate()
        self._show()
        self._relay()
        self._show_writing()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self.results.set_compact(compact)
        self._show()
        self._relay()

    def set_beside(self, beside: bool) -> None:
        was = self.beside
        super().set_beside(beside)
        self.results.set_beside(beside)
        if was != beside:
            self._relay()

    def _relay(self) -> None:
        """The same rows in other columns; the chosen one stays."""
        row = self.results.table.current_row()
        self._show_rows()
        self.results.table.set_current_row(row)

    def focus_first(self) -> None:
        state = self.catalogue.state
        if state == NOTHING:
            self.focus_empty(self.empty)
        elif state == OPEN:
            self.columns.focus_first()
        elif state == DONE:
            self.results.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    def why_focused(self) -> bool:
        mark = self.results.pane.chart.current_mark() if self.results.pane.chart.hasFocus() else None
        rank, _, part = (mark.key if mark else "1").partition("/")
        return self._explain(2 if rank == "2" else 1, part)

    # ------------------------------------------------------------------ showing
    def _show(self) -> None:
        """Everything that the state decides."""
        catalogue, state = self.catalogue, self.catalogue.state
        found = catalogue.found
        # Stop vanishes with the last row: the focus goes on to the rows, once they are there
        self._to_rows = self._to_rows or (self.progress.stop.hasFocus() and state == DONE)
        for widget in (self.empty, self.understood):
            widget.setVisible(state == NOTHING)
        self.columns.setVisible(state == OPEN)
        self.progress.setVisible(state in (READING, SCREENING))
        self.results.setVisible(state == DONE or (state == SCREENING and found is not None))
        self.results.set_done(state == DONE)
        for widget in (self.for_all, self.rule):
            widget.setVisible(state == OPEN)
        bad = found.kept.bad_count if found is not None and state == DONE else 0
        self.parts.setVisible(state == DONE and (bad > 0 or self.compact))
        self.columns_button.setVisible(state == DONE)
        self.another.setVisible(state == DONE)
        self.save.setVisible(state == DONE)
        self.save.setEnabled(found is not None and found.whole)
        self.save.setToolTip(
            ""
            if self.save.isEnabled()
            else self.tr("It was stopped before the end: screen it whole to save it.")
        )
        self.go.setVisible(state == OPEN)
        self._show_error(catalogue.error)
        if state == NOTHING:
            self._show_empty()
        elif state == OPEN and catalogue.opening is not None:
            self.columns.show_opening(catalogue.opening, self.language)
            self.go.setText(self.tr("Screen"))
            self.go.setEnabled(catalogue.opening.problem() is None)
        elif state in (READING, SCREENING):
            self._show_progress()
        if state == DONE and found is not None:
            self._show_found(found, bad)
        elif found is None:
            self.results.clear()
        self._show_basis()
        self._show_lead()
        if self._to_columns and state != READING:
            self._to_columns = False
            self.focus_first()

    def _show_empty(self) -> None:
        self.empty.set_text(
            self.tr(
                "Screen a whole catalogue: for each SKU the platform, market and service that leave the most"
            ),
            self.tr("CSV, XLSX, ODS or Parquet with a column of prices; drop it here, or press"),
            "Ctrl Shift O",
            "",
        )
        names = ("、" if self.language == "zh" else ", ").join(self.catalogue.field_names(self.language))
        self.understood.setText(
            self.tr("Columns that are understood, by headings in English or Chinese: {names}.").format(
                names=names
            )
        )
        self.empty.set_links(
            [("open", self.tr("Open a catalogue…")), ("demo", self.tr("Try the demo catalogue"))]
        )

    def _show_lead(self) -> None:
        catalogue, found = self.catalogue, self.catalogue.found
        lead = ""
        if catalogue.state == OPEN and catalogue.opening is not None:
            lead = self.tr("What is in each column? Then every row is priced on every lane.")
        elif catalogue.state in (READING, SCREENING):
            lead = self.tr("The rest of the program stays usable.")
        elif catalogue.state == DONE and found is not None:
            day = a_date(found.basis.on, self.language)
            lead = self.tr("{name} · {lanes} lanes · rules of {day} · {time}").format(
                name=found.name, lanes=vm.number(len(found.kept.lanes)), day=day,
                time=vm.duration(found.seconds, self.language) if found.whole else self.tr("stopped before the end"),
            )  # fmt: skip
        self.set_title(self.name[self.language], lead)

    def _show_error(self, error: Text | None) -> None:
        self.notice.setVisible(error is not None)
        if error is not None:
            self.notice.set_notice("err", self.tr("The catalogue was not read."), error[self.language])

    def _show_basis(self) -> None:
        """What holds for all rows; and whether what is shown was found with it."""
        catalogue = self.catalogue
        basis = catalogue.basis
        self.for_all.text.setText(vm.assumed_line(basis, self.language))
        day = a_date(basis.on, self.language)
        self.for_all.day_words.setText(self.tr("Rules of"))
        self.for_all.day.setText(day)
        stale = catalogue.state == DONE and catalogue.stale
        self.stale.setVisible(stale)
        if stale:
            self.stale.set_notice(
                "warn",
                self.tr("The case or the day has changed since."),
                self.tr("These figures are of the answers and rules as they were."),
                self.tr("Screen again"),
            )

    def _show_progress(self) -> None:
        catalogue = self.catalogue
        if catalogue.state == READING:
            self.progress.show_progress(self.tr("Reading the first rows …"), None)
            self.progress.stop.hide()
            return
        self.progress.stop.show()
        progress = catalogue.progress
        self.progress.show_progress(
            vm.progress_text(progress, self.language), None if progress is None else progress.share
        )
        found = catalogue.found
        if found is not None:
            self.results.setVisible(True)
            self._show_totals(found)

    def _show_totals(self, found: Found) -> None:
        names = self.names(found)
        self.results.overview.show_totals(
            found.index.totals(), found.kept.bad_count, names, found.kept.lanes, self.language
        )

    def _show_found(self, found: Found, bad: int) -> None:
        self._show_totals(found)
        names = self.names(found)
        self.results.filters.show_choices(names, found.kept.lanes, self.language)
        fields = self.catalogue.opening.field_names(self.language) if self.catalogue.opening else ()
        self.results.show_bad(found.bad, bad, dict(fields), self.language)
        parts = [("rows", self.tr("Screened {count}").format(count=vm.number(found.kept.count)))]
        if self.compact:
            parts.insert(0, ("counts", self.tr("Counts")))
        if bad:
            parts.append(("bad", self.tr("Not read {count}").format(count=vm.number(bad))))
        current = self.parts.current() if self.parts.current() in dict(parts) else "rows"
        self.parts.set_choices(parts, current)
        self.results.show_part(current)

    def _show_rows(self) -> None:
        """The rows that are wanted, in their order."""
        found, order = self.catalogue.found, self.catalogue.order
        if found is None or order is None or self.catalogue.state != DONE:
            return
        names, language, results = self.names(found), self.language, self.results
        money = found.index.currencies
        currency = money[0] if len(money) == 1 else ""

        def make(at: int) -> Row:
            place = int(order[at])
            return results.row(vm.row_words(self.catalogue.row(place), place, names, language), currency)

        results.show_order(LazyRows(len(order), make), self.catalogue.wanted, found.index.count, currency)
        if self._to_rows:
            self._to_rows = False
            self.focus_first()

    def _show_row(self, place: int) -> None:
        found = self.catalogue.found
        pane = self.results.pane
        if found is None or place < 0 or self.beside:
            pane.hide()
            return
        names = self.names(found)
        pane.show_row(vm.row_words(self.catalogue.row(place), place, names, self.language))
        pane.show_bars(self.catalogue.quotes(place), names, self.language)

    def names(self, found: Found) -> Words:
        """The names of platforms, markets and services in the language in force."""
        if self._names is None or self._names[0] is not found or self._names[1] != self.language:
            words = words_of(found.view, self.language, found.basis.case, found.basis.questions)
            self._names = (found, self.language, words)
        return self._names[2]

    # ------------------------------------------------------------------ slots
    def _on_empty(self, key: str) -> None:
        if key == "open":
            self.catalogueRequested.emit()
        else:
            self.open_file(vm.demo_path())

    def _on_go(self) -> None:
        self.catalogue.screen()
        self.progress.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_wanted(self, wanted: Wanted) -> None:
        self.catalogue.show(wanted)

    def _explain(self, rank: int, part: str) -> bool:
        place = self.results.chosen()
        quotes = self.catalogue.quotes(place) if place >= 0 and self.catalogue.found else ()
        if len(quotes) < rank:
            return False
        lane, quote = quotes[rank - 1]
        focus = next((line.id for line in quote.seller_lines if line.series == part), "")
        title = vm.row_title(self.catalogue.row(place), lane, self.catalogue.found)
        self.whyRequested.emit(why_quote(lane.platform, title, quote, focus))
        return True

    def _proposed(self, ending: str, suffix: str) -> str:
        found = self.catalogue.found
        assert found is not None
        return str(found.path.with_name(f"{found.path.stem}-{ending}{suffix}"))

    # ------------------------------------------------------------------ writing
    def _show_writing(self) -> None:
        catalogue = self.catalogue
        self.writing.setVisible(catalogue.is_writing)
        self.save.setEnabled(not catalogue.is_writing and bool(catalogue.found and catalogue.found.whole))
        if catalogue.is_writing:
            progress = catalogue.write_progress
            words = self.tr("Writing {text}").format(
                text=vm.progress_text(progress, self.language) if progress else "…"
            )
            self.writing.show_progress(words, progress.share if progress else None)
        error = catalogue.write_error
        if error is not None:
            self.notice.set_notice("err", self.tr("Nothing was written."), error[self.language])
            self.notice.show()

    def _on_written(self, paths: tuple[Path, ...]) -> None:
        self.notice.hide()
        names = ", ".join(path.name for path in paths)
        self.messageRequested.emit(
            QCoreApplication.translate("CataloguePage", "Written: {names}").format(names=names), ""
        )
