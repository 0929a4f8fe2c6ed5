"""The look of the program as one object: palette, fonts, style sheet, and the signal that they changed.

`theme()` is the one Theme of the process. Pages and charts ask it for colours and fonts, and give `follow` the method
that draws them again when the user, or the system, switches between light and dark.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Template
from typing import Literal

from PySide6.QtCore import QObject, QSettings, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from desktop.reports.sheet.fonts import register_fonts
from desktop.store.resources import resource_path
from desktop.views.design import access
from desktop.views.design.dressing import Dresser, Followers
from desktop.views.design.focus import FocusRing
from desktop.views.design.style_sheet import STYLE_SHEET
from desktop.views.design.tokens import LIGHT, PALETTES, SPACE, TYPE, Palette, SchemeName, TypeStep

SchemeChoice = Literal["light", "dark", "contrast", "system"]
LATIN_FAMILY = "Lanewise Sans"
CHINESE_FAMILY = "Lanewise Sans SC"
TABULAR = "tnum"
MOST_WIDTHS = 4096
"""So many widths of texts are remembered."""


def font_families() -> list[str]:
    """The families to try, first to last, on this system."""
    if sys.platform == "win32":
        return ["Segoe UI Variable Text", "Segoe UI", "Microsoft YaHei UI", LATIN_FAMILY, CHINESE_FAMILY]
    if sys.platform == "darwin":
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
        return [system, "PingFang SC", LATIN_FAMILY, CHINESE_FAMILY]
    return [LATIN_FAMILY, "Inter", "Noto Sans", CHINESE_FAMILY, "Noto Sans CJK SC"]


def system_text_scale() -> float:
    """How much larger the user wants text than normal; only Windows says so apart from the screen scale."""
    if sys.platform != "win32":
        return 1.0
    settings = QSettings(
        "HKEY_CURRENT_USER\\SOFTWARE\\Microsoft\\Accessibility", QSettings.Format.NativeFormat
    )
    percent = settings.value("TextScaleFactor", 100)
    try:
        return min(max(int(percent) / 100, 1.0), 2.0)
    except (TypeError, ValueError):
        return 1.0


class Theme(QObject):
    """Holds the scheme in force and dresses the application in it."""

    changed = Signal()
    """All that is seen wears the look in force."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.palette: Palette = LIGHT
        self.choice: SchemeChoice = "light"
        self.text_scale = 1.0
        self.wanted_scale = 1.0
        """The scale that is in force from the next turn on."""
        self.ring: FocusRing | None = None
        self._app: QApplication | None = None
        self._followers = Followers()
        self._dresser: Dresser | None = None
        self._worn: tuple[SchemeName, float] | None = None
        """Scheme and text scale that were last put on the application."""
        self._families: list[str] = []
        self._fonts: dict[tuple[TypeStep, bool], QFont] = {}
        self._metrics: dict[TypeStep, QFontMetricsF] = {}
        self._widths: dict[tuple[str, TypeStep], float] = {}
        self._images: QTemporaryDir | None = None

    # -- dressing the application -------------------------------------------------------------------
    def apply(
        self, app: QApplication, scheme: SchemeChoice = "system", text_scale: float | None = None
    ) -> None:
        """Sets style, fonts, palette and style sheet at once; may be called again with another scheme."""
        first = self._app is None
        self._app = app
        if text_scale is not None:
            self.wanted_scale = text_scale
        elif first:
            self.wanted_scale = system_text_scale()
        if first:
            load_bundled_fonts()
            app.styleHints().colorSchemeChanged.connect(self._on_system_scheme)
            self.ring = FocusRing(app, self)
            self._dresser = Dresser(app, self._followers, self._put_on)
            self._dresser.dressed.connect(self.changed)
            access.install()
        self.choice = scheme
        self._change(at_once=True)

    def set_scheme(self, scheme: SchemeChoice) -> None:
        """Changes to light, dark, high contrast, or whatever the system has, in the next turn."""
        self.choice = scheme
        self._change()

    def set_text_scale(self, scale: float) -> None:
        """Makes all text larger or smaller, 1.0 being the design size, in the next turn."""
        self.wanted_scale = scale
        self._change()

    def _resolved(self, scheme: SchemeChoice) -> SchemeName:
        """The scheme a choice stands for now."""
        if scheme != "system":
            return scheme
        app = self._app
        dark = app is not None and app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _on_system_scheme(self, _scheme: Qt.ColorScheme) -> None:
        """Follows the system when the user left the choice to it."""
        if self.choice == "system":
            self.set_scheme("system")

    def _change(self, at_once: bool = False) -> None:
        if self._dresser is None:
            self._take()
        elif self._dresser.busy or self._worn != self._wanted():
            self._dresser.dress(at_once)

    def _wanted(self) -> tuple[SchemeName, float]:
        return self._resolved(self.choice), self.wanted_scale

    def _take(self) -> None:
        """The colours and sizes that are wanted are in force."""
        self.palette = PALETTES[self._resolved(self.choice)]
        self.text_scale = self.wanted_scale
        self._fonts.clear()
        self._metrics.clear()
        self._widths.clear()

    def _put_on(self, app: QApplication) -> str:
        """Font and colours of the application; the style sheet that goes with them."""
        self._take()
        self._worn = self._wanted()
        app.setFont(self.font(TYPE.body))
        app.setPalette(qt_palette(self.palette))
        return self.style_sheet()

    def follow(self, slot: Callable[[], object]) -> None:
        """A method of a widget, to be called when the look has changed: at once where the widget is seen, else before it
        is shown."""
        self._followers.add(slot)

    @property
    def busy(self) -> bool:
        """Whether something that is hidden has yet to take the look in force."""
        return self._dresser is not None and self._dresser.busy

    def dressing(self, root: QWidget) -> Iterator[None]:
        """Puts the look in force on what is hidden, in pieces, before it is shown: it is done in one go else."""
        if self._dresser is not None:
            yield from self._dresser.finishing(root)

    def style_sheet(self) -> str:
        """The style sheet template filled from the tokens."""
        values: dict[str, object] = dict(self.palette.colours())
        for name in ("body", "caption", "small", "option", "page_title"):
            values[f"size_{name}"] = self.px(getattr(TYPE, name).size)
        # in high contrast lines are too bright to write on
        values["press"] = self.palette.sel if self.high_contrast else self.palette.line
        # what holds one line of text grows with it, and the marks beside text
        values |= {f"high_{height}": self.px(height) for height in (8, 12, 14, 26, 28, 30)}
        values |= {"radius": SPACE.radius, "radius_card": SPACE.radius_card, "images": self._write_images()}
        return Template(STYLE_SHEET).substitute(values)

    def _write_images(self) -> str:
        """Writes the few marks a style sheet can only take from files, in the colours of the scheme."""
        if self._images is None:
            self._images = QTemporaryDir()
        folder = Path(self._images.path()) / self.palette.name
        folder.mkdir(exist_ok=True)
        colours = {
            "tick": self.palette.onaccent,
            "chevron-down": self.palette.text2,
            "chevron": self.palette.text2,
            "dot": self.palette.onaccent,
        }
        for name, colour in colours.items():
            svg = resource_path("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
            (folder / f"{name}.svg").write_text(svg, "utf-8")
        return folder.as_posix()

    # -- asking --------------------------------------------------------------------------------------
    @property
    def scheme(self) -> SchemeName:
        """The scheme in force: light, dark or contrast."""
        return self.palette.name

    @property
    def high_contrast(self) -> bool:
        """True when hatches stand in for colours."""
        return self.palette.name == "contrast"

    def color(self, token: str) -> QColor:
        """A colour by token name."""
        return QColor(getattr(self.palette, token))

    def px(self, size: float) -> int:
        """A size in pixels at the text scale."""
        return max(1, round(size * self.text_scale))

    def font(self, step: TypeStep = TYPE.body, tabular: bool = True) -> QFont:
        """The font of a step of the type scale; figures have one width unless told otherwise."""
        key = (step, tabular)
        if key not in self._fonts:
            self._fonts[key] = self._made_font(step, tabular)
        return QFont(self._fonts[key])

    def _made_font(self, step: TypeStep, tabular: bool) -> QFont:
        """Builds a font of the families of this system."""
        if not self._families:
            self._families = font_families()
        font = QFont()
        font.setFamilies(self._families)
        font.setPixelSize(self.px(step.size))
        font.setWeight(QFont.Weight(step.weight))
        # a new font takes over the application's features, so the other choice must be said as well
        font.setFeature(QFont.Tag(TABULAR), int(tabular))
        return font

    def width(self, text: str, step: TypeStep = TYPE.body) -> float:
        """How wide a text runs in a step of the type scale."""
        key = text, step
        if key not in self._widths:
            if len(self._widths) > MOST_WIDTHS:
                self._widths.clear()
            self._widths[key] = self.metrics(step).horizontalAdvance(text)
        return self._widths[key]

    def metrics(self, step: TypeStep = TYPE.body) -> QFontMetricsF:
        """The measures of a step of the type scale."""
        if step not in self._metrics:
            self._metrics[step] = QFontMetricsF(self.font(step))
        return self._metrics[step]

    def series_color(self, key: str) -> QColor:
        """The colour of one part of a price."""
        return QColor(self.palette.series(key).fill)

    def series_label(self, key: str) -> QColor:
        """The colour of a label on that part."""
        return QColor(self.palette.series(key).label)

    def series_brush(self, key: str) -> QBrush:
        """The ground of that part."""
        return QBrush(self.series_color(key))

    def series_hatch(self, key: str) -> QBrush | None:
        """Hatch lines over the ground of that part, in high contrast only."""
        series = self.palette.series(key)
        styles = {
            "forward": Qt.BrushStyle.BDiagPattern,
            "cross": Qt.BrushStyle.DiagCrossPattern,
            "level": Qt.BrushStyle.HorPattern,
            "upright": Qt.BrushStyle.VerPattern,
            "dots": Qt.BrushStyle.Dense7Pattern,
        }
        style = styles.get(series.hatch)
        return QBrush(QColor(series.ink), style) if style else None


def qt_palette(tokens: Palette) -> QPalette:
    """The Qt palette of a scheme, so that also parts without a style sheet rule look right."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.chrome,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.surface2,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.BrightText: tokens.err,
        QPalette.ColorRole.Highlight: tokens.sel,
        QPalette.ColorRole.HighlightedText: tokens.acctext,
        QPalette.ColorRole.Link: tokens.acctext,
        QPalette.ColorRole.LinkVisited: tokens.acctext,
        QPalette.ColorRole.PlaceholderText: tokens.text3,
        QPalette.ColorRole.ToolTipBase: tokens.surface,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.Light: tokens.surface,
        QPalette.ColorRole.Midlight: tokens.line,
        QPalette.ColorRole.Mid: tokens.line2,
        QPalette.ColorRole.Dark: tokens.ctl,
        QPalette.ColorRole.Shadow: tokens.line2,
        QPalette.ColorRole.Accent: tokens.accent,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text3))
    return made


def load_bundled_fonts() -> None:
    """Registers the carried fonts; on Windows and macOS only when a paper needs them."""
    if sys.platform.startswith("linux"):
        register_fonts()


_THEME: list[Theme] = []


def theme() -> Theme:
    """The one theme of the program."""
    if not _THEME:
        _THEME.append(Theme())
    return _THEME[0]


def set_ground(widget: QWidget, token: str) -> None:
    """Gives a plain widget one of the grounds: chrome, rail, surface, surface2, warnbg …"""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    widget.setProperty("ground", token)


def clear_viewport(area: QAbstractScrollArea) -> None:
    """Lets the ground behind a scroll area show through; to be called before it gets its content.

    The viewport is one of our own: to ask for Qt's makes PySide build every class of widget that there is (8 ms).
    """
    viewport = QWidget()
    viewport.setAutoFillBackground(False)
    area.setViewport(viewport)


def restyle(widget: QWidget) -> None:
    """Makes the style sheet look at a widget's properties again; one that was not looked at yet will be."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
