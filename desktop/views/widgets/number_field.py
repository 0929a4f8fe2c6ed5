"""A number field with its unit in its own part, and the sentence below it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.design.icons import draw_icon
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets.labels import TextLabel
from desktop.views.widgets.number_text import (
    LENGTH_UNITS,
    NotANumber,
    canonical,
    convert,
    means,
    read_number,
    read_range,
    read_size,
    show_number,
)

Level = Literal["", "hint", "quiet", "warn", "err"]


class FieldBox(QWidget):
    """The frame around a line edit: edge, ground, and a part at the right for the unit or an id."""

    HEIGHT = SPACE.control

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level: str = ""
        self._part = ""
        self._wide = 0
        self.icon_name = ""
        self.setProperty("focusRing", SPACE.radius)
        self.setFixedHeight(theme().px(self.HEIGHT))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().follow(self._retheme)

    def set_width(self, width: int) -> None:
        """A fixed width, at the design size: it grows with the text."""
        self._wide = width
        self.setFixedWidth(theme().px(width))

    def set_part(self, text: str) -> None:
        """What stands in the part at the right; nothing takes the part away."""
        self._part = text
        self._retheme()

    def part(self) -> str:
        """The text in the part at the right."""
        return self._part

    def part_width(self) -> int:
        """How wide that part is."""
        return round(theme().width(self._part, TYPE.caption)) + 25 if self._part else 0

    def set_level(self, level: str) -> None:
        """The edge: plain, warn or err."""
        self.level = level
        self.update()

    def _retheme(self) -> None:
        self.setFixedHeight(theme().px(self.HEIGHT))
        if self._wide:
            self.setFixedWidth(theme().px(self._wide))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(
                theme().px(14) + 10 if self.icon_name else 1, 1, self.part_width() + 1, 1
            )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self.level == "err" else 1
        inset = width / 2
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        painter.fillPath(frame, theme().color("surface"))
        if self._part:
            self._paint_part(painter, frame)
        if self.icon_name:
            size = theme().px(14)
            draw_icon(painter, self.icon_name, 10, (self.height() - size) / 2, theme().color("text2"), size)
        tone = self.level if self.level in ("err", "warn") else "ctl" if self.isEnabled() else "line2"
        pen = QPen(theme().color(tone), width)
        if not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPath(frame)

    def _paint_part(self, painter: QPainter, frame: QPainterPath) -> None:
        """The unit on its own ground."""
        left = self.width() - self.part_width()
        part = QRectF(left, 0, self.part_width(), self.height())
        painter.save()
        painter.setClipPath(frame)
        painter.fillRect(part, theme().color("surface2"))
        painter.setPen(QPen(theme().color("line2"), 1))
        painter.drawLine(round(left), 0, round(left), self.height())
        painter.restore()
        painter.setFont(theme().font(TYPE.caption))
        painter.setPen(theme().color("text2" if self.isEnabled() else "text3"))
        painter.drawText(part, Qt.AlignmentFlag.AlignCenter, self._part)


BARE_AIR = 24
"""What a line edit without a frame keeps beside its text."""


class FieldLine(QLineEdit):
    """The line edit of a field: D, Enter and Esc go to the field, and a composition keeps them off."""

    dontKnow = Signal()
    entered = Signal()
    escaped = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None, letters: bool = False) -> None:
        super().__init__(parent)
        self._letters = letters
        self._composing = False
        self._setting = False
        self._own = ""
        self.setProperty("bare", True)
        self.setFrame(False)
        self.textChanged.connect(self._tell_whole)
        self.textChanged.connect(self._on_text)

    def setText(self, text: str) -> None:
        """What the program shows; no answer of the user."""
        self._setting, self._own = True, text
        super().setText(text)
        self._setting = False

    def clear(self) -> None:
        self.setText("")

    def _on_text(self, text: str) -> None:
        """A screen reader or a dictation sets a text past the keys: it counts as typed, and without the focus as left."""
        if self._setting or self.isModified() or text == self._own:
            return
        self.setModified(True)
        self.textEdited.emit(text)
        if not self.hasFocus():
            self.left.emit()

    def setPlaceholderText(self, text: str) -> None:
        super().setPlaceholderText(text)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """What has no room in the field stands in its tool tip."""
        text = self.text() or self.placeholderText()
        room = self.width() - BARE_AIR
        self.setToolTip(text if self.fontMetrics().horizontalAdvance(text) > room else "")

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._composing:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_D and plain and not self._letters:
            self.dontKnow.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class MessageLine(QWidget):
    """The line below a field: a hint, a doubt with a triangle, an error with a cross."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = ""
        self.label = TextLabel("", TYPE.caption, "text2", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.label, 1)
        self.setVisible(False)
        theme().follow(self._retheme)

    def _retheme(self) -> None:
        left = theme().px(12) + 6 if self._level in ("err", "warn") else 0
        self._row.setContentsMargins(left, 0, 0, 0)
        self.update()

    def show_text(self, text: str, level: str) -> None:
        """Shows a sentence, or nothing."""
        if (text, level) == (self.label.text(), self._level):
            return
        self._level = level
        self.label.setText(text)
        self.label.set_tone({"err": "err", "warn": "warn", "quiet": "text3"}.get(level, "text2"))
        self._retheme()
        self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._level in ("err", "warn"):
            name = "cross" if self._level == "err" else "triangle"
            size = theme().px(12)
            top = (theme().px(16) - size) / 2
            draw_icon(QPainter(self), name, 1, top, theme().color(self._level), size)


class NumberField(QWidget):
    """Asks for one number.

    `edited(str)` comes when the user leaves the field or hits Enter with another number than before: plain
    digits and a full stop, in the unit of the field, or nothing when it was emptied. A programme setting the
    value emits nothing. What cannot be read, or is out of range, is refused with a sentence; the old value
    stays in force. `units` holds what may be typed behind the number, as factors (see number_text).
    """

    edited = Signal(str)
    advanceRequested = Signal()
    dontKnowRequested = Signal()
    typing = Signal(str)
    BOX: ClassVar[type[FieldBox]] = FieldBox

    def __init__(
        self,
        unit: str = "",
        name: str = "",
        decimals: int | None = None,
        units: Mapping[str, Decimal] | None = None,
        width: int = 168,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._unit, self._decimals = name, unit, decimals
        self._units = dict(units or {})
        self._value: Decimal | None = None
        self._ends: tuple[Decimal, Decimal] | None = None
        self._ranged = False
        self._low: Decimal | None = None
        self._high: Decimal | None = None
        self._hint, self._hint_level = "", "hint"
        self._error = ""
        self._note = ""
        self._refused = self._typed = ""
        self._whole = False
        self._example = Decimal(250) if self._units else Decimal("24.9") if decimals else Decimal(10)
        self.box = self.BOX(self)
        self.box.set_width(width)
        self.line = FieldLine(self.box)
        self.message = MessageLine(self)
        self._build()
        self.set_unit(unit)
        self._tell()

    def _build(self) -> None:
        """Puts the parts together."""
        inner = QHBoxLayout(self.box)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.message)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.line.setFont(theme().font(TYPE.body))
        self.line.entered.connect(self._on_enter)
        self.line.escaped.connect(self._on_escape)
        self.line.left.connect(self.commit)
        self.line.dontKnow.connect(self.dontKnowRequested)
        self.line.textEdited.connect(self._on_typing)
        theme().follow(self._retheme)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the line. No focus proxy: from one in its chain Qt lets Tab jump over others."""
        self.line.setFocus(reason)

    # -- what the caller sets ------------------------------------------------------------------------
    def set_name(self, name: str) -> None:
        """The question, for sentences and the screen reader."""
        self._name = name
        self._tell()

    def set_unit(self, unit: str) -> None:
        """The unit in its part."""
        self._unit = unit
        self.box.set_part(unit)

    def unit(self) -> str:
        """The unit of the field."""
        return self._unit

    def set_value(self, value: Decimal | str | int | None) -> None:
        """Shows a value, or an empty field for None; emits nothing."""
        self._value = None if value is None or value == "" else Decimal(str(value))
        self._ends = None
        self._error = self._note = self._refused = ""
        self._show_value()
        self._show_message()

    def value(self) -> Decimal | None:
        """The value in force, None for empty."""
        return self._value

    def set_default(self, value: Decimal | str | None) -> None:
        """The value assumed while the field is empty, shown as grey placeholder."""
        if isinstance(value, Decimal):
            value = show_number(value, self._decimals)
        self.line.setPlaceholderText(value or "")

    def set_range(self, low: Decimal | str | int | None, high: Decimal | str | int | None) -> None:
        """The numbers the field accepts, both ends included; None leaves an end open."""
        self._low = None if low is None else Decimal(str(low))
        self._high = None if high is None else Decimal(str(high))

    def set_hint(self, text: str, level: Level = "hint") -> None:
        """The sentence below the field; level warn gives it a triangle, quiet a fainter grey."""
        self._hint, self._hint_level = text, level
        self._show_message()

    def set_error(self, text: str) -> None:
        """A refusal from outside, in the same place as the field's own."""
        self._error = text
        self._show_message()

    def set_ranged(self, ranged: bool) -> None:
        """Whether a range such as 200-300 is taken as well; `edited` then carries both ends with a hyphen between."""
        self._ranged = ranged

    def set_ends(self, low: Decimal, high: Decimal) -> None:
        """Shows a range in place of a value; emits nothing."""
        self._value, self._ends, self._note, self._error, self._refused = None, (low, high), "", "", ""
        self._show_value()
        self._show_message()

    def set_whole(self, whole: bool) -> None:
        """Whether the field takes whole numbers only."""
        self._whole = whole

    def typed(self) -> str:
        """What was typed last, as it was typed."""
        return self._typed

    def show_refused(self, text: str, sentence: str) -> None:
        """A refusal from outside of what was typed: it stays where it stands, the value in force counts on."""
        self.line.setText(text)
        self.line.setModified(False)
        self._refused, self._error = text, sentence
        self._show_message()

    def take_message(self) -> MessageLine:
        """Gives the sentence below to the caller, who puts it where it has more room; it stays alive."""
        layout = self.layout()
        if layout is not None:
            layout.removeWidget(self.message)
        return self.message

    def error(self) -> str:
        """The sentence of refusal, empty when all is well."""
        return self._error

    # -- what the user does --------------------------------------------------------------------------
    def commit(self) -> bool:
        """Takes what was typed; says whether it was accepted."""
        if not self.line.isModified():
            return not self._error
        self._typed = self.line.text()
        text = self._typed.strip()
        if not text:
            self._accept(None, "")
            return True
        try:
            if self._ranged and (ends := read_range(text)) is not None:
                return self._commit_range(*(convert(end, self._unit, self._units) for end in ends))
            value, note = self._read(text)
        except (NotANumber, KeyError):
            return self._refuse(self._unreadable(text))
        if self._whole and value != value.to_integral_value():
            return self._refuse(self.whole_sentence())
        if not self._in_range(value):
            return self._refuse(self.range_sentence())
        self._accept(value, note)
        return True

    def _commit_range(self, low: Decimal, high: Decimal) -> bool:
        """Takes a range such as 200-300; one whose ends are the same is a number."""
        if self._whole and (low != low.to_integral_value() or high != high.to_integral_value()):
            return self._refuse(self.whole_sentence())
        if not (self._in_range(low) and self._in_range(high)):
            return self._refuse(self.range_sentence())
        if low > high:
            turned = "\u2013".join(show_number(end, self._decimals_of(end)) for end in (high, low))
            return self._refuse(self.tr("the lower end comes first: {range}").format(range=turned))
        if low == high:
            self._accept(low, "")
            return True
        changed = self._ends != (low, high)
        self._value, self._note, self._error, self._refused = None, "", "", ""
        self._ends = (low, high)
        self._show_value()
        self._show_message()
        if changed:
            self.edited.emit(f"{canonical(low)}-{canonical(high)}")
        return True

    def typed_text(self) -> str:
        """What stands in the field now: plain digits in its unit where it can be read, else as it was typed."""
        text = self.line.text().strip()
        try:
            return canonical(self._read(text)[0]) if text else ""
        except (NotANumber, KeyError):
            return text

    def _read(self, text: str) -> tuple[Decimal, str]:
        """The typed number in the unit of the field, and a note when the unit was another one."""
        typed = read_number(text)
        value = convert(typed, self._unit, self._units)
        if not typed.unit or means(typed.unit, self._unit):
            return value, ""
        places = self._decimals if self._decimals is not None else 1
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return value, f"{show_number(typed.value)} {typed.unit} = {show_number(value)} {self._unit}"

    def _in_range(self, value: Decimal) -> bool:
        return (self._low is None or value >= self._low) and (self._high is None or value <= self._high)

    def _accept(self, value: Decimal | None, note: str) -> None:
        """Puts a value in force and tells it, if it is another one."""
        changed = value != self._value or self._ends is not None
        self._ends = None
        self._value, self._note, self._error, self._refused = value, note, "", ""
        self._show_value()
        self._show_message()
        if changed:
            self.edited.emit("" if value is None else canonical(value))

    def _refuse(self, sentence: str) -> bool:
        """Keeps the old value and says why."""
        self._refused = self.line.text()
        self._error = sentence
        self._show_message()
        return False

    def range_sentence(self) -> str:
        """What the field accepts, as a sentence."""
        low = "" if self._low is None else show_number(self._low)
        high = "" if self._high is None else show_number(self._high)
        name = self._name or self.tr("the value")
        if low and high:
            return (
                self.tr("{name} must be {low} to {high} {unit}")
                .format(name=name, low=low, high=high, unit=self._unit)
                .strip()
            )
        if low:
            return (
                self.tr("{name} must be at least {low} {unit}")
                .format(name=name, low=low, unit=self._unit)
                .strip()
            )
        return (
            self.tr("{name} must be at most {high} {unit}")
            .format(name=name, high=high, unit=self._unit)
            .strip()
        )

    def whole_sentence(self) -> str:
        """That a part of one is not asked, and the bounds."""
        if self._low is None or self._high is None:
            return self.tr("whole numbers only")
        words = self.tr("whole numbers only, {low} to {high} {unit}")
        low, high = show_number(self._low), show_number(self._high)
        return words.format(low=low, high=high, unit=self._unit).strip()

    def _unreadable(self, text: str) -> str:
        """Why a text is no number here, and what would be one."""
        text = " ".join(text.split())
        if not self._unit:
            return (
                self.whole_sentence()
                if self._whole
                else self.tr("“{text}” is not a number").format(text=text)
            )
        value = self._example if self._value is None else self._value
        shown = show_number(value, self._decimals_of(value))
        words = self.tr("“{text}” is not understood: write {number} or {number} {unit}")
        return words.format(text=text, number=shown, unit=self._unit)

    def _on_typing(self, text: str) -> None:
        self.typing.emit(text)

    def _on_enter(self) -> None:
        if self.commit():
            self.advanceRequested.emit()

    def _on_escape(self) -> None:
        """Takes back what was typed."""
        self._error = self._note = self._refused = ""
        self._show_value()
        self._show_message()

    # -- showing -------------------------------------------------------------------------------------
    def _show_value(self) -> None:
        text = "" if self._value is None else show_number(self._value, self._decimals_of(self._value))
        if self._ends is not None:
            low, high = (show_number(end, self._decimals_of(end)) for end in self._ends)
            text = f"{low}\u2013{high}"
        self.line.setText(text)
        self.line.setModified(False)

    def _decimals_of(self, value: Decimal) -> int | None:
        """The decimals to show: the usual ones, or all when the value has more."""
        if self._decimals is None:
            return None
        exponent = value.normalize().as_tuple().exponent
        return max(self._decimals, -exponent if isinstance(exponent, int) else 0)

    def _show_message(self) -> None:
        level = "err" if self._error else self._hint_level
        text = self._error or "  ".join(part for part in (self._note, self._hint) if part)
        self.message.show_text(text, level)
        self.box.set_level(level if level in ("err", "warn") and text else "")
        self.line.setAccessibleDescription(" ".join(part for part in (self._unit, text) if part))

    def _tell(self) -> None:
        self.setAccessibleName(self._name)
        self.line.setAccessibleName(self._name)

    def _retheme(self) -> None:
        self.line.setFont(theme().font(TYPE.body))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._error and self._refused:
            self.line.setModified(True)
            self.commit()
        elif event.type() == QEvent.Type.EnabledChange:
            self.box.update()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self.box.width(), super().sizeHint().height())


class SizeField(NumberField):
    """Asks for length, width and height in one field, such as 22 x 16 x 4.

    `edited(str)` carries the three numbers with a small x between them; use `size_value()`, not `value()`.
    """

    def __init__(
        self,
        unit: str = "cm",
        name: str = "",
        units: Mapping[str, Decimal] = LENGTH_UNITS,
        width: int = 216,
        parent: QWidget | None = None,
    ) -> None:
        self._size: tuple[Decimal, ...] | None = None
        super().__init__(unit, name, None, units, width, parent)
        self.line.setPlaceholderText(self.tr("L × W × H"))

    def size_value(self) -> tuple[Decimal, ...] | None:
        """Length, width, height in the unit of the field."""
        return self._size

    def typed_text(self) -> str:
        text = self.line.text().strip()
        try:
            return (
                "x".join(canonical(part) for part in read_size(text, self._unit, self._units)) if text else ""
            )
        except (NotANumber, KeyError):
            return text

    def set_size(self, size: tuple[Decimal, ...] | None) -> None:
        """Shows a size; emits nothing."""
        self._size = size
        self.set_value(None)

    def commit(self) -> bool:
        if not self.line.isModified():
            return not self._error
        self._typed = self.line.text()
        text = self._typed.strip()
        try:
            size = read_size(text, self._unit, self._units) if text else None
        except (NotANumber, KeyError):
            return self._refuse(self.tr("three numbers are needed, such as 22 × 16 × 4"))
        if size is not None and not all(self._in_range(part) and part > 0 for part in size):
            return self._refuse(self.range_sentence())
        changed = size != self._size
        self.set_size(size)
        if changed:
            self.edited.emit("x".join(canonical(part) for part in size or ()))
        return True

    def _show_value(self) -> None:
        self.line.setText(" × ".join(show_number(part) for part in self._size or ()))
        self.line.setModified(False)
