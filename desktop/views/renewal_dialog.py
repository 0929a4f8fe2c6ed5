"""A rule pack looked at before it is taken into use: how far the checks are, why it is refused, or what would change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.renewal import (
    STEPS,
    Effect,
    Given,
    Progress,
    Proposal,
    Refusal,
    Renewer,
    about_rows,
    counts_line,
    fact_row,
    found_facts,
    lost_line,
)
from desktop.views.design import SPACE, TYPE, pixmap, theme
from desktop.views.help_dialogs import PlainDialog
from desktop.views.widgets import (
    Cell,
    Column,
    DataTable,
    Notice,
    PrimaryButton,
    Row,
    SecondaryButton,
    SectionHead,
    TextLabel,
)
from desktop.views.widgets.long_table import LazyRows, LongTable

LOST_SHOWN = 6
"""So many lines of lost coverage stand in the notice; the rest is a count, and all of them its tool tip."""
EFFECTS_SHOWN = 5


class StepLine(QWidget):
    """One check: done, under way, or still to come."""

    def __init__(self) -> None:
        super().__init__()
        self.mark, self.words = QLabel(), TextLabel("")
        self.mark.setFixedWidth(theme().px(20))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.s)
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)

    def show_step(self, words: str, state: str) -> None:
        icon = {"done": "tick", "now": "chevron", "later": ""}[state]
        tone = {"done": "accent", "now": "text", "later": "text3"}[state]
        self.mark.setPixmap(pixmap(icon, tone, theme().px(14))) if icon else self.mark.clear()
        self.words.setText(words)
        self.words.set_tone("text" if state == "now" else "text2" if state == "done" else "text3")


class RenewalDialog(PlainDialog):
    """Begins to read at once. `installRequested(Proposal)` when the user wants it; the caller closes it then."""

    installRequested = Signal(object)

    def __init__(
        self,
        renewer: Renewer,
        prefs: Preferences,
        path: Path,
        recent: Sequence[Given] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.renewer, self.prefs, self.path, self.recent = renewer, prefs, path, tuple(recent)
        self.proposal: Proposal | None = None
        self.refusal: Refusal | None = None
        self._progress = Progress(1, len(STEPS), STEPS[0])
        self._mine = False
        self.title, self.lead = (
            TextLabel("", TYPE.page_title),
            TextLabel("", TYPE.caption, "text2", wrap=True),
        )
        self.parts = QStackedWidget()
        self.parts.addWidget(self._checking())
        self.parts.addWidget(self._refused())
        self.parts.addWidget(self._proposed())
        self.column.addWidget(self.title)
        self.column.addWidget(self.lead)
        self.column.addWidget(self.parts, 1)
        self.install = PrimaryButton("", "shield")
        self.install.clicked.connect(self._on_install)
        self.finish(self.install)
        self.install.hide()
        renewer.said.connect(self._on_said)
        renewer.ready.connect(self._on_ready)
        renewer.refused.connect(self._on_refused)
        renewer.stopped.connect(self.reject)
        self.setMinimumSize(theme().px(560), theme().px(340))
        self.resize(theme().px(620), theme().px(380))
        self.retranslate()
        self.start()

    # ------------------------------------------------------------------ the three faces
    def _checking(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.s)
        self.steps = [StepLine() for _ in STEPS]
        for line in self.steps:
            column.addWidget(line)
        column.addStretch(1)
        return part

    def _refused(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.l)
        self.notice = Notice("err")
        self.own_head, self.own_text = SectionHead(), TextLabel("", wrap=True)
        self.own = SecondaryButton("")
        self.own.clicked.connect(self._use_own)
        column.addWidget(self.notice)
        column.addWidget(self.own_head)
        column.addWidget(self.own_text)
        column.addWidget(self.own, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return part

    def _proposed(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.m)
        self.about = QGridLayout()
        self.about.setHorizontalSpacing(SPACE.xl)
        self.about.setVerticalSpacing(2)
        about = QWidget()
        line = QHBoxLayout(about)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(self.about)
        line.addStretch(1)
        self.unsigned, self.lost = Notice("warn"), Notice("warn")
        self.effects_head, self.effects = SectionHead(), DataTable()
        self.no_cases = TextLabel("", TYPE.body, "text2", wrap=True)
        self.facts_head, self.counts = SectionHead(), TextLabel("", TYPE.caption, "text2")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(theme().px(260))
        self.search.textChanged.connect(lambda _text: self._show_facts())
        self.facts = LongTable()
        self.detail = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.detail.setMinimumHeight(theme().px(36))
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.selectionModel().currentRowChanged.connect(lambda *_: self._show_detail())
        head = QHBoxLayout()
        head.setSpacing(SPACE.m)
        head.addWidget(self.facts_head)
        head.addWidget(self.counts, 1)
        head.addWidget(self.search)
        for widget in (about, self.unsigned, self.lost, self.effects_head, self.effects, self.no_cases):
            column.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.facts, 1)
        column.addWidget(self.detail)
        return part

    # ------------------------------------------------------------------ what happens
    def start(self, *, mine: bool = False) -> None:
        """Reads the pack, from the beginning."""
        self.proposal = self.refusal = None
        self._mine = mine
        self._progress = Progress(1, len(STEPS), STEPS[0])
        self.renewer.read(self.path, self.recent, mine=mine)
        self._show()

    def _use_own(self) -> None:
        self.start(mine=True)

    def _on_said(self, progress: Progress) -> None:
        self._progress = progress
        self._show_steps()

    def _on_ready(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self._show()
        self._grow()
        self.install.setFocus(Qt.FocusReason.OtherFocusReason)

    def _grow(self) -> None:
        """Room for the lists, as far as the screen has it, about the same middle."""
        room = self.screen().availableGeometry()
        size = QSize(theme().px(1000), theme().px(760)).boundedTo(room.size())
        size = size.expandedTo(self.size())
        left, top = (
            self.geometry().center().x() - size.width() // 2,
            self.geometry().center().y() - size.height() // 2,
        )
        self.setGeometry(max(room.left(), left), max(room.top(), top), size.width(), size.height())

    def _on_refused(self, refusal: Refusal) -> None:
        self.refusal = refusal
        self.proposal = None
        self._show()

    def _on_install(self) -> None:
        if self.proposal is not None:
            self.install.setEnabled(False)
            self.installRequested.emit(self.proposal)

    def done(self, result: int) -> None:
        """Leaving ends what is under way; nothing was changed by it."""
        if result != self.DialogCode.Accepted:
            self.renewer.forget()
        for signal, slot in (
            (self.renewer.said, self._on_said),
            (self.renewer.ready, self._on_ready),
            (self.renewer.refused, self._on_refused),
            (self.renewer.stopped, self.reject),
        ):
            signal.disconnect(slot)
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.reject()

    # ------------------------------------------------------------------ showing
    def retranslate(self) -> None:
        self._show()

    def _show(self) -> None:
        self.setWindowTitle(self.tr("Renew the rules"))
        leave = self.buttons.button(self.buttons.StandardButton.Close)
        if self.proposal is not None:
            self._show_proposal(self.proposal)
            leave.setText(self.tr("Leave as it is"))
        elif self.refusal is not None:
            self._show_refusal(self.refusal)
            leave.setText(self.tr("Close"))
        else:
            self.title.setText(self.tr("Looking at “{name}”").format(name=self.path.name))
            self.lead.setText(self.tr("Nothing is changed before you say so."))
            leave.setText(self.tr("Stop"))
            self.parts.setCurrentIndex(0)
            self._show_steps()
        self.install.setVisible(self.proposal is not None)
        self.setAccessibleName(self.title.text())

    def _show_steps(self) -> None:
        language, at = self.prefs.language, self._progress.step
        for number, (line, name) in enumerate(zip(self.steps, STEPS, strict=True), start=1):
            state = "done" if number < at else "now" if number == at else "later"
            line.show_step(name[language], state)

    def _show_refusal(self, refusal: Refusal) -> None:
        language = self.prefs.language
        self.title.setText(self.tr("The rules were not renewed"))
        self.lead.setText(self.tr("Nothing was changed."))
        lead = self.tr("“{name}” was refused.").format(name=refusal.name)
        self.notice.set_notice("err", lead, refusal.why[language])
        self.own_head.setText(self.tr("A pack of your own?"))
        self.own_text.setText(
            self.tr(
                "Where you made it yourself you may use it as “unsigned, mine”: nobody but you answers for its figures, "
                "and each answer is marked so, on the screen, on paper and in files, until other rules are in use."
            )
        )
        self.own.setText(self.tr("Use it as unsigned, mine"))
        for part in (self.own_head, self.own_text, self.own):
            part.setVisible(refusal.unsigned)
        self.parts.setCurrentIndex(1)
        # what is explicit is not what Enter does
        self.buttons.button(self.buttons.StandardButton.Close).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_proposal(self, proposal: Proposal) -> None:
        language = self.prefs.language
        mine = proposal.pack.trust == "mine"
        self.title.setText(self.tr("What would change"))
        self.lead.setText(
            self.tr(
                "The rules that are in use stay installed: going back is one click. Old cases keep theirs."
            )
        )
        self._show_about(proposal)
        self.unsigned.setVisible(mine)
        self.unsigned.set_notice(
            "warn",
            self.tr("Unsigned, mine."),
            self.tr("Nobody but you answers for these rules. Every answer will be marked so."),
        )
        lines = [lost_line(each, language) for each in proposal.lost]
        shown = lines[:LOST_SHOWN]
        if len(lines) > LOST_SHOWN:
            shown.append(self.tr("and {count} more").format(count=len(lines) - LOST_SHOWN))
        lead = self.tr("Less would be covered than now.")
        self.lost.set_notice("warn", lead, "\n" + "\n".join(shown))
        self.lost.setToolTip("\n".join(lines) if len(lines) > LOST_SHOWN else "")
        self.lost.setVisible(bool(lines))
        self._show_effects(proposal.effects)
        self.facts_head.setText(self.tr("Facts"))
        self.counts.setText(counts_line(proposal))
        self.search.setPlaceholderText(self.tr("Search in what changes"))
        self.search.setAccessibleName(self.tr("Search in what changes"))
        self._show_facts()
        self.install.setText(self.tr("Use as unsigned, mine") if mine else self.tr("Install"))
        self.install.setEnabled(True)
        self.parts.setCurrentIndex(2)

    def _show_about(self, proposal: Proposal) -> None:
        while item := self.about.takeAt(0):
            widget = item.widget()
            widget.hide()
            widget.deleteLater()
        rows = about_rows(proposal.pack, self.renewer.model.today, self.prefs.language)
        for at, (label, words, tone) in enumerate(rows):
            self.about.addWidget(TextLabel(label, TYPE.caption, "text2"), 0, at)
            shown = TextLabel(words, TYPE.body_medium, tone)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{label}: {words}")
            self.about.addWidget(shown, 1, at)

    def _show_effects(self, effects: tuple[Effect, ...]) -> None:
        self.effects_head.setText(self.tr("Your cases"))
        self.no_cases.setText(self.tr("No case is open and none is recent: nothing to compare."))
        self.no_cases.setVisible(not effects)
        self.effects.setVisible(bool(effects))
        columns = (
            Column("case", self.tr("Case"), width=140, stretch=True),
            Column("before", self.tr("First now"), width=130),
            Column("left", self.tr("Left now"), numeric=True, width=115),
            Column("after", self.tr("First then"), width=130),
            Column("then", self.tr("Left then"), numeric=True, width=115),
        )
        self.effects.set_table(columns, [self._effect_row(at, each) for at, each in enumerate(effects)])
        self.effects.set_name(self.tr("Your cases"))
        rows = min(len(effects), EFFECTS_SHOWN)
        self.effects.setFixedHeight(theme().px(SPACE.row) * rows + theme().px(32))

    def _effect_row(self, at: int, effect: Effect) -> Row:
        language = self.prefs.language
        name = effect.name[language] if effect.name else self.tr("The open case")
        unsaid = self.tr("cannot say")
        if effect.refused:
            return Row(str(at), (name, "", "", Cell(effect.refused[language], tone="err"), ""))
        words = self.tr("tax {amount}") if effect.tax else "{amount}"
        figures = [words.format(amount=figure) if figure else unsaid for figure in effect.figures]
        moved = effect.figures[0] != effect.figures[1]
        other = effect.before != effect.after
        return Row(
            str(at),
            (
                Cell(name, strong=effect.open),
                Cell(effect.before[language] or unsaid, tone="text2"),
                Cell(figures[0], tone="text2"),
                Cell(effect.after[language] or unsaid, strong=other, tone="text" if other else "text2"),
                Cell(figures[1], strong=moved, tone="text" if moved else "text2"),
            ),
        )

    def _show_facts(self) -> None:
        if self.proposal is None:
            return
        self._found = found_facts(self.proposal, self.search.text())
        columns = (
            Column("kind", self.tr("What"), width=76),
            Column("fact", self.tr("Fact"), width=220, stretch=True),
            Column("before", self.tr("Before"), width=150, stretch=True),
            Column("after", self.tr("After"), width=160, stretch=True),
            Column("source", self.tr("Source"), width=110, stretch=True),
        )
        self.facts.show_rows(columns, LazyRows(len(self._found), self._fact_row))
        self.facts.set_name(self.tr("Facts that change"))
        self._show_detail()

    def _fact_row(self, at: int) -> Row:
        assert self.proposal is not None
        row = fact_row(self.proposal, self._found[at], self.prefs.language)
        return Row(
            row.key,
            (
                Cell(row.kind, tone=row.tone),
                Cell(row.says, tip=f"{row.says}\n{row.key}"),
                Cell(row.before or "–", tone="text2", tip=row.before),
                Cell(row.after or "–", tip=row.after),
                Cell(row.source, tone="text2", tip=row.source),
            ),
        )

    def _show_detail(self) -> None:
        """The current fact with all its words, for the table cuts them."""
        at = self.facts.current_row()
        if self.proposal is None or not 0 <= at < len(self._found):
            none = (
                self.tr("Nothing found.") if self.search.text().strip() else self.tr("No fact would change.")
            )
            self.detail.setText("" if self.proposal is None or self._found else none)
            return
        row = fact_row(self.proposal, self._found[at], self.prefs.language)
        values = " → ".join(text or "–" for text in (row.before, row.after))
        self.detail.setText(f"{row.says}  {values}\n{row.source} · {row.key}")
