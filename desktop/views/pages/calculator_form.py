"""The form of a calculator: its inputs in two columns, with mark, unit, bounds and the sentence on what is wrong."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.text import Language
from desktop.viewmodels.calculator_forms import FormField, bounds_text
from desktop.viewmodels.calculators import CURRENCY, Calculator
from desktop.viewmodels.product import number_of, size_of
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.pages.product import MoneyField
from desktop.views.widgets import (
    Button,
    ChipGroup,
    Choice,
    FlowLayout,
    LinkLabel,
    NumberField,
    Option,
    ProvenanceMark,
    SearchCombo,
    SectionHead,
    SizeField,
    TextLabel,
)
from desktop.views.widgets.number_field import FieldBox, FieldLine, Level, MessageLine
from desktop.views.widgets.number_text import WEIGHT_UNITS

CELL, GAP = 188, 16
WIDE = 2 * CELL + GAP
ALONE = 216
"""The width of the form where its inputs stand in one column."""
MOST_CHIPS = 2
"""More choices than this are searched, the column is narrow; the short names of platforms fit."""
WIDE_NAMES = ("service", "mode")
NARROW_CHIPS = ("carrier",)


class TextField(QWidget):
    """A field for a code or a few rates. `typing(str)` on every change by the user."""

    typing = Signal(str)
    advanceRequested = Signal()

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = FieldBox(self)
        self.box.set_width(width)
        self.line = FieldLine(self.box, letters=True)
        self.message = MessageLine(self)
        inner = QHBoxLayout(self.box)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.message)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self.typing)
        self.line.entered.connect(self.advanceRequested)
        self._hint, self._error = "", ""
        self._level: Level = "hint"
        theme().follow(self._retheme)
        self._retheme()

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.line.setAccessibleName(name)

    def set_hint(self, text: str, level: Level = "hint") -> None:
        self._hint, self._level = text, level
        self._show_message()

    def set_error(self, text: str) -> None:
        self._error = text
        self._show_message()

    def error(self) -> str:
        return self._error

    def _show_message(self) -> None:
        self.message.show_text(self._error or self._hint, "err" if self._error else self._level)
        self.box.set_level("err" if self._error else "")
        self.line.setAccessibleDescription(self._error or self._hint)

    def _retheme(self) -> None:
        self.line.setFont(theme().font(TYPE.body))


class InputField(QWidget):
    """One input. Writes every change into the calculator and shows what it says of it."""

    advanceRequested = Signal(str)

    def __init__(self, calculator: Calculator, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calculator, self.field, self.name = calculator, field, field.name
        self._language: Language = "en"
        self._ids: tuple[str, ...] = ()
        self.label = TextLabel("", TYPE.body_medium)
        self.mark = ProvenanceMark("")
        self.control = self._make_control()
        self._build()
        self._connect()

    @property
    def wide(self) -> bool:
        """Whether it takes the width of the form."""
        chips = isinstance(self.control, ChipGroup) and self.name not in NARROW_CHIPS
        return chips or isinstance(self.control, QCheckBox) or self.name in WIDE_NAMES

    # ------------------------------------------------------------------ building
    def _make_control(self) -> QWidget:
        field = self.field
        if field.kind == "choice":
            platforms = field.name == "platform" and field.needed
            if platforms or len(self.calculator.ids(field.name)) <= MOST_CHIPS:
                return ChipGroup()
            return SearchCombo(width=WIDE if field.name in WIDE_NAMES else CELL, show_key=False)
        if field.kind == "flag":
            return QCheckBox()
        if field.kind == "text":
            return TextField(CELL)
        unit = self.calculator.unit(field.name)
        if field.kind == "size":
            return SizeField(unit, width=CELL)
        if field.picks:
            return MoneyField(unit, "", width=CELL)
        return NumberField(unit, units=WEIGHT_UNITS if unit == "g" else None, width=CELL)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 0, 3, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(6)
        if self.field.kind != "flag":
            head.addWidget(self.label)
        else:
            self.label.hide()
            head.addWidget(self.control)
        head.addWidget(self.mark)
        head.addStretch(1)
        column.addLayout(head)
        if self.field.kind != "flag":
            column.addWidget(self.control)
        self.label.setWordWrap(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _connect(self) -> None:
        control = self.control
        if isinstance(control, ChipGroup | SearchCombo):
            control.picked.connect(self._write)
            control.advanceRequested.connect(self._advance)
        elif isinstance(control, QCheckBox):
            control.clicked.connect(lambda on: self._write("yes" if on else ""))
        elif isinstance(control, TextField):
            control.typing.connect(lambda text: self._write(text.strip()))
            control.advanceRequested.connect(self._advance)
        elif isinstance(control, NumberField):
            control.typing.connect(lambda _text: self._write(control.typed_text()))
            control.edited.connect(self._write)
            control.line.left.connect(self.show_fault)
            control.line.entered.connect(self.show_fault)
            control.advanceRequested.connect(self._advance)
        if isinstance(control, MoneyField):
            control.currencyPicked.connect(lambda code: self.calculator.set(CURRENCY, code))

    def _write(self, text: str) -> None:
        self.calculator.set(self.name, text)
        self.show_fault()

    def _advance(self) -> None:
        self.advanceRequested.emit(self.name)

    def set_narrow(self, narrow: bool) -> None:
        """As wide as one column of the form, also what else takes both."""
        if self.name in WIDE_NAMES and isinstance(self.control, SearchCombo):
            self.control.box.set_width(CELL if narrow else WIDE)

    def forget(self) -> None:
        """What is being typed is no input any more."""
        if isinstance(self.control, NumberField):
            self.control.line.setModified(False)

    # ------------------------------------------------------------------ showing
    def pull(self) -> None:
        """Shows what the calculator holds; emits nothing and leaves alone what is being typed."""
        calculator, control, name = self.calculator, self.control, self.name
        text, mark = calculator.text(name), calculator.mark(name)
        self.setVisible(calculator.shown(name))
        self.mark.set_kind(mark)  # type: ignore[arg-type]
        if isinstance(control, ChipGroup):
            control.set_current(text)
        elif isinstance(control, SearchCombo):
            self._pull_choices(control)
            if control.current() != text:
                control.set_current(text)
        elif isinstance(control, QCheckBox):
            control.setChecked(bool(text))
        elif isinstance(control, TextField):
            if control.line.text().strip() != text:
                control.line.setText(text)
        elif isinstance(control, NumberField):
            self._pull_number(control, "" if mark == "default" else text)
        self.show_fault()

    def _pull_choices(self, control: SearchCombo) -> None:
        ids = self.calculator.ids(self.name)
        if ids != self._ids:
            self._ids = ids
            choices = self.calculator.choices(self.name)
            control.set_options([Option(c.id, c.name.en, c.name.zh, " ".join(c.words)) for c in choices])

    def _pull_number(self, control: NumberField, text: str) -> None:
        unit = self.calculator.unit(self.name)
        if control.unit() != unit:
            if isinstance(control, MoneyField):
                control.set_currency(unit)
            else:
                control.set_unit(unit)
        default = self.calculator.default(self.name)
        if not isinstance(control, SizeField):
            control.set_default(default or None)
        if control.line.isModified() or control.typed_text() == text:
            return
        if isinstance(control, SizeField):
            control.set_size(size_of(text or None))
        else:
            control.set_value(number_of(text or None))

    def show_fault(self) -> None:
        """The sentence on what cannot be read, or nothing."""
        if isinstance(self.control, NumberField | TextField):
            said = self.calculator.fault(self.name)[self._language]
            if said != self.control.error():
                self.control.set_error(said)

    def retranslate(self, language: Language) -> None:
        self._language = language
        field, control = self.field, self.control
        name = field.label[language]
        self.label.setText(name)
        self.label.setToolTip(field.help[language])
        if isinstance(control, QCheckBox):
            control.setText(name)
        elif isinstance(control, ChipGroup):
            control.set_name(name)
            control.set_choices([Choice(c.id, c.name[language]) for c in self.calculator.choices(self.name)])
        elif isinstance(control, SearchCombo):
            control.set_name(name)
            control.set_language(language)
            control.set_placeholder(self.tr("Type to find, or choose"))
        elif isinstance(control, NumberField | TextField):
            control.set_name(name)
            hint = bounds_text(field)[language] or field.help[language]
            control.set_hint(hint, "quiet")
        if isinstance(control, MoneyField):
            control.chooser.setToolTip(self.tr("Choose the currency"))
        self.pull()

    def focus(self) -> None:
        self.control.setFocus(Qt.FocusReason.TabFocusReason)


class PriceListField(QWidget):
    """A price list of one's own in place of the rules: chosen by a dialog, or dropped on the page."""

    chooseRequested = Signal()

    def __init__(self, calculator: Calculator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calculator = calculator
        self._language: Language = "en"
        self.label = TextLabel("", TYPE.body_medium)
        self.mark = ProvenanceMark("")
        self.choose = Button("", "folder", small=True)
        self.drop = LinkLabel("", TYPE.caption)
        self.file = TextLabel("", TYPE.body)
        self.message = MessageLine(self)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.label)
        head.addWidget(self.mark)
        head.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(SPACE.s)
        row.addWidget(self.file)
        row.addWidget(self.choose)
        row.addWidget(self.drop)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 0, 3, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self.message)
        self.choose.clicked.connect(self.chooseRequested)
        self.drop.activated.connect(calculator.drop_price_list)

    def pull(self) -> None:
        calculator = self.calculator
        own = calculator.price_list is not None
        self.mark.set_kind("typed" if own else "rules")
        self.file.setText(calculator.price_list_name)
        self.file.setVisible(own)
        self.drop.setVisible(own)
        fault = calculator.price_list_fault[self._language]
        hint = "" if own else self.tr("CSV, one row a weight band; or drop the file here")
        self.message.show_text(fault or hint, "err" if fault else "quiet")

    def retranslate(self, language: Language) -> None:
        self._language = language
        self.label.setText(self.tr("Price list"))
        self.choose.setText(self.tr("Choose a price list…"))
        self.drop.setText(self.tr("Use the rules again"))
        self.pull()


class CalculatorForm(QWidget):
    """All inputs of one calculator. The rarer ones and the rates of one's own are folded away."""

    chooseRequested = Signal()

    def __init__(self, calculator: Calculator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calculator = calculator
        self.folded = QWidget(self)
        self.fields = {
            field.name: InputField(calculator, field, self if field.place == "main" else self.folded)
            for field in calculator.fields
        }
        self.price_list = PriceListField(calculator, self) if calculator.form == "freight" else None
        self.more = Button("", "chevron", role="quiet", small=True)
        self.more.setCheckable(True)
        self.own_head, self.more_head = SectionHead(""), SectionHead("")
        self.clear = LinkLabel("", TYPE.caption)
        self._grids = {place: self._grid() for place in ("main", "own", "more")}
        self._placed: tuple[str, ...] = ()
        self._columns = 2
        self._lay_out()
        theme().follow(self._retheme)
        self._retheme()
        self.more.toggled.connect(self._on_more)
        self.clear.activated.connect(self._on_clear)
        calculator.formChanged.connect(self.pull)
        for field in self.fields.values():
            field.advanceRequested.connect(self._advance)
        if self.price_list is not None:
            self.price_list.chooseRequested.connect(self.chooseRequested)

    def _retheme(self) -> None:
        self.setFixedWidth(self.wanted_width(self._columns))

    @staticmethod
    def wanted_width(columns: int) -> int:
        """How wide the form is with its inputs in one column or in two."""
        return theme().px(WIDE if columns == 2 else ALONE) + 12

    def set_columns(self, columns: int) -> None:
        """One column where large text leaves no room for two."""
        if columns == self._columns:
            return
        self._columns = columns
        for field in self.fields.values():
            field.set_narrow(columns == 1)
        self._placed = ()
        self._place()
        self._retheme()

    @staticmethod
    def _grid() -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP - 6)
        grid.setVerticalSpacing(SPACE.m)
        return grid

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.folded)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE.m)
        for head, place in ((self.own_head, "own"), (self.more_head, "more")):
            head.setContentsMargins(3, 0, 0, 0)
            head.setWordWrap(True)
            inside.addWidget(head)
            inside.addLayout(self._grids[place])
            inside.addSpacing(SPACE.xs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 3)
        column.setSpacing(SPACE.m)
        column.addLayout(self._grids["main"])
        if self.price_list is not None:
            column.addWidget(self.price_list)
        foot = FlowLayout(None, SPACE.l, SPACE.xs)
        foot.setContentsMargins(3, 0, 3, 0)
        foot.addWidget(self.more)
        foot.addWidget(self.clear)
        column.addLayout(foot)
        column.addWidget(self.folded)
        column.addStretch(1)
        self.folded.hide()

    # ------------------------------------------------------------------ showing
    def pull(self) -> None:
        """Shows what the calculator holds."""
        for field in self.fields.values():
            field.pull()
        if self.price_list is not None:
            self.price_list.pull()
        self.clear.setVisible(self.calculator.any_typed)
        self._place()

    def _place(self) -> None:
        """Puts the inputs that mean something into the grids, two in a row where both have room."""
        shown = tuple(name for name in self.fields if self.calculator.shown(name))
        if shown == self._placed:
            return
        self._placed = shown
        for place, grid in self._grids.items():
            for field in self.fields.values():
                # not by takeAt: the old item would live on and keep the new one from hearing of other heights
                grid.removeWidget(field)
            for column in range(2):
                grid.setColumnStretch(column, int(column < self._columns))
            row = column = 0
            for name in shown:
                field = self.fields[name]
                if field.field.place != place:
                    continue
                if field.wide and column:
                    row, column = row + 1, 0
                span = self._columns if field.wide else 1
                grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
                column += span
                if column >= self._columns:
                    row, column = row + 1, 0
        self._order_tabs()

    def _order_tabs(self) -> None:
        """As it is read: main inputs, price list, fold, rates of one's own, the rest."""
        order: list[QWidget] = []
        for place in ("main", "own", "more"):
            for field in self.fields.values():
                if field.field.place == place:
                    order.append(field.control)
                    order += [field.control.chooser] if isinstance(field.control, MoneyField) else []
            if place == "main":
                order += [self.price_list.choose, self.price_list.drop] if self.price_list else []
                order += [self.more, self.clear]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def retranslate(self, language: Language) -> None:
        for field in self.fields.values():
            field.retranslate(language)
        if self.price_list is not None:
            self.price_list.retranslate(language)
        self.more.setText(self.tr("More, and your own rates"))
        self.own_head.setText(self.tr("Your own rates, in place of the rules"))
        self.more_head.setText(self.tr("Rarer inputs"))
        self.clear.setText(self.tr("Clear what was typed"))
        self.pull()

    # ------------------------------------------------------------------ slots
    def _on_more(self, on: bool) -> None:
        self.more.set_icon_name("chevron-down" if on else "chevron")
        self.folded.setVisible(on)

    def _on_clear(self) -> None:
        for field in self.fields.values():
            field.forget()
        self.calculator.clear()
        self.focus_first()

    def _advance(self, name: str) -> None:
        """Enter goes to the next input that is seen; from the last one it stays."""
        names = [each for each, field in self.fields.items() if field.isVisible()]
        at = names.index(name) + 1
        if at < len(names):
            self.fields[names[at]].focus()

    def focus_first(self) -> None:
        """The first input that is still needed, else the first of all."""
        open_ones = [name for name, field in self.fields.items() if field.field.needed and not
                     self.calculator.text(name)]  # fmt: skip
        self.fields[open_ones[0] if open_ones else next(iter(self.fields))].focus()


def dropped_csv(urls: list[str]) -> Path | None:
    """The price list among dropped files."""
    return next((Path(url) for url in urls if url.lower().endswith(".csv")), None)
