"""The work area: a page which scrolls, with its title row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.design.theme import clear_viewport, set_ground
from desktop.views.design.tokens import SPACE, TYPE
from desktop.views.widgets.labels import TextLabel


class ScrollPage(QScrollArea):
    """A page with 24 px margin: title, lead sentence, switches at the right, then `body`, a QVBoxLayout.

    Add switches with `add_switch(widget)` and content with `body.addWidget`.
    """

    def __init__(
        self,
        title: str = "",
        lead: str = "",
        parent: QWidget | None = None,
        ground: str = "surface",
        margin: int = SPACE.work_margin,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_ground(self, ground)
        self.content = QWidget()
        set_ground(self.content, ground)
        clear_viewport(self)
        # from the outside in: what is put into another is told of fonts and colours with all that it holds
        self.setWidget(self.content)
        self.title = TextLabel("", TYPE.page_title)
        self.lead = TextLabel("", TYPE.caption, "text2", wrap=True)
        self.switches = QWidget()
        self._switches = QHBoxLayout(self.switches)
        self._switches.setContentsMargins(0, 0, 0, 0)
        self._switches.setSpacing(SPACE.l)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        self._build(margin)
        self.set_title(title, lead)

    def _build(self, margin: int) -> None:
        """Title and lead left, switches right, the body below."""
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.lead)
        self._below = False
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(SPACE.xl)
        head.addLayout(words, 1)
        head.addWidget(self.switches, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(margin, 16, margin, margin)
        column.setSpacing(SPACE.l)
        column.addLayout(head)
        column.addLayout(self.body, 1)

    def _fit_head(self) -> None:
        """The switches below the title where large text leaves them no room beside it."""
        if self.switches.isHidden():
            return
        left, _, right, _ = self.content.layout().getContentsMargins()  # type: ignore[union-attr,misc]
        needed = self.title.sizeHint().width() + SPACE.xl + self.switches.sizeHint().width()
        ways = QBoxLayout.Direction
        below = needed > self.viewport().width() - left - right
        if below == self._below:
            # a layout that is set anew asks to be laid out again, and again
            return
        self._below = below
        self._head.setDirection(ways.TopToBottom if below else ways.LeftToRight)
        self._head.setSpacing(SPACE.s if below else SPACE.xl)
        side = Qt.AlignmentFlag.AlignLeft if below else Qt.AlignmentFlag.AlignBottom
        self._head.setAlignment(self.switches, side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_head()
        return super().event(event)

    def reveal(self, widget: QWidget) -> None:
        """A part of the page has the focus: it is seen, also where Tab came to it from outside of the page."""
        if not self.shows(widget):
            self.ensureWidgetVisible(widget, 0, SPACE.xxxl)

    def shows(self, widget: QWidget) -> bool:
        """Whether something of a part is where it is seen. (What its own parts cover has no visible region.)"""
        place = QRect(widget.mapTo(self.viewport(), QPoint(0, 0)), widget.size())
        return widget.isVisible() and place.intersects(self.viewport().rect())

    def set_title(self, title: str, lead: str = "") -> None:
        """The title and the sentence below it."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))
        self.setAccessibleName(title)

    def show_switches(self, shown: bool) -> None:
        """Shows or leaves out all that stands at the right of the title."""
        self.switches.setVisible(shown)

    def add_switch(self, widget: QWidget) -> None:
        """Puts a switch or button at the right of the title row."""
        self._switches.addWidget(widget)
        policy = widget.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Fixed)
        widget.setSizePolicy(policy)
