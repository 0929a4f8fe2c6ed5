"""Import mode: tax by mode on two days, the ranked modes, criteria, the tax rates then and now, and the cities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.result import Advice
from desktop.core.text import Language, Text
from desktop.viewmodels import import_mode as vm
from desktop.viewmodels.case_model import REPORT_DAY, CaseModel
from desktop.viewmodels.platforms import closed_rows, criterion_rows
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import WhySubject, why_reading
from desktop.viewmodels.wording import a_date
from desktop.views.charts.base import Align, ChartOrTable, write
from desktop.views.charts.dots import DotsChart
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.base import Page
from desktop.views.pages.closed_rows import ClosedRows
from desktop.views.pages.criteria_grid import CriteriaGrid
from desktop.views.widgets import EmptyState, Notice, SectionHead, Segmented, TextLabel
from desktop.views.widgets.table import Cell, Column, DataTable, Row

MOST_MODES = 5
ROOMY = 860
"""From this width on the ranked table holds all its columns."""
ROOM_FOR_WORDS = 700
"""Below it, what a mode asks stands only in the notes under the table."""


class TaxDots(DotsChart):
    """The two-date chart; with one day only there is no ring in its head."""

    def _heads(self, painter: QPainter, box: QRectF, change: float) -> None:
        if self.data().then_name:
            super()._heads(painter, box, change)
            return
        write(
            painter,
            QRectF(box.x(), box.y(), box.width() / 2, theme().px(16)),
            self.data().title,
            TYPE.caption,
            "text2",
        )
        day = QRectF(box.x() + box.width() / 2, box.y(), box.width() / 2, theme().px(16))
        write(painter, day, self.data().now_name, TYPE.caption, "text2", Align.AlignRight)


class ModeNotes(QWidget):
    """What the mode in focus asks, what to mind, and what is not known of it: one sentence a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = SectionHead()
        self.lines: list[TextLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.xs)
        self._column.addWidget(self.head)

    def show_detail(self, detail: vm.ModeDetail | None, asks: str) -> None:
        """Shows another mode; hidden where there is none."""
        self.setVisible(detail is not None)
        if detail is None:
            return
        self.head.setText(detail.title)
        said = [(f"{asks} {line}" if i == 0 else line, "text") for i, line in enumerate(detail.asks)]
        said += [(line, "text2") for line in detail.mind]
        said += [(f"? {line}", "unk") for line in detail.unknown]
        while len(self.lines) < len(said):
            self.lines.append(TextLabel("", TYPE.caption, wrap=True))
            self._column.addWidget(self.lines[-1])
        for i, label in enumerate(self.lines):
            sentence, tone = said[i] if i < len(said) else ("", "text")
            label.setText(sentence)
            label.set_tone(tone)
            label.setVisible(bool(sentence))
        self.setAccessibleName(detail.title)
        self.setAccessibleDescription(" ".join(sentence for sentence, _ in said))


class ImportModePage(Page):
    """Which way into China. The second day is evaluated when the page is seen, and kept until the case changes."""

    step_id = "import-mode"
    has_table = True

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(model, prefs, parent)
        self._other: Advice | None = None
        self._other_key: object = None
        self._advice: Advice | None = None
        self._facts: dict[str, vm.ChangeRow] = {}
        self.day_switch = Segmented([("both", ""), ("one", "")], "both")
        self.form_switch = Segmented([("chart", ""), ("table", "")], "chart")
        self.add_switch(self.day_switch)
        self.add_switch(self.form_switch)
        self.empty = EmptyState("tray-in")
        self.no_price = Notice("unk")
        self.chart = TaxDots()
        self.dots = ChartOrTable(self.chart)
        self.cannot = TextLabel("", TYPE.caption, "unk", wrap=True)
        self.table = DataTable(row_height=36)
        self.notes = ModeNotes()
        self.closed = ClosedRows()
        self.criteria = CriteriaGrid()
        self.rates_head, self.rates = SectionHead(large=True), DataTable()
        self.rates_note = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.doubts = TextLabel("", TYPE.caption, "warn", wrap=True)
        self.changes_head, self.changes = SectionHead(large=True), DataTable()
        self.no_changes = TextLabel("", TYPE.body, "text2", wrap=True)
        self.cities_head, self.cities = SectionHead(large=True), DataTable()
        self.closed_cities = ClosedRows()
        self._rates: tuple[vm.RateRow, ...] = ()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._compare)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.body.setSpacing(SPACE.l)
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self.empty,), (self.no_price,), (self.dots, self.cannot), (self.table, self.closed),
            (self.notes,), (self.criteria,),
            (self.rates_head, self.rates, self.rates_note, self.doubts),
            (self.changes_head, self.changes, self.no_changes),
            (self.cities_head, self.cities, self.closed_cities),
        )  # fmt: skip
        for group in groups:
            column = QVBoxLayout()
            column.setSpacing(SPACE.s)
            for widget in group:
                column.addWidget(widget)
            self.body.addLayout(column)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.empty.linkActivated.connect(self.on_absence_link)
        self.day_switch.changed.connect(self._on_days)
        self.form_switch.changed.connect(self._on_form)
        self.no_price.linkActivated.connect(self._on_price)
        self.chart.whyRequested.connect(self._why_dot)
        self.table.rowActivated.connect(self._why_mark)
        self.table.whyRequested.connect(self._why_cell)
        self.table.currentRowChanged.connect(self._on_mode)
        self.closed.whyRequested.connect(self._why_closed)
        self.criteria.whyRequested.connect(self._why_mark)
        self.criteria.weightCommitted.connect(self._on_weight)
        self.rates.rowActivated.connect(self._why_rate)
        self.rates.whyRequested.connect(self._why_rate)
        self.changes.rowActivated.connect(self._why_change)
        self.changes.whyRequested.connect(self._why_change)
        self.cities.rowActivated.connect(self._why_city)
        self.cities.whyRequested.connect(self._why_city)
        self.closed_cities.whyRequested.connect(self._why_city)

    # ------------------------------------------------------------------ what the window calls
    def show_advice(self, advice: Advice) -> None:
        self._advice = advice
        asked = not self.show_absence(self.empty, self.absence(advice, bool(advice.import_modes.options)))
        for widget in (
            self.day_switch, self.form_switch, self.dots, self.table, self.criteria, self.rates_head, self.rates,
            self.rates_note, self.changes_head, self.changes, self.cities_head, self.cities,
        ):  # fmt: skip
            widget.setVisible(asked)
        if not asked:
            self._show_nothing()
            return
        self.set_title(self.step.name[self.language], vm.lead(advice, self._city(), self.language))
        self._show_dots(advice)
        self._show_modes(advice)
        self._show_rates(advice)
        self._show_cities(advice)

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self.form_switch.set_choices([("chart", self.tr("Chart")), ("table", self.tr("Table"))])
        self.form_switch.set_name(self.tr("Form"))
        self.day_switch.set_name(self.tr("Days"))
        self._name_days()
        self.chart.set_name(self.tr("Tax on the order by import mode"))
        self.table.set_name(self.tr("Import modes, ranked"))
        self.rates.set_name(self.tr("Tax rates on both days"))
        self.changes.set_name(self.tr("What changed between the two days"))
        self.cities.set_name(self.tr("Cities and the modes they offer"))
        self.cities_head.setText(self.tr("The eight cities"))
        if self.model.advice is not None:
            self.show_advice(self.model.advice)

    def forget(self) -> None:
        super().forget()
        self._advice = None
        self._other = self._other_key = None
        self._later.stop()
        for table in (self.table, self.rates, self.changes, self.cities):
            table.clear_rows()
        self.chart.set_current("")

    def focus_first(self) -> None:
        if self.focus_empty(self.empty):
            return
        target = self.table if self._has_modes() else self.content
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_table(self) -> None:
        self.form_switch.set_current("chart" if self.form_switch.current() == "table" else "table")
        self._on_form()

    def why_focused(self) -> bool:
        if self._advice is None:
            return False
        for table, ask in (
            (self.rates, self._why_rate),
            (self.changes, self._why_change),
            (self.cities, self._why_city),
        ):
            if table.hasFocus() and table.current_key():
                return ask(table.current_key(), _column(table))
        if self.table.hasFocus() and self.table.current_key():
            return self._why_cell(self.table.current_key(), _column(self.table))
        mark = self.chart.current_mark() if self.chart.hasFocus() else None
        if mark is not None:
            return self._why_dot(mark.key)
        first = self._advice.import_modes.first
        return self._why_mark(first.id if first else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width() or self._advice is None:
            return
        if self._has_modes():
            self._show_modes(self._advice)

    def set_beside(self, beside: bool) -> None:
        super().set_beside(beside)
        if self._advice is not None and self._has_modes():
            self._show_modes(self._advice)
            self._show_rates(self._advice)
            self._show_cities(self._advice)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want_other()

    # ------------------------------------------------------------------ the second day
    @property
    def days(self) -> tuple[date, date]:
        """The days that are compared, the earlier first."""
        return vm.two_days(self.model.day, self.model.today, REPORT_DAY)

    def _key(self) -> object:
        """What the second day's advice depends on: weights and name change no tax."""
        case = self.model.case
        return (tuple(case.answers.items()), tuple(case.overrides.items()), self.model.day, self.model.today)

    def other(self) -> Advice | None:
        """The advice on the other day, if it was evaluated for this case."""
        return self._other if self._other_key == self._key() else None

    def _has_modes(self) -> bool:
        """Whether import modes are compared at all."""
        return self._advice is not None and self.empty.isHidden() and bool(self._advice.import_modes.options)

    def _want_other(self) -> None:
        """Evaluates the other day soon, where it is shown and not yet known."""
        both = self.day_switch.current() == "both"
        if self._has_modes() and self.isVisible() and both and self.other() is None:
            self._later.start()

    def _compare(self) -> None:
        if self._advice is None or not self._has_modes() or self.other() is not None:
            return
        early, late = self.days
        key = self._key()
        self._other = self.model.advice_on(early if self.model.day == late else late)
        self._other_key = key
        self._show_dots(self._advice)
        self._show_changes(self._advice)

    # ------------------------------------------------------------------ showing
    def _show_nothing(self) -> None:
        # what was begun for the case before is not shown for this one
        self._later.stop()
        for widget in (
            self.no_price, self.cannot, self.notes, self.closed, self.doubts, self.no_changes, self.closed_cities,
        ):  # fmt: skip
            widget.hide()

    def _name_days(self) -> None:
        early, late = (a_date(day, self.language) for day in self.days)
        today = self.model.day == self.model.today
        if today:
            both, one = self.tr("2015 and today"), self.tr("Today only")
        else:
            both, one = self.tr("{then} and {now}"), self.tr("{day} only")
        names = {"then": early, "now": late, "day": a_date(self.model.day, self.language)}
        self.day_switch.set_choices([("both", both.format(**names)), ("one", one.format(**names))])

    def _show_dots(self, advice: Advice) -> None:
        self._name_days()
        both = self.day_switch.current() == "both"
        data = vm.dots_data(advice, self.other() if both else None, self.days, self.language)
        self.chart.set_data(data)
        self.dots.refresh()
        self.dots.setVisible(bool(data.rows))
        self.form_switch.setVisible(bool(data.rows))
        self.day_switch.setVisible(bool(data.rows))
        self.no_price.setVisible(not data.rows)
        self._name_no_price()
        reasons = vm.cannot_say(data)
        self.cannot.setText("\n".join(reasons))
        self.cannot.setVisible(bool(reasons))
        self._want_other()

    def _name_no_price(self) -> None:
        """Why no tax can be said: the list price is not given, or the day has no taxes in the rules."""
        day = a_date(self.model.day, self.language)
        said = (
            (self.tr("No list price is given."), self.tr("Type the list price"))
            if self._lacks_price()
            else (
                self.tr("No tax is known with the rules of {day}.").format(day=day),
                self.tr("Choose another day"),
            )
        )
        self.no_price.set_notice("unk", self.tr("The tax cannot be said"), *said)

    def _lacks_price(self) -> bool:
        return self.model.case.given("list_price") is None

    def _show_modes(self, advice: Advice) -> None:
        ranking, language = advice.import_modes, self.language
        rows = vm.mode_rows(ranking, language)
        differ = vm.values_differ(ranking)
        tight = self.beside or (differ and self._room() < ROOMY)
        days = not self.beside
        differ = differ and days
        asks = self._room() >= ROOM_FOR_WORDS
        columns = [
            Column("rank", "", numeric=True, width=34),
            Column("name", self.tr("Mode, customs code"), stretch=not asks, short=220 if asks else 0),
            *([Column("value", self.tr("Value, CNY"), numeric=True)] if differ else []),
            Column("tax", self.tr("Tax, CNY"), numeric=True),
            *([] if tight else [Column("share", self.tr("of value"), numeric=True, spare=True)]),
            *([Column("days", self.tr("Days"), numeric=True)] if days else []),
            Column("score", self.tr("Score"), numeric=True),
            *([Column("asks", self.tr("What it asks of you"), stretch=True)] if asks else []),
        ]
        shown = self.table.current_key() or (rows[0].key if rows else "")
        self.table.set_table(columns, _rows_of(columns, [_mode_cells(row) for row in rows]))
        if not self.table.current_key() and rows:
            self.table.set_current(rows[0].key)
        self.closed.set_rows(closed_rows(ranking, language))
        self._show_criteria(advice)
        self._on_mode(self.table.current_key() or shown)

    def _show_criteria(self, advice: Advice) -> None:
        """The criteria of the first modes."""
        names = vm.short_names(advice.import_modes, self.model.book, self.language)
        ranked = {option.id for option in advice.import_modes.ranked}
        options = [(key, name.replace(" ", "\n", 1)) for key, name in names if key in ranked][:MOST_MODES]
        criteria = criterion_rows(advice.import_modes, self.language)
        self.criteria.setVisible(bool(criteria) and not self.beside)
        if criteria and not self.beside:
            self.criteria.set_rows(criteria, options)

    def _room(self) -> int:
        """How wide the work area is inside its margins."""
        return self.viewport().width() - 2 * SPACE.work_margin

    def _show_rates(self, advice: Advice) -> None:
        language, case = self.language, self.model.case
        early, late = self.days
        category = case.text("category") or "other"
        book = self.model.book
        rows = vm.rate_rows(book.at(early, case.overrides), book.at(late, case.overrides), category, language)
        choice = self.model.questions["category"].choice(category)
        name = choice.name[language] if choice else category
        self.rates_head.setText(
            self.tr("The report's table and today's: {category}").format(category=name)
            if self.days == (REPORT_DAY, self.model.today)
            else self.tr("Tax rates: {category}").format(category=name)
        )
        columns = [
            Column("name", self.tr("Tax"), stretch=True),
            Column("then", a_date(early, language), numeric=True, width=112),
            Column("now", a_date(late, language), numeric=True, width=112),
            *([] if self.beside else [Column("since", self.tr("In force since"), numeric=True, width=150)]),
        ]
        cells = [_rate_cells(row, self.tr("doubt"), self.tr("weak source")) for row in rows]
        self.rates.set_table(columns, _rows_of(columns, cells))
        self.rates_note.setText(
            ""
            if case.text("category")
            else self.tr("No category is chosen: these are the rates of other goods.")
        )
        self.rates_note.setVisible(not case.text("category"))
        doubts = tuple(dict.fromkeys(doubt for row in rows for doubt in row.doubts))
        self.doubts.setText("\n".join(self.tr("In doubt. {doubt}").format(doubt=doubt) for doubt in doubts))
        self.doubts.setVisible(bool(doubts))
        self._rates = rows
        self._show_changes(advice)

    def _show_changes(self, advice: Advice) -> None:
        early, late = self.days
        other = self.other()
        rankings = [advice.import_modes] + ([other.import_modes] if other else [])
        facts = vm.changing_facts(self._rates, *rankings)
        rows = vm.change_rows(self.model.book, facts, self.days, self.language)
        self._facts = {row.key: row for row in rows}
        head = (
            self.tr("What changed since 2015")
            if early == REPORT_DAY
            else self.tr("What changed from {then} to {now}").format(
                then=a_date(early, self.language), now=a_date(late, self.language)
            )
        )
        self.changes_head.setText(head)
        columns = [
            *([] if self.beside else [Column("day", self.tr("From"), width=140)]),
            Column("what", self.tr("Rule"), stretch=True),
            Column("step", self.tr("Value"), numeric=True),
        ]
        cells = [
            (
                row.key,
                {
                    "day": Cell(row.day),
                    "what": Cell(row.what, tone="text2", tip=row.what),
                    "step": Cell(row.step, strong=True),
                },
            )
            for row in rows
        ]
        self.changes.set_table(columns, _rows_of(columns, cells))
        self.changes.setVisible(bool(rows))
        self.no_changes.setText(self.tr("None of the rules behind this tax changed between the two days."))
        self.no_changes.setVisible(not rows)

    def _show_cities(self, advice: Advice) -> None:
        rows = vm.city_rows(advice, self.model.view, self.language)
        columns = [
            Column("rank", "", numeric=True, width=34),
            Column("name", self.tr("City"), stretch=self.beside),
            *([] if self.beside else [Column("modes", self.tr("Modes offered"), short=120)]),
            Column("score", self.tr("Score"), numeric=True),
            *([] if self.beside else [Column("reason", self.tr("Strongest reason"), stretch=True)]),
        ]
        chosen = self.model.case.text("city") or ""
        cells = [_city_cells(row, chosen, self.tr("chosen"), self.tr("doubt")) for row in rows]
        self.cities.set_table(columns, _rows_of(columns, cells))
        self.cities.setVisible(bool(rows))
        self.cities_head.setVisible(bool(advice.cities.options))
        self.closed_cities.set_rows(closed_rows(advice.cities, self.language))

    def _city(self) -> str:
        """The chosen city in words, empty where none is."""
        city = self.model.case.text("city")
        choice = self.model.questions["city"].choice(city) if city else None
        return choice.name[self.language] if choice else ""

    # ------------------------------------------------------------------ slots
    def _on_days(self) -> None:
        if self._advice is not None and self._has_modes():
            self._show_dots(self._advice)

    def _on_form(self) -> None:
        self.dots.show_table(self.form_switch.current() == "table")

    def _on_price(self) -> None:
        if self._lacks_price():
            self.questionRequested.emit("list_price")
        else:
            self.dayRequested.emit()

    def _on_mode(self, key: str) -> None:
        option = self._advice.import_modes.option(key) if self._advice else None
        detail = vm.mode_detail(option, self.language)
        self.notes.show_detail(detail, self.tr("It asks:"))

    def _on_weight(self, criterion: str, weight: int) -> None:
        self.model.set_weight("import_modes", criterion, weight)

    # ------------------------------------------------------------------ why
    def _why_dot(self, key: str) -> bool:
        """A mark of the chart: ring or dot, each with the advice of its own day."""
        option = key.removesuffix(vm.THEN)
        advice = self._advice_at(option, then=key.endswith(vm.THEN))
        if advice is None:
            return False
        day = Text(a_date(advice.as_of, "en"), a_date(advice.as_of, "zh"))
        return self._ask(vm.why_mode(advice, option, "tax", day))

    def _advice_at(self, option: str, then: bool) -> Advice | None:
        """The advice that a mark speaks of: a mark without a day is the later one, unless only the ring is known."""
        shown, other = self._advice, self.other()
        if shown is None or other is None or self.day_switch.current() != "both":
            return shown
        early, late = (shown, other) if shown.as_of <= other.as_of else (other, shown)
        only_then = vm.tax_of(late.import_modes.option(option)).value is None
        known = vm.tax_of(early.import_modes.option(option)).value is not None
        return early if then or (only_then and known) else late

    def _why_mark(self, key: str) -> bool:
        """A row of the ranked table, or a score as `mode:criterion`."""
        return self._why_cell(key, "tax")

    def _why_cell(self, key: str, column: str) -> bool:
        advice = self._advice
        if advice is None or not key:
            return False
        day = Text(a_date(advice.as_of, "en"), a_date(advice.as_of, "zh"))
        part = {"value": "tax", "share": "tax", "name": "score", "rank": "score", "asks": "score"}
        return self._ask(vm.why_mode(advice, key, part.get(column, column), day))

    def _why_closed(self, key: str) -> bool:
        return self._ask(vm.why_mode(self._advice, key, "closed", Text("", "")) if self._advice else None)

    def _why_rate(self, key: str, column: str = "now") -> bool:
        early, late = self.days
        view = self.model.book.at(early if column == "then" else late, self.model.case.overrides)
        return self._ask(vm.why_rate(view, key))

    def _why_change(self, key: str, _column: str = "") -> bool:
        row = self._facts.get(key)
        return self._ask(why_reading(row.reading) if row and row.reading else None)

    def _why_city(self, key: str, column: str = "") -> bool:
        return self._ask(vm.why_city(self._advice, key, column) if self._advice else None)

    def _ask(self, subject: WhySubject | None) -> bool:
        if subject is None:
            return False
        self.whyRequested.emit(subject)
        return True


def _column(table: DataTable) -> str:
    """The key of the current column."""
    index = table.currentIndex()
    return table.table_model.columns[index.column()].key if index.isValid() else ""


Cells = tuple[str, dict[str, Cell]]
"""The key of a row, and its cells by column."""


def _rows_of(columns: Sequence[Column], rows: Sequence[Cells]) -> list[Row]:
    """Rows with the cells of these columns only."""
    return [Row(key, tuple(cells[column.key] for column in columns)) for key, cells in rows]


def _mode_cells(row: vm.ModeRow) -> Cells:
    return row.key, {
        "rank": Cell(row.rank, tone="acctext" if row.first else "text2", strong=True),
        "name": Cell(row.name, row.code, strong=row.first, tip=row.tip),
        "value": Cell(row.value, tone="text2"),
        "tax": Cell(row.tax, tone="unk" if row.unknown else "text", strong=True),
        "share": Cell(row.share, tone="text2"),
        "days": Cell(row.days, tone="unk" if row.days == "?" else "text"),
        "score": Cell(row.score, strong=True),
        "asks": Cell(row.asks, tone="text2", tip=row.asks),
    }


def _rate_cells(row: vm.RateRow, doubt: str, weak: str) -> Cells:
    badge = doubt if row.doubts else weak if row.weak else ""
    now = Cell(row.now.shown, tone="text" if row.now.known else "unk", strong=row.changed, tip=row.now.tip)
    then = Cell(row.then.shown, tone="text2" if row.then.known else "unk", tip=row.then.tip)
    name = Cell(row.name, badge=badge, badge_tone="warn", tip="\n".join(row.doubts))
    return row.key, {"name": name, "then": then, "now": now, "since": Cell(row.since, tone="text2")}


def _city_cells(row: vm.CityRow, chosen: str, chosen_word: str, doubt: str) -> Cells:
    name = Cell(
        row.name,
        strong=row.key == chosen,
        badge=chosen_word if row.key == chosen else "",
        badge_tone="accent",
    )
    reason = Cell(
        row.reason, tone="text2", badge=doubt if row.doubts else "", badge_tone="warn",
        tip="\n".join((row.reason, *row.doubts)),
    )  # fmt: skip
    return row.key, {
        "rank": Cell(row.rank, tone="text2", strong=True),
        "name": name,
        "modes": Cell(row.modes, tone="text" if row.known else "unk", tip=row.modes),
        "score": Cell(row.score),
        "reason": reason,
    }
