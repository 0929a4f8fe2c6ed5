"""The verdict beside the work, or as a strip at its foot: what stands first, what is left, and what that rests on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.flow import FlowStep
from desktop.core.places import in_sentence
from desktop.core.questions import Questions
from desktop.core.text import Language
from desktop.viewmodels.product import default_value
from desktop.viewmodels.verdict import KeyFigure, Narrows, Verdict, VerdictRow
from desktop.viewmodels.wording import as_sentence
from desktop.views.bands import BandRow, BandScale, RankLabel
from desktop.views.design import SPACE, TYPE, pixmap, set_ground, theme
from desktop.views.design.theme import clear_viewport
from desktop.views.widgets import (
    Badge,
    FigureLabel,
    Hairline,
    KeyCap,
    LinkLabel,
    PrimaryButton,
    ProvenanceMark,
    SecondaryButton,
    SectionHead,
    ShortLabel,
    TextLabel,
)

CLOSED_SHOWN = 3
STRIP_HEIGHT = 72
"""Of the verdict at the foot of a narrow window, at the design size of the text."""
BAR = 13
"""What a scroll bar and the edge take of the width."""
RANGE_STEPS = (TYPE.verdict, TYPE.option, TYPE.body_strong)
"""A range in place of the figure, in the largest step that has room."""


class Icon(QLabel):
    """A small icon that follows the theme."""

    def __init__(self, name: str, tone: str, size: int = 14) -> None:
        super().__init__()
        self._drawn = (name, tone, size)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setContentsMargins(0, 2, 0, 0)
        theme().follow(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        name, tone, size = self._drawn
        self.setFixedWidth(theme().px(size) + 2)
        self.setPixmap(pixmap(name, tone, theme().px(size)))


class StruckLabel(TextLabel):
    """A name that is struck through: closed."""

    def _retheme(self) -> None:
        font = theme().font(self._step)
        font.setStrikeOut(True)
        self.setFont(font)


class Foot(QWidget):
    """Back and the next step by its name."""

    stepRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back, self.next = SecondaryButton(""), PrimaryButton("")
        self._back_id = self._next_id = ""
        for button in (self.back, self.next):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.s)
        row.addWidget(self.back)
        row.addWidget(self.next)
        self.back.clicked.connect(lambda: self.stepRequested.emit(self._back_id))
        self.next.clicked.connect(lambda: self.stepRequested.emit(self._next_id))

    def show_steps(self, back: FlowStep | None, after: FlowStep | None, language: Language) -> None:
        self._back_id = back.id if back else ""
        self._next_id = after.id if after else ""
        self.back.setVisible(back is not None)
        self.next.setVisible(after is not None)
        self.back.setText(self.tr("Back"))
        self.back.setToolTip(back.name[language] if back else "")
        self.next.setText(f"{after.name[language]}  ›" if after else "")
        self.next.setAccessibleName(after.name[language] if after else "")
        for button in (self.back, self.next):
            button.setMinimumWidth(button.sizeHint().width())

    def standing(self) -> QWidget:
        """The button that leads on, or the one back where there is no further step."""
        return self.back if self.next.isHidden() else self.next


class VerdictWords(QWidget):
    """What pane and strip say alike."""

    questionRequested = Signal(str)
    whyRequested = Signal()
    stepRequested = Signal(str)

    def __init__(self, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.questions = questions
        self.language: Language = "en"
        self.verdict = Verdict()
        self.heading = TextLabel("", TYPE.verdict, wrap=True)
        self.rules = TextLabel("", TYPE.body_strong, "warn", wrap=True)
        self.figure_step = TYPE.figure
        self.figure = FigureLabel("")
        self.figure.whyRequested.connect(self.whyRequested)
        self.foot = Foot()
        self.foot.stepRequested.connect(self.stepRequested)

    def title(self) -> str:
        """eBay · United States, or what stands in the way of a verdict."""
        found, language = self.verdict, self.language
        if found.missing:
            return self.tr("Three answers and the first ranking appears")
        if not found.choice:
            return ""
        if not found.option:
            every = bool(found.closed) and not found.rows
            return self.tr("Everything is closed to this case") if every else self.tr("Cannot say yet")
        if found.rival[language]:
            words = self.tr("Too close to call: {first} or {second}")
            return words.format(first=found.heading[language], second=found.rival[language])
        return " · ".join(part for part in (found.heading[language], found.place[language]) if part)

    def caption(self, key: KeyFigure) -> str:
        """What the figure is."""
        if key.without:
            words = self.before(key.without)
        elif key.kind == "net":
            words = (
                self.tr("left of each {price} sold, at most")
                if key.at_most
                else self.tr("left of each {price} sold")
            )
        elif key.kind == "tax":
            words = self.tr("tax on an order of {price}")
        else:
            return ""
        return words.format(price=key.of)

    def all_caption(self, key: KeyFigure) -> str:
        """What the figure is, and what the open answers still do to it."""
        moved = self.moved()
        if self.shows_range():
            return moved or self.tr("left of each {price} sold").format(price=key.of)
        if not moved:
            return self.caption(key)
        return self.tr("{what}; {moved}").format(what=self.caption(key), moved=moved)

    def first_row(self) -> VerdictRow | None:
        """The row of the first option."""
        return next((row for row in self.verdict.rows if row.rank == 1), None)

    def span_words(self, row: VerdictRow) -> str:
        """4.20 to 9.60: from the least to the most that an option leaves over the open answers."""
        band = row.band
        if band is None:
            return row.figure
        if band.low == band.high:
            return band.low
        return self.tr("{low} to {high}").format(low=band.low, high=band.high)

    def shows_range(self) -> bool:
        """Whether a range stands in place of the figure: where "at most" is all that could be said, it says more."""
        row, key = self.first_row(), self.verdict.key
        return row is not None and row.band is not None and bool(key.without or key.at_most)

    def moved(self) -> str:
        """What the open answers still do to the figure, as part of a sentence; empty where nothing is open."""
        row = self.first_row()
        if row is None or row.band is None or row.band.low == row.band.high:
            return ""
        if self.shows_range():
            return self.tr("left of each {price} sold, by what is still open").format(
                price=self.verdict.key.of
            )
        words = self.tr("{low} to {high} by what is still open")
        return words.format(low=row.band.low, high=row.band.high)

    def certain(self) -> str:
        """In how many combinations of the open answers the first option leads in the first market."""
        found, language = self.verdict, self.language
        first, tried = found.leads
        if tried < 2 or not self.moved():
            return ""
        if first == tried:
            words = self.tr(
                "In {place}, {first} is first in all {tried} combinations of the open answers that were tried."
            )
        else:
            words = self.tr(
                "In {place}, {first} is first in {count} of {tried} combinations of the open answers."
            )
        place = in_sentence(found.place)[language]
        return words.format(place=place, first=found.heading[language], count=first, tried=tried)

    def before(self, without: tuple[str, ...]) -> str:
        """What stands still to be taken from the figure."""
        if without == ("goods",):
            return self.tr("of each {price} sold, before the goods: their cost is not known")
        if without == ("freight",):
            return self.tr("of each {price} sold, before freight: it is not known")
        return self.tr("of each {price} sold, before goods and freight: neither is known")

    def show_rules(self) -> None:
        """The mark of rules that nobody signed, or that are past their days."""
        self.rules.setText(" · ".join(text[self.language] for text in self.verdict.rules))
        self.rules.setVisible(bool(self.verdict.rules))

    def show_figure(self) -> None:
        key, row = self.verdict.key, self.first_row()
        self.figure.setVisible(bool(key.kind))
        # a colour and a minus are soon overlooked
        loss = self.tr("loss")
        if row is not None and row.band is not None and self.shows_range():
            at_most = "≤ " if row.band.at_most else ""
            suffix = " · ".join(part for part in (key.currency, loss if row.band.loss else "") if part)
            self.figure.set_step(TYPE.verdict)
            tone = "text3" if self.verdict.pending else "text"
            self.figure.set_figure(at_most + self.span_words(row), suffix, tone)
            self.figure.set_name(self.title())
            self.figure.setAccessibleDescription(self.moved())
            return
        self.figure.set_step(self.figure_step)
        tone = "err" if key.loss else "unk" if key.without else "text"
        # with the share as well the figure would have to be small, which is the last that a loss may be
        suffix = " · ".join(part for part in (key.currency, loss if key.loss else key.share) if part)
        self.figure.set_figure(("≤ " if key.at_most else "") + key.figure, suffix, tone)
        self.figure.set_name(self.title())
        self.figure.setAccessibleDescription(self.caption(key))

    def spoken(self) -> str:
        """The verdict in a sentence, for the screen reader."""
        found = self.verdict
        if not self.title():
            return ""
        figure = self.figure.text() if found.key.kind else ""
        parts = (self.tr("Verdict"), self.title(), figure, self.caption(found.key))
        return ("，" if self.language == "zh" else ", ").join(part for part in parts if part)

    def question_name(self, name: str) -> str:
        return self.questions[name].label[self.language]


class Section(QWidget):
    """A head and rows below it, made anew only when what they say changes."""

    def __init__(self) -> None:
        super().__init__()
        self._said: object = None
        self.head = SectionHead("")
        self.head.setWordWrap(True)
        self.badge = Badge("", tone="unk")
        self.badge.hide()
        self.rows = QVBoxLayout()
        self.rows.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(SPACE.s)
        top.addWidget(self.head)
        top.addWidget(self.badge)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(self.rows)

    def fill(self, title: str, said: object, make: Callable[[], list[QWidget]], count: int = 0) -> None:
        """Shows a title and the rows for `said`; nothing said hides the section."""
        self.setVisible(bool(said))
        self.head.setText(title)
        self.badge.setVisible(bool(count))
        self.badge.set_badge(str(count), tone="unk")
        if said == self._said:
            return
        self._said = said
        while item := self.rows.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in make() if said else []:
            self.rows.addWidget(row)


class RankRow(QWidget):
    """Rank, name, figure."""

    def __init__(self, row: VerdictRow, at_most: str, language: Language) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(SPACE.s)
        first = row.rank == 1
        tone = "accent" if first else "text2" if row.rank else "unk"
        rank = RankLabel(str(row.rank) if row.rank else "?", tone)
        name = TextLabel(row.name[language], TYPE.body_strong if first else TYPE.body, wrap=True)
        line.addWidget(rank)
        line.addWidget(name, 1)
        if row.at_most:
            line.addWidget(TextLabel(at_most, TYPE.caption, "unk"))
        figure = TextLabel(row.figure, TYPE.body_strong if first else TYPE.body)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        figure.setMinimumWidth(round(theme().width("0.00", TYPE.body_strong)))
        line.addWidget(figure)


def lined(icon_name: str, tone: str, text: str, second: str = "", strike: bool = False) -> QWidget:
    """An icon, a sentence, and a second one in grey below it."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(Icon(icon_name, tone), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    kind = StruckLabel if strike else TextLabel
    words.addWidget(kind(text, TYPE.body, "text2" if strike else "text", wrap=True))
    if second:
        words.addWidget(TextLabel(second, TYPE.caption, "text2", wrap=True))
    row.addLayout(words, 1)
    return made


class VerdictPane(VerdictWords):
    """The pane at the right, 320 px."""

    def __init__(self, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__(questions, parent)
        set_ground(self, "surface2")
        self.over = TextLabel("", TYPE.caption_medium, "text2")
        self.caption_label = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.cap = KeyCap("W")
        self.why = LinkLabel("", TYPE.caption)
        self.why.activated.connect(self.whyRequested)
        self.second = TextLabel("", TYPE.body, wrap=True)
        self.links, self.narrowing = Section(), Section()
        self.ranking, self.stability, self.warnings = Section(), Section(), Section()
        self.unknown, self.defaults, self.left_out, self.closed = Section(), Section(), Section(), Section()
        self.lines: list[tuple[Hairline, Section]] = []
        self._build()
        theme().follow(self._fit_figure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_figure()

    def show_figure(self) -> None:
        super().show_figure()
        self._fit_figure()

    def _fit_figure(self) -> None:
        """The figure as large as it may be without the pane scrolling sideways for it."""
        ranged = self.shows_range()
        room = self.width() - 2 * SPACE.side_margin - BAR
        for step in RANGE_STEPS if ranged else (TYPE.figure, TYPE.figure_second, TYPE.verdict):
            self.figure.set_step(step)
            if self.figure.sizeHint().width() <= room:
                break

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        self.scroll = QScrollArea()
        whole.addWidget(self.scroll, 1)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        clear_viewport(self.scroll)
        content = QWidget()
        self.scroll.setWidget(content)
        content.setAutoFillBackground(False)
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE.side_margin, SPACE.l + 4, SPACE.side_margin, SPACE.l)
        column.setSpacing(SPACE.s)
        note = QHBoxLayout()
        note.setSpacing(6)
        note.addWidget(self.caption_label, 1)
        for part in (self.why, self.cap):
            note.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.over)
        column.addWidget(self.heading)
        column.addWidget(self.rules)
        column.addWidget(self.figure)
        column.addLayout(note)
        column.addWidget(self.second)
        column.addWidget(self.links)
        sections = (self.ranking, self.narrowing, self.stability, self.unknown, self.defaults, self.left_out,
                    self.warnings, self.closed)  # fmt: skip
        for section in sections:
            line = Hairline()
            self.lines.append((line, section))
            column.addSpacing(4)
            column.addWidget(line)
            column.addWidget(section)
        column.addStretch(1)
        under = QWidget()
        under_row = QVBoxLayout(under)
        under_row.setContentsMargins(SPACE.side_margin, SPACE.s, SPACE.side_margin, SPACE.l)
        under_row.addWidget(self.foot)
        whole.addWidget(under)

    def show_verdict(self, found: Verdict, language: Language) -> None:
        """Says a verdict in a language."""
        self.verdict, self.language = found, language
        self.setAccessibleName(self.tr("Verdict"))
        self.over.setText(self.tr("Verdict") if found.choice else self.tr("Verdict so far"))
        self.heading.setText(self.title())
        self.show_rules()
        self.show_figure()
        self.caption_label.setText(self.all_caption(found.key))
        self.caption_label.setVisible(bool(found.key.kind))
        self.why.setText(self.tr("why"))
        for part in (self.why, self.cap):
            part.setVisible(bool(found.key.kind))
        second = self.tr("Into China: {mode}").format(mode=found.second[language]) if found.second else ""
        self.second.setText(second)
        self.second.setVisible(bool(second))
        self._fill(found, language)
        for line, section in self.lines:
            line.setVisible(not section.isHidden())

    def _fill(self, found: Verdict, language: Language) -> None:
        """All sections below the figure."""
        names = tuple((name, self.question_name(name)) for name in found.missing)
        self.links.fill(
            self.tr("Still open"), names, lambda: [self._link(name, words) for name, words in names]
        )
        self._fill_narrowing(found, language)
        unit = self._unit(found)
        said = found.rows and (found.rows, found.scale, found.pending, found.leads, language)
        self.ranking.fill(self.tr("Ranked by score") + unit, said, self._ranked)
        stable = tuple(text[language] for text in found.stability)
        self.stability.fill(
            self.tr("How stable is this"),
            stable,
            lambda: [TextLabel(text, TYPE.body, wrap=True) for text in stable],
        )
        warned = tuple(as_sentence(text[language]) for text in found.warnings)
        self.warnings.fill(
            self.tr("Mind"), warned, lambda: [lined("triangle", "warn", text) for text in warned]
        )
        gaps = tuple(as_sentence(each.why[language]) for each in found.unknown)
        more = found.unknown_count - len(gaps)
        count = found.unknown_count
        self.unknown.fill(self.tr("Not known"), gaps and (gaps, more), lambda: self._gaps(gaps, more), count)
        used = tuple((d.label[language], default_value(d, self.questions, language)) for d in found.defaults)
        self.defaults.fill(self.tr("Defaults in use"), used, lambda: [self._default(*pair) for pair in used])
        left = ("、" if language == "zh" else ", ").join(text[language] for text in found.left_out)
        self.left_out.fill(
            self.tr("Not counted"), left, lambda: [TextLabel(left, TYPE.body, "text2", wrap=True)]
        )
        shown = tuple(
            (c.name[language], c.text[language], c.opens[language]) for c in found.closed[:CLOSED_SHOWN]
        )
        self.closed.fill(self.tr("Closed"), shown, lambda: [self._closed(*row) for row in shown])

    def _ranked(self) -> list[QWidget]:
        """The options: with bands while answers are open, else with a figure each."""
        found, language, at_most = self.verdict, self.language, self.tr("at most")
        rows: list[QWidget] = []
        for row in found.rows:
            if row.band is None:
                rows.append(RankRow(row, at_most, language))
                continue
            note = at_most if row.band.at_most else ""
            rank = str(row.rank) if row.rank else "?"
            rows.append(
                BandRow(rank, row.name[language], self.span_words(row), note, row.band, found.scale,
                        row.rank == 1, found.pending)
            )  # fmt: skip
        if found.scale.ticks:
            rows.append(BandScale(found.scale))
        certain = self.certain()
        if certain:
            rows.append(TextLabel(certain, TYPE.caption, "text2", wrap=True))
        return rows

    def _fill_narrowing(self, found: Verdict, language: Language) -> None:
        asked = tuple((each, self.question_name(each.question)) for each in found.narrowing)
        of = found.narrowed[language]
        title = self.tr("Would narrow it most")
        if any(each.by for each in found.narrowing):
            words = self.tr("Would narrow {option} most · {currency}")
            title = words.format(option=of, currency=found.key.currency)
        self.narrowing.fill(
            title, asked and (asked, of), lambda: [self._narrows(*each, of) for each in asked]
        )

    def _narrows(self, each: Narrows, words: str, of: str) -> QWidget:
        """A question as a link to its field, and by how much its answer narrows the range."""
        link = self._link(each.question, words)
        if not each.by:
            return link
        said = self.tr("{question} narrows {option} by {amount} {currency} on average of the answers tried")
        tip = said.format(question=words, option=of, amount=each.by, currency=self.verdict.key.currency)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.s)
        by = TextLabel(self.tr("by {amount}").format(amount=each.by), TYPE.body_strong)
        link.setAccessibleName(tip)
        for part in (link, by):
            part.setToolTip(tip)
        row.addWidget(link)
        row.addStretch(1)
        row.addWidget(by)
        return made

    def _unit(self, found: Verdict) -> str:
        if not found.key.currency:
            return ""
        what = self.tr("net, {currency}") if found.key.kind == "net" else self.tr("tax, {currency}")
        return " · " + what.format(currency=found.key.currency)

    def _link(self, name: str, words: str) -> QWidget:
        link = LinkLabel(words)
        link.activated.connect(lambda: self.questionRequested.emit(name))
        return link

    def _gaps(self, gaps: tuple[str, ...], more: int) -> list[QWidget]:
        rows = [lined("question", "unk", gap) for gap in gaps]
        if more > 0:
            rows.append(TextLabel(self.tr("and {count} more").format(count=more), TYPE.caption, "text2"))
        return rows

    def _default(self, label: str, value: str) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        mark = ProvenanceMark("default", with_word=False)
        row.addWidget(mark)
        row.addWidget(TextLabel(label, TYPE.body, wrap=True), 1)
        shown = TextLabel(value, TYPE.body_medium, "warn", wrap=True)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(shown)
        return made

    def _closed(self, name: str, text: str, opens: str) -> QWidget:
        second = text
        if opens:
            way = self.tr("Would open it: {what}").format(what=opens)
            second = f"{text.rstrip('.。')}。{way}" if self.language == "zh" else f"{text.rstrip('.')}. {way}"
        return lined("no-entry", "text2", name, second, strike=True)


class VerdictStrip(VerdictWords):
    """The same in one row of 64 px at the foot of a narrow window."""

    showRequested = Signal()
    """All that the verdict rests on: the whole pane, over the page."""

    def __init__(self, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__(questions, parent)
        set_ground(self, "surface2")
        self.heading.deleteLater()
        self.heading = ShortLabel("", TYPE.option)
        self.rules.setWordWrap(False)
        self.over = TextLabel("", TYPE.caption, "text2")
        self.figure_step = TYPE.product
        self.figure = FigureLabel("", step=self.figure_step)
        self.figure.whyRequested.connect(self.whyRequested)
        self.first, self.rest = ShortLabel("", TYPE.caption, "text2"), ShortLabel("", TYPE.caption, "text2")
        self.why, self.cap, self.show_all = (
            LinkLabel("", TYPE.caption),
            KeyCap("W"),
            LinkLabel("", TYPE.caption),
        )
        self.why.activated.connect(self.whyRequested)
        self.show_all.activated.connect(self.showRequested)
        self.links = QHBoxLayout()
        self.links.setSpacing(SPACE.m)
        words, notes = QVBoxLayout(), QVBoxLayout()
        for column in (words, notes):
            column.setSpacing(0)
            column.addStretch(1)
        words.addWidget(self.over)
        head = QHBoxLayout()
        head.setSpacing(SPACE.s)
        head.addWidget(self.heading)
        head.addWidget(self.rules)
        head.addStretch(1)
        words.addLayout(head)
        words.addLayout(self.links)
        for parts in ((self.first, self.why, self.cap), (self.rest, self.show_all)):
            line = QHBoxLayout()
            line.setSpacing(6)
            for part in parts:
                line.addWidget(part)
            line.addStretch(1)
            notes.addLayout(line)
        for column in (words, notes):
            column.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE.xl, 0, SPACE.xl, 0)
        row.setSpacing(SPACE.xl)
        row.addLayout(words)
        row.addWidget(self.figure)
        row.addLayout(notes, 1)
        row.addWidget(self.foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Hairline(strong=True))
        whole.addLayout(row, 1)
        self._said: tuple[object, ...] = ()
        theme().follow(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        self.setFixedHeight(theme().px(STRIP_HEIGHT))

    def show_verdict(self, found: Verdict, language: Language) -> None:
        """Says a verdict in a language."""
        self.verdict, self.language = found, language
        self.setAccessibleName(self.tr("Verdict"))
        self.over.setText(self.tr("Verdict"))
        self.over.setVisible(not found.missing)
        self.heading.setText(self.title())
        self.show_rules()
        self.show_figure()
        key = found.key
        self.first.set_whole(self.all_caption(key))
        self.first.setText(self.tr("by what is still open") if self.shows_range() else self.caption(key))
        counts = []
        if found.unknown_count:
            counts.append(self.tr("{count} not known").format(count=found.unknown_count))
        if found.defaults:
            counts.append(self.tr("{count} defaults").format(count=len(found.defaults)))
        if found.warnings:
            counts.append(self.tr("{count} to mind").format(count=len(found.warnings)))
        self.rest.setText(("，" if language == "zh" else ", ").join(counts))
        self.rest.setVisible(bool(counts))
        self.why.setText(self.tr("why"))
        for part in (self.why, self.cap):
            part.setVisible(bool(key.kind))
        self.show_all.setText(self.tr("show"))
        self.show_all.setAccessibleName(self.tr("Show the whole verdict"))
        self.show_all.setVisible(bool(found.choice))
        self._links(found, language)

    def _links(self, found: Verdict, language: Language) -> None:
        said = (found.missing, language)
        if said == self._said:
            return
        self._said = said
        while item := self.links.takeAt(0):
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for name in found.missing:
            link = LinkLabel(self.question_name(name))
            link.activated.connect(lambda name=name: self.questionRequested.emit(name))
            self.links.addWidget(link)
        self.links.addStretch(1)
