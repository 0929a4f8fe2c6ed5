"""Choice chips: up to seven answers side by side, picked by click, arrows and Space, or digits."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.views.design.icons import draw_icon
from desktop.views.design.theme import theme
from desktop.views.design.tokens import SPACE, TYPE, TypeStep
from desktop.views.widgets.flow_layout import FlowLayout

ICON, ICON_GAP = 16, 6
SMALL, SMALL_BOLD = 26, TypeStep(12, 16, 600)
"""Height and selected type of the small chips of a filter."""


class Choice(Struct, frozen=True):
    """One chip: its key, its word, and if it is closed the reason as tool tip."""

    key: str
    text: str
    tip: str = ""
    closed: bool = False
    icon: str = ""
    """A picture left of the word."""


class Chip(QAbstractButton):
    """One chip of a group; the group decides about focus and selection."""

    access_role = QAccessible.Role.RadioButton

    def __init__(self, choice: Choice, group: ChipGroup, small: bool = False) -> None:
        super().__init__(group)
        self.choice = choice
        self._group = group
        if group.multi:
            self.access_role = QAccessible.Role.CheckBox
        self._plain, self._bold = (TYPE.caption, SMALL_BOLD) if small else (TYPE.body, TYPE.body_strong)
        self._air, self._height = (14, SMALL) if small else (24, SPACE.control)
        self.setCheckable(True)
        self.setText(choice.text)
        self.setToolTip(choice.tip)
        self.setProperty("focusRing", SPACE.radius)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(choice.text)
        self.setAccessibleDescription(choice.tip)
        theme().follow(self._retheme)

    def access_checked(self) -> bool:
        """Whether this choice is made."""
        return self.isChecked()

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """The group sets the state, so a click alone does not."""

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(theme().font(self._bold)).horizontalAdvance(self.text())
        picture = theme().px(ICON) + ICON_GAP if self.choice.icon else 0
        return QSize(round(width) + picture + self._air, theme().px(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, closed = self.isChecked(), self.choice.closed or not self.isEnabled()
        ground = "sel" if chosen else "line" if self.isDown() else "hover" if self.underMouse() else "surface"
        edge = 2 if chosen else 1
        pen = QPen(theme().color("accent" if chosen else "line2"), edge)
        if closed and not chosen:
            pen.setStyle(Qt.PenStyle.DashLine)
            ground = "surface"
        painter.setPen(pen)
        painter.setBrush(theme().color(ground))
        inset = edge / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        font = theme().font(self._bold if chosen else self._plain)
        font.setStrikeOut(self.choice.closed)
        painter.setFont(font)
        tone = "text3" if closed and not chosen else "acctext" if chosen else "text"
        painter.setPen(theme().color(tone))
        box = QRectF(self.rect())
        if self.choice.icon:
            size = theme().px(ICON)
            width = QFontMetricsF(font).horizontalAdvance(self.text()) + size + ICON_GAP
            left = (self.width() - width) / 2
            draw_icon(painter, self.choice.icon, left, (self.height() - size) / 2, theme().color(tone), size)
            box.setLeft(left + size + ICON_GAP)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
            return
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._group.chip_focused(self)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._group.handle_key(self, event):
            super().keyPressEvent(event)


class ChipGroup(QWidget):
    """The chips of one question. One tab stop; arrows move, Space picks, digits 1 to 9 pick and move on.

    `picked(key)` comes only from the user; in the multi-select mode `selectionChanged(keys)` comes with it.
    `advanceRequested` says that the next question should get the focus, `dontKnowRequested` that D was hit.
    """

    picked = Signal(str)
    selectionChanged = Signal(list)
    advanceRequested = Signal()
    dontKnowRequested = Signal()

    def __init__(
        self,
        choices: Sequence[Choice] = (),
        multi: bool = False,
        name: str = "",
        parent: QWidget | None = None,
        small: bool = False,
    ) -> None:
        super().__init__(parent)
        self.multi = multi
        self._small = small
        self._chips: list[Chip] = []
        self._holder: Chip | None = None
        self._selected: list[str] = []
        self._flow = FlowLayout(self, 6 if small else SPACE.s)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_name(name)
        self.set_choices(choices)

    def set_name(self, name: str) -> None:
        """The question, for the screen reader."""
        self.setAccessibleName(name)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replaces the chips but keeps selection and focus where the keys stay."""
        focused = next((chip.choice.key for chip in self._chips if chip.hasFocus()), None)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(choice, self, self._small) for choice in choices]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.clicked.connect(self._on_click)
            if self.isVisible():
                chip.show()
        keys = self.keys()
        self._selected = [key for key in self._selected if key in keys]
        self._show_selection()
        if focused in keys:
            self._chips[keys.index(focused)].setFocus()

    def keys(self) -> list[str]:
        """The keys of all chips, in order."""
        return [chip.choice.key for chip in self._chips]

    def chips(self) -> list[Chip]:
        """The chips themselves, in order."""
        return list(self._chips)

    def current(self) -> str:
        """The selected key, or nothing."""
        return self._selected[0] if self._selected else ""

    def selected(self) -> list[str]:
        """All selected keys, in the order of the chips."""
        return [key for key in self.keys() if key in self._selected]

    def set_current(self, key: str) -> None:
        """Selects one chip, or none for an empty key; emits nothing."""
        self.set_selected([key] if key else [])

    def set_selected(self, keys: Sequence[str]) -> None:
        """Selects several chips; emits nothing."""
        self._selected = [key for key in keys if key in self.keys()]
        self._show_selection()

    def _show_selection(self) -> None:
        """Brings the chips and the one tab stop in line with the selection."""
        for chip in self._chips:
            chip.setChecked(chip.choice.key in self._selected)
        holder = next((c for c in self._chips if c.hasFocus()), None)
        holder = holder or next((c for c in self._chips if c.isChecked()), None)
        self.chip_focused(holder or (self._chips[0] if self._chips else None))

    def chip_focused(self, holder: Chip | None) -> None:
        """Makes one chip the tab stop of the group."""
        for chip in self._chips:
            policy = Qt.FocusPolicy.StrongFocus if chip is holder else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(policy)
        self._holder = holder

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the chip that is the tab stop. No focus proxy: from one in its chain Qt lets Tab jump over others."""
        if self._holder is not None:
            self._holder.setFocus(reason)

    def _on_click(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self._pick(chip)

    def _pick(self, chip: Chip) -> bool:
        """The user's choice; a closed chip refuses."""
        key = chip.choice.key
        if chip.choice.closed or not chip.isEnabled():
            return False
        if self.multi:
            self._selected = (
                [k for k in self._selected if k != key] if key in self._selected else [*self._selected, key]
            )
        else:
            self._selected = [key]
        self._show_selection()
        self.picked.emit(key)
        self.selectionChanged.emit(self.selected())
        return True

    def handle_key(self, chip: Chip, event: QKeyEvent) -> bool:
        """Keys on a chip; says whether the key was used."""
        index = self._chips.index(chip)
        key = event.key()
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain:
            return False
        if key in steps:
            self._chips[(index + steps[key]) % len(self._chips)].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._chips[0 if key == Qt.Key.Key_Home else -1].setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_Space:
            self._pick(chip)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.multi or self._selected or self._pick(chip):
                self.advanceRequested.emit()
        elif key == Qt.Key.Key_D:
            self.dontKnowRequested.emit()
        else:
            return self._digit(key)
        return True

    def _digit(self, key: int) -> bool:
        """Picks the chip of that number and moves on."""
        number = key - Qt.Key.Key_1
        if not 0 <= number <= 8:
            return False
        if number < len(self._chips) and self._pick(self._chips[number]):
            self._chips[number].setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.multi:
                self.advanceRequested.emit()
        return True
