"""The status bar: which rules, how new, the oldest source behind the answer, what is past its review."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.status import RuleState
from desktop.viewmodels.wording import a_date
from desktop.views.design import SPACE, TYPE, pixmap, set_ground, theme
from desktop.views.widgets import LinkLabel, TextLabel


class Part(QWidget):
    """An icon and a few words."""

    def __init__(self, icon_name: str = "", tone: str = "text2") -> None:
        super().__init__()
        self._icon_name, self._tone = icon_name, tone
        self.icon = QLabel()
        self.words = TextLabel("", TYPE.caption, tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.icon)
        row.addWidget(self.words)
        self.icon.setVisible(bool(icon_name))
        theme().follow(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        if self._icon_name:
            self.icon.setPixmap(pixmap(self._icon_name, self._tone, theme().px(14)))

    def set_text(self, text: str, tip: str = "") -> None:
        self.words.setText(text)
        self.setToolTip(tip)
        self.setVisible(bool(text))


class StatusBar(QWidget):
    """One row of 28 px. `reviewsRequested` opens the list of what is past its review."""

    reviewsRequested = Signal()
    ownRequested = Signal()
    """The open case with the rules that it was answered with."""
    inUseRequested = Signal()
    """And with the rules in use again."""

    def __init__(self, prefs: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prefs = prefs
        self._state: RuleState | None = None
        set_ground(self, "chrome")
        self.rules, self.newest, self.oldest = Part("book"), Part(), Part("clock")
        self.warning = QLabel()
        self.reviews = LinkLabel("", TYPE.caption, "warn")
        self.facts = Part()
        self.mark = Part("shield", "warn")
        self.own = Part("clock", "warn")
        self.own_link = LinkLabel("", TYPE.caption, "accent")
        self._seen = False
        self.compact = False
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.l, 0, SPACE.l, 0)
        row.setSpacing(SPACE.l)
        row.addWidget(self.rules)
        row.addWidget(self.mark)
        own = QHBoxLayout()
        own.setSpacing(6)
        own.addWidget(self.own)
        own.addWidget(self.own_link)
        row.addLayout(own)
        row.addWidget(self.newest)
        row.addWidget(self.oldest)
        past = QHBoxLayout()
        past.setSpacing(6)
        past.addWidget(self.warning)
        past.addWidget(self.reviews)
        row.addLayout(past)
        row.addStretch(1)
        row.addWidget(self.facts)
        self.reviews.activated.connect(self.reviewsRequested)
        self.own_link.activated.connect(self._on_own)
        self.mark.words.set_tone("warn")
        self.own.words.set_tone("warn")
        self.show_own("", "")
        theme().follow(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        self.setFixedHeight(theme().px(SPACE.status_bar))
        self.warning.setPixmap(pixmap("triangle", "warn", theme().px(14)))

    def show_state(self, state: RuleState) -> None:
        """The state of the rules, in the language in force."""
        self._state = state
        language = self.prefs.language
        pack = state.used.pack
        shipped = pack.trust == "shipped"
        self.rules.set_text(
            self.tr("Rule book {digest}").format(digest=state.digest) if shipped else self._pack_words(state),
            "" if shipped else self._pack_tip(state),
        )
        self.mark.set_text(" · ".join(text[language] for text in state.used.marks))
        newest = "" if state.newest is None or self.own_shown else a_date(state.newest, language)
        self.newest.set_text(
            self.tr("Newest source {day}").format(day=newest) if newest and not self.compact else ""
        )
        if state.oldest is None:
            self.oldest.set_text("")
        else:
            tip = f"{state.oldest.publisher}, {state.oldest.title}"
            day = a_date(state.oldest.day, language)
            words = (
                self.tr("Oldest source {day}") if self.compact else self.tr("Oldest behind this answer {day}")
            )
            self.oldest.set_text(words.format(day=day), tip)
        count = state.past_review
        self.reviews.setText(self.tr("{count} past review").format(count=count))
        self.reviews.setVisible(bool(count))
        self.warning.setVisible(bool(count))
        self.facts.set_text(self.tr("{count} facts, each with a source").format(count=f"{state.facts:,}"))
        self.facts.setVisible(not self.compact)

    def _pack_words(self, state: RuleState) -> str:
        """The rules by name, and by when they are to be reviewed where there is room and that day has not passed."""
        pack = state.used.pack
        if self.compact or self.own_shown or pack.review_by is None or state.used.state != "good":
            return self.tr("Rules of {name}").format(name=pack.name)
        day = a_date(pack.review_by, self.prefs.language)
        return self.tr("Rules of {name}, review by {day}").format(name=pack.name, day=day)

    def _pack_tip(self, state: RuleState) -> str:
        """Who signed the rules, and how long they are good."""
        pack, language = state.used.pack, self.prefs.language
        lines = [
            self.tr("Signed with the key {key}, number {number}").format(key=pack.key, number=pack.counter)
            if pack.trust == "signed"
            else state.used.marks[0][language]
        ]
        for words, day in (
            (self.tr("Review by {day}"), pack.review_by),
            (self.tr("Expires {day}"), pack.expires),
        ):
            if day is not None:
                lines.append(words.format(day=a_date(day, language)))
        return "\n".join(lines)

    @property
    def own_shown(self) -> bool:
        """Whether it is said that other rules answered the case: then the newest source gives way."""
        return bool(self.own.words.text())

    def show_own(self, words: str, link: str, *, seen: bool = False) -> None:
        """By which other rules the case was answered, and the way to them; where it is `seen` with them, the way back."""
        self._seen = seen
        self.own.set_text(words, words)
        self.own_link.setText(link)
        self.own_link.setVisible(bool(link))
        if self._state is not None:
            self.show_state(self._state)

    def _on_own(self) -> None:
        (self.inUseRequested if self._seen else self.ownRequested).emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._state is not None:
            self.show_state(self._state)
        super().changeEvent(event)
