"""The product step: every question in its group, its answer with its mark, and "don't know" beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.money import CURRENCIES, decimals
from desktop.core.questions import UNKNOWN, Answer, Question
from desktop.core.result import Advice
from desktop.core.text import Language, Text
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.product import (
    Group,
    bounds_of,
    control_of,
    default_of,
    default_value,
    groups_of,
    mark_of,
    next_open,
    number_of,
    share_of,
    size_of,
    span_datum,
    span_of,
    unit_of,
)
from desktop.views.design import SPACE, TYPE, icon, theme
from desktop.views.pages.base import Page
from desktop.views.widgets import (
    ChipGroup,
    Choice,
    DontKnow,
    Hairline,
    NumberField,
    Option,
    ProvenanceMark,
    SearchCombo,
    SectionHead,
    SizeField,
    TextLabel,
)
from desktop.views.widgets.number_text import WEIGHT_UNITS

QWIDGETSIZE_MAX = 16_777_215
"""What Qt takes for no bound."""
COLUMN_LEAST = 300
"""Two fields stand side by side where each has so much room."""
GAP = 24
PIECE = 5
"""So many fields are made in a piece."""
USUAL = ("CNY", "USD", "EUR", "GBP", "AUD", "JPY")
"""Currencies at the top of the list."""


class MoneyField(NumberField):
    """A number field whose unit part is a button that opens the list of currencies."""

    currencyPicked = Signal(str)

    def __init__(self, unit: str, name: str, width: int = 176, parent: QWidget | None = None) -> None:
        super().__init__(unit, name, decimals(unit), width=width, parent=parent)
        self.chooser = QToolButton(self.box)
        self.chooser.setProperty("focusRing", SPACE.radius)
        self.chooser.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.chooser.setCursor(Qt.CursorShape.PointingHandCursor)
        self.chooser.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.chooser.clicked.connect(self._open)
        theme().follow(self._dress)
        self._dress()
        self._show_part()

    def set_currency(self, code: str) -> None:
        """Shows another currency; emits nothing."""
        self._decimals = decimals(code)
        self.set_unit(code)
        self._show_part()

    def _show_part(self) -> None:
        # the part is drawn by the box; figure spaces leave room for the chevron, which is the button's icon
        self.box.set_part(f"{self.unit()}\u2007\u2007")
        self.chooser.setGeometry(
            self.box.width() - self.box.part_width(), 0, self.box.part_width(), self.box.height()
        )
        self.chooser.setAccessibleName(f"{self.accessibleName()}, {self.unit()}")

    def _dress(self) -> None:
        self.chooser.setIcon(icon("chevron-down", "text2", 12))
        self.chooser.setIconSize(QSize(12, 12))
        self.chooser.setStyleSheet(
            "QToolButton { border: none; background: transparent; padding: 0 0 0 28px; }"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_part()

    def menu(self) -> QMenu:
        """The currencies, the usual ones first."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rest = [code for code in CURRENCIES if code not in USUAL]
        for code in (*USUAL, "", *rest):
            if not code:
                menu.addSeparator()
                continue
            action = menu.addAction(code)
            action.setCheckable(True)
            action.setChecked(code == self.unit())
            action.triggered.connect(lambda _on=False, code=code: self.currencyPicked.emit(code))
        return menu

    def _open(self) -> None:
        self.commit()
        self.menu().popup(self.chooser.mapToGlobal(QPoint(0, self.chooser.height() + 2)))


class QuestionField(QWidget):
    """One question: name and mark, the control, "don't know", and the line below. Writes through the case model."""

    advanceRequested = Signal(str)

    def __init__(
        self, question: Question, model: CaseModel, prefs: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.question, self.model, self.prefs = question, model, prefs
        self.kind = control_of(question)
        self._refused: Text | None = None
        self.label = TextLabel("", TYPE.body_medium)
        self.mark = ProvenanceMark("")
        self.dont_know = DontKnow()
        self.hint = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.control = self._make_control()
        self.pictures = ChipGroup(small=True) if question.pictures else None
        self._build()
        self._connect()

    # ------------------------------------------------------------------ building
    def _make_control(self) -> QWidget:
        question, name = self.question, self.question.label[self.prefs.language]
        if self.kind == "search":
            return SearchCombo(name=name, language=self.prefs.language, show_key=False)
        if self.kind in ("chips", "chips-multi", "yes-no"):
            return ChipGroup(multi=self.kind == "chips-multi", name=name)
        if self.kind == "money":
            money = MoneyField(self._currency(), name)
            money.set_ranged(question.typical is not None)
            return money
        if self.kind == "size":
            return SizeField(unit_of(question), name)
        units = WEIGHT_UNITS if question.unit in WEIGHT_UNITS else None
        places = 0 if question.kind == "integer" else None
        field = NumberField(unit_of(question), name, places, units, 168)
        field.set_whole(question.kind == "integer")
        field.set_ranged(question.typical is not None)
        return field

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE.s)
        head.addWidget(self.label)
        head.addWidget(self.mark)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 0, 3, 0)
        column.setSpacing(4)
        column.addLayout(head)
        self.line = QHBoxLayout()
        self.line.setSpacing(SPACE.m)
        wide = isinstance(self.control, ChipGroup)
        self.line.addWidget(
            self.control, 1 if wide else 0, Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignTop
        )
        know = QVBoxLayout()
        know.setContentsMargins(0, 6, 0, 0)
        know.addWidget(self.dont_know)
        know.addStretch(1)
        self.line.addLayout(know)
        self.line.addStretch(0 if wide else 1)
        column.addLayout(self.line)
        if isinstance(self.control, NumberField):
            column.addWidget(self.control.take_message())
        if self.pictures is not None:
            column.addWidget(self.pictures)
        column.addWidget(self.hint)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _connect(self) -> None:
        control = self.control
        if isinstance(control, ChipGroup):
            if self.kind == "chips-multi":
                control.selectionChanged.connect(lambda keys: self._write(list(keys) or None))
            elif self.kind == "yes-no":
                control.picked.connect(lambda key: self._write(key == "yes"))
            else:
                control.picked.connect(self._write)
        elif isinstance(control, SearchCombo):
            control.picked.connect(self._write)
        elif isinstance(control, NumberField):
            control.edited.connect(lambda text: self._write(text or None))
        if isinstance(control, MoneyField):
            control.currencyPicked.connect(self._write_currency)
        if self.pictures is not None:
            # once, after the key that picked it, which keeps the focus till then
            self._opening = QTimer(self)
            self._opening.setSingleShot(True)
            self._opening.setInterval(0)
            self._opening.timeout.connect(self._open_picture)
            self.pictures.picked.connect(lambda _key: self._opening.start())
            self.pictures.advanceRequested.connect(lambda: self._opening.start())
            self.pictures.dontKnowRequested.connect(self._on_key_d)
        control.dontKnowRequested.connect(self._on_key_d)  # type: ignore[attr-defined]
        control.advanceRequested.connect(lambda: self.advanceRequested.emit(self.question.name))  # type: ignore[attr-defined]
        self.dont_know.clicked.connect(self._on_dont_know)

    # ------------------------------------------------------------------ writing
    def _write(self, raw: object) -> None:
        self._refused = None
        self.model.set(self.question.name, raw)

    def _write_currency(self, code: str) -> None:
        if self.question.currency:
            self.model.set(self.question.currency, code)

    def _open_picture(self) -> None:
        """The choices of the picture that was picked, below the field."""
        chosen = self.pictures.current() if self.pictures is not None else ""
        picture = next((each for each in self.question.pictures if each.id == chosen), None)
        if picture is not None and isinstance(self.control, SearchCombo):
            self.control.show_only(picture.choices)

    def _on_dont_know(self, on: bool) -> None:
        self._write(UNKNOWN if on else None)

    def _on_key_d(self) -> None:
        self._write(UNKNOWN)
        self.advanceRequested.emit(self.question.name)

    # ------------------------------------------------------------------ showing
    def _currency(self) -> str:
        return self.model.case.currency(self.model.questions, self.question.name)

    def pull(self) -> None:
        """Shows the answer in force; emits nothing."""
        answer = self.model.answer(self.question.name)
        known = None if answer == UNKNOWN else answer
        ends = self.model.case.within.get(self.question.name)
        self.dont_know.setChecked(answer == UNKNOWN and ends is None)
        self._refused = None
        self._show(known)
        if ends is not None and isinstance(self.control, NumberField):
            self.control.set_ends(Decimal(ends[0]), Decimal(ends[1]))
        self.show_mark()

    def _show(self, answer: Answer | None) -> None:
        control = self.control
        if isinstance(control, ChipGroup):
            if isinstance(answer, bool):
                control.set_current("yes" if answer else "no")
            else:
                control.set_selected(
                    list(answer) if isinstance(answer, tuple) else [str(answer)] if answer else []
                )
        elif isinstance(control, SearchCombo):
            if control.current() != (answer or ""):
                control.set_current(str(answer or ""))
            if self.pictures is not None:
                holds = (each.id for each in self.question.pictures if answer in each.choices)
                self.pictures.set_current(next(holds, ""))
        elif isinstance(control, SizeField):
            control.set_size(size_of(answer))
        elif isinstance(control, NumberField):
            if isinstance(control, MoneyField):
                control.set_currency(self._currency())
            control.set_value(number_of(answer))

    def show_mark(self) -> None:
        """The provenance; where a default counts, its value in grey, and what it rests on where one points."""
        question, model, control = self.question, self.model, self.control
        mark = mark_of(question, model.mark(question.name), model.advice, model.spans)
        self.mark.set_kind(mark)  # type: ignore[arg-type]
        default = default_of(question, model.advice)
        # of chips none stands out for a default: the mark says which it is
        said = mark == "default" and default is not None and isinstance(control, ChipGroup)
        self.mark.set_detail(default_value(default, model.questions, self.prefs.language) if said else "")
        span = span_of(question, model.spans)
        note = span.note[self.prefs.language] if span else ""
        self.mark.setToolTip(note)
        self.mark.setAccessibleDescription(note)
        if isinstance(control, NumberField) and not isinstance(control, SizeField):
            shown = default.value if default else None
            if span is not None:
                # a cost may be typed in another currency than that of the price that it is a share of
                other = isinstance(control, MoneyField) and span.unit.en != control.unit()
                shown = share_of(question) if other else span_datum(span, model.questions).value
            control.set_default(shown)

    def refuse(self, text: Text) -> None:
        """The model refused: the old value counts on, what was typed stays, and the sentence says why."""
        self.pull()
        self._refused = text
        sentence = text[self.prefs.language]
        if isinstance(self.control, NumberField):
            self.control.show_refused(self.control.typed(), sentence)
        else:
            self.hint.setText(sentence)
            self.hint.set_tone("err")

    def is_refused(self) -> bool:
        """Whether something stands in the field that was not taken."""
        own = self.control.error() if isinstance(self.control, NumberField) else ""
        return self._refused is not None or bool(own)

    def retranslate(self, language: Language) -> None:
        question, control = self.question, self.control
        name = question.label[language]
        self.label.setText(name)
        self.dont_know.set_question(name)
        control.set_name(name)  # type: ignore[attr-defined]
        if isinstance(control, ChipGroup):
            control.set_choices(self._chips(language))
            self._show(None if (answer := self.model.answer(question.name)) == UNKNOWN else answer)
        elif isinstance(control, SearchCombo):
            control.set_language(language)
            control.set_options(
                [Option(c.id, c.name.en, c.name.zh, " ".join(c.words)) for c in question.choices]
            )
            control.set_placeholder(self.tr("Type to find, or choose"))
            if self.pictures is not None:
                self.pictures.set_name(self.tr("{question} by picture").format(question=name))
                self.pictures.set_choices(
                    [Choice(each.id, each.name[language], icon=each.icon) for each in question.pictures]
                )
        elif isinstance(control, NumberField):
            bounds = bounds_of(question)
            if bounds:
                control.set_range(question.minimum, question.maximum)
            if isinstance(control, MoneyField):
                control.chooser.setToolTip(self.tr("Choose the currency"))
                control._show_part()
        self.hint.set_tone("text2")
        self.hint.setText(self._hint(language))
        if self._refused is not None:
            self.refuse(self._refused)

    def _chips(self, language: Language) -> Sequence[Choice]:
        if self.kind == "yes-no":
            return (Choice("yes", self.tr("Yes")), Choice("no", self.tr("No")))
        return [Choice(choice.id, choice.name[language]) for choice in self.question.choices]

    def _hint(self, language: Language) -> str:
        """Why it is asked, and the bounds of a number."""
        said = self.question.help[language]
        bounds = bounds_of(self.question)
        if bounds is None or self.kind == "money":
            return said
        unit = unit_of(self.question)
        limits = self.tr("{low} to {high}").format(low=bounds[0], high=bounds[1])
        limits = f"{limits}{unit}" if unit == "%" else f"{limits} {unit}".strip()
        if self.question.typical is not None and self.kind == "number":
            limits = self.tr("{limits}, or a range").format(limits=limits)
        space = "" if language == "zh" else " "
        return f"{said}{space}{limits}{'。' if language == 'zh' else '.'}"

    def natural_width(self) -> int:
        """The width in which the control and "don't know" stand in one line. Chips never take more than they need."""
        control = self.control
        if isinstance(control, ChipGroup):
            chips = control.chips()
            width = sum(chip.sizeHint().width() for chip in chips) + SPACE.s * max(0, len(chips) - 1)
            control.setMaximumWidth(max(1, width))
        else:
            width = control.box.width()  # type: ignore[attr-defined]
        return width + SPACE.m + self.dont_know.sizeHint().width() + 6

    def stops(self) -> list[QWidget]:
        """What takes the focus, in its order: the chips or the line, the currency, "don't know"."""
        control = self.control
        if isinstance(control, ChipGroup):
            return [*control.chips(), self.dont_know]
        chooser = [control.chooser] if isinstance(control, MoneyField) else []
        pictures = self.pictures.chips() if self.pictures is not None else []
        return [control.line, *chooser, self.dont_know, *pictures]  # type: ignore[attr-defined]

    def wraps(self) -> bool:
        """Whether the control takes further lines where it has less room: chips do."""
        return isinstance(self.control, ChipGroup)

    def focus(self) -> None:
        self.control.setFocus(Qt.FocusReason.TabFocusReason)


def beside_title(width: int) -> int:
    """What the fields have beside the title of their group."""
    return width - theme().px(SPACE.question_title) - SPACE.xl


class GroupBlock(QWidget):
    """A group: title and why at the left, the fields in one or two columns at the right."""

    def __init__(self, group: Group, fields: Sequence[QuestionField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = group
        self.fields = list(fields)
        self._places: list[tuple[QuestionField, int, int, int]] = []
        """Row, column and width of each field in the grid."""
        for field in fields:
            field.setParent(self)
        self.title = SectionHead("")
        self.why = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(GAP)
        self.grid.setVerticalSpacing(SPACE.l)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        self._side = QWidget()
        words = QVBoxLayout(self._side)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.why)
        words.addStretch(1)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(SPACE.xl)
        row.addWidget(self._side)
        row.addLayout(self.grid, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE.xl)
        column.setSpacing(SPACE.xl)
        column.addWidget(Hairline())
        column.addLayout(row)
        self._stack(False)

    def _stack(self, narrow: bool) -> None:
        """The title above the fields where there is no room for it beside them."""
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._row.setSpacing(SPACE.m if narrow else SPACE.xl)
        title = theme().px(SPACE.question_title)
        self._side.setMinimumWidth(0 if narrow else title)
        self._side.setMaximumWidth(QWIDGETSIZE_MAX if narrow else title)

    def retranslate(self, language: Language) -> None:
        self.title.setText(self.group.title[language])
        self.why.setText(self.group.why[language])
        for field in self.fields:
            field.retranslate(language)

    def place(self, width: int, narrow: bool) -> None:
        """Puts the fields that are asked into the grid, two in a row where both have room."""
        self._stack(narrow)
        half = ((width if narrow else beside_title(width)) - GAP) // 2
        row = column = 0
        places = []
        for field in self.fields:
            if field.isHidden():
                continue
            narrow = half >= COLUMN_LEAST and field.natural_width() <= half
            if not narrow and column:
                row, column = row + 1, 0
            span = 1 if narrow else 2
            places.append((field, row, column, span))
            column += span
            if column >= 2:
                row, column = row + 1, 0
        if places != self._places:
            self._places = places
            for field in self.fields:
                self.grid.removeWidget(field)
            for field, row, column, span in places:
                self.grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        if self.isHidden() == bool(places):
            self.setVisible(bool(places))


class ProductPage(Page):
    """Asks everything. The questions, their order and their words are data."""

    step_id: ClassVar[str] = "product"
    starts_at_top = False

    doneRequested = Signal()
    """Enter on the last question."""

    def __init__(
        self,
        model: CaseModel,
        prefs: Preferences,
        parent: QWidget | None = None,
        made: Sequence[GroupBlock] = (),
    ) -> None:
        """`made`: all groups, where they are there already."""
        super().__init__(model, prefs, parent)
        self.blocks = list(made) or [
            GroupBlock(group, [QuestionField(each, model, prefs) for each in group.questions])
            for group in groups_of(model.questions)
        ]
        self.fields = {field.question.name: field for block in self.blocks for field in block.fields}
        for field in self.fields.values():
            field.advanceRequested.connect(self._advance)
        for block in self.blocks:
            self.body.addWidget(block)
        self.body.addStretch(1)
        self._placed: tuple[object, ...] = ()
        self._show_asked()
        model.changed.connect(self._on_changed)
        model.rejected.connect(self._on_rejected)
        theme().follow(self._replace)

    @classmethod
    def making(
        cls, model: CaseModel, prefs: Preferences, parent: QWidget | None = None
    ) -> Iterator[Page | None]:
        """Fields are most of the page: some of them are made at a time."""
        blocks = []
        for group in groups_of(model.questions):
            fields = []
            for question in group.questions:
                fields.append(QuestionField(question, model, prefs))
                if len(fields) % PIECE == 0:
                    yield None
            blocks.append(GroupBlock(group, fields))
            yield None
        yield cls(model, prefs, parent, made=blocks)

    # ------------------------------------------------------------------ the page contract
    def show_advice(self, advice: Advice) -> None:
        for field in self.fields.values():
            field.show_mark()

    def retranslating(self, language: Language) -> Iterator[None]:
        yield from super().retranslating(language)
        self.set_title(
            self.step.name[language],
            self.tr("Any order. Leave out what you do not know; the verdict says what that costs."),
        )
        for block in self.blocks:
            yield
            block.retranslate(language)
            for field in block.fields:
                # what was typed stays as it was typed, also where it was refused
                if field.is_refused():
                    field.show_mark()
                else:
                    field.pull()
        yield
        self._order_tabs()
        # placed meanwhile, some were measured by their former words
        self._placed = ()
        self._replace()

    def focus_first(self) -> None:
        """The first open question, else the first of all."""
        name = next_open(self.model.case, self.model.questions) or next(iter(self.fields))
        self.focus_question(name)

    def focus_question(self, name: str) -> None:
        """Gives the focus to a question and brings it into view. A currency is part of its amount."""
        field = self.fields.get(name) or self._with_currency(name)
        if field is None or field.isHidden():
            return
        field.focus()
        QTimer.singleShot(0, field, lambda: self.ensureWidgetVisible(field, 0, SPACE.xxxl))

    def _with_currency(self, name: str) -> QuestionField | None:
        return next((field for field in self.fields.values() if field.question.currency == name), None)

    # ------------------------------------------------------------------ following the model
    def _on_changed(self, name: str) -> None:
        self._show_asked()
        field = self.fields.get(name)
        if field is not None:
            field.pull()
            return
        if self.model.questions.get(name) is not None:
            for each in self.fields.values():
                if each.question.currency == name:
                    each.pull()
            return
        if not name:
            self._pull_all()

    def _pull_all(self) -> None:
        for field in self.fields.values():
            field.pull()

    def _on_rejected(self, name: str, text: Text) -> None:
        if name in self.fields:
            self.fields[name].refuse(text)

    def _show_asked(self) -> None:
        """Dependent questions come and go; the focus of one that goes is handed to the question before."""
        before = self._focused()
        for name, field in self.fields.items():
            asked = self.model.asked(name)
            if asked == field.isHidden():
                field.setVisible(asked)
        if before and not self.model.asked(before):
            self._advance(before)
        self._replace()

    def _focused(self) -> str:
        holder = self.window().focusWidget() if self.isVisible() else None
        return next((n for n, f in self.fields.items() if holder is not None and f.isAncestorOf(holder)), "")

    def _advance(self, name: str) -> None:
        """The next question that is asked; after the last one the page is done."""
        names = list(self.fields)
        for each in names[names.index(name) + 1 :]:
            if self.model.asked(each):
                self.focus_question(each)
                return
        self.doneRequested.emit()

    # ------------------------------------------------------------------ layout
    def _replace(self) -> None:
        width = self.viewport().width() - 2 * SPACE.work_margin
        shown = tuple(name for name in self.fields if self.model.asked(name))
        wanted = (width, shown, self.language, theme().text_scale)
        if wanted == self._placed:
            return
        self._placed = wanted
        widest = max((f.natural_width() for f in self.fields.values() if not f.wraps()), default=0)
        narrow = beside_title(width) < widest
        for block in self.blocks:
            block.place(width, narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._replace()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # what was ordered before the page came into its window does not hold to the last
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Label order, "don't know" after its field. Chips are new in every language, so this follows the words."""
        stops = [stop for field in self.fields.values() for stop in field.stops()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
