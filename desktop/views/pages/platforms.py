"""Platforms: export platforms as ranked cost stacks, import platforms as a ranked table; criteria with weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.result import Advice, Ranking
from desktop.core.text import EMPTY, Language
from desktop.engine.badges import badge_rule, badges
from desktop.viewmodels import platforms as vm
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views.charts.base import ChartOrTable
from desktop.views.charts.stack import StackChart
from desktop.views.design.tokens import SPACE
from desktop.views.pages.base import Page
from desktop.views.pages.closed_rows import ClosedRows
from desktop.views.pages.criteria_grid import CriteriaGrid
from desktop.views.widgets import Badge, EmptyState, Segmented, TextLabel

if TYPE_CHECKING:
    from desktop.views.pages.import_platforms_table import ImportPlatformsTable


class PlatformsPage(Page):
    """The comparison of platforms in the first market, or of import platforms."""

    step_id = "platforms"
    has_table = True

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(model, prefs, parent)
        self._side = "export"
        self.side_switch = Segmented()
        self.share_switch = Segmented()
        self.form_switch = Segmented()
        for switch in (self.side_switch, self.share_switch, self.form_switch):
            self.add_switch(switch)
        self.chart = StackChart()
        self.bars = ChartOrTable(self.chart)
        self._table: ImportPlatformsTable | None = None
        self.table_room = QVBoxLayout()
        self.badge_row = QWidget()
        self.badges = {key: Badge("", icon, tone, clickable=True) for key, icon, tone in BADGES}
        self.badge_names = {key: TextLabel() for key, _, _ in BADGES}
        self.unranked = TextLabel("", wrap=True, tone="unk")
        self.closed = ClosedRows()
        self.criteria = CriteriaGrid()
        self.empty = EmptyState("store")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        badges = QHBoxLayout(self.badge_row)
        badges.setContentsMargins(0, 0, 0, 0)
        badges.setSpacing(SPACE.s)
        for key, _, _ in BADGES:
            badges.addWidget(self.badges[key])
            badges.addWidget(self.badge_names[key])
            badges.addSpacing(SPACE.l)
        badges.addStretch(1)
        self.body.setSpacing(SPACE.l)
        for widget in (
            self.empty, self.bars, self.badge_row, self.unranked, self.closed, self.criteria,
        ):  # fmt: skip
            self.body.addWidget(widget)
        self.body.insertLayout(2, self.table_room)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.empty.linkActivated.connect(self.on_absence_link)
        self.side_switch.changed.connect(self._on_side)
        self.share_switch.changed.connect(self._refresh)
        self.form_switch.changed.connect(self._on_form)
        self.chart.whyRequested.connect(self._ask_why)
        self.closed.whyRequested.connect(self._ask_why)
        self.criteria.whyRequested.connect(self._ask_why)
        self.criteria.weightCommitted.connect(self._on_weight)
        for badge in self.badges.values():
            badge.activated.connect(
                lambda badge=badge: self.messageRequested.emit(badge.accessibleDescription(), "")
            )

    @property
    def table(self) -> ImportPlatformsTable:
        """The import platforms, made when a case first has them."""
        if self._table is None:
            from desktop.views.pages.import_platforms_table import ImportPlatformsTable

            self._table = ImportPlatformsTable()
            self._table.rowActivated.connect(self._ask_why)
            self.table_room.addWidget(self._table)
        return self._table

    # ------------------------------------------------------------------ what the window calls
    def show_advice(self, advice: Advice) -> None:
        both = bool(advice.platforms.options) and bool(advice.import_platforms.options)
        if not both:
            self._side = "import" if advice.import_platforms.options else "export"
        ranking = self.ranking(advice)
        found = self.absence(advice, bool(ranking.ranked or ranking.closed))
        self.side_switch.setVisible(both and found is None)
        self.side_switch.set_current(self._side)
        if self.show_absence(self.empty, found):
            self._show_nothing()
            return
        self._show_export(advice, ranking) if self._side == "export" else self._show_import(ranking)
        self.closed.set_rows(vm.closed_rows(ranking, self.language))
        options = [(option.id, option.name[self.language]) for option in ranking.ranked]
        self._criteria_options(ranking, options)
        self._show_badges(ranking)

    def ranks(self, advice: Advice) -> bool:
        return bool(self.ranking(advice).ranked)

    def _show_nothing(self) -> None:
        for widget in (
            self.share_switch, self.form_switch, self.bars, self.badge_row, self.unranked, self.closed, self.criteria,
        ):  # fmt: skip
            widget.hide()
        if self._table is not None:
            self._table.hide()

    def ranking(self, advice: Advice) -> Ranking:
        return advice.platforms if self._side == "export" else advice.import_platforms

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self.side_switch.set_choices(
            [("export", self.tr("Export")), ("import", self.tr("Import"))], self._side
        )
        self.share_switch.set_choices(
            [("amount", self.tr("Amount")), ("share", self.tr("Share of price"))],
            self.share_switch.current() or "amount",
        )
        self.form_switch.set_choices(
            [("chart", self.tr("Chart")), ("table", self.tr("Table"))], self.form_switch.current() or "chart"
        )
        self.chart.set_name(self.tr("Cost and margin by platform"))
        self.badges["best"].set_badge(self.tr("Best value"), "star", "accent")
        self.badges["fastest"].set_badge(self.tr("Fastest"), "clock")
        self.badges["cheapest"].set_badge(self.tr("Most left"), "coin")
        if self.model.advice is not None:
            self.show_advice(self.model.advice)

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self.chart.set_row_height(64 if compact else 68)

    def set_beside(self, beside: bool) -> None:
        super().set_beside(beside)
        self._refresh()

    def forget(self) -> None:
        super().forget()
        self._side = "export"
        self.chart.set_current("")
        if self._table is not None:
            self._table.clear_rows()

    def focus_first(self) -> None:
        if self.focus_empty(self.empty):
            return
        target = self.chart if self._side == "export" else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_table(self) -> None:
        self.form_switch.set_current("chart" if self.form_switch.current() == "table" else "table")
        self._on_form()

    def why_focused(self) -> bool:
        mark = self.chart.current_mark() if self._side == "export" else None
        advice = self.model.advice
        first = self.ranking(advice).first if advice else None
        at = self.table.current_key() if self._side == "import" else ""
        key = mark.key if mark else at or (first.id if first else "")
        return self._ask_why(key)

    # ------------------------------------------------------------------ showing
    def _show_export(self, advice: Advice, ranking: Ranking) -> None:
        share = self.share_switch.current() == "share"
        data = vm.stack_data(ranking, self.language, share)
        self.chart.set_data(data)
        self.bars.refresh()
        if self._table is not None:
            self._table.hide()
        self.bars.setVisible(bool(data.rows))
        self.share_switch.setVisible(bool(data.rows))
        self.form_switch.setVisible(bool(data.rows))
        self.set_title(self.step.name[self.language], vm.lead(advice, self.language))
        unpriced = [option.name[self.language] for option in ranking.ranked if option.quote is None]
        self.unranked.setText(
            self.tr("Ranked without a margin, because no list price is given: {names}").format(
                names=", ".join(unpriced)
            )
        )
        self.unranked.setVisible(bool(unpriced))

    def _show_import(self, ranking: Ranking) -> None:
        self.bars.hide()
        self.share_switch.hide()
        self.form_switch.hide()
        self.unranked.hide()
        self.table.show_ranking(ranking, self.language, self.beside)
        first = ranking.first
        lead = self.tr("{first} first.").format(first=first.name[self.language]) if first else ""
        self.set_title(self.step.name[self.language], lead)

    def _criteria_options(self, ranking: Ranking, options: list[tuple[str, str]]) -> None:
        shown = options[:MOST_COLUMNS]
        rows = vm.criterion_rows(ranking, self.language)
        self.criteria.set_rows(rows, options if len(options) <= MOST_COLUMNS else shown)
        self.criteria.setVisible(bool(rows) and not self.beside)

    def _show_badges(self, ranking: Ranking) -> None:
        found = badges(ranking)
        for key, _, _ in BADGES:
            option = ranking.option(found.get(key, ""))
            shown = option is not None and self._side == "export"
            self.badges[key].setVisible(shown)
            self.badge_names[key].setVisible(shown)
            if option is not None:
                self.badge_names[key].setText(option.name[self.language])
            self.badges[key].set_rule(badge_rule(self.model.book, "platforms", key)[self.language])
        self.badge_row.setVisible(self._side == "export" and bool(found) and not self.beside)

    # ------------------------------------------------------------------ slots
    def _refresh(self) -> None:
        if self.model.advice is not None:
            self.show_advice(self.model.advice)

    def _on_side(self, side: str) -> None:
        self._side = side
        self._refresh()

    def _on_form(self) -> None:
        self.bars.show_table(self.form_switch.current() == "table")

    def _on_weight(self, criterion: str, weight: int) -> None:
        self.model.set_weight(
            "platforms" if self._side == "export" else "import_platforms", criterion, weight
        )

    def _ask_why(self, key: str) -> bool:
        advice = self.model.advice
        if advice is None or not key:
            return False
        market = advice.markets.first
        subject = vm.why_of(self.ranking(advice), key, market.name if market else EMPTY)
        if subject is None:
            return False
        self.whyRequested.emit(subject)
        return True


BADGES = (("best", "star", "accent"), ("fastest", "clock", "plain"), ("cheapest", "coin", "plain"))
MOST_COLUMNS = 5
"""More options than this do not fit beside the sliders; the first ones are shown."""
